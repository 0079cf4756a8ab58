"""The words with which figures are counted, on Spark: for registrations that outgrow one machine.

Expressions, and the SQL that they become, stay the work of ``kopanalyse.engine``; this module alone knows pyspark. That
is an extra, and is imported when a session starts.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import socket
import threading
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot
from sqlglot.errors import SqlglotError

from kopanalyse.engine.query import QueryEngine
from kopanalyse.engine.words import Expression, table
from kopanalyse.errors import DataError, UserError

if TYPE_CHECKING:
    import pandas

LOKAAL = "local[*]"
SECONDEN = 10  # for an address to answer
TELKENS, GENADE = 5, 45  # seconds: how often is looked whether there is a machine, and how long there may be none
# What a query for rows has no word for, between or after its own, and the functions that call any method of Java.
NIET_VRAGEN = (";", "insert", "reflect", "try_reflect", "java_method")
# What Spark says when a machine went while it counted, so often that it gave up, or the cluster as a whole.
UITGEVALLEN = ("ExecutorLostFailure", "SparkContext was shut down", "stopped SparkContext", "masters are unresponsive")
VAST = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # what goes wrong in a query stops the run, and does not become an empty figure
}
TENZIJ_ANDERS_INGESTELD = {"spark.ui.enabled": "false", "spark.log.level": "ERROR"}
TENZIJ_ANDERS_INGESTELD_LOKAAL = TENZIJ_ANDERS_INGESTELD | {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),  # the 200 of a cluster are 200 tasks in turn here
}
"""All else is set as for any Spark: in spark-defaults.conf or PYSPARK_SUBMIT_ARGS."""


def spark(master: str = LOKAAL) -> Callable[[Path | None], SparkEngine]:
    """What opens an engine on the Spark at ``master``: ``local[2]``, or a cluster's address, as ``spark://host:7077``.

    Raises ``UserError`` when pyspark or Java is not there.
    """
    if find_spec("pyspark") is None:
        raise UserError(
            "Voor --engine spark is pyspark nodig, en dat is er niet. Installeer het met: "
            "pip install 'pyspark>=4.0,<4.4'."
        )
    thuis = os.environ.get("JAVA_HOME")
    if not shutil.which(str(Path(thuis, "bin", "java")) if thuis else "java"):
        waar = f"in JAVA_HOME ({thuis})" if thuis else "op het PATH"
        raise UserError(
            f"Voor --engine spark is Java 17 of nieuwer nodig, en java staat niet {waar}. Installeer een "
            "JDK of JRE en zet JAVA_HOME op de map ervan."
        )
    return lambda queries: SparkEngine(master, queries)


class SparkEngine(QueryEngine):
    """One Spark session. A process has one at a time; ``UserError`` when it does not start.

    The Parquet files must have the same path on the machine that runs this and on those of the cluster.
    """

    dialect = "pyspark"
    shares_subqueries = False

    def __init__(self, master: str = LOKAAL, queries: Path | None = None) -> None:
        super().__init__(queries)
        with warnings.catch_warnings():  # that pyspark does not know the newest pandas: only Arrow tables pass
            warnings.filterwarnings("ignore", "PySpark does not yet", FutureWarning)
            self._spark = _session(master)
        self._verlaten, self._klaar = False, threading.Event()
        if not master.startswith("local"):
            threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        """Stop what runs when the cluster had no machine for it for ``GENADE`` seconds: Spark itself waits for ever."""
        context: Any = self._spark.sparkContext
        gezien = time.monotonic()
        while not self._klaar.wait(TELKENS):
            try:
                machines = context._jsc.sc().getExecutorMemoryStatus().size() - 1  # it counts this process too
            except Exception:  # the session has just ended, or Java has: who asks next is told
                return
            if machines:
                gezien = time.monotonic()
            elif time.monotonic() - gezien > GENADE:
                self._verlaten = True
                context.cancelAllJobs()

    def close(self) -> None:
        self._klaar.set()
        with suppress(Exception):  # there may be no Java to stop any more: who asked it something has been told
            self._spark.stop()

    def selects(self, query: str) -> bool:
        try:
            woorden = sqlglot.tokenize(query, read="spark")
        except SqlglotError:
            return False
        return bool(
            woorden
            and woorden[0].text.upper() in ("SELECT", "WITH")
            and not any(woord.text.lower() in NIET_VRAGEN for woord in woorden)
        )

    def add_parquet(self, naam: str, pad: Path) -> None:
        from pyspark.sql.pandas.types import from_arrow_schema

        letterlijk = re.sub(r"([\\{}\[\]*?])", r"\\\1", pad.resolve().as_posix())  # otherwise a pattern of paths
        lezer = self._spark.read.schema(from_arrow_schema(pq.read_schema(pad)))  # not a job to find that out
        lezer.parquet(f"file:///{letterlijk.lstrip('/')}").cache().createOrReplaceTempView(naam)

    def add(self, naam: str, rijen: pa.Table | pandas.DataFrame) -> None:
        if not isinstance(rijen, pa.Table):
            rijen = pa.Table.from_pandas(rijen, preserve_index=False)
        self._spark.createDataFrame(rijen).createOrReplaceTempView(naam)

    def create_of(self, naam: str, van: str, maak: Callable[[], Expression]) -> Expression:
        query = self._query_of(van, maak)
        self._spark.sql(self._ready(query)).cache().createOrReplaceTempView(naam)  # filled by its first reader
        return table(naam, query.kolommen)

    def fetch(self, expression: Expression) -> pa.Table:
        return self._collect(self._sql(expression))

    def values(self, expression: Expression) -> list[Any]:
        return self.fetch(expression).column(0).to_pylist()

    def _frame(self, query: str) -> pandas.DataFrame:
        return self._collect(query).to_pandas()

    def _collect(self, query: str) -> pa.Table:
        from py4j.protocol import Py4JError, Py4JJavaError

        try:
            return self._spark.sql(query).toArrow()
        except (Py4JError, ConnectionError) as fout:
            if not isinstance(fout, Py4JJavaError):  # nothing that Java says
                raise DataError(
                    "Java, waarin Spark rekent, is gestopt, vaak door te weinig geheugen. De cijfers die er stonden, "
                    "staan er nog; geef het meer (spark.driver.memory), of reken met DuckDB."
                ) from fout
            if any(woord in str(fout) for woord in UITGEVALLEN):
                raise DataError(
                    "Een machine van Spark is uitgevallen terwijl zij rekende, of het cluster is gestopt. De cijfers "
                    "die er stonden, staan er nog; kijk op het cluster en probeer opnieuw."
                ) from fout
            if self._verlaten:
                raise DataError(
                    f"Spark had {GENADE} seconden lang geen machine om op te rekenen: er is er geen, of zij zijn bezet "
                    "of uitgevallen. De cijfers die er stonden, staan er nog; kijk op het cluster en probeer opnieuw."
                ) from fout
            if "FILE_NOT_EXIST" not in str(fout):
                raise
            raise DataError(
                "Spark vindt de gecontroleerde tabellen niet. Verwacht wordt dat elke machine van het "
                "cluster ze onder hetzelfde pad ziet; zet --processed op een gedeelde map."
            ) from fout


def _must_answer(master: str) -> None:
    """Raise ``UserError`` where nobody answers at a cluster's address: Spark itself tries for minutes."""
    adressen = [adres.rpartition(":") for adres in master.removeprefix("spark://").split(",")]
    for host, _, poort in adressen:
        with suppress(OSError, ValueError):
            socket.create_connection((host, int(poort)), SECONDEN).close()
            return
    raise UserError(
        f"Op {master} antwoordt geen Spark. Verwacht wordt het adres van een cluster dat draait, zoals spark://host:7077."
    )


def _session(master: str):
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    if master.startswith("spark://"):
        _must_answer(master)
    gateway = _java_machine()
    conf = SparkConf(_jvm=gateway.jvm).setMaster(master).setAppName("kopanalyse").setAll(list(VAST.items()))
    lokaal = master.startswith("local")
    for naam, waarde in (TENZIJ_ANDERS_INGESTELD_LOKAAL if lokaal else TENZIJ_ANDERS_INGESTELD).items():
        conf.setIfMissing(naam, waarde)
    try:
        return SparkSession(SparkContext(gateway=gateway, conf=conf))
    except Py4JError as fout:
        raise UserError(
            f"Spark start niet op {master}. Verwacht wordt local[2], of het adres van een cluster dat "
            "draait, zoals spark://host:7077."
        ) from fout


@cache
def _java_machine():
    """The Java process of this one; what it writes at the start stays out of sight, unless it does not start."""
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway

    # What the way to Java finds wrong comes as an error too; it also writes it to the log of the whole program.
    logging.getLogger().addFilter(lambda regel: "py4j" not in regel.pathname)
    logging.getLogger("py4j").setLevel(logging.CRITICAL)
    with TemporaryFile() as melding:
        try:
            return launch_gateway(popen_kwargs={"stderr": melding})
        except PySparkRuntimeError as fout:
            melding.seek(0)
            gemeld = " ".join(melding.read().decode(errors="replace").split())[:300] or "niets."
            raise UserError(f"Java start niet; verwacht wordt Java 17 of nieuwer. Java meldt: {gemeld}") from fout
