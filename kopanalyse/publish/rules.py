"""Which figures an edition is made of, and which of those are too small to show.

Figures are thought of as numbers: ``teller``, ``noemer`` and ``n_personen`` of each row, three in a line, as relations
count them. Means have a fourth that can be hidden, their ``waarde``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase

import numpy as np
import pandas as pd

from kopanalyse.indicators.indicator import Indicator
from kopanalyse.raw.schema import ALLE, TOTAAL
from kopanalyse.settings import Publiceren, Settings

Indicatoren = Mapping[str, Indicator]

NIET_PERSONEN = frozenset({"collectieve_activiteiten"})  # kinds of casuïstiek that are no persons
PER_KERN = frozenset({"casussen_per_kern", "casussen_per_1000_inwoners", "financiele_casussen_per_kern"})
PER_SOORT = frozenset({"behandelde_casussen", "opgestarte_casussen"})  # their kinds are never added up
BASIS = {"financiele_casussen_per_kern": "casussen_per_kern", "reden_geen_netwerk": "reden_geen_netwerk"}
"""Where a count is a part of another one: of the same categorie there, or of its own totaal."""
KLEINE_BASIS = 50  # (nearly) all of fewer than this say something about each of them


def blocks(cijfers: pd.DataFrame, settings: Settings) -> tuple[np.ndarray, list[str]]:
    """Which rows of the long table an edition has (true) and, in Dutch, which blocks it leaves out."""
    p = settings.publiceren
    alle, totaal = cijfers.team == ALLE, _is_total(cijfers)
    in_kwartaal = cijfers.kwartaal.notna()
    per_kern = cijfers.indicator.isin(PER_KERN) & (cijfers.categorie != TOTAAL)
    binnen = ~totaal & (cijfers.subcategorie != "") & ~cijfers.indicator.isin(_without_totals(cijfers))
    kort = cijfers.indicator.map(lambda naam: any(fnmatchcase(naam, patroon) for patroon in p.weg)).astype(bool)
    blok = {
        f"team {', '.join(p.teams_zonder)}": cijfers.team.isin(p.teams_zonder),
        "cellen van kruistabellen" + _for_whom(p.kruistabellen): binnen & _detail(p.kruistabellen, alle),
        "cijfers per kern" + _for_whom(p.kernen): per_kern & _detail(p.kernen, alle),
        f"kwartalen{', behalve totalen van de hele organisatie' if p.kwartalen == 'totaal' else ''}": in_kwartaal
        & _quarters(p.kwartalen, alle, cijfers),
        f"rijen zonder totaal van {', '.join(p.weg)}": kort & ~totaal,
    }
    blok = {naam: np.asarray(weg) for naam, weg in blok.items() if np.asarray(weg).any()}
    return ~np.logical_or.reduce([np.zeros(len(cijfers), bool), *blok.values()]), list(blok)


def _is_total(cijfers: pd.DataFrame) -> pd.Series:
    return (cijfers.categorie == TOTAAL) | (cijfers.subcategorie == TOTAAL)


def _without_totals(cijfers: pd.DataFrame) -> set[str]:
    """Indicators of which nothing is added up: their cells are all there is."""
    return set(cijfers.indicator) - set(cijfers.indicator[_is_total(cijfers)])


def _for_whom(waar: str) -> str:
    return "" if waar == "geen" else " per team"


def _detail(waar: str, alle: pd.Series) -> pd.Series:
    """Rows in detail that are left out, for whom ``waar`` does not name."""
    return {"alle": ~alle, "teams": alle & False, "geen": alle | True}[waar]


def _quarters(kwartalen: str, alle: pd.Series, cijfers: pd.DataFrame) -> pd.Series:
    if kwartalen != "totaal":
        return alle | True if kwartalen == "geen" else alle & False
    totaal = (cijfers.categorie == TOTAAL) & cijfers.subcategorie.isin(["", TOTAAL])
    return ~(alle & (totaal | cijfers.indicator.isin(PER_SOORT)))


def counts_persons(indicator: str, categorie: str, indicatoren: Indicatoren) -> bool:
    """Whether what is counted are persons, or what one person did or got: small numbers of those may tell."""
    if indicator in PER_SOORT and categorie in NIET_PERSONEN:
        return False
    return indicator not in indicatoren or indicatoren[indicator].personen


def _persons(rijen: pd.DataFrame, indicatoren: Indicatoren) -> np.ndarray:
    return np.array([counts_persons(*paar, indicatoren) for paar in zip(rijen.indicator, rijen.categorie)], bool)


def columns(rijen: pd.DataFrame, indicatoren: Indicatoren) -> np.ndarray:
    """Which of the three numbers of each row an edition can show or hide; shape (rows, 3).

    Of what is added up (hours, what services count themselves), ``n_personen`` is a number of rows: never published.
    """
    opgeteld = [naam in indicatoren and indicatoren[naam].soort in ("som", "uren") for naam in rijen.indicator]
    heeft_noemer = rijen.eenheid.isin(["aandeel", "gemiddelde", "per_1000"])
    return np.column_stack([np.ones(len(rijen), bool), heeft_noemer, ~np.array(opgeteld, bool)])


def protected(rijen: pd.DataFrame, indicatoren: Indicatoren) -> np.ndarray:
    """Which of the three numbers of each row count persons, and are rounded or hidden; shape (rows, 3)."""
    personen = _persons(rijen, indicatoren)
    beschermd = columns(rijen, indicatoren) & personen[:, None]
    beschermd[:, 1] &= (rijen.eenheid != "per_1000").to_numpy()  # inwoners are known to everybody
    return beschermd


def primary(rijen: pd.DataFrame, p: Publiceren, indicatoren: Indicatoren) -> tuple[np.ndarray, np.ndarray]:
    """The numbers (rows, 3) that are hidden for their own sake, and the means whose ``waarde`` is."""
    x = rijen[["teller", "noemer", "n_personen"]].to_numpy(float)
    gemiddelde = (rijen.eenheid == "gemiddelde").to_numpy()
    bewaakt = protected(rijen, indicatoren)
    klein = (x >= 1) & (x < p.drempel)
    # of what is added up n_personen is not shown, but a sum over few rows is not either
    personen = _persons(rijen, indicatoren)
    som = personen & ~columns(rijen, indicatoren)[:, 2] & (rijen.indicator != "informele_ondersteuning").to_numpy()
    verborgen = klein & bewaakt
    verborgen[:, 0] &= ~gemiddelde
    verborgen[:, 0] |= som & klein[:, 2]
    verborgen[:, 0] |= _nearly_all(rijen, p)
    verborgen[gemiddelde, 0] = bewaakt[gemiddelde, 0]
    return verborgen, gemiddelde & bewaakt[:, 0] & (verborgen[:, 1] | verborgen[:, 2])


def _nearly_all(rijen: pd.DataFrame, p: Publiceren) -> np.ndarray:
    """Rows about something sensitive that (nearly) everybody of a small group has (P4)."""
    gevoelig = rijen.indicator.str.startswith(tuple(p.gevoelig)) if p.gevoelig else pd.Series(False, rijen.index)
    basis = np.where(rijen.eenheid == "aandeel", rijen.noemer, np.nan)
    sleutel = ["indicator", "periode", "team", "categorie", "subcategorie"]
    teller_van = dict(zip(zip(*(rijen[kolom] for kolom in sleutel)), rijen.teller))
    for rij, (naam, periode, team, categorie, sub) in enumerate(zip(*(rijen[kolom] for kolom in sleutel))):
        if naam in BASIS and gevoelig.iloc[rij]:
            eigen = BASIS[naam] == naam
            if not (eigen and categorie == TOTAAL):
                basis[rij] = teller_van.get((BASIS[naam], periode, team, TOTAAL if eigen else categorie, sub), np.nan)
    rest = basis - rijen.teller.to_numpy(float)
    return gevoelig.to_numpy() & (basis < KLEINE_BASIS) & (basis > 0) & (rest >= 0) & (rest < p.drempel)


def together(rijen: pd.DataFrame) -> Sequence[tuple[int, int]]:
    """Pairs of numbers (3 × row + column): where the first is hidden, the second is."""
    paren = []
    for rij, eenheid in enumerate(rijen.eenheid):
        teller, noemer, personen = 3 * rij, 3 * rij + 1, 3 * rij + 2
        if eenheid == "gemiddelde":
            paren += [(noemer, personen), (personen, noemer)]
            continue
        paren += [(teller, personen), (personen, teller)]
        if eenheid == "aandeel":
            paren += [(noemer, teller), (noemer, personen)]
    return paren
