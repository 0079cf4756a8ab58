"""Check a small registration and look at what came of it."""

import csv
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from kopanalyse.checked.check import check
from kopanalyse.settings import load_settings

VANDAAG = date(2020, 6, 1)


class Uitkomst:
    """The files that one check left, as Python values."""

    def __init__(self, map_: Path, controle):
        self.map, self.controle = map_, controle
        self.bevindingen = read_csv(map_ / "bevindingen.csv")
        self.inlezen = {
            rij["tabel"]: tuple(int(rij[naam]) for naam in ("gelezen", "schoon", "quarantaine"))
            for rij in read_csv(map_ / "inlezen.csv")
        }

    def clean(self, tabel: str) -> list[dict]:
        """Clean rows, without what is missing in them."""
        rijen = pq.read_table(self.map / "checked" / f"{tabel}.parquet").to_pylist()
        return [{naam: waarde for naam, waarde in rij.items() if waarde is not None} for rij in rijen]

    def quarantine(self, tabel: str) -> list[dict[str, str]]:
        pad = self.map / "quarantaine" / f"{tabel}.csv"
        return read_csv(pad) if pad.exists() else []

    def found(self, tabel: str | None = None) -> list[tuple[int, str, str, str]]:
        """Line, column, rule and weight of every finding (of one table), in the order of the file."""
        return [
            (int(b["regelnummer"]), b["kolom"], b["regel"], b["gewicht"])
            for b in self.bevindingen
            if tabel in (None, b["tabel"])
        ]


def read_csv(pad: Path) -> list[dict[str, str]]:
    with pad.open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand))


def run(map_: Path, bestanden: dict[str, str | bytes], instellingen: str = "", **meer) -> Uitkomst:
    """Check the given files (name of a table, or of a file, with its content) as organisation ``test``."""
    raw = map_ / "raw" / "test"
    raw.mkdir(parents=True, exist_ok=True)
    (raw / "organisatie.toml").write_text(instellingen, encoding="utf-8")
    for naam, inhoud in bestanden.items():
        pad = raw / (naam if "." in naam else f"{naam}.csv")
        pad.write_bytes(inhoud.encode() if isinstance(inhoud, str) else inhoud)
    settings = load_settings("test", map_ / "raw")
    controle = check(settings, map_ / "raw", map_ / "processed", **{"vandaag": VANDAAG, **meer})
    return Uitkomst(map_ / "processed" / "test", controle)
