"""Every pair of commands at once on one organisation: ``python -m tests.faults.pairs``.

The first is stopped while it works, the second is told in Dutch who is busy, and what the first then makes is what it
makes undisturbed. And the same of two that start at one moment, where chance says who is first.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from tests.faults.kills import KETEN, snapshot, start, write_registration

COMMANDOS = (*KETEN, "bron")
DOSSIERS = "dossier;naam;begin\n1;Jansen;01-02-2025\n2;De Vries;03-02-2025\n"
KEREN = 10  # a command may be ready before it could be stopped


@dataclass
class Begin:
    """A registration of which figures and reports are there, and what each command makes of it undisturbed."""

    map: Path
    na: dict[str, dict[str, bytes]] = field(default_factory=dict)

    @property
    def nu(self) -> Path:
        return self.map / "nu"

    def again(self) -> None:
        """Put everything back as it was."""
        shutil.rmtree(self.nu, ignore_errors=True)
        shutil.copytree(self.map / "begin", self.nu)


def prepare(map_: Path, commandos: tuple[str, ...]) -> Begin:
    """Make the registration and its figures and reports, then run each of ``commandos`` on that, alone."""
    begin = Begin(map_)
    bron = write_registration(map_) / "raw" / "voorbeeld" / "bron"
    bron.mkdir()
    (bron / "dossiers.csv").write_text(DOSSIERS, encoding="utf-8")
    for commando in ("compute", "report"):
        _alone(map_, commando)
    shutil.copytree(begin.nu, map_ / "begin")
    for commando in commandos:
        begin.again()
        _alone(map_, commando)
        begin.na[commando] = snapshot(begin.nu)
    return begin


def _alone(map_: Path, commando: str) -> None:
    proces = start(map_, commando)
    _, fout = proces.communicate(timeout=300)
    assert proces.returncode == 0, (commando, fout)


def one_after_the_other(begin: Begin, eerste: str, tweede: str) -> list[str]:
    """Run ``tweede`` while ``eerste`` works; what is wrong with what it said, or with what either left."""
    proces = _stopped_at_work(begin, eerste)
    if proces is None:
        return [f"{eerste} was steeds klaar voor zij stilgezet kon worden"]
    try:
        voor = snapshot(begin.nu)
        ander = start(begin.map, tweede)
        _, fout = ander.communicate(timeout=120)
        fouten = _refused(ander.returncode, fout, eerste, proces.pid)
        fouten += [] if snapshot(begin.nu) == voor else ["de tweede heeft iets veranderd"]
    finally:
        proces.send_signal(signal.SIGCONT)
    _, fout = proces.communicate(timeout=300)
    if proces.returncode:
        fouten.append(f"de eerste eindigde met {proces.returncode}: {fout[-300:]}")
    return fouten + _differences(begin, eerste)


def _stopped_at_work(begin: Begin, commando: str) -> subprocess.Popen | None:
    """``commando``, stopped by a signal while it has the organisation for itself."""
    for _ in range(KEREN):
        begin.again()
        proces = start(begin.map, commando)
        while proces.poll() is None:
            if _busy(begin.nu) == proces.pid:
                proces.send_signal(signal.SIGSTOP)
                if _busy(begin.nu) == proces.pid:
                    return proces
                proces.send_signal(signal.SIGCONT)
            time.sleep(0.001)
        proces.communicate()
    return None


def _busy(nu: Path) -> int | None:
    """The number of the process that says it is busy."""
    try:
        return json.loads((nu / "processed" / "voorbeeld" / ".slot").read_text()).get("proces")
    except (OSError, ValueError):
        return None


def _refused(code: int, fout: str, wie: str, proces: int | None) -> list[str]:
    zin = f"Er werkt al een opdracht aan voorbeeld: kopanalyse {wie}"
    goed = code == 1 and zin in fout and "Traceback" not in fout and (proces is None or f"(proces {proces} op" in fout)
    return [] if goed else [f"de tweede eindigde met {code}: {fout[-500:]}"]


def _differences(begin: Begin, commando: str) -> list[str]:
    na, goed = snapshot(begin.nu), begin.na[commando]
    anders = [f"anders: {naam}" for naam in sorted({*na, *goed}) if na.get(naam) != goed.get(naam)]
    return anders + [f"bleef staan: {pad.name}" for pad in (begin.map / "tijdelijk").iterdir()]


def at_one_moment(begin: Begin, een: str, ander: str) -> tuple[str, list[str]]:
    """Start two together; who was refused, and what is wrong."""
    begin.again()
    processen = [(naam, start(begin.map, naam)) for naam in (een, ander)]
    gezegd = [(naam, proces, proces.communicate(timeout=300)[1]) for naam, proces in processen]
    klaar = [naam for naam, proces, _ in gezegd if proces.returncode == 0]
    if len(klaar) == 2:
        return "geen: de een was klaar", [f"bleef staan: {pad.name}" for pad in (begin.map / "tijdelijk").iterdir()]
    if not klaar:
        return "beide", [f"beide geweigerd: {[fout[-300:] for *_, fout in gezegd]}"]
    fouten = [wat for _, p, fout in gezegd if p.returncode for wat in _refused(p.returncode, fout, klaar[0], None)]
    return "de een" if klaar == [ander] else "de ander", fouten + _differences(begin, klaar[0])


def run(map_: Path, paren: list[tuple[str, str]], *, samen: bool) -> tuple[Counter[str], list[str]]:
    """Try ``paren`` (``samen``: also those that start at one moment); how often what, and all that was wrong."""
    begin = prepare(map_, tuple(dict.fromkeys(naam for paar in paren for naam in paar)))
    geteld: Counter[str] = Counter()
    fouten = []
    for een, ander in paren:
        geteld["tijdens elkaar"] += 1
        fouten += [f"{ander} tijdens {een}: {wat}" for wat in one_after_the_other(begin, een, ander)]
        if samen and "bron" not in (een, ander):  # a draft of a koppeling makes it another registration
            wie, mis = at_one_moment(begin, een, ander)
            geteld[f"tegelijk begonnen, geweigerd: {wie}"] += 1
            fouten += [f"{een} en {ander} tegelijk: {wat}" for wat in mis]
    return geteld, fouten


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as map_:
        geteld, fouten = run(Path(map_), list(product(COMMANDOS, COMMANDOS)), samen=True)
    for wat, hoe_vaak in sorted(geteld.items()):
        print(f"{hoe_vaak:4}  {wat}")
    print(f"{sum(geteld.values())} paren, {len(fouten)} fouten")
    print("\n".join(fouten))
    return bool(fouten)


if __name__ == "__main__":
    sys.exit(main())
