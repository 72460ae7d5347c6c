"""The target by month and at every level: the company's, the managers' by region and team, everybody's own."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import Any

from calculators.engine.answers.result import Aside, Beside, Chart, Column, Figure, Put, Section, Series, Table, columns
from calculators.engine.asks.settings import BASIS_POINTS
from calculators.goal_breakdown.plan import NOBODY, Plan

CELL = ("person", "month")
"""What tells one locked number from another."""


def months(plan: Plan) -> Section:
    """Show the target by month at each level, with what each month rests on, and the team's capacity in a chart."""
    inputs, kind = plan.inputs, plan.inputs.kind
    company, managers, reps = plan.totals
    manager_months = [sum(column) for column in zip(*plan.manager_grid, strict=True)]
    working = sum((month.days for month in plan.months), Fraction(0))
    headcount = len(inputs.people)
    seasonal = len({month.season for month in plan.months}) > 1
    levels = ("company", *(("managers",) if managers != company else ()), *(("reps",) if reps != company else ()))
    in_weeks = inputs.span.fiscal.cut != "months"
    shown = columns(
        f"month:text{' from:date to:date' if in_weeks else ''} days:number basis:key"
        f"{' season:number' if seasonal else ''} share:share"
    )
    rows = [
        {
            "month": month.name,
            "from": month.first,
            "to": month.last,
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
    capacity = [plan.amount(floor(carried / inputs.step)) for carried in plan.carried]
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
            Figure("headcount", "count", headcount, {"teams": len({(one.region, one.team) for one in inputs.people})}),
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
        (Table("months", shown | dict.fromkeys(levels, kind), rows, totals=levels, answer="company"),),
    )


def levels(plan: Plan) -> Section:
    """Set the company's number, the managers' and the reps' side by side; they are never added up."""
    inputs, kind = plan.inputs, plan.inputs.kind
    company, _, reps = plan.totals
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
    parts = zip(plan.team.staying, plan.month_weights, strict=True)
    staying = sum((part * share for part, share in parts), Fraction(0)) / weight
    cover = 1 / staying - 1 if staying else None
    figures = [
        Figure("over_assigned", "share", Fraction(reps - company, company)),
        Figure("attrition_cover", "share", cover, {"attrition": Fraction(inputs.attrition, BASIS_POINTS)}),
    ]
    if inputs.attainment != BASIS_POINTS:
        attainment = Fraction(inputs.attainment, BASIS_POINTS)
        expected = reps * attainment
        params = {"attainment": attainment, "share": Beside(expected / company, 1)}
        figures.append(Figure("expected", kind, plan.amount(floor(expected)), params))
        figures.append(Figure("attainment_cover", "share", 1 / attainment - 1, {"attainment": attainment}))
    shown = columns(f"level:key over:share total:{kind} above_company:{kind} above_share:share")
    return Section("levels", tuple(figures), tables=(Table("levels", shown, rows, answer="total"),))


def grid_table(
    plan: Plan,
    name: str,
    parts: Mapping[str, Column],
    lines: Sequence[tuple[Mapping[str, str | None], Sequence[int]]],
    heads: str,
    **more: Any,
) -> Table:
    """Return a table of ``lines``, what they are of and their units, with a column for each part, and their sum.

    ``heads`` are the columns of what they are of.
    """
    rows = [
        {**of, **dict(zip(parts, map(plan.amount, units), strict=True)), "total": plan.amount(sum(units))}
        for of, units in lines
    ]
    total = {"total": Column(plan.inputs.kind, adds=tuple(parts))}
    return Table(name, {**columns(heads), **parts, **total}, rows, totals=(*parts, "total"), answer="total", **more)


def teams(plan: Plan) -> Section:
    """Show the managers' numbers by region and team."""
    columns_of = {month.name: Column(plan.inputs.kind, label=plan.label(month)) for month in plan.months}
    read = dict.fromkeys(plan.teams[row] for row in plan.shown)
    by_team = dict(zip(plan.team_names, plan.manager_grid, strict=True))
    of_teams = [({"team": team or NOBODY, "region": region}, by_team[region, team]) for region, team in read]
    regional = any(region for region, _ in read)
    tables = [grid_table(plan, "teams", columns_of, of_teams, "team:text region:text" if regional else "team:text")]
    if regional:
        by_region = dict(zip(plan.region_names, plan.region_grid, strict=True))
        names = dict.fromkeys(region for region, _ in read)
        of_regions = [({"region": name or NOBODY}, by_region[name]) for name in names]
        tables.insert(0, grid_table(plan, "regions", columns_of, of_regions, "region:text"))
    return Section("teams", tables=tuple(tables))


def people(plan: Plan, asides: Mapping[tuple[str, str], Aside]) -> Section:
    """Show everybody's numbers by month and quarter; a cell of somebody can be chosen and locked, as ``asides`` say."""
    inputs = plan.inputs
    heads = "person:text region:text team:text" if any(one.region for one in plan.people) else "person:text team:text"
    of: list[dict[str, str | None]] = [
        {
            "person": plan.people[row].name,
            "region": plan.people[row].region,
            "team": plan.people[row].team,
            "carrier": None if plan.people[row].vacant else plan.people[row].name,
        }
        for row in plan.shown
    ]
    grid = [plan.grid[row] for row in plan.shown]
    marks = {
        (lock.person, lock.month): f"goal_breakdown.mark.{'asked' if lock.amount is None else 'locked'}"
        for lock in inputs.locks
    }
    parts = {}
    for month in plan.months:
        for one in plan.people:
            if one.vacant:
                marks[one.name, month.name] = f"goal_breakdown.mark.{'nobody' if one.name == NOBODY else 'vacant'}"
        choose = Put("locked", CELL, row={"month": month.name}, taken={"person": "carrier"})
        parts[month.name] = Column(inputs.kind, label=plan.label(month), put=choose)
    table = grid_table(
        plan, "people", parts, list(zip(of, grid, strict=True)), heads, detail=True, marks=marks, asides=asides
    )
    quarters = list(dict.fromkeys(plan.quarters))
    if len(quarters) == 1 or len(quarters) == len(plan.months):
        return Section("people", tables=(table,))
    of_quarters = {quarter.replace(" ", "-"): Column(inputs.kind, label=quarter) for quarter in quarters}
    by_quarter = []
    for line, units in zip(of, grid, strict=True):
        sums = dict.fromkeys(quarters, 0)
        for quarter, number in zip(plan.quarters, units, strict=True):
            sums[quarter] += number
        by_quarter.append((line, list(sums.values())))
    return Section(
        "people", tables=(table, grid_table(plan, "people_quarters", of_quarters, by_quarter, heads, detail=True))
    )
