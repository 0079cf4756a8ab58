"""What stands beside the trajecten: short questions, group activities with their meetings, and school social work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kopanalyse.demo.dekop import verhaal
from kopanalyse.demo.dekop.verhaal import KERNEN, KWARTALEN, Groep
from kopanalyse.demo.verdeling import Lot, evenredig, gelijkmatig, kaarten, keuze, werkdag, werkdagen

# --- Informatie en advies --------------------------------------------------------------------------------------------


def rijen_vragen() -> list[dict]:
    """Rows of `informatie_en_advies` in order of date."""
    lot = Lot("dekop vragen")
    rijen = []
    for eerste, doorverwezen in ((0, verhaal.VRAGEN_DOORVERWEZEN_2018), (4, verhaal.VRAGEN_DOORVERWEZEN)):
        dagen = [
            werkdag(*kwartaal, lot)
            for kwartaal, aantal in zip(KWARTALEN[eerste : eerste + 4], verhaal.VRAGEN_PER_KWARTAAL[eerste:])
            for _ in range(aantal)
        ]
        teams = kaarten(verhaal.VRAGEN_PER_TEAM, len(dagen), lot)
        domeinen = kaarten(verhaal.VRAGEN_PER_DOMEIN, len(dagen), lot)
        direct = kaarten({True: doorverwezen, False: len(dagen) - doorverwezen}, len(dagen), lot)
        bronnen = kaarten({"app": 94, None: 6}, len(dagen), lot)
        rijen += [
            {"datum": dag, "team": team, "domein": domein, "direct_doorverwezen": door, "bron": bron}
            for dag, team, domein, door, bron in zip(sorted(dagen), teams, domeinen, direct, bronnen, strict=True)
        ]
    for rij in rijen:
        if rij["domein"] == "Activiteiten dagelijks leven" and rij["datum"] < verhaal.ZELFZORG_TOT:
            rij["domein"] = "Zelfzorg"
    return [{"vraag_id": f"V{nummer:05d}"} | rij for nummer, rij in enumerate(rijen, 1)]


# --- Group activities ------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class Activiteit:
    """An activity under construction: the first and last quarter (0 … 7; −1 is before 2018) and its weekday."""

    eerste: int
    laatste: int
    weekdag: int
    startdatum: date
    team: str = ""
    groep: Groep = verhaal.WANDELGROEP
    naam: str = ""
    activiteit_id: str = ""

    def dagen(self, kwartaal: int) -> list[date]:
        """The weekly days of this activity in a quarter."""
        dagen = werkdagen(max(self.startdatum, KWARTALEN[kwartaal].begin), KWARTALEN[kwartaal].eind)
        return [dag for dag in dagen if dag.weekday() == self.weekdag]


def bouw_activiteiten() -> list[Activiteit]:
    """All activities in order of their start: as many per quarter as the story says, named after kind and place."""
    lot = Lot("dekop activiteiten")
    stroom = verhaal.GROEP_STROOM
    lopend = [_activiteit(-1, lot) for _ in range(stroom.begin)]
    alle = list(lopend)
    for kwartaal, (erin, eruit) in enumerate(zip(stroom.erin, stroom.eruit)):
        nieuw = [_activiteit(kwartaal, lot) for _ in range(erin)]
        alle += nieuw
        lopend = sorted(lot.schud(lopend + nieuw), key=lambda a: a.eerste + lot.getal(4))
        for activiteit in lopend[:eruit]:
            activiteit.laatste = kwartaal
        lopend = lopend[eruit:]
    alle.sort(key=lambda a: a.startdatum)
    _noem(alle, lot)
    return alle


def _activiteit(kwartaal: int, lot: Lot) -> Activiteit:
    if kwartaal < 0:
        dag = werkdag(date(2016, 9, 1), date(2017, 12, 22), lot)
    else:
        # In the first seven weeks, so that the first quarter has room for meetings.
        begin = KWARTALEN[kwartaal].begin
        dag = werkdag(begin, date(begin.year, begin.month + 1, 18), lot)
    return Activiteit(kwartaal, len(KWARTALEN) - 1, dag.weekday(), dag)


def _noem(activiteiten: list[Activiteit], lot: Lot) -> None:
    """Team, kind, name and number of each activity; names are unique."""
    per_team: dict[str, int] = {}
    beurt: dict[tuple, int] = {}
    gebruikt: dict[str, int] = {}
    teams = gelijkmatig(verhaal.GROEPEN_PER_TEAM, len(activiteiten))
    for nummer, (activiteit, team) in enumerate(zip(activiteiten, teams), 1):
        activiteit.team, activiteit.activiteit_id = team, f"A{nummer:04d}"
        per_team[team] = per_team.get(team, 0) + 1
        soorten, kernen = _soorten(activiteit, per_team[team])
        plek = beurt.setdefault((team, soorten), lot.getal(len(soorten)))
        beurt[team, soorten] += 1
        activiteit.groep = soorten[plek % len(soorten)]
        naam = f"{activiteit.groep.naam} {kernen[(plek // len(soorten)) % len(kernen)]}"
        gebruikt[naam] = gebruikt.get(naam, 0) + 1
        activiteit.naam = naam if gebruikt[naam] == 1 else f"{naam} (groep {gebruikt[naam]})"


def _soorten(activiteit: Activiteit, hoeveelste: int) -> tuple[tuple[Groep, ...], tuple[str, ...]]:
    """The kinds and the places that the how-manieth activity of a team may get."""
    team = activiteit.team
    if team == verhaal.POOLS_IN_TEAM and hoeveelste % 2 == 0:
        return verhaal.POOLSE_GROEPEN, verhaal.POOLSE_KERNEN
    if team == verhaal.WANDELGROEP_TEAM and hoeveelste == verhaal.WANDELGROEP_NUMMER:
        return (verhaal.WANDELGROEP,), (verhaal.WANDELGROEP_KERN,)
    kernen = tuple(kern.naam for kern in KERNEN if kern.team == team)
    if activiteit.eerste < 0 or activiteit.laatste - activiteit.eerste >= 2:
        return verhaal.DOORLOPENDE_GROEPEN, kernen
    if activiteit.eerste < 4:
        return tuple(groep for groep in verhaal.KORTE_GROEPEN if groep.naam not in verhaal.NIEUW_IN_2019), kernen
    return verhaal.KORTE_GROEPEN, kernen


def rijen_activiteiten(activiteiten: list[Activiteit]) -> list[dict]:
    """Rows of `collectieve_activiteiten`."""
    return [
        {
            "activiteit_id": a.activiteit_id,
            "naam": a.naam,
            "team": a.team,
            "startdatum": a.startdatum,
            "leeftijdsgroep": a.groep.leeftijdsgroep,
            "thema": a.groep.thema,
            "effect": a.groep.effect,
        }
        for a in activiteiten
    ]


def rijen_bijeenkomsten(activiteiten: list[Activiteit]) -> list[dict]:
    """Rows of `bijeenkomsten` in order of date: every activity meets in each of its quarters, not all are counted."""
    lot = Lot("dekop bijeenkomsten")
    rijen = []
    for jaar, totaal, deelnemers in (
        (2018, verhaal.BIJEENKOMSTEN_2018, verhaal.DEELNEMERS_2018),
        (2019, verhaal.BIJEENKOMSTEN, verhaal.DEELNEMERS),
    ):
        cellen = [(a, k) for a in activiteiten for k in _kwartalen(a) if KWARTALEN[k].begin.year == jaar]
        # Fewer meetings in the summer.
        gewichten = [a.groep.bijeenkomsten * (7 if k % 4 == 2 else 10) for a, k in cellen]
        ruimte = [len(a.dagen(k)) for a, k in cellen]
        aantallen = evenredig(totaal, gewichten, 1, ruimte)
        gehouden = [(a, dag) for (a, k), aantal in zip(cellen, aantallen) for dag in _gespreid(a.dagen(k), aantal)]
        geteld = keuze(range(len(gehouden)), lambda _: True, verhaal.GETELD[jaar], lot)
        grootte = evenredig(deelnemers, [gehouden[i][0].groep.grootte * lot.tussen(6, 14) for i in geteld], 1)
        opkomst = dict(zip(geteld, grootte))
        rijen += [
            {"activiteit_id": a.activiteit_id, "datum": dag, "aantal_deelnemers": opkomst.get(i)}
            for i, (a, dag) in enumerate(gehouden)
        ]
    rijen.sort(key=lambda rij: (rij["datum"], rij["activiteit_id"]))
    return [{"bijeenkomst_id": f"B{nummer:05d}"} | rij for nummer, rij in enumerate(rijen, 1)]


def _kwartalen(activiteit: Activiteit) -> range:
    return range(max(activiteit.eerste, 0), activiteit.laatste + 1)


def _gespreid(dagen: list[date], aantal: int) -> list[date]:
    return [dagen[i * len(dagen) // aantal] for i in range(aantal)]


# --- School social work ----------------------------------------------------------------------------------------------


def rijen_school() -> list[dict]:
    """Rows of `schoolmaatschappelijk_werk`, from September 2019, numbered by the schools' own system."""
    lot = Lot("dekop school")
    scholen = verhaal.SCHOOL_CASUSSEN
    soorten = [(school, "casus") for school, aantal in scholen.items() for _ in range(aantal)]
    vragen = evenredig(verhaal.SCHOOL_VRAGEN, list(scholen.values()), 10)
    soorten += [(school, "informatie_en_advies") for school, aantal in zip(scholen, vragen) for _ in range(aantal)]
    dagen = sorted(werkdag(date(2019, 9, 2), date(2019, 12, 20), lot) for _ in soorten)
    return [
        {"registratie_id": f"{nummer:04d}", "school": school, "datum": dag, "soort": soort}
        for nummer, (dag, (school, soort)) in enumerate(zip(dagen, lot.schud(soorten)), 1)
    ]


def rijen_kernen() -> list[dict]:
    """Rows of `kernen`."""
    return [
        {
            "kern": kern.naam,
            "gemeente": verhaal.GEMEENTE,
            "team": kern.team,
            "inwoners": kern.inwoners,
            "breedtegraad": kern.breedte,
            "lengtegraad": kern.lengte,
        }
        for kern in KERNEN
    ]
