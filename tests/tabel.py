"""Tiny registrations as text: columns apart by white space, ``-`` for an empty value."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kopanalyse.indicators.voorbeelden.voorbeeld import rows
from kopanalyse.raw.schema import TABELLEN, column_types

ARROW = {
    "string": pa.string(),
    "date": pa.date32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "boolean": pa.bool_(),
}


def write_raw(map_: Path, tabellen: dict[str, str]) -> None:
    """Write text tables as raw CSV files."""
    map_.mkdir(parents=True, exist_ok=True)
    for naam, tekst in tabellen.items():
        rijen = [
            [("" if waarde == "-" else waarde) for waarde in regel.split()] for regel in tekst.strip().splitlines()
        ]
        (map_ / f"{naam}.csv").write_text("".join(";".join(rij) + "\n" for rij in rijen), encoding="utf-8")


def write_checked(map_: Path, tabellen: dict[str, str]) -> None:
    """Write text tables as checked Parquet files, with the types and all the columns of the data dictionary."""
    for naam, tekst in tabellen.items():
        rijen = rows(tekst)
        kolommen = {}
        for kolom, soort in column_types(TABELLEN[naam]).items():
            waarden = [None if rij.get(kolom, "-") == "-" else rij[kolom] for rij in rijen]
            if soort == "boolean":
                waarden = [None if waarde is None else waarde == "ja" for waarde in waarden]
            kolommen[kolom] = pa.array(waarden).cast(ARROW[soort]) if waarden else pa.array([], ARROW[soort])
        pq.write_table(pa.table(kolommen), map_ / f"{naam}.parquet")
