"""Figures to take along: a drawing of a page with title, n and source in it, the same bytes each time."""

import io
import re
import sys
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from kopanalyse.cli import main
from kopanalyse.report.charts.style import BREED
from kopanalyse.report.charts.svg import SVG, svg
from kopanalyse.report.notebook.rapport import Rapport
from kopanalyse.report.pages.figures import Figuur, as_png, as_svg, figures, file_name, with_links
from kopanalyse.report.pages.quick_nbformat import nbformat
from kopanalyse.report.parts.own import drawn
from tests.report.klein import VIJANDIG, write_notebook

BRON = "Bron: registratie Sociaal Werk De Kop, 1 mei 2026"


@pytest.fixture(scope="module")
def figuur():
    """A figure with a title that takes more than one line, and a name that means harm."""
    import pandas as pd

    frame = pd.DataFrame({"2019": [12, 3]}, index=["Wonen & <leven>", VIJANDIG])
    deel = drawn(frame, f"Waarover {'vragen ' * 20}gingen", n=15, wat="vragen")
    return Figuur("x", deel.tabel.titel, deel.grondslag, deel.alt, svg(deel.teken, BREED, BRON))


def words(tekst):
    return [knoop.text for knoop in ElementTree.fromstring(tekst).iter(f"{SVG}text")]


def test_a_picture_says_what_it_is_of_whom_and_where_it_comes_from(figuur):
    tekst = as_svg(figuur, "Team Oost, 2019")
    wortel = ElementTree.fromstring(tekst)
    alles = words(tekst)
    regels = alles[: alles.index(f"Team Oost, 2019 – {figuur.grondslag}")]
    assert len(regels) > 1 and " ".join(regels) == figuur.titel
    assert BRON in alles and "12" in alles
    assert wortel.find(f"{SVG}title").text == figuur.titel and wortel.find(f"{SVG}desc").text == figuur.alt


def test_what_is_added_stands_above_the_drawing_and_within_the_picture(figuur):
    wortel = ElementTree.fromstring(as_svg(figuur, "Team Oost, 2019"))
    links, boven, breed, hoog = map(float, wortel.get("viewBox").split())
    oud = [float(w) for w in ElementTree.fromstring(figuur.tekening).get("viewBox").split()]
    assert (breed, hoog + boven) == (oud[2] + 32, oud[3] + 16) and links == -16
    eigen = [float(t.get("y")) for t in wortel.iter(f"{SVG}text") if t.get("font-weight")]
    assert eigen == sorted(eigen) and boven < eigen[0] - 13 and eigen[-1] < 0


def test_the_png_is_the_same_drawing_and_tells_nothing_besides(figuur):
    tekst = as_svg(figuur, "Team Oost, 2019")
    png = as_png(tekst)
    assert png == as_png(tekst)
    with Image.open(io.BytesIO(png)) as plaatje:
        breed, hoog = (float(w) for w in ElementTree.fromstring(tekst).get("viewBox").split()[2:])
        assert plaatje.size[0] == 1500 and abs(plaatje.size[1] - 1500 * hoog / breed) < 2
        assert not set(plaatje.info) - {"dpi", "srgb", "gamma"}
        kleuren = {kleur for _, kleur in plaatje.convert("RGB").getcolors(1 << 20)}
        assert {(255, 255, 255), (0x0B, 0x5F, 0xA5)} <= kleuren  # a bar in the house's colour, on white
        assert plaatje.convert("RGB").getpixel((2, 2)) == (255, 255, 255)
    assert {soort for soort, _ in chunks(png)} <= {b"IHDR", b"IDAT", b"IEND"}  # nothing of who, when or with what


def chunks(png):
    plek = 8
    while plek < len(png):
        lengte = int.from_bytes(png[plek : plek + 4], "big")
        yield png[plek + 4 : plek + 8], png[plek + 8 : plek + 8 + lengte]
        plek += 12 + lengte


def test_the_name_of_a_file_is_short_and_of_one_figure():
    assert file_name("inloop", "waarvoor") == "inloop-waarvoor"
    lang = [file_name("inloop", "x" * 200 + einde) for einde in "ab"]
    assert len(set(lang)) == 2 and all(len(naam) == 80 and naam.startswith("inloop-xxx") for naam in lang)


def test_every_figure_of_a_page_has_a_link_to_its_pictures(demo_open):
    uitvoer = Rapport(demo_open("alle")).figuur("individueel_per_team")
    html = with_links(uitvoer.html, "casuistiek_in_aantallen")
    nieuw = [a for a in BeautifulSoup(html, "html.parser").select(".meenemen a") if a["href"].startswith("figuren/")]
    assert [a["href"] for a in nieuw] == [
        f"figuren/casuistiek_in_aantallen-individueel_per_team.{v}" for v in ("png", "svg")
    ]
    assert all(a["aria-label"].startswith(a.get_text()) for a in nieuw)
    tabel = Rapport(demo_open("alle")).tabel("individueel_per_team").html
    assert with_links(tabel, "x") == tabel


def test_a_notebook_gives_its_figures_with_what_goes_with_them(demo_open):
    rapport = Rapport(demo_open("alle"))
    uit = [
        nbformat.v4.new_output("display_data", {"text/html": u.html, **u._repr_mimebundle_()})
        for u in (rapport.figuur("individueel_per_team"), rapport.tabel("individueel_per_team"))
    ]
    cellen = [nbformat.v4.new_code_cell(outputs=[een]) for een in [*uit, uit[0]]]
    (een,) = figures(nbformat.v4.new_notebook(cells=cellen))
    deel = rapport._onderdeel("individueel_per_team")
    assert (een.naam, een.titel, een.grondslag) == ("individueel_per_team", deel.tabel.titel, deel.grondslag)
    assert een.alt == deel.alt and een.tekening.startswith("<svg ") and een.tekening.endswith("</svg>")


@pytest.fixture
def maak(klein, capsys):
    """``maak(*opties)``: run the report of the small organisation; its exit code and what it printed."""
    (klein / "notebooks" / "fout.ipynb").unlink()
    write_notebook(klein / "notebooks" / "fout.ipynb", ["rapport.toelichting('caseload')"])
    mappen = [
        deel for naam in ("raw", "processed", "reports", "notebooks") for deel in (f"--{naam}", str(klein / naam))
    ]

    def make(*opties):
        uit = main(["report", "--organisatie", "klein", "--jaar", "2019", "--team", "alle", *mappen, *opties])
        return uit, "".join(capsys.readouterr())

    make.map = klein / "reports/klein/2019/alle"
    make.notebook = klein / "notebooks/goed.ipynb"
    return make


def pictures(map_):
    return sorted(pad.name for pad in (map_ / "figuren").glob("[!.]*"))


@pytest.mark.bouw
def test_pictures_are_made_when_asked_stay_while_they_hold_and_then_go(maak):
    assert maak()[0] == 0 and not (maak.map / "figuren").exists()
    assert "figuren/" not in (maak.map / "goed.html").read_text(encoding="utf-8")
    assert maak("--figuren")[0] == 0
    assert pictures(maak.map) == ["goed-individueel_per_team.png", "goed-individueel_per_team.svg"]
    pagina = (maak.map / "goed.html").read_text(encoding="utf-8")
    for adres in re.findall(r'href="(figuren/[^"]*)"', pagina):
        assert (maak.map / adres).is_file()
    assert pagina.count('href="figuren/') == 2
    toen = {pad: pad.stat().st_mtime_ns for pad in (maak.map / "figuren").iterdir()}
    assert "0 pagina's gemaakt" in maak()[1]
    assert {pad: pad.stat().st_mtime_ns for pad in (maak.map / "figuren").iterdir()} == toen
    (maak.map / "figuren" / "goed-individueel_per_team.png").write_bytes(b"van een mens")
    assert maak()[0] == 0 and not (maak.map / "figuren").exists()  # not what we made: it and its links go
    assert "figuren/" not in (maak.map / "goed.html").read_text(encoding="utf-8")


@pytest.mark.bouw
def test_the_picture_of_a_figure_that_is_no_more_goes(maak):
    maak("--figuren")
    write_notebook(maak.notebook, ["rapport.tabel('individueel_per_team')"])
    assert maak("--figuren")[0] == 0 and not (maak.map / "figuren").exists()


@pytest.mark.parametrize("opdracht", ["report", "publish"])
def test_without_what_draws_the_command_says_what_to_install(maak, klein, monkeypatch, capsys, opdracht):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    mappen = [deel for naam in ("raw", "processed") for deel in (f"--{naam}", str(klein / naam))]
    assert main([opdracht, "--organisatie", "klein", "--figuren", *mappen]) == 2
    assert "pip install 'kopanalyse[figuren]'" in capsys.readouterr().err
