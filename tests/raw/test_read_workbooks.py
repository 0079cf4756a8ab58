"""Workbooks: every kind of cell means something, whatever the program and the form in which it was written."""

import datetime
import struct

import openpyxl
import pytest

from kopanalyse.raw.formats.cells import unreadable
from kopanalyse.raw.formats.sheets import Merged
from kopanalyse.raw.formats.workbooks import open_workbook
from kopanalyse.raw.tables.read import ReadError
from tests.raw import werkmap
from tests.raw.test_read import read, rows, write_xlsx
from tests.raw.werkmap import text_rows

VORMEN = ["dd-mm-yyyy", "h:mm", "[h]:mm", "dd/mm/yyyy\\ hh:mm", '0.00 "dagen"', "[Red]0", "[$-413]d mmmm yyyy;@"]
DATUM, TIJD, DUUR, MET_TIJD, DAGEN, ROOD, LANG = (f's="{stijl}"' for stijl in range(1, 8))

CELLEN = {
    "text": ('<c t="inlineStr"><is><t>0017</t></is></c>', "0017"),
    "runs of a text": ('<c t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></is></c>', "ab"),
    "shared": ('<c t="s"><v>0</v></c>', "gedeeld"),
    "shared in runs, without how it sounds": ('<c t="s"><v>1</v></c>', "vet en dun"),
    "coded signs": ('<c t="inlineStr"><is><t>a_x000D_b_x005F_x000D_</t></is></c>', "a\rb_x000D_"),
    "halves of a sign": ('<c t="inlineStr"><is><t>_xD83D__xDE00_</t></is></c>', "😀"),
    "whole number": ("<c><v>17</v></c>", "17"),
    "whole number with a dot": ('<c t="n"><v>17.0</v></c>', "17"),
    "rounding": ("<c><v>30.000000000000004</v></c>", "30"),
    "rounding down": ("<c><v>137.99999999999997</v></c>", "138"),
    "power of ten": ("<c><v>1.5E-7</v></c>", "0.00000015"),
    "large": ("<c><v>1E+21</v></c>", "1" + "0" * 21),
    "no thousands": ("<c><v>7.125</v></c>", "7.1250"),
    "date": (f"<c {DATUM}><v>43565</v></c>", "2019-04-10"),
    "date in words": (f"<c {LANG}><v>43565</v></c>", "2019-04-10"),
    "date in January 1900": (f"<c {DATUM}><v>1</v></c>", "1900-01-01"),
    "date of nought": (f"<c {DATUM}><v>0</v></c>", "00-01-1900"),
    "29 February 1900": (f"<c {DATUM}><v>60</v></c>", "29-02-1900"),
    "date with a time": (f"<c {MET_TIJD}><v>43565.395833333336</v></c>", "2019-04-10 09:30:00"),
    "date with midnight": (f"<c {MET_TIJD}><v>43565</v></c>", "2019-04-10"),
    "almost midnight": (f"<c {MET_TIJD}><v>43564.9999999999</v></c>", "2019-04-10"),
    "no date below nought": (f"<c {DATUM}><v>-5</v></c>", "-5"),
    "no date beyond 9999": (f"<c {DATUM}><v>2958466</v></c>", "2958466"),
    "last date": (f"<c {DATUM}><v>2958465</v></c>", "9999-12-31"),
    "ISO date": ('<c t="d"><v>2019-04-10T00:00:00</v></c>', "2019-04-10T00:00:00"),
    "time": (f"<c {TIJD}><v>0.395833333333333</v></c>", "09:30:00"),
    "time of a day": (f"<c {TIJD}><v>43565.5</v></c>", "2019-04-10 12:00:00"),
    "length of time": (f"<c {DUUR}><v>1.25</v></c>", "30:00:00"),
    "number with days": (f"<c {DAGEN}><v>3</v></c>", "3"),
    "number in red": (f"<c {ROOD}><v>43565</v></c>", "43565"),
    "true": ('<c t="b"><v>1</v></c>', "true"),
    "false": ('<c t="b"><v>0</v></c>', "false"),
    "error": ('<c t="e"><v>#N/A</v></c>', unreadable("#N/A")),
    "formula with an error": ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', unreadable("#DIV/0!")),
    "formula": ("<c><f>1+1</f><v>2</v></c>", "2"),
    "formula with a text": ('<c t="str"><f>A1</f><v>Oost</v></c>', "Oost"),
    "formula with an empty text": ('<c t="str"><f>IF(A1="","",A1)</f><v></v></c>', ""),
    "formula with an empty text, short": ('<c t="str"><f>A1</f></c>', ""),
    "formula with a date": (f"<c {DATUM}><f>A1</f><v>43565</v></c>", "2019-04-10"),
    "formula with a truth": ('<c t="b"><f>1=1</f><v>1</v></c>', "true"),
    "formula never computed": ("<c><f>A1&amp;B1</f></c>", unreadable("=A1&B1")),
    "formula never computed, empty": ("<c><f>A1</f><v/></c>", unreadable("=A1")),
    "shared formula": ('<c><f t="shared" si="0"/><v>5</v></c>', "5"),
    "array formula": ('<c><f t="array" ref="A1:A2">ROW(A1:A2)</f><v>1</v></c>', "1"),
    "array formula never computed": ('<c><f t="array" ref="A1:A2">ROW(A1)</f></c>', unreadable("=ROW(A1)")),
    "no number": ("<c><v>abc</v></c>", unreadable("abc")),
    "infinite": ("<c><v>1E999</v></c>", unreadable("1E999")),
    "empty": ("<c/>", None),
    "empty text": ('<c t="inlineStr"><is><t></t></is></c>', ""),
}
GEDEELD = [
    "<si><t>gedeeld</t></si>",
    '<si><r><t xml:space="preserve">vet </t></r><r><t>en dun</t></r><rPh sb="0" eb="1"><t>uitspraak</t></rPh></si>',
]


@pytest.mark.parametrize("soort", CELLEN)
@pytest.mark.parametrize("strikt", [False, True])
def test_every_kind_of_cell(tmp_path, soort, strikt):
    cel, verwacht = CELLEN[soort]
    werkmap.xlsx(
        tmp_path / "x.xlsx", ("a", f"<row>{cel}<c><v>1</v></c></row>"), teksten=GEDEELD, vormen=VORMEN, strikt=strikt
    )
    with open_workbook(tmp_path / "x.xlsx") as boek:
        assert list(boek.rows("a")) == [(1, [verwacht, "1"])]


def test_days_since_1904(tmp_path):
    rij = f"<row><c {DATUM}><v>0</v></c><c {DATUM}><v>42103</v></c><c {TIJD}><v>0.5</v></c></row>"
    werkmap.xlsx(tmp_path / "x.xlsx", ("a", rij), vormen=VORMEN, vanaf_1904=True)
    with open_workbook(tmp_path / "x.xlsx") as boek:
        assert list(boek.rows("a")) == [(1, ["1904-01-01", "2019-04-10", "12:00:00"])]


def test_names_of_parts_may_have_a_prefix(tmp_path):
    rijen = '<x:row r="3"><x:c r="B3" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row>'
    werkmap.xlsx(tmp_path / "x.xlsx", ("a", rijen), voorvoegsel="x:")
    with open_workbook(tmp_path / "x.xlsx") as boek:
        assert list(boek.rows("a")) == [(3, [None, "a"])]


def test_places_and_rows_that_are_left_out(tmp_path):
    rijen = (
        '<row r="2"><c r="A2"><v>1</v></c><c r="C2"><v>3</v></c><c r="AB2"><v>28</v></c></row><row r="5"/>'
        '<row r="7"><c r="B7" t="str"><v> </v></c></row><row r="9"><c><v>1</v></c><c><v>2</v></c></row>'
    )
    werkmap.xlsx(tmp_path / "x.xlsx", ("a", rijen))
    with open_workbook(tmp_path / "x.xlsx") as boek:
        assert list(boek.rows("a")) == [(2, ["1", None, "3", *[None] * 24, "28"]), (9, ["1", "2"])]


def test_merged_cells_hold_a_value_in_the_first_only(tmp_path):
    rijen = text_rows(
        ["klant_id", "geslacht", "kern"], ["1", "man", "a"], ["2", "x", "b"], ["3", "x", "c"], ["4", "", "x"]
    )
    werkmap.xlsx(
        tmp_path / "klanten.xlsx",
        ("a", rijen),
        slot='<mergeCells count="2"><mergeCell ref="B2:B4"/><mergeCell ref="B5:C5"/></mergeCells>',
    )
    gelezen, gevonden = read(tmp_path, None, "klanten.xlsx")
    assert [(rij["klant_id"], rij.get("geslacht"), rij.get("kern")) for rij in gevonden] == [
        ("1", "man", "a"),
        ("2", None, "b"),
        ("3", None, "c"),
        ("4", None, None),
    ]
    assert gelezen.notities == (
        "klanten.xlsx: samengevoegde cellen in kolom geslacht, rijen 2-4, 5; alleen de eerste cel is gelezen, de "
        "andere zijn leeg.",
        "klanten.xlsx: samengevoegde cellen in kolom kern, rijen 5; alleen de eerste cel is gelezen, de andere zijn "
        "leeg.",
    )


def test_merged_cells_above_the_rows_are_not_noted(tmp_path):
    werkmap.xlsx(
        tmp_path / "klanten.xlsx",
        ("a", text_rows(["klant_id", "", "x"], ["1", "a"])),
        slot='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
    )
    gelezen, _ = read(tmp_path, None, "klanten.xlsx")
    assert not any("samengevoegd" in notitie for notitie in gelezen.notities)


def test_the_first_visible_sheet_with_rows_is_read(tmp_path):
    werkmap.xlsx(
        tmp_path / "klanten.xlsx",
        ("verborgen", text_rows(["x"]), "hidden"),
        ("leeg", ""),
        ("export", text_rows(["klant_id"], ["1"])),
    )
    gelezen, gevonden = read(tmp_path, None, "klanten.xlsx")
    assert gevonden == [{"klant_id": "1", "regelnummer": 2}]
    assert gelezen.notities == (
        "klanten.xlsx: het werkblad verborgen is niet gelezen, alleen export.",
        "klanten.xlsx: het werkblad leeg is niet gelezen, alleen export.",
    )


@pytest.mark.parametrize("naam", ["Klanten", " KLANTEN", "klan\u200bten", "klanten\u00a0"])
def test_the_sheet_of_the_table_is_found_by_a_name_that_fits(tmp_path, naam):
    werkmap.xlsx(tmp_path / "klanten.xlsx", ("uitleg", text_rows(["x"])), (naam, text_rows(["klant_id"], ["1"])))
    assert rows(tmp_path, None, "klanten.xlsx") == [{"klant_id": "1", "regelnummer": 2}]


def test_two_sheets_that_fit_stop_the_run(tmp_path):
    werkmap.xlsx(tmp_path / "klanten.xlsx", ("Klanten", text_rows(["x"])), ("KLANTEN ", text_rows(["klant_id"], ["1"])))
    with pytest.raises(ReadError, match="passen de werkbladen Klanten en KLANTEN⟨spatie⟩; verwacht wordt er één"):
        rows(tmp_path, None, "klanten.xlsx")


def test_a_header_further_down_is_named(tmp_path):
    write_xlsx(tmp_path / "klanten.xlsx", ["Export klanten"], [], ["afgedrukt op 3-1-2020"], ["klant_id"], ["1"])
    with pytest.raises(
        ReadError,
        match=r"blad Blad1, rij 1\).*Gevonden: Export klanten\. De kopregel moet op de "
        r"eerste rij staan; gevonden op rij 4\.",
    ) as fout:
        rows(tmp_path, None, "klanten.xlsx")
    assert "tussen de kolommen" not in str(fout.value)


def test_a_header_on_another_sheet_is_named(tmp_path):
    werkmap.xlsx(
        tmp_path / "klanten.xlsx", ("Toelichting", text_rows(["uitleg"])), ("Data", text_rows(["a"], ["Klant ID"]))
    )
    with pytest.raises(ReadError, match="blad Toelichting, rij 1.*gevonden op rij 2 van blad Data"):
        rows(tmp_path, None, "klanten.xlsx")


def test_a_file_of_openpyxl_reads_as_its_values(tmp_path):
    boek = openpyxl.Workbook()
    boek.active.append(["klant_id", "geboortedatum", "kern"])
    boek.active.append([17, datetime.datetime(1980, 3, 31), datetime.time(9, 30)])
    boek.active.append([True, datetime.date(1980, 3, 1), datetime.timedelta(hours=30)])
    boek.save(tmp_path / "klanten.xlsx")
    assert rows(tmp_path, None, "klanten.xlsx") == [
        {"klant_id": "17", "geboortedatum": "1980-03-31", "kern": "09:30:00", "regelnummer": 2},
        {"klant_id": "true", "geboortedatum": "1980-03-01", "kern": "30:00:00", "regelnummer": 3},
    ]


# OpenDocument


def test_every_kind_of_cell_of_an_opendocument(tmp_path):
    cellen = [
        (
            '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p>'
            "</table:table-cell>",
            "a  b\nc",
        ),
        ('<table:table-cell office:value-type="float" office:value="30.000000000000004"/>', "30"),
        ('<table:table-cell office:value-type="date" office:date-value="2019-04-10"/>', "2019-04-10"),
        ('<table:table-cell office:value-type="date" office:date-value="2019-04-10T09:30:00"/>', "2019-04-10 09:30:00"),
        ('<table:table-cell office:value-type="date" office:date-value="2019-04-10T00:00:00"/>', "2019-04-10"),
        ('<table:table-cell office:value-type="time" office:time-value="PT09H30M00S"/>', "09:30:00"),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"/>', "true"),
        (
            '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error" '
            'table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell>',
            unreadable("#DIV/0!"),
        ),
        (
            '<table:table-cell office:value-type="string" table:formula="of:=X">'
            "<text:p>#N/B</text:p></table:table-cell>",
            unreadable("#N/B"),
        ),
        ('<table:table-cell table:formula="of:=1+1"/>', unreadable("of:=1+1")),
        ('<table:table-cell office:value-type="string" office:string-value="" table:formula="of:=A1"/>', ""),
        (
            '<table:table-cell office:value-type="string"><text:p>x</text:p><office:annotation><text:p>let op</text:p>'
            "</office:annotation></table:table-cell>",
            "x",
        ),
    ]
    rij = "".join(
        f"<table:table-row>{cel}<table:table-cell office:value-type='string'><text:p>.</text:p>"
        "</table:table-cell></table:table-row>"
        for cel, _ in cellen
    )
    werkmap.ods(tmp_path / "x.ods", rij)
    with open_workbook(tmp_path / "x.ods") as boek:
        assert [cel for _, (cel, _) in boek.rows("klanten")] == [verwacht for _, verwacht in cellen]


def test_repeated_and_merged_cells_of_an_opendocument(tmp_path):
    cel = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    werkmap.ods(
        tmp_path / "x.ods",
        (
            '<table:table-row table:number-rows-repeated="2">'
            + cel.format(' table:number-columns-repeated="2"', "a")
            + '</table:table-row><table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
            "<table:table-row>"
            + cel.format(' table:number-rows-spanned="2"', "b")
            + cel.format("", "c")
            + "</table:table-row><table:table-row><table:covered-table-cell/>"
            + cel.format("", "d")
            + "</table:table-row>"
            '<table:table-row table:number-rows-repeated="1048569"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row>'
        ),
    )
    with open_workbook(tmp_path / "x.ods") as boek:
        assert list(boek.rows("klanten")) == [(1, ["a", "a"]), (2, ["a", "a"]), (6, ["b", "c"]), (7, [None, "d"])]
        assert boek.merged("klanten") == [Merged(6, 7, 1, 1)]


def test_a_hidden_sheet_of_an_opendocument(tmp_path):
    werkmap.ods(
        tmp_path / "x.ods",
        "",
        stijl='<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>',
    )
    with open_workbook(tmp_path / "x.ods") as boek:
        assert [blad.zichtbaar for blad in boek.sheets] == [False]


# The binary forms


def test_errors_in_xls_are_seen(tmp_path):
    werkmap.xls(
        tmp_path / "x.xls",
        werkmap.label(0, 0, "team"),
        werkmap.number(0, 1, 30.000000000000004),
        werkmap.error(1, 0, 0x2A),
        werkmap.number(1, 1, 7.5),
        werkmap.formula(2, 0, struct.pack("<d", 2.0)),
        werkmap.formula(2, 1, b"\2\0\x07\0\0\0\xff\xff"),
        werkmap.formula(3, 0, bytes(8), vlaggen=2),
        werkmap.label(3, 1, "x"),
    )
    with open_workbook(tmp_path / "x.xls") as boek:
        assert list(boek.rows(boek.first_sheet())) == [
            (1, ["team", "30"]),
            (2, [unreadable("#N/A"), "7.5"]),
            (3, ["2", unreadable("#DIV/0!")]),
            (4, [unreadable("=… (nog niet berekend)"), "x"]),
        ]


def test_an_xls_with_a_password_says_so(tmp_path):
    werkmap.xls(tmp_path / "x.xls", versleuteld=True)
    with pytest.raises(ReadError, match="x.xls heeft een wachtwoord"):
        open_workbook(tmp_path / "x.xls")


def test_errors_in_xlsb_are_seen(tmp_path):
    werkmap.xlsb(
        tmp_path / "x.xlsb",
        werkmap.binary_row(0),
        werkmap.binary_text(0, "team"),
        werkmap.binary_text(1, "x"),
        werkmap.binary_row(1),
        werkmap.binary_error(0, 0x2A),
        werkmap.binary_text(1, "y"),
    )
    with open_workbook(tmp_path / "x.xlsb") as boek:
        assert list(boek.rows("klanten")) == [(1, ["team", "x"]), (2, [unreadable("#N/A"), "y"])]


@pytest.mark.parametrize(
    "inhoud, waarom",
    [
        (b"", "het is leeg"),
        (b"a;b\n1;2\n", "het is tekst"),
        (b"  <html><table>", "het is een webpagina"),
        (b"PK\x03\x04stuk", "het is beschadigd"),
        (b"\xd0\xcf\x11\xe0stuk", "het is beschadigd"),
        (b"\0\1\2", "beschadigd"),
    ],
)
def test_what_is_no_workbook_says_what_it_is(tmp_path, inhoud, waarom):
    (tmp_path / "x.xls").write_bytes(inhoud)
    with pytest.raises(ReadError, match=rf"x.xls is geen leesbaar Excel-bestand \(.*{waarom}"):
        open_workbook(tmp_path / "x.xls")
