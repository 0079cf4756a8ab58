"""From text to values: how a column of each kind is read, and what the clean table keeps of it.

Three layers per column, each an expression: ``text`` (trimmed; empty is missing; synonyms are their code), ``read``
(typed; missing where the text cannot be read) and ``kept`` (what figures are computed from: a code outside its list is
``onbekend``).
"""

from __future__ import annotations

from kopanalyse.engine import Column, cases, ifelse, literal, null, strip
from kopanalyse.raw.schema import TYPEN, Kolom
from kopanalyse.settings import Settings

ONBEKEND = "onbekend"
KERNEN = "kernen"  # the one code list that is a table of the registration itself


def text(kolom: Kolom, staat: Column, settings: Settings) -> Column:
    """``staat``, the value as it stands in the file, without white space around it; empty is missing."""
    tekst = strip(staat).nullif("")
    synoniemen = settings.synoniemen.get(kolom.codelijst or "", {})
    takken = [(tekst == wijze, literal(code)) for wijze, code in synoniemen.items()]
    return cases(*takken, else_=tekst) if takken else tekst


def read(kolom: Kolom, tekst: Column) -> Column:
    """``tekst`` as a value of the column's type; missing where it cannot be read."""
    lezers = {"datum": _date, "geheel": _whole, "decimaal": _decimal, "ja_nee": _boolean}
    return lezers[kolom.soort](tekst) if kolom.soort in lezers else tekst


def _date(tekst: Column) -> Column:
    """``2019-03-31`` or ``31-03-2019``: always two digits for day and month, and a day that exists."""
    geen = null("string")
    vorm = cases(
        (tekst.startswith("0000-") | tekst.endswith("-0000"), geen),  # there is no year 0
        (tekst.re_search(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), tekst),
        (tekst.re_search(r"^[0-9]{2}-[0-9]{2}-[0-9]{4}$"), tekst.re_replace(r"^(..)-(..)-(....)$", r"\3-\2-\1")),
        else_=geen)
    return vorm.try_cast("date")


def _whole(tekst: Column) -> Column:
    heel = ifelse(tekst.re_search(r"^[0-9]+([.,]0+)?$"), tekst.re_replace(r"[.,]0+$", ""), null("string"))
    return heel.try_cast("int64")


def _decimal(tekst: Column) -> Column:
    vorm = ifelse(tekst.re_search(r"^-?[0-9]+([.,][0-9]+)?$"), tekst.replace(",", "."), null("string"))
    getal = vorm.try_cast("float64")
    return ifelse(getal.isinf(), null("float64"), getal)


def _boolean(tekst: Column) -> Column:
    klein = tekst.lower()
    return cases((klein.isin(["ja", "true", "1"]), True), (klein.isin(["nee", "false", "0"]), False),
                 else_=null("boolean"))


def in_range(kolom: Kolom, gelezen: Column) -> Column:
    """Whether ``gelezen`` is within the column's range, or is the one value allowed beside it."""
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
    return in_kernen if kolom.codelijst == KERNEN else gelezen.isin(settings.codelijsten[kolom.codelijst])


def kept(kolom: Kolom, gelezen: Column, settings: Settings, aanwezig: frozenset[str],
         in_kernen: Column | None) -> Column:
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
