"""From text to values: how a column of each kind is read, and what the clean table keeps of it.

Three layers per column, each an expression: ``text`` (trimmed; empty is missing; synonyms are their code), ``read``
(typed; missing where the text cannot be read) and ``kept`` (what figures are computed from: a code outside its list is
``onbekend``).
"""

from __future__ import annotations

from kopanalyse.engine.words import Column, cases, cleaned, ifelse, literal, null
from kopanalyse.raw.formats.cells import ONLEESBAAR
from kopanalyse.raw.names import ONZICHTBAAR, SPATIES
from kopanalyse.raw.schema import TYPEN, Kolom
from kopanalyse.settings import Settings

ONBEKEND = "onbekend"
KERNEN = "kernen"  # the one code list that is a table of the registration itself


def text(kolom: Kolom, staat: Column, settings: Settings) -> Column:
    """``staat``, the value as it stands in the file, without what the eye cannot see; empty is missing."""
    tekst = cleaned(staat, SPATIES + ONZICHTBAAR, " " * len(SPATIES))  # as ``names.clean_text``
    synoniemen = settings.synoniemen.get(kolom.woordenlijst, {})
    takken = [(tekst == wijze, literal(code)) for wijze, code in synoniemen.items()]
    return cases(*takken, else_=tekst) if takken else tekst


def read(kolom: Kolom, tekst: Column) -> Column:
    """``tekst`` as a value of the column's type; missing where it cannot be read."""
    lezers = {"datum": _date, "geheel": _whole, "decimaal": _decimal, "ja_nee": _boolean}
    if kolom.naam == "uren":
        return _decimal(ifelse(_maybe_thousands(tekst), null("string"), tekst))
    return lezers[kolom.soort](tekst) if kolom.soort in lezers else ifelse(no_value(tekst), null("string"), tekst)


def no_value(tekst: Column) -> Column:
    """Whether the cell that ``tekst`` stood in holds no value at all, such as an error: no column can read it."""
    return tekst.startswith(ONLEESBAAR)


_DAG = "([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}-[0-9]{1,2}-[0-9]{4})"
_TIJD = "[ T]([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]+)?)?"


def _date(tekst: Column) -> Column:
    """``2019-03-31``, ``31-03-2019`` or ``1-3-2019``, perhaps with a time that exists; a day that exists."""
    dag = tekst.re_replace("[ T].*$", "").re_replace("^([0-9])-", r"0\1-").re_replace("^(..)-([0-9])-", r"\1-0\2-")
    dag = dag.re_replace("^(..)-(..)-(....)$", r"\3-\2-\1")
    goed = tekst.re_search(f"^{_DAG}({_TIJD})?$") & ~dag.startswith("0000-")  # there is no year 0
    return ifelse(goed, dag, null("string")).try_cast("date")


def has_time(tekst: Column) -> Column:
    """Whether a date that can be read stands with a time other than midnight."""
    return tekst.re_search("[ T].*[1-9]")


def _maybe_thousands(tekst: Column) -> Column:
    """Whether a dot or comma in a number may stand for thousands: then no one can tell ``1.234`` from 1234."""
    return tekst.re_search(r"^-?[1-9][0-9]{0,2}([.,][0-9]{3})+$")


def _whole(tekst: Column) -> Column:
    """0 or more; ``3.0`` is 3, but ``4.000`` may be four thousand."""
    heel = tekst.re_search(r"^[0-9]+([.,]0+)?$") & ~_maybe_thousands(tekst)
    return ifelse(heel, tekst.re_replace(r"[.,]0+$", ""), null("string")).try_cast("int64")


def _decimal(tekst: Column) -> Column:
    vorm = ifelse(tekst.re_search(r"^-?[0-9]+([.,][0-9]+)?$"), tekst.replace(",", "."), null("string"))
    getal = vorm.try_cast("float64")
    return ifelse(getal.isinf(), null("float64"), getal)


def _boolean(tekst: Column) -> Column:
    klein = tekst.lower()
    return cases(
        (klein.isin(["ja", "j", "true", "waar", "1"]), True),
        (klein.isin(["nee", "n", "false", "onwaar", "0"]), False),
        else_=null("boolean"),
    )


def in_range(kolom: Kolom, gelezen: Column) -> Column:
    """Whether ``gelezen`` is within the column's range, or is the one value allowed beside it."""
    assert kolom.bereik
    laagste, hoogste = kolom.bereik
    return gelezen.between(laagste, hoogste) | (gelezen == (hoogste if kolom.ook is None else kolom.ook))


def reserved_word(kolom: Kolom, aanwezig: frozenset[str]) -> str | None:
    """The word that this column may not hold, because it stands for a row over all teams or categories.

    A kern is held against the table kernen, where there is one.
    """
    categorie = kolom.categorie or (kolom.codelijst == KERNEN and KERNEN not in aanwezig)
    return "alle" if kolom.team else "totaal" if categorie else None


def in_list(kolom: Kolom, gelezen: Column, settings: Settings, in_kernen: Column | None) -> Column:
    """Whether ``gelezen`` is a code of the column's list; ``in_kernen`` says so for the list that is a table."""
    if in_kernen is not None:
        return in_kernen
    return gelezen.isin(settings.codelijsten[kolom.codelijst])


def kept(
    kolom: Kolom, gelezen: Column, settings: Settings, aanwezig: frozenset[str], in_kernen: Column | None
) -> Column:
    """``gelezen`` as the clean table keeps it."""
    if kolom.bereik:
        return ifelse(in_range(kolom, gelezen), gelezen, null(TYPEN[kolom.soort]))
    if woord := reserved_word(kolom, aanwezig):
        return ifelse(gelezen == woord, ONBEKEND, gelezen)
    if kolom.soort != "code":
        return gelezen
    bekend = gelezen.isnull() | in_list(kolom, gelezen, settings, in_kernen)
    waarde = ifelse(bekend, gelezen, ONBEKEND)
    return waarde.fill_null(kolom.standaard) if kolom.standaard else waarde
