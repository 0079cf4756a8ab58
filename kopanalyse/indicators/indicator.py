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

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kopanalyse.raw.schema import ONBEKEND

if TYPE_CHECKING:
    from kopanalyse.engine.words import Expression
    from kopanalyse.indicators.registratie import Registratie
    from kopanalyse.settings import Settings

Waarden = Callable[..., Sequence[str | None]]
"""``waarden(tabel, kolom, **waar)``: the distinct values of a column over all clean rows (in which the columns of
``waar`` hold these values), None for a missing one."""

Categorieen = Callable[["Registratie", Waarden], Sequence[str]]
"""All categories that an indicator must have rows for, without ``totaal``."""

OURS = "kopanalyse"

EENHEDEN = {
    "aantal": "aantal",
    "uniek": "aantal",
    "som": "aantal",
    "aandeel": "aandeel",
    "gemiddelde": "gemiddelde",
    "per_1000": "per_1000",
    "uren": "uren",
}


@dataclass(frozen=True)
class Indicator:
    """One indicator: its rule and the texts that a reader needs to trust it.

    ``soort`` is the kind of figure: ``aantal`` (records), ``uniek`` (distinct ``uniek``), ``som`` and ``uren`` (sum of
    ``teller``), ``aandeel`` (sum of teller / sum of noemer), ``gemiddelde`` (the same, with the spread of teller) or
    ``per_1000`` (records against the rows of ``noemers``: columns ``categorie`` and ``noemer``). ``aandeel_van`` says
    for a share whether its base is the own category or all categories together. ``paren`` gives the pairs of
    ``categorie`` and ``subcategorie`` that occur, where not every pair of the two lists does; rows over all stay.
    ``tabellen`` are the tables without which there is no figure; with ``minstens_een`` one of them is enough.
    ``definitie`` may name thresholds between braces. ``steunt_op`` (``tabel.kolom``) are optional columns: with no
    value in any of them the figure is there but says nothing. ``in_groepen``: what is added up came in groups, one in
    each row, so that chance works on the rows and not on what is in them. ``zonder_klant``: behind a record stands no
    client but its own key, which it alone has in a period, so that there are as many persons as records.

    ``rol``: only for organisations that have a trajectsoort in that role (``[rollen]`` in the settings).
    ``tabellen_per_categorie`` gives the tables that the figures of one categorie rest on, where those are not
    ``tabellen``. ``tot_nu_toe``: counts all contacten so far of its trajecten, also those of before the period.
    ``kort_of_casus``: about trajecten that are a kort contact or a casus, by registration or by their contacten so far.
    ``cluster`` names the column of the records that says which are not independent of each other (the answers of one
    uitnodiging); they have one ``persoon``, and the interval counts by cluster. ``personen``: what teller counts are
    persons, or what one person did or got; then small numbers may give somebody away. ``jaartelling``: the registration
    has one number a year, so that no shorter period has any. ``geheel`` says what all categories together are, where
    ``titel`` does not: of ``Netwerk gevraagd`` the total are the trajecten, and not those in which it was asked.

    The catalogue says in which ``hoofdstuk`` it is declared, and by what its code is known (``merk``): ``OURS``, the
    digest of code of others, or None for what was made in a notebook.
    """

    naam: str
    regel: Callable[[Registratie], Expression]
    titel: str
    definitie: str = ""
    waarom: str = ""
    kanttekening: str = ""
    bron: str = ""
    herzien_op: date | None = None
    tabellen: tuple[str, ...] = ()
    soort: str = "aantal"
    kwartalen: bool = False
    categorie: Categorieen | None = None
    subcategorie: Categorieen | None = None
    paren: Callable[[Registratie], Expression] | None = None
    totaal: bool = True
    aandeel_van: str = "categorie"
    noemers: Callable[[Registratie], Expression] | None = None
    minstens_een: bool = False
    rol: str | None = None
    tabellen_per_categorie: Callable[[str], tuple[str, ...]] | None = None
    tot_nu_toe: bool = False
    kort_of_casus: bool = False
    cluster: str = ""
    personen: bool = True
    jaartelling: bool = False
    steunt_op: tuple[str, ...] = ()
    in_groepen: bool = False
    zonder_klant: bool = False
    geheel: str = ""
    hoofdstuk: str = ""
    merk: str | None = None

    def definition(self, settings: Settings) -> str:
        """The definitie as it holds for an organisation: its own thresholds and kinds filled in."""
        return self._filled_in(self.definitie, settings)

    def whole(self, settings: Settings) -> str:
        """What the total counts, in words: ``geheel``, or the title where there are no categories to leave out."""
        return self._filled_in(self.geheel, settings) or (
            f"{self.titel}, totaal" if self.categorie or self.paren else self.titel
        )

    @staticmethod
    def _filled_in(tekst: str, settings: Settings) -> str:
        d, en_steun = settings.drempels, "en leun- en steun" if settings.has_kind("leun_en_steun") else ""
        return tekst.format_map(vars(d) | {"kort": d.kort_in_woorden, "en_steun": en_steun})

    @property
    def eenheid(self) -> str:
        """Unit in the long table: aantal, aandeel, gemiddelde, per_1000 or uren."""
        return EENHEDEN[self.soort]

    @property
    def is_ours(self) -> bool:
        """Whether the package itself declares it."""
        return self.merk == OURS

    def is_possible(self, registratie: Registratie) -> bool:
        """Whether the organisation has the tables, and the kind of traject, that the rule is about."""
        genoeg = any if self.minstens_een else all
        if self.kort_of_casus and not (registratie.heeft("contacten") or registratie.geregistreerd):
            return False
        return genoeg(map(registratie.heeft, self.tabellen)) and (self.rol is None or bool(registratie.rol(self.rol)))

    @property
    def counts_so_far(self) -> bool:
        """Whether contacten of before the period count too."""
        return self.tot_nu_toe or self.kort_of_casus

    def rests_on(self, categorie: str, registratie: Registratie) -> tuple[str, ...]:
        """The tables that the figures of ``categorie`` are counted from."""
        tabellen = self.tabellen_per_categorie(categorie) if self.tabellen_per_categorie else self.tabellen
        ook = ("contacten",) if self.kort_of_casus and registratie.heeft("contacten") else ()
        return (*tabellen, *ook)


@dataclass(frozen=True)
class Lijst:
    """Just these categories, whatever is registered."""

    codes: tuple[str, ...]

    def __call__(self, registratie: Registratie, waarden: Waarden) -> Sequence[str]:
        return self.codes


def lijst(*codes: str) -> Categorieen:
    """Just these categories."""
    return Lijst(codes)


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
    return _with_onbekend(sorted(naam for naam in waarden("kernen", "kern") if naam))


def kolom(tabel: str, naam: str, **waar: str) -> Categorieen:
    """Every value of a free-text column, of the rows ``waar`` a column is so; ``onbekend`` where a row has none."""
    return lambda registratie, waarden: sorted({waarde or ONBEKEND for waarde in waarden(tabel, naam, **waar)})


def _with_onbekend(codes: Sequence[str]) -> list[str]:
    return [code for code in codes if code != ONBEKEND] + [ONBEKEND]
