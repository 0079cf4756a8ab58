"""Worked examples of Cliënten en casussen (SMWO 2024)."""

from kopanalyse.indicators.voorbeelden.voorbeeld import Voorbeeld

# Nothing registered: t1 stays just under four hours in three contacts, t2 takes exactly four hours, t3 has a fourth
# contact, t7 reaches four hours by a contact after 2018 and is kort in 2018. t5 holds a value outside the code list.
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

VOORBEELDEN = [
    Voorbeeld(
        "korte_contacten",
        DIENSTVERLENING,
        {
            ("2019", "alle", "individueel"): "1 + 1 + 1",
            ("2019", "onbekend", "individueel"): "1 + 1",
            ("2019", "Zuid", "totaal"): "0",
            ("2018", "alle", "totaal"): "1 + 1",
        },
        uitleg="t1 bleef in drie contacten net onder vier uur en telt als kort; bij t5 en t6 geldt wat "
        "geregistreerd is of, zonder bruikbare code, de telling. t7 kwam pas na 2018 aan vier uur: eind 2018 was "
        "het kort.",
    ),
    Voorbeeld(
        "casussen",
        DIENSTVERLENING,
        {
            ("2019", "alle", "individueel"): "1 + 1",
            ("2019", "alle", "leun_en_steun"): "1",
            ("2019", "alle", "totaal"): "2 + 1",
            ("2018", "alle", "totaal"): "0",
        },
        uitleg="t2 duurde precies vier uur en t3 had een vierde contact: beide zijn casussen. Bij t4 "
        "telt de registratie, ook zonder contact. Het contact van t7 na 2018 maakt het in 2018 nog geen "
        "casus.",
    ),
    Voorbeeld(
        "aanmeldingen",
        {"trajecten": MAANDEN},
        {
            ("2019", "alle"): "4 + 1",
            ("2018", "alle"): "1",
            ("2019", "onbekend"): "1",
        },
        uitleg="t1, t2, t3 en t5 zijn in 2019 aangemeld; t6 heeft geen aanmelddatum en telt bij zijn "
        "start. t7 is een kort contact.",
    ),
    Voorbeeld(
        "clienten",
        DIENSTVERLENING,
        {
            ("2019", "alle"): "3",
            ("2019", "Oost"): "1",
            ("2018", "alle"): "2",
        },
        uitleg="k1, k2 en k3 hebben elk twee trajecten en tellen één keer.",
    ),
    Voorbeeld(
        "formulierenbrigade",
        {"formulierenbrigade": BEZOEKEN},
        {
            ("2019", "alle"): "2",
            ("2018", "alle"): "1",
        },
        uitleg="k1 kwam in 2019 twee keer en telt één keer.",
    ),
    Voorbeeld(
        "overige_dienstverlening",
        {"overige_dienstverlening": DIENSTEN},
        {
            ("2019", "alle", "Buurtbemiddeling"): "1 + 1",
            ("2019", "alle", "totaal"): "2 + 1",
            ("2018", "alle", "Buurtbemiddeling"): "2",
        },
        uitleg="r1 liep op de eerste dag van 2019, r2 vanaf de laatste; r3 was toen al afgelopen.",
    ),
    Voorbeeld(
        "verwezen_door",
        {"trajecten": VERWIJZERS},
        {
            ("2019", "alle", "Gemeente", ""): "(1 + 1 + 1) / 4",
            ("2019", "alle", "Gemeente", "WIZ"): "1 / 4",
            ("2019", "alle", "Gemeente", "WIZ > Loket"): "1 / 4",
            ("2019", "alle", "eigen_initiatief", ""): "1 / 4",
            ("2019", "alle", "totaal", ""): "4 / 4",
            ("2018", "alle", "onbekend", ""): "1 / 1",
            ("2019", "onbekend", "onbekend", ""): "0 / 0",
        },
        uitleg="Gemeente telt met haar onderdelen mee; een naam wordt bij de eerste ' > ' gesplitst. t4 "
        "kwam op eigen initiatief, ook al staat er een verwijzer bij.",
    ),
]
