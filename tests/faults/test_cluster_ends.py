"""A cluster of which a part goes while notebooks run: the rest of the batch is kept, and what lacks is said."""

import os
import subprocess
import sys
import threading
import time

import psutil
import pytest

from kopanalyse.cli import main
from kopanalyse.report.build import cluster
from tests.report.klein import GOED, write_notebook, write_small

pytestmark = [pytest.mark.bouw, pytest.mark.skipif(os.name != "posix", reason="signals as on Unix")]
WACHT = "import pathlib, time; pathlib.Path({!r}).touch(); time.sleep(120)"


@pytest.fixture
def onderdelen(tmp_path):
    """A scheduler and a worker, each a process of its own that nothing starts again."""

    def start(*opdracht):
        return subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + opdracht[0], *opdracht[1:]],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    adresbestand = tmp_path / "scheduler.json"
    vast = ("--scheduler-file", str(adresbestand), "--no-dashboard")
    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0", *vast)
    einde = time.monotonic() + 60
    while not adresbestand.is_file() and time.monotonic() < einde:
        time.sleep(0.1)
    werker = start("worker", "--nthreads", "1", "--no-nanny", *vast)
    from distributed import Client

    with Client(scheduler_file=str(adresbestand), set_as_default=False) as client:
        client.wait_for_workers(1, timeout=60)
        adres = client.scheduler.address
    yield adres, {"scheduler": scheduler, "werker": werker}
    for proces in (werker, scheduler):
        for kind in psutil.Process(proces.pid).children(recursive=True) if proces.poll() is None else ():
            kind.kill()
        proces.kill()
        proces.wait()


@pytest.mark.parametrize("wie", ["scheduler", "werker"])
def test_what_goes_is_said_within_a_minute_and_the_rest_is_kept(onderdelen, tmp_path, monkeypatch, capsys, wie):
    adres, processen = onderdelen
    monkeypatch.setattr(cluster, "GENADE", 5)
    write_small(tmp_path)
    bezig = tmp_path / "bezig"
    write_notebook(tmp_path / "notebooks" / "goed.ipynb", GOED)
    write_notebook(tmp_path / "notebooks" / "fout.ipynb", [WACHT.format(str(bezig))])
    gestopt = []

    def stop():
        while not bezig.exists():
            time.sleep(0.1)
        gestopt.append(time.monotonic())
        processen[wie].kill()

    threading.Thread(target=stop, daemon=True).start()
    mappen = [f"--{naam}={tmp_path / naam}" for naam in ("raw", "processed", "reports", "notebooks")]
    code = main(["report", "--organisatie=klein", "--jaar=2019", "--team=Zuid", f"--cluster={adres}", *mappen])
    assert code == 1 and gestopt and time.monotonic() - gestopt[0] < 60
    fout = capsys.readouterr().err
    assert "fout (2019, Zuid)" in fout and "Traceback" not in fout
    assert {pad.name for pad in (tmp_path / "reports" / "klein" / "2019" / "zuid").glob("*.html")} >= {"goed.html"}
