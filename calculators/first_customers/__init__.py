"""Stage one's quarter as a weekly plan with actuals: what is due, what is behind, what each week left must bring.

From the quarter's goals (paying customers, one of them a reference; a graded archive of prospects; customers' own
words each week) and what was reached week by week. Words are in ``words.*.toml``.

Source of the goals: stage one, "季度目标拆解模板", in ``method.toml``. That they are spread evenly, and that the first
weeks bring no signature yet, is ours: the source states totals only.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any, Literal

import pandas as pd

from calculators.apportion import largest_remainder
from calculators.engine.answers.result import (
    Beside,
    Chart,
    Figure,
    Notice,
    Result,
    Section,
    Series,
    Table,
    about,
    columns,
)
from calculators.engine.arithmetic.chances import ERROR, count_at_most, rounded
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.fields import Declaration, Field, Group, Inputs, Seek
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.dates import months_after, parse_date
from calculators.engine.reads.names import more_than_once, possibly_same
from calculators.method import METHOD

Measure = Literal["customers", "references", "prospects", "quotes"]
MEASURES: tuple[Measure, ...] = ("customers", "references", "prospects", "quotes")
QUIET_WEEKS = 4
"""Ours: weeks before the first signature can be expected, since a trial and a decision take time."""
URGENCIES = (
    *("一个月内", "within a month", "紧急", "urgent", "高", "high", "a"),
    *("本季度", "this quarter", "一般", "normal", "中", "medium", "b"),
    *("今年内", "this year", "不急", "低", "low", "c"),
    *("还不清楚", "not known yet"),
)
"""Known grades of urgency, the most urgent first; others follow by name."""


def declare() -> Declaration:
    """Return what the calculator asks for; the method's goals are the defaults."""
    goals = {
        "customers": METHOD["first_customers"],
        "references": METHOD["reference_customers"],
        "prospects": METHOD["prospects"],
        "quotes": METHOD["customer_quotes_a_week"],
    }
    return Declaration(
        fields=(
            Field("start", "date", "span", None, 2000, 2100, optional=True, example=date(2018, 9, 3)),
            Field("months", "whole", "span", METHOD["first_customers_months"].value, 1, 24),
            Field("as_of", "date", "span", date(2018, 11, 21), 2000, 2100, today="day"),
            *(Field(f"goal_{measure}", "whole", "goals", goals[measure].value, 0, 100_000) for measure in MEASURES),
            Field("quiet_weeks", "whole", "goals", QUIET_WEEKS, 0, 104),
        ),
        groups=(Group("span", columns=3), Group("goals", columns=2)),
        tables=(
            TableSpec(
                "weeks",
                (
                    ColumnSpec("week", "text"),
                    *(ColumnSpec(f"new_{measure}", "number", required=False) for measure in MEASURES),
                ),
                required=False,
            ),
            TableSpec(
                "archive",
                (ColumnSpec("prospect", "text", customers=True), ColumnSpec("urgency", "text", required=False)),
                required=False,
            ),
        ),
        seeks=(
            Seek("goal_customers", "behind"),
            Seek("quiet_weeks", "behind"),
        ),
    )


@dataclass(frozen=True)
class Week:
    """Seven days of the span, fewer in the last; ``number`` counts from 1."""

    number: int
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def weeks_of(start: date, months: int) -> list[Week]:
    """Return the weeks of a span of calendar months, counted from its first day.

    >>> [(week.number, week.days) for week in weeks_of(date(2026, 9, 7), 3)][-2:]
    [(12, 7), (13, 7)]
    """
    end = months_after(start, months)
    firsts = [start + timedelta(7 * at) for at in range(ceil((end - start).days / 7))]
    return [Week(at + 1, first, min(first + timedelta(6), end - timedelta(1))) for at, first in enumerate(firsts)]


def plan(measure: Measure, goal: int, weeks: list[Week], quiet: int) -> list[int]:
    """Return what is due by the end of each week, from the first on.

    Quotes are due every week, in a shorter last week by its days; the others are spread evenly, signatures over the
    weeks after the ``quiet`` ones. One is due once its share of the time has passed in full.

    >>> plan("customers", 5, weeks_of(date(2026, 9, 7), 3), 3)
    [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5]
    """
    if measure == "quotes":
        due = [ceil(Fraction(goal * week.days, 7)) for week in weeks]
        return [sum(due[: at + 1]) for at in range(len(due))]
    before = quiet if measure in ("customers", "references") else 0
    return [goal * max(0, week.number - before) // (len(weeks) - before) for week in weeks]


def calculate(inputs: Inputs) -> Result:
    """Set what was reached against the plan.

    Raises InvalidInputs for entries that are no whole numbers, and where there is neither a first day nor an entry that
    tells of one.
    """
    start = inputs.start or _first_day(inputs)
    if start is None:
        raise InvalidInputs([InputError("start", "fields.no_date")])
    weeks = weeks_of(start, inputs.months)
    if inputs.quiet_weeks >= len(weeks):
        params = {"weeks": len(weeks)}
        raise InvalidInputs([InputError("quiet_weeks", "first_customers.no_week_left", params)])
    goals = {measure: getattr(inputs, f"goal_{measure}") for measure in MEASURES}
    plans = {measure: plan(measure, goals[measure], weeks, inputs.quiet_weeks) for measure in MEASURES}
    reached, notices = _reached(inputs, weeks)
    archive = _Archive.of(inputs.archive.frame) if inputs.archive else None
    totals = {measure: sum(reached[measure]) for measure in MEASURES}
    if archive is not None:
        if inputs.weeks is not None and archive.prospects != totals["prospects"]:
            params = {"archive": archive.prospects, "weeks": totals["prospects"]}
            notices.append(Notice("first_customers.archive_differs", params, "caution"))
        totals["prospects"] = archive.prospects
    if totals["references"] > totals["customers"]:
        params = {"references": totals["references"], "customers": totals["customers"]}
        notices.append(Notice("first_customers.more_references", params, "caution"))
    if inputs.as_of < start:
        notices.append(Notice("first_customers.not_begun", {"start": start}))
    if inputs.start is None:
        notices.append(Notice("first_customers.start_assumed", {"start": start}, "assumed"))
    notices.append(Notice("first_customers.spread", {"count": inputs.quiet_weeks}, "assumed"))
    progress = _Progress(weeks, plans, reached, totals, sum(week.last <= inputs.as_of for week in weeks))
    return Result(
        (
            _goals(inputs, progress, notices),
            _by_week(inputs, progress),
            *(() if archive is None else (archive.section(inputs.goal_prospects),)),
        )
    )


# --- what was reached --------------------------------------------------------------------------------

_WEEK_NUMBER = re.compile(r"(?:第|w|wk|week)?\s*([0-9]{1,3})\s*周?").fullmatch


def _first_day(inputs: Inputs) -> date | None:
    """Return the Monday of the first week that the entries have a day in; of numbers only, that of week one, where the
    last of them holds the as-of day. Ours, and said.
    """
    written = [] if inputs.weeks is None else list(map(_plain, inputs.weeks.frame["week"]))
    numbers = [int(number[1]) for number in map(_WEEK_NUMBER, written) if number]
    days = [day for text in written if not _WEEK_NUMBER(text) and (day := parse_date(text))]
    within = [number for number in numbers if 1 <= number <= len(weeks_of(inputs.as_of, inputs.months))]
    if days:
        first = min(days)
    elif within:
        first = inputs.as_of - timedelta(7 * (max(within) - 1))
    else:
        return None
    return first - timedelta(first.weekday())


def _plain(written: str) -> str:
    return unicodedata.normalize("NFKC", written).strip().lower()


def _week_at(written: str, weeks: list[Week]) -> int | None:
    """Return the place of the week that is written as its number or as one of its days; None if there is none."""
    text = _plain(written)
    if number := _WEEK_NUMBER(text):
        at = int(number[1]) - 1
        return at if 0 <= at < len(weeks) else None
    day = parse_date(text)
    if day is None or not weeks[0].first <= day <= weeks[-1].last:
        return None
    return (day - weeks[0].first).days // 7


def _reached(inputs: Inputs, weeks: list[Week]) -> tuple[dict[Measure, list[int]], list[Notice]]:
    """Return what each week brought of each measure, and what to say of the entries."""
    reached: dict[Measure, list[int]] = {measure: [0] * len(weeks) for measure in MEASURES}
    if inputs.weeks is None:
        return reached, [Notice("first_customers.no_entries")]
    errors: list[InputError] = []
    entered: list[int] = []
    outside, later = [], []
    blank = dict.fromkeys(MEASURES, 0)
    for row in inputs.weeks.frame.to_dict("records"):
        at = _week_at(row["week"], weeks)
        if at is None:
            outside.append(f"{row['week']} ({row['row']})")
        elif weeks[at].first > inputs.as_of:
            later.append(f"{row['week']} ({row['row']})")
        else:
            entered.append(at)
            for measure in MEASURES:
                new = row[f"new_{measure}"]
                blank[measure] += not row[f"new_{measure}_known"]
                if new.denominator > 1 or new < 0:
                    column = f"first_customers.column.new_{measure}"
                    params = {"row": int(row["row"]), "column": column}
                    errors.append(InputError("weeks", "first_customers.not_whole", params))
                reached[measure][at] += int(new)
    if errors:
        raise InvalidInputs(errors)
    missing = [week.number for at, week in enumerate(weeks) if week.last <= inputs.as_of and at not in entered]
    twice = [at + 1 for at in more_than_once(entered)]
    notices = about(
        ("first_customers.outside_span", outside, "caution"),
        ("first_customers.after_as_of", later, "caution"),
        ("first_customers.weeks_missing", missing, "assumed"),
        ("first_customers.weeks_added_up", twice, "note"),
    )
    unrecorded = [measure for measure in MEASURES if entered and blank[measure] == len(entered)]
    if unrecorded:
        measures = [f"first_customers.measure.{measure}" for measure in unrecorded]
        notices.append(Notice("first_customers.not_recorded", {"measures": measures}, "caution"))
    if cells := sum(count for measure, count in blank.items() if measure not in unrecorded):
        notices.append(Notice("first_customers.blank_cells", {"count": cells}, "assumed"))
    return reached, notices


@dataclass(frozen=True)
class _Archive:
    """The archive of prospects: how many there are of each grade of urgency."""

    grades: Mapping[str, int]
    ungraded: int
    repeated: int
    alike: tuple[str, ...]

    @property
    def prospects(self) -> int:
        return sum(self.grades.values()) + self.ungraded

    @classmethod
    def of(cls, frame: pd.DataFrame) -> "_Archive":
        # The last row of a name stands: an archive is kept by adding to its end.
        last = frame.drop_duplicates("prospect", keep="last")
        written = [unicodedata.normalize("NFKC", grade).strip() for grade in last["urgency"]]
        counts = Counter(grade.casefold() for grade in written)
        shown = {grade.casefold(): grade for grade in sorted(written, reverse=True)}  # High rather than high
        grades = {shown[grade]: count for grade, count in counts.items() if grade}
        alike = tuple(" = ".join(group) for group in possibly_same(last["prospect"].tolist()))
        ordered = dict(sorted(grades.items(), key=lambda pair: (_urgency(pair[0]), pair[0])))
        return cls(ordered, counts[""], len(frame) - len(last), alike)

    def section(self, goal: int) -> Section:
        grades = [*self.grades.items(), *([(None, self.ungraded)] if self.ungraded else [])]
        total = max(1, self.prospects)
        rows = [{"urgency": grade, "prospects": some, "share": Fraction(some, total)} for grade, some in grades]
        notices = [
            Notice(f"first_customers.{code}", {"count": count, "names": self.alike}, "caution")
            for code, count in (
                ("ungraded", self.ungraded),
                ("repeated", self.repeated),
                ("possibly_same", len(self.alike)),
            )
            if count
        ]
        figures = (
            Figure("archived", "count", self.prospects, {"goal": goal}),
            Figure("graded", "share", Fraction(self.prospects - self.ungraded, total)),
        )
        table = Table("urgencies", columns("urgency:text prospects:count share:share"), rows, totals=("prospects",))
        return Section("archive", figures, tables=(table,), notices=tuple(notices))


def _urgency(grade: str) -> int:
    known = grade.casefold()
    return URGENCIES.index(known) if known in URGENCIES else len(URGENCIES)


# --- the answer ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Progress:
    """Plan (cumulative) and what each week brought, by measure; ``over`` weeks have passed in full.

    ``totals`` is what counts as reached in all, which for prospects may come from the archive.
    """

    weeks: list[Week]
    plans: Mapping[Measure, list[int]]
    reached: Mapping[Measure, list[int]]
    totals: Mapping[Measure, int]
    over: int

    @property
    def left(self) -> int:
        return len(self.weeks) - self.over


def _goals(inputs: Inputs, progress: _Progress, notices: list[Notice]) -> Section:
    weeks, plans, totals = progress.weeks, progress.plans, progress.totals
    over, left = progress.over, progress.left
    rows: list[dict[str, Any]] = []
    for measure in MEASURES:
        goal, due, actual = plans[measure][-1], plans[measure][over - 1] if over else 0, totals[measure]
        to_go = max(0, goal - actual)
        state = "reached" if actual >= goal else "behind" if actual < due else "on_plan"
        rows.append(
            {
                "measure": f"first_customers.measure.{measure}",
                "goal": goal,
                "due": due,
                "actual": actual,
                "behind": max(0, due - actual),
                "by_chance": Beside(rounded(count_at_most(actual, Decimal(due))), ERROR) if actual < due else None,
                "to_go": to_go,
                "per_week": Fraction(to_go, left) if left else None,
                "state": f"first_customers.state.{'missed' if state == 'behind' and not left else state}",
            }
        )
    behind = [row["measure"] for row in rows if row["behind"]]
    lucky = [row["measure"] for row in rows if row["behind"] and row["by_chance"] > ERROR]
    if lucky and inputs.weeks is not None:
        notices = [Notice("first_customers.maybe_chance", {"measures": lucky, "error": ERROR}), *notices]
    if behind:
        code = "first_customers.behind" if left else "first_customers.missed"
        notices = [Notice(code, {"measures": behind, "date": inputs.as_of, "count": left}, "caution"), *notices]
    figures = (
        Figure("customers", "count", totals["customers"], {"goal": inputs.goal_customers}),
        Figure("weeks_over", "count", over, {"weeks": len(weeks), "last": weeks[-1].last}),
        Figure("weeks_left", "count", left),
        Figure("behind", "count", len(behind), {"measures": len(MEASURES)}),
    )
    table = Table(
        "goals",
        columns(
            "measure:key goal:count due:count actual:count behind:count by_chance:share to_go:count"
            " per_week:number state:key"
        ),
        rows,
        answer="state",
    )
    return Section("goals", figures, tables=(table,), notices=tuple(notices))


def _by_week(inputs: Inputs, progress: _Progress) -> Section:
    """Lay plan, actual and what is needed now side by side, week by week.

    What is still to go is split over the weeks left, whole and summing exactly, earlier weeks first.
    """
    weeks, plans, reached, totals = progress.weeks, progress.plans, progress.reached, progress.totals
    over, left = progress.over, progress.left
    needed: dict[Measure, list[int | None]] = {}
    for measure in MEASURES:
        to_go = max(0, plans[measure][-1] - totals[measure])
        needed[measure] = [None] * over + (largest_remainder(to_go, [1] * left) if left else [])
    rows = []
    for at, week in enumerate(weeks):
        begun = week.first <= inputs.as_of
        when = "over" if at < over else "now" if begun else "ahead"
        row: dict[str, object] = {
            "week": week.number,
            "first_day": week.first,
            "last_day": week.last,
            "when": f"first_customers.when.{when}",
        }
        for measure in MEASURES:
            before = plans[measure][at - 1] if at else 0
            row[f"plan_{measure}"] = plans[measure][at] - before
            row[f"actual_{measure}"] = reached[measure][at] if begun else None
            row[f"needed_{measure}"] = needed[measure][at]
        rows.append(row)
    actual = [
        sum(reached["prospects"][: at + 1]) if week.first <= inputs.as_of else None for at, week in enumerate(weeks)
    ]
    shown = columns(
        "week:count first_day:date last_day:date when:key plan_customers:count actual_customers:count"
        " needed_customers:count plan_prospects:count actual_prospects:count needed_prospects:count"
        " plan_quotes:count actual_quotes:count needed_quotes:count actual_references:count"
    )
    table = Table("by_week", shown, rows, totals=("plan_customers", "plan_prospects", "plan_quotes"))
    chart = Chart(
        "prospects",
        "lines",
        [str(week.number) for week in weeks],
        (
            Series("first_customers.chart.prospects.plan", "count", plans["prospects"]),
            Series("first_customers.chart.prospects.actual", "count", actual),
        ),
        {"goal": inputs.goal_prospects, "weeks": len(weeks), "reached": sum(reached["prospects"])},
    )
    return Section("by_week", charts=(chart,), tables=(table,))
