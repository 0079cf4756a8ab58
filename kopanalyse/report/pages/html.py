"""What is done to the HTML of pages: addresses for headings, links to the handbook, several notebooks as one."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from copy import deepcopy
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from kopanalyse.report.authors.reading import UITLIJNING
from kopanalyse.report.dutch import hoofdletter
from kopanalyse.report.pages.downloads import SOORT

if TYPE_CHECKING:
    from nbformat import NotebookNode

HANDBOEK, VERGELIJKEN = "indicatoren.html", "vergelijken"  # the handbook, and where it says how figures compare

KOP = re.compile(r"<h([23])>(.*?)</h\1>", re.S)
KOPTAG = re.compile(r"(</?h)([2-5])\b")
MEENEMEN = re.compile('<p class="meenemen">.*?</p>', re.S)
DEFINITIES = re.compile('<details class="definitie">(.*?)</details>', re.S)
STIJL = re.compile(r"<style\b[^>]*>(.*?)</style>", re.S | re.I)
# in a tag, and not in what stands between quotes there: a drawing in an address has styles of its own
STIJLATTRIBUUT = re.compile(
    r"""<[a-z][\w-]*(?:\s+(?!style=)[^\s=>"']+(?:=(?:"[^"]*"|'[^']*'|[^\s>"']+))?)*"""
    r"""\s+style=(?:"([^"]*)"|'([^']*)')""",
    re.I,
)
EEN_DEFINITIE = re.compile("<dt[ >].*?</dt><dd>.*?</dd>", re.S)


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
    """A chapter's page with every definition and verdict linked to its place in the handbook, two folders up.

    Only a built page stands beside a handbook; a notebook leaves the titles as they are.
    """
    html = re.sub("<span data-vergelijken>(.*?)</span>", rf'<a href="../../{HANDBOEK}#{VERGELIJKEN}">\1</a>', html)
    return re.sub(r'<dt data-indicator="(\w+)">(.*?)</dt>', rf'<dt><a href="../../{HANDBOEK}#\1">\2</a></dt>', html)


def sections(pad: Path) -> list[dict]:
    """The addresses and words (HTML) of the sections of a page that has been written."""
    inhoud = pad.read_text(encoding="utf-8").partition("<main")[2]
    return [
        {"href": f"{pad.name}#{kop[1]}", "tekst": _words(kop[2])}
        for kop in re.finditer(r'<h2 id="([^"]*)">(.*?)</h2>', inhoud, re.S)
    ]


def years_and_teams(index: Path) -> list[tuple[str, list[dict]]]:
    """The years of an organisation's index that has been written, and in each the teams with where they begin."""
    jaren: dict[str, list[dict]] = {}
    tekst = index.read_text(encoding="utf-8")
    for href, naam in re.findall('<a href="([0-9]{4}/[^"]*)"><strong>(.*?)</strong>', tekst):
        jaren.setdefault(href[:4], []).append({"href": f"{index.parent.name}/{href}", "naam": Markup(naam)})
    return list(jaren.items())


def own_styles(notebook: NotebookNode) -> list[str]:
    """What a Content-Security-Policy has to let through for the styles that outputs bring along, such as pandas' own.

    The digest of every style element, and of every style attribute.
    """
    uitvoer = [u.get("data", {}).get("text/html", "") for cel in notebook.cells for u in cel.get("outputs", [])]
    elementen = dict.fromkeys(blok for tekst in uitvoer for blok in STIJL.findall(tekst))
    attributen = dict.fromkeys(
        unescape(een or ander) for tekst in uitvoer for een, ander in STIJLATTRIBUUT.findall(tekst)
    )
    return [
        *(["'unsafe-hashes'"] if attributen else []),
        *(f"'sha256-{csp_digest(s)}'" for s in [*elementen, *attributen]),
    ]


def csp_digest(tekst: str) -> str:
    """The digest by which a page's Content-Security-Policy knows a stylesheet or script."""
    return base64.b64encode(hashlib.sha256(tekst.encode()).digest()).decode()


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
    from kopanalyse.report.pages.quick_nbformat import nbformat

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


def without_empty(notebook: NotebookNode) -> None:
    """Take away every section of which nothing can be shown, and say at the end of the page, once, which and why.

    A section is a heading with what stands under it; one without any code is a text, and stays.
    """
    from kopanalyse.report.pages.quick_nbformat import nbformat

    weg: list[tuple[str, str]] = []

    def kept(cellen: Sequence[NotebookNode], koppen: Sequence[str]) -> list[NotebookNode]:
        """The cells without the sections under these headings that show nothing, the highest first."""
        uit = []
        for deel in _sections(cellen, koppen[0]):
            titel = deel[0].source.partition("\n")[0].lstrip("# ").strip()
            redenen = _reasons(deel, titel) if _heading(deel[0]) == koppen[0] else None
            if redenen:
                weg.append((titel, redenen))
            elif redenen is None:
                uit += kept(deel, koppen[1:]) if koppen[1:] else deel
        return uit

    notebook.cells = kept([stuk for cel in notebook.cells for stuk in _by_heading(cel)], ("## ", "### "))
    if weg:
        zinnen = "".join(
            f'<p class="leeg"><strong>{_words(titel)}</strong>{"" if titel.endswith("?") else "."} {reden}</p>'
            for titel, reden in weg
        )
        uitvoer = nbformat.v4.new_output("display_data", {"text/html": zinnen})
        notebook.cells.append(nbformat.v4.new_code_cell(outputs=[uitvoer]))


def _sections(cellen: Sequence[NotebookNode], kop: str) -> list[list[NotebookNode]]:
    """What stands before the first of these headings, and each of them with what stands under it; none are empty."""
    delen: list[list[NotebookNode]] = [[]]
    for cel in cellen:
        delen.append([cel]) if _heading(cel) == kop else delen[-1].append(cel)
    return [deel for deel in delen if deel]


def _by_heading(cel: NotebookNode) -> list[NotebookNode]:
    """A cell of text with several headings as a cell for each."""
    if cel.cell_type != "markdown":
        return [cel]
    stukken = [stuk.strip("\n") for stuk in re.split(r"^(?=##{1,2} )", cel.source, flags=re.M) if stuk.strip()]
    return [cel] if len(stukken) < 2 else [_with_source(cel, stuk) for stuk in stukken]


def _with_source(cel: NotebookNode, bron: str) -> NotebookNode:
    nieuw = deepcopy(cel)
    nieuw.source = bron
    return nieuw


def _heading(cel: NotebookNode) -> str:
    """``## `` or ``### `` for a cell that begins with such a heading; otherwise empty."""
    kop = re.match("##{1,2} ", cel.source) if cel.cell_type == "markdown" else None
    return kop[0] if kop else ""


def _reasons(deel: Sequence[NotebookNode], titel: str) -> str | None:
    """Why nothing of a section can be shown (HTML), each reason once; None when something can, or when it shows
    nothing anyway. Empty when there is nothing to say either: it is about work that the organisation does not have.
    """
    stukken = [
        u.get("data", {}).get("text/html", u.get("text", "x"))
        for cel in deel
        if cel.cell_type == "code"
        for u in cel.get("outputs", [])
    ]
    stukken = [stuk for stuk in stukken if stuk.strip()]
    if not stukken or not all(stuk.startswith('<p class="leeg"') for stuk in stukken):
        return None
    zinnen = [_words(stuk) for stuk in stukken if not stuk.startswith('<p class="leeg" hidden')]
    # what a part is called, before the reason: the heading says it already, and one reason holds for more parts
    per_reden = {zin.partition(": ")[2] or zin: zin for zin in reversed(zinnen)}
    return " ".join(
        hoofdletter(reden) if zin.startswith(f"{titel.rstrip('?')}: ") else zin
        for reden, zin in reversed(list(per_reden.items()))
    )


def with_alignment(html: str) -> str:
    """Tables of Markdown with their columns aligned by class, as the stylesheet of a page has it."""
    return re.sub(
        r'<(t[hd]) style="text-align:\s*(left|center|right);?">', lambda m: f'<{m[1]} class="{UITLIJNING[m[2]]}">', html
    )


def without_title(notebook: NotebookNode) -> None:
    """Take the notebook's own title away: the page has one, with organisation, year and team."""
    for cel in notebook.cells:
        if cel.cell_type == "markdown":
            if cel.source.startswith("# "):
                cel.source = cel.source.partition("\n")[2].lstrip()
            return
