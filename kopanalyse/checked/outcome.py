"""What a check left behind, for those who show figures: on which day it was, and how much of each table is lost."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

GECONTROLEERD = "gecontroleerd"  # in every clean table, the day as 2026-11-29: a copied file loses its own time


def checked_day(checked: Path) -> date | None:
    """The day on which the clean tables in the folder ``checked`` were checked; None where none of them says so."""
    for pad in sorted(checked.glob("*.parquet")):
        with suppress(OSError, ValueError, pa.ArrowException):
            if dag := (pq.read_metadata(pad).metadata or {}).get(GECONTROLEERD.encode()):
                return date.fromisoformat(dag.decode())
    return None


def in_quarantine(map_: Path) -> dict[str, float]:
    """Per table the share of its rows that is in quarantine, by ``inlezen.csv`` in ``map_``; empty without it."""
    with suppress(OSError, KeyError, ValueError), (map_ / "inlezen.csv").open(encoding="utf-8", newline="") as bestand:
        return {rij["tabel"]: int(rij["quarantaine"]) / (int(rij["gelezen"]) or 1) for rij in csv.DictReader(bestand)}
    return {}


def much_lost(map_: Path, tabellen: Iterable[str], grens: float) -> dict[str, float]:
    """Those of ``tabellen`` of which more than ``grens`` (a share) is in quarantine, with how much, most first."""
    aandelen = in_quarantine(map_)
    verloren = {tabel: aandelen[tabel] for tabel in tabellen if aandelen.get(tabel, 0.0) > grens}
    return dict(sorted(verloren.items(), key=lambda paar: -paar[1]))
