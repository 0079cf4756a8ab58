"""What stands beside a notebook and goes with it: modules, packages, data and pictures of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kopanalyse.files import digest, file_digest
from kopanalyse.report.build.pictures import local_pictures

GEMAAKT = (".ipynb", ".html", ".pdf")  # notebooks, and what was made of one by hand
GECOMPILEERD = "__pycache__"


def beside_digest(notebook: Path) -> str:
    """Digest of a notebook and of every file beside it that is no notebook, its packages and pictures included.

    Of other folders below it only pictures count: what else stands there may be anything, what the build makes
    included.
    """
    eigen = sorted({*_files(notebook.parent), *local_pictures(notebook)})
    return digest(
        file_digest(notebook), [(pad.relative_to(notebook.parent).as_posix(), file_digest(pad)) for pad in eigen]
    )


def _files(map_: Path) -> Iterator[Path]:
    for pad in map_.iterdir():
        if pad.name.startswith(".") or pad.name == GECOMPILEERD:
            continue
        if pad.is_file() and pad.suffix not in GEMAAKT:
            yield pad
        elif pad.is_dir() and (pad / "__init__.py").is_file():
            yield from (deel for deel in pad.rglob("*") if deel.is_file() and GECOMPILEERD not in deel.parts)
