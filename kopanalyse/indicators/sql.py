"""The query of an indicator as a script, for whoever wants to count it over again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kopanalyse.engine.duckdb import as_values
from kopanalyse.engine.query import QueryEngine
from kopanalyse.indicators.compute import (
    ComputeError,
    has_dienstverlening,
    made_from,
    open_checked,
    registratie_for,
    years,
)
from kopanalyse.indicators.grouping import NIVEAUS, plain
from kopanalyse.indicators.indicator import Indicator
from kopanalyse.indicators.long_table import periods
from kopanalyse.indicators.registratie import PERIODEN
from kopanalyse.periode import Periode
from kopanalyse.settings import Settings


def script(ind: Indicator, settings: Settings, processed: Path, jaren: Sequence[Periode]) -> str:
    """The indicator's query as a script that DuckDB's own shell runs: tables first, then ``plain``.

    ``compute`` gives the same figures, of many rows by a longer query that takes less time.
    """
    checked = Path(processed) / settings.organisatie / "checked"
    with open_checked(settings, checked) as (engine, aanwezig):
        jaren = years(jaren, settings, engine, aanwezig, checked)
        if not ind.is_possible(registratie_for(ind, settings, aanwezig, has_dienstverlening(checked))):
            ook = " en contacten, of een geregistreerde dienstverlening" if ind.kort_of_casus else ""
            raise ComputeError(
                f"{ind.naam} kan niet voor {settings.organisatie}: nodig zijn "
                f"{', '.join(ind.tabellen)}{ook}; aanwezig zijn {', '.join(aanwezig)}."
            )
        return script_over(ind, settings, checked, aanwezig, jaren, engine)


def script_over(
    ind: Indicator,
    settings: Settings,
    checked: Path,
    aanwezig: Sequence[str],
    jaren: Sequence[Periode],
    engine: QueryEngine,
) -> str:
    """The same, over the tables ``aanwezig`` in ``checked`` as the script must name that folder; reads nothing."""
    registratie = registratie_for(ind, settings, aanwezig)
    perioden = periods(jaren)
    if not ind.kwartalen:
        perioden = perioden[perioden.kwartaal.isna()]
    views = [f"CREATE VIEW {naam} AS FROM '{(checked / naam).as_posix()}.parquet';" for naam in aanwezig]
    return "\n".join(
        [
            f"-- {ind.titel}: {ind.definition(settings)}",
            "-- compute voegt hierna de rijen toe die 0 zijn, waarde en interval"
            + ("." if ind.aandeel_van == "categorie" else ", en rekent elk aandeel op de noemer van de rij totaal."),
            *views,
            f"CREATE TABLE {registratie.perioden} AS {as_values(perioden[list(PERIODEN)])};",
            f"CREATE TABLE niveaus AS {as_values(NIVEAUS)};",
            "",
            f"{engine.sql_of(made_from(ind, registratie, plain), lambda: plain(ind, ind.regel(registratie)))};",
        ]
    )
