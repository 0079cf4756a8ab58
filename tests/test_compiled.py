"""Compiled queries kept between runs: the same expression is compiled once, another one always anew."""

import os
import subprocess
import sys
from functools import partial

import pandas as pd

from kopanalyse.compiled import Compiled, Query
from kopanalyse.engine import Engine, strip, table

RIJEN = table("rijen", {"a": "string", "b": "int64", "c": "int64", "d": "int64"})


def sql(expression):
    with Engine() as engine:
        return engine.sql_of("", lambda: expression)


def run(pad, *expressions, versie="1"):
    """The queries of one run and how many of them were compiled in it."""
    gemaakt = []

    def compileer(expression):
        gemaakt.append(expression)
        return Query(sql(expression), ["rijen"], {})

    compiled = Compiled(pad, versie)
    teksten = [compiled.query(e.op(), partial(compileer, e)).sql for e in expressions]
    compiled.keep()
    return teksten, len(gemaakt)


def test_a_query_of_the_last_run_is_not_compiled_again(tmp_path):
    eerste = run(tmp_path / "q", RIJEN.filter(RIJEN.b > 1), RIJEN.select(a=strip(RIJEN.a)))
    tweede = run(tmp_path / "q", RIJEN.filter(RIJEN.b > 1), RIJEN.select(a=strip(RIJEN.a)))
    assert (eerste[1], tweede[1]) == (2, 0)
    assert tweede[0] == eerste[0] == [sql(RIJEN.filter(RIJEN.b > 1)), sql(RIJEN.select(a=strip(RIJEN.a)))]


def test_every_difference_in_an_expression_is_another_query(tmp_path):
    run(tmp_path / "q", RIJEN.filter(RIJEN.b > 1))
    anders = [RIJEN.filter(RIJEN.b > 2), RIJEN.filter(RIJEN.b >= 1), RIJEN.filter(RIJEN.c > 1),
              table("anders", RIJEN.schema()).filter(lambda rij: rij.b > 1)]
    teksten, gemaakt = run(tmp_path / "q", *anders)
    assert gemaakt == len(set(teksten)) == 4


def test_another_compiler_compiles_anew_and_old_queries_are_not_kept(tmp_path):
    run(tmp_path / "q", RIJEN.filter(RIJEN.b > 1))
    assert run(tmp_path / "q", RIJEN.filter(RIJEN.b > 1), versie="2")[1] == 1
    assert run(tmp_path / "q", RIJEN.filter(RIJEN.b > 1), versie="1")[1] == 1


def test_a_file_that_cannot_be_read_only_costs_time(tmp_path):
    (tmp_path / "q").write_bytes(b"\xff{half")
    assert run(tmp_path / "q", RIJEN)[1] == 1
    assert run(tmp_path / "q", RIJEN)[1] == 0


def test_a_place_that_cannot_be_written_only_costs_time(tmp_path):
    (tmp_path / "bestand").write_text("")
    assert run(tmp_path / "bestand" / "q", RIJEN)[1] == 1
    assert [pad.name for pad in tmp_path.iterdir()] == ["bestand"]


def test_what_has_a_name_is_made_once_under_that_name(tmp_path):
    gemaakt = []

    def run_named(*namen):
        with Engine(tmp_path / "q") as engine:
            engine.add("rijen", pd.DataFrame({"b": [1, 2, 3]}))
            for naam in namen:
                def maak(naam=naam):
                    gemaakt.append(naam)
                    return RIJEN.select("b").filter(lambda rij: rij.b > len(naam))
                assert list(engine.frame_of(naam, maak).b) == [1, 2, 3][len(naam):]

    run_named("a", "bb", "")
    run_named("a", "cc", "")
    assert gemaakt == ["a", "bb", "", "cc", ""]


def test_an_offered_table_is_computed_once_and_only_when_it_is_read(tmp_path):
    gemaakt = []

    def offer(engine, naam, bron):
        def maak():
            gemaakt.append(naam)
            return table(bron, {"b": "int64"}).mutate(b=lambda rij: rij.b + 1)
        engine.offer(naam, maak)

    for keer in range(2):  # the second time from kept queries
        with Engine(tmp_path / "q") as engine:
            engine.add("rijen", pd.DataFrame({"b": [1, 2, 3]}))
            for naam, bron in (("meer", "rijen"), ("nog_meer", "meer"), ("nooit", "rijen")):
                offer(engine, naam, bron)
            for _ in range(2):
                assert list(engine.frame_of("x", lambda: table("nog_meer", {"b": "int64"})).b) == [3, 4, 5]
            assert engine.values(table("meer", {"b": "int64"})) == [2, 3, 4]
        assert gemaakt == ["nog_meer", "meer"] * (keer + 1)


def test_the_key_is_the_same_in_every_process():
    vraag = ("from kopanalyse import compiled, engine; t = engine.table('t', dict.fromkeys('abcd', 'int64')); "
             "print(compiled._digest('1', t.drop('a', 'b', 'c').op()))")
    sleutels = {subprocess.run([sys.executable, "-c", vraag], capture_output=True, text=True, check=True,
                               env=os.environ | {"PYTHONHASHSEED": zaad}).stdout for zaad in "1234"}
    assert len(sleutels) == 1 and len(sleutels.pop().strip()) == 64
