"""Every part of every chapter: what it shows agrees with the long table, and nothing makes it fail."""

import json
import re
from xml.etree import ElementTree

import pytest

from kopanalyse.checked.provenance import HERKOMST
from kopanalyse.periode import Periode
from kopanalyse.report.charts.style import BREED, SMAL
from kopanalyse.report.charts.svg import svg
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.notebook.rapport import Rapport
from kopanalyse.report.parts.forms import counts_by_year
from kopanalyse.report.parts.pieces import folded, per_year, team_naam, top_met_gelijken, year_shares
from kopanalyse.settings import load_settings
from tests.catalogus import INDICATOREN, KERNRIJEN, ONDERDELEN, make
from tests.report.klein import VIJANDIG
from tests.tabel import write_checked


@pytest.mark.parametrize("naam", ONDERDELEN)
def test_every_part_is_about_known_indicators(naam):
    assert set(ONDERDELEN[naam].indicatoren) <= set(INDICATOREN)


VAN_SMWO = [
    naam
    for naam, d in ONDERDELEN.items()
    if d.maak.__module__.rpartition(".")[2]
    in ("clienten_en_casussen", "hulpvragen_en_effecten", "dienstverlening", "groepswerk")
]
VAN_DE_KOP = [naam for naam in ONDERDELEN if naam not in VAN_SMWO]


@pytest.mark.parametrize("naam", VAN_SMWO)
@pytest.mark.parametrize("team, jaar", [("alle", 2024), ("alle", 2023), ("Goes", 2024)])
def test_every_part_of_smwo_has_something_to_say(smwo_open, naam, team, jaar):
    deel = make(naam, smwo_open(team, jaar))
    if naam in ("overige_dienstverlening", "productie_uren") and team != "alle":
        assert deel.leeg.endswith("dit wordt alleen voor de hele organisatie geteld.")
        return
    assert not deel.leeg and deel.tabel.rijen and deel.grondslag
    for maat in (BREED, SMAL):
        if deel.teken:
            assert ElementTree.fromstring(svg(deel.teken, maat)) is not None
    if deel.teken:
        assert re.search(r"\d", deel.alt) and deel.alt.endswith(".") and len(deel.alt) > 40


@pytest.mark.parametrize("naam", VAN_DE_KOP)
@pytest.mark.parametrize("team, jaar", [("alle", 2019), ("alle", 2018), ("Oost", 2019)])
def test_every_part_has_something_to_say(demo_open, naam, team, jaar):
    deel = make(naam, demo_open(team, jaar))
    if naam == "schoolmaatschappelijk_werk" and (team, jaar) != ("alle", 2019):
        assert deel.leeg.endswith("hele organisatie geteld." if team == "Oost" else "schoolmaatschappelijk werk.")
        return
    if naam in ("vip", "vip_per_kwartaal", "vrijwilligersdiensten") and team != "alle":
        assert deel.leeg.endswith("dit wordt alleen voor de hele organisatie geteld.")
        return
    if naam in ("veranderde_aantallen", "veranderde_aandelen", "jaren_naast_elkaar") and jaar == 2018:
        assert deel.leeg.endswith("over 2017 zijn er geen cijfers om naast die van 2018 te zetten.")
        return
    if naam == "trechter_kernen" and team != "alle":
        assert "alleen voor de hele organisatie" in deel.leeg
        return
    if naam == "tevreden_en_effect":
        assert deel.leeg.endswith("geen antwoorden op vragen naar tevredenheid of effect.")
        return
    assert not deel.leeg and deel.tabel.rijen and deel.grondslag
    if deel.teken:
        assert re.search(r"\d", deel.alt) and deel.alt.endswith(".") and len(deel.alt) > 40


@pytest.mark.parametrize("naam", ONDERDELEN)
@pytest.mark.parametrize("team", ["Leeg", VIJANDIG])
def test_an_empty_team_and_a_hostile_name_break_nothing(demo_open, naam, team):
    rapport = Rapport(demo_open(team))
    for uitvoer in (rapport.figuur(naam), rapport.tabel(naam)):
        assert "<script" not in uitvoer.html and uitvoer.html.startswith("<") and uitvoer.kort


@pytest.mark.parametrize("naam", ONDERDELEN)
def test_a_hostile_team_beside_the_others_breaks_nothing(demo_open, naam):
    deel = make(naam, demo_open())
    for maat in (BREED, SMAL):
        if deel.teken:
            tekening = ElementTree.fromstring(svg(deel.teken, maat))
            assert not tekening.findall(".//{*}script") and not tekening.findall(".//{*}image")


@pytest.mark.parametrize("naam", KERNRIJEN)
@pytest.mark.parametrize("team", ["alle", "Leeg", VIJANDIG])
def test_key_figures_break_on_nothing(demo_open, naam, team):
    uitvoer = Rapport(demo_open(team)).kerncijfers(naam)
    assert uitvoer.html == "" or uitvoer.html.startswith("<ul")
    assert "None" not in uitvoer.html and ">–<" not in uitvoer.html


def rijen(deel):
    return {rij.kop: list(rij.waarden) for rij in deel.tabel.rijen}


def test_the_caseload_is_that_of_the_long_table(demo_open):
    c = demo_open()
    deel = make("caseload", c)
    koppen = [(kolom.groep, kolom.kop) for kolom in deel.tabel.kolommen]
    assert koppen[-1] == ("2019", "jaar") and len(koppen) == 10
    individueel = rijen(deel)["Individuele trajecten"]
    assert individueel[-1] == 581
    assert individueel[0] == c.waarde("behandelde_casussen", "individueel", periode="2018-K1")
    assert "Niet getoond, want in 2018 en 2019 niet geregistreerd: presentie." in deel.noten


def test_flow_adds_up_in_the_table(demo_open):
    for waarden in rijen(make("in_en_uitstroom", demo_open())).values():
        for begin, erin, eruit, eind in (waarden[:4], waarden[4:]):
            assert begin + erin - eruit == eind


def test_a_team_sees_its_share_of_the_whole(demo_open):
    waarden = rijen(make("individueel_per_team", demo_open("Oost")))
    assert list(waarden) == ["Team Oost", "Hele organisatie", "Aandeel van dit team"]
    assert waarden["Team Oost"][1] == demo_open("Oost").waarde("behandelde_casussen", "individueel")
    assert waarden["Hele organisatie"][1] == 581


def test_the_whole_organisation_sees_its_teams_side_by_side(demo_open):
    koppen = list(rijen(make("individueel_per_team", demo_open())))
    assert koppen[:4] == ["Team Noord", "Team Oost", "Team West", "Team Zuid"] and koppen[-1] == "Hele organisatie"


def test_the_transition_says_how_many_rose_stayed_and_fell(demo_open):
    c = demo_open()
    deel = make("zrm_overgang", c)
    n = c.waarde("zrm_overgang", "totaal", "totaal")
    aantallen = [int(a.replace(".", "")) for a in re.findall(r"er ([\d.]+) \(", deel.duiding[0])]
    steeg = sum(c.waarde("zrm_overgang", "totaal", f"{a}>{b}") for a in range(1, 6) for b in range(a + 1, 6))
    assert aantallen[0] == steeg and sum(aantallen) == n


def test_longest_bar_first_and_unknown_last(demo_open):
    c = demo_open()
    koppen = [rij.kop for rij in make("zrm_intake", c).tabel.rijen][:-1]
    bekend = [k for k in koppen if k != "Onbekend"]
    lengtes = [c.waarde("zrm_intake", k, "totaal") for k in bekend]
    assert lengtes == sorted(lengtes, reverse=True) and koppen in (bekend, [*bekend, "Onbekend"])


def test_villages_get_a_rate_and_a_map(demo_open):
    deel = make("kernen", demo_open())
    assert rijen(deel)["Totaal"][1] == 581 and "Per 1.000 inwoners" in {k.groep for k in deel.tabel.kolommen}
    assert deel.alt.startswith("Kaart met een cirkel per kern") and "Steenwijk" in svg(deel.teken, BREED)


def test_without_coordinates_there_is_a_table_and_a_sentence(demo_open, tmp_path):
    c = demo_open()
    deel = make("kernen", Cijfers(c.frame, c.settings, Periode(2019), "alle", tmp_path))
    assert deel.teken is None and "Er is geen kaart: van deze kernen zijn geen coördinaten bekend." in deel.noten


@pytest.mark.parametrize(
    "waarden, top",
    [
        ([("a", 5), ("b", 3), ("c", 3), ("d", 3), ("e", 1)], ["a", "b", "c", "d"]),
        ([("a", 0), ("b", None)], []),
        ([("a", 1)], ["a"]),
        ([("a", 1), ("b", 9)], ["b", "a"]),
    ],
)
def test_a_top_keeps_every_tie_and_no_zero(waarden, top):
    assert top_met_gelijken(waarden, 2) == top


def test_the_top_says_why_it_is_longer(frame, tmp_path):
    domeinen = [
        "Financiën",
        "Huisvesting",
        "Justitie",
        "Verslaving",
        "Dagbesteding",
        "Sociaal netwerk",
        "Huiselijke relaties",
    ]
    aantallen = [9, 8, 7, 6, 5, 5, 1]
    rijen_ = [("informatie_en_advies", "2019", "alle", d, n, None) for d, n in zip(domeinen, aantallen)]
    lang = frame(*rijen_, ("informatie_en_advies", "2019", "alle", "totaal", 41, None))
    c = Cijfers(lang, load_settings("dekop", tmp_path), Periode(2019), "alle", tmp_path)
    deel = make("informatie_en_advies_domeinen", c)
    assert [rij.kop for rij in deel.tabel.rijen] == [*domeinen[:6], "Andere domeinen", "Domein onbekend", "Totaal"]
    assert [rij.waarden[-1] for rij in deel.tabel.rijen][-3:] == [1, 0, 41]
    assert deel.noten == ["De top 5 telt 6 domeinen, omdat de laatste plaats gedeeld wordt."]


def test_small_bases_are_marked_and_not_compared(frame, tmp_path):
    lang = frame(
        ("verwijzingen", "2018", "alle", "verwezen", 4, 40),
        ("verwijzingen", "2019", "alle", "verwezen", 3, 9),
        ("verwijzingen", "2018", "alle", "eigen_initiatief", 36, 40),
        ("verwijzingen", "2019", "alle", "eigen_initiatief", 6, 9),
    )
    c = Cijfers(lang, load_settings("dekop", tmp_path), Periode(2019), "alle", tmp_path)
    deel = make("verwijzingen", c)
    assert "33,3%*" in deel.tabel.html() and deel.tabel.rijen[0].waarden[-1] == "–"
    assert deel.tabel.noten == ["* Berust op minder dan 10 gestarte trajecten: te weinig om iets uit af te leiden."]
    assert not deel.noten  # the figure has no asterisk, so there is nothing to explain under it


def test_a_difference_of_shares_is_in_procentpunten(frame, tmp_path):
    lang = frame(
        ("complexiteit", "2018", "alle", "complex", 10, 100), ("complexiteit", "2019", "alle", "complex", 16, 100)
    )
    c = Cijfers(lang, load_settings("dekop", tmp_path), Periode(2019), "alle", tmp_path)
    tabel = year_shares(c, per_year(c, "complexiteit", ["complex"]), "t", "Klasse")
    assert tabel.kolommen[-1].kop == "Verschil in procentpunten" and tabel.rijen[0].waarden[-1] == "+6,0"


def test_small_shares_fold_into_one_row_and_nothing_is_lost(frame, tmp_path):
    lang = frame(
        *[
            ("verwezen_door", jaar, "alle", naam, teller, 100)
            for jaar, tellers in (("2018", (60, 1, 30, 9)), ("2019", (90, 1, 1, 8)))
            for naam, teller in zip("abcd", tellers)
        ]
    )
    c = Cijfers(lang, load_settings("dekop", tmp_path), Periode(2019), "alle", tmp_path)
    rijen = folded(c, per_year(c, "verwezen_door", "abcd"))
    assert [(naam, [cijfer.teller for cijfer in cijfers]) for naam, cijfers in rijen] == [
        ("a", [60, 90]),
        ("d", [9, 8]),
        ("Overige (< 2%)", [31, 2]),
    ]
    assert rijen[-1][1][-1].waarde == 0.02
    assert folded(c, per_year(c, "verwezen_door", "ad")) == per_year(c, "verwezen_door", "ad")


def test_the_top_keeps_every_tie_and_the_rest_is_one_row(smwo_open):
    koppen = list(rijen(make("hulpvragen_casussen", smwo_open())))
    assert len(koppen) == 12 + 1 and koppen[-1] == "Andere hulpvragen"
    tellers = [waarden[4] for waarden in rijen(make("hulpvragen_casussen", smwo_open())).values()]
    assert sum(tellers) == 4222


def test_themas_add_up_to_more_than_their_total_and_the_overlap_says_why(smwo_open):
    c = smwo_open()
    overlap = rijen(make("overlap_van_themas", c))
    casussen, samen = overlap["Totaal"][2:]
    themas = [t for t in c.categorieen("unieke_casussen") if t not in ("totaal", "onbekend")]
    assert samen == sum(c.waarde("unieke_casussen", t, "totaal") for t in themas) == 924 + 2481 + 1054 + 382
    assert casussen == sum(w[2] for kop, w in overlap.items() if kop != "Totaal") < samen
    assert "zijn samen 4.841" in make("casussen_per_effect", c).noten[0]


def test_nothing_counted_is_said_in_a_sentence(frame, tmp_path):
    lang = frame(("instroom", "2019", "Oost", "totaal", 0, None))
    c = Cijfers(lang, load_settings("dekop", tmp_path), Periode(2019), "Oost", tmp_path)
    assert counts_by_year(c, "instroom", [], "t", "r", "gestarte trajecten").leeg == (
        "In 2019 zijn er bij team Oost geen gestarte trajecten."
    )
    assert make("klanten", c).leeg == (
        "Klanten naar leeftijd en geslacht: in de registratie van Sociaal Werk De Kop ontbreken de tabellen "
        "trajecten en "
        "klanten."
    )


def test_teams_by_name(demo_open):
    c = demo_open()
    assert [team_naam(c, t) for t in ("alle", "onbekend", "Oost", "Gebiedsteam Zuid")] == [
        "de hele organisatie",
        "onbekend team",
        "team Oost",
        "Gebiedsteam Zuid",
    ]


def test_findings_are_counts_only(demo_open, demo_map):
    import pandas as pd

    gevonden = pd.read_csv(demo_map / "processed" / "dekop" / "bevindingen.csv", dtype=str, keep_default_na=False)
    deel = make("bevindingen", demo_open())
    html = Rapport(demo_open()).tabel("bevindingen").html
    for sleutel in set(gevonden["sleutel"]) - {""}:
        assert sleutel not in html
    assert sum(rij.waarden[1] for rij in deel.tabel.rijen if not rij.nadruk) == len(gevonden)


def test_what_was_read_is_clean_plus_quarantine(demo_open):
    for gelezen, schoon, quarantaine, _ in rijen(make("inlezen", demo_open())).values():
        assert gelezen == schoon + quarantaine


def test_every_rule_of_checking_has_its_words():
    from kopanalyse.checked import rules

    regels = {naam: waarde.uitleg for naam, waarde in vars(rules).items() if isinstance(waarde, rules.Regel)}
    assert regels == rules.EXPLAINED and all(regels.values())


def test_a_figure_has_its_table_and_definition(demo_open):
    html = Rapport(demo_open()).figuur("zrm_groei").html
    assert html.count("<img ") == 1 and html.count("<table>") == 1 and "<figcaption>" in html
    definitie = html.split("Wat is geteld")[1]
    assert "{" not in definitie and "`" not in definitie
    assert "n = " in html


def test_frames_for_an_analyst(demo_open):
    rapport = Rapport(demo_open())
    assert rapport.frame("caseload").loc["Individuele trajecten", "2019 jaar"] == 581
    assert set(rapport.cijfers("klanten")["indicator"]) == {"klanten"} and len(rapport.cijfers()) > 500
    assert json.dumps(rapport.onderdelen())


def _at(frame, tmp_path, *rijen, team="alle"):
    return Cijfers(frame(*rijen), load_settings("dekop", tmp_path), Periode(2019), team, tmp_path)


@pytest.mark.parametrize("naam", ["zrm_groei", "zrm_doel_behaald", "zrm_richting", "contacten", "complexiteit"])
@pytest.mark.parametrize("team, jaar", [("alle", 2019), ("alle", 2018), ("Noord", 2019)])
def test_a_mark_is_explained_where_it_stands_and_nowhere_else(demo_open, naam, team, jaar):
    c = demo_open(team, jaar)
    deel = make(naam, c)
    rijen_ = [list(rij.waarden) for rij in deel.tabel.rijen]
    in_tabel = any(getattr(w, "klein", False) for rij in rijen_ for w in rij)
    assert any(n.startswith("* ") for n in deel.tabel.noten) == in_tabel
    tekening = svg(deel.teken, BREED)
    onder = " ".join(deel.noten)
    assert ("* Berust" in onder) == bool(re.search(r"n = \d+\*", tekening))
    assert ("Een open punt" in onder) == ("fill:#fff;stroke:#0b5fa5" in tekening)


def test_a_legend_is_not_repeated_in_words(demo_open):
    for naam in ("zrm_intake", "zrm_intake_jongeren", "zrm_overgang"):
        deel = make(naam, demo_open())
        assert not any("acute problematiek" in noot for noot in deel.noten)
        for maat in (BREED, SMAL):
            assert "acute problematiek" in svg(deel.teken, maat)


def test_villages_are_read_against_the_whole_organisation(demo_open):
    c = demo_open()
    deel = make("kernen", c)
    samen = c.get("casussen_per_1000_inwoners")
    tekening = svg(deel.teken, BREED)
    assert f"hele organisatie: {samen.waarde:.1f}".replace(".", ",") in tekening
    assert "de streep is de hele organisatie" in deel.noten[0] and "1 op de 20" not in " ".join(deel.noten)


def test_volunteers_last_year_beside_this_year(demo_open):
    c = demo_open()
    waarden = rijen(make("vip", c))
    assert waarden["Vrijwilligers ingeschreven"] == [78, 50] and waarden["Vrijwilligers bemiddeld"] == [56, 91]
    assert "Totaal" not in waarden
    kwartalen = rijen(make("vip_per_kwartaal", c))["Vacatures"]
    assert sum(kwartalen[:4]) == kwartalen[4] == 82 and sum(kwartalen[5:9]) == kwartalen[9] == 31


def test_every_service_with_its_own_counts_and_no_totals(demo_open):
    tabel = make("vrijwilligersdiensten", demo_open()).tabel
    koppen = [rij.kop for rij in tabel.rijen]
    rechtswinkel = koppen.index("Rechtswinkel")
    assert tabel.rijen[rechtswinkel].nadruk and list(tabel.rijen[rechtswinkel].waarden) == ["", ""]
    assert koppen[rechtswinkel + 1 : rechtswinkel + 3] == ["Vrijwilligers", "Inwoners"]
    assert list(tabel.rijen[rechtswinkel + 2].waarden) == [549, 758]
    assert "Vragen: juridisch" in koppen and not [k for k in koppen if "otaal" in k or "Samen" in k]


def test_a_count_that_was_not_given_is_no_zero(frame, tmp_path):
    lang = frame(
        ("informele_ondersteuning", "2018", "alle", "Op Stap", 0, None),
        ("informele_ondersteuning", "2019", "alle", "Op Stap", 12, None),
        ("informele_ondersteuning", "2018", "alle", "Taalpunt", 3, None),
        ("informele_ondersteuning", "2019", "alle", "Taalpunt", 0, None),
    )
    lang["subcategorie"], lang["n_personen"] = "vrijwilligers", [0, 1, 1, 1]
    c = Cijfers(lang, load_settings("dekop", tmp_path), Periode(2019), "alle", tmp_path)
    deel = make("vrijwilligersdiensten", c)
    assert [list(rij.waarden) for rij in deel.tabel.rijen] == [["", ""], [None, 12], ["", ""], [3, 0]]
    assert "–: over dat jaar is dit niet opgegeven." in deel.noten


def test_the_survey_as_a_funnel(demo_open):
    waarden = rijen(make("trechter", demo_open()))
    assert [rij[2] for rij in waarden.values()] == [385 + 112, 348, 176, 58]
    assert [rij[3] for rij in waarden.values()] == ["", 348 / 497, 176 / 348, 58 / 176]
    waarom = rijen(make("niet_verzonden", demo_open()))
    assert {k: v[1] for k, v in waarom.items() if v[1]} == {
        "No-reply-adres": 143,
        "Geen e-mailadres": 13,
        "Foutief e-mailadres": 16,
        "Niet verzonden": 172,
    }


def test_answers_to_what_was_not_sent_are_named(frame, tmp_path):
    c = _at(
        frame,
        tmp_path,
        ("uitstroom", "2019", "alle", "totaal", 4, None),
        ("kto_verzending", "2019", "alle", "totaal", 5, None),
        ("kto_verzending", "2019", "alle", "verzonden", 3, None),
        ("kto_ingevuld", "2019", "alle", "totaal", 2, None),
        ("kto_respons", "2019", "alle", "totaal", 1, 3),
    )
    deel = make("trechter", c)
    assert "staat er 1 niet als verzonden geregistreerd" in deel.noten[-1]
    assert [rij[1] for rij in rijen(deel).values()] == ["", None, 3 / 5, 2 / 3]  # 5 of 4 is no part


def test_the_response_has_its_n_interval_and_the_year_before(demo_open):
    c = demo_open()
    deel = make("respons", c)
    waarde, n, interval, vorig, _ = rijen(deel)["Hele organisatie"]
    assert (n, round(waarde.waarde, 2), round(vorig.waarde, 2)) == (176, 0.33, 0.30) and " tot " in interval
    assert "tegen 30,0% in 2018 (42 van 140)" in deel.duiding[0] and deel.duiding[0].endswith(
        "is bij deze aantallen niet aantoonbaar."
    )
    assert list(rijen(make("respons", demo_open("Oost"))))[-2:] == ["Team Oost", "Hele organisatie"]


def test_a_difference_between_shares_that_is_more_than_chance(frame, tmp_path):
    lang = frame(("kto_respons", "2018", "alle", "totaal", 48, 80), ("kto_respons", "2019", "alle", "totaal", 56, 70))
    lang[["ondergrens", "bovengrens"]] = [[0.4904, 0.7004], [0.6919, 0.8769]]
    c = Cijfers(lang, load_settings("dekop", tmp_path), Periode(2019), "alle", tmp_path)
    assert make("respons", c).duiding[0].endswith("Dat is meer dan toeval.")


def test_marks_have_their_n_and_stay_on_the_scale(demo_open):
    c = demo_open()
    waarde, n, _, _, _ = rijen(make("rapportcijfers", c))["Bereikbaarheid van de medewerker"]
    assert round(waarde.waarde, 1) == 8.2 and n == c.get("kto_rapportcijfer", "bereikbaarheid van de medewerker").noemer
    for team in ("Noord", "West"):
        for rij in make("rapportcijfers", demo_open(team)).tabel.rijen:
            assert rij.waarden[2] == "–" or float(rij.waarden[2].split(" tot ")[1].replace(",", ".")) <= 10


def test_satisfaction_and_effect_are_shown_when_there_are_any(frame, tmp_path):
    c = _at(
        frame,
        tmp_path,
        ("kto_tevreden", "2019", "alle", "het gesprek", 9, 12),
        ("kto_tevreden", "2019", "alle", "totaal", 9, 12),
        ("kto_effect", "2019", "alle", "ik kan verder", 3, 4),
        ("kto_effect", "2019", "alle", "totaal", 3, 4),
    )
    deel = make("tevreden_en_effect", c)
    assert list(rijen(deel)) == ["Tevreden: het gesprek", "Effect: ik kan verder"]
    assert deel.grondslag == "n = 16 antwoorden, 2019" and "75,0%*" in deel.tabel.html()


def test_figures_older_than_the_check_are_said_to_be(demo_open, tmp_path):
    (tmp_path / "checked").mkdir()
    write_checked(tmp_path / "checked", {"klanten": "klant_id\nk1"})
    (tmp_path / "inlezen.csv").write_text("tabel,gelezen,schoon,quarantaine\nklanten,1,1,0\n")
    c = demo_open()
    c = Cijfers(c.frame, c.settings, Periode(2019), "alle", tmp_path)
    assert not [n for n in make("inlezen", c).noten if n.startswith("Let op")]
    (tmp_path / HERKOMST).write_text('{"tabellen": {"klanten": "andere"}}')
    assert make("inlezen", c).noten[0].startswith("Let op: de registratie is opnieuw gecontroleerd")
