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

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kopanalyse.errors import UserError
from kopanalyse.report.text import ontsnapt

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
    "vergelijking": ("teams", "jaren", "trechters"),
}
"""The places for commentary in our notebooks. No two chapters share a paragraph name."""

VERPLICHT, MOGELIJK = ("hoofdstuk", "paragraaf", "jaar", "team"), ("hoofdstuk", "paragraaf", "jaar", "team", "auteur")


class ToelichtingError(UserError):
    """A commentary cannot be shown; the message (Dutch) names the file and the key."""


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
        return f'<aside class="toelichting" aria-label="Toelichting">{_markdown()(self.tekst)}{auteur}</aside>'


def read_toelichtingen(raw: Path, organisatie: str, teams: Iterable[str],
                       hoofdstukken: Iterable[str]) -> list[Toelichting]:
    """All commentaries of an organisation, by file name; ``ToelichtingError`` for the first that is broken."""
    teams, hoofdstukken = list(teams), ["jaarverslag", *hoofdstukken]
    paden = sorted((raw / organisatie / "toelichting").glob("*.md"))
    return [_read(pad, teams, hoofdstukken) for pad in paden]


def _read(pad: Path, teams: list[str], hoofdstukken: list[str]) -> Toelichting:
    kop, tekst = _split(pad)
    for sleutel in kop:
        _eis(sleutel in MOGELIJK, pad, f"de sleutel {sleutel} bestaat niet. Mogelijk zijn: {', '.join(MOGELIJK)}")
    for sleutel in VERPLICHT:
        _eis(bool(kop.get(sleutel, "").strip()), pad, f"de sleutel {sleutel} ontbreekt")
    hoofdstuk, paragraaf, jaar, team = (kop[sleutel].strip() for sleutel in VERPLICHT)
    _eis(hoofdstuk in hoofdstukken, pad, f"hoofdstuk {hoofdstuk} bestaat niet. Mogelijk zijn: "
                                         f"{', '.join(hoofdstukken)}")
    paragrafen = PARAGRAFEN.get(hoofdstuk, (paragraaf,))
    _eis(paragraaf in paragrafen, pad, f"paragraaf {paragraaf} bestaat niet in {hoofdstuk}. Mogelijk zijn: "
                                       f"{', '.join(paragrafen)}")
    _eis(jaar.isascii() and jaar.isdecimal() and len(jaar) == 4, pad, f"jaar {jaar} is geen jaartal, zoals 2019")
    _eis(team in teams, pad, f"team {team} bestaat niet. Mogelijk zijn: {', '.join(teams)}")
    _eis(bool(tekst.strip()), pad, "onder de kop staat geen tekst")
    return Toelichting(hoofdstuk, paragraaf, int(jaar), team, kop.get("auteur", "").strip(), tekst)


def _split(pad: Path) -> tuple[dict[str, str], str]:
    """Front matter, every value as the text that stands there, and the Markdown under it."""
    import yaml

    try:
        regels = pad.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ToelichtingError(f"{pad}: het bestand is geen UTF-8-tekst.") from None
    einde = next((n for n, regel in enumerate(regels[1:], 1) if regel.strip() == "---"), None)
    _eis(bool(regels) and regels[0].strip() == "---" and einde is not None, pad,
         "het bestand moet beginnen met een kop tussen twee regels --- met daarin " + ", ".join(VERPLICHT))
    try:
        kop = yaml.load("\n".join(regels[1:einde]), Loader=yaml.BaseLoader)
    except yaml.YAMLError as fout:
        plaats = getattr(fout, "problem_mark", None)
        waar = f" (regel {plaats.line + 2})" if plaats else ""
        raise ToelichtingError(f"{pad}: de kop tussen de regels --- is niet te lezen{waar}.") from None
    _eis(isinstance(kop, dict) and all(isinstance(w, str) for w in kop.values()), pad,
         "in de kop hoort op elke regel één sleutel met één waarde, zoals jaar: 2019")
    return kop, "\n".join(regels[einde + 1:])


def _eis(goed: bool, pad: Path, melding: str) -> None:
    if not goed:
        raise ToelichtingError(f"{pad}: {melding}.")


@cache
def _markdown():
    """A Markdown renderer that escapes HTML, turns a picture into its words and a heading into a bold line."""
    import mistune

    class Renderer(mistune.HTMLRenderer):
        def image(self, text: str, url: str, title: str | None = None) -> str:
            return text

        def heading(self, text: str, level: int, **_) -> str:
            return f"<p><strong>{text}</strong></p>\n"

    return mistune.create_markdown(renderer=Renderer(escape=True), plugins=["table"])
