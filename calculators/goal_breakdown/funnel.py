"""The reverse funnel (倒推漏斗): from a target back to deals, opportunities and leads, and when each must exist.

A part of the goal breakdown and no calculator of its own: `STEPS` is the table to declare, `read_steps` turns it
into steps, `sections` answers. Where the target by month comes from is the including calculator's business, words are
in ``text/goal_breakdown.funnel.*``.

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
from math import ceil, floor
from typing import Literal

import pandas as pd

from calculators.concentration import wilson_interval
from calculators.engine.answers.result import Column, Figure, Notice, Section, Table, about, beside, columns, cutoff
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.settings import BASIS_POINTS
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.names import more_than_once

STEPS = TableSpec(
    "steps",
    (
        ColumnSpec("step", "text"),
        ColumnSpec("conversion", "percent", required=False, of_a_whole=True),
        ColumnSpec("went_on", "number", required=False),
        ColumnSpec("out_of", "number", required=False),
        ColumnSpec("cycle", "number", required=False),
        ColumnSpec("present", "number", required=False),
    ),
    required=False,
)
"""A row a step, the first of the funnel first; the last one's next is the deal."""
MOST_STEPS = 20
LONGEST = 3_660
"""Days from the first step to the deal: ten years, beyond which a number is a slip of the keyboard."""
LARGEST = 10**15
"""The largest count that is answered with: what a spreadsheet still holds to the last digit."""

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
    """What is to be won from the first to the last day, both included: as held or in deals, spread evenly by day."""

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

    def exact_before(self, day: int) -> Fraction:
        """Return the deals due before the day of this ordinal begins, not rounded, the won ones included."""
        starts = [period.first.toordinal() for period in self.periods]
        begun = bisect_right(starts, day)
        amount = Fraction(sum(period.amount for period in self.periods[: max(0, begun - 1)]))
        if begun:
            current = self.periods[begun - 1]
            length = current.last.toordinal() + 1 - starts[begun - 1]
            amount += current.amount * min(Fraction(1), Fraction(day - starts[begun - 1], length))
        return amount / self.size

    def deals(self, day: int) -> int:
        """Return the whole deals still to be won before the day of this ordinal begins, at least."""
        return max(0, ceil(self.exact_before(day)) - self.won)

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


def by_month(demand: Demand, steps: Sequence[Step]) -> list[Month]:
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
            *(needs(demand.deals(end + days), steps)[at].new for at, days in enumerate(lead_times)),
            demand.deals(end),
        ]
        *new, deals = (after - earlier for after, earlier in zip(reached, before, strict=True))
        months.append(Month(month, tuple(new), deals))
        before, month = reached, date.fromordinal(end)
    return months


# --- reading -----------------------------------------------------------------------------------------


def read_steps(frame: pd.DataFrame) -> tuple[tuple[Step, ...], tuple[Notice, ...]]:
    """Return the steps of a table as read, and what was assumed about them.

    A rate is given as a percentage, or as counts, which stand where both are given. Raises InvalidInputs with every
    row that tells no usable rate or has a part of a customer in it.
    """
    errors: list[InputError] = []
    steps: list[Step] = []
    notices: list[Notice] = []
    unknown: dict[str, list[str]] = {"cycle": [], "present": []}

    for row in frame.to_dict("records"):
        place = {"row": int(row["row"]), "step": row["step"]}
        given = {name: row[name] for name in ("went_on", "out_of", "cycle", "present") if row[f"{name}_known"]}
        wrong = [name for name, value in given.items() if value.denominator > 1 or value < 0]
        if wrong:
            names = [f"goal_breakdown.column.{name}" for name in wrong]
            errors.append(InputError("steps", "goal_breakdown.funnel.not_whole", {**place, "columns": names}))
            continue
        counts = {name: int(value) for name, value in given.items()}
        for name, steps_without in unknown.items():
            if name not in counts:
                steps_without.append(row["step"])
        days, present = counts.get("cycle", 0), counts.get("present", 0)
        rate = row["conversion"] if row["conversion_known"] else None
        mistake = _rate_mistake(rate, counts.get("went_on"), counts.get("out_of"))
        if mistake:
            errors.append(InputError("steps", f"goal_breakdown.funnel.{mistake}", place))
        elif "went_on" in counts:
            step = Step.counted(row["step"], counts["went_on"], counts["out_of"], days, present)
            if rate is not None and round((step.rates[1] - rate) * BASIS_POINTS):
                params = {**place, "rate": rate, "counted": step.rates[1]}
                notices.append(Notice("goal_breakdown.funnel.two_rates", params, "caution"))
            steps.append(step)
        elif rate is not None:
            steps.append(Step.at(row["step"], rate, days, present))
    errors += _whole_mistakes(frame, steps)
    if errors:
        raise InvalidInputs(errors)
    notices += about(("goal_breakdown.funnel.repeated", more_than_once(step.name for step in steps), "caution"))
    for name, names in unknown.items():
        if names:
            params = {"column": f"goal_breakdown.column.{name}", "names": names, "count": len(names)}
            notices.append(Notice("goal_breakdown.funnel.taken_as_zero", params, "assumed"))
    return tuple(steps), tuple(notices)


def _rate_mistake(rate: Fraction | None, went_on: int | None, out_of: int | None) -> str | None:
    if went_on is None and out_of is None:
        if rate is None:
            return "no_rate"
        return None if 0 < rate <= 1 else "impossible_rate"
    if went_on is None or out_of is None:
        return "half_counts"
    if went_on > out_of:
        return "more_than_all"
    return "none_went_on" if went_on == 0 else None


def _whole_mistakes(frame: pd.DataFrame, steps: Sequence[Step]) -> list[InputError]:
    """Return what is wrong with the table as a whole."""
    if len(frame) > MOST_STEPS:
        return [InputError("steps", "goal_breakdown.funnel.too_many_steps", {"count": len(frame), "most": MOST_STEPS})]
    days = sum(step.days for step in steps)
    if days > LONGEST:
        return [InputError("steps", "goal_breakdown.funnel.too_long", {"count": days, "most": LONGEST})]
    return []


# --- answering ---------------------------------------------------------------------------------------


def sections(
    demand: Demand, steps: Sequence[Step], *, as_of: date, headcount: int, worth: int | None = None, open_from: int = 1
) -> tuple[Section, ...]:
    """Return the funnel, its months, and coverage.

    ``as_of`` is the day on which what is present was counted; ``headcount`` is how many share the work; ``worth`` is
    what a deal brings as held, if that is known; the pipeline begins at step ``open_from``, counted from 1 (leads
    before it are none yet). Raises InvalidInputs when a rate is so low that the counts are beyond `LARGEST`.
    """
    if not steps:
        return (Section("funnel", (_deals(demand),), notices=(Notice("goal_breakdown.funnel.no_steps"),)),)
    deals = demand.deals(demand.end)
    cases: dict[Case, list[Need]] = {case: needs(deals, steps, case) for case in CASES}
    if max(need.total for need in cases["low"]) > LARGEST:
        raise InvalidInputs([InputError("steps", "goal_breakdown.funnel.too_large", {"most": LARGEST})])
    return (
        _funnel(demand, steps, cases, as_of, headcount),
        _months(demand, steps, as_of),
        _coverage(demand, steps, as_of, worth, min(open_from, len(steps)) - 1),
    )


def _hundredths(value: Fraction) -> Fraction:
    """Return a number as it stands in a sentence: nobody counts more than a hundredth of a deal."""
    return Fraction(round(value * 100), 100)


def _apart(less: Fraction, more: Fraction) -> tuple[Fraction, Fraction]:
    """Return two numbers as they stand in a sentence that sets one against the other: with what tells them apart."""
    for one in (100, 1_000, 10_000):
        pair = Fraction(round(less * one), one), Fraction(round(more * one), one)
        if pair[0] < pair[1]:
            return pair
    return Fraction(floor(less * one), one), Fraction(ceil(more * one), one)


def _deals(demand: Demand) -> Figure:
    return Figure(
        "funnel_deals", "count", demand.deals(demand.end), {"exact": _hundredths(demand.exact()), "won": demand.won}
    )


def _funnel(
    demand: Demand, steps: Sequence[Step], cases: dict[Case, list[Need]], as_of: date, headcount: int
) -> Section:
    today = as_of.toordinal()
    rows = []
    late = []
    for at, (step, days, need) in enumerate(zip(steps, days_to_deal(steps), cases["mid"], strict=True)):
        begin, end = max(today, demand.first - days), demand.end - days
        overdue = needs(demand.deals(today + days), steps)[at].new
        pace = Fraction(7 * need.new, headcount * (end - begin)) if end > begin else None
        last = date.fromordinal(end - 1)
        rows.append(
            {
                "step": step.name,
                "conversion": step.rates[1],
                "needed": need.total,
                "present": step.present,
                "new": need.new,
                "overdue": overdue,
                "per_person_week": pace,
                "last_day": last,
            }
        )
        if overdue:
            code = "overdue" if pace is not None else "too_late"
            params = {"step": step.name, "count": overdue, "date": as_of, "last": last, "days": days}
            late.append(Notice(f"goal_breakdown.funnel.{code}", params, "caution"))
    shown = columns(
        "step:text conversion:share needed:count present:count new:count overdue:count per_person_week:number"
        " last_day:date"
    )
    tables = [Table("funnel_steps", shown, rows)]
    top = Figure("funnel_first_step", "count", cases["mid"][0].new, {"step": steps[0].name, "headcount": headcount})
    unmeasured = [step.name for step in steps if step.measured is None]
    notices = [Notice("goal_breakdown.funnel.rounded_up", {"deals": _hundredths(demand.exact())})]
    if len(unmeasured) < len(steps):
        tables.append(_by_case(steps, cases))
        notices.append(Notice("goal_breakdown.funnel.interval"))
    if unmeasured:
        params = {"names": unmeasured, "count": len(unmeasured)}
        notices.append(Notice("goal_breakdown.funnel.unmeasured", params, "assumed"))
    return Section("funnel", (_deals(demand), top), tables=tuple(tables), notices=(*notices, *late))


def _by_case(steps: Sequence[Step], cases: dict[Case, list[Need]]) -> Table:
    """Set the low and high end of each measured rate beside what must come to the step then."""
    shown = columns(
        "step:text went_on:count out_of:count rate_low:share rate_mid:share rate_high:share"
        " new_low:count new_mid:count new_high:count"
    )
    rows = []
    for at, step in enumerate(steps):
        went_on, out_of = step.measured or (None, None)
        row: dict[str, object] = {"step": step.name, "went_on": went_on, "out_of": out_of}
        for case, rate in zip(CASES, step.rates, strict=True):
            row |= {f"rate_{case}": rate, f"new_{case}": cases[case][at].new}
        rows.append(row)
    return Table("funnel_cases", shown, rows)


def _months(demand: Demand, steps: Sequence[Step], as_of: date) -> Section:
    months = by_month(demand, steps)
    before = sum(month.first < demand.periods[0].first.replace(day=1) for month in months)
    counts = {
        **{f"step_{at}": Column("count", label=step.name) for at, step in enumerate(steps)},
        "deals": Column("count"),
    }
    this = as_of.replace(day=1)
    rows = [
        {
            "month": f"{month.first:%Y-%m}",
            "when": f"goal_breakdown.funnel.when.{_when(month.first, this)}",
            **dict(zip(counts, (*month.new, month.deals), strict=True)),
        }
        for month in months
    ]
    table = Table(
        "funnel_months", {**columns("month:text when:key"), **counts}, rows, totals=tuple(counts), answer="deals"
    )
    notices = [Notice("goal_breakdown.funnel.spread", {"count": before, "days": days_to_deal(steps)[0]}, "assumed")]
    if any(step.present for step in steps) or demand.won:
        notices.append(Notice("goal_breakdown.funnel.earliest_first", level="assumed"))
    return Section("funnel_months", tables=(table,), notices=tuple(notices))


def _when(month: date, this: date) -> str:
    return "past" if month < this else "now" if month == this else "ahead"


def _coverage(demand: Demand, steps: Sequence[Step], as_of: date, worth: int | None, first: int) -> Section:
    """Set what is open against what is to be won: in all, and within a cycle, which is what it can still become.

    Beside it what the rates make of it, and the coverage that they ask for.
    """
    counted = steps[first:]
    days = sum(step.days for step in counted)
    until = as_of.toordinal() + days
    to_win = max(Fraction(0), demand.exact() - demand.won)
    due = max(Fraction(0), demand.exact_before(until + 1) - demand.won)  # the last day included, as it is said
    chances = list(accumulate(reversed([step.rates[1] for step in counted]), lambda one, other: one * other))[::-1]
    needed = 1 / chances[0]
    present = sum(step.present for step in counted)
    expected = sum((step.present * chance for step, chance in zip(counted, chances, strict=True)), Fraction(0))
    open_now = {"step": counted[0].name, "open": present}
    soon = {**open_now, "due": _hundredths(due), "days": days, "date": date.fromordinal(until)}
    covered = present / due if due else None
    of_all = present / to_win if to_win else None
    figures = [
        Figure("coverage_cycle", "number", beside(covered, needed), soon),
        Figure("coverage_needed", "number", cutoff(needed), {"step": counted[0].name, "rate": chances[0]}),
        Figure("coverage", "number", beside(of_all, needed), {**open_now, "to_win": _hundredths(to_win)}),
        Figure("expected_deals", "number", expected, {"share": expected / to_win if to_win else None}),
    ]
    if worth is not None:
        figures.append(Figure("pipeline_value", "money", present * worth, {"worth": worth}))
        figures.append(Figure("expected_value", "money", int(expected * worth)))
    notices = []
    if expected < due:
        less, more = _apart(expected, due)
        notices.append(Notice("goal_breakdown.funnel.thin", {**soon, "expected": less, "due": more}, "caution"))
    return Section("coverage", tuple(figures), notices=tuple(notices))
