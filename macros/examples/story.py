"""The founder's dilemma worked through: what the calculators answer to the figures of three months.

The company is invented for the source's case, in ``facts.toml``; nobody in it has a name.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from calculators.concentration import wilson_interval
from calculators.engine.arithmetic.chances import difference_by_chance
from macros.examples import Answer, Facts, Given, Row, method

THOUSAND = 1000
FIRST = "story/month-1"
SECOND = "story/month-2"
CRITERIA = ("budget", "chain", "industry")
GRADES = ("A", "B", "C")
SHARES = ("top_share", "passed_share", "warned_share")
"""What the self-check's three questions are answered from."""
MONTHS = ("2025-10-01", "2025-12-31")
"""The quarter that is planned in the second month."""


def _check(facts: Facts, given: Given) -> Answer:
    """Return the self-check of a quarter: the founder among the results, new hires, customers who went."""
    results = [{"person": "0", "result": facts["founder"] * THOUSAND}] + [
        {"person": str(place), "result": amount * THOUSAND} for place, amount in enumerate(facts["reps"], 1)
    ]
    hires = [
        {"newcomer": f"{place:02}", "started": one["started"], "passed": one["passed"]}
        for place, one in enumerate(facts["hires"], 1)
    ]
    accounts = [{"customer": f"{place:02}", **one} for place, one in enumerate(facts["gone"], 1)]
    return given.ask(
        "self_check", {"as_of": facts["as_of"]}, {"results": results, "hires": hires, "accounts": accounts}
    )


def _ramp(facts: Facts, given: Given) -> Answer:
    """Return how many of the new hires closed an independent first deal within the months, leavers counted."""
    newcomers = [
        {"newcomer": f"{place:02}", "started": one["started"], "signed": one["signed"], "left": one["left"]}
        for place, one in enumerate(facts["hires"], 1)
    ]
    return given.ask("solo_signing", {"as_of": facts["as_of"]}, {"newcomers": newcomers})


def _founder_share(facts: Facts) -> Fraction:
    return Fraction(facts["founder"], facts["founder"] + sum(facts["reps"]))


def _answers(check: Answer, given: Given) -> list[Row]:
    """Return the three questions of the self-check with their answers, as its page says them."""
    words = given.write.text
    return [[words(row["question"]), words(row["answer"]), words(row["state"])] for row in check.rows("answers")]


def month_1(given: Given) -> dict[str, Any]:
    """Return what the first month found: who carries the revenue, who stays, who is an A, what is chance."""
    facts = given.facts
    write = given.write
    check = _check(facts, given)
    ramp = _ramp(facts, given)
    tiers = given.ask(
        "abc_tiers",
        {},
        {"customers": [{"customer": f"{n:02}", "revenue": x * THOUSAND} for n, x in enumerate(facts["customers"], 1)]},
    )
    finder = given.ask("stage_finder", facts["symptoms"])
    alert = given.ask("efficiency_alert", {"deals": facts["deals_a_week"]})
    left = sum(1 for one in facts["hires"] if one["left"])
    visits = next(row for row in tiers.rows("service") if row["tier"] == "A")
    renewals = list(zip(facts["due"], facts["renewed"], strict=True))
    return {
        "hired": len(facts["hires"]),
        "left_already": left,
        "attrition": Fraction(left, len(facts["hires"])),
        "founder_share": _founder_share(facts),
        "top_share": check.figure("top_share"),
        "answers": _answers(check, given),
        "verdict": [given.write.text(check.figure("verdict"))],
        "passed_share": check.figure("passed_share"),
        "warned_share": check.figure("warned_share"),
        "churned": check.figure("churned"),
        "stage": [given.write.text(finder.figure("stage"))],
        "ramp_rate": ramp.figure("rate"),
        "ramp_due": ramp.figure("due"),
        "ramp_low": ramp.figure("rate_low"),
        "ramp_high": ramp.figure("rate_high"),
        "renewals": [
            [
                write.count(place),
                write.count(due),
                write.count(renewed),
                write.percent(Fraction(renewed, due)),
            ]
            for place, (due, renewed) in enumerate(renewals, 1)
        ],
        "book": tiers.figure("customers"),
        "a_customers": tiers.figure("a_customers"),
        "a_share": tiers.figure("a_revenue_share"),
        "a_days": visits["days"],
        "expiring_money": facts["expiring_value"] * THOUSAND,
        "by_chance": alert.figure("by_chance"),
        "alarms_a_year": alert.figure("alarms_a_year"),
    }


def _share_of(visits: Mapping[str, Fraction], grade: str) -> Fraction:
    return Fraction(visits[grade], sum(visits.values()))


def month_2(given: Given) -> dict[str, Any]:
    """Return what the second month standardised: whom to see, what to say, what a mentor gets, what a quota takes."""
    facts = given.facts
    write = given.write
    graded = given.ask(
        "solo_signing",
        {},
        {
            "newcomers": [{"newcomer": "01", "started": "2025-01-06", "signed": "2025-03-28"}],
            "customers": [
                {"customer": f"{n:02}", **{f"score_{c}": points[at] for at, c in enumerate(CRITERIA)}}
                for n, points in enumerate(facts["prospects"], 1)
            ],
        },
    )
    before, after = facts["visits_before"], facts["visits_after"]
    counts = {grade: graded.figure(f"grade_{grade.lower()}") for grade in GRADES}
    rewards = {basis: _reward(facts, basis, given) for basis in ("value", "commission")}
    plan = _plan(facts, given)
    first, last = (Fraction(facts[f"advanced_{week}"], facts[f"met_{week}"]) for week in ("first", "last"))
    steps = plan.rows("funnel_steps")
    return {
        "grades": [
            [
                grade,
                write.count(counts[grade]),
                write.count(before[grade]),
                write.percent(_share_of(before, grade)),
                write.count(after[grade]),
                write.percent(_share_of(after, grade)),
            ]
            for grade in GRADES
        ],
        "prospect_count": len(facts["prospects"]),
        "before_c": _share_of(before, "C"),
        "after_c": _share_of(after, "C"),
        "advanced_then": first,
        "advanced_now": last,
        "objections_by_chance": difference_by_chance(
            *(int(facts[name]) for name in ("advanced_last", "met_last", "advanced_first", "met_first"))
        ),
        "order_money": facts["order"] * THOUSAND,
        "reward_value": rewards["value"],
        "reward_commission": rewards["commission"],
        "times": rewards["value"] / rewards["commission"],
        "target_money": facts["target"] * THOUSAND,
        "seller_count": len(facts["sellers"]),
        "capacity": plan.figure("capacity"),
        "capacity_share": plan.figure("capacity_share"),
        "gap": plan.figure("gap"),
        "funnel": [
            [
                row["step"],
                write.percent(row["conversion"]),
                write.count(row["needed"]),
                write.decimal(row["per_person_week"]),
            ]
            for row in steps
        ],
    }


def _reward(facts: Facts, basis: str, given: Given) -> Any:
    """Return the mentor's reward for one first deal, read on the order or on the new hire's commission."""
    deal = {
        "newcomer": "01",
        "started": "2025-03-17",
        "signed": "2025-06-10",
        "paid": "2025-06-20",
        "mentor": "02",
        "first_order": facts["order"] * THOUSAND,
    }
    asked = given.ask("solo_signing", {"reward_basis": basis, "as_of": "2025-08-15"}, {"newcomers": [deal]})
    return asked.figure("total_money")


def _plan(facts: Facts, given: Given) -> Answer:
    """Return the fourth quarter's plan: quotas, what the team can carry, and what its funnel has to bring."""
    values = {
        "target": facts["target"] * THOUSAND,
        "first": MONTHS[0],
        "last": MONTHS[1],
        "as_of": "2025-08-25",
        "full": facts["full"] * THOUSAND,
        "deal_size": facts["deal_size"] * THOUSAND,
    }
    people = [{"person": f"{n:02}", "start": start} for n, start in enumerate(facts["sellers"], 1)]
    return given.ask("goal_breakdown", values, {"people": people, "steps": facts["steps"]})


def month_3(given: Given) -> dict[str, Any]:
    """Return what three months changed, what they cannot have changed yet, and how sure that is."""
    facts = given.facts
    earlier = given.of(FIRST).facts
    check, before = _check(facts, given), _check(earlier, given)
    ramp = _ramp(facts, given)
    renewed, due = facts["renewed"], facts["due"]
    renewed_before, due_before = earlier["renewed"][-1], earlier["due"][-1]
    low, high = wilson_interval(int(renewed), int(due))
    watch = _weeks(facts["weeks"], given)
    return {
        "compared": _compared(before, check, given),
        "verdict": [given.write.text(check.figure("verdict"))],
        "founder_before": _founder_share(earlier),
        "founder_after": _founder_share(facts),
        "renewal": Fraction(renewed, due),
        "renewal_before": Fraction(renewed_before, due_before),
        "renewal_low": low,
        "renewal_high": high,
        "renewal_by_chance": difference_by_chance(int(renewed), int(due), int(renewed_before), int(due_before)),
        "churned": check.figure("churned"),
        "warned": sum(1 for one in facts["gone"] if one["alert"]),
        "new_hires": len(facts["hires"]),
        "passed": sum(1 for one in facts["hires"] if _in_time(one, check.value("pass_days"))),
        "ramp_pending": ramp.figure("pending"),
        "signed_early": sum(1 for one in facts["hires"] if one["signed"]),
        "goal": method("solo_signing_rate"),
        "kept_share": Fraction(facts["kept"], facts["promised"]),
        "mean": watch.figure("mean"),
        "reference": watch.figure("cusum_reference"),
        "limit": watch.figure("cusum_limit"),
        "alarms": watch.figure("alerts"),
    }


def _in_time(one: Facts, days: int) -> bool:
    """Say whether a new hire passed the basic process within so many days."""
    if not one["passed"]:
        return False
    return (date.fromisoformat(one["passed"]) - date.fromisoformat(one["started"])).days <= days


def _weeks(closed: Sequence[Fraction], given: Given) -> Answer:
    """Return the quarter's weeks as the alert has them."""
    start = date(2025, 6, 30)
    weeks = [
        {"week_of": date.fromordinal(start.toordinal() + 7 * place).isoformat(), "closed": number}
        for place, number in enumerate(closed)
    ]
    return given.ask("efficiency_alert", {}, {"weeks": weeks})


def _compared(before: Answer, after: Answer, given: Given) -> list[Row]:
    """Return the self-check's shares then and now, a row each, in the order of its questions."""
    words = given.write.text
    return [
        [words(row["question"]), *(_share(one.figure(name), given) for one in (before, after)), words(row["answer"])]
        for name, row in zip(SHARES, after.rows("answers"), strict=True)
    ]


def _share(value: Any, given: Given) -> str:
    return "–" if value is None else given.write.percent(value)
