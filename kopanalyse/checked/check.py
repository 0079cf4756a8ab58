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

from kopanalyse.checked import causes, origin, rows, tables
from kopanalyse.checked.causes import dutch, likenesses, losses, superfluous, write_worklist
from kopanalyse.checked.findings import collect, hold_against, judged, write_csv, write_findings, write_quarantine
from kopanalyse.checked.outcome import GECONTROLEERD
from kopanalyse.checked.provenance import HERKOMST, leave, raw_digests
from kopanalyse.checked.rules import FOUT, NAREGELS, OVERTOLLIG, REGELS, TEKORT, WAARSCHUWING, Regel, Veld
from kopanalyse.checked.values import KERNEN, has_time
from kopanalyse.engine.duckdb import Engine, is_unreadable
from kopanalyse.engine.words import Expression, literal, union
from kopanalyse.files import replacing
from kopanalyse.raw.bron.delivery import remember
from kopanalyse.raw.bron.exports import NO_EXPORTS, Exports, read_exports
from kopanalyse.raw.bron.koppeling import BRONMAP, load_koppeling
from kopanalyse.raw.schema import TABELLEN, Kolom, Tabel, ouders_eerst
from kopanalyse.raw.tables.find import find_tables
from kopanalyse.raw.tables.read import Gelezen, read_tables, unreadable_parquet
from kopanalyse.settings import Settings

UITKOMST = ("checked", "quarantaine", "bevindingen.csv", "bevindingen.xlsx", "inlezen.csv", HERKOMST)


@dataclass(frozen=True)
class Telling:
    """Rows of one table: as read, and where they went."""

    tabel: str
    gelezen: int
    schoon: int
    quarantaine: int

    @property
    def aandeel(self) -> float:
        """Which share of the rows is in quarantine."""
        return self.quarantaine / self.gelezen if self.gelezen else 0.0


@dataclass(frozen=True)
class Controle:
    """What a check found: rows per table, numbers of findings by weight, and notes (Dutch) on files and tables.

    ``verlies`` says of the tables that lose much, and only of those, why: a line per column and rule. ``te_veel`` names
    the tables that lose so much that no figure should rest on them (``controle.quarantaine_stop``), apart from rows
    with which nothing is lost.
    """

    inlezen: tuple[Telling, ...]
    fouten: int
    waarschuwingen: int
    notities: tuple[str, ...]
    verlies: tuple[str, ...] = ()
    te_veel: tuple[str, ...] = ()

    def __str__(self) -> str:
        gelezen, schoon, apart = (
            dutch(sum(aantallen))
            for aantallen in zip(*((telling.gelezen, telling.schoon, telling.quarantaine) for telling in self.inlezen))
        )
        return (
            f"Rijen: {gelezen} gelezen, {schoon} schoon, {apart} in quarantaine. "
            f"Bevindingen: fouten {self.fouten}, waarschuwingen {self.waarschuwingen}."
        )


def check(
    settings: Settings,
    raw: Path,
    processed: Path,
    *,
    vandaag: date | None = None,
    meld: Callable[[str], None] = lambda tekst: None,
    queries: Path | None = None,
) -> Controle:
    """Check the registration in ``raw/<organisatie>`` and put the result in ``processed/<organisatie>``.

    ``vandaag`` is the day of the run, against which future dates and ages are held; ``meld`` hears (in Dutch) how far
    the run is; ``queries`` as in ``Engine``. The old result stays whole until the new one takes its place. Raises
    ``ReadError`` when a file cannot be used, naming file, column and what was expected.
    """
    vandaag = vandaag or date.today()
    map_ = Path(raw) / settings.organisatie
    koppeling = load_koppeling(map_)
    ruw = raw_digests(map_)  # before anything is read: what changes meanwhile may not be what was checked
    bestanden, notities = find_tables(map_, koppeling.tabellen if koppeling else ())
    mappen = (BRONMAP,) if koppeling else ()
    with replacing(Path(processed) / settings.organisatie, UITKOMST + mappen) as nieuw:
        for naam in ("gelezen", "checked", "quarantaine", *mappen):
            (nieuw / naam).mkdir()
        doel, grenzen = nieuw / "gelezen", settings.grenzen
        exports = read_exports(koppeling, nieuw / BRONMAP, doel, meld, grenzen) if koppeling else NO_EXPORTS
        eigen = read_tables([(tabel, bestanden[tabel.naam]) for tabel in _order(bestanden)], doel, meld, grenzen)
        aanwezig = {gelezen.kop.tabel.naam: gelezen for gelezen in (*exports.as_read(), *eigen)}
        tabellen = [aanwezig[tabel.naam] for tabel in _order(aanwezig)]
        with Engine(queries) as engine:
            engine.spill_to(nieuw / "gelezen")
            engine.start_on(vandaag)
            ronde = _Ronde(engine, settings, frozenset(aanwezig), nieuw, vandaag, exports)
            inlezen = []
            for gelezen in tabellen:
                with _damage_named(gelezen):
                    inlezen.append(ronde.check_table(gelezen))
                meld(_progress(inlezen[-1]))
            ronde.check_clean()
            bevindingen = collect(engine, ronde.bevindingen, nieuw / "gelezen" / "bevindingen.parquet")
            if koppeling and bevindingen is not None:
                bevindingen = origin.at_origin(
                    engine, bevindingen, exports.tabellen, nieuw / "gelezen" / "herkomst.parquet"
                )
            gewichten = write_findings(engine, bevindingen, nieuw / "bevindingen.csv")
            namen = [telling.tabel for telling in inlezen]
            oorzaken = causes.causes(engine, bevindingen, namen)
            write_worklist(engine, bevindingen, oorzaken, namen, nieuw / "bevindingen.xlsx")
            over_tabellen = tables.notes(engine, settings, frozenset(aanwezig), vandaag)
        leave(nieuw, settings, ruw)
        write_csv(
            nieuw / "inlezen.csv",
            ("tabel", "gelezen", "schoon", "quarantaine"),
            [(t.tabel, t.gelezen, t.schoon, t.quarantaine) for t in inlezen],
        )
    if koppeling:
        remember(map_, exports, Path(processed) / settings.organisatie)
    notities.extend([*_unchecked_references(aanwezig), *exports.notities])
    if gewichten.total() > causes.WERKLIJST:
        notities.append(
            f"bevindingen.xlsx heeft alle oorzaken en de eerste {dutch(causes.WERKLIJST)} van de "
            f"{dutch(gewichten.total())} bevindingen; bevindingen.csv heeft ze alle."
        )
    notities.extend(notitie for gelezen in tabellen for notitie in gelezen.notities)
    notities.extend([*ronde.notities, *over_tabellen, *likenesses(oorzaken)])
    gemeld = {t.tabel: t.gelezen for t in inlezen if t.aandeel > settings.controle.quarantaine_gemeld}
    overbodig = superfluous(oorzaken)
    te_veel = [
        t.tabel for t in inlezen if t.quarantaine - overbodig[t.tabel] > settings.controle.quarantaine_stop * t.gelezen
    ]
    return Controle(
        tuple(inlezen),
        gewichten[FOUT],
        gewichten[WAARSCHUWING],
        tuple(notities),
        tuple(losses(oorzaken, gemeld)),
        tuple(te_veel),
    )


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
    return [
        f"de tabel {ouder} is er niet; of de verwijzingen ernaar in {', '.join(namen)} kloppen, is niet gecontroleerd."
        for ouder, namen in kinderen.items()
    ]


def _order(bestanden: Iterable[str]) -> list[Tabel]:
    """The tables that are there, each after what it is held against: kernen first, parents before children."""
    aanwezig = [tabel for tabel in ouders_eerst() if tabel.naam in bestanden]
    return sorted(aanwezig, key=lambda tabel: tabel.naam != KERNEN)


def _progress(telling: Telling) -> str:
    return f"{telling.tabel}: {dutch(telling.gelezen)} rijen gelezen, {dutch(telling.quarantaine)} in quarantaine"


class _Ronde:
    """One round over the tables, in one engine, which comes to hold per table what later ones are held against."""

    def __init__(
        self, engine: Engine, settings: Settings, aanwezig: frozenset[str], nieuw: Path, vandaag: date, exports: Exports
    ) -> None:
        self.engine, self.settings, self.aanwezig, self.nieuw, self.vandaag = engine, settings, aanwezig, nieuw, vandaag
        self.exports = exports
        origin.add_origins(engine, exports.tabellen.values())
        self.bevindingen: list[Expression] = []
        self.notities: list[str] = []
        self._schone_trajecten: tuple[Gelezen, Expression, rows.Waarden] | None = None

    def check_table(self, gelezen: Gelezen) -> Telling:
        """Write the clean rows and the quarantine of one table; its findings wait in the engine until all are there."""
        tabel, engine = gelezen.kop.tabel, self.engine
        waarden = self._judge_values(gelezen)
        self._note_times(gelezen, waarden)
        rij = engine.name_of(
            f"{tabel.naam}_rijen",
            self._van(gelezen, "rijen", *gelezen.kop.extra),
            lambda: rows.with_values(tabel, waarden, self.settings, extra=gelezen.kop.extra),
        )
        vaker = {}
        for naam, eenmalig in rows.at_most_once(tabel, waarden, self.settings, gelezen.kop.extra).items():
            in_engine = f"{tabel.naam}_vaker_{naam}"
            engine.store_repeated(in_engine, eenmalig.select("merk"), self._tijdelijk(in_engine))
            vaker[naam] = engine.create_of(
                f"{tabel.naam}_{naam}",
                self._van(gelezen, naam, *gelezen.kop.extra),
                partial(rows.repeated_lines, tabel, naam, eenmalig, gelezen.kop.extra),
            )
        breed = engine.name_of(
            f"{tabel.naam}_breed",
            self._van(gelezen, "breed", *gelezen.kop.extra),
            lambda: rows.with_lookups(rij, tabel, vaker, self._bij(tabel)),
        )
        fouten = self._hold_against(REGELS, gelezen, breed, waarden, f"{tabel.naam}_geraakt")

        pad = self.nieuw / "checked" / f"{tabel.naam}.parquet"
        schone = rij.anti_join(fouten, "regelnummer")
        schoon = engine.write(
            schone.order_by("regelnummer").select([kolom.naam for kolom in tabel.kolommen]),
            pad,
            **{GECONTROLEERD: self.vandaag.isoformat()},
        )
        quarantaine = self._write_quarantine(gelezen, fouten, self.nieuw / "quarantaine" / f"{tabel.naam}.csv")
        if gelezen.rijen != schoon + quarantaine:
            raise RuntimeError(
                f"{tabel.naam}: {gelezen.rijen} rijen gelezen, maar {schoon} schoon en {quarantaine} in "
                "quarantaine. Er is niets veranderd; dit is een fout in kopanalyse zelf."
            )

        engine.add_parquet(tabel.naam, pad)
        if any(ander.ouder and ander.ouder.verwijst_naar == tabel.naam for ander in TABELLEN.values()):
            engine.create(f"{tabel.naam}_sleutels", rows.keys(tabel, waarden, self.settings))
        if tabel.naam == "trajecten":
            self._schone_trajecten = gelezen, schone, waarden
        return Telling(tabel.naam, gelezen.rijen, schoon, quarantaine)

    def _write_quarantine(self, gelezen: Gelezen, fouten: Expression, pad: Path) -> int:
        """Write the rows ``fouten``, of a table made from exports with the rows of the export, and return how many."""
        gemaakt = self.exports.tabellen.get(gelezen.kop.tabel.naam)
        if gemaakt is None:
            return write_quarantine(self.engine, gelezen, fouten, pad)
        return origin.write_quarantined(self.engine, gemaakt, fouten, self.exports.bronnen, pad)

    def check_clean(self) -> None:
        """Hold the clean trajecten against each other, and against the clean contacten when those are there."""
        if self._schone_trajecten:
            gelezen, schone, waarden = self._schone_trajecten
            van = f"{self._van(gelezen, 'naast', *gelezen.kop.extra)} {' '.join(sorted(self.aanwezig))}"
            naast = self.engine.name_of(
                "trajecten_naast", van, lambda: rows.with_context(schone, self.settings, self.aanwezig)
            )
            self._hold_against(NAREGELS, gelezen, naast, waarden, "trajecten_naast_andere", self.aanwezig)

    def _judge_values(self, gelezen: Gelezen) -> rows.Waarden:
        """Put the rows as read in the engine, and every value of the columns where values recur, judged."""
        tabel, engine = gelezen.kop.tabel, self.engine
        if gelezen.namen:
            engine.add_texts(f"{tabel.naam}_gelezen", gelezen.pad, gelezen.namen)
        else:
            engine.add_parquet(f"{tabel.naam}_gelezen", gelezen.pad)
        return {
            kolom.naam: engine.create_of(
                f"{tabel.naam}_waarden_{kolom.naam}",
                self._van(gelezen, f"waarden_{kolom.naam}"),
                partial(self._judged, tabel, kolom),
            )
            for kolom in rows.recurring(tabel)
        }

    def _note_times(self, gelezen: Gelezen, waarden: rows.Waarden) -> None:
        """Note the columns of dates that stand with a time, which is dropped; midnight is no time."""
        datums = [kolom.naam for kolom in gelezen.kop.tabel.kolommen if kolom.soort == "datum"]
        if not datums:
            return
        tijden = f"{gelezen.kop.tabel.naam}_tijden"
        met_tijd = self.engine.create_of(
            tijden,
            self._van(gelezen, "tijden"),
            lambda: union(
                waarden[naam]
                .filter(waarden[naam][naam].notnull(), has_time(waarden[naam][f"tekst_{naam}"]))
                .aggregate(kolom=literal(naam), voorbeeld=waarden[naam][f"tekst_{naam}"].min())
                for naam in datums
            ),
        )
        for kolom, voorbeeld in self.engine.rows(met_tijd):
            if voorbeeld is not None:
                self.notities.append(
                    f"{gelezen.bestand}: bij de dagen in {kolom} staat een tijd (zoals {voorbeeld}); "
                    "die is niet gebruikt."
                )

    def _judged(self, tabel: Tabel, kolom: Kolom) -> Expression:
        return judged(REGELS, self._veld(tabel, kolom, rows.values_of(tabel, kolom, self._bij(tabel), self.settings)))

    def _bij(self, tabel: Tabel) -> frozenset[str]:
        """The tables that ``tabel`` is held against and that are there; its rules see no others."""
        return self.aanwezig & {KERNEN, *(kolom.verwijst_naar for kolom in tabel.kolommen)}

    def _van(self, gelezen: Gelezen, wat: str, *extra: str) -> str:
        """What a query of this round about one table is made from, besides code of this library.

        ``extra`` are the unknown columns of the file, for a query that takes them along.
        """
        return " ".join(
            [
                wat,
                gelezen.kop.tabel.naam,
                *extra,
                "bij",
                *sorted(self._bij(gelezen.kop.tabel)),
                self.settings.of_reading,
                repr(self.settings.controle),
            ]
        )

    def _tijdelijk(self, naam: str) -> Path:
        return self.nieuw / "gelezen" / f"{naam}.parquet"

    def _veld(self, tabel: Tabel, kolom: Kolom, rij: Expression, naast: frozenset[str] | None = None) -> Veld:
        return Veld(tabel, kolom, rij, self.settings, self._bij(tabel) if naast is None else naast)

    def _hold_against(
        self,
        regels: Sequence[Regel],
        gelezen: Gelezen,
        rij: Expression,
        waarden: rows.Waarden,
        naam: str,
        naast: frozenset[str] | None = None,
    ) -> Expression:
        """Keep the findings of ``regels`` on ``rij``; returns the rows that go to quarantine.

        ``naast`` names the tables that the rules see, when that is not what the table is always held against.
        """
        velden = [
            self._veld(gelezen.kop.tabel, kolom, rij, naast)
            for kolom in (OVERTOLLIG, TEKORT, *gelezen.kop.tabel.kolommen)
        ]
        van = " ".join([self._van(gelezen, naam), *sorted(naast or ())])
        fouten, bevindingen = hold_against(
            self.engine, regels, velden, waarden, gelezen, naam, van, self._tijdelijk(naam)
        )
        self.bevindingen.extend(bevindingen)
        return fouten
