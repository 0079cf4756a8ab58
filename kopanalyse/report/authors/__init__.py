"""What authors write beside the raw tables: commentary, stories, persona's and journeys, read and held together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kopanalyse.periode import Periode
from kopanalyse.report.authors.klantreis import Klantreis, read_klantreizen
from kopanalyse.report.authors.persona import Persona, read_personas
from kopanalyse.report.authors.toelichting import Toelichting, read_toelichtingen
from kopanalyse.report.authors.verhaal import Verhaal, read_verhalen
from kopanalyse.report.chapters import Catalogus, own_catalogue
from kopanalyse.settings import Settings


@dataclass(frozen=True)
class Teksten:
    """All texts of an organisation. ``wachtend``: how many stories wait for consent; of those nothing else is here."""

    toelichtingen: Sequence[Toelichting] = ()
    verhalen: Sequence[Verhaal] = ()
    personas: Sequence[Persona] = ()
    klantreizen: Sequence[Klantreis] = ()
    wachtend: int = 0

    def toelichtingen_bij(self, hoofdstuk: str, paragraaf: str, periode: Periode, team: str) -> list[Toelichting]:
        """The commentaries on a paragraph of a chapter (empty: of whichever) for this period and team."""
        return [
            t
            for t in self.toelichtingen
            if (t.paragraaf, t.periode, t.team) == (paragraaf, periode, team) and hoofdstuk in ("", t.hoofdstuk)
        ]

    def verhalen_bij(self, hoofdstuk: str, periode: Periode, team: str) -> list[Verhaal]:
        """The stories that a chapter shows for this period and team."""
        return [v for v in self.verhalen if (v.hoofdstuk, v.periode) == (hoofdstuk, periode) and v.is_for(team)]


def read_teksten(
    raw: Path, settings: Settings, teams: Sequence[str], catalogus: Catalogus | None = None, *, openbaar: bool = False
) -> Teksten:
    """All texts in ``raw/<organisatie>``, of the chapters of ``catalogus``; raises ``TekstError`` (Dutch) for the
    first that is broken. ``openbaar``: only those that were released for an edition."""
    map_ = raw / settings.organisatie
    catalogus = catalogus or own_catalogue(settings)
    verhalen, wachtend = read_verhalen(map_, settings, catalogus, teams)

    def shown(teksten: Sequence[Any]) -> Sequence[Any]:
        return [tekst for tekst in teksten if tekst.vrijgegeven] if openbaar else teksten

    return Teksten(
        shown(read_toelichtingen(map_, catalogus, teams)),
        shown(verhalen),
        shown(read_personas(map_, settings)),
        shown(read_klantreizen(map_)),
        wachtend,
    )
