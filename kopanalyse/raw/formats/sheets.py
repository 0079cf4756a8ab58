"""What workbooks of every kind have in common: sheets with rows of texts, of which some cells may be merged."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Self

from kopanalyse.raw.formats.forms import ReadError
from kopanalyse.raw.names import shown

Cells = list[str | None]


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, and whether someone who opens the workbook sees it."""

    naam: str
    zichtbaar: bool


@dataclass(frozen=True)
class Merged:
    """Merged cells: first and last row and column, all from 1."""

    boven: int
    onder: int
    links: int
    rechts: int


class Workbook(ABC):
    """An open workbook; a context manager."""

    sheets: tuple[Sheet, ...]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Let go of the file."""

    @abstractmethod
    def rows(self, blad: str) -> Generator[tuple[int, Cells], None, None]:
        """The rows of a sheet that hold anything, with their number; each as long as what stands on it."""

    @abstractmethod
    def merged(self, blad: str) -> list[Merged]:
        """The merged cells of a sheet."""

    def first_sheet(self) -> str:
        """The first visible sheet that has rows, or else the first of all."""
        for blad in self.sheets:
            if blad.zichtbaar:
                with closing(self.rows(blad.naam)) as rijen:
                    if next(rijen, None):
                        return blad.naam
        return self.sheets[0].naam


def damaged(naam: str, waarom: str = "het is beschadigd, of van een andere soort") -> ReadError:
    """What to say of a workbook that cannot be read; what libraries say is English, and may quote."""
    return ReadError(
        f"{naam} is geen leesbaar Excel-bestand ({waarom}). Verwacht wordt .xlsx zonder wachtwoord; open "
        "het in Excel en bewaar het opnieuw."
    )


def trimmed(cellen: Cells) -> Cells:
    """``cellen`` itself, without the empty ones at its end."""
    while cellen and not (cellen[-1] or "").strip():
        cellen.pop()
    return cellen


def without_merged(rijen: Iterator[tuple[int, Cells]], samen: list[Merged]) -> Iterator[tuple[int, Cells]]:
    """``rijen`` with merged cells empty but for the first of them, whatever the file still holds under those."""
    if not samen:
        yield from rijen
        return
    wachtend = sorted(samen, key=lambda vak: -vak.boven)
    nu: list[Merged] = []
    for nummer, cellen in rijen:
        while wachtend and wachtend[-1].boven <= nummer:
            nu.append(wachtend.pop())
        nu = [vak for vak in nu if vak.onder >= nummer]
        for vak in nu:
            vanaf = vak.links if nummer > vak.boven else vak.links + 1
            for plaats in range(vanaf, min(vak.rechts, len(cellen)) + 1):
                cellen[plaats - 1] = None
        yield nummer, cellen


def merged_notes(bestand: str, namen: Sequence[str], samen: Iterable[Merged]) -> Iterator[str]:
    """A note (Dutch) per column on cells that were merged; ``namen`` are the names in the header, from column A."""
    vakken: dict[str, list[str]] = {}
    for vak in samen:
        for naam in filter(None, namen[vak.links - 1 : vak.rechts]):
            vakken.setdefault(naam, []).append(f"{vak.boven}-{vak.onder}" if vak.onder > vak.boven else str(vak.boven))
    for naam, rijen in vakken.items():
        meer = f" en {len(rijen) - 3} andere" if len(rijen) > 3 else ""
        yield (
            f"{bestand}: samengevoegde cellen in kolom {shown(naam)}, rijen {', '.join(rijen[:3])}{meer}; alleen de "
            "eerste cel is gelezen, de andere zijn leeg."
        )
