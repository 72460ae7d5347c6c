"""Goal breakdown (目标分解): a target down to months, weeks, regions, teams and people, its funnel, and who carries it.

How the answer is put together. ``inputs.py`` asks, and starts from the company's figures in ``settings.py``;
``months.py`` has the months and what each weighs, ``capacity.py`` who is there to carry them, ``plan.py`` the target
over both. Sections of the answer are in ``levels.py`` (every level by month), ``reading.py`` (rules and cautions),
``why.py`` (how a number came about), ``load.py`` (quota beside capacity), ``weeks.py``, ``funnel.py`` (what must come
in for it) and ``staffing.py`` (gap and hires). Shares, roundings, years and working days are in ``engine/arithmetic``.

Source: "目标分解" heads the first duty at every stage of the method, which lists initiatives there; the arithmetic is
our extension.
"""

from dataclasses import replace

from calculators.engine.answers.result import Figure, Notice, Result, Section, Table, columns
from calculators.engine.arithmetic.working_days import LAST_ANNOUNCED
from calculators.goal_breakdown import funnel, levels, load, reading, staffing, weeks, why
from calculators.goal_breakdown.inputs import Inputs, declare
from calculators.goal_breakdown.plan import NOBODY, Plan
from calculators.goal_breakdown.settings import Goals

__all__ = ["NOBODY", "SETTINGS", "Inputs", "calculate", "declare"]

SETTINGS = Goals


def calculate(inputs: Inputs) -> Result:
    """Break the target down; raises InvalidInputs when nobody can carry it, or locked numbers cannot all be kept."""
    plan = Plan(inputs)
    people = levels.people(plan, why.asides(plan))
    return Result(
        (
            *_dated(plan, levels.months(plan), whole=True),
            Section("reading", notices=(*reading.rules(plan), *reading.cautions(plan))),
            *_dated(plan, levels.levels(plan), levels.teams(plan), why.section(plan), people),
            *_dated(plan, load.section(plan), weeks.section(plan), *_funnel(plan), staffing.section(plan)),
            _reconciliation(plan),
        ),
        reading.calendar_in_names(plan),
    )


def _dated(plan: Plan, *sections: Section, whole: bool = False) -> list[Section]:
    """Return the sections, each of which says so if the days that its numbers rest on are assumed: once in full."""
    years = plan.assumed_years
    if not years:
        return list(sections)
    code = "goal_breakdown.assumed_days" if whole else "goal_breakdown.assumed_days_too"
    notice = Notice(code, {"years": years, "known": LAST_ANNOUNCED}, "assumed")
    return [replace(section, notices=(notice, *section.notices)) for section in sections]


def _funnel(plan: Plan) -> tuple[Section, ...]:
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


def _reconciliation(plan: Plan) -> Section:
    """Prove every sum: what should come out, what the parts add up to, and the difference."""
    kind = plan.inputs.kind
    company, managers, reps = map(plan.amount, plan.totals)
    months = range(len(plan.months))
    parts = weeks.week_parts(plan, plan.company_months)
    of_weeks = [sum(part.units for part in parts if part.month == at) for at in months]
    regional = any(plan.region_names)
    lines = [
        ("months", company, plan.amount(sum(plan.company_months))),
        ("weeks", company, plan.amount(sum(of_weeks))),
        *((("regions", managers, plan.amount(sum(map(sum, plan.region_grid)))),) if regional else ()),
        ("teams", managers, plan.amount(sum(map(sum, plan.manager_grid)))),
        ("people_by_row", reps, plan.amount(sum(sum(row) for row in plan.grid))),
        ("people_by_column", reps, plan.amount(sum(plan.rep_months))),
        ("people_of_teams", reps, plan.amount(sum(map(sum, plan.team_sums)))),
    ]
    rows = [
        {"what": f"goal_breakdown.sum.{name}", "should": should, "actual": actual, "difference": actual - should}
        for name, should, actual in lines
    ]
    wrong = [at for at in months if of_weeks[at] != plan.company_months[at]]
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
