"""An indicator of one's own: a title and a rule, for an analyst who tries something out in a notebook.

It is a value and stands in no list: running the cell again simply makes it again. What proves its worth becomes a
declaration in the file of its chapter, with all the texts that a reader needs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from kopanalyse.engine.duckdb import is_engine_error
from kopanalyse.engine.query import QueryEngine
from kopanalyse.engine.words import Expression, missing_name, tables
from kopanalyse.errors import UserError, suggestion
from kopanalyse.indicators.catalogue import own_definitions
from kopanalyse.indicators.grouping import TABELLEN_MET_TEAM
from kopanalyse.indicators.indicator import Indicator, lijst
from kopanalyse.indicators.registratie import Registratie, known
from kopanalyse.raw.schema import TABELLEN

Regel = Callable[[Registratie], Expression]

SOORTEN = ("aantal", "uniek", "som", "aandeel", "gemiddelde")
AANDEEL_VAN = ("categorie", "alle categorieën")


class RegelError(UserError):
    """An indicator of one's own is not right; the message (Dutch) says what, and what is possible."""


def eigen_indicator(
    titel: str,
    regel: Regel,
    *,
    soort: str = "aantal",
    kwartalen: bool = False,
    aandeel_van: str = "categorie",
    definitie: str = "",
) -> Indicator:
    """An indicator of one's own; ``soort`` and further as in ``Indicator``, the id is made from the title.

    ``regel`` gives records in the words of ``Registratie``, for example ``lambda r: r.gestart("individueel")``. What
    it leaves out is filled in: the client stands for ``persoon``, and for ``uniek``; a missing categorie is
    ``onbekend``; a record without a teller does not count. Raises ``RegelError`` for a title, soort or base that
    cannot be; whether the rule is right is seen when it is counted.
    """
    naam = _slug(titel)
    if not naam or naam in own_definitions().indicatoren:
        raise RegelError(
            f"Kies een andere titel dan {titel!r}: de naam die daarbij hoort, {naam or 'een lege'}, "
            + ("is al van een indicator van kopanalyse zelf." if naam else "is geen naam.")
        )
    for wat, waarde, mogelijk in (("soort", soort, SOORTEN), ("aandeel_van", aandeel_van, AANDEEL_VAN)):
        if waarde not in mogelijk:
            raise RegelError(
                f"{titel}: {wat} = {waarde!r} kan niet.{suggestion(str(waarde), mogelijk)} Mogelijk zijn: "
                f"{', '.join(mogelijk)}."
            )
    if not callable(regel):
        raise RegelError(f"{titel}: de regel is geen functie; verwacht wordt bijvoorbeeld lambda r: r.gestart().")
    return Indicator(naam, regel, titel, definitie, soort=soort, kwartalen=kwartalen, aandeel_van=aandeel_van)


def complete(ind: Indicator, registratie: Registratie, engine: QueryEngine) -> Indicator:
    """``ind`` as counting needs it: what it leaves out (its tables, the categories that occur) is read from its rule.

    An indicator of the library is complete as it is. Raises ``RegelError`` when the rule is not right or needs a table
    that the organisation did not deliver.
    """
    if ind.is_ours:
        return ind
    with readable(ind):
        records = _records(ind, registratie)
        tabellen = tables(records) & set(TABELLEN)
        if ontbreekt := sorted(tabellen.difference(registratie.aanwezig)):
            raise RegelError(
                f"{ind.titel}: de tabel {ontbreekt[0]} is er niet bij {registratie.settings.naam}. "
                f"Aanwezig zijn: {', '.join(registratie.aanwezig)}."
            )
        if "team" not in records.columns:
            tabellen = tabellen.difference(TABELLEN_MET_TEAM)
        gevonden = {
            naam: lijst(*_values(engine, records, naam))
            for naam in ("categorie", "subcategorie")
            if naam in records.columns and getattr(ind, naam) is None
        }
        return replace(
            ind, regel=lambda r: _records(ind, r), tabellen=ind.tabellen or tuple(sorted(tabellen)), **gevonden
        )


@contextmanager
def readable(ind: Indicator) -> Iterator[None]:
    """What goes wrong in a rule of one's own, as one sentence; the library's own rules keep their traceback."""
    try:
        yield
    except UserError:
        raise
    except Exception as fout:
        if ind.is_ours:
            raise
        raise RegelError(f"De regel van {ind.titel!r} klopt niet: {_reason(fout)}") from fout


def _records(ind: Indicator, registratie: Registratie) -> Expression:
    """What the rule gives, with what it left out filled in."""
    r = ind.regel(registratie)
    if not isinstance(r, Expression):
        raise RegelError(
            f"De regel van {ind.titel!r} geeft geen records; verwacht wordt bijvoorbeeld lambda r: r.gestart()."
        )
    if "periode" not in r.columns:
        raise RegelError(
            f"De regel van {ind.titel!r} zegt niet in welke periode een record valt: gebruik een woord "
            'als r.behandeld(), r.gestart() of r.afgesloten(), of r.op_datum(rijen, "datum").'
        )
    if not {"persoon", "klant_id"} & set(r.columns):
        raise RegelError(
            f"De regel van {ind.titel!r} zegt niet wie er achter een record staat: voeg een kolom persoon "
            'toe, bijvoorbeeld met .mutate(persoon="traject_id").'
        )
    if ind.soort in ("som", "aandeel", "gemiddelde") and "teller" not in r.columns:
        raise RegelError(
            f"Een {ind.soort} heeft een teller nodig: voeg aan de regel van {ind.titel!r} een kolom "
            "teller toe met .mutate(teller=…)."
        )
    if "persoon" not in r.columns:
        r = r.mutate(persoon=r.klant_id)
    if "teller" in r.columns:
        r = r.filter(r.teller.notnull())
    if "team" in r.columns:
        r = r.mutate(team=known(r.team)) if tables(r) & set(TABELLEN_MET_TEAM) else r.drop("team")
    return r.mutate(
        **{naam: known(r[naam].cast("string")) for naam in ("categorie", "subcategorie") if naam in r.columns}
    )


def _values(engine: QueryEngine, records: Expression, kolom: str) -> list[str]:
    return sorted(engine.values(records.select(kolom).distinct()))


def _slug(titel: str) -> str:
    letters = unicodedata.normalize("NFKD", str(titel)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")


def _reason(fout: Exception) -> str:
    """What went wrong, in Dutch where it is a name that is not there."""
    if gemist := missing_name(fout):
        naam, kolommen = gemist
        return (
            f"de kolom {naam} bestaat niet.{suggestion(naam, kolommen)} Mogelijk zijn: "
            f"{', '.join(k for k in kolommen if not k.startswith('_'))}."
        )
    if isinstance(fout, AttributeError) and isinstance(fout.obj, Registratie) and fout.name:
        woorden = [woord for woord in dir(Registratie) if not woord.startswith("_")]
        return f"r.{fout.name} bestaat niet.{suggestion(fout.name, woorden)} Mogelijk zijn: {', '.join(woorden)}."
    if isinstance(fout, KeyError):
        naam = str(fout.args[0])
        return f"de naam {naam} bestaat niet.{suggestion(naam, TABELLEN)} Tabellen zijn: {', '.join(TABELLEN)}."
    melding = next(iter(str(fout).strip().splitlines()), "zonder melding")
    if is_engine_error(fout):  # what stands between quotes may be the key of a client
        melding = re.sub("""'.*'|".*\"""", "…", melding)
    return f"{type(fout).__name__}: {melding}"
