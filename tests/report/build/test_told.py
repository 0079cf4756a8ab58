"""What an executed notebook says of itself, and the keys that it may not show; each notebook here is made by hand."""

import pytest

from kopanalyse.periode import Periode
from kopanalyse.report.build.keys import Sleutels
from kopanalyse.report.build.told import Geweigerd, check_opened, looked_up, shows_nothing
from kopanalyse.report.cijfers.looked_up import GELEZEN, NIETS
from tests.tabel import write_checked

ZUID = ["geopend", "klein", "2019", "Zuid"]


def display(**data):
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {soort.replace("__", "/"): wat for soort, wat in data.items()},
    }


def html(tekst):
    return display(text__html=tekst)


def printed(tekst, naam="stdout"):
    return {"output_type": "stream", "name": naam, "text": tekst}


def shown(reden=None, tekst="<p>figuur</p>"):
    """What ``rapport`` shows; with a reason something that counts nothing."""
    return display(text__html=tekst, **({} if reden is None else {NIETS: reden}))


def notebook(*cellen, ervoor=()):
    """A notebook after papermill: parameters, the cell that papermill adds, and a cell per list of outputs."""

    def cel(*uitvoer, **metadata):
        return {"cell_type": "code", "metadata": metadata, "source": "", "outputs": list(uitvoer)}

    return {
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": "# Titel"},
            cel(tags=["parameters"]),
            cel(tags=["injected-parameters"]),
            *ervoor,
            *(cel(*uitvoer) for uitvoer in cellen),
        ]
    }


def told(*sleutels):
    return display(**{GELEZEN: [list(s) for s in sleutels]})


def test_what_was_opened_is_held_against_what_was_asked():
    goed = notebook([told(ZUID, ["cijfers", "instroom", "Zuid", "2019"])], [shown()])
    check_opened(goed, "klein", Periode(2019), "Zuid")
    assert looked_up(goed) == {("cijfers", "instroom", "Zuid", "2019")}


@pytest.mark.parametrize(
    "geopend, zin",
    [
        ([ZUID], "dit notebook toont 2019, Zuid; gevraagd was 2018, Oost. Heeft de eerste cel het label parameters?"),
        (
            [["geopend", "klein", "2018", "Oost"], ZUID],
            "dit notebook toont 2019, Zuid; gevraagd was 2018, Oost. Heeft de eerste cel het label parameters?",
        ),
        (
            [["geopend", "smwo", "2018", "Oost"]],
            "dit notebook toont smwo, 2018, Oost; gevraagd was klein, 2018, Oost. Heeft de eerste cel het "
            "label parameters?",
        ),
        (
            [["geopend", "smwo"]],
            "dit notebook toont smwo; gevraagd was klein. Heeft de eerste cel het label parameters?",
        ),
    ],
)
def test_another_year_team_or_organisation_is_refused_with_its_cell(geopend, zin):
    with pytest.raises(Geweigerd) as fout:
        check_opened(notebook([], *[[told(sleutel)] for sleutel in geopend]), "klein", Periode(2018), "Oost")
    assert (str(fout.value), fout.value.cel) == (zin, 4 + len(geopend) - 1)


def test_a_notebook_that_opens_only_the_registration_names_no_year():
    check_opened(notebook([told(["geopend", "klein"])]), "klein", Periode(2018), "Oost")


@pytest.mark.parametrize(
    "cellen, reden",
    [
        ([[shown("nergens geteld")], [shown("geen teksten", "")]], "nergens geteld"),
        ([[shown("", "")], [shown("geen teksten", "")], [told(ZUID)]], "geen teksten"),
        ([[shown("nergens geteld")], [printed("let op", "stderr")]], "nergens geteld"),
        ([[shown("nergens geteld")], [shown()]], ""),
        ([[shown("nergens geteld"), shown()]], ""),  # a loop in one cell
        ([[shown("nergens geteld")], [html("<table></table>")]], ""),  # a frame of rapport.cijfers
        ([[shown("nergens geteld")], [printed("37")]], ""),
        ([[shown("", "")], [told(ZUID)]], ""),  # only what makes no difference
        ([], ""),  # only the author's own words
    ],
)
def test_a_notebook_has_nothing_to_show_when_all_that_it_shows_says_so(cellen, reden):
    assert shows_nothing(notebook(*cellen)) == reden


@pytest.fixture
def sleutels(tmp_path):
    write_checked(
        tmp_path,
        {
            "klanten": "klant_id\nK00150\nK00151\n17\nAnna\n2024-0012",
            "trajecten": "traject_id klant_id startdatum\n"
            + "\n".join(f"{nummer} K00150 2019-01-01" for nummer in (10001, 10002, 10003, 751)),
            "kernen": "kern inwoners\nDorp1 100",
        },
    )
    return Sleutels(tmp_path)


@pytest.mark.parametrize(
    "uitvoer, kolom",
    [
        (html("<td>K00150</td>"), "klant_id"),
        (printed("klant K00151."), "klant_id"),
        (html("<b>2024-0012</b>"), "klant_id"),
        (display(text__plain="   K00150  2019"), "klant_id"),
        (display(text__markdown="Van **K00150**"), "klant_id"),
        (display(image__x="", text__plain="(K00150)"), "klant_id"),
        (display(**{"image/svg+xml": "<svg><text>K00150</text></svg>"}), "klant_id"),
        (html("<td>10001</td><td>10002</td><td>10003</td>"), "traject_id"),
        (html("<tr><th>klant_id</th><th>n</th></tr><tr><td>17</td></tr>"), "klant_id"),
        (html('<th class="x">traject_id</th><td>751</td>'), "traject_id"),
    ],
)
def test_a_key_of_the_registration_is_refused_and_not_repeated(sleutels, uitvoer, kolom):
    with pytest.raises(Geweigerd) as fout:
        sleutels.check(notebook([shown()], [uitvoer]))
    assert fout.value.cel == 4 and f"de kolom {kolom} van de registratie" in str(fout.value)
    assert not any(sleutel in str(fout.value) for sleutel in ("K0015", "1000", "17", "751", "2024"))


@pytest.mark.parametrize(
    "uitvoer",
    [
        html("<td>17</td><td>751</td>"),  # a number, as any
        html("<td>Anna</td>"),  # a name, or a word
        html("<td>10001</td><td>10002</td>"),
        printed("10003 rijen"),
        html("<td>Dorp1</td>"),  # a village names itself
        html('<a href="#K00150"></a><style>.K00150{}</style>'),
        html("<td>K001501</td><td>AK00150</td>"),
        html("<td>klant_id, geslacht</td><td>751</td>"),  # a list of columns
        printed("K00150", "stderr"),
    ],
)
def test_what_only_looks_like_a_key_is_no_key(sleutels, uitvoer):
    sleutels.check(notebook([shown()], [uitvoer]))


def test_a_key_in_a_text_of_the_notebook_is_refused_too(sleutels):
    tekst = {"cell_type": "markdown", "metadata": {}, "source": "Kijk naar K00150."}
    with pytest.raises(Geweigerd) as fout:
        sleutels.check(notebook(ervoor=[tekst]))
    assert fout.value.cel == 3


def test_the_tables_are_read_only_for_words_that_are_new(sleutels, monkeypatch):
    sleutels.check(notebook([html("<td>B12345</td>")]))
    monkeypatch.setattr("kopanalyse.report.build.keys.pq.ParquetFile", lambda *_: pytest.fail("read"))
    sleutels.check(notebook([html("<td>B12345</td><td>17</td><td>Anna</td>")]))
