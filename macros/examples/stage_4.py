"""Worked examples of stage four's pages."""

from fractions import Fraction
from math import floor
from typing import Any

from macros.examples import Given, method


def tracks(given: Given) -> dict[str, Any]:
    """Return a year's target and spending as the calculator splits them, and what a customer is worth for life."""
    facts = given.facts
    write = given.write
    asked = {"target": facts["target"], "budget": facts["budget"], "people": 0}
    for track, one in facts["tracks"].items():
        asked[f"target_{track}"] = one["revenue"] * 100
        asked[f"resource_{track}"] = one["cost"] * 100
    parts = given.ask("tracks", asked).rows("tracks")
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
        "split": split,
        "target_shares": sum(part["target_share"] for part in parts),
        "budget_shares": sum(part["budget_share"] for part in parts),
        "lifetime_value": facts["margin"] / facts["churn"],
        "lifetime_value_goal": facts["margin"] / facts["churn_goal"],
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
    """Return how many of a team are in the boxes that the source gives a share, beside what that share comes to."""
    facts = given.facts
    placed = facts["people"] - facts["new"] - facts["missing"]
    return {
        "stars_by_source": placed * method("star_share"),
        "most_low": floor(placed * method("improvement_share")),
        "star_share": facts["stars"] / placed,
        "low_share": facts["low"] / placed,
        "others": placed - facts["stars"] - facts["low"],
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
