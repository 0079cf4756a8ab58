"""SMWO 2023-2024 as data: the printed figures that the demonstration solves for, and the story around them.

Help questions, group work and the survey have theirs in `themas`, `groepswerk` and `tevredenheid`. Nothing outside this
folder may import them: the computation must never know the figures it is expected to find.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

JAREN = (2023, 2024)
LAATSTE_DAG = date(2024, 12, 31)

SJD, MW, OCO, BEREIKBAAR, JEUGD, BERAAD = (
    "Sociaal Juridische Dienstverlening", "Maatschappelijk werk", "Onafhankelijke cliëntondersteuning",
    "Bereikbaarheidsdienst", "Complexe casus jeugd & gezin", "Familienetwerkberaden",
)  # fmt: skip
KORT, CASUS = "kort", "casus"

# --- Trajecten: what is printed --------------------------------------------------------------------------------------

BEHANDELD = {
    2023: {
        KORT: {SJD: 819, MW: 682, OCO: 264, BEREIKBAAR: 4},
        CASUS: {SJD: 328, MW: 536, OCO: 520, JEUGD: 127, BERAAD: 47},
    },
    2024: {
        KORT: {SJD: 1004, MW: 702, OCO: 215, BEREIKBAAR: 2},
        CASUS: {SJD: 254, MW: 420, OCO: 499, JEUGD: 97, BERAAD: 42},
    },
}
UITSTROOM = {
    2023: {SJD: 980, MW: 924, OCO: 493, BEREIKBAAR: 4, JEUGD: 44, BERAAD: 33},
    2024: {SJD: 1067, MW: 893, OCO: 442, BEREIKBAAR: 2, JEUGD: 59, BERAAD: 36},
}
AANMELDINGEN = {2023: 831, 2024: 609}
CLIENTEN = {2023: 2586, 2024: 2516}

# Closed within a month, within two months and later: 80, 11 and 9 % of 2,478, and 78, 11 and 11 % of 2,499.
DUUR = {2023: (1984, 272, 222), 2024: (1950, 275, 274)}

# Waited less than a month, up to two months and longer: 45, 20 and 35 %, and 57, 24 and 19 %, of the casussen that
# began and have an aanmelddatum.
WACHTTIJD = {2023: (383, 170, 297), 2024: (365, 154, 121)}

# --- Trajecten: the story --------------------------------------------------------------------------------------------


class Stroom(NamedTuple):
    """One trajectsoort, kort or casus, through the two years.

    `open` on 1 January 2023, 1 January 2024 and 31 December 2024; what closes in a year by duration (within a month,
    within two, later), and how many of those began before that year.
    """

    open: tuple[int, int, int]
    uit: dict[int, tuple[int, int, int]]
    eerder_begonnen: dict[int, tuple[int, int, int]]


# What was closed and what was open follow from the print together: behandeld − uitstroom is what runs over the turn of
# the year. Casussen and aanmeldingen of 2024 say how much of that is kort: 1,312 casussen less the 609 aangemeld in
# 2024 leave at most 703 that ran over; here it is 653, with 50 aangemeld in 2023 that had to wait for the new year.
STROMEN = {
    (SJD, KORT): Stroom((60, 80, 85), {2023: (705, 25, 9), 2024: (870, 36, 13)}, {2023: (38, 8, 6), 2024: (48, 11, 8)}),
    (MW, KORT): Stroom((58, 76, 55), {2023: (566, 28, 12), 2024: (600, 33, 14)}, {2023: (34, 9, 8), 2024: (38, 11, 9)}),
    (OCO, KORT): Stroom((32, 40, 30), {2023: (205, 12, 7), 2024: (168, 11, 6)}, {2023: (14, 4, 5), 2024: (12, 4, 4)}),
    (BEREIKBAAR, KORT): Stroom((0, 0, 0), {2023: (4, 0, 0), 2024: (2, 0, 0)}, {2023: (0, 0, 0), 2024: (0, 0, 0)}),
    (SJD, CASUS): Stroom(
        (75, 87, 106), {2023: (160, 51, 30), 2024: (72, 40, 36)}, {2023: (8, 6, 19), 2024: (4, 5, 24)}
    ),
    (MW, CASUS): Stroom(
        (240, 218, 174), {2023: (190, 80, 48), 2024: (110, 60, 76)}, {2023: (9, 10, 32), 2024: (7, 8, 62)}
    ),
    (OCO, CASUS): Stroom(
        (265, 251, 242), {2023: (146, 58, 65), 2024: (120, 78, 59)}, {2023: (8, 7, 45), 2024: (6, 8, 42)}
    ),
    (JEUGD, CASUS): Stroom((90, 83, 38), {2023: (2, 6, 36), 2024: (2, 5, 52)}, {2023: (0, 1, 33), 2024: (0, 1, 48)}),
    (BERAAD, CASUS): Stroom((17, 14, 6), {2023: (6, 12, 15), 2024: (6, 12, 18)}, {2023: (0, 2, 11), 2024: (0, 2, 9)}),
}
# Casussen that began in the year and were aangemeld the year before, and that have no aanmelddatum.
AANGEMELD_IN_VORIG_JAAR = {2023: 90, 2024: 50}
ZONDER_AANMELDDATUM = {2023: 21, 2024: 19}

# Clients: of those behandeld in both years through one traject, and of those that come back with a new one in 2024.
CLIENTEN_DOORLOPEND = 800
CLIENTEN_TERUG = 320

# --- Contacts --------------------------------------------------------------------------------------------------------

KLASSEN = ((0, 3), (4, 10), (11, 25), (26, 50), (51, 100))
# 58, 27, 12, 2 and 0 % of 3,327, and 55, 25, 13, 5 and 2 % of 3,235; contacts up to the end of that year.
CONTACTEN_PER_CASUS = {2023: (1925, 905, 408, 77, 12), 2024: (1790, 805, 425, 155, 60)}
# In 2023 more trajecten have up to three contacts than there are korte contacten; in 2024 fewer. So in 2023 some
# casussen are four hours of work in two or three contacts, or have only just begun; and in 2024 some korte contacten
# have four contacts or more: so many by the end of 2023, and in all.
KORT_MEER_CONTACTEN = {"alleen 2023": (15, 15), "beide": (5, 16), "alleen 2024": (0, 137)}
# Registered as casus, but neither four hours nor four contacts.
CASUS_MAAR_KORT = 12
CASUSSEN_KLASSEN = {
    "alleen 2023": (100, 560, 205, 34, 6),
    "beide": ((76, 325, 203, 43, 6), (0, 210, 270, 120, 53)),
    "alleen 2024": (20, 442, 155, 35, 7),
}

# --- How somebody came and went --------------------------------------------------------------------------------------

# Of the 3,235 behandeld in 2024: 64 % on their own initiative; the referrers printed by name are 6 % (of which WIZ
# 5 %), 5 % and 3 %; every other is under 2 % (64 at most), and together those are 22 %, with and without the unknown.
EIGEN_INITIATIEF = 2070
ONBEKENDE_ROUTE = 6
VERWIJZERS = {
    "Gemeente > WIZ": 162,
    "Gemeente > Wmo-loket": 15,
    "Gemeente": 18,
    "SMWO (interne doorverwijzing)": 160,
    "Huisarts/specialist ziekenhuis": 100,
    "Onderwijs": 63,
    "Centrum voor Jeugd en Gezin": 61,
    "Woningcorporatie": 60,
    "Familie of bekende": 58,
    "Zorgaanbieder": 56,
    "GGZ": 54,
    "Veilig Thuis": 52,
    "Politie": 50,
    "Welzijnsorganisatie": 47,
    "Bewindvoerder": 44,
    "Rechtbank of advocaat": 41,
    "Werkgever": 38,
    "UWV": 36,
    "Vluchtelingenwerk": 27,
    "Kerk of diaconie": 17,
}

# Of the 746 casussen closed in 2024: 79, 7, 6, 6, 1 and 0 %, which add up to 99. None stands for not filled in.
REDENEN = {
    "Dienstverlening succesvol afgerond": 591,
    "Vanwege opname / doorverwijzing": 53,
    "Voortijdig op initiatief medewerker": 46,
    "Voortijdig op initiatief klant": 46,
    "Vanwege verhuizing": 4,
    "Vanwege overlijden": 2,
    None: 4,
}
# Likewise: 59, 5, 5, 5, 4 and 2 %; every other destination is under 2 % (14 at most), together 20 %.
BESTEMMINGEN = {
    "Geen doorverwijzing nodig": 441,
    "Jeugdhulpverlening": 38,
    "SMWO (interne doorverwijzing)": 37,
    "Zorgaanbieders w.o. thuiszorg": 36,
    "GGZ": 30,
    "Juridisch loket / advocatuur": 16,
    "Gemeente": 14,
    "Huisarts": 14,
    "Schuldhulpverlening": 14,
    "Verslavingszorg": 13,
    "Maatschappelijke opvang": 13,
    "Wmo-loket": 12,
    "Welzijnsorganisatie": 12,
    "Bewindvoering": 11,
    "Veilig Thuis": 11,
    "Onderwijs": 10,
    "UWV": 9,
    "Vrijwilligersorganisatie": 7,
    "Woningcorporatie": 6,
    None: 2,
}

# --- People ----------------------------------------------------------------------------------------------------------

# The two locations are from the report; how the work divides over them is invented.
TEAMS = {"Goes": 66, "Zierikzee": 34}
# Age in years on 31 December 2024 (first and last), weight.
LEEFTIJDEN = {
    (4, 11): 20,
    (12, 17): 35,
    (18, 27): 130,
    (28, 44): 310,
    (45, 64): 310,
    (65, 74): 100,
    (75, 94): 80,
    None: 15,
}
GESLACHT = {"vrouw": 570, "man": 410, "anders": 5, "onbekend": 8, None: 7}

# --- Beside the trajecten --------------------------------------------------------------------------------------------

# Active in 2023 and in 2024, and in both; days that it takes, from and to.
OVERIGE_DIENSTEN = {
    "Buurtbemiddeling": (176, 179, 38, 20, 160),
    "WLZ": (124, 141, 82, 120, 700),
    "Gezinsmaatjes (gematched)": (15, 14, 8, 150, 420),
    "Tijdelijk huisverbod": (10, 10, 1, 10, 28),
    "Uittreding prostitutie": (3, 5, 2, 200, 600),
}
FORMULIERENBRIGADE = {2023: 245, 2024: 111}
# Clients of the brigade who also have a traject.
FORMULIEREN_BEKEND = {2023: 90, 2024: 45}

# In quarters of an hour. The parts of 2024 are printed as 15,736, 12,399, 5,645, 4,782 and 379, which add up to 38,941;
# the total as 38,942. Both are true when four of the parts end in a quarter of an hour. 2023 is invented.
PRODUCTIE_KWARTIEREN = {
    "Maatschappelijk werk": {2023: 4 * 16480 + 2, 2024: 4 * 15736 + 1},
    "(Onafhankelijke) Cliëntondersteuning": {2023: 4 * 12105 + 3, 2024: 4 * 12399 + 1},
    "Sociaal Juridische Dienstverlening": {2023: 4 * 5890 + 1, 2024: 4 * 5645 + 1},
    "Groepswerk": {2023: 4 * 4417, 2024: 4 * 4782 + 1},
    "Bereikbaarheidsdienst": {2023: 4 * 391 + 2, 2024: 4 * 379},
}


def gestart(soort: str, dienst: str, jaar: int) -> int:
    """How many trajecten began in the year: what was behandeld less what was open when it began."""
    return BEHANDELD[jaar][dienst][soort] - STROMEN[soort, dienst].open[JAREN.index(jaar)]


def controleer() -> None:
    """Holds the streams against the print, for whoever changes the story. ValueError that says what does not fit."""
    for wat, verhaald, gedrukt in _vergelijkingen():
        if verhaald != gedrukt:
            raise ValueError(f"{wat}: het verhaal geeft {verhaald}, gedrukt is {gedrukt}")


def _vergelijkingen() -> list[tuple[str, int, int]]:
    paren = []
    for nummer, jaar in enumerate(JAREN):
        for (soort, dienst), stroom in STROMEN.items():
            paren.append(
                (
                    f"{soort} {dienst} open eind {jaar}",
                    stroom.open[nummer + 1],
                    BEHANDELD[jaar][dienst][soort] - sum(stroom.uit[jaar]),
                )
            )
        for soort, gedrukt in UITSTROOM[jaar].items():
            uit = sum(sum(stroom.uit[jaar]) for (van, _), stroom in STROMEN.items() if van == soort)
            paren.append((f"uitstroom {soort} {jaar}", uit, gedrukt))
        for klasse, gedrukt in enumerate(DUUR[jaar]):
            paren.append((f"duur {jaar}", sum(stroom.uit[jaar][klasse] for stroom in STROMEN.values()), gedrukt))
        behandeld = sum(sum(per_soort.values()) for per_soort in BEHANDELD[jaar].values())
        paren.append((f"contacten per casus {jaar}", sum(CONTACTEN_PER_CASUS[jaar]), behandeld))
        begonnen = sum(gestart(soort, CASUS, jaar) for soort in BEHANDELD[jaar][CASUS])
        paren.append((f"wachttijd {jaar}", begonnen - ZONDER_AANMELDDATUM[jaar], sum(WACHTTIJD[jaar])))
        wachten = AANGEMELD_IN_VORIG_JAAR.get(jaar + 1, 0)
        paren.append((f"aanmeldingen {jaar}", begonnen - AANGEMELD_IN_VORIG_JAAR[jaar] + wachten, AANMELDINGEN[jaar]))
    gesloten = sum(sum(stroom.uit[2024]) for (_, dienst), stroom in STROMEN.items() if dienst == CASUS)
    paren += [
        ("verwezen door", EIGEN_INITIATIEF + ONBEKENDE_ROUTE + sum(VERWIJZERS.values()), behandeld),
        ("reden beëindiging", sum(REDENEN.values()), gesloten),
        ("doorverwezen naar", sum(BESTEMMINGEN.values()), gesloten),
    ]
    return paren
