"""The demonstration registration of SMWO: trajecten with all that belongs to them, and what stands beside."""

from __future__ import annotations

from pathlib import Path

from kopanalyse.raw.demo.schrijven import als_bestanden
from kopanalyse.raw.demo.smwo import groepswerk, overig, tevredenheid, themas, verhaal
from kopanalyse.raw.demo.smwo.contacten import rijen_contacten
from kopanalyse.raw.demo.smwo.hulpvragen import rijen_hulpvragen
from kopanalyse.raw.demo.smwo.klanten import geef_klanten, rijen_klanten
from kopanalyse.raw.demo.smwo.trajecten import bouw_trajecten
from kopanalyse.raw.demo.smwo.trajectrijen import rijen_trajecten
from kopanalyse.raw.demo.smwo.vuil import vervuil
from kopanalyse.raw.demo.vuil import Tabellen


def bestanden() -> dict[str, bytes]:
    """Every file of the demonstration by its path within the folder."""
    verhaal.controleer()
    trajecten = bouw_trajecten()
    geef_klanten(trajecten)
    uitnodigingen = tevredenheid.rijen_uitnodigingen(trajecten)
    tabellen: Tabellen = {
        "klanten": rijen_klanten(trajecten),
        "trajecten": rijen_trajecten(trajecten),
        "contacten": rijen_contacten(trajecten),
        "hulpvragen": rijen_hulpvragen(trajecten),
        **groepswerk.tabellen_groepswerk(),
        "klanttevredenheid": uitnodigingen,
        "kto_antwoorden": tevredenheid.rijen_antwoorden(trajecten, uitnodigingen),
        "productie_uren": overig.rijen_uren(),
        "overige_dienstverlening": overig.rijen_overige_diensten(),
        "formulierenbrigade": overig.rijen_formulierenbrigade(trajecten),
    }
    vervuil(tabellen)
    return als_bestanden(tabellen, Path(__file__).parent / "teksten", _getallen())


def _getallen() -> dict[str, str]:
    """What the README says in numbers."""
    return {}
