"""How long something takes, from people of whom some are not there yet: Kaplan and Meier's curve, written small.

Shares are exact fractions. Intervals take a logarithm and come from Decimal, whose results are the same on every
machine, to four decimals. Not here: what the event is, and words.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Z_95 = Decimal("1.959963984540054")
PLACES = Decimal("0.0001")
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Step:
    """The curve from a day on: ``events`` of the ``at_risk`` on that day, and what share has had it by then.

    ``low`` and ``high`` are the 95% interval of ``done``; None where the curve leaves none (nobody or everybody).
    """

    day: int
    at_risk: int
    events: int
    done: Fraction
    low: Fraction | None
    high: Fraction | None


def curve(times: Iterable[tuple[int, bool]]) -> list[Step]:
    """Return the Kaplan-Meier curve of (days, whether it happened then or was only watched until then).

    Who is watched until a day is still at risk on it. The interval is by the log-log transformation of Greenwood's
    variance, which stays within 0 and 1.

    Sources: E. L. Kaplan, P. Meier, JASA 53 (1958); J. P. Klein, M. L. Moeschberger, Survival Analysis (2003), 4.3.

    >>> [(step.day, step.at_risk, float(step.done)) for step in curve([(6, True), (6, False), (10, True), (12, False)])]
    [(6, 4, 0.25), (10, 2, 0.625)]
    """
    watched = list(times)
    happened = Counter(day for day, event in watched if event)
    left = Fraction(1)
    greenwood = Fraction(0)
    steps = []
    for day, events in sorted(happened.items()):
        at_risk = sum(until >= day for until, _ in watched)
        left *= Fraction(at_risk - events, at_risk)
        if left:
            greenwood += Fraction(events, at_risk * (at_risk - events))
        low, high = _interval(left, greenwood)
        steps.append(Step(day, at_risk, events, 1 - left, low, high))
    return steps


def _interval(left: Fraction, greenwood: Fraction) -> tuple[Fraction | None, Fraction | None]:
    """Return the interval of the share that has had the event, where some have and some have not."""
    if not 0 < left < 1:
        return None, None
    log = _decimal(left).ln()
    width = Z_95 * _decimal(greenwood).sqrt() / abs(log)
    ends = [1 - (log * (sign * width).exp()).exp() for sign in (-1, 1)]
    low, high = (Fraction(end.quantize(PLACES, ROUND_HALF_UP)) for end in ends)
    return low, high


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def at(steps: Sequence[Step], day: int) -> Step | None:
    """Return the step that the curve is on at a day; None before the first."""
    return next((step for step in reversed(steps) if step.day <= day), None)


def median_days(steps: Sequence[Step]) -> tuple[int | None, int | None, int | None]:
    """Return the day by which half have had the event, and the ends of its 95% interval; None where it is not reached.

    The interval has the days at which the curve's own interval holds one half (Brookmeyer and Crowley, Biometrics 38,
    1982): from the first whose upper end reaches it to the first whose lower end does.
    """

    def first(reached: Iterable[tuple[int, Fraction | None]]) -> int | None:
        return next((day for day, share in reached if share is not None and share >= HALF), None)

    return (
        first((step.day, step.done) for step in steps),
        first((step.day, step.high if step.done < 1 else step.done) for step in steps),
        first((step.day, step.low if step.done < 1 else None) for step in steps),
    )
