"""Worked examples of stage three's pages."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from calculators.engine.arithmetic.chances import apart_by_chance, exact_interval
from calculators.stages import stage_words
from macros.examples import Facts, Given, chapter, method
from macros.formats import Formats

TEN = 10
"""Deals a week of the small team that the page speaks of."""


def five_lines(given: Given) -> dict[str, Any]:
    """Return a quarter's measures as the calculator's example has them and scores them."""
    write = given.write
    answer = given.ask("five_lines")
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
        "reached_to_opportunity": facts["week_opened"] / facts["week_touched"],
        "obstacles_answered": facts["answered"] / facts["obstacles"],
        "methods_reused": facts["reused"] / facts["methods"],
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
        "potential_most": (5 - 1) * method("health_weight_potential") / 5 * 100,
        "churn_warned": facts["warned"] / facts["churned"],
        "false_alarm_rate": (facts["alerts"] - facts["warned"]) / facts["alerts"],
    }


def cockpit(given: Given) -> dict[str, Any]:
    """Return where one week's leads dropped out, and how often the method's alert fires by chance."""
    facts = given.facts
    write = given.write
    funnel = facts["funnel"]
    drop_off = [
        [
            " → ".join(stage_words(name, given.language).title for name in (step, after)),
            f"{write.count(funnel[step])} → {write.count(funnel[after])}",
            write.count(funnel[step] - funnel[after]),
            write.percent(1 - funnel[after] / funnel[step]),
        ]
        for step, after in pairwise(funnel)
    ]
    regions, chances = _regions(given.workbook("funnel").rows("regions"), write)
    rules = [_rule(deals, given) for deals in facts["volumes"]]
    at_ten = given.ask("efficiency_alert", {"deals": TEN}).rows("rules")
    two = next(rule for rule in at_ten if rule["rule"] == "efficiency_alert.rules.two")
    return {
        "drop_off": drop_off,
        "unusual": 1 - funnel["offer"] / funnel["demo"],
        "regions": regions,
        "region_chance": chances[0],
        "region_chance_last": chances[-1],
        "by_chance": [[write.count(deals), alert_by_chance(deals, given)] for deals in facts["volumes"]],
        "rule": [
            [
                write.count(rule["volume"]),
                write.decimal(rule["reference"], 2),
                write.decimal(rule["sum_limit"], 2),
                write.decimal(rule["alarms"]),
                write.percent(rule["sees"]),
                write.percent(rule["sees_large"]),
            ]
            for rule in rules
        ],
        "at_ten": next(rule for rule in rules if rule["volume"] == TEN),
        "two_at_ten": two,
        "alerts_with_cause": facts["causes"] / facts["alerts"],
        "alerts_handled": facts["handled"] / facts["alerts"],
        "data_in_time": facts["fresh"] / facts["metrics"],
    }


def _regions(rows: Sequence[Mapping[str, Any]], write: Formats) -> tuple[list[list[str]], list[Fraction]]:
    """Return the workbook's regions at one step, and how likely chance sets each so far apart from the others.

    Each probability is times the number of regions, since one of several differs by chance more easily (Bonferroni).
    """
    reached, went_on = (int(sum(row[name] for row in rows)) for name in ("from", "to"))
    table, chances = [], []
    for row in rows:
        here, on = int(row["from"]), int(row["to"])
        chance = apart_by_chance(on, here, went_on - on, reached - here) * len(rows)
        low, high = exact_interval(on, here)
        table.append(
            [
                row["region"],
                write.count(here),
                write.count(on),
                write.percent(Fraction(on, here)),
                f"{write.percent(low, 0)}–{write.percent(high, 0)}",
                write.percent(min(chance, Fraction(1))),
            ]
        )
        chances.append(min(chance, Fraction(1)))
    return table, chances


def _rule(deals: Fraction, given: Given) -> dict[str, Any]:
    """Return the CUSUM at a volume, its false alarms and what it sees, as the calculator computes them."""
    rows = given.ask("efficiency_alert", {"deals": deals}).rows("cusum")
    return next(row for row in rows if row["volume"] == deals)


def alert_by_chance(deals: Any, given: Given) -> str:
    """Return the share of weeks in which the method's alert fires although nothing has changed, by the calculator."""
    return given.write.percent(given.ask("efficiency_alert", {"deals": deals}).figure("by_chance"), 0)
