"""Workbooks of LibreOffice (``.ods``), read from their own XML, which tells every kind of cell apart."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from kopanalyse.raw.formats.cells import number_text, unreadable
from kopanalyse.raw.formats.forms import is_damage
from kopanalyse.raw.formats.limits import GRENZEN, HOOGSTE_RIJ, MEESTE_SPATIES, Grenzen
from kopanalyse.raw.formats.sheets import Cells, Merged, Sheet, Workbook, damaged, trimmed, without_merged

_RUIMTE = {
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
_FOUT = re.compile(r"#(N/A|N/B|REF!|VERW!|DIV/0!|DEEL/0!|VALUE!|WAARDE!|NAME\?|NAAM\?|NUM!|GETAL!|NULL!|LEEG!)|Err:\d+")
_DUUR = re.compile(r"(-?)P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
_MEESTE_KOLOMMEN = 16_384  # what is repeated beyond is only the rest of the sheet


def _name(kort: str) -> str:
    ruimte, _, naam = kort.partition(":")
    return f"{{{_RUIMTE[ruimte]}}}{naam}"


_TABEL, _RIJ, _CEL, _BEDEKT = map(
    _name, ("table:table", "table:table-row", "table:table-cell", "table:covered-table-cell")
)


class OpenDocument(Workbook):
    """A workbook in OpenDocument, read as a stream."""

    def __init__(self, pad: Path, grenzen: Grenzen = GRENZEN) -> None:
        self._naam, self._zip, self._grenzen = pad.name, zipfile.ZipFile(pad), grenzen
        verborgen, bladen = set(), []
        for stap, element in self._events():
            if stap == "end" and element.tag == _name("style:style"):
                vorm = element.find(_name("style:table-properties"))
                if vorm is not None and vorm.get(_name("table:display")) == "false":
                    verborgen.add(element.get(_name("style:name")))
            elif stap == "start" and element.tag == _TABEL:
                stijl = element.get(_name("table:style-name"))
                bladen.append(Sheet(element.get(_name("table:name"), ""), stijl not in verborgen))
            elif stap == "end" and element.tag == _RIJ:
                element.clear()
        self.sheets = tuple(bladen)
        if not bladen:
            raise damaged(self._naam)

    def close(self) -> None:
        self._zip.close()

    def _events(self) -> Iterator[tuple[str, Any]]:
        try:
            with self._zip.open("content.xml") as bron:
                yield from ElementTree.iterparse(bron, ("start", "end"))
        except Exception as fout:  # zipfile and expat raise errors of their own
            if is_damage(fout):
                raise damaged(self._naam) from fout
            raise

    def merged(self, blad: str) -> list[Merged]:
        return [vak for nummer, _, rij in self._rows(blad) for vak in _merged_in(nummer, rij)]

    def rows(self, blad: str) -> Generator[tuple[int, Cells], None, None]:
        def filled() -> Iterator[tuple[int, Cells]]:
            for nummer, keer, rij in self._rows(blad):
                if cellen := trimmed(_cells(rij)):
                    longest = max(len(cel) for cel in cellen if cel)
                    self._grenzen.hold_field(self._naam, f"een cel op rij {nummer} van blad {blad}", longest)
                    if nummer + keer - 1 > HOOGSTE_RIJ:
                        raise damaged(self._naam)
                    yield from ((nummer + volgnummer, list(cellen)) for volgnummer in range(keer))

        yield from (
            (nummer, cellen) for nummer, cellen in without_merged(filled(), self.merged(blad)) if trimmed(cellen)
        )

    def _rows(self, blad: str) -> Iterator[tuple[int, int, Any]]:
        """Every row of a sheet: its number, how often it stands there, and its element."""
        binnen, nummer = False, 1
        for stap, element in self._events():
            if element.tag == _TABEL:
                binnen = stap == "start" and element.get(_name("table:name"), "") == blad
                if stap == "end":
                    element.clear()
            elif stap == "end" and element.tag == _RIJ:
                if binnen:
                    keer = int(element.get(_name("table:number-rows-repeated"), "1"))
                    yield nummer, keer, element
                    nummer += keer
                element.clear()


def _places(rij: Any) -> Iterator[tuple[int, int, Any]]:
    """The cells of a row: place of the first, how often it stands there, and its element."""
    plaats = 1
    for cel in rij:
        if cel.tag not in (_CEL, _BEDEKT):
            continue
        keer = int(cel.get(_name("table:number-columns-repeated"), "1"))
        yield plaats, keer, cel
        plaats += keer


def _merged_in(nummer: int, rij: Any) -> Iterator[Merged]:
    for plaats, _, cel in _places(rij):
        breed = int(cel.get(_name("table:number-columns-spanned"), "1"))
        hoog = int(cel.get(_name("table:number-rows-spanned"), "1"))
        if breed > 1 or hoog > 1:
            yield Merged(nummer, nummer + hoog - 1, plaats, plaats + breed - 1)


def _cells(rij: Any) -> Cells:
    cellen: Cells = []
    for plaats, keer, cel in _places(rij):
        tekst = None if cel.tag == _BEDEKT else _cell_text(cel)
        if tekst is not None and plaats <= _MEESTE_KOLOMMEN:
            cellen.extend([None] * (plaats - 1 - len(cellen)))
            cellen.extend([tekst] * min(keer, _MEESTE_KOLOMMEN - plaats + 1))
    return cellen


def _cell_text(cel: Any) -> str | None:
    soort, som = cel.get(_name("office:value-type")), cel.get(_name("table:formula"))
    staat = "\n".join(_paragraph(deel) for deel in cel.iterfind(_name("text:p")))
    if cel.get(_name("calcext:value-type")) == "error" or (som is not None and _FOUT.fullmatch(staat)):
        return unreadable(staat or "#N/A")
    if soort is None:
        return staat or (None if som is None else unreadable(som))
    if soort == "string":
        return cel.get(_name("office:string-value"), staat)
    if soort == "boolean":
        return cel.get(_name("office:boolean-value"))
    if soort == "date":
        dag, _, klok = cel.get(_name("office:date-value"), "").partition("T")
        return f"{dag} {klok}" if klok.strip("0:.,") else dag
    if soort == "time":
        return _clock(cel.get(_name("office:time-value"), ""))
    return number_text(float(cel.get(_name("office:value"), "")))


def _clock(duur: str) -> str:
    treffer = _DUUR.fullmatch(duur)
    if not treffer:
        return unreadable(duur)
    teken, dagen, uren, minuten, seconden = (deel or "" for deel in treffer.groups())
    return f"{teken}{int(dagen or 0) * 24 + int(uren or 0):02}:{int(minuten or 0):02}:{int(seconden or 0):02}"


def _paragraph(deel: Any) -> str:
    """The text of a paragraph; spaces, tabs and line ends in it are elements of their own."""
    tekst = deel.text or ""
    for kind in deel:
        kort = kind.tag.rpartition("}")[2]
        if kort == "s":
            tekst += " " * min(int(kind.get(_name("text:c"), "1")), MEESTE_SPATIES)
        else:
            tekst += {"tab": "\t", "line-break": "\n"}.get(kort) or ("" if kort == "annotation" else _paragraph(kind))
        tekst += kind.tail or ""
    return tekst
