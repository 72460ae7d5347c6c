"""What the self-check's own page says of how an answer is reached."""

from fractions import Fraction
from typing import Any

from calculators.engine.arithmetic.chances import least_trials
from macros.examples import Given


def quarterly(given: Given) -> dict[str, Any]:
    """Return the lines of the second and third question, and how many people or customers an answer takes."""
    check = given.ask("self_check")
    passed, warned = check.value("pass_share"), check.value("warned_share")
    return {
        "passed": passed,
        "no": least_trials(passed, "below"),
        "yes": least_trials(passed, "above"),
        "warned": warned,
        "lost": least_trials(warned, "above"),
        "in_time": least_trials(Fraction(1, 2), "above"),
        "valid": check.value("open_days"),
    }
