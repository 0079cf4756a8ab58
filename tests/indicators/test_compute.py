"""The long table: a complete grid, only what the tables allow, and a query that anyone can run again."""

import dataclasses
from functools import cache, partial
from itertools import product
from types import MappingProxyType

import duckdb
import pandas as pd
import pytest
from openpyxl import load_workbook

from kopanalyse.indicators.compute import ComputeError, compute, figures
from kopanalyse.indicators.long_table import KOLOMMEN, periods
from kopanalyse.indicators.registratie import OPTIONEEL, Registratie
from kopanalyse.indicators.sql import script
from kopanalyse.indicators.voorbeelden.casuistiek_in_aantallen import CASUISTIEK
from kopanalyse.indicators.voorbeelden.casussen_op_inhoud import CONTACT_TABELLEN, KERN_TABELLEN, ZRM_TABELLEN
from kopanalyse.indicators.voorbeelden.clienten_en_casussen import BEZOEKEN, DIENSTEN, VERWIJZERS
from kopanalyse.indicators.voorbeelden.dienstverlening import UREN
from kopanalyse.indicators.voorbeelden.hulpvragen_en_effecten import ACTIVITEITEN, DEELNAMES, HULPVRAGEN
from kopanalyse.indicators.voorbeelden.klanttevredenheid import KTO
from kopanalyse.periode import Periode
from kopanalyse.raw.schema import TABELLEN
from kopanalyse.settings import load_settings
from tests.catalogus import INDICATOREN
from tests.tabel import write_checked

DEKOP = load_settings("dekop")
ALLES = CASUISTIEK | KERN_TABELLEN | CONTACT_TABELLEN | ZRM_TABELLEN
ALLES_VAN_E = CONTACT_TABELLEN | {
    "trajecten": VERWIJZERS,
    "hulpvragen": HULPVRAGEN,
    "collectieve_activiteiten": ACTIVITEITEN,
    "deelnames": DEELNAMES,
    "productie_uren": UREN,
    "overige_dienstverlening": DIENSTEN,
    "formulierenbrigade": BEZOEKEN,
}
SLEUTEL = ["indicator", "periode", "team", "categorie", "subcategorie"]


@pytest.fixture(scope="module")
def cijfers(tmp_path_factory):
    map_ = tmp_path_factory.mktemp("checked")
    write_checked(map_, ALLES)
    return figures(DEKOP, map_, [Periode(2019), Periode(2018)])


def test_kept_queries_give_the_same_figures_without_making_them_anew(cijfers, tmp_path, monkeypatch):
    write_checked(tmp_path, ALLES)
    kept = partial(figures, checked=tmp_path, jaren=[Periode(2019), Periode(2018)], queries=tmp_path / "queries")
    pd.testing.assert_frame_equal(kept(DEKOP), cijfers)

    anders = dataclasses.replace(DEKOP, drempels=dataclasses.replace(DEKOP.drempels, zwaar_meer_dan=1))
    nieuw = kept(anders)
    assert not nieuw.equals(cijfers)
    pd.testing.assert_frame_equal(nieuw, figures(anders, tmp_path, [Periode(2019), Periode(2018)]))

    def plain(*_):
        raise AssertionError("a query was made anew")

    monkeypatch.setattr("kopanalyse.indicators.compute.plain", plain)
    pd.testing.assert_frame_equal(kept(anders), nieuw)


def test_kept_queries_are_those_of_the_tables_that_are_there(tmp_path):
    """Of which a rule makes something else when they come or go, without being about them."""
    gekozen = [INDICATOREN[naam] for naam in ("korte_contacten", "behandelde_casussen")]
    uitkomsten = []
    for nummer, weg in enumerate(("", "contacten", "bijeenkomsten", "")):
        map_ = tmp_path / str(nummer)
        map_.mkdir()
        write_checked(map_, {naam: tekst for naam, tekst in (CASUISTIEK | ALLES_VAN_E).items() if naam != weg})
        bewaard, kaal = (
            figures(DEKOP, map_, [Periode(2018), Periode(2019)], indicatoren=gekozen, queries=queries)
            for queries in (tmp_path / "queries", None)
        )
        pd.testing.assert_frame_equal(bewaard, kaal)
        uitkomsten.append(bewaard)
    eerst, zonder_contacten, zonder_bijeenkomsten, weer = uitkomsten
    pd.testing.assert_frame_equal(weer, eerst)
    assert not eerst.equals(zonder_contacten) and not eerst.equals(zonder_bijeenkomsten)


@pytest.mark.parametrize("geheugen", ["4MB", "64kB"], ids=["little", "too little to spill"])
def test_with_little_memory_the_figures_are_the_same_and_nothing_is_left_behind(
    cijfers, geheugen, tmp_path, monkeypatch
):
    monkeypatch.setattr("kopanalyse.engine.duckdb._memory_limit", lambda: geheugen)
    (tmp_path / "checked").mkdir()
    write_checked(tmp_path / "checked", ALLES)
    pd.testing.assert_frame_equal(figures(DEKOP, tmp_path / "checked", [Periode(2019), Periode(2018)]), cijfers)
    assert [pad.name for pad in tmp_path.iterdir()] == ["checked"]


def test_columns_and_their_types(cijfers):
    assert tuple(cijfers.columns) == KOLOMMEN
    assert cijfers.jaar.dtype == "int64" and cijfers.n_personen.dtype == "int64"
    assert set(cijfers.organisatie) == {"dekop"}


def test_one_row_per_figure(cijfers):
    assert not cijfers.duplicated(SLEUTEL).any()


@pytest.mark.parametrize("naam", INDICATOREN)
def test_the_grid_is_complete(cijfers, naam):
    rijen = cijfers[cijfers.indicator == naam]
    assen = [rijen[kolom].unique() for kolom in SLEUTEL[1:]]
    assert set(map(tuple, rijen[SLEUTEL[1:]].itertuples(index=False))) == set(product(*assen))


def test_every_team_has_every_figure_of_a_table_with_teams(cijfers):
    teams = cijfers[cijfers.indicator == "onafhankelijke_clientondersteuning"].team.unique()
    assert list(teams) == ["Oost", "Zuid", "onbekend", "alle"]


def test_codes_are_there_even_when_nothing_has_them(cijfers):
    assert "presentie" in set(cijfers[cijfers.indicator == "instroom"].categorie)
    assert cijfers[cijfers.indicator == "zrm_groei"].categorie.nunique() == 16 + len(["onbekend", "totaal"])


def test_free_text_has_onbekend_only_when_it_occurs(tmp_path):
    activiteiten = CASUISTIEK["collectieve_activiteiten"].replace("-\n", "jeugd\n")
    write_checked(tmp_path, CASUISTIEK | {"collectieve_activiteiten": activiteiten})
    c = figures(DEKOP, tmp_path, [Periode(2019)], indicatoren=[INDICATOREN["collectieve_activiteiten"]])
    assert list(c.categorie.unique()) == ["75+", "jeugd", "totaal"]


def test_years_only_where_the_indicator_has_no_quarters(cijfers):
    assert set(cijfers[cijfers.indicator == "zrm_intake"].periode) == {"2018", "2019"}
    assert cijfers[cijfers.indicator == "instroom"].periode.nunique() == 2 * (1 + 4)


def test_a_share_without_a_base_is_empty(cijfers):
    leeg = cijfers[(cijfers.eenheid == "aandeel") & (cijfers.noemer == 0)]
    assert len(leeg) and leeg[["waarde", "ondergrens", "bovengrens"]].isna().all(axis=None)


def test_an_indicator_without_its_tables_has_no_rows(tmp_path):
    write_checked(tmp_path, {"trajecten": CASUISTIEK["trajecten"]})
    aanwezig = set(figures(DEKOP, tmp_path, [Periode(2019)]).indicator)
    assert "instroom" in aanwezig and not aanwezig & {"zrm_intake", "klanten", "contacten_per_traject", "vip"}


def test_a_table_with_only_a_header_is_present(tmp_path):
    write_checked(tmp_path, CASUISTIEK | {"informatie_en_advies": "vraag_id datum"})
    c = figures(DEKOP, tmp_path, [Periode(2019)], indicatoren=[INDICATOREN["informatie_en_advies"]])
    assert len(c) and (c.teller == 0).all()


@pytest.mark.parametrize(
    "weg, soorten",
    [
        ("trajecten", {"informatie_en_advies", "collectieve_activiteiten"}),
        ("bijeenkomsten", {"individueel", "leun_en_steun", "presentie", "onbekend", "informatie_en_advies"}),
    ],
)
def test_casuistiek_has_the_kinds_whose_tables_are_there(tmp_path, weg, soorten):
    write_checked(tmp_path, {naam: tekst for naam, tekst in CASUISTIEK.items() if naam != weg})
    c = figures(DEKOP, tmp_path, [Periode(2019)], indicatoren=[INDICATOREN["behandelde_casussen"]])
    assert set(c.categorie) == soorten


def test_no_rule_asks_for_a_table_that_it_does_not_see():
    """Which tables are there is part of the key of a kept query only as far as the rule sees them."""
    gevraagd = set()

    class Noted(list):
        def __contains__(self, naam):
            gevraagd.add(naam)
            return super().__contains__(naam)

    gezien = set()
    for ind in INDICATOREN.values():
        for aanwezig in (TABELLEN, ind.tabellen):
            gevraagd.clear()
            ind.regel(Registratie(DEKOP, Noted(aanwezig), "jaren"))
            gezien |= gevraagd.difference(ind.tabellen)
    assert gezien == set(OPTIONEEL)


def test_chapter_two_is_for_organisations_with_individuele_trajecten(tmp_path):
    write_checked(tmp_path, {naam: tekst.replace("individueel ", "hulp ") for naam, tekst in ALLES.items()})
    codes = MappingProxyType(dict(DEKOP.codelijsten) | {"trajectsoort": ("hulp", "leun_en_steun")})
    c = figures(dataclasses.replace(DEKOP, codelijsten=codes), tmp_path, [Periode(2019)])
    assert "instroom" in set(c.indicator) and "complexiteit" not in set(c.indicator)


def test_thresholds_come_from_the_settings(tmp_path):
    write_checked(tmp_path, CONTACT_TABELLEN)
    licht = dataclasses.replace(DEKOP, drempels=dataclasses.replace(DEKOP.drempels, zwaar_meer_dan=4))
    c = figures(licht, tmp_path, [Periode(2019)], indicatoren=[INDICATOREN["zware_trajecten"]])
    assert c[(c.periode == "2019") & (c.team == "alle")].teller.item() == 2
    assert "meer dan 4 gesprekken" in INDICATOREN["zware_trajecten"].definition(licht)


def test_rows_in_another_order_give_the_same_table(tmp_path, cijfers):
    gedraaid = {}
    for naam, tekst in ALLES.items():
        kop, *rijen = tekst.strip().splitlines()
        gedraaid[naam] = "\n".join([kop, *reversed(rijen)])
    write_checked(tmp_path, gedraaid)
    pd.testing.assert_frame_equal(figures(DEKOP, tmp_path, [Periode(2018), Periode(2019)]), cijfers)


def test_decimals_in_another_order_give_the_same_sum(tmp_path):
    waarden = [f"{1 + (7 * n) % 9}.{(13 * n) % 100:02d}" for n in range(200)]
    cijfers = []
    for volgorde in (waarden, waarden[::-1], sorted(waarden)):
        antwoorden = "\n".join(f"u1 vraag rapportcijfer {waarde}" for waarde in volgorde)
        write_checked(tmp_path, KTO | {"kto_antwoorden": f"uitnodiging_id vraag soort waarde\n{antwoorden}"})
        cijfers.append(figures(DEKOP, tmp_path, [Periode(2019)], indicatoren=[INDICATOREN["kto_rapportcijfer"]]))
    assert cijfers[0].noemer.max() == 200
    pd.testing.assert_frame_equal(cijfers[0], cijfers[1], check_exact=True)
    pd.testing.assert_frame_equal(cijfers[0], cijfers[2], check_exact=True)


def test_all_files_hold_the_same_rows(tmp_path):
    checked = tmp_path / "dekop" / "checked"
    checked.mkdir(parents=True)
    write_checked(checked, ALLES)
    cijfers = compute(DEKOP, tmp_path, [Periode(2019)])
    csv = pd.read_csv(tmp_path / "dekop" / "cijfers.csv", keep_default_na=False, dtype=str)
    parquet = pd.read_parquet(tmp_path / "dekop" / "cijfers.parquet")
    pd.testing.assert_frame_equal(parquet, cijfers, check_dtype=False)
    assert list(csv.columns) == list(KOLOMMEN) and len(csv) == len(cijfers)
    assert pd.to_numeric(csv.waarde).equals(cijfers.waarde)
    boek = load_workbook(tmp_path / "dekop" / "cijfers.xlsx")
    koppen, *rijen = boek["cijfers"].iter_rows(values_only=True)
    leeg = cijfers.astype(object).where(cijfers.notna() & (cijfers != ""), None)
    assert koppen == KOLOMMEN and [list(rij) for rij in rijen] == leeg.to_numpy().tolist()
    assert boek["cijfers"].tables["cijfers"].ref == f"A1:P{len(cijfers) + 1}" and boek["cijfers"].freeze_panes == "A2"
    assert [rij[0] for rij in boek["uitleg"].iter_rows(values_only=True) if rij[1]] == list(KOLOMMEN)
    assert sorted(pad.name for pad in (tmp_path / "dekop").iterdir()) == [
        "checked",
        "cijfers.csv",
        "cijfers.parquet",
        "cijfers.xlsx",
        "delen.parquet",
        "maanden.parquet",
        "spreiding.parquet",
        "telregels.csv",
    ]


@pytest.fixture(scope="module")
def van_2019(tmp_path_factory):
    """``van_2019(groot, tabellen)``: a folder ``processed`` with these tables, and all their figures of 2019."""

    @cache
    def make(groot, alles):
        map_ = tmp_path_factory.mktemp("van_2019")
        checked = map_ / "dekop" / "checked"
        checked.mkdir(parents=True)
        write_checked(checked, ALLES if alles else ALLES_VAN_E)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("kopanalyse.indicators.compute.GROOT", groot)
            return map_, figures(DEKOP, checked, [Periode(2019)])

    return make


def test_years_of_nothing_take_no_place(tmp_path):
    """Whoever types 1999 keeps the figures that were there."""
    checked = tmp_path / "dekop" / "checked"
    checked.mkdir(parents=True)
    write_checked(checked, ALLES)
    compute(DEKOP, tmp_path, [Periode(2019)])
    toen = {pad: pad.read_bytes() for pad in (tmp_path / "dekop").iterdir() if pad.is_file()}
    with pytest.raises(ComputeError, match="Over 1999 is bij dekop niets geregistreerd"):
        compute(DEKOP, tmp_path, [Periode(1999)])
    assert {pad: pad.read_bytes() for pad in (tmp_path / "dekop").iterdir() if pad.is_file()} == toen


@pytest.mark.parametrize("groot", [0, 10**9], ids=["grouped", "plain"])
@pytest.mark.parametrize("naam", INDICATOREN)
def test_the_printed_query_gives_the_figures(van_2019, naam, groot):
    ind = INDICATOREN[naam]
    map_, alle_cijfers = van_2019(groot, set(ind.tabellen) <= set(ALLES))
    cijfers = alle_cijfers[alle_cijfers.indicator == naam]
    if cijfers.empty:
        with pytest.raises(ComputeError, match="nodig zijn"):
            script(ind, DEKOP, map_, [Periode(2019)])
        return
    query = script(ind, DEKOP, map_, [Periode(2019)])
    with duckdb.connect() as con:
        gevonden = con.execute(query).df().set_index(SLEUTEL[1:]).teller
    verwacht = cijfers[cijfers.teller != 0].set_index(SLEUTEL[1:]).teller
    assert gevonden[gevonden != 0].sort_index().to_dict() == verwacht.sort_index().to_dict()


def test_quarters_touch_and_fill_the_year():
    p = periods([Periode(2019)])
    kwartalen = p[p.kwartaal.notna()]
    assert [str(dag) for dag in kwartalen.begin] == ["2019-01-01", "2019-04-01", "2019-07-01", "2019-10-01"]
    assert [str(dag) for dag in kwartalen.eind] == ["2019-03-31", "2019-06-30", "2019-09-30", "2019-12-31"]


def test_tables_checked_under_other_settings_say_so(tmp_path):
    write_checked(tmp_path, {"trajecten": CASUISTIEK["trajecten"]})
    codes = MappingProxyType(dict(DEKOP.codelijsten) | {"trajectsoort": ("leun_en_steun",)})
    with pytest.raises(ComputeError, match="instroom: .*individueel.* kopanalyse check"):
        figures(
            dataclasses.replace(DEKOP, codelijsten=codes),
            tmp_path,
            [Periode(2019)],
            indicatoren=[INDICATOREN["instroom"]],
        )


def test_nothing_checked_says_what_to_run(tmp_path):
    with pytest.raises(ComputeError, match="kopanalyse check --organisatie dekop"):
        figures(DEKOP, tmp_path, [Periode(2019)])


def test_years_without_settings_are_those_in_which_trajecten_started(tmp_path):
    write_checked(tmp_path, ALLES)
    c = figures(dataclasses.replace(DEKOP, jaren=()), tmp_path, [], indicatoren=[INDICATOREN["instroom"]])
    assert set(c.jaar) == {2018, 2019}
