"""The three forms of a raw file as rows or columns of text: CSV, Excel and Parquet.

Each gives the text that a CSV file would hold, as it stands: spaces included, keys as text, dates as dates.
"""

from __future__ import annotations

import codecs
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from kopanalyse.errors import DataError

TEKST = pa.large_string()


class ReadError(DataError):
    """The run cannot go on; the message (Dutch) names the file, the column and what was expected."""


# CSV

def encoding(pad: Path) -> str:
    """``utf-8-sig`` when the whole file is UTF-8, with or without byte order mark; otherwise ``cp1252``."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with pad.open("rb") as bestand:
        begin = bestand.read(4)
        if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise ReadError(f"{pad.name} is opgeslagen als UTF-16; verwacht wordt UTF-8 of Windows-1252. "
                            "Bewaar het bestand opnieuw als CSV (UTF-8).")
        bestand.seek(0)
        try:
            while stuk := bestand.read(1 << 20):
                decoder.decode(stuk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as fout:
            if begin.startswith(codecs.BOM_UTF8):
                raise ReadError(f"{pad.name} begint als UTF-8, maar is dat niet overal; verwacht wordt UTF-8 of "
                                "Windows-1252. Bewaar het bestand opnieuw als CSV (UTF-8).") from fout
            return "cp1252"
    return "utf-8-sig"


_OPENING = re.compile(r'[^\S\r\n]*"')
_TOT_SLUITING = re.compile(r'[^"]*+(?:""[^"]*+)*+')


def csv_rows(genummerd: Iterable[tuple[int, str]], scheiding: str, bestand: str = "",
             verder: Iterable[tuple[int, str]] = ()) -> Iterator[tuple[int, list[str]]]:
    """Rows of CSV text, each with the number of its first physical line.

    ``genummerd`` are numbered lines with their ends, ``verder`` those after them, for a row that goes on there. A line
    without a quote is split as it stands. A field that begins with a quote (spaces before it do not count) runs to the
    closing one, across lines; a quote further on in a field is an ordinary character. Lines of only white space are no
    rows. Raises ``ReadError`` for a quote that is never closed: the rows after it would disappear in one field.
    """
    genummerd = iter(genummerd)
    for nummer, regel in genummerd:
        if '"' in regel:
            yield nummer, _quoted_row(nummer, regel, chain(genummerd, verder), scheiding, bestand)
        elif not regel.isspace():
            yield nummer, regel.rstrip("\r\n").split(scheiding)


def csv_values(regels: list[str], scheiding: str, breedte: int) -> list[str] | None:
    """The values of lines that each hold ``breedte`` of them and no quote, one after the other; None for other lines.

    It is what ``csv_rows`` gives for such lines, many times as fast.
    """
    if breedte == 1 or any('"' in regel or regel.count(scheiding) != breedte - 1 for regel in regels):
        return None
    return scheiding.join([regel.rstrip("\r\n") for regel in regels]).split(scheiding)


def _quoted_row(nummer: int, regel: str, vervolg: Iterator[tuple[int, str]], scheiding: str,
                bestand: str) -> list[str]:
    """The fields of the row that begins with ``regel``; takes the lines that it needs from ``vervolg``."""
    velden, plaats = [], 0
    tot_scheiding = re.compile(f"[^{scheiding}\r\n]*")
    while True:
        tekst = ""
        if opening := _OPENING.match(regel, plaats):
            begin, delen, plaats = nummer, [], opening.end()
            while (sluiting := _TOT_SLUITING.match(regel, plaats)).end() == len(regel):
                delen.append(regel[plaats:])
                nummer, regel = next(vervolg, (nummer, ""))
                plaats = 0
                if not regel:
                    raise ReadError(_unclosed(bestand, begin))
            tekst = "".join([*delen, sluiting.group()]).replace('""', '"')
            rest = tot_scheiding.match(regel, sluiting.end() + 1)
            if delen and rest.group().strip():
                raise ReadError(_unclosed(bestand, begin))
            tekst += rest.group() if rest.group().strip() else ""
        else:
            rest = tot_scheiding.match(regel, plaats)
            tekst = rest.group()
        velden.append(tekst)
        plaats = rest.end() + 1
        if regel[rest.end():plaats] != scheiding:
            return velden


def _unclosed(bestand: str, nummer: int) -> str:
    return (f'{bestand}: het aanhalingsteken (") op regel {nummer} wordt niet gesloten, zodat de rijen erna in één '
            'veld zouden verdwijnen. Verwacht wordt een " aan begin én eind van een veld, en "" voor een " erin.')


# Excel

def workbook(pad: Path, **vorm: bool) -> Any:
    """The Excel file ``pad``, to be read row by row and closed by the caller."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns about styles and extensions, which hold no values
        return openpyxl.load_workbook(pad, read_only=True, **vorm)


def outcomes(pad: Path, blad: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows of a sheet by number, with the stored outcomes of formulas; opens the file when the first is asked."""
    with closing(workbook(pad, data_only=True)) as boek:
        boek[blad].reset_dimensions()
        yield from enumerate(boek[blad].iter_rows(values_only=True), start=1)


def sheet_rows(blad: Any, uitkomsten: Iterator[tuple[int, tuple[Any, ...]]]) -> Iterator[tuple[int, list[str | None]]]:
    """Rows of a sheet that hold anything, with their number. A formula counts as its stored outcome, or as its text."""
    blad.reset_dimensions()  # some exporters write a wrong size, and rows beyond it would be lost
    for nummer, cellen in enumerate(blad.iter_rows(), start=1):
        waarden = [cel.value for cel in cellen]
        if any(cel.data_type == "f" for cel in cellen):
            uitkomst = next(rij for plaats, rij in uitkomsten if plaats == nummer)
            waarden = [cel.value if cel.data_type != "f" or uit is None else uit
                       for cel, uit in zip(cellen, uitkomst, strict=True)]
        teksten = [_text(waarde) for waarde in waarden]
        while teksten and not (teksten[-1] or "").strip():
            teksten.pop()
        if teksten:
            yield nummer, teksten


def _text(waarde: Any) -> str | None:
    """A typed cell as the text that a CSV file would hold: dates as dates, whole numbers without ``.0``."""
    if waarde is None or isinstance(waarde, str):
        return waarde
    if isinstance(waarde, bool):
        return "true" if waarde else "false"
    if isinstance(waarde, datetime):
        heel = (waarde.hour, waarde.minute, waarde.second, waarde.microsecond) == (0, 0, 0, 0)
        return waarde.date().isoformat() if heel else waarde.isoformat(sep=" ")
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(waarde, (float, Decimal)) and waarde == waarde // 1:
        return str(int(waarde))
    return str(waarde)


# Parquet

def text_column(kolom: pa.Array) -> pa.Array:
    """A typed column as text, value by value the same as ``_text``; Arrow does it where its own words are those."""
    if pa.types.is_dictionary(kolom.type):
        kolom = kolom.dictionary_decode()
    soort = kolom.type
    bytes_ = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary)
    zelfde = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_integer,
              pa.types.is_boolean, pa.types.is_date, pa.types.is_null)
    if any(is_soort(soort) for is_soort in zelfde):
        return kolom.cast(TEKST)
    if any(is_soort(soort) for is_soort in bytes_):
        return pa.array([None if w is None else w.decode() for w in kolom.to_pylist()], type=TEKST)
    return pa.array([_text(waarde) for waarde in kolom.to_pylist()], type=TEKST)
