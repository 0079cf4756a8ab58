"""What stands beside the trajecten: hours, services outside the contract, and visits to the formulierenbrigade."""

from __future__ import annotations

from datetime import date, timedelta

from kopanalyse.demo.smwo import verhaal
from kopanalyse.demo.smwo.trajecten import GROEPEN, Traject
from kopanalyse.demo.smwo.verhaal import LAATSTE_DAG
from kopanalyse.demo.verdeling import Lot, evenredig, werkdag, werkdagen

JAN_2023, DEC_2023, JAN_2024, DEC_2024 = date(2023, 1, 2), date(2023, 12, 29), date(2024, 1, 2), date(2024, 12, 30)
# Fewer hours in the months with holidays.
VAKANTIE = {2: 92, 7: 80, 8: 72, 12: 84}


def rijen_uren() -> list[dict]:
    """Rows of `productie_uren`: every month and functie, in quarters of an hour."""
    lot = Lot("smwo uren")
    rijen = []
    for functie, per_jaar in verhaal.PRODUCTIE_KWARTIEREN.items():
        for jaar, kwartieren in per_jaar.items():
            maanden = [date(jaar, maand, 1) for maand in range(1, 13)]
            gewichten = [VAKANTIE.get(maand.month, 100) * lot.tussen(92, 108) for maand in maanden]
            rijen += [
                {"maand": maand, "functie": functie, "uren": f"{deel // 4}.{25 * (deel % 4):02d}"}
                for maand, deel in zip(maanden, evenredig(kwartieren, gewichten))
            ]
    return sorted(rijen, key=lambda rij: rij["maand"])


def rijen_overige_diensten() -> list[dict]:
    """Rows of `overige_dienstverlening` in order of start."""
    lot = Lot("smwo overige diensten")
    rijen = []
    for soort, (in_2023, in_2024, beide, kortst, langst) in verhaal.OVERIGE_DIENSTEN.items():
        minstens = timedelta(days=kortst)
        for aantal, begin, einde in (
            # Only in 2023, only in 2024, and in both: when it may begin, and the days between which it ends.
            (in_2023 - beide, (JAN_2023 - minstens, DEC_2023 - minstens), (JAN_2023, DEC_2023)),
            (in_2024 - beide, (JAN_2024, DEC_2024 - minstens), (JAN_2024, None)),
            (beide, (JAN_2023, DEC_2023), (JAN_2024, None)),
        ):
            for _ in range(aantal):
                start = werkdag(*begin, lot)
                eind = max(start + timedelta(days=lot.tussen(kortst, langst)), einde[0])
                rijen.append({"soort": soort, "startdatum": start, "einddatum": _einddatum(start, eind, einde[1])})
    rijen.sort(key=lambda rij: (rij["startdatum"], rij["soort"]))
    return [{"registratie_id": f"R{nummer:04d}"} | rij for nummer, rij in enumerate(rijen, 1)]


def _einddatum(start: date, eind: date, uiterlijk: date | None) -> date | None:
    """The last working day up to `eind`, or to `uiterlijk`; without that, what would end after 2024 is still open."""
    if uiterlijk is None and eind > LAATSTE_DAG:
        return None
    return werkdagen(start, min(eind, uiterlijk or eind))[-1]


def rijen_formulierenbrigade(trajecten: list[Traject]) -> list[dict]:
    """Rows of `formulierenbrigade` in order of date: clients with a traject and people who only come for a form."""
    lot = Lot("smwo formulierenbrigade")
    bezoeken, nummer = [], 0
    for jaar, aantal in verhaal.FORMULIERENBRIGADE.items():
        klanten = sorted({t.klant_id for t in trajecten if t.groep in GROEPEN[jaar]})
        bekend = lot.schud(klanten)[: verhaal.FORMULIEREN_BEKEND[jaar]]
        anderen = [f"F{n:04d}" for n in range(nummer + 1, nummer + 1 + aantal - len(bekend))]
        nummer += len(anderen)
        for klant in [*bekend, *anderen]:
            for _ in range(lot.gewogen({1: 70, 2: 20, 3: 10})):
                bezoeken.append({"klant_id": klant, "datum": werkdag(date(jaar, 1, 2), date(jaar, 12, 20), lot)})
    bezoeken.sort(key=lambda rij: (rij["datum"], rij["klant_id"]))
    return [{"bezoek_id": f"FB{nummer:04d}"} | rij for nummer, rij in enumerate(bezoeken, 1)]
