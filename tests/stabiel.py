"""Registrations in which nothing changes: how often does a report call a difference that is none?

Teams and years are drawn alike, so every team of every year held against the year before is one trial. The large run:
``python -m tests.stabiel --teams 400 --jaren 9``.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kopanalyse.indicators.compute import (
    NIVEAUS,
    figures,
    has_dienstverlening,
    load_periods,
    made_from,
    open_checked,
    plain,
    registratie_for,
)
from kopanalyse.indicators.long_table import periods
from kopanalyse.indicators.spread import spread
from kopanalyse.periode import years_in
from kopanalyse.raw.schema import TABELLEN, column_types
from kopanalyse.report.cijfers.compare import _against_rest, change, compared
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.settings import load_settings
from kopanalyse.statistics import SPREIDING
from tests.catalogus import INDICATOREN
from tests.tabel import ARROW

BEGIN = 2010
INSTELLINGEN = 'naam = "Stabiel"\n[drempels]\nleeftijdsklassen = [0, 18, 65]\n'


def write_stable(checked: Path, teams: int, jaren: int, seed: int = 1, per_jaar: int = 45) -> None:
    """Checked tables of an organisation of which every team starts ``per_jaar`` trajecten a year, all drawn alike."""
    rng, dagen = np.random.default_rng(seed), jaren * 365
    n = teams * jaren * per_jaar
    start = rng.integers(-300, dagen, n + n * 300 // dagen)
    n = len(start)
    eind = start + rng.integers(20, 400, n)
    keys = [f"t{i}" for i in range(n)]
    eerste = date(BEGIN, 1, 1)

    def dag(getallen):
        return [eerste + timedelta(days=int(d)) for d in getallen]

    klant = [f"k{i}" for i in range(n)]
    keuze = rng.choice
    trajecten = dict(
        traject_id=keys,
        klant_id=klant,
        team=[f"Team {i:03}" for i in rng.integers(0, teams, n)],
        trajectsoort=["individueel"] * n,
        startdatum=dag(start),
        einddatum=dag(eind),
        aanmelddatum=dag(start - rng.integers(0, 90, n)),
        aanmeldroute=list(keuze(["eigen_initiatief", "verwezen"], n, p=[0.7, 0.3])),
        geschat_aantal_gesprekken=list(keuze([3, 8], n, p=[0.8, 0.2])),
        dienstverlening=list(keuze(["kort", "casus"], n, p=[0.3, 0.7])),
        reden_beeindiging=list(keuze(["klaar", "verhuisd", "gestopt"], n, p=[0.6, 0.1, 0.3])),
        doorverwezen_naar=list(keuze(["huisarts", "elders"], n)),
        verwijzer=list(keuze(["gemeente", "school"], n)),
        onafhankelijke_clientondersteuning=list(map(bool, rng.integers(0, 2, n))),
    )
    per = rng.poisson(rng.gamma(2, 3, n))
    van = np.repeat(np.arange(n), per)
    contacten = dict(
        contact_id=[f"c{i}" for i in range(len(van))],
        traject_id=[keys[i] for i in van],
        datum=dag(start[van] + rng.integers(0, 60, len(van))),
        vorm=list(keuze(["telefonisch", "face_to_face"], len(van))),
        minuten=[30] * len(van),
    )
    gevraagd = np.flatnonzero(rng.random(n) < 0.8)
    ingevuld = rng.random(len(gevraagd)) < 0.45
    kto = dict(
        uitnodiging_id=[f"u{i}" for i in gevraagd],
        traject_id=[keys[i] for i in gevraagd],
        verzendstatus=["verzonden"] * len(gevraagd),
        ingevuld_op=[eerste + timedelta(days=int(eind[i])) if ja else None for i, ja in zip(gevraagd, ingevuld)],
    )
    wie = gevraagd[ingevuld]
    stemming = rng.normal(0, 1, len(wie))
    antwoorden = dict(uitnodiging_id=[], vraag=[], soort=[], waarde=[])
    for i, s in zip(wie, stemming):
        for soort, hoeveel in (("rapportcijfer", rng.integers(1, 9)), ("tevreden", rng.integers(1, 5)), ("effect", 3)):
            for vraag in range(hoeveel):
                toon = s + rng.normal(0, 0.7)
                waarde = min(10, max(1, round(7.5 + toon))) if soort == "rapportcijfer" else int(toon > -0.3)
                for naam, w in zip(antwoorden, (f"u{i}", f"v{vraag}", soort, waarde)):
                    antwoorden[naam].append(w)
    hulp = dict(hulpvraag_id=[], traject_id=[], hulpvraag=[], thema=[], effect=[])
    zrm = dict(traject_id=[], datum=[], moment=[], zrm_versie=[], domein=[], score=[], hoofddomein=[], doelscore=[])
    domeinen = ["Financiën", "Huisvesting", "Justitie", "Dagbesteding", "Verslaving"]
    for i in range(n):
        soort = keuze(["geld", "wonen", "werk", "gezin"])
        for vraag in set(keuze([soort, "geld", "wonen", "werk", "gezin"], rng.integers(1, 5))):
            for naam, w in zip(hulp, (f"h{len(hulp['hulpvraag_id'])}", keys[i], vraag, "thema", "effect")):
                hulp[naam].append(w)
        groei, over = rng.integers(-1, 3), rng.integers(1, 6)
        for domein in domeinen[:over]:
            score = int(rng.integers(1, 5))
            for moment, d, s in (
                ("intake", start[i], score),
                ("eind", eind[i], min(5, max(1, score + groei + rng.integers(0, 2)))),
            ):
                if moment == "eind" and i % 5 == 0:
                    continue
                for naam, w in zip(
                    zrm,
                    (keys[i], eerste + timedelta(days=int(d)), moment, "2017", domein, int(s), True, min(5, score + 1)),
                ):
                    zrm[naam].append(w)
    activiteiten = teams * jaren * 14
    team, loop, kans = (
        rng.integers(0, teams, activiteiten),
        rng.integers(0, dagen, activiteiten),
        rng.beta(2, 1, activiteiten),
    )
    groep = dict(
        activiteit_id=[f"a{i}" for i in range(activiteiten)],
        team=[f"Team {i:03}" for i in team],
        startdatum=dag(loop),
        leeftijdsgroep=["18+"] * activiteiten,
    )
    bij = [
        (f"b{i}-{j}", f"a{i}", eerste + timedelta(days=int(loop[i] + 14 * j)), 8 if rng.random() < kans[i] else None)
        for i in range(activiteiten)
        for j in range(rng.integers(1, 16))
    ]
    bijeenkomsten = dict(zip(("bijeenkomst_id", "activiteit_id", "datum", "aantal_deelnemers"), map(list, zip(*bij))))
    v = teams * jaren * 60
    vragen = dict(
        vraag_id=[f"v{i}" for i in range(v)],
        datum=dag(rng.integers(0, dagen, v)),
        team=[f"Team {i:03}" for i in rng.integers(0, teams, v)],
        direct_doorverwezen=list(map(bool, rng.random(v) < 0.1)),
    )
    klanten = dict(klant_id=klant, geslacht=["vrouw"] * n)
    alles = dict(
        klanten=klanten,
        trajecten=trajecten,
        contacten=contacten,
        klanttevredenheid=kto,
        kto_antwoorden=antwoorden,
        hulpvragen=hulp,
        zrm_metingen=zrm,
        collectieve_activiteiten=groep,
        bijeenkomsten=bijeenkomsten,
        informatie_en_advies=vragen,
    )
    for naam, kolommen in alles.items():
        soorten, lang = column_types(TABELLEN[naam]), len(next(iter(kolommen.values())))
        pq.write_table(
            pa.table(
                {kolom: pa.array(kolommen.get(kolom, [None] * lang), ARROW[soort]) for kolom, soort in soorten.items()}
            ),
            checked / f"{naam}.parquet",
        )


def false_alarms(map_: Path, teams: int, jaren: int, seed: int = 1) -> dict[str, tuple[int, int]]:
    """By figure how many of how many comparisons came out below 5%, though nothing changed.

    With the year before, and (``… naast de rest``) of each team with the rest in the same year. Of a distribution each
    comparison takes another of the categories that get a verdict.
    """
    raw, checked = map_ / "raw" / "stabiel", map_ / "processed" / "stabiel" / "checked"
    raw.mkdir(parents=True)
    checked.mkdir(parents=True)
    (raw / "organisatie.toml").write_text(INSTELLINGEN, encoding="utf-8")
    write_stable(checked, teams, jaren + 1, seed)
    settings, lijst = load_settings("stabiel", raw.parent), years_in(range(BEGIN, BEGIN + jaren + 1))
    getoetst = [ind for ind in INDICATOREN.values() if ind.eenheid in ("aandeel", "gemiddelde")]
    frame = figures(settings, checked, lijst, indicatoren=getoetst)
    with open_checked(settings, checked) as (engine, aanwezig):
        load_periods(engine, periods(lijst))
        engine.add("niveaus", NIVEAUS)
        kan = [
            (i, r)
            for i in getoetst
            for r in [registratie_for(i, settings, aanwezig, has_dienstverlening(checked))]
            if i.is_possible(r)
        ]
        sommen_per_eenheid = spread([(i, r, made_from(i, r, plain)) for i, r in kan], engine, lijst)
        sommen_per_eenheid.to_parquet(checked.parent / SPREIDING, index=False)
    gedaan, alarm = Counter(), Counter()
    namen = [naam for naam in frame.team.unique() if naam.startswith("Team")]
    sommen = None
    for jaar in lijst[1:]:
        c = Cijfers(frame, settings, jaar, "alle", checked.parent)
        c.__dict__["sommen"] = sommen = sommen or c.sommen
        per_team = {team: _categories(c, team) for team in namen}
        # `_against_rest`: whose family a comparison is in does not move its p-value, and takes long to gather
        for plaats, team in enumerate(namen):
            for naam, categorieen in per_team[team].items():
                categorie = categorieen[(plaats + jaar.jaar) % len(categorieen)]
                for wat, verschil in (
                    (naam, change(c, naam, categorie, "", team)),
                    (f"{naam} naast de rest", _against_rest(c, naam, categorie, "", team)),
                ):
                    if verschil is not None and verschil.kans is not None:
                        gedaan[wat] += 1
                        alarm[wat] += verschil.kans <= 0.05
    return {naam: (alarm[naam], aantal) for naam, aantal in gedaan.items()}


def _categories(c: Cijfers, team: str) -> dict[str, list[str]]:
    """By figure the categories that get a verdict; of what has a total only that, for its parts are questions of it."""
    uit: dict[str, list[str]] = {}
    for naam, categorie, _ in compared(c, team):
        if uit.get(naam) != ["totaal"]:
            uit.setdefault(naam, []).append(categorie)
    return uit


def main() -> None:
    """Print the share of false alarms of every figure."""
    opties = argparse.ArgumentParser(description=__doc__)
    for naam, anders in (("teams", 200), ("jaren", 8), ("seed", 1)):
        opties.add_argument(f"--{naam}", type=int, default=anders)
    o = opties.parse_args()
    with tempfile.TemporaryDirectory() as map_:
        uit = false_alarms(Path(map_), o.teams, o.jaren, o.seed)
    print(
        pd.DataFrame(
            [(naam, n, a / n) for naam, (a, n) in uit.items()], columns=["cijfer", "vergelijkingen", "vals alarm"]
        ).to_string(index=False)
    )


if __name__ == "__main__":
    main()
