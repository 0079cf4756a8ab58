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
    Voorbeeld("kto_verzending", KTO, {
        ("2019", "alle", "verzonden"): "3",
        ("2019", "Oost", "no_reply_adres"): "1",
        ("2019", "alle", "totaal"): "3 + 1",
    }),
    Voorbeeld("kto_ingevuld", KTO, {
        ("2019", "alle"): "2",
        ("2018", "alle"): "0",
        ("2019", "onbekend"): "1",
    }),
    Voorbeeld("kto_respons", KTO, {
        ("2019", "alle"): "2 / 3",
        ("2019", "Zuid"): "0 / 0",
    }),
    Voorbeeld("kto_rapportcijfer", KTO_ANTWOORDEN, {
        ("2019", "alle", "bereikbaarheid"): "(8 + 7) / 2",
        ("2019", "alle", "totaal"): "(8 + 7) / 2",
        ("2018", "alle", "bereikbaarheid"): "0 / 0",
    }),
    Voorbeeld("kto_tevreden", KTO_ANTWOORDEN, {
        ("2019", "alle", "medewerker"): "1 / 2",
        ("2019", "Oost", "totaal"): "1 / 1",
    }),
    Voorbeeld("kto_effect", KTO_ANTWOORDEN, {
        ("2019", "alle", "meedoen"): "1 / 1",
        ("2019", "alle", "eigen_kracht"): "0 / 0",
    }),
]
