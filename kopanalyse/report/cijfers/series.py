"""An organisation's own series: what is usual from month to month, and where its level shifts.

*Usual* by the natural process limits of an XmR chart (Wheeler): the mean of the series, plus and minus 2.66 times the
mean difference between one month and the next. The series itself says how much it goes up and down, so that nothing
need be assumed about how people come; fewer than ``KORTST`` points do not say it.

A *level shift* is looked for by holding what lies before each place against what lies after it, on the roots of the
counts (so that large counts do not go up and down more than small ones), in units of the usual difference from month to
month. It must show both among the ``RAAM`` points on either side, which steady growth does not, and in the whole
series, which a season does not. ``GRENS`` was chosen on made-up series: ``docs/vergelijken.md`` says how often it calls
and misses. It is a question to whoever knows the registration, never a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from statistics import fmean, median
from typing import NamedTuple

KORTST = 12  # points: fewer do not say what is usual
KANT, RAAM = 3, 6  # points on either side of a shift: at least, and at most
XMR = 2.66  # 3 / 1.128, Wheeler: from a mean moving range of two to three standard deviations
GRENS = 4.5  # standard errors that a shift must measure
DEEL = 0.3  # and of the level before: a smaller one is no break
NORMAAL = 0.6745 * sqrt(2)  # the median distance of two draws from a normal distribution


class Sprong(NamedTuple):
    """A shift of level: the place of the first point after it, and the median before and after."""

    plaats: int
    voor: float
    na: float


def usual(reeks: Sequence[float]) -> tuple[float, float] | None:
    """The limits within which a series of counts goes up and down from point to point; None for a short one."""
    if len(reeks) < KORTST:
        return None
    midden, stap = fmean(reeks), fmean(abs(b - a) for a, b in pairwise(reeks))
    return max(0.0, midden - XMR * stap), midden + XMR * stap


def unusual(reeks: Sequence[float]) -> list[int]:
    """The places that lie outside the limits of the series; none for a short one."""
    grenzen = usual(reeks)
    return [plaats for plaats, waarde in enumerate(reeks) if not grenzen[0] <= waarde <= grenzen[1]] if grenzen else []


def shift(reeks: Sequence[float]) -> Sprong | None:
    """Where the level of a series of counts shifts most, when that is more than the series does by itself."""
    n = len(reeks)
    if n < KORTST:
        return None
    wortels = [sqrt(waarde + 0.375) for waarde in reeks]
    # the median of steps hardly feels the one step of the shift; the root of a Poisson count has a deviation of a half
    ruis = max(median(abs(b - a) for a, b in pairwise(wortels)) / NORMAAL, 0.5)
    beste, plek = max(
        (min(_size(wortels, plaats, raam, ruis) for raam in (RAAM, n)), plaats) for plaats in range(KANT, n - KANT + 1)
    )
    niveaus = [(median(reeks[max(0, plek - raam) : plek]), median(reeks[plek : plek + raam])) for raam in (RAAM, n)]
    if beste < GRENS or any(abs(na - voor) < DEEL * max(voor, 1.0) for voor, na in niveaus):
        return None
    return Sprong(plek, *niveaus[0])


def _size(wortels: Sequence[float], plaats: int, raam: int, ruis: float) -> float:
    """How many standard errors the points on either side of a place differ, at most ``raam`` on each."""
    links, rechts = wortels[max(0, plaats - raam) : plaats], wortels[plaats : plaats + raam]
    return abs(fmean(rechts) - fmean(links)) / (ruis * sqrt(1 / len(links) + 1 / len(rechts)))
