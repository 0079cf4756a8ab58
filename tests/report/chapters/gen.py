"""Small registrations to order: teams, months, and what is wrong with them."""

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

KOPPEN = {
    "klanten": ["klant_id", "geboortedatum", "geslacht", "kern"],
    "trajecten": [
        "traject_id",
        "klant_id",
        "team",
        "trajectsoort",
        "startdatum",
        "einddatum",
        "aanmeldroute",
        "geschat_aantal_gesprekken",
    ],
    "contacten": ["contact_id", "traject_id", "datum", "vorm", "minuten"],
    "informatie_en_advies": ["vraag_id", "datum", "team", "domein", "direct_doorverwezen"],
}


def write(
    map_: Path,
    begin: date,
    eind: date,
    teams: list[str],
    per_maand: int = 12,
    *,
    vragen=lambda maand: 8,
    contacten_vanaf: date | None = date(1, 1, 1),
    hernoem: tuple[str, str, date] | None = None,
    seed: int = 1,
    instellingen: str = "",
) -> None:
    """Trajecten of every team from ``begin`` to ``eind``, with their contacten from a day on (None: no table at all).

    ``vragen`` says how many informatie- en adviesvragen each team has in a month.
    """
    rng, uit = Random(seed), {naam: [] for naam in KOPPEN}
    maand = begin.replace(day=1)
    while maand <= eind:
        for team in teams:
            for _ in range(per_maand):
                start, nummer = maand + timedelta(days=rng.randrange(28)), len(uit["trajecten"])
                if not begin <= start <= eind:
                    continue
                einde = start + timedelta(days=rng.randrange(20, 200))
                naam = hernoem[1] if hernoem and team == hernoem[0] and start >= hernoem[2] else team
                uit["klanten"].append([f"K{nummer}", date(rng.randrange(1940, 2010), 5, 5), "vrouw", "Dorp"])
                uit["trajecten"].append(
                    [
                        f"T{nummer}",
                        f"K{nummer}",
                        naam,
                        "individueel",
                        start,
                        einde if einde <= eind else "",
                        rng.choice(["eigen_initiatief", "verwezen"]),
                        rng.randrange(1, 12),
                    ]
                )
                for plaats in range(rng.randrange(1, 10)):
                    dag = start + timedelta(days=5 * plaats)
                    if contacten_vanaf and contacten_vanaf <= dag <= min(eind, einde):
                        uit["contacten"].append([f"C{len(uit['contacten'])}", f"T{nummer}", dag, "telefonisch", 30])
            for _ in range(vragen(maand)):
                dag = maand + timedelta(days=rng.randrange(28))
                if begin <= dag <= eind:
                    uit["informatie_en_advies"].append(
                        [f"V{len(uit['informatie_en_advies'])}", dag, team, "Financiën", "nee"]
                    )
        maand = (maand + timedelta(days=32)).replace(day=1)
    map_.mkdir(parents=True)
    for naam, rijen in uit.items():
        if naam == "contacten" and contacten_vanaf is None:
            continue
        with (map_ / f"{naam}.csv").open("w", newline="", encoding="utf-8") as bestand:
            csv.writer(bestand).writerows([KOPPEN[naam], *rijen])
    (map_ / "organisatie.toml").write_text(instellingen, encoding="utf-8")
