"""What matters in the verification: whether every published case comes out."""

from calculators.engine.answers.result import Notice, Result


def in_short(result: Result) -> Notice:
    """Say how many cases come out as published, and how many do not."""
    said = {name: result.value(name) for name in ("cases", "same", "misprints", "different")}
    return Notice(f"verify.in_short.{'different' if said['different'] else 'all_explained'}", said)
