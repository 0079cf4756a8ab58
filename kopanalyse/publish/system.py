"""The figures of an edition as numbers with bounds, and everything that ties them, as an outsider would write it down.

The same number under several names is one number here: an edition that hides it somewhere hides it everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from kopanalyse.indicators.relations import Verband

ONEINDIG = float("inf")
FIJN = 20  # a mean in one decimal is right to a twentieth


@dataclass(frozen=True)
class System:
    """Numbers 0 … ``aantal`` − 1 and relations between them.

    ``nummer`` gives the number at each place (3 × row + column), −1 where there is none. Relation r is about the terms
    ``begin[r]:begin[r + 1]``: ``onder[r]`` ≤ Σ ``gewicht`` × the number ``term`` ≤ ``boven[r]``. ``gemiddelde[r]`` is
    the row whose mean makes the relation, −1 where none does: with that mean hidden it tells nothing. ``zacht`` are
    the relations that hold for who believes that nothing changed since an earlier edition, and relation r only tells
    something while number ``zolang[r]`` − 1 is hidden, or −``zolang[r]`` − 1 is shown; 0: always.
    """

    aantal: int
    nummer: np.ndarray
    begin: np.ndarray
    term: np.ndarray
    gewicht: np.ndarray
    onder: np.ndarray
    boven: np.ndarray
    gemiddelde: np.ndarray
    zacht: np.ndarray
    zolang: np.ndarray

    @property
    def relatie(self) -> np.ndarray:
        """The relation of each term."""
        return np.repeat(np.arange(len(self.onder)), np.diff(self.begin))

    def equal(self) -> list[tuple[int, int, int]]:
        """The relations that may be false by which two numbers are one, each with those, the first of them first."""
        lang = np.diff(self.begin) == 2
        een = lang & self.zacht & (self.onder == 0) & (self.boven == 0)
        plekken = self.begin[:-1][een]
        gelijk = self.gewicht[plekken] == -self.gewicht[plekken + 1]
        paren = np.column_stack([np.flatnonzero(een), self.term[plekken], self.term[plekken + 1]])[gelijk]
        return [tuple(paar) for paar in paren.tolist()]

    def beside(self, nummers: Sequence[int]) -> np.ndarray:
        """These numbers, and those that surely add up with any of them (a mask)."""
        om = np.isin(np.arange(self.aantal), nummers)
        telt_op = (self.onder == self.boven) & ~self.zacht
        raak = np.bincount(self.relatie, weights=om[self.term], minlength=len(self.onder)) > 0
        om[self.term[np.repeat(telt_op & raak, np.diff(self.begin))]] = True
        return om

    def nearest_soft(self, nummer: int, welke: np.ndarray) -> np.ndarray:
        """Those of ``welke`` that may be false and are the fewest relations away from a number (masks)."""
        om, toen, welke = np.zeros(self.aantal, bool), -1, welke & self.zacht
        om[nummer] = True
        while om.sum() > toen:
            raak = np.bincount(self.relatie, weights=om[self.term], minlength=len(self.onder)) > 0
            if (raak & welke).any():
                return raak & welke
            toen = om.sum()
            om[self.term[np.repeat(raak, np.diff(self.begin))]] = True
        return np.zeros(len(welke), bool)

    def part(self, relaties: np.ndarray) -> System:
        """The same numbers with only these relations (a mask)."""
        termen = np.repeat(relaties, np.diff(self.begin))
        begin = np.concatenate([[0], np.cumsum(np.diff(self.begin)[relaties])])
        return System(
            self.aantal,
            self.nummer,
            begin,
            self.term[termen],
            self.gewicht[termen],
            self.onder[relaties],
            self.boven[relaties],
            self.gemiddelde[relaties],
            self.zacht[relaties],
            self.zolang[relaties],
        )


def build(
    kolommen: np.ndarray,
    verbanden: Sequence[Verband],
    gemiddelden: Sequence[tuple[int, float]],
    zacht: Sequence[Verband] = (),
) -> System:
    """The system of rows whose numbers ``kolommen`` (rows, 3) says, tied by ``verbanden``.

    ``gemiddelden`` are the rows that show a mean, each with that mean in one decimal. ``zacht`` are relations that may
    be false: what those call equal stays two numbers.
    """
    aanwezig = kolommen.ravel()
    gelijk = [v for v in verbanden if _is_equality(v) and aanwezig[v.plaatsen[0]] and aanwezig[v.plaatsen[1]]]
    nummer = _merged(aanwezig, gelijk)
    regels: dict[tuple, None] = {}
    for v in verbanden:
        if not _is_equality(v) and all(aanwezig[plaats] for plaats in v.plaatsen):
            if termen := _terms(nummer, v.plaatsen, v.gewichten):
                regels[(*termen, v.onder, v.boven, -1)] = None
    for rij, waarde in gemiddelden:
        teller, noemer, maal = 3 * rij, 3 * rij + 1, round(FIJN * waarde)
        if aanwezig[teller] and aanwezig[noemer]:
            for grens, onder, boven in ((maal - 1, 0, ONEINDIG), (maal + 1, -ONEINDIG, 0)):
                termen = _terms(nummer, (teller, noemer), (FIJN, -grens))
                regels[(*termen, onder, boven, rij)] = None
    zeker = len(regels)
    for v in zacht:
        if all(aanwezig[plaats] for plaats in v.plaatsen) and (termen := _terms(nummer, v.plaatsen, v.gewichten)):
            regels[(*termen, v.onder, v.boven, -1)] = None
    return _system(int(nummer.max(initial=-1)) + 1, nummer, list(regels), zeker)


def _is_equality(v: Verband) -> bool:
    return len(v.plaatsen) == 2 and v.onder == v.boven == 0 and v.gewichten == (1, -1)


def _merged(aanwezig: np.ndarray, gelijk: Sequence[Verband]) -> np.ndarray:
    paren = np.array([v.plaatsen for v in gelijk], int).reshape(-1, 2)
    graaf = coo_array((np.ones(len(paren)), (paren[:, 0], paren[:, 1])), shape=(len(aanwezig),) * 2)
    label = connected_components(graaf, directed=False)[1]
    nummer = np.full(len(aanwezig), -1)
    # in the order in which the numbers stand in the table, whatever the labels are
    _, eerste, omgekeerd = np.unique(label[aanwezig], return_index=True, return_inverse=True)
    nummer[aanwezig] = np.argsort(np.argsort(eerste))[omgekeerd]
    return nummer


def _terms(nummer: np.ndarray, plaatsen: Sequence[int], gewichten: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Each number once, with its weight; without those that fall away against themselves."""
    samen: dict[int, int] = {}
    for plaats, gewicht in zip(plaatsen, gewichten):
        samen[int(nummer[plaats])] = samen.get(int(nummer[plaats]), 0) + gewicht
    return tuple(sorted((welk, gewicht) for welk, gewicht in samen.items() if gewicht))


def _system(aantal: int, nummer: np.ndarray, regels: Sequence[tuple], zeker: int) -> System:
    termen = [regel[:-3] for regel in regels]
    plat = np.array([term for rij in termen for term in rij], int).reshape(-1, 2)
    grenzen = np.array([regel[-3:] for regel in regels], float).reshape(-1, 3)
    begin = np.concatenate([[0], np.cumsum([len(rij) for rij in termen], dtype=int)])
    return System(
        aantal,
        nummer,
        begin,
        plat[:, 0],
        plat[:, 1].astype(float),
        grenzen[:, 0],
        grenzen[:, 1],
        grenzen[:, 2].astype(int),
        np.arange(len(regels)) >= zeker,
        np.zeros(len(regels), int),
    )


def tighten(
    s: System, onder: np.ndarray, boven: np.ndarray, heel: np.ndarray, rondes: int = 40
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Bounds of every number as they follow from those of the others, relation by relation, until nothing changes.

    ``heel`` says which numbers are whole. Returns the new bounds, and of each the relation that it followed from (−1
    where it is as given).
    """
    onder, boven = onder.copy(), boven.copy()
    door_onder, door_boven = np.full(s.aantal, -1), np.full(s.aantal, -1)
    relatie = s.relatie
    if not len(relatie):
        return onder, boven, door_onder, door_boven
    for _ in range(rondes):
        nieuw_onder, nieuw_boven = implied(s, onder, boven, heel, relatie)
        klaar = not _apply(s, nieuw_boven, boven, door_boven, relatie, -1) | _apply(
            s, nieuw_onder, onder, door_onder, relatie, 1
        )
        if klaar:
            break
    return onder, boven, door_onder, door_boven


def implied(
    s: System, onder: np.ndarray, boven: np.ndarray, heel: np.ndarray, relatie: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Of each term, the least and the most that its relation lets it be, from the bounds of the other terms."""
    plus = s.gewicht > 0
    laag = s.gewicht * np.where(plus, onder[s.term], boven[s.term])
    hoog = s.gewicht * np.where(plus, boven[s.term], onder[s.term])
    ruim = s.boven[relatie] - _others(laag, s.begin, relatie, -ONEINDIG)  # the most that the weighted term can be
    krap = s.onder[relatie] - _others(hoog, s.begin, relatie, ONEINDIG)  # the least
    meest, minst = np.where(plus, ruim, krap) / s.gewicht, np.where(plus, krap, ruim) / s.gewicht
    whole = heel[s.term]
    return np.where(whole, np.ceil(minst - 1e-7), minst), np.where(whole, np.floor(meest + 1e-7), meest)


def by_itself(
    s: System, onder: np.ndarray, boven: np.ndarray, minst: np.ndarray, heel: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """What would be known of each number if it were hidden: from single relations and what the table says of others."""
    laag, hoog = minst.copy(), np.full(s.aantal, ONEINDIG)
    if len(s.term):
        nieuw_onder, nieuw_boven = implied(s, onder, boven, heel, s.relatie)
        np.maximum.at(laag, s.term, nieuw_onder)
        np.minimum.at(hoog, s.term, nieuw_boven)
    return laag, hoog


def _others(waarden: np.ndarray, begin: np.ndarray, relatie: np.ndarray, leeg: float) -> np.ndarray:
    """Of each term the sum of the other terms of its relation; ``leeg`` where one of those is infinite."""
    eindig = np.isfinite(waarden)
    som = np.add.reduceat(np.where(eindig, waarden, 0), begin[:-1])[relatie]
    aantal = np.add.reduceat(~eindig, begin[:-1], dtype=int)[relatie]
    return np.where(aantal - ~eindig > 0, leeg, som - np.where(eindig, waarden, 0))


def _apply(
    s: System, kandidaat: np.ndarray, grens: np.ndarray, door: np.ndarray, relatie: np.ndarray, kant: int
) -> bool:
    """Take over the candidates that are sharper than ``grens``; whether there are any."""
    oud = grens.copy()
    (np.maximum if kant > 0 else np.minimum).at(grens, s.term, kandidaat)
    raak = (kandidaat == grens[s.term]) & (grens != oud)[s.term] & ~np.isclose(grens, oud, rtol=0, atol=1e-6)[s.term]
    door[s.term[raak][::-1]] = relatie[raak][::-1]  # of several, the first
    return bool(raak.any())
