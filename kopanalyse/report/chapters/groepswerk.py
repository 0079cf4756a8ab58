"""Parts of chapter "Groepswerk": activities and the people who took part, by thema and effect (SMWO 2024)."""

from __future__ import annotations

from kopanalyse.raw.schema import TOTAAL
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.dutch import getal
from kopanalyse.report.parts.catalogue import Hoofdstuk, kerncijfers, onderdeel
from kopanalyse.report.parts.forms import theme_counts
from kopanalyse.report.parts.part import Kerncijfer, Onderdeel
from kopanalyse.report.parts.pieces import key_figure

HOOFDSTUK = Hoofdstuk("groepswerk", paragrafen=("groepen", "deelnemers"))

DEELNEMERS = "groepswerk_deelnemers"


@kerncijfers
def groepswerk(c: Cijfers) -> list[Kerncijfer]:
    """The group work in two numbers."""
    return [
        key_figure(c, indicator, bij, sub=TOTAAL)
        for indicator, bij in (("groepswerk_activiteiten", "activiteiten"), (DEELNEMERS, "verschillende deelnemers"))
        if c.heeft(indicator)
    ]


@onderdeel("Activiteiten per thema en effect", "groepswerk_activiteiten")
def groepswerk_activiteiten(c: Cijfers) -> Onderdeel:
    return theme_counts(
        c,
        "groepswerk_activiteiten",
        "Groepsactiviteiten per thema en maatschappelijk effect",
        "activiteit",
        "activiteiten",
    )


@onderdeel("Deelnemers per thema en effect", DEELNEMERS)
def groepswerk_deelnemers(c: Cijfers) -> Onderdeel:
    som = sum(c.waarde(DEELNEMERS, thema, TOTAAL) or 0 for thema in c.categorieen(DEELNEMERS))
    alle = c.waarde(DEELNEMERS, TOTAAL, TOTAAL) or 0
    eens = "Wie aan meer activiteiten meedoet, telt bij elk thema en effect één keer."
    noten = (
        [eens]
        if c.openbaar
        else [
            f"Wie aan meer activiteiten meedoet, telt bij elk thema en effect één keer. De thema's zijn samen "
            f"{getal(som)}, het totaal van {getal(alle)} verschillende deelnemers is opnieuw geteld."
        ]
        if som > alle
        else []
    )
    return theme_counts(
        c,
        DEELNEMERS,
        "Deelnemers aan groepswerk per thema en maatschappelijk effect",
        "verschillende deelnemer",
        "verschillende deelnemers",
        noten=noten,
    )
