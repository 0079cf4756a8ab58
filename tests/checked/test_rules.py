"""Every rule: where it is broken, what the clean table keeps, and what the sentence says."""

import re
from datetime import date

import pytest

from kopanalyse.raw.schema import TABELLEN
from tests.checked.controle import run

FOUT, WAARSCHUWING = "fout", "waarschuwing"
TRAJECTEN = "traject_id,klant_id,trajectsoort,startdatum,einddatum\n"
T1 = TRAJECTEN + "T1,1,individueel,2019-01-01,2019-12-31\n"
ZRM = "traject_id,moment,datum,domein,score,doelscore,hoofddomein,zrm_versie\n"


def test_a_clean_row_has_every_column_with_its_type(tmp_path):
    uit = run(
        tmp_path,
        {
            "klanten": "klant_id\n1\n",
            "trajecten": (
                "traject_id;klant_id;team;trajectsoort;dienstverlening;aanmelddatum;startdatum;einddatum;"
                "geschat_aantal_gesprekken;netwerk_gevraagd;onafhankelijke_clientondersteuning\n"
                " 0017 ;1; Oost ;individueel;casus;31-12-2018;2019-01-01;;3,0;JA;0\n"
            ),
        },
    )
    assert uit.clean("trajecten") == [
        {
            "traject_id": "0017",
            "klant_id": "1",
            "team": "Oost",
            "trajectsoort": "individueel",
            "dienstverlening": "casus",
            "aanmelddatum": date(2018, 12, 31),
            "startdatum": date(2019, 1, 1),
            "geschat_aantal_gesprekken": 3,
            "netwerk_gevraagd": True,
            "onafhankelijke_clientondersteuning": False,
        }
    ]
    assert uit.bevindingen == []
    assert uit.inlezen == {"klanten": (1, 1, 0), "trajecten": (1, 1, 0)}


def check_values(map_, tabel, begin, kolom, gevallen):
    """Check one row per text of ``gevallen`` in ``kolom``: its value, or None for one that cannot be read."""
    rijen = "".join(f'"{nummer}";{begin}"{tekst}"\n' for nummer, tekst in enumerate(gevallen))
    uit = run(map_, {tabel.naam: f"{tabel.sleutel};{begin and 'datum;'}{kolom}\n{rijen}"})
    assert dict(zip(gevallen, (rij.get(kolom) for rij in uit.clean(tabel.naam)))) == gevallen
    assert [(b["sleutel"], b["kolom"], b["regel"], b["gewicht"]) for b in uit.bevindingen] == [
        (str(nummer), kolom, "onleesbaar_telt_als_leeg", WAARSCHUWING)
        for nummer, waarde in enumerate(gevallen.values())
        if waarde is None
    ]


def test_dates(tmp_path):
    check_values(
        tmp_path,
        TABELLEN["klanten"],
        "",
        "geboortedatum",
        {
            "2019-03-31": date(2019, 3, 31),
            "31-03-2019": date(2019, 3, 31),
            "29-02-2016": date(2016, 2, 29),
            "31-3-2019": date(2019, 3, 31),
            "1-3-2019": date(2019, 3, 1),
            "2019-03-31 00:00:00": date(2019, 3, 31),
            "2019-03-31T09:30": date(2019, 3, 31),
            "31-03-2019 9:30:15.25": date(2019, 3, 31),
            **dict.fromkeys(
                [
                    "2019-02-29",
                    "2019-3-31",
                    "2019-03-31 24:00",
                    "2019-03-31T09:30Z",
                    "2019-03-31 09:30+02:00",
                    "31/03/2019",
                    "03-31-2019",
                    "20190331",
                    "43555",
                    "nan",
                    "0000-01-01",
                    "01-01-0000",
                    "12019-01-01",
                    "2019-03-31\n2019-03-31",
                ]
            ),
        },
    )


def test_whole_numbers(tmp_path):
    check_values(
        tmp_path,
        TABELLEN["kernen"],
        "",
        "inwoners",
        {
            "0": 0,
            "17": 17,
            "0017": 17,
            "3.0": 3,
            "3,00": 3,
            " 5\n": 5,
            f"{2**63 - 1}": 2**63 - 1,
            **dict.fromkeys(["-1", "+1", "3.5", "1e5", "1.305.0", "3.", "NA", "٣", "1 000", f"{2**63}", "9" * 400]),
        },
    )


def test_decimals(tmp_path):
    check_values(
        tmp_path,
        TABELLEN["kernen"],
        "",
        "breedtegraad",
        {
            "52.7": 52.7,
            "52,7": 52.7,
            "-6": -6.0,
            "007.50": 7.5,
            "0": 0.0,
            **dict.fromkeys(["1e5", ".5", "5,", "1.305,2", "inf", "nan", "+1", "--1", "9" * 400]),
        },
    )


def test_booleans(tmp_path):
    check_values(
        tmp_path,
        TABELLEN["informatie_en_advies"],
        "2019-01-01;",
        "direct_doorverwezen",
        {
            "ja": True,
            "True": True,
            "1": True,
            "NEE": False,
            "false": False,
            "0": False,
            "j": True,
            "N": False,
            "waar": True,
            "Onwaar": False,
            **dict.fromkeys(["y", "1.0", "onbekend", "NA"]),
        },
    )


def test_only_empty_is_missing(tmp_path):
    teksten = ["NA", "nan", "null", "None", "=1+1", "Totaal 1", "x" * 50_000]
    rijen = "".join(f"{tekst},1,individueel,2019-01-01,\u00a0{tekst}\u2003,\u3000\n" for tekst in teksten)
    uit = run(tmp_path, {"trajecten": f"traject_id,klant_id,trajectsoort,startdatum,team,verwijzer\n{rijen}"})
    assert [(rij["traject_id"], rij["team"], rij.get("verwijzer")) for rij in uit.clean("trajecten")] == [
        (tekst, tekst, None) for tekst in teksten
    ]
    assert uit.bevindingen == []


# Fouten


def test_a_required_value_that_is_empty(tmp_path):
    uit = run(tmp_path, {"informatie_en_advies": "vraag_id,datum\n1,  \n,2019-01-01\n,\n"})
    assert uit.found() == [
        (2, "datum", "verplicht_leeg", FOUT),
        (3, "vraag_id", "verplicht_leeg", FOUT),
        (4, "datum", "verplicht_leeg", FOUT),
        (4, "vraag_id", "verplicht_leeg", FOUT),
    ]
    assert uit.bevindingen[0] == {
        "tabel": "informatie_en_advies",
        "bestand": "informatie_en_advies.csv",
        "regelnummer": "2",
        "sleutel": "1",
        "kolom": "datum",
        "waarde": "  ",
        "regel": "verplicht_leeg",
        "gewicht": FOUT,
        "melding": "De kolom datum is verplicht, maar hier leeg; verwacht wordt een bestaande datum zoals 2019-03-31 "
        "of 31-03-2019, zonder tijdzone. De rij staat in quarantaine tot dit hersteld is. Let op "
        "wat niet te zien is: ⟨spatie⟩⟨spatie⟩.",
    }
    assert uit.inlezen["informatie_en_advies"] == (3, 0, 3)


def test_a_required_value_that_cannot_be_read(tmp_path):
    uit = run(
        tmp_path,
        {
            "productie_uren": "maand,functie,uren\n2019-13-01,a,1\n2019-01-01,a,veel\n",
            "informele_ondersteuning": "jaar,onderdeel,maat,aantal\n2019,Op Stap,vragen,-3\n",
        },
    )
    assert uit.found() == [
        (2, "aantal", "onleesbaar", FOUT),
        (2, "maand", "onleesbaar", FOUT),
        (3, "uren", "onleesbaar", FOUT),
    ]
    assert uit.bevindingen[0]["melding"] == (
        "Deze waarde is niet te lezen; verwacht wordt een geheel getal van 0 of "
        "meer, zonder punt of komma voor duizendtallen. De rij staat in quarantaine tot dit hersteld is."
    )
    assert uit.bevindingen[0]["sleutel"] == ""


@pytest.mark.parametrize(
    "tabel, begin",
    [
        ("trajecten", TRAJECTEN + "1,1,individueel,2019-01-02,"),
        ("overige_dienstverlening", "registratie_id,soort,startdatum,einddatum\n1,a,2019-01-02,"),
    ],
)
def test_einddatum(tmp_path, tabel, begin):
    assert run(tmp_path, {tabel: begin + "2019-01-02\n"}).found() == []
    assert run(tmp_path, {tabel: begin + "\n"}).found() == []
    assert run(tmp_path, {tabel: begin + "onbekend\n"}).found() == [(2, "einddatum", "onleesbaar", FOUT)]
    uit = run(tmp_path, {tabel: begin + "2019-01-01\n"})
    assert uit.found() == [(2, "einddatum", "einddatum_voor_startdatum", FOUT)]
    assert "De einddatum (2019-01-01) ligt voor de startdatum (2019-01-02)." in uit.bevindingen[0]["melding"]


def test_of_two_rows_with_one_key_the_first_stays(tmp_path):
    uit = run(tmp_path, {"klanten": "klant_id,kern\n1,a\n 1 ,b\n01,c\n1,d\n,e\n,f\n"})
    assert [(rij["klant_id"], rij["kern"]) for rij in uit.clean("klanten")] == [("1", "a"), ("01", "c")]
    assert uit.found() == [
        (3, "klant_id", "dubbele_sleutel", FOUT),
        (5, "klant_id", "dubbele_sleutel", FOUT),
        (6, "klant_id", "verplicht_leeg", FOUT),
        (7, "klant_id", "verplicht_leeg", FOUT),
    ]
    assert uit.bevindingen[0]["melding"].startswith("Deze klant_id staat al op regel 2 en mag maar één keer")


def test_the_first_row_holds_its_key_also_from_quarantine(tmp_path):
    uit = run(tmp_path, {"informatie_en_advies": "vraag_id,datum\n1,\n1,2019-01-01\n"})
    assert uit.found() == [(2, "datum", "verplicht_leeg", FOUT), (3, "vraag_id", "dubbele_sleutel", FOUT)]


def test_tables_without_a_key_have_no_double_rows_but_are_told_of_equal_ones(tmp_path):
    uit = run(
        tmp_path,
        {"hulpvragen": "traject_id,hulpvraag,thema,nummer\n1,geld,,1\n1,geld,,2\n 1,geld, ,1\n1,,geld,1\n1,geld,,1\n"},
    )
    assert uit.inlezen["hulpvragen"] == (5, 4, 1)
    assert [plek for plek in uit.found() if plek[3] == WAARSCHUWING] == [
        (4, "", "gelijke_rij", WAARSCHUWING),
        (6, "", "gelijke_rij", WAARSCHUWING),
    ]
    assert uit.bevindingen[0]["melding"].startswith("Deze rij is letterlijk gelijk aan die op regel 2.")


def test_equal_and_contradicting_rows_of_one_key(tmp_path):
    uit = run(tmp_path, {"klanten": "klant_id,kern\n1,a\n2,b\n1, a \n2,c\n1,\n"})
    assert uit.found() == [
        (4, "klant_id", "dubbel_aangeleverd", FOUT),
        (5, "klant_id", "dubbele_sleutel", FOUT),
        (6, "klant_id", "dubbele_sleutel", FOUT),
    ]
    assert uit.bevindingen[0]["melding"].startswith("Deze rij staat letterlijk al op regel 2;")
    assert "spreken elkaar tegen" in uit.bevindingen[1]["melding"]


@pytest.mark.parametrize("woord", ["totaal", "Totalen", "EINDTOTAAL", " som "])
def test_a_total_row_is_no_row(tmp_path, woord):
    uit = run(
        tmp_path,
        {
            "kernen": f"kern,inwoners\nDorp,10\n{woord},10\n",
            "klanten": f"klant_id,kern\n1,Dorp\n{woord},{woord}\n",
            "trajecten": f"{TRAJECTEN}T1,{woord},individueel,2019-01-01,\n",
            "contacten": "contact_id,traject_id,datum\n1,T1,2019-01-01\n",
        },
    )
    assert uit.found("kernen") == [(3, "kern", "totaalregel", FOUT)]
    assert uit.found("klanten") == [(3, "kern", "onbekende_code", WAARSCHUWING), (3, "klant_id", "totaalregel", FOUT)]
    assert uit.found("trajecten") == [(2, "klant_id", "ouder_in_quarantaine", FOUT)]
    assert uit.found("contacten") == [(2, "traject_id", "ouder_in_quarantaine", FOUT)]
    assert uit.clean("klanten") == [{"klant_id": "1", "kern": "Dorp"}] and uit.inlezen["kernen"] == (2, 1, 1)


@pytest.mark.parametrize("woord", ["totaal 2019", "subtotaal", "Sommige", "alle"])
def test_a_key_that_has_such_a_word_in_it_is_a_key(tmp_path, woord):
    assert run(tmp_path, {"kernen": f"kern\n{woord}\n", "klanten": f"klant_id,kern\n{woord},{woord}\n"}).found() == []


def test_a_total_row_is_one_in_its_key_only(tmp_path):
    uit = run(tmp_path, {"informele_ondersteuning": "jaar,onderdeel,maat,aantal\n2019,Totaal,vragen,3\n"})
    assert uit.inlezen["informele_ondersteuning"] == (1, 1, 0) and uit.found() == []


def test_references(tmp_path):
    bestanden = {
        "klanten": "klant_id\n1\n1\n",  # the second goes to quarantine, the first holds the key
        "trajecten": TRAJECTEN + "T1,1,individueel,2019-01-01,\nT2,9,individueel,2019-01-01,\n"
        "T3,1,individueel,,\nT1,1,individueel,2019-01-01,\n",
        "klanttevredenheid": "uitnodiging_id,traject_id,verzendstatus\nU1,T1,verzonden\nU2,T2,verzonden\n"
        "U3,T3,verzonden\nU4,T9,verzonden\nU5,,verzonden\n",
        "kto_antwoorden": "uitnodiging_id,vraag,soort,waarde\nU1,a,tevreden,1\nU2,a,tevreden,1\nU9,a,tevreden,1\n",
    }
    uit = run(tmp_path, bestanden)
    assert uit.found("trajecten") == [
        (3, "klant_id", "onbekende_verwijzing", FOUT),
        (4, "startdatum", "verplicht_leeg", FOUT),
        (5, "traject_id", "dubbel_aangeleverd", FOUT),
    ]
    assert uit.found("klanttevredenheid") == [
        (3, "traject_id", "ouder_in_quarantaine", FOUT),
        (4, "traject_id", "ouder_in_quarantaine", FOUT),
        (5, "traject_id", "onbekende_verwijzing", FOUT),
        (6, "traject_id", "verplicht_leeg", FOUT),
    ]
    assert uit.found("kto_antwoorden") == [
        (3, "uitnodiging_id", "ouder_in_quarantaine", FOUT),
        (4, "uitnodiging_id", "onbekende_verwijzing", FOUT),
    ]
    assert [b["sleutel"] for b in uit.bevindingen if b["tabel"] == "kto_antwoorden"] == ["U2", "U9"]
    meldingen = {b["regel"]: b["melding"] for b in uit.bevindingen if b["tabel"] == "kto_antwoorden"}
    assert "komt niet voor in de tabel klanttevredenheid" in meldingen["onbekende_verwijzing"]
    assert (
        "De rij in klanttevredenheid waar deze rij bij hoort, staat zelf in quarantaine"
        in meldingen["ouder_in_quarantaine"]
    )


def test_references_to_a_table_that_is_not_there_are_not_checked(tmp_path):
    formulierenbrigade = "bezoek_id,klant_id,datum\n1,9,2019-01-01\n"
    assert run(tmp_path, {"trajecten": T1, "formulierenbrigade": formulierenbrigade}).found() == []


def test_a_table_that_has_only_a_header_is_there(tmp_path):
    uit = run(tmp_path, {"klanten": "klant_id\n", "trajecten": T1})
    assert uit.found() == [(2, "klant_id", "onbekende_verwijzing", FOUT)]
    assert uit.inlezen == {"klanten": (0, 0, 0), "trajecten": (1, 0, 1)}


def test_score(tmp_path):
    scores = {
        "1": None,
        "5": None,
        "99": None,
        "3,0": None,
        "0": "buiten_bereik",
        "6": "buiten_bereik",
        "98": "buiten_bereik",
        "-1": "onleesbaar",
        "3.5": "onleesbaar",
    }
    rijen = "".join(f'1,eind,2019-01-01,Justitie,"{score}",,,\n' for score in scores)
    uit = run(tmp_path, {"zrm_metingen": ZRM + rijen})
    assert uit.found() == [(regel, "score", naam, FOUT) for regel, naam in enumerate(scores.values(), 2) if naam]
    assert uit.bevindingen[0]["melding"].startswith("De waarde van score moet 1 tot en met 5, of 99 zijn.")


def test_kto_waarde(tmp_path):
    goed = [
        ("rapportcijfer", "1"),
        ("rapportcijfer", "7,5"),
        ("rapportcijfer", "10"),
        ("tevreden", "0"),
        ("effect", "1"),
        ("anders", "1"),
        ("anders", "7"),
        ("Rapportcijfer", "11"),
        ("anders", ""),
        ("anders", "goed"),
    ]
    fout = [("rapportcijfer", "0"), ("rapportcijfer", "10.1"), ("tevreden", "7"), ("effect", "0.5")]
    rijen = "".join(f'1,a,{soort},"{waarde}"\n' for soort, waarde in goed + fout)
    uit = run(tmp_path, {"kto_antwoorden": f"uitnodiging_id,vraag,soort,waarde\n{rijen}"})
    assert [(rij["soort"], rij["waarde"]) for rij in uit.quarantine("kto_antwoorden")] == fout
    assert {(b["kolom"], b["regel"]) for b in uit.bevindingen if b["gewicht"] == FOUT} == {("waarde", "kto_waarde")}
    assert [(rij["soort"], rij.get("waarde")) for rij in uit.clean("kto_antwoorden")][5:] == [
        ("onbekend", 1.0),
        ("onbekend", 7.0),
        ("onbekend", 11.0),
        ("onbekend", None),
        ("onbekend", None),
    ]
    assert [regel for regel, _, naam, _ in uit.found() if naam == "onleesbaar_telt_als_leeg"] == [11]


@pytest.mark.parametrize(
    "soort, waarde, regel",
    [
        ("tevreden", "", "verplicht_leeg"),
        ("effect", "goed", "onleesbaar"),
        ("", "", "verplicht_leeg"),
        ("", "goed", "onleesbaar"),
    ],
)
def test_a_kto_waarde_of_a_known_soort_or_none_has_to_be_there(tmp_path, soort, waarde, regel):
    uit = run(tmp_path, {"kto_antwoorden": f"uitnodiging_id,vraag,soort,waarde\n1,a,{soort},{waarde}\n"})
    assert (2, "waarde", regel, FOUT) in uit.found() and uit.inlezen["kto_antwoorden"] == (1, 0, 1)


def test_values_beyond_the_header(tmp_path):
    uit = run(tmp_path, {"klanten": "klant_id,kern\n1,a,,\n2,b, c,d\n"})
    assert uit.found() == [(3, "", "overtollige_waarden", FOUT)]
    assert uit.bevindingen[0]["waarde"] == " c;d"
    assert uit.quarantine("klanten") == [
        {"bestand": "klanten.csv", "regelnummer": "3", "klant_id": "2", "kern": "b", "overtollig": " c;d"}
    ]


# Waarschuwingen


def test_a_code_outside_its_list_counts_as_onbekend(tmp_path):
    uit = run(
        tmp_path,
        {
            "contacten": "contact_id,traject_id,datum,vorm\n1,1,2019-01-01,overig\n2,1,2019-01-01,Overig\n"
            "3,1,2019-01-01,\n4,1,2019-01-01,onbekend\n"
        },
    )
    assert [rij.get("vorm") for rij in uit.clean("contacten")] == ["overig", "onbekend", None, "onbekend"]
    assert uit.found() == [(3, "vorm", "onbekende_code", WAARSCHUWING), (5, "vorm", "onbekende_code", WAARSCHUWING)]
    assert [b["melding"] for b in uit.bevindingen] == [
        "Deze waarde staat niet in de codelijst; verwacht wordt een van: face_to_face, telefonisch, e_mail, "
        f"beeldbellen, overig.{lijkt} De waarde telt mee als onbekend."
        for lijkt in (" Er is wel een overig: alleen een hoofdletter verschilt.", "")
    ]


def test_a_required_code_outside_its_list_keeps_its_row(tmp_path):
    uit = run(tmp_path, {"zrm_metingen": f"{ZRM}1,begin,2019-01-01,Geld,3,,,2016\n"})
    assert uit.clean("zrm_metingen") == [
        {
            "traject_id": "1",
            "moment": "onbekend",
            "datum": date(2019, 1, 1),
            "domein": "onbekend",
            "score": 3,
            "zrm_versie": "onbekend",
        }
    ]
    assert [b["regel"] for b in uit.bevindingen] == ["onbekende_code"] * 3


def test_code_lists_are_those_of_the_organisation(tmp_path):
    bestanden = {"trajecten": TRAJECTEN + "1,1,presentie,2019-01-01,\n"}
    assert run(tmp_path, bestanden).clean("trajecten")[0]["trajectsoort"] == "onbekend"
    uit = run(tmp_path, bestanden, '[codelijsten]\ntrajectsoort = ["presentie"]')
    assert uit.clean("trajecten")[0]["trajectsoort"] == "presentie"


def test_zelfzorg_and_the_version_that_is_not_filled(tmp_path):
    uit = run(tmp_path, {"zrm_metingen": f"{ZRM}1,eind,2019-01-01,Zelfzorg,3,,ja,\n"})
    assert uit.clean("zrm_metingen") == [
        {
            "traject_id": "1",
            "moment": "eind",
            "datum": date(2019, 1, 1),
            "domein": "Activiteiten dagelijks leven",
            "score": 3,
            "hoofddomein": True,
            "zrm_versie": "2013",
        }
    ]
    assert uit.bevindingen == []


def test_kern_is_held_against_the_clean_kernen(tmp_path):
    klanten = {"klanten": "klant_id,kern\n1,A\n2,B\n3,\n4,a\n"}
    assert [rij.get("kern") for rij in run(tmp_path, klanten).clean("klanten")] == ["A", "B", None, "a"]
    uit = run(tmp_path, {**klanten, "kernen": "kern,inwoners\nA,10\nB,10,x\n"})  # B goes to quarantine
    assert [rij.get("kern") for rij in uit.clean("klanten")] == ["A", "onbekend", None, "onbekend"]
    assert uit.found("klanten") == [
        (3, "kern", "onbekende_code", WAARSCHUWING),
        (5, "kern", "onbekende_code", WAARSCHUWING),
    ]
    assert "verwacht wordt een kern uit de tabel kernen" in uit.bevindingen[-1]["melding"]


def test_an_optional_value_that_cannot_be_read_counts_as_empty(tmp_path):
    uit = run(tmp_path, {"contacten": "contact_id,traject_id,datum,minuten\n1,1,2019-01-01,een uur\n"})
    assert uit.clean("contacten") == [{"contact_id": "1", "traject_id": "1", "datum": date(2019, 1, 1)}]
    assert uit.bevindingen[0]["waarde"] == "een uur"
    assert uit.bevindingen[0]["melding"] == (
        "Deze waarde is niet te lezen; verwacht wordt een geheel getal van 0 of "
        "meer, zonder punt of komma voor duizendtallen. De waarde telt mee als leeg."
    )


def test_doelscore(tmp_path):
    uit = run(
        tmp_path,
        {
            "zrm_metingen": ZRM
            + "".join(f"1,eind,2019-01-01,Justitie,3,{doel},,\n" for doel in ("1", "5", "0", "6", "99", "x"))
        },
    )
    assert [rij.get("doelscore") for rij in uit.clean("zrm_metingen")] == [1, 5, None, None, None, None]
    assert [(regel, naam) for regel, _, naam, _ in uit.found()] == [
        *((regel, "buiten_bereik_telt_als_leeg") for regel in (4, 5, 6)),
        (7, "onleesbaar_telt_als_leeg"),
    ]


def test_the_words_alle_and_totaal(tmp_path):
    uit = run(
        tmp_path,
        {
            "collectieve_activiteiten": (
                "activiteit_id,naam,team,startdatum,leeftijdsgroep\n"
                "1,totaal,alle,2019-01-01,totaal\n2,alle,totaal,2019-01-01,alle\n"
            )
        },
    )
    assert [(rij["naam"], rij["team"], rij["leeftijdsgroep"]) for rij in uit.clean("collectieve_activiteiten")] == [
        ("totaal", "onbekend", "onbekend"),
        ("alle", "totaal", "alle"),
    ]
    assert uit.found() == [
        (2, "leeftijdsgroep", "gereserveerd_woord", WAARSCHUWING),
        (2, "team", "gereserveerd_woord", WAARSCHUWING),
    ]
    assert uit.bevindingen[1]["melding"].startswith("Het woord alle staat in het rapport voor alles bij elkaar")


def test_totaal_as_kern(tmp_path):
    klanten = {"klanten": "klant_id,kern\n1,totaal\n"}
    uit = run(tmp_path, klanten)
    assert (uit.clean("klanten")[0]["kern"], uit.found()) == (
        "onbekend",
        [(2, "kern", "gereserveerd_woord", WAARSCHUWING)],
    )
    uit = run(tmp_path, {**klanten, "kernen": "kern\ntotaal\n"})
    assert uit.clean("klanten")[0]["kern"] == "onbekend"
    assert uit.found("klanten") == [(2, "kern", "onbekende_code", WAARSCHUWING)]
    assert uit.found("kernen") == [(2, "kern", "totaalregel", FOUT)]


def test_dates_that_are_suspect(tmp_path):
    vragen = "vraag_id,datum\n1,2020-06-01\n2,2020-06-02\n3,2000-01-01\n4,1999-12-31\n"
    uit = run(
        tmp_path, {"informatie_en_advies": vragen, "klanten": "klant_id,geboortedatum\n1,1999-12-31\n2,2020-06-02\n"}
    )
    assert uit.found("informatie_en_advies") == [
        (3, "datum", "datum_in_toekomst", WAARSCHUWING),
        (5, "datum", "datum_te_lang_geleden", WAARSCHUWING),
    ]
    assert uit.found("klanten") == [(3, "geboortedatum", "datum_in_toekomst", WAARSCHUWING)]
    assert [b["melding"].split(".")[0] for b in uit.bevindingen] == [
        "Deze datum ligt in de toekomst (na 2020-06-01)",
        "Deze datum ligt voor 2000",
        "Deze datum ligt in de toekomst (na 2020-06-01)",
    ]
    assert len(uit.clean("informatie_en_advies")) == 4


@pytest.mark.parametrize(
    "vandaag, jongste_te_oud", [(date(2020, 6, 1), date(1909, 6, 1)), (date(2020, 2, 29), date(1909, 2, 28))]
)
def test_age_over_110(tmp_path, vandaag, jongste_te_oud):
    net_niet = date.fromordinal(jongste_te_oud.toordinal() + 1)  # is 110 on the day of the run
    uit = run(tmp_path, {"klanten": f"klant_id,geboortedatum\n1,{jongste_te_oud}\n2,{net_niet}\n"}, vandaag=vandaag)
    assert uit.found() == [(2, "geboortedatum", "leeftijd_te_hoog", WAARSCHUWING)]
    assert "ouder dan 110 jaar" in uit.bevindingen[0]["melding"]
    assert uit.clean("klanten")[0]["geboortedatum"] == jongste_te_oud


@pytest.mark.parametrize("oudste", [2018, 2020, 1_000_000])
def test_an_age_that_nobody_reaches_is_never_too_high(tmp_path, oudste):
    uit = run(
        tmp_path, {"klanten": "klant_id,geboortedatum\n1,0001-01-01\n"}, f"[drempels]\noudste_leeftijd = {oudste}\n"
    )
    assert uit.found() == ([(2, "geboortedatum", "leeftijd_te_hoog", WAARSCHUWING)] if oudste == 2018 else [])


def test_a_contact_outside_its_traject(tmp_path):
    uit = run(
        tmp_path,
        {
            "trajecten": T1 + "T2,1,individueel,2019-01-01,\nT3,1,individueel,2019-06-01,2019-01-01\n",
            "contacten": "contact_id,traject_id,datum\n1,T1,2019-01-01\n2,T1,2019-12-31\n"
            "3,T1,2018-12-31\n4,T1,2020-01-01\n"
            "5,T2,2020-01-01\n6,T2,2018-12-31\n7,T3,2018-12-31\n",
        },
    )
    assert uit.found("contacten") == [
        (4, "datum", "contact_buiten_traject", WAARSCHUWING),
        (5, "datum", "contact_buiten_traject", WAARSCHUWING),
        (7, "datum", "contact_buiten_traject", WAARSCHUWING),
        (8, "traject_id", "ouder_in_quarantaine", FOUT),
    ]
    meldingen = [b["melding"] for b in uit.bevindingen if b["regel"] == "contact_buiten_traject"]
    assert "(2019-01-01 tot en met 2019-12-31)" in meldingen[0] and "(2019-01-01 tot en met heden)" in meldingen[2]


def test_two_intakes_for_one_domein(tmp_path):
    uit = run(
        tmp_path,
        {
            "zrm_metingen": ZRM
            + (
                "1,intake,2019-03-01,Zelfzorg,9,,,\n"  # quarantine: still the first
                "1,intake,2019-01-01,Activiteiten dagelijks leven,3,,,\n"
                "1,intake,2019-01-01,Justitie,3,,,\n"
                "1,eind,2019-01-01,Justitie,3,,,\n"
                "2,intake,2019-01-01,Justitie,3,,,\n"
                "1,intake,2019-02-01,Justitie,4,,,2017\n"
                "1,intake,2019-02-01,Justitie,4,,,2017\n"
            )
        },
    )
    tweede = "Dit traject heeft al een intake voor dit domein, op regel {}."
    gevonden = [
        (b["regelnummer"], b["melding"].split(" De vroegste")[0])
        for b in uit.bevindingen
        if b["regel"] == "tweede_intake"
    ]
    assert gevonden == [("3", tweede.format(2)), ("7", tweede.format(4)), ("8", tweede.format(4))]
    assert uit.inlezen["zrm_metingen"] == (7, 6, 1)


KORT_OF_CASUS = {
    "trajecten": "traject_id,klant_id,trajectsoort,startdatum,dienstverlening\n"
    + "".join(
        f"{naam},1,individueel,2019-01-01,{soort}\n"
        for naam, soort in [
            ("drie", "kort"),
            ("vier", "kort"),
            ("lang", "kort"),
            ("een", "casus"),
            ("geen", "casus"),
            ("leeg", ""),
            ("gek", "anders"),
            ("vier", "casus"),
        ]
    ),
    "contacten": "contact_id,traject_id,datum,minuten\n"
    + "".join(
        f"{naam}{nummer},{naam},2019-01-01,{minuten}\n"
        for naam, aantal, minuten in [
            ("drie", 3, 79),
            ("vier", 4, ""),
            ("lang", 2, 120),
            ("een", 1, ""),
            ("leeg", 9, 60),
        ]
        for nummer in range(aantal)
    ),
}


@pytest.mark.parametrize(
    "drempels, afwijkend",
    [
        ("", ["vier", "lang", "een"]),
        ("kort_uren_inclusief = true", ["vier", "een"]),
        ('kort_verbinding = "of"', ["een"]),
        ("kort_contacten = 4", ["lang", "een"]),
        ("kort_uren = 3", ["drie", "vier", "lang", "een"]),
    ],
)
def test_registered_kort_or_casus_against_the_count(tmp_path, drempels, afwijkend):
    uit = run(tmp_path, KORT_OF_CASUS, f"[drempels]\n{drempels}")
    assert [b["sleutel"] for b in uit.bevindingen if b["regel"] == "dienstverlening_wijkt_af"] == afwijkend
    assert {b["gewicht"] for b in uit.bevindingen if b["regel"] == "dienstverlening_wijkt_af"} == {WAARSCHUWING}


def test_the_count_is_in_the_sentence_and_needs_contacten(tmp_path):
    uit = run(tmp_path, {"trajecten": KORT_OF_CASUS["trajecten"]})
    assert "dienstverlening_wijkt_af" not in {b["regel"] for b in uit.bevindingen}
    uit = run(tmp_path, KORT_OF_CASUS)
    meldingen = {b["sleutel"]: b["melding"] for b in uit.bevindingen if b["regel"] == "dienstverlening_wijkt_af"}
    assert "als kort, maar de telling (2 contacten, 240 minuten) wijst op casus." in meldingen["lang"]


def test_minuten_that_add_up_beyond_any_number(tmp_path):
    uit = run(
        tmp_path,
        {
            "trajecten": "traject_id,klant_id,trajectsoort,startdatum,dienstverlening\n"
            "T1,1,individueel,2019-01-01,kort\n",
            "contacten": "contact_id,traject_id,datum,minuten\n"
            + "".join(f"{nummer},T1,2019-01-01,{2**63 - 1}\n" for nummer in (1, 2)),
        },
    )
    assert f"(2 contacten, {2**64 - 2} minuten) wijst op casus" in uit.bevindingen[0]["melding"]


def test_a_row_in_quarantine_keeps_its_warnings(tmp_path):
    uit = run(tmp_path, {"contacten": "contact_id,traject_id,datum,vorm,minuten\n1,,1999-01-01,brief,lang\n"})
    assert [naam for _, _, naam, _ in uit.found()] == [
        "datum_te_lang_geleden",
        "onleesbaar_telt_als_leeg",
        "verplicht_leeg",
        "onbekende_code",
    ]


# What other rows say


def test_two_trajecten_of_one_client_that_are_one_or_overlap(tmp_path):
    rijen = [
        ("1", "Oost", "2019-01-01", "2019-03-01"),
        ("1", "Oost", "2019-01-01", "2019-03-01"),  # equal to the first
        ("1", "Oost", "2019-02-01", "2019-02-10"),  # while the first runs
        ("1", "Oost", "2019-02-20", "2019-04-01"),  # the first still runs, though the last one has ended
        ("1", "Oost", "2019-04-01", ""),  # goes on where that one ended
        ("1", "West", "2019-05-01", ""),
        ("2", "Oost", "2019-05-01", ""),  # another team, another client
        ("1", "Oost", "2019-06-01", "2019-06-02"),  # while one is open
        ("3", "", "2019-01-01", ""),
        ("3", "", "2018-01-01", "2019-01-01"),
        ("3", "", "2017-01-01", "2018-01-02"),
    ]
    uit = run(
        tmp_path,
        {
            "trajecten": "traject_id,klant_id,team,trajectsoort,startdatum,einddatum\n"
            + "".join(
                f"T{nummer},{klant},{team},individueel,{begin},{eind}\n"
                for nummer, (klant, team, begin, eind) in enumerate(rijen)
            )
        },
    )
    assert uit.found() == [
        (3, "startdatum", "gelijk_traject", WAARSCHUWING),
        (4, "startdatum", "overlappend_traject", WAARSCHUWING),
        (5, "startdatum", "overlappend_traject", WAARSCHUWING),
        (9, "startdatum", "overlappend_traject", WAARSCHUWING),
        (11, "startdatum", "overlappend_traject", WAARSCHUWING),
    ]
    regels = [re.search(r"regel (\d+)", b["melding"]).group(1) for b in uit.bevindingen]
    assert regels == ["2", "2", "2", "6", "12"]


def test_other_kinds_of_traject_do_not_overlap(tmp_path):
    assert run(
        tmp_path,
        {
            "trajecten": TRAJECTEN + "1,1,individueel,2019-01-01,\n2,1,leun_en_steun,2019-01-01,\n"
            "3,1,individueel,2019-01-01,2018-01-01\n"
        },
    ).found() == [(4, "einddatum", "einddatum_voor_startdatum", FOUT)]


def test_dates_of_a_traject_in_the_wrong_order(tmp_path):
    uit = run(
        tmp_path,
        {
            "klanten": "klant_id,geboortedatum\n1,2019-01-02\n2,2019-01-01\n3,\n",
            "trajecten": "traject_id,klant_id,trajectsoort,startdatum,aanmelddatum\n"
            "T1,1,individueel,2019-01-01,2019-01-02\n"
            "T2,2,individueel,2019-01-01,2019-01-01\nT3,3,individueel,2019-01-01,\n",
        },
    )
    assert uit.found() == [
        (2, "aanmelddatum", "aanmelddatum_na_startdatum", WAARSCHUWING),
        (2, "startdatum", "geboren_na_startdatum", WAARSCHUWING),
    ]
    assert "voordat de klant geboren is (2019-01-02)" in uit.bevindingen[1]["melding"]


def test_open_for_long_without_any_contact(tmp_path):
    bestanden = {
        "trajecten": TRAJECTEN
        + "".join(
            f"{naam},{naam},{soort},{begin},{eind}\n"
            for naam, soort, begin, eind in [
                ("nooit", "individueel", "2018-12-31", ""),
                ("net", "individueel", "2019-01-01", ""),
                ("lang_stil", "individueel", "2015-01-01", ""),
                ("bezig", "individueel", "2015-01-01", ""),
                ("dicht", "individueel", "2015-01-01", "2015-02-01"),
                ("ander", "leun_en_steun", "2015-01-01", ""),
            ]
        ),
        "contacten": "contact_id,traject_id,datum\n1,lang_stil,2018-12-30\n2,bezig,2020-01-01\n3,dicht,2015-01-01\n"
        "4,net,2030-01-01\n",
    }
    gevonden = [
        (b["sleutel"], b["kolom"]) for b in run(tmp_path, bestanden).bevindingen if b["regel"] == "open_zonder_contact"
    ]
    assert gevonden == [
        ("nooit", "einddatum"),
        ("lang_stil", "einddatum"),
    ]  # a year before 2020-01-01, not before today
    uit = run(tmp_path, bestanden, "[controle]\nopen_zonder_contact = 36\n")
    assert "open_zonder_contact" not in {b["regel"] for b in uit.bevindingen}
    del bestanden["contacten"]
    (tmp_path / "raw" / "test" / "contacten.csv").unlink()
    assert run(tmp_path, bestanden).found() == []


# What a value nearly is


@pytest.mark.parametrize(
    "kenmerk, sleutel, verschil",
    [
        ("17.0", "17", "de .0 aan het eind"),
        ("17", "0017", "de voorloopnul"),
        ("k17", "K17", "een hoofdletter"),
        ("K 17", "K17", "een spatie"),
        ("K\u200e17", "K17", "een onzichtbaar teken"),
        ("k017.0", "K017", "meer dan één van: onzichtbare tekens, spaties, .0, voorloopnullen, hoofdletters"),
        ("17", "18", ""),
        ("170", "17", ""),
    ],
)
def test_what_a_reference_nearly_is(tmp_path, kenmerk, sleutel, verschil):
    uit = run(
        tmp_path,
        {"klanten": f"klant_id\n{sleutel}\n", "trajecten": TRAJECTEN + f"T1,{kenmerk},individueel,2020-05-30,\n"},
    )
    assert uit.found("trajecten") == [(2, "klant_id", "onbekende_verwijzing", FOUT)]
    lijkt = f" Er is wel een {sleutel}: alleen {verschil} verschilt." if verschil else ""
    assert uit.bevindingen[0]["melding"].startswith(
        f"Deze klant_id komt niet voor in de tabel klanten.{lijkt} Verbeter"
    )
    over = [notitie for notitie in uit.controle.notities if "verwijzing" in notitie]
    assert over == (
        [
            f"trajecten.klant_id: 1 verwijzing past nergens in klanten; er is wel een die erop lijkt: 1 keer "
            f"verschilt alleen {verschil}. Welke het zijn, staat in bevindingen.csv."
        ]
        if verschil
        else []
    )


def test_a_kern_that_looks_like_another(tmp_path):
    uit = run(tmp_path, {"kernen": "kern\nDen Oever\n", "klanten": "klant_id,kern\n1,den oever\n2,Elders\n"})
    assert [
        ("Er is wel een Den Oever: alleen een hoofdletter verschilt." in b["melding"]) for b in uit.bevindingen
    ] == [True, False]


# Other ways to write it


def test_synonyms_of_what_has_no_code_list(tmp_path):
    uit = run(
        tmp_path,
        {
            "kernen": "kern,team\nDen Oever,team oost\n",
            "klanten": "klant_id,kern\n1,D. Oever\n",
            "trajecten": "traject_id,klant_id,trajectsoort,startdatum,team,verwijzer,reden_beeindiging,"
            "reden_geen_netwerk,doorverwezen_naar\nT1,1,individueel,2020-05-30, team oost,HA,klaar,wil niet,GGZ\n",
        },
        '[synoniemen]\nteam = { "team oost" = "Oost" }\nkern = { "D. Oever" = "Den Oever" }\n'
        'verwijzer = { HA = "Huisarts" }\nreden_beeindiging = { klaar = "Doel behaald" }\n'
        'reden_geen_netwerk = { "wil niet" = "Klant wil niet" }\ndoorverwezen_naar = { GGZ = "ggz" }\n',
    )
    assert uit.found() == []
    (traject,) = uit.clean("trajecten")
    assert [
        traject[naam] for naam in ("team", "verwijzer", "reden_beeindiging", "reden_geen_netwerk", "doorverwezen_naar")
    ] == ["Oost", "Huisarts", "Doel behaald", "Klant wil niet", "ggz"]
    assert (uit.clean("klanten")[0]["kern"], uit.clean("kernen")[0]["team"]) == ("Den Oever", "Oost")
