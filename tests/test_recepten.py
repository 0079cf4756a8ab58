"""The recipes of ``docs/architectuur.md``, followed to the letter in a copy: what they add is there, and works."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.bouw  # the last recipe builds, and the others come before it

HOOFDMAP = Path(__file__).parent.parent
DOCUMENT = (HOOFDMAP / "docs" / "architectuur.md").read_text(encoding="utf-8")
MEEGENOMEN = ("kopanalyse", "notebooks", "tests")
PLEK = re.compile(r"[Ii]n\s+`(?P<pad>[^`]+)`,\s+(?P<waar>after|before|instead of)\s+`(?P<regel>[^`]+)`:\s*\Z")
EIND = re.compile(r"[Aa]t the end of\s+`(?P<pad>[^`]+)`:\s*\Z")
MAAK = re.compile(r"[Mm]ake\s+`(?P<pad>[^`]+)`:\s*\Z")
NOTEBOOK = re.compile(r"(?P<waar>[Mm]ake|[Ii]n)\s+the\s+notebook\s+`(?P<pad>[^`]+)`,")
DOEN = re.compile(r"\b[Rr]un\b")


class Stap(NamedTuple):
    """A block of a recipe: the words since the block before it, what language it is in, and what it says."""

    woorden: str
    taal: str
    blok: str


def recipes() -> dict[str, list[Stap]]:
    """The recipes by their heading, in their order, each with its blocks."""
    _, *delen = DOCUMENT.partition("## Recipes\n")[2].split("\n### ")
    return {
        deel.partition("\n")[0]: [
            Stap(*m.groups()) for m in re.finditer(r"(.*?)^```(\w+)\n(.*?)^```$", deel, re.MULTILINE | re.DOTALL)
        ]
        for deel in delen
    }


def put(pad: Path, waar: str, regel: str, blok: str) -> None:
    """Put ``blok`` at the one line of a file that says ``regel``."""
    regels = pad.read_text(encoding="utf-8").splitlines(keepends=True)
    plekken = [nummer for nummer, tekst in enumerate(regels) if tekst.rstrip("\n") == regel]
    assert len(plekken) == 1, f"{pad.name} has the line {regel!r} {len(plekken)} times"
    begin = plekken[0] + (waar == "after")
    regels[begin : begin + (waar == "instead of")] = [blok]
    pad.write_text("".join(regels), encoding="utf-8")


def cell(stap: Stap, parameters: bool) -> dict:
    """The cell of a notebook that a block stands for."""
    if stap.taal == "markdown":
        return {"cell_type": "markdown", "metadata": {}, "source": stap.blok.strip()}
    code = {"cell_type": "code", "execution_count": None, "outputs": [], "source": stap.blok.strip()}
    return code | {"metadata": {"tags": ["parameters"]} if parameters else {}}


def follow(stappen: list[Stap], map_: Path) -> Iterator[str]:
    """Do what a recipe says in the copy ``map_``; yields what its commands said."""
    notebook = None
    for stap in stappen:
        if plek := PLEK.search(stap.woorden):
            put(map_ / plek["pad"], plek["waar"], plek["regel"], stap.blok)
        elif plek := EIND.search(stap.woorden):
            with (map_ / plek["pad"]).open("a", encoding="utf-8") as bestand:
                bestand.write(stap.blok)
        elif plek := MAAK.search(stap.woorden):
            assert not (map_ / plek["pad"]).exists(), plek["pad"]
            (map_ / plek["pad"]).parent.mkdir(parents=True, exist_ok=True)
            (map_ / plek["pad"]).write_text(stap.blok, encoding="utf-8")
        elif plek := NOTEBOOK.search(stap.woorden):
            notebook = map_ / plek["pad"]
            if plek["waar"].lower() == "make":
                leeg = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
                notebook.write_text(json.dumps(leeg), encoding="utf-8")
            add_cell(notebook, stap)
        elif stap.taal == "sh":
            assert DOEN.search(stap.woorden), stap
            for regel in stap.blok.splitlines():
                yield run(regel, map_)
        else:
            assert notebook and not stap.woorden.strip(), f"no place is given for {stap}"
            add_cell(notebook, stap)


def add_cell(notebook: Path, stap: Stap) -> None:
    """Add a block as the last cell of a notebook; the second of a new one is that of the parameters."""
    inhoud = json.loads(notebook.read_text(encoding="utf-8"))
    inhoud["cells"].append(cell(stap, parameters=len(inhoud["cells"]) == 1))
    notebook.write_text(json.dumps(inhoud), encoding="utf-8")


def run(regel: str, map_: Path) -> str:
    """What a command says, run in the copy with the copy's own library."""
    eigen = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("PYTEST_")}
    pad = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    omgeving = eigen | {"PATH": pad, "PYTHONPATH": str(map_), "XDG_CACHE_HOME": str(map_ / "kas")}
    gedaan = subprocess.run(regel, shell=True, cwd=map_, env=omgeving, capture_output=True, text=True)
    assert gedaan.returncode == 0, f"{regel}\n{gedaan.stdout}{gedaan.stderr}"
    return gedaan.stdout


@pytest.fixture(scope="module")
def after(tmp_path_factory):
    """``after(recept)``: the copy in which the recipes were followed up to this one, and what its commands said."""
    map_ = tmp_path_factory.mktemp("huis")
    for naam in MEEGENOMEN:
        shutil.copytree(HOOFDMAP / naam, map_ / naam, ignore=shutil.ignore_patterns("artefacten"))
    shutil.copy(HOOFDMAP / "pyproject.toml", map_)
    (map_ / "data" / "raw").mkdir(parents=True)
    te_gaan, gezegd = recipes(), {}

    def up_to(recept: str) -> tuple[Path, str]:
        while recept not in gezegd:
            assert recept in te_gaan, "a recipe before this one could not be followed"
            volgende = next(iter(te_gaan))
            gezegd[volgende] = "\n".join(follow(te_gaan.pop(volgende), map_))
        return map_, gezegd[recept]

    return up_to


def test_a_table_is_checked_by_the_rules_of_its_columns_and_its_own(after):
    map_, _ = after("A table")
    van = map_ / "data" / "processed" / "voorbeeld"
    assert pd.read_parquet(van / "checked" / "inloop.parquet").bezoek_id.tolist() == ["b1", "b2", "b3", "b4"]
    bevindingen = pd.read_csv(van / "bevindingen.csv").set_index("sleutel")
    assert bevindingen.regel.to_dict() == {"b2": "vervolg_voor_bezoek", "b5": "onleesbaar"}
    assert "voor het bezoek zelf (2025-01-14)" in bevindingen.melding["b2"]
    assert "### inloop\n" in (map_ / "data" / "raw" / "README.md").read_text(encoding="utf-8")


def test_an_indicator_stands_in_the_long_table_and_its_example_holds(after):
    map_, gezegd = after("An indicator")
    assert "3 passed" in gezegd
    cijfers = pd.read_csv(map_ / "data" / "processed" / "voorbeeld" / "cijfers.csv", keep_default_na=False)
    tellers = cijfers.set_index(["indicator", "periode", "team", "categorie"]).teller.astype(float)
    assert tellers["inloopbezoeken", "2025", "alle", "totaal"] == 4
    assert tellers["inloopbezoeken", "2025-K1", "Oost", "formulieren"] == 2
    assert tellers["inloopbezoeken", "2025", "West", "onbekend"] == 1


def page(map_: Path, naam: str) -> BeautifulSoup:
    pad = map_ / "reports" / "voorbeeld" / "2025" / "alle" / f"{naam}.html"
    return BeautifulSoup(pad.read_text(encoding="utf-8"), "html.parser")


def test_a_part_is_drawn_on_the_page_of_its_chapter(after):
    pagina = page(after("A chapter")[0], "casuistiek_in_aantallen")  # where the report is made
    assert "formulieren 2" in pagina.find("img", alt=re.compile("Staafdiagram over 2025"))["alt"]
    assert pagina.find("h2", string=re.compile("Inloop"))


def test_a_chapter_is_a_page_of_the_report(after):
    map_, _ = after("A chapter")
    pagina = page(map_, "inloop")
    assert "Inloop" in pagina.h1.get_text() and pagina.find("a", href="casuistiek_in_aantallen.html")
    cellen = [cel.get_text() for cel in pagina.select("table td")]
    assert cellen[:3] == ["1", "4", "25,0%"]
    assert page(map_, "casuistiek_in_aantallen").find("a", href="inloop.html")
    handboek = (map_ / "reports" / "voorbeeld" / "indicatoren.html").read_text(encoding="utf-8")
    assert "Van de twee bezoeken in 2019 is van b3 niet bekend waarvoor het was." in handboek
