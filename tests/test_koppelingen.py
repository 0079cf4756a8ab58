"""The koppeling for the Gemeentelijk Gegevensmodel, on databases with its tables filled from our own demonstration."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack
from datetime import date

import pandas as pd
import pytest

from kopanalyse.checked.check import check
from kopanalyse.cli import main
from kopanalyse.demo.schrijven import als_csv
from kopanalyse.demo.waterwijk.registratie import tabellen
from kopanalyse.indicators.compute import compute
from kopanalyse.koppelingen import ready_made
from kopanalyse.settings import load_settings
from tests import postgres
from tests.raw.exporteren import VANDAAG

# The tables of GGM 2.5, domain Sociale Teams, as far as the koppeling reads them.
TABELLEN = {
    "client": (
        "client_id",
        "code",
        "gezagsdragergekend",
        "heeft_score_id",
        "heeft_sociaalteamdossier_id",
        "juridischestatus",
    ),
    "sociaalteamdossier": (
        "sociaalteamdossier_id",
        "datumeinde",
        "datumstart",
        "datumvaststelling",
        "omschrijving",
        "status",
        "heeft_aanmelding_caseaanmelding_id",
        "heeft_soort_sociaalteamdossiersoort_id",
    ),
    "sociaalteamdossiersoort": ("sociaalteamdossiersoort_id", "naam", "omschrijving"),
    "caseaanmelding": ("caseaanmelding_id", "datum"),
    "leefgebied": ("leefgebied_id", "naam"),
    "clientbegeleider": ("clientbegeleider_id", "begeleiderscode", "heeft_sociaalteamdossier_id"),
    "score": ("score_id", "datum", "hoogte_score_scoresoort_id", "score_bij_leeggebied_leefgebied_id"),
    "scoresoort": ("scoresoort_id", "niveau"),
}
NIVEAUS = {
    1: "1 acute problematiek",
    2: "2 niet zelfredzaam",
    3: "3 beperkt",
    4: "4 voldoende",
    5: "5 volledig",
    99: "99",
}
SOORTEN = {"individueel": "S1", "leun_en_steun": "S2"}


def wat_het_ggm_heeft():
    """The registration in our own form, without what GGM does not hold."""
    t = tabellen()
    trajecten = [
        {
            naam: rij[naam]
            for naam in ("traject_id", "klant_id", "team", "trajectsoort", "aanmelddatum", "startdatum", "einddatum")
        }
        for rij in t["trajecten"]
    ]
    dicht = {rij["traject_id"]: rij["einddatum"] is not None for rij in trajecten}
    dagen: dict[str, list[date]] = {}
    for rij in t["zrm_metingen"]:
        dagen.setdefault(rij["traject_id"], []).append(rij["datum"])
    zrm = []
    for rij in t["zrm_metingen"]:
        van, eerste, laatste = rij["traject_id"], min(dagen[rij["traject_id"]]), max(dagen[rij["traject_id"]])
        moment = "intake" if rij["datum"] == eerste else "eind" if dicht[van] and rij["datum"] == laatste else "tussen"
        zrm.append({naam: rij[naam] for naam in ("traject_id", "datum", "domein", "score")} | {"moment": moment})
    geregistreerd = [rij["moment"] for rij in t["zrm_metingen"]]
    assert sum(a == b["moment"] for a, b in zip(geregistreerd, zrm)) > 0.9 * len(
        zrm
    )  # nearly always what was registered
    klanten = [{"klant_id": rij["klant_id"]} for rij in t["klanten"]]
    return {"klanten": klanten, "trajecten": trajecten, "zrm_metingen": zrm}


def als_ggm(eigen):
    """Rows of the tables of GGM that say the same."""
    rijen = {naam: [] for naam in TABELLEN}
    rijen["sociaalteamdossiersoort"] = [(sleutel, naam, None) for naam, sleutel in SOORTEN.items()]
    rijen["scoresoort"] = [(f"N{waarde}", niveau) for waarde, niveau in NIVEAUS.items()]
    domeinen = {
        naam: f"L{plaats}" for plaats, naam in enumerate(dict.fromkeys(r["domein"] for r in eigen["zrm_metingen"]))
    }
    rijen["leefgebied"] = [(sleutel, naam) for naam, sleutel in domeinen.items()]
    van = {}
    for nummer, r in enumerate(eigen["trajecten"]):
        van[r["traject_id"]] = r["klant_id"]
        rijen["caseaanmelding"].append((f"A{nummer}", r["aanmelddatum"]))
        rijen["sociaalteamdossier"].append(
            (
                r["traject_id"],
                r["einddatum"],
                r["startdatum"],
                None,
                None,
                None,
                f"A{nummer}",
                SOORTEN[r["trajectsoort"]],
            )
        )
        rijen["clientbegeleider"].append((f"B{nummer}", f"mw {r['team']}", r["traject_id"]))
        rijen["client"].append((f"C{nummer}", r["klant_id"], None, None, r["traject_id"], None))
    for nummer, r in enumerate(eigen["zrm_metingen"]):
        rijen["score"].append((f"Z{nummer}", r["datum"], f"N{r['score']}", domeinen[r["domein"]]))
        rijen["client"].append((f"CZ{nummer}", van[r["traject_id"]], None, f"Z{nummer}", r["traject_id"], None))
    return rijen


def fill_sqlite(map_, eigen):
    """A SQLite with the tables of GGM, days as texts; its address."""
    with sqlite3.connect(map_ / "ggm.db") as con:
        for naam, rijen in als_ggm(eigen).items():
            con.execute(f"CREATE TABLE {naam} ({', '.join(TABELLEN[naam])})")
            plekken = ", ".join("?" * len(TABELLEN[naam]))
            con.executemany(
                f"INSERT INTO {naam} VALUES ({plekken})",
                [tuple(w.isoformat() if isinstance(w, date) else w for w in rij) for rij in rijen],
            )
    con.close()
    return f"sqlite://{map_ / 'ggm.db'}"


def fill_postgresql(adres, eigen):
    """A PostgreSQL with the tables of GGM, keyed, days as dates and texts of a certain length; its address."""
    import pyarrow as pa
    from adbc_driver_postgresql import dbapi

    with dbapi.connect(adres) as con, con.cursor() as cursor:
        for naam, rijen in als_ggm(eigen).items():
            typen = {kolom: "date" if kolom.startswith("datum") else "varchar(255)" for kolom in TABELLEN[naam]}
            kolommen = ", ".join(f"{kolom} {soort}" for kolom, soort in typen.items())
            cursor.execute(f"CREATE TABLE {naam} ({kolommen}, PRIMARY KEY ({TABELLEN[naam][0]}))")
            soorten = {"date": pa.date32(), "varchar(255)": pa.string()}
            per_kolom = dict(zip(typen, zip(*rijen)))
            cursor.adbc_ingest(
                naam, pa.table({k: pa.array(per_kolom[k], soorten[typen[k]]) for k in typen}), mode="append"
            )
        con.commit()
    return adres


@pytest.fixture(scope="module")
def eigen():
    return wat_het_ggm_heeft()


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.databank)])
def cijfers(request, tmp_path_factory, eigen):
    map_ = tmp_path_factory.mktemp("ggm")
    for naam in ("eigen", "ggm"):
        (map_ / "raw" / naam).mkdir(parents=True)
        (map_ / "raw" / naam / "organisatie.toml").write_text('naam = "Proef"\njaren = [2018, 2019]\n')
    for naam, rijen in eigen.items():
        (map_ / "raw" / "eigen" / f"{naam}.csv").write_bytes(als_csv(naam, rijen))
    assert main(["bron", "--organisatie", "ggm", "--raw", str(map_ / "raw"), "--neem", "ggm-sociale-teams"]) == 0
    teams = sorted({rij["team"] for rij in eigen["trajecten"]})
    (map_ / "raw" / "ggm" / "koppeling" / "begeleiders.csv").write_text(
        "code,betekenis\n" + "".join(f"mw {team},{team}\n" for team in teams)
    )
    uit = {}
    with pytest.MonkeyPatch.context() as omgeving, ExitStack() as open_:
        if request.param == "sqlite":
            adres = fill_sqlite(map_, eigen)
        else:
            adres = fill_postgresql(open_.enter_context(postgres.for_tests()), eigen)
        omgeving.setenv("GGM", adres)
        for naam in ("eigen", "ggm"):
            settings = load_settings(naam, map_ / "raw")
            controle = check(settings, map_ / "raw", map_ / "processed", vandaag=VANDAAG)
            uit[naam] = (
                controle,
                (compute(settings, map_ / "processed", []).drop(columns="organisatie").reset_index(drop=True)),
            )
    return uit


def test_the_same_figures_as_from_our_own_form(cijfers):
    pd.testing.assert_frame_equal(cijfers["ggm"][1], cijfers["eigen"][1])
    assert len(cijfers["ggm"][1]) > 500


def test_all_rows_arrive(cijfers, eigen):
    tellingen = {naam: [(t.tabel, t.gelezen, t.quarantaine) for t in cijfers[naam][0].inlezen] for naam in cijfers}
    assert tellingen["ggm"] == tellingen["eigen"]
    assert {tabel: gelezen for tabel, gelezen, _ in tellingen["ggm"]} == {naam: len(r) for naam, r in eigen.items()}


def test_nothing_is_overwritten(tmp_path, capsys):
    opdracht = ["bron", "--organisatie", "x", "--raw", str(tmp_path), "--neem", "ggm-sociale-teams"]
    assert main(opdracht) == 0 and main(opdracht) == 1
    assert "wordt niet overschreven" in capsys.readouterr().err


def test_what_stands_ready_is_said(tmp_path, capsys):
    assert ready_made() == ["ggm-sociale-teams"]
    assert main(["bron", "--organisatie", "x", "--raw", str(tmp_path), "--neem", "ggm"]) == 2
    assert "Mogelijk zijn: ggm-sociale-teams" in capsys.readouterr().err
