"""Worked examples of Informele ondersteuning (De Kop 2019, chapter 3)."""

from kopanalyse.indicators.voorbeelden.voorbeeld import Voorbeeld

VIP = """
    gebeurtenis_id datum      soort
    g1             2019-01-01 vacature
    g2             2019-12-31 bemiddeld
    g3             2018-12-31 bemiddeld
"""
INFORMEEL = """
    jaar onderdeel maat      categorie aantal
    2019 Taalpunt  inwoners  -         177
    2019 Taalpunt  deelnemers taalcafé  18
    2019 Taalpunt  deelnemers taalcafé  2
    2018 Op_Stap   inwoners  -         36
"""

VOORBEELDEN = [
    Voorbeeld(
        "vip",
        {"vip": VIP},
        {
            ("2019", "alle", "bemiddeld"): "1",
            ("2019-K4", "alle", "totaal"): "1",
            ("2019", "alle", "totaal"): "1 + 1",
            ("2019", "alle", "voorgesteld"): "0",
        },
        uitleg="De eerste en de laatste dag van 2019 tellen mee; g3 valt een dag te vroeg. Een soort die niet "
        "voorkomt, krijgt een 0.",
    ),
    Voorbeeld(
        "informele_ondersteuning",
        {"informele_ondersteuning": INFORMEEL},
        {
            ("2019", "alle", "Taalpunt", "inwoners"): "177",
            ("2019", "alle", "Taalpunt", "deelnemers: taalcafé"): "18 + 2",
            ("2018", "alle", "Taalpunt", "inwoners"): "0",
            ("2018", "alle", "Op_Stap", "inwoners"): "36",
        },
        uitleg="Het taalcafé staat in twee rijen, die worden opgeteld. Wat in een ander jaar wel geteld is en in dit "
        "jaar niet, krijgt een 0.",
    ),
]
