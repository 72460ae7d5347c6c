"""What matters on the talent grid: how many are placed, how many are stars, and whom to talk about."""

from calculators.engine.answers.result import Notice, Result


def in_short(result: Result) -> Notice:
    """Say how many people are placed, the share of stars beside the guide, and how many stand at a cut-off."""
    names = ("headcount", "placed", "new", "missing", "star", "star_share", "improvement", "borderline", "unreviewed")
    said = {name: result.value(name) for name in names} | {"guide": result.param("star_share", "guide")}
    said |= {"star_box": "nine_box.box.star.name", "improvement_box": "nine_box.box.improvement.name"}
    if not said["placed"]:
        return Notice("nine_box.in_short.nobody_placed", said)
    which = "borderline" if said["borderline"] else "review" if said["unreviewed"] else "settled"
    return Notice(f"nine_box.in_short.{which}", {**said, "count": said["borderline"]})
