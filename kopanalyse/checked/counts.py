"""Kort or casus, by counting: the one rule on the hours and contacts of a traject.

Checking holds the registered dienstverlening against it; figures fall back on it where nothing was registered.
"""

from __future__ import annotations

from kopanalyse.engine.words import Column, Expression, ifelse
from kopanalyse.settings import Settings

KORT, CASUS = "kort", "casus"


def is_registered(dienstverlening: Column) -> Column:
    """Whether a worker registered kort or casus: an empty value and ``onbekend`` are neither."""
    return dienstverlening.isin([KORT, CASUS])


def counted(contacten: Expression) -> Expression:
    """How many ``contacten`` and ``minuten`` each ``traject`` has that has any, whatever their dates."""
    return contacten.group_by(traject=contacten.traject_id).agg(
        contacten=contacten.count(), minuten=contacten.minuten.sum()
    )


def with_counts(trajecten: Expression, telling: Expression, settings: Settings) -> Expression:
    """``trajecten`` with ``contacten``, ``minuten`` and ``geteld``; ``telling`` is what ``counted`` gives."""
    t = trajecten.left_join(telling, trajecten.traject_id == telling.traject).drop("traject")
    return judged(t, telling, settings)


def judged(trajecten: Expression, telling: Expression, settings: Settings) -> Expression:
    """``trajecten`` with ``geteld``: what their ``contacten`` and ``minuten`` make them, kort or casus.

    Missing numbers are 0. When no row of ``telling`` has minuten, nobody registers them and they take no part. The
    bounds are settings (``drempels.kort_*``).
    """
    t = trajecten.mutate(contacten=trajecten.contacten.fill_null(0), minuten=trajecten.minuten.fill_null(0))
    d = settings.drempels
    grens = d.kort_uren * 60
    weinig_uren = t.minuten <= grens if d.kort_uren_inclusief else t.minuten < grens
    weinig_contacten = t.contacten <= d.kort_contacten
    kort = weinig_uren & weinig_contacten if d.kort_verbinding == "en" else weinig_uren | weinig_contacten
    met_uren = telling.minuten.count().as_scalar() > 0
    return t.mutate(geteld=ifelse(ifelse(met_uren, kort, weinig_contacten), KORT, CASUS))
