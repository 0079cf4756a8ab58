"""Figures to take along, for a slide or a letter: each with its title, n and source in it, as SVG and as PNG.

They are made of the drawing that stands in a page, so that they show what it shows and nothing besides; of an edition
too. The same page gives the same bytes: the letters are those that travel with matplotlib, and nothing tells when or
with what a picture was made.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.sax.saxutils import escape

from kopanalyse.errors import UserError
from kopanalyse.report.dutch import leesbaar, ontsnapt
from kopanalyse.report.pages.downloads import SOORT

if TYPE_CHECKING:
    from nbformat import NotebookNode

FIGUREN = "figuren"  # the folder beside the pages
PIXELS = 1_500  # across a picture: sharp on a slide as wide as the screen
LANGSTE = 80  # of a name, so that every file system takes it
PLAATJE = re.compile(r'<img alt="([^"]*)" src="data:image/svg\+xml,([^"]*)"')
KENMERK = re.compile(r"([\w-]+)='([^']*)'")
MEENEMEN = re.compile(
    r'(<p class="meenemen"><a href="#figuur-([^"]*)" aria-label="Adres van dit onderdeel: ([^"]*)">[^<]*</a>)'
)
RAND, TITEL, REGEL, GRONDSLAG = 16.0, 13.0, 17.0, 9.6  # points: around, letters of a title, a line of it, letters of n


@dataclass(frozen=True)
class Figuur:
    """A figure of an executed notebook: its name among the parts, what goes with it, and the drawing in the page."""

    naam: str
    titel: str
    grondslag: str
    alt: str
    tekening: str


def figures(notebook: NotebookNode) -> list[Figuur]:
    """The figures that an executed notebook shows, each part once."""
    return list({figuur.naam: figuur for figuur in _all(notebook)}.values())


def _all(notebook: NotebookNode) -> Iterator[Figuur]:
    for data in (uit.get("data", {}) for cel in notebook.cells for uit in cel.get("outputs", [])):
        deel, gevonden = data.get(SOORT), PLAATJE.search(data.get("text/html", ""))
        if deel and gevonden:
            yield Figuur(deel["naam"], deel["titel"], deel["grondslag"], unescape(gevonden[1]), unquote(gevonden[2]))


def file_name(hoofdstuk: str, naam: str) -> str:
    """What the picture of a part is called, without what says its kind: its chapter first, so that those stand
    together."""
    heel = f"{hoofdstuk}-{naam}"
    if len(heel) <= LANGSTE:
        return heel
    return f"{heel[: LANGSTE - 13]}-{hashlib.sha256(heel.encode()).hexdigest()[:12]}"


def as_svg(figuur: Figuur, van_wie: str) -> str:
    """The drawing with its title, of which team and year it is and n above it, on white, and in words what it shows.

    Away from its page nothing else tells of whom it is.
    """
    from kopanalyse.report.charts.letters import ARIAL, ARIAL_VET
    from kopanalyse.report.charts.style import GRIJS, INKT
    from kopanalyse.report.charts.svg import lines

    begin, _, inhoud = figuur.tekening.partition(">")
    kenmerken = dict(KENMERK.findall(begin))
    breed, hoog = (float(maat) for maat in kenmerken["viewBox"].split()[2:])
    titel = lines(leesbaar(figuur.titel), breed * ARIAL_VET, TITEL, vet=True)  # the widest letters fit as well
    eronder = " – ".join(filter(None, (van_wie, figuur.grondslag)))
    grondslag = lines(leesbaar(eronder), breed * ARIAL, GRONDSLAG)
    regels = [(regel, TITEL, 700, INKT) for regel in titel] + [(regel, GRONDSLAG, 400, GRIJS) for regel in grondslag]
    boven = RAND + REGEL * len(regels) + 6
    vak = f"{-RAND:g} {-boven:g} {breed + 2 * RAND:g} {hoog + boven + RAND:g}"
    teksten = "".join(
        f"<text x='0' y='{REGEL * (nummer + 1) - boven + RAND - 4:g}' font-size='{grootte:g}px' font-weight='{dikte}' "
        f"fill='{kleur}'>{escape(regel)}</text>"
        for nummer, (regel, grootte, dikte, kleur) in enumerate(regels)
    )
    links, top, wijd, lang = vak.split()
    return (
        f"<svg xmlns='{kenmerken['xmlns']}' width='{wijd}pt' height='{lang}pt' viewBox='{vak}' "
        f"font-family='{kenmerken['font-family']}' role='img'><title>{escape(leesbaar(figuur.titel))}</title>"
        f"<desc>{escape(leesbaar(figuur.alt))}</desc>"
        f"<rect x='{links}' y='{top}' width='{wijd}' height='{lang}' fill='#fff'/>{teksten}{inhoud}"
    )


def as_png(svg: str, pixels: int = PIXELS) -> bytes:
    """An SVG of ours as PNG, in the letters that its layout was measured with."""
    from pathlib import Path

    import matplotlib
    import resvg_py

    letters = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=pixels,
            dpi=96,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=[str(letters / "DejaVuSans.ttf"), str(letters / "DejaVuSans-Bold.ttf")],
            font_family="DejaVu Sans",
            sans_serif_family="DejaVu Sans",
        )
    )


def check_drawing() -> None:
    """Raise ``UserError`` (Dutch) where nothing can make a PNG."""
    try:
        import resvg_py  # noqa: F401
    except ImportError:
        raise UserError(
            "Voor --figuren is het pakket resvg_py nodig: pip install 'kopanalyse[figuren]'. Zonder --figuren komen de "
            "rapporten er wel, zonder losse plaatjes."
        ) from None


def with_links(html: str, hoofdstuk: str) -> str:
    """A chapter's page with a link at every figure to its pictures."""

    def link(gevonden: re.Match[str]) -> str:
        bestand, titel = f"{FIGUREN}/{file_name(hoofdstuk, unescape(gevonden[2]))}", gevonden[3]
        return gevonden[1] + "".join(
            f' <a download href="{ontsnapt(bestand)}.{vorm}" aria-label="Figuur als {vorm.upper()}: {titel}">'
            f"Figuur als {vorm.upper()}</a>"
            for vorm in ("png", "svg")
        )

    return MEENEMEN.sub(link, html)
