"""How long a user waits: the import, and each step of the pipeline on the demonstration registration.

Runs every step as a user does, in a process of its own, and prints the median with the lowest and highest time.
Expects a quiet machine; works in a temporary folder and leaves nothing behind.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"


def seconds(opdracht: list[str], keren: int) -> list[float]:
    """Wall-clock seconds of ``opdracht``, run ``keren`` times."""
    tijden = []
    for _ in range(keren):
        begin = time.perf_counter()
        subprocess.run(opdracht, check=True, stdout=subprocess.DEVNULL)
        tijden.append(time.perf_counter() - begin)
    return tijden


def main() -> None:
    kopanalyse = [sys.executable, "-m", "kopanalyse.cli"]
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print(f"{'step':<28}{'runs':>5}{'median s':>10}{'min':>8}{'max':>8}")
    with tempfile.TemporaryDirectory() as map_:
        van = ["--organisatie", "dekop", "--raw", f"{map_}/raw"]
        naar = [*van, "--processed", f"{map_}/processed"]
        stappen = [
            ("python (nothing)", [sys.executable, "-c", "pass"], 7),
            ("import kopanalyse", [sys.executable, "-c", "import kopanalyse"], 7),
            ("kopanalyse demo", [*kopanalyse, "demo", *van], 1),
            ("kopanalyse check", [*kopanalyse, "check", *naar], 5),
            ("kopanalyse compute", [*kopanalyse, "compute", *naar], 5),
            ("kopanalyse report", [*kopanalyse, "report", *naar, "--reports", f"{map_}/reports",
                                   "--notebooks", str(NOTEBOOKS)], 1),
        ]
        for naam, opdracht, keren in stappen:
            tijden = seconds(opdracht, keren)
            print(f"{naam:<28}{keren:>5}{statistics.median(tijden):>10.2f}{min(tijden):>8.2f}{max(tijden):>8.2f}",
                  flush=True)


if __name__ == "__main__":
    main()
