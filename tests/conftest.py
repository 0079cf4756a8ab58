"""The demonstration registrations, made, checked and computed once for all tests that read them."""

import os
import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from kopanalyse.cli import main

# The files that take longest, handed out first, so that no process has one of them left when the others are done.
LANGE = ("report/test_browser.py", "test_orakel.py", "test_spark.py", "report/test_herkomst.py", "report/test_build.py",
         "report/test_onderdelen.py", "report/test_kernels.py", "indicators/test_compute.py", "checked/test_check.py",
         "report/test_verkenning.py", "report/test_eigen_registratie.py", "report/test_paginas.py",
         "raw/test_demo_schaal.py", "report/test_handboek.py", "report/test_cluster.py")


def pytest_xdist_auto_num_workers(config):
    """One process more than cores, four at most: some tests wait, for a browser or a kernel, and keep no core busy."""
    return min((os.cpu_count() or 1) + 1, 4)


def pytest_collection_modifyitems(items):
    """Put the tests of ``LANGE`` first; the others stay in their order."""
    plaats = {Path(__file__).parent / naam: plaats for plaats, naam in enumerate(LANGE)}
    items.sort(key=lambda item: plaats.get(item.path, len(plaats)))


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """Queries that tests leave for later runs stay out of the folder of whoever runs them."""
    map_ = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kopanalyse.cli.cache_file", lambda stap, organisatie: map_ / f"{stap}-{organisatie}.json")
        yield


@pytest.fixture(scope="session", autouse=True)
def one_nursery(tmp_path_factory):
    """Builds in this process fork their kernels from one process, that imports everything once."""
    from kopanalyse.report.kernels import warm_kernels

    omgeving = {}

    @contextmanager
    def warm(map_, logboek):
        if not omgeving:
            omgeving.update(open_.enter_context(warm_kernels(eigen, eigen / "log")))
        yield omgeving

    eigen = tmp_path_factory.mktemp("kernels")
    with ExitStack() as open_, pytest.MonkeyPatch.context() as patch:
        patch.setattr("kopanalyse.report.execute.warm_kernels", warm)
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
            klaar.mkdir()     # so that nobody waits for it
            raise
        klaar.touch()
    assert klaar.is_file(), f"{naam} could not be made"
    return shutil.copytree(gedeeld / naam, tmp_path_factory.mktemp(naam), dirs_exist_ok=True)


@pytest.fixture(scope="session")
def demo_map(tmp_path_factory) -> Path:
    """A folder with ``raw`` and ``processed`` of the demonstration registrations, ``dekop`` and ``smwo``."""
    def make(map_: Path) -> None:
        raw, processed = str(map_ / "raw"), str(map_ / "processed")
        for organisatie in ("dekop", "smwo"):
            assert main(["demo", "--organisatie", organisatie, "--raw", raw]) == 0
            assert main(["compute", "--organisatie", organisatie, "--raw", raw, "--processed", processed]) == 0

    return made_once(tmp_path_factory, "demonstratie", make)


@pytest.fixture(scope="session")
def demo_cijfers(demo_map):
    """The long table of the demonstration registration of De Kop."""
    import pandas as pd

    return pd.read_parquet(demo_map / "processed" / "dekop" / "cijfers.parquet")
