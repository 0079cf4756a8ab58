"""The map: bubbles on coordinates, and beside it or under it a bar or a dot with its interval per place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import seaborn
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kopanalyse.report.charts.sheet import Bordje, Vel, text_width, zet_namen
from kopanalyse.report.charts.style import ACCENT, AS, GRIJS, INTERVAL, KLEIN, KOP, LICHT, UITSTROOM, Maat
from kopanalyse.report.charts.values import Plek, Punt, Staaf
from kopanalyse.report.dutch import getal, ingekort, ingekorte, is_missing
from kopanalyse.report.shown import is_hidden

KM_PER_GRAAD = 111.2
GROOTSTE_STRAAL = 18  # points, of the largest bubble
HOOGSTE = 400  # points, of a map
NAAST, TUSSEN = 285, 20  # points: the width of a map with a list beside it, and the space between them


def kaart(
    plekken: Sequence[Plek],
    maat: Maat,
    ernaast: Sequence[Staaf | Punt],
    kop: str,
    kop_ernaast: str,
    eenheid: str,
    streep: Staaf | None = None,
) -> Figure:
    """Bubbles whose area is the count, named where there is room; ``ernaast`` are bars or dots per place.

    ``streep`` is the figure of all places together: a line through the dots, so that each is read against it.
    """
    rij, extra = 18, 16 if streep else 0
    breed = NAAST if ernaast and not maat.smal else maat.breedte
    if breed == NAAST and rij * len(ernaast) + extra > _hoogte(plekken, breed) + 60:
        breed = maat.breedte  # beside a list that long the map would stand in a hole: the list goes under it
    hoog = _hoogte(plekken, breed)
    onder = breed == maat.breedte and bool(ernaast)
    helft = -(-len(ernaast) // 2) if onder and not maat.smal else len(ernaast)
    lijst_hoog = 22 + extra + rij * helft if ernaast else 0
    vel = Vel(maat, 22 + hoog + lijst_hoog + 10 if onder else 22 + max(hoog, lijst_hoog - 22) + 4)
    vel.tekst(0, 8, kop, fontsize=KOP, weight="bold")
    _bellen(vel, plekken, vel.vlak(0, 22, breed, hoog), breed, hoog)
    if ernaast:
        links, boven = (0, 22 + hoog + 10) if onder else (breed + TUSSEN, 0)
        vel.tekst(links, boven + 8, kop_ernaast, fontsize=KOP, weight="bold")
        kolom = (maat.breedte - TUSSEN) / 2 if helft < len(ernaast) else maat.breedte - links
        vakken = [Vak(links + n * (kolom + TUSSEN), boven + 22 + extra, kolom, rij) for n in range(2)]
        for vak, rijen in zip(vakken, (ernaast[:helft], ernaast[helft:])):
            if rijen:
                _ernaast(vel, rijen, ernaast, vak, eenheid, streep)
    return vel.figuur


@dataclass(frozen=True)
class Vak:
    """Where a column of the list stands: its upper left corner, its width, and the height of a row, in points."""

    links: float
    boven: float
    breed: float
    rij: float


def _hoogte(plekken: Sequence[Plek], breed: float) -> float:
    """Height of the map for true proportions, kept between a strip and a square; never more than a laptop shows."""
    x, y = _vlakke_km(plekken)
    verhouding = (max(y) - min(y) + 6) / (max(x) - min(x) + 6)
    return min(max(breed * verhouding, breed * 0.55), breed * 1.15, HOOGSTE)


def _vlakke_km(plekken: Sequence[Plek]) -> tuple[list[float], list[float]]:
    """Kilometres east and north of the middle; exact enough for a region."""
    noord = sum(p.breedtegraad for p in plekken) / len(plekken)
    schaal = math.cos(math.radians(noord))
    oost = sum(p.lengtegraad for p in plekken) / len(plekken)
    return (
        [(p.lengtegraad - oost) * KM_PER_GRAAD * schaal for p in plekken],
        [(p.breedtegraad - noord) * KM_PER_GRAAD for p in plekken],
    )


def _bellen(vel: Vel, plekken: Sequence[Plek], ax: Axes, breed: float, hoog: float) -> None:
    x, y = _vlakke_km(plekken)
    rand = GROOTSTE_STRAAL + 6
    km_per_punt = max((max(x) - min(x) or 1) / (breed - 2 * rand - 30), (max(y) - min(y) or 1) / (hoog - 2 * rand - 12))
    mx, my = (max(x) + min(x)) / 2, (max(y) + min(y)) / 2
    ax.set_xlim(mx - breed / 2 * km_per_punt, mx + breed / 2 * km_per_punt)
    ax.set_ylim(my - hoog / 2 * km_per_punt, my + hoog / 2 * km_per_punt)
    ax.set_axis_on()
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_facecolor("#f3f6f8")
    hoogste = max(p.waarde for p in plekken) or 1
    stralen = [max(GROOTSTE_STRAAL * math.sqrt(p.waarde / hoogste), 1.6) for p in plekken]
    seaborn.scatterplot(
        x=x,
        y=y,
        ax=ax,
        s=[(2 * r) ** 2 for r in stralen],
        color=ACCENT,
        alpha=0.62,
        legend=False,
        edgecolor="white",
        linewidth=0.8,
        clip_on=False,
    )
    ax.set_xlabel("")
    ax.set_ylabel("")
    for rug in ax.spines.values():
        rug.set_visible(False)
    midden = [((a - ax.get_xlim()[0]) / km_per_punt, (b - ax.get_ylim()[0]) / km_per_punt) for a, b in zip(x, y)]
    _namen(ax, plekken, midden, stralen, breed, hoog)
    _schaal(ax, km_per_punt, breed)


def _namen(
    ax: Axes,
    plekken: Sequence[Plek],
    midden: list[tuple[float, float]],
    stralen: list[float],
    breed: float,
    hoog: float,
) -> None:
    """Name the places from large to small."""
    groot_eerst = sorted(range(len(plekken)), key=lambda i: -plekken[i].waarde)
    zet_namen(
        ax,
        [
            Bordje(*midden[i], stralen[i], f"{ingekort(plekken[i].naam, 24)} {getal(plekken[i].waarde)}")
            for i in groot_eerst
        ],
        breed,
        hoog,
        [(0, 0, 78, 18)],
    )  # there is the scale


def _schaal(ax: Axes, km_per_punt: float, breed: float) -> None:
    """A bar of a round number of kilometres."""
    km = next((k for k in (50, 20, 10, 5, 2, 1) if k / km_per_punt < breed / 4), 1)
    lengte = km / km_per_punt / breed
    figuur: Any = ax.figure  # of a picture of ours: never a part of another
    hoog = 6 / (ax.get_position().height * figuur.get_size_inches()[1] * 72)
    ax.plot([6 / breed, 6 / breed + lengte], [hoog, hoog], transform=ax.transAxes, color=GRIJS, lw=1.4)
    ax.text(
        6 / breed + lengte + 4 / breed,
        hoog,
        f"{km} km",
        transform=ax.transAxes,
        fontsize=AS,
        color=GRIJS,
        va="center_baseline",
    )


def _ernaast(
    vel: Vel, rijen: Sequence[Staaf | Punt], alle: Sequence[Staaf | Punt], vak: Vak, eenheid: str, streep: Staaf | None
) -> None:
    """One column of the list: ``rijen``, on the scale and with the room for words of ``alle``."""
    links, boven, breed, rij = vak.links, vak.boven, vak.breed, vak.rij
    namen = ingekorte([r.naam for r in rijen], 20)
    kolom = max(text_width(ingekort(r.naam, 20), KLEIN) for r in alle) + 8
    label = max(text_width(getal(r.waarde, eenheid), KLEIN) for r in alle) + 8
    hoogste = (
        max(
            (w for r in alle for w in (r.waarde, getattr(r, "boven", None)) if w is not None and not is_missing(w)),
            default=0,
        )
        or 1
    )
    ax = vel.vlak(links + kolom, boven, breed - kolom - label, rij * len(rijen))
    ax.set_xlim(0, hoogste)
    ax.set_ylim(len(rijen), 0)
    ax.axvline(0, color=LICHT, lw=0.8)
    for plaats, regel in enumerate(rijen):
        vel.tekst(links, boven + (plaats + 0.5) * rij, namen[plaats], fontsize=KLEIN)
        if isinstance(regel, Punt):
            _punt(ax, regel, plaats + 0.5)
            vel.tekst(
                links + breed, boven + (plaats + 0.5) * rij, getal(regel.waarde, eenheid), fontsize=KLEIN, ha="right"
            )
        else:
            lengte = 0 if is_missing(regel.waarde) else regel.waarde
            if not is_hidden(regel.waarde):
                ax.barh(plaats + 0.5, lengte, 0.62, color=regel.kleur, lw=0)
            ax.annotate(
                getal(regel.waarde, eenheid),
                (lengte, plaats + 0.5),
                (4, 0),
                fontsize=KLEIN,
                textcoords="offset points",
                va="center_baseline",
                annotation_clip=False,
            )
    if streep and not is_missing(streep.waarde):
        ax.axvline(streep.waarde, color=UITSTROOM, lw=1.2, zorder=0)
        vel.tekst(
            links, boven - 10, f"┃ {streep.naam}: {getal(streep.waarde, eenheid)}", fontsize=KLEIN, color=UITSTROOM
        )


def _punt(ax: Axes, punt: Punt, y: float) -> None:
    """A dot on the line of its interval."""
    if not is_missing(punt.onder):
        ax.plot([punt.onder, punt.boven], [y, y], color=INTERVAL, lw=2, zorder=1.9, solid_capstyle="butt")
    if not is_missing(punt.waarde):
        ax.plot([punt.waarde], [y], "o", color="white" if punt.klein else ACCENT, markeredgecolor=ACCENT, ms=5, mew=1.2)
