"""From declarations to the long table.

For every indicator one query runs over the checked tables: its records, grouped (``grouping``). What comes out is
small; pandas then fills the grid of all asked periods × teams × categories, so that a figure that is zero is there as a
zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from itertools import product
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from kopanalyse.checked.counts import CASUS, KORT
from kopanalyse.checked.outcome import GECONTROLEERD, checked_day
from kopanalyse.checked.provenance import MERK, mark_of_figures
from kopanalyse.engine.duckdb import Engine
from kopanalyse.engine.query import QueryEngine
from kopanalyse.engine.words import Expression, table
from kopanalyse.errors import DataError
from kopanalyse.files import replacing, spill_folder
from kopanalyse.indicators.catalogue import Definities, own_definitions
from kopanalyse.indicators.contract import hold_figures, hold_records
from kopanalyse.indicators.counted_by import counted_by, remember, said
from kopanalyse.indicators.coverage import VOLLEDIG, coverage
from kopanalyse.indicators.eigen import complete, readable
from kopanalyse.indicators.grouping import (
    CLUSTERSOMMEN,
    NIVEAUS,
    SLEUTEL,
    TABELLEN_MET_TEAM,
    base,
    columns,
    grouped,
    has_team,
    plain,
)
from kopanalyse.indicators.indicator import Indicator, Waarden
from kopanalyse.indicators.long_table import (
    CSV,
    KOLOMMEN,
    PARQUET,
    WERKBOEK,
    empty,
    months,
    parts,
    periods,
    spread,
    with_values,
    write,
)
from kopanalyse.indicators.registratie import GEDEELD, OPTIONEEL, PERIODEN, Registratie
from kopanalyse.indicators.spread import spread as spread_of
from kopanalyse.periode import EERSTE_JAAR, Periode, years_in
from kopanalyse.raw.schema import ALLE, ONBEKEND, TABELLEN, TOTAAL, column_types
from kopanalyse.settings import Settings
from kopanalyse.statistics import DELEN, MAANDEN, PER_MAAND, SPREIDING

MINSTE_DEEL = 0.05  # of the trajecten of the middle year: with fewer, a year is a slip of the pen
GROOT = 200_000  # rows of the largest table; from about there ``grouped`` is the faster

Meld = Callable[[str, int, int], None]
Grouping = Callable[[Indicator, Expression], Expression]
Zeg = Callable[[str], None]
"""Hears (in Dutch) what a reader of the figures should know."""
OpenEngine = Callable[[Path | None], QueryEngine]
"""Opens an engine, given the file that keeps its queries."""


def _zwijg(naam: str, gedaan: int, totaal: int) -> None:
    """Report no progress."""


def _niets(zin: str) -> None:
    """Say nothing."""


class ComputeError(DataError):
    """The figures cannot be computed; the message (Dutch) says why and what to do."""


def compute(
    settings: Settings,
    processed: Path,
    jaren: Sequence[Periode],
    *,
    definities: Definities | None = None,
    meld: Meld = _zwijg,
    zeg: Zeg = _niets,
    queries: Path | None = None,
    open_engine: OpenEngine = Engine,
) -> pd.DataFrame:
    """Compute every indicator of ``definities`` that the organisation's checked tables allow; write the long table.

    Without any those of the package itself.
    Reads ``processed/<organisatie>/checked/``, writes ``cijfers.parquet``, ``.csv`` and ``.xlsx`` beside it, with what
    a report compares them by (all of it replaced at once), and returns the same rows. Raises ``ComputeError`` when
    years are asked for in which nothing was registered: a slip of the pen would take the place of figures that are
    good. Further as ``figures``.
    """
    map_ = Path(processed) / settings.organisatie
    definities = definities or own_definitions()
    indicatoren = list(definities.indicatoren.values())
    with _session(settings, map_ / "checked", queries, open_engine) as sessie:
        gevraagd, jaren = jaren, sessie.years(jaren, zeg)
        delen = parts(jaren, settings.dekking.tot or sessie.laatste_dag)
        alles = sessie.figures(pd.concat([periods(jaren), delen], ignore_index=True), indicatoren, meld)
        in_deel = alles.periode.isin(delen.periode)
        cijfers = alles[~in_deel].reset_index(drop=True)
        _must_count(cijfers, gevraagd, settings.organisatie)
        merken = {
            "instellingen": settings.fingerprint,
            "berekend": date.today().isoformat(),
            GECONTROLEERD: sessie.laatste_dag.isoformat(),
            MERK: mark_of_figures(map_, definities.merk),
        }
        ernaast = {  # by what a report compares the figures; where one is missing, less is said
            DELEN: alles[in_deel & (alles.dekking == VOLLEDIG)],
            SPREIDING: sessie.spread(indicatoren, jaren),
            MAANDEN: sessie.monthly([ind for ind in indicatoren if ind.naam in PER_MAAND], jaren),
        }
        with replacing(map_, (PARQUET, CSV, WERKBOEK, *ernaast)) as nieuw:
            write(cijfers, nieuw, merken)
            for naam, rijen in ernaast.items():
                rijen.to_parquet(nieuw / naam, index=False)
    for zin in said(remember(map_, counted_by(settings, indicatoren), date.today())):
        zeg(zin)
    return cijfers


def _must_count(cijfers: pd.DataFrame, gevraagd: Sequence[Periode], organisatie: str) -> None:
    """Raises ``ComputeError`` when years were asked for and nothing is counted in any of them."""
    geteld = (cijfers.teller != 0) & cijfers.teller.notna() | (cijfers.noemer > 0) & (cijfers.eenheid != "per_1000")
    if gevraagd and not geteld.any():
        raise ComputeError(
            f"Over {', '.join(map(str, gevraagd))} is bij {organisatie} niets geregistreerd. De cijfers die er "
            "stonden, staan er nog; noem met --jaar de jaren van de registratie."
        )


def figures(
    settings: Settings,
    checked: Path,
    jaren: Sequence[Periode],
    *,
    indicatoren: Sequence[Indicator] = (),
    meld: Meld = _zwijg,
    zeg: Zeg = _niets,
    queries: Path | None = None,
    open_engine: OpenEngine = Engine,
) -> pd.DataFrame:
    """The long table (``KOLOMMEN``) of these indicators, or of all, over the Parquet files in ``checked``.

    ``jaren`` are the reporting years; none: as ``years``. ``meld(indicator, done, total)`` is told of progress;
    ``queries`` as in ``Engine``. The figures are the same on every engine. Raises ``ComputeError`` when there are no
    checked tables or no years, and ``ContractError`` when a rule gives what no figure can be made of.
    """
    with _session(settings, checked, queries, open_engine) as sessie:
        return sessie.figures(
            periods(sessie.years(jaren, zeg)), indicatoren or list(own_definitions().indicatoren.values()), meld
        )


def monthly(
    settings: Settings,
    checked: Path,
    indicatoren: Sequence[Indicator],
    jaren: Sequence[Periode],
    *,
    queries: Path | None = None,
    open_engine: OpenEngine = Engine,
) -> pd.DataFrame:
    """Counts per month of those of ``indicatoren`` that count, by the same declarations as the long table's.

    Columns ``indicator``, ``maand`` (its first day), ``team``, ``categorie``, ``subcategorie``, ``teller`` and
    ``dekking``; the grid is complete, as in the long table. Shares, means and what is counted once a year have no rows.
    Otherwise as ``figures``.
    """
    with _session(settings, checked, queries, open_engine) as sessie:
        return sessie.monthly(indicatoren, sessie.years(jaren))


@dataclass(frozen=True)
class _Session:
    """The checked tables of an organisation in an engine, with what counting anything in them takes.

    One session makes all that ``compute`` leaves: of what it compiles all is kept, and what is asked again of other
    periods is the same query.
    """

    settings: Settings
    checked: Path
    engine: QueryEngine
    aanwezig: list[str]
    waarden: Waarden
    teams: list[str]
    groepeer: Grouping
    laatste_dag: date
    geregistreerd: bool

    def years(self, jaren: Sequence[Periode], zeg: Zeg = _niets) -> Sequence[Periode]:
        """As ``years``, of this registration."""
        return years(jaren, self.settings, self.engine, self.aanwezig, self.checked, zeg)

    def figures(self, perioden: pd.DataFrame, indicatoren: Sequence[Indicator], meld: Meld = _zwijg) -> pd.DataFrame:
        """The long table over ``perioden`` (rows of ``periods``), of those indicators that are possible."""
        load_periods(self.engine, perioden)
        for naam, woord in GEDEELD.items():
            self.engine.offer(naam, partial(woord, Registratie(self.settings, self.aanwezig, deelt=True)))
        delen = [empty()]
        for gedaan, ind in enumerate(indicatoren):
            meld(ind.naam, gedaan, len(indicatoren))
            registratie = self._registratie(ind)
            if ind.is_possible(registratie):
                with readable(ind):
                    delen.append(
                        _figures(
                            complete(ind, registratie, self.engine),
                            registratie,
                            self.engine,
                            perioden,
                            self.teams,
                            self.waarden,
                            self.groepeer,
                            self.laatste_dag,
                        )
                    )
        meld("", len(indicatoren), len(indicatoren))
        cijfers = pd.concat(delen, ignore_index=True).assign(organisatie=self.settings.organisatie)
        return cijfers[list(KOLOMMEN)]

    def monthly(self, indicatoren: Sequence[Indicator], jaren: Sequence[Periode]) -> pd.DataFrame:
        """What ``monthly`` gives."""
        tellen = [ind for ind in indicatoren if ind.eenheid in ("aantal", "uren") and not ind.jaartelling]
        cijfers = self.figures(months(jaren), tellen)
        maand = pd.to_datetime(cijfers.periode, format="%Y-%m").dt.date
        return cijfers.assign(maand=maand)[
            ["indicator", "maand", "team", "categorie", "subcategorie", "teller", "dekking"]
        ]

    def spread(self, indicatoren: Sequence[Indicator], jaren: Sequence[Periode]) -> pd.DataFrame:
        """The sums over units of those indicators that are possible, after ``figures`` over at least these years."""
        mogelijk = [
            (complete(ind, r, self.engine), r)
            for ind in indicatoren
            for r in [self._registratie(ind)]
            if ind.is_possible(r)
        ]
        return spread_of([(ind, r, made_from(ind, r, plain)) for ind, r in mogelijk], self.engine, jaren)

    def _registratie(self, ind: Indicator) -> Registratie:
        return replace(registratie_for(ind, self.settings, self.aanwezig, self.geregistreerd), deelt=True)


@contextmanager
def _session(settings: Settings, checked: Path, queries: Path | None, open_engine: OpenEngine) -> Iterator[_Session]:
    with open_checked(settings, checked, queries, open_engine) as (engine, aanwezig):
        engine.spill_to(spill_folder(checked.parent))
        engine.add("niveaus", NIVEAUS)
        waarden = _values_from(engine, aanwezig)
        yield _Session(
            settings,
            checked,
            engine,
            aanwezig,
            waarden,
            _teams(waarden),
            _grouping(engine, checked),
            _last_day(checked),
            has_dienstverlening(checked),
        )


def _last_day(checked: Path) -> date:
    """The last day that a registration can cover: that on which it was checked, or now where it does not say."""
    return checked_day(checked) or date.today()


def has_dienstverlening(checked: Path) -> bool:
    """Whether any clean traject was registered as kort or casus."""
    pad = checked / "trajecten.parquet"
    if not pad.is_file():
        return False
    waarden = pq.read_table(pad, columns=["dienstverlening"]).column(0).unique().to_pylist()
    return not {KORT, CASUS}.isdisjoint(waarden)


def load_periods(engine: QueryEngine, perioden: pd.DataFrame) -> None:
    """Let the engine know ``perioden`` (rows of ``periods``) as the tables that rules hold records against."""
    engine.add("perioden", perioden[list(PERIODEN)])
    engine.add("jaren", perioden.loc[perioden.kwartaal.isna(), list(PERIODEN)])


def _grouping(engine: QueryEngine, checked: Path) -> Grouping:
    """What groups records soonest here: ``grouped`` takes the engine longer to plan than few rows take to group."""
    groot = any(pq.read_metadata(pad).num_rows >= GROOT for pad in checked.glob("*.parquet"))
    return grouped if groot and engine.shares_subqueries else plain


def made_from(ind: Indicator, registratie: Registratie, groepeer: Grouping) -> str:
    """What the query of an indicator is made from, besides code of this library; empty where nothing says what its
    code is."""
    if ind.merk is None:
        return ""
    return " ".join(
        [
            ind.naam,
            ind.merk,
            groepeer.__name__,
            "gedeeld" * registratie.deelt,
            registratie.perioden,
            registratie.settings.of_counting,
            *registratie.aanwezig,
        ]
    )


def records(ind: Indicator, settings: Settings, checked: Path, perioden: pd.DataFrame) -> pd.DataFrame:
    """The records that are grouped: one row for each record of each of ``perioden`` (rows of ``periods``).

    First the keys that the rule's records carry; then ``SLEUTEL`` (the record's own, no totals), ``teller``,
    ``noemer``, ``persoon``, ``uniek`` and ``in_totaal`` as in ``indicator.py``; then all other columns of the rule.
    Sorted by these. Raises ``ComputeError`` when there are no checked tables.
    """
    with open_checked(settings, checked) as (engine, aanwezig):
        load_periods(engine, perioden)
        registratie = registratie_for(ind, settings, aanwezig)
        with readable(ind):
            ind = complete(ind, registratie, engine)
            rijen = ind.regel(registratie)
        kolommen = columns(ind, rijen)
        # a column with a line before its name is the other side of a join, the same once more
        eigen = [naam for naam in rijen.columns if naam not in (*kolommen, *PERIODEN) and not naam.startswith("_")]
        sleutels = [naam for naam in eigen if naam.endswith("_id")]
        volgorde = [*sleutels, *SLEUTEL, "teller", "noemer", "persoon", "uniek", "in_totaal"]
        volgorde += [naam for naam in eigen if naam not in sleutels]
        return engine.frame(rijen.mutate(**kolommen).select(volgorde).order_by(volgorde))


def registratie_for(
    ind: Indicator, settings: Settings, aanwezig: Sequence[str], geregistreerd: bool = True
) -> Registratie:
    """The registration as the indicator sees it: held against years, or against years and quarters.

    ``geregistreerd`` as in ``Registratie``.
    A rule of this library sees no other tables than its own, so that its query stays the same when those come or go.
    """
    if ind.is_ours:
        aanwezig = [naam for naam in aanwezig if naam in (*ind.tabellen, *OPTIONEEL)]
    return Registratie(settings, aanwezig, "perioden" if ind.kwartalen else "jaren", geregistreerd=geregistreerd)


@contextmanager
def open_checked(
    settings: Settings, checked: Path, queries: Path | None = None, open_engine: OpenEngine = Engine
) -> Iterator[tuple[QueryEngine, list[str]]]:
    """An engine over the checked tables of an organisation, and the names of the tables that are there."""
    paden = sorted(checked.glob("*.parquet"))
    if not paden:
        raise ComputeError(
            f"Er zijn geen gecontroleerde tabellen in {checked}. "
            f"Draai eerst: kopanalyse check --organisatie {settings.organisatie}"
        )
    with open_engine(queries) as engine:
        for pad in paden:
            engine.add_parquet(pad.stem, pad)
        yield engine, [pad.stem for pad in paden]


def _teams(waarden: Waarden) -> list[str]:
    """Every team of the registration, the rows without one, and the whole organisation."""
    namen = {naam or ONBEKEND for tabel in TABELLEN_MET_TEAM for naam in waarden(tabel, "team")}
    return [*sorted(namen), ALLE]


def _values_from(engine: QueryEngine, aanwezig: Sequence[str]) -> Waarden:
    @cache
    def waarden(tabel: str, kolom: str, **waar: str) -> Sequence[str | None]:
        if tabel not in aanwezig:
            return []
        rijen = table(tabel, column_types(TABELLEN[tabel]))
        for naam, waarde in waar.items():
            rijen = rijen.filter(rijen[naam] == waarde)
        return engine.values(rijen.select(kolom).distinct())

    return waarden


def years(
    jaren: Sequence[Periode],
    settings: Settings,
    engine: QueryEngine,
    aanwezig: Sequence[str],
    checked: Path,
    zeg: Zeg = _niets,
) -> Sequence[Periode]:
    """The years asked for, else those of the settings, else those in which trajecten started.

    Of the last a year counts with ``MINSTE_DEEL`` of the trajecten of the middle one, and not before it has begun:
    otherwise one slip of the pen makes a report. ``zeg`` hears of the others.
    """
    jaren = sorted(set(jaren)) or settings.jaren
    if not jaren and "trajecten" in aanwezig:
        t = table("trajecten", {"startdatum": "date"})
        jaar = t.startdatum.year()
        geteld = engine.frame(t.group_by(jaar=jaar).aggregate(aantal=t.count()))
        aantallen = dict(sorted(zip(geteld.jaar.tolist(), geteld.aantal.tolist())))
        waarschijnlijk, andere = _likely(aantallen, _last_day(checked).year)
        jaren = years_in(waarschijnlijk)
        if andere:
            zeg(
                "geen verslagjaar, omdat er weinig trajecten in begonnen of het nog niet begonnen is: "
                f"{', '.join(f'{jaar:04} ({aantal})' for jaar, aantal in andere.items())}. Klopt dat niet, zet dan "
                "jaren in organisatie.toml."
            )
    if not jaren:
        raise ComputeError(
            f"Er is geen verslagjaar voor {settings.organisatie}: geef --jaar, of zet jaren in organisatie.toml."
        )
    return jaren


def _likely(aantallen: dict[int, int], nu: int) -> tuple[list[int], dict[int, int]]:
    """Years that can be reporting years by the trajecten that began in them, up to the year ``nu``; and the others."""
    genoeg = MINSTE_DEEL * median(aantallen.values()) if aantallen else 0
    jaren = [jaar for jaar, aantal in aantallen.items() if aantal >= genoeg and EERSTE_JAAR <= jaar <= nu]
    return jaren, {jaar: aantal for jaar, aantal in aantallen.items() if jaar not in jaren}


def _figures(
    ind: Indicator,
    registratie: Registratie,
    engine: QueryEngine,
    perioden: pd.DataFrame,
    teams: list[str],
    waarden: Waarden,
    groepeer: Grouping,
    laatste_dag: date,
) -> pd.DataFrame:
    """All rows of one indicator: the complete grid, with figures and bounds."""
    paren = _pairs(ind, registratie, engine, waarden)
    if not paren:
        return empty()
    perioden = perioden if ind.kwartalen else perioden[perioden.kwartaal.isna()]
    rooster = [
        (periode, team, *paar)
        for periode, team, paar in product(perioden.periode, teams if has_team(ind) else [ALLE], paren)
    ]
    plaats = {sleutel: nummer for nummer, sleutel in enumerate(rooster)}
    if not ind.is_ours:  # the types of our own rules, and the words that checking takes out, leave nothing to break
        hold_records(ind, ind.regel(registratie), engine)
    geteld = engine.frame_of(made_from(ind, registratie, groepeer), lambda: groepeer(ind, ind.regel(registratie)))
    sleutels = list(geteld[SLEUTEL].itertuples(index=False, name=None))
    if buiten := sorted(set(sleutels).difference(plaats)):
        organisatie = registratie.settings.organisatie
        raise ComputeError(
            f"{ind.naam}: {' / '.join(buiten[0])} past niet bij de codelijsten van nu. Zijn de "
            f"instellingen veranderd? Draai eerst: kopanalyse check --organisatie {organisatie}"
        )
    plaatsen = [plaats[sleutel] for sleutel in sleutels]
    cijfers = pd.DataFrame(dict(zip(SLEUTEL, zip(*rooster)))).assign(
        **{naam: spread(geteld[naam], plaatsen, len(rooster)) for naam in geteld.columns if naam not in SLEUTEL}
    )
    if ind.soort == "per_1000":
        cijfers["noemer"] = _noemers(ind, registratie, engine, cijfers)
    elif ind.aandeel_van != "categorie":
        bases = cijfers[base(ind, cijfers)]  # one row per period and team, in the order of the grid
        for kolom in {"noemer", "clusters", "nn"} & set(cijfers.columns):
            cijfers[kolom] = np.repeat(bases[kolom].to_numpy(), len(paren))
    per_periode = perioden[["jaar", "kwartaal"]].loc[perioden.index.repeat(len(rooster) // len(perioden))]
    hold_figures(ind, cijfers)
    return (
        with_values(ind, cijfers.assign(jaar=per_periode.jaar.array, kwartaal=per_periode.kwartaal.array))
        .assign(
            indicator=ind.naam,
            eenheid=ind.eenheid,
            dekking=coverage(
                ind,
                registratie,
                perioden,
                cijfers,
                laatste_dag,
                cache(partial(_first_starts, ind, registratie, engine)),
            ),
        )
        .drop(columns=["kwadraten", *CLUSTERSOMMEN], errors="ignore")
    )


def _first_starts(ind: Indicator, registratie: Registratie, engine: QueryEngine) -> dict[str, date]:
    """Per period the first startdatum of the trajecten that the indicator counts."""
    r = ind.regel(registratie)
    eerste = engine.frame(r.group_by("periode").aggregate(eerste=r.startdatum.min()))
    return dict(zip(eerste.periode, pd.to_datetime(eerste.eerste).dt.date))


def _pairs(ind: Indicator, registratie: Registratie, engine: QueryEngine, waarden: Waarden) -> list[tuple[str, str]]:
    """Every categorie × subcategorie that the indicator has rows for, totals included."""
    categorieen = list(dict.fromkeys(ind.categorie(registratie, waarden))) if ind.categorie else []
    subcategorieen = [*ind.subcategorie(registratie, waarden), TOTAAL] if ind.subcategorie else [""]
    alle = list(product([*categorieen, TOTAAL] if ind.totaal else categorieen, subcategorieen))
    if ind.paren is None:
        return alle
    kolommen = engine.fetch(ind.paren(registratie).select("categorie", "subcategorie").distinct()).to_pydict()
    over_alles = {paar for paar in alle if paar[0] == TOTAAL or paar[1] in (TOTAAL, "")}
    return sorted(over_alles.union(zip(*kolommen.values())))


def _noemers(ind: Indicator, registratie: Registratie, engine: QueryEngine, cijfers: pd.DataFrame) -> np.ndarray:
    assert ind.noemers
    noemers = engine.frame(ind.noemers(registratie)).set_index("categorie").noemer.astype(float)
    noemers[TOTAAL] = noemers.sum()
    return noemers.reindex(cijfers.categorie).fillna(0).to_numpy()
