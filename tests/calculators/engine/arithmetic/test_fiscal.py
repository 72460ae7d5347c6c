"""Fiscal years: calendar months from any month on, and retail years of whole weeks, beside calendars as published."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.engine.arithmetic.fiscal import WEEKS_OF, Cut, Fiscal

RETAIL = Fiscal("454", 2, 6)
PUBLISHED = {
    2022: ("2022-01-30", 52),
    2023: ("2023-01-29", 53),
    2024: ("2024-02-04", 52),
    2025: ("2025-02-02", 52),
    2026: ("2026-02-01", 52),
}
"""The National Retail Federation's 4-5-4 calendar (nrf.com/resources/4-5-4-calendar): first days and weeks of years."""


@pytest.mark.parametrize("year", PUBLISHED)
def test_a_retail_year_is_that_of_the_published_calendar(year: int) -> None:
    """From the Sunday nearest to 1 February; 2023 has a 53rd week, which its January takes."""
    months = RETAIL.months(year)
    first, weeks = PUBLISHED[year]
    assert months[0].first.isoformat() == first
    lengths = [(month.last - month.first).days + 1 for month in months]
    assert lengths == [*[7 * one for one in (4, 5, 4) * 4][:-1], 7 * (4 + weeks - 52)]


def test_a_year_from_the_monday_nearest_to_january_is_the_one_of_iso_weeks() -> None:
    """ISO 8601: the year begins with the week that has 4 January in it."""
    for year in range(2004, 2099):
        assert Fiscal("445").first_day(year) == date.fromisocalendar(year, 1, 1)


def test_a_fiscal_year_of_calendar_months_may_start_in_any() -> None:
    """From April on, March is the twelfth, of the fourth quarter, and the name says both years."""
    march = Fiscal("months", 4).months(2026)[11]
    assert (march.first, march.last) == (date(2027, 3, 1), date(2027, 3, 31))
    assert (march.name, march.quarter, march.number) == ("2027-03", "2026/27 Q4", 12)


@given(
    st.sampled_from(["months", *WEEKS_OF]),
    st.integers(1, 12),
    st.sampled_from([0, 6]),
    st.dates(date(2005, 1, 1), date(2090, 1, 1)),
    st.integers(0, 1_000),
)
def test_months_follow_one_another_and_cover_every_day_of_a_span(
    cut: Cut, starts: int, week_starts: int, first: date, length: int
) -> None:
    """Each day is in exactly one month; whole weeks begin on the day that weeks do; names are all different."""
    last = first + timedelta(days=length)
    months = list(Fiscal(cut, starts, week_starts).between(first, last))
    assert months[0].first <= first <= months[0].last
    assert months[-1].first <= last <= months[-1].last
    for one, other in pairwise(months):
        assert other.first == one.last + timedelta(days=1)
    assert len({month.name for month in months}) == len(months)
    if cut != "months":
        assert {month.first.weekday() for month in months} == {week_starts}
