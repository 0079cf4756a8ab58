"""What a cell holds, as the text that a CSV file would hold: numbers, days and times as who opens the sheet sees them.

A cell that holds no value at all, such as an error, is marked: ``unreadable`` puts a sign in front that no text has.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

ONLEESBAAR = "\uffff"  # Unicode's last place, never given to a sign: what follows stood there and is no value
_MISSCHIEN_DUIZEND = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_LAATSTE_DAG = 2_958_465  # 31-12-9999 as Excel counts days
_MILLISECONDEN = 86_400_000


def unreadable(staat: str) -> str:
    """``staat``, what is to be seen in a cell, as something that cannot be read in any column."""
    return ONLEESBAAR + staat


def seen(tekst: str) -> str:
    """What is to be seen in a cell, also when it is marked."""
    return tekst.removeprefix(ONLEESBAAR)


def number_text(getal: float | Decimal, cijfers: int = 15) -> str:
    """A number in plain digits, with as many of them as Excel shows: ``30.000000000000004`` is ``30``."""
    tekst = f"{Decimal(f'{getal:.{cijfers}g}'):f}"
    if "." in tekst:
        tekst = _no_thousands(tekst.rstrip("0").rstrip("."))
    return "0" if tekst == "-0" else tekst


def _no_thousands(tekst: str) -> str:
    """A number that is known to have decimals, so that no one takes its dot for that of thousands: ``7.1250``."""
    return f"{tekst}0" if _MISSCHIEN_DUIZEND.fullmatch(tekst) else tekst


def day_text(getal: float, soort: str, vanaf_1904: bool) -> str:
    """A number of days in a cell of kind ``soort`` (``format_kind``), as Excel shows it, days as ``jjjj-mm-dd``.

    Excel has a day 0 and a 29 February in 1900: those are shown as it does, and are no dates.
    """
    if soort == "duur":
        return duration_text(timedelta(milliseconds=round(getal * _MILLISECONDEN)))
    dagen, rest = divmod(round(getal * _MILLISECONDEN), _MILLISECONDEN)
    if dagen < 0 or dagen > _LAATSTE_DAG - (1462 if vanaf_1904 else 0):
        return number_text(getal)
    klok = clock_text(rest)
    if soort == "tijd" and dagen == 0:
        return klok or "00:00:00"
    if vanaf_1904:
        dag = (date(1904, 1, 1) + timedelta(dagen)).isoformat()
    elif dagen in (0, 60):
        dag = {0: "00-01-1900", 60: "29-02-1900"}[dagen]
    else:
        dag = (date(1899, 12, 31 if dagen < 60 else 30) + timedelta(dagen)).isoformat()
    return f"{dag} {klok}" if klok else dag


def clock_text(milliseconden: int) -> str:
    """A time of day, or nothing for midnight."""
    if not milliseconden:
        return ""
    seconden, rest = divmod(milliseconden, 1000)
    tekst = f"{seconden // 3600:02}:{seconden // 60 % 60:02}:{seconden % 60:02}"
    return f"{tekst}.{rest:03}" if rest else tekst


def duration_text(duur: timedelta) -> str:
    """A length of time as hours, minutes and seconds; the hours go on beyond a day."""
    teken, duur = ("-", -duur) if duur < timedelta() else ("", duur)
    seconden = duur.days * 86_400 + duur.seconds
    tekst = f"{teken}{seconden // 3600}:{seconden // 60 % 60:02}:{seconden % 60:02}"
    return f"{tekst}.{duur.microseconds:06}".rstrip("0") if duur.microseconds else tekst


def value_text(waarde: object) -> str | None:
    """A Python value as text: a day without its time when that is midnight, a whole number without ``.0``.

    What is no value of one of the kinds that a column can have, such as a list, is marked as unreadable.
    """
    if waarde is None or isinstance(waarde, str):
        return waarde
    if isinstance(waarde, bool):
        return "true" if waarde else "false"
    if isinstance(waarde, int):
        return str(waarde)
    if isinstance(waarde, datetime):
        heel = waarde.tzinfo is None and waarde.time() == time()
        return waarde.date().isoformat() if heel else waarde.isoformat(sep=" ")
    if isinstance(waarde, (date, time)):
        return waarde.isoformat()
    if isinstance(waarde, timedelta):
        return duration_text(waarde)
    if isinstance(waarde, (float, Decimal)):
        return _exact(Decimal(repr(waarde)) if isinstance(waarde, float) else waarde)
    return unreadable(str(waarde))


def _exact(getal: Decimal) -> str:
    """All digits of a number, none of them as a power of ten."""
    if not getal.is_finite():
        return str(getal).lower()
    return str(int(getal)) if getal == getal.to_integral_value() else _no_thousands(f"{getal:f}")


# Number formats of Excel

_INGEBOUWD = (
    dict.fromkeys((*range(14, 18), *range(27, 32), *range(34, 37), *range(50, 59)), "datum")
    | dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 47), "tijd")
    | {22: "datum", 46: "duur"}
)
_DUUR = re.compile(r"\[(h+|m+|s+|u+)\]", re.IGNORECASE)
_GEEN_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|general|standa?ard', re.IGNORECASE)


def format_kind(nummer: int, vorm: str | None) -> str | None:
    """What a number format shows: ``datum`` (with or without a time), ``tijd``, ``duur``, or None for a number."""
    if vorm is None:
        return _INGEBOUWD.get(nummer)
    deel = re.sub(r'"[^"]*"|\\.', "", vorm).split(";")[0]
    if _DUUR.search(deel):
        return "duur"
    letters = set(_GEEN_LETTERS.sub("", vorm.split(";")[0]).lower())
    if letters & set("dyj"):
        return "datum"
    if letters & set("hsu"):
        return "tijd"
    return "datum" if "m" in letters else None
