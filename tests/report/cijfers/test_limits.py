"""Control limits of a funnel: who lies outside, and how that is said."""

import math

import numpy as np
import pytest

from kopanalyse.report.cijfers.limits import NIVEAUS, limits, stip
from kopanalyse.report.cijfers.view import Cijfer


def punt(teller, noemer, samen, eenheid):
    waarde = teller / noemer * (1000 if eenheid == "per_1000" else 1)
    return stip("x", Cijfer(teller, noemer, waarde, None, None, None), samen, eenheid)


def rarer(kansen, k, staart):
    return sum(kansen[: k + 1]) < staart or sum(kansen[k:]) < staart


@pytest.mark.parametrize("inwoners, samen", [(200, 13.5), (2700, 13.5), (13_200, 2.0)])
def test_a_rate_is_outside_when_chance_seldom_gives_it(inwoners, samen):
    verwacht = samen * inwoners / 1000
    kansen = [math.exp(-verwacht + k * math.log(verwacht) - math.lgamma(k + 1)) for k in range(300)]
    for k in range(120):
        buiten = sum(rarer(kansen, k, staart) for staart in NIVEAUS.values())
        assert punt(k, inwoners, samen, "per_1000").buiten == buiten, k


@pytest.mark.parametrize("n, samen", [(9, 0.33), (176, 0.33), (60, 0.95)])
def test_a_share_is_outside_when_chance_seldom_gives_it(n, samen):
    kansen = [math.comb(n, k) * samen**k * (1 - samen) ** (n - k) for k in range(n + 1)]
    for k in range(n + 1):
        buiten = sum(rarer(kansen, k, staart) for staart in NIVEAUS.values())
        assert punt(k, n, samen, "aandeel").buiten == buiten, k


@pytest.mark.parametrize(
    "teller, teken, oordeel",
    [
        (0, "▼", "onder de 99,8%-grens"),
        (18, "▼", "onder de 95%-grens"),
        (30, "", "binnen de grenzen"),
        (42, "▲", "boven de 95%-grens"),
        (60, "▲", "boven de 99,8%-grens"),
    ],
)
def test_where_a_point_lies_in_words(teller, teken, oordeel):
    s = punt(teller, 3000, 10.0, "per_1000")
    assert (s.teken, s.oordeel) == (teken, oordeel)


def test_limits_are_drawn_where_points_are_judged():
    noemers = np.array([200, 2700])
    onder, boven = limits(noemers, 13.5, "per_1000", NIVEAUS["95%"])
    for noemer, laag, hoog in zip(noemers, onder, boven):
        s = punt(1, int(noemer), 13.5, "per_1000")
        assert (s.onder[0], s.boven[0]) == (laag, hoog)
