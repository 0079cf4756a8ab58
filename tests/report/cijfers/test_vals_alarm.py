"""When nothing changes, how often is it said that something did? For every figure that gets a verdict."""

import numpy as np
import pytest
from scipy.stats import binom

from kopanalyse.report.cijfers.chance import Som, p_value, side
from tests.stabiel import false_alarms

TEAMS, JAREN = 20, 6
GEWOON = (0.02, 0.07)  # what is promised as "five in a hundred"


@pytest.mark.slow
def test_nothing_that_did_not_change_is_called_a_change_too_often(tmp_path):
    uit = false_alarms(tmp_path, TEAMS, JAREN)
    assert len(uit) >= 24 and {"kto_rapportcijfer", "collectieve_bijeenkomsten_geteld", "zware_trajecten"} <= uit.keys()
    alle, gedaan = (sum(getallen) for getallen in zip(*uit.values()))
    assert GEWOON[0] <= alle / gedaan <= GEWOON[1]
    for naam, (alarm, aantal) in uit.items():  # so few of one figure say only so much: beyond 1 in 1.000 it is off
        laag, hoog = binom.ppf(0.001, aantal, GEWOON[0]), binom.ppf(0.999, aantal, GEWOON[1])
        assert laag <= alarm <= hoog, (naam, alarm, aantal)


def test_rows_are_not_units():
    """The same answers, counted as if each were of another person, would call far more than five in a hundred."""
    rng, per_rij, per_persoon = np.random.default_rng(3), [], []
    for _ in range(300):
        kanten = []
        for _ in range(2):
            n = rng.integers(4, 10, 15).astype(float)
            t = n * rng.normal(7.8, 1.2, 15) + rng.normal(0, 0.5, 15) * np.sqrt(n)
            eenheden = Som(15, (t * t).sum(), (t * n).sum(), (t * n).sum(), (n * n).sum())
            losse = Som(n.sum(), (t * t / n).sum() + 0.25 * (n.sum() - 15), t.sum(), t.sum(), n.sum())
            kanten.append([side(t.sum(), n.sum(), som, False) for som in (eenheden, losse)])
        (a, a_los), (b, b_los) = kanten
        per_persoon.append(p_value(a, b) <= 0.05)
        per_rij.append(p_value(a_los, b_los) <= 0.05)
    assert np.mean(per_rij) > 0.2 and 0.02 <= np.mean(per_persoon) <= 0.07
