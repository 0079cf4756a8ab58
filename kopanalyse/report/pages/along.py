"""What is made beside the pages for who takes a report along, only when it is asked for.

Pictures of the figures, and the whole as a Word document and as PDF. They cost time: pictures of De Kop's 315
figures nearly half of what its notebooks and pages take together. What was made before and still holds
stays, also when it is not asked for again; what no longer holds goes.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from kopanalyse.files import digest, file_digest
from kopanalyse.report.pages.figures import as_png, as_svg, check_drawing, figures, file_name
from kopanalyse.report.pages.marks import Boek, Merken, library

FIGUREN_OOK, WORD, PDF, ZIP = "figuren", "word", "pdf", "zip"  # what can be asked for
HEEL = {WORD: "volledig.docx", PDF: "volledig.pdf"}  # the files with everything, beside the page with everything


def check_possible(ook: Collection[str]) -> None:
    """Raise ``UserError`` (Dutch) where something that is asked for cannot be made here; before anything is made."""
    if FIGUREN_OOK in ook:
        check_drawing()
    if WORD in ook:
        from kopanalyse.report.pages.word import check_word

        check_word()
    if PDF in ook:
        from kopanalyse.report.pages.paper import find_browser

        find_browser()


def write_pictures(merken: Merken, hoofdstuk: str, boek: Boek, ook: Collection[str], van_wie: str) -> bool:
    """Make the pictures of a chapter's figures in the folder of ``merken``; whether they are there.

    ``van_wie`` says of which team and year they are.
    """
    van = digest(library(), hoofdstuk, boek.inhoud, van_wie)
    if merken.keep(van):
        return True
    if FIGUREN_OOK not in ook:
        return False
    lijst = figures(boek.node())
    for figuur in lijst:
        svg, naam = as_svg(figuur, van_wie), file_name(hoofdstuk, figuur.naam)
        merken.write(f"{naam}.svg", van, lambda: svg)
        merken.write(f"{naam}.png", van, lambda: as_png(svg))
    return bool(lijst)


def write_whole(merken: Merken, volledig: Path, ook: Collection[str], titel: str, van_wie: str) -> list[str]:
    """Make the Word document and the PDF of the page with everything; the names of those that are there."""
    er_zijn = []
    for vorm, naam in HEEL.items():
        van = digest(library(), vorm, titel, file_digest(volledig))

        def make() -> bytes:
            if vorm == PDF:
                from kopanalyse.report.pages.paper import as_pdf

                return as_pdf(volledig)
            from kopanalyse.report.pages.word import as_word

            return as_word(volledig.read_text(encoding="utf-8"), titel, van_wie)

        if vorm in ook:
            merken.write(naam, van, make)
        if vorm in ook or merken.keep(van):
            er_zijn.append(naam)
    return er_zijn
