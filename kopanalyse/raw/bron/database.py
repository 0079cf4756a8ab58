"""Tables that stand in a database, read as texts within one read-only transaction.

PostgreSQL and SQLite through ADBC (extra ``database``), anything else as an ODBC connection string through arrow-odbc
(extra ``odbc``). The connection stands in an environment variable, and nothing of it is ever told: what a driver says
can quote it, so messages are made here, and drivers' own errors are not chained.
"""

from __future__ import annotations

import os
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import quote, unquote

import pyarrow as pa

from kopanalyse.errors import DataError
from kopanalyse.raw.formats.forms import text_column

_RIJEN = 50_000
_TEKENS = 4_000  # that a text through ODBC may have, in a column that does not say how long its texts are


class Lezer(ABC):
    """An open connection in a read-only transaction."""

    @abstractmethod
    def read(self, tabel: str | None, query: str | None) -> tuple[list[str], Iterator[Sequence[pa.Array]]]:
        """The columns of a table or query, and its rows as columns of texts, some thousands at a time."""


@contextmanager
def connect(variabele: str) -> Iterator[Lezer]:
    """Connect with what the environment variable says; raises ``DataError`` (Dutch) that names only the variable."""
    verbinding = os.environ.get(variabele, "").strip()
    if not verbinding:
        raise DataError(
            f"de omgevingsvariabele {variabele} is er niet of is leeg; verwacht wordt daarin "
            "postgresql://..., sqlite://... of een ODBC-verbinding."
        )
    soort = verbinding.partition("://")[0].lower() if "://" in verbinding else ""
    open_ = {"postgresql": _postgresql, "postgres": _postgresql, "sqlite": _sqlite}.get(soort, _odbc)
    with open_(verbinding, variabele) as lezer:
        yield lezer


def _missing(wat: str, extra: str) -> DataError:
    return DataError(f"voor deze verbinding is {wat} nodig; installeer kopanalyse[{extra}].")


class _Adbc(Lezer):
    """PostgreSQL or SQLite; the database itself makes texts of all columns, so that no type is lost."""

    def __init__(self, verbinding: Any, soort: str, tekst: str) -> None:
        self._verbinding, self._soort, self._tekst = verbinding, soort, tekst

    def read(self, tabel: str | None, query: str | None) -> tuple[list[str], Iterator[Sequence[pa.Array]]]:
        van = f"({_without_end(query)}) AS bron" if query else _table(str(tabel))
        try:
            with self._verbinding.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {van} LIMIT 0")
                namen = [kolom[0] for kolom in cursor.description]
        except Exception as fout:
            raise self._refused(fout, tabel) from None
        if not namen:
            raise DataError("de tabel of query geeft geen kolommen.")
        keuze = ", ".join(
            f"CAST(bron.{_quoted(naam)} AS {self._tekst}) AS {_quoted(f'k{plaats}')}"
            for plaats, naam in enumerate(namen)
        )
        van = van if query else f"{van} AS bron"
        return namen, self._parts(f"SELECT {keuze} FROM {van}", tabel)

    def _parts(self, sql: str, tabel: str | None) -> Iterator[Sequence[pa.Array]]:
        try:
            with self._verbinding.cursor() as cursor:
                cursor.execute(sql)
                for stuk in cursor.fetch_record_batch():
                    yield [text_column(kolom) for kolom in stuk.columns]
        except DataError:
            raise
        except Exception as fout:
            raise self._refused(fout, tabel) from None

    def _refused(self, fout: Exception, tabel: str | None) -> DataError:
        return DataError(_why_refused(fout, tabel))


@contextmanager
def _postgresql(verbinding: str, variabele: str) -> Iterator[Lezer]:
    try:
        from adbc_driver_postgresql import dbapi
    except ImportError:
        raise _missing("de ADBC-driver van PostgreSQL", "database") from None
    try:
        open_ = dbapi.connect(verbinding)
    except Exception as fout:
        raise DataError(_why_closed(fout, variabele)) from None
    try:
        with open_.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL datestyle = 'ISO, YMD'")
            cursor.execute("SET LOCAL bytea_output = 'hex'")
        yield _Adbc(open_, "PostgreSQL", "text")
    finally:
        _close(open_)


@contextmanager
def _sqlite(verbinding: str, variabele: str) -> Iterator[Lezer]:
    try:
        from adbc_driver_sqlite import dbapi
    except ImportError:
        raise _missing("de ADBC-driver van SQLite", "database") from None
    pad = re.sub(r"^/(?=[A-Za-z]:)", "", unquote(verbinding.partition("://")[2].partition("?")[0]))
    if not os.path.isfile(pad) and os.path.isfile(pad.removeprefix("/")):
        pad = pad.removeprefix("/")  # sqlite:///map/bestand is said of a file in a folder here, too
    if not os.path.isfile(pad):
        raise DataError(
            f"het bestand van SQLite in de omgevingsvariabele {variabele} is er niet; verwacht wordt "
            "sqlite:///pad/naar/bestand."
        )
    try:
        open_ = dbapi.connect(f"file:{quote(pad)}?mode=ro")
    except Exception as fout:
        raise DataError(_why_closed(fout, variabele)) from None
    try:
        yield _Adbc(open_, "SQLite", "TEXT")  # ADBC begins a transaction, which holds one state from the first read
    finally:
        _close(open_)


def _close(verbinding: Any) -> None:
    with suppress(Exception):  # the transaction only read, and is over either way
        verbinding.rollback()
    verbinding.close()


class _Odbc(Lezer):
    """Whatever has an ODBC driver, which makes texts of all columns."""

    def __init__(self, verbinding: Any) -> None:
        self._verbinding = verbinding

    def read(self, tabel: str | None, query: str | None) -> tuple[list[str], Iterator[Sequence[pa.Array]]]:
        from arrow_odbc import Error

        if query and not re.match(r"\s*(select|with)\b", query, re.IGNORECASE):
            raise DataError("verwacht wordt een SELECT; een verbinding leest alleen.")
        sql = _without_end(query) if query else f"SELECT * FROM {_table(str(tabel))}"
        try:
            lezer = self._verbinding.read_arrow_batches(
                sql, batch_size=_RIJEN, max_text_size=_TEKENS, max_binary_size=_TEKENS, map_schema=_as_texts
            )
        except Error as fout:
            raise DataError(_why_refused(fout, tabel)) from None
        return list(lezer.schema.names), _odbc_parts(lezer, tabel)

    def begin(self) -> None:
        """Begin a transaction that only reads and sees one state, in the words of the database that it turns out to be.

        PostgreSQL, Oracle, SQL Server; a database without such words (SQLite) holds one state within a transaction.
        """
        from arrow_odbc import Error

        for woorden in ("ISOLATION LEVEL REPEATABLE READ, READ ONLY", "READ ONLY", "ISOLATION LEVEL SNAPSHOT"):
            try:
                self._verbinding.execute(f"SET TRANSACTION {woorden}")
                return
            except Error:
                continue


def _as_texts(schema: pa.Schema) -> pa.Schema:
    """All columns as the driver writes them: no value is lost to a type that the driver guessed."""
    return pa.schema([(kolom.name, pa.string()) for kolom in schema])


def _odbc_parts(lezer: Any, tabel: str | None) -> Iterator[Sequence[pa.Array]]:
    from arrow_odbc import Error

    try:
        for stuk in lezer:
            yield [text_column(kolom) for kolom in stuk.columns]
    except Error as fout:
        raise DataError(_why_refused(fout, tabel)) from None


@contextmanager
def _odbc(verbinding: str, variabele: str) -> Iterator[Lezer]:
    try:
        import arrow_odbc
    except ImportError:
        raise _missing("arrow-odbc", "odbc") from None
    except OSError:
        raise DataError("voor een ODBC-verbinding is unixODBC nodig, met de driver van uw databank.") from None
    try:
        open_ = arrow_odbc.connect(verbinding, autocommit=False)
    except arrow_odbc.Error as fout:
        raise DataError(_why_closed(fout, variabele)) from None
    lezer = _Odbc(open_)
    lezer.begin()
    try:
        yield lezer
    finally:
        open_.rollback()


# Names and words


def _quoted(naam: str) -> str:
    return '"' + naam.replace('"', '""') + '"'


def _table(naam: str) -> str:
    """``schema.tabel`` as SQL: a plain name of small letters as it is: a database finds it in its own capitals."""
    delen = (deel.strip('"') for deel in re.findall(r'"[^"]+"|[^.]+', naam))
    return ".".join(deel if re.fullmatch(r"[a-z_][a-z0-9_]*", deel) else _quoted(deel) for deel in delen)


def _without_end(sql: str) -> str:
    return sql.strip().rstrip(";") + "\n"


def _why_closed(fout: Exception, variabele: str) -> str:
    """Why there is no connection, in our words: a driver's own may quote the connection."""
    tekst = str(fout).lower()
    if any(woord in tekst for woord in ("password", "authentication", "28p01", "28000", "login failed")):
        waarom = "naam of wachtwoord wordt geweigerd"
    elif any(woord in tekst for woord in ("refused", "timeout", "timed out", "unreachable", "08001", "08s01")):
        waarom = "de databank antwoordt niet op dat adres en die poort"
    elif any(woord in tekst for woord in ("translate host", "name or service", "resolve", "unknown host")):
        waarom = "de naam van de computer is onbekend"
    elif "does not exist" in tekst or "3d000" in tekst:
        waarom = "die databank bestaat daar niet"
    elif any(woord in tekst for woord in ("im002", "data source name not found", "can't open lib")):
        waarom = "de ODBC-driver of databron is op deze computer niet bekend"
    else:
        waarom = f"de driver weigert haar ({type(fout).__name__})"
    return f"de verbinding in de omgevingsvariabele {variabele} lukt niet: {waarom}."


def _why_refused(fout: Exception, tabel: str | None) -> str:
    """Why a table or query cannot be read, in our words: a driver's own may quote values of rows."""
    wat = f"de tabel {tabel}" if tabel else "de query"
    tekst, code = str(fout).lower(), str(getattr(fout, "sqlstate", "") or "")
    if code == "42P01" or "no such table" in tekst or "42s02" in tekst or ("relation" in tekst and "exist" in tekst):
        return f"{wat} leest een tabel die er niet is." if not tabel else f"{wat} is er niet."
    if code == "42703" or "no such column" in tekst or "42s22" in tekst:
        return f"{wat} vraagt een kolom die er niet is."
    if code == "42501" or "permission denied" in tekst:
        return f"{wat} mag niet gelezen worden met deze verbinding."
    if code == "25006" or "read-only" in tekst or "readonly" in tekst:
        return f"{wat} probeert te schrijven; de verbinding leest alleen."
    if code == "42601" or "syntax error" in tekst:
        return f"{wat} is geen SQL die deze databank begrijpt."
    return f"{wat} kan niet worden gelezen ({type(fout).__name__}{f', {code}' if code else ''})."
