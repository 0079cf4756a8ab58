"""What the benchmarks measure of ours, and the floors under it: each runs in a process of its own (see ``meten``).

What is imported here is not in the time that is measured: the process that measures never imports this module.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
from pyarrow.parquet import read_metadata

from benchmarks.met_sql import FIGUUR, KOLOMMEN, VRAGEN
from kopanalyse import open_rapport
from kopanalyse.checked import check as controle
from kopanalyse.engine.query import cache_file
from kopanalyse.indicators.catalogue import own_definitions
from kopanalyse.indicators.compute import figures
from kopanalyse.settings import load_settings

ORGANISATIE = "dekop"


def indicators(checked: str, queries: str = "", alle: bool = False) -> pd.DataFrame:
    """Our figures of the indicators that the peers know, or of the whole catalogue."""
    gekozen = () if alle else [own_definitions().indicatoren[naam] for naam in VRAGEN]
    return figures(
        load_settings(ORGANISATIE), Path(checked), (), indicatoren=gekozen, queries=Path(queries) if queries else None
    )[FIGUUR]


def check(raw: str, processed: str) -> dict[str, int]:
    """Check the registration; returns what was found."""
    gevonden = controle.check(
        load_settings(ORGANISATIE), Path(raw), Path(processed), queries=cache_file("check", ORGANISATIE)
    )
    return {
        "tabellen": len(gevonden.inlezen),
        "rijen": sum(telling.gelezen for telling in gevonden.inlezen),
        "quarantaine": sum(telling.quarantaine for telling in gevonden.inlezen),
        "bevindingen": gevonden.fouten + gevonden.waarschuwingen,
    }


def decode(map_: str, alle: bool = True) -> None:
    """Read all columns of the Parquet files in a folder, or only those that the peers' figures need.

    A checksum makes sure of that: a minimum, or a number, DuckDB would take from the file's statistics.
    """
    with duckdb.connect() as con:
        for pad in sorted(Path(map_).glob("*.parquet")):
            if kolommen := "*" if alle else KOLOMMEN.get(pad.stem):
                con.execute(f"SELECT bit_xor(hash(COLUMNS({kolommen}))) FROM '{pad}'").fetchall()


def years() -> list[int]:
    """The reporting years of the settings."""
    return [periode.jaar for periode in load_settings(ORGANISATIE).jaren]


def rows(checked: str) -> dict[str, int]:
    """Rows per checked table."""
    return {pad.stem: read_metadata(pad).num_rows for pad in Path(checked).glob("*.parquet")}


def draw(jaar: int, gevraagd: list[tuple[str, str, str]]) -> None:
    """Draw what notebooks show, one after another: team, ``figuur`` or ``tabel``, and its name."""
    rapporten = {team: open_rapport(ORGANISATIE, jaar, team) for team in dict.fromkeys(team for team, _, _ in gevraagd)}
    for team, soort, naam in gevraagd:
        getattr(rapporten[team], soort)(naam)
