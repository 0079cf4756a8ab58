"""From executed notebooks to pages: nbconvert with our template, the folders, and the indexes over them."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from kopanalyse.report.cijfers import ALLE
from kopanalyse.report.handboek import HANDBOEK, handbook, link_definitions
from kopanalyse.report.text import datum, leesbaar
from kopanalyse.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    import pandas
    from jinja2 import Environment
    from nbconvert import HTMLExporter
    from nbformat import NotebookNode

    from kopanalyse.report.build import Taak

TEMPLATES, TEMPLATE = Path(__file__).parent / "template", "kopanalyse"
KOP = re.compile(r"<h([23])>(.*?)</h\1>", re.S)


class Schrijver:
    """Writes the pages of one organisation under ``reports``; ``mappen`` is the folder of each team."""

    def __init__(self, settings: Settings, raw: Path, reports: Path, mappen: dict[str, str]) -> None:
        self.settings, self.raw, self.reports, self.mappen = settings, raw, reports, mappen
        self.map = reports / settings.organisatie
        self.index = self.map / "index.html"

    def page(self, jaar: int, team: str, hoofdstuk: str) -> Path:
        """Where a chapter of a year and team stands."""
        return self.map / str(jaar) / self.mappen[team] / f"{hoofdstuk}.html"

    def write_folder(self, taken: Sequence[Taak]) -> list[Path]:
        """Write the pages of one year and team from their executed notebooks, linked to what is there."""
        import nbformat

        nieuw = {taak.hoofdstuk for taak in taken}
        paden = []
        for taak in taken:
            pad = self.page(taak.jaar, taak.team, taak.hoofdstuk)
            hoofdstukken = [self._link(h, h == taak.hoofdstuk) for h in self.settings.hoofdstukken
                            if h in nieuw or self.page(taak.jaar, taak.team, h).is_file()]
            pagina = self._common() | {
                "hoofdstuk": self.settings.tekst(taak.hoofdstuk), "jaar": taak.jaar, "wie": self._team(taak.team),
                "hoofdstukken": hoofdstukken, "index": "../../index.html"}
            replace_file(pad, self._html(nbformat.read(taak.uit, as_version=4), pagina))
            paden.append(pad)
        return paden

    def remove(self, jaar: int, team: str, hoofdstukken: Iterable[str]) -> None:
        """Take away the pages of chapters that have nothing to show any more."""
        for hoofdstuk in hoofdstukken:
            self.page(jaar, team, hoofdstuk).unlink(missing_ok=True)

    def write_handbook(self, checked: Path, cijfers: pandas.DataFrame) -> None:
        """Write the handbook of this organisation's indicators, beside its index."""
        pagina = self._common() | {"index": self.index.name} | handbook(self.settings, checked, cijfers)
        replace_file(self.map / HANDBOEK, self._jinja.get_template("handboek.html.j2").render(p=pagina))

    def write_indexes(self) -> None:
        """Write the index over years and teams of this organisation, and the one over all organisations."""
        jaren = sorted((int(m.name) for m in self.map.glob("*") if re.fullmatch("[0-9]{4}", m.name)), reverse=True)
        lijst = [(jaar, [(self._team(team), links) for team in self.mappen if (links := self._links(jaar, team))])
                 for jaar in jaren]
        pagina = self._common() | {"index": "../index.html", "jaren": [(jaar, rijen) for jaar, rijen in lijst if rijen],
                                   "handboek": HANDBOEK}
        replace_file(self.index, self._jinja.get_template("overzicht.html.j2").render(p=pagina))
        organisaties = [self._organisation(m.parent.name) for m in sorted(self.reports.glob("*/index.html"))]
        stijl = _style("")
        pagina = self._common() | {"organisatie": "", "gegevens": "", "organisaties": organisaties, "stijl": stijl,
                                   "stijlmerk": _digest(stijl)}
        replace_file(self.reports / "index.html", self._jinja.get_template("organisaties.html.j2").render(p=pagina))

    def _html(self, notebook: NotebookNode, pagina: dict) -> str:
        without_title(notebook)
        return self._exporter.from_notebook_node(notebook, resources={"kopanalyse": pagina})[0]

    def _common(self) -> dict:
        """What every page shows: whose figures, where they come from, how it was made."""
        stijl = _style(self.settings.toelichting_gegevens)
        return {"organisatie": leesbaar(self.settings.naam), "gegevens": self.settings.toelichting_gegevens,
                "stijl": stijl, "stijlmerk": _digest(stijl), "versie": version("kopanalyse"),
                "vandaag": datum(date.today())}

    def _link(self, hoofdstuk: str, huidig: bool) -> dict:
        return {"naam": leesbaar(self.settings.tekst(hoofdstuk)), "href": f"{hoofdstuk}.html", "huidig": huidig}

    def _links(self, jaar: int, team: str) -> list[dict]:
        map_ = self.page(jaar, team, "").parent.relative_to(self.map).as_posix()
        return [self._link(h, False) | {"href": f"{map_}/{h}.html"} for h in self.settings.hoofdstukken
                if self.page(jaar, team, h).is_file()]

    def _team(self, team: str) -> str:
        if team == ALLE:
            return self.settings.tekst(ALLE)
        return leesbaar(team) if "team" in team.lower() else f"Team {leesbaar(team)}"

    def _organisation(self, organisatie: str) -> dict:
        """What the index over organisations says of one: its name and where its data come from."""
        link = {"naam": organisatie, "href": f"{organisatie}/index.html", "gegevens": ""}
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
        from nbconvert import HTMLExporter

        exporter = HTMLExporter(template_name=TEMPLATE, extra_template_basedirs=[str(TEMPLATES)], language_code="nl",
                                exclude_input=True, exclude_anchor_links=True)
        exporter.register_filter("met_koppen", with_headings)
        exporter.register_filter("met_handboek", link_definitions)
        return exporter


def with_headings(html: str) -> dict:
    """The page with an address on every h2 and h3, and those headings in order for its contents list."""
    koppen: list[dict] = []

    def address(kop: re.Match[str]) -> str:
        tekst = re.sub(r"<[^>]*>", "", kop[2]).strip()
        basis = re.sub(r"[^\w]+", "-", tekst.lower()).strip("-") or "kop"
        bezet = {k["id"] for k in koppen}
        id_ = next(i for i in (basis, *(f"{basis}-{n}" for n in range(2, len(bezet) + 3))) if i not in bezet)
        koppen.append({"niveau": int(kop[1]), "id": id_, "tekst": tekst})
        return f'<h{kop[1]} id="{id_}">{kop[2]}</h{kop[1]}>'

    return {"html": KOP.sub(address, html), "koppen": koppen}


def without_title(notebook: NotebookNode) -> None:
    """Take the notebook's own title away: the page has one, with organisation, year and team."""
    for cel in notebook.cells:
        if cel.cell_type == "markdown":
            if cel.source.startswith("# "):
                cel.source = cel.source.partition("\n")[2].lstrip()
            return


def replace_file(pad: Path, tekst: str) -> None:
    """Write ``pad`` beside itself and rename it, so that there is always a whole file."""
    pad.parent.mkdir(parents=True, exist_ok=True)
    ernaast = pad.with_name(f".{pad.name}.{os.getpid()}")
    try:
        ernaast.write_text(tekst, encoding="utf-8")
        os.replace(ernaast, pad)
    finally:
        ernaast.unlink(missing_ok=True)


def _style(gegevens: str) -> str:
    """The stylesheet; where the data come from stands in the margin of every printed sheet."""
    stijl = (TEMPLATES / TEMPLATE / "stijl.css").read_text(encoding="utf-8").strip()
    if not gegevens:
        return stijl
    veilig = re.sub(r"[^a-zA-Z0-9 .,:]", lambda m: f"\\{ord(m[0]):x} ", leesbaar(gegevens))
    marge = f'@page {{ margin-top: 24mm; @top-left {{ content: "{veilig}"; width: 100%; }} }}'
    return f"{stijl}\n{marge}"


def _digest(tekst: str) -> str:
    """The digest by which the page's Content-Security-Policy knows its own stylesheet."""
    return base64.b64encode(hashlib.sha256(tekst.encode()).digest()).decode()
