"""What any rule must keep to, what a registration covers, which years and roles there are, and counts per month."""

import dataclasses
from datetime import date
from types import MappingProxyType

import pandas as pd
import pyarrow.parquet as pq
import pytest

from kopanalyse.cli import main
from kopanalyse.engine.words import literal
from kopanalyse.indicators.compute import _likely, compute, figures, monthly
from kopanalyse.indicators.contract import ContractError
from kopanalyse.indicators.coverage import covered
from kopanalyse.indicators.eigen import eigen_indicator
from kopanalyse.indicators.grouping import TABELLEN_MET_TEAM
from kopanalyse.indicators.indicator import lijst
from kopanalyse.periode import Periode, PeriodeError
from kopanalyse.settings import Dekking, load_settings
from tests.catalogus import INDICATOREN
from tests.tabel import write_checked, write_raw

DEKOP = load_settings("dekop")
TRAJECTEN = """
    traject_id klant_id team trajectsoort  dienstverlening startdatum einddatum
    t1         k1       Oost individueel   casus           2018-01-01 2019-02-01
    t2         k2       Zuid individueel   casus           2019-03-31 -
    t3         k3       -    leun_en_steun kort            2019-01-01 -
"""
CONTACTEN = """
    contact_id traject_id datum
    c1         t1         2018-02-01
    c2         t2         2019-04-01
"""
TABELLEN = {"trajecten": TRAJECTEN, "contacten": CONTACTEN}


@pytest.fixture
def checked(tmp_path):
    write_checked(tmp_path, TABELLEN)
    return tmp_path


def declared(regel, **eigenschappen):
    """An indicator as somebody else declares it."""
    ind = eigen_indicator("Eigen telling", regel, soort=eigenschappen.pop("soort", "aantal"))
    return dataclasses.replace(ind, tabellen=("trajecten",), **eigenschappen)


@pytest.mark.parametrize(
    "regel, soort, zin",
    [
        (
            lambda r: r.behandeld().mutate(teller=0.5),
            "aandeel",
            "teller is 0,5; verwacht wordt een heel getal. Het gaat om traject_id t1, 2019, team Oost",
        ),
        (
            lambda r: r.behandeld().mutate(teller=2),
            "aandeel",
            "teller 2 en noemer 1; verwacht wordt een teller van 0 tot en",
        ),
        (
            lambda r: r.behandeld().mutate(teller=-1),
            "aandeel",
            "teller is -1; verwacht wordt 0 of meer. Het gaat om traject_id t1",
        ),
        (lambda r: r.behandeld().mutate(teller=1.5), "aantal", "teller is 1,5; verwacht wordt een heel getal"),
        (lambda r: r.behandeld().mutate(categorie=literal("totaal")), "aantal", "categorie heet 'totaal'"),
        (lambda r: r.behandeld().mutate(team=literal("alle")), "aantal", "team heet 'alle'"),
    ],
)
def test_a_record_that_no_figure_can_be_made_of_is_named(checked, regel, soort, zin):
    ind = declared(regel, soort=soort, categorie=lijst("a") if "categorie" in zin else None)
    with pytest.raises(ContractError) as fout:
        figures(DEKOP, checked, [Periode(2019)], indicatoren=[ind])
    melding = str(fout.value).replace("periode 2019", "2019")
    assert melding.startswith("Eigen telling (eigen_telling): ") and zin in melding and "k1" not in melding


def test_what_keeps_to_the_contract_is_counted(checked):
    ind = declared(lambda r: r.behandeld().mutate(teller=literal(0.0), noemer=2), soort="aandeel")
    c = figures(DEKOP, checked, [Periode(2019)], indicatoren=[ind])
    assert c[(c.team == "alle")][["teller", "noemer", "waarde"]].values.tolist() == [[0, 6, 0]]


def test_a_share_of_all_categories_may_have_subcategories(checked):
    ind = eigen_indicator(
        "Verdeling",
        lambda r: r.behandeld().mutate(categorie="trajectsoort", subcategorie="dienstverlening", teller=1),
        soort="aandeel",
        aandeel_van="alle categorieën",
    )
    c = figures(DEKOP, checked, [Periode(2019)], indicatoren=[ind])
    per = c[c.team == "alle"].set_index(["categorie", "subcategorie"])
    assert (per.noemer == 3).all() and per.teller["individueel", "casus"] == 2 and per.teller["totaal", "kort"] == 1


def test_every_table_with_a_team_counts_as_one_but_that_of_the_villages():
    assert TABELLEN_MET_TEAM == ("trajecten", "informatie_en_advies", "collectieve_activiteiten")


def test_clusters_widen_the_interval_and_one_answer_each_leaves_it(tmp_path):
    def antwoorden(wie):
        regels = "\n".join(f"u{wie(n)} vraag rapportcijfer {cijfer}" for n, cijfer in enumerate((5, 5, 9, 9)))
        return f"uitnodiging_id vraag soort waarde\n{regels}"

    uitnodigingen = "uitnodiging_id traject_id verzendstatus\n" + "\n".join(f"u{n} t1 verzonden" for n in range(4))
    grenzen = []
    for wie in (lambda n: n, lambda n: n // 2, lambda n: 0):
        write_checked(tmp_path, TABELLEN | {"klanttevredenheid": uitnodigingen, "kto_antwoorden": antwoorden(wie)})
        c = figures(DEKOP, tmp_path, [Periode(2019)], indicatoren=[INDICATOREN["kto_rapportcijfer"]])
        grenzen.append(c[(c.team == "alle") & (c.categorie == "totaal")].iloc[0])
    los, paren, een = grenzen
    assert los.waarde == paren.waarde == een.waarde == 7 and pd.isna(een.ondergrens)
    # on paper: s = 4 / sqrt 3, t(3) = 3,182446; and of two pairs e = -4 and 4, v = 2/1 * 32/16 = 4, t(1) = 12,706205
    assert los.bovengrens == pytest.approx(7 + 3.182446305 * (16 / 3) ** 0.5 / 2)
    assert paren.bovengrens == pytest.approx(7 + 12.70620474 * 2)


# Coverage


def dekking(**dagen):
    algemeen = Dekking(dagen.pop("van", None), dagen.pop("tot", None))
    return dataclasses.replace(DEKOP, dekking=dataclasses.replace(algemeen, per_tabel=dagen))


def of_2018_and_2019(settings, checked, naam):
    c = figures(settings, checked, [Periode(2018), Periode(2019)], indicatoren=[INDICATOREN[naam]])
    return list(c[(c.team == "alle") & c.periode.isin(["2018", "2019"])].drop_duplicates("periode").dekking)


@pytest.mark.parametrize(
    "naam, dagen, verwacht",
    [
        ("instroom", {}, ["volledig", "volledig"]),
        ("instroom", {"van": date(2018, 1, 1), "tot": date(2019, 12, 31)}, ["volledig", "volledig"]),
        ("instroom", {"van": date(2018, 1, 2), "tot": date(2019, 12, 30)}, ["deels", "deels"]),
        ("instroom", {"van": date(2019, 1, 1)}, ["buiten", "volledig"]),
        ("instroom", {"contacten": Dekking(date(2019, 1, 1))}, ["volledig", "volledig"]),
        ("contacten_per_casus", {"contacten": Dekking(date(2019, 1, 1))}, ["buiten", "deels"]),  # t1 began in 2018
        ("contacten_per_casus", {"contacten": Dekking(date(2018, 1, 1))}, ["volledig", "volledig"]),
        ("contacten_per_casus", {"contacten": Dekking(date(2018, 1, 2))}, ["deels", "deels"]),
        ("korte_contacten", {"contacten": Dekking(date(2019, 1, 1))}, ["buiten", "volledig"]),  # t3, which began then
        ("casussen", {"contacten": Dekking(date(2019, 1, 1))}, ["buiten", "deels"]),
        ("behandelde_casussen", {"contacten": Dekking(date(2019, 1, 1))}, ["volledig", "volledig"]),
    ],
)
def test_what_is_covered_of_a_figure_stands_beside_it(checked, naam, dagen, verwacht):
    assert of_2018_and_2019(dekking(**dagen), checked, naam) == verwacht


def test_without_an_end_the_registration_ends_on_the_day_of_checking(tmp_path):
    for dag, verwacht in ((b"2018-12-31", ["volledig", "buiten"]), (b"2019-06-30", ["volledig", "deels"])):
        write_checked(tmp_path, TABELLEN)
        for pad in tmp_path.glob("*.parquet"):
            pq.write_table(pq.read_table(pad).replace_schema_metadata({b"gecontroleerd": dag}), pad)
        assert of_2018_and_2019(DEKOP, tmp_path, "instroom") == verwacht


def test_days_are_held_against_all_tables():
    tabellen = {"a": Dekking(date(2019, 1, 1), date(2019, 6, 30)), "b": Dekking(date(2019, 7, 1), None)}
    jaar, juni = (date(2019, 1, 1), date(2019, 12, 31)), (date(2019, 6, 1), date(2019, 6, 30))
    assert covered(tabellen, *jaar, date(2020, 1, 1)) == "deels"
    assert covered(tabellen, *juni, date(2020, 1, 1)) == "buiten"


def test_both_days_stand_inside_the_files(tmp_path):
    write_raw(tmp_path / "raw" / "dekop", {"trajecten": TRAJECTEN})
    assert (
        main(
            [
                "compute",
                "--organisatie",
                "dekop",
                "--raw",
                str(tmp_path / "raw"),
                "--processed",
                str(tmp_path / "processed"),
            ]
        )
        == 0
    )
    vandaag = date.today().isoformat().encode()
    map_ = tmp_path / "processed" / "dekop"
    assert pq.read_schema(map_ / "checked" / "trajecten.parquet").metadata[b"gecontroleerd"] == vandaag
    cijfers = pq.read_schema(map_ / "cijfers.parquet").metadata
    assert cijfers[b"gecontroleerd"] == cijfers[b"berekend"] == vandaag


# Years, roles, months


@pytest.mark.parametrize(
    "aantallen, jaren",
    [
        ({219: 1, 2022: 480, 2023: 510, 2062: 1}, [2022, 2023]),
        ({2022: 100, 2023: 100, 2024: 5}, [2022, 2023, 2024]),
        ({2022: 100, 2023: 100, 2024: 4}, [2022, 2023]),
        ({2023: 100, 2026: 90, 2027: 80}, [2023, 2026]),
        ({}, []),
    ],
)
def test_a_slip_of_the_pen_is_no_reporting_year(aantallen, jaren):
    gekozen, andere = _likely(aantallen, 2026)
    assert gekozen == jaren and set(gekozen) | set(andere) == set(aantallen)


def test_years_that_are_left_out_are_said_in_one_line(tmp_path):
    rijen = "\n".join(f"t{n} k{n} individueel 2019-01-0{1 + n % 9}" for n in range(40))
    anders = "x k individueel 0219-01-01\ny k individueel 2018-01-01\nz k individueel 2018-01-01"
    write_checked(tmp_path, {"trajecten": f"traject_id klant_id trajectsoort startdatum\n{rijen}\n{anders}"})
    gezegd = []
    c = figures(
        dataclasses.replace(DEKOP, jaren=()), tmp_path, [], indicatoren=[INDICATOREN["instroom"]], zeg=gezegd.append
    )
    assert set(c.jaar) == {2018, 2019} and len(gezegd) == 1 and "0219 (1)" in gezegd[0]


@pytest.mark.parametrize("jaar", ["9999", "0000", "1899"])
def test_a_year_that_no_report_can_be_about_is_refused(checked, jaar, capsys):
    assert main(["compute", "--organisatie", "dekop", "--jaar", jaar]) == 2
    assert f"--jaar {jaar} kan geen verslagjaar zijn; verwacht wordt een jaar van 1900" in capsys.readouterr().err
    with pytest.raises(PeriodeError, match="kan geen verslagjaar zijn"):
        Periode.parse(jaar)


def test_a_role_is_all_of_its_trajectsoorten_together(checked):
    beide = dataclasses.replace(
        DEKOP, rollen=MappingProxyType({"individueel": ("individueel", "leun_en_steun"), "leun_en_steun": ()})
    )
    for settings, aantal in ((DEKOP, 2), (beide, 3)):
        c = figures(settings, checked, [Periode(2019)], indicatoren=[INDICATOREN["onafhankelijke_clientondersteuning"]])
        assert c[c.team == "alle"].noemer.item() == aantal


def test_counts_per_month_follow_the_same_declarations(checked):
    gekozen = [INDICATOREN[naam] for naam in ("instroom", "eindstand", "clienten", "casussen", "duur")]
    m = monthly(DEKOP, checked, gekozen, [Periode(2019)])
    alle = m[(m.team == "alle") & (m.categorie == "totaal")].set_index(["indicator", "maand"]).teller
    assert list(alle.instroom) == [1, 0, 1] + 9 * [0] and list(alle.eindstand) == [2, 1] + 10 * [2]
    assert list(alle.clienten[:3]) == [2, 2, 2] and alle.index.levels[1][1] == date(2019, 2, 1)
    assert "duur" not in set(m.indicator) and set(m.dekking) == {"volledig"}
    jaar = figures(DEKOP, checked, [Periode(2019)], indicatoren=gekozen[:1])
    per_jaar = jaar[jaar.periode == "2019"].groupby(["team", "categorie"]).teller.sum()
    assert m[m.indicator == "instroom"].groupby(["team", "categorie"]).teller.sum().equals(per_jaar)


def test_what_does_not_count_persons_says_so():
    assert {naam for naam, ind in INDICATOREN.items() if not ind.personen} == {
        "productie_uren",
        "collectieve_activiteiten",
        "collectieve_activiteiten_doorlopend",
        "collectieve_bijeenkomsten",
        "collectieve_bijeenkomsten_geteld",
        "groepswerk_activiteiten",
    }


def test_figures_are_written_together_with_their_coverage(tmp_path):
    (tmp_path / "dekop" / "checked").mkdir(parents=True)
    write_checked(tmp_path / "dekop" / "checked", TABELLEN)
    assert list(compute(DEKOP, tmp_path, [Periode(2019)]).columns)[-1] == "dekking"
