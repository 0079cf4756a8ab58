"""Sections A to D of the indicators by naive loops over the clean rows; section E stands in dienstverlening.py.

Every cell of the output is counted anew: filter the rows, count them. Nothing is grouped, joined or reused between
cells, except for a few facts per traject (its client, contacts and ZRM scores) that do not depend on the period.
"""

import math
from datetime import timedelta

from . import dienstverlening
from .dekking import Dekking
from .langetabel import (
    ALLE,
    ONBEKEND,
    TOTAAL,
    Periode,
    Tabel,
    aandeel_trajecten,
    afgesloten,
    behandeld,
    codes,
    gestart,
    in_stand,
    klanten_van,
    of_onbekend,
    tel_rijen,
    tel_trajecten,
    valt_onder,
    valt_onder_team,
    vrije_tekst,
)  # fmt: skip
from .registratie import CODELIJSTEN, DOMEINEN, TRAJECTSOORTEN, Registratie, leeftijd_op

LEEFTIJDSKLASSEN = [("0-11", 11), ("12-17", 17), ("18-27", 27), ("28-44", 44), ("45-64", 64), ("65-74", 74)]
OUDSTE_KLASSE = "75+"
LEEFTIJD_JONGERE = 27
DREMPEL_ZWAAR = 5
SCORES = [1, 2, 3, 4, 5]


def leeftijdsklasse(geboortedatum, dag):
    if geboortedatum is None or geboortedatum > dag:
        return ONBEKEND
    for naam, tot_en_met in LEEFTIJDSKLASSEN:
        if leeftijd_op(geboortedatum, dag) <= tot_en_met:
            return naam
    return OUDSTE_KLASSE


def is_jongere(geboortedatum, dag):
    if geboortedatum is None or geboortedatum > dag:
        return False
    return leeftijd_op(geboortedatum, dag) <= LEEFTIJD_JONGERE


# ---------------------------------------------------------------------------------------------------------- ZRM


def rangorde(meting):
    """Which of several rows on one day counts: the lowest of these."""
    hoofddomein = 0 if meting["hoofddomein"] is True else 1
    doel = math.inf if meting["doelscore"] is None else meting["doelscore"]
    return meting["score"], meting["zrm_versie"], hoofddomein, doel


def intake_van(metingen):
    """The intake among the rows of one traject and domein, or None."""
    intakes = [rij for rij in metingen if rij["moment"] == "intake"]
    if not intakes:
        return None
    eerste_dag = min(rij["datum"] for rij in intakes)
    return min([rij for rij in intakes if rij["datum"] == eerste_dag], key=rangorde)


def eind_van(metingen):
    """The eind among the rows of one traject and domein, or None."""
    einden = [rij for rij in metingen if rij["moment"] == "eind"]
    if not einden:
        return None
    laatste_dag = max(rij["datum"] for rij in einden)
    return min([rij for rij in einden if rij["datum"] == laatste_dag], key=rangorde)


def is_paar(intake, eind):
    if intake is None or eind is None:
        return False
    if intake["score"] not in SCORES or eind["score"] not in SCORES:
        return False
    if intake["zrm_versie"] not in ("2013", "2017") or intake["zrm_versie"] != eind["zrm_versie"]:
        return False
    return intake["hoofddomein"] is True


# ------------------------------------------------------------------------------------------------------- compute


def bereken(registratie: Registratie, organisatie: str = "dekop", jaren=(2018, 2019), instellingen=None) -> list[dict]:
    """All rows of an organisation: section B only where it has individual trajecten.

    `instellingen` are what it sets itself: `[rollen]` and `[dekking]`.
    """
    instellingen = instellingen or {}
    schoon = registratie.schoon
    soorten = TRAJECTSOORTEN[organisatie]
    rollen = {rol: instellingen.get("rollen", {}).get(rol, [rol]) for rol in ("individueel", "leun_en_steun")}
    op_inhoud = any(soort in soorten for soort in rollen["individueel"]) and "trajecten" in schoon
    teams = teams_van(schoon)
    trajecten = verrijk(schoon)
    dekking = Dekking(instellingen, schoon, trajecten, rollen["individueel"], dienstverlening.dienstverlening_van)
    tabel = Tabel(organisatie, dekking)
    uitnodigingen = uitnodigingen_van(schoon)
    antwoorden = antwoorden_van(schoon, uitnodigingen)
    for jaar in jaren:
        for kwartaal in None, 1, 2, 3, 4:
            p = Periode(jaar, kwartaal)
            school_en_werk(tabel, schoon, p)
            vip(tabel, schoon, p)
            if kwartaal is None:
                informele_ondersteuning(tabel, schoon, p)
                dienstverlening.zonder_team(tabel, schoon, p)
            for team in teams:
                van_team = kies_team(schoon, trajecten, team)
                aantallen(tabel, schoon, van_team, soorten, p, team)
                if op_inhoud:
                    gewicht_per_kwartaal(tabel, schoon, van_team, rollen, p, team)
                if op_inhoud and kwartaal is None:
                    inhoud(tabel, schoon, van_team, rollen, p, team)
                if "trajecten" in schoon and kwartaal is None:
                    tevredenheid(tabel, schoon, uitnodigingen, antwoorden, p, team)
                if kwartaal is None:
                    dienstverlening.per_team(tabel, schoon, trajecten, soorten, p, team)
    return tabel.rijen


def teams_van(schoon):
    """Every team in three tables, onbekend when rows have none, and alle."""
    teams = set()
    for naam in "trajecten", "informatie_en_advies", "collectieve_activiteiten":
        for rij in schoon.get(naam, []):
            teams.add(of_onbekend(rij["team"]))
    return [*sorted(teams), ALLE]


def verrijk(schoon):
    """The trajecten with what belongs to each: client, contacts, hulpvragen, ZRM per domein, participants."""
    klanten = {rij["klant_id"]: rij for rij in schoon.get("klanten", [])}
    trajecten = []
    for rij in schoon.get("trajecten", []):
        traject = dict(rij)
        traject["klant"] = klanten.get(rij["klant_id"])
        eigen = [r for r in schoon.get("zrm_metingen", []) if r["traject_id"] == rij["traject_id"]]
        traject["intake"], traject["eind"] = {}, {}
        for domein in codes(DOMEINEN):
            op_domein = [r for r in eigen if r["domein"] == domein]
            traject["intake"][domein] = intake_van(op_domein)
            traject["eind"][domein] = eind_van(op_domein)
        traject["contacten_bekend"] = "contacten" in schoon
        traject["contacten"] = [r for r in schoon.get("contacten", []) if r["traject_id"] == rij["traject_id"]]
        traject["hulpvragen"] = [r for r in schoon.get("hulpvragen", []) if r["traject_id"] == rij["traject_id"]]
        traject["participanten"] = {
            r["participant_id"] for r in schoon.get("netwerkparticipanten", []) if r["traject_id"] == rij["traject_id"]
        }
        trajecten.append(traject)
    return trajecten


def kies_team(schoon, trajecten, team):
    """The rows of one team per table; the meetings through their activity."""
    activiteiten = [rij for rij in schoon.get("collectieve_activiteiten", []) if valt_onder_team(rij, team)]
    ids = {rij["activiteit_id"] for rij in activiteiten}
    return {
        "trajecten": [rij for rij in trajecten if valt_onder_team(rij, team)],
        "informatie_en_advies": [rij for rij in schoon.get("informatie_en_advies", []) if valt_onder_team(rij, team)],
        "collectieve_activiteiten": activiteiten,
        "bijeenkomsten": [rij for rij in schoon.get("bijeenkomsten", []) if rij["activiteit_id"] in ids],
    }


def school_en_werk(tabel, schoon, p):
    """Schoolmaatschappelijk werk has no team."""
    if "schoolmaatschappelijk_werk" not in schoon:
        return
    rijen = schoon["schoolmaatschappelijk_werk"]
    casussen = [rij for rij in rijen if rij["soort"] == "casus" and p.bevat(rij["datum"])]
    for school in [*vrije_tekst(rijen, "school"), TOTAAL]:
        gekozen = [rij for rij in casussen if valt_onder(rij["school"], school)]
        tel_rijen(tabel, "schoolmaatschappelijk_werk", p, ALLE, school, gekozen)
    vragen = [rij for rij in rijen if rij["soort"] == "informatie_en_advies" and p.bevat(rij["datum"])]
    tel_rijen(tabel, "schoolmaatschappelijk_werk_informatie_en_advies", p, ALLE, TOTAAL, vragen)


def aantallen(tabel, schoon, van_team, soorten, p, team):
    """Section A for one period and team."""
    vragen = [rij for rij in van_team["informatie_en_advies"] if p.bevat(rij["datum"])]
    bijeenkomsten = [rij for rij in van_team["bijeenkomsten"] if p.bevat(rij["datum"])]
    actief = {rij["activiteit_id"] for rij in bijeenkomsten}
    activiteiten = [rij for rij in van_team["collectieve_activiteiten"] if rij["activiteit_id"] in actief]
    begonnen = [rij for rij in van_team["collectieve_activiteiten"] if p.bevat(rij["startdatum"])]

    if "trajecten" in schoon:
        behandelde = [t for t in van_team["trajecten"] if behandeld(t, p)]
        gestarte = [t for t in van_team["trajecten"] if gestart(t, p)]
        tel_per_soort(tabel, "behandelde_casussen", p, team, soorten, behandelde)
        tel_per_soort(tabel, "opgestarte_casussen", p, team, soorten, gestarte)
        stromen = {
            "instroom": gestarte,
            "uitstroom": [t for t in van_team["trajecten"] if afgesloten(t, p)],
            "beginstand": [t for t in van_team["trajecten"] if in_stand(t, p.b - timedelta(days=1))],
            "eindstand": [t for t in van_team["trajecten"] if in_stand(t, p.e)],
        }
        for indicator, trajecten in stromen.items():
            tel_per_soort(tabel, indicator, p, team, soorten, trajecten)
            tel_trajecten(tabel, indicator, p, team, TOTAAL, "", trajecten)
    if "informatie_en_advies" in schoon:
        tel_rijen(tabel, "behandelde_casussen", p, team, "informatie_en_advies", vragen)
        tel_rijen(tabel, "opgestarte_casussen", p, team, "informatie_en_advies", vragen)
        for domein in [*codes(DOMEINEN), TOTAAL]:
            gekozen = [rij for rij in vragen if valt_onder(rij["domein"], domein)]
            tel_rijen(tabel, "informatie_en_advies", p, team, domein, gekozen)
        verwezen = [rij for rij in vragen if rij["direct_doorverwezen"] is True]
        tabel.rij(
            "informatie_en_advies_doorverwezen", p, team, TOTAAL, "", "aandeel",
            len(verwezen), len(vragen), len(verwezen),
        )  # fmt: skip
    if "collectieve_activiteiten" in schoon:
        tel_rijen(tabel, "opgestarte_casussen", p, team, "collectieve_activiteiten", begonnen)
    if "collectieve_activiteiten" in schoon and "bijeenkomsten" in schoon:
        tel_rijen(tabel, "behandelde_casussen", p, team, "collectieve_activiteiten", activiteiten)
        for groep in [*vrije_tekst(schoon["collectieve_activiteiten"], "leeftijdsgroep"), TOTAAL]:
            gekozen = [rij for rij in activiteiten if valt_onder(rij["leeftijdsgroep"], groep)]
            tel_rijen(tabel, "collectieve_activiteiten", p, team, groep, gekozen)
        doorlopend = [rij for rij in activiteiten if rij["startdatum"] < p.b]
        tel_rijen(tabel, "collectieve_activiteiten_doorlopend", p, team, TOTAAL, doorlopend)
        tel_rijen(tabel, "collectieve_bijeenkomsten", p, team, TOTAAL, bijeenkomsten)
        geteld = [rij for rij in bijeenkomsten if rij["aantal_deelnemers"] is not None]
        som = sum(rij["aantal_deelnemers"] for rij in geteld)
        # the rows added up: a meeting without a count adds nothing
        tabel.rij("collectieve_deelnemers", p, team, TOTAAL, "", "aantal", som, None, len(geteld))
        tabel.rij(
            "collectieve_bijeenkomsten_geteld", p, team, TOTAAL, "", "aandeel",
            len(geteld), len(bijeenkomsten), len(geteld),
        )  # fmt: skip


def tel_per_soort(tabel, indicator, p, team, soorten, trajecten):
    for soort in codes(soorten):
        gekozen = [t for t in trajecten if t["trajectsoort"] == soort]
        tel_trajecten(tabel, indicator, p, team, soort, "", gekozen)


def schatting(traject):
    """The class of the worker's estimate at the start."""
    if traject["geschat_aantal_gesprekken"] is None:
        return ONBEKEND
    return "zwaar" if traject["geschat_aantal_gesprekken"] > DREMPEL_ZWAAR else "licht"


def contacten_tot(traject, p, vorm=None):
    """The number of contacts so far."""
    tot_nu = [rij for rij in traject["contacten"] if rij["datum"] <= p.e]
    return len([rij for rij in tot_nu if vorm is None or rij["vorm"] == vorm])


def hoofddomeinen(traject):
    """The domeinen marked as hoofddomein in the intake, scored or not."""
    return [d for d, rij in traject["intake"].items() if rij is not None and rij["hoofddomein"] is True]


def gewicht_per_kwartaal(tabel, schoon, van_team, rollen, p, team):
    """The figures of section B that are given per quarter too."""
    behandelde = [t for t in van_team["trajecten"] if t["trajectsoort"] in rollen["individueel"] and behandeld(t, p)]
    if "zrm_metingen" in schoon:
        met_hoofddomein = [t for t in behandelde if len(hoofddomeinen(t)) >= 1]
        klassen = {
            "niet complex": [t for t in met_hoofddomein if len(hoofddomeinen(t)) == 1],
            "redelijk complex": [t for t in met_hoofddomein if len(hoofddomeinen(t)) in (2, 3)],
            "complex": [t for t in met_hoofddomein if len(hoofddomeinen(t)) >= 4],
            TOTAAL: met_hoofddomein,
        }
        for klasse, trajecten in klassen.items():
            aandeel_trajecten(tabel, "complexiteit", p, team, klasse, trajecten, met_hoofddomein)
    geschat = [t for t in behandelde if t["geschat_aantal_gesprekken"] is not None]
    zwaar = [t for t in geschat if t["geschat_aantal_gesprekken"] > DREMPEL_ZWAAR]
    aandeel_trajecten(tabel, "zware_trajecten", p, team, TOTAAL, zwaar, geschat)
    if "contacten" in schoon:
        werkelijk = [t for t in behandelde if contacten_tot(t, p) > DREMPEL_ZWAAR]
        aandeel_trajecten(tabel, "zware_trajecten_werkelijk", p, team, TOTAAL, werkelijk, behandelde)


def inhoud(tabel, schoon, van_team, rollen, p, team):
    """The figures of section B that are given per year only."""
    individueel = [t for t in van_team["trajecten"] if t["trajectsoort"] in rollen["individueel"]]
    behandelde = [t for t in individueel if behandeld(t, p)]
    afgesloten_in_p = [t for t in individueel if afgesloten(t, p)]
    if "zrm_metingen" in schoon:
        zrm_intake(tabel, "zrm_intake", p, team, behandelde)
        zrm_verloop(tabel, p, team, afgesloten_in_p)
    if "zrm_metingen" in schoon and "klanten" in schoon:
        jongeren = [t for t in behandelde if t["klant"] and is_jongere(t["klant"]["geboortedatum"], p.e)]
        zrm_intake(tabel, "zrm_intake_jongeren", p, team, jongeren)
    if "contacten" in schoon:
        gemiddelde_contacten(tabel, "contacten_per_traject", p, team, behandelde, None)
        gemiddelde_contacten(tabel, "contacten_per_traject_face_to_face", p, team, behandelde, "face_to_face")
        for geschat in "licht", "zwaar", ONBEKEND, TOTAAL:
            for geteld in "licht", "zwaar", TOTAAL:
                gekozen = [t for t in behandelde if geschat in (TOTAAL, schatting(t))]
                if geteld == "zwaar":
                    gekozen = [t for t in gekozen if contacten_tot(t, p) > DREMPEL_ZWAAR]
                if geteld == "licht":
                    gekozen = [t for t in gekozen if contacten_tot(t, p) <= DREMPEL_ZWAAR]
                tel_trajecten(tabel, "inschatting", p, team, geschat, geteld, gekozen)
    if "klanten" in schoon:
        klanten(tabel, p, team, behandelde)
    if "klanten" in schoon and "kernen" in schoon:
        kernen(tabel, schoon, p, team, behandelde)
    verwijzingen_en_netwerk(tabel, schoon, van_team, rollen, p, team, individueel, behandelde)


def zrm_intake(tabel, indicator, p, team, trajecten):
    gescoord = []
    for traject in trajecten:
        for domein in hoofddomeinen(traject):
            if traject["intake"][domein]["score"] in SCORES:
                gescoord.append((domein, str(traject["intake"][domein]["score"]), traject))
    for domein in [*codes(DOMEINEN), TOTAAL]:
        for score in [*map(str, SCORES), TOTAAL]:
            gekozen = [t for d, s, t in gescoord if domein in (d, TOTAAL) and score in (s, TOTAAL)]
            tel_trajecten(tabel, indicator, p, team, domein, score, gekozen)


def zrm_verloop(tabel, p, team, trajecten):
    """Growth, transitions, targets and completeness of the closed trajecten."""
    paren = []
    for traject in trajecten:
        for domein in codes(DOMEINEN):
            intake, eind = traject["intake"][domein], traject["eind"][domein]
            if is_paar(intake, eind):
                paren.append((domein, intake, eind, traject))
    for domein in [*codes(DOMEINEN), TOTAAL]:
        op_domein = [(i, e, t) for d, i, e, t in paren if domein in (d, TOTAAL)]
        groei = [e["score"] - i["score"] for i, e, t in op_domein]
        n = klanten_van([t for i, e, t in op_domein])
        per_traject = [(t["traject_id"], e["score"] - i["score"]) for i, e, t in op_domein]
        tabel.rij(
            "zrm_groei", p, team, domein, "", "gemiddelde", sum(groei), len(groei), n, groei, clusters=per_traject
        )
        for van in SCORES:
            for naar in SCORES:
                overgang = [t for i, e, t in op_domein if i["score"] == van and e["score"] == naar]
                tel_trajecten(tabel, "zrm_overgang", p, team, domein, f"{van}>{naar}", overgang)
        tel_trajecten(tabel, "zrm_overgang", p, team, domein, TOTAAL, [t for i, e, t in op_domein])
        met_doel = [(t, e["score"] >= i["doelscore"]) for i, e, t in op_domein if i["doelscore"] is not None]
        behaald = [t for t, gehaald in met_doel if gehaald]
        tabel.rij(
            "zrm_doel_behaald", p, team, domein, "", "aandeel", len(behaald), len(met_doel), klanten_van(behaald),
            clusters=[(t["traject_id"], int(gehaald)) for t, gehaald in met_doel],
        )  # fmt: skip
    met_paar = [t for t in trajecten if any(is_paar(t["intake"][d], t["eind"][d]) for d in codes(DOMEINEN))]
    aandeel_trajecten(tabel, "zrm_volledig", p, team, TOTAAL, met_paar, trajecten)


def gemiddelde_contacten(tabel, indicator, p, team, trajecten, vorm):
    for klasse in TOTAAL, "zwaar", "licht", ONBEKEND:
        gekozen = [t for t in trajecten if klasse in (TOTAAL, schatting(t))]
        aantal = [contacten_tot(t, p, vorm) for t in gekozen]
        n = klanten_van(gekozen)
        tabel.rij(indicator, p, team, klasse, "", "gemiddelde", sum(aantal), len(aantal), n, aantal)


def klanten(tabel, p, team, trajecten):
    for klasse in [naam for naam, _ in LEEFTIJDSKLASSEN] + [OUDSTE_KLASSE, ONBEKEND, TOTAAL]:
        for geslacht in [*codes(CODELIJSTEN["geslacht"]), TOTAAL]:
            gekozen = set()
            for traject in trajecten:
                geboren = traject["klant"]["geboortedatum"]
                juiste_klasse = klasse in (TOTAAL, leeftijdsklasse(geboren, p.e))
                if juiste_klasse and valt_onder(traject["klant"]["geslacht"], geslacht):
                    gekozen.add(traject["klant_id"])
            tabel.rij("klanten", p, team, klasse, geslacht, "aantal", len(gekozen), None, len(gekozen))


def kernen(tabel, schoon, p, team, trajecten):
    inwoners = {rij["kern"]: rij["inwoners"] or 0 for rij in schoon["kernen"]}
    for kern in [*codes(inwoners), TOTAAL]:
        gekozen = [t for t in trajecten if valt_onder(t["klant"]["kern"], kern)]
        tel_trajecten(tabel, "casussen_per_kern", p, team, kern, "", gekozen)
        if "zrm_metingen" in schoon:
            financieel = [t for t in gekozen if "Financiën" in hoofddomeinen(t)]
            tel_trajecten(tabel, "financiele_casussen_per_kern", p, team, kern, "", financieel)
        noemer = inwoners.get(kern, 0)
        if kern == TOTAAL:
            # a kern without inwoners stays out of both sides
            gekozen = [t for t in trajecten if inwoners.get(t["klant"]["kern"], 0) > 0]
            noemer = sum(inwoners.values())
        n = klanten_van(gekozen)
        tabel.rij("casussen_per_1000_inwoners", p, team, kern, "", "per_1000", len(gekozen), noemer, n)


def verwijzingen_en_netwerk(tabel, schoon, van_team, rollen, p, team, individueel, behandelde):
    begonnen = [t for t in individueel if gestart(t, p)]
    for route in "verwezen", "eigen_initiatief", ONBEKEND, TOTAAL:
        gekozen = [t for t in begonnen if valt_onder(t["aanmeldroute"], route)]
        aandeel_trajecten(tabel, "verwijzingen", p, team, route, gekozen, begonnen)

    soorten = [*rollen["individueel"], *rollen["leun_en_steun"]]
    beide = [t for t in van_team["trajecten"] if t["trajectsoort"] in soorten]
    beide = [t for t in beide if behandeld(t, p)]
    antwoorden = {
        "gevraagd": [t for t in beide if t["netwerk_gevraagd"] is True],
        "niet_gevraagd": [t for t in beide if t["netwerk_gevraagd"] is False],
        ONBEKEND: [t for t in beide if t["netwerk_gevraagd"] is None],
        TOTAAL: beide,
    }
    for antwoord, trajecten in antwoorden.items():
        tel_trajecten(tabel, "netwerk_gevraagd", p, team, antwoord, "", trajecten)
    for reden in [*vrije_tekst(schoon["trajecten"], "reden_geen_netwerk"), TOTAAL]:
        gekozen = [t for t in antwoorden["niet_gevraagd"] if valt_onder(t["reden_geen_netwerk"], reden)]
        tel_trajecten(tabel, "reden_geen_netwerk", p, team, reden, "", gekozen)
    if "netwerkparticipanten" in schoon:
        participanten = set()
        for traject in beide:
            participanten |= traject["participanten"]
        n = klanten_van([t for t in beide if t["participanten"]])
        tabel.rij("netwerkparticipanten", p, team, TOTAAL, "", "aantal", len(participanten), None, n)
    met = [t for t in behandelde if t["onafhankelijke_clientondersteuning"] is True]
    aandeel_trajecten(tabel, "onafhankelijke_clientondersteuning", p, team, TOTAAL, met, behandelde)


# ------------------------------------------------------------------------------------------- C. informal support


def vip(tabel, schoon, p):
    """Events at the volunteer centre: they have no team."""
    if "vip" not in schoon:
        return
    gebeurtenissen = [rij for rij in schoon["vip"] if p.bevat(rij["datum"])]
    for soort in [*codes(CODELIJSTEN["soort_vip"]), TOTAAL]:
        gekozen = [rij for rij in gebeurtenissen if valt_onder(rij["soort"], soort)]
        tel_rijen(tabel, "vip", p, ALLE, soort, gekozen)


def maat_en_categorie(rij):
    """The maat, with its categorie where that is filled."""
    return rij["maat"] if rij["categorie"] is None else f"{rij['maat']}: {rij['categorie']}"


def informele_ondersteuning(tabel, schoon, p):
    """The yearly counts, for every pair that occurs in any year; nothing is added over pairs."""
    rijen = schoon.get("informele_ondersteuning", [])
    for onderdeel, maat in sorted({(rij["onderdeel"], maat_en_categorie(rij)) for rij in rijen}):
        gekozen = []
        for rij in rijen:
            if rij["jaar"] == p.jaar and rij["onderdeel"] == onderdeel and maat_en_categorie(rij) == maat:
                gekozen.append(rij)
        som = sum(rij["aantal"] for rij in gekozen)
        tabel.rij("informele_ondersteuning", p, ALLE, onderdeel, maat, "aantal", som, None, len(gekozen))


# ---------------------------------------------------------------------------------------- D. client satisfaction


def uitnodigingen_van(schoon):
    """Every invitation with its traject."""
    trajecten = {rij["traject_id"]: rij for rij in schoon.get("trajecten", [])}
    return [dict(rij, traject=trajecten.get(rij["traject_id"])) for rij in schoon.get("klanttevredenheid", [])]


def antwoorden_van(schoon, uitnodigingen):
    """Every answer with the traject of its invitation."""
    per_id = {rij["uitnodiging_id"]: rij["traject"] for rij in uitnodigingen}
    return [dict(rij, traject=per_id.get(rij["uitnodiging_id"])) for rij in schoon.get("kto_antwoorden", [])]


def tevredenheid(tabel, schoon, uitnodigingen, antwoorden, p, team):
    """Invitations and answers of the trajecten that were closed in P, of any trajectsoort."""
    if "klanttevredenheid" not in schoon:
        return

    def telt_mee(rij):
        return afgesloten(rij["traject"], p) and valt_onder_team(rij["traject"], team)

    gekozen = [rij for rij in uitnodigingen if telt_mee(rij)]
    for status in [*codes(CODELIJSTEN["verzendstatus"]), TOTAAL]:
        met_status = [rij for rij in gekozen if valt_onder(rij["verzendstatus"], status)]
        n = klanten_achter(met_status)
        tabel.rij("kto_verzending", p, team, status, "", "aantal", len(met_status), None, n)
    ingevuld = [rij for rij in gekozen if rij["ingevuld_op"] is not None]
    tabel.rij("kto_ingevuld", p, team, TOTAAL, "", "aantal", len(ingevuld), None, klanten_achter(ingevuld))
    verzonden = [rij for rij in gekozen if rij["verzendstatus"] == "verzonden"]
    terug = [rij for rij in verzonden if rij["ingevuld_op"] is not None]
    tabel.rij("kto_respons", p, team, TOTAAL, "", "aandeel", len(terug), len(verzonden), klanten_achter(terug))
    if "kto_antwoorden" not in schoon:
        return

    for soort in CODELIJSTEN["soort_antwoord"]:
        alles_van_soort = [rij for rij in antwoorden if rij["soort"] == soort]
        van_soort = [rij for rij in alles_van_soort if telt_mee(rij)]
        for vraag in [*vrije_tekst(alles_van_soort, "vraag"), TOTAAL]:
            op_vraag = [rij for rij in van_soort if valt_onder(rij["vraag"], vraag)]
            waarden = [rij["waarde"] for rij in op_vraag]
            if soort == "rapportcijfer":
                n = klanten_achter(op_vraag)
                tabel.rij(
                    "kto_rapportcijfer", p, team, vraag, "", "gemiddelde", sum(waarden), len(waarden), n, waarden,
                    clusters=[(rij["uitnodiging_id"], rij["waarde"]) for rij in op_vraag],
                )  # fmt: skip
            else:
                ja = [rij for rij in op_vraag if rij["waarde"] == 1]
                n = klanten_achter(ja)
                per_persoon = [(rij["uitnodiging_id"], int(rij["waarde"] == 1)) for rij in op_vraag]
                tabel.rij(
                    f"kto_{soort}", p, team, vraag, "", "aandeel", len(ja), len(op_vraag), n, clusters=per_persoon
                )


def klanten_achter(rijen):
    """Distinct clients behind invitations or answers."""
    return len({rij["traject"]["klant_id"] for rij in rijen})
