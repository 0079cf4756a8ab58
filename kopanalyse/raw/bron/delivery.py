"""What the last delivery of an organisation was like, to say what is new in this one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kopanalyse.files import replace_file
from kopanalyse.raw.bron.exports import Exports
from kopanalyse.raw.bron.koppeling import BRONMAP

LEVERING = "levering.json"


@dataclass(frozen=True)
class Levering:
    """One delivery: a digest of its files, the columns of each source, and the values of each coded column."""

    digest: str
    kolommen: Mapping[str, Sequence[str]]
    codes: Mapping[str, Sequence[str]]


def remember(map_: Path, exports: Exports, processed: Path) -> Levering | None:
    """Keep this delivery in ``processed`` and return the one before it; the same exports again are no new delivery."""
    nu = Levering(
        _digest(map_ / BRONMAP, exports),
        {naam: [kop or kolom for kop, kolom in bron.kolommen] for naam, bron in exports.bronnen.items()},
        {
            f"{plaats}.{naam}": [waarde for waarde, _ in waarden]
            for een in exports.tabellen.values()
            for (plaats, naam), waarden in een.codes.items()
        },
    )
    pad = processed / LEVERING
    laatste, vorige = _kept(pad)
    if laatste and laatste.digest != nu.digest:
        vorige = laatste
    bewaren = {"laatste": asdict(nu), "vorige": asdict(vorige) if vorige else None}
    replace_file(pad, json.dumps(bewaren, ensure_ascii=False, indent=1))
    return vorige


def _kept(pad: Path) -> tuple[Levering | None, Levering | None]:
    """The last delivery and the one before it, as far as they are known."""
    try:
        bewaard = json.loads(pad.read_text(encoding="utf-8"))
        laatste, vorige = (Levering(**deel) if deel else None for deel in (bewaard["laatste"], bewaard["vorige"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, None  # there is none, or another version wrote it
    return laatste, vorige


def _digest(map_: Path, exports: Exports) -> str:
    """A number of all files; of a database the number of rows has to do."""
    som = hashlib.sha256()
    for pad in sorted(pad for pad in map_.rglob("*") if pad.is_file()):
        with pad.open("rb") as bestand:
            som.update(hashlib.file_digest(bestand, "sha256").digest())
    for naam, bron in sorted(exports.bronnen.items()):
        if bron.bron.verbinding:
            som.update(f"{naam} {bron.rijen}".encode())
    return som.hexdigest()
