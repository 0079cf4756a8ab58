"""The worked examples of the handbook come out of the engine as their arithmetic says."""

import pytest

from kopanalyse.indicators import INDICATOREN
from kopanalyse.indicators.compute import figures
from kopanalyse.indicators.voorbeelden import VOORBEELDEN
from kopanalyse.settings import load_settings
from tests.tabel import write_checked


def calculated(som):
    """Teller, or (teller, noemer), of arithmetic such as ``1 + 1`` or ``(4 - 2) / 1``."""
    teller, streep, noemer = som.rpartition(" / ")
    return (eval(teller), eval(noemer)) if streep else eval(noemer)


@pytest.mark.parametrize("voorbeeld", VOORBEELDEN.values(), ids=lambda voorbeeld: voorbeeld.indicator)
def test_voorbeeld(voorbeeld, tmp_path):
    write_checked(tmp_path, voorbeeld.tabellen)
    cijfers = figures(load_settings("dekop"), tmp_path, [2018, 2019], indicatoren=[INDICATOREN[voorbeeld.indicator]])
    rij = cijfers.set_index(["periode", "team", "categorie", "subcategorie"])
    heeft_sub = cijfers.subcategorie.ne("").any()
    for sleutel, som in voorbeeld.verwacht.items():
        periode, team, categorie, sub = (*sleutel, *("totaal", "totaal" if heeft_sub else "")[len(sleutel) - 2:])
        cijfer = rij.loc[(periode, team, categorie, sub)]
        verwacht = calculated(som)
        gevonden = (cijfer.teller, cijfer.noemer) if isinstance(verwacht, tuple) else cijfer.teller
        assert gevonden == verwacht, sleutel


def test_every_indicator_has_an_example():
    assert list(VOORBEELDEN) == list(INDICATOREN)
