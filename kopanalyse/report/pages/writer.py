"""From executed notebooks to pages: nbconvert with our template, the folders, and the indexes over them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kopanalyse.files import digest, replace_file
from kopanalyse.periode import Periode, years_in
from kopanalyse.raw.schema import ALLE
from kopanalyse.report.chapters import Catalogus
from kopanalyse.report.cijfers.comparable import covered_words
from kopanalyse.report.dutch import datum, hoofdletter, leesbaar, team_woord
from kopanalyse.report.pages.along import HEEL, ZIP, write_pictures, write_whole
from kopanalyse.report.pages.downloads import WERKBOEK
from kopanalyse.report.pages.figures import FIGUREN, with_links
from kopanalyse.report.pages.html import (
    HANDBOEK,
    as_one,
    csp_digest,
    link_definitions,
    own_styles,
    parts,
    sections,
    with_alignment,
    with_headings,
    without_empty,
    without_title,
    years_and_teams,
)
from kopanalyse.report.pages.marks import Boek, Merken, library
from kopanalyse.report.pages.parcel import VERSTUREN, write_parcels
from kopanalyse.report.pages.workbook import workbook
from kopanalyse.settings import DEFINITIEF, OPENING, VOORLOPIG, Settings, SettingsError, load_settings

if TYPE_CHECKING:
    import pandas
    from jinja2 import Environment
    from nbconvert import HTMLExporter
    from nbformat import NotebookNode

TEMPLATES, TEMPLATE = Path(__file__).parent / "template", "kopanalyse"
VOLLEDIG = "volledig"  # the page with everything
VERANDERD = "wat_is_er_veranderd"  # the chapter that puts each figure beside an earlier year's
STATUS = {
    VOORLOPIG: "Dit zijn voorlopige cijfers; ze kunnen nog veranderen.",
    DEFINITIEF: "Dit zijn definitieve cijfers.",
}


class Schrijver:
    """Writes the pages of one organisation under ``reports``; ``mappen`` is the folder of each team.

    ``gecontroleerd`` is the day on which the registration was checked, where that is known. With ``alles`` every file
    is written, also when nothing changed. ``ook`` is what is made beside the pages (``along``).
    """

    def __init__(
        self,
        settings: Settings,
        catalogus: Catalogus,
        raw: Path,
        reports: Path,
        mappen: dict[str, str],
        gecontroleerd: date | None = None,
        verouderd: Sequence[str] = (),
        *,
        alles: bool = False,
        ook: Collection[str] = (),
    ) -> None:
        self.settings, self.catalogus, self.raw, self.reports, self.mappen = settings, catalogus, raw, reports, mappen
        self.gecontroleerd, self.verouderd, self.alles = gecontroleerd, " ".join(verouderd), alles
        self.ook = ook
        self.map = reports / settings.organisatie
        self.index = self.map / "index.html"

    _extra_style = ""
    _upward = "../index.html"  # from the index of this organisation to the one over all

    def page(self, periode: Periode, team: str, naam: str) -> Path:
        """Where a page of a period and team stands: a chapter, the opening page or the whole on one page."""
        return self.map / periode.folder / self.mappen[team] / _file(naam)

    def write_folder(
        self, periode: Periode, team: str, boeken: Mapping[str, Boek], afwezig: Mapping[str, str]
    ) -> tuple[list[Path], list[Path], list[Path]]:
        """Write the pages of one period and team from their executed notebooks, and take away those of other notebooks.

        ``afwezig`` says of each chapter that is left out why. When none of the others is missing from ``boeken``, there
        are also a page with all of them and the Excel file. What would be the same is left as it is. Returns the pages
        that were written, those that were left, and the files that another program holds.
        """
        heel = bool(boeken) and all(
            naam in boeken or naam in afwezig or self.catalogus.is_own(naam) for naam in self.catalogus.paginas
        )
        namen = [naam for naam in (*self.catalogus.paginas, VOLLEDIG) if naam in boeken or (heel and naam == VOLLEDIG)]
        boeken = {naam: boeken[naam] for naam in namen if naam != VOLLEDIG}
        merken = self._marks(self.page(periode, team, OPENING).parent)
        plaatjes = self._marks(merken.map / FIGUREN)
        status = self._status(periode)
        statuszin = " ".join(filter(None, (STATUS.get(status, ""), self._covered(periode))))
        pagina = self._common(periode, team) | {
            "jaar": str(periode),
            "wie": self._team(team),
            "index": "../../index.html",
            "status": status,
            "statuszin": statuszin,
        }
        if heel:
            merken.write(WERKBOEK, self._made_from(pagina, boeken), lambda: self._workbook(boeken, pagina))
        gemaakt: dict[bool, list[Path]] = {True: [], False: []}
        # the opening page shows what the chapters hold, so they come first
        for naam in sorted(namen, key=lambda naam: naam == OPENING):
            eigen = {
                "naam": naam,
                "titel": self._title(OPENING if naam == VOLLEDIG else naam),
                "vorm": self._title(naam) if naam == VOLLEDIG else "",
                "links": [self._link(n, n == naam) for n in namen],
            }
            if naam in (OPENING, VOLLEDIG):
                eigen["ontbreekt"] = [
                    (self._title(n), reden)
                    for n in self.catalogus.namen
                    if n not in boeken
                    for reden in [afwezig.get(n, "dit hoofdstuk kon niet gemaakt worden")]
                ]
            if naam == OPENING:
                eigen["hoofdstukken"] = [
                    self._link(n, False) | {"delen": sections(self.page(periode, team, n))}
                    for n in namen
                    if n not in (OPENING, VOLLEDIG)
                ]
                eigen["veranderd"] = _file(VERANDERD) if VERANDERD in namen else ""
                eigen["werkboek"] = WERKBOEK if heel else ""
                if heel:
                    volledig, titel = self.page(periode, team, VOLLEDIG), self._whose(pagina)
                    eigen["heel"] = write_whole(merken, volledig, self.ook, titel, pagina["organisatie"])
            if naam != VOLLEDIG:
                van_wie = f"{pagina['wie']}, {pagina['jaar']}"
                eigen["figuren"] = write_pictures(plaatjes, naam, boeken[naam], self.ook, van_wie)
            van = boeken if naam == VOLLEDIG else {naam: boeken[naam]}
            nieuw = merken.write(
                _file(naam),
                self._made_from(pagina | eigen, van),
                lambda: self._html(list(van.values()), pagina | eigen),
            )
            gemaakt[nieuw].append(self.page(periode, team, naam))
        merken.close(self.files()[0])
        plaatjes.close()
        vast = merken.vast + plaatjes.vast
        return gemaakt[True], [pad for pad in gemaakt[False] if pad not in vast], vast

    def write_parcels(self, gemaakt: Collection[tuple[Periode, str]]) -> list[Path]:
        """Make of these periods and teams one file each to send, where that is asked; what no longer holds goes.

        After all pages, for the handbook goes along. Returns the files that another program holds.
        """
        nu = {f"{periode.folder}/{self.mappen[team]}" for periode, team in gemaakt} if ZIP in self.ook else set()
        merken = self._marks(self.map / VERSTUREN)
        if nu or merken.map.is_dir():
            write_parcels(merken, self.map, nu)
        return merken.vast

    def files(self) -> tuple[list[str], list[str]]:
        """The names of all files that a period and team can have, and of those among them that hold every chapter."""
        samen = [_file(VOLLEDIG), WERKBOEK, *HEEL.values()]
        return [*map(_file, self.catalogus.paginas), *samen], samen

    def write_handbook(self, checked: Path, cijfers: pandas.DataFrame, queries: Path | None = None) -> None:
        """Write the handbook of this organisation's indicators, beside its index; ``queries`` as in ``Engine``."""

        def page() -> str:
            from kopanalyse.report.pages.handbook import handbook  # brings along all that counting needs

            eigen = {"index": self.index.name} | handbook(
                self.settings, self.catalogus.definities, checked, cijfers, queries
            )
            return self._jinja.get_template("handboek.html.j2").render(p=self._common() | eigen)

        tabellen = sorted(pad.name for pad in checked.glob("*.parquet"))
        inhoud = [sorted(set(cijfers[kolom].tolist())) for kolom in ("jaar", "indicator")]
        merken = self._marks(self.map)
        van = self._common() | {"handboek": [repr(self.settings), self.catalogus.definities.merk, tabellen, inhoud]}
        merken.write(HANDBOEK, self._made_from(van), page)
        merken.close()

    def write_indexes(self) -> None:
        """Write the index over years and teams of this organisation, and the one over all organisations."""
        jaren = years_in(int(m.name) for m in self.map.glob("*") if re.fullmatch("[0-9]{4}", m.name))[::-1]
        lijst = [
            (jaar, [(self._team(team), links) for team in self.mappen if (links := self._links(jaar, team))])
            for jaar in jaren
        ]
        script = (TEMPLATES / TEMPLATE / "zoeken.js").read_text(encoding="utf-8").strip()
        zoeken = {"script": script, "scriptmerk": csp_digest(script)}
        pagina = (
            self._common()
            | zoeken
            | {
                "index": self._upward,
                "jaren": [(str(jaar), rijen) for jaar, rijen in lijst if rijen],
                "handboek": HANDBOEK,
                "statussen": {str(jaar): status for jaar in jaren if (status := self._status(jaar))},
            }
        )
        html = self._jinja.get_template("overzicht.html.j2").render(p=pagina)
        replace_file(self.index, html, alles=self.alles)
        self._write_organisations(zoeken)

    def _write_organisations(self, zoeken: dict[str, str]) -> None:
        """Write the index over all organisations."""
        organisaties = [self._organisation(m.parent.name) for m in sorted(self.reports.glob("*/index.html"))]
        stijl = _style("")
        pagina = (
            self._common()
            | zoeken
            | {
                "organisatie": "",
                "gegevens": "",
                "organisaties": organisaties,
                "stijl": stijl,
                "stijlmerk": csp_digest(stijl),
                "herkomst": "",
                "gecontroleerd": "",
                "opdrachten": [],
            }
        )
        html = self._jinja.get_template("organisaties.html.j2").render(p=pagina)
        replace_file(self.reports / "index.html", html, alles=self.alles)

    def _marks(self, map_: Path) -> Merken:
        """What the files in a folder were made from."""
        return Merken(map_, self.alles)

    def _made_from(self, pagina: dict, boeken: Mapping[str, Boek] = {}) -> str:
        """Digest of what a page is made from.

        Without the day of checking: as long as nothing else changes, a page is true to the check that it names.
        """
        return digest(library(), {naam: boek.inhoud for naam, boek in boeken.items()}, pagina | {"gecontroleerd": ""})

    def _html(self, boeken: Sequence[Boek], pagina: dict) -> str:
        """The page of a notebook, or of several as one."""
        notebook, *meer = [boek.node() for boek in boeken]
        for boek in (notebook, *meer):
            without_empty(boek)
        if pagina["naam"] == VOLLEDIG:
            notebook = as_one([notebook, *meer])
        without_title(notebook)
        pagina = pagina | {"stijlmerken": own_styles(notebook)}
        html = self._exporter.from_notebook_node(notebook, resources={"kopanalyse": pagina})[0]
        return with_links(html, pagina["naam"]) if pagina.get("figuren") else html

    def _workbook(self, boeken: Mapping[str, Boek], pagina: dict) -> bytes:
        """The Excel file of one period and team, of the tables that its pages show."""
        delen = {leesbaar(self._title(naam)): parts(boek.node()) for naam, boek in boeken.items()}
        vooraf = [
            self._whose(pagina),
            pagina["statuszin"],
            pagina["verouderd"],
            pagina["gegevens"],
            f"{pagina['gecontroleerd']} {pagina['herkomst']}".strip(),
        ]
        return workbook(
            {titel: lijst for titel, lijst in delen.items() if lijst},
            f"Cijfers van {self._whose(pagina)}",
            " ".join(filter(None, [f"Bron: {self._source(pagina)}, {pagina['jaar']}, {pagina['wie']}.", *vooraf[1:4]])),
            list(filter(None, vooraf)),
            self.settings,
            self.catalogus.definities,
        )

    def _source(self, pagina: dict) -> str:
        """Where the figures of a page come from."""
        return f"registratie {pagina['organisatie']}"

    def _whose(self, pagina: dict) -> str:
        """Of which organisation, year and team a page is, in words."""
        return f"{pagina['organisatie']}, {pagina['jaar']}, {pagina['wie']}"

    def _common(self, periode: Periode | None = None, team: str | None = None) -> dict:
        """What every page shows: whose figures, where they come from, how it was made and can be made again."""
        stijl = _style(self.settings.toelichting_gegevens) + self._extra_style
        gecontroleerd = (
            f"De cijfers komen uit de registratie zoals gecontroleerd op {datum(self.gecontroleerd)}."
            if self.gecontroleerd
            else ""
        )
        wie = f"--organisatie {self.settings.organisatie}"
        waarvan = f" --jaar {periode} --team {shlex.quote(leesbaar(team))}" if periode else ""
        return {
            "organisatie": leesbaar(self.settings.naam),
            "gegevens": self.settings.toelichting_gegevens,
            "stijl": stijl,
            "stijlmerk": csp_digest(stijl),
            "versie": version("kopanalyse"),
            "gecontroleerd": gecontroleerd,
            "verouderd": f"Let op: {self.verouderd}" if self.verouderd else "",
            "herkomst": f"Instellingen {self.settings.fingerprint}.{self._own_code()}",
            "opdrachten": [f"kopanalyse compute {wie}", f"kopanalyse report {wie}{waarvan}"],
        }

    def _covered(self, periode: Periode) -> str:
        """Which part of the year the registration covers, where that is not all of it."""
        return covered_words(self.settings.dekking, self.gecontroleerd, periode)

    def _status(self, periode: Periode) -> str:
        """How firm the figures of a year are: as the settings say, and of a year that is not over voorlopig."""
        eigen = self.settings.status.get(str(periode), "")
        return eigen or (VOORLOPIG if "tot en met" in self._covered(periode) else "")

    def _own_code(self) -> str:
        """By what the code of others is known that figures rest on; empty without any."""
        merk = self.catalogus.definities.merk
        return f" Eigen definities {merk[:16]}." if merk else ""

    def _title(self, naam: str) -> str:
        return leesbaar(self.catalogus.titel(naam, self.settings))

    def _link(self, naam: str, huidig: bool) -> dict:
        return {"naam": self._title(naam), "href": _file(naam), "huidig": huidig}

    def _links(self, periode: Periode, team: str) -> list[dict]:
        paden = {naam: self.page(periode, team, naam) for naam in (*self.catalogus.paginas, VOLLEDIG)}
        return [
            self._link(naam, False) | {"href": pad.relative_to(self.map).as_posix()}
            for naam, pad in paden.items()
            if pad.is_file()
        ]

    def _team(self, team: str) -> str:
        if team == ALLE:
            return self.settings.tekst(ALLE)
        return hoofdletter(team_woord(team))

    def _organisation(self, organisatie: str) -> dict:
        """What the index over organisations says of one: its name, where its data come from, its years and teams."""
        link = {
            "naam": organisatie,
            "href": f"{organisatie}/index.html",
            "gegevens": "",
            "jaren": years_and_teams(self.reports / organisatie / "index.html"),
        }
        try:
            settings = load_settings(organisatie, self.raw)
        except SettingsError:
            return link
        return link | {"naam": leesbaar(settings.naam), "gegevens": settings.toelichting_gegevens}

    @cached_property
    def _jinja(self) -> Environment:
        from jinja2 import Environment, FileSystemLoader

        return Environment(loader=FileSystemLoader(TEMPLATES / TEMPLATE), autoescape=True)

    @cached_property
    def _exporter(self) -> HTMLExporter:
        from jinja2 import pass_context
        from nbconvert import HTMLExporter, TemplateExporter

        import kopanalyse.report.pages.quick_nbformat  # noqa: F401  # before nbconvert, which imports nbformat itself

        class Exporter(HTMLExporter):
            """Without the last step of nbconvert's own, which parses a page again to mend what ours does not have.

            That is images without alternative text, and cells as Jupyter's own template has them.
            """

            def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **anders: Any) -> tuple:
                return TemplateExporter.from_notebook_node(self, nb, resources, **anders)

            @pass_context
            def markdown2html(self, context: Any, source: str) -> str:
                return with_alignment(super().markdown2html(context, source))

        exporter = Exporter(
            template_name=TEMPLATE,
            extra_template_basedirs=[str(TEMPLATES)],
            language_code="nl",
            exclude_input=True,
            exclude_anchor_links=True,
            optimistic_validation=True,
        )
        exporter.register_filter("met_koppen", with_headings)
        exporter.register_filter("met_handboek", link_definitions)
        return exporter


def _file(naam: str) -> str:
    return "index.html" if naam == OPENING else f"{naam}.html"


def _style(gegevens: str) -> str:
    """The stylesheet; where the data come from stands in the margin of every printed sheet."""
    stijl = (TEMPLATES / TEMPLATE / "stijl.css").read_text(encoding="utf-8").strip()
    if not gegevens:
        return stijl
    veilig = re.sub(r"[^a-zA-Z0-9 .,:]", lambda m: f"\\{ord(m[0]):x} ", leesbaar(gegevens))
    marge = f'@page {{ margin-top: 24mm; @top-left {{ content: "{veilig}"; width: 100%; }} }}'
    return f"{stijl}\n{marge}"
