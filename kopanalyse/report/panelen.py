"""Small multiples of estimates: a panel per figure, with a dot and its interval per team and a line for the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from kopanalyse.report.figures import Punt, Vel, gebroken, schatting, text_width
from kopanalyse.report.huisstijl import GRIJS, INKT, KLEIN, LICHT, LIJN, UITSTROOM, Maat
from kopanalyse.report.text import getal, ingekort, is_missing

RIJ, TUSSEN, ONDER = 17, 28, 16      # points: a row, between two columns, under a panel


@dataclass(frozen=True)
class Puntpaneel:
    """One panel: estimates side by side; ``samen`` is the figure of all together, called ``naam_samen``."""

    titel: str
    punten: Sequence[Punt]
    eenheid: str
    samen: float | None
    naam_samen: str
    decimalen: int | None = None


def puntpanelen(panelen: Sequence[Puntpaneel], maat: Maat) -> Figure:
    """The panels, two beside each other and on a phone one; each has its own scale."""
    breed = paneelbreedte(maat, len(panelen))
    koppen = [kop_hoogte(p.titel, breed) + 16 for p in panelen]
    plaatsen, hoog = rooster([kop + len(p.punten) * RIJ for kop, p in zip(koppen, panelen)], maat)
    vel = Vel(maat, hoog)
    for paneel, kop, (links, boven) in zip(panelen, koppen, plaatsen):
        zet_kop(vel, paneel.titel, links, boven, breed)
        if not is_missing(paneel.samen):
            vel.tekst(links, boven + kop - 9, f"┃ {paneel.naam_samen}: "
                      f"{getal(paneel.samen, paneel.eenheid, paneel.decimalen)}", fontsize=KLEIN, color=GRIJS)
        _punten(vel, paneel, links, boven + kop, breed)
    return vel.figuur


def _punten(vel: Vel, paneel: Puntpaneel, links: float, boven: float, breed: float) -> None:
    namen = [ingekort(punt.naam, 18) for punt in paneel.punten]
    waarden = [" ".join(filter(None, (punt.teken, getal(punt.waarde, paneel.eenheid, paneel.decimalen),
                                      "" if punt.n is None else f"({getal(punt.n)})"))) for punt in paneel.punten]
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
    ax.plot([*ax.get_xlim(), float("nan")] * len(namen), [y for midden in middens for y in [midden] * 3], color=LIJN,
            lw=0.6, zorder=0)
    if not is_missing(paneel.samen):
        ax.axvline(paneel.samen, color=GRIJS, lw=1.2, zorder=0)
    for plaats, (punt, midden) in enumerate(zip(paneel.punten, middens)):
        schatting(ax, punt, midden, laag, hoog)
        vel.tekst(links, boven + midden, namen[plaats], fontsize=KLEIN)
        vel.tekst(links + breed, boven + midden, waarden[plaats], fontsize=KLEIN, ha="right",
                  color=UITSTROOM if punt.teken else GRIJS if punt.klein else INKT,
                  weight="bold" if punt.teken else "normal")


def paneelbreedte(maat: Maat, aantal: int) -> float:
    """The width of a panel in a set of so many."""
    return maat.breedte if maat.smal or aantal == 1 else (maat.breedte - TUSSEN) / 2


def rooster(hoogten: Sequence[float], maat: Maat) -> tuple[list[tuple[float, float]], float]:
    """Where panels of these heights stand (left, top), row by row, and the height of all together."""
    naast, breed = (1 if maat.smal else 2), paneelbreedte(maat, len(hoogten))
    plaatsen, boven = [], 2.0
    for begin in range(0, len(hoogten), naast):
        rij = hoogten[begin:begin + naast]
        plaatsen += [(kolom * (breed + TUSSEN), boven) for kolom in range(len(rij))]
        boven += max(rij) + ONDER
    return plaatsen, boven


def zet_kop(vel: Vel, titel: str, links: float, boven: float, breed: float) -> None:
    """The title of a panel, over two lines where it needs them."""
    for nummer, regel in enumerate(_kop(titel, breed)):
        vel.tekst(links, boven + 7 + 13 * nummer, regel, fontsize=KLEIN, weight="bold")


def kop_hoogte(titel: str, breed: float) -> float:
    """The height that ``zet_kop`` takes."""
    return 13 * len(_kop(titel, breed)) + 4


def _kop(titel: str, breed: float) -> list[str]:
    return gebroken(titel, int(breed / 6.3)).split("\n")
