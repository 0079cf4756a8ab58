"""The sentences under figures: every branch, singular and plural, and nothing that the figures do not carry."""

import pytest

from kopanalyse.periode import Periode
from kopanalyse.report.cijfers.view import Cijfer, Cijfers
from kopanalyse.report.notebook.rapport import Rapport
from kopanalyse.report.parts.sentences import Telling, development, developments, extremes, largest, part_of
from kopanalyse.settings import load_settings
from kopanalyse.statistics import garwood, student, wilson
from tests.report.klein import VIJANDIG

TELLING, AANDEEL, GEMIDDELDE, TARIEF, UREN = (
    "instroom",
    "kto_respons",
    "contacten_per_traject",
    "casussen_per_1000_inwoners",
    "productie_uren",
)
SOM = "informele_ondersteuning"
TRAJECTEN, UITNODIGINGEN = ("traject", "trajecten"), ("uitnodiging", "uitnodigingen")


@pytest.fixture
def cijfers(frame, tmp_path):
    """``cijfers(rijen)``: figures of 2018 and 2019 from rows (indicator, jaar, categorie, teller, noemer)."""

    def make(*rijen, **over):
        lang = frame(
            *[
                (indicator, jaar, "alle", categorie, teller, noemer)
                for indicator, jaar, categorie, teller, noemer in rijen
            ]
        )
        tellers, noemers = lang["teller"].astype(float), lang["noemer"].astype(float)
        for indicator, grenzen in (
            (AANDEEL, wilson(tellers, noemers)),
            (GEMIDDELDE, student(tellers, tellers**2 / noemers + noemers, noemers)),
            (TARIEF, [1000 * g / noemers for g in garwood(tellers)]),
        ):
            eigen = lang["indicator"] == indicator
            for kolom, grens in zip(("ondergrens", "bovengrens"), grenzen):
                lang[kolom] = lang[kolom].where(~eigen, grens)
        lang.loc[lang["indicator"] == TARIEF, "waarde"] *= 1000
        return Cijfers(lang.assign(**over), load_settings("dekop", tmp_path), Periode(2019), "alle", tmp_path)

    return make


def _pair(cijfers, indicator, toen, nu):
    return cijfers(*[(indicator, jaar, "totaal", *w) for jaar, w in (("2018", toen), ("2019", nu)) if w])


@pytest.mark.parametrize(
    "indicator, toen, nu, zin",
    [
        # counts: in percent, and only when what they are a percentage of is not small
        (TELLING, (200, None), (248, None), "Het ding was 248 in 2019, tegen 200 in 2018: 48 meer (+24%)."),
        (TELLING, (248, None), (200, None), "Het ding was 200 in 2019, tegen 248 in 2018: 48 minder (−19%)."),
        (TELLING, (9, None), (30, None), "Het ding was 30 in 2019, tegen 9 in 2018: 21 meer."),
        (TELLING, (300, None), (320, None), "Het ding was 320 in 2019, tegen 300 in 2018: 20 meer (+7%)."),
        (TELLING, (10, None), (11, None), "Het ding was 11 in 2019, tegen 10 in 2018: 1 meer (+10%)."),
        (TELLING, (1000, None), (1002, None), "Het ding was 1.002 in 2019, tegen 1.000 in 2018: 2 meer."),
        (TELLING, (200, None), (200, None), "Het ding was in 2018 en 2019 gelijk: 200."),
        (TELLING, (4, None), (7, None), "Het ding was 7 in 2019 en 4 in 2018: te weinig om te vergelijken."),
        (TELLING, (0, None), (7, None), "Het ding was 7 in 2019 en 0 in 2018: te weinig om te vergelijken."),
        (TELLING, (0, None), (43, None), "Het ding was 43 in 2019: nieuw, in 2018 nog niets."),
        (TELLING, (43, None), (0, None), "Het ding was 43 in 2018; in 2019 is er niets meer geteld."),
        (TELLING, (0, None), (0, None), ""),
        (TELLING, None, (248, None), ""),
        # shares: in procentpunten, with their bases
        (
            AANDEEL,
            (48, 80),
            (56, 70),
            "Het ding steeg met 20,0 procentpunt, van 60,0% in 2018 (48 van 80) naar 80,0% in "
            "2019 (56 van 70 uitnodigingen). Dat is meer dan toeval.",
        ),
        (
            AANDEEL,
            (56, 70),
            (48, 80),
            "Het ding daalde met 20,0 procentpunt, van 80,0% in 2018 (56 van 70) naar 60,0% in "
            "2019 (48 van 80 uitnodigingen). Dat is meer dan toeval.",
        ),
        (
            AANDEEL,
            (52, 173),
            (58, 176),
            "Het ding was 33,0% in 2019 (58 van 176 uitnodigingen), tegen 30,1% in 2018 (52 "
            "van 173). Een verschil van 2,9 procentpunt is bij deze aantallen niet aantoonbaar.",
        ),
        (
            AANDEEL,
            (500, 1000),
            (505, 1000),
            "Het ding was 50,5% in 2019 (505 van 1.000 uitnodigingen), tegen 50,0% in 2018 (500 van 1.000). Een "
            "verschil van 0,5 procentpunt is bij deze aantallen niet aantoonbaar.",
        ),
        (
            AANDEEL,
            (50, 100),
            (100, 200),
            "Het ding was in 2018 en 2019 gelijk: 50,0% (2018: 50 van 100; 2019: 100 van 200 uitnodigingen).",
        ),
        (AANDEEL, (50, 100), (3, 9), "In 2019 gaat het om 9 uitnodigingen: te weinig om iets uit af te leiden."),
        (AANDEEL, (50, 100), (1, 1), "In 2019 gaat het om 1 uitnodiging: te weinig om iets uit af te leiden."),
        (
            AANDEEL,
            (3, 9),
            (50, 100),
            "Het ding was 50,0% in 2019 (50 van 100 uitnodigingen). In 2018 waren er 9 "
            "uitnodigingen: te weinig om mee te vergelijken.",
        ),
        (
            AANDEEL,
            (1, 1),
            (50, 100),
            "Het ding was 50,0% in 2019 (50 van 100 uitnodigingen). In 2018 was er 1 "
            "uitnodiging: te weinig om mee te vergelijken.",
        ),
        (
            AANDEEL,
            (0, 0),
            (50, 100),
            "Het ding was 50,0% in 2019 (50 van 100 uitnodigingen). In 2018 waren er geen uitnodigingen.",
        ),
        (AANDEEL, (50, 100), (0, 0), ""),
        (AANDEEL, None, (50, 100), ""),
        (
            AANDEEL,
            (0, 100),
            (12, 100),
            "Het ding steeg met 12,0 procentpunt, van 0,0% in 2018 (0 van 100) naar 12,0% in "
            "2019 (12 van 100 uitnodigingen). Dat is meer dan toeval.",
        ),
        # means and rates
        (
            GEMIDDELDE,
            (800, 100),
            (830, 100),
            "Het ding steeg met 0,3, van 8,0 in 2018 (n = 100) naar 8,3 in 2019 (n = 100 uitnodigingen). Dat is "
            "meer dan "
            "toeval.",
        ),
        (
            GEMIDDELDE,
            (88, 11),
            (91, 11),
            "Het ding was 8,3 in 2019 (n = 11 uitnodigingen), tegen 8,0 in 2018 (n = 11). Een "
            "verschil van 0,3 is bij deze aantallen niet aantoonbaar.",
        ),
        (
            GEMIDDELDE,
            (800, 100),
            (810, 100),
            "Het ding was 8,1 in 2019 (n = 100 uitnodigingen), tegen 8,0 in 2018 (n = 100). Een verschil van 0,1 is "
            "bij deze aantallen niet aantoonbaar.",
        ),
        (TARIEF, (20, 2000), (60, 2000), "Het ding was 30,0 in 2019, tegen 10,0 in 2018: 20,0 hoger."),
        (
            UREN,
            (39_285, None),
            (38_942, None),
            "Het ding was 38.942 in 2019, tegen 39.285 in 2018: 343 uur minder (−1%).",
        ),
    ],
)
def test_a_figure_against_the_year_before(cijfers, indicator, toen, nu, zin):
    assert development(_pair(cijfers, indicator, toen, nu), indicator, "het ding", van=UITNODIGINGEN) == zin


@pytest.mark.parametrize("woord", ["toeval", "aantoonbaar", "steeg", "daalde"])
def test_of_a_count_nothing_is_said_of_chance(cijfers, woord):
    for toen in range(0, 200, 7):
        c = _pair(cijfers, TELLING, (toen, None), (2 * toen + 12, None))
        zinnen = development(c, TELLING, "het ding") + developments(c, [Telling("ding", TELLING)])
        assert zinnen and woord not in zinnen


def test_what_was_not_delivered_has_no_sentence(cijfers):
    for toen in (5, 50):
        c = cijfers((SOM, "2018", "totaal", toen, None), (SOM, "2019", "totaal", 0, None), n_personen=[1, 0])
        assert development(c, SOM, "het ding") == ""


def _several(cijfers, *paren):
    c = cijfers(
        *[
            (TELLING, jaar, f"s{nummer}", w, None)
            for nummer, paar in enumerate(paren)
            for jaar, w in zip(("2018", "2019"), paar)
        ]
    )
    return developments(c, [Telling(f"Soort {n}", TELLING, f"s{n}") for n in range(len(paren))])


@pytest.mark.parametrize(
    "paren, zin",
    [
        ([(100, 200)], "Meer dan in 2018: soort 0 (van 100 naar 200)."),
        (
            [(100, 200), (300, 200), (100, 102)],
            "Meer dan in 2018: soort 0 (van 100 naar 200) en soort 2 (van 100 naar 102). Minder dan in 2018: "
            "soort 1 (van 300 "
            "naar 200).",
        ),
        ([(50, 50), (50, 50)], "Gelijk aan 2018: soort 0 (50) en soort 1 (50)."),
        (
            [(0, 43), (12, 0)],
            "Nieuw, in 2018 nog niet geteld: soort 0 (43). Gestopt, in 2019 niet meer geteld: soort 1 (12).",
        ),
        ([(3, 4), (0, 0)], "Te weinig om met 2018 te vergelijken: soort 0."),
        (
            [(50, 51)] * 6,
            "Meer dan in 2018: soort 0 (van 50 naar 51), soort 1 (van 50 naar 51), soort 2 (van 50 naar 51), "
            "soort 3 (van 50 "
            "naar 51), soort 4 (van 50 naar 51) en nog 1 ander cijfer.",
        ),
        ([(3, 4)] * 6, "Te weinig om met 2018 te vergelijken: 6 cijfers."),
        ([(0, 0)], ""),
    ],
)
def test_several_figures_against_the_year_before(cijfers, paren, zin):
    assert _several(cijfers, *paren) == zin


def test_several_shares_come_with_their_bases(cijfers):
    c = cijfers((AANDEEL, "2018", "v", 44, 100), (AANDEEL, "2019", "v", 70, 100))
    assert developments(c, [Telling("Vraag", AANDEEL, "v")], "Hoger", "Lager") == (
        "Hoger dan in 2018, en dat is meer dan toeval: vraag (van 44,0% naar 70,0%; n = 100 en 100)."
    )
    assert developments(cijfers((TELLING, "2019", "totaal", 70, None)), [Telling("Vraag", TELLING)]) == ""


@pytest.mark.parametrize(
    "delen, geheel, onbekend, zin",
    [
        ({"A": 60, "B": 40}, 100, None, "Het vaakst: A, 60 van de 100 trajecten (60,0%)."),
        ({"A": 40, "B": 40}, 100, 20, "Het vaakst: A en B, elk 40 van de 100 trajecten (40,0%)."),
        ({"A": 30, "B": 30, "C": 30}, 90, None, "Het vaakst: A, B en C, elk 30 van de 90 trajecten (33,3%)."),
        ({"A": 20, "B": 20, "C": 20, "D": 20}, 80, None, ""),
        ({"A": 12, "B": 0}, 12, None, "Het vaakst: A, bij alle 12 trajecten."),
        (
            {"A": 10, "B": 5},
            100,
            85,
            "Bij 85 van de 100 trajecten (85,0%) is dit onbekend. Daarna het vaakst: A, 10 van de 100 "
            "trajecten (10,0%).",
        ),
        ({}, 12, 12, "Bij 12 van de 12 trajecten (100,0%) is dit onbekend."),
        ({"A": 5, "B": 4}, 9, None, "In 2019 gaat het om 9 trajecten: te weinig om iets uit af te leiden."),
        ({"A": 1}, 1, None, "In 2019 gaat het om 1 traject: te weinig om iets uit af te leiden."),
        ({"A": 0}, 0, None, ""),
        ({"A": None}, None, None, ""),
        ({"a\u202e\nb": 60}, 100, None, "Het vaakst: a b, 60 van de 100 trajecten (60,0%)."),
    ],
)
def test_the_largest_part(cijfers, delen, geheel, onbekend, zin):
    c = cijfers((TELLING, "2019", "totaal", 1, None))
    assert largest(c, delen, geheel, TRAJECTEN, onbekend=onbekend) == zin


@pytest.mark.parametrize(
    "deel, geheel, zin",
    [
        (283, 751, "Van de 751 trajecten gingen er 283 (37,7%) over schulden."),
        (1, 20, "Van de 20 trajecten ging er 1 (5,0%) over schulden."),
        (0, 20, "Van de 20 trajecten gingen er 0 (0,0%) over schulden."),
        (3, 9, "In 2019 gaat het om 9 trajecten: te weinig om iets uit af te leiden."),
        (0, 0, ""),
        (None, 20, ""),
        (3, None, ""),
    ],
)
def test_a_part_of_the_whole(cijfers, deel, geheel, zin):
    c = cijfers((TELLING, "2019", "totaal", 1, None))
    assert part_of(c, deel, geheel, TRAJECTEN, ("ging er {} over schulden", "gingen er {} over schulden")) == zin


def _share(teller, noemer):
    onder, boven = wilson(teller, noemer)
    return Cijfer(teller, noemer, teller / noemer if noemer else None, None, float(onder), float(boven))


@pytest.mark.parametrize(
    "rijen, zin",
    [
        (
            {"A": (80, 100), "B": (50, 100), "C": (20, 100)},
            "Het hoogst: A (80,0%, n = 100); het laagst: C (20,0%, n = 100).",
        ),
        ({"A": (52, 100), "B": (50, 100)}, "Tussen de teams is bij deze aantallen geen verschil aantoonbaar."),
        # the highest is uncertain, and yet not all overlap
        (
            {"A": (9, 12), "B": (600, 1000), "C": (500, 1000), "D": (6, 12)},
            "B (60,0%, n = 1.000) ligt hoger dan C (50,0%, n = 1.000).",
        ),
        (
            {"A": (80, 100), "B": (20, 100), "C": (9, 9)},
            "Het hoogst: A (80,0%, n = 100); het laagst: B (20,0%, n = 100). Niet "
            "meegewogen, want minder dan 10 antwoorden: C.",
        ),
        ({"A": (80, 100), "B": (1, 9), "C": (0, 0)}, ""),
        ({}, ""),
    ],
)
def test_highest_and_lowest_only_when_sure(cijfers, rijen, zin):
    c = cijfers((TELLING, "2019", "totaal", 1, None))
    assert extremes(c, [(naam, _share(*w)) for naam, w in rijen.items()], "aandeel", "teams", "antwoorden") == zin


def test_a_hostile_name_is_shown_as_a_name(cijfers):
    rijen = [("reden_geen_netwerk", jaar, naam, 30, None) for jaar in ("2018", "2019") for naam in (VIJANDIG, "totaal")]
    html = Rapport(cijfers(*rijen)).figuur("reden_geen_netwerk").html
    zin = html.partition('<p class="duiding">')[2].partition("</p>")[0]
    assert zin.startswith("Het vaakst: &lt;script&gt;alert(&#x27;$x$&#x27;)&lt;/script&gt;") and "\u202e" not in zin
    assert "<script" not in html
