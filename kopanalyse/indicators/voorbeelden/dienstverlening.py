"""Worked examples of Dienstverlening (SMWO 2024)."""

from kopanalyse.indicators.voorbeelden.clienten_en_casussen import DIENSTVERLENING, MAANDEN
from kopanalyse.indicators.voorbeelden.voorbeeld import Voorbeeld

EINDE = """
    traject_id klant_id team trajectsoort dienstverlening startdatum einddatum  reden_beeindiging doorverwezen_naar
    t1         k1       Oost individueel  casus           2018-01-01 2019-01-01 succesvol·afgerond geen
    t2         k1       Oost individueel  casus           2018-01-01 2019-12-31 succesvol·afgerond GGZ
    t3         k2       Zuid individueel  casus           2018-01-01 2019-06-01 -                  -
    t4         k3       Zuid individueel  kort            2019-01-01 2019-01-02 verhuizing         Loket
    t5         k4       -    individueel  casus           2018-01-01 2018-12-31 overlijden         -
"""
UREN = """
    maand      functie              uren
    2019-01-01 Maatschappelijk·werk 10.5
    2019-12-01 Maatschappelijk·werk 0.25
    2019-01-01 Groepswerk           7
    2018-12-01 Groepswerk           8
"""

VOORBEELDEN = [
    Voorbeeld(
        "productie_uren",
        {"productie_uren": UREN},
        {
            ("2019", "alle", "Maatschappelijk werk"): "10.5 + 0.25",
            ("2019", "alle", "totaal"): "10.75 + 7",
            ("2018", "alle", "Maatschappelijk werk"): "0",
        },
        uitleg="Een maand telt in het jaar van haar eerste dag; halve en kwart uren tellen gewoon op.",
    ),
    Voorbeeld(
        "wachttijd",
        {"trajecten": MAANDEN},
        {
            ("2019", "alle", "< 1 mnd"): "(1 + 1) / 5",
            ("2019", "alle", "1-2 mnd"): "(1 + 1) / 5",
            ("2019", "alle", "> 2 mnd"): "1 / 5",
            ("2019", "onbekend", "totaal"): "0 / 0",
        },
        uitleg="Een maand na 31 januari is 28 februari: t1 begon een dag eerder, t2 precies dan. t5 "
        "begon voor de aanmelding en telt als kortste wachttijd; t6 heeft geen aanmelddatum.",
    ),
    Voorbeeld(
        "duur",
        {"trajecten": MAANDEN},
        {
            ("2019", "alle", "< 1 mnd"): "1 / 4",
            ("2019", "alle", "1-2 mnd"): "(1 + 1) / 4",
            ("2019", "alle", "> 2 mnd"): "1 / 4",
            ("2019", "Zuid", "totaal"): "0 / 0",
        },
        uitleg="t2 duurde precies twee maanden en t7 precies één: beide vallen in de middelste klasse. "
        "Wat nog loopt, telt niet.",
    ),
    Voorbeeld(
        "contacten_per_casus",
        DIENSTVERLENING,
        {
            ("2019", "alle", "0-3"): "5 / 6",
            ("2019", "alle", "4-10"): "1 / 6",
            ("2019", "alle", "> 100"): "0 / 6",
            ("2018", "alle", "0-3"): "2 / 2",
        },
        uitleg="t3 had vier contacten, de andere trajecten hooguit drie; een traject zonder contact telt "
        "in de laagste klasse.",
    ),
    Voorbeeld(
        "reden_beeindiging",
        {"trajecten": EINDE},
        {
            ("2019", "alle", "succesvol afgerond"): "2 / 3",
            ("2019", "alle", "onbekend"): "1 / 3",
            ("2019", "alle", "verhuizing"): "0 / 3",
            ("2018", "alle", "overlijden"): "1 / 1",
        },
        uitleg="Alleen casussen tellen: t4 is een kort contact. Bij t3 is geen reden ingevuld.",
    ),
    Voorbeeld(
        "doorverwijzing_na_afsluiting",
        {"trajecten": EINDE},
        {
            ("2019", "alle", "geen"): "1 / 3",
            ("2019", "Oost", "GGZ"): "1 / 2",
            ("2019", "alle", "Loket"): "0 / 3",
            ("2018", "alle", "onbekend"): "1 / 1",
        },
        uitleg="Een lege doorverwijzing is onbekend, niet overbodig: t3 telt onder onbekend.",
    ),
    Voorbeeld(
        "afwijkende_dienstverlening",
        DIENSTVERLENING,
        {
            ("2019", "alle"): "(1 + 1) / 2",
            ("2019", "Oost"): "0 / 0",
            ("2018", "alle"): "1 / 1",
        },
        uitleg="t4 heet casus maar had geen contact, t6 heet kort maar duurde vier uur. Waar niets "
        "geregistreerd is, valt er niets te vergelijken.",
    ),
]
