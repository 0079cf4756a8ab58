"""One export, opened: its sheets, each with its rows as texts and their numbers, whatever the form of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import dropwhile, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kopanalyse.errors import DataError
from kopanalyse.raw.formats.forms import text_column
from kopanalyse.raw.formats.limits import GRENZEN, Grenzen
from kopanalyse.raw.formats.sheets import Merged
from kopanalyse.raw.formats.text import SCHEIDINGSTEKENS, TextFile, csv_rows, open_text
from kopanalyse.raw.formats.workbooks import open_workbook
from kopanalyse.raw.names import clean_name

Rij = tuple[int, Sequence[str | None]]

TEKSTEN = (".csv", ".txt", ".tsv", ".tab")
BOEKEN = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
VORMEN = (*TEKSTEN, *BOEKEN, ".parquet")
_ZOEKEN = 200


@dataclass(frozen=True)
class Blad:
    """A sheet, or a file that has none (``naam`` is None). ``kop`` are its names where the form of the file says so.

    ``tekst`` and ``scheiding`` are those of a file of text, and ``leeg`` comes to hold the numbers of its lines on
    which nothing is to be seen; ``kolommen`` gives the columns of a file that stores columns, some thousands of rows
    at a time; ``samengevoegd`` gives the merged cells of a sheet.
    """

    naam: str | None
    rijen: Callable[[], Iterator[Rij]]
    zichtbaar: bool = True
    kop: tuple[str, ...] | None = None
    tekst: TextFile | None = None
    scheiding: str = ""
    leeg: list[int] = field(default_factory=list)
    kolommen: Callable[[], Iterator[list[pa.Array]]] | None = None
    samengevoegd: Callable[[], list[Merged]] = list

    def lines(self, vanaf: int) -> Iterator[tuple[int, str]]:
        """The lines of a text file from number ``vanaf`` on, to be read many at a time."""
        assert self.tekst
        return dropwhile(lambda regel: regel[0] < vanaf, self.tekst.lines())


@contextmanager
def open_export(pad: Path, naam: str, gevraagd: set[str], grenzen: Grenzen = GRENZEN) -> Iterator[list[Blad]]:
    """The sheets of the file ``pad``, called ``naam`` in messages, for as long as it is open.

    ``gevraagd`` are the names that are looked for: under the right separator most of them stand in one row. Raises
    ``DataError`` for a file that cannot be read.
    """
    einde = pad.suffix.lower()
    if einde in TEKSTEN:
        tekst = open_text(pad, grenzen)
        scheiding = tekst.sep or _separator(tekst, gevraagd)
        leeg: list[int] = []
        rijen = partial(csv_rows, scheiding=scheiding, bestand=naam, leeg=leeg, grenzen=grenzen)
        yield [Blad(None, lambda: rijen(tekst.lines()), tekst=tekst, scheiding=scheiding, leeg=leeg)]
    elif einde in BOEKEN:
        with open_workbook(pad, grenzen) as boek:
            yield [
                Blad(
                    blad.naam,
                    partial(boek.rows, blad.naam),
                    blad.zichtbaar,
                    samengevoegd=partial(boek.merged, blad.naam),
                )
                for blad in boek.sheets
            ]
    elif einde == ".parquet":
        with _damage_named(naam), pq.ParquetFile(pad) as bestand:
            yield [
                Blad(
                    None,
                    lambda: _parquet_rows(bestand),
                    kop=tuple(bestand.schema_arrow.names),
                    kolommen=lambda: _parquet_columns(bestand),
                )
            ]
    else:
        raise DataError(f"{naam}: deze vorm van bestand wordt niet gelezen. Mogelijk zijn: {', '.join(VORMEN)}.")


@contextmanager
def _damage_named(naam: str) -> Iterator[None]:
    try:
        yield
    except (DataError, OSError):
        raise
    except Exception as fout:
        raise DataError(f"{naam} is niet te lezen: het is beschadigd, of van een andere soort.") from fout


def _separator(tekst: TextFile, gevraagd: set[str]) -> str:
    """The separator under which most of the names stand in one of the first rows; there may be titles above them."""
    schoon = {clean_name(kolom) for kolom in gevraagd}

    def fits(teken: str) -> tuple[int, int]:
        try:
            begin = [
                rij for _, rij in islice(csv_rows(tekst.lines(), teken, tekst.pad.name, grenzen=tekst.grenzen), _ZOEKEN)
            ]
        except DataError:  # a quote that is closed under another separator
            return -1, 0
        return (
            max((len(schoon & {clean_name(waarde) for waarde in rij}) for rij in begin), default=0),
            max(map(len, begin), default=0),
        )

    return max(SCHEIDINGSTEKENS, key=fits)


def _parquet_columns(bestand: pq.ParquetFile) -> Iterator[list[pa.Array]]:
    for stuk in bestand.iter_batches(batch_size=50_000):
        stuk.validate(full=True)
        yield [text_column(kolom) for kolom in stuk.columns]


def _parquet_rows(bestand: pq.ParquetFile) -> Iterator[Rij]:
    rijen = (rij for kolommen in _parquet_columns(bestand) for rij in zip(*(kolom.to_pylist() for kolom in kolommen)))
    for nummer, rij in enumerate(rijen, start=1):
        yield nummer, list(rij)
