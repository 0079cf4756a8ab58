"""The pages as files: Dutch, one title, contents, one stylesheet that the policy knows, nothing from elsewhere."""

import base64
import hashlib
import itertools
import re

import pytest
from bs4 import BeautifulSoup

from kopanalyse.periode import Periode
from kopanalyse.report.authors import read_teksten
from kopanalyse.report.chapters import own_catalogue
from kopanalyse.report.pages.html import as_one, with_headings, without_title, years_and_teams
from kopanalyse.report.pages.writer import Schrijver, _style
from kopanalyse.settings import load_settings

OPENING, VOLLEDIG = "index.html", "volledig.html"
ALLEEN_HEEL = "informele_ondersteuning"  # tables without a team: a team has no such chapter
HOOFDSTUKKEN = (
    "casuistiek_in_aantallen",
    "casussen_op_inhoud",
    ALLEEN_HEEL,
    "klanttevredenheid",
    "wat_is_er_veranderd",
    "vergelijking",
    "personas_en_klantreizen",
    "datakwaliteit",
)
PAGINAS = [
    f"2019/{team}/{hoofdstuk}.html"
    for team in ("alle", "oost")
    for hoofdstuk in HOOFDSTUKKEN
    if (team, hoofdstuk) != ("oost", ALLEEN_HEEL)
]
VERSLAGEN = [f"2019/{team}/{naam}" for team in ("alle", "oost") for naam in (OPENING, VOLLEDIG)]


@pytest.fixture(params=[*PAGINAS, *VERSLAGEN, "indicatoren.html", "index.html", "../index.html"])
def pagina(request, demo_rapporten):
    return (demo_rapporten / request.param).read_text(encoding="utf-8")


def test_a_page_is_dutch_with_one_title_and_landmarks(pagina):
    soep = BeautifulSoup(pagina, "html.parser")
    assert pagina.startswith("<!DOCTYPE html>") and soep.html["lang"] == "nl" and soep.title.string.strip()
    assert len(soep.find_all("h1")) == 1 and len(soep.find_all("main")) == 1 and soep.header and soep.footer
    assert soep.find("a", class_="overslaan")["href"] == "#inhoud" and soep.find(id="inhoud").name == "main"
    niveaus = [int(kop.name[1]) for kop in soep.find_all(re.compile("^h[1-6]$"))]
    assert niveaus[0] == 1
    assert all(na - voor <= 1 for voor, na in itertools.pairwise(niveaus))
    assert all(
        tabel.caption.get_text(strip=True) and all(th.get("scope") for th in tabel.find_all("th"))
        for tabel in soep.find_all("table")
    )
    ids = [knoop["id"] for knoop in soep.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_a_page_asks_nothing_of_anyone(pagina):
    soep = BeautifulSoup(pagina, "html.parser")
    assert not soep.find_all(["iframe", "object", "embed", "form", "base"]) and not soep.find_all(style=True)
    assert not [a for knoop in soep.find_all(True) for a in knoop.attrs if a.startswith("on")]
    for knoop in soep.find_all(["img", "source", "link"]):
        for adres in (knoop.get("src"), knoop.get("srcset"), knoop.get("href")):
            assert adres is None or adres.startswith("data:")
    assert not re.search(r"@import|url\(", soep.style.string)
    buiten = [a for a in soep.find_all("a") if re.match(r"[a-z]+:|//", a["href"])]
    vormen = ("data:text/csv;charset=utf-8;base64,", "data:text/plain;charset=utf-8;base64,")
    assert all(a["href"].startswith(vormen) and a["download"] for a in buiten)


def test_the_policy_allows_only_the_pages_own_style_and_on_an_index_its_own_script(pagina):
    soep = BeautifulSoup(pagina, "html.parser")
    beleid = soep.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert f"style-src 'sha256-{_digest(soep.style.string)}'" in beleid
    assert "default-src 'none'" in beleid and "unsafe" not in beleid
    scripts = soep.find_all("script")
    assert len(scripts) == bool(soep.find(role="search")) and not any(script.attrs for script in scripts)
    assert re.findall("script-src ([^;]*)", beleid) == [f"'sha256-{_digest(s.string)}'" for s in scripts]


def _digest(tekst):
    return base64.b64encode(hashlib.sha256(tekst.encode()).digest()).decode()


def test_only_an_index_has_a_script(demo_rapporten):
    met = [
        pad.relative_to(demo_rapporten).as_posix()
        for pad in demo_rapporten.rglob("*.html")
        if "<script" in pad.read_text(encoding="utf-8")
    ]
    assert met == ["index.html"]


def test_a_page_weighs_little(demo_rapporten, smwo_rapporten):
    gewicht = {
        f"{map_.name}/{pad.relative_to(map_).as_posix()}": pad.stat().st_size / 1000
        for map_ in (demo_rapporten, smwo_rapporten)
        for pad in map_.rglob("*.html")
    }
    zwaarst = {"volledig": 600, "indicatoren": 900}  # all chapters; the queries of all indicators
    assert len(gewicht) > 20
    assert {naam: kb for naam, kb in gewicht.items() if kb >= zwaarst.get(naam.rsplit("/", 1)[1][:-5], 300)} == {}


def test_the_index_over_organisations_has_years_and_teams(tmp_path):
    (tmp_path / "org").mkdir()
    (tmp_path / "org" / "index.html").write_text(
        '<h2>2024</h2><a href="2024/alle/index.html"><strong>Hele organisatie</strong></a>'
        '<a href="2024/alle/x.html">X</a>'
        '<a href="2023/a-b/index.html"><strong>A &amp; B</strong></a>',
        encoding="utf-8",
    )
    (jaar, links), (ervoor, eerder) = years_and_teams(tmp_path / "org" / "index.html")
    assert (jaar, ervoor) == ("2024", "2023") and [link["href"] for link in links] == ["org/2024/alle/index.html"]
    assert eerder == [{"href": "org/2023/a-b/index.html", "naam": "A &amp; B"}]


@pytest.mark.parametrize("pad", PAGINAS)
def test_a_chapter_has_contents_links_and_described_pictures(demo_rapporten, pad):
    soep = BeautifulSoup((demo_rapporten / pad).read_text(encoding="utf-8"), "html.parser")
    doelen = [a["href"] for a in soep.select("nav.inhoudsopgave a")]
    koppen = soep.select("main h2, main h3")
    assert doelen and doelen == [f"#{kop['id']}" for kop in koppen]
    hier = [f"{h}.html" for h in HOOFDSTUKKEN if "/alle/" in pad or h != ALLEEN_HEEL]
    assert [a["href"] for a in soep.select("nav.hoofdstukken a")] == [OPENING, *hier, VOLLEDIG]
    assert soep.select_one("nav.hoofdstukken a[aria-current=page]")["href"] == pad.rsplit("/", 1)[1]
    assert soep.select("figure, svg[role=img]") and all(len(svg["aria-label"]) > 40 for svg in soep.find_all("svg"))
    assert all(len(img["alt"]) > 40 for img in soep.find_all("img"))
    assert len(soep.find_all("figure")) == len(soep.select("figure > figcaption")) == len(soep.select("figure img"))
    for onderdeel in soep.select("div.onderdeel:has(figure)"):
        assert len(onderdeel.find_all("table")) == 1
    assert not soep.select("pre")


def test_where_the_data_come_from_stands_on_every_page_and_every_printed_sheet(pagina, demo_map):
    soep = BeautifulSoup(pagina, "html.parser")
    gegevens = load_settings("dekop", demo_map / "raw").toelichting_gegevens
    assert gegevens.startswith("Synthetische gegevens") and soep.select_one(".gegevens").get_text() == gegevens
    marge = re.search(r'@top-left { content: "([^"]*)"', soep.style.string)
    if soep.select_one("footer .herkomst"):  # all but the index over organisations, which may mix origins
        assert re.sub(r"\\([0-9a-f]+) ", lambda m: chr(int(m[1], 16)), marge[1]) == gegevens


@pytest.mark.parametrize("tekst", ["</style><script>alert(1)</script>", '"; } body { display: none', "\\a \\22", "é\n"])
def test_no_text_breaks_out_of_the_margin(tekst):
    stijl = _style(tekst)
    assert "<" not in stijl and stijl.rsplit("content:", 1)[1].count('"') == 2
    assert stijl.count("{") == stijl.count("}") == _style("").count("{") + 2


def test_a_sheet_without_origin_has_no_margin_text():
    assert "@top-left { content" not in _style("")


def test_the_title_names_chapter_year_team_and_organisation(demo_rapporten):
    pad = demo_rapporten / "2019/oost/casuistiek_in_aantallen.html"
    soep = BeautifulSoup(pad.read_text(encoding="utf-8"), "html.parser")
    assert soep.title.string == "Casuïstiek in aantallen – 2019 – Team Oost – Sociaal Werk De Kop"
    assert " ".join(soep.h1.get_text(" ").split()) == "Sociaal Werk De Kop Casuïstiek in aantallen 2019 · Team Oost"


def test_every_link_leads_somewhere(demo_rapporten):
    paginas = {
        pad.resolve(): BeautifulSoup(pad.read_text(encoding="utf-8"), "html.parser")
        for pad in [*demo_rapporten.rglob("*.html"), demo_rapporten.parent / "index.html"]
    }
    ankers = {pad: {knoop["id"] for knoop in soep.find_all(id=True)} for pad, soep in paginas.items()}
    for pad, soep in paginas.items():
        for doel in (a["href"] for a in soep.find_all("a") if not a["href"].startswith("data:")):
            bestand, _, anker = doel.partition("#")
            pagina = (pad.parent / bestand).resolve() if bestand else pad
            assert pagina.is_file() and (not anker or anker in ankers[pagina]), (pad, doel)


def test_the_commentary_of_the_demonstration_is_shown(demo_rapporten, demo_map):
    teams = ["alle", "Noord", "Oost", "West", "Zuid"]
    gelezen = read_teksten(demo_map / "raw", load_settings("dekop", demo_map / "raw"), teams).toelichtingen
    getoond = [t for t in gelezen if t.periode == Periode(2019) and t.team in ("alle", "Oost")]
    assert getoond
    for toelichting in getoond:
        pad = demo_rapporten / "2019" / toelichting.team.lower() / f"{toelichting.hoofdstuk}.html"
        na = pad.read_text(encoding="utf-8").split('class="toelichting"', 1)[1]
        assert toelichting.tekst.split()[0].strip("`*") in na


def test_the_opening_page_leads_to_every_section_and_says_what_is_left_out(demo_rapporten):
    soep = BeautifulSoup((demo_rapporten / "2019/oost/index.html").read_text(encoding="utf-8"), "html.parser")
    assert " ".join(soep.h1.get_text(" ").split()) == "Sociaal Werk De Kop Jaarverslag 2019 · Team Oost"
    hoofdstukken = [f"{h}.html" for h in HOOFDSTUKKEN if h != ALLEEN_HEEL]
    assert [a["href"] for a in soep.select("main .rapporten > li > a")] == hoofdstukken
    for hoofdstuk in hoofdstukken:
        daar = BeautifulSoup((demo_rapporten / "2019/oost" / hoofdstuk).read_text(encoding="utf-8"), "html.parser")
        assert [a["href"] for a in soep.select(f'main ul ul a[href^="{hoofdstuk}#"]')] == [
            f"{hoofdstuk}#{kop['id']}" for kop in daar.select("main h2")
        ]
    weg = soep.find("h2", string="Niet in dit jaarverslag").find_next("ul").get_text(" ", strip=True)
    assert weg == "Informele ondersteuning : dit wordt alleen voor de hele organisatie geteld."


def test_a_key_figure_has_last_year_its_base_and_a_verdict(demo_rapporten):
    soep = BeautifulSoup((demo_rapporten / "2019/alle/index.html").read_text(encoding="utf-8"), "html.parser")
    kaarten = {li.select_one(".bij").string: li for li in soep.select(".kerncijfers.jaarverslag > li")}
    trajecten = kaarten["individuele trajecten behandeld"]
    assert [s.string for s in trajecten.find_all("span")] == [
        "581",
        "individuele trajecten behandeld",
        "2018: 473",
        "108 meer (+23%) dan in 2018",
    ]
    assert "zeker" not in trajecten.select_one(".oordeel")["class"]
    respons = kaarten["respons op het klanttevredenheidsonderzoek"]
    assert respons.select_one(".vorig").string == "58 van 176; 2018: 30,0%"
    assert "een verschil is niet aantoonbaar" in respons.select_one(".oordeel").get_text()
    assert respons.select_one(".oordeel a")["href"] == "../../indicatoren.html#vergelijken"
    assert "zeker" not in respons.select_one(".oordeel")["class"]
    assert kaarten["gemiddeld rapportcijfer van klanten"].select_one(".vorig").string.startswith("n = 388")


def test_the_page_for_print_holds_every_chapter_once_and_every_definition_once(demo_rapporten):
    soep = BeautifulSoup((demo_rapporten / "2019/alle/volledig.html").read_text(encoding="utf-8"), "html.parser")
    los = [
        BeautifulSoup((demo_rapporten / f"2019/alle/{h}.html").read_text(encoding="utf-8"), "html.parser")
        for h in HOOFDSTUKKEN
    ]
    koppen = [h.get_text() for h in soep.select("main h2")]
    opening = ["Het jaar in het kort", "Let op bij het vergelijken", "Het jaar in cijfers"]
    assert koppen == [*opening, *(load_settings("dekop").tekst(h) for h in HOOFDSTUKKEN), "Wat is geteld"]
    assert [h.get_text() for h in soep.select("main h3")] == [h.get_text() for p in los for h in p.select("main h2")]
    assert [f["id"] for f in soep.select(".onderdeel")] == [f["id"] for p in los for f in p.select(".onderdeel")]
    namen = [dt.get_text() for dt in soep.select("main dt")]
    assert len(namen) == len(set(namen)) and set(namen) == {dt.get_text() for p in los for dt in p.select("main dt")}
    assert soep.body["class"] == ["volledig"] and not soep.find_all("source")
    assert soep.title.string.endswith("– Alles op één pagina")


def test_links_between_chapters_stay_within_the_page_for_print():
    from nbformat import v4

    def boek(bron, html):
        return v4.new_notebook(
            cells=[
                v4.new_markdown_cell(bron),
                v4.new_code_cell(outputs=[v4.new_output("display_data", {"text/html": html})]),
            ]
        )

    heel = as_one(
        [
            boek("# Open\n\n## Een", "<p>1</p>"),
            boek(
                "# Hoofdstuk\n\n## Twee",
                ('<a href="ander_hoofdstuk.html#hier">x</a><a href="../../indicatoren.html#y">y</a>'),
            ),
        ]
    )
    assert [cel.source for cel in heel.cells if cel.cell_type == "markdown"] == [
        "# Open\n\n## Een",
        "## Hoofdstuk\n\n### Twee",
    ]
    assert heel.cells[3].outputs[0].data["text/html"] == (
        '<a href="#hier">x</a><a href="../../indicatoren.html#y">y</a>'
    )


def test_a_story_stands_at_the_end_of_its_chapter_and_only_with_consent(demo_rapporten):
    titels = {
        pad.relative_to(demo_rapporten).as_posix(): [
            kop.get_text()
            for kop in BeautifulSoup(pad.read_text(encoding="utf-8"), "html.parser").select("main .verhaal h3")
        ]
        for pad in demo_rapporten.rglob("*.html")
    }
    assert {pad: koppen for pad, koppen in titels.items() if koppen} == {
        "2019/alle/casuistiek_in_aantallen.html": ["Eerst koffie"],
        "2019/oost/casuistiek_in_aantallen.html": ["Eerst koffie"],
        "2019/alle/casussen_op_inhoud.html": ["Een tas vol post"],
        "2019/alle/informele_ondersteuning.html": ["Recept in twee talen"],
    }
    for pad in demo_rapporten.parent.rglob("*"):
        assert "wacht-op" not in pad.name
        assert pad.is_dir() or not re.search(
            "mag niemand lezen|nachtje over slapen|nog geen toestemming gaf",
            pad.read_bytes().decode("utf-8", "replace"),
        )


def test_the_last_step_of_nbconvert_would_change_nothing_but_how_it_is_written(tmp_path):
    """A page leaves that step out: it parses a page again, to mend images and cells that are not like ours."""
    import nbformat.v4 as v4
    from nbconvert import HTMLExporter

    exporter = Schrijver(
        load_settings("dekop"), own_catalogue(load_settings("dekop")), tmp_path, tmp_path, {}
    )._exporter
    uitvoer = [
        v4.new_output("display_data", {"text/html": '<figure><img alt="drie staven" src="data:,"></figure>'}),
        v4.new_output("display_data", {"image/png": "aGFsbG8="}),
        v4.new_output("stream", name="stdout", text="<3"),
    ]
    boek = v4.new_notebook(
        cells=[
            v4.new_markdown_cell("## Kop\n\nTekst & *meer* met `code`."),
            v4.new_code_cell("geheim = 1", outputs=uitvoer),
        ]
    )
    onze = exporter.from_notebook_node(boek)[0]
    assert str(BeautifulSoup(onze, "html.parser")) == HTMLExporter.from_notebook_node(exporter, boek)[0]
    assert "drie staven" in onze and "Figuur zonder beschrijving" in onze and "geheim" not in onze


def test_headings_get_an_address_once():
    uit = with_headings("<h2>1.1 Één &amp; ander</h2><h3>Één</h3><h3>Één</h3><h3>—</h3>")
    assert [k["id"] for k in uit["koppen"]] == ["1-1-één-amp-ander", "één", "één-2", "kop"]
    assert uit["html"].startswith('<h2 id="1-1-één-amp-ander">')


def test_only_a_title_is_taken_away():
    import nbformat.v4 as v4

    boek = v4.new_notebook(cells=[v4.new_markdown_cell("## Geen titel"), v4.new_markdown_cell("# Later")])
    without_title(boek)
    assert [cel.source for cel in boek.cells] == ["## Geen titel", "# Later"]
    boek = v4.new_notebook(cells=[v4.new_markdown_cell("# Titel\n\nInleiding.")])
    without_title(boek)
    assert boek.cells[0].source == "Inleiding."
