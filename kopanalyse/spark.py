"""The words with which figures are counted, on Spark: for registrations that outgrow one machine.

Expressions, and the SQL that they become, stay the work of ``kopanalyse.engine``; this module alone knows pyspark. That
is an extra, and is imported when a session starts.
"""

from __future__ import annotations

import os
import re
import shutil
import warnings
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from kopanalyse.engine import Expression, QueryEngine, table
from kopanalyse.errors import DataError, UserError

if TYPE_CHECKING:
    import pandas

LOKAAL = "local[*]"
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
        raise UserError("Voor --engine spark is pyspark nodig, en dat is er niet. Installeer het met: "
                        "pip install 'pyspark>=4.0,<4.4'.")
    thuis = os.environ.get("JAVA_HOME")
    if not shutil.which(str(Path(thuis, "bin", "java")) if thuis else "java"):
        waar = f"in JAVA_HOME ({thuis})" if thuis else "op het PATH"
        raise UserError(f"Voor --engine spark is Java 17 of nieuwer nodig, en java staat niet {waar}. Installeer een "
                        "JDK of JRE en zet JAVA_HOME op de map ervan.")
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

    def close(self) -> None:
        self._spark.stop()

    def add_parquet(self, naam: str, pad: Path) -> None:
        from pyspark.sql.pandas.types import from_arrow_schema

        letterlijk = re.sub(r"([\\{}\[\]*?])", r"\\\1", pad.resolve().as_posix())  # otherwise a pattern of paths
        lezer = self._spark.read.schema(from_arrow_schema(pq.read_schema(pad)))  # not a job to find that out
        lezer.parquet(f"file:///{letterlijk.lstrip('/')}").cache().createOrReplaceTempView(naam)

    def add(self, naam: str, rijen: pa.Table | pandas.DataFrame) -> None:
        if not isinstance(rijen, pa.Table):
            rijen = pa.Table.from_pandas(rijen, preserve_index=False)
        self._spark.createDataFrame(rijen).createOrReplaceTempView(naam)

    def create(self, naam: str, expression: Expression) -> Expression:
        self._spark.sql(self._sql(expression)).cache().createOrReplaceTempView(naam)  # filled by its first reader
        return table(naam, expression.schema())

    def fetch(self, expression: Expression) -> pa.Table:
        return self._collect(self._sql(expression))

    def values(self, expression: Expression) -> list[Any]:
        return self.fetch(expression).column(0).to_pylist()

    def _frame(self, query: str) -> pandas.DataFrame:
        return self._collect(query).to_pandas()

    def _collect(self, query: str) -> pa.Table:
        from py4j.protocol import Py4JError

        try:
            return self._spark.sql(query).toArrow()
        except Py4JError as fout:
            if "FILE_NOT_EXIST" not in str(fout):
                raise
            raise DataError("Spark vindt de gecontroleerde tabellen niet. Verwacht wordt dat elke machine van het "
                            "cluster ze onder hetzelfde pad ziet; zet --processed op een gedeelde map.") from fout


def _session(master: str):
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    gateway = _java_machine()
    conf = SparkConf(_jvm=gateway.jvm).setMaster(master).setAppName("kopanalyse").setAll(VAST.items())
    lokaal = master.startswith("local")
    for naam, waarde in (TENZIJ_ANDERS_INGESTELD_LOKAAL if lokaal else TENZIJ_ANDERS_INGESTELD).items():
        conf.setIfMissing(naam, waarde)
    try:
        return SparkSession(SparkContext(gateway=gateway, conf=conf))
    except Py4JError as fout:
        raise UserError(f"Spark start niet op {master}. Verwacht wordt local[2], of het adres van een cluster dat "
                        "draait, zoals spark://host:7077.") from fout


@cache
def _java_machine():
    """The Java process of this one; what it writes at the start stays out of sight, unless it does not start."""
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway

    with TemporaryFile() as melding:
        try:
            return launch_gateway(popen_kwargs={"stderr": melding})
        except PySparkRuntimeError as fout:
            melding.seek(0)
            gemeld = " ".join(melding.read().decode(errors="replace").split())[:300] or "niets."
            raise UserError(f"Java start niet; verwacht wordt Java 17 of nieuwer. Java meldt: {gemeld}") from fout
