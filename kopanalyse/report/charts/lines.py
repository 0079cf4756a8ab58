"""Small multiples of lines, or of pairs of bars, over quarters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kopanalyse.report.charts.sheet import Vel, break_label, gebroken, passend, text_width
from kopanalyse.report.charts.style import AS, GRIJS, KLEIN, KOP, LICHT, Maat
from kopanalyse.report.charts.values import Paneel
from kopanalyse.report.dutch import Maybe, getal, is_missing
from kopanalyse.report.shown import NIET_GETOOND, is_hidden

PANEEL_HOOG = 148  # points, of one small chart


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
        delen.append(
            replace(
                paneel,
                titel=f"{paneel.titel}, {jaar}",
                labels=[paneel.labels[n] for n in plaatsen],
                reeksen=[replace(r, waarden=[r.waarden[n] for n in plaatsen]) for r in paneel.reeksen],
                breuken=[
                    (x - plaatsen[0], reden)
                    for x, reden in paneel.breuken
                    if plaatsen[0] - 0.5 <= x < plaatsen[-1] + 0.5
                ],
            )
        )
    return delen


def _hoogste(paneel: Paneel) -> float:
    return max((w for r in paneel.reeksen for w in r.waarden if not is_missing(w)), default=0) or 1


def _paneel(vel: Vel, paneel: Paneel, links: float, boven: float, breed: float, hoogste: float) -> None:
    vel.tekst(links, boven + 9, gebroken(paneel.titel, int(breed / 6.6), 1), fontsize=KOP, weight="bold")
    if len(paneel.reeksen) > 1:
        x = links
        for reeks, naam in zip(paneel.reeksen, _naast_elkaar([reeks.naam for reeks in paneel.reeksen], breed)):
            vel.tekst(x, boven + 26, naam, fontsize=KLEIN, color=reeks.kleur, weight="bold")
            x += text_width(naam, KLEIN) * 1.12 + 10
    kop = 36 if len(paneel.reeksen) > 1 else 22
    ax = vel.vlak(links, boven + kop, breed, 108 - kop)
    plaatsen = list(range(len(paneel.labels)))
    (_staafparen if paneel.staven else _lijnen)(ax, paneel, plaatsen, hoogste)
    ax.set_xlim(-0.5, len(plaatsen) - 0.5)
    ax.set_ylim(0, hoogste * 1.25)
    ax.axhline(0, color=LICHT, lw=0.8, zorder=1)
    stap = breed / len(plaatsen)
    for x, reden in paneel.breuken:
        ax.axvline(x, color=GRIJS, lw=1, ls=(0, (3, 2)), zorder=1)
        streep = links + (x + 0.5) * stap
        ruim, ervoor = links + breed - streep - 4, streep - links - 4  # beside the line, at its foot
        tekst = break_label(reden, max(ruim, ervoor))
        rechts = text_width(tekst, AS) <= ruim or ruim >= ervoor
        vel.tekst(
            streep + 4 if rechts else streep - 4,
            boven + 101,
            tekst,
            fontsize=AS,
            color=GRIJS,
            ha="left" if rechts else "right",
        )
    _kwartaalas(vel, paneel.labels, links, boven + 118, breed)


def _naast_elkaar(namen: Sequence[str], breed: float) -> list[str]:
    """Names that stand beside each other, shortened to an equal part of the width where they do not fit it."""
    if sum(text_width(naam, KLEIN) * 1.12 + 10 for naam in namen) <= breed + 10:
        return list(namen)
    return [passend(naam, breed / len(namen) - 10) for naam in namen]


def _lijnen(ax: Axes, paneel: Paneel, plaatsen: list[int], hoogste: float) -> None:
    for reeks in paneel.reeksen:
        bekend = [(x, w) for x, w in zip(plaatsen, reeks.waarden) if not is_missing(w)]
        for plaats in (x for x, w in zip(plaatsen, reeks.waarden) if is_hidden(w)):
            ax.text(plaats, 0, NIET_GETOOND, ha="center", va="bottom", fontsize=KLEIN, color=reeks.kleur)
        if not bekend:
            continue
        y = [waarde for _, waarde in bekend]
        for stuk in _unbroken(plaatsen, reeks.waarden):
            ax.plot(*zip(*stuk), color=reeks.kleur, marker="o", ms=4.5, lw=1.8, mew=0, clip_on=False)
        for (plaats, waarde), vorige, volgende in zip(bekend, (y[0], *y), (*y[1:], y[-1])):
            daalt, stijgt = vorige - waarde > 0.25 * hoogste, volgende - waarde > 0.25 * hoogste
            eronder = daalt and stijgt and waarde > 0.25 * hoogste  # in a valley there is room below
            opzij = 0 if daalt == stijgt else 7 if daalt else -7  # out of the way of a steep line
            ax.annotate(
                getal(waarde, paneel.eenheid, paneel.decimalen),
                (plaats, waarde),
                (opzij, -6 if eronder else 6),
                textcoords="offset points",
                ha="center",
                va="top" if eronder else "bottom",
                fontsize=KLEIN,
                color=reeks.kleur,
                annotation_clip=False,
            )


def _unbroken(plaatsen: Sequence[int], waarden: Sequence[Maybe]) -> list[list[tuple[int, float]]]:
    """The points of a line, in pieces where one between them is hidden; over one that is not there it goes on."""
    stukken: list[list[tuple[int, float]]] = [[]]
    for plaats, waarde in zip(plaatsen, waarden):
        if is_hidden(waarde):
            stukken.append([])
        elif not is_missing(waarde):
            stukken[-1].append((plaats, waarde))
    return [stuk for stuk in stukken if stuk]


def _staafparen(ax: Axes, paneel: Paneel, plaatsen: list[int], hoogste: float) -> None:
    dikte = 0.8 / len(paneel.reeksen)
    for nummer, reeks in enumerate(paneel.reeksen):
        x = [plaats - 0.4 + (nummer + 0.5) * dikte for plaats in plaatsen]
        hoogten = [0 if is_missing(w) else w for w in reeks.waarden]
        getoond = [(midden, h) for midden, h, w in zip(x, hoogten, reeks.waarden) if not is_hidden(w)]
        ax.bar([midden for midden, _ in getoond], [h for _, h in getoond], dikte * 0.94, color=reeks.kleur, lw=0)
        for midden, waarde in zip(x, reeks.waarden):
            ax.annotate(
                getal(waarde, paneel.eenheid),
                (midden, 0 if is_missing(waarde) else waarde),
                (0, 2),
                textcoords="offset points",
                ha="center",
                va="bottom",
                fontsize=AS,
                color=reeks.kleur,
                annotation_clip=False,
            )


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
