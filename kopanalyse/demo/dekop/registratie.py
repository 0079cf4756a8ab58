"""The demonstration registration of De Kop: one function per chapter of the report gives the tables that it needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kopanalyse.demo.dekop import aantallen, informeel, tevredenheid, verhaal
from kopanalyse.demo.dekop.contacten import registreer_dienstverlening, rijen_contacten
from kopanalyse.demo.dekop.trajecten import Traject, bouw_klanten, bouw_trajecten, rijen_participanten, rijen_trajecten
from kopanalyse.demo.dekop.vuil import vervuil
from kopanalyse.demo.dekop.zrm import rijen_zrm
from kopanalyse.demo.schrijven import als_bestanden
from kopanalyse.demo.vuil import Tabellen


def casuistiek_in_aantallen(trajecten: list[Traject]) -> Tabellen:
    """Chapter 1, without the trajecten themselves."""
    activiteiten = aantallen.bouw_activiteiten()
    return {
        "informatie_en_advies": aantallen.rijen_vragen(),
        "collectieve_activiteiten": aantallen.rijen_activiteiten(activiteiten),
        "bijeenkomsten": aantallen.rijen_bijeenkomsten(activiteiten),
        "schoolmaatschappelijk_werk": aantallen.rijen_school(),
    }


def casussen_op_inhoud(trajecten: list[Traject]) -> Tabellen:
    """Chapter 2: clients, trajecten and what belongs to them."""
    klanten = bouw_klanten(trajecten)
    rijen = rijen_trajecten(trajecten)
    contacten = rijen_contacten(trajecten)
    registreer_dienstverlening(trajecten, rijen, contacten)
    return {
        "klanten": klanten,
        "trajecten": rijen,
        "contacten": contacten,
        "zrm_metingen": rijen_zrm(trajecten),
        "netwerkparticipanten": rijen_participanten(trajecten, rijen),
        "kernen": aantallen.rijen_kernen(),
    }


def informele_ondersteuning(trajecten: list[Traject]) -> Tabellen:
    """Chapter 3: the volunteer centre and the counts of the volunteer services."""
    return {"vip": informeel.rijen_vip(), "informele_ondersteuning": informeel.rijen_tellingen()}


def klanttevredenheid(trajecten: list[Traject]) -> Tabellen:
    """Chapter 4: invitations after closing, and the answers."""
    uitnodigingen = tevredenheid.rijen_uitnodigingen(trajecten)
    return {
        "klanttevredenheid": uitnodigingen,
        "kto_antwoorden": tevredenheid.rijen_antwoorden(trajecten, uitnodigingen),
    }


# A later chapter is one more function here: every table has a chance of its own, so the others stay as they are.
HOOFDSTUKKEN: tuple[Callable[[list[Traject]], Tabellen], ...] = (
    casuistiek_in_aantallen, casussen_op_inhoud, informele_ondersteuning, klanttevredenheid,
)  # fmt: skip


def bestanden() -> dict[str, bytes]:
    """Every file of the demonstration by its path within the folder."""
    verhaal.controleer()
    trajecten = bouw_trajecten()
    tabellen: Tabellen = {}
    for hoofdstuk in HOOFDSTUKKEN:
        tabellen |= hoofdstuk(trajecten)
    vervuil(tabellen)
    return als_bestanden(tabellen, Path(__file__).parent / "teksten", _getallen())


def _getallen() -> dict[str, str]:
    """What the README says in numbers."""
    individueel = verhaal.BEHANDELD["individueel"]
    uitgenodigd = sum(tevredenheid.VERZENDING[2019].values())
    vragen = list(tevredenheid.RAPPORTCIJFERS)
    afgedrukt, verzonnen = vragen[: tevredenheid.AFGEDRUKTE_VRAGEN], vragen[tevredenheid.AFGEDRUKTE_VRAGEN :]
    return {
        "individueel": str(individueel),
        "basis_complexiteit": str(sum(verhaal.COMPLEXITEIT.values())),
        "verdeling_complexiteit": ", ".join(f"{aantal} {klasse}" for klasse, aantal in verhaal.COMPLEXITEIT.items()),
        "basis_zwaarte": str(individueel - verhaal.ZONDER_SCHATTING),
        "zwaar": str(verhaal.ZWAAR),
        "contacten": str(verhaal.CONTACTEN["totaal"]),
        "contacten_zwaar": str(verhaal.CONTACTEN["zwaar"]),
        "gestart": str(sum(verhaal.AANMELDROUTE.values())),
        "verwezen": str(verhaal.AANMELDROUTE["verwezen"]),
        "eigen_initiatief": str(verhaal.AANMELDROUTE["eigen_initiatief"]),
        "uitstroom": str(verhaal.UITSTROOM["individueel"]),
        "uitstroom_steun": str(verhaal.UITSTROOM["leun_en_steun"]),
        "uitgenodigd": str(uitgenodigd),
        "niet_uitgenodigd": str(verhaal.UITSTROOM["individueel"] - uitgenodigd),
        "verzonden": str(tevredenheid.VERZENDING[2019]["verzonden"]),
        "ingevuld": str(tevredenheid.INGEVULD[2019]),
        "verzonden_2018": str(tevredenheid.VERZENDING[2018]["verzonden"]),
        "ingevuld_2018": str(tevredenheid.INGEVULD[2018]),
        "antwoorden": ", ".join(str(tevredenheid.RAPPORTCIJFERS[vraag][2019][0]) for vraag in afgedrukt),
        "verzonnen_vragen": ", ".join(verzonnen),
    }
