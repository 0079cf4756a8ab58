"""Waterwijk: the same registration as exports with a koppeling and in our form gives the same tables and figures."""

from __future__ import annotations

import shutil

import pandas as pd
import pyarrow.parquet as pq
import pytest

from kopanalyse.checked.check import check
from kopanalyse.cli import main
from kopanalyse.demo import write_demo
from kopanalyse.demo.waterwijk.registratie import tabellen
from kopanalyse.errors import UserError
from kopanalyse.indicators.compute import compute
from kopanalyse.settings import load_settings
from tests.raw.exporteren import VANDAAG

ZONDER_SLEUTEL = {"contacten": "contact_id"}  # the export has none: it is made of file and row


@pytest.fixture(scope="module")
def beide(tmp_path_factory):
    uit = {}
    for vorm in ("eigen", "export"):
        map_ = tmp_path_factory.mktemp(vorm)
        write_demo("waterwijk", map_ / "raw" / "waterwijk", vorm=vorm)
        settings = load_settings("waterwijk", map_ / "raw")
        controle = check(settings, map_ / "raw", map_ / "processed", vandaag=VANDAAG)
        uit[vorm] = controle, compute(settings, map_ / "processed", []), map_ / "processed" / "waterwijk"
    return uit


def rijen(map_, tabel):
    frame = pq.read_table(map_ / "checked" / f"{tabel}.parquet").to_pandas().astype(str)
    frame = frame.drop(columns=ZONDER_SLEUTEL.get(tabel, []))
    return frame.sort_values(list(frame.columns)).reset_index(drop=True)


@pytest.mark.parametrize("tabel", list(tabellen()))
def test_both_forms_give_the_same_clean_rows(beide, tabel):
    pd.testing.assert_frame_equal(rijen(beide["export"][2], tabel), rijen(beide["eigen"][2], tabel))


def test_both_forms_give_the_same_figures(beide):
    export, eigen = (beide[vorm][1].reset_index(drop=True) for vorm in ("export", "eigen"))
    pd.testing.assert_frame_equal(export, eigen)
    assert len(export) > 1_000


def test_a_draft_is_nearly_there(tmp_path, beide):
    """From the exports alone: the draft with three lines corrected gives the same clients, trajecten and contacten."""
    organisatie = tmp_path / "raw" / "waterwijk"
    write_demo("waterwijk", organisatie, vorm="export")
    shutil.rmtree(organisatie / "koppeling")
    (organisatie / "koppeling.toml").unlink()
    bron = ["bron", "--organisatie", "waterwijk", "--raw", str(tmp_path / "raw")]
    assert main([*bron, "--ontwerp"]) == 0
    toml = (organisatie / "koppeling.toml").read_text(encoding="utf-8")
    toml = toml.replace("[tabel.klanten]\n", "[tabel.klanten]\nsleutel_breedte = { klant_id = 6 }\n")
    toml = toml.replace(
        "[tabel.contacten]\n", '[tabel.contacten]\nweglaten = { "Soort contact" = ["Administratie"] }\n'
    )
    (organisatie / "koppeling.toml").write_text(toml, encoding="utf-8")
    with next((organisatie / "koppeling").glob("geslacht*")).open("a", encoding="utf-8") as lijst:
        lijst.write("X,anders\n?,onbekend\n")
    controle = check(load_settings("waterwijk", tmp_path / "raw"), tmp_path / "raw", tmp_path / "uit", vandaag=VANDAAG)
    assert controle.fouten == 0
    antwoorden = rijen(tmp_path / "uit" / "waterwijk", "kto_antwoorden")
    antwoorden["vraag"] = antwoorden["vraag"].str.replace(r"^V\d\. ", "", regex=True)
    antwoorden = antwoorden.sort_values(list(antwoorden.columns)).reset_index(drop=True)
    pd.testing.assert_frame_equal(antwoorden, rijen(beide["eigen"][2], "kto_antwoorden"))
    for tabel in ("kernen", "klanten", "trajecten", "contacten", "klanttevredenheid"):
        pd.testing.assert_frame_equal(rijen(tmp_path / "uit" / "waterwijk", tabel), rijen(beide["eigen"][2], tabel))


def test_nothing_is_lost(beide):
    assert beide["export"][0].fouten == beide["eigen"][0].fouten == 0
    assert any("413 van de 5.536 rijen weggelaten" in notitie for notitie in beide["export"][0].notities)


def test_the_same_bytes_every_time():
    from kopanalyse.demo.waterwijk.export import bestanden

    assert bestanden() == bestanden()


def test_other_demonstrations_have_no_exports(tmp_path):
    with pytest.raises(UserError, match="waterwijk"):
        write_demo("dekop", tmp_path / "dekop", vorm="export")
    with pytest.raises(UserError, match="Mogelijk zijn: eigen, export"):
        write_demo("waterwijk", tmp_path / "waterwijk", vorm="exprt")
