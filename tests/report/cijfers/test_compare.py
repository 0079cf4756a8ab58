"""Differences between years, and between a team and the rest: their interval, and the words for them."""

import numpy as np
import pytest

from kopanalyse.periode import Periode
from kopanalyse.report.cijfers.compare import TE_WEINIG, Verschil, against_rest, change, change_words
from kopanalyse.report.cijfers.view import Cijfer, Cijfers
from kopanalyse.settings import load_settings
from kopanalyse.statistics import garwood, student, wilson

TELLING, AANDEEL, GEMIDDELDE, TARIEF = "instroom", "kto_respons", "contacten_per_traject", "casussen_per_1000_inwoners"


@pytest.fixture
def cijfers(frame, tmp_path):
    """``cijfers(indicator, nu, toen)``: the figures of an organisation in 2019 and 2018; each (teller, noemer)."""

    def make(indicator, nu, toen, **over):
        waarden = [(jaar, w) for jaar, w in (("2018", toen), ("2019", nu)) if w is not None]
        lang = frame(*[(indicator, jaar, "alle", "totaal", *w) for jaar, w in waarden])
        tellers, noemers = lang["teller"].astype(float), lang["noemer"].astype(float)
        if indicator == AANDEEL:
            lang["ondergrens"], lang["bovengrens"] = wilson(tellers, noemers)
        if indicator == GEMIDDELDE:  # every value is its mean or one off, as often above as below
            lang["ondergrens"], lang["bovengrens"] = student(tellers, tellers**2 / noemers + noemers, noemers)
        if indicator == TARIEF:
            per_hoofd = (1000 / noemers).where(noemers > 0)
            lang["waarde"], lang["ondergrens"], lang["bovengrens"] = (
                w * per_hoofd for w in (tellers, *garwood(tellers))
            )
        return Cijfers(lang.assign(**over), load_settings("dekop", tmp_path), Periode(2019), "alle", tmp_path)

    return make


@pytest.mark.parametrize(
    "indicator, nu, toen, zin",
    [
        # counts: told, and nothing else
        (TELLING, (248, None), (200, None), "48 meer (+24%) dan in 2018"),
        (TELLING, (1048, None), (1000, None), "48 meer (+5%) dan in 2018"),
        (TELLING, (150, None), (200, None), "50 minder (−25%) dan in 2018"),
        (TELLING, (11, None), (10, None), "1 meer (+10%) dan in 2018"),
        (TELLING, (200, None), (200, None), "evenveel als in 2018"),
        (TELLING, (0, None), (30, None), "gestopt: in 2018 30"),
        (TELLING, (10, None), (0, None), "nieuw: in 2018 nog niets"),
        (TELLING, (9, None), (0, None), TE_WEINIG),
        (TELLING, (0, None), (0, None), TE_WEINIG),
        (TELLING, (9, None), (9, None), TE_WEINIG),
        (TELLING, (12, None), None, "over 2018 zijn er geen cijfers"),
        # shares
        (AANDEEL, (58, 176), (52, 173), "2,9 procentpunt meer dan in 2018; een verschil is niet aantoonbaar"),
        (AANDEEL, (56, 70), (48, 80), "20,0 procentpunt meer dan in 2018; dat is meer dan toeval"),
        (AANDEEL, (48, 80), (56, 70), "20,0 procentpunt minder dan in 2018; dat is meer dan toeval"),
        (AANDEEL, (51, 100), (50, 100), "1,0 procentpunt meer dan in 2018; een verschil is niet aantoonbaar"),
        (AANDEEL, (10_001, 20_000), (10_000, 20_000), "afgerond evenveel als in 2018"),
        (AANDEEL, (0, 10), (0, 10), "evenveel als in 2018"),
        (AANDEEL, (9, 9), (1, 100), TE_WEINIG),
        (AANDEEL, (1, 100), (9, 9), TE_WEINIG),
        (AANDEEL, (0, 0), (50, 100), TE_WEINIG),
        # means
        (GEMIDDELDE, (830, 100), (800, 100), "0,3 hoger dan in 2018; dat is meer dan toeval"),
        (GEMIDDELDE, (91, 11), (88, 11), "0,3 hoger dan in 2018; een verschil is niet aantoonbaar"),
        (GEMIDDELDE, (770, 100), (800, 100), "0,3 lager dan in 2018; dat is meer dan toeval"),
        (GEMIDDELDE, (800, 100), (800, 100), "even hoog als in 2018"),
        (GEMIDDELDE, (72, 9), (800, 100), TE_WEINIG),
        # rates: counts by the inhabitants, told like counts
        (TARIEF, (60, 2000), (20, 2000), "20,0 hoger dan in 2018"),
        (TARIEF, (22, 2000), (20, 2000), "1,0 hoger dan in 2018"),
        (TARIEF, (3, 2000), (8, 2000), TE_WEINIG),
        (TARIEF, (3, 0), (80, 2000), TE_WEINIG),
    ],
)
def test_a_change_in_words(cijfers, indicator, nu, toen, zin):
    c = cijfers(indicator, nu, toen)
    assert change_words(c, indicator) == zin
    verschil = change(c, indicator)
    assert (verschil is None) == (zin in (TE_WEINIG, "over 2018 zijn er geen cijfers"))
    if verschil and verschil.kans is not None:
        assert verschil.onder <= verschil.verschil <= verschil.boven
        assert verschil.verschil == verschil.nu.waarde - verschil.toen.waarde


@pytest.mark.parametrize(
    "nu, toen, zin",
    [
        ((11, None), (10, None), "1 traject meer (+10%) dan in 2018"),
        ((9, None), (10, None), "1 traject minder (−10%) dan in 2018"),
        ((12, None), (10, None), "2 trajecten meer (+20%) dan in 2018"),
        ((1310, None), (10, None), "1.300 trajecten meer dan in 2018"),
        ((10, None), (10, None), "evenveel trajecten als in 2018"),
    ],
)
def test_what_is_counted_is_named_in_the_right_number(cijfers, nu, toen, zin):
    assert change_words(cijfers(TELLING, nu, toen), TELLING, wat=("traject", "trajecten")) == zin


def test_every_kind_of_figure_uses_its_own_interval(cijfers):
    verschil = change(cijfers(AANDEEL, (56, 70), (48, 80)), AANDEEL)
    assert (verschil.onder, verschil.boven) == pytest.approx((0.0524, 0.3339), abs=6e-5)  # Newcombe (1998)


def test_a_count_is_a_fact(cijfers):
    for nu, toen in (((248, None), (200, None)), ((11, None), (10, None)), ((5000, None), (100, None))):
        verschil = change(cijfers(TELLING, nu, toen), TELLING)
        assert verschil.kans is verschil.onder is verschil.boven is None
        assert not verschil.zeker and verschil.oordeel == "" and "toeval" not in verschil.zin()


def test_what_was_not_delivered_is_no_zero(cijfers):
    c = cijfers("informele_ondersteuning", (50, None), (0, None), n_personen=[0, 1])
    assert change(c, "informele_ondersteuning") is None
    geteld = cijfers("informele_ondersteuning", (50, None), (0, None), n_personen=[1, 1])
    assert change(geteld, "informele_ondersteuning").oordeel == "nieuw"


def test_hours_have_a_difference_but_no_chance():
    nu, toen = Cijfer(120, None, 120, 3, None, None), Cijfer(72, None, 72, 3, None, None)
    verschil = Verschil(nu, toen, 48, None, None, "uren", "in 2018")
    assert verschil.zin() == "48 uur meer dan in 2018" and not verschil.zeker and verschil.oordeel == ""
    assert Verschil(nu, nu, 0, None, None, "uren", "in 2018").zin() == "evenveel als in 2018"


def test_a_mean_of_one_value_in_a_year_is_too_little(cijfers):
    c = cijfers(GEMIDDELDE, (800, 100), (800, 100), ondergrens=[np.nan, 7.8])
    assert change(c, GEMIDDELDE) is None


@pytest.mark.parametrize(
    "per_team",
    [
        {"Noord": [1, 2, 3, 4] * 5, "Oost": [5, 6, 6, 7] * 5, "onbekend": [3]},
        {"Noord": [2] * 12, "Oost": [2] * 12, "onbekend": []},
    ],
)
def test_a_team_is_held_against_all_others_without_itself(frame, tmp_path, per_team):
    alles = per_team | {"alle": [w for waarden in per_team.values() for w in waarden]}
    lang = frame(*[(GEMIDDELDE, "2019", team, "totaal", sum(w), len(w)) for team, w in alles.items()])
    lang["ondergrens"], lang["bovengrens"] = student(
        *([som(w) for w in alles.values()] for som in (sum, lambda w: sum(x * x for x in w), len))
    )
    c = Cijfers(lang, load_settings("dekop", tmp_path), Periode(2019), "alle", tmp_path)
    for team in ("Noord", "Oost"):
        rest = [w for ander, waarden in per_team.items() if ander != team for w in waarden]
        verschil = against_rest(c, GEMIDDELDE, team=team)
        assert (verschil.toen.teller, verschil.toen.noemer) == (sum(rest), len(rest))
        grenzen = list(map(float, student(sum(rest), sum(w * w for w in rest), len(rest))))
        assert [verschil.toen.ondergrens, verschil.toen.bovengrens] == pytest.approx(grenzen, abs=1e-9)
        assert verschil.zin().split(";")[0].endswith("in de rest van de organisatie")
    assert against_rest(c, GEMIDDELDE, team="onbekend") is None


def test_a_share_of_a_team_against_the_rest(frame, tmp_path):
    rijen = [
        (AANDEEL, "2019", team, "totaal", *w)
        for team, w in {"alle": (104, 150), "Noord": (56, 70), "Oost": (48, 80), "West": (0, 0)}.items()
    ]
    lang = frame(*rijen)
    lang["ondergrens"], lang["bovengrens"] = wilson(lang["teller"], lang["noemer"])
    c = Cijfers(lang, load_settings("dekop", tmp_path), Periode(2019), "alle", tmp_path)
    verschil = against_rest(c, AANDEEL, team="Noord")
    assert (verschil.onder, verschil.boven) == pytest.approx((0.0524, 0.3339), abs=6e-5)
    assert verschil.zin() == "20,0 procentpunt meer dan in de rest van de organisatie; dat is meer dan toeval"
    assert against_rest(c, AANDEEL, team="West") is None and against_rest(c, AANDEEL, team="alle") is None


def test_a_count_of_a_team_has_no_rest_to_be_held_against(frame, tmp_path):
    lang = frame((TELLING, "2019", "alle", "totaal", 90, None), (TELLING, "2019", "Oost", "totaal", 40, None))
    c = Cijfers(lang, load_settings("dekop", tmp_path), Periode(2019), "Oost", tmp_path)
    assert against_rest(c, TELLING) is None
