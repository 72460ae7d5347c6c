"""Worked examples of the pages on selling: what the filled workbooks come to, as readers download them."""

from datetime import date
from fractions import Fraction
from typing import Any

from calculators.engine.arithmetic.chances import exact_interval
from macros.examples import FilledWorkbook, Given, Row

PAID = ("quota", "variable", "guarantee", "mentor", "pay")
"""What the plan's workbook rounds to the company's currency, and pages write to the hundredth."""


def _day(day: date) -> str:
    """Return a date that a narrow column does not break."""
    return day.isoformat().replace("-", "\N{NON-BREAKING HYPHEN}")


def process(given: Given) -> dict[str, Any]:
    """Return the mutual plan of one deal, who may give which discount, and a quarter's orders."""
    facts = given.facts
    plan = given.workbook("mutual_plan")
    sides = plan.rows("by_side")
    steps = plan.rows("plan")
    return {
        "deal": plan.value("deal", "amount"),
        "plan": [[one["what"], one["side"], one["who"], _day(one["due"]), one["state"]] for one in steps],
        "live": plan.value("deal", "live").isoformat(),
        "late": sum(one["overdue"] for one in sides if one["id"] == "customer"),
        "allowed": [[one["who"], given.write.percent(one["upto"], 0), one["gets"]] for one in facts["authority"]],
        "plan_kept": (sum(one["in_time"] for one in sides), sum(one["due"] for one in sides)),
        "within_authority": (facts["within"], facts["orders"]),
        "handover_complete": (facts["handed_over"], facts["orders"]),
    }


def pipeline(given: Given) -> dict[str, Any]:
    """Return a team's forecast in the eighth week of a quarter, its coverage by stage, and how forecasts came true."""
    book = given.workbook("deal_review")
    write = given.write
    lands = {one: book.value("summary", one) for one in ("commit", "best", "all")}
    totals = dict(zip(("commit", "best", "pipeline"), lands.values(), strict=True))
    categories = book.rows("by_category")
    stages = book.rows("by_stage")
    flagged = [one for one in book.rows("deals") if one["reminder"] or one["check"].startswith("✗")]
    return {
        "target": book.value("rules", "target"),
        "won": book.value("rules", "won"),
        "gap": book.value("summary", "gap"),
        **lands,
        "forecast": [
            [
                one["name"],
                write.count(one["deals"]),
                write.money(one["amount"]),
                write.money(totals[one["id"]]) if one["id"] in totals else "–",
            ]
            for one in categories
        ],
        "stages": [
            [
                one["name"],
                write.count(one["deals"]),
                write.money(one["amount"]),
                write.percent(one["conversion"], 0),
                write.money(one["weighted"]),
            ]
            for one in stages
        ],
        "discounted": sum(one["weighted"] for one in stages),
        "flagged": [
            [
                one["customer"],
                write.money(one["amount"]),
                one["stage"],
                one["reminder"] or one["check"].removeprefix("✗ ").strip(),
                one["next"],
                _day(one["date"]),
            ]
            for one in flagged
        ],
        "reminders": len(flagged),
        "deals": len(book.rows("deals")),
        "record": [
            [
                one["period"],
                write.money(one["commit"]),
                write.money(one["actual"]),
                write.percent(one["accuracy"]),
                write.percent(one["bias"]),
            ]
            for one in book.rows("record")
        ],
        "corrected": round(lands["commit"] / (1 + book.value("accuracy", "bias")), -4),
        "pipeline_coverage": book.value("summary", "coverage"),
        "stage_coverage": book.value("summary", "staged"),
        "slippage": book.value("summary", "slippage"),
        "aged_deals": book.value("summary", "aged"),
        "forecast_accuracy": book.value("accuracy", "mean"),
        "forecast_bias": book.value("accuracy", "bias"),
    }


def quota_and_pay(given: Given) -> dict[str, Any]:
    """Return a plan tried on a quarter: weight of quotas, what it pays, and what the mentor's reward does beside it."""
    book = given.workbook("pay_plan")
    write = given.write
    people = [
        {name: round(cell, 2) if name in PAID and cell is not None else cell for name, cell in one.items()}
        for one in book.rows("people")
    ]
    plan = {one: book.value("plan", one) for one in ("base", "variable", "accelerator", "relief", "guarantee", "cap")}
    heavy, light = (sorted(people, key=lambda one: one["weight"])[place] for place in (-1, 0))
    mentor = next(one for one in people if one["mentor"])
    without = plan["variable"] * mentor["cash"] / mentor["full"]
    new = min(people, key=lambda one: one["share"])
    return {
        "quotas": [
            [
                one["person"],
                write.decimal(one["weight"], 2),
                write.percent(one["share"], 0),
                write.money(round(one["quota"])),
                write.percent(one["attainment"]),
                write.money(round(one["variable"] + one["guarantee"])),
            ]
            for one in people
        ],
        "plan": plan,
        "accelerated": plan["variable"] * plan["accelerator"],
        "threshold": book.value("plan", "threshold"),
        "target": book.value("plan", "target"),
        "assigned": round(book.value("summary", "quotas"), 2),
        "pay": round(book.value("summary", "pay"), 2),
        "base_share": book.value("summary", "mix"),
        "heavy": heavy["person"],
        "heavy_weight": heavy["weight"],
        "heavy_attainment": heavy["attainment"],
        "light": light["person"],
        "light_weight": light["weight"],
        "newest": {"quota": new["quota"], "guarantee": new["guarantee"], "variable": new["variable"]},
        "mentor": mentor["person"],
        "reward": mentor["mentor"],
        "relief_worth": round(mentor["variable"] - without, 2),
        "over_assignment": book.value("summary", "over"),
        "at_quota": (book.value("summary", "made"), book.value("summary", "people")),
        "sales_pay": book.value("summary", "cost"),
        "attainment": book.value("summary", "cash") / book.value("plan", "target"),
    }


def cash(given: Given) -> dict[str, Any]:
    """Return a team's receivables by age and by reason, and a year's write-offs."""
    facts = given.facts
    book = given.workbook("receivables")
    write = given.write
    bands = {one["id"]: one for one in book.rows("bands")}
    reasons = sorted(book.rows("by_reason"), key=lambda one: -one["amount"])
    return {
        "ages": [
            [
                one["name"],
                write.count(one["invoices"]),
                write.money(one["amount"]),
                write.percent(one["share"]),
                bands[one["id"]]["who"],
                bands[one["id"]]["action"],
            ]
            for one in book.rows("by_band")
        ],
        "why": [[one["name"], write.count(one["invoices"]), write.money(one["amount"])] for one in reasons],
        "open": book.value("summary", "open"),
        "late": book.value("summary", "late"),
        "broke": next(one["amount"] for one in reasons if one["id"] == "cash"),
        "promised": book.value("summary", "promised"),
        "provision": book.value("summary", "provision"),
        "dso": Fraction(round(book.value("summary", "dso"))),
        "overdue_share": book.value("summary", "share"),
        "paid_on_time": (facts["on_time"], facts["due"]),
        "bad_debt": facts["written_off"] / facts["invoiced"],
    }


def won_and_lost(given: Given) -> dict[str, Any]:
    """Return interviews by competitor and by reason, and how sure a rate from so few of them is."""
    book = given.workbook("win_loss")
    write = given.write
    rivals = book.rows("by_rival")
    strongest = max(rivals, key=lambda one: one["lost"])
    met = strongest["won"] + strongest["lost"]
    reasons = sorted(book.rows("by_reason"), key=lambda one: (-one["main"], -one["second"], -one["amount"]))
    low, high = exact_interval(int(strongest["won"]), int(met))
    return {
        "rivals": [
            [
                one["name"],
                write.count(one["won"]),
                write.count(one["lost"]),
                write.count(one["nobody"]),
                write.percent(one["rate"], 0) if one["rate"] is not None else "–",
                write.money(one["amount"]),
            ]
            for one in rivals
        ],
        "reasons": _reasons(book, given),
        "price_by_reps": next(one["reps"] for one in reasons if one["id"] == "price"),
        "price_by_customers": next(one["main"] for one in reasons if one["id"] == "price"),
        "nobody": sum(one["nobody"] for one in rivals),
        "low": low,
        "high": high,
        "win_rate_against": (strongest["won"], met),
        "reasons_agree": book.value("summary", "agree"),
        "interviews_held": (book.value("summary", "interviews"), given.facts["drawn"]),
    }


def _reasons(book: FilledWorkbook, given: Given) -> list[Row]:
    """Return the reasons that anybody gave, those of customers first."""
    write = given.write
    named = [one for one in book.rows("by_reason") if one["main"] or one["second"] or one["reps"]]
    named.sort(key=lambda one: (-one["main"], -one["second"], -one["amount"]))
    return [
        [one["name"], *(write.count(one[key]) for key in ("main", "second", "reps")), write.money(one["amount"])]
        for one in named
    ]


def renewal(given: Given) -> dict[str, Any]:
    """Return what stays of each year's customers, renewals by tier, and who is behind in the countdown."""
    book = given.workbook("renewal_calendar")
    write = given.write
    contracts = book.rows("contracts")
    cohorts = [one for one in book.rows("by_cohort") if one["contracts"]]
    worst = min(cohorts, key=lambda one: one["gross"])
    coming = [one for one in contracts if one["after"] is None and one["due"]]
    shown = {name: (one["renewed"], one["contracts"]) for one in book.rows("by_tier") for name in [one["id"]]}
    return {
        "countdown": [[one["name"], write.count(one["before"]), one["proof"]] for one in book.rows("plays")],
        "coming": [
            [
                one["customer"],
                one["tier"],
                _day(one["renewal"]),
                write.money(one["fee"]),
                one["done"] or "–",
                one["state"],
            ]
            for one in coming
        ],
        "cohorts": [
            [
                str(int(one["year"])),
                write.count(one["contracts"]),
                write.money(one["fee"]),
                write.count(one["lost"]),
                write.percent(one["gross"]),
                write.percent(one["net"]),
            ]
            for one in cohorts
        ],
        "gross": book.value("summary", "gross"),
        "net": book.value("summary", "net"),
        "worst_year": str(int(worst["year"])),
        "worst_gross": worst["gross"],
        "worst_net": worst["net"],
        "tier_c": shown["c"][0],
        "tier_c_due": shown["c"][1],
        "gross_retention_cohort": worst["gross"],
        "net_retention_cohort": worst["net"],
        "renewal_rate": (sum(part for part, _ in shown.values()), sum(whole for _, whole in shown.values())),
        "renewals_on_schedule": book.value("summary", "schedule"),
        "saved_customers": book.value("summary", "saved"),
    }
