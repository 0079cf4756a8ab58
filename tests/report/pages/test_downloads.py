"""Tables to take along: Dutch CSV that no spreadsheet runs, and one Excel file with what the pages show."""

import base64
import csv
import io
import re
from datetime import date
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from kopanalyse.indicators.catalogue import own_definitions
from kopanalyse.periode import Periode
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.dutch import leesbaar
from kopanalyse.report.notebook.rapport import Rapport
from kopanalyse.report.pages.downloads import SOORT, bundle, csv_text, links, plain
from kopanalyse.report.pages.workbook import _sheet_name, distinct_heads, workbook
from kopanalyse.report.parts.part import Onderdeel
from kopanalyse.report.parts.table import (
    INTERVAL,
    PROCENTPUNT,
    SAMEN,
    TEKST,
    Cel,
    Deel,
    Kolom,
    Rij,
    Tabel,
    Woorden,
    bounds,
    difference_bounds,
)
from kopanalyse.settings import load_settings
from tests.catalogus import ONDERDELEN, make
from tests.report.klein import VIJANDIG


def cells(tabel):
    return list(csv.reader(io.StringIO(csv_text(tabel)), delimiter=";"))


def one(waarde, eenheid="aantal", **kolom):
    """The cell of a table with only this value."""
    return cells(Tabel("t", "r", [Kolom("k", eenheid, **kolom)], [Rij("kop", [waarde])]))[1][1]


@pytest.mark.parametrize(
    "waarde, eenheid, cel",
    [
        (1305, "aantal", "1305"),
        (0, "aantal", "0"),
        (-3, "aantal", "-3"),
        (2.5, "uren", "2,5"),
        (0.297, "aandeel", "29,7"),
        (1 / 3, "aandeel", "33,333333"),
        (-0.0, "gemiddelde", "0"),
        (8.25, "gemiddelde", "8,25"),
        (None, "aantal", ""),
        (float("nan"), "aantal", ""),
        ("–", "aantal", ""),
        ("", "aantal", ""),
        ("+3,2", "aantal", "3,2"),
        ("−1.305,5", INTERVAL, "-1305,5"),
        ("1.305", SAMEN, "1305"),
        ("0,61 tot 0,83", INTERVAL, "0,61 tot 0,83"),
        ("▲33% (12)", SAMEN, "▲33% (12)"),
        ("1.204 (92%)", "aantal", "1.204 (92%)"),
        ("+3,2", TEKST, "'+3,2"),
        ("+1+cmd", "aantal", "'+1+cmd"),
        (Cel(0.5), "aandeel", "50"),
    ],
)
def test_a_number_is_a_number_and_a_gap_a_gap(waarde, eenheid, cel):
    assert one(waarde, eenheid) == cel


@pytest.mark.parametrize(
    "begin", ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\u200b=", "\u202e=", "＝", "＋", "－", "＠"]
)
def test_no_text_starts_a_formula(begin):
    kwaad = f'{begin}HYPERLINK("x";1)'
    tabel = Tabel("t", kwaad, [Kolom(kwaad, TEKST, groep=""), Kolom("k", groep=kwaad)], [Rij(kwaad, [kwaad, 1])])
    for rij in cells(tabel):
        for cel in rij:
            assert cel[:1] not in "=+-@\t\r\n ＝＋－＠", cel
    assert cells(tabel)[1][0].startswith("'")


@pytest.mark.parametrize(
    "klasse, staat_er",
    [
        ("12-17", "12–17"),
        ("0-11", "0–11"),
        ("3-10-2019", "3–10–2019"),
        ("75+", "75+"),
        ("e-mail 1-2", "e-mail 1-2"),
        ("1-2 mnd", "1-2 mnd"),
    ],
)
def test_no_class_becomes_a_date_in_a_spreadsheet(klasse, staat_er):
    tabel = Tabel("Leeftijd", "Klasse", [Kolom("2019")], [Rij(klasse, [3])])
    assert csv_text(tabel) == f"Klasse;2019\r\n{staat_er};3\r\n"


@pytest.mark.parametrize(
    "code, staat_er",
    [
        ("0017", "'0017"),
        ("1/2", "'1/2"),
        ("1e5", "'1e5"),
        ("12:30", "'12:30"),
        ("1234567890123456", "'1234567890123456"),
        ("mei 2025", "mei\N{NO-BREAK SPACE}2025"),
        ("1 januari 2025", "1\N{NO-BREAK SPACE}januari\N{NO-BREAK SPACE}2025"),
        ("2019", "2019"),
        ("7", "7"),
        ("meisje 2", "meisje 2"),
        ("K1 2019", "K1 2019"),
    ],
)
def test_no_key_or_code_is_typed_over_by_a_spreadsheet(code, staat_er):
    assert csv_text(Tabel("t", "Code", [Kolom("n")], [Rij(code, [3])])) == f"Code;n\r\n{staat_er};3\r\n"


def test_csv_is_dutch_and_a_small_base_is_marked():
    tabel = Tabel(
        "t",
        "Domein",
        [Kolom("aandeel", "aandeel", "2019"), Kolom("n", groep="2019")],
        [Rij('Wonen; "thuis"', [Cel(0.5, True), 4]), Rij("Werk", [0.25, 40])],
    )
    assert csv_text(tabel) == (
        'Domein;2019 aandeel (%);2019 n;Let op\r\n"Wonen; ""thuis""";50;4;klein aantal\r\nWerk;25;40;\r\n'
    )


def test_the_links_name_what_they_lead_to():
    tabel = Tabel(VIJANDIG, "r", [Kolom("k")], [Rij("é", [1])], ["Een noot."])
    html = links("figuur-x", tabel, "org-2019-alle-x", ["n = 3", "", "Bron: \u202eX", "A: wat telt."])
    adres, bestand, uitleg = BeautifulSoup(html, "html.parser").find_all("a")
    assert adres["href"] == "#figuur-x" and adres["aria-label"].startswith(f"{adres.get_text()}: <script>")
    assert bestand["download"] == "org-2019-alle-x.csv" and bestand["aria-label"].startswith(bestand.get_text())
    assert bestand["href"].startswith("data:text/csv;charset=utf-8;base64,77u/")  # a byte order mark
    assert uitleg["download"] == "org-2019-alle-x.txt" and uitleg["aria-label"].startswith(uitleg.get_text())
    regels = base64.b64decode(uitleg["href"].partition("base64,")[2]).decode("utf-8-sig").split("\r\n")
    assert regels == [leesbaar(VIJANDIG), "n = 3", "Bron: X", "A: wat telt.", "Een noot.", ""]


@pytest.mark.parametrize("naam", ONDERDELEN)
@pytest.mark.parametrize("team", ["alle", VIJANDIG])
def test_every_table_can_be_taken_along(demo_open, naam, team):
    c = demo_open(team)
    deel = make(naam, c)
    if deel.leeg:
        assert SOORT not in Rapport(c).tabel(naam)._repr_mimebundle_()
        return
    koppen, rijen = plain(deel.tabel)
    assert len(rijen) == len(deel.tabel.rijen) and {len(rij) for rij in rijen} == {len(koppen)}
    zinnen = {kolom.kop for kolom in deel.tabel.kolommen if kolom.eenheid == TEKST}
    woorden = [
        waarde
        for rij in rijen
        for (kop, _), waarde in list(zip(koppen, rij))[1:]
        if isinstance(waarde, str) and kop not in zinnen
    ]
    assert not [tekst for tekst in woorden if re.search(r"[0-9],[0-9]|[0-9]%($| \()|[0-9] tot |\(.*[0-9]", tekst)]
    for rij in cells(deel.tabel):
        assert not [cel for cel in rij if cel.startswith(("=", "+", "@", "\t", "\r"))]
        assert all(cel[1:2].isdigit() for cel in rij if cel.startswith("-"))
    uitvoer = Rapport(c).tabel(naam)
    assert uitvoer._repr_mimebundle_()[SOORT]["rijen"] == rijen
    assert uitvoer.html.count('<p class="meenemen">') == 1


def of(tekst, *delen):
    return Woorden(tekst, *(Deel(*deel) for deel in delen))


def test_every_value_in_a_cell_gets_a_column_of_its_own():
    tabel = Tabel(
        "t",
        "Cijfer",
        [
            Kolom("Oost", SAMEN),
            Kolom("95%-interval", INTERVAL),
            Kolom("Verschil", INTERVAL),
            Kolom("ervan", INTERVAL),
            Kolom("Oordeel", TEKST),
        ],
        [
            Rij("Kop", [""] * 5, nadruk=True),
            Rij(
                "Groei",
                [
                    Cel(of("▲9,5% (242)", ("", 0.095, "aandeel"), ("n", 242), ("teken", "▲", TEKST)), True),
                    bounds(0.06, 0.14, "aandeel"),
                    of("▲+3,0", ("", 0.03, PROCENTPUNT)),
                    difference_bounds(-0.242, 0.242, "aandeel"),
                    "meer dan toeval",
                ],
            ),
            Rij("Leeg", ["–", bounds(None, None, "aandeel"), "–", "–", "te weinig"]),
        ],
    )
    assert cells(tabel) == [
        [
            "Cijfer",
            "Oost (%)",
            "Oost n",
            "Oost teken",
            "95%-interval ondergrens (%)",
            "95%-interval bovengrens (%)",
            "Verschil (procentpunt)",
            "ervan ondergrens (procentpunt)",
            "ervan bovengrens (procentpunt)",
            "Oordeel",
            "Let op",
        ],
        ["Kop", *[""] * 10],
        ["Groei", "9,5", "242", "▲", "6", "14", "3", "-24,2", "24,2", "meer dan toeval", "klein aantal"],
        ["Leeg", *[""] * 8, "te weinig", ""],
    ]
    koppen, _ = plain(tabel)
    assert [eenheid for _, eenheid in koppen] == [
        "",
        "aandeel:1",
        "aantal:0",
        "",
        "aandeel:1",
        "aandeel:1",
        *["gemiddelde:1"] * 3,
        "",
        "",
    ]
    assert "▲9,5%<br>(242)*" in tabel.html() and "−24,2 tot 24,2" in tabel.html()


def test_where_rows_differ_in_unit_each_says_its_own():
    tabel = Tabel(
        "t",
        "Cijfer",
        [Kolom("2019", SAMEN), Kolom("Verschil", INTERVAL)],
        [
            Rij("Aandeel", [of("9,5% (2)", ("", 0.095, "aandeel"), ("n", 2)), of("+1,5", ("", 0.015, PROCENTPUNT))]),
            Rij("Cijfer", [of("8,25 (3)", ("", 8.25, "gemiddelde", 2), ("n", 3)), of("+0,5", ("", 0.5, "gemiddelde"))]),
            Rij("Aantal", [1305, "–"]),
        ],
    )
    assert cells(tabel) == [
        ["Cijfer", "Eenheid", "2019", "2019 n", "Verschil"],
        ["Aandeel", "%", "9,5", "2", "1,5"],
        ["Cijfer", "gemiddelde", "8,25", "3", "0,5"],
        ["Aantal", "", "1305", "", ""],
    ]
    assert plain(Tabel("t", "r", [Kolom("k")], [Rij("a", [of("3 (50%)", ("", 3), ("aandeel", 0.5, "aandeel"))])])) == (
        [("r", ""), ("k", "aantal:0"), ("k aandeel", "aandeel:1")],
        [["a", 3.0, 0.5]],
    )


@pytest.fixture
def boek(tmp_path):
    """``boek(hoofdstukken)``: the Excel file of these parts as bytes, and opened."""
    settings = load_settings("dekop", tmp_path)

    def make_book(hoofdstukken):
        inhoud = workbook(hoofdstukken, "Cijfers", "Bron: X", ["Vooraf."], settings, own_definitions())
        return inhoud, load_workbook(io.BytesIO(inhoud))

    return make_book


DEEL = bundle(
    "x",
    Onderdeel(
        "x",
        Tabel(
            "Titel",
            "Domein",
            [Kolom("aandeel", "aandeel", "2019"), Kolom("n")],
            [Rij("=1+1", [0.25, 1305]), Rij("0017", [Cel(None), 3])],
            ["Een noot."],
        ),
        "n = 1.305 trajecten, 2019",
        duiding=["Het vaakst: A.", ""],
    ),
    ["zrm_groei"],
)


def values(blad):
    return [[cel.value for cel in rij] for rij in blad.iter_rows()]


def test_the_excel_file_opens_with_what_is_in_it(boek):
    _, bladen = boek({"Eerste": [DEEL, DEEL], "Tweede": [DEEL]})
    assert bladen.sheetnames == ["Inhoud", "1 Titel", "2 Titel", "3 Titel", "Definities"]
    inhoud, rijen = bladen["Inhoud"], values(bladen["Inhoud"])
    assert rijen[0][0] == "Cijfers" and rijen[1][0] == "Vooraf."
    assert rijen[3:7] == [
        ["Hoofdstuk", "Tabel", "Over hoeveel"],
        *[[hoofdstuk, "Titel", "n = 1.305 trajecten, 2019"] for hoofdstuk in ("Eerste", "Eerste", "Tweede")],
    ]
    assert [inhoud.cell(rij, 2).hyperlink.location for rij in (5, 6, 7, 8)] == [
        "'1 Titel'!A1",
        "'2 Titel'!A1",
        "'3 Titel'!A1",
        "'Definities'!A1",
    ]
    definities = values(bladen["Definities"])
    assert definities[2][:2] == ["Cijfer", "Wat is geteld"] and len(definities) == 4 and all(definities[3])


def test_a_sheet_has_one_table_with_what_it_is(boek):
    _, bladen = boek({"Eerste": [DEEL, DEEL]})
    blad, rijen = bladen["2 Titel"], values(bladen["2 Titel"])
    assert [rij[0] for rij in rijen[:4]] == ["Titel", "n = 1.305 trajecten, 2019", "Bron: X", "Terug naar de inhoud"]
    assert rijen[4:7] == [["Domein", "2019 aandeel", "n"], ["=1+1", 0.25, 1305], ["0017", None, 3]]
    assert [rij[0] for rij in rijen[8:10]] == ["Het vaakst: A.", "Een noot."]
    assert rijen[11][0] == "Wat is geteld" and rijen[12][0].startswith("Groei op de ZRM: ")
    assert blad.freeze_panes == "B6" and blad["B6"].number_format == "0.0%"
    assert blad["A6"].data_type == "s" and {blad[plek].number_format for plek in ("A6", "A7")} == {"@"}
    (tabel,) = blad.tables.values()
    assert (tabel.displayName, tabel.ref) == ("tabel_2_x", "A5:C7")
    assert [kolom.name for kolom in tabel.tableColumns] == rijen[4]
    assert not bladen.defined_names


def test_every_table_of_the_excel_file_has_heads_that_excel_takes():
    assert distinct_heads(["", "n", "N", "", "x" * 300]) == ["Rij", "n", "N 2", "Rij 2", "x" * 240]


def test_the_same_figures_give_the_same_bytes(boek):
    eerste, _ = boek({"A": [DEEL]})
    tweede, _ = boek({"A": [DEEL]})
    assert eerste == tweede
    with ZipFile(io.BytesIO(eerste)) as zip_:
        assert {deel.date_time for deel in zip_.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert str(date.today().year).encode() not in zip_.read("docProps/core.xml")


@pytest.mark.parametrize(
    "naam, bezet, blad",
    [
        ("Persona's en klantreizen", [], "Persona s en klantreizen"),
        ("a" * 40, [], "a" * 31),
        ("a" * 40, ["A" * 31], "a" * 28 + " 2"),
        ("A", ["a", "A 2"], "A 3"),
        ("[]:*?/\\", [], "Blad"),
    ],
)
def test_a_sheet_has_a_name_that_excel_accepts(naam, bezet, blad):
    assert _sheet_name(naam, bezet) == blad


def test_what_a_share_rests_on_goes_along(frame, tmp_path):
    lang = frame(("verwijzingen", "2019", "alle", "verwezen", 3, 9), ("verwijzingen", "2019", "alle", "totaal", 9, 9))
    c = Cijfers(lang, load_settings("dekop", tmp_path), Periode(2019), "alle", tmp_path)
    assert cells(make("verwijzingen", c).tabel) == [
        ["Aanmeldroute", "2019 aandeel (%)", "2019 aantal", "2019 van", "Let op"],
        ["Verwezen", "33,333333", "3", "9", "klein aantal"],
    ]
