"""Warm kernels: the same notebooks with the same result, each in a process of its own that ends when it should."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import nullcontext

import nbformat
import psutil
import pytest

from kopanalyse.periode import Periode
from kopanalyse.report.build import kernels
from kopanalyse.report.build import run as uitvoeren
from kopanalyse.report.build.run import Taak, execute, workers
from tests.report.klein import write_notebook, write_small

UITVOER = [
    "import hashlib, os, sys, random, numpy as np, matplotlib.pyplot as plt",
    "hash_van = lambda tekst: hashlib.sha256(tekst.encode()).hexdigest()[:8]",
    "print('uit'); print('fout', file=sys.stderr); 1 + 1",
    "os.system('echo van een ander proces; exit 3')",
    "from IPython.display import HTML, display; display(HTML('<b>vet</b>')); rapport",
    "plt.plot([1, 2, 4]); plt.title('in de cel')",
    "plt.show()",
    "np.random.seed(1); random.seed(1); (np.random.random(), random.random())",
    "(os.getcwd(), sys.path, __name__, sys.stdin.isatty(), sys.argv[0])",
    "anders = {'JPY_PARENT_PID', 'KOPANALYSE_KERNELS', 'JUPYTER_DEFAULT_PROVISIONER_NAME'}",
    "mappen = {'TMPDIR', 'IPYTHONDIR', 'JUPYTER_RUNTIME_DIR'}",
    "sorted((naam, naam in mappen or hash_van(waarde)) for naam, waarde in os.environ.items() if naam not in anders)",
    "import signal; [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD, signal.SIGPIPE)]",
    "rapport.figuur('individueel_per_team')",
    "rapport.kerncijfers('overzicht')",
    "import multiprocessing as mp; mp.get_context('fork').Pool(1).map(len, ['vier'])",
    "1 / 0",
]
alleen_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks kernels")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """``run(*regels, warm=True)``: the executed notebook of each (a list of lines), one after another in one worker."""
    write_small(tmp_path)

    def run(*boeken, warm=True, per_cel=60):
        werkmap = tmp_path / ("warm" if warm else "gewoon")
        werkmap.mkdir()
        if not warm:
            monkeypatch.setattr(uitvoeren, "warm_kernels", lambda *_: nullcontext({}))
        omgeving = {
            "KOPANALYSE_RAW": str(tmp_path / "raw"),
            "KOPANALYSE_PROCESSED": str(tmp_path / "processed"),
            "IPYTHONDIR": str(werkmap / "ipython"),
            "JUPYTER_RUNTIME_DIR": str(werkmap / "jupyter"),
        }
        with workers(1, omgeving, werkmap) as pool:
            for nummer, regels in enumerate(boeken):
                pad = tmp_path / "notebooks" / f"boek{nummer}.ipynb"
                write_notebook(pad, regels)
                taak = Taak(pad, Periode(2019), "alle", werkmap / f"{nummer}.ipynb")
                mislukt = pool.submit(execute, taak, "klein", per_cel).result()
                yield (nbformat.read(taak.uit, as_version=4) if taak.uit.is_file() else None), mislukt

    return lambda *boeken, **hoe: list(run(*boeken, **hoe))


def _shown(boek):
    """What a notebook shows and how often it ran; without the times and the names of its own files."""
    cellen = [
        {naam: cel[naam] for naam in ("cell_type", "source", "outputs", "execution_count") if naam in cel}
        for cel in boek.cells
    ]
    return json.loads(json.dumps(cellen))


@alleen_linux
def test_a_warm_kernel_gives_what_an_ordinary_one_gives(run):
    (warm, mislukt), (gewoon, ook_mislukt) = run(UITVOER)[0], run(UITVOER, warm=False)[0]
    assert _shown(warm) == _shown(gewoon)
    assert mislukt == ook_mislukt and mislukt.melding == "ZeroDivisionError: division by zero"
    assert mislukt.cel == 4 + len(UITVOER)
    soorten = [soort for cel in warm.cells for uit in cel.get("outputs", []) for soort in uit.get("data", {})]
    assert "image/png" in soorten and "text/html" in soorten


@alleen_linux
def test_two_notebooks_share_nothing_but_what_was_imported(run):
    eerste = [
        "import kopanalyse, os, sys; 'seaborn' in sys.modules",
        "kopanalyse.gedeeld = os.environ['GEDEELD'] = 'ja'",
        "import matplotlib; matplotlib.rcParams['font.size'] = 30",
        "os.chdir('/')",
        "os.getpid()",
        "import numpy, random, uuid; (numpy.random.random(), random.random(), uuid.uuid4())",
    ]
    tweede = [
        "import kopanalyse, os, sys; 'seaborn' in sys.modules",
        "(hasattr(kopanalyse, 'gedeeld'), 'GEDEELD' in os.environ)",
        "import matplotlib; matplotlib.rcParams['font.size']",
        "os.getcwd() == '/'",
        "os.getpid()",
        "import numpy, random, uuid; (numpy.random.random(), random.random(), uuid.uuid4())",
    ]
    (een, _), (twee, _) = run(eerste, tweede)

    def antwoorden(boek):
        gegevens = [uit.get("data", {}) for cel in boek.cells for uit in cel.get("outputs", [])]
        return [wat["text/plain"] for wat in gegevens if "text/plain" in wat]

    assert antwoorden(een)[0] == "True"
    assert antwoorden(twee)[:4] == ["True", "(False, False)", "10.0", "False"]
    assert not set(antwoorden(een)[-2:]) & set(antwoorden(twee)[-2:])
    getallen = [deel.strip("()") for boek in (een, twee) for deel in antwoorden(boek)[-1].split(", ")]
    assert len(getallen) == len(set(getallen))


@pytest.mark.parametrize("warm", [pytest.param(True, marks=alleen_linux), False])
def test_a_cell_that_takes_too_long_is_a_failure_and_its_kernel_ends(run, tmp_path, warm):
    schrijf = f"pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(os.getpid()))"
    lang = f"import os, pathlib, time; {schrijf}; time.sleep(99)"
    (_, mislukt), (_, goed) = run([lang], ["1"], warm=warm, per_cel=4)
    assert "deze cel duurde langer dan 4 seconden" in mislukt.melding and goed is None
    assert _gone([int((tmp_path / "pid").read_text())])


@alleen_linux
def test_the_process_that_forks_has_one_thread_and_ends_with_the_build(tmp_path):
    assert kernels.can_fork(), "kopanalyse is not installed as pyproject.toml says: pip install --no-deps -e ."
    anderen = psutil.Process().children()
    with kernels.warm_kernels(tmp_path, tmp_path / "log") as warm:
        (proces,) = set(psutil.Process().children()).difference(anderen)
        kernel = _ask(warm[kernels.ADRES], tmp_path)  # answered when all has been imported
        assert proces.num_threads() == 1
    assert _gone([proces.pid])
    kernel.kill()
    kernel.wait()


@alleen_linux
def test_a_kernel_can_be_interrupted_restarted_and_ends_with_who_asked(tmp_path, monkeypatch):
    from jupyter_client import KernelManager

    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "jupyter"))
    with kernels.warm_kernels(tmp_path, tmp_path / "log") as warm:
        monkeypatch.setenv(kernels.ADRES, warm[kernels.ADRES])
        km = KernelManager(transport="ipc", ip=str(tmp_path / "k"))
        km.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": kernels.NAAM}
        km.start_kernel()
        client = km.client()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        eerste = km.provisioner.pid
        wacht = client.execute("import time; print('loopt', flush=True); time.sleep(99)")
        while client.get_iopub_msg(timeout=30)["msg_type"] != "stream":  # before the cell runs there is nothing to stop
            pass
        km.interrupt_kernel()
        antwoord = client.get_shell_msg(timeout=30)
        assert antwoord["parent_header"]["msg_id"] == wacht and antwoord["content"]["ename"] == "KeyboardInterrupt"
        km.restart_kernel()
        client.wait_for_ready(timeout=60)
        tweede = km.provisioner.pid
        assert tweede != eerste and _gone([eerste]) and km.is_alive()
        km.provisioner.process._verbinding.close()  # as when this process would be gone
        client.stop_channels()
        assert _gone([tweede])
        km.cleanup_resources()


@alleen_linux
def test_a_kernel_ends_with_who_asked_also_when_the_answer_was_not_read(tmp_path):
    with kernels.warm_kernels(tmp_path, tmp_path / "log") as warm, socket.socket(socket.AF_UNIX) as vraag:
        vraag.connect(warm[kernels.ADRES])
        gevraagd = {"argv": ["-f", str(tmp_path / "kernel.json")], "env": dict(os.environ), "cwd": str(tmp_path)}
        vraag.sendall(json.dumps(gevraagd).encode() + b"\n")
        pid = int(vraag.recv(100, socket.MSG_PEEK))  # seen, and still there for who reads
        vraag.close()
        assert _gone([pid])


@alleen_linux
@pytest.mark.parametrize("adres", ["nergens", "weg"])
def test_without_a_process_to_fork_from_the_ordinary_kernel_runs(run, monkeypatch, tmp_path, adres):
    with socket.socket(socket.AF_UNIX) as weg:
        weg.bind(str(tmp_path / "weg"))
        weg.listen()
    omgeving = {kernels.ADRES: str(tmp_path / adres), "JUPYTER_DEFAULT_PROVISIONER_NAME": kernels.NAAM}
    monkeypatch.setattr(uitvoeren, "warm_kernels", lambda *_: nullcontext(omgeving))
    ((boek, mislukt),) = run(["import sys; 'seaborn' in sys.modules"])
    assert mislukt is None and boek.cells[-1].outputs[0]["data"]["text/plain"] == "False"


def test_where_the_provisioner_is_not_installed_nothing_is_forked(tmp_path, monkeypatch):
    monkeypatch.setattr(kernels, "entry_points", lambda **_: ())
    with kernels.warm_kernels(tmp_path, tmp_path / "log") as warm:
        assert warm == {} and not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as on Unix")
@pytest.mark.parametrize("aan_allen", [False, True])
def test_ctrl_c_ends_everything_and_leaves_whole_pages(tmp_path, aan_allen):
    write_small(tmp_path)
    pid, oud = tmp_path / "pid", tmp_path / "reports" / "klein" / "2019" / "alle" / "volledig.html"
    oud.parent.mkdir(parents=True)
    oud.write_text("van vroeger")
    write_notebook(
        tmp_path / "notebooks" / "fout.ipynb",
        [f"import os, pathlib, time; pathlib.Path({str(pid)!r}).write_text(str(os.getpid())); time.sleep(99)"],
    )
    mappen = [f"--{naam}={tmp_path / naam}" for naam in ("raw", "processed", "reports", "notebooks")]
    proces = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "kopanalyse",
            "report",
            "--organisatie=klein",
            "--jaar=2019",
            "--team=alle",
            *mappen,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_listen_to_ctrl_c,
    )
    einde = time.monotonic() + 120
    while not (pid.is_file() and pid.read_text()) and time.monotonic() < einde:
        time.sleep(0.1)
    alle = [p.pid for p in psutil.Process(proces.pid).children(recursive=True)] + [int(pid.read_text())]
    begin = time.monotonic()
    (os.killpg if aan_allen else os.kill)(proces.pid, signal.SIGINT)
    uit, fout = proces.communicate(timeout=60)
    assert proces.returncode == 130 and "Afgebroken" in fout and "Traceback" not in fout and uit == ""
    assert time.monotonic() - begin < 60 and _gone(alle)
    nieuw = {pad.name: pad for pad in (tmp_path / "reports").rglob("*") if pad.is_file() and pad != oud}
    assert set(nieuw) in (set(), {"indicatoren.html", ".herkomst.json"})  # only the handbook rests on no notebook
    assert not nieuw or nieuw["indicatoren.html"].read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert oud.read_text() == "van vroeger"


def _listen_to_ctrl_c():
    """What is started in the background does not, nor does what it starts: a suite may run there."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _ask(adres, cwd):
    from kopanalyse.report.build.kernels.provisioner import Kernel

    return Kernel(adres, ["-f", str(cwd / "kernel.json")], dict(os.environ), str(cwd))


def _gone(pids):
    """Whether these processes end within seconds."""
    einde = time.monotonic() + 20
    while time.monotonic() < einde:
        if not any(psutil.pid_exists(p) and psutil.Process(p).status() != psutil.STATUS_ZOMBIE for p in pids):
            return True
        time.sleep(0.1)
    return False
