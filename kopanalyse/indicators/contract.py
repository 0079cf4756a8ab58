"""What the records of any rule must keep to, so that a figure cannot be silently wrong.

A share counts at most what it is a share of; what is counted comes in whole numbers; nothing calls itself ``totaal`` or
``alle``, which are names of rows that the engine adds up.
"""

from __future__ import annotations

import pandas as pd

from kopanalyse.engine.query import QueryEngine
from kopanalyse.engine.words import Column, Expression, cases, literal
from kopanalyse.errors import DataError
from kopanalyse.indicators.indicator import Indicator
from kopanalyse.raw.schema import ALLE, TOTAAL

GEHEEL = ("aantal", "uniek", "aandeel", "per_1000")  # kinds of which teller is counted
VAN_KLANTEN = ("klant_id", "deelnemer_id", "participant_id", "persoon", "uniek")
PLAATS = ("periode", "team", "categorie", "subcategorie")


class ContractError(DataError):
    """A rule gives a record that no figure can be made of; the message (Dutch) names the indicator and the record."""


def hold_records(ind: Indicator, records: Expression, engine: QueryEngine) -> None:
    """Raise ``ContractError`` on the first record (by its keys) that breaks the contract."""
    regels = _breaches(ind, records)
    if not regels:
        return
    fout = records.mutate(
        _regel=cases(*((breuk.fill_null(False), nummer) for nummer, (breuk, _) in enumerate(regels)), else_=-1)
    )
    sleutels = [naam for naam in records.columns if naam.endswith("_id") and naam not in VAN_KLANTEN]
    volgorde = [*sleutels, *(naam for naam in (*PLAATS, "teller", "noemer") if naam in records.columns)]
    eerste = engine.frame(fout.filter(fout._regel >= 0).select("_regel", *volgorde).order_by(volgorde).limit(1))
    for rij in eerste.to_dict("records"):
        raise ContractError(
            f"{_name(ind)}: {regels[rij['_regel']][1].format_map(_words(rij))} Het gaat om {_place(rij, sleutels)}."
        )


def hold_figures(ind: Indicator, cijfers: pd.DataFrame) -> None:
    """The same of the figures: no share of less than nothing or of more than all."""
    if ind.soort != "aandeel":
        return
    for rij in cijfers[(cijfers.teller < 0) | (cijfers.teller > cijfers.noemer)].to_dict("records")[:1]:
        raise ContractError(
            f"{_name(ind)}: een aandeel telt {rij['teller']:g} van {rij['noemer']:g}; verwacht wordt "
            f"een teller van 0 tot en met de noemer. Het gaat om {_place(rij, [])}."
        )


def _breaches(ind: Indicator, r: Expression) -> list[tuple[Column, str]]:
    """What a record may break, each with its sentence; what the type of a column rules out is left away."""
    regels = []
    for kolom, woord in (("team", ALLE), ("categorie", TOTAAL), ("subcategorie", TOTAAL)):
        if kolom in r.columns:
            regels.append(
                (
                    r[kolom] == woord,
                    f"{kolom} heet {woord!r}, en zo heet de rij over alles; verwacht wordt een andere naam.",
                )
            )
            regels.append((r[kolom].isnull(), f"{kolom} is leeg; verwacht wordt een naam, zoals onbekend."))
    for kolom in ("teller", "noemer"):
        if kolom not in r.columns:
            continue
        soort = r[kolom].type()
        regels.append((r[kolom].isnull(), f"{kolom} is leeg; verwacht wordt een getal."))
        if not (soort.is_boolean() or soort.is_integer()) and (ind.soort in GEHEEL or kolom == "noemer"):
            regels.append((r[kolom] != r[kolom].floor(), f"{kolom} is {{{kolom}}}; verwacht wordt een heel getal."))
        if not soort.is_boolean() and (ind.soort in GEHEEL or kolom == "noemer"):
            regels.append((r[kolom] < 0, f"{kolom} is {{{kolom}}}; verwacht wordt 0 of meer."))
    if (
        ind.soort == "aandeel"
        and "teller" in r.columns
        and not (r.teller.type().is_boolean() and "noemer" not in r.columns)
    ):
        noemer = r.noemer if "noemer" in r.columns else literal(1)
        regels.append(
            (
                r.teller.cast("float64") > noemer.cast("float64"),
                "een aandeel met teller {teller} en noemer "
                "{noemer}; verwacht wordt een teller van 0 tot en met de noemer.",
            )
        )
    return regels


def _words(rij: dict) -> dict[str, str]:
    """The numbers of a record as they stand in a Dutch sentence; a noemer that the rule leaves out is 1."""
    getallen = {"noemer": 1} | {naam: rij[naam] for naam in ("teller", "noemer") if naam in rij}
    return {naam: f"{float(getal):g}".replace(".", ",") for naam, getal in getallen.items() if not pd.isna(getal)}


def _name(ind: Indicator) -> str:
    return f"{ind.titel} ({ind.naam})"


def _place(rij: dict, sleutels: list[str]) -> str:
    """Which record it is: its own keys and where it counts. Keys of persons stay out of messages."""
    delen = [f"{naam} {rij[naam]}" for naam in (*sleutels, *PLAATS) if naam in rij and rij[naam] not in ("", None)]
    return ", ".join(delen)
