"""Every figure of both organisations on Spark beside the same figure on DuckDB, over registrations of odd texts."""

import os
import shutil
import socket
import subprocess
import sys
import textwrap
import time
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import kopanalyse
from kopanalyse.checked.check import check
from kopanalyse.cli import main
from kopanalyse.engine.spark import spark
from kopanalyse.engine.words import table
from kopanalyse.errors import DataError, UserError
from kopanalyse.indicators.compute import figures
from kopanalyse.indicators.long_table import KOLOMMEN
from kopanalyse.periode import Periode
from kopanalyse.settings import load_settings
from tests.catalogus import INDICATOREN
from tests.orakel.vergelijken import PER_ORGANISATIE
from tests.orakel.willekeurig import schrijf
from tests.tabel import write_raw

pytest.importorskip("pyspark", reason="pyspark, of the extra spark, is not installed")
pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(not shutil.which("java"), reason="there is no Java for Spark to run on"),
]

ZAAD, OMVANG = 2046, 80  # all tables are there, and every indicator counts something
ODD = {
    "dekop": {"NULL", "None", "regel een\nregel twee", "O'Brien", '5" buis', "$1", "`x`", "''", "Straße", "∅"},
    "smwo": {"NA", "null", "None", "tab\tbinnen", "'", "''", "🙂 buurt", "a\r\nb", "GGZ", "%s {0}"},
}
# Small queries, each other than the last: compiling them well takes longer than running them.
VLUG = (
    "--driver-java-options -XX:TieredStopAtLevel=1 --conf spark.sql.shuffle.partitions=1 "
    "--conf spark.sql.adaptive.enabled=false --conf spark.sql.codegen.wholeStage=false "
    "--conf spark.sql.codegen.factoryMode=NO_CODEGEN pyspark-shell"
)


@pytest.fixture(scope="module", autouse=True)
def quick_to_start():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_SUBMIT_ARGS", VLUG)
        yield


@pytest.fixture(scope="module", params=PER_ORGANISATIE)
def organisatie(request):
    return request.param


@pytest.fixture(scope="module")
def map_(organisatie, tmp_path_factory):
    """A folder ``checked``, in a folder whose name is a pattern to Spark."""
    map_ = tmp_path_factory.mktemp("spark") / "map [1] {a,b} met*"
    schrijf(map_ / "raw" / organisatie, ZAAD, OMVANG, organisatie=organisatie, vuil=0)
    check(load_settings(organisatie), map_ / "raw", map_ / "processed", vandaag=date(2026, 11, 26))
    return map_ / "processed" / organisatie / "checked"


# A process has one session at a time: the tests that open one of their own come before those that share it.
def test_an_address_that_is_none_gets_a_sentence():
    with pytest.raises(UserError, match="Spark start niet op wijzer://host:7077. Verwacht wordt local"):
        spark("wijzer://host:7077")(None)


def test_an_address_that_does_not_answer_gets_a_sentence_at_once():
    with pytest.raises(UserError, match="Op spark://127.0.0.1:1 antwoordt geen Spark. Verwacht wordt het adres"):
        spark("spark://127.0.0.1:1")(None)


@pytest.mark.skipif(os.name != "posix", reason="the launcher as on Unix")
def test_a_cluster_without_machines_is_said_and_not_waited_for(tmp_path, monkeypatch):
    import pyspark

    monkeypatch.setattr("kopanalyse.engine.spark.GENADE", 3)
    monkeypatch.setattr("kopanalyse.engine.spark.TELKENS", 1)
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    klasse = [str(Path(*pyspark.__path__) / "bin" / "spark-class"), "org.apache.spark.deploy.master.Master"]
    opties = ["--host", "127.0.0.1", "--port", str(poort), "--webui-port", "0"]
    omgeving = os.environ | {"SPARK_LOG_DIR": str(tmp_path), "SPARK_LOCAL_IP": "127.0.0.1"}
    with subprocess.Popen([*klasse, *opties], stderr=subprocess.DEVNULL, env=omgeving) as meester:
        try:
            einde = time.monotonic() + 60
            while socket.socket().connect_ex(("127.0.0.1", poort)) and time.monotonic() < einde:
                time.sleep(0.2)
            with spark(f"spark://127.0.0.1:{poort}")(None) as engine:
                engine.add("rijen", pa.table({"a": [1, 2]}))
                with pytest.raises(DataError, match="Spark had 3 seconden lang geen machine om op te rekenen"):
                    engine.values(table("rijen", {"a": "int64"}).aggregate(n=lambda rij: rij.a.sum()))
        finally:
            meester.kill()


def test_a_java_that_does_not_start_says_why(tmp_path):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho Geen machine: >&2\necho Te weinig geheugen. >&2\nexit 1\n")
    java.chmod(0o755)
    code = "from kopanalyse.cli import main; raise SystemExit(main())"
    write_raw(tmp_path / "raw" / "dekop", {"klanten": "klant_id\n1"})
    gedraaid = subprocess.run(
        [sys.executable, "-c", code, "compute", "--organisatie=dekop", "--jaar=2019", "--raw=raw", "--engine=spark"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=os.environ
        | dict.fromkeys(("JAVA_HOME", "XDG_CACHE_HOME"), str(tmp_path))
        | {"PYTHONPATH": str(Path(kopanalyse.__file__).parents[1])},
    )
    assert gedraaid.returncode == 2
    zin = "Java start niet; verwacht wordt Java 17 of nieuwer. Java meldt: Geen machine: Te weinig geheugen."
    assert gedraaid.stderr.startswith(zin) and "Traceback" not in gedraaid.stderr


STOPT = """
    import sys, threading, time
    import psutil
    from kopanalyse.engine.spark import spark

    def stop(engine):
        while not engine._spark.sparkContext.statusTracker().getActiveJobsIds():
            time.sleep(0.1)
        for kind in psutil.Process().children(recursive=True):
            if "java" in kind.name():
                kind.kill()

    with spark("local[1]")(None) as engine:
        threading.Thread(target=stop, args=[engine], daemon=True).start()
        try:
            engine._collect("SELECT sum(pmod(a.id * b.id, 7)) FROM range(200000) a CROSS JOIN range(200000) b")
        except Exception as fout:
            print(type(fout).__name__, fout)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals as on Unix")
def test_a_java_that_stops_while_it_counts_is_said():
    """As when memory is out; the cluster's part of it is ``test_a_cluster_without_machines``."""
    gedraaid = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(STOPT)], capture_output=True, text=True, timeout=120
    )
    assert gedraaid.stdout.startswith("DataError Java, waarin Spark rekent, is gestopt"), gedraaid.stderr
    assert "Traceback" not in gedraaid.stderr


def test_a_machine_that_does_not_see_the_tables_is_explained(tmp_path):
    pq.write_table(pa.table({"kern": ["Onna"]}), tmp_path / "kernen.parquet")
    with spark("local[1]")(None) as engine:
        engine.add_parquet("kernen", tmp_path / "kernen.parquet")
        (tmp_path / "kernen.parquet").unlink()
        with pytest.raises(DataError, match="elke machine van het cluster ze onder hetzelfde pad ziet"):
            engine.values(table("kernen", {"kern": "string"}))


def test_the_command_line_shows_where_figures_stand_and_nothing_of_spark(tmp_path, capfd):
    write_raw(
        tmp_path / "raw" / "dekop", {"vip": "gebeurtenis_id datum soort\n1 2019-01-01 vacature\n2 2019-05-01 vacature"}
    )
    opdracht = ["compute", "--organisatie=dekop", "--jaar=2019", f"--raw={tmp_path / 'raw'}"]
    for naam in ("duckdb", "spark"):
        assert main([*opdracht, f"--processed={tmp_path / naam}", f"--engine={naam}"]) == 0
    uit, fout = capfd.readouterr()
    assert fout == "" and len(uit.splitlines()) == 4
    op_duckdb, op_spark = (tmp_path / naam / "dekop" / "cijfers.csv" for naam in ("duckdb", "spark"))
    assert op_spark.read_bytes() == op_duckdb.read_bytes() and b"vacature,,aantal,2,," in op_spark.read_bytes()


@pytest.fixture(scope="module")
def sessie():
    """One session for all that is counted here: whoever opens it gets it, and whoever is done leaves it open."""
    with spark("local[2]")(None) as engine:
        yield lambda queries: nullcontext(engine)


@pytest.fixture(scope="module")
def beide(organisatie, map_, sessie):
    """The long table of DuckDB and that of Spark, of all indicators."""
    settings, gehoord = load_settings(organisatie), []
    op_duckdb = figures(settings, map_, [Periode(2018), Periode(2019)])
    op_spark = figures(
        settings, map_, [Periode(2018), Periode(2019)], open_engine=sessie, meld=lambda naam, *_: gehoord.append(naam)
    )
    assert gehoord[:-1] == list(INDICATOREN)
    return op_duckdb, op_spark


def test_every_indicator_has_figures_and_odd_texts(organisatie, beide):
    _, op_spark = beide
    geteld = op_spark.teller.abs().groupby(op_spark.indicator).sum()
    assert set(geteld[geteld > 0].index) == PER_ORGANISATIE[organisatie]
    teksten = set(op_spark.team) | set(op_spark.categorie) | set(op_spark.subcategorie)
    assert teksten >= ODD[organisatie]
    assert ((op_spark.noemer == 0) & op_spark.waarde.isna()).any()


def test_the_long_table_is_the_same(beide):
    """Texts and counts to the letter; what is computed from sums of decimals to a billionth."""
    op_duckdb, op_spark = beide
    assert op_spark.columns.tolist() == list(KOLOMMEN)
    pd.testing.assert_frame_equal(op_spark, op_duckdb, check_exact=False, rtol=1e-9, atol=0)
    geteld = op_duckdb.eenheid.isin(["aantal", "aandeel"])
    for kolom in ("teller", "noemer", "n_personen"):
        assert np.array_equal(op_spark[kolom][geteld], op_duckdb[kolom][geteld], equal_nan=True), kolom
