"""Running notebooks: papermill in processes of its own, each with one kernel at a time."""

from __future__ import annotations

import logging
import os
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.context import BaseContext
from pathlib import Path

from kopanalyse.files import process_folder
from kopanalyse.periode import Periode
from kopanalyse.report.build.kernels import LANGSTE_SOCKET, ZONDER_DRADEN, can_fork, warm_kernels
from kopanalyse.report.cijfers.looked_up import RAPPORT

SECONDEN_PER_CEL, SECONDEN_VOOR_START = 900, 120
LUISTERAAR = len("/pymp-xxxxxxxx/listener-xxxxxxxx")  # the socket that multiprocessing makes for its workers
KERNEL = "python3"  # Jupyter's name for the Python that runs this
GEHEUGEN_PER_WERKER = 500e6  # bytes; a worker and its kernel take about half of it, and notebooks differ

Plek = tuple[Periode, str]  # a period and a team: their pages share a folder


@dataclass(frozen=True)
class Taak:
    """One notebook to run for one period and team."""

    notebook: Path
    periode: Periode
    team: str
    uit: Path

    @property
    def hoofdstuk(self) -> str:
        return self.notebook.stem

    @property
    def plek(self) -> Plek:
        return self.periode, self.team


@dataclass(frozen=True)
class Mislukt:
    """A notebook that did not run to its end: where (``cel`` counts from 1 in the notebook) and why."""

    notebook: str
    periode: Periode
    team: str
    cel: int | None
    melding: str

    def __str__(self) -> str:
        waar = f", cel {self.cel}" if self.cel else ""
        return f"{self.notebook} ({self.periode}, {self.team}){waar}: {self.melding}"


def as_many_as_fit() -> int:
    """How many notebooks can run at once: one for every core that we may use and one more, and memory for each.

    One more, because a kernel that starts or ends keeps its worker waiting, and no core busy.
    """
    import psutil

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores + 1, int(psutil.virtual_memory().available // GEHEUGEN_PER_WERKER)))


@contextmanager
def workers(aantal: int, omgeving: dict[str, str], werkmap: Path) -> Iterator[ProcessPoolExecutor]:
    """Processes that run papermill, and warm kernels for them; what these leave behind goes with ``werkmap``.

    When the build is broken off (Ctrl-C) nobody waits for the notebooks that run: a kernel ends with its worker.
    """
    logboek = werkmap / "kernels.log"
    omgeving = omgeving | {
        "TMPDIR": str(werkmap),
        "IPYTHONDIR": str(werkmap / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(werkmap / "jupyter"),
    }
    anderen = active_children()
    with warm_kernels(werkmap, logboek) as warm:
        pool = ProcessPoolExecutor(
            aantal,
            mp_context=_context(),
            initializer=_prepare_worker,
            initargs=(omgeving | ZONDER_DRADEN | warm, logboek),
        )
        try:
            yield pool
        except BaseException:
            for worker in active_children():
                if worker not in anderen:
                    worker.kill()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def _context() -> BaseContext:
    """How workers start: where that is safe as forks of one process that has imported papermill.

    That process ends with this one.
    """
    if not can_fork() or len(str(process_folder())) + LUISTERAAR > LANGSTE_SOCKET:
        return get_context("spawn")
    from multiprocessing import forkserver

    context = get_context("forkserver")
    context.set_forkserver_preload(["kopanalyse.report.pages.quick_nbformat", "papermill", __name__])
    was = {naam: os.environ.pop(naam, None) for naam in ZONDER_DRADEN}
    os.environ.update(ZONDER_DRADEN)  # it keeps the environment in which it starts
    tijdelijk, tempfile.tempdir = tempfile.tempdir, str(process_folder())  # what it leaves when killed goes with that
    try:
        with _mutters_to(process_folder() / "werkers.log"):
            forkserver.ensure_running()
    finally:
        tempfile.tempdir = tijdelijk
        for naam, waarde in was.items():
            del os.environ[naam]
            if waarde is not None:
                os.environ[naam] = waarde
    return context


@contextmanager
def _mutters_to(logboek: Path) -> Iterator[None]:
    """While it lasts, what starts writes its errors to a log: of a worker that was broken off they say nothing."""
    was = os.dup(2)
    with logboek.open("ab") as log:
        os.dup2(log.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(was, 2)
        os.close(was)


def _prepare_worker(omgeving: dict[str, str], logboek: Path) -> None:
    """Tell a worker, and through it its kernels, where the folders are, and let what kernels mutter go to a log.

    What goes wrong in a notebook comes back as ``Mislukt``; a kernel also prints when it is told to stop.
    """
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ.update(omgeving)
    tempfile.tempdir = None  # so that it is looked up anew: what a stopped kernel leaves goes with the work folder
    os.dup2(os.open(logboek, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)


def _end_with_parent() -> None:
    """End when the process that asked for notebooks ends, also when that was killed: its kernel ends with this one."""
    if ouder := parent_process():
        ouder.join()
        os._exit(1)


def execute(taak: Taak, organisatie: str, per_cel: int = SECONDEN_PER_CEL) -> Mislukt | None:
    """Run one notebook in a kernel of its own and save it as ``taak.uit``; what went wrong, or None.

    A cell that takes longer than ``per_cel`` seconds has gone wrong. It runs in our own kernel, whatever kernel an
    editor has written into the notebook.
    """
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from nbformat.reader import NotJSONError
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    import kopanalyse.report.pages.quick_nbformat  # noqa: F401  # before papermill, which imports nbformat itself

    logging.getLogger("papermill").setLevel(logging.CRITICAL)

    def mislukt(cel: int | None, melding: str) -> Mislukt:
        return Mislukt(taak.hoofdstuk, taak.periode, taak.team, cel, melding)

    cel = 0

    def start(cell_index: int, **_: object) -> None:
        nonlocal cel
        cel = cell_index

    try:
        with _as_page_of(taak.hoofdstuk):
            papermill.execute_notebook(
                str(taak.notebook),
                str(taak.uit),
                {"organisatie": organisatie, "jaar": taak.periode.parameter, "team": taak.team},
                kernel_name=KERNEL,
                language="python",
                cwd=str(taak.notebook.parent),
                progress_bar=False,
                log_output=False,
                request_save_on_cell_execute=False,
                start_timeout=SECONDEN_VOOR_START,
                execution_timeout=per_cel,
                shutdown_kernel="immediate",
                on_cell_start=start,
                config=Config({"KernelManager": _transport(taak.uit)}),
            )
    except PapermillExecutionError as fout:
        melding = fout.evalue if fout.ename == "RapportError" else f"{fout.ename}: {fout.evalue}"
        return mislukt(_cell_number(taak.notebook, fout.cell_index), melding)
    except CellTimeoutError:
        return mislukt(
            _cell_number(taak.notebook, cel),
            f"deze cel duurde langer dan {per_cel} seconden. Laat hem minder "
            "doen, of draai minder notebooks tegelijk: probeer --werkers 1.",
        )
    except DeadKernelError:
        return mislukt(
            _cell_number(taak.notebook, cel),
            "het proces van het notebook is gestopt, vaak door te weinig geheugen; probeer --werkers 1.",
        )
    except NotJSONError:
        return mislukt(None, "dit bestand is geen leesbaar notebook; open het in Jupyter en bewaar het opnieuw.")
    except Exception as fout:
        return mislukt(None, f"{type(fout).__name__}: {_last_line(str(fout))}")
    return None


@contextmanager
def _as_page_of(hoofdstuk: str) -> Iterator[None]:
    """While a notebook runs, its kernel finds in the environment that it becomes the page of this chapter."""
    was = os.environ.get(RAPPORT)
    os.environ[RAPPORT] = hoofdstuk
    try:
        yield
    finally:
        if was is None:
            del os.environ[RAPPORT]
        else:
            os.environ[RAPPORT] = was


def _transport(uit: Path) -> dict[str, str]:
    """Kernels talk over Unix sockets of their own, where the path leaves room for one; elsewhere over local TCP."""
    pad = uit.with_suffix("")
    return {"transport": "ipc", "ip": str(pad)} if os.name == "posix" and len(str(pad)) < LANGSTE_SOCKET else {}


def _cell_number(notebook: Path, plaats: int) -> int:
    """Position in the notebook as it is saved, from 1: papermill adds a cell after the parameters."""
    from kopanalyse.report.pages.quick_nbformat import nbformat

    cellen = nbformat.read(notebook, as_version=4).cells
    parameters = next((n for n, cel in enumerate(cellen) if "parameters" in cel.metadata.get("tags", [])), -1)
    return plaats if plaats > parameters + 1 else plaats + 1


def _last_line(tekst: str) -> str:
    return (tekst.strip().splitlines() or ["zonder melding"])[-1]
