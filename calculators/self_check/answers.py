"""The three questions of the quarterly self-check: what each answer means, and answering from data.

Pure rules over whole numbers and dates. The form, tables and results around them are in ``self_check.py``.

Source: the closing section. It asks for the answers and says that any "yes" calls for an upgrade; with the
second and third question a yes is good, so that rule contradicts them. `verdict` is our reading, `literal`
the source's. All thresholds but the first question's are ours; the source gives none. A share of a few people or
customers answers nothing by itself: the exact test does, or says how many it takes (``chances.py``).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from statistics import median
from typing import Literal

from calculators.concentration import hhi, top_share
from calculators.engine.arithmetic.chances import ShareTest, exact_interval, share_test

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
    """How many of the new hires who were due passed in time, and whether that can be chance."""

    answer: Answer
    reason: Literal["above", "below", "not_enough", "open", "nobody_due"]
    test: ShareTest
    interval: tuple[Fraction, Fraction]
    """The true shares that the test does not contradict."""

    @property
    def due(self) -> int:
        """How many were due."""
        return self.test.trials

    @property
    def in_time(self) -> int:
        """How many of them passed in time."""
        return self.test.successes


def onboarding(states: Sequence[HireState], line: Fraction) -> Onboarding:
    """Answer the second question: yes or no where chance alone hardly brings about such a share at a true ``line``.

    Otherwise the people there are cannot tell: they are too few for any verdict on that side, or this result is not
    clear enough.
    """
    due = sum(state in ("in_time", "late", "not_passed") for state in states)
    test = share_test(states.count("in_time"), due, line)
    interval = exact_interval(test.successes, due)
    if not due:
        return Onboarding("unknown", "nobody_due", test, interval)
    if not test.decided:
        return Onboarding("unknown", "open" if test.enough else "not_enough", test, interval)
    return Onboarding("yes" if test.side == "above" else "no", test.side, test, interval)


AccountState = Literal["warned", "late_alert", "expired", "not_warned", "false_alarm", "open_alarm", "quiet"]


@dataclass(frozen=True)
class Account:
    """Where an account stands: ``alert`` is the one that counts, ``days_ahead`` how early it came if it was right."""

    state: AccountState
    alert: date | None
    days_ahead: int | None = None


def account(alerts: Sequence[date], churned: date | None, as_of: date, valid_days: int) -> Account:
    """Return where an account stands at the end of ``as_of``; what lies after that day has not happened.

    An alert is valid up to the day ``valid_days`` after it, that day included. Whoever leaves by then was warned of, by
    the earliest such alert; after it the alert was false, and does not become foresight when the customer leaves later.
    """
    raised = sorted(alert for alert in alerts if alert <= as_of)
    first = raised[0] if raised else None
    if churned is not None and churned <= as_of:
        before = [alert for alert in raised if alert <= churned]
        if valid := [alert for alert in before if (churned - alert).days <= valid_days]:
            return Account("warned", valid[0], (churned - valid[0]).days)
        return Account("expired" if before else "late_alert" if raised else "not_warned", first)
    if not raised:
        return Account("quiet", None)
    still = [alert for alert in raised if (as_of - alert).days < valid_days]
    return Account("open_alarm", still[0]) if still else Account("false_alarm", first)


@dataclass(frozen=True)
class Foresight:
    """How early churn was warned of, how often at all, and how often in vain.

    ``often`` holds those warned of against the share asked for; ``early`` those of them who were warned of in time
    against half, which tests their median.
    """

    answer: Answer
    reason: Literal["early", "too_late", "too_few", "too_late_and_few", "not_enough", "open", "nobody_churned"]
    often: ShareTest
    early: ShareTest
    median_days: Fraction | None
    false_alarms: int

    @property
    def churned(self) -> int:
        """How many customers churned."""
        return self.often.trials

    @property
    def warned(self) -> int:
        """How many of them were warned of."""
        return self.often.successes

    @property
    def hit_share(self) -> Fraction | None:
        """Return the share of settled alarms whose customer did churn."""
        settled = self.warned + self.false_alarms
        return Fraction(self.warned, settled) if settled else None

    @property
    def lacking(self) -> ShareTest:
        """The test that has too few to decide, of several the one with more to go."""
        undecided = [test for test in (self.often, self.early) if not test.decided]
        return max(undecided, key=lambda test: (test.needed or 0) - test.trials)


def warning(states: Sequence[AccountState], days: Sequence[int], needed_days: int, line: Fraction) -> Foresight:
    """Answer the third question; ``days`` are the days of warning of each account that is ``warned``.

    Yes when half of the warnings came ``needed_days`` ahead or more (their median) and at least ``line`` of the
    churned were warned of at all, no when either was missed, each beyond what chance brings about; unknown otherwise.
    An alert after the customer had gone is no warning, nor is one that had expired.
    """
    churned = sum(state in ("warned", "late_alert", "expired", "not_warned") for state in states)
    false_alarms = states.count("false_alarm") + states.count("expired")
    middle = median(map(Fraction, days)) if days else None
    often = share_test(len(days), churned, line)
    early = share_test(sum(ahead >= needed_days for ahead in days), len(days), Fraction(1, 2))
    found = Foresight("unknown", "open", often, early, middle, false_alarms)
    missed = tuple(test.decided and test.side == "below" for test in (early, often))
    reasons: Mapping[tuple[bool, bool], Literal["too_late", "too_few", "too_late_and_few"]] = {
        (True, False): "too_late",
        (False, True): "too_few",
        (True, True): "too_late_and_few",
    }
    if not churned:
        return replace(found, reason="nobody_churned")
    if any(missed):
        return replace(found, answer="no", reason=reasons[missed[0], missed[1]])
    if often.decided and early.decided:
        return replace(found, answer="yes", reason="early")
    return found if found.lacking.enough else replace(found, reason="not_enough")
