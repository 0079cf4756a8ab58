"""Compiled queries kept between runs: the same expression is compiled once, another one always anew."""

import json
import os
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from kopanalyse.engine.duckdb import Engine
from kopanalyse.engine.query import Compiled, Query, cache_file
from kopanalyse.engine.words import strip, table

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

    with Engine() as engine:
        return _run(Compiled(pad, versie, engine.selects), gemaakt, compileer, expressions)


def _run(compiled, gemaakt, compileer, expressions):
    teksten = [compiled.query(e.op(), partial(compileer, e)).sql for e in expressions]
    compiled.keep()
    return teksten, len(gemaakt)


@pytest.mark.parametrize(
    "inhoud",
    ["", "[]", "3", "{", "[" * 100_000, '{"a": 1}', '{"SLEUTEL": null}', '{"SLEUTEL": ["SELECT 1", "rijen", {}]}']
    + [
        f'{{"SLEUTEL": ["{geen}", ["rijen"], {{}}]}}'
        for geen in (
            "COPY (SELECT 1) TO 'gelekt.csv'",
            "SELECT 1; SELECT 2",
            "ATTACH 'x.db'",
            "SET threads = 1",
            "SELECT 1 FROM (",
        )
    ],
)
def test_what_is_no_kept_question_is_not_run(tmp_path, inhoud):
    """Whatever stands in the file: it costs time and nothing else."""
    vraag = RIJEN.filter(RIJEN.b > 1)
    goed, _ = run(tmp_path / "q", vraag)
    (sleutel,) = json.loads((tmp_path / "q").read_text())
    (tmp_path / "q").write_text(inhoud.replace("SLEUTEL", sleutel))
    assert run(tmp_path / "q", vraag) == (goed, 1)


@pytest.mark.skipif(os.name != "posix", reason="rights as on Unix")
@pytest.mark.parametrize("wie, hoe", [("map", 0o770), ("map", 0o707), ("map", 0o755), ("bestand", 0o666)])
def test_what_others_could_have_kept_is_not_run(tmp_path, wie, hoe):
    vraag = RIJEN.filter(RIJEN.b > 1)
    run(tmp_path / "q", vraag)
    (tmp_path if wie == "map" else tmp_path / "q").chmod(hoe)
    assert run(tmp_path / "q", vraag)[1] == 1
    if wie == "map":  # closed from then on, and so trusted
        assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700 and run(tmp_path / "q", vraag)[1] == 0


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root can give a file away")
def test_what_another_user_kept_is_not_run(tmp_path):
    vraag = RIJEN.filter(RIJEN.b > 1)
    run(tmp_path / "q", vraag)
    os.chown(tmp_path / "q", 12345, -1)
    assert run(tmp_path / "q", vraag)[1] == 1


def test_without_a_home_nothing_is_kept(monkeypatch):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", lambda: (_ for _ in ()).throw(RuntimeError("no home")))
    assert cache_file("check", "dekop") is None
    monkeypatch.setattr(Path, "home", lambda: Path("/home/niemand"))
    assert cache_file("check", "dekop") is None


def test_a_query_of_the_last_run_is_not_compiled_again(tmp_path):
    eerste = run(tmp_path / "q", RIJEN.filter(RIJEN.b > 1), RIJEN.select(a=strip(RIJEN.a)))
    tweede = run(tmp_path / "q", RIJEN.filter(RIJEN.b > 1), RIJEN.select(a=strip(RIJEN.a)))
    assert (eerste[1], tweede[1]) == (2, 0)
    assert tweede[0] == eerste[0] == [sql(RIJEN.filter(RIJEN.b > 1)), sql(RIJEN.select(a=strip(RIJEN.a)))]


def test_every_difference_in_an_expression_is_another_query(tmp_path):
    run(tmp_path / "q", RIJEN.filter(RIJEN.b > 1))
    anders = [
        RIJEN.filter(RIJEN.b > 2),
        RIJEN.filter(RIJEN.b >= 1),
        RIJEN.filter(RIJEN.c > 1),
        table("anders", RIJEN.schema()).filter(lambda rij: rij.b > 1),
    ]
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

                assert list(engine.frame_of(naam, maak).b) == [1, 2, 3][len(naam) :]

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
    vraag = (
        "from kopanalyse.engine import query, words; t = words.table('t', dict.fromkeys('abcd', 'int64')); "
        "print(query._digest('1', t.drop('a', 'b', 'c').op()))"
    )
    sleutels = {
        subprocess.run(
            [sys.executable, "-c", vraag],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": zaad},
        ).stdout
        for zaad in "1234"
    }
    assert len(sleutels) == 1 and len(sleutels.pop().strip()) == 64
