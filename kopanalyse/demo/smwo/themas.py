"""Help questions of SMWO as data: how many trajecten have which, and under which thema and effect they stand.

The printed figures are shares of all different (traject, hulpvraag), and numbers of trajecten per thema and effect. A
row here says how often a hulpvraag stands under an effect; what is more than the printed number of trajecten are second
questions under the same effect (`dubbel`), and trajecten under two effects of one thema (`overlap`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kopanalyse.demo.smwo.verhaal import CASUS, JAREN, KORT

LEEFBAAR, GROEIEN, MEEDOEN, PROCES = (
    "Leefbaarheid & Socialiseren", "Ontwikkeling & (Op)groeien", "Autonomie & Meedoen", "Procesondersteuning",
)  # fmt: skip
INFORMEREN = "Proactief informeren over (wettelijke) mogelijkheden, regelingen & voorzieningen"
EENZAAM = "Reduceren van eenzaamheid"  # under two themas, so an effect is known by both

# Trajecten, kort and casus together, in 2023 and in 2024.
THEMA_TOTALEN = {LEEFBAAR: (991, 924), GROEIEN: (2580, 2481), MEEDOEN: (1137, 1054), PROCES: (395, 382)}
EFFECT_TOTALEN = {
    (LEEFBAAR, "Activeren binding met de samenleving"): (3, 3),
    (LEEFBAAR, "Bevorderen veiligheid"): (691, 614),
    (LEEFBAAR, "Mobiliseren informele maatschappelijke inzet"): (12, 19),
    (LEEFBAAR, "Uitbouwen sociale netwerken (groep & buurt)"): (397, 378),
    (GROEIEN, "Preventie gevolgen armoede"): (1659, 1716),
    (GROEIEN, "Optimaliseren huiselijke relaties"): (979, 794),
    (GROEIEN, "Versterken taalvaardigheid"): (18, 14),
    (GROEIEN, "Aanboren talentontwikkeling"): (389, 343),
    (GROEIEN, "Realiseren (werk)ervaringsplekken"): (114, 132),
    (MEEDOEN, "Stimuleren gezonde leefstijl"): (939, 875),
    (MEEDOEN, "Beperken overbelaste mantelzorgers"): (442, 424),
    (MEEDOEN, "Vergroten mobiliteit"): (28, 25),
    (MEEDOEN, EENZAAM): (79, 77),
    (PROCES, INFORMEREN): (299, 304),
    (PROCES, "Coördineren ondersteuning & zorgverlening"): (2, 3),
    (PROCES, EENZAAM): (106, 91),
}

# Different (traject, hulpvraag) in 2023 and 2024. 4,222 and 2,566 are the smallest numbers that give all printed shares
# of 2024, and 4,859 and 2,347 those of 2023. For korte contacten they are also the only ones: 48.13 and 44.65 % have
# Financiën, and there are no more than 1,923 and 1,769 korte contacten to have it.
PAREN = {CASUS: (4859, 4222), KORT: (2347, 2566)}


class Rij(NamedTuple):
    """A hulpvraag under an effect: how often in casussen and in korte contacten, in 2023 and in 2024."""

    hulpvraag: str
    casus: tuple[int, int]
    kort: tuple[int, int] = (0, 0)

    def aantal(self, dienst: str) -> tuple[int, int]:
        return self.casus if dienst == CASUS else self.kort


GEZIN, INDIVIDU = "Zelforganiserend vermogen (gezin)", "Zelforganiserend vermogen (individu)"
VAARDIG, FINANCIEN, WONEN = "Sociale vaardigheden & gedrag", "Financiën / administratie", "Wonen (eigen huis)"
HULPVRAGEN = {
    (LEEFBAAR, "Activeren binding met de samenleving"): (Rij("Vrijwilligerswerk", (3, 3)),),
    (LEEFBAAR, "Bevorderen veiligheid"): (
        Rij(WONEN, (342, 269), (276, 287)),
        Rij("Veiligheid / huiselijk geweld", (105, 92), (3, 4)),
    ),
    (LEEFBAAR, "Mobiliseren informele maatschappelijke inzet"): (Rij("Informele hulp", (9, 15), (3, 4)),),
    (LEEFBAAR, "Uitbouwen sociale netwerken (groep & buurt)"): (
        Rij(VAARDIG, (33, 42)),
        Rij(INDIVIDU, (82, 66), (93, 93)),
        Rij("Maatschappelijke participatie", (203, 164)),
        Rij("Sociaal netwerk", (100, 95)),
    ),
    (GROEIEN, "Preventie gevolgen armoede"): (
        Rij(FINANCIEN, (601, 468), (1048, 1235)),
        Rij("Inkomen / uitkering", (35, 30)),
    ),
    (GROEIEN, "Optimaliseren huiselijke relaties"): (
        Rij("Opvoeding", (387, 307)),
        Rij(GEZIN, (178, 150), (314, 250)),
        Rij("Relatie met partner", (128, 110)),
        Rij("Scheiding", (95, 82), (4, 6)),
    ),
    (GROEIEN, "Versterken taalvaardigheid"): (Rij("Taal", (12, 9), (6, 5)),),
    (GROEIEN, "Aanboren talentontwikkeling"): (
        Rij(VAARDIG, (120, 90)),
        Rij("Emotionele ontwikkeling", (210, 180)),
        Rij("School / opleiding", (40, 35)),
        Rij("Digitale vaardigheden", (0, 0), (53, 91)),
    ),
    (GROEIEN, "Realiseren (werk)ervaringsplekken"): (Rij("Werk", (114, 132)),),
    (MEEDOEN, "Stimuleren gezonde leefstijl"): (
        Rij("Gezondheid geestelijk", (487, 439)),
        Rij("Gezondheid lichamelijk", (280, 270)),
        Rij("Verslaving", (85, 78)),
        Rij("Bewegen", (0, 0), (42, 69)),
        Rij("Zingeving", (0, 0), (177, 162)),
    ),
    (MEEDOEN, "Beperken overbelaste mantelzorgers"): (
        Rij("Balans draaglast / draagkracht", (359, 329), (38, 46)),
        Rij("Mantelzorg", (92, 84), (2, 3)),
    ),
    (MEEDOEN, "Vergroten mobiliteit"): (Rij("Mobiliteit", (1, 0), (27, 25)),),
    (MEEDOEN, EENZAAM): (Rij("Eenzaamheid", (79, 77)),),
    (PROCES, INFORMEREN): (
        Rij("Vragen zorglandschap", (30, 24), (260, 272)),
        Rij("Regelingen en voorzieningen", (15, 14)),
    ),
    (PROCES, "Coördineren ondersteuning & zorgverlening"): (Rij("Regie over de hulp", (2, 3)),),
    (PROCES, EENZAAM): (Rij("Daginvulling", (106, 91)),),
}
# Registered without thema and effect.
ZONDER_EFFECT = (
    Rij(INDIVIDU, (90, 66)),
    Rij("Emotionele ontwikkeling", (19, 25)),
    Rij("Rouw en verlies", (98, 90)),
    Rij("Juridische vraag", (95, 88)),
    Rij("Praktische hulp in huis", (90, 82)),
    Rij("Verblijfsstatus", (20, 18)),
    Rij("Overig", (114, 105), (1, 14)),
)
# In korte contacten hardly anybody has two questions under one effect, or two effects of one thema.
DUBBEL_KORT = {(MEEDOEN, "Stimuleren gezonde leefstijl"): (2, 2)}
OVERLAP_KORT = {LEEFBAAR: (5, 5), GROEIEN: (70, 60), MEEDOEN: (10, 10), PROCES: (0, 0)}

# Casussen with at least one hulpvraag, and with just one: 20 % of 1,540 and 17 % of 1,300.
MET_HULPVRAAG = {"alleen 2023": 890, "beide": 650, "alleen 2024": 650}
ENKELVOUDIG = {"alleen 2023": 198, "beide": 110, "alleen 2024": 111}
KORT_ZONDER_HULPVRAAG = 40  # one in so many


def dubbel(effect: tuple[str, str], dienst: str) -> tuple[int, int]:
    """Second questions under the same effect, in 2023 and in 2024."""
    kort = DUBBEL_KORT.get(effect, (0, 0))
    if dienst == KORT:
        return kort
    rijen = HULPVRAGEN[effect]
    samen = [sum(rij.casus[j] + rij.kort[j] for rij in rijen) for j in range(len(JAREN))]
    eerste, tweede = (samen[j] - EFFECT_TOTALEN[effect][j] - kort[j] for j in range(len(JAREN)))
    return eerste, tweede


def overlap(thema: str, dienst: str) -> tuple[int, int]:
    """Trajecten under a second effect of the thema, in 2023 and in 2024."""
    kort = OVERLAP_KORT[thema]
    if dienst == KORT:
        return kort
    effecten = [totalen for (van, _), totalen in EFFECT_TOTALEN.items() if van == thema]
    eerste, tweede = (sum(n[j] for n in effecten) - THEMA_TOTALEN[thema][j] - kort[j] for j in range(len(JAREN)))
    return eerste, tweede


def alle_rijen() -> Iterator[Rij]:
    """Every row, with and without an effect."""
    for rijen in HULPVRAGEN.values():
        yield from rijen
    yield from ZONDER_EFFECT


def controleer() -> None:
    """Holds the rows against the number of different (traject, hulpvraag). ValueError that says what does not fit."""
    for dienst, paren in PAREN.items():
        for nummer, jaar in enumerate(JAREN):
            som = sum(rij.aantal(dienst)[nummer] for rij in alle_rijen())
            if som != paren[nummer]:
                raise ValueError(f"hulpvragen {dienst} {jaar}: de rijen geven {som}, bedoeld is {paren[nummer]}")
