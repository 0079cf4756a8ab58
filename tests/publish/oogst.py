"""What a reader of an edition can harvest: every text and number of its pages, pictures, tables and workbooks."""

import base64
import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote
from zipfile import ZipFile

import openpyxl

TAG = re.compile(r"<[^>]*>")
GETAL = re.compile(r"(?<![\w.,–-])\d{1,3}(?:\.\d{3})*(?![\w%]|[.,–-]\d)")


class Vondst(NamedTuple):
    """A text, where it stands and of what kind it is; of a cell of a CSV file the head of its column, and its unit."""

    waar: str
    soort: str
    tekst: str
    kop: str = ""


def harvest(map_: Path) -> Iterator[Vondst]:
    """Every text in the files of an edition, but for its table."""
    for pad in sorted(map_.rglob("*")):
        waar = pad.relative_to(map_).as_posix()
        if pad.suffix == ".html":
            yield from _page(waar, pad.read_text(encoding="utf-8"))
        elif pad.suffix == ".svg":
            yield from _drawing(waar, pad.read_text(encoding="utf-8"))
        elif pad.suffix == ".xlsx":
            yield from _workbook(waar, pad)


def cells(map_: Path) -> Iterator[tuple[str, str, str, str]]:
    """Of every cell of every table on the pages: the file, the caption, the head of its row, and its text."""
    for pad in sorted(map_.rglob("*.html")):
        for tabel in re.findall(r"<table.*?</table>", pad.read_text(encoding="utf-8"), re.S):
            titel = _words(re.search(r"<caption>(.*?)</caption>", tabel, re.S)[1])
            for rij in re.findall(r"<tr.*?</tr>", tabel.partition("<tbody>")[2], re.S):
                kop = _words(re.search(r"<th.*?</th>", rij, re.S)[0])
                for cel in re.findall(r"<td.*?</td>", rij, re.S):
                    yield pad.relative_to(map_).as_posix(), titel, kop, _words(cel.replace("<br>", " "))


def numbers(tekst: str) -> list[int]:
    """Whole numbers in a text; no percentages, parts of names or decimals."""
    return [int(raak.replace(".", "")) for raak in GETAL.findall(tekst)]


def _words(stuk: str) -> str:
    return " ".join(html.unescape(TAG.sub(" ", stuk)).split())


def _page(waar: str, tekst: str) -> Iterator[Vondst]:
    for alt in re.findall(r'<img alt="([^"]*)"', tekst):
        yield Vondst(waar, "alt", html.unescape(alt))
    for adres in re.findall(r'(?:src|srcset)="data:image/svg\+xml[^,]*,([^"]*)"', tekst):
        yield from _drawing(waar, unquote(html.unescape(adres)))
    for inhoud in re.findall(r'href="data:text/plain;charset=utf-8;base64,([^"]*)"', tekst):
        yield Vondst(waar, "uitleg", base64.b64decode(inhoud).decode("utf-8-sig"))
    for inhoud in re.findall(r'href="data:text/csv;charset=utf-8;base64,([^"]*)"', tekst):
        koppen, *regels = csv.reader(io.StringIO(base64.b64decode(inhoud).decode("utf-8-sig")), delimiter=";")
        for regel in regels:
            eenheid = dict(zip(koppen, regel)).get("Eenheid", "aantal")
            yield from (Vondst(waar, "csv", cel, f"{kop} {eenheid}") for kop, cel in zip(koppen, regel))
    for naam in re.findall(r'download="([^"]*)"', tekst):
        yield Vondst(waar, "download", naam)
    for zin in re.findall(r'<p class="(?:duiding|noot|grondslag|leeg)"[^>]*>(.*?)</p>', tekst, re.S):
        yield Vondst(waar, "zin", _words(zin))
    for zin in re.findall(r'<ul class="kerncijfers[^"]*">(.*?)</ul>', tekst, re.S):
        yield Vondst(waar, "kerncijfer", _words(zin))
    yield Vondst(waar, "bron", re.sub(r'"data:[^"]*"', '""', tekst))


def _drawing(waar: str, svg: str) -> Iterator[Vondst]:
    yield Vondst(waar, "svg", svg)
    for woord in re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", svg):
        yield Vondst(waar, "plaatje", html.unescape(woord))
    for woorden in re.findall(r"<desc>([^<]*)</desc>", svg):
        yield Vondst(waar, "alt", html.unescape(woorden))


def _workbook(waar: str, pad: Path) -> Iterator[Vondst]:
    boek = openpyxl.load_workbook(pad)
    assert not boek.defined_names, waar
    for blad in boek:
        assert blad.sheet_state == "visible", waar
        assert not any(rij.hidden for rij in blad.row_dimensions.values()), waar
        assert not any(kolom.hidden for kolom in blad.column_dimensions.values()), waar
        for rij in blad.iter_rows():
            for cel in rij:
                assert cel.comment is None and cel.data_type != "f", (waar, cel.coordinate)
                if cel.value is not None:
                    yield Vondst(waar, "xlsx", str(cel.value))
    with ZipFile(pad) as stukken:
        assert not [naam for naam in stukken.namelist() if "comments" in naam or "externalLink" in naam]
        yield Vondst(waar, "eigenschappen", stukken.read("docProps/core.xml").decode())
