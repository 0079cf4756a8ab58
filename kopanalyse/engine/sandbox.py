"""A DuckDB of its own for SQL that others write: it sees the tables that it is given, and nothing else.

No files, no network, no settings, no extensions, within a limit of memory and time. Three locks, each enough for most
of it: what is asked must be one SELECT that names only the given tables (``check``), the database may reach no file but
those tables, and its configuration cannot be changed.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

GEHEUGEN = "1200MB"
SECONDEN = 600.0
_RIJEN_PER_STUK = 50_000
_TABELFUNCTIES = frozenset({"unnest", "range", "generate_series"})
_VERBODEN = frozenset(
    {
        "current_setting",
        "getvariable",
        "getenv",
        "query",
        "query_table",
        "current_database",
        "current_schema",
        "current_schemas",
        "current_catalog",
        "current_user",
        "session_user",
        "user",
        "current_query",
        "pg_typeof",
        "add_parquet_key",
        "write_log",
        "nextval",
        "currval",
        "set_config",
        "current_role",
        "in_search_path",
        "version",
    }
)


class SandboxError(Exception):
    """What was asked is not allowed or does not work; the message (Dutch) says what and why, without values of rows."""


def _quoted(naam: str) -> str:
    return '"' + naam.replace('"', '""') + '"'


def _text(tekst: object) -> str:
    return "'" + str(tekst).replace("'", "''") + "'"


# Asked before there is a database


def _tree(sql: str) -> Mapping[str, Any]:
    """The one SELECT of ``sql`` as a tree; raises ``SandboxError`` for anything else."""
    with duckdb.connect(config={"python_enable_replacements": False}) as con:
        try:
            opdrachten = con.extract_statements(sql)
        except duckdb.Error as fout:
            raise SandboxError(f"dit is geen leesbare SQL ({_first_line(fout)}).") from None
        if len(opdrachten) != 1:
            raise SandboxError(f"hier staan {len(opdrachten)} opdrachten; verwacht wordt één SELECT.")
        soort = opdrachten[0].type
        if soort != duckdb.StatementType.SELECT:
            raise SandboxError(f"dit is een {soort.name}; verwacht wordt één SELECT.")
        uitkomst = json.loads(con.execute("SELECT json_serialize_sql($1)", [sql]).fetchall()[0][0])
    if uitkomst.get("error") or len(uitkomst["statements"]) != 1:
        raise SandboxError("dit is geen gewone SELECT; verwacht wordt één SELECT.")
    return uitkomst["statements"][0]


def _nodes(deel: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(deel, dict):
        yield deel
        for waarde in deel.values():
            yield from _nodes(waarde)
    elif isinstance(deel, list):
        for waarde in deel:
            yield from _nodes(waarde)


def _seen_from(deel: Any, bekend: frozenset[str]) -> Iterator[tuple[Mapping[str, Any], frozenset[str]]]:
    """Every node with the tables that may be named there: ``bekend``, and what a WITH before it or around it makes.

    A WITH does not see itself, unless it is recursive: the database would take the name for a table of its own.
    """
    if isinstance(deel, list):
        for waarde in deel:
            yield from _seen_from(waarde, bekend)
    if not isinstance(deel, dict):
        return
    lijsten = deel.get("cte_map")
    for rij in lijsten.get("map", ()) if isinstance(lijsten, dict) else ():
        naam = frozenset([rij["key"].casefold()])
        herhaalt = _body(rij["value"]).get("type") == "RECURSIVE_CTE_NODE"
        yield from _seen_from(rij["value"], bekend | naam if herhaalt else bekend)
        bekend |= naam
    yield deel, bekend
    for sleutel, waarde in deel.items():
        if sleutel != "cte_map":
            yield from _seen_from(waarde, bekend)


def asked(sql: str) -> tuple[set[str], set[str]]:
    """The tables and the columns that a SELECT names (in small letters the tables); empty where it cannot be read."""
    try:
        boom = _tree(sql)
    except SandboxError:
        return set(), set()
    tabellen, kolommen = set(), set()
    for knoop in _nodes(boom):
        if knoop.get("type") == "BASE_TABLE":
            tabellen.add(knoop["table_name"].casefold())
        if knoop.get("type") == "COLUMN_REF":
            kolommen.update(knoop["column_names"])
        kolommen.update(naam for naam in knoop.get("using_columns") or () if isinstance(naam, str))
        if knoop.get("type") == "STAR":
            kolommen.update(naam for naam in knoop.get("exclude_list") or () if isinstance(naam, str))
    return tabellen, kolommen


def has_order(sql: str) -> bool:
    """Whether the outcome of a SELECT has an order of its own."""
    return any(stap.get("type") == "ORDER_MODIFIER" for stap in _tree(sql)["node"].get("modifiers", ()))


def check(sql: str, tabellen: Sequence[str]) -> None:
    """Raise ``SandboxError`` unless ``sql`` is one SELECT over ``tabellen`` that asks for no file and no setting."""
    boom = _tree(sql)
    mogelijk = frozenset(naam.casefold() for naam in tabellen)
    for knoop, bekend in _seen_from(boom, mogelijk):
        soort = knoop.get("type")
        if soort == "BASE_TABLE":
            naam = knoop["table_name"]
            if knoop.get("schema_name") or knoop.get("catalog_name") or naam.casefold() not in bekend:
                raise SandboxError(f"de tabel {naam} is er niet. Mogelijk zijn: {', '.join(tabellen)}.")
        elif soort == "TABLE_FUNCTION":
            naam = knoop["function"].get("function_name", "")
            if naam.casefold() not in _TABELFUNCTIES:
                raise SandboxError(f"{naam}(...) kan hier niet: een query leest alleen de bronnen en codelijsten.")
        elif soort == "SHOW_REF":
            raise SandboxError("DESCRIBE, SHOW en SUMMARIZE kunnen hier niet; verwacht wordt één SELECT.")
        elif knoop.get("class") == "FUNCTION":
            naam = knoop.get("function_name", "").casefold()
            if naam in _VERBODEN or naam.startswith(("duckdb_", "pragma_", "pg_", "read_", "parquet_", "has_")):
                raise SandboxError(f"{naam}(...) kan hier niet: een query leest alleen de bronnen en codelijsten.")


class _Place:
    """Adds columns that stand beside every row of a source to a SELECT that does not ask for them.

    Only where a row of the outcome is one row of the first table in FROM: no groups, no DISTINCT, no sums. Through
    subqueries, WITH and UNION ALL.
    """

    def __init__(self, sql: str, kolommen: Sequence[str], top: bool) -> None:
        self.boom = {"error": False, "statements": [_tree(sql)]}
        self.kolommen, self.top = kolommen, top
        self.lijsten: dict[str, Any] = {}

    def add(self) -> bool:
        """Whether it could be done."""
        if any(knoop.get("ref_type") == "NATURAL" for knoop in _nodes(self.boom)):
            return False
        return self._to(self.boom["statements"][0]["node"], self.top)

    def _to(self, knoop: Any, zelf: bool = True) -> bool:
        self.lijsten |= {rij["key"].casefold(): _body(rij["value"]) for rij in knoop["cte_map"]["map"]}
        if knoop["type"] == "SET_OPERATION_NODE":
            delen = knoop.get("children") or [knoop["left"], knoop["right"]]
            return bool(knoop.get("setop_type") == "UNION" and knoop.get("setop_all")) and all(
                self._to(deel, zelf) for deel in delen
            )
        gewoon = (
            knoop["type"] == "SELECT_NODE"
            and knoop["aggregate_handling"] == "STANDARD_HANDLING"
            and not knoop["group_expressions"]
            and not knoop.get("sample")
            and not any(stap["type"] == "DISTINCT_MODIFIER" for stap in knoop["modifiers"])
        )
        if not gewoon:
            return False
        eerste = knoop["from_table"]
        while eerste["type"] == "JOIN":
            if eerste.get("join_type") not in ("INNER", "LEFT"):
                return False
            eerste = eerste["left"]
        if eerste["type"] == "SUBQUERY" and not self._to(eerste["subquery"]["node"]):
            return False
        binnen = self.lijsten.pop(str(eerste.get("table_name")).casefold(), None)
        if binnen is not None and not self._to(binnen):
            return False
        naam = eerste.get("alias") or eerste.get("table_name")
        if zelf:
            knoop["select_list"] += [
                {
                    "class": "COLUMN_REF",
                    "type": "COLUMN_REF",
                    "alias": "",
                    "query_location": 0,
                    "query_location_length": 0,
                    "column_names": [naam, kolom] if naam else [kolom],
                }
                for kolom in self.kolommen
            ]
        return True


def _body(tussen: Mapping[str, Any]) -> Any:
    """The SELECT of a WITH; database versions call it differently."""
    return tussen.get("query_node") or tussen["query"]["node"]


def _first_line(fout: Exception) -> str:
    """What the database says, without the place in the query that it draws below."""
    return " ".join(str(fout).split("\n\nLINE")[0].split()).rstrip(".")


class Sandbox:
    """The database itself; a context manager.

    ``bronnen`` are Parquet files by the name of their table, ``lijsten`` small tables (columns and rows of texts).
    ``verborgen`` names columns that those files have and their tables do not show; under ``raw`` they are there too.
    """

    def __init__(
        self,
        bronnen: Mapping[str, Path],
        lijsten: Mapping[str, tuple[Sequence[str], Sequence]],
        *,
        tijdelijk: Path,
        verborgen: Sequence[str] = (),
        macros: Sequence[str] = (),
        geheugen: str = GEHEUGEN,
        seconden: float = SECONDEN,
    ) -> None:
        self.tabellen = [*bronnen, *lijsten]
        self._seconden = seconden
        self._con = con = duckdb.connect(config={"python_enable_replacements": False})
        con.execute(f"SET memory_limit = {_text(geheugen)}")
        # A folder of its own: what stands in there the database may reach, whatever else is locked.
        con.execute(f"SET temp_directory = {_text(tijdelijk / '.sandbox')}")
        con.execute("SET TimeZone = 'UTC'")
        con.execute("SET autoinstall_known_extensions = false")
        con.execute("SET autoload_known_extensions = false")
        paden = ", ".join(_text(pad.absolute()) for pad in bronnen.values())
        con.execute(f"SET allowed_paths = [{paden}]")
        for macro in macros:
            con.execute(macro)
        for naam, pad in bronnen.items():
            bron = f"read_parquet({_text(pad.absolute())}, file_row_number = true, hive_partitioning = false)"
            con.execute(f"CREATE VIEW {_quoted(raw(naam))} AS SELECT * FROM {bron}")
            weg = ", ".join(map(_quoted, ("file_row_number", *verborgen)))
            con.execute(f"CREATE VIEW {_quoted(naam)} AS SELECT * EXCLUDE ({weg}) FROM {_quoted(raw(naam))}")
        for naam, (kolommen, rijen) in lijsten.items():
            inhoud = pa.table(
                {
                    kolom: pa.array([rij[plaats] or None for rij in rijen], type=pa.string())
                    for plaats, kolom in enumerate(kolommen)
                }
            )
            con.register("_lijst", inhoud)
            con.execute(f"CREATE TABLE {_quoted(naam)} AS SELECT * FROM _lijst")
            con.unregister("_lijst")
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._con.close()

    def columns(self, sql: str) -> list[str]:
        """Names of the columns that a SELECT of someone else would give; it is checked, and does not run.

        Raises ``SandboxError`` when it may not run, or when it names a column that is not there.
        """
        check(sql, self.tabellen)
        try:
            return [rij[0] for rij in self._con.execute(f"DESCRIBE ({bare(sql)})").fetchall()]
        except duckdb.Error as fout:
            raise SandboxError(f"deze SELECT klopt niet ({_first_line(fout)}).") from None

    def with_place(self, sql: str, kolommen: Sequence[str]) -> str | None:
        """``sql`` with ``kolommen`` of the first source it reads beside every row; None where that would be a guess."""
        eigen = [naam.casefold() for naam in self.columns(sql)]
        for top in (True, False):  # a star may show what stands further in
            plaats = _Place(sql, kolommen, top)
            if not plaats.add():
                return None
            anders = self._con.execute("SELECT json_deserialize_sql($1)", [json.dumps(plaats.boom)]).fetchall()[0][0]
            try:
                nieuw = [rij[0].casefold() for rij in self._con.execute(f"DESCRIBE ({anders})").fetchall()]
            except duckdb.Error:
                return None
            if sorted(nieuw) == sorted([*eigen, *(naam.casefold() for naam in kolommen)]):
                return anders
        return None

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query of ours."""
        with self._limited():
            return self._con.execute(sql).fetchall()

    def write(self, sql: str, schema: pa.Schema, pad: Path) -> int:
        """Write the rows of a query of ours to the Parquet file ``pad`` with the columns of ``schema``; how many."""
        aantal = 0
        with self._limited(), pq.ParquetWriter(pad, schema, compression="zstd") as uit:
            lezer = self._con.sql(sql).to_arrow_reader(_RIJEN_PER_STUK)
            for stuk in lezer:
                tabel = pa.Table.from_batches([stuk])
                uit.write_table(tabel.select(schema.names).cast(schema))
                aantal += stuk.num_rows
        return aantal

    @contextmanager
    def _limited(self) -> Iterator[None]:
        """Stop what takes longer than it may; say so, and what else goes wrong, without values of rows."""
        wekker = threading.Timer(self._seconden, self._con.interrupt)
        wekker.start()
        try:
            yield
        except duckdb.InterruptException:
            raise SandboxError(f"dit duurt langer dan {self._seconden:g} seconden en is afgebroken.") from None
        except duckdb.OutOfMemoryException:
            raise SandboxError("dit past niet in het geheugen dat een query mag gebruiken.") from None
        except duckdb.Error as fout:
            raise SandboxError(
                f"dit mislukt ({type(fout).__name__}): de SELECT kan met een van de waarden niets; "
                "gebruik bijvoorbeeld try_cast in plaats van cast."
            ) from None
        finally:
            wekker.cancel()


def raw(naam: str) -> str:
    """The name under which our own queries read a source with all that stands beside its rows."""
    return f"#{naam}"


def bare(sql: str) -> str:
    """``sql`` as it may stand between brackets: without the semicolon that ends it and what follows that."""
    return re.sub(r";\s*(--[^\n]*\s*|/\*.*?\*/\s*)*$", "", sql.strip(), flags=re.DOTALL) + "\n"
