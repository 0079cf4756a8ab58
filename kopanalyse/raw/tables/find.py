"""Which file holds which table: the files of a folder by their names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from pathlib import Path

from kopanalyse.raw.formats.forms import ReadError
from kopanalyse.raw.names import clean_name, clean_text, shown
from kopanalyse.raw.schema import TABELLEN

VORMEN = (".csv", ".xlsx", ".parquet")
_ANDERE_VORMEN = (".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".numbers", ".tsv", ".txt", ".zip", ".gz", ".json")
_EXPORTS = "bron"  # the folder with exports as they are
_GEEN_TABEL = ("organisatie.toml", "koppeling.toml", "README.md")
_KOPIE = re.compile(r"(?:kopie_van_|copy_of_)?(.+?)(?:_?\(\d+\)|_-_(?:kopie|copy)(?:_?\(\d+\))?)?")


def find_tables(folder: Path, gekoppeld: Collection[str] = ()) -> tuple[dict[str, Path], list[str]]:
    """The file of every table in ``folder``, and a note (Dutch) for every file that is no table.

    A file is called after its table; the exact name comes first, then the only one that is equal but for capitals and
    spaces. Raises ``ReadError`` when the folder or all tables are missing, when a table has two files, and when the
    only file of a table has a form that is not read: the run would go on as if the table were not there. ``gekoppeld``
    names tables that are made from exports: those have no file here.
    """
    if not folder.is_dir():
        raise ReadError(
            f"De map {folder} bestaat niet; verwacht wordt een map met een bestand per tabel, zoals trajecten.csv."
        )
    bestanden: dict[str, Path] = {}
    notities, fouten = [], []
    paden = [
        pad for pad in sorted(folder.iterdir()) if not pad.name.startswith((".", "~$")) and pad.name not in _GEEN_TABEL
    ]
    leesbaar = [pad for pad in paden if pad.is_file() and clean_text(pad.suffix).lower() in VORMEN]
    for naam in TABELLEN:
        passend = [pad for pad in leesbaar if clean_text(pad.stem) == naam] or [
            pad for pad in leesbaar if clean_name(pad.stem) == naam
        ]
        if len(passend) == 1:
            bestanden[naam] = passend[0]
        elif passend:
            fouten.append(
                f"De tabel {naam} staat er {_times(len(passend))}: {_listed(passend)}. Verwacht wordt één "
                "bestand per tabel; haal er een weg."
            )
    tweemaal = set(TABELLEN) - set(bestanden) if fouten else set()
    for pad in paden:
        if pad in bestanden.values():
            continue
        tabel = _table_of(pad)
        if pad.is_file() and tabel and tabel not in {*bestanden, *tweemaal, *gekoppeld}:
            fouten.append(f"{shown(pad.name)}: {_why_not(pad, tabel)}")
        elif pad.is_file() or not pad.is_dir():
            notities.append(_note_on_file(pad, tabel in bestanden))
        elif tabel:
            notities.append(f"{shown(pad.name)}: dit is een map en geen bestand, en is niet gelezen.")
    fouten += [
        f"De tabel {naam} komt uit koppeling.toml, en staat ook in {shown(bestanden[naam].name)}. Verwacht wordt "
        "een van de twee."
        for naam in gekoppeld
        if naam in bestanden
    ]
    exports = folder / _EXPORTS
    if not gekoppeld and exports.is_dir() and any(pad.is_file() for pad in exports.rglob("*")):
        notities.append(
            f"{_EXPORTS}/: hier staan exports, en zonder koppeling.toml worden die niet gelezen. Een eerste koppeling "
            f"maakt u met kopanalyse bron --organisatie {folder.name} --ontwerp."
        )
    if fouten:
        raise ReadError("\n".join(fouten))
    if not bestanden and not gekoppeld:
        gevonden = " ".join(notities)
        raise ReadError(
            f"In de map {folder} staat geen enkele tabel; verwacht wordt een bestand per tabel, "
            f"zoals trajecten.csv. {gevonden}".strip()
        )
    return bestanden, notities


def table_files(folder: Path) -> list[Path]:
    """The files in ``folder`` that are, or could be, the file of a table."""
    return [
        pad
        for pad in folder.iterdir()
        if clean_text(pad.suffix).lower() in VORMEN and clean_name(pad.stem) in TABELLEN and pad.is_file()
    ]


def _table_of(pad: Path) -> str | None:
    """The table that a file seems to hold in another form, or as a copy: ``klanten.ods``, ``contacten (1).csv``."""
    vorm = clean_text(pad.suffix).lower()
    if vorm not in _ANDERE_VORMEN and vorm not in VORMEN:
        return None
    stam = _KOPIE.fullmatch(clean_name(pad.name.split(".")[0]))
    return stam[1] if stam and stam[1] in TABELLEN else None


def _why_not(pad: Path, tabel: str) -> str:
    if clean_text(pad.suffix).lower() in VORMEN:
        return f"zo heet geen tabel, en {tabel} is er niet; noem het bestand {tabel}{pad.suffix}, of haal het weg."
    return (
        f"deze vorm wordt niet gelezen; bewaar als .xlsx, .csv of .parquet. Een ander bestand voor {tabel} is er niet."
    )


def _note_on_file(pad: Path, gelezen: bool) -> str:
    naam = shown(pad.name)
    if not pad.exists():
        return f"{naam}: deze verwijzing wijst naar een bestand dat er niet is, en is niet gelezen."
    if gelezen:
        return f"{naam}: dit bestand is niet gelezen; de tabel heeft al een bestand."
    lijkt = get_close_matches(clean_name(pad.name.split(".")[0]), TABELLEN, n=1)
    tip = f" Bedoelde u {lijkt[0]}.csv, {lijkt[0]}.xlsx of {lijkt[0]}.parquet?" if lijkt else ""
    return f"{naam}: dit bestand hoort bij geen tabel en is niet gelezen.{tip}"


def _times(aantal: int) -> str:
    return {2: "twee keer", 3: "drie keer"}.get(aantal, f"{aantal} keer")


def _listed(paden: Iterable[Path]) -> str:
    *eerst, laatst = [shown(pad.name) for pad in paden]
    return f"{', '.join(eerst)} en {laatst}"
