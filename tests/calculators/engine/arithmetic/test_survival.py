"""Kaplan and Meier's curve: a published trial as lifelines 0.30.3 prints it, by hand, and what always holds."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.engine.arithmetic.survival import at, curve, median_days

WEEKS = (6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35)
RELAPSED = (1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0)
MERCAPTOPURINE = [(week, bool(event)) for week, event in zip(WEEKS, RELAPSED, strict=True)]
"""Freireich and others, "The effect of 6-mercaptopurine on the duration of remissions", Blood 21 (1963): weeks
in remission of the 21 children on the drug, relapsed or still in remission."""
PLACEBO = [(week, True) for week in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)]
"""The 21 children without it; all relapsed."""


def test_the_trial_of_1963_as_lifelines_prints_it() -> None:
    """KaplanMeierFitter().fit(weeks, relapsed): the curve and the ends of its interval, to four decimals."""
    printed = [
        (6, 0.857143, 0.619718, 0.951552),
        (7, 0.806723, 0.563147, 0.922809),
        (10, 0.752941, 0.503200, 0.889362),
        (13, 0.690196, 0.431610, 0.849066),
        (16, 0.627451, 0.367511, 0.804912),
        (22, 0.537815, 0.267779, 0.746791),
        (23, 0.448179, 0.188052, 0.680143),
    ]
    for step, (week, left, low, high) in zip(curve(MERCAPTOPURINE), printed, strict=True):
        assert step.day == week
        assert float(1 - step.done) == pytest.approx(left, abs=1e-6)
        assert step.high is not None
        assert step.low is not None
        assert float(1 - step.high) == pytest.approx(low, abs=1e-4)
        assert float(1 - step.low) == pytest.approx(high, abs=1e-4)


def test_the_medians_of_both_arms_as_lifelines_prints_them() -> None:
    """23 weeks, 13 to no end, with the drug; 8 weeks, 4 to 11, without."""
    assert median_days(curve(MERCAPTOPURINE)) == (23, 13, None)
    assert median_days(curve(PLACEBO)) == (8, 4, 11)


def test_without_anybody_still_waiting_it_is_the_plain_share() -> None:
    """Of four after 1, 2, 2 and 4 days a quarter, three quarters and all; the last has no interval."""
    steps = curve([(1, True), (2, True), (2, True), (4, True)])
    assert [(step.day, step.done) for step in steps] == [(1, Fraction(1, 4)), (2, Fraction(3, 4)), (4, Fraction(1))]
    assert (steps[-1].low, steps[-1].high) == (None, None)
    assert at(steps, 0) is None
    assert [at(steps, day).done for day in (1, 3, 9)] == [Fraction(1, 4), Fraction(3, 4), 1]  # type: ignore[union-attr]  # there are steps


def test_leaving_out_those_still_waiting_flatters() -> None:
    """Half closed after 30 days and half are waiting for 60: the curve says half, the closed alone say everybody."""
    closed, waiting = [(30, True)] * 5, [(60, False)] * 5
    assert curve([*closed, *waiting])[-1].done == Fraction(1, 2)
    assert curve(closed)[-1].done == 1


@given(st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=40))
def test_the_curve_only_rises_and_its_interval_holds_it(times: list[tuple[int, bool]]) -> None:
    """Whatever the order; people who are watched for longer without the event never raise it."""
    steps = curve(times)
    assert curve(sorted(times, reverse=True)) == steps
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    for step in steps:
        assert 0 < step.done <= 1
        if step.low is not None and step.high is not None:
            assert 0 <= step.low <= step.done + Fraction(1, 10_000)
            assert step.done - Fraction(1, 10_000) <= step.high <= 1
    longer = curve([*times, (300, False)])
    assert all(step.done <= before.done for step, before in zip(longer, steps, strict=True))
