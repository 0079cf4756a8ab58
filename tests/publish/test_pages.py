"""The pages of an edition of a small registration: made of its table alone, with nothing that a reader may not know."""

import html
import json
import re
import shutil
from contextlib import redirect_stdout
from io import StringIO
from urllib.parse import unquote

import pandas as pd
import pytest
from openpyxl import load_workbook

from kopanalyse.cli import main
from kopanalyse.report.cijfers.published import read_edition
from kopanalyse.report.dutch import getal
from kopanalyse.report.pages import along
from tests.report.klein import HOOFDMAP

from .oogst import cells, harvest, numbers
from .registratie import write_persona, write_registration, write_text

pytestmark = pytest.mark.bouw
KERN = re.compile("per kern|Trechter")
GEEN_PERSONEN = re.compile("ollectieve|ijeenkomst")
GEEN_AANTAL = re.compile("%|grens|erschil|gemiddelde|per 1.000|procent")
VRIJ = ("openbaar: ja", "nagekeken: A. de Vries, 2026-11-29")


class Proef:
    """A folder with a registration of ``proef``, and the edition that was made of it."""

    def __init__(self, map_):
        self.map, self.raw, self.processed = map_, map_ / "raw", map_ / "processed"
        self.uit, self.gezegd = map_ / "publicaties", ""

    def publish(self, *opties):
        mappen = {"raw": self.raw, "processed": self.processed, "publicaties": self.uit}
        argumenten = [deel for naam, map_ in mappen.items() for deel in (f"--{naam}", str(map_))]
        notebooks = ["--notebooks", str(HOOFDMAP / "notebooks")]
        with redirect_stdout(StringIO()) as gezegd:
            uit = main(["publish", "--organisatie", "proef", *argumenten, *notebooks, *opties])
        self.gezegd = gezegd.getvalue()
        return uit

    @property
    def editie(self):
        return self.uit / "proef"

    def bytes(self):
        return {
            pad.relative_to(self.editie).as_posix(): pad.read_bytes()
            for pad in sorted(self.editie.rglob("*"))
            if pad.is_file()
        }


@pytest.fixture(scope="module")
def proef(tmp_path_factory):
    """An edition, of which one text was released, and others not."""
    proef = Proef(tmp_path_factory.mktemp("proef"))
    raw = proef.raw / "proef"
    write_registration(raw)
    write_text(raw, "vrij.md", "Dit mag naar VRIJGEGEVEN buiten.", *VRIJ)
    write_text(raw, "niet-nagekeken.md", "Dit is WACHTEND op Jan de Vries, 47 jaar.", "openbaar: ja")
    write_text(raw, "binnen.md", "Dit blijft BINNENSHUIS.")
    write_persona(raw, "Openbaria", "28-44, 45-64", *VRIJ)
    write_persona(raw, "Binnenbert", "18-27", "openbaar: ja")
    (raw / "verhalen").mkdir()
    (raw / "verhalen" / "alleen-toestemming.md").write_text(
        "---\ntitel: T\nthema: casussen_op_inhoud\ndienst: individueel\njaar: 2024\ncitaat: ALLEENTOESTEMMING\n"
        "toestemming: ja\n---\nALLEENTOESTEMMING\n",
        encoding="utf-8",
    )
    assert proef.publish() == 0
    proef.eerst_gezegd = proef.gezegd
    return proef


@pytest.fixture(scope="module")
def vondsten(proef):
    return list(harvest(proef.editie))


def test_an_edition_has_the_pages_of_a_report_and_its_own(proef):
    namen = {pad.relative_to(proef.editie).as_posix() for pad in proef.editie.rglob("*") if pad.is_file()}
    for naam in (
        "index.html",
        "indicatoren.html",
        "verantwoording.html",
        "publicatie.csv",
        "publicatie.xlsx",
        "publicatie.json",
    ):
        assert naam in namen
    for map_ in ("2023/alle", "2024/alle", "2024/noord", "2024/zuid"):
        for naam in ("index.html", "casussen_op_inhoud.html", "vergelijking.html", "volledig.html", "cijfers.xlsx"):
            assert f"{map_}/{naam}" in namen
    assert not [naam for naam in namen if "/." in naam or naam.startswith(".") or "datakwaliteit" in naam]


def test_links_lead_somewhere(proef):
    for pad in proef.editie.rglob("*.html"):
        for adres in re.findall(r'href="([^"#:]+)(?:#[^"]*)?"', pad.read_text(encoding="utf-8")):
            assert (pad.parent / adres).is_file(), (pad, adres)


def test_texts_that_were_not_released_are_in_no_file(proef):
    alles = b"".join(proef.bytes().values())
    assert b"VRIJGEGEVEN" in alles
    for woord in (b"WACHTEND", b"BINNENSHUIS", b"ALLEENTOESTEMMING", b"Binnenbert", b"A. de Vries", b"vrij.md"):
        assert woord not in alles


def test_nothing_points_at_who_made_it(proef):
    alles = b"".join(proef.bytes().values())
    for woord in (str(proef.map).encode(), b"/processed", b"t12;", b"k12;"):
        assert woord not in alles


def test_pages_are_the_same_without_the_registration(proef, tmp_path):
    eerst = proef.bytes()
    for naam in ("raw", "processed"):
        (proef.map / naam).rename(tmp_path / naam)
    try:
        assert proef.publish("--alleen-paginas") == 0
        assert proef.bytes() == eerst  # of publicatie.csv and publicatie.json alone
        shutil.copytree(tmp_path / "processed" / "proef" / "publicaties", proef.processed / "proef" / "publicaties")
        assert proef.publish("--alleen-paginas") == 0
        assert proef.bytes() == eerst
    finally:
        shutil.rmtree(proef.processed, ignore_errors=True)
        for naam in ("raw", "processed"):
            (tmp_path / naam).rename(proef.map / naam)


def test_another_truth_with_the_same_table_gives_the_same_bytes(proef):
    """Of the registration nothing is read: neither the long table, nor what was checked."""
    eerst, map_ = proef.bytes(), proef.processed / "proef"
    bewaard = {pad: pad.read_bytes() for pad in (map_ / "cijfers.parquet", *(map_ / "checked").glob("*.parquet"))}
    cijfers = pd.read_parquet(map_ / "cijfers.parquet")
    try:
        cijfers[["teller", "n_personen"]] += 3
        cijfers.to_parquet(map_ / "cijfers.parquet")
        for pad in bewaard:
            if pad.parent.name == "checked":
                pad.write_bytes(b"")
        assert proef.publish("--alleen-paginas") == 0
        assert proef.bytes() == eerst
    finally:
        for pad, inhoud in bewaard.items():
            pad.write_bytes(inhoud)


def test_no_small_number_stands_in_a_cell(proef):
    """Of persons: where a table counts something else small numbers are right."""
    klein = [
        (waar, titel, kop, cel)
        for waar, titel, kop, cel in cells(proef.editie)
        if re.fullmatch(r"[1-9]", cel) and not GEEN_PERSONEN.search(titel + kop)
    ]
    assert not klein


def test_every_count_in_a_cell_is_rounded_or_published_as_it_is(proef):
    rijen = read_edition(proef.editie).rijen
    exact = set(rijen.teller[~rijen.afgerond.str.contains("teller")].dropna().astype(int))
    inwoners = set(rijen.noemer[rijen.eenheid == "per_1000"].dropna().astype(int))
    vreemd = [
        (waar, titel, kop, cel)
        for waar, titel, kop, cel in cells(proef.editie)
        if re.fullmatch(r"\d{1,3}(\.\d{3})*", cel)
        for getal in [int(cel.replace(".", ""))]
        if getal % 5 and getal not in exact | inwoners
    ]
    assert not vreemd


def test_no_small_number_stands_in_a_picture_an_alt_text_or_a_download(vondsten):
    cellen = [v for v in vondsten if v.soort == "csv" and not GEEN_AANTAL.search(v.kop)]
    assert cellen and not [v for v in cellen if re.fullmatch("[1-9]", v.tekst)]
    woorden = [v for v in vondsten if v.soort == "plaatje"]
    assert woorden and not [v for v in woorden if v.tekst in ("6", "7", "8", "9")]  # 1 to 5 are scores of the ZRM
    for v in vondsten:
        if v.soort == "alt" and "score" not in v.tekst and "grafiek" not in v.tekst:
            assert not [getal for getal in numbers(v.tekst) if 0 < getal < 10], v


def test_no_true_number_that_was_rounded_stands_anywhere(proef, vondsten):
    """Numbers of 100 and more that are no multiple, and that the table does not have: they would be the true ones."""
    waar = pd.read_parquet(proef.processed / "proef" / "cijfers.parquet")
    rijen = read_edition(proef.editie).rijen
    getoond = {int(n) for kolom in ("teller", "noemer", "n_personen") for n in rijen[kolom].dropna()}
    echt = {int(n) for kolom in ("teller", "noemer", "n_personen") for n in waar[kolom].dropna() if n >= 100}
    verraad = {getal for getal in echt - getoond if getal % 5}
    assert verraad
    for v in vondsten:
        if v.soort in ("alt", "plaatje", "zin", "kerncijfer", "csv", "xlsx"):
            assert not verraad & set(numbers(v.tekst)), v


def test_a_workbook_says_what_is_hidden_in_one_way(vondsten):
    assert any(v.soort == "xlsx" and v.tekst == "·" for v in vondsten)
    for v in vondsten:
        if v.soort == "eigenschappen":
            assert "Welzijn Proef" in v.tekst and "root" not in v.tekst


def test_the_table_as_a_workbook_says_of_what_is_hidden_that_it_is(proef):
    editie = read_edition(proef.editie).rijen
    koppen, *rijen = load_workbook(proef.editie / "publicatie.xlsx")["cijfers"].iter_rows(values_only=True)
    boek = pd.DataFrame(rijen, columns=koppen)
    assert list(koppen) == list(editie.columns) and len(boek) == len(editie)
    for kolom in ("teller", "noemer", "n_personen"):
        weg = editie.verborgen.str.split().map(lambda namen, kolom=kolom: kolom in namen)
        assert weg.any() and (boek[kolom][weg] == "·").all() and not (boek[kolom][~weg] == "·").any()
        assert pd.to_numeric(boek[kolom][~weg]).fillna(-1).tolist() == editie[kolom][~weg].fillna(-1).tolist()
    assert ((boek.waarde == "·") <= (boek.teller == "·") | (boek.noemer == "·")).all() and (boek.waarde == "·").any()


def test_a_picture_to_take_along_shows_what_its_page_shows(proef, monkeypatch):
    """Each is the drawing of a page under its title and n: nothing else went into it."""
    monkeypatch.setattr(along, "as_png", lambda svg: svg.encode())  # what draws it reads nothing but this
    eerst = proef.bytes()
    try:
        assert proef.publish("--alleen-paginas", "--figuren") == 0
        plaatjes = {naam: inhoud.decode() for naam, inhoud in proef.bytes().items() if naam.endswith(".svg")}
        assert len(plaatjes) > 20 and all(naam.split("/")[2] == "figuren" for naam in plaatjes)
        for naam, tekst in plaatjes.items():
            map_, _, bestand = naam.rpartition("/figuren/")
            pagina = (proef.editie / map_ / f"{bestand.partition('-')[0]}.html").read_text(encoding="utf-8")
            gezien = [
                unquote(adres).partition(">")[2] for adres in re.findall(r'src="data:image/svg\+xml,([^"]*)"', pagina)
            ]
            assert any(tekst.endswith(tekening) for tekening in gezien), naam
            woorden = html.unescape(re.sub("<[^>]*>", " ", pagina))
            eigen = [html.unescape(w) for w in re.findall(r"<(?:title|desc)>([^<]*)<", tekst)]
            assert eigen[0] in woorden and f'alt="{html.escape(eigen[1])}"' in pagina, naam
            for vorm in ("svg", "png"):
                assert f'href="figuren/{bestand.removesuffix(".svg")}.{vorm}"' in pagina
    finally:
        assert proef.publish("--alleen-paginas") == 0
    assert proef.bytes() == eerst


def test_the_account_names_the_rules_and_no_figure(proef):
    tekst = (proef.editie / "verantwoording.html").read_text(encoding="utf-8").partition("<main")[2]
    assert "minder dan 10" in tekst and "vijftallen" in tekst
    gelezen = json.loads((proef.editie / "publicatie.json").read_text(encoding="utf-8"))["gelezen"]
    inlezen = pd.read_csv(proef.processed / "proef" / "inlezen.csv")
    assert gelezen % 100 == 0 and abs(gelezen - inlezen.gelezen.sum()) <= 50
    assert set(numbers(re.sub("<[^>]*>", " ", tekst.partition("</main")[0]))) == {10, gelezen}


def test_the_account_names_what_is_left_out_as_its_readers_do(proef):
    tekst = (proef.editie / "verantwoording.html").read_text(encoding="utf-8").partition("<main")[2]
    assert "zrm_overgang" not in tekst and "Rijen zonder totaal van ‘Overgang van ZRM-scores’" in tekst
    assert "Kwartalen, behalve totalen van de hele organisatie" in tekst


def test_a_persona_stands_for_a_figure_of_the_table(proef):
    rijen = read_edition(proef.editie).rijen
    aantal = rijen.query("indicator == 'persona:openbaria' and team == 'alle' and jaar == 2024").teller.item()
    pagina = (proef.editie / "2024/alle/personas_en_klantreizen.html").read_text(encoding="utf-8")
    assert f"<strong>ongeveer {getal(aantal)} klanten</strong>" in pagina
    assert not (rijen.indicator == "persona:binnenbert").any()


def test_the_command_says_what_to_look_at(proef):
    gezegd = proef.eerst_gezegd
    assert "niet-nagekeken.md" in gezegd and "47 jaar" in gezegd and "Jan de Vries" in gezegd
    assert "2 teksten staan niet in de editie" in gezegd
    assert "BINNENSHUIS" not in gezegd


def test_a_release_that_is_withdrawn_leaves_nothing_behind(proef):
    pad = proef.raw / "proef" / "toelichting" / "vrij.md"
    eerst = pad.read_text(encoding="utf-8")
    try:
        pad.write_text(eerst.replace("openbaar: ja", "openbaar: nee"), encoding="utf-8")
        assert proef.publish("--alleen-paginas") == 0
        assert b"VRIJGEGEVEN" not in b"".join(proef.bytes().values())
        bewaard = (proef.processed / "proef" / "publicaties").rglob("toelichting/*")
        assert not list(bewaard)
    finally:
        pad.write_text(eerst, encoding="utf-8")


def test_a_failing_page_leaves_the_earlier_edition(proef, tmp_path, monkeypatch):
    eerst = proef.bytes()
    notebooks = shutil.copytree(HOOFDMAP / "notebooks", tmp_path / "notebooks")
    inhoud = json.loads((notebooks / "vergelijking.ipynb").read_text(encoding="utf-8"))
    inhoud["cells"].append(inhoud["cells"][-1] | {"cell_type": "code", "outputs": [], "execution_count": None})
    inhoud["cells"][-1]["source"] = "rapport.figuur('bestaat_niet')"
    (notebooks / "vergelijking.ipynb").write_text(json.dumps(inhoud), encoding="utf-8")
    assert proef.publish("--alleen-paginas", "--notebooks", str(notebooks)) == 1
    assert proef.bytes() == eerst
    assert [pad.name for pad in proef.uit.iterdir()] == ["proef"]
