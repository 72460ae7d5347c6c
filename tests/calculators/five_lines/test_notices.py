"""What the five lines say of measures, word for word, and their figures."""

from fractions import Fraction

import pytest

from tests.calculators.notices import MISTAKE, Case, Said, Table

ABSENT = Said(
    "score",
    "absent",
    {"lines": ["five_lines.line.products", "five_lines.line.regions", "five_lines.line.talent"], "count": 3},
    level="caution",
    zh="五条线里还缺：产品线、区域线、人才线。",
    en="Missing of the five lines: products, regions, talent.",
)

OTHER_COUNT = Said(
    "score",
    "other_count",
    {"count": 2, "twelve": 12},
    zh="来源列了 12 项指标，这张表有 2 项。",
    en="The source lists 12 measures; this table has 2.",
)

CAPPED_AT = Said("score", "capped_at", {"cap": Fraction(6, 5)}, level="assumed")

CASES = (
    Case(
        "two lines by weight, one beyond its target",
        says=(
            Said(
                "score",
                "not_capped",
                {"score": Fraction(49, 50), "capped": Fraction(23, 25)},
                level="assumed",
                zh="达成率没有封顶：超额的指标把总分拉高到 98%；若每项最多算 100%，总分是 92%。来源没有说要不要封顶，可在表单里填上限。",
                en="Attainment is not capped: what goes beyond lifts the score to 98%; with 100% at most for each it is 92%. The source does not say which; enter a cap in the form if you want one.",
            ),
            Said(
                "score",
                "weakest",
                {"lines": ["Data"], "count": 1, "score": Fraction(4, 5)},
                zh="最弱的一条线是“Data”，得分 80%。",
                en="The weakest line is “Data” with 80%.",
            ),
            ABSENT,
            OTHER_COUNT,
        ),
        values={"cap": ""},
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\nCustomers\twon\t100\t110\t60%\thigher\nData\trate\t50%\t40%\t40%\thigher\n"
        },
        figures={
            "score": Fraction(49, 50),
            "score_capped": Fraction(23, 25),
            "reached": (1, {"count": 2}),
            "measures": 2,
        },
    ),
    Case(
        "no weights, no directions, a line filled down, a measure twice, one without an actual",
        says=(
            Said(
                "score",
                "unknown",
                {"names": ["b"], "count": 1, "weight": Fraction(1, 4)},
                level="caution",
                zh="有 1 项还没有实际数（权重共 25%）：b。得分和贡献分只按已知的部分计算，这部分的权重折成 100%。",
                en="One measure has no actual yet (25% of the weight): b. Score and points are of what is known, its weights made 100%.",
            ),
            Said(
                "score",
                "capped_at",
                {"cap": Fraction(3, 2)},
                level="assumed",
                zh="每项达成率最多按 150% 计入总分。",
                en="Attainment counts up to 150% for each measure.",
            ),
            Said("score", "weakest", {"lines": ["Customers", "Talent"], "count": 2, "score": Fraction(9, 10)}),
            Said(
                "score",
                "equal_weights",
                {"count": 4},
                level="assumed",
                zh="没有填权重，4 项按等权计算。",
                en="No weights are given; the 4 measures count equally.",
            ),
            Said(
                "score",
                "undirected",
                {"count": 4},
                level="assumed",
                zh="有 4 项没有写明方向，按“越高越好”计算。",
                en="4 measures do not say which way is better; taken as higher is better.",
            ),
            Said(
                "score",
                "filled_down",
                {"count": 1},
                zh="有 1 行没有写所属的线，沿用上一行（合并单元格常见）。",
                en="One row names no line and takes that of the row above (as merged cells do).",
            ),
            Said(
                "score",
                "absent",
                {"lines": ["five_lines.line.products", "five_lines.line.data"], "count": 2},
                level="caution",
            ),
            Said("score", "other_count", {"count": 4, "twelve": 12}),
            Said(
                "score",
                "repeated",
                {"names": ["a"], "count": 1},
                level="caution",
                zh="有 1 个指标名称出现不止一次，都计入了：a。",
                en="One measure appears more than once, and each counts: a.",
            ),
        ),
        values={"cap": "150"},
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\nCustomers\ta\t10\t9\t\t\n\tb\t10\t\t\t\nTalent\ta\t10\t9\t\t\nRegions\tc\t10\t20\t\t\n"
        },
        figures={
            "score": Fraction(11, 10),
            "score_capped": Fraction(14, 15),
            "reached": (1, {"count": 4}),
            "measures": 4,
        },
    ),
    Case(
        "weights that miss 100% by rounding",
        says=(
            CAPPED_AT,
            Said(
                "score",
                "weights_scaled",
                {"total": Fraction(9999, 100)},
                level="assumed",
                zh="权重因四舍五入合计 99.99%，已按比例调成正好 100%。",
                en="The weights add up to 99.99% for rounding; each was divided by that, so that they make exactly 100%.",
            ),
            Said(
                "score",
                "absent",
                {
                    "lines": [
                        "five_lines.line.products",
                        "five_lines.line.regions",
                        "five_lines.line.talent",
                        "five_lines.line.data",
                    ],
                    "count": 4,
                },
                level="caution",
            ),
            Said("score", "other_count", {"count": 3, "twelve": 12}),
        ),
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\nCustomers\ta\t10\t9\t33.33%\thigher\nCustomers\tb\t10\t9\t33.33%\thigher\nCustomers\tc\t10\t9\t33.33%\thigher\n"
        },
        figures={
            "score": Fraction(9, 10),
            "score_capped": Fraction(9, 10),
            "reached": (0, {"count": 3}),
            "measures": 3,
        },
    ),
    Case(
        "one measure of one line",
        says=(
            CAPPED_AT,
            Said("score", "equal_weights", {"count": 1}, level="assumed"),
            Said(
                "score",
                "absent",
                {
                    "lines": [
                        "five_lines.line.customers",
                        "five_lines.line.regions",
                        "five_lines.line.talent",
                        "five_lines.line.data",
                    ],
                    "count": 4,
                },
                level="caution",
            ),
            Said("score", "other_count", {"count": 1, "twelve": 12}),
        ),
        tables={"measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\nProducts\ta\t10\t10\t\thigher\n"},
        figures={"score": Fraction(1), "score_capped": Fraction(1), "reached": (1, {"count": 1}), "measures": 1},
    ),
    Case(
        "lower is better by ratio, two lines equally weak",
        says=(
            CAPPED_AT,
            Said("score", "by_ratio", level="assumed"),
            Said("score", "weakest", {"lines": ["Customers", "Data"], "count": 2, "score": Fraction(4, 5)}),
            ABSENT,
            OTHER_COUNT,
        ),
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\nCustomers\tchurn\t10%\t12.5%\t50%\tlower\nData\terrors\t8\t10\t50%\tlower\n"
        },
        figures={"score": Fraction(4, 5), "score_capped": Fraction(4, 5), "reached": (0, {"count": 2}), "measures": 2},
    ),
    Case(
        "lower is better by distance, twice the target",
        says=(
            Said("score", "not_capped", {"score": Fraction(1), "capped": Fraction(1, 2)}, level="assumed"),
            Said("score", "by_distance", level="assumed"),
            Said("score", "weakest", {"lines": ["Customers"], "count": 1, "score": Fraction(0)}),
            Said(
                "score",
                "absent",
                {"lines": ["five_lines.line.products", "five_lines.line.talent", "five_lines.line.data"], "count": 3},
                level="caution",
            ),
            OTHER_COUNT,
        ),
        values={"lower": "distance", "cap": ""},
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\nCustomers\tchurn\t10%\t20%\t50%\tlower\nRegions\tlate\t10\t0\t50%\tlower\n"
        },
        figures={"score": Fraction(1), "score_capped": Fraction(1, 2), "reached": (1, {"count": 2}), "measures": 2},
    ),
    Case(
        "nothing where lower is better, without a cap",
        says=(
            Said(
                "cap",
                "boundless",
                {"names": ["errors"], "count": 1},
                level=MISTAKE,
                zh="errors越低越好，实际是 0，按“目标 ÷ 实际”没有上限。请填一个达成率上限，或改选另一种算法。",
                en="errors is better when lower and has an actual of 0, for which target over actual has no bound. Enter a cap on attainment, or choose the other rule.",
            ),
        ),
        values={"cap": ""},
        tables={"measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\nData\terrors\t10\t0\t100%\tlower\n"},
    ),
    Case(
        "weights that are missing",
        says=(
            Said(
                "measures",
                "no_weight",
                {"names": ["b"], "count": 1},
                level=MISTAKE,
                zh="有 1 项没有填权重：b。要么全部填上（合计 100%），要么整列不填，按等权计算。",
                en="One measure has no weight: b. Give every one a weight (100% in all), or none at all to count them equally.",
            ),
        ),
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\nData\ta\t10\t1\t100%\t\nData\tb\t10\t1\t\t\n"
        },
    ),
    Case(
        "weights of which one is negative",
        says=(Said("measures", "negative_weight", level=MISTAKE),),
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\nData\ta\t10\t1\t150%\t\nData\tb\t10\t1\t-50%\t\n"
        },
    ),
    Case(
        "weights that make 90%, and rows that tell no number",
        says=(
            Said(
                "measures",
                "not_hundred",
                {"total": Fraction(90)},
                level=MISTAKE,
                zh="权重合计是 90%，应正好是 100%。请调整其中几项。",
                en="The weights add up to 90%; they must make exactly 100%. Change some of them.",
            ),
            Said(
                "measures",
                "not_a_number",
                {"cell": "many", "row": 2, "measure": "a", "column": "five_lines.column.measure_target"},
                level=MISTAKE,
                zh="第 2 行“a”的“目标”写的是“many”，不是数字。请写 120、85% 或 12.5万 这样的数。",
                en="Row 2, “a”: “many” under “Target” is not a number. Write one such as 120, 85% or 12.5万.",
            ),
            Said(
                "measures",
                "foreign",
                {
                    "cell": "$5",
                    "currency": "USD",
                    "own": "CNY",
                    "row": 3,
                    "measure": "b",
                    "column": "five_lines.column.measure_target",
                },
                level=MISTAKE,
                zh="第 3 行“b”的“目标”写的是“$5”，是外币（USD）；这里按 CNY 计算，没有替你换算。请换算后再填。",
                en="Row 3, “b”: “$5” under “Target” is in another currency (USD); this playbook computes in CNY and does not convert. Convert it first.",
            ),
            Said(
                "measures",
                "no_target",
                {"row": 5, "measure": "d", "cell": "0"},
                level=MISTAKE,
                zh="第 5 行“d”的目标是“0”。目标要大于 0，才能算达成率。",
                en="Row 5, “d”: the target is “0”. It must be above 0 for attainment to exist.",
            ),
            Said(
                "measures",
                "two_units",
                {"row": 6, "measure": "e", "target": "85%", "actual": "1"},
                level=MISTAKE,
                zh="第 6 行“e”的目标是“85%”，实际是“1”，一个是百分数、一个不是。请统一单位。",
                en="Row 6, “e”: the target is “85%”, the actual “1”; one is a percentage and the other is not. Use one unit.",
            ),
            Said(
                "measures",
                "not_a_number",
                {"cell": "some", "row": 7, "measure": "f", "column": "five_lines.column.measure_actual"},
                level=MISTAKE,
            ),
            Said(
                "measures",
                "two_directions",
                {"row": 8, "measure": "g", "cell": "not lower, the higher the worse, lower"},
                level=MISTAKE,
                zh="第 8 行“g”的方向写的是“not lower, the higher the worse, lower”，既像越高越好、又像越低越好。请只写一种。",
                en="Row 8, “g”: the direction “not lower, the higher the worse, lower” says both that higher and that lower is better. Write one of them.",
            ),
        ),
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\nData\ta\tmany\t1\t10%\t\nData\tb\t$5\t1\t10%\t\nData\tc\t0.1234567万\t1\t10%\t\nData\td\t0\t1\t10%\t\nData\te\t85%\t1\t10%\t\nData\tf\t10\tsome\t10%\t\nData\tg\t10\t1\t30%\tnot lower, the higher the worse, lower\n"
        },
    ),
)

TABLE = Table("five_lines", CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exactly_this_is_said_of_these_inputs(case: Case) -> None:
    """Notices by section and in order, with their values and sentences; figures exactly."""
    TABLE.check(case)


def test_every_notice_and_figure_there_are_words_for_is_in_the_table() -> None:
    """What the words can say, some inputs here make the calculator say."""
    TABLE.complete()
