"""How long the first deal takes, of everybody and by mentor, with those counted who have not closed yet.

The curve is Kaplan and Meier's (``engine/arithmetic/survival.py``); here is who is watched until when.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from calculators.engine.answers.curves import rising
from calculators.engine.answers.result import Figure, Notice, Section, Table, columns
from calculators.engine.arithmetic.survival import Step, at, curve, median_days
from calculators.solo_signing.newcomers import Leavers, Newcomer


def watched(people: Sequence[Newcomer], as_of: date, leavers: Leavers) -> list[tuple[int, bool]]:
    """Return for each newcomer how many days there were, and whether they ended with the first deal.

    Leavers who had closed nothing count as those who go on trying, to no end, or drop out on their last day: as in the
    rate.
    """
    times = []
    for person in people:
        if person.started is None or person.status in ("unclear", "not_started"):
            continue
        signed = person.signed is not None and person.signed <= as_of
        gone = person.left is not None and person.left <= as_of and leavers == "apart"
        end = person.signed if signed else person.left if gone else as_of
        assert end is not None  # the day of what has happened
        times.append(((end - person.started).days, signed))
    return times


def section(people: Sequence[Newcomer], as_of: date, leavers: Leavers, months: int) -> Section:
    """Return the curve, when half have closed, and the same of each mentor's new hires."""
    times = watched(people, as_of, leavers)
    steps = curve(times)
    if not steps:
        return Section("waiting", notices=(Notice("solo_signing.nobody_closed"),))
    due = max((person.due - person.started).days for person in people if person.due and person.started)
    middle, low, high = median_days(steps)
    figures = (
        Figure("median_days", "count", middle, {"low": low, "high": high, "count": len(times)}),
        Figure("closed_by_due", "share", _done(at(steps, due)), {"days": due, "months": months}),
    )
    mentors = sorted({person.mentor for person in people if person.mentor})
    rows = [
        row
        for mentor in mentors
        if (row := _row(mentor, watched([one for one in people if one.mentor == mentor], as_of, leavers), due))
    ]
    table = Table(
        "waiting",
        columns(
            "mentor:text watched:count closed:count median_days:count median_low:count median_high:count"
            " closed_by_due:share done_low:share done_high:share"
        ),
        rows,
    )
    last = max(days for days, _ in times)
    chart = rising("solo_signing", "waiting", steps, last=last, people=len(times))
    notices = [Notice(f"solo_signing.waiting_{leavers}", {"days": due, "months": months})]
    if len(rows) > 1:
        notices.append(Notice("solo_signing.few_each", level="caution"))
    return Section("waiting", figures, (chart,), (table,) if rows else (), tuple(notices))


def _done(step: Step | None) -> Any:
    return 0 if step is None else step.done


def _row(mentor: str, times: list[tuple[int, bool]], due: int) -> dict[str, Any] | None:
    if not times:
        return None
    steps = curve(times)
    middle, low, high = median_days(steps)
    by_due = at(steps, due)
    return {
        "mentor": mentor,
        "watched": len(times),
        "closed": sum(event for _, event in times),
        "median_days": middle,
        "median_low": low,
        "median_high": high,
        "closed_by_due": _done(by_due),
        "done_low": by_due and by_due.low,
        "done_high": by_due and by_due.high,
    }
