"""Worked examples of stage two's pages."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from calculators.abc_tiers.settings import AbcModel
from calculators.engine.arithmetic.chances import difference_by_chance
from macros.examples import Given, Row, chapter, method

COHORT = "stage-2/quarter-goal"
"""The page with the facts of the first cohort of new hires, that other pages speak of too."""
HIRED = date(2020, 4, 1), date(2020, 6, 30)
"""The quarter in which that cohort started; who they are is in the self-check's list."""
STARTED, SIGNED, LEFT, OVER = "2020-06-01", "2020-08-10", "2020-07-06", "2020-09-30"
"""When one of them started, closed or left, and a day after those three months: any days in this order will do."""
YEAR = 2021
"""The chapter of the company's life that the pages about a large book and a large team are set in."""


@dataclass(frozen=True)
class Cohort:
    """The first cohort of new hires: how many started, left, closed alone, and passed their test within the month."""

    hired: Fraction
    left: Fraction
    signed: Fraction
    drilled: Fraction
    sessions: Fraction

    @property
    def stayed(self) -> Fraction:
        """Return how many were still there after three months."""
        return self.hired - self.left

    @classmethod
    def first(cls, given: Given) -> "Cohort":
        """Return the first cohort, by its page's facts and the self-check's list of new hires."""
        facts = given.facts
        check = given.ask("self_check")
        hired = [row for row in check.rows("hires") if HIRED[0] <= row["started"] <= HIRED[1]]
        in_time = [row for row in hired if row["days"] is not None and row["days"] <= check.value("pass_days")]
        return cls(
            hired=Fraction(len(hired)),
            left=facts["left"],
            signed=facts["signed"],
            drilled=Fraction(len(in_time)),
            sessions=facts["sessions_held"] / facts["sessions_planned"],
        )


def quarter_goal(given: Given) -> dict[str, Any]:
    """Return how many of a cohort closed alone, by the calculator, with and without those who left; and of the next."""
    facts = given.facts
    cohort = Cohort.first(given)
    still_trying = cohort.stayed - cohort.signed
    days = [(SIGNED, "")] * int(cohort.signed) + [("", LEFT)] * int(cohort.left) + [("", "")] * int(still_trying)
    newcomers = [
        {"newcomer": f"{place:03}", "started": STARTED, "signed": signed, "left": left}
        for place, (signed, left) in enumerate(days)
    ]

    def rate(leavers: str) -> Any:
        asked = {"as_of": OVER, "leavers": leavers}
        return given.ask("solo_signing", asked, {"newcomers": newcomers}).figure("rate")

    goal = cohort.hired * method("solo_signing_rate")
    following = given.ask("solo_signing")
    return {
        "hired": cohort.hired,
        "drilled": cohort.drilled,
        "solo_close_rate": rate("counted"),
        "stayed": cohort.stayed,
        "rate_without_leavers": rate("apart"),
        "goal": goal,
        "missing": goal - cohort.signed,
        "one_hire": 1 / cohort.hired,
        "graded_share": facts["graded"] / facts["leads"],
        "sessions_rate": cohort.sessions,
        "new_hire_attrition": cohort.left / cohort.hired,
        "next_due": following.figure("due"),
        "next_signed": following.figure("rate") * following.figure("due"),
        "next_rate": following.figure("rate"),
    }


def grading_standard(given: Given) -> dict[str, Any]:
    """Return customers of the calculator's list as it grades them, in the order of the facts, and the win rates."""
    facts = given.facts
    criteria = ("budget", "chain", "industry")
    graded = {row["customer"]: row for row in given.ask("solo_signing").rows("grading")}
    write = given.write
    rows = [
        [
            one["name"],
            *(write.count(graded[one["name"]][f"score_{name}"]) for name in criteria),
            write.decimal(graded[one["name"]]["score"], 2),
            graded[one["name"]]["tier"],
            one["who"],
        ]
        for one in facts["customers"]
    ]
    low, middle, high = (level["points"] for level in given.template("customer_grading", "budget_levels"))
    first = graded[facts["customers"][0]["name"]]
    return {
        "points": {"low": low, "middle": middle, "high": high},
        "grades": rows,
        "first": {name: first[f"score_{name}"] for name in criteria},
        "first_score": first["score"],
        "by_chance": difference_by_chance(*(int(facts[name]) for name in ("won_a", "rated_a", "won_b", "rated_b"))),
        "signed_a": (facts["won_a"], facts["rated_a"]),
        "signed_b": (facts["won_b"], facts["rated_b"]),
        "graded_with_evidence": (facts["evidenced"], facts["rated"]),
    }


def mentoring(given: Given) -> dict[str, Any]:
    """Return a quarter's coaching points, and the reward of one first deal as the calculator has it on either base."""
    facts = given.facts
    actions = given.template("mentor_points", "actions")
    points = {action["id"]: action["points"] * facts["times"][action["id"]] for action in actions}
    write = given.write

    def deal(basis: str) -> dict[str, Any]:
        rewards = given.ask("solo_signing", {"reward_basis": basis}).rows("rewards")
        return next(row for row in rewards if row["newcomer"] == facts["hire"])

    deals = {basis: deal(basis) for basis in ("value", "commission")}
    rewards = {basis: one["reward_money"] for basis, one in deals.items()}
    order, earned, mentor = (deals["value"][name] for name in ("first_order", "commission", "mentor"))
    cohort = Cohort.first(given.of(COHORT))
    days = sum(Fraction(str(facts["hours"][action])) * times for action, times in facts["times"].items()) / 8
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
        "mentor": mentor,
        "order": order,
        "earned": earned,
        "commission": earned / order,
        "reward": rewards,
        "times_earned": {basis: paid / earned for basis, paid in rewards.items()},
        "commission_cost": {basis: (earned + paid) / order for basis, paid in rewards.items()},
        "factor": rewards["value"] / rewards["commission"],
        "mentor_days": days,
        "reward_a_day": round(rewards["commission"] / days),
        "mentees_solo": cohort.signed / cohort.hired,
        "mentees_stay": cohort.stayed / cohort.hired,
        "coaching_held": cohort.sessions,
    }


def objection_drills(given: Given) -> dict[str, Any]:
    """Return how often each objection was met and led to a next step, and what the drill sheet weighs."""
    facts = given.facts
    write = given.write
    met = sum(one["met"] for one in facts["scenes"])
    moved = sum(one["moved"] for one in facts["scenes"])
    cohort = Cohort.first(given.of(COHORT))
    return {
        "pass_mark": next(row["value"] for row in given.template("drill_plan", "total") if row["id"] == "pass"),
        "rubric": rubric("drill_plan", given),
        "objections": [
            [one["name"], write.count(one["met"]), write.count(one["moved"]), write.percent(one["moved"] / one["met"])]
            for one in facts["scenes"]
        ],
        "met": met,
        "moved": moved,
        "objections_moved_on": moved / met,
        "objections_passed": cohort.drilled / cohort.hired,
        "drill_attendance": facts["drills_held"] / facts["drills_due"],
    }


def rubric(template: str, given: Given) -> list[Row]:
    """Return what a template rates by: criterion, weight, and what the best looks like."""
    return [
        [row["criterion"], given.write.percent(row["weight"]), row["five"]]
        for row in given.template(template, "rubric")
    ]


def records_and_reviews(given: Given) -> dict[str, Any]:
    """Return what listening to a sample of calls takes, and what a month's lost deals were lost for."""
    facts = given.facts
    reps = chapter(YEAR)["reps"]
    mentors = given.ask("solo_signing").figure("mentors")
    calls = reps * facts["calls"]
    recorded = calls * facts["consent"]
    sample = recorded * method("recordings_sampled")
    hours = sample * facts["minutes"] * facts["effort"] / 60
    top = facts["lost_value"] + facts["lost_decider"] + facts["lost_slow"]
    return {
        "rubric": rubric("call_review", given),
        "reps": reps,
        "mentors": mentors,
        "calls_a_week": calls,
        "recorded": recorded,
        "sample": sample,
        "hours": hours,
        "days": hours / 8,
        "hours_each": hours / (mentors + 1),
        "lost_to_top": top,
        "top_share": top / facts["lost"],
        "reviews_done": facts["reviewed"] / sample,
        "ends_with_next_step": facts["next_steps"] / facts["reviewed"],
        "actions_closed": facts["closed"] / facts["actions"],
    }


def abc_policy(given: Given) -> dict[str, Any]:
    """Return the calculator's customers tiered by both rules, and the days that the service of a whole book takes.

    Of the ranking those rows are printed on which the rules differ, what lies between, and a neighbour at each end.
    """
    facts = given.facts
    write = given.write
    customers = chapter(YEAR)["customers"]
    by_count, by_revenue = (
        given.ask("abc_tiers", {"driver": driver}).rows("ranking") for driver in ("count", "revenue")
    )
    tier_by_revenue = {row["customer"]: row["tier"] for row in by_revenue}
    differing = [row["rank"] for row in by_count if row["tier"] != tier_by_revenue[row["customer"]]]
    ranks = differing or [row["rank"] for row in by_count]
    first, last = min(ranks) - 1, max(ranks) + 1
    ranking = []
    for row in by_count:
        other = tier_by_revenue[row["customer"]]
        if first <= row["rank"] <= last:
            ranking.append(
                [
                    write.count(row["rank"]),
                    row["customer"],
                    write.money(row["revenue"]),
                    write.percent(row["cumulative"]),
                    row["tier"],
                    other if other == row["tier"] else f"**{other}**",
                ]
            )
    service = service_of(customers, given)
    abc = given.settings.section(AbcModel)
    visited = min(facts["visited"], service["A"]["customers"])
    surveys, visits = method("need_surveys_a_month"), method("executive_visits_a_quarter")
    return {
        "listed": len(by_count),
        "total": sum(row["revenue"] for row in by_count),
        "customers": customers,
        "ranking": ranking,
        "differ": len(differing),
        "differing": differing,
        "surveys_a_month": Fraction(abc.service["B"].times, 3),
        "a": service["A"],
        "b": service["B"],
        "seen": visited,
        "seen_days": visited * abc.service["A"].times * Fraction(abc.service["A"].days, 100),
        "a_service_kept": facts["visits_held"] / facts["visits_promised"],
        "renewal_rate_a": facts["renewed_a"] / facts["due_a"],
        "tier_movement": facts["moved"] / customers,
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
