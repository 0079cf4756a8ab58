"""Group work: activities, their meetings and who came, so that the printed numbers of both years come out.

The printed figures stand here beside what was invented around them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from kopanalyse.demo.smwo import verhaal
from kopanalyse.demo.smwo.themas import EENZAAM, GROEIEN, LEEFBAAR, MEEDOEN
from kopanalyse.demo.smwo.verhaal import JAREN
from kopanalyse.demo.verdeling import Lot, gelijkmatig, werkdag, werkdagen

KIND, JEUGD, VOLWASSEN, OUDER, ALLEN = (
    "4-12 jaar", "12-18 jaar", "18 jaar en ouder", "55 jaar en ouder", "alle leeftijden",
)  # fmt: skip


class Aanbod(NamedTuple):
    """Group work under one effect: activities and different participants, in 2023 and in 2024.

    `doorlopend` activities meet in both years. `in_thema` and `elders`: how many of the participants of a year also
    take part under an effect that stands before this one, of the same thema or of another.
    """

    activiteiten: tuple[int, int]
    deelnemers: tuple[int, int]
    doorlopend: int
    groepen: tuple[tuple[str, str], ...]
    in_thema: tuple[int, int] = (0, 0)
    elders: tuple[int, int] = (0, 0)


# Printed: activities and participants. Under Ontwikkeling & (Op)groeien the participants of the effects are 5 (2023)
# and 3 (2024) more than those of the thema, and those of the three themas 7 and 9 more than all; the rest is invented.
AANBOD = {
    (LEEFBAAR, "Activeren binding met de samenleving"): Aanbod((0, 1), (0, 6), 0, (("Buurt aan zet", VOLWASSEN),)),
    (LEEFBAAR, "Uitbouwen sociale netwerken"): Aanbod(
        (5, 4),
        (40, 50),
        2,
        (("Ontmoetingsgroep", ALLEN), ("Vrouwengroep", VOLWASSEN), ("Vadergroep", VOLWASSEN)),
    ),
    (GROEIEN, "Voorkomen (gevolgen) armoede"): Aanbod((1, 1), (13, 14), 0, (("Grip op je geld", VOLWASSEN),)),
    (GROEIEN, "Optimaliseren huiselijke relaties"): Aanbod(
        (5, 8),
        (22, 44),
        1,
        (("Brusjesgroep", KIND), ("Kinderen van gescheiden ouders", KIND), ("Ouderschap na scheiding", VOLWASSEN)),
    ),
    (GROEIEN, "Aanboren talentontwikkeling"): Aanbod(
        (7, 8),
        (68, 85),
        1,
        (("Sociale vaardigheden", KIND), ("Weerbaar op school", JEUGD), ("Omgaan met boosheid", JEUGD)),
        in_thema=(5, 3),
    ),
    (MEEDOEN, "Stimuleren gezonde leefstijl"): Aanbod(
        (12, 9),
        (109, 70),
        2,
        (
            ("Piekeren de baas", VOLWASSEN),
            ("Minder stress", VOLWASSEN),
            ("Samen wandelen", OUDER),
            ("Beter slapen", VOLWASSEN),
        ),
        elders=(7, 9),
    ),
    (MEEDOEN, EENZAAM): Aanbod((3, 6), (21, 45), 1, (("Verder na verlies", VOLWASSEN), ("Samen aan tafel", OUDER))),
}
WEKEN = (5, 10)
# One participant in so many of 2024 was there in 2023 too, and one in so many takes two groups under one effect.
TERUG, TWEE_GROEPEN = 6, 9


@dataclass(eq=False)
class Activiteit:
    """An activity under construction, with the days on which it meets and who take part in a year."""

    effect: tuple[str, str]
    groep: tuple[str, str]
    dagen: list[date]
    deelnemers: dict[int, list[str]] = field(default_factory=lambda: {jaar: [] for jaar in JAREN})
    activiteit_id: str = ""
    naam: str = ""
    team: str = ""


def tabellen_groepswerk() -> dict[str, list[dict]]:
    """Rows of `collectieve_activiteiten`, `bijeenkomsten` and `deelnames`."""
    lot = Lot("smwo groepswerk")
    activiteiten = sorted(_activiteiten(lot), key=lambda a: a.dagen[0])
    _noem(activiteiten)
    _schrijf_in(activiteiten, lot)
    deelnames = [rij for activiteit in activiteiten for rij in _deelnames(activiteit, lot)]
    return {
        "collectieve_activiteiten": [_rij(activiteit) for activiteit in activiteiten],
        "bijeenkomsten": _bijeenkomsten(activiteiten, deelnames),
        "deelnames": sorted(deelnames, key=lambda rij: (rij["datum"], rij["activiteit_id"], rij["deelnemer_id"])),
    }


def _activiteiten(lot: Lot) -> list[Activiteit]:
    alle = []
    for effect, aanbod in AANBOD.items():
        dagenreeksen = [_wekelijks(date(2023, 11, 6), date(2023, 11, 30), 10, lot) for _ in range(aanbod.doorlopend)]
        for jaar, aantal in zip(JAREN, aanbod.activiteiten):
            for _ in range(aantal - aanbod.doorlopend):
                # Before the summer or after it.
                van, tot = lot.een(((date(jaar, 1, 8), date(jaar, 4, 26)), (date(jaar, 9, 2), date(jaar, 10, 11))))
                dagenreeksen.append(_wekelijks(van, tot, lot.tussen(*WEKEN), lot))
        for nummer, dagen in enumerate(dagenreeksen):
            alle.append(Activiteit(effect, aanbod.groepen[nummer % len(aanbod.groepen)], dagen))
    return alle


def _wekelijks(eerste: date, laatste: date, weken: int, lot: Lot) -> list[date]:
    """Weekly days from a day in the stretch; a holiday is skipped."""
    begin = werkdag(eerste, laatste, lot)
    dagen = [begin + timedelta(days=7 * week) for week in range(weken)]
    return [dag for dag in dagen if werkdagen(dag, dag)]


def _noem(activiteiten: list[Activiteit]) -> None:
    """Number, location and name of each activity; names are unique."""
    keer: dict[str, int] = {}
    for nummer, (activiteit, team) in enumerate(zip(activiteiten, gelijkmatig(verhaal.TEAMS, len(activiteiten))), 1):
        activiteit.activiteit_id, activiteit.team = f"A{nummer:04d}", team
        naam = f"{activiteit.groep[0]} {team}"
        keer[naam] = keer.get(naam, 0) + 1
        activiteit.naam = naam if keer[naam] == 1 else f"{naam} (groep {keer[naam]})"


# --- Who take part ---------------------------------------------------------------------------------------------------


def _schrijf_in(activiteiten: list[Activiteit], lot: Lot) -> None:
    """Gives every activity its participants of each year: as many different ones per effect, thema and in all."""
    nummer = 0
    eerder: dict[tuple[str, str], list[str]] = {}
    for plaats, jaar in enumerate(JAREN):
        per_effect: dict[tuple[str, str], list[str]] = {}
        for effect, aanbod in AANBOD.items():
            personen = _bekenden(per_effect, effect, True, aanbod.in_thema[plaats], lot)
            personen += _bekenden(per_effect, effect, False, aanbod.elders[plaats], lot)
            rest = aanbod.deelnemers[plaats] - len(personen)
            terug = lot.schud(eerder.get(effect, []))[: rest // TERUG]
            nieuw = [f"D{n:04d}" for n in range(nummer + 1, nummer + 1 + rest - len(terug))]
            nummer += len(nieuw)
            per_effect[effect] = personen + terug + nieuw
            _verdeel(per_effect[effect], [a for a in activiteiten if a.effect == effect and _in(a, jaar)], jaar, lot)
            eerder[effect] = terug + nieuw
    for activiteit in activiteiten:
        leeg = [jaar for jaar in JAREN if _in(activiteit, jaar) and not activiteit.deelnemers[jaar]]
        if leeg:
            raise ValueError(f"{activiteit.naam}: geen deelnemers in {leeg[0]}")


def _bekenden(
    per_effect: dict[tuple[str, str], list[str]], effect: tuple[str, str], in_thema: bool, aantal: int, lot: Lot
) -> list[str]:
    """So many of those who take part under an effect that stands before this one, of the same thema or of another."""
    anderen = [p for ander, personen in per_effect.items() if (ander[0] == effect[0]) == in_thema for p in personen]
    return lot.schud(list(dict.fromkeys(anderen)))[:aantal]


def _in(activiteit: Activiteit, jaar: int) -> list[date]:
    return [dag for dag in activiteit.dagen if dag.year == jaar]


def _verdeel(personen: list[str], activiteiten: list[Activiteit], jaar: int, lot: Lot) -> None:
    for nummer, persoon in enumerate(lot.schud(personen)):
        activiteiten[nummer % len(activiteiten)].deelnemers[jaar].append(persoon)
        if len(activiteiten) > 1 and lot.getal(TWEE_GROEPEN) == 0:
            activiteiten[(nummer + 1) % len(activiteiten)].deelnemers[jaar].append(persoon)


def _deelnames(activiteit: Activiteit, lot: Lot) -> list[dict]:
    """Everyone comes once at least, and to four meetings in five."""
    rijen = []
    for jaar, personen in activiteit.deelnemers.items():
        dagen = _in(activiteit, jaar)
        for persoon in personen:
            zeker = lot.een(dagen)
            rijen += [
                {"activiteit_id": activiteit.activiteit_id, "deelnemer_id": persoon, "datum": dag}
                for dag in dagen
                if lot.getal(5) or dag == zeker
            ]
    return rijen


# --- Rows ------------------------------------------------------------------------------------------------------------


def _rij(activiteit: Activiteit) -> dict:
    thema, effect = activiteit.effect
    return {
        "activiteit_id": activiteit.activiteit_id,
        "naam": activiteit.naam,
        "team": activiteit.team,
        "startdatum": activiteit.dagen[0],
        "leeftijdsgroep": activiteit.groep[1],
        "thema": thema,
        "effect": effect,
    }


def _bijeenkomsten(activiteiten: list[Activiteit], deelnames: list[dict]) -> list[dict]:
    """Rows of `bijeenkomsten` in order of date, with how many came; of one in fifteen nobody counted."""
    er_waren: dict[tuple[str, date], int] = {}
    for rij in deelnames:
        plek = rij["activiteit_id"], rij["datum"]
        er_waren[plek] = er_waren.get(plek, 0) + 1
    gehouden = sorted((dag, a.activiteit_id) for a in activiteiten for dag in a.dagen)
    return [
        {
            "bijeenkomst_id": f"B{nummer:05d}",
            "activiteit_id": activiteit_id,
            "datum": dag,
            "aantal_deelnemers": None if nummer % 15 == 0 else er_waren.get((activiteit_id, dag), 0),
        }
        for nummer, (dag, activiteit_id) in enumerate(gehouden, 1)
    ]
