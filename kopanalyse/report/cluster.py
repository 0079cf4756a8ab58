"""The batch beyond one machine: notebooks run on the workers of a Dask cluster, pages are made here.

Dask rather than Ray: ``distributed`` is small and pure Python, a cluster is two commands wherever Python runs, and its
client gives an ordinary ``concurrent.futures`` executor, which is what ``build`` works with. Notebooks are independent
tasks of seconds each; of what Ray does better (objects that tasks share, actors) nothing would be used.

    dask scheduler
    dask worker tcp://adres:8786 --nworkers 4 --nthreads 1
    kopanalyse report --organisatie dekop --cluster tcp://adres:8786

Workers read the folders of raw and processed data and of notebooks, under the paths that they have here: the folders
must be shared. They write nothing there: what was executed comes back over the network. A worker runs one notebook at a
time.
"""

from __future__ import annotations

import os
import socket
import tempfile
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
from distributed import Client, WorkerPlugin
from distributed.comm import get_address_host_port

from kopanalyse.errors import UserError
from kopanalyse.report.herkomst import file_digest, library
from kopanalyse.report.kernels import ZONDER_DRADEN, warm_kernels

if TYPE_CHECKING:
    from distributed import Worker

    from kopanalyse.report.execute import Mislukt, Taak

NAAM = "kopanalyse"
SECONDEN = 10               # to find the scheduler
KERNELS = {"ipykernel_launcher", "kopanalyse.report.kernels.nursery"}   # in the command of a kernel, forked or not
EEN_TEGELIJK = threading.Lock()     # papermill changes the working folder of its process


class ClusterError(UserError):
    """The notebooks cannot run on the cluster; the message (Dutch) says why."""


class Werkplek(WorkerPlugin):
    """What a worker needs to run notebooks: the folders, the environment that says where they are, warm kernels."""

    name = NAAM

    def __init__(self, omgeving: Mapping[str, str], cijfers: Path, notebooks: Path) -> None:
        self.omgeving, self.cijfers, self.notebooks = dict(omgeving), cijfers, notebooks
        self.merk, self.versie = file_digest(cijfers), library()
        self._opruimen: ExitStack | None = None
        self._was: dict[str, str | None] = {}

    def setup(self, worker: Worker) -> None:
        """Make the place ready; ``ClusterError`` when this worker does not see what is seen here."""
        self._check(worker.address)
        with ExitStack() as begin:
            map_ = Path(begin.enter_context(tempfile.TemporaryDirectory(prefix="kop-", ignore_cleanup_errors=True)))
            warm = begin.enter_context(warm_kernels(map_, map_ / "kernels.log"))
            self._opruimen = begin.pop_all()
        self._set(self.omgeving | ZONDER_DRADEN | warm | {
            "TMPDIR": str(map_), "IPYTHONDIR": str(map_ / "ipython"), "JUPYTER_RUNTIME_DIR": str(map_ / "jupyter")})

    def teardown(self, worker: Worker) -> None:
        """Leave the worker as it was; a notebook that still runs, because the build was broken off, ends."""
        if self._opruimen:
            self._set(self._was)
            for proces in psutil.Process().children(recursive=True):
                with suppress(psutil.Error):
                    if KERNELS & set(proces.cmdline()):
                        proces.kill()
            self._opruimen.close()

    def _check(self, werker: str) -> None:
        if self.versie != library():
            raise ClusterError(f"Op de werker {werker} draait een andere versie van kopanalyse, van Python of van een "
                               "pakket dan hier; installeer overal hetzelfde.")
        for pad in (self.cijfers, self.notebooks):
            if not pad.exists():
                raise ClusterError(f"De werker {werker} ziet {pad} niet. De mappen met gegevens en notebooks moeten "
                                   "gedeeld zijn, onder hetzelfde pad als hier.")
        if self.merk != file_digest(self.cijfers):
            raise ClusterError(f"De werker {werker} ziet in {self.cijfers} andere cijfers dan hier staan; is die map "
                               "wel gedeeld?")

    def _set(self, omgeving: Mapping[str, str | None]) -> None:
        self._was = {naam: os.environ.get(naam) for naam in omgeving}
        for naam, waarde in omgeving.items():
            if waarde is None:
                os.environ.pop(naam, None)
            else:
                os.environ[naam] = waarde
        tempfile.tempdir = None  # so that it is looked up anew


class OpCluster:
    """Runs tasks on a cluster: to ``build`` an executor like any other."""

    def __init__(self, client: Client) -> None:
        self._executor = client.get_executor(pure=False)

    def submit(self, doe: Any, taak: Taak, *wat: Any) -> Future:
        """``doe(taak, *wat)`` on a worker; when that is done, what it executed stands in ``taak.uit`` here."""
        hier: Future = Future()

        def done(daar: Future) -> None:
            try:
                uitkomst, inhoud = daar.result()
                if inhoud:
                    taak.uit.write_bytes(inhoud)
                hier.set_result(uitkomst)
            except BaseException as fout:
                hier.set_exception(fout)

        self._executor.submit(run_here, doe, taak, *wat).add_done_callback(done)
        return hier

    def shutdown(self) -> None:
        """Forget the tasks that have not been done."""
        self._executor.shutdown(wait=False)


def run_here(doe: Any, taak: Taak, *wat: Any) -> tuple[Mislukt | None, bytes]:
    """On a worker: what ``doe`` says of the task, and the notebook that it executed."""
    with EEN_TEGELIJK, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as map_:
        eigen = replace(taak, uit=Path(map_) / "n.ipynb")
        mislukt = doe(eigen, *wat)
        return mislukt, eigen.uit.read_bytes() if eigen.uit.is_file() else b""


@contextmanager
def on_cluster(adres: str, omgeving: Mapping[str, str], cijfers: Path, notebooks: Path) -> Iterator[OpCluster]:
    """The workers of the Dask scheduler at ``adres``; ``ClusterError`` when they are not there or lack something."""
    try:
        socket.create_connection(get_address_host_port(adres), SECONDEN).close()  # a client that finds nothing is slow
        client = Client(adres, timeout=SECONDEN, set_as_default=False)
    except (OSError, ValueError):
        raise ClusterError(f"Op {adres} antwoordt geen Dask-scheduler; verwacht wordt een adres als tcp://adres:8786. "
                           "Start een scheduler met: dask scheduler") from None
    with client:
        if not client.scheduler_info()["workers"]:
            raise ClusterError(f"De scheduler op {adres} heeft geen werkers. Start er een met: dask worker {adres}")
        try:
            try:
                client.register_plugin(Werkplek(omgeving, cijfers, notebooks))
            except ClusterError:
                raise
            except Exception as fout:
                raise ClusterError(f"Op het cluster {adres} kan geen notebook draaien ({type(fout).__name__}: {fout}). "
                                   "Is kopanalyse op elke werker geïnstalleerd?") from None
            pool = OpCluster(client)
            try:
                yield pool
            finally:
                pool.shutdown()
        finally:
            client.unregister_worker_plugin(NAAM)
