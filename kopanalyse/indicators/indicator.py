"""What an indicator is: a rule that says what one record contributes, with its texts beside it.

An indicator never groups. Its rule gives *records*, a lazy expression with the columns

- ``periode``  – the period that the record falls in (the words of ``Registratie`` add it)
- ``team``     – only where the rule's table has a team
- ``persoon``  – the client behind the record, or the record's own key where there is no client
- ``categorie``, ``subcategorie`` – where the indicator has them
- ``teller``, ``noemer`` – what the record adds to the figure; 1 where the column is left out
- ``uniek``    – the key to count once, for indicators of kind ``uniek``; ``persoon`` where the column is left out
- ``in_totaal`` – false for a record that stays out of ``totaal``; true where the column is left out

``compute`` groups the records by period, team and category, and knows nothing about social work.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kopanalyse.engine import Expression
    from kopanalyse.indicators.registratie import Registratie
    from kopanalyse.settings import Settings

ALLE, TOTAAL, ONBEKEND = "alle", "totaal", "onbekend"

Waarden = Callable[..., Sequence[str | None]]
"""``waarden(tabel, kolom, **waar)``: the distinct values of a column over all clean rows (in which the columns of
``waar`` hold these values), None for a missing one."""

Categorieen = Callable[["Registratie", Waarden], Sequence[str]]
"""All categories that an indicator must have rows for, without ``totaal``."""

EENHEDEN = {"aantal": "aantal", "uniek": "aantal", "som": "aantal", "aandeel": "aandeel",
            "gemiddelde": "gemiddelde", "per_1000": "per_1000", "uren": "uren"}


@dataclass(frozen=True)
class Indicator:
    """One indicator: its rule and the texts that a reader needs to trust it.

    ``soort`` is the kind of figure: ``aantal`` (records), ``uniek`` (distinct ``uniek``), ``som`` and ``uren`` (sum of
    ``teller``), ``aandeel`` (sum of teller / sum of noemer), ``gemiddelde`` (the same, with the spread of teller) or
    ``per_1000`` (records against the rows of ``noemers``: columns ``categorie`` and ``noemer``). ``aandeel_van`` says
    for a share whether its base is the own category or all categories together. ``paren`` gives the pairs of
    ``categorie`` and ``subcategorie`` that occur, where not every pair of the two lists does; rows over all stay.
    ``tabellen`` are the tables without which there is no figure; with ``minstens_een`` one of them is enough.
    ``definitie`` may name thresholds between braces. ``trajectsoort``: only for organisations that have that kind of
    traject. ``steunt_op`` (``tabel.kolom``) are optional columns: with no value in any of them the figure is there but
    says nothing. ``in_groepen``: what is added up came in groups, one in each row, so that chance works on the rows and
    not on what is in them. ``zonder_klant``: behind a record stands no client but its own key, which it alone has in a
    period, so that there are as many persons as records.
    """

    naam: str
    regel: Callable[[Registratie], Expression]
    titel: str
    definitie: str
    waarom: str
    kanttekening: str
    bron: str
    herzien_op: date
    tabellen: tuple[str, ...]
    soort: str = "aantal"
    kwartalen: bool = False
    categorie: Categorieen | None = None
    subcategorie: Categorieen | None = None
    paren: Callable[[Registratie], Expression] | None = None
    totaal: bool = True
    aandeel_van: str = "categorie"
    noemers: Callable[[Registratie], Expression] | None = None
    minstens_een: bool = False
    trajectsoort: str | None = None
    steunt_op: tuple[str, ...] = ()
    in_groepen: bool = False
    zonder_klant: bool = False

    def definition(self, settings: Settings) -> str:
        """The definitie as it holds for an organisation: its own thresholds filled in."""
        d = settings.drempels
        return self.definitie.format_map(vars(d) | {"kort": d.kort_in_woorden})

    @property
    def eenheid(self) -> str:
        """Unit in the long table: aantal, aandeel, gemiddelde, per_1000 or uren."""
        return EENHEDEN[self.soort]

    @property
    def hoofdstuk(self) -> str:
        """Name of the chapter that the file of declarations is about (its ``HOOFDSTUK``); empty outside the library."""
        return getattr(sys.modules.get(self.regel.__module__), "HOOFDSTUK", "")

    def is_possible(self, registratie: Registratie) -> bool:
        """Whether the organisation has the tables, and the kind of traject, that the rule is about."""
        genoeg = any if self.minstens_een else all
        soorten = registratie.settings.codelijsten["trajectsoort"]
        return genoeg(map(registratie.heeft, self.tabellen)) and self.trajectsoort in (None, *soorten)


INDICATOREN: dict[str, Indicator] = {}
"""Every declared indicator by its id, in the order of the chapters."""


def indicator(**eigenschappen) -> Callable[[Callable[[Registratie], Expression]], Callable[[Registratie], Expression]]:
    """Declare the decorated rule as the indicator with the function's name; properties as in ``Indicator``."""

    def declare(regel: Callable[[Registratie], Expression]) -> Callable[[Registratie], Expression]:
        if regel.__name__ in INDICATOREN:
            raise ValueError(f"indicator {regel.__name__} is declared twice")
        INDICATOREN[regel.__name__] = Indicator(naam=regel.__name__, regel=regel, **eigenschappen)
        return regel

    return declare


def lijst(*codes: str) -> Categorieen:
    """Just these categories."""
    return lambda registratie, waarden: codes


def codelijst(naam: str) -> Categorieen:
    """All codes of a list in the settings, and ``onbekend``."""
    return lambda registratie, waarden: _with_onbekend(registratie.settings.codelijsten[naam])


def leeftijdsklassen(registratie: Registratie, waarden: Waarden) -> Sequence[str]:
    """All age classes of the settings, and ``onbekend``."""
    return _with_onbekend(registratie.settings.drempels.leeftijdslabels)


def maandklassen(registratie: Registratie, waarden: Waarden) -> Sequence[str]:
    """The classes of a wait or a duration, in months."""
    return registratie.settings.drempels.maandlabels


def contactklassen(registratie: Registratie, waarden: Waarden) -> Sequence[str]:
    """The classes of a number of contacts."""
    return registratie.settings.drempels.contactlabels


def kernen(registratie: Registratie, waarden: Waarden) -> Sequence[str]:
    """All villages of the registration, and ``onbekend``."""
    return _with_onbekend(sorted(waarden("kernen", "kern")))


def kolom(tabel: str, naam: str, **waar: str) -> Categorieen:
    """Every value of a free-text column, of the rows ``waar`` a column is so; ``onbekend`` only where a row has none."""
    return lambda registratie, waarden: sorted({waarde or ONBEKEND for waarde in waarden(tabel, naam, **waar)})


def _with_onbekend(codes: Sequence[str]) -> list[str]:
    return [code for code in codes if code != ONBEKEND] + [ONBEKEND]
