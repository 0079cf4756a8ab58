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
NETWERK = """
    traject_id klant_id team trajectsoort  startdatum einddatum aanmeldroute     netwerk_gevraagd reden_geen_netwerk onafhankelijke_clientondersteuning
    t1         k1       Oost individueel   2018-11-01 -         verwezen         ja               -                  ja
    t2         k1       Oost individueel   2019-01-01 -         verwezen         nee              crisis             nee
    t3         k2       Zuid individueel   2019-01-01 -         eigen_initiatief nee              -                  -
    t4         k3       Zuid leun_en_steun 2019-01-01 -         -                ja               -                  ja
    t6         k4       Zuid individueel   2019-01-01 -         -                -                -                  ja
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
    Voorbeeld("zrm_intake", ZRM_TABELLEN, {
        ("2019", "alle", "Financiën", "2"): "1",
        ("2019", "alle", "Financiën", "3"): "0",
        ("2019", "alle", "Verslaving", "totaal"): "0",
        ("2019", "alle", "totaal", "2"): "1 + 1",
        ("2019", "alle", "totaal", "totaal"): "3",
    }),
    Voorbeeld("zrm_intake_jongeren", ZRM_TABELLEN | {"klanten": KLANTEN}, {
        ("2019", "alle", "totaal", "totaal"): "1",
        ("2018", "alle", "totaal", "totaal"): "2",
    }),
    Voorbeeld("zrm_groei", ZRM_TABELLEN, {
        ("2019", "alle", "Financiën"): "(4 - 2) / 1",
        ("2019", "alle", "totaal"): "((4 - 2) + (3 - 3)) / 2",
        ("2019", "Zuid", "totaal"): "0 / 0",  # two versions are never subtracted
    }),
    Voorbeeld("zrm_overgang", ZRM_TABELLEN, {
        ("2019", "alle", "Financiën", "2>4"): "1",
        ("2019", "alle", "totaal", "totaal"): "2",
        ("2019", "alle", "totaal", "3>3"): "1",
    }),
    Voorbeeld("zrm_doel_behaald", ZRM_TABELLEN, {
        ("2019", "alle", "Financiën"): "1 / 1",
        ("2019", "alle", "Justitie"): "0 / 1",
        ("2019", "alle", "totaal"): "1 / 2",
    }),
    Voorbeeld("zrm_volledig", ZRM_TABELLEN, {
        ("2019", "alle"): "1 / 3",
        ("2019", "Oost"): "1 / 2",
    }),
    Voorbeeld("complexiteit", ZRM_TABELLEN, {
        ("2019", "alle", "niet complex"): "2 / 3",
        ("2019", "alle", "redelijk complex"): "1 / 3",
        ("2019", "alle", "totaal"): "3 / 3",
        ("2019-K3", "alle", "complex"): "0 / 0",
    }),
    Voorbeeld("contacten_per_traject", CONTACT_TABELLEN, {
        ("2019", "alle", "licht"): "6 / 1",
        ("2019", "alle", "zwaar"): "1 / 1",
        ("2019", "alle", "onbekend"): "0 / 1",
        ("2019", "alle", "totaal"): "(6 + 1 + 0) / 3",
        ("2018", "alle", "totaal"): "1 / 1",
    }),
    Voorbeeld("contacten_per_traject_face_to_face", CONTACT_TABELLEN, {
        ("2019", "alle", "licht"): "2 / 1",
        ("2019", "alle", "totaal"): "(2 + 1 + 0) / 3",
    }),
    Voorbeeld("zware_trajecten", CONTACT_TABELLEN, {
        ("2019", "alle"): "1 / 2",
        ("2019", "Zuid"): "0 / 0",
    }),
    Voorbeeld("zware_trajecten_werkelijk", CONTACT_TABELLEN, {
        ("2019", "alle"): "1 / 3",
        ("2019-K3", "alle"): "0 / 3",
        ("2019-K4", "Oost"): "1 / 2",
    }),
    Voorbeeld("inschatting", CONTACT_TABELLEN, {
        ("2019", "alle", "licht", "zwaar"): "1",
        ("2019", "alle", "zwaar", "licht"): "1",
        ("2019", "alle", "totaal", "licht"): "2",
        ("2019", "alle", "totaal", "totaal"): "3",
    }),
    Voorbeeld("klanten", {"trajecten": TRAJECTEN, "klanten": KLANTEN}, {
        ("2019", "alle", "28-44", "man"): "1",
        ("2019", "alle", "18-27", "vrouw"): "1",
        ("2019", "alle", "totaal", "totaal"): "2",
    }),
    Voorbeeld("casussen_per_kern", KERN_TABELLEN, {
        ("2019", "alle", "Dorp"): "2",
        ("2019", "alle", "Stad"): "1",
        ("2019", "alle", "totaal"): "3",
        ("2019", "alle", "onbekend"): "0",
    }),
    Voorbeeld("casussen_per_1000_inwoners", KERN_TABELLEN, {
        ("2019", "alle", "Dorp"): "2 / 500",
        ("2019", "Oost", "Stad"): "0 / 2000",
        ("2019", "alle", "Gehucht"): "0 / 0",
        ("2019", "alle", "totaal"): "(2 + 1) / 500 + 2000",
    }),
    Voorbeeld("financiele_casussen_per_kern", KERN_TABELLEN | ZRM_TABELLEN, {
        ("2019", "alle", "Dorp"): "1",
        ("2019", "alle", "totaal"): "1",
    }),
    Voorbeeld("verwijzingen", {"trajecten": NETWERK}, {
        ("2019", "alle", "verwezen"): "1 / 3",
        ("2019", "alle", "onbekend"): "1 / 3",
        ("2019", "alle", "totaal"): "3 / 3",
        ("2018", "Zuid", "verwezen"): "0 / 0",
    }),
    Voorbeeld("netwerk_gevraagd", {"trajecten": NETWERK}, {
        ("2019", "alle", "gevraagd"): "1 + 1",
        ("2019", "alle", "niet_gevraagd"): "2",
        ("2019", "alle", "onbekend"): "1",
        ("2019", "alle", "totaal"): "5",
    }),
    Voorbeeld("reden_geen_netwerk", {"trajecten": NETWERK}, {
        ("2019", "alle", "crisis"): "1",
        ("2019", "alle", "onbekend"): "1",
        ("2019", "alle", "totaal"): "2",
    }),
    Voorbeeld("netwerkparticipanten", {"trajecten": NETWERK, "netwerkparticipanten": PARTICIPANTEN}, {
        ("2019", "alle"): "3",
        ("2019", "Oost"): "2",
        ("2018", "alle"): "1",
    }),
    Voorbeeld("onafhankelijke_clientondersteuning", {"trajecten": NETWERK}, {
        ("2019", "alle"): "(1 + 1) / 4",
        ("2019", "Zuid"): "1 / 2",
    }),
]
