"""Worlds: complete sets of whole figures that an edition leaves possible.

Each satisfies every relation and everything that the table tells. When two of them give a hidden number values that lie
far enough apart, nobody can know it; the worlds themselves are the proof, and adding up is enough to check it. They are
made of what is published only. Where there are no two such worlds, the number is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from kopanalyse.publish.audit import (
    Leak,
    Table,
    apply,
    nearest,
    needed,
    repair,
    width,
)
from kopanalyse.publish.system import System

FIJN = 1e-6
KNOPEN = 3000  # of the search for whole numbers: a limit in work, not in time, so that every machine finds the same
GROF = 3  # times that all numbers are pulled apart at once, up and down
NABIJ, VERDER = 3, (5, 8)  # how many relations away numbers change with the one that is moved
GENOEG = 0.9  # one more round when the last one left no larger share open
TE_VEEL = 100  # open numbers, from which on all are pulled apart once more
WEINIG = 9  # numbers that are quicker moved one by one than pulled at together
VER = 2  # numbers so many relations apart do not pull against each other
# Of a world that no longer fits: so many numbers at most are found anew, with what is so many relations away.
MENDBAAR, MENDBAAR_OM = 100, 3
BUURT = (1, 2, 6)  # how many relations away numbers change with one that is not whole yet


@dataclass(frozen=True)
class Problem:
    """What is left to be found: the numbers that are not known (``vrij``) and the relations that say something of them.

    ``relaties`` are those relations, by their place in the system that was asked about; ``deel`` says of each number
    which component it is in: what happens in one says nothing about another.
    """

    vrij: np.ndarray
    relaties: np.ndarray
    matrix: csr_array
    laag: np.ndarray
    hoog: np.ndarray
    onder: np.ndarray
    boven: np.ndarray
    bekend: np.ndarray
    deel: np.ndarray


def problem(systeem: System, onder: np.ndarray, boven: np.ndarray) -> Problem:
    """The open question in a system, given bounds that were tightened (``tighten``)."""
    matrix = csr_array((systeem.gewicht, systeem.term, systeem.begin), shape=(len(systeem.onder), systeem.aantal))
    plus = systeem.gewicht > 0
    laag = systeem.gewicht * np.where(plus, onder[systeem.term], boven[systeem.term])
    hoog = systeem.gewicht * np.where(plus, boven[systeem.term], onder[systeem.term])
    zegt_iets = (
        (
            (np.add.reduceat(laag, systeem.begin[:-1]) < systeem.onder - FIJN)
            | (np.add.reduceat(hoog, systeem.begin[:-1]) > systeem.boven + FIJN)
        )
        if len(systeem.onder)
        else []
    )
    vrij, relaties = np.flatnonzero(boven - onder > FIJN), np.flatnonzero(zegt_iets)
    bekend = np.where(boven - onder > FIJN, 0, onder)
    matrix = matrix[relaties]
    vast = matrix @ bekend
    matrix = csr_array(matrix[:, vrij])
    deel = _components(matrix)
    laag, hoog, onder, boven = systeem.onder[relaties] - vast, systeem.boven[relaties] - vast, onder[vrij], boven[vrij]
    ruimte = _room(matrix, deel, (laag, hoog), (onder, boven))
    return Problem(
        vrij, relaties, matrix, laag, hoog, np.maximum(onder, -ruimte), np.minimum(boven, ruimte), bekend, deel
    )


def _room(matrix: csr_array, deel: np.ndarray, *grenzen: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """As far as each number goes of which nobody says how large it is: far beyond all that its component knows of."""
    grootste = np.zeros(deel.max(initial=-1) + 1)
    termen = np.diff(matrix.indptr) > 0  # relations of which anything is left
    van_relatie = deel[matrix.indices[matrix.indptr[:-1][termen]]]
    (laag, hoog), (onder, boven) = grenzen
    for van, grens in ((van_relatie, laag[termen]), (van_relatie, hoog[termen]), (deel, onder), (deel, boven)):
        eindig = np.isfinite(grens)
        np.maximum.at(grootste, van[eindig], np.abs(grens[eindig]))
    return 1000 + 20 * grootste[deel]


def _components(matrix: csr_array) -> np.ndarray:
    """Of each column the component: columns that stand in one row are in one."""
    rijen, kolommen = matrix.shape
    graaf = (
        csr_array((rijen + kolommen,) * 2)
        if not matrix.nnz
        else vstack([hstack([csr_array((rijen, rijen)), abs(matrix)]), csr_array((kolommen, rijen + kolommen))])
    )
    return connected_components(graaf, directed=False)[1][rijen:]


class Contradiction(Exception):
    """No figures at all are possible: what the table tells contradicts itself."""


@dataclass(frozen=True)
class Proof:
    """What shows that nothing leaks: the worlds, and how large the question was."""

    werelden: list[np.ndarray]
    lekken: int
    delen: list[int]


def secure(systeem: System, tabel: Table, marge: int, drempel: int) -> Proof:
    """Hide more in ``tabel`` until worlds show that no hidden number can be known; those worlds.

    Raises ``Leak`` where nothing more can be hidden, ``Contradiction`` where no figures are possible at all.
    """
    werelden: list[np.ndarray] = []
    totaal = 0
    while True:
        lekken, onder, boven = repair(systeem, tabel, marge, drempel)
        totaal += lekken
        werk = systeem.part(tabel.relations(systeem))
        p = problem(werk, onder, boven)
        zoek = _Search(p, tabel, werelden, np.flatnonzero((tabel.verborgen & tabel.bewaakt)[p.vrij]), marge)
        if len(zoek.uncovered()) > TE_VEEL:
            zoek.pull()
        zoek.cover(NABIJ)
        zoek.pull_rest()
        om = np.zeros(len(p.vrij), bool)  # near what was hidden in this round, or shown again: it is asked once more
        for plaats in zoek.uncovered().tolist():
            if om[plaats] or zoek.is_covered(plaats):
                continue
            nummer = int(p.vrij[plaats])
            minst, meest, relaties = zoek.outermost(plaats)
            breed = meest - (max(minst, 1) if tabel.minst[nummer] == 0 else minst)
            if zoek.is_covered(plaats) or (breed >= needed(marge) and (zoek.found(plaats) or zoek.extreme(plaats))):
                continue
            totaal += 1
            om |= zoek.around([plaats], VER)
            if minst >= drempel and tabel.show_again(nummer):
                continue
            keuze = nearest(werk, tabel, nummer, relaties, marge) or nearest(
                werk, tabel, nummer, range(len(werk.onder)), marge
            )
            if keuze is not None:
                apply(tabel, [keuze])
            elif not tabel.hide_after_all():
                raise Leak(nummer)
        if not om.any():
            return Proof(werelden, totaal, np.bincount(p.deel).tolist())


def believable(systeem: System, onder: np.ndarray, boven: np.ndarray) -> np.ndarray:
    """Which relations hold for who believes that as little as possible changed since earlier editions (a mask).

    ``onder`` and ``boven`` are what is known of each number by itself. All relations that are not ``zacht`` hold, and
    of those the ones that a world needs not break, the sum of all differences being the least.
    """
    zacht = np.flatnonzero(systeem.zacht)
    houdt = np.ones(len(systeem.onder), bool)
    if not len(zacht):
        return houdt
    n, k = systeem.aantal, len(zacht)
    matrix = csr_array((systeem.gewicht, systeem.term, systeem.begin), shape=(len(houdt), n))
    speling = csr_array((np.ones(k), (zacht, np.arange(k))), shape=(len(houdt), k))
    x = _solved(
        np.concatenate([np.zeros(n), np.ones(2 * k)]),
        hstack([matrix, speling, -speling], format="csr"),
        systeem.onder,
        systeem.boven,
        np.concatenate([onder, np.zeros(2 * k)]),
        np.concatenate([boven, np.full(2 * k, np.inf)]),
    )
    if x is not None:
        houdt[zacht] = x[n : n + k] + x[n + k :] <= FIJN
    return houdt


class _Search:
    """Finds worlds of one problem and keeps them, with the least and the most of each number over all of them."""

    def __init__(self, p: Problem, tabel: Table, werelden: list[np.ndarray], bewaakt: np.ndarray, marge: int) -> None:
        self.p, self.tabel, self.werelden, self.bewaakt, self.nodig = p, tabel, werelden, bewaakt, needed(marge)
        self.kolommen = p.matrix.tocsc()
        self.rijen, self.verwant = abs(p.matrix), csr_array(abs(p.matrix).T)
        self.minst, self.meest = np.full(tabel.onder.shape, np.inf), np.full(tabel.onder.shape, -np.inf)
        self._take_over()
        if not werelden:
            self._first()
        if not werelden:
            raise Contradiction

    def _take_over(self) -> None:
        """Keep the worlds that were found before; of those that no longer fit, what is near is found anew."""
        p, oude = self.p, self.werelden[:]
        self.werelden.clear()
        for wereld in oude:
            vrij = wereld[p.vrij]
            som = p.matrix @ vrij
            niet_meer = (som < p.laag - FIJN) | (som > p.hoog + FIJN)
            buiten = (vrij < p.onder) | (vrij > p.boven) | (self.verwant @ niet_meer > 0)
            if not buiten.any():
                self._keep(vrij)
            elif buiten.sum() <= MENDBAAR and (heel := self._whole(vrij, buiten, MENDBAAR_OM)) is not None:
                self._keep(heel)

    def _first(self) -> None:
        """A world with as few as can be in what is hidden."""
        p = self.p
        doel = np.bincount(self.bewaakt, minlength=len(p.vrij)).astype(float)
        for heel in (False, True):
            x = _solved(doel, p.matrix, p.laag, p.hoog, p.onder, p.boven, heel=heel)
            if x is not None and self._settle(x):
                return

    def uncovered(self) -> np.ndarray:
        """The guarded numbers (by their place among those that are not known) without two worlds far enough apart."""
        breed = width(self.tabel, self.minst, self.meest)[self.p.vrij]
        return self.bewaakt[breed[self.bewaakt] < self.nodig]

    def is_covered(self, plaats: int) -> bool:
        """Whether two worlds lie far enough apart for one number."""
        nummer = self.p.vrij[plaats : plaats + 1]
        return bool(width(self.tabel, self.minst, self.meest)[nummer] >= self.nodig)

    def found(self, plaats: int) -> bool:
        """Find two worlds far enough apart for one number, close by; whether there are."""
        for dichtbij in VERDER:
            if not self.is_covered(plaats):
                self.shift([plaats], dichtbij)
        return self.is_covered(plaats)

    def cover(self, dichtbij: int) -> None:
        """Find worlds for what is still open, as long as that covers any."""
        open_, toen = self.uncovered(), np.inf
        while 0 < len(open_) < GENOEG * toen:
            self.shift(open_.tolist(), dichtbij)
            toen, open_ = len(open_), self.uncovered()

    def pull(self) -> None:
        """Find worlds in which all numbers lie far apart, as far as that is quick."""
        for ronde in range(2 * GROF):
            self.spread(self.uncovered(), omhoog=ronde % 2 == 0)
        self._pull_some(self.uncovered())

    def pull_rest(self) -> None:
        """Find worlds in which what is still open lies far apart, as long as that covers any."""
        open_, toen = self.uncovered(), np.inf
        while 0 < len(open_) < GENOEG * toen:
            self._spread_both(open_)
            toen, open_ = len(open_), self.uncovered()
        self._pull_some(open_)

    def _pull_some(self, open_: np.ndarray) -> None:
        """Pull at those of these numbers that do not pull against each other, then at the next, while that is many."""
        los = self.apart(open_, VER)
        while len(los) > WEINIG:
            self._spread_both(los)
            open_ = np.setdiff1d(np.intersect1d(open_, self.uncovered()), los)
            los = self.apart(open_, VER)

    def _spread_both(self, plaatsen: np.ndarray) -> None:
        """Pull these numbers up, and down where that was not enough for many."""
        self.spread(plaatsen, omhoog=True)
        if len(over := np.intersect1d(plaatsen, self.uncovered())) > WEINIG:
            self.spread(over, omhoog=False)

    def shift(self, plaatsen: Sequence[int], dichtbij: int) -> None:
        """Two worlds: one in which these numbers lie far above what was seen, one far below, where that can be.

        One after another, with what is so many relations away; those that were moved stay where they are.
        """
        p = self.p
        hoog, laag = (self.werelden[-1][p.vrij].copy() for _ in range(2))
        vast_hoog, vast_laag = (np.zeros(len(p.vrij), bool) for _ in range(2))
        for plaats in plaatsen:
            deel = np.flatnonzero(self.around([plaats], dichtbij))
            minst, meest = (float(uiterste[p.vrij[plaats]]) for uiterste in (self.minst, self.meest))
            if self._move(hoog, deel, plaats, vast_hoog, max(minst, 1) + self.nodig, omhoog=True):
                meest = max(meest, float(hoog[plaats]))
            if meest - max(minst, 1) < self.nodig:
                self._move(laag, deel, plaats, vast_laag, meest - self.nodig, omhoog=False)
        self._keep(hoog)
        self._keep(laag)

    def _move(
        self, vrij: np.ndarray, deel: np.ndarray, plaats: int, vast: np.ndarray, doel: float, *, omhoog: bool
    ) -> bool:
        """Move a number of ``vrij`` as far as ``doel``, up or down, and with it what it takes of ``deel``.

        What is ``vast`` stays. Returns whether that can be; then the number is ``vast`` too.
        """
        p, zelf = self.p, deel == plaats
        onder = np.where(vast[deel], vrij[deel], p.onder[deel])
        boven = np.where(vast[deel], vrij[deel], p.boven[deel])
        if omhoog:
            boven[zelf] = np.minimum(boven[zelf], doel)
        else:
            onder[zelf] = np.maximum(onder[zelf], doel)
        if (onder > boven).any():
            return False
        x = _solved(np.where(zelf, -1.0 if omhoog else 1.0, 0.0), *self._within(deel, vrij), onder, boven, heel=True)
        if x is None:
            return False
        vrij[deel] = np.round(x)
        vast[plaats] = True
        return True

    def spread(self, plaatsen: np.ndarray, *, omhoog: bool) -> None:
        """A world in which as many as possible of these numbers lie far above what was seen, or far below."""
        p, k = self.p, len(plaatsen)
        minst, meest = (uiterste[p.vrij[plaatsen]] for uiterste in (self.minst, self.meest))
        kies = csr_array((np.ones(k), (np.arange(k), plaatsen)), shape=(k, len(p.vrij)))
        stap = eye_array(k, format="csr") * (-1 if omhoog else 1)
        grens = (minst, np.full(k, np.inf)) if omhoog else (np.full(k, -np.inf), meest)
        x = _solved(
            np.concatenate([np.zeros(len(p.vrij)), -np.ones(k)]),
            vstack([hstack([p.matrix, csr_array((len(p.laag), k))]), hstack([kies, stap])], format="csr"),
            np.concatenate([p.laag, grens[0]]),
            np.concatenate([p.hoog, grens[1]]),
            np.concatenate([p.onder, np.zeros(k)]),
            np.concatenate([p.boven, np.full(k, self.nodig + 1)]),
        )
        if x is not None:
            self._settle(x[: len(p.vrij)])

    def around(self, plaatsen: np.ndarray | list[int], stappen: int) -> np.ndarray:
        """What stands at most so many relations away from these numbers (a mask)."""
        om = np.zeros(len(self.p.vrij), bool)
        om[plaatsen] = True
        for _ in range(stappen):
            om |= (self.verwant @ (self.rijen @ om > 0)) > 0
        return om

    def _within(self, deel: np.ndarray, vrij: np.ndarray) -> tuple[csr_array, np.ndarray, np.ndarray]:
        """The relations of the numbers ``deel`` with all others as in ``vrij``, and their bounds."""
        kolommen = self.kolommen[:, deel]
        rijen = np.unique(kolommen.indices)
        matrix = csr_array(kolommen)[rijen]
        rest = self.p.matrix[rijen] @ vrij - matrix @ vrij[deel]
        return matrix, self.p.laag[rijen] - rest, self.p.hoog[rijen] - rest

    def apart(self, plaatsen: np.ndarray, afstand: int) -> np.ndarray:
        """As many of these as lie this many relations apart: pulled at once, they do not pull against each other."""
        bezet, gekozen = np.zeros(len(self.p.vrij), bool), []
        for plaats in plaatsen.tolist():
            if not bezet[plaats]:
                gekozen.append(plaats)
                bezet |= self.around([plaats], afstand)
        return np.array(gekozen, int)

    def outermost(self, plaats: int) -> tuple[float, float, list[int]]:
        """The least and the most of a number, fractions allowed, and the relations that keep them there.

        What is found on the way is kept as worlds.
        """
        p = self.p
        deel = np.flatnonzero(p.deel == p.deel[plaats])
        relaties = np.flatnonzero(np.diff(csr_array(self.kolommen[:, deel]).indptr))
        matrix, laag, hoog = p.matrix[relaties][:, deel], p.laag[relaties], p.hoog[relaties]
        boven, onder = np.isfinite(hoog), np.isfinite(laag)
        stapel, grens = vstack([matrix[boven], -matrix[onder]]), np.concatenate([hoog[boven], -laag[onder]])
        bron = np.concatenate([relaties[boven], relaties[onder]])
        uiterste, raak = np.array([p.onder[plaats], p.boven[plaats]]), set()
        for kant, richting in enumerate((1, -1)):
            uitkomst = linprog(
                np.where(deel == plaats, richting, 0),
                A_ub=stapel,
                b_ub=grens,
                method="highs",
                bounds=np.column_stack([p.onder[deel], p.boven[deel]]),
            )
            if uitkomst.status == 0:
                uiterste[kant] = uitkomst.x[np.searchsorted(deel, plaats)]
                raak.update(bron[np.abs(uitkomst.ineqlin.marginals) > FIJN].tolist())
                vrij = self.werelden[-1][p.vrij].copy()
                vrij[deel] = uitkomst.x
                self._settle(vrij)
        return float(uiterste[0]), float(uiterste[1]), p.relaties[sorted(raak)].tolist()

    def extreme(self, plaats: int) -> bool:
        """Find the worlds in which a number is as small and as large as can be, whatever that takes of its component;
        whether these lie far enough apart."""
        deel = np.flatnonzero(self.p.deel == self.p.deel[plaats])
        for omhoog in (False, True):
            vrij, nergens = self.werelden[-1][self.p.vrij].copy(), np.zeros(len(self.p.vrij), bool)
            if self._move(vrij, deel, plaats, nergens, np.inf if omhoog else -np.inf, omhoog=omhoog):
                self._keep(vrij)
        return self.is_covered(plaats)

    def _settle(self, vrij: np.ndarray) -> bool:
        """Keep a world close to ``vrij`` in whole numbers; whether there is one."""
        gebroken = np.abs(vrij - np.round(vrij)) > FIJN
        if not gebroken.any():
            return self._keep(np.round(vrij))
        for stappen in BUURT:
            if (heel := self._whole(np.round(vrij), gebroken, stappen)) is not None:
                return self._keep(heel)
        return False

    def _whole(self, vrij: np.ndarray, gebroken: np.ndarray, stappen: int) -> np.ndarray | None:
        """``vrij`` with whole numbers for those that are not (``gebroken``) and others close by; None if none fit."""
        buren = np.flatnonzero(self.around(np.flatnonzero(gebroken), stappen))
        matrix, laag, hoog = self._within(buren, vrij)
        x = _solved(np.zeros(len(buren)), matrix, laag, hoog, self.p.onder[buren], self.p.boven[buren], heel=True)
        if x is None:
            return None
        vrij = vrij.copy()
        vrij[buren] = np.round(x)
        return vrij

    def _keep(self, vrij: np.ndarray) -> bool:
        """Keep a world when it satisfies everything; whether it does."""
        p = self.p
        som = p.matrix @ vrij
        goed = ((vrij >= p.onder) & (vrij <= p.boven)).all() and ((som >= p.laag - FIJN) & (som <= p.hoog + FIJN)).all()
        if goed:
            wereld = p.bekend.copy()
            wereld[p.vrij] = vrij
            self.werelden.append(wereld)
            self.minst, self.meest = np.minimum(self.minst, wereld), np.maximum(self.meest, wereld)
        return bool(goed)


def _solved(
    doel: np.ndarray,
    matrix: csr_array,
    laag: np.ndarray,
    hoog: np.ndarray,
    onder: np.ndarray,
    boven: np.ndarray,
    *,
    heel: bool = False,
) -> np.ndarray | None:
    """The numbers within all bounds with the least of ``doel``, whole ones if asked; None where none were found."""
    if not len(doel):
        return doel
    rijen = [LinearConstraint(matrix, laag, hoog)] if matrix.shape[0] else []
    return milp(
        doel,
        constraints=rijen,
        bounds=Bounds(onder, boven),
        integrality=np.full(len(doel), int(heel)),
        options={"mip_rel_gap": 0, "node_limit": KNOPEN},
    ).x
