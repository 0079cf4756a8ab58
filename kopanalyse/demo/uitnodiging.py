"""An invitation to the satisfaction survey, as both organisations send it."""

from __future__ import annotations

from datetime import date, timedelta

from kopanalyse.demo.verdeling import Lot, werkdag


def rij_uitnodiging(traject_id: str, eind: date | None, status: str, antwoordt: bool, binnen: int, lot: Lot) -> dict:
    """One row of `klanttevredenheid` without its key: sent one to three weeks after closing, answered, if at all,
    within `binnen` days.
    """
    assert eind, "only who is done is invited"
    verzonden_op = ingevuld_op = None
    if status == "verzonden":
        verzonden_op = werkdag(eind + timedelta(days=7), eind + timedelta(days=21), lot)
    if verzonden_op and antwoordt:
        ingevuld_op = verzonden_op + timedelta(days=min(lot.getal(binnen + 1), lot.getal(binnen + 1)))
    return {
        "traject_id": traject_id,
        "verzendstatus": status,
        "verzonden_op": verzonden_op,
        "ingevuld_op": ingevuld_op,
    }
