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
    zh="带教奖励＝首单提成的 20%，发钱，四舍五入到分。按什么算、发什么，来源没有说，可在表单里改。",
    en="Mentor's reward: 20% of the first deal's commission, in money, to the nearest 0.01 CNY. Of what and in what the source leaves open; change it in the form.",
)

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
                "unsure",
                {
                    "goal": Fraction(3, 5),
                    "low": pytest.approx(0.1500, abs=5e-5),
                    "high": pytest.approx(0.8500, abs=5e-5),
                    "count": 4,
                    "rate": Fraction(1, 2),
                },
                level="caution",
                zh="签单率 50%，95% 区间 15%–85% 跨过目标 60%：只有 4 人满期，还分不清是达标还是运气。",
                en="The rate is 50%; its 95% interval of 15% to 85% spans the goal of 60%. With 4 due, nobody can tell yet whether it is met or luck.",
            ),
            Said(
                "measure",
                "leavers_counted",
                {"count": 1, "due": 1, "rate": Fraction(2, 3)},
                level="assumed",
                zh="有 1 人没满期、没签单就离职，和同一天入职的人一样，到满期日才计入，算没签成；现在已计入 1 人，若把他们单列，签单率是 66.7%。来源没有说怎么算，可在表单里改。",
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
            REWARD_MONEY,
            NO_CAP,
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
            "rate_low": pytest.approx(0.1500, abs=5e-5),
            "rate_high": pytest.approx(0.8500, abs=5e-5),
            "due": (4, {"late": 0, "not_signed": 2}),
            "pending": (2, {"early": 1}),
            "wanted": (2, {"pending": 2}),
            "total_money": (205000, {"count": 3}),
            "mentors": 2,
        },
    ),
    Case(
        "leavers apart; points with a cap, a deal without a value, one without a mentor",
        says=(
            Said(
                "measure",
                "unsure",
                {
                    "goal": Fraction(1),
                    "low": pytest.approx(0.4385, abs=5e-5),
                    "high": Fraction(1),
                    "count": 3,
                    "rate": Fraction(1),
                },
                level="caution",
            ),
            Said(
                "measure",
                "leavers_apart",
                {"count": 1, "due": 1, "rate": Fraction(3, 4)},
                level="assumed",
                zh="有 1 人没满期、没签单就离职，没有进分母；其中 1 人的满期日已过，若算作没签成，签单率是 75%。来源没有说怎么算，可在表单里改。",
                en="One new hire left before being due and without a deal, and is kept apart; with those counted as not closed whose day has come (1), the rate would be 75%. The source does not say which; change it in the form.",
            ),
            RULE,
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
                zh="带教奖励＝首单合同金额的 20%，每 ¥100 折 1 分，四舍五入到整分。按什么算、发什么，来源没有说，可在表单里改。",
                en="Mentor's reward: 20% of the first deal's contract value, a point for every ¥100, to the nearest point. Of what and in what the source leaves open; change it in the form.",
            ),
            Said(
                "rewards",
                "cap",
                {"cap": 50000},
                level="assumed",
                zh="每个徒弟的奖励最多 ¥500（折成积分之前）。",
                en="At most ¥500 for each mentee, before it is turned into points.",
            ),
            Said(
                "rewards",
                "capped",
                {"names": ["Ada"], "count": 1, "cap": 50000},
                zh="有 1 个徒弟的奖励到了上限 ¥500：Ada。",
                en="The reward for one mentee reaches the cap of ¥500: Ada.",
            ),
            Said(
                "rewards",
                "baseless",
                {"names": ["Ben"], "count": 1, "cap": 50000},
                level="caution",
                zh="有 1 个已签单的徒弟没有可用的首单金额、提成或提成比例，奖励没有算：Ben。",
                en="One mentee has closed but has no usable deal value, commission or rate of it, so there is no reward: Ben.",
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
            "rate_low": pytest.approx(0.4385, abs=5e-5),
            "rate_high": Fraction(1),
            "due": (3, {"late": 0, "not_signed": 0}),
            "pending": (0, {"early": 0}),
            "wanted": (0, {"pending": 0}),
            "total_points": (5, {"count": 1}),
            "mentors": 1,
        },
    ),
    Case(
        "nobody due yet",
        says=(NOBODY_DUE, RULE, REWARD_MONEY, NO_CAP),
        values={"as_of": "2026-11-25"},
        tables={"newcomers": newcomers(("Ada", "2026-11-01"), ("Ben", "2026-11-02"))},
        figures={
            "rate": (None, {"signed": 0, "due": 0, "goal": Fraction(3, 5)}),
            "rate_low": None,
            "rate_high": None,
            "due": (0, {"late": 0, "not_signed": 0}),
            "pending": (2, {"early": 0}),
            "wanted": (2, {"pending": 2}),
            "total_money": (0, {"count": 0}),
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
                    "low": pytest.approx(0.8389, abs=5e-5),
                    "high": Fraction(1),
                    "count": 20,
                    "rate": Fraction(1),
                },
                zh="签单率 100%，95% 区间 83.9%–100% 整个在目标 60% 之上（20 人）。",
                en="The rate is 100%; its 95% interval of 83.9% to 100% lies wholly above the goal of 60% (20 due).",
            ),
            RULE,
            REWARD_MONEY,
            NO_CAP,
        ),
        values={"as_of": "2026-11-25"},
        tables={
            "newcomers": newcomers(*((f"a{at}", "2026-06-01", "2026-07-01", "Mo", "1000", "100") for at in range(20)))
        },
        figures={
            "rate": (Fraction(1), {"signed": 20, "due": 20, "goal": Fraction(3, 5)}),
            "rate_low": pytest.approx(0.8389, abs=5e-5),
            "rate_high": Fraction(1),
            "due": (20, {"late": 0, "not_signed": 0}),
            "pending": (0, {"early": 0}),
            "wanted": (0, {"pending": 0}),
            "total_money": (40000, {"count": 20}),
            "mentors": 1,
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
                    "low": Fraction(0),
                    "high": pytest.approx(0.1611, abs=5e-5),
                    "count": 20,
                    "rate": Fraction(0),
                },
                level="caution",
                zh="签单率 0%，95% 区间 0%–16.1% 整个在目标 60% 之下（20 人），不是运气问题。",
                en="The rate is 0%; its 95% interval of 0% to 16.1% lies wholly below the goal of 60% (20 due). That is not bad luck.",
            ),
            Said(
                "measure",
                "out_of_reach",
                {"goal": Fraction(3, 5), "count": 0, "wanted": 12},
                level="caution",
                zh="未满期的 0 人全部按期签单，也到不了 60%（还需要 12 人）。",
                en="Even if all 0 who are not yet due close in time, 60% is out of reach (it would take 12).",
            ),
            RULE,
            REWARD_MONEY,
            NO_CAP,
        ),
        values={"as_of": "2026-11-25"},
        tables={"newcomers": newcomers(*((f"a{at}", "2026-06-01") for at in range(20)))},
        figures={
            "rate": (Fraction(0), {"signed": 0, "due": 20, "goal": Fraction(3, 5)}),
            "rate_low": Fraction(0),
            "rate_high": pytest.approx(0.1611, abs=5e-5),
            "due": (20, {"late": 0, "not_signed": 20}),
            "pending": (0, {"early": 0}),
            "wanted": (None, {"pending": 0}),
            "total_money": (0, {"count": 0}),
            "mentors": 0,
        },
    ),
    Case(
        "customers graded, one twice, one without a score",
        says=(
            NOBODY_DUE,
            RULE,
            REWARD_MONEY,
            NO_CAP,
            Said("grading", "grading_ours", level="assumed"),
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
            "total_money": (0, {"count": 0}),
            "mentors": 0,
            "grade_a": 1,
            "grade_b": 2,
            "grade_c": 1,
        },
    ),
    Case(
        "drills: one to come, one of a stranger, two scenarios of six",
        says=(
            NOBODY_DUE,
            RULE,
            REWARD_MONEY,
            NO_CAP,
            Said(
                "drills",
                "drills_later",
                {"count": 1},
                level="caution",
                zh="有 1 次演练的日期在统计日之后，没有计入。",
                en="One drill is dated after the as-of date and is not counted yet.",
            ),
            Said(
                "drills",
                "drills_strangers",
                {"names": ["Zed"], "count": 1},
                level="caution",
                zh="演练记录里有、新人名单里没有：Zed。两边的写法一致吗？",
                en="Drilled, and not in the list of new hires: Zed. Is the name written alike in both?",
            ),
            Said(
                "drills",
                "other_scenarios",
                {"count": 2, "wanted": 6, "names": ["price", "trust"]},
                level="caution",
                zh="演练记录里有 2 个场景（price、trust），而目标是 6 个。来源没有列出这六个场景的名称，请团队自己定，并统一写法。",
                en="The drills name 2 scenarios (price, trust); the goal is 6. The source does not say which six: agree on them in the team and write them alike.",
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
            "total_money": (0, {"count": 0}),
            "mentors": 0,
            "all_covered": (0, {"people": 2}),
            "drills": 2,
        },
    ),
    Case(
        "all scenarios drilled by one of two",
        says=(NOBODY_DUE, RULE, REWARD_MONEY, NO_CAP),
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
            "total_money": (0, {"count": 0}),
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
