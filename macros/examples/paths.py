"""Worked examples of the paths' pages."""

from fractions import Fraction
from math import ceil
from typing import Any

from calculators.apportion import largest_remainder
from calculators.engine.shows.text import side
from macros.examples import Given
from macros.ninety_days import ACTIVITIES, calendar, weights

HIRE = {"zh": "宁远", "en": "Ning Yuan"}
"""Who starts in the goal breakdown's example, on the first of a month."""
MONTHS = ("2027-03", "2027-04", "2027-05")


def ninety_days(given: Given) -> dict[str, Any]:
    """Return a new hire's ramped quota as the goal breakdown has it, and the activities that it takes, by week.

    From the quota back through the calculator's own conversion rates, each rounded up; spread over the weeks by the
    calendar's shares.
    """
    answer = given.ask("goal_breakdown")
    write = given.write
    hire = side(HIRE, given.language)
    person = next(row for row in answer.rows("people") if row["person"] == hire)
    ramp = [Fraction(part.strip()) / 100 for part in answer.value("ramp").split(",")]
    quota = [person[month] for month in MONTHS]
    deals = ceil(sum(quota) / answer.value("deal_size"))
    rates = [row["conversion"] for row in answer.rows("funnel_steps")]
    needed, count = {}, Fraction(deals)
    for activity, rate in zip(reversed(ACTIVITIES), reversed(rates), strict=True):
        count /= rate
        needed[activity] = ceil(count)
    spread = {activity: largest_remainder(needed[activity], weights(activity)) for activity in ACTIVITIES}
    return {
        "hire": hire,
        "ramp_rows": [
            [write.count(month), write.percent(share), write.money(amount)]
            for month, (share, amount) in enumerate(zip(ramp, quota, strict=True), start=1)
        ],
        "quota": sum(quota),
        "deal_size": answer.value("deal_size"),
        "deals": deals,
        **needed,
        "activity_rows": [
            [write.count(week["week"]), *(write.count(spread[activity][at]) for activity in ACTIVITIES)]
            for at, week in enumerate(calendar()["week"])
        ],
    }
