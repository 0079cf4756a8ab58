"""Persona's: invented people who stand for a group of clients, each beside the number of clients in that group.

``data/raw/<organisatie>/personas/*.yaml``; its form stands in ``data/raw/README.md``. What a persona says is the
author's; how many clients it stands for is counted by the one engine, as an indicator made from the persona.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kopanalyse.indicators.indicator import Indicator
from kopanalyse.report.authors.reading import VRIJGAVE, Waarde, read_yaml, released
from kopanalyse.report.chapters.personas_en_klantreizen import HOOFDSTUK
from kopanalyse.report.cijfers.view import Cijfers, small
from kopanalyse.report.dutch import getal, is_missing, ontsnapt, quote, telling, werkwoord
from kopanalyse.report.parts.catalogue import why_absent
from kopanalyse.report.parts.pieces import base_note, definitions_html, team_naam
from kopanalyse.report.parts.table import noten_html
from kopanalyse.settings import Settings

if TYPE_CHECKING:
    from kopanalyse.engine.words import Expression
    from kopanalyse.indicators.registratie import Registratie

VERPLICHT = ("naam", "leeftijd", "citaten", "kijk_op", "wil_graag", "vindt_vervelend", "leeftijdsklassen", "domeinen")
MOGELIJK = ("hoofddomein", "bron", *VRIJGAVE)
KIJK_OP = ("onderwerp", "zegt")
TABELLEN, INDIVIDUEEL = ("trajecten", "klanten", "zrm_metingen"), "individueel"
HERZIEN = date(2026, 11, 22)


@dataclass(frozen=True)
class Persona:
    """One persona: what it says, and by which classes and domeinen its clients are known.

    ``sleutel`` is the name of its indicator and its address in the page. ``kijk_op`` holds pairs (subject, what it
    says of it); ``leeftijd`` and ``hoofddomein`` are descriptions in words.
    """

    sleutel: str
    naam: str
    leeftijd: str
    hoofddomein: str
    citaten: tuple[str, ...]
    kijk_op: tuple[tuple[str, str], ...]
    wil_graag: tuple[str, ...]
    vindt_vervelend: tuple[str, ...]
    leeftijdsklassen: tuple[str, ...]
    domeinen: tuple[str, ...]
    bron: str
    bestand: str = field(default="", compare=False, repr=False)
    vrijgegeven: bool = field(default=False, compare=False, repr=False)

    @property
    def gepubliceerd(self) -> str:
        """The name of its indicator in the table of an edition."""
        return f"persona:{self.bestand}"

    def is_part_of(self, ander: Persona) -> bool:
        """Whether its clients are among those of ``ander``, and not the same."""
        zelf, geheel = ((set(p.leeftijdsklassen), set(p.domeinen)) for p in (self, ander))
        return zelf != geheel and zelf[0] <= geheel[0] and zelf[1] <= geheel[1]

    def indicator(self) -> Indicator:
        """How many clients the persona stands for, as an indicator for ``compute.figures``."""
        return Indicator(
            naam=self.sleutel,
            regel=self._regel,
            titel=f"Klanten voor wie {self.naam} staat",
            definitie=_plain(
                f"Verschillende klanten met een individueel traject dat in het jaar liep, die op de "
                f"laatste dag van het jaar {_of(self.leeftijdsklassen)} jaar oud zijn en in dat traject "
                f"bij de intake {_of(self.domeinen)} als hoofddomein hadden."
            ),
            waarom="Laat zien hoe groot de groep is waarvoor een persona staat.",
            kanttekening="Een persona is bedacht: leeftijd en hoofddomein zijn het enige wat deze klanten met haar of "
            "hem gemeen hoeven te hebben. Eén klant kan bij meer persona's meetellen. Zonder "
            "geboortedatum telt een klant niet mee.",
            bron="Sociaal Werk De Kop 2019, hoofdstuk 2",
            herzien_op=HERZIEN,
            tabellen=TABELLEN,
            soort="uniek",
            rol=INDIVIDUEEL,
        )

    def _regel(self, r: Registratie) -> Expression:
        t = r.with_klant(r.behandeld(*r.rol(INDIVIDUEEL)))
        h = r.hoofddomeinen(t.filter(t.leeftijdsklasse.isin(self.leeftijdsklassen)))
        return h.filter(h.domein.isin(self.domeinen)).mutate(uniek=h.klant_id)

    def html(self, c: Cijfers) -> str:
        """The card of the persona; ``c`` are its figures, from ``count``."""
        over = "".join(
            f"<dt>{ontsnapt(self.naam)} over {ontsnapt(onderwerp)}</dt><dd>{ontsnapt(quote(zegt))}</dd>"
            for onderwerp, zegt in self.kijk_op
        )
        hoofddomein = f'<p class="hoofddomein">{ontsnapt(self.hoofddomein)}</p>' if self.hoofddomein else ""
        bron = f'<p class="bij">{ontsnapt(self.bron)}</p>' if self.bron else ""
        return (
            f'<article class="persona" id="{self.sleutel}"><h3>{ontsnapt(self.naam)}</h3>'
            f'<p class="wie">{ontsnapt(self.leeftijd)}</p>{hoofddomein}{self._number(c)}'
            f'{"".join(_quote(citaat) for citaat in self.citaten)}<dl class="kijk-op">{over}</dl>'
            f'<div class="wensen">{_list("Wil graag", self.wil_graag)}'
            f"{_list('Vindt vervelend', self.vindt_vervelend)}</div>{bron}"
            f"{definitions_html([self.indicator()], c.settings, ())}</article>"
        )

    def short_html(self, c: Cijfers) -> str:
        """One quote and the number, with a link to the card where the organisation has that chapter."""
        naam = ontsnapt(self.naam)
        if HOOFDSTUK.naam in c.settings.hoofdstukken:
            naam = f'<a href="{HOOFDSTUK.naam}.html#{self.sleutel}">{naam}</a>'
        return (
            f'<article class="persona kort">{_quote(self.citaten[0])}'
            f'<p class="wie">{naam}, {ontsnapt(self.leeftijd)}</p>{self._number(c)}</article>'
        )

    def _number(self, c: Cijfers) -> str:
        """How many clients the persona stands for, this year and the year before; or why that is not known."""
        naam = self.gepubliceerd if c.openbaar else self.sleutel
        aantal = c.waarde(naam)
        if c.openbaar and is_missing(aantal):
            return ""
        if is_missing(aantal):
            return (
                f'<p class="leeg">Voor hoeveel klanten deze persona staat, is niet te zeggen: '
                f"{ontsnapt(why_absent(self.indicator(), c))}.</p>"
            )
        zin = (
            f"Staat voor <strong>{telling(aantal, 'klant', 'klanten')}</strong>{'*' if small(c, aantal) else ''} in "
            f"{c.periode} bij {ontsnapt(team_naam(c, c.team))}."
        )
        vorig = c.waarde(naam, periode=c.vorig) if c.vorig else None
        if not is_missing(vorig):
            zin += (
                f" In {c.toen} {werkwoord(vorig, 'was dat er', 'waren dat er')} {getal(vorig)}"
                f"{'*' if small(c, vorig) else ''}."
            )
        zin = re.sub(r"≈(?=\d)", "ongeveer ", zin) if c.openbaar else zin
        return f'<p class="staat-voor">{zin}</p>{noten_html(base_note(c, [aantal, vorig], "klanten"))}'


def read_personas(map_: Path, settings: Settings) -> tuple[Persona, ...]:
    """All persona's in ``map_`` (``data/raw/<organisatie>``), by file name; ``TekstError`` for a broken one."""
    paden = sorted((map_ / "personas").glob("*.yaml"))
    return tuple(_persona(read_yaml(pad), f"persona-{nummer}", settings) for nummer, pad in enumerate(paden, 1))


def _persona(bestand: Waarde, sleutel: str, settings: Settings) -> Persona:
    v = bestand.velden(VERPLICHT, MOGELIJK)
    kijk_op = [deel.velden(KIJK_OP) for deel in v["kijk_op"].lijst()]
    return Persona(
        sleutel,
        v["naam"].tekst(),
        v["leeftijd"].tekst(),
        v["hoofddomein"].tekst() if "hoofddomein" in v else "",
        v["citaten"].teksten(),
        tuple((deel["onderwerp"].tekst(), deel["zegt"].tekst()) for deel in kijk_op),
        v["wil_graag"].teksten(),
        v["vindt_vervelend"].teksten(),
        v["leeftijdsklassen"].keuzes(settings.drempels.leeftijdslabels, "een leeftijdsklasse"),
        v["domeinen"].keuzes(settings.codelijsten["domein"], "een ZRM-domein"),
        v["bron"].tekst() if "bron" in v else "",
        bestand.pad.stem,
        released(v),
    )


def _quote(tekst: str) -> str:
    return f'<blockquote class="citaat"><p>{ontsnapt(quote(tekst))}</p></blockquote>'


def _list(kop: str, teksten: Sequence[str]) -> str:
    return f"<div><h4>{kop}</h4><ul>{''.join(f'<li>{ontsnapt(tekst)}</li>' for tekst in teksten)}</ul></div>"


def _of(namen: Sequence[str]) -> str:
    """``a``, ``a of b``, ``a, b of c``."""
    *eerste, laatste = namen
    return f"{', '.join(eerste)} of {laatste}" if eerste else laatste


def _plain(tekst: str) -> str:
    """A definitie in which no threshold is filled in."""
    return tekst.replace("{", "{{").replace("}", "}}")
