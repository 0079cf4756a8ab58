"""Could two shares or two means have come out so far apart when nothing differs between them?

The unit is who answers for a record: a respondent, a traject, an activity (``indicators.spread``). Ten answers of one
person are one person; a traject that runs in both years is the same in both. Each figure has an interval of its own,
Wilson's of a share with as many records as its units are worth, Student's of a mean; of the two together the distances
are squared and added, less what they have in common (MOVER with correlation, Zou 2007; without it and of shares this is
method 10 of Newcombe 1998).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt
from typing import NamedTuple

from scipy.special import ndtr, ndtri, stdtrit

Z95 = float(ndtri(0.975))
STAPPEN = 50  # halvings of the scale of z: as fine as a float needs
VERST = 38.0  # beyond it ndtr is 0


class Som(NamedTuple):
    """Sums over units as in ``indicators.spread``: of one figure with itself, or with an earlier one."""

    eenheden: float
    tt: float
    tn: float
    nt: float
    nn: float

    def min(self, ander: Som) -> Som:
        """What is left without the units of ``ander``."""
        return Som(*(a - b for a, b in zip(self, ander)))

    def plus(self, ander: Som) -> Som:
        """The units of both."""
        return Som(*(a + b for a, b in zip(self, ander)))

    def product(self, m: float, m_toen: float) -> float:
        """Σ (t − m·n)(t' − m'·n')."""
        return self.tt - m_toen * self.tn - m * self.nt + m * m_toen * self.nn


@dataclass(frozen=True)
class Kant:
    """One side of a comparison: a share (0–1) or a mean over ``n`` records of ``eenheden`` units.

    ``variantie`` is that of the figure, by what its units differ among themselves.
    """

    waarde: float
    n: float
    eenheden: float
    variantie: float
    aandeel: bool

    def bounds(self, z: float = Z95) -> tuple[float, float]:
        """The interval that goes with ``z`` of a normal distribution: 95% without it."""
        if not self.aandeel:
            breedte = _student(z, self.eenheden) * sqrt(self.variantie)
            return self.waarde - breedte, self.waarde + breedte
        m, n = self.waarde, self.n_effectief
        z = _student(z, self.eenheden) if self.eenheden < self.n else z  # few units say little of their own spread
        midden = (m + z * z / (2 * n)) / (1 + z * z / n)
        breedte = z * sqrt(m * (1 - m) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, midden - breedte), min(1.0, midden + breedte)

    @property
    def n_effectief(self) -> float:
        """How many records of as many units would know as much of a share.

        More than there are where a unit counts but once in a category: then it varies less than loose records would.
        """
        kern = self.waarde * (1 - self.waarde)
        if kern <= 0:
            return self.eenheden
        return kern / self.variantie if self.variantie > 0 else self.n


def side(teller: float, noemer: float, som: Som, aandeel: bool) -> Kant | None:
    """A figure with the spread of its units; None when there are not two."""
    if som.eenheden < 2 or not noemer:
        return None
    m = teller / noemer
    afstand = max(0.0, som.product(m, m))
    variantie = som.eenheden / (som.eenheden - 1) * afstand / noemer**2
    if aandeel and noemer > 1:  # as the contract has it: of one record per unit this is m(1 − m) / n
        variantie *= (noemer - 1) / noemer
    return Kant(m, noemer, som.eenheden, variantie, aandeel)


def independent(teller: float, noemer: float) -> Som:
    """The sums of a share of which every record is a unit."""
    return Som(noemer, teller, teller, teller, noemer)


def correlation(nu: Kant, toen: Kant, samen: Som | None) -> float:
    """How much two figures move together because they are partly about the same units."""
    spreiding = sqrt(nu.variantie * toen.variantie)
    if samen is None or spreiding <= 0:
        return 0.0
    return max(-1.0, min(1.0, samen.product(nu.waarde, toen.waarde) / (nu.n * toen.n) / spreiding))


def difference(nu: Kant, toen: Kant, r: float = 0.0, z: float = Z95) -> tuple[float, float]:
    """The interval of ``nu − toen``."""
    (laag, hoog), (laag_toen, hoog_toen) = nu.bounds(z), toen.bounds(z)
    verschil = nu.waarde - toen.waarde
    return (
        verschil - _together(nu.waarde - laag, hoog_toen - toen.waarde, r),
        verschil + _together(hoog - nu.waarde, toen.waarde - laag_toen, r),
    )


def p_value(nu: Kant, toen: Kant, r: float = 0.0) -> float | None:
    """The probability beyond the interval that just touches no difference; None where nothing goes up and down."""
    verschil = nu.waarde - toen.waarde
    if not (nu.variantie or toen.variantie) and not (nu.aandeel and verschil):
        return None
    kant = 0 if verschil > 0 else 1
    laag, hoog = 0.0, VERST
    for _ in range(STAPPEN if verschil else 0):
        z = (laag + hoog) / 2
        raakt = difference(nu, toen, r, z)[kant] * verschil <= 0
        laag, hoog = (laag, z) if raakt else (z, hoog)
    return float(2 * ndtr(-laag))


def _together(a: float, b: float, r: float) -> float:
    return sqrt(max(0.0, a * a + b * b - 2 * r * a * b)) if r else hypot(a, b)


def _student(z: float, eenheden: float) -> float:
    """What Student's t has where a normal distribution has ``z``."""
    kans = float(ndtr(-z))
    return float(-stdtrit(eenheden - 1, kans)) if kans > 0 else float("inf")
