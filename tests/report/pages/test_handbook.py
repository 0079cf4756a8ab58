"""The handbook of indicators: everything that a declaration says, examples to recalculate, queries that run."""

import json
import math

import duckdb
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from kopanalyse.cli import main
from kopanalyse.indicators.catalogue import own_definitions
from kopanalyse.indicators.compute import figures
from kopanalyse.indicators.voorbeelden.voorbeeld import rows
from kopanalyse.periode import Periode
from kopanalyse.report.dutch import LEEG, datum, getal
from kopanalyse.report.pages.handbook import arithmetic, handbook
from kopanalyse.report.pages.html import link_definitions
from kopanalyse.settings import load_settings
from tests.catalogus import INDICATOREN, VOORBEELDEN
from tests.report.build.test_build import bouw
from tests.report.klein import VIJANDIG
from tests.tabel import write_checked

# one of each kind of figure: aantal with quarters and without, uniek, som, aandeel on either base, gemiddelde, per_1000
VAN_ELKE_SOORT = (
    "vip",
    "zrm_overgang",
    "klanten",
    "collectieve_deelnemers",
    "kto_respons",
    "complexiteit",
    "contacten_per_traject",
    "casussen_per_1000_inwoners",
)


@pytest.fixture(scope="module")
def soep(demo_rapporten):
    """The handbook of the demonstration registration."""
    return BeautifulSoup((demo_rapporten / "indicatoren.html").read_text(encoding="utf-8"), "html.parser")


def tekst(knoop):
    return " ".join(knoop.get_text(" ").split())


def lemma(soep, naam):
    (kop,) = soep.find_all(id=naam)
    return kop.find_parent("section")


def test_an_example_is_there_of_every_kind(demo_cijfers):
    assert {(INDICATOREN[naam].soort, INDICATOREN[naam].aandeel_van) for naam in VAN_ELKE_SOORT} == {
        (INDICATOREN[naam].soort, INDICATOREN[naam].aandeel_van) for naam in demo_cijfers["indicator"].unique()
    }


def test_every_indicator_stands_there_once_and_in_order(soep, demo_cijfers):
    met_cijfers = [naam for naam in INDICATOREN if naam in set(demo_cijfers["indicator"])]
    assert [kop["id"] for kop in soep.select("section.indicator h3")] == met_cijfers
    assert [li["id"] for li in soep.select("ul.buiten li")] == [n for n in INDICATOREN if n not in met_cijfers]
    koppen = [kop["id"] for kop in soep.select("main h2, main h3")]
    assert [a["href"] for a in soep.select("nav.inhoudsopgave a")] == [f"#{kop}" for kop in koppen]
    assert all(ind.hoofdstuk for ind in INDICATOREN.values())
    assert soep.h1.find(class_="onder").get_text().startswith(f"{len(met_cijfers)} cijfers")


def test_an_indicator_says_all_that_its_declaration_says(soep, demo_map, demo_cijfers):
    settings = load_settings("dekop", demo_map / "raw")
    for naam in demo_cijfers["indicator"].unique():
        ind, deel = INDICATOREN[naam], lemma(soep, naam)
        kenmerken = {tekst(dt): dt.find_next_sibling("dd") for dt in deel.find_all("dt")}
        assert tekst(deel.h3) == ind.titel
        assert deel.find(class_="regel").get_text() == ind.definition(settings).replace("`", "")
        assert kenmerken["Waarom"].get_text() == ind.waarom and kenmerken["Bron"].get_text() == ind.bron
        assert kenmerken["Let op"].get_text() == ind.kanttekening.replace("`", "")
        assert kenmerken["Herzien op"].get_text() == datum(ind.herzien_op)
        assert [code.get_text() for code in kenmerken["Tabellen"].find_all("code")] == list(ind.tabellen)
        assert ("minstens één" in tekst(kenmerken["Tabellen"])) == ind.minstens_een
        rijen = demo_cijfers[demo_cijfers["indicator"] == naam]
        assert kenmerken["Eenheid"].get_text().split()[0].rstrip(",") == (
            "aantal" if ind.eenheid == "per_1000" else ind.eenheid
        )
        assert ("kwartalen" in kenmerken["Perioden"].get_text()) == rijen["kwartaal"].notna().any()
        assert kenmerken["Per team"].get_text().startswith("ja") == (rijen["team"].nunique() > 1)


def test_thresholds_are_those_of_the_organisation(klein):
    pad = klein / "raw" / "klein" / "organisatie.toml"
    pad.write_text(pad.read_text(encoding="utf-8") + "[drempels]\nzwaar_meer_dan = 17\n", encoding="utf-8")
    checked = klein / "processed" / "klein" / "checked"
    checked.mkdir()
    write_checked(checked, VOORBEELDEN["contacten_per_traject"].tabellen)
    frame = pd.read_parquet(klein / "processed" / "klein" / "cijfers.parquet")
    inhoud = handbook(load_settings("klein", klein / "raw"), own_definitions(), checked, frame)
    lemmas = {lemma["naam"]: lemma for _, lemmas in inhoud["hoofdstukken"] for lemma in lemmas}
    assert "meer dan 17 gesprekken" in lemmas["zware_trajecten"]["definitie"]
    assert "> 17" in lemmas["zware_trajecten"]["sql"]
    mist = {ind["naam"]: ind["mist"] for ind in inhoud["buiten"]}
    assert mist["klanten"] == "de tabel ontbreekt: klanten"
    assert mist["zrm_intake_jongeren"] == "de tabellen ontbreken: zrm_metingen en klanten"


def test_kept_queries_make_the_same_handbook_and_others_those_of_other_settings_or_tables(klein):
    checked, settings = klein / "processed" / "klein" / "checked", klein / "raw" / "klein" / "organisatie.toml"
    checked.mkdir()
    write_checked(checked, VOORBEELDEN["contacten_per_traject"].tabellen)
    frame = pd.read_parquet(klein / "processed" / "klein" / "cijfers.parquet")

    def both():
        """The handbook with queries that may have been kept, which must be that without."""
        met, zonder = (
            handbook(load_settings("klein", klein / "raw"), own_definitions(), checked, frame, queries)
            for queries in (klein / "queries.json", None)
        )
        assert met == zonder
        return met

    eerste = both()
    assert both() == eerste
    settings.write_text(settings.read_text(encoding="utf-8") + "[drempels]\nzwaar_meer_dan = 17\n", encoding="utf-8")
    tweede = both()
    write_checked(checked, VOORBEELDEN["klanten"].tabellen)
    assert eerste != tweede != both()


def test_an_indicator_without_its_kind_of_traject_says_so(klein):
    checked = klein / "processed" / "klein" / "checked"
    checked.mkdir()
    write_checked(checked, VOORBEELDEN["zware_trajecten"].tabellen)
    pad = klein / "raw" / "klein" / "organisatie.toml"
    pad.write_text(pad.read_text(encoding="utf-8") + '[codelijsten]\ntrajectsoort = ["kort"]\n', encoding="utf-8")
    frame = pd.read_parquet(klein / "processed" / "klein" / "cijfers.parquet")
    inhoud = handbook(load_settings("klein", klein / "raw"), own_definitions(), checked, frame)
    mist = {ind["naam"]: ind["mist"] for ind in inhoud["buiten"]}
    assert mist["zware_trajecten"] == "gaat over trajecten in de rol individueel"


@pytest.mark.parametrize(
    "som, eenheid, regel",
    [
        ("3", "aantal", "3"),
        ("1 + 2 - 2", "aantal", "1 + 2 − 2 = 1"),
        ("1500 + 2", "aantal", "1.500 + 2 = 1.502"),
        ("7.5 + 1.25", "uren", "7,5 + 1,25 = 8,75"),
        ("7.5", "uren", "7,5"),
        ("0 - 2", "aantal", "0 − 2 = −2"),
        ("(4 - 2) / 1", "gemiddelde", "(4 − 2) / 1 = 2"),
        ("7 / 3", "gemiddelde", "7 / 3 = 2,33"),
        ("2 / 3", "aandeel", "2 / 3 = 66,7%"),
        ("0 / 0", "aandeel", "0 / 0 = –"),
        ("3 / 2500", "per_1000", "3 / 2.500 × 1.000 = 1,2"),
        ("2 * 10", "aantal", "2 × 10 = 20"),
    ],
)
def test_arithmetic_is_written_with_its_outcome(som, eenheid, regel):
    assert arithmetic(som, eenheid) == regel


@pytest.mark.parametrize("naam", VAN_ELKE_SOORT)
def test_the_outcome_on_the_page_is_what_the_engine_makes_of_the_tables_on_the_page(soep, naam, tmp_path):
    ind, deel = INDICATOREN[naam], lemma(soep, naam)
    tabellen = {
        tekst(t.caption): [
            "  ".join(tekst(cel).replace(LEEG, "-") for cel in rij.find_all(["th", "td"])) for rij in t.find_all("tr")
        ]
        for t in deel.select(".tabellen table")
    }
    assert {n: rows("\n".join(regels)) for n, regels in tabellen.items()} == {
        n: rows(regels) for n, regels in VOORBEELDEN[naam].tabellen.items()
    }
    assert tekst(deel.select_one(".voorbeeld p")) == VOORBEELDEN[naam].uitleg
    write_checked(tmp_path, {n: "\n".join(regels) for n, regels in tabellen.items()})
    cijfers = figures(load_settings("dekop"), tmp_path, [Periode(2018), Periode(2019)], indicatoren=[ind])
    koppen, *rijen = [[tekst(cel) for cel in rij.find_all(["th", "td"])] for rij in deel.select(".uitkomst tr")]
    assert len(rijen) == len(VOORBEELDEN[naam].verwacht)
    for *sleutel, som in rijen:
        waar = dict(zip(koppen, sleutel))
        (waarde,) = cijfers[(cijfers[list(waar)] == list(waar.values())).all(axis=1)]["waarde"]
        uitkomst = som.rpartition("= ")[2]
        decimalen = len(uitkomst.rstrip("%").partition(",")[2])
        assert uitkomst == getal(waarde, "aandeel" if ind.soort == "aandeel" else "aantal", decimalen)
        assert (uitkomst == LEEG) == math.isnan(waarde)


@pytest.fixture
def projectmap(demo_map, tmp_path, monkeypatch):
    """A project folder with the demonstration registration, as a user has it."""
    (tmp_path / "data").mkdir()
    for map_ in ("raw", "processed"):
        (tmp_path / "data" / map_).symlink_to(demo_map / map_)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("naam", VAN_ELKE_SOORT)
def test_the_query_runs_in_duckdb_as_it_stands_and_gives_the_figures(soep, naam, demo_cijfers, projectmap):
    sleutel, ind = ["periode", "team", "categorie", "subcategorie"], INDICATOREN[naam]
    with duckdb.connect() as con:
        geteld = con.execute(lemma(soep, naam).pre.get_text()).df().set_index(sleutel)
    cijfers = demo_cijfers[demo_cijfers["indicator"] == naam].set_index(sleutel)
    assert len(geteld) and not len(geteld.index.difference(cijfers.index))
    samen = geteld.reindex(cijfers.index, fill_value=0)
    assert (samen["teller"] == cijfers["teller"]).all() and (samen["n_personen"] == cijfers["n_personen"]).all()
    if ind.soort == "gemiddelde" or (ind.soort, ind.aandeel_van) == ("aandeel", "categorie"):
        assert (samen["noemer"] == cijfers["noemer"]).all()


def test_the_query_is_that_of_the_command_which_stands_beside_it(soep, projectmap, capsys):
    query = lemma(soep, "zrm_groei").find(class_="query")
    kopanalyse, *argumenten = query.code.get_text().split()
    assert kopanalyse == "kopanalyse" and main(argumenten) == 0
    assert capsys.readouterr().out == query.pre.get_text() + "\n"
    assert main(["sql", "zrm_groei"]) == 0  # the years of the settings, which were those computed
    assert capsys.readouterr().out == query.pre.get_text() + "\n"


def test_no_folder_of_this_machine_is_named(soep, demo_map):
    assert str(demo_map) not in str(soep) and "data/processed/dekop/checked/trajecten.parquet" in str(soep)


def without_notebooks(taken, pool, organisatie, voortgang, intussen):
    """A build that makes only what needs no notebook."""
    intussen()
    yield from ()


def test_names_that_mean_harm_do_none(klein, monkeypatch):
    pad = klein / "raw" / "klein" / "organisatie.toml"
    pad.write_text(pad.read_text(encoding="utf-8").replace('"Klein <Welzijn> & Co"', json.dumps(VIJANDIG)), "utf-8")
    monkeypatch.setattr("kopanalyse.report.build.build.run_tasks", without_notebooks)
    bouw(klein)
    pagina = (klein / "reports" / "klein" / "indicatoren.html").read_text(encoding="utf-8")
    assert "<script" not in pagina and "\u202e" not in pagina and "&lt;script&gt;alert(" in pagina
    assert BeautifulSoup(pagina, "html.parser").find(id="behandelde_casussen")


def test_without_checked_tables_there_is_a_handbook_without_queries(klein, monkeypatch):
    monkeypatch.setattr("kopanalyse.report.build.build.run_tasks", without_notebooks)
    uitkomst = bouw(klein)
    soep = BeautifulSoup(uitkomst.index.with_name("indicatoren.html").read_text(encoding="utf-8"), "html.parser")
    assert [kop["id"] for kop in soep.select("section.indicator h3")] == ["behandelde_casussen"]
    assert not soep.find("pre") and 'href="indicatoren.html"' in uitkomst.index.read_text(encoding="utf-8")


def test_definitions_of_a_page_link_to_the_handbook_and_those_of_a_notebook_do_not(demo_rapporten, demo_open):
    from kopanalyse.report.notebook.rapport import Rapport

    pagina = BeautifulSoup((demo_rapporten / "2019/oost/casussen_op_inhoud.html").read_text("utf-8"), "html.parser")
    links = {a["href"]: a.get_text() for a in pagina.select("details.definitie dt a")}
    assert len(pagina.select("details.definitie dt")) == len(pagina.select("details.definitie dt > a")) > 10
    assert links["../../indicatoren.html#zrm_groei"] == "Groei op de ZRM"
    notebook = Rapport(demo_open()).figuur("zrm_groei").html
    assert "indicatoren.html" not in notebook and "indicatoren.html#zrm_groei" in link_definitions(notebook)
