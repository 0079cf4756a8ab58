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
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
from distributed import Client, WorkerPlugin
from distributed.comm.addressing import get_address_host_port

from kopanalyse.errors import UserError
from kopanalyse.files import file_digest, work_folder
from kopanalyse.report.build.kernels import ZONDER_DRADEN, warm_kernels
from kopanalyse.report.pages.marks import library

if TYPE_CHECKING:
    from distributed import Worker

    from kopanalyse.report.build.run import Mislukt, Taak

NAAM = "kopanalyse"
SECONDEN = 10  # to find the scheduler, and to take leave of it
TELKENS, GENADE = 3, 30  # seconds: how often it is asked whether there is a worker, and how long there may be none
# in the command of a kernel, forked or not
KERNELS = {"ipykernel_launcher", "kopanalyse.report.build.kernels.nursery"}
EEN_TEGELIJK = threading.Lock()  # papermill changes the working folder of its process


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
            map_ = begin.enter_context(work_folder())
            warm = begin.enter_context(warm_kernels(map_, map_ / "kernels.log"))
            self._opruimen = begin.pop_all()
        self._set(
            self.omgeving
            | ZONDER_DRADEN
            | warm
            | {"TMPDIR": str(map_), "IPYTHONDIR": str(map_ / "ipython"), "JUPYTER_RUNTIME_DIR": str(map_ / "jupyter")}
        )

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
            raise ClusterError(
                f"Op de werker {werker} draait een andere versie van kopanalyse, van Python of van een "
                "pakket dan hier; installeer overal hetzelfde."
            )
        for pad in (self.cijfers, self.notebooks):
            if not pad.exists():
                raise ClusterError(
                    f"De werker {werker} ziet {pad} niet. De mappen met gegevens en notebooks moeten "
                    "gedeeld zijn, onder hetzelfde pad als hier."
                )
        if self.merk != file_digest(self.cijfers):
            raise ClusterError(
                f"De werker {werker} ziet in {self.cijfers} andere cijfers dan hier staan; is die map wel gedeeld?"
            )

    def _set(self, omgeving: Mapping[str, str | None]) -> None:
        self._was = {naam: os.environ.get(naam) for naam in omgeving}
        for naam, waarde in omgeving.items():
            if waarde is None:
                os.environ.pop(naam, None)
            else:
                os.environ[naam] = waarde
        tempfile.tempdir = None  # so that it is looked up anew


class OpCluster:
    """Runs tasks on a cluster: to ``build`` an executor like any other.

    A scheduler that goes, or whose workers are all gone, says nothing itself: tasks would wait for ever. So it is asked
    every few seconds, and what is still to be done fails (``ClusterError``) when there was nobody for ``GENADE``
    seconds. A worker that dies alone is the scheduler's business: another one does its task.
    """

    def __init__(self, client: Client, adres: str) -> None:
        self._client, self._adres = client, adres
        self._executor = client.get_executor(pure=False)
        self._open: set[Future] = set()
        self._klaar = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def lives(self) -> bool:
        """Whether the scheduler answers, and has a worker."""
        try:
            scheduler: Any = self._client.scheduler
            antwoord: Any = self._client.sync(scheduler.identity, n_workers=1, callback_timeout=TELKENS)
            return bool(antwoord["workers"])
        except (OSError, AttributeError, RuntimeError, TimeoutError):
            return False

    def _watch(self) -> None:
        gezien = time.monotonic()
        while not self._klaar.wait(TELKENS):
            if self.lives():
                gezien = time.monotonic()
            elif time.monotonic() - gezien > GENADE:
                for hier in list(self._open):
                    self._settle(hier, ClusterError(f"op {self._adres} is geen Dask-scheduler met werkers meer"))

    def submit(self, doe: Any, taak: Taak, *wat: Any) -> Future:
        """``doe(taak, *wat)`` on a worker; when that is done, what it executed stands in ``taak.uit`` here."""
        hier: Future = Future()

        def done(daar: Future) -> None:
            try:
                uitkomst, inhoud = daar.result()
                if inhoud and hier in self._open:
                    taak.uit.write_bytes(inhoud)
                self._settle(hier, uitkomst)
            except BaseException as fout:
                self._settle(hier, fout)

        self._open.add(hier)
        self._executor.submit(run_here, doe, taak, *wat).add_done_callback(done)
        return hier

    def _settle(self, hier: Future, uitkomst: Mislukt | BaseException | None) -> None:
        """Let what waits for ``hier`` have its outcome, once: the first holds."""
        try:
            self._open.remove(hier)
        except KeyError:
            return
        if isinstance(uitkomst, BaseException):
            hier.set_exception(uitkomst)
        else:
            hier.set_result(uitkomst)

    def shutdown(self) -> None:
        """Forget the tasks that have not been done."""
        self._klaar.set()
        self._executor.shutdown(wait=False)


def run_here(doe: Any, taak: Taak, *wat: Any) -> tuple[Mislukt | None, bytes]:
    """On a worker: what ``doe`` says of the task, and the notebook that it executed."""
    with EEN_TEGELIJK, work_folder() as map_:
        eigen = replace(taak, uit=map_ / "n.ipynb")
        mislukt = doe(eigen, *wat)
        return mislukt, eigen.uit.read_bytes() if eigen.uit.is_file() else b""


@contextmanager
def on_cluster(adres: str, omgeving: Mapping[str, str], cijfers: Path, notebooks: Path) -> Iterator[OpCluster]:
    """The workers of the Dask scheduler at ``adres``; ``ClusterError`` when they are not there or lack something."""
    try:
        socket.create_connection(get_address_host_port(adres), SECONDEN).close()  # a client that finds nothing is slow
        client = Client(adres, timeout=SECONDEN, set_as_default=False)
    except (OSError, ValueError):
        raise ClusterError(
            f"Op {adres} antwoordt geen Dask-scheduler; verwacht wordt een adres als tcp://adres:8786. "
            "Start een scheduler met: dask scheduler"
        ) from None
    with client:
        if not client.scheduler_info()["workers"]:
            raise ClusterError(f"De scheduler op {adres} heeft geen werkers. Start er een met: dask worker {adres}")
        try:
            try:
                client.register_plugin(Werkplek(omgeving, cijfers, notebooks))
            except ClusterError:
                raise
            except Exception as fout:
                raise ClusterError(
                    f"Op het cluster {adres} kan geen notebook draaien ({type(fout).__name__}: {fout}). "
                    "Is kopanalyse op elke werker geïnstalleerd?"
                ) from None
            pool = OpCluster(client, adres)
            try:
                yield pool
            finally:
                pool.shutdown()
        finally:
            with suppress(OSError, TimeoutError):  # a scheduler that is gone needs nothing undone
                client.sync(client._unregister_worker_plugin, name=NAAM, nanny=False, callback_timeout=SECONDEN)
