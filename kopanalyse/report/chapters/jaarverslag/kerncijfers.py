"""The organisation's own choice of key figures, each held against the year before."""

from __future__ import annotations

from kopanalyse.errors import UserError, suggestion
from kopanalyse.indicators.catalogue import Definities
from kopanalyse.raw.schema import TOTAAL
from kopanalyse.report.cijfers.compare import change, change_words
from kopanalyse.report.cijfers.view import Cijfer, Cijfers
from kopanalyse.report.dutch import getal
from kopanalyse.report.parts.catalogue import kerncijfers
from kopanalyse.report.parts.part import Kerncijfer
from kopanalyse.report.parts.pieces import partly, year_before


@kerncijfers
def jaarverslag(c: Cijfers) -> list[Kerncijfer]:
    """Every key figure of the settings that this year and team count."""
    gekozen = [(chosen(sleutel, c.definities), bij) for sleutel, bij in c.settings.kerncijfers.items()]
    return [
        _kerncijfer(c, indicator, categorie, bij)
        for (indicator, categorie), bij in gekozen
        if c.telt(indicator) and where(c, indicator, categorie) is not None
    ]


def chosen(sleutel: str, definities: Definities) -> tuple[str, str]:
    """The indicator and categorie that a key in the settings names; UserError for an indicator that is not there."""
    indicator, _, categorie = (deel.strip() for deel in sleutel.partition(":"))
    if indicator not in definities.indicatoren:
        raise UserError(
            f"In de instellingen staat bij kerncijfers de indicator {indicator}, en die bestaat niet."
            f"{suggestion(indicator, definities.indicatoren)}"
        )
    return indicator, categorie or TOTAAL


def never_counted(c: Cijfers) -> list[str]:
    """Keys in the settings whose categorie stands nowhere in the long table, though its indicator does: a slip?"""
    return [
        sleutel
        for sleutel in c.settings.kerncijfers
        for indicator, categorie in [chosen(sleutel, c.definities)]
        if c.heeft(indicator) and where(c, indicator, categorie) is None
    ]


def where(c: Cijfers, indicator: str, categorie: str) -> str | None:
    """The subcategorie under which the figure over all subcategorieen stands; None when there is no such figure."""
    return next((sub for sub in ("", TOTAAL) if c.get(indicator, categorie, sub).teller is not None), None)


def _kerncijfer(c: Cijfers, indicator: str, categorie: str, bij: str) -> Kerncijfer:
    eenheid, sub = c.definities.indicatoren[indicator].eenheid, where(c, indicator, categorie) or ""
    nu = c.get(indicator, categorie, sub)
    bij_toen, oordeel, verschil = "", "", None
    if c.vorig:
        bij_toen = year_before(c, indicator, categorie, sub, eenheid, met_voorbehoud=False)  # the verdict says it
        oordeel, verschil = change_words(c, indicator, categorie, sub), change(c, indicator, categorie, sub)
        oordeel = oordeel.partition(", want ")[0]  # the reason stands above, once
        if c.definities.indicatoren[indicator].tot_nu_toe and verschil:
            oordeel += "; ook contacten van eerdere jaren tellen mee"
    return Kerncijfer(
        getal(nu.waarde, eenheid),
        bij + partly(nu),
        "; ".join(filter(None, (_base(nu, eenheid), bij_toen))),
        oordeel,
        verschil is not None and verschil.zeker,
    )


def _base(cijfer: Cijfer, eenheid: str) -> str:
    """What a share or a mean rests on."""
    if eenheid == "aandeel":
        return f"{getal(cijfer.teller)} van {getal(cijfer.noemer)}"
    return f"n = {getal(cijfer.noemer)}" if eenheid == "gemiddelde" else ""
