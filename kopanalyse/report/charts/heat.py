"""A heat map of counts."""

from __future__ import annotations

from collections.abc import Sequence

import seaborn
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from kopanalyse.report.charts.sheet import Vel, gebroken
from kopanalyse.report.charts.style import GRIJS, INKT, KLEIN, Maat, op_kleur
from kopanalyse.report.dutch import getal
from kopanalyse.report.shown import is_hidden


def warmte(
    waarden: Sequence[Sequence[float]],
    rijen: Sequence[str],
    kolommen: Sequence[str],
    maat: Maat,
    rijkop: str,
    kolomkop: str,
) -> Figure:
    """A heat map of counts: rows against columns, every cell written; the cells of the diagonal (no change) framed."""
    links = 34 if maat.smal else 170
    breed = min(maat.breedte - links - 4, 300)
    hoog = 36 * len(rijen)
    vel = Vel(maat, hoog + 52 + (15 * len(rijen) if maat.smal else 0))
    vel.tekst(links, 8, kolomkop, fontsize=KLEIN, color=GRIJS)
    vel.tekst(0, 8 if not maat.smal else 26, "" if maat.smal else rijkop, fontsize=KLEIN, color=GRIJS)
    ax = vel.vlak(links, 34, breed, hoog)
    kaart = seaborn.light_palette("#0b4f8a", as_cmap=True)
    hoogste = max((w for rij in waarden for w in rij if not is_hidden(w)), default=0) or 1
    seaborn.heatmap(
        [list(rij) for rij in waarden],
        ax=ax,
        cmap=kaart,
        vmin=0,
        vmax=hoogste,
        cbar=False,
        linewidths=1.5,
        linecolor="white",
        xticklabels=False,
        yticklabels=False,
    )
    ax.set_axis_off()
    for i, rij in enumerate(waarden):
        midden = 34 + (i + 0.5) * 36
        vel.tekst(0, midden, rijen[i][:1] if maat.smal else gebroken(rijen[i], 26))
        for j, waarde in enumerate(rij):
            ax.text(
                j + 0.5,
                i + 0.5,
                getal(waarde),
                ha="center",
                va="center_baseline",
                color=INKT if is_hidden(waarde) else op_kleur(to_hex(kaart(waarde / hoogste))),
            )
        ax.add_patch(_rand(i, i))
    for j, kop in enumerate(kolommen):
        vel.tekst(links + (j + 0.5) * breed / len(kolommen), 24, kop[:1], ha="center")
    if maat.smal:
        for plaats, tekst in enumerate((rijkop, *rijen)):
            vel.tekst(0, hoog + 44 + 15 * plaats, gebroken(tekst, 40, 1), fontsize=KLEIN, color=GRIJS)
    return vel.figuur


def _rand(kolom: int, rij: int) -> Rectangle:
    return Rectangle((kolom + 0.03, rij + 0.03), 0.94, 0.94, fill=False, edgecolor=INKT, lw=1)
