"""What is said of new hires who sign alone, of rewards, grades and drills, word for word, and the figures."""

from datetime import date
from fractions import Fraction

import pytest

from tests.calculators.notices import MISTAKE, Case, Said, Table

HEAD = (
    "New hire\tStart date\tFirst deal closed alone\tMentor\tFirst deal value (CNY)\tFirst deal commission (CNY)\tLeft\n"
)


def newcomers(*rows: tuple[str, ...]) -> str:
    """Return a pasted list of new hires; rows may leave out their ends."""
    return HEAD + "".join("\t".join([*row, *[""] * (7 - len(row))]) + "\n" for row in rows)


HEAD_PAID = HEAD.replace("Mentor", "Money all in\tMentor")
PAYMENT = "solo_signing.payment."
SIGNED = date(2026, 9, 20)

RULE = Said(
    "measure",
    "rule",
    {"months": 3, "date": date(2026, 11, 25)},
    zh="算法：入职日起满 3 个月（到同一日为止，含当天）且在 2026年11月25日 前已满的新人才进分母；期限内独立签下第一单的进分子。未满期的单列，无论签没签。",
    en="Counted: new hires who have had 3 months by 25 November 2026, up to the same day of the month and including it. Those who closed their first deal alone within that time are the share; those not yet due are kept apart, whether they have closed or not.",
)

REWARD_MONEY = Said(
    "rewards",
    "reward_money",
    {
        "share": Fraction(1, 5),
        "basis": "solo_signing.field.reward_basis.options.commission.label",
        "form": "solo_signing.field.reward_form.options.money.label",
        "point": 10000,
    },
    level="assumed",
    zh="带教奖励＝首单提成的 20%，发钱，四舍五入到分。按什么算、发什么，原文没有说，可在表单里改。",
    en="Mentor's reward: 20% of the first deal's commission, in money, to the nearest 0.01 CNY. Of what and in what the source leaves open; change it in the form.",
)

REWARD_WHEN = Said(
    "rewards",
    "reward_when",
    {"days": 30},
    level="assumed",
    zh="首单的款全部到账、再过 30 天退款期满才发。新人在到账以后离职不影响，到账以前离职就没有这笔奖励。天数可在表单里改。",
    en="Paid once the deal's money is all in and 30 days for a refund are over; the new hire's leaving after that payment changes nothing, leaving before it ends the claim. Change the days in the form.",
)

PAID_ASSUMED = Said("rewards", "paid_assumed", level="assumed")


def deciding(
    count: int, most: int | None, fewest: int | None, *, goal: Fraction = Fraction(3, 5), zh: str = "", en: str = ""
) -> Said:
    """Return how the goal is judged with so many due."""
    no, yes = {Fraction(3, 5): (4, 6), Fraction(1): (1, None)}[goal]
    told = {"no": no, "yes": yes, "count": count, "most": most, "fewest": fewest}
    return Said("measure", "deciding", {"goal": goal, "error": Fraction(1, 20), **told}, level="assumed", zh=zh, en=en)


WAITING = Said(
    "waiting",
    "waiting_counted",
    {"days": 92, "months": 3},
    zh="还没签成的人也算在内：到统计日为止都算在等（卡普兰–迈耶曲线）。没签成就离职的，和算签单率时一样，当作一直签不成。3 个月最多是 92 天。",
    en="Those not there yet count: each of them is among those waiting up to the as-of date (Kaplan and Meier's curve). Whoever left without a deal counts as waiting to no end, as in the rate. 3 months are 92 days at most.",
)

WAITING_APART = Said(
    "waiting",
    "waiting_apart",
    {"days": 92, "months": 3},
    zh="还没签成的人也算在内：到统计日为止都算在等（卡普兰–迈耶曲线）。没签成就离职的，和算签单率时一样，只算到离职那天。3 个月最多是 92 天。",
    en="Those not there yet count: each of them is among those waiting up to the as-of date (Kaplan and Meier's curve). Whoever left without a deal is among them up to the last day, as in the rate. 3 months are 92 days at most.",
)

FEW_EACH = Said(
    "waiting",
    "few_each",
    {"goal": Fraction(3, 5), "least": 4},
    level="caution",
    zh="分到每位师傅，人数都很少：不足 4 人的和 60% 比不出高低；区间有重叠，就看不出差别；师傅一多，总有一位碰巧显得突出。去问快的人怎么做，不要据此排名。",
    en="By mentor there are few new hires each: fewer than 4 cannot be told from 60%; where intervals overlap, nothing is shown to differ, and of several mentors one stands out by chance. Ask what the quicker ones do, and rank nobody by it.",
)

NOBODY_CLOSED = Said("waiting", "nobody_closed")

NO_CAP = Said("rewards", "no_cap", {"cap": None}, level="assumed")

NOBODY_DUE = Said(
    "measure",
    "nobody_due",
    {"months": 3},
    level="caution",
    zh="还没有新人满 3 个月，暂时没有签单率。",
    en="No new hire has had 3 months yet, so there is no rate.",
)

CASES = (
    Case(
        "one of two due, one of three who left, an early order, one to come, one twice, one unclear",
        says=(
            Said(
                "measure",
                "open",
                {
                    "goal": Fraction(3, 5),
                    "count": 4,
                    "signed": 2,
                    "rate": Fraction(1, 2),
                    "chance": Fraction(5248, 10000),
                    "needed": 4,
                    "side": "solo_signing.side.below",
                },
                level="caution",
                zh="满期 4 人，按期独立签单 2 人，签单率 50%。真实水平为 60% 时，碰巧出现这么少或更少的概率有 52.5%，还说不上达没达标。",
                en="2 of 4 due closed an independent first deal in time: 50%. At a true 60%, that few or fewer come about by chance in 52.5% of such groups, too often to say whether the goal is met.",
            ),
            deciding(
                4,
                0,
                None,
                zh="怎么判断：用精确的二项检验，纯属碰巧却下了结论的概率，两边都不超过 5%。对照 60%，至少要有 4 人满期才可能说“没达标”，至少 6 人才可能说“达标”。现在满期 4 人：签成不多于 0 人是没达标，不少于 – 人是达标（“–”表示人数不够，说不出）。",
                en="How it is decided: by an exact binomial test, so that chance alone brings about a verdict at most 5% of the time on either side. Against 60%, “below” takes at least 4 due and “met” at least 6. With 4 due: 0 closed or fewer is below, – or more is met (– means that so few cannot say it).",
            ),
            Said(
                "measure",
                "leavers_counted",
                {"count": 1, "due": 1, "rate": Fraction(2, 3)},
                level="assumed",
                zh="有 1 人没满期、没签单就离职，和同一天入职的人一样，到满期日才计入，算没签成；现在已计入 1 人，若把他们单列，签单率是 66.7%。原文没有说怎么算，可在表单里改。",
                en="One new hire left before being due and without a deal, and counts as not closed from the day those who started along with them are due. Counted by now: 1; kept apart, the rate would be 66.7%. The source does not say which; change it in the form.",
            ),
            RULE,
            Said(
                "measure",
                "repeated",
                {"names": ["Gil"], "count": 1},
                zh="有 1 个新人不止一行：Gil。只认日期最早的一单（同一天取金额大的），它才是首单。",
                en="One new hire has more than one row: Gil. The earliest deal counts (of those on one day the largest), since that is the first.",
            ),
            Said(
                "measure",
                "two_starts",
                {"names": ["Gil"], "count": 1},
                level="caution",
                zh="有 1 个新人的几行入职日期不一致，取最早的：Gil。若是同名的两个人，请改名区分。",
                en="The rows of one new hire disagree on the start date; the earliest stands: Gil. If these are two people, give them different names.",
            ),
            Said(
                "measure",
                "after_as_of",
                {"names": ["Eve"], "count": 1},
                level="caution",
                zh="有 1 人的签单日期在统计日之后，按还没签计算：Eve。",
                en="One close is dated after the as-of date and counts as not closed yet: Eve.",
            ),
            Said(
                "measure",
                "unclear",
                {"names": ["Fay"], "count": 1},
                level="caution",
                zh="有 1 人没有入职日期，或者日期前后矛盾（签单、离职早于入职，或离职后才签单），没有计入：Fay。",
                en="One new hire has no start date, or dates that contradict each other (closed or left before starting, or closed after leaving), and is not counted: Fay.",
            ),
            WAITING,
            FEW_EACH,
            REWARD_MONEY,
            REWARD_WHEN,
            NO_CAP,
            PAID_ASSUMED,
            Said(
                "rewards",
                "commission_assumed",
                {"count": 2, "rate": Fraction(1, 10)},
                level="assumed",
                zh="有 2 单没有写提成，按首单金额的 10% 估算。",
                en="2 deals have no commission; taken as 10% of their value.",
            ),
        ),
        values={"as_of": "2026-11-25"},
        tables={
            "newcomers": newcomers(
                ("Ada", "2026-06-01", "2026-07-01", "Mo", "100000", "10000"),
                ("Ben", "2026-06-01"),
                ("Cy", "2026-08-01", "", "", "", "", "2026-08-20"),
                ("Di", "2026-11-01", "2026-11-20", "Mo", "500"),
                ("Eve", "2026-11-01", "2026-12-20"),
                ("Fay", "待定"),
                ("Gil", "2026-06-01", "2026-09-01"),
                ("Gil", "2026-06-02", "2026-08-15", "Ned", "2000"),
            )
        },
        figures={
            "rate": (Fraction(1, 2), {"signed": 2, "due": 4, "goal": Fraction(3, 5)}),
            "rate_low": Fraction(976, 10000),
            "rate_high": Fraction(9024, 10000),
            "due": (4, {"late": 0, "not_signed": 2}),
            "pending": (2, {"early": 1}),
            "wanted": (2, {"pending": 2}),
            "total_money": (204000, {"date": date(2026, 11, 25)}),
            "waiting_money": 1000,
            "median_days": (75, {"low": 19, "high": None, "count": 6}),
            "closed_by_due": (Fraction(7, 12), {"days": 92, "months": 3}),
            "mentors": 2,
        },
    ),
    Case(
        "leavers apart; points with a cap, a deal without a value, one without a mentor",
        says=(
            Said(
                "measure",
                "open",
                {
                    "goal": Fraction(1),
                    "count": 3,
                    "signed": 3,
                    "rate": Fraction(1),
                    "chance": Fraction(1),
                    "needed": None,
                    "side": "solo_signing.side.above",
                },
                level="caution",
            ),
            deciding(3, 2, None, goal=Fraction(1)),
            Said(
                "measure",
                "leavers_apart",
                {"count": 1, "due": 1, "rate": Fraction(3, 4)},
                level="assumed",
                zh="有 1 人没满期、没签单就离职，没有进分母；其中 1 人的满期日已过，若算作没签成，签单率是 75%。原文没有说怎么算，可在表单里改。",
                en="One new hire left before being due and without a deal, and is kept apart; with those counted as not closed whose day has come (1), the rate would be 75%. The source does not say which; change it in the form.",
            ),
            RULE,
            WAITING_APART,
            Said(
                "rewards",
                "reward_points",
                {
                    "share": Fraction(1, 5),
                    "basis": "solo_signing.field.reward_basis.options.value.label",
                    "form": "solo_signing.field.reward_form.options.points.label",
                    "point": 10000,
                },
                level="assumed",
                zh="带教奖励＝首单合同金额的 20%，每 ¥100 折 1 分，四舍五入到整分。按什么算、发什么，原文没有说，可在表单里改。",
                en="Mentor's reward: 20% of the first deal's contract value, a point for every ¥100, to the nearest point. Of what and in what the source leaves open; change it in the form.",
            ),
            REWARD_WHEN,
            Said(
                "rewards",
                "cap",
                {"cap": 50000},
                level="assumed",
                zh="每个徒弟的奖励最多 ¥500（折成积分之前）。",
                en="At most ¥500 for each new hire, before it is turned into points.",
            ),
            PAID_ASSUMED,
            Said(
                "rewards",
                "capped",
                {"names": ["Ada"], "count": 1, "cap": 50000},
                zh="有 1 个徒弟的奖励到了上限 ¥500：Ada。",
                en="The reward for one new hire reaches the cap of ¥500: Ada.",
            ),
            Said(
                "rewards",
                "baseless",
                {"names": ["Ben"], "count": 1, "cap": 50000},
                level="caution",
                zh="有 1 个已签单的徒弟没有可用的首单金额、提成或提成比例，奖励没有算：Ben。",
                en="One new hire has closed but has no usable deal value, commission or rate of it, so there is no reward: Ben.",
            ),
            Said(
                "rewards",
                "mentorless",
                {"names": ["Di"], "count": 1, "cap": 50000},
                level="caution",
                zh="有 1 个已签单的新人没有写师傅，奖励没有算：Di。",
                en="One new hire has closed and has no mentor in the list, so there is no reward: Di.",
            ),
        ),
        values={
            "as_of": "2026-11-25",
            "leavers": "apart",
            "reward_form": "points",
            "reward_basis": "value",
            "cap": "500",
            "goal": "100",
        },
        tables={
            "newcomers": newcomers(
                ("Ada", "2026-06-01", "2026-07-01", "Mo", "100000", "10000"),
                ("Ben", "2026-06-01", "2026-07-01", "Mo"),
                ("Cy", "2026-08-01", "", "", "", "", "2026-08-20"),
                ("Di", "2026-06-01", "2026-08-01", "", "10"),
            )
        },
        figures={
            "rate": (Fraction(1), {"signed": 3, "due": 3, "goal": Fraction(1)}),
            "rate_low": Fraction(3684, 10000),
            "rate_high": Fraction(1),
            "due": (3, {"late": 0, "not_signed": 0}),
            "pending": (0, {"early": 0}),
            "wanted": (0, {"pending": 0}),
            "total_points": (5, {"date": date(2026, 11, 25)}),
            "waiting_points": 0,
            "mentors": 1,
        },
    ),
    Case(
        "nobody due yet",
        says=(NOBODY_DUE, deciding(0, None, None), RULE, NOBODY_CLOSED, REWARD_MONEY, REWARD_WHEN, NO_CAP),
        values={"as_of": "2026-11-25"},
        tables={"newcomers": newcomers(("Ada", "2026-11-01"), ("Ben", "2026-11-02"))},
        figures={
            "rate": (None, {"signed": 0, "due": 0, "goal": Fraction(3, 5)}),
            "rate_low": None,
            "rate_high": None,
            "due": (0, {"late": 0, "not_signed": 0}),
            "pending": (2, {"early": 0}),
            "wanted": (2, {"pending": 2}),
            "total_money": (0, {"date": date(2026, 11, 25)}),
            "mentors": 0,
        },
    ),
    Case(
        "twenty of twenty",
        says=(
            Said(
                "measure",
                "above",
                {
                    "goal": Fraction(3, 5),
                    "count": 20,
                    "signed": 20,
                    "rate": Fraction(1),
                    "chance": Fraction(3656, 10**8),
                    "needed": 6,
                    "side": "solo_signing.side.above",
                },
                zh="满期 20 人，按期独立签单 20 人，签单率 100%。就算真实水平只是刚好 60%，碰巧出现这么多或更多的概率是 <0.1%：达标了，不像是运气。",
                en="20 of 20 due closed an independent first deal in time: 100%. If the true share were only just 60%, that many or more would come about by chance in <0.1% of such groups: the goal is met, and hardly by luck.",
            ),
            deciding(20, 7, 17),
            RULE,
            WAITING,
            FEW_EACH,
            REWARD_MONEY,
            REWARD_WHEN,
            NO_CAP,
            PAID_ASSUMED,
        ),
        values={"as_of": "2026-11-25"},
        tables={
            "newcomers": newcomers(
                *((f"a{at}", "2026-06-01", "2026-07-01", f"Mo{at // 2}", "1000", "100") for at in range(20))
            )
        },
        figures={
            "rate": (Fraction(1), {"signed": 20, "due": 20, "goal": Fraction(3, 5)}),
            "rate_low": Fraction(8608, 10000),
            "rate_high": Fraction(1),
            "due": (20, {"late": 0, "not_signed": 0}),
            "pending": (0, {"early": 0}),
            "wanted": (0, {"pending": 0}),
            "total_money": (40000, {"date": date(2026, 11, 25)}),
            "mentors": 10,
        },
    ),
    Case(
        "none of twenty",
        says=(
            Said(
                "measure",
                "below",
                {
                    "goal": Fraction(3, 5),
                    "count": 20,
                    "signed": 0,
                    "rate": Fraction(0),
                    "chance": Fraction(1, 10**8),
                    "needed": 4,
                    "side": "solo_signing.side.below",
                },
                level="caution",
                zh="满期 20 人，按期独立签单 0 人，签单率 0%。要是真实水平有 60%，碰巧出现这么少或更少的概率是 <0.1%：没有达标，不像是运气差。",
                en="0 of 20 due closed an independent first deal in time: 0%. If the true share were 60%, that few or fewer would come about by chance in <0.1% of such groups: below the goal, and hardly by bad luck.",
            ),
            deciding(20, 7, 17),
            Said(
                "measure",
                "missed",
                {"goal": Fraction(3, 5), "count": 0, "wanted": 12, "signed": 0},
                level="caution",
                zh="已经没有还来得及按期签单的人：签成 0 人，比 60% 要求的少 12 人。",
                en="Nobody is left who could still close in time: 0 made it, 12 fewer than 60% takes.",
            ),
            RULE,
            NOBODY_CLOSED,
            REWARD_MONEY,
            REWARD_WHEN,
            NO_CAP,
        ),
        values={"as_of": "2026-11-25"},
        tables={"newcomers": newcomers(*((f"a{at}", "2026-06-01") for at in range(20)))},
        figures={
            "rate": (Fraction(0), {"signed": 0, "due": 20, "goal": Fraction(3, 5)}),
            "rate_low": Fraction(0),
            "rate_high": Fraction(1392, 10000),
            "due": (20, {"late": 0, "not_signed": 20}),
            "pending": (0, {"early": 0}),
            "wanted": (None, {"pending": 0}),
            "total_money": (0, {"date": date(2026, 11, 25)}),
            "mentors": 0,
        },
    ),
    Case(
        "none of three due, one to come: and every state of a payment",
        says=(
            Said(
                "measure",
                "not_enough",
                {
                    "goal": Fraction(3, 5),
                    "count": 3,
                    "signed": 0,
                    "rate": Fraction(0),
                    "chance": Fraction(64, 1000),
                    "needed": 4,
                    "side": "solo_signing.side.below",
                },
                level="caution",
                zh="人数还不够（3 人，至少要 4 人）：满期 3 人，按期独立签单 0 人，签单率 0%。真实水平为 60% 时，碰巧出现这么少或更少的概率有 6.4%。",
                en="Not enough people yet (3 of at least 4): 0 of 3 due closed an independent first deal in time, 0%. At a true 60%, that few or fewer come about by chance in 6.4% of such groups.",
            ),
            deciding(3, None, None),
            Said(
                "measure",
                "out_of_reach",
                {"goal": Fraction(3, 5), "count": 1, "wanted": 3, "signed": 0},
                level="caution",
                zh="未满期的 1 人全部按期签单，也到不了 60%（还需要 3 人）。",
                en="Even if all 1 who are not yet due close in time, 60% is out of reach (it would take 3).",
            ),
            RULE,
            WAITING,
            FEW_EACH,
            REWARD_MONEY,
            REWARD_WHEN,
            NO_CAP,
            Said(
                "rewards",
                "crowded",
                {"names": ["Mo"], "count": 1, "most": 2},
                level="caution",
                zh="有 1 位师傅同一时间带了超过 2 个新人：Mo。请分给别人带；上限在表单里。",
                en="One mentor had more than 2 new hires at one time: Mo. Share them out; the limit is in the form.",
            ),
        ),
        values={"as_of": "2026-11-25"},
        tables={
            "newcomers": HEAD_PAID
            + "Ada\t2026-06-01\t2026-09-20\t2026-10-26\tMo\t100\t100\t2026-11-20\n"
            + "Ben\t2026-06-01\t2026-09-20\t2026-10-27\tMo\t200\t200\t\n"
            + "Cy\t2026-06-01\t2026-09-20\t2026-11-25\tMo\t400\t400\t2026-11-24\n"
            + "Di\t2026-11-01\t2026-11-20\t\tNed\t800\t800\t\n"
        },
        figures={"total_money": (2000, {"date": date(2026, 11, 25)}), "waiting_money": 20000, "mentors": 2},
        lists={
            "mentors": [("Mo", 3, 2000, 4000), ("Ned", 1, 0, 16000)],
            "rewards": [
                (
                    "Mo",
                    "Ada",
                    PAYMENT + "payable",
                    date(2026, 11, 25),
                    2000,
                    0,
                    SIGNED,
                    date(2026, 10, 26),
                    10000,
                    10000,
                ),
                (
                    "Mo",
                    "Ben",
                    PAYMENT + "refund",
                    date(2026, 11, 26),
                    0,
                    4000,
                    SIGNED,
                    date(2026, 10, 27),
                    20000,
                    20000,
                ),
                ("Mo", "Cy", PAYMENT + "gone", None, 0, 0, SIGNED, date(2026, 11, 25), 40000, 40000),
                ("Ned", "Di", PAYMENT + "unpaid", None, 0, 16000, date(2026, 11, 20), None, 80000, 80000),
            ],
        },
    ),
    Case(
        "customers graded, one twice, one without a score",
        says=(
            NOBODY_DUE,
            deciding(0, None, None),
            RULE,
            NOBODY_CLOSED,
            REWARD_MONEY,
            REWARD_WHEN,
            NO_CAP,
            Said("grading", "grading_ours", level="assumed"),
            Said("grading", "no_evidence", level="caution"),
            Said(
                "grading",
                "between_bands",
                {"names": ["x"], "count": 1},
                level="caution",
                zh="有 1 个客户的打分落在两档之间，按低的一档算：x。请打 1、3 或 5 分，或在表单里改成任意分数。",
                en="One customer has a score between two levels, which counts as the lower one: x. Score 1, 3 or 5, or let any score count in the form.",
            ),
            Said(
                "grading",
                "graded_repeatedly",
                {"names": ["y"], "count": 1},
                level="caution",
                zh="有 1 家客户出现不止一行，每行都评了级：y。",
                en="A customer is on more than one row, and each is graded: y.",
            ),
            Said(
                "grading",
                "unscored",
                {"names": ["z"], "count": 1},
                level="caution",
                zh="有 1 个客户的打分不全，没有分级：z。",
                en="One customer is not fully scored and has no grade: z.",
            ),
        ),
        values={"as_of": "2026-11-25"},
        tables={
            "newcomers": newcomers(("Ada", "2026-11-01")),
            "customers": "Customer\tBudget\tDecision chain\tIndustry\nx\t4\t4\t5\ny\t3\t3\t3\ny\t3\t3\t3\nz\t\t1\t1\nw\t1\t1\t1\n",
        },
        figures={
            "rate": (None, {"signed": 0, "due": 0, "goal": Fraction(3, 5)}),
            "rate_low": None,
            "rate_high": None,
            "due": (0, {"late": 0, "not_signed": 0}),
            "pending": (1, {"early": 0}),
            "wanted": (1, {"pending": 1}),
            "total_money": (0, {"date": date(2026, 11, 25)}),
            "mentors": 0,
            "grade_a": 0,
            "grade_b": 3,
            "grade_c": 1,
        },
    ),
    Case(
        "customers graded by evidence, on any scale: one bare, one bare and lowest",
        says=(
            NOBODY_DUE,
            deciding(0, None, None),
            RULE,
            NOBODY_CLOSED,
            REWARD_MONEY,
            REWARD_WHEN,
            NO_CAP,
            Said("grading", "grading_ours", level="assumed"),
            Said(
                "grading",
                "unproved",
                {"names": ["y"], "count": 1},
                level="caution",
                zh="有 1 个客户有分数没有证据，没有证据的那一项按最低一档算：y。",
                en="One customer has a score without evidence, which counts as the lowest level: y.",
            ),
        ),
        values={"as_of": "2026-11-25", "scale": "free"},
        tables={
            "newcomers": newcomers(("Ada", "2026-11-01")),
            "customers": "Customer\tBudget\tBudget evidence\tDecision chain\tChain evidence\tIndustry\tIndustry evidence\n"
            "x\t4.5\ta line\t4\tmet\t5\ta case\ny\t5\t\t5\tmet\t5\ta case\nz\t1\t\t1\t\t1\t\n",
        },
        lists={
            "grading": [
                ("x", Fraction(9, 2), 4, 5, Fraction(89, 20), "A"),
                ("y", 1, 5, 5, Fraction(17, 5), "B"),
                ("z", 1, 1, 1, 1, "C"),
            ]
        },
    ),
    Case(
        "drills: one to come, one of a stranger, two scenarios of six",
        says=(
            NOBODY_DUE,
            deciding(0, None, None),
            RULE,
            NOBODY_CLOSED,
            REWARD_MONEY,
            REWARD_WHEN,
            NO_CAP,
            Said(
                "drills",
                "drills_later",
                {"count": 1},
                level="caution",
                zh="有 1 次演练的日期在统计日之后，没有计入。",
                en="One role-play is dated after the as-of date and is not counted yet.",
            ),
            Said(
                "drills",
                "drills_strangers",
                {"names": ["Zed"], "count": 1},
                level="caution",
                zh="演练记录里有、新人名单里没有：Zed。两边的写法一致吗？",
                en="Practised, and not in the list of new hires: Zed. Is the name written alike in both?",
            ),
            Said(
                "drills",
                "other_scenarios",
                {"count": 2, "wanted": 6, "names": ["price", "trust"]},
                level="caution",
                zh="演练记录里有 2 个场景（price、trust），而目标是 6 个。原文没有列出这六个场景的名称，请团队自己定，并统一写法。",
                en="The role-plays name 2 scenarios (price, trust); the goal is 6. The source does not say which six: agree on them in the team and write them alike.",
            ),
        ),
        values={"as_of": "2026-11-25"},
        tables={
            "newcomers": newcomers(("Ada", "2026-11-01")),
            "drills": "New hire\tScenario\tDrilled on\nAda\tprice\t2026-11-02\nAda\ttime\t2026-12-02\nZed\ttrust\t\n",
        },
        figures={
            "rate": (None, {"signed": 0, "due": 0, "goal": Fraction(3, 5)}),
            "rate_low": None,
            "rate_high": None,
            "due": (0, {"late": 0, "not_signed": 0}),
            "pending": (1, {"early": 0}),
            "wanted": (1, {"pending": 1}),
            "total_money": (0, {"date": date(2026, 11, 25)}),
            "mentors": 0,
            "all_covered": (0, {"people": 2}),
            "drills": 2,
        },
    ),
    Case(
        "all scenarios drilled by one of two",
        says=(NOBODY_DUE, deciding(0, None, None), RULE, NOBODY_CLOSED, REWARD_MONEY, REWARD_WHEN, NO_CAP),
        values={"as_of": "2026-11-25", "scenarios": "2"},
        tables={
            "newcomers": newcomers(("Ada", "2026-11-01"), ("Ben", "2026-11-01")),
            "drills": "New hire\tScenario\tDrilled on\nAda\tprice\t2026-11-02\nAda\ttime\t2026-11-03\n",
        },
        figures={
            "rate": (None, {"signed": 0, "due": 0, "goal": Fraction(3, 5)}),
            "rate_low": None,
            "rate_high": None,
            "due": (0, {"late": 0, "not_signed": 0}),
            "pending": (2, {"early": 0}),
            "wanted": (2, {"pending": 2}),
            "total_money": (0, {"date": date(2026, 11, 25)}),
            "mentors": 0,
            "all_covered": (1, {"people": 2}),
            "drills": 2,
        },
    ),
    Case(
        "a score of six, and an A below a B",
        says=(
            Said(
                "customers",
                "not_a_score",
                {"row": 2, "customer": "x", "highest": 5},
                level=MISTAKE,
                zh="第 2 行“x”的打分要在 0 到 5 之间。",
                en="Row 2, “x”: scores go from 0 to 5.",
            ),
            Said(
                "grade_a",
                "grades_overlap",
                {"b": Fraction(3)},
                level=MISTAKE,
                zh="A 级的分数线要高于 B 级的（3）。",
                en="Grade A must begin above grade B (3).",
            ),
        ),
        values={"as_of": "2026-11-25", "grade_a": "2", "grade_b": "3"},
        tables={
            "newcomers": newcomers(("Ada", "2026-11-01")),
            "customers": "Customer\tBudget\tDecision chain\tIndustry\nx\t6\t4\t5\n",
        },
    ),
)

TABLE = Table("solo_signing", CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exactly_this_is_said_of_these_inputs(case: Case) -> None:
    """Notices by section and in order, with their values and sentences; figures exactly."""
    TABLE.check(case)


def test_every_notice_and_figure_there_are_words_for_is_in_the_table() -> None:
    """What the words can say, some inputs here make the calculator say."""
    TABLE.complete()
