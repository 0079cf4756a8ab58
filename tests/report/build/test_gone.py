"""What builds made before and make no more goes, and nothing else; commentary that no page shows is named."""

import json

import pytest

from kopanalyse.files import replace_file
from kopanalyse.periode import Periode, years_in
from kopanalyse.report.authors.toelichting import Toelichting
from kopanalyse.report.build.beside import beside_digest
from kopanalyse.report.build.commentary import stories_of_no_year, unread, unshown
from kopanalyse.report.build.gone import remove_gone
from kopanalyse.report.build.pictures import local_pictures, with_pictures
from kopanalyse.report.pages.marks import MERKEN, Boek, Merken

SAMEN = ["volledig.html", "cijfers.xlsx"]
BESTANDEN = ["index.html", "goed.html", *SAMEN]


def write_folder(map_, plek, paginas, *, merken=True, gehouden=()):
    """A year and team as a build left it: pages with their marks, and the notebooks that were kept."""
    hier, ernaast = map_ / "reports" / plek, map_ / "uitgevoerd" / plek
    for naam in paginas:
        replace_file(hier / naam, "een verhaal")
    if merken:
        replace_file(hier / MERKEN, json.dumps({naam: ["a", "b"] for naam in paginas}))
    for naam in gehouden:
        replace_file(ernaast / f"{naam}.json", "een verhaal")


def remove(map_, blijft=(("2019", "alle"),)):
    return remove_gone(map_ / "reports", map_ / "uitgevoerd", set(blijft), ["jaarverslag", "goed"], BESTANDEN, SAMEN)


def files(map_):
    return {pad.relative_to(map_).as_posix() for pad in map_.rglob("*") if pad.is_file()}


@pytest.mark.parametrize("plek", ["2019/zuid", "2017/alle"])
@pytest.mark.parametrize("merken", [True, False])
def test_pages_of_a_team_or_year_that_is_no_more_go_with_what_was_kept(tmp_path, plek, merken):
    write_folder(tmp_path, "2019/alle", BESTANDEN, gehouden=["goed"])
    blijft = files(tmp_path)
    write_folder(tmp_path, plek, [*BESTANDEN, "oud.html"], merken=merken, gehouden=["goed", "oud"])
    (zin,) = remove(tmp_path)
    assert files(tmp_path) == blijft and not (tmp_path / "reports" / plek).exists()
    assert zin.startswith(f"{tmp_path / 'reports' / plek}: cijfers.xlsx, goed.html, index.html, ")
    assert zin.endswith("weggehaald, want dit jaar of team staat niet meer in de cijfers.")
    assert remove(tmp_path) == []


def test_what_a_person_put_there_stays(tmp_path):
    write_folder(tmp_path, "2019/zuid", ["goed.html"])
    for naam in ("2019/zuid/van een mens.html", "2019/van een mens/index.html", "archief/2018/index.html"):
        replace_file(tmp_path / "reports" / naam, "niet van ons")
    remove(tmp_path)
    assert files(tmp_path / "reports") == {
        "2019/zuid/van een mens.html",
        "2019/van een mens/index.html",
        "archief/2018/index.html",
    }


def test_pages_of_a_chapter_that_is_no_more_go_also_where_nothing_is_made_now(tmp_path):
    write_folder(tmp_path, "2019/alle", [*BESTANDEN, "oud.html"], gehouden=["goed", "oud"])
    (zin,) = remove(tmp_path)
    assert files(tmp_path) == {
        "reports/2019/alle/goed.html",
        "reports/2019/alle/index.html",
        f"reports/2019/alle/{MERKEN}",
        "uitgevoerd/2019/alle/goed.json",
    }
    assert "oud.html, volledig.html, cijfers.xlsx weggehaald, want dit hoofdstuk staat niet meer" in zin
    assert remove(tmp_path) == []


@pytest.mark.parametrize(
    "plek, blijft", [("2019/alle", {"goed-x.png", "van een mens.png", MERKEN}), ("2019/zuid", {"van een mens.png"})]
)
def test_pictures_of_a_chapter_or_team_that_is_no_more_go(tmp_path, plek, blijft):
    write_folder(tmp_path, plek, ["goed.html"])
    write_folder(tmp_path, f"{plek}/figuren", ["goed-x.png", "oud-x.png"])
    replace_file(tmp_path / "reports" / plek / "figuren" / "van een mens.png", "niet van ons")
    remove(tmp_path)
    assert {pad.name for pad in (tmp_path / "reports" / plek / "figuren").iterdir()} == blijft


def test_a_file_that_another_program_holds_stops_no_other(tmp_path, monkeypatch):
    """As on Windows while Excel has the workbook open."""

    def held(pad, inhoud, **_):
        if pad.name == "cijfers.xlsx":
            raise PermissionError(13, "in use", str(pad))
        return replace_file(pad, inhoud)

    write_folder(tmp_path, "2019/alle", BESTANDEN)
    map_ = tmp_path / "reports/2019/alle"
    with monkeypatch.context() as m:
        m.setattr("kopanalyse.report.pages.marks.replace_file", held)
        merken = Merken(map_, alles=False)
        assert [merken.write(naam, "nieuw", lambda: "nieuw") for naam in ("cijfers.xlsx", "goed.html")] == [False, True]
        merken.close()
    assert merken.vast == [map_ / "cijfers.xlsx"] and (map_ / "goed.html").read_text() == "nieuw"
    assert files(map_) == {"cijfers.xlsx", "goed.html", MERKEN}
    opnieuw = Merken(map_, alles=False)
    assert opnieuw.write("cijfers.xlsx", "nieuw", lambda: "nieuw") and not opnieuw.vast


# commentary

BOEKEN = {
    (Periode(2019), "alle"): {
        "goed": Boek(None, "", "", frozenset({"respons", "verzending"})),
        "leeg": Boek(None, "", "er zijn geen teksten", frozenset({"respons"})),
    }
}


def commentary(hoofdstuk="goed", paragraaf="respons", jaar=2019, team="alle"):
    return unshown(
        [Toelichting(hoofdstuk, paragraaf, Periode(jaar), team, "", "Tekst", "a.md")],
        {(Periode(2019), "alle"), (Periode(2018), "alle")},
        BOEKEN,
    )


@pytest.mark.parametrize(
    "anders, waarom",
    [
        (
            {"paragraaf": "repsons"},
            "het notebook goed vraagt niet om de paragraaf repsons. Bedoelde u respons? Het vraagt om "
            "respons en verzending.",
        ),
        ({"jaar": 2031}, "over 2031, alle is er geen rapport."),
        ({"team": "onbekend"}, "over 2019, onbekend is er geen rapport."),
        ({"hoofdstuk": "leeg"}, "het hoofdstuk leeg staat niet in dat rapport: er zijn geen teksten."),
    ],
)
def test_commentary_that_no_page_shows_is_named_with_why(anders, waarom):
    (zin,) = commentary(**anders)
    assert zin.startswith("De toelichting a.md (") and zin.endswith(f" staat op geen enkele pagina: {waarom}")


@pytest.mark.parametrize("anders", [{}, {"jaar": 2018}, {"hoofdstuk": "mislukt"}])
def test_commentary_that_is_shown_or_of_which_nothing_is_known_now_is_not(anders):
    assert commentary(**anders) == []


def test_stories_of_a_year_without_a_report_are_counted():
    assert stories_of_no_year(map(Periode, [2019, 2031, 2031]), years_in([2018, 2019])) == [
        "2 verhalen gaan over 2031, en daarover is er geen rapport: zo staat het op geen enkele pagina."
    ]
    assert stories_of_no_year([Periode(2019)], years_in([2018, 2019])) == []


def test_files_of_another_kind_in_the_folders_of_texts_are_pointed_out(tmp_path):
    for naam in (
        "toelichting/a.md",
        "toelichting/b.docx",
        "toelichting/c.MD",
        "toelichting/~$b.docx",
        "toelichting/.DS_Store",
        "verhalen/jansen.txt",
        "personas/a.yaml",
        "klantreizen/a.yml",
    ):
        replace_file(tmp_path / naam, "")
    toelichting, verhalen, klantreizen = unread(tmp_path)
    assert "2 bestanden die niet gelezen worden (b.docx, c.MD); verwacht worden bestanden op .md." in toelichting
    assert "staat 1 bestand dat niet gelezen wordt; verwacht worden bestanden op .md." in verhalen
    assert "jansen" not in verhalen and "klantreizen" in klantreizen and ".yaml." in klantreizen


# what stands beside a notebook


@pytest.fixture
def eigen(tmp_path):
    cel = {
        "cell_type": "markdown",
        "metadata": {},
        "source": ["![k](plaatjes/k%201.png) <img src='l.svg'> ![w](https://elders.example/w.png)"],
    }
    replace_file(tmp_path / "eigen.ipynb", json.dumps({"cells": [cel]}))
    replace_file(tmp_path / "plaatjes/k 1.png", "plaatje")
    return tmp_path / "eigen.ipynb"


@pytest.mark.parametrize(
    "naam, anders",
    [
        ("hulp.py", True),
        ("inwoners.csv", True),
        ("pakket/diep/b.py", True),
        ("plaatjes/k 1.png", True),
        ("l.svg", True),
        ("eigen.ipynb", True),
        ("ander.ipynb", False),
        ("eigen.html", False),
        (".verborgen", False),
        ("gemaakt/a.csv", False),
        ("pakket/__pycache__/a.pyc", False),
        ("plaatjes/ander.png", False),
    ],
)
def test_a_page_rests_on_what_stands_beside_its_notebook(eigen, naam, anders):
    replace_file(eigen.parent / "pakket/__init__.py", "")
    eerst = beside_digest(eigen)
    pad = eigen.parent / naam
    replace_file(pad, (pad.read_text() if pad.exists() else "") + "\n")
    assert (beside_digest(eigen) != eerst) == anders


def test_the_pictures_of_a_text_come_along_and_others_are_missed_in_words(eigen):
    tekst = json.loads(eigen.read_text())["cells"][0]["source"][0]
    assert local_pictures(eigen) == [eigen.parent / "plaatjes/k 1.png"]
    assert with_pictures(tekst, eigen.parent, {}) == (
        "![k](data:image/png;base64,cGxhYXRqZQ==) *Het plaatje l.svg staat niet bij het notebook, of is geen plaatje.* "
        "*Een plaatje van een ander adres komt niet op een pagina.*"
    )
    assert with_pictures(
        "![a](attachment:a.png 'titel') ![b](attachment:b.png)", eigen.parent, {"a.png": {"image/png": "aGFs"}}
    ) == (
        "![a](data:image/png;base64,aGFs 'titel') *Het plaatje b.png staat niet bij het notebook, of is geen plaatje.*"
    )
