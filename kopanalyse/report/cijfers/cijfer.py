"""One figure of the long table, and how far the registration covers the period that it is of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kopanalyse.report.dutch import Maybe

VOLLEDIG, DEELS, BUITEN = "volledig", "deels", "buiten"


class Cijfer(NamedTuple):
    """One figure of the long table; what is empty there is None here."""

    teller: Maybe
    noemer: Maybe
    waarde: Maybe
    n_personen: Maybe
    ondergrens: Maybe
    bovengrens: Maybe
    dekking: str = VOLLEDIG


NIETS = Cijfer(None, None, None, None, None, None)
Rijen = Mapping[tuple[str, str, str], Cijfer]  # by periode, categorie and subcategorie
