"""The kinds of figure that the reports draw, each from a few plain values (``values``), at the width that is asked.

Every function returns a matplotlib figure that still has to be drawn under ``style.rc`` (``svg`` does both). Seaborn
draws the statistical kinds (``heat``, ``map``), bare matplotlib the others, where it is ten times faster. They take a
second or more to import, so each is loaded when it is first drawn: ``charts.staven(...)``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kopanalyse.report.charts.bars import gestapeld, piramide, staven
    from kopanalyse.report.charts.dots import punten, puntpanelen
    from kopanalyse.report.charts.funnel import trechters
    from kopanalyse.report.charts.heat import warmte
    from kopanalyse.report.charts.lines import lijnen
    from kopanalyse.report.charts.map import kaart

_DRAWN_BY = {
    "staven": "bars",
    "gestapeld": "bars",
    "piramide": "bars",
    "punten": "dots",
    "puntpanelen": "dots",
    "trechters": "funnel",
    "warmte": "heat",
    "lijnen": "lines",
    "kaart": "map",
}

__all__ = ["gestapeld", "kaart", "lijnen", "piramide", "punten", "puntpanelen", "staven", "trechters", "warmte"]


def __getattr__(naam: str):
    if naam not in _DRAWN_BY:
        raise AttributeError(f"module {__name__!r} has no attribute {naam!r}")
    return getattr(import_module(f"{__name__}.{_DRAWN_BY[naam]}"), naam)
