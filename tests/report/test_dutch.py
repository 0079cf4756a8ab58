"""Dutch numbers and words, and what becomes of a text that means harm."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopanalyse.report.dutch import (
    getal,
    hoofdletter,
    in_zin,
    ingekort,
    ingekorte,
    interval,
    kwartaal,
    leesbaar,
    ontsnapt,
    opsomming,
    telling,
    uitersten,
    verandering,
    verloop,
    verschil,
    werkwoord,
)


@pytest.mark.parametrize(
    "waarde, eenheid, decimalen, tekst",
    [
        (1305, "aantal", None, "1.305"),
        (1234567, "aantal", None, "1.234.567"),
        (0, "aantal", None, "0"),
        (0.297, "aandeel", None, "29,7%"),
        (1, "aandeel", None, "100,0%"),
        (8.2, "gemiddelde", None, "8,2"),
        (0.72, "gemiddelde", 2, "0,72"),
        (12.34, "per_1000", None, "12,3"),
        (-0.25, "gemiddelde", None, "−0,3"),
        (-0.001, "gemiddelde", None, "0,0"),
        (0.2965, "aandeel", None, "29,7%"),  # halves up, as on paper
        (2.5, "aantal", None, "3"),
        (None, "aantal", None, "–"),
        (float("nan"), "aandeel", None, "–"),
    ],
)
def test_numbers_are_dutch(waarde, eenheid, decimalen, tekst):
    assert getal(waarde, eenheid, decimalen) == tekst


@pytest.mark.parametrize(
    "nu, toen, eenheid, tekst",
    [
        (581, 473, "aantal", "+108"),
        (170, 193, "aantal", "−23"),
        (5, 5, "aantal", "0"),
        (0.297, 0.31, "aandeel", "−1,3"),
        (0.5, 0.25, "aandeel", "+25,0"),
        (None, 3, "aantal", "–"),
        (8.2, 8.0, "gemiddelde", "+0,2"),
    ],
)
def test_differences_have_a_sign(nu, toen, eenheid, tekst):
    assert verschil(nu, toen, eenheid) == tekst


def test_a_difference_of_shares_is_in_procentpunten():
    assert verandering(0.31, 0.297, "aandeel") == "1,3 procentpunt minder"
    assert verandering(473, 581, "aantal") == "108 meer"
    assert verandering(5, 5, "aantal") == "evenveel"


@pytest.mark.parametrize(
    "van, tot, eenheid, wat, tekst",
    [
        (8.0, 8.2, "gemiddelde", ("", ""), "0,2 hoger"),
        (8.2, 8.0, "gemiddelde", ("", ""), "0,2 lager"),
        (12.3, 12.3, "per_1000", ("", ""), "even hoog"),
        (40, 41, "uren", ("", ""), "1 uur meer"),
        (2, 1, "aantal", ("traject", "trajecten"), "1 traject minder"),
        (1, 3, "aantal", ("traject", "trajecten"), "2 trajecten meer"),
        (0, 0, "aantal", ("traject", "trajecten"), "evenveel trajecten"),
        (0.1, 0.11, "aandeel", ("", ""), "1,0 procentpunt meer"),
    ],
)
def test_a_difference_is_named_after_what_it_is_of(van, tot, eenheid, wat, tekst):
    assert verandering(van, tot, eenheid, wat=wat) == tekst


def test_a_series_in_words():
    assert verloop(["K1", "K2", "K3"], [216, 311, 250], "aantal") == (
        "van 216 (K1) naar 250 (K3); 34 meer; laagste 216 (K1), hoogste 311 (K2)"
    )
    assert verloop(["K1", "K2"], [None, 3], "aantal") == "3 (K2)"
    assert verloop(["K1"], [None], "aantal") == "geen gegevens"


def test_extremes():
    assert uitersten(["a", "b"], [4, 4], "aantal") == "overal 4"
    assert uitersten(["a"], [4], "aantal") == ""


def test_small_words():
    assert telling(1, "vraag", "vragen") == "1 vraag"
    assert telling(1154, "vraag", "vragen") == "1.154 vragen"
    assert telling(None, "vraag", "vragen") == "geen gegevens over vragen"
    assert werkwoord(1, "steeg", "stegen") == "steeg" and werkwoord(0, "steeg", "stegen") == "stegen"
    assert opsomming(["a"]) == "a" and opsomming(["a", "b", "c"]) == "a, b en c" and opsomming([]) == ""
    assert interval(0.613, 0.831, "gemiddelde", 2) == "0,61 tot 0,83" and interval(None, 1, "aandeel") == "–"
    assert kwartaal("2019-K3") == "K3 2019" and kwartaal("2019") == "2019"
    assert hoofdletter("team Ze'ev") == "Team Ze'ev" and in_zin("Financiën") == "financiën" and in_zin("ZRM") == "ZRM"


@given(st.text())
def test_no_text_leaves_its_place_in_html(tekst):
    veilig = ontsnapt(tekst)
    assert not set(veilig) & set("<>\"'") and html.unescape(veilig) == leesbaar(tekst)


@given(st.text())
def test_a_shown_text_is_one_readable_line(tekst):
    regel = leesbaar(tekst)
    assert regel and regel == regel.strip() and regel.isprintable()


def test_marks_that_turn_a_line_around_are_gone():
    assert leesbaar("Team \u202eOost\x00\n") == "Team Oost"
    assert leesbaar("\u200b ") == "(zonder naam)"


def test_a_long_name_is_shortened():
    assert ingekort("Maatschappelijke participatie", 10) == "Maatschap…"
    assert ingekorte([f"Team Welzijn Midden-Holland wijk {n}" for n in ("Noord", "De Korte Akkeren")], 18) == [
        "Team We…wijk Noord",
        "Team Welzi…Akkeren",
    ]
