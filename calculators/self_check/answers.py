"""The three questions of the quarterly self-check: what each answer means, and answering from data.

Pure rules over whole numbers and dates. The form, tables and results around them are in ``self_check.py``.

Source: the closing section. It asks for the answers and says that any "yes" calls for an upgrade; with the
second and third question a yes is good, so that rule contradicts them. `verdict` is our reading, `literal`
the source's. All thresholds but the first question's are ours; the source gives none.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median
from typing import Literal

from calculators.concentration import Z_95, hhi, top_share, wilson_interval

Question = Literal["reliance", "onboarding", "warning"]
Answer = Literal["yes", "no", "unknown"]
State = Literal["healthy", "unhealthy", "unknown"]
Verdict = Literal["upgrade", "healthy", "undecided"]

QUESTIONS: tuple[Question, ...] = ("reliance", "onboarding", "warning")
"""Does half of the results depend on three people; do newcomers master the basics in a month; is churn foreseen."""
ANSWERS: tuple[Answer, ...] = ("yes", "no", "unknown")
HEALTHY: Mapping[Question, Answer] = {"reliance": "no", "onboarding": "yes", "warning": "yes"}


def state(question: Question, answer: Answer) -> State:
    """Return what an answer says of the company.

    >>> state("reliance", "yes"), state("warning", "yes")
    ('unhealthy', 'healthy')
    """
    if answer == "unknown":
        return "unknown"
    return "healthy" if answer == HEALTHY[question] else "unhealthy"


def verdict(answers: Mapping[Question, Answer], counted: Collection[Question] = QUESTIONS) -> Verdict:
    """Return our reading: one unhealthy answer calls for an upgrade, and only healthy ones for none.

    ``counted`` leaves out a question that does not apply (the first, in stage one).
    """
    states = {state(question, answers[question]) for question in counted}
    if "unhealthy" in states:
        return "upgrade"
    return "undecided" if "unknown" in states else "healthy"


def literal(answers: Mapping[Question, Answer]) -> Verdict:
    """Return the source's own rule, word for word: any yes calls for an upgrade.

    >>> literal({"reliance": "no", "onboarding": "yes", "warning": "yes"})  # all three are as they should be
    'upgrade'
    """
    given = set(answers.values())
    if "yes" in given:
        return "upgrade"
    return "undecided" if "unknown" in given else "healthy"


@dataclass(frozen=True)
class Reliance:
    """How far a team's results depend on its best people: shares of what everybody with a result brought."""

    answer: Answer
    reason: Literal["above", "below", "small_team", "no_results"]
    people: int
    top: int
    share: Fraction | None
    largest: Fraction | None
    """The share of the first."""
    equal: Fraction | None
    """What the ``top`` would hold if everybody brought the same."""
    effective: Fraction | None
    """How many equally strong people would be as concentrated: 1/HHI."""


def reliance(results: Sequence[int], top: int, line: Fraction) -> Reliance:
    """Answer the first question from each person's result (as held, none negative).

    Yes when the ``top`` strongest bring ``line`` or more. A team so small that even equal people would pass
    that line (three of six hold half) is no evidence: unknown.

    >>> reliance([30, 20, 10, 10, 10, 10, 10], 3, Fraction(1, 2)).answer
    'yes'
    """
    people = len(results)
    equal = Fraction(min(top, people), people) if people else None
    if not any(results):
        return Reliance("unknown", "no_results", people, top, None, None, equal, None)
    share, largest, effective = top_share(results, top), top_share(results, 1), 1 / hhi(results)
    if equal is not None and equal >= line:
        return Reliance("unknown", "small_team", people, top, share, largest, equal, effective)
    over = share >= line
    return Reliance(
        "yes" if over else "no", "above" if over else "below", people, top, share, largest, equal, effective
    )


HireState = Literal["in_time", "late", "not_passed", "not_due", "passed_early", "not_started"]


def hire_state(start: date, passed: date | None, as_of: date, days: int) -> HireState:
    """Return where a new hire stands at the end of ``as_of``; the last day to pass is ``days`` after the start.

    Somebody who has passed before that day is over stands apart until then, like all who are not due yet:
    counting the quick ones first would flatter.
    """
    if start > as_of:
        return "not_started"
    has_passed = passed is not None and passed <= as_of
    if (as_of - start).days < days:
        return "passed_early" if has_passed else "not_due"
    if passed is None or not has_passed:
        return "not_passed"
    return "in_time" if (passed - start).days <= days else "late"


@dataclass(frozen=True)
class Onboarding:
    """How many of the new hires who were due passed in time, and how sure that share is."""

    answer: Answer
    reason: Literal["above", "below", "straddles", "nobody_due"]
    due: int
    in_time: int
    interval: tuple[Fraction, Fraction]
    """Wilson's, 95%, to four decimals."""

    @property
    def share(self) -> Fraction | None:
        """Return the share of those due; there is none when nobody is."""
        return Fraction(self.in_time, self.due) if self.due else None


def onboarding(states: Sequence[HireState], line: Fraction) -> Onboarding:
    """Answer the second question: yes when Wilson's interval is at or above ``line``, no when it is below.

    Where it straddles the line, the few hires there are cannot tell.
    """
    due = sum(state in ("in_time", "late", "not_passed") for state in states)
    in_time = states.count("in_time")
    low, high = (Fraction(round(end * 10_000), 10_000) for end in wilson_interval(in_time, due))
    if not due:
        return Onboarding("unknown", "nobody_due", 0, 0, (low, high))
    if _straddles(in_time, due, line):
        return Onboarding("unknown", "straddles", due, in_time, (low, high))
    enough = Fraction(in_time, due) >= line
    return Onboarding("yes" if enough else "no", "above" if enough else "below", due, in_time, (low, high))


def _straddles(successes: int, trials: int, line: Fraction) -> bool:
    """Say whether ``line`` is inside Wilson's interval, without its square root.

    The interval is where (p - k/n)² < z² p (1 - p) / n (Wilson 1927), so that a line is compared exactly, and
    the same natively and in the browser.
    """
    return (successes - trials * line) ** 2 < Fraction(Z_95) ** 2 * trials * line * (1 - line)


AccountState = Literal["warned", "late_alert", "not_warned", "false_alarm", "open_alarm", "quiet"]


def account_state(alert: date | None, churned: date | None, as_of: date, open_days: int) -> AccountState:
    """Return where an account stands at the end of ``as_of``; what lies after that day has not happened.

    An alert on a customer who is still there is open for ``open_days``, then a false alarm.
    """
    alert = alert if alert is not None and alert <= as_of else None
    if churned is not None and churned <= as_of:
        if alert is None:
            return "not_warned"
        return "warned" if alert <= churned else "late_alert"
    if alert is None:
        return "quiet"
    return "open_alarm" if (as_of - alert).days < open_days else "false_alarm"


@dataclass(frozen=True)
class Foresight:
    """How early churn was warned of, how often at all, and how often in vain."""

    answer: Answer
    reason: Literal["early", "too_late", "too_few", "too_late_and_few", "nobody_churned"]
    churned: int
    warned: int
    median_days: Fraction | None
    false_alarms: int

    @property
    def warned_share(self) -> Fraction | None:
        """Return the share of churned customers who were warned of."""
        return Fraction(self.warned, self.churned) if self.churned else None

    @property
    def hit_share(self) -> Fraction | None:
        """Return the share of settled alarms whose customer did churn."""
        settled = self.warned + self.false_alarms
        return Fraction(self.warned, settled) if settled else None


def warning(states: Sequence[AccountState], days: Sequence[int], needed_days: int, line: Fraction) -> Foresight:
    """Answer the third question; ``days`` are the days of warning of each account that is ``warned``.

    Yes when half of the warnings came ``needed_days`` ahead or more (their median) and at least ``line`` of the
    churned were warned of at all. An alert after the customer had gone is no warning.
    """
    churned = sum(state in ("warned", "late_alert", "not_warned") for state in states)
    warned, false_alarms = len(days), states.count("false_alarm")
    middle = median(map(Fraction, days)) if days else None
    if not churned:
        return Foresight("unknown", "nobody_churned", 0, 0, None, false_alarms)
    early = middle is not None and middle >= needed_days
    enough = warned >= line * churned
    reasons: Mapping[tuple[bool, bool], Literal["early", "too_late", "too_few", "too_late_and_few"]] = {
        (True, True): "early",
        (False, True): "too_late",
        (True, False): "too_few",
        (False, False): "too_late_and_few",
    }
    answer: Answer = "yes" if early and enough else "no"
    return Foresight(answer, reasons[early, enough], churned, warned, middle, false_alarms)
