"""The vocabulary for expressions: what the rest of the library writes, over tables that need not exist yet (``table``).

It hands them to an ``Engine``. Leaving Ibis is work in this room alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, Any

import ibis as _ibis
from ibis.expr import datatypes

ibis: Any = _ibis  # its own types do not serve: see below

if TYPE_CHECKING:
    # What the vocabulary promises, for who reads and for the type checker. To Ibis a column of a table is any `Value`,
    # without the methods of dates and texts, and a table has no attributes for its columns.
    class Column:
        """A value per row. Operators give columns; methods are those of Ibis (``year``, ``isin``, ``fill_null``)."""

        def __getattr__(self, naam: str) -> Any: ...
        def __hash__(self) -> int: ...
        def __eq__(self, ander: Any) -> Column: ...  # a condition
        def __ne__(self, ander: Any) -> Column: ...  # likewise
        def __lt__(self, ander: Any) -> Column: ...
        def __le__(self, ander: Any) -> Column: ...
        def __gt__(self, ander: Any) -> Column: ...
        def __ge__(self, ander: Any) -> Column: ...
        def __add__(self, ander: Any) -> Column: ...
        def __radd__(self, ander: Any) -> Column: ...
        def __sub__(self, ander: Any) -> Column: ...
        def __rsub__(self, ander: Any) -> Column: ...
        def __mul__(self, ander: Any) -> Column: ...
        def __rmul__(self, ander: Any) -> Column: ...
        def __truediv__(self, ander: Any) -> Column: ...
        def __rtruediv__(self, ander: Any) -> Column: ...
        def __floordiv__(self, ander: Any) -> Column: ...
        def __mod__(self, ander: Any) -> Column: ...
        def __and__(self, ander: Any) -> Column: ...
        def __rand__(self, ander: Any) -> Column: ...
        def __or__(self, ander: Any) -> Column: ...
        def __ror__(self, ander: Any) -> Column: ...
        def __xor__(self, ander: Any) -> Column: ...
        def __invert__(self) -> Column: ...
        def __neg__(self) -> Column: ...
        def __getitem__(self, plaats: Any) -> Column: ...

    class Expression:
        """Anything that yields rows. Columns are attributes and items; methods are those of Ibis (``filter``)."""

        columns: tuple[str, ...]

        def __getattr__(self, naam: str) -> Any: ...
        def __getitem__(self, naam: Any) -> Any: ...
else:
    Expression = ibis.Table
    Column = ibis.Value

literal = ibis.literal
cases = ibis.cases
ifelse = ibis.ifelse
row_number = ibis.row_number
dense_rank = ibis.dense_rank
window = ibis.window


def table(naam: str, kolommen: Mapping[str, str]) -> Expression:
    """An unbound table ``naam`` with columns of the given types, to build expressions on."""
    return ibis.table(dict(kolommen), name=naam)


WITRUIMTE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())


@ibis.udf.scalar.builtin
def trim(tekst: str, tekens: str) -> str: ...


def strip(tekst: Column) -> Column:
    """``tekst`` without white space around it: all of Unicode's, as ``str.strip`` does."""
    # Most begin and end with a visible ASCII sign, and a trim of 29 characters is ten times as slow as asking.
    kaal = tekst.between("!", "~~") & tekst.reverse().between("!", "~~")
    return ifelse(kaal, tekst, trim(tekst, WITRUIMTE))


# ``tekst`` in Unicode's form NFC, without white space around it, with the signs ``tekens`` become ``worden``. Signs
# that have none to become are gone; a text on which nothing can be seen is missing.
@ibis.udf.scalar.builtin
def cleaned(tekst: str, tekens: str, worden: str) -> str: ...


@ibis.udf.scalar.builtin(name="hash")
def _hash(waarde: datatypes.String) -> datatypes.UInt64: ...


def number(*teksten: Column) -> Column:
    """A number made from texts: other texts have another one, but for a rare coincidence."""
    return _hash(reduce(lambda links, rechts: links + "\x1f" + rechts, teksten))


@ibis.udf.scalar.builtin(name="getvariable")
def _set_in_session(naam: str) -> datatypes.Date: ...


def today() -> Column:
    """The day of the run (``Engine.start_on``): a word, so that a query that asks for it is the same on every day."""
    return _set_in_session("vandaag")


def tables(expression: Expression) -> set[str]:
    """Names of the tables that ``expression`` reads."""
    return {bron.name for bron in expression.op().find(ibis.expr.operations.UnboundTable)}


def columns(waarde: Column) -> set[str]:
    """Names of the columns that ``waarde`` is made from, in the rows that it is a value of."""
    velden = waarde.op().find(ibis.expr.operations.Field, filter=ibis.expr.operations.Value)
    return {veld.name for veld in velden}


def missing_name(fout: Exception) -> tuple[str, list[str]] | None:
    """The column that an expression asked for in vain and the columns that there are; None for any other error."""
    if isinstance(fout, AttributeError) and isinstance(fout.obj, Expression) and fout.name:
        return fout.name, list(fout.obj.columns)
    if isinstance(fout, ibis.common.exceptions.IbisTypeError) and "is not found in table" in str(fout):
        naam, *kolommen = re.findall("'(.*?)'", str(fout))
        return naam, kolommen
    return None


def null(soort: str) -> Column:
    """A missing value of type ``soort`` (an Ibis type name such as ``string``)."""
    return ibis.null(soort)


def day(dag: date) -> Column:
    """``dag`` as a value in an expression."""
    return ibis.date(dag.year, dag.month, dag.day)


def years(aantal: int) -> Column:
    """A span of years: a day less this gives the same day that much earlier; 28 February where there is no 29th."""
    return ibis.interval(years=aantal)


def months(aantal: int) -> Column:
    """A span of months: a day and this gives the same day that much later, or else the last day of that month."""
    return ibis.interval(months=aantal)


def days(aantal: int | Column) -> Column:
    """A span of days."""
    return ibis.interval(days=aantal) if isinstance(aantal, int) else aantal.as_interval("D")


def union(rijen: Iterable[Expression]) -> Expression:
    """All rows of the expressions, which have the same columns, duplicates included."""
    rijen = list(rijen)
    return ibis.union(*rijen) if len(rijen) > 1 else rijen[0]
