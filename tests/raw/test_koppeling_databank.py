"""Sources that stand in a database: a real PostgreSQL, SQLite, and both through ODBC."""

from __future__ import annotations

import os
import sqlite3
import traceback
from pathlib import Path

import pytest

from kopanalyse.errors import DataError
from kopanalyse.raw.bron import database
from tests import postgres
from tests.raw.exporteren import controleer

pytestmark = pytest.mark.databank
TOML = """
[bron.dossiers]
verbinding = "env:PROEF_DB"
tabel = "{dossiers}"
[bron.clienten]
verbinding = "env:PROEF_DB"
query = "SELECT nr AS \\"Cliënt\\", geboren FROM clienten WHERE nr <> '9'"
[tabel.klanten]
bron = "clienten"
kolommen = {{ klant_id = "Cliënt", geboortedatum = "geboren" }}
[tabel.trajecten]
bron = "dossiers"
kolommen = {{ traject_id = "id", klant_id = "client", startdatum = "begin", einddatum = "eind", \
netwerk_gevraagd = "netwerk" }}
vast = {{ trajectsoort = "individueel" }}
"""


@pytest.fixture(scope="module")
def pg():
    with postgres.for_tests() as adres:
        yield adres


def run(adres, *opdrachten):
    from adbc_driver_postgresql import dbapi

    with dbapi.connect(adres) as con, con.cursor() as cursor:
        for opdracht in opdrachten:
            cursor.execute(opdracht)
        con.commit()


@pytest.fixture(scope="module")
def gevuld(pg):
    run(
        pg,
        "CREATE SCHEMA zorg",
        "CREATE TYPE soort AS ENUM ('a', 'b')",
        "CREATE TABLE clienten (nr text, geboren date)",
        "CREATE TABLE zorg.dossiers (id int, client text, begin timestamptz, eind date, netwerk boolean, "
        "prijs numeric(9,2), s soort, lijst int[])",
        "INSERT INTO clienten VALUES ('0017', '1980-03-31'), ('0018', NULL), ('9', NULL)",
        "INSERT INTO zorg.dossiers VALUES (1, '0017', '2018-12-31 23:00+00', NULL, true, 3.10, 'a', "
        "'{1,2}'), (2, '0018', '2019-02-01', '2019-01-01', false, NULL, 'b', NULL)",
    )
    return pg


def test_postgresql(tmp_path, monkeypatch, gevuld):
    monkeypatch.setenv("PROEF_DB", gevuld)
    toml = TOML.format(dossiers="zorg.dossiers").replace(
        'tabel = "zorg', 'tijdzone = "Europe/Amsterdam"\ntabel = "zorg'
    )
    uit = controleer(tmp_path, {}, toml)
    assert [(r["klant_id"], r["geboortedatum"]) for r in uit.tabel("klanten")] == [
        ("0017", "1980-03-31"),
        ("0018", None),
    ]
    assert [(r["traject_id"], r["startdatum"], r["netwerk_gevraagd"]) for r in uit.tabel("trajecten")] == [
        ("1", "2019-01-01", True)
    ]
    (bevinding,) = [b for b in uit.bevindingen if b["gewicht"] == "fout"]
    assert (bevinding["bestand"], bevinding["regelnummer"], bevinding["bronkolom"]) == (
        "databank:zorg.dossiers",
        "2",
        "eind",
    )
    alles = "".join(pad.read_bytes().decode("latin-1") for pad in tmp_path.rglob("*") if pad.is_file())
    assert postgres.WACHTWOORD not in alles and "127.0.0.1" not in alles


def test_one_state_for_all_sources_of_a_connection(monkeypatch, gevuld):
    monkeypatch.setenv("PROEF_DB", gevuld)
    run(gevuld, "DROP TABLE IF EXISTS teller", "CREATE TABLE teller (n int)", "INSERT INTO teller VALUES (1)")
    with database.connect("PROEF_DB") as lezer:
        eerst = [stuk[0].to_pylist() for stuk in lezer.read("teller", None)[1]]
        run(gevuld, "INSERT INTO teller VALUES (2)")
        daarna = [stuk[0].to_pylist() for stuk in lezer.read("teller", None)[1]]
    assert eerst == daarna == [["1"]]


def test_nothing_can_be_written(monkeypatch, gevuld):
    monkeypatch.setenv("PROEF_DB", gevuld)
    run(
        gevuld,
        "CREATE OR REPLACE FUNCTION schrijf() RETURNS int LANGUAGE sql AS 'INSERT INTO clienten VALUES "
        "(''x'') RETURNING 1'",
    )
    with database.connect("PROEF_DB") as lezer, pytest.raises(DataError, match="leest alleen"):
        list(lezer.read(None, "SELECT schrijf() AS x")[1])


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        (lambda adres: adres.replace(postgres.WACHTWOORD, "mis-geheim-99"), "naam of wachtwoord wordt geweigerd"),
        (lambda adres: adres.rpartition(":")[0] + ":1/postgres", "antwoordt niet"),
        (lambda adres: adres.replace("/postgres", "/nergens"), "bestaat daar niet"),
        (lambda adres: adres.replace("127.0.0.1:", "127.0.0.1:poort-geheim"), "lukt niet"),
        (lambda adres: "", "is er niet of is leeg"),
    ],
)
def test_the_connection_is_never_told(tmp_path, monkeypatch, gevuld, anders, zin, capfd):
    monkeypatch.setenv("PROEF_DB", anders(gevuld))
    with pytest.raises(DataError) as fout:
        controleer(tmp_path, {}, TOML.format(dossiers="zorg.dossiers"))
    assert zin in str(fout.value) and "PROEF_DB" in str(fout.value)
    alles = "".join(traceback.format_exception(fout.value)) + "".join(capfd.readouterr())
    assert "geheim" not in alles and "127.0.0.1" not in alles


@pytest.mark.parametrize(("tabel", "zin"), [("zorg.dosiers", "is er niet"), ("dossiers", "is er niet")])
def test_a_table_that_is_not_there(tmp_path, monkeypatch, gevuld, tabel, zin):
    monkeypatch.setenv("PROEF_DB", gevuld)
    with pytest.raises(DataError, match=zin):
        controleer(tmp_path, {}, TOML.format(dossiers=tabel))


def sqlite(pad):
    with sqlite3.connect(pad) as con:
        con.executescript("""
            CREATE TABLE clienten (nr TEXT, geboren TEXT); CREATE TABLE dossiers (id, client TEXT, begin TEXT, eind
            TEXT, netwerk); INSERT INTO clienten VALUES ('0017', '1980-03-31'), ('0018', NULL), ('9', NULL);
            INSERT INTO dossiers VALUES (1, '0017', '2019-01-01', NULL, 1), ('twee', '0018', '01-02-2019', '', 0);""")
    con.close()
    return pad


def test_sqlite(tmp_path, monkeypatch):
    pad = sqlite(tmp_path / "proef met spatie.db")
    voor = pad.read_bytes()
    monkeypatch.setenv("PROEF_DB", f"sqlite:///{str(pad).lstrip('/')}" if os.name == "nt" else f"sqlite://{pad}")
    uit = controleer(tmp_path, {}, TOML.format(dossiers="dossiers"))
    assert [(r["traject_id"], r["startdatum"], r["netwerk_gevraagd"]) for r in uit.tabel("trajecten")] == [
        ("1", "2019-01-01", True),
        ("twee", "2019-02-01", False),
    ]
    assert uit.kolom("klanten", "klant_id") == ["0017", "0018"]
    assert pad.read_bytes() == voor


def test_a_sqlite_that_is_not_there(tmp_path, monkeypatch):
    monkeypatch.setenv("PROEF_DB", f"sqlite://{tmp_path}/geheim.db")
    with pytest.raises(DataError, match="is er niet; verwacht wordt") as fout:
        controleer(tmp_path, {}, TOML.format(dossiers="dossiers"))
    assert "geheim" not in str(fout.value)


def driver(bestand):
    """An ODBC driver of this machine; without it the test is skipped, but not in CI."""
    gevonden = list(Path("/usr/lib").glob(f"*/**/{bestand}")) if os.name == "posix" else []
    try:
        import arrow_odbc  # noqa: F401
    except OSError:
        gevonden = []
    if not gevonden and os.environ.get("CI"):
        raise AssertionError(f"De ODBC-driver {bestand} is er niet; python -m tests.postgres installeert hem.")
    return gevonden[0] if gevonden else pytest.skip(f"De ODBC-driver {bestand} is hier niet.")


def test_odbc_to_sqlite(tmp_path, monkeypatch):
    pad = sqlite(tmp_path / "proef.db")
    monkeypatch.setenv("PROEF_DB", f"Driver={driver('libsqlite3odbc.so')};Database={pad}")
    uit = controleer(tmp_path, {}, TOML.format(dossiers="dossiers"))
    assert uit.kolom("klanten", "klant_id") == ["0017", "0018"]
    assert uit.kolom("trajecten", "traject_id") == ["1", "twee"]


def test_odbc_to_postgresql(tmp_path, monkeypatch, gevuld):
    adres = gevuld.rpartition("@")[2]
    poort = adres.partition(":")[2].partition("/")[0]
    verbinding = (
        f"Driver={driver('psqlodbcw.so')};Server=127.0.0.1;Port={poort};Database=postgres;Uid={postgres.GEBRUIKER};Pwd="
    )
    toml = TOML.format(dossiers="zorg.dossiers").replace(
        'tabel = "zorg.dossiers"',
        'query = "SELECT id, client, CAST(begin AS date) AS begin, eind, netwerk FROM zorg.dossiers"',
    )
    monkeypatch.setenv("PROEF_DB", verbinding + postgres.WACHTWOORD)
    uit = controleer(tmp_path, {}, toml)
    assert uit.kolom("klanten", "klant_id") == ["0017", "0018"]
    assert [r["traject_id"] for r in uit.tabel("trajecten")] == ["1"]
    monkeypatch.setenv("PROEF_DB", verbinding + "mis-geheim-99")
    with pytest.raises(DataError, match="naam of wachtwoord wordt geweigerd") as fout:
        controleer(tmp_path, {}, toml)
    assert "geheim" not in "".join(traceback.format_exception(fout.value))
