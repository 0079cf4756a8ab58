"""A difference at its limits: what the family leaves of a p-value, and what has none."""

import pytest

from kopanalyse.report.cijfers.chance import difference, independent, p_value, side
from kopanalyse.report.cijfers.compare import Verschil
from kopanalyse.report.cijfers.view import Cijfer

CIJFER = Cijfer(50, 100, 0.5, None, 0.4, 0.6)


@pytest.mark.parametrize("teller", range(30, 71))
def test_the_p_value_is_below_five_percent_just_when_the_interval_leaves_out_nought(teller):
    nu, toen = (side(t, 100, independent(t, 100), True) for t in (teller, 50))
    onder, boven = difference(nu, toen)
    assert (p_value(nu, toen) < 0.05) == (not onder <= 0 <= boven)


def test_only_what_is_tested_has_a_verdict():
    assert Verschil(CIJFER, CIJFER, 0.1, None, None, "uren", "in 2018").oordeel == ""
    getoetst = [Verschil(CIJFER, CIJFER, 0.1, 0.01, 0.2, "aandeel", "in 2018", 0.03, zeker) for zeker in (True, False)]
    assert [v.oordeel for v in getoetst] == ["meer dan toeval", "niet aantoonbaar"]
