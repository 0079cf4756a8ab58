"""From declarations to the long table.

For every indicator one query runs over the checked tables: its records, grouped (``grouping``). What comes out is
small; pandas then fills the grid of all asked periods × teams × categories, so that a figure that is zero is there as a
zero.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kopanalyse import statistics
from kopanalyse.engine import Engine, Expression, QueryEngine, as_values, table
from kopanalyse.errors import DataError
from kopanalyse.indicators import INDICATOREN
from kopanalyse.indicators.grouping import (
    NIVEAUS, SLEUTEL, TABELLEN_MET_TEAM, columns, grouped, has_team, plain,
)
from kopanalyse.indicators.indicator import ALLE, ONBEKEND, TOTAAL, Indicator, Waarden
from kopanalyse.indicators.registratie import GEDEELD, OPTIONEEL, PERIODEN, Registratie
from kopanalyse.raw.schema import TABELLEN, column_types
from kopanalyse.settings import Settings

KOLOMMEN = ("organisatie", "indicator", "periode", "jaar", "kwartaal", "team", "categorie", "subcategorie", "eenheid",
            "teller", "noemer", "waarde", "n_personen", "ondergrens", "bovengrens")
GROOT = 200_000  # rows of the largest table; from about there ``grouped`` is the faster

Meld = Callable[[str, int, int], None]
Grouping = Callable[[Indicator, Expression], Expression]
OpenEngine = Callable[[Path | None], QueryEngine]
"""Opens an engine, given the file that keeps its queries."""


def _zwijg(naam: str, gedaan: int, totaal: int) -> None:
    """Report no progress."""


class ComputeError(DataError):
    """The figures cannot be computed; the message (Dutch) says why and what to do."""


def compute(settings: Settings, processed: Path, jaren: Sequence[int], *, meld: Meld = _zwijg,
            queries: Path | None = None, open_engine: OpenEngine = Engine) -> pd.DataFrame:
    """Compute every indicator that the organisation's checked tables allow, and write the long table.

    Reads ``processed/<organisatie>/checked/``, writes ``cijfers.parquet`` and ``cijfers.csv`` beside it (both are
    replaced whole) and returns the same rows. Further as ``figures``.
    """
    map_ = Path(processed) / settings.organisatie
    cijfers = figures(settings, map_ / "checked", jaren, meld=meld, queries=queries, open_engine=open_engine)
    _write(cijfers, map_, settings.fingerprint)
    return cijfers


def figures(settings: Settings, checked: Path, jaren: Sequence[int], *,
            indicatoren: Sequence[Indicator] = (), meld: Meld = _zwijg, queries: Path | None = None,
            open_engine: OpenEngine = Engine) -> pd.DataFrame:
    """The long table (``KOLOMMEN``) of these indicators, or of all, over the Parquet files in ``checked``.

    ``jaren`` are the reporting years; none means those of the settings, or else the years in which trajecten started.
    ``meld(indicator, done, total)`` is told of progress; ``queries`` as in ``Engine``. The figures are the same on
    every engine. Raises ``ComputeError`` when there are no checked tables or no years.
    """
    indicatoren = indicatoren or list(INDICATOREN.values())
    with open_checked(settings, checked, queries, open_engine) as (engine, aanwezig):
        engine.spill_to(checked.parent / f".geheugen.{os.getpid()}")
        perioden = periods(years(jaren, settings, engine, aanwezig))
        load_periods(engine, perioden)
        engine.add("niveaus", NIVEAUS)
        waarden = _values_from(engine, aanwezig)
        teams = _teams(waarden)
        for naam, woord in GEDEELD.items():
            engine.offer(naam, partial(woord, Registratie(settings, aanwezig, deelt=True)))
        groepeer = _grouping(engine, checked)
        delen = [_empty()]
        for gedaan, ind in enumerate(indicatoren):
            meld(ind.naam, gedaan, len(indicatoren))
            registratie = replace(registratie_for(ind, settings, aanwezig), deelt=True)
            if ind.is_possible(registratie):
                delen.append(_figures(ind, registratie, engine, perioden, teams, waarden, groepeer))
        meld("", len(indicatoren), len(indicatoren))
    cijfers = pd.concat(delen, ignore_index=True).assign(organisatie=settings.organisatie)
    return cijfers[list(KOLOMMEN)]


def periods(jaren: Sequence[int]) -> pd.DataFrame:
    """The years and their quarters: periode (``2019``, ``2019-K3``), jaar, kwartaal, begin and eind (both included)."""
    rijen = []
    for jaar in jaren:
        rijen.append((str(jaar), jaar, None, date(jaar, 1, 1), date(jaar, 12, 31)))
        for kwartaal in (1, 2, 3, 4):
            begin = date(jaar, 3 * kwartaal - 2, 1)
            volgende = date(jaar + kwartaal // 4, 3 * kwartaal % 12 + 1, 1)
            rijen.append((f"{jaar}-K{kwartaal}", jaar, kwartaal, begin, volgende - timedelta(days=1)))
    perioden = pd.DataFrame(rijen, columns=["periode", "jaar", "kwartaal", "begin", "eind"])
    return perioden.astype({"kwartaal": "Int64"})


def load_periods(engine: QueryEngine, perioden: pd.DataFrame) -> None:
    """Let the engine know ``perioden`` (rows of ``periods``) as the tables that rules hold records against."""
    engine.add("perioden", perioden[list(PERIODEN)])
    engine.add("jaren", perioden.loc[perioden.kwartaal.isna(), list(PERIODEN)])


def _grouping(engine: QueryEngine, checked: Path) -> Grouping:
    """What groups records soonest here: ``grouped`` takes the engine longer to plan than few rows take to group."""
    groot = any(pq.read_metadata(pad).num_rows >= GROOT for pad in checked.glob("*.parquet"))
    return grouped if groot and engine.shares_subqueries else plain


def _made_from(ind: Indicator, registratie: Registratie, groepeer: Grouping) -> str:
    """What the query of an indicator is made from, besides code of this library; empty where other code declares it."""
    if not _is_ours(ind):
        return ""
    return " ".join([ind.naam, groepeer.__name__, "gedeeld" * registratie.deelt, registratie.perioden,
                     registratie.settings.fingerprint, *registratie.aanwezig])


def _is_ours(ind: Indicator) -> bool:
    """Whether an indicator is one of the catalogue, and its rule code of this library."""
    return INDICATOREN.get(ind.naam) is ind and ind.regel.__module__.startswith("kopanalyse.")


def records(ind: Indicator, settings: Settings, checked: Path, perioden: pd.DataFrame) -> pd.DataFrame:
    """The records that are grouped: one row for each record of each of ``perioden`` (rows of ``periods``).

    First the keys that the rule's records carry; then ``SLEUTEL`` (the record's own, no totals), ``teller``,
    ``noemer``, ``persoon``, ``uniek`` and ``in_totaal`` as in ``indicator.py``; then all other columns of the rule.
    Sorted by these. Raises ``ComputeError`` when there are no checked tables.
    """
    with open_checked(settings, checked) as (engine, aanwezig):
        load_periods(engine, perioden)
        rijen = ind.regel(registratie_for(ind, settings, aanwezig))
        kolommen = columns(ind, rijen)
        # a column with a line before its name is the other side of a join, the same once more
        eigen = [naam for naam in rijen.columns if naam not in (*kolommen, *PERIODEN) and not naam.startswith("_")]
        sleutels = [naam for naam in eigen if naam.endswith("_id")]
        volgorde = [*sleutels, *SLEUTEL, "teller", "noemer", "persoon", "uniek", "in_totaal"]
        volgorde += [naam for naam in eigen if naam not in sleutels]
        return engine.frame(rijen.mutate(**kolommen).select(volgorde).order_by(volgorde))


def script(ind: Indicator, settings: Settings, processed: Path, jaren: Sequence[int]) -> str:
    """The indicator's query as a script that DuckDB's own shell runs: tables first, then ``plain``.

    ``compute`` gives the same figures, of many rows by a longer query that takes less time.
    """
    checked = Path(processed) / settings.organisatie / "checked"
    with open_checked(settings, checked) as (engine, aanwezig):
        jaren = years(jaren, settings, engine, aanwezig)
        if not ind.is_possible(registratie_for(ind, settings, aanwezig)):
            raise ComputeError(f"{ind.naam} kan niet voor {settings.organisatie}: nodig zijn "
                               f"{', '.join(ind.tabellen)}; aanwezig zijn {', '.join(aanwezig)}.")
        return script_over(ind, settings, checked, aanwezig, jaren, engine)


def script_over(ind: Indicator, settings: Settings, checked: Path, aanwezig: Sequence[str],
                jaren: Sequence[int], engine: QueryEngine) -> str:
    """The same, over the tables ``aanwezig`` in ``checked`` as the script must name that folder; reads nothing."""
    registratie = registratie_for(ind, settings, aanwezig)
    perioden = periods(jaren)
    if not ind.kwartalen:
        perioden = perioden[perioden.kwartaal.isna()]
    views = [f"CREATE VIEW {naam} AS FROM '{(checked / naam).as_posix()}.parquet';" for naam in aanwezig]
    return "\n".join([
        f"-- {ind.titel}: {ind.definition(settings)}",
        "-- compute voegt hierna de rijen toe die 0 zijn, waarde en interval"
        + ("." if ind.aandeel_van == "categorie" else ", en rekent elk aandeel op de noemer van de rij totaal."), *views,
        f"CREATE TABLE {registratie.perioden} AS {as_values(perioden[list(PERIODEN)])};",
        f"CREATE TABLE niveaus AS {as_values(NIVEAUS)};", "",
        f"{engine.sql_of(_made_from(ind, registratie, plain), lambda: plain(ind, ind.regel(registratie)))};"])


def registratie_for(ind: Indicator, settings: Settings, aanwezig: Sequence[str]) -> Registratie:
    """The registration as the indicator sees it: held against years, or against years and quarters.

    A rule of this library sees no other tables than its own, so that its query stays the same when those come or go.
    """
    if _is_ours(ind):
        aanwezig = [naam for naam in aanwezig if naam in (*ind.tabellen, *OPTIONEEL)]
    return Registratie(settings, aanwezig, "perioden" if ind.kwartalen else "jaren")


@contextmanager
def open_checked(settings: Settings, checked: Path, queries: Path | None = None,
                 open_engine: OpenEngine = Engine) -> Iterator[tuple[QueryEngine, list[str]]]:
    """An engine over the checked tables of an organisation, and the names of the tables that are there."""
    paden = sorted(checked.glob("*.parquet"))
    if not paden:
        raise ComputeError(f"Er zijn geen gecontroleerde tabellen in {checked}. "
                           f"Draai eerst: kopanalyse check --organisatie {settings.organisatie}")
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


def years(jaren: Sequence[int], settings: Settings, engine: QueryEngine, aanwezig: Sequence[str]) -> Sequence[int]:
    """The years asked for, else those of the settings, else those in which trajecten started."""
    jaren = sorted(set(jaren)) or settings.jaren
    if not jaren and "trajecten" in aanwezig:
        start = table("trajecten", {"startdatum": "date"}).startdatum
        jaren = sorted(engine.values(start.year().name("jaar").as_table().distinct()))
    if not jaren:
        raise ComputeError(f"Er is geen verslagjaar voor {settings.organisatie}: geef --jaar, of zet jaren in "
                           "organisatie.toml.")
    return jaren


def _figures(ind: Indicator, registratie: Registratie, engine: QueryEngine, perioden: pd.DataFrame, teams: list[str],
             waarden: Waarden, groepeer: Grouping) -> pd.DataFrame:
    """All rows of one indicator: the complete grid, with figures and bounds."""
    paren = _pairs(ind, registratie, engine, waarden)
    if not paren:
        return _empty()
    perioden = perioden if ind.kwartalen else perioden[perioden.kwartaal.isna()]
    rooster = [(periode, team, *paar) for periode, team, paar
               in product(perioden.periode, teams if has_team(ind) else [ALLE], paren)]
    plaats = {sleutel: nummer for nummer, sleutel in enumerate(rooster)}
    geteld = engine.frame_of(_made_from(ind, registratie, groepeer), lambda: groepeer(ind, ind.regel(registratie)))
    sleutels = list(geteld[SLEUTEL].itertuples(index=False, name=None))
    if buiten := sorted(set(sleutels).difference(plaats)):
        organisatie = registratie.settings.organisatie
        raise ComputeError(f"{ind.naam}: {' / '.join(buiten[0])} past niet bij de codelijsten van nu. Zijn de "
                           f"instellingen veranderd? Draai eerst: kopanalyse check --organisatie {organisatie}")
    plaatsen = [plaats[sleutel] for sleutel in sleutels]
    cijfers = pd.DataFrame(dict(zip(SLEUTEL, zip(*rooster)))).assign(
        **{naam: _spread(geteld[naam], plaatsen, len(rooster)) for naam in geteld.columns if naam not in SLEUTEL})
    if ind.soort == "per_1000":
        cijfers["noemer"] = _noemers(ind, registratie, engine, cijfers)
    elif ind.aandeel_van != "categorie":
        basis = cijfers.noemer[cijfers.categorie == TOTAAL]  # one row per period and team, in the order of the grid
        cijfers["noemer"] = np.repeat(basis.to_numpy(), len(paren))
    per_periode = perioden[["jaar", "kwartaal"]].loc[perioden.index.repeat(len(rooster) // len(perioden))]
    return _with_values(ind, cijfers.assign(jaar=per_periode.jaar.array, kwartaal=per_periode.kwartaal.array)).assign(
        indicator=ind.naam, eenheid=ind.eenheid).drop(columns="kwadraten")


def _spread(geteld: pd.Series, plaatsen: list[int], lengte: int) -> np.ndarray:
    """What was counted, each at its place in the grid of ``lengte`` rows, and 0 where nothing was."""
    waarden = np.zeros(lengte)
    waarden[plaatsen] = geteld
    return waarden


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
    noemers = engine.frame(ind.noemers(registratie)).set_index("categorie").noemer.astype(float)
    noemers[TOTAAL] = noemers.sum()
    return noemers.reindex(cijfers.categorie).fillna(0).to_numpy()


def _with_values(ind: Indicator, cijfers: pd.DataFrame) -> pd.DataFrame:
    """``waarde`` and the bounds, by the kind of figure; a figure without a base stays empty."""
    teller, noemer = cijfers.teller.to_numpy(), cijfers.noemer.to_numpy()
    leeg = np.full(len(cijfers), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = np.where(noemer > 0, teller / noemer, np.nan)
    if ind.soort == "aandeel":
        waarde, (onder, boven) = quotient, statistics.wilson(teller, noemer)
    elif ind.soort == "gemiddelde":
        waarde, (onder, boven) = quotient, statistics.student(teller, cijfers.kwadraten.to_numpy(), noemer)
    elif ind.soort == "per_1000":
        schaal = np.where(noemer > 0, 1000 / np.where(noemer > 0, noemer, 1), np.nan)
        waarde, (onder, boven) = quotient * 1000, (grens * schaal for grens in statistics.garwood(teller))
    else:
        waarde, noemer, onder, boven = teller, leeg, leeg, leeg
    return cijfers.assign(noemer=noemer, waarde=waarde, n_personen=cijfers.n_personen.astype("int64"),
                          ondergrens=onder, bovengrens=boven)


def _empty() -> pd.DataFrame:
    soorten = {"jaar": "int64", "kwartaal": "Int64", "n_personen": "int64"} | dict.fromkeys(
        ("teller", "noemer", "waarde", "ondergrens", "bovengrens"), "float64")
    return pd.DataFrame({kolom: pd.Series(dtype=soorten.get(kolom, "str")) for kolom in KOLOMMEN[1:]})


def _write(cijfers: pd.DataFrame, map_: Path, instellingen: str) -> None:
    """Write both forms beside their place first, then rename: a reader never meets half a table.

    The Parquet file remembers by which settings it was computed.
    """
    tabel = pa.Table.from_pandas(cijfers, preserve_index=False)
    tabel = tabel.replace_schema_metadata({**tabel.schema.metadata, "instellingen": instellingen})
    als_tekst = cijfers.astype(object)
    for kolom in ("teller", "noemer", "waarde", "ondergrens", "bovengrens"):
        als_tekst[kolom] = [_number(getal) for getal in cijfers[kolom]]
    schrijf = {"cijfers.parquet": lambda pad: pq.write_table(tabel, pad),
               "cijfers.csv": lambda pad: als_tekst.to_csv(pad, index=False, lineterminator="\n")}
    ernaast = {naam: map_ / f".{naam}.{os.getpid()}" for naam in schrijf}
    try:
        for naam, pad in ernaast.items():
            schrijf[naam](pad)
        for naam, pad in ernaast.items():
            os.replace(pad, map_ / naam)
    finally:
        for pad in ernaast.values():
            pad.unlink(missing_ok=True)


def _number(getal: float) -> str:
    """Shortest text that reads back as the same number; empty for a missing one."""
    if np.isnan(getal):
        return ""
    return str(int(getal)) if getal == int(getal) else repr(float(getal))
