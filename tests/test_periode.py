"""A period as a value: its days, its neighbours, its order and its words."""

import ast
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kopanalyse.periode import Periode, PeriodeError, years_in

DAGEN = [
    ("2024", 1, date(2024, 1, 1), date(2024, 12, 31)),
    ("2024-K1", 1, date(2024, 1, 1), date(2024, 3, 31)),
    ("2023-K4", 1, date(2023, 10, 1), date(2023, 12, 31)),
    ("2024-H1", 1, date(2024, 1, 1), date(2024, 6, 30)),
    ("2024-H2", 1, date(2024, 7, 1), date(2024, 12, 31)),
    ("2024-tm-K1", 1, date(2024, 1, 1), date(2024, 3, 31)),
    ("2024-tm-K3", 1, date(2024, 1, 1), date(2024, 9, 30)),
    ("2024/2025", 8, date(2024, 8, 1), date(2025, 7, 31)),
    ("2023/2024", 3, date(2023, 3, 1), date(2024, 2, 29)),  # ends on a leap day
    ("2024/2025", 3, date(2024, 3, 1), date(2025, 2, 28)),
    ("2199", 1, date(2199, 1, 1), date(2199, 12, 31)),
]


@pytest.mark.parametrize("tekst, maand, begin, eind", DAGEN)
def test_days(tekst, maand, begin, eind):
    periode = Periode.parse(tekst, maand)
    assert (periode.begin, periode.eind) == (begin, eind)
    assert str(periode) == tekst
    assert periode.contains(begin) and periode.contains(eind)
    assert not periode.contains(begin - timedelta(days=1)) and not periode.contains(eind + timedelta(days=1))


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "24",
        "2024-K5",
        "2024-K0",
        "2024-H3",
        "2024-tm-H1",
        "2024/2026",
        "2024/25",
        "0000",
        "9999",
        "0219",
        "2024-k3",
        "２０２４",
        "2024-03",
    ],
)
def test_no_period(tekst):
    with pytest.raises(PeriodeError) as fout:
        Periode.parse(tekst)
    assert "verwacht wordt" in str(fout.value)


@pytest.mark.parametrize(
    "tekst, vorige, vorig_jaar",
    [
        ("2024", "2023", "2023"),
        ("2024-K1", "2023-K4", "2023-K1"),
        ("2024-K3", "2024-K2", "2023-K3"),
        ("2024-H1", "2023-H2", "2023-H1"),
        ("2024-H2", "2024-H1", "2023-H2"),
        ("2024-tm-K3", "2023-tm-K3", "2023-tm-K3"),
        ("2024/2025", "2023/2024", "2023/2024"),
    ],
)
def test_neighbours(tekst, vorige, vorig_jaar):
    periode = Periode.parse(tekst, 8)
    assert (str(periode.vorige), str(periode.zelfde_vorig_jaar)) == (vorige, vorig_jaar)


@pytest.mark.parametrize(
    "tekst, kwartalen",
    [
        ("2024", ["2024-K1", "2024-K2", "2024-K3", "2024-K4"]),
        ("2024-tm-K2", ["2024-K1", "2024-K2"]),
        ("2024-H2", ["2024-K3", "2024-K4"]),
        ("2024-K2", []),
    ],
)
def test_quarters(tekst, kwartalen):
    assert [str(k) for k in Periode.parse(tekst).kwartalen] == kwartalen


def test_a_book_year_from_july_has_quarters_and_one_from_august_has_none():
    assert [str(k) for k in Periode.parse("2024/2025", 7).kwartalen] == ["2024-K3", "2024-K4", "2025-K1", "2025-K2"]
    assert Periode.parse("2024/2025", 8).kwartalen == []


def test_order_is_that_of_the_days():
    gemengd = ["2025", "2024", "2024-K3", "2024-tm-K3", "2024-H1", "2023-K4"]
    geordend = [str(p) for p in sorted(map(Periode.parse, gemengd))]
    assert geordend == ["2023-K4", "2024-H1", "2024-tm-K3", "2024", "2024-K3", "2025"]


@pytest.mark.parametrize(
    "tekst, woorden",
    [
        ("2024", "2024"),
        ("2024-K3", "het derde kwartaal van 2024"),
        ("2024-H2", "de tweede helft van 2024"),
        ("2024-tm-K3", "januari tot en met september 2024"),
        ("2024/2025", "2024/2025"),
    ],
)
def test_words(tekst, woorden):
    assert Periode.parse(tekst, 8).woorden == woorden


def test_a_folder_has_no_slash():
    assert Periode.parse("2024/2025", 8).folder == "2024-2025"
    assert Periode.parse("2024-tm-K3").folder == "2024-tm-K3"


@given(st.integers(1901, 2198), st.sampled_from(["", "-K1", "-K2", "-K3", "-K4", "-H1", "-H2"]))
def test_the_day_before_a_period_is_the_last_of_the_one_before(jaar, deel):
    periode = Periode.parse(f"{jaar}{deel}")
    assert periode.vorige.eind + timedelta(days=1) == periode.begin
    assert sum(k.maanden for k in periode.kwartalen) == (periode.maanden if periode.kwartalen else 0)


def test_years_of_a_column_each_once_and_in_order():
    assert list(map(str, years_in([2019, 2018, 2019]))) == ["2018", "2019"]


def test_a_notebook_gets_a_year_as_a_number_and_another_period_by_its_name():
    assert [Periode.parse(tekst).parameter for tekst in ("2024", "2024-K3")] == [2024, "2024-K3"]


PAKKET = Path(__file__).parent.parent / "kopanalyse"
KAMERS = ("indicators", "report", "publish")
AS_ANALYSTS_HAVE_IT = {  # at the border, where a notebook's number becomes a period
    "report/notebook/rapport.py:open_rapport:jaar",
    "report/notebook/asked.py:known_period:jaar",
    "report/notebook/registratie.py:cijfers:jaren",
    "report/notebook/registratie.py:records:periode",
    "report/notebook/registratie.py:_years:perioden",
}


def numbers(boom: ast.AST, binnen: str = "") -> Iterator[str]:
    """Every parameter and annotated name that says year and is typed as a number, with the function that it is in."""
    for knoop in ast.iter_child_nodes(boom):
        hier = knoop.name if isinstance(knoop, ast.FunctionDef | ast.ClassDef) else binnen
        if isinstance(knoop, ast.arg | ast.AnnAssign) and knoop.annotation is not None:
            naam = knoop.arg if isinstance(knoop, ast.arg) else ast.unparse(knoop.target)
            soorten = {deel.id for deel in ast.walk(knoop.annotation) if isinstance(deel, ast.Name)}
            if re.search(r"\b_?(jaar|jaren|vorig|herzien|periode|perioden)$", naam) and "int" in soorten:
                yield f"{hier}:{naam}"
        yield from numbers(knoop, hier)


def test_no_number_means_a_report_period():
    paden = [PAKKET / "cli.py", *(pad for kamer in KAMERS for pad in (PAKKET / kamer).rglob("*.py"))]
    gevonden = {
        f"{pad.relative_to(PAKKET).as_posix()}:{waar}"
        for pad in paden
        for waar in numbers(ast.parse(pad.read_text(encoding="utf-8")))
    }
    assert gevonden == AS_ANALYSTS_HAVE_IT


@pytest.mark.parametrize(
    "code, gevonden",
    [
        ("def f(jaar: int): pass", ["f:jaar"]),
        ("def f(*jaren: int): pass", ["f:jaren"]),
        ("def f(*, vorig: int | None = None): pass", ["f:vorig"]),
        ("class C:\n    jaar: int", ["C:jaar"]),
        ("def f(jaren: Sequence[int]): pass", ["f:jaren"]),
        ("def f(self):\n    self.jaar: int = 1", ["f:self.jaar"]),
        ("def f(jaar: Periode, aantal: int): pass", []),
    ],
)
def test_a_number_that_means_a_report_period_is_found(code, gevonden):
    assert list(numbers(ast.parse(code))) == gevonden
