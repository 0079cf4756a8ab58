"""The worked examples of the handbook come out of the engine as their arithmetic says."""

from math import isnan

import pytest

from kopanalyse.indicators.compute import figures
from kopanalyse.indicators.voorbeelden.voorbeeld import calculate
from kopanalyse.periode import Periode
from kopanalyse.settings import load_settings
from tests.catalogus import INDICATOREN, VOORBEELDEN
from tests.tabel import write_checked


@pytest.mark.parametrize("voorbeeld", VOORBEELDEN.values(), ids=lambda voorbeeld: voorbeeld.indicator)
def test_voorbeeld(voorbeeld, tmp_path):
    write_checked(tmp_path, voorbeeld.tabellen)
    cijfers = figures(
        load_settings("dekop"), tmp_path, [Periode(2018), Periode(2019)], indicatoren=[INDICATOREN[voorbeeld.indicator]]
    )
    rij = cijfers.set_index(["periode", "team", "categorie", "subcategorie"])
    heeft_sub = cijfers.subcategorie.ne("").any()
    for sleutel, som in voorbeeld.verwacht.items():
        periode, team, categorie, sub = (*sleutel, *("totaal", "totaal" if heeft_sub else "")[len(sleutel) - 2 :])
        cijfer = rij.loc[(periode, team, categorie, sub)]
        assert (cijfer.teller, None if isnan(cijfer.noemer) else cijfer.noemer) == calculate(som), sleutel


def test_every_indicator_has_an_example():
    assert list(VOORBEELDEN) == list(INDICATOREN)


@pytest.mark.parametrize(
    "som, uitkomst",
    [
        ("3", (3, None)),
        ("1 + 2 - 4", (-1, None)),
        ("(4 - 2) / 1", (2, 1)),
        ("0 / 0", (0, 0)),
        ("(2 + 1) / (500 + 2000)", (3, 2500)),
        ("1.5 * 2", (3.0, None)),
    ],
)
def test_arithmetic_is_calculated(som, uitkomst):
    assert calculate(som) == uitkomst


@pytest.mark.parametrize(
    "som", ["1 / 2 + 3", "1 / (2 / 3)", "len('a')", "__import__('os')", "'a' * 2", "True", "2 ** 9"]
)
def test_anything_else_is_refused(som):
    with pytest.raises(ValueError, match="not arithmetic"):
        calculate(som)
