"""From an expression to the query of an engine, and what any engine can do with it (``QueryEngine``).

Compiled queries are kept from one run to the next: compiling costs more than running them on a small registration.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import stat
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import ibis
import pyarrow as pa
import sqlglot

from kopanalyse.engine.words import Expression, tables
from kopanalyse.files import replace_file, rules_digest, sweep

if TYPE_CHECKING:
    import pandas


EEN_DAG = 86_400  # seconds


class Query(NamedTuple):
    """A compiled query: its SQL, the names of the tables it reads, and the columns of its rows with their types."""

    sql: str
    leest: list[str]
    kolommen: dict[str, str]


def cache_file(stap: str, organisatie: str) -> Path | None:
    """Where the queries of a step for an organisation are kept: the folder that the system has for what may be lost.

    None where the user has no such folder, nor a home.
    """
    if map_ := os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME"):
        return Path(map_) / "kopanalyse" / f"{stap}-{organisatie}.json"
    with suppress(RuntimeError):
        if (thuis := Path.home()).is_dir():
            return thuis / ".cache" / "kopanalyse" / f"{stap}-{organisatie}.json"
    return None


class Compiled:
    """The queries of the last run in the file ``pad``, each under a digest of what it was compiled from.

    The key is the whole expression, or a text that says all that the expression is made from, so that no query can be
    older than its rule, settings or tables; ``versie`` says by what it was made and compiled. ``keep`` leaves just the
    queries of this run for the next one. A file that is not there, or that cannot be read or written, costs time and
    nothing else.

    What runs a query trusts it. So it is taken only from a folder that nobody else may enter, where this user wrote it,
    and when it ``selects``: asks for rows, and does nothing else.
    """

    def __init__(self, pad: Path, versie: str, selects: Callable[[str], bool]) -> None:
        self._pad, self._versie, self._selects = pad, versie, selects
        self._van_nu: dict[str, Query] = {}
        self._van_toen: dict[str, Any] = {}
        with suppress(OSError, ValueError, RecursionError):
            if _is_own(pad.parent, 0o700) and _is_own(pad, 0o755):
                gelezen = json.loads(pad.read_text(encoding="utf-8"))
                self._van_toen = gelezen if isinstance(gelezen, dict) else {}

    def query(self, bron: Any, compileer: Callable[[], Query]) -> Query:
        """The query of ``bron``, a root or a text: from the last run, or else what ``compileer`` gives."""
        sleutel = _digest(self._versie, bron)
        if sleutel not in self._van_nu:
            self._van_nu[sleutel] = self._kept(sleutel) or compileer()
        return self._van_nu[sleutel]

    def _kept(self, sleutel: str) -> Query | None:
        """The query that was kept under ``sleutel``; None for anything else that stands there."""
        match self._van_toen.get(sleutel):
            case [str() as query, [*leest], {**kolommen}] if self._selects(query):
                if all(isinstance(tekst, str) for tekst in (*leest, *kolommen, *kolommen.values())):
                    return Query(query, leest, kolommen)
        return None

    def keep(self) -> None:
        """Write the queries of this run."""
        if {sleutel: list(query) for sleutel, query in self._van_nu.items()} != self._van_toen:
            with suppress(OSError):
                self._pad.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._pad.parent.chmod(0o700)
                sweep(self._pad.parent, dieper=False, seconden=EEN_DAG)
                replace_file(self._pad, json.dumps(self._van_nu))


def _is_own(pad: Path, hoogstens: int) -> bool:
    """Whether a file or folder is this user's, and open to others no further than ``hoogstens``."""
    if os.name == "nt":  # a user's own folder is closed to others there
        return True
    hoe = pad.stat()
    return hoe.st_uid == os.getuid() and not stat.S_IMODE(hoe.st_mode) & ~hoogstens


class _Naming(pickle.Pickler):
    """Writes the same expression as the same bytes in every process.

    Sets go in order. Classes go by their names, because those that Ibis makes for functions of our own have no place.
    """

    def persistent_id(self, deel: Any) -> Any:
        if isinstance(deel, type):
            return f"{deel.__module__}.{deel.__qualname__}"
        return sorted(deel, key=repr) if isinstance(deel, frozenset) else None


def _digest(versie: str, bron: Any) -> str:
    uit = io.BytesIO()
    _Naming(uit, protocol=5).dump((versie, bron))
    return hashlib.sha256(uit.getbuffer()).hexdigest()


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
    """What makes and compiles expressions: the libraries, and the code of this one but for the rooms that only show."""
    sqlglot_versie = sqlglot.__version__  # pyright: ignore[reportPrivateImportUsage]  # it says so nowhere else
    return f"{ibis.__version__} {sqlglot_versie} {rules_digest()}"


class QueryEngine(ABC):
    """What counting asks of an engine; a context manager. Table names are those that expressions use.

    ``queries`` is a file that keeps compiled queries for the next run that does the same; without it nothing is kept.
    """

    dialect: str
    shares_subqueries: bool
    """Whether a part of a query that is read twice is computed once."""

    def __init__(self, queries: Path | None = None) -> None:
        self._queries = Compiled(queries, f"{self.dialect} {_compiler()}", self.selects) if queries else None
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
    def selects(self, query: str) -> bool:
        """Whether ``query`` is one question for rows: no second one after it, and nothing that writes or changes."""

    @abstractmethod
    def close(self) -> None:
        """End the session; its tables are gone."""

    @abstractmethod
    def add_parquet(self, naam: str, pad: Path) -> None:
        """Let ``naam`` be the rows of the Parquet file ``pad``, read when they are needed."""

    @abstractmethod
    def add(self, naam: str, rijen: pa.Table | pandas.DataFrame) -> None:
        """Let ``naam`` be ``rijen``, copied."""

    def create(self, naam: str, expression: Expression) -> Expression:
        """Compute ``expression`` once, let ``naam`` be its rows, and return that table to build on."""
        return self.create_of(naam, "", lambda: expression)

    @abstractmethod
    def create_of(self, naam: str, van: str, maak: Callable[[], Expression]) -> Expression:
        """As ``create(naam, maak())``; ``van`` says what ``maak`` makes it from, as in ``frame_of``."""

    def offer(self, naam: str, maak: Callable[[], Expression]) -> None:
        """Let ``naam`` be the rows of ``maak()``, computed once, when the first query reads it."""
        self._aangeboden[naam] = maak

    def spill_to(self, map_: Path) -> None:  # noqa: B027  # an engine that does not spill does nothing
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
