"""Teams side by side: every indicator there is, signs only where chance is not enough, and how many."""

import re
from xml.etree import ElementTree

import pytest

from kopanalyse.periode import Periode
from kopanalyse.report.chapters.vergelijking.trechters import most_by_chance
from kopanalyse.report.charts.style import BREED, SMAL
from kopanalyse.report.charts.svg import svg
from kopanalyse.report.cijfers.compare import against_rest, change
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.parts.side_by_side import metingen, teams_naast
from kopanalyse.settings import load_settings
from kopanalyse.statistics import garwood
from tests.catalogus import make
from tests.report.delen import EENHEDEN, from_frame, rijen, tekst

TEAMDELEN = ["teams_naast_elkaar", "teams_aandelen", "teams_gemiddelden", "teams_aantallen", "trechter_teams"]


def test_a_distribution_gives_its_categories_and_never_its_total_of_everything(demo_open):
    namen = [m.naam for m in metingen(demo_open(), ("aandeel",))]
    assert [n for n in namen if n.startswith("Verwijzingen")] == [
        "Verwijzingen: verwezen",
        "Verwijzingen: eigen initiatief",
    ]
    assert [n for n in namen if n.startswith("Complexiteit")] == [
        "Complexiteit: niet complex",
        "Complexiteit: redelijk complex",
        "Complexiteit: complex",
    ]
    assert "ZRM-doel behaald" in namen


def test_too_many_categories_without_a_total_are_only_pointed_to(frame, tmp_path):
    c = from_frame(
        frame,
        tmp_path,
        *[
            ("behandelde_casussen", "2019", team, f"soort {n}", 20, None)
            for n in range(7)
            for team in ("alle", "Noord", "Oost")
        ],
        *[("informatie_en_advies", "2019", team, "totaal", 20, None) for team in ("alle", "Noord", "Oost")],
    )
    deel = make("teams_aantallen", c)
    assert list(rijen(deel)) == ["Casuïstiek in aantallen", "Informatie en advies"]
    assert "Niet op te tellen, en daarom alleen daar: behandelde casussen." in deel.noten


def test_a_sign_stands_where_the_difference_with_the_rest_is_more_than_chance(demo_open):
    c = demo_open()
    deel = make("teams_naast_elkaar", c)
    tekens = gedaan = 0
    for m in metingen(c, ("aandeel", "gemiddelde"), per_team=True):
        *per_team, samen = rijen(deel)[m.naam]
        assert len(per_team) == len(teams_naast(c)) and tekst(samen)[0] not in "▲▼"
        for team, cel in zip(teams_naast(c), per_team):
            v = against_rest(c, *m.sleutel, team=team)
            verwacht = "" if not v or not v.zeker else "▲" if v.verschil > 0 else "▼"
            assert re.match("[▲▼]?", tekst(cel))[0] == verwacht, (m.naam, team)
            gedaan, tekens = gedaan + (v is not None and v.kans is not None), tekens + bool(verwacht)
    zin = next(n for n in deel.noten if n.startswith("Getoetst"))
    assert f"Getoetst zijn {gedaan} verschillen" in zin and tekens == 0 and "bij geen enkel" in zin
    assert deel.duiding[0].startswith("Geen van de ")


def test_one_test_is_told_as_one(smwo_open):
    deel = make("teams_gemiddelden", smwo_open())
    assert "Getoetst is 1 verschil met de rest; het is niet aantoonbaar." in deel.noten


def test_a_team_is_shown_against_the_rest(demo_open):
    c = demo_open("Oost")
    deel = make("teams_naast_elkaar", c)
    dit, rest, verschil, grenzen, oordeel = map(tekst, rijen(deel)["Respons op het klanttevredenheidsonderzoek"])
    alle, oost = c.get("kto_respons", team="alle"), c.get("kto_respons")
    assert dit.endswith(f"({oost.noemer:.0f})") and rest.endswith(f"({alle.noemer - oost.noemer:.0f})")
    assert " tot " in grenzen and oordeel == "niet aantoonbaar" and verschil[0] in "+−"


def test_with_two_teams_each_is_the_rest_of_the_other(frame, tmp_path):
    rijen_ = [
        ("kto_respons", "2019", team, "totaal", *w)
        for team, w in {"alle": (104, 150), "Noord": (56, 70), "Oost": (48, 80)}.items()
    ]
    deel = make("teams_naast_elkaar", from_frame(frame, tmp_path, *rijen_))
    noord, oost, _ = map(tekst, rijen(deel)["Respons op het klanttevredenheidsonderzoek"])
    assert (noord, oost) == ("▲80,0% (70)", "▼60,0% (80)")
    assert deel.duiding == [
        "Het ene getoetste cijfer verschilt tussen teams meer dan bij zoveel vergelijkingen te verwachten is."
    ]


@pytest.mark.parametrize("naam", ["teams_aandelen", "teams_gemiddelden"])
@pytest.mark.parametrize("team", ["alle", "Oost"])
def test_dots_and_table_tell_the_same(demo_open, naam, team):
    c = demo_open(team)
    deel = make(naam, c)
    getekend = {m.naam for m in metingen(c, EENHEDEN, per_team=True) if m.categorie == "totaal"}
    tekens, kop = 0, ""
    for rij in deel.tabel.rijen:
        kop = rij.kop if rij.nadruk else kop
        assert rij.waarden[2].startswith(("▲", "▼")) == (rij.waarden[4] == "meer dan toeval")
        tekens += kop in getekend and rij.waarden[4] == "meer dan toeval"
    for maat in (BREED, SMAL):
        teksten = re.findall(r">([▲▼] [^<]*)</text>", svg(deel.teken, maat))
        assert len(teksten) == tekens
    assert ("geen enkel team" in deel.alt) == (tekens == 0)
    koppen = [rij.kop for rij in deel.tabel.rijen if not rij.nadruk]
    assert ("De rest" in koppen) == (team != "alle") and "Hele organisatie" in koppen


def test_counts_of_teams_stand_beside_themselves_a_year_before(demo_open):
    c = demo_open()
    deel = make("teams_aantallen", c)
    _, oost = rijen(deel)["Behandelde casussen: informatie en advies"][:2]
    v = change(c, "behandelde_casussen", "informatie_en_advies", team="Oost")
    assert v is None and oost == "472 (niet te vergelijken)"
    oost = rijen(deel)["Behandelde casussen: individuele trajecten"][1]
    v = change(c, "behandelde_casussen", "individueel", team="Oost")
    assert oost == f"{v.nu.waarde:.0f} (+{v.verschil:.0f})"
    eigen = rijen(make("teams_aantallen", demo_open("Oost")))["Behandelde casussen: individuele trajecten"]
    assert eigen == [oost, "581 (+108)", "33,7%"]


def test_without_a_year_before_counts_stand_alone(demo_open):
    deel = make("teams_aantallen", demo_open(jaar=2018))
    eigen = rijen(deel)["Opgestarte casussen: individuele trajecten"]
    assert eigen[-1] == "331" and not any("(" in w for w in eigen)
    assert not [n for n in deel.noten if n.startswith(("Getoetst", "Tussen haakjes"))]


@pytest.mark.parametrize("naam", TEAMDELEN)
@pytest.mark.parametrize(
    "teams, zin",
    [
        (
            ["Noord"],
            "In de registratie van Sociaal Werk De Kop is er maar één team: er valt niets naast elkaar te zetten.",
        ),
        (
            ["Noord", "onbekend"],
            "In de registratie van Sociaal Werk De Kop is er maar één team: er valt niets naast elkaar te zetten.",
        ),
        (
            ["onbekend"],
            "In de registratie van Sociaal Werk De Kop staan geen teams: er valt niets naast elkaar te zetten.",
        ),
    ],
)
def test_an_organisation_of_one_team_is_told_so_in_a_sentence(frame, tmp_path, naam, teams, zin):
    c = from_frame(frame, tmp_path, *[("instroom", "2019", team, "totaal", 20, None) for team in ("alle", *teams)])
    assert make(naam, c).leeg == zin


@pytest.mark.parametrize("naam", TEAMDELEN)
def test_a_team_with_figures_of_last_year_only_breaks_nothing(frame, tmp_path, naam):
    rijen_ = [("kto_respons", jaar, team, "totaal", 10, 20) for jaar in ("2018", "2019") for team in ("alle", "Oost")]
    rijen_ += [("kto_respons", "2018", "Noord", "totaal", 10, 20), ("kto_respons", "2019", "Noord", "totaal", 0, 0)]
    for team in ("Noord", "alle"):
        deel = make(naam, from_frame(frame, tmp_path, *rijen_, team=team))
        assert deel.leeg or deel.tabel.rijen
        if deel.teken:
            assert svg(deel.teken, SMAL).startswith("<svg")


def kernen(frame, tmp_path, casussen, inwoners=1000):
    namen = [f"kern {n:02}" for n in range(len(casussen))]
    lang = frame(
        *[("casussen_per_1000_inwoners", "2019", "alle", n, k, inwoners) for n, k in zip(namen, casussen)],
        ("casussen_per_1000_inwoners", "2019", "alle", "onbekend", 7, 0),
        ("casussen_per_1000_inwoners", "2019", "alle", "totaal", sum(casussen), inwoners * len(casussen)),
    )
    onder, boven = garwood(lang["teller"].astype(float))
    lang["waarde"], lang["ondergrens"], lang["bovengrens"] = (
        w * 1000 / lang["noemer"].where(lang["noemer"] > 0) for w in (lang["teller"], onder, boven)
    )
    return make("trechter_kernen", Cijfers(lang, load_settings("dekop", tmp_path), Periode(2019), "alle", tmp_path))


@pytest.mark.parametrize(
    "casussen, buiten, oordeel",
    [
        (
            [20] * 20,
            "Alle 20 kernen liggen binnen de 95%-grenzen. Ook als elke kern even goed gevonden werd, zou er "
            "ongeveer 1 buiten liggen.",
            "Uit deze cijfers blijkt niet dat de ene kern beter gevonden wordt dan de andere.",
        ),
        (
            [20] * 19 + [31],
            "Van de 20 kernen ligt er 1 buiten de 95%-grenzen: kern 19 (boven de 95%-grens).",
            "Uit deze cijfers blijkt niet dat",
        ),
        ([20] * 19 + [60], "kern 19 (boven de 99,8%-grens).", "Niet elke kern wordt dus even goed gevonden."),
        (
            [20] * 15 + [32, 33, 9, 8],
            "Van de 19 kernen liggen er 4 buiten de 95%-grenzen",
            "Niet elke kern wordt dus even goed gevonden.",
        ),
        (
            [20, 22],
            "Alle 2 kernen liggen binnen de 95%-grenzen. Ook als elke kern even goed gevonden werd, zouden er "
            "ongeveer 0,1 buiten liggen.",
            "Uit deze cijfers blijkt niet",
        ),
    ],
)
def test_the_funnel_answers_whether_every_village_is_found_equally_well(frame, tmp_path, casussen, buiten, oordeel):
    deel = kernen(frame, tmp_path, casussen)
    assert buiten in deel.duiding[0] and oordeel in deel.duiding[0]
    assert buiten.split(".")[0] in deel.alt and "Kern onbekend" not in rijen(deel)
    ligt = [rij.waarden[-1] for rij in deel.tabel.rijen[:-1]]
    genoemd = re.search(r"ligt er (1)|liggen er (\d+)", deel.duiding[0])
    assert len(ligt) - ligt.count("binnen de grenzen") == (int(genoemd[1] or genoemd[2]) if genoemd else 0)


def test_the_funnel_says_what_it_cannot_see(frame, tmp_path):
    deel = kernen(frame, tmp_path, [3] * 10, 200)
    # of 3 expected, 8 or more come in 1.2% of the years and 7 or more in 3.4%
    assert "in kern 09 (200 inwoners) zijn 3,0 casussen te verwachten, en zou pas 8 of meer opvallen." in deel.noten[0]


@pytest.mark.parametrize("casussen", [[5], [0, 0], []])
def test_no_two_villages_no_funnel(frame, tmp_path, casussen):
    assert kernen(frame, tmp_path, casussen).leeg == (
        "In 2019 zijn er geen twee kernen met inwoners en casussen om te vergelijken."
    )


def test_names_stand_in_the_funnel_those_outside_first(frame, tmp_path):
    deel = kernen(frame, tmp_path, [20] * 19 + [60])
    for maat in (BREED, SMAL):
        tekening = svg(deel.teken, maat)
        assert "kern 19" in tekening and "boven de 95%-grens" in tekening and "onder de 95%-grens" not in tekening


@pytest.mark.parametrize("aantal", [2, 8, 24, 100])
def test_most_by_chance(aantal):
    from math import comb

    kansen = [comb(aantal, k) * 0.05**k * 0.95 ** (aantal - k) for k in range(aantal + 1)]
    k = most_by_chance(aantal)
    assert sum(kansen[: k + 1]) >= 0.95 > sum(kansen[:k])


def test_funnels_of_teams_count_what_lies_outside(demo_open):
    c = demo_open()
    deel = make("trechter_teams", c)
    buiten = [rij for rij in deel.tabel.rijen if tekst(rij.waarden[-1])[:1] in ("▲", "▼") and tekst(rij.waarden[-1])]
    punten = [rij for rij in deel.tabel.rijen if rij.waarden[-1]]
    assert f"{len(buiten)} punt" in deel.noten[1] and f"van de {len(punten)} buiten" in deel.noten[1]
    assert "Verwijzingen" not in " ".join(rijen(deel))


def test_the_team_of_the_report_is_named_in_bold_in_every_funnel(demo_open):
    tekening = svg(make("trechter_teams", demo_open("Oost")).teken, BREED)
    regels = dict(re.findall(r"\.(s\d+)\{([^}]*)\}", tekening))
    boom = ElementTree.fromstring(tekening)
    boven = {kind: ouder for ouder in boom.iter() for kind in ouder}

    def is_bold(knoop):
        stijl = f"{knoop.get('style', '')} {regels.get(knoop.get('class'), '')}"
        return bool(re.search("bold|700", stijl)) or (knoop in boven and is_bold(boven[knoop]))

    vet = {
        naam: {is_bold(knoop) for knoop in boom.iter() if knoop.text == naam} for naam in ("Team Oost", "Team Noord")
    }
    assert vet == {"Team Oost": {True}, "Team Noord": {False}}
