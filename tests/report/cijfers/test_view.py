"""Looking up figures in the long table."""

import pytest

from kopanalyse.periode import Periode
from kopanalyse.report.cijfers.view import NIETS, Cijfers, order_teams
from kopanalyse.settings import load_settings
from tests.tabel import write_checked


@pytest.fixture
def cijfers(frame, tmp_path):
    rijen = frame(
        ("instroom", "2018", "alle", "totaal", 4, None),
        ("instroom", "2019", "alle", "onbekend", 1, None),
        ("instroom", "2019", "alle", "b", 0, None),
        ("instroom", "2019", "alle", "a", 5, None),
        ("instroom", "2019-K1", "alle", "a", 2, None),
        ("zrm_volledig", "2019", "Oost", "totaal", 0, 0),
    )
    return Cijfers(rijen, load_settings("dekop", tmp_path), Periode(2019), "alle", tmp_path)


def test_what_is_not_there_is_empty(cijfers):
    assert cijfers.get("instroom", "a").teller == 5
    assert cijfers.get("instroom", "a", team="Oost") is NIETS
    assert cijfers.waarde("bestaat_niet") is None
    assert cijfers.get("zrm_volledig", team="Oost").waarde is None  # 0 / 0 has no value


def test_years_and_quarters(cijfers, tmp_path):
    assert cijfers.vorig == Periode(2018) and cijfers.jaren == [Periode(2018), Periode(2019)]
    assert cijfers.kwartalen("instroom") == ["2019-K1"]
    assert Cijfers(cijfers.frame, cijfers.settings, Periode(2018), "alle", tmp_path).jaren == [Periode(2018)]


def test_categories_in_order_with_unknown_last(cijfers):
    assert cijfers.categorieen("instroom") == ["b", "a", "onbekend"]
    assert cijfers.categorieen("instroom", ("a", "nergens")) == ["a", "b", "onbekend"]
    assert cijfers.niet_leeg("instroom", ["b", "a"]) == ["a"]


def test_whether_a_team_has_an_indicator(cijfers):
    assert cijfers.heeft("instroom") and not cijfers.heeft("instroom", "Oost")


@pytest.mark.parametrize("kolom, ingevuld", [("aanmeldroute", True), ("verwijzer", True), ("team", False)])
def test_one_filled_column_of_those_that_an_indicator_rests_on_is_enough(cijfers, tmp_path, kolom, ingevuld):
    (tmp_path / "checked").mkdir()
    write_checked(tmp_path / "checked", {"trajecten": f"traject_id startdatum {kolom}\nt1 2019-01-01 Huisarts"})
    assert cijfers.ingevuld("verwezen_door") is ingevuld


def test_teams_in_the_order_of_the_settings(tmp_path):
    namen = ["alle", "Zuid", "onbekend", "Zwerf", "Noord", "Aap"]
    assert order_teams(namen, load_settings("dekop", tmp_path)) == ["Noord", "Zuid", "Aap", "Zwerf", "onbekend"]
