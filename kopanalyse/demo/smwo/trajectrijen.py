"""Rows of `trajecten`: how somebody applied and was referred, how long they waited, and how it ended."""

from __future__ import annotations

from datetime import date, timedelta

from kopanalyse.demo.smwo import verhaal
from kopanalyse.demo.smwo.trajecten import GROEPEN, Traject
from kopanalyse.demo.smwo.verhaal import JAREN, KORT
from kopanalyse.demo.verdeling import Lot, kaarten, werkdag

# Days between aanmelddatum and start that are surely under a month, from one to two months, and longer.
WACHTDAGEN = ((0, 27), (32, 58), (63, 150))


def rijen_trajecten(trajecten: list[Traject]) -> list[dict]:
    """Rows of `trajecten`, with the printed shares of everything that is registered once per traject."""
    lot = Lot("smwo trajectrijen")
    aangemeld = _aanmelddatums(trajecten, lot)
    rijen = {t.traject_id: _basis(t, aangemeld.get(t.traject_id), lot) for t in trajecten}
    in_2024 = [t for t in trajecten if t.groep in GROEPEN[2024]]
    eerder = [t for t in trajecten if t.groep not in GROEPEN[2024]]
    for groep in (in_2024, eerder):
        routes = {"eigen_initiatief": verhaal.EIGEN_INITIATIEF, None: verhaal.ONBEKENDE_ROUTE} | verhaal.VERWIJZERS
        for traject, route in zip(groep, kaarten(routes, len(groep), lot), strict=True):
            verwezen = route not in ("eigen_initiatief", None)
            rijen[traject.traject_id]["aanmeldroute"] = "verwezen" if verwezen else route
            rijen[traject.traject_id]["verwijzer"] = route if verwezen else None
    for jaar in JAREN:
        for dienst in (verhaal.CASUS, KORT):
            gesloten = [t for t in trajecten if t.dienst == dienst and t.eind and t.eind.year == jaar]
            redenen = kaarten(verhaal.REDENEN, len(gesloten), lot)
            bestemmingen = kaarten(verhaal.BESTEMMINGEN, len(gesloten), lot)
            for traject, reden, bestemming in zip(gesloten, redenen, bestemmingen, strict=True):
                rijen[traject.traject_id] |= {"reden_beeindiging": reden, "doorverwezen_naar": bestemming}
    return list(rijen.values())


def _basis(traject: Traject, aanmelddatum: date | None, lot: Lot) -> dict:
    return {
        "traject_id": traject.traject_id,
        "klant_id": traject.klant_id,
        "team": traject.team,
        "trajectsoort": traject.soort,
        "dienstverlening": traject.dienst,
        "aanmelddatum": aanmelddatum,
        "startdatum": traject.start,
        "einddatum": traject.eind,
        "aanmeldroute": None,
        "verwijzer": None,
        "reden_beeindiging": None,
        "doorverwezen_naar": None,
        "geregistreerd_op": traject.start + timedelta(days=lot.getal(8)),
    }


# --- Waiting ---------------------------------------------------------------------------------------------------------


def _aanmelddatums(trajecten: list[Traject], lot: Lot) -> dict[str, date]:
    """The aanmelddatum of every traject that has one: the printed waits of the casussen that began in a year."""
    datums = {}
    for traject in trajecten:
        if (traject.kort and lot.getal(12)) or traject.start.year not in JAREN:
            wacht = lot.gewogen({0: 86, 1: 10, 2: 4} if traject.kort else {0: 50, 1: 22, 2: 28})
            datums[traject.traject_id] = _eerder(traject, *WACHTDAGEN[wacht], lot)
    for jaar in JAREN:
        begonnen = lot.schud([t for t in trajecten if not t.kort and t.start.year == jaar])
        begonnen = begonnen[verhaal.ZONDER_AANMELDDATUM[jaar] :]
        wachttijden = [w for w, aantal in enumerate(verhaal.WACHTTIJD[jaar]) for _ in range(aantal)]
        wie = list(zip(begonnen, wachttijden, strict=True))
        vorig_jaar = _aangemeld_in_vorig_jaar(wie, verhaal.AANGEMELD_IN_VORIG_JAAR[jaar], lot)
        for traject, wacht in wie:
            kortst, langst = WACHTDAGEN[wacht]
            dag_in_jaar = (traject.start - date(jaar, 1, 1)).days
            if traject in vorig_jaar:
                kortst = max(kortst, dag_in_jaar + 1)
            else:
                langst = min(langst, dag_in_jaar)
            datums[traject.traject_id] = _eerder(traject, kortst, langst, lot)
    return datums


def _aangemeld_in_vorig_jaar(wie: list[tuple[Traject, int]], aantal: int, lot: Lot) -> set[Traject]:
    """As many as asked: those that must have applied the year before, given their wait, and some of those that may."""
    moet, mag = set(), []
    for traject, wacht in wie:
        kortst, langst = WACHTDAGEN[wacht]
        dag_in_jaar = (traject.start - date(traject.start.year, 1, 1)).days
        if kortst > dag_in_jaar:
            moet.add(traject)
        elif langst > dag_in_jaar:
            mag.append(traject)
    if not len(moet) <= aantal <= len(moet) + len(mag):
        raise ValueError(f"{aantal} aangemeld in het vorige jaar: het kan van {len(moet)} tot {len(moet) + len(mag)}")
    return moet | set(lot.schud(mag)[: aantal - len(moet)])


def _eerder(traject: Traject, kortst: int, langst: int, lot: Lot) -> date:
    """A working day from `langst` to `kortst` days before the start."""
    return werkdag(traject.start - timedelta(days=langst), traject.start - timedelta(days=kortst), lot)
