"""A part of a report: one subject as a table and, where that helps, a figure of the same figures.

The catalogue (``onderdelen/``) declares its parts with ``@onderdeel``; the name of the function is the name
that a notebook asks for. A part looks figures up and arranges them; it computes none beyond the sums and differences
of what it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kopanalyse.report.cijfers import ALLE, Cijfers
from kopanalyse.report.tables import Tabel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.report.huisstijl import Maat


@dataclass(frozen=True)
class Onderdeel:
    """What a reader gets on one subject.

    ``grondslag`` says how many records are behind it; ``teken`` draws the figure, ``alt`` says what it shows.
    ``leeg`` replaces everything by one sentence when there is nothing to show.
    """

    titel: str
    tabel: Tabel | None = None
    grondslag: str = ""
    teken: Callable[[Maat], Figure] | None = None
    alt: str = ""
    noten: Sequence[str] = ()
    leeg: str = ""


@dataclass(frozen=True)
class Kerncijfer:
    """One number in large type: ``bij`` says of what, ``vorig`` what it was the year before."""

    waarde: str
    bij: str
    vorig: str = ""


Maker = Callable[[Cijfers], Onderdeel]


@dataclass(frozen=True)
class Declaratie:
    """A declared part: how to make it, and the indicators whose definitions belong to it; the first is the main one."""

    naam: str
    titel: str
    maak: Maker
    indicatoren: tuple[str, ...]


ONDERDELEN: dict[str, Declaratie] = {}
KERNCIJFERS: dict[str, Callable[[Cijfers], list[Kerncijfer]]] = {}


def onderdeel(titel: str, *indicatoren: str) -> Callable[[Maker], Maker]:
    """Declare the decorated function as a part with this title, about these indicators."""

    def declare(maak: Maker) -> Maker:
        ONDERDELEN[maak.__name__] = Declaratie(maak.__name__, titel, maak, indicatoren)
        return maak

    return declare


def kerncijfers(maak: Callable[[Cijfers], list[Kerncijfer]]) -> Callable[[Cijfers], list[Kerncijfer]]:
    """Declare the decorated function as a row of key figures."""
    KERNCIJFERS[maak.__name__] = maak
    return maak


def make(naam: str, c: Cijfers) -> Onderdeel:
    """The part ``naam``; when the long table lacks its indicator for this team, the sentence that says so."""
    declaratie = ONDERDELEN[naam]
    hoofd = next(iter(declaratie.indicatoren), None)
    if hoofd is None or c.heeft(hoofd):
        return replace(declaratie.maak(c), titel=declaratie.titel)
    if c.team != ALLE and c.heeft(hoofd, ALLE):
        waarom = "dit wordt alleen voor de hele organisatie geteld"
    else:
        waarom = f"de registratie van {c.settings.naam} bevat hierover geen gegevens"
    return Onderdeel(declaratie.titel, leeg=f"{declaratie.titel}: {waarom}.")
