"""A demonstration registration many times over, to see how the library does on the records of a country.

Every copy has keys of its own and days that lie a little later in the same year; teams, kinds, scores and what is wrong
in the rows stay as they are, and so do all distributions. The villages are the same ones, with so many times as many
inwoners.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from kopanalyse.checked.values import KERNEN, read
from kopanalyse.engine.duckdb import Engine
from kopanalyse.engine.words import Column, Expression, days, ifelse, months, strip, table
from kopanalyse.raw.schema import TABELLEN, Kolom
from kopanalyse.raw.tables.find import find_tables
from kopanalyse.raw.tables.read import Gelezen, read_table

VERSCHUIVING = 7  # days over which the copies lie spread
EERSTE_VAN_DE_MAAND = "maand"  # the one date that is no day
_RIJEN_PER_KEER = 250_000  # what is in memory at once, whatever the scale

README = """# Demonstratieregistratie, {keer} keer

**Alles in deze map is synthetisch.** Geen rij gaat over een bestaand mens, gezin of traject. De registratie is die van
`kopanalyse demo`, {keer} keer: elke keer met eigen kenmerken, en met dagen die binnen hetzelfde jaar tot
{dagen} dagen later vallen. De kernen staan er één keer in, met {keer} keer zoveel inwoners. Rijen met meer waarden dan
er kolommen zijn, ontbreken: die kan een Parquet-bestand niet bevatten. De registratie is er om te meten hoe lang het
rekenen duurt; de teksten in deze map gaan over de gewone demonstratie.
"""


def readme(keer: int) -> bytes:
    """The README of a registration that holds the demonstration ``keer`` times."""
    return README.format(keer=keer, dagen=VERSCHUIVING - 1).encode("utf-8")


def multiply(map_: Path, keer: int, meld: Callable[[str, int, int], None]) -> None:
    """Replace every CSV table in ``map_`` by a Parquet file that holds it ``keer`` times; the same rows every time.

    ``meld(table, done, total)`` is told of progress.
    """
    with Engine() as engine, TemporaryDirectory(dir=map_.parent) as tijdelijk:
        bestanden = find_tables(map_)[0]
        for gedaan, (naam, bron) in enumerate(bestanden.items()):
            gelezen = read_table(TABELLEN[naam], bron, Path(tijdelijk) / f"{naam}.parquet")
            engine.add_parquet(naam, gelezen.pad)
            _write(
                engine,
                gelezen,
                keer,
                map_ / f"{naam}.parquet",
                lambda kopieen: meld(naam, gedaan * keer + kopieen, len(bestanden) * keer),
            )
            bron.unlink()


def _write(engine: Engine, gelezen: Gelezen, keer: int, pad: Path, meld: Callable[[int], None]) -> None:
    """Write the copies of one table, some at a time and one after another, as Parquet."""
    rijen, aantal = (_kernen(gelezen, keer), 1) if gelezen.kop.tabel.naam == KERNEN else (_copies(gelezen), keer)
    per_keer = max(1, _RIJEN_PER_KEER // max(1, gelezen.rijen))
    schema = pa.schema([(naam, pa.string()) for naam in rijen.columns])
    with pq.ParquetWriter(pad, schema, compression="zstd") as uit:
        for eerste in range(0, aantal, per_keer):
            meld(eerste)
            engine.add("kopieen", pa.table({"kopie": range(eerste, min(eerste + per_keer, aantal))}))
            uit.write_table(engine.fetch(rijen).cast(schema))


def _rows(gelezen: Gelezen) -> tuple[list[str], Expression]:
    """The columns of the table that are in its file, and its rows: texts, as they stand there."""
    namen = [naam for naam, doel in gelezen.kop.kolommen if doel in gelezen.kop.bekend]
    rijen = table(gelezen.kop.tabel.naam, dict.fromkeys([*namen, "overtollig"], "string") | {"regelnummer": "int64"})
    return namen, rijen.filter(rijen.overtollig.isnull())


def _copies(gelezen: Gelezen) -> Expression:
    """The rows of one table for each copy in the engine's table ``kopieen``."""
    namen, rijen = _rows(gelezen)
    rijen = rijen.cross_join(table("kopieen", {"kopie": "int64"})).order_by("kopie", "regelnummer")
    return rijen.select(**{naam: _of_copy(gelezen.kop.tabel[naam], rijen[naam], rijen.kopie) for naam in namen})


def _kernen(gelezen: Gelezen, keer: int) -> Expression:
    """The villages, with ``keer`` times their inwoners."""
    namen, rijen = _rows(gelezen)
    kaal = strip(rijen.inwoners)
    inwoners = (read(gelezen.kop.tabel["inwoners"], kaal) * keer).cast("string")
    return rijen.order_by("regelnummer").mutate(inwoners=_instead(rijen.inwoners, kaal, inwoners)).select(namen)


def _of_copy(kolom: Kolom, tekst: Column, kopie: Column) -> Column:
    """A value in a copy. Every copy, the first too, has keys that end in its number, so that no two are the same."""
    kaal = strip(tekst)
    if kolom.naam.endswith("_id"):
        return _instead(tekst, kaal, kaal + "-" + kopie.cast("string"))
    if kolom.soort != "datum" or kolom.naam == EERSTE_VAN_DE_MAAND:
        return tekst
    dag = read(kolom, kaal)
    later = dag + days(kopie * (VERSCHUIVING - 1) % VERSCHUIVING)  # 0, 6, 5 … for copies 0, 1, 2 …
    later = ifelse(later.year() == dag.year(), later, dag.truncate("Y") + months(12) - days(1))
    vorm = ifelse(kaal.re_search("^[0-9]{4}-"), later.strftime("%Y-%m-%d"), later.strftime("%d-%m-%Y"))
    return _instead(tekst, kaal, vorm)


def _instead(tekst: Column, kaal: Column, nieuw: Column) -> Column:
    """``tekst`` with ``nieuw`` for ``kaal``, its value without white space; as it is where one is missing."""
    return ifelse((kaal == "") | nieuw.isnull(), tekst, tekst.replace(kaal, nieuw))
