"""What the team is expected to carry against the company's number, and how many hires by when close the gap."""

from datetime import timedelta
from fractions import Fraction
from math import floor

from calculators.engine.answers.result import Beside, Figure, Notice, Section, Table, columns
from calculators.engine.asks.settings import BASIS_POINTS
from calculators.goal_breakdown.capacity import hires_needed
from calculators.goal_breakdown.plan import Plan


def section(plan: Plan) -> Section:
    """Set what the team can carry against the company's number, and say how many hires by when close the gap."""
    inputs, kind, team = plan.inputs, plan.inputs.kind, plan.team
    rows = []
    total = Fraction(0)
    shown = so_far = 0
    for at, (month, carried) in enumerate(zip(plan.months, plan.carried, strict=True)):
        company = plan.amount(plan.company_months[at])
        total += carried
        capacity = plan.amount(floor(total / inputs.step)) - shown  # so that the column adds up to the whole
        shown += capacity
        so_far += company - capacity
        rows.append(
            {
                "month": plan.label(month),
                "leavers": team.leavers[at],
                "joiners": team.joiners[at],
                "productive": team.productive[at],
                "capacity": capacity,
                "company": company,
                "gap": company - capacity,
                "gap_so_far": so_far,
            }
        )
    gap = inputs.target - total
    hires = []
    ready = inputs.as_of + timedelta(days=inputs.recruiting)
    earliest: tuple[str, int | None] | None = None
    for month, worth in zip(plan.months, team.hires, strict=True):
        needed = hires_needed(gap, plan.full, worth)
        hires.append(
            {
                "start_month": plan.label(month),
                "starts": month.first,
                "decide_by": month.first - timedelta(days=inputs.recruiting),
                "full_months": worth,
                "worth": plan.amount(floor(worth * plan.full / inputs.step)),
                "hires": needed,
            }
        )
        if earliest is None and month.first >= ready:
            earliest = month.name, needed
    going = " leavers:number joiners:number" if inputs.replace_leavers else ""
    by_month = columns(
        f"month:text{going} productive:number capacity:{kind} company:{kind} gap:{kind} gap_so_far:{kind}"
    )
    hired = columns(f"start_month:text starts:date decide_by:date full_months:number worth:{kind} hires:count")
    figures = [
        Figure("capacity", kind, shown),
        Figure("capacity_share", "share", Beside(total / inputs.target, 1)),
        Figure("gap", kind, max(0, inputs.target - shown)),
        Figure("hires", "count", earliest[1] if earliest else None, {"month": earliest[0]} if earliest else {}),
    ]
    if inputs.replace_leavers:
        figures.append(Figure("joiners", "number", sum(team.joiners), {"leavers": sum(team.leavers)}))
    notices = _assumed(plan)
    if gap > 0 and earliest is None:
        notices.append(Notice("goal_breakdown.too_late_to_hire", {"days": inputs.recruiting}, "caution"))
    return Section(
        "capacity",
        tuple(figures),
        tables=(
            Table("capacity", by_month, rows, totals=("capacity", "company", "gap"), answer="gap"),
            Table("hires", hired, hires, answer="hires"),
        ),
        notices=tuple(notices),
    )


def _assumed(plan: Plan) -> list[Notice]:
    inputs, kind = plan.inputs, plan.inputs.kind
    attrition = Fraction(inputs.attrition, BASIS_POINTS)
    full = int(inputs.full) if kind == "money" else inputs.full
    notices = [
        Notice(f"goal_breakdown.capacity_assumed_{kind}", {"full": full, "attrition": attrition}, "assumed"),
    ]
    if inputs.attrition:
        notices.append(Notice("goal_breakdown.hires_leave", level="assumed"))
    if inputs.replace_leavers:
        notices.append(Notice("goal_breakdown.leavers_replaced", {"days": inputs.recruiting}, "assumed"))
    if inputs.attainment != BASIS_POINTS:
        attainment = Fraction(inputs.attainment, BASIS_POINTS)
        notices.append(Notice("goal_breakdown.attainment_assumed", {"attainment": attainment}, "assumed"))
    if inputs.span.seasons.capacity != "even":
        by = f"goal_breakdown.field.capacity_by.options.{inputs.span.seasons.capacity}.label"
        notices.append(Notice("goal_breakdown.capacity_seasonal", {"by": by}))
    return notices
