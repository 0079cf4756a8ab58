"""What a check says of itself to those who show figures."""

import shutil
from datetime import date

import pyarrow.parquet as pq
import pytest

from kopanalyse.checked.outcome import checked_day, in_quarantine, much_lost
from tests.checked.controle import run


def test_the_day_of_checking_goes_along_with_a_copy(tmp_path):
    uit = run(tmp_path, {"klanten": "klant_id\n1\n"}, vandaag=date(2019, 3, 31))
    shutil.copytree(uit.map, tmp_path / "elders", copy_function=shutil.copyfile)
    assert checked_day(tmp_path / "elders" / "checked") == date(2019, 3, 31)
    assert pq.read_schema(tmp_path / "elders" / "checked" / "klanten.parquet").names == [
        "klant_id",
        "geboortedatum",
        "geslacht",
        "kern",
    ]


def test_a_folder_without_a_check_has_no_day_and_lost_nothing(tmp_path):
    assert (checked_day(tmp_path / "checked"), in_quarantine(tmp_path), much_lost(tmp_path, ["klanten"], 0.0)) == (
        None,
        {},
        {},
    )
    (tmp_path / "checked").mkdir()
    (tmp_path / "checked" / "klanten.parquet").write_text("geen tabel")
    (tmp_path / "inlezen.csv").write_text("")
    assert (checked_day(tmp_path / "checked"), in_quarantine(tmp_path)) == (None, {})


@pytest.mark.parametrize("grens, verloren", [(0.05, ["hulpvragen", "klanten"]), (0.25, ["hulpvragen"]), (0.5, [])])
def test_how_much_of_a_table_is_lost(tmp_path, grens, verloren):
    uit = run(
        tmp_path,
        {
            "klanten": "klant_id\n1\n2\n3\n1\n",
            "hulpvragen": "traject_id,hulpvraag\n1,\n1,geld\n",
            "vip": "gebeurtenis_id,datum,soort\n",
        },
    )
    assert in_quarantine(uit.map) == {"klanten": 0.25, "hulpvragen": 0.5, "vip": 0.0}
    assert list(much_lost(uit.map, ["klanten", "hulpvragen", "vip", "trajecten"], grens)) == verloren
