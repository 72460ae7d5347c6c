"""Worked examples of stage three's pages."""

from itertools import pairwise
from typing import Any

from macros.examples import Facts, Given, method, typed


def five_lines(given: Given) -> dict[str, Any]:
    """Return a quarter's measures as the calculator scores them, each in its own unit."""
    facts = given.facts
    write = given.write
    formats = write.filters()
    measures = list(facts["measures"].values())

    def entered(one: Facts, name: str) -> str:
        return f"{typed(one[name] * 100)}%" if one["unit"] == "percent" else typed(one[name])

    asked = [
        {
            "line": one["line"],
            "measure": one["name"],
            "measure_target": entered(one, "target"),
            "measure_actual": entered(one, "actual"),
            "measure_weight": typed(one["weight"] * 100) + "%",
            "direction": "higher",
        }
        for one in measures
    ]
    answer = given.ask("five_lines", {"cap": facts["cap"] * 100}, {"measures": asked})
    scored = {row["measure"]: row for row in answer.rows("measures")}
    scores = [
        [
            one["line"],
            one["name"],
            formats[one["unit"]](one["target"]),
            formats[one["unit"]](one["actual"]),
            write.percent(scored[one["name"]]["attainment"]),
            write.percent(scored[one["name"]]["weight"]),
            write.decimal(scored[one["name"]]["points"] * 100, 2),
        ]
        for one in measures
    ]
    return {
        "scores": scores,
        "weights": sum(row["weight"] for row in scored.values()),
        "score": answer.figure("score") * 100,
        "markets_opened": facts["measures"]["lower_tier_markets"]["actual"],
    }


def daily_report(given: Given) -> dict[str, Any]:
    """Return a day's and a week's rates."""
    facts = given.facts
    return {
        "conversion": facts["opened"] / facts["touched"],
        "week_conversion": facts["week_opened"] / facts["week_touched"],
        "answer_rate": facts["answered"] / facts["obstacles"],
        "reuse_rate": facts["reused"] / facts["methods"],
    }


def health_card(given: Given) -> dict[str, Any]:
    """Return a month's cards with their scores out of 100, and how a year's alerts came true."""
    facts = given.facts
    write = given.write
    dimensions = ("activity", "fit", "depth", "potential")

    def score(one: Facts) -> Any:
        return sum(one[name] * method(f"health_weight_{name}") for name in dimensions) / 5 * 100

    cards = [
        [
            one["name"],
            *(write.count(one[name]) for name in dimensions),
            f"**{write.decimal(score(one))}**",
            write.count(one["before"]),
            one["todo"],
        ]
        for one in facts["customers"]
    ]
    return {
        "cards": cards,
        "warned_rate": facts["warned"] / facts["churned"],
        "false_alarms": (facts["alerts"] - facts["warned"]) / facts["alerts"],
    }


def cockpit(given: Given) -> dict[str, Any]:
    """Return where one week's leads dropped out, and how often the method's alert fires by chance."""
    facts = given.facts
    write = given.write
    funnel = facts["funnel"]
    drop_off = [
        [
            f"{step['name']} → {after['name']}",
            f"{write.count(step['count'])} → {write.count(after['count'])}",
            write.count(step["count"] - after["count"]),
            write.percent(1 - after["count"] / step["count"]),
        ]
        for step, after in pairwise(funnel.values())
    ]
    return {
        "drop_off": drop_off,
        "unusual": 1 - funnel["offer"]["count"] / funnel["proposal"]["count"],
        "by_chance": [[write.count(deals), alert_by_chance(deals, given)] for deals in facts["volumes"]],
        "cause_rate": facts["causes"] / facts["alerts"],
        "handled_rate": facts["handled"] / facts["alerts"],
        "fresh_rate": facts["fresh"] / facts["metrics"],
    }


def alert_by_chance(deals: Any, given: Given) -> str:
    """Return the share of weeks in which the method's alert fires although nothing has changed, by the calculator."""
    return given.write.percent(given.ask("efficiency_alert", {"deals": deals}).figure("by_chance"), 0)
