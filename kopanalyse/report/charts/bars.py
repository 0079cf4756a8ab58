"""Horizontal bars, whole and in parts, and two groups back to back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kopanalyse.report.charts.sheet import SLEUTELTEKEN, Namen, Vel, break_label, text_width
from kopanalyse.report.charts.style import AS, GRIJS, INKT, KLEIN, LIJN, TEKST, VORIG, Maat, op_kleur
from kopanalyse.report.charts.values import Reeks, Staaf, Stapel
from kopanalyse.report.dutch import Maybe, getal, is_missing
from kopanalyse.report.shown import is_hidden

MEESTE_VOOR_DELEN = 0.6  # of the width of a chart, for parts in numbers

BREUK = Stapel("Breuk", ())  # the place of a break among bars in parts


def staven(
    rijen: Sequence[Staaf],
    maat: Maat,
    eenheid: str = "aantal",
    jaren: tuple[str, str] | None = None,
    decimalen: int | None = None,
) -> Figure:
    """Horizontal bars, each with its value; with ``jaren`` (before, now) a thin grey bar for the year before.

    The labels of the first two bars say which year they are: no key is needed.
    """
    getoond = [r for r in rijen if not is_hidden(r.waarde) or not (r.vorig is None or is_hidden(r.vorig))]
    rijen = getoond or rijen
    namen = Namen.maak(maat, [rij.naam for rij in rijen], 31 if jaren else 22)
    vel = Vel(maat, len(rijen) * namen.rij + 6)
    namen.zet(vel, 2)
    nu, toen = (
        [getal(w, eenheid, decimalen) for w in waarden]
        for waarden in ((rij.waarde for rij in rijen), (rij.vorig for rij in rijen))
    )
    if jaren and rijen:
        nu[0], toen[0] = f"{nu[0]} in {jaren[1]}", f"{toen[0]} in {jaren[0]}"
    lengtes = [
        (0 if is_missing(w) else w, text_width(label, TEKST) + 8)
        for rij, *labels in zip(rijen, nu, toen)
        for w, label in zip((rij.waarde, rij.vorig), labels)
    ]
    ruim = maat.breedte - namen.kolom
    ax = vel.vlak(namen.kolom, 2, ruim, len(rijen) * namen.rij)
    ax.set_xlim(0, max((w * ruim / (ruim - label) for w, label in lengtes), default=0) or 1)  # each label fits
    ax.set_ylim(len(rijen) * namen.rij, 0)
    for plaats, rij in enumerate(rijen):
        midden = namen.midden(plaats)
        _staaf(ax, rij.waarde, midden - (5.5 if jaren else 0), 12, rij.kleur, nu[plaats], INKT)
        if jaren:
            _staaf(ax, rij.vorig, midden + 7, 7, VORIG, toen[plaats], GRIJS)
    namen.nullijn(ax, 0)
    return vel.figuur


def _staaf(ax: Axes, waarde: Maybe, midden: float, dikte: float, kleur: str, label: str, inkt: str) -> None:
    lengte = 0 if is_missing(waarde) else waarde
    if not is_hidden(waarde):
        ax.barh(midden, lengte, dikte, color=kleur, lw=0, zorder=0.9 if kleur == VORIG else 1)
    ax.annotate(
        label,
        (lengte, midden),
        (4, 0),
        textcoords="offset points",
        va="center_baseline",
        fontsize=TEKST if inkt == INKT else AS,
        color=inkt,
        annotation_clip=False,
    )


def gestapeld(
    rijen: Sequence[Stapel],
    lagen: Sequence[tuple[str, str]],
    maat: Maat,
    eenheid: str = "aantal",
    toon: Callable[[Stapel, int], str] | None = None,
    decimalen: int | None = None,
    breuken: Sequence[tuple[int, str]] = (),
) -> Figure:
    """Horizontal bars in parts (``lagen``: name and colour); ``toon`` writes a part, where it fits.

    ``breuken``: before which bar (0 is the first) the registration changed, and why.
    """
    for plaats, _ in sorted(breuken, reverse=True):
        rijen = [*rijen[:plaats], BREUK, *rijen[plaats:]]
    redenen = iter([reden for _, reden in sorted(breuken)])
    rijen = [rij for rij in rijen if rij is BREUK or not all(map(is_hidden, rij.waarden))] or rijen
    toon = toon or (lambda rij, laag: getal(rij.waarden[laag], eenheid, decimalen))
    namen = Namen.maak(maat, [rij.naam for rij in rijen], 23)
    proef = Vel(maat, 100)
    ruimte = max((text_width(rij.bijschrift, TEKST) for rij in rijen), default=0) + 8
    deelteksten = [_in_numbers(rij, toon) for rij in rijen if _hides(rij)]  # written behind the bar
    ruimte = max([ruimte, *(text_width(tekst, KLEIN) + 8 for tekst in deelteksten)])
    ruimte = min(ruimte, maat.breedte * MEESTE_VOOR_DELEN) if deelteksten else ruimte
    breed = maat.breedte - namen.kolom - ruimte
    hoogste = max((w for rij in rijen if not is_missing(w := _whole(rij))), default=0) or 1
    plaatsen = _above_parts(rijen, lagen, maat, namen.kolom, breed / hoogste)
    begin_sleutel = namen.kolom if proef.sleutel(7, lagen, namen.kolom) < 30 else 0  # one line, or all the width
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
        if rij is BREUK:
            reden = next(redenen)
            ax.axhline(midden, color=GRIJS, lw=1, ls=(0, (3, 2)))
            ax.text(
                0,
                midden,
                break_label(reden, breed),
                va="center_baseline",
                fontsize=AS,
                color=GRIJS,
                bbox=dict(facecolor="white", edgecolor="none", pad=2),
            )
            continue
        if _hides(rij):
            geheel = _whole(rij)
            if not is_missing(geheel):
                ax.barh(midden, geheel, 17, color=LIJN, lw=0)
            links = namen.kolom + (0 if is_missing(geheel) else geheel / hoogste * breed)
            vel.tekst(links + 4, kop + midden, _in_numbers(rij, toon), fontsize=KLEIN)
            continue
        for laag, (waarde, (_, kleur)) in enumerate(zip(rij.waarden, lagen)):
            ax.barh(midden, waarde, 17, left=begin, color=kleur, edgecolor="white", lw=0.6, zorder=1 + laag / 100)
            tekst = toon(rij, laag)
            if waarde and text_width(tekst, KLEIN) * 0.9 + 3 < waarde / hoogste * breed:
                ax.text(
                    begin + waarde / 2,
                    midden,
                    tekst,
                    ha="center",
                    va="center_baseline",
                    fontsize=KLEIN,
                    color=op_kleur(kleur),
                )
            begin += waarde
        ax.annotate(
            rij.bijschrift,
            (begin, midden),
            (4, 0),
            textcoords="offset points",
            va="center_baseline",
            annotation_clip=False,
        )
    return vel.figuur


def _hides(rij: Stapel) -> bool:
    """Whether a part of a bar is not shown: then it is written in numbers, for a bar would show what is left."""
    return any(map(is_hidden, rij.waarden))


def _in_numbers(rij: Stapel, toon: Callable[[Stapel, int], str]) -> str:
    """What a bar is, and its parts between brackets."""
    delen = " – ".join(toon(rij, laag) for laag in range(len(rij.waarden)))
    return f"{rij.bijschrift} ({delen})".strip()


def _whole(rij: Stapel) -> Maybe:
    """How long a bar is: all its parts, or what they are known to be together."""
    return rij.geheel if _hides(rij) else sum(rij.waarden)


def _above_parts(
    rijen: Sequence[Stapel], lagen: Sequence[tuple[str, str]], maat: Maat, links: float, schaal: float
) -> list[float]:
    """Where the names of the parts begin, each over its part of the first bar; empty when one would not stand there.

    On a phone the name of the bar stands there.
    """
    if maat.smal or not rijen or _hides(rijen[0]):
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


def piramide(klassen: Sequence[str], links: Reeks, rechts: Reeks, maat: Maat) -> Figure:
    """Two groups back to back over the same classes, the youngest below."""
    rij, midden = 23, 68
    kop, hoog = 22, 23 * len(klassen)
    vel = Vel(maat, kop + hoog + 4)
    half = (maat.breedte - midden) / 2
    label = max((text_width(getal(w), KLEIN) for w in (*links.waarden, *rechts.waarden)), default=0) + 8
    hoogste = max((w for w in (*links.waarden, *rechts.waarden) if not is_hidden(w)), default=0) or 1
    for reeks, begin, spiegel in ((links, 0, True), (rechts, half + midden, False)):
        ax = vel.vlak(begin + (label if spiegel else 0), kop, half - label, hoog)
        ax.set_xlim((hoogste, 0) if spiegel else (0, hoogste))
        ax.set_ylim(0, len(klassen))
        for plaats, waarde in enumerate(reeks.waarden):
            if not is_hidden(waarde):
                ax.barh(plaats + 0.5, waarde, 0.76, color=reeks.kleur, lw=0)
            ax.annotate(
                getal(waarde),
                (0 if is_hidden(waarde) else waarde, plaats + 0.5),
                (-4 if spiegel else 4, 0),
                textcoords="offset points",
                ha="right" if spiegel else "left",
                va="center_baseline",
                fontsize=KLEIN,
                annotation_clip=False,
            )
        vel.tekst(
            half if spiegel else half + midden,
            8,
            reeks.naam,
            weight="bold",
            color=reeks.kleur,
            ha="right" if spiegel else "left",
        )
    for plaats, klasse in enumerate(klassen):
        vel.tekst(maat.breedte / 2, kop + hoog - (plaats + 0.5) * rij, klasse, ha="center", fontsize=KLEIN, color=GRIJS)
    return vel.figuur
