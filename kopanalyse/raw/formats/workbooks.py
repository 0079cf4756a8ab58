"""Workbooks as rows of texts: ``.xlsx`` (Strict too), ``.xlsm``, ``.xlsb``, ``.xls`` and ``.ods``.

    with open_workbook(pad) as boek:
        for nummer, cellen in boek.rows(boek.first_sheet()):
            ...

Every kind of cell means something: text, number, day, time, length of time, truth, error, and a formula with, with an
empty and without an outcome. The last and errors are marked (``cells.unreadable``): they are no values. Rows come one
by one with their number in the sheet, those without anything left out; of merged cells only the first holds a value.

An ``.xlsx`` is read here from its own XML, which tells all of these apart; so is an ``.ods`` (``opendocument``). The
binary forms are read by calamine (``binary``).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree
from xml.parsers import expat

from kopanalyse.raw.formats.binary import BinaryWorkbook
from kopanalyse.raw.formats.cells import day_text, format_kind, number_text, unreadable
from kopanalyse.raw.formats.forms import is_damage
from kopanalyse.raw.formats.limits import (
    GRENZEN,
    HOOGSTE_KOLOM,
    ONDERDEEL_VAN_BOEK,
    TEKSTEN_VAN_BOEK,
    Grenzen,
)
from kopanalyse.raw.formats.opendocument import OpenDocument
from kopanalyse.raw.formats.sheets import Cells, Merged, Sheet, Workbook, damaged, trimmed, without_merged

_STUK = 1 << 16


def open_workbook(pad: Path, grenzen: Grenzen = GRENZEN) -> Workbook:
    """The workbook in the file ``pad``, whatever its name says that it is.

    Raises ``ReadError`` (Dutch) for a file that is no workbook, is damaged or has a password, and for one that would
    be larger than ``grenzen`` allow.
    """
    try:
        with pad.open("rb") as bestand:
            begin = bestand.read(512)
        if begin.startswith(b"PK"):
            with zipfile.ZipFile(pad) as pakket:
                grenzen.hold_zip(pad.name, pakket)
                namen = pakket.namelist()
            if "content.xml" in namen:
                return OpenDocument(pad, grenzen)
            if "xl/workbook.bin" not in namen:
                return Xlsx(pad, grenzen)
            with zipfile.ZipFile(pad) as pakket:  # read as a whole
                for lid in pakket.infolist():
                    grenzen.hold_member(pad.name, lid, TEKSTEN_VAN_BOEK)
        elif not begin.startswith(b"\xd0\xcf\x11\xe0"):
            raise damaged(pad.name, _looks_like(begin))
        return BinaryWorkbook(pad)
    except Exception as fout:
        if is_damage(fout):
            raise damaged(pad.name) from fout
        raise


def _looks_like(begin: bytes) -> str:
    if not begin:
        return "het is leeg"
    if re.match(rb"\s*(\xef\xbb\xbf)?\s*<(!doctype html|html|table|\?xml)", begin, re.IGNORECASE):
        return "het is een webpagina of XML met de naam van een werkmap"
    if b"\0" not in begin:
        return "het is tekst met de naam van een werkmap; is het CSV, geef het dan de uitgang .csv"
    return "het is beschadigd, of van een andere soort"


# Excel's own form

_VERWIJZING = re.compile(r"([A-Z]+)([0-9]+)")
_SAMENGEVOEGD = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
_GECODEERD = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Xlsx(Workbook):
    """A workbook in Office Open XML, transitional or Strict, read as a stream."""

    def __init__(self, pad: Path, grenzen: Grenzen = GRENZEN) -> None:
        self._naam, self._zip, self._grenzen = pad.name, zipfile.ZipFile(pad), grenzen
        boek = next(
            (doel for soort, doel in self._related("").values() if soort == "officeDocument"), "xl/workbook.xml"
        )
        wortel = self._xml(boek)
        verwant = self._related(boek)
        bladen = [
            (blad.get("name", ""), blad.get("state", "visible"), verwant.get(_relation(blad), ("", "")))
            for blad in wortel.iterfind("{*}sheets/{*}sheet")
        ]
        self._delen = {naam: doel for naam, _, (soort, doel) in bladen if soort == "worksheet"}
        self.sheets = tuple(Sheet(naam, staat == "visible") for naam, staat, _ in bladen if naam in self._delen)
        eigenschappen = wortel.find("{*}workbookPr")
        self._vanaf_1904 = eigenschappen is not None and eigenschappen.get("date1904") in ("1", "true")
        delen = dict(verwant.values())
        self._soorten = self._formats(delen.get("styles"))
        self._teksten = self._shared(delen.get("sharedStrings"))
        if not self.sheets:
            raise damaged(self._naam)

    def close(self) -> None:
        self._zip.close()

    def _xml(self, deel: str) -> ElementTree.Element:
        self._grenzen.hold_member(self._naam, self._zip.getinfo(deel), ONDERDEEL_VAN_BOEK)
        return ElementTree.fromstring(self._zip.read(deel))

    def _related(self, deel: str) -> dict[str, tuple[str, str]]:
        """Kind and place of every part that ``deel`` refers to, by its id."""
        map_, _, naam = deel.rpartition("/")
        verwijzingen = f"{map_}/_rels/{naam}.rels".lstrip("/")
        if verwijzingen not in self._zip.namelist():
            return {}
        return {
            rel.get("Id", ""): (rel.get("Type", "").rpartition("/")[2], _place(map_, rel.get("Target", "")))
            for rel in self._xml(verwijzingen).iterfind("{*}Relationship")
        }

    def _formats(self, deel: str | None) -> list[str | None]:
        """Per style of a cell what its number format shows."""
        if deel is None:
            return []
        wortel = self._xml(deel)
        eigen = {vorm.get("numFmtId"): vorm.get("formatCode") for vorm in wortel.iterfind("{*}numFmts/{*}numFmt")}
        nummers = [stijl.get("numFmtId", "0") for stijl in wortel.iterfind("{*}cellXfs/{*}xf")]
        return [format_kind(int(nummer), eigen.get(nummer)) for nummer in nummers]

    def _shared(self, deel: str | None) -> list[str]:
        """The texts that cells refer to by number."""
        teksten: list[str] = []
        if deel is None or deel not in self._zip.namelist():
            return teksten
        self._grenzen.hold_member(self._naam, self._zip.getinfo(deel), TEKSTEN_VAN_BOEK)
        with self._zip.open(deel) as bron:
            for _, element in ElementTree.iterparse(bron):
                if element.tag.endswith("}si"):
                    teksten.append(_unescaped(_rich_text(element)))
                    element.clear()
        return teksten

    def merged(self, blad: str) -> list[Merged]:
        gevonden, rest = [], b""
        with self._zip.open(self._delen[blad]) as bron:
            while stuk := bron.read(1 << 20):
                stuk = rest + stuk
                einde = 0
                for treffer in _SAMENGEVOEGD.finditer(stuk):
                    links, boven, rechts, onder = (deel.decode() for deel in treffer.groups())
                    gevonden.append(Merged(int(boven), int(onder), column_number(links), column_number(rechts)))
                    einde = treffer.end()
                rest = stuk[max(einde, len(stuk) - 200) :]
        return gevonden

    def rows(self, blad: str) -> Generator[tuple[int, Cells], None, None]:
        klaar: list[tuple[int, Cells]] = []
        lezer = _sheet_parser(klaar, self._teksten, self._soorten, self._vanaf_1904)
        try:
            with self._zip.open(self._delen[blad]) as bron:
                for nummer, cellen in without_merged(_parsed(lezer, bron, klaar), self.merged(blad)):
                    if trimmed(cellen):
                        longest = max((len(cel) for cel in cellen if cel), default=0)
                        self._grenzen.hold_field(self._naam, f"een cel op rij {nummer} van blad {blad}", longest)
                        yield nummer, cellen
        except Exception as fout:  # zipfile and expat raise errors of their own, and numbers may be none
            if is_damage(fout):
                raise damaged(self._naam) from fout
            raise


def _relation(blad: ElementTree.Element) -> str:
    return next((waarde for naam, waarde in blad.items() if naam.endswith("}id")), "")


def _place(map_: str, doel: str) -> str:
    """A target as a place in the file: from its root, or beside the part that refers to it."""
    if doel.startswith("/"):
        return doel[1:]
    delen = map_.split("/") if map_ else []
    for deel in doel.split("/"):
        if deel == "..":
            delen = delen[:-1]
        elif deel != ".":
            delen.append(deel)
    return "/".join(delen)


def _rich_text(element: ElementTree.Element) -> str:
    """The text in an element, of all its runs, without how it is pronounced."""
    return "".join(
        deel.text or ""
        for kind in element
        if not kind.tag.endswith("}rPh")
        for deel in kind.iter()
        if deel.tag.endswith("}t")
    )


def _unescaped(tekst: str) -> str:
    """``_x000D_`` as the sign that it stands for."""
    if "_x" not in tekst:
        return tekst
    tekst = _GECODEERD.sub(lambda treffer: chr(int(treffer[1], 16)), tekst)
    return tekst.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # two halves make one sign


def _parsed(lezer: Any, bron: IO[bytes], klaar: list[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
    """The rows that ``lezer`` puts in ``klaar``, while ``bron`` is read."""
    for stuk in chain(iter(lambda: bron.read(_STUK), b""), (b"",)):
        lezer.Parse(stuk, not stuk)
        yield from klaar
        klaar.clear()


def _sheet_parser(
    klaar: list[tuple[int, Cells]], teksten: list[str], soorten: list[str | None], vanaf_1904: bool
) -> Any:
    """A parser of a sheet, that puts every row in ``klaar`` with its number.

    It works with calls for what begins and ends, since a sheet has millions of those: no tree is made.
    """
    lezer = expat.ParserCreate()
    lezer.buffer_text = True
    rij: list[str | None] = []
    nummer = plaats = 0
    soort, stijl, formule = "n", "0", False
    waarde: list[str] = []
    som: list[str] = []
    uitspraak = False
    kolommen: dict[str, int] = {}
    kinds: dict[str, str | None] = {str(volgnummer): wat for volgnummer, wat in enumerate(soorten)}

    def begin(naam: str, kenmerken: dict[str, str]) -> None:
        nonlocal nummer, plaats, soort, stijl, formule, uitspraak
        naam = naam.rpartition(":")[2]
        if naam == "c":
            ref = kenmerken.get("r")
            if ref is None:
                plaats += 1
            else:
                letters = ref.rstrip("0123456789")
                plaats = kolommen.get(letters) or kolommen.setdefault(letters, column_number(letters))
            soort, stijl, formule = kenmerken.get("t", "n"), kenmerken.get("s", "0"), False
            waarde.clear()
        elif naam == "v" or (naam == "t" and not uitspraak):
            lezer.CharacterDataHandler = waarde.append
        elif naam == "f":
            formule = True
            som.clear()
            lezer.CharacterDataHandler = som.append
        elif naam == "row":
            nummer = int(kenmerken.get("r", nummer + 1))
            plaats = 0
            rij.clear()
        elif naam == "rPh":
            uitspraak = True

    def einde(naam: str) -> None:
        nonlocal uitspraak
        naam = naam.rpartition(":")[2]
        if naam == "c":
            tekst = cell_text("".join(waarde), soort, kinds.get(stijl), "".join(som) if formule else None)
            if plaats > HOOGSTE_KOLOM:
                raise ValueError("no sheet is that wide")
            if tekst is not None:
                if plaats > len(rij) + 1:
                    rij.extend([None] * (plaats - len(rij) - 1))
                rij[plaats - 1 : plaats] = [tekst]
        elif naam in ("v", "t", "f"):
            lezer.CharacterDataHandler = None
        elif naam == "row":
            klaar.append((nummer, list(rij)))
        elif naam == "rPh":
            uitspraak = False

    def cell_text(staat: str, soort: str, vorm: str | None, som: str | None) -> str | None:
        if soort == "s":
            return teksten[int(staat)] if staat else None
        if soort in ("str", "inlineStr"):
            return _unescaped(staat)
        if som is not None and not staat:
            return unreadable(f"={som}")
        if soort == "n":
            return _number(staat, vorm, vanaf_1904) if staat else None
        if soort == "b":
            return "true" if staat.strip() in ("1", "true") else "false" if staat else None
        return unreadable(staat) if soort == "e" else staat or None

    lezer.StartElementHandler, lezer.EndElementHandler = begin, einde
    return lezer


def _number(staat: str, vorm: str | None, vanaf_1904: bool) -> str:
    if vorm is None and len(staat) < 15 and staat.isdigit() and staat[0] != "0":
        return staat
    try:
        getal = float(staat)
    except ValueError:
        return unreadable(staat)
    if getal - getal != 0:
        return unreadable(staat)
    return number_text(getal) if vorm is None else day_text(getal, vorm, vanaf_1904)


def column_number(letters: str) -> int:
    """``A`` is 1, ``AB`` is 28."""
    nummer = 0
    for letter in letters:
        nummer = nummer * 26 + ord(letter) - 64
    return nummer
