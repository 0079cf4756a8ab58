"""The figures that are set side by side, of teams or of years, and how each stands in a table.

Which figures those are is not written down anywhere: it follows from the declarations, the long table, and the chapters
that the organisation has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from kopanalyse.raw.schema import ALLE, ONBEKEND, TOTAAL
from kopanalyse.report.cijfers.cijfer import DEELS
from kopanalyse.report.cijfers.compare import (
    MEER_DAN_TOEVAL,
    NIET_AANTOONBAAR,
    TE_WEINIG,
    Sleutel,
    Verschil,
    distinct_tests,
    has_chapter,
    hindrance,
)
from kopanalyse.report.cijfers.compare import NIET_GETOOND as NIET_GETOOND_REDEN
from kopanalyse.report.cijfers.view import NIETS, Cijfer, Cijfers, small
from kopanalyse.report.dutch import (
    LEEG,
    getal,
    hoofdletter,
    in_zin,
    is_missing,
    opsomming,
    telling,
    verschil,
)
from kopanalyse.report.parts.pieces import in_sentence
from kopanalyse.report.parts.table import (
    INTERVAL,
    PROCENTPUNT,
    TEKST,
    Cel,
    Deel,
    Kolom,
    Rij,
    Woorden,
    bounds,
    difference_bounds,
)
from kopanalyse.report.shown import NIET_GETOOND, VERBORGEN, is_hidden

if TYPE_CHECKING:
    from kopanalyse.indicators import Indicator

AANTALLEN, MET_BASIS = ("aantal", "uren"), ("aandeel", "gemiddelde")
ALLEEN_EEN_KEER = "Wat onder twee namen hetzelfde telt, staat er één keer."
NIET_OPTELLEN = ("vip", "instroom", "uitstroom", "beginstand", "eindstand")  # kinds that their chapters keep apart
MEESTE_CATEGORIEEN = 6  # of an indicator without a total; one with more is only pointed to
HEEL = 1 - 1e-9  # of which two shares are all there is
TEKENS = "▲ hoger en ▼ lager dan"
VERSCHIL = (Kolom("Verschil", INTERVAL), Kolom("95%-interval ervan", INTERVAL), Kolom("Oordeel", TEKST))
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
    return [
        ind
        for ind in c.definities.indicatoren.values()
        if ind.eenheid in eenheden
        and c.heeft(ind.naam)
        and (ind.eenheid != "per_1000" or c.team == ALLE)  # inhabitants are of a village, and of no team
        and has_chapter(c, ind)
        and (not per_team or any(c.heeft(ind.naam, team) for team in c.teams))
    ]


def _of(c: Cijfers, ind: Indicator) -> list[Meting]:
    if ind.totaal and ind.aandeel_van == "categorie" and ind.naam not in NIET_OPTELLEN:
        namen = {TOTAAL: ind.whole(c.settings) if ind.eenheid in AANTALLEN else ind.titel}
    else:
        namen = {n: f"{ind.titel}: {in_sentence(c, n)}" for n in c.categorieen(ind.naam) if n not in (TOTAAL, ONBEKEND)}
    delen = [Meting(ind, naam, n, sub) for n, naam in namen.items() for sub in _subs(c, ind, n)]
    delen = [meting for meting in delen if _counts(c, meting)]
    if len(delen) > MEESTE_CATEGORIEEN:
        return []
    return _without_mirror(c, ind, [m for m in delen if ind.aandeel_van == "categorie" or _occurs(c, m)])


def without_doubles(c: Cijfers, gekozen: Sequence[Meting], teams: Sequence[str]) -> list[Meting]:
    """Of counts that are the same for all of these teams in every year only the first: one count by several names.

    Small ones may be alike and not the same.
    """
    if c.openbaar:  # two numbers that are rounded to the same are not the same
        return list(gekozen)
    gezien: set[tuple] = set()
    uit = []
    for m in gekozen:
        waarden = tuple(c.get(*m.sleutel, periode=jaar, team=team).waarde for jaar in c.jaren for team in teams)
        groot = any(waarde is not None and not small(c, waarde) for waarde in waarden)
        if m.ind.eenheid not in AANTALLEN or not groot or (m.ind.eenheid, waarden) not in gezien:
            uit.append(m)
        if m.ind.eenheid in AANTALLEN:
            gezien.add((m.ind.eenheid, waarden))
    return uit


def _without_mirror(c: Cijfers, ind: Indicator, delen: list[Meting]) -> list[Meting]:
    """Of a share of two categories that make up the whole only one: the key figure, or else the last."""
    if ind.aandeel_van == "categorie" or ind.eenheid != "aandeel" or len(delen) != 2:
        return delen
    if c.openbaar:
        return delen
    samen = [sum(c.get(*m.sleutel, periode=jaar).waarde or 0 for m in delen) for jaar in c.jaren]
    if any(0 < geheel < HEEL for geheel in samen):
        return delen
    eigen = [m for m in delen if f"{ind.naam}: {m.categorie}" in c.settings.kerncijfers]
    return (eigen or delen)[-1:]


def _subs(c: Cijfers, ind: Indicator, categorie: str) -> list[str]:
    """The subcategorie under which all of a categorie stands: none, or ``totaal``."""
    return [sub for sub in ("", TOTAAL) if c.get(ind.naam, categorie, sub) is not NIETS][:1]


def _counts(c: Cijfers, meting: Meting) -> bool:
    """Whether the figure counts anything, in either year."""
    return any(cijfer.noemer or cijfer.teller for cijfer in (c.get(*meting.sleutel, periode=jaar) for jaar in c.jaren))


def _occurs(c: Cijfers, meting: Meting) -> bool:
    """Whether a category of a whole has any part of it, in either year."""
    return any(c.get(*meting.sleutel, periode=jaar).teller for jaar in c.jaren)


def elsewhere(c: Cijfers, eenheden: Sequence[str], per_team: bool = True) -> list[str]:
    """Where the rest is: the categories of what stands here as a total, what has no total, and too long a list."""
    zonder = [ind for ind in _indicators(c, eenheden, per_team) if c.telt(ind.naam) and not _of(c, ind)]
    los, lang = ([ind for ind in zonder if (ind.eenheid in MET_BASIS) == basis] for basis in (False, True))
    return [
        "De onderverdeling van een totaal staat in het hoofdstuk over dat onderwerp.",
        *(
            f"{waarom}, en daarom alleen daar: {opsomming(in_zin(ind.titel) for ind in weg)}."
            for waarom, weg in (
                ("Niet op te tellen", los),
                (f"Een lijst van meer dan {MEESTE_CATEGORIEEN} die niet één voor één getoetst worden", lang),
            )
            if weg
        ),
    ]


def no_figures(c: Cijfers, gekozen: Sequence[Meting], wat: str) -> str:
    """The sentence for when there is nothing to compare; else empty."""
    return "" if gekozen else f"In {opsomming(map(str, c.jaren))} zijn er geen {wat} om te vergelijken."


def basis(c: Cijfers, gekozen: Sequence[Meting]) -> str:
    """How many figures are compared, and where their bases stand."""
    n = " van aandelen en gemiddelden" if any(m.ind.eenheid not in MET_BASIS for m in gekozen) else ""
    haakjes = f"; tussen haakjes staat de n{n}" if any(m.ind.eenheid in MET_BASIS for m in gekozen) else ""
    return f"{telling(len(gekozen), 'cijfer', 'cijfers')} over {c.nu}{haakjes}"


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


def rows_by_chapter(
    c: Cijfers, gekozen: Sequence[Meting], rijen: Callable[[Meting], list[Rij]], breedte: int
) -> list[Rij]:
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


def year_cells(c: Cijfers, meting: Meting, v: Verschil | None) -> list[Cel | str]:
    """The figure of each year; nothing, and not 0, where it was not there yet or ended."""
    leeg = bool(v and v.nieuw_of_gestopt)
    return [
        LEEG if leeg and not cijfer.teller else value_cell(c, meting, cijfer) for cijfer in compared_cells(c, meting, v)
    ]


def value_cell(c: Cijfers, meting: Meting, cijfer: Cijfer, teken: str = "") -> Cel | str:
    """A figure as a cell: with its sign, and its n between brackets where it has one."""
    if is_hidden(cijfer.waarde):
        return Woorden(NIET_GETOOND, Deel("", VERBORGEN, meting.ind.eenheid))
    if is_missing(cijfer.waarde):
        return LEEG
    tekst = teken + getal(cijfer.waarde, meting.ind.eenheid, decimals(c, meting))
    waarde = Deel("", cijfer.waarde, meting.ind.eenheid, decimals(c, meting))
    if meting.ind.eenheid not in MET_BASIS:
        return Woorden(tekst, waarde, *sign_part(teken))
    return Cel(
        Woorden(f"{tekst} ({getal(cijfer.noemer)})", waarde, Deel("n", cijfer.noemer), *sign_part(teken)),
        small(c, cijfer.noemer),
    )


def compared_cells(c: Cijfers, meting: Meting, v: Verschil | None, team: str | None = None) -> list[Cijfer]:
    """The figure of each year; of a year that runs, where it is compared, the same part of both."""
    jaren = [c.get(*meting.sleutel, periode=jaar, team=team) for jaar in c.jaren]
    return [v.toen, v.nu] if v and jaren[-1].dekking == DEELS else jaren


def same_part_note(c: Cijfers, gekozen: Sequence[Meting]) -> list[str]:
    """Which part of both years stands in the table, where the year is known in part."""
    delen = [m.sleutel for m in gekozen if c.get(*m.sleutel).dekking == DEELS]
    namen = dict.fromkeys(deel.naam for sleutel in delen if (deel := c.same_part(sleutel)))
    return [f"Wat hier vergeleken wordt, telt in beide jaren {opsomming(namen)}."] if namen else []


def sign_part(teken: str) -> list[Deel]:
    """A sign as a value of its own; nothing without one."""
    return [Deel("teken", teken, TEKST)] if teken else []


def difference_part(v: Verschil | None, kop: str = "", decimalen: int | None = None) -> list[Deel]:
    """A difference as a value of its own; nothing without one."""
    eenheid = PROCENTPUNT if v and v.eenheid == "aandeel" else v.eenheid if v else ""
    return [Deel(kop, v.verschil, eenheid, decimalen)] if v else []


def bounds_cell(c: Cijfers, meting: Meting, onder: float | None, boven: float | None) -> str:
    """An interval as a cell; of a difference between shares in procentpunten, as the column says."""
    return bounds(onder, boven, meting.ind.eenheid, decimals(c, meting))


def difference_cells(c: Cijfers, meting: Meting, v: Verschil | None, waarom: str = TE_WEINIG) -> list[str]:
    """A difference with its sign, its interval and what may be said of it, as three cells.

    Without a difference ``waarom`` says why. A count is a fact: how many more or fewer, and as a percentage.
    """
    if v is None and waarom == NIET_GETOOND_REDEN:
        return [Woorden(NIET_GETOOND, Deel("", VERBORGEN)), LEEG, waarom]
    if v is None or v.nieuw_of_gestopt:
        return [LEEG, LEEG, v.nieuw_of_gestopt if v else waarom]
    grenzen = difference_bounds(v.onder, v.boven, v.eenheid, decimals(c, meting))
    hoeveel = sign(v) + verschil(v.nu.waarde, v.toen.waarde, v.eenheid, decimals(c, meting))
    delen = [*difference_part(v, decimalen=decimals(c, meting)), *sign_part(sign(v))]
    delen += [Deel("in procenten", v.procent, "aandeel", 0)] if v.in_procenten else []
    return [Woorden(" ".join(filter(None, (hoeveel, v.in_procenten))), *delen), grenzen, v.oordeel or LEEG]


def why_not(c: Cijfers, meting: Meting, team: str | None = None) -> str:
    """Why a figure is not compared with the year before, short enough for a cell."""
    waarom = hindrance(c, *meting.sleutel, team=team) or TE_WEINIG
    return waarom.partition(f" met {c.toen},")[0].removesuffix(f" dan in {c.toen}")


def sign(v: Verschil | None) -> str:
    """▲ or ▼ for a share or a mean that stands out; a count has no sign."""
    return "" if v is None or not v.zeker else "▲" if v.verschil > 0 else "▼"


def none_of(aantal: int, enkelvoud: str, meervoud: str) -> str:
    """``Geen van de 17 cijfers verschilt``; of one ``Het ene cijfer verschilt niet``."""
    return f"Het ene {enkelvoud} verschilt niet" if aantal == 1 else f"Geen van de {aantal} {meervoud} verschilt"


def tested(verschillen: Mapping[Any, Verschil | None]) -> list[Verschil]:
    """Those rows of a table that are tested."""
    return [v for v in verschillen.values() if v is not None and v.kans is not None]


def shares_and_means(verschillen: Sequence[Verschil]) -> str:
    """``11 aandelen en 4 gemiddelden``: how many there are of each."""
    aantal = {eenheid: sum(v.eenheid == eenheid for v in verschillen) for eenheid in MET_BASIS}
    woorden = {"aandeel": ("aandeel", "aandelen"), "gemiddelde": ("gemiddelde", "gemiddelden")}
    return opsomming(telling(n, *woorden[eenheid]) for eenheid, n in aantal.items() if n)


def tally(verschillen: Mapping[tuple[Sleutel, str], Verschil | None]) -> list[str]:
    """How many of these figures (their key, and the team) were tested between teams, how often, and how many stand out.

    Of two teams one has more what the other has less: that is one test.
    """
    gedaan = distinct_tests({(sleutel[0], sleutel, team): v for (sleutel, team), v in verschillen.items()})
    if not gedaan:
        return []
    cijfers = len({sleutel for (sleutel, _), v in verschillen.items() if v is not None and v.kans is not None})
    aantal, tekens = len(gedaan), sum(v.zeker for v in gedaan)
    if aantal == 1:
        oordeel = f"dat is {MEER_DAN_TOEVAL}" if tekens else f"het is {NIET_AANTOONBAAR}"
        return [f"Getoetst is 1 verschil met de rest; {oordeel}."]
    return [
        f"Getoetst zijn {getal(aantal)} verschillen met de rest, van {telling(cijfers, 'cijfer', 'cijfers')}; bij "
        f"{getal(tekens) if tekens else 'geen enkel'} is het groter dan bij zoveel vergelijkingen te verwachten is. "
        "Wat elkaars spiegelbeeld is, telt één keer."
    ]


def beside_zero(verschillen: Iterable[Verschil | None]) -> list[str]:
    """Why a difference is called niet aantoonbaar while its interval leaves out 0; nothing where none does."""
    naast = [v for v in verschillen if v and v.kans is not None and not v.zeker]
    if not any(v.onder > 0 or v.boven < 0 for v in naast if not is_missing(v.onder)):
        return []
    return [
        f"Soms ligt 0 buiten het interval en heet het verschil toch {NIET_AANTOONBAAR}. Het interval kijkt naar dat "
        "ene cijfer; het oordeel telt mee hoeveel cijfers er vergeleken worden, want bij veel vergelijkingen wijkt er "
        "altijd wel een af."
    ]


def counts_so_far(gekozen: Iterable[Meting]) -> list[str]:
    """Which of these count contacten of earlier years too."""
    namen = dict.fromkeys(in_zin(m.ind.titel) for m in gekozen if m.ind.tot_nu_toe)
    if not namen:
        return []
    return [f"Ook de contacten van eerdere jaren tellen mee bij: {opsomming(namen)}."]
