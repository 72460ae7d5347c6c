"""Rules about weekly counts: run lengths as published, against plain enumeration, and what always holds."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.efficiency_alert.rules import (
    QUARTER,
    Cusum,
    behaviour,
    cusum,
    cusum_reach,
    in_a_row,
    least_fall,
    lower_limit,
    run_length,
    steps,
    together,
    weeks_at_limit,
    weeks_below_mean,
)
from calculators.engine.arithmetic.chances import count_chances

ONE = Decimal(1)
FIVE_PERCENT = Decimal("0.05")


def chances(mean: str) -> list[float]:
    """Return the Poisson chances of a mean."""
    return [float(chance) for chance in count_chances(Decimal(mean), 80)]


@pytest.mark.parametrize(("mean", "weeks"), [("1.88", 37.2), ("3.2", 5.49)])
def test_lucas_cusum_of_counts_has_the_run_lengths_that_r_prints(mean: str, weeks: float) -> None:
    """R, IAcsSPCR: arl(h=6, k=2, lambda=1.88) is 37.2, and 5.49 at a mean of 1.88 + 0.9627 * sqrt(1.88)."""
    assert run_length(steps(chances(mean), -2, 1), 6)[0] == pytest.approx(weeks, abs=0.05)


def test_a_run_is_as_long_as_one_that_is_thrown() -> None:
    """Ten thousand throws of the CUSUM for ten deals: false alarms and falls seen within a quarter."""
    rule = cusum(Decimal(10), 1_000, FIVE_PERCENT)
    assert rule is not None
    chance = Random(20261128)
    for fall in (0, 1_000):
        mean = chances("10" if not fall else "9")
        seen = 0
        for _ in range(10_000):
            total = Fraction(0)
            for week in chance.choices(range(len(mean)), mean, k=QUARTER):
                total = max(Fraction(0), total + rule.reference - week)
                if total >= rule.limit:
                    seen += 1
                    break
        expected = cusum_reach(rule, Decimal(10), ONE)(fall)[1]
        assert seen / 10_000 == pytest.approx(expected, abs=0.015)


def test_ten_deals_a_week_by_hand() -> None:
    """k = (10 - 9) / ln(10 / 9) is 9.49, to a quarter of a deal 9.5; the limit is the first with 20 weeks between."""
    rule = cusum(Decimal(10), 1_000, FIVE_PERCENT)
    assert rule == Cusum(4, 38, 31)
    assert cusum_reach(rule, Decimal(10), ONE)(0)[0] >= 20
    assert cusum_reach(Cusum(4, 38, 30), Decimal(10), ONE)(0)[0] < 20


@pytest.mark.parametrize(("chance", "weeks"), [(0.5, 2), (0.3, 3), (0.05, 1), (1.0, 2), (0.0, 2)])
def test_runs_of_low_weeks_against_every_sequence(chance: float, weeks: int) -> None:
    """All 8,192 quarters of low and ordinary weeks, each with its probability."""
    seen = 0.0
    for quarter in range(2**QUARTER):
        low = [bool(quarter >> place & 1) for place in range(QUARTER)]
        likely = 1.0
        for one in low:
            likely *= chance if one else 1 - chance
        if any(all(low[place : place + weeks]) for place in range(QUARTER - weeks + 1)):
            seen += likely
    assert in_a_row(chance, weeks)[1] == pytest.approx(seen, abs=1e-9)


def test_a_pair_of_a_fair_coin_takes_six_throws() -> None:
    """W. Feller, An Introduction to Probability Theory, XIII.7: a run of r takes (1 - p^r) / ((1 - p) p^r)."""
    assert [in_a_row(0.5, run)[0] for run in (1, 2, 3)] == [2, 6, 14]


@given(
    st.sampled_from([3, 10, 40, 200]), st.sampled_from([500, 1_000, 3_000]), st.sampled_from(["0.02", "0.05", "0.2"])
)
@settings(max_examples=25)
def test_no_rule_alarms_more_often_than_tolerated_and_larger_falls_are_seen_more(
    deals: int, fall: int, tolerated: str
) -> None:
    """The CUSUM and the limit keep to the tolerated share of weeks; every rule sees more of a larger fall."""
    mean, share = Decimal(deals), Decimal(tolerated)
    rule = cusum(mean, fall, share)
    reaches = [weeks_at_limit(mean, share, 1, ONE), weeks_at_limit(mean, share, 2, ONE), weeks_below_mean(mean, 6, ONE)]
    reaches += [together(mean, share, 4, ONE), together(mean, share, 13, ONE)]
    if rule is not None:
        reaches.append(cusum_reach(rule, mean, ONE))
        assert behaviour(reaches[-1], fall, 3_000).alarms_a_year <= 52 * Fraction(share)
    assert behaviour(reaches[0], fall, 3_000).alarms_a_year <= 52 * Fraction(share)
    for reach in reaches:
        seen = [reach(size)[1] for size in (0, 500, 1_000, 3_000, 6_000)]
        assert all(before <= after + 1e-9 for before, after in pairwise(seen))


def test_weeks_that_vary_more_have_wider_limits_and_see_less() -> None:
    """At twice the variance of chance alone the limit for ten deals is 3 instead of 4, and a CUSUM sees less."""
    assert [lower_limit(Decimal(10), FIVE_PERCENT, Decimal(wide)) for wide in (1, 2)] == [4, 3]
    sees = []
    for wide in (ONE, Decimal(2)):
        rule = cusum(Decimal(10), 1_000, FIVE_PERCENT, wide)
        assert rule is not None
        sees.append(cusum_reach(rule, Decimal(10), wide)(1_000)[1])
    assert sees[0] > sees[1]


def test_the_smallest_fall_that_is_sure_to_be_seen_is_and_one_percent_less_is_not() -> None:
    """In four cases of five within a quarter."""
    rule = cusum(Decimal(10), 1_000, FIVE_PERCENT)
    assert rule is not None
    least = least_fall(rule, Decimal(10), Decimal("0.8"))
    assert least == 1_100
    reach = cusum_reach(rule, Decimal(10), ONE)
    assert reach(least)[1] >= 0.8 > reach(least - 100)[1]


def test_a_fall_too_small_for_the_week_has_no_cusum() -> None:
    """One in a hundred of a thousand deals, with a false alarm in a thousand weeks."""
    assert cusum(Decimal(1_000), 100, Decimal("0.001")) is None
