"""What the stage finder says of answers, word for word, and its figures."""

from fractions import Fraction

import pytest

from calculators.stage_finder import SYMPTOMS
from tests.calculators.notices import Case, Said, Table


def answers(*yes: str, others: str = "no", **values: str) -> dict[str, str]:
    """Return form values: these symptoms are there, and the others not, or not known."""
    return {**dict.fromkeys(SYMPTOMS, others), **dict.fromkeys(yes, "yes"), **values}


WEIGHING = Said(
    "finding",
    "weighing",
    {
        "agreement": Fraction(3, 4),
        "all": 12,
        "least": Fraction(1, 2),
        "sure": Fraction(1, 20),
        "likely": Fraction(1, 10),
    },
    level="assumed",
    zh="判断办法是我们定的：每个“是”只指向一个阶段；指向同一阶段的占到 75% 才下结论，否则就是“介于两个阶段之间”。12 条症状至少回答 50%；“否”和“不清楚”都不指向任何阶段。碰巧也这么一致的概率不超过 5%、又回答了四分之三以上，才算“比较确定”；超过 10%，就“只是一点迹象”：一两条症状说明不了更多。",
    en="How symptoms are weighed is ours: each yes points to one stage, and a stage is found when 75% of those that point anywhere agree; otherwise the company is between two. At least 50% of the 12 must be answered; “no” and “not sure” point nowhere. It is fairly certain where as much agreement is luck in at most 5% of cases and three quarters are answered, a hint where it is luck in more than 10%: one or two symptoms never say more.",
)

NO_NUMBER = Said("number", "no_number")

BETWEEN = Said("finding", "meaning.between")

POINTS_TO = Said(
    "finding",
    "points_to",
    {"count": 1, "stage": "stage_finder.stage.3", "names": ["stage_finder.field.regions_differ.label"]},
    level="caution",
)

CASES = (
    Case(
        "all three of the first stage, no number",
        says=(Said("finding", "meaning.stage_1"), WEIGHING, NO_NUMBER),
        values=answers("founder_closes", "few_customers", "needs_unclear"),
        figures={
            "stage": "stage_finder.finding.stage_1",
            "sureness": "stage_finder.sureness.sure",
            "agreement": Fraction(1),
            "answered": (12, {"all": 12}),
        },
    ),
    Case(
        "two of the second and one of the third, five customers",
        says=(
            BETWEEN,
            Said(
                "finding",
                "points_to",
                {
                    "count": 2,
                    "stage": "stage_finder.stage.2",
                    "names": ["stage_finder.field.newcomers_fail.label", "stage_finder.field.in_heads.label"],
                },
                level="caution",
                zh="2 条症状指向第二阶段（1–10 成长期）：招来的新人过了三个月，还是很少有人能独立签单、成单的办法在少数人脑子里，没有写下来的流程和话术。",
                en="2 symptoms point to stage two (1–10, growth): Three months in, few of the people we hire close a deal on their own, How deals are won is in a few heads; no process or script is written down.",
            ),
            POINTS_TO,
            WEIGHING,
            Said(
                "number",
                "literal",
                {"counted": "stage_finder.field.counted.options.customers.label", "number": 5},
                zh="这里数的是付费客户数，数量为 5。原文没有给数字标单位，两端又重复（1、10、100 各属于两个阶段），所以这只是照字面的读法，不作为结论。",
                en="Counted here: paying customers, 5. The source's numbers have no unit and overlap at their ends (1, 10 and 100 belong to two stages each), so this is only the literal reading and settles nothing.",
            ),
        ),
        values=answers("newcomers_fail", "in_heads", "regions_differ", count="5", counted="customers"),
        figures={
            "stage": "stage_finder.finding.between_2_3",
            "sureness": None,
            "agreement": Fraction(2, 3),
            "answered": (12, {"all": 12}),
            "by_number": (
                "stage_finder.by_number.2",
                {"counted": "stage_finder.field.counted.options.customers.label"},
            ),
        },
    ),
    Case(
        "three of the second and one of the third",
        says=(Said("finding", "meaning.stage_2"), POINTS_TO, WEIGHING, NO_NUMBER),
        values=answers("newcomers_fail", "in_heads", "all_alike", "regions_differ"),
        figures={
            "stage": "stage_finder.finding.stage_2",
            "sureness": "stage_finder.sureness.likely",
            "agreement": Fraction(3, 4),
            "by_chance": (Fraction(4, 55), {"pointing": 4}),  # 4 stages x 9 others of 495 ways
            "answered": (12, {"all": 12}),
        },
    ),
    Case(
        "one of the third, 2,000 of nobody says what",
        says=(
            Said("finding", "meaning.stage_3"),
            WEIGHING,
            Said("number", "literal", {"counted": "stage_finder.field.counted.options.unstated.label", "number": 2000}),
            Said("number", "counted_unstated", level="caution"),
            Said(
                "number",
                "disagree",
                {"stage": "stage_finder.stage.3"},
                level="caution",
                zh="照数字和照症状得出的阶段不同。以症状（第三阶段（10–100 规模化期））为准：体系该怎么建，取决于现在卡在哪里，不取决于规模的数字。",
                en="The number and the symptoms give different stages. Go by the symptoms (stage three (10–100, scale)): what to build depends on where things are stuck, not on a size.",
            ),
        ),
        values=answers("managers_chase", count="2000"),
        figures={
            "stage": "stage_finder.finding.stage_3",
            "sureness": "stage_finder.sureness.hint",
            "agreement": Fraction(1),
            "answered": (12, {"all": 12}),
            "by_number": (
                "stage_finder.by_number.beyond",
                {"counted": "stage_finder.field.counted.options.unstated.label"},
            ),
        },
    ),
    Case(
        "all of the fourth, ten reps",
        says=(
            Said("finding", "meaning.stage_4"),
            WEIGHING,
            Said("number", "literal", {"counted": "stage_finder.field.counted.options.sellers.label", "number": 10}),
            Said("number", "disagree", {"stage": "stage_finder.stage.4"}, level="caution"),
        ),
        values=answers("core_slows", "leaders_scarce", "partners_ask", count="10", counted="sellers"),
        figures={
            "stage": "stage_finder.finding.stage_4",
            "sureness": "stage_finder.sureness.sure",
            "agreement": Fraction(1),
            "answered": (12, {"all": 12}),
            "by_number": (
                "stage_finder.by_number.2_3",
                {"counted": "stage_finder.field.counted.options.sellers.label"},
            ),
        },
    ),
    Case(
        "one of the first and one of the fourth, revenue of 100",
        says=(
            BETWEEN,
            Said(
                "finding",
                "points_to",
                {"count": 1, "stage": "stage_finder.stage.1", "names": ["stage_finder.field.few_customers.label"]},
                level="caution",
            ),
            Said(
                "finding",
                "points_to",
                {"count": 1, "stage": "stage_finder.stage.4", "names": ["stage_finder.field.partners_ask.label"]},
                level="caution",
            ),
            WEIGHING,
            Said("number", "literal", {"counted": "stage_finder.field.counted.options.revenue.label", "number": 100}),
        ),
        values=answers("few_customers", "partners_ask", count="100", counted="revenue"),
        figures={
            "stage": "stage_finder.finding.between_1_4",
            "sureness": None,
            "agreement": Fraction(1, 2),
            "answered": (12, {"all": 12}),
            "by_number": (
                "stage_finder.by_number.3_4",
                {"counted": "stage_finder.field.counted.options.revenue.label"},
            ),
        },
    ),
    Case(
        "nothing fits",
        says=(Said("finding", "meaning.none"), WEIGHING, NO_NUMBER),
        values=answers(),
        figures={
            "stage": "stage_finder.finding.none",
            "sureness": None,
            "agreement": None,
            "answered": (12, {"all": 12}),
        },
    ),
    Case(
        "hardly anything answered",
        says=(Said("finding", "meaning.too_few"), WEIGHING, NO_NUMBER),
        values=answers("in_heads", others="unknown"),
        figures={
            "stage": "stage_finder.finding.too_few",
            "sureness": None,
            "agreement": Fraction(1),
            "answered": (1, {"all": 12}),
        },
    ),
)

TABLE = Table("stage_finder", CASES, groups=("meaning",))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exactly_this_is_said_of_these_inputs(case: Case) -> None:
    """Notices by section and in order, with their values and sentences; figures exactly."""
    TABLE.check(case)


def test_every_notice_and_figure_there_are_words_for_is_in_the_table() -> None:
    """What the words can say, some inputs here make the calculator say."""
    TABLE.complete()
