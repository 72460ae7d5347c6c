"""Kaplan and Meier's curve as parts of a result: a chart, and a table of who differs by whose it is.

It is computed in ``engine/arithmetic/survival.py``.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from calculators.engine.answers.result import Chart, Column, Series, Table, ValueKind, columns
from calculators.engine.arithmetic.chances import SIDES, least_trials, share_test
from calculators.engine.arithmetic.survival import Step, at, curve, median_days


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


def least_told(line: Fraction) -> int:
    """Return the smallest number of people of whom the exact test can decide on either side of a line."""
    return min(size for side in SIDES if (size := least_trials(line, side)) is not None)


def by_mentor(groups: Mapping[str, Sequence[tuple[int, bool]]], due: int, line: Fraction) -> Table:
    """Return the curve of each mentor's people in a line: when half were there, and how many by the day ``due``.

    The share by that day is held against ``line``; of fewer people than the exact test could decide from it says
    nothing (``common.told``).
    """
    rows = []
    for mentor, times in sorted(groups.items()):
        steps = curve(times)
        middle, low, high = median_days(steps)
        step = at(steps, due)
        rows.append(
            {
                "mentor": mentor,
                "watched": len(times),
                "reached": sum(event for _, event in times),
                "half_after": middle,
                "half_low": low,
                "half_high": high,
                "done_by": 0 if step is None else step.done,
                "done_low": step and step.low,
                "done_high": step and step.high,
                "told": f"common.told.{_told(times, due, line)}",
            }
        )
    shown: dict[str, ValueKind | Column] = {
        **columns("mentor:text watched:count reached:count half_after:count half_low:count half_high:count"),
        **{name: Column("share", beside=(line,)) for name in ("done_by", "done_low", "done_high")},
        **columns("told:key"),
    }
    return Table("by_mentor", shown, rows)


def _told(times: Sequence[tuple[int, bool]], due: int, line: Fraction) -> str:
    """Return on which side of a line the curve's interval lies; where nobody or everybody is there it has none, and the
    exact test of those known by then decides.
    """
    if len(times) < least_told(line):
        return "too_few"
    step = at(curve(times), due)
    if step and step.low is not None and step.high is not None:
        return "above" if step.low >= line else "below" if step.high < line else "open"
    there = sum(event and day <= due for day, event in times)
    waiting = sum(day > due or (day == due and not event) for day, event in times)
    test = share_test(there, there + waiting, line)
    return test.side if test.decided else "open"
