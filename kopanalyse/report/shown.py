"""A number of an edition: it knows that it was rounded, or that it is not shown, and so do sums and shares of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

HEEL_ONDER = 1000  # a share of fewer is said in whole percents: a base that is rounded carries no more
NIET_GETOOND = "·"
ONGEVEER = "≈"


class Getoond(float):
    """A figure as an edition shows it; nan stands for one that it hides.

    ``afgerond``: it stands for numbers around it. ``heel``: as a share it is said in whole percents. What is computed
    from such figures is one itself: of a hidden one nothing is known, however it is added up.
    """

    __slots__ = ("afgerond", "heel")
    afgerond: bool
    heel: bool

    def __new__(cls, waarde: float, *, afgerond: bool = False, heel: bool = False) -> Getoond:
        getoond = super().__new__(cls, waarde)
        getoond.afgerond, getoond.heel = afgerond, heel
        return getoond

    def __reduce__(self) -> tuple:
        return _again, (float(self), self.afgerond, self.heel)

    def __round__(self, cijfers: int | None = None) -> Any:
        return self if math.isnan(self) else float.__round__(self, cijfers)


VERBORGEN = Getoond(math.nan)
KLEINE_BASIS = Getoond(math.nan)  # a share of which the numbers are shown, and too much rounded to make one of


def is_hidden(waarde: object) -> bool:
    """Whether this is a figure that an edition hides."""
    return isinstance(waarde, Getoond) and waarde != waarde


def _again(waarde: float, afgerond: bool, heel: bool) -> Getoond:
    return Getoond(waarde, afgerond=afgerond, heel=heel)


def _closed(naam: str) -> Callable[..., Any]:
    """The arithmetic of floats under this name, which gives a ``Getoond``."""
    gewoon = getattr(float, naam)

    def operatie(self: Getoond, *ander: Any) -> Any:
        uit = gewoon(self, *ander)
        if uit is NotImplemented:
            return uit
        delen = (self, *ander)
        heel = any(getattr(deel, "heel", False) for deel in delen)
        if naam in ("__truediv__", "__rtruediv__"):
            heel = heel or delen[naam == "__truediv__"] < HEEL_ONDER
        return Getoond(uit, afgerond=any(getattr(deel, "afgerond", False) for deel in delen), heel=heel)

    return operatie


for _naam in ("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "neg", "abs"):
    setattr(Getoond, f"__{_naam}__", _closed(f"__{_naam}__"))
