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
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from kopanalyse.report.dutch import DECIMALEN, LEEG, is_missing, leesbaar, ontsnapt
from kopanalyse.report.parts.table import PROCENTPUNT, Cel, Deel, Kolom, Tabel, Woorden
from kopanalyse.report.shown import NIET_GETOOND, Getoond, is_hidden

if TYPE_CHECKING:
    from kopanalyse.report.parts.part import Onderdeel

SOORT = "application/vnd.kopanalyse.tabel+json"  # the media type under which an output carries its table
WERKBOEK = "cijfers.xlsx"
FORMULE = tuple("=+-@＝＋－＠\t\r\n")
GETAL = re.compile(r"[+−-]?\d{1,3}(?:\.\d{3})*(?:,\d+)?")
KLEIN = "klein aantal"  # in the last column, where a page has an asterisk
DATUMACHTIG = re.compile(r"\d{1,4}(-\d{1,4}){1,2}")
MAANDEN = (
    "jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
MAAND = re.compile(rf"(?:\d{{1,2}} )?(?:{MAANDEN})\.? \d{{1,4}}", re.I)
# a key or code that a spreadsheet takes for a number, a date or a time: 0017, 1/2, 1e5, 12:30, one of many digits
OVERGETYPT = re.compile(r"0\d+|\d+(?:[/:]\d+)+|\d+(?:[.,]\d+)?[eE][+-]?\d+|\d{16,}")

Waarde = float | str | None


EENHEDEN = {
    "aantal": "aantal",
    "aandeel": "%",
    "gemiddelde": "gemiddelde",
    "per_1000": "per 1.000 inwoners",
    "uren": "uur",
    PROCENTPUNT: PROCENTPUNT,
}  # in the column that says it of each row
EEN_DECIMAAL = "gemiddelde:1"
MET_PROCENTEN = ("aandeel", PROCENTPUNT)  # numbers in 0–1 that a page shows times 100


class _Reeks(NamedTuple):
    """A column to take along: its head, the unit of all its values, and the values with the unit of each."""

    kop: str
    eenheid: str
    waarden: list[Waarde]
    eenheden: list[str]

    @property
    def gemengd(self) -> bool:
        return len(set(filter(None, self.eenheden))) > 1


def plain(tabel: Tabel) -> tuple[list[tuple[str, str]], list[list[Waarde]]]:
    """Heads with their units, and rows of numbers, texts and gaps; the first column has the row heads.

    Of words that hold several values (``33% (12)``) each has a column. Where the rows of one column have different
    units a column ``Eenheid`` says which; shares are percentages there.
    """
    klein = any(isinstance(w, Cel) and w.klein for rij in tabel.rijen for w in rij.waarden)
    reeksen = [
        reeks
        for nummer, kolom in enumerate(tabel.kolommen)
        for reeks in _spread([_cel(rij.waarden[nummer]) for rij in tabel.rijen], kolom)
    ]
    gemengd = [reeks for reeks in reeksen if reeks.gemengd]
    koppen = [
        (_text(tabel.rijkop), ""),
        *([("Eenheid", "")] if gemengd else []),
        *((_text(reeks.kop), reeks.eenheid) for reeks in reeksen),
        *([("Let op", "")] if klein else []),
    ]
    rijen = []
    for nummer, rij in enumerate(tabel.rijen):
        eenheid = next((EENHEDEN[e] for reeks in gemengd if (e := reeks.eenheden[nummer])), None)
        merk = KLEIN if any(isinstance(w, Cel) and w.klein for w in rij.waarden) else None
        rijen.append(
            [
                _text(rij.kop),
                *([eenheid] if gemengd else []),
                *(reeks.waarden[nummer] for reeks in reeksen),
                *([merk] if klein else []),
            ]
        )
    return koppen, rijen


def _spread(cellen: Sequence[Cel], kolom: Kolom) -> list[_Reeks]:
    """The columns that one column of a table becomes."""
    kop = " ".join(filter(None, (kolom.groep, kolom.kop)))
    koppen = list(dict.fromkeys(deel.kop for cel in cellen for deel in _parts(cel)))
    if not koppen:
        return [_Reeks(kop, _unit(kolom), [_value(cel.waarde, kolom) for cel in cellen], [])]
    uit = []
    for naam in koppen:
        delen = [next((deel for deel in _parts(cel) if deel.kop == naam), None) for cel in cellen]
        if naam == koppen[0]:  # a cell without parts is the first of them
            delen = [deel or _only(cel, kolom) for deel, cel in zip(delen, cellen)]
        delen = [
            deel._replace(waarde=NIET_GETOOND, eenheid="tekst") if deel and is_hidden(deel.waarde) else deel
            for deel in delen
        ]
        delen = [deel if deel and not is_missing(deel.waarde) else None for deel in delen]
        reeks = _Reeks(
            f"{kop} {naam}".strip(),
            "",
            [deel.waarde if deel else None for deel in delen],
            [deel.eenheid if deel and deel.eenheid in EENHEDEN else "" for deel in delen],
        )
        uit.append(_with_unit(reeks, [deel.decimalen for deel in delen if deel]))
    return uit


def _with_unit(reeks: _Reeks, decimalen: Sequence[int | None]) -> _Reeks:
    """A column of parts with one unit for all its values; what is in procenten or procentpunten may become that."""
    soorten = set(filter(None, reeks.eenheden))
    if not soorten:
        return reeks
    in_procenten = {PROCENTPUNT} if not reeks.gemengd else {PROCENTPUNT, "aandeel"}
    waarden = [
        _as_shown(w, e) * (100 if e in in_procenten else 1) if e and w is not None else w
        for w, e in zip(reeks.waarden, reeks.eenheden)
    ]
    if reeks.gemengd:
        return reeks._replace(waarden=waarden, eenheid=EEN_DECIMAAL)
    (soort,) = soorten
    if soort == PROCENTPUNT:
        return reeks._replace(kop=f"{reeks.kop} ({PROCENTPUNT})", waarden=waarden, eenheid=EEN_DECIMAAL)
    cijfers = max(DECIMALEN[soort] if deel is None else deel for deel in decimalen)
    return reeks._replace(waarden=waarden, eenheid=f"{soort}:{cijfers}")


def _parts(cel: Cel) -> tuple[Deel, ...]:
    return cel.waarde.delen if isinstance(cel.waarde, Woorden) else ()


def _only(cel: Cel, kolom: Kolom) -> Deel | None:
    """A cell without parts as a part: a number of the column's unit, or a text."""
    if _parts(cel):
        return None
    waarde = _value(cel.waarde, kolom)
    return Deel("", waarde, "tekst" if isinstance(waarde, str) else kolom.eenheid, kolom.decimalen)


def _cel(waarde: Any) -> Cel:
    return waarde if isinstance(waarde, Cel) else Cel(waarde)


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
    if is_hidden(waarde):
        return NIET_GETOOND
    return None if is_missing(waarde) else _as_shown(waarde, kolom.eenheid)


def _as_shown(waarde: float | str, eenheid: str) -> float:
    """A number; of an edition with no more decimals than its page shows."""
    if not isinstance(waarde, Getoond):
        return float(waarde)
    cijfers = (2 if waarde.heel else 3) if eenheid in MET_PROCENTEN else DECIMALEN.get(eenheid, 1)
    return round(float(waarde), cijfers)


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
    """A text that a spreadsheet leaves as it is: no formula or number (an apostrophe first), and no date (12–17 with a
    dash, mei 2025 with a blank that does not break)."""
    if DATUMACHTIG.fullmatch(tekst):
        return tekst.replace("-", "–")
    if MAAND.fullmatch(tekst):
        return tekst.replace(" ", "\N{NO-BREAK SPACE}")
    return f"'{tekst}" if tekst.startswith(FORMULE) or OVERGETYPT.fullmatch(tekst) else tekst


def links(anker: str, tabel: Tabel, bestand: str, uitleg: Sequence[str] = ()) -> str:
    """The address of a part, its table as CSV, and beside that what it is, as the last line (HTML) under it.

    ``bestand`` names the files; ``uitleg`` are lines. They stand beside the table and not in it: a CSV has one row of
    heads, and rows.
    """
    inhoud = base64.b64encode(csv_text(tabel).encode("utf-8-sig")).decode()
    titel = ontsnapt(tabel.titel)
    regels = [leesbaar(regel) for regel in (tabel.titel, *uitleg, *tabel.noten) if regel]
    tekst = base64.b64encode("".join(f"{regel}\r\n" for regel in regels).encode("utf-8-sig")).decode()
    return (
        f'<p class="meenemen"><a href="#{ontsnapt(anker)}" aria-label="Adres van dit onderdeel: {titel}">Adres van '
        f'dit onderdeel</a> <a download="{ontsnapt(bestand)}.csv" aria-label="Tabel als CSV: {titel}" '
        f'href="data:text/csv;charset=utf-8;base64,{inhoud}">Tabel als CSV</a> '
        f'<a download="{ontsnapt(bestand)}.txt" aria-label="Uitleg bij de CSV: {titel}" '
        f'href="data:text/plain;charset=utf-8;base64,{tekst}">Uitleg bij de CSV</a></p>'
    )


def bundle(naam: str, deel: Onderdeel, indicatoren: Sequence[str]) -> dict[str, Any]:
    """What an output carries for the Excel file: texts, and the table in plain values."""
    koppen, rijen = plain(deel.tabel)
    zinnen = [zin for zin in (*deel.duiding, *deel.tabel.noten, *deel.noten) if zin]
    return {
        "naam": naam,
        "titel": deel.tabel.titel,
        "grondslag": deel.grondslag,
        "koppen": koppen,
        "rijen": rijen,
        "zinnen": zinnen,
        "indicatoren": list(indicatoren),
    }
