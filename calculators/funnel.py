"""The reverse funnel (倒推漏斗): from a target back to deals, opportunities and leads, and when each must exist.

A part that a calculator includes, not one of its own: `STEPS` is the table to declare, `read_steps` turns it into
steps, `sections` answers. Where the target by month comes from is the including calculator's business.

Our extension: the method's source lists initiatives and no arithmetic. Everything is exact: counts are whole, rates
are fractions, and every count is the smallest one that is enough for the whole count below it.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate
from math import ceil
from typing import Literal

import pandas as pd

from calculators.concentration import wilson_interval
from calculators.result import Column, Figure, Notice, Section, Table

Case = Literal["low", "mid", "high"]
"""At the low end of every measured rate, as measured, and at the high end."""
CASES: tuple[Case, ...] = ("low", "mid", "high")


@dataclass(frozen=True)
class Step:
    """One step of the funnel, as leads or opportunities are.

    ``rates`` says which share of it comes to the next step (the last one's next is the deal), in each case; a rate
    that was not measured is the same in all three. ``days`` is how long that takes, ``present`` how many are at this
    step already. ``measured`` is (went on, of all) where the rate was given as counts.
    """

    name: str
    rates: tuple[Fraction, Fraction, Fraction]
    days: int = 0
    present: int = 0
    measured: tuple[int, int] | None = None

    @classmethod
    def at(cls, name: str, rate: Fraction, days: int = 0, present: int = 0) -> "Step":
        """Return a step whose rate is given as a share."""
        return cls(name, (rate, rate, rate), days, present)

    @classmethod
    def counted(cls, name: str, won: int, total: int, days: int = 0, present: int = 0) -> "Step":
        """Return a step whose rate was measured: low and high are the ends of Wilson's 95% interval.

        ``won`` must be above zero: nothing that went on tells no rate to plan by.
        """
        low, high = wilson_interval(won, total)
        return cls(name, (Fraction(low), Fraction(won, total), Fraction(high)), days, present, (won, total))


@dataclass(frozen=True)
class Need:
    """How many must be at a step (``total``), and how many of them are not there yet (``new``)."""

    total: int
    new: int


@dataclass(frozen=True)
class Period:
    """What is to be won from the first to the last day, both included: in fen or in deals, spread evenly by day."""

    first: date
    last: date
    amount: int


def needs(deals: int, steps: Sequence[Step], case: Case = "mid") -> list[Need]:
    """Return what each step needs, first step first, for so many deals that are still to be won.

    From the deal backwards: ``total`` of a step is the smallest whole number of which its rate makes at least the
    ``new`` ones of the next step; what is present at the step counts against it.

    >>> steps = [Step.at(str(rate), Fraction(rate, 100)) for rate in (10, 35, 50, 40)]
    >>> [need.total for need in needs(14, steps)]
    [2000, 200, 70, 35]
    """
    result = []
    wanted = deals
    for step in reversed(steps):
        total = ceil(wanted / step.rates[CASES.index(case)])
        wanted = max(0, total - step.present)
        result.append(Need(total, wanted))
    return result[::-1]


@dataclass(frozen=True)
class Demand:
    """The deals that a target asks for, by when.

    ``periods`` follow one another in time; ``size`` is what one deal brings, in the unit of their amounts (1 where
    those are deals), and ``won`` how many deals are won already, which count for the earliest first.
    """

    periods: tuple[Period, ...]
    size: int = 1
    won: int = 0

    def exact(self) -> Fraction:
        """Return the deals of all periods, not rounded, the won ones included."""
        return Fraction(sum(period.amount for period in self.periods), self.size)

    def deals(self, day: int) -> int:
        """Return the whole deals still to be won before the day of this ordinal begins, at least."""
        starts = [period.first.toordinal() for period in self.periods]
        before = bisect_right(starts, day)
        amount = Fraction(sum(period.amount for period in self.periods[: max(0, before - 1)]))
        if before:
            current = self.periods[before - 1]
            length = current.last.toordinal() + 1 - starts[before - 1]
            amount += current.amount * min(Fraction(1), Fraction(day - starts[before - 1], length))
        return max(0, ceil(amount / self.size) - self.won)

    @property
    def first(self) -> int:
        """The ordinal of the first day."""
        return self.periods[0].first.toordinal()

    @property
    def end(self) -> int:
        """The ordinal of the day after the last."""
        return self.periods[-1].last.toordinal() + 1


def days_to_deal(steps: Sequence[Step]) -> list[int]:
    """Return how many days before its deal each step must be reached.

    >>> days_to_deal([Step.at("lead", Fraction(1, 4), 30), Step.at("offer", Fraction(1, 2), 45)])
    [75, 45]
    """
    return list(accumulate(reversed([step.days for step in steps])))[::-1]


@dataclass(frozen=True)
class Month:
    """What must newly come to each step within a calendar month, and the deals to win in it."""

    first: date
    new: tuple[int, ...]
    deals: int


def by_month(demand: Demand, steps: Sequence[Step], case: Case = "mid") -> list[Month]:
    """Return every month in which something must come to a step, those before the first deal included.

    A deal that is due on a day needs its opportunity the last step's days earlier, its lead yet earlier. Counts are
    cumulated, and only then taken apart by month: so each month's end has enough, and the months add up to `needs`.
    """
    lead_times = days_to_deal(steps)
    month = date.fromordinal(demand.first - (lead_times[0] if steps else 0)).replace(day=1)
    before = [0] * (len(steps) + 1)
    months = []
    while month.toordinal() < demand.end:
        end = month.toordinal() + monthrange(month.year, month.month)[1]
        reached = [
            *(needs(demand.deals(end + days), steps, case)[at].new for at, days in enumerate(lead_times)),
            demand.deals(end),
        ]
        *new, deals = (after - earlier for after, earlier in zip(reached, before, strict=True))
        months.append(Month(month, tuple(new), deals))
        before, month = reached, date.fromordinal(end)
    return months
