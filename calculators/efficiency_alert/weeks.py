"""The team's own weeks: how many deals, by how many reps; whether they vary as chance alone does; which ones stand out.

From a list to a baseline (the first weeks of it), to a control limit and a CUSUM for the weeks after it. Everything is
per rep where head counts are given: what a week is held against grows with them (a u-chart). What the rules do is in
``rules.py``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from calculators.efficiency_alert.rules import Cusum, lower_limit
from calculators.engine.answers.result import Notice, about
from calculators.engine.arithmetic.chances import ERROR, dispersion
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.reads.dates import parse_date

FEWEST = 8
"""Ours: with fewer weeks there is no baseline to judge by."""
CENT = Decimal("0.01")
Signal = Literal["baseline", "none", "low", "cusum", "both"]


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
        return decimal(self.rate * self.weeks[-1].reps)


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
class Judged:
    """A week beside what is normal: ``sum`` is the CUSUM after it, None in the baseline."""

    week: Week
    expected: Fraction
    limit: int | None
    sum: Fraction | None
    signal: Signal


def judged(history: History, tolerated: Decimal, rule: Cusum | None) -> Sequence[Judged]:
    """Return every week judged by the limit for its own reps, and by the CUSUM, which begins anew after an alert."""
    found = []
    total = Fraction(0)
    for place, week in enumerate(history.weeks):
        expected = history.rate * week.reps
        limit = lower_limit(decimal(expected), tolerated, history.allowance)
        if place < history.baseline:
            found.append(Judged(week, expected, limit, None, "baseline"))
            continue
        low = limit is not None and week.deals <= limit
        alert = False
        if rule is not None:
            reference = rule.reference * expected / Fraction(history.mean)
            total = max(Fraction(0), total + reference - week.deals)
            alert = total >= rule.limit
        signal: Signal = "both" if low and alert else "cusum" if alert else "low" if low else "none"
        found.append(Judged(week, expected, limit, total if rule else None, signal))
        total = Fraction(0) if alert else total
    return found
