"""Editions of different years, and of one year twice: what they say together.

The registrations are random; the outsider has a solver and believes that nothing changed between the editions, as far
as their tables allow it.
"""

import random

import numpy as np
import pandas as pd
import pytest

from kopanalyse.publish.audit import Table, candidates
from kopanalyse.publish.system import build

from .aanvaller import SLEUTEL, gelekt
from .klein import als_vorige, getoond, rij, uitgave
from .test_attack import ZONDER_EXACT, stand

JAREN = ("2023", "2024")


def registration(zaad, later=None):
    """Two years of stands and flows of a few teams, per year; with ``later`` one traject more began in that year."""
    r = random.Random(zaad)
    namen = "ABC"[: r.choice((2, 3, 3))]
    begin = {team: r.choice((0, 3, 7, 12, 18, 23, 40, 60)) for team in namen}
    uit = {}
    for jaar in JAREN:
        per_team = []
        for team in namen:
            erin = r.choice((0, 2, 4, 9, 12, 25, 40))
            eruit = r.randint(0, begin[team] + erin)
            erin += later == jaar and team == "A"
            per_team.append((begin[team], erin, eruit))
            begin[team] += erin - eruit
        som = tuple(map(sum, zip(*per_team)))
        rijen = [r for team, getallen in zip(namen, per_team) for r in stand(*getallen, jaar, team)]
        uit[jaar] = [*stand(*som, jaar), *rijen]
    return uit


def edition(rijen, *eerder):
    vorige = [als_vorige(u, str(nummer)) for nummer, u in enumerate(eerder)]
    return uitgave(*rijen, vorige=vorige, settings=ZONDER_EXACT)


def believed(*tabellen):
    """What their readers take these tables for: one table, in which each number is what it was ever said to be."""
    alles = pd.concat([tabel.assign(keer=keer) for keer, tabel in enumerate(tabellen)])
    rijen = [_believed(list(deel.itertuples(index=False))) for _, deel in alles.groupby(SLEUTEL, sort=True)]
    return pd.DataFrame(rijen)[list(tabellen[0].columns)]


def _believed(keren):
    laatste = keren[-1]._asdict()
    grenzen = [dict(deel.split(":") for deel in keer.grenzen.split()) for keer in keren]
    verborgen = set.intersection(*(set(keer.verborgen.split()) for keer in keren))
    uit = []
    for kolom in ("teller", "n_personen"):
        getoond_ = [keer for keer in keren if not pd.isna(getattr(keer, kolom))]
        if getoond_:
            laatste[kolom] = getattr(getoond_[-1], kolom)
        paren = [tuple(map(int, g[kolom].split(".."))) for g in grenzen if kolom in g]
        if paren and len(paren) == len(getoond_):
            laag, hoog = (max(p[0] for p in paren), min(p[1] for p in paren))
            laag, hoog = (laag, hoog) if laag <= hoog else paren[-1]  # it did change
            uit.append(f"{kolom}:{laag}..{hoog}")
    return laatste | {"verborgen": " ".join(sorted(verborgen)), "grenzen": " ".join(uit)}


@pytest.mark.parametrize("volgorde", [JAREN, JAREN[::-1]], ids="-".join)
@pytest.mark.parametrize("zaad", [5, 26, 39])  # of 0 to 39, with 13 and 30: those that leaked
def test_the_years_one_after_another(zaad, volgorde):
    """Where 2023 ends 2024 begins: without that the edition of each year is safe, and the two are not."""
    jaren = registration(zaad)
    eerst = edition(jaren[volgorde[0]])
    daarna = edition(jaren[volgorde[1]], eerst)
    assert not gelekt(believed(eerst.rijen, daarna.rijen))


@pytest.mark.parametrize("zaad", [0, 2, 26])
def test_one_traject_more_and_the_next_year(zaad):
    """2023; 2023 with a traject that was registered late, beside 2024; and both once more."""
    eerst = edition(registration(zaad)["2023"])
    jaren = registration(zaad, later="2023")
    daarna = edition([*jaren["2023"], *jaren["2024"]], eerst)
    weer = edition([*jaren["2023"], *jaren["2024"]], eerst, daarna)
    for tabellen in ((eerst.rijen, daarna.rijen), (eerst.rijen, daarna.rijen, weer.rijen)):
        assert not gelekt(believed(*tabellen))
    assert weer.rijen.teller.equals(daarna.rijen.teller)


def test_a_number_kept_under_one_name_and_rounded_anew_under_another():
    """Team B is gone, and A is all there is: 25 as it was says 21..29, 20 anew says 18..22, and together 21 or 22.

    As that is told of where it began and ended alike, the 4 that began may not follow from it.
    """
    toen = {"A": (20, 2, 0), "B": (3, 3, 0), "alle": (23, 5, 0)}
    eerst = edition([r for team, getallen in toen.items() for r in stand(*getallen, "2024", team)])
    assert [getoond(eerst, "beginstand", team=team) for team in toen] == [None, None, 25]
    nu = edition([*stand(22, 4, 0, "2024"), *stand(22, 4, 0, "2024", "A")], eerst)
    assert [getoond(nu, "instroom", team=team) for team in ("alle", "A")] == [None, None]
    assert not gelekt(nu.rijen)


@pytest.mark.parametrize("zaad", [3, 7])
def test_a_change_that_shows_hides_no_more_than_it_must(zaad):
    """Nobody came to team A in 2023, and then one did: what readers see changed they do not take for the same.

    Believing that all else did not change leaves the edition no way out (3), or next to nothing to show (7).
    """
    eerst = edition(registration(zaad)["2023"])
    jaren = registration(zaad, later="2023")
    u = edition([*jaren["2023"], *jaren["2024"]], eerst)
    assert u.rijen.teller.notna().mean() > 1 / 3
    assert not gelekt(u.rijen)


def test_growth_below_nought_that_was_hidden_may_be_so_in_the_next_edition_too():
    """Two scores fell: -3 over 2. Who may not count below 0 would take the earlier sum for 0, and all for known."""
    scores = [f"{van}>{naar}" for van in "12345" for naar in "12345"]
    rijen = [
        rij("zrm_groei", -3, noemer=2, n=2, eenheid="gemiddelde"),
        rij("zrm_overgang", 2, sub="totaal"),
        *(rij("zrm_overgang", int(score in ("2>1", "3>1")), sub=score) for score in scores),
    ]
    eerst = edition(rijen)
    daarna = edition(rijen, eerst)
    for naam, sub in (("zrm_groei", ""), ("zrm_overgang", "totaal"), ("zrm_overgang", "2>1")):
        assert getoond(eerst, naam, subcategorie=sub) is None and getoond(daarna, naam, subcategorie=sub) is None


def test_a_mean_that_an_earlier_edition_showed_is_nothing_to_hide():
    """It stands there: only the mean of the new edition (row 0) can still go."""
    systeem = build(np.ones((2, 3), bool), [], [(0, 5.0), (1, 6.0)])
    nul, nee = np.zeros(systeem.aantal), np.zeros(systeem.aantal, bool)
    belang = {0: (False, False, True, True, 2, False, -np.inf, 0)}
    tabel = Table(nul, nul, nul, ~nee, ~nee, ~nee, [], [[]] * systeem.aantal, [[]] * systeem.aantal, belang, nee)
    keuzes = candidates(systeem, tabel, range(len(systeem.onder)), nee)
    assert {keuze for _, keuze in keuzes} == {("gemiddelde", 0)}
