"""From a matplotlib figure to a small picture inside the page: SVG without dates, comments or random names."""

from __future__ import annotations

import base64
import io
import re
import warnings
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from kopanalyse.report.huisstijl import BREED, SMAL, Maat, rc
from kopanalyse.report.text import ontsnapt

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Tekening = Callable[[Maat], "Figure"]
LETTERS = "Arial,Helvetica,'Liberation Sans',sans-serif"


def picture(teken: Tekening, alt: str) -> str:
    """The drawing as ``<picture>``: one drawn for a phone and one for everything wider; both in the page itself."""
    smal, breed = (_data_uri(svg(teken, maat)) for maat in (SMAL, BREED))
    return (f'<picture><source media="screen and (max-width: 38em)" srcset="{smal}">'
            f'<img alt="{ontsnapt(alt)}" src="{breed}"></picture>')


def svg(teken: Tekening, maat: Maat) -> str:
    """The drawing at one width as SVG text; the same figures give the same text."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    uit = io.StringIO()
    with matplotlib.rc_context(rc()), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        figuur = teken(maat)
        FigureCanvasSVG(figuur).print_svg(uit, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return clean(uit.getvalue())


def clean(tekst: str) -> str:
    """SVG without what a browser does not need: metadata, clipping, unused ids, repeated fonts and styles, decimals."""
    tekst = tekst[tekst.index("<svg"):]
    tekst = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->|<clipPath.*?</clipPath>", "", tekst, flags=re.S)
    tekst = re.sub(r"<[^>]*>", _lichter, tekst)
    gebruikt = set(re.findall(r'"#([\w-]+)"', tekst))
    tekst = re.sub(r' id="([\w-]+)"', lambda m: m[0] if m[1] in gebruikt else "", tekst)
    tekst = re.sub(r"\s*\n\s*|<defs>\s*</defs>", "", tekst)
    tekst = re.sub(r"<g>\s*</g>", "", tekst).replace("<svg ", f'<svg font-family="{LETTERS}" ', 1)
    return _with_classes(tekst)


def _with_classes(tekst: str) -> str:
    """SVG in which a style that occurs more than once is written once, as a class."""
    tags = "".join(re.findall(r"<[^>]*>", tekst))
    vaak = [stijl for stijl, keer in Counter(re.findall(r' style="([^"]*)"', tags)).most_common() if keer > 1]
    klassen = {f' style="{stijl}"': f' class="s{nummer}"' for nummer, stijl in enumerate(vaak)}
    tekst = re.sub(r"<[^>]*>", lambda tag: re.sub(r' style="[^"]*"', lambda m: klassen.get(m[0], m[0]), tag[0]), tekst)
    regels = "".join(f".s{nummer}{{{stijl}}}" for nummer, stijl in enumerate(vaak))
    return re.sub(r"(<svg [^>]*>)", lambda m: f"{m[0]}<style>{regels}</style>", tekst, count=1) if vaak else tekst


def _lichter(vondst: re.Match[str]) -> str:
    """One tag with one decimal per coordinate, without the font that stands at the top."""
    tag = re.sub(r"\s*\n\s*", " ", vondst[0])
    tag = re.sub(r' clip-path="[^"]*"| transform="rotate\(-0 [^"]*"', "", tag)
    tag = re.sub(r"\s*font-family:[^;\"]*;?", "", tag)
    tag = re.sub(r"(?<![#\w])(-?\d+\.\d)\d+", r"\1", tag)
    tag = re.sub(r"(?<=[\d.]) ?([A-Zz]) ?(?=[-\d\"])", r"\1", tag) if tag.startswith("<path") else tag
    return tag.replace("; ", ";").replace(": ", ":").replace(" />", "/>").replace('d="M ', 'd="M')


def _data_uri(tekst: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(tekst.encode()).decode()
