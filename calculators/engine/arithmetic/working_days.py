"""Working days: China's as announced, assumed where nothing is announced yet, or a plain week; with a company's own.

Knows no target; counts days between dates, and says on what the count rests.

Sources: what the State Council announces each autumn for the next year, through the library ``chinesecalendar``;
the statutory holidays themselves from the 2024 revision of the Regulation on Holidays for National Festivals and
Memorial Days (in force since 2025-01-01), with lunar dates from the library ``borax``.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import chinese_calendar
from borax.calendars.lunardate import LunarDate, TermUtils

Week = Literal["china", "weekdays", "six_days"]
WEEKS: tuple[Week, ...] = ("china", "weekdays", "six_days")

FIRST_ANNOUNCED: int = min(chinese_calendar.constants.holidays).year
LAST_ANNOUNCED: int = max(chinese_calendar.constants.holidays).year
"""The years whose holidays the library has; outside them they are assumed."""
LAST_DAY = date(2099, 12, 31)
"""Up to here the lunar calendar is known."""

_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True)
class Calendar:
    """A working week with a company's own days: ``off`` is never worked, ``on`` always, whatever the week says."""

    week: Week = "china"
    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Say whether a day is worked.

        >>> Calendar().works(date(2026, 2, 28)), Calendar().works(date(2026, 10, 1))  # a Saturday worked, a holiday
        (True, False)
        """
        if day in self.on or day in self.off:
            return day in self.on
        if self.week == "china":
            if FIRST_ANNOUNCED <= day.year <= LAST_ANNOUNCED:
                return bool(chinese_calendar.is_workday(day))
            return day.weekday() < _SATURDAY and day not in assumed_holidays(day.year)
        return day.weekday() < (_SATURDAY if self.week == "weekdays" else _SUNDAY)

    def between(self, first: date, last: date) -> "Days":
        """Return the working days from ``first`` to ``last``, both included."""
        return Days([day for day in days(first, last) if self.works(day)])

    def assumed(self, year: int) -> bool:
        """Say whether the days of a year rest on an assumption, since nobody has announced them yet."""
        return self.week == "china" and not FIRST_ANNOUNCED <= year <= LAST_ANNOUNCED


class Days:
    """Working days in order, to be counted in any part of their span."""

    def __init__(self, worked: Iterable[date]) -> None:
        self.worked = list(worked)

    def count(self, first: date, last: date) -> int:
        """Return how many of them lie from ``first`` to ``last``, both included; none where that is no span."""
        return len(self.within(first, last))

    def within(self, first: date, last: date) -> list[date]:
        """Return those that lie from ``first`` to ``last``, both included."""
        return self.worked[bisect_left(self.worked, first) : bisect_right(self.worked, last)]


def days(first: date, last: date) -> Iterator[date]:
    """Yield every day from ``first`` to ``last``."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


@lru_cache
def assumed_holidays(year: int) -> frozenset[date]:
    """Return the holidays to expect of a year that is not announced: the 13 statutory ones, by their dates' rules.

    One that falls on a weekend, or on another one, is taken on the next weekday that is free. No weekend is worked to
    make up for a longer holiday: such swaps only move days, mostly by a week, and cannot be foreseen.

    >>> sorted(assumed_holidays(2027))[1].isoformat(), len(assumed_holidays(2027))  # the eve, 2027-02-05, is a Friday
    ('2027-02-05', 13)
    """
    new_year = LunarDate(year, 1, 1).to_solar_date()
    statutory = sorted(
        [
            date(year, 1, 1),
            *(new_year + timedelta(days=at) for at in (-1, 0, 1, 2)),
            TermUtils.nth_term_day(year, term_name="清明"),
            date(year, 5, 1),
            date(year, 5, 2),
            LunarDate(year, 5, 5).to_solar_date(),
            LunarDate(year, 8, 15).to_solar_date(),
            *(date(year, 10, day) for day in (1, 2, 3)),
        ]
    )
    taken = {day for day in statutory if day.weekday() < _SATURDAY}
    moved = [day for at, day in enumerate(statutory) if day.weekday() >= _SATURDAY or day in statutory[:at]]
    for holiday in moved:
        day = holiday + _DAY
        while day.weekday() >= _SATURDAY or day in taken:
            day += _DAY
        taken.add(day)
    return frozenset(taken)
