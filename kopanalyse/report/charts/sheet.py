"""The sheet on which charts are laid out, in points: words, keys, names beside bars and dots, panels in a grid.

Labels are placed by hand, beside what they name: hardly a legend is needed.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.ticker import MaxNLocator

from kopanalyse.report.charts.style import AS, GRIJS, INKT, KLEIN, LICHT, TEKST, Maat
from kopanalyse.report.dutch import ingekort, ingekorte, leesbaar

NAAM_TEKENS = 60  # longer names are shortened in a figure; its table has them whole

BREUK_KORT = "anders geregistreerd"  # at the line of a break whose reason is too long for its chart

SLEUTELTEKEN = 11  # points, of a sign in a key and the space after it


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

    def sleutel(
        self, boven: float, delen: Sequence[tuple[str, str]], links: float = 0, tekens: Sequence[str] = "■■■■■■"
    ) -> float:
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
def text_width(tekst: str, grootte: float, vet: bool = False) -> float:
    """Width of ``tekst`` in points at font size ``grootte``, in the font that the layout is measured with."""
    if not tekst:
        return 0
    letter = FontProperties(family="DejaVu Sans", size=grootte, weight="bold" if vet else "normal")
    return text_to_path.get_text_width_height_descent(tekst, letter, False)[0]


def gebroken(naam: str, tekens: int, regels: int = 2) -> str:
    """``naam`` over at most ``regels`` lines of ``tekens`` characters."""
    return (
        "\n".join(
            textwrap.wrap(ingekort(naam, min(NAAM_TEKENS, tekens * regels)), tekens, max_lines=regels, placeholder="…")
        )
        or naam
    )


def passend(naam: str, breedte: float) -> str:
    """``naam`` on one line of about ``breedte`` points; a reader's own font is narrower than the measured one."""
    tekens = NAAM_TEKENS
    while tekens > 8 and text_width(ingekort(naam, tekens), TEKST) * 0.9 > breedte:
        tekens -= 1
    return ingekort(naam, tekens)


@dataclass(frozen=True)
class Namen:
    """Where the names of horizontal bars stand: before the bars on a wide sheet, above them on a narrow one."""

    maat: Maat
    teksten: list[str]
    kolom: float
    rij: float

    @classmethod
    def maak(cls, maat: Maat, namen: Sequence[str], rij: float) -> Namen:
        namen = ingekorte(namen, NAAM_TEKENS)
        if maat.smal:
            return cls(maat, [passend(naam, maat.breedte) for naam in namen], 0, rij + 16)
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


def break_label(reden: str, breed: float) -> str:
    """What stands at the line of a break: the reason, or a few words where it is too long for a chart so wide."""
    return reden if text_width(reden, AS) < breed else BREUK_KORT


def ronde_waarden(van: float, tot: float, hoogstens: int = 7) -> list[float]:
    """Round values to write along an axis."""
    return [
        float(w)
        for w in MaxNLocator(hoogstens - 1, steps=[1, 2, 5, 10]).tick_values(van, tot)
        if van - 1e-9 <= w <= tot + 1e-9
    ]


RIJ, TUSSEN, ONDER = 17, 28, 16  # points: a row, between two columns, under a panel


def paneelbreedte(maat: Maat, aantal: int) -> float:
    """The width of a panel in a set of so many."""
    return maat.breedte if maat.smal or aantal == 1 else (maat.breedte - TUSSEN) / 2


def rooster(hoogten: Sequence[float], maat: Maat) -> tuple[list[tuple[float, float]], float]:
    """Where panels of these heights stand (left, top), row by row, and the height of all together."""
    naast, breed = (1 if maat.smal else 2), paneelbreedte(maat, len(hoogten))
    plaatsen, boven = [], 2.0
    for begin in range(0, len(hoogten), naast):
        rij = hoogten[begin : begin + naast]
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


@dataclass(frozen=True)
class Bordje:
    """The name of a dot: its middle and radius in points from the lower left corner of the chart, and the words."""

    x: float
    y: float
    straal: float
    tekst: str
    kleur: str = INKT
    vet: bool = False


def zet_namen(ax: Axes, bordjes: Sequence[Bordje], breed: float, hoog: float, bezet: Sequence[tuple] = ()) -> None:
    """Name dots in this order, each where it covers nothing; without such a place it stays unnamed.

    ``bezet`` are boxes (left, lower, right, upper) that must stay free.
    """
    stippen = [
        (b.x - b.straal * 0.8, b.y - b.straal * 0.8, b.x + b.straal * 0.8, b.y + b.straal * 0.8) for b in bordjes
    ]
    namen = list(bezet)
    for nummer, b in enumerate(bordjes):
        w, h = text_width(b.tekst, AS) * (1.1 if b.vet else 1), KLEIN
        anderen = [*stippen[:nummer], *stippen[nummer + 1 :], *namen]
        rechts, onder, boven = b.x + b.straal + 2, b.y - b.straal - 2 - h, b.y + b.straal + 2
        for x0, y0 in (
            (rechts, b.y - h / 2),
            (b.x - b.straal - 2 - w, b.y - h / 2),
            (b.x - w / 2, boven),
            (b.x - w / 2, onder),
            (b.x + b.straal - w, onder),
            (b.x - b.straal, onder),
            (b.x + b.straal - w, boven),
            (b.x - b.straal, boven),
            (rechts - b.straal * 0.4, boven - h),
            (rechts - b.straal * 0.4, onder + h),
        ):
            vak = (x0, y0, x0 + w, y0 + h)
            binnen = x0 >= 1 and y0 >= 1 and vak[2] <= breed - 1 and vak[3] <= hoog - 1
            if binnen and not any(_raakt(vak, ander) for ander in anderen):
                ax.text(
                    x0 / breed,
                    (y0 + h / 2) / hoog,
                    b.tekst,
                    transform=ax.transAxes,
                    va="center_baseline",
                    fontsize=AS,
                    color=b.kleur,
                    weight="bold" if b.vet else "normal",
                )
                namen.append(vak)
                break


def _raakt(a: tuple, b: tuple) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
