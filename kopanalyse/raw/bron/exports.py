"""An organisation that delivers exports: read them, and make our tables of them as its koppeling says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kopanalyse.raw.bron.koppeling import Fouten, Koppeling
from kopanalyse.raw.bron.mapping import HELE_RIJ, Gemaakt, make_tables
from kopanalyse.raw.bron.sources import Gelezen, read_sources
from kopanalyse.raw.formats.limits import GRENZEN, Grenzen
from kopanalyse.raw.tables import read
from kopanalyse.raw.tables.header import Kop


@dataclass(frozen=True)
class Exports:
    """The sources as read and our tables as made from them, each by its name, and notes (Dutch)."""

    bronnen: Mapping[str, Gelezen]
    tabellen: Mapping[str, Gemaakt]
    notities: tuple[str, ...]

    def as_read(self) -> list[read.Gelezen]:
        """Our tables as if they had been delivered in our form."""
        return [
            read.Gelezen(
                Kop(een.tabel, (*((naam, naam) for naam in een.gegeven), ("", HELE_RIJ))),
                een.files(),
                een.pad,
                een.rijen,
                een.notities,
            )
            for een in self.tabellen.values()
        ]


NO_EXPORTS = Exports({}, {}, ())


def read_exports(
    koppeling: Koppeling,
    bronmap: Path,
    tabelmap: Path,
    meld: Callable[[str], None] = lambda tekst: None,
    grenzen: Grenzen = GRENZEN,
) -> Exports:
    """Read the exports and carry out the koppeling: sources into ``bronmap``, our tables into ``tabelmap``.

    Raises ``KoppelingError`` with everything that is wrong with the koppeling or the exports.
    """
    fouten = Fouten()
    bronnen = read_sources(koppeling, bronmap, fouten, meld, grenzen)
    meld("koppelen")
    tabellen = make_tables(koppeling, bronnen, tabelmap, fouten)
    notities = [notitie for bron in bronnen.values() for notitie in bron.notities]
    return Exports(bronnen, {een.tabel.naam: een for een in tabellen}, tuple(notities))
