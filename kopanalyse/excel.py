"""What every Excel file that we write has in common: texts are texts, and the same content gives the same bytes."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

# openpyxl writes other bytes where lxml happens to be installed; it looks here when it is imported itself
os.environ["OPENPYXL_LXML"] = "False"

TEKST, LETTER = "@", "Calibri"  # the format of a text that stays one, and the letter of cells without one of their own
MEESTE_RIJEN = 1_048_576  # of a sheet
HIER = "HIER KOMEN DE RIJEN"
HIER_XML = re.compile(rf'<row r="2"[^>]*><c r="A2" s="(\d+)" [^>]*><is><t>{HIER}</t></is></c></row>')


def cell(blad: WriteOnlyWorksheet, waarde: Any) -> Any:
    """``waarde`` as a cell of ``blad``; in a text ``0017`` keeps its noughts and ``=1+1`` is no formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(waarde, str):
        return WriteOnlyCell(blad, value=waarde)
    cel = WriteOnlyCell(blad, value=ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", waarde))
    cel.data_type = "s"
    return cel


def value(blad: WriteOnlyWorksheet, waarde: Any) -> Any:
    """``waarde`` as ``cell`` gives it, but itself where a row of ``blad`` takes that: cells take half of the time."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    bijzonder = isinstance(waarde, str) and (waarde.startswith(("=", "#")) or ILLEGAL_CHARACTERS_RE.search(waarde))
    return cell(blad, waarde) if bijzonder else waarde


def add_table(blad: Any, naam: str, koppen: Sequence[str], rij: int, rijen: int) -> None:
    """Say that ``blad`` has a table named ``naam``: ``koppen`` stand in row ``rij`` from the first column on, ``rijen``
    rows under them. Excel can then sort, filter and refer to it; without a row it takes none."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

    if not rijen:
        return
    tabel = Table(displayName=naam[:250], ref=f"A{rij}:{get_column_letter(len(koppen))}{rij + rijen}")
    tabel.tableColumns = [TableColumn(id=nummer, name=kop) for nummer, kop in enumerate(koppen, 1)]
    tabel.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    blad._tables.add(tabel)  # add_table itself warns of columns that are not there yet


def frame_workbook(
    frame: pd.DataFrame, naam: str, uitleg: Mapping[str, str], eigenschappen: Mapping[str, str]
) -> bytes:
    """A long table as an Excel file: numbers as numbers, and texts that stay texts when somebody types in them.

    On a second sheet what its columns are, in the words of ``uitleg``. The rows are written as XML at once: cell by
    cell they would take as long as counting does. Of more rows than a sheet holds only is said that they are elsewhere.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font

    vet, past = Font(name=LETTER, bold=True), len(frame) < MEESTE_RIJEN
    boek: Any = Workbook(write_only=True)
    for eigenschap, waarde in eigenschappen.items():
        setattr(boek.properties, eigenschap, waarde)
    blad, toelichting = boek.create_sheet(naam), boek.create_sheet("uitleg")
    blad.freeze_panes = "A2"
    for nummer in range(len(frame.columns)):
        blad.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[nummer]].width = 16
    koppen = [cell(blad, kolom) for kolom in frame.columns]
    for kop in koppen:
        kop.font = vet
    blad.append(koppen)
    tekst = cell(blad, HIER)  # where the rows come, in the format that keeps a text a text
    tekst.number_format = TEKST
    blad.append([tekst])
    add_table(blad, naam, list(frame.columns), 1, len(frame) if past else 0)
    toelichting.column_dimensions["A"].width, toelichting.column_dimensions["B"].width = 18, 100
    for kolom in frame.columns:
        toelichting.append([cell(toelichting, kolom), cell(toelichting, uitleg.get(kolom, ""))])
    if not past:
        toelichting.append([cell(toelichting, "Dit zijn meer rijen dan op een werkblad passen: zie het CSV-bestand.")])
    uit = io.BytesIO()
    boek.save(uit)
    return without_time(uit.getvalue(), frame if past else frame[:0])


def _rows(frame: pd.DataFrame, stijl: str) -> str:
    """The rows of a frame as a sheet has them; a gap is an empty cell."""
    kolommen = [[_cell_xml(waarde, stijl) for waarde in frame[kolom].tolist()] for kolom in frame.columns]
    return "".join(f"<row>{''.join(rij)}</row>" for rij in zip(*kolommen))


@lru_cache(100_000)
def _cell_xml(waarde: Any, stijl: str) -> str:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(waarde, str) and waarde:
        veilig = escape(ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", waarde))
        return f'<c t="inlineStr" s="{stijl}"><is><t xml:space="preserve">{veilig}</t></is></c>'
    if not isinstance(waarde, (int, float)) or waarde != waarde:
        return "<c/>"
    return f"<c><v>{int(waarde) if waarde == int(waarde) else repr(float(waarde))}</v></c>"


def forget_time(pad: Path) -> None:
    """Take the moment of writing out of an Excel file, so that the same content gives the same bytes."""
    pad.write_bytes(without_time(pad.read_bytes()))


def without_time(inhoud: bytes, rijen: pd.DataFrame | None = None) -> bytes:
    """An Excel file or Word document without the moment of writing; ``rijen`` come where ``HIER`` stands in a sheet."""
    uit = io.BytesIO()
    with ZipFile(io.BytesIO(inhoud)) as oud, ZipFile(uit, "w") as nieuw:
        for naam in oud.namelist():
            deel = oud.read(naam)
            if naam == "docProps/core.xml":
                deel = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", deel)
            elif rijen is not None and naam == "xl/worksheets/sheet1.xml":
                voor, stijl, na = HIER_XML.split(deel.decode())
                deel = f"{voor}{_rows(rijen, stijl)}{na}".encode()
            nieuw.writestr(ZipInfo(naam), deel, ZIP_DEFLATED)
    return uit.getvalue()
