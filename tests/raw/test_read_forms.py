"""CSV and Parquet as they come: lines that are no rows, two encodings, signs that no eye sees, types of every kind."""

import datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kopanalyse.raw.formats.cells import unreadable
from kopanalyse.raw.formats.forms import text_column
from kopanalyse.raw.names import clean_text, meant, shown
from kopanalyse.raw.schema import TABELLEN
from kopanalyse.raw.tables.read import ReadError, read_table, read_tables
from tests.raw import werkmap
from tests.raw.test_read import read, rows

EEN = [{"klant_id": "1", "kern": "a", "regelnummer": 2}]


# Separators and lines


@pytest.mark.parametrize("teken", [",", ";", "\t", "|"])
def test_every_separator(tmp_path, teken):
    assert rows(tmp_path, f"klant_id{teken}kern\n1{teken}a\n") == EEN


@pytest.mark.parametrize("teken", [",", ";", "\t", "|", "^"])
@pytest.mark.parametrize("begin", ["", "\ufeff"])
def test_a_line_for_excel_names_the_separator_and_is_no_row(tmp_path, teken, begin):
    inhoud = f"{begin}sep={teken}\r\nklant_id{teken}kern\r\n1{teken}a\r\n"
    assert rows(tmp_path, inhoud) == [{"klant_id": "1", "kern": "a", "regelnummer": 3}]


def test_a_tab_before_a_quote_separates(tmp_path):
    assert rows(tmp_path, 'klant_id\tgeslacht\tkern\n1\t\t"a"\n') == [
        {"klant_id": "1", "geslacht": "", "kern": "a", "regelnummer": 2}
    ]


@pytest.mark.parametrize("staart", ["\0" * 400, "\0" * 40 + "\n", "\ufeff\n", "\u200b \n\u00a0\n", "\x1a"])
def test_lines_on_which_nothing_is_to_be_seen_are_no_rows(tmp_path, staart):
    gelezen, gevonden = read(tmp_path, f"klant_id;kern\n1;a\n{staart}")
    assert gevonden == EEN
    assert [notitie.split(" (")[0] for notitie in gelezen.notities] == [
        f"klanten.csv: op {'regels 3 en 4' if staart.count(chr(10)) == 2 else 'regel 3'} staat niets zichtbaars"
    ] or (staart == "\u200b \n\u00a0\n")  # the second is white space alone


def test_values_that_lack_are_named_and_a_surplus_of_nothing_is_none(tmp_path):
    inhoud = "klant_id;geslacht;eigen;kern;\n1\n2;man\n3;man;x;a\n4;man;x;a;\n5;man;x;a;; \0;\n6;man;x;a;;b\n"
    assert [(rij["klant_id"], rij.get("tekort"), rij.get("overtollig")) for rij in rows(tmp_path, inhoud)] == [
        ("1", "geslacht, eigen, kern", None),
        ("2", "eigen, kern", None),
        ("3", None, None),
        ("4", None, None),
        ("5", None, None),
        ("6", None, "b"),
    ]


def test_columns_without_a_name_are_noted_once(tmp_path):
    (notitie,) = read(tmp_path, "klant_id;;;\n1;;;\n")[0].notities
    assert notitie.startswith("klanten.csv: een kolom zonder naam")


# Encodings


def test_two_encodings_in_one_file(tmp_path):
    inhoud = "klant_id;kern\n1;Daniëls\n".encode() + "2;Daniëls\n".encode("cp1252") + "3;Daniëls\n4;x\n".encode()
    gelezen, gevonden = read(tmp_path, inhoud)
    assert [rij["kern"] for rij in gevonden] == ["Daniëls", "Daniëls", "Daniëls", "x"]
    assert gelezen.notities == (
        "klanten.csv: er staan twee coderingen in: regels 2 en 4 zijn UTF-8, regel 3 is Windows-1252. Elke regel is in "
        "zijn eigen codering gelezen; lever het bestand liever in één codering.",
    )


@pytest.mark.parametrize("einde", [b"\n", b"\r\n", b"\r"])
def test_a_byte_order_mark_before_lines_in_another_encoding(tmp_path, einde):
    regels = [
        b"\xef\xbb\xbfklant_id;kern",
        "1;é".encode(),
        "2;€".encode("cp1252"),
        b'3;"a',
        "é".encode("cp1252") + b'"',
    ]
    gelezen, gevonden = read(tmp_path, einde.join(regels))
    assert [(rij["regelnummer"], rij["kern"]) for rij in gevonden] == [(2, "é"), (3, "€"), (4, f"a{einde.decode()}é")]
    assert "regels 1 en 2 zijn UTF-8, regels 3 en 5 zijn Windows-1252" in gelezen.notities[0]


def test_many_lines_are_counted(tmp_path):
    inhoud = b"klant_id;kern\n" + "1;é\n".encode() * 9 + "2;é\n".encode("cp1252")
    assert "regels 2, 3, 4 en 6 andere zijn UTF-8, regel 11 is Windows-1252" in read(tmp_path, inhoud)[0].notities[0]


@pytest.mark.parametrize("codering", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named_with_or_without_mark(tmp_path, codering):
    with pytest.raises(ReadError, match="is opgeslagen als UTF-16"):
        rows(tmp_path, "klant_id;kern\n1;Zuid-België\n".encode(codering))


# Headers


@pytest.mark.parametrize(
    "kop",
    ["KLANT_ID;Kern", "Klant ID;kern", "\u200bklant_id;k\u00adern", "klant\u00a0id;KERN ", '"Klant_Id";"\ufeffkern"'],
)
def test_a_name_that_fits_is_taken_when_there_is_no_exact_one(tmp_path, kop):
    gelezen, gevonden = read(tmp_path, f"{kop}\n1;a\n")
    assert (gevonden, gelezen.notities) == (EEN, ())


def test_the_exact_name_goes_before_one_that_fits(tmp_path):
    assert rows(tmp_path, "KERN;klant_id;kern\nx;1;a\n") == [
        {"klant_id": "1", "kern": "a", "extra_1": "x", "regelnummer": 2}
    ]


def test_names_that_fit_equally_stop_the_run(tmp_path):
    with pytest.raises(ReadError, match="bij de kolom kern passen in de kopregel .regel 1. Kern en KERN; verwacht"):
        rows(tmp_path, "klant_id;Kern;KERN\n1;a;b\n")


def test_a_stop_says_what_stood_there_and_where_the_header_is(tmp_path):
    with pytest.raises(
        ReadError,
        match=r"klant_id ontbreekt\. In de kopregel \(regel 1\).*Gevonden: Export klanten\. "
        r"De kopregel moet op de eerste rij staan; gevonden op regel 3\.",
    ):
        rows(tmp_path, "Export klanten\n\nKlant_id;kern\n1;a\n")


@pytest.mark.parametrize("kolom", ["Cliëntnummer", "client-nr.", "Klantnr", "klantid", "klant_idd"])
def test_a_hint_goes_by_meaning_and_by_spelling(tmp_path, kolom):
    with pytest.raises(ReadError, match=f"Bedoelde u misschien: {kolom} lijkt klant_id te zijn"):
        rows(tmp_path, f"naam;{kolom}\nx;1\n")


def test_the_eye_sees_what_a_message_quotes(tmp_path):
    with pytest.raises(ReadError, match="Gevonden: naam⟨U\\+0001⟩x, b"):
        rows(tmp_path, "naam\x01x;b\n1;2\n")
    assert shown("K1\u200b") == "K1⟨U+200B⟩"
    assert shown(" a\u00a0b ") == "⟨spatie⟩a⟨U+00A0⟩b⟨spatie⟩"
    assert shown("Financie\u0308n") == "Financie⟨U+0308⟩n"
    assert shown("Zuid-België > a") == "Zuid-België > a"


def test_meaning_before_spelling():
    assert meant("einddatum", ["startdatum", "Datum einde"]) == "Datum einde"
    assert meant("minuten", ["opmerking"]) is None


def test_everything_that_stops_the_run_is_said_at_once(tmp_path):
    (tmp_path / "klanten.csv").write_text("naam\nx\n", "utf-8")
    (tmp_path / "kernen.csv").write_bytes(b"")
    (tmp_path / "trajecten.xlsx").write_bytes(b"x")
    bestanden = [
        (TABELLEN[naam], tmp_path / f"{naam}.{vorm}")
        for naam, vorm in (("klanten", "csv"), ("kernen", "csv"), ("trajecten", "xlsx"))
    ]
    with pytest.raises(ReadError) as fout:
        read_tables(bestanden, tmp_path)
    assert [regel.split(" ")[0] for regel in str(fout.value).splitlines()] == [
        "klanten.csv:",
        "kernen.csv",
        "trajecten.xlsx",
    ]


# Texts


def test_a_text_as_it_is_meant():
    assert clean_text("\ufeff\u00a0Oo\u00adst\u200b ") == "Oost"
    assert clean_text("Financie\u0308n\u202fx") == "Financiën x"
    assert clean_text("\0\x01\u200b \ue000") == ""


# Parquet

KOLOMMEN = {
    "numbers": (pa.array([17.0, 18.5, None, 1e-7, 1e22, -0.0]), ["17", "18.5", None, "0.0000001", "1" + "0" * 22, "0"]),
    "whole numbers in floats": (pa.array([17.0, None]), ["17", None]),
    "short floats": (pa.array([1.5, 30.1], pa.float32()), ["1.5", "30.1"]),
    "half floats": (pa.array([1.5], pa.float16()), ["1.5"]),
    "no thousands": (pa.array([7.125, 1.5]), ["7.1250", "1.5"]),
    "decimals": (pa.array([Decimal("17.00"), Decimal("7.50")]), ["17", "7.50"]),
    "wide decimals": (pa.array([Decimal("1" * 38)]), ["1" * 38]),
    "dates": (pa.array([datetime.date(2019, 3, 31), None]), ["2019-03-31", None]),
    "dates of 64 bits": (pa.array([0], pa.date64()), ["1970-01-01"]),
    "moments": (
        pa.array([datetime.datetime(2019, 3, 31), datetime.datetime(2019, 3, 31, 9, 30, 0, 500000), None]),
        ["2019-03-31", "2019-03-31 09:30:00.5", None],
    ),
    "a moment that Python does not know": (pa.array([400_000_000_000], pa.timestamp("s")), ["14645-06-30 15:06:40"]),
    "moments with a zone": (
        pa.array([1546297200, None], pa.timestamp("s", "Europe/Amsterdam")),
        ["2019-01-01 00:00:00+01:00", None],
    ),
    "UTC": (pa.array([1546297200], pa.timestamp("ms", "UTC")), ["1970-01-18 21:31:37.2+00:00"]),
    "a zone that is none": (pa.array([0], pa.timestamp("us", "Nergens/Zo")), ["1970-01-01 00:00:00+00:00"]),
    "the last day, with a zone": (
        pa.array([253402300799], pa.timestamp("s", "Europe/Amsterdam")),
        ["10000-01-01 00:59:59+01:00"],
    ),
    "times": (pa.array([datetime.time(9, 30)]), ["09:30:00"]),
    "lengths of time": (pa.array([datetime.timedelta(hours=30)]), ["30:00:00"]),
    "truths": (pa.array([True, False, None]), ["true", "false", None]),
    "lists": (pa.array([[1], None]), [unreadable("[1]"), None]),
    "structures": (pa.array([{"a": 1}]), [unreadable("{'a': 1}")]),
    "dictionaries": (pa.array(["a", None, "a"]).dictionary_encode(), ["a", None, "a"]),
    "dictionaries of dates": (pa.array([datetime.date(2019, 1, 1)]).dictionary_encode(), ["2019-01-01"]),
    "large texts": (pa.array(["0017"], pa.large_string()), ["0017"]),
    "views of texts": (pa.array(["0017"], pa.string_view()), ["0017"]),
    "bytes": (pa.array([b"\xc3\xab", None]), ["ë", None]),
    "nothing": (pa.nulls(1), [None]),
}


@pytest.mark.parametrize("soort", KOLOMMEN)
def test_every_type_of_column(soort):
    kolom, teksten = KOLOMMEN[soort]
    assert text_column(kolom).to_pylist() == teksten


def test_a_parquet_file_with_every_type(tmp_path):
    lang = max(len(kolom) for kolom, _ in KOLOMMEN.values())
    kolommen = {
        f"x{nummer}": pa.concat_arrays([kolom, pa.nulls(lang - len(kolom), kolom.type)])
        for nummer, (soort, (kolom, _)) in enumerate(KOLOMMEN.items())
        if soort not in ("half floats",)
    }
    pq.write_table(pa.table({"klant_id": list(map(str, range(lang))), **kolommen}), tmp_path / "klanten.parquet")
    assert len(rows(tmp_path, None, "klanten.parquet")) == lang


# Whatever bytes: read or refused, in Dutch


def _good(map_, vorm):
    pad = map_ / f"klanten.{vorm}"
    if vorm == "csv":
        pad.write_bytes('klant_id;kern\n1;"a\n""b"""\n2;é\n'.encode())
    elif vorm == "parquet":
        pq.write_table(pa.table({"klant_id": [1, 2], "kern": ["a", None]}), pad, compression="none")
    elif vorm == "xlsx":
        werkmap.xlsx(pad, ("klanten", werkmap.text_rows(["klant_id", "kern"], ["1", "a"])), vormen=["dd-mm-yyyy"])
    elif vorm == "xls":
        werkmap.xls(pad, werkmap.label(0, 0, "klant_id"), werkmap.number(1, 0, 17), werkmap.error(2, 0, 7))
    elif vorm == "xlsb":
        werkmap.xlsb(
            pad,
            werkmap.binary_row(0),
            werkmap.binary_text(0, "klant_id"),
            werkmap.binary_row(1),
            werkmap.binary_error(0, 7),
        )
    else:
        werkmap.ods(
            pad,
            '<table:table-row><table:table-cell office:value-type="string"><text:p>klant_id</text:p>'
            "</table:table-cell></table:table-row>",
        )
    inhoud = pad.read_bytes()
    pad.unlink()
    return inhoud


@pytest.fixture(scope="module", params=["csv", "parquet", "xlsx", "xls", "xlsb", "ods"])
def good(request, tmp_path_factory):
    return request.param, _good(tmp_path_factory.mktemp("goed"), request.param)


@settings(deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(good, tmp_path_factory, data):
    vorm, inhoud = good
    stuk = bytearray(inhoud)
    for _ in range(data.draw(st.integers(0, 4))):
        plaats = data.draw(st.integers(0, len(stuk)))
        if data.draw(st.booleans()):
            stuk[plaats : plaats + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
        else:
            del stuk[plaats:]
    map_ = tmp_path_factory.mktemp("stuk")
    pad = map_ / f"klanten.{vorm if vorm in ('csv', 'parquet') else 'xlsx'}"  # a workbook is known by what is in it
    pad.write_bytes(stuk)
    try:
        gelezen = read_table(TABELLEN["klanten"], pad, map_ / "uit.parquet")
        assert gelezen.rijen >= 0
    except ReadError as fout:
        assert str(fout).startswith(("klanten.", "De kolom"))


def test_a_quote_that_only_another_separator_closes_is_no_reason_to_stop(tmp_path):
    assert rows(tmp_path, 'klant_id,",;\t|"\n1,";"\n') == [{"klant_id": "1", "extra_2": ";", "regelnummer": 2}]
