"""What matters in the first customers' quarter: how many have signed, what is behind, and what is left to do."""

from calculators.engine.answers.result import Notice, Result

CUSTOMERS = "first_customers.measure.customers"


def in_short(result: Result) -> Notice:
    """Say how many customers have signed of the goal, how many goals are behind, and how many weeks are left."""
    said = {name: result.value(name) for name in ("customers", "weeks_over", "weeks_left", "behind")}
    said |= {"goal": result.param("customers", "goal"), "goals": result.param("behind", "measures")}
    line = next(line for line in result.lines("goals") if line["measure"] == CUSTOMERS)
    said |= {"to_go": line["to_go"], "count": said["behind"]}
    if not said["weeks_over"]:
        which = "begins"
    elif not said["weeks_left"]:
        which = "missed" if said["behind"] else "reached"
    else:
        which = "on_plan" if not said["behind"] else "behind" if said["to_go"] else "others_behind"
    return Notice(f"first_customers.in_short.{which}", said)
