"""What every Excel file that we write has in common: texts are texts, and the same content gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_LANGSTE = 32_767  # characters that a cell can hold

def cell(blad: WriteOnlyWorksheet, waarde: Any) -> Any:
    """``waarde`` as a cell of ``blad``; in a text ``0017`` keeps its noughts and ``=1+1`` is no formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(waarde, str):
        return WriteOnlyCell(blad, value=waarde)
    cel = WriteOnlyCell(blad, value=ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", waarde))
    cel.data_type = "s"
    return cel


def finish(pad: Path, rijen: Iterable[Sequence[str | int | None]] = (), vanaf: int = 2) -> None:
    """Write ``rijen`` (26 columns at most) in the first sheet of an Excel file, from row ``vanaf``, under what it has.

    They become what a sheet makes of them, texts as texts, in a tenth of the time. The moment of writing is taken out
    of the file, so that the same content gives the same bytes.
    """
    with ZipFile(pad) as boek:
        delen = [(naam, boek.read(naam)) for naam in boek.namelist()]
    regels = "".join(_row(nummer, rij) for nummer, rij in enumerate(rijen, start=vanaf)).encode()
    with ZipFile(pad, "w") as boek:
        for naam, inhoud in delen:
            if naam == "docProps/core.xml":
                inhoud = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", inhoud)
            if naam == "xl/worksheets/sheet1.xml" and regels:
                inhoud = inhoud.replace(b"</sheetData>", regels + b"</sheetData>")
            boek.writestr(ZipInfo(naam), inhoud, ZIP_DEFLATED)


def _row(nummer: int, rij: Sequence[str | int | None]) -> str:
    cellen = "".join(_cell(f"{letter}{nummer}", waarde) for letter, waarde in zip(ascii_uppercase, rij)
                     if waarde is not None)
    return f'<row r="{nummer}">{cellen}</row>'


def _cell(plaats: str, waarde: str | int) -> str:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(waarde, str):
        return f'<c r="{plaats}" t="n"><v>{waarde}</v></c>'
    if not waarde:
        return f'<c r="{plaats}" t="inlineStr" />'
    tekst = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", waarde[:_LANGSTE])
    ruimte = ' xml:space="preserve"' if "" != tekst.strip() != tekst else ""
    return f'<c r="{plaats}" t="inlineStr"><is><t{ruimte}>{escape(tekst)}</t></is></c>'
