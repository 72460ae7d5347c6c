"""Goal breakdown (目标分解): a target down to months, weeks, teams and people, its funnel, and who can carry it.

How the answer is put together; what is asked is in ``inputs.py``, who can carry it in ``capacity.py``, what must come
in for it in ``funnel.py``. Shares, roundings and working days are in ``engine/arithmetic``.

Source: "目标分解" heads the first duty at every stage of the method, which lists initiatives there; the arithmetic is
our extension.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, lcm
from typing import Any

from calculators.apportion import largest_remainder
from calculators.engine.answers.result import (
    Chart,
    Column,
    Figure,
    Notice,
    Put,
    Result,
    Section,
    Series,
    Table,
    about,
    columns,
)
from calculators.engine.arithmetic.allocation import ImpossibleError, Locks, Shares, by_team, exact_shares
from calculators.engine.arithmetic.controlled_rounding import controlled_rounding
from calculators.engine.arithmetic.working_days import LAST_ANNOUNCED
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.settings import BASIS_POINTS
from calculators.goal_breakdown import funnel
from calculators.goal_breakdown.capacity import Month, Rep, Team, hires_needed
from calculators.goal_breakdown.inputs import Inputs, Lock, declare

__all__ = ["Inputs", "calculate", "declare"]

NOBODY = "(–)"
"""The name of the row that takes a month's number where nobody is there to carry it."""
CELL = ("person", "month")
"""What tells one locked number from another."""
DERIVED_AT_MOST = 12
"""Locked cells of which the derivation is written out."""


def calculate(inputs: Inputs) -> Result:
    """Break the target down; raises InvalidInputs when nobody can carry it, or locked numbers cannot all be kept."""
    plan = _Plan(inputs)
    return Result(
        (
            *_dated(plan, _months(plan), whole=True),
            Section("reading", notices=(*_rules(plan), *_cautions(plan))),
            *_dated(plan, _levels(plan), _teams(plan), _locked(plan), _people(plan), _weeks(plan)),
            *_dated(plan, *_funnel(plan)),
            *_dated(plan, _capacity(plan)),
            _reconciliation(plan),
        )
    )


class _Plan:
    """The target over months and people, worked out once: exact shares, and whole numbers in units of the step.

    People are in the order that decides on ties; ``shown`` has them as they are to be read. Under pseudonyms these are
    two orders: a list in the order of hidden names would tell them to whoever has the staff list.
    """

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.days = inputs.calendar.between(inputs.first, inputs.last)
        self.months = self._make_months()
        self.team = Team(inputs.people, self.months, self.days, inputs.ramp, inputs.attrition)
        self.weights = self.team.weights
        self.people = list(inputs.people)
        if not any(map(any, self.weights)):
            raise InvalidInputs([InputError("people", "goal_breakdown.nobody_there")])
        self.unmanned = [at for at in range(len(self.months)) if not any(row[at] for row in self.weights)]
        if inputs.months_by == "calendar" and self.unmanned:
            self.people.append(Rep(NOBODY))
            self.weights = [*self.weights, [int(at in self.unmanned) for at in range(len(self.months))]]
        self.teams = [person.team for person in self.people]
        self.shown = sorted(range(len(inputs.people)), key=lambda row: (self.teams[row], self.people[row].name))
        self.shown += range(len(inputs.people), len(self.people))
        if not any(self.month_weights):  # those who are there are so in months without any weight
            raise InvalidInputs([InputError("people", "goal_breakdown.nobody_there")])
        self.totals = self._levels()
        self.company_locks, cells, of_people = self._locks()
        self.locks = Locks(cells, self._months_locked_at(self.totals[2]), of_people)
        self.shares = self._shares()
        self.quarters = [(month.first.year, (month.first.month - 1) // 3) for month in self.months]
        self.grid = self.shares.rounded(self.teams, self.quarters)

    def _make_months(self) -> list[Month]:
        inputs = self.inputs
        months: list[Month] = []
        first = inputs.first
        while first <= inputs.last:
            following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
            last = min(inputs.last, following - timedelta(days=1))
            name = f"{first:%Y-%m}"
            counted = Fraction(self.days.count(first, last))
            basis = "announced" if inputs.calendar.week == "china" else "week"
            if inputs.calendar.assumed(first.year):
                basis = "assumed"
            if name in inputs.given_days:
                counted, basis = inputs.given_days[name], "given"
            whole = inputs.calendar.between(first.replace(day=1), following - timedelta(days=1)).worked
            part = Fraction(self.days.count(first, last), len(whole)) if whole else Fraction(0)
            months.append(Month(first, last, counted, basis, inputs.season[first.month - 1], part))
            first = following
        if not any(month.weight for month in months):
            raise InvalidInputs([InputError("last", "goal_breakdown.no_working_days")])
        return months

    def _levels(self) -> tuple[int, int, int]:
        """Return the company's number, the managers' and the reps', in units of the step, rounded up."""
        inputs = self.inputs
        company = inputs.target // inputs.step
        managers = ceil(Fraction(company * (BASIS_POINTS + inputs.over_manager), BASIS_POINTS))
        return company, managers, ceil(Fraction(managers * (BASIS_POINTS + inputs.over_rep), BASIS_POINTS))

    @cached_property
    def month_weights(self) -> list[Fraction]:
        """What each month weighs: days times season, and times the people who are there if so chosen."""
        weights = [month.weight for month in self.months]
        if self.inputs.months_by == "team":
            for at, month in enumerate(self.months):
                there = self.team.full_days(month)
                weights[at] *= Fraction(sum(row[at] for row in self.weights), there) if there else 0
        return weights

    def _locks(self) -> tuple[dict[int, int], dict[tuple[int, int], int], dict[int, int]]:
        """Return what is locked in units: months of the company, cells of people, and people's totals."""
        rows = {person.name: at for at, person in enumerate(self.people)}
        columns = {month.name: at for at, month in enumerate(self.months)}
        of_months, cells, of_people = {}, {}, {}
        for lock in self.inputs.locks:
            if lock.amount is None:
                continue
            units, rest = divmod(lock.amount, self.inputs.step)
            if rest:
                params = {"row": lock.row, "amount": lock.amount, "step": self.step_label}
                raise InvalidInputs([InputError("locked", "goal_breakdown.locked_not_a_multiple", params)])
            if not lock.person:
                of_months[columns[lock.month]] = units
            elif lock.month:
                cells[rows[lock.person], columns[lock.month]] = units
            else:
                of_people[rows[lock.person]] = units
        return of_months, cells, of_people

    def _shares(self) -> Shares:
        locked, company = sum(self.company_locks.values()), self.totals[0]
        try:
            if locked > company:  # said in the company's own numbers, not in the reps' above them
                raise ImpossibleError("months", locked, company, months=sorted(self.company_locks))
            return exact_shares(self.totals[2], self.month_weights, self.weights, self.locks)
        except ImpossibleError as impossible:
            raise InvalidInputs([self._refusal(impossible)]) from None

    @property
    def step_label(self) -> str:
        """The name of what amounts are rounded to, as the key of a text."""
        return f"goal_breakdown.field.step.options.{self.inputs.step_name}.label"

    def _refusal(self, impossible: ImpossibleError) -> InputError:
        params = {
            "people": [self.people[row].name for row in sorted(impossible.people, key=self.shown.index)],
            "months": [self.months[column].name for column in impossible.months],
            "needed": self.inputs.step * impossible.needed,
            "room": self.inputs.step * impossible.room,
        }
        reason = impossible.reason
        if reason == "no_room_others" and not impossible.people:
            reason = "no_room_rest"
        return InputError("locked", f"goal_breakdown.impossible_{self.inputs.kind}.{reason}", params)

    def amount(self, units: int) -> int:
        """Return a number of units of the step as held, or in deals."""
        return units * self.inputs.step

    def exactly(self, units: Fraction) -> Fraction:
        """Return a number of units that is not rounded in currency units, or in deals."""
        return units * self.inputs.step / (self.inputs.minor_units if self.inputs.kind == "money" else 1)

    def _months_locked_at(self, level: int) -> dict[int, int]:
        """Return what the months that the company has locked come to at a level above it, of this total."""
        locked = list(self.company_locks.values())
        if not any(locked):
            return dict(self.company_locks)
        scaled = largest_remainder(ceil(Fraction(sum(locked) * level, self.totals[0])), locked)
        return dict(zip(self.company_locks, scaled, strict=True))

    @cached_property
    def company_shares(self) -> Shares:
        """The company's exact number by month, in one row: as the reps' months are, but for those that are locked."""
        columns = [Fraction(sum(column)) for column in zip(*self.shares.numerators, strict=True)]
        return exact_shares(self.totals[0], columns, [[1] * len(columns)], Locks(months=self.company_locks))

    @cached_property
    def company_months(self) -> list[int]:
        """The company's number by month, in units."""
        company, managers, reps = self.totals
        if company == reps:
            return self.rep_months
        if company == managers:
            return [sum(column) for column in zip(*self.manager_grid, strict=True)]
        return self.company_shares.rounded([0], [0] * len(self.months))[0]

    @cached_property
    def rep_months(self) -> list[int]:
        """What the reps' numbers come to by month, in units."""
        return [sum(column) for column in zip(*self.grid, strict=True)]

    @cached_property
    def team_names(self) -> list[str]:
        """The teams, in the order of the people."""
        return list(dict.fromkeys(self.teams))

    @cached_property
    def manager_grid(self) -> list[list[int]]:
        """The managers' numbers by team and month, in units."""
        _, managers, reps = self.totals
        if managers == reps:
            return self.team_sums
        teams = by_team(self.teams, self.shares.numerators)
        columns = [Fraction(sum(column)) for column in zip(*teams, strict=True)]
        shares = exact_shares(managers, columns, teams, Locks(months=self._months_locked_at(managers)))
        return shares.rounded(self.team_names, self.quarters)

    @cached_property
    def team_sums(self) -> list[list[int]]:
        """What the reps' numbers come to by team and month, in units."""
        return by_team(self.teams, self.grid)

    @cached_property
    def week_parts(self) -> list["_WeekPart"]:
        """The company's number by week."""
        return _week_parts(self, self.company_months)

    @cached_property
    def weeks_wanted(self) -> list[int]:
        """The number by month, in units, of whom the reader wants to see the weeks."""
        name = self.inputs.weeks_of
        for person, row in zip(self.people, self.grid, strict=True):
            if name and person.name == name:
                return row
        if name:
            return self.manager_grid[self.team_names.index(name)]
        return self.company_months

    @property
    def assumed_years(self) -> list[int]:
        """The years whose working days are assumed: of months, or of weeks and presence where months are given."""
        return sorted({month.first.year for month in self.months if self.inputs.calendar.assumed(month.first.year)})

    def label(self, month: Month) -> str:
        """Return what stands over a month's column: with an asterisk where its days are assumed."""
        return f"{month.name}*" if month.basis == "assumed" else month.name


def _dated(plan: _Plan, *sections: Section, whole: bool = False) -> list[Section]:
    """Return the sections, each of which says so if the days that its numbers rest on are assumed: once in full."""
    years = plan.assumed_years
    if not years:
        return list(sections)
    code = "goal_breakdown.assumed_days" if whole else "goal_breakdown.assumed_days_too"
    notice = Notice(code, {"years": years, "known": LAST_ANNOUNCED}, "assumed")
    return [replace(section, notices=(notice, *section.notices)) for section in sections]


def _months(plan: _Plan) -> Section:
    inputs, kind = plan.inputs, plan.inputs.kind
    company, managers, reps = plan.totals
    manager_months = [sum(column) for column in zip(*plan.manager_grid, strict=True)]
    working = sum((month.days for month in plan.months), Fraction(0))
    headcount = len(inputs.people)
    seasonal = len(set(inputs.season)) > 1
    levels = ("company", *(("managers",) if managers != company else ()), *(("reps",) if reps != company else ()))
    shown = columns(f"month:text days:number basis:key{' season:number' if seasonal else ''} share:share")
    rows = [
        {
            "month": month.name,
            "days": month.days,
            "basis": f"goal_breakdown.basis.{month.basis}",
            "season": month.season,
            "share": Fraction(plan.company_months[at], company),
            "company": plan.amount(plan.company_months[at]),
            "managers": plan.amount(manager_months[at]),
            "reps": plan.amount(plan.rep_months[at]),
        }
        for at, month in enumerate(plan.months)
    ]
    capacity = [
        plan.amount(floor(productive * month.part * inputs.full / inputs.step))
        for month, productive in zip(plan.months, plan.team.productive, strict=True)
    ]
    return Section(
        "months",
        (
            Figure("target", kind, inputs.target, {"months": len(plan.months)}),
            Figure(
                "working_days",
                "count" if working.denominator == 1 else "number",
                working,
                {"assumed": len(plan.assumed_years)},
            ),
            Figure("headcount", "count", headcount, {"teams": len({person.team for person in inputs.people})}),
            Figure("per_person", kind, floor(Fraction(plan.amount(reps), headcount))),
        ),
        (
            Chart(
                "months",
                "amounts",
                [plan.label(month) for month in plan.months],
                (
                    Series("goal_breakdown.column.company", kind, list(map(plan.amount, plan.company_months))),
                    Series("goal_breakdown.column.capacity", kind, capacity),
                ),
                {
                    "count": len(plan.months),
                    "short": sum(
                        plan.amount(units) > able for units, able in zip(plan.company_months, capacity, strict=True)
                    ),
                },
            ),
        ),
        (Table("months", shown | dict.fromkeys(levels, kind), rows, totals=levels),),
    )


def _rules(plan: _Plan) -> list[Notice]:
    """Say by which rules the numbers came about: a print or a workbook has no form beside it."""
    inputs = plan.inputs
    notices = [
        Notice(
            "goal_breakdown.rule_months", {"by": f"goal_breakdown.field.months_by.options.{inputs.months_by}.label"}
        ),
        Notice("goal_breakdown.rule_people"),
        Notice(
            "goal_breakdown.rule_rounding",
            {"step": plan.step_label if inputs.kind == "money" else "goal_breakdown.whole_deals"},
        ),
    ]
    if inputs.ramp and any(person.start for person in inputs.people):
        notices.append(Notice("goal_breakdown.rule_ramp", {"ramp": [f"{part / 100:g}%" for part in inputs.ramp]}))
    given = [month.name for month in plan.months if month.basis == "given"]
    return [*notices, *about(("goal_breakdown.days_given", given, "note"))]


def _cautions(plan: _Plan) -> list[Notice]:
    """Say what a reader would not expect: months without people, people without a number, what locking has moved."""
    inputs = plan.inputs
    notices = []
    if plan.unmanned:
        names = [plan.months[at].name for at in plan.unmanned]
        code = "unmanned" if inputs.months_by == "calendar" else "unmanned_skipped"
        notices.append(
            Notice(f"goal_breakdown.{code}", {"names": names, "count": len(names), "row": NOBODY}, "caution")
        )
    people = {row: plan.people[row] for row in plan.shown}
    idle = [person.name for row, person in people.items() if not any(plan.weights[row])]
    raised = [plan.months[at].name for at in plan.shares.raised]
    moved = [person.name for row, person in people.items() if row in plan.shares.moved]
    idle_months = [month.name for month in plan.months if not month.weight]
    later = [person.name for person in people.values() if person.start and person.start > inputs.last]
    notices += about(
        ("goal_breakdown.idle", idle, "caution"),
        ("goal_breakdown.raised", raised, "caution"),
        ("goal_breakdown.moved", moved, "caution"),
        ("goal_breakdown.month_without_weight", idle_months, "note"),
        ("goal_breakdown.starts_later", later, "note"),
        ("goal_breakdown.locked_outside", inputs.outside, "caution"),
    )
    return notices


def _levels(plan: _Plan) -> Section:
    """Set the company's number, the managers' and the reps' side by side; they are never added up."""
    inputs, kind = plan.inputs, plan.inputs.kind
    company = plan.totals[0]
    overs = (0, inputs.over_manager, inputs.over_rep)
    rows = [
        {
            "level": f"goal_breakdown.level.{name}",
            "over": Fraction(over, BASIS_POINTS),
            "total": plan.amount(units),
            "above_company": plan.amount(units - company),
            "above_share": Fraction(units - company, company),
        }
        for name, over, units in zip(("company", "managers", "reps"), overs, plan.totals, strict=True)
    ]
    weight = sum(plan.month_weights, Fraction(0))
    staying = sum((plan.team.staying(at) * share for at, share in enumerate(plan.month_weights)), Fraction(0)) / weight
    cover = 1 / staying - 1 if staying else None
    figures = (
        Figure("over_assigned", "share", Fraction(plan.totals[2] - company, company)),
        Figure("attrition_cover", "share", cover, {"attrition": Fraction(inputs.attrition, BASIS_POINTS)}),
    )
    shown = columns(f"level:key over:share total:{kind} above_company:{kind} above_share:share")
    return Section("levels", figures, tables=(Table("levels", shown, rows),))


def _grid_table(
    plan: _Plan,
    name: str,
    parts: Mapping[str, Column],
    lines: Sequence[tuple[Mapping[str, str], Sequence[int]]],
    **more: Any,
) -> Table:
    """Return a table of ``lines``, what they are of and their units, with a column for each part, and their sum."""
    rows = [
        {**of, **dict(zip(parts, map(plan.amount, units), strict=True)), "total": plan.amount(sum(units))}
        for of, units in lines
    ]
    total = {"total": Column(plan.inputs.kind, adds=tuple(parts))}
    heads = columns(" ".join(f"{name}:text" for name in lines[0][0]))
    return Table(name, {**heads, **parts, **total}, rows, totals=(*parts, "total"), **more)


def _teams(plan: _Plan) -> Section:
    units_of = dict(zip(plan.team_names, plan.manager_grid, strict=True))
    months = {month.name: Column(plan.inputs.kind, label=plan.label(month)) for month in plan.months}
    names = dict.fromkeys(plan.teams[row] for row in plan.shown)
    lines = [({"team": name or NOBODY}, units_of[name]) for name in names]
    return Section("teams", tables=(_grid_table(plan, "teams", months, lines),))


def _people(plan: _Plan) -> Section:
    inputs = plan.inputs
    people = [{"person": plan.people[row].name, "team": plan.people[row].team} for row in plan.shown]
    grid = [plan.grid[row] for row in plan.shown]
    marks = {
        (lock.person, lock.month): f"goal_breakdown.mark.{'asked' if lock.amount is None else 'locked'}"
        for lock in inputs.locks
    }
    months = {}
    for month in plan.months:
        marks[NOBODY, month.name] = "goal_breakdown.mark.nobody"
        choose = Put("locked", CELL, row={"month": month.name}, taken={"person": "person"})
        months[month.name] = Column(inputs.kind, label=plan.label(month), put=choose)
    table = _grid_table(plan, "people", months, list(zip(people, grid, strict=True)), detail=True, marks=marks)
    quarters = list(dict.fromkeys(plan.quarters))
    if len(quarters) == 1 or len(quarters) == len(plan.months):
        return Section("people", tables=(table,))
    parts = {
        f"{year}-Q{quarter + 1}": Column(inputs.kind, label=f"{year} Q{quarter + 1}") for year, quarter in quarters
    }
    by_quarter = []
    for person, units in zip(people, grid, strict=True):
        sums = dict.fromkeys(quarters, 0)
        for quarter, number in zip(plan.quarters, units, strict=True):
            sums[quarter] += number
        by_quarter.append((person, list(sums.values())))
    return Section("people", tables=(table, _grid_table(plan, "people_quarters", parts, by_quarter, detail=True)))


def _locked(plan: _Plan) -> Section:
    """Show each locked cell, or one only asked about, with what made its number, and a box to lock another."""
    inputs, kind = plan.inputs, plan.inputs.kind
    rows_of = {person.name: at for at, person in enumerate(plan.people)}
    columns_of = {month.name: at for at, month in enumerate(plan.months)}
    rows: list[dict[str, object]] = []
    notices: list[Notice] = []
    for lock in sorted(inputs.locks, key=lambda lock: (lock.person, lock.month)):
        months = [columns_of[lock.month]] if lock.month else list(range(len(plan.months)))
        if lock.person:
            row = rows_of[lock.person]
            exact = sum((plan.shares.exact(row, column) for column in months), Fraction(0))
            units = sum(plan.grid[row][column] for column in months)
        else:
            exact = plan.company_shares.exact(0, months[0])
            units = plan.company_months[months[0]]
        of, month = lock.written
        now = {"person": of, "month": month, "now": plan.amount(units)}
        rows.append({**now, "number": lock.amount, "exact": plan.exactly(exact)})
        if lock.person and lock.month and len(notices) < DERIVED_AT_MOST:
            notices.append(_derivation(plan, row, months[0], lock))
    taken = {name: name for name in CELL}
    shown = {
        **columns(f"person:text month:text now:{kind}"),
        "number": Column(kind, put=Put("locked", CELL, taken=taken, asks=("number",))),
        **columns("exact:number"),
    }
    table = Table("locked", shown, rows, actions={"take_out": Put("locked", CELL, taken=taken, remove=True)})
    return Section("locked", tables=(table,), notices=tuple(notices))


def _derivation(plan: _Plan, row: int, column: int, lock: Lock) -> Notice:
    """Say in one sentence what made a person's number of a month."""
    inputs, month, person = plan.inputs, plan.months[column], plan.people[row]
    number = plan.grid[row][column]

    def because(reason: str, **params: object) -> Notice:
        place = {"person": person.name, "month": month.name, "number": plan.amount(number)}
        return Notice(f"goal_breakdown.why_{inputs.kind}.{reason}", {**place, **params})

    if lock.amount is not None:
        return because("locked")
    if row in plan.locks.people:
        return because("of_person", total=plan.amount(plan.locks.people[row]))
    if not plan.weights[row][column]:
        return because("absent")
    shares = [plan.shares.exact(at, column) for at in range(len(plan.people))]
    locked = {at for at in range(len(plan.people)) if at in plan.locks.people or (at, column) in plan.locks.cells}
    free = sum(line[column] for at, line in enumerate(plan.weights) if at not in locked)
    exact = shares[row]
    rounding = "exact" if exact == number else "up" if number > exact else "down"
    return because(
        "shared",
        month_number=round(sum(shares, Fraction(0)) * inputs.step),
        month_share=plan.month_weights[column] / (sum(plan.month_weights, Fraction(0)) or 1),
        locked=round(sum((shares[at] for at in locked), Fraction(0)) * inputs.step),
        weight=Fraction(person.weight, 100),
        there=person.days_in(month, plan.days) if row < len(inputs.people) else 0,
        days=plan.team.full_days(month),
        ramp=Fraction(person.ramp_in(month, inputs.ramp), BASIS_POINTS),
        share=Fraction(plan.weights[row][column], free),
        exact=plan.exactly(exact),
        rounding=f"goal_breakdown.rounding.{rounding}",
    )


@dataclass(frozen=True)
class _WeekPart:
    """The days of one week that lie in one month: their first and last, how many are worked, and the number."""

    week: date
    month: int
    first: date
    last: date
    days: int
    units: int


def _week_parts(plan: _Plan, numbers: Sequence[int]) -> list[_WeekPart]:
    """Return numbers by month as numbers by week, each week cut where a month ends.

    Months keep their numbers; each part has floor or ceiling of its share of the month's working days, and so has
    each whole week of the sum of its parts.
    """
    parts: list[tuple[date, int, date, date]] = []
    for at, month in enumerate(plan.months):
        first = month.first
        while first <= month.last:
            monday = first - timedelta(days=first.weekday())
            last = min(month.last, monday + timedelta(days=6))
            parts.append((monday, at, first, last))
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
    weeks = {monday: place for place, monday in enumerate(dict.fromkeys(part[0] for part in parts))}
    table = [[0] * len(plan.months) for _ in weeks]
    for (monday, at, _, _), length in zip(parts, lengths, strict=True):
        table[weeks[monday]][at] = numbers[at] * length * (whole // of_month[at])
    rounded = controlled_rounding(table, whole)
    return [
        _WeekPart(monday, at, first, last, plan.days.count(first, last), rounded[weeks[monday]][at])
        for monday, at, first, last in parts
    ]


def _weeks(plan: _Plan) -> Section:
    kind, name = plan.inputs.kind, plan.inputs.weeks_of
    parts = _week_parts(plan, plan.weeks_wanted) if name else plan.week_parts
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
            "week": f"{part.week.isocalendar().year}-W{part.week.isocalendar().week:02}",
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
    table = Table("weeks", shown, rows, detail=True, totals=("days", "company"))
    return Section("weeks", figures, tables=(table,))


def _funnel(plan: _Plan) -> tuple[Section, ...]:
    inputs = plan.inputs
    size = inputs.deal_size if inputs.kind == "money" else 1
    if size is None:
        return (Section("funnel", notices=(Notice("goal_breakdown.no_deal_size"),)),)
    periods = tuple(
        funnel.Period(month.first, month.last, plan.amount(units))
        for month, units in zip(plan.months, plan.company_months, strict=True)
    )
    first, *others = funnel.sections(
        funnel.Demand(periods, size, inputs.won),
        inputs.steps,
        as_of=inputs.as_of,
        headcount=len(inputs.people),
        worth=inputs.deal_size,
        open_from=inputs.open_from,
    )
    return (replace(first, notices=(*first.notices, *inputs.step_notices)), *others)


def _capacity(plan: _Plan) -> Section:
    """Set what the team can carry against the company's number, and say how many hires by when close the gap."""
    inputs, kind, team = plan.inputs, plan.inputs.kind, plan.team
    rows = []
    total = Fraction(0)
    shown = so_far = 0
    for at, (month, productive) in enumerate(zip(plan.months, team.productive, strict=True)):
        company = plan.amount(plan.company_months[at])
        total += productive * month.part * inputs.full
        carried = plan.amount(floor(total / inputs.step)) - shown  # so that the column adds up to the whole
        shown += carried
        so_far += company - carried
        rows.append(
            {
                "month": plan.label(month),
                "productive": productive,
                "capacity": carried,
                "company": company,
                "gap": company - carried,
                "gap_so_far": so_far,
            }
        )
    gap = inputs.target - total
    hires = []
    ready = inputs.as_of + timedelta(days=inputs.recruiting)
    earliest: tuple[str, int | None] | None = None
    for at, month in enumerate(plan.months):
        worth = team.hire_from(at)
        needed = hires_needed(gap, inputs.full, worth)
        hires.append(
            {
                "start_month": plan.label(month),
                "decide_by": month.first - timedelta(days=inputs.recruiting),
                "full_months": worth,
                "worth": plan.amount(floor(worth * inputs.full / inputs.step)),
                "hires": needed,
            }
        )
        if earliest is None and month.first >= ready:
            earliest = month.name, needed
    by_month = columns(f"month:text productive:number capacity:{kind} company:{kind} gap:{kind} gap_so_far:{kind}")
    hired = columns(f"start_month:text decide_by:date full_months:number worth:{kind} hires:count")
    notices = [
        Notice(
            f"goal_breakdown.capacity_assumed_{kind}",
            {
                "full": int(inputs.full) if kind == "money" else inputs.full,
                "attrition": Fraction(inputs.attrition, BASIS_POINTS),
            },
            "assumed",
        )
    ]
    figures = [
        Figure("capacity", kind, shown),
        Figure("capacity_share", "share", total / inputs.target),
        Figure("gap", kind, max(0, inputs.target - shown)),
        Figure("hires", "count", earliest[1] if earliest else None, {"month": earliest[0]} if earliest else {}),
    ]
    if gap > 0 and earliest is None:
        notices.append(Notice("goal_breakdown.too_late_to_hire", {"days": inputs.recruiting}, "caution"))
    return Section(
        "capacity",
        tuple(figures),
        tables=(Table("capacity", by_month, rows, totals=("capacity", "company", "gap")), Table("hires", hired, hires)),
        notices=tuple(notices),
    )


def _reconciliation(plan: _Plan) -> Section:
    """Prove every sum: what should come out, what the parts add up to, and the difference."""
    kind = plan.inputs.kind
    company, managers, reps = map(plan.amount, plan.totals)
    months = range(len(plan.months))
    weeks = [sum(part.units for part in plan.week_parts if part.month == at) for at in months]
    lines = [
        ("months", company, plan.amount(sum(plan.company_months))),
        ("weeks", company, plan.amount(sum(weeks))),
        ("teams", managers, plan.amount(sum(map(sum, plan.manager_grid)))),
        ("people_by_row", reps, plan.amount(sum(sum(row) for row in plan.grid))),
        ("people_by_column", reps, plan.amount(sum(plan.rep_months))),
        ("people_of_teams", reps, plan.amount(sum(map(sum, plan.team_sums)))),
    ]
    rows = [
        {"what": f"goal_breakdown.sum.{name}", "should": should, "actual": actual, "difference": actual - should}
        for name, should, actual in lines
    ]
    wrong = [at for at in months if weeks[at] != plan.company_months[at]]
    locked = [
        *((plan.company_months[column], units) for column, units in plan.company_locks.items()),
        *((plan.grid[row][column], units) for (row, column), units in plan.locks.cells.items()),
        *((sum(plan.grid[row]), units) for row, units in plan.locks.people.items()),
    ]
    kept = sum(actual == units for actual, units in locked)
    off = sum(abs(actual - should) for _, should, actual in lines) + len(wrong) + len(locked) - kept
    figures = (
        Figure("difference", kind, off),
        Figure("locks_kept", "count", kept, {"count": len(locked)}),
        Figure("weeks_of_months", "count", len(plan.months) - len(wrong), {"months": len(plan.months)}),
    )
    shown = columns(f"what:key should:{kind} actual:{kind} difference:{kind}")
    return Section("reconciliation", figures, tables=(Table("reconciliation", shown, rows),))
