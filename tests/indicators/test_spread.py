"""Sums over units are those of a plain loop over the records; and a second run compiles nothing."""

from collections import defaultdict

import pandas as pd
import pytest

from kopanalyse.engine import query
from kopanalyse.indicators.compute import compute, records
from kopanalyse.indicators.long_table import periods
from kopanalyse.indicators.spread import EENHEDEN
from kopanalyse.periode import years_in
from kopanalyse.raw.schema import TOTAAL
from kopanalyse.settings import load_settings
from tests.catalogus import INDICATOREN
from tests.indicators.test_compute import ALLES
from tests.indicators.test_dienstverlening import REGISTRATIE
from tests.indicators.test_records import places
from tests.tabel import write_checked

DEKOP = load_settings("dekop")
JAREN = years_in([2018, 2019])
BESTANDEN = ("spreiding", "maanden", "delen", "cijfers")


@pytest.fixture(scope="module")
def berekend(tmp_path_factory):
    """The processed folder of De Kop, computed once, with its kept queries beside it."""
    map_ = tmp_path_factory.mktemp("processed")
    (map_ / "dekop" / "checked").mkdir(parents=True)
    write_checked(map_ / "dekop" / "checked", ALLES | REGISTRATIE)
    compute(DEKOP, map_, JAREN, queries=map_ / "queries")
    return map_


def per_unit(rijen):
    """What each unit adds to teller and noemer, by level."""
    eenheid = next((naam for naam in EENHEDEN if naam in rijen.columns), "persoon")
    som = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    for rij in rijen.itertuples():
        for plaats in places(rij):
            delen = som[plaats][getattr(rij, eenheid)]
            delen[0] += rij.teller
            delen[1] += rij.noemer
    return som


def sums(ind, som, jaar, tegen, team, *waar):
    """``eenheden``, ``tt``, ``tn``, ``nt`` and ``nn`` of one row."""
    basis = waar if ind.aandeel_van == "categorie" else (TOTAAL, "")
    t, t_toen = (som[str(j), team, *waar] for j in (jaar, tegen))
    n, n_toen = (som[str(j), team, *basis] for j in (jaar, tegen))

    def product(links, rechts, a, b):
        return sum(links[wie][a] * rechts[wie][b] for wie in set(links) & set(rechts))

    return [
        len(set(n) & set(n_toen)),
        product(t, t_toen, 0, 0),
        product(t, n_toen, 0, 1),
        product(n, t_toen, 1, 0),
        product(n, n_toen, 1, 1),
    ]


@pytest.mark.parametrize(
    "naam", ["samenstelling", "hulpvragen_casussen", "zware_trajecten_werkelijk", "afwijkende_dienstverlening"]
)
def test_sums_over_units_are_those_of_a_loop_over_the_records(berekend, naam):
    spreiding = pd.read_parquet(berekend / "dekop" / "spreiding.parquet")
    spreiding = spreiding[spreiding.indicator == naam]
    ind = INDICATOREN[naam]
    som = per_unit(records(ind, DEKOP, berekend / "dekop" / "checked", periods(JAREN)))
    assert len(spreiding) and spreiding.eenheden.max() > 0
    for _, jaar, tegen, team, categorie, sub, *geteld in spreiding.itertuples(index=False):
        assert geteld == pytest.approx(sums(ind, som, jaar, tegen, team, categorie, sub)), (
            jaar,
            tegen,
            team,
            categorie,
        )


def test_a_second_run_compiles_nothing_and_leaves_the_same(berekend, monkeypatch):
    eerst = [pd.read_parquet(berekend / "dekop" / f"{naam}.parquet") for naam in BESTANDEN]
    monkeypatch.setattr(query, "_compiled", lambda *_: pytest.fail("a query was compiled anew"))
    compute(DEKOP, berekend, JAREN, queries=berekend / "queries")
    for naam, rijen in zip(BESTANDEN, eerst):
        pd.testing.assert_frame_equal(pd.read_parquet(berekend / "dekop" / f"{naam}.parquet"), rijen)
