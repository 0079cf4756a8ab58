"""Indicators: declarations per chapter, and the one engine that groups their records into the long table.

What others declare indicators with stands here too: ``indicator``, the lists of categories, and ``Voorbeeld``.
"""

from kopanalyse.indicators.catalogue import Definities, indicator, load_definitions, own_definitions
from kopanalyse.indicators.indicator import Indicator, codelijst, kernen, kolom, leeftijdsklassen, lijst
from kopanalyse.indicators.voorbeelden.voorbeeld import Voorbeeld

__all__ = [
    "Definities",
    "Indicator",
    "Voorbeeld",
    "codelijst",
    "indicator",
    "kernen",
    "kolom",
    "leeftijdsklassen",
    "lijst",
    "load_definitions",
    "own_definitions",
]
