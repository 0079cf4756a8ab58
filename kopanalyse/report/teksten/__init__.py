"""What authors write beside the raw tables: commentary, stories, persona's and journeys, read and held together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kopanalyse.report.teksten.klantreis import Klantreis, read_klantreizen
from kopanalyse.report.teksten.persona import Persona, read_personas
from kopanalyse.report.teksten.toelichting import Toelichting, read_toelichtingen
from kopanalyse.report.teksten.verhaal import Verhaal, read_verhalen
from kopanalyse.settings import Settings


@dataclass(frozen=True)
class Teksten:
    """All texts of an organisation. ``wachtend``: how many stories wait for consent; of those nothing else is here."""

    toelichtingen: Sequence[Toelichting] = ()
    verhalen: Sequence[Verhaal] = ()
    personas: Sequence[Persona] = ()
    klantreizen: Sequence[Klantreis] = ()
    wachtend: int = 0

    def toelichtingen_bij(self, paragraaf: str, jaar: int, team: str) -> list[Toelichting]:
        """The commentaries on a paragraph for this year and team."""
        return [t for t in self.toelichtingen if (t.paragraaf, t.jaar, t.team) == (paragraaf, jaar, team)]

    def verhalen_bij(self, hoofdstuk: str, jaar: int, team: str) -> list[Verhaal]:
        """The stories that a chapter shows for this year and team."""
        return [v for v in self.verhalen if (v.hoofdstuk, v.jaar) == (hoofdstuk, jaar) and v.is_for(team)]

    def has(self, soort: str, hoofdstuk: str, jaar: int, team: str) -> bool:
        """Whether ``rapport.<soort>`` has a text to show: ``verhalen`` of a chapter, ``personas``, ``klantreizen``."""
        return bool(self.verhalen_bij(hoofdstuk, jaar, team) if soort == "verhalen" else getattr(self, soort))


def read_teksten(raw: Path, settings: Settings, teams: Sequence[str]) -> Teksten:
    """All texts in ``raw/<organisatie>``; raises ``TekstError`` (Dutch) for the first that is broken."""
    map_ = raw / settings.organisatie
    verhalen, wachtend = read_verhalen(map_, settings, teams)
    return Teksten(read_toelichtingen(map_, settings, teams), verhalen, read_personas(map_, settings),
                   read_klantreizen(map_), wachtend)
