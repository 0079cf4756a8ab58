"""Dirty rows: a small share of what goes wrong in every registration, without touching a printed figure.

Two ways. `extra` adds a row that checking will put in quarantine, or that lies outside every period. `wijzig` spoils a
value in an existing row so that it stays usable. A row is spoilt at most once; what is spoilt, each demonstration says.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kopanalyse.demo.verdeling import Lot, keuze

Rij = dict
Tabellen = dict[str, list[Rij]]
Voorwaarde = Callable[[Rij], bool]
VER_WEG = date(2091, 3, 12)
# A field beyond the last column of the header has no name.
ZONDER_KOP = "<zonder kop>"


def iedere(rij: Rij) -> bool:
    """Any row will do."""
    return True


def leeg(kolom: str) -> Voorwaarde:
    """Rows without a value there: to spoil what was missing changes no figure."""
    return lambda rij: rij[kolom] is None


class Rommel:
    """The tables that are being spoilt, with their source of chance and the rows that had their turn."""

    def __init__(self, tabellen: Tabellen, lot: Lot) -> None:
        self.tabellen = tabellen
        self.lot = lot
        self._geweest: set[int] = set()

    def kies(self, tabel: str, aantal: int, voorwaarde: Voorwaarde = iedere) -> list[Rij]:
        """Rows of a table that satisfy the condition and were not chosen before."""
        nog_gaaf = [rij for rij in self.tabellen[tabel] if id(rij) not in self._geweest]
        rijen = keuze(nog_gaaf, voorwaarde, aantal, self.lot)
        self._geweest.update(id(rij) for rij in rijen)
        return rijen

    def wijzig(self, tabel: str, kolom: str, waarden: list, voorwaarde: Voorwaarde = iedere) -> None:
        """Puts each value into the column of a row of its own."""
        for rij, waarde in zip(self.kies(tabel, len(waarden), voorwaarde), waarden):
            rij[kolom] = waarde

    def extra(self, tabel: str, aantal: int, /, **anders) -> list[Rij]:
        """Adds copies of rows with some values changed, each somewhere after the row that it copies."""
        nieuw = []
        for origineel in self.kies(tabel, aantal):
            kopie = origineel | anders
            rijen = self.tabellen[tabel]
            rijen.insert(self.lot.tussen(rijen.index(origineel) + 1, len(rijen)), kopie)
            nieuw.append(kopie)
        self._geweest.update(id(rij) for rij in nieuw)
        return nieuw

    def nieuwe_sleutels(self, rijen: list[Rij], kolom: str, letter: str) -> None:
        """Gives rows a key of their own, far above the others."""
        for nummer, rij in enumerate(rijen, 90001):
            rij[kolom] = f"{letter}{nummer}"
