"""The demonstration registration many times over: every copy checks and counts like the demonstration itself."""

from collections import Counter
from datetime import date
from shutil import copytree

import pandas as pd
import pyarrow.parquet as pq
import pytest

from kopanalyse.checked.check import check
from kopanalyse.cli import main
from kopanalyse.demo import write_demo
from kopanalyse.demo.schaal import VERSCHUIVING, multiply
from kopanalyse.errors import UserError
from kopanalyse.indicators.compute import figures
from kopanalyse.indicators.grouping import SLEUTEL
from kopanalyse.settings import load_settings
from tests.catalogus import INDICATOREN
from tests.raw.lezen import inhoud_van

KEER = 2  # the second copy lies furthest from the first
# What need not be so many times as much: a surplus value cannot stand in Parquet, a copy lies some days later, and days
# that would leave their year stand on its last one, where rows can become equal.
ANDERS = {"overtollige_waarden", "open_zonder_contact", "gelijke_rij"}


@pytest.fixture(scope="module", params=["dekop", "smwo"])
def organisatie(request):
    return request.param


@pytest.fixture(scope="module")
def map_(organisatie, tmp_path_factory):
    """Folders ``een`` and ``meer``: the demonstration, and so many times over; checked in ``een-p`` and ``meer-p``."""
    map_ = tmp_path_factory.mktemp("schaal")
    write_demo(organisatie, map_ / "een" / organisatie)
    write_demo(organisatie, map_ / "meer" / organisatie, KEER)
    for naam in ("een", "meer"):
        check(load_settings(organisatie, map_ / naam), map_ / naam, map_ / f"{naam}-p", vandaag=date(2026, 11, 26))
    return map_


def _findings(map_, organisatie, naam):
    bevindingen = pd.read_csv(map_ / f"{naam}-p" / organisatie / "bevindingen.csv", dtype=str, keep_default_na=False)
    return Counter(zip(bevindingen.tabel, bevindingen.kolom, bevindingen.regel))


def test_every_rule_has_so_many_times_the_findings(map_, organisatie):
    een, meer = (_findings(map_, organisatie, naam) for naam in ("een", "meer"))
    verwacht = {}
    for (tabel, kolom, regel), aantal in een.items():
        if regel not in ANDERS:
            verwacht[tabel, kolom, regel] = aantal if tabel == "kernen" else aantal * KEER
    assert {vondst: aantal for vondst, aantal in meer.items() if vondst[2] not in ANDERS} == verwacht
    open_ = [vondst for vondst in een if vondst[2] == "open_zonder_contact"]
    assert all(een[vondst] <= meer[vondst] <= een[vondst] * KEER for vondst in open_)


def test_every_table_has_so_many_times_the_clean_rows(map_, organisatie):
    een, meer = (
        pd.read_csv(map_ / f"{naam}-p" / organisatie / "inlezen.csv", index_col="tabel") for naam in ("een", "meer")
    )
    keer = [1 if tabel == "kernen" else KEER for tabel in een.index]
    assert meer.schoon.to_dict() == (een.schoon * keer).to_dict()
    assert meer.gelezen.sum() > KEER * een.gelezen.sum() * 0.99


@pytest.mark.parametrize("naam", ["behandelde_casussen", "clienten"])
def test_the_figures_of_a_year_are_so_many_times_those_of_the_demonstration(naam, map_, organisatie):
    een, meer = (
        figures(
            load_settings(organisatie, map_ / keer),
            map_ / f"{keer}-p" / organisatie / "checked",
            [],
            indicatoren=[INDICATOREN[naam]],
        )
        .query("kwartaal.isna()")
        .set_index(SLEUTEL)
        for keer in ("een", "meer")
    )
    assert een.teller.sum() > 0
    assert meer.teller.to_dict() == (een.teller * KEER).to_dict()


def test_keys_and_references_are_those_of_one_copy(map_, organisatie):
    klanten, trajecten = (
        pq.read_table(map_ / "meer" / organisatie / f"{naam}.parquet")
        .to_pandas()
        .map(lambda tekst: tekst.strip() or None, na_action="ignore")
        for naam in ("klanten", "trajecten")
    )
    assert {"K00001-0", "K00001-1"} <= set(klanten.klant_id) and "K00001" not in set(klanten.klant_id)
    rij = trajecten[trajecten.traject_id == "T00001-1"].iloc[0]
    eerste = trajecten[trajecten.traject_id == "T00001-0"].iloc[0]
    assert rij.klant_id == "K00001-1"
    later = pd.to_datetime(rij.startdatum, dayfirst=True) - pd.to_datetime(eerste.startdatum, dayfirst=True)
    assert later.days == VERSCHUIVING - 1 and rij.team == eerste.team


def test_what_stands_in_a_cell_keeps_its_form(map_, organisatie):
    """White space around a value, the two ways to write a date, and what cannot be read."""
    een = pd.read_csv(map_ / "een" / organisatie / "contacten.csv", dtype=str, keep_default_na=False, usecols=range(5))
    meer = pq.read_table(map_ / "meer" / organisatie / "contacten.parquet").to_pandas()
    for kolom, vorm in {"contact_id": r"\s$", "datum": r"^\d\d-\d\d-\d{4}", "minuten": r"^\D+$"}.items():
        aantal = een[kolom].str.contains(vorm).sum()
        assert aantal > 0, kolom
        assert meer[kolom].str.contains(vorm).sum() == aantal * KEER, kolom


def test_inwoners_grow_along_with_the_clients(map_, organisatie):
    if organisatie == "dekop":
        kernen = pq.read_table(map_ / "meer" / organisatie / "kernen.parquet").to_pandas().set_index("kern")
        assert kernen.inwoners["Steenwijk"] == str(13200 * KEER)


def test_no_table_is_left_as_csv_and_texts_stay(map_, organisatie):
    een, meer = (inhoud_van(map_ / naam / organisatie) for naam in ("een", "meer"))
    assert {naam.replace(".csv", ".parquet") for naam in een} == set(meer)
    assert {naam for naam in een if meer.get(naam) == een[naam]} == {
        naam for naam in een if not naam.endswith(".csv") and naam != "README.md"
    }
    assert f"{KEER} keer" in meer["README.md"].decode()


def test_the_same_rows_every_time_also_when_written_copy_by_copy(map_, organisatie, tmp_path, monkeypatch):
    if organisatie != "dekop":
        return
    gehoord = []
    monkeypatch.setattr("kopanalyse.demo.schaal._RIJEN_PER_KEER", 1)
    uit = copytree(map_ / "een" / "dekop", tmp_path / "dekop")
    multiply(uit, KEER, lambda *stap: gehoord.append(stap))
    for naam in ("contacten", "kernen", "trajecten"):
        stuks, ineens = (pq.ParquetFile(pad / f"{naam}.parquet") for pad in (uit, map_ / "meer" / "dekop"))
        assert stuks.read().equals(ineens.read()), naam
        assert (stuks.num_row_groups, ineens.num_row_groups) == (1 if naam == "kernen" else KEER, 1)
    gedaan = [aantal for _, aantal, _ in gehoord]
    assert [naam for naam, _, _ in gehoord].count("contacten") == KEER
    assert gedaan == sorted(gedaan) and 0 < gedaan[-1] < gehoord[-1][2]


def test_a_registration_is_never_overwritten(map_, organisatie):
    voor = inhoud_van(map_ / "een" / organisatie)
    with pytest.raises(FileExistsError, match="niet leeg"):
        write_demo(organisatie, map_ / "een" / organisatie, KEER)
    assert inhoud_van(map_ / "een" / organisatie) == voor


def test_what_fails_halfway_leaves_nothing(tmp_path, monkeypatch):
    def full(*_):
        raise OSError("schijf vol")

    monkeypatch.setattr("kopanalyse.demo.schaal.read_table", full)
    with pytest.raises(OSError, match="schijf vol"):
        write_demo("dekop", tmp_path / "dekop", 2)
    assert list(tmp_path.iterdir()) == []


def test_a_scale_is_at_least_one(tmp_path, capsys):
    with pytest.raises(UserError, match="--schaal 0 kan niet"):
        write_demo("dekop", tmp_path / "dekop", 0)
    assert main(["demo", "--organisatie", "dekop", "--raw", str(tmp_path), "--schaal", "-3"]) == 2
    assert "--schaal -3 kan niet" in capsys.readouterr().err and list(tmp_path.iterdir()) == []
