"""The reports of a year: ours beside a loop of the usual commands, and beside only drawing the same figures."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from functools import partial
from itertools import product
from pathlib import Path

from benchmarks.meten import HOOFDMAP, Meting, command, function, in_turn, median, table, write_section

NOTEBOOKS = HOOFDMAP / "notebooks"
JAAR, TEAMS = 2019, ("alle", "Oost")
ONZE, WEER, LUS = "ours", "ours once more, nothing has changed", "loop of papermill and jupyter nbconvert"
BODEM = "floor: drawing the same figures, one warm process"
GETEKEND = re.compile(r"rapport\.(figuur|tabel)\(\"(\w+)\"\)")


def main(map_: Path, keren: int, keren_lus: int) -> None:
    """Measure on the demonstration of De Kop: one year, the whole organisation and one team."""
    raw, processed = map_ / "raw-batch", map_ / "processed-batch"
    kop = [sys.executable, "-m", "kopanalyse"]
    van = ["--organisatie", "dekop", "--raw", raw]
    command(*kop, "demo", *van)
    command(*kop, "compute", *van, "--processed", processed)
    report = [
        *kop,
        "report",
        *van,
        "--processed",
        processed,
        "--notebooks",
        NOTEBOOKS,
        "--jaar",
        JAAR,
        *(deel for team in TEAMS for deel in ("--team", team)),
    ]
    command(*report, "--reports", map_ / "reports")
    paren = _pairs(map_ / "reports" / "dekop" / str(JAAR))
    sjabloon = (
        "import pathlib, sys; from kopanalyse.report.pages.template_link import link_template; "
        "link_template(pathlib.Path(sys.argv[1]))"
    )
    command(sys.executable, "-c", sjabloon, map_)
    omgeving = {
        "KOPANALYSE_RAW": str(raw),
        "KOPANALYSE_PROCESSED": str(processed),
        "JUPYTER_PATH": str(map_ / "share" / "jupyter"),
    }
    getekend = sum(len(_drawn(notebook)) for notebook, _ in paren)

    metingen = in_turn(
        {
            ONZE: partial(_ours, report, map_),
            WEER: partial(command, *report, "--reports", map_ / "reports"),
            BODEM: partial(
                function,
                "benchmarks.onze:draw",
                warm=True,
                omgeving=omgeving,
                jaar=JAAR,
                gevraagd=[(team, *vraag) for notebook, team in paren for vraag in _drawn(notebook)],
            ),
            LUS: partial(_loop, paren, map_ / "lus", omgeving),
        },
        {ONZE: keren, WEER: keren, BODEM: keren, LUS: keren_lus},
    )
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    onze, lus, bodem = (median(metingen[naam]) for naam in (ONZE, LUS, BODEM))
    cpu = median(metingen[ONZE], "cpu") / median(metingen[BODEM], "cpu")
    write_section(
        "Batch",
        f"""
De Kop, {JAAR}, {len(TEAMS)} teams: {len(paren)} notebooks with {getekend} figures and tables. Ours makes more than
the loop: indexes, the page for print, Excel files, the handbook. The loop starts both commands anew for every notebook,
and uses our template. **Ours is {lus / onze:.1f} × as fast as the loop, and takes {onze / (bodem / cores):.2f} × the
floor per core** (the floor spread over {cores} cores: {bodem / cores:.2f} s; of processor time ours takes {cpu:.2f} ×
the floor).

{table(metingen, ONZE)}
""",
    )


def _pairs(map_: Path) -> list[tuple[str, str]]:
    """Notebook and team of every page that the report has; the opening page is the notebook ``jaarverslag``."""
    paginas = {team: map_ / team.lower() for team in TEAMS}
    ontbreekt = [team for team, pad in paginas.items() if not pad.is_dir()]
    if ontbreekt:
        raise RuntimeError(f"no report of team {', '.join(ontbreekt)} in {map_}")
    return [
        (notebook.stem, team)
        for team, notebook in product(TEAMS, sorted(NOTEBOOKS.glob("*.ipynb")))
        if (paginas[team] / f"{notebook.stem}.html").is_file() or notebook.stem == "jaarverslag"
    ]


def _ours(report: list, map_: Path) -> Meting:
    """Make the reports where there are none yet, and run every notebook again."""
    shutil.rmtree(map_ / "reports")
    return command(*report, "--alles", "--reports", map_ / "reports")


def _loop(paren: list[tuple[str, str]], uit: Path, omgeving: dict[str, str]) -> Meting:
    """One command after another, as somebody would write it in a script."""
    shutil.rmtree(uit, ignore_errors=True)
    uit.mkdir()
    bin_ = Path(sys.executable).parent
    script = ["set -e"]
    for notebook, team in paren:
        klaar = uit / f"{notebook}-{team}.ipynb"
        script += [
            f"{bin_ / 'papermill'} {NOTEBOOKS / notebook}.ipynb {klaar} --cwd {NOTEBOOKS} --no-progress-bar "
            f"-p organisatie dekop -p jaar {JAAR} -p team {team}",
            f"{bin_ / 'jupyter'} nbconvert --to html --template kopanalyse --no-input {klaar}",
        ]
    return command("sh", "-c", "\n".join(script), omgeving=omgeving)


def _drawn(notebook: str) -> list[tuple[str, str]]:
    """The figures and tables that a notebook asks for: ``figuur`` or ``tabel``, and its name."""
    cellen = json.loads((NOTEBOOKS / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    return [vraag for cel in cellen if cel["cell_type"] == "code" for vraag in GETEKEND.findall("".join(cel["source"]))]
