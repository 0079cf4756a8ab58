"""A year beside an earlier one: what stands in the figures and the table, and which years can be held together."""

import re

import pytest

from kopanalyse import open_rapport
from kopanalyse.periode import Periode
from kopanalyse.report.charts.style import BREED, SMAL
from kopanalyse.report.charts.svg import svg
from kopanalyse.report.cijfers.compare import TE_WEINIG, change
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.notebook.asked import RapportError
from kopanalyse.report.parts.side_by_side import metingen
from kopanalyse.settings import load_settings
from tests.catalogus import INDICATOREN, make
from tests.report.delen import EENHEDEN, from_frame, rijen, tekst


def test_every_indicator_that_counts_stands_in_it_or_is_pointed_to(demo_open):
    c = demo_open()
    deel = make("jaren_naast_elkaar", c)
    getoond = {m.ind.naam for m in metingen(c, EENHEDEN)}
    telt = {i.naam for i in INDICATOREN.values() if c.heeft(i.naam) and c.telt(i.naam)}
    van_de_kop = {n for n in telt if INDICATOREN[n].hoofdstuk in c.settings.hoofdstukken}
    assert getoond <= van_de_kop < telt and van_de_kop - getoond == {"informele_ondersteuning"}
    alleen_daar = next(noot for noot in deel.noten if noot.startswith("Niet op te tellen, en daarom alleen daar: "))
    assert "vrijwilligersdiensten" in alleen_daar
    weg = {m.naam for m in metingen(c, EENHEDEN)} - set(rijen(deel))  # the same count under a second name
    assert "Behandelde individuele trajecten" in weg and all(
        any(
            r[:2] == ["473", "581"] or r[0] == str(int(c.waarde(*m.sleutel, periode=c.vorig)))
            for r in rijen(deel).values()
        )
        for m in metingen(c, EENHEDEN)
        if m.naam in weg
    )
    koppen = [r.kop for r in deel.tabel.rijen if r.nadruk]
    assert koppen[:2] == ["Casuïstiek in aantallen", "Individuele casussen op inhoud"]
    assert len(koppen) == len(set(koppen))


def test_years_with_their_difference_interval_and_verdict(demo_open):
    waarden = rijen(make("jaren_naast_elkaar", demo_open()))
    assert waarden["Behandelde casussen: individuele trajecten"] == ["473", "581", "+108 (+23%)", "–", "–"]
    assert list(map(tekst, waarden["Respons op het klanttevredenheidsonderzoek"])) == [
        "30,0% (140)",
        "33,0% (176)",
        "+3,0",
        "−7,4 tot 13,0",
        "niet aantoonbaar",
    ]
    assert list(map(tekst, waarden["Contacten per traject"]))[2] == "▲+1,5"


def test_little_is_not_compared(frame, tmp_path):
    c = from_frame(
        frame,
        tmp_path,
        ("kto_respons", "2018", "alle", "totaal", 2, 9),
        ("kto_respons", "2019", "alle", "totaal", 30, 40),
        ("klanten", "2018", "alle", "totaal", 3, None),
        ("klanten", "2019", "alle", "totaal", 5, None),
    )
    deel = make("jaren_naast_elkaar", c)
    assert list(map(tekst, rijen(deel)["Respons op het klanttevredenheidsonderzoek"])) == [
        "22,2% (9)",
        "75,0% (40)",
        "–",
        "–",
        TE_WEINIG,
    ]
    assert rijen(deel)["Klanten met een individueel traject"] == ["3", "5", "–", "–", TE_WEINIG]
    assert not [n for n in deel.noten if n.startswith("Getoetst")]
    assert deel.tabel.noten == ["* Berust op minder dan 10 waarnemingen: te weinig om iets uit af te leiden."]


def test_the_counts_that_changed_stand_from_the_largest_rise_to_the_largest_fall(demo_open):
    c = demo_open()
    deel = make("veranderde_aantallen", c)
    zeker = {
        m.naam: v for m in metingen(c, ("aantal", "uren")) if (v := change(c, *m.sleutel)) and v.procent is not None
    }
    getoond = [rij.kop for rij in deel.tabel.rijen]
    assert set(getoond) < set(zeker) and all(rij.waarden[2][0] in "+−" for rij in deel.tabel.rijen)
    verhouding = [zeker[naam].nu.waarde / zeker[naam].toen.waarde for naam in getoond]
    assert verhouding == sorted(verhouding, reverse=True) and verhouding[0] > 1 > verhouding[-1]
    assert "(van 56 naar 91; +63%)" in deel.duiding[0] and "−82%" in deel.duiding[1]
    assert f"van +63% ({getoond[0]}) tot −82% ({getoond[-1]})." in deel.alt
    for maat in (BREED, SMAL):
        assert {"+63%", "−82%"} <= set(re.findall(">([+−][^<]*)</text>", svg(deel.teken, maat)))


def test_one_count_under_two_names_is_drawn_once_and_a_small_one_not_at_all(frame, tmp_path):
    c = from_frame(
        frame,
        tmp_path,
        *[
            (indicator, jaar, "alle", "totaal", teller, None)
            for indicator, toen, nu in (
                ("netwerkparticipanten", 100, 200),
                ("klanten", 100, 200),
                ("zrm_intake", 9, 90),
                ("inschatting", 300, 200),
            )
            for jaar, teller in (("2018", toen), ("2019", nu))
        ],
    )
    deel = make("veranderde_aantallen", c)
    assert {k: w[:3] for k, w in rijen(deel).items()} == {
        "Klanten met een individueel traject": ["100", "200", "+100 (+100%)"],
        "Behandelde individuele trajecten": ["300", "200", "−100 (−33%)"],
    }
    assert "minstens 10" in deel.noten[0]
    assert "toeval" not in " ".join([*deel.noten, *deel.duiding, deel.alt])


def test_nothing_that_changed_is_said_in_a_sentence(frame, tmp_path):
    c = from_frame(
        frame,
        tmp_path,
        ("klanten", "2018", "alle", "totaal", 100, None),
        ("klanten", "2019", "alle", "totaal", 100, None),
        ("kto_respons", "2018", "alle", "totaal", 20, 40),
        ("kto_respons", "2019", "alle", "totaal", 21, 40),
    )
    assert make("veranderde_aantallen", c).leeg == ("Geen enkel aantal was in 2018 minstens 10 en is in 2019 anders.")
    deel = make("veranderde_aandelen", c)
    assert deel.duiding == [
        "Het ene aandeel verschilt niet meer van 2018 dan bij zoveel vergelijkingen te verwachten is."
    ]
    assert rijen(deel)["Respons op het klanttevredenheidsonderzoek"][2] == "+2,5"


def test_every_share_stands_in_it_with_its_difference_in_procentpunten(demo_open):
    deel = make("veranderde_aandelen", demo_open())
    verschillen = [float(rij.waarden[2].lstrip("▲▼").replace("−", "-").replace(",", ".")) for rij in deel.tabel.rijen]
    assert len(verschillen) > 5 and verschillen == sorted(verschillen, reverse=True)
    assert re.match(r"Geen van de \d+ aandelen verschilt meer van 2018 dan", deel.duiding[0])


@pytest.mark.parametrize("naam", ["veranderde_aantallen", "veranderde_aandelen", "jaren_naast_elkaar"])
def test_the_first_year_has_nothing_to_be_held_against(demo_open, naam):
    assert make(naam, demo_open(jaar=2018)).leeg.endswith(
        "over 2017 zijn er geen cijfers om naast die van 2018 te zetten."
    )


def test_a_year_can_be_held_against_any_earlier_one(frame, tmp_path):
    lang = frame(
        *[
            ("klanten", str(jaar), "alle", "totaal", teller, None)
            for jaar, teller in ((2016, 100), (2018, 150), (2019, 300))
        ]
    )
    settings = load_settings("dekop", tmp_path)
    waarden = {
        vorig: rijen(make("jaren_naast_elkaar", Cijfers(lang, settings, Periode(2019), "alle", tmp_path, vorig)))
        for vorig in (None, Periode(2016))
    }
    assert [w["Klanten met een individueel traject"][:3] for w in waarden.values()] == [
        ["150", "300", "+150 (+100%)"],
        ["100", "300", "+200 (+200%)"],
    ]


@pytest.mark.parametrize("jaar, zin", [(2019, "moet een eerder jaar zijn dan 2019"), (2001, "Over 2001 zijn er geen")])
def test_a_year_that_cannot_be_held_against_is_named(demo_map, monkeypatch, jaar, zin):
    monkeypatch.setenv("KOPANALYSE_RAW", str(demo_map / "raw"))
    monkeypatch.setenv("KOPANALYSE_PROCESSED", str(demo_map / "processed"))
    with pytest.raises(RapportError, match=zin):
        open_rapport("dekop", 2019, vergeleken_met=jaar)
    assert "2018" in repr(open_rapport("dekop", 2019, vergeleken_met="2018").tabel("jaren_naast_elkaar").html)
