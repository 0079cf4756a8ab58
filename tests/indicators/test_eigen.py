"""An indicator of one's own: a title and a rule are enough, and what is wrong is said in one sentence."""

import pytest

from kopanalyse.indicators.compute import figures
from kopanalyse.indicators.eigen import RegelError, eigen_indicator
from kopanalyse.indicators.voorbeelden.casuistiek_in_aantallen import CASUISTIEK
from kopanalyse.periode import Periode
from kopanalyse.settings import load_settings
from tests.catalogus import INDICATOREN
from tests.tabel import write_checked

DEKOP = load_settings("dekop")
CONTACTEN = """
    contact_id traject_id datum      vorm         minuten
    c1         t1         2019-01-01 telefonisch  20
    c2         t1         2019-01-02 face_to_face 40
    c3         t2         2019-03-31 -            -
"""


@pytest.fixture
def tel(tmp_path):
    """``tel(titel, regel, **anders)``: the figures of 2019 of an indicator of one's own, by their place."""
    write_checked(tmp_path, CASUISTIEK | {"contacten": CONTACTEN})

    def count(titel, regel, **anders):
        cijfers = figures(DEKOP, tmp_path, [Periode(2019)], indicatoren=[eigen_indicator(titel, regel, **anders)])
        return cijfers.set_index(["periode", "team", "categorie", "subcategorie"]).sort_index()

    return count


def test_a_title_and_a_rule_are_enough(tel):
    cijfers = tel("Begonnen", lambda r: r.gestart())
    assert cijfers.teller.to_dict() == {
        ("2019", team, "totaal", ""): n for team, n in {"Oost": 1, "Zuid": 1, "onbekend": 1, "alle": 3}.items()
    }
    assert set(cijfers.indicator) == {"begonnen"} and set(cijfers.eenheid) == {"aantal"}


def test_the_same_rule_gives_the_figures_of_the_library(tel, tmp_path):
    eigen = tel("Mijn instroom", lambda r: r.gestart().mutate(categorie="trajectsoort"), kwartalen=True)
    echt = figures(DEKOP, tmp_path, [Periode(2019)], indicatoren=[INDICATOREN["instroom"]]).set_index(eigen.index.names)
    kolommen = ["teller", "waarde", "n_personen"]
    assert eigen[kolommen].to_dict() == echt.loc[eigen.index, kolommen].to_dict()
    assert set(echt.index.difference(eigen.index).get_level_values("categorie")) == {"presentie", "onbekend"}


def test_running_the_cell_again_makes_it_again(tel):
    for soort in ("individueel", "leun_en_steun"):
        cijfers = tel("Begonnen", lambda r: r.gestart(soort))
    assert cijfers.teller[("2019", "alle", "totaal", "")] == 1 and "begonnen" not in INDICATOREN


def test_a_share_has_an_interval_and_its_own_base(tel):
    def zuid(r):
        return r.behandeld().mutate(categorie="trajectsoort", teller=lambda t: t.team == "Zuid")

    per_soort = tel("Zuid", zuid, soort="aandeel").loc[("2019", "alle", "individueel", "")]
    van_alles = tel("Zuid", zuid, soort="aandeel", aandeel_van="alle categorieën").loc[
        ("2019", "alle", "individueel", "")
    ]
    assert (per_soort.teller, per_soort.noemer, van_alles.noemer) == (1, 3, 4)
    assert per_soort.ondergrens < 1 / 3 < per_soort.bovengrens


def test_a_record_without_a_teller_does_not_count(tel):
    cijfer = tel(
        "Minuten",
        lambda r: r.op_datum(r.tabel("contacten")).mutate(persoon="traject_id", teller="minuten"),
        soort="gemiddelde",
    ).loc[("2019", "alle", "totaal", "")]
    assert (cijfer.teller, cijfer.noemer, cijfer.waarde) == (20 + 40, 2, 30)


def test_the_client_is_what_is_counted_once(tel):
    assert tel("Wie", lambda r: r.behandeld(), soort="uniek").teller[("2019", "alle", "totaal", "")] == 3


def test_categories_are_those_that_occur_and_a_missing_one_is_onbekend(tel):
    cijfers = tel(
        "Hoe",
        lambda r: r.op_datum(r.tabel("contacten")).mutate(
            persoon="traject_id", categorie="vorm", subcategorie=lambda c: c.datum.month()
        ),
    )
    assert {plaats[2:]: n for plaats, n in cijfers.teller.items() if n} == {
        ("telefonisch", "1"): 1,
        ("face_to_face", "1"): 1,
        ("onbekend", "3"): 1,
        ("telefonisch", "totaal"): 1,
        ("face_to_face", "totaal"): 1,
        ("onbekend", "totaal"): 1,
        ("totaal", "1"): 2,
        ("totaal", "3"): 1,
        ("totaal", "totaal"): 3,
    }


def test_a_rule_that_leaves_the_team_out_counts_for_the_whole(tel):
    cijfers = tel("Zonder team", lambda r: r.gestart().select("periode", "klant_id"))
    assert cijfers.teller.to_dict() == {("2019", "alle", "totaal", ""): 3}


@pytest.mark.parametrize(
    "regel, anders, zin",
    [
        (lambda r: r.behandelt(), {}, "r.behandelt bestaat niet. Bedoelde u behandeld?"),
        (
            lambda r: r.behandeld().mutate(categorie=lambda t: t.trajectsort),
            {},
            "de kolom trajectsort bestaat niet. Bedoelde u trajectsoort?",
        ),
        (
            lambda r: r.behandeld().mutate(categorie="trajectsort"),
            {},
            "de kolom trajectsort bestaat niet. Bedoelde u trajectsoort?",
        ),
        (lambda r: r.op_datum(r.tabel("contact")), {}, "de naam contact bestaat niet. Bedoelde u contacten?"),
        (lambda r: r.op_datum(r.tabel("contacten")), {}, "zegt niet wie er achter een record staat"),
        (lambda r: r.trajecten(), {}, "zegt niet in welke periode een record valt"),
        (lambda r: 3, {}, "geeft geen records"),
        (lambda r: r.behandeld(), {"soort": "aandeel"}, "Een aandeel heeft een teller nodig"),
        (lambda r: 1 / 0, {}, "ZeroDivisionError: division by zero"),
        (lambda r: r.op_datum(r.tabel("formulierenbrigade")), {}, "de tabel formulierenbrigade is er niet bij Sociaal"),
    ],
)
def test_a_rule_that_is_not_right_is_said_in_one_sentence(tel, regel, anders, zin):
    with pytest.raises(RegelError) as fout:
        tel("Fout", regel, **anders)
    assert zin in str(fout.value) and "\n" not in str(fout.value) and "Fout" in str(fout.value)
    assert fout.value._render_traceback_() == [str(fout.value)]


def test_what_the_engine_cannot_compute_is_said_without_values(tel):
    with pytest.raises(RegelError, match="ConversionException") as fout:
        tel("Fout", lambda r: r.gestart().mutate(categorie=lambda t: t.traject_id.cast("int64")))
    assert "t1" not in str(fout.value) and "t2" not in str(fout.value)


@pytest.mark.parametrize(
    "titel, anders, zin",
    [
        (
            "In- en uitstroom!",
            {"soort": "aandel"},
            "soort = 'aandel' kan niet. Bedoelde u aandeel? Mogelijk zijn: aantal",
        ),
        ("Lang", {"aandeel_van": "alles"}, "aandeel_van = 'alles' kan niet."),
        ("Instroom", {}, "de naam die daarbij hoort, instroom, is al van een indicator van kopanalyse zelf"),
        ("?", {}, "Kies een andere titel dan '?'"),
    ],
)
def test_what_cannot_be_is_said_at_once(titel, anders, zin):
    with pytest.raises(RegelError) as fout:
        eigen_indicator(titel, lambda r: r.gestart(), **anders)
    assert zin in str(fout.value)


def test_a_rule_that_is_no_function_is_said_at_once():
    with pytest.raises(RegelError, match="de regel is geen functie"):
        eigen_indicator("Lang", "trajecten")
