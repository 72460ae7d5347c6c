"""A year cut into twelve months: calendar months from any month on, or whole weeks by quarter (4-4-5 and the like).

Knows dates only; which of them are worked is in ``working_days.py``.

Sources: a retail year begins on the first day of a week, the one nearest to the first of its month, so that every
five or six years it has a 53rd week, which its last month takes (National Retail Federation, "4-5-4 Calendar"; for
January and Mondays it is the year of ISO 8601).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

Cut = Literal["months", "445", "454", "544"]
WEEKS_OF: Mapping[str, tuple[int, int, int]] = {"445": (4, 4, 5), "454": (4, 5, 4), "544": (5, 4, 4)}
"""How many weeks the months of a quarter have."""
MONTHS = 12
_DAY = timedelta(days=1)
_WEEK = 7


@dataclass(frozen=True)
class FiscalMonth:
    """Month ``number`` (1 to 12) of the fiscal year ``year``: a calendar month, or some whole weeks."""

    year: "FiscalYear"
    number: int
    first: date
    last: date

    @property
    def name(self) -> str:
        """What it is called: calendar months as always, others by their number in the year.

        >>> Fiscal("454", 2, 6).months(2026)[11].name, Fiscal("months", 4).months(2026)[11].name
        ('2026/27-P12', '2027-03')
        """
        if self.year.by.cut == "months":
            return f"{self.first:%Y-%m}"
        return f"{self.year.name}-P{self.number:02}"

    @property
    def quarter(self) -> str:
        """What its quarter is called, by the fiscal year.

        >>> Fiscal("months", 4).months(2026)[11].quarter, Fiscal().months(2026)[11].quarter
        ('2026/27 Q4', '2026 Q4')
        """
        return f"{self.year.name} Q{(self.number - 1) // 3 + 1}"


@dataclass(frozen=True)
class FiscalYear:
    """A year of twelve such months, by the calendar year in which the month is that it ``starts`` with."""

    by: "Fiscal"
    year: int

    @property
    def name(self) -> str:
        """The year, or both years that it lies in."""
        return str(self.year) if self.by.starts == 1 else f"{self.year}/{(self.year + 1) % 100:02}"


@dataclass(frozen=True)
class Fiscal:
    """How years are cut: ``starts`` is the month that they begin with, ``week_starts`` a weekday as dates count them.

    The latter matters only where they are ``cut`` in weeks.
    """

    cut: Cut = "months"
    starts: int = 1
    week_starts: int = 0

    def first_day(self, year: int) -> date:
        """Return the first day of a year.

        >>> [Fiscal("454", 2, 6).first_day(year).isoformat() for year in (2023, 2024, 2025)]
        ['2023-01-29', '2024-02-04', '2025-02-02']
        """
        first = date(year, self.starts, 1)
        if self.cut == "months":
            return first
        ahead = (self.week_starts - first.weekday()) % _WEEK
        return first + timedelta(days=ahead if 2 * ahead < _WEEK else ahead - _WEEK)

    def months(self, year: int) -> tuple[FiscalMonth, ...]:
        """Return the twelve months of a year."""
        begins = [self.first_day(year)]
        for at in range(1, MONTHS):
            if self.cut == "months":
                begins.append((begins[-1] + timedelta(days=31)).replace(day=1))
            else:
                begins.append(begins[-1] + timedelta(weeks=WEEKS_OF[self.cut][(at - 1) % 3]))
        begins.append(self.first_day(year + 1))
        of = FiscalYear(self, year)
        return tuple(
            FiscalMonth(of, at + 1, first, following - _DAY) for at, (first, following) in enumerate(pairwise(begins))
        )

    def between(self, first: date, last: date) -> Iterator[FiscalMonth]:
        """Yield the months, whole, that have a day from ``first`` to ``last``."""
        for year in range(first.year - 1, last.year + 2):
            yield from (month for month in self.months(year) if month.first <= last and month.last >= first)


def calendar_parts(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the parts of a span that lie in one calendar month each.

    >>> [end.day for _, end in calendar_parts(date(2027, 1, 15), date(2027, 3, 2))]
    [31, 28, 2]
    """
    while first <= last:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield first, min(last, following - _DAY)
        first = following


def whole_month(day: date) -> tuple[date, date]:
    """Return the first and the last day of the calendar month that a day is in."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - _DAY
