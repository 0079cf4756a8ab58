"""The demonstration registration many times over: the same distributions, keys of its own for every copy."""

import pyarrow.parquet as pq
import pytest

from kopanalyse.checked.check import check
from kopanalyse.errors import UserError
from kopanalyse.raw.demo import write_demo
from kopanalyse.settings import load_settings

KEER = 3


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    map_ = tmp_path_factory.mktemp("schaal")
    write_demo("dekop", map_ / "een" / "dekop")
    write_demo("dekop", map_ / "meer" / "dekop", KEER)
    return map_


def test_every_copy_checks_like_the_demonstration_itself(raw, tmp_path):
    een, meer = (check(load_settings("dekop"), raw / naam, tmp_path / naam) for naam in ("een", "meer"))
    enkel = {"kernen", "informele_ondersteuning"}
    for eerst, dan in zip(een.inlezen, meer.inlezen):
        keer = 1 if eerst.tabel in enkel else KEER
        assert dan.gelezen == eerst.gelezen * keer
        # not exactly: a row with more values than columns, for one, cannot stand in Parquet
        assert dan.quarantaine == pytest.approx(eerst.quarantaine * keer, rel=0.1), eerst.tabel


def test_keys_and_references_are_those_of_one_copy_and_dates_shift_together(raw):
    tabellen = {naam: pq.read_table(raw / "meer" / "dekop" / f"{naam}.parquet").to_pylist()
                for naam in ("klanten", "trajecten", "contacten")}
    trajecten = {rij["traject_id"]: rij for rij in tabellen["trajecten"]}
    assert {"T00001", "T00001-1", "T00001-2"} <= trajecten.keys()
    assert [trajecten[naam]["klant_id"] for naam in ("T00001", "T00001-2")] == ["K00001", "K00001-2"]
    assert [trajecten[naam]["startdatum"] for naam in ("T00001", "T00001-1", "T00001-2")] == [
        "23-09-2016", "2016-09-24", "2016-09-25"]
    assert {rij["team"] for rij in trajecten.values()} >= {"Oost", "Zuid", "Noord", "West"}


def test_the_same_bytes_every_time(raw, tmp_path):
    write_demo("dekop", tmp_path / "dekop", KEER)
    for pad in (raw / "meer" / "dekop").iterdir():
        if pad.is_file():
            assert (tmp_path / "dekop" / pad.name).read_bytes() == pad.read_bytes(), pad.name


def test_a_registration_is_never_overwritten_and_a_scale_is_at_least_one(raw):
    with pytest.raises(FileExistsError, match="niet leeg"):
        write_demo("dekop", raw / "meer" / "dekop", KEER)
    with pytest.raises(UserError, match="--schaal 0 kan niet"):
        write_demo("dekop", raw / "nieuw", 0)
