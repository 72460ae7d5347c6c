"""Rules about weekly counts: run lengths as published, against plain enumeration, and what always holds."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import erf, exp, factorial, pi, sqrt
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calculators.efficiency_alert.rules import (
    QUARTER,
    Cusum,
    Ewma,
    behaviour,
    cusum,
    cusum_reach,
    ewma,
    ewma_reach,
    ewma_rows,
    followed,
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


@pytest.mark.parametrize(("each", "weeks"), [(1, 438), (-1, 437)])
def test_lucas_own_tables_of_the_cusum(each: int, weeks: int) -> None:
    """J. M. Lucas (1985), tables 2 and 4: k = 0.25, h = 10, mean 0.25, upper and lower: 438 and 437 periods."""
    moves = [(4 * each * count - each, chance) for count, chance in enumerate(chances("0.25"))]
    assert run_length(moves, 40)[0] == pytest.approx(weeks, abs=0.5)


@settings(max_examples=40)
@given(mean=st.floats(0.1, 3), reference=st.integers(1, 12), limit=st.integers(1, 40), parts=st.integers(1, 6))
def test_a_run_followed_week_by_week_is_as_long_as_equations_say(
    mean: float, reference: int, limit: int, parts: int
) -> None:
    """The mean run solves m = 1 + Q m (D. Brook, D. A. Evans), whatever swings on the way to it."""
    likely = [exp(-mean) * mean**count / factorial(count) for count in range(40)]
    moves = steps(likely, reference, -parts)
    chain = np.zeros((limit, limit))
    for start in range(limit):
        for move, chance in moves:
            if start + move < limit:
                chain[start, max(0, start + move)] += chance
    exact = np.linalg.solve(np.eye(limit) - chain, np.ones(limit))[0]
    assume(0 < exact < 5_000)  # beyond, and then below 0, the equations lose their digits
    assert run_length(moves, limit)[0] == pytest.approx(exact, rel=1e-9)


LUCAS_SACCUCCI = {0.0: (500, 500), 0.25: (255, 76.7), 0.5: (88.8, 29.3), 0.75: (35.9, 17.6), 1.0: (17.5, 12.6)}
LUCAS_SACCUCCI |= {1.5: (6.53, 8.07), 2.0: (3.63, 5.99), 3.0: (1.93, 4.03)}


@pytest.mark.parametrize(("shift", "printed"), LUCAS_SACCUCCI.items())
def test_run_lengths_of_ewmas_are_those_of_lucas_and_saccucci(shift: float, printed: tuple[float, float]) -> None:
    """J. M. Lucas, M. S. Saccucci (1990), table 3: normal observations, weights of 0.5 and 0.03; as in Montgomery."""
    for (weight, width), weeks in zip(((0.5, 3.071), (0.03, 2.437)), printed, strict=True):
        assert two_sided_run(weight, width, shift) == pytest.approx(weeks, rel=0.006)


@pytest.mark.parametrize(("weight", "weeks"), [(7_500, 209.3), (5_000, 3_907.5)])
def test_one_sided_ewmas_with_a_barrier_run_as_long_as_waldmann_prints(weight: int, weeks: float) -> None:
    """K.-H. Waldmann, Applied Statistics 35 (1986), table 2: a limit two deviations of an observation away, or more."""
    deals = 40_000  # so many that counts are as good as normal: a deviation is 200
    fine, limit = 5_050, 4_999  # 0.99 of it is between two parts, where rounding has its cut
    deviations = [(count - deals) / 200 for count in range(deals - 1_600, deals + 1_601)]
    likely = [0.0] * (deals - 1_600) + [exp(-one * one / 2) / sqrt(2 * pi) / 200 for one in deviations]
    rows = ewma_rows(Ewma(weight, fine, limit), Decimal(deals), likely, round(fine * (1 + 4 / 200)))
    assert followed(rows, fine - limit - 1)[0] == pytest.approx(weeks, rel=0.002)


@pytest.mark.parametrize(("deals", "weight"), [("0.7", 2_000), ("10", 2_000), ("10", 500), ("12.34", 10_000)])
def test_where_a_week_leads_an_ewma_is_what_it_is_after_that_week(deals: str, weight: int) -> None:
    """Bounds of counts give the same chances as every count by itself."""
    found = ewma(Decimal(deals), FIVE_PERCENT, weight)
    assert found is not None
    likely = chances(deals)
    for before, row in zip(
        range(found.limit + 1, found.units + 1), ewma_rows(found, Decimal(deals), likely, found.units), strict=True
    ):
        expected = [0.0] * (found.units - found.limit)
        for count, chance in enumerate(likely):
            after = found.following(before, count / Fraction(deals))
            if after > found.limit:
                expected[after - found.limit - 1] += chance
        told = dict(row)
        assert [told.get(place, 0.0) for place in range(len(expected))] == pytest.approx(expected, abs=1e-12)


@settings(max_examples=25)
@given(
    deals=st.integers(10, 10_000), tolerated=st.sampled_from(["0.01", "0.05", "0.2"]), weight=st.integers(500, 10_000)
)
def test_an_ewma_alerts_by_chance_no_more_often_than_tolerated(deals: int, tolerated: str, weight: int) -> None:
    """Its limit is the highest of that kind, it sees larger falls more often, and it prints as it is counted."""
    mean, share = Decimal(deals) / 100, Decimal(tolerated)
    found = ewma(mean, share, weight)
    if found is None:
        return
    reach = ewma_reach(found, mean, ONE)
    assert reach(0)[0] >= 1 / float(share)
    assert ewma_reach(replace(found, limit=found.limit + 1), mean, ONE)(0)[0] < 1 / float(share)
    seen = [round(reach(fall)[1], 12) for fall in (0, 1_000, 3_000)]
    assert seen == sorted(seen)
    assert (1_000 * found.share).denominator == 1


def test_at_full_weight_an_ewma_is_the_limit_of_a_week() -> None:
    """Looking at the newest week alone, it alerts when the control limit does: at 4 of 10 deals, 12 of 20 and so on."""
    for deals in (10, 20, 100):
        found = ewma(Decimal(deals), FIVE_PERCENT, 10_000)
        assert found is not None
        assert found.share * deals // 1 == lower_limit(Decimal(deals), FIVE_PERCENT)


@pytest.mark.parametrize("deals", ["0.1", "0.37", "3", "5", "7", "10", "23.45", "150"])
def test_a_cusum_is_set_in_hundredths_at_most(deals: str) -> None:
    """So that what is printed is what is added up."""
    found = cusum(Decimal(deals), 1_000, FIVE_PERCENT)
    assert found is not None
    assert [(100 * one).denominator for one in (found.reference, found.limit)] == [1, 1]


def two_sided_run(weight: float, width: float, shift: float, states: int = 121) -> float:
    """Return the mean run of a two-sided EWMA of normal observations, by D. Brook and D. A. Evans's chain of states."""
    half = width * sqrt(weight / (2 - weight))
    step = 2 * half / states

    def below(value: float) -> float:
        return (1 + erf((value - shift) / sqrt(2))) / 2

    middles = [-half + (place + 0.5) * step for place in range(states)]
    rows = []
    for before in middles:
        ends = [below((-half + place * step - (1 - weight) * before) / weight) for place in range(states + 1)]
        rows.append([(place, upper - lower) for place, (lower, upper) in enumerate(pairwise(ends))])
    return followed(rows, states // 2)[0]


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
