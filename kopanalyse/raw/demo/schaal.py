"""A demonstration registration many times over, to see how the library does on the records of a country.

Every copy has keys and, by a few days, dates of its own; teams, kinds, scores and what is wrong in the rows stay as they
are, and so do all distributions. Tables without a key ending in ``_id`` describe the organisation and stay single.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from kopanalyse.checked.values import read
from kopanalyse.engine import Column, Engine, Expression, days, ifelse, strip, table
from kopanalyse.raw.read import Gelezen, find_tables, read_table
from kopanalyse.raw.schema import TABELLEN, Kolom

VERSCHUIVING = 7  # days over which the copies lie spread, so that a year's end does not fall on the same rows

README = """# Demonstratieregistratie, {schaal} keer

**Alles in deze map is synthetisch.** Geen rij gaat over een bestaand mens, gezin of traject. De registratie is de
demonstratieregistratie van `kopanalyse demo`, {schaal} keer, met voor elke keer eigen kenmerken en enkele dagen
verschoven datums. Zij is er om te meten hoe snel het gaat; de cijfers zelf zeggen niets.
"""


def vergroot(map_: Path, keer: int) -> None:
    """Replace every CSV table in ``map_`` by a Parquet file that holds it ``keer`` times; the same rows every time."""
    with Engine() as engine, TemporaryDirectory(dir=map_.parent) as tijdelijk:
        engine.add("kopieen", pa.table({"kopie": range(keer)}))
        for naam, bron in find_tables(map_)[0].items():
            gelezen = read_table(TABELLEN[naam], bron, Path(tijdelijk) / f"{naam}.parquet")
            engine.add_parquet(naam, gelezen.pad)
            engine.write(_copies(gelezen), map_ / f"{naam}.parquet")
            bron.unlink()


def _copies(gelezen: Gelezen) -> Expression:
    """All copies of one table: its columns as text, as they stand in the file."""
    namen = [naam for naam, doel in gelezen.kop.kolommen if doel in gelezen.kop.bekend]
    rijen = table(gelezen.kop.tabel.naam, dict.fromkeys(namen, "string") | {"regelnummer": "int64"})
    if not any(naam.endswith("_id") for naam in namen):
        return rijen.order_by("regelnummer").select(namen)
    rijen = rijen.cross_join(table("kopieen", {"kopie": "int64"})).order_by("kopie", "regelnummer")
    return rijen.select(**{naam: _of_copy(gelezen.kop.tabel[naam], rijen[naam], rijen.kopie) for naam in namen})


def _of_copy(kolom: Kolom, tekst: Column, kopie: Column) -> Column:
    """A value in a copy; the first copy is the demonstration itself."""
    anders = tekst
    if kolom.naam.endswith("_id"):
        anders = ifelse(strip(tekst) == "", tekst, strip(tekst) + "-" + kopie.cast("string"))
    elif kolom.soort == "datum":
        dag = read(kolom, strip(tekst)) + days(kopie % VERSCHUIVING)
        anders = dag.strftime("%Y-%m-%d").fill_null(tekst)
    return ifelse(kopie == 0, tekst, anders)
