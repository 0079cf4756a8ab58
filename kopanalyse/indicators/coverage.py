"""Whether the registration covers the days that a figure is about: ``volledig``, ``deels`` or ``buiten``.

Figures are computed all the same; the column ``dekking`` of the long table says what they are worth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd

from kopanalyse.indicators.indicator import Indicator
from kopanalyse.indicators.registratie import Registratie
from kopanalyse.settings import Dekking

VOLLEDIG, DEELS, BUITEN = "volledig", "deels", "buiten"

EersteStart = Callable[[], Mapping[str, date]]
"""Per period the first startdatum of the trajecten that an indicator counts."""


def coverage(
    ind: Indicator,
    registratie: Registratie,
    perioden: pd.DataFrame,
    cijfers: pd.DataFrame,
    gecontroleerd: date,
    eerste_start: EersteStart,
) -> list[str]:
    """The ``dekking`` of every row of ``cijfers`` (columns ``periode`` and ``categorie``), in that order.

    ``gecontroleerd`` is the last day of what has no ``tot``. ``eerste_start`` is asked for only where it matters.
    """
    dekking = registratie.settings.dekking
    dagen = {rij.periode: (rij.begin, rij.eind) for rij in perioden.itertuples()}
    tabellen_van = {naam: ind.rests_on(naam, registratie) for naam in cijfers.categorie.unique()}
    gezien: dict[tuple[str, tuple[str, ...]], str] = {}
    for periode, categorie in zip(cijfers.periode, cijfers.categorie):
        tabellen = tabellen_van[categorie]
        if (periode, tabellen) in gezien:
            continue
        stand = covered({tabel: dekking.of(tabel) for tabel in tabellen}, *dagen[periode], gecontroleerd)
        van = dekking.of("contacten").van if ind.counts_so_far and "contacten" in tabellen else None
        if stand == VOLLEDIG and van and eerste_start().get(periode, van) < van:
            stand = DEELS
        gezien[periode, tabellen] = stand
    return [gezien[periode, tabellen_van[naam]] for periode, naam in zip(cijfers.periode, cijfers.categorie)]


def covered(dekking: Mapping[str, Dekking], begin: date, eind: date, gecontroleerd: date) -> str:
    """How the days from ``begin`` to ``eind``, both included, lie in what all of these tables cover."""
    grenzen = [(dagen.van or date.min, dagen.tot or gecontroleerd) for dagen in dekking.values()]
    if any(eind < van or begin > tot for van, tot in grenzen):
        return BUITEN
    return VOLLEDIG if all(van <= begin and eind <= tot for van, tot in grenzen) else DEELS
