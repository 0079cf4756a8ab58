"""What is usual from month to month, by an organisation's own series: all that is said of a count besides its size."""

from __future__ import annotations

from collections.abc import Sequence

from kopanalyse.raw.schema import ONBEKEND
from kopanalyse.report.cijfers.comparable import MAANDEN
from kopanalyse.report.cijfers.series import unusual, usual
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.dutch import getal, opsomming
from kopanalyse.report.parts.pieces import in_sentence
from kopanalyse.statistics import PER_MAAND

MEESTE = 3  # months that are named


def unusual_months(c: Cijfers, indicator: str, categorieen: Sequence[str]) -> list[str]:
    """Of each of these counts the months of this year that its own series does not explain; none of a short series."""
    if indicator not in PER_MAAND:
        return []
    zinnen = []
    for categorie in categorieen:
        reeks = c.months((indicator, categorie, ""))
        maanden, waarden = list(reeks), list(reeks.values())
        opvallend = [n for n in unusual(waarden) if c.periode.contains(maanden[n])]
        if categorie == ONBEKEND or not opvallend:
            continue
        gewoon = usual(waarden)
        assert gewoon, "what stands out does so against something"
        laag, hoog = gewoon
        ver = sorted(opvallend, key=lambda n: min(abs(waarden[n] - laag), abs(waarden[n] - hoog)), reverse=True)[
            :MEESTE
        ]
        welke = opsomming(f"{MAANDEN[maanden[n].month - 1]} ({getal(waarden[n])})" for n in sorted(ver))
        zinnen.append(
            f"Groter dan de gewone schommeling van maand tot maand: {in_sentence(c, categorie)} in {welke}; "
            f"gewoon is {getal(laag)} tot {getal(hoog)}."
        )
    return zinnen
