"""A table in a Word document: its head comes back on every sheet, no row is cut in two, numbers stand right."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from docx.document import Document

LIJN, VLAK = "D8DEE3", "EEF2F5"  # between rows, behind heads
VEEL = 7  # columns; of more the letters are smaller
HALVE_PUNTEN, KLEINER = 18, 14  # size of letters


def add_table(
    doc: Document, koppen: Sequence[str], rijen: Sequence[Sequence[str]], titel: str, getallen: Collection[int]
) -> None:
    """Add a table with one row of heads at the end of ``doc``; ``getallen`` are its columns of numbers.

    A row of one cell is a heading over those that follow. Written as XML at once: cell by cell it takes minutes.
    """
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    breed = max([len(koppen), *map(len, rijen)])
    if not breed:
        return
    grootte = KLEINER if breed > VEEL else HALVE_PUNTEN
    randen = "".join(f'<w:{kant} w:val="single" w:sz="4" w:color="{LIJN}"/>' for kant in ("top", "bottom", "insideH"))
    kop = _row(koppen, breed, getallen, grootte, kop=True) if koppen else ""
    inhoud = "".join(_row(rij, breed, getallen, grootte) for rij in rijen)
    tabel = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{randen}</w:tblBorders>'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/><w:tblCaption w:val={quoteattr(titel)}/></w:tblPr>'
        f"<w:tblGrid>{'<w:gridCol/>' * breed}</w:tblGrid>{kop}{inhoud}</w:tbl>"
    )
    doc.element.body.insert_element_before(tabel, "w:sectPr")
    doc.add_paragraph()  # Word makes one table of two that touch


def _row(cellen: Sequence[str], breed: int, getallen: Collection[int], grootte: int, *, kop: bool = False) -> str:
    alleen = len(cellen) == 1 and breed > 1
    eigenschappen = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if kop else ''}</w:trPr>"
    inhoud = [
        _cell(tekst, grootte, rechts=nummer in getallen, vet=kop or alleen, vlak=kop, over=breed if alleen else 1)
        for nummer, tekst in enumerate(cellen)
    ]
    inhoud += [_cell("", grootte)] * (0 if alleen else breed - len(cellen))
    return f"<w:tr>{eigenschappen}{''.join(inhoud)}</w:tr>"


def _cell(
    tekst: str, grootte: int, *, rechts: bool = False, vet: bool = False, vlak: bool = False, over: int = 1
) -> str:
    cel = f'<w:gridSpan w:val="{over}"/>' if over > 1 else ""
    cel += f'<w:shd w:val="clear" w:color="auto" w:fill="{VLAK}"/>' if vlak else ""
    letter = f'<w:rPr>{"<w:b/>" if vet else ""}<w:sz w:val="{grootte}"/></w:rPr>'
    kant = '<w:jc w:val="right"/>' if rechts else ""
    alinea = f'<w:pPr>{"<w:keepNext/>" if vet else ""}<w:spacing w:before="20" w:after="20"/>{kant}</w:pPr>'
    return (
        f"<w:tc><w:tcPr>{cel}</w:tcPr><w:p>{alinea}<w:r>{letter}"
        f'<w:t xml:space="preserve">{escape(tekst)}</w:t></w:r></w:p></w:tc>'
    )
