"""What goes wrong in the registration of De Kop, table by table."""

from __future__ import annotations

from datetime import date, timedelta

from kopanalyse.demo.verdeling import Lot
from kopanalyse.demo.vuil import VER_WEG, ZONDER_KOP, Rij, Rommel, Tabellen, leeg


def vervuil(tabellen: Tabellen) -> None:
    """Spoils the tables in place; every kind of finding occurs."""
    rommel = Rommel(tabellen, Lot("dekop vuil"))
    _trajecten(rommel)
    _klanten(rommel)
    _contacten(rommel)
    _zrm(rommel)
    _vragen(rommel)
    _groepen(rommel)
    _overige(rommel)
    _informeel(rommel)
    _tevredenheid(rommel)


def _klanten(r: Rommel) -> None:
    dorpen = ["Steenwijck", "steenwijk", "Vollenhoven", "St. Jansklooster", "Olde Markt", "Emmeloord"]
    r.wijzig("klanten", "kern", dorpen)
    r.wijzig("klanten", "geslacht", ["V", "M"])
    r.wijzig("klanten", "geboortedatum", ["00-00-1965", "ca. 1950", date(1889, 5, 2)], leeg("geboortedatum"))
    r.extra("klanten", 3)
    r.extra("klanten", 1, klant_id=None)


def _trajecten(r: Rommel) -> None:
    """First of all, because the contacts and measurements of a traject in quarantine go there too."""
    kapot = [
        *r.extra("trajecten", 2, startdatum=date(2019, 5, 14), einddatum=date(2019, 4, 15)),
        *r.extra("trajecten", 1, einddatum="loopt nog"),
        *r.extra("trajecten", 1, startdatum="31-04-2019"),
        *r.extra("trajecten", 1, klant_id="K99999"),
        *r.extra("trajecten", 1, trajectsoort=None),
        *r.extra("trajecten", 1, startdatum=None),
    ]
    r.nieuwe_sleutels(kapot, "traject_id", "T")
    for rij in kapot[:4]:
        contacten = r.extra("contacten", 3, traject_id=rij["traject_id"], datum=date(2019, 4, 16))
        for contact in contacten:
            contact["contact_id"] += "-2"
        r.extra("zrm_metingen", 2, traject_id=rij["traject_id"], datum=date(2019, 4, 16))
    r.extra("trajecten", 2)
    r.wijzig("trajecten", "aanmeldroute", ["via de buren"], lambda rij: _nieuw(rij) and rij["aanmeldroute"] is None)
    r.wijzig("trajecten", "geschat_aantal_gesprekken", ["veel", "3 a 4"], _zonder_schatting)
    r.wijzig("trajecten", "aanmelddatum", [date(1918, 10, 3), "begin mei", None, None])
    r.wijzig("trajecten", "onafhankelijke_clientondersteuning", ["nvt"], leeg("onafhankelijke_clientondersteuning"))
    r.wijzig("trajecten", "dienstverlening", ["kort", "kort", "kort"], lambda rij: rij["dienstverlening"] == "casus")
    r.wijzig("trajecten", "dienstverlening", ["casus"], lambda rij: rij["dienstverlening"] == "kort")
    r.wijzig("trajecten", "geregistreerd_op", [VER_WEG])


def _steun(traject: Rij) -> bool:
    return traject["trajectsoort"] == "leun_en_steun"


def _nieuw(traject: Rij) -> bool:
    """Individual and begun in 2019."""
    return not _steun(traject) and isinstance(traject["startdatum"], date) and traject["startdatum"].year == 2019


def _zonder_schatting(traject: Rij) -> bool:
    return not _steun(traject) and traject["geschat_aantal_gesprekken"] is None


def _contacten(r: Rommel) -> None:
    periode = {rij["traject_id"]: (rij["startdatum"], rij["einddatum"]) for rij in r.tabellen["trajecten"]}

    def eind_in_2019(contact: Rij) -> bool:
        eind = periode.get(contact["traject_id"], (None, None))[1]
        return isinstance(eind, date) and date(2019, 1, 1) <= eind <= date(2019, 11, 29)

    # Outside the period of its traject, but not after 2019: such a contact counts.
    for contact in r.kies("contacten", 26, eind_in_2019):
        contact["datum"] = periode[contact["traject_id"]][1] + timedelta(days=r.lot.tussen(2, 25))
    for contact in r.kies("contacten", 14, lambda rij: rij["traject_id"] in periode):
        contact["datum"] = periode[contact["traject_id"]][0] - timedelta(days=r.lot.tussen(2, 25))
    r.wijzig("contacten", "datum", [date(1918, 6, 5)])
    r.wijzig("contacten", "vorm", ["whatsapp"] * 11 + ["Telefonisch"] * 5, lambda rij: rij["vorm"] == "overig")
    r.wijzig("contacten", "minuten", ["kwartier", "1:30", "-10", "2,5", "?"], leeg("minuten"))
    r.extra("contacten", 16)
    wees = r.extra("contacten", 11, traject_id="T99999")
    onleesbaar = [*r.extra("contacten", 3, datum="31-06-2019"), *r.extra("contacten", 3, datum="vorige week")]
    r.extra("contacten", 2, contact_id=None)
    te_lang = r.extra("contacten", 1, **{ZONDER_KOP: "belt terug"})
    toekomst = r.extra("contacten", 3, datum=VER_WEG)
    r.nieuwe_sleutels([*wees, *onleesbaar, *te_lang, *toekomst], "contact_id", "C9")


def _zrm(r: Rommel) -> None:
    def terzijde(rij: Rij) -> bool:
        return not rij["hoofddomein"] and rij["moment"] == "intake" and rij["score"] != 99

    def verbeterbaar(rij: Rij) -> bool:
        return rij["hoofddomein"] and rij["moment"] == "intake" and rij["score"] < 5

    r.extra("zrm_metingen", 6, score=7)
    r.extra("zrm_metingen", 2, score=0)
    r.extra("zrm_metingen", 3, score=None)
    r.extra("zrm_metingen", 2, moment=None)
    r.extra("zrm_metingen", 2, datum="eind mei")
    r.extra("zrm_metingen", 6, traject_id="T99999")
    for rij in r.kies("zrm_metingen", 14, verbeterbaar):
        later = rij | {"datum": rij["datum"] + timedelta(days=r.lot.tussen(3, 30)), "score": rij["score"] + 1}
        r.tabellen["zrm_metingen"].insert(r.tabellen["zrm_metingen"].index(rij) + 1, later)
    r.wijzig("zrm_metingen", "doelscore", [9, 9, 6, 0, 45, "beter"], lambda rij: rij["doelscore"] is not None)
    r.wijzig("zrm_metingen", "domein", ["Financien"] * 5 + ["Wonen"] * 2 + ["huisvesting"] * 2, terzijde)
    r.wijzig("zrm_metingen", "hoofddomein", ["x", "?", "nvt"], terzijde)
    r.wijzig("zrm_metingen", "zrm_versie", ["2015", "2015"], terzijde)
    r.wijzig("zrm_metingen", "datum", [VER_WEG, VER_WEG], lambda rij: rij["moment"] == "eind")


def _niet_verwezen(vraag: Rij) -> bool:
    return vraag["direct_doorverwezen"] is False


def _vragen(r: Rommel) -> None:
    r.extra("informatie_en_advies", 5)
    fout = [
        *r.extra("informatie_en_advies", 2, datum="2019-13-04"),
        *r.extra("informatie_en_advies", 1, datum=None),
        *r.extra("informatie_en_advies", 1, datum=VER_WEG),
        *r.extra("informatie_en_advies", 1, datum=date(1919, 11, 4)),
    ]
    r.nieuwe_sleutels(fout, "vraag_id", "V")
    r.extra("informatie_en_advies", 1, vraag_id=None)
    r.wijzig("informatie_en_advies", "team", ["alle", "alle", None, None, None])
    r.wijzig("informatie_en_advies", "domein", ["Financien", "Schulden", "Wonen", "wonen", "Zorg"])
    r.wijzig("informatie_en_advies", "direct_doorverwezen", ["deels", "?"], _niet_verwezen)
    r.wijzig("informatie_en_advies", "bron", ["balie", "balie"])


def _groepen(r: Rommel) -> None:
    weg = r.extra("collectieve_activiteiten", 1, startdatum="najaar 2019")
    r.nieuwe_sleutels(weg, "activiteit_id", "A")
    kind = r.extra("bijeenkomsten", 2, activiteit_id=weg[0]["activiteit_id"], datum=date(2019, 10, 8))
    r.extra("collectieve_activiteiten", 1)
    r.wijzig("collectieve_activiteiten", "leeftijdsgroep", ["totaal"])
    r.wijzig("bijeenkomsten", "aantal_deelnemers", ["ca. 12", "veel", "10-15", "ca. 20"], leeg("aantal_deelnemers"))
    r.extra("bijeenkomsten", 3)
    wees = r.extra("bijeenkomsten", 2, activiteit_id="A9999")
    onleesbaar = r.extra("bijeenkomsten", 1, datum="30-02-2019")
    toekomst = r.extra("bijeenkomsten", 1, datum=VER_WEG)
    r.nieuwe_sleutels([*kind, *wees, *onleesbaar, *toekomst], "bijeenkomst_id", "B")


def _overige(r: Rommel) -> None:
    r.extra("netwerkparticipanten", 2, traject_id="T99999")
    r.extra("netwerkparticipanten", 1, participant_id=None)
    school = [
        *r.extra("schoolmaatschappelijk_werk", 1, school=None),
        *r.extra("schoolmaatschappelijk_werk", 1, soort="huisbezoek"),
    ]
    for nummer, rij in enumerate(school, 901):
        rij["registratie_id"] = f"0{nummer}"
    r.extra("schoolmaatschappelijk_werk", 1)
    r.extra("kernen", 1)


def _informeel(r: Rommel) -> None:
    r.extra("vip", 2)
    anders = [
        *r.extra("vip", 1, datum="31-11-2019"),
        *r.extra("vip", 1, datum=None),
        *r.extra("vip", 1, datum=date(2019, 5, 16), soort="beursvloer"),
        *r.extra("vip", 1, datum=VER_WEG),
    ]
    r.nieuwe_sleutels(anders, "gebeurtenis_id", "G")
    r.extra("informele_ondersteuning", 1, aantal="ca. 40")


def _tevredenheid(r: Rommel) -> None:
    eerder = {rij["traject_id"] for rij in r.tabellen["trajecten"] if _gesloten_in_2018(rij)}

    weg = next(rij["traject_id"] for rij in r.tabellen["trajecten"] if rij["einddatum"] == "loopt nog")

    def zonder_adres(uitnodiging: Rij) -> bool:
        return uitnodiging["verzendstatus"] == "geen_adres" and uitnodiging["traject_id"] in eerder

    r.extra("klanttevredenheid", 2)
    kapot = [
        *r.extra("klanttevredenheid", 1, traject_id="T99999"),
        *r.extra("klanttevredenheid", 1, traject_id=weg),
        *r.extra("klanttevredenheid", 1, verzendstatus=None),
    ]
    r.nieuwe_sleutels(kapot, "uitnodiging_id", "U")
    # Not among the printed 348 of 2019.
    r.wijzig("klanttevredenheid", "verzendstatus", ["per post", "per post"], zonder_adres)
    r.wijzig("klanttevredenheid", "verzonden_op", [date(1918, 6, 5), "begin mei"], _verzonden)
    r.wijzig("klanttevredenheid", "ingevuld_op", ["nvt", "nee"], leeg("ingevuld_op"))
    r.extra("kto_antwoorden", 2, waarde=11)
    r.extra("kto_antwoorden", 1, waarde="acht")
    r.extra("kto_antwoorden", 1, uitnodiging_id="U99999")
    r.extra("kto_antwoorden", 1, uitnodiging_id=kapot[0]["uitnodiging_id"])
    r.extra("kto_antwoorden", 1, soort="opmerking", waarde=1)


def _gesloten_in_2018(traject: Rij) -> bool:
    return isinstance(traject["einddatum"], date) and traject["einddatum"].year == 2018


def _verzonden(uitnodiging: Rij) -> bool:
    return uitnodiging["verzendstatus"] == "verzonden"
