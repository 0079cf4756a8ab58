"""Building reports of a small organisation: all notebooks run, failures are listed, pages that no longer hold go."""

import base64
import json
import os
import re
import shlex
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from kopanalyse.errors import UserError
from kopanalyse.periode import Periode
from kopanalyse.report.build import build as bouwen
from kopanalyse.report.build import run as uitvoeren
from kopanalyse.report.build.build import build
from kopanalyse.report.build.run import Mislukt
from kopanalyse.settings import OPENING, load_settings
from tests.report.authors.schrijven import KLANTREIS, PERSONA, VERHAAL, replaced, write
from tests.report.klein import GOED, VIJANDIG, write_notebook
from tests.tabel import write_checked


def bouw(map_, **anders):
    settings = load_settings("klein", map_ / "raw")
    return build(
        settings,
        raw=map_ / "raw",
        processed=map_ / "processed",
        reports=map_ / "reports",
        notebooks=map_ / "notebooks",
        **anders,
    )


def readable(pad):
    """A page with the tables that can be taken along as the text that they are."""
    return re.sub(
        'base64,([^"]*)', lambda m: base64.b64decode(m[1]).decode("utf-8-sig"), pad.read_text(encoding="utf-8")
    )


def test_a_failing_notebook_stops_nothing_and_its_old_page_goes(klein):
    oud = klein / "reports" / "klein" / "2019" / "alle" / "fout.html"
    oud.parent.mkdir(parents=True)
    for naam in ("fout.html", "volledig.html", "cijfers.xlsx"):
        (oud.parent / naam).write_text("van vroeger, met een verhaal")
    stappen = []
    uitkomst = bouw(
        klein, jaren=[Periode(2019)], teams=["alle", VIJANDIG], voortgang=lambda *stap: stappen.append(stap)
    )

    assert [(m.notebook, m.periode, m.cel) for m in uitkomst.mislukt] == [("fout", Periode(2019), 5)] * 2
    assert {m.team for m in uitkomst.mislukt} == {"alle", VIJANDIG}
    assert all(m.melding.startswith("Het onderdeel bestaat_niet bestaat niet.") for m in uitkomst.mislukt)
    assert str(uitkomst.mislukt[0]).startswith("fout (2019, ") and ", cel 5: " in str(uitkomst.mislukt[0])
    assert sorted(pad.name for pad in oud.parent.iterdir()) == [".herkomst.json", "goed.html", "index.html"]

    # no page with everything while a part of it failed
    assert len(uitkomst.gemaakt) == 4 and {pad.name for pad in uitkomst.gemaakt} == {"goed.html", "index.html"}
    assert [stap[1:] for stap in stappen] == [(n, 6) for n in range(7)]
    alle_bestanden = [pad for pad in (klein / "reports").rglob("*") if pad.is_file()]
    assert {pad.name for pad in alle_bestanden if pad.suffix != ".html"} == {".herkomst.json"}
    assert all((klein / "reports").resolve() in pad.resolve().parents for pad in alle_bestanden)

    vijandig = next(pad for pad in uitkomst.gemaakt if "alle" not in pad.parts).read_text(encoding="utf-8")
    assert "<script" not in vijandig and "fout.html" not in vijandig  # no link to a page that is not there
    heel = (oud.parent / "goed.html").read_text(encoding="utf-8")
    assert 'href="fout.html"' not in heel and "Synthetische gegevens." in heel
    assert "<strong>fout</strong>: dit hoofdstuk kon niet gemaakt worden." in (oud.parent / "index.html").read_text(
        encoding="utf-8"
    )

    index = uitkomst.index.read_text(encoding="utf-8")
    assert uitkomst.index == klein / "reports" / "klein" / "index.html"
    assert "2019/alle/goed.html" in index and "2019/alle/fout.html" not in index
    assert index.count("<script") == 1 and "<script>alert" not in index  # the index's own, to search it
    assert 'href="klein/index.html"' in (klein / "reports" / "index.html").read_text(encoding="utf-8")
    assert not list((klein / "notebooks").glob("*[!.ipynb]"))


def test_a_chapter_without_data_is_left_out_and_its_old_page_goes(klein):
    write_notebook(klein / "notebooks" / "fout.ipynb", ["rapport.figuur('vip')", "rapport.tabel('vip_per_kwartaal')"])
    pad = klein / "processed" / "klein" / "cijfers.parquet"
    frame = pd.read_parquet(pad)
    vip = frame[frame["team"] == "alle"].assign(indicator="vip", categorie="vacature")
    pd.concat([frame, vip, vip.assign(team="Zuid", teller=0.0, waarde=0.0)]).to_parquet(pad)
    oud = klein / "reports" / "klein" / "2019" / "zuid" / "fout.html"
    oud.parent.mkdir(parents=True)
    oud.write_text("de oude pagina")
    uitkomst = bouw(klein, jaren=[Periode(2019)], teams=["alle", "Zuid"])
    assert not uitkomst.mislukt and {f"{p.parent.name}/{p.name}" for p in uitkomst.gemaakt} == {
        "alle/index.html",
        "alle/goed.html",
        "alle/fout.html",
        "alle/volledig.html",
        "zuid/index.html",
        "zuid/goed.html",
        "zuid/volledig.html",
    }
    assert not oud.exists() and "fout.html" not in (oud.parent / "goed.html").read_text(encoding="utf-8")
    for pagina in ("index.html", "volledig.html"):
        assert "<strong>fout</strong>: in 2018 en 2019 is hierover niets geteld." in (oud.parent / pagina).read_text(
            encoding="utf-8"
        )
    assert "zuid/fout.html" not in uitkomst.index.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "regels, soort, tekst, gemaakt",
    [
        (["rapport.personas()", "rapport.klantreizen()"], None, None, set()),
        (["rapport.personas()", "rapport.klantreizen()"], "personas", PERSONA, {"alle", "zuid"}),
        (["rapport.personas()", "rapport.klantreizen()"], "klantreizen", KLANTREIS, {"alle", "zuid"}),
        (["rapport.figuur('vip')", "rapport.personas_kort()"], "personas", PERSONA, set()),
        (["rapport.figuur('vip')", "rapport.verhalen('fout')"], None, None, set()),
        (["rapport.figuur('vip')", "rapport.verhalen('fout')"], "verhalen", VERHAAL, {"alle"}),
        (["rapport.figuur('vip')", "rapport.verhalen('fout')"], "verhalen", replaced(VERHAAL, ": ja", ": nee"), set()),
        (["rapport.figuur('vip')", "rapport.verhalen('fout')"], "verhalen", replaced(VERHAAL, "2019", "2018"), set()),
    ],
)
def test_a_chapter_about_texts_is_made_where_there_are_texts(klein, regels, soort, tekst, gemaakt):
    write_notebook(klein / "notebooks" / "fout.ipynb", regels)
    if soort:
        naam = "a.md" if soort == "verhalen" else "a.yaml"
        write(klein / "raw" / "klein", soort, tekst.replace("casussen_op_inhoud", "fout"), naam)
    uitkomst = bouw(klein, jaren=[Periode(2019)], teams=["alle", "Zuid"])
    assert not uitkomst.mislukt
    assert {pad.parent.name for pad in uitkomst.gemaakt if pad.stem == "fout"} == gemaakt


def test_a_story_without_consent_is_nowhere(klein, capfd):
    map_ = klein / "raw" / "klein"
    verhaal = replaced(VERHAAL, "casussen_op_inhoud", "goed")
    write(map_, "verhalen", verhaal, "open.md")
    for naam, oud, nieuw in (
        ("geheim-jansen-1.md", "toestemming: ja", "toestemming: nee"),
        ("geheim-jansen-2.md", "toestemming: ja\n", "onbekende_sleutel: ja\n"),
        ("geheim-jansen-3.md", "toestemming: ja", "toestemming: 'ja"),
    ):
        geheim = replaced(verhaal.replace("tas", "GEHEIM").replace("brief", "GEHEIM"), oud, nieuw)
        write(map_, "verhalen", geheim, naam)
    write_notebook(klein / "notebooks" / "goed.ipynb", [*GOED, "rapport.verhalen('goed')", "print(rapport._teksten)"])
    uitkomst = bouw(klein)
    assert uitkomst.let_op == [
        "3 verhalen wachten op toestemming; zonder de regel toestemming: ja in de kop wordt een "
        "verhaal nergens getoond."
    ]
    alles = [pad for pad in (klein / "reports").rglob("*") if pad.is_file()]
    assert sum('<article class="verhaal">' in pad.read_text(encoding="utf-8") for pad in alles) == 1
    for pad in alles:
        assert "geheim" not in f"{pad} {pad.read_text(encoding='utf-8')}".lower()
    assert "geheim" not in f"{uitkomst} {capfd.readouterr()}".lower()


def test_nothing_to_make_at_all_makes_an_empty_index(klein):
    pad = klein / "processed" / "klein" / "cijfers.parquet"
    frame = pd.read_parquet(pad)
    frame.assign(teller=0.0, waarde=0.0).to_parquet(pad)
    write_notebook(klein / "notebooks" / "fout.ipynb", GOED)
    oud = klein / "reports" / "klein" / "2019" / "alle" / "index.html"
    oud.parent.mkdir(parents=True)
    oud.write_text("de oude pagina")
    uitkomst = bouw(klein)
    assert not uitkomst.gemaakt and "Er zijn nog geen rapporten." in uitkomst.index.read_text(encoding="utf-8")
    assert not oud.exists()


def test_paths_and_code_stay_out_of_the_page(klein):
    write_notebook(
        klein / "notebooks" / "fout.ipynb", [*GOED, "import sys; print('letop', file=sys.stderr)", "'<b>tekst</b>'"]
    )
    uitkomst = bouw(klein, jaren=[Periode(2018)], teams=["Zuid"])
    assert not uitkomst.mislukt and len(uitkomst.gemaakt) == 4
    for pad in uitkomst.gemaakt:
        pagina = readable(pad)
        assert str(klein) not in pagina and str(Path.cwd()) not in pagina and "open_rapport" not in pagina
        assert "papermill" not in pagina and "letop" not in pagina and "<b>tekst" not in pagina
        assert pagina.count("<h1>") == 1 and ("Titel" in pagina) == (pad.name == "volledig.html")
        assert 'id="eerste"' in pagina and 'href="#eerste-2"' in pagina


def test_a_page_says_how_firm_its_figures_are_and_how_to_make_it_again(klein):
    with (klein / "raw" / "klein" / "organisatie.toml").open("a", encoding="utf-8") as bestand:
        bestand.write('[status]\n2018 = "definitief"\n2019 = "voorlopig"\n')
    inlezen = klein / "processed" / "klein" / "inlezen.csv"
    inlezen.write_text("")
    os.utime(inlezen, (1_750_000_000, 1_750_000_000))  # 15 June 2025
    write_notebook(klein / "notebooks" / "fout.ipynb", GOED)
    uitkomst = bouw(klein, teams=[VIJANDIG])
    assert not uitkomst.mislukt
    for pad in uitkomst.gemaakt:
        soep = BeautifulSoup(pad.read_text(encoding="utf-8"), "html.parser")
        jaar, boven, onder = (
            pad.parent.parent.name,
            soep.select("header .status"),
            soep.footer.get_text(" ", strip=True),
        )
        assert [b.get_text() for b in boven] == (
            ["Dit zijn voorlopige cijfers; ze kunnen nog veranderen."] if jaar == "2019" else []
        )
        assert ("Dit zijn definitieve cijfers." in onder) == (jaar == "2018")
        assert (
            "komen uit de registratie zoals gecontroleerd op 15 juni 2025." in onder
            and str(date.today().year) not in onder
        )
        assert (
            load_settings("klein", klein / "raw").fingerprint in onder
            and f"kopanalyse {version('kopanalyse')}" in onder
        )
        berekenen, maken = (code.get_text() for code in soep.select("footer code"))
        assert berekenen == "kopanalyse compute --organisatie klein"
        assert maken.startswith(f"kopanalyse report --organisatie klein --jaar {jaar} --team '<script>")
        assert len(shlex.split(maken)) == 8
    index = BeautifulSoup(uitkomst.index.read_text(encoding="utf-8"), "html.parser")
    assert [h2.get_text(" ", strip=True) for h2 in index.select("main h2")] == ["2019 voorlopige cijfers", "2018"]
    werkboeken = sorted((klein / "reports").rglob("cijfers.xlsx"))
    assert len(werkboeken) == 2
    for pad in werkboeken:
        bladen = load_workbook(pad)
        namen = bladen.sheetnames
        assert (namen[0], namen[-1]) == ("Inhoud", "Definities") and [naam[:2] for naam in namen[1:-1]] == ["1 ", "2 "]
        for blad in bladen.worksheets[:-1]:  # also on a sheet that is sent alone
            vooraf = " ".join(filter(None, (rij[0].value for rij in blad.iter_rows(max_row=5))))
            assert ("Dit zijn voorlopige cijfers; ze kunnen nog veranderen." in vooraf) == ("2019" in pad.parts)
        assert 'href="cijfers.xlsx"' in (pad.parent / "index.html").read_text(encoding="utf-8")
        assert not [cel for blad in bladen for rij in blad.iter_rows() for cel in rij if cel.data_type == "f"]


@pytest.mark.parametrize(
    "anders, zin",
    [
        ({"jaren": [2031]}, "Over 2031 zijn er geen cijfers"),
        ({"teams": ["Nergens"]}, "geen team bekend met de naam Nergens. Mogelijk zijn: alle, "),
    ],
)
def test_what_cannot_be_made_is_said_before_anything_runs(klein, monkeypatch, anders, zin):
    monkeypatch.setattr(uitvoeren, "ProcessPoolExecutor", lambda *a, **k: pytest.fail("a notebook ran"))
    with pytest.raises(UserError, match=zin) as fout:
        bouw(klein, **anders)
    assert fout.value.exit_code == 2 and not (klein / "reports").exists()


def test_a_missing_notebook_is_named(klein):
    (klein / "notebooks" / "fout.ipynb").unlink()
    with pytest.raises(UserError, match=r"Het notebook fout.ipynb staat niet in .*Aanwezig: goed, jaarverslag"):
        bouw(klein)


def test_a_broken_commentary_stops_the_build(klein):
    (klein / "raw" / "klein" / "toelichting").mkdir()
    (klein / "raw" / "klein" / "toelichting" / "stuk.md").write_text("geen kop")
    with pytest.raises(UserError, match="stuk.md"):
        bouw(klein)


def test_without_a_choice_all_years_and_teams_are_made_but_not_the_unknown_team(klein, monkeypatch):
    gevraagd = []
    monkeypatch.setattr(bouwen, "run_tasks", lambda taken, *a: gevraagd.extend(taken) or (_ for _ in ()))
    pad = klein / "processed" / "klein" / "cijfers.parquet"
    frame = pd.read_parquet(pad)
    pd.concat([frame, frame.assign(team="onbekend")]).to_parquet(pad)
    bouw(klein)
    assert {(t.periode, t.team) for t in gevraagd} == {
        (Periode(j), t) for j in (2018, 2019) for t in ("alle", VIJANDIG, "Zuid")
    }
    assert len(gevraagd) == 18 and len({t.uit for t in gevraagd}) == 18


def test_a_worker_that_breaks_down_is_a_failure_like_any_other(klein):
    (klein / "notebooks" / "fout.ipynb").write_text("geen notebook")
    uitkomst = bouw(klein, jaren=[Periode(2019)], teams=["alle"])
    (mislukt,) = uitkomst.mislukt
    assert isinstance(mislukt, Mislukt) and mislukt.cel is None and mislukt.melding
    assert {pad.name for pad in uitkomst.gemaakt} == {"index.html", "goed.html"}


def test_an_unknown_key_figure_stops_the_build_and_one_that_is_never_counted_is_pointed_out(klein, monkeypatch):
    monkeypatch.setattr(bouwen, "run_tasks", lambda *a: (_ for _ in ()))
    pad = klein / "raw" / "klein" / "organisatie.toml"
    basis = pad.read_text(encoding="utf-8")
    pad.write_text(basis + '"behandelde_casussen: individuel" = "trajecten"\n', encoding="utf-8")
    assert bouw(klein).let_op == [
        "Het kerncijfer 'behandelde_casussen: individuel' uit de instellingen wordt nergens "
        "geteld en blijft dus weg; klopt de categorie?"
    ]
    pad.write_text(basis + 'zrm_groie = "groei"\n', encoding="utf-8")
    with pytest.raises(
        UserError, match="bij kerncijfers de indicator zrm_groie, en die bestaat niet. Bedoelde u zrm_groei?"
    ):
        bouw(klein)


@pytest.mark.parametrize("cel", ["rapport.records('instroom')", "registratie.tabel('trajecten')"])
def test_records_never_end_up_in_a_report(eigen, cel):
    pad = eigen / "data" / "raw" / "voorbeeld" / "organisatie.toml"
    pad.write_text('hoofdstukken = ["goed", "records"]\n' + pad.read_text(encoding="utf-8"), encoding="utf-8")
    (eigen / "notebooks").mkdir()
    for naam, regels in (
        (OPENING, GOED),
        ("goed", GOED),
        ("records", ["from kopanalyse import open_registratie; registratie = open_registratie(organisatie)", cel]),
    ):
        write_notebook(eigen / "notebooks" / f"{naam}.ipynb", regels)
    uitkomst = build(
        load_settings("voorbeeld", eigen / "data" / "raw"),
        raw=eigen / "data" / "raw",
        processed=eigen / "data" / "processed",
        reports=eigen / "reports",
        notebooks=eigen / "notebooks",
        jaren=[Periode(2025)],
        teams=["alle"],
    )
    (mislukt,) = uitkomst.mislukt
    assert (mislukt.notebook, mislukt.cel) == ("records", 6)
    assert mislukt.melding.startswith("Records, tabellen en bevindingen") and "nooit in een rapport" in mislukt.melding
    assert {pagina.name for pagina in uitkomst.gemaakt} == {"goed.html", "index.html"}
    assert all("t1" not in readable(pagina) for pagina in uitkomst.gemaakt)


def test_what_notebooks_say_of_themselves_decides_about_their_pages(klein):
    """One build of notebooks that each go wrong in a way of their own, beside two that show something unusually."""
    instellingen = klein / "raw" / "klein" / "organisatie.toml"
    namen = ["lus", "kaal", "zonder_label", "twee", "sleutel", "goed"]
    instellingen.write_text(
        instellingen.read_text(encoding="utf-8").replace('["goed", "fout"]', str(namen).replace("'", '"')),
        encoding="utf-8",
    )
    map_ = klein / "notebooks"
    write_notebook(
        map_ / "lus.ipynb", ["r = rapport\nfor naam in ('vip', 'individueel_per_team'):\n    display(r.figuur(naam))"]
    )
    write_notebook(map_ / "kaal.ipynb", ["rapport.figuur('vip')", "rapport.cijfers('behandelde_casussen')[['teller']]"])
    write_notebook(map_ / "zonder_label.ipynb", GOED)
    boek = json.loads((map_ / "zonder_label.ipynb").read_text())
    boek["cells"][1]["metadata"] = {}
    (map_ / "zonder_label.ipynb").write_text(json.dumps(boek))
    write_notebook(
        map_ / "twee.ipynb", [*GOED, "open_rapport(organisatie, jaar, 'alle').figuur('individueel_per_team')"]
    )
    write_notebook(map_ / "sleutel.ipynb", ["import pandas\npandas.read_csv('klanten.csv')"])
    (map_ / "klanten.csv").write_text("klant_id,geslacht\nK00150,v\n")
    (klein / "processed" / "klein" / "checked").mkdir()
    write_checked(klein / "processed" / "klein" / "checked", {"klanten": "klant_id\nK00150"})
    for hoofdstuk, paragraaf in (("goed", "caseload"), ("goed", "casload")):
        write(
            klein / "raw" / "klein",
            "toelichting",
            f"---\nhoofdstuk: {hoofdstuk}\nparagraaf: {paragraaf}\njaar: 2018\nteam: Zuid\n---\nTekst bij {paragraaf}.",
            f"{paragraaf}.md",
        )

    uitkomst = bouw(klein, jaren=[Periode(2018)], teams=["Zuid"], toch=True)
    fouten = {m.notebook: str(m) for m in uitkomst.mislukt}
    toont = "dit notebook toont 2019, alle; gevraagd was 2018, Zuid. Heeft de eerste cel het label parameters?"
    assert fouten["zonder_label"] == f"zonder_label (2018, Zuid), cel 3: {toont}"
    assert fouten["twee"] == "twee (2018, Zuid), cel 8: " + toont.replace("2019", "2018")
    assert fouten["sleutel"].startswith("sleutel (2018, Zuid), cel 5: deze cel toont gegevens uit de kolom klant_id")
    assert {pad.name for pad in uitkomst.gemaakt} == {"index.html", "lus.html", "kaal.html", "goed.html"} and len(
        fouten
    ) == 3
    paginas = {pad.name: pad.read_text(encoding="utf-8") for pad in uitkomst.gemaakt}
    assert "Tekst bij caseload." in paginas["goed.html"] and "<th>teller</th>" in paginas["kaal.html"]
    gemaakt = [
        pad for map_ in ("reports", "processed/klein/uitgevoerd") for pad in (klein / map_).rglob("*") if pad.is_file()
    ]
    assert len(gemaakt) > 6 and not any("K00150" in pad.read_text(encoding="utf-8") for pad in gemaakt)
    assert uitkomst.let_op == [
        "De registratie is gecontroleerd door een eerdere versie van kopanalyse.",  # tables made by hand say nothing
        "De toelichting casload.md (goed, casload, 2018, Zuid) staat op geen enkele pagina: het notebook "
        "goed vraagt niet om de paragraaf casload. Bedoelde u caseload? Het vraagt om caseload.",
    ]


@pytest.mark.parametrize("werkers, passen, aantal", [(3, 2, 3), (0, 2, 2), (99, 2, 18)])
def test_as_many_notebooks_run_at_once_as_was_asked_or_as_fit(klein, monkeypatch, werkers, passen, aantal):
    gevraagd = []
    monkeypatch.setattr(bouwen, "as_many_as_fit", lambda: passen)
    monkeypatch.setattr(bouwen, "workers", lambda werkers, *_: gevraagd.append(werkers))
    monkeypatch.setattr(bouwen, "run_tasks", lambda *_: (_ for _ in ()))
    bouw(klein, werkers=werkers)
    assert gevraagd == [aantal]  # of eighteen notebooks
