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
from kopanalyse.report.text import opsomming

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.indicators.indicator import Indicator
    from kopanalyse.report.huisstijl import Maat


@dataclass(frozen=True)
class Onderdeel:
    """What a reader gets on one subject.

    ``grondslag`` says how many records are behind it; ``teken`` draws the figure, ``alt`` says what it shows.
    ``duiding`` are the sentences on what its figures say (``duiding``), of which empty ones are not shown.
    ``leeg`` replaces everything by one sentence when there is nothing to show.
    """

    titel: str
    tabel: Tabel | None = None
    grondslag: str = ""
    teken: Callable[[Maat], Figure] | None = None
    alt: str = ""
    noten: Sequence[str] = ()
    leeg: str = ""
    duiding: Sequence[str] = ()


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


Maker = Callable[[Cijfers], Onderdeel]


@dataclass(frozen=True)
class Declaratie:
    """A declared part: how to make it, and the indicators whose definitions belong to it; the first is the main one.

    ``een_is_genoeg``: the part can be made as soon as one of the indicators has figures. ``naast_vorig``: it is about
    the difference with the year before.
    """

    naam: str
    titel: str
    maak: Maker
    indicatoren: tuple[str, ...]
    een_is_genoeg: bool
    naast_vorig: bool


ONDERDELEN: dict[str, Declaratie] = {}
KERNCIJFERS: dict[str, Callable[[Cijfers], list[Kerncijfer]]] = {}


def onderdeel(titel: str, *indicatoren: str, een_is_genoeg: bool = False,
              naast_vorig: bool = False) -> Callable[[Maker], Maker]:
    """Declare the decorated function as a part with this title, about these indicators.

    It is shown when there are figures of the first of them; with ``een_is_genoeg``, of any. With ``naast_vorig`` only
    when there is a year before to hold this one against.
    """

    def declare(maak: Maker) -> Maker:
        ONDERDELEN[maak.__name__] = Declaratie(maak.__name__, titel, maak, indicatoren, een_is_genoeg,
                                               naast_vorig)
        return maak

    return declare


def kerncijfers(maak: Callable[[Cijfers], list[Kerncijfer]]) -> Callable[[Cijfers], list[Kerncijfer]]:
    """Declare the decorated function as a row of key figures."""
    KERNCIJFERS[maak.__name__] = maak
    return maak


def make(naam: str, c: Cijfers) -> Onderdeel:
    """The part ``naam``; when the long table lacks its indicators for this team, the sentence that says why."""
    declaratie = ONDERDELEN[naam]
    if declaratie.naast_vorig and c.vorig is None:
        return Onderdeel(declaratie.titel, leeg=f"{declaratie.titel}: {_nothing_before(c)}.")
    genoeg = any if declaratie.een_is_genoeg else all
    if genoeg(c.heeft(indicator) for indicator in declaratie.indicatoren[: None if declaratie.een_is_genoeg else 1]):
        return replace(declaratie.maak(c), titel=declaratie.titel)
    from kopanalyse.indicators import INDICATOREN

    waarom = why_absent(INDICATOREN[declaratie.indicatoren[0]], c)
    return Onderdeel(declaratie.titel, leeg=f"{declaratie.titel.rstrip('?')}: {waarom}.")


def nothing_to_show(naam: str, c: Cijfers) -> str:
    """Why the part ``naam`` shows nothing that counts, to end a sentence with; empty when it does, or may."""
    from kopanalyse.indicators import INDICATOREN

    declaratie = ONDERDELEN[naam]
    if declaratie.naast_vorig and c.vorig is None:
        return _nothing_before(c)
    eerste = next(iter(declaratie.indicatoren), "")
    return why_absent(INDICATOREN[eerste], c) if eerste and not c.telt(eerste) else ""


def _nothing_before(c: Cijfers) -> str:
    return f"over {c.jaar - 1} zijn er geen cijfers om naast die van {c.jaar} te zetten"


def why_absent(ind: Indicator, c: Cijfers) -> str:
    """Why ``c`` has no figures of this indicator for its team and years, to end a sentence with."""
    van = f"in de registratie van {c.settings.naam}"
    ontbreekt = [tabel for tabel in ind.tabellen if not (c.map / "checked" / f"{tabel}.parquet").is_file()]
    if c.heeft(ind.naam):
        return f"in {opsomming(map(str, c.jaren))} is hierover niets geteld"
    if c.team != ALLE and c.heeft(ind.naam, ALLE):
        return "dit wordt alleen voor de hele organisatie geteld"
    if ontbreekt and not ind.minstens_een:
        wat = f"de tabel {ontbreekt[0]}" if len(ontbreekt) == 1 else f"de tabellen {opsomming(ontbreekt)}"
        return f"{van} ontbreekt {wat}" if len(ontbreekt) == 1 else f"{van} ontbreken {wat}"
    if ind.trajectsoort and ind.trajectsoort not in c.settings.codelijsten["trajectsoort"]:
        return f"dit gaat over trajecten van de soort {ind.trajectsoort}, en die heeft {c.settings.naam} niet"
    if not c.ingevuld(ind.naam):
        kolommen = [kolom.split(".")[1] for kolom in ind.steunt_op]
        wat = f"is de kolom {kolommen[0]}" if len(kolommen) == 1 else f"zijn de kolommen {' en '.join(kolommen)}"
        return f"{van} {wat} nergens ingevuld"
    return f"{van} staat hierover niets"
