"""Contacts within trajecten: the printed classes of both years, and hours that fit what was registered."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kopanalyse.demo.smwo import verhaal
from kopanalyse.demo.smwo.trajecten import ALLEEN_2023, BEIDE, Traject
from kopanalyse.demo.smwo.verhaal import CASUS, KLASSEN, KORT
from kopanalyse.demo.verdeling import Lot, werkdagen

OUDJAAR, NIEUWJAAR = date(2023, 12, 31), date(2024, 1, 1)
VORM = {
    KORT: {"telefonisch": 46, "face_to_face": 27, "e_mail": 21, "overig": 4, "beeldbellen": 1, None: 1},
    CASUS: {"telefonisch": 36, "face_to_face": 37, "e_mail": 19, "beeldbellen": 3, "overig": 4, None: 1},
}
DUUR = {"face_to_face": (30, 75), "telefonisch": (5, 30), "e_mail": (5, 15), "beeldbellen": (15, 45), "overig": (5, 30)}
PER_DAG = 2
VIER_UUR = 240


class Telling(NamedTuple):
    """Contacts of a traject up to the end of 2023, and in all."""

    tot_2024: int
    totaal: int


def rijen_contacten(trajecten: list[Traject]) -> list[dict]:
    """Rows of `contacten` in order of date."""
    lot = Lot("smwo contacten")
    tellingen = _korte_contacten(trajecten, lot) | _casussen(trajecten, lot)
    maar_kort = _casus_maar_kort(trajecten, tellingen, lot)
    rijen = []
    for traject in trajecten:
        rijen += _contacten(traject, tellingen[traject.traject_id], traject in maar_kort, lot)
    rijen.sort(key=lambda rij: (rij["datum"], rij["traject_id"]))
    return [{"contact_id": f"C{nummer:06d}"} | rij for nummer, rij in enumerate(rijen, 1)]


def _casus_maar_kort(trajecten: list[Traject], tellingen: dict[str, Telling], lot: Lot) -> set[Traject]:
    weinig = [t for t in trajecten if not t.kort and t.groep == ALLEEN_2023 and tellingen[t.traject_id].totaal <= 3]
    return set(lot.schud(weinig)[: verhaal.CASUS_MAAR_KORT])


# --- How many --------------------------------------------------------------------------------------------------------


def _korte_contacten(trajecten: list[Traject], lot: Lot) -> dict[str, Telling]:
    """Up to three contacts, but for as many of each group as the story says."""
    tellingen = {}
    for groep, (eerst, later) in verhaal.KORT_MEER_CONTACTEN.items():
        rijp = lot.schud([t for t in trajecten if t.kort and t.groep == groep])
        # First those that had the time for more: of those in both years what began first, else what took a week.
        rijp.sort(key=lambda t: t.start if groep == BEIDE else (t.tot - t.start).days < 7)
        for nummer, traject in enumerate(rijp):
            totaal = _meer(lot) if nummer < later else _weinig(lot)
            voor = _deel(traject, totaal, nummer < eerst, lot)
            tellingen[traject.traject_id] = Telling(voor, min(totaal, voor + _ruimte(traject)[1]))
    return tellingen


def _meer(lot: Lot) -> int:
    return lot.gewogen({4: 50, 5: 30, 6: 14, 7: 6})


def _weinig(lot: Lot) -> int:
    return lot.gewogen({0: 3, 1: 45, 2: 32, 3: 20})


def _deel(traject: Traject, totaal: int, veel: bool, lot: Lot) -> int:
    """How many of them fell before 2024: at least four or at most three, as the class of 2023 asks."""
    voor, na = _ruimte(traject)
    if traject.groep != BEIDE:
        return min(totaal, voor)
    if veel:
        return max(4, totaal - lot.getal(2))
    return min(3, voor, totaal - (lot.getal(2) if na else 0)) if totaal else 0


def _casussen(trajecten: list[Traject], lot: Lot) -> dict[str, Telling]:
    """The longer a casus runs, the more contacts."""
    tellingen = {}
    for groep, klassen in verhaal.CASUSSEN_KLASSEN.items():
        rijp = [t for t in trajecten if not t.kort and t.groep == groep]
        rijp = sorted(lot.schud(rijp), key=lambda t: min((t.tot - t.start).days, 500) + lot.getal(40))
        if groep != BEIDE:
            for traject, (laag, hoog) in zip(rijp, _uitgeteld(klassen), strict=True):
                ruimte = sum(_ruimte(traject))
                aantal = _binnen(max(laag, 2), min(hoog, ruimte), lot)
                tellingen[traject.traject_id] = Telling(aantal if groep == ALLEEN_2023 else 0, aantal)
            continue
        later = dict(zip(rijp, _uitgeteld(klassen[1]), strict=True))
        # Within a class of the end those that began last had the fewest contacts by the end of 2023, and those that
        # ended soon after had nearly all of them.
        rijp.sort(key=lambda t: (later[t][0], _ruimte(t)[1] < 26, min((OUDJAAR - t.start).days, 365) + lot.getal(30)))
        for traject, (laag, hoog) in zip(rijp, _uitgeteld(klassen[0]), strict=True):
            voor, na = _ruimte(traject)
            eerst = _binnen(max(laag, later[traject][0] - na), min(hoog, voor, later[traject][1]), lot)
            totaal = _binnen(max(later[traject][0], eerst), min(later[traject][1], eerst + na), lot)
            tellingen[traject.traject_id] = Telling(eerst, totaal)
    return tellingen


def _uitgeteld(aantallen: tuple[int, ...]) -> list[tuple[int, int]]:
    return [klasse for klasse, aantal in zip(KLASSEN, aantallen) for _ in range(aantal)]


def _binnen(laag: int, hoog: int, lot: Lot) -> int:
    """A number from laag up to and including hoog, rather low than high. ValueError when there is none."""
    if hoog < laag:
        raise ValueError(f"geen ruimte voor {laag} contacten, hooguit voor {hoog}")
    return min(lot.tussen(laag, hoog), lot.tussen(laag, hoog))


def _ruimte(traject: Traject) -> tuple[int, int]:
    """How many contacts fit before 2024 and after."""
    voor = len(werkdagen(traject.start, min(traject.tot, OUDJAAR)))
    na = len(werkdagen(max(traject.start, NIEUWJAAR), traject.tot))
    return PER_DAG * voor, PER_DAG * na


# --- When, how and how long ------------------------------------------------------------------------------------------


def _contacten(traject: Traject, telling: Telling, maar_kort: bool, lot: Lot) -> list[dict]:
    dagen = sorted(
        [
            *_dagen(traject.start, min(traject.tot, OUDJAAR), telling.tot_2024, lot),
            *_dagen(max(traject.start, NIEUWJAAR), traject.tot, telling.totaal - telling.tot_2024, lot),
        ]
    )
    vormen = [lot.gewogen(VORM[traject.dienst]) for _ in range(telling.totaal)]
    if not traject.kort and telling.totaal <= 3 and not maar_kort:
        # Registered as casus for its hours: long conversations that add up to four hours.
        vormen = ["face_to_face"] * telling.totaal
        minuten = [VIER_UUR // telling.totaal + 5 * lot.getal(9) for _ in vormen]
    elif traject.kort:
        minuten = [_minuten(vorm, lot) for vorm in vormen]
        if telling.totaal > 3:
            minuten = [m and min(m, 30) for m in minuten]
    else:
        minuten = [_minuten(vorm, lot) for vorm in vormen]
    return [
        {"traject_id": traject.traject_id, "datum": dag, "vorm": vorm, "minuten": duur}
        for dag, vorm, duur in zip(dagen, vormen, minuten, strict=True)
    ]


def _dagen(eerste: date, laatste: date, aantal: int, lot: Lot) -> list[date]:
    """So many working days, none more than twice; who begins a traject is spoken to that day."""
    dagen = werkdagen(eerste, laatste)
    begin = dagen[:1] if aantal and eerste != NIEUWJAAR else ()
    return [*begin, *lot.schud([*dagen[len(begin) :], *dagen])[: aantal - len(begin)]]


def _minuten(vorm: str | None, lot: Lot) -> int | None:
    if lot.getal(30) == 0:
        return None
    kortst, langst = DUUR.get(vorm or "", (5, 30))
    return lot.tussen(kortst // 5, langst // 5) * 5
