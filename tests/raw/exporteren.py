"""An organisation that delivers exports, made in a temporary folder and checked; for the tests of the koppeling."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from kopanalyse.checked.check import Controle, check
from kopanalyse.settings import load_settings

VANDAAG = date(2021, 1, 1)


@dataclass
class Uitkomst:
    """What a check made: its own report, and the files."""

    controle: Controle
    map: Path

    def tabel(self, naam: str) -> list[dict]:
        """The clean rows of a table, days as texts."""
        rijen = pq.read_table(self.map / "checked" / f"{naam}.parquet").to_pylist()
        return [
            {kolom: waarde.isoformat() if isinstance(waarde, date) else waarde for kolom, waarde in rij.items()}
            for rij in rijen
        ]

    def kolom(self, tabel: str, kolom: str) -> list:
        """One column of the clean rows of a table."""
        return [rij[kolom] for rij in self.tabel(tabel)]

    @property
    def bevindingen(self) -> list[dict[str, str]]:
        """The findings, as they are written."""
        return lees_csv(self.map / "bevindingen.csv")

    def quarantaine(self, tabel: str) -> list[dict[str, str]]:
        """The rows in quarantine, as they are written."""
        return lees_csv(self.map / "quarantaine" / f"{tabel}.csv")


def lees_csv(pad: Path) -> list[dict[str, str]]:
    """A CSV file as rows by the names of its header."""
    with pad.open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand))


def zet(map_: Path, bestanden: dict[str, str | bytes], toml: str, **sql_en_csv: str) -> Path:
    """Write exports (``bestanden``, below ``bron/``), the koppeling and what stands beside it; returns the folder raw.

    A name such as ``zrm__sql`` is the file ``koppeling/zrm.sql``.
    """
    organisatie = map_ / "raw" / "proef"
    for naam, inhoud in bestanden.items():
        pad = organisatie / "bron" / naam
        pad.parent.mkdir(parents=True, exist_ok=True)
        pad.write_bytes(inhoud if isinstance(inhoud, bytes) else inhoud.encode("utf-8"))
    (organisatie / "koppeling").mkdir(parents=True, exist_ok=True)
    (organisatie / "organisatie.toml").write_text('naam = "Proef"\njaren = [2019]\n', encoding="utf-8")
    (organisatie / "koppeling.toml").write_text(toml, encoding="utf-8")
    for naam, inhoud in sql_en_csv.items():
        (organisatie / "koppeling" / naam.replace("__", ".")).write_text(inhoud, encoding="utf-8")
    return map_ / "raw"


def controleer(map_: Path, bestanden: dict[str, str | bytes], toml: str, **sql_en_csv: str) -> Uitkomst:
    """Write an organisation as ``zet`` does and check it."""
    raw = zet(map_, bestanden, toml, **sql_en_csv)
    controle = check(load_settings("proef", raw), raw, map_ / "processed", vandaag=VANDAAG)
    return Uitkomst(controle, map_ / "processed" / "proef")
