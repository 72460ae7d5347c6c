"""Who can carry how much and when: presence, ramp, leavers and who comes for them (产能), against a target.

Knows people and months; what a month is worth is in ``months.py``, spreading a target over both in
``engine/arithmetic/allocation.py``. Our extension: the method's source names no ramp and no capacity.

Sources: that leavers of a year go evenly within it, and years compound, is what actuaries call a uniform distribution
of deaths (N. L. Bowers et al., "Actuarial Mathematics", 2nd ed. 1997, section 3.6): exact in fractions, and the rate
that is stated comes out at the end of each year of service.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from math import ceil

from calculators.engine.arithmetic.fiscal import MONTHS, whole_month
from calculators.engine.arithmetic.working_days import Days
from calculators.engine.asks.settings import BASIS_POINTS
from calculators.engine.reads.dates import months_after
from calculators.goal_breakdown.months import Month

FULL_WEIGHT = 10**24
"""A full person's weight, so fine that whatever a spreadsheet holds is whole."""
Ends = tuple[date | None, date | None]
"""When somebody starts and leaves."""
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rep:
    """Somebody who carries a number: ``weight`` in parts of `FULL_WEIGHT`, there from ``start`` to ``last``.

    ``away`` are spans in between in which they are not, first and last day included. ``past`` is what they brought in
    the year before and ``potential`` what their territory could bring, as amounts or deals, where that is known.
    ``vacant`` is no person: the place of somebody who has left. ``place`` is where they stand in the reader's own list.
    """

    name: str
    team: str = ""
    region: str = ""
    weight: int = FULL_WEIGHT
    start: date | None = None
    last: date | None = None
    away: tuple[tuple[date, date], ...] = ()
    past: int | None = None
    potential: int | None = None
    vacant: bool = False
    place: int = 0

    def presence(self, month: Month) -> tuple[date, date]:
        """Return the first and last day of a month on which they belong to the team; the wrong way round if on none."""
        return max(month.first, self.start or month.first), min(month.last, self.last or month.last)

    def days_in(self, month: Month, days: Days) -> int:
        """Return on how many of the month's working days the person is there."""
        return self._worked(*self.presence(month), days)

    def _worked(self, first: date, last: date, days: Days) -> int:
        gone: set[date] = set()
        for begin, end in self.away:
            gone.update(days.within(max(first, begin), min(last, end)))
        return days.count(first, last) - len(gone)

    def carries(self, month: Month, days: Days, ramp: Sequence[int]) -> int:
        """Return on how many of the month's working days they are there, each by its ramp in basis points.

        ``ramp`` is by month of service, each from the day of the start to that day of the next month: so a start on
        29 January does not use January up. After the last of it, or without a start, a day is a full one.
        """
        first, last = self.presence(month)
        if self.start is None or self.vacant:
            return BASIS_POINTS * self._worked(first, last, days)
        begins = [months_after(self.start, service) for service in range(len(ramp) + 1)]
        ramped = sum(
            part * self._worked(max(first, begin), min(last, following - _DAY), days)
            for part, (begin, following) in zip(ramp, pairwise(begins), strict=True)
        )
        return ramped + BASIS_POINTS * self._worked(max(first, begins[-1]), last, days)


def in_months(day: date) -> Fraction:
    """Return when a day begins, in calendar months.

    >>> in_months(date(2027, 3, 1)) - in_months(date(2027, 1, 16))
    Fraction(47, 31)
    """
    return day.year * MONTHS + day.month - 1 + Fraction(day.day - 1, whole_month(day)[1].day)


@dataclass(frozen=True)
class Attrition:
    """Who is still there after so many months, where ``yearly`` (basis points) of a team leave within a year."""

    yearly: int = 0

    def staying(self, months: Fraction) -> Fraction:
        """Return the share that is still there: leavers go evenly within a year, and years compound.

        >>> Attrition(6_000).staying(Fraction(1, 2)), Attrition(4_000).staying(Fraction(36))
        (Fraction(39, 40), Fraction(27, 125))
        """
        years, rest = divmod(months, MONTHS)
        return self._years(int(years)) * (1 - self._rate * rest / MONTHS)

    def on_average(self, begin: Fraction, end: Fraction) -> Fraction:
        """Return the share that is there on average from one time to another, both in months."""
        return (self._so_far(end) - self._so_far(begin)) / (end - begin)

    @property
    def _rate(self) -> Fraction:
        return Fraction(self.yearly, BASIS_POINTS)

    def _years(self, years: int) -> Fraction:
        return (1 - self._rate) ** years

    def _so_far(self, months: Fraction) -> Fraction:
        """Return the months that one person is there, on average, of so many."""
        years, rest = divmod(months, MONTHS)
        whole = sum((self._years(year) for year in range(int(years))), Fraction(0)) * MONTHS * (1 - self._rate / 2)
        return whole + self._years(int(years)) * (rest - self._rate * rest * rest / (2 * MONTHS))


@dataclass(frozen=True)
class Team:
    """People and months.

    ``ramp`` is in basis points by month of service; ``attrition`` is the share of the team expected to leave within a
    year, in basis points, beyond the leavers who are known: from the first day of the span on, or of the person, if
    that is later. Where leavers are ``replaced``, those of a month are so from the first month that begins
    ``recruiting`` days after it; a known leaver from the first that begins so long after ``as_of``, and after they go.
    """

    people: Sequence[Rep]
    months: Sequence[Month]
    days: Days
    ramp: Sequence[int]
    attrition: int = 0
    replaced: bool = False
    recruiting: int = 0
    as_of: date = date.min

    @cached_property
    def weights(self) -> list[list[int]]:
        """What each person can carry in each month: weight × days there × ramp, whole, a row a person.

        Within a month these compare people; zero is somebody who is not there, or cannot carry anything yet.
        """
        return [self.weights_of(person) for person in self.people]

    def weights_of(self, person: Rep) -> list[int]:
        """Return what one person can carry in each month."""
        return [person.weight * person.carries(month, self.days, self.ramp) for month in self.months]

    def full_days(self, month: Month) -> int:
        """Return the working days that somebody who is always there is there in a month."""
        return self.days.count(month.first, month.last)

    def full_people(self, weights: Sequence[int]) -> list[Fraction]:
        """Return how many full people such weights amount to in each month."""
        return [
            Fraction(weight, FULL_WEIGHT * BASIS_POINTS * days) if (days := self.full_days(month)) else Fraction(0)
            for weight, month in zip(weights, self.months, strict=True)
        ]

    @cached_property
    def productive(self) -> list[Fraction]:
        """How many full people the team amounts to in each month, leavers and who comes for them allowed for."""
        come = [
            sum((come * self._carried[start][at] for start, come in enumerate(self.joiners)), Fraction(0))
            for at in range(len(self.months))
        ]
        return [own + come for own, come in zip(self._own, come, strict=True)]

    @cached_property
    def present(self) -> list[Fraction]:
        """How many full people the list amounts to in each month, if nobody leaves of whom that is not known."""
        return self.full_people([sum(row[at] for row in self.weights) for at in range(len(self.months))])

    @cached_property
    def _own(self) -> list[Fraction]:
        """How many full people those of the list amount to who are still there."""
        stayed = [Fraction(0)] * len(self.months)
        for at in range(len(self.months)):
            weights: dict[Ends, int] = {}
            for person, row in zip(self.people, self.weights, strict=True):
                if row[at]:
                    ends = person.start, person.last
                    weights[ends] = weights.get(ends, 0) + row[at]
            for ends, weight in weights.items():
                stayed[at] += weight * self._attrition.on_average(
                    *self._served(Rep("", start=ends[0], last=ends[1]), at)
                )
        whole = [FULL_WEIGHT * BASIS_POINTS * self.full_days(month) for month in self.months]
        return [weight / of if of else Fraction(0) for weight, of in zip(stayed, whole, strict=True)]

    def _served(self, person: Rep, at: int) -> tuple[Fraction, Fraction]:
        """Return between which months of theirs in the plan somebody is there in a month."""
        first, last = person.presence(self.months[at])
        since = _in_months(max(self.months[0].first, person.start or date.min))
        return _in_months(first) - since, _in_months(last + _DAY) - since

    @property
    def _attrition(self) -> Attrition:
        return Attrition(self.attrition)

    @cached_property
    def staying(self) -> list[Fraction]:
        """The share of what those of the list could carry in each month that is still expected."""
        whole = self._attrition.on_average
        return [
            own / present if present else whole(Fraction(at), Fraction(at + 1))
            for at, (own, present) in enumerate(zip(self._own, self.present, strict=True))
        ]

    # --- who leaves, and who comes for them -----------------------------------------------------------

    @cached_property
    def leavers(self) -> list[Fraction]:
        """How many full people are expected to leave in each month, those who are known to among them."""
        return self._going[0]

    @cached_property
    def joiners(self) -> list[Fraction]:
        """How many full people come in each month, on its first day, for others who have left."""
        return self._going[1]

    @cached_property
    def _going(self) -> tuple[list[Fraction], list[Fraction]]:
        known, expected, joiners = ([Fraction(0)] * len(self.months) for _ in range(3))
        weights: dict[Ends, int] = {}
        for person in self.people:
            weights[person.start, person.last] = weights.get((person.start, person.last), 0) + person.weight
        for (start, last), weight in weights.items():
            people, some = Fraction(weight, FULL_WEIGHT), Rep("", start=start, last=last)
            for at, month in enumerate(self.months):
                there, gone = some.presence(month)
                if there > gone:
                    continue
                begin, end = map(self._attrition.staying, self._served(some, at))
                expected[at] += people * (begin - end)
                if last == gone < self.months[-1].last:
                    known[at] += people * end
                    ready = max(last + _DAY, self.as_of + timedelta(days=self.recruiting))
                    if self.replaced and (then := self._begins(ready)) is not None:
                        joiners[then] += people * end
        for at in range(len(self.months) if self.replaced else 0):
            expected[at] += sum((come * self._gone[start][at] for start, come in enumerate(joiners)), Fraction(0))
            if (then := self._next(at)) is not None:
                joiners[then] += expected[at]
        return [sum(pair, Fraction(0)) for pair in zip(known, expected, strict=True)], joiners

    def _begins(self, ready: date) -> int | None:
        """Return the first month that begins on a day or later."""
        return next((at for at, month in enumerate(self.months) if month.first >= ready), None)

    def _next(self, at: int) -> int | None:
        """Return the month in which somebody can start for those who leave in another."""
        return self._begins(self.months[at].last + max(_DAY, timedelta(days=self.recruiting)))

    @cached_property
    def _starters(self) -> list[Rep]:
        """One full person for each month, who starts on its first day."""
        return [Rep("", start=month.first) for month in self.months]

    @cached_property
    def _carried(self) -> list[list[Fraction]]:
        """How much of a full person one is in each month who starts with another: a row by start."""
        carried = []
        for person in self._starters:
            parts = self.full_people(self.weights_of(person))
            staying = self._attrition.on_average
            carried.append(
                [part * staying(*self._served(person, at)) if part else part for at, part in enumerate(parts)]
            )
        return carried

    @cached_property
    def _gone(self) -> list[list[Fraction]]:
        """The share of those who start with a month that leaves in each month: a row by start."""
        gone = []
        for start, person in enumerate(self._starters):
            left = [Fraction(0)] * len(self.months)
            for at in range(start, len(self.months)):
                begin, end = map(self._attrition.staying, self._served(person, at))
                left[at] = begin - end
            gone.append(left)
        return gone

    @cached_property
    def hires(self) -> list[Fraction]:
        """How many full months one person brings by the end who starts with each month.

        Hires ramp and leave like others, and are replaced like others: as they would be if they were in the list.
        """
        worth = [Fraction(0)] * len(self.months)
        for start in reversed(range(len(self.months))):
            own = zip(self._carried[start], self.months, strict=True)
            worth[start] = sum((part * month.full for part, month in own), Fraction(0))
            if self.replaced:
                followed = ((self._gone[start][at], self._next(at)) for at in range(start, len(self.months)))
                worth[start] += sum((gone * worth[then] for gone, then in followed if then is not None), Fraction(0))
        return worth


_in_months = lru_cache(in_months)


def hires_needed(gap: Fraction, full: Fraction, months: Fraction) -> int | None:
    """Return the fewest people who close a gap, each bringing so many full months; None where no number does.

    >>> full = Fraction(100)
    >>> hires_needed(Fraction(1_000), full, Fraction(9, 2)), hires_needed(Fraction(0), full, Fraction(0))
    (3, 0)
    """
    if gap <= 0:
        return 0
    return ceil(gap / (full * months)) if full * months else None
