"""What the first customers' quarter says of weeks and an archive, word for word, and its figures."""

from datetime import date
from fractions import Fraction

import pytest

from tests.calculators.notices import MISTAKE, Case, Said, Table

SPREAD = Said(
    "goals",
    "spread",
    {"count": 4},
    level="assumed",
    zh="原文只给出总数；把它平摊到每一周、并假设前 4 周还签不下单，是我们的约定，可在表单里改。一个目标要等它那一份时间走完才算到期。",
    en="The source gives totals only. Spreading them evenly over the weeks, and expecting no signature in the first 4, is our convention; change it in the form. A customer falls due only when the time planned for it is over.",
)

NO_ENTRIES = Said("goals", "no_entries")

CASES = (
    Case(
        "six weeks over: two entered, one twice with a blank, one week to come, two that are none",
        says=(
            Said(
                "goals",
                "behind",
                {"measures": ["first_customers.measure.quotes"], "date": date(2026, 10, 20), "count": 7},
                level="caution",
                zh="截至 2026年10月20日，客户原话数落后于计划，还剩 7 周。下面按剩余周数给出每周要补多少。",
                en="On 20 October 2026, behind plan: Customer verbatims. With 7 weeks left, what each must bring is below.",
            ),
            Said(
                "goals",
                "maybe_chance",
                {"measures": ["first_customers.measure.quotes"], "error": Fraction(1, 20)},  # 12 of 18: 9.2%
                zh="落后了，但还说不上速度不对：速度正好等于计划时，碰巧也这么少的概率超过 5%（客户原话数，概率见表）。缺口照补，改计划之前再看一段。",
                en="Behind, and yet no proof that the pace is off: at exactly the planned pace as few come about by chance in more than 5% of such spans (Customer verbatims; the column says in how many). Close the gap, and look again before you change the plan.",
            ),
            Said(
                "goals",
                "outside_span",
                {"names": ["2025-09-10 (6)", "soon (7)"], "count": 2},
                level="caution",
                zh="有 2 行不在目标期之内或看不出是哪一周，没有计入：2025-09-10 (6)、soon (7)（括号里是行号）。请写周次（如 3、第3周）或那一周里的任意一天。",
                en="Not counted: 2 rows outside the period or without a week: 2025-09-10 (6), soon (7) (row numbers in brackets). Write the week's number (3, week 3) or any of its days.",
            ),
            Said(
                "goals",
                "after_as_of",
                {"names": ["9 (5)"], "count": 1},
                level="caution",
                zh="有 1 行是统计日之后的周，没有计入：9 (5)（括号里是行号）。",
                en="Not counted: 1 row of weeks after the as-of date: 9 (5) (row numbers in brackets).",
            ),
            Said(
                "goals",
                "weeks_missing",
                {"names": [2, 4, 5, 6], "count": 4},
                level="assumed",
                zh="第 2、4、5、6 周没有记录，按 0 计算。",
                en="No entry for week 2, 4, 5, 6; counted as 0.",
            ),
            Said(
                "goals",
                "weeks_added_up",
                {"names": [1], "count": 1},
                zh="第 1 周有不止一行，已相加。",
                en="More than one row for week 1; added up.",
            ),
            Said(
                "goals",
                "blank_cells",
                {"count": 1},
                level="assumed",
                zh="有 1 个格子是空的，按 0 计算。",
                en="One cell is empty and counts as 0.",
            ),
            Said(
                "goals",
                "more_references",
                {"references": 2, "customers": 1},
                level="caution",
                zh="标杆客户（2）比签约客户（1）还多。标杆是签约客户中的一部分，请检查。",
                en="There are more reference customers (2) than customers (1). A reference is one of the customers; check the figures.",
            ),
            SPREAD,
        ),
        values={"start": "2026-09-07", "months": "3", "as_of": "2026-10-20"},
        tables={
            "weeks": "Week\tNew customers\tNew references\tNew prospects\tCustomer quotes\n1\t0\t0\t20\t3\n1\t0\t0\t10\t\n3\t1\t2\t16\t9\n9\t1\t1\t1\t1\n2025-09-10\t1\t1\t1\t1\nsoon\t1\t1\t1\t1\n"
        },
        figures={
            "customers": (1, {"goal": 5}),
            "weeks_over": (6, {"weeks": 13, "last": date(2026, 12, 6)}),
            "weeks_left": 7,
            "behind": (1, {"measures": 4}),
        },
    ),
    Case(
        "an archive beside the weeks: an ungraded one, one repeated, two alike",
        says=(
            Said(
                "goals",
                "behind",
                {"measures": ["first_customers.measure.prospects"], "date": date(2026, 10, 20), "count": 7},
                level="caution",
            ),
            Said(
                "goals",
                "archive_differs",
                {"archive": 3, "weeks": 50},
                level="caution",
                zh="档案里有 3 个潜在客户，每周新增加起来是 50 个，两者不一致。合计以档案为准，请核对。",
                en="The prospect list has 3 prospects, the weekly figures add up to 50. The list counts; check which is right.",
            ),
            SPREAD,
            Said(
                "archive",
                "ungraded",
                {"count": 1, "names": ["ACORN ltd = Acorn Ltd"]},
                level="caution",
                zh="档案里有 1 个潜在客户没有标注紧急度。先补齐，跟进才有先后。",
                en="One prospect in the list has no urgency. Grade it, so that you know whom to follow up first.",
            ),
            Said(
                "archive",
                "repeated",
                {"count": 1, "names": ["ACORN ltd = Acorn Ltd"]},
                level="caution",
                zh="档案里有 1 行是重复的名称，以最后一行为准。",
                en="One row of the list repeats a name; the last one stands.",
            ),
            Said(
                "archive",
                "possibly_same",
                {"count": 1, "names": ["ACORN ltd = Acorn Ltd"]},
                level="caution",
                zh="有 1 组名称只差全半角、空格、标点或形近的字母，可能是同一家，未合并：ACORN ltd = Acorn Ltd。",
                en="One group of names differs only in width, spaces, marks or letters that look alike and may be one company; not merged: ACORN ltd = Acorn Ltd.",
            ),
        ),
        values={"start": "2026-09-07", "months": "3", "as_of": "2026-10-20"},
        tables={
            "weeks": "Week\tNew customers\tNew references\tNew prospects\tCustomer quotes\n1\t5\t1\t50\t18\n2\t0\t0\t0\t0\n3\t0\t0\t0\t0\n4\t0\t0\t0\t0\n5\t0\t0\t0\t0\n6\t0\t0\t0\t0\n",
            "archive": "Prospect\tUrgency\nAcorn Ltd\thigh\nACORN ltd\tlow\nBirch\t\nAcorn Ltd\thigh\n",
        },
        figures={
            "customers": (5, {"goal": 5}),
            "weeks_over": (6, {"weeks": 13, "last": date(2026, 12, 6)}),
            "weeks_left": 7,
            "behind": (1, {"measures": 4}),
            "archived": (3, {"goal": 100}),
            "graded": Fraction(2, 3),
        },
    ),
    Case(
        "an archive alone",
        says=(
            Said(
                "goals",
                "behind",
                {
                    "measures": [
                        "first_customers.measure.customers",
                        "first_customers.measure.prospects",
                        "first_customers.measure.quotes",
                    ],
                    "date": date(2026, 10, 20),
                    "count": 7,
                },
                level="caution",
            ),
            NO_ENTRIES,
            SPREAD,
        ),
        values={"start": "2026-09-07", "months": "3", "as_of": "2026-10-20"},
        tables={"archive": "Prospect\tUrgency\nAcorn\thigh\nBirch\tlow\n"},
        figures={
            "customers": (0, {"goal": 5}),
            "weeks_over": (6, {"weeks": 13, "last": date(2026, 12, 6)}),
            "weeks_left": 7,
            "behind": (3, {"measures": 4}),
            "archived": (2, {"goal": 100}),
            "graded": Fraction(1),
        },
    ),
    Case(
        "numbers of weeks, and no first day",
        says=(
            Said(
                "goals",
                "weeks_missing",
                {"names": [1, 2, 3, 4, 5], "count": 5},
                level="assumed",
                zh="第 1、2、3、4、5 周没有记录，按 0 计算。",
                en="No entry for week 1, 2, 3, 4, 5; counted as 0.",
            ),
            Said(
                "goals",
                "start_assumed",
                {"start": date(2026, 9, 7)},
                level="assumed",
                zh="没有填目标期第一天，按 2026年9月7日 开始计算：名单里有日期的，取最早那天所在周的周一；只有周次的，让最后一个周次落在统计日所在的周。如果不是，请填“目标期第一天”。",
                en="No first day is given, so the period is taken to begin on 7 September 2026: the Monday of the first day in your list or, where it has numbers of weeks only, such that the last of them is the week of the as-of day. If it began on another day, fill in “First day”.",
            ),
            SPREAD,
        ),
        values={"months": "3", "as_of": "2026-10-20"},
        tables={
            "weeks": "Week\tNew customers\tNew references\tNew prospects\tCustomer quotes\n6\t5\t1\t99\t18\n7\t0\t0\t1\t3\n"
        },
        figures={
            "customers": (5, {"goal": 5}),
            "weeks_over": (6, {"weeks": 13, "last": date(2026, 12, 6)}),
            "weeks_left": 7,
            "behind": (0, {"measures": 4}),
        },
    ),
    Case(
        "the day before it begins",
        says=(
            NO_ENTRIES,
            Said(
                "goals",
                "not_begun",
                {"start": date(2026, 9, 7)},
                zh="2026年9月7日 才开始，现在还没有到期的目标。",
                en="This begins on 7 September 2026; nothing is due yet.",
            ),
            SPREAD,
        ),
        values={"start": "2026-09-07", "months": "3", "as_of": "2026-09-06"},
        tables={"archive": "Prospect\tUrgency\nAcorn\thigh\n"},
        figures={
            "customers": (0, {"goal": 5}),
            "weeks_over": (0, {"weeks": 13, "last": date(2026, 12, 6)}),
            "weeks_left": 13,
            "behind": (0, {"measures": 4}),
            "archived": (1, {"goal": 100}),
            "graded": Fraction(1),
        },
    ),
    Case(
        "after it is over, nothing was reached",
        says=(
            Said(
                "goals",
                "missed",
                {
                    "measures": [
                        "first_customers.measure.customers",
                        "first_customers.measure.references",
                        "first_customers.measure.prospects",
                        "first_customers.measure.quotes",
                    ],
                    "date": date(2027, 1, 15),
                    "count": 0,
                },
                level="caution",
                zh="2027年1月15日，目标期已经结束，付费客户数、其中标杆客户、潜在客户数、客户原话数没有达成（剩余 0 周）。",
                en="On 15 January 2027 the period is over, and not reached: Paying customers, Of these references, Prospects on file, Customer verbatims (weeks left: 0).",
            ),
            NO_ENTRIES,
            Said("goals", "spread", {"count": 0}, level="assumed"),
        ),
        values={"start": "2026-09-07", "months": "3", "as_of": "2027-01-15", "quiet_weeks": "0"},
        tables={"archive": "Prospect\tUrgency\nAcorn\thigh\n"},
        figures={
            "customers": (0, {"goal": 5}),
            "weeks_over": (13, {"weeks": 13, "last": date(2026, 12, 6)}),
            "weeks_left": 0,
            "behind": (4, {"measures": 4}),
            "archived": (1, {"goal": 100}),
            "graded": Fraction(1),
        },
    ),
    Case(
        "as many quiet weeks as weeks",
        says=(
            Said(
                "quiet_weeks",
                "no_week_left",
                {"weeks": 13},
                level=MISTAKE,
                zh="目标期一共只有 13 周，“先不指望签约的周数”要比它小。",
                en="The period has only 13 weeks; “weeks without signatures” must be fewer.",
            ),
        ),
        values={"start": "2026-09-07", "months": "3", "as_of": "2026-10-20", "quiet_weeks": "13"},
        tables={"archive": "Prospect\tUrgency\nAcorn\thigh\n"},
    ),
    Case(
        "half a customer",
        says=(
            Said(
                "weeks",
                "not_whole",
                {"row": 2, "column": "first_customers.column.new_customers"},
                level=MISTAKE,
                zh="第 2 行的“新签客户”要填不小于 0 的整数。",
                en="Row 2: enter a whole number from 0 in “New customers”.",
            ),
            Said("weeks", "not_whole", {"row": 2, "column": "first_customers.column.new_prospects"}, level=MISTAKE),
        ),
        values={"start": "2026-09-07", "months": "3", "as_of": "2026-10-20"},
        tables={"weeks": "Week\tNew customers\tNew references\tNew prospects\tCustomer quotes\n1\t0.5\t0\t-3\t1\n"},
    ),
    Case(
        "two measures that nobody writes down",
        says=(
            Said(
                "goals",
                "behind",
                {
                    "measures": ["first_customers.measure.prospects", "first_customers.measure.quotes"],
                    "date": date(2026, 9, 27),
                    "count": 10,
                },
                level="caution",
            ),
            Said(
                "goals",
                "not_recorded",
                {"measures": ["first_customers.measure.references", "first_customers.measure.quotes"]},
                level="caution",
                zh="表里没有这几列，或者整列空着：其中标杆客户、客户原话数。按 0 计算；说落后，可能只是没有记。",
                en="No column, or an empty one: Of these references, Customer verbatims. They count as 0, and being behind may only mean that nobody wrote them down.",
            ),
            Said("goals", "spread", {"count": 4}, level="assumed"),
        ),
        values={"start": "2026-09-07", "as_of": "2026-09-27"},
        tables={"weeks": "week\tnew customers\tnew prospects\n1\t1\t5\n2\t0\t3\n3\t0\t4\n"},
    ),
)

TABLE = Table("first_customers", CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exactly_this_is_said_of_these_inputs(case: Case) -> None:
    """Notices by section and in order, with their values and sentences; figures exactly."""
    TABLE.check(case)


def test_every_notice_and_figure_there_are_words_for_is_in_the_table() -> None:
    """What the words can say, some inputs here make the calculator say."""
    TABLE.complete()
