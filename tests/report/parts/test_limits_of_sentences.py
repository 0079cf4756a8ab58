"""The sentences at their limits: what is just enough, just too little, exactly equal, and one more than fits."""

import pytest

from kopanalyse.report.cijfers.view import Cijfer
from kopanalyse.report.parts.sentences import (
    MEESTE_GELIJKEN,
    MEESTE_NAMEN,
    TE_WEINIG,
    Telling,
    development,
    developments,
    extremes,
    largest,
    part_of,
)
from tests.report.parts.test_sentences import AANDEEL, TELLING, TRAJECTEN, UITNODIGINGEN, _pair, cijfers  # noqa: F401

KLEIN = 10  # klein_aantal of the settings: from here on a figure is interpreted


@pytest.fixture
def leeg(cijfers):  # noqa: F811
    """Figures of which only the settings are asked."""
    c = cijfers((TELLING, "2019", "totaal", 1, None))
    assert c.settings.drempels.klein_aantal == KLEIN
    return c


def te_weinig(aantal, wat="trajecten"):
    return f"In 2019 gaat het om {aantal} {wat}: {TE_WEINIG}."


@pytest.mark.parametrize("aantal, genoeg", [(KLEIN - 1, False), (KLEIN, True)])
def test_from_klein_aantal_on_it_is_interpreted(leeg, aantal, genoeg):
    zinnen = [
        largest(leeg, {"A": aantal - 4, "B": 4}, aantal, TRAJECTEN),
        part_of(leeg, 4, aantal, TRAJECTEN, ("was er {}", "waren er {}")),
    ]
    assert [zin == te_weinig(aantal) for zin in zinnen] == [not genoeg] * 2


@pytest.mark.parametrize("aantal, genoeg", [(KLEIN - 1, False), (KLEIN, True)])
def test_a_share_of_klein_aantal_is_compared(cijfers, aantal, genoeg):  # noqa: F811
    nu = development(_pair(cijfers, AANDEEL, (50, 100), (4, aantal)), AANDEEL, "het ding", van=UITNODIGINGEN)
    assert (nu == te_weinig(aantal, "uitnodigingen")) != genoeg
    toen = development(_pair(cijfers, AANDEEL, (4, aantal), (50, 100)), AANDEEL, "het ding", van=UITNODIGINGEN)
    assert ("te weinig om mee te vergelijken" in toen) != genoeg
    c = cijfers((AANDEEL, "2018", "v", 4, aantal), (AANDEEL, "2019", "v", 50, 100))
    assert developments(c, [Telling("Vraag", AANDEEL, "v")]).startswith("Te weinig om met 2018") != genoeg


def cijfer(waarde, onder, boven, noemer=100):
    return Cijfer(waarde * noemer, noemer, waarde, None, onder, boven)


@pytest.mark.parametrize("aantal, genoeg", [(KLEIN - 1, False), (KLEIN, True)])
def test_from_klein_aantal_on_it_may_be_the_highest(leeg, aantal, genoeg):
    zin = extremes(
        leeg,
        [("A", cijfer(0.9, 0.8, 1.0, aantal)), ("B", cijfer(0.5, 0.4, 0.6)), ("C", cijfer(0.1, 0.0, 0.2))],
        "aandeel",
        "teams",
        "antwoorden",
    )
    assert zin.startswith("Het hoogst: A" if genoeg else "Het hoogst: B")
    assert ("Niet meegewogen, want minder dan 10 antwoorden: A." in zin) != genoeg


@pytest.mark.parametrize(
    "ondergrens, zin",
    [
        (0.3, "Tussen de teams is bij deze aantallen geen verschil aantoonbaar."),  # 1.75 standard errors apart
        (0.5, "Het hoogst: A (60,0%, n = 100); het laagst: B (40,0%, n = 100)."),  # 2.77: intervals that touch
    ],
)
def test_the_highest_is_far_enough_from_the_lowest(leeg, ondergrens, zin):
    rijen = [("A", cijfer(0.6, ondergrens, 0.7)), ("B", cijfer(0.4, 0.3, 0.5))]
    for volgorde in (rijen, rijen[::-1]):
        assert extremes(leeg, volgorde, "aandeel", "teams", "antwoorden").startswith(zin)


@pytest.mark.parametrize("ondergrens, hoger", [(0.2, False), (0.55, True)])
def test_others_than_highest_and_lowest_are_held_against_each_other_likewise(leeg, ondergrens, hoger):
    rijen = [
        ("A", cijfer(0.9, 0.1, 1.0)),
        ("B", cijfer(0.6, ondergrens, 0.7)),
        ("C", cijfer(0.4, 0.3, 0.45)),
        ("D", cijfer(0.2, 0.0, 0.9)),
    ]
    zin = extremes(leeg, rijen, "aandeel", "teams", "antwoorden")
    assert zin.startswith("B (60,0%, n = 100) ligt hoger dan C (40,0%, n = 100)") == hoger


@pytest.mark.parametrize("waarde, verschilt", [(4.0, False), (4.1, True)])
def test_figures_without_spread_differ_only_when_they_are_not_equal(leeg, waarde, verschilt):
    """Every answer the same: the interval has no width, and any difference is one."""
    rijen = [("A", cijfer(waarde, waarde, waarde)), ("B", cijfer(4.0, 4.0, 4.0))]
    zin = extremes(leeg, rijen, "gemiddelde", "vragen", "antwoorden")
    assert zin.startswith("Het hoogst: A (4,1, n = 100); het laagst: B") == verschilt
    assert (zin == "Tussen de vragen is bij deze aantallen geen verschil aantoonbaar.") != verschilt


def test_one_sure_figure_has_nothing_to_be_highest_of(leeg):
    assert extremes(leeg, [("A", cijfer(0.9, 0.8, 1.0))], "aandeel", "teams", "antwoorden") == ""
    onzeker = ("B", Cijfer(5, 100, 0.05, None, None, None))
    assert extremes(leeg, [("A", cijfer(0.9, 0.8, 1.0)), onzeker], "aandeel", "teams", "antwoorden") == ""


def test_a_highest_of_one_page_counts_that_every_team_has_such_a_page(leeg):
    """93,3% of 15 against 48,0% of 25: one of the dozens of such pairs that the reports of five teams name."""
    rijen = [("A", cijfer(14 / 15, 0.702, 0.988, 15)), ("B", cijfer(0.48, 0.300, 0.665, 25))]
    rijen += [(naam, cijfer(0.7, 0.5, 0.9, 20)) for naam in "CDEF"]
    zin = "Het hoogst: A (93,3%, n = 15); het laagst: B (48,0%, n = 25)."
    assert extremes(leeg, rijen, "aandeel", "teams", "antwoorden") == zin
    leeg.teams = ["Noord", "Oost", "West", "Zuid"]
    assert extremes(leeg, rijen, "aandeel", "teams", "antwoorden").startswith("Tussen de teams is bij deze aantallen")


@pytest.mark.parametrize(
    "toen, nu, zin",
    [
        ((10000, 20000), (10000, 20000), "was in 2018 en 2019 gelijk: 50,0%"),
        ((10000, 20000), (10006, 20000), "was in 2018 en 2019 afgerond gelijk: 50,0%"),
        ((10008, 20000), (10010, 20000), "was 50,1% in 2019"),  # written 50,0% and 50,1%: never a difference of 0,0
        ((10008, 20000), (10010, 20000), "Een verschil van 0,01 procentpunt is bij deze aantallen niet aantoonbaar."),
    ],
)
def test_what_is_written_alike_is_equal_and_what_is_not_differs(cijfers, toen, nu, zin):  # noqa: F811
    assert zin in development(_pair(cijfers, AANDEEL, toen, nu), AANDEEL, "het ding", van=UITNODIGINGEN)


@pytest.mark.parametrize("aantal", [MEESTE_GELIJKEN, MEESTE_GELIJKEN + 1])
def test_so_many_share_the_first_place_and_no_more(leeg, aantal):
    namen = [f"N{n}" for n in range(aantal)]
    zin = largest(leeg, dict.fromkeys(namen, 20), 20 * aantal, TRAJECTEN)
    assert zin.startswith(f"Het vaakst: N0, N1 en N2, elk 20 van de {20 * aantal}") if aantal == 3 else zin == ""


@pytest.mark.parametrize("onbekend, eerst", [(39, False), (40, True), (41, True)])
def test_unknown_goes_first_when_nothing_is_more(leeg, onbekend, eerst):
    zin = largest(leeg, {"A": 40, "B": 5}, 100, TRAJECTEN, onbekend=onbekend)
    assert zin.startswith(f"Bij {onbekend} van de 100 trajecten") == eerst
    assert ("Daarna het vaakst: A" in zin) == eerst and ("Het vaakst: A" in zin) != eerst


def test_all_of_it_is_said_of_one_part_only(leeg):
    assert largest(leeg, {"A": 20}, 20, TRAJECTEN) == "Het vaakst: A, bij alle 20 trajecten."
    # parts of which a record may have several
    zin = largest(leeg, {"A": 20, "B": 20}, 20, TRAJECTEN)
    assert zin == "Het vaakst: A en B, elk 20 van de 20 trajecten (100,0%)."


@pytest.mark.parametrize("aantal", [MEESTE_NAMEN, MEESTE_NAMEN + 1])
def test_so_many_names_in_a_list_and_no_more(leeg, aantal):
    namen = [f"klein{n}" for n in range(aantal)]
    rijen = [("A", cijfer(0.9, 0.8, 1.0)), ("B", cijfer(0.1, 0.0, 0.2))]
    rijen += [(naam, cijfer(0.5, 0.1, 0.9, 9)) for naam in namen]
    zin = extremes(leeg, rijen, "aandeel", "teams", "antwoorden")
    assert zin.endswith("klein0, klein1, klein2, klein3 en klein4." if aantal == 5 else "antwoorden: 6 teams.")


@pytest.mark.parametrize("aantal", [MEESTE_NAMEN, MEESTE_NAMEN + 1])
def test_so_many_equal_figures_are_named_and_no_more(cijfers, aantal):  # noqa: F811
    c = cijfers(*[(AANDEEL, jaar, f"s{n}", 50, 100) for n in range(aantal) for jaar in ("2018", "2019")])
    zin = developments(c, [Telling(f"Soort {n}", AANDEEL, f"s{n}") for n in range(aantal)])
    assert zin.startswith("Gelijk aan 2018: soort 0 (50,0%)") if aantal == 5 else zin == "Gelijk aan 2018: 6 cijfers."


@pytest.mark.parametrize("meer, slot", [(0, "soort 3"), (1, "en nog 1 ander cijfer"), (2, "en nog 2 andere cijfers")])
def test_of_what_rose_the_largest_are_named_and_the_others_counted(cijfers, meer, slot):  # noqa: F811
    aantal = MEESTE_NAMEN + meer
    jaren = (("2018", 100), ("2019", 800))
    c = cijfers(*[(AANDEEL, jaar, f"s{n}", teller, 1000) for n in range(aantal) for jaar, teller in jaren])
    zin = developments(c, [Telling(f"Soort {n}", AANDEEL, f"s{n}") for n in range(aantal)])
    assert zin.startswith("Meer dan in 2018") and zin.count("soort ") == MEESTE_NAMEN and slot in zin


def test_a_share_that_is_not_tested_is_neither_more_nor_chance(cijfers):  # noqa: F811
    """A rare kind (3 of 28 said no) is too coarse to test, whatever its neighbours are."""
    c = cijfers(
        *[(AANDEEL, *rij) for rij in (("2018", "v", 44, 100), ("2019", "v", 70, 100))],
        *[(AANDEEL, *rij) for rij in (("2018", "w", 26, 29), ("2019", "w", 27, 28))],
    )
    zin = developments(c, [Telling("Vraag", AANDEEL, "v"), Telling("Waardering", AANDEEL, "w")], "Hoger", "Lager")
    assert zin == (
        "Hoger dan in 2018, en dat is meer dan toeval: vraag (van 44,0% naar 70,0%; n = 100 en 100). "
        "Komt te weinig voor voor een oordeel over het verschil met 2018: waardering."
    )
