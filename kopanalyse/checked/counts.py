"""Kort or casus, by counting: the one rule on the hours and contacts of a traject.

Checking holds the registered dienstverlening against it; figures fall back on it where nothing was registered.
"""

from __future__ import annotations

from kopanalyse.engine import Column, Expression, ifelse, literal
from kopanalyse.settings import Settings

KORT, CASUS = "kort", "casus"


def is_registered(dienstverlening: Column) -> Column:
    """Whether a worker registered kort or casus: an empty value and ``onbekend`` are neither."""
    return dienstverlening.isin([KORT, CASUS])


def counted(contacten: Expression) -> Expression:
    """How many ``contacten`` and ``minuten`` each ``traject`` has that has any, whatever their dates."""
    return contacten.group_by(traject=contacten.traject_id).agg(
        contacten=contacten.count(), minuten=contacten.minuten.sum())


def with_counts(trajecten: Expression, telling: Expression | None, settings: Settings) -> Expression:
    """``trajecten`` with ``contacten``, ``minuten`` and ``geteld``: what those two make them, kort or casus.

    ``telling`` is what ``counted`` gives; None: there is no table of contacten, so nobody had any. Missing minuten are
    0. The bounds are settings (``drempels.kort_*``).
    """
    if telling is None:
        t = trajecten.mutate(contacten=literal(0), minuten=literal(0))
    else:
        t = trajecten.left_join(telling, trajecten.traject_id == telling.traject).drop("traject")
        t = t.mutate(contacten=t.contacten.fill_null(0), minuten=t.minuten.fill_null(0))
    d = settings.drempels
    grens = d.kort_uren * 60
    weinig_uren = t.minuten <= grens if d.kort_uren_inclusief else t.minuten < grens
    weinig_contacten = t.contacten <= d.kort_contacten
    kort = weinig_uren & weinig_contacten if d.kort_verbinding == "en" else weinig_uren | weinig_contacten
    return t.mutate(geteld=ifelse(kort, KORT, CASUS))
