"""Working days of the Chinese calendar, announced and assumed, and a company's own."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.engine.arithmetic import working_days
from calculators.engine.arithmetic.working_days import LAST_ANNOUNCED, LAST_DAY, Calendar, assumed_holidays, days

CHINA = Calendar()


def months(year: int, holidays: frozenset[date] | None = None) -> list[int]:
    """Return the working days of each month of a year, as announced or from the holidays given."""
    return [
        sum(
            CHINA.works(day) if holidays is None else day.weekday() < 5 and day not in holidays
            for day in days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        )
        for month in range(1, 13)
    ]


def test_2026_has_the_days_that_the_state_council_announced() -> None:
    """The notice of November 2025: Spring Festival 15 to 23 February; 14 and 28 February are worked."""
    assert [day.day for day in days(date(2026, 2, 1), date(2026, 2, 28)) if not CHINA.works(day)] == [
        *(1, 7, 8, 15, 16, 17, 18, 19, 20, 21, 22, 23),
    ]
    assert CHINA.works(date(2026, 2, 14))
    assert CHINA.works(date(2026, 2, 28))
    assert sum(months(2026)) == 248


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_assumption_comes_within_a_day_a_month_of_the_years_announced_under_the_same_law(year: int) -> None:
    """The same 248 days a year; swapped weekends move a day between months at most."""
    assumed, announced = months(year, assumed_holidays(year)), months(year)
    assert sum(assumed) == sum(announced)
    assert max(abs(one - other) for one, other in zip(assumed, announced, strict=True)) == 1


@given(st.integers(LAST_ANNOUNCED + 1, LAST_DAY.year))
def test_a_year_not_announced_has_its_13_statutory_holidays_on_weekdays(year: int) -> None:
    """Whatever the year, it never fails, and says that it assumed."""
    holidays = assumed_holidays(year)
    assert len(holidays) == 13
    assert all(day.year == year and day.weekday() < 5 for day in holidays)
    assert CHINA.assumed(year)
    assert not CHINA.assumed(LAST_ANNOUNCED)
    assert not Calendar("weekdays").assumed(year)


def test_a_festival_on_another_holiday_is_taken_after_it() -> None:
    """In 2031 Mid-Autumn is on 1 October, and Spring Festival takes in a weekend: 13 days all the same."""
    assert date(2031, 10, 1) in assumed_holidays(2031)
    assert len(assumed_holidays(2031)) == 13


def test_a_companys_own_days_come_before_the_calendar() -> None:
    """Days off are off, extra days are worked, whichever week it is."""
    own = Calendar("six_days", off=frozenset({date(2027, 3, 1)}), on=frozenset({date(2027, 3, 7)}))
    assert [own.works(date(2027, 3, day)) for day in (1, 2, 6, 7, 14)] == [False, True, True, True, False]


@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.integers(0, 400), st.integers(-3, 400))
def test_counting_a_part_is_counting_its_days(first: date, length: int, inside: int) -> None:
    """Counts of parts are what counting day by day gives; a span that ends before it begins has none."""
    last = date.fromordinal(first.toordinal() + length)
    until = date.fromordinal(first.toordinal() + inside)
    counted = CHINA.between(first, last).count(first, until)
    assert counted == sum(CHINA.works(day) for day in days(first, min(until, last)))


def test_the_library_covers_this_year() -> None:
    """A new release of the library each winter brings the next year; LAST_ANNOUNCED follows it."""
    assert working_days.FIRST_ANNOUNCED <= 2025 < LAST_ANNOUNCED
