"""Exports in every form that a file can have, through a koppeling: the same rows, and a word on what is odd."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from kopanalyse.raw.bron.koppeling import KoppelingError
from tests.raw import werkmap
from tests.raw.exporteren import controleer

KOP = ("Nr", "Geboren", "M/V")
TOML = """
[bron.clienten]
bestand = "{bestand}"
{bron}
[tabel.klanten]
bron = "clienten"
kolommen = {{ klant_id = "Nr", geboortedatum = "Geboren", geslacht = "M/V" }}
"""


def klanten(tmp_path, bestand, inhoud, bron="", meer=""):
    pakket = bestand.partition("/")[0]
    return controleer(tmp_path, {pakket: inhoud}, TOML.format(bestand=bestand, bron=bron) + meer)


def notities(uit):
    return [notitie for notitie in uit.controle.notities if notitie.startswith("c.")]


def zip_(**leden):
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as pakket:
        for naam, inhoud in leden.items():
            pakket.writestr(naam.replace("__", "."), inhoud)
    return uit.getvalue()


def boek(*bladen, samen=(), verborgen=()):
    """A workbook of sheets (name and rows); ``samen`` are cells to merge on the first, ``verborgen`` hidden sheets."""
    map_ = openpyxl.Workbook()
    map_.remove(map_.active)
    for naam, rijen in bladen:
        blad = map_.create_sheet(naam)
        for rij in rijen:
            blad.append(rij)
        blad.sheet_state = "hidden" if naam in verborgen else "visible"
    for vak in samen:
        map_.worksheets[0].merge_cells(vak)
    uit = io.BytesIO()
    map_.save(uit)
    return uit.getvalue()


def geschreven(tmp_path, schrijver, *delen):
    schrijver(tmp_path / "geschreven", *delen)
    return (tmp_path / "geschreven").read_bytes()


# An error in a date, in each form that knows errors


def fout_in_xls(tmp_path):
    kop = [werkmap.label(0, plaats, naam) for plaats, naam in enumerate(KOP)]
    rij = [werkmap.number(1, 0, 17), werkmap.error(1, 1, 0x2A), werkmap.label(1, 2, "man")]
    return geschreven(tmp_path, werkmap.xls, *kop, *rij)


def fout_in_xlsb(tmp_path):
    kop = [werkmap.binary_row(0), *(werkmap.binary_text(plaats, naam) for plaats, naam in enumerate(KOP))]
    rij = [werkmap.binary_text(0, "17"), werkmap.binary_error(1, 0x2A), werkmap.binary_text(2, "man")]
    return geschreven(tmp_path, werkmap.xlsb, *kop, werkmap.binary_row(1), *rij)


def cel(tekst, kenmerken=""):
    return f'<table:table-cell office:value-type="string"{kenmerken}><text:p>{tekst}</text:p></table:table-cell>'


def fout_in_ods(tmp_path):
    fout = cel("#N/A", ' table:formula="of:=NA()" calcext:value-type="error"')
    rijen = (map(cel, KOP), (cel("17"), fout, cel("man")))
    return geschreven(
        tmp_path, werkmap.ods, "".join(f"<table:table-row>{''.join(rij)}</table:table-row>" for rij in rijen)
    )


def fout_in_xlsx(tmp_path):
    cellen = '<c><v>17</v></c><c t="e"><v>#N/A</v></c><c t="inlineStr"><is><t>man</t></is></c>'
    return geschreven(tmp_path, werkmap.xlsx, ("klanten", f"{werkmap.text_rows(KOP)}<row>{cellen}</row>"))


@pytest.mark.parametrize(
    ("uitgang", "maak"),
    [(".xls", fout_in_xls), (".xlsb", fout_in_xlsb), (".ods", fout_in_ods), (".xlsx", fout_in_xlsx)],
)
@pytest.mark.parametrize("in_zip", [False, True])
def test_an_error_is_told_in_every_kind_of_workbook(tmp_path, uitgang, maak, in_zip):
    inhoud, bestand = maak(tmp_path), f"c{uitgang}"
    if in_zip:
        inhoud, bestand = zip_(**{f"c__{uitgang[1:]}": inhoud}), f"alles.zip/{bestand}"
    uit = klanten(tmp_path, bestand, inhoud)
    assert uit.kolom("klanten", "klant_id") == ["17"] and uit.kolom("klanten", "geboortedatum") == [None]
    (bevinding,) = uit.bevindingen
    assert [bevinding[naam] for naam in ("bestand", "blad", "regelnummer", "bronkolom", "waarde", "regel")] == [
        bestand,
        "klanten",
        "2",
        "Geboren",
        "#N/A",
        "onleesbaar_telt_als_leeg",
    ]


def test_a_key_that_was_never_computed_has_its_formula_as_name(tmp_path):
    uit = klanten(tmp_path, "c.xlsx", boek(("a", [KOP, ['="K"&ROW()', None, "man"]])))
    (bevinding,) = uit.bevindingen
    assert (bevinding["sleutel"], bevinding["regel"]) == ('="K"&ROW()', "onleesbaar")


# Text


@pytest.mark.parametrize(
    ("bestand", "tekst"),
    [
        ("c.csv", "sep=;\nNr;Geboren;M/V\n17;31-03-1980;man\n"),
        ("c.csv", "sep=|\r\nOverzicht\r\nNr|Geboren|M/V\r\n17|31-03-1980|man\r\n"),
        ("c.csv", '"sep=\t"\nNr\tGeboren\tM/V\n17\t31-03-1980\tman\n'),
        ("c.txt", "Nr\tGeboren\tM/V\n17\t31-03-1980\tman\n"),
        ("c.tsv", "Nr\tGeboren\tM/V\r17\t31-03-1980\tman\r"),
        ("c.tab", "Nr|Geboren|M/V\n17|31-03-1980|man\n"),
        ("c.csv", "\ufeffNr,Geboren,M/V\n17,31-03-1980,man"),
    ],
)
def test_every_form_of_text(tmp_path, bestand, tekst):
    uit = klanten(tmp_path, bestand, tekst.encode())
    assert [tuple(rij.values()) for rij in uit.tabel("klanten")] == [("17", "1980-03-31", "man", None)]
    assert uit.bevindingen == [] and notities(uit) == []


def test_lines_of_nulls_are_noted_once(tmp_path):
    inhoud = b"Nr;Geboren;M/V\n" + b"\0" * 9 + b"\n17;;man\n" + b"\0" * 4096
    for bron in ("", 'voettekst = "Totaal*"'):
        uit = klanten(tmp_path, "c.csv", inhoud, bron)
        assert uit.kolom("klanten", "klant_id") == ["17"]
        (notitie,) = notities(uit)
        assert notitie.startswith("c.csv: op regels 2 en 4 staat niets zichtbaars")


def test_two_encodings_are_noted(tmp_path):
    inhoud = "Nr;Geboren;M/V\né1;;man\n".encode() + "ë2;;man\n".encode("cp1252")
    uit = klanten(tmp_path, "c.csv", inhoud)
    assert uit.kolom("klanten", "klant_id") == ["é1", "ë2"]
    assert ["regel 2 is UTF-8, regel 3 is Windows-1252" in notitie for notitie in notities(uit)] == [True]


def test_rows_that_are_too_short_or_too_long(tmp_path):
    uit = klanten(tmp_path, "c.csv", b"Nr;Geboren;M/V\n1\n2;;man;over\n3;;man;;;\n")
    assert uit.kolom("klanten", "klant_id") == ["1", "3"]
    assert [(b["regelnummer"], b["regel"], b["waarde"]) for b in uit.bevindingen] == [
        ("2", "te_weinig_waarden", "Geboren, M/V"),
        ("3", "overtollige_waarden", "over"),
    ]


# Sheets


def test_merged_cells_below_the_header_are_noted(tmp_path):
    rijen = [["Titel", None, None], KOP, ["1", date(1980, 1, 1), "man"], ["2", None, None]]
    uit = klanten(tmp_path, "c.xlsx", boek(("a", rijen), samen=("A1:C1", "B3:C4")))
    assert uit.kolom("klanten", "geslacht") == [None, None]
    assert [notitie.partition(";")[0] for notitie in notities(uit)] == [
        f"c.xlsx, blad a: samengevoegde cellen in kolom {naam}, rijen 3-4" for naam in ("Geboren", "M/V")
    ]


def test_a_sheet_that_nobody_reads_is_named(tmp_path):
    bladen = [(naam, [KOP, [naam, None, "man"]]) for naam in ("2019", "2020", "weg")]
    inhoud = boek(*bladen, ("leeg", []), verborgen=("weg",))
    uit = klanten(tmp_path, "c.xlsx", inhoud)
    assert uit.kolom("klanten", "klant_id") == ["2019"]
    (notitie,) = notities(uit)
    assert notitie.startswith("c.xlsx: het werkblad 2020 is niet gelezen, alleen 2019.")
    assert "[bron.clienten]" in notitie


def test_a_sheet_that_another_source_reads_is_not(tmp_path):
    inhoud = boek(("2019", [KOP, ["1", None, "man"]]), ("Plaatsen", [["Plaats"], ["Dorp"]]))
    meer = '[bron.plaatsen]\nbestand = "c.xlsx"\nblad = "Plaatsen"\n[tabel.kernen]\nbron = "plaatsen"\n'
    uit = klanten(tmp_path, "c.xlsx", inhoud, meer=meer + 'kolommen = { kern = "Plaats" }\n')
    assert uit.kolom("kernen", "kern") == ["Dorp"] and notities(uit) == []


# What cannot be opened


@pytest.mark.parametrize(
    ("bestand", "inhoud", "zin"),
    [
        ("alles.zip/c.csv", b"PK\3\4rommel", "alles.zip is geen zip-bestand dat open kan"),
        ("alles.zip/d.csv", zip_(c__csv=""), "In bron/ staan: alles.zip/c.csv"),
        ("c.xls", b"<html><table><tr><td>Nr</td></tr></table></html>", "het is een webpagina"),
        ("c.xls", b"Nr\tGeboren\tM/V\n1\t\tman\n", "het is tekst met de naam van een werkmap"),
        ("c.xlsx", b"", "het is leeg"),
        ("c.ods", b"PK\3\4rommel", "het is beschadigd"),
        ("c.json", b"{}", "deze vorm van bestand wordt niet gelezen"),
        ("c.csv", "Nr;Geboren;M/V\n".encode("utf-16"), "is opgeslagen als UTF-16"),
        ("c.csv", "Nr;Geboren;M/V\n".encode("utf-16-be"), "is opgeslagen als UTF-16"),
        ("c.parquet", b"PAR1rommel", "het is beschadigd"),
        ("c.csv", b"", "c.csv is leeg"),
    ],
)
def test_a_stop_says_which_file_and_why(tmp_path, bestand, inhoud, zin):
    with pytest.raises(KoppelingError) as fout:
        klanten(tmp_path, bestand, inhoud)
    assert str(fout.value).startswith("koppeling.toml, bron.clienten: ") and zin in str(fout.value)
