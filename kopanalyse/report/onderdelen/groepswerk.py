"""Parts of chapter "Groepswerk": activities and the people who took part, by thema and effect (SMWO 2024)."""

from __future__ import annotations

from kopanalyse.report.bouwstenen import key_figure
from kopanalyse.report.cijfers import TOTAAL, Cijfers
from kopanalyse.report.onderdeel import Kerncijfer, Onderdeel, kerncijfers, onderdeel
from kopanalyse.report.text import getal
from kopanalyse.report.vormen import theme_counts

DEELNEMERS = "groepswerk_deelnemers"


@kerncijfers
def groepswerk(c: Cijfers) -> list[Kerncijfer]:
    """The group work in two numbers."""
    return [key_figure(c, indicator, bij, sub=TOTAAL) for indicator, bij in (
        ("groepswerk_activiteiten", "activiteiten"), (DEELNEMERS, "verschillende deelnemers")) if c.heeft(indicator)]


@onderdeel("Activiteiten per thema en effect", "groepswerk_activiteiten")
def groepswerk_activiteiten(c: Cijfers) -> Onderdeel:
    return theme_counts(c, "groepswerk_activiteiten", "Groepsactiviteiten per thema en maatschappelijk effect",
                        "activiteit", "activiteiten")


@onderdeel("Deelnemers per thema en effect", DEELNEMERS)
def groepswerk_deelnemers(c: Cijfers) -> Onderdeel:
    som = sum(c.waarde(DEELNEMERS, thema, TOTAAL) or 0 for thema in c.categorieen(DEELNEMERS))
    alle = c.waarde(DEELNEMERS, TOTAAL, TOTAAL) or 0
    noten = [f"Wie aan meer activiteiten meedoet, telt bij elk thema en effect één keer. De thema's zijn samen "
             f"{getal(som)}, het totaal van {getal(alle)} verschillende deelnemers is opnieuw geteld."] if som > alle else []
    return theme_counts(c, DEELNEMERS, "Deelnemers aan groepswerk per thema en maatschappelijk effect",
                        "verschillende deelnemer", "verschillende deelnemers", noten=noten)
