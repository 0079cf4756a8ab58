"""The Excel file of a report: what is in it, a sheet per table that its pages show, and the definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from kopanalyse.excel import LETTER, TEKST, add_table, cell, forget_time
from kopanalyse.files import work_folder
from kopanalyse.indicators.catalogue import Definities
from kopanalyse.report.dutch import leesbaar
from kopanalyse.report.pages.downloads import WERKBOEK, Waarde

if TYPE_CHECKING:
    from openpyxl.styles import Font

    from kopanalyse.indicators.indicator import Indicator
    from kopanalyse.settings import Settings

BLAD_TEKENS, BLAD_LENGTE = re.compile(r"[\[\]:*?/\\']"), 31
INHOUD, DEFINITIES = "Inhoud", "Definities"
TERUG = "Terug naar de inhoud"
BREEDTES = (46, *[14] * 25)


def workbook(
    hoofdstukken: Mapping[str, Sequence[Mapping[str, Any]]],
    titel: str,
    bron: str,
    vooraf: Sequence[str],
    settings: Settings,
    definities: Definities,
) -> bytes:
    """An Excel file of the ``bundle`` of the parts of chapters, each on a sheet of its own.

    ``bron`` says on every sheet where the figures come from and of whom they are; ``vooraf`` stands on the first one:
    what to mind.
    """
    from openpyxl import Workbook

    boek: Any = Workbook(write_only=True)
    boek.properties.title, boek.properties.creator, boek.properties.language = titel, settings.naam, "nl-NL"
    nummer = count(1)
    genummerd = [(next(nummer), hoofdstuk, deel) for hoofdstuk, delen in hoofdstukken.items() for deel in delen]
    namen: list[str] = [INHOUD, DEFINITIES]
    for nr, _, deel in genummerd:
        namen.append(_sheet_name(f"{nr} {deel['titel']}", namen))
    bladen = dict(zip((nr for nr, _, _ in genummerd), namen[2:]))
    _write_contents(boek, titel, vooraf, [(hoofdstuk, deel, bladen[nr]) for nr, hoofdstuk, deel in genummerd])
    for nr, _, deel in genummerd:
        eigen = [ind for naam in deel["indicatoren"] if (ind := definities.indicatoren.get(naam))]
        _write_part(boek.create_sheet(bladen[nr]), nr, deel, bron, [_definition(ind, settings) for ind in eigen])
    gebruikt = dict.fromkeys(naam for _, _, deel in genummerd for naam in deel["indicatoren"])
    _write_definitions(boek, [ind for naam in gebruikt if (ind := definities.indicatoren.get(naam))], settings)
    with work_folder() as map_:
        pad = map_ / WERKBOEK
        boek.save(pad)
        forget_time(pad)
        return pad.read_bytes()


def _write_contents(
    boek: Any, titel: str, vooraf: Sequence[str], tabellen: Sequence[tuple[str, Mapping[str, Any], str]]
) -> None:
    """The first sheet: whose figures, what to mind, and a link to every table."""
    vet, groot = _letters()
    blad = boek.create_sheet(INHOUD)
    _set_widths(blad, (36, 70, 70))
    _line(blad, [titel], groot)
    for tekst in vooraf:
        _line(blad, [tekst])
    blad.append([])
    blad.freeze_panes = f"A{4 + len(vooraf)}"
    _line(blad, ["Hoofdstuk", "Tabel", "Over hoeveel"], vet)
    for hoofdstuk, deel, naam in tabellen:
        cellen = [cell(blad, hoofdstuk), _link(blad, deel["titel"], naam), cell(blad, deel["grondslag"])]
        blad.append(cellen)
    blad.append([cell(blad, DEFINITIES), _link(blad, "Wat is geteld, en waar op te letten", DEFINITIES)])


def _write_part(blad: Any, nr: int, deel: Mapping[str, Any], bron: str, definities: Sequence[Sequence[str]]) -> None:
    """A table with its title, n and source above it; under it what its figures say, and what they count."""
    vet, groot = _letters()
    _set_widths(blad, BREEDTES)
    blad.freeze_panes = "B6"
    _line(blad, [deel["titel"]], groot)
    _line(blad, [deel["grondslag"]])
    _line(blad, [bron])
    blad.append([_link(blad, TERUG, INHOUD)])
    koppen = distinct_heads([kop for kop, _ in deel["koppen"]])
    _line(blad, koppen, vet)
    for rij in deel["rijen"]:
        _line(blad, rij, eenheden=[eenheid for _, eenheid in deel["koppen"]])
    add_table(blad, f"tabel_{nr}_{re.sub(r'[^a-z0-9]', '_', deel['naam'].lower())}", koppen, 5, len(deel["rijen"]))
    blad.append([])
    for zin in deel["zinnen"]:
        _line(blad, [zin])
    if definities:
        blad.append([])
        _line(blad, ["Wat is geteld"], vet)
    for naam, definitie, kanttekening, *_ in definities:
        _line(blad, [f"{naam}: {definitie} {kanttekening}".strip()])


def _write_definitions(boek: Any, indicatoren: Sequence[Indicator], settings: Settings) -> None:
    from openpyxl.styles import Alignment

    vet, groot = _letters()
    omloop = Alignment(wrap_text=True, vertical="top")
    blad = boek.create_sheet(DEFINITIES)
    _set_widths(blad, (36, 80, 60, 36, 14))
    blad.freeze_panes = "B4"
    _line(blad, [DEFINITIES], groot)
    blad.append([_link(blad, TERUG, INHOUD)])
    _line(blad, ["Cijfer", "Wat is geteld", "Waar op te letten", "Bron", "Herzien op"], vet)
    for ind in indicatoren:
        cellen = [cell(blad, tekst) for tekst in (*_definition(ind, settings), ind.herzien_op)]
        for cel in cellen:
            cel.alignment = omloop
        cellen[-1].number_format = "dd-mm-yyyy"
        blad.append(cellen)


def _letters() -> tuple[Font, Font]:
    from openpyxl.styles import Font

    return Font(name=LETTER, bold=True), Font(name=LETTER, bold=True, size=14)


def _line(blad: Any, waarden: Iterable[Waarde], letter: Font | None = None, eenheden: Sequence[str] = ()) -> None:
    cellen = [cell(blad, waarde) for waarde in waarden]
    for nummer, cel in enumerate(cellen):
        if letter:
            cel.font = letter
        if nummer < len(eenheden):
            if isinstance(cel.value, str):
                cel.number_format = TEKST
            elif eenheden[nummer]:
                cel.number_format = _format(eenheden[nummer])
    blad.append(cellen)


def _link(blad: Any, tekst: str, naar: str) -> Any:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cel = cell(blad, tekst)
    cel._hyperlink = Hyperlink(ref="", location=f"'{naar}'!A1")
    cel.font = Font(name=LETTER, color="0B5FA5", underline="single")
    return cel


def _set_widths(blad: Any, breedtes: Sequence[int]) -> None:
    """The widths of the columns; printed, they stand on one sheet."""
    blad.sheet_properties.pageSetUpPr.fitToPage = True
    blad.page_setup.orientation, blad.page_setup.fitToHeight = "landscape", 0
    for letter, breedte in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", breedtes):
        blad.column_dimensions[letter].width = breedte


def distinct_heads(koppen: Sequence[str]) -> list[str]:
    """Heads as a table of Excel takes them: none empty, and no two the same but for capitals."""
    uit: list[str] = []
    for kop in koppen:
        basis, bezet = kop[:240] or "Rij", {ander.lower() for ander in uit}
        genummerd = (f"{basis} {nummer}" for nummer in count(2))
        uit.append(basis if basis.lower() not in bezet else next(k for k in genummerd if k.lower() not in bezet))
    return uit


def _definition(ind: Indicator, settings: Settings) -> list[str]:
    teksten = (ind.titel, ind.definition(settings), ind.kanttekening, ind.bron)
    return [tekst.replace("`", "") for tekst in teksten]


def _format(eenheid: str) -> str:
    """Excel's format for a unit with its decimals; Excel itself shows it with a Dutch comma."""
    soort, _, decimalen = eenheid.partition(":")
    cijfers = f".{'0' * int(decimalen)}" if int(decimalen) else ""
    return f"0{cijfers}%" if soort == "aandeel" else f"#,##0{cijfers}"


def _sheet_name(naam: str, bezet: Sequence[str]) -> str:
    """A name that Excel accepts and that no other sheet has."""
    basis = " ".join(BLAD_TEKENS.sub(" ", leesbaar(naam)).split())[:BLAD_LENGTE].strip() or "Blad"
    kleine = {ander.lower() for ander in bezet}
    genummerd = (f"{basis[: BLAD_LENGTE - 3]} {nummer}" for nummer in range(2, len(bezet) + 3))
    return next(kandidaat for kandidaat in (basis, *genummerd) if kandidaat.lower() not in kleine)
