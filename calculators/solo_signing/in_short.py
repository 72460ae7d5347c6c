"""What matters in solo signing: how many of those due signed in time, and whether the goal can still be reached."""

from calculators.engine.answers.result import Notice, Result


def in_short(result: Result) -> Notice | None:
    """Say the rate beside its goal and what those not yet due must bring; of another list alone, what it comes to."""
    if "rate" in result.by_name:
        return _of_newcomers(result)
    if "grade_a" in result.by_name:
        said = {name: result.value(name) for name in ("grade_a", "grade_b", "grade_c")}
        return Notice("solo_signing.in_short.graded", said)
    if "all_covered" in result.by_name:
        said = {"covered": result.value("all_covered"), "people": result.param("all_covered", "people")}
        return Notice("solo_signing.in_short.drilled", said)
    return None


def _of_newcomers(result: Result) -> Notice:
    said = {name: result.value(name) for name in ("rate", "due", "pending", "wanted")}
    said |= {name: result.param("rate", name) for name in ("signed", "goal")}
    said["count"] = said["pending"]
    if not said["due"]:
        which = "nobody_due"
    elif said["wanted"] is None:
        which = "out_of_reach" if said["pending"] else "missed"
    elif not said["wanted"]:
        which = "reached"
    else:
        which = "within_reach"
    return Notice(f"solo_signing.in_short.{which}", said)
