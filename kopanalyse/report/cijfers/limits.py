"""Is a rate or a share further from that of the whole than chance takes it? Control limits, for a funnel plot.

A ranking of villages or teams is mostly noise: the smallest stand at both ends of it. Here each is held against what
it would have if it were like the whole: a rate against the exact Poisson limits of its inhabitants, a share against
the exact binomial limits of its own n (``statistics.poisson_limits`` and ``binomial_limits`` say how limits run on
between whole numbers).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kopanalyse.report.cijfers.view import Cijfer
from kopanalyse.statistics import binomial_limits, poisson_limits

NIVEAUS = {"95%": 0.025, "99,8%": 0.001}
"""The two pairs of limits, with the probability beyond each: by chance 1 in 20, and 1 in 500, lies outside."""


@dataclass(frozen=True)
class Stip:
    """One village or team in a funnel; ``eigen`` when the report is about it.

    ``onder`` and ``boven`` are its limits per level of ``NIVEAUS``, in the unit of ``waarde``.
    """

    naam: str
    cijfer: Cijfer
    onder: tuple[float, ...]
    boven: tuple[float, ...]
    eigen: bool = False

    @property
    def waarde(self) -> float:
        return self.cijfer.waarde

    @property
    def buiten(self) -> int:
        """How many pairs of limits it lies outside of: 0, 1 (95%) or 2 (99,8% too)."""
        return sum(not laag <= self.waarde <= hoog for laag, hoog in zip(self.onder, self.boven))

    @property
    def teken(self) -> str:
        """▲ above its limits, ▼ below, otherwise empty."""
        return "" if not self.buiten else "▲" if self.waarde > self.boven[0] else "▼"

    @property
    def oordeel(self) -> str:
        """Where it lies, in words."""
        if not self.buiten:
            return "binnen de grenzen"
        return f"{'boven' if self.teken == '▲' else 'onder'} de {list(NIVEAUS)[self.buiten - 1]}-grens"


def stip(naam: str, cijfer: Cijfer, samen: float, eenheid: str, eigen: bool = False) -> Stip:
    """A figure (``per_1000`` or ``aandeel``) with its limits around the figure ``samen`` of the whole."""
    grenzen = [limits(cijfer.noemer, samen, eenheid, staart) for staart in NIVEAUS.values()]
    onder, boven = (tuple(map(float, zijde)) for zijde in zip(*grenzen))
    return Stip(naam, cijfer, onder, boven, eigen)


def limits(noemer: ArrayLike, samen: float, eenheid: str, staart: float) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper limit, in the unit of the figure, for each number of inhabitants or each n."""
    noemer = np.asarray(noemer, float)
    if eenheid == "per_1000":
        onder, boven = poisson_limits(samen / 1000 * noemer, staart)
        return onder * 1000 / noemer, boven * 1000 / noemer
    onder, boven = binomial_limits(noemer, samen, staart)
    return onder / noemer, boven / noemer
