"""A table that loses much is said loudly; what is strange about whole tables is noted; and no key is ever shown."""

from datetime import date

import pytest

from kopanalyse.checked.causes import Oorzaak, example
from kopanalyse.checked.near import told_apart, visible
from kopanalyse.cli import main
from tests.checked.controle import run

TRAJECTEN = "traject_id,klant_id,team,trajectsoort,startdatum,einddatum\n"


def contacten(datums):
    return "contact_id,traject_id,datum\n" + "".join(f"C{nummer},T1,{datum}\n" for nummer, datum in enumerate(datums))


def test_a_line_per_table_and_column_with_count_and_example(tmp_path):
    uit = run(
        tmp_path,
        {
            "contacten": contacten(["31/12/2019"] * 3 + ["", "2020-05-30"]),
            "klanten": "klant_id\n" + "\n".join(map(str, range(100))),
        },
    )
    assert uit.controle.verlies == (
        "contacten.datum: 3 van 5 onleesbaar, bijvoorbeeld '31/12/2019'",
        "contacten.datum: 1 van 5 leeg",
    )
    assert uit.controle.te_veel == ("contacten",)


@pytest.mark.parametrize("dubbel, gemeld, te_veel", [(1, False, False), (2, True, False), (9, True, False)])
def test_how_much_is_much(tmp_path, dubbel, gemeld, te_veel):
    sleutels = [f"K{nummer}" for nummer in range(20 - dubbel)] + ["K0"] * dubbel
    uit = run(tmp_path, {"klanten": "klant_id\n" + "\n".join(sleutels)})
    assert uit.controle.verlies == ((f"klanten.klant_id: {dubbel} van 20 letterlijk dubbel",) if gemeld else ())
    assert uit.controle.te_veel == (("klanten",) if te_veel else ())


@pytest.mark.parametrize("tegenstrijdig, te_veel", [(5, ()), (6, ("klanten",))])
def test_what_stops_the_run_is_what_is_lost_and_no_copy_or_total(tmp_path, tegenstrijdig, te_veel):
    rijen = [
        "K0,",
        "K0,",
        "K0,",
        "Totaal,",
        *(f"K{nummer}," for nummer in range(1, 17 - tegenstrijdig)),
        *["K0,Dorp"] * tegenstrijdig,
    ]
    uit = run(tmp_path, {"klanten": "klant_id,kern\n" + "\n".join(rijen)})
    assert uit.inlezen["klanten"] == (20, 17 - tegenstrijdig, 3 + tegenstrijdig)
    assert uit.controle.te_veel == te_veel
    assert "klanten.klant_id: 1 van 20 een totaalregel, bijvoorbeeld 'Totaal'" in uit.controle.verlies


@pytest.mark.parametrize("opdracht", ["check", "compute"])
def test_a_table_that_is_lost_stops_the_run_unless_toch(opdracht, tmp_path, capsys):
    run(
        tmp_path,
        {
            "klanten": "klant_id\n17\n18\n",
            "trajecten": TRAJECTEN
            + "T1,17.0,Oost,individueel,2019-01-01,\nT2,018,Oost,individueel,2019-01-01,\n"
            + "T3,18,Oost,individueel,2019-01-01,\n",
        },
    )
    jaar = ["--jaar", "2019"] if opdracht == "compute" else []
    aanroep = [
        opdracht,
        *jaar,
        "--organisatie",
        "test",
        "--raw",
        str(tmp_path / "raw"),
        "--processed",
        str(tmp_path / "p"),
    ]
    assert main(aanroep) == 1
    fout = capsys.readouterr().err
    assert "trajecten.klant_id: 2 verwijzingen passen nergens in klanten" in fout
    assert "1 keer verschilt alleen de .0 aan het eind, 1 keer verschilt alleen de voorloopnul" in fout
    assert "trajecten.klant_id: 2 van 3 zonder rij om naar te verwijzen\n" in fout
    assert "Van trajecten staat meer dan 25 procent in quarantaine" in fout and "--toch" in fout
    assert "17" not in fout and "018" not in fout  # whose key it is stays inside bevindingen
    assert (tmp_path / "p" / "test" / "bevindingen.csv").exists()
    assert (tmp_path / "p" / "test" / "cijfers.csv").exists() is False
    assert main([*aanroep, "--toch"]) == 0
    assert (tmp_path / "p" / "test" / "cijfers.csv").exists() is (opdracht == "compute")


def test_the_bound_is_a_setting(tmp_path):
    klanten = {"klanten": 'klant_id\n1\n""\n'}
    assert run(tmp_path, klanten, "[controle]\nquarantaine_stop = 0.5\n").controle.te_veel == ()
    uit = run(tmp_path, klanten, "[controle]\nquarantaine_stop = 0\nquarantaine_gemeld = 1\n")
    assert (uit.controle.te_veel, uit.controle.verlies) == (("klanten",), ())


@pytest.mark.parametrize(
    "kolom, waarde, aantal, getoond",
    [
        ("datum", "31/12/2019", 1, "31/12/2019"),
        ("datum", "gisteren", 1, "gisteren"),
        ("datum", "#N/A", 1, "#N/A"),
        ("datum", "Jan Jansen", 1, "Xxx Xxxxxx"),
        ("datum", "K1023", 1, "X9999"),
        ("datum", "1023", 1, "9999"),
        ("datum", "K1023", 10, "X9999"),
        ("traject_id", "K1023", 99, ""),
        ("contact_id", "1", 99, ""),
        ("datum", " ", 3, ""),
    ],
)
def test_an_example_is_never_the_key_or_name_of_anyone(kolom, waarde, aantal, getoond):
    oorzaak = Oorzaak("fout", "contacten", kolom, "onleesbaar", "X9999", waarde, "", aantal, (2,))
    assert example(oorzaak) == getoond.replace("X", "x")
    if waarde == "1023":
        assert example(Oorzaak("fout", "contacten", kolom, "kto_waarde", waarde, waarde, "", 10, (2,))) == "1023"


# Whole tables


def test_teams_that_look_the_same(tmp_path):
    teams = ["Team Oost", "Team\u00a0Oost", "Team  Oost", "team oost", "West"]
    uit = run(
        tmp_path,
        {
            "trajecten": TRAJECTEN
            + "".join(f"T{nummer},{nummer},{team},individueel,2020-05-30,\n" for nummer, team in enumerate(teams))
        },
        'teams = ["Team Oost", "West"]\n',
    )
    over = [notitie for notitie in uit.controle.notities if notitie.startswith("team ")]
    assert any(
        notitie.startswith(
            "team 'Team[2 spaties]Oost' (trajecten 1 keer) lijkt op 'Team Oost': alleen spaties verschillen."
        )
        for notitie in over
    )
    assert any(
        notitie.startswith("team 'team oost' (trajecten 1 keer) lijkt op 'Team Oost': alleen hoofdletters verschillen.")
        for notitie in over
    )
    assert not any("West" in notitie for notitie in over)
    assert 'team = { "team oost" = "Team Oost" }' in " ".join(over)


VREEMD = ["Subtotaal", "TOTAAL:", "Totaal gemeente", "Grand Total", "gemiddelde", "Aantal: 2", "2 rijen", "(3 records)"]


@pytest.mark.parametrize("sleutel", [*VREEMD, "Einde rapport", "Afgedrukt op 1-1-2020", "klant_id"])
def test_a_key_that_looks_like_no_record_is_named(tmp_path, sleutel):
    uit = run(tmp_path, {"klanten": f"klant_id,geslacht\nK1,man\n{sleutel},\n"})
    (notitie,) = (n for n in uit.controle.notities if n.startswith("in klanten.klant_id"))
    assert f"'{sleutel}' (1 keer)" in notitie and uit.inlezen["klanten"] == (2, 2, 0)


@pytest.mark.parametrize(
    "naam", ["Sommelsdijk", "Totaalvoetbal", "2019-17", "17", "Bronbeek", "Eindhoven", "Aantallen"]
)
def test_a_name_is_no_total(tmp_path, naam):
    bestanden = {"kernen": f"kern\n{naam}\n", "klanten": f"klant_id\n{naam}\n"}
    assert not [n for n in run(tmp_path, bestanden).controle.notities if n.startswith("in ")]


def test_a_total_among_categories_is_named(tmp_path):
    uit = run(
        tmp_path,
        {
            "productie_uren": "maand,functie,uren\n2019-01-01,werker,10\n2019-01-01,Totaal,10\n2019-02-01,Totaal,3\n",
            "informele_ondersteuning": "jaar,onderdeel,maat,aantal\n2019,Op Stap,vragen,3\n2019,Eindtotaal,vragen,3\n",
            "trajecten": "traject_id,klant_id,trajectsoort,startdatum\nTotaal 3,K1,individueel,2020-05-30\n",
        },
    )
    over = [n.partition(":")[0] for n in uit.controle.notities if n.startswith("in ")]
    assert sorted(over) == [
        "in informele_ondersteuning.onderdeel staat 'Eindtotaal' (1 keer)",
        "in productie_uren.functie staat 'Totaal' (2 keer)",
    ]


@pytest.mark.parametrize(
    "een, ander, verschil",
    [
        ("Oost", "oost", "hoofdletters"),
        ("Team Oost", "Team\u00a0Oost", "spaties"),
        ("Oost", "Oo\u00adst", "onzichtbare tekens"),
        ("Team Oost", "team  oost", "hoofdletters en spaties"),
        ("Zuid-Belgi\u00eb", "Zuid-Belgie\u0308", "de manier waarop"),
        ("Oost", "West", None),
        ("Oost", "Oost", None),
    ],
)
def test_what_differs_between_names(een, ander, verschil):
    gevonden = told_apart(een, ["Noord", ander])
    assert gevonden is None if verschil is None else (gevonden[0] == ander and gevonden[1].startswith(verschil))


def test_what_the_eye_cannot_see_gets_a_name():
    assert visible(" a  b\u00a0c\u200bd e ") == "[spatie]a[2 spaties]b[U+00A0]c[U+200B]d e[spatie]"


@pytest.mark.parametrize("eerste, gemeld", [("2018-01-31", False), ("2018-02-27", False), ("2018-02-28", True)])
def test_a_table_that_begins_long_after_its_parent(tmp_path, eerste, gemeld):
    uit = run(
        tmp_path,
        {
            "trajecten": TRAJECTEN + "T1,1,,individueel,2018-01-31,\nT2,2,,individueel,2020-05-30,\n",
            "contacten": contacten(["1900-01-01", eerste, "2030-01-01"]),
        },
    )
    over = [notitie for notitie in uit.controle.notities if "contacten begint" in notitie]
    assert over == (
        [
            f"contacten begint op {eerste}, trajecten op 2018-01-31. Is contacten van daarvoor niet geregistreerd, zet "
            f"dan onder [dekking.contacten] van = {eerste} in organisatie.toml; anders ontbreken er rijen in de "
            "export."
        ]
        if gemeld
        else []
    )


@pytest.mark.parametrize("vandaag, gemeld", [(date(2020, 6, 29), False), (date(2020, 6, 30), True)])
def test_no_start_in_the_last_month(tmp_path, vandaag, gemeld):
    uit = run(
        tmp_path,
        {"trajecten": TRAJECTEN + "T1,1,,individueel,2020-05-30,\nT2,2,,individueel,2030-01-01,\n"},
        vandaag=vandaag,
    )
    over = [notitie for notitie in uit.controle.notities if "laatste traject" in notitie]
    assert bool(over) is gemeld
    assert not gemeld or (
        "begint op 2020-05-30, een maand of meer voor de dag van de controle (2020-06-30)" in over[0]
        and "onder [dekking] tot = 2020-05-30" in over[0]
    )


def test_what_the_organisation_says_that_it_covers(tmp_path, monkeypatch):
    trajecten = TRAJECTEN + "T1,1,,individueel,2018-01-31,\nT2,2,,individueel,2019-12-15,\n"
    bestanden = {"trajecten": trajecten, "contacten": contacten(["2019-01-01"])}
    assert len(run(tmp_path, bestanden).controle.notities) == 3  # klanten are not there
    monkeypatch.setattr("kopanalyse.checked.tables.covered", lambda _: ["contacten"])
    monkeypatch.setattr("kopanalyse.checked.tables.covered_until", lambda _: date(2019, 12, 31))
    assert len(run(tmp_path, bestanden).controle.notities) == 1
    monkeypatch.setattr("kopanalyse.checked.tables.covered_until", lambda _: date(2020, 1, 31))
    assert "een maand of meer voor 2020-01-31, tot wanneer" in run(tmp_path, bestanden).controle.notities[-1]
