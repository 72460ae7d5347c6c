"""Concentration and apportionment: published values, and what holds for all inputs."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.apportion import largest_remainder
from calculators.concentration import gini, hhi, top_share, wilson_interval

INEQ = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]
"""The income vector of the R package ineq's documentation."""

amounts = st.lists(st.integers(0, 10**15), min_size=1, max_size=30).filter(any)


def test_gini_of_the_ineq_vector_is_what_r_prints() -> None:
    """R: ineq::Gini(x) prints 0.4620911."""
    assert round(float(gini(INEQ)), 7) == 0.4620911


def test_hhi_of_the_textbook_market() -> None:
    """The U.S. Department of Justice's own example: firms of 30, 30, 20 and 20 percent have 2,600 points."""
    assert hhi([30, 30, 20, 20]) * 10_000 == 2600


def test_wilson_intervals_of_newcombe() -> None:
    """R. G. Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3."""
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (successes, trials), expected in published.items():
        assert tuple(round(end, 4) for end in wilson_interval(successes, trials)) == expected


def test_no_trials_tell_nothing() -> None:
    """The interval of nothing is everything."""
    assert wilson_interval(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("values", [[], [0, 0], [5, -1]])
def test_shares_of_nothing_or_of_negatives_are_refused(values: list[int]) -> None:
    """A whole of nothing and negative parts have no shares."""
    for measure in (gini, hhi, lambda given: top_share(given, 1)):
        with pytest.raises(ValueError, match="shares"):
            measure(values)


@given(amounts, st.randoms())
def test_measures_ignore_order_and_scale_and_stay_in_bounds(values: list[int], shuffle: Random) -> None:
    """Permuting and scaling change nothing; each measure stays between its least and most for that n."""
    n = len(values)
    permuted = [7 * value for value in values]
    shuffle.shuffle(permuted)
    for measure in (gini, hhi):
        assert measure(values) == measure(permuted)
    assert 0 <= gini(values) <= Fraction(n - 1, n)
    assert Fraction(1, n) <= hhi(values) <= 1
    assert top_share(values, n) == 1


@given(st.integers(0, 10**18), st.lists(st.integers(0, 10**12), min_size=1, max_size=20).filter(any))
def test_parts_sum_to_the_whole_and_stay_within_one_of_their_share(total: int, weights: list[int]) -> None:
    """Largest remainder keeps the quota rule: each part is its exact share rounded down or up."""
    parts = largest_remainder(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


def test_hamiltons_own_apportionment_of_1792() -> None:
    """Hamilton's bill for 120 seats, census of 1790 (Balinski and Young, "Fair Representation", appendix B)."""
    census = {
        "Connecticut": (236_841, 8),
        "Delaware": (55_540, 2),
        "Georgia": (70_835, 2),
        "Kentucky": (68_705, 2),
        "Maryland": (278_514, 9),
        "Massachusetts": (475_327, 16),
        "New Hampshire": (141_822, 5),
        "New Jersey": (179_570, 6),
        "New York": (331_589, 11),
        "North Carolina": (353_523, 12),
        "Pennsylvania": (432_879, 14),
        "Rhode Island": (68_446, 2),
        "South Carolina": (206_236, 7),
        "Vermont": (85_533, 3),
        "Virginia": (630_560, 21),
    }
    seats = largest_remainder(120, [people for people, _ in census.values()])
    assert dict(zip(census, seats, strict=True)) == {state: published for state, (_, published) in census.items()}
