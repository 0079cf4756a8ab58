"""The kinds of figure that the reports draw, each from a few plain values, at the width that is asked.

Every function returns a matplotlib figure that still has to be drawn under ``huisstijl.rc`` (``svg.py`` does both).
Seaborn draws the statistical kinds (the heat map, the bubbles of ``kaart.py``), bare matplotlib the bars and lines,
where it is ten times faster. Labels are placed by hand, beside what they name: hardly a legend is needed.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.textpath import text_to_path
from matplotlib.font_manager import FontProperties

from kopanalyse.report.huisstijl import (
    ACCENT, AS, GRIJS, INKT, INTERVAL, KLEIN, KOP, LICHT, LIJN, TEKST, UITSTROOM, VORIG, Maat, op_kleur,
)
from kopanalyse.report.text import getal, ingekort, is_missing, leesbaar

NAAM_TEKENS = 60      # longer names are shortened in a figure; its table has them whole
PANEEL_HOOG = 148     # points, of one small chart
SLEUTELTEKEN = 11     # points, of a sign in a key and the space after it


@dataclass(frozen=True)
class Reeks:
    """A line: one value per label of its panel; None where there is none."""

    naam: str
    waarden: Sequence[float | None]
    kleur: str = ACCENT


@dataclass(frozen=True)
class Paneel:
    """One small chart in a set: lines, or pairs of bars, over the same labels."""

    titel: str
    labels: Sequence[str]
    reeksen: Sequence[Reeks]
    eenheid: str = "aantal"
    staven: bool = False
    decimalen: int | None = None


@dataclass(frozen=True)
class Staaf:
    """A bar with its value; ``vorig`` is the same figure of the year before."""

    naam: str
    waarde: float | None
    vorig: float | None = None
    kleur: str = ACCENT


@dataclass(frozen=True)
class Stapel:
    """A bar in parts: one value per part; ``bijschrift`` stands at its end."""

    naam: str
    waarden: Sequence[float]
    bijschrift: str = ""


@dataclass(frozen=True)
class Punt:
    """An estimate with its 95% interval, and the value of the year before; ``klein`` when its base is small.

    ``teken`` (▲ or ▼) marks one that stands out; ``n`` is its base, where that is to be written beside it; ``label`` is
    written instead of the value.
    """

    naam: str
    waarde: float
    onder: float | None = None
    boven: float | None = None
    vorig: float | None = None
    klein: bool = False
    teken: str = ""
    n: float | None = None
    label: str = ""


@dataclass(frozen=True)
class Plek:
    """A place on the map with what is counted there."""

    naam: str
    breedtegraad: float
    lengtegraad: float
    waarde: float


@dataclass
class Vel:
    """A sheet on which charts are laid out in points from its top left corner."""

    maat: Maat
    hoogte: float
    figuur: Figure = field(init=False)

    def __post_init__(self) -> None:
        self.figuur = Figure(figsize=(self.maat.breedte / 72, self.hoogte / 72))

    def vlak(self, links: float, boven: float, breedte: float, hoogte: float) -> Axes:
        """A bare chart area of the given place and size."""
        b, h = self.maat.breedte, self.hoogte
        ax = self.figuur.add_axes((links / b, 1 - (boven + hoogte) / h, max(breedte, 1) / b, hoogte / h))
        ax.set_axis_off()
        return ax

    def tekst(self, links: float, boven: float, tekst: str, **stijl) -> None:
        """Words at a place; ``boven`` is where the middle of the line is."""
        stijl = {"va": "center", "fontsize": TEKST, "color": INKT} | stijl
        regels = "\n".join(leesbaar(regel) for regel in tekst.split("\n")) if tekst else ""
        self.figuur.text(links / self.maat.breedte, 1 - boven / self.hoogte, regels, **stijl)

    def sleutel(self, boven: float, delen: Sequence[tuple[str, str]], links: float = 0,
                tekens: Sequence[str] = "■■■■■■") -> float:
        """A key of coloured signs with words, wrapped to the width; returns the height that it took."""
        x, y = links, boven
        for (naam, kleur), teken in zip(delen, tekens):
            nodig = 14 + text_width(naam, KLEIN)
            if x + nodig > self.maat.breedte and x > links:
                x, y = links, y + 16
            self.tekst(x, y, teken, color=kleur, fontsize=KLEIN + 2)
            self.tekst(x + SLEUTELTEKEN, y, naam, fontsize=KLEIN, color=GRIJS)
            x += nodig + 10
        return y - boven + 20


@cache
def text_width(tekst: str, grootte: float) -> float:
    """Width of ``tekst`` in points at font size ``grootte``, in the font that the layout is measured with."""
    if not tekst:
        return 0
    letter = FontProperties(family="DejaVu Sans", size=grootte)
    return text_to_path.get_text_width_height_descent(tekst, letter, False)[0]


def gebroken(naam: str, tekens: int, regels: int = 2) -> str:
    """``naam`` over at most ``regels`` lines of ``tekens`` characters."""
    return "\n".join(textwrap.wrap(ingekort(naam, min(NAAM_TEKENS, tekens * regels)), tekens, max_lines=regels,
                                   placeholder="…")) or naam


def _passend(naam: str, breedte: float) -> str:
    """``naam`` on one line of about ``breedte`` points; a reader's own font is narrower than the measured one."""
    tekens = NAAM_TEKENS
    while tekens > 8 and text_width(ingekort(naam, tekens), TEKST) * 0.9 > breedte:
        tekens -= 1
    return ingekort(naam, tekens)


@dataclass(frozen=True)
class _Namen:
    """Where the names of horizontal bars stand: before the bars on a wide sheet, above them on a narrow one."""

    maat: Maat
    teksten: list[str]
    kolom: float
    rij: float

    @classmethod
    def maak(cls, maat: Maat, namen: Sequence[str], rij: float) -> _Namen:
        if maat.smal:
            return cls(maat, [_passend(naam, maat.breedte) for naam in namen], 0, rij + 16)
        teksten = [gebroken(naam, 30) for naam in namen]
        breedst = max((text_width(regel, TEKST) for tekst in teksten for regel in tekst.split("\n")), default=0)
        return cls(maat, teksten, min(breedst, 215) + 12, max(rij, 30 if any("\n" in t for t in teksten) else rij))

    def zet(self, vel: Vel, boven: float) -> None:
        for plaats, tekst in enumerate(self.teksten):
            y = boven + plaats * self.rij
            vel.tekst(0, y + (7 if self.maat.smal else self.rij / 2), tekst, linespacing=1.05)

    def nullijn(self, ax: Axes, x: float) -> None:
        """The line from which is measured; on a phone it lets the names through."""
        if not self.maat.smal:
            ax.axvline(x, color=LICHT, lw=0.8, zorder=0)
        for plaats in range(len(self.teksten) if self.maat.smal else 0):
            half = (self.rij - 16) / 2
            ax.plot([x, x], [self.midden(plaats) - half, self.midden(plaats) + half], color=LICHT, lw=0.8, zorder=0)

    def midden(self, plaats: int) -> float:
        """Height of the middle of a bar, in points from the top of the bars."""
        return plaats * self.rij + ((16 + self.rij) / 2 if self.maat.smal else self.rij / 2)


def lijnen(panelen: Sequence[Paneel], maat: Maat, een_schaal: bool = False) -> Figure:
    """Small multiples of lines (or pairs of bars) over quarters, every value written.

    Each panel has its own scale from 0, or all share one with ``een_schaal``. Pairs of bars need room: they get the
    whole width, on a phone once per year.
    """
    samen = max(map(_hoogste, panelen), default=0) if een_schaal else None
    vakken = [(deel, samen or _hoogste(paneel)) for paneel in panelen for deel in _per_jaar(paneel, maat)]
    rijen: list[list[tuple[Paneel, float]]] = []
    for vak in vakken:
        alleen = maat.smal or vak[0].staven or not rijen or len(rijen[-1]) == 2 or rijen[-1][0][0].staven
        rijen.append([vak]) if alleen else rijen[-1].append(vak)
    vel = Vel(maat, len(rijen) * PANEEL_HOOG + 4)
    half = maat.breedte if maat.smal or len(vakken) == 1 else (maat.breedte - 26) / 2
    for nummer, rij in enumerate(rijen):
        for kolom, (paneel, hoogste) in enumerate(rij):
            breed = maat.breedte if paneel.staven else half
            _paneel(vel, paneel, kolom * (half + 26), nummer * PANEEL_HOOG, breed, hoogste)
    return vel.figuur


def _per_jaar(paneel: Paneel, maat: Maat) -> list[Paneel]:
    """The panel, or on a phone pairs of bars in a panel per year."""
    jaren = list(dict.fromkeys(label.partition("-")[0] for label in paneel.labels))
    if not (maat.smal and paneel.staven) or len(jaren) == 1:
        return [paneel]
    delen = []
    for jaar in jaren:
        plaatsen = [n for n, label in enumerate(paneel.labels) if label.startswith(jaar)]
        delen.append(replace(paneel, titel=f"{paneel.titel}, {jaar}", labels=[paneel.labels[n] for n in plaatsen],
                             reeksen=[replace(r, waarden=[r.waarden[n] for n in plaatsen]) for r in paneel.reeksen]))
    return delen


def _hoogste(paneel: Paneel) -> float:
    return max((w for r in paneel.reeksen for w in r.waarden if not is_missing(w)), default=0) or 1


def _paneel(vel: Vel, paneel: Paneel, links: float, boven: float, breed: float, hoogste: float) -> None:
    vel.tekst(links, boven + 9, gebroken(paneel.titel, int(breed / 6.6), 1), fontsize=KOP, weight="bold")
    if len(paneel.reeksen) > 1:
        x = links
        for reeks in paneel.reeksen:
            vel.tekst(x, boven + 26, reeks.naam, fontsize=KLEIN, color=reeks.kleur, weight="bold")
            x += text_width(reeks.naam, KLEIN) * 1.12 + 10
    kop = 36 if len(paneel.reeksen) > 1 else 22
    ax = vel.vlak(links, boven + kop, breed, 108 - kop)
    plaatsen = list(range(len(paneel.labels)))
    (_staafparen if paneel.staven else _lijnen)(ax, paneel, plaatsen, hoogste)
    ax.set_xlim(-0.5, len(plaatsen) - 0.5)
    ax.set_ylim(0, hoogste * 1.25)
    ax.axhline(0, color=LICHT, lw=0.8, zorder=1)
    _kwartaalas(vel, paneel.labels, links, boven + 118, breed)


def _lijnen(ax: Axes, paneel: Paneel, plaatsen: list[int], hoogste: float) -> None:
    for reeks in paneel.reeksen:
        bekend = [(x, w) for x, w in zip(plaatsen, reeks.waarden) if not is_missing(w)]
        if not bekend:
            continue
        x, y = zip(*bekend)
        ax.plot(x, y, color=reeks.kleur, marker="o", ms=4.5, lw=1.8, mew=0, clip_on=False)
        for (plaats, waarde), vorige, volgende in zip(bekend, (y[0], *y), (*y[1:], y[-1])):
            daalt, stijgt = vorige - waarde > 0.25 * hoogste, volgende - waarde > 0.25 * hoogste
            eronder = daalt and stijgt and waarde > 0.25 * hoogste          # in a valley there is room below
            opzij = 0 if daalt == stijgt else 7 if daalt else -7            # out of the way of a steep line
            ax.annotate(getal(waarde, paneel.eenheid, paneel.decimalen), (plaats, waarde),
                        (opzij, -6 if eronder else 6), textcoords="offset points", ha="center",
                        va="top" if eronder else "bottom", fontsize=KLEIN, color=reeks.kleur, annotation_clip=False)


def _staafparen(ax: Axes, paneel: Paneel, plaatsen: list[int], hoogste: float) -> None:
    dikte = 0.8 / len(paneel.reeksen)
    for nummer, reeks in enumerate(paneel.reeksen):
        x = [plaats - 0.4 + (nummer + 0.5) * dikte for plaats in plaatsen]
        hoogten = [0 if is_missing(w) else w for w in reeks.waarden]
        ax.bar(x, hoogten, dikte * 0.94, color=reeks.kleur, lw=0)
        for midden, waarde in zip(x, reeks.waarden):
            ax.annotate(getal(waarde, paneel.eenheid), (midden, 0 if is_missing(waarde) else waarde), (0, 2),
                        textcoords="offset points", ha="center", va="bottom", fontsize=AS, color=reeks.kleur,
                        annotation_clip=False)


def _kwartaalas(vel: Vel, labels: Sequence[str], links: float, boven: float, breed: float) -> None:
    """Quarter under every point and the year once, in the middle of its quarters."""
    stap = breed / len(labels)
    jaren: dict[str, list[float]] = {}
    for plaats, label in enumerate(labels):
        jaar, _, kwartaal = label.partition("-")
        midden = links + (plaats + 0.5) * stap
        vel.tekst(midden, boven, kwartaal or jaar, fontsize=AS, color=GRIJS, ha="center")
        if kwartaal:
            jaren.setdefault(jaar, []).append(midden)
    for jaar, middens in jaren.items():
        vel.tekst(sum(middens) / len(middens), boven + 13, jaar, fontsize=AS, color=GRIJS, ha="center")


def staven(rijen: Sequence[Staaf], maat: Maat, eenheid: str = "aantal", jaren: tuple[str, str] | None = None,
           decimalen: int | None = None) -> Figure:
    """Horizontal bars, each with its value; with ``jaren`` (before, now) a thin grey bar for the year before.

    The labels of the first two bars say which year they are: no key is needed.
    """
    namen = _Namen.maak(maat, [rij.naam for rij in rijen], 31 if jaren else 22)
    vel = Vel(maat, len(rijen) * namen.rij + 6)
    namen.zet(vel, 2)
    nu, toen = ([getal(w, eenheid, decimalen) for w in waarden]
                for waarden in ((rij.waarde for rij in rijen), (rij.vorig for rij in rijen)))
    if jaren and rijen:
        nu[0], toen[0] = f"{nu[0]} in {jaren[1]}", f"{toen[0]} in {jaren[0]}"
    lengtes = [(0 if is_missing(w) else w, text_width(label, TEKST) + 8) for rij, *labels in zip(rijen, nu, toen)
               for w, label in zip((rij.waarde, rij.vorig), labels)]
    ruim = maat.breedte - namen.kolom
    ax = vel.vlak(namen.kolom, 2, ruim, len(rijen) * namen.rij)
    ax.set_xlim(0, max((w * ruim / (ruim - label) for w, label in lengtes), default=0) or 1)     # each label fits
    ax.set_ylim(len(rijen) * namen.rij, 0)
    for plaats, rij in enumerate(rijen):
        midden = namen.midden(plaats)
        _staaf(ax, rij.waarde, midden - (5.5 if jaren else 0), 12, rij.kleur, nu[plaats], INKT)
        if jaren:
            _staaf(ax, rij.vorig, midden + 7, 7, VORIG, toen[plaats], GRIJS)
    namen.nullijn(ax, 0)
    return vel.figuur


def _staaf(ax: Axes, waarde: float | None, midden: float, dikte: float, kleur: str, label: str, inkt: str) -> None:
    lengte = 0 if is_missing(waarde) else waarde
    ax.barh(midden, lengte, dikte, color=kleur, lw=0, zorder=0.9 if kleur == VORIG else 1)
    ax.annotate(label, (lengte, midden), (4, 0), textcoords="offset points", va="center_baseline",
                fontsize=TEKST if inkt == INKT else AS, color=inkt, annotation_clip=False)


def gestapeld(rijen: Sequence[Stapel], lagen: Sequence[tuple[str, str]], maat: Maat, eenheid: str = "aantal",
              toon: Callable[[Stapel, int], str] | None = None, decimalen: int | None = None) -> Figure:
    """Horizontal bars in parts (``lagen``: name and colour); ``toon`` writes a part, where it fits."""
    toon = toon or (lambda rij, laag: getal(rij.waarden[laag], eenheid, decimalen))
    namen = _Namen.maak(maat, [rij.naam for rij in rijen], 23)
    proef = Vel(maat, 100)
    ruimte = max((text_width(rij.bijschrift, TEKST) for rij in rijen), default=0) + 8
    breed = maat.breedte - namen.kolom - ruimte
    hoogste = max((sum(rij.waarden) for rij in rijen), default=0) or 1
    plaatsen = _above_parts(rijen, lagen, maat, namen.kolom, breed / hoogste)
    begin_sleutel = namen.kolom if proef.sleutel(7, lagen, namen.kolom) < 30 else 0      # one line, or all the width
    kop = 18 if plaatsen else proef.sleutel(7, lagen, begin_sleutel)
    vel = Vel(maat, kop + len(rijen) * namen.rij + 4)
    if not plaatsen:
        vel.sleutel(7, lagen, begin_sleutel)
    for links, laag in zip(plaatsen, lagen):
        vel.sleutel(9, [laag], links)
    namen.zet(vel, kop)
    ax = vel.vlak(namen.kolom, kop, breed, len(rijen) * namen.rij)
    ax.set_xlim(0, hoogste)
    ax.set_ylim(len(rijen) * namen.rij, 0)
    for plaats, rij in enumerate(rijen):
        begin, midden = 0.0, namen.midden(plaats)
        for laag, (waarde, (_, kleur)) in enumerate(zip(rij.waarden, lagen)):
            ax.barh(midden, waarde, 17, left=begin, color=kleur, edgecolor="white", lw=0.6, zorder=1 + laag / 100)
            tekst = toon(rij, laag)
            if waarde and text_width(tekst, KLEIN) * 0.9 + 3 < waarde / hoogste * breed:
                ax.text(begin + waarde / 2, midden, tekst, ha="center", va="center_baseline", fontsize=KLEIN,
                        color=op_kleur(kleur))
            begin += waarde
        ax.annotate(rij.bijschrift, (begin, midden), (4, 0), textcoords="offset points", va="center_baseline",
                    annotation_clip=False)
    return vel.figuur


def _above_parts(rijen: Sequence[Stapel], lagen: Sequence[tuple[str, str]], maat: Maat, links: float,
                 schaal: float) -> list[float]:
    """Where the names of the parts begin, each over its part of the first bar; empty when one would not stand there.

    On a phone the name of the bar stands there.
    """
    if maat.smal or not rijen:
        return []
    plaatsen, begin, vrij = [], float(links), float(links)
    for (naam, _), waarde in zip(lagen, rijen[0].waarden):
        eind, nodig = begin + waarde * schaal, SLEUTELTEKEN + text_width(naam, KLEIN) * 0.92
        links = max(begin + (eind - begin - nodig) / 2, vrij)
        if not waarde or links >= eind or links + nodig > maat.breedte:
            return []
        plaatsen.append(links)
        begin, vrij = eind, links + nodig + 8
    return plaatsen


def punten(rijen: Sequence[Punt], maat: Maat, eenheid: str, jaren: tuple[str, str] | None = None,
           decimalen: int | None = None, schaal: tuple[float, float] | None = None) -> Figure:
    """Estimates as dots on a line from their lower to their upper bound; grey the year before, hollow a small base.

    The axis is ``schaal`` where that is given, otherwise it runs from 0 over all that is drawn. The wide interval of a
    small base does not stretch it: an arrow says that it goes on.
    """
    namen = _Namen.maak(maat, [rij.naam for rij in rijen], 24)
    bij_punten = bool(jaren and rijen and not maat.smal and not is_missing(rijen[0].vorig))
    kop = 22 if jaren else 2
    vel = Vel(maat, kop + len(rijen) * namen.rij + 22)
    if jaren and not bij_punten:
        vel.sleutel(7, [(jaren[1], ACCENT), (jaren[0], VORIG)], namen.kolom, "●◆")
    namen.zet(vel, kop)
    labels = [r.label or getal(r.waarde, eenheid, decimalen) for r in rijen]
    ruimte = max(text_width(label, TEKST) for label in labels) + 14
    ax = vel.vlak(namen.kolom + 6, kop, maat.breedte - namen.kolom - ruimte - 12, len(rijen) * namen.rij)
    alles = [w for r in rijen for w in (r.waarde, r.vorig, *(() if r.klein else (r.onder, r.boven)))
             if not is_missing(w)]
    laag, hoog = schaal or ((0, 1) if eenheid == "aandeel" and max(alles) > 0.5 else (min(*alles, 0), max(*alles, 0)))
    speling = (hoog - laag or 1) * 0.02
    ax.set_xlim(laag - speling, hoog + speling)
    ax.set_ylim(len(rijen) * namen.rij, 0)
    namen.nullijn(ax, max(laag, 0))
    if bij_punten:
        _years_at_dots(ax, rijen[0], jaren, namen.midden(0))
    for plaats, rij in enumerate(rijen):
        midden = namen.midden(plaats)
        ax.axhline(midden, color=LIJN, lw=0.6, zorder=0)
        if not is_missing(rij.vorig):
            ax.plot([rij.vorig], [midden + 5], "D", color=VORIG, ms=5, mew=0, clip_on=False)
        schatting(ax, rij, midden, laag, hoog)
        vel.tekst(maat.breedte, kop + midden, labels[plaats], ha="right",
                  color=GRIJS if rij.klein else INKT)
    _waardenas(vel, ax, namen.kolom + 6, kop + len(rijen) * namen.rij + 9,
               maat.breedte - namen.kolom - ruimte - 12, eenheid)
    return vel.figuur


def _years_at_dots(ax: Axes, rij: Punt, jaren: tuple[str, str], midden: float) -> None:
    """Which dot is of which year, above the first two; close together they stand on either side."""
    kanten = sorted([(rij.vorig, jaren[0], GRIJS), (rij.waarde, jaren[1], ACCENT)])
    for (waarde, jaar, kleur), kant, opzij in zip(kanten, ("right", "left"), (-1, 1)):
        ax.annotate(jaar, (waarde, midden), (opzij, 8), textcoords="offset points", ha=kant, va="bottom",
                    fontsize=KLEIN, color=kleur, weight="bold", annotation_clip=False)


def schatting(ax: Axes, punt: Punt, midden: float, laag: float, hoog: float) -> None:
    """A dot on the line of its interval, which ends in an arrow where it goes on past the axis."""
    if not is_missing(punt.onder):
        ax.plot([max(punt.onder, laag), min(punt.boven, hoog)], [midden, midden], color=INTERVAL, lw=2, zorder=1.9,
                solid_capstyle="butt")
        for eind, teken, verder in ((laag, "<", punt.onder < laag), (hoog, ">", punt.boven > hoog)):
            if verder:
                ax.plot([eind], [midden], teken, color=INTERVAL, ms=6, mew=0, zorder=1.9, clip_on=False)
    vorm = {"▲": "^", "▼": "v"}.get(punt.teken, "o")
    kleur = UITSTROOM if punt.teken else ACCENT
    ax.plot([punt.waarde], [midden], vorm, color="white" if punt.klein else kleur, markeredgecolor=kleur, ms=7,
            mew=1.4, clip_on=False)


def _waardenas(vel: Vel, ax: Axes, links: float, boven: float, breed: float, eenheid: str) -> None:
    """A few round values under a horizontal axis."""
    van, tot = ax.get_xlim()
    for waarde in ronde_waarden(van, tot):
        x = links + (waarde - van) / (tot - van) * breed
        getoond = waarde * (100 if eenheid == "aandeel" else 1)
        heel = abs(getoond - round(getoond)) < 1e-9
        vel.tekst(x, boven, getal(waarde, eenheid, 0 if heel else 1), fontsize=AS, color=GRIJS, ha="center")


def ronde_waarden(van: float, tot: float, hoogstens: int = 7) -> list[float]:
    """Round values to write along an axis."""
    from matplotlib.ticker import MaxNLocator

    return [float(w) for w in MaxNLocator(hoogstens - 1, steps=[1, 2, 5, 10]).tick_values(van, tot)
            if van - 1e-9 <= w <= tot + 1e-9]


def warmte(waarden: Sequence[Sequence[float]], rijen: Sequence[str], kolommen: Sequence[str], maat: Maat,
           rijkop: str, kolomkop: str) -> Figure:
    """A heat map of counts: rows against columns, every cell written; the cells of the diagonal (no change) framed."""
    links = 34 if maat.smal else 170
    breed = min(maat.breedte - links - 4, 300)
    hoog = 36 * len(rijen)
    vel = Vel(maat, hoog + 52 + (15 * len(rijen) if maat.smal else 0))
    vel.tekst(links, 8, kolomkop, fontsize=KLEIN, color=GRIJS)
    vel.tekst(0, 8 if not maat.smal else 26, "" if maat.smal else rijkop, fontsize=KLEIN, color=GRIJS)
    import seaborn      # takes a second to import: only for the pages that need it
    from matplotlib.colors import to_hex

    ax = vel.vlak(links, 34, breed, hoog)
    kaart = seaborn.light_palette("#0b4f8a", as_cmap=True)
    hoogste = max((w for rij in waarden for w in rij), default=0) or 1
    seaborn.heatmap([list(rij) for rij in waarden], ax=ax, cmap=kaart, vmin=0, vmax=hoogste, cbar=False, linewidths=1.5,
                    linecolor="white", xticklabels=False, yticklabels=False)
    ax.set_axis_off()
    for i, rij in enumerate(waarden):
        midden = 34 + (i + 0.5) * 36
        vel.tekst(0, midden, rijen[i][:1] if maat.smal else gebroken(rijen[i], 26))
        for j, waarde in enumerate(rij):
            ax.text(j + 0.5, i + 0.5, getal(waarde), ha="center", va="center_baseline",
                    color=op_kleur(to_hex(kaart(waarde / hoogste))))
        ax.add_patch(_rand(i, i))
    for j, kop in enumerate(kolommen):
        vel.tekst(links + (j + 0.5) * breed / len(kolommen), 24, kop[:1], ha="center")
    if maat.smal:
        for plaats, tekst in enumerate((rijkop, *rijen)):
            vel.tekst(0, hoog + 44 + 15 * plaats, gebroken(tekst, 40, 1), fontsize=KLEIN, color=GRIJS)
    return vel.figuur


def _rand(kolom: int, rij: int):
    from matplotlib.patches import Rectangle

    return Rectangle((kolom + 0.03, rij + 0.03), 0.94, 0.94, fill=False, edgecolor=INKT, lw=1)


def piramide(klassen: Sequence[str], links: Reeks, rechts: Reeks, maat: Maat) -> Figure:
    """Two groups back to back over the same classes, the youngest below."""
    rij, midden = 23, 68
    kop, hoog = 22, 23 * len(klassen)
    vel = Vel(maat, kop + hoog + 4)
    half = (maat.breedte - midden) / 2
    label = max((text_width(getal(w), KLEIN) for w in (*links.waarden, *rechts.waarden)), default=0) + 8
    hoogste = max((*links.waarden, *rechts.waarden), default=0) or 1
    for reeks, begin, spiegel in ((links, 0, True), (rechts, half + midden, False)):
        ax = vel.vlak(begin + (label if spiegel else 0), kop, half - label, hoog)
        ax.set_xlim((hoogste, 0) if spiegel else (0, hoogste))
        ax.set_ylim(0, len(klassen))
        for plaats, waarde in enumerate(reeks.waarden):
            ax.barh(plaats + 0.5, waarde, 0.76, color=reeks.kleur, lw=0)
            ax.annotate(getal(waarde), (waarde, plaats + 0.5), (-4 if spiegel else 4, 0), textcoords="offset points",
                        ha="right" if spiegel else "left", va="center_baseline", fontsize=KLEIN, annotation_clip=False)
        vel.tekst(half if spiegel else half + midden, 8, reeks.naam, weight="bold", color=reeks.kleur,
                  ha="right" if spiegel else "left")
    for plaats, klasse in enumerate(klassen):
        vel.tekst(maat.breedte / 2, kop + hoog - (plaats + 0.5) * rij, klasse, ha="center", fontsize=KLEIN, color=GRIJS)
    return vel.figuur
