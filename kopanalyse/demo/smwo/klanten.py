"""Clients: who the trajecten are of, so that as many different people come each year as printed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from kopanalyse.demo.smwo import verhaal
from kopanalyse.demo.smwo.trajecten import ALLEEN_2023, ALLEEN_2024, BEIDE, Traject
from kopanalyse.demo.smwo.verhaal import LAATSTE_DAG
from kopanalyse.demo.verdeling import Lot, kaarten

POGINGEN = 200


def geef_klanten(trajecten: list[Traject]) -> None:
    """Fills klant_id and team. Nobody has two trajecten of one soort at a time."""
    lot = Lot("smwo klanten")
    per_groep = {
        groep: lot.schud([t for t in trajecten if t.groep == groep]) for groep in (BEIDE, ALLEEN_2023, ALLEEN_2024)
    }
    van: dict[int, list[Traject]] = defaultdict(list)
    doorlopend = verhaal.CLIENTEN_DOORLOPEND
    nieuw_in_2023 = range(doorlopend, verhaal.CLIENTEN[2023])
    terug = lot.schud(nieuw_in_2023)[: verhaal.CLIENTEN_TERUG]
    nieuw_in_2024 = verhaal.CLIENTEN[2024] - doorlopend - len(terug)
    later = [*terug, *range(verhaal.CLIENTEN[2023], verhaal.CLIENTEN[2023] + nieuw_in_2024)]
    for groep, eerst, bekend in (
        (BEIDE, range(doorlopend), range(doorlopend)),
        (ALLEEN_2023, nieuw_in_2023, range(verhaal.CLIENTEN[2023])),
        (ALLEEN_2024, later, [*range(doorlopend), *later]),
    ):
        # Each of these clients once, so that all of them come; the rest of the trajecten is of somebody known.
        for klant, traject in zip(eerst, per_groep[groep]):
            van[klant].append(traject)
        for traject in per_groep[groep][len(eerst) :]:
            van[_vrije_klant(traject, bekend, van, lot)].append(traject)
    _nummer(van, lot)


def _vrije_klant(traject: Traject, bekend: range | list[int], van: dict[int, list[Traject]], lot: Lot) -> int:
    for _ in range(POGINGEN):
        klant = lot.een(bekend)
        if not any(_botst(traject, ander) for ander in van[klant]):
            return klant
    raise ValueError(f"geen klant gevonden voor een traject {traject.soort} vanaf {traject.start}")


def _botst(een: Traject, ander: Traject) -> bool:
    return een.soort == ander.soort and een.start <= ander.tot and ander.start <= een.tot


def _nummer(van: dict[int, list[Traject]], lot: Lot) -> None:
    """Numbers the clients in order of their first traject; a client is seen at one location."""
    volgorde = sorted(van.values(), key=lambda eigen: min(t.traject_id for t in eigen))
    teams = kaarten(verhaal.TEAMS, len(volgorde), lot)
    for nummer, (eigen, team) in enumerate(zip(volgorde, teams), 1):
        for traject in eigen:
            traject.klant_id, traject.team = f"K{nummer:05d}", team


def rijen_klanten(trajecten: list[Traject]) -> list[dict]:
    """Rows of `klanten`."""
    lot = Lot("smwo klantrijen")
    klanten = sorted({t.klant_id for t in trajecten})
    klassen = kaarten(verhaal.LEEFTIJDEN, len(klanten), lot)
    geslachten = kaarten(verhaal.GESLACHT, len(klanten), lot)
    return [
        {"klant_id": klant_id, "geboortedatum": klasse and _geboren(klasse, lot), "geslacht": geslacht}
        for klant_id, klasse, geslacht in zip(klanten, klassen, geslachten)
    ]


def _geboren(klasse: tuple[int, int], lot: Lot) -> date:
    jong, oud = klasse
    return date(LAATSTE_DAG.year - lot.tussen(jong, oud), lot.tussen(1, 12), lot.tussen(1, 28))
