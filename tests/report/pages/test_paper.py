"""The report as PDF: printed by Chromium, tagged, with bookmarks; and what is said where there is none."""

import re
import zlib

import pytest

from kopanalyse.cli import main
from kopanalyse.report.pages import paper
from kopanalyse.report.pages.paper import PdfError, as_pdf, find_browser
from tests import browser
from tests.report.klein import write_notebook


@pytest.fixture
def chromium(monkeypatch):
    pad = browser.find()
    assert pad, "Chromium is er niet: `python -m tests.browser` installeert hem."
    monkeypatch.setenv("CHROMIUM", pad)


def objects(pdf):
    """What a PDF says in its objects, those in compressed streams as well."""
    delen = [pdf]
    for begin in re.finditer(rb"stream\r?\n", pdf):
        try:
            delen.append(zlib.decompressobj().decompress(pdf[begin.end() :]))
        except zlib.error:
            continue
    return b"\n".join(delen)


@pytest.mark.browser
def test_a_page_becomes_a_tagged_pdf_with_its_headings_as_bookmarks(chromium, tmp_path):
    pagina = tmp_path / "een map met spaties" / "volledig.html"
    pagina.parent.mkdir()
    pagina.write_text(
        "<!doctype html><html lang='nl'><title>De titel</title><h1>Eerste</h1><h2>Tweede</h2><p>Tekst.",
        encoding="utf-8",
    )
    pdf = as_pdf(pagina)
    wat = objects(pdf)
    assert pdf.startswith(b"%PDF-") and b"/StructTreeRoot" in wat and re.search(rb"/Marked true", wat)
    assert re.search(rb"/Lang ?\(nl\)", wat) and b"/Outlines" in wat
    for kop in ("Eerste", "Tweede", "De titel"):
        assert kop.encode() in wat or kop.encode("utf-16-be").hex().upper().encode() in wat.upper(), kop
    assert [pad.name for pad in pagina.parent.iterdir()] == ["volledig.html"]


@pytest.mark.browser
@pytest.mark.bouw
def test_the_command_makes_it_beside_the_pages(chromium, klein):
    write_notebook(klein / "notebooks/fout.ipynb", ["rapport.toelichting('caseload')"])
    mappen = [
        deel for naam in ("raw", "processed", "reports", "notebooks") for deel in (f"--{naam}", str(klein / naam))
    ]
    opdracht = ["report", "--organisatie", "klein", "--jaar", "2019", "--team", "alle", *mappen]
    bestand = klein / "reports/klein/2019/alle/volledig.pdf"
    assert main([*opdracht, "--pdf"]) == 0 and bestand.read_bytes().startswith(b"%PDF-")
    toen = bestand.stat().st_mtime_ns
    assert main([*opdracht, "--pdf"]) == 0 and bestand.stat().st_mtime_ns == toen
    assert 'href="volledig.pdf"' in bestand.with_name("index.html").read_text(encoding="utf-8")


def test_without_a_browser_the_command_says_what_to_do(klein, monkeypatch, capsys):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(paper.shutil, "which", lambda naam: None)
    monkeypatch.setattr(paper, "VASTE_PLAATSEN", ())
    mappen = [
        deel for naam in ("raw", "processed", "reports", "notebooks") for deel in (f"--{naam}", str(klein / naam))
    ]
    assert main(["report", "--organisatie", "klein", "--pdf", *mappen]) == 2
    assert "Chromium, Chrome of Edge nodig, en dat is niet gevonden" in capsys.readouterr().err
    assert not (klein / "reports").exists()


def test_a_browser_that_is_named_and_not_there_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nergens"))
    with pytest.raises(paper.UserError, match="nergens staat het niet"):
        find_browser()


def test_a_browser_that_prints_nothing_is_said_with_its_last_words(monkeypatch, tmp_path):
    doos = tmp_path / "browser"
    doos.write_text("#!/bin/sh\necho 'eerst dit' >&2\necho 'geen ruimte' >&2\nexit 3\n")
    doos.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(doos))
    with pytest.raises(PdfError, match=r"volledig\.html is niet gemaakt: geen ruimte"):
        as_pdf(tmp_path / "volledig.html")
