"""A year and team to send: all that its pages lead to comes along, and nothing that is not ours."""

import posixpath
import re
from html import unescape
from zipfile import ZipFile

import pytest

from kopanalyse.cli import main
from kopanalyse.report.pages.parcel import alone
from tests.report.klein import write_notebook

BESTANDEN = {"2019/oost/index.html": "index.html", "2019/oost/a.html": "a.html", "indicatoren.html": "indicatoren.html"}


@pytest.mark.parametrize(
    "html, werd",
    [
        ('<a href="a.html#x">A</a>', '<a href="a.html#x">A</a>'),
        ('<a href="#x">A</a>', '<a href="#x">A</a>'),
        (
            '<a download="x.csv" href="data:text/csv;base64,aa">A</a>',
            '<a download="x.csv" href="data:text/csv;base64,aa">A</a>',
        ),
        ('<a href="https://x.nl/a">A</a>', '<a href="https://x.nl/a">A</a>'),
        ('<dt><a href="../../indicatoren.html#x">A</a></dt>', '<dt><a href="indicatoren.html#x">A</a></dt>'),
        ('<p>Zie <a href="../../index.html">alle <b>jaren</b></a>.</p>', "<p>Zie alle <b>jaren</b>.</p>"),
        ('<p class="terug"><a href="../../index.html">Alle rapporten</a></p><p>A</p>', "<p>A</p>"),
        ('<nav><ul><li><a href="../zuid/index.html">Zuid</a></li></ul></nav>b', "<nav></nav>b"),
        (
            '<ul><li><a href="../zuid/a.html">Z</a></li><li><a href="a.html">A</a></li></ul>',
            '<ul><li><a href="a.html">A</a></li></ul>',
        ),
    ],
)
def test_a_link_leads_to_what_comes_along_or_is_left_out(html, werd):
    assert alone(html, "2019/oost", BESTANDEN) == werd


def test_the_handbook_leads_to_nothing_that_stays_behind():
    assert alone('<p class="terug"><a href="index.html">Alle rapporten</a></p>', "", BESTANDEN) == ""


@pytest.fixture
def maak(klein):
    write_notebook(klein / "notebooks/fout.ipynb", ["rapport.toelichting('caseload')"])
    mappen = [
        deel for naam in ("raw", "processed", "reports", "notebooks") for deel in (f"--{naam}", str(klein / naam))
    ]

    def make(*opties):
        assert main(["report", "--organisatie", "klein", "--jaar", "2019", *mappen, *opties]) == 0
        return sorted(pad.name for pad in (klein / "reports/klein/versturen").glob("[!.]*"))

    make.map = klein / "reports/klein"
    make.notebook = klein / "notebooks/goed.ipynb"
    return make


@pytest.mark.bouw
def test_what_is_sent_is_whole_and_has_no_dead_link(maak, tmp_path):
    (maak.map / "2019/alle").mkdir(parents=True)
    (maak.map / "2019/alle/van een mens.txt").write_text("niet om te versturen")
    assert maak("--team", "alle", "--zip", "--figuren") == ["klein-2019-alle.zip"]
    with ZipFile(maak.map / "versturen/klein-2019-alle.zip") as zip_:
        zip_.extractall(tmp_path / "weg")
        assert {deel.date_time for deel in zip_.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    map_ = tmp_path / "weg" / "klein-2019-alle"
    namen = {pad.relative_to(map_).as_posix() for pad in map_.rglob("*") if pad.is_file()}
    assert {"index.html", "goed.html", "volledig.html", "cijfers.xlsx", "indicatoren.html"} <= namen
    assert "figuren/goed-individueel_per_team.png" in namen
    assert not [naam for naam in namen if "mens" in naam or "/." in f"/{naam}"]
    geteld = 0
    for naam in namen:
        if naam.endswith(".html"):
            tekst = (map_ / naam).read_text(encoding="utf-8")
            for adres, anker in re.findall(r'href="((?![a-z]+:)[^"#]*)(?:#([^"]*))?"', tekst):
                doel = map_ / posixpath.normpath(posixpath.join(posixpath.dirname(naam), unescape(adres) or naam))
                assert doel.is_file() and doel.is_relative_to(map_), (naam, adres)
                assert not anker or f'id="{anker}"' in doel.read_text(encoding="utf-8"), (naam, anker)
                geteld += 1
    assert geteld > 10


@pytest.mark.bouw
def test_what_can_be_sent_stays_while_it_holds_and_then_goes(maak):
    alle = maak("--zip")
    assert len(alle) == 3 and "klein-2019-zuid.zip" in alle
    toen = {pad: pad.read_bytes() for pad in (maak.map / "versturen").iterdir()}
    assert maak("--team", "Zuid", "--zip") == alle
    assert {pad: pad.read_bytes() for pad in (maak.map / "versturen").iterdir()} == toen
    write_notebook(maak.notebook, ["rapport.tabel('individueel_per_team')"])
    maak("--team", "Zuid")
    assert "klein-2019-zuid.zip" not in maak("--team", "Zuid") and len(maak("--team", "Zuid")) == 2
    assert maak() == [] and not (maak.map / "versturen").exists()
