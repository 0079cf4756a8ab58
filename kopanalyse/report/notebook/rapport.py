"""What a notebook calls: open the figures of one organisation, year and team, and show their parts."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kopanalyse.checked.provenance import outdated
from kopanalyse.errors import UserError
from kopanalyse.raw.schema import ALLE, ONBEKEND
from kopanalyse.report.authors import Teksten, read_teksten
from kopanalyse.report.authors.reiskaart import journey_html
from kopanalyse.report.chapters import Catalogus, load_catalogue, own_catalogue
from kopanalyse.report.charts.svg import picture
from kopanalyse.report.cijfers.looked_up import (
    BEREKEND,
    CIJFERS,
    GEOPEND,
    KLANTREIZEN,
    NIETS,
    PERSONAS,
    RAPPORT,
    TOELICHTING,
    VERHALEN,
    tell_build,
)
from kopanalyse.report.cijfers.published import EDITIE, Gepubliceerd, NietInEditie, public_settings, read_edition
from kopanalyse.report.cijfers.stored import computed_on
from kopanalyse.report.cijfers.view import Cijfers, order_teams
from kopanalyse.report.dutch import LEEG, datum, hoofdletter, ingekort, ontsnapt
from kopanalyse.report.notebook.asked import (
    RapportError,
    check_parameters,
    earlier_period,
    find_folders,
    known_name,
    known_period,
    known_team,
    load_figures,
)
from kopanalyse.report.notebook.output import (
    Uitvoer,
    duiding_html,
    grondslag_html,
    how_html,
    notes_html,
    sentence,
    sentence_html,
    table_html,
)
from kopanalyse.report.pages.downloads import SOORT, bundle, links
from kopanalyse.report.pages.folders import slug, team_folders
from kopanalyse.report.parts.catalogue import Zin, lost_tables, make, nothing_to_show
from kopanalyse.report.parts.own import drawn, shown
from kopanalyse.report.parts.pieces import definition_text, definitions_html, in_sentence, team_naam
from kopanalyse.report.parts.published import about, published, published_key_figure
from kopanalyse.settings import load_settings

if TYPE_CHECKING:
    import pandas

    from kopanalyse.indicators import Indicator
    from kopanalyse.report.parts.part import Onderdeel

UITLEG = {
    "individueel": "een medewerker gaat met een inwoner of gezin aan de slag",
    "leun_en_steun": "licht contact dat iemand een steuntje in de rug geeft tot hij of zij zelf verder kan",
    "presentie": "aanwezig zijn in de wijk, zonder dat iemand een vraag hoeft te hebben",
    "informatie_en_advies": "losse vragen die met een kort antwoord geholpen zijn",
    "collectieve_activiteiten": "bijeenkomsten voor een groep",
}
BRON_TEKENS = 24  # of the name of an organisation, so that the source fits under a figure on a phone
GEEN_TEKSTEN = {NIETS: "er zijn geen teksten"}
GEEN_OPENBARE = {NIETS: "er zijn geen teksten voor vrijgegeven"}
TERZIJDE = {NIETS: ""}  # of what makes no chapter by itself, and is no reason to leave one out


class Rapport:
    """The figures of one organisation, year and team, as a notebook shows them.

    ``figuur`` and ``tabel`` show a part by name, ``kerncijfers`` a row of numbers in large type, ``toelichting`` what
    an author wrote about a paragraph, ``verhalen``, ``personas`` and ``klantreizen`` the people behind the figures.
    ``cijfers``, ``frame`` and ``records`` give pandas frames to an analyst who digs further.
    """

    def __init__(
        self, cijfers: Cijfers, teksten: Teksten = Teksten(), catalogus: Catalogus | None = None, hoofdstuk: str = ""
    ) -> None:
        self._cijfers, self._teksten, self._hoofdstuk = cijfers, teksten, hoofdstuk
        self._catalogus = catalogus or own_catalogue(cijfers.settings)
        self._gemeld: set[str] = set()  # tables of which this page has said how much of them is in quarantine
        self.organisatie, self.team = cijfers.settings.organisatie, cijfers.team
        self.periode, self.jaar = cijfers.periode, cijfers.periode.parameter

    def __repr__(self) -> str:
        return f"Rapport van {self._cijfers.settings.naam}, {self.jaar}, {self._wie}"

    @property
    def _wie(self) -> str:
        return team_naam(self._cijfers, self.team)

    def onderdelen(self) -> list[str]:
        """Names that ``figuur``, ``tabel`` and ``frame`` know."""
        return list(self._catalogus.onderdelen)

    def figuur(self, naam: str) -> Uitvoer:
        """The part ``naam`` as a figure, with the same figures in a table under it."""
        return self._with_band(self._figuur(naam, self._onderdeel(naam)))

    def teken(
        self,
        frame: pandas.DataFrame,
        *,
        titel: str,
        vorm: str = "staven",
        eenheid: str = "aantal",
        n: float | None = None,
        wat: str = "records",
        noten: Sequence[str] = (),
    ) -> Uitvoer:
        """A frame of your own as a figure in house style, with its table; its index names the rows.

        ``vorm``: ``staven`` (a bar per row) or ``lijnen`` (a line per column); ``n`` is how many ``wat`` are behind it.
        """
        deel = drawn(frame, titel, vorm=vorm, eenheid=eenheid, n=n, wat=wat, noten=tuple(noten))
        return self._figuur(self._own_name(titel), deel)

    def toon(
        self,
        frame: pandas.DataFrame,
        *,
        titel: str,
        eenheid: str = "aantal",
        n: float | None = None,
        wat: str = "records",
        noten: Sequence[str] = (),
    ) -> Uitvoer:
        """A frame of your own as a table in house style; otherwise as ``teken``."""
        deel = shown(frame, titel, eenheid=eenheid, n=n, wat=wat, noten=tuple(noten))
        return self._tabel(self._own_name(titel), deel)

    def _own_name(self, titel: str) -> str:
        """A name for what an analyst shows: from its title, and of nothing that the catalogue has."""
        return f"eigen-{slug(titel)}"

    def _figuur(self, naam: str, deel: Onderdeel) -> Uitvoer:
        if deel.leeg:
            return sentence(deel.leeg, self._niets(naam), zwijgt=deel.zwijgt)
        if deel.teken is None:
            return self._tabel(naam, deel, "figuur")
        kop = f'<figcaption><span class="titel">{ontsnapt(deel.tabel.titel)}</span>{grondslag_html(deel)}</figcaption>'
        tabel = f"<details><summary>Dezelfde cijfers in een tabel</summary>{table_html(deel)}</details>"
        html = (
            f'<div id="figuur-{ontsnapt(naam)}" class="onderdeel">'
            f"<figure>{kop}{picture(deel.teken, deel.alt, self._bron)}</figure>"
            f"{duiding_html(deel)}{notes_html(deel.noten)}{tabel}{self._definities(naam)}"
            f"{self._links(f'figuur-{naam}', naam, deel)}</div>"
        )
        return Uitvoer(html, f"Figuur: {deel.titel}", self._meenemen(naam, deel))

    def tabel(self, naam: str) -> Uitvoer:
        """The part ``naam`` as a table."""
        return self._with_band(self._tabel(naam, self._onderdeel(naam)))

    def _tabel(self, naam: str, deel: Onderdeel, vorm: str = "tabel") -> Uitvoer:
        """``vorm`` is what the notebook asked for: its address stays the same where there is nothing to draw."""
        if deel.leeg:
            return sentence(deel.leeg, self._niets(naam), zwijgt=deel.zwijgt)
        html = (
            f'<div id="{vorm}-{ontsnapt(naam)}" class="onderdeel">{table_html(deel)}{grondslag_html(deel, "p")}'
            f"{duiding_html(deel)}{notes_html(deel.noten)}{self._definities(naam)}"
            f"{self._links(f'{vorm}-{naam}', naam, deel)}</div>"
        )
        return Uitvoer(html, f"Tabel: {deel.titel}", self._meenemen(naam, deel))

    def kerncijfers(self, naam: str) -> Uitvoer:
        """A row of numbers in large type; under them last year's, and where it says so how the two differ."""
        kernrijen = self._catalogus.kernrijen
        cijfers = kernrijen[known_name(naam, list(kernrijen), "De kerncijfers")].maak(self._cijfers)
        if self._cijfers.openbaar:
            cijfers = [getoond for kern in cijfers if (getoond := published_key_figure(kern)) is not None]
        delen = "".join(
            f'<li><span class="groot">{ontsnapt(k.waarde)}</span> <span class="bij">{ontsnapt(k.bij)}</span>'
            + "".join(
                f' <span class="{klasse}">{ontsnapt(tekst)}{uitleg}</span>'
                for klasse, tekst, uitleg in (
                    ("vorig", k.vorig, "" if how_html(k.oordeel) else how_html(k.vorig)),
                    ("oordeel zeker" if k.zeker else "oordeel", k.oordeel, how_html(k.oordeel)),
                )
                if tekst
            )
            + "</li>"
            for k in cijfers
            if k.waarde != LEEG
        )
        geteld = any(re.search("[1-9]", k.waarde) for k in cijfers)
        ooit = geteld or any(re.search("[1-9]", k.vorig.rpartition(": ")[2]) for k in cijfers)
        if not (
            delen and ooit
        ):  # the parts below say why; what is lost is said here, since a page may open with this alone
            return self._with_band(Uitvoer("", f"Kerncijfers: {naam}", TERZIJDE))
        return self._with_band(
            Uitvoer(
                f'<ul class="kerncijfers {ontsnapt(naam)}">{delen}</ul>',
                f"Kerncijfers: {naam}",
                {} if geteld else TERZIJDE,
            )
        )

    def alinea(self, naam: str) -> Uitvoer:
        """A paragraph of sentences about the year, each number with a link to its figure; nothing when none is made."""
        alineas = self._catalogus.alineas
        zinnen = alineas[known_name(naam, list(alineas), "De alinea")].maak(self._cijfers)
        if self._cijfers.openbaar:
            zinnen = [Zin(tekst, zin.bij) for zin in zinnen if (tekst := about(zin.tekst))]
        delen = "".join(f"<li>{sentence_html(zin, self._address)}</li>" for zin in zinnen)
        html = f'<ul class="alinea {ontsnapt(naam)}">{delen}</ul>' if delen else ""
        return Uitvoer(html, f"Alinea: {naam}", TERZIJDE)

    def _address(self, onderdeel: str) -> str:
        """Where a part stands from the opening page; empty when no chapter shows it."""
        hoofdstuk = self._catalogus.page_of(onderdeel)
        return f"{hoofdstuk}.html#figuur-{onderdeel}" if hoofdstuk else ""

    def soorten(self) -> Uitvoer:
        """The kinds of work that the organisation registers, each with what it is; its own kinds by their own names."""
        c = self._cijfers
        codes = [s for s in c.categorieen("behandelde_casussen") if s != ONBEKEND]
        codes = c.niet_leeg("behandelde_casussen", codes, perioden=list(map(str, c.known)))
        delen = "".join(f"<li>{_soort_html(in_sentence(c, code), UITLEG.get(code, ''))}</li>" for code in codes)
        return Uitvoer(f"<ul>{delen}</ul>" if delen else "", f"Soorten: {len(codes)}", TERZIJDE)

    def toelichting(self, paragraaf: str) -> Uitvoer:
        """What authors wrote about this paragraph for this year and team; nothing when nobody did.

        The chapter is that of the notebook that ``build`` runs; by hand the one that has a paragraph of this name.
        """
        hoofdstuk = self._hoofdstuk or self._catalogus.chapter_of(paragraaf)
        self._cijfers.note(TOELICHTING, hoofdstuk, paragraaf)
        passend = self._teksten.toelichtingen_bij(hoofdstuk, paragraaf, self.periode, self.team)
        if not passend:
            return Uitvoer("", meenemen=TERZIJDE)
        return Uitvoer("".join(t.html() for t in passend), f"Toelichting bij {paragraaf}")

    def verhalen(self, hoofdstuk: str) -> Uitvoer:
        """The stories that belong to this chapter, year and team; nothing when there are none."""
        mogelijk = dict.fromkeys([*self._catalogus.paginas, *self._catalogus.hoofdstukken])
        self._cijfers.note(VERHALEN, hoofdstuk)
        hoofdstuk = known_name(hoofdstuk, list(mogelijk), "Het hoofdstuk")
        passend = self._teksten.verhalen_bij(hoofdstuk, self.periode, self.team)
        if not passend:
            return Uitvoer("", meenemen=self._no_texts)
        kop = "Verhaal" if len(passend) == 1 else "Verhalen"
        return Uitvoer(f"<h2>{kop}</h2>{''.join(v.html() for v in passend)}", f"{kop}: {len(passend)}")

    def personas(self) -> Uitvoer:
        """Every persona as a card, with how many clients it stands for."""
        self._cijfers.note(PERSONAS)
        if not self._teksten.personas:
            return sentence("Er zijn geen persona's beschreven.", self._no_texts)
        kaarten = "".join(persona.html(self._geteld) for persona in self._teksten.personas)
        return Uitvoer(kaarten, f"Persona's: {len(self._teksten.personas)}")

    def personas_kort(self) -> Uitvoer:
        """One quote of every persona with its number, and a link to its card; nothing when there are none."""
        self._cijfers.note(PERSONAS)
        if not self._teksten.personas:
            return Uitvoer("", meenemen=TERZIJDE)
        kaarten = "".join(persona.short_html(self._geteld) for persona in self._teksten.personas)
        return Uitvoer(
            f'<h3>Persona\'s</h3><div class="personas">{kaarten}</div>',
            f"Persona's, kort: {len(self._teksten.personas)}",
            TERZIJDE,
        )

    def klantreizen(self) -> Uitvoer:
        """Every journey as a map and as a table."""
        self._cijfers.note(KLANTREIZEN)
        if not self._teksten.klantreizen:
            return sentence("Er zijn geen klantreizen beschreven.", self._no_texts)
        reizen = "".join(journey_html(reis, self._cijfers.settings.naam) for reis in self._teksten.klantreizen)
        return Uitvoer(reizen, f"Klantreizen: {len(self._teksten.klantreizen)}")

    def frame(self, naam: str) -> pandas.DataFrame:
        """The table of the part ``naam`` as a pandas frame."""
        deel = self._onderdeel(naam)
        if deel.leeg:
            raise RapportError(deel.leeg)
        return deel.tabel.frame()

    def cijfers(self, indicator: str | None = None) -> pandas.DataFrame:
        """Rows of the long table for this year and team: of one indicator, or all."""
        frame = self._cijfers.frame
        eigen = frame[(frame["jaar"] == self.periode.jaar) & (frame["team"] == self.team)]
        namen = sorted(set(frame["indicator"]))
        gevraagd = namen if indicator is None else [known_name(indicator, namen, "De indicator")]
        for naam in gevraagd:
            self._cijfers.note(CIJFERS, naam, self.team, str(self.periode.jaar))
        return eigen if indicator is None else eigen[eigen["indicator"] == indicator]

    def records(
        self,
        indicator: str | Indicator,
        categorie: str | None = None,
        subcategorie: str | None = None,
        *,
        met: Sequence[str] = (),
    ) -> pandas.DataFrame:
        """The records behind a figure of this year and team, on screen only; further as ``Verkenning.records``."""
        from kopanalyse.report.notebook.registratie import Verkenning

        if self._cijfers.openbaar:
            raise NietInEditie("Records van klanten staan in geen editie. Haal deze cel uit het notebook.")
        for zin in outdated(self._cijfers.map):
            raise RapportError(zin)
        return Verkenning(self._cijfers.settings, self._cijfers.map, self._cijfers.definities).records(
            indicator, self.jaar, self.team, categorie=categorie, subcategorie=subcategorie, met=met
        )

    @cached_property
    def _bron(self) -> str:
        """Where the figures come from and when they were computed, for the foot of a picture."""
        if isinstance(self._cijfers, Gepubliceerd):
            naam = ingekort(self._cijfers.settings.naam, BRON_TEKENS)
            return f"Bron: {naam}, editie {self._cijfers.editie.naam}, afgerond"
        dag = computed_on(self._cijfers.map)
        wanneer = f", {datum(dag)}" if dag else ""
        return f"Bron: registratie {ingekort(self._cijfers.settings.naam, BRON_TEKENS)}{wanneer}"

    @property
    def _no_texts(self) -> dict[str, str]:
        """Why a chapter that is made of texts has nothing to show."""
        return GEEN_OPENBARE if self._cijfers.openbaar else GEEN_TEKSTEN

    @cached_property
    def _geteld(self) -> Cijfers:
        """How many clients the persona's stand for; in an edition that stands in its table."""
        if self._cijfers.openbaar:
            return self._cijfers
        return self._cijfers.computed([persona.indicator() for persona in self._teksten.personas])

    def _onderdeel(self, naam: str) -> Onderdeel:
        onderdelen = self._catalogus.onderdelen
        deel = make(onderdelen[known_name(naam, list(onderdelen), "Het onderdeel")], self._cijfers)
        return published(deel, self._cijfers) if isinstance(self._cijfers, Gepubliceerd) else deel

    def _with_band(self, uitvoer: Uitvoer) -> Uitvoer:
        """``uitvoer`` under a band, when figures looked up so far rest on a table of which much is in quarantine.

        A page says it once of every table, above the first part that rests on it.
        """
        if self._cijfers.openbaar:
            return uitvoer
        definities = self._cijfers.definities.indicatoren
        indicatoren = {
            naam
            for soort, naam, *_ in (sleutel for sleutel in self._cijfers.gelezen if len(sleutel) > 1)
            if soort in (CIJFERS, BEREKEND) and naam in definities
        }
        tabellen = sorted({tabel for naam in indicatoren for tabel in definities[naam].tabellen} - self._gemeld)
        self._gemeld.update(tabellen)
        verloren = lost_tables(tabellen, self._cijfers)
        if not verloren:
            return uitvoer
        band = (
            f"{hoofdletter(verloren)}: die rijen tellen op deze pagina nergens mee, en de cijfers daarover zijn niet "
            "volledig."
        )
        return replace(uitvoer, html=f'<p class="status">{ontsnapt(band)}</p>{uitvoer.html}')

    def _links(self, anker: str, naam: str, deel: Onderdeel) -> str:
        """The address of the part and its table to take along."""
        map_ = team_folders([self.team])[self.team]
        definities = self._cijfers.definities.indicatoren
        geteld = [definities[i] for i in self._indicators_of(naam) if i in definities]
        uitleg = [f"{self._wie}, {self.periode}", deel.grondslag, self._bron]
        uitleg += [definition_text(ind, self._cijfers.settings) for ind in geteld]
        return links(anker, deel.tabel, f"{self.organisatie}-{self.periode.folder}-{map_}-{naam}", uitleg)

    def _meenemen(self, naam: str, deel: Onderdeel) -> dict[str, Any]:
        """What goes with the part into the Excel file of the report, and that it counts nothing where it does not."""
        return {SOORT: bundle(naam, deel, self._indicators_of(naam))} | self._niets(naam)

    def _niets(self, naam: str) -> dict[str, str]:
        """Why the part shows nothing that counts, for ``build``; empty when it does, or may."""
        onderdelen = self._catalogus.onderdelen
        reden = nothing_to_show(onderdelen[naam], self._cijfers) if naam in onderdelen else ""
        return {NIETS: reden} if reden else {}

    def _indicators_of(self, naam: str) -> Sequence[str]:
        """The indicators that a part is about; what an analyst shows is about none of the catalogue's."""
        onderdelen = self._catalogus.onderdelen
        return onderdelen[naam].indicatoren if naam in onderdelen else ()

    def _definities(self, naam: str) -> str:
        """What counts and what to mind in the part ``naam``."""
        definities = self._cijfers.definities.indicatoren
        indicatoren = [definities[i] for i in self._indicators_of(naam) if i in definities]
        return definitions_html(indicatoren, self._cijfers.settings, definities)


def open_rapport(
    organisatie: str, jaar: int | str, team: str = ALLE, vergeleken_met: int | str | None = None
) -> Rapport:
    """Open the figures of ``organisatie``, ``jaar`` and ``team`` (``alle``: the whole organisation).

    They are held against those of the year before, or of an earlier year ``vergeleken_met``.
    Reads ``cijfers.parquet`` and what ``check`` left beside it. Raises ``RapportError`` (Dutch, one sentence) when the
    figures are not there yet, when organisation, year or team is unknown, and when a papermill parameter is misspelt.
    """
    try:
        check_parameters()
        raw, processed = find_folders()
        settings = load_settings(str(organisatie), raw)
        editie = read_edition(Path(map_)) if (map_ := os.environ.get(EDITIE)) else None
        settings = public_settings(settings) if editie else settings
        frame = editie.rijen if editie else load_figures(settings, processed)
        periode = known_period(frame, settings, jaar)
        vorig = earlier_period(frame, settings, vergeleken_met, periode) if vergeleken_met is not None else None
        teams = [ALLE, *order_teams(frame["team"].unique(), settings)]
        team = known_team(team, teams, settings)
        catalogus = load_catalogue(settings, raw)
        cijfers = (
            Gepubliceerd(editie, settings, periode, team, vorig, catalogus.definities)
            if editie
            else Cijfers(frame, settings, periode, team, processed / settings.organisatie, vorig, catalogus.definities)
        )
        hoofdstuk = os.environ.get(RAPPORT, "")
        if hoofdstuk:
            cijfers.note(GEOPEND, settings.organisatie, str(periode), team)
            tell_build(cijfers.gelezen)
        teksten = read_teksten(raw, settings, teams, catalogus, openbaar=editie is not None)
        return Rapport(cijfers, teksten, catalogus, hoofdstuk)
    except RapportError:
        raise
    except UserError as fout:
        raise RapportError(str(fout)) from None


def _soort_html(naam: str, uitleg: str) -> str:
    return f"<strong>{ontsnapt(naam)}</strong>{f': {uitleg}' if uitleg else ''}"
