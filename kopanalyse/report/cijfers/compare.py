"""The difference between two figures of one indicator, and what may be said of it.

A count is a fact: there were 108 more. Nobody drew a sample, so there is nothing to test, and what is usual only the
organisation's own series can say (``series``). A share, a mean and an answer are of so many people, and the next so
many would have given another one: those are tested (``chance``), by who answers for a record, and held against how many
such comparisons a report makes (``families``). Whatever the registration does not cover, whatever is registered
otherwise since, and whoever was not there yet, is compared with nothing: ``hindrance`` says why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kopanalyse.periode import Periode
from kopanalyse.raw.schema import ALLE, TOTAAL
from kopanalyse.report.cijfers.candidates import found
from kopanalyse.report.cijfers.chance import Kant, Som, correlation, difference, independent, p_value, side
from kopanalyse.report.cijfers.families import distinct, stands_out
from kopanalyse.report.cijfers.view import Cijfer, Cijfers, small
from kopanalyse.report.dutch import Maybe, getal, in_zin, is_missing, leesbaar, verandering
from kopanalyse.report.dutch import verschil as geschreven
from kopanalyse.report.shown import Getoond, is_hidden
from kopanalyse.statistics import variance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kopanalyse.indicators import Indicator
    from kopanalyse.report.cijfers.candidates import Kandidaat

TE_WEINIG, NIET_GETOOND = "te weinig om te vergelijken", "niet getoond"
TE_ZELDZAAM = "te weinig voor een oordeel"  # of a share of enough records, of which too few are the one or the other
MISSCHIEN = "misschien anders geregistreerd"  # where a candidate for a break lies in between
NIEUW, GESTOPT = "nieuw", "gestopt"
MEER_DAN_TOEVAL, NIET_AANTOONBAAR = "meer dan toeval", "niet aantoonbaar"
MET_BASIS = ("aandeel", "gemiddelde")  # what is of so many records, and is tested
MEESTE_CATEGORIEEN = 6  # of a distribution; the categories of one with more are not tested one by one
ZELDZAAM = 10  # with fewer of either kind in the two together a share has too coarse a scale to be tested
MEESTE_KEREN = 10  # a percentage of more than a thousand says nothing
Sleutel = tuple[str, str, str]


@dataclass(frozen=True)
class Verschil:
    """``nu`` against ``toen``: ``verschil`` in the ``eenheid`` of the figures (a share in 0–1).

    ``tegen`` completes "dan …": "in 2018". ``onder`` and ``boven`` are the 95% interval and ``kans`` the p-value of a
    share or a mean; of anything else there are none. ``zeker``: it stands out among all that are compared. ``procent``
    is the part of ``toen`` that a count changed by, where that is not too small to be a whole.
    """

    nu: Cijfer
    toen: Cijfer
    verschil: float
    onder: Maybe
    boven: Maybe
    eenheid: str
    tegen: str
    kans: Maybe = None
    zeker: bool = False
    procent: Maybe = None

    @property
    def nieuw_of_gestopt(self) -> str:
        """``nieuw`` or ``gestopt`` for a count that was nothing in one of the two; otherwise empty."""
        if self.eenheid in MET_BASIS or bool(self.nu.teller) == bool(self.toen.teller):
            return ""
        return NIEUW if self.nu.teller else GESTOPT

    @property
    def oordeel(self) -> str:
        """What testing says of a share or a mean; of a count whether it is new or ended, else nothing."""
        if self.kans is None:
            return TE_ZELDZAAM if self.onder is not None else self.nieuw_of_gestopt
        return MEER_DAN_TOEVAL if self.zeker else NIET_AANTOONBAAR

    def is_shown_equal(self, decimalen: int | None = None) -> bool:
        """Whether the two are the same as they are written."""
        return geschreven(self.nu.waarde, self.toen.waarde, self.eenheid, decimalen)[0] not in "+−"

    @property
    def in_procenten(self) -> str:
        """``(+23%)``, where a count has a whole to be a part of."""
        if self.procent is None or self.procent > MEESTE_KEREN:
            return ""
        tekst = getal(abs(self.procent), "aandeel", 0)
        return "" if tekst == "0%" else f"({'+' if self.procent > 0 else '−'}{tekst})"

    def zin(self, enkelvoud: str = "", meervoud: str = "", decimalen: int | None = None) -> str:
        """``108 meer (+23%) dan in 2018``; with words for what is counted, ``108 trajecten meer (+23%) …``.

        What is equal as it is shown, is equal: ``afgerond evenveel als in 2018``. Of a share or a mean it says whether
        it stands out.
        """
        if self.nieuw_of_gestopt:
            return f"{self.nieuw_of_gestopt}: {self.tegen} {'nog niets' if self.nu.teller else getal(self.toen.waarde)}"
        woorden = verandering(self.toen.waarde, self.nu.waarde, self.eenheid, decimalen, (enkelvoud, meervoud))
        if self.is_shown_equal(decimalen):
            return f"{woorden} als {self.tegen}"
        feit = " ".join(filter(None, (woorden, self.in_procenten, f"dan {self.tegen}")))
        if self.kans is None:
            return feit
        return f"{feit}; dat is {MEER_DAN_TOEVAL}" if self.zeker else f"{feit}; een verschil is {NIET_AANTOONBAAR}"


def change(
    c: Cijfers, indicator: str, categorie: str = TOTAAL, subcategorie: str = "", team: str | None = None
) -> Verschil | None:
    """This year against the year before, of one figure; of a year that runs, the same part of both where that is known.

    None when ``hindrance`` says why not.
    """
    if c.vorig is None or hindrance(c, indicator, categorie, subcategorie, team):
        return None
    ruw = _change(c, indicator, categorie, subcategorie, team)
    if ruw is None or ruw.kans is None:
        return ruw
    familie = _family(c, team or c.team, (indicator, categorie, subcategorie), ruw)
    return replace(ruw, zeker=stands_out(ruw.kans, familie))


def hindrance(
    c: Cijfers, indicator: str, categorie: str = TOTAAL, subcategorie: str = "", team: str | None = None
) -> str:
    """Why a figure is not compared with the year before, to stand alone or to end a sentence; empty when it is."""
    if c.vorig is None:
        return f"over {c.periode.vorige.woorden} zijn er geen cijfers"
    for breuk in c.breuken(indicator, categorie):
        return f"niet te vergelijken met {c.toen}, want {in_zin(leesbaar(breuk.reden))}"
    nu, toen = (c.get(indicator, categorie, subcategorie, periode=jaar, team=team) for jaar in (c.periode, c.vorig))
    if waarom := _not_covered(c, nu, toen, (indicator, categorie, subcategorie), team):
        return waarom
    if any(is_hidden(cijfer.waarde) for cijfer in (nu, toen)):
        return NIET_GETOOND
    ind = c.definities.indicatoren[indicator]
    if any(_is_absent(ind, cijfer) for cijfer in (nu, toen)) or _is_little(c, ind, nu, toen):
        return TE_WEINIG
    if doubts(c, indicator, categorie):
        return f"{MISSCHIEN} dan in {c.toen}"
    if ind.eenheid not in MET_BASIS or not c.sommen:
        return ""
    sommen = [c.som((indicator, categorie, subcategorie), jaar, team=team) for jaar in (c.periode, c.vorig)]
    if any(som is not None and small(c, som.eenheden) for som in sommen):
        return TE_WEINIG
    return TE_ZELDZAAM if None in sommen else ""  # of so many there is not one of this kind: nothing was summed


def doubts(c: Cijfers, indicator: str, categorie: str = TOTAAL) -> list[Kandidaat]:
    """What may be a break of this figure between the two years and nobody has judged: reason to compare it not yet."""
    if c.vorig is None:
        return []
    begin, eind = c.vorig.begin, c.periode.eind
    return [k for k in found(c) if k.about(indicator, categorie) and begin < k.datum <= eind]


def _not_covered(c: Cijfers, nu: Cijfer, toen: Cijfer, sleutel: Sleutel, team: str | None) -> str:
    """Why the registration does not carry a comparison; empty when it does."""
    for cijfer, wanneer in ((nu, c.nu), (toen, c.toen)):
        if cijfer.dekking == "buiten":
            return f"geen gegevens over {wanneer}"
    if toen.dekking == "deels":
        return f"over {c.toen} is maar een deel geregistreerd"
    if nu.dekking == "deels" and c.same_part(sleutel, team) is None:
        return f"over {c.nu} is nog maar een deel geregistreerd"
    return ""


def change_words(
    c: Cijfers,
    indicator: str,
    categorie: str = TOTAAL,
    subcategorie: str = "",
    team: str | None = None,
    *,
    wat: tuple[str, str] = ("", ""),
    decimalen: int | None = None,
) -> str:
    """The sentence of ``change``, or the words that say why there is nothing to compare."""
    waarom = hindrance(c, indicator, categorie, subcategorie, team)
    verschil = None if waarom else change(c, indicator, categorie, subcategorie, team)
    return verschil.zin(*wat, decimalen) if verschil else waarom or TE_WEINIG


def against_rest(
    c: Cijfers, indicator: str, categorie: str = TOTAAL, subcategorie: str = "", team: str | None = None
) -> Verschil | None:
    """A share or mean of a team against that of all others: the whole organisation without that team.

    Against the whole itself the team would partly be held against its own figures. None for what has no base of its
    own per team (counts, and rates per inhabitant), and when team or rest is missing or rests on fewer than
    ``klein_aantal`` records or units. It stands out among the comparisons of all teams.
    """
    ruw = _against_rest(c, indicator, categorie, subcategorie, team or c.team)
    if ruw is None or ruw.kans is None:
        return ruw
    kansen = c.remembered(("teams",), lambda: _of_teams(c))
    eigen = [] if any(wie[0] == indicator for wie in kansen) else [ruw.kans]
    return replace(ruw, zeker=stands_out(ruw.kans, [*_distinct(kansen), *eigen]))


def tested_between_teams(c: Cijfers) -> dict[Sleutel, bool]:
    """The figures that are compared between teams, and whether any team stands out in it."""
    kansen = c.remembered(("teams",), lambda: _of_teams(c))
    uit: dict[Sleutel, bool] = {}
    for *sleutel, team in kansen:
        v = against_rest(c, *sleutel, team=team)
        indicator, categorie, subcategorie = sleutel
        uit[indicator, categorie, subcategorie] = uit.get(tuple(sleutel), False) or bool(v and v.zeker)
    return uit


def rest_of(
    c: Cijfers, indicator: str, categorie: str = TOTAAL, subcategorie: str = "", team: str | None = None
) -> Cijfer | None:
    """A share or mean of the whole organisation without one team; None when nothing is left, or it cannot be had."""
    kant = _rest(c, c.definities.indicatoren[indicator], (indicator, categorie, subcategorie), team or c.team)
    if kant is None:
        return None
    deel, alle = (c.get(indicator, categorie, subcategorie, team=wie) for wie in (team, ALLE))
    onder, boven = kant.bounds() if kant.n >= 2 or kant.aandeel else (None, None)
    teller = alle.teller - deel.teller
    if kant.aandeel and is_hidden(waarde := c.share_of(teller, alle.noemer - deel.noemer)):
        return Cijfer(teller, kant.n, waarde, None, waarde, waarde)
    return Cijfer(teller, kant.n, kant.waarde, None, onder, boven)


def _against_rest(c: Cijfers, indicator: str, categorie: str, subcategorie: str, team: str) -> Verschil | None:
    sleutel, ind = (indicator, categorie, subcategorie), c.definities.indicatoren[indicator]
    nu, rest = c.get(*sleutel, team=team), rest_of(c, *sleutel, team=team)
    een, ander = _side(c, ind, sleutel, c.periode, team), _rest(c, ind, sleutel, team)
    if rest is None or een is None or ander is None or any(small(c, k.n) or small(c, k.eenheden) for k in (een, ander)):
        return None
    return _tested(ind, nu, rest, een, ander, 0.0, "in de rest van de organisatie")


def _change(c: Cijfers, indicator: str, categorie: str, subcategorie: str, team: str | None) -> Verschil | None:
    """The difference, not yet held against the others."""
    if c.vorig is None:
        return None
    sleutel, ind = (indicator, categorie, subcategorie), c.definities.indicatoren[indicator]
    nu, toen = (c.get(*sleutel, periode=jaar, team=team) for jaar in (c.periode, c.vorig))
    tegen = f"in {c.toen}"
    if nu.dekking == "deels":
        deel = c.same_part(sleutel, team)
        if deel is None or any(is_missing(cijfer.waarde) for cijfer in deel.cijfers):
            return None
        nu, toen = deel.cijfers
        return _fact(c, ind, nu, toen, f"in dezelfde maanden van {c.toen} ({deel.naam})")
    if ind.eenheid not in MET_BASIS:
        return _fact(c, ind, nu, toen, tegen)
    een, ander = (_side(c, ind, sleutel, jaar, team) for jaar in (c.periode, c.vorig))
    if een is None or ander is None:
        return None
    r = correlation(een, ander, c.som(sleutel, c.periode, c.vorig, team=team))
    return _tested(ind, nu, toen, een, ander, r, tegen)


def _fact(c: Cijfers, ind: Indicator, nu: Cijfer, toen: Cijfer, tegen: str) -> Verschil:
    """A difference that is only told."""
    verschil = _as_float(nu.waarde - toen.waarde)
    telt = ind.eenheid not in (*MET_BASIS, "per_1000") and toen.waarde and not small(c, toen.waarde)
    return Verschil(
        nu, toen, verschil, None, None, ind.eenheid, tegen, procent=verschil / toen.waarde if telt else None
    )


def _as_float(verschil: float) -> float:
    """A plain number; one of an edition keeps what it knows of itself."""
    return verschil if isinstance(verschil, Getoond) else float(verschil)


def _tested(ind: Indicator, nu: Cijfer, toen: Cijfer, kant: Kant, kant_toen: Kant, r: float, tegen: str) -> Verschil:
    onder, boven = difference(kant, kant_toen, r)
    teller, noemer = kant.waarde * kant.n + kant_toen.waarde * kant_toen.n, kant.n + kant_toen.n
    zeldzaam = kant.aandeel and min(teller, noemer - teller) < ZELDZAAM
    return Verschil(
        nu,
        toen,
        _as_float(nu.waarde - toen.waarde),
        onder,
        boven,
        ind.eenheid,
        tegen,
        None if zeldzaam else p_value(kant, kant_toen, r),
    )


def _side(c: Cijfers, ind: Indicator, sleutel: Sleutel, periode: Periode, team: str | None) -> Kant | None:
    cijfer = c.get(*sleutel, periode=periode, team=team)
    if is_missing(cijfer.waarde) or not cijfer.noemer:
        return None
    som = c.som(sleutel, periode, team=team) if c.sommen else _as_independent(ind, cijfer, c.openbaar)
    return side(cijfer.teller, cijfer.noemer, som, ind.eenheid == "aandeel") if som else None


def _rest(c: Cijfers, ind: Indicator, sleutel: Sleutel, team: str) -> Kant | None:
    deel, alle = (c.get(*sleutel, team=wie) for wie in (team, ALLE))
    if ind.eenheid not in MET_BASIS or not deel.noemer or is_missing(alle.noemer) or alle.noemer <= deel.noemer:
        return None
    van_deel, van_alle = (
        (c.som(sleutel, c.periode, team=wie) if c.sommen else _as_independent(ind, cijfer, c.openbaar))
        for wie, cijfer in ((team, deel), (ALLE, alle))
    )
    if van_deel is None or van_alle is None:
        return None
    teller, noemer = alle.teller - deel.teller, alle.noemer - deel.noemer
    if is_missing(teller) or is_missing(noemer) or (ind.eenheid == "aandeel" and not 0 <= teller <= noemer):
        return None  # hidden, or rounded past each other
    rest = side(teller, noemer, van_alle.min(van_deel), ind.eenheid == "aandeel")
    if c.openbaar and ind.eenheid != "aandeel" and (rest is None or not rest.variantie):
        return None  # what rounded means and numbers leave has no spread: it says nothing of the others
    return rest or Kant(teller / noemer, noemer, 1.0, 0.0, ind.eenheid == "aandeel")


def _as_independent(ind: Indicator, cijfer: Cijfer, openbaar: bool = False) -> Som | None:
    """The sums of a figure whose records are each a unit, where nobody kept them: a mean's from its own interval.

    In an edition, which says how many persons are behind a teller, each of them is taken to be a unit of as many
    records.
    """
    if ind.eenheid == "aandeel" and openbaar:
        elk = max(1.0, cijfer.teller / cijfer.n_personen) if cijfer.n_personen else 1.0
        som = independent(float(cijfer.teller), float(cijfer.noemer))
        return Som(som.eenheden / elk, *(deel * elk for deel in som[1:]))
    if ind.eenheid == "aandeel":
        return independent(cijfer.teller, cijfer.noemer)
    n, m = cijfer.noemer, cijfer.waarde
    if n < 2 or is_missing(cijfer.ondergrens) or is_missing(cijfer.bovengrens):
        return None
    kwadraten = (n - 1) * float(variance(cijfer.bovengrens - m, n)) + n * m * m
    return Som(n, kwadraten, cijfer.teller, cijfer.teller, n)


def _is_absent(ind: Indicator, cijfer: Cijfer) -> bool:
    """Whether there is no figure; a sum of no rows was not delivered, which is not 0."""
    return is_missing(cijfer.waarde) or (ind.soort in ("som", "uren") and not cijfer.n_personen)


def _is_little(c: Cijfers, ind: Indicator, nu: Cijfer, toen: Cijfer) -> bool:
    """Whether too little is behind the two to say anything: under a share or a mean, or of all that is counted."""
    if ind.eenheid in MET_BASIS:
        return any(small(c, cijfer.noemer) for cijfer in (nu, toen))
    return small(c, max(cijfer.n_personen if ind.in_groepen else cijfer.teller for cijfer in (nu, toen)))


# What a report compares: one family, so that a figure is judged alike wherever it stands.


def _family(c: Cijfers, team: str, eigen: Sleutel, ruw: Verschil) -> list[float]:
    """The p-values of everything that a report of this team compares with the year before, and of ``eigen``."""
    kansen = c.remembered(
        ("jaren", team),
        lambda: {
            sleutel: v.kans
            for sleutel in compared(c, team)
            if not hindrance(c, *sleutel, team=team)
            for v in [_change(c, *sleutel, team)]
            if v is not None and v.kans is not None
        },
    )
    return [*_distinct(kansen), *([] if any(sleutel[0] == eigen[0] for sleutel in kansen) else [ruw.kans])]


def _of_teams(c: Cijfers) -> dict[tuple[str, ...], float]:
    """The p-value of every figure of every team against the rest."""
    return {
        (*sleutel, team): v.kans
        for team in c.known_teams
        for sleutel in compared(c, team)
        for v in [_against_rest(c, *sleutel, team)]
        if v is not None and v.kans is not None
    }


def distinct_tests(verschillen: Mapping[Any, Verschil | None]) -> list[Verschil]:
    """What was tested among these, by what names it (an indicator comes first): each figure once, no mirror images."""
    getoetst = {wie: v for wie, v in verschillen.items() if v is not None and v.kans is not None}
    eerste = {(wie[0], round(v.kans, 12)): v for wie, v in reversed(getoetst.items())}
    return list(eerste.values())


def _distinct(kansen: dict[tuple[str, ...], float]) -> list[float]:
    """One for each figure: two categories of one base, or two teams that are each other's rest, mirror each other."""
    return distinct(kansen, {wie: (wie[0], round(kans, 12)) for wie, kans in kansen.items()})


def compared(c: Cijfers, team: str) -> Iterator[Sleutel]:
    """The shares and means of the chapters of the organisation: totals, questions, and the categories of short lists.

    Of categories that make up one whole, one follows from the others and is left out.
    """
    for ind in c.definities.indicatoren.values():
        if ind.eenheid not in MET_BASIS or not c.heeft(ind.naam, team) or not has_chapter(c, ind):
            continue
        namen = [naam for naam in c.categorieen(ind.naam) if naam != TOTAAL and c.get(ind.naam, naam, team=team).noemer]
        if ind.aandeel_van == "categorie":
            yield ind.naam, TOTAAL, ""
            if ind.naam.startswith("kto_") and len(namen) > 1:
                yield from ((ind.naam, naam, "") for naam in namen)
        elif 1 < len(namen) <= MEESTE_CATEGORIEEN + 1:
            yield from ((ind.naam, naam, "") for naam in namen[:-1])


def has_chapter(c: Cijfers, ind: Indicator) -> bool:
    """Whether the organisation has the chapter of ``ind``; it always has what it declares itself."""
    return ind.hoofdstuk in c.settings.hoofdstukken or not ind.is_ours
