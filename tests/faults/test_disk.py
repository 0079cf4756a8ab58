"""A disk that is full, folders that cannot be written, odd names and surroundings: a sentence, or the same result."""

import os
import subprocess
from contextlib import contextmanager

import pytest

from kopanalyse.cli import main
from tests.faults.kills import KETEN, snapshot
from tests.report.klein import HOOFDMAP
from tests.report.voorbeeld import INSTELLINGEN, TABELLEN
from tests.tabel import write_raw

pytestmark = [pytest.mark.bouw, pytest.mark.skipif(os.name != "posix", reason="disks and rights as on Unix")]
REPARATIE = "t3 k2 Dorpen individueel 01-03-2025 -\n"


def options(map_, commando):
    waar = {"raw": "raw", "processed": "processed"}
    waar |= {"report": {"reports": "reports"}, "publish": {"publicaties": "publicaties"}}.get(commando, {})
    verder = [f"--notebooks={HOOFDMAP / 'notebooks'}"] if commando in ("report", "publish") else []
    verder += ["--jaar=2025", "--team=alle"] if commando == "report" else []
    return [commando, "--organisatie=voorbeeld", *(f"--{optie}={map_ / naam}" for optie, naam in waar.items()), *verder]


def write_voorbeeld(map_, meer=""):
    tabellen = TABELLEN | {"trajecten": TABELLEN["trajecten"] + meer}
    write_raw(map_ / "raw" / "voorbeeld", tabellen)
    (map_ / "raw" / "voorbeeld" / "organisatie.toml").write_text(
        'hoofdstukken = ["casuistiek_in_aantallen", "datakwaliteit"]\n' + INSTELLINGEN, encoding="utf-8"
    )


@contextmanager
def small_disk(map_, groot="4m"):
    """``map_`` as a disk of its own, so large."""
    map_.mkdir()
    gekoppeld = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={groot}", "tmpfs", str(map_)], capture_output=True)
    if gekoppeld.returncode:
        pytest.skip("mounting a small disk needs root")
    try:
        yield map_
    finally:
        subprocess.run(["umount", "-l", str(map_)], check=True)


@contextmanager
def full(map_, over):
    """The disk of ``map_`` with only ``over`` bytes left."""
    vulling = map_ / "vulling"
    vrij = os.statvfs(map_)
    vulling.write_bytes(b"x" * (vrij.f_bavail * vrij.f_frsize - over))
    try:
        yield
    finally:
        vulling.unlink()


def test_a_full_disk_is_a_sentence_and_the_old_result_stays_whole(tmp_path, capsys):
    with small_disk(tmp_path / "schijf") as schijf:
        write_voorbeeld(schijf)
        for commando in KETEN:
            assert main(options(schijf, commando)) == 0
        write_voorbeeld(schijf, REPARATIE)
        gezien = []
        for commando in KETEN:
            oud = snapshot(schijf)
            capsys.readouterr()
            with full(schijf, 20_000):
                code = main(options(schijf, commando))
            fout = capsys.readouterr().err
            gezien.append((commando, code, "de schijf is vol" in fout, "Traceback" in fout))
            zelf = _made_by(commando)
            assert {n: b for n, b in snapshot(schijf).items() if n.startswith(zelf)} == {
                n: b for n, b in oud.items() if n.startswith(zelf)
            }, commando
            if commando in ("check", "compute"):  # so that what the next one makes is new
                assert main(options(schijf, commando)) == 0
        assert gezien == [(commando, 1, True, False) for commando in KETEN]


def _made_by(commando):
    """The beginning of the names of what a command puts in place: other steps of the chain may have come first."""
    return {"report": "reports/", "publish": "publicaties/"}.get(commando, "processed/voorbeeld/cijfers")
