"""Commands killed at random moments: ``python -m tests.faults.kills --aantal 200``.

After each kill the next run has to give what an undisturbed one gives, byte for byte; no process and no folder may be
left of the one that was killed, and one that was asked to stop says so in a sentence.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.report.klein import HOOFDMAP
from tests.report.voorbeeld import INSTELLINGEN, TABELLEN
from tests.tabel import write_raw

KETEN = ("check", "compute", "report", "publish")
SIGNALEN = (signal.SIGTERM, signal.SIGKILL, signal.SIGINT)
MERK = "KOPANALYSE_PROEF"  # in the environment of all that a command starts
SECONDEN = 15  # within which all that a killed command started has to be gone


@dataclass
class Proef:
    """A registration in a folder, before and after each command of the pipeline."""

    map: Path
    voor: dict[str, Path] = field(default_factory=dict)
    na: dict[str, dict[str, bytes]] = field(default_factory=dict)
    duur: dict[str, float] = field(default_factory=dict)


def prepare(map_: Path) -> Proef:
    """Run the pipeline undisturbed once, and keep how things were before and after each command."""
    proef = Proef(map_)
    nu = write_registration(map_)
    for commando in KETEN:
        proef.voor[commando] = map_ / f"voor-{commando}"
        shutil.copytree(nu, proef.voor[commando])
        begin = time.monotonic()
        proces = start(map_, commando)
        _, fout = proces.communicate(timeout=300)
        assert proces.returncode == 0, (commando, fout)
        proef.duur[commando] = time.monotonic() - begin
        proef.na[commando] = snapshot(nu)
    return proef


def write_registration(map_: Path) -> Path:
    """Write the registration on which commands are tried, in ``map_/nu``."""
    nu = map_ / "nu"
    write_raw(nu / "raw" / "voorbeeld", TABELLEN)
    (nu / "raw" / "voorbeeld" / "organisatie.toml").write_text(
        'hoofdstukken = ["casuistiek_in_aantallen", "datakwaliteit"]\n' + INSTELLINGEN, encoding="utf-8"
    )
    return nu


def start(map_: Path, commando: str, proef: str = "") -> subprocess.Popen:
    """Start a command on ``map_/nu``, with a folder of its own for what it throws away."""
    nu, tijdelijk = map_ / "nu", map_ / "tijdelijk"
    tijdelijk.mkdir(exist_ok=True)
    waar = {"raw": "raw", "processed": "processed"}
    waar |= {"report": {"reports": "reports"}, "publish": {"publicaties": "publicaties"}}.get(commando, {})
    opties = [f"--{optie}={nu / naam}" for optie, naam in waar.items()]
    if commando in ("report", "publish"):
        opties.append(f"--notebooks={HOOFDMAP / 'notebooks'}")
    opties += {"report": ["--jaar=2025", "--team=alle"], "bron": ["--ontwerp"]}.get(commando, [])
    omgeving = os.environ | {MERK: proef, "TMPDIR": str(tijdelijk), "XDG_CACHE_HOME": str(map_ / "cache")}
    return subprocess.Popen(
        [sys.executable, "-m", "kopanalyse", commando, "--organisatie=voorbeeld", *opties],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=omgeving,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # what starts in the background ignores it
    )


def snapshot(map_: Path) -> dict[str, bytes]:
    """All files below ``map_``; but for the lock, which says who was busy last, and how long a proof took."""
    return {
        pad.relative_to(map_).as_posix(): re.sub(rb'"seconden": [0-9.]+', b"", pad.read_bytes())
        for pad in sorted(map_.rglob("*"))
        if pad.is_file() and pad.name != ".slot"
    }


def kill_once(proef: Proef, commando: str, signaal: int, moment: float) -> list[str]:
    """Kill ``commando`` after ``moment`` (a share of how long it takes undisturbed); what was wrong then or after."""
    nu, merk = proef.map / "nu", f"{os.getpid()}-{random.random()}"
    shutil.rmtree(nu)
    shutil.copytree(proef.voor[commando], nu)
    proces = start(proef.map, commando, merk)
    time.sleep(moment * proef.duur[commando])
    proces.send_signal(signaal)
    _, fout = proces.communicate(timeout=120)
    klaar = proces.returncode == 0
    fouten = [] if klaar or signaal == signal.SIGKILL else _said(proces.returncode, fout, signaal)
    fouten += [f"leeft nog: {naam}" for naam in _alive(merk)]
    if signaal != signal.SIGKILL:
        fouten += [f"bleef staan: {pad.name}" for pad in (proef.map / "tijdelijk").iterdir()]
    proces = start(proef.map, commando)
    _, fout = proces.communicate(timeout=300)
    if proces.returncode or "Traceback" in fout:
        return [*fouten, f"de volgende: {proces.returncode} {fout[-300:]}"]
    fouten += [f"bleef staan na de volgende: {pad.name}" for pad in (proef.map / "tijdelijk").iterdir()]
    na, goed = snapshot(nu), proef.na[commando]
    return fouten + [f"anders: {naam}" for naam in sorted({*na, *goed}) if na.get(naam) != goed.get(naam)]


def _said(code: int, fout: str, signaal: int) -> list[str]:
    """What is wrong with how a command that was asked to stop ended. Python itself, still starting, says nothing."""
    if code == -signaal:
        return []
    zinnen = fout.strip().splitlines()
    if code == 130 and zinnen and zinnen[-1].startswith("Afgebroken") and "Traceback" not in fout:
        return []
    return [f"eindigde met {code}: {fout[-500:]}"]


def _alive(merk: str) -> list[str]:
    """What a command started and still runs after ``SECONDEN``."""
    einde = time.monotonic() + SECONDEN
    while levend := [naam for proces in psutil.process_iter() if (naam := _is_of(proces, merk))]:
        if time.monotonic() > einde:
            return levend
        time.sleep(0.1)
    return []


def _is_of(proces: psutil.Process, merk: str) -> str:
    try:
        if proces.environ().get(MERK) == merk and proces.status() != psutil.STATUS_ZOMBIE:
            return " ".join(proces.cmdline())[:200]
    except psutil.Error:
        pass
    return ""


def run(aantal: int, zaad: int, map_: Path, commandos: tuple[str, ...] = KETEN) -> tuple[Counter[str], list[str]]:
    """``aantal`` kills, commands and signals in turn, at random moments; how many of each, and all that was wrong."""
    toeval = random.Random(zaad)
    proef = prepare(map_)
    geteld: Counter[str] = Counter()
    fouten = []
    for nummer in range(aantal):
        commando, signaal = commandos[nummer % len(commandos)], SIGNALEN[nummer % len(SIGNALEN)]
        moment = toeval.uniform(0, 1.05)
        wat = f"{commando} {signal.Signals(signaal).name}"
        geteld[wat] += 1
        fouten += [f"{wat} op {moment:.2f}: {fout}" for fout in kill_once(proef, commando, signaal, moment)]
        print(f"{nummer + 1} van {aantal}, {len(fouten)} fouten", file=sys.stderr, flush=True)
    return geteld, fouten


def main() -> int:
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("--aantal", type=int, default=200)
    lezer.add_argument("--zaad", type=int, default=1)
    gevraagd = lezer.parse_args()
    with tempfile.TemporaryDirectory() as map_:
        geteld, fouten = run(gevraagd.aantal, gevraagd.zaad, Path(map_))
    for wat, hoe_vaak in sorted(geteld.items()):
        print(f"{hoe_vaak:4}  {wat}")
    print(f"{sum(geteld.values())} kills, {len(fouten)} fouten")
    print("\n".join(fouten))
    return bool(fouten)


if __name__ == "__main__":
    sys.exit(main())
