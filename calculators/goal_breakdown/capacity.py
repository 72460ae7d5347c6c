"""Who can carry how much and when: presence, ramp and leavers of a team (产能), against a target.

Knows people and months; spreading a target over them is in ``allocation.py``. Our extension: the method's source names
no ramp and no capacity.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import ceil

from calculators.engine.arithmetic.working_days import Days
from calculators.engine.asks.settings import BASIS_POINTS


@dataclass(frozen=True)
class Month:
    """A calendar month, or the part of it that is in the span; ``days`` are its working days, maybe not whole.

    ``basis`` says on what they rest: ``announced``, ``assumed``, ``week`` (a plain one) or ``given``. ``season`` is the
    month's weight beside its days. ``part`` is how much of the calendar month's working days the span has.
    """

    first: date
    last: date
    days: Fraction
    basis: str
    season: Fraction = Fraction(1)
    part: Fraction = Fraction(1)

    @property
    def name(self) -> str:
        """Year and month, as it stands over a column.

        >>> Month(date(2027, 3, 1), date(2027, 3, 31), Fraction(23), "assumed").name
        '2027-03'
        """
        return f"{self.first:%Y-%m}"

    @property
    def weight(self) -> Fraction:
        """What the month weighs in a target: working days times season."""
        return self.days * self.season


@dataclass(frozen=True)
class Rep:
    """Somebody who carries a number: ``weight`` in hundredths of a full one, there from ``start`` to ``last``.

    ``away`` are spans in between in which they are not, first and last day included.
    """

    name: str
    team: str = ""
    weight: int = 100
    start: date | None = None
    last: date | None = None
    away: tuple[tuple[date, date], ...] = ()

    def days_in(self, month: Month, days: Days) -> int:
        """Return on how many of the month's working days the person is there."""
        first = max(month.first, self.start or month.first)
        last = min(month.last, self.last or month.last)
        present = days.count(first, last)
        gone: set[date] = set()
        for begin, end in self.away:
            gone.update(days.within(max(first, begin), min(last, end)))
        return present - len(gone)

    def ramp_in(self, month: Month, ramp: Sequence[int]) -> int:
        """Return the part of a full number that the person can carry in a month, in basis points.

        ``ramp`` has it by month of service, the month of the start being the first; after it all is full.

        >>> new = Rep("a", start=date(2027, 2, 20))
        >>> march = Month(date(2027, 3, 1), date(2027, 3, 31), Fraction(23), "assumed")
        >>> new.ramp_in(march, [2_500, 5_000])
        5000
        """
        if self.start is None:
            return BASIS_POINTS
        return _ramp(ramp, months_between(self.start, month.first))


def _ramp(ramp: Sequence[int], service: int) -> int:
    return ramp[service] if 0 <= service < len(ramp) else BASIS_POINTS


def months_between(start: date, later: date) -> int:
    """Return how many months the month of ``later`` comes after that of ``start``."""
    return (later.year - start.year) * 12 + later.month - start.month


@dataclass(frozen=True)
class Team:
    """People and months.

    ``ramp`` is in basis points by month of service; ``attrition`` is the share of
    the team expected to leave within a year, in basis points, beyond the leavers who are known.
    """

    people: Sequence[Rep]
    months: Sequence[Month]
    days: Days
    ramp: Sequence[int]
    attrition: int = 0

    @cached_property
    def weights(self) -> list[list[int]]:
        """What each person can carry in each month: weight × days there × ramp, whole, a row a person.

        Within a month these compare people; zero is somebody who is not there, or cannot carry anything yet.
        """
        return [
            [
                person.weight * person.days_in(month, self.days) * person.ramp_in(month, self.ramp)
                for month in self.months
            ]
            for person in self.people
        ]

    def full_days(self, month: Month) -> int:
        """Return the working days that somebody who is always there is there in a month."""
        return self.days.count(month.first, month.last)

    @cached_property
    def productive(self) -> list[Fraction]:
        """How many full people the team amounts to in each month, attrition allowed for.

        In part of a month they bring that part of what they bring in a whole one.
        """
        weights = self.weights
        result = []
        for at, month in enumerate(self.months):
            days = self.full_days(month)
            there = Fraction(sum(row[at] for row in weights), 100 * BASIS_POINTS * days) if days else Fraction(0)
            result.append(there * self.staying(at))
        return result

    def staying(self, at: int) -> Fraction:
        """Return the share of the team that is still expected to be there in the middle of a month.

        Leavers spread evenly over the year, from the first day of the span on.
        """
        return max(Fraction(0), 1 - Fraction(self.attrition * (2 * at + 1), 24 * BASIS_POINTS))

    def hire_from(self, begin: int) -> Fraction:
        """Return how many full months one person brings by the end who starts with month ``begin``."""
        months = enumerate(self.months[begin:])
        return sum(
            (Fraction(_ramp(self.ramp, service), BASIS_POINTS) * month.part for service, month in months), Fraction(0)
        )


def hires_needed(gap: Fraction, full: Fraction, months: Fraction) -> int | None:
    """Return the fewest people who close a gap, each bringing so many full months; None where no number does.

    >>> full = Fraction(100)
    >>> hires_needed(Fraction(1_000), full, Fraction(9, 2)), hires_needed(Fraction(0), full, Fraction(0))
    (3, 0)
    """
    if gap <= 0:
        return 0
    return ceil(gap / (full * months)) if full * months else None
