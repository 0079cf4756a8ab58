"""The year in a few sentences: what they say, and when they keep silent."""

import re
from dataclasses import replace

from kopanalyse.report.cijfers.view import Cijfers
from tests.catalogus import ALINEAS, ONDERDELEN


def zinnen(c, naam="in_het_kort"):
    return [zin.tekst for zin in ALINEAS[naam].maak(c)]


def without(c, *indicatoren):
    """The same organisation, where these indicators have no figures."""
    frame = c.frame[~c.frame.indicator.isin(indicatoren)]
    return Cijfers(frame, c.settings, c.periode, c.team, c.map)


def test_the_year_of_de_kop(demo_open):
    assert zinnen(demo_open()) == [
        "In 2019 behandelde Sociaal Werk De Kop 581 individuele trajecten van 560 klanten, 108 trajecten meer (+23%) "
        "dan in 2018.",
        "Er begonnen 398 individuele trajecten en 385 werden afgesloten; aan het eind liepen er 196.",
        "Het vaakst genoemd: Financiën, 281 van de 1.293 hoofddomeinen met een score (21,7%).",
        "Van 723 doelen op de Zelfredzaamheid-Matrix zijn er 529 behaald (73,2%).",
        "Wie de vragenlijst invulde, gaf gemiddeld een 7,9 (388 antwoorden van 58 klanten).",
    ]


def test_the_year_of_smwo(smwo_open):
    assert zinnen(smwo_open()) == [
        "In 2024 hielp SMWO 2.516 cliënten, met 1.923 korte contacten en 1.312 casussen.",
        "Er kwamen 609 aanmeldingen voor een casus binnen; 746 casussen werden afgesloten.",
        "Het vaakst genoemd: Financiën / administratie, 468 van de 4.222 hulpvragen (11,1%).",
        "79,2% van de casussen succesvol afgerond (591 van 746).",
        "Wie de vragenlijst invulde, gaf gemiddeld een 8,5 (81 antwoorden van 79 klanten).",
    ]


def test_a_team_is_named_and_no_sentence_has_more_than_25_words(demo_open, smwo_open):
    assert zinnen(demo_open("Oost"))[0].startswith("In 2019 behandelde team Oost 196 individuele trajecten")
    for c in (demo_open(), demo_open("Oost"), smwo_open(), smwo_open("Goes")):
        assert all(len(zin.split()) <= 25 for zin in zinnen(c)) and len(zinnen(c)) == 5


def test_what_has_no_figures_has_no_sentence(demo_open, smwo_open):
    c = without(demo_open(), "zrm_doel_behaald", "zrm_intake", "kto_rapportcijfer", "klanten")
    assert zinnen(c) == [
        "In 2019 behandelde Sociaal Werk De Kop 581 individuele trajecten, 108 trajecten meer (+23%) dan in 2018.",
        "Er begonnen 398 individuele trajecten en 385 werden afgesloten; aan het eind liepen er 196.",
    ]
    c = without(smwo_open(), "korte_contacten", "reden_beeindiging", "kto_rapportcijfer")
    assert zinnen(c)[:2] == [
        "In 2024 hielp SMWO 2.516 cliënten, met 1.312 casussen.",
        "Er kwamen 609 aanmeldingen voor een casus binnen.",
    ]
    assert len(zinnen(c)) == 3 and zinnen(demo_open("Leeg")) == []


def test_of_a_chapter_that_an_organisation_does_not_have_it_tells_nothing(demo_open):
    c = demo_open()
    c.settings = replace(c.settings, hoofdstukken=("casuistiek_in_aantallen", "klanttevredenheid"))
    assert [zin.split()[0] for zin in zinnen(c)] == ["In", "Er", "Wie"]


def test_several_kinds_of_individual_help_are_not_added_up(demo_open):
    c = demo_open()
    c.settings = replace(c.settings, rollen=c.settings.rollen | {"individueel": ("individueel", "leun_en_steun")})
    assert not [zin for zin in zinnen(c) if "behandelde" in zin or "begonnen" in zin]


def test_of_one_it_speaks_of_one(demo_open, smwo_open):
    c, d = demo_open(), smwo_open()
    for van, namen in ((c, ("instroom", "uitstroom", "eindstand")), (d, ("aanmeldingen", "reden_beeindiging"))):
        van.frame = van.frame.copy()
        van.frame.loc[van.frame.indicator.isin(namen), ["teller", "waarde"]] = 1.0
    assert zinnen(c)[1] == "Er begon 1 traject en 1 werd afgesloten; aan het eind liep er 1."
    assert zinnen(d)[1] == "Er kwam 1 aanmelding voor een casus binnen; 1 casus werd afgesloten."


def test_many_answers_of_few_people_are_of_few_people(demo_open):
    """388 answers of 58 people are no 388 people; of fewer than ``klein_aantal`` nothing is told."""
    c = demo_open()
    c.settings = replace(c.settings, drempels=replace(c.settings.drempels, klein_aantal=59))
    assert not [zin for zin in zinnen(c) if "vragenlijst" in zin] and len(zinnen(c)) == 4
    c.settings = replace(c.settings, drempels=replace(c.settings.drempels, klein_aantal=58))
    assert len(zinnen(c)) == 5


def test_every_number_that_leads_on_stands_in_its_sentence_and_in_a_part(demo_open, smwo_open):
    for c in (demo_open(), smwo_open()):
        for zin in ALINEAS["in_het_kort"].maak(c):
            for getal, deel in zin.bij.items():
                assert deel in ONDERDELEN and re.search(rf"(?<!\S){re.escape(getal)}(?![.,]?\d)", zin.tekst)


def test_what_is_not_to_be_compared_is_told_once_with_its_reason(demo_open, smwo_open):
    assert zinnen(demo_open(), "let_op") == [
        "Behandelde casussen – informatie en advies: niet te vergelijken met 2018, want vanaf oktober 2018 wordt "
        "nadrukkelijk gestuurd op het registreren van informatie en advies.",
        "Behandelde casussen – collectieve activiteiten: niet te vergelijken met 2018, want in 2019 is veel "
        "geïnvesteerd in de registratie van de collectieve activiteiten.",
        "Groei op de ZRM en ZRM-doel behaald: misschien anders geregistreerd dan in 2018.",
    ]
    assert len(zinnen(smwo_open(), "let_op")) == 1 and zinnen(demo_open(jaar=2018), "let_op") == []


def test_the_numbers_of_the_opening_page_lead_to_their_figures(demo_rapporten):
    map_ = demo_rapporten / "2019" / "alle"
    kort = (map_ / "index.html").read_text(encoding="utf-8").partition('class="alinea in_het_kort"')[2]
    adressen = re.findall(r'<a href="(\w+\.html)#([\w-]+)">', kort.partition("</ul>")[0])
    assert len(adressen) == 8
    for pagina, anker in adressen:
        assert f'id="{anker}"' in (map_ / pagina).read_text(encoding="utf-8")
    heel = (map_ / "volledig.html").read_text(encoding="utf-8")
    assert all(f'href="#{anker}"' in heel and f'id="{anker}"' in heel for _, anker in adressen)
