"""Worked examples of stage three's pages."""

from itertools import pairwise
from typing import Any

from macros.examples import Facts, Page, method


def five_lines(page: Page) -> dict[str, Any]:
    """Return a quarter's measures as the calculator scores them, each in its own unit."""
    facts = page.facts
    write = page.write
    formats = {"count": write.count, "share": write.percent, "money": write.money}
    measures = list(facts["measures"].values())

    def typed(one: Facts, name: str) -> str:
        return write.percent(one[name], 2) if one["unit"] == "share" else f"{one[name]}"

    asked = [
        {
            "line": one["line"],
            "measure": one["name"],
            "measure_target": typed(one, "target"),
            "measure_actual": typed(one, "actual"),
            "measure_weight": write.percent(one["weight"], 2),
            "direction": "higher",
        }
        for one in measures
    ]
    answer = page.ask("five_lines", {"cap": facts["cap"] * 100}, {"measures": asked})
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


def daily_report(page: Page) -> dict[str, Any]:
    """Return a day's and a week's rates."""
    facts = page.facts
    return {
        "conversion": facts["opened"] / facts["touched"],
        "week_conversion": facts["week_opened"] / facts["week_touched"],
        "answer_rate": facts["answered"] / facts["obstacles"],
        "reuse_rate": facts["reused"] / facts["methods"],
    }


def health_card(page: Page) -> dict[str, Any]:
    """Return a month's cards with their scores out of 100, and how a year's alerts came true."""
    facts = page.facts
    write = page.write
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


def cockpit(page: Page) -> dict[str, Any]:
    """Return where one week's leads dropped out, and how often the method's alert fires by chance."""
    facts = page.facts
    write = page.write
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
        "by_chance": [[write.count(deals), alert_by_chance(deals, page)] for deals in facts["volumes"]],
        "cause_rate": facts["causes"] / facts["alerts"],
        "handled_rate": facts["handled"] / facts["alerts"],
        "fresh_rate": facts["fresh"] / facts["metrics"],
    }


def alert_by_chance(deals: Any, page: Page) -> str:
    """Return the share of weeks in which the method's alert fires although nothing has changed, by the calculator."""
    return page.write.percent(page.ask("efficiency_alert", {"deals": deals}).figure("by_chance"), 0)
