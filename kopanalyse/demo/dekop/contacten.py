"""Contacts within trajecten, with the printed means, and the kort/casus that De Kop registers from 2019."""

from __future__ import annotations

from kopanalyse.demo.dekop import verhaal
from kopanalyse.demo.dekop.trajecten import Traject
from kopanalyse.demo.verdeling import Lot, evenredig, werkdagen

DUUR = {"face_to_face": (30, 90), "telefonisch": (5, 25), "e_mail": (5, 15), "beeldbellen": (15, 40), "overig": (5, 30)}


def rijen_contacten(trajecten: list[Traject]) -> list[dict]:
    """Rows of `contacten` in order of date."""
    lot = Lot("dekop contacten")
    rijen = []
    for groep, totaal, face_to_face in _groepen(trajecten):
        aantallen = evenredig(totaal, [_gewicht(t, lot) for t in groep], 1, [_ruimte(t) for t in groep])
        gezien = evenredig(face_to_face, aantallen, 0, aantallen)
        for traject, aantal, samen in zip(groep, aantallen, gezien):
            rijen += _contacten(traject, aantal, samen, lot)
    rijen.sort(key=lambda rij: (rij["datum"], rij["traject_id"]))
    return [{"contact_id": f"C{nummer:06d}"} | rij for nummer, rij in enumerate(rijen, 1)]


def _groepen(trajecten: list[Traject]) -> list[tuple[list[Traject], int, int]]:
    """Groups of trajecten with their contacts and how many of those are face to face."""
    alle, zwaar = ((verhaal.CONTACTEN[naam], verhaal.FACE_TO_FACE[naam]) for naam in ("totaal", "zwaar"))
    in_2019 = [t for t in trajecten if t.individueel and t.in_2019]
    eerder = [t for t in trajecten if t.individueel and not t.in_2019]
    groepen = [
        ([t for t in in_2019 if t.zwaar], *zwaar),
        ([t for t in in_2019 if not t.zwaar], alle[0] - zwaar[0], alle[1] - zwaar[1]),
    ]
    for naam, groep in (
        ("zwaar", [t for t in eerder if t.zwaar]),
        ("licht", [t for t in eerder if not t.zwaar]),
        ("leun_en_steun", [t for t in trajecten if not t.individueel]),
    ):
        contacten, samen = verhaal.CONTACTEN_2018[naam]
        groepen.append((groep, len(groep) * contacten // 10, len(groep) * samen // 10))
    return groepen


def _ruimte(traject: Traject) -> int:
    """At most one contact in two working days."""
    return 1 + len(werkdagen(traject.start, traject.tot)) // 2


def _gewicht(traject: Traject, lot: Lot) -> int:
    """Longer trajecten have more contacts, and a few have very many."""
    dagen = min((traject.tot - traject.start).days, 240) + 20
    return dagen * (12 + lot.getal(100) * lot.getal(100) // (180 if traject.zwaar else 60))


def _contacten(traject: Traject, aantal: int, samen: int, lot: Lot) -> list[dict]:
    dagen = [traject.start, *lot.schud(werkdagen(traject.start, traject.tot)[1:])[: aantal - 1]]
    # The first meeting is one face to face where there is any.
    vormen = ["face_to_face"] * min(samen, 1) + lot.schud(
        ["face_to_face"] * (samen - min(samen, 1)) + [lot.gewogen(verhaal.ANDERE_VORM) for _ in range(aantal - samen)]
    )
    return [
        {"traject_id": traject.traject_id, "datum": dag, "vorm": vorm, "minuten": _minuten(vorm, lot)}
        for dag, vorm in zip(sorted(dagen), vormen, strict=True)
    ]


def _minuten(vorm: str | None, lot: Lot) -> int | None:
    if lot.getal(30) == 0:
        return None
    kortst, langst = DUUR.get(vorm or "", (5, 30))
    return lot.tussen(kortst // 5, langst // 5) * 5


def registreer_dienstverlening(trajecten: list[Traject], rijen: list[dict], contacten: list[dict]) -> None:
    """Fills `dienstverlening` of what began in 2019: kort under four hours and up to three contacts, else casus."""
    uren: dict[str, tuple[int, int]] = {}
    for contact in contacten:
        aantal, minuten = uren.get(contact["traject_id"], (0, 0))
        uren[contact["traject_id"]] = (aantal + 1, minuten + (contact["minuten"] or 0))
    begonnen_in_2019 = {t.traject_id for t in trajecten if t.begonnen_in_2019}
    for rij in rijen:
        if rij["traject_id"] in begonnen_in_2019:
            aantal, minuten = uren.get(rij["traject_id"], (0, 0))
            rij["dienstverlening"] = "kort" if minuten < 240 and aantal <= 3 else "casus"
