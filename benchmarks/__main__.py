"""Measure and write ``RESULTS.md``: ``python -m benchmarks [start] [batch] [koppeling] [check] [compute]``.

``--schaal N`` for other sizes.

Expects a quiet machine. Each section of the page is replaced when it has been measured; the others stay.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks import batch, check, compute, koppeling, start
from benchmarks.meten import HOOFDMAP

ONDERWERPEN = ("start", "batch", "koppeling", "check", "compute")
KLEIN, GROOT = 2, 200  # times the demonstration, which holds ten thousand contacten
WARM = 20  # from here on queries are those of many rows: what is compiled at this size, larger ones find compiled


def main() -> None:
    """Measure the subjects that are asked for, or all."""
    lezer = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    lezer.add_argument(
        "onderwerpen", nargs="*", metavar="subject", help=f"of {', '.join(ONDERWERPEN)}; all when none is given"
    )
    lezer.add_argument(
        "--schaal",
        type=int,
        action="append",
        help="how many times the demonstration (compute and check), may be repeated; "
        f"{KLEIN} and {GROOT} when not given; 2000 has 20 million contacten",
    )
    lezer.add_argument("--keren", type=int, default=5, help="runs of each contender (5)")
    lezer.add_argument("--keren-lus", type=int, default=3, help="runs of the loop of commands (3)")
    lezer.add_argument("--map", type=Path, help="folder to make the temporary folder in")
    keuze = lezer.parse_args()
    gevraagd = keuze.onderwerpen or ONDERWERPEN
    if vreemd := set(gevraagd) - set(ONDERWERPEN):
        lezer.error(f"unknown subject {', '.join(vreemd)}; possible are {', '.join(ONDERWERPEN)}")
    if keuze.schaal and min(keuze.schaal) < KLEIN:
        lezer.error(f"--schaal is {KLEIN} or more")
    with tempfile.TemporaryDirectory(prefix="kop-bench-", dir=keuze.map) as tijdelijk:
        map_ = Path(tijdelijk)
        os.environ["XDG_CACHE_HOME"] = str(map_ / "cache")  # compiled queries of these runs stay out of the user's
        os.environ["PYTHONPATH"] = str(HOOFDMAP)
        if "start" in gevraagd:
            start.main(map_, keuze.keren)
        if "batch" in gevraagd:
            batch.main(map_, keuze.keren, keuze.keren_lus)
        if "koppeling" in gevraagd:
            koppeling.main(map_, keuze.keren)
        for schaal in keuze.schaal or (KLEIN, GROOT):
            if "check" in gevraagd:
                check.main(map_, schaal, keuze.keren)
            if "compute" in gevraagd:
                compute.main(
                    check.make_checked(map_, schaal),
                    schaal,
                    keuze.keren,
                    warm=check.make_checked(map_, min(schaal, WARM)),
                )


if __name__ == "__main__":
    main()
