"""How long a user waits: the import, each step on the demonstration, and the first figure of a notebook."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from benchmarks.meten import HOOFDMAP, command, function, in_turn, table, write_section

NOTEBOOKS = HOOFDMAP / "notebooks"
GEZIEN = ("jaarverslag", "casuistiek_in_aantallen", "casussen_op_inhoud")


def main(map_: Path, keren: int) -> None:
    """Measure on the demonstration of De Kop; the whole of its reports (all years and teams) once."""
    kop = [sys.executable, "-m", "kopanalyse"]
    van = ["--organisatie", "dekop", "--raw", map_ / "raw-start"]
    naar = [*van, "--processed", map_ / "processed-start"]
    rapport = [*kop, "report", *naar, "--reports", map_ / "reports-start", "--notebooks", NOTEBOOKS]
    eerst = {
        "kopanalyse demo": partial(command, *kop, "demo", *van),
        "kopanalyse compute, the first time": partial(command, *kop, "compute", *naar),
        "kopanalyse report, all years and teams": partial(command, *rapport),
    }
    metingen = in_turn(eerst, 1)
    omgeving = {"KOPANALYSE_RAW": str(map_ / "raw-start"), "KOPANALYSE_PROCESSED": str(map_ / "processed-start")}
    metingen = (
        in_turn(
            {
                "python, nothing": partial(command, sys.executable, "-c", "pass"),
                "import kopanalyse": partial(command, sys.executable, "-c", "import kopanalyse"),
                "kopanalyse check": partial(command, *kop, "check", *naar),
                "kopanalyse compute": partial(command, *kop, "compute", *naar),
                **{
                    f"first figure of {naam}": partial(
                        function,
                        "benchmarks.eerste_figuur:first_sight",
                        omgeving=omgeving,
                        notebook=str(NOTEBOOKS / f"{naam}.ipynb"),
                    )
                    for naam in GEZIEN
                },
            },
            keren,
        )
        | metingen
    )
    write_section(
        "Start",
        f"""
The demonstration of De Kop, once. First figure: a new Jupyter kernel and "run all", until the first figure or number
in large type comes back (the goal is under 3 s); the kernel's start is in it, Jupyter's own pages are not. CPU s there
is that of the process that asks, without the kernel.

{table(metingen)}
""",
    )
