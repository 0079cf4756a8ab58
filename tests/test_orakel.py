"""The library against an independent, naive computation on random hostile registrations, through the command line."""

import csv
import random
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .orakel.langetabel import KOLOMMEN
from .orakel.registratie import TABELLEN, controleer, records, tekst_van
from .orakel.vergelijken import PER_ORGANISATIE, cijfers_uit, draai, gelijk, sleutel_van, toon, vergelijk
from .orakel.willekeurig import schrijf, schrijf_instellingen

pytestmark = pytest.mark.orakel
ZONDER_TEAM = {
    "schoolmaatschappelijk_werk", "schoolmaatschappelijk_werk_informatie_en_advies", "vip", "informele_ondersteuning",
    "formulierenbrigade", "overige_dienstverlening", "productie_uren",
}  # fmt: skip


def eis_gelijk(raw: Path, processed: Path, organisatie: str = "dekop") -> None:
    """Compute one registration with the library and with the oracle, and fail on any difference."""
    verschillen = vergelijk(raw, processed, organisatie)
    assert not verschillen, toon(verschillen)


@pytest.mark.parametrize(
    ("organisatie", "zaad"),
    [("dekop", zaad) for zaad in (0, 1, 2, 3, 4, 5, 9, 10)] + [("smwo", zaad) for zaad in range(4)],
)
def test_library_agrees_with_oracle(organisatie, zaad, tmp_path):
    """The library takes about as long on any of these sizes."""
    schrijf(tmp_path / "raw" / organisatie, zaad, omvang=70 + 10 * zaad, organisatie=organisatie)
    schrijf_instellingen(tmp_path / "raw" / organisatie, zaad, organisatie)
    eis_gelijk(tmp_path / "raw", tmp_path / "processed", organisatie)


@pytest.mark.parametrize(("organisatie", "zaad"), [("dekop", 5), ("smwo", 3)])
def test_library_agrees_with_oracle_as_it_groups_many_rows(organisatie, zaad, tmp_path, monkeypatch):
    monkeypatch.setattr("kopanalyse.indicators.compute.GROOT", 0)
    schrijf(tmp_path / "raw" / organisatie, zaad, omvang=100, organisatie=organisatie)
    schrijf_instellingen(tmp_path / "raw" / organisatie, zaad, organisatie)
    eis_gelijk(tmp_path / "raw", tmp_path / "processed", organisatie)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(organisatie=st.sampled_from(["smwo", "dekop"]), zaad=st.integers(1000, 10**6), omvang=st.integers(1, 60))
def test_library_agrees_with_oracle_on_any_seed(organisatie, zaad, omvang):
    with TemporaryDirectory() as tijdelijk:
        schrijf(Path(tijdelijk) / "raw" / organisatie, zaad, omvang, organisatie=organisatie)
        schrijf_instellingen(Path(tijdelijk) / "raw" / organisatie, zaad, organisatie)
        eis_gelijk(Path(tijdelijk) / "raw", Path(tijdelijk) / "processed", organisatie)


def test_library_agrees_with_oracle_without_trajecten(tmp_path):
    """References to a table that is not there are not checked, and nothing rests on it; answers: only a header."""
    raw = tmp_path / "raw" / "dekop"
    schrijf(raw, 9, omvang=15)
    (raw / "trajecten.csv").unlink()
    (raw / "kto_antwoorden.csv").write_text("waarde;soort;vraag;uitnodiging_id\n", encoding="utf-8")
    assert (raw / "klanttevredenheid.csv").exists()
    eis_gelijk(tmp_path / "raw", tmp_path / "processed")


def test_raw_and_processed_may_be_one_folder(tmp_path):
    schrijf(tmp_path / "dekop", 77, omvang=40)
    eis_gelijk(tmp_path, tmp_path)
    eis_gelijk(tmp_path, tmp_path)


# ------------------------------------------------------------------------------------------- properties of figures


@pytest.fixture(scope="module", params=PER_ORGANISATIE)
def berekend(request, tmp_path_factory):
    """An organisation, the folder of a registration and its figures: those of the library."""
    organisatie = request.param
    map = tmp_path_factory.mktemp("eigenschappen")
    schrijf(map / "raw" / organisatie, 2046, omvang=80, vuil=0, organisatie=organisatie)  # a seed with every table
    draai(map / "raw", map / "processed", organisatie)
    rijen = cijfers_van(map, organisatie)
    assert {rij["indicator"] for rij in rijen if rij["teller"]} == PER_ORGANISATIE[organisatie]
    return organisatie, map, rijen


def cijfers_van(map: Path, organisatie: str) -> list[dict]:
    rijen = cijfers_uit(map / "processed" / organisatie / "cijfers.csv")
    return [rij for rij in rijen if rij["indicator"] in PER_ORGANISATIE[organisatie]]


def test_flows_balance_in_every_period_team_and_kind(berekend):
    _, _, rijen = berekend
    teller = {sleutel_van(rij): rij["teller"] for rij in rijen}
    gezien = 0
    for organisatie, indicator, periode, team, soort, sub in teller:
        if indicator == "beginstand":

            def stroom(naam, plek=(periode, team, soort, sub), organisatie=organisatie):
                return teller[(organisatie, naam, *plek)]

            assert stroom("beginstand") + stroom("instroom") - stroom("uitstroom") == stroom("eindstand")
            if soort != "totaal":
                assert stroom("beginstand") + stroom("instroom") == stroom("behandelde_casussen")
            gezien += stroom("instroom")
    assert gezien > 0


def test_teams_add_up_to_alle(berekend):
    """Counts of rows that belong to one team; distinct clients and participants may be in several."""
    _, _, rijen = berekend
    uniek = {"klanten", "netwerkparticipanten", "clienten", "groepswerk_deelnemers"}
    som, alle = {}, {}
    for rij in rijen:
        plek = (rij["indicator"], rij["periode"], rij["categorie"], rij["subcategorie"])
        if rij["eenheid"] != "aantal" or rij["indicator"] in uniek | ZONDER_TEAM:
            continue
        if rij["team"] == "alle":
            alle[plek] = rij["teller"]
        else:
            som[plek] = som.get(plek, 0) + rij["teller"]
    assert som == alle
    assert sum(alle.values()) > 0


def test_numerators_stay_within_denominators(berekend):
    _, _, rijen = berekend
    aandelen = [rij for rij in rijen if rij["eenheid"] == "aandeel"]
    assert any(rij["noemer"] for rij in aandelen)
    for rij in aandelen:
        assert 0 <= rij["teller"] <= rij["noemer"]
        assert (rij["waarde"] is None) == (rij["noemer"] == 0)
        if rij["ondergrens"] is not None:  # empty for a share of one cluster, and without a value
            assert rij["ondergrens"] - 1e-12 <= rij["waarde"] <= rij["bovengrens"] + 1e-12


def herschrijf(bron: Path, doel: Path, bewerk) -> None:
    """Copy a registration in a plain form, with its rows changed by `bewerk(tabel, kop, rijen)`."""
    doel.mkdir(parents=True)
    for pad in sorted(bron.glob("*.csv")):
        tekst = tekst_van(pad)
        keuzes = [[velden for _, velden in records(tekst, scheiding)] for scheiding in ";,"]
        kop, *rijen = max(keuzes, key=lambda alles: len(set(alles[0]) & set(TABELLEN[pad.stem])))
        with (doel / pad.name).open("w", encoding="utf-8", newline="") as bestand:
            csv.writer(bestand).writerows([kop, *bewerk(pad.stem, kop, rijen)])


def ongelijk(een: list[dict], ander: list[dict]) -> list[str]:
    """The keys whose figures differ."""
    per_sleutel = {sleutel_van(rij): rij for rij in ander}
    fout = [str(sleutel_van(rij)) for rij in een if sleutel_van(rij) not in per_sleutel]
    for rij in een:
        ander_rij = per_sleutel.get(sleutel_van(rij), rij)
        if not all(gelijk(rij[kolom], ander_rij[kolom]) for kolom in KOLOMMEN):
            fout.append(str(sleutel_van(rij)))
    return fout + ["een ander aantal rijen"] * (len(een) != len(ander))


def opnieuw(map: Path, organisatie: str, naam: str, bewerk) -> list[dict]:
    """The figures of the same registration after a change."""
    herschrijf(map / "raw" / organisatie, map / naam / "raw" / organisatie, bewerk)
    draai(map / naam / "raw", map / naam / "processed", organisatie)
    rijen = cijfers_van(map / naam, organisatie)
    shutil.rmtree(map / naam)
    return rijen


def test_order_of_rows_is_irrelevant(berekend):
    organisatie, map, rijen = berekend
    rng = random.Random(1)
    geschud = opnieuw(map, organisatie, "geschud", lambda tabel, kop, inhoud: rng.sample(inhoud, len(inhoud)))
    assert not (fout := ongelijk(rijen, geschud)), toon(fout)


def test_rows_outside_the_period_change_nothing(berekend):
    """Trajecten closed before 2018 or started after 2019, later contacts, and rows of other years."""
    organisatie, map, rijen = berekend
    schoon = controleer(map / "raw" / organisatie, organisatie).schoon
    klant = schoon["trajecten"][0]["klant_id"]
    # a later contact may make a casus of a kort contact, never of one that has more than three contacts already
    contacten = [rij["traject_id"] for rij in schoon["contacten"]]
    nu = next(traject for traject in contacten if contacten.count(traject) > 3)
    activiteit = schoon["collectieve_activiteiten"][0]["activiteit_id"]
    erbij = {
        "trajecten": [
            {"traject_id": "oud", "startdatum": date(2015, 1, 1), "einddatum": date(2017, 12, 31)},
            {"traject_id": "later", "startdatum": date(2020, 1, 1), "einddatum": ""},
        ],
        "contacten": [
            {"contact_id": "later", "traject_id": nu, "datum": date(2020, 1, 1)},
            {"contact_id": "oud", "traject_id": "oud", "datum": date(2016, 1, 1)},
        ],
        "zrm_metingen": [
            {"traject_id": "oud", "moment": "intake", "datum": date(2016, 1, 1), "domein": "Financiën", "score": 2},
            {"traject_id": "oud", "moment": "eind", "datum": date(2019, 1, 1), "domein": "Financiën", "score": 4},
        ],
        "informatie_en_advies": [{"vraag_id": "oud", "datum": date(2017, 12, 31)}],
        "bijeenkomsten": [
            {"bijeenkomst_id": "later", "activiteit_id": activiteit, "datum": date(2020, 1, 1), "aantal_deelnemers": 9},
        ],
        "deelnames": [
            {"activiteit_id": activiteit, "deelnemer_id": "later", "datum": dag}
            for dag in (date(2017, 12, 31), date(2020, 1, 1))
        ],
        "hulpvragen": [{**rij, "traject_id": id} for rij in schoon["hulpvragen"][:9] for id in ("oud", "later")],
        "overige_dienstverlening": [
            {**schoon["overige_dienstverlening"][0], "registratie_id": id, "startdatum": start, "einddatum": eind}
            for id, start, eind in [("oud", date(2017, 1, 1), date(2017, 12, 31)), ("later", date(2020, 1, 1), "")]
        ],
        "productie_uren": [
            {**schoon["productie_uren"][0], "maand": dag, "uren": 9} for dag in (date(2017, 12, 1), date(2020, 1, 1))
        ],
        "formulierenbrigade": [{"bezoek_id": "oud", "klant_id": klant, "datum": date(2017, 12, 31)}],
        "vip": [{"gebeurtenis_id": "oud", "datum": date(2017, 12, 31), "soort": "vacature"}],
        "informele_ondersteuning": [
            {**schoon["informele_ondersteuning"][0], "jaar": jaar, "aantal": 9} for jaar in (2017, 2020)
        ],
        "klanttevredenheid": [
            {"uitnodiging_id": id, "traject_id": traject, "verzendstatus": "verzonden", "ingevuld_op": date(2019, 1, 1)}
            for id, traject in [("oud", "oud"), ("later", "later")]
        ],
        "kto_antwoorden": [
            {**rij, "uitnodiging_id": id} for rij in schoon["kto_antwoorden"][:9] for id in ("oud", "later")
        ],
    }  # fmt: skip
    vast = {
        kolom: next(rij[kolom] for rij in schoon["trajecten"] if rij[kolom])
        for kolom in ("team", "reden_geen_netwerk", "reden_beeindiging", "doorverwezen_naar")
    }
    vast |= {"klant_id": klant, "hoofddomein": "ja", "aanmeldroute": "eigen_initiatief"}
    vast["trajectsoort"] = "individueel" if organisatie == "dekop" else "Maatschappelijk werk"

    def vul_aan(tabel, kop, inhoud):
        namen = [naam.strip() for naam in kop]
        ruim = [{**vast, **rij} for rij in erbij.get(tabel, [])]
        extra = [["" if rij.get(naam) is None else str(rij[naam]) for naam in namen] for rij in ruim]
        return [*extra, *inhoud]

    assert not (fout := ongelijk(rijen, opnieuw(map, organisatie, "aangevuld", vul_aan))), toon(fout)
