"""Measuring in turn, and the page of results: what the benchmarks share.

Every contender runs in a process of its own, so that none finds what another left in memory; the contenders take turns,
so that what else the machine does hits all of them. This process itself imports nothing heavy: a child starts its life
with the memory of its parent as its highest.
"""

from __future__ import annotations

import ctypes
import importlib
import inspect
import json
import os
import pickle
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

HOOFDMAP = Path(__file__).parent.parent
RESULTATEN = Path(__file__).with_name("RESULTS.md")
PAKKETTEN = ("kopanalyse", "duckdb", "ibis-framework", "pandas", "pyarrow", "papermill", "nbconvert", "matplotlib")
KOP = """# Results of the benchmarks

Written by `python -m benchmarks` (`make bench`), not by hand; each section when it was last measured. Trust the
ratios more than the seconds. Contenders take turns, each run in a new process, on files that the system has in
memory. s: median of the runs, and the lowest and the highest; CPU s: processor time over all cores and processes;
MB: most memory in use by the largest process. CPU s and MB are medians too.
"""
DRUK = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")  # of the machine, before anything is measured
_MAAK_OUDER_VAN_WEZEN = 36  # PR_SET_CHILD_SUBREAPER


@dataclass(frozen=True)
class Meting:
    """One run: wall-clock seconds, processor seconds, most memory (MB) of its largest process, and what it gave."""

    seconden: float
    cpu: float
    mb: float
    uitkomst: Any = None


Deelnemer = Callable[[], Meting]


def command(*opdracht: str | Path, omgeving: Mapping[str, str] | None = None, cwd: Path | None = None) -> Meting:
    """Run a command and measure it with all the processes that it starts; RuntimeError when it fails.

    Processes that outlive their parent come to this one (Linux), so that their processor time is not lost.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_MAAK_OUDER_VAN_WEZEN, 1, 0, 0, 0)
    with tempfile.TemporaryFile() as fouten:
        eerder = _cpu_of_children()
        begin = time.perf_counter()
        proces = subprocess.Popen(
            list(map(str, opdracht)),
            env={**os.environ, **(omgeving or {})},
            cwd=cwd,
            stdout=subprocess.DEVNULL,
            stderr=fouten,
        )
        _, status, verbruik = os.wait4(proces.pid, 0)
        seconden = time.perf_counter() - begin
        proces.returncode = os.waitstatus_to_exitcode(status)
        if proces.returncode:
            fouten.seek(0)
            raise RuntimeError(f"{' '.join(map(str, opdracht))}: {fouten.read().decode(errors='replace')[-3000:]}")
    _wait_for_orphans()
    return Meting(seconden, _cpu_of_children() - eerder, verbruik.ru_maxrss * _EENHEID)


def function(naam: str, *, warm: bool = False, omgeving: Mapping[str, str] | None = None, **argumenten: Any) -> Meting:
    """Call ``module:function`` with the arguments in a new process, and measure the call, not what its module imports.

    ``warm``: a second call in that process. Of a generator the time ends at its first ``yield``; what follows puts
    things away. The memory is that of the whole process, the processor time only its own.
    """
    with tempfile.TemporaryDirectory() as map_:
        uit = Path(map_) / "uit.pickle"
        geheel = command(
            sys.executable, "-m", "benchmarks.meten", naam, json.dumps(argumenten), str(warm), uit, omgeving=omgeving
        )
        seconden, cpu, uitkomst = pickle.loads(uit.read_bytes())
    return Meting(seconden, cpu, geheel.mb, uitkomst)


def in_turn(
    deelnemers: Mapping[str, Deelnemer],
    keren: int | Mapping[str, int],
    controleer: Callable[[str, Meting], None] = lambda naam, meting: None,
) -> dict[str, list[Meting]]:
    """Run all, each once per round, ``keren`` rounds (or as many as said for each); ``controleer`` sees every run."""
    per = {naam: keren if isinstance(keren, int) else keren[naam] for naam in deelnemers}
    metingen: dict[str, list[Meting]] = {naam: [] for naam in deelnemers}
    for ronde in range(max(per.values())):
        for naam, deelnemer in deelnemers.items():
            if ronde < per[naam]:
                meting = deelnemer()
                controleer(naam, meting)
                metingen[naam].append(meting)
                print(f"  round {ronde + 1}: {naam}: {meting.seconden:.2f} s", file=sys.stderr, flush=True)
    return metingen


def median(metingen: Sequence[Meting], wat: str = "seconden") -> float:
    """The median of one property of the runs."""
    return statistics.median(getattr(meting, wat) for meting in metingen)


def table(metingen: Mapping[str, Sequence[Meting]], onze: str = "", rijen: int = 0) -> str:
    """A Markdown table of the contenders, each beside ``onze``; ``rijen`` adds seconds per million of these rows."""
    koppen = [
        "",
        "runs",
        "s",
        "lowest–highest",
        "CPU s",
        "MB",
        *(["× ours"] if onze else []),
        *(["s per million"] if rijen else []),
    ]
    regels = [koppen, ["---", *["--:"] * (len(koppen) - 1)]]
    for naam, runs in metingen.items():
        seconden = [meting.seconden for meting in runs]
        midden = statistics.median(seconden)
        regel = [
            naam,
            str(len(runs)),
            f"{midden:.2f}",
            f"{min(seconden):.2f}–{max(seconden):.2f}",
            f"{median(runs, 'cpu'):.2f}",
            f"{median(runs, 'mb'):.0f}",
        ]
        if onze:
            regel.append(f"{midden / median(metingen[onze]):.2f}")
        if rijen:
            regel.append(f"{midden / rijen * 1e6:.2f}")
        regels.append(regel)
    return "\n".join(f"| {' | '.join(regel)} |" for regel in regels)


def write_section(titel: str, tekst: str, pad: Path = RESULTATEN) -> None:
    """Put the section ``titel`` in the page of results, in place of what it held, with date, machine and versions."""
    delen = re.split(r"^## ", pad.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:] if pad.is_file() else []
    secties = {deel.split("\n", 1)[0]: deel.split("\n", 1)[1].strip() for deel in delen}
    secties[titel] = f"{_where_and_when()}\n\n{tekst.strip()}"
    volgorde = sorted(secties, key=lambda naam: (naam.split(",")[0], len(naam), naam))  # the larger, the longer
    pagina = KOP + "".join(f"\n## {naam}\n\n{secties[naam]}\n" for naam in volgorde)
    ernaast = pad.with_name(f".{pad.name}")
    ernaast.write_text(pagina, encoding="utf-8")
    os.replace(ernaast, pad)
    print(f"\n## {titel}\n\n{secties[titel]}\n", flush=True)


def _where_and_when() -> str:
    versies = ", ".join(f"{pakket} {version(pakket)}" for pakket in PAKKETTEN)
    geheugen = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {_processor()}, {os.cpu_count()} cores, "
        f"{geheugen:.0f} GB, {platform.system()}, load {DRUK:.1f} before{_shared()} · commit {_commit()} · "
        f"Python {platform.python_version()}, {versies}"
    )


def _shared() -> str:
    """A remark for who reads the seconds, when the machine had more to do than its processors can."""
    return " (the machine was shared: seconds are too high)" if (os.cpu_count() or 1) < DRUK else ""


def _processor() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as regels:
        namen = [regel.split(":", 1)[1].strip() for regel in regels if regel.startswith("model name")]
    return namen[0] if namen else platform.machine()


def _commit() -> str:
    def git(*opdracht: str) -> str:
        return subprocess.run(["git", *opdracht], cwd=HOOFDMAP, capture_output=True, text=True).stdout.strip()

    veranderd = git("status", "--porcelain", "--", "kopanalyse", "notebooks", "benchmarks/*.py")
    return (git("rev-parse", "--short", "HEAD") or "unknown") + (", changed since" if veranderd else "")


_EENHEID = 1024 / 1e6 if sys.platform == "linux" else 1 / 1e6  # of ru_maxrss, to MB


def _cpu_of_children() -> float:
    verbruik = resource.getrusage(resource.RUSAGE_CHILDREN)
    return verbruik.ru_utime + verbruik.ru_stime


def _wait_for_orphans(hooguit: float = 10) -> None:
    """Wait for what the command left behind, some seconds at most; this process has no other children."""
    tot = time.monotonic() + hooguit
    try:
        while time.monotonic() < tot:
            if not os.waitpid(-1, os.WNOHANG)[0]:
                time.sleep(0.01)
    except ChildProcessError:
        pass


def _child(naam: str, argumenten: str, warm: str, uit: str) -> None:
    module, functie = naam.split(":")
    roep = getattr(importlib.import_module(module), functie)
    gegeven = json.loads(argumenten)
    if warm == "True":
        roep(**gegeven)
    cpu, begin = time.process_time(), time.perf_counter()
    uitkomst = roep(**gegeven)
    if opruimen := inspect.isgenerator(uitkomst):
        next(uitkomst)
    seconden, cpu = time.perf_counter() - begin, time.process_time() - cpu
    if opruimen:
        uitkomst = uitkomst.close()
    elif hasattr(uitkomst, "itertuples"):
        uitkomst = list(uitkomst.itertuples(index=False, name=None))
    Path(uit).write_bytes(pickle.dumps((seconden, cpu, uitkomst)))


if __name__ == "__main__":
    _child(*sys.argv[1:])
