"""Findings by cause: what is wrong once, though it stands on many rows; as a work list and as lines to read.

One unknown code on 4,145 rows is one thing to repair. A cause is a table, a column and a rule, with the value, its form
or what differs, where that tells causes apart (``Regel.oorzaak``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kopanalyse.checked.findings import BEVINDING, place_columns
from kopanalyse.checked.near import visible
from kopanalyse.checked.rules import FOUT
from kopanalyse.engine.duckdb import Engine
from kopanalyse.engine.words import Expression, cases, row_number, window
from kopanalyse.excel import cell, forget_time, value
from kopanalyse.raw.schema import TABELLEN

WERKLIJST = 20_000  # rows in the Excel file: more than anyone works through, and written in seconds
VOORBEELDEN = 5  # lines that are named of a cause
OORZAKEN = ("nummer", "gewicht", "tabel", "kolom", "regel", "waarde", "aantal", "regelnummers", "wat te doen")
_BREEDTES = {"oorzaken": (9, 14, 24, 24, 28, 28, 10, 24, 110), "rijen": (24, 28, 12, 16, 24, 24, 28, 90, 14, 9)}
VAAK = 10  # rows that share a value before it is shown whatever it is: then it is nobody's own
# What a number, a date or a time looks like, a word in small letters, or an error of Excel: never a key or a name.
_TOONBAAR = re.compile(r"[0-9 T:]*[-/.,][-0-9 /.,T:Z+]*|[a-zà-ÿ ?]{1,12}|#[A-Z0-9/!?]+")


@dataclass(frozen=True)
class Oorzaak:
    """One cause: what it is, how many findings it has, the first lines of those, and its sentence on the first."""

    gewicht: str
    tabel: str
    kolom: str
    regel: str
    oorzaak: str
    waarde: str
    melding: str
    aantal: int
    regelnummers: tuple[int, ...]

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What the findings of this cause have in common."""
        return self.tabel, self.kolom, self.regel, self.oorzaak


def causes(engine: Engine, bevindingen: Expression | None, tabellen: Sequence[str]) -> list[Oorzaak]:
    """The causes of ``bevindingen`` (``findings.collect``): what to repair first comes first.

    Faults before warnings, and last what only waits for its parent; a parent before its children (``tabellen`` says the
    order); then what stands on most rows.
    """
    if bevindingen is None:
        return []
    groep = window(group_by=["tabel", "kolom", "regel", "oorzaak"])
    volgorde = window(group_by=["tabel", "kolom", "regel", "oorzaak"], order_by="regelnummer")
    b = bevindingen.mutate(aantal=bevindingen.regelnummer.count().over(groep), plaats=row_number().over(volgorde))
    b = b.filter(b.plaats < VOORBEELDEN).order_by(
        [
            b.gewicht != FOUT,
            b.regel == "ouder_in_quarantaine",
            _place(b, tabellen),
            b.aantal.desc(),
            b.kolom,
            b.regel,
            b.oorzaak,
            b.regelnummer,
        ]
    )
    rijen = engine.rows(
        b.select("gewicht", "tabel", "kolom", "regel", "oorzaak", "waarde", "melding", "aantal", "regelnummer")
    )
    gevonden = []
    for _, samen in groupby(rijen, key=lambda rij: rij[:5]):
        eerste, *rest = samen
        gewicht, tabel, kolom, regel, oorzaak, waarde, melding, aantal, nummer = eerste
        gevonden.append(
            Oorzaak(
                gewicht,
                tabel,
                kolom,
                regel,
                oorzaak,
                waarde or "",
                melding,
                aantal,
                (nummer, *(rij[8] for rij in rest)),
            )
        )
    return gevonden


def _place(b: Expression, tabellen: Sequence[str]):
    return cases(*[(b.tabel == naam, plaats) for plaats, naam in enumerate(tabellen)], else_=len(tabellen))


# The work list


def write_worklist(
    engine: Engine, bevindingen: Expression | None, oorzaken: Sequence[Oorzaak], tabellen: Sequence[str], pad: Path
) -> None:
    """Write the Excel file ``pad``, to work through: a row per cause, and behind it the rows, with number of the cause.

    The sheet ``oorzaken`` has them all; ``fouten`` and ``waarschuwingen`` have the first ``WERKLIJST`` findings. Every
    value is a text, so that ``0017`` keeps its noughts and ``=1+1`` is no formula.
    """
    from openpyxl import Workbook

    boek = Workbook(write_only=True)
    blad = _sheet(boek, "oorzaken", OORZAKEN, _BREEDTES["oorzaken"])
    for nummer, o in enumerate(oorzaken, start=1):
        lijst = ", ".join(map(str, o.regelnummers)) + (" …" if o.aantal > len(o.regelnummers) else "")
        rij = (nummer, o.gewicht, o.tabel, o.kolom, o.regel, visible(o.waarde), o.aantal, lijst, o.melding)
        blad.append([cell(blad, waarde) for waarde in rij])
    blad.auto_filter.ref = f"A1:{_letter(OORZAKEN)}{len(oorzaken) + 1}"

    nummers = {oorzaak.key: nummer for nummer, oorzaak in enumerate(oorzaken, start=1)}
    rijen = iter(()) if bevindingen is None else _rows(engine, bevindingen, tabellen)
    bladen = {gewicht: list(samen) for gewicht, samen in groupby(rijen, key=lambda rij: rij[8])}
    kop = (*BEVINDING, *place_columns(bevindingen), "oorzaak")
    for naam, gewicht in (("fouten", FOUT), ("waarschuwingen", "waarschuwing")):
        blad = _sheet(boek, naam, kop, _BREEDTES["rijen"])
        for rij in bladen.get(gewicht, []):
            *bevinding, oorzaak = rij
            nummer = nummers[rij[0], rij[4], rij[6], oorzaak]
            blad.append([value(blad, waarde) for waarde in (*bevinding, nummer)])
        blad.auto_filter.ref = f"A1:{_letter(kop)}{len(bladen.get(gewicht, [])) + 1}"
    boek.save(pad)
    forget_time(pad)


def _sheet(boek, naam: str, kop: Sequence[str], breedtes: Sequence[int]):
    blad = boek.create_sheet(naam)
    blad.freeze_panes = "A2"
    for plaats, breedte in enumerate(breedtes):
        blad.column_dimensions[chr(ord("A") + plaats)].width = breedte
    blad.append(kop)
    return blad


def _letter(kop: Sequence[str]) -> str:
    return chr(ord("A") + len(kop) - 1)


def _rows(engine: Engine, b: Expression, tabellen: Sequence[str]):
    b = b.order_by(
        [b.gewicht != FOUT, b.regel == "ouder_in_quarantaine", _place(b, tabellen), b.regelnummer, b.kolom, b.regel]
    )
    return engine.rows(b.limit(WERKLIJST).select(*BEVINDING, *place_columns(b), "oorzaak"))


# Lines to read: never the key of anyone

KORT = {
    "verplicht_leeg": "leeg",
    "onleesbaar": "onleesbaar",
    "totaalregel": "een totaalregel",
    "buiten_bereik": "buiten het bereik",
    "dubbele_sleutel": "dubbel en anders",
    "dubbel_aangeleverd": "letterlijk dubbel",
    "onbekende_verwijzing": "zonder rij om naar te verwijzen",
    "einddatum_voor_startdatum": "voor de startdatum",
    "ouder_in_quarantaine": "van een rij die zelf in quarantaine staat",
    "kto_waarde": "buiten het bereik",
    "overtollige_waarden": "met meer waarden dan de kopregel",
}


def losses(oorzaken: Iterable[Oorzaak], gelezen: Mapping[str, int]) -> list[str]:
    """Why rows of the tables ``gelezen`` (rows by name) went to quarantine: a line (Dutch) per column and rule.

    ``contacten.datum: 12.298 van 12.298 onleesbaar, bijvoorbeeld '31/12/2019'``.
    """
    aantallen: dict[tuple[str, str, str], int] = {}
    meeste: dict[tuple[str, str, str], Oorzaak] = {}
    for oorzaak in oorzaken:
        if oorzaak.gewicht == FOUT and oorzaak.tabel in gelezen:
            waar = oorzaak.tabel, oorzaak.kolom, oorzaak.regel
            aantallen[waar] = aantallen.get(waar, 0) + oorzaak.aantal
            meeste[waar] = max(meeste.get(waar, oorzaak), oorzaak, key=lambda o: o.aantal)
    regels = []
    for (tabel, kolom, regel), aantal in aantallen.items():
        voorbeeld = example(meeste[tabel, kolom, regel])
        regels.append(
            f"{tabel}{'.' if kolom else ''}{kolom}: {dutch(aantal)} van {dutch(gelezen[tabel])} "
            f"{KORT.get(regel, regel)}{voorbeeld and f', bijvoorbeeld {voorbeeld!r}'}"
        )
    return regels


def superfluous(oorzaken: Iterable[Oorzaak]) -> Counter[str]:
    """Per table how many of its rows in quarantine say nothing that others do not say: totals and literal copies."""
    overbodig: Counter[str] = Counter()
    for oorzaak in oorzaken:
        if oorzaak.regel in ("totaalregel", "dubbel_aangeleverd"):
            overbodig[oorzaak.tabel] += oorzaak.aantal
    return overbodig


def example(oorzaak: Oorzaak) -> str:
    """The value of ``oorzaak`` as it may be shown to anyone; empty for a key, and for what is empty.

    What nobody shares and may be a name or a key is shown as its form: ``x`` for a letter, ``9`` for a digit.
    """
    if oorzaak.regel == "totaalregel":
        return oorzaak.waarde.strip()
    tabel = TABELLEN[oorzaak.tabel]
    kolom = next((k for k in tabel.kolommen if k.naam == oorzaak.kolom), None)
    sleutel = kolom is None or kolom.verwijst_naar or kolom.naam.endswith("_id") or kolom.naam == "geboortedatum"
    if sleutel or not oorzaak.waarde.strip():
        return ""
    waarde = visible(oorzaak.waarde.strip())[:40]
    if (oorzaak.aantal >= VAAK and oorzaak.oorzaak == oorzaak.waarde.strip()) or _TOONBAAR.fullmatch(waarde):
        return waarde
    return re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", waarde))


def likenesses(oorzaken: Iterable[Oorzaak]) -> list[str]:
    """What references that fit nowhere nearly fit: a line (Dutch) per column and parent, without any key."""
    per_kolom: dict[tuple[str, str], list[Oorzaak]] = {}
    for oorzaak in oorzaken:
        if oorzaak.regel == "onbekende_verwijzing":
            per_kolom.setdefault((oorzaak.tabel, oorzaak.kolom), []).append(oorzaak)
    regels = []
    for (tabel, kolom), samen in per_kolom.items():
        bijna = [f"{dutch(o.aantal)} keer verschilt alleen {o.oorzaak}" for o in samen if o.oorzaak]
        if bijna:
            ouder = TABELLEN[tabel][kolom].verwijst_naar
            aantal = sum(o.aantal for o in samen)
            passen = "verwijzing past" if aantal == 1 else "verwijzingen passen"
            regels.append(
                f"{tabel}.{kolom}: {dutch(aantal)} {passen} nergens in {ouder}; er is wel een die erop lijkt: "
                f"{', '.join(bijna)}. Welke het zijn, staat in bevindingen.csv."
            )
    return regels


def dutch(aantal: int) -> str:
    """``12298`` as ``12.298``."""
    return f"{aantal:,}".replace(",", ".")
