"""The team's own weeks: how many deals, by how many reps; whether they vary as chance alone does; which ones stand out.

From a list to a baseline (the first weeks of it), to a control limit, a CUSUM and an EWMA for the weeks after it.
Everything is per rep where head counts are given: a week is held against what is normal for its own (a u-chart), and so
are the limits. What the rules do is in ``rules.py``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from calculators.efficiency_alert.rules import QUARTER, Cusum, Ewma, cusum_alarm_within, ewma_alarm_within
from calculators.engine.answers.result import Notice, about
from calculators.engine.arithmetic.chances import ERROR, dispersion
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.reads.dates import parse_date

FEWEST = 8
"""Ours: with fewer weeks there is no baseline to judge by."""
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

    @property
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
    errors, weeks, left_out = [], [], []
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
            weeks.append(
                Week(
                    row["week_of"],
                    int(row["closed"]),
                    row["reps"] if by_rep else Fraction(1),
                )
            )
    if not errors and not any(week.deals for week in weeks[:baseline]):
        errors.append(InputError("weeks", "efficiency_alert.no_deals"))
    if errors:
        raise InvalidInputs(errors)
    days = [parse_date(week.name) for week in weeks]
    known = [day for day in days if day is not None]
    if len(known) == len(weeks):
        weeks = [week for _, week in sorted(zip(known, weeks, strict=True), key=lambda pair: pair[0])]
    history = History(tuple(weeks), min(baseline, len(weeks)), by_rep)
    return history, about(("efficiency_alert.weeks_left_out", left_out, "caution"))


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
