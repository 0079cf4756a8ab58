"""Looking behind the figures: tables and records on screen, figures of one's own, and nothing of it in a report."""

import types

import pandas as pd
import pytest

from kopanalyse import eigen_indicator, open_rapport, open_registratie
from kopanalyse.checked.provenance import HERKOMST
from kopanalyse.report.cijfers.looked_up import RAPPORT, SLEUTELS
from kopanalyse.report.notebook.asked import RapportError


@pytest.fixture
def demo(demo_map, monkeypatch):
    monkeypatch.setenv("KOPANALYSE_RAW", str(demo_map / "raw"))
    monkeypatch.setenv("KOPANALYSE_PROCESSED", str(demo_map / "processed"))
    return open_registratie("dekop")


def melding(vraag):
    with pytest.raises(RapportError) as fout:
        vraag()
    assert fout.value._render_traceback_() == [str(fout.value)] and "\n" not in str(fout.value)
    return str(fout.value)


def test_a_registration_says_what_it_holds(demo):
    tabellen = demo.tabellen()
    assert repr(demo) == f"Registratie van Sociaal Werk De Kop: {len(tabellen)} tabellen"
    assert demo.settings.organisatie == "dekop"
    for naam in tabellen.index:
        rijen = demo.tabel(naam)
        assert len(rijen) == tabellen.loc[naam, "rijen"] and ", ".join(rijen.columns) == tabellen.loc[naam, "kolommen"]
    trajecten = demo.tabel("trajecten")
    assert trajecten.startdatum.dtype.kind == "M" and trajecten.traject_id.is_unique


def test_findings_are_those_of_the_check(demo, demo_map):
    bevindingen = demo.bevindingen()
    regels = (demo_map / "processed" / "dekop" / "bevindingen.csv").read_text(encoding="utf-8").count("\n") - 1
    assert len(bevindingen) == regels > 0 and set(bevindingen.gewicht) == {"fout", "waarschuwing"}


def test_indicators_are_those_that_the_tables_allow(demo, demo_cijfers):
    indicatoren = demo.indicatoren()
    assert set(indicatoren.index) == set(demo_cijfers.indicator)
    assert "meer dan 5 gesprekken" in indicatoren.loc["zware_trajecten", "definitie"]


def test_rows_stand_beside_what_they_refer_to(demo):
    contacten = demo.tabel("contacten", met=["trajecten", "klanten", "kernen"])
    assert len(contacten) == len(demo.tabel("contacten"))
    assert {"contact_id", "trajectsoort", "geslacht", "inwoners"} < set(contacten.columns)
    eerste = contacten.iloc[0]
    traject = demo.tabel("trajecten").set_index("traject_id").loc[eerste.traject_id]
    assert (eerste.klant_id, eerste.startdatum) == (traject.klant_id, traject.startdatum)
    assert list(demo.tabel("contacten", met="trajecten").contact_id) == list(contacten.contact_id)


@pytest.mark.parametrize(
    "indicator",
    [
        "uitstroom",
        "zrm_groei",
        "complexiteit",
        "klanten",
        "behandelde_casussen",
        "informele_ondersteuning",
        "casussen_per_1000_inwoners",
    ],
)
def test_the_records_of_a_figure_make_the_figure(demo, demo_cijfers, indicator):
    eigen = demo_cijfers[(demo_cijfers.indicator == indicator) & (demo_cijfers.kwartaal.isna())]
    rijen = eigen[(eigen.jaar == 2019) & (eigen.teller > 0)]
    for cijfer in rijen[rijen.team.isin(["alle", "Oost"])].sample(8, random_state=1, replace=True).itertuples():
        records = demo.records(
            indicator, 2019, cijfer.team, categorie=cijfer.categorie, subcategorie=cijfer.subcategorie
        )
        geteld = records.uniek.nunique() if "uniek" in records else records.teller.sum()
        assert geteld == cijfer.teller and set(records.periode) == {"2019"}
        assert ("noemer" in records) == (cijfer.eenheid in ("aandeel", "gemiddelde"))


def test_without_a_categorie_the_records_are_those_of_the_total(demo, demo_cijfers):
    totaal = demo_cijfers.query(
        "indicator == 'casussen_per_1000_inwoners' and periode == '2019' and team == 'alle' and categorie == 'totaal'"
    ).teller.item()
    records = demo.records("casussen_per_1000_inwoners", 2019)
    pd.testing.assert_frame_equal(records, demo.records("casussen_per_1000_inwoners", 2019, categorie="totaal"))
    assert records.teller.sum() == totaal < len(demo.records("casussen_per_kern", 2019))


def test_a_report_opens_the_records_of_its_own_year_and_team(demo):
    rapport = open_rapport("dekop", 2019, "Oost")
    records = rapport.records("zrm_groei", "Financiën", met=["klanten"])
    kwartaal = demo.records("uitstroom", "2019-K3", "Oost")
    assert set(records.team) == {"Oost"} and set(records.categorie) == {"Financiën"} and "geslacht" in records
    assert records.teller.mean() == pytest.approx(
        rapport.cijfers("zrm_groei").set_index("categorie").waarde["Financiën"]
    )
    assert set(kwartaal.einddatum.dt.quarter) == {3} and records.columns[0] == "traject_id"


def test_records_can_be_grouped_by_any_column(demo):
    records = demo.records("uitstroom", 2019)
    per_reden = records.groupby("reden_beeindiging", dropna=False).teller.sum()
    assert (
        per_reden.sum()
        == demo.cijfers("uitstroom", 2019, team="alle")
        .query("periode == '2019' and categorie == 'totaal'")
        .teller.item()
    )


def test_an_indicator_of_ones_own_is_counted_like_any_other(demo, demo_cijfers):
    verwezen = eigen_indicator(
        "Verwezen per soort",
        lambda r: r.gestart().mutate(categorie="trajectsoort", teller=lambda t: t.aanmeldroute == "verwezen"),
        soort="aandeel",
    )
    cijfers = demo.cijfers(verwezen, 2018, "2019")
    assert list(cijfers.columns) == list(demo_cijfers.columns) and set(cijfers.jaar) == {2018, 2019}
    records = demo.records(verwezen, 2019, "Oost", categorie="individueel")
    cijfer = cijfers.query("jaar == 2019 and team == 'Oost' and categorie == 'individueel'").iloc[0]
    assert (records.teller.sum(), records.noemer.sum()) == (cijfer.teller, cijfer.noemer)
    assert cijfer.ondergrens < cijfer.waarde < cijfer.bovengrens
    assert open_rapport("dekop", 2019, "Oost").records(verwezen, "individueel").equals(records)


def test_without_years_those_of_the_settings_are_counted(demo):
    jaren = {periode.jaar for periode in demo.settings.jaren}
    assert set(demo.cijfers("instroom").jaar) == jaren
    assert set(demo.cijfers(eigen_indicator("Begonnen", lambda r: r.gestart())).jaar) == jaren


@pytest.mark.parametrize(
    "vraag, zin",
    [
        (
            lambda r: r.tabel("traject"),
            "De tabel traject is er niet. Bedoelde u trajecten? Mogelijk zijn: bijeenkomsten, ",
        ),
        (lambda r: r.tabel("contacten", met=["klanten"]), "De tabel klanten past niet bij deze rijen. Mogelijk zijn: "),
        (lambda r: r.records("zrm_groi", 2019), "De indicator zrm_groi bestaat niet. Bedoelde u zrm_groei?"),
        (lambda r: r.records("zrm_groei", 2019, "Oosst"), "Het team Oosst bestaat niet. Bedoelde u Oost?"),
        (lambda r: r.records("zrm_groei", 2019, categorie="Financien"), "Bedoelde u Financiën?"),
        (lambda r: r.records("zrm_overgang", 2019, subcategorie="1-3"), "De subcategorie 1-3 bestaat niet."),
        (lambda r: r.records("zrm_groei", "2019-K1"), "De periode 2019-K1 bestaat niet. Bedoelde u 2019?"),
        (
            lambda r: r.records("zrm_groei", "vorig jaar"),
            "vorig jaar is geen periode; verwacht wordt bijvoorbeeld 2019",
        ),
        (lambda r: r.cijfers("instroom", 2019, team="Ost"), "Het team Ost bestaat niet."),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(demo, vraag, zin):
    assert zin in melding(lambda: vraag(demo))


def test_an_indicator_that_the_tables_do_not_allow_says_which_it_needs(eigen):
    registratie = open_registratie("voorbeeld")
    assert "zrm_groei" not in registratie.indicatoren().index
    assert "nodig zijn trajecten, zrm_metingen; aanwezig zijn contacten, klanten, trajecten" in melding(
        lambda: registratie.records("zrm_groei", 2025)
    )


def test_before_anything_is_checked_it_says_what_to_run(klein, monkeypatch):
    monkeypatch.setenv("KOPANALYSE_RAW", str(klein / "raw"))
    monkeypatch.setenv("KOPANALYSE_PROCESSED", str(klein / "processed"))
    assert "Voer eerst `kopanalyse compute --organisatie klein` uit" in melding(lambda: open_registratie("klein"))
    assert "is niet bekend" in melding(lambda: open_registratie("onbekend-huis"))


def test_records_that_are_newer_than_the_figures_are_refused(eigen):
    (eigen / "data" / "processed" / "voorbeeld" / HERKOMST).write_text('{"ruw": {}}')
    assert "Voer eerst kopanalyse compute" in melding(lambda: open_rapport("voorbeeld", 2025).records("instroom"))
    assert len(open_registratie("voorbeeld").records("instroom", 2025)) == 1


@pytest.mark.parametrize(
    "vraag",
    [
        lambda r: r.tabel("klanten"),
        lambda r: r.tabel("bestaat_niet"),
        lambda r: r.bevindingen(),
        lambda r: r.records("uitstroom", 2019),
        lambda r: open_rapport("dekop", 2019).records("uitstroom"),
    ],
)
def test_in_a_report_rows_are_refused(demo, monkeypatch, vraag):
    monkeypatch.setenv(RAPPORT, "1")
    assert "alleen op het scherm, nooit in een rapport" in melding(lambda: vraag(demo))


def test_in_a_report_figures_are_welcome(demo, monkeypatch):
    monkeypatch.setenv(RAPPORT, "1")
    assert len(demo.cijfers("uitstroom", 2019)) and len(demo.indicatoren()) and len(demo.tabellen())


@pytest.mark.parametrize(
    "vraag, merkt",
    [
        (lambda r: r.tabel("klanten"), True),
        (lambda r: r.bevindingen(), True),
        (lambda r: r.records("uitstroom", 2019), True),
        (lambda r: r.cijfers("uitstroom", 2019), False),
        (lambda r: r.tabellen(), False),
        (lambda r: r.indicatoren(), False),
    ],
)
def test_a_cell_with_rows_is_marked_so_that_no_page_is_made_of_it(demo, monkeypatch, vraag, merkt):
    uit = []
    shell = types.SimpleNamespace(display_pub=types.SimpleNamespace(publish=uit.append), user_ns={})
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    vraag(demo)
    assert uit == [{SLEUTELS: True}] * merkt
