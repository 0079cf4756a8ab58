"""What every Excel file that we write has in common: texts are texts, and the same content gives the same bytes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet


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


def forget_time(pad: Path) -> None:
    """Take the moment of writing out of an Excel file, so that the same content gives the same bytes."""
    with ZipFile(pad) as boek:
        delen = [(naam, boek.read(naam)) for naam in boek.namelist()]
    with ZipFile(pad, "w") as boek:
        for naam, inhoud in delen:
            if naam == "docProps/core.xml":
                inhoud = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", inhoud)
            boek.writestr(ZipInfo(naam), inhoud, ZIP_DEFLATED)
