"""The same batch on a cluster: two workers on this machine give the same pages, and say clearly what they lack."""

import os
import shutil
import sys
import time

import psutil
import pytest
from distributed import Client, LocalCluster

from kopanalyse.cli import main
from kopanalyse.periode import Periode
from kopanalyse.report.build import build as bouwen
from kopanalyse.report.build import cluster
from kopanalyse.report.build.cluster import ClusterError, Werkplek, on_cluster
from kopanalyse.report.build.run import Taak, execute
from tests.report.klein import write_notebook, write_small


@pytest.fixture(scope="module")
def adres():
    """The address of a scheduler with two workers, each a process of its own."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", host="127.0.0.1") as lokaal:
        yield lokaal.scheduler_address


@pytest.fixture
def klein(tmp_path):
    """The small organisation; every run of a notebook leaves a file named after the parent of its kernel."""
    map_ = tmp_path / "daar"
    map_.mkdir()
    write_small(map_)
    (tmp_path / "ouders").mkdir()
    for naam in ("jaarverslag", "goed", "fout"):
        write_notebook(
            map_ / "notebooks" / f"{naam}.ipynb",
            [
                f"import os, pathlib; pathlib.Path({str(tmp_path / 'ouders')!r}, str(os.getppid())).touch()",
                "rapport.figuur('individueel_per_team')",
            ],
        )
    shutil.copytree(map_, tmp_path / "hier")
    return map_


def report(map_, *opties):
    mappen = [f"--{naam}={map_ / naam}" for naam in ("raw", "processed", "reports", "notebooks")]
    return main(["report", "--organisatie=klein", "--jaar=2019", *mappen, *opties])


def made(map_):
    return {
        pad.relative_to(map_).as_posix(): pad.read_bytes() for pad in (map_ / "reports").rglob("*") if pad.is_file()
    }


def test_two_workers_make_the_same_pages_as_this_machine(adres, klein, tmp_path, monkeypatch, capsys):
    with monkeypatch.context() as m:
        m.setattr(bouwen, "workers", lambda *_: pytest.fail("a notebook ran here"))
        assert report(klein, f"--cluster={adres}") == 0
    assert len(list((tmp_path / "ouders").iterdir())) == 2
    hier = tmp_path / "hier"
    assert report(hier) == 0
    assert made(hier) == made(klein) and len(made(hier)) > 12
    assert capsys.readouterr().out.count("12 pagina's gemaakt. Open") == 2
    with Client(adres, set_as_default=False) as client:  # the workers are left as they were
        assert set(client.run(os.environ.get, "KOPANALYSE_RAW").values()) == {None}


def test_a_failing_notebook_comes_back_as_it_does_here(adres, klein, capsys):
    write_notebook(klein / "notebooks" / "fout.ipynb", ["1 / 0"])
    assert report(klein, "--team=Zuid", f"--cluster={adres}") == 1
    assert "fout (2019, Zuid), cel 5: ZeroDivisionError: division by zero" in capsys.readouterr().err


def test_a_worker_that_does_not_see_the_folders_says_so_before_anything_runs(adres, tmp_path):
    with pytest.raises(ClusterError, match=r"De werker tcp://127.0.0.1:\d+ ziet .*cijfers.parquet niet. De mappen"):
        with on_cluster(adres, {}, tmp_path / "cijfers.parquet", tmp_path):
            pytest.fail("it opened")


@pytest.mark.parametrize(
    "anders, zin", [({"merk": "x"}, "andere cijfers dan hier"), ({"versie": "x"}, "andere versie")]
)
def test_a_worker_that_sees_or_is_something_else_says_so(adres, klein, monkeypatch, anders, zin):
    class Anders(Werkplek):
        def __init__(self, *wat):
            super().__init__(*wat)
            vars(self).update(anders)

    monkeypatch.setattr(cluster, "Werkplek", Anders)
    with pytest.raises(ClusterError, match=zin):
        with on_cluster(adres, {}, klein / "processed" / "klein" / "cijfers.parquet", klein / "notebooks"):
            pytest.fail("it opened")


def test_a_notebook_that_still_runs_ends_when_the_build_is_broken_off(adres, klein, tmp_path):
    pid = tmp_path / "pid"
    write_notebook(
        klein / "notebooks" / "fout.ipynb",
        [f"import os, pathlib, time; pathlib.Path({str(pid)!r}).write_text(str(os.getpid())); time.sleep(99)"],
    )
    omgeving = {"KOPANALYSE_RAW": str(klein / "raw"), "KOPANALYSE_PROCESSED": str(klein / "processed")}
    taak = Taak(klein / "notebooks" / "fout.ipynb", Periode(2019), "alle", tmp_path / "uit.ipynb")
    with on_cluster(adres, omgeving, klein / "processed" / "klein" / "cijfers.parquet", klein / "notebooks") as pool:
        pool.submit(execute, taak, "klein")
        einde = time.monotonic() + 120
        while not (pid.is_file() and pid.read_text()) and time.monotonic() < einde:
            time.sleep(0.1)
        kernel = psutil.Process(int(pid.read_text()))
    weg, nog = psutil.wait_procs([kernel], timeout=20)
    assert weg or nog[0].status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("geen", ["tcp://127.0.0.1:1", "onzin"])
def test_an_address_without_a_scheduler_is_said_in_a_sentence(klein, geen, capsys):
    assert report(klein, f"--cluster={geen}") == 2
    fout = capsys.readouterr().err
    assert fout == (
        f"Op {geen} antwoordt geen Dask-scheduler; verwacht wordt een adres als tcp://adres:8786. "
        "Start een scheduler met: dask scheduler\n"
    )
    assert not list((klein / "reports").rglob("*.html"))


def test_a_scheduler_without_workers_is_said_in_a_sentence():
    with LocalCluster(n_workers=0, dashboard_address=":0", host="127.0.0.1") as leeg:
        with pytest.raises(ClusterError, match="heeft geen werkers. Start er een met: dask worker tcp://"):
            with on_cluster(leeg.scheduler_address, {}, "", ""):
                pytest.fail("it opened")


def test_without_the_package_it_is_said_what_to_install(klein, monkeypatch, capsys):
    monkeypatch.delitem(sys.modules, "kopanalyse.report.build.cluster")
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert report(klein, "--cluster=tcp://adres:8786") == 2
    assert "pip install 'kopanalyse[cluster]'" in capsys.readouterr().err
