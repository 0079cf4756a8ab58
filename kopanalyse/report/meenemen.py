"""Tables to take along: each as a CSV link in its page, all of a report in one Excel file.

What is taken along is what stands in the page: a figure's output carries its table (``bundle``), and the Excel file is
made of those. CSV follows Dutch conventions (``;`` between cells, a decimal comma, UTF-8 with a byte order mark) and is
safe to open in a spreadsheet: numbers are numbers, no text starts a formula, and an age class does not become a date.
"""

from __future__ import annotations

import base64
import csv
import io
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kopanalyse.report.tables import Cel, Kolom, Tabel
from kopanalyse.report.text import DECIMALEN, LEEG, is_missing, leesbaar, ontsnapt

if TYPE_CHECKING:
    from kopanalyse.indicators.indicator import Indicator
    from kopanalyse.report.onderdeel import Onderdeel
    from kopanalyse.settings import Settings

SOORT = "application/vnd.kopanalyse.tabel+json"     # the media type under which an output carries its table
WERKBOEK = "cijfers.xlsx"
FORMULE = tuple("=+-@＝＋－＠\t\r\n")
GETAL = re.compile(r"[+−-]?\d{1,3}(?:\.\d{3})*(?:,\d+)?")
KLEIN = "klein aantal"                              # in the last column, where a page has an asterisk
DATUMACHTIG = re.compile(r"\d{1,4}(-\d{1,4}){1,2}")
BLAD_TEKENS, BLAD_LENGTE = re.compile(r"[\[\]:*?/\\']"), 31
BREEDTES = (46, 14)

Waarde = float | str | None


def plain(tabel: Tabel) -> tuple[list[tuple[str, str]], list[list[Waarde]]]:
    """Heads with their units, and rows of numbers, texts and gaps; the first column has the row heads."""
    klein = any(isinstance(w, Cel) and w.klein for rij in tabel.rijen for w in rij.waarden)
    koppen = [(_text(tabel.rijkop), ""), *((_text(" ".join(filter(None, (k.groep, k.kop)))), _unit(k))
                                           for k in tabel.kolommen), *([("Let op", "")] if klein else [])]
    rijen = []
    for rij in tabel.rijen:
        waarden = [_value(w.waarde if isinstance(w, Cel) else w, k) for w, k in zip(rij.waarden, tabel.kolommen)]
        merk = KLEIN if any(isinstance(w, Cel) and w.klein for w in rij.waarden) else None
        rijen.append([_text(rij.kop), *waarden, *([merk] if klein else [])])
    return koppen, rijen


def _unit(kolom: Kolom) -> str:
    """The unit of a column of numbers with its decimals, as ``aandeel:1``; empty for texts."""
    if kolom.eenheid not in DECIMALEN:
        return ""
    return f"{kolom.eenheid}:{DECIMALEN[kolom.eenheid] if kolom.decimalen is None else kolom.decimalen}"


def _value(waarde: Any, kolom: Kolom) -> Waarde:
    """A number as a number, also where a page has it in words (``+1.305``); a text that is safe; None for a gap."""
    if isinstance(waarde, str):
        if waarde in ("", LEEG):
            return None
        if kolom.eenheid != "tekst" and GETAL.fullmatch(waarde):
            return float(waarde.replace(".", "").replace(",", ".").replace("−", "-"))
        return _text(waarde)
    return None if is_missing(waarde) else float(waarde)


def _text(tekst: str) -> str:
    return leesbaar(tekst) if tekst else ""


def csv_text(tabel: Tabel) -> str:
    """The table as Dutch CSV. A share is a percentage, as its head says."""
    koppen, rijen = plain(tabel)
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow([_safe(f"{kop} (%)" if eenheid.startswith("aandeel") else kop) for kop, eenheid in koppen])
    for rij in rijen:
        schrijver.writerow([_cell(waarde, eenheid) for waarde, (_, eenheid) in zip(rij, koppen)])
    return uit.getvalue()


def _cell(waarde: Waarde, eenheid: str) -> str:
    if waarde is None:
        return ""
    if isinstance(waarde, str):
        return _safe(waarde)
    getal = f"{waarde * 100 if eenheid.startswith('aandeel') else waarde:.6f}".rstrip("0").rstrip(".")
    return "0" if getal == "-0" else getal.replace(".", ",")


def _safe(tekst: str) -> str:
    """A text that a spreadsheet leaves as it is: no formula (an apostrophe first), no date (12–17, with a dash)."""
    if DATUMACHTIG.fullmatch(tekst):
        return tekst.replace("-", "–")
    return f"'{tekst}" if tekst.startswith(FORMULE) else tekst


def links(anker: str, tabel: Tabel, bestand: str) -> str:
    """The address of a part and its table as CSV, as the last line (HTML) under it; ``bestand`` names the file."""
    inhoud = base64.b64encode(csv_text(tabel).encode("utf-8-sig")).decode()
    titel = ontsnapt(tabel.titel)
    return (f'<p class="meenemen"><a href="#{ontsnapt(anker)}" aria-label="Adres van dit onderdeel: {titel}">Adres van '
            f'dit onderdeel</a> <a download="{ontsnapt(bestand)}.csv" aria-label="Tabel als CSV: {titel}" '
            f'href="data:text/csv;charset=utf-8;base64,{inhoud}">Tabel als CSV</a></p>')


def bundle(naam: str, deel: Onderdeel, indicatoren: Sequence[str]) -> dict[str, Any]:
    """What an output carries for the Excel file: texts, and the table in plain values."""
    koppen, rijen = plain(deel.tabel)
    zinnen = [zin for zin in (*deel.duiding, *deel.tabel.noten, *deel.noten) if zin]
    return {"naam": naam, "titel": deel.tabel.titel, "grondslag": deel.grondslag, "koppen": koppen, "rijen": rijen,
            "zinnen": zinnen, "indicatoren": list(indicatoren)}


def workbook(hoofdstukken: Mapping[str, Sequence[Mapping[str, Any]]], titel: str, vooraf: Sequence[str],
             settings: Settings) -> bytes:
    """An Excel file with a sheet per chapter, of the ``bundle`` of its parts, and one of their definitions.

    ``vooraf`` stands at the top of every sheet: whose figures, which year, what to mind.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    from kopanalyse.excel import cell, forget_time
    from kopanalyse.indicators import INDICATOREN

    boek = Workbook(write_only=True)
    boek.properties.title, boek.properties.creator, boek.properties.language = titel, settings.naam, "nl-NL"
    vet, groot, omloop = Font(bold=True), Font(bold=True, size=14), Alignment(wrap_text=True, vertical="top")

    def sheet(naam: str, breedtes: Sequence[int]) -> Any:
        blad = boek.create_sheet(_sheet_name(naam, boek.sheetnames))
        for nummer, breedte in enumerate(breedtes):
            blad.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[nummer]].width = breedte
        line(blad, [naam], groot)
        for tekst in vooraf:
            line(blad, [tekst])
        blad.append([])
        return blad

    def line(blad: Any, waarden: Iterable[Waarde], letter: Font | None = None, eenheden: Sequence[str] = ()) -> None:
        cellen = [cell(blad, waarde) for waarde in waarden]
        for nummer, cel in enumerate(cellen):
            if letter:
                cel.font = letter
            if nummer < len(eenheden) and eenheden[nummer] and not isinstance(cel.value, str):
                cel.number_format = _format(eenheden[nummer])
        blad.append(cellen)

    for hoofdstuk, delen in hoofdstukken.items():
        blad = sheet(hoofdstuk, [BREEDTES[0], *[BREEDTES[1]] * 25])
        for deel in delen:
            line(blad, [deel["titel"]], vet)
            line(blad, [deel["grondslag"]])
            koppen = deel["koppen"]
            line(blad, [kop for kop, _ in koppen], vet)
            for rij in deel["rijen"]:
                line(blad, rij, eenheden=[eenheid for _, eenheid in koppen])
            for zin in deel["zinnen"]:
                line(blad, [zin])
            blad.append([])

    namen = dict.fromkeys(i for delen in hoofdstukken.values() for deel in delen for i in deel["indicatoren"])
    blad = sheet("Definities", [36, 80, 60, 36, 14])
    line(blad, ["Cijfer", "Wat is geteld", "Waar op te letten", "Bron", "Herzien op"], vet)
    for ind in [INDICATOREN[naam] for naam in namen if naam in INDICATOREN]:
        cellen = [cell(blad, tekst) for tekst in _definition(ind, settings)]
        for cel in cellen:
            cel.alignment = omloop
        blad.append(cellen)
    with tempfile.TemporaryDirectory() as map_:
        pad = Path(map_) / WERKBOEK
        boek.save(pad)
        forget_time(pad)
        return pad.read_bytes()


def _definition(ind: Indicator, settings: Settings) -> list[str]:
    teksten = (ind.titel, ind.definition(settings), ind.kanttekening, ind.bron, ind.herzien_op.isoformat())
    return [tekst.replace("`", "") for tekst in teksten]


def _format(eenheid: str) -> str:
    """Excel's format for a unit with its decimals; Excel itself shows it with a Dutch comma."""
    soort, _, decimalen = eenheid.partition(":")
    cijfers = f".{'0' * int(decimalen)}" if int(decimalen) else ""
    return f"0{cijfers}%" if soort == "aandeel" else f"#,##0{cijfers}"


def _sheet_name(naam: str, bezet: Sequence[str]) -> str:
    """A name that Excel accepts and that no other sheet has."""
    basis = BLAD_TEKENS.sub(" ", leesbaar(naam))[:BLAD_LENGTE].strip() or "Blad"
    kleine = {ander.lower() for ander in bezet}
    genummerd = (f"{basis[:BLAD_LENGTE - 3]} {nummer}" for nummer in range(2, len(bezet) + 3))
    return next(kandidaat for kandidaat in (basis, *genummerd) if kandidaat.lower() not in kleine)
