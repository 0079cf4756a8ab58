"""The demonstration registrations, made, checked and computed once for all tests that read them."""

import os
import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest

from kopanalyse import files
from kopanalyse.cli import main
from kopanalyse.report.pages import quick_nbformat  # noqa: F401  # before a test imports nbformat in seconds
from tests import queries

# The files that take longest, handed out first, so that no process has one of them left when the others are done.
LANGE = (
    "engine/test_spark.py",
    "report/pages/test_browser.py",
    "report/build/test_kept.py",
    "publish/test_attack.py",
    "report/build/test_build.py",
    "indicators/test_compute.py",
    "test_orakel.py",
    "report/chapters/test_chapters.py",
    "report/build/test_kernels.py",
    "checked/test_check.py",
    "publish/test_gate.py",
    "publish/test_pages.py",
    "raw/test_koppeling_heen_en_terug.py",
    "report/notebook/test_registratie.py",
    "report/build/test_eigen_registratie.py",
    "report/pages/test_writer.py",
    "demo/test_schaal.py",
    "report/pages/test_handbook.py",
    "report/build/test_cluster.py",
    "test_recepten.py",
)
# Tests that share nothing, each as long as a file: a process takes one of them and not all.
LOS = "test_orakel.py::test_library_agrees_with_oracle"

BOUWT, GEBOUWD = Path(__file__).parent / "report" / "build", {"demo_rapporten", "smwo_rapporten"}


def pytest_xdist_auto_num_workers(config):
    """One process more than cores, four at most: some tests wait, for a browser or a kernel, and keep no core busy."""
    return min((os.cpu_count() or 1) + 1, 4)


def pytest_xdist_make_scheduler(config, log):
    """A file a process (``--dist loadfile``), but for the tests of ``LOS``; as ever when asked for something else."""
    from xdist.scheduler import LoadFileScheduling

    class FilesAndLoose(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return nodeid if LOS in nodeid else super()._split_scope(nodeid)

    return FilesAndLoose(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items):
    """Put the tests of ``LANGE`` first, the others stay in their order; mark those that read what a build made."""
    plaats = {Path(__file__).parent / naam: plaats for plaats, naam in enumerate(LANGE)}
    items.sort(key=lambda item: plaats.get(item.path, len(plaats)))
    for item in items:
        if GEBOUWD.intersection(item.fixturenames) or BOUWT in item.path.parents:
            item.add_marker("bouw")


@pytest.fixture(scope="session", autouse=True)
def shared_queries(request, worker_id, tmp_path_factory):
    """Queries that tests compile stay out of the folder of who runs them; every process and the next run has them."""
    kas = getattr(request.config, "cache", None)
    map_ = kas.mkdir("queries") if kas else tmp_path_factory.mktemp("queries")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kopanalyse.cli.cache_file", lambda stap, organisatie: None)
        queries.share(patch, queries.folder(map_), worker_id)
        yield


@pytest.fixture(scope="session", autouse=True)
def one_nursery(tmp_path_factory):
    """Builds in this process fork their kernels from one process, that imports everything once."""
    from kopanalyse.report.build.kernels import warm_kernels

    omgeving = {}

    @contextmanager
    def warm(map_, logboek):
        if not omgeving:
            omgeving.update(open_.enter_context(warm_kernels(eigen, eigen / "log")))
        yield omgeving

    eigen = tmp_path_factory.mktemp("kernels")
    with ExitStack() as open_, pytest.MonkeyPatch.context() as patch:
        patch.setattr("kopanalyse.report.build.run.warm_kernels", warm)
        yield


def made_once(tmp_path_factory, naam: str, maak: Callable[[Path], None]) -> Path:
    """A folder of this process with what ``maak(map_)`` makes; one of the processes that run tests does so for all."""
    gedeeld = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        gedeeld = gedeeld.parent
    klaar = gedeeld / f"{naam}-klaar"
    try:
        (gedeeld / naam).mkdir()
    except FileExistsError:
        einde = time.monotonic() + 600
        while not klaar.is_dir() and not klaar.is_file() and time.monotonic() < einde:
            time.sleep(0.2)
    else:
        try:
            maak(gedeeld / naam)
        except BaseException:
            klaar.mkdir()  # so that nobody waits for it
            raise
        klaar.touch()
    assert klaar.is_file(), f"{naam} could not be made"
    return shutil.copytree(gedeeld / naam, tmp_path_factory.mktemp(naam), dirs_exist_ok=True)


def kept(kas: Path | None, merk: str, maak: Callable[[Path], None]) -> Callable[[Path], None]:
    """``maak``, or a copy of what an earlier run made of the same things, of which ``merk`` is the digest."""

    def make(map_: Path) -> None:
        if kas is None:
            return maak(map_)
        if not (kas / merk).is_dir():
            for oud in kas.iterdir():
                shutil.rmtree(oud, ignore_errors=True)
            maak(kas / f"half-{os.getpid()}")
            (kas / f"half-{os.getpid()}").rename(kas / merk)
        shutil.copytree(kas / merk, map_, dirs_exist_ok=True)

    return make


@pytest.fixture(scope="session")
def demo_map(request, tmp_path_factory) -> Path:
    """A folder with ``raw`` and ``processed`` of the demonstration registrations, ``dekop`` and ``smwo``."""

    def make(map_: Path) -> None:
        raw, processed = str(map_ / "raw"), str(map_ / "processed")
        for organisatie in ("dekop", "smwo"):
            assert main(["demo", "--organisatie", organisatie, "--raw", raw]) == 0
            assert main(["compute", "--organisatie", organisatie, "--raw", raw, "--processed", processed]) == 0

    kas = getattr(request.config, "cache", None)
    merk = files.digest(
        files.package_digest(buiten=("report",)),
        str(date.today()),  # the check knows what day it is
        [version(naam) for naam in ("duckdb", "ibis-framework", "pandas", "pyarrow")],
    )
    return made_once(tmp_path_factory, "demonstratie", kept(kas and kas.mkdir("demonstratie"), merk, make))


@pytest.fixture(scope="session")
def demo_cijfers(demo_map):
    """The long table of the demonstration registration of De Kop."""
    import pandas as pd

    return pd.read_parquet(demo_map / "processed" / "dekop" / "cijfers.parquet")
