"""What the five lines say of measures, word for word, and their figures."""

from datetime import date
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
    zh="原文列了 12 项指标，这张表有 2 项。",
    en="The source lists 12 KPIs; this table has 2.",
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
                zh="达成率没有封顶：超额的指标把总分拉高到 98%；若每项最多算 100%，总分是 92%。原文没有说要不要封顶，可在表单里填上限。",
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
                en="One KPI has no actual yet (25% of the weight): b. Score and points are of what is known, its weights made 100%.",
            ),
            Said(
                "score",
                "capped_at",
                {"cap": Fraction(3, 2)},
                level="assumed",
                zh="每项达成率最多按 150% 计入总分。",
                en="Attainment counts up to 150% for each KPI.",
            ),
            Said("score", "weakest", {"lines": ["Customers", "Talent"], "count": 2, "score": Fraction(9, 10)}),
            Said(
                "score",
                "equal_weights",
                {"count": 4},
                level="assumed",
                zh="没有填权重，4 项按等权计算。",
                en="No weights are given; the 4 KPIs count equally.",
            ),
            Said(
                "score",
                "undirected",
                {"count": 4},
                level="assumed",
                zh="有 4 项没有写明方向，按“越高越好”计算。",
                en="4 KPIs do not say which way is better; taken as higher is better.",
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
                en="One KPI appears more than once, and each counts: a.",
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
                en="One KPI has no weight: b. Give every one a weight (100% in total), or none at all to count them equally.",
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
    Case(
        "to date in a year that is not announced, with a threshold and an accelerator",
        says=(
            Said(
                "score",
                "capped_at",
                {"cap": Fraction(6, 5)},
                level="assumed",
            ),
            Said(
                "score",
                "weakest",
                {"lines": ["Data"], "count": 1, "score": Fraction(0)},
            ),
            Said(
                "score",
                "to_date",
                {
                    "date": date(2031, 2, 14),
                    "first": date(2031, 2, 1),
                    "last": date(2031, 2, 28),
                    "share": Fraction(1, 2),
                    "by": "five_lines.by.days_own",
                    "names": ["won"],
                    "count": 1,
                },
                level="assumed",
                zh="截至 2031年2月14日，2031年2月1日 至 2031年2月28日 这一期按工作日 × 季节权重过了 50%（含当天）。累计类的目标只按这一部分算：won；比率、平均、时点类的目标不变。实际数请填到同一天。",
                en="By the end of 14 February 2031, 50% of the period from 1 February 2031 to 28 February 2031 has gone by working days × seasonal weights. Of targets that add up that part is due: won. Rates, averages and levels keep the whole target. Actuals are to be those of the same day.",
            ),
            Said(
                "score",
                "adds_up_assumed",
                {"names": ["won"], "count": 1},
                level="assumed",
                zh="没有写明计法、又不是百分数的指标，当作累计：won。客单价这类平均数不能按时间折算，请在“计法”一列写“平均”。",
                en="What does not say how it counts and is no percentage is taken to add up: won. An average such as deal size has no part that is due by a day; write “average” under “Counting”.",
            ),
            Said(
                "score",
                "assumed_days",
                {"years": [2031], "known": 2026},
                level="assumed",
                zh="2031 年的节假日安排还没有收录（已收录到 2026 年），工作日按假设推算，公布后会变。",
                en="The holidays of 2031 are not in this playbook yet (it knows those up to 2026), so working days are assumed and may change once they are announced.",
            ),
            Said(
                "score",
                "threshold",
                {"threshold": Fraction(4, 5)},
                level="assumed",
                zh="达成率不到 80% 的指标得零分；到了这条线，按达成率全额计分。",
                en="A KPI that is below 80% of what it aims at scores nothing; from there on its attainment counts in full.",
            ),
            Said(
                "score",
                "accelerator",
                {"times": Fraction(3, 2)},
                level="assumed",
                zh="超过目标的部分，每 1 个百分点按 1.5 个计分，直到封顶。",
                en="Above the target each percentage point counts 1.5 times, up to the cap.",
            ),
            Said(
                "score",
                "below_threshold",
                {"names": ["rate"], "count": 1},
                level="caution",
                zh="1 项没有到门槛，得零分：rate。",
                en="One KPI is below its threshold and scores nothing: rate.",
            ),
            Said(
                "score",
                "absent",
                {
                    "lines": ["five_lines.line.products", "five_lines.line.regions", "five_lines.line.talent"],
                    "count": 3,
                },
                level="caution",
            ),
            Said(
                "score",
                "other_count",
                {"count": 2, "twelve": 12},
            ),
        ),
        values={
            "pace": "days",
            "as_of": "2031-02-14",
            "period": "month",
            "threshold": "80",
            "accelerator": "1.5",
            "season": "1 2 3 4 5 6 7 8 9 10 11 12",
        },
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\tCounting\nCustomers\twon\t100\t110\t50%\thigher\t\nData\trate\t80%\t60%\t50%\thigher\t\n"
        },
        figures={"score": Fraction(3, 5), "score_capped": Fraction(1, 2), "reached": (1, {"count": 2}), "measures": 2},
    ),
    Case(
        "to date by the calendar, with weights that are not used, and lines with scales of their own",
        says=(
            Said(
                "score",
                "capped_at",
                {"cap": Fraction(6, 5)},
                level="assumed",
            ),
            Said(
                "score",
                "weakest",
                {"lines": ["Data"], "count": 1, "score": Fraction(0)},
            ),
            Said(
                "score",
                "to_date",
                {
                    "date": date(2024, 11, 15),
                    "first": date(2024, 10, 1),
                    "last": date(2024, 12, 31),
                    "share": Fraction(1, 2),
                    "by": "five_lines.by.even",
                    "names": ["won"],
                    "count": 1,
                },
                level="assumed",
            ),
            Said(
                "score",
                "below_threshold",
                {"names": ["rate"], "count": 1},
                level="caution",
            ),
            Said(
                "score",
                "own_scale",
                {"names": ["Data"], "count": 1},
                level="assumed",
                zh="Data 用表里自己的门槛、加速或封顶，没有写的一格照表单。",
                en="Data by the threshold, accelerator or cap of the list; an empty cell is as the form has it.",
            ),
            Said(
                "score",
                "absent",
                {
                    "lines": ["five_lines.line.products", "five_lines.line.regions", "five_lines.line.talent"],
                    "count": 3,
                },
                level="caution",
            ),
            Said(
                "score",
                "other_count",
                {"count": 2, "twelve": 12},
            ),
        ),
        values={"pace": "even", "as_of": "2024-11-15", "season": "1 2 3 4 5 6 7 8 9 10 11 12"},
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\tCounting\nCustomers\twon\t100\t60\t50%\thigher\tadds up\nData\trate\t80%\t60%\t50%\thigher\trate\n",
            "scales": "Line\tThreshold\tAccelerator\tCap\nData\t80%\t\t105%\n",
        },
        figures={"score": Fraction(3, 5), "score_capped": Fraction(1, 2), "reached": (1, {"count": 2}), "measures": 2},
    ),
    Case(
        "earlier quarters: one line falls, one rises, one has too few, and the present quarter is in the list",
        says=(
            Said(
                "score",
                "capped_at",
                {"cap": Fraction(6, 5)},
                level="assumed",
            ),
            Said(
                "score",
                "weakest",
                {"lines": ["Data"], "count": 1, "score": Fraction(4, 5)},
            ),
            Said(
                "score",
                "absent",
                {
                    "lines": ["five_lines.line.products", "five_lines.line.regions", "five_lines.line.talent"],
                    "count": 3,
                },
                level="caution",
            ),
            Said(
                "score",
                "other_count",
                {"count": 2, "twelve": 12},
            ),
            Said(
                "score",
                "quarter_now",
                {"names": ["2024 Q4"], "count": 1},
                level="caution",
                zh="较早几期的表里也有本期（2024 Q4），那几行没有用：本期按上面的指标算。",
                en="The list of earlier periods has the present one, too (2024 Q4); those rows are not used, since it is computed from the KPIs above.",
            ),
            Said(
                "trend",
                "trend_test",
                {"lines": 3, "least": 5, "error": Fraction(1, 20)},
                zh="方向只在纯属碰巧的概率不超过 5% 时才说；同时看 3 条线，每条线按它的 3 分之一算，至少要 5 期（Mann-Kendall 检验，精确算）。各期目标的松紧不同，达成率的高低也就不全是业绩。",
                en="A direction is named only where chance alone is no likelier than 5%; with 3 lines looked at, each is held to one part in 3 of that, for which at least 5 periods are needed (Mann-Kendall test, exact). Targets differ from period to period, so attainment is not all performance.",
            ),
            Said(
                "trend",
                "trend_now",
                {"period": "2024 Q4"},
                level="assumed",
                zh="最后一列是本期，按上面的统计日期叫“2024 Q4”。",
                en="The last column is the present one, called 2024 Q4 by the as-of date above.",
            ),
            Said(
                "trend",
                "trend_too_few",
                {"names": ["Talent"], "count": 1, "periods": 1, "least": 5},
                level="caution",
                zh="Talent 的期数还不够（最多 1 期，至少要 5 期），不说方向。",
                en="Talent has not enough periods yet (1 of at least 5), so no direction is named.",
            ),
            Said(
                "trend",
                "trend_falling",
                {"names": ["Data"], "count": 1},
                level="caution",
                zh="一直在降，碰巧说不过去：Data。",
                en="Falling, and hardly by chance: Data.",
            ),
            Said(
                "trend",
                "trend_rising",
                {"names": ["Customers"], "count": 1},
                zh="一直在升，碰巧说不过去：Customers。",
                en="Rising, and hardly by chance: Customers.",
            ),
        ),
        values={"as_of": "2024-12-31"},
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\tCounting\nCustomers\twon\t100\t110\t50%\thigher\t\nData\trate\t80%\t64%\t50%\thigher\t\n",
            "quarters": "Quarter\tLine\tScore\n2023 Q1\tCustomers\t81%\n2023 Q1\tData\t98%\n2023 Q2\tCustomers\t82%\n2023 Q2\tData\t97%\n2023 Q3\tCustomers\t83%\n2023 Q3\tData\t96%\n2023 Q4\tCustomers\t84%\n2023 Q4\tData\t95%\n2023 Q4\tTalent\t90%\n2024 Q4\tData\t50%\n",
        },
        figures={
            "score": Fraction(19, 20),
            "score_capped": Fraction(9, 10),
            "reached": (1, {"count": 2}),
            "measures": 2,
        },
    ),
    Case(
        "days and weights that are none",
        says=(
            Said(
                "season",
                "not_numbers",
                {"cell": "x"},
                level=MISTAKE,
                zh="“x”不是数。请写用逗号或空格隔开的数。",
                en="“x” is no number. Write numbers with commas or spaces between them.",
            ),
            Said(
                "days_off",
                "not_days",
                {"line": "some day"},
                level=MISTAKE,
                zh="“some day”看不出是哪一天。每行写一天（2027-02-04），或者起止两天（2027-02-04 至 2027-02-06）。",
                en="“some day” is no day. Write one a line (2027-02-04), or a first and a last one (2027-02-04 to 2027-02-06).",
            ),
            Said(
                "days_on",
                "too_many_days",
                {"line": "2024-01-01 to 2026-01-01"},
                level=MISTAKE,
                zh="“2024-01-01 to 2026-01-01”超过一年。请检查年份。",
                en="“2024-01-01 to 2026-01-01” is longer than a year. Check the years.",
            ),
        ),
        values={"pace": "days", "season": "1 x", "days_off": "some day", "days_on": "2024-01-01 to 2026-01-01"},
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\tCounting\nData\ta\t10\t9\t100%\thigher\t\n"
        },
    ),
    Case(
        "own weights alone, and none",
        says=(
            Said(
                "season",
                "no_season",
                level=MISTAKE,
                zh="“只按季节权重”要先填季节权重：12 个数，1 月到 12 月。",
                en="“Seasonal weights only” needs seasonal weights: 12 numbers, January to December.",
            ),
        ),
        values={"pace": "own"},
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\tCounting\nData\ta\t10\t9\t100%\thigher\t\n"
        },
    ),
    Case(
        "three weights",
        says=(
            Said(
                "season",
                "not_a_season",
                {"count": 3},
                level=MISTAKE,
                zh="季节权重要 12 个数（1 月到 12 月），现在是 3 个，而且不能全为 0。留空表示不分淡旺季。",
                en="Seasonal weights are 12 numbers, January to December, not all zero; there are 3. Leave it empty for no seasons.",
            ),
        ),
        values={"season": "1 2 3", "pace": "days"},
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\tCounting\nData\ta\t10\t9\t100%\thigher\t\n"
        },
    ),
    Case(
        "a day before which nothing is due",
        says=(
            Said(
                "as_of",
                "nothing_due",
                {"date": date(2024, 10, 1), "first": date(2024, 10, 1), "last": date(2024, 12, 31)},
                level=MISTAKE,
                zh="到 2024年10月1日 为止，2024年10月1日 至 2024年12月31日 这一期还没有一个算数的工作日，目标还没有到期的部分。请换一个日期。",
                en="By 1 October 2024 no day that counts has gone of the period from 1 October 2024 to 31 December 2024, so nothing of the targets is due. Choose another day.",
            ),
        ),
        values={"pace": "days", "as_of": "2024-10-01"},
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\tCounting\nData\ta\t10\t9\t100%\thigher\t\n"
        },
    ),
    Case(
        "a way of counting that is none",
        says=(
            Said(
                "measures",
                "no_counting",
                {"row": 2, "measure": "a", "cell": "sometimes"},
                level=MISTAKE,
                zh="第 2 行“a”的计法写的是“sometimes”，看不出是累计还是时点。请写“累计”“比率”“平均”或“时点”。",
                en="Row 2, “a”: “sometimes” under “Counting” does not say whether the KPI adds up. Write “adds up”, “rate”, “average” or “level”.",
            ),
        ),
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\tCounting\nData\ta\t10\t9\t100%\thigher\tsometimes\n"
        },
    ),
    Case(
        "scales that are none",
        says=(
            Said(
                "scales",
                "no_such_line",
                {"row": 2, "line": "Talent", "lines": ["Data"]},
                level=MISTAKE,
                zh="第 2 行的线“Talent”在指标表里没有。有的是：Data。",
                en="Row 2: no KPI is on the line “Talent”. There are Data.",
            ),
            Said(
                "scales",
                "not_a_scale_threshold",
                {"row": 3, "line": "Data", "low": Fraction(0), "high": Fraction(1)},
                level=MISTAKE,
                zh="第 3 行“Data”：门槛要在 0% 到 100% 之间。",
                en="Row 3, “Data”: a threshold is from 0% to 100%.",
            ),
            Said(
                "scales",
                "not_a_scale_accelerator",
                {"row": 3, "line": "Data", "low": Fraction(0), "high": Fraction(10)},
                level=MISTAKE,
                zh="第 3 行“Data”：加速要在 0 到 10 倍之间。",
                en="Row 3, “Data”: an accelerator is from 0 to 10 times.",
            ),
            Said(
                "scales",
                "not_a_scale_cap",
                {"row": 3, "line": "Data", "low": Fraction(1), "high": Fraction(10)},
                level=MISTAKE,
                zh="第 3 行“Data”：封顶要在 100% 到 1,000% 之间。",
                en="Row 3, “Data”: a cap is from 100% to 1,000%.",
            ),
            Said(
                "scales",
                "line_twice",
                {"row": 4, "line": "Data"},
                level=MISTAKE,
                zh="第 4 行：“Data”的计分规则写了两次。请只留一行。",
                en="Row 4: “Data” has its rules twice. Keep one row.",
            ),
        ),
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\tCounting\nData\ta\t10\t9\t100%\thigher\t\n",
            "scales": "Line\tThreshold\tAccelerator\tCap\nTalent\t50%\t\t\nData\t-50%\t11\t90%\nData\t60%\t\t\n",
        },
    ),
    Case(
        "a line twice in a quarter",
        says=(
            Said(
                "quarters",
                "quarter_twice",
                {"row": 3, "line": "Data"},
                level=MISTAKE,
                zh="第 3 行：“Data”在同一期里写了两次。请只留一行。",
                en="Row 3: “Data” stands twice in one period. Keep one row.",
            ),
        ),
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\tCounting\nData\ta\t10\t9\t100%\thigher\t\n",
            "quarters": "Quarter\tLine\tScore\n2023 Q1\tData\t90%\n2023 Q1\tData\t80%\n",
        },
    ),
    Case(
        "more than ten years of quarters",
        says=(
            Said(
                "quarters",
                "too_many_periods",
                {"count": 41, "most": 40},
                level=MISTAKE,
                zh="较早的有 41 期，最多 40 期。请只留最近的。",
                en="There are 41 earlier periods, and at most 40 are shown. Keep the latest.",
            ),
        ),
        tables={
            "measures": "Line\tMeasure\tTarget\tActual\tWeight\tDirection\tCounting\nData\ta\t10\t9\t100%\thigher\t\n",
            "quarters": "Quarter\tLine\tScore\n"
            + "".join(f"{2013 + at // 4} Q{at % 4 + 1}\tData\t90%\n" for at in range(41)),
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
