"""The house style of the figures: colours, sizes and the two widths, in one place.

The colours keep their distance for readers with any common form of colour blindness, and a figure never says with
colour alone what it says: labels stand beside lines and bars. The same thing has the same colour in every chapter.
"""

from __future__ import annotations

from dataclasses import dataclass

INKT, GRIJS, LICHT, LIJN = "#1d2730", "#5b6670", "#a7b3bd", "#d8dee3"
ACCENT, VORIG = "#0b5fa5", "#8795a1"  # this year, the year before
UITSTROOM = "#b94a0d"
INTERVAL = "#91b7d6"  # the line of an interval, under the dot in ACCENT
ZWAAR, LICHTER, LICHTER_TEKST = "#0b4f8a", "#9cc3e4", "#2f74ab"

KLEUREN = {
    "individueel": "#0b5fa5",
    "leun_en_steun": "#b94a0d",
    "presentie": "#4d4d4d",
    "informatie_en_advies": "#007a6c",
    "collectieve_activiteiten": "#8b3f8f",
    "man": "#007a6c",
    "vrouw": "#8b3f8f",
    "anders": "#b58900",
    "onbekend": "#8a949d",
}
SCORES = {"1": "#a83a12", "2": "#e59a6c", "3": "#d9d6cd", "4": "#86b5d9", "5": "#1f5f9c"}
COMPLEXITEIT = {"niet complex": "#cfe1f2", "redelijk complex": "#6aa5d5", "complex": "#0b4f8a"}
RICHTING = {"gedaald": "#b94a0d", "gelijk": "#d9d6cd", "gestegen": "#1f5f9c"}

TEKST, KLEIN, AS, KOP = 10.6, 9.6, 9.1, 11  # points; 9 points is 12 pixels in the browser, and nothing is smaller


@dataclass(frozen=True)
class Maat:
    """The width of a figure in points: ``BREED`` fits a laptop and A4, ``SMAL`` a phone."""

    breedte: float
    smal: bool


BREED, SMAL = Maat(525, False), Maat(252, True)


def kleur(code: str, anders: str = ACCENT) -> str:
    """The colour of a code, the same in every figure."""
    return KLEUREN.get(code, anders)


def op_kleur(achtergrond: str) -> str:
    """Ink or white, whichever can be read on ``achtergrond`` (relative luminance as in WCAG)."""
    delen = [int(achtergrond[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    rood, groen, blauw = [d / 12.92 if d <= 0.04045 else ((d + 0.055) / 1.055) ** 2.4 for d in delen]
    helderheid = 0.2126 * rood + 0.7152 * groen + 0.0722 * blauw
    return "#ffffff" if 1.05 / (helderheid + 0.05) > (helderheid + 0.05) / 0.07 else INKT


def rc() -> dict:
    """Settings of seaborn and matplotlib under which every figure is drawn; nothing global is changed."""
    return {
        "font.family": "DejaVu Sans",  # travels with matplotlib: the same widths on every machine
        "font.size": TEKST,
        "text.color": INKT,
        "text.parse_math": False,  # a name with dollar signs is a name
        "axes.edgecolor": LIJN,
        "axes.labelcolor": GRIJS,
        "axes.linewidth": 0.8,
        "axes.unicode_minus": True,
        "xtick.color": GRIJS,
        "ytick.color": GRIJS,
        "xtick.labelcolor": GRIJS,
        "svg.fonttype": "none",  # text stays text: small, sharp, in the reader's own font
        "svg.hashsalt": "kopanalyse",
        "path.simplify": True,
    }
