"""Bevindingen: one row per broken rule, made for the colleague who repairs the registration; and the CSV files."""

from __future__ import annotations

import csv
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any

from kopanalyse.checked.rows import Waarden
from kopanalyse.checked.rules import FOUT, OVERTOLLIG, Regel, Veld
from kopanalyse.checked.values import KERNEN, reserved_word
from kopanalyse.engine import Column, Engine, Expression, cases, columns, literal, missing_name, null, today, union
from kopanalyse.excel import forget_time, value
from kopanalyse.raw.read import Gelezen
from kopanalyse.raw.schema import Kolom
from kopanalyse.settings import Settings

BEVINDING = ("tabel", "bestand", "regelnummer", "sleutel", "kolom", "waarde", "regel", "melding", "gewicht")
WERKLIJST = 20_000  # rows in the Excel file: more than anyone works through, and written in seconds


def judged(regels: Sequence[Regel], veld: Veld) -> Expression:
    """The table of values ``veld.rij``, with which of them break a rule that asks for nothing but the value itself."""
    geschonden = [waar.fill_null(False) for regel in regels if (waar := _by_value(regel, veld)) is not None]
    return veld.rij.mutate(**{f"geschonden_{veld.kolom.naam}": reduce(or_, geschonden, literal(False))})


def _by_value(regel: Regel, veld: Veld) -> Column | None:
    try:
        return regel.geschonden(veld)
    except Exception as fout:
        if missing_name(fout):
            return None
        raise


def hold_against(engine: Engine, regels: Sequence[Regel], velden: Sequence[Veld], waarden: Waarden,
                 bestand: str, naam: str, pad: Path) -> tuple[Expression, list[Expression]]:
    """Hold the rows of one table (``velden``, all with the same ``rij``) against ``regels``.

    Returns the rows with a fout, and the findings, per rule and column that has any. The rows that those are about stay
    in the engine as the table ``naam``, in the Parquet file ``pad``.
    """
    rij = velden[0].rij
    toetsen = [(regel, veld, waar.fill_null(False)) for veld in velden for regel in regels
               if (waar := regel.geschonden(veld)) is not None]
    # Most rows break no rule and most rules are not broken: both are set apart before any sentence is made. What asks
    # for the value alone has been answered in ``waarden``, once per value.
    merken = [f"schending_{nummer}" for nummer in range(len(toetsen))]
    vooraf, nu = set(), []
    for _, veld, waar in toetsen:
        kolom = veld.kolom.naam
        if kolom in waarden and columns(waar) <= set(waarden[kolom].columns):
            vooraf.add(f"geschonden_{kolom}")
        else:
            nu.append(waar)
    geraakt = rij.filter(_any(rij, sorted(vooraf)) | reduce(or_, nu, literal(False)))
    geraakt = engine.store(naam, geraakt.mutate(**{merk: waar for merk, (_, _, waar) in zip(merken, toetsen)}), pad)
    treffers = next(engine.rows(geraakt.aggregate(**{merk: geraakt[merk].any() for merk in merken})))

    fouten = [merk for merk, (regel, _, _) in zip(merken, toetsen) if regel.gewicht == FOUT]
    bevindingen = [_finding(regel, replace(veld, rij=geraakt.filter(geraakt[merk])), bestand)
                   for merk, (regel, veld, _), treffer in zip(merken, toetsen, treffers) if treffer]
    return geraakt.filter(_any(geraakt, fouten)), bevindingen


def _any(rijen: Expression, merken: Sequence[str]) -> Column:
    return reduce(or_, (rijen[merk] for merk in merken), literal(False))


def _finding(regel: Regel, veld: Veld, bestand: str) -> Expression:
    sleutel = veld.tabel.sleutel or (veld.tabel.ouder.naam if veld.tabel.ouder else None)
    return veld.rij.select(
        tabel=literal(veld.tabel.naam),
        bestand=literal(bestand),
        regelnummer=veld.rij.regelnummer,
        sleutel=veld.rij[f"tekst_{sleutel}"] if sleutel else null("string"),
        kolom=literal("" if veld.kolom is OVERTOLLIG else veld.kolom.naam),
        waarde=veld.rij[f"staat_{veld.kolom.naam}"],
        regel=literal(regel.naam),
        melding=wording(regel, veld),
        gewicht=literal(regel.gewicht),
    )


def wording(regel: Regel, veld: Veld) -> Column:
    """The sentence of ``regel`` for ``veld``; braces name a word about column, settings or day, or a value of the row."""
    woorden = {
        "kolom": veld.kolom.naam,
        "verwacht": expected(veld.kolom, veld.settings),
        "bereik": _range(veld.kolom),
        "ouder": veld.kolom.verwijst_naar,
        "woord": reserved_word(veld.kolom, veld.aanwezig),
        "eerste_jaar": veld.settings.drempels.eerste_jaar,
        "oudste_leeftijd": veld.settings.drempels.oudste_leeftijd,
    }
    zin, vast = None, ""
    for tekst, naam, _, _ in string.Formatter().parse(regel.melding):
        vast += tekst + (str(woorden[naam]) if naam in woorden else "")
        if naam and naam not in woorden:
            waarde = today() if naam == "vandaag" else veld.rij[naam]
            deel = literal(vast) + waarde.cast("string").fill_null("heden")  # only an open einddatum is missing
            zin, vast = deel if zin is None else zin + deel, ""
    return literal(vast) if zin is None else zin + vast


def expected(kolom: Kolom, settings: Settings) -> str:
    """What a value of this column looks like, in Dutch, to end a sentence with."""
    if kolom.bereik:
        return f"een geheel getal: {_range(kolom)}"
    if kolom.codelijst == KERNEN:
        return "een kern uit de tabel kernen"
    if kolom.codelijst:
        return "een van: " + ", ".join(settings.codelijsten[kolom.codelijst])
    return {"datum": "een bestaande datum zoals 2019-03-31 of 31-03-2019", "geheel": "een geheel getal van 0 of meer",
            "decimaal": "een getal zoals 7,5 of 7.5", "ja_nee": "ja of nee",
            "tekst": f"een tekst ({kolom.betekenis})"}[kolom.soort]


def _range(kolom: Kolom) -> str:
    if not kolom.bereik:
        return ""
    ook = f", of {kolom.ook}" if kolom.ook is not None else ""
    return f"{kolom.bereik[0]} tot en met {kolom.bereik[1]}{ook}"


def collect(engine: Engine, bevindingen: Sequence[Expression], pad: Path) -> Expression | None:
    """All findings in one table that waits in the Parquet file ``pad``, or None when there are none."""
    return engine.store("bevindingen", union(bevindingen), pad) if bevindingen else None


def write_findings(engine: Engine, bevindingen: Expression | None, pad: Path) -> Counter[str]:
    """Write ``bevindingen`` to ``pad``, sorted by table, line and column; returns how many there are of each weight."""
    gewichten: Counter[str] = Counter()

    def counted(rijen: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        for rij in rijen:
            gewichten[rij[-1]] += 1
            yield rij

    gesorteerd = [] if bevindingen is None else engine.rows(
        bevindingen.order_by(["tabel", "regelnummer", "kolom", "regel"]))
    write_csv(pad, BEVINDING, counted(gesorteerd))
    return gewichten


def write_worklist(engine: Engine, bevindingen: Expression | None, tabellen: Sequence[str], pad: Path) -> None:
    """Write ``bevindingen`` as the Excel file ``pad``, to work through: causes before what follows from them.

    Faults come first, a parent before its children, and rows that only wait for their parent last. Every value is a
    text, so that ``0017`` keeps its noughts and ``=1+1`` is no formula. The file holds the first ``WERKLIJST`` rows.
    """
    from openpyxl import Workbook

    boek = Workbook(write_only=True)
    blad = boek.create_sheet("bevindingen")
    blad.freeze_panes = "A2"
    for letter, breedte in zip("ABCDEFGHI", (24, 28, 12, 16, 24, 24, 28, 90, 14)):
        blad.column_dimensions[letter].width = breedte

    blad.append(BEVINDING)
    aantal = 0
    if bevindingen is not None:
        b = bevindingen
        volgorde = cases(*[(b.tabel == naam, plaats) for plaats, naam in enumerate(tabellen)], else_=len(tabellen))
        b = b.order_by([b.gewicht != FOUT, b.regel == "ouder_in_quarantaine", volgorde, b.regelnummer, b.kolom, b.regel])
        for aantal, rij in enumerate(engine.rows(b.limit(WERKLIJST)), start=1):
            blad.append([value(blad, waarde) for waarde in rij])
    blad.auto_filter.ref = f"A1:I{aantal + 1}"
    boek.save(pad)
    forget_time(pad)


def write_quarantine(engine: Engine, gelezen: Gelezen, fouten: Expression, pad: Path) -> int:
    """Write the rows ``fouten`` as they stood, under the file's own header, and return how many.

    Writes no file when there are none. What stood beyond the header follows in a column of its own.
    """
    aantal, overtollig = next(engine.rows(fouten.aggregate(
        aantal=fouten.count(), overtollig=fouten[f"staat_{OVERTOLLIG.naam}"].count())))
    if not aantal:
        return 0
    kolommen = [*gelezen.kop.kolommen, *([(OVERTOLLIG.naam, OVERTOLLIG.naam)] if overtollig else [])]
    rijen = fouten.order_by("regelnummer").select(
        "regelnummer", *(doel if doel in gelezen.kop.extra else f"staat_{doel}" for _, doel in kolommen))
    kop = ("bestand", "regelnummer", *(naam for naam, _ in kolommen))
    return write_csv(pad, kop, ((gelezen.bestand, *rij) for rij in engine.rows(rijen)))


def write_csv(pad: Path, kop: Iterable[str], rijen: Iterable[Sequence[Any]]) -> int:
    """Write rows as CSV (UTF-8, commas, quotes where needed, a missing value empty); returns how many."""
    aantal = 0
    with pad.open("w", encoding="utf-8", newline="") as bestand:
        schrijver = csv.writer(bestand)
        schrijver.writerow(kop)
        for aantal, rij in enumerate(rijen, start=1):
            schrijver.writerow(rij)
    return aantal
