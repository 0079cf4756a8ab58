"""Worked examples of Maatschappelijk werk en cliëntondersteuning (SMWO 2024)."""

from kopanalyse.indicators.voorbeelden.voorbeeld import Voorbeeld

# Nothing registered: t1 stays just under four hours in three contacts, t2 takes exactly four hours, t3 has a fourth
# contact, t7 becomes a casus by a contact after 2018 and is one in 2018 too. t5 holds a value outside the code list.
# What is registered counts, also where the count says otherwise: t4 had no contact, t6 took four hours.
KORT_OF_CASUS = """
    traject_id klant_id team trajectsoort  dienstverlening startdatum einddatum
    t1         k1       Oost individueel   -               2019-01-01 2019-12-31
    t2         k1       Oost individueel   -               2019-01-01 -
    t3         k2       Zuid individueel   -               2019-01-01 -
    t4         k2       Zuid leun_en_steun casus           2019-01-01 -
    t5         k3       -    individueel   onbekend        2019-01-01 -
    t6         k3       -    individueel   kort            2018-12-01 -
    t7         k4       Oost individueel   -               2018-12-01 2018-12-31
"""
CONTACTEN = """
    contact_id traject_id datum      minuten
    c1         t1         2019-01-02 119
    c2         t1         2019-01-03 120
    c3         t1         2019-01-04 -
    c4         t2         2019-01-02 240
    c5         t3         2019-01-02 1
    c6         t3         2019-01-03 1
    c7         t3         2019-01-04 1
    c8         t3         2019-01-05 1
    c9         t6         2018-12-02 240
    c10        t7         2018-12-02 200
    c11        t7         2019-01-02 40
"""
DIENSTVERLENING = {"trajecten": KORT_OF_CASUS, "contacten": CONTACTEN}
# A month after 31 January is 28 February, two months after it 31 March. t5 began before the aanmelding; t6 has none;
# t7 is a kort contact that lasted from 31 January to 28 February.
MAANDEN = """
    traject_id klant_id team trajectsoort dienstverlening aanmelddatum startdatum einddatum
    t1         k1       Oost individueel  casus           2019-01-31   2019-02-27 2019-03-26
    t2         k2       Oost individueel  casus           2019-01-31   2019-02-28 2019-04-28
    t3         k3       Oost individueel  casus           2019-01-31   2019-03-31 2019-12-31
    t4         k4       Zuid individueel  casus           2018-12-31   2019-03-01 -
    t5         k5       Zuid individueel  casus           2019-03-02   2019-03-01 -
    t6         k5       -    individueel  casus           -            2019-01-01 -
    t7         k6       -    individueel  kort            2018-01-01   2019-01-31 2019-02-28
"""
VERWIJZERS = """
    traject_id klant_id team trajectsoort aanmeldroute     verwijzer             startdatum einddatum
    t1         k1       Oost individueel  verwezen         Gemeente·>·WIZ        2019-01-01 -
    t2         k1       Oost individueel  verwezen         Gemeente              2019-01-01 -
    t3         k2       Zuid individueel  -                Gemeente·>·WIZ·>·Loket 2019-01-01 -
    t4         k3       Zuid individueel  eigen_initiatief Huisarts              2019-01-01 -
    t5         k4       -    individueel  verwezen         -                     2018-01-01 2018-12-31
"""
EINDE = """
    traject_id klant_id team trajectsoort dienstverlening startdatum einddatum  reden_beeindiging doorverwezen_naar
    t1         k1       Oost individueel  casus           2018-01-01 2019-01-01 succesvol·afgerond geen
    t2         k1       Oost individueel  casus           2018-01-01 2019-12-31 succesvol·afgerond GGZ
    t3         k2       Zuid individueel  casus           2018-01-01 2019-06-01 -                  -
    t4         k3       Zuid individueel  kort            2019-01-01 2019-01-02 verhuizing         Loket
    t5         k4       -    individueel  casus           2018-01-01 2018-12-31 overlijden         -
"""
BEZOEKEN = """
    bezoek_id klant_id datum
    b1        k1       2019-01-01
    b2        k1       2019-12-31
    b3        k2       2019-06-01
    b4        k3       2018-12-31
"""
DIENSTEN = """
    registratie_id soort           startdatum einddatum
    r1             Buurtbemiddeling 2018-06-01 2019-01-01
    r2             Buurtbemiddeling 2019-12-31 -
    r3             Buurtbemiddeling 2018-01-01 2018-12-31
    r4             WLZ              2018-01-01 -
"""
UREN = """
    maand      functie              uren
    2019-01-01 Maatschappelijk·werk 10.5
    2019-12-01 Maatschappelijk·werk 0.25
    2019-01-01 Groepswerk           7
    2018-12-01 Groepswerk           8
"""

VOORBEELDEN = [
    Voorbeeld("korte_contacten", DIENSTVERLENING, {
        ("2019", "alle", "individueel"): "1 + 1 + 1",
        ("2019", "onbekend", "individueel"): "1 + 1",
        ("2019", "Zuid", "totaal"): "0",
        ("2018", "alle", "totaal"): "1",
    }, uitleg="t1 bleef in drie contacten net onder vier uur en telt als kort; bij t5 en t6 geldt wat "
             "geregistreerd is of, zonder bruikbare code, de telling."),
    Voorbeeld("casussen", DIENSTVERLENING, {
        ("2019", "alle", "individueel"): "1 + 1",
        ("2019", "alle", "leun_en_steun"): "1",
        ("2019", "alle", "totaal"): "2 + 1",
        ("2018", "alle", "totaal"): "1",
    }, uitleg="t2 duurde precies vier uur en t3 had een vierde contact: beide zijn casussen. Bij t4 "
             "telt de registratie, ook zonder contact. t7 is door een contact van later ook in 2018 "
             "een casus."),
    Voorbeeld("aanmeldingen", {"trajecten": MAANDEN}, {
        ("2019", "alle"): "4 + 1",
        ("2018", "alle"): "1",
        ("2019", "onbekend"): "1",
    }, uitleg="t1, t2, t3 en t5 zijn in 2019 aangemeld; t6 heeft geen aanmelddatum en telt bij zijn "
             "start. t7 is een kort contact."),
    Voorbeeld("clienten", DIENSTVERLENING, {
        ("2019", "alle"): "3",
        ("2019", "Oost"): "1",
        ("2018", "alle"): "2",
    }, uitleg="k1, k2 en k3 hebben elk twee trajecten en tellen één keer."),
    Voorbeeld("formulierenbrigade", {"formulierenbrigade": BEZOEKEN}, {
        ("2019", "alle"): "2",
        ("2018", "alle"): "1",
    }, uitleg="k1 kwam in 2019 twee keer en telt één keer."),
    Voorbeeld("overige_dienstverlening", {"overige_dienstverlening": DIENSTEN}, {
        ("2019", "alle", "Buurtbemiddeling"): "1 + 1",
        ("2019", "alle", "totaal"): "2 + 1",
        ("2018", "alle", "Buurtbemiddeling"): "2",
    }, uitleg="r1 liep op de eerste dag van 2019, r2 vanaf de laatste; r3 was toen al afgelopen."),
    Voorbeeld("productie_uren", {"productie_uren": UREN}, {
        ("2019", "alle", "Maatschappelijk werk"): "10.5 + 0.25",
        ("2019", "alle", "totaal"): "10.75 + 7",
        ("2018", "alle", "Maatschappelijk werk"): "0",
    }, uitleg="Een maand telt in het jaar van haar eerste dag; halve en kwart uren tellen gewoon op."),
    Voorbeeld("verwezen_door", {"trajecten": VERWIJZERS}, {
        ("2019", "alle", "Gemeente", ""): "(1 + 1 + 1) / 4",
        ("2019", "alle", "Gemeente", "WIZ"): "1 / 4",
        ("2019", "alle", "Gemeente", "WIZ > Loket"): "1 / 4",
        ("2019", "alle", "eigen_initiatief", ""): "1 / 4",
        ("2019", "alle", "totaal", ""): "4 / 4",
        ("2018", "alle", "onbekend", ""): "1 / 1",
        ("2019", "onbekend", "onbekend", ""): "0 / 0",
    }, uitleg="Gemeente telt met haar onderdelen mee; een naam wordt bij de eerste ' > ' gesplitst. t4 "
             "kwam op eigen initiatief, ook al staat er een verwijzer bij."),
    Voorbeeld("wachttijd", {"trajecten": MAANDEN}, {
        ("2019", "alle", "< 1 mnd"): "(1 + 1) / 5",
        ("2019", "alle", "1-2 mnd"): "(1 + 1) / 5",
        ("2019", "alle", "> 2 mnd"): "1 / 5",
        ("2019", "onbekend", "totaal"): "0 / 0",
    }, uitleg="Een maand na 31 januari is 28 februari: t1 begon een dag eerder, t2 precies dan. t5 "
             "begon voor de aanmelding en telt als kortste wachttijd; t6 heeft geen aanmelddatum."),
    Voorbeeld("duur", {"trajecten": MAANDEN}, {
        ("2019", "alle", "< 1 mnd"): "1 / 4",
        ("2019", "alle", "1-2 mnd"): "(1 + 1) / 4",
        ("2019", "alle", "> 2 mnd"): "1 / 4",
        ("2019", "Zuid", "totaal"): "0 / 0",
    }, uitleg="t2 duurde precies twee maanden en t7 precies één: beide vallen in de middelste klasse. "
             "Wat nog loopt, telt niet."),
    Voorbeeld("contacten_per_casus", DIENSTVERLENING, {
        ("2019", "alle", "0-3"): "5 / 6",
        ("2019", "alle", "4-10"): "1 / 6",
        ("2019", "alle", "> 100"): "0 / 6",
        ("2018", "alle", "0-3"): "2 / 2",
    }, uitleg="t3 had vier contacten, de andere trajecten hooguit drie; een traject zonder contact telt "
             "in de laagste klasse."),
    Voorbeeld("reden_beeindiging", {"trajecten": EINDE}, {
        ("2019", "alle", "succesvol afgerond"): "2 / 3",
        ("2019", "alle", "onbekend"): "1 / 3",
        ("2019", "alle", "verhuizing"): "0 / 3",
        ("2018", "alle", "overlijden"): "1 / 1",
    }, uitleg="Alleen casussen tellen: t4 is een kort contact. Bij t3 is geen reden ingevuld."),
    Voorbeeld("doorverwijzing_na_afsluiting", {"trajecten": EINDE}, {
        ("2019", "alle", "geen"): "1 / 3",
        ("2019", "Oost", "GGZ"): "1 / 2",
        ("2019", "alle", "Loket"): "0 / 3",
        ("2018", "alle", "onbekend"): "1 / 1",
    }, uitleg="Een lege doorverwijzing is onbekend, niet overbodig: t3 telt onder onbekend."),
    Voorbeeld("afwijkende_dienstverlening", DIENSTVERLENING, {
        ("2019", "alle"): "(1 + 1) / 2",
        ("2019", "Oost"): "0 / 0",
        ("2018", "alle"): "1 / 1",
    }, uitleg="t4 heet casus maar had geen contact, t6 heet kort maar duurde vier uur. Waar niets "
             "geregistreerd is, valt er niets te vergelijken."),
]
