"""Drill-down: the records of an indicator, counted by a plain loop, are its figures."""

from collections import Counter, defaultdict

import pytest

from kopanalyse.indicators.compute import ComputeError, figures, records
from kopanalyse.indicators.long_table import periods
from kopanalyse.periode import Periode, years_in
from kopanalyse.raw.schema import ALLE, TOTAAL
from kopanalyse.settings import load_settings
from tests.catalogus import INDICATOREN, VOORBEELDEN
from tests.tabel import write_checked

DEKOP = load_settings("dekop")
JAREN = years_in([2018, 2019])
SLEUTEL = ["periode", "team", "categorie", "subcategorie"]


def places(rij):
    """Every row of the long table at which a record counts."""
    for team in {rij.team, ALLE}:
        for categorie in {rij.categorie, TOTAAL} if rij.in_totaal else {rij.categorie}:
            for subcategorie in {rij.subcategorie, TOTAAL}:
                yield rij.periode, team, categorie, subcategorie


def must_be_equal(ind, rijen, cijfers):
    teller, noemer, uniek, personen = Counter(), Counter(), defaultdict(set), defaultdict(set)
    for rij in rijen.itertuples():
        for plaats in places(rij):
            teller[plaats] += rij.teller
            noemer[plaats] += rij.noemer
            uniek[plaats].add(rij.uniek)
            if ind.soort != "aandeel" or rij.teller:
                personen[plaats].add(rij.persoon)
    for cijfer in cijfers.itertuples():
        plaats = tuple(getattr(cijfer, kolom) for kolom in SLEUTEL)
        geteld = len(uniek[plaats]) if ind.soort == "uniek" else teller[plaats]
        assert cijfer.teller == pytest.approx(geteld, abs=1e-8), plaats
        assert cijfer.n_personen == len(personen[plaats]), plaats
        if ind.soort in ("aandeel", "gemiddelde"):
            basis = plaats if ind.aandeel_van == "categorie" else (cijfer.periode, cijfer.team, TOTAAL, "")
            assert cijfer.noemer == noemer[basis], plaats


@pytest.mark.parametrize("naam", INDICATOREN)
def test_records_of_the_example_are_its_figures(naam, tmp_path):
    write_checked(tmp_path, VOORBEELDEN[naam].tabellen)
    cijfers = figures(DEKOP, tmp_path, JAREN, indicatoren=[INDICATOREN[naam]])
    assert cijfers.teller.sum() > 0
    must_be_equal(INDICATOREN[naam], records(INDICATOREN[naam], DEKOP, tmp_path, periods(JAREN)), cijfers)


@pytest.mark.parametrize("naam", INDICATOREN)
def test_records_of_the_demonstration_are_its_figures(naam, demo_map, demo_cijfers):
    cijfers = demo_cijfers[demo_cijfers.indicator == naam]
    if cijfers.empty:
        pytest.skip("not registered in this demonstration")
    checked = demo_map / "processed" / "dekop" / "checked"
    must_be_equal(INDICATOREN[naam], records(INDICATOREN[naam], DEKOP, checked, periods(JAREN)), cijfers)


def test_keys_come_first_and_nothing_comes_twice(tmp_path):
    write_checked(tmp_path, VOORBEELDEN["kto_rapportcijfer"].tabellen)
    kolommen = list(records(INDICATOREN["kto_rapportcijfer"], DEKOP, tmp_path, periods(JAREN)))
    assert kolommen[:7] == ["traject_id", "klant_id", "uitnodiging_id", *SLEUTEL]
    assert len(set(kolommen)) == len(kolommen) and not [k for k in kolommen if k.startswith("_")]
    assert {"teller", "noemer", "persoon", "vraag", "waarde", "startdatum"} < set(kolommen)


def test_every_kind_of_casus_keeps_its_key(tmp_path):
    write_checked(tmp_path, VOORBEELDEN["behandelde_casussen"].tabellen)
    rijen = records(INDICATOREN["behandelde_casussen"], DEKOP, tmp_path, periods([Periode(2019)]))
    rijen = rijen.query("periode == '2019'")
    per_soort = rijen.groupby("categorie")[["traject_id", "vraag_id", "activiteit_id"]].count()
    assert per_soort.loc["informatie_en_advies"].tolist() == [0, 3, 0]
    assert per_soort.loc["collectieve_activiteiten"].tolist() == [0, 0, 2]
    assert per_soort.loc["individueel"].tolist() == [3, 0, 0]


def test_one_quarter_has_only_its_own_records(tmp_path):
    write_checked(tmp_path, VOORBEELDEN["instroom"].tabellen)
    p = periods([Periode(2019)])
    rijen = records(INDICATOREN["instroom"], DEKOP, tmp_path, p[p.periode == "2019-K2"])
    assert list(rijen.traject_id) == ["t3"] and set(rijen.periode) == {"2019-K2"}


def test_nothing_checked_says_what_to_run(tmp_path):
    with pytest.raises(ComputeError, match="kopanalyse check --organisatie dekop"):
        records(INDICATOREN["instroom"], DEKOP, tmp_path, periods([Periode(2019)]))


@pytest.mark.parametrize("ind", INDICATOREN.values(), ids=lambda ind: ind.naam)
def test_every_indicator_of_the_library_has_all_its_texts(ind):
    assert all(tekst.strip() for tekst in (ind.titel, ind.definition(DEKOP), ind.waarom, ind.kanttekening, ind.bron))
    assert ind.tabellen and ind.herzien_op
