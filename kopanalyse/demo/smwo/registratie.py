"""The demonstration registration of SMWO: trajecten with all that belongs to them, and what stands beside."""

from __future__ import annotations

from pathlib import Path

from kopanalyse.demo.schrijven import als_bestanden
from kopanalyse.demo.smwo import groepswerk, overig, tevredenheid, themas, verhaal
from kopanalyse.demo.smwo.contacten import rijen_contacten
from kopanalyse.demo.smwo.hulpvragen import rijen_hulpvragen
from kopanalyse.demo.smwo.klanten import geef_klanten, rijen_klanten
from kopanalyse.demo.smwo.trajecten import ALLEEN_2023, ALLEEN_2024, BEIDE, GROEPEN, bouw_trajecten
from kopanalyse.demo.smwo.trajectrijen import rijen_trajecten
from kopanalyse.demo.smwo.verhaal import CASUS, KORT
from kopanalyse.demo.smwo.vuil import vervuil
from kopanalyse.demo.vuil import Tabellen


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
    behandeld = {j: {d: sum(aantallen.values()) for d, aantallen in v.items()} for j, v in verhaal.BEHANDELD.items()}
    samen = {jaar: sum(per_dienst.values()) for jaar, per_dienst in behandeld.items()}
    stromen = verhaal.STROMEN.items()
    # At most just under 55.5 % of the trajecten of 2024 have up to three contacts.
    hoogste = (555 * samen[2024] - 1) // 1000
    kort = verhaal.KORT_MEER_CONTACTEN
    afwijkend = {
        2023: kort[ALLEEN_2023][1] + kort[BEIDE][1] + verhaal.CASUS_MAAR_KORT,
        2024: kort[ALLEEN_2024][1] + kort[BEIDE][1],
    }
    getallen = {
        "overloop": sum(stroom.open[1] for _, stroom in stromen),
        "overloop_kort": sum(stroom.open[1] for (_, dienst), stroom in stromen if dienst == KORT),
        "hoogste_0_3": hoogste,
        "geforceerd": behandeld[2024][KORT] - hoogste,
        "zonder_reden": verhaal.REDENEN[None],
        "gesloten_casussen": sum(verhaal.REDENEN.values()),
        "ingevuld": tevredenheid.INGEVULD[2024],
        "ingevuld_2023": tevredenheid.INGEVULD[2023],
        "cijfers": tevredenheid.RAPPORTCIJFERS[2024][1],
        "aanmeldingen_2024": verhaal.AANMELDINGEN[2024],
        "kort_2024": behandeld[2024][KORT],
        "casussen_2024": behandeld[2024][CASUS],
        "behandeld_2024": samen[2024],
    }
    for nummer, jaar in enumerate(verhaal.JAREN):
        getallen |= {
            f"wachten_{jaar}": verhaal.AANGEMELD_IN_VORIG_JAAR[jaar],
            f"wachttijd_{jaar}": sum(verhaal.WACHTTIJD[jaar]),
            f"paren_casus_{jaar}": themas.PAREN[CASUS][nummer],
            f"paren_kort_{jaar}": themas.PAREN[KORT][nummer],
            f"met_hulpvraag_{jaar}": sum(themas.MET_HULPVRAAG[groep] for groep in GROEPEN[jaar]),
            f"afwijkend_{jaar}": afwijkend[jaar],
            f"aandeel_{jaar}": _procent(afwijkend[jaar], samen[jaar]),
        }
    return {naam: str(getal) for naam, getal in getallen.items()}


def _procent(deel: int, geheel: int) -> str:
    """A percentage with one decimal, in Dutch."""
    tienden = (2000 * deel + geheel) // (2 * geheel)
    return f"{tienden // 10},{tienden % 10}"
