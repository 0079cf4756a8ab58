"""The opening of a year report: the year in a few sentences, what to mind, and the organisation's key figures."""

from kopanalyse.report.chapters.jaarverslag import kerncijfers, kort
from kopanalyse.report.parts.catalogue import Hoofdstuk

__all__ = ["HOOFDSTUK", "kerncijfers", "kort"]

HOOFDSTUK = Hoofdstuk("jaarverslag", paragrafen=("inleiding",))
