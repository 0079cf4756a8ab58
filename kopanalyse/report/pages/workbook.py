"""The Excel file of a report: a sheet per chapter, of the tables that its pages show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kopanalyse.excel import cell, forget_time
from kopanalyse.files import work_folder
from kopanalyse.indicators.catalogue import Definities
from kopanalyse.report.dutch import leesbaar
from kopanalyse.report.pages.downloads import WERKBOEK, Waarde

if TYPE_CHECKING:
    from kopanalyse.indicators.indicator import Indicator
    from kopanalyse.settings import Settings

BLAD_TEKENS, BLAD_LENGTE = re.compile(r"[\[\]:*?/\\']"), 31
BREEDTES = (46, 14)


def workbook(
    hoofdstukken: Mapping[str, Sequence[Mapping[str, Any]]],
    titel: str,
    vooraf: Sequence[str],
    settings: Settings,
    definities: Definities,
) -> bytes:
    """An Excel file with a sheet per chapter, of the ``bundle`` of its parts, and one of their definitions.

    ``vooraf`` stands at the top of every sheet: whose figures, which year, what to mind.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

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
    for ind in [definities.indicatoren[naam] for naam in namen if naam in definities.indicatoren]:
        cellen = [cell(blad, tekst) for tekst in _definition(ind, settings)]
        for cel in cellen:
            cel.alignment = omloop
        blad.append(cellen)
    with work_folder() as map_:
        pad = map_ / WERKBOEK
        boek.save(pad)
        forget_time(pad)
        return pad.read_bytes()


def _definition(ind: Indicator, settings: Settings) -> list[str]:
    teksten = (
        ind.titel,
        ind.definition(settings),
        ind.kanttekening,
        ind.bron,
        ind.herzien_op.isoformat() if ind.herzien_op else "",
    )
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
    genummerd = (f"{basis[: BLAD_LENGTE - 3]} {nummer}" for nummer in range(2, len(bezet) + 3))
    return next(kandidaat for kandidaat in (basis, *genummerd) if kandidaat.lower() not in kleine)
