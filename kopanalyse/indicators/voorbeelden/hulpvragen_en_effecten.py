"""Worked examples of Hulpvragen en effecten (SMWO 2024)."""

from kopanalyse.indicators.voorbeelden.voorbeeld import Voorbeeld

TRAJECTEN = """
    traject_id klant_id team trajectsoort dienstverlening startdatum einddatum
    t1         k1       Oost individueel  casus           2019-01-01 -
    t2         k1       Oost individueel  casus           2019-01-01 -
    t3         k2       Zuid individueel  casus           2019-01-01 -
    t4         k3       Zuid individueel  kort            2018-12-31 2019-01-01
"""
# Geld was registered twice in t1, under two effects; eenzaamheid is an effect of two themas.
HULPVRAGEN = """
    traject_id hulpvraag thema       effect
    t1         Geld      Ontwikkelen minder·armoede
    t1         Geld      Meedoen     eenzaamheid
    t1         Wonen     Meedoen     eenzaamheid
    t2         Geld      Meedoen     eenzaamheid
    t4         Wonen     Proces      eenzaamheid
    t4         Werk      -           -
"""
HULP = {"trajecten": TRAJECTEN, "hulpvragen": HULPVRAGEN}
ACTIVITEITEN = """
    activiteit_id naam   team startdatum thema   effect
    a1            eten   Oost 2018-06-01 Meedoen eenzaamheid
    a2            lopen  Oost 2019-01-01 Meedoen leefstijl
    a3            praten Zuid 2019-01-01 Proces  eenzaamheid
    a4            leeg   Zuid 2019-01-01 -       -
"""
BIJEENKOMSTEN = """
    bijeenkomst_id activiteit_id datum
    b1             a1            2019-01-01
    b2             a1            2019-06-01
    b3             a2            2019-12-31
    b4             a3            2018-12-31
"""
DEELNAMES = """
    activiteit_id deelnemer_id datum
    a1            d1           2019-01-01
    a1            d1           2019-06-01
    a2            d1           2019-06-01
    a2            d2           2019-06-01
    a3            d1           2019-06-01
    a3            d3           2018-12-31
"""
GROEPSWERK = {"collectieve_activiteiten": ACTIVITEITEN}

VOORBEELDEN = [
    Voorbeeld(
        "hulpvragen_casussen",
        HULP,
        {
            ("2019", "alle", "Geld"): "(1 + 1) / 3",
            ("2019", "alle", "Wonen"): "1 / 3",
            ("2019", "alle", "Werk"): "0 / 3",
            ("2019", "Oost", "totaal"): "3 / 3",
            ("2018", "alle", "totaal"): "0 / 0",
        },
        uitleg="Geld staat twee keer bij t1 en telt daar één keer. Samen zijn er drie hulpvragen.",
    ),
    Voorbeeld(
        "hulpvragen_korte_contacten",
        HULP,
        {
            ("2019", "alle", "Wonen"): "1 / 2",
            ("2019", "alle", "Geld"): "0 / 2",
            ("2018", "Zuid", "Werk"): "1 / 2",
        },
        uitleg="t4 is het enige korte contact en heeft twee hulpvragen.",
    ),
    Voorbeeld(
        "samenstelling",
        HULP,
        {
            ("2019", "alle", "enkelvoudig"): "1 / 2",
            ("2019", "alle", "meervoudig"): "1 / 2",
            ("2019", "alle", "totaal"): "2 / 2",
        },
        uitleg="t1 heeft twee soorten hulpvragen, t2 één. t3 heeft er geen en telt niet mee; t4 is geen casus.",
    ),
    Voorbeeld(
        "unieke_casussen",
        HULP,
        {
            ("2019", "alle", "Meedoen", "eenzaamheid"): "1 + 1",
            ("2019", "alle", "Proces", "eenzaamheid"): "1",
            ("2019", "alle", "totaal", "eenzaamheid"): "2 + 1",
            ("2019", "alle", "Ontwikkelen", "totaal"): "1",
            ("2019", "alle", "onbekend", "onbekend"): "1",
            ("2019", "alle", "totaal", "totaal"): "3",
            ("2018", "alle", "totaal", "totaal"): "1",
        },
        uitleg="t1 valt twee keer onder hetzelfde effect en telt één keer. Eenzaamheid staat onder twee "
        "thema's; in het totaal telt elk traject één keer.",
    ),
    Voorbeeld(
        "groepswerk_activiteiten",
        GROEPSWERK | {"bijeenkomsten": BIJEENKOMSTEN},
        {
            ("2019", "alle", "Meedoen", "eenzaamheid"): "1",
            ("2019", "alle", "Meedoen", "totaal"): "1 + 1",
            ("2019", "alle", "onbekend", "onbekend"): "0",
            ("2018", "Zuid", "totaal", "totaal"): "1",
        },
        uitleg="a3 kwam alleen in 2018 bijeen en a4 nooit.",
    ),
    Voorbeeld(
        "groepswerk_deelnemers",
        GROEPSWERK | {"deelnames": DEELNAMES},
        {
            ("2019", "alle", "Meedoen", "eenzaamheid"): "1",
            ("2019", "alle", "Meedoen", "leefstijl"): "2",
            ("2019", "alle", "Meedoen", "totaal"): "2",
            ("2019", "alle", "totaal", "eenzaamheid"): "1",
            ("2019", "alle", "totaal", "totaal"): "2",
            ("2019", "Zuid", "totaal", "totaal"): "1",
            ("2018", "alle", "totaal", "totaal"): "1",
        },
        uitleg="d1 deed onder Meedoen aan twee activiteiten mee en telt in dat thema één keer: 2 in plaats van 1 + 2.",
    ),
]
