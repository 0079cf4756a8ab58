"""Worked examples of Individuele casussen op inhoud (De Kop 2019, chapter 2)."""

from kopanalyse.indicators.voorbeelden.voorbeeld import TRAJECTEN, Voorbeeld

KLANTEN = """
    klant_id geboortedatum geslacht kern
    k1       1991-12-31    man      Dorp
    k2       1992-01-01    vrouw    Stad
    k3       -             -        Dorp
"""
# Financiën of t1 has two intakes: the earliest counts (2); its latest end counts (4). Huisvesting is no hoofddomein.
# t2 has an intake that was not discussed (99) on its hoofddomein. t5 was scored in two versions of the ZRM.
ZRM_TRAJECTEN = """
    traject_id klant_id team trajectsoort startdatum einddatum
    t1         k1       Oost individueel  2018-11-01 2019-02-01
    t2         k1       Oost individueel  2019-03-01 2019-03-31
    t5         k2       Zuid individueel  2019-04-01 2019-05-01
"""
ZRM = """
    traject_id moment datum      domein      score hoofddomein doelscore zrm_versie
    t1         intake 2018-11-01 Financiën   2     ja          4         2013
    t1         intake 2018-12-01 Financiën   3     ja          2         2013
    t1         eind   2019-01-01 Financiën   5     -           -         2013
    t1         eind   2019-02-01 Financiën   4     -           -         2013
    t1         intake 2018-11-01 Huisvesting 1     nee         -         2013
    t1         eind   2019-02-01 Huisvesting 5     -           -         2013
    t1         intake 2018-11-01 Justitie    3     ja          4         2013
    t1         eind   2019-02-01 Justitie    3     -           -         2013
    t2         intake 2019-03-01 Verslaving  99    ja          -         2013
    t2         eind   2019-03-31 Verslaving  4     -           -         2013
    t5         intake 2019-04-01 Huisvesting 2     ja          3         2013
    t5         eind   2019-05-01 Huisvesting 4     -           -         2017
"""
ZRM_TABELLEN = {"trajecten": ZRM_TRAJECTEN, "zrm_metingen": ZRM}
# t1 was estimated light and had six contacts by the end of 2019, one of them in 2018; the seventh came later.
CONTACT_TRAJECTEN = """
    traject_id klant_id team trajectsoort startdatum einddatum  geschat_aantal_gesprekken
    t1         k1       Oost individueel  2018-11-01 -          5
    t2         k2       Oost individueel  2019-01-01 2019-12-31 6
    t3         k3       Zuid individueel  2019-01-01 -          -
"""
CONTACTEN = """
    contact_id traject_id datum      vorm
    c1         t1         2018-11-01 face_to_face
    c2         t1         2019-01-02 telefonisch
    c3         t1         2019-01-03 face_to_face
    c4         t1         2019-01-04 -
    c5         t1         2019-01-05 e_mail
    c6         t1         2019-12-31 telefonisch
    c7         t1         2020-01-01 face_to_face
    c8         t2         2019-02-01 face_to_face
"""
CONTACT_TABELLEN = {"trajecten": CONTACT_TRAJECTEN, "contacten": CONTACTEN}
# t1 started before 2019; t4 is no individual traject.
AANMELDROUTE = """
    traject_id klant_id team trajectsoort  startdatum aanmeldroute
    t1         k1       Oost individueel   2018-11-01 verwezen
    t2         k1       Oost individueel   2019-01-01 verwezen
    t3         k2       Zuid individueel   2019-01-01 eigen_initiatief
    t4         k3       Zuid leun_en_steun 2019-01-01 -
    t6         k4       Zuid individueel   2019-01-01 -
"""
NETWERK = """
    traject_id klant_id team trajectsoort  startdatum netwerk_gevraagd reden_geen_netwerk
    t1         k1       Oost individueel   2018-11-01 ja               -
    t2         k1       Oost individueel   2019-01-01 nee              crisis
    t3         k2       Zuid individueel   2019-01-01 nee              -
    t4         k3       Zuid leun_en_steun 2019-01-01 ja               -
    t6         k4       Zuid individueel   2019-01-01 -                -
"""
CLIENTONDERSTEUNING = """
    traject_id klant_id team trajectsoort  startdatum onafhankelijke_clientondersteuning
    t1         k1       Oost individueel   2018-11-01 ja
    t2         k1       Oost individueel   2019-01-01 nee
    t3         k2       Zuid individueel   2019-01-01 -
    t4         k3       Zuid leun_en_steun 2019-01-01 ja
    t6         k4       Zuid individueel   2019-01-01 ja
"""
PARTICIPANTEN = """
    traject_id participant_id
    t1         p1
    t2         p1
    t2         p2
    t4         p3
"""
KERNEN = """
    kern    inwoners
    Dorp    500
    Stad    2000
    Gehucht 0
"""
KERN_TABELLEN = {"trajecten": TRAJECTEN, "klanten": KLANTEN, "kernen": KERNEN}

VOORBEELDEN = [
    Voorbeeld(
        "zrm_intake",
        ZRM_TABELLEN,
        {
            ("2019", "alle", "Financiën", "2"): "1",
            ("2019", "alle", "Financiën", "3"): "0",
            ("2019", "alle", "Verslaving", "totaal"): "0",
            ("2019", "alle", "totaal", "2"): "1 + 1",
            ("2019", "alle", "totaal", "totaal"): "3",
        },
        uitleg="Van twee intakes op één domein telt de vroegste: t1 heeft op Financiën een 2. Huisvesting van t1 is "
        "geen hoofddomein en Verslaving van t2 is niet besproken (99): die tellen niet mee.",
    ),
    Voorbeeld(
        "zrm_intake_jongeren",
        ZRM_TABELLEN | {"klanten": KLANTEN},
        {
            ("2019", "alle", "totaal", "totaal"): "1",
            ("2018", "alle", "totaal", "totaal"): "2",
        },
        uitleg="k1 wordt op 31 december 2019 28 jaar en is dan geen jongere meer; in 2018 nog wel, met twee "
        "hoofddomeinen van t1. k2 is aan het eind van 2019 27 jaar: de score van t5 telt.",
    ),
    Voorbeeld(
        "zrm_groei",
        ZRM_TABELLEN,
        {
            ("2019", "alle", "Financiën"): "(4 - 2) / 1",
            ("2019", "alle", "totaal"): "((4 - 2) + (3 - 3)) / 2",
            ("2019", "Zuid", "totaal"): "0 / 0",  # two versions are never subtracted
        },
        uitleg="Op Financiën ging t1 van 2 (de vroegste intake) naar 4 (de laatste eindmeting), Justitie bleef 3. De "
        "scores van t5 zijn van twee versies van de ZRM en worden nooit van elkaar afgetrokken.",
    ),
    Voorbeeld(
        "zrm_overgang",
        ZRM_TABELLEN,
        {
            ("2019", "alle", "Financiën", "2>4"): "1",
            ("2019", "alle", "totaal", "totaal"): "2",
            ("2019", "alle", "totaal", "3>3"): "1",
        },
        uitleg="t1 ging op Financiën van 2 naar 4 en bleef op Justitie op 3. Huisvesting telt niet mee: bij t1 is het "
        "geen hoofddomein, bij t5 zijn de scores van twee versies van de ZRM.",
    ),
    Voorbeeld(
        "zrm_doel_behaald",
        ZRM_TABELLEN,
        {
            ("2019", "alle", "Financiën"): "1 / 1",
            ("2019", "alle", "Justitie"): "0 / 1",
            ("2019", "alle", "totaal"): "1 / 2",
        },
        uitleg="Op Financiën is het doel van de vroegste intake (4) gehaald. Op Justitie niet: het doel was 4 en de "
        "eindscore is 3.",
    ),
    Voorbeeld(
        "zrm_volledig",
        ZRM_TABELLEN,
        {
            ("2019", "alle"): "1 / 3",
            ("2019", "Oost"): "1 / 2",
        },
        uitleg="Van de drie afgesloten trajecten heeft alleen t1 een intake- en een eindscore die bij elkaar horen: de "
        "intake van t2 is niet besproken (99) en t5 is met twee versies van de ZRM gemeten.",
    ),
    Voorbeeld(
        "complexiteit",
        ZRM_TABELLEN,
        {
            ("2019", "alle", "niet complex"): "2 / 3",
            ("2019", "alle", "redelijk complex"): "1 / 3",
            ("2019", "alle", "totaal"): "3 / 3",
            ("2019-K3", "alle", "complex"): "0 / 0",
        },
        uitleg="t1 heeft twee hoofddomeinen bij intake, t2 en t5 hebben er elk één; ook een niet besproken hoofddomein "
        "(99) telt. In het derde kwartaal liep geen traject: dan is er geen aandeel.",
    ),
    Voorbeeld(
        "contacten_per_traject",
        CONTACT_TABELLEN,
        {
            ("2019", "alle", "licht"): "6 / 1",
            ("2019", "alle", "zwaar"): "1 / 1",
            ("2019", "alle", "onbekend"): "0 / 1",
            ("2019", "alle", "totaal"): "(6 + 1 + 0) / 3",
            ("2018", "alle", "totaal"): "1 / 1",
        },
        uitleg="t1 is licht geschat (5) en heeft tot en met 2019 zes contacten: ook c1 uit 2018 telt, c7 uit 2020 "
        "niet. t3 heeft geen schatting en geen contacten, en telt wel mee als traject.",
    ),
    Voorbeeld(
        "contacten_per_traject_face_to_face",
        CONTACT_TABELLEN,
        {
            ("2019", "alle", "licht"): "2 / 1",
            ("2019", "alle", "totaal"): "(2 + 1 + 0) / 3",
        },
        uitleg="Van de zes contacten van t1 zijn c1 en c3 face to face; c4 heeft geen vorm en telt niet als zodanig. "
        "t3 telt mee als traject zonder contacten.",
    ),
    Voorbeeld(
        "zware_trajecten",
        CONTACT_TABELLEN,
        {
            ("2019", "alle"): "1 / 2",
            ("2019", "Zuid"): "0 / 0",
        },
        uitleg="De schatting van t1 (5) is licht, die van t2 (6) zwaar. t3 heeft geen schatting en telt niet mee, "
        "zodat er voor team Zuid geen aandeel is.",
    ),
    Voorbeeld(
        "zware_trajecten_werkelijk",
        CONTACT_TABELLEN,
        {
            ("2019", "alle"): "1 / 3",
            ("2019-K3", "alle"): "0 / 3",
            ("2019-K4", "Oost"): "1 / 2",
        },
        uitleg="t1 komt op 31 december op zes contacten en is dan zwaar; aan het eind van het derde kwartaal waren het "
        "er vijf.",
    ),
    Voorbeeld(
        "inschatting",
        CONTACT_TABELLEN,
        {
            ("2019", "alle", "licht", "zwaar"): "1",
            ("2019", "alle", "zwaar", "licht"): "1",
            ("2019", "alle", "totaal", "licht"): "2",
            ("2019", "alle", "totaal", "totaal"): "3",
        },
        uitleg="t1 is licht geschat en zwaar geteld (zes contacten), t2 andersom. t3 heeft geen schatting: het staat "
        "onder onbekend, en geteld onder licht.",
    ),
    Voorbeeld(
        "klanten",
        {"trajecten": TRAJECTEN, "klanten": KLANTEN},
        {
            ("2019", "alle", "28-44", "man"): "1",
            ("2019", "alle", "18-27", "vrouw"): "1",
            ("2019", "alle", "totaal", "totaal"): "2",
        },
        uitleg="k1 heeft twee individuele trajecten en telt één keer; hij wordt op de laatste dag van het jaar 28. k3 "
        "heeft geen individueel traject en telt niet mee.",
    ),
    Voorbeeld(
        "casussen_per_kern",
        KERN_TABELLEN,
        {
            ("2019", "alle", "Dorp"): "2",
            ("2019", "alle", "Stad"): "1",
            ("2019", "alle", "totaal"): "3",
            ("2019", "alle", "onbekend"): "0",
        },
        uitleg="t1 en t2 zijn van k1 uit Dorp, t3 is van k2 uit Stad. t4 is geen individueel traject.",
    ),
    Voorbeeld(
        "casussen_per_1000_inwoners",
        KERN_TABELLEN,
        {
            ("2019", "alle", "Dorp"): "2 / 500",
            ("2019", "Oost", "Stad"): "0 / 2000",
            ("2019", "alle", "Gehucht"): "0 / 0",
            ("2019", "alle", "totaal"): "(2 + 1) / (500 + 2000)",
        },
        uitleg="Twee casussen op de 500 inwoners van Dorp zijn er 4 per 1.000; ook voor één team telt de hele kern. "
        "Gehucht heeft geen inwoners: daar is geen cijfer, en in het totaal telt het niet mee.",
    ),
    Voorbeeld(
        "financiele_casussen_per_kern",
        KERN_TABELLEN | ZRM_TABELLEN,
        {
            ("2019", "alle", "Dorp"): "1",
            ("2019", "alle", "totaal"): "1",
        },
        uitleg="Alleen t1 heeft Financiën als hoofddomein bij intake, en de klant k1 woont in Dorp.",
    ),
    Voorbeeld(
        "verwijzingen",
        {"trajecten": AANMELDROUTE},
        {
            ("2019", "alle", "verwezen"): "1 / 3",
            ("2019", "alle", "onbekend"): "1 / 3",
            ("2019", "alle", "totaal"): "3 / 3",
            ("2018", "Zuid", "verwezen"): "0 / 0",
        },
        uitleg="t2, t3 en t6 begonnen in 2019; bij t6 is niet ingevuld hoe de klant binnenkwam. In 2018 begon er bij "
        "team Zuid niets: dan is er geen aandeel.",
    ),
    Voorbeeld(
        "netwerk_gevraagd",
        {"trajecten": NETWERK},
        {
            ("2019", "alle", "gevraagd"): "1 + 1",
            ("2019", "alle", "niet_gevraagd"): "2",
            ("2019", "alle", "onbekend"): "1",
            ("2019", "alle", "totaal"): "5",
        },
        uitleg="Ook het leun- en steuntraject t4 telt mee. Bij t6 is niets ingevuld: dat is onbekend, iets anders dan "
        "niet gevraagd.",
    ),
    Voorbeeld(
        "reden_geen_netwerk",
        {"trajecten": NETWERK},
        {
            ("2019", "alle", "crisis"): "1",
            ("2019", "alle", "onbekend"): "1",
            ("2019", "alle", "totaal"): "2",
        },
        uitleg="Bij t2 en t3 is het netwerk niet gevraagd; alleen bij t2 staat waarom.",
    ),
    Voorbeeld(
        "netwerkparticipanten",
        {"trajecten": NETWERK, "netwerkparticipanten": PARTICIPANTEN},
        {
            ("2019", "alle"): "3",
            ("2019", "Oost"): "2",
            ("2018", "alle"): "1",
        },
        uitleg="p1 helpt in t1 en in t2 en telt één keer. In 2018 liep alleen t1, met p1.",
    ),
    Voorbeeld(
        "onafhankelijke_clientondersteuning",
        {"trajecten": CLIENTONDERSTEUNING},
        {
            ("2019", "alle"): "(1 + 1) / 4",
            ("2019", "Zuid"): "1 / 2",
        },
        uitleg="Van de vier individuele trajecten staat bij t1 en t6 ja; bij t3 is niets ingevuld en dat telt als nee. "
        "t4 is geen individueel traject.",
    ),
]
