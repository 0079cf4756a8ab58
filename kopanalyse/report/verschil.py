"""The difference between two figures of one indicator, with its 95% interval and in words.

One method for every kind of figure: each figure has an interval of its own, and the two are squared and added
(``statistics.difference``). Shares, means and rates have theirs in the long table (Wilson, Student, Garwood). Counts
have none there, for nobody drew a sample: every client and every question was registered. To compare two years a count
is treated as Poisson all the same (its interval is Garwood's). How many people come in a year, each for reasons of
their own, would differ by about its root if the year were lived again while nothing had changed in the organisation or
its area. That difference says nothing about either, and it is the least that a real change has to exceed. A traject
that runs in both years counts in both; such figures move together, and their interval is wider than it need be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kopanalyse.report.bouwstenen import small
from kopanalyse.report.cijfers import ALLE, TOTAAL, Cijfer, Cijfers
from kopanalyse.report.text import is_missing, verandering
from kopanalyse.statistics import difference, garwood, student, variance, wilson

if TYPE_CHECKING:
    from kopanalyse.indicators import Indicator

TE_WEINIG = "te weinig om te vergelijken"
MEER_DAN_TOEVAL, KAN_TOEVAL_ZIJN = "meer dan toeval", "kan toeval zijn"
MET_BASIS = ("aandeel", "gemiddelde")
MET_INTERVAL = (*MET_BASIS, "per_1000")     # their interval is in the long table


@dataclass(frozen=True)
class Verschil:
    """``nu`` against ``toen``: ``verschil`` with its bounds, in the ``eenheid`` of the figures (a share in 0–1).

    ``tegen`` completes "dan …": "in 2018". The bounds are None for hours, which chance does not hand out one by one.
    """

    nu: Cijfer
    toen: Cijfer
    verschil: float
    onder: float | None
    boven: float | None
    eenheid: str
    tegen: str

    @property
    def meer_dan_toeval(self) -> bool:
        """Whether the whole interval lies on one side of no difference."""
        return self.onder is not None and not self.onder <= 0 <= self.boven

    @property
    def oordeel(self) -> str:
        """The verdict: ``meer dan toeval`` or ``kan toeval zijn``; empty without an interval."""
        return "" if self.onder is None else MEER_DAN_TOEVAL if self.meer_dan_toeval else KAN_TOEVAL_ZIJN

    @property
    def oordeel_zin(self) -> str:
        """The verdict to end a sentence with: ``dat is meer dan toeval``."""
        return f"dat is {MEER_DAN_TOEVAL}" if self.meer_dan_toeval else f"dat {self.oordeel}" if self.oordeel else ""

    def zin(self, enkelvoud: str = "", meervoud: str = "", decimalen: int | None = None) -> str:
        """``48 meer dan in 2018; dat is meer dan toeval``; with words for what is counted, ``48 trajecten meer …``.

        What is equal as it is shown, is equal: ``evenveel als in 2018``.
        """
        woorden = verandering(self.toen.waarde, self.nu.waarde, self.eenheid, decimalen, (enkelvoud, meervoud))
        if woorden.startswith("even"):
            return f"{woorden} als {self.tegen}"
        return "; ".join(filter(None, (f"{woorden} dan {self.tegen}", self.oordeel_zin)))


def change(c: Cijfers, indicator: str, categorie: str = TOTAAL, subcategorie: str = "",
           team: str | None = None) -> Verschil | None:
    """This year against the year before, of one figure.

    None when either is missing, when a share or mean has a base below the settings' ``klein_aantal``, and when a count
    or rate counts fewer than that in both years.
    """
    if c.vorig is None:
        return None
    nu, toen = (c.get(indicator, categorie, subcategorie, periode=jaar, team=team) for jaar in (c.jaar, c.vorig))
    return _compare(c, indicator, nu, toen, f"in {c.vorig}")


def change_words(c: Cijfers, indicator: str, categorie: str = TOTAAL, subcategorie: str = "", team: str | None = None,
                 *, wat: tuple[str, str] = ("", ""), decimalen: int | None = None) -> str:
    """The sentence of ``change``, or the words that say why there is nothing to compare."""
    if c.vorig is None:
        return f"over {c.jaar - 1} zijn er geen cijfers"
    verschil = change(c, indicator, categorie, subcategorie, team)
    return verschil.zin(*wat, decimalen) if verschil else TE_WEINIG


def against_rest(c: Cijfers, indicator: str, categorie: str = TOTAAL, subcategorie: str = "",
                 team: str | None = None) -> Verschil | None:
    """A share or mean of a team against that of all others: the whole organisation without that team.

    Against the whole itself the team would partly be held against its own figures. None for what has no base of its
    own per team (counts, and rates per inhabitant), and when team or rest is missing or has a base below
    ``klein_aantal``.
    """
    nu = c.get(indicator, categorie, subcategorie, team=team)
    rest = rest_of(c, indicator, categorie, subcategorie, team)
    return _compare(c, indicator, nu, rest, "in de rest van de organisatie") if rest else None


def rest_of(c: Cijfers, indicator: str, categorie: str = TOTAAL, subcategorie: str = "",
            team: str | None = None) -> Cijfer | None:
    """A share or mean of the whole organisation without one team; None when nothing is left, or it cannot be had."""
    deel, alle = (c.get(indicator, categorie, subcategorie, team=wie) for wie in (team, ALLE))
    eenheid = _indicator(indicator).eenheid
    if eenheid not in MET_BASIS or not deel.noemer or is_missing(alle.noemer) or alle.noemer <= deel.noemer:
        return None
    teller, noemer = alle.teller - deel.teller, alle.noemer - deel.noemer
    if eenheid == "aandeel":
        onder, boven = wilson(teller, noemer)
    else:
        onder, boven = student(teller, _squares(alle) - _squares(deel), noemer)
    return Cijfer(teller, noemer, teller / noemer, None, float(onder), float(boven))


def _compare(c: Cijfers, indicator: str, nu: Cijfer, toen: Cijfer, tegen: str) -> Verschil | None:
    ind = _indicator(indicator)
    if any(_is_absent(ind, cijfer) for cijfer in (nu, toen)) or _is_little(c, ind, nu, toen):
        return None
    verschil = float(nu.waarde - toen.waarde)
    if ind.eenheid == "uren":
        return Verschil(nu, toen, verschil, None, None, ind.eenheid, tegen)
    grenzen = [_bounds(ind, cijfer) for cijfer in (nu, toen)]
    onder, boven = difference(nu.waarde, *grenzen[0], toen.waarde, *grenzen[1])
    return Verschil(nu, toen, verschil, float(onder), float(boven), ind.eenheid, tegen)


def _is_absent(ind: Indicator, cijfer: Cijfer) -> bool:
    """Whether there is no figure, or no interval of it; a sum of no rows was not delivered, which is not 0."""
    return (is_missing(cijfer.waarde) or (ind.soort in ("som", "uren") and not cijfer.n_personen)
            or (ind.eenheid in MET_INTERVAL and is_missing(cijfer.ondergrens)))


def _is_little(c: Cijfers, ind: Indicator, nu: Cijfer, toen: Cijfer) -> bool:
    """Whether there is too little behind the two to say anything.

    A share or mean rests on its base, in both. A count or rate has no base; its interval allows for small numbers, so
    that 2 after 30 can be told, but between 2 and 4 nothing can.
    """
    if ind.eenheid in MET_BASIS:
        return any(small(c, cijfer.noemer) for cijfer in (nu, toen))
    return small(c, max(_counted(ind, cijfer) for cijfer in (nu, toen)))


def _counted(ind: Indicator, cijfer: Cijfer) -> float:
    """How many events chance had a hand in."""
    return cijfer.n_personen if ind.in_groepen else cijfer.teller


def _bounds(ind: Indicator, cijfer: Cijfer) -> tuple[float, float]:
    """The figure's own 95% interval; of a count the Poisson interval, wider by their size for what comes in groups."""
    if ind.eenheid in MET_INTERVAL:
        return cijfer.ondergrens, cijfer.bovengrens
    geteld = _counted(ind, cijfer)
    grootte = cijfer.teller / geteld if ind.in_groepen else 1
    onder, boven = garwood(geteld)
    return float(onder) * grootte, float(boven) * grootte


def _squares(cijfer: Cijfer) -> float:
    """The sum of squares behind a mean, found back from its interval."""
    n, gemiddelde = cijfer.noemer, cijfer.waarde
    spreiding = float(variance(cijfer.bovengrens - gemiddelde, n)) if n >= 2 else 0.0
    return (n - 1) * spreiding + n * gemiddelde**2


def _indicator(naam: str) -> Indicator:
    from kopanalyse.indicators import INDICATOREN

    return INDICATOREN[naam]
