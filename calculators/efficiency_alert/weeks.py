"""The team's own weeks: how many deals, by how many reps; whether they vary as chance alone does; which ones stand out.

From a list to a baseline (the first weeks of it), to a control limit, a CUSUM and an EWMA for the weeks after it.
Everything is per rep where head counts are given: a week is held against what is normal for its own (a u-chart), and so
are the limits. What the rules do is in ``rules.py``.
"""

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

import pandas as pd

from calculators.efficiency_alert.rules import QUARTER, Cusum, Ewma, cusum_alarm_within, ewma_alarm_within
from calculators.engine.answers.result import Notice, about
from calculators.engine.arithmetic.chances import ERROR, dispersion
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.reads.dates import in_year, parse_date
from calculators.engine.reads.number_style import HALF_WIDTH

FEWEST = 8
"""Ours: with fewer weeks there is no baseline to judge by."""
MOST_ROWS = 10_000
"""More take a browser more than ten seconds; they are the weeks of two hundred years."""
CENT = Decimal("0.01")
Rule = Literal["low", "cusum", "ewma"]


@dataclass(frozen=True)
class Week:
    """A week as the list names it, its deals, and the reps at work (1 where the list has none)."""

    name: str
    deals: int
    reps: Fraction


@dataclass(frozen=True)
class History:
    """The team's weeks, oldest first, of which the first ``baseline`` say what is normal."""

    weeks: tuple[Week, ...]
    baseline: int
    by_rep: bool

    @cached_property
    def rate(self) -> Fraction:
        """Deals a rep (or the team) closes in a week of the baseline."""
        first = self.weeks[: self.baseline]
        return Fraction(sum(week.deals for week in first)) / sum(week.reps for week in first)

    @property
    def enough(self) -> bool:
        """Whether there are weeks enough for a baseline."""
        return self.baseline >= FEWEST

    @property
    def spread(self) -> tuple[Fraction, Fraction]:
        """How much more the baseline's weeks vary than chance alone (1: as much), and how likely chance does that."""
        first = self.weeks[: self.baseline]
        return dispersion([week.deals for week in first], [self.rate * week.reps for week in first])

    @property
    def allowance(self) -> Decimal:
        """The dispersion to reckon with: 1, unless the weeks vary more than chance would let them."""
        if not self.enough:
            return Decimal(1)
        found, chance = self.spread
        return max(Decimal(1), decimal(found)) if chance <= ERROR else Decimal(1)

    @property
    def mean(self) -> Decimal:
        """The deals to be expected in a week with the reps of the last one, in hundredths."""
        return self.deals(self.weeks[-1])

    def expected(self, week: Week) -> Fraction:
        """Return the deals that are normal for a week's reps."""
        return self.rate * week.reps

    def deals(self, week: Week) -> Decimal:
        """Return the deals that are normal for a week's reps, in hundredths, as rules are set for them."""
        return max(CENT, decimal(self.expected(week)))


def decimal(value: Fraction) -> Decimal:
    """Return a fraction as a Decimal of two places."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(CENT, ROUND_HALF_UP)


def read(frame: pd.DataFrame, baseline: int) -> tuple[History, list[Notice]]:
    """Return the weeks of a list, and what of it was left out; raises InvalidInputs where a count is none."""
    errors, weeks, at, left_out = [], [], [], []
    rows: list[dict[Any, Any]] = frame.to_dict("records")
    by_rep = bool(frame["reps_known"].any())
    for row in rows:
        if not row["closed_known"] or (by_rep and not row["reps_known"]):
            left_out.append(row["week_of"])
        elif row["closed"] < 0 or row["closed"].denominator > 1 or (by_rep and row["reps"] <= 0):
            errors.append(
                InputError("weeks", "efficiency_alert.no_count", {"row": int(row["row"]), "week": row["week_of"]})
            )
        else:
            at.append(int(row["row"]))
            weeks.append(Week(row["week_of"], int(row["closed"]), row["reps"] if by_rep else Fraction(1)))
    if errors:
        raise InvalidInputs(errors)
    remarks = about(("efficiency_alert.weeks_left_out", left_out, "caution"))
    weeks, said = _in_turn(weeks, at, left_out, by_rep=by_rep)
    if not any(week.deals for week in weeks[:baseline]):
        raise InvalidInputs([InputError("weeks", "efficiency_alert.no_deals")])
    return History(tuple(weeks), min(baseline, len(weeks)), by_rep), [*remarks, *said]


def _in_turn(
    weeks: Sequence[Week], rows: Sequence[int], left_out: Sequence[str], *, by_rep: bool
) -> tuple[list[Week], list[Notice]]:
    """Return the weeks from the oldest, one of each, and what to say of that; raises InvalidInputs for a list of days.

    Several rows of one week are those of teams or regions, and are added up: to the rules each would be a week. Of one
    that was ``left_out`` it is said already that it is missing.
    """
    names = [week.name for week in weeks]
    days = [day for name in names if (day := parse_date(name)) is not None]
    said: list[Notice] = []
    missing: list[str] = []
    if len(days) == len(names):
        turns = [_calendar_week(day) for day in days]
        _check_weekly(turns, days, rows)
        gone = {_calendar_week(day) for name in left_out if (day := parse_date(name))}
        missing = [str(datetime.date.fromordinal(7 * turn + 1)) for turn in _between(turns) if turn not in gone]
    elif numbered := _numbered(names):
        turns = numbered
        gone = {number for name in left_out if (number := _number(name)) is not None}
        numbers = [turn % _OF_A_YEAR or _OF_A_YEAR for turn in _between(turns)]
        missing = [str(number) for number in numbers if number not in gone]
    else:
        first: dict[str, int] = {}
        turns = [first.setdefault(name, place) for place, name in enumerate(names)]
        said.append(Notice("efficiency_alert.weeks_as_listed", level="assumed"))
    together: dict[int, list[Week]] = {}
    for turn, week in zip(turns, weeks, strict=True):
        together.setdefault(turn, []).append(week)
    if list(together) != sorted(together):
        said.append(Notice("efficiency_alert.weeks_sorted"))
    in_turn = [together[turn] for turn in sorted(together)]
    several = [each[0].name for each in in_turn if len(each) > 1]
    found = [
        Week(
            each[0].name,
            sum(week.deals for week in each),
            sum((week.reps for week in each), Fraction(0)) if by_rep else Fraction(1),
        )
        for each in in_turn
    ]
    more = ("efficiency_alert.weeks_added_up", several), ("efficiency_alert.weeks_missing", missing)
    return found, [*said, *about(*((code, named, "caution") for code, named in more))]


def _calendar_week(day: datetime.date) -> int:
    """Return the number of a day's week, from Monday on, of all weeks there are."""
    return (day.toordinal() - 1) // 7


def _between(turns: Sequence[int]) -> list[int]:
    """Return the weeks that are missing between others."""
    return [turn for one, other in pairwise(sorted(set(turns))) for turn in range(one + 1, other)]


def _check_weekly(turns: Sequence[int], days: Sequence[datetime.date], rows: Sequence[int]) -> None:
    """Raise InvalidInputs where a week has several days: the list may be one of days, whose reps do not add up."""
    first: dict[int, int] = {}
    for place, turn in enumerate(turns):
        before = first.setdefault(turn, place)
        if days[place] != days[before]:
            told = {"row": rows[before], "other": rows[place], "day": days[before], "other_day": days[place]}
            raise InvalidInputs([InputError("weeks", "efficiency_alert.not_weekly", told)])


_NUMBER = re.compile(r"[^0-9]*([0-9]{1,2})[^0-9]*", re.ASCII).fullmatch
_ANY_YEAR = 2026
_OF_A_YEAR = 52
_HALF_A_YEAR = 26


def _number(name: str) -> int | None:
    """Return the number of a week that is named without its year; None of a day, or where there is none.

    >>> [_number(name) for name in ("W07", "第三周", "第１２周", "12", "5-Mar", "8/3-8/9")]
    [7, 3, 12, 12, None, None]
    """
    known = in_year(name, _ANY_YEAR)
    if known is not None:
        return int(known.rpartition("-W")[2]) if "-W" in known else None
    found = _NUMBER(name.translate(HALF_WIDTH))
    return int(found[1]) if found else None


def _numbered(names: Sequence[str]) -> list[int] | None:
    """Return weeks with a number and no year counted on, over the turn of the year too; None where they go neither way.

    >>> _numbered(["W51", "W52", "W1", "W3"]), _numbered(["第3周", "第2周", "第2周"]), _numbered(["W1", "W3", "W2"])
    ([51, 52, 53, 55], [3, 2, 2], None)
    """
    numbers = [number for name in names if (number := _number(name)) is not None]
    if len(numbers) < len(names):
        return None
    for up in (numbers, numbers[::-1]):
        turns = up[:1]
        for one, other in pairwise(up):
            on = other - one
            turns.append(turns[-1] + (max(on + _OF_A_YEAR, 1) if on < -_HALF_A_YEAR else on))
        if turns == sorted(turns):
            return turns if up is numbers else turns[::-1]
    return None


@dataclass(frozen=True)
class Rules:
    """How the rules are set for a week in which so many deals are normal; None where one cannot be."""

    limit: Callable[[Decimal], int | None]
    cusum: Callable[[Decimal], Cusum | None]
    ewma: Callable[[Decimal], Ewma | None]


@dataclass(frozen=True)
class Judged:
    """A week beside what is normal for its reps: ``limit`` for its deals, the CUSUM and its limit, the EWMA and its
    limit as shares of what is normal; None in the baseline, or where there is no such rule. ``signals`` are the rules
    that alert.
    """

    week: Week
    expected: Fraction
    limit: int | None
    sum: Fraction | None = None
    sum_limit: Fraction | None = None
    mean: Fraction | None = None
    mean_limit: Fraction | None = None
    signals: tuple[Rule, ...] = ()


def judged(history: History, rules: Rules) -> Sequence[Judged]:
    """Return every week judged by the limits for its own reps; CUSUM and EWMA begin anew after an alert of theirs."""
    found = []
    total, value = Fraction(0), 0
    for place, week in enumerate(history.weeks):
        expected, deals = history.expected(week), history.deals(week)
        limit = rules.limit(deals)
        if place < history.baseline:
            found.append(Judged(week, expected, limit))
            continue
        signals: list[Rule] = ["low"] if limit is not None and week.deals <= limit else []
        by_sum, by_mean = rules.cusum(deals), rules.ewma(deals)
        if by_sum is not None:
            total = max(Fraction(0), total + by_sum.reference - week.deals)
            signals += ["cusum"] if total >= by_sum.limit else []
        if by_mean is not None:
            value = by_mean.following(value or by_mean.units, week.deals / expected)
            signals += ["ewma"] if value <= by_mean.limit else []
        found.append(
            Judged(
                week,
                expected,
                limit,
                None if by_sum is None else total,
                None if by_sum is None else by_sum.limit,
                None if by_mean is None else Fraction(value, by_mean.units),
                None if by_mean is None else by_mean.share,
                tuple(signals),
            )
        )
        total = Fraction(0) if "cusum" in signals else total
        value = 0 if "ewma" in signals else value
    return found


@dataclass(frozen=True)
class ByChance:
    """How likely CUSUM and EWMA alert by chance in the last ``weeks``, with the reps that were at work in each."""

    weeks: int
    cusum: Fraction | None
    ewma: Fraction | None


def by_chance(history: History, rules: Rules) -> ByChance | None:
    """Return what chance does in the last quarter of weeks; None where there is none, or the reps do not change."""
    last = history.weeks[history.baseline :][-QUARTER:]
    if len({week.reps for week in last}) < 2:  # noqa: PLR2004 - the same number throughout
        return None
    means = [history.deals(week) for week in last]
    sums = [(by_sum, mean) for mean in means if (by_sum := rules.cusum(mean)) is not None]
    shares = [(by_mean, mean) for mean in means if (by_mean := rules.ewma(mean)) is not None]
    wide = history.allowance
    return ByChance(
        len(last),
        cusum_alarm_within(sums, wide) if len(sums) == len(last) else None,
        ewma_alarm_within(shares, wide) if len(shares) == len(last) else None,
    )
