"""Numbers by month as numbers by week, each week cut where a month ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import lcm

from calculators.engine.answers.result import Column, Figure, Section, Table, columns
from calculators.engine.arithmetic.controlled_rounding import controlled_rounding
from calculators.goal_breakdown.plan import Plan


@dataclass(frozen=True)
class WeekPart:
    """The days of one week that lie in one month: their first and last, how many are worked, and the number."""

    week: date
    month: int
    first: date
    last: date
    days: int
    units: int


def week_parts(plan: Plan, numbers: Sequence[int]) -> list[WeekPart]:
    """Return numbers by month as numbers by week.

    Months keep their numbers; each part has floor or ceiling of its share of the month's working days, and so has
    each whole week of the sum of its parts.
    """
    parts: list[tuple[date, int, date, date]] = []
    starts = plan.inputs.span.fiscal.week_starts
    for at, month in enumerate(plan.months):
        first = month.first
        while first <= month.last:
            begin = first - timedelta(days=(first.weekday() - starts) % 7)
            last = min(month.last, begin + timedelta(days=6))
            parts.append((begin, at, first, last))
            first = last + timedelta(days=1)
    lengths = [plan.days.count(first, last) for _, _, first, last in parts]
    for at in range(len(plan.months)):
        mine = [place for place, part in enumerate(parts) if part[1] == at]
        if not any(lengths[place] for place in mine):  # a month without working days has a number if it is locked
            for place in mine:
                lengths[place] = (parts[place][3] - parts[place][2]).days + 1
    of_month = [
        sum(lengths[place] for place, part in enumerate(parts) if part[1] == at) for at in range(len(plan.months))
    ]
    whole = lcm(*of_month)
    weeks = {begin: place for place, begin in enumerate(dict.fromkeys(part[0] for part in parts))}
    table = [[0] * len(plan.months) for _ in weeks]
    for (begin, at, _, _), length in zip(parts, lengths, strict=True):
        table[weeks[begin]][at] = numbers[at] * length * (whole // of_month[at])
    rounded = controlled_rounding(table, whole)
    return [
        WeekPart(begin, at, first, last, plan.days.count(first, last), rounded[weeks[begin]][at])
        for begin, at, first, last in parts
    ]


def section(plan: Plan) -> Section:
    """Show the weeks of whom the reader wants to see them."""
    kind, name = plan.inputs.kind, plan.inputs.weeks_of
    parts = week_parts(plan, plan.numbers_of(name))
    whole: dict[date, int] = {}
    for part in parts:
        whole[part.week] = whole.get(part.week, 0) + part.units
    cut = {part.week for part in parts if sum(other.week == part.week for other in parts) > 1}
    shown = {
        **columns("week:text from:date to:date month:text days:count"),
        "company": Column(kind, label=name or None),
        **columns(f"whole_week:{kind}"),
    }
    rows = [
        {
            "week": _name(part.week),
            "from": part.first,
            "to": part.last,
            "month": plan.label(plan.months[part.month]),
            "days": part.days,
            "company": plan.amount(part.units),
            "whole_week": plan.amount(whole[part.week]) if part.week in cut else None,
        }
        for part in parts
    ]
    figures = (Figure("weeks", "count", len(whole)), Figure("weeks_cut", "count", len(cut)))
    table = Table("weeks", shown, rows, detail=True, totals=("days", "company"), answer="company")
    return Section("weeks", figures, tables=(table,))


def _name(begin: date) -> str:
    """Return the number of a week in its year (ISO 8601), of one from Sunday that of its Monday."""
    week = (begin + timedelta(days=1 if begin.weekday() else 0)).isocalendar()
    return f"{week.year}-W{week.week:02}"
