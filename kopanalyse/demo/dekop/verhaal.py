"""De Kop 2018-2019 as data: the printed figures that the demonstration solves for, and the story around them.

Everything of chapters 1 and 2 that a reader may want to change stands here; `informeel` and `tevredenheid` have that of
chapters 3 and 4 beside their rows, the other modules only build rows. Nothing outside `kopanalyse.demo` may import
them: the computation must never know the figures it is expected to find.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

# --- The printed figures of chapters 1 and 2 (De Kop 2019) -----------------------------------------------------------

SCHOOL_CASUSSEN = {"Eeckeringe": 9, "Lijsterbes": 8, "VSO": 18, "PrO": 8}
SCHOOL_VRAGEN = 136

BEHANDELD = {"individueel": 581, "leun_en_steun": 170}
UITSTROOM = {"individueel": 385, "leun_en_steun": 112}

VRAGEN = 1154
VRAGEN_DOORVERWEZEN = 104

ACTIVITEITEN = 131
BIJEENKOMSTEN = 1305
DEELNEMERS = 6491

# "a little over 0.7", in hundredths of a ZRM level
GROEI_FINANCIEN = 72

# 29.7 / 54.4 / 15.9 % cannot be had on 581; 579 is the largest smaller base that gives all three (172, 315 and 92).
# The two trajecten outside it have no hoofddomein at intake.
COMPLEXITEIT = {"niet complex": 172, "redelijk complex": 315, "complex": 92}

# 93 of the 575 trajecten with an estimate are "a little over 16 %"; 2009 / 93 = 21.6 contacts, 307 / 93 = 3.3 face to
# face; 5810 / 581 = 10 contacts, 1162 / 581 = 2.0 face to face.
ZWAAR = 93
ZONDER_SCHATTING = 6
CONTACTEN = {"zwaar": 2009, "totaal": 5810}
FACE_TO_FACE = {"zwaar": 307, "totaal": 1162}

# Of the 398 started in 2019: 22.9 % and 76.6 % round to the printed 23 and 77.
AANMELDROUTE = {"verwezen": 91, "eigen_initiatief": 305, None: 2}

NETWERK_GEVRAAGD = {True: 709, False: 42}
REDEN_GEEN_NETWERK = {
    "netwerk moet opgebouwd worden": 19,
    "crisissituatie": 5,
    "onveilige kindsituatie": 3,
    "huiselijk geweld": 5,
    "ontruiming": 2,
    "overige redenen": 8,
}
PARTICIPANTEN = 782
CLIENTONDERSTEUNING = {True: 354, False: 200, None: 27}

# --- The story by quarter: 2018-K1 … 2019-K4 -------------------------------------------------------------------------


class Kwartaal(NamedTuple):
    """First and last day."""

    begin: date
    eind: date


KWARTALEN = tuple(
    Kwartaal(date(jaar, maand, 1), date(jaar, maand + 2, dag))
    for jaar in (2018, 2019)
    for maand, dag in ((1, 31), (4, 30), (7, 30), (10, 31))
)
LAATSTE_DAG = date(2019, 12, 31)


class Stroom(NamedTuple):
    """What is open on 1 January 2018, and what comes in and goes out in each of the eight quarters."""

    begin: int
    erin: tuple[int, ...]
    eruit: tuple[int, ...]

    def in_2019(self) -> tuple[int, int]:
        """Open on 1 January 2019 or begun in 2019, and out in 2019."""
        return self.begin + sum(self.erin) - sum(self.eruit[:4]), sum(self.eruit[4:])


# Heavy and light run apart, so that the heavy share can fall in 2018 and rise again through 2019. Together the
# individual trajecten grow (216 236 252 271 286 302 289 311) with a dip in 2019-K3; leun en steun grows to 124 and
# shrinks to 87.
ZWAAR_STROOM = Stroom(27, (13, 12, 12, 12, 13, 15, 14, 21), (11, 12, 12, 11, 11, 13, 12, 20))
LICHT_STROOM = Stroom(115, (61, 68, 72, 81, 90, 91, 68, 86), (49, 56, 62, 77, 79, 82, 73, 95))
STEUN_STROOM = Stroom(84, (26, 27, 28, 28, 22, 19, 16, 15), (22, 23, 24, 26, 27, 29, 27, 29))
# Activities: 33 42 49 58 62 69 73 79 take place, and more are started every quarter.
GROEP_STROOM = Stroom(20, (13, 14, 15, 17, 18, 21, 22, 26), (5, 8, 8, 14, 14, 18, 20, 22))

# The push on registration shows as a peak in 2018-K4.
VRAGEN_PER_KWARTAAL = (148, 171, 189, 402, 301, 287, 255, 311)
VRAGEN_DOORVERWEZEN_2018 = 71

BIJEENKOMSTEN_2018 = 694
DEELNEMERS_2018 = 2904
# Not every meeting has a count; 2019 did better than 2018.
GETELD = {2018: 548, 2019: 1204}

# Of those finished in 2018 (290, two without a hoofddomein) and those open on 1 January 2019 (183, one without):
# slightly less complex than 2019.
COMPLEXITEIT_2018 = {"niet complex": 100, "redelijk complex": 148, "complex": 40}
COMPLEXITEIT_BEIDE = {"niet complex": 57, "redelijk complex": 98, "complex": 27}
HOOFDDOMEINEN_PER_KLASSE = {
    "niet complex": {1: 1},
    "redelijk complex": {2: 65, 3: 35},
    "complex": {4: 70, 5: 24, 6: 6},
}

# --- Places and teams ------------------------------------------------------------------------------------------------


class Kern(NamedTuple):
    """A village or neighbourhood, with rounded inhabitants and rough coordinates."""

    naam: str
    team: str
    inwoners: int
    breedte: str
    lengte: str


# From the seed: Steenwijk, Vollenhove, Blokzijl, Steenwijkerwold, Oostermeente, de Gagels, and the teams Oost and Zuid.
# All else (the other villages, inhabitants, coordinates, which team works where, the teams Noord and West) is invented
# or rounded.
KERNEN = (
    Kern("Steenwijk", "Oost", 13200, "52.787", "6.118"),
    Kern("Zuidveen", "Oost", 650, "52.774", "6.122"),
    Kern("Onna", "Oost", 400, "52.773", "6.142"),
    Kern("Kallenkote", "Oost", 400, "52.793", "6.171"),
    Kern("Oostermeente", "Noord", 2700, "52.791", "6.139"),
    Kern("de Gagels", "Noord", 1900, "52.781", "6.103"),
    Kern("Tuk", "Noord", 1700, "52.796", "6.095"),
    Kern("Steenwijkerwold", "Noord", 1750, "52.804", "6.063"),
    Kern("Willemsoord", "Noord", 750, "52.826", "6.057"),
    Kern("Eesveen", "Noord", 350, "52.823", "6.117"),
    Kern("Oldemarkt", "West", 2700, "52.822", "5.968"),
    Kern("Blokzijl", "West", 1350, "52.727", "5.961"),
    Kern("Kuinre", "West", 1200, "52.787", "5.842"),
    Kern("Scheerwolde", "West", 700, "52.763", "6.013"),
    Kern("Ossenzijl", "West", 450, "52.808", "5.918"),
    Kern("Paasloo", "West", 250, "52.816", "6.004"),
    Kern("Kalenberg", "West", 250, "52.776", "5.954"),
    Kern("Wetering", "West", 250, "52.754", "5.989"),
    Kern("Vollenhove", "Zuid", 4300, "52.681", "5.953"),
    Kern("Giethoorn", "Zuid", 2700, "52.739", "6.079"),
    Kern("Sint Jansklooster", "Zuid", 2300, "52.677", "6.006"),
    Kern("Wanneperveen", "Zuid", 950, "52.703", "6.111"),
    Kern("Belt-Schutsloot", "Zuid", 650, "52.668", "6.061"),
    Kern("Dwarsgracht", "Zuid", 200, "52.722", "6.038"),
)
GEMEENTE = "Steenwijkerland"

# Leun en steun is not defined alike everywhere: big differences between teams (100 is what inhabitants would give).
STEUN_PER_TEAM = {"Noord": 45, "Oost": 140, "West": 30, "Zuid": 125}
VRAGEN_PER_TEAM = {"Oost": 41, "Zuid": 24, "Noord": 21, "West": 14}
GROEPEN_PER_TEAM = {"Zuid": 33, "Oost": 27, "Noord": 22, "West": 18}

# --- People and questions --------------------------------------------------------------------------------------------

# Age in years on 31 December 2019 (first and last), weight. Young people are under-counted: their question often
# stands in the file of a parent, or in the system of the school.
LEEFTIJDEN = {
    (5, 11): 25,
    (12, 17): 35,
    (18, 27): 115,
    (28, 44): 280,
    (45, 64): 330,
    (65, 74): 110,
    (75, 94): 85,
    None: 20,
}
GESLACHT = {"vrouw": 565, "man": 409, "anders": 4, "onbekend": 12, None: 10}

DOMEINEN = {  # weight as hoofddomein, growth in 2019 in hundredths of a level
    "Financiën": (300, GROEI_FINANCIEN),
    "Huisvesting": (185, 58),
    "Huiselijke relaties": (165, 49),
    "Geestelijke gezondheid": (145, 41),
    "Maatschappelijke participatie": (82, 44),
    "Activiteiten dagelijks leven": (72, 46),
    "Sociaal netwerk": (64, 52),
    "Dagbesteding": (58, 40),
    "Lichamelijke gezondheid": (36, 12),
    "Verslaving": (19, 18),
    "Justitie": (13, 30),
}
MINDER_GROEI_2018 = 8
METING_AAN_EIND = {2018: 81, 2019: 89}  # per cent of the closed trajecten that have an end measurement
SCORE_HOOFDDOMEIN = {1: 12, 2: 36, 3: 38, 4: 11, 5: 2, 99: 1}
SCORE_ANDERS = {1: 1, 2: 4, 3: 17, 4: 38, 5: 30, 99: 10}
# Up to this day the form still called Activiteiten dagelijks leven by its old name.
ZELFZORG_TOT = date(2018, 7, 1)

VRAGEN_PER_DOMEIN = {
    "Financiën": 310,
    "Huisvesting": 165,
    "Activiteiten dagelijks leven": 140,
    "Maatschappelijke participatie": 122,
    "Huiselijke relaties": 78,
    "Geestelijke gezondheid": 62,
    "Dagbesteding": 38,
    "Sociaal netwerk": 34,
    "Lichamelijke gezondheid": 22,
    "Verslaving": 8,
    "Justitie": 9,
    None: 12,
}

# Mean contacts of what was finished in 2018 and of leun en steun, in tenths: all, and face to face.
CONTACTEN_2018 = {"zwaar": (204, 34), "licht": (72, 18), "leun_en_steun": (52, 14)}
ANDERE_VORM = {"telefonisch": 46, "e_mail": 38, "overig": 13, "beeldbellen": 1, None: 2}

VERWIJZERS = {
    "huisarts": 30,
    "IGSD": 28,
    "school": 14,
    "woningcorporatie": 11,
    "wijkverpleging": 8,
    "politie": 5,
    "ggz": 4,
}
REDENEN_EINDE = {
    "hulpvraag beantwoord": 62,
    "overgedragen aan het eigen netwerk": 14,
    "doorverwezen": 13,
    "op verzoek van de inwoner": 7,
    "verhuisd": 4,
}
DOORVERWEZEN_NAAR = {"schuldhulpverlening": 36, "ggz": 24, "Wmo-loket": 22, "jeugdhulp": 12, "verslavingszorg": 6}


class Groep(NamedTuple):
    """A kind of group activity: meetings in a quarter and size are weights."""

    naam: str
    leeftijdsgroep: str | None
    thema: str
    effect: str
    bijeenkomsten: int
    grootte: int


KIND, JEUGD, JONG, VOLWASSEN, OUDER, ALLEN = (
    "0-12 jaar",
    "12-18 jaar",
    "18-27 jaar",
    "18 jaar en ouder",
    "55 jaar en ouder",
    "alle leeftijden",
)
DOORLOPENDE_GROEPEN = (
    Groep("Steunpunt", ALLEN, "ontmoeten", "vraag dichtbij beantwoord", 12, 8),
    Groep("Koffietafel", OUDER, "ontmoeten", "minder eenzaam", 12, 9),
    Groep("Taalcafé", VOLWASSEN, "taal", "beter in Nederlands", 11, 6),
    Groep("Eettafel", OUDER, "ontmoeten", "minder eenzaam", 6, 12),
    Groep("Repair Café", ALLEN, "meedoen", "vaardigheden gedeeld", 3, 10),
    Groep("Mantelzorgcafé", VOLWASSEN, "mantelzorg", "meer steun", 3, 7),
    Groep("Inloop administratie", VOLWASSEN, "geld", "meer overzicht", 11, 4),
    Groep("Jongerenavond", JEUGD, "opgroeien", "goede vrijetijdsbesteding", 10, 8),
    Groep("Fietsgroep", OUDER, "bewegen", "fitter", 8, 6),
    Groep("Moestuingroep", ALLEN, "meedoen", "meer contact", 6, 5),
)
KORTE_GROEPEN = (
    Groep("Bikkeltjes", KIND, "weerbaarheid", "weerbaarder", 8, 5),
    Groep("Omgaan met geld", VOLWASSEN, "geld", "meer overzicht", 5, 5),
    Groep("KIES-training", KIND, "scheiding", "kan er beter mee omgaan", 8, 4),
    Groep("SOVA-training volwassenen", VOLWASSEN, "weerbaarheid", "weerbaarder", 7, 5),
    Groep("Jongeren in beweging", JEUGD, "bewegen", "fitter", 8, 7),
    Groep("Beter slapen", VOLWASSEN, "gezondheid", "minder klachten", 5, 6),
    Groep("Assertiviteitstraining", VOLWASSEN, "weerbaarheid", "weerbaarder", 7, 5),
    Groep("Op eigen benen", JONG, "geld", "meer overzicht", 4, 5),
    Groep("Digitaal op weg", OUDER, "meedoen", "digitaal vaardiger", 6, 6),
    Groep("Buurtschoonmaak", None, "meedoen", "meer contact", 1, 11),
    Groep("Valpreventie", OUDER, "bewegen", "fitter", 7, 7),
    Groep("Gezond koken", ALLEN, "gezondheid", "gezonder", 4, 6),
)
# These trainings are part of the new offer of 2019.
NIEUW_IN_2019 = frozenset({"KIES-training", "SOVA-training volwassenen", "Bikkeltjes"})
POOLSE_GROEPEN = (
    Groep("Jonge Poolse moeders", JONG, "Poolse inwoners", "meer steun aan elkaar", 10, 6),
    Groep("Nederlands voor Poolse ouders", VOLWASSEN, "Poolse inwoners", "beter in Nederlands", 11, 7),
    Groep("Poolse koffietafel", VOLWASSEN, "Poolse inwoners", "meer contact", 6, 8),
    Groep("Wegwijs voor Poolse inwoners", VOLWASSEN, "Poolse inwoners", "kent de weg", 4, 7),
)
# The one activity of which the seed also names the place.
WANDELGROEP = Groep("Wandelgroep", ALLEN, "bewegen", "meer contact", 12, 8)
WANDELGROEP_TEAM, WANDELGROEP_KERN, WANDELGROEP_NUMMER = "West", "Blokzijl", 9  # the ninth activity of its team
POOLS_IN_TEAM, POOLSE_KERNEN = "Zuid", ("Vollenhove", "Sint Jansklooster", "Giethoorn")


def controleer() -> None:
    """Holds the streams against the print, for whoever changes the story. ValueError that says what does not fit."""
    zwaar, licht, steun, groep = (s.in_2019() for s in (ZWAAR_STROOM, LICHT_STROOM, STEUN_STROOM, GROEP_STROOM))
    for wat, verhaald, gedrukt in (
        ("individueel behandeld", zwaar[0] + licht[0], BEHANDELD["individueel"]),
        ("individueel uitstroom", zwaar[1] + licht[1], UITSTROOM["individueel"]),
        ("zwaar", zwaar[0], ZWAAR),
        ("leun en steun behandeld", steun[0], BEHANDELD["leun_en_steun"]),
        ("leun en steun uitstroom", steun[1], UITSTROOM["leun_en_steun"]),
        ("collectieve activiteiten", groep[0], ACTIVITEITEN),
        ("informatie en advies", sum(VRAGEN_PER_KWARTAAL[4:]), VRAGEN),
        ("netwerk gevraagd", sum(NETWERK_GEVRAAGD.values()), sum(BEHANDELD.values())),
        ("geen netwerk", sum(REDEN_GEEN_NETWERK.values()), NETWERK_GEVRAAGD[False]),
    ):
        if verhaald != gedrukt:
            raise ValueError(f"{wat}: het verhaal geeft {verhaald}, gedrukt is {gedrukt}")
