"""The notebooks: thin, empty of results, and about parts that exist; and the one that looks behind the figures."""

import ast
import json

import papermill
import pytest
from nbconvert import HTMLExporter

from kopanalyse.report.chapters import own_chapters
from kopanalyse.report.pages.writer import TEMPLATE, TEMPLATES
from kopanalyse.settings import load_settings
from tests.catalogus import ALINEAS, KERNRIJEN, ONDERDELEN, PARAGRAFEN
from tests.report.klein import HOOFDMAP

VERKENNING = HOOFDMAP / "notebooks" / "verkenning.ipynb"  # for the analyst: it never becomes a page
NOTEBOOKS = sorted(set((HOOFDMAP / "notebooks").glob("*.ipynb")) - {VERKENNING})
MOGELIJK = {"figuur": set(ONDERDELEN), "tabel": set(ONDERDELEN), "kerncijfers": set(KERNRIJEN), "alinea": set(ALINEAS)}
# words that show all there is, and where
ZONDER_NAAM = {
    "personas": "personas_en_klantreizen",
    "klantreizen": "personas_en_klantreizen",
    "personas_kort": "casussen_op_inhoud",
    "soorten": "casuistiek_in_aantallen",
}


def cellen(notebook, soort):
    return [c for c in json.loads(notebook.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == soort]


def aanroepen(notebook):
    """(word, name) of every cell that shows something: each is exactly ``rapport.<word>("<name>")``.

    A word of ``ZONDER_NAAM`` stands without a name; its name here is None.
    """
    for cel in cellen(notebook, "code")[2:]:
        (stap,) = ast.parse("".join(cel["source"])).body
        roep = stap.value
        woord = roep.func.attr
        assert roep.func.value.id == "rapport" and len(roep.args) == (woord not in ZONDER_NAAM) and not roep.keywords
        yield woord, roep.args[0].value if roep.args else None


def test_there_is_one_notebook_per_chapter_and_one_to_open_with(tmp_path):
    (tmp_path / "derde").mkdir()
    (tmp_path / "derde" / "organisatie.toml").write_text("", encoding="utf-8")
    alle = load_settings("derde", tmp_path).notebooks  # an organisation that says nothing has every chapter
    assert {n.stem for n in NOTEBOOKS} == set(alle)
    for organisatie in ("dekop", "smwo"):
        eigen = load_settings(organisatie, tmp_path).notebooks
        assert len(set(eigen)) == len(eigen) and set(eigen) <= set(alle)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda n: n.stem)
def test_a_notebook_holds_no_results_and_computes_nothing(notebook):
    boek = json.loads(notebook.read_text(encoding="utf-8"))
    assert boek["metadata"]["kernelspec"]["name"] == "python3"
    assert set(boek["metadata"]) == {"kernelspec", "language_info", "title"}
    parameters, openen, *_ = cellen(notebook, "code")
    assert parameters["metadata"] == {"tags": ["parameters"]}
    organisatie, jaar = ("dekop", 2019) if notebook.stem in load_settings("dekop").notebooks else ("smwo", 2024)
    eigen = "vergeleken_met" if notebook.stem == "wat_is_er_veranderd" else ""
    regels = f'organisatie = "{organisatie}"\njaar = {jaar}\nteam = "alle"\n{eigen}'.rstrip()
    assert "".join(parameters["source"]).partition(" = None")[0] == regels
    assert notebook.stem in load_settings(organisatie).notebooks
    namen = ", ".join(filter(None, ("organisatie, jaar, team", eigen)))
    assert "".join(openen["source"]).endswith(f"rapport = open_rapport({namen})")
    assert all(c["outputs"] == [] and c["execution_count"] is None for c in cellen(notebook, "code"))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda n: n.stem)
def test_a_notebook_shows_parts_that_exist(notebook):
    for woord, naam in aanroepen(notebook):
        if woord == "toelichting":
            assert naam in PARAGRAFEN[notebook.stem]
        elif woord == "verhalen":
            assert naam == notebook.stem
        elif woord in ZONDER_NAAM:
            assert ZONDER_NAAM[woord] == notebook.stem
        else:
            assert naam in MOGELIJK[woord]


def test_stories_come_at_the_end_of_every_chapter_that_has_them():
    for notebook in NOTEBOOKS:
        woorden = [woord for woord, _ in aanroepen(notebook)]
        assert woorden.count("verhalen") == own_chapters()[notebook.stem].verhalen
        assert "verhalen" not in woorden[:-1]


def test_every_part_every_place_for_commentary_and_every_kind_of_text_is_used_once():
    alles = [roep for notebook in NOTEBOOKS for roep in aanroepen(notebook)]
    assert sorted(w for w, n in alles if n is None) == sorted(ZONDER_NAAM)
    assert sorted(n for w, n in alles if w in ("figuur", "tabel")) == sorted(ONDERDELEN)
    assert sorted(n for w, n in alles if w == "kerncijfers") == sorted(KERNRIJEN)
    assert sorted(n for w, n in alles if w == "toelichting") == sorted(p for ps in PARAGRAFEN.values() for p in ps)
    assert len({n for ps in PARAGRAFEN.values() for n in ps}) == sum(map(len, PARAGRAFEN.values()))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda n: n.stem)
def test_one_title_and_headings_in_order(notebook):
    regels = [regel for cel in cellen(notebook, "markdown") for regel in "".join(cel["source"]).splitlines()]
    koppen = [regel.split(" ")[0] for regel in regels if regel.startswith("#")]
    assert koppen[0] == "#" and koppen[1] == "##" and set(koppen[1:]) <= {"##", "###"}


# the notebook that looks behind the figures


def test_verkenning_is_ten_steps_without_results():
    boek = json.loads(VERKENNING.read_text(encoding="utf-8"))
    assert set(boek["metadata"]) == {"kernelspec", "language_info", "title"}
    assert all(c["outputs"] == [] and c["execution_count"] is None for c in cellen(VERKENNING, "code"))
    parameters = cellen(VERKENNING, "code")[0]
    assert parameters["metadata"] == {"tags": ["parameters"]}
    assert "".join(parameters["source"]) == 'organisatie = "dekop"\njaar = 2019\nteam = "alle"'
    koppen = [
        regel
        for cel in cellen(VERKENNING, "markdown")
        for regel in "".join(cel["source"]).splitlines()
        if regel.startswith("#")
    ]
    assert koppen[0] == "# Verkenning" and koppen[-1] == "## En verder"
    assert [kop.partition(".")[0] for kop in koppen[1:-1]] == [f"## {stap}" for stap in range(1, 11)]


def run(parameters, raw, processed, uit, monkeypatch):
    """The outputs of ``VERKENNING``, run by papermill: one text per output."""
    monkeypatch.setenv("KOPANALYSE_RAW", str(raw))
    monkeypatch.setenv("KOPANALYSE_PROCESSED", str(processed))
    papermill.execute_notebook(str(VERKENNING), str(uit), parameters, cwd=str(uit.parent), progress_bar=False)
    for cel in cellen(uit, "code"):
        for uitvoer in cel["outputs"]:
            yield "".join(uitvoer.get("data", {}).get("text/html", uitvoer.get("text", "")))
            yield from uitvoer.get("data", {})


@pytest.mark.bouw
def test_verkenning_runs_on_the_demonstration(demo_map, demo_cijfers, tmp_path, monkeypatch):
    c = demo_cijfers.query("indicator == 'uitstroom' and periode == '2019' and team == 'Oost'").set_index("categorie")
    uitvoer = list(run({"team": "Oost"}, demo_map / "raw", demo_map / "processed", tmp_path / "uit.ipynb", monkeypatch))
    assert "image/png" in uitvoer
    assert any(f"<th>individueel</th>\n      <td>{c.teller['individueel']:.0f}</td>" in tekst for tekst in uitvoer)
    assert list(tmp_path.iterdir()) == [tmp_path / "uit.ipynb"]


@pytest.mark.bouw
def test_verkenning_runs_on_an_organisation_with_three_tables(eigen, tmp_path, monkeypatch):
    data = eigen / "data"
    (tmp_path / "werk").mkdir()
    uitvoer = list(
        run(
            {"organisatie": "voorbeeld", "jaar": 2025},
            data / "raw",
            data / "processed",
            tmp_path / "werk" / "uit.ipynb",
            monkeypatch,
        )
    )
    assert any("<td>t1</td>" in tekst for tekst in uitvoer) and "image/png" in uitvoer
    # it shows keys, so that no page is made of it, also by plain nbconvert
    exporter = HTMLExporter(template_name=TEMPLATE, extra_template_basedirs=[str(TEMPLATES)], exclude_input=True)
    pagina = exporter.from_filename(str(tmp_path / "werk" / "uit.ipynb"))[0]
    assert "Deze pagina is geweigerd" in pagina and "<td" not in pagina and "image/png" not in pagina
