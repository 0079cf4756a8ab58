"""The figures that are set side by side, of teams or of years, and how each stands in a table.

Which figures those are is not written down anywhere: it follows from the declarations, the long table, and the chapters
that the organisation has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kopanalyse.report.bouwstenen import small
from kopanalyse.report.cijfers import ALLE, NIETS, ONBEKEND, TOTAAL, Cijfer, Cijfers
from kopanalyse.report.tables import INTERVAL, TEKST, Cel, Kolom, Rij
from kopanalyse.report.text import (
    LEEG, getal, hoofdletter, in_zin, interval, is_missing, opsomming, telling, verschil, werkwoord,
)
from kopanalyse.report.verschil import TE_WEINIG, Verschil

if TYPE_CHECKING:
    from kopanalyse.indicators import Indicator

AANTALLEN, MET_BASIS = ("aantal", "uren"), ("aandeel", "gemiddelde")
MEESTE_CATEGORIEEN = 6       # of an indicator without a total; one with more is only pointed to
TOEVAL = 0.05                # so many comparisons come out as more than chance when there is nothing but chance
TEKENS = "▲ hoger en ▼ lager dan"
VERSCHIL = (Kolom("Verschil", INTERVAL), Kolom("95%-interval ervan", INTERVAL), Kolom("Oordeel", TEKST))
VERSPREID = {"maatschappelijk_werk": ("clienten_en_casussen", "dienstverlening", "groepswerk")}
PROCENTPUNTEN = "Het verschil van twee percentages is in procentpunten."


class Meting(NamedTuple):
    """One row of a comparison: a figure of an indicator, by the name that a reader gets."""

    ind: Indicator
    naam: str
    categorie: str
    subcategorie: str

    @property
    def sleutel(self) -> tuple[str, str, str]:
        """What ``Cijfers.get`` asks for."""
        return self.ind.naam, self.categorie, self.subcategorie


def metingen(c: Cijfers, eenheden: Sequence[str], *, per_team: bool = False) -> list[Meting]:
    """Every figure of these units to compare, in the order of the chapters.

    That is the total of an indicator. One without a total, or whose total is always 100%, gives its categories where
    they are few, without ``onbekend``. With ``per_team`` only indicators that teams have.
    """
    return [meting for ind in _indicators(c, eenheden, per_team) for meting in _of(c, ind)]


def _indicators(c: Cijfers, eenheden: Sequence[str], per_team: bool) -> list[Indicator]:
    from kopanalyse.indicators import INDICATOREN

    return [ind for ind in INDICATOREN.values() if ind.eenheid in eenheden and c.heeft(ind.naam) and _has_chapter(c, ind)
            and (not per_team or any(c.heeft(ind.naam, team) for team in c.teams))]


def _has_chapter(c: Cijfers, ind: Indicator) -> bool:
    """Whether the organisation has the chapter of ``ind``, or one of those over which its file is spread."""
    return any(naam in c.settings.hoofdstukken for naam in VERSPREID.get(ind.hoofdstuk, (ind.hoofdstuk,)))


def _of(c: Cijfers, ind: Indicator) -> list[Meting]:
    if ind.totaal and ind.aandeel_van == "categorie":
        opgeteld = ": totaal" if ind.eenheid in AANTALLEN and (ind.categorie or ind.paren) else ""
        namen = {TOTAAL: ind.titel + opgeteld}
    else:
        namen = {n: f"{ind.titel}: {in_zin(c.settings.tekst(n))}" for n in c.categorieen(ind.naam)
                 if n not in (TOTAAL, ONBEKEND)}
    delen = [Meting(ind, naam, n, sub) for n, naam in namen.items() for sub in _subs(c, ind, n)]
    delen = [meting for meting in delen if _counts(c, meting)]
    return delen if len(delen) <= MEESTE_CATEGORIEEN else []


def _subs(c: Cijfers, ind: Indicator, categorie: str) -> list[str]:
    """The subcategorie under which all of a categorie stands: none, or ``totaal``."""
    return [sub for sub in ("", TOTAAL) if c.get(ind.naam, categorie, sub) is not NIETS][:1]


def _counts(c: Cijfers, meting: Meting) -> bool:
    """Whether the figure counts anything, in either year."""
    return any(cijfer.noemer or cijfer.teller for cijfer in (c.get(*meting.sleutel, periode=jaar) for jaar in c.jaren))


def elsewhere(c: Cijfers, eenheden: Sequence[str], per_team: bool = True) -> list[str]:
    """Where the rest is: the categories of what stands here as a total, and what has no total."""
    zonder = [in_zin(ind.titel) for ind in _indicators(c, eenheden, per_team) if c.telt(ind.naam) and not _of(c, ind)]
    return ["De onderverdeling van een totaal staat in het hoofdstuk over dat onderwerp.",
            *([f"Niet op te tellen, en daarom alleen daar: {opsomming(zonder)}."] if zonder else [])]


def no_figures(c: Cijfers, gekozen: Sequence[Meting], wat: str) -> str:
    """The sentence for when there is nothing to compare; else empty."""
    return "" if gekozen else f"In {opsomming(map(str, c.jaren))} zijn er geen {wat} om te vergelijken."


def basis(c: Cijfers, gekozen: Sequence[Meting]) -> str:
    """How many figures are compared, and where their bases stand."""
    n = " van aandelen en gemiddelden" if any(m.ind.eenheid not in MET_BASIS for m in gekozen) else ""
    haakjes = f"; tussen haakjes staat de n{n}" if any(m.ind.eenheid in MET_BASIS for m in gekozen) else ""
    return f"{telling(len(gekozen), 'cijfer', 'cijfers')} over {c.jaar}{haakjes}"


def teams_naast(c: Cijfers) -> list[str]:
    """The teams to compare: all that are known for the whole organisation, otherwise the one of the report."""
    return [team for team in c.teams if team != ONBEKEND] if c.team == ALLE else [c.team]


def one_team(c: Cijfers) -> str:
    """The sentence for an organisation that has no two teams to compare; else empty."""
    aantal = len([team for team in c.teams if team != ONBEKEND])
    if aantal > 1:
        return ""
    hoeveel = "is er maar één team" if aantal else "staan geen teams"
    return f"In de registratie van {c.settings.naam} {hoeveel}: er valt niets naast elkaar te zetten."


def rows_by_chapter(c: Cijfers, gekozen: Sequence[Meting], rijen: Callable[[Meting], list[Rij]],
                    breedte: int) -> list[Rij]:
    """The rows of every figure under the name of its chapter."""
    uit = []
    for hoofdstuk, groep in groupby(gekozen, lambda m: m.ind.hoofdstuk):
        uit.append(Rij(hoofdletter(c.settings.tekst(hoofdstuk)), [""] * breedte, nadruk=True))
        uit += [rij for meting in groep for rij in rijen(meting)]
    return uit


def decimals(c: Cijfers, meting: Meting) -> int | None:
    """Two decimals for a mean below 1, otherwise as its unit has them."""
    samen = c.waarde(*meting.sleutel, team=ALLE)
    return 2 if meting.ind.eenheid == "gemiddelde" and abs(samen or 0) < 1 else None


def value_cell(c: Cijfers, meting: Meting, cijfer: Cijfer, teken: str = "") -> Cel | str:
    """A figure as a cell: with its sign, and its n between brackets where it has one."""
    if is_missing(cijfer.waarde):
        return LEEG
    tekst = teken + getal(cijfer.waarde, meting.ind.eenheid, decimals(c, meting))
    if meting.ind.eenheid not in MET_BASIS:
        return tekst
    return Cel(f"{tekst} ({getal(cijfer.noemer)})", small(c, cijfer.noemer))


def bounds_cell(c: Cijfers, meting: Meting, onder: float | None, boven: float | None) -> str:
    """An interval as a cell; of a difference between shares in procentpunten, as the column says."""
    return interval(onder, boven, meting.ind.eenheid, decimals(c, meting))


def difference_cells(c: Cijfers, meting: Meting, v: Verschil | None) -> list[str]:
    """A difference with its sign, its interval and the verdict, as three cells."""
    if v is None:
        return [LEEG, LEEG, TE_WEINIG]
    grenzen = bounds_cell(c, meting, v.onder, v.boven).replace("%", "")
    return [sign(v) + verschil(v.nu.waarde, v.toen.waarde, v.eenheid, decimals(c, meting)), grenzen, v.oordeel or LEEG]


def sign(v: Verschil | None) -> str:
    """▲ or ▼ for a difference that is more than chance."""
    return "" if v is None or not v.meer_dan_toeval else "▲" if v.verschil > 0 else "▼"


def both_ways(c: Cijfers) -> list[str]:
    """With two teams each is the rest of the other: the sentence that says so."""
    twee = c.team == ALLE and len(teams_naast(c)) == 2
    return ["Met twee teams telt elk verschil dubbel: het ene team tegen het andere, en andersom."] if twee else []


def tally(verschillen: Sequence[Verschil | None]) -> list[str]:
    """How many comparisons were made, and how many signs chance alone would have set."""
    gedaan = [v for v in verschillen if v is not None and v.oordeel]
    if not gedaan:
        return []
    aantal, tekens = len(gedaan), sum(v.meer_dan_toeval for v in gedaan)
    toeval = f"ongeveer {getal(aantal * TOEVAL)}" if aantal * TOEVAL >= 1 else "minder dan 1"
    return [f"Hier {'is 1 vergelijking' if aantal == 1 else f'zijn {getal(aantal)} vergelijkingen'} gemaakt. Was er "
            f"alleen toeval, dan kreeg 5% daarvan een teken: {toeval}. Het {werkwoord(tekens, 'is', 'zijn')} er "
            f"{getal(tekens)}. Veel cijfers hangen bovendien samen: één teken op zichzelf zegt weinig."]
