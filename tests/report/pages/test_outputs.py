"""What our template makes of the outputs of any notebook: shown, or refused in words; never dropped, never a key."""

import base64
import hashlib
import re

import pytest
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbformat import from_dict

from kopanalyse.report.chapters import own_catalogue
from kopanalyse.report.cijfers.looked_up import SLEUTELS
from kopanalyse.report.pages.html import own_styles, without_empty
from kopanalyse.report.pages.writer import TEMPLATE, TEMPLATES, Schrijver
from kopanalyse.settings import load_settings

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>'
STYLER = (
    '<style type="text/css">\n#T_a_row0_col0 {\n  background-color: #fff7fb;\n}\n</style>\n'
    '<table id="T_a"><tr><td id="T_a_row0_col0" style="text-align: right;">1</td></tr></table>'
)


def notebook(*cellen):
    return from_dict({"cells": list(cellen), "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


def code(*uitvoer, bron="x", nummer=1):
    return {"cell_type": "code", "metadata": {}, "source": bron, "execution_count": nummer, "outputs": list(uitvoer)}


def text(bron, **metadata):
    return {"cell_type": "markdown", "metadata": metadata, "source": bron}


def display(**data):
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {soort.replace("__", "/"): wat for soort, wat in data.items()},
    }


def failed(naam, zin):
    return {"output_type": "error", "ename": naam, "evalue": zin, "traceback": ["SPOOR"]}


def page(*cellen):
    """The page that plain ``nbconvert --template kopanalyse --no-input`` makes."""
    exporter = HTMLExporter(template_name=TEMPLATE, extra_template_basedirs=[str(TEMPLATES)], exclude_input=True)
    return exporter.from_notebook_node(notebook(*cellen))[0]


def words(*cellen):
    return BeautifulSoup(page(*cellen), "html.parser").main.get_text(" ", strip=True)


@pytest.mark.parametrize(
    "uitvoer, zin",
    [
        (
            failed("RapportError", "Het onderdeel x bestaat niet."),
            "Dit onderdeel kon niet gemaakt worden: Het onderdeel x bestaat niet.",
        ),
        (failed("KeyError", "'<b>a'"), "Dit onderdeel kon niet gemaakt worden: KeyError: '<b>a'"),
        (
            display(text__latex="$x$", text__plain="<IPython.core.display.Latex object>"),
            "Een formule in LaTeX komt niet",
        ),
        (
            display(application__javascript="1", text__plain="<IPython.core.display.Javascript object>"),
            "Deze uitvoer komt niet op deze pagina: de soort application/javascript kan een pagina niet tonen.",
        ),
        (
            display(**{"application/vnd.jupyter.widget-view+json": {}}, text__plain="HBox()"),
            "widget-view+json kan een pagina",
        ),
        (display(text__plain="<IPython.lib.display.IFrame at 0x1>"), "Deze uitvoer komt niet op deze pagina."),
        (display(text__html="<div></div><script>teken()</script>"), "heeft een script nodig, en dat draait niet"),
    ],
)
def test_what_a_page_cannot_show_it_says_in_words(uitvoer, zin):
    tekst = words(code(uitvoer))
    assert zin in tekst and "IPython" not in tekst and "SPOOR" not in tekst


@pytest.mark.parametrize(
    "uitvoer, html",
    [
        (
            display(text__markdown="**Vet** in 2019", text__plain="<IPython.core.display.Markdown object>"),
            "<strong>Vet</strong>",
        ),
        (
            display(image__jpeg="/9j/", text__plain="<Figure size 1x1>"),
            '<img alt="Figuur zonder beschrijving" src="data:image/jpeg;base64,/9j/"',
        ),
        (display(image__png="iVBO", text__plain="<Figure>"), 'src="data:image/png;base64,iVBO"'),
        (
            display(**{"image/svg+xml": SVG}, text__plain="<Figure>"),
            f"data:image/svg+xml;base64,{base64.b64encode(SVG.encode()).decode()}",
        ),
        (display(text__plain="a < b"), "<pre>a &lt; b</pre>"),
        ({"output_type": "stream", "name": "stdout", "text": "gewone print"}, "<pre>gewone print</pre>"),
    ],
)
def test_what_a_page_can_show_it_shows(uitvoer, html):
    pagina = page(code(uitvoer))
    assert html in re.sub(r"\s*\n\s*", "", pagina) and 'class="leeg"' not in pagina


def test_an_output_that_only_tells_the_build_something_is_nothing():
    assert words(code(display(**{"application/vnd.kopanalyse.gelezen+json": []})), code(display())) == ""


@pytest.mark.parametrize(
    "cellen, zin",
    [
        ([code(nummer=None), code(nummer=None), code()], "van dit notebook zijn 2 cellen niet uitgevoerd"),
        ([code(nummer=None), code(bron=" ", nummer=None)], "van dit notebook is 1 cel niet uitgevoerd"),
    ],
)
def test_a_notebook_that_was_not_run_says_so(cellen, zin):
    assert zin in words(*cellen)


def test_a_notebook_that_was_run_has_nothing_to_say_of_that_nor_has_one_without_its_code():
    assert words(code(), code(nummer=7), code(bron="", nummer=None)) == ""


def test_papermills_english_marks_stay_away_and_the_failed_cell_speaks_for_itself():
    tekst = words(
        text("An Exception was encountered", tags=["papermill-error-cell-tag"]),
        text("# Titel"),
        text("Execution using papermill encountered", tags=["papermill-error-cell-tag"]),
        code(failed("RapportError", "Geen figuur.")),
        code(nummer=None),
    )
    assert "xception" not in tekst and "papermill" not in tekst and "gemaakt worden: Geen figuur." in tekst
    assert "is 1 cel niet uitgevoerd" in tekst


def test_a_picture_from_a_file_is_missed_in_words():
    assert "Een plaatje uit een ander bestand" in words(text("![kaart](kaart.png)"))
    assert "Een plaatje" not in words(text("![kaart](data:image/png;base64,iVBO)"))


def test_a_notebook_that_showed_keys_is_no_page_however_it_is_made():
    pagina = page(
        text("Tekst over K00150"),
        code(display(text__html="<td>K00150</td>")),
        code(display(**{SLEUTELS: True}), nummer=2),
    )
    assert "K0015" not in pagina and "Deze pagina is geweigerd: het notebook toont kenmerken van klanten" in pagina


def test_styles_that_outputs_bring_are_let_through_by_their_digest_and_no_others(tmp_path):
    settings = load_settings("dekop", tmp_path)
    schrijver = Schrijver(settings, own_catalogue(settings), tmp_path, tmp_path, {})

    class Boek:
        def node(self):
            return notebook(text("# Titel"), code(display(text__html=STYLER)))

    pagina = schrijver._html([Boek()], schrijver._common() | {"naam": "x", "titel": "x"})
    beleid = BeautifulSoup(pagina, "html.parser").find("meta", attrs={"http-equiv": "Content-Security-Policy"})[
        "content"
    ]
    element, attribuut = "\n#T_a_row0_col0 {\n  background-color: #fff7fb;\n}\n", "text-align: right;"
    merken = [
        f"'sha256-{base64.b64encode(hashlib.sha256(tekst.encode()).digest()).decode()}'"
        for tekst in (element, attribuut)
    ]
    assert f" 'unsafe-hashes' {merken[0]} {merken[1]};" in beleid and STYLER.replace("\n", "") in pagina.replace(
        "\n", ""
    )
    for html in ("<p data-style='a'>style=\"b\"</p>", "<img src=\"data:image/svg+xml,%3Csvg style='a'%3E\" alt='x'>"):
        assert own_styles(notebook(code(display(text__html=html)))) == []


def test_a_section_with_nothing_says_why_once_and_one_about_other_work_says_nothing():
    leeg = '<p class="leeg">{}</p>'
    pagina = notebook(
        text("## Groepen"),
        code(display(**{"text/html": leeg.format("Groepen: de tabel ontbreekt.")})),
        code(display(**{"text/html": leeg.format("Groepen per team: de tabel ontbreekt.")})),
        text("## Wordt iedereen gevonden?"),
        code(display(**{"text/html": leeg.format("Trechter: de tabel kernen ontbreekt.")})),
        text("## Steun"),
        code(display(**{"text/html": '<p class="leeg" hidden>Steun wordt niet geregistreerd.</p>'})),
        text("## Werk"),
        code(display(**{"text/html": "<p>Er is gewerkt.</p>"})),
    )
    without_empty(pagina)
    assert [cel.source for cel in pagina.cells if cel.cell_type == "markdown"] == ["## Werk"]
    assert pagina.cells[-1].outputs[0].data["text/html"] == (
        '<p class="leeg"><strong>Groepen</strong>. De tabel ontbreekt.</p>'
        '<p class="leeg"><strong>Wordt iedereen gevonden?</strong> Trechter: de tabel kernen ontbreekt.</p>'
    )
