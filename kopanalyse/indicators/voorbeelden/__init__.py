"""A worked example per indicator: the documentation that is also a test, and stands in the handbook of indicators."""

from kopanalyse.indicators.voorbeelden import (
    aantallen, dienstverlening, effecten, informeel, inhoud, tevredenheid,
)
from kopanalyse.indicators.voorbeelden.voorbeeld import Voorbeeld

VOORBEELDEN: dict[str, Voorbeeld] = {
    voorbeeld.indicator: voorbeeld
    for hoofdstuk in (aantallen, inhoud, informeel, tevredenheid, dienstverlening, effecten)
    for voorbeeld in hoofdstuk.VOORBEELDEN
}
"""Every worked example by the id of its indicator, in the order of the chapters."""

__all__ = ["VOORBEELDEN", "Voorbeeld"]
