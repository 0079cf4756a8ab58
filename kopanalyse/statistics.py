"""95% intervals of shares, means, rates and counts, and of their differences, on scipy.

Every function takes and gives numpy arrays of equal shape and leaves a bound empty (nan) where there is none.
"""

from __future__ import annotations

import numpy as np
from scipy.special import bdtrik, gammaincinv, ndtri, pdtrik, stdtrit  # scipy.stats takes a second longer to import

AFRONDING = 1e-12  # share of a sum of squares that is lost in rounding; no spread in a registration is as small
STAART = 0.025  # probability outside the interval on each side


def wilson(teller: np.ndarray, noemer: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Wilson score interval of the share ``teller / noemer`` (0–1); empty where ``noemer`` is 0."""
    teller, noemer = np.asarray(teller, float), np.asarray(noemer, float)
    z2 = ndtri(1 - STAART) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        p = teller / noemer
        midden = (p + z2 / (2 * noemer)) / (1 + z2 / noemer)
        breedte = np.sqrt(z2 * (p * (1 - p) / noemer + z2 / (4 * noemer**2))) / (1 + z2 / noemer)
    onder = np.where(teller == 0, 0.0, midden - breedte)
    boven = np.where(teller == noemer, 1.0, midden + breedte)
    return np.where(noemer > 0, onder, np.nan), np.where(noemer > 0, boven, np.nan)


def student(som: np.ndarray, kwadratensom: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Student t interval of a mean from the sum, the sum of squares and the number of values; empty below two values."""
    som, kwadratensom, n = (np.asarray(reeks, float) for reeks in (som, kwadratensom, n))
    genoeg = n >= 2
    with np.errstate(divide="ignore", invalid="ignore"):
        # one division, of whole numbers where the values are; what is left of equal decimals is rounding, not spread
        spreiding = n * kwadratensom - som**2
        variantie = np.where(spreiding > AFRONDING * n * kwadratensom, spreiding, 0) / (n * (n - 1))
        breedte = stdtrit(np.where(genoeg, n - 1, 1), 1 - STAART) * np.sqrt(variantie / n)
        gemiddelde = som / n
    return np.where(genoeg, gemiddelde - breedte, np.nan), np.where(genoeg, gemiddelde + breedte, np.nan)


def variance(breedte: np.ndarray, n: np.ndarray) -> np.ndarray:
    """The sample variance behind a Student interval of ``breedte`` to each side of a mean of ``n`` ≥ 2 values."""
    breedte, n = np.asarray(breedte, float), np.asarray(n, float)
    return n * (breedte / stdtrit(n - 1, 1 - STAART)) ** 2


def garwood(aantal: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Exact Poisson interval of the mean of a count."""
    aantal = np.asarray(aantal, float)
    onder = gammaincinv(np.maximum(aantal, 1), STAART)
    return np.where(aantal == 0, 0.0, onder), gammaincinv(aantal + 1, 1 - STAART)


def poisson_limits(verwacht: np.ndarray, staart: float = STAART) -> tuple[np.ndarray, np.ndarray]:
    """Control limits of a count of which ``verwacht`` is expected: beyond them lie the counts that chance seldom gives.

    A count k is above the upper limit just when P(X ≥ k) < ``staart``, and below the lower just when P(X ≤ k) is: the
    exact probabilities. Limits run on between whole numbers where the probability does so when its sum is continued
    as an incomplete gamma function. It is the same test as Garwood's interval: a count lies outside its limits just
    when ``verwacht`` lies outside the interval of the count. Where not even 0 is rare, the lower limit is 0.
    """
    verwacht = np.asarray(verwacht, float)
    return pdtrik(staart, verwacht), _upper(pdtrik(1 - staart, verwacht), -np.expm1(-verwacht), staart)


def binomial_limits(n: np.ndarray, kans: np.ndarray, staart: float = STAART) -> tuple[np.ndarray, np.ndarray]:
    """Control limits of how many of ``n`` have something that each has with chance ``kans``, as ``poisson_limits``.

    Between whole numbers the probability is continued as an incomplete beta function (the test of Clopper and
    Pearson). Where not even ``n`` out of n is rare, the upper limit is ``n``.
    """
    n, kans = (np.asarray(reeks, float) for reeks in (n, kans))
    zeker = (kans == 0) | (kans == 1)
    p = np.where(zeker, 0.5, kans)
    boven = np.minimum(_upper(bdtrik(1 - staart, n, p), -np.expm1(n * np.log1p(-p)), staart), n)
    onder, boven = (np.where(zeker, n * kans, grens) for grens in (bdtrik(staart, n, p), boven))
    return onder, boven


def _upper(hoogste: np.ndarray, kans_op_een: np.ndarray, staart: float) -> np.ndarray:
    """The upper limit from the count that is only just not passed too often; under 1 where a single one is rare."""
    return np.where(kans_op_een < staart, kans_op_een / staart, hoogste + 1)


def difference(nu: np.ndarray, nu_onder: np.ndarray, nu_boven: np.ndarray,
               toen: np.ndarray, toen_onder: np.ndarray, toen_boven: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Interval of ``nu − toen`` for two independent figures, from the interval of each ("square and add", MOVER).

    The distance from a figure to its bound is squared, added to the other's and the root taken; a figure keeps the
    lopsidedness of its own interval. From Wilson intervals of shares this is method 10 of Newcombe (1998); for other
    figures Zou and Donner (2008). Figures that move together (the same clients in both) have a narrower true interval.
    """
    nu, nu_onder, nu_boven, toen, toen_onder, toen_boven = (
        np.asarray(reeks, float) for reeks in (nu, nu_onder, nu_boven, toen, toen_onder, toen_boven))
    verschil = nu - toen
    return (verschil - np.hypot(nu - nu_onder, toen_boven - toen),
            verschil + np.hypot(nu_boven - nu, toen - toen_onder))
