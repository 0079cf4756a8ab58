"""The attack on one's own edition, and what is hidden until it fails.

An outsider knows the table, the rules and all relations. First bounds are tightened relation by relation: what that
pins is known for sure. What is left is proved by worlds (``worlds``), and repaired here as well where there are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace

import numpy as np

from kopanalyse.publish.system import System, by_itself, tighten

ONEINDIG = float("inf")
VEEL = 40  # numbers that go with one: too many to hide for another


@dataclass
class Table:
    """What is known of each number of a system, and what is hidden.

    ``onder`` and ``boven`` are what the table tells when a number is shown (the same for a number that is exact) and
    ``minst`` the least it can be at all; ``heel`` says whether it is a whole number. ``bewaakt``: numbers that may not
    become known when hidden. ``vast``: numbers that are never hidden. ``belang`` orders what is hidden first.
    ``samen[n]`` are the numbers that are hidden with n, and ``gemiddelden[n]`` the rows whose mean is. ``exact`` are
    the numbers that would be rounded but for the reader, with the bounds that they have when they are. ``zelf`` says
    what was hidden for its own sake, ``gekozen`` what was for others, ``blijft`` what was shown again: hiding it did
    not help, and ``moet`` what of that is not shown again, for nothing else did.
    """

    onder: np.ndarray
    boven: np.ndarray
    minst: np.ndarray
    heel: np.ndarray
    bewaakt: np.ndarray
    vast: np.ndarray
    belang: Sequence[tuple]
    samen: Sequence[Sequence[int]]
    gemiddelden: Sequence[Sequence[int]]
    belang_gemiddelde: dict[int, tuple]
    verborgen: np.ndarray
    zonder_gemiddelde: set[int] = field(default_factory=set)
    exact: dict[int, tuple[float, float]] = field(default_factory=dict)
    gekozen: list[int] = field(default_factory=list)
    blijft: set[int] = field(default_factory=set)
    moet: set[int] = field(default_factory=set)
    zelf: np.ndarray | None = None

    def copy(self) -> Table:
        """The same, to go back to."""
        eigen = {veld.name: getattr(self, veld.name) for veld in fields(self)}
        return replace(self, **{n: w.copy() for n, w in eigen.items() if isinstance(w, np.ndarray | set | dict | list)})

    def hide(self, nummers: Iterable[int]) -> None:
        """Hide these numbers, and all that goes with them."""
        stapel = list(nummers)
        while stapel:
            nummer = stapel.pop()
            if self.verborgen[nummer] or self.vast[nummer]:
                continue
            self.verborgen[nummer] = True
            self.exact.pop(nummer, None)
            self.zonder_gemiddelde.update(self.gemiddelden[nummer])
            stapel += self.samen[nummer]

    def choose(self, nummer: int) -> None:
        """Hide a number for the sake of others."""
        if self.zelf is None:
            self.zelf = self.verborgen.copy()
        self.gekozen.append(nummer)
        self.hide([nummer])

    def cost(self, nummer: int) -> int:
        """How many numbers would be hidden with this one."""
        mee, stapel = set(), [nummer]
        while stapel:
            welk = stapel.pop()
            if welk not in mee and not (self.verborgen[welk] or self.vast[welk]):
                mee.add(welk)
                stapel += self.samen[welk]
        return len(mee)

    def show_again(self, nummer: int) -> bool:
        """Take back what hid ``nummer`` for the sake of others; whether there was anything."""
        if self.zelf is None or self.zelf[nummer]:
            return False
        toen, gekozen = self.verborgen, self.gekozen
        terug, self.verborgen, self.gekozen = set(), self.zelf.copy(), []
        for keuze in gekozen:
            voor = self.verborgen.copy()
            self.hide([keuze])
            if self.verborgen[nummer] and keuze not in self.moet:
                self.verborgen = voor
                terug.add(keuze)
            else:
                self.gekozen.append(keuze)
        if not terug:
            self.verborgen, self.gekozen = toen, gekozen
            return False
        self.blijft |= terug
        return True

    def hide_after_all(self) -> bool:
        """Let what was shown again be hidden where that is needed, and stay so; whether there was anything."""
        er_was, self.moet, self.blijft = bool(self.blijft), self.moet | self.blijft, set()
        return er_was

    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """What the table says of each number by itself."""
        return np.where(self.verborgen, self.minst, self.onder), np.where(self.verborgen, ONEINDIG, self.boven)

    def relations(self, systeem: System) -> np.ndarray:
        """Which relations of the system still tell something (a mask)."""
        weg = list(self.zonder_gemiddelde)
        telt = ~np.isin(systeem.gemiddelde, weg) if weg else np.ones(len(systeem.onder), bool)
        nummer = np.abs(systeem.zolang) - 1
        return telt & ((systeem.zolang == 0) | (self.verborgen[nummer] == (systeem.zolang > 0)))


def needed(marge: int) -> int:
    """How far apart the least and the most of a hidden number have to lie.

    More than ``marge`` to either side.
    """
    return 2 * marge + 1


def width(tabel: Table, onder: np.ndarray, boven: np.ndarray) -> np.ndarray:
    """How far apart the least and the most of each number lie, also for somebody who is counted in it.

    He knows that a count is at least 1, and what is left when he takes himself off.
    """
    return boven - np.where(tabel.minst == 0, np.maximum(onder, 1), onder)


def repair(systeem: System, tabel: Table, marge: int, drempel: int) -> tuple[int, np.ndarray, np.ndarray]:
    """Hide more until no hidden number is pinned by tightening; how many were, and the bounds that are left.

    Raises ``Leak`` where a number is pinned by figures that cannot be hidden.
    """
    gezien = 0
    while True:
        onder, boven, door_onder, door_boven = tightened(systeem, tabel)
        lekken = np.flatnonzero(tabel.verborgen & tabel.bewaakt & (width(tabel, onder, boven) < needed(marge)))
        if not len(lekken):
            return gezien, onder, boven
        gezien += len(lekken)
        werk = systeem.part(tabel.relations(systeem))
        toen, exact = (tabel.verborgen.copy(), set(tabel.zonder_gemiddelde)), len(tabel.exact)
        for nummer in lekken.tolist():
            relaties = {int(door[nummer]) for door in (door_onder, door_boven)} - {-1}
            if any(loosened(werk, relatie, tabel, *toen) for relatie in relaties):
                continue
            keuze = choose(werk, tabel, nummer, door_onder, door_boven, marge)
            if onder[nummer] >= drempel and too_much(tabel, keuze) and tabel.show_again(nummer):
                break  # it is known anyhow, and not small
            if keuze is not None:
                apply(tabel, [keuze])
        if (tabel.verborgen == toen[0]).all() and tabel.zonder_gemiddelde == toen[1] and len(tabel.exact) == exact:
            if not tabel.hide_after_all():
                raise Leak(int(lekken[0]))


def too_much(tabel: Table, keuze: Keuze | None) -> bool:
    """Whether nothing can be hidden, or only with so much else that it is not worth it for a number that is not
    small.
    """
    return keuze is None or (keuze[0] == "getal" and tabel.cost(keuze[1]) > VEEL)


def loosened(systeem: System, relatie: int, tabel: Table, toen: np.ndarray, zonder: set[int]) -> bool:
    """Whether something of a relation was hidden since: then it may pin nothing any more."""
    termen = systeem.term[systeem.begin[relatie] : systeem.begin[relatie + 1]]
    rij = int(systeem.gemiddelde[relatie])
    return bool((tabel.verborgen & ~toen)[termen].any()) or (rij in tabel.zonder_gemiddelde and rij not in zonder)


def leaks(systeem: System, tabel: Table, marge: int) -> np.ndarray:
    """The hidden numbers that tightening pins."""
    onder, boven, *_ = tightened(systeem, tabel)
    return np.flatnonzero(tabel.verborgen & tabel.bewaakt & (width(tabel, onder, boven) < needed(marge)))


def tightened(systeem: System, tabel: Table) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """``tighten`` with what the table shows now; relations are counted within those that still tell something."""
    return tighten(systeem.part(tabel.relations(systeem)), *tabel.bounds(), tabel.heel)


class Leak(Exception):
    """A hidden number (``nummer``) is known, and nothing that tells it can be hidden."""

    def __init__(self, nummer: int) -> None:
        super().__init__(nummer)
        self.nummer = nummer


Keuze = tuple[str, int]  # a number to hide, one to round, or the row of a mean to hide


def apply(tabel: Table, keuzes: Iterable[Keuze]) -> None:
    """Hide what was chosen."""
    for soort, welke in sorted(keuzes):
        if soort == "getal":
            tabel.choose(welke)
        elif soort == "exact":
            tabel.onder[welke], tabel.boven[welke] = tabel.exact.pop(welke)
        else:
            tabel.zonder_gemiddelde.add(welke)


def choose(
    systeem: System, tabel: Table, nummer: int, door_onder: np.ndarray, door_boven: np.ndarray, marge: int
) -> Keuze | None:
    """What to hide so that ``nummer`` is pinned no more; None where nothing can be."""
    relaties, gezien, laag = [], {nummer}, [nummer]
    while laag:
        nieuw = sorted({int(door[welk]) for welk in laag for door in (door_onder, door_boven)} - {-1} - set(relaties))
        relaties += nieuw
        termen = {
            int(term) for relatie in nieuw for term in systeem.term[systeem.begin[relatie] : systeem.begin[relatie + 1]]
        }
        laag = sorted(termen - gezien)
        gezien |= termen
    return nearest(systeem, tabel, nummer, relaties, marge)


def nearest(systeem: System, tabel: Table, nummer: int, relaties: Sequence[int], marge: int) -> Keuze | None:
    """The least important figure of those among ``relaties`` that are about ``nummer``; else of the next around those.

    A figure that is 0 comes last: of the many zeros that hang together all would have to go. So does one with which
    much else would go, such as the base of many shares.
    """
    ruim = width(tabel, *by_itself(systeem, *tabel.bounds(), tabel.minst, tabel.heel)) >= needed(marge)
    over, om, nul = list(relaties), {nummer}, None
    while over:
        ring = [r for r in over if not om.isdisjoint(systeem.term[systeem.begin[r] : systeem.begin[r + 1]].tolist())]
        if not ring:
            break
        keuzes = sorted(candidates(systeem, tabel, ring, ruim))
        if keuzes and not (len(keuzes[0][0]) > 1 and keuzes[0][0][1]):
            return keuzes[0][1]
        nul = nul or (keuzes[0][1] if keuzes else None)
        over = [r for r in over if r not in set(ring)]
        om |= {int(t) for r in ring for t in systeem.term[systeem.begin[r] : systeem.begin[r + 1]]}
    return nul


def candidates(systeem: System, tabel: Table, relaties: Iterable[int], ruim: np.ndarray) -> list[tuple[tuple, Keuze]]:
    """What could be hidden of these relations, each with its importance."""
    keuzes: list[tuple[tuple, Keuze]] = []
    for relatie in relaties:
        rij = int(systeem.gemiddelde[relatie])
        if rij in tabel.belang_gemiddelde:  # what an earlier edition showed cannot be hidden any more
            keuzes.append((tabel.belang_gemiddelde[rij], ("gemiddelde", rij)))
        for term in systeem.term[systeem.begin[relatie] : systeem.begin[relatie + 1]].tolist():
            if term in tabel.exact:
                keuzes.append(((False, False), ("exact", term)))
            elif not (tabel.verborgen[term] or tabel.vast[term] or term in tabel.blijft):
                kern, nul, *rang, grootte, plaats = tabel.belang[term]
                laatst = nul or tabel.cost(term) > VEEL
                keuzes.append(((kern, laatst, *rang, not ruim[term], grootte, plaats), ("getal", term)))
    return keuzes
