"""Reading: every form of a raw file gives the same table, nothing is judged, and nothing gets lost."""

import csv
import datetime
import io
import zipfile
from decimal import Decimal

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopanalyse.raw.formats.cells import unreadable
from kopanalyse.raw.formats.forms import ReadError
from kopanalyse.raw.formats.text import csv_rows
from kopanalyse.raw.schema import TABELLEN
from kopanalyse.raw.tables.find import find_tables
from kopanalyse.raw.tables.read import read_table

KLANTEN = [["0017", "1980-03-31", "vrouw"], ["0018", "", 'Financiën; "en"\nzo']]


def read(map_, inhoud, bestand="klanten.csv"):
    """What is read from one file: the table as it was read, and its rows as dicts without what is missing."""
    pad = map_ / bestand
    if inhoud is not None:
        pad.write_bytes(inhoud.encode() if isinstance(inhoud, str) else inhoud)
    gelezen = read_table(TABELLEN[pad.stem], pad, map_ / "uit.parquet")
    rijen = pq.read_table(gelezen.pad).to_pylist()
    assert gelezen.rijen == len(rijen)
    return gelezen, [{naam: waarde for naam, waarde in rij.items() if waarde is not None} for rij in rijen]


def rows(map_, inhoud, bestand="klanten.csv"):
    return read(map_, inhoud, bestand)[1]


def write_xlsx(pad, *rijen, blad="Blad1"):
    boek = openpyxl.Workbook()
    boek.active.title = blad
    for rij in rijen:
        boek.active.append(rij)
    boek.save(pad)


# CSV


@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("scheiding", [",", ";"])
@pytest.mark.parametrize("regeleinde", ["\n", "\r\n"])
@pytest.mark.parametrize("aanhaling", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_every_form_of_csv_gives_the_same_rows(tmp_path, codering, scheiding, regeleinde, aanhaling):
    tekst = io.StringIO()
    schrijver = csv.writer(tekst, delimiter=scheiding, lineterminator=regeleinde, quoting=aanhaling)
    schrijver.writerows([["klant_id", "geboortedatum", "geslacht"], *KLANTEN])
    assert rows(tmp_path, tekst.getvalue().encode(codering)) == [
        {"klant_id": "0017", "geboortedatum": "1980-03-31", "geslacht": "vrouw", "regelnummer": 2},
        {"klant_id": "0018", "geboortedatum": "", "geslacht": 'Financiën; "en"\nzo', "regelnummer": 3},
    ]


def test_texts_that_look_like_something_else_stay_as_they_are(tmp_path):
    teksten = ["0017", "1e5", "NA", "nan", "null", "=1+1", "17.0", "TRUE", "e\u0301", "\x00a", "'", " x "]
    assert [rij["klant_id"] for rij in rows(tmp_path, "klant_id\n" + "\n".join(teksten))] == teksten


def test_a_line_number_is_that_of_the_first_physical_line(tmp_path):
    inhoud = '\n\nklant_id,kern\n1,a\n\n2,"b\nb\n\nb"\n   \n3,c\n"4",d'
    assert [(rij["klant_id"], rij["regelnummer"]) for rij in rows(tmp_path, inhoud)] == [
        ("1", 4),
        ("2", 6),
        ("3", 11),
        ("4", 12),
    ]


def test_a_line_of_only_separators_is_a_row(tmp_path):
    assert [rij["regelnummer"] for rij in rows(tmp_path, "klant_id;kern\n;\n\n1;a\n")] == [2, 4]


def test_spaces_around_a_quoted_field_are_not_part_of_it(tmp_path):
    assert rows(tmp_path, 'klant_id;kern\n "1;2" ;\t"a"\n') == [{"klant_id": "1;2", "kern": "a", "regelnummer": 2}]


def test_a_quote_inside_a_field_is_an_ordinary_character(tmp_path):
    assert rows(tmp_path, 'klant_id;kern\n5" breed;"a" b\n') == [
        {"klant_id": '5" breed', "kern": "a b", "regelnummer": 2}
    ]


@pytest.mark.parametrize(
    "inhoud",
    [
        'klant_id;kern\n1;"a\n2;b\n3;c\n',  # never closed
        'klant_id;kern\n1;"a\n2;b\n3;"c\n4;d\n',  # closed by the opening quote of a later row
    ],
)
def test_a_quote_that_would_swallow_rows_stops_the_run(tmp_path, inhoud):
    with pytest.raises(ReadError, match="klanten.csv: het aanhalingsteken .* op regel 2 wordt niet gesloten"):
        rows(tmp_path, inhoud)


def test_short_rows_are_filled_up_and_what_stands_beyond_the_header_is_kept(tmp_path):
    assert rows(tmp_path, "klant_id;kern\n1\n2;a;\n3;b;;c\n") == [
        {"klant_id": "1", "tekort": "kern", "regelnummer": 2},
        {"klant_id": "2", "kern": "a", "regelnummer": 3},
        {"klant_id": "3", "kern": "b", "overtollig": ";c", "regelnummer": 4},
    ]


def test_the_separator_is_the_one_that_gives_known_columns(tmp_path):
    assert rows(tmp_path, 'klant_id;"adres, huisnummer, toevoeging, plaats"\n1,2;x\n')[0]["klant_id"] == "1,2"


def test_a_long_text_is_read_whole(tmp_path):
    lang = "x" * 300_000
    assert rows(tmp_path, f'klant_id,kern\n1,"{lang}"\n2,{lang}\n')[1]["kern"] == lang


def test_more_rows_than_one_batch(tmp_path):
    inhoud = "klant_id,kern\n" + "".join(f"{nummer},a\n" for nummer in range(5_001)) + "x,a,b\n"
    gelezen = rows(tmp_path, inhoud)
    assert [rij["regelnummer"] for rij in gelezen] == list(range(2, 5_004))
    assert gelezen[-1] == {"klant_id": "x", "kern": "a", "overtollig": "b", "regelnummer": 5_003}


@pytest.mark.parametrize("keer", [1, 2, 3, 4, 100])
@pytest.mark.parametrize("einde", ["\n", "\r\n", "\r"])
def test_rows_do_not_depend_on_where_a_batch_ends(tmp_path, monkeypatch, keer, einde):
    monkeypatch.setattr("kopanalyse.raw.tables.read._RIJEN_PER_KEER", keer)
    regels = ["klant_id,kern", "1,a", "2, b ", "", '3,"c', "", '4,c"', "5,d", '"6",e', "7", "8,f,g", " ", "9,h", "10,i"]
    gelezen = rows(tmp_path, einde.join(regels))
    assert [tuple(map(rij.get, ("regelnummer", "klant_id", "kern", "overtollig"))) for rij in gelezen] == [
        (2, "1", "a", None),
        (3, "2", " b ", None),
        (5, "3", f"c{einde}{einde}4,c", None),
        (8, "5", "d", None),
        (9, "6", "e", None),
        (10, "7", None, None),
        (11, "8", "f", "g"),
        (13, "9", "h", None),
        (14, "10", "i", None),
    ]


tekst = st.text(st.characters(blacklist_categories=["Cs"]) | st.sampled_from(' "\n,;'), max_size=6)


@given(
    rijen=st.lists(st.lists(tekst, min_size=2, max_size=4), max_size=6),
    scheiding=st.sampled_from(",;"),
    aanhaling=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_rows_are_those_of_pythons_own_reader(rijen, scheiding, aanhaling):
    uit = io.StringIO(newline="")
    csv.writer(uit, delimiter=scheiding, quoting=aanhaling).writerows(rijen)
    verwacht, begin = [], 0
    lezer = csv.reader(io.StringIO(uit.getvalue(), newline=""), delimiter=scheiding)
    for rij in lezer:
        verwacht.append((begin + 1, rij))
        begin = lezer.line_num
    assert list(csv_rows(enumerate(io.StringIO(uit.getvalue(), newline=""), start=1), scheiding)) == verwacht


# Excel


def test_xlsx_gives_the_same_texts_and_the_number_of_the_sheet_row(tmp_path):
    write_xlsx(
        tmp_path / "klanten.xlsx",
        ["klant_id", " geboortedatum", "kern"],
        ["0017", datetime.datetime(1980, 3, 31), "a"],
        [],
        ["", None, "  "],
        [17.0, datetime.datetime(1980, 3, 31, 9, 30), 7.5],
        [18, datetime.date(1980, 3, 1), True, None, "z"],
    )
    assert rows(tmp_path, None, "klanten.xlsx") == [
        {"klant_id": "0017", "geboortedatum": "1980-03-31", "kern": "a", "regelnummer": 2},
        {"klant_id": "17", "geboortedatum": "1980-03-31 09:30:00", "kern": "7.5", "regelnummer": 5},
        {"klant_id": "18", "geboortedatum": "1980-03-01", "kern": "true", "overtollig": ";z", "regelnummer": 6},
    ]


def test_a_formula_that_was_never_computed_is_no_value(tmp_path):
    write_xlsx(tmp_path / "klanten.xlsx", ["klant_id", "kern"], ["1", "a"], ["=1+1", "b"])
    assert [rij["klant_id"] for rij in rows(tmp_path, None, "klanten.xlsx")] == ["1", unreadable("=1+1")]


def test_a_formula_counts_as_its_outcome(tmp_path):
    write_xlsx(tmp_path / "bron.xlsx", ["klant_id", "kern"], ["1", "a"], ["=1+1", "b"], ["=1+2", "c"])
    with zipfile.ZipFile(tmp_path / "bron.xlsx") as bron, zipfile.ZipFile(tmp_path / "klanten.xlsx", "w") as uit:
        for deel in bron.namelist():
            uit.writestr(
                deel,
                bron.read(deel)
                .replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
                .replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"),
            )
    assert [rij["klant_id"] for rij in rows(tmp_path, None, "klanten.xlsx")] == ["1", "2", unreadable("=1+2")]


def test_the_sheet_with_the_name_of_the_table_is_read(tmp_path):
    boek = openpyxl.Workbook()
    boek.active.append(["Toelichting bij deze export"])
    blad = boek.create_sheet("klanten")
    blad.append(["klant_id"])
    blad.append(["1"])
    boek.save(tmp_path / "klanten.xlsx")
    gelezen, rijen = read(tmp_path, None, "klanten.xlsx")
    assert rijen == [{"klant_id": "1", "regelnummer": 2}]
    assert gelezen.notities == ("klanten.xlsx: het werkblad Sheet is niet gelezen, alleen klanten.",)


def test_rows_beyond_a_wrong_size_in_the_file_are_read(tmp_path):
    write_xlsx(tmp_path / "bron.xlsx", ["klant_id"], ["1"], ["2"])
    with zipfile.ZipFile(tmp_path / "bron.xlsx") as bron, zipfile.ZipFile(tmp_path / "klanten.xlsx", "w") as uit:
        for deel in bron.namelist():
            uit.writestr(deel, bron.read(deel).replace(b'<dimension ref="A1:A3"', b'<dimension ref="A1:A1"'))
    assert len(rows(tmp_path, None, "klanten.xlsx")) == 2


# Parquet


def test_parquet_gives_the_same_texts_and_the_place_of_the_row(tmp_path):
    pq.write_table(
        pa.table(
            {
                "klant_id": pa.array([17.0, 18.5, None]),
                "geboortedatum": pa.array([datetime.datetime(1980, 3, 31), datetime.datetime(1980, 3, 31, 9), None]),
                "geslacht": pa.array(["vrouw", "NA", ""]).dictionary_encode(),
                "kern": pa.array([True, False, None]),
                "leeftijd": pa.array([1, 2, None]),
                "bedrag": pa.array([Decimal("17.00"), Decimal("7.50"), None]),
            }
        ),
        tmp_path / "klanten.parquet",
    )
    assert rows(tmp_path, None, "klanten.parquet") == [
        {
            "klant_id": "17",
            "geboortedatum": "1980-03-31",
            "geslacht": "vrouw",
            "kern": "true",
            "extra_5": "1",
            "extra_6": "17",
            "regelnummer": 1,
        },
        {
            "klant_id": "18.5",
            "geboortedatum": "1980-03-31 09:00:00",
            "geslacht": "NA",
            "kern": "false",
            "extra_5": "2",
            "extra_6": "7.50",
            "regelnummer": 2,
        },
        {"geslacht": "", "regelnummer": 3},
    ]


# Headers


def test_names_in_the_header_are_trimmed_and_may_be_quoted(tmp_path):
    assert rows(tmp_path, ' klant_id ;" kern"\n1;a\n') == [{"klant_id": "1", "kern": "a", "regelnummer": 2}]


def test_unknown_columns_are_noted_and_kept_apart(tmp_path):
    gelezen, rijen = read(tmp_path, "KLANT_ID,klant_id,,geslagt,regelnummer\nA,1,x,man,9\n")
    assert rijen == [
        {"klant_id": "1", "extra_1": "A", "extra_3": "x", "extra_4": "man", "extra_5": "9", "regelnummer": 2}
    ]
    assert gelezen.notities == (
        "klanten.csv: de kolom KLANT_ID hoort niet bij klanten en is niet gebruikt.",
        "klanten.csv: een kolom zonder naam hoort niet bij klanten en is niet gebruikt.",
        "klanten.csv: de kolom geslagt hoort niet bij klanten en is niet gebruikt. Bedoelde u geslacht?",
        "klanten.csv: de kolom regelnummer hoort niet bij klanten en is niet gebruikt.",
    )


def test_many_unknown_columns_are_one_note(tmp_path):
    kop = ["klant_id", "geslagt", "", *(f"vraag{n}" for n in range(1_990))]
    gelezen, _ = read(tmp_path, ",".join(kop) + "\n")
    assert gelezen.notities == (
        "klanten.csv: de kolom geslagt hoort niet bij klanten en is niet gebruikt. Bedoelde u geslacht?",
        "klanten.csv: 1990 kolommen horen niet bij klanten en zijn niet gebruikt: "
        f"{', '.join(kop[3:13])} en 1980 andere.",
    )


def test_a_file_with_only_a_header_has_no_rows(tmp_path):
    assert rows(tmp_path, "klant_id,kern") == []


MELDINGEN = {
    "leeg": (b"", "klanten.csv is leeg; verwacht wordt een kopregel met minstens: klant_id"),
    "alleen_lege_regels": (b"\xef\xbb\xbf\r\n \r\n", "klanten.csv is leeg"),
    "zonder_verplichte_kolom": (
        b"klantid;kern\n1;a\n",
        "klanten.csv: de verplichte kolom klant_id ontbreekt.*minstens verwacht: klant_id. Gevonden: klantid, kern",
    ),
    "dubbele_kolom": (b"klant_id,kern, kern\n", "klanten.csv: de kolom kern staat 2 keer in de kopregel"),
    "utf_16": ("klant_id\n1\n".encode("utf-16"), "klanten.csv is opgeslagen als UTF-16; verwacht wordt UTF-8"),
    "utf_16_zonder_bom": ("klant_id\n1\n".encode("utf-16-be"), "klanten.csv is opgeslagen als UTF-16"),
    "geen_codering": (b"klant_id\n\x81\n", "klanten.csv is geen leesbare tekst: byte 0x81 op regel 2 bestaat niet"),
    "excel": (b"PK\x03\x04...", "klanten.csv is geen CSV maar een Excel-werkmap; geef het bestand de uitgang .xlsx"),
    "parquet": (b"PAR1...", "klanten.csv is geen CSV maar een Parquet-bestand"),
}


@pytest.mark.parametrize("gebrek", MELDINGEN)
def test_a_csv_file_that_cannot_be_used_stops_the_run(tmp_path, gebrek):
    inhoud, melding = MELDINGEN[gebrek]
    with pytest.raises(ReadError, match=melding):
        rows(tmp_path, inhoud)


def test_all_missing_columns_are_named(tmp_path):
    with pytest.raises(ReadError, match="de verplichte kolommen traject_id, datum ontbreken"):
        rows(tmp_path, "contact_id\n1\n", "contacten.csv")


@pytest.mark.parametrize("bestand", ["klanten.xlsx", "klanten.parquet"])
@pytest.mark.parametrize("inhoud", [b"", b"klant_id\n1\n", b"PK\x03\x04", b"PAR1PAR1"])
def test_a_file_that_is_not_what_its_name_says_stops_the_run(tmp_path, bestand, inhoud):
    with pytest.raises(
        ReadError,
        match=rf"^{bestand} is geen leesbaar (Excel|Parquet)-bestand "
        r"\(het is (beschadigd, of van een andere soort|leeg|tekst .*)\)\. Verwacht wordt ",
    ):
        rows(tmp_path, inhoud, bestand)


def test_an_empty_sheet_and_a_wrong_header_stop_the_run(tmp_path):
    write_xlsx(tmp_path / "klanten.xlsx")
    with pytest.raises(ReadError, match="klanten.xlsx is leeg"):
        rows(tmp_path, None, "klanten.xlsx")
    write_xlsx(tmp_path / "klanten.xlsx", ["naam"], ["x"])
    with pytest.raises(ReadError, match="klanten.xlsx: de verplichte kolom klant_id ontbreekt"):
        rows(tmp_path, None, "klanten.xlsx")
    pq.write_table(pa.table([["1"], ["2"]], names=["klant_id", "klant_id "]), tmp_path / "klanten.parquet")
    with pytest.raises(ReadError, match="klanten.parquet: de kolom klant_id staat 2 keer"):
        rows(tmp_path, None, "klanten.parquet")


# The folder


def test_one_file_per_table_and_a_note_for_what_is_no_table(tmp_path):
    for naam in (
        "klanten.csv",
        "trajecten.XLSX",
        "kernen.parquet",
        "klantn.csv",
        "kernen.xls",
        "overig.pdf",
        "organisatie.toml",
        "koppeling.toml",
        "README.md",
        ".gitkeep",
        "~$trajecten.XLSX",
    ):
        (tmp_path / naam).touch()
    (tmp_path / "toelichting").mkdir()
    bestanden, notities = find_tables(tmp_path)
    assert {naam: pad.name for naam, pad in bestanden.items()} == {
        "klanten": "klanten.csv",
        "trajecten": "trajecten.XLSX",
        "kernen": "kernen.parquet",
    }
    assert notities == [
        "kernen.xls: dit bestand is niet gelezen; de tabel heeft al een bestand.",
        "klantn.csv: dit bestand hoort bij geen tabel en is niet gelezen. Bedoelde u klanten.csv, klanten.xlsx of "
        "klanten.parquet?",
        "overig.pdf: dit bestand hoort bij geen tabel en is niet gelezen.",
    ]


def test_two_files_for_one_table_stop_the_run(tmp_path):
    (tmp_path / "klanten.csv").touch()
    (tmp_path / "klanten.xlsx").touch()
    with pytest.raises(ReadError, match="klanten staat er twee keer: klanten.csv en klanten.xlsx"):
        find_tables(tmp_path)


def test_a_folder_without_tables_stops_the_run(tmp_path):
    with pytest.raises(ReadError, match="De map .*weg bestaat niet"):
        find_tables(tmp_path / "weg")
    (tmp_path / "klantn.csv").touch()
    with pytest.raises(ReadError, match="geen enkele tabel.*Bedoelde u klanten.csv"):
        find_tables(tmp_path)
