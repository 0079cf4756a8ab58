"""What someone else's SQL may not do: each door is tried, past the first lock and at the database itself."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kopanalyse.engine.sandbox import Sandbox, SandboxError, bare, check


@pytest.fixture
def doos(tmp_path):
    (tmp_path / "geheim.txt").write_text("geheim")
    pq.write_table(pa.table({"Naam": ["a", "b"], "_bestand": ["x", "x"]}), tmp_path / "bron.parquet")
    with Sandbox(
        {"bron": tmp_path / "bron.parquet"},
        {"lijst": (["code", "betekenis"], [("a", "A"), ("b", "")])},
        tijdelijk=tmp_path,
    ) as doos:
        yield doos


DICHT = [
    "SELECT * FROM read_text('{map}/geheim.txt')",
    "SELECT * FROM read_csv('{map}/geheim.txt')",
    "SELECT * FROM '{map}/geheim.txt'",
    "SELECT * FROM '{map}/bron.parquet'",
    "SELECT * FROM glob('*')",
    "SELECT * FROM read_parquet('{map}/bron.parquet')",
    "SELECT * FROM read_blob('{map}/bron.parquet')",
    "ATTACH '{map}/nieuw.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "COPY bron TO '{map}/uit.csv'",
    "PRAGMA database_list",
    "SET threads = 1",
    "RESET memory_limit",
    "CREATE TABLE x AS SELECT 1",
    "DROP VIEW bron",
    "EXPORT DATABASE '{map}'",
    "SELECT current_setting('memory_limit')",
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM duckdb_secrets()",
    "SELECT getvariable('x')",
    "set variable x = 1",
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('bron')",
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM pg_catalog.pg_class",
    "SELECT * FROM sqlite_master",
    "DESCRIBE bron",
    "SHOW TABLES",
    "SUMMARIZE bron",
    "EXPLAIN SELECT 1",
    "CALL range(3)",
    "SELECT 1; SELECT 2",
    "",
    "SELECT (SELECT count(*) FROM read_text('{map}/geheim.txt')) FROM bron",
    'SELECT * FROM "#bron"',
    "WITH a AS (SELECT * FROM duckdb_tables()) SELECT * FROM a",
    "FROM read_text('{map}/geheim.txt')",
    "SELECT * FROM bron WHERE Naam IN (SELECT content FROM read_text('{map}/geheim.txt'))",
    # A WITH of the same name hides nothing from the database: the inner one is its own.
    "WITH duckdb_views AS (SELECT * FROM duckdb_views) SELECT * FROM duckdb_views",
    "WITH a AS (WITH duckdb_tables AS (SELECT 1) FROM duckdb_tables) SELECT * FROM a, duckdb_tables",
    'WITH "#bron" AS (FROM "#bron") FROM "#bron"',
    'WITH "{map}/geheim.txt" AS (FROM \'{map}/geheim.txt\') FROM "{map}/geheim.txt"',
    "WITH pragma_database_list AS (FROM pragma_database_list) FROM pragma_database_list",
    "WITH a AS (FROM b), b AS (FROM bron) FROM a",
    "SELECT getenv('HOME')",
    "SELECT * FROM 'https://example.org/x.csv'",
    "SELECT * FROM read_json('https://example.org/x.json')",
    "SELECT * FROM parquet_metadata('{map}/bron.parquet')",
    "SELECT * FROM sqlite_scan('{map}/x.db', 't')",
    "SELECT * FROM json_execute_serialized_sql('x')",
    "SELECT write_log('x')",
    "INSERT INTO lijst VALUES ('x', 'y')",
    "CREATE SECRET x (TYPE s3)",
    "PREPARE v AS SELECT 1",
    "USE main",
    "CHECKPOINT",
]


@pytest.mark.parametrize("sql", DICHT)
def test_what_a_query_may_not_do(doos, tmp_path, sql):
    with pytest.raises(SandboxError) as fout:
        doos.columns(sql.format(map=tmp_path))
    assert "geheim" not in str(fout.value).replace("geheim.txt", "")
    assert sorted(pad.name for pad in tmp_path.iterdir()) == ["bron.parquet", "geheim.txt"]


@pytest.mark.parametrize(
    "sql",
    [
        sql
        for sql in DICHT
        if any(woord in sql for woord in ("geheim.txt", "ATTACH", "INSTALL", "COPY", "SET ", "RESET", "glob", "EXPORT"))
    ],
)
def test_the_database_itself_is_locked_too(doos, tmp_path, sql):
    with pytest.raises((duckdb.Error, SandboxError)):
        doos._con.execute(sql.format(map=tmp_path)).fetchall()


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT Naam FROM bron",
        "FROM bron",
        "SELECT b.Naam, l.betekenis FROM bron b LEFT JOIN lijst l ON l.code = b.Naam",
        "WITH a AS (SELECT * FROM bron) SELECT Naam FROM a -- klaar",
        "SELECT unnest(['a', 'b']) AS x FROM bron",
        "SELECT i FROM range(3) t(i), bron",
        "SELECT * FROM (UNPIVOT bron ON Naam INTO NAME kolom VALUE waarde);",
        "SELECT Naam FROM bron UNION ALL SELECT code FROM lijst ORDER BY 1; -- einde",
        "WITH bron AS (SELECT Naam FROM bron WHERE Naam = 'a') FROM bron UNION ALL FROM bron",
        "WITH a AS (FROM bron), b AS (FROM a) SELECT * FROM b WHERE Naam IN (SELECT Naam FROM a)",
        "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT n FROM t, bron",
    ],
)
def test_what_it_may_do(doos, sql):
    assert doos.columns(sql)
    assert doos.rows(f"SELECT count(*) FROM ({bare(sql)})")[0][0] >= 2


def test_python_around_it_cannot_be_seen(doos):
    geheim = pa.table({"x": [1]})
    assert geheim.num_rows == 1
    with pytest.raises(SandboxError):
        check("SELECT * FROM geheim", doos.tabellen)
    with pytest.raises(duckdb.Error):
        doos._con.execute("SELECT * FROM geheim")


def test_time_is_limited(tmp_path):
    with Sandbox({}, {"lijst": (["a"], [("1",)])}, tijdelijk=tmp_path, seconden=0.2) as doos:
        with pytest.raises(SandboxError, match="langer dan 0.2 seconden"):
            doos.rows("SELECT count(*) FROM range(100000000000) a, range(1000) b WHERE a.range % 7 = b.range")


def test_a_query_that_repeats_itself_for_ever_is_stopped(tmp_path):
    with Sandbox({}, {"lijst": (["a"], [("1",)])}, tijdelijk=tmp_path, seconden=0.2) as doos:
        sql = "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT max(n) AS n FROM t"
        assert doos.columns(sql) == ["n"]
        with pytest.raises(SandboxError, match="langer dan 0.2 seconden"):
            doos.write(sql, pa.schema([("n", pa.int64())]), tmp_path / "uit.parquet")


def test_memory_is_limited(tmp_path):
    with Sandbox({}, {"lijst": (["a"], [("1",)])}, tijdelijk=tmp_path, geheugen="20MB") as doos:
        with pytest.raises(SandboxError, match="geheugen"):
            doos.rows("SELECT list(repeat('x', 1000) || range) FROM range(1000000)")


def test_values_of_rows_are_not_told(doos):
    with pytest.raises(SandboxError) as fout:
        doos.rows("SELECT CAST(Naam || 'persoonlijk' AS INTEGER) FROM bron")
    assert "persoonlijk" not in str(fout.value)
