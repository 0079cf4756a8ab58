"""What a figure looks like in an edition, and what a reader may conclude from it.

A number of persons is shown to the nearest multiple, never below the threshold; 0 stays 0. Everything that is made of
numbers (shares, rates, their intervals) is made anew of what is shown.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from kopanalyse import statistics
from kopanalyse.settings import Publiceren

ONEINDIG = float("inf")
STUDENT_VANAF = 30  # answers behind a mean; of fewer, an interval says too much about each of them


class Afronding(NamedTuple):
    """The rounding of an edition: to multiples of ``op``, the lowest of which stands for those from ``drempel`` on."""

    drempel: int
    op: int

    @classmethod
    def of(cls, instellingen: Publiceren) -> Afronding:
        return cls(instellingen.drempel, instellingen.afronden_op)

    @property
    def laagste(self) -> int:
        """The lowest multiple that is shown, besides 0."""
        return -(-self.drempel // self.op) * self.op

    def shown(self, getallen: np.ndarray) -> np.ndarray:
        """Whole numbers of 0, or of ``drempel`` and more, to the nearest multiple, halves up."""
        getallen = np.asarray(getallen, float)
        veelvoud = np.floor(getallen / self.op + 0.5) * self.op
        return np.where(getallen == 0, 0, np.maximum(veelvoud, self.laagste))

    def bounds(self, getoond: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The least and the most that a number can be that is shown as ``getoond``."""
        getoond = np.asarray(getoond, float)
        onder = np.where(getoond == self.laagste, self.drempel, np.maximum(getoond - self.op // 2, self.drempel))
        boven = getoond + (self.op + 1) // 2 - 1
        return np.where(getoond == 0, 0, onder), np.where(getoond == 0, 0, boven)

    def kept(self, getoond: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The same of a number that an earlier edition showed so, and that is kept as long as it is less than a
        multiple away."""
        getoond = np.asarray(getoond, float)
        onder, boven = np.maximum(getoond - self.op + 1, self.drempel), getoond + self.op - 1
        return np.where(getoond == 0, 0, onder), np.where(getoond == 0, 0, boven)


def one_decimal(waarden: np.ndarray) -> np.ndarray:
    """Means to one decimal, halves up."""
    return np.floor(np.asarray(waarden, float) * 10 + 0.5) / 10


def values(eenheid: np.ndarray, teller: np.ndarray, noemer: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """waarde, ondergrens and bovengrens made anew of what is shown; empty for a mean and where a number is hidden."""
    leeg = np.full(len(teller), np.nan)
    aandeel, per_1000 = eenheid == "aandeel", eenheid == "per_1000"
    with np.errstate(divide="ignore", invalid="ignore"):
        deel = np.where(noemer > 0, teller / noemer, np.nan)
    waarde = np.select([aandeel, per_1000, eenheid == "gemiddelde"], [deel, deel * 1000, leeg], teller)
    begrensd = np.isfinite(deel)
    t, n = np.where(begrensd, teller, 0), np.where(begrensd, noemer, 1)
    wilson, garwood = statistics.wilson(np.minimum(t, n), n), statistics.garwood(t)
    onder, boven = (
        np.select([begrensd & aandeel, begrensd & per_1000], [w, g * 1000 / n], leeg) for w, g in zip(wilson, garwood)
    )
    return waarde, onder, boven
