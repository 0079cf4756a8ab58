"""Words that fit their place in whatever font a reader has.

Pictures are laid out for the widest font that the page's stack can end in, DejaVu Sans, and most readers have Arial or
one of its widths. Where there is room for the widest, a text is left alone; elsewhere the picture says how long it is,
and a browser makes a wider letter narrower. Said in Arial's widths, that changes nothing for who has it.
"""

from __future__ import annotations

import unicodedata
import warnings

ARIAL, ARIAL_VET = 0.88, 0.83  # the width of Arial, as a part of that of DejaVu Sans, in running Dutch text
BEELDTEKEN = 1.3  # em, at most: Chinese and Japanese signs and small pictures, of a font of their own


def widest(tekst: str, grootte: float, vet: bool = False) -> float:
    """Width of ``tekst`` in the widest font of the stack, in the unit of ``grootte``, the size of its letters."""
    from kopanalyse.report.charts.sheet import text_width

    beelden = [teken for teken in tekst if unicodedata.east_asian_width(teken) in "WF"]
    letters = "".join(teken for teken in tekst if teken not in beelden)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        return text_width(letters, grootte, vet) + len(beelden) * BEELDTEKEN * grootte


def in_arial(tekst: str, grootte: float, vet: bool = False) -> float:
    """About the width of ``tekst`` for most readers."""
    return widest(tekst, grootte, vet) * (ARIAL_VET if vet else ARIAL)


def held_to(tekst: str, grootte: float, ruimte: float, vet: bool = False) -> float | None:
    """The length that ``tekst`` has to be held to; None where its widest fits in ``ruimte``."""
    return None if widest(tekst, grootte, vet) <= ruimte else min(ruimte, in_arial(tekst, grootte, vet))
