"""Commentary of an author: Markdown files beside the raw tables, shown at their chapter, paragraph, year and team.

``data/raw/<organisatie>/toelichting/*.md`` starts with front matter between two lines ``---``:

    ---
    hoofdstuk: casuistiek_in_aantallen
    paragraaf: caseload
    jaar: 2019
    team: alle
    auteur: A. Schrijver      (may be left out)
    openbaar: ja              (with the next line, and only so, it stands in an edition)
    nagekeken: A. de Vries, 2026-11-29
    ---

The text is shown with its HTML escaped; pictures become their description, so that nothing is loaded from elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kopanalyse.periode import Periode
from kopanalyse.report.authors.reading import VRIJGAVE, markdown_html, read_markdown, released, required_text
from kopanalyse.report.chapters import Catalogus
from kopanalyse.report.dutch import ontsnapt

VERPLICHT, MOGELIJK = ("hoofdstuk", "paragraaf", "jaar", "team"), ("auteur", *VRIJGAVE)


@dataclass(frozen=True)
class Toelichting:
    """One commentary: where it belongs, who wrote it and its Markdown."""

    hoofdstuk: str
    paragraaf: str
    periode: Periode
    team: str
    auteur: str
    tekst: str
    bestand: str = field(default="", compare=False, repr=False)
    vrijgegeven: bool = field(default=False, compare=False, repr=False)

    def html(self) -> str:
        """The commentary as HTML, everything that the author typed escaped."""
        auteur = f'<p class="auteur">{ontsnapt(self.auteur)}</p>' if self.auteur else ""
        return f'<div class="toelichting" role="note">{markdown_html(self.tekst)}{auteur}</div>'


def read_toelichtingen(map_: Path, catalogus: Catalogus, teams: Sequence[str]) -> tuple[Toelichting, ...]:
    """All commentaries in ``map_`` (``data/raw/<organisatie>``), by file name; ``TekstError`` for a broken one."""
    return tuple(_read(pad, catalogus, teams) for pad in sorted((map_ / "toelichting").glob("*.md")))


def _read(pad: Path, catalogus: Catalogus, teams: Sequence[str]) -> Toelichting:
    kop, tekst = read_markdown(pad, VERPLICHT)
    velden = kop.velden(VERPLICHT, MOGELIJK)
    hoofdstuk = velden["hoofdstuk"].keuze(catalogus.paginas, "een hoofdstuk")
    bekend = catalogus.hoofdstukken.get(hoofdstuk)
    if bekend and bekend.paragrafen:  # of an organisation's own chapter only running it tells which it has
        paragraaf = velden["paragraaf"].keuze(bekend.paragrafen, f"een paragraaf van {hoofdstuk}")
    else:
        paragraaf = velden["paragraaf"].tekst()
    return Toelichting(
        hoofdstuk,
        paragraaf,
        velden["jaar"].periode(),
        velden["team"].keuze(teams, "een team"),
        velden["auteur"].tekst() if "auteur" in velden else "",
        required_text(pad, tekst),
        pad.name,
        released(velden),
    )
