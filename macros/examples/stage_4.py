"""Worked examples of stage four's pages."""

from fractions import Fraction
from math import floor
from typing import Any

from macros.examples import Given, method


def tracks(given: Given) -> dict[str, Any]:
    """Return the target and spending of the calculator's example as it splits them, and a customer's lifetime value."""
    facts = given.facts
    write = given.write
    answer = given.ask("tracks")
    parts = answer.rows("tracks")
    smaller_cities = next(row for row in answer.rows("initiatives") if row["initiative"] == facts["smaller_cities"])
    split = [
        [
            one["name"],
            write.percent(part["target_share"]),
            write.money(part["target"]),
            write.percent(part["budget_share"]),
            write.money(part["budget"]),
            one["measure"],
        ]
        for one, part in zip(facts["tracks"].values(), parts, strict=True)
    ]
    return {
        "opening": answer.value("opening"),
        "target": answer.value("target"),
        "budget": answer.value("budget"),
        "split": split,
        "target_shares": sum(part["target_share"] for part in parts),
        "budget_shares": sum(part["budget_share"] for part in parts),
        "churn": facts["customer_churn"],
        "lifetime_value": facts["margin"] / facts["customer_churn"],
        "lifetime_value_goal": facts["margin"] / facts["churn_goal"],
        "smaller_cities_target": smaller_cities["target"],
        "smaller_cities_people": smaller_cities["people"],
    }


def three_powers(given: Given) -> dict[str, Any]:
    """Return three people with their grades, the evidence and what comes next."""
    facts = given.facts
    return {
        "grades": [
            [
                one["name"],
                *(given.write.count(one[power]) for power in ("win", "replicate", "innovate")),
                one["evidence"],
                one["next"],
            ]
            for one in facts["people"]
        ]
    }


def nine_box(given: Given) -> dict[str, Any]:
    """Return how many of the calculator's people are in the boxes that the source gives a share, beside that share."""
    answer = given.ask("nine_box")
    placed, stars, low = (answer.figure(name) for name in ("placed", "star", "improvement"))
    return {
        "people": answer.figure("headcount"),
        "new": answer.figure("new"),
        "missing": answer.figure("missing"),
        "placed": placed,
        "stars_by_source": placed * method("star_share"),
        "most_low": floor(placed * method("improvement_share")),
        "stars": stars,
        "star_share": Fraction(stars, placed),
        "low": low,
        "low_share": Fraction(low, placed),
        "others": placed - stars - low,
        "without_share": without_share(),
    }


def without_share() -> Fraction:
    """Return the share of people of whom the source says nothing."""
    return 1 - method("star_share") - method("improvement_share")


def customer_value(given: Given) -> dict[str, Any]:
    """Return what a solution written together brought, and the customer's share of it."""
    facts = given.facts
    revenue = facts["sold"] * facts["price"]
    return {"revenue": revenue, "royalty": revenue * facts["fee"]}


def advisory_board(given: Given) -> dict[str, Any]:
    """Return the share of suggestions that were answered in time, meeting by meeting."""
    first, second = given.facts["first"], given.facts["second"]
    return {
        "answer_rate": {
            "first": first["answered"] / first["raised"],
            "second": second["answered"] / second["raised"],
        }
    }
