"""Opening a report: from the root, from notebooks/, from papermill; and every way in which that cannot be."""

import sys
import types

import pytest

from kopanalyse.report.rapport import Rapport, RapportError, find_folders, open_rapport
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


@pytest.mark.parametrize("argumenten, zin", [
    (("klein", 2020), "Over 2020 zijn er geen cijfers van Klein <Welzijn> & Co. Mogelijk zijn: 2018, 2019."),
    (("klein", "gisteren"), "Mogelijk zijn: 2018, 2019."),
    (("klein", 2019, "Zuidd"), "geen team bekend met de naam Zuidd. Bedoelde u Zuid? Mogelijk zijn: alle, "),
    (("onbekend-huis", 2019), "Organisatie 'onbekend-huis' is niet bekend. Bekend zijn: "),
    (("../weg", 2019), "kan geen mapnaam zijn"),
])
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
    assert melding("klein", 2019) == ("De parameter taem bestaat niet. Bedoelde u team? "
                                      "Mogelijk zijn: organisatie, jaar, team.")


@pytest.mark.parametrize("teksten", [
    ("# Parameters\norganisatie = 'klein'\njaar = 2019\nteam = 'alle'\n",),
    ("drempel = 3", "# Parameters\ndrempel = 5\n"),          # an analyst's own parameter
    ("# Parameters van mijzelf\nx = 1",),
    ("%matplotlib inline", "# Parameters\njaar = 2019"),
])
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
