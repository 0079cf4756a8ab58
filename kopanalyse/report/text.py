"""Dutch words and numbers: how a figure is written, and how a text from a registration is made safe to show."""

from __future__ import annotations

import html
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

LEEG = "–"
DECIMALEN = {"aantal": 0, "aandeel": 1, "gemiddelde": 1, "per_1000": 1, "uren": 0}
MATEN = {"aandeel": "procentpunt", "uren": "uur"}       # what a difference is counted in, singular and plural alike


def is_missing(waarde: float | None) -> bool:
    """Whether a figure has no value: None, NaN or pandas' NA."""
    return waarde is None or waarde != waarde or (isinstance(waarde, float) and math.isnan(waarde))


def getal(waarde: float | None, eenheid: str = "aantal", decimalen: int | None = None) -> str:
    """``waarde`` as a Dutch reader writes it: 1.305 · 29,7% · 8,2; a missing value is ``–``.

    A share (``aandeel``, 0–1) becomes a percentage. Halves are rounded away from zero, as on paper.
    """
    if is_missing(waarde):
        return LEEG
    cijfers = DECIMALEN[eenheid] if decimalen is None else decimalen
    procent = eenheid == "aandeel"
    exact = Decimal(str(float(waarde))) * (100 if procent else 1)
    afgerond = exact.quantize(Decimal(1).scaleb(-cijfers), rounding=ROUND_HALF_UP)
    tekst = f"{abs(afgerond):,.{cijfers}f}".translate(str.maketrans(",.", ".,"))
    return ("−" if afgerond < 0 else "") + tekst + ("%" if procent else "")


def verschil(nu: float | None, toen: float | None, eenheid: str = "aantal", decimalen: int | None = None) -> str:
    """The difference ``nu − toen`` with its sign; between two shares in procentpunten (without the word)."""
    if is_missing(nu) or is_missing(toen):
        return LEEG
    tekst = getal(nu - toen, eenheid, decimalen).removesuffix("%")
    return tekst if tekst.startswith("−") or not tekst.strip("0,.") else f"+{tekst}"


def interval(onder: float | None, boven: float | None, eenheid: str, decimalen: int | None = None) -> str:
    """A 95% interval in words: ``0,61 tot 0,83``."""
    if is_missing(onder) or is_missing(boven):
        return LEEG
    return f"{getal(onder, eenheid, decimalen)} tot {getal(boven, eenheid, decimalen)}"


def telling(aantal: float | None, enkelvoud: str, meervoud: str) -> str:
    """``1 vraag``, ``1.154 vragen``; a missing count is ``geen gegevens``."""
    if is_missing(aantal):
        return f"geen gegevens over {meervoud}"
    return f"{getal(aantal)} {enkelvoud if aantal == 1 else meervoud}"


def werkwoord(aantal: float, enkelvoud: str, meervoud: str) -> str:
    """The form of a verb that goes with ``aantal``."""
    return enkelvoud if aantal == 1 else meervoud


def hoofdletter(tekst: str) -> str:
    """``tekst`` at the start of a sentence; the rest stays as it was written."""
    return tekst[:1].upper() + tekst[1:]


def in_zin(tekst: str) -> str:
    """``tekst`` in the middle of a sentence; an abbreviation keeps its capitals."""
    return tekst if tekst[1:2].isupper() else tekst[:1].lower() + tekst[1:]


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
    maanden = ("januari februari maart april mei juni juli augustus september oktober november december").split()
    return f"{dag.day} {maanden[dag.month - 1]} {dag.year}"


def leesbaar(tekst: object) -> str:
    """A text from a registration on one line, without the invisible characters that can turn a page around."""
    zichtbaar = "".join(
        teken if unicodedata.category(teken) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else " "
        for teken in str(tekst))
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
    return heel if len(heel) <= tekens else heel[:tekens - 1].rstrip() + "…"


def uitersten(namen: Sequence[str], waarden: Sequence[float | None], eenheid: str,
              decimalen: int | None = None) -> str:
    """Lowest and highest of a series, for an alt text; empty when fewer than two values are known."""
    bekend = [(waarde, naam) for naam, waarde in zip(namen, waarden) if not is_missing(waarde)]
    if len(bekend) < 2:
        return ""
    laag, hoog = min(bekend, key=lambda p: p[0]), max(bekend, key=lambda p: p[0])
    if laag[0] == hoog[0]:
        return f"overal {getal(laag[0], eenheid, decimalen)}"
    return (f"laagste {getal(laag[0], eenheid, decimalen)} ({leesbaar(laag[1])}), "
            f"hoogste {getal(hoog[0], eenheid, decimalen)} ({leesbaar(hoog[1])})")


def verloop(namen: Sequence[str], waarden: Sequence[float | None], eenheid: str, decimalen: int | None = None) -> str:
    """A series in words, for an alt text: first, last, the change between them, lowest and highest."""
    bekend = [(naam, waarde) for naam, waarde in zip(namen, waarden) if not is_missing(waarde)]
    if not bekend:
        return "geen gegevens"
    (eerste, van), (laatste, tot) = bekend[0], bekend[-1]
    if eerste == laatste:
        return f"{getal(van, eenheid, decimalen)} ({eerste})"
    delen = [f"van {getal(van, eenheid, decimalen)} ({eerste}) naar {getal(tot, eenheid, decimalen)} ({laatste})",
             verandering(van, tot, eenheid, decimalen)]
    if len(bekend) > 2:
        delen.append(uitersten(namen, waarden, eenheid, decimalen))
    return "; ".join(deel for deel in delen if deel)


def verandering(van: float, tot: float, eenheid: str, decimalen: int | None = None,
                wat: tuple[str, str] = ("", "")) -> str:
    """``48 meer``, ``3,1 procentpunt minder``, ``0,2 hoger``, ``evenveel``: the arithmetic difference, unjudged.

    ``wat`` names what is counted, singular and plural: ``1 traject meer``, ``evenveel trajecten``.
    """
    tekst = verschil(tot, van, eenheid, decimalen)
    hoogte = eenheid in ("gemiddelde", "per_1000")
    if tekst[0] not in "+−":
        return "even hoog" if hoogte else f"evenveel {wat[1]}".rstrip()
    meer, minder = ("hoger", "lager") if hoogte else ("meer", "minder")
    wat = (MATEN[eenheid],) * 2 if eenheid in MATEN else wat
    hoeveel = tekst[1:]
    return " ".join(filter(None, (hoeveel, wat[hoeveel != "1"], meer if tekst[0] == "+" else minder)))
