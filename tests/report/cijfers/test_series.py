"""What is usual by a series of its own, where its level shifts, and what is left of many comparisons."""

import numpy as np
import pytest

from kopanalyse.report.cijfers.families import cutoff, distinct
from kopanalyse.report.cijfers.series import KORTST, shift, unusual, usual


def test_a_short_series_says_nothing():
    assert (
        usual([10.0] * (KORTST - 1)) is None
        and unusual([1.0, 99.0] * 5) == []
        and shift([1.0] * 5 + [50.0] * 6) is None
    )


def test_what_lies_outside_the_usual_steps_is_unusual():
    reeks = [20.0, 22, 19, 21, 23, 20, 18, 22, 21, 45, 20, 22]
    assert unusual(reeks) == [9]
    midden, stap = np.mean(reeks), np.mean(np.abs(np.diff(reeks)))
    assert usual(reeks) == pytest.approx((max(0, midden - 2.66 * stap), midden + 2.66 * stap))
    assert unusual([20.0, 30.0] * 6) == []


def test_a_step_of_the_level_is_found_where_it_is():
    """De Kop's questions: about 55 a month, from October 2018 on about 105."""
    rng = np.random.default_rng(1)
    reeks = list(map(float, [*rng.poisson(55, 9), *rng.poisson(125, 15)]))
    sprong = shift(reeks)
    assert sprong.plaats == 9 and sprong.voor == pytest.approx(55, abs=10) and sprong.na == pytest.approx(125, abs=15)


@pytest.mark.parametrize(
    "maak",
    [
        lambda rng, t: rng.poisson(40, len(t)),
        lambda rng, t: rng.poisson(40 * 1.02**t),
        lambda rng, t: rng.negative_binomial(8, 8 / 48, len(t)),
    ],
)
def test_chance_growth_and_crowds_are_seldom_taken_for_a_step(maak):
    rng, t = np.random.default_rng(2), np.arange(36)
    assert sum(shift(list(map(float, maak(rng, t)))) is not None for _ in range(200)) <= 4


def test_steps_that_double_are_seldom_missed():
    rng = np.random.default_rng(3)
    gemist = sum(shift(list(map(float, [*rng.poisson(60, 10), *rng.poisson(120, 14)]))) is None for _ in range(100))
    assert gemist <= 2


@pytest.mark.parametrize(
    "kansen, grens",
    [
        ([], 0.0),
        ([0.04], 0.04),
        ([0.05], 0.05),  # at the limit it counts
        ([0.9, 0.025], 0.025),
        ([0.04, 0.9], 0.0),
        ([0.001, 0.02, 0.9, 0.8], 0.02),
        ([0.03, 0.04, 0.045], 0.045),
        ([0.02] * 3 + [0.5] * 65, 0.0),
    ],
)
def test_of_many_comparisons_fewer_count(kansen, grens):
    assert cutoff(kansen) == grens


def test_mirror_images_are_one_comparison():
    assert distinct({"a": 0.02, "b": 0.02, "c": 0.5}, {"a": 1, "b": 1}) == [0.02, 0.5]
