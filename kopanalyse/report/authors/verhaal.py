"""Stories of inwoners: Markdown files beside the raw tables, shown at the end of the chapter that they belong to.

``data/raw/<organisatie>/verhalen/*.md`` starts with front matter between two lines ``---``:

    ---
    titel: Weer overzicht
    thema: klanttevredenheid      (a chapter, or a thema of the registration)
    dienst: Maatschappelijk werk
    jaar: 2019
    citaat: Ik durf mijn post weer open te maken.
    toestemming: ja               (without this exact line the story is never shown)
    team: Oost                    (may be left out: the whole organisation)
    openbaar: ja                  (with the next line, and only so, it stands in an edition)
    nagekeken: A. de Vries, 2026-11-29
    ---

Without consent nothing of a story is used: it is counted, and neither its words nor its file's name get anywhere, not
even into the message about a mistake.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kopanalyse.periode import Periode
from kopanalyse.raw.schema import ALLE
from kopanalyse.report.authors.reading import (
    VRIJGAVE,
    TekstError,
    Waarde,
    markdown_html,
    read_markdown,
    released,
    required_text,
)
from kopanalyse.report.chapters import Catalogus
from kopanalyse.report.dutch import hoofdletter, ontsnapt, quote
from kopanalyse.settings import OPENING, Settings

VERPLICHT, MOGELIJK = ("titel", "thema", "dienst", "jaar", "citaat", "toestemming"), ("team", *VRIJGAVE)
THEMAS = "hulpvragen_en_effecten"


@dataclass(frozen=True)
class Verhaal:
    """One story with consent; ``hoofdstuk`` is the chapter that shows it, ``thema`` what a reader sees."""

    titel: str
    thema: str
    dienst: str
    periode: Periode
    citaat: str
    team: str
    hoofdstuk: str
    tekst: str
    vrijgegeven: bool = field(default=False, compare=False, repr=False)

    def is_for(self, team: str) -> bool:
        """Whether a report of ``team`` shows it: the whole organisation shows the stories of all its teams."""
        return team in (self.team, ALLE)

    def html(self) -> str:
        """The story as HTML, everything that the author typed escaped."""
        bij = " · ".join(ontsnapt(hoofdletter(deel)) for deel in (self.thema, self.dienst))
        return (
            f'<article class="verhaal"><h3>{ontsnapt(self.titel)}</h3>'
            f'<blockquote class="citaat"><p>{ontsnapt(quote(self.citaat))}</p></blockquote>'
            f'{markdown_html(self.tekst)}<p class="bij">{bij}</p></article>'
        )


def read_verhalen(
    map_: Path, settings: Settings, catalogus: Catalogus, teams: Sequence[str]
) -> tuple[tuple[Verhaal, ...], int]:
    """The stories in ``map_`` (``data/raw/<organisatie>``) with consent, by file name; and how many wait for it.

    A file of which the head cannot be read waits too: nothing says that there is consent. ``TekstError`` for a story
    with consent that is broken.
    """
    verhalen, wachtend = [], 0
    for pad in sorted((map_ / "verhalen").glob("*.md")):
        gelezen = _with_consent(pad)
        if gelezen is None:
            wachtend += 1
        else:
            verhalen.append(_verhaal(pad, *gelezen, settings, catalogus, teams))
    return tuple(verhalen), wachtend


def _with_consent(pad: Path) -> tuple[Waarde, str] | None:
    """Head and text of a story when its one key ``toestemming`` says ``ja``; otherwise None."""
    try:
        kop, tekst = read_markdown(pad, VERPLICHT)
    except (TekstError, OSError):
        return None
    return (kop, tekst) if kop.onder("toestemming") == ["ja"] else None


def _verhaal(
    pad: Path, kop: Waarde, tekst: str, settings: Settings, catalogus: Catalogus, teams: Sequence[str]
) -> Verhaal:
    velden = kop.velden(VERPLICHT, MOGELIJK)
    thema, dienst = velden["thema"].tekst(), velden["dienst"].tekst()
    hoofdstuk = _chapter(thema, settings, catalogus)
    if hoofdstuk in catalogus.hoofdstukken and not catalogus.hoofdstukken[hoofdstuk].verhalen:
        raise velden["thema"].fout("een hoofdstuk met verhalen, of een thema uit de registratie")
    return Verhaal(
        velden["titel"].tekst(),
        settings.teksten.get(thema, thema),
        settings.teksten.get(dienst, dienst),
        velden["jaar"].periode(),
        velden["citaat"].tekst(),
        velden["team"].keuze(teams, "een team") if "team" in velden else ALLE,
        hoofdstuk,
        required_text(pad, tekst),
        released(velden),
    )


def _chapter(thema: str, settings: Settings, catalogus: Catalogus) -> str:
    """The chapter that ``thema`` names; a thema that is no chapter goes where the organisation shows its themas."""
    namen = {catalogus.titel(hoofdstuk, settings): hoofdstuk for hoofdstuk in catalogus.namen}
    namen |= {hoofdstuk: hoofdstuk for hoofdstuk in catalogus.namen}
    return namen.get(thema, THEMAS if THEMAS in catalogus.namen else OPENING)
