"""Where the registration itself changed: the line in a chart over time, and what stands under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil

from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.dutch import datum, leesbaar

WANNEER = "De streep in de grafiek"


def break_lines(c: Cijfers, indicator: str, categorie: str, kwartalen: Sequence[str]) -> list[tuple[float, str]]:
    """Where on an axis of quarters a break of this figure lies, and why: before the quarter in which it falls."""
    if not kwartalen:
        return []
    begin, eind = _first_day(kwartalen[0]), _first_day(kwartalen[-1], 3)
    uit = []
    for breuk in c.breuken(indicator, categorie, begin, eind):
        plaats = next(
            (n for n, naam in enumerate(kwartalen) if _first_day(naam) <= breuk.datum < _first_day(naam, 3)), None
        )
        if plaats is not None:
            in_kwartaal = (breuk.datum - _first_day(kwartalen[plaats])).days / 92
            uit.append((plaats - 0.5 + in_kwartaal, leesbaar(breuk.reden)))
    return uit


def break_bars(c: Cijfers, indicator: str, categorie: str, kwartalen: Sequence[str]) -> list[tuple[int, str]]:
    """Before which of these quarters, drawn as bars below each other, a break of this figure lies, and why."""
    return [(int(plaats + 0.5), reden) for plaats, reden in break_lines(c, indicator, categorie, kwartalen)]


def since_break(c: Cijfers, indicator: str, categorie: str, kwartalen: Sequence[str]) -> Sequence[str]:
    """Those quarters that may be held against each other: from the one after the last break on."""
    breuken = break_lines(c, indicator, categorie, kwartalen)
    # the quarter in which it falls is of both sides, unless it is its first day
    return kwartalen[max((ceil(plaats + 0.5) for plaats, _ in breuken), default=0) :]


def break_notes(
    c: Cijfers, sleutels: Iterable[tuple[str, str]], kwartalen: Sequence[str] = (), *, streep: bool = True
) -> list[str]:
    """A sentence for every break that touches one of these figures (indicator, categorie) in the periods shown."""
    begin = _first_day(kwartalen[0]) if kwartalen else None
    eind = _first_day(kwartalen[-1], 3) if kwartalen else None
    breuken = {breuk: None for sleutel in sleutels for breuk in c.breuken(*sleutel, begin, eind)}
    kop = WANNEER if streep else "Breuk"
    return [
        f"{kop} ({datum(b.datum)}): {leesbaar(b.reden)}. Wat ervoor ligt is niet te vergelijken met wat erna komt."
        for b in breuken
    ]


def _first_day(kwartaal: str, verder: int = 0) -> date:
    """The first day of ``2018-K4``, or of so many months after it."""
    jaar, _, nummer = kwartaal.partition("-K")
    maand = 3 * int(nummer or 1) - 3 + verder
    return date(int(jaar) + maand // 12, maand % 12 + 1, 1)
