"""Bevindingen: one row per broken rule, made for the colleague who repairs the registration; and the CSV files."""

from __future__ import annotations

import csv
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial, reduce
from operator import or_
from pathlib import Path
from typing import Any

from kopanalyse.checked.near import with_near_code, with_near_key
from kopanalyse.checked.rows import Waarden, clean
from kopanalyse.checked.rules import FOUT, OVERTOLLIG, TEKORT, VORM, WAARDE, Regel, Veld
from kopanalyse.checked.values import KERNEN, reserved_word
from kopanalyse.engine.duckdb import Engine
from kopanalyse.engine.words import (
    Column,
    Expression,
    columns,
    ifelse,
    literal,
    missing_name,
    null,
    table,
    today,
    union,
)
from kopanalyse.raw.formats.cells import ONLEESBAAR
from kopanalyse.raw.names import ONZICHTBAAR, SPATIES, shown
from kopanalyse.raw.schema import TABELLEN, Kolom
from kopanalyse.raw.tables.read import Gelezen
from kopanalyse.settings import Settings

BEVINDING = ("tabel", "bestand", "regelnummer", "sleutel", "kolom", "waarde", "regel", "melding", "gewicht")


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


def hold_against(
    engine: Engine,
    regels: Sequence[Regel],
    velden: Sequence[Veld],
    waarden: Waarden,
    gelezen: Gelezen,
    naam: str,
    van: str,
    pad: Path,
) -> tuple[Expression, list[Expression]]:
    """Hold the rows of one table (``velden``, all with the same ``rij``) against ``regels``.

    ``van`` says what ``regels`` and ``velden`` are made from, besides code of this library and the unknown columns of
    the file, of which a finding says nothing.

    Returns the rows with a fout, and the findings, per rule and column that has any. The rows that those are about stay
    in the engine as the table ``naam``, in the Parquet file ``pad``.
    """
    rij = velden[0].rij
    toetsen = [
        (regel, veld, waar.fill_null(False))
        for veld in velden
        for regel in regels
        if (waar := regel.geschonden(veld)) is not None
    ]
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

    def touched() -> Expression:
        geraakt = rij.filter(_any(rij, sorted(vooraf)) | reduce(or_, nu, literal(False)))
        return geraakt.mutate(**{merk: waar for merk, (_, _, waar) in zip(merken, toetsen)})

    extra, bestand = gelezen.kop.extra, gelezen.bestand
    geraakt = engine.store_of(naam, " ".join([van, *extra]), touched, pad)
    bekend = table(naam, {kolom: soort for kolom, soort in geraakt.schema().items() if kolom not in extra})
    treffers = next(engine.rows(geraakt.aggregate(**{merk: geraakt[merk].any() for merk in merken})))

    fouten = [merk for merk, (regel, _, _) in zip(merken, toetsen) if regel.gewicht == FOUT]
    bevindingen = [
        engine.name_of(
            f"{naam}_{merk}",
            f"{van} {merk} {bestand}",
            partial(_finding, regel, replace(veld, rij=bekend.filter(bekend[merk])), bestand),
        )
        for merk, (regel, veld, _), treffer in zip(merken, toetsen, treffers)
        if treffer
    ]
    return geraakt.filter(_any(geraakt, fouten)), bevindingen


def _any(rijen: Expression, merken: Sequence[str]) -> Column:
    return reduce(or_, (rijen[merk] for merk in merken), literal(False))


def _finding(regel: Regel, veld: Veld, bestand: str) -> Expression:
    """What is said of every row of ``veld``: the columns of ``BEVINDING``, and ``oorzaak``, the same for one cause."""
    sleutel = veld.tabel.sleutel or (veld.tabel.ouder.naam if veld.tabel.ouder else None)
    veld = replace(veld, rij=_with_likeness(regel, veld))
    return veld.rij.select(
        tabel=literal(veld.tabel.naam),
        bestand=literal(bestand),
        regelnummer=veld.rij.regelnummer,
        sleutel=as_seen(veld.rij[f"tekst_{sleutel}"]) if sleutel else null("string"),
        kolom=literal("" if veld.kolom in (OVERTOLLIG, TEKORT) else veld.kolom.naam),
        waarde=as_seen(veld.rij[f"staat_{veld.kolom.naam}"]),
        regel=literal(regel.naam),
        melding=wording(regel, veld) + _invisible(veld.rij[f"staat_{veld.kolom.naam}"]),
        gewicht=literal(regel.gewicht),
        oorzaak=_cause(regel, veld),
    )


def as_seen(staat: Column) -> Column:
    """``staat`` without the mark of a cell that holds no value."""
    return staat.replace(ONLEESBAAR, "")


_STUURTEKENS = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
_ONGEZIEN = r"[\x00-\x1f\x7f\x{a0}\x{ad}\x{200b}-\x{200d}\x{202f}\x{2060}\x{feff}]|^ | $"


def _invisible(staat: Column) -> Column:
    """A sentence that shows ``staat`` as ``names.shown`` does, when something is in it that the eye cannot see."""
    getoond = as_seen(staat).re_replace("^ | $", shown(" ")).re_replace(_STUURTEKENS, "⟨stuurteken⟩")
    for teken in f"{ONZICHTBAAR}{SPATIES}\t\r\n":
        getoond = getoond.replace(teken, shown(teken))
    return ifelse(staat.re_search(_ONGEZIEN), literal(" Let op wat niet te zien is: ") + getoond + ".", "").fill_null(
        ""
    )


def _with_likeness(regel: Regel, veld: Veld) -> Expression:
    """The rows of ``veld``, with ``verschil`` and a sentence ``lijkt`` where ``regel`` says what a value nearly is."""
    if "{lijkt}" not in regel.melding:
        return veld.rij
    if veld.verwijst:
        rij = with_near_key(veld.rij, veld.tabel)
    else:
        codes = (
            clean(TABELLEN[KERNEN])
            if veld.kolom.codelijst == KERNEN
            else veld.settings.codelijsten[veld.kolom.codelijst]
        )
        rij = with_near_code(veld.rij, veld.kolom.naam, codes)
    zin = literal(" Er is wel een ") + rij.bijna + ": alleen " + rij.verschil + " verschilt."
    return rij.mutate(lijkt=zin.fill_null(""), verschil=ifelse(rij.bijna.isnull(), "", rij.verschil))


def _cause(regel: Regel, veld: Veld) -> Column:
    """What findings on one column must share to have one cause; never a key."""
    if veld.verwijst:
        return veld.rij.verschil if "{lijkt}" in regel.melding else literal("")
    if regel.oorzaak == WAARDE:
        return veld.tekst.fill_null("")
    return veld.tekst.re_replace("[0-9]", "9").fill_null("") if regel.oorzaak == VORM else literal("")


def wording(regel: Regel, veld: Veld) -> Column:
    """The sentence of ``regel`` for ``veld``; braces name a word on column, settings or day, or a value of the row."""
    woorden = {
        "kolom": veld.kolom.naam,
        "verwacht": expected(veld.kolom, veld.settings),
        "bereik": _range(veld.kolom),
        "ouder": veld.kolom.verwijst_naar,
        "woord": reserved_word(veld.kolom, veld.aanwezig),
        "eerste_jaar": veld.settings.drempels.eerste_jaar,
        "oudste_leeftijd": veld.settings.drempels.oudste_leeftijd,
        "stil": veld.settings.controle.open_zonder_contact,
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
    return {
        "datum": "een bestaande datum zoals 2019-03-31 of 31-03-2019, zonder tijdzone",
        "geheel": "een geheel getal van 0 of meer, zonder punt of komma voor duizendtallen",
        "decimaal": "een getal zoals 7,5 of 7.5, zonder punt of komma voor duizendtallen",
        "ja_nee": "ja of nee",
        "tekst": f"een tekst ({kolom.betekenis})",
    }[kolom.soort]


def _range(kolom: Kolom) -> str:
    if not kolom.bereik:
        return ""
    ook = f", of {kolom.ook}" if kolom.ook is not None else ""
    return f"{kolom.bereik[0]} tot en met {kolom.bereik[1]}{ook}"


def collect(engine: Engine, bevindingen: Sequence[Expression], pad: Path) -> Expression | None:
    """All findings in one table that waits in the Parquet file ``pad``, or None when there are none.

    Beside the columns of ``BEVINDING`` it has ``oorzaak``.
    """
    return engine.store("bevindingen", union(bevindingen), pad) if bevindingen else None


def place_columns(bevindingen: Expression | None) -> list[str]:
    """What else says where a row stands, when rows come from exports: the sheet, and the column by its name there."""
    return [] if bevindingen is None else [naam for naam in ("blad", "bronkolom") if naam in bevindingen.columns]


def write_findings(engine: Engine, bevindingen: Expression | None, pad: Path) -> Counter[str]:
    """Write ``bevindingen`` to ``pad``, sorted by table, line and column; returns how many there are of each weight."""
    gewichten: Counter[str] = Counter()

    def counted(rijen: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        for rij in rijen:
            gewichten[rij[BEVINDING.index("gewicht")]] += 1
            yield rij

    kolommen = [*BEVINDING, *place_columns(bevindingen)]
    gesorteerd = (
        []
        if bevindingen is None
        else engine.rows(bevindingen.order_by(["tabel", "regelnummer", "kolom", "regel", "bestand"]).select(kolommen))
    )
    write_csv(pad, kolommen, counted(gesorteerd))
    return gewichten


def write_quarantine(engine: Engine, gelezen: Gelezen, fouten: Expression, pad: Path) -> int:
    """Write the rows ``fouten`` as they stood, under the file's own header, and return how many.

    Writes no file when there are none. What stood beyond the header follows in a column of its own.
    """
    aantal, overtollig = next(
        engine.rows(fouten.aggregate(aantal=fouten.count(), overtollig=fouten[f"staat_{OVERTOLLIG.naam}"].count()))
    )
    if not aantal:
        return 0
    kolommen = [*gelezen.kop.kolommen, *([(OVERTOLLIG.naam, OVERTOLLIG.naam)] if overtollig else [])]
    rijen = fouten.order_by("regelnummer").select(
        "regelnummer",
        **{
            f"kolom_{plaats}": as_seen(fouten[doel if doel in gelezen.kop.extra else f"staat_{doel}"])
            for plaats, (_, doel) in enumerate(kolommen)
        },
    )
    kop = ("bestand", "regelnummer", *(naam for naam, _ in kolommen))
    return write_csv(pad, kop, ((gelezen.bestand, *rij) for rij in engine.rows(rijen)))


def write_csv(pad: Path, kop: Iterable[str], rijen: Iterable[Sequence[Any]]) -> int:
    """Write rows as CSV (UTF-8, commas, quotes where needed, a missing value empty); returns how many."""
    aantal = 0
    with pad.open("w", encoding="utf-8", newline="") as bestand:
        schrijver = csv.writer(bestand)
        schrijver.writerow(kop)
        for aantal, rij in enumerate(rijen, start=1):  # noqa: B007  # the last is how many
            schrijver.writerow(rij)
    return aantal
