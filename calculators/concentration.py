"""How unevenly a whole is spread, and how sure a share is: measures over whole numbers.

Shares come back as exact fractions; only the Wilson interval, which takes a square root, is a float. ValueError where
shares of the whole do not exist: a value is negative, none is positive, or there are more successes than trials.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import sqrt

Z_95 = 1.959963984540054
"""The standard normal quantile of a two-sided 95% interval."""


def _positive_whole(values: Iterable[int]) -> list[int]:
    """Return the values largest first; refuse negative ones and a whole of nothing."""
    ordered = sorted(map(int, values), reverse=True)
    if not ordered or ordered[0] <= 0:
        raise ValueError("nothing is positive, so shares of the whole do not exist")
    if ordered[-1] < 0:
        raise ValueError("a value is negative, so shares of the whole mean nothing")
    return ordered


def top_share(values: Iterable[int], count: int) -> Fraction:
    """Return the share of the whole that the ``count`` largest values hold (all of it when there are fewer).

    >>> top_share([50, 30, 20], 1)
    Fraction(1, 2)
    """
    ordered = _positive_whole(values)
    return Fraction(sum(ordered[:count]), sum(ordered))


def hhi(values: Iterable[int]) -> Fraction:
    """Return the Herfindahl-Hirschman index, the sum of squared shares, from 1/n (equal) to 1 (one holds all).

    Its inverse is the number of equal holders that would be as concentrated. Antitrust practice
    writes the same index in percentages, up to 10,000.

    Source: A. O. Hirschman, "The Paternity of an Index", American Economic Review 54 (1964).

    >>> hhi([25, 25, 25, 25])
    Fraction(1, 4)
    """
    ordered = _positive_whole(values)
    return Fraction(sum(value * value for value in ordered), sum(ordered) ** 2)


def gini(values: Iterable[int]) -> Fraction:
    """Return the Gini coefficient of the values as they are, from 0 (equal) to (n - 1)/n (one holds all).

    No small-sample correction; so that a reader can judge it, show the maximum for that n beside it.

    Source: the default of R's ``ineq::Gini``; C. Gini (1912).

    >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 5])
    (Fraction(0, 1), Fraction(3, 4))
    """
    ordered = _positive_whole(values)
    n = len(ordered)
    weighted = sum((n - 2 * place - 1) * value for place, value in enumerate(ordered))
    return Fraction(weighted, n * sum(ordered))


def wilson_interval(successes: int, trials: int, z: float = Z_95) -> tuple[float, float]:
    """Return Wilson's score interval for a share, as (low, high).

    ``z`` is the normal quantile, by default of 95%. No trials tell nothing: (0, 1).

    Source: E. B. Wilson, "Probable inference", JASA 22 (1927).

    >>> [round(end, 4) for end in wilson_interval(81, 263)]
    [0.2553, 0.3662]
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is not a share")
    if trials == 0:
        return 0.0, 1.0
    share = successes / trials
    square = z * z
    centre = (share + square / (2 * trials)) / (1 + square / trials)
    half = z / (1 + square / trials) * sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    low = 0.0 if successes == 0 else centre - half
    high = 1.0 if successes == trials else centre + half
    return low, high
