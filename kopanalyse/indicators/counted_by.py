"""By which thresholds and kinds figures are counted, and since when: what changes is a break between two editions.

Within one long table there is none: all of its years are counted alike. But a report that was made before has figures
that were counted otherwise, and nobody sees that on paper. ``telregels.csv`` beside the figures remembers it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kopanalyse.files import beside
from kopanalyse.indicators.indicator import Indicator
from kopanalyse.settings import Settings
from kopanalyse.statistics import TELREGELS, TELREGELS_KOLOMMEN

ALLEEN_GETOOND = ("top", "overige_onder", "klein_aantal", "oudste_leeftijd", "eerste_jaar")
"""Thresholds that no figure depends on: they say what is shown, or what is found."""


class Telregel(NamedTuple):
    """A rule, what it is since a day (empty: since figures were first kept), and what it was before."""

    wat: str
    waarde: str
    sinds: str
    was: str


def counted_by(settings: Settings, indicatoren: Iterable[Indicator]) -> dict[str, str]:
    """Every threshold and role that figures depend on, and the code of what the organisation defines itself."""
    drempels = {f"drempels.{n}": w for n, w in asdict(settings.drempels).items() if n not in ALLEEN_GETOOND}
    rollen = {f"rollen.{rol}": soorten for rol, soorten in settings.rollen.items()}
    eigen = {f"definities.{ind.naam}": ind.merk for ind in indicatoren if not ind.is_ours and ind.merk}
    return {wat: _words(waarde) for wat, waarde in (drempels | rollen | eigen).items()}


def remember(map_: Path, regels: dict[str, str], dag: date) -> list[Telregel]:
    """Keep the rules beside the figures in ``map_``; what changed since the last time comes back."""
    bekend = _kept(map_ / TELREGELS)
    laatste = {regel.wat: regel.waarde for regel in bekend}
    nieuw = [
        Telregel(wat, waarde, dag.isoformat() if wat in laatste else "", laatste.get(wat, ""))
        for wat, waarde in regels.items()
        if laatste.get(wat) != waarde
    ]
    if nieuw or not bekend:
        with beside(map_ / TELREGELS) as ernaast, ernaast.open("w", newline="", encoding="utf-8") as bestand:
            csv.writer(bestand, lineterminator="\n").writerows([TELREGELS_KOLOMMEN, *bekend, *nieuw])
    return [regel for regel in nieuw if regel.was]


def said(veranderd: Iterable[Telregel]) -> list[str]:
    """A sentence (Dutch) for each rule that changed."""
    return [
        f"{regel.wat} {_how(regel)}: alle jaren zijn opnieuw geteld. Rapporten van voor vandaag zijn anders geteld en "
        "niet met nieuwe te vergelijken."
        for regel in veranderd
    ]


def _how(regel: Telregel) -> str:
    return "is veranderd" if regel.wat.startswith("definities.") else f"was {regel.was} en is {regel.waarde}"


def _kept(pad: Path) -> list[Telregel]:
    if not pad.is_file():
        return []
    with pad.open(newline="", encoding="utf-8") as bestand:
        return [Telregel(*(rij[naam] for naam in TELREGELS_KOLOMMEN)) for rij in csv.DictReader(bestand)]


def _words(waarde: object) -> str:
    return ", ".join(map(str, waarde)) if isinstance(waarde, (tuple, list)) else str(waarde)
