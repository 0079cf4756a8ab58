"""What earlier builds made and no build makes any more: pages of teams, years and chapters that are gone.

A story of which the consent was withdrawn may stand in them, so they are taken away; and only they: what a build made
stands in its own marks, or where it kept the executed notebooks of that year and team.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from kopanalyse.report.pages.figures import FIGUREN
from kopanalyse.report.pages.marks import MERKEN, read_marks

Map = tuple[str, str]  # a year and the folder of a team


def remove_gone(
    paginas: Path,
    uitgevoerd: Path,
    blijft: Collection[Map],
    notebooks: Iterable[str],
    bestanden: Collection[str],
    samen: Collection[str],
) -> list[str]:
    """Take away what is of no year and team of ``blijft``, and elsewhere of none of ``notebooks``; say what (Dutch).

    ``paginas`` and ``uitgevoerd`` hold a folder per year and in it one per team. ``bestanden`` are the names of the
    files that a build makes now, ``samen`` those of them that hold all chapters: these go with a page that goes.
    """
    namen = set(notebooks)
    zinnen = []
    for plek in sorted({*_folders(paginas), *_folders(uitgevoerd)}):
        hier, ernaast = (map_.joinpath(*plek) for map_ in (paginas, uitgevoerd))
        gehouden = [pad for pad in ernaast.glob("*.json") if plek not in blijft or pad.stem not in namen]
        eigen = set(read_marks(hier))
        if plek not in blijft:
            eigen |= {*(bestanden if gehouden else ()), *(f"{pad.stem}.html" for pad in gehouden)}
            weg, waarom = eigen, "dit jaar of team staat niet meer in de cijfers"
        else:
            eigen |= {f"{pad.stem}.html" for pad in gehouden}
            weg, waarom = eigen - set(bestanden), "dit hoofdstuk staat niet meer in de instellingen"
        paden = [pad for naam in sorted(weg) if (pad := hier / naam).is_file()]
        if paden and plek in blijft:
            paden += [pad for naam in samen if (pad := hier / naam).is_file()]
        plaatjes = hier / FIGUREN
        losse = [naam for naam in read_marks(plaatjes) if plek not in blijft or naam.partition("-")[0] not in namen]
        losse += [MERKEN] if plek not in blijft else []
        gehouden += [plaatjes / naam for naam in losse]
        for pad in [*paden, *gehouden, *([hier / MERKEN] if plek not in blijft and eigen else [])]:
            pad.unlink(missing_ok=True)
        for map_ in (plaatjes, hier, ernaast):
            _remove_empty(map_)
        if paden:
            zinnen.append(f"{hier}: {', '.join(pad.name for pad in paden)} weggehaald, want {waarom}.")
    return zinnen


def _folders(map_: Path) -> Iterator[Map]:
    for pad in map_.glob("*/*"):
        if re.fullmatch("[0-9]{4}", pad.parent.name) and pad.is_dir() and not pad.is_symlink():
            yield pad.parent.name, pad.name


def _remove_empty(map_: Path) -> None:
    """Remove a folder that holds nothing any more, and that of its year."""
    for leeg in (map_, map_.parent):
        try:
            leeg.rmdir()
        except OSError:  # not there, or a person's files are
            return
