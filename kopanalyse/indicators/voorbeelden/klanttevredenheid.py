"""Worked examples of Klanttevredenheid (De Kop 2019, chapter 4)."""

from kopanalyse.indicators.voorbeelden.voorbeeld import TRAJECTEN, Voorbeeld

# u1 to u4 belong to trajecten that ended in 2019 (t1, t2, t4), u5 to one that has not ended.
UITNODIGINGEN = """
    uitnodiging_id traject_id verzendstatus  verzonden_op ingevuld_op
    u1             t1         verzonden      2019-02-02   2019-02-09
    u2             t2         verzonden      2019-04-01   -
    u3             t2         no_reply_adres -            -
    u4             t4         verzonden      2019-12-31   2020-01-10
    u5             t3         verzonden      2019-12-31   2019-12-31
"""
ANTWOORDEN = """
    uitnodiging_id vraag          soort         waarde
    u1             bereikbaarheid rapportcijfer 8
    u4             bereikbaarheid rapportcijfer 7
    u5             bereikbaarheid rapportcijfer 1
    u1             medewerker     tevreden      1
    u4             medewerker     tevreden      0
    u1             meedoen        effect        1
    u5             eigen_kracht   effect        0
"""
KTO = {"trajecten": TRAJECTEN, "klanttevredenheid": UITNODIGINGEN}
KTO_ANTWOORDEN = KTO | {"kto_antwoorden": ANTWOORDEN}

VOORBEELDEN = [
    Voorbeeld(
        "kto_verzending",
        KTO,
        {
            ("2019", "alle", "verzonden"): "3",
            ("2019", "Oost", "no_reply_adres"): "1",
            ("2019", "alle", "totaal"): "3 + 1",
        },
        uitleg="t1, t2 en t4 zijn in 2019 afgesloten en kregen vier uitnodigingen, waarvan u3 niet verzonden kon "
        "worden. u5 telt niet mee: t3 loopt nog.",
    ),
    Voorbeeld(
        "kto_ingevuld",
        KTO,
        {
            ("2019", "alle"): "2",
            ("2018", "alle"): "0",
            ("2019", "onbekend"): "1",
        },
        uitleg="u1 en u4 zijn ingevuld. Het jaar is dat waarin het traject eindigde, ook al kwam het antwoord van u4 "
        "pas in 2020.",
    ),
    Voorbeeld(
        "kto_respons",
        KTO,
        {
            ("2019", "alle"): "2 / 3",
            ("2019", "Zuid"): "0 / 0",
        },
        uitleg="Van de drie verzonden uitnodigingen zijn er twee ingevuld; u3 is niet verzonden en telt niet mee. Bij "
        "team Zuid is geen traject afgesloten: dan is er geen aandeel.",
    ),
    Voorbeeld(
        "kto_rapportcijfer",
        KTO_ANTWOORDEN,
        {
            ("2019", "alle", "bereikbaarheid"): "(8 + 7) / 2",
            ("2019", "alle", "totaal"): "(8 + 7) / 2",
            ("2018", "alle", "bereikbaarheid"): "0 / 0",
        },
        uitleg="Een 8 en een 7. De 1 van u5 telt niet mee, want dat traject loopt nog.",
    ),
    Voorbeeld(
        "kto_tevreden",
        KTO_ANTWOORDEN,
        {
            ("2019", "alle", "medewerker"): "1 / 2",
            ("2019", "Oost", "totaal"): "1 / 1",
        },
        uitleg="Van de twee antwoorden over de medewerker is er één tevreden. Bij team Oost is er alleen het antwoord "
        "van u1.",
    ),
    Voorbeeld(
        "kto_effect",
        KTO_ANTWOORDEN,
        {
            ("2019", "alle", "meedoen"): "1 / 1",
            ("2019", "alle", "eigen_kracht"): "0 / 0",
        },
        uitleg="Eén antwoord over meedoen, en dat is ja. Over eigen kracht is er alleen een antwoord bij een traject "
        "dat nog loopt: de rij is er, zonder cijfer.",
    ),
]
