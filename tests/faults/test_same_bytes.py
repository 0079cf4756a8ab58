"""The same registration in another order, or counted by more threads: the same bytes."""

import csv
import random
from datetime import date

import duckdb
import pytest

from kopanalyse.checked.check import check
from kopanalyse.cli import main
from kopanalyse.demo import write_demo
from kopanalyse.indicators.compute import compute
from kopanalyse.settings import load_settings
from tests.faults.kills import snapshot
from tests.faults.mutated import registration, settings_text

VANDAAG = date(2026, 11, 30)
KEER = 8  # of the demonstration: more contacten than DuckDB gives one thread at a time (122,880)


def _write(map_, organisatie, zaad):
    """The small registration, its rows and columns in an order of their own."""
    toeval = random.Random(zaad)
    (map_ / organisatie).mkdir(parents=True)
    (map_ / organisatie / "organisatie.toml").write_text(settings_text(organisatie), encoding="utf-8")
    for naam, (kop, *rijen) in registration(organisatie).items():
        orde = list(range(len(kop)))
        if zaad:
            toeval.shuffle(rijen)
            toeval.shuffle(orde)
        with (map_ / organisatie / f"{naam}.csv").open("w", encoding="utf-8", newline="") as bestand:
            csv.writer(bestand, delimiter=";").writerows([[rij[p] for p in orde] for rij in (kop, *rijen)])


@pytest.mark.bouw
@pytest.mark.parametrize("organisatie", ["dekop", "smwo"])
def test_rows_and_columns_in_another_order_give_the_same_figures_to_the_byte(tmp_path, organisatie):
    cijfers = []
    for zaad in (0, 1, 2):
        _write(tmp_path / str(zaad), organisatie, zaad)
        waar = [f"--raw={tmp_path / str(zaad)}", f"--processed={tmp_path / f'p{zaad}'}"]
        assert main(["compute", f"--organisatie={organisatie}", *waar]) == 0
        cijfers.append((tmp_path / f"p{zaad}" / organisatie / "cijfers.csv").read_bytes())
    assert len(cijfers[0].splitlines()) > 1_000
    assert cijfers[0] == cijfers[1] == cijfers[2]


@pytest.mark.bouw
def test_more_threads_give_the_same_bytes(tmp_path, monkeypatch):
    """All that check and compute leave, of tables of which several threads each take a part."""
    write_demo("dekop", tmp_path / "raw" / "dekop", KEER)
    settings = load_settings("dekop", tmp_path / "raw")
    echt, uitkomsten = duckdb.connect, []
    for draden in (1, 8):
        monkeypatch.setattr("duckdb.connect", lambda draden=draden: echt(config={"threads": draden}))
        doel = tmp_path / f"met {draden}"
        check(settings, tmp_path / "raw", doel, vandaag=VANDAAG)
        compute(settings, doel, [])
        uitkomsten.append(snapshot(doel))
    een, acht = uitkomsten
    assert len(een) > 15 and [naam for naam in {*een, *acht} if een.get(naam) != acht.get(naam)] == []
