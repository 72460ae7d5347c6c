"""Worked examples of stage two's pages."""

from fractions import Fraction
from typing import Any

from calculators.abc_tiers.settings import AbcModel
from macros.examples import Given, Row, method

COHORT = "stage-2/quarter-goal"
"""The page with the facts of the cohort of new hires that other pages speak of too."""
STARTED, SIGNED, LEFT, OVER = "2026-08-03", "2026-10-12", "2026-09-07", "2026-11-25"
"""When the cohort started, closed or left, and a day after its three months: any days in this order will do."""


def quarter_goal(given: Given) -> dict[str, Any]:
    """Return how many of a cohort closed alone, by the calculator, with and without those who left."""
    facts = given.facts
    still_trying = facts["hired"] - facts["signed"] - facts["left"]
    days = [(SIGNED, "")] * int(facts["signed"]) + [("", LEFT)] * int(facts["left"]) + [("", "")] * int(still_trying)
    newcomers = [
        {"newcomer": f"{place:03}", "started": STARTED, "signed": signed, "left": left}
        for place, (signed, left) in enumerate(days)
    ]

    def rate(leavers: str) -> Any:
        asked = {"as_of": OVER, "leavers": leavers}
        return given.ask("solo_signing", asked, {"newcomers": newcomers}).figure("rate")

    goal = facts["hired"] * method("solo_signing_rate")
    return {
        "solo_rate": rate("counted"),
        "stayed": facts["hired"] - facts["left"],
        "rate_without_leavers": rate("apart"),
        "goal": goal,
        "missing": goal - facts["signed"],
        "one_hire": 1 / facts["hired"],
        "graded_share": facts["graded"] / facts["leads"],
        "sessions_rate": facts["sessions_held"] / facts["sessions_planned"],
        "attrition": facts["left"] / facts["hired"],
    }


def grading_standard(given: Given) -> dict[str, Any]:
    """Return customers as the calculator grades them, in the order of the facts, and the win rates by grade."""
    facts = given.facts
    criteria = ("budget", "chain", "industry")
    asked = [
        {"customer": one["name"], **{f"score_{name}": one[name] for name in criteria}} for one in facts["customers"]
    ]
    graded = {row["customer"]: row for row in given.ask("solo_signing", tables={"customers": asked}).rows("grading")}
    write = given.write
    rows = [
        [
            one["name"],
            *(write.count(one[name]) for name in criteria),
            write.decimal(graded[one["name"]]["score"], 2),
            graded[one["name"]]["tier"],
            one["who"],
        ]
        for one in facts["customers"]
    ]
    low, middle, high = (level["points"] for level in given.template("customer_grading", "budget_levels"))
    first = facts["customers"][0]
    return {
        "points": {"low": low, "middle": middle, "high": high},
        "grades": rows,
        "first": {name: first[name] for name in criteria},
        "first_score": graded[first["name"]]["score"],
        "win_rate_a": facts["won_a"] / facts["rated_a"],
        "win_rate_b": facts["won_b"] / facts["rated_b"],
        "evidence_rate": facts["evidenced"] / facts["rated"],
    }


def mentoring(given: Given) -> dict[str, Any]:
    """Return a quarter's coaching points, and the reward of one first deal as the calculator has it on either base."""
    facts = given.facts
    actions = given.template("mentor_points", "actions")
    points = {action["id"]: action["points"] * facts["times"][action["id"]] for action in actions}
    write = given.write
    deal = {
        "newcomer": "1",
        "started": STARTED,
        "signed": SIGNED,
        "mentor": "1",
        "first_order": facts["order"],
    }

    def reward(basis: str) -> Any:
        asked = {"as_of": OVER, "commission_rate": facts["commission"] * 100, "reward_basis": basis}
        return given.ask("solo_signing", asked, {"newcomers": [deal]}).figure("total_money")

    rewards = {basis: reward(basis) for basis in ("value", "commission")}
    earned = facts["order"] * facts["commission"]
    cohort = given.of(COHORT)
    return {
        "coaching": [
            [
                action["action"],
                write.count(action["points"]),
                write.count(facts["times"][action["id"]]),
                write.count(points[action["id"]]),
            ]
            for action in actions
        ],
        "points": sum(points.values()),
        "earned": earned,
        "reward": rewards,
        "times_earned": {basis: paid / earned for basis, paid in rewards.items()},
        "commission_cost": {basis: (earned + paid) / facts["order"] for basis, paid in rewards.items()},
        "factor": rewards["value"] / rewards["commission"],
        "reward_a_day": rewards["commission"] / facts["mentor_days"],
        "solo_rate": quarter_goal(cohort)["solo_rate"],
        "retention": (cohort.facts["hired"] - cohort.facts["left"]) / cohort.facts["hired"],
        "sessions_rate": cohort.facts["sessions_held"] / cohort.facts["sessions_planned"],
    }


def objection_drills(given: Given) -> dict[str, Any]:
    """Return how often each objection was met and led to a next step, and what the drill sheet weighs."""
    facts = given.facts
    write = given.write
    met = sum(one["met"] for one in facts["scenes"])
    moved = sum(one["moved"] for one in facts["scenes"])
    cohort = given.of(COHORT)
    return {
        "pass_mark": next(row["value"] for row in given.template("drill_plan", "total") if row["id"] == "pass"),
        "rubric": rubric("drill_plan", given),
        "objections": [
            [one["name"], write.count(one["met"]), write.count(one["moved"]), write.percent(one["moved"] / one["met"])]
            for one in facts["scenes"]
        ],
        "met": met,
        "moved": moved,
        "conversion": moved / met,
        "pass_rate": cohort.facts["drilled"] / cohort.facts["hired"],
        "attendance": facts["drills_held"] / facts["drills_due"],
    }


def rubric(template: str, given: Given) -> list[Row]:
    """Return what a template rates by: criterion, weight, and what the best looks like."""
    criteria = given.template(template, "rubric")
    return [[one["criterion"], given.write.percent(one["weight"]), one["five"]] for one in criteria]


def records_and_reviews(given: Given) -> dict[str, Any]:
    """Return what listening to a sample of calls takes, and what a month's lost deals were lost for."""
    facts = given.facts
    calls = facts["reps"] * facts["calls"]
    recorded = calls * facts["consent"]
    sample = recorded * method("recordings_sampled")
    hours = sample * facts["minutes"] * facts["effort"] / 60
    top = facts["lost_value"] + facts["lost_decider"] + facts["lost_slow"]
    return {
        "rubric": rubric("call_review", given),
        "calls_a_week": calls,
        "recorded": recorded,
        "sample": sample,
        "hours": hours,
        "days": hours / 8,
        "hours_each": hours / (facts["mentors"] + 1),
        "lost_to_top": top,
        "top_share": top / facts["lost"],
        "review_rate": facts["reviewed"] / sample,
        "next_step_rate": facts["next_steps"] / facts["reviewed"],
        "closure_rate": facts["closed"] / facts["actions"],
    }


def abc_policy(given: Given) -> dict[str, Any]:
    """Return ten customers tiered by both rules and the days that the service of a whole book takes, by the calculator.

    Customers are called by their place in the list: their ranks may be shared.
    """
    facts = given.facts
    write = given.write
    book = [{"customer": f"{place:03}", "revenue": revenue} for place, revenue in enumerate(facts["revenues"], 1)]
    by_count, by_revenue = (
        given.ask("abc_tiers", {"driver": driver}, {"customers": book}).rows("ranking")
        for driver in ("count", "revenue")
    )
    tier_by_revenue = {row["customer"]: row["tier"] for row in by_revenue}
    ranking = []
    differing = []
    for row in by_count:
        other = tier_by_revenue[row["customer"]]
        if other != row["tier"]:
            differing.append(row["rank"])
            other = f"**{other}**"
        running = write.percent(row["cumulative"])
        ranking.append([write.count(row["rank"]), write.money(row["revenue"]), running, row["tier"], other])
    service = service_of(facts["customers"], given)
    abc = given.settings.section(AbcModel)
    visited = min(facts["visited"], service["A"]["customers"])
    surveys, visits = method("need_surveys_a_month"), method("executive_visits_a_quarter")
    return {
        "listed": len(book),
        "total": sum(facts["revenues"]),
        "ranking": ranking,
        "differ": len(differing),
        "differing": differing,
        "surveys_a_month": Fraction(abc.service["B"].times, 3),
        "a": service["A"],
        "b": service["B"],
        "seen": visited,
        "seen_days": visited * abc.service["A"].times * Fraction(abc.service["A"].days, 100),
        "kept_rate": facts["visits_held"] / facts["visits_promised"],
        "renewal_a": facts["renewed_a"] / facts["due_a"],
        "moved_share": facts["moved"] / facts["customers"],
        "contact_ratio": 3 * surveys / visits,
        "fall_in_points": facts["renewal"] - method("untiered_renewal_fall"),
        "fall_relative": facts["renewal"] * (1 - method("untiered_renewal_fall")),
    }


def service_of(customers: Fraction, given: Given) -> dict[str, dict[str, Any]]:
    """Return customers, contacts and days a quarter of each tier, as the calculator has them for a book by number.

    By number it makes no difference what they pay, so long as no two pay the same.
    """
    book = [{"customer": f"{place:05}", "revenue": place} for place in range(1, int(customers) + 1)]
    rows = given.ask("abc_tiers", {"driver": "count"}, {"customers": book}).rows("service")
    return {row["tier"]: row for row in rows}
