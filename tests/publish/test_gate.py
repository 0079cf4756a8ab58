"""An edition is made of its table alone: what is hidden stays so in sums, sorts and words; every other read raises."""

import io
import json
import math
import re
from zipfile import ZipFile

import openpyxl
import pytest

from kopanalyse.indicators.catalogue import own_definitions
from kopanalyse.periode import Periode
from kopanalyse.publish import editions, run
from kopanalyse.publish.notebooks import NotebookError, check
from kopanalyse.publish.pages import Uitgever
from kopanalyse.publish.publish import make as make_edition
from kopanalyse.report import charts
from kopanalyse.report.authors import Teksten
from kopanalyse.report.chapters import own_catalogue
from kopanalyse.report.charts.style import BREED
from kopanalyse.report.charts.values import Paneel, Punt, Reeks, Staaf, Stapel
from kopanalyse.report.cijfers.published import EDITIE, Editie, Gepubliceerd, NietInEditie, public_settings
from kopanalyse.report.dutch import downward, getal, verschil
from kopanalyse.report.notebook.rapport import Rapport
from kopanalyse.report.notebook.registratie import open_registratie
from kopanalyse.report.pages.downloads import bundle, csv_text
from kopanalyse.report.pages.marks import MERKEN
from kopanalyse.report.pages.workbook import workbook
from kopanalyse.report.parts.catalogue import make
from kopanalyse.report.parts.part import Onderdeel
from kopanalyse.report.parts.pieces import folded, per_year, rest
from kopanalyse.report.parts.published import about, published
from kopanalyse.report.parts.table import Kolom, Rij, Tabel
from kopanalyse.report.shown import VERBORGEN, Getoond, is_hidden
from tests.report.klein import HOOFDMAP, write_notebook

from .klein import SMWO, rij, tabel, uitgave
from .registratie import write_persona

BESCHRIJVING = {
    "editie": "2024-1",
    "datum": "2026-11-29",
    "organisatie": "smwo",
    "instellingen": {"drempel": 10, "afronden_op": 5, "exact": [], "hoofdstukken_niet": []},
    "weggelaten": [],
    "herzien": {},
}
DICHT = {
    "map": lambda c: c.map,
    "computed": lambda c: c.computed([own_definitions().indicatoren["instroom"]]),
    "bestand": lambda c: c.bestand("inlezen.csv", ["tabel"]),
    "checked": lambda c: c.bestand("checked/kernen.parquet", ["kern"]),
    "outdated": lambda c: c.outdated(),
    "records": lambda c: Rapport(c).records("instroom"),
}


def gate(*rijen, team="alle", jaar=2024, **beschrijving):
    """The figures of an edition of these rows of a long table."""
    editie = Editie(uitgave(*rijen).rijen.reset_index(drop=True), BESCHRIJVING | beschrijving)
    return Gepubliceerd(editie, public_settings(SMWO), Periode(jaar), team)


def part(naam, c):
    return published(make(own_catalogue(SMWO).onderdelen[naam], c), c)


def casussen(**per_soort):
    """Casussen by trajectsoort, with their total."""
    rijen = [rij("casussen", n, categorie=naam.replace("_", " ")) for naam, n in per_soort.items()]
    return [rij("casussen", sum(per_soort.values())), *rijen]


@pytest.mark.parametrize("lezing", DICHT)
def test_every_other_read_raises(lezing):
    with pytest.raises(NietInEditie):
        DICHT[lezing](gate(rij("instroom", 30)))


def test_the_registration_itself_cannot_be_opened_for_an_edition(monkeypatch):
    monkeypatch.setenv(EDITIE, "ergens")
    with pytest.raises(NietInEditie):
        open_registratie("smwo")


def test_units_months_and_parts_of_years_are_not_known():
    c = gate(rij("instroom", 30))
    assert not c.sommen and not c.months(("instroom", "totaal", ""))
    assert c.same_part(("instroom", "totaal", "")) is None


def test_what_is_computed_of_a_hidden_figure_is_hidden():
    for uitkomst in (VERBORGEN + 3, 3 - VERBORGEN, sum([1.0, VERBORGEN]), VERBORGEN / 10, -VERBORGEN, abs(VERBORGEN)):
        assert is_hidden(uitkomst)
    assert not (VERBORGEN > 0 or VERBORGEN < 10 or VERBORGEN == VERBORGEN)


def test_hidden_comes_last_in_every_order():
    assert sorted([VERBORGEN, Getoond(10), None, Getoond(300)], key=downward)[:2] == [300, 10]


@pytest.mark.parametrize(
    ("waarde", "eenheid", "tekst"),
    [
        (VERBORGEN, "aantal", "·"),
        (Getoond(1305, afgerond=True), "aantal", "≈1.305"),
        (Getoond(581), "aantal", "581"),
        (Getoond(0, afgerond=True), "aantal", "0"),
        (Getoond(33, afgerond=True) / 100, "aandeel", "33%"),
        (Getoond(333, afgerond=True) / 1000, "aandeel", "33,3%"),
        (VERBORGEN / 100, "aandeel", "·"),
        (Getoond(0.5), "gemiddelde", "0,5"),
    ],
)
def test_how_a_figure_is_written(waarde, eenheid, tekst):
    assert getal(waarde, eenheid) == tekst


def test_a_small_difference_of_rounded_counts_is_about_nothing():
    een, ander, ver = (Getoond(n, afgerond=True) for n in (100, 105, 150))
    assert verschil(ander, een) == "≈\N{NO-BREAK SPACE}0"
    assert verschil(ver, een) == "+50"
    assert verschil(VERBORGEN, een) == "·"


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("Het waren er ≈105 van de ≈455.", "Het waren er ongeveer 105 van de 455."),
        ("≈105 trajecten.", "Ongeveer 105 trajecten."),
        ("n = ≈585 trajecten, 2019", "n ≈ 585 trajecten, 2019"),
        ("Het vaakst: X, · van de 30. Nieuw: Y (≈40).", "Nieuw: Y (ongeveer 40)."),
        ("A · B", ""),
        ("581 trajecten.", "581 trajecten."),
    ],
)
def test_sentences_name_shown_figures_only(tekst, verwacht):
    assert about(tekst) == verwacht


def test_a_hidden_row_is_away_and_named_only_as_a_word_of_a_list():
    lijst = SMWO.codelijsten["trajectsoort"][:3]
    c = gate(
        rij("casussen", 105),
        *(rij("casussen", n, categorie=naam) for naam, n in zip(lijst, (60, 41, 4))),
        *(rij("casussen", n, categorie=naam, periode="2023") for naam, n in zip(lijst, (50, 41, 30))),
        rij("casussen", 121, periode="2023"),
    )
    deel = part("casussen", replace_year(c))
    getoond = {r.kop: r.waarden for r in deel.tabel.rijen}
    assert set(getoond) >= {"Totaal"} and lijst[2] not in getoond
    assert any("Niet getoond" in noot and SMWO.tekst(lijst[2]) in noot for noot in deel.tabel.noten)


def replace_year(c):
    """The same edition, without a year before."""
    return Gepubliceerd(c.editie, c.settings, c.periode, c.team, Periode(2001))


def test_free_text_that_is_not_shown_has_no_name():
    c = gate(*casussen(Geheim_dorp=3, Open_dienst=40, Nog_een=60))
    assert c.categorieen("casussen") == ["Nog een", "Open dienst"]
    deel = part("casussen", c)
    alles = repr(deel.tabel) + deel.alt + "".join(deel.duiding) + "".join(deel.noten) + csv_text(deel.tabel)
    assert "Geheim" not in alles


def test_free_text_shown_for_a_team_alone_has_no_name():
    c = gate(*casussen(A=40, B=60), *(rij("casussen", 0, categorie="Alleen hier", team=t) for t in ("Goes",)))
    assert "Alleen hier" not in c.categorieen("casussen")


def test_a_table_says_once_what_its_marks_mean():
    rijen = [
        rij("clienten", n, team=team, periode=jaar)
        for jaar in ("2023", "2024")
        for team, n in (("alle", 104), ("Goes", 100), ("Zierikzee", 4 if jaar == "2023" else 30))
    ]
    deel = part("clienten_per_team", gate(*rijen))
    assert [noot for noot in deel.tabel.noten if "(·)" in noot] == [
        "Aantallen onder de 10 staan er niet (·), en soms een groter aantal waaruit zo'n aantal te berekenen was. "
        "Andere aantallen zijn afgerond op vijftallen; daardoor tellen ze niet altijd op."
    ]
    assert '<abbr title="niet getoond" role="img" aria-label="niet getoond">·</abbr>' in deel.tabel.html()
    assert ";·" in csv_text(deel.tabel)


def test_cells_of_which_only_totals_are_published_are_not_nothing():
    c = gate(
        rij("unieke_casussen", 100, sub="totaal"),
        rij("unieke_casussen", 100, categorie="X", sub="totaal"),
        rij("unieke_casussen", 100, categorie="X", sub="y"),
        *(rij("unieke_casussen", 50, sub="totaal", team=team) for team in SMWO.teams),
        *(rij("unieke_casussen", 50, categorie="X", sub="totaal", team=team) for team in SMWO.teams),
        team="Goes",
    )
    assert is_hidden(c.waarde("unieke_casussen", "X", "y"))


@pytest.mark.parametrize(
    ("drempel", "op", "delen", "verwacht"),
    [
        (10, 5, [60], 40),
        (10, 5, [95], None),
        (10, 5, [89], 10),
        (10, 5, [VERBORGEN], None),
        (20, 5, [85], None),
        (20, 10, [76], 20),
    ],
)
def test_a_rest_is_what_is_shown_less_what_is_shown_when_it_is_large(drempel, op, delen, verwacht):
    """As large as the edition shows anything, and rounded as it rounds."""
    instellingen = BESCHRIJVING["instellingen"] | {"drempel": drempel, "afronden_op": op}
    over = rest(gate(rij("instroom", 100), instellingen=instellingen), Getoond(100, afgerond=True), delen)
    assert is_hidden(over) if verwacht is None else over == verwacht


@pytest.mark.parametrize(
    ("teller", "noemer", "verwacht"),
    [
        (24, 27, None),  # 25 of 25, and 25 of 30 had there been one more
        (20, 28, 20 / 30),
        (0, 27, 0),
        (80, 100, 0.8),
    ],
)
def test_a_share_of_few_is_not_made_of_rounded_numbers(teller, noemer, verwacht):
    c = gate(rij("verwezen_door", teller, noemer=noemer, categorie="A", eenheid="aandeel"))
    cijfer = c.get("verwezen_door", "A")
    assert is_hidden(cijfer.waarde) if verwacht is None else cijfer.waarde == verwacht
    assert is_hidden(cijfer.ondergrens) == (verwacht is None)
    assert not is_hidden(cijfer.teller)


def test_why_a_share_of_few_is_not_there_is_said_once():
    jaren = {"2023": (20, 27), "2024": (60, 100)}
    c = gate(
        *(
            rij("samenstelling", n, noemer=van, categorie="gezin", eenheid="aandeel", periode=jaar)
            for jaar, (n, van) in jaren.items()
        )
    )
    rijen = [Rij(jaar, [c.waarde("samenstelling", "gezin", periode=jaar)]) for jaar in jaren]
    deel = published(Onderdeel("T", Tabel("T", "Jaar", [Kolom("Aandeel", "aandeel")], [*rijen, Rij("n", [20.0])])), c)
    assert deel.tabel.noten == [
        "Een aandeel van minder dan 30 staat er niet (·): door de afronding zegt het te weinig.",
        "Niet elke rij wordt getoond.",
    ]


def test_a_funnel_leaves_out_what_the_report_leaves_out():
    """Answers of one uitnodiging are alike: limits of loose answers are too narrow, also where nobody sees the sums."""
    rijen = [
        rij("kto_tevreden", 3 * n // 4, noemer=n, n=n // 2, team=team, eenheid="aandeel")
        for team, n in (("alle", 400), ("Goes", 200), ("Zierikzee", 200))
    ]
    deel = part("trechter_teams", gate(*rijen))
    assert deel.tabel is None and "geen aandelen van twee of meer teams" in deel.leeg


def test_rows_of_which_nothing_may_be_named_are_missed():
    c = gate(*casussen(Geheim_dorp=3, Open_dienst=40, Nog_een=60))
    assert "Niet elke rij wordt getoond." in part("casussen", c).tabel.noten
    c = gate(*casussen(Open_dienst=40, Nog_een=60))
    assert "Niet elke rij wordt getoond." not in part("casussen", c).tabel.noten


def test_the_folded_row_does_not_give_away_what_it_hides():
    delen = {"A": 500, "B": 480, "C": 4, "D": 16}
    c = gate(
        *(
            rij("verwezen_door", n, categorie=naam, noemer=1000, eenheid="aandeel")
            for naam, n in {**delen, "totaal": 1000}.items()
        )
    )
    *_, (naam, cijfers) = folded(c, per_year(c, "verwezen_door", ["A", "B", "C", "D"]))
    assert naam == "Overige, klein of niet getoond"
    assert cijfers[-1].teller == 20


@pytest.mark.parametrize(
    ("delen", "verwacht"),
    [
        ({"A": 500, "B": 480, "C": 16, "D": 4}, 20),  # the shown C is in it: 4 is one of 3..7
        ({"A": 500, "B": 496, "D": 4}, None),  # alone it would be the row that is hidden
        ({"A": 500, "B": 492, "C": 4, "D": 4}, 10),  # of what is shown, 1,000 less 500 less 490; two rows have 8 in all
        ({"A": 500, "B": 472, "C": 17, "D": 9, "E": 2}, 30),
    ],
)
def test_a13_the_rest_and_the_row_that_it_hides(delen, verwacht):
    c = gate(
        *(
            rij("verwezen_door", n, categorie=naam, noemer=1000, eenheid="aandeel")
            for naam, n in {**delen, "totaal": sum(delen.values())}.items()
        )
    )
    *rijen, (_, cijfers) = folded(c, per_year(c, "verwezen_door", delen))
    shown = sum(cijfers[-1].teller for _, cijfers in rijen)
    assert [naam for naam, _ in rijen] == ["A", "B"]
    assert cijfers[-1].teller == verwacht or (verwacht is None and is_hidden(cijfers[-1].teller))
    assert verwacht in (None, 1000 - shown)


def per_team(personen, **getallen):
    """Individuele trajecten of teams, of so many persons, all treated this year; and of the whole organisation."""
    getallen["alle"], personen["alle"] = sum(getallen.values()), sum(personen.values())
    return [
        rij("behandelde_casussen", n, categorie="individueel", team=team, n=personen[team])
        for team, n in getallen.items()
    ]


def test_a17_bars_end_at_what_is_shown():
    """Goes and Tholen are hidden, for 4 persons each, and one of them is the largest: no length and no order tells."""
    een, ander = (
        part(
            "individueel_per_team",
            gate(
                *per_team(
                    {"Goes": 4, "Tholen": 4, "Veere": 60, "Zierikzee": 30}, Goes=a, Tholen=b, Veere=60, Zierikzee=30
                )
            ),
        )
        for a, b in ((10, 200), (120, 90))
    )
    for deel in (een, ander):
        figuur = deel.teken(BREED)
        assert sorted(vlak.get_width() for ax in figuur.axes for vlak in ax.patches) == [30, 60]
        assert max(ax.get_xlim()[1] for ax in figuur.axes) < 90
    assert [r.kop for r in een.tabel.rijen] == ["Team Zierikzee", "Team Veere", "Hele organisatie"]
    assert een.tabel.html() == ander.tabel.html() and een.alt == ander.alt and een.duiding == ander.duiding


def test_a18_a_workbook_has_what_its_page_shows_and_no_more():
    """Of 3 and 41, or 4 and 40: every byte of the Excel file is the same; · is a text, a rounded number a number."""
    een, ander = (book(Geheim_dorp=a, Open_dienst=b, Nog_een=60) for a, b in ((3, 41), (4, 40)))
    assert een == ander
    boek = openpyxl.load_workbook(io.BytesIO(een))
    cellen = [cel for blad in boek for regel in blad.iter_rows() for cel in regel if cel.value is not None]
    assert {cel.value for cel in cellen if cel.data_type == "n"} == {40, 50, 60, 104}
    assert [cel.data_type for cel in cellen if cel.value == "·"] == ["s"]
    assert {cel.number_format for cel in cellen} <= {"General", "@", "#,##0", "0%", "dd-mm-yyyy"}
    assert not boek.defined_names and all(cel.comment is None and cel.data_type != "f" for cel in cellen)
    with ZipFile(io.BytesIO(een)) as delen:
        xml = b"".join(delen.read(naam) for naam in delen.namelist())
    for woord in (b"<f>", b'hidden="1"', b'="hidden"', b"<definedName ", b"externalLink", b"comments", b"Geheim"):
        assert woord not in xml


def book(**per_soort):
    """The Excel file of the part on casussen."""
    toen = [rij("casussen", n, categorie=naam, periode="2023") for naam, n in (("Nog een", 4), ("Open dienst", 50))]
    deel = part("casussen", gate(*casussen(**per_soort), *toen))
    delen = {"Hoofdstuk": [bundle("casussen", deel, ["casussen"])]}
    return workbook(delen, "Cijfers", "SMWO, 2024", ["SMWO, 2024"], SMWO, own_definitions())


@pytest.mark.parametrize(
    ("personas", "verwacht"),
    [
        ({"twee": "28-44, 45-64", "buur": "28-44", "rest": "45-64"}, {"persona:twee": 10}),
        ({"twee": "28-44, 45-64", "verder": "45-64, 65-74"}, {"persona:twee": 10, "persona:verder": None}),
        ({"twee": "28-44, 45-64", "tweeling": "45-64, 28-44"}, {"persona:twee": 10, "persona:tweeling": 10}),
    ],
)
def test_a19_a_persona_less_its_neighbour(tmp_path, monkeypatch, personas, verwacht):
    """12 clients, and 10 of the younger class alone: 10 and 10 would say that at most 2 are older."""
    aantal = {"28-44": 10, "45-64": 2, "65-74": 3}
    (tmp_path / "smwo").mkdir()
    for naam, klassen in personas.items():
        write_persona(tmp_path / "smwo", naam, klassen, "openbaar: ja", "nagekeken: A, 2026-01-01")
    per_naam = {f"persona:{naam}": klassen.split(", ") for naam, klassen in personas.items()}
    monkeypatch.setattr(
        run,
        "compute_beside",
        lambda settings, map_, jaren, indicatoren: tabel(
            *(rij(i.naam, sum(aantal[klasse] for klasse in per_naam[i.naam])) for i in indicatoren)
        ),
    )
    opdracht = run.Opdracht(tmp_path, tmp_path, tmp_path, tmp_path)
    rijen, indicatoren = run._with_personas(tabel(rij("instroom", 30)), SMWO, own_definitions(), opdracht)
    u = make_edition(rijen, SMWO, indicatoren)
    getoond = {r.indicator: r.teller for r in u.rijen.itertuples() if r.indicator.startswith("persona:")}
    assert {naam: None if n != n else n for naam, n in getoond.items()} == verwacht


def test_a20_names_of_files_and_downloads_tell_nothing(tmp_path):
    """Of a part: organisation, year, team and part. Of a folder: no mark of what its files were made of."""
    soorten = (
        {"Geheim_dorp": 3, "Open_dienst": 41, "Nog_een": 60},
        {"Geheim_dorp": 4, "Open_dienst": 40, "Nog_een": 60},
    )
    rapporten = [Rapport(gate(*casussen(**s)), Teksten()) for s in soorten]
    een, ander = (rapport.tabel("casussen")._repr_html_() for rapport in rapporten)
    assert re.findall(r'download="([^"]*)"', een) == [f"smwo-2024-alle-casussen.{soort}" for soort in ("csv", "txt")]
    assert een == ander and "Geheim" not in een
    c = gate(rij("instroom", 30))
    uitgever = Uitgever(c.editie, c.settings, own_catalogue(c.settings), tmp_path, tmp_path / "uit", {"alle": "alle"})
    uitgever.map.mkdir(parents=True)
    (uitgever.map / MERKEN).write_text("{}")
    merken = uitgever._marks(uitgever.map)
    merken.write("a.html", "merk", lambda: "inhoud")
    merken.close()
    uitgever.write_account()
    assert sorted(pad.name for pad in uitgever.map.iterdir()) == ["a.html", "verantwoording.html"]


@pytest.mark.parametrize(
    ("teken", "vlakken"),
    [
        (lambda: charts.staven([Staaf("a", Getoond(40)), Staaf("b", VERBORGEN, Getoond(10))], BREED), 1),
        (lambda: charts.gestapeld([Stapel("a", [VERBORGEN, Getoond(4)])], [("x", "#111"), ("y", "#222")], BREED), 0),
        (
            lambda: charts.lijnen(
                [Paneel("p", ["2024-K1", "2024-K2"], [Reeks("r", [VERBORGEN, Getoond(30)])], staven=True)], BREED
            ),
            1,
        ),
        (
            lambda: charts.piramide(["0-11"], Reeks("Mannen", [VERBORGEN]), Reeks("Vrouwen", [Getoond(20)]), BREED),
            1,
        ),
    ],
)
def test_a_hidden_figure_has_no_mark_of_any_size(teken, vlakken):
    figuur = teken()
    assert sum(len(ax.patches) for ax in figuur.axes) == vlakken
    teksten = [t.get_text() for ax in figuur.axes for t in ax.texts] + [t.get_text() for t in figuur.texts]
    assert any("·" in tekst for tekst in teksten)


def test_a_hidden_dot_is_not_drawn_and_stretches_no_axis():
    rijen = [Punt("a", Getoond(0.4), 0.3, 0.5), Punt("b", VERBORGEN, VERBORGEN, VERBORGEN, Getoond(0.2))]
    figuur = charts.punten(rijen, BREED, "aandeel")
    getekend = [x for ax in figuur.axes for lijn in ax.lines for x in lijn.get_xdata()]
    assert all(math.isfinite(x) for x in getekend)


def test_a_line_is_broken_where_a_quarter_is_hidden():
    waarden = [Getoond(10), VERBORGEN, Getoond(20), Getoond(30)]
    figuur = charts.lijnen([Paneel("p", [f"2024-K{n}" for n in range(1, 5)], [Reeks("r", waarden)])], BREED)
    lengten = sorted(len(lijn.get_xdata()) for ax in figuur.axes for lijn in ax.lines if lijn.get_marker() == "o")
    assert lengten == [1, 2]


@pytest.mark.parametrize("naam", sorted(pad.name for pad in (HOOFDMAP / "notebooks").glob("*.ipynb")))
def test_the_notebooks_of_the_package_only_show_parts(naam):
    pad = HOOFDMAP / "notebooks" / naam
    if naam == "verkenning.ipynb":
        with pytest.raises(NotebookError):
            check(pad)
    else:
        check(pad)


@pytest.mark.parametrize(
    "regel",
    [
        "import pandas",
        "open('x').read()",
        "rapport.records('instroom')",
        "rapport.cijfers()",
        "rapport._cijfers.frame",
        "rapport.figuur(open('x').read())",
        "rapport.figuur('a').html",
        "jaar = open('x')",
        "rapport.figuur(",
    ],
)
def test_a_notebook_that_does_more_is_refused(tmp_path, regel):
    write_notebook(tmp_path / "n.ipynb", [regel])
    with pytest.raises(NotebookError, match=r"n\.ipynb, cel 5"):
        check(tmp_path / "n.ipynb")


def test_an_edition_is_whole_or_the_earlier_one(tmp_path):
    """When a page fails nothing of what is out has changed, and nothing is left beside it."""
    bewaard, uit = tmp_path / "bewaard", tmp_path / "uit"
    bewaard.mkdir()
    (bewaard / editions.TABEL).write_text("nieuw")
    (bewaard / editions.BESCHRIJVING).write_text(json.dumps(BESCHRIJVING | {"volgnummer": 1}))
    (uit / "smwo").mkdir(parents=True)
    (uit / "smwo" / "oud.html").write_text("oud")

    def fail(map_):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        editions.put_out(bewaard, uit, "smwo", {}, fail)
    assert [pad.name for pad in uit.rglob("*")] == ["smwo", "oud.html"]
    editions.put_out(bewaard, uit, "smwo", {"invoer": "x"}, lambda map_: (map_ / "nieuw.html").write_text("nieuw"))
    assert sorted(pad.name for pad in uit.rglob("*.*")) == ["nieuw.html", "publicatie.csv", "publicatie.json"]
    assert "volgnummer" not in (uit / "smwo" / editions.BESCHRIJVING).read_text()


def test_own_definitions_go_along_with_the_pages_or_there_are_none(tmp_path, monkeypatch):
    """``--alleen-paginas``: of the registration; without that of what was kept; of what is out alone it is refused."""
    raw, bewaard = tmp_path / "raw" / "smwo", tmp_path / "processed" / "smwo" / "publicaties" / "2024-1"
    for map_ in (raw / "definities", bewaard):
        map_.mkdir(parents=True)
    (raw / "organisatie.toml").write_text('naam = "X"\n')
    (raw / "definities" / "eigen.py").write_text("EIGEN = 1\n")
    bewaard.joinpath(editions.TABEL).write_text(",".join(editions.KOLOMMEN) + "\n")
    bewaard.joinpath(editions.BESCHRIJVING).write_text(json.dumps(BESCHRIJVING | {"volgnummer": 1, "opnieuw": False}))
    opdracht = run.Opdracht(tmp_path / "raw", tmp_path / "processed", tmp_path / "uit", tmp_path)
    gezien = []

    def pages(doel, invoer, *_):
        gezien.append({pad.name: pad.read_text() for pad in invoer.rglob("*") if pad.is_file()})
        return 1

    monkeypatch.setattr(run, "write_pages", pages)
    run.pages_only("smwo", opdracht)
    raw.rename(tmp_path / "weg")
    run.pages_only("smwo", opdracht)
    assert gezien == [{"organisatie.toml": '"naam" = "X"\n', "eigen.py": "EIGEN = 1\n"}] * 2
    buiten = (tmp_path / "uit" / "smwo" / editions.BESCHRIJVING).read_bytes()
    assert b"EIGEN = 1" not in buiten
    (tmp_path / "processed").rename(tmp_path / "ook weg")
    with pytest.raises(editions.EditionError, match="horen eigen definities, en die zijn er niet"):
        run.pages_only("smwo", opdracht)
    assert (tmp_path / "uit" / "smwo" / editions.BESCHRIJVING).read_bytes() == buiten and len(gezien) == 2


def test_a_report_of_an_edition_has_no_texts_that_were_not_released():
    rapport = Rapport(gate(rij("instroom", 30)), Teksten())
    assert "vrijgegeven" in str(rapport.personas().meenemen)
