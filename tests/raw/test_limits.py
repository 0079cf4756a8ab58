"""Files that would take all memory or disk are refused with a sentence, and cost neither."""

import subprocess
import sys
import textwrap
import zipfile

import pytest
from openpyxl import Workbook

from kopanalyse.raw.bron.sources import on_disk
from kopanalyse.raw.formats.forms import ReadError
from kopanalyse.raw.formats.limits import GRENZEN, Grenzen
from kopanalyse.raw.formats.text import csv_rows, open_text
from kopanalyse.raw.formats.workbooks import open_workbook
from kopanalyse.raw.schema import TABELLEN
from kopanalyse.raw.tables.read import read_tables
from kopanalyse.settings import load_settings, standard_settings

KLEIN = Grenzen(kolommen=5, tekens_per_veld=2_000, uitgepakt_mb=1)
RELATIES = "xl/_rels/workbook.xml.rels"
GEDEELD = b'<Relationship Id="rId99" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>'
KLANTEN = "klant_id,geslacht\n"


def read(pad, grenzen=KLEIN):
    with pytest.raises(ReadError) as fout:
        read_tables([(TABELLEN["klanten"], pad)], pad.parent, grenzen=grenzen)
    return str(fout.value)


def test_the_settings_say_what_the_limits_are(tmp_path):
    assert standard_settings("x").grenzen == GRENZEN
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "organisatie.toml").write_text("[grenzen]\nkolommen = 3\n")
    assert load_settings("x", tmp_path).grenzen == Grenzen(kolommen=3)


@pytest.mark.parametrize(
    "inhoud, zin",
    [
        (KLANTEN + "k1," + "x" * 3_000_000, "klanten.csv: regel 2 is langer dan 2000 tekens"),
        (KLANTEN + 'k1,"' + "x" * 3_000 + '\n"\n', "klanten.csv: het veld dat op regel 2 begint is langer dan 2000"),
        (
            KLANTEN + 'k1,"' + "regel\n" * 1_000 + '"\n',
            "klanten.csv: het veld dat op regel 2 begint is langer dan 2000",
        ),
        ("klant_id," + ",".join(f"c{n}" for n in range(9)) + "\n", "klanten.csv heeft 10 kolommen; verwacht worden er"),
    ],
)
def test_a_text_beyond_the_limits_is_refused(tmp_path, inhoud, zin):
    (tmp_path / "klanten.csv").write_text(inhoud)
    assert zin in (melding := read(tmp_path / "klanten.csv")) and "organisatie.toml onder [grenzen]" in melding


def test_what_is_just_within_the_limits_is_read(tmp_path):
    veld = "x" * 1_999
    (tmp_path / "a.csv").write_text(f'a,b\n1,"{veld}\n"\n2,{veld}\n')
    tekst = open_text(tmp_path / "a.csv", KLEIN)
    rijen = [rij for _, rij in csv_rows(tekst.lines(), ",", grenzen=KLEIN)]
    assert rijen == [["a", "b"], ["1", f"{veld}\n"], ["2", veld]]


def book(pad, **delen):
    """A workbook of one sheet, some parts of which are replaced."""
    boek = Workbook()
    for rij in (["klant_id", "geslacht"], ["k1", "man"]):
        boek.active.append(rij)
    boek.save(pad)
    with zipfile.ZipFile(pad) as van:
        inhoud = {naam: van.read(naam) for naam in van.namelist()}
    inhoud[RELATIES] = inhoud[RELATIES].replace(b"</Relationships>", GEDEELD + b"</Relationships>")
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as naar:
        for naam, bytes_ in (inhoud | {naam.replace("__", "/"): wat for naam, wat in delen.items()}).items():
            naar.writestr(naam, bytes_)
    return pad


def test_a_workbook_that_would_unpack_without_end_is_refused(tmp_path):
    pad = book(tmp_path / "klanten.xlsx", **{"xl__media__1.xml": b" " * 2_000_000})
    assert "klanten.xlsx is uitgepakt 2 MB" in read(pad)


def test_texts_that_cells_share_are_refused_before_they_fill_memory(tmp_path):
    pad = book(tmp_path / "klanten.xlsx", **{"xl__sharedStrings.xml": b"<sst>" + b" " * 300_000 + b"</sst>"})
    assert "het onderdeel xl/sharedStrings.xml is uitgepakt" in read(pad)


@pytest.mark.parametrize(
    "cellen, zin",
    [
        (
            '<c r="A1" t="inlineStr"><is><t>' + "x" * 3_000 + "</t></is></c>",
            "een cel op rij 1 van blad Sheet is langer",
        ),
        ('<c r="ZZZZZZ1"><v>1</v></c>', "beschadigd"),
    ],
)
def test_a_cell_beyond_any_sheet_is_refused(tmp_path, cellen, zin):
    blad = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<sheetData><row r="1">{cellen}</row></sheetData></worksheet>'
    )
    assert zin in read(book(tmp_path / "klanten.xlsx", **{"xl__worksheets__sheet1.xml": blad.encode()}))


@pytest.mark.parametrize(
    "rij, zin",
    [
        (
            '<table:table-row table:number-rows-repeated="2000000000"><table:table-cell><text:p>x</text:p>'
            "</table:table-cell></table:table-row>",
            "beschadigd",
        ),
        (
            '<table:table-row><table:table-cell><text:p>x<text:s text:c="2000000000"/>y</text:p></table:table-cell>'
            "</table:table-row>",
            "een cel op rij 1 van blad B is langer",
        ),
    ],
)
def test_an_open_document_that_only_says_how_much_it_holds_is_refused(tmp_path, rij, zin):
    ruimtes = {"office": "office:1.0", "table": "table:1.0", "text": "text:1.0"}
    xmlns = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}"' for k, v in ruimtes.items())
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as pakket:
        pakket.writestr(
            "content.xml",
            f'<office:document-content {xmlns}><office:body><office:spreadsheet><table:table table:name="B">{rij}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    with pytest.raises(ReadError, match=zin):
        for _ in open_workbook(tmp_path / "a.ods", KLEIN).rows("B"):
            pass


def test_a_zip_of_exports_is_refused_before_it_is_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as pakket:
        pakket.writestr("dossiers.csv", b"a" * 5_000_000)
    with (
        pytest.raises(ReadError, match="export.zip is uitgepakt 5 MB"),
        on_disk(tmp_path, "export.zip/dossiers.csv", KLEIN),
    ):
        pass


GROOT = """
    import resource, sys
    from pathlib import Path
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
    from kopanalyse.raw.schema import TABELLEN
    from kopanalyse.raw.tables.read import read_tables
    pad = Path(sys.argv[1])
    try:
        read_tables([(TABELLEN["klanten"], pad)], pad.parent)
    except Exception as fout:
        print(fout)
    print(next(int(regel.split()[1]) // 1024 for regel in open("/proc/self/status") if regel.startswith("VmHWM")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory as Linux counts it")
@pytest.mark.parametrize("soort", ["open", "quoted", "bomb"])
def test_two_hundred_megabytes_in_a_field_take_no_memory(tmp_path, soort):
    pad = tmp_path / ("klanten.xlsx" if soort == "bomb" else "klanten.csv")
    if soort == "bomb":
        book(pad)
        with zipfile.ZipFile(pad, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as boek:
            with boek.open("xl/sharedStrings.xml", "w") as deel:
                for _ in range(1_200):
                    deel.write(b" " * 1_000_000)
    else:
        with pad.open("wb") as uit:
            uit.write(KLANTEN.encode() + (b'k1,"' if soort == "quoted" else b"k1,"))
            for _ in range(200):
                uit.write(b"x" * 999_999 + (b"\n" if soort == "quoted" else b"x"))
    proces = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(GROOT), str(pad)], capture_output=True, text=True, check=True
    )
    melding, megabytes = proces.stdout.strip().splitlines()
    assert "is langer dan" in melding or "is uitgepakt" in melding
    assert int(megabytes) < 400
