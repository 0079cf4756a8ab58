"""Intervals against values worked out elsewhere, and against each other."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kopanalyse.statistics import (
    STAART,
    binomial_limits,
    difference,
    garwood,
    poisson_limits,
    student,
    variance,
    wilson,
)


def test_wilson_known_value():
    # scipy's own Wilson interval, one share at a time
    for teller, noemer in [(0, 10), (1, 10), (5, 10), (10, 10), (58, 176)]:
        verwacht = stats.binomtest(teller, noemer).proportion_ci(method="wilson")
        onder, boven = wilson(np.array([teller]), np.array([noemer]))
        assert (onder[0], boven[0]) == pytest.approx((verwacht.low, verwacht.high), rel=1e-12, abs=1e-15)


def test_wilson_without_a_base_is_empty():
    onder, boven = wilson(np.array([0]), np.array([0]))
    assert np.isnan(onder[0]) and np.isnan(boven[0])


def test_student_known_value():
    waarden = np.array([1, 2, 2, 5])
    verwacht = stats.t.interval(0.95, 3, loc=waarden.mean(), scale=stats.sem(waarden))
    onder, boven = student([waarden.sum()], [(waarden**2).sum()], [4])
    assert (onder[0], boven[0]) == pytest.approx(verwacht, rel=1e-12)


def test_student_of_equal_values_has_no_width():
    onder, boven = student([3 * 7], [9 * 7], [7])
    assert onder[0] == boven[0] == 3


@pytest.mark.parametrize("n", [0, 1])
def test_student_needs_two_values(n):
    onder, boven = student([3 * n], [9 * n], [n])
    assert np.isnan(onder[0]) and np.isnan(boven[0])


def test_garwood_known_values():
    # Garwood (1936): 0 events give 0 to 3.689, 10 events give 4.795 to 18.390
    onder, boven = garwood(np.array([0, 10]))
    assert onder == pytest.approx([0, 4.795], abs=5e-4)
    assert boven == pytest.approx([3.689, 18.390], abs=5e-4)


def test_every_bound_equals_that_of_scipy_stats():
    k = np.arange(1, 2000)
    onder, boven = garwood(k)
    np.testing.assert_allclose(onder, stats.chi2.ppf(0.025, 2 * k) / 2, rtol=1e-12)
    np.testing.assert_allclose(boven, stats.chi2.ppf(0.975, 2 * k + 2) / 2, rtol=1e-12)
    n = k + 1
    onder, boven = student(0 * n, 4.0 * (n - 1), n)
    np.testing.assert_allclose(boven, stats.t.ppf(0.975, n - 1) * 2 / np.sqrt(n), rtol=1e-12)
    np.testing.assert_allclose(onder, -boven, rtol=1e-12)


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_holds_the_share_and_stays_a_share(teller, noemer):
    teller = min(teller, noemer)
    onder, boven = wilson(np.array([teller]), np.array([noemer]))
    assert 0 <= onder[0] <= teller / noemer <= boven[0] <= 1


@pytest.mark.parametrize(
    "een, ander, verwacht",
    [
        # Newcombe (1998), table II, method 10
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((10, 10), (0, 20), (0.6791, 1)),
    ],
)
def test_the_difference_of_two_shares_is_newcombes(een, ander, verwacht):
    (a, n), (b, m) = een, ander
    grenzen = [np.array(g) for g in (a / n, *wilson(a, n), b / m, *wilson(b, m))]
    onder, boven = difference(*grenzen)
    assert (float(onder), float(boven)) == pytest.approx(verwacht, abs=6e-5)


def test_the_difference_of_normal_figures_is_the_usual_one():
    # symmetric intervals of half widths 3 and 4: the root of 3² + 4² is 5
    onder, boven = difference(10, 7, 13, 8, 4, 12)
    assert (onder, boven) == (2 - 5, 2 + 5)


def test_the_difference_of_two_poisson_counts_keeps_what_it_promises():
    """Of every pair of counts that chance gives, 95% must have an interval that holds the true difference."""
    for een, ander in [(3, 3), (12, 20), (60, 45)]:
        k = np.arange(200)
        x, y = (reeks.ravel() for reeks in np.meshgrid(k, k))
        kans = stats.poisson.pmf(x, een) * stats.poisson.pmf(y, ander)
        onder, boven = difference(x, *garwood(x), y, *garwood(y))
        gedekt = kans[(onder <= een - ander) & (een - ander <= boven)].sum()
        assert 0.95 <= gedekt < 0.99


def test_the_spread_is_found_back_from_an_interval():
    waarden = np.array([1, 2, 2, 5])
    onder, boven = student(waarden.sum(), (waarden**2).sum(), 4)
    assert variance((boven - onder) / 2, 4) == pytest.approx(waarden.var(ddof=1), rel=1e-12)


def poisson(k, verwacht):
    return math.exp(-verwacht + k * math.log(verwacht) - math.lgamma(k + 1))


def binomial(k, n, kans):
    return math.comb(n, k) * kans**k * (1 - kans) ** (n - k)


def seldom(kansen, k, staart):
    """Whether so low, and so high, is rarer than ``staart``: sums over the probabilities, one by one."""
    return sum(kansen[: k + 1]) < staart, sum(kansen[k:]) < staart


@pytest.mark.parametrize("staart", [STAART, 0.001])
@pytest.mark.parametrize("verwacht", [0.0005, 0.01, 0.03, 0.5, 2.7, 3.6, 3.8, 13.484, 178.2])
def test_outside_the_poisson_limits_is_what_chance_seldom_gives(verwacht, staart):
    kansen = [poisson(k, verwacht) for k in range(400)]
    onder, boven = poisson_limits(verwacht, staart)
    for k in range(320):
        assert (k < onder, k > boven) == seldom(kansen, k, staart), k


@pytest.mark.parametrize("staart", [STAART, 0.001])
@pytest.mark.parametrize(
    "n, kans", [(1, 0.5), (1, 0.01), (9, 0.9), (40, 0.001), (40, 0.33), (40, 0.98), (176, 0.3295), (700, 0.5)]
)
def test_outside_the_binomial_limits_is_what_chance_seldom_gives(n, kans, staart):
    kansen = [binomial(k, n, kans) for k in range(n + 1)]
    onder, boven = binomial_limits(n, kans, staart)
    for k in range(n + 1):
        assert (k < onder, k > boven) == seldom(kansen, k, staart), k
    assert 0 <= onder <= n and 0 <= boven <= n


def test_everybody_or_nobody_leaves_no_room():
    assert [tuple(map(float, binomial_limits(20, kans))) for kans in (0, 1)] == [(0, 0), (20, 20)]


@given(st.integers(0, 300), st.floats(0.01, 300))
def test_a_count_is_outside_its_limits_when_the_expected_is_outside_its_interval(k, verwacht):
    onder, boven = poisson_limits(verwacht)
    laag, hoog = garwood(k)
    assert (k > boven, k < onder) == (verwacht < laag, verwacht > hoog)


def test_limits_close_in_as_more_is_expected():
    verwacht = np.array([1, 10, 100, 1000, 10_000])
    onder, boven = (grens / verwacht for grens in poisson_limits(verwacht))
    assert (np.diff(onder) > 0).all() and (np.diff(boven) < 0).all()
