"""Our template under plain nbconvert: found by its name, and a page that is whole without the library's help."""

import os
import re
import subprocess
import sys

import nbformat
import nbformat.v4 as v4
import pytest
from bs4 import BeautifulSoup

from kopanalyse.report.pages import template_link
from tests.report.klein import HOOFDMAP


@pytest.fixture
def boek(tmp_path):
    cellen = [
        v4.new_markdown_cell("# Mijn titel\n\nTekst."),
        v4.new_code_cell("geheim = 1", outputs=[v4.new_output("display_data", {"text/html": "<p>uitkomst</p>"})]),
    ]
    nbformat.write(v4.new_notebook(cells=cellen), tmp_path / "mijn_boek.ipynb")
    return tmp_path / "mijn_boek.ipynb"


def convert(boek, omgeving):
    jupyter = {"JUPYTER_PATH": str(omgeving / "share" / "jupyter"), "JUPYTER_PLATFORM_DIRS": "1"}
    gedaan = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "html", "--template", "kopanalyse", str(boek)],
        env=os.environ | jupyter,
        capture_output=True,
        text=True,
        check=False,
    )
    assert gedaan.returncode == 0, gedaan.stderr
    return boek.with_suffix(".html").read_text(encoding="utf-8")


def test_plain_nbconvert_finds_the_template_and_makes_a_whole_page(boek, tmp_path):
    for _ in range(2):  # a second time replaces the first
        plaats = template_link.link_template(tmp_path)
    assert (plaats / "conf.json").is_file()
    soep = BeautifulSoup(convert(boek, tmp_path), "html.parser")
    assert [kop.get_text().rstrip("¶") for kop in soep.find_all("h1")] == ["Mijn titel"]
    assert soep.title.string == "Mijn titel"
    assert soep.html["lang"] == "nl" and soep.main.find("p", string="uitkomst") and "geheim" not in soep.get_text()
    assert not soep.find("nav") and not soep.find("script") and "--papier" in soep.style.string
    voet = " ".join(soep.footer.get_text().split())
    assert re.fullmatch(r"Gemaakt met kopanalyse\.", voet)


def test_a_notebook_without_a_heading_is_called_as_its_file(boek, tmp_path):
    template_link.link_template(tmp_path)
    nbformat.write(v4.new_notebook(cells=[v4.new_markdown_cell("Tekst.")]), boek)
    assert BeautifulSoup(convert(boek, tmp_path), "html.parser").title.string == "mijn_boek"


@pytest.mark.parametrize("pad", sorted((HOOFDMAP / "notebooks").glob("*.ipynb")), ids=lambda pad: pad.stem)
def test_a_notebook_is_called_as_its_heading_whatever_makes_a_page_of_it(pad):
    notebook = nbformat.read(pad, as_version=4)
    assert notebook.cells[0].source.splitlines()[0] == f"# {notebook.metadata.title}"


def test_where_links_are_not_allowed_the_template_is_copied(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError("no right to link")

    monkeypatch.setattr(os, "symlink", refuse)
    for _ in range(2):
        plaats = template_link.link_template(tmp_path)
    assert (plaats / "stijl.css").is_file() and not plaats.is_symlink()
