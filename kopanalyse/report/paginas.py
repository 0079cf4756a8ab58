"""From executed notebooks to pages: nbconvert with our template, the folders, and the indexes over them."""

from __future__ import annotations

import base64
import hashlib
import re
import shlex
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kopanalyse.report.cijfers import ALLE
from kopanalyse.report.herkomst import Boek, Merken, digest, library, replace_file
from kopanalyse.report.meenemen import SOORT, WERKBOEK, workbook
from kopanalyse.report.text import datum, leesbaar
from kopanalyse.settings import DEFINITIEF, OPENING, VOORLOPIG, Settings, SettingsError, load_settings

if TYPE_CHECKING:
    import pandas
    from jinja2 import Environment
    from nbconvert import HTMLExporter
    from nbformat import NotebookNode

TEMPLATES, TEMPLATE = Path(__file__).parent / "template", "kopanalyse"
VOLLEDIG = "volledig"        # the page with everything
HANDBOEK = "indicatoren.html"
VERANDERD = "wat_is_er_veranderd"        # the chapter that puts each figure beside an earlier year's
STATUS = {VOORLOPIG: "Dit zijn voorlopige cijfers; ze kunnen nog veranderen.",
          DEFINITIEF: "Dit zijn definitieve cijfers."}
KOP = re.compile(r"<h([23])>(.*?)</h\1>", re.S)
KOPTAG = re.compile(r"(</?h)([2-5])\b")
MEENEMEN = re.compile('<p class="meenemen">.*?</p>', re.S)
DEFINITIES = re.compile('<details class="definitie">(.*?)</details>', re.S)
EEN_DEFINITIE = re.compile("<dt[ >].*?</dt><dd>.*?</dd>", re.S)


class Schrijver:
    """Writes the pages of one organisation under ``reports``; ``mappen`` is the folder of each team.

    ``gecontroleerd`` is the day on which the registration was checked, where that is known. With ``alles`` every file
    is written, also when nothing changed.
    """

    def __init__(self, settings: Settings, raw: Path, reports: Path, mappen: dict[str, str],
                 gecontroleerd: date | None = None, *, alles: bool = False) -> None:
        self.settings, self.raw, self.reports, self.mappen = settings, raw, reports, mappen
        self.gecontroleerd, self.alles = gecontroleerd, alles
        self.map = reports / settings.organisatie
        self.index = self.map / "index.html"

    def page(self, jaar: int, team: str, naam: str) -> Path:
        """Where a page of a year and team stands: a chapter, the opening page or the whole on one page."""
        return self.map / str(jaar) / self.mappen[team] / _file(naam)

    def write_folder(self, jaar: int, team: str, boeken: Mapping[str, Boek],
                     afwezig: Mapping[str, str]) -> tuple[list[Path], list[Path]]:
        """Write the pages of one year and team from their executed notebooks, and take away those of other notebooks.

        ``afwezig`` says of each chapter that is left out why. When none of the others is missing from ``boeken``, there
        are also a page with all of them and the Excel file. What would be the same is left as it is. Returns the pages
        that were written and those that were left.
        """
        heel = bool(boeken) and all(naam in boeken or naam in afwezig for naam in self.settings.notebooks)
        namen = [naam for naam in (*self.settings.notebooks, VOLLEDIG) if naam in boeken or heel and naam == VOLLEDIG]
        boeken = {naam: boeken[naam] for naam in namen if naam != VOLLEDIG}
        merken = Merken(self.page(jaar, team, OPENING).parent, self.alles)
        status = self.settings.status.get(str(jaar), "")
        pagina = self._common(jaar, team) | {"jaar": jaar, "wie": self._team(team), "index": "../../index.html",
                                             "status": status, "statuszin": STATUS.get(status, "")}
        if heel:
            merken.write(WERKBOEK, self._made_from(pagina, boeken), lambda: self._workbook(boeken, pagina))
        gemaakt: dict[bool, list[Path]] = {True: [], False: []}
        # the opening page shows what the chapters hold, so they come first
        for naam in sorted(namen, key=lambda naam: naam == OPENING):
            eigen = {"naam": naam, "titel": self._title(OPENING if naam == VOLLEDIG else naam),
                     "vorm": self._title(naam) if naam == VOLLEDIG else "",
                     "links": [self._link(n, n == naam) for n in namen]}
            if naam in (OPENING, VOLLEDIG):
                eigen["ontbreekt"] = [(self._title(n), reden) for n in self.settings.hoofdstukken if n not in boeken
                                      for reden in [afwezig.get(n, "dit hoofdstuk kon niet gemaakt worden")]]
            if naam == OPENING:
                eigen["hoofdstukken"] = [self._link(n, False) | {"delen": sections(self.page(jaar, team, n))}
                                         for n in namen if n not in (OPENING, VOLLEDIG)]
                eigen["veranderd"] = _file(VERANDERD) if VERANDERD in namen else ""
                eigen["werkboek"] = WERKBOEK if heel else ""
            van = boeken if naam == VOLLEDIG else {naam: boeken[naam]}
            nieuw = merken.write(_file(naam), self._made_from(pagina | eigen, van),
                                 lambda: self._html(list(van.values()), pagina | eigen))
            gemaakt[nieuw].append(self.page(jaar, team, naam))
        merken.close([WERKBOEK, *map(_file, (*self.settings.notebooks, VOLLEDIG))])
        return gemaakt[True], gemaakt[False]

    def write_handbook(self, checked: Path, cijfers: pandas.DataFrame, queries: Path | None = None) -> None:
        """Write the handbook of this organisation's indicators, beside its index; ``queries`` as in ``Engine``."""
        def page() -> str:
            from kopanalyse.report.handboek import handbook  # brings along all that counting needs

            eigen = {"index": self.index.name} | handbook(self.settings, checked, cijfers, queries)
            return self._jinja.get_template("handboek.html.j2").render(p=self._common() | eigen)

        tabellen = sorted(pad.name for pad in checked.glob("*.parquet"))
        inhoud = [sorted(set(cijfers[kolom].tolist())) for kolom in ("jaar", "indicator")]
        merken = Merken(self.map, self.alles)
        van = self._common() | {"handboek": [repr(self.settings), tabellen, inhoud]}
        merken.write(HANDBOEK, self._made_from(van), page)
        merken.close()

    def write_indexes(self) -> None:
        """Write the index over years and teams of this organisation, and the one over all organisations."""
        jaren = sorted((int(m.name) for m in self.map.glob("*") if re.fullmatch("[0-9]{4}", m.name)), reverse=True)
        lijst = [(jaar, [(self._team(team), links) for team in self.mappen if (links := self._links(jaar, team))])
                 for jaar in jaren]
        script = (TEMPLATES / TEMPLATE / "zoeken.js").read_text(encoding="utf-8").strip()
        zoeken = {"script": script, "scriptmerk": _digest(script)}
        pagina = self._common() | zoeken | {
            "index": "../index.html", "jaren": [(jaar, rijen) for jaar, rijen in lijst if rijen],
            "handboek": HANDBOEK, "statussen": self.settings.status}
        html = self._jinja.get_template("overzicht.html.j2").render(p=pagina)
        replace_file(self.index, html, alles=self.alles)
        organisaties = [self._organisation(m.parent.name) for m in sorted(self.reports.glob("*/index.html"))]
        stijl = _style("")
        pagina = self._common() | zoeken | {
            "organisatie": "", "gegevens": "", "organisaties": organisaties, "stijl": stijl,
            "stijlmerk": _digest(stijl), "herkomst": "", "gecontroleerd": "", "opdrachten": []}
        html = self._jinja.get_template("organisaties.html.j2").render(p=pagina)
        replace_file(self.reports / "index.html", html, alles=self.alles)

    def _made_from(self, pagina: dict, boeken: Mapping[str, Boek] = {}) -> str:
        """Digest of what a page is made from.

        Without the day of checking: as long as nothing else changes, a page is true to the check that it names.
        """
        return digest(library(), {naam: boek.inhoud for naam, boek in boeken.items()}, pagina | {"gecontroleerd": ""})

    def _html(self, boeken: Sequence[Boek], pagina: dict) -> str:
        """The page of a notebook, or of several as one."""
        notebook, *meer = [boek.node() for boek in boeken]
        if pagina["naam"] == VOLLEDIG:
            notebook = as_one([notebook, *meer])
        without_title(notebook)
        return self._exporter.from_notebook_node(notebook, resources={"kopanalyse": pagina})[0]

    def _workbook(self, boeken: Mapping[str, Boek], pagina: dict) -> bytes:
        """The Excel file of one year and team, of the tables that its pages show."""
        delen = {leesbaar(self._title(naam)): parts(boek.node()) for naam, boek in boeken.items()}
        vooraf = [f"{pagina['organisatie']}, {pagina['jaar']}, {pagina['wie']}", pagina["statuszin"],
                  pagina["gegevens"], f"{pagina['gecontroleerd']} {pagina['herkomst']}".strip()]
        return workbook({titel: lijst for titel, lijst in delen.items() if lijst}, f"Cijfers van {vooraf[0]}",
                        list(filter(None, vooraf)), self.settings)

    def _common(self, jaar: int | None = None, team: str | None = None) -> dict:
        """What every page shows: whose figures, where they come from, how it was made and can be made again."""
        stijl = _style(self.settings.toelichting_gegevens)
        gecontroleerd = (f"De cijfers komen uit de registratie zoals gecontroleerd op {datum(self.gecontroleerd)}."
                         if self.gecontroleerd else "")
        wie = f"--organisatie {self.settings.organisatie}"
        waarvan = f" --jaar {jaar} --team {shlex.quote(leesbaar(team))}" if jaar else ""
        return {"organisatie": leesbaar(self.settings.naam), "gegevens": self.settings.toelichting_gegevens,
                "stijl": stijl, "stijlmerk": _digest(stijl), "versie": version("kopanalyse"),
                "gecontroleerd": gecontroleerd, "herkomst": f"Instellingen {self.settings.fingerprint}.",
                "opdrachten": [f"kopanalyse compute {wie}", f"kopanalyse report {wie}{waarvan}"]}

    def _title(self, naam: str) -> str:
        return leesbaar(self.settings.tekst(naam))

    def _link(self, naam: str, huidig: bool) -> dict:
        return {"naam": self._title(naam), "href": _file(naam), "huidig": huidig}

    def _links(self, jaar: int, team: str) -> list[dict]:
        paden = {naam: self.page(jaar, team, naam) for naam in (*self.settings.notebooks, VOLLEDIG)}
        return [self._link(naam, False) | {"href": pad.relative_to(self.map).as_posix()}
                for naam, pad in paden.items() if pad.is_file()]

    def _team(self, team: str) -> str:
        if team == ALLE:
            return self.settings.tekst(ALLE)
        return leesbaar(team) if "team" in team.lower() else f"Team {leesbaar(team)}"

    def _organisation(self, organisatie: str) -> dict:
        """What the index over organisations says of one: its name, where its data come from, its years and teams."""
        link = {"naam": organisatie, "href": f"{organisatie}/index.html", "gegevens": "",
                "jaren": years_and_teams(self.reports / organisatie / "index.html")}
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
        import kopanalyse.report.quick_nbformat  # noqa: F401  # before nbconvert, which imports nbformat itself
        from nbconvert import HTMLExporter, TemplateExporter

        class Exporter(HTMLExporter):
            """Without the last step of nbconvert's own, which parses a page again to mend what ours does not have.

            That is images without alternative text, and cells as Jupyter's own template has them.
            """

            def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **anders: Any) -> tuple:
                return TemplateExporter.from_notebook_node(self, nb, resources, **anders)

        exporter = Exporter(template_name=TEMPLATE, extra_template_basedirs=[str(TEMPLATES)], language_code="nl",
                            exclude_input=True, exclude_anchor_links=True, optimistic_validation=True)
        exporter.register_filter("met_koppen", with_headings)
        exporter.register_filter("met_handboek", link_definitions)
        return exporter


def with_headings(html: str) -> dict:
    """The page with an address on every h2 and h3, and those headings in order for its contents list."""
    koppen: list[dict] = []

    def address(kop: re.Match[str]) -> str:
        tekst = _words(kop[2])
        basis, bezet = _slug(tekst), {k["id"] for k in koppen}
        id_ = next(i for i in (basis, *(f"{basis}-{n}" for n in range(2, len(bezet) + 3))) if i not in bezet)
        koppen.append({"niveau": int(kop[1]), "id": id_, "tekst": tekst})
        return f'<h{kop[1]} id="{id_}">{kop[2]}</h{kop[1]}>'

    return {"html": KOP.sub(address, html), "koppen": koppen}


def link_definitions(html: str) -> str:
    """A chapter's page with every definition linked to its place in the handbook, two folders up.

    Only a built page stands beside a handbook; a notebook leaves the titles as they are.
    """
    return re.sub(r'<dt data-indicator="(\w+)">(.*?)</dt>', rf'<dt><a href="../../{HANDBOEK}#\1">\2</a></dt>', html)


def sections(pad: Path) -> list[dict]:
    """The addresses and words (HTML) of the sections of a page that has been written."""
    inhoud = pad.read_text(encoding="utf-8").partition("<main")[2]
    return [{"href": f"{pad.name}#{kop[1]}", "tekst": _words(kop[2])}
            for kop in re.finditer(r'<h2 id="([^"]*)">(.*?)</h2>', inhoud, re.S)]


def years_and_teams(index: Path) -> list[tuple[str, list[dict]]]:
    """The years of an organisation's index that has been written, and in each the teams with where they begin."""
    from markupsafe import Markup

    jaren: dict[str, list[dict]] = {}
    tekst = index.read_text(encoding="utf-8")
    for href, naam in re.findall('<a href="([0-9]{4}/[^"]*)"><strong>(.*?)</strong>', tekst):
        jaren.setdefault(href[:4], []).append({"href": f"{index.parent.name}/{href}", "naam": Markup(naam)})
    return list(jaren.items())


def _words(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html).strip()


def _slug(tekst: str) -> str:
    return re.sub(r"[^\w]+", "-", tekst.lower()).strip("-") or "kop"


def parts(notebook: NotebookNode) -> list[dict]:
    """The tables that an executed notebook carries for the Excel file, each part once."""
    uitvoer = [u.get("data", {}).get(SOORT) for cel in notebook.cells for u in cel.get("outputs", [])]
    return list({deel["naam"]: deel for deel in uitvoer if deel}.values())


def as_one(boeken: Sequence[NotebookNode]) -> NotebookNode:
    """The opening page and the chapters as one notebook, for print.

    A chapter's title becomes a heading and its headings go down a level; links between pages become links within this
    one; the drawings for a phone and the tables to take along stay behind; each definition stands once, at the end.
    """
    from copy import deepcopy

    from kopanalyse.report.quick_nbformat import nbformat

    heel, *hoofdstukken = map(deepcopy, boeken)
    for boek in hoofdstukken:
        for cel in boek.cells:
            if cel.cell_type == "markdown":
                cel.source = re.sub(r"^(#+ )", r"#\1", cel.source, flags=re.M)
            for data in (uitvoer.get("data", {}) for uitvoer in cel.get("outputs", [])):
                if "text/html" in data:
                    data["text/html"] = KOPTAG.sub(lambda tag: f"{tag[1]}{int(tag[2]) + 1}", data["text/html"])
        heel.cells += boek.cells
    definities: dict[str, None] = {}
    for uitvoer in [uitvoer for cel in heel.cells for uitvoer in cel.get("outputs", [])]:
        html = uitvoer.get("data", {}).get("text/html", "")
        definities |= dict.fromkeys(EEN_DEFINITIE.findall("".join(DEFINITIES.findall(html))))
        html = re.sub(r"<source [^>]*>", "", MEENEMEN.sub("", DEFINITIES.sub("", html)))
        html = re.sub(r'href="\w+\.html#', 'href="#', html)
        if html:
            uitvoer["data"]["text/html"] = html
    if definities:
        lijst = nbformat.v4.new_output("display_data", {"text/html": f"<dl>{''.join(definities)}</dl>"})
        heel.cells += [nbformat.v4.new_markdown_cell("## Wat is geteld"), nbformat.v4.new_code_cell(outputs=[lijst])]
    return heel


def without_title(notebook: NotebookNode) -> None:
    """Take the notebook's own title away: the page has one, with organisation, year and team."""
    for cel in notebook.cells:
        if cel.cell_type == "markdown":
            if cel.source.startswith("# "):
                cel.source = cel.source.partition("\n")[2].lstrip()
            return


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


def _digest(tekst: str) -> str:
    """The digest by which the page's Content-Security-Policy knows its own stylesheet or script."""
    return base64.b64encode(hashlib.sha256(tekst.encode()).digest()).decode()
