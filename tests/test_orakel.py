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
from .orakel import indicatoren
from .orakel.registratie import TABELLEN, controleer, records, tekst_van
from .orakel.vergelijken import (
    SECTIES, cijfers_uit, draai, gelijk, sleutel_van, toon, verschillen_cijfers, verschillen_controle,
)  # fmt: skip
from .orakel.willekeurig import schrijf

JAREN = (2018, 2019)
ZONDER_TEAM = {
    "schoolmaatschappelijk_werk", "schoolmaatschappelijk_werk_informatie_en_advies", "vip", "informele_ondersteuning",
}  # fmt: skip


def vergelijk(raw: Path, processed: Path) -> None:
    """Compute one registration with the library and with the oracle, and fail on any difference."""
    draai(raw, processed, JAREN)
    verwacht = controleer(raw / "dekop")
    verschillen = verschillen_controle(raw / "dekop", processed / "dekop", verwacht)
    verschillen += verschillen_cijfers(
        cijfers_uit(processed / "dekop" / "cijfers.csv"), indicatoren.bereken(verwacht, "dekop", JAREN)
    )
    assert not verschillen, toon(verschillen)


@pytest.mark.parametrize("zaad", range(12))
def test_library_agrees_with_oracle(zaad, tmp_path):
    """The library takes about as long on any of these sizes."""
    schrijf(tmp_path / "raw" / "dekop", zaad, omvang=70 + 10 * zaad)
    vergelijk(tmp_path / "raw", tmp_path / "processed")


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(zaad=st.integers(1000, 10**6), omvang=st.integers(1, 60))
def test_library_agrees_with_oracle_on_any_seed(zaad, omvang):
    with TemporaryDirectory() as tijdelijk:
        schrijf(Path(tijdelijk) / "raw" / "dekop", zaad, omvang)
        vergelijk(Path(tijdelijk) / "raw", Path(tijdelijk) / "processed")


def test_library_agrees_with_oracle_without_trajecten(tmp_path):
    """References to a table that is not there are not checked, and nothing rests on it; answers: only a header."""
    raw = tmp_path / "raw" / "dekop"
    schrijf(raw, 9, omvang=15)
    (raw / "trajecten.csv").unlink()
    (raw / "kto_antwoorden.csv").write_text("waarde;soort;vraag;uitnodiging_id\n", encoding="utf-8")
    assert (raw / "klanttevredenheid.csv").exists()
    vergelijk(tmp_path / "raw", tmp_path / "processed")


def test_raw_and_processed_may_be_one_folder(tmp_path):
    schrijf(tmp_path / "dekop", 77, omvang=40)
    vergelijk(tmp_path, tmp_path)
    vergelijk(tmp_path, tmp_path)


# ------------------------------------------------------------------------------------------- properties of figures


@pytest.fixture(scope="module")
def berekend(tmp_path_factory):
    """A registration with its figures: those of the library, by key."""
    map = tmp_path_factory.mktemp("eigenschappen")
    schrijf(map / "raw" / "dekop", 2059, omvang=80, vuil=0)  # a seed with every table
    draai(map / "raw", map / "processed", JAREN)
    rijen = cijfers_uit(map / "processed" / "dekop" / "cijfers.csv")
    assert {rij["indicator"] for rij in rijen if rij["teller"] and rij["indicator"] in SECTIES} == SECTIES
    return map, [rij for rij in rijen if rij["indicator"] in SECTIES]


def test_flows_balance_in_every_period_team_and_kind(berekend):
    _, rijen = berekend
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
    _, rijen = berekend
    uniek = {"klanten", "netwerkparticipanten"}
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
    _, rijen = berekend
    aandelen = [rij for rij in rijen if rij["eenheid"] == "aandeel"]
    assert any(rij["noemer"] for rij in aandelen)
    for rij in aandelen:
        assert 0 <= rij["teller"] <= rij["noemer"]
        assert (rij["waarde"] is None) == (rij["noemer"] == 0)
        if rij["waarde"] is not None:
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
        if not all(gelijk(rij[kolom], ander_rij[kolom]) for kolom in indicatoren.KOLOMMEN):
            fout.append(str(sleutel_van(rij)))
    return fout + ["een ander aantal rijen"] * (len(een) != len(ander))


def opnieuw(map: Path, naam: str, bewerk) -> list[dict]:
    """The figures of the same registration after a change."""
    herschrijf(map / "raw" / "dekop", map / naam / "raw" / "dekop", bewerk)
    draai(map / naam / "raw", map / naam / "processed", JAREN)
    rijen = cijfers_uit(map / naam / "processed" / "dekop" / "cijfers.csv")
    shutil.rmtree(map / naam)
    return [rij for rij in rijen if rij["indicator"] in SECTIES]


def test_order_of_rows_is_irrelevant(berekend):
    map, rijen = berekend
    rng = random.Random(1)
    geschud = opnieuw(map, "geschud", lambda tabel, kop, inhoud: rng.sample(inhoud, len(inhoud)))
    assert not (fout := ongelijk(rijen, geschud)), toon(fout)


def test_rows_outside_the_period_change_nothing(berekend):
    """Trajecten closed before 2018 or started after 2019, later contacts, and rows of other years."""
    map, rijen = berekend
    schoon = controleer(map / "raw" / "dekop").schoon
    klant = schoon["trajecten"][0]["klant_id"]
    nu = schoon["trajecten"][0]["traject_id"]
    team = next(rij["team"] for rij in schoon["trajecten"] if rij["team"])
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
            {"bijeenkomst_id": "later", "activiteit_id": schoon["collectieve_activiteiten"][0]["activiteit_id"],
             "datum": date(2020, 1, 1), "aantal_deelnemers": 9},
        ],
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
        "klant_id": klant, "team": team, "trajectsoort": "individueel", "hoofddomein": "ja",
        "reden_geen_netwerk": next(rij["reden_geen_netwerk"] for rij in schoon["trajecten"] if rij["reden_geen_netwerk"]),
    }  # fmt: skip

    def vul_aan(tabel, kop, inhoud):
        namen = [naam.strip() for naam in kop]
        ruim = [{**vast, **rij} for rij in erbij.get(tabel, [])]
        extra = [["" if rij.get(naam) is None else str(rij[naam]) for naam in namen] for rij in ruim]
        return [*extra, *inhoud]

    assert not (fout := ongelijk(rijen, opnieuw(map, "aangevuld", vul_aan))), toon(fout)
