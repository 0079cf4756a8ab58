"""What a worked example is, and the tiny registration that more than one chapter builds on."""

from __future__ import annotations

import ast
import operator
from collections.abc import Mapping
from dataclasses import dataclass

_BEWERKINGEN = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}


@dataclass(frozen=True)
class Voorbeeld:
    """A tiny registration and what an indicator must make of it.

    ``tabellen`` are text tables (see ``rows``). ``verwacht`` holds expected figures, keyed by ``periode team categorie
    subcategorie`` (parts left out: totaal, or none), as arithmetic that a reader can follow: ``1 + 1`` for a teller,
    ``(4 - 2) / 1`` for teller / noemer. ``uitleg`` says in Dutch, in a sentence or two, what there is to see.
    """

    indicator: str
    tabellen: Mapping[str, str]
    verwacht: Mapping[tuple[str, ...], str]
    uitleg: str


def rows(tekst: str) -> list[dict[str, str]]:
    """The rows of a text table: columns apart by white space, ``-`` for an empty value, ``·`` for a space in one."""
    kop, *regels = (regel.split() for regel in tekst.strip().splitlines())
    if any(len(regel) != len(kop) for regel in regels):
        raise ValueError(f"a row of this table has not {len(kop)} values: {tekst}")
    return [dict(zip(kop, (waarde.replace("·", " ") for waarde in regel))) for regel in regels]


def calculate(som: str) -> tuple[float, float | None]:
    """Teller and noemer of arithmetic in ``verwacht``; noemer is None where nothing is divided.

    Numbers, ``+``, ``-``, ``*`` and brackets, and one ``/`` over all of it; ``ValueError`` for anything else.
    """
    boom = ast.parse(som, mode="eval").body
    if isinstance(boom, ast.BinOp) and isinstance(boom.op, ast.Div):
        return _value(boom.left), _value(boom.right)
    return _value(boom), None


def _value(knoop: ast.expr) -> float:
    if isinstance(knoop, ast.Constant) and isinstance(knoop.value, int | float) and not isinstance(knoop.value, bool):
        return knoop.value
    if isinstance(knoop, ast.BinOp) and type(knoop.op) in _BEWERKINGEN:
        return _BEWERKINGEN[type(knoop.op)](_value(knoop.left), _value(knoop.right))
    raise ValueError(f"not arithmetic that an example may hold: {ast.unparse(knoop)}")


# t1 runs over the turn of the year, t2 within one day, t3 is still open, t4 belongs to another soort.
TRAJECTEN = """
    traject_id klant_id team trajectsoort  startdatum einddatum
    t1         k1       Oost individueel   2018-11-01 2019-02-01
    t2         k1       Oost individueel   2019-03-31 2019-03-31
    t3         k2       Zuid individueel   2019-04-01 -
    t4         k3       -    leun_en_steun 2019-01-01 2019-12-31
"""
