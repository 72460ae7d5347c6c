"""What matters in the self-check: the verdict by our reading, and the questions that it hangs on."""

from calculators.engine.answers.result import Notice, Result

BECAUSE = "self_check.because"


def in_short(result: Result) -> Notice:
    """Say the verdict, and on which questions it rests."""
    reason = next(notice for notice in result.notices if notice.code.startswith(f"{BECAUSE}."))
    which = reason.code.rpartition(".")[2]
    return Notice(f"self_check.in_short.{which}", {"verdict": result.value("verdict"), **reason.params})
