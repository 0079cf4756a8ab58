"""Registrations turned into exports with hostile names, and back: the same clean tables and the same findings."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kopanalyse.checked.check import check
from kopanalyse.demo import write_demo
from kopanalyse.raw.formats.text import csv_rows, open_text, separator
from kopanalyse.raw.schema import TABELLEN
from kopanalyse.settings import load_settings
from tests.orakel.willekeurig import schrijf
from tests.raw.exporteren import VANDAAG, lees_csv

pytestmark = pytest.mark.orakel
# Names that are something else elsewhere: SQL, TOML, a pattern, glue, a source, a letter with a sign of its own.
VIJANDIG = (
    'sel"ect {0}',
    "{0}.van.",
    "{{{0}}}-{{x}}",
    "'{0}'; DROP TABLE x; --",
    "_bestand {0}",
    "Naïef é {0}",
    "{0} = {0}",
    "#{0}",
    "a\\b {0}",
    "{0}*",
    "file_row_number {0}",
    "[tabel.{0}]",
    "ORDER {0}",
    "{0}%20",
    "$1 {0}",
    "bron.{0}",
)
TITELS = 3


def naam(kolom: str, plaats: int) -> str:
    return VIJANDIG[plaats % len(VIJANDIG)].format(kolom)


def als_export(van: Path, naar: Path, organisatie: str) -> None:
    """Every table of ``van`` as an export in ``naar``: the same rows under hostile names, below titles, some zipped."""
    (naar / "bron").mkdir(parents=True)
    settings = (
        (van / "organisatie.toml").read_text() if (van / "organisatie.toml").exists() else f'naam = "{organisatie}"\n'
    )
    (naar / "organisatie.toml").write_text(settings)
    regels, pakket = [], io.BytesIO()
    with zipfile.ZipFile(pakket, "w") as zip_:
        for nummer, pad in enumerate(sorted(van.glob("*.csv"))):
            tabel = TABELLEN[pad.stem]
            kolommen = [kolom.naam for kolom in tabel.kolommen]
            tekst = open_text(pad)
            rijen = [velden for _, velden in csv_rows(tekst.lines(), separator(tekst, kolommen), pad.name)]
            kop = [waarde.strip() for waarde in rijen[0]]
            nieuw = {kolom: naam(kolom, plaats + nummer) for plaats, kolom in enumerate(kop) if kolom in kolommen}
            uit = io.StringIO(newline="")
            schrijver = csv.writer(uit, delimiter=";|\t,"[nummer % 4], quoting=csv.QUOTE_ALL, lineterminator="\r\n")
            titels = [["Rapport"], ["afgedrukt op 1-1-2020", "", ""], ["x"]]
            schrijver.writerows([*titels, [nieuw.get(kolom, kolom) for kolom in kop], *rijen[1:]])
            bestand = f"map {nummer}/[{pad.stem}] & zo (1).csv"
            if nummer % 3 == 0:
                zip_.writestr(bestand, uit.getvalue().encode())
                bestand = f"alles.zip/{bestand}"
            else:
                (naar / "bron" / bestand).parent.mkdir(exist_ok=True)
                (naar / "bron" / bestand).write_bytes(uit.getvalue().encode())
            bron = json.dumps(f"bron {nummer}.{pad.stem}")
            regels += [
                f"[bron.{bron}]",
                f"bestand = {json.dumps(bestand)}",
                f"[tabel.{pad.stem}]",
                f"bron = {bron}",
                *(f"kolommen.{kolom} = {json.dumps(anders)}" for kolom, anders in nieuw.items()),
            ]
    (naar / "bron" / "alles.zip").write_bytes(pakket.getvalue())
    (naar / "koppeling.toml").write_text("\n".join(regels), encoding="utf-8")


def controleer(map_: Path, organisatie: str):
    settings = load_settings(organisatie, map_ / "raw")
    check(settings, map_ / "raw", map_ / "processed", vandaag=VANDAAG)
    return map_ / "processed" / organisatie


def bevindingen(map_: Path) -> Counter:
    """Findings, counted; what a row lacks is told in the names of the export."""
    return Counter(
        (
            b["tabel"],
            b["sleutel"],
            b["kolom"],
            b["waarde"] if b["regel"] != "te_weinig_waarden" else "",
            b["regel"],
            b["gewicht"],
        )
        for b in lees_csv(map_ / "bevindingen.csv")
    )


def vergelijk(tmp_path: Path, organisatie: str) -> None:
    als_export(tmp_path / "raw" / organisatie, tmp_path / "export" / "raw" / organisatie, organisatie)
    eigen, terug = controleer(tmp_path, organisatie), controleer(tmp_path / "export", organisatie)
    assert lees_csv(terug / "inlezen.csv") == lees_csv(eigen / "inlezen.csv")
    for pad in sorted((eigen / "checked").iterdir()):
        assert pq.read_table(terug / "checked" / pad.name).equals(pq.read_table(pad)), pad.stem
    assert bevindingen(terug) == bevindingen(eigen)
    assert sum(bevindingen(eigen).values()) > 10


@pytest.mark.parametrize("zaad", [3, 11])
@pytest.mark.parametrize("organisatie", ["dekop", "smwo"])
def test_random_registrations(tmp_path, zaad, organisatie):
    schrijf(tmp_path / "raw" / organisatie, zaad, 30, organisatie=organisatie)
    vergelijk(tmp_path, organisatie)


@pytest.mark.parametrize("organisatie", ["dekop", "smwo"])
def test_both_demonstrations(tmp_path, organisatie):
    write_demo(organisatie, tmp_path / "raw" / organisatie)
    vergelijk(tmp_path, organisatie)
