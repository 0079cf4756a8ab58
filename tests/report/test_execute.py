"""The processes that run notebooks: how many, and what they have imported before the first notebook comes."""

import os
import subprocess
import sys
from collections import namedtuple

import psutil
import pytest

from kopanalyse.report.execute import GEHEUGEN_PER_WERKER, as_many_as_fit, workers
from kopanalyse.report.kernels import ZONDER_DRADEN
from kopanalyse.report.quick_nbformat import SLOOM

Geheugen = namedtuple("Geheugen", "available")


@pytest.mark.parametrize("cores, passen, aantal", [(2, 99, 3), (8, 99, 9), (8, 4, 4), (1, 0, 1)])
def test_one_notebook_per_core_and_one_more_as_far_as_memory_goes(monkeypatch, cores, passen, aantal):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: Geheugen(passen * GEHEUGEN_PER_WERKER))
    assert as_many_as_fit() == aantal


def loaded() -> tuple[bool, bool, dict[str, str | None]]:
    """In a worker: whether it has imported papermill and what makes that slow, and what it knows of threads."""
    return "papermill" in sys.modules, SLOOM in sys.modules, {naam: os.environ.get(naam) for naam in ZONDER_DRADEN}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks workers")
def test_workers_begin_with_papermill_and_leave_our_environment_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    eerst = dict(os.environ)
    with workers(1, {}, tmp_path) as pool:
        assert dict(os.environ) == eerst
        assert pool.submit(loaded).result() == (True, False, ZONDER_DRADEN)


def test_nbformat_comes_without_the_grammars_and_does_not_hide_them():
    script = (f"import sys; from kopanalyse.report.quick_nbformat import nbformat; print('{SLOOM}' in sys.modules); "
              "import papermill, nbconvert; nbformat.validate(nbformat.v4.new_notebook()); "
              f"print('{SLOOM}' in sys.modules); import {SLOOM}")
    proces = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (proces.stdout.split(), proces.stderr) == (["False", "False"], "")
