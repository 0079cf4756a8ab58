"""95% intervals of shares, means, rates and counts, and of their differences, on scipy.

Every function takes and gives numpy arrays of equal shape and leaves a bound empty (nan) where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtrik, gammaincinv, ndtri, pdtrik, stdtrit  # scipy.stats takes a second longer to import

AFRONDING = 1e-12  # share of a sum of squares that is lost in rounding; no spread in a registration is as small
SPREIDING = "spreiding.parquet"  # sums over units beside the figures, by which two of them are compared
MAANDEN = "maanden.parquet"  # the months of ``PER_MAAND``, beside the figures
TELREGELS = "telregels.csv"  # by which rules figures were counted, and since when
TELREGELS_KOLOMMEN = ("wat", "waarde", "sinds", "was")
DELEN = "delen.parquet"  # the figures of the part of a running year that is covered, and of that part a year before
PER_MAAND = (
    "opgestarte_casussen",
    "instroom",
    "uitstroom",
    "informatie_en_advies",
    "vip",
    "collectieve_bijeenkomsten",
    "schoolmaatschappelijk_werk",
    "schoolmaatschappelijk_werk_informatie_en_advies",
)
"""What happens in a month and no other: what runs on is counted again the month after, and goes up and down less."""
SPREIDING_KOLOMMEN = (
    "indicator",
    "jaar",
    "tegen",
    "team",
    "categorie",
    "subcategorie",
    "eenheden",
    "tt",
    "tn",
    "nt",
    "nn",
)
STAART = 0.025  # probability outside the interval on each side


def wilson(teller: ArrayLike, noemer: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Wilson score interval of the share ``teller / noemer`` (0–1); empty where ``noemer`` is 0."""
    teller, noemer = np.asarray(teller, float), np.asarray(noemer, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = teller / noemer
    return _wilson(p, noemer)


def _wilson(p: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The Wilson interval of the share ``p`` of ``n``, which need not be whole; empty where ``n`` is 0 or missing."""
    z2 = ndtri(1 - STAART) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        midden = (p + z2 / (2 * n)) / (1 + z2 / n)
        breedte = np.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n**2))) / (1 + z2 / n)
    onder = np.where(p == 0, 0.0, midden - breedte)
    boven = np.where(p == 1, 1.0, midden + breedte)
    return np.where(n > 0, onder, np.nan), np.where(n > 0, boven, np.nan)


@dataclass(frozen=True)
class Clusters:
    """What the records of figures add up to per cluster: the answers of one person, the domeinen of one traject.

    ``aantal`` is the number of clusters C. With s the sum of the values of a cluster and n how many there are in it:
    ``ss`` is the sum of s² over the clusters, ``sn`` that of s·n, ``nn`` that of n².
    """

    aantal: np.ndarray
    ss: np.ndarray
    sn: np.ndarray
    nn: np.ndarray

    def squares(self, som: np.ndarray, n: np.ndarray) -> np.ndarray:
        """Sum over the clusters of (s − m·n)², where m = ``som`` / ``n`` is the mean of all values; times ``n`` ²."""
        delen = n**2 * self.ss - 2 * som * n * self.sn + som**2 * self.nn
        # whole numbers where the values are; what is left of equal decimals is rounding, not spread
        return np.where(delen > AFRONDING * n**2 * self.ss, delen, 0)


def wilson_clustered(teller: np.ndarray, noemer: np.ndarray, clusters: Clusters) -> tuple[np.ndarray, np.ndarray]:
    """Wilson interval of a share whose records came in clusters: of as many as they are worth, ``noemer`` / d.

    d, the design effect, is the variance between clusters against that of as many independent records, 1 at least;
    where all records agree there are as many as there are clusters. Empty below two clusters.
    """
    teller, n = np.asarray(teller, float), np.asarray(noemer, float)
    c = np.asarray(clusters.aantal, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = teller / n
        d = c / (c - 1) * (n - 1) / n * (clusters.squares(teller, n) / n**2) / (n * p * (1 - p))
        waard = np.where((p == 0) | (p == 1), c, n / np.maximum(d, 1))
    return _wilson(p, np.where(c >= 2, waard, np.nan))


def student_clustered(som: np.ndarray, n: np.ndarray, clusters: Clusters) -> tuple[np.ndarray, np.ndarray]:
    """Student t interval of a mean of values that came in clusters; empty below two clusters."""
    som, n, c = (np.asarray(reeks, float) for reeks in (som, n, clusters.aantal))
    genoeg = c >= 2
    with np.errstate(divide="ignore", invalid="ignore"):
        variantie = c / (c - 1) * clusters.squares(som, n) / n**4
        breedte = stdtrit(np.where(genoeg, c - 1, 1), 1 - STAART) * np.sqrt(variantie)
        gemiddelde = som / n
    return np.where(genoeg, gemiddelde - breedte, np.nan), np.where(genoeg, gemiddelde + breedte, np.nan)


def student(som: np.ndarray, kwadratensom: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Student t interval of a mean from the sum, the sum of squares and the number of values; empty below two."""
    som, kwadratensom, n = (np.asarray(reeks, float) for reeks in (som, kwadratensom, n))
    genoeg = n >= 2
    with np.errstate(divide="ignore", invalid="ignore"):
        # one division, of whole numbers where the values are; what is left of equal decimals is rounding, not spread
        spreiding = n * kwadratensom - som**2
        variantie = np.where(spreiding > AFRONDING * n * kwadratensom, spreiding, 0) / (n * (n - 1))
        breedte = stdtrit(np.where(genoeg, n - 1, 1), 1 - STAART) * np.sqrt(variantie / n)
        gemiddelde = som / n
    return np.where(genoeg, gemiddelde - breedte, np.nan), np.where(genoeg, gemiddelde + breedte, np.nan)


def variance(breedte: ArrayLike, n: ArrayLike) -> np.ndarray:
    """The sample variance behind a Student interval of ``breedte`` to each side of a mean of ``n`` ≥ 2 values."""
    breedte, n = np.asarray(breedte, float), np.asarray(n, float)
    return n * (breedte / stdtrit(n - 1, 1 - STAART)) ** 2


def garwood(aantal: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Exact Poisson interval of the mean of a count."""
    aantal = np.asarray(aantal, float)
    onder = gammaincinv(np.maximum(aantal, 1), STAART)
    return np.where(aantal == 0, 0.0, onder), gammaincinv(aantal + 1, 1 - STAART)


def poisson_limits(verwacht: ArrayLike, staart: float = STAART) -> tuple[np.ndarray, np.ndarray]:
    """Control limits of a count of which ``verwacht`` is expected: beyond them lie the counts that chance seldom gives.

    A count k is above the upper limit just when P(X ≥ k) < ``staart``, and below the lower just when P(X ≤ k) is: the
    exact probabilities. Limits run on between whole numbers where the probability does so when its sum is continued
    as an incomplete gamma function. It is the same test as Garwood's interval: a count lies outside its limits just
    when ``verwacht`` lies outside the interval of the count. Where not even 0 is rare, the lower limit is 0.
    """
    verwacht = np.asarray(verwacht, float)
    return pdtrik(staart, verwacht), _upper(pdtrik(1 - staart, verwacht), -np.expm1(-verwacht), staart)


def binomial_limits(n: ArrayLike, kans: ArrayLike, staart: float = STAART) -> tuple[np.ndarray, np.ndarray]:
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


def difference(
    nu: np.ndarray,
    nu_onder: np.ndarray,
    nu_boven: np.ndarray,
    toen: np.ndarray,
    toen_onder: np.ndarray,
    toen_boven: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Interval of ``nu − toen`` for two independent figures, from the interval of each ("square and add", MOVER).

    The distance from a figure to its bound is squared, added to the other's and the root taken; a figure keeps the
    lopsidedness of its own interval. From Wilson intervals of shares this is method 10 of Newcombe (1998); for other
    figures Zou and Donner (2008). Figures that move together (the same clients in both) have a narrower true interval.
    """
    nu, nu_onder, nu_boven, toen, toen_onder, toen_boven = (
        np.asarray(reeks, float) for reeks in (nu, nu_onder, nu_boven, toen, toen_onder, toen_boven)
    )
    verschil = nu - toen
    return (
        verschil - np.hypot(nu - nu_onder, toen_boven - toen),
        verschil + np.hypot(nu_boven - nu, toen - toen_onder),
    )
