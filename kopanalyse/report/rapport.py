"""What a notebook calls: open the figures of one organisation, year and team, and show their parts."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kopanalyse.errors import UserError, suggestion
from kopanalyse.report.cijfers import (
    ALLE, CIJFERS, KLANTREIZEN, PERSONAS, TOELICHTING, VERHALEN, Cijfers, computed_with, order_teams, outdated,
    read_cijfers)
from kopanalyse.report.mappen import team_folders
from kopanalyse.report.tables import noten_html
from kopanalyse.report.teksten import Teksten, read_teksten
from kopanalyse.report.teksten.toelichting import PARAGRAFEN
from kopanalyse.report.text import LEEG, datum, ingekort, ontsnapt
from kopanalyse.settings import Settings, load_settings

if TYPE_CHECKING:
    import pandas

    from kopanalyse.indicators import Indicator
    from kopanalyse.report.onderdeel import Declaratie, Onderdeel

BRON_TEKENS = 24            # of the name of an organisation, so that the source fits under a figure on a phone
PARAMETERS = ("organisatie", "jaar", "team")
RAPPORT = "KOPANALYSE_RAPPORT"  # variable of the environment that ``build`` sets: what a notebook shows goes on a page


class RapportError(UserError):
    """What was asked cannot be shown; the message (Dutch) says what is possible. A notebook shows only that."""


@dataclass(frozen=True)
class Uitvoer:
    """Something to show under a cell; ``html`` holds no text that is not escaped.

    ``meenemen`` is what goes with it, by media type, for whoever makes files of an executed notebook.
    """

    html: str
    kort: str = field(default="", repr=False)
    meenemen: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def _repr_html_(self) -> str:
        return self.html

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return dict(self.meenemen)

    def __repr__(self) -> str:
        return self.kort


class Rapport:
    """The figures of one organisation, year and team, as a notebook shows them.

    ``figuur`` and ``tabel`` show a part by name, ``kerncijfers`` a row of numbers in large type, ``toelichting`` what
    an author wrote about a paragraph, ``verhalen``, ``personas`` and ``klantreizen`` the people behind the figures.
    ``cijfers``, ``frame`` and ``records`` give pandas frames to an analyst who digs further.
    """

    def __init__(self, cijfers: Cijfers, teksten: Teksten = Teksten()) -> None:
        self._cijfers, self._teksten = cijfers, teksten
        self.organisatie, self.jaar, self.team = cijfers.settings.organisatie, cijfers.jaar, cijfers.team

    def __repr__(self) -> str:
        return f"Rapport van {self._cijfers.settings.naam}, {self.jaar}, {self._wie}"

    @property
    def _wie(self) -> str:
        from kopanalyse.report.bouwstenen import team_naam

        return team_naam(self._cijfers, self.team)

    def onderdelen(self) -> list[str]:
        """Names that ``figuur``, ``tabel`` and ``frame`` know."""
        return list(_catalogue())

    def figuur(self, naam: str) -> Uitvoer:
        """The part ``naam`` as a figure, with the same figures in a table under it."""
        deel = self._onderdeel(naam)
        if deel.leeg:
            return _sentence(deel.leeg)
        if deel.teken is None:
            return self.tabel(naam)
        from kopanalyse.report.svg import picture

        kop = f'<figcaption><span class="titel">{ontsnapt(deel.tabel.titel)}</span>{_grondslag(deel)}</figcaption>'
        tabel = f"<details><summary>Dezelfde cijfers in een tabel</summary>{deel.tabel.html()}</details>"
        html = (f'<div id="figuur-{ontsnapt(naam)}" class="onderdeel">'
                f"<figure>{kop}{picture(deel.teken, deel.alt, self._bron)}</figure>"
                f"{_duiding(deel)}{noten_html(deel.noten)}{tabel}{self._definities(naam)}"
                f"{self._links(f'figuur-{naam}', naam, deel)}</div>")
        return Uitvoer(html, f"Figuur: {deel.titel}", self._meenemen(naam, deel))

    def tabel(self, naam: str) -> Uitvoer:
        """The part ``naam`` as a table."""
        deel = self._onderdeel(naam)
        if deel.leeg:
            return _sentence(deel.leeg)
        html = (f'<div id="tabel-{ontsnapt(naam)}" class="onderdeel">{deel.tabel.html()}{_grondslag(deel, "p")}'
                f"{_duiding(deel)}{noten_html(deel.noten)}{self._definities(naam)}"
                f"{self._links(f'tabel-{naam}', naam, deel)}</div>")
        return Uitvoer(html, f"Tabel: {deel.titel}", self._meenemen(naam, deel))

    def kerncijfers(self, naam: str) -> Uitvoer:
        """A row of numbers in large type; under them last year's, and where it says so how the two differ."""
        from kopanalyse.report.onderdelen import KERNCIJFERS

        maak = KERNCIJFERS[known_name(naam, list(KERNCIJFERS), "De kerncijfers")]
        delen = "".join(
            f'<li><span class="groot">{ontsnapt(k.waarde)}</span> <span class="bij">{ontsnapt(k.bij)}</span>'
            + "".join(f' <span class="{klasse}">{ontsnapt(tekst)}</span>'
                      for klasse, tekst in (("vorig", k.vorig), ("oordeel zeker" if k.zeker else "oordeel", k.oordeel))
                      if tekst) + "</li>"
            for k in maak(self._cijfers) if k.waarde != LEEG)
        if not delen:  # the parts below say why
            return Uitvoer("", f"Kerncijfers: {naam}")
        return Uitvoer(f'<ul class="kerncijfers {ontsnapt(naam)}">{delen}</ul>', f"Kerncijfers: {naam}")

    def toelichting(self, paragraaf: str) -> Uitvoer:
        """What authors wrote about this paragraph for this year and team; nothing when nobody did."""
        self._cijfers.note(TOELICHTING, paragraaf)
        passend = self._teksten.toelichtingen_bij(paragraaf, self.jaar, self.team)
        return Uitvoer("".join(t.html() for t in passend), f"Toelichting bij {paragraaf}" if passend else "")

    def verhalen(self, hoofdstuk: str) -> Uitvoer:
        """The stories that belong to this chapter, year and team; nothing when there are none."""
        mogelijk = dict.fromkeys([*self._cijfers.settings.notebooks, *PARAGRAFEN])
        self._cijfers.note(VERHALEN, hoofdstuk)
        passend = self._teksten.verhalen_bij(known_name(hoofdstuk, list(mogelijk), "Het hoofdstuk"), self.jaar, self.team)
        if not passend:
            return Uitvoer("")
        kop = "Verhaal" if len(passend) == 1 else "Verhalen"
        return Uitvoer(f"<h2>{kop}</h2>{''.join(v.html() for v in passend)}", f"{kop}: {len(passend)}")

    def personas(self) -> Uitvoer:
        """Every persona as a card, with how many clients it stands for."""
        self._cijfers.note(PERSONAS)
        if not self._teksten.personas:
            return _sentence("Er zijn geen persona's beschreven.")
        kaarten = "".join(persona.html(self._geteld) for persona in self._teksten.personas)
        return Uitvoer(kaarten, f"Persona's: {len(self._teksten.personas)}")

    def personas_kort(self) -> Uitvoer:
        """One quote of every persona with its number, and a link to its card; nothing when there are none."""
        self._cijfers.note(PERSONAS)
        if not self._teksten.personas:
            return Uitvoer("")
        kaarten = "".join(persona.short_html(self._geteld) for persona in self._teksten.personas)
        return Uitvoer(f'<h3>Persona\'s</h3><div class="personas">{kaarten}</div>',
                       f"Persona's, kort: {len(self._teksten.personas)}")

    def klantreizen(self) -> Uitvoer:
        """Every journey as a map and as a table."""
        self._cijfers.note(KLANTREIZEN)
        if not self._teksten.klantreizen:
            return _sentence("Er zijn geen klantreizen beschreven.")
        reizen = "".join(reis.html(self._cijfers.settings.naam) for reis in self._teksten.klantreizen)
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
        eigen = frame[(frame["jaar"] == self.jaar) & (frame["team"] == self.team)]
        namen = sorted(set(frame["indicator"]))
        gevraagd = namen if indicator is None else [known_name(indicator, namen, "De indicator")]
        for naam in gevraagd:
            self._cijfers.note(CIJFERS, naam, self.team, str(self.jaar))
        return eigen if indicator is None else eigen[eigen["indicator"] == indicator]

    def records(self, indicator: str | Indicator, categorie: str | None = None, subcategorie: str | None = None, *,
                met: Sequence[str] = ()) -> pandas.DataFrame:
        """The records behind a figure of this year and team, on screen only; further as ``Verkenning.records``."""
        from kopanalyse.report.verkenning import Verkenning

        for zin in outdated(self._cijfers.map):
            raise RapportError(zin)
        return Verkenning(self._cijfers.settings, self._cijfers.map).records(
            indicator, self.jaar, self.team, categorie=categorie, subcategorie=subcategorie, met=met)

    @cached_property
    def _bron(self) -> str:
        """Where the figures come from and when they were computed, for the foot of a picture."""
        cijfers = self._cijfers.map / "cijfers.parquet"
        wanneer = f", {datum(date.fromtimestamp(cijfers.stat().st_mtime))}" if cijfers.is_file() else ""
        return f"Bron: registratie {ingekort(self._cijfers.settings.naam, BRON_TEKENS)}{wanneer}"

    @cached_property
    def _geteld(self) -> Cijfers:
        """How many clients the persona's stand for."""
        return self._cijfers.computed([persona.indicator() for persona in self._teksten.personas])

    def _onderdeel(self, naam: str) -> Onderdeel:
        from kopanalyse.report.onderdeel import make

        return make(known_name(naam, list(_catalogue()), "Het onderdeel"), self._cijfers)

    def _links(self, anker: str, naam: str, deel: Onderdeel) -> str:
        """The address of the part and its table to take along."""
        from kopanalyse.report.meenemen import links

        map_ = team_folders([self.team])[self.team]
        return links(anker, deel.tabel, f"{self.organisatie}-{self.jaar}-{map_}-{naam}")

    def _meenemen(self, naam: str, deel: Onderdeel) -> dict[str, Any]:
        """What goes with the part into the Excel file of the report."""
        from kopanalyse.report.meenemen import SOORT, bundle

        return {SOORT: bundle(naam, deel, _catalogue()[naam].indicatoren)}

    def _definities(self, naam: str) -> str:
        """What counts and what to mind in the part ``naam``."""
        from kopanalyse.indicators import INDICATOREN
        from kopanalyse.report.bouwstenen import definitions_html

        indicatoren = [INDICATOREN[i] for i in _catalogue()[naam].indicatoren if i in INDICATOREN]
        return definitions_html(indicatoren, self._cijfers.settings)


def open_rapport(organisatie: str, jaar: int | str, team: str = ALLE,
                 vergeleken_met: int | str | None = None) -> Rapport:
    """Open the figures of ``organisatie``, ``jaar`` and ``team`` (``alle``: the whole organisation).

    They are held against those of the year before, or of an earlier year ``vergeleken_met``.
    Reads ``cijfers.parquet`` and what ``check`` left beside it. Raises ``RapportError`` (Dutch, one sentence) when the
    figures are not there yet, when organisation, year or team is unknown, and when a papermill parameter is misspelt.
    """
    try:
        _check_parameters()
        raw, processed = find_folders()
        settings = load_settings(str(organisatie), raw)
        frame = load_figures(settings, processed)
        jaar = known_year(frame, settings, jaar)
        vorig = _earlier_year(frame, settings, vergeleken_met, jaar) if vergeleken_met is not None else None
        teams = [ALLE, *order_teams(frame["team"].unique(), settings)]
        team = known_team(team, teams, settings)
        cijfers = Cijfers(frame, settings, jaar, team, processed / settings.organisatie, vorig)
        if os.environ.get(RAPPORT):
            from kopanalyse.report.herkomst import tell_build

            tell_build(cijfers.gelezen)
        return Rapport(cijfers, read_teksten(raw, settings, teams))
    except RapportError:
        raise
    except UserError as fout:
        raise RapportError(str(fout)) from None


def load_figures(settings: Settings, processed: Path) -> pandas.DataFrame:
    """The long table of an organisation; ``RapportError`` with what to run first when it is not there."""
    naam = settings.organisatie
    eerst = (f"Voer eerst `make report` uit, of `kopanalyse compute --organisatie {naam}` (en daarvoor, zonder eigen "
             f"registratie, `kopanalyse demo --organisatie {naam}`).")
    try:
        frame = read_cijfers(processed / naam, naam)
    except FileNotFoundError:
        raise RapportError(f"Er zijn nog geen cijfers van {settings.naam} in {processed / naam}. {eerst}") from None
    if frame.empty:
        raise RapportError(f"Het bestand met cijfers van {settings.naam} is leeg. {eerst}")
    if computed_with(processed / naam) not in ("", settings.fingerprint):
        raise RapportError(f"De instellingen van {settings.naam} zijn veranderd nadat de cijfers berekend zijn. "
                           f"Voer eerst `kopanalyse compute --organisatie {naam}` uit.")
    return frame


def find_folders() -> tuple[Path, Path]:
    """Folders of raw and processed data: as the environment says, else ``data/`` here or in a folder above."""
    hier = Path.cwd()
    thuis = next((map_ for map_ in (hier, *hier.parents) if (map_ / "data" / "raw").is_dir()), hier)
    return (Path(os.environ.get("KOPANALYSE_RAW") or thuis / "data" / "raw"),
            Path(os.environ.get("KOPANALYSE_PROCESSED") or thuis / "data" / "processed"))


def known_year(frame: pandas.DataFrame, settings: Settings, jaar: int | str) -> int:
    """``jaar`` as a number when the long table has it; otherwise ``RapportError`` with the years that it has."""
    jaren = [str(j) for j in sorted(set(frame["jaar"]))]
    if str(jaar).strip() not in jaren:
        raise RapportError(f"Over {jaar} zijn er geen cijfers van {settings.naam}. Mogelijk zijn: {', '.join(jaren)}. "
                           f"Een ander jaar berekent u met `kopanalyse compute --organisatie {settings.organisatie} "
                           "--jaar …`.")
    return int(str(jaar).strip())


def _earlier_year(frame: pandas.DataFrame, settings: Settings, vergeleken_met: int | str, jaar: int) -> int:
    vorig = known_year(frame, settings, vergeleken_met)
    if vorig >= jaar:
        raise RapportError(f"vergeleken_met is {vorig}, maar moet een eerder jaar zijn dan {jaar}.")
    return vorig


def known_team(team: object, teams: list[str], settings: Settings) -> str:
    """``team`` when it is one of ``teams``; otherwise ``RapportError`` with what is possible."""
    return known_name(str(team), teams, f"Bij {settings.naam} is geen team bekend met de naam", "")


def known_name(naam: str, mogelijk: list[str], wat: str, bestaat: str = " bestaat niet") -> str:
    """``naam`` when it is possible; otherwise an error that says what is."""
    if naam in mogelijk:
        return naam
    raise RapportError(f"{wat} {naam}{bestaat}.{suggestion(naam, mogelijk)} Mogelijk zijn: {', '.join(mogelijk)}.")


def _check_parameters() -> None:
    """Stop at a misspelt papermill parameter: papermill itself only warns and runs with the default.

    Papermill injects a cell that starts with ``# Parameters``; IPython keeps what has been executed. A name that the
    injected cell sets must be one of ours, or one that an earlier cell (the analyst's own parameters) had set.
    """
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    cellen = list(shell.user_ns.get("In", [])) if shell is not None else []
    bekend = set(PARAMETERS)
    for cel in cellen:
        namen = _assigned(cel)
        if cel.startswith("# Parameters\n"):
            vreemd = [naam for naam in namen if naam not in bekend]
            if vreemd:
                raise RapportError(f"De parameter {vreemd[0]} bestaat niet.{suggestion(vreemd[0], PARAMETERS)} "
                                   f"Mogelijk zijn: {', '.join(PARAMETERS)}.")
        bekend.update(namen)


def _assigned(cel: str) -> list[str]:
    try:
        boom = ast.parse(cel)
    except SyntaxError:
        return []
    return [doel.id for stap in boom.body if isinstance(stap, ast.Assign) for doel in stap.targets
            if isinstance(doel, ast.Name)]


def _catalogue() -> Mapping[str, Declaratie]:
    """All declared parts, by name."""
    from kopanalyse.report.onderdelen import ONDERDELEN

    return ONDERDELEN


def _sentence(tekst: str) -> Uitvoer:
    return Uitvoer(f'<p class="leeg">{ontsnapt(tekst)}</p>', tekst)


def _duiding(deel: Onderdeel) -> str:
    zinnen = " ".join(filter(None, deel.duiding))
    return f'<p class="duiding">{ontsnapt(zinnen)}</p>' if zinnen else ""


def _grondslag(deel: Onderdeel, tag: str = "span") -> str:
    return f'<{tag} class="grondslag">{ontsnapt(deel.grondslag)}</{tag}>' if deel.grondslag else ""
