"""Exports as they are, key by key of ``koppeling.toml``: small files in, our tables out."""

from __future__ import annotations

import io
import zipfile
from datetime import date, time

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kopanalyse.raw.bron.koppeling import KoppelingError
from tests.raw.exporteren import controleer, lees_csv

KLANTEN = """
[bron.clienten]
bestand = "clienten.csv"
{bron}
[tabel.klanten]
bron = "clienten"
kolommen = {{ klant_id = "Nr", geboortedatum = "Geboren", geslacht = "M/V" }}
{tabel}
"""
CONTACTEN = """
[bron.contacten]
bestand = "contacten.csv"
{bron}
[tabel.contacten]
bron = "contacten"
kolommen = {{ contact_id = "Nr", traject_id = "Traject", datum = "Datum", vorm = "Soort", minuten = "Duur" }}
{tabel}
"""


def klanten(tmp_path, inhoud, bron="", tabel=""):
    return controleer(tmp_path, {"clienten.csv": inhoud}, KLANTEN.format(bron=bron, tabel=tabel))


def contacten(tmp_path, inhoud, bron="", tabel="", **meer):
    return controleer(tmp_path, {"contacten.csv": inhoud}, CONTACTEN.format(bron=bron, tabel=tabel), **meer)


def boek(*bladen, verborgen=()):
    werkmap = openpyxl.Workbook()
    werkmap.remove(werkmap.active)
    for naam, rijen in bladen:
        blad = werkmap.create_sheet(naam)
        for rij in rijen:
            blad.append(rij)
        if naam in verborgen:
            blad.sheet_state = "hidden"
    uit = io.BytesIO()
    werkmap.save(uit)
    return uit.getvalue()


# Sources


def test_titles_above_the_header_are_passed_by(tmp_path):
    inhoud = "Overzicht cliënten\n\nGemaakt op;01-01-2020\nNr;Geboren;M/V\n17;31-03-1980;man\n"
    uit = klanten(tmp_path, inhoud.encode("cp1252"))
    assert uit.tabel("klanten") == [{"klant_id": "17", "geboortedatum": "1980-03-31", "geslacht": "man", "kern": None}]


def test_names_fit_without_capitals_and_spaces(tmp_path):
    uit = klanten(tmp_path, "NR,geboren,m/v\n17,1980-03-31,man\n")
    assert uit.kolom("klanten", "klant_id") == ["17"]


def test_several_files_stand_under_each_other(tmp_path):
    toml = CONTACTEN.format(bron="", tabel="").replace("contacten.csv", "jaren/contacten_*.csv")
    uit = controleer(
        tmp_path,
        {
            "jaren/contacten_2019.csv": "Nr;Traject;Datum;Soort;Duur\nC1;T1;01-02-2019;telefonisch;5\n",
            "jaren/contacten_2020.csv": "Duur;Nr;Traject;Datum;Soort\n10;C2;T1;fout;telefonisch\n",
        },
        toml,
    )
    assert uit.kolom("contacten", "contact_id") == ["C1"]
    (bevinding,) = uit.bevindingen
    assert (bevinding["bestand"], bevinding["regelnummer"], bevinding["waarde"], bevinding["bronkolom"]) == (
        "jaren/contacten_2020.csv",
        "2",
        "fout",
        "Datum",
    )


def test_files_of_one_source_have_the_same_columns(tmp_path):
    toml = CONTACTEN.format(bron="", tabel="").replace("contacten.csv", "contacten_*.csv")
    with pytest.raises(KoppelingError) as fout:
        controleer(
            tmp_path,
            {
                "contacten_2019.csv": "Nr;Traject;Datum;Soort;Duur\n",
                "contacten_2020.csv": "Nr;Traject;Datum;Soort;Tijd\n",
            },
            toml,
        )
    assert "contacten_2020.csv heeft andere kolommen dan contacten_2019.csv: mist Duur; heeft ook Tijd" in str(
        fout.value
    )


def test_a_member_of_a_zip(tmp_path):
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as pakket:
        pakket.writestr("map/Client.csv", "Nr;Geboren;M/V\n17;x;man\n")
    uitkomst = controleer(
        tmp_path,
        {"export.zip": uit.getvalue()},
        KLANTEN.format(bron="", tabel="").replace("clienten.csv", "export.zip/map/Client.csv"),
    )
    assert uitkomst.bevindingen[0]["bestand"] == "export.zip/map/Client.csv"
    assert uitkomst.kolom("klanten", "klant_id") == ["17"]


def test_a_workbook_gives_its_first_visible_sheet_with_rows(tmp_path):
    inhoud = boek(
        ("Geheim", [["Nr", "Geboren", "M/V"], ["1", None, None]]),
        ("Leeg", []),
        (
            "Cliënten",
            [["Titel"], [], ["Nr", "Geboren", "M/V"], ["0017", date(1980, 3, 31), "man"], [18, "31-13-1980", "vrouw"]],
        ),
        verborgen=("Geheim",),
    )
    uit = controleer(tmp_path, {"clienten.xlsx": inhoud}, KLANTEN.format(bron="", tabel="").replace(".csv", ".xlsx"))
    assert uit.kolom("klanten", "klant_id") == ["0017", "18"]
    assert uit.kolom("klanten", "geboortedatum") == ["1980-03-31", None]
    (bevinding,) = uit.bevindingen
    assert (bevinding["bestand"], bevinding["blad"], bevinding["regelnummer"]) == ("clienten.xlsx", "Cliënten", "5")


def test_a_sheet_per_year(tmp_path):
    inhoud = boek(
        ("2019", [["Nr", "Geboren", "M/V"], ["1", None, "man"]]),
        ("Uitleg", [["Lees dit"]]),
        ("2020", [["Nr", "Geboren", "M/V"], ["1", None, "vrouw"]]),
    )
    toml = KLANTEN.format(bron='blad = "20*"', tabel="").replace(".csv", ".xlsx")
    uit = controleer(tmp_path, {"clienten.xlsx": inhoud}, toml)
    assert uit.kolom("klanten", "geslacht") == ["man"]
    (bevinding,) = uit.bevindingen
    assert bevinding["regel"] == "dubbele_sleutel" and bevinding["blad"] == "2020" and bevinding["regelnummer"] == "2"
    assert "op regel 2 van clienten.xlsx, blad 2019" in bevinding["melding"]


def test_parquet_with_types(tmp_path):
    uit = io.BytesIO()
    pq.write_table(pa.table({"Nr": [17], "Geboren": [date(1980, 3, 31)], "M/V": ["man"]}), uit)
    uitkomst = controleer(
        tmp_path, {"clienten.parquet": uit.getvalue()}, KLANTEN.format(bron="", tabel="").replace(".csv", ".parquet")
    )
    assert uitkomst.tabel("klanten")[0] | {"kern": None} == {
        "klant_id": "17",
        "geboortedatum": "1980-03-31",
        "geslacht": "man",
        "kern": None,
    }


def test_the_row_of_the_names_can_be_said(tmp_path):
    inhoud = "Nr;Geboren;M/V\nNr;Geboren;M/V\n17;;man\n"
    assert klanten(tmp_path, inhoud, bron="kopregel = 2").kolom("klanten", "klant_id") == ["17"]


def test_what_stands_below_the_data_is_no_data(tmp_path):
    inhoud = "Nr;Geboren;M/V\n17;;man\n;;\n;Totaal: 1;\n18;;man\n"
    uit = klanten(tmp_path, inhoud, bron='voettekst = "Totaal*"')
    assert uit.kolom("klanten", "klant_id") == ["17"]
    assert [b["regelnummer"] for b in uit.bevindingen] == ["3"]


@pytest.mark.parametrize(
    ("vorm", "staat", "dag"),
    [
        ("%d/%m/%Y", "31/03/1980", "1980-03-31"),
        ("%d/%m/%Y", "1/3/1980", "1980-03-01"),
        ("%Y%m%d", "19800331", "1980-03-31"),
        ("%m-%d-%Y", "03-04-1980", "1980-03-04"),
        ("%m-%d-%Y", "31-03-1980", None),
        ("%d/%m/%Y", "1980-03-31", "1980-03-31"),
        ("%d/%m/%Y", "31/13/1980", None),
        ("%d-%m-%Y %H:%M", "31-03-1980 00:00", "1980-03-31"),
    ],
)
def test_dates_in_a_form_of_their_own(tmp_path, vorm, staat, dag):
    uit = klanten(tmp_path, f"Nr;Geboren;M/V\n17;{staat};man\n", bron=f'datumvorm = "{vorm}"')
    assert uit.kolom("klanten", "geboortedatum") == [dag]
    assert [b["waarde"] for b in uit.bevindingen] == ([] if dag else [staat])


@pytest.mark.parametrize(
    ("vorm", "staat", "minuten"),
    [
        ("1.234,5", "1.234", 1234),
        ("1.234,5", "45", 45),
        ("1.234,5", "45,0", 45),
        ("1,234.5", "1,234", 1234),
        ("1,234.5", "1,234.0", 1234),
        ("1.234,5", "45.0", None),
        ("1,234.5", "45,0", None),
        ("1.234,5", "1.23", None),
    ],
)
def test_numbers_in_a_form_of_their_own(tmp_path, vorm, staat, minuten):
    uit = contacten(
        tmp_path, f"Nr;Traject;Datum;Soort;Duur\nC1;T1;01-02-2019;overig;{staat}\n", bron=f'getalvorm = "{vorm}"'
    )
    assert uit.kolom("contacten", "minuten") == [minuten]
    assert [b["waarde"] for b in uit.bevindingen] == ([] if minuten else [staat])


def test_a_decimal_never_becomes_thousands(tmp_path):
    toml = """
    [bron.uren]
    bestand = "uren.csv"
    getalvorm = "1.234,5"
    [tabel.productie_uren]
    bron = "uren"
    kolommen = { maand = "Maand", functie = "Functie", uren = "Uren" }
    """
    uit = controleer(
        tmp_path,
        {"uren.csv": "Maand;Functie;Uren\n01-02-2019;A;1,234\n01-02-2019;B;1.234,50\n01-02-2019;C;1.234\n"},
        toml,
    )
    assert uit.kolom("productie_uren", "uren") == [1.234, 1234.5, 1234.0]


@pytest.mark.parametrize(
    ("staat", "dag"),
    [
        ("2018-12-31T23:00:00Z", "2019-01-01"),
        ("2018-12-31 22:59:00+00:00", "2018-12-31"),
        ("31-12-2018 23:30+01:00", "2018-12-31"),
        ("2019-06-30 22:00:00.000+0000", "2019-07-01"),
        ("2019-02-01", "2019-02-01"),
    ],
)
def test_the_day_of_a_moment_with_a_zone(tmp_path, staat, dag):
    uit = contacten(
        tmp_path, f"Nr;Traject;Datum;Soort;Duur\nC1;T1;{staat};overig;5\n", bron='tijdzone = "Europe/Amsterdam"'
    )
    assert uit.kolom("contacten", "datum") == [dag]


def test_without_a_zone_of_its_own_a_zone_is_unreadable(tmp_path):
    uit = contacten(tmp_path, "Nr;Traject;Datum;Soort;Duur\nC1;T1;2018-12-31T23:00:00Z;overig;5\n")
    assert uit.tabel("contacten") == []


# Our tables

TRAJECTEN = """
[bron.Enrollment]
bestand = "Enrollment.csv"
[bron.Exit]
bestand = "Exit.csv"
[bron.Project]
bestand = "Project.csv"
[tabel.trajecten]
bron = "Enrollment"
erbij = { Exit = "EnrollmentID", Project = "ProjectID = Code" }
vast = { trajectsoort = "individueel" }
kolommen = { traject_id = "EnrollmentID", klant_id = "PersonalID", startdatum = "EntryDate", \
einddatum = "Exit.ExitDate", team = "Project.ProjectName" }
"""
INSCHRIJVING = "EnrollmentID,PersonalID,EntryDate,ProjectID\nE1,P1,2019-01-01,7\nE2,P2,2019-01-01,8\n"


def test_other_sources_are_joined(tmp_path):
    uit = controleer(
        tmp_path,
        {
            "Enrollment.csv": INSCHRIJVING,
            "Exit.csv": "EnrollmentID,ExitDate\n E2 ,2018-01-01\n",
            "Project.csv": "Code,ProjectName\n7,Oost\n9,West\n",
        },
        TRAJECTEN,
    )
    assert [(r["traject_id"], r["team"], r["einddatum"]) for r in uit.tabel("trajecten")] == [("E1", "Oost", None)]
    (bevinding,) = uit.bevindingen
    assert (
        bevinding["bestand"],
        bevinding["regelnummer"],
        bevinding["kolom"],
        bevinding["bronkolom"],
        bevinding["waarde"],
    ) == ("Exit.csv", "2", "einddatum", "ExitDate", "2018-01-01")
    (rij,) = uit.quarantaine("trajecten")
    assert rij["bestand"] == "Enrollment.csv" and rij["regelnummer"] == "3" and rij["Exit.ExitDate"] == "2018-01-01"
    assert rij["Enrollment.PersonalID"] == "P2" and rij["traject_id"] == "E2"


def test_a_key_that_fits_twice_is_named(tmp_path):
    with pytest.raises(KoppelingError) as fout:
        controleer(
            tmp_path,
            {
                "Enrollment.csv": INSCHRIJVING,
                "Project.csv": "Code,ProjectName\n7,Oost\n",
                "Exit.csv": "EnrollmentID,ExitDate\nE2,2019-01-01\nE9,x\nE9,x\nE2,2019-01-02\n",
            },
            TRAJECTEN,
        )
    assert "tabel.trajecten.erbij.Exit" in str(fout.value) and "E2 (2 keer, in Exit.csv op rij 2, 5)" in str(fout.value)
    assert "E9" not in str(fout.value)  # fits no row


def test_glue_is_empty_when_a_piece_is(tmp_path):
    toml = CONTACTEN.format(bron="", tabel="").replace('contact_id = "Nr"', 'contact_id = "{Traject}-{Nr}"')
    uit = controleer(
        tmp_path, {"contacten.csv": "Nr;Traject;Datum;Soort;Duur\n 1 ;T1;01-02-2019;;\n;T1;01-02-2019;;\n"}, toml
    )
    assert uit.kolom("contacten", "contact_id") == ["T1-1"]
    assert [(b["regel"], b["bronkolom"]) for b in uit.bevindingen] == [("verplicht_leeg", "{Traject}-{Nr}")]


def test_codes_and_what_they_do_not_name(tmp_path):
    inhoud = "Nr;Geboren;M/V\n1;;M\n2;; V \n3;;\n4;;Q\n5;;Q\n6;;n.v.t.\n"
    uit = klanten(tmp_path, inhoud, tabel='codes.geslacht = { M = "man", V = "vrouw", "n.v.t." = "" }')
    assert uit.kolom("klanten", "geslacht") == ["man", "vrouw", None, "onbekend", "onbekend", None]
    assert [notitie for notitie in uit.controle.notities if "Q (2)" in notitie]
    assert {b["waarde"] for b in uit.bevindingen} == {"Q"}


def test_codes_for_every_other_value(tmp_path):
    uit = klanten(tmp_path, "Nr;Geboren;M/V\n1;;M\n2;;x\n3;;\n", tabel='codes.geslacht = { M = "man", "*" = "anders" }')
    assert uit.kolom("klanten", "geslacht") == ["man", "anders", None]
    assert uit.bevindingen == [] and not [n for n in uit.controle.notities if "codelijst" in n]


def test_a_code_list_in_a_file(tmp_path):
    uit = contacten(
        tmp_path,
        "Nr;Traject;Datum;Soort;Duur\nC1;T1;01-02-2019;Tel. gesprek;5\n",
        tabel='codes.vorm = "soort.csv"',
        soort__csv="code;betekenis;opmerking\nTel. gesprek;telefonisch;x\n",
    )
    assert uit.kolom("contacten", "vorm") == ["telefonisch"]


def test_a_coded_value_is_found_back_as_it_stood(tmp_path):
    uit = contacten(
        tmp_path, "Nr;Traject;Datum;Soort;Duur\nC1;T1;01-02-2019;Tel;5\n", tabel='codes.vorm = { Tel = "bellen" }'
    )
    (bevinding,) = uit.bevindingen
    assert (bevinding["kolom"], bevinding["bronkolom"], bevinding["waarde"]) == ("vorm", "Soort", "Tel")


def test_rows_that_are_left_out_are_counted(tmp_path):
    inhoud = (
        "Nr;Traject;Datum;Soort;Duur;Fase\n1;T1;01-02-2019;Administratie;5;a\n2;T1;01-02-2019;overig;5;a\n"
        "3;T1;01-02-2019;overig;5;b\n"
    )
    uit = contacten(tmp_path, inhoud, tabel='weglaten = { Soort = ["Administratie"] }\nalleen = { Fase = "a" }')
    assert uit.kolom("contacten", "contact_id") == ["2"]
    assert "contacten: 2 van de 3 rijen weggelaten (alleen en weglaten in koppeling.toml)." in uit.controle.notities


ZRM = """
[bron.zrm]
bestand = "zrm.csv"
[tabel.zrm_metingen]
bron = "zrm"
kolommen = { traject_id = "Dossier", datum = "Datum" }
vast = { moment = "intake" }
breed = { kolommen = ["Geld", "Wonen"], naam = "domein", waarde = "score" }
codes.domein = { Geld = "Financiën", Wonen = "Huisvesting" }
"""


def test_wide_becomes_long(tmp_path):
    uit = controleer(tmp_path, {"zrm.csv": "Dossier;Datum;Geld;Wonen\nT1;01-02-2019;3;\nT2;01-02-2019;7;4\n"}, ZRM)
    assert [(r["traject_id"], r["domein"], r["score"]) for r in uit.tabel("zrm_metingen")] == [
        ("T1", "Financiën", 3),
        ("T2", "Huisvesting", 4),
    ]
    (bevinding,) = uit.bevindingen
    assert (bevinding["regelnummer"], bevinding["kolom"], bevinding["bronkolom"], bevinding["waarde"]) == (
        "3",
        "score",
        "Geld",
        "7",
    )


def test_equal_rows_once(tmp_path):
    toml = (
        KLANTEN.format(bron="", tabel="uniek = true")
        + """
[bron.nog_meer]
bestand = "meer.csv"
"""
    )
    inhoud = "Nr;Geboren;M/V;Dossier\n1;01-02-1980;man;a\n1 ;01-02-1980;man;b\n1;01-02-1981;man;c\n"
    uit = controleer(tmp_path, {"clienten.csv": inhoud, "meer.csv": "Nr\n1\n"}, toml)
    assert [b["regelnummer"] for b in uit.bevindingen] == ["4"]  # the same key, and another row
    assert any("1 rijen zijn gelijk aan een eerdere" in notitie for notitie in uit.controle.notities)


def test_a_key_made_of_file_and_row(tmp_path):
    toml = CONTACTEN.format(bron="", tabel='sleutel = "maak"').replace('contact_id = "Nr", ', "")
    uit = controleer(tmp_path, {"contacten.csv": "Traject;Datum;Soort;Duur\nT1;01-02-2019;;\nT1;01-02-2019;;\n"}, toml)
    assert uit.kolom("contacten", "contact_id") == ["contacten.csv:2", "contacten.csv:3"]


def test_parts_of_two_systems_do_not_meet(tmp_path):
    toml = """
    [bron.a]
    bestand = "a.csv"
    [bron.b]
    bestand = "b.csv"
    [[tabel.contacten]]
    bron = "a"
    kolommen = { contact_id = "Nr", traject_id = "T", datum = "D" }
    sleutel_voor = "a-"
    sleutel_breedte = { traject_id = 4 }
    [[tabel.contacten]]
    bron = "b"
    kolommen = { contact_id = "nummer", traject_id = "traject", datum = "dag" }
    sleutel_voor = "b-"
    """
    uit = controleer(
        tmp_path,
        {
            "a.csv": "Nr,T,D\n1,17,2019-01-01\n2,x17,2019-01-01\n",
            "b.csv": "nummer,traject,dag\n1,17,x\n1,17,2019-01-02\n",
        },
        toml,
    )
    assert [(r["contact_id"], r["traject_id"]) for r in uit.tabel("contacten")] == [("a-1", "a-0017"), ("a-2", "a-x17")]
    assert [(b["bestand"], b["regelnummer"], b["kolom"], b["bronkolom"], b["waarde"]) for b in uit.bevindingen] == [
        ("b.csv", "2", "datum", "dag", "x"),
        ("b.csv", "3", "contact_id", "nummer", "1"),
    ]
    assert "op regel 2 van b.csv" in uit.bevindingen[1]["melding"]


def test_hours_become_minutes(tmp_path):
    rijen = [
        ["Nr", "Traject", "Datum", "Soort", "Duur"],
        *(
            ["C1", "T1", date(2019, 2, 1), "overig", duur]
            for duur in ("0:45", "1:30:00", time(0, 20), 45, "25:00", "0:75")
        ),
    ]
    toml = CONTACTEN.format(bron="", tabel='uren = ["minuten"]\nsleutel = "maak"').replace('contact_id = "Nr", ', "")
    uit = controleer(tmp_path, {"contacten.xlsx": boek(("a", rijen))}, toml.replace(".csv", ".xlsx"))
    assert uit.kolom("contacten", "minuten") == [45, 90, 20, 45, 1500, None]
    assert [b["waarde"] for b in uit.bevindingen] == ["0:75"]


def test_a_row_with_too_many_values_goes_to_quarantine_as_in_our_form(tmp_path):
    uit = klanten(tmp_path, "Nr;Geboren;M/V\n17;;man;x\n18;;man;\n")
    assert uit.kolom("klanten", "klant_id") == ["18"]
    assert [(b["regel"], b["regelnummer"]) for b in uit.bevindingen] == [("overtollige_waarden", "2")]


def test_tables_in_our_form_may_stand_beside_exports(tmp_path):
    raw = tmp_path / "raw" / "proef"
    raw.mkdir(parents=True)
    (raw / "kernen.csv").write_text("kern,inwoners\nMolendam,4000\n")
    uit = klanten(tmp_path, "Nr;Geboren;M/V\n17;;man\n")
    assert uit.kolom("kernen", "kern") == ["Molendam"] and uit.kolom("klanten", "klant_id") == ["17"]


def test_what_was_read_stays_as_texts_with_its_place(tmp_path):
    klanten(tmp_path, "Titel\nNr;Geboren;M/V\n 0017 ;31/03/1980;man\n")
    (rij,) = pq.read_table(tmp_path / "processed" / "proef" / "bron" / "clienten.parquet").to_pylist()
    assert (rij["Nr"], rij["Geboren"], rij["_bestand"], rij["_blad"], rij["_regel"]) == (
        " 0017 ",
        "31/03/1980",
        "clienten.csv",
        None,
        3,
    )


def test_rows_read_are_clean_or_in_quarantine(tmp_path):
    uit = klanten(tmp_path, "Nr;Geboren;M/V\n17;;man\n;;man\n17;;man\n")
    assert lees_csv(uit.map / "inlezen.csv") == [
        {"tabel": "klanten", "gelezen": "3", "schoon": "1", "quarantaine": "2"}
    ]


# Queries


def test_a_query_over_the_sources(tmp_path):
    toml = ZRM.split("[tabel")[0] + '[tabel.zrm_metingen]\nquery = "zrm.sql"\n'
    sql = """
    -- one row per domain
    SELECT z.Dossier AS traject_id, 'intake' AS moment, z.Datum AS datum, d.betekenis AS domein, z.score,
           z._bestand, z._blad, z._regel
    FROM (UNPIVOT zrm ON Geld, Wonen INTO NAME kolom VALUE score) AS z JOIN domeinen AS d ON d.code = z.kolom;
    """
    uit = controleer(
        tmp_path,
        {"zrm.csv": "Titel\nDossier;Datum;Geld;Wonen\nT1;01-02-2019;3;9\n"},
        toml,
        zrm__sql=sql,
        domeinen__csv="code,betekenis\nGeld,Financiën\nWonen,Huisvesting\n",
    )
    assert [(r["traject_id"], r["domein"], r["score"]) for r in uit.tabel("zrm_metingen")] == [("T1", "Financiën", 3)]
    (bevinding,) = uit.bevindingen
    assert (bevinding["bestand"], bevinding["regelnummer"], bevinding["waarde"]) == ("zrm.csv", "3", "9")
    assert uit.quarantaine("zrm_metingen")[0]["zrm.Wonen"] == "9"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT Nr AS klant_id, Geboren AS geboortedatum FROM clienten",
        "SELECT c.Nr AS klant_id, c.Geboren AS geboortedatum FROM clienten c LEFT JOIN teams t ON t.Nr = "
        "c.Nr WHERE c.Nr <> 'x'",
        "WITH a AS (SELECT Nr AS klant_id, Geboren AS geboortedatum FROM clienten) SELECT * FROM a",
        "WITH a AS (SELECT Nr AS n, Geboren FROM clienten) SELECT n AS klant_id, Geboren AS geboortedatum "
        "FROM a ORDER BY n",
        "SELECT * FROM (SELECT Nr AS klant_id, Geboren AS geboortedatum FROM clienten) AS x",
        "SELECT Nr AS klant_id, Geboren AS geboortedatum FROM clienten UNION ALL SELECT Nr, team FROM teams "
        "WHERE false",
    ],
)
def test_a_query_need_not_ask_for_the_place_of_its_rows(tmp_path, sql):
    toml = (
        KLANTEN.split("[tabel")[0].format(bron="")
        + '[bron.teams]\nbestand = "t.csv"\n[tabel.klanten]\nquery = "k.sql"\n'
    )
    uit = controleer(
        tmp_path, {"clienten.csv": "Nr;Geboren;M/V\n17;fout;man\n", "t.csv": "Nr;team\n1;a\n"}, toml, k__sql=sql
    )
    assert [(b["bestand"], b["regelnummer"]) for b in uit.bevindingen] == [("clienten.csv", "2")]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT DISTINCT Nr AS klant_id, 'fout' AS geboortedatum FROM clienten",
        "SELECT Nr AS klant_id, min(Geboren) AS geboortedatum FROM clienten GROUP BY Nr",
        "SELECT Nr AS klant_id, min(Geboren) AS geboortedatum FROM clienten GROUP BY ALL",
        "SELECT Nr AS klant_id, Geboren AS geboortedatum FROM clienten UNION SELECT Nr, Geboren FROM clienten",
    ],
)
def test_a_query_that_counts_or_groups_means_what_it_says(tmp_path, sql):
    toml = KLANTEN.split("[tabel")[0].format(bron="") + '[tabel.klanten]\nquery = "k.sql"\n'
    uit = controleer(tmp_path, {"clienten.csv": "Nr;Geboren;M/V\n17;fout;man\n17;fout;man\n"}, toml, k__sql=sql)
    assert uit.kolom("klanten", "klant_id") == ["17"]
    assert [(b["bestand"], b["bronkolom"]) for b in uit.bevindingen] == [("koppeling/k.sql", "k.sql")]


def test_other_keys_work_on_the_outcome_of_a_query(tmp_path):
    toml = (
        CONTACTEN.split("[tabel")[0].format(bron="")
        + """[tabel.contacten]
query = "c.sql"
sleutel = "maak"
sleutel_voor = "a:"
codes.vorm = { Tel = "telefonisch" }
vast = { minuten = 5 }
weglaten = { vorm = "Adm" }
"""
    )
    sql = "SELECT Traject AS traject_id, Datum AS datum, Soort AS vorm FROM contacten"
    uit = controleer(
        tmp_path, {"contacten.csv": "Traject;Datum;Soort\nT1;01-02-2019;Tel\nT1;01-02-2019;Adm\n"}, toml, c__sql=sql
    )
    assert uit.tabel("contacten") == [
        {
            "contact_id": "a:contacten.csv:2",
            "traject_id": "a:T1",
            "datum": "2019-02-01",
            "vorm": "telefonisch",
            "minuten": 5,
        }
    ]
    assert "contacten: 1 van de 2 rijen weggelaten (weglaten in koppeling.toml)." in uit.controle.notities
