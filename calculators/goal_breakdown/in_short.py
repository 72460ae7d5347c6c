"""What matters in a goal that is broken down: whether the team can carry it, and what closes the gap by when."""

from calculators.engine.answers.result import Notice, Result


def in_short(result: Result) -> Notice:
    """Say how much of the target capacity covers, and how many hires close the gap if decided by which day."""
    kind = result.by_name["gap"].kind
    said = {"share": result.value("capacity_share"), "gap": result.value("gap")}
    if not said["gap"]:
        return Notice("goal_breakdown.in_short.covered", said)
    hires, month = result.value("hires"), result.param("hires", "month")
    if hires is None:
        reason = "too_late" if month is None else "no_hire_helps"
        return Notice(f"goal_breakdown.in_short.{kind}.{reason}", said)
    # A month whose days are assumed has an asterisk in tables.
    line = next(line for line in result.lines("hires") if str(line["start_month"]).rstrip("*") == month)
    said |= {"count": hires, "month": month, "decide_by": line["decide_by"]}
    return Notice(f"goal_breakdown.in_short.{kind}.hire", said)
