"""Folder names of teams: whatever they are called, none shares one and none leaves its place."""

import re

from hypothesis import given
from hypothesis import strategies as st

from kopanalyse.report.pages.folders import WINDOWS, team_folders

LASTIG = st.sampled_from(
    [
        "alle",
        "Alle",
        "ALLE",
        "..",
        "../..",
        "/etc",
        "a/b",
        "A-B",
        "a b",
        "a\\b",
        "con",
        "NUL",
        "com1",
        "",
        " ",
        ".",
        "é",
        "e",
        "日本",
        "Ünï",
        "a" * 300,
        "A" * 300,
        "team",
        "x-0123456789ab",
        "\x00",
    ]
)
NAMEN = st.lists(st.one_of(st.text(), LASTIG), max_size=12)


@given(NAMEN)
def test_no_two_teams_share_a_folder(namen):
    mappen = team_folders(namen)
    assert set(mappen) == set(namen) | {"alle"}
    assert len({map_.lower() for map_ in mappen.values()}) == len(mappen)


@given(NAMEN)
def test_a_folder_name_is_harmless_everywhere(namen):
    for naam, map_ in team_folders(namen).items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", map_) and len(map_) <= 60
        assert map_ not in WINDOWS and (map_ == "alle") == (naam == "alle")


@given(NAMEN)
def test_the_order_of_teams_changes_nothing(namen):
    assert team_folders(namen) == team_folders(reversed(namen))


def test_ordinary_names_stay_readable():
    assert team_folders(["Oost", "Gebiedsteam Zuid", "Sint-Jansklooster"]) == {
        "alle": "alle",
        "Oost": "oost",
        "Gebiedsteam Zuid": "gebiedsteam-zuid",
        "Sint-Jansklooster": "sint-jansklooster",
    }


def test_a_newcomer_never_takes_over_a_folder():
    alleen, samen = team_folders(["Oost"]), team_folders(["Oost", "oost!"])
    assert alleen["Oost"] == "oost" and "oost" not in samen.values()
