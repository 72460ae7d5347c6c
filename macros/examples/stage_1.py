"""Worked examples of stage one's pages."""

from typing import Any

from macros.examples import Given, method


def quarter_goal(given: Given) -> dict[str, Any]:
    """Return what a first quarter came to, and how visits became orders."""
    facts = given.facts
    return {
        "unpaid": facts["signed"] - facts["paid"],
        "undated": facts["prospects"] - facts["month"] - facts["quarter"] - facts["year"],
        "quotes_goal": method("customer_quotes_a_week") * facts["weeks"],
        "offer_rate": facts["offers"] / facts["visits"],
        "offers_paid": facts["paid"] / facts["offers"],
        "weeks_that_count": facts["weeks"] - facts["lag_weeks"],
        "visits_a_week": facts["visits"] / (facts["weeks"] - facts["lag_weeks"]),
        "live_prospects": facts["active"] / facts["prospects"],
        "listening_kept_up": facts["weeks_with_quotes"] / facts["weeks"],
        "approval_cut": 1 - method("approval_steps_after") / method("approval_steps_before"),
    }


def observation_checklist(given: Given) -> dict[str, Any]:
    """Return what a week's talks had of what they should have."""
    facts = given.facts
    return {
        "conversations_with_business": facts["scene"] / facts["talks"],
        "offers_with_proof": facts["proof"] / facts["offers"],
        "noted_rate": facts["noted"] / facts["talks"],
        "objections": facts["trouble"] + facts["excel"] + facts["boss"],
        "trial_conversion": (facts["converted"], facts["ended"]),
    }


def seed_customers(given: Given) -> dict[str, Any]:
    """Return what seed customers cost and brought in a quarter, and the replies that more of them would take."""
    facts = given.facts
    seeds = given.of("stage-1/quarter-goal").facts["paid"]
    hours = facts["suggestions"] * facts["minutes_a_reply"] / 60
    return {
        "seeds": seeds,
        "manual_days_in_all": seeds * facts["manual_days"],
        "scheduled": facts["suggestions"] - facts["done"] - facts["declined"],
        "hours": hours,
        "hours_a_week": hours / facts["weeks"],
        "hours_at_three_times": 3 * hours / facts["weeks"],
        "hours_at_ten_times": 10 * hours / facts["weeks"],
        "suggestions_answered": facts["replied"] / facts["suggestions"],
        "promises_kept": facts["on_time"] / facts["promised"],
        "introductions_paid": facts["introduced_paid"] / facts["introduced"],
    }


def false_needs(given: Given) -> dict[str, Any]:
    """Return what three wishes are worth a year and what they cost to build."""
    facts = given.facts
    wishes = {name: facts[name] for name in ("print", "report", "app")}
    return {
        "value": {name: wish["payers"] * wish["price"] for name, wish in wishes.items()},
        "cost": {name: wish["days"] * facts["day_cost"] for name, wish in wishes.items()},
        "bespoke_share": facts["bespoke_days"] / facts["all_days"],
        "new_feature_use": facts["users"] / facts["could_use"],
    }
