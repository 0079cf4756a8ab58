"""A part of a report: one subject as a table and, where that helps, a figure of the same figures.

A part looks figures up and arranges them; it computes none beyond the sums and differences of what it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kopanalyse.report.parts.table import Tabel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.report.charts.style import Maat


@dataclass(frozen=True)
class Onderdeel:
    """What a reader gets on one subject.

    ``grondslag`` says how many records are behind it; ``teken`` draws the figure, ``alt`` says what it shows.
    ``duiding`` are the sentences on what its figures say (``sentences``), of which empty ones are not shown.
    ``leeg`` replaces everything by one sentence when there is nothing to show; no page says it of work that an
    organisation does not have (``zwijgt``).
    """

    titel: str
    tabel: Tabel | Any = None  # None where ``leeg`` says that there is nothing
    grondslag: str = ""
    teken: Callable[[Maat], Figure] | None = None
    alt: str = ""
    noten: Sequence[str] = ()
    leeg: str = ""
    duiding: Sequence[str] = ()
    zwijgt: bool = False


@dataclass(frozen=True)
class Kerncijfer:
    """One number in large type: ``bij`` says of what, ``vorig`` what it was the year before.

    ``oordeel`` says how the two differ and whether that is more than chance; ``zeker`` when it is.
    """

    waarde: str
    bij: str
    vorig: str = ""
    oordeel: str = ""
    zeker: bool = False
