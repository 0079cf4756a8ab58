"""Worked examples of Casuïstiek in aantallen (De Kop 2019, chapter 1)."""

from kopanalyse.indicators.voorbeelden.voorbeeld import TRAJECTEN, Voorbeeld

ACTIVITEITEN = """
    activiteit_id naam  team startdatum leeftijdsgroep
    a1            eten  Oost 2018-06-01 75+
    a2            sport Oost 2019-02-01 jeugd
    a3            leeg  Zuid 2019-02-01 -
"""
BIJEENKOMSTEN = """
    bijeenkomst_id activiteit_id datum      aantal_deelnemers
    b1             a1            2018-12-31 9
    b2             a1            2019-01-01 5
    b3             a1            2019-06-01 -
    b4             a2            2019-06-01 0
"""
VRAGEN = """
    vraag_id datum      team domein     direct_doorverwezen
    v1       2019-01-01 Oost Financiën  ja
    v2       2019-12-31 Zuid Financiën  nee
    v3       2019-07-01 -    -          -
    v4       2020-01-01 Oost Huisvesting ja
"""
SCHOOL = """
    registratie_id school  datum      soort
    s1             PrO     2019-09-01 casus
    s2             PrO     2019-10-01 casus
    s3             VSO     2019-09-01 informatie_en_advies
"""
CASUISTIEK = {"trajecten": TRAJECTEN, "informatie_en_advies": VRAGEN, "collectieve_activiteiten": ACTIVITEITEN,
              "bijeenkomsten": BIJEENKOMSTEN}
COLLECTIEF = {"collectieve_activiteiten": ACTIVITEITEN, "bijeenkomsten": BIJEENKOMSTEN}

VOORBEELDEN = [
    Voorbeeld("behandelde_casussen", CASUISTIEK, {
        ("2019", "alle", "individueel"): "1 + 1 + 1",  # t1, t2, t3
        ("2019-K1", "alle", "individueel"): "1 + 1",  # t1 and t2; t3 starts the day after
        ("2019", "onbekend", "leun_en_steun"): "1",  # t4 has no team
        ("2019", "alle", "informatie_en_advies"): "3",
        ("2019", "alle", "collectieve_activiteiten"): "2",  # a1 and a2; a3 never met
        ("2019", "alle", "presentie"): "0",
    }),
    Voorbeeld("opgestarte_casussen", CASUISTIEK, {
        ("2019", "alle", "individueel"): "1 + 1",  # t2, t3
        ("2019-K1", "alle", "collectieve_activiteiten"): "1 + 1",  # a2, a3
    }),
    Voorbeeld("instroom", {"trajecten": TRAJECTEN}, {
        ("2019", "alle", "individueel"): "2",
        ("2019", "alle", "totaal"): "2 + 1",
        ("2019-K2", "Zuid", "individueel"): "1",
    }),
    Voorbeeld("uitstroom", {"trajecten": TRAJECTEN}, {
        ("2019", "alle", "individueel"): "2",
        ("2019-K1", "alle", "individueel"): "2",
        ("2019-K4", "alle", "totaal"): "1",
    }),
    Voorbeeld("beginstand", {"trajecten": TRAJECTEN}, {
        ("2019", "alle", "individueel"): "1",
        ("2019-K2", "alle", "individueel"): "0",
        ("2019", "alle", "totaal"): "1",  # t4 starts on the first day, so is not there before
    }),
    Voorbeeld("eindstand", {"trajecten": TRAJECTEN}, {
        ("2019", "alle", "individueel"): "1 + 2 - 2",  # t4 ends on the last day
        ("2019", "alle", "totaal"): "1",  # t4 ends on the last day
    }),
    Voorbeeld("informatie_en_advies", {"informatie_en_advies": VRAGEN}, {
        ("2019", "alle", "Financiën"): "2",
        ("2019", "alle", "onbekend"): "1",
        ("2019", "alle", "totaal"): "2 + 1",
    }),
    Voorbeeld("informatie_en_advies_doorverwezen", {"informatie_en_advies": VRAGEN}, {
        ("2019", "alle"): "1 / 3",
        ("2019", "onbekend"): "0 / 1",
        ("2018", "alle"): "0 / 0",
    }),
    Voorbeeld("collectieve_activiteiten", COLLECTIEF, {
        ("2019", "alle", "75+"): "1",
        ("2019", "alle", "totaal"): "2",
        ("2019", "alle", "onbekend"): "0",
    }),
    Voorbeeld("collectieve_activiteiten_doorlopend", COLLECTIEF, {
        ("2019", "alle"): "1",
        ("2019-K2", "alle"): "2",
        ("2018", "alle"): "0",
    }),
    Voorbeeld("collectieve_bijeenkomsten", COLLECTIEF, {
        ("2019", "alle"): "3",
        ("2019", "Oost"): "3",
        ("2018", "alle"): "1",
    }),
    Voorbeeld("collectieve_deelnemers", COLLECTIEF, {
        ("2019", "alle"): "5 + 0",
        ("2018", "alle"): "9",
    }),
    Voorbeeld("collectieve_bijeenkomsten_geteld", COLLECTIEF, {
        ("2019", "alle"): "2 / 3",
    }),
    Voorbeeld("schoolmaatschappelijk_werk", {"schoolmaatschappelijk_werk": SCHOOL}, {
        ("2019", "alle", "PrO"): "2",
        ("2019", "alle", "VSO"): "0",
        ("2019-K3", "alle", "totaal"): "1",
    }),
    Voorbeeld("schoolmaatschappelijk_werk_informatie_en_advies", {"schoolmaatschappelijk_werk": SCHOOL}, {
        ("2019", "alle"): "1",
    }),
]
