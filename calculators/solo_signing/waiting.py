"""How long the first deal takes, of everybody and by mentor, with those counted who have not closed yet.

The curve is Kaplan and Meier's (``engine/arithmetic/survival.py``); here is who is watched until when.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from calculators.engine.answers.curves import by_mentor, least_told, rising
from calculators.engine.answers.result import Figure, Notice, Section, beside
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


def section(people: Sequence[Newcomer], as_of: date, leavers: Leavers, months: int, goal: Fraction) -> Section:
    """Return the curve, when half have closed, and the same of each mentor's new hires."""
    times = watched(people, as_of, leavers)
    steps = curve(times)
    if not steps:
        return Section("waiting", notices=(Notice("solo_signing.nobody_closed"),))
    due = max((person.due - person.started).days for person in people if person.due and person.started)
    middle, low, high = median_days(steps)
    figures = (
        Figure("median_days", "count", middle, {"low": low, "high": high, "count": len(times)}),
        Figure("closed_by_due", "share", beside(_done(at(steps, due)), goal), {"days": due, "months": months}),
    )
    mentors = sorted({person.mentor for person in people if person.mentor})
    groups = {
        mentor: found
        for mentor in mentors
        if (found := watched([one for one in people if one.mentor == mentor], as_of, leavers))
    }
    last = max(days for days, _ in times)
    chart = rising("solo_signing", "waiting", steps, last=last, people=len(times))
    notices = [Notice(f"solo_signing.waiting_{leavers}", {"days": due, "months": months})]
    if len(groups) > 1:
        notices.append(Notice("solo_signing.few_each", {"goal": goal, "least": least_told(goal)}, "caution"))
    tables = (by_mentor(groups, due, goal),) if groups else ()
    return Section("waiting", figures, (chart,), tables, tuple(notices))


def _done(step: Step | None) -> Fraction:
    return Fraction(0) if step is None else step.done
