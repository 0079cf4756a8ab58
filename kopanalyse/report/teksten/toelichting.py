"""Commentary of an author: Markdown files beside the raw tables, shown at their chapter, paragraph, year and team.

``data/raw/<organisatie>/toelichting/*.md`` starts with front matter between two lines ``---``:

    ---
    hoofdstuk: casuistiek_in_aantallen
    paragraaf: caseload
    jaar: 2019
    team: alle
    auteur: A. Schrijver      (may be left out)
    ---

The text is shown with its HTML escaped; pictures become their description, so that nothing is loaded from elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kopanalyse.report.teksten.lezen import markdown_html, read_markdown, required_text
from kopanalyse.report.text import ontsnapt
from kopanalyse.settings import Settings

PARAGRAFEN = {
    "jaarverslag": ("inleiding",),
    "datakwaliteit": ("inlezen", "bevindingen", "volledigheid"),
    "casuistiek_in_aantallen": (
        "overzicht", "caseload", "opgestart", "in_en_uitstroom", "schoolmaatschappelijk_werk", "individueel",
        "informatie_en_advies", "leun_en_steun", "collectief"),
    "casussen_op_inhoud": (
        "zrm", "groei", "jongeren", "complexiteit", "zwaarte", "klanten", "kernen", "verwijzingen", "netwerk",
        "clientondersteuning"),
    "informele_ondersteuning": ("vip", "vrijwilligersdiensten"),
    "klanttevredenheid": ("verzending", "respons", "rapportcijfers", "tevreden_en_effect"),
    "wat_is_er_veranderd": ("jaren",),
    "vergelijking": ("teams", "trechters"),
    "clienten_en_casussen": ("clienten", "casussen", "afgesloten", "overige_dienstverlening", "verwezen_door"),
    "hulpvragen_en_effecten": ("hulpvragen", "samenstelling", "effecten"),
    "dienstverlening": ("wachttijd", "duur", "kort_of_casus", "einde", "uren"),
    "groepswerk": ("groepen", "deelnemers"),
    "personas_en_klantreizen": ("personas", "klantreizen"),
}
"""The places for commentary in our notebooks. No two chapters share a paragraph name."""

VERPLICHT, MOGELIJK = ("hoofdstuk", "paragraaf", "jaar", "team"), ("auteur",)


@dataclass(frozen=True)
class Toelichting:
    """One commentary: where it belongs, who wrote it and its Markdown."""

    hoofdstuk: str
    paragraaf: str
    jaar: int
    team: str
    auteur: str
    tekst: str

    def html(self) -> str:
        """The commentary as HTML, everything that the author typed escaped."""
        auteur = f'<p class="auteur">{ontsnapt(self.auteur)}</p>' if self.auteur else ""
        return f'<div class="toelichting" role="note">{markdown_html(self.tekst)}{auteur}</div>'


def read_toelichtingen(map_: Path, settings: Settings, teams: Sequence[str]) -> tuple[Toelichting, ...]:
    """All commentaries in ``map_`` (``data/raw/<organisatie>``), by file name; ``TekstError`` for a broken one."""
    return tuple(_read(pad, settings, teams) for pad in sorted((map_ / "toelichting").glob("*.md")))


def _read(pad: Path, settings: Settings, teams: Sequence[str]) -> Toelichting:
    kop, tekst = read_markdown(pad, VERPLICHT)
    velden = kop.velden(VERPLICHT, MOGELIJK)
    hoofdstuk = velden["hoofdstuk"].keuze(settings.notebooks, "een hoofdstuk")
    if hoofdstuk in PARAGRAFEN:
        paragraaf = velden["paragraaf"].keuze(PARAGRAFEN[hoofdstuk], f"een paragraaf van {hoofdstuk}")
    else:
        paragraaf = velden["paragraaf"].tekst()
    return Toelichting(
        hoofdstuk, paragraaf, velden["jaar"].jaar(), velden["team"].keuze(teams, "een team"),
        velden["auteur"].tekst() if "auteur" in velden else "", required_text(pad, tekst))
