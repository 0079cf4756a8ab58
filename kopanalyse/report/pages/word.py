"""The report as a Word document, of the page with everything: for who works on in Word, or has to read it so.

Real headings with a contents list, figures as pictures with what they show in words, tables of which the head comes
back on every sheet. The table of each figure stands at the end, so that the text reads on. Nothing tells who made it
or when: the same page gives the same bytes.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from kopanalyse.errors import UserError
from kopanalyse.excel import without_time
from kopanalyse.report.pages.figures import as_png
from kopanalyse.report.pages.word_table import add_table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

BREED, HOOG = 16.0, 17.0  # centimetres between the margins of an A4, and of a sheet that a picture may take
PIXELS = 1_250  # across a picture: about 200 dots to the inch
LETTER, INKT = "Arial", "1D2730"
GROOTTES = {"Normal": 10.5, "Noot": 9, "Caption": 10.5, "Quote": 10.5, "Title": 26, "Subtitle": 13} | {
    f"Heading {niveau}": grootte for niveau, grootte in ((1, 18), (2, 14), (3, 12), (4, 11))
}  # of the letters of each style, in points
UITLEG = re.compile(r' \(uitleg: <a [^>]*>[^<]*</a>\)|<p class="noot">Uitleg: <a [^>]*>[^<]*</a>\.</p>')
ONLEESBAAR = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BLOKKEN = re.compile("p|[uod]l|table|figure|div|blockquote|details|article|pre|svg|h[23]")  # elements that stand alone
KLEIN = ("noot", "grondslag", "bij", "wie", "auteur", "staat-voor", "hoofddomein")  # classes of what is said smaller
SMAL = "smal"  # the class of what is drawn for a phone
TABELLEN, INHOUD = "Tabellen bij de figuren", "Inhoud"


def check_word() -> None:
    """Raise ``UserError`` (Dutch) where nothing can make a Word document."""
    try:
        import docx  # noqa: F401
        import resvg_py  # noqa: F401
    except ImportError as fout:
        raise UserError(
            f"Voor --word is het pakket {fout.name} nodig: pip install 'kopanalyse[word]'. Zonder --word komen de "
            "rapporten er wel, als HTML."
        ) from None


def as_word(html: str, titel: str, van_wie: str) -> bytes:
    """The page with everything as a Word document; ``van_wie`` is the organisation, its author."""
    import docx

    hoofd = BeautifulSoup(UITLEG.sub("", html), "html.parser")
    kop, inhoud = hoofd.h1, hoofd.main
    assert kop and inhoud, "a page with a title and contents"
    doc = docx.Document()
    _prepare(doc, titel, van_wie)
    onder = kop.find(class_="onder")
    doc.add_paragraph(" ".join(text for text in kop.find_all(string=True, recursive=False)).strip(), "Title")
    doc.add_paragraph(f"{van_wie}{f', {_words(onder)}' if onder else ''}", "Subtitle")
    for zin in hoofd.select("header .gegevens, header .status"):
        doc.add_paragraph(_words(zin))
    begin = doc.add_paragraph()
    schrijver = _Schrijver(doc)
    for knoop in inhoud.children:
        schrijver.block(knoop)
    schrijver.tables()
    _add_contents(begin, schrijver.koppen)
    uit = io.BytesIO()
    doc.save(uit)
    return without_time(uit.getvalue())


class _Schrijver:
    """Writes what stands in a page into a document, in order."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.koppen: list[tuple[int, str, str]] = []  # level, words and bookmark, for the contents list
        self._later: list[tuple[str, Tag]] = []  # tables of figures, with the title of the figure

    def block(self, knoop: object) -> None:
        """One element of the page, or words between two."""
        if isinstance(knoop, NavigableString) and type(knoop) is NavigableString:
            if knoop.strip():
                self.doc.add_paragraph(_clean(knoop))
        elif isinstance(knoop, Tag) and not knoop.has_attr("hidden"):
            schrijf = getattr(self, f"_{knoop.name}", None) or self._other
            schrijf(knoop)

    def tables(self) -> None:
        """The tables of the figures, at the end."""
        if self._later:
            self.heading(1, TABELLEN)
        for titel, details in self._later:
            self.heading(3, titel)  # below what the contents list shows
            for knoop in details.find_all(recursive=False):
                if knoop.name != "summary":
                    self.block(knoop)

    def heading(self, niveau: int, tekst: str) -> None:
        alinea = self.doc.add_heading(_clean(tekst), niveau)
        merk = f"_Toc{len(self.koppen) + 1:06}"
        for soort in ("bookmarkStart", "bookmarkEnd"):
            deel = _element(soort, id=str(len(self.koppen)), **({"name": merk} if soort == "bookmarkStart" else {}))
            alinea._p.insert(1, deel) if soort == "bookmarkStart" else alinea._p.append(deel)
        self.koppen.append((niveau, tekst, merk))

    def _other(self, knoop: Tag) -> None:
        """What only holds other things: written as those, or as one paragraph where they are words."""
        if any(isinstance(kind, Tag) and BLOKKEN.fullmatch(kind.name) for kind in knoop.descendants):
            for kind in knoop.children:
                self.block(kind)
        elif _words(knoop):
            self._p(knoop)

    def _h2(self, knoop: Tag) -> None:
        self.heading(int(knoop.name[1]) - 1, _words(knoop))

    _h3 = _h4 = _h5 = _h6 = _h2

    def _p(self, knoop: Tag) -> None:
        klein = set(knoop.get("class") or ()) & set(KLEIN)
        self._runs(self.doc.add_paragraph(style="Noot" if klein else None), knoop)

    def _pre(self, knoop: Tag) -> None:
        self.doc.add_paragraph(_clean(knoop.get_text()), "No Spacing")

    def _ul(self, knoop: Tag) -> None:
        if "kerncijfers" in (knoop.get("class") or ()):
            return self._key_figures(knoop)
        for punt in knoop.find_all("li", recursive=False):
            self._runs(self.doc.add_paragraph(style="List Number" if knoop.name == "ol" else "List Bullet"), punt)

    _ol = _ul

    def _key_figures(self, knoop: Tag) -> None:
        rijen = []
        for punt in knoop.find_all("li", recursive=False):
            delen = {soort: [_words(deel) for deel in punt.select(f".{soort}")] for soort in ("groot", "bij")}
            vorig = [_words(deel) for deel in punt.select(".vorig, .oordeel")]
            rijen.append([" ".join(delen["bij"]), " ".join(delen["groot"]), "; ".join(vorig)])
        koppen = ["Kerncijfer", "Aantal", "Vergeleken"]
        if not any(rij[2] for rij in rijen):
            koppen, rijen = koppen[:2], [rij[:2] for rij in rijen]
        add_table(self.doc, koppen, rijen, "Kerncijfers", {1})

    def _dl(self, knoop: Tag) -> None:
        for deel in knoop.find_all(["dt", "dd"]):
            if deel.name == "dt":
                alinea = self.doc.add_paragraph()
                alinea.paragraph_format.keep_with_next = True
                self._runs(alinea, deel, vet=True)
            else:
                self._other(deel)

    def _blockquote(self, knoop: Tag) -> None:
        for alinea in knoop.find_all("p") or [knoop]:
            self._runs(self.doc.add_paragraph(style="Quote"), alinea)

    def _details(self, knoop: Tag) -> None:
        figuur = knoop.parent.find("figure") if knoop.parent else None
        if figuur and knoop.find("table"):
            titel = figuur.find(class_="titel")
            self._later.append((_words(titel) if titel else _words(knoop.summary or knoop), knoop))
        else:
            for kind in knoop.children:
                if not isinstance(kind, Tag) or kind.name != "summary":
                    self.block(kind)

    def _figure(self, knoop: Tag) -> None:
        bijschrift, beeld = knoop.find("figcaption"), knoop.find("img")
        for klasse, stijl in (("titel", "Caption"), ("grondslag", "Noot")):
            deel = bijschrift.find(class_=klasse) if bijschrift else None
            if deel:
                self.doc.add_paragraph(_words(deel), stijl).paragraph_format.keep_with_next = True
        if beeld:
            self._img(beeld)

    def _img(self, knoop: Tag) -> None:
        adres = str(knoop.get("src", ""))
        soort, _, inhoud = adres.partition(",")
        if soort.startswith("data:image/svg+xml"):
            heel = base64.b64decode(inhoud).decode() if soort.endswith("base64") else unquote(inhoud)
            self._picture(as_png(heel, PIXELS), str(knoop.get("alt", "")))
        elif soort.startswith(("data:image/png", "data:image/jpeg", "data:image/gif")):
            self._picture(base64.b64decode(inhoud), str(knoop.get("alt", "")))

    def _svg(self, knoop: Tag) -> None:
        """A drawing in the page itself; the same drawing for a phone is left out."""
        if SMAL not in (knoop.parent.get("class") or () if knoop.parent else ()):
            self._picture(as_png(_as_drawn(knoop), PIXELS), str(knoop.get("aria-label", "")))

    def _picture(self, png: bytes, alt: str) -> None:
        from docx.shared import Cm

        alinea = self.doc.add_paragraph()
        vorm = alinea.add_run().add_picture(io.BytesIO(png), width=Cm(BREED))
        if vorm.height > Cm(HOOG):  # with what is said of it on one sheet
            vorm.width, vorm.height = round(vorm.width * Cm(HOOG) / vorm.height), Cm(HOOG)
        eigenschappen = vorm._inline.docPr
        eigenschappen.set("descr", _clean(alt))
        eigenschappen.set("name", f"Figuur {eigenschappen.get('id')}")

    def _table(self, knoop: Tag) -> None:
        bijschrift = knoop.find("caption")
        titel = _words(bijschrift) if bijschrift else ""
        if titel and (not self.koppen or self.koppen[-1][1] != titel):
            self.doc.add_paragraph(titel, "Caption").paragraph_format.keep_with_next = True
        add_table(self.doc, *_grid(knoop), titel or "Tabel", _of_numbers(knoop))

    def _runs(self, alinea: Paragraph, knoop: Tag, vet: bool = False, schuin: bool = False) -> None:
        """The words of an element, bold and slanted where the page has them so."""
        for tekst, is_vet, is_schuin in _trimmed(_pieces(knoop, vet, schuin)):
            deel = alinea.add_run(tekst)
            deel.bold, deel.italic = is_vet or None, is_schuin or None


def _pieces(knoop: Tag, vet: bool, schuin: bool) -> Iterator[tuple[str, bool, bool]]:
    for kind in knoop.children:
        if isinstance(kind, Tag):
            if kind.name == "br":
                yield "\n", vet, schuin
            elif not kind.has_attr("hidden"):
                yield from _pieces(kind, vet or kind.name in ("strong", "b"), schuin or kind.name in ("em", "i"))
        elif type(kind) is NavigableString:
            yield re.sub(r"[ \t\n]+", " ", _clean(kind)), vet, schuin


def _trimmed(stukken: Iterator[tuple[str, bool, bool]]) -> list[tuple[str, bool, bool]]:
    """Without blanks at the begin and the end."""
    lijst = [stuk for stuk in stukken if stuk[0]]
    if lijst:
        lijst[0] = (lijst[0][0].lstrip(), *lijst[0][1:])
        lijst[-1] = (lijst[-1][0].rstrip(), *lijst[-1][1:])
    return lijst


def _grid(tabel: Tag) -> tuple[list[str], list[list[str]]]:
    """Heads, in one row, and the rows under them; a row that is one cell is a heading over the next."""
    hoofd = tabel.find("thead")
    alle = tabel.find_all("tr")
    rijen = [rij for rij in alle if rij.parent is not hoofd]
    boven = [rij for rij in alle if rij.parent is hoofd and not rij.get("aria-hidden")]
    plekken: dict[tuple[int, int], str] = {}
    for y, rij in enumerate(boven):
        x = 0
        for cel in rij.find_all(["th", "td"]):
            while (y, x) in plekken:
                x += 1
            hoog, breed = (int(str(cel.get(naam, "1"))) for naam in ("rowspan", "colspan"))
            for dy in range(hoog):
                for dx in range(breed):
                    plekken[y + dy, x + dx] = _words(cel) if not dy else ""
            x += breed
    kolommen = 1 + max((x for _, x in plekken), default=-1)
    koppen = [" ".join(filter(None, (plekken.get((y, x), "") for y in range(len(boven))))) for x in range(kolommen)]
    return koppen, [[_words(cel) for cel in rij.find_all(["th", "td"])] for rij in rijen]


def _of_numbers(tabel: Tag) -> set[int]:
    """Which columns hold numbers, by the last row that has as many cells as any."""
    rijen = [rij.find_all(["th", "td"]) for rij in tabel.find_all("tr")]
    laatste = max(reversed(rijen), key=len, default=[])
    return {nummer for nummer, cel in enumerate(laatste) if "getal" in (cel.get("class") or ())}


def _as_drawn(svg: Tag) -> str:
    """A drawing as it was written: a parser of pages makes small letters of names that have capitals."""
    tekst = str(svg).replace("textlength=", "textLength=").replace("lengthadjust=", "lengthAdjust=")
    return tekst.replace("viewbox=", "viewBox=")


def _words(knoop: Tag) -> str:
    return " ".join(_clean(knoop.get_text(" " if knoop.find("br") else "")).split())


def _clean(tekst: str) -> str:
    return ONLEESBAAR.sub("\N{REPLACEMENT CHARACTER}", tekst)


def _element(soort: str, **kenmerken: str):
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    deel = OxmlElement(f"w:{soort}")
    for naam, waarde in kenmerken.items():
        deel.set(qn(f"w:{naam}"), waarde)
    return deel


def _prepare(doc: Document, titel: str, van_wie: str) -> None:
    """A4, the letters and language of the styles, a foot with the sheet's number, and properties about nobody."""
    from datetime import datetime

    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    blad = doc.sections[0]
    blad.page_width, blad.page_height = Cm(21), Cm(29.7)
    blad.left_margin = blad.right_margin = Cm((21 - BREED) / 2)
    stijlen: Any = doc.styles
    stijlen.add_style("Noot", WD_STYLE_TYPE.PARAGRAPH).base_style = stijlen["Normal"]
    for naam, grootte in GROOTTES.items():
        stijl = stijlen[naam]
        stijl.font.size, stijl.font.name, stijl.font.color.rgb = Pt(grootte), LETTER, RGBColor.from_string(INKT)
        if naam in ("Normal", "Noot"):
            stijl.paragraph_format.space_after = Pt(6 if naam == "Normal" else 4)
        letters = stijl.element.rPr.rFonts
        for soort in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme's letters overrule named ones
            letters.attrib.pop(qn(f"w:{soort}"), None)
    for taal in stijlen.element.iter(qn("w:lang")):
        taal.set(qn("w:val"), "nl-NL")
    voet = blad.footer.paragraphs[0]
    voet.style = stijlen["Noot"]
    voet.add_run(f"{_clean(titel)} – blad ")
    _add_field(voet, "PAGE", "1")
    wie = doc.core_properties
    wie.title, wie.author, wie.last_modified_by, wie.language = _clean(titel)[:255], _clean(van_wie)[:255], "", "nl-NL"
    wie.comments = wie.keywords = wie.subject = ""
    wie.created = wie.modified = datetime(2000, 1, 1)


def _add_field(alinea: Paragraph, wat: str, nu: str) -> None:
    """A field that Word works out; ``nu`` is what stands there until then."""
    from docx.oxml.ns import qn

    for soort in ("begin", "separate", "end"):
        if soort == "separate":
            opdracht = _element("instrText")
            opdracht.set(qn("xml:space"), "preserve")
            opdracht.text = f" {wat} "
            alinea.add_run()._r.append(opdracht)
        if soort == "end" and nu:
            alinea.add_run(nu)
        alinea.add_run()._r.append(_element("fldChar", fldCharType=soort))


def _add_contents(begin: Paragraph, koppen: list[tuple[int, str, str]]) -> None:
    """The contents list, as a field: it stands there with links to the headings, and Word adds the sheets to it when it
    is told to renew the field (F9)."""
    hoogste = [(niveau, tekst, merk) for niveau, tekst, merk in koppen if niveau <= 2]
    kop = begin.insert_paragraph_before(INHOUD)
    kop.runs[0].bold = True
    alinea = begin
    _add_field(alinea, r'TOC \o "1-2" \h \z \u', "")
    einde = alinea._p.xpath("./w:r")[-1]
    alinea._p.remove(einde)
    for niveau, tekst, merk in hoogste:
        link = _element("hyperlink", anchor=merk, history="1")
        loop = alinea.add_run(f"{_clean(tekst)}")._r
        loop.getparent().remove(loop)
        link.append(loop)
        alinea._p.append(link)
        alinea.paragraph_format.left_indent = _indent(niveau)
        alinea.paragraph_format.space_after = 0
        volgende = _element("p")
        alinea._p.addnext(volgende)
        alinea = type(alinea)(volgende, alinea._parent)
    alinea._p.append(einde)


def _indent(niveau: int):
    from docx.shared import Cm

    return Cm(0.6 * (niveau - 1))
