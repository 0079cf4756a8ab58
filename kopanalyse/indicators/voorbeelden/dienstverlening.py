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
        ("2019", "alle", "individueel"): "1 + 1 + 1",  # t1, t5, t6
        ("2019", "onbekend", "individueel"): "1 + 1",
        ("2019", "Zuid", "totaal"): "0",
        ("2018", "alle", "totaal"): "1",
    }),
    Voorbeeld("casussen", DIENSTVERLENING, {
        ("2019", "alle", "individueel"): "1 + 1",  # t2, t3
        ("2019", "alle", "leun_en_steun"): "1",
        ("2019", "alle", "totaal"): "2 + 1",
        ("2018", "alle", "totaal"): "1",  # t7, by a contact of 2019
    }),
    Voorbeeld("aanmeldingen", {"trajecten": MAANDEN}, {
        ("2019", "alle"): "4 + 1",  # t1, t2, t3 and t5; t6 by its startdatum
        ("2018", "alle"): "1",  # t4; t7 is no casus
        ("2019", "onbekend"): "1",
    }),
    Voorbeeld("clienten", DIENSTVERLENING, {
        ("2019", "alle"): "3",  # k1, k2 and k3 have two trajecten each
        ("2019", "Oost"): "1",
        ("2018", "alle"): "2",
    }),
    Voorbeeld("formulierenbrigade", {"formulierenbrigade": BEZOEKEN}, {
        ("2019", "alle"): "2",  # k1 came twice
        ("2018", "alle"): "1",
    }),
    Voorbeeld("overige_dienstverlening", {"overige_dienstverlening": DIENSTEN}, {
        ("2019", "alle", "Buurtbemiddeling"): "1 + 1",  # r1 on the first day, r2 on the last
        ("2019", "alle", "totaal"): "2 + 1",
        ("2018", "alle", "Buurtbemiddeling"): "2",
    }),
    Voorbeeld("productie_uren", {"productie_uren": UREN}, {
        ("2019", "alle", "Maatschappelijk werk"): "10.5 + 0.25",
        ("2019", "alle", "totaal"): "10.75 + 7",
        ("2018", "alle", "Maatschappelijk werk"): "0",
    }),
    Voorbeeld("verwezen_door", {"trajecten": VERWIJZERS}, {
        ("2019", "alle", "Gemeente", ""): "(1 + 1 + 1) / 4",
        ("2019", "alle", "Gemeente", "WIZ"): "1 / 4",
        ("2019", "alle", "Gemeente", "WIZ > Loket"): "1 / 4",
        ("2019", "alle", "eigen_initiatief", ""): "1 / 4",
        ("2019", "alle", "Huisarts", ""): "0 / 4",  # t4 came by itself
        ("2019", "alle", "totaal", ""): "4 / 4",
        ("2018", "alle", "onbekend", ""): "1 / 1",
        ("2019", "onbekend", "onbekend", ""): "0 / 0",
    }),
    Voorbeeld("wachttijd", {"trajecten": MAANDEN}, {
        ("2019", "alle", "< 1 mnd"): "(1 + 1) / 5",  # t1, a day short of a month; t5, a wait below nought
        ("2019", "alle", "1-2 mnd"): "(1 + 1) / 5",  # t2, exactly one month; t3, exactly two
        ("2019", "alle", "> 2 mnd"): "1 / 5",  # t4: two months after 31 December is 28 February
        ("2019", "onbekend", "totaal"): "0 / 0",
    }),
    Voorbeeld("duur", {"trajecten": MAANDEN}, {
        ("2019", "alle", "< 1 mnd"): "1 / 4",  # t1, a day short of a month
        ("2019", "alle", "1-2 mnd"): "(1 + 1) / 4",  # t2, exactly two months; t7, exactly one
        ("2019", "alle", "> 2 mnd"): "1 / 4",
        ("2019", "Zuid", "totaal"): "0 / 0",  # not ended yet
    }),
    Voorbeeld("contacten_per_casus", DIENSTVERLENING, {
        ("2019", "alle", "0-3"): "5 / 6",
        ("2019", "alle", "4-10"): "1 / 6",  # t3
        ("2019", "alle", "> 100"): "0 / 6",
        ("2018", "alle", "0-3"): "2 / 2",
    }),
    Voorbeeld("reden_beeindiging", {"trajecten": EINDE}, {
        ("2019", "alle", "succesvol afgerond"): "2 / 3",
        ("2019", "alle", "onbekend"): "1 / 3",
        ("2019", "alle", "verhuizing"): "0 / 3",  # of a kort contact
        ("2018", "alle", "overlijden"): "1 / 1",
    }),
    Voorbeeld("doorverwijzing_na_afsluiting", {"trajecten": EINDE}, {
        ("2019", "alle", "geen"): "1 / 3",
        ("2019", "Oost", "GGZ"): "1 / 2",
        ("2019", "alle", "Loket"): "0 / 3",
        ("2018", "alle", "onbekend"): "1 / 1",
    }),
    Voorbeeld("afwijkende_dienstverlening", DIENSTVERLENING, {
        ("2019", "alle"): "(1 + 1) / 2",  # t4 and t6; the others have nothing registered
        ("2019", "Oost"): "0 / 0",
        ("2018", "alle"): "1 / 1",
    }),
]
