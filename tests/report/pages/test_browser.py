"""A report in a real browser (Chromium): what it shows, that it asks nothing of anyone, and that it fits a phone."""

import io
import re
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import sync_playwright

from kopanalyse.report.authors.reading import markdown_html
from kopanalyse.report.charts.svg import LETTERS
from kopanalyse.report.pages.figures import Figuur, as_svg
from tests import browser
from tests.report.klein import HOOFDMAP

pytestmark = pytest.mark.browser
ARTEFACTEN = HOOFDMAP / "tests" / "artefacten"
HOOGSTE = 16_384  # pixels; Chromium draws no picture that is longer
PAGINAS = [
    "2019/alle/casuistiek_in_aantallen.html",
    "2019/alle/casussen_op_inhoud.html",
    "2019/alle/informele_ondersteuning.html",
    "2019/alle/klanttevredenheid.html",
    "2019/alle/personas_en_klantreizen.html",
    "2019/alle/vergelijking.html",
    "2019/alle/datakwaliteit.html",
    "2019/alle/wat_is_er_veranderd.html",
    "2019/oost/vergelijking.html",
    "2019/oost/casussen_op_inhoud.html",
    "2019/alle/index.html",
    "2019/alle/volledig.html",
    "2019/oost/index.html",
    "indicatoren.html",
    "index.html",
    "../index.html",
]
REIZEN = PAGINAS[4]
VAN_ELK_SOORT = [
    "2019/oost/index.html",
    "2019/oost/casussen_op_inhoud.html",
    REIZEN,
    "2019/oost/vergelijking.html",
    "2019/oost/wat_is_er_veranderd.html",
    "2019/oost/volledig.html",
    "indicatoren.html",
    "index.html",
    "../index.html",
]
# a laptop and a small phone by day and in the dark, and the laptop at 200%: half as wide, each pixel twice
BEELDEN = [(1280, 1, "light"), (1280, 1, "dark"), (320, 1, "light"), (320, 1, "dark"), (640, 2, "light")]


# The words of drawings that come over its edge; a letter may lean a pixel out of its own place.
OVER_DE_RAND = """[...document.querySelectorAll('svg text')].filter(t => {
    const vak = t.getBoundingClientRect(), svg = t.ownerSVGElement.getBoundingClientRect();
    return t.checkVisibility() && (vak.left < svg.left - 1 || vak.right > svg.right + 1
                                   || vak.top < svg.top - 1 || vak.bottom > svg.bottom + 1);
}).map(t => t.textContent)"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    """``chromium(letters)``: the browser with the letters ``smal`` or ``breed``, started at the first need."""
    pad = browser.find()
    assert pad, "Er is geen Chromium gevonden: `python -m tests.browser` installeert het (make test doet dat zelf)."
    ARTEFACTEN.mkdir(exist_ok=True)
    map_ = tmp_path_factory.mktemp("letters")
    with sync_playwright() as playwright:
        yield cache(lambda letters: browser.launch(playwright, pad, letters, map_))  # they end with Playwright


@pytest.fixture
def open_pagina(chromium, demo_rapporten):
    """``open_pagina(naam, breedte)``: the page, with the requests that it made and what its console said."""
    contexten = []

    def open_page(naam, breedte, dichtheid=1, licht="light", letters="smal"):
        context = chromium(letters).new_context(
            viewport={"width": breedte, "height": 900}, device_scale_factor=dichtheid, color_scheme=licht
        )
        contexten.append(context)
        pagina = context.new_page()
        pagina.verzoeken, pagina.klachten = [], []
        pagina.on("request", lambda verzoek: pagina.verzoeken.append(verzoek.url))
        pagina.on("console", lambda bericht: pagina.klachten.append(bericht.text))
        pagina.on("pageerror", lambda fout: pagina.klachten.append(str(fout)))
        pagina.goto((demo_rapporten / naam).resolve().as_uri())
        pagina.wait_for_load_state("load")
        return pagina

    yield open_page
    for context in contexten:
        context.close()


@pytest.mark.parametrize("breedte", [1280, 360])
@pytest.mark.parametrize("naam", PAGINAS)
def test_a_page_is_quiet_fits_and_is_kept_as_a_picture(open_pagina, demo_rapporten, naam, breedte):
    pagina = open_pagina(naam, breedte)
    eigen = (demo_rapporten / naam).resolve().as_uri()
    assert [url for url in pagina.verzoeken if url != eigen and not url.startswith("data:")] == []
    assert pagina.verzoeken.count(eigen) == 1 and pagina.klachten == []
    assert pagina.evaluate("document.documentElement.lang") == "nl"
    assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte
    assert pagina.evaluate("getComputedStyle(document.querySelector('h1')).margin") != "21.44px 0px"  # styled
    kort = re.sub("[^a-z0-9]+", "-", naam.removesuffix(".html")).strip("-")
    heel = pagina.evaluate("document.documentElement.scrollHeight") < HOOGSTE
    pagina.screenshot(path=ARTEFACTEN / f"{'alle-' if '..' in naam else ''}{kort}-{breedte}.png", full_page=heel)


@pytest.mark.parametrize("breedte", [1280, 320])
def test_a_page_fits_in_wide_letters_as_well(open_pagina, breedte):
    for naam in PAGINAS:
        pagina = open_pagina(naam, breedte, letters="breed")
        pagina.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte, naam


def test_columns_of_a_table_in_a_text_stand_as_its_author_asked(open_pagina):
    """Within the security policy of the page: what an element brings along as its own style is refused there."""
    tekst = "| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |\n"
    pagina = open_pagina("2019/alle/casuistiek_in_aantallen.html", 1280)
    staat = """html => {
        const vak = document.createElement('div');
        vak.innerHTML = html;
        document.querySelector('main').append(vak);
        return [...vak.querySelectorAll('th, td')].map(cel => getComputedStyle(cel).textAlign);
    }"""
    assert pagina.evaluate(staat, markdown_html(tekst)) == ["left", "center", "right", "left"] * 2
    assert pagina.klachten == []
    assert pagina.evaluate(staat, '<table><tr><td style="text-align: right">1</td></tr></table>') == ["left"]
    assert any("Content Security Policy" in klacht for klacht in pagina.klachten)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a browser has the letters of the system")
def test_the_letters_are_those_that_were_asked(chromium):
    """Otherwise nothing is said of other letters below."""
    lengtes = {}
    for letters in browser.LETTERS:
        pagina = chromium(letters).new_page()
        pagina.set_content(f'<svg font-family="{LETTERS}"><text font-size="100">nnnnnnnnnn</text></svg>')
        lengtes[letters] = pagina.evaluate("document.querySelector('text').getComputedTextLength()")
        pagina.close()
    assert lengtes == pytest.approx({"smal": 556, "breed": 634}, abs=10)


@pytest.mark.parametrize("letters", browser.LETTERS)
def test_no_word_of_a_picture_runs_over_its_edge(chromium, demo_rapporten, smwo_rapporten, letters):
    paginas = [pad for map_ in (demo_rapporten, smwo_rapporten) for pad in map_.glob("*/*/*.html")]
    plaatjes = {
        unquote(adres)
        for pad in paginas
        for adres in re.findall(r'data:image/svg\+xml,([^"]*)"', pad.read_text("utf-8"))
    }
    assert len(plaatjes) > 150
    lang = "Waarover de vragen gingen van wie er voor het eerst kwam, " * 3  # a title and n that take several lines
    plaatjes |= {as_svg(Figuur("x", lang, lang, "", plaatje), "Team Oost, 2019") for plaatje in sorted(plaatjes)[::20]}
    pagina = chromium(letters).new_page()
    pagina.set_content("<p>")
    te_breed = pagina.evaluate(
        f"plaatjes => plaatjes.flatMap(plaatje => {{ document.body.innerHTML = plaatje; return {OVER_DE_RAND}; }})",
        sorted(plaatjes),
    )
    pagina.close()
    assert te_breed == []


@pytest.mark.parametrize("breedte, dichtheid, licht", BEELDEN)
@pytest.mark.parametrize("naam", VAN_ELK_SOORT)
def test_axe_finds_nothing(open_pagina, naam, breedte, dichtheid, licht):
    pagina = open_pagina(naam, breedte, dichtheid, licht)
    pagina.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    uitkomst = Axe().run(pagina, options={"resultTypes": ["violations"], "selectors": False}).response
    assert len(uitkomst["passes"]) > 15  # it did look
    assert [(fout["id"], fout["nodes"][0]["html"]) for fout in uitkomst["violations"]] == []
    assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte


def test_dark_mode_is_dark_and_figures_keep_their_paper(open_pagina):
    pagina = open_pagina(PAGINAS[1], 1280, licht="dark")
    kleur = "knoop => getComputedStyle(knoop).backgroundColor"
    assert pagina.locator("body").evaluate(kleur) == "rgb(18, 23, 27)"
    assert pagina.locator("figure img").first.evaluate(kleur) == "rgb(255, 255, 255)"
    pagina.emulate_media(media="print")
    assert pagina.locator("body").evaluate(kleur) == "rgb(255, 255, 255)"


def test_all_that_can_be_reached_by_keyboard_shows_where_it_is(open_pagina):
    pagina = open_pagina(PAGINAS[3], 390)
    te_schuiven = pagina.evaluate("""() => {
        document.querySelectorAll('details').forEach(d => d.open = true);
        return [...document.querySelectorAll('main *')].filter(k => k.scrollWidth > k.clientWidth + 1
            && ['auto', 'scroll'].includes(getComputedStyle(k).overflowX)).map(k => k.ariaLabel); }""")
    assert te_schuiven
    gehad, onzichtbaar = [], []
    for _ in range(400):
        pagina.keyboard.press("Tab")
        naam, rand = pagina.evaluate("""[document.activeElement.ariaLabel ?? document.activeElement.textContent,
                                         parseFloat(getComputedStyle(document.activeElement).outlineWidth)]""")
        if gehad and naam == gehad[0]:
            break
        gehad.append(naam)
        onzichtbaar += [naam] if rand < 2 else []
    assert set(te_schuiven) <= set(gehad) and onzichtbaar == []


def test_an_index_is_whole_without_script_and_searched_with_it(open_pagina, chromium, demo_rapporten):
    context = chromium("smal").new_context(java_script_enabled=False)
    zonder = context.new_page()
    zonder.goto((demo_rapporten / "index.html").resolve().as_uri())
    heel = zonder.locator("main").inner_text()
    assert "Team Oost" in heel and "Alles op één pagina" in heel and not zonder.locator("#zoek").is_visible()
    context.close()
    pagina = open_pagina("index.html", 1280)
    veld, gevonden = pagina.get_by_label("Zoek een rapport"), pagina.get_by_role("status")
    zichtbaar = "[...document.querySelectorAll('main li a')].filter(a => a.checkVisibility()).map(a => a.textContent)"
    alles = pagina.evaluate(zichtbaar)
    veld.fill("oost KLANTTEV")
    assert pagina.evaluate(zichtbaar) == ["Team Oost (2019)", "Klanttevredenheid (Team Oost, 2019)"]
    assert gevonden.inner_text() == "1 gevonden"
    veld.fill("casuistiek 2019")  # written without its accent
    assert len(pagina.evaluate(zichtbaar)) == 4 and gevonden.inner_text() == "2 gevonden"
    veld.fill("2031")
    assert pagina.evaluate(zichtbaar) == [] and gevonden.inner_text() == "Niets gevonden"
    assert not pagina.locator("#jaar-2019").is_visible()
    veld.fill("")
    assert pagina.evaluate(zichtbaar) == alles and gevonden.inner_text() == ""
    boven = open_pagina("../index.html", 1280)
    boven.get_by_label("Zoek een rapport").fill("kop oost")
    assert boven.evaluate(zichtbaar) == ["Team Oost (Sociaal Werk De Kop, 2019)"]
    assert boven.klachten == []


def test_the_opening_page_leads_to_what_changed(open_pagina):
    pagina = open_pagina("2019/oost/index.html", 1280)
    pagina.locator("main").get_by_text("Wat is er veranderd: elk cijfer").get_by_role("link").click()
    assert pagina.locator("h1").inner_text().split("\n")[0:2] == ["Sociaal Werk De Kop", "Wat is er veranderd"]


def test_a_reader_finds_title_contents_and_described_figures(open_pagina):
    pagina = open_pagina(PAGINAS[0], 1280)
    assert pagina.title() == "Casuïstiek in aantallen – 2019 – Hele organisatie – Sociaal Werk De Kop"
    assert pagina.locator("h1").count() == 1
    inhoud = pagina.get_by_role("navigation", name="Inhoud")
    assert inhoud.get_by_role("link").count() == pagina.locator("main h2, main h3").count() > 5
    inhoud.get_by_role("link", name="Informatie en advies").click()
    assert pagina.evaluate("document.querySelector(':target').textContent") == "Informatie en advies"
    figuren = pagina.locator("main img")
    assert figuren.count() > 5
    for nummer in range(figuren.count()):
        figuur = figuren.nth(nummer)
        assert len(figuur.get_attribute("alt")) > 40
        figuur.scroll_into_view_if_needed()
        assert figuur.evaluate("img => img.complete && img.naturalWidth > 0")
    assert "581" in pagina.get_by_role("main").inner_text()


def test_chapters_lead_to_each_other_and_to_the_index(open_pagina):
    pagina = open_pagina(PAGINAS[0], 1280)
    hoofdstukken = pagina.get_by_role("navigation", name="Hoofdstukken")
    hoofdstukken.get_by_role("link", name="Individuele casussen op inhoud").click()
    assert pagina.title().startswith("Individuele casussen op inhoud")
    pagina.get_by_role("link", name="Alle rapporten").click()
    assert pagina.get_by_role("heading", level=1).inner_text().endswith("Rapporten")
    pagina.get_by_role("link", name="Team Oost (2019)", exact=True).click()
    assert pagina.title() == "Jaarverslag – 2019 – Team Oost – Sociaal Werk De Kop"
    pagina.get_by_role("main").get_by_role("link", name="Datakwaliteit").click()
    assert pagina.title() == "Datakwaliteit – 2019 – Team Oost – Sociaal Werk De Kop"


def test_the_skip_link_is_the_first_stop_of_the_keyboard(open_pagina):
    pagina = open_pagina(PAGINAS[0], 1280)
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    assert pagina.locator(".overslaan").bounding_box()["x"] >= 0


def test_a_figures_table_opens_and_prints(open_pagina):
    pagina = open_pagina(PAGINAS[1], 1280)
    tabel = pagina.locator("#figuur-zrm_groei table")
    assert not tabel.is_visible()
    pagina.locator("#figuur-zrm_groei summary").first.click()
    assert tabel.is_visible()
    pagina.reload()
    pagina.emulate_media(media="print")
    assert pagina.locator("#figuur-zrm_groei table").is_visible()
    pagina.pdf(path=ARTEFACTEN / "casussen-op-inhoud.pdf", prefer_css_page_size=True)


def test_a_table_can_be_taken_along_and_a_part_has_an_address(open_pagina):
    pagina = open_pagina(PAGINAS[1], 1280)
    onderdeel = pagina.locator("#figuur-zrm_groei")
    with pagina.expect_download() as ontvangen:
        onderdeel.get_by_role("link", name="Tabel als CSV").click()
    assert ontvangen.value.suggested_filename == "dekop-2019-alle-zrm_groei.csv"
    inhoud = Path(ontvangen.value.path()).read_bytes().decode("utf-8")
    assert inhoud.startswith("\ufeffDomein;2019 Groei;2019 n;") and re.search("Financiën;0,[0-9]+;[0-9]+;", inhoud)
    adres = onderdeel.get_by_role("link", name="Adres van dit onderdeel: Gemiddelde groei op de ZRM per hoofddomein")
    adres.focus()
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/*#figuur-zrm_groei", timeout=5000)
    pagina.emulate_media(media="print")
    assert not adres.is_visible() and pagina.klachten == []


def test_all_figures_can_be_taken_along_from_the_opening_page(open_pagina):
    pagina = open_pagina("2019/oost/index.html", 1280)
    with pagina.expect_download() as ontvangen:
        pagina.get_by_role("link", name="Alle cijfers van dit jaarverslag in één Excel-bestand").click()
    assert ontvangen.value.suggested_filename == "cijfers.xlsx"
    bladen = load_workbook(io.BytesIO(Path(ontvangen.value.path()).read_bytes())).sheetnames
    assert bladen[0] == "Inhoud" and bladen[1].startswith("1 ") and bladen[-1] == "Definities" and len(bladen) >= 20


def test_a_phone_gets_the_narrow_drawing(open_pagina):
    for breedte, smal in ((360, True), (1280, False)):
        img = open_pagina(PAGINAS[1], breedte).locator("#figuur-zrm_intake img")
        assert img.evaluate("img => img.currentSrc !== img.src") == smal
        assert img.evaluate("img => img.naturalWidth") <= (400 if smal else 720)


@pytest.mark.parametrize("letters", browser.LETTERS)
def test_no_table_of_a_laptop_is_cut_off(open_pagina, letters):
    for naam in PAGINAS[:8]:
        pagina = open_pagina(naam, 1280, letters=letters)
        pagina.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        te_breed = pagina.evaluate(
            "[...document.querySelectorAll('.tabel')]"
            ".filter(t => t.scrollWidth > t.clientWidth + 1).map(t => t.ariaLabel)"
        )
        assert te_breed == [], naam


@pytest.mark.parametrize("letters", browser.LETTERS)
def test_a_journey_is_a_map_that_fits_every_page_and_a_table(open_pagina, letters):
    for breedte, kaarten in ((1280, 1), (800, 1), (390, 4), (360, 4)):
        pagina = open_pagina(REIZEN, breedte, letters=letters)
        kaart = pagina.get_by_role("img", name="Klantreis Kind in de knel")
        assert kaart.count() == kaarten, breedte
        for nummer in range(kaarten):
            vak = kaart.nth(nummer).bounding_box()
            assert vak["x"] >= 0 and vak["x"] + vak["width"] <= breedte and vak["height"] > 300
        te_klein = pagina.evaluate("""[...document.querySelectorAll('.reiskaart svg text')].filter(
            t => t.checkVisibility() && t.getBoundingClientRect().height < 12).map(t => t.textContent)""")
        assert te_klein == [], breedte
        assert pagina.evaluate(OVER_DE_RAND) == [], breedte
    tabel = pagina.locator(".klantreis table")
    assert not tabel.is_visible()
    pagina.get_by_text("Dezelfde reis in een tabel").click()
    assert tabel.is_visible() and tabel.locator("tbody tr").count() == 8


def test_a_journey_prints_whole_on_a4(open_pagina):
    pagina = open_pagina(REIZEN, 1280)
    pagina.set_viewport_size({"width": 680, "height": 970})  # what A4 leaves between its margins
    pagina.emulate_media(media="print")
    kaart = pagina.get_by_role("img", name="Klantreis Kind in de knel")
    assert kaart.count() == 1 and pagina.locator(".klantreis table").is_visible()
    vak = kaart.bounding_box()
    assert vak["width"] <= 680 and vak["height"] < 970
    pagina.pdf(path=ARTEFACTEN / "personas-en-klantreizen.pdf", prefer_css_page_size=True)


def test_a_quote_at_the_figures_leads_to_its_persona(open_pagina):
    pagina = open_pagina(PAGINAS[1], 1280)
    pagina.locator(".persona.kort").get_by_role("link", name="Ruben").click()
    assert pagina.title().startswith("Persona's en klantreizen")
    assert pagina.evaluate("document.querySelector(':target h3').textContent") == "Ruben"


def test_a_table_that_is_copied_has_one_row_of_heads(chromium, demo_rapporten):
    """Under an address of its own: a page from a file may not look on the clipboard."""
    context = chromium("smal").new_context(permissions=["clipboard-read", "clipboard-write"])
    pagina, naam = context.new_page(), "https://kopanalyse.test/"
    inhoud = (demo_rapporten / "2019/alle/casuistiek_in_aantallen.html").read_text(encoding="utf-8")
    pagina.route(naam, lambda vraag: vraag.fulfill(body=inhoud, content_type="text/html; charset=utf-8"))
    pagina.goto(naam)
    pagina.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    tabellen = pagina.evaluate("[...document.querySelectorAll('table:has(.groepen)')].map(t => t.caption.innerText)")
    assert len(tabellen) > 2
    for nummer, titel in enumerate(tabellen):
        pagina.evaluate(
            "nummer => getSelection().selectAllChildren(document.querySelectorAll('table:has(.groepen)')[nummer])",
            nummer,
        )
        pagina.keyboard.press("Control+c")
        _, gezien, *regels = pagina.evaluate("navigator.clipboard.readText()").strip().split("\n")
        koppen = gezien.split("\t")
        gegroepeerd = pagina.locator("table:has(.groepen)").nth(nummer).locator("th:has(.erbij)").all_text_contents()
        assert gegroepeerd and set(gegroepeerd) <= set(koppen), titel
        assert {len(regel.split("\t")) for regel in regels} == {len(koppen)}, titel
    context.close()
