"""What a check was made from, and the figures from a check: what is older than what it rests on is known by it.

Digests of contents, kept beside what was made and put in place with it. Not times: a folder that was copied, or a file
that was saved unchanged, is the same still.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kopanalyse.files import digest, file_digest, rules_digest
from kopanalyse.raw.bron.koppeling import BESTAND, BRONMAP, MAP
from kopanalyse.raw.tables.find import table_files
from kopanalyse.settings import Settings

HERKOMST = "herkomst.json"  # beside the folder of clean tables, put in place with it
MERK = "herkomst"  # in the Parquet file of figures
ANDERE_CONTROLE = (
    "De registratie is opnieuw gecontroleerd nadat de cijfers berekend zijn: cijfers en datakwaliteit horen niet bij "
    "elkaar."
)
_HOOGSTENS = 5  # names of files in a sentence

Ruw = Mapping[str, list[Any]]
"""Per file that a check reads, by its path in the folder of the organisation: its size in bytes and its digest."""


def raw_files(map_: Path) -> dict[str, Path]:
    """What a check of the folder ``map_`` (``raw/<organisatie>``) reads: tables, koppeling and exports.

    But for the settings; of a database there is no file.
    """
    paden = table_files(map_) if map_.is_dir() else []
    if (map_ / BESTAND).is_file():
        ernaast = (pad for naam in (MAP, BRONMAP) for pad in (map_ / naam).rglob("*"))
        paden += [map_ / BESTAND, *(pad for pad in ernaast if pad.is_file())]
    return {pad.relative_to(map_).as_posix(): pad for pad in sorted(paden)}


def raw_digests(map_: Path) -> Ruw:
    """Size and digest of each of ``raw_files``."""
    return {naam: [pad.stat().st_size, file_digest(pad)] for naam, pad in raw_files(map_).items()}


def leave(map_: Path, settings: Settings, ruw: Ruw) -> None:
    """Leave in ``map_``, the result of a check, what its clean tables were made from, and what they are."""
    tabellen = {pad.stem: file_digest(pad) for pad in sorted((map_ / "checked").glob("*.parquet"))}
    herkomst = {
        "ruw": ruw,
        "instellingen": settings.of_reading,
        "regels": rules_digest(),
        "tabellen": tabellen,
    }
    (map_ / HERKOMST).write_text(json.dumps(herkomst, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def mark_of_figures(map_: Path, definities: str) -> str:
    """What figures are made from, for their Parquet file: the clean tables, the rules, definitions from elsewhere."""
    return json.dumps({"tabellen": _tables(map_), "regels": rules_digest(), "definities": definities})


def outdated(map_: Path) -> list[str]:
    """A sentence (Dutch) when the figures in ``map_`` (``processed/<organisatie>``) are of another check; else none."""
    return [f"{ANDERE_CONTROLE} {mended_by(map_.name)}"] if _of_another_check(map_) else []


def older_than(map_: Path, raw: Path, settings: Settings, definities: str) -> list[str]:
    """Sentences (Dutch): what in ``map_`` is older than what it was made from; ``mended_by`` says how to mend it.

    ``raw`` is the folder of the organisation, ``definities`` the digest of code from elsewhere. None when there are no
    clean tables to hold anything against. The registration itself is held against what was checked only where files of
    it are there.
    """
    if not _is_checked(map_):
        return []
    check, cijfers = _read(map_ / HERKOMST), _of_figures(map_)
    zinnen = []
    if not check:
        zinnen.append("De registratie is gecontroleerd door een eerdere versie van kopanalyse.")
    else:
        if anders := _changed(raw, check.get("ruw", {})):
            zinnen.append(f"De registratie is veranderd nadat zij gecontroleerd is: {_listed(anders)}.")
        if check.get("instellingen") != settings.of_reading:
            zinnen.append("De instellingen zijn veranderd nadat de registratie gecontroleerd is.")
        if check.get("regels") != rules_digest():
            zinnen.append("De regels van kopanalyse zijn veranderd nadat de registratie gecontroleerd is.")
        elif cijfers.get("regels") != rules_digest():
            zinnen.append("De regels van kopanalyse zijn veranderd nadat de cijfers berekend zijn.")
        if cijfers.get("definities", definities) != definities:
            zinnen.append("De eigen definities zijn veranderd nadat de cijfers berekend zijn.")
    return zinnen or ([ANDERE_CONTROLE] if _of_another_check(map_) else [])


def mended_by(organisatie: str) -> str:
    """What to run (Dutch) when something is outdated."""
    return f"Voer eerst kopanalyse compute --organisatie {organisatie} uit."


def _of_another_check(map_: Path) -> bool:
    return _is_checked(map_) and _of_figures(map_).get("tabellen", "") != _tables(map_)


def _is_checked(map_: Path) -> bool:
    return any((map_ / "checked").glob("*.parquet"))


def _tables(map_: Path) -> str:
    """Which clean tables these are; empty where nothing says so."""
    herkomst = _read(map_ / HERKOMST)
    return digest(herkomst) if herkomst else ""


def _read(pad: Path) -> dict[str, Any]:
    try:
        gelezen = json.loads(pad.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return gelezen if isinstance(gelezen, dict) else {}


def _of_figures(map_: Path) -> dict[str, Any]:
    try:
        merken = pq.read_schema(map_ / "cijfers.parquet").metadata or {}
        gelezen = json.loads(merken.get(MERK.encode(), b"{}"))
    except (OSError, ValueError, pa.ArrowException):
        return {}
    return gelezen if isinstance(gelezen, dict) else {}


def _changed(raw: Path, toen: Ruw) -> list[str]:
    """Names of the files that are not what they were, that came and that went; none where no file is there at all."""
    nu = raw_files(raw)
    if not nu:
        return []
    return [naam for naam in sorted({*toen, *nu}) if not (naam in toen and naam in nu and _same(nu[naam], *toen[naam]))]


def _same(pad: Path, grootte: int, merk: str) -> bool:
    return pad.stat().st_size == grootte and file_digest(pad) == merk


def _listed(namen: list[str]) -> str:
    meer = f" en {len(namen) - _HOOGSTENS} andere" if len(namen) > _HOOGSTENS else ""
    return ", ".join(namen[:_HOOGSTENS]) + meer
