"""What the self-check says of answers and lists, word for word, and its figures."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.calculators.notices import Case, Said, Table


def hires(count: int, *, passed: int) -> str:
    """Return a pasted list of new hires of June, of whom the first so many passed in time."""
    days = ["2026-06-20"] * passed + [""] * (count - passed)
    return "Name\tStart date\tExit test passed\n" + "".join(
        f"h{at:02}\t2026-06-01\t{day}\n" for at, day in enumerate(days)
    )


def lost_rows(*dates: tuple[str, str]) -> str:
    """Return a pasted list of customers, each with the days of its alert and of its leaving."""
    return "Customer\tAlert date\tChurn date\n" + "".join(
        f"c{at:02}\t{alert}\t{churned}\n" for at, (alert, churned) in enumerate(dates)
    )


HEALTHY = Said(
    "verdict",
    "because.healthy",
    {"topics": ["self_check.topic.reliance", "self_check.topic.onboarding", "self_check.topic.warning"]},
)

READINGS_DIFFER = Said("verdict", "readings_differ", level="caution")

QUARTER_OF = Said(
    "quarters",
    "quarter_of",
    {"quarter": "2026Q3"},
    zh="这次自检记为 2026Q3（按截至日期所在的自然季度）。",
    en="This check is 2026Q3, the calendar quarter of the day looked at.",
)

NOTHING_BEFORE = Said("quarters", "nothing_before")

WHERE_KEPT = Said("quarters", "where_kept")

UNDECIDED = Said(
    "verdict",
    "because.undecided",
    {"topics": ["self_check.topic.reliance", "self_check.topic.onboarding", "self_check.topic.warning"]},
    zh="没有发现不健康的，但还不知道：业绩依赖少数几个人、新人按时掌握基础流程、流失提前预警。先把它弄清楚，再下结论。",
    en="Nothing unhealthy was found, but this is not known: results depending on a few people, new hires mastering the basics in time, churn foreseen in time. Find out before you decide.",
)

TYPED_AGAINST_LIST = Said(
    "verdict",
    "typed_against_list",
    {"question": "self_check.topic.reliance", "typed": "self_check.answer.no", "by_list": "self_check.answer.unknown"},
    level="caution",
)


def onboarding_rule(count: int, most: int | None, fewest: int | None, zh: str = "", en: str = "") -> Said:
    """Return how the second question is decided with so many due against 80%."""
    told = {"yes": 14, "no": 2, "count": count, "most": most, "fewest": fewest}
    return Said(
        "onboarding",
        "onboarding_rule",
        {"line": Fraction(4, 5), "error": Fraction(1, 20), **told},
        level="assumed",
        zh=zh,
        en=en,
    )


def warning_rule(days: int = 90, zh: str = "", en: str = "") -> Said:
    """Return how the third question is decided."""
    told = {
        "line": Fraction(1, 2),
        "error": Fraction(1, 20),
        "either": Fraction(1, 10),
        "days": days,
        "often": 5,
        "early": 5,
    }
    return Said("warning", "warning_rule", told, level="assumed", zh=zh, en=en)


def hired(count: int, in_time: int, *, share: Fraction | None, needed: int, chance: Fraction, answer: str) -> Any:
    """Return what is said of so many due, of whom so many passed in time."""
    side = "above" if in_time * 5 >= count * 4 else "below"
    return {
        "share": share,
        "in_time": in_time,
        "count": count,
        "line": Fraction(4, 5),
        "days": 30,
        "needed": needed,
        "chance": chance,
        "side": f"self_check.side.{side}",
        "answer": f"self_check.answer.{answer}",
        "as_of": date(2026, 9, 30),
    }


def lost(
    churned: int,
    warned: int,
    in_time: int,
    *,
    share: Fraction | None,
    median: int | None,
    chances: tuple[Fraction, Fraction],
    sides: str = "above above",
    answer: str,
    **more: object,
) -> Any:
    """Return what is said of so many lost, of whom so many were warned of and so many of these in time."""
    often, early = (f"self_check.side.{side}" for side in sides.split())
    return {
        "churned": churned,
        "warned": warned,
        "share": share,
        "median": median,
        "needed": 30,
        "line": Fraction(1, 2),
        "in_time": in_time,
        "chance": chances[0],
        "side": often,
        "early_chance": chances[1],
        "early_side": early,
        "answer": f"self_check.answer.{answer}",
        "as_of": date(2026, 9, 30),
        **more,
    }


ALL_TWENTY = hired(20, 20, share=Fraction(1), needed=14, chance=Fraction(576_461, 50_000_000), answer="yes")  # 0.8^20
NONE_OF_21 = hired(21, 0, share=Fraction(0), needed=2, chance=Fraction(0), answer="no")  # 0.2^21
TWO_OF_THREE = hired(3, 2, share=Fraction(2, 3), needed=2, chance=Fraction(488, 1000), answer="unknown")  # 1 - 0.8^3
TWELVE = hired(12, 12, share=Fraction(1), needed=14, chance=Fraction(6_871_948, 10**8), answer="unknown")  # 0.8^12
NOBODY_HIRED = hired(0, 0, share=None, needed=14, chance=Fraction(1), answer="unknown")
HALF, OF_32 = Fraction(1, 2), Fraction(1, 32)
ONE_LOST = lost(
    1,
    1,
    1,
    share=Fraction(1),
    median=40,
    chances=(HALF, HALF),
    answer="unknown",
    whom="self_check.counted.churned",
    there=1,
    least=5,
)
FIVE_EARLY = lost(5, 5, 5, share=Fraction(1), median=40, chances=(OF_32, OF_32), answer="yes")
FIVE_LATE = lost(5, 5, 0, share=Fraction(1), median=10, chances=(OF_32, OF_32), sides="above below", answer="no")
ONE_OF_EIGHT = lost(
    8, 1, 1, share=Fraction(1, 8), median=40, chances=(Fraction(9, 256), HALF), sides="below above", answer="no"
)
FIVE_OF_TWENTY = lost(
    20,
    5,
    0,
    share=Fraction(1, 4),
    median=10,
    chances=(Fraction(2_069_473, 10**8), OF_32),  # (1 + 20 + 190 + 1140 + 4845 + 15504) / 2^20
    sides="below below",
    answer="no",
)
FOUR_OF_FIVE = lost(5, 5, 4, share=Fraction(1), median=40, chances=(OF_32, Fraction(6, 32)), answer="unknown")
NOBODY_LOST = lost(0, 0, 0, share=None, median=None, chances=(Fraction(1), Fraction(1)), answer="unknown")


ONE_MONTH_OR_THREE = Said(
    "warning",
    "one_month_or_three",
    {"asked": 1, "boasted": 3},
    zh="原文在自检里只要求提前 1 个月，讲案例时却说提前 3 个月就能识别。我们按前者判断，中位数列在这里，够不够三个月一看便知。",
    en="The self-check asks for 1 month's warning, while the source's own case boasts of 3. We judge by the first; the median is here, so you can see whether it would do for the second.",
)

UPGRADE = Said("verdict", "because.upgrade", {"topics": ["self_check.topic.warning"]})

CASES = (
    Case(
        "three healthy answers, chosen",
        says=(HEALTHY, READINGS_DIFFER, QUARTER_OF, NOTHING_BEFORE, WHERE_KEPT),
        values={
            "as_of": "2026-09-30",
            "stage": "2",
            "answer_reliance": "no",
            "answer_onboarding": "yes",
            "answer_warning": "yes",
        },
        figures={
            "verdict": "self_check.verdict.healthy",
            "literal": "self_check.verdict.upgrade",
            "reliance": ("self_check.answer.no", {"healthy": "self_check.answer.no"}),
            "onboarding": ("self_check.answer.yes", {"healthy": "self_check.answer.yes"}),
            "warning": ("self_check.answer.yes", {"healthy": "self_check.answer.yes"}),
        },
    ),
    Case(
        "nothing is known",
        says=(UNDECIDED, QUARTER_OF, NOTHING_BEFORE, WHERE_KEPT),
        values={
            "as_of": "2026-09-30",
            "stage": "2",
            "answer_reliance": "unknown",
            "answer_onboarding": "unknown",
            "answer_warning": "unknown",
        },
    ),
    Case(
        "chosen against the list: half by three of seven, one on two rows, one refunded, one without a result",
        says=(
            HEALTHY,
            READINGS_DIFFER,
            Said(
                "verdict",
                "typed_against_list",
                {
                    "question": "self_check.topic.reliance",
                    "typed": "self_check.answer.no",
                    "by_list": "self_check.answer.yes",
                },
                level="caution",
                zh="“业绩依赖少数几个人”你选的是“否”，按名单算出来是“是”。以你选的为准。",
                en="You chose “no” for “results depending on a few people”; the list says “yes”. Your choice counts.",
            ),
            Said(
                "reliance",
                "reliance.above",
                {
                    "people": 7,
                    "top": 3,
                    "share": Fraction(7, 10),
                    "line": Fraction(1, 2),
                    "equal": Fraction(3, 7),
                    "least": 7,
                    "names": ["Ada", "Ben", "Cy"],
                    "answer": "self_check.answer.yes",
                },
                zh="最强的 3 人（Ada、Ben、Cy）贡献了 70%，达到 50%，回答“是”。如果 7 人一样强，前 3 人只会占 42.9%。",
                en="The top 3 (Ada, Ben, Cy) bring 70%, which reaches 50%: yes. If all 7 were equally strong, 3 of them would bring 42.9%.",
            ),
            Said(
                "reliance",
                "summed",
                {"names": ["Ada"], "count": 1},
                zh="有 1 人占了多行，已按人相加：Ada。",
                en="1 person appears on several rows, which were added up: Ada.",
            ),
            Said(
                "reliance",
                "negative",
                {"names": ["Gil"], "count": 1},
                level="caution",
                zh="1 人合计为负（退款多于签单），按零计，占比以正业绩为准：Gil。",
                en="1 person's results sum to less than zero (more refunded than sold); counted as nothing, so that shares are of positive results: Gil.",
            ),
            Said(
                "reliance",
                "result_unknown",
                {"names": ["Hal"], "count": 1},
                level="caution",
                zh="1 人没有业绩数字，没有计入人数和占比：Hal。补上以后结论可能改变。",
                en="1 person has no result and is in neither the headcount nor the share: Hal. Filling it in may change the answer.",
            ),
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={
            "as_of": "2026-09-30",
            "stage": "2",
            "answer_reliance": "no",
            "answer_onboarding": "yes",
            "answer_warning": "yes",
        },
        tables={
            "results": "Name\tResult (CNY)\nAda\t30\nAda\t10\nBen\t20\nCy\t10\nDi\t10\nEve\t10\nFay\t10\nGil\t-5\nHal\t待定\n"
        },
        figures={
            "verdict": "self_check.verdict.healthy",
            "literal": "self_check.verdict.upgrade",
            "reliance": ("self_check.answer.no", {"healthy": "self_check.answer.no"}),
            "onboarding": ("self_check.answer.yes", {"healthy": "self_check.answer.yes"}),
            "warning": ("self_check.answer.yes", {"healthy": "self_check.answer.yes"}),
            "top_share": (Fraction(7, 10), {"top": 3, "line": Fraction(1, 2)}),
            "equal_share": (Fraction(3, 7), {"top": 3, "people": 7}),
            "effective_people": (Fraction(25, 6), {"people": 7}),
            "largest_share": Fraction(2, 5),
            "headcount": 7,
        },
    ),
    Case(
        "ten alike, in stage one",
        says=(
            Said("verdict", "because.healthy", {"topics": ["self_check.topic.onboarding", "self_check.topic.warning"]}),
            READINGS_DIFFER,
            Said("verdict", "founding"),
            Said(
                "verdict",
                "typed_against_list",
                {
                    "question": "self_check.topic.reliance",
                    "typed": "self_check.answer.unknown",
                    "by_list": "self_check.answer.no",
                },
                level="caution",
            ),
            Said(
                "reliance",
                "reliance.below",
                {
                    "people": 10,
                    "top": 3,
                    "share": Fraction(3, 10),
                    "line": Fraction(1, 2),
                    "equal": Fraction(3, 10),
                    "least": 7,
                    "names": ["p0", "p1", "p2"],
                    "answer": "self_check.answer.no",
                },
                zh="最强的 3 人（p0、p1、p2）贡献了 30%，不到 50%，回答“否”。如果 10 人一样强，前 3 人会占 30%。",
                en="The top 3 (p0, p1, p2) bring 30%, short of 50%: no. If all 10 were equally strong, 3 of them would bring 30%.",
            ),
            Said(
                "reliance",
                "founding_share",
                {"largest": Fraction(1, 10), "claimed": Fraction(4, 5)},
                zh="第一阶段由创始人扛下大半业绩是常态（原文的例子是 80%，这里最强的一人占 10%），不必为此升级；到了第二阶段再看这一问。",
                en="In stage one a founder who carries most of the results is normal (the source's example is 80%; the strongest person here has 10%) and no reason to upgrade. Come back to this question in stage two.",
            ),
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={
            "as_of": "2026-09-30",
            "stage": "1",
            "answer_reliance": "unknown",
            "answer_onboarding": "yes",
            "answer_warning": "yes",
        },
        tables={
            "results": "Name\tResult (CNY)\np0\t10\np1\t10\np2\t10\np3\t10\np4\t10\np5\t10\np6\t10\np7\t10\np8\t10\np9\t10\n"
        },
        figures={
            "top_share": (Fraction(3, 10), {"top": 3, "line": Fraction(1, 2)}),
            "equal_share": (Fraction(3, 10), {"top": 3, "people": 10}),
            "effective_people": (Fraction(10), {"people": 10}),
            "largest_share": Fraction(1, 10),
            "headcount": 10,
            "verdict": "self_check.verdict.healthy",
            "literal": "self_check.verdict.upgrade",
        },
    ),
    Case(
        "six people",
        says=(
            HEALTHY,
            READINGS_DIFFER,
            TYPED_AGAINST_LIST,
            Said(
                "reliance",
                "reliance.small_team",
                {
                    "people": 6,
                    "top": 3,
                    "share": Fraction(1, 2),
                    "line": Fraction(1, 2),
                    "equal": Fraction(1, 2),
                    "least": 7,
                    "names": ["p0", "p1", "p2"],
                    "answer": "self_check.answer.unknown",
                },
                zh="团队只有 6 人：就算人人一样强，前 3 人也占 50%，必定达到 50%。这一问要到 7 人以上才有意义，所以回答“不清楚”。",
                en="A team of 6: even if all were equally strong, 3 of them would bring 50% and reach 50%. The question makes sense from 7 people up, so: not sure.",
            ),
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={
            "as_of": "2026-09-30",
            "stage": "2",
            "answer_reliance": "no",
            "answer_onboarding": "yes",
            "answer_warning": "yes",
        },
        tables={"results": "Name\tResult (CNY)\np0\t10\np1\t10\np2\t10\np3\t10\np4\t10\np5\t10\n"},
        figures={
            "top_share": (Fraction(1, 2), {"top": 3, "line": Fraction(1, 2)}),
            "equal_share": (Fraction(1, 2), {"top": 3, "people": 6}),
        },
    ),
    Case(
        "nobody with a result",
        says=(
            HEALTHY,
            READINGS_DIFFER,
            TYPED_AGAINST_LIST,
            Said(
                "reliance",
                "reliance.no_results",
                {
                    "people": 2,
                    "top": 3,
                    "share": None,
                    "line": Fraction(1, 2),
                    "equal": Fraction(1),
                    "least": 7,
                    "names": ["Ada", "Ben"],
                    "answer": "self_check.answer.unknown",
                },
                zh="名单里没有大于零的业绩，算不出占比，回答“不清楚”。",
                en="Nobody on the list has a result above zero, so there is no share: not sure.",
            ),
            Said("reliance", "negative", {"names": ["Ben"], "count": 1}, level="caution"),
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={
            "as_of": "2026-09-30",
            "stage": "2",
            "answer_reliance": "no",
            "answer_onboarding": "yes",
            "answer_warning": "yes",
        },
        tables={"results": "Name\tResult (CNY)\nAda\t0\nBen\t-1\n"},
        figures={
            "top_share": (None, {"top": 3, "line": Fraction(1, 2)}),
            "equal_share": (Fraction(1), {"top": 3, "people": 2}),
        },
    ),
    Case(
        "all of twenty passed in time, one early, one twice, one to come, one to start, and two that are none",
        says=(
            Said("verdict", "because.undecided", {"topics": ["self_check.topic.reliance", "self_check.topic.warning"]}),
            READINGS_DIFFER,
            Said(
                "onboarding",
                "onboarding.above",
                ALL_TWENTY,
                zh="20 名到期的新人里，20 名在 30 天内通过（100%）。就算真实比例只是刚好 80%，碰巧出现这么多或更多的概率是 1.2%，回答“是”。",
                en="Of 20 new hires due, 20 passed within 30 days (100%). If the true share were only just 80%, that many or more would come about by chance in 1.2% of such groups: yes.",
            ),
            onboarding_rule(
                20,
                12,
                20,
                "怎么判断：用精确的二项检验，纯属碰巧却下了结论的概率，两边都不超过 5%。对照 80%，至少要有 2 人到期才可能答“否”，至少 14 人才可能答“是”。现在到期 20 人：按时通过不多于 12 人答“否”，不少于 20 人答“是”（“–”表示人数不够，答不出）。",
                "How it is decided: by an exact binomial test, so that chance alone brings about a verdict at most 5% of the time on either side. Against 80%, a no takes at least 2 due and a yes at least 14. With 20 due: 12 in time or fewer is a no, 20 or more a yes (– means that so few cannot say it).",
            ),
            Said(
                "onboarding",
                "passed_before_start",
                {"names": ["odd"], "count": 1},
                level="caution",
                zh="1 人的通过日期早于入职日期，没有计入，请核对：odd。",
                en="1 person passed before starting and was not counted; please check: odd.",
            ),
            Said(
                "onboarding",
                "no_start",
                {"names": ["xan"], "count": 1},
                level="caution",
                zh="1 人没有入职日期，没有计入：xan。",
                en="1 person has no start date and was not counted: xan.",
            ),
            Said(
                "onboarding",
                "hire_repeated",
                {"names": ["h20"], "count": 1},
                level="caution",
                zh="1 个姓名出现不止一次，按每行一人计：h20。",
                en="1 name is there more than once; each row was counted as a person: h20.",
            ),
            Said(
                "onboarding",
                "after_as_of",
                {"count": 1, "as_of": date(2026, 9, 30)},
                zh="1 人的通过日期晚于 2026年9月30日，按当时还没有通过计算。",
                en="1 passed after 30 September 2026 and had not passed by then.",
            ),
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={"as_of": "2026-09-30", "stage": "2"},
        tables={
            "hires": hires(20, passed=20)
            + "h20\t2026-09-20\t2026-09-25\nh20\t2026-09-20\t2026-10-05\nh21\t2026-10-10\t\nodd\t2026-06-01\t2026-05-01\nxan\t待定\t\n"
        },
        figures={
            "passed_share": (
                Fraction(1),
                ALL_TWENTY,
            ),
            "passed_low": Fraction(8608, 10000),
            "median_pass": (19, {"low": 19, "high": None, "count": 22}),
            "passed_high": Fraction(1),
            "hires_due": 20,
            "hires_late": 0,
            "hires_not_passed": 0,
            "hires_not_due": (3, {"early": 1}),
            "verdict": "self_check.verdict.undecided",
        },
    ),
    Case(
        "none of twenty passed, one late",
        says=(
            Said(
                "verdict",
                "because.upgrade",
                {"topics": ["self_check.topic.onboarding"]},
                zh="回答不健康的：新人按时掌握基础流程。按我们的读法，有一项不健康就该着手升级。",
                en="Unhealthy on: new hires mastering the basics in time. By our reading one unhealthy answer is enough to start upgrading.",
            ),
            READINGS_DIFFER,
            Said(
                "onboarding",
                "onboarding.below",
                NONE_OF_21,
                zh="21 名到期的新人里，0 名在 30 天内通过（0%）。要是真实比例有 80%，碰巧出现这么少或更少的概率是 <0.1%，回答“否”。",
                en="Of 21 new hires due, 0 passed within 30 days (0%). Even if the true share were 80%, that few or fewer would come about by chance in <0.1% of such groups: no.",
            ),
            onboarding_rule(21, 13, 21),
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={"as_of": "2026-09-30", "stage": "2"},
        tables={"hires": hires(20, passed=0) + "late\t2026-06-01\t2026-07-02\n"},
        figures={
            "passed_share": (
                Fraction(0),
                NONE_OF_21,
            ),
            "hires_due": 21,
            "hires_late": 1,
            "hires_not_passed": 20,
        },
    ),
    Case(
        "two of three passed",
        says=(
            UNDECIDED,
            Said(
                "onboarding",
                "onboarding.open",
                TWO_OF_THREE,
                zh="3 名到期的新人里，2 名在 30 天内通过（66.7%）。真实比例为 80% 时，碰巧出现这么少或更少的概率有 48.8%，下不了结论，回答“不清楚”。",
                en="Of 3 new hires due, 2 passed within 30 days (66.7%). At a true 80%, that few or fewer come about by chance in 48.8% of such groups, too often for a verdict: not sure.",
            ),
            onboarding_rule(3, 0, None),
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={"as_of": "2026-09-30", "stage": "2"},
        tables={"hires": hires(3, passed=2)},
        figures={
            "passed_share": (
                Fraction(2, 3),
                TWO_OF_THREE,
            )
        },
    ),
    Case(
        "by mentor: five who all passed, five of whom nobody did, and one",
        says=(
            UNDECIDED,
            Said(
                "onboarding",
                "onboarding.open",
                hired(11, 6, share=Fraction(6, 11), needed=2, chance=Fraction(5040957, 100_000_000), answer="unknown"),
            ),
            onboarding_rule(11, 5, None),
            Said(
                "onboarding",
                "few_each",
                {"goal": Fraction(4, 5), "least": 2},
                level="caution",
                zh="分到每位师傅，人数都很少：不足 2 人的和 80% 比不出高低；区间有重叠，就看不出差别；师傅一多，总有一位碰巧显得突出。去问快的人怎么做，不要据此排名。",
                en="By mentor there are few new hires each: fewer than 2 cannot be told from 80%; where intervals overlap, nothing is shown to differ, and of several mentors one stands out by chance. Ask what the quicker ones do, and rank nobody by it.",
            ),
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={"as_of": "2026-09-30", "stage": "2"},
        tables={
            "hires": "Name\tStart date\tExit test passed\tMentor\n"
            + "".join(f"a{at}\t2026-06-01\t2026-06-20\tMo\n" for at in range(5))
            + "".join(f"b{at}\t2026-06-01\t\tNed\n" for at in range(5))
            + "c\t2026-06-01\t2026-06-11\tOla\n"
        },
        lists={
            "by_mentor": [
                ("Mo", 5, 5, 19, 19, None, Fraction(1), None, None, "common.told.open"),
                ("Ned", 5, 0, None, None, None, Fraction(0), None, None, "common.told.below"),
                ("Ola", 1, 1, 10, 10, None, Fraction(1), None, None, "common.told.too_few"),
            ]
        },
    ),
    Case(
        "twelve of twelve passed",
        says=(
            UNDECIDED,
            Said(
                "onboarding",
                "onboarding.not_enough",
                TWELVE,
                zh="人数还不够（12 人，至少要 14 人）：12 名到期的新人里，12 名在 30 天内通过（100%）。真实比例为 80% 时，碰巧出现这么多或更多的概率有 6.9%，所以回答“不清楚”。",
                en="Not enough people yet (12 of at least 14): of 12 new hires due, 12 passed within 30 days (100%). At a true 80%, that many or more come about by chance in 6.9% of such groups, so: not sure.",
            ),
            onboarding_rule(12, 6, None),
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={"as_of": "2026-09-30", "stage": "2"},
        tables={"hires": hires(12, passed=12)},
        figures={"passed_share": (Fraction(1), TWELVE), "passed_low": Fraction(779, 1000), "passed_high": Fraction(1)},
    ),
    Case(
        "nobody due",
        says=(
            UNDECIDED,
            Said(
                "onboarding",
                "onboarding.nobody_due",
                NOBODY_HIRED,
                zh="截至 2026年9月30日，还没有人满 30 天，回答“不清楚”。",
                en="By 30 September 2026 nobody had been there for 30 days: not sure.",
            ),
            onboarding_rule(0, None, None),
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={"as_of": "2026-09-30", "stage": "2"},
        tables={"hires": "Name\tStart date\tExit test passed\nnew\t2026-09-29\t\n"},
        figures={
            "passed_share": (
                None,
                NOBODY_HIRED,
            ),
            "hires_not_due": (1, {"early": 0}),
        },
    ),
    Case(
        "one churned, warned of 40 days ahead; a false alarm, an open one, one on two rows, one to churn",
        says=(
            UNDECIDED,
            Said(
                "warning",
                "warning.not_enough",
                ONE_LOST,
                zh="流失客户还不够（1 家，至少要 5 家）：1 家流失客户里，1 家事先有预警（100%，要求 50%），提前天数的中位数 40（要求 30 天）。所以回答“不清楚”。",
                en="Not enough customers lost yet (1 of at least 5): of 1 who churned, 1 had been warned of (100%; 50% is asked for), by 40 days in the median (30 are asked for). So: not sure.",
            ),
            warning_rule(
                90,
                "怎么判断：预警的有效期是 90 天，过期才流失的不算预警过。两条各用精确检验，每条碰巧下结论的概率不超过 5%。答“是”要两条都够，碰巧的概率不超过 5%；答“否”只要一条不够，碰巧的概率最多 10%。看流失客户是否有 50% 事先预警，最多要 5 家流失客户；看提前天数的中位数够不够，至少要 5 家预警过的。",
                "How it is decided: an alert is valid for 90 days; whoever leaves later was not warned of. Each half is tested exactly at 5%. A yes needs both, so chance alone brings one about at most 5% of the time; a no needs only one of them, so at most 10%. Whether 50% of the lost were warned of takes up to 5 lost customers, whether the median warning came in time at least 5 who were warned of.",
            ),
            Said(
                "warning",
                "false_alarms",
                {"count": 1, "days": 90},
                zh="1 家在预警满 90 天时仍在合作，算作误报。其中可能有被你们挽回的，名单里分不出来，值得逐家看一眼。",
                en="1 customer was still there when the alert had run for 90 days, and counts as a false alarm. It may be one you won back, which the list cannot tell; look at it.",
            ),
            Said(
                "warning",
                "account_joined",
                {"names": ["d"], "count": 1},
                zh="1 家占了多行，已合并，预警全部保留，流失取最早的日期：d。",
                en="1 account appears on several rows, taken as one with all its alerts and its first day of churn: d.",
            ),
            Said(
                "warning",
                "account_after_as_of",
                {"count": 2, "as_of": date(2026, 9, 30)},
                zh="2 家的预警或流失日期晚于 2026年9月30日，按当时还没有发生计算。",
                en="Dated after 30 September 2026, and so not happened yet: an alert or churn of 2 customers.",
            ),
            ONE_MONTH_OR_THREE,
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={"as_of": "2026-09-30", "stage": "2"},
        tables={
            "accounts": "Customer\tAlert date\tChurn date\na\t2026-05-01\t2026-06-10\nb\t2026-03-01\t\nc\t2026-09-20\t\nd\t\t\nd\t2026-10-05\t\ne\t\t2026-12-01\n"
        },
        figures={
            "median_days": (Fraction(40), {"needed": 30}),
            "warned_share": (
                Fraction(1),
                ONE_LOST,
            ),
            "churned": 1,
            "late_alerts": 0,
            "expired_alerts": (0, {"days": 90}),
            "false_alarms": (1, {"days": 90}),
            "hit_share": Fraction(1, 2),
            "open_alarms": 1,
            "quiet": 2,
        },
    ),
    Case(
        "five warned of ten days ahead",
        says=(
            UPGRADE,
            READINGS_DIFFER,
            Said(
                "warning",
                "warning.too_late",
                FIVE_LATE,
                zh="5 家流失客户里，5 家事先有预警（100%），提前天数的中位数为 10 天，其中 0 家提前了 30 天或更多。要是有一半预警够早，碰巧这么少或更少的概率是 3.1%，回答“否”。",
                en="Of 5 customers who churned, a warning came beforehand for 5 (100%), by 10 days in the median; 0 of them came 30 days ahead or more. If half of all warnings did, that few or fewer would be bad luck in 3.1% of cases: no.",
            ),
            warning_rule(),
            ONE_MONTH_OR_THREE,
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={"as_of": "2026-09-30", "stage": "2"},
        tables={"accounts": lost_rows(*[("2026-06-01", "2026-06-11")] * 5)},
        figures={
            "median_days": (Fraction(10), {"needed": 30}),
            "warned_share": (
                Fraction(1),
                FIVE_LATE,
            ),
        },
    ),
    Case(
        "one of eight churned was warned of, early; one alert came late",
        says=(
            UPGRADE,
            READINGS_DIFFER,
            Said(
                "warning",
                "warning.too_few",
                ONE_OF_EIGHT,
                zh="8 家流失客户里只有 1 家事先有预警（12.5%，中位数提前 40 天）。要是真有 50% 会预警，碰巧这么少或更少的概率是 3.5%，回答“否”。",
                en="Of 8 customers who churned there was a warning for only 1 (12.5%; median 40 days ahead). If 50% were warned of, that few or fewer would be bad luck in 3.5% of cases: no.",
            ),
            warning_rule(),
            ONE_MONTH_OR_THREE,
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={"as_of": "2026-09-30", "stage": "2"},
        tables={
            "accounts": lost_rows(("2026-05-01", "2026-06-10"), ("2026-06-12", "2026-06-10"), *[("", "2026-06-10")] * 6)
        },
        figures={
            "median_days": (Fraction(40), {"needed": 30}),
            "warned_share": (
                Fraction(1, 8),
                ONE_OF_EIGHT,
            ),
            "late_alerts": 1,
        },
    ),
    Case(
        "five of twenty, ten days ahead; one alert had expired",
        says=(
            UPGRADE,
            READINGS_DIFFER,
            Said(
                "warning",
                "warning.too_late_and_few",
                FIVE_OF_TWENTY,
                zh="20 家流失客户里只有 5 家事先有预警（25%，要求 50%），提前天数的中位数 10（要求 30 天）。两条都说不上是碰巧（概率 2.1% 和 3.1%），回答“否”。",
                en="Of 20 customers who churned there was a warning for only 5 (25%; 50% is asked for), by 10 days in the median (30 are asked for). Neither is bad luck (in 2.1% and 3.1% of cases): no.",
            ),
            warning_rule(),
            Said("warning", "false_alarms", {"count": 1, "days": 90}),
            ONE_MONTH_OR_THREE,
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={"as_of": "2026-09-30", "stage": "2"},
        tables={
            "accounts": lost_rows(
                *[("2026-06-01", "2026-06-11")] * 5, ("2026-03-01", "2026-06-10"), *[("", "2026-06-10")] * 14
            )
        },
        figures={
            "median_days": (Fraction(10), {"needed": 30}),
            "warned_share": (
                Fraction(1, 4),
                FIVE_OF_TWENTY,
            ),
            "expired_alerts": (1, {"days": 90}),
            "hit_share": Fraction(5, 6),
        },
    ),
    Case(
        "nobody churned",
        says=(
            UNDECIDED,
            Said(
                "warning",
                "warning.nobody_churned",
                NOBODY_LOST,
                zh="截至 2026年9月30日，名单里没有流失的客户，无从判断预警早晚，回答“不清楚”。",
                en="By 30 September 2026 nobody on the list had churned, so nothing says how early you would have known: not sure.",
            ),
            warning_rule(),
            ONE_MONTH_OR_THREE,
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={"as_of": "2026-09-30", "stage": "2"},
        tables={"accounts": "Customer\tAlert date\tChurn date\na\t\t\n"},
        figures={"churned": 0, "median_days": (None, {"needed": 30})},
    ),
    Case(
        "five of five warned of 40 days ahead",
        says=(
            Said(
                "verdict", "because.undecided", {"topics": ["self_check.topic.reliance", "self_check.topic.onboarding"]}
            ),
            READINGS_DIFFER,
            Said(
                "warning",
                "warning.early",
                FIVE_EARLY,
                zh="5 家流失客户里，5 家事先有预警（100%），其中 5 家提前了 30 天或更多（中位数 40 天）。就算真实情况只是刚好 50% 有预警、其中一半够早，碰巧这样的概率是 3.1% 和 3.1%，回答“是”。",
                en="Of 5 customers who churned, a warning came beforehand for 5 (100%), and 5 of those came 30 days ahead or more (median 40). If only just 50% were warned of and half of them in time, that would be luck in 3.1% and 3.1% of cases: yes.",
            ),
            warning_rule(),
            ONE_MONTH_OR_THREE,
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={"as_of": "2026-09-30", "stage": "2"},
        tables={"accounts": lost_rows(*[("2026-05-01", "2026-06-10")] * 5)},
        figures={"warning": ("self_check.answer.yes", {"healthy": "self_check.answer.yes"})},
    ),
    Case(
        "five of five warned of, four of them in time",
        says=(
            UNDECIDED,
            Said(
                "warning",
                "warning.open",
                FOUR_OF_FIVE,
                zh="5 家流失客户里，5 家事先有预警（100%，要求 50%），提前天数的中位数 40（要求 30 天）。真实情况刚好压线时，预警过的碰巧这么多或更多，概率是 3.1%；其中够早的碰巧这么多或更多，概率是 18.8%。两条不都少见，下不了结论，回答“不清楚”。",
                en="Of 5 customers who churned, 5 had been warned of (100%; 50% is asked for), by 40 days in the median (30 are asked for). At exactly that, that many or more warned of come about by chance in 3.1% of cases, and that many or more in time in 18.8%; not both are rare enough for a verdict: not sure.",
            ),
            warning_rule(),
            ONE_MONTH_OR_THREE,
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={"as_of": "2026-09-30", "stage": "2"},
        tables={"accounts": lost_rows(*[("2026-05-01", "2026-06-10")] * 4, ("2026-06-01", "2026-06-10"))},
    ),
    Case(
        "alerts valid for twenty days, and thirty days of warning asked for",
        says=(
            UNDECIDED,
            Said("warning", "warning.nobody_churned", NOBODY_LOST),
            warning_rule(20),
            Said(
                "warning",
                "valid_too_short",
                {"days": 20, "needed": 30},
                level="caution",
                zh="预警的有效期是 20 天，又要求提前 30 天：没有一次预警能同时做到。请把有效期放长，或把要求放短。",
                en="Alerts are valid for 20 days, and 30 days of warning are asked for: no alert can be both. Lengthen the one or shorten the other.",
            ),
            ONE_MONTH_OR_THREE,
            QUARTER_OF,
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={"as_of": "2026-09-30", "stage": "2", "open_days": "20"},
        tables={"accounts": lost_rows(("", ""))},
    ),
    Case(
        "quarters kept: this one alike, one twice, one that is none, an answer that is none",
        says=(
            HEALTHY,
            READINGS_DIFFER,
            QUARTER_OF,
            Said(
                "quarters",
                "kept_same",
                {"quarter": "2026Q3"},
                zh="2026Q3 已经记下，与现在的结果一致。",
                en="2026Q3 is kept, and is the same as this result.",
            ),
            WHERE_KEPT,
            Said(
                "quarters",
                "no_quarter",
                {"count": 1, "rows": ["summer"]},
                level="caution",
                zh="1 行看不出是哪个季度，没有采用：summer。请写成 2026Q3 这样。",
                en="1 row names no quarter and was not used: summer. Write it like 2026Q3.",
            ),
            Said(
                "quarters",
                "repeated_quarter",
                {"count": 1, "rows": ["2026Q1"]},
                level="caution",
                zh="1 个季度重复，以靠下的一行为准：2026Q1。",
                en="1 quarter is there twice; the lower row counts: 2026Q1.",
            ),
            Said(
                "quarters",
                "no_answer",
                {"count": 1, "rows": ["2026Q1: perhaps"]},
                level="caution",
                zh="1 处回答看不懂，按“不清楚”计：2026Q1: perhaps。请写“是”“否”或“不清楚”。",
                en="1 answer could not be read and counts as not sure: 2026Q1: perhaps. Write yes, no or not sure.",
            ),
        ),
        values={
            "as_of": "2026-09-30",
            "stage": "2",
            "answer_reliance": "no",
            "answer_onboarding": "yes",
            "answer_warning": "yes",
        },
        tables={
            "quarters": "Quarter\tStage\tDepend on few\tLearn in time\tChurn foreseen\n2026Q1\t2\tyes\tno\tno\n2026年第一季度\t2\tyes\tno\tperhaps\nsummer\t2\tyes\tno\tno\n2026Q3\t2\tno\tyes\tyes\n"
        },
    ),
    Case(
        "this quarter kept with other answers",
        says=(
            HEALTHY,
            READINGS_DIFFER,
            QUARTER_OF,
            Said(
                "quarters",
                "kept_other",
                {"quarter": "2026Q3"},
                zh="2026Q3 以前记过，与现在的结果不同；再点一次按钮就会更新。",
                en="2026Q3 was kept before with another result; press the button again to update it.",
            ),
            NOTHING_BEFORE,
            WHERE_KEPT,
        ),
        values={
            "as_of": "2026-09-30",
            "stage": "2",
            "answer_reliance": "no",
            "answer_onboarding": "yes",
            "answer_warning": "yes",
        },
        tables={"quarters": "Quarter\tStage\tDepend on few\tLearn in time\tChurn foreseen\n2026Q3\t2\tyes\tyes\tyes\n"},
    ),
)

TABLE = Table(
    "self_check", CASES, groups=("because", "reliance", "onboarding", "warning"), unsaid={"drop": "a word of the form"}
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exactly_this_is_said_of_these_inputs(case: Case) -> None:
    """Notices by section and in order, with their values and sentences; figures exactly."""
    TABLE.check(case)


def test_every_notice_and_figure_there_are_words_for_is_in_the_table() -> None:
    """What the words can say, some inputs here make the calculator say."""
    TABLE.complete()
