"""Klantreizen: the map as a picture that keeps its words inside, the table of the same words, and what is refused."""

import dataclasses
import re
import xml.etree.ElementTree as ET

import pytest

from kopanalyse.periode import Periode
from kopanalyse.report.authors import read_teksten
from kopanalyse.report.authors.klantreis import GEVOEL, Klantreis, Stap
from kopanalyse.report.authors.reading import TekstError
from kopanalyse.report.authors.reiskaart import BREED, SMAL, journey_html, maps, width, wrap
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.notebook.rapport import Rapport
from kopanalyse.settings import load_settings
from tests.report.authors.schrijven import KLANTREIS, replaced, write
from tests.report.klein import VIJANDIG

SVG = "{http://www.w3.org/2000/svg}"


def lees(raw, oud="", nieuw=""):
    write(raw / "dekop", "klantreizen", replaced(KLANTREIS, oud, nieuw), "reis.yaml")
    (reis,) = read_teksten(raw, load_settings("dekop", raw), ["alle"]).klantreizen
    return reis


def reis_van(*fasen, stappen=2, **anders):
    """A journey with as many steps in every phase, up and down."""
    lijst = [
        Stap(
            nummer + 1,
            fase,
            f"Gebeurtenis {nummer + 1}",
            f"Gedachte {nummer + 1}",
            nummer % 7 - 3,
            ("leerkracht",),
            f"Doet {nummer + 1}",
        )
        for nummer, fase in enumerate(f for f in fasen for _ in range(stappen))
    ]
    return Klantreis(
        **{"groep": "Groep", "omschrijving": "Omschrijving.", "fasen": fasen, "stappen": tuple(lijst), "bron": ""}
        | anders
    )


def tekeningen(reis, vorm=BREED, organisatie="De Kop"):
    return list(ET.fromstring(f"<div>{maps(reis, organisatie, vorm)}</div>"))


def woorden(tekening):
    return " ".join("".join(t.itertext()) for t in tekening.iter(f"{SVG}text"))


def test_what_is_written_is_read(tmp_path):
    reis = lees(tmp_path)
    assert (reis.groep, reis.fasen, reis.bron) == ("Kind in de knel", ("Thuis", "Twee huizen"), "")
    assert reis.stappen[0] == Stap(
        1, "Thuis", "Er is ruzie", "Ik ben stil.", -2, ("oma", "leerkracht"), "Een werker belt"
    )
    assert [stap.gevoel_in_woorden for stap in reis.stappen] == ["slecht (−2)", "redelijk (+1)"]


def test_map_and_table_say_the_same(tmp_path):
    html = journey_html(lees(tmp_path), "De Kop")
    kaarten, tabel = html.split("<details>")
    for woord in (
        "Er is ruzie",
        "“Ik ben stil.”",
        "Oma, leerkracht",
        "Een werker belt",
        "Twee huizen",
        "Er hangt een kalender",
        "“Nu weet ik het.”",
        "Wat De Kop doet",
    ):
        assert woord in kaarten and woord in tabel, woord
    rijen = [re.findall("<t[hd][^>]*>(.*?)</t[hd]>", rij) for rij in re.findall("<tr>(.*?)</tr>", tabel)]
    assert rijen[2] == ["2", "Twee huizen", "Er hangt een kalender", "“Nu weet ik het.”", "redelijk (+1)", "–", "–"]
    assert "Dezelfde reis in een tabel" in tabel


def test_there_is_one_map_for_a_wide_and_one_for_a_narrow_page(tmp_path):
    html = journey_html(lees(tmp_path), "De Kop")
    assert html.count('<div class="reiskaart">') == html.count('<div class="reiskaart smal" hidden>') == 1
    assert [html.count(f'viewBox="0 0 {vorm.breedte} ') for vorm in (BREED, SMAL)] == [1, 2]


@pytest.mark.parametrize("fasen, breed", [(1, [1]), (2, [2]), (4, [4]), (5, [3, 2]), (8, [4, 4]), (9, [3, 3, 3])])
def test_phases_are_columns_and_a_long_journey_goes_on_below(fasen, breed):
    reis = reis_van(*[f"Fase {n}" for n in range(1, fasen + 1)])
    per_band = [sum(1 for _ in tekening.iter(f"{SVG}polygon")) for tekening in tekeningen(reis)]
    assert per_band == breed
    assert len(tekeningen(reis, SMAL)) == fasen


@pytest.mark.parametrize("vorm", [BREED, SMAL])
def test_every_step_is_a_numbered_dot_and_higher_is_better(vorm):
    reis = reis_van("Een", "Twee", "Drie", stappen=3)
    for tekening in tekeningen(reis, vorm):
        punten = {}
        for cirkel, nummer in zip(tekening.iter(f"{SVG}circle"), tekening.findall(f"{SVG}text[@text-anchor='middle']")):
            assert cirkel.get("cx") == nummer.get("x")
            punten[int(nummer.text)] = (float(cirkel.get("cx")), float(cirkel.get("cy")))
        stappen = [stap for stap in reis.stappen if stap.nummer in punten]
        assert len(stappen) == (9 if vorm is BREED else 3)
        assert sorted(punten, key=lambda n: punten[n][0]) == sorted(punten)
        hoogtes = [punten[stap.nummer][1] for stap in sorted(stappen, key=lambda s: s.gevoel)]
        assert hoogtes == sorted(hoogtes, reverse=True)
        lijn = next(p.get("d") for p in tekening.iter(f"{SVG}path") if "C" in p.get("d"))
        for x, y in punten.values():
            assert f"{x:g} {y:g}" in lijn


@pytest.mark.parametrize("vorm", [BREED, SMAL])
def test_all_words_stay_within_the_picture_and_apart(vorm):
    lang = "ongelooflijklangwoordzonderspaties" * 3
    reis = reis_van("Een fase met een lange naam van veertig", "Twee", "Drie", "Vier", stappen=6)
    reis = dataclasses.replace(
        reis,
        stappen=tuple(
            dataclasses.replace(s, gebeurtenis=f"{lang} en nog wat", gedachte="W" * 200, organisatie="woord " * 30)
            for s in reis.stappen
        ),
    )
    for tekening in tekeningen(reis, vorm):
        hoogte, regels = float(tekening.get("height")), set()
        for tekst in tekening.iter(f"{SVG}text"):
            x, y = float(tekst.get("x")), float(tekst.get("y"))
            grootte = float(tekst.get("font-size", vorm.letter))
            breed = width(tekst.text, grootte)
            links = x - breed / 2 if tekst.get("text-anchor") == "middle" else x
            assert links >= -1 and links + breed <= vorm.breedte and 0 < y < hoogte, tekst.text
            regels.add((x, y))
        assert len(regels) == sum(1 for _ in tekening.iter(f"{SVG}text"))  # no line over another


def test_the_picture_says_in_words_what_it_shows():
    (tekening,) = tekeningen(reis_van("Een", "Twee"))
    assert tekening.get("role") == "img"
    assert tekening.get("aria-label") == (
        "Klantreis Groep, fasen Een, Twee. Het gevoel per stap: stap 1 heel slecht (−3); stap 2 slecht (−2); stap 3 "
        "niet zo goed (−1); stap 4 gaat wel (0). De tabel eronder zegt hetzelfde in woorden."
    )
    assert tekeningen(reis_van("Een"))[0].get("aria-label").startswith("Klantreis Groep, fase Een. ")


@pytest.mark.parametrize("vorm", [BREED, SMAL])
def test_nothing_in_the_picture_needs_a_style_a_script_or_another_file(vorm):
    kaart = maps(reis_van("Een", "Twee"), "De Kop", vorm)
    assert not re.search(r" style=|<style|<script|href|url\(|<image|<foreignObject| on\w+=| id=", kaart)


@pytest.mark.parametrize("vorm", [BREED, SMAL])
def test_hostile_words_are_only_words(vorm):
    reis = reis_van(VIJANDIG[:40], "Twee", groep=VIJANDIG)
    reis = dataclasses.replace(
        reis,
        stappen=tuple(
            dataclasses.replace(
                s, gebeurtenis=VIJANDIG, gedachte=VIJANDIG, organisatie=VIJANDIG, signaleerders=(VIJANDIG,)
            )
            for s in reis.stappen
        ),
    )
    kaart = maps(reis, VIJANDIG, vorm)
    assert "<script" not in kaart and "\u202e" not in kaart and "&lt;script&gt;alert" in kaart
    tekeningen(reis, vorm, VIJANDIG)  # still well-formed
    assert "<script" not in journey_html(reis, VIJANDIG)


def test_lanes_without_words_are_left_out():
    reis = reis_van("Een")
    kaal = dataclasses.replace(
        reis, stappen=tuple(dataclasses.replace(s, signaleerders=(), organisatie="") for s in reis.stappen)
    )
    assert "Wie het ziet" in woorden(tekeningen(reis)[0]) and "Wat De Kop doet" in woorden(tekeningen(reis)[0])
    assert "Wie het ziet" not in woorden(tekeningen(kaal)[0]) and "doet" not in woorden(tekeningen(kaal)[0])


def test_words_are_wrapped_and_none_is_lost():
    tekst = "De schoolmaatschappelijk werker belt " + "x" * 60
    regels = wrap(tekst, 80, 12.5)
    assert all(width(regel, 12.5) <= 80 for regel in regels)
    assert "".join(regels).replace("-", "").replace(" ", "") == tekst.replace(" ", "")
    assert wrap("kort", 80, 12.5) == ["kort"] and wrap("W", 1, 12.5) == ["W"]


def test_without_journeys_there_is_a_sentence(tmp_path, frame):
    lang = frame(("instroom", "2019", "alle", "totaal", 1, None))
    leeg = Rapport(Cijfers(lang, load_settings("dekop", tmp_path), Periode(2019), "alle", tmp_path))
    assert leeg.klantreizen().html == '<p class="leeg">Er zijn geen klantreizen beschreven.</p>'


def test_every_feeling_has_its_own_word():
    assert list(GEVOEL) == list(range(-3, 4)) and len(set(GEVOEL.values())) == 7


LIJST = "verwacht wordt een lijst: onder elkaar, elk achter een streepje."


@pytest.mark.parametrize(
    "oud, nieuw, melding",
    [
        (
            "gevoel: -2",
            "gevoel: -4",
            ", regel 9: stappen[1].gevoel = '-4' kan niet; verwacht wordt een heel getal van -3 tot en met 3.",
        ),
        (
            "gevoel: +1",
            "gevoel: blij",
            ", regel 15: stappen[2].gevoel = 'blij' kan niet; verwacht wordt een heel getal van -3 tot en met 3.",
        ),
        (
            "gevoel: -2",
            "gevoel: -1.5",
            ", regel 9: stappen[1].gevoel = '-1.5' kan niet; verwacht wordt een heel getal van -3 tot en met 3.",
        ),
        (
            "- fase: Thuis",
            "- fase: Thuiss",
            ", regel 6: stappen[1].fase = 'Thuiss' kan niet; verwacht wordt een van de "
            "fasen: Thuis, Twee huizen. Bedoelde u Thuis?",
        ),
        (
            "[Thuis, Twee huizen]",
            "[Twee huizen, Thuis]",
            ", regel 12: stappen[2].fase = 'Twee huizen' kan niet; verwacht "
            "wordt de volgorde van de fasen: Twee huizen komt voor Thuis.",
        ),
        (
            "[Thuis, Twee huizen]",
            "[Thuis, Thuis, Twee huizen]",
            ", regel 4: fasen[2] = 'Thuis' kan niet; verwacht wordt elke waarde één keer.",
        ),
        (
            "[Thuis, Twee huizen]",
            "[Thuis, Twee huizen, Later]",
            ", regel 6: de fase Later heeft geen stap; verwacht wordt minstens één stap per fase.",
        ),
        (
            "[Thuis, Twee huizen]",
            f"[{'T' * 41}]",
            f", regel 4: fasen[1] = '{'T' * 41}' kan niet; verwacht wordt een tekst van hooguit 40 tekens.",
        ),
        (
            "Er is ruzie",
            "x" * 201,
            f", regel 7: stappen[1].gebeurtenis = '{'x' * 59}…' kan niet; verwacht wordt een tekst "
            "van hooguit 200 tekens.",
        ),
        (
            "    gedachte: Ik ben stil.\n",
            "",
            ", regel 6: de sleutel stappen[1].gedachte ontbreekt. Verplicht zijn: fase, gebeurtenis, gedachte, gevoel.",
        ),
        (
            "    signaleerders: [oma, leerkracht]",
            "    signaleerders: oma",
            f", regel 10: stappen[1].signaleerders = 'oma' kan niet; {LIJST}",
        ),
        (
            "organisatie",
            "organisati",
            ", regel 11: de sleutel stappen[1].organisati bestaat niet. Bedoelde u organisatie? "
            "Mogelijk zijn: fase, gebeurtenis, gedachte, gevoel, signaleerders, organisatie.",
        ),
        ("fasen: [Thuis, Twee huizen]", "fasen: []", f", regel 4: fasen = een lege lijst kan niet; {LIJST}"),
        (
            "groep:\n  naam: Kind in de knel\n  omschrijving: Kinderen van 6 tot 12 jaar.",
            "groep: Kind in de knel",
            ", regel 1: groep = 'Kind in de knel' kan niet; verwacht wordt een blok met de sleutels naam, "
            "omschrijving.",
        ),
    ],
)
def test_a_broken_one_is_refused_by_name_and_place(tmp_path, oud, nieuw, melding):
    with pytest.raises(TekstError) as fout:
        lees(tmp_path, oud, nieuw)
    assert str(fout.value) == f"{tmp_path / 'dekop' / 'klantreizen' / 'reis.yaml'}{melding}"


def test_a_phase_has_room_for_six_steps(tmp_path):
    stap = "  - {fase: Thuis, gebeurtenis: Iets, gedachte: Iets, gevoel: 0}\n"
    assert len(lees(tmp_path, "stappen:\n", f"stappen:\n{stap * 5}").stappen) == 7
    with pytest.raises(
        TekstError,
        match=r"regel 12: stappen\[7\].fase = 'Thuis' kan niet; verwacht wordt hooguit 6 "
        "stappen in één fase",
    ):
        lees(tmp_path, "stappen:\n", f"stappen:\n{stap * 6}")


@pytest.mark.parametrize(
    "inhoud, melding",
    [
        ("", ": er staat niets in; verwacht worden sleutels met waarden, zoals jaar: 2019."),
        (
            "Alleen een zin.",
            ", regel 1: de inhoud = 'Alleen een zin.' kan niet; verwacht wordt een blok met de sleutels "
            "groep, fasen, stappen.",
        ),
        (
            "a: 1\n---\nb: 2\n",
            ", regel 2: dit is geen leesbare YAML; verwacht wordt sleutel: waarde, en een waarde met een "
            "dubbele punt of een # erin tussen aanhalingstekens.",
        ),
        (
            "!!python/object/apply:os.system [echo]",
            ", regel 1: de inhoud = een lijst kan niet; verwacht wordt een blok met de sleutels groep, fasen, stappen.",
        ),
    ],
)
def test_a_file_that_is_something_else_is_refused(tmp_path, inhoud, melding):
    pad = write(tmp_path / "dekop", "klantreizen", inhoud, "reis.yaml")
    with pytest.raises(TekstError) as fout:
        read_teksten(tmp_path, load_settings("dekop", tmp_path), ["alle"])
    assert str(fout.value) == f"{pad}{melding}"
