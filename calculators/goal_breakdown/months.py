"""The months of a plan: their working days, what each weighs in the target, and how much a full person brings in it.

How a year is cut into months is in ``engine/arithmetic/fiscal.py``, which days are worked in ``working_days.py``
there; who is there to carry a month's number is in ``capacity.py``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from calculators.engine.arithmetic.fiscal import (
    MONTHS,
    WEEKS_OF,
    Fiscal,
    FiscalMonth,
    FiscalYear,
    calendar_parts,
    whole_month,
)
from calculators.engine.arithmetic.working_days import Calendar, Days
from calculators.engine.reads.dates import parse_date

SPREADS = ("days", "even", "own", *WEEKS_OF)
"""What a month of the target goes by: working days (times own weights, if there are any), nothing, own weights alone,
or the weeks that months of a quarter have in a retail year."""
CAPACITIES = ("even", "days", "season")
"""What a full person's months go by: nothing, working days, or what the target's months go by."""


@dataclass(frozen=True)
class Month:
    """A month of the plan, or the part of one that is in its span; ``days`` are its working days, maybe not whole.

    ``basis`` says on what they rest: ``announced``, ``assumed``, ``week`` (a plain one) or ``given``. ``season`` is the
    month's weight beside its days, or instead of them, and ``weight`` what it weighs in the target. ``full`` is how
    many average months' worth a full person brings in it.
    """

    name: str
    quarter: str
    first: date
    last: date
    days: Fraction
    basis: str
    season: Fraction
    weight: Fraction
    full: Fraction


@dataclass(frozen=True)
class Seasons:
    """By what a target goes over months, and a full person's capacity with it; ``own`` weights are January's first.

    ``given`` are working days of whole months, by their names, which stand instead of the calendar's.
    """

    spread: str = "days"
    own: tuple[Fraction, ...] = ()
    capacity: str = "even"
    given: Mapping[str, Fraction] = field(default_factory=dict)

    def of(self, month: FiscalMonth) -> Fraction:
        """Return a month's weight beside its working days, or instead of them."""
        if self.spread in WEEKS_OF:
            return Fraction(WEEKS_OF[self.spread][(month.number - 1) % 3])
        if not self.own or self.spread == "even":
            return Fraction(1)
        return self.own[(month.first + (month.last - month.first) / 2).month - 1]


@dataclass(frozen=True)
class Span:
    """The days from ``first`` to ``last``, with the years and the calendar that they are counted by."""

    first: date
    last: date
    fiscal: Fiscal
    calendar: Calendar
    seasons: Seasons

    @cached_property
    def days(self) -> Days:
        """The working days of the span."""
        return self.calendar.between(self.first, self.last)

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """The months that have a day in the span, each cut to it."""
        years: dict[FiscalYear, _Year] = {}
        found = []
        for month in self.fiscal.between(self.first, self.last):
            year = years.setdefault(month.year, _Year(self, month.year))
            found.append(self._cut(month, year))
        return tuple(found)

    def _cut(self, month: FiscalMonth, year: "_Year") -> Month:
        first, last = max(self.first, month.first), min(self.last, month.last)
        whole = year.days[month.number - 1]
        part = self._part(month, first, last)
        season = self.seasons.of(month)
        weight = year.weights[month.number - 1] * part
        if self.seasons.capacity == "even":
            full = sum((self._full(*ends) for ends in calendar_parts(first, last)), Fraction(0))
        else:
            shares = year.days if self.seasons.capacity == "days" else year.weights
            full = MONTHS * shares[month.number - 1] * part / (sum(shares) or 1)
        return Month(month.name, month.quarter, first, last, whole * part, self._basis(month), season, weight, full)

    def _basis(self, month: FiscalMonth) -> str:
        if month.name in self.seasons.given:
            return "given"
        if self.calendar.assumed(month.first.year) or self.calendar.assumed(month.last.year):
            return "assumed"
        return "announced" if self.calendar.week == "china" else "week"

    def _part(self, month: FiscalMonth, first: date, last: date) -> Fraction:
        """Return how much of a month's working days the span has; of its days, where none is worked."""
        if (first, last) == (month.first, month.last):
            return Fraction(1)
        worked = len(self.calendar.between(month.first, month.last).worked)
        if not worked:
            return Fraction((last - first).days + 1, (month.last - month.first).days + 1)
        return Fraction(self.days.count(first, last), worked)

    def _full(self, first: date, last: date) -> Fraction:
        """Return how much of its calendar month's working days a part of it has."""
        worked = len(self.calendar.between(*whole_month(first)).worked)
        return Fraction(self.days.count(first, last), worked) if worked else Fraction(0)


class _Year:
    """Working days and weights of a year's twelve months, whole ones, worked out where they are asked for."""

    def __init__(self, span: Span, year: FiscalYear) -> None:
        self.span = span
        self.months = year.by.months(year.year)

    @cached_property
    def days(self) -> list[Fraction]:
        given, between = self.span.seasons.given, self.span.calendar.between
        return [
            given[month.name] if month.name in given else Fraction(len(between(month.first, month.last).worked))
            for month in self.months
        ]

    @cached_property
    def weights(self) -> list[Fraction]:
        seasons = [self.span.seasons.of(month) for month in self.months]
        if self.span.seasons.spread != "days":
            return seasons
        return [days * season for days, season in zip(self.days, seasons, strict=True)]


def read_month(text: str, months: Sequence[FiscalMonth]) -> str | None:
    """Return the name of the month that a text means; None where it means none of these, or more than one.

    A calendar month by its name or any date in it, a month of a retail year by its number or the day it begins with.

    >>> year = Fiscal().months(2027)
    >>> [read_month(text, year) for text in ("2027-03", "2027年3月", "3月", "2027/3/1", "Mar 2027", "2028-01")]
    ['2027-03', '2027-03', '2027-03', '2027-03', '2027-03', None]
    >>> [read_month(text, Fiscal("445", 2).months(2026)) for text in ("P3", "2026/27-P03", "第3期", "2026-03")]
    ['2026/27-P03', '2026/27-P03', '2026/27-P03', None]
    """
    folded = text.strip().casefold()
    found = [month for month in months if month.name.casefold() == folded]
    if not found and months and months[0].year.by.cut != "months":
        number = re.fullmatch(r"(?:p|第\s*)0*([0-9]{1,2})\s*[期月]?", folded, re.ASCII)
        day = parse_date(folded)
        found = [month for month in months if (number and month.number == int(number[1])) or month.first == day]
    elif not found and (named := month_named(text)):
        found = [month for month in months if named in ((0, month.first.month), (month.first.year, month.first.month))]
    return found[0].name if len(found) == 1 else None


def month_named(text: str) -> tuple[int, int] | None:
    """Return year and month of a text, the year 0 where it names none; None where it names no calendar month."""
    text = text.strip().lower()
    if found := re.fullmatch(r"(?:([0-9]{4})\s*[-/.年]\s*)?([0-9]{1,2})\s*月?", text, re.ASCII):
        month = int(found[2])
        return (int(found[1] or 0), month) if month in range(1, MONTHS + 1) else None
    day = parse_date(text) or parse_date(f"1 {text}")
    return (day.year, day.month) if day else None


def names_a_month(text: str) -> bool:
    """Say whether a text names a month of any plan: it is then one outside this span, and no slip of the keyboard."""
    return bool(month_named(text) or re.fullmatch(r"[0-9]{4}(?:/[0-9]{2})?-P[0-9]{2}", text.strip(), re.IGNORECASE))
