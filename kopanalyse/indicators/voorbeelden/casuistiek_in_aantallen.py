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
CASUISTIEK = {
    "trajecten": TRAJECTEN,
    "informatie_en_advies": VRAGEN,
    "collectieve_activiteiten": ACTIVITEITEN,
    "bijeenkomsten": BIJEENKOMSTEN,
}
COLLECTIEF = {"collectieve_activiteiten": ACTIVITEITEN, "bijeenkomsten": BIJEENKOMSTEN}

VOORBEELDEN = [
    Voorbeeld(
        "behandelde_casussen",
        CASUISTIEK,
        {
            ("2019", "alle", "individueel"): "1 + 1 + 1",  # t1, t2, t3
            ("2019-K1", "alle", "individueel"): "1 + 1",  # t1 and t2; t3 starts the day after
            ("2019", "onbekend", "leun_en_steun"): "1",  # t4 has no team
            ("2019", "alle", "informatie_en_advies"): "3",
            ("2019", "alle", "collectieve_activiteiten"): "2",  # a1 and a2; a3 never met
            ("2019", "alle", "presentie"): "0",
        },
        uitleg="t1, t2 en t3 liepen in 2019, in het eerste kwartaal alleen t1 en t2: t3 begint een dag later. "
        "Activiteit a3 telt niet, want er was geen bijeenkomst; een soort zonder trajecten (presentie) krijgt "
        "een 0.",
    ),
    Voorbeeld(
        "opgestarte_casussen",
        CASUISTIEK,
        {
            ("2019", "alle", "individueel"): "1 + 1",  # t2, t3
            ("2019-K1", "alle", "collectieve_activiteiten"): "1 + 1",  # a2, a3
        },
        uitleg="t1 begon al in 2018 en telt niet mee. a2 en a3 hebben een startdatum in het eerste kwartaal, ook al "
        "kwam a3 nooit bijeen.",
    ),
    Voorbeeld(
        "instroom",
        {"trajecten": TRAJECTEN},
        {
            ("2019", "alle", "individueel"): "2",
            ("2019", "alle", "totaal"): "2 + 1",
            ("2019-K2", "Zuid", "individueel"): "1",
        },
        uitleg="t2 en t3 begonnen in 2019 en t4 begon precies op de eerste dag; t1 is van 2018.",
    ),
    Voorbeeld(
        "uitstroom",
        {"trajecten": TRAJECTEN},
        {
            ("2019", "alle", "individueel"): "2",
            ("2019-K1", "alle", "individueel"): "2",
            ("2019-K4", "alle", "totaal"): "1",
        },
        uitleg="t1 en t2 eindigden in het eerste kwartaal, t4 op de laatste dag van het jaar. t3 loopt nog en telt "
        "niet mee.",
    ),
    Voorbeeld(
        "beginstand",
        {"trajecten": TRAJECTEN},
        {
            ("2019", "alle", "individueel"): "1",
            ("2019-K2", "alle", "individueel"): "0",
            ("2019", "alle", "totaal"): "1",  # t4 starts on the first day, so is not there before
        },
        uitleg="Aan het eind van 2018 liep alleen t1: t4 begint pas op de eerste dag van 2019. Vóór het tweede "
        "kwartaal liep geen individueel traject, want t2 eindigde op de laatste dag daarvoor.",
    ),
    Voorbeeld(
        "eindstand",
        {"trajecten": TRAJECTEN},
        {
            ("2019", "alle", "individueel"): "1 + 2 - 2",  # t4 ends on the last day
            ("2019", "alle", "totaal"): "1",  # t4 ends on the last day
        },
        uitleg="Beginstand plus instroom min uitstroom: alleen t3 loopt door. t4 eindigt op de laatste dag en telt die "
        "dag niet meer mee.",
    ),
    Voorbeeld(
        "informatie_en_advies",
        {"informatie_en_advies": VRAGEN},
        {
            ("2019", "alle", "Financiën"): "2",
            ("2019", "alle", "onbekend"): "1",
            ("2019", "alle", "totaal"): "2 + 1",
        },
        uitleg="De eerste en de laatste dag van het jaar tellen mee; v4 valt een dag te laat. v3 heeft geen domein, "
        "staat onder onbekend en telt mee in het totaal.",
    ),
    Voorbeeld(
        "informatie_en_advies_doorverwezen",
        {"informatie_en_advies": VRAGEN},
        {
            ("2019", "alle"): "1 / 3",
            ("2019", "onbekend"): "0 / 1",
            ("2018", "alle"): "0 / 0",
        },
        uitleg="Van de drie vragen in 2019 is er één doorverwezen; bij v3 is niets ingevuld en dat telt als nee. In "
        "2018 waren er geen vragen: dan is er geen aandeel, ook geen 0%.",
    ),
    Voorbeeld(
        "collectieve_activiteiten",
        COLLECTIEF,
        {
            ("2019", "alle", "75+"): "1",
            ("2019", "alle", "totaal"): "2",
            ("2019", "alle", "onbekend"): "0",
        },
        uitleg="a1 en a2 kwamen in 2019 bijeen, a3 niet. De leeftijdsgroep van a3 is niet ingevuld; de rij onbekend is "
        "er wel, en blijft 0.",
    ),
    Voorbeeld(
        "collectieve_activiteiten_doorlopend",
        COLLECTIEF,
        {
            ("2019", "alle"): "1",
            ("2019-K2", "alle"): "2",
            ("2018", "alle"): "0",
        },
        uitleg="a1 begon in 2018 en kwam in 2019 bijeen; voor 2018 zelf is zij nieuw. Gezien vanuit het tweede "
        "kwartaal begon ook a2 eerder.",
    ),
    Voorbeeld(
        "collectieve_bijeenkomsten",
        COLLECTIEF,
        {
            ("2019", "alle"): "3",
            ("2019", "Oost"): "3",
            ("2018", "alle"): "1",
        },
        uitleg="b2, b3 en b4 vallen in 2019, b1 op de laatste dag van 2018. Een bijeenkomst hoort bij het team van "
        "haar activiteit.",
    ),
    Voorbeeld(
        "collectieve_deelnemers",
        COLLECTIEF,
        {
            ("2019", "alle"): "5 + 0",
            ("2018", "alle"): "9",
        },
        uitleg="Bij b2 zijn 5 deelnemers geteld en bij b4 niemand; b3 is niet geteld en doet niet mee. De 9 van b1 "
        "horen bij 2018.",
    ),
    Voorbeeld(
        "collectieve_bijeenkomsten_geteld",
        COLLECTIEF,
        {
            ("2019", "alle"): "2 / 3",
        },
        uitleg="Van de drie bijeenkomsten in 2019 is alleen b3 niet geteld: de ingevulde 0 van b4 geldt als geteld.",
    ),
    Voorbeeld(
        "schoolmaatschappelijk_werk",
        {"schoolmaatschappelijk_werk": SCHOOL},
        {
            ("2019", "alle", "PrO"): "2",
            ("2019", "alle", "VSO"): "0",
            ("2019-K3", "alle", "totaal"): "1",
        },
        uitleg="s1 en s2 zijn casussen, waarvan s1 in het derde kwartaal. s3 is een losse vraag en telt hier niet mee, "
        "al heeft de school VSO wel een rij.",
    ),
    Voorbeeld(
        "schoolmaatschappelijk_werk_informatie_en_advies",
        {"schoolmaatschappelijk_werk": SCHOOL},
        {
            ("2019", "alle"): "1",
        },
        uitleg="Alleen s3 is een losse vraag; s1 en s2 zijn casussen.",
    ),
]
