"""The catalogue: every part that a notebook can show, by chapter. Importing a chapter declares its parts."""

from kopanalyse.report.onderdeel import KERNCIJFERS, ONDERDELEN
from kopanalyse.report.onderdelen import (
    aantallen, clienten, dienstverlening, groepswerk, hulpvragen, informeel, jaarverslag, klanten, kwaliteit,
    tevredenheid, trechters, veranderd, vergelijking, zrm, zwaarte,
)

__all__ = ["KERNCIJFERS", "ONDERDELEN", "aantallen", "clienten", "dienstverlening", "groepswerk", "hulpvragen",
           "informeel", "jaarverslag", "klanten", "kwaliteit", "tevredenheid", "trechters", "veranderd",
           "vergelijking", "zrm", "zwaarte"]
