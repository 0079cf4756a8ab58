"""Dutch words and numbers: how a figure is written, and how a text from a registration is made safe to show."""

from __future__ import annotations

import html
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from kopanalyse.periode import MAANDEN
from kopanalyse.report.shown import NIET_GETOOND, ONGEVEER, Getoond, is_hidden

LEEG = "–"
KLEIN_VERSCHIL, ONGEVEER_NUL = 10, f"{ONGEVEER}\N{NO-BREAK SPACE}0"
"""Between two counts of an edition: less than this is as much rounding as difference, and is called about nothing."""
DECIMALEN = {"aantal": 0, "aandeel": 1, "gemiddelde": 1, "per_1000": 1, "uren": 0}
MEESTE_ERBIJ = 2  # decimals: a difference between two numbers that are written differently shows then
MATEN = {"aandeel": "procentpunt", "uren": "uur"}  # what a difference is counted in, singular and plural alike
AANHALING = ' "“”„'  # a single one may be the 's of 's avonds

NAAM = re.compile(r"[A-Z]\w+ [A-Z][a-z]")  # Sociaal Juridische …

Maybe = float | Any
"""A number, or None where there is none. Which of the two follows from ``is_missing``, ``small`` or the kind of
indicator, as no type checker can follow: it takes the word of who writes."""


def is_missing(waarde: Maybe) -> bool:
    """Whether a figure has no value: None, NaN or pandas' NA."""
    return waarde is None or waarde != waarde or (isinstance(waarde, float) and math.isnan(waarde))


def missing(*waarden: Maybe) -> str:
    """What stands where these leave nothing to say: ``·`` when an edition hides one of them, otherwise ``–``."""
    return NIET_GETOOND if any(map(is_hidden, waarden)) else LEEG


def downward(waarde: Maybe) -> tuple[bool, float]:
    """To sort by, the largest first; what is not known comes last, in the order that it had."""
    return (True, 0.0) if is_missing(waarde) else (False, -waarde)


def getal(waarde: Maybe, eenheid: str = "aantal", decimalen: int | None = None) -> str:
    """``waarde`` as a Dutch reader writes it: 1.305 · 29,7% · 8,2; a missing value is ``–``, a hidden one ``·``.

    A share (``aandeel``, 0–1) becomes a percentage. Halves are rounded away from zero, as on paper. A count of an
    edition that was rounded is ``≈1.305``; what shows it takes the sign away, or makes a word of it.
    """
    if is_missing(waarde):
        return missing(waarde)
    cijfers = DECIMALEN[eenheid] if decimalen is None else decimalen
    procent = eenheid == "aandeel"
    if isinstance(waarde, Getoond):
        cijfers = 0 if procent and waarde.heel else min(cijfers, 1)  # a mean is published with one decimal
        if waarde.afgerond and waarde and eenheid == "aantal":
            return ONGEVEER + getal(float(waarde), eenheid, decimalen)
    exact = Decimal(str(float(waarde))) * (100 if procent else 1)
    afgerond = exact.quantize(Decimal(1).scaleb(-cijfers), rounding=ROUND_HALF_UP)
    tekst = f"{abs(afgerond):,.{cijfers}f}".translate(str.maketrans(",.", ".,"))
    return ("−" if afgerond < 0 else "") + tekst + ("%" if procent else "")


def verschil(nu: Maybe, toen: Maybe, eenheid: str = "aantal", decimalen: int | None = None) -> str:
    """The difference ``nu − toen`` with its sign; between two shares in procentpunten (without the word).

    It agrees with how the two are written: of two that look the same it is 0, and of two that do not it never is. There
    it has a decimal more.
    """
    if is_missing(nu) or is_missing(toen):
        return missing(nu, toen)
    hoeveel = nu - toen
    if isinstance(hoeveel, Getoond) and eenheid == "aantal" and 0 < abs(hoeveel) < KLEIN_VERSCHIL:
        return ONGEVEER_NUL
    gelijk = getal(nu, eenheid, decimalen) == getal(toen, eenheid, decimalen)
    cijfers = DECIMALEN[eenheid] if decimalen is None else decimalen
    for erbij in range(1 if gelijk else MEESTE_ERBIJ + 1):
        tekst = getal(0 * hoeveel if gelijk else hoeveel, eenheid, cijfers + erbij)
        tekst = tekst.removesuffix("%").removeprefix(ONGEVEER)
        if tekst.strip("−0,."):
            return tekst if tekst.startswith("−") else f"+{tekst}"
    return tekst


def interval(onder: Maybe, boven: Maybe, eenheid: str, decimalen: int | None = None) -> str:
    """A 95% interval in words: ``0,61 tot 0,83``."""
    if is_missing(onder) or is_missing(boven):
        return missing(onder, boven)
    return f"{getal(onder, eenheid, decimalen)} tot {getal(boven, eenheid, decimalen)}"


def telling(aantal: Maybe, enkelvoud: str, meervoud: str) -> str:
    """``1 vraag``, ``1.154 vragen``; a missing count is ``geen gegevens``."""
    if is_missing(aantal):
        return f"{NIET_GETOOND} {meervoud}" if is_hidden(aantal) else f"geen gegevens over {meervoud}"
    return f"{getal(aantal)} {enkelvoud if aantal == 1 else meervoud}"


def werkwoord(aantal: Maybe, enkelvoud: str, meervoud: str) -> str:
    """The form of a verb that goes with ``aantal``."""
    return enkelvoud if aantal == 1 else meervoud


def hoofdletter(tekst: str) -> str:
    """``tekst`` at the start of a sentence; the rest stays as it was written."""
    return tekst[:1].upper() + tekst[1:]


def in_zin(tekst: str) -> str:
    """``tekst`` in the middle of a sentence; an abbreviation keeps its capitals, and a name of several words too."""
    return tekst if tekst[1:2].isupper() or NAAM.match(tekst) else tekst[:1].lower() + tekst[1:]


def uitgesproken(naam: str) -> str:
    """The name of a figure (``Wachttijd: < 1 mnd``) in the middle of a sentence that may have a colon already."""
    return in_zin(leesbaar(naam)).replace(": ", " – ")


def opsomming(woorden: Iterable[str]) -> str:
    """``a, b en c``."""
    *eerste, laatste = list(woorden) or [""]
    return f"{', '.join(eerste)} en {laatste}" if eerste else laatste


def kwartaal(periode: str) -> str:
    """``2019-K3`` as a reader says it: ``K3 2019``; a year stays itself."""
    jaar, streep, deel = periode.partition("-")
    return f"{deel} {jaar}" if streep else periode


def datum(dag: date) -> str:
    """A day as a reader writes it: ``22 november 2026``."""
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def leesbaar(tekst: object) -> str:
    """A text from a registration on one line, without the invisible characters that can turn a page around."""
    zichtbaar = "".join(
        teken if unicodedata.category(teken) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else " "
        for teken in str(tekst)
    )
    return " ".join(zichtbaar.split()) or "(zonder naam)"


def ontsnapt(tekst: object) -> str:
    """``tekst`` for HTML, in text and in attributes alike."""
    return html.escape(leesbaar(tekst), quote=True)


def with_code(tekst: str) -> str:
    """A text of an indicator for HTML, escaped, with what stands between backquotes as code."""
    return re.sub("`([^`]*)`", r"<code>\1</code>", ontsnapt(tekst))


def ingekort(tekst: object, tekens: int) -> str:
    """``tekst`` of at most ``tekens`` characters; a figure shortens where its table has the whole name."""
    heel = leesbaar(tekst)
    return heel if len(heel) <= tekens else heel[: tekens - 1].rstrip() + "…"


def ingekorte(namen: Sequence[str], tekens: int) -> list[str]:
    """``namen`` of at most ``tekens`` characters; what would be the same then, is shortened in its middle."""
    kort = [ingekort(naam, tekens) for naam in namen]
    for vorm in (_whole_words, _in_the_middle):
        midden = [vorm(leesbaar(naam), tekens) if kort.count(korte) > 1 else korte for naam, korte in zip(namen, kort)]
        if len(set(midden)) == len(midden):
            return midden
    return [
        f"{naam[: tekens - 4].rstrip()} ({nummer})" if midden.count(naam) > 1 else naam
        for nummer, naam in enumerate(midden, 1)
    ]


def _whole_words(heel: str, tekens: int) -> str:
    """Shortened in its middle, with whole words after that: the last ones that fit."""
    if len(heel) <= tekens:
        return heel
    ruimte = tekens - 1 - (tekens - 1) // 3
    woorden = heel.split()
    staart = woorden.pop()
    while woorden and len(staart) + 1 + len(woorden[-1]) <= ruimte:
        staart = f"{woorden.pop()} {staart}"
    voor = tekens - 1 - len(staart)
    return f"{heel[:voor].rstrip()}…{staart}" if 0 < voor < len(heel) - len(staart) else _in_the_middle(heel, tekens)


def _in_the_middle(heel: str, tekens: int) -> str:
    voor = (tekens - 1) // 3
    return heel if len(heel) <= tekens else f"{heel[:voor].rstrip()}…{heel[-(tekens - 1 - voor) :].lstrip()}"


def team_woord(team: str) -> str:
    """The team as a reader knows it: ``team Oost``; a name that says so itself stays (``Wijkteam 01``)."""
    naam = leesbaar(team)
    return naam if re.search(r"\bteam|team(s|\b)", naam.lower()) else f"team {naam}"


def uitersten(namen: Sequence[str], waarden: Sequence[Maybe], eenheid: str, decimalen: int | None = None) -> str:
    """Lowest and highest of a series, for an alt text; empty when fewer than two values are known."""
    bekend = [(waarde, naam) for naam, waarde in zip(namen, waarden) if not is_missing(waarde)]
    if len(bekend) < 2:
        return ""
    laag, hoog = min(bekend, key=lambda p: p[0]), max(bekend, key=lambda p: p[0])
    if laag[0] == hoog[0]:
        return f"overal {getal(laag[0], eenheid, decimalen)}"
    return (
        f"laagste {getal(laag[0], eenheid, decimalen)} ({leesbaar(laag[1])}), "
        f"hoogste {getal(hoog[0], eenheid, decimalen)} ({leesbaar(hoog[1])})"
    )


def verloop(namen: Sequence[str], waarden: Sequence[Maybe], eenheid: str, decimalen: int | None = None) -> str:
    """A series in words, for an alt text: first, last, the change between them, lowest and highest."""
    bekend = [(naam, waarde) for naam, waarde in zip(namen, waarden) if not is_missing(waarde)]
    if not bekend:
        return "geen gegevens"
    (eerste, van), (laatste, tot) = bekend[0], bekend[-1]
    if eerste == laatste:
        return f"{getal(van, eenheid, decimalen)} ({eerste})"
    delen = [
        f"van {getal(van, eenheid, decimalen)} ({eerste}) naar {getal(tot, eenheid, decimalen)} ({laatste})",
        verandering(van, tot, eenheid, decimalen),
    ]
    if len(bekend) > 2:
        delen.append(uitersten(namen, waarden, eenheid, decimalen))
    return "; ".join(deel for deel in delen if deel)


def verandering(
    van: float, tot: float, eenheid: str, decimalen: int | None = None, wat: tuple[str, str] = ("", "")
) -> str:
    """``48 meer``, ``3,1 procentpunt minder``, ``0,2 hoger``, ``evenveel``: as ``verschil`` has it, unjudged.

    ``wat`` names what is counted, singular and plural: ``1 traject meer``, ``evenveel trajecten``.
    """
    tekst = verschil(tot, van, eenheid, decimalen)
    hoogte = eenheid in ("gemiddelde", "per_1000")
    if tekst[0] not in "+−":
        hoe = how_equal(van, tot)
        return f"{hoe}even hoog" if hoogte else f"{hoe}evenveel {wat[1]}".rstrip()
    meer, minder = ("hoger", "lager") if hoogte else ("meer", "minder")
    wat = (MATEN[eenheid], MATEN[eenheid]) if eenheid in MATEN else wat
    hoeveel = tekst[1:]
    return " ".join(filter(None, (hoeveel, wat[hoeveel != "1"], meer if tekst[0] == "+" else minder)))


def how_equal(van: Maybe, tot: Maybe) -> str:
    """Before ``gelijk`` or ``evenveel``: what is only written alike is ``afgerond`` so; of an edition ``ongeveer``."""
    if any(isinstance(waarde, Getoond) and waarde.afgerond for waarde in (van, tot)):
        return "ongeveer "
    return "" if van == tot else "afgerond "


def quote(tekst: str) -> str:
    """What someone says, between one pair of quotation marks, also when the author typed them."""
    return f"“{tekst.strip(AANHALING)}”"
