"""From a team's name, whatever it holds, to the name of its folder."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from kopanalyse.raw.schema import ALLE

WINDOWS = {"con", "prn", "aux", "nul", *(f"{poort}{nummer}" for poort in ("com", "lpt") for nummer in range(10))}
LANGSTE = 40


def team_folders(teams: Iterable[str]) -> dict[str, str]:
    """A folder name per team, and ``alle`` for the whole organisation.

    Names are small ASCII letters, digits and hyphens, so that they are harmless on every file system; no two teams
    share one, also where upper and lower case are the same. A name that is not wholly and alone behind its folder
    name gets a digest of itself behind it, so a folder never passes from one team to another when teams come or go.
    """
    namen = sorted(set(teams) - {ALLE})
    gelijk = Counter(slug(naam) for naam in namen)
    return {ALLE: ALLE} | {naam: _folder(naam, gelijk[slug(naam)] == 1) for naam in namen}


def _folder(naam: str, alleen: bool) -> str:
    kort = slug(naam)
    bezet = kort in WINDOWS | {ALLE} or re.search("-[0-9a-f]{12}$", kort)
    if kort and alleen and not bezet and len(kort) <= LANGSTE:
        return kort
    merk = hashlib.sha256(naam.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{kort[:LANGSTE].strip('-') or 'team'}-{merk}"


def slug(naam: str) -> str:
    letters = unicodedata.normalize("NFKD", naam).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
