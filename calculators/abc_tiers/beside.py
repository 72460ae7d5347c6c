"""Beside revenue: the margin that customers leave, a second axis of tiers, and the risk that they do not stay.

Both are columns of the list that need not be there; without them there is nothing here.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from calculators.abc_tiers.book import Rule
from calculators.abc_tiers.customers import RISKS
from calculators.abc_tiers.settings import TIERS
from calculators.engine.answers.result import Figure, Notice, Section, Table, about, columns

LOSS = "loss"
"""Beside the tiers by margin: customers who leave none."""


def margins(rule: Rule, by_count: Mapping[str, int], tiered: pd.DataFrame) -> list[Section]:
    """Return the tiers by margin beside those by revenue; nothing where no margin is known.

    Margin is cut by the same rule. Where that is by amounts of revenue it is cut by the number of customers, with the
    shares of ``by_count``.
    """
    if not tiered["margin_known"].any():
        return []
    known = tiered[tiered["margin_known"]]
    unknown = tiered["customer"][~tiered["margin_known"]].tolist()
    cut = Rule("count", rule.at_cutoff, by_count) if rule.driver == "money" else rule
    leaving = known[known["margin"] > 0].sort_values(["margin", "customer", "row"], ascending=[False, True, True])
    places = [] if leaving.empty else cut.tiers(leaving["margin"].to_numpy(np.int64)).tolist()
    by_margin = dict(zip(leaving.index, (TIERS[place] for place in places), strict=True))
    tiers = [by_margin.get(index, LOSS) for index in known.index]
    told = ("customer", "revenue", "margin", "tier")
    rows: list[dict[str, Any]] = [
        dict(zip((*told, "margin_tier"), row, strict=True))
        for row in zip(*(known[name].tolist() for name in told), tiers, strict=True)
    ]
    for row in rows:
        row["margin_rate"] = Fraction(row["margin"], row["revenue"])
    across = (*TIERS, LOSS)
    matrix = [
        {"tier": tier}
        | {
            f"margin_{at.lower()}": sum(row["tier"] == tier and row["margin_tier"] == at for row in rows)
            for at in across
        }
        | _rate([row for row in rows if row["tier"] == tier])
        for tier in TIERS
    ]
    thin = [
        row for row in rows if row["margin_tier"] == LOSS or TIERS.index(row["margin_tier"]) > TIERS.index(row["tier"])
    ]
    thin.sort(key=lambda row: (row["tier"], row["margin_rate"], row["customer"]))
    shown = [{**row, "margin_tier": f"abc_tiers.margin_tier.{row['margin_tier'].lower()}"} for row in thin]
    above = [row["customer"] for row in rows if row["margin"] > row["revenue"]]
    said = [Notice("abc_tiers.margin_by_count", level="assumed")] if rule.driver == "money" else []
    whole = _rate(rows)
    return [
        Section(
            "margin",
            (
                Figure("margin", "money", whole["margin"]),
                Figure("margin_rate", "share", whole["margin_rate"]),
                Figure("thin_a", "count", sum(row["tier"] == "A" for row in thin)),
            ),
            tables=(
                Table(
                    "two_axes",
                    columns(
                        "tier:text "
                        + " ".join(f"margin_{at.lower()}:count" for at in across)
                        + " revenue:money margin:money margin_rate:share"
                    ),
                    matrix,
                    tier="tier",
                ),
                Table(
                    "thin",
                    columns("customer:text tier:text margin_tier:key revenue:money margin:money margin_rate:share"),
                    shown,
                    detail=True,
                    tier="tier",
                ),
            ),
            notices=(
                *said,
                *about(("abc_tiers.margin_unknown", unknown, "caution"), ("abc_tiers.margin_above", above, "caution")),
            ),
        )
    ]


def _rate(rows: Sequence[Mapping[str, Any]]) -> dict[str, int | Fraction | None]:
    revenue, margin = (sum(row[name] for row in rows) for name in ("revenue", "margin"))
    return {"revenue": revenue, "margin": margin, "margin_rate": Fraction(margin, revenue) if revenue else None}


def at_risk(tiered: pd.DataFrame) -> list[Section]:
    """Return how much revenue hangs on customers who may not stay; nothing where the list says of nobody."""
    if not tiered["risk_known"].any():
        return []
    told = ("customer", "tier", "revenue", "owner", "risk")
    listed = [dict(zip(told, row, strict=True)) for row in zip(*(tiered[name].tolist() for name in told), strict=True)]
    rows = []
    for tier in TIERS:
        inside = [row for row in listed if row["tier"] == tier]
        revenue = sum(row["revenue"] for row in inside)
        by_risk = {risk: sum(row["revenue"] for row in inside if row["risk"] == risk) for risk in (*RISKS, "")}
        high = by_risk["high"]
        rows.append(
            {
                "tier": tier,
                "revenue": revenue,
                **{f"risk_{risk or 'unknown'}": amount for risk, amount in by_risk.items()},
                "high_share": Fraction(high, revenue) if revenue else None,
            }
        )
    risky = [{**row, "risk": f"abc_tiers.risk.{row['risk']}"} for row in listed if row["risk"] in ("high", "medium")]
    risky.sort(key=itemgetter("tier"))
    a = rows[0]
    in_a = [row for row in listed if row["tier"] == "A" and row["risk"] == "high"]
    shown = "customer:text tier:text risk:key revenue:money" + (" owner:text" if (tiered["owner"] != "").any() else "")
    unsaid = [row["customer"] for row in listed if not row["risk"]]
    return [
        Section(
            "risk",
            (
                Figure("a_at_risk", "money", a["risk_high"], {"count": len(in_a), "share": a["high_share"]}),
                Figure("at_risk", "money", sum(row["risk_high"] for row in rows)),
            ),
            tables=(
                Table(
                    "risk_by_tier",
                    columns(
                        "tier:text revenue:money risk_high:money high_share:share risk_medium:money risk_low:money"
                        " risk_unknown:money"
                    ),
                    rows,
                    totals=("revenue", "risk_high", "risk_medium", "risk_low", "risk_unknown"),
                    tier="tier",
                ),
                Table("at_risk", columns(shown), risky, detail=True, tier="tier"),
            ),
            notices=tuple(about(("abc_tiers.risk_unsaid", unsaid, "note"))),
        )
    ]
