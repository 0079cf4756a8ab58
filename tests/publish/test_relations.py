"""Every relation holds in full figures: of random registrations, and of both demonstrations where computed."""

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from kopanalyse.indicators.catalogue import own_definitions
from kopanalyse.indicators.relations import broken, numbers, relations
from kopanalyse.publish.publish import make
from kopanalyse.publish.rules import blocks
from kopanalyse.settings import load_settings
from tests.orakel.vergelijken import draai
from tests.orakel.willekeurig import schrijf

from .aanvaller import gelekt

MAP = Path(__file__).parent.parent.parent / "data" / "processed"


@pytest.fixture(scope="module", params=[("dekop", 5), ("smwo", 4)], ids=str)
def cijfers(request, tmp_path_factory):
    organisatie, zaad = request.param
    map_ = tmp_path_factory.mktemp("verbanden")
    schrijf(map_ / "raw" / organisatie, zaad, 150, organisatie=organisatie)
    draai(map_ / "raw", map_ / "processed", organisatie)
    return organisatie, pd.read_parquet(map_ / "processed" / organisatie / "cijfers.parquet")


def test_relations_hold_in_random_registrations(cijfers):
    check(cijfers[1])


@pytest.mark.parametrize("organisatie", ["dekop", "smwo"])
def test_relations_hold_in_the_demonstrations(organisatie):
    pad = MAP / organisatie / "cijfers.parquet"
    if not pad.exists():
        pytest.skip(f"{pad} is er niet: draai make report")
    check(pd.read_parquet(pad))


def check(tabel):
    """In all figures, and in those that an edition has: there a team is missing, and much that is no total."""
    teams = sorted(set(tabel.team) - {"alle"})
    uitgave = tabel[blocks(tabel, load_settings("dekop"))[0]].reset_index(drop=True)
    for rijen in (tabel, uitgave):
        verbanden = relations(rijen, teams, own_definitions().indicatoren)
        assert len(verbanden) > len(rijen)
        assert not Counter(v.naam for v in broken(verbanden, numbers(rijen)))


def test_a_wrong_figure_breaks_a_relation(cijfers):
    tabel = cijfers[1].copy()
    rij = tabel.index[(tabel.indicator == "instroom") & (tabel.team == "alle") & (tabel.categorie == "totaal")][0]
    tabel.loc[rij, "teller"] += 1
    assert broken(relations(tabel, sorted(set(tabel.team) - {"alle"}), own_definitions().indicatoren), numbers(tabel))


def test_an_outsider_with_a_solver_learns_nothing(cijfers):
    organisatie, tabel = cijfers
    uitgave = make(tabel, load_settings(organisatie), own_definitions().indicatoren)
    assert not gelekt(uitgave.rijen, teams_compleet="onbekend" not in set(tabel.team), hoogstens=4)
    waar = tabel.merge(
        uitgave.rijen, on=["indicator", "periode", "team", "categorie", "subcategorie"], suffixes=("", "_getoond")
    )
    for kolom in ("teller", "n_personen"):
        telt = ~waar.indicator.str.startswith(("collectieve_", "groepswerk_act"))
        klein = waar[f"{kolom}_getoond"].between(1, 9) & telt
        assert not (klein & (waar.eenheid != "uren") & (waar.categorie != "collectieve_activiteiten")).any()
