"""Funnel plots: every village or team by its size, between the limits within which chance alone would keep it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from kopanalyse.report.charts.sheet import (
    Bordje,
    Vel,
    kop_hoogte,
    paneelbreedte,
    ronde_waarden,
    rooster,
    text_width,
    zet_kop,
    zet_namen,
)
from kopanalyse.report.charts.style import ACCENT, AS, GRIJS, INKT, LICHT, LIJN, UITSTROOM, Maat
from kopanalyse.report.charts.values import Trechter
from kopanalyse.report.cijfers.limits import NIVEAUS, limits
from kopanalyse.report.dutch import getal, ingekorte

VLAKKEN = {"95%": "#cfdae4", "99,8%": "#e9eef2"}  # between the limits, the inner ones darker
VORMEN = {"": "o", "▲": "^", "▼": "v"}
PUNTEN = (40, 16)  # on each limit, in a funnel by itself and in a set


def trechters(panelen: Sequence[Trechter], maat: Maat, naam_samen: str, hoog: float) -> Figure:
    """A key and the funnels, two beside each other and on a phone one; each ``hoog`` points without what is around it.

    Dots outside the wider limits are named in bold, outside the others plainly, and within them where there is room.
    """
    breed = paneelbreedte(maat, len(panelen))
    sleutel = _sleutel(Vel(maat, 100), panelen, naam_samen)
    plaatsen, onder = rooster([_kop(p, breed, len(panelen)) + hoog + 30 for p in panelen], maat)
    vel = Vel(maat, sleutel + onder)
    _sleutel(vel, panelen, naam_samen)
    for paneel, (links, boven) in zip(panelen, plaatsen):
        kop = _kop(paneel, breed, len(panelen))
        if len(panelen) > 1:
            zet_kop(vel, paneel.titel, links, sleutel + boven, breed)
        vel.tekst(links, sleutel + boven + kop - 8, paneel.ykop, fontsize=AS, color=GRIJS)
        _trechter(vel, paneel, links, sleutel + boven + kop, breed, hoog, PUNTEN[len(panelen) > 1])
    return vel.figuur


def _kop(paneel: Trechter, breed: float, aantal: int) -> float:
    return (kop_hoogte(paneel.titel, breed) if aantal > 1 else 0) + (15 if paneel.ykop else 4)


def _sleutel(vel: Vel, panelen: Sequence[Trechter], naam_samen: str) -> float:
    """What lines, areas and signs mean; only the signs that occur. Returns its height."""
    stippen = [s for p in panelen for s in p.stippen]
    delen = [("━", naam_samen, GRIJS), *(("■", f"tussen de {n}-grenzen", kleur) for n, kleur in VLAKKEN.items())]
    delen += [
        (teken, f"{waar} de 95%-grens", UITSTROOM)
        for teken, waar in (("▲", "boven"), ("▼", "onder"))
        if any(s.teken == teken for s in stippen)
    ]
    return vel.sleutel(7, [(naam, kleur) for _, naam, kleur in delen], tekens=[teken for teken, *_ in delen])


def _trechter(vel: Vel, paneel: Trechter, links: float, boven: float, breed: float, hoog: float, punten: int) -> None:
    tikken = ronde_waarden(*paneel.y_bereik, 5)
    maal = 100 if paneel.eenheid == "aandeel" else 1
    heel = all(abs(t * maal - round(t * maal)) < 1e-9 for t in tikken)
    teksten = [getal(t, paneel.eenheid, 0 if heel else 1) for t in tikken]
    kolom = max(text_width(tekst, AS) for tekst in teksten) + 6
    ax = vel.vlak(links + kolom, boven, breed - kolom - 2, hoog)
    schaal = _Schaal(paneel, breed - kolom - 2, hoog)
    ax.set_xlim(0, schaal.breed)
    ax.set_ylim(0, schaal.hoog)
    for tik, tekst in zip(tikken, teksten):
        y = float(schaal.y(tik))
        ax.axhline(y, color=LIJN, lw=0.6, zorder=0)
        vel.tekst(links + kolom - 6, boven + hoog - y, tekst, fontsize=AS, color=GRIJS, ha="right")
    for tik in _x_tikken(paneel):
        x = float(schaal.x(tik))
        ax.plot([x, x], [0, -3], color=LICHT, lw=0.8, clip_on=False)
        vel.tekst(links + kolom + x, boven + hoog + 9, getal(tik), fontsize=AS, color=GRIJS, ha="center")
    vel.tekst(links + kolom + schaal.breed, boven + hoog + 22, paneel.xkop, fontsize=AS, color=GRIJS, ha="right")
    _grenzen(ax, paneel, schaal, punten)
    _stippen(ax, paneel, schaal)


@dataclass(frozen=True)
class _Schaal:
    """From values to points in the chart area."""

    paneel: Trechter
    breed: float
    hoog: float

    def x(self, noemer: ArrayLike) -> np.ndarray:
        van, tot = self.paneel.x_bereik
        f = np.log if self.paneel.log else np.asarray
        return (f(noemer) - f(van)) / (f(tot) - f(van)) * self.breed

    def y(self, waarde: ArrayLike) -> np.ndarray:
        van, tot = self.paneel.y_bereik
        return (np.asarray(waarde, float) - van) / (tot - van) * self.hoog


def _x_tikken(paneel: Trechter) -> list[float]:
    van, tot = paneel.x_bereik
    if not paneel.log:
        return ronde_waarden(van, tot, 5)
    machten = [b * 10**e for e in range(math.floor(math.log10(van)), math.ceil(math.log10(tot))) for b in (1, 2, 5)]
    binnen = [m for m in machten if van <= m <= tot]
    return binnen if len(binnen) <= 6 else [m for m in binnen if str(m)[0] == "1"]


def _grenzen(ax: Axes, paneel: Trechter, schaal: _Schaal, punten: int) -> None:
    """The areas between the limits and the line of the whole; what lies past the chart is left out."""
    noemers = np.geomspace(*paneel.x_bereik, punten)
    x = schaal.x(noemers)
    for naam, staart in reversed(NIVEAUS.items()):
        onder, boven = (schaal.y(g) for g in limits(noemers, paneel.samen, paneel.eenheid, staart))
        ax.fill(
            [*x, *x[::-1]],
            [*np.maximum(onder, 0), *np.minimum(boven, schaal.hoog)[::-1]],
            color=VLAKKEN[naam],
            lw=0,
            zorder=0.5,
        )
        for grens in (onder, boven):
            binnen = (grens > 0) & (grens < schaal.hoog)
            ax.plot(
                x[binnen],
                grens[binnen],
                color=GRIJS,
                lw=0.8,
                zorder=1,
                ls=(0, (4, 2)) if naam == "95%" else (0, (1, 2)),
            )
    ax.plot([0, schaal.breed], [schaal.y(paneel.samen)] * 2, color=GRIJS, lw=1.2, zorder=1)


def _stippen(ax: Axes, paneel: Trechter, schaal: _Schaal) -> None:
    bordjes = []
    volgorde = sorted(paneel.stippen, key=lambda s: (-s.eigen, -s.buiten, -s.cijfer.noemer))
    for s, naam in zip(volgorde, ingekorte([s.naam for s in volgorde], 20)):
        x, y = float(schaal.x(s.cijfer.noemer)), float(schaal.y(s.waarde))
        kleur = UITSTROOM if s.buiten else ACCENT
        ax.plot(
            [x],
            [y],
            VORMEN[s.teken],
            color=kleur,
            ms=7 if s.buiten or s.eigen else 5,
            mew=0.8,
            markeredgecolor="white",
            zorder=3,
            clip_on=False,
        )
        bordjes.append(
            Bordje(x, y, 3.5, naam, INKT if s.buiten or s.eigen else GRIJS, s.eigen or s.buiten == len(NIVEAUS))
        )
    streep = float(schaal.y(paneel.samen))
    zet_namen(ax, bordjes, schaal.breed, schaal.hoog, [(0, streep - 1, schaal.breed, streep + 1)])
