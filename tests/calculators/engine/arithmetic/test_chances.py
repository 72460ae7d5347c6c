"""Exact tests of shares and the chances of counts: known values, both sides of every threshold, what always holds."""

from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.engine.arithmetic.chances import (
    ERROR,
    SIDES,
    at_least,
    at_most,
    chi_square_tail,
    count_at_most,
    count_chances,
    deciding,
    dispersion,
    exact_interval,
    least_trials,
    share_test,
)

lines = st.integers(1, 9_999).map(lambda points: Fraction(points, 10_000))


def binomial(successes: int, trials: int, share: Fraction) -> Fraction:
    """Return the probability of so many or fewer, term by term in whole fractions."""
    return sum(
        (comb(trials, one) * share**one * (1 - share) ** (trials - one) for one in range(successes + 1)), Fraction(0)
    )


@pytest.mark.parametrize(
    ("successes", "trials", "line", "side", "chance", "decided", "needed"),
    [
        (0, 1, Fraction(4, 5), "below", Fraction(1, 5), False, 2),
        (0, 2, Fraction(4, 5), "below", Fraction(1, 25), True, 2),
        (12, 12, Fraction(4, 5), "above", Fraction(6_871_948, 100_000_000), False, 14),  # 0.8^12
        (14, 14, Fraction(4, 5), "above", Fraction(4_398_047, 100_000_000), True, 14),
        (0, 3, Fraction(3, 5), "below", Fraction(64, 1_000), False, 4),
        (0, 4, Fraction(3, 5), "below", Fraction(256, 10_000), True, 4),
        (0, 1, Fraction(1), "below", Fraction(0), True, 1),  # who says all must bear no failure
        (9, 9, Fraction(1), "above", Fraction(1), False, None),  # and no number shows that all will pass
        (0, 1, Fraction(19, 20), "below", Fraction(1, 20), True, 1),  # exactly at the error
        (0, 1, Fraction(9_499, 10_000), "below", Fraction(501, 10_000), False, 2),
    ],
)
def test_known_tests_of_a_share(  # noqa: PLR0917 - a row of the table
    successes: int, trials: int, line: Fraction, side: str, chance: Fraction, decided: bool, needed: int | None
) -> None:
    """Small lists by hand: powers of the line and of what it leaves."""
    found = share_test(successes, trials, line)
    assert (found.side, found.chance, found.decided, found.needed) == (side, chance, decided, needed)
    assert found.enough == (needed is None or trials >= needed)


def test_mendels_peas_as_r_prints_them() -> None:
    """682 of 925 plants (Conover 1971, in the help of R's binom.test): the 95% interval is 0.7076683 to 0.7654066."""
    low, high = Fraction(7_076_683, 10**7), Fraction(7_654_066, 10**7)
    assert float(at_least(682, 925, low)) == pytest.approx(0.025, abs=1e-5)
    assert float(at_most(682, 925, high)) == pytest.approx(0.025, abs=1e-5)


@given(st.integers(0, 40), st.integers(0, 40), lines)
def test_both_tails_are_the_sums_of_their_terms(successes: int, failures: int, share: Fraction) -> None:
    """Against whole fractions, to more digits than a verdict could hang on."""
    trials = successes + failures
    exact = binomial(successes, trials, share)
    assert abs(Fraction(at_most(successes, trials, share)) - exact) < Fraction(1, 10**30)
    if successes:
        above = 1 - binomial(successes - 1, trials, share)
        assert abs(Fraction(at_least(successes, trials, share)) - above) < Fraction(1, 10**30)


@given(st.integers(1, 60), lines)
def test_a_verdict_is_wrong_no_more_often_than_the_error(trials: int, line: Fraction) -> None:
    """Added up over every result that would decide: at the line itself, each side at most one in twenty."""
    low, high = deciding(trials, line)
    for count in range(trials + 1):
        found = share_test(count, trials, line)
        assert found.decided == ((low is not None and count <= low) or (high is not None and count >= high))
    assert low is None or binomial(low, trials, line) <= ERROR
    assert high is None or 1 - binomial(high - 1, trials, line) <= ERROR


@given(st.integers(1, 80), lines)
def test_the_smallest_number_that_can_decide_can_and_one_fewer_cannot(trials: int, line: Fraction) -> None:
    """On both sides."""
    low, high = deciding(trials, line)
    least = {side: least_trials(line, side) for side in SIDES}
    assert (low is not None) == (trials >= (least["below"] or 0))
    assert (high is not None) == (trials >= (least["above"] or 0))


@given(st.integers(0, 40), st.integers(0, 40), lines)
def test_the_interval_and_the_verdict_agree(successes: int, failures: int, line: Fraction) -> None:
    """A line is decided above exactly where it is not above the lower end, below where it is not below the upper."""
    trials = successes + failures
    low, high = exact_interval(successes, trials)
    found = share_test(successes, trials, line)
    assert (found.decided and found.side == "above") == (trials > 0 and line <= low)
    assert (found.decided and found.side == "below") == (trials > 0 and line >= high)


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(12, 12, 0.7791, 1.0), (0, 10, 0.0, 0.2589), (3, 10, 0.0873, 0.6066), (81, 263, 0.2610, 0.3582)],
)
def test_clopper_and_pearsons_interval_with_five_percent_on_each_side(
    successes: int, trials: int, low: float, high: float
) -> None:
    """The ends are quantiles of beta distributions: computed by SciPy's beta.ppf, which is not used here."""
    found = exact_interval(successes, trials)
    assert [float(end) for end in found] == pytest.approx([low, high], abs=1.01e-4)


def test_counts_of_two_distributions_sum_to_one_with_their_mean_and_variance() -> None:
    """A mean of 7.5, once as chance alone has it and once with twice its variance."""
    for spread in (Decimal(1), Decimal(2)):
        mean = Decimal("7.5")
        chances = count_chances(mean, 200, spread)
        first = sum(count * chance for count, chance in enumerate(chances))
        second = sum(count * count * chance for count, chance in enumerate(chances))
        assert float(sum(chances)) == pytest.approx(1, abs=1e-12)
        assert float(first) == pytest.approx(7.5, abs=1e-12)
        assert float(second - first * first) == pytest.approx(7.5 * float(spread), abs=1e-12)
    assert count_at_most(-1, Decimal(3)) == 0


@pytest.mark.parametrize(
    ("freedom", "five_percent", "one_percent"),
    [(1, "3.841", "6.635"), (2, "5.991", "9.210"), (7, "14.067", "18.475"), (30, "43.773", "50.892")],
)
def test_the_printed_table_of_chi_square(freedom: int, five_percent: str, one_percent: str) -> None:
    """Critical values of the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4."""
    assert float(chi_square_tail(Decimal(five_percent), freedom)) == pytest.approx(0.05, abs=1e-4)
    assert float(chi_square_tail(Decimal(one_percent), freedom)) == pytest.approx(0.01, abs=1e-4)


def test_horse_kicks_vary_as_chance_does() -> None:
    """Bortkiewicz's 200 corps-years: 109, 65, 22, 3 and 1 with 0 to 4 deaths; variance over mean is 0.611/0.61."""
    deaths = [0] * 109 + [1] * 65 + [2] * 22 + [3] * 3 + [4]
    mean = Fraction(sum(deaths), len(deaths))
    found, chance = dispersion(deaths, [mean] * len(deaths))
    assert mean == Fraction(61, 100)
    assert float(found) == pytest.approx(0.6109 / 0.61, abs=1e-3)
    assert float(chance) == pytest.approx(0.4804495, abs=1e-7)  # SciPy's chi2.sf
