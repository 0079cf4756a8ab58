"""Expressions to SQL to DuckDB: the only module that knows Ibis or DuckDB.

The rest of the library writes expressions with the few words below, over tables that need not exist yet
(``table``), and hands them to an ``Engine``. Leaving Ibis is work in this room alone; another engine is a module with
a ``QueryEngine`` of its own, as ``kopanalyse.spark`` is.
"""

from __future__ import annotations

import hashlib
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import duckdb
import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot

from kopanalyse.compiled import Compiled, Query

if TYPE_CHECKING:
    import pandas

# The vocabulary for expressions. `Expression` is anything that yields rows.
Expression = ibis.Table
Column = ibis.Value
literal = ibis.literal
cases = ibis.cases
ifelse = ibis.ifelse
row_number = ibis.row_number
dense_rank = ibis.dense_rank
window = ibis.window


def table(naam: str, kolommen: Mapping[str, str]) -> Expression:
    """An unbound table ``naam`` with columns of the given types, to build expressions on."""
    return ibis.table(dict(kolommen), name=naam)


_WITRUIMTE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())


@ibis.udf.scalar.builtin
def trim(tekst: str, tekens: str) -> str: ...


def strip(tekst: Column) -> Column:
    """``tekst`` without white space around it: all of Unicode's, as ``str.strip`` does."""
    # Most begin and end with a visible ASCII sign, and a trim of 29 characters is ten times as slow as asking.
    kaal = tekst.between("!", "~~") & tekst.reverse().between("!", "~~")
    return ifelse(kaal, tekst, trim(tekst, _WITRUIMTE))


@ibis.udf.scalar.builtin(name="hash")
def _hash(waarde: ibis.expr.datatypes.String) -> ibis.expr.datatypes.UInt64: ...


def number(*teksten: Column) -> Column:
    """A number made from texts: other texts have another one, but for a rare coincidence."""
    return _hash(reduce(lambda links, rechts: links + "\x1f" + rechts, teksten))


@ibis.udf.scalar.builtin(name="getvariable")
def _set_in_session(naam: str) -> ibis.expr.datatypes.Date: ...


def today() -> Column:
    """The day of the run (``Engine.start_on``): a word, so that a query that asks for it is the same on every day."""
    return _set_in_session("vandaag")


def tables(expression: Expression) -> set[str]:
    """Names of the tables that ``expression`` reads."""
    return {bron.name for bron in expression.op().find(ibis.expr.operations.UnboundTable)}


def columns(waarde: Column) -> set[str]:
    """Names of the columns that ``waarde`` is made from, in the rows that it is a value of."""
    velden = waarde.op().find(ibis.expr.operations.Field, filter=ibis.expr.operations.Value)
    return {veld.name for veld in velden}


def is_engine_error(fout: Exception) -> bool:
    """Whether ``fout`` comes from running a query; its message quotes values of the rows."""
    return isinstance(fout, duckdb.Error)


def is_unreadable(fout: Exception) -> bool:
    """Whether ``fout`` says that a file is damaged, and not that memory, the disk or the query falls short."""
    return type(fout) in (duckdb.Error, duckdb.InvalidInputException)


def missing_name(fout: Exception) -> tuple[str, list[str]] | None:
    """The column that an expression asked for in vain and the columns that there are; None for any other error."""
    if isinstance(fout, AttributeError) and isinstance(fout.obj, Expression):
        return fout.name, list(fout.obj.columns)
    if isinstance(fout, ibis.common.exceptions.IbisTypeError) and "is not found in table" in str(fout):
        naam, *kolommen = re.findall("'(.*?)'", str(fout))
        return naam, kolommen
    return None


def null(soort: str) -> Column:
    """A missing value of type ``soort`` (an Ibis type name such as ``string``)."""
    return ibis.null(soort)


def day(dag: date) -> Column:
    """``dag`` as a value in an expression."""
    return ibis.date(dag.year, dag.month, dag.day)


def years(aantal: int) -> Column:
    """A span of years: a day less this gives the same day that much earlier; 28 February where there is no 29th."""
    return ibis.interval(years=aantal)


def months(aantal: int) -> Column:
    """A span of months: a day and this gives the same day that much later, or else the last day of that month."""
    return ibis.interval(months=aantal)


def days(aantal: int | Column) -> Column:
    """A span of days."""
    return ibis.interval(days=aantal) if isinstance(aantal, int) else aantal.as_interval("D")


def union(rijen: Iterable[Expression]) -> Expression:
    """All rows of the expressions, which have the same columns, duplicates included."""
    rijen = list(rijen)
    return ibis.union(*rijen) if len(rijen) > 1 else rijen[0]


class _SparkOptions(ibis.config.Config):
    """What Ibis asks when it writes for Spark; it has this itself only where all that its own Spark engine needs is."""

    treat_nan_as_null: bool = False


ibis.options.pyspark = _SparkOptions()


@lru_cache(maxsize=1000)  # compiling costs Ibis more than a small table costs DuckDB, and runs repeat themselves
def _compiled(bewerking: ibis.expr.operations.Node, dialect: str) -> Query:
    """The query of an expression in the words of an engine: ``duckdb`` or ``pyspark``."""
    expression = bewerking.to_expr()
    kolommen = {naam: str(soort) for naam, soort in expression.schema().items()}
    return Query(str(ibis.to_sql(expression, dialect=dialect)), sorted(tables(expression)), kolommen)


def _compiler() -> str:
    """What makes and compiles expressions: the code of this library and the libraries under it."""
    code = hashlib.sha256(f"{ibis.__version__} {sqlglot.__version__}".encode())
    for pad in sorted(Path(__file__).parent.rglob("*.py")):
        code.update(pad.read_bytes())
    return code.hexdigest()


def as_values(rijen: pandas.DataFrame) -> str:
    """A small frame of texts, dates and booleans as a query that needs no file."""
    regels = ", ".join(f"({', '.join(map(_value, rij))})" for rij in rijen.itertuples(index=False))
    return f"SELECT * FROM (VALUES {regels}) AS t({', '.join(map(_quoted, rijen.columns))})"


def _memory_limit() -> str:
    """What DuckDB may hold where it may spill: under 2 GB with Python beside it, or what every core needs to work."""
    return f"{max(1_200, 300 * (os.cpu_count() or 1))}MB"


class QueryEngine(ABC):
    """What counting asks of an engine; a context manager. Table names are those that expressions use.

    ``queries`` is a file that keeps compiled queries for the next run that does the same; without it nothing is kept.
    """

    dialect: str
    shares_subqueries: bool
    """Whether a part of a query that is read twice is computed once."""

    def __init__(self, queries: Path | None = None) -> None:
        self._queries = Compiled(queries, f"{self.dialect} {_compiler()}") if queries else None
        self._aangeboden: dict[str, Callable[[], Expression]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        if self._queries:
            self._queries.keep()

    def _compiled(self, expression: Expression) -> Query:
        return _compiled(expression.op(), self.dialect)

    def _sql(self, expression: Expression) -> str:
        return self._ready(self._query_of("", lambda: expression))

    def _ready(self, query: Query) -> str:
        """The SQL of ``query``, now that the tables on offer that it reads are there."""
        for naam in query.leest:
            if naam in self._aangeboden:  # not there any more when another of them read it
                self.create(naam, self._aangeboden.pop(naam)())
        return query.sql

    @abstractmethod
    def close(self) -> None:
        """End the session; its tables are gone."""

    @abstractmethod
    def add_parquet(self, naam: str, pad: Path) -> None:
        """Let ``naam`` be the rows of the Parquet file ``pad``, read when they are needed."""

    @abstractmethod
    def add(self, naam: str, rijen: pa.Table | pandas.DataFrame) -> None:
        """Let ``naam`` be ``rijen``, copied."""

    @abstractmethod
    def create(self, naam: str, expression: Expression) -> Expression:
        """Compute ``expression`` once, let ``naam`` be its rows, and return that table to build on."""

    def offer(self, naam: str, maak: Callable[[], Expression]) -> None:
        """Let ``naam`` be the rows of ``maak()``, computed once, when the first query reads it."""
        self._aangeboden[naam] = maak

    def spill_to(self, map_: Path) -> None:
        """Let what does not fit in memory stand in the folder ``map_`` for as long as it is needed."""

    @abstractmethod
    def fetch(self, expression: Expression) -> pa.Table:
        """The rows of ``expression`` as an Arrow table."""

    @abstractmethod
    def values(self, expression: Expression) -> list[Any]:
        """The first column of ``expression`` as Python values, in the order of its rows."""

    def frame(self, expression: Expression) -> pandas.DataFrame:
        """The rows of ``expression`` as a pandas frame, for what is small."""
        return self._frame(self._sql(expression))

    def frame_of(self, naam: str, maak: Callable[[], Expression]) -> pandas.DataFrame:
        """As ``frame(maak())``, but made only when its query was not kept.

        ``naam`` says all that ``maak`` makes it from, besides the code of this library; without it, it is made anyway.
        """
        return self._frame(self._ready(self._query_of(naam, maak)))

    def sql_of(self, naam: str, maak: Callable[[], Expression]) -> str:
        """The query of ``maak()``, formatted, made only when it was not kept; ``naam`` as in ``frame_of``."""
        return self._query_of(naam, maak).sql

    def _query_of(self, naam: str, maak: Callable[[], Expression]) -> Query:
        if naam and self._queries:
            return self._queries.query(naam, lambda: self._compiled(maak()))
        expression = maak()
        if self._queries:
            return self._queries.query(expression.op(), lambda: self._compiled(expression))
        return self._compiled(expression)

    @abstractmethod
    def _frame(self, query: str) -> pandas.DataFrame:
        """The rows of a query."""


class Engine(QueryEngine):
    """One embedded DuckDB database in memory, with what checking needs besides."""

    dialect = "duckdb"
    shares_subqueries = True

    def __init__(self, queries: Path | None = None) -> None:
        super().__init__(queries)
        self._con = duckdb.connect()
        self._con.execute("SET preserve_insertion_order = true")
        self._con.execute("SET TimeZone = 'UTC'")
        self._vandaag = ""

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
        namen = ", ".join(f"{_quoted(bron) if bron else 'CAST(NULL AS VARCHAR)'} AS {_quoted(kolom)}"
                          for kolom, bron in kolommen.items())
        self._con.execute(f"CREATE VIEW {_quoted(naam)} AS SELECT {namen}, file_row_number + 1 AS regelnummer FROM "
                          f"read_parquet({_text(pad)}, file_row_number = true, hive_partitioning = false)")

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

    def create(self, naam: str, expression: Expression) -> Expression:
        return self.create_of(naam, "", lambda: expression)

    def create_of(self, naam: str, van: str, maak: Callable[[], Expression]) -> Expression:
        """As ``create(naam, maak())``; ``van`` says what ``maak`` makes it from, as in ``frame_of``."""
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
        self.write(expression, pad)
        self.add_parquet(naam, pad)
        return table(naam, expression.schema())

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

    def write(self, expression: Expression, pad: Path) -> int:
        """Write ``expression`` as the Parquet file ``pad`` (beside it first, then renamed); returns its rows."""
        ernaast = pad.with_name(f".{pad.name}.{os.getpid()}")
        try:
            telling = self._execute(
                f"COPY ({self._sql(expression)}) TO {_text(ernaast)} (FORMAT parquet, COMPRESSION zstd)").fetchone()
            os.replace(ernaast, pad)
        finally:
            ernaast.unlink(missing_ok=True)
        return telling[0]

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
