"""What a reader must know beside the numbers: by which calendar and rules they came about, and what is unexpected."""

from calculators.engine.answers.result import Notice, about
from calculators.goal_breakdown.plan import NOBODY, Plan


def calendar(plan: Plan) -> Notice:
    """Name the calendar that everything is counted by: how years are cut, when they begin, which days are worked."""
    span = plan.inputs.span
    params = {
        "cut": f"goal_breakdown.field.year_cut.options.{span.fiscal.cut}.label",
        "starts": f"goal_breakdown.month.m{span.fiscal.starts}",
        "week": f"goal_breakdown.field.week.options.{span.calendar.week}.label",
    }
    if span.fiscal.cut == "months":
        return Notice("goal_breakdown.calendar_months", params)
    first = span.fiscal.first_day(next(span.fiscal.between(span.first, span.last)).year.year)
    return Notice("goal_breakdown.calendar_weeks", {**params, "first": first})


def calendar_in_names(plan: Plan) -> str:
    """Return what the names of files say of the calendar: ``445-from-02``."""
    fiscal = plan.inputs.span.fiscal
    return f"{fiscal.cut}-from-{fiscal.starts:02}"


def rules(plan: Plan) -> list[Notice]:
    """Say by which rules the numbers came about: a print or a workbook has no form beside it."""
    inputs = plan.inputs
    spread = inputs.span.seasons.spread
    if spread == "days" and inputs.span.seasons.own:
        spread = "days_own"
    notices = [calendar(plan), Notice("goal_breakdown.rule_months", {"by": f"goal_breakdown.by.{spread}"})]
    if inputs.months_by == "team":
        notices.append(Notice("goal_breakdown.rule_months_team"))
    notices += [
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


def cautions(plan: Plan) -> list[Notice]:
    """Say what a reader would not expect: months without people, people without a number, what locking has moved."""
    inputs = plan.inputs
    notices = []
    if plan.unmanned:
        names = [plan.months[at].name for at in plan.unmanned]
        code = "unmanned" if inputs.months_by == "calendar" else "unmanned_skipped"
        notices.append(
            Notice(f"goal_breakdown.{code}", {"names": names, "count": len(names), "row": NOBODY}, "caution")
        )
    places = [row for row in plan.shown if plan.people[row].vacant and plan.people[row].name != NOBODY]
    left = [row for row in places if any(plan.grid[row])]
    if left:
        names = [plan.people[row - 1].name for row in left]
        amount = plan.amount(sum(sum(plan.grid[row]) for row in left))
        params = {"names": names, "count": len(names), "amount": amount}
        notices.append(Notice(f"goal_breakdown.vacant_{inputs.kind}", params, "caution"))
    people = {row: plan.people[row] for row in plan.shown if not plan.people[row].vacant}
    idle = [person.name for row, person in people.items() if not any(plan.weights[row])]
    raised = [plan.months[at].name for at in plan.shares.raised]
    moved = [person.name for row, person in people.items() if row in plan.shares.moved]
    idle_months = [month.name for month in plan.months if not month.weight]
    later = [person.name for person in people.values() if person.start and person.start > inputs.span.last]
    notices += about(
        ("goal_breakdown.idle", idle, "caution"),
        ("goal_breakdown.raised", raised, "caution"),
        ("goal_breakdown.moved", moved, "caution"),
        ("goal_breakdown.month_without_weight", idle_months, "note"),
        ("goal_breakdown.starts_later", later, "note"),
        ("goal_breakdown.locked_outside", inputs.outside, "caution"),
    )
    return notices
