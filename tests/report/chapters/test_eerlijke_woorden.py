"""What the words of a report claim, held against what stands beside them: every case was untrue in a demonstration."""

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

import kopanalyse.report.chapters  # noqa: F401 - declares the parts
from kopanalyse.report.cijfers.candidates import candidates
from kopanalyse.report.cijfers.compare import MISSCHIEN, TE_ZELDZAAM, change, hindrance
from kopanalyse.report.notebook.output import notes_html
from kopanalyse.report.parts.side_by_side import AANTALLEN, NIET_OPTELLEN
from kopanalyse.settings import Breuk
from tests.catalogus import INDICATOREN, KERNRIJEN, ONDERDELEN, make
from tests.report.chapters.test_eerlijk import said
from tests.report.delen import rijen


def words(deel):
    """What a part says in sentences."""
    return " ".join([*deel.duiding, *deel.noten])


def bounds(tekst):
    """The two ends of an interval as it is written."""
    return [float(deel.strip("%").replace("−", "-").replace(",", ".")) for deel in tekst.split(" tot ")]


# 1. A total is named by what it counts


def test_a_total_is_named_by_its_population(demo_open):
    """593 became 709 that were asked; 666 and 751 are all trajecten, asked or not."""
    tabel = rijen(make("jaren_naast_elkaar", demo_open()))
    assert tabel["Behandelde individuele en leun- en steuntrajecten"][:2] == ["666", "751"]
    assert tabel["Uitnodigingen voor het klanttevredenheidsonderzoek"][:2] == ["290", "348"]
    for naam in ("jaren_naast_elkaar", "veranderde_aantallen", "teams_aantallen"):
        assert not [kop for kop in rijen(make(naam, demo_open())) if "totaal" in kop or kop == "Netwerk gevraagd"]


def test_every_count_with_categories_says_what_all_of_them_are():
    zonder = [
        ind.naam
        for ind in INDICATOREN.values()
        if ind.eenheid in AANTALLEN and ind.totaal and (ind.categorie or ind.paren) and not ind.geheel
    ]
    assert set(zonder) <= {*NIET_OPTELLEN, "informele_ondersteuning"}


# 2. What was not there is no nought


def test_what_is_new_was_not_nought_before(demo_open):
    regel = rijen(make("jaren_naast_elkaar", demo_open()))["Schoolmaatschappelijk werk: casussen"]
    assert regel == ["–", "43", "–", "–", "nieuw"]
    school = rijen(make("schoolmaatschappelijk_werk", demo_open()))
    assert school["Totaal"] == [None, 43] and school["VSO"][0] is None


def test_what_nobody_registers_is_not_counted_as_nought(demo_open):
    noten = make("opgestart", demo_open()).noten
    assert "Niet getoond, want in 2018 en 2019 niet geregistreerd: presentie." in noten


# 3. What is written alike is equal: in the sentences, tests/report/parts; here on pages


def test_an_index_is_not_higher_than_what_looks_the_same(demo_open, smwo_open):
    for c in (demo_open(), demo_open("Oost"), demo_open("Zuid"), smwo_open(), smwo_open("Goes")):
        for kern in KERNRIJEN["jaarverslag"].maak(c):
            toen = re.search(rf"{c.vorig}: ([\d.,]+%?)", kern.vorig)
            if re.search("even hoog|evenveel", kern.oordeel):
                assert toen[1] == kern.waarde and "aantoonbaar" not in kern.oordeel, kern
            elif " dan in " in kern.oordeel and MISSCHIEN not in kern.oordeel:
                assert toen[1] != kern.waarde, kern
        assert "vrijwel" not in " ".join(words(make(naam, c)) for naam in ONDERDELEN)


def test_marks_that_are_only_written_alike_are_equal_when_rounded(demo_open):
    assert make("rapportcijfers", demo_open()).duiding[0] == (
        "Afgerond gelijk aan 2018: 6 cijfers. Bij ‘wat de hulp heeft opgeleverd’ is een verschil met 2018 niet "
        "aantoonbaar."
    )


# 4. What may be a break is not sold as a difference, on any page


def test_what_may_be_a_break_is_compared_nowhere(demo_open):
    """35 unknown in 2018, none in 2019."""
    assert {k.indicator for k in candidates(demo_open())} == {"netwerk_gevraagd", "zrm_volledig"}
    for team in ("alle", "Zuid"):
        c = demo_open(team)
        for naam, soort in (
            ("netwerk_gevraagd", "gevraagd"),
            ("reden_geen_netwerk", "totaal"),
            ("zrm_volledig", "totaal"),
        ):
            assert hindrance(c, naam, soort) == f"{MISSCHIEN} dan in 2018" and change(c, naam, soort) is None
        assert change(c, "netwerk_gevraagd") is not None  # all trajecten are as many as they were
        tabel = rijen(make("jaren_naast_elkaar", c))
        for kop in ("Trajecten waarin het netwerk niet gevraagd is", "ZRM volledig ingevuld"):
            if kop in tabel and tabel[kop][-1] != "te weinig om te vergelijken":
                assert tabel[kop][2:] == ["–", "–", MISSCHIEN]
    deel = make("reden_geen_netwerk", demo_open())
    assert "4 meer" not in said(deel) and MISSCHIEN in deel.duiding[-1]
    noten = [noot for noot in make("netwerk_gevraagd", demo_open()).noten if MISSCHIEN in noot]
    assert noten == [
        f"Dit is in 2019 {MISSCHIEN} dan in 2018 (netwerk gevraagd onbekend van 5,3% naar 0,0%). Tot dat beoordeeld "
        "is, staat er geen vergelijking."
    ]
    assert "data-vergelijken" in notes_html(noten)
    assert MISSCHIEN not in said(make("opgestart", demo_open()))
    kern = {k.bij: k for k in KERNRIJEN["jaarverslag"].maak(demo_open())}
    assert kern["van de ZRM-doelen behaald"].oordeel == f"{MISSCHIEN} dan in 2018"
    assert f"({MISSCHIEN})" in KERNRIJEN["netwerk"].maak(demo_open())[1].vorig


def test_a_difference_across_what_may_be_a_break_stands_in_no_table(demo_open):
    c = demo_open()
    c.frame = c.frame.copy()  # in which the way in was unknown more often in 2018
    waar = (c.frame.indicator == "verwijzingen") & (c.frame.categorie == "onbekend") & (c.frame.periode == "2018")
    c.frame.loc[waar & (c.frame.team == "alle"), "teller"] = 40.0
    deel = make("verwijzingen", c)
    assert {rij.waarden[-1] for rij in deel.tabel.rijen} == {"–"} and MISSCHIEN in deel.duiding[-1]


def test_an_analyst_who_says_that_it_is_no_break_gets_the_comparison(demo_open):
    c = demo_open()
    geen = Breuk(("netwerk_gevraagd", "zrm_volledig"), date(2019, 1, 1), "Er wordt vaker doorgevraagd")
    c.settings = replace(c.settings, geen_breuken=(geen,))
    assert candidates(c) == [] and change(c, "reden_geen_netwerk").verschil == 4
    regel = rijen(make("mogelijke_breuken", c))["Netwerk gevraagd; ZRM volledig ingevuld"]
    assert regel == ["1 januari 2019", "Er wordt vaker doorgevraagd", "beoordeeld: geen breuk"]


# 5. Why the year is not between its quarters


def test_who_was_closed_before_the_last_quarter_is_counted_in_the_registration(demo_open):
    c = demo_open()
    t, contacten = (pd.read_parquet(c.map / "checked" / f"{naam}.parquet") for naam in ("trajecten", "contacten"))
    start, eind = pd.to_datetime(t.startdatum), pd.to_datetime(t.einddatum)
    t = t[(t.trajectsoort == "individueel") & (start <= "2019-12-31") & ~(eind < "2019-01-01")]
    tot = contacten[pd.to_datetime(contacten.datum) <= "2019-12-31"].groupby("traject_id").size()
    zwaar = t.traject_id.map(tot).fillna(0) > c.settings.drempels.zwaar_meer_dan
    eerder = pd.to_datetime(t.einddatum) < "2019-10-01"
    assert (len(t), eerder.sum(), zwaar[eerder].sum(), zwaar[~eerder].sum()) == (581, 270, 181, 177)
    (noot,) = [noot for noot in make("zwaarte", c).noten if "ligt boven dat van elk kwartaal" in noot]
    assert noot.endswith(
        "van de 270 trajecten die vóór het vierde kwartaal van 2019 afgesloten zijn, is 67,0% zwaar, van de 311 die "
        "toen nog liepen of begonnen 56,9%."
    )
    assert "alleen de contacten tot dan toe" in noot


# 6. What contacten are counted


@pytest.mark.parametrize("naam", ["zwaarte", "contacten", "inschatting", "jaren_naast_elkaar", "teams_naast_elkaar"])
def test_contacten_of_earlier_years_are_told_where_they_count(demo_open, naam):
    assert "van eerdere jaren" in " ".join(make(naam, demo_open()).noten)


def test_an_estimate_of_talks_is_not_held_against_all_contacten_without_saying_so(demo_open):
    deel = make("inschatting", demo_open())
    assert "werden er 268 (55,6%) zwaar" in words(deel) and "Geschat zijn gesprekken, geteld alle contacten" in words(
        deel
    )


# 7. An interval that leaves out 0, beside niet aantoonbaar


def test_an_interval_without_nought_beside_niet_aantoonbaar_is_explained(demo_open, smwo_open):
    for c in (demo_open(), demo_open("Oost"), smwo_open()):
        for naam in ("veranderde_aandelen", "jaren_naast_elkaar", "teams_aandelen", "teams_gemiddelden"):
            deel = make(naam, c)
            naast = [
                rij.kop
                for rij in (deel.tabel.rijen if deel.tabel else ())
                if str(rij.waarden[-1]) == "niet aantoonbaar"
                for laag, hoog in [bounds(str(rij.waarden[-2]))]
                if laag > 0 or hoog < 0
            ]
            noten = [noot for noot in deel.noten if noot.startswith("Soms ligt 0 buiten het interval")]
            assert len(noten) == 1 if naast else len(noten) <= 1, (naam, c.team)
            assert not noten or "data-vergelijken" in notes_html(noten)


# 8. Highest and lowest are carried by the data


def test_an_alt_text_names_no_highest_of_a_few(demo_open):
    """Justitie in Oost: 100% of a handful."""
    for naam in ("zrm_doel_behaald", "zrm_groei"):
        deel = make(naam, demo_open("Oost"))
        klein = [rij.kop for rij in deel.tabel.rijen if 0 < rij.waarden[1] < 10]
        assert klein and not any(f"({kop})" in deel.alt for kop in klein)
    kaart = make("kernen", demo_open())
    klein = [rij.kop for rij in kaart.tabel.rijen if rij.waarden[1] < 10]
    assert klein and not any(kop in kaart.alt.partition("per 1.000")[2] for kop in klein)


# 9. Rates, counts, lists and names


def test_a_team_has_no_rate_per_inhabitant(demo_open):
    deel = make("kernen", demo_open("Oost"))
    assert "1.000" not in said(deel) and [k.kop for k in deel.tabel.kolommen] == ["2018", "2019"]
    assert "1.000" not in " ".join(rijen(make("jaren_naast_elkaar", demo_open("Oost"))))
    assert "13,5 in 2019" in words(make("kernen", demo_open()))


def test_what_is_new_is_not_higher_and_the_figures_add_up(demo_open, smwo_open):
    for c in (demo_open(), demo_open("Zuid"), smwo_open()):
        deel = make("jaren_naast_elkaar", c)
        zin = deel.duiding[0]
        getallen = [
            int(n)
            for deel_van in (
                r"Van de (\d+) aantal",
                r"Nieuw: (\d+)",
                r"(\d+) aandel?en? ",
                r"(\d+) gemiddelden? ",
                r"Niet getoetst: (\d+)",
                r"Niet vergeleken: (\d+)",
            )
            for n in re.findall(deel_van, zin)
        ]
        assert sum(getallen) == len([rij for rij in deel.tabel.rijen if not rij.nadruk]), zin
    assert "Nieuw: 2 aantallen." in make("jaren_naast_elkaar", demo_open()).duiding[0]


def test_a_table_of_villages_has_those_of_either_year(demo_open):
    """One traject in Kalenberg in 2018 and none in 2019: the table said that it names them all."""
    assert rijen(make("kernen_financieel", demo_open()))["Kalenberg"][:2] == [1, 0]


def test_the_largest_fall_is_told(smwo_open):
    assert "casussen (van 1.558 naar 1.312)" in make("clienten_per_team", smwo_open()).duiding[0]


def test_breaks_are_listed_by_titles(demo_open, smwo_open):
    for c in (demo_open(), smwo_open()):
        koppen = " ".join(rijen(make("mogelijke_breuken", c)))
        assert "_" not in koppen and "*" not in koppen and koppen
    assert "Behandelde casussen: informatie en advies" in " ".join(rijen(make("mogelijke_breuken", demo_open())))


# 10. Breaks of groepswerk, words and numbers


def test_deelnemers_of_groepswerk_are_not_compared_over_its_break(smwo_open):
    deel = make("groepswerk_deelnemers", smwo_open())
    assert {rij.waarden[-1] for rij in deel.tabel.rijen} == {"–"} and any("Breuk (" in noot for noot in deel.noten)
    assert change(smwo_open(), "groepswerk_deelnemers", "totaal", "totaal") is None


def test_contacten_per_traject_are_called_so(smwo_open):
    koppen = list(rijen(make("jaren_naast_elkaar", smwo_open())))
    assert "Aantal contacten per traject: 0-3" in koppen and not [kop for kop in koppen if "per casus" in kop]


def test_the_number_of_tested_figures_is_that_of_the_table(demo_open, smwo_open):
    for c in (demo_open(), demo_open("Oost"), smwo_open()):
        deel = make("teams_naast_elkaar", c)
        aantal = int(re.match(r"(?:Geen v|V)an de (\d+) getoetste cijfers", deel.duiding[0])[1])
        assert aantal <= len([rij for rij in deel.tabel.rijen if not rij.nadruk])
    assert (
        make("teams_naast_elkaar", demo_open())
        .duiding[0]
        .endswith("Ook getoetst zijn 7 losse vragen aan klanten: daarvan verschilt er geen.")
    )


def test_no_sentence_has_a_colon_after_a_colon(demo_open, smwo_open):
    for c in (demo_open(), demo_open("Oost"), smwo_open(), smwo_open("Goes")):
        for naam in ONDERDELEN:
            for zin in re.split(r"(?<=[.;]) ", re.sub(r"\([^)]*\)", "", " ".join(make(naam, c).duiding))):
                assert zin.count(": ") < 2, (naam, zin)
                assert "evenveel dan" not in zin and "even hoog dan" not in zin


def test_a_name_keeps_its_capitals_within_a_sentence(smwo_open):
    alles = " ".join(said(make(naam, smwo_open())) for naam in ONDERDELEN)
    assert "sociaal Juridische" not in alles and "Sociaal Juridische Dienstverlening" in alles
    assert "gematched" not in alles


# 11. Why a share is not judged


def test_a_share_of_enough_that_hardly_occurs_has_its_own_reason(demo_open):
    """Six of 751 trajecten and none of 666: the base is not too little, and that is what it said."""
    c = demo_open()
    assert c.get("contacten_per_casus", "51-100").noemer == 751
    assert hindrance(c, "contacten_per_casus", "51-100") == TE_ZELDZAAM


def test_a_long_list_is_not_called_something_that_does_not_add_up(smwo_open):
    (noot,) = [n for n in make("jaren_naast_elkaar", smwo_open()).noten if "hulpvragen van casussen" in n]
    assert noot.startswith("Een lijst van meer dan 6 die niet één voor één getoetst worden")
