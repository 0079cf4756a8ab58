"""What pages of an edition are made with besides its table: the settings, and texts of authors that were released.

They are copied beside the kept edition, in the form of a folder of raw data in which nothing else stands. Pages are
made with that folder, so that no text that was not released can be read.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kopanalyse.files import digest, replace_file, replacing
from kopanalyse.report.authors.reading import TekstError, Waarde, read_markdown, read_yaml

INVOER = "invoer"
INSTELLINGEN, EIGEN, CODE = "organisatie.toml", "definities/*.py", "definities"
NIET_NAAR_BUITEN = ("synoniemen", "controle")
NAGEKEKEN = re.compile(r"""^nagekeken: *["']?[^,\n]*, *([^"'\n]*?)["']? *$""", re.M)
SOORTEN = {"toelichting": ".md", "verhalen": ".md", "personas": ".yaml", "klantreizen": ".yaml"}


def texts(map_: Path) -> Iterator[tuple[str, Path]]:
    """Every text of an author in ``map_`` (``raw/<organisatie>``), with its kind."""
    for soort, eind in SOORTEN.items():
        for pad in sorted((map_ / soort).glob(f"*{eind}")):
            yield soort, pad


def head(soort: str, pad: Path) -> Waarde | None:
    """What the head of a text says; None where it cannot be read, or is a story that has no consent."""
    try:
        kop = read_markdown(pad, ())[0] if SOORTEN[soort] == ".md" else read_yaml(pad)
    except (TekstError, OSError):
        return None
    return kop if soort != "verhalen" or kop.onder("toestemming") == ["ja"] else None


def is_public(kop: Waarde) -> bool:
    """Whether a text is meant for outside; it goes there when somebody has looked it through as well."""
    return kop.onder("openbaar") == ["ja"]


def is_released(soort: str, pad: Path) -> bool:
    """Whether a text may stand in an edition."""
    kop = head(soort, pad)
    return kop is not None and is_public(kop) and all(kop.onder("nagekeken")) and bool(kop.onder("nagekeken"))


def of_raw(map_: Path) -> dict[str, str]:
    """What pages of an edition may be made with of ``map_`` (``raw/<organisatie>``): texts, by where they stand.

    They are in the form in which they may leave the organisation: settings without remarks and without what only
    reading a registration needs, texts without who looked them through, and without names of files that nobody sees.
    """
    uit = {pad.relative_to(map_).as_posix(): pad.read_text(encoding="utf-8-sig") for pad in sorted(map_.glob(EIGEN))}
    if (map_ / INSTELLINGEN).is_file():
        uit[INSTELLINGEN] = _public_settings((map_ / INSTELLINGEN).read_text(encoding="utf-8-sig"))
    vrij = [(soort, pad) for soort, pad in texts(map_) if is_released(soort, pad)]
    for nummer, (soort, pad) in enumerate(vrij):
        naam = pad.name if soort == "personas" else f"{nummer:03}{pad.suffix}"  # a persona's is in the table
        uit[f"{soort}/{naam}"] = NAGEKEKEN.sub(r"nagekeken: redactie, \1", pad.read_text(encoding="utf-8-sig"), count=1)
    return uit


def outside(teksten: Mapping[str, str]) -> dict[str, Any]:
    """What an edition says of these, so that its pages can be made again: all but code, of which only a digest."""
    code = {naam: tekst for naam, tekst in teksten.items() if naam.endswith(".py")}
    return {naam: tekst for naam, tekst in teksten.items() if naam not in code} | ({CODE: digest(code)} if code else {})


def of_outside(gezegd: Mapping[str, str]) -> dict[str, str] | None:
    """The texts again that ``outside`` said; None where they rest on code that it does not have."""
    return None if CODE in gezegd else dict(gezegd)


def keep(teksten: Mapping[str, str], editie: Path, organisatie: str) -> None:
    """Put these texts, and no others, in the folder that a kept edition makes its pages with."""
    with replacing(editie, (INVOER,)) as nieuw:
        (nieuw / INVOER / organisatie).mkdir(parents=True)
        for naam, tekst in teksten.items():
            replace_file(nieuw / INVOER / organisatie / naam, tekst)


def _public_settings(tekst: str) -> str:
    waarden = tomllib.loads(tekst)
    return "".join(f"{_toml(naam)} = {_toml(w)}\n" for naam, w in waarden.items() if naam not in NIET_NAAR_BUITEN)


def _toml(waarde: Any) -> str:
    """A value as TOML on one line."""
    if isinstance(waarde, dict):
        return "{" + ", ".join(f"{_toml(naam)} = {_toml(w)}" for naam, w in waarde.items()) + "}"
    if isinstance(waarde, list):
        return "[" + ", ".join(map(_toml, waarde)) + "]"
    return waarde.isoformat() if isinstance(waarde, date) else json.dumps(waarde, ensure_ascii=False)
