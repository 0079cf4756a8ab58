"""What a worked example is, and the tiny registration that more than one chapter builds on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Voorbeeld:
    """A tiny registration and what an indicator must make of it.

    ``tabellen`` are text tables (see ``rows``). ``verwacht`` holds expected figures, keyed by ``periode team categorie
    subcategorie`` (parts left out: totaal, or none), as arithmetic that a reader can follow: ``1 + 1`` for a teller,
    ``(4 - 2) / 1`` for teller / noemer.
    """

    indicator: str
    tabellen: Mapping[str, str]
    verwacht: Mapping[tuple[str, ...], str]


def rows(tekst: str) -> list[dict[str, str]]:
    """The rows of a text table: columns apart by white space, ``-`` for an empty value, ``·`` for a space in one."""
    kop, *regels = (regel.split() for regel in tekst.strip().splitlines())
    if any(len(regel) != len(kop) for regel in regels):
        raise ValueError(f"a row of this table has not {len(kop)} values: {tekst}")
    return [dict(zip(kop, (waarde.replace("·", " ") for waarde in regel))) for regel in regels]


# t1 runs over the turn of the year, t2 within one day, t3 is still open, t4 belongs to another soort.
TRAJECTEN = """
    traject_id klant_id team trajectsoort  startdatum einddatum
    t1         k1       Oost individueel   2018-11-01 2019-02-01
    t2         k1       Oost individueel   2019-03-31 2019-03-31
    t3         k2       Zuid individueel   2019-04-01 -
    t4         k3       -    leun_en_steun 2019-01-01 2019-12-31
"""
