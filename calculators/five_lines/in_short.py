"""What matters in the five lines' score: the score, and the line that holds it down."""

from operator import itemgetter

from calculators.engine.answers.result import Notice, Result


def in_short(result: Result) -> Notice:
    """Say the score, how many measures are reached, and which line is weakest."""
    said = {name: result.value(name) for name in ("score", "reached", "measures")}
    if said["score"] is None:
        return Notice("five_lines.in_short.nothing_known", said)
    rated = [line for line in result.lines("lines") if line["score"] is not None]
    weakest = min(rated, key=itemgetter("score"))
    if weakest["score"] >= 1 or len(rated) == 1:
        return Notice(f"five_lines.in_short.{'one_line' if len(rated) == 1 else 'all_reached'}", said)
    return Notice("five_lines.in_short.weakest", {**said, "line": weakest["line"], "weakest": weakest["score"]})
