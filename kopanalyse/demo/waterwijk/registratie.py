"""The registration of Waterwijk: two teams of the demonstration of De Kop under other names, without mistakes."""

from __future__ import annotations

from pathlib import Path

from kopanalyse.demo.dekop.registratie import HOOFDSTUKKEN
from kopanalyse.demo.dekop.trajecten import bouw_trajecten
from kopanalyse.demo.schrijven import als_csv
from kopanalyse.demo.vuil import Tabellen

TEAMS = {"Oost": "Bovenstroom", "West": "Benedenstroom"}
KERNEN = ("Molendam", "Brugwater", "De Kade", "Sluiswijk", "Rietland", "Vlietzicht", "Oude Haven")
_TABELLEN = (
    "klanten",
    "trajecten",
    "contacten",
    "zrm_metingen",
    "klanttevredenheid",
    "kto_antwoorden",
    "informatie_en_advies",
)
_HIER = Path(__file__).parent


def tabellen() -> Tabellen:
    """The tables in our own form, as rows of typed values."""
    trajecten = bouw_trajecten()
    alles: Tabellen = {}
    for hoofdstuk in HOOFDSTUKKEN:
        alles |= hoofdstuk(trajecten)
    plaatsen: dict[str, str] = {}
    uit: Tabellen = {}
    for naam in ("trajecten", "informatie_en_advies"):
        uit[naam] = [rij | {"team": TEAMS[rij["team"]]} for rij in alles[naam] if rij["team"] in TEAMS]
    wie = {rij["klant_id"] for rij in uit["trajecten"]}
    dossiers = {rij["traject_id"] for rij in uit["trajecten"]}
    uit["klanten"] = [
        rij | {"kern": _place(rij["kern"], plaatsen)} for rij in alles["klanten"] if rij["klant_id"] in wie
    ]
    for naam in ("contacten", "zrm_metingen", "klanttevredenheid"):
        uit[naam] = [rij for rij in alles[naam] if rij["traject_id"] in dossiers]
    gevraagd = {rij["uitnodiging_id"] for rij in uit["klanttevredenheid"]}
    uit["kto_antwoorden"] = [rij for rij in alles["kto_antwoorden"] if rij["uitnodiging_id"] in gevraagd]
    nummers = {sleutel: f"{plaats:06}" for plaats, sleutel in enumerate(sorted(wie), start=117)}
    for naam in ("klanten", "trajecten"):
        uit[naam] = [rij | {"klant_id": nummers[rij["klant_id"]]} for rij in uit[naam]]
    uit["kernen"] = [{"kern": kern, "inwoners": 1_200 + 310 * plaats} for plaats, kern in enumerate(KERNEN)]
    return {naam: uit[naam] for naam in (*_TABELLEN, "kernen")}


def _place(kern: str | None, plaatsen: dict[str, str]) -> str | None:
    """An invented village for each that De Kop names."""
    if kern is None:
        return None
    return plaatsen.setdefault(kern, KERNEN[len(plaatsen) % len(KERNEN)])


def bestanden() -> dict[str, bytes]:
    """Every file of the demonstration in our own form by its path within the folder."""
    uit = {f"{naam}.csv": als_csv(naam, rijen) for naam, rijen in tabellen().items()}
    return uit | beside()


def beside() -> dict[str, bytes]:
    """What stands beside the tables in both forms: the settings, and what the reader has to know."""
    return {naam: (_HIER / naam).read_bytes() for naam in ("organisatie.toml", "README.md")}
