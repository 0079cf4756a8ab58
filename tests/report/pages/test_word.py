"""The report as a Word document: opened again, it holds what the page holds, in Word's forms, and tells of nobody."""

import io
import sys
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from kopanalyse.cli import main
from kopanalyse.report.charts.svg import picture
from kopanalyse.report.pages.word import as_word
from kopanalyse.report.parts.own import drawn
from kopanalyse.report.parts.table import Kolom, Rij, Tabel
from tests.report.klein import write_notebook

TABEL = Tabel(
    "Casussen per team",
    "Team",
    [Kolom("aantal", groep="2019"), Kolom("van", groep="2019"), Kolom("n")],
    [Rij("Kop", ["", "", ""]), Rij("Oost", [1305, 2000, 3]), Rij("West & <Zuid>", [None, 7, 4])],
    ["Een noot."],
)


@pytest.fixture(scope="module")
def pagina():
    """A page with everything, as the template writes it."""
    import pandas as pd

    beeld = picture(drawn(pd.DataFrame({"2019": [3]}, index=["a"]), "t").teken, "Wat te zien is.", "Bron: X")
    return f"""<!DOCTYPE html><html lang="nl"><body class="volledig"><header><p class="gegevens">Synthetisch.</p>
<h1><span class="boven">De Kop</span> Jaarverslag <span class="onder">2019 · Team Oost</span></h1></header>
<div class="blad"><nav><h2>Inhoud</h2></nav><main id="inhoud">
<div class="tekst"><h2 id="a">Hoofdstuk</h2><p>Een <strong>vette</strong> en <em>schuine</em>
zin.</p><ul><li>punt</li></ul></div>
<p class="leeg" hidden>NIET GETOOND</p>
<ul class="kerncijfers x"><li><span class="groot">581</span> <span class="bij">trajecten</span>
<span class="vorig">2018: 473</span> <span class="oordeel">meer</span></li></ul>
<div id="figuur-x" class="onderdeel"><figure><figcaption><span class="titel">De figuur</span><span class="grondslag">n
= 3</span></figcaption>{beeld}</figure><p class="duiding">Meer dan in 2018 (uitleg: <a href="../../i.html#v">Vergelijken
wij zo</a>).</p><details><summary>Dezelfde cijfers in een tabel</summary>{TABEL.html()}</details></div>
<div class="toelichting"><h3>Toelichting</h3><p>Wat de auteur schreef.</p><p class="auteur">teamleider</p></div>
<blockquote class="citaat"><p>“Zonder hulp.”</p></blockquote>
<div class="reiskaart"><svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="De reis." width="200" height="90"
viewBox="0 0 200 90"><text x="3" y="20" textLength="40" lengthAdjust="spacingAndGlyphs">stap</text></svg></div>
<div class="reiskaart smal"><svg xmlns="http://www.w3.org/2000/svg" aria-label="Voor een telefoon." width="20"
height="9" viewBox="0 0 20 9"></svg></div>
<div id="tabel-y" class="onderdeel">{Tabel("Los", "r", [Kolom("k")], [Rij("a", [1])]).html()}</div>
<h2>Wat is geteld</h2><dl><dt>Casussen</dt><dd>Alle <code>casussen</code>.</dd></dl>
</main></div></body></html>"""


@pytest.fixture(scope="module")
def document(pagina):
    return docx.Document(io.BytesIO(as_word(pagina, "De Kop, 2019, Team Oost", "De Kop")))


def texts(document, stijl):
    return [alinea.text for alinea in document.paragraphs if alinea.style.name == stijl]


def test_headings_are_headings_and_the_tables_of_figures_come_last(document):
    koppen = [(a.style.name, a.text) for a in document.paragraphs if a.style.name.startswith("Heading")]
    assert koppen == [
        ("Heading 1", "Hoofdstuk"),
        ("Heading 2", "Toelichting"),
        ("Heading 1", "Wat is geteld"),
        ("Heading 1", "Tabellen bij de figuren"),
        ("Heading 3", "De figuur"),
    ]
    assert texts(document, "Title") == ["Jaarverslag"] and texts(document, "Subtitle") == ["De Kop, 2019 · Team Oost"]


def test_the_words_of_the_page_stand_there_and_nothing_that_it_hides(document):
    alles = [alinea.text for alinea in document.paragraphs]
    for zin in ("Synthetisch.", "Een vette en schuine zin.", "Wat de auteur schreef.", "“Zonder hulp.”", "Een noot."):
        assert alles.count(zin) == 1, zin
    assert "Meer dan in 2018." in alles  # without the way to a page that is not here
    assert texts(document, "List Bullet") == ["punt"] and texts(document, "Quote") == ["“Zonder hulp.”"]
    assert texts(document, "Noot") == ["n = 3", "teamleider", "Een noot."]
    assert "NIET GETOOND" not in " ".join(alles)
    zin = next(alinea for alinea in document.paragraphs if alinea.text.startswith("Een vette"))
    assert [(r.text, r.bold, r.italic) for r in zin.runs if r.bold or r.italic] == [
        ("vette", True, None),
        ("schuine", None, True),
    ]


def test_pictures_say_in_words_what_they_show(document):
    vormen = [vorm._inline.docPr for vorm in document.inline_shapes]
    assert [vorm.get("descr") for vorm in vormen] == ["Wat te zien is.", "De reis."]
    assert len({vorm.get("id") for vorm in vormen}) == 2
    breed = document.sections[0].page_width - document.sections[0].left_margin - document.sections[0].right_margin
    assert all(vorm.width <= breed + 400 for vorm in document.inline_shapes)


def test_tables_have_one_head_that_comes_back_on_every_sheet(document):
    kern, los, tabel = document.tables
    assert [cel.text for cel in kern.rows[1].cells] == ["trajecten", "581", "2018: 473; meer"]
    assert [[cel.text for cel in rij.cells] for rij in los.rows] == [["r", "k"], ["a", "1"]]
    assert [cel.text for cel in tabel.rows[0].cells] == ["Team", "2019 aantal", "2019 van", "n"]
    assert [cel.text for cel in tabel.rows[1].cells] == ["Kop"] * 4  # one cell over all columns
    assert [cel.text for cel in tabel.rows[3].cells] == ["West & <Zuid>", "–", "7", "4"]
    for een in document.tables:
        hoofden = [bool(rij._tr.xpath("./w:trPr/w:tblHeader")) for rij in een.rows]
        assert hoofden == [True] + [False] * (len(hoofden) - 1)
        assert all(rij._tr.xpath("./w:trPr/w:cantSplit") for rij in een.rows)
    assert [een._tbl.tblPr.xpath("./w:tblCaption/@w:val") for een in document.tables][1:] == [["Los"], [TABEL.titel]]


def test_the_contents_list_is_a_field_with_links_to_the_headings(document):
    lichaam = document.element.body
    assert [deel.text.split()[0] for deel in lichaam.iter(qn("w:instrText"))] == ["TOC"]
    links = [
        (link.get(qn("w:anchor")), "".join(t.text for t in link.iter(qn("w:t"))))
        for link in lichaam.iter(qn("w:hyperlink"))
    ]
    assert [tekst for _, tekst in links] == ["Hoofdstuk", "Toelichting", "Wat is geteld", "Tabellen bij de figuren"]
    merken = {deel.get(qn("w:name")) for deel in lichaam.iter(qn("w:bookmarkStart"))}
    assert {merk for merk, _ in links} <= merken
    soorten = [deel.get(qn("w:fldCharType")) for deel in lichaam.iter(qn("w:fldChar"))]
    assert soorten == ["begin", "separate", "end"]


def test_it_is_dutch_and_tells_of_nobody(document, pagina):
    assert {deel.get(qn("w:val")) for deel in document.styles.element.iter(qn("w:lang"))} == {"nl-NL"}
    wie = document.core_properties
    assert (wie.title, wie.author, wie.language) == ("De Kop, 2019, Team Oost", "De Kop", "nl-NL")
    assert not any((wie.last_modified_by, wie.comments, wie.keywords, wie.subject))
    assert wie.created.year == wie.modified.year == 2000
    eerste, tweede = (as_word(pagina, "t", "De Kop") for _ in range(2))
    assert eerste == tweede
    with ZipFile(io.BytesIO(eerste)) as stukken:
        assert b"python-docx" not in b"".join(stukken.read(naam) for naam in stukken.namelist())


def test_signs_that_no_document_can_hold_are_replaced():
    html = "<body><h1>T</h1><main><p>a\x07b</p></main></body>"
    assert docx.Document(io.BytesIO(as_word(html, "t\x07", "o"))).paragraphs[-1].text == "a\ufffdb"


def mappen(klein):
    return [deel for naam in ("raw", "processed", "reports", "notebooks") for deel in (f"--{naam}", str(klein / naam))]


@pytest.mark.bouw
def test_the_command_makes_it_beside_the_pages_and_takes_it_away_when_it_no_longer_holds(klein):
    write_notebook(klein / "notebooks/fout.ipynb", ["rapport.toelichting('caseload')"])
    opdracht = ["report", "--organisatie", "klein", "--jaar", "2019", "--team", "alle", *mappen(klein)]
    bestand = klein / "reports/klein/2019/alle/volledig.docx"
    opening = bestand.with_name("index.html")
    assert main(opdracht) == 0 and not bestand.exists()
    assert main([*opdracht, "--word"]) == 0
    document = docx.Document(bestand)
    assert document.core_properties.author == "Klein <Welzijn> & Co" and len(document.inline_shapes) == 1
    assert 'href="volledig.docx"' in opening.read_text(encoding="utf-8")
    toen = bestand.read_bytes()
    assert main(opdracht) == 0 and bestand.read_bytes() == toen  # it still holds
    write_notebook(klein / "notebooks/fout.ipynb", ["rapport.tabel('individueel_per_team')"])
    assert main(opdracht) == 0 and not bestand.exists()
    assert "volledig.docx" not in opening.read_text(encoding="utf-8")


@pytest.mark.parametrize("pakket", ["docx", "resvg_py"])
def test_without_what_writes_it_the_command_says_what_to_install(klein, monkeypatch, capsys, pakket):
    monkeypatch.setitem(sys.modules, pakket, None)
    assert main(["report", "--organisatie", "klein", "--word", *mappen(klein)]) == 2
    fout = capsys.readouterr().err
    assert f"het pakket {pakket} nodig" in fout and "pip install 'kopanalyse[word]'" in fout
    assert not (klein / "reports").exists()
