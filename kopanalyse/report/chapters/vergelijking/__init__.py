"""Parts of chapter "Vergelijking": teams beside each other, and funnels."""

from kopanalyse.report.chapters.vergelijking import teams, trechters
from kopanalyse.report.parts.catalogue import Hoofdstuk

__all__ = ["HOOFDSTUK", "teams", "trechters"]

HOOFDSTUK = Hoofdstuk("vergelijking", paragrafen=("teams", "trechters"))
