"""Indicators: declarations per chapter, and the one engine that groups their records into the long table."""

# importing a chapter declares its indicators
from kopanalyse.indicators import aantallen, inhoud, informeel, tevredenheid, dienstverlening, effecten  # in the order of the handbook
from kopanalyse.indicators.indicator import INDICATOREN, Indicator

__all__ = ["INDICATOREN", "Indicator", "aantallen", "dienstverlening", "effecten", "informeel", "inhoud",
           "tevredenheid"]
