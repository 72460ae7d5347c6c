"""Worked examples of stage three's pages."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

from macros.examples import Facts, Given, chapter, method


def five_lines(given: Given) -> dict[str, Any]:
    """Return a quarter's measures as the calculator's example has them and scores them."""
    facts = given.facts
    write = given.write
    answer = given.ask("five_lines", {"cap": facts["cap"] * 100})
    measures = answer.rows("measures")
    scores = [
        [
            row["line"],
            row["measure"],
            row["measure_target"],
            row["measure_actual"],
            write.percent(row["attainment"]),
            write.percent(row["weight"]),
            write.decimal(row["points"] * 100, 2),
        ]
        for row in measures
    ]
    upsell, uptake, markets = (measures[place] for place in (2, 4, 6))  # in the source's order of the twelve
    return {
        "sellers": chapter(2024)["reps"],
        "scores": scores,
        "weights": sum(row["weight"] for row in measures),
        "score": answer.figure("score") * 100,
        "markets_opened": Fraction(markets["measure_actual"]),
        "upsell_attainment": upsell["attainment"],
        "uptake_attainment": uptake["attainment"],
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
