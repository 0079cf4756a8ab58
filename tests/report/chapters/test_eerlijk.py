"""What a report says of figures that cannot carry it: every case was once sold as a change."""

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

import kopanalyse.report.chapters  # noqa: F401 - declares the parts
from kopanalyse.checked.check import check
from kopanalyse.indicators.compute import compute
from kopanalyse.periode import Periode, years_in
from kopanalyse.report.charts.style import BREED
from kopanalyse.report.cijfers.candidates import candidates
from kopanalyse.report.cijfers.compare import against_rest, change, change_words, hindrance
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.dutch import ingekorte
from kopanalyse.settings import Breuk, Hernoemd, load_settings
from tests.catalogus import KERNRIJEN, ONDERDELEN, make
from tests.report.chapters.gen import write
from tests.report.delen import rijen, tekst

TOEVAL = re.compile("toeval|aantoonbaar|significant", re.I)


def _made(map_, begin, eind, teams, *args, jaren, **wat):
    """``van(jaar, team)``: the figures of a registration to order; further settings replace those of the file."""
    write(map_ / "raw" / "gen", begin, eind, teams, *args, **wat)
    settings = load_settings("gen", map_ / "raw")
    check(settings, map_ / "raw", map_ / "processed")
    frame = compute(settings, map_ / "processed", jaren)

    def van(jaar=jaren[-1].jaar, team="alle", **anders):
        return Cijfers(frame, replace(settings, **anders), Periode(jaar), team, map_ / "processed" / "gen")

    return van


@pytest.fixture(scope="module")
def gedekt(tmp_path_factory):
    """Registered from July 2022 to October 2026, and contacten from 2024."""
    return _made(
        tmp_path_factory.mktemp("gedekt"),
        date(2022, 7, 1),
        date(2026, 10, 15),
        ["Noord", "Zuid"],
        8,
        jaren=years_in(range(2021, 2027)),
        contacten_vanaf=date(2024, 1, 1),
        instellingen="[dekking]\nvan = 2022-07-01\ntot = 2026-10-15\n[dekking.contacten]\nvan = 2024-01-01\n",
    )


@pytest.fixture(scope="module")
def veranderd(tmp_path_factory):
    """Four teams that do not differ, of which Zuid is called Zuidrand from 2025 on; from October 2024 more vragen."""
    return _made(
        tmp_path_factory.mktemp("veranderd"),
        date(2024, 1, 1),
        date(2025, 12, 31),
        ["Noord", "Oost", "West", "Zuid"],
        jaren=years_in([2024, 2025]),
        hernoem=("Zuid", "Zuidrand", date(2025, 1, 1)),
        vragen=lambda maand: 7 if maand < date(2024, 10, 1) else 18,
    )


def said(deel):
    """Every word of a part: table, sentences, notes and what the picture shows."""
    cellen = [str(tekst(w)) for rij in (deel.tabel.rijen if deel.tabel else []) for w in rij.waarden]
    noten = [*deel.noten, *(deel.tabel.noten if deel.tabel else [])]
    return " ".join([deel.leeg, *deel.duiding, *noten, deel.alt, *cellen])


def test_a_running_year_is_held_against_the_same_months(gedekt):
    c = gedekt()
    zin = change_words(c, "instroom")
    assert "januari tot en met september" in zin and "dezelfde maanden van 2025" in zin
    deel = c.same_part(("instroom", "totaal", ""))
    assert deel.naam == "januari tot en met september"
    trajecten = pd.read_csv(c.map.parent.parent / "raw" / "gen" / "trajecten.csv", parse_dates=["startdatum"])
    for jaar, cijfer in zip((2026, 2025), deel.cijfers):
        start = trajecten.startdatum
        assert cijfer.teller == ((start.dt.year == jaar) & (start.dt.month <= 9)).sum()
    figuur = make("in_en_uitstroom", c)
    assert {"Heel 2025", "Heel 2026 (deels)"} <= rijen(figuur).keys()
    assert "K4 2026" in rijen(figuur) and any("deels" in str(w) for w in rijen(figuur)["K4 2026"])
    assert any("2026 is maar een deel geregistreerd" in noot for noot in figuur.noten)
    kern = {k.bij: k for k in KERNRIJEN["jaarverslag"].maak(c)}
    assert kern["trajecten begonnen (deels)"].oordeel == zin and not TOEVAL.search(zin)
    assert "an in dezelfde maanden van 2025" in make("caseload", c).duiding[0]
    assert "elijk aan dezelfde maanden van 2025" in make("opgestart", c).duiding[0]
    assert not any(figuur.duiding)  # what is open at the end of the year is not known
    for naam in ("veranderde_aantallen", "jaren_naast_elkaar", "teams_aantallen"):
        deel = make(naam, c)
        assert "telt in beide jaren januari tot en met september." in " ".join(deel.noten), naam
    nu, toen = (c.same_part(("behandelde_casussen", "individueel", "")).cijfers[n].teller for n in (0, 1))
    regel = [str(w) for w in rijen(make("jaren_naast_elkaar", c))["Behandelde casussen: individuele trajecten"]]
    assert regel[:2] == [f"{toen:.0f}", f"{nu:.0f}"] and regel[2].startswith(f"+{nu - toen:.0f}")
    assert [k.bij for k in KERNRIJEN["individueel"].maak(c)] == [
        "trajecten behandeld (deels)",
        "trajecten afgesloten (deels)",
    ]
    for naam in ("zware_trajecten", "verwijzingen"):
        assert change(c, naam, "verwezen" if naam == "verwijzingen" else "totaal").kans is None


def test_a_year_that_is_registered_in_part_is_compared_with_nothing(gedekt):
    assert change(gedekt(2023), "instroom") is None
    assert hindrance(gedekt(2023), "instroom") == "over 2022 is maar een deel geregistreerd"
    c = gedekt(2021)
    assert c.waarde("instroom") is None and make("opgestart", c).leeg.endswith("geen gegevens over 2021.")
    assert not KERNRIJEN["jaarverslag"].maak(c)
    assert hindrance(gedekt(2022), "instroom") == "geen gegevens over 2021"


def test_contacts_that_began_later_make_no_heavier_trajecten(gedekt):
    c = gedekt(2025)
    assert c.get("zware_trajecten_werkelijk", periode=Periode(2024)).dekking == "deels"
    assert change(c, "zware_trajecten_werkelijk") is None and change(c, "zware_trajecten").kans is not None
    assert not TOEVAL.search(" ".join(z for z in make("zwaarte", c).duiding if "getelde" in z))


def test_a_new_team_has_nothing_to_be_held_against(veranderd):
    c = veranderd(team="Zuidrand")
    deel = make("veranderde_aantallen", c)
    assert deel.leeg == "Team Zuidrand telde in 2024 nog niets: het is nieuw en er is niets om mee te vergelijken."
    tabel = make("jaren_naast_elkaar", c)
    assert rijen(tabel)["Behandelde casussen: individuele trajecten"][-1] == "nieuw" and not TOEVAL.search(said(tabel))
    assert (
        rijen(make("jaren_naast_elkaar", veranderd(team="Zuid")))["Opgestarte casussen: individuele trajecten"][-1]
        == "gestopt"
    )


def test_a_renamed_team_keeps_its_past(veranderd):
    c = veranderd(team="Zuidrand", teams_hernoemd=(Hernoemd("Zuid", "Zuidrand", date(2025, 1, 1)),))
    assert c.teams == ["Noord", "Oost", "West", "Zuidrand"]
    toen = veranderd(2024, "Zuid").waarde("instroom")
    assert c.waarde("instroom", periode=Periode(2024)) == toen > 0
    assert change(c, "instroom").nieuw_of_gestopt == "" and change(c, "zware_trajecten").kans is not None


def test_what_is_absent_is_not_nought(tmp_path):
    c = _made(
        tmp_path,
        date(2024, 1, 1),
        date(2025, 12, 31),
        ["Noord", "Zuid"],
        6,
        jaren=years_in([2024, 2025]),
        contacten_vanaf=None,
    )()
    kern = [k.bij for k in KERNRIJEN["clienten_en_casussen"].maak(c)]
    assert kern == ["cliënten"]
    for naam in ("korte_contacten", "casussen", "wachttijd"):
        assert make(naam, c).leeg and "0" not in make(naam, c).leeg


def test_a_step_in_registration_is_found_and_a_known_one_is_no_growth(veranderd):
    gevonden = [k for k in candidates(veranderd()) if "informatie_en_advies" in k.sleutel]
    assert [k.wanneer for k in gevonden] == ["oktober 2024"] and "per maand" in gevonden[0].gezien
    assert "nog te beoordelen" in said(make("mogelijke_breuken", veranderd()))
    breuk = Breuk(
        (
            "informatie_en_advies*",
            "behandelde_casussen: informatie_en_advies",
            "opgestarte_casussen: informatie_en_advies",
        ),
        date(2024, 10, 1),
        "Anders geregistreerd",
    )
    c = veranderd(breuken=(breuk,))
    assert change(c, "informatie_en_advies") is None
    assert hindrance(c, "informatie_en_advies") == "niet te vergelijken met 2024, want anders geregistreerd"
    assert [k for k in candidates(c) if "informatie_en_advies" in k.sleutel] == []
    assert all("nformatie en advies" not in rij.kop for rij in make("veranderde_aantallen", c).tabel.rijen)
    assert "De streep in de grafiek (1 oktober 2024): Anders geregistreerd." in said(make("opgestart", c))


def test_teams_that_do_not_differ_get_one_sentence(veranderd):
    deel = make("teams_naast_elkaar", veranderd())
    assert re.fullmatch(
        r"Geen van de \d+ getoetste cijfers verschilt tussen teams meer dan bij zoveel vergelijkingen te verwachten "
        r"is\.",
        deel.duiding[0],
    )
    assert "▲" not in said(deel).replace("▲ hoger", "") and not TOEVAL.search(" ".join(deel.duiding))
    assert not TOEVAL.search(said(make("teams_aantallen", veranderd())))


def test_many_teams_with_long_names_stand_in_rows_and_stay_apart(tmp_path):
    teams = [f"Organisatie voor welzijn en ondersteuning - {naam}" for naam in "ABCDEFGHIJ"]
    van = _made(tmp_path, date(2024, 1, 1), date(2025, 12, 31), teams, 2, jaren=years_in([2024, 2025]))
    for naam in ("teams_naast_elkaar", "teams_aantallen"):
        deel = make(naam, van())
        assert len(deel.tabel.kolommen) <= 8
        assert {f"Team {team}" for team in teams} <= {rij.kop for rij in deel.tabel.rijen}
    assert len(set(ingekorte(teams, 18))) == len(teams)


def test_the_year_says_why_it_does_not_follow_from_its_quarters(demo_open):
    noten = " ".join(make("zwaarte", demo_open()).noten)
    assert "61,6% in 2019" in noten and "boven dat van elk kwartaal" in noten and "contacten tot dan toe" in noten


def test_a_few_people_with_many_answers_are_a_few_people(demo_open):
    """Noord's mark is of 45 answers of 7 people: too few to be held against the rest."""
    c = demo_open()
    assert c.get("kto_rapportcijfer", team="Noord").noemer == 45
    assert c.som(("kto_rapportcijfer", "totaal", ""), Periode(2019), team="Noord").eenheden == 7
    assert against_rest(c, "kto_rapportcijfer", team="Noord") is None


def test_no_count_is_or_is_not_chance(demo_open):
    """In every part of every chapter: where a verdict stands, it stands beside a share or a mean."""
    for naam in ONDERDELEN:
        deel = make(naam, demo_open())
        woorden = said(deel)
        assert not re.search(
            "niet meer dan toeval|kan toeval zijn|kunnen toeval zijn|intervallen overlappen", woorden
        ), naam
        for rij in deel.tabel.rijen if deel.tabel else ():
            cellen = [str(tekst(w)) for w in rij.waarden]
            if TOEVAL.search(" ".join(cellen)):
                assert re.search(r"\(\d", cellen[0]), (naam, rij.kop)  # its n
        for zin in re.split(r"(?<=\.) ", " ".join(deel.duiding)):
            if "Dat is meer dan toeval" in zin or "niet aantoonbaar" in zin:
                assert re.search("procentpunt|n = |verschil", zin + woorden), (naam, zin)


def test_school_work_that_began_is_new_on_every_page(demo_open):
    c = demo_open()
    assert change(c, "schoolmaatschappelijk_werk").oordeel == "nieuw"
    assert "nieuw, in 2018 nog niets" in make("schoolmaatschappelijk_werk", c).duiding[1]
    assert rijen(make("jaren_naast_elkaar", c))["Schoolmaatschappelijk werk: casussen"][2:] == ["–", "–", "nieuw"]


NIEUW_SYSTEEM = "Een nieuw registratiesysteem"


def broken(c, dag, *indicatoren):
    """``c`` with a break in these indicators."""
    c.settings = replace(c.settings, breuken=(Breuk(indicatoren, dag, NIEUW_SYSTEEM),))
    return c


def drawn(deel):
    """The words in a picture."""
    return [t.get_text().strip() for vlak in deel.teken(BREED).axes for t in vlak.texts]


def drawn_on_sheet(deel):
    """The words beside what is drawn in a picture."""
    return [t.get_text().strip() for t in deel.teken(BREED).texts]


def test_a_break_stands_in_stacked_bars_with_its_reason(demo_open, smwo_open):
    per_kwartaal = make("complexiteit", broken(demo_open(), date(2019, 4, 1), "complexiteit"))
    assert NIEUW_SYSTEEM in drawn(per_kwartaal)
    assert any(f"De streep in de grafiek (1 april 2019): {NIEUW_SYSTEEM}" in noot for noot in per_kwartaal.noten)
    assert "met een breuk" in per_kwartaal.alt and "2018" not in " ".join(per_kwartaal.duiding)
    per_jaar = make("duur", broken(smwo_open(), date(2024, 1, 1), "duur"))
    assert NIEUW_SYSTEEM in drawn(per_jaar) and any("Breuk (1 januari 2024)" in noot for noot in per_jaar.noten)
    assert NIEUW_SYSTEEM not in drawn(make("duur", smwo_open()))


def test_no_table_has_a_difference_across_a_break(demo_open, smwo_open):
    c = broken(demo_open(), date(2019, 1, 1), "verwijzingen", "complexiteit")
    for deel in (
        make("verwijzingen", c),
        make("complexiteit_jaar", c),
        make("groepswerk_activiteiten", smwo_open()),  # SMWO's own break
    ):
        assert deel.tabel.kolommen[-1].kop.startswith("Verschil")
        assert {rij.waarden[-1] for rij in deel.tabel.rijen} == {"–"} and any("Breuk (" in noot for noot in deel.noten)
    zonder = make("verwijzingen", demo_open())
    assert {rij.waarden[-1] for rij in zonder.tabel.rijen} != {"–"} and not any(
        "Breuk" in noot for noot in zonder.noten
    )


def test_a_year_before_that_was_registered_otherwise_says_so_in_large_type(demo_open):
    kern = {k.bij: k.vorig for k in KERNRIJEN["overzicht"].maak(demo_open())}
    assert kern["informatie en advies"] == "2018: 910 (anders geregistreerd)"
    assert kern["individuele trajecten"] == "2018: 473"


def test_on_the_opening_page_only_the_verdict_says_that_it_was_registered_otherwise(demo_open):
    kern = {k.bij: (k.vorig, k.oordeel) for k in KERNRIJEN["jaarverslag"].maak(demo_open())}
    vorig, oordeel = kern["informatie- en adviesvragen"]
    assert vorig == "2018: 910" and oordeel == "niet te vergelijken met 2018"
    vorig, oordeel = kern["van de ZRM-doelen behaald"]
    assert vorig.endswith("2018: 73,3%") and oordeel == "misschien anders geregistreerd dan in 2018"


def test_what_mirrors_another_share_gets_its_verdict_and_counts_once(smwo_open):
    """Three percentage points more with several questions are three fewer with one."""
    c = smwo_open()
    een, meer = (change(c, "samenstelling", naam) for naam in ("enkelvoudig", "meervoudig"))
    assert een.zeker and meer.zeker and een.kans == pytest.approx(meer.kans)
    regels = [kop for kop in rijen(make("jaren_naast_elkaar", c)) if kop.startswith("Samenstelling")]
    assert regels == ["Samenstelling van de casussen: meervoudig"]  # the key figure
    assert next(k for k in KERNRIJEN["jaarverslag"].maak(c) if "meer dan één" in k.bij).zeker


def test_of_two_teams_each_figure_is_one_test(gedekt):
    """What one has more, the other has less."""
    deel = make("teams_naast_elkaar", gedekt(2025))
    getoetst = int(re.search(r"Getoetst zijn (\d+)", " ".join(deel.noten))[1])
    assert 4 < getoetst <= len([rij for rij in deel.tabel.rijen if not rij.nadruk])


def test_one_count_by_several_names_stands_once(demo_open):
    """That 473 became 581 is said once, and so is that 910 and 1.154 are not to be compared."""
    for naam, waarden in (("jaren_naast_elkaar", 2), ("teams_aantallen", 5)):
        tabel = make(naam, demo_open()).tabel
        tellers = [
            tuple(map(str, rij.waarden[:waarden])) for rij in tabel.rijen if re.search(r"\d\d", str(rij.waarden))
        ]
        assert len(set(tellers)) == len(tellers), naam
        assert "Behandelde casussen: individuele trajecten" in [rij.kop for rij in tabel.rijen]


def test_a_share_of_too_few_gets_no_verdict_and_says_so(smwo_open):
    rij = rijen(make("jaren_naast_elkaar", smwo_open()))["Reden van beëindiging: Vanwege overlijden"]
    assert rij[-1] == "te weinig voor een oordeel"


def test_counts_have_no_column_for_a_verdict(demo_open):
    assert [k.kop for k in make("veranderde_aantallen", demo_open()).tabel.kolommen] == ["2018", "2019", "Verschil"]


def test_a_funnel_is_of_loose_records(demo_open, smwo_open):
    """Its limits are those of so many records; of many answers by few people they would be too narrow."""
    deel = make("trechter_teams", smwo_open())
    assert "Tevreden klanten" not in rijen(deel) and "Respons op het klanttevredenheidsonderzoek" in rijen(deel)
    assert any(noot.startswith("Niet in een trechter: tevreden klanten en effect") for noot in deel.noten)
    assert "ZRM-doel behaald" not in rijen(make("trechter_teams", demo_open()))
    assert "Ook als er niets verschilde" in " ".join(make("trechter_teams", demo_open()).duiding)


def test_nothing_is_said_of_leun_en_steun_where_there_is_none(demo_open):
    c = demo_open()
    assert "leun- en steun" in make("netwerk_gevraagd", c).grondslag and not make("leun_en_steun_per_team", c).zwijgt
    lijst = {**c.settings.codelijsten, "trajectsoort": ("individueel",)}
    c.settings = replace(c.settings, codelijsten=lijst, rollen={**c.settings.rollen, "leun_en_steun": ("anders",)})
    assert "leun" not in said(make("netwerk_gevraagd", c)) + make("netwerk_gevraagd", c).grondslag
    assert make("leun_en_steun_per_team", c).zwijgt
    assert "leun" not in c.definities.indicatoren["netwerk_gevraagd"].definition(c.settings)


def test_a_year_is_counted_alike_on_its_last_day_and_a_year_later(tmp_path):
    """What contacten of the year after made a casus is none of the year before: last year does not always win."""
    geteld = []
    for eind in (date(2024, 12, 31), date(2025, 12, 31)):
        van = _made(tmp_path / str(eind.year), date(2024, 1, 1), eind, ["Noord", "Zuid"], jaren=years_in([2024]))
        geteld.append([van().waarde(naam) for naam in ("aanmeldingen", "korte_contacten", "casussen")])
    assert geteld[0] == geteld[1] and all(geteld[0])


def test_the_steps_in_registration_of_de_kop_are_no_growth_on_its_opening_page(demo_open):
    kern = {k.bij: k.oordeel for k in KERNRIJEN["jaarverslag"].maak(demo_open())}
    for bij in ("informatie- en adviesvragen", "collectieve activiteiten"):
        assert kern[bij] == "niet te vergelijken met 2018", bij
    c = demo_open()
    assert change(c, "collectieve_deelnemers") is None and change(c, "informatie_en_advies") is None
    regels = rijen(make("jaren_naast_elkaar", c))
    assert not [kop for kop in regels if kop in ("Vrijwilligerspunt (VIP)", "Vrijwilligerspunt (VIP), totaal")]


def test_a_changed_threshold_stands_among_the_breaks(demo_open, tmp_path):
    c = demo_open()
    c.map = tmp_path
    (tmp_path / "telregels.csv").write_text("wat,waarde,sinds,was\ndrempels.zwaar_meer_dan,8,2026-11-29,5\n", "utf-8")
    rij = rijen(make("mogelijke_breuken", c))["drempels.zwaar_meer_dan"]
    assert rij[:2] == ["29 november 2026", "was 5, is 8"] and "niet te vergelijken met rapporten van daarvoor" in rij[2]


def test_a_kind_that_only_the_library_lists_is_not_mentioned(gedekt):
    """An organisation that listed no kinds of its own, and has no leun- en steuntrajecten."""
    c = gedekt(2025)
    assert "leun" not in said(make("caseload", c)) and make("leun_en_steun_per_team", c).zwijgt


def test_of_a_team_its_questions_are_counted_in_words(demo_open):
    zin = make("informatie_en_advies_per_team", demo_open("Oost")).duiding[-1]
    assert zin.startswith(
        "Het aantal informatie- en adviesvragen van dit team was 472 in 2019; niet te vergelijken met"
    )


def test_the_reason_at_a_break_stays_in_its_own_chart(demo_open):
    """Beside the line where there is room for it, otherwise a few words, and never over the chart beside it."""
    c = broken(demo_open(), date(2019, 4, 1), "zware_trajecten")
    assert NIEUW_SYSTEEM in drawn_on_sheet(make("zwaarte", c))
    lang = "Sinds april 2019 is er een nieuw registratiesysteem, en dat telt elk gesprek"
    c.settings = replace(c.settings, breuken=(Breuk(("zware_trajecten",), date(2019, 4, 1), lang),))
    woorden = drawn_on_sheet(make("zwaarte", c))
    assert "anders geregistreerd" in woorden and lang not in woorden
