"""Persona's: what they say, whom they stand for (counted by hand and by a loop), and what is refused."""

from collections import defaultdict
from datetime import date

import pyarrow.parquet as pq
import pytest

from kopanalyse.indicators.compute import figures
from kopanalyse.periode import Periode
from kopanalyse.report.authors import read_teksten
from kopanalyse.report.authors.reading import TekstError
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.notebook.rapport import Rapport
from kopanalyse.settings import load_settings
from tests.report.authors.schrijven import PERSONA, replaced, write
from tests.tabel import write_checked

# k1 is 30 at the end of 2019; k2 turns 28 on the last day of 2019; k3 is 27; k4 has no geboortedatum; k5 is 64.
KLANTEN = """
klant_id  geboortedatum
k1        1989-06-01
k2        1991-12-31
k3        1992-01-01
k4        -
k5        1955-01-01
k6        1980-01-01
"""
TRAJECTEN = """
traject_id  klant_id  team  trajectsoort   startdatum  einddatum
t1          k1        Oost  individueel    2019-02-01  -
t2          k1        Zuid  individueel    2018-02-01  2019-01-01
t3          k2        Oost  individueel    2019-02-01  -
t4          k3        Oost  individueel    2019-02-01  -
t5          k4        Oost  individueel    2019-02-01  -
t6          k5        Zuid  individueel    2018-02-01  2018-12-31
t7          k6        Oost  leun_en_steun  2019-02-01  -
t8          k6        Oost  individueel    2019-02-01  -
t9          k6        Zuid  individueel    2020-01-01  -
"""
ZRM = """
traject_id  moment  datum       domein               score  hoofddomein  zrm_versie
t1          intake  2019-02-01  Financiën            2      ja           2013
t1          intake  2019-02-01  Huisvesting          2      ja           2013
t2          intake  2018-02-01  Financiën            99     ja           2013
t3          intake  2019-02-01  Huisvesting          2      ja           2013
t3          intake  2019-02-01  Financiën            2      nee          2013
t4          intake  2019-02-01  Financiën            2      ja           2013
t5          intake  2019-02-01  Financiën            2      ja           2013
t6          intake  2018-02-01  Financiën            2      ja           2013
t7          intake  2019-02-01  Financiën            2      ja           2013
t8          intake  2019-02-01  Justitie             2      ja           2013
t8          eind    2019-09-01  Financiën            2      ja           2013
t9          intake  2020-01-01  Financiën            2      ja           2013
"""
TABELLEN = {"klanten": KLANTEN, "trajecten": TRAJECTEN, "zrm_metingen": ZRM}


@pytest.fixture
def rapport(tmp_path, frame):
    """``rapport(oud, nieuw, jaar, team, tabellen, organisatie)``: the report of an organisation with one persona."""

    def make(oud="", nieuw="", jaar=2019, team="alle", tabellen=TABELLEN, organisatie="dekop"):
        write(tmp_path / organisatie, "personas", replaced(PERSONA, oud, nieuw), "ilse.yaml")
        map_ = tmp_path / "processed"
        (map_ / "checked").mkdir(parents=True)
        write_checked(map_ / "checked", tabellen)
        lang = frame(*[("instroom", str(j), team, "totaal", 1, None) for j in (jaar - 1, jaar)])
        settings = load_settings(organisatie, tmp_path)
        teksten = read_teksten(tmp_path, settings, ["alle", team])
        return Rapport(Cijfers(lang, settings, Periode(jaar), team, map_), teksten)

    return make


@pytest.mark.parametrize(
    "oud, nieuw, team, zin",
    [
        # 2019, 28-64 with Financiën: k1 by t1 and t2. Not k2 (no hoofddomein), k3 (27), k4 (no age), k5 (closed 2018),
        # k6 (leun_en_steun; not at intake; not started). 2018: k1 by t2, k5 by t6.
        ("", "", "alle", "<strong>1 klant</strong>* in 2019 bij de hele organisatie. In 2018 waren dat er 2*."),
        ("", "", "Oost", "<strong>1 klant</strong>* in 2019 bij team Oost. In 2018 waren dat er 0*."),
        # one client, two trajecten, two teams: counted once in the whole
        ("", "", "Zuid", "<strong>1 klant</strong>* in 2019 bij team Zuid. In 2018 waren dat er 2*."),
        (
            "[Financiën]",
            "[Financiën, Huisvesting]",
            "alle",
            "<strong>2 klanten</strong>* in 2019 bij de hele organisatie. In 2018 waren dat er 2*.",
        ),
        (
            "[28-44, 45-64]",
            "[18-27]",
            "alle",
            "<strong>1 klant</strong>* in 2019 bij de hele organisatie. In 2018 waren dat er 0*.",
        ),
        (
            "[28-44, 45-64]",
            "[45-64]",
            "alle",
            "<strong>0 klanten</strong>* in 2019 bij de hele organisatie. In 2018 was dat er 1*.",
        ),
    ],
)
def test_the_number_as_counted_by_hand(rapport, oud, nieuw, team, zin):
    kaart = rapport(oud, nieuw, team=team).personas().html
    assert f'<p class="staat-voor">Staat voor {zin}</p>' in kaart
    assert "* Berust op minder dan 10 klanten: te weinig om iets uit af te leiden." in kaart


def test_the_card_says_what_is_counted_and_the_short_form_links_to_it(rapport):
    een = rapport("domeinen", "bron: Gesprekken\ndomeinen")
    kaart, kort = een.personas().html, een.personas_kort().html
    assert (
        "28-44 of 45-64 jaar oud zijn en in dat traject bij de intake Financiën als hoofddomein hadden." in kaart
        and "Wat is geteld" in kaart
    )
    for tekst in (
        "39 jaar",
        "Ilse over armoede",
        "“Arm zijn andere mensen.”",
        "<li>overzicht</li>",
        "<li>brieven</li>",
        "Gesprekken",
    ):
        assert tekst in kaart
    assert '<article class="persona" id="persona-1">' in kaart
    assert '<a href="personas_en_klantreizen.html#persona-1">Ilse</a>' in kort and "1 klant" in kort
    assert "“Ik reken al uit wanneer het op is.”" in kort and "armoede" not in kort


def test_the_short_form_links_to_no_page_that_is_not_there(rapport, tmp_path):
    (tmp_path / "dekop").mkdir()
    (tmp_path / "dekop" / "organisatie.toml").write_text('hoofdstukken = ["casussen_op_inhoud"]')
    kort = rapport().personas_kort().html
    assert "Ilse, 39 jaar" in kort and "<a " not in kort


def test_a_large_number_has_no_warning_and_the_first_year_no_year_before(rapport, tmp_path, frame):
    (tmp_path / "dekop").mkdir()
    (tmp_path / "dekop" / "organisatie.toml").write_text("[drempels]\nklein_aantal = 1")
    een = rapport()
    assert "1 klant</strong> in 2019 bij de hele organisatie. In 2018 waren dat er 2.</p>" in een.personas().html
    een._cijfers.frame = een._cijfers.frame[een._cijfers.frame["jaar"] == 2019]
    een._cijfers.__dict__.pop("vorig", None), een.__dict__.pop("_geteld", None)
    assert "1 klant</strong> in 2019 bij de hele organisatie.</p>" in een.personas().html


@pytest.mark.parametrize(
    "organisatie, tabellen, waarom",
    [
        (
            "dekop",
            {"klanten": KLANTEN, "trajecten": TRAJECTEN},
            "in de registratie van Sociaal Werk De Kop ontbreekt de tabel zrm_metingen.",
        ),
        (
            "dekop",
            {},
            "in de registratie van Sociaal Werk De Kop ontbreken de tabellen trajecten, klanten en zrm_metingen.",
        ),
        ("smwo", TABELLEN, "dit gaat over trajecten in de rol individueel, en die heeft SMWO niet."),
    ],
)
def test_without_the_means_to_count_the_card_says_why(rapport, organisatie, tabellen, waarom):
    een = rapport(organisatie=organisatie, tabellen=tabellen)
    zin = f'<p class="leeg">Voor hoeveel klanten deze persona staat, is niet te zeggen: {waarom}</p>'
    assert zin in een.personas().html and zin in een.personas_kort().html
    assert "staat-voor" not in een.personas().html


def test_without_personas_there_is_a_sentence_and_no_short_form(tmp_path, frame):
    lang = frame(("instroom", "2019", "alle", "totaal", 1, None))
    leeg = Rapport(Cijfers(lang, load_settings("dekop", tmp_path), Periode(2019), "alle", tmp_path))
    assert leeg.personas().html == '<p class="leeg">Er zijn geen persona&#x27;s beschreven.</p>'
    assert leeg.personas_kort().html == ""


def test_the_numbers_of_the_demonstration_as_a_plain_loop_counts_them(demo_map):
    raw, checked = demo_map / "raw", demo_map / "processed" / "dekop" / "checked"
    settings = load_settings("dekop", raw)
    personas = read_teksten(raw, settings, ["alle", "Oost"]).personas
    cijfers = figures(settings, checked, [Periode(2018), Periode(2019)], indicatoren=[p.indicator() for p in personas])
    tabellen = {naam: pq.read_table(checked / f"{naam}.parquet").to_pylist() for naam in TABELLEN}
    intakes = defaultdict(list)
    for z in tabellen["zrm_metingen"]:
        if z["moment"] == "intake":
            intakes[z["traject_id"], z["domein"]].append(z)
    geboren = {k["klant_id"]: k["geboortedatum"] for k in tabellen["klanten"]}
    assert len(personas) == 2
    for persona in personas:
        met_domein = set()
        for (traject, domein), rijen in intakes.items():
            if domein in persona.domeinen and first_is_main(rijen):
                met_domein.add(traject)
        for jaar in (2018, 2019):
            for team in ("alle", "Noord", "Oost", "West", "Zuid"):
                klanten = {
                    t["klant_id"]
                    for t in tabellen["trajecten"]
                    if t["trajectsoort"] == "individueel"
                    and team in ("alle", t["team"])
                    and t["startdatum"] <= date(jaar, 12, 31)
                    and (t["einddatum"] is None or t["einddatum"] >= date(jaar, 1, 1))
                    and age_class(geboren[t["klant_id"]], jaar) in persona.leeftijdsklassen
                    and t["traject_id"] in met_domein
                }
                (waarde,) = cijfers[
                    (cijfers.indicator == persona.sleutel) & (cijfers.jaar == jaar) & (cijfers.team == team)
                ].waarde
                assert waarde == len(klanten) > 0, (persona.naam, jaar, team)


def first_is_main(intakes):
    """Whether the earliest of the intakes of one traject on one domein marks it as hoofddomein."""
    eerste = min(intakes, key=lambda z: (z["datum"], z["score"], z["zrm_versie"], not z["hoofddomein"]))
    return bool(eerste["hoofddomein"])


def age_class(geboren, jaar):
    if geboren is None or geboren > date(jaar, 12, 31):
        return "onbekend"
    leeftijd = jaar - geboren.year  # on the last day of the year
    grenzen = [0, 12, 18, 28, 45, 65, 75]
    onder = max(g for g in grenzen if g <= leeftijd)
    boven = [g for g in grenzen if g > leeftijd]
    return f"{onder}-{boven[0] - 1}" if boven else f"{onder}+"


VERPLICHT = "naam, leeftijd, citaten, kijk_op, wil_graag, vindt_vervelend, leeftijdsklassen, domeinen"


@pytest.mark.parametrize(
    "oud, nieuw, melding",
    [
        ("naam: Ilse\n", "", f", regel 1: de sleutel naam ontbreekt. Verplicht zijn: {VERPLICHT}."),
        ("naam: Ilse", "naam: ''", ", regel 1: naam = '' kan niet; verwacht wordt een tekst."),
        (
            "wil_graag",
            "wilgraag",
            f", regel 8: de sleutel wilgraag bestaat niet. Bedoelde u wil_graag? Mogelijk zijn: "
            f"{VERPLICHT}, hoofddomein, bron, openbaar, nagekeken.",
        ),
        (
            "  - Ik reken al uit wanneer het op is.\n",
            "",
            ", regel 3: citaten = '' kan niet; verwacht wordt een lijst: onder elkaar, elk achter een streepje.",
        ),
        (
            "wil_graag: [overzicht]",
            "wil_graag: overzicht",
            ", regel 8: wil_graag = 'overzicht' kan niet; verwacht wordt "
            "een lijst: onder elkaar, elk achter een streepje.",
        ),
        (
            "wil_graag: [overzicht]",
            "wil_graag: []",
            ", regel 8: wil_graag = een lege lijst kan niet; verwacht wordt een "
            "lijst: onder elkaar, elk achter een streepje.",
        ),
        (
            "wil_graag: [overzicht]",
            "wil_graag: [a, [b]]",
            ", regel 8: wil_graag[2] = een lijst kan niet; verwacht wordt een tekst.",
        ),
        (
            "    zegt: Arm",
            "    vindt: Arm",
            ", regel 7: de sleutel kijk_op[1].vindt bestaat niet. Mogelijk zijn: onderwerp, zegt.",
        ),
        (
            "    zegt: Arm zijn andere mensen.\n",
            "",
            ", regel 6: de sleutel kijk_op[1].zegt ontbreekt. Verplicht zijn: onderwerp, zegt.",
        ),
        (
            "28-44",
            "28-45",
            ", regel 10: leeftijdsklassen[1] = '28-45' kan niet; verwacht wordt een leeftijdsklasse: 0-11, "
            "12-17, 18-27, 28-44, 45-64, 65-74, 75+. Bedoelde u 28-44?",
        ),
        ("45-64", "28-44", ", regel 10: leeftijdsklassen[2] = '28-44' kan niet; verwacht wordt elke waarde één keer."),
        (
            "[Financiën]",
            "[Geld]",
            ", regel 11: domeinen[1] = 'Geld' kan niet; verwacht wordt een ZRM-domein: Financiën, "
            "Dagbesteding, Huisvesting, Huiselijke relaties, Geestelijke gezondheid, Lichamelijke "
            "gezondheid, Verslaving, Activiteiten dagelijks leven, Sociaal netwerk, Maatschappelijke "
            "participatie, Justitie, Werk & opleiding, Tijdsbesteding, Middelengebruik, Basale ADL, "
            "Instrumentele ADL.",
        ),
        (
            "39 jaar",
            "39: jaar",
            ", regel 2: dit is geen leesbare YAML; verwacht wordt sleutel: waarde, en een waarde met "
            "een dubbele punt of een # erin tussen aanhalingstekens.",
        ),
        ("naam: Ilse", "naam: &a [*a]", ", regel 1: naam = een lijst kan niet; verwacht wordt een tekst."),
        (
            "naam: Ilse",
            "? [a]\n: b",
            f", regel 1: de sleutel ? bestaat niet. Mogelijk zijn: {VERPLICHT}, hoofddomein, bron, openbaar, "
            "nagekeken.",
        ),
    ],
)
def test_a_broken_one_is_refused_by_name_and_place(tmp_path, oud, nieuw, melding):
    pad = write(tmp_path / "dekop", "personas", replaced(PERSONA, oud, nieuw), "ilse.yaml")
    with pytest.raises(TekstError) as fout:
        read_teksten(tmp_path, load_settings("dekop", tmp_path), ["alle"])
    assert str(fout.value) == f"{pad}{melding}"


def test_everything_that_an_author_types_is_escaped(rapport):
    kwaad = "<script>alert(1)</script>"
    een = rapport("naam: Ilse", f"naam: '{kwaad} {{jongere_tot_en_met}}'\nhoofddomein: '{kwaad}'\nbron: '{kwaad}'")
    for getoond in (een.personas().html, een.personas_kort().html):
        assert "<script" not in getoond and "&lt;script&gt;" in getoond
    assert "{jongere_tot_en_met}" in een.personas().html  # a word of the author, no threshold
