"""One command at a time on one organisation, whatever ended the one before."""

import errno
import json
import os
import platform
import signal
import subprocess
import sys

import pytest

from kopanalyse import busy as room
from kopanalyse.busy import SLOT, BusyError, busy
from kopanalyse.cli import main

HOUDT = """
import signal, sys, time
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background was told to ignore it
from kopanalyse.busy import busy
with busy(Path(sys.argv[1]), "compute"):
    print("bezig", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def ander(tmp_path):
    """Another process that works on ``tmp_path/dekop`` until it is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOUDT, str(tmp_path / "dekop")], stdout=subprocess.PIPE, text=True
    ) as proces:
        assert proces.stdout.readline() == "bezig\n"
        yield proces
        proces.kill()


def test_the_second_is_told_who_is_busy_since_when(tmp_path, ander):
    with pytest.raises(BusyError) as fout, busy(tmp_path / "dekop", "check"):
        pass
    zin = str(fout.value)
    assert "kopanalyse compute, sinds " in zin and f"(proces {ander.pid} op {platform.node()})" in zin
    assert zin.startswith("Er werkt al een opdracht aan dekop") and fout.value.exit_code == 1
    with busy(tmp_path / "smwo", "check"):  # another organisation is free
        pass


@pytest.mark.parametrize("einde", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_lock_of_a_dead_process_binds_nobody(tmp_path, ander, einde):
    ander.send_signal(einde)
    ander.wait()
    with busy(tmp_path / "dekop", "check"):
        assert json.loads((tmp_path / "dekop" / SLOT).read_text())["proces"] == os.getpid()
    assert json.loads((tmp_path / "dekop" / SLOT).read_text()) == {}


@pytest.mark.parametrize("inhoud", ["", "[]", "{", '{"proces": null}', "x" * 100_000])
def test_what_stands_in_the_file_binds_nobody(tmp_path, inhoud):
    (tmp_path / SLOT).write_text(inhoud)
    with busy(tmp_path, "check"):
        pass


def test_where_a_network_share_knows_no_locks_the_file_says_who_is_busy(tmp_path, monkeypatch):
    def no_locks(*_):
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr("fcntl.lockf", no_locks)
    with busy(tmp_path, "compute"), pytest.raises(BusyError), busy(tmp_path, "report"):
        pass
    dood = {"commando": "compute", "proces": 2**22 + 1, "computer": platform.node()}
    (tmp_path / SLOT).write_text(json.dumps(dood))
    with busy(tmp_path, "report"):  # nobody here has that number
        pass
    (tmp_path / SLOT).write_text(json.dumps(dood | {"computer": "elders"}))
    with pytest.raises(BusyError, match="op elders"), busy(tmp_path, "report"):
        pass


def test_any_other_trouble_is_no_other_command(tmp_path, monkeypatch):
    def broken(*_):
        raise OSError(errno.EIO, "broken disk")

    monkeypatch.setattr("fcntl.lockf", broken)
    with pytest.raises(OSError, match="broken disk"), busy(tmp_path, "report"):
        pass


@pytest.mark.parametrize("commando", ["check", "compute", "report"])
def test_every_command_waits_for_the_other(tmp_path, ander, commando, capsys):
    assert main([commando, "--organisatie", "dekop", "--raw", str(tmp_path / "raw"), "--processed", str(tmp_path)]) == 1
    assert f"(proces {ander.pid} op " in capsys.readouterr().err
    assert room.SLOT in {pad.name for pad in (tmp_path / "dekop").iterdir()}
