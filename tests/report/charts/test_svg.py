"""Pictures: small, the same every time, and without anything that a browser would fetch."""

import colorsys
import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from kopanalyse.report.charts import style
from kopanalyse.report.charts.bars import _above_parts, gestapeld, piramide, staven
from kopanalyse.report.charts.dots import punten, puntpanelen
from kopanalyse.report.charts.funnel import trechters
from kopanalyse.report.charts.heat import warmte
from kopanalyse.report.charts.letters import held_to, widest
from kopanalyse.report.charts.lines import lijnen
from kopanalyse.report.charts.map import kaart
from kopanalyse.report.charts.sheet import Namen
from kopanalyse.report.charts.style import (
    ACCENT,
    BREED,
    COMPLEXITEIT,
    GRIJS,
    INKT,
    KLEUREN,
    LICHTER,
    LICHTER_TEKST,
    RICHTING,
    SCORES,
    SMAL,
    UITSTROOM,
    VORIG,
    ZWAAR,
    op_kleur,
)
from kopanalyse.report.charts.svg import SVG, clean, picture, svg
from kopanalyse.report.charts.values import Paneel, Plek, Punt, Puntpaneel, Reeks, Staaf, Stapel, Trechter
from kopanalyse.report.cijfers.limits import stip
from kopanalyse.report.cijfers.view import Cijfer
from tests.report.klein import VIJANDIG

KWARTALEN = ["2018-K4", "2019-K1"]


def _stip(naam, teller, noemer, eenheid="per_1000"):
    waarde = teller / noemer * (1000 if eenheid == "per_1000" else 1)
    return stip(naam, Cijfer(teller, noemer, waarde, None, None, None), 5.0 if eenheid == "per_1000" else 0.5, eenheid)


NAMEN = [VIJANDIG, "$\\frac{1}{2}$ een naam die veel te lang is voor de plaats die hij krijgt " * 3, "日本 🙂"]

TEKENINGEN = {
    "lijnen": lambda m: lijnen([Paneel(n, KWARTALEN, [Reeks(n, [1, None]), Reeks("b", [0, 2])]) for n in NAMEN], m),
    "staafparen": lambda m: lijnen([Paneel("t", KWARTALEN, [Reeks(n, [0, 0]) for n in NAMEN[:2]], staven=True)], m),
    "staven": lambda m: staven(
        [Staaf(n, w, v) for n, w, v in zip(NAMEN, (0, None, 3), (1, None, 0))], m, jaren=("2018", "2019")
    ),
    "gestapeld": lambda m: gestapeld([Stapel(n, [0, 0]) for n in NAMEN], [(n, "#0b5fa5") for n in NAMEN[:2]], m),
    "punten": lambda m: punten([Punt(n, 0.0) for n in NAMEN] + [Punt("a", 1, 0.5, 1.5, 2, True)], m, "aandeel"),
    "warmte": lambda m: warmte([[0] * 5] * 5, [*NAMEN, "a", "b"], "12345", m, NAMEN[0], NAMEN[1]),
    "piramide": lambda m: piramide(NAMEN, Reeks("m", [0, 0, 0]), Reeks("v", [0, 1, 0]), m),
    "kaart": lambda m: kaart(
        [Plek(n, 52.0, 6.0, 0) for n in NAMEN], m, [Staaf(n, None) for n in NAMEN], *NAMEN[:2], "per_1000"
    ),
    "puntpanelen": lambda m: puntpanelen(
        [
            Puntpaneel(n, [Punt(n, 0.0), Punt("a", 1, -9, 9, klein=True, teken="▲", n=3)], "gemiddelde", None, n)
            for n in NAMEN
        ],
        m,
    ),
    "trechter": lambda m: trechters(
        [
            Trechter(
                "t",
                [_stip(n, k, 10.0**p) for n, k, p in zip(NAMEN, (0, 900, 5), (1, 3, 5))],
                5.0,
                "per_1000",
                *NAMEN[:2],
            )
        ],
        m,
        NAMEN[1],
        200,
    ),
    "trechters": lambda m: trechters(
        [
            Trechter(n, [_stip(n, k, 9, "aandeel") for k in (0, 9)], samen, "aandeel", n)
            for n, samen in zip(NAMEN, (0, 0.5, 1))
        ],
        m,
        NAMEN[0],
        90,
    ),
}


@pytest.mark.parametrize("maat", [BREED, SMAL], ids=["breed", "smal"])
@pytest.mark.parametrize("soort", TEKENINGEN)
def test_no_name_and_no_emptiness_breaks_a_drawing(soort, maat):
    tekst = svg(TEKENINGEN[soort], maat)
    wortel = ElementTree.fromstring(tekst)
    assert not wortel.findall(".//{*}script")
    buiten = re.findall(r"""(?:href|src)=["'](?!#)[^"']*["']|url\([^#)]""", tekst)
    assert not buiten
    assert not re.search(r"<metadata|<!--|<dc:date|nan|inf", tekst)


@pytest.mark.parametrize("soort", TEKENINGEN)
def test_the_same_figures_give_the_same_picture(soort):
    assert svg(TEKENINGEN[soort], BREED) == svg(TEKENINGEN[soort], BREED)


def test_a_name_with_dollars_is_shown_as_it_is():
    tekst = svg(lambda m: staven([Staaf("kosten $5 of $6", 1)], m), BREED)
    assert "kosten $5 of $6" in tekst


def test_a_picture_is_one_image_with_words():
    html = picture(TEKENINGEN["staven"], f"alt {VIJANDIG}")
    assert html.count("<img ") == 1 and '"' not in re.search(r'alt="([^"]*)"', html)[1]
    adressen = re.findall(r'(?:src|srcset)="(data:image/svg\+xml,[^"<>#]*)"', html)
    assert len(adressen) == 2 and " " not in adressen[0]  # a blank ends an address in srcset
    assert [unquote(adres).partition(",")[2] for adres in adressen] == [
        svg(TEKENINGEN["staven"], maat) for maat in (SMAL, BREED)
    ]


def test_the_source_stands_in_the_foot_of_a_picture_and_stays_inside_it():
    zonder, met = (ElementTree.fromstring(svg(TEKENINGEN["staven"], SMAL, bron)) for bron in ("", f"Bron: {VIJANDIG}"))
    voet = met.findall(f".//{SVG}text")[-1]
    assert voet.text.startswith("Bron: <script>") and "\x07" not in voet.text
    hoog, lager = (float(wortel.get("viewBox").split()[3]) for wortel in (zonder, met))
    assert hoog < float(voet.get("y")) < lager and met.get("height") == f"{lager:g}pt"
    assert "Bron" not in "".join(zonder.itertext())


@pytest.mark.parametrize("maat", [BREED, SMAL], ids=["breed", "smal"])
@pytest.mark.parametrize("soort", TEKENINGEN)
def test_every_text_is_held_to_the_room_that_it_has(soort, maat):
    wortel = ElementTree.fromstring(svg(TEKENINGEN[soort], maat, f"Bron: {NAMEN[1]}"))
    stijlen = dict(re.findall(r"\.(\w+)\{(.*?)\}", wortel.find(f"{SVG}style").text))
    breed = float(wortel.get("viewBox").split()[2])
    gezien = 0
    for groep in wortel.iter():
        for tekst in groep.findall(f"{SVG}text"):
            stijl = tekst.get("style") or stijlen[tekst.get("class") or groep.get("class")]
            vet = "font-weight:700" in stijl
            lengte = widest(tekst.text or "", float(re.search(r"font-size:([\d.]+)px", stijl)[1]), vet)
            if tekst.get("textLength"):
                assert tekst.get("lengthAdjust") == "spacingAndGlyphs" and float(tekst.get("textLength")) < lengte
                lengte = float(tekst.get("textLength"))
            x = float(tekst.get("x") or re.match(r"translate\((\S+)", tekst.get("transform"))[1])
            links = x - lengte * ("end" in stijl) - lengte / 2 * ("middle" in stijl)
            assert links > -0.15 and links + lengte < breed + 0.15, tekst.text  # what rounding explains
            gezien += 1
    assert gezien > 3


def test_who_has_arial_sees_no_letter_made_wider():
    lang = "Bron: registratie Sociaal Werk De Kop, 29 november 2026"
    assert held_to(lang, 9.1, 300) is None  # room for the widest
    assert held_to(lang, 9.1, 252) == pytest.approx(9.1 * 25.74, rel=0.02)  # Arial's own width, by its table
    assert held_to(lang, 9.1, 200) == 200
    assert widest("日本 🙂", 10) > 3 * 10 and held_to("", 9.1, 0) is None


def test_a_long_source_takes_more_lines_and_a_higher_strip():
    kort, lang = (
        ElementTree.fromstring(svg(TEKENINGEN["staven"], SMAL, f"Bron: {naam}")) for naam in ("a", "woord " * 30)
    )
    regels = [t.text for t in lang.findall(f".//{SVG}text") if "woord" in t.text]
    assert len(regels) > 2 and " ".join(regels) == "Bron: " + ("woord " * 30).strip()
    hoog = [float(wortel.get("viewBox").split()[3]) for wortel in (kort, lang)]
    assert hoog[1] - hoog[0] == 12 * (len(regels) - 1)


def test_two_years_are_named_at_the_first_bars():
    woorden = [
        t.text
        for t in ElementTree.fromstring(
            svg(lambda m: staven([Staaf("a", 5, 4), Staaf("b", 9, 2)], m, jaren=("2018", "2019")), SMAL)
        ).iter(f"{SVG}text")
    ]
    assert {"5 in 2019", "4 in 2018", "9", "2"} <= set(woorden) and "2019" not in woorden


def test_the_house_style_has_at_most_eight_colours():
    vlakken = [waarde for waarde in vars(style).values() if isinstance(waarde, str) and waarde[:1] == "#"]
    alles = [*vlakken, *SCORES.values(), *COMPLEXITEIT.values(), *RICHTING.values(), *KLEUREN.values()]
    assert len({tint(kleur) for kleur in alles}) <= 8
    for soort, tekening in TEKENINGEN.items():
        gebruikt = re.findall("#[0-9a-f]{6}|#[0-9a-f]{3}", svg(tekening, BREED))
        assert {tint(kleur) for kleur in gebruikt} <= {tint(kleur) for kleur in alles}, soort


def test_a_style_is_written_once_and_a_name_that_looks_like_one_stays():
    naam = 'het " style="fill:red" team'
    tekst = svg(lambda m: staven([Staaf(naam, 1), Staaf(naam, 1)], m), BREED)
    wortel = ElementTree.fromstring(tekst)
    stijlen = [knoop.get("style") for knoop in wortel.iter() if knoop.get("style")]
    assert len(stijlen) == len(set(stijlen)) and [k.text for k in wortel.iter(f"{SVG}text")].count(naam) == 2
    klassen = [knoop.get("class") for knoop in wortel.iter() if knoop.get("class")]
    assert klassen and all(tekst.count(f".{klasse}{{") == 1 for klasse in klassen)


def test_a_path_is_the_same_in_fewer_signs():
    def cleaned(d, stijl="fill:red"):
        pad = f'<path id="b" d="{d}" style="{stijl}"/>'
        vorm = f'xmlns="{SVG[1:-1]}" width="9pt" height="9pt" viewBox="0 0 9 9"'
        return clean(f'<svg {vorm}><g id="a">{pad * 2}</g></svg>')

    blok = "M 167.61 39\nL 209.68 39\nL 209.68 56.04\nL 167.61 56.04\nz"
    assert "<path d='M167.6,39h42.1v17h-42.1zM167.6,39h42.1v17h-42.1z' style='fill:red'/>" in cleaned(blok)
    doorschijnend = cleaned(blok, "fill: #aabbcc; fill-opacity: 0.5")
    assert doorschijnend.count("<path") == 2 and ".s0{fill:#abc;fill-opacity:.5}" in doorschijnend
    assert "d='M0,0h3v-.5l1,1-1,1z" in cleaned("M 0 0 L 1 0 L 3 0 L 3 -0.5 L 4 0.5 L 3 1.5 z")
    assert "d='M1,1h0M2,2c.1,.2,0,0,1,1" in cleaned("M 1 1 L 1 1 M 2 2 C 2.1 2.2 2 2 3 3")
    cirkel = (
        "M 0 3.5 C 0.9 3.5 1.8 3.1 2.5 2.5 C 3.1 1.8 3.5 0.9 3.5 0 C 3.5 -0.9 3.1 -1.8 2.5 -2.5 "
        "C 1.8 -3.1 0.9 -3.5 0 -3.5 C -0.9 -3.5 -1.8 -3.1 -2.5 -2.5 C -3.1 -1.8 -3.5 -0.9 -3.5 0 "
        "C -3.5 0.9 -3.1 1.8 -2.5 2.5 C -1.8 3.1 -0.9 3.5 0 3.5 z"
    )
    assert "d='M-3.5,0a3.5,3.5,0,1,0,7,0a3.5,3.5,0,1,0,-7,0z" in cleaned(cirkel)
    assert "a" not in re.search("d='([^']*)", cleaned(cirkel.replace("0 -3.5", "0 -4.5")))[1]
    kromming = "M 0 0 " + " ".join(f"L {n * 0.13:.2f} {n * 0.13:.2f}" for n in range(1, 400))
    stappen = re.search("d='M0,0l([^M']*)", cleaned(kromming))[1]
    assert sum(map(float, re.findall(r"-?\d*\.\d+|\d+", stappen)[::2])) == pytest.approx(399 * 0.13, abs=0.051)


def test_labels_can_be_read_on_every_colour():
    vlakken = [*SCORES.values(), *COMPLEXITEIT.values(), *RICHTING.values(), *KLEUREN.values(), ZWAAR, LICHTER]
    assert {op_kleur(kleur) for kleur in vlakken} == {INKT, "#ffffff"}
    for kleur in vlakken:
        assert _contrast(op_kleur(kleur), kleur) >= 4.5, kleur


def test_words_and_bars_stand_out_from_the_page():
    lijnen_ = [kleur for code, kleur in KLEUREN.items() if code not in ("anders", "onbekend")]
    for kleur in (INKT, GRIJS, ACCENT, UITSTROOM, LICHTER_TEKST, ZWAAR, *lijnen_):
        assert _contrast(kleur, "#ffffff") >= 4.5, kleur
    assert _contrast(VORIG, "#ffffff") >= 3


def test_no_words_are_smaller_than_twelve_pixels():
    for soort, tekening in TEKENINGEN.items():
        maten = [float(m) for m in re.findall(r"font(?:-size)?:\s*(?:bold )?([\d.]+)px", svg(tekening, BREED))]
        assert maten and min(maten) * 4 / 3 >= 12, soort


def test_a_wide_interval_of_a_small_base_does_not_stretch_the_axis():
    groot = [Punt("a", 0.5, 0.4, 0.6), Punt("b", 0.8, 0.7, 0.9)]
    klein = Punt("c", 0.5, -60.0, 60.0, klein=True)
    tekst = svg(lambda m: punten([*groot, klein], m, "gemiddelde"), BREED)
    assert ">0,8<" in tekst and "60" not in re.findall(r">([^<>]+)</text>", tekst)


def tint(kleur: str) -> str:
    """What a reader would call the colour: grey, or one of twelve steps around the wheel, light and dark alike."""
    kleur = kleur if len(kleur) == 7 else "#" + "".join(2 * teken for teken in kleur[1:])
    delen = [int(kleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return "grijs" if max(delen) - min(delen) < 0.12 else f"tint {round(colorsys.rgb_to_hsv(*delen)[0] * 12) % 12}"


def _contrast(een: str, ander: str) -> float:
    def licht(kleur: str) -> float:
        delen = [int(kleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        rood, groen, blauw = [d / 12.92 if d <= 0.04045 else ((d + 0.055) / 1.055) ** 2.4 for d in delen]
        return 0.2126 * rood + 0.7152 * groen + 0.0722 * blauw

    hoog, laag = sorted((licht(een), licht(ander)), reverse=True)
    return (hoog + 0.05) / (laag + 0.05)


def teksten(teken, maat):
    """The words of a drawing, each with where it stands: from its left side, and middle or end that it is set by."""
    return {tekst.text: tekst for tekst in ElementTree.fromstring(svg(teken, maat)).iter(f"{SVG}text") if tekst.text}


def test_the_first_dots_say_which_year_they_are_and_on_a_phone_a_key_does():
    def teken(maat):
        return punten([Punt("a", 0.8, vorig=0.2), Punt("b", 0.5, vorig=0.4)], maat, "aandeel", ("2018", "2019"))

    breed, smal = teksten(teken, BREED), teksten(teken, SMAL)
    assert {"2018", "2019"} <= set(breed) and not {"●", "◆"} & set(breed)
    assert {"2018", "2019", "●", "◆"} <= set(smal)
    zonder = teksten(
        lambda m: punten([Punt("a", 0.8), Punt("b", 0.5, vorig=0.4)], m, "aandeel", ("2018", "2019")), BREED
    )
    assert {"●", "◆"} <= set(zonder)  # the first has no year before to be named at


@pytest.mark.parametrize(
    "eerste, maat, erboven",
    [([40, 60], BREED, True), ([40, 60], SMAL, False), ([0, 100], BREED, False), ([100, 0], BREED, False)],
)
def test_parts_are_named_over_the_first_bar_where_each_has_room(eerste, maat, erboven):
    rijen, lagen = [Stapel("x", eerste), Stapel("y", [50, 50])], [("gedaald", "#b94a0d"), ("gestegen", "#1f5f9c")]
    namen = Namen.maak(maat, [rij.naam for rij in rijen], 23)
    plaatsen = _above_parts(rijen, lagen, maat, namen.kolom, 4.0)
    assert bool(plaatsen) == erboven
    assert {"gedaald", "gestegen"} <= set(teksten(lambda m: gestapeld(rijen, lagen, m), maat))
    if erboven:
        begin, grens, eind = namen.kolom, namen.kolom + 40 * 4.0, namen.kolom + 100 * 4.0
        assert begin <= plaatsen[0] < grens <= plaatsen[1] < eind


def test_a_long_list_stands_under_its_map_in_two_columns_on_one_scale():
    def teken(aantal):
        plekken = [Plek(f"kern {n:02}", 52 + n / 60, 6 + n % 5 / 20, 5 + n) for n in range(aantal)]
        return lambda m: kaart(plekken, m, [Staaf(p.naam, p.waarde) for p in plekken], "Kaart", "Lijst", "aantal")

    for aantal, kolommen in ((6, 1), (30, 2)):
        lijst = [
            t
            for t in ElementTree.fromstring(svg(teken(aantal), BREED)).iter(f"{SVG}text")
            if re.fullmatch(r"kern \d\d", t.text or "")
        ]
        assert len(lijst) == aantal and len({_links(t) for t in lijst}) == kolommen


def _links(tekst):
    return re.search(r"translate\(([\d.]+)|x=\"([\d.]+)", ElementTree.tostring(tekst, encoding="unicode"))[0]


def test_round_values_along_an_axis_have_no_decimals():
    woorden = set(teksten(lambda m: punten([Punt("a", 0.04, 0.0, 0.07)], m, "aandeel"), BREED))
    assert {"0%", "2%", "4%", "6%"} <= woorden
