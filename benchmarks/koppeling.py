"""Reading exports through a koppeling, beside DuckDB's own reading of the same CSV."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from benchmarks.meten import function, in_turn, median, table, write_section

RIJEN, RIJEN_XLSX = 2_000_000, 100_000
TOML = """
[bron.export]
{bron}
[tabel.contacten]
bron = "export"
kolommen = {{ contact_id = "Nr", traject_id = "Dossier", datum = "Datum", vorm = "Soort", minuten = "Duur" }}
codes.vorm = {{ Telefoon = "telefonisch", Huisbezoek = "face_to_face", "*" = "overig" }}
uren = ["minuten"]
"""
ONZE = "CSV through a koppeling"


def folders(map_: Path) -> dict[str, Path]:
    """The folder of an organisation per form of its export."""
    return {vorm: map_ / "koppeling" / vorm for vorm in ("csv", "parquet", "xlsx")}


def make(map_: str) -> dict[str, int]:
    """Write organisations with the same contacten as CSV, Parquet and (fewer) .xlsx, where they are not there."""
    import duckdb

    mappen = folders(Path(map_))
    if not mappen["csv"].is_dir():
        print(f"  making {RIJEN:,} contacten", file=sys.stderr, flush=True)
        rijen = (
            "SELECT 'C' || range AS Nr, 'T' || range % 200000 AS Dossier, "
            "strftime(DATE '2017-01-01' + (range % 1400)::INT, '%d-%m-%Y') AS Datum, ['Telefoon', 'Huisbezoek', "
            "'E-mail'][range % 3 + 1] AS Soort, "
            "'0:' || lpad((range % 60)::VARCHAR, 2, '0') AS Duur FROM range({})"
        )
        for vorm, map_vorm in mappen.items():
            (map_vorm / "bron").mkdir(parents=True)
            pad = map_vorm / "bron" / f"contacten.{vorm}"
            (map_vorm / "koppeling.toml").write_text(TOML.format(bron=f'bestand = "{pad.name}"'))
            if vorm == "xlsx":
                _workbook(duckdb.sql(rijen.format(RIJEN_XLSX)), pad)
            else:
                duckdb.sql(rijen.format(RIJEN)).write_csv(str(pad), sep=";") if vorm == "csv" else (
                    duckdb.sql(rijen.format(RIJEN)).write_parquet(str(pad))
                )
    return {"rijen": RIJEN}


def _workbook(rijen, pad: Path) -> None:
    from openpyxl import Workbook

    boek = Workbook(write_only=True)
    blad = boek.create_sheet("Contacten")
    blad.append(rijen.columns)
    for rij in rijen.fetchall():
        blad.append(rij)
    boek.save(pad)


def read(map_: str, doel: str) -> dict[str, int]:
    """Read and map one organisation; its number of rows."""
    from kopanalyse.raw.bron.exports import read_exports
    from kopanalyse.raw.bron.koppeling import load_koppeling

    for naam in ("bron", "tabellen"):
        (Path(doel) / naam).mkdir(parents=True, exist_ok=True)
    exports = read_exports(load_koppeling(Path(map_)), Path(doel) / "bron", Path(doel) / "tabellen")
    return {"rijen": exports.tabellen["contacten"].rijen}


def floor(pad: str) -> dict[str, int]:
    """DuckDB's own reading of the same CSV, as texts."""
    import duckdb

    return {
        "rijen": duckdb.sql(
            f"SELECT count(Nr), count(Datum), count(Soort), count(Duur) FROM read_csv('{pad}', all_varchar = true)"
        ).fetchall()[0][0]
    }


def from_postgresql(map_: str, doel: str, adres: str) -> dict[str, int]:
    """As ``read``, from a database."""
    import os

    os.environ["BENCH_DB"] = adres
    return read(map_, doel)


def main(map_: Path, keren: int) -> None:
    """Measure reading and mapping: CSV, Parquet and PostgreSQL (2 million rows), and .xlsx (100,000)."""
    from tests import postgres

    function("benchmarks.koppeling:make", map_=str(map_))  # in a process of its own: this one has to stay small
    mappen = folders(map_)
    metingen = {
        naam: partial(function, "benchmarks.koppeling:read", map_=str(mappen[vorm]), doel=str(map_ / "uit"))
        for naam, vorm in ((ONZE, "csv"), ("Parquet", "parquet"), (f".xlsx, {RIJEN_XLSX:,} rows", "xlsx"))
    }
    metingen["floor: DuckDB's read_csv"] = partial(
        function, "benchmarks.koppeling:floor", pad=str(mappen["csv"] / "bron" / "contacten.csv")
    )
    if postgres.find() is None:
        _write(in_turn(metingen, keren))
        return
    with postgres.cluster() as adres:
        map_pg = map_ / "koppeling" / "pg"
        map_pg.mkdir(parents=True, exist_ok=True)
        (map_pg / "koppeling.toml").write_text(TOML.format(bron='verbinding = "env:BENCH_DB"\ntabel = "contacten"'))
        parquet = mappen["parquet"] / "bron" / "contacten.parquet"
        function("benchmarks.koppeling:fill", adres=adres, pad=str(parquet))
        metingen["PostgreSQL"] = partial(
            function, "benchmarks.koppeling:from_postgresql", map_=str(map_pg), doel=str(map_ / "uit"), adres=adres
        )
        _write(in_turn(metingen, keren))


def fill(adres: str, pad: str) -> dict[str, int]:
    """Put the rows of a Parquet file in the database."""
    import pyarrow.parquet as pq
    from adbc_driver_postgresql import dbapi

    with dbapi.connect(adres) as con, con.cursor() as cursor:
        cursor.adbc_ingest("contacten", pq.read_table(pad))
        con.commit()
    return {"rijen": RIJEN}


def _write(metingen) -> None:
    write_section(
        f"Koppeling, {RIJEN:,} contacten",
        f"""
Reading an export and mapping it to our table (names, a code list, hours to minutes), up to the Parquet file that is
checked. {RIJEN / median(metingen[ONZE]):,.0f} rows of CSV per second.

{table(metingen, ONZE, RIJEN)}
""",
    )
