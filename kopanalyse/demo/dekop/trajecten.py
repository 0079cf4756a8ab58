"""Clients and trajecten: who comes in and goes out in each quarter, and what is registered at the start and the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kopanalyse.demo.dekop import verhaal
from kopanalyse.demo.dekop.verhaal import KERNEN, KWARTALEN, LAATSTE_DAG, Kern, Stroom
from kopanalyse.demo.verdeling import Lot, evenredig, gelijkmatig, kaarten, werkdag

EERSTE_START = date(2016, 9, 1)
NIEUWJAAR_2019 = date(2019, 1, 1)
# How far the order of closing strays from the order of starting, in days, and the shortest traject.
MENGING, KORTSTE = 260, timedelta(days=9)


@dataclass(eq=False)
class Traject:
    """A traject under construction: `soort` is a trajectsoort, `zwaar` says how its worker judged it at the start."""

    soort: str
    zwaar: bool
    start: date
    eind: date | None = None
    kern: Kern = KERNEN[0]
    klant_id: str = ""
    traject_id: str = ""

    @property
    def in_2019(self) -> bool:
        """Behandeld in 2019."""
        return self.eind is None or self.eind >= NIEUWJAAR_2019

    @property
    def begonnen_in_2019(self) -> bool:
        return self.start >= NIEUWJAAR_2019

    @property
    def tot(self) -> date:
        """The last day that the registration knows about it."""
        return self.eind or LAATSTE_DAG

    @property
    def individueel(self) -> bool:
        return self.soort == "individueel"


def bouw_trajecten() -> list[Traject]:
    """All trajecten in order of their start, with village and number; the streams of the story, exactly."""
    lot = Lot("dekop trajecten")
    zwaar = _doorloop(verhaal.ZWAAR_STROOM, "individueel", True, lot)
    licht = _doorloop(verhaal.LICHT_STROOM, "individueel", False, lot)
    steun = _doorloop(verhaal.STEUN_STROOM, "leun_en_steun", False, lot)
    _plaats(zwaar + licht, dict.fromkeys(verhaal.STEUN_PER_TEAM, 100))
    _plaats(steun, verhaal.STEUN_PER_TEAM)
    trajecten = sorted(lot.schud(zwaar + licht + steun), key=lambda t: t.start)
    for nummer, traject in enumerate(trajecten, 1):
        traject.traject_id = f"T{nummer:05d}"
    return trajecten


def _doorloop(stroom: Stroom, soort: str, zwaar: bool, lot: Lot) -> list[Traject]:
    open_trajecten = [Traject(soort, zwaar, _eerdere_start(lot)) for _ in range(stroom.begin)]
    alle = list(open_trajecten)
    for kwartaal, erin, eruit in zip(KWARTALEN, stroom.erin, stroom.eruit):
        nieuw = [Traject(soort, zwaar, werkdag(*kwartaal, lot)) for _ in range(erin)]
        alle += nieuw
        open_trajecten += nieuw
        rijp = [t for t in open_trajecten if t.start + KORTSTE <= kwartaal.eind - timedelta(days=2)]
        rijp.sort(key=lambda t: t.start.toordinal() + lot.getal(MENGING))
        for traject in rijp[:eruit]:
            traject.eind = werkdag(max(kwartaal.begin, traject.start + KORTSTE), kwartaal.eind, lot)
        open_trajecten = [t for t in open_trajecten if t.eind is None]
    return alle


def _eerdere_start(lot: Lot) -> date:
    """The later of two days before 2018: most of what is open began not long ago."""
    laatste = KWARTALEN[0].begin - timedelta(days=1)
    return max(werkdag(EERSTE_START, laatste, lot), werkdag(EERSTE_START, laatste, lot))


def _plaats(trajecten: list[Traject], per_team: dict[str, int]) -> None:
    gewichten = {kern: kern.inwoners * per_team[kern.team] for kern in KERNEN}
    op_volgorde = sorted(trajecten, key=lambda t: t.start)
    for traject, kern in zip(op_volgorde, gelijkmatig(gewichten, len(op_volgorde))):
        traject.kern = kern


def bouw_klanten(trajecten: list[Traject]) -> list[dict]:
    """Rows of `klanten`; gives every traject its client. Some come back, or have leun en steun beside a traject."""
    lot = Lot("dekop klanten")
    bekend: dict[Kern, list[Traject]] = {}
    kern_van: list[Kern] = []
    for traject in trajecten:
        eerder = [t for t in bekend.get(traject.kern, []) if t.soort != traject.soort or t.tot < traject.start]
        if eerder and lot.getal(6) == 0:
            traject.klant_id = lot.een(eerder).klant_id
        else:
            kern_van.append(traject.kern)
            traject.klant_id = f"K{len(kern_van):05d}"
        bekend.setdefault(traject.kern, []).append(traject)
    klassen = kaarten(verhaal.LEEFTIJDEN, len(kern_van), lot)
    geslachten = kaarten(verhaal.GESLACHT, len(kern_van), lot)
    return [
        {
            "klant_id": f"K{nummer:05d}",
            "geboortedatum": klasse and _geboren(klasse, lot),
            "geslacht": geslacht,
            # Of one in eighty nobody asked where they live.
            "kern": None if nummer % 80 == 40 else kern.naam,
        }
        for nummer, (kern, klasse, geslacht) in enumerate(zip(kern_van, klassen, geslachten), 1)
    ]


def _geboren(klasse: tuple[int, int], lot: Lot) -> date:
    jong, oud = klasse
    return date(LAATSTE_DAG.year - lot.tussen(jong, oud), lot.tussen(1, 12), lot.tussen(1, 28))


def rijen_trajecten(trajecten: list[Traject]) -> list[dict]:
    """Rows of `trajecten`, with the printed shares of everything that is registered once per traject."""
    lot = Lot("dekop trajectrijen")
    rijen = {t.traject_id: _basis(t, lot) for t in trajecten}

    def vul(kolom: str, groep: list[Traject], waarden: list) -> None:
        for traject, waarde in zip(groep, waarden, strict=True):
            rijen[traject.traject_id][kolom] = waarde

    def verdeel(kolom: str, groep: list[Traject], gewichten: dict) -> None:
        vul(kolom, groep, kaarten(gewichten, len(groep), lot))

    individueel = [t for t in trajecten if t.individueel]
    verdeel("aanmeldroute", [t for t in individueel if t.begonnen_in_2019], verhaal.AANMELDROUTE)
    overige = [t for t in trajecten if not (t.individueel and t.begonnen_in_2019)]
    verdeel("aanmeldroute", overige, {"verwezen": 21, "eigen_initiatief": 75, None: 4})
    for in_2019 in (True, False):
        deel = [t for t in individueel if t.in_2019 == in_2019]
        verdeel("onafhankelijke_clientondersteuning", deel, verhaal.CLIENTONDERSTEUNING)
        licht = lot.schud([t for t in deel if not t.zwaar])
        for traject in licht[: verhaal.ZONDER_SCHATTING]:
            rijen[traject.traject_id]["geschat_aantal_gesprekken"] = None
    verdeel("netwerk_gevraagd", [t for t in trajecten if t.in_2019], verhaal.NETWERK_GEVRAAGD)
    verdeel("netwerk_gevraagd", [t for t in trajecten if not t.in_2019], {True: 84, False: 7, None: 9})
    for in_2019 in (True, False):
        groep = [t for t in trajecten if t.in_2019 == in_2019 and rijen[t.traject_id]["netwerk_gevraagd"] is False]
        verdeel("reden_geen_netwerk", groep, verhaal.REDEN_GEEN_NETWERK)
    verwezen = [t for t in trajecten if rijen[t.traject_id]["aanmeldroute"] == "verwezen"]
    verdeel("verwijzer", verwezen, verhaal.VERWIJZERS)
    verdeel("reden_beeindiging", [t for t in trajecten if t.eind], verhaal.REDENEN_EINDE)
    door = [t for t in trajecten if rijen[t.traject_id]["reden_beeindiging"] == "doorverwezen"]
    verdeel("doorverwezen_naar", door, verhaal.DOORVERWEZEN_NAAR)
    return list(rijen.values())


def _basis(traject: Traject, lot: Lot) -> dict:
    schatting = None
    if traject.individueel:
        schatting = lot.tussen(6, 20) if traject.zwaar else lot.gewogen({1: 5, 2: 15, 3: 30, 4: 25, 5: 25})
    return {
        "traject_id": traject.traject_id,
        "klant_id": traject.klant_id,
        "team": traject.kern.team,
        "trajectsoort": traject.soort,
        "dienstverlening": None,
        "aanmelddatum": traject.start - timedelta(days=lot.getal(22)),
        "startdatum": traject.start,
        "einddatum": traject.eind,
        "aanmeldroute": None,
        "verwijzer": None,
        "geschat_aantal_gesprekken": schatting,
        "onafhankelijke_clientondersteuning": None,
        "netwerk_gevraagd": None,
        "reden_geen_netwerk": None,
        "reden_beeindiging": None,
        "doorverwezen_naar": None,
        "geregistreerd_op": traject.start + timedelta(days=lot.getal(11)),
    }


def rijen_participanten(trajecten: list[Traject], rijen: list[dict]) -> list[dict]:
    """Rows of `netwerkparticipanten`: as many different people as printed, some of whom help in two trajecten."""
    lot = Lot("dekop netwerk")
    gevraagd = {rij["traject_id"] for rij in rijen if rij["netwerk_gevraagd"] is True}
    uit = []
    for in_2019, personen in ((True, verhaal.PARTICIPANTEN), (False, verhaal.PARTICIPANTEN // 3)):
        groep = [t.traject_id for t in trajecten if t.in_2019 == in_2019 and t.traject_id in gevraagd]
        aantallen = evenredig(personen, [lot.gewogen({0: 25, 1: 35, 2: 25, 3: 15}) for _ in groep])
        nieuw = [traject_id for traject_id, aantal in zip(groep, aantallen) for _ in range(aantal)]
        eerste = len(uit) + 1
        uit += [{"traject_id": t, "participant_id": f"P{nummer:05d}"} for nummer, t in enumerate(nieuw, eerste)]
        for traject_id in lot.schud(groep)[: personen // 16]:
            bekende = lot.tussen(eerste, eerste + personen - 1)
            uit.append({"traject_id": traject_id, "participant_id": f"P{bekende:05d}"})
    return sorted(uit, key=lambda rij: rij["traject_id"])
