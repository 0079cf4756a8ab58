"""The processes that run notebooks: how many, and what they have imported before the first notebook comes."""

import json
import os
import subprocess
import sys
from collections import namedtuple

import psutil
import pytest

from kopanalyse.periode import Periode
from kopanalyse.report.build.kernels import ZONDER_DRADEN
from kopanalyse.report.build.run import GEHEUGEN_PER_WERKER, Taak, as_many_as_fit, execute, workers
from kopanalyse.report.cijfers.looked_up import RAPPORT
from kopanalyse.report.pages.quick_nbformat import SLOOM

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
    script = (
        "import sys; from kopanalyse.report.pages.quick_nbformat import nbformat; "
        f"print('{SLOOM}' in sys.modules); "
        "import papermill, nbconvert; nbformat.validate(nbformat.v4.new_notebook()); "
        f"print('{SLOOM}' in sys.modules); import {SLOOM}"
    )
    proces = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (proces.stdout.split(), proces.stderr) == (["False", "False"], "")


def run(map_, *regels, kernel="een-editor", **anders):
    """What ``execute`` says of a notebook of these cells, and the notebook that it leaves."""
    cellen = [
        {
            "cell_type": "code",
            "execution_count": None,
            "metadata": {"tags": ["parameters"]} if regel == "jaar = 1" else {},
            "outputs": [],
            "source": regel,
        }
        for regel in regels
    ]
    spec = {"kernelspec": {"name": kernel, "display_name": "Van een editor"}} if kernel else {}
    notebook = {"cells": cellen, "metadata": spec, "nbformat": 4, "nbformat_minor": 4}
    (map_ / "goed.ipynb").write_text(json.dumps(notebook))
    return execute(Taak(map_ / "goed.ipynb", Periode(2019), "Oost", map_ / "uit.ipynb"), "klein", **anders)


@pytest.mark.parametrize("kernel", ["een-editor", ""])
def test_a_notebook_runs_here_whatever_an_editor_wrote_in_it_and_knows_its_name(tmp_path, kernel):
    import_ = f"import os; print(os.environ['{RAPPORT}'], organisatie, jaar, team)"
    assert run(tmp_path, "jaar = 1", import_, kernel=kernel) is None
    cellen = json.loads((tmp_path / "uit.ipynb").read_text(encoding="utf-8"))["cells"]
    assert "".join(cellen[-1]["outputs"][0]["text"]) == "goed klein 2019 Oost\n" and RAPPORT not in os.environ


@pytest.mark.parametrize(
    "regel, per_cel, melding",
    [
        (
            "import time; time.sleep(60)",
            2,
            "deze cel duurde langer dan 2 seconden. Laat hem minder doen, of draai minder "
            "notebooks tegelijk: probeer --werkers 1.",
        ),
        (
            "import os; os._exit(9)",
            60,
            "het proces van het notebook is gestopt, vaak door te weinig geheugen; probeer --werkers 1.",
        ),
    ],
)
@pytest.mark.parametrize("eerste", ["jaar = 1", "1"])
def test_a_cell_that_takes_too_long_or_kills_its_process_is_named(tmp_path, regel, per_cel, melding, eerste):
    fout = run(tmp_path, eerste, "2", regel, per_cel=per_cel)
    assert str(fout) == f"goed (2019, Oost), cel 3: {melding}"


def test_what_is_no_notebook_is_said_in_dutch(tmp_path):
    (tmp_path / "goed.ipynb").write_text("geen notebook")
    fout = execute(Taak(tmp_path / "goed.ipynb", Periode(2019), "Oost", tmp_path / "uit.ipynb"), "klein")
    assert (fout.cel, fout.melding) == (
        None,
        "dit bestand is geen leesbaar notebook; open het in Jupyter en bewaar het opnieuw.",
    )
