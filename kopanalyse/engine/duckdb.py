"""The engine that counts unless another is asked for: DuckDB, inside this process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kopanalyse.engine.query import QueryEngine
from kopanalyse.engine.words import WITRUIMTE, Expression, table
from kopanalyse.files import beside

if TYPE_CHECKING:
    import pandas


def is_engine_error(fout: Exception) -> bool:
    """Whether ``fout`` comes from running a query; its message quotes values of the rows."""
    return isinstance(fout, duckdb.Error)


def is_unreadable(fout: Exception) -> bool:
    """Whether ``fout`` says that a file is damaged, and not that memory, the disk or the query falls short."""
    return type(fout) in (duckdb.Error, duckdb.InvalidInputException)


def as_values(rijen: pandas.DataFrame) -> str:
    """A small frame of texts, dates and booleans as a query that needs no file."""
    regels = ", ".join(f"({', '.join(map(_value, rij))})" for rij in rijen.itertuples(index=False))
    return f"SELECT * FROM (VALUES {regels}) AS t({', '.join(map(_quoted, rijen.columns))})"


def _memory_limit() -> str:
    """What DuckDB may hold where it may spill: under 2 GB with Python beside it, or what every core needs to work."""
    return f"{max(1_200, 300 * (os.cpu_count() or 1))}MB"


class Engine(QueryEngine):
    """One embedded DuckDB database in memory, with what checking needs besides."""

    dialect = "duckdb"
    shares_subqueries = True

    def __init__(self, queries: Path | None = None) -> None:
        super().__init__(queries)
        self._con = duckdb.connect()
        self._con.execute("SET preserve_insertion_order = true")
        self._con.execute("SET TimeZone = 'UTC'")
        for woord in _words():
            self._con.execute(woord)
        with suppress(duckdb.InvalidInputException):  # in a notebook without the widgets that it would take
            self._con.execute("SET enable_progress_bar = false")  # its own, which a pipe would get too
        self._vandaag = ""

    def selects(self, query: str) -> bool:
        try:
            return [deel.type for deel in self._con.extract_statements(query)] == [duckdb.StatementType.SELECT]
        except duckdb.Error:
            return False

    def start_on(self, dag: date) -> None:
        """Let ``today()`` be this day."""
        self._vandaag = f"SET VARIABLE vandaag = DATE {_text(dag)}"
        self._con.execute(self._vandaag)

    def close(self) -> None:
        self._con.close()

    def add_parquet(self, naam: str, pad: Path) -> None:
        self._con.from_parquet(str(pad)).create_view(naam)

    def add_texts(self, naam: str, pad: Path, kolommen: Mapping[str, str | None]) -> None:
        """Let ``naam`` be the rows of the Parquet file ``pad``, with their place in it, from 1, as ``regelnummer``.

        ``kolommen`` has for every column its name in the file, None for a column that is missing in every row.
        """
        namen = ", ".join(
            f"{_quoted(bron) if bron else 'CAST(NULL AS VARCHAR)'} AS {_quoted(kolom)}"
            for kolom, bron in kolommen.items()
        )
        self._con.execute(
            f"CREATE VIEW {_quoted(naam)} AS SELECT {namen}, file_row_number + 1 AS regelnummer FROM "
            f"read_parquet({_text(pad)}, file_row_number = true, hive_partitioning = false)"
        )

    def add(self, naam: str, rijen: pa.Table | pandas.DataFrame) -> None:
        self._con.register("_rijen", rijen)
        self._execute(f"CREATE OR REPLACE TABLE {_quoted(naam)} AS SELECT * FROM _rijen")
        self._con.unregister("_rijen")

    def spill_to(self, map_: Path) -> None:
        self._con.execute(f"SET memory_limit = '{_memory_limit()}'")
        self._con.execute(f"SET temp_directory = {_text(map_)}")  # made at the first need, gone when the session ends

    def _execute(self, query: str) -> duckdb.DuckDBPyConnection:
        """Run a query; when it does not fit in the memory that ``spill_to`` leaves it, with all that there is."""
        try:
            return self._con.execute(query)
        except duckdb.OutOfMemoryException:
            self._con.execute("RESET memory_limit")
            return self._con.execute(query)

    def create_of(self, naam: str, van: str, maak: Callable[[], Expression]) -> Expression:
        return self._let("TABLE", naam, van, maak)

    def name_of(self, naam: str, van: str, maak: Callable[[], Expression]) -> Expression:
        """Let ``naam`` stand for ``maak()``, computed wherever it is read, and return that table to build on.

        What builds on a name is compiled without what stands behind it. ``van`` as in ``create_of``.
        """
        return self._let("VIEW", naam, van, maak)

    def _let(self, wat: str, naam: str, van: str, maak: Callable[[], Expression]) -> Expression:
        query = self._query_of(van, maak)
        self._execute(f"CREATE OR REPLACE {wat} {_quoted(naam)} AS {self._ready(query)}")
        return table(naam, query.kolommen)

    def store(self, naam: str, expression: Expression, pad: Path) -> Expression:
        """Compute ``expression`` once into the Parquet file ``pad``, for what may not fit in memory.

        Otherwise as ``create``.
        """
        return self.store_of(naam, "", lambda: expression, pad)

    def store_of(self, naam: str, van: str, maak: Callable[[], Expression], pad: Path) -> Expression:
        """As ``store(naam, maak(), pad)``; ``van`` as in ``create_of``."""
        query = self._query_of(van, maak)
        self._copy(self._ready(query), pad)
        self.add_parquet(naam, pad)
        return table(naam, query.kolommen)

    def store_repeated(self, naam: str, getallen: Expression, pad: Path) -> None:
        """Let ``naam`` be every number that stands more than once in ``getallen``, rows of one number, never missing.

        They are sorted in memory, 8 bytes each: groups take the engine four times as long and three times the memory.
        ``pad`` is the Parquet file that keeps the outcome.
        """
        (kolom,) = getallen.columns
        reeks = self._execute(self._sql(getallen)).fetchnumpy()[kolom]
        reeks.sort()
        pq.write_table(pa.table({kolom: np.unique(reeks[1:][reeks[1:] == reeks[:-1]])}), pad)
        self.add_parquet(naam, pad)

    def fetch(self, expression: Expression) -> pa.Table:
        return self._con.sql(self._sql(expression)).to_arrow_table()

    def _frame(self, query: str) -> pandas.DataFrame:
        return self._execute(query).df()

    def values(self, expression: Expression) -> list[Any]:
        return [rij[0] for rij in self._execute(self._sql(expression)).fetchall()]

    def write(self, expression: Expression, pad: Path, **kenmerken: str) -> int:
        """Write ``expression`` as the Parquet file ``pad``, whole or not; returns its rows.

        ``kenmerken`` are kept in the file, beside its rows.
        """
        with beside(pad) as ernaast:
            return self._copy(self._sql(expression), ernaast, **kenmerken)

    def _copy(self, query: str, pad: Path, **kenmerken: str) -> int:
        erbij = ", ".join(f"{_quoted(naam)}: {_text(waarde)}" for naam, waarde in kenmerken.items())
        vorm = f"FORMAT parquet, COMPRESSION zstd{erbij and f', KV_METADATA {{{erbij}}}'}"
        ((rijen,),) = self._execute(f"COPY ({query}) TO {_text(pad)} ({vorm})").fetchall()
        return rijen

    def rows(self, expression: Expression) -> Iterator[tuple[Any, ...]]:
        """The rows of ``expression`` as Python values, fetched some thousands at a time: there may be many."""
        cursor = self._con.cursor()  # other queries run meanwhile; it shares the tables, and not what was set
        if self._vandaag:
            cursor.execute(self._vandaag)
        uitkomst = cursor.execute(self._sql(expression))
        while deel := uitkomst.fetchmany(10_000):
            yield from deel


def _quoted(naam: str) -> str:
    return '"' + naam.replace('"', '""') + '"'


def _text(tekst: object) -> str:
    return "'" + str(tekst).replace("'", "''") + "'"


def _value(waarde: object) -> str:
    if isinstance(waarde, date):
        return f"DATE {_text(waarde)}"
    return str(waarde).upper() if isinstance(waarde, bool) else _text(waarde)


def _words() -> list[str]:
    """What makes the engine know words of ours: in a query that says one a hundred times they cost no more than once.

    Most texts are ASCII, and begin and end with a visible sign; all else takes ten times as long.
    """
    gewoon = "t BETWEEN '!' AND '~~' AND reverse(t) BETWEEN '!' AND '~~'"
    gekort = f"CASE WHEN {gewoon} THEN t ELSE trim(t, {_text(WITRUIMTE)}) END"
    zichtbaar = r"t BETWEEN '!' AND '~~' OR regexp_matches(t, '[\p{L}\p{M}\p{N}\p{P}\p{S}]')"
    plaats, nul = _text("\U0010ffff"), "chr(0)"  # DuckDB composes no further than a null
    samen = f"replace(nfc_normalize(replace(translate(t, van, naar), {nul}, {plaats})), {plaats}, {nul})"
    schoon = (
        f"CASE WHEN {gewoon} AND strlen(t) = length(t) THEN t WHEN NOT ({zichtbaar}) THEN NULL "
        f"WHEN strlen(t) = length(t) THEN stripped(t) ELSE stripped({samen}) END"
    )
    return [f"CREATE MACRO stripped(t) AS {gekort}", f"CREATE MACRO cleaned(t, van, naar) AS {schoon}"]
