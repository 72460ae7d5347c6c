"""Kaplan and Meier's curve as a chart of a result; it is computed in ``engine/arithmetic/survival.py``."""

from collections.abc import Sequence
from fractions import Fraction

from calculators.engine.answers.result import Chart, Series
from calculators.engine.arithmetic.survival import Step


def rising(calculator: str, name: str, steps: Sequence[Step], *, last: int, people: int) -> Chart:
    """Return the curve and its interval as steps, to the last day on which somebody was watched.

    The chart's words are the calculator's ``chart.NAME``: beside label and description ``positions``, ``done``, ``low``
    and ``high``. There must be a step.
    """
    days = [step.day for step in steps]
    lines: dict[str, list[Fraction | None]] = {
        "done": [step.done for step in steps],
        "low": [step.low for step in steps],
        "high": [step.high for step in steps],
    }
    if last > days[-1]:
        days.append(last)
        lines = {which: [*shares, shares[-1]] for which, shares in lines.items()}
    series = tuple(Series(f"{calculator}.chart.{name}.{which}", "share", shares) for which, shares in lines.items())
    return Chart(name, "steps", [], series, {"count": people, "last": last}, positions=days)
