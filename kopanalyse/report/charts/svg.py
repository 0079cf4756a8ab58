"""From a matplotlib figure to a small picture inside the page: SVG without dates, comments or random names."""

from __future__ import annotations

import io
import math
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from kopanalyse.report.charts.letters import held_to, in_arial
from kopanalyse.report.charts.style import AS, BREED, GRIJS, SMAL, Maat, rc
from kopanalyse.report.dutch import leesbaar, ontsnapt

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from matplotlib.figure import Figure

Tekening = Callable[[Maat], "Figure"]
LETTERS = "Arial,Helvetica,Liberation Sans,sans-serif"
SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
OVERAL = "*{stroke-linejoin:round;stroke-linecap:butt}"  # what matplotlib says once for the whole drawing
VANZELF = ("text-anchor:start", "font-weight:400", "stroke-dashoffset:0")  # what a browser does unasked
IN_ADRES = "!$'()*+,/:;=?@[]^`{|} "  # besides letters and digits, what an address may hold
VOET, VOETREGEL = 20, 12  # points, of the strip with the source, and of a line of it after the first
ENKEL = {"'": "&#39;"}
VERPLAATST = re.compile(r"translate\((\S+) ")  # where a line stands that is one of several
STUK = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?(?:e-?\d+)?")
PUNTEN = {"M": 1, "L": 1, "Q": 2, "C": 3, "z": 0}  # points that a command of a path takes


def picture(teken: Tekening, alt: str, bron: str = "") -> str:
    """The drawing as ``<picture>``: one drawn for a phone and one for everything wider; both in the page itself.

    ``bron`` stands in its foot, so that it goes along with a picture that is copied.
    """
    smal, breed = (_data_uri(svg(teken, maat, bron)) for maat in (SMAL, BREED))
    return (
        f'<picture><source media="screen and (max-width: 38em)" srcset="{smal.replace(" ", "%20")}">'
        f'<img alt="{ontsnapt(alt)}" src="{breed}"></picture>'
    )


def svg(teken: Tekening, maat: Maat, bron: str = "") -> str:
    """The drawing at one width as SVG text; the same figures give the same text."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    uit = io.StringIO()
    with matplotlib.rc_context(rc()), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        figuur = teken(maat)
        FigureCanvasSVG(figuur).print_svg(uit, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return clean(uit.getvalue(), bron)


def clean(tekst: str, bron: str = "") -> str:
    """The same picture in half the text: only what draws, each style once, one decimal per coordinate.

    Away go metadata, clipping, groups, ids that nothing uses and the font of every word. A style that occurs more than
    once is a class; marks of one style that follow each other are one path, words of one style one group.
    """
    wortel = ElementTree.fromstring(tekst)
    if bron:
        _add_foot(wortel, bron)
    breed = float(wortel.attrib["viewBox"].split()[2])
    knopen = _joined([_lighter(knoop, los) for knoop, los in _drawn(wortel)])
    for knoop in knopen:
        _keep_inside(knoop, breed)
    _shorten_ids(knopen)
    regels = OVERAL + _as_classes(knopen)
    vorm = {"xmlns": SVG[1:-1], **{naam: wortel.get(naam) for naam in ("width", "height", "viewBox")}}
    vorm |= {"font-family": LETTERS, "style": "background:#fff"}
    return _tag("svg", vorm, f"<style>{regels}</style>{_written(knopen)}")


def _add_foot(wortel: Element, bron: str) -> None:
    """The source under the drawing, on a strip that is added to it."""
    _, _, breed, hoog = wortel.attrib["viewBox"].split()
    regels = lines(leesbaar(bron), float(breed), AS)
    lager = _number(round(float(hoog) * 10) + 10 * (VOET + VOETREGEL * (len(regels) - 1)))
    wortel.set("viewBox", f"0 0 {breed} {lager}")
    wortel.set("height", f"{lager}pt")
    for nummer, regel in enumerate(regels):
        ElementTree.SubElement(
            wortel,
            f"{SVG}text",
            {
                "x": "0",
                "y": str(float(hoog) + VOET - 4 + VOETREGEL * nummer),
                "style": f"font-size:{AS}px;fill:{GRIJS}",
            },
        ).text = regel


def lines(tekst: str, breed: float, grootte: float, *, vet: bool = False) -> list[str]:
    """``tekst`` on as many lines as it takes most readers."""
    regels = [""]
    for woord in tekst.split():
        samen = f"{regels[-1]} {woord}".strip()
        if regels[-1] and in_arial(samen, grootte, vet) > breed:
            regels.append(woord)
        else:
            regels[-1] = samen
    return regels


def _keep_inside(knoop: Element, breed: float) -> None:
    """Hold a text to the room that it has, up to the edge of a picture that is ``breed`` wide."""
    if knoop.tag != "text":
        return
    stijl = dict(deel.split(":", 1) for deel in knoop.get("style", "").split(";") if deel)
    verplaatst = VERPLAATST.match(knoop.get("transform", ""))
    links = float(knoop.get("x") or (verplaatst[1] if verplaatst else 0))
    anker = stijl.get("text-anchor")
    ruimte = 2 * min(links, breed - links) if anker == "middle" else links if anker == "end" else breed - links
    lengte = held_to(
        knoop.text or "", float(stijl["font-size"].removesuffix("px")), ruimte, stijl.get("font-weight") == "700"
    )
    if lengte is not None and lengte > 0:
        knoop.attrib |= {"textLength": _number(math.floor(lengte * 10)), "lengthAdjust": "spacingAndGlyphs"}


def _drawn(knoop: Element, los: bool = False) -> Iterator[tuple[Element, bool]]:
    """What draws, in order; True beside a shape that waits in ``defs`` to be used. Groups say nothing themselves."""
    for kind in knoop:
        naam = kind.tag.removeprefix(SVG)
        if naam in ("path", "use", "text"):
            yield kind, los
        elif naam in ("g", "defs"):
            yield from _drawn(kind, los or naam == "defs")


def _lighter(knoop: Element, los: bool) -> Element:
    """A copy without what the whole drawing says already; only a shape that is to be used keeps its id."""
    kopie = ElementTree.Element(knoop.tag.removeprefix(SVG))
    kopie.text = knoop.text
    for naam, waarde in knoop.attrib.items():
        naam = naam.removeprefix(XLINK)
        if naam == "style":
            delen = [re.sub(r"\s*([:,])\s*", r"\1", deel.strip()) for deel in waarde.split(";")]
            waarde = ";".join(
                _short(deel) for deel in delen if deel and not deel.startswith("font-family") and deel not in VANZELF
            )
        elif naam == "d":
            waarde = _path(waarde)
        elif naam in ("x", "y"):
            waarde = _number(round(float(waarde) * 10))
        if waarde and naam != "clip-path" and (naam != "id" or los) and not waarde.startswith("rotate(-0 "):
            kopie.set(naam, waarde)
    return kopie


def _short(stijl: str) -> str:
    """A style with its numbers and colours as short as they go."""
    stijl = re.sub(r"#(\w)\1(\w)\2(\w)\3$", r"#\1\2\3", stijl)
    return re.sub(r"(?<![\w#.])0\.(?=\d)", ".", stijl)


def _path(d: str) -> str:
    """A path from its start in steps of tenths of a point; nothing drifts, because the tenths are whole numbers."""
    stukken, stappen, hier = iter(STUK.findall(d)), [], (0, 0)
    for opdracht in stukken:
        punten = [(round(float(next(stukken)) * 10), round(float(next(stukken)) * 10)) for _ in range(PUNTEN[opdracht])]
        if opdracht == "M":
            stap = "M", [*punten[0]]
        elif opdracht == "L" and punten[0][1] == hier[1]:
            stap = "h", [punten[0][0] - hier[0]]
        elif opdracht == "L" and punten[0][0] == hier[0]:
            stap = "v", [punten[0][1] - hier[1]]
        else:
            stap = opdracht.lower(), [w - h for punt in punten for w, h in zip(punt, hier)]
        if stap[0] in "hv" and stappen[-1][0] == stap[0] and stappen[-1][1][0] * stap[1][0] >= 0:
            stappen[-1][1][0] += stap[1][0]  # straight on
        elif stap[0] in "lqc" and stappen[-1][0] == stap[0]:
            stappen[-1][1].extend(stap[1])  # the same command does not say its letter again
        else:
            stappen.append(stap)
        hier = punten[-1] if punten else hier
    return _circle(stappen) or "".join(letter + _numbers(getallen) for letter, getallen in stappen)


def _circle(stappen: list[tuple[str, list[int]]]) -> str:
    """A path of eight curves around one middle as two halves of a circle; nothing for any other path."""
    if [letter for letter, _ in stappen] != ["M", "c", "z"] or len(stappen[1][1]) != 8 * 6:
        return ""
    (x, y), bochten = stappen[0][1], stappen[1][1]
    rand = [(x := x + dx, y := y + dy) for dx, dy in zip(bochten[4::6], bochten[5::6])]
    mx, my = (sum(punt[as_] for punt in rand) / 8 for as_ in (0, 1))
    stralen = [math.hypot(px - mx, py - my) for px, py in rand]
    if max(stralen) - min(stralen) > 2:  # in tenths of a point: what rounding explains
        return ""
    straal = round(sum(stralen) / 8)
    boog = f"a{_numbers([straal, straal])},0,1,0,"
    begin = _numbers([round(mx) - straal, round(my)])
    return f"M{begin}{boog}{_numbers([2 * straal, 0])}{boog}{_numbers([-2 * straal, 0])}z"


def _numbers(tienden: Sequence[int]) -> str:
    """Numbers of a path; a comma between two costs less in an address than a blank, and a minus needs neither."""
    return ",".join(map(_number, tienden)).replace(",-", "-")


def _number(tienden: int) -> str:
    """Tenths as a number without a zero that says nothing: 5 is ``.5``, 120 is ``12``."""
    heel, rest = divmod(abs(tienden), 10)
    return ("-" if tienden < 0 else "") + (str(heel) if heel or not rest else "") + (f".{rest}" if rest else "")


def _joined(knopen: Sequence[Element]) -> list[Element]:
    """Marks of one style that follow each other as one path; what shines through stays by itself."""
    uit: list[Element] = []
    for knoop in knopen:
        stijl = knoop.get("style", "")
        if (
            uit
            and set(knoop.keys()) == set(uit[-1].keys()) == {"d", "style"}
            and stijl == uit[-1].get("style")
            and "opacity" not in stijl
        ):
            uit[-1].set("d", uit[-1].attrib["d"] + knoop.attrib["d"])
        else:
            uit.append(knoop)
    return uit


def _shorten_ids(knopen: list[Element]) -> None:
    """Give shapes that are used a short id, and take those away that nothing uses."""
    gebruikt = dict.fromkeys(knoop.get("href") for knoop in knopen if knoop.tag == "use")
    kort = {lang: f"m{nummer}" for nummer, lang in enumerate(gebruikt)}
    knopen[:] = [knoop for knoop in knopen if not knoop.get("id") or f"#{knoop.get('id')}" in kort]
    for knoop in knopen:
        if knoop.get("id"):
            knoop.set("id", kort[f"#{knoop.get('id')}"])
        elif knoop.tag == "use":
            knoop.set("href", f"#{kort[knoop.get('href')]}")


def _as_classes(knopen: Sequence[Element]) -> str:
    """Write a style that occurs more than once as a class; returns the rules."""
    stijlen = Counter(knoop.get("style") for knoop in knopen)
    vaak = [stijl for stijl, keer in stijlen.most_common() if stijl and keer > 1]
    klassen = {stijl: f"s{nummer}" for nummer, stijl in enumerate(vaak)}
    for knoop in knopen:
        if klasse := klassen.get(knoop.get("style", "")):
            del knoop.attrib["style"]
            knoop.set("class", klasse)
    return "".join(f".{klasse}{{{stijl}}}" for stijl, klasse in klassen.items())


def _written(knopen: Sequence[Element]) -> str:
    """The elements as text; words of one class that follow each other name it once, on a group around them."""
    delen = []
    for (naam, klasse, los), groep in groupby(knopen, key=lambda k: (k.tag, k.get("class"), "id" in k.attrib)):
        leden = list(groep)
        samen = klasse if naam == "text" and len(leden) > 1 else None
        tekst = "".join(
            _tag(
                naam,
                {sleutel: w for sleutel, w in lid.items() if not samen or sleutel != "class"},
                escape(lid.text or ""),
            )
            for lid in leden
        )
        delen.append(_tag("g", {"class": samen}, tekst) if samen else _tag("defs", {}, tekst) if los else tekst)
    return "".join(delen)


def _tag(naam: str, attributen: dict[str, str], inhoud: str) -> str:
    """An element; its attributes in single quotes, which a data address in double quotes takes as they are."""
    delen = "".join(f" {sleutel}='{escape(waarde, ENKEL)}'" for sleutel, waarde in attributen.items())
    return f"<{naam}{delen}>{inhoud}</{naam}>" if inhoud else f"<{naam}{delen}/>"


def _data_uri(tekst: str) -> str:
    """The drawing as an address; the few signs that an address cannot hold are escaped, which is less than base64."""
    return "data:image/svg+xml," + quote(tekst, safe=IN_ADRES)
