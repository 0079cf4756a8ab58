"""Section E of the indicators by naive loops: social work and client support, for years only.

Where the specification is silent the choice stands in a comment that begins with "choice".
"""

from calendar import monthrange

from .langetabel import (
    ALLE,
    ONBEKEND,
    TOTAAL,
    aandeel_trajecten,
    afgesloten,
    behandeld,
    codes,
    gestart,
    klanten_van,
    of_onbekend,
    tel_rijen,
    tel_trajecten,
    valt_onder,
    valt_onder_team,
    vrije_tekst,
)  # fmt: skip
from .registratie import getelde_dienstverlening

KLASSEN_MAANDEN = ["< 1 mnd", "1-2 mnd", "> 2 mnd"]
KLASSEN_CONTACTEN = [("0-3", 3), ("4-10", 10), ("11-25", 25), ("26-50", 50), ("51-100", 100)]
MEESTE_CONTACTEN = "> 100"
EIGEN_INITIATIEF = "eigen_initiatief"


# -------------------------------------------------------------------------------------------- facts of a traject


def dienstverlening_van(traject, p):
    """Kort or casus as registered; where that says nothing, as counted by the end of the period; else onbekend."""
    if traject["dienstverlening"] in ("kort", "casus"):
        return traject["dienstverlening"]
    return geteld_tot(traject, p) if traject["contacten_bekend"] else ONBEKEND


def geteld_tot(traject, p):
    """Kort or casus by the contacts up to the end of the period."""
    return getelde_dienstverlening([rij for rij in traject["contacten"] if rij["datum"] <= p.e])


def gaat_over_kort_of_casus(schoon):
    """Whether anything can be said about kort and casus."""
    geregistreerd = [rij for rij in schoon.get("trajecten", []) if rij["dienstverlening"] in ("kort", "casus")]
    return "contacten" in schoon or len(geregistreerd) > 0


def maanden_later(dag, maanden):
    """(year, month, day) so many months later, or that month's last day; no date, as 9999 has later months too."""
    jaar, maand = dag.year, dag.month + maanden
    if maand > 12:
        jaar, maand = jaar + 1, maand - 12
    laatste = monthrange(2000 + jaar % 400, maand)[1]  # the calendar repeats after 400 years
    return jaar, maand, min(dag.day, laatste)


def klasse_maanden(van, tot):
    """The class of the time between two days; negative is the first."""
    if (tot.year, tot.month, tot.day) < maanden_later(van, 1):
        return "< 1 mnd"
    if (tot.year, tot.month, tot.day) <= maanden_later(van, 2):
        return "1-2 mnd"
    return "> 2 mnd"


def klasse_contacten(traject, p):
    aantal = len([rij for rij in traject["contacten"] if rij["datum"] <= p.e])
    for naam, tot_en_met in KLASSEN_CONTACTEN:
        if aantal <= tot_en_met:
            return naam
    return MEESTE_CONTACTEN


def verwezen_door(traject):
    """The referrer and the part after the first ` > `, empty where there is none.

    Choice: the parts are not trimmed (text is compared exactly). Choice: `totaal` as a part is kept under `onbekend`,
    as it is where it is the whole text.
    """
    if traject["aanmeldroute"] == EIGEN_INITIATIEF:
        return EIGEN_INITIATIEF, ""
    if traject["verwijzer"] is None:
        return ONBEKEND, ""
    plek = traject["verwijzer"].find(" > ")
    if plek == -1:
        return traject["verwijzer"], ""
    delen = [traject["verwijzer"][:plek], traject["verwijzer"][plek + 3 :]]
    hoofd, rest = [ONBEKEND if deel == TOTAAL else deel for deel in delen]
    return hoofd, rest


# ------------------------------------------------------------------------------------------------------- section


def zonder_team(tabel, schoon, p):
    """The tables that have no team."""
    if "formulierenbrigade" in schoon:
        bezoeken = [rij for rij in schoon["formulierenbrigade"] if p.bevat(rij["datum"])]
        n = klanten_van(bezoeken)
        tabel.rij("formulierenbrigade", p, ALLE, TOTAAL, "", "aantal", n, None, n)
    if "overige_dienstverlening" in schoon:
        actief = [rij for rij in schoon["overige_dienstverlening"] if behandeld(rij, p)]
        for soort in [*vrije_tekst(schoon["overige_dienstverlening"], "soort"), TOTAAL]:
            gekozen = [rij for rij in actief if valt_onder(rij["soort"], soort)]
            tel_rijen(tabel, "overige_dienstverlening", p, ALLE, soort, gekozen)
    if "productie_uren" in schoon:
        maanden = [rij for rij in schoon["productie_uren"] if p.bevat(rij["maand"])]
        for functie in [*vrije_tekst(schoon["productie_uren"], "functie"), TOTAAL]:
            gekozen = [rij for rij in maanden if valt_onder(rij["functie"], functie)]
            som = sum(rij["uren"] for rij in gekozen)
            tabel.rij("productie_uren", p, ALLE, functie, "", "uren", som, None, len(gekozen))


def per_team(tabel, schoon, alle_trajecten, soorten, p, team):
    """The figures of one year and team; `alle_trajecten` are those of every team, enriched."""
    if "trajecten" in schoon:
        trajecten = [t for t in alle_trajecten if valt_onder_team(t, team)]
        clienten_en_casussen(tabel, schoon, trajecten, soorten, p, team)
        herkomst(tabel, alle_trajecten, trajecten, p, team)
        tijd_en_afsluiting(tabel, schoon, alle_trajecten, trajecten, p, team)
        if "contacten" in schoon:
            contacten_per_casus(tabel, trajecten, p, team)
        if "hulpvragen" in schoon:
            hulpvragen(tabel, schoon, trajecten, p, team)
    if "collectieve_activiteiten" in schoon:
        groepswerk(tabel, schoon, p, team)


def clienten_en_casussen(tabel, schoon, trajecten, soorten, p, team):
    behandelde = [t for t in trajecten if behandeld(t, p)]
    n = klanten_van(behandelde)
    tabel.rij("clienten", p, team, TOTAAL, "", "aantal", n, None, n)
    if "contacten" in schoon:
        geregistreerd = [t for t in behandelde if t["dienstverlening"] in ("kort", "casus")]
        anders = [t for t in geregistreerd if t["dienstverlening"] != geteld_tot(t, p)]
        aandeel_trajecten(tabel, "afwijkende_dienstverlening", p, team, TOTAAL, anders, geregistreerd)
    if not gaat_over_kort_of_casus(schoon):
        return
    for indicator, dienst in ("korte_contacten", "kort"), ("casussen", "casus"):
        van_dienst = [t for t in behandelde if dienstverlening_van(t, p) == dienst]
        for soort in [*codes(soorten), TOTAAL]:
            gekozen = [t for t in van_dienst if valt_onder(t["trajectsoort"], soort)]
            tel_trajecten(tabel, indicator, p, team, soort, "", gekozen)

    aangemeld = []
    for traject in trajecten:
        dag = traject["startdatum"] if traject["aanmelddatum"] is None else traject["aanmelddatum"]
        if dienstverlening_van(traject, p) == "casus" and p.bevat(dag):
            aangemeld.append(traject)
    tel_trajecten(tabel, "aanmeldingen", p, team, TOTAAL, "", aangemeld)


def herkomst(tabel, alle_trajecten, trajecten, p, team):
    """Who referred; the referrer alone has a row too where only its parts occur.

    Choice: the values of this column are those that the rule gives, so a verwijzer that stands only beside
    eigen_initiatief has no row, and eigen_initiatief and onbekend have one only when they occur.
    """
    behandelde = [t for t in trajecten if behandeld(t, p)]
    cellen = {verwezen_door(t) for t in alle_trajecten}
    cellen |= {(hoofd, "") for hoofd, _ in cellen}
    for hoofd, rest in sorted(cellen):
        gekozen = [t for t in behandelde if verwezen_door(t)[0] == hoofd]
        if rest != "":
            gekozen = [t for t in gekozen if verwezen_door(t)[1] == rest]
        n = klanten_van(gekozen)
        tabel.rij("verwezen_door", p, team, hoofd, rest, "aandeel", len(gekozen), len(behandelde), n)
    aandeel_trajecten(tabel, "verwezen_door", p, team, TOTAAL, behandelde, behandelde)


def tijd_en_afsluiting(tabel, schoon, alle_trajecten, trajecten, p, team):
    over_casussen = gaat_over_kort_of_casus(schoon)
    casussen = [t for t in trajecten if dienstverlening_van(t, p) == "casus"]
    begonnen = [t for t in casussen if gestart(t, p) and t["aanmelddatum"] is not None]
    geeindigd = [t for t in trajecten if afgesloten(t, p)]
    for klasse in [*KLASSEN_MAANDEN, TOTAAL]:
        gekozen = [t for t in begonnen if klasse in (TOTAAL, klasse_maanden(t["aanmelddatum"], t["startdatum"]))]
        if over_casussen:
            aandeel_trajecten(tabel, "wachttijd", p, team, klasse, gekozen, begonnen)
        gekozen = [t for t in geeindigd if klasse in (TOTAAL, klasse_maanden(t["startdatum"], t["einddatum"]))]
        aandeel_trajecten(tabel, "duur", p, team, klasse, gekozen, geeindigd)

    if not over_casussen:
        return
    geeindigde_casussen = [t for t in casussen if afgesloten(t, p)]
    for indicator, kolom in [
        ("reden_beeindiging", "reden_beeindiging"),
        ("doorverwijzing_na_afsluiting", "doorverwezen_naar"),
    ]:
        for waarde in [*vrije_tekst(alle_trajecten, kolom), TOTAAL]:
            gekozen = [t for t in geeindigde_casussen if valt_onder(t[kolom], waarde)]
            aandeel_trajecten(tabel, indicator, p, team, waarde, gekozen, geeindigde_casussen)


def contacten_per_casus(tabel, trajecten, p, team):
    behandelde = [t for t in trajecten if behandeld(t, p)]
    for klasse in [naam for naam, _ in KLASSEN_CONTACTEN] + [MEESTE_CONTACTEN, TOTAAL]:
        gekozen = [t for t in behandelde if klasse in (TOTAAL, klasse_contacten(t, p))]
        aandeel_trajecten(tabel, "contacten_per_casus", p, team, klasse, gekozen, behandelde)


def hulpvragen(tabel, schoon, trajecten, p, team):
    behandelde = [t for t in trajecten if behandeld(t, p)]
    over_casussen = gaat_over_kort_of_casus(schoon)
    for indicator, dienst in ("hulpvragen_casussen", "casus"), ("hulpvragen_korte_contacten", "kort"):
        if not over_casussen:
            continue
        vragen = []
        for traject in behandelde:
            if dienstverlening_van(traject, p) == dienst:
                vragen += [(vraag, traject) for vraag in {rij["hulpvraag"] for rij in traject["hulpvragen"]}]
        for categorie in [*vrije_tekst(schoon["hulpvragen"], "hulpvraag"), TOTAAL]:
            gekozen = [(vraag, traject) for vraag, traject in vragen if categorie in (vraag, TOTAAL)]
            n = klanten_van([traject for _, traject in gekozen])
            per_traject = [(t["traject_id"], 1 if categorie in (vraag, TOTAAL) else 0) for vraag, t in vragen]
            tabel.rij(indicator, p, team, categorie, "", "aandeel", len(gekozen), len(vragen), n, clusters=per_traject)

    casussen = [t for t in behandelde if dienstverlening_van(t, p) == "casus" and t["hulpvragen"]]
    enkel = [t for t in casussen if len({rij["hulpvraag"] for rij in t["hulpvragen"]}) == 1]
    meer = [t for t in casussen if len({rij["hulpvraag"] for rij in t["hulpvragen"]}) > 1]
    for klasse, gekozen in ("enkelvoudig", enkel), ("meervoudig", meer), (TOTAAL, casussen):
        if over_casussen:
            aandeel_trajecten(tabel, "samenstelling", p, team, klasse, gekozen, casussen)

    # all trajecten, kort and casus: the rule says trajecten
    for thema, effect in themas_en_effecten(schoon["hulpvragen"]):
        gekozen = [t for t in behandelde if any(hoort_onder(rij, thema, effect) for rij in t["hulpvragen"])]
        tel_trajecten(tabel, "unieke_casussen", p, team, thema, effect, gekozen)


def themas_en_effecten(rijen):
    """The cells of thema × effect: the pairs that occur, and totaal beside every thema, every effect and itself."""
    cellen = {(TOTAAL, TOTAAL)}
    for rij in rijen:
        thema, effect = of_onbekend(rij["thema"]), of_onbekend(rij["effect"])
        cellen |= {(thema, effect), (thema, TOTAAL), (TOTAAL, effect)}
    return sorted(cellen)


def hoort_onder(rij, thema, effect):
    return valt_onder(rij["thema"], thema) and valt_onder(rij["effect"], effect)


def groepswerk(tabel, schoon, p, team):
    """Choice: both figures have the pairs of every clean activity, also of those without a meeting or deelname."""
    van_team = [rij for rij in schoon["collectieve_activiteiten"] if valt_onder_team(rij, team)]
    bijeengekomen = {rij["activiteit_id"] for rij in schoon.get("bijeenkomsten", []) if p.bevat(rij["datum"])}
    deelnames = [rij for rij in schoon.get("deelnames", []) if p.bevat(rij["datum"])]
    for thema, effect in themas_en_effecten(schoon["collectieve_activiteiten"]):
        activiteiten = {rij["activiteit_id"] for rij in van_team if hoort_onder(rij, thema, effect)}
        if "bijeenkomsten" in schoon:
            aantal = len(activiteiten & bijeengekomen)
            tabel.rij("groepswerk_activiteiten", p, team, thema, effect, "aantal", aantal, None, aantal)
        if "deelnames" in schoon:
            aantal = len({rij["deelnemer_id"] for rij in deelnames if rij["activiteit_id"] in activiteiten})
            tabel.rij("groepswerk_deelnemers", p, team, thema, effect, "aantal", aantal, None, aantal)
