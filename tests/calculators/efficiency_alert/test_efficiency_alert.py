"""The productivity alert: chance, the control limit, what it sees, and the page."""

from decimal import Decimal
from fractions import Fraction
from math import exp, lgamma, log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from calculators.efficiency_alert import (
    POWER,
    against_baseline,
    calculate,
    deals_to_be_quiet,
    deals_to_see,
    week_on_week,
)
from calculators.efficiency_alert.rules import lower_limit
from calculators.engine.answers.result import Result
from calculators.engine.asks.fields import Inputs
from tests.browser import URL
from tests.journey import STARTED, in_one

FIVE_PERCENT = Decimal("0.05")


def poisson(count: int, mean: float) -> float:
    """Return the chance of a count by the textbook's formula."""
    return exp(count * log(mean) - mean - lgamma(count + 1))


def result(deals: str, drop: int = 1_000, tolerated: Decimal = FIVE_PERCENT) -> Result:
    """Return the calculator's answer."""
    return calculate(
        Inputs(
            deals=int(Decimal(deals) * 100),
            drop=drop,
            tolerated=int(tolerated * 10_000),
            smoothing=2_000,
            weeks=None,
        )
    )


@pytest.mark.parametrize(("deals", "percent"), [(10, 42), (100, 23)])
def test_a_tenth_less_than_the_week_before_is_often_chance(deals: int, percent: int) -> None:
    """An unchanged team with a mean of 10 deals a week alerts in 42% of weeks, one with 100 in 23%."""
    assert round(week_on_week(deals, 1_000) * 100) == percent


@given(deals=st.integers(1, 40), drop=st.integers(100, 9_000))
def test_week_on_week_is_the_sum_over_all_pairs_of_weeks(deals: int, drop: int) -> None:
    """The chance agrees with adding up every pair of weeks whose second is low enough, computed in floats."""
    counts = range(deals + 60)
    chance = [poisson(count, deals) for count in counts]
    pairs = sum(
        chance[before] * chance[after]
        for before in counts
        for after in counts
        if before > 0 and after * 10_000 <= before * (10_000 - drop)
    )
    assert float(week_on_week(deals, drop)) == pytest.approx(pairs, abs=2e-6)


@given(deals=st.integers(10, 60_000), tolerated=st.integers(10, 5_000))
def test_the_limit_is_the_highest_that_is_tolerated(deals: int, tolerated: int) -> None:
    """At the limit a false alarm is no likelier than tolerated; one deal more, and it is; without a limit, at none."""
    mean = Decimal(deals) / 100
    limit = lower_limit(mean, Decimal(tolerated) / 10_000)
    below = -1 if limit is None else limit
    at_limit = sum(poisson(count, float(mean)) for count in range(below + 1))
    assert at_limit <= tolerated / 10_000 + 1e-9
    assert at_limit + poisson(below + 1, float(mean)) > tolerated / 10_000 - 1e-9


def test_a_fall_of_a_tenth_takes_some_six_hundred_deals_to_see() -> None:
    """As the normal approximation says: ((1.645 + 0.842 * sqrt(0.9)) / 0.1) squared is 597; 61 weeks of ten deals."""
    enough = deals_to_see(1_000, FIVE_PERCENT)
    assert enough is not None
    assert abs(enough - 597) < 15
    limit = lower_limit(Decimal(enough), FIVE_PERCENT)
    assert limit is not None
    assert against_baseline(enough, 1_000) < Fraction(FIVE_PERCENT)
    figures = {figure.name: figure.value for figure in result("10").figures}
    assert figures["enough_deals"] == enough
    assert figures["weeks_to_see"] == -(-enough // 10)
    assert Fraction(4, 5) == Fraction(POWER)


def test_two_weeks_in_a_row_are_no_rule_at_ten_deals() -> None:
    """They see a real fall of a tenth in 3.4% of quarters and 1.0% come by chance; the result says so as a caution."""
    said = {notice.code: notice for notice in result("10").notices}
    two = said["efficiency_alert.two_weeks"]
    assert two.level == "caution"
    stated = [Fraction(str(two.params[name])) for name in ("two_sees", "two_by_chance")]
    assert [round(float(share), 3) for share in stated] == [0.034, 0.010]


def test_the_rule_that_is_recommended_is_the_one_whose_alarms_are_stated() -> None:
    """The CUSUM's figures, its row in the table of rules and in the table of volumes are the same numbers."""
    answer = result("10")
    figures = {figure.name: figure.value for figure in answer.figures}
    tables = {table.name: [dict(zip(table.shape, row, strict=True)) for row in table.rows()] for table in answer.tables}
    row = next(row for row in tables["rules"] if row["rule"] == "efficiency_alert.rules.cusum")
    volume = next(row for row in tables["cusum"] if row["volume"] == 10)
    assert (row["alarms"], row["sees"], row["sees_large"]) == (volume["alarms"], volume["sees"], volume["sees_large"])
    assert (figures["cusum_alarms"], figures["cusum_sees"]) == (row["alarms"], row["sees"])
    assert (figures["cusum_reference"], figures["cusum_limit"]) == (volume["reference"], volume["sum_limit"])
    best = max(tables["rules"], key=lambda one: one["sees"])  # type: ignore[arg-type, return-value]  # they are numbers
    assert best == row


def test_more_deals_and_larger_falls_are_quieter() -> None:
    """The more deals a week, or the larger the fall that alerts, the rarer is a false alarm."""
    chances = [week_on_week(deals, 1_000) for deals in (10, 20, 50, 100, 200, 500)]
    assert chances == sorted(chances, reverse=True)
    needed = [deals_to_be_quiet(drop, FIVE_PERCENT) for drop in (500, 1_000, 2_000, 3_000)]
    assert all(needed)
    assert needed == sorted(needed, key=lambda volume: -(volume or 0))


def test_with_too_few_deals_no_week_is_low_enough() -> None:
    """With two deals a week a week without any is too common to alert on, and the result says so."""
    answer = result("2")
    assert {figure.name: figure.value for figure in answer.figures}["limit"] is None
    assert "efficiency_alert.no_limit" in [notice.code for notice in answer.notices]


def test_a_fall_too_small_to_be_seen_is_said_to_be() -> None:
    """A fall of 1% takes more deals than are looked for, and the result says so instead of a number."""
    answer = result("100", drop=100)
    assert {figure.name: figure.value for figure in answer.figures}["enough_deals"] is None
    assert "efficiency_alert.beyond" in [notice.code for notice in answer.notices]


def test_the_teams_own_volume_stands_in_the_table_once() -> None:
    """The table compares the team's own volume with others, in order, and does not repeat one of them."""
    for deals, rows in (("35", 8), ("20", 7)):
        volumes = [Fraction(str(row[0])) for row in result(deals).tables[0].rows()]
        assert volumes == sorted({*volumes, Fraction(deals)})
        assert len(volumes) == rows


@in_one("en")
def test_a_manager_computes_the_alert_for_an_own_volume(language: str, page: Page) -> None:
    """The page opens with ten deals and their weeks; a team of a hundred sees its own figures beside a mistake."""
    page.goto(f"{URL}{'' if language == 'zh' else 'en/'}calculators/efficiency_alert.html")
    calculator = page.locator('[data-calculator="efficiency_alert"]')
    by_chance = calculator.locator('[data-figure="by_chance"]')
    expect(by_chance).to_have_text("41.6%")
    calculator.locator('input[name="deals"]').fill("100")
    expect(by_chance).to_have_text("23.0%", timeout=STARTED)
    expect(calculator.locator('[data-figure="weeks_to_see"]')).to_have_text("7")
    calculator.locator('input[name="deals"]').fill("-3")
    expect(calculator.locator('input[name="deals"]')).to_have_attribute("aria-invalid", "true")
    expect(by_chance).to_have_text("23.0%")
