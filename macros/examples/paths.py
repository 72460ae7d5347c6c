"""Worked examples of the paths' pages."""

from datetime import timedelta
from fractions import Fraction
from math import ceil
from typing import Any

from calculators.apportion import largest_remainder
from calculators.engine.asks.settings import WorkingYear
from calculators.engine.shows.text import side
from calculators.goal_breakdown.settings import HAS, fiscal_year, year_of_goals
from macros.examples import Given
from macros.ninety_days import ACTIVITIES, calendar, weights

HIRE = {"zh": "宁远", "en": "Ning Yuan"}
"""Who starts in the goal breakdown's example, on the first day that is told of."""
FIRST_MONTHS = 3
"""So many months of the ramp the page shows."""
FOUR_MONTHS = timedelta(days=130)


def ninety_days(given: Given) -> dict[str, Any]:
    """Return a new hire's ramped quota as the goal breakdown has it, and the activities that it takes, by week.

    From the quota back through the calculator's own conversion rates, each rounded up; spread over the weeks by the
    calendar's shares.
    """
    year = given.settings.section(WorkingYear)
    three = [month for month in fiscal_year(year).between(HAS, HAS + FOUR_MONTHS) if month.last > HAS][:FIRST_MONTHS]
    # A year that ends before the ramp does is told of by the calendar's.
    ends = three[-1].last > year_of_goals(year)[1]
    answer = given.ask("goal_breakdown", {"first": "2027-01-01", "last": "2027-12-31"} if ends else {})
    write = given.write
    hire = side(HIRE, given.language)
    person = next(row for row in answer.rows("people") if row["person"] == hire)
    ramp = [Fraction(part) / 100 for part in answer.value("ramp").replace(",", " ").split()]
    shares = [*ramp, *[Fraction(1)] * FIRST_MONTHS][:FIRST_MONTHS]
    quota = [person[month.name] for month in three]
    deals = ceil(sum(quota) / answer.value("deal_size"))
    counts: list[int] = []
    count = Fraction(deals)
    for row in reversed(answer.rows("funnel_steps")):
        count /= row["conversion"]
        counts.insert(0, ceil(count))
    # A company may have more stages in its funnel than the calendar has activities, or fewer.
    places = (0, min(1, len(counts) - 1), len(counts) - 1)
    needed = {activity: counts[place] for activity, place in zip(ACTIVITIES, places, strict=True)}
    spread = {activity: largest_remainder(needed[activity], weights(activity)) for activity in ACTIVITIES}
    return {
        "hire": hire,
        "ramp_rows": [
            [write.count(month), write.percent(share), write.money(amount)]
            for month, (share, amount) in enumerate(zip(shares, quota, strict=True), start=1)
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
