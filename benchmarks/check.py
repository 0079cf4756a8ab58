"""Checking: reading the files and holding the rules, apart, beside only decoding the same rows."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.meten import command, function, in_turn, median, table, write_section

ONZE, LEZEN, REGELS = "ours, all of it", "ours: reading", "ours: holding the rules, and writing"


def make(map_: Path, schaal: int) -> tuple[Path, Path]:
    """Folders in ``map_`` with the demonstration of De Kop ``schaal`` times, raw and checked; made when not there."""
    raw, processed = map_ / f"raw-{schaal}", map_ / f"processed-{schaal}"
    if not processed.is_dir():
        print(f"  making and checking the demonstration {schaal} times", file=sys.stderr, flush=True)
        command(sys.executable, "-m", "kopanalyse.cli", "demo", "--organisatie", "dekop", "--schaal", str(schaal),
                "--raw", raw)
        function("benchmarks.onze:check", raw=str(raw), processed=str(processed))
    return raw, processed


def main(map_: Path, schaal: int, keren: int) -> None:
    """Measure checking the demonstration of De Kop ``schaal`` times (2 or more)."""
    raw, processed = make(map_, schaal)
    metingen = in_turn({
        ONZE: partial(function, "benchmarks.onze:check", raw=str(raw), processed=str(processed)),
        "floor: decoding the same rows": partial(function, "benchmarks.onze:decode", map_=str(raw / "dekop")),
    }, keren)
    geheel = metingen.pop(ONZE)
    lezen = [replace(run, seconden=run.uitkomst["lezen"], cpu=run.uitkomst["lezen_cpu"]) for run in geheel]
    regels = [replace(run, seconden=run.seconden - deel.seconden, cpu=run.cpu - deel.cpu)
              for run, deel in zip(geheel, lezen)]
    metingen = {ONZE: geheel, LEZEN: lezen, REGELS: regels, **metingen}
    seconden = {naam: median(runs) for naam, runs in metingen.items()}
    telling = geheel[0].uitkomst
    rijen = telling["rijen"]
    per_seconde = ", ".join(f"{naam} {rijen / midden / 1e3:,.0f}" for naam, midden in seconden.items())
    write_section(f"Check, {rijen:,} rows", f"""
The demonstration of De Kop {schaal} times, as Parquet: {rijen:,} rows in {telling["tabellen"]} tables, of which
{telling["quarantaine"]:,} ({telling["quarantaine"] / rijen:.1%}) go to quarantine; {telling["bevindingen"]:,} findings.
Thousands of rows per second: {per_seconde}. At this rate the rules take {seconden[REGELS] / rijen * 20e6:.1f} s for 20
million rows (the goal is 4 s, and speaks of the rules).

{table(metingen, ONZE, rijen)}
""")
