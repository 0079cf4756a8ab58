"""Opening a report: from the root, from notebooks/, from papermill; and every way in which that cannot be."""

import sys
import types

import pandas as pd
import pytest

from kopanalyse.report.cijfers.looked_up import NIETS, RAPPORT
from kopanalyse.report.notebook.asked import RapportError, find_folders
from kopanalyse.report.notebook.rapport import Rapport, open_rapport
from tests.report.authors.schrijven import write
from tests.report.klein import VIJANDIG


@pytest.fixture
def hier(klein, monkeypatch):
    """The small organisation as the environment says it."""
    monkeypatch.setenv("KOPANALYSE_RAW", str(klein / "raw"))
    monkeypatch.setenv("KOPANALYSE_PROCESSED", str(klein / "processed"))
    return klein


def melding(*argumenten, **anders):
    with pytest.raises(RapportError) as fout:
        open_rapport(*argumenten, **anders)
    assert fout.value._render_traceback_() == [str(fout.value)] and "\n" not in str(fout.value)
    return str(fout.value)


@pytest.mark.parametrize("jaar", [2019, "2019", " 2019 "])
def test_the_year_may_be_a_number_or_a_text(hier, jaar):
    rapport = open_rapport("klein", jaar, VIJANDIG)
    assert (rapport.jaar, rapport.team) == (2019, VIJANDIG) and isinstance(rapport, Rapport)


def test_a_report_says_whose_it_is(hier):
    assert repr(open_rapport("klein", 2019)) == "Rapport van Klein <Welzijn> & Co, 2019, de hele organisatie"


@pytest.mark.parametrize(
    "argumenten, zin",
    [
        (("klein", 2020), "Over 2020 zijn er geen cijfers van Klein <Welzijn> & Co. Mogelijk zijn: 2018, 2019."),
        (("klein", "gisteren"), "Mogelijk zijn: 2018, 2019."),
        (("klein", 2019, "Zuidd"), "geen team bekend met de naam Zuidd. Bedoelde u Zuid? Mogelijk zijn: alle, "),
        (("onbekend-huis", 2019), "Organisatie 'onbekend-huis' is niet bekend. Bekend zijn: "),
        (("../weg", 2019), "kan geen mapnaam zijn"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(hier, argumenten, zin):
    assert zin in melding(*argumenten)


def test_before_anything_is_computed_it_says_what_to_run(hier):
    (hier / "processed" / "klein" / "cijfers.parquet").unlink()
    assert "Voer eerst `make report` uit" in melding("klein", 2019)


def test_a_broken_commentary_is_named(hier):
    map_ = hier / "raw" / "klein" / "toelichting"
    map_.mkdir()
    (map_ / "stuk.md").write_text("geen kop")
    assert "stuk.md" in melding("klein", 2019)


@pytest.mark.parametrize("onder", [".", "notebooks", "a/b"])
def test_the_data_are_found_from_every_folder_of_the_project(tmp_path, monkeypatch, onder):
    monkeypatch.delenv("KOPANALYSE_RAW", raising=False)
    monkeypatch.delenv("KOPANALYSE_PROCESSED", raising=False)
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / onder).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(tmp_path / onder)
    assert find_folders() == (tmp_path / "data" / "raw", tmp_path / "data" / "processed")


@pytest.fixture
def cellen(monkeypatch):
    """``cellen(*teksten)``: what the kernel has executed so far."""

    def set_cells(*teksten):
        shell = types.SimpleNamespace(user_ns={"In": ["", *teksten]})
        monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: shell))

    return set_cells


def test_a_misspelt_papermill_parameter_stops_the_notebook(hier, cellen):
    cellen("organisatie = 'klein'", "# Parameters\njaar = 2019\ntaem = 'Zuid'\n")
    assert melding("klein", 2019) == (
        "De parameter taem bestaat niet. Bedoelde u team? Mogelijk zijn: organisatie, jaar, team."
    )


def test_a_parameter_of_the_notebook_itself_is_among_what_is_possible(hier, cellen):
    cellen("jaar = 2019\nvergeleken_met = None", "# Parameters\nvergeleken_mett = 2018\n")
    assert melding("klein", 2019) == (
        "De parameter vergeleken_mett bestaat niet. Bedoelde u vergeleken_met? "
        "Mogelijk zijn: organisatie, jaar, team, vergeleken_met."
    )


@pytest.mark.parametrize("team, bedoeld", [(1, " Bedoelde u 01?"), (False, " Bedoelde u alle?")])
def test_a_team_that_is_no_text_any_more_says_how_to_keep_it_one(hier, team, bedoeld):
    """As papermill makes 1 of 01, and YAML False of no."""
    pad = hier / "processed" / "klein" / "cijfers.parquet"
    frame = pd.read_parquet(pad)
    frame.assign(team=frame["team"].replace({"Zuid": "01"})).to_parquet(pad)
    zin = melding("klein", 2019, team)
    assert f"geen team bekend met de naam {team}.{bedoeld} Mogelijk zijn: " in zin
    assert zin.endswith("zet hem tussen aanhalingstekens in YAML, of gebruik -r in plaats van -p bij papermill.")
    assert "papermill" not in melding("klein", 2019, "1")
    assert open_rapport("klein", 2019, "01").team == "01"


@pytest.mark.parametrize(
    "teksten",
    [
        ("# Parameters\norganisatie = 'klein'\njaar = 2019\nteam = 'alle'\n",),
        ("drempel = 3", "# Parameters\ndrempel = 5\n"),  # an analyst's own parameter
        ("# Parameters van mijzelf\nx = 1",),
        ("%matplotlib inline", "# Parameters\njaar = 2019"),
    ],
)
def test_known_parameters_are_welcome(hier, cellen, teksten):
    cellen(*teksten)
    assert open_rapport("klein", 2019).jaar == 2019


def test_an_unknown_part_is_answered_with_what_is_possible(hier):
    rapport = open_rapport("klein", 2019)
    for vraag in (rapport.figuur, rapport.tabel, rapport.frame):
        with pytest.raises(RapportError, match="Het onderdeel caselod bestaat niet. Bedoelde u caseload"):
            vraag("caselod")
    with pytest.raises(RapportError, match="De indicator x bestaat niet. Mogelijk zijn: behandelde_casussen"):
        rapport.cijfers("x")
    with pytest.raises(RapportError, match="kerncijfers"):
        rapport.kerncijfers("x")


def test_a_part_without_figures_is_a_sentence(hier):
    rapport = open_rapport("klein", 2019)
    assert "ontbreken de tabellen trajecten en klanten" in rapport.figuur("klanten")._repr_html_()
    with pytest.raises(RapportError, match="ontbreken de tabellen"):
        rapport.frame("klanten")


def test_commentary_belongs_to_the_chapter_that_runs_and_by_hand_to_that_of_the_paragraph(hier, monkeypatch):
    for hoofdstuk, tekst in (("goed", "Van het eigen hoofdstuk."), ("fout", "Van een ander.")):
        write(
            hier / "raw" / "klein",
            "toelichting",
            f"---\nhoofdstuk: {hoofdstuk}\nparagraaf: respons\njaar: 2019\nteam: alle\n---\n{tekst}",
            f"{hoofdstuk}.md",
        )
    assert open_rapport("klein", 2019).toelichting("respons").html == ""  # that of klanttevredenheid
    monkeypatch.setenv(RAPPORT, "goed")
    html = open_rapport("klein", 2019).toelichting("respons").html
    assert "Van het eigen hoofdstuk." in html and "Van een ander." not in html


def test_a_paragraph_of_no_chapter_of_ours_is_found_by_hand(hier):
    write(
        hier / "raw" / "klein",
        "toelichting",
        "---\nhoofdstuk: goed\nparagraaf: eigen\njaar: 2019\nteam: alle\n---\nHier.",
        "a.md",
    )
    assert "Hier." in open_rapport("klein", 2019).toelichting("eigen").html


@pytest.mark.parametrize(
    "vraag, reden",
    [
        (lambda r: r.figuur("vip"), "in de registratie van Klein <Welzijn> & Co ontbreekt de tabel vip"),
        (lambda r: r.tabel("vip"), "in de registratie van Klein <Welzijn> & Co ontbreekt de tabel vip"),
        (lambda r: r.figuur("individueel_per_team"), None),
        (lambda r: r.kerncijfers("jaarverslag"), None),
        (lambda r: r.kerncijfers("vragen"), ""),
        (lambda r: r.toelichting("caseload"), ""),
        (lambda r: r.personas_kort(), ""),
        (lambda r: r.personas(), "er zijn geen teksten"),
        (lambda r: r.klantreizen(), "er zijn geen teksten"),
        (lambda r: r.verhalen("goed"), "er zijn geen teksten"),
    ],
)
def test_what_shows_nothing_says_so_to_the_build(hier, vraag, reden):
    assert vraag(open_rapport("klein", 2019))._repr_mimebundle_().get(NIETS) == reden
