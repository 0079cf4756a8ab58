"""How a text is read as a value: every form that may stand in a raw file, and none that could mean something else."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kopanalyse.checked import values
from kopanalyse.engine.duckdb import Engine
from kopanalyse.engine.words import table
from kopanalyse.raw.formats.cells import unreadable
from kopanalyse.raw.names import clean_text
from kopanalyse.raw.schema import TABELLEN
from kopanalyse.settings import load_settings
from tests.checked.controle import run
from tests.raw import werkmap

SETTINGS = load_settings("dekop")
INWONERS, UREN = TABELLEN["kernen"]["inwoners"], TABELLEN["productie_uren"]["uren"]
WAARDE = TABELLEN["kto_antwoorden"]["waarde"]
SCORE, DATUM = TABELLEN["zrm_metingen"]["score"], TABELLEN["contacten"]["datum"]
JA_NEE, TEAM = TABELLEN["trajecten"]["netwerk_gevraagd"], TABELLEN["trajecten"]["team"]


def read(kolom, *teksten):
    """What the column ``kolom`` makes of every text."""
    with Engine() as engine:
        engine.add("t", pa.table({"plaats": range(len(teksten)), "staat": pa.array(teksten, pa.string())}))
        rij = table("t", {"plaats": "int64", "staat": "string"})
        rij = rij.mutate(tekst=values.text(kolom, rij.staat, SETTINGS)).order_by("plaats")
        return [rij[0] for rij in engine.rows(rij.select(gelezen=values.read(kolom, rij.tekst)))]


def test_what_may_stand_for_thousands_is_no_whole_number():
    onleesbaar = [
        "4.000",
        "12.000",
        "999.000",
        "1.234.567",
        "4,000",
        "1.000.000,0",
        "1 000",
        "-1",
        "+1",
        "3.5",
        "1e3",
        ".0",
        "3.",
        "٣",
        "10.000.00",
        unreadable("#N/A"),
    ]
    assert read(INWONERS, *onleesbaar) == [None] * len(onleesbaar)
    assert read(SCORE, "4.000", "4,000", "4.0", "4") == [None, None, 4, 4]


def test_what_cannot_stand_for_thousands_is_a_whole_number():
    assert read(INWONERS, "0.000", "012.000", "1234.000", "3.0", "3,00", "3.0000", "0017", " 17 ", "0", "4.00000") == [
        0,
        12,
        1234,
        3,
        3,
        3,
        17,
        17,
        0,
        4,
    ]


def test_hours_have_no_thousands_either():
    onleesbaar = ["1.234", "1,234", "1.234,50", "1,234.50", "-1.234", "12.000", "999,999", "1.234.567"]
    assert read(UREN, *onleesbaar) == [None] * len(onleesbaar)
    assert read(UREN, "1.5", "980,25", "0.500", "1234.567", "7.1250", "-2,5", "01.234") == [
        1.5,
        980.25,
        0.5,
        1234.567,
        7.125,
        -2.5,
        1.234,
    ]


def test_other_decimals_have_no_thousands_to_mistake_them_for():
    assert read(WAARDE, "7.000", "7,5", "52.123", "1.234,50") == [7.0, 7.5, 52.123, None]


DATUMS = [
    "2019-03-31",
    "31-03-2019",
    "31-3-2019",
    "2019-03-31 09:30",
    "2019-03-31T09:30:00",
    "31-03-2019 00:00",
    "31-3-2019 9:30",
    "2019-03-31T09:30:00.123456",
    "31-03-2019T23:59:59,5",
    " 2019-03-31\u00a0",
    "2019-03\u200b-31",
    "31-03-2019\u00a09:30",
]
GEEN_DATUMS = [
    "2019-3-31",
    "2019-03-1",
    "31/03/2019",
    "31-03-19",
    "30-02-2019",
    "2019-02-29",
    "0000-01-01",
    "01-01-0000",
    "2019-03-31T09:30:00Z",
    "2019-03-31 09:30+02:00",
    "2019-03-31+01:00",
    "2019-03-31 24:00",
    "2019-03-31 09:60",
    "2019-03-31 09:30:60",
    "2019-03-31 9",
    "2019-03-31 9u30",
    "2019-03-31T",
    "2019-03-31 ,",
    "31-3-2019  9:30",
    "131-3-2019",
    "31-113-2019",
    "31-3-20190",
    "20190331",
    "43555",
    "00-01-1900",
    "29-02-1900",
    "31 maart 2019",
    "2019-03-31 09:30:00.",
    "2019-03-31 09:30:00 CET",
    unreadable("2019-03-31"),
]


def test_a_date_in_every_form():
    assert read(DATUM, *DATUMS) == [date(2019, 3, 31)] * len(DATUMS)
    assert read(DATUM, "1-3-2019", "01-3-2019", "1-03-2019", "9-9-9999") == [date(2019, 3, 1)] * 3 + [date(9999, 9, 9)]


@pytest.mark.parametrize("tekst", GEEN_DATUMS)
def test_no_date(tekst):
    assert read(DATUM, tekst) == [None]


def test_truths_in_any_capitals():
    waar = ["ja", "JA", "j", "J", "true", "True", "waar", "WAAR", "1"]
    onwaar = ["nee", "n", "N", "false", "Onwaar", "0"]
    assert read(JA_NEE, *waar, *onwaar) == [True] * len(waar) + [False] * len(onwaar)
    assert read(JA_NEE, "yes", "1.0", "x", "-1", "waarheid") == [None] * 5


def test_only_what_is_empty_is_missing_and_an_error_is_no_text():
    assert read(TEAM, "NA", "null", " ", "\u200b\u00a0", "\0", "0", unreadable("#N/A"), "#N/A") == [
        "NA",
        "null",
        None,
        None,
        None,
        "0",
        None,
        "#N/A",
    ]


@settings(deadline=None)
@given(
    st.lists(
        st.text(
            st.characters(exclude_categories=["Cs", "Cn"]) | st.sampled_from(" \0\u200b\u00a0\u202f\u00ade\u0308\ufeff")
        ),
        min_size=1,
    )
)
def test_a_text_is_cleaned_as_python_does(teksten):
    assert read(TEAM, *teksten) == [clean_text(tekst) or None for tekst in teksten]


# In a whole registration

KLANTEN = "klant_id;geboortedatum;kern\nK1;1980-03-31;\n"


def test_a_time_is_dropped_with_one_note_per_column(tmp_path):
    uit = run(
        tmp_path,
        {
            "klanten": KLANTEN,
            "trajecten": (
                "traject_id;klant_id;trajectsoort;aanmelddatum;startdatum;einddatum\n"
                "T1;K1;individueel;2019-01-01 00:00;2019-01-01 09:30;1-2-2019T10:00\n"
                "T2;K1;individueel;2019-01-02T0:00:00.000;3-1-2019 14:05;\n"
            ),
        },
    )
    assert [notitie for notitie in uit.controle.notities if "tijd" in notitie] == [
        "trajecten.csv: bij de dagen in startdatum staat een tijd (zoals 2019-01-01 09:30); die is niet gebruikt.",
        "trajecten.csv: bij de dagen in einddatum staat een tijd (zoals 1-2-2019T10:00); die is niet gebruikt.",
    ]
    assert [rij["startdatum"] for rij in uit.clean("trajecten")] == [date(2019, 1, 1), date(2019, 1, 3)]


def test_a_row_that_broke_off_is_reported_with_its_columns(tmp_path):
    uit = run(
        tmp_path,
        {
            "klanten": KLANTEN,
            "trajecten": (
                "traject_id;klant_id;trajectsoort;startdatum;team;einddatum\nT1;K1;individueel;2019-01-01\nT2;K1\n"
            ),
        },
    )
    kort = [(b["regelnummer"], b["waarde"], b["gewicht"]) for b in uit.bevindingen if b["regel"] == "te_weinig_waarden"]
    assert kort == [
        ("2", "team, einddatum", "waarschuwing"),
        ("3", "trajectsoort, startdatum, team, einddatum", "waarschuwing"),
    ]
    assert "voor team, einddatum is er geen" in uit.bevindingen[0]["melding"]
    assert [rij["traject_id"] for rij in uit.clean("trajecten")] == ["T1"]
    assert [rij["traject_id"] for rij in uit.quarantine("trajecten")] == ["T2"]


def test_cells_without_a_value_are_unreadable_in_every_column(tmp_path):
    fout, formule = '<c t="e"><v>#N/A</v></c>', "<c><f>1+1</f></c>"
    leeg = '<c t="str"><f>IF(A1="","",A1)</f><v></v></c>'
    tekst = '<c t="inlineStr"><is><t>{}</t></is></c>'.format
    kop = (
        "traject_id",
        "klant_id",
        "trajectsoort",
        "startdatum",
        "einddatum",
        "team",
        "aanmeldroute",
        "netwerk_gevraagd",
    )

    def rij(*cellen):
        return "<row>" + "".join(cel if cel.startswith("<") else tekst(cel) for cel in cellen) + "</row>"

    pad = tmp_path / "trajecten.xlsx"
    werkmap.xlsx(
        pad,
        (
            "trajecten",
            werkmap.text_rows(kop)
            + rij("T1", "K1", "individueel", "2019-01-01", leeg, fout, formule, fout)
            + rij("T2", "K1", "individueel", "2019-01-01", fout, "Oost", leeg, leeg)
            + rij("T3", "K1", formule, "2019-01-01", leeg, "Oost", leeg, leeg)
            + rij(fout, "K1", "individueel", "2019-01-01", leeg, "Oost", leeg, leeg),
        ),
    )
    uit = run(tmp_path, {"klanten": KLANTEN, "trajecten.xlsx": pad.read_bytes()})
    assert [(b["regelnummer"], b["kolom"], b["waarde"], b["regel"]) for b in uit.bevindingen] == [
        ("2", "aanmeldroute", "=1+1", "onleesbaar_telt_als_leeg"),
        ("2", "netwerk_gevraagd", "#N/A", "onleesbaar_telt_als_leeg"),
        ("2", "team", "#N/A", "onleesbaar_telt_als_leeg"),
        ("3", "einddatum", "#N/A", "onleesbaar"),
        ("4", "trajectsoort", "=1+1", "onleesbaar"),
        ("5", "traject_id", "#N/A", "onleesbaar"),
    ]
    assert uit.clean("trajecten") == [
        {"traject_id": "T1", "klant_id": "K1", "trajectsoort": "individueel", "startdatum": date(2019, 1, 1)}
    ]
    assert [rij["einddatum"] for rij in uit.quarantine("trajecten")] == ["#N/A", "", ""]


def test_a_key_that_is_no_value_is_named_as_it_is_seen(tmp_path):
    boek = tmp_path / "contacten.xlsx"
    cellen = "".join(f'<c t="inlineStr"><is><t>{tekst}</t></is></c>' for tekst in ("T1", "2020-01-01"))
    kop = werkmap.text_rows(["contact_id", "traject_id", "datum"])
    werkmap.xlsx(boek, ("contacten", f'{kop}<row><c><f>"C"&amp;ROW()</f></c>{cellen}</row>'))
    (bevinding,) = run(tmp_path, {"contacten.xlsx": boek.read_bytes()}).bevindingen
    assert (bevinding["sleutel"], bevinding["waarde"]) == ('="C"&ROW()', '="C"&ROW()')


def test_what_looks_equal_is_equal_and_a_finding_shows_what_the_eye_cannot_see(tmp_path):
    uit = run(
        tmp_path,
        {
            "klanten": "klant_id;kern\nK\u200b1;Danie\u0308lsdorp\n\u00a0K2;x\u00ady\nK3;on\x01bekend\n",
            "kernen": "kern\nDaniëlsdorp\nxy\n",
            "trajecten": (
                "traject_id;klant_id;trajectsoort;startdatum\nT1;K1;indi\u200bvidueel;2019-01-01\n"
                "T2;K2;individueel;2019-01-01\n"
            ),
        },
    )
    assert [rij["kern"] for rij in uit.clean("klanten")] == ["Daniëlsdorp", "xy", "onbekend"]
    assert [rij["trajectsoort"] for rij in uit.clean("trajecten")] == ["individueel"] * 2
    (bevinding,) = uit.bevindingen
    assert bevinding["waarde"] == "on\x01bekend"
    assert bevinding["melding"].endswith("Let op wat niet te zien is: on⟨stuurteken⟩bekend.")


def test_codes_of_the_settings_are_read_as_the_registration_is(tmp_path):
    uit = run(
        tmp_path,
        {"klanten": KLANTEN, "trajecten": ("traject_id;klant_id;trajectsoort;startdatum\nT1;K1;Cliënt;2019-01-01\n")},
        '[codelijsten]\ntrajectsoort = ["Clie\u0308nt"]\n',
    )
    assert [rij["trajectsoort"] for rij in uit.clean("trajecten")] == ["Cliënt"]
