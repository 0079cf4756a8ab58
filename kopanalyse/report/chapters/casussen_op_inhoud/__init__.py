"""Parts of chapter "Casussen op inhoud": the ZRM, how heavy trajecten are, and whose they are."""

from kopanalyse.report.chapters.casussen_op_inhoud import klanten, zrm, zwaarte
from kopanalyse.report.parts.catalogue import Hoofdstuk

__all__ = ["HOOFDSTUK", "klanten", "zrm", "zwaarte"]

HOOFDSTUK = Hoofdstuk(
    "casussen_op_inhoud",
    paragrafen=(
        "zrm",
        "groei",
        "jongeren",
        "complexiteit",
        "zwaarte",
        "klanten",
        "kernen",
        "verwijzingen",
        "netwerk",
        "clientondersteuning",
    ),
)
