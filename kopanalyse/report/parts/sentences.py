"""The sentences under a figure ("duiding"): what its figures say, and no more than they can.

A few makers of sentences, which the parts fill in. They keep to these rules:

- A count is told: how many more or fewer, and as a part of what it was. Nothing is said of chance.
- Of a share or a mean a rise or fall is only said when it stands out among all that the report compares (``verschil``).
  Any other difference is "niet aantoonbaar" at these numbers, which is not that there is none.
- What is covered in part, registered otherwise since, or was not there yet, is compared with nothing, and says why.
- A share or a mean comes with its base; the difference of two shares is in procentpunten, that of two counts may be in
  percent.
- What rests on fewer than ``klein_aantal`` records is told and not interpreted.
- Highest and lowest are only said where they differ more than the farthest two of so many do by themselves.
- Nothing is said of why.

Every maker returns one text, empty when there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from math import hypot, inf
from typing import TYPE_CHECKING, NamedTuple

from scipy.special import ndtr

from kopanalyse.raw.schema import ONBEKEND, TOTAAL
from kopanalyse.report.cijfers.chance import Z95
from kopanalyse.report.cijfers.cijfer import VOLLEDIG
from kopanalyse.report.cijfers.compare import MET_BASIS, NIET_GETOOND, TE_ZELDZAAM, Verschil, change, hindrance
from kopanalyse.report.cijfers.compare import TE_WEINIG as TE_WEINIG_OM_TE_VERGELIJKEN
from kopanalyse.report.cijfers.families import DEEL
from kopanalyse.report.cijfers.view import Cijfer, Cijfers, small
from kopanalyse.report.dutch import (
    MATEN,
    Maybe,
    getal,
    hoofdletter,
    how_equal,
    is_missing,
    leesbaar,
    opsomming,
    telling,
    uitgesproken,
    verandering,
    verschil,
    werkwoord,
)
from kopanalyse.report.parts.pieces import in_sentence
from kopanalyse.report.shown import is_hidden

if TYPE_CHECKING:
    from kopanalyse.indicators.indicator import Indicator

MEESTE_GELIJKEN = 3  # more that share the first place are not named
MEESTE_NAMEN = 5  # in one list; of more it says how many
UITERSTEN = 7  # sentences about a highest and a lowest that one report has, at most
TE_WEINIG = "te weinig om iets uit af te leiden"

Wat = tuple[str, str]
"""What is counted, singular and plural."""


class Telling(NamedTuple):
    """One of several counts that a sentence holds against the year before."""

    naam: str
    indicator: str
    categorie: str = TOTAAL
    subcategorie: str = ""


def development(
    c: Cijfers,
    indicator: str,
    onderwerp: str,
    categorie: str = TOTAAL,
    subcategorie: str = "",
    *,
    van: Wat = ("", ""),
    decimalen: int | None = None,
) -> str:
    """How a figure stands against the year before. ``van`` names what the base of a share or mean counts."""
    if c.vorig is None:
        return ""
    ind, groot = c.definities.indicatoren[indicator], hoofdletter(onderwerp)
    nu, toen = (c.get(indicator, categorie, subcategorie, periode=jaar) for jaar in (c.periode, c.vorig))
    waarom = hindrance(c, indicator, categorie, subcategorie)
    if waarom == NIET_GETOOND:
        kaal = f"{groot} was {_figure(nu, ind.eenheid, decimalen)} in {c.nu}{_base(nu, ind.eenheid, van[1])}."
        return "" if is_missing(nu.waarde) else kaal
    if waarom and waarom != TE_WEINIG_OM_TE_VERGELIJKEN:
        return _not_compared(c, ind, groot, nu, van, decimalen, waarom)
    v = None if waarom else change(c, indicator, categorie, subcategorie)
    if v is None:
        return _too_little(c, ind, onderwerp, nu, toen, van, decimalen)
    if v.nieuw_of_gestopt:
        return _nothing_once(c, v, onderwerp)
    if nu.dekking != VOLLEDIG:
        a, b = _figure(v.toen, ind.eenheid, decimalen), _figure(v.nu, ind.eenheid, decimalen)
        return f"{groot} was {b}, tegen {a} {v.tegen}{_by_how_much(c, v, decimalen)}."
    a, b = _figure(toen, ind.eenheid, decimalen), _figure(nu, ind.eenheid, decimalen)
    bij_a, bij_b = _base(toen, ind.eenheid), _base(nu, ind.eenheid, van[1])
    if v.is_shown_equal(decimalen):
        basis = f" ({c.vorig}: {bij_a[2:-1]}; {c.periode}: {bij_b[2:-1]})" if bij_a else ""
        return f"{groot} was in {c.toen} en {c.nu} {_equal(c, v)}: {b}{basis}."
    if v.kans is None:
        return f"{groot} was {b} in {c.nu}{bij_b}, tegen {a} in {c.toen}{bij_a}{_by_how_much(c, v, decimalen)}."
    if v.zeker:
        werk = "steeg" if v.verschil > 0 else "daalde"
        return (
            f"{groot} {werk} met {_size(c, v, decimalen)}, van {a} in {c.toen}{bij_a} naar {b} in {c.nu}{bij_b}. "
            "Dat is meer dan toeval."
        )
    return (
        f"{groot} was {b} in {c.nu}{bij_b}, tegen {a} in {c.toen}{bij_a}. Een verschil van "
        f"{_size(c, v, decimalen)} is bij deze aantallen niet aantoonbaar."
    )


def _not_compared(
    c: Cijfers, ind: Indicator, groot: str, nu: Cijfer, van: Wat, decimalen: int | None, waarom: str
) -> str:
    """The figure, and why it stands alone."""
    if is_missing(nu.waarde):
        return f"{groot}: {waarom}." if nu.dekking != VOLLEDIG else ""
    return f"{groot} was {_figure(nu, ind.eenheid, decimalen)} in {c.nu}{_base(nu, ind.eenheid, van[1])}; {waarom}."


def _by_how_much(c: Cijfers, v: Verschil, decimalen: int | None) -> str:
    """``: 108 meer (+23%)``; of what is equal as it is shown, ``: evenveel``."""
    woorden = verandering(v.toen.waarde, v.nu.waarde, v.eenheid, decimalen)
    return f": {' '.join(filter(None, (woorden, v.in_procenten)))}"


def _too_little(
    c: Cijfers, ind: Indicator, onderwerp: str, nu: Cijfer, toen: Cijfer, van: Wat, decimalen: int | None
) -> str:
    """What can be told of figures that cannot be compared."""
    if ind.eenheid in MET_BASIS:
        if small(c, nu.noemer) or not nu.noemer:
            return too_few(c, nu.noemer, van)
        zin = (
            f"{hoofdletter(onderwerp)} was {_figure(nu, ind.eenheid, decimalen)} in {c.nu}"
            f"{_base(nu, ind.eenheid, van[1])}. In {c.toen} {werkwoord(toen.noemer or 0, 'was', 'waren')} er "
        )
        return zin + (
            f"{telling(toen.noemer, *van)}: te weinig om mee te vergelijken." if toen.noemer else f"geen {van[1]}."
        )
    # a sum of no rows was not delivered
    tellers = [cijfer.teller for cijfer in (nu, toen) if not is_missing(cijfer.waarde)]
    if ind.soort == "som" or len(tellers) < 2 or not any(tellers) or not small(c, max(tellers)):
        return ""
    a, b = (_figure(cijfer, ind.eenheid, decimalen) for cijfer in (toen, nu))
    return f"{hoofdletter(onderwerp)} was {b} in {c.nu} en {a} in {c.toen}: te weinig om te vergelijken."


def _nothing_once(c: Cijfers, v: Verschil, onderwerp: str) -> str:
    """From or to nothing there is no rise and no fall: it is new, or it ended."""
    if v.nu.teller:
        return f"{hoofdletter(onderwerp)} was {getal(v.nu.waarde, v.eenheid)} in {c.nu}: nieuw, in {c.toen} nog niets."
    return (
        f"{hoofdletter(onderwerp)} was {getal(v.toen.waarde, v.eenheid)} in {c.toen}; in {c.nu} is er niets meer "
        "geteld."
    )


def too_few(c: Cijfers, aantal: Maybe, wat: Wat) -> str:
    """That there are too few to conclude anything from; nothing when there are none at all."""
    return f"In {c.nu} gaat het om {telling(aantal, *wat)}: {TE_WEINIG}." if aantal else ""


def _figure(cijfer: Cijfer, eenheid: str, decimalen: int | None) -> str:
    return getal(cijfer.waarde, eenheid, decimalen)


def _base(cijfer: Cijfer, eenheid: str, wat: str = "") -> str:
    """What a share or a mean rests on, between brackets and with a space before them."""
    n = getal(cijfer.noemer)
    kop = f"{getal(cijfer.teller)} van {n}" if eenheid == "aandeel" else f"n = {n}"
    return f" ({' '.join(filter(None, (kop, wat)))})" if eenheid in MET_BASIS else ""


def _equal(c: Cijfers, *verschillen: Verschil) -> str:
    """``gelijk``, or how: only as they are written, or as an edition has them."""
    if c.openbaar:
        return "ongeveer gelijk"
    return f"{next(filter(None, (how_equal(v.toen.waarde, v.nu.waarde) for v in verschillen)), '')}gelijk"


def _size(c: Cijfers, v: Verschil, decimalen: int | None) -> str:
    """How large the difference is, unsigned: ``3,1 procentpunt``, ``0,2``."""
    hoeveel = verschil(v.nu.waarde, v.toen.waarde, v.eenheid, decimalen).lstrip("+−")
    return f"{hoeveel} {MATEN[v.eenheid]}" if v.eenheid in MATEN else hoeveel


def developments(c: Cijfers, tellingen: Sequence[Telling], meer: str = "Meer", minder: str = "Minder") -> str:
    """How several figures stand against the year before, the largest differences first."""
    if c.vorig is None:
        return ""
    vakken: dict[str, list[tuple[float, str]]] = {
        naam: [] for naam in ("meer", "minder", "gelijk", "stil", "nieuw", "weg", "klein", "zeldzaam", "los")
    }
    gelijke: list[Verschil] = []
    redenen: dict[str, list[str]] = {}
    for t in tellingen:
        eigen = t.categorie != TOTAAL and t.naam == c.settings.tekst(t.categorie)
        naam, waarom = in_sentence(c, t.categorie) if eigen else uitgesproken(t.naam), hindrance(c, *t[1:])
        if waarom == NIET_GETOOND:
            continue
        if waarom == TE_ZELDZAAM:
            vakken["zeldzaam"].append((0, naam))
            continue
        if waarom and waarom != TE_WEINIG_OM_TE_VERGELIJKEN:
            redenen.setdefault(waarom, []).append(naam)
            continue
        v = None if waarom else change(c, *t[1:])
        tellers = [c.get(*t[1:], periode=jaar).teller for jaar in (c.vorig, c.periode)]
        if v is None:
            vakken["klein"] += [(0, naam)] if any(tellers) else []
        elif v.nieuw_of_gestopt:
            vakken["nieuw" if v.nu.teller else "weg"].append((0, f"{naam} ({getal(max(tellers))})"))
        elif v.is_shown_equal():
            gelijke.append(v)
            vakken["gelijk"].append((0, f"{naam} ({getal(v.nu.waarde, v.eenheid)})"))
        elif v.kans is None and v.eenheid in MET_BASIS:  # not tested: neither more nor less
            los = f"{naam} (van {getal(v.toen.waarde, v.eenheid)} naar {getal(v.nu.waarde, v.eenheid)})"
            vakken["zeldzaam" if v.oordeel == TE_ZELDZAAM else "los"].append(
                (0, naam if v.oordeel == TE_ZELDZAAM else los)
            )
        elif v.kans is not None and not v.zeker:
            vakken["stil"].append((0, naam))
        else:
            van, naar = (getal(cijfer.waarde, v.eenheid) for cijfer in (v.toen, v.nu))
            n = f"; n = {getal(v.toen.noemer)} en {getal(v.nu.noemer)}" if v.eenheid in MET_BASIS else ""
            vakken["meer" if v.verschil > 0 else "minder"].append(
                (-abs(v.verschil), f"{naam} (van {van} naar {naar}{n})")
            )
    verschillen = [v for t in tellingen for v in [change(c, *t[1:])] if v]
    getoetst = bool(verschillen) and all(v.eenheid in MET_BASIS for v in verschillen)
    # of a year that runs, the same months of both
    tegen = next((v.tegen for v in verschillen), f"in {c.toen}").removeprefix("in ")
    dan = f" dan in {tegen}" + (", en dat is meer dan toeval" if getoetst else "")
    zinnen = {
        "meer": f"{meer}{dan}: {{}}.",
        "minder": f"{minder}{dan}: {{}}.",
        "gelijk": f"{hoofdletter(_equal(c, *gelijke))} aan {tegen}: {{}}.",
        "stil": f"Bij {{}} is een verschil met {tegen} niet aantoonbaar.",
        "nieuw": f"Nieuw, in {tegen} nog niet geteld: {{}}.",
        "weg": f"Gestopt, in {c.nu} niet meer geteld: {{}}.",
        "klein": f"Te weinig om met {c.toen} te vergelijken: {{}}.",
        "zeldzaam": f"Komt te weinig voor voor een oordeel over het verschil met {tegen}: {{}}.",
        "los": "Niet getoetst, want het jaar is nog niet om: {}.",
    }
    uit = [
        zinnen[vak].format(_named([naam for _, naam in sorted(namen, key=lambda n: n[0])], "cijfers", vak))
        for vak, namen in vakken.items()
        if namen
    ]
    return " ".join([*uit, *(f"{hoofdletter(opsomming(namen))}: {waarom}." for waarom, namen in redenen.items())])


def _named(namen: Sequence[str], wat: str, vak: str = "") -> str:
    """The names, or how many there are when they would fill the page; of what changed the largest are named."""
    if len(namen) <= MEESTE_NAMEN:
        return opsomming(namen)
    if vak not in ("meer", "minder"):
        return f"{len(namen)} {wat}"
    rest = len(namen) - MEESTE_NAMEN
    return f"{', '.join(namen[:MEESTE_NAMEN])} en nog {rest} {'ander cijfer' if rest == 1 else 'andere cijfers'}"


def largest(
    c: Cijfers, delen: Mapping[str, Maybe], geheel: Maybe, wat: Wat, *, kop: str = "Het vaakst", onbekend: Maybe = None
) -> str:
    """Which part is the largest, and its share of the whole; parts that share the first place are named together.

    ``delen``: what each part counts, by the name that a reader sees, without ``onbekend``: what is not known of.
    """
    geteld = {naam: aantal for naam, aantal in delen.items() if aantal and not is_missing(aantal)}
    if any(map(is_hidden, delen.values())) and not geheel - sum(geteld.values()) <= max(geteld.values(), default=0):
        return ""  # one that is not shown may be the largest
    if not geheel or (not geteld and not onbekend):
        return ""
    if small(c, geheel):
        return too_few(c, geheel, wat)
    hoogste = max(geteld.values(), default=0)
    namen = [leesbaar(naam) for naam, aantal in geteld.items() if aantal == hoogste]
    vooraf = ""
    if onbekend and onbekend >= hoogste:
        vooraf = f"Bij {_part(onbekend, geheel, wat)} is dit onbekend. "
        kop = "Daarna het vaakst"
    if not geteld or len(namen) > MEESTE_GELIJKEN:
        return vooraf.rstrip()
    if hoogste == geheel and len(namen) == 1:
        return f"{kop}: {namen[0]}, bij alle {telling(geheel, *wat)}."
    elk = "elk " if len(namen) > 1 else ""
    return f"{vooraf}{kop}: {opsomming(namen)}, {elk}{_part(hoogste, geheel, wat)}."


def _part(deel: float, geheel: float, wat: Wat) -> str:
    return f"{getal(deel)} van de {telling(geheel, *wat)} ({getal(deel / geheel, 'aandeel')})"


def part_of(c: Cijfers, deel: Maybe, geheel: Maybe, wat: Wat, gezegde: Wat) -> str:
    """``Van de 751 trajecten gingen er 283 (37,7%) over schulden``; ``gezegde`` has ``{}`` where the number comes."""
    if not geheel or is_missing(deel):
        return ""
    if small(c, geheel):
        return too_few(c, geheel, wat)
    hoeveel = f"{getal(deel)} ({getal(deel / geheel, 'aandeel')})"
    return f"Van de {telling(geheel, *wat)} {werkwoord(deel, *gezegde).format(hoeveel)}."


def extremes(
    c: Cijfers,
    rijen: Sequence[tuple[str, Cijfer]],
    eenheid: str,
    wat: str,
    waarvan: str,
    decimalen: int | None = None,
    woorden: Wat = ("Het hoogst", "het laagst"),
) -> str:
    """Which of these figures is highest and which lowest, where they are far enough apart: also counting that every
    team's report has such sentences.

    ``wat``: what the rows are (domeinen); ``waarvan``: what the base counts. Rows with a small base are left out, and
    named.
    """
    zeker = [
        (leesbaar(naam), k) for naam, k in rijen if not is_missing(k.ondergrens) and k.noemer and not small(c, k.noemer)
    ]
    if len(zeker) < 2:
        return ""
    klein = [leesbaar(naam) for naam, k in rijen if k.noemer and small(c, k.noemer)]
    hoog, laag = max(zeker, key=lambda r: r[1].waarde), min(zeker, key=lambda r: r[1].waarde)

    def noem(rij: tuple[str, Cijfer]) -> str:
        return f"{rij[0]} ({getal(rij[1].waarde, eenheid, decimalen)}, n = {getal(rij[1].noemer)})"

    hoger, lager = max(permutations(zeker, 2), key=lambda paar: _distance(paar[0][1], paar[1][1]))
    zoveel = UITERSTEN * (len(c.known_teams) + 1)
    if _apart(hoog[1], laag[1], len(zeker), zoveel):
        zin = f"{woorden[0]}: {noem(hoog)}; {woorden[1]}: {noem(laag)}."
    elif _apart(hoger[1], lager[1], len(zeker), zoveel):
        zin = f"{noem(hoger)} ligt hoger dan {noem(lager)}."
    else:
        zin = f"Tussen de {wat} is bij deze aantallen geen verschil aantoonbaar."
    return zin + (
        f" Niet meegewogen, want minder dan {c.settings.drempels.klein_aantal} {waarvan}: {_named(klein, wat)}."
        if klein
        else ""
    )


def _apart(hoog: Cijfer, laag: Cijfer, aantal: int, keer: int = 1) -> bool:
    """Whether the farthest two of so many figures are farther apart than chance puts the farthest two of ``keer`` such
    rows (Bonferroni)."""
    return 2 * float(ndtr(-_distance(hoog, laag))) * keer * aantal * (aantal - 1) / 2 <= DEEL


def _distance(hoog: Cijfer, laag: Cijfer) -> float:
    """How many standard errors one figure lies above another, by their intervals."""
    fout = hypot(*((cijfer.bovengrens - cijfer.ondergrens) / (2 * Z95) for cijfer in (hoog, laag)))
    verschil = hoog.waarde - laag.waarde
    return verschil / fout if fout else inf if verschil > 0 else 0.0


def known_parts(c: Cijfers, indicator: str, categorieen: Sequence[str], subcategorie: str = "") -> dict[str, Maybe]:
    """What each known category counts this year, by the name that a reader sees: the ``delen`` of ``largest``."""
    return {
        c.settings.tekst(naam): c.get(indicator, naam, subcategorie).teller
        for naam in categorieen
        if naam not in (ONBEKEND, TOTAAL)
    }
