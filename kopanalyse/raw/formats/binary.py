"""Workbooks in the binary forms of Excel (``.xls``, ``.xlsb``), read by calamine.

Calamine gives an error as an empty text. So the records of the file are walked for the cells that hold an error, or a
formula that was to be computed when the file is opened; those are marked as what they are.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Generator, Iterator
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from kopanalyse.raw.formats.cells import number_text, unreadable, value_text
from kopanalyse.raw.formats.forms import ReadError
from kopanalyse.raw.formats.sheets import Cells, Merged, Sheet, Workbook, damaged, trimmed, without_merged

_FOUTEN = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_NIET_BEREKEND = "=… (nog niet berekend)"
Errors = dict[int, dict[int, str]]  # per row and column, both from 1, what is to be seen there


class BinaryWorkbook(Workbook):
    """A workbook in a binary form; read as a whole, since such a file has no more than 65,536 rows, or is small."""

    def __init__(self, pad: Path) -> None:
        from python_calamine import CalamineWorkbook

        self._naam, inhoud = pad.name, pad.read_bytes()
        if inhoud.startswith(b"PK"):
            self._fouten = _errors_in_xlsb(inhoud)
        else:
            self._fouten = _errors_in_xls(_workbook_stream(inhoud, pad.name), pad.name)
        self._boek = self._guarded(lambda: CalamineWorkbook.from_filelike(BytesIO(inhoud)))
        self.sheets = tuple(
            Sheet(blad.name, str(blad.visible).endswith("Visible"))
            for blad in self._boek.sheets_metadata
            if str(blad.typ).endswith("WorkSheet")
        )
        if not self.sheets:
            raise damaged(self._naam)

    def close(self) -> None:
        self._boek.close()

    def _guarded(self, vraag: Any) -> Any:
        """What calamine answers; a broken file may make it panic, which is no ordinary exception."""
        try:
            return vraag()
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as fout:
            raise damaged(self._naam) from fout

    def merged(self, blad: str) -> list[Merged]:
        vakken = self._guarded(lambda: self._boek.get_sheet_by_name(blad).merged_cell_ranges) or []
        return [Merged(boven + 1, onder + 1, links + 1, rechts + 1) for (boven, links), (onder, rechts) in vakken]

    def rows(self, blad: str) -> Generator[tuple[int, Cells], None, None]:
        fouten = self._fouten.get(blad, {})
        rijen = self._guarded(lambda: self._boek.get_sheet_by_name(blad).to_python(skip_empty_area=False))
        genummerd = ((nummer, _texts(rij, fouten.get(nummer, {}))) for nummer, rij in enumerate(rijen, start=1))
        yield from (
            (nummer, cellen) for nummer, cellen in without_merged(genummerd, self.merged(blad)) if trimmed(cellen)
        )


def _texts(rij: list[Any], fouten: dict[int, str]) -> Cells:
    cellen = [_text(waarde) for waarde in rij]
    for plaats, staat in fouten.items():
        cellen.extend([None] * (plaats - len(cellen)))
        cellen[plaats - 1] = unreadable(staat)
    return cellen


def _text(waarde: Any) -> str | None:
    if isinstance(waarde, float):
        return number_text(waarde)
    if isinstance(waarde, datetime) and waarde.microsecond:
        waarde = datetime.fromisoformat(waarde.isoformat(timespec="milliseconds"))
    if isinstance(waarde, time):
        return waarde.isoformat(timespec="seconds")
    return value_text(waarde) or None


# Records of .xlsb: kind and length in groups of seven bits


def _errors_in_xlsb(inhoud: bytes) -> dict[str, Errors]:
    with zipfile.ZipFile(BytesIO(inhoud)) as bestand:
        plaatsen = dict(_targets(bestand.read("xl/_rels/workbook.bin.rels")))
        fouten = {}
        for soort, blok in _records_xlsb(bestand.read("xl/workbook.bin")):
            if soort == 156:  # a sheet: state, number, reference and name
                verwijzing, rest = _wide(blok[8:])
                naam, _ = _wide(rest)
                deel = f"xl/{plaatsen.get(verwijzing, '')}".replace("xl//xl/", "xl/")
                if deel in bestand.namelist():
                    fouten[naam] = _errors_in_sheet_xlsb(bestand.read(deel))
        return fouten


def _targets(xml: bytes) -> Iterator[tuple[str, str]]:
    from xml.etree import ElementTree

    for rel in ElementTree.fromstring(xml):
        yield rel.get("Id", ""), rel.get("Target", "")


def _wide(blok: bytes) -> tuple[str, bytes]:
    lengte = struct.unpack_from("<I", blok)[0]
    return blok[4 : 4 + 2 * lengte].decode("utf-16-le"), blok[4 + 2 * lengte :]


def _records_xlsb(inhoud: bytes) -> Iterator[tuple[int, bytes]]:
    plaats = 0

    def number(meeste: int) -> int:
        nonlocal plaats
        getal = 0
        for groep in range(meeste):
            byte = inhoud[plaats]
            plaats += 1
            getal |= (byte & 0x7F) << 7 * groep
            if byte < 0x80:
                break
        return getal

    while plaats < len(inhoud):
        soort = number(2)
        lengte = number(4)
        yield soort, inhoud[plaats : plaats + lengte]
        plaats += lengte


def _errors_in_sheet_xlsb(inhoud: bytes) -> Errors:
    fouten: Errors = {}
    rij = 0
    for soort, blok in _records_xlsb(inhoud):
        if soort == 0:
            rij = struct.unpack_from("<I", blok)[0] + 1
        elif soort in (3, 11):  # an error, or a formula with one
            kolom = struct.unpack_from("<I", blok)[0] + 1
            fouten.setdefault(rij, {})[kolom] = _FOUTEN.get(blok[8], "#?")
    return fouten


# Records of .xls: a stream within a file that has sectors as a disk has


def _errors_in_xls(stroom: bytes, naam: str) -> dict[str, Errors]:
    fouten: dict[str, Errors] = {}
    begin: dict[int, str] = {}
    blad = ""
    for plaats, soort, blok in _records_xls(stroom):
        if soort == 0x2F:
            raise ReadError(
                f"{naam} heeft een wachtwoord; open het in Excel en bewaar het als .xlsx, zonder wachtwoord."
            )
        if soort == 0x85:  # a sheet: where it begins, state, kind, length and form of the name, name
            begin[struct.unpack_from("<I", blok)[0]] = _short(blok[6:])
        elif soort == 0x809:
            blad = begin.get(plaats, blad)
        elif soort == 0x205 and blok[7]:
            _keep(fouten, blad, blok, _FOUTEN.get(blok[6], "#?"))
        elif soort == 0x06 and blok[12:14] == b"\xff\xff" and blok[6] == 2:
            _keep(fouten, blad, blok, _FOUTEN.get(blok[8], "#?"))
        elif soort == 0x06 and blok[14] & 2 and not any(blok[6:14]):
            _keep(fouten, blad, blok, _NIET_BEREKEND)
    return fouten


def _keep(fouten: dict[str, Errors], blad: str, blok: bytes, staat: str) -> None:
    rij, kolom = struct.unpack_from("<HH", blok)
    fouten.setdefault(blad, {}).setdefault(rij + 1, {})[kolom + 1] = staat


def _short(blok: bytes) -> str:
    lengte, breed = blok[0], blok[1] & 1
    return blok[2 : 2 + lengte * (1 + breed)].decode("utf-16-le" if breed else "latin-1")


def _records_xls(stroom: bytes) -> Iterator[tuple[int, int, bytes]]:
    plaats = 0
    while plaats + 4 <= len(stroom):
        soort, lengte = struct.unpack_from("<HH", stroom, plaats)
        yield plaats, soort, stroom[plaats + 4 : plaats + 4 + lengte]
        plaats += 4 + lengte


def _workbook_stream(inhoud: bytes, naam: str) -> bytes:
    """The stream ``Workbook`` in a compound file, without its sectors."""
    grootte, klein = (1 << macht for macht in struct.unpack_from("<HH", inhoud, 30))
    eerste_map, grens, eerste_klein = (struct.unpack_from("<I", inhoud, plaats)[0] for plaats in (48, 56, 60))
    lijst = list(struct.unpack_from("<109I", inhoud, 76))
    verder = struct.unpack_from("<I", inhoud, 68)[0]
    per_sector = grootte // 4
    while verder < 0xFFFFFFFA:
        blok = struct.unpack_from(f"<{per_sector}I", inhoud, 512 + verder * grootte)
        lijst.extend(blok[:-1])
        verder = blok[-1] if len(lijst) < len(inhoud) // grootte + 109 else 0xFFFFFFFE
    tafel = [
        volgende
        for sector in lijst
        if sector < 0xFFFFFFFA
        for volgende in struct.unpack_from(f"<{per_sector}I", inhoud, 512 + sector * grootte)
    ]

    def sectors(nummer: int) -> bytes:
        return b"".join(inhoud[512 + deel * grootte : 512 + (deel + 1) * grootte] for deel in _chain(tafel, nummer))

    mappen = sectors(eerste_map)
    ingangen = {}
    for plaats in range(0, len(mappen), 128):
        lengte = struct.unpack_from("<H", mappen, plaats + 64)[0]
        heet = mappen[plaats : plaats + max(lengte - 2, 0)].decode("utf-16-le", "replace")
        ingangen[heet.casefold()] = struct.unpack_from("<II", mappen, plaats + 116)
    if "encryptedpackage" in ingangen:
        raise ReadError(f"{naam} heeft een wachtwoord; open het in Excel en bewaar het als .xlsx, zonder wachtwoord.")
    begin, omvang = ingangen.get("workbook") or ingangen["book"]
    if omvang >= grens:
        return sectors(begin)[:omvang]
    houder = sectors(ingangen["root entry"][0])
    kleine = struct.unpack(f"<{len(sectors(eerste_klein)) // 4}I", sectors(eerste_klein))
    return b"".join(houder[deel * klein : (deel + 1) * klein] for deel in _chain(kleine, begin))[:omvang]


def _chain(tafel: Any, nummer: int) -> Iterator[int]:
    """The sectors that follow each other from ``nummer``; a broken table may run in circles."""
    for _ in range(len(tafel)):
        if nummer >= 0xFFFFFFFA:
            return
        yield nummer
        nummer = tafel[nummer]
