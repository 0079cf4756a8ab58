"""Estimates as dots on the line of their interval: a list, or a panel per figure with a line for the whole."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kopanalyse.report.charts.sheet import (
    RIJ,
    Namen,
    Vel,
    kop_hoogte,
    paneelbreedte,
    ronde_waarden,
    rooster,
    text_width,
    zet_kop,
)
from kopanalyse.report.charts.style import (
    ACCENT,
    AS,
    GRIJS,
    INKT,
    INTERVAL,
    KLEIN,
    LICHT,
    LIJN,
    TEKST,
    UITSTROOM,
    VORIG,
    Maat,
)
from kopanalyse.report.charts.values import Punt, Puntpaneel
from kopanalyse.report.dutch import getal, ingekorte, is_missing
from kopanalyse.report.shown import NIET_GETOOND, is_hidden


def puntpanelen(panelen: Sequence[Puntpaneel], maat: Maat) -> Figure:
    """The panels, two beside each other and on a phone one; each has its own scale."""
    breed = paneelbreedte(maat, len(panelen))
    koppen = [kop_hoogte(p.titel, breed) + 16 for p in panelen]
    plaatsen, hoog = rooster([kop + len(p.punten) * RIJ for kop, p in zip(koppen, panelen)], maat)
    vel = Vel(maat, hoog)
    for paneel, kop, (links, boven) in zip(panelen, koppen, plaatsen):
        zet_kop(vel, paneel.titel, links, boven, breed)
        if not is_missing(paneel.samen):
            vel.tekst(
                links,
                boven + kop - 9,
                f"┃ {paneel.naam_samen}: {getal(paneel.samen, paneel.eenheid, paneel.decimalen)}",
                fontsize=KLEIN,
                color=GRIJS,
            )
        _punten(vel, paneel, links, boven + kop, breed)
    return vel.figuur


def _punten(vel: Vel, paneel: Puntpaneel, links: float, boven: float, breed: float) -> None:
    namen = ingekorte([punt.naam for punt in paneel.punten], 18)
    waarden = [
        " ".join(
            filter(
                None,
                (
                    punt.teken,
                    getal(punt.waarde, paneel.eenheid, paneel.decimalen),
                    "" if punt.n is None else f"({getal(punt.n)})",
                ),
            )
        )
        for punt in paneel.punten
    ]
    kolom = max(text_width(naam, KLEIN) for naam in namen) + 10
    label = max(text_width(waarde, KLEIN) for waarde in waarden) + 12
    ax = vel.vlak(links + kolom, boven, breed - kolom - label, RIJ * len(namen))
    alles = [w for p in paneel.punten for w in (p.waarde, *(() if p.klein else (p.onder, p.boven)))] + [paneel.samen, 0]
    laag, hoog = (kies(w for w in alles if not is_missing(w)) for kies in (min, max))
    speling = (hoog - laag or 1) * 0.04
    ax.set_xlim(laag - speling, hoog + speling)
    ax.set_ylim(RIJ * len(namen), 0)
    ax.axvline(0, color=LICHT, lw=0.8, zorder=0)
    middens = [(plaats + 0.5) * RIJ for plaats in range(len(namen))]
    ax.plot(
        [*ax.get_xlim(), float("nan")] * len(namen),
        [y for midden in middens for y in [midden] * 3],
        color=LIJN,
        lw=0.6,
        zorder=0,
    )
    if not is_missing(paneel.samen):
        ax.axvline(paneel.samen, color=GRIJS, lw=1.2, zorder=0)
    for plaats, (punt, midden) in enumerate(zip(paneel.punten, middens)):
        schatting(ax, punt, midden, laag, hoog)
        vel.tekst(links, boven + midden, namen[plaats], fontsize=KLEIN)
        vel.tekst(
            links + breed,
            boven + midden,
            waarden[plaats],
            fontsize=KLEIN,
            ha="right",
            color=UITSTROOM if punt.teken else GRIJS if punt.klein else INKT,
            weight="bold" if punt.teken else "normal",
        )


def punten(
    rijen: Sequence[Punt],
    maat: Maat,
    eenheid: str,
    jaren: tuple[str, str] | None = None,
    decimalen: int | None = None,
    schaal: tuple[float, float] | None = None,
) -> Figure:
    """Estimates as dots on a line from their lower to their upper bound; grey the year before, hollow a small base.

    The axis is ``schaal`` where that is given, otherwise it runs from 0 over all that is drawn. The wide interval of a
    small base does not stretch it: an arrow says that it goes on.
    """
    rijen = [r for r in rijen if not is_hidden(r.waarde) or not is_missing(r.vorig)] or rijen
    namen = Namen.maak(maat, [rij.naam for rij in rijen], 24)
    bij_punten = bool(
        jaren and rijen and not maat.smal and not is_missing(rijen[0].vorig) and not is_hidden(rijen[0].waarde)
    )
    kop = 22 if jaren else 2
    vel = Vel(maat, kop + len(rijen) * namen.rij + 22)
    if jaren and not bij_punten:
        vel.sleutel(7, [(jaren[1], ACCENT), (jaren[0], VORIG)], namen.kolom, "●◆")
    namen.zet(vel, kop)
    labels = [r.label or getal(r.waarde, eenheid, decimalen) for r in rijen]
    ruimte = max(text_width(label, TEKST) for label in labels) + 14
    ax = vel.vlak(namen.kolom + 6, kop, maat.breedte - namen.kolom - ruimte - 12, len(rijen) * namen.rij)
    alles = [
        w for r in rijen for w in (r.waarde, r.vorig, *(() if r.klein else (r.onder, r.boven))) if not is_missing(w)
    ]
    laag, hoog = schaal or (
        (0, 1) if eenheid == "aandeel" and max(alles, default=0) > 0.5 else (min([*alles, 0]), max([*alles, 0]))
    )
    speling = (hoog - laag or 1) * 0.02
    ax.set_xlim(laag - speling, hoog + speling)
    ax.set_ylim(len(rijen) * namen.rij, 0)
    namen.nullijn(ax, max(laag, 0))
    if jaren and bij_punten:
        _years_at_dots(ax, rijen[0], jaren, namen.midden(0))
    for plaats, rij in enumerate(rijen):
        midden = namen.midden(plaats)
        ax.axhline(midden, color=LIJN, lw=0.6, zorder=0)
        if not is_missing(rij.vorig):
            ax.plot([rij.vorig], [midden + 5], "D", color=VORIG, ms=5, mew=0, clip_on=False)
        schatting(ax, rij, midden, laag, hoog)
        vel.tekst(maat.breedte, kop + midden, labels[plaats], ha="right", color=GRIJS if rij.klein else INKT)
    _waardenas(
        vel, ax, namen.kolom + 6, kop + len(rijen) * namen.rij + 9, maat.breedte - namen.kolom - ruimte - 12, eenheid
    )
    return vel.figuur


def _years_at_dots(ax: Axes, rij: Punt, jaren: tuple[str, str], midden: float) -> None:
    """Which dot is of which year, above the first two; close together they stand on either side."""
    kanten = sorted([(rij.vorig, jaren[0], GRIJS), (rij.waarde, jaren[1], ACCENT)])
    for (waarde, jaar, kleur), kant, opzij in zip(kanten, ("right", "left"), (-1, 1)):
        ax.annotate(
            jaar,
            (waarde, midden),
            (opzij, 8),
            textcoords="offset points",
            ha=kant,
            va="bottom",
            fontsize=KLEIN,
            color=kleur,
            weight="bold",
            annotation_clip=False,
        )


def schatting(ax: Axes, punt: Punt, midden: float, laag: float, hoog: float) -> None:
    """A dot on the line of its interval, which ends in an arrow where it goes on past the axis."""
    if is_hidden(punt.waarde):
        ax.text(max(0, laag), midden, NIET_GETOOND, ha="center", va="center")
        return
    if not is_missing(punt.onder):
        ax.plot(
            [max(punt.onder, laag), min(punt.boven, hoog)],
            [midden, midden],
            color=INTERVAL,
            lw=2,
            zorder=1.9,
            solid_capstyle="butt",
        )
        for eind, teken, verder in ((laag, "<", punt.onder < laag), (hoog, ">", punt.boven > hoog)):
            if verder:
                ax.plot([eind], [midden], teken, color=INTERVAL, ms=6, mew=0, zorder=1.9, clip_on=False)
    vorm = {"▲": "^", "▼": "v"}.get(punt.teken, "o")
    kleur = UITSTROOM if punt.teken else ACCENT
    ax.plot(
        [punt.waarde],
        [midden],
        vorm,
        color="white" if punt.klein else kleur,
        markeredgecolor=kleur,
        ms=7,
        mew=1.4,
        clip_on=False,
    )


def _waardenas(vel: Vel, ax: Axes, links: float, boven: float, breed: float, eenheid: str) -> None:
    """A few round values under a horizontal axis."""
    van, tot = ax.get_xlim()
    for waarde in ronde_waarden(van, tot):
        x = links + (waarde - van) / (tot - van) * breed
        getoond = waarde * (100 if eenheid == "aandeel" else 1)
        heel = abs(getoond - round(getoond)) < 1e-9
        vel.tekst(x, boven, getal(waarde, eenheid, 0 if heel else 1), fontsize=AS, color=GRIJS, ha="center")
