"""What goes wrong in the registration of SMWO, table by table."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from kopanalyse.demo.verdeling import Lot
from kopanalyse.demo.vuil import VER_WEG, ZONDER_KOP, Rij, Rommel, Tabellen, leeg


def vervuil(tabellen: Tabellen) -> None:
    """Spoils the tables in place."""
    rommel = Rommel(tabellen, Lot("smwo vuil"))
    _trajecten(rommel)
    _klanten(rommel)
    _contacten(rommel)
    _hulpvragen(rommel)
    _groepen(rommel)
    _tevredenheid(rommel)
    _overig(rommel)


def _trajecten(r: Rommel) -> None:
    """First of all, because the contacts and questions of a traject in quarantine go there too."""
    kapot = [
        *r.extra("trajecten", 3, startdatum=date(2024, 6, 12), einddatum=date(2024, 5, 13)),
        *r.extra("trajecten", 2, einddatum="loopt nog"),
        *r.extra("trajecten", 2, startdatum="31-04-2024"),
        *r.extra("trajecten", 2, klant_id="K99999"),
        *r.extra("trajecten", 1, trajectsoort=None),
        *r.extra("trajecten", 1, startdatum=None),
    ]
    r.nieuwe_sleutels(kapot, "traject_id", "T")
    for rij in kapot[:5]:
        for contact in r.extra("contacten", 4, traject_id=rij["traject_id"], datum=date(2024, 5, 14)):
            contact["contact_id"] += "-2"
        r.extra("hulpvragen", 2, traject_id=rij["traject_id"])
    r.extra("trajecten", 6)
    contacten = Counter(rij["traject_id"] for rij in r.tabellen["contacten"])

    def zonder_twijfel(rij: Rij) -> bool:
        return rij["dienstverlening"] == "casus" and contacten[rij["traject_id"]] > 3

    # Not in the code list, so the counted rule decides, and it gives the same.
    r.wijzig("trajecten", "dienstverlening", ["Casus", "Casus", "lang", "lang", "casus?"], zonder_twijfel)
    r.wijzig("trajecten", "aanmelddatum", [date(1923, 10, 3), "begin mei", None], _kort)
    r.wijzig("trajecten", "geregistreerd_op", [VER_WEG, "vrijdag"])
    r.wijzig("trajecten", "aanmeldroute", ["via de buren"] * 3, leeg("aanmeldroute"))
    r.wijzig("trajecten", "team", ["alle", "alle"])


def _kort(traject: Rij) -> bool:
    return traject["dienstverlening"] == "kort"


def _klanten(r: Rommel) -> None:
    r.wijzig("klanten", "geslacht", ["V", "M", "vrouw/man"])
    r.wijzig("klanten", "geboortedatum", ["00-00-1965", "ca. 1950", date(1889, 5, 2)], leeg("geboortedatum"))
    r.extra("klanten", 5)
    r.extra("klanten", 1, klant_id=None)


def _contacten(r: Rommel) -> None:
    periode = {rij["traject_id"]: (rij["startdatum"], rij["einddatum"]) for rij in r.tabellen["trajecten"]}

    def eind_in_een_jaar(contact: Rij) -> bool:
        eind = periode.get(contact["traject_id"], (None, None))[1]
        return isinstance(eind, date) and (eind + timedelta(days=30)).year == eind.year == contact["datum"].year

    def heeft_start(contact: Rij) -> bool:
        start = periode.get(contact["traject_id"], (None, None))[0]
        return isinstance(start, date) and start.year == contact["datum"].year

    # Outside the period of its traject, but in the same year: such a contact counts.
    for contact in r.kies("contacten", 40, eind_in_een_jaar):
        contact["datum"] = periode[contact["traject_id"]][1] + timedelta(days=r.lot.tussen(2, 25))
    for contact in r.kies("contacten", 20, heeft_start):
        contact["datum"] = periode[contact["traject_id"]][0] - timedelta(days=r.lot.tussen(2, 25))
    r.wijzig("contacten", "vorm", ["whatsapp"] * 20 + ["Telefonisch"] * 9, lambda rij: rij["vorm"] == "overig")
    r.wijzig("contacten", "minuten", ["kwartier", "1:30", "-10", "2,5", "?", "n.v.t."], leeg("minuten"))
    r.extra("contacten", 35)
    wees = r.extra("contacten", 24, traject_id="T99999")
    onleesbaar = [*r.extra("contacten", 8, datum="31-06-2024"), *r.extra("contacten", 6, datum="vorige week")]
    r.extra("contacten", 4, contact_id=None)
    te_lang = r.extra("contacten", 2, **{ZONDER_KOP: "belt terug"})
    r.nieuwe_sleutels([*wees, *onleesbaar, *te_lang], "contact_id", "C9")


def _hulpvragen(r: Rommel) -> None:
    """What is registered twice counts once, so a double row changes nothing."""
    r.extra("hulpvragen", 14)
    r.extra("hulpvragen", 20, traject_id="T99999")
    r.extra("hulpvragen", 5, hulpvraag=None)
    r.wijzig("hulpvragen", "thema", ["totaal"], leeg("thema"))


def _groepen(r: Rommel) -> None:
    weg = r.extra("collectieve_activiteiten", 1, startdatum="najaar 2024")
    r.nieuwe_sleutels(weg, "activiteit_id", "A")
    kind = r.extra("bijeenkomsten", 1, activiteit_id=weg[0]["activiteit_id"], datum=date(2024, 10, 8))
    wees = r.extra("bijeenkomsten", 1, activiteit_id="A9999")
    r.nieuwe_sleutels([*kind, *wees], "bijeenkomst_id", "B")
    r.wijzig("bijeenkomsten", "aantal_deelnemers", ["ca. 8", "veel"], leeg("aantal_deelnemers"))
    r.extra("deelnames", 6)
    r.extra("deelnames", 3, activiteit_id="A9999")
    r.extra("deelnames", 2, activiteit_id=weg[0]["activiteit_id"])
    r.extra("deelnames", 2, deelnemer_id=None)
    r.extra("deelnames", 2, datum="30-02-2024")


def _tevredenheid(r: Rommel) -> None:
    weg = next(rij["traject_id"] for rij in r.tabellen["trajecten"] if rij["einddatum"] == "loopt nog")
    r.extra("klanttevredenheid", 2)
    kapot = [
        *r.extra("klanttevredenheid", 2, traject_id="T99999"),
        *r.extra("klanttevredenheid", 1, traject_id=weg),
        *r.extra("klanttevredenheid", 1, verzendstatus=None),
    ]
    r.nieuwe_sleutels(kapot, "uitnodiging_id", "U")
    r.wijzig("klanttevredenheid", "verzendstatus", ["per post", "per post"], lambda rij: rij["verzonden_op"] is None)
    r.wijzig("klanttevredenheid", "ingevuld_op", ["nvt", "nee"], leeg("ingevuld_op"))
    r.extra("kto_antwoorden", 2, soort="rapportcijfer", waarde=11)
    r.extra("kto_antwoorden", 2, soort="tevreden", waarde=2)
    r.extra("kto_antwoorden", 1, waarde="goed")
    r.extra("kto_antwoorden", 2, uitnodiging_id="U99999")
    r.extra("kto_antwoorden", 1, uitnodiging_id=kapot[0]["uitnodiging_id"])


def _overig(r: Rommel) -> None:
    r.extra("productie_uren", 1, uren="zie rooster")
    fout = [
        *r.extra("overige_dienstverlening", 1, startdatum=date(2024, 3, 4), einddatum=date(2024, 2, 5)),
        *r.extra("overige_dienstverlening", 1, soort=None),
    ]
    r.nieuwe_sleutels(fout, "registratie_id", "R")
    r.extra("overige_dienstverlening", 1)
    r.extra("formulierenbrigade", 2)
    zonder = r.extra("formulierenbrigade", 1, klant_id=None)
    r.nieuwe_sleutels(zonder, "bezoek_id", "FB")
