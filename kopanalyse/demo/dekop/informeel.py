"""Informal support: the events of the volunteer centre (VIP) and the yearly counts of the volunteer services.

The figures of De Kop 2019, chapter 3, stand here beside what was invented around them.
"""

from __future__ import annotations

from kopanalyse.demo.dekop.verhaal import KWARTALEN
from kopanalyse.demo.verdeling import Lot, werkdag

# Printed, per year. More volunteers were matched in 2019 than introduced; that is how it was printed.
VIP = {
    2018: {
        "vrijwilliger_ingeschreven": 78, "organisatie_ingeschreven": 71, "vacature": 82, "voorgesteld": 72,
        "bemiddeld": 56,
    },
    2019: {
        "vrijwilliger_ingeschreven": 50, "organisatie_ingeschreven": 13, "vacature": 31, "voorgesteld": 65,
        "bemiddeld": 91,
    },
}  # fmt: skip

# Invented: how they fall over 2018-K1 … 2019-K4. The centre invested in its network in 2019-K2, which shows at once in
# who signs up; introductions and matches need their time and follow later that year.
VIP_PER_KWARTAAL = {
    "vrijwilliger_ingeschreven": (17, 21, 18, 22, 10, 17, 9, 14),
    "organisatie_ingeschreven": (19, 24, 11, 17, 2, 6, 2, 3),
    "vacature": (18, 23, 17, 24, 7, 11, 5, 8),
    "voorgesteld": (14, 19, 17, 22, 12, 15, 17, 21),
    "bemiddeld": (10, 14, 14, 18, 15, 19, 24, 33),
}

# What a service counted: onderdeel, maat, categorie, in 2018, in 2019. Printed is all of 2019, and of 2018 only the 549
# of the Rechtswinkel; the rest of 2018 is invented, because a count that is missing would be read as a zero. The four
# outcomes of 2019 at Buurtbemiddeling add up to 19 of 22, and participants of the Taalpunt come in more than one place.
TELLINGEN = (
    ("Rechtswinkel", "vrijwilligers", None, 10, 11),
    ("Rechtswinkel", "inwoners", None, 549, 758),
    ("Rechtswinkel", "vragen", "belasting, toeslagen en uitkeringen", 171, 223),
    ("Rechtswinkel", "vragen", "juridisch", 378, 535),
    ("Op Stap", "vrijwilligers", None, 11, 12),
    ("Op Stap", "inwoners", None, 33, 36),
    ("Op Stap", "certificaten", None, 26, 30),
    ("Op Stap", "diploma's", None, 1, 2),
    ("In Eigen Hand", "vrijwilligers", None, 31, 30),
    ("In Eigen Hand", "inwoners", None, 22, 25),
    ("Mantelzorg", "vrijwilligers", None, 27, 25),
    ("Mantelzorg", "inwoners", None, 38, 40),
    ("Mantelzorg", "actieve mantelzorgers", None, 1204, 1279),
    ("Buurtbemiddeling", "vrijwilligers", None, 9, 8),
    ("Buurtbemiddeling", "inwoners", None, 18, 16),
    ("Buurtbemiddeling", "meldingen", None, 24, 22),
    ("Buurtbemiddeling", "meldingen", "ongeschikt of niet mogelijk", 7, 6),
    ("Buurtbemiddeling", "meldingen", "informatie en advies gegeven", 5, 4),
    ("Buurtbemiddeling", "meldingen", "positieve afloop zonder bemiddelingsgesprek", 4, 3),
    ("Buurtbemiddeling", "meldingen", "succesvol bemiddeld", 8, 6),
    ("Taalpunt", "vrijwilligers", None, 91, 98),
    ("Taalpunt", "inwoners", None, 164, 177),
    ("Taalpunt", "deelnemers", "taalcafé", 16, 18),
    ("Taalpunt", "deelnemers", "leesclub", 6, 5),
    ("Taalpunt", "deelnemers", "taalklassen", 57, 63),
    ("Taalpunt", "deelnemers", "sorteercentrum", 13, 15),
    ("Taalpunt", "deelnemers", "individueel", 106, 114),
    ("Taalpunt", "deelnemers", "Frion", 10, 12),
    ("Taalpunt", "assessments", None, 97, 112),
)


def rijen_vip() -> list[dict]:
    """Rows of `vip` in order of date. ValueError when the quarters do not add up to the print."""
    lot = Lot("dekop vip")
    rijen = []
    for soort, per_kwartaal in VIP_PER_KWARTAAL.items():
        for jaar, verhaald in ((2018, sum(per_kwartaal[:4])), (2019, sum(per_kwartaal[4:]))):
            if verhaald != VIP[jaar][soort]:
                raise ValueError(f"{soort} {jaar}: het verhaal geeft {verhaald}, gedrukt is {VIP[jaar][soort]}")
        for kwartaal, aantal in zip(KWARTALEN, per_kwartaal, strict=True):
            rijen += [{"datum": werkdag(*kwartaal, lot), "soort": soort} for _ in range(aantal)]
    rijen.sort(key=lambda rij: rij["datum"])
    return [{"gebeurtenis_id": f"G{nummer:05d}"} | rij for nummer, rij in enumerate(rijen, 1)]


def rijen_tellingen() -> list[dict]:
    """Rows of `informele_ondersteuning`, year after year in the order of the services."""
    return [
        {"jaar": jaar, "onderdeel": onderdeel, "maat": maat, "categorie": categorie, "aantal": aantallen[jaar - 2018]}
        for jaar in (2018, 2019)
        for onderdeel, maat, categorie, *aantallen in TELLINGEN
    ]
