"""Checking, of which reading is a part, beside only decoding the same rows."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from benchmarks.meten import Meting, command, function, in_turn, median, table, write_section

ONZE = "ours"


def make(map_: Path, schaal: int) -> Path:
    """The folder in ``map_`` with the demonstration of De Kop ``schaal`` times; made when not there."""
    raw = map_ / f"raw-{schaal}"
    if not raw.is_dir():
        print(f"  making the demonstration {schaal} times", file=sys.stderr, flush=True)
        command(
            sys.executable,
            "-m",
            "kopanalyse",
            "demo",
            "--organisatie",
            "dekop",
            "--schaal",
            str(schaal),
            "--raw",
            raw,
        )
    return raw


def make_checked(map_: Path, schaal: int) -> Path:
    """The folder with its checked tables; made when not there."""
    processed = map_ / f"processed-{schaal}"
    if not processed.is_dir():
        _check(map_, schaal)
    return processed / "dekop" / "checked"


def _check(map_: Path, schaal: int) -> Meting:
    return function("benchmarks.onze:check", raw=str(make(map_, schaal)), processed=str(map_ / f"processed-{schaal}"))


def main(map_: Path, schaal: int, keren: int) -> None:
    """Measure checking the demonstration of De Kop ``schaal`` times (2 or more)."""
    raw = make(map_, schaal)
    metingen = in_turn(
        {
            ONZE: partial(_check, map_, schaal),
            "floor: decoding the same rows": partial(function, "benchmarks.onze:decode", map_=str(raw / "dekop")),
        },
        keren,
    )
    seconden = median(metingen[ONZE])
    telling = metingen[ONZE][0].uitkomst
    rijen = telling["rijen"]
    per_20_miljoen = (
        f" At this rate 20 million rows take {seconden / rijen * 20e6:.1f} s, of which the goal is 4 s."
        if rijen > 1e6
        else ""
    )
    write_section(
        f"Check, {rijen:,} rows",
        f"""
The demonstration of De Kop {schaal} times, as Parquet: {rijen:,} rows in {telling["tabellen"]} tables, of which
{telling["quarantaine"]:,} ({telling["quarantaine"] / rijen:.1%}) go to quarantine; {telling["bevindingen"]:,} findings.
Rows per second: {rijen / seconden:,.0f}.{per_20_miljoen}

{table(metingen, ONZE, rijen)}
""",
    )
