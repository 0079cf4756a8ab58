"""Koppelingen that stand ready, for deliveries in a form that more organisations use."""

from __future__ import annotations

import shutil
from pathlib import Path

from kopanalyse.errors import DataError, UserError, suggestion
from kopanalyse.raw.bron.koppeling import BESTAND

_HIER = Path(__file__).parent


def ready_made() -> list[str]:
    """Names of the koppelingen that stand ready."""
    return sorted(pad.parent.name for pad in _HIER.glob(f"*/{BESTAND}"))


def take(naam: str, map_: Path) -> list[Path]:
    """Copy the koppeling ``naam`` into the folder of an organisation and return its files.

    Raises ``UserError`` for a name that is not there, and ``DataError`` when a file would be overwritten.
    """
    if naam not in ready_made():
        raise UserError(
            f"De koppeling {naam} ligt niet klaar.{suggestion(naam, ready_made())} Mogelijk zijn: "
            f"{', '.join(ready_made())}."
        )
    bron = _HIER / naam
    bestanden = {
        pad: map_ / pad.relative_to(bron)
        for pad in sorted(bron.rglob("*"))
        if pad.is_file() and pad.suffix in (".toml", ".sql", ".csv")
    }
    al = [str(doel) for doel in bestanden.values() if doel.exists()]
    if al:
        raise DataError(f"{', '.join(al)} staat er al en wordt niet overschreven; geef het eerst een andere naam.")
    for pad, doel in bestanden.items():
        doel.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pad, doel)
    return list(bestanden.values())
