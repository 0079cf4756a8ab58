"""Pictures in the texts of a notebook: what is kept of it carries them, for a page loads nothing from elsewhere."""

from __future__ import annotations

import base64
import json
import mimetypes
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

PLAATJE = re.compile(
    r"""(?P<voor>!\[[^\]]*\]\(\s*<?)(?P<bron>[^\s)>]+)(?P<na>[^)]*\))"""
    r"""|(?P<voor2><img\b[^>]*?\bsrc=["'])(?P<bron2>[^"']+)(?P<na2>["'][^>]*>)"""
)
BIJLAGE = "attachment:"
ELDERS = re.compile(r"[a-z][a-z0-9+.-]+:|//", re.I)  # an address; one letter and a colon is a disk of Windows


def local_pictures(notebook: Path) -> list[Path]:
    """The files, below the notebook's folder, that its texts show as pictures; none when it cannot be read."""
    try:
        cellen = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        teksten = ["".join(cel["source"]) for cel in cellen if cel["cell_type"] == "markdown"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []
    paden = [_file(bron, notebook.parent) for tekst in teksten for bron in _sources(tekst) if not ELDERS.match(bron)]
    return [pad for pad in paden if pad.is_file() and pad.is_relative_to(notebook.parent)]


def with_pictures(tekst: str, map_: Path, bijlagen: Mapping[str, Mapping[str, str]]) -> str:
    """The Markdown with the pictures of files beside it and of the cell itself in it; of others a sentence (Dutch)."""

    def picture(gevonden: re.Match[str]) -> str:
        voor, bron, na = (gevonden[naam] or gevonden[f"{naam}2"] for naam in ("voor", "bron", "na"))
        inhoud = _data(bron, map_, bijlagen)
        if not inhoud and ELDERS.match(bron) and not bron.startswith(BIJLAGE):
            return "*Een plaatje van een ander adres komt niet op een pagina.*"
        if not inhoud:
            naam = Path(unquote(bron.removeprefix(BIJLAGE))).name
            return f"*Het plaatje {naam} staat niet bij het notebook, of is geen plaatje.*"
        return f"{voor}{inhoud}{na}"

    return PLAATJE.sub(picture, tekst)


def _sources(tekst: str) -> Iterator[str]:
    for gevonden in PLAATJE.finditer(tekst):
        yield gevonden["bron"] or gevonden["bron2"]


def _file(bron: str, map_: Path) -> Path:
    return Path(os.path.normpath(map_ / unquote(bron)))


def _data(bron: str, map_: Path, bijlagen: Mapping[str, Mapping[str, str]]) -> str:
    """The picture as an address that holds it; empty when it is not here."""
    if bron.startswith("data:"):
        return bron
    if bron.startswith(BIJLAGE):
        soort, inhoud = next(iter(bijlagen.get(unquote(bron.removeprefix(BIJLAGE)), {}).items()), ("", ""))
        return f"data:{soort};base64,{''.join(inhoud)}" if soort.startswith("image/") else ""
    soort = mimetypes.guess_type(bron)[0] or ""
    if ELDERS.match(bron) or not soort.startswith("image/"):
        return ""
    try:
        return f"data:{soort};base64,{base64.b64encode(_file(bron, map_).read_bytes()).decode()}"
    except OSError:
        return ""
