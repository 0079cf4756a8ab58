"""Checking: from files as delivered to clean tables, quarantine and bevindingen, which travel together.

``check`` is the pipeline on one screen: read everything, hold each table against its rules after the tables that it
refers to, and put the whole result in place at once. What is read is clean or in quarantine, on every run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from kopanalyse.checked import findings, rows
from kopanalyse.checked.findings import (
    collect, hold_against, judged, write_csv, write_findings, write_quarantine, write_worklist,
)
from kopanalyse.checked.rules import FOUT, NAREGELS, OVERTOLLIG, REGELS, WAARSCHUWING, Regel, Veld
from kopanalyse.checked.swap import replacing
from kopanalyse.checked.values import KERNEN
from kopanalyse.engine import Engine, Expression, is_unreadable
from kopanalyse.raw.read import Gelezen, find_tables, read_table, unreadable_parquet
from kopanalyse.raw.schema import TABELLEN, Kolom, Tabel, ouders_eerst
from kopanalyse.settings import Settings

UITKOMST = ("checked", "quarantaine", "bevindingen.csv", "bevindingen.xlsx", "inlezen.csv")


@dataclass(frozen=True)
class Telling:
    """Rows of one table: as read, and where they went."""

    tabel: str
    gelezen: int
    schoon: int
    quarantaine: int


@dataclass(frozen=True)
class Controle:
    """What a check found: rows per table, numbers of findings by weight, and notes (Dutch) on the files."""

    inlezen: tuple[Telling, ...]
    fouten: int
    waarschuwingen: int
    notities: tuple[str, ...]

    def __str__(self) -> str:
        gelezen, schoon, apart = (_dutch(sum(aantallen)) for aantallen in zip(
            *((telling.gelezen, telling.schoon, telling.quarantaine) for telling in self.inlezen)))
        return (f"Rijen: {gelezen} gelezen, {schoon} schoon, {apart} in quarantaine. "
                f"Bevindingen: fouten {self.fouten}, waarschuwingen {self.waarschuwingen}.")


def check(settings: Settings, raw: Path, processed: Path, *, vandaag: date | None = None,
          meld: Callable[[str], None] = lambda tekst: None, queries: Path | None = None) -> Controle:
    """Check the registration in ``raw/<organisatie>`` and put the result in ``processed/<organisatie>``.

    ``vandaag`` is the day of the run, against which future dates and ages are held; ``meld`` hears (in Dutch) how far
    the run is; ``queries`` as in ``Engine``. The old result stays whole until the new one takes its place. Raises
    ``ReadError`` when a file cannot be used, naming file, column and what was expected.
    """
    bestanden, notities = find_tables(Path(raw) / settings.organisatie)
    with replacing(Path(processed) / settings.organisatie, UITKOMST) as nieuw:
        for naam in ("gelezen", "checked", "quarantaine"):
            (nieuw / naam).mkdir()
        tabellen = []
        for tabel in _order(bestanden):
            meld(f"{tabel.naam} lezen")
            tabellen.append(read_table(tabel, bestanden[tabel.naam], nieuw / "gelezen" / f"{tabel.naam}.parquet"))
        with Engine(queries) as engine:
            engine.spill_to(nieuw / "gelezen")
            engine.start_on(vandaag or date.today())
            ronde = _Ronde(engine, settings, frozenset(bestanden), nieuw)
            inlezen = []
            for gelezen in tabellen:
                with _damage_named(gelezen):
                    inlezen.append(ronde.check_table(gelezen))
                meld(_progress(inlezen[-1]))
            ronde.check_counts()
            bevindingen = collect(engine, ronde.bevindingen, nieuw / "gelezen" / "bevindingen.parquet")
            gewichten = write_findings(engine, bevindingen, nieuw / "bevindingen.csv")
            write_worklist(engine, bevindingen, [t.tabel for t in inlezen], nieuw / "bevindingen.xlsx")
        write_csv(nieuw / "inlezen.csv", ("tabel", "gelezen", "schoon", "quarantaine"),
                  [(t.tabel, t.gelezen, t.schoon, t.quarantaine) for t in inlezen])
    notities.extend(_unchecked_references(bestanden))
    if gewichten.total() > findings.WERKLIJST:
        notities.append(f"bevindingen.xlsx heeft de eerste {_dutch(findings.WERKLIJST)} van de "
                        f"{_dutch(gewichten.total())} bevindingen; bevindingen.csv heeft ze alle.")
    notities.extend(notitie for gelezen in tabellen for notitie in gelezen.notities)
    return Controle(tuple(inlezen), gewichten[FOUT], gewichten[WAARSCHUWING], tuple(notities))


@contextmanager
def _damage_named(gelezen: Gelezen) -> Iterator[None]:
    """Say which file is damaged, when the engine finds that out; its own words may quote what stands there."""
    try:
        yield
    except Exception as fout:
        if gelezen.namen and is_unreadable(fout):
            raise unreadable_parquet(gelezen.kop.tabel, gelezen.bestand, "de inhoud is beschadigd") from fout
        raise


def _unchecked_references(aanwezig: Iterable[str]) -> list[str]:
    """A note for every table that is referred to but not there."""
    kinderen: dict[str, list[str]] = {}
    for naam in aanwezig:
        if (ouder := TABELLEN[naam].ouder) and ouder.verwijst_naar not in aanwezig:
            kinderen.setdefault(ouder.verwijst_naar, []).append(naam)
    return [f"de tabel {ouder} is er niet; of de verwijzingen ernaar in {', '.join(namen)} kloppen, is niet "
            "gecontroleerd." for ouder, namen in kinderen.items()]


def _order(bestanden: Iterable[str]) -> list[Tabel]:
    """The tables that are there, each after what it is held against: kernen first, parents before children."""
    aanwezig = [tabel for tabel in ouders_eerst() if tabel.naam in bestanden]
    return sorted(aanwezig, key=lambda tabel: tabel.naam != KERNEN)


def _progress(telling: Telling) -> str:
    return f"{telling.tabel}: {_dutch(telling.gelezen)} rijen gelezen, {_dutch(telling.quarantaine)} in quarantaine"


def _dutch(aantal: int) -> str:
    return f"{aantal:,}".replace(",", ".")


class _Ronde:
    """One round over the tables, in one engine, which comes to hold per table what later ones are held against."""

    def __init__(self, engine: Engine, settings: Settings, aanwezig: frozenset[str], nieuw: Path) -> None:
        self.engine, self.settings, self.aanwezig, self.nieuw = engine, settings, aanwezig, nieuw
        self.bevindingen: list[Expression] = []
        self._schone_trajecten: tuple[Gelezen, Expression, rows.Waarden] | None = None

    def check_table(self, gelezen: Gelezen) -> Telling:
        """Write the clean rows and the quarantine of one table; its findings wait in the engine until all are there."""
        tabel, engine = gelezen.kop.tabel, self.engine
        waarden = self._judge_values(gelezen)
        rij = engine.name_of(f"{tabel.naam}_rijen", self._van(gelezen, "rijen"), lambda: rows.with_values(
            tabel, waarden, self.settings, extra=gelezen.kop.extra))
        eenmalig = rows.at_most_once(tabel, waarden, self.settings)
        if eenmalig is not None:
            vaker = f"{tabel.naam}_vaker"
            engine.store_repeated(vaker, eenmalig.select("merk"), self._tijdelijk(vaker))
        breed = engine.name_of(f"{tabel.naam}_breed", self._van(gelezen, "breed"), lambda: rows.with_lookups(
            rij, tabel, eenmalig, self._bij(tabel)))
        fouten = self._hold_against(REGELS, gelezen, breed, waarden, f"{tabel.naam}_geraakt")

        pad = self.nieuw / "checked" / f"{tabel.naam}.parquet"
        schone = rij.anti_join(fouten, "regelnummer")
        schoon = engine.write(schone.order_by("regelnummer").select([kolom.naam for kolom in tabel.kolommen]), pad)
        quarantaine = write_quarantine(engine, gelezen, fouten, self.nieuw / "quarantaine" / f"{tabel.naam}.csv")
        if gelezen.rijen != schoon + quarantaine:
            raise RuntimeError(f"{tabel.naam}: {gelezen.rijen} rijen gelezen, maar {schoon} schoon en {quarantaine} in "
                               "quarantaine. Er is niets veranderd; dit is een fout in kopanalyse zelf.")

        engine.add_parquet(tabel.naam, pad)
        if any(ander.ouder and ander.ouder.verwijst_naar == tabel.naam for ander in TABELLEN.values()):
            engine.create(f"{tabel.naam}_sleutels", rows.keys(tabel, waarden, self.settings))
        if tabel.naam == "trajecten":
            self._schone_trajecten = gelezen, schone, waarden
        return Telling(tabel.naam, gelezen.rijen, schoon, quarantaine)

    def check_counts(self) -> None:
        """Hold the clean trajecten against the clean contacten, when both tables are there."""
        if self._schone_trajecten and "contacten" in self.aanwezig:
            gelezen, schone, waarden = self._schone_trajecten
            self._hold_against(NAREGELS, gelezen, rows.with_counts(schone, self.settings), waarden, "trajecten_geteld")

    def _judge_values(self, gelezen: Gelezen) -> rows.Waarden:
        """Put the rows as read in the engine, and every value of the columns where values recur, judged."""
        tabel, engine = gelezen.kop.tabel, self.engine
        if gelezen.namen:
            engine.add_texts(f"{tabel.naam}_gelezen", gelezen.pad, gelezen.namen)
        else:
            engine.add_parquet(f"{tabel.naam}_gelezen", gelezen.pad)
        return {kolom.naam: engine.create_of(
            f"{tabel.naam}_waarden_{kolom.naam}", self._van(gelezen, f"waarden_{kolom.naam}"),
            partial(self._judged, tabel, kolom)) for kolom in rows.recurring(tabel)}

    def _judged(self, tabel: Tabel, kolom: Kolom) -> Expression:
        return judged(REGELS, self._veld(tabel, kolom, rows.values_of(tabel, kolom, self._bij(tabel), self.settings)))

    def _bij(self, tabel: Tabel) -> frozenset[str]:
        """The tables that ``tabel`` is held against and that are there; its rules see no others."""
        return self.aanwezig & {KERNEN, *(kolom.verwijst_naar for kolom in tabel.kolommen)}

    def _van(self, gelezen: Gelezen, wat: str) -> str:
        """What a query of this round about one table is made from, besides code of this library."""
        return " ".join([wat, gelezen.kop.tabel.naam, *gelezen.kop.extra, "bij",
                         *sorted(self._bij(gelezen.kop.tabel)), self.settings.fingerprint])

    def _tijdelijk(self, naam: str) -> Path:
        return self.nieuw / "gelezen" / f"{naam}.parquet"

    def _veld(self, tabel: Tabel, kolom: Kolom, rij: Expression) -> Veld:
        return Veld(tabel, kolom, rij, self.settings, self._bij(tabel))

    def _hold_against(self, regels: Sequence[Regel], gelezen: Gelezen, rij: Expression, waarden: rows.Waarden,
                      naam: str) -> Expression:
        """Keep the findings of ``regels`` on ``rij``; returns the rows that go to quarantine."""
        velden = [self._veld(gelezen.kop.tabel, kolom, rij) for kolom in (OVERTOLLIG, *gelezen.kop.tabel.kolommen)]
        fouten, bevindingen = hold_against(self.engine, regels, velden, waarden, gelezen.bestand, naam,
                                           self._tijdelijk(naam))
        self.bevindingen.extend(bevindingen)
        return fouten
