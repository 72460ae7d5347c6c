"""What the goal breakdown says of targets, teams and funnels, word for word, and its figures."""

from datetime import date
from fractions import Fraction

import pytest

from tests.calculators.notices import MISTAKE, Case, Said, Table


def plan(**values: str) -> dict[str, str]:
    """Return the form of a target of 1,000 (or of 10 deals) over March and April 2026, which have 22 weekdays each."""
    return {
        "target": "1000",
        "deals": "10",
        "first": "2026-03-01",
        "last": "2026-04-30",
        "week": "weekdays",
        "ramp": "",
        "attrition": "0",
        "full": "250",
        "full_deals": "2.5",
        "deal_size": "100",
        "as_of": "2026-02-01",
        **values,
    }


def team(*rows: str) -> str:
    """Return a pasted team: name, weight, first day and last day, of which the ends may be missing."""
    return "Name\tWeight\tStart date\tLast day\n" + "".join(row.replace(",", "\t") + "\n" for row in rows)


def locked(*rows: str) -> str:
    """Return pasted locked cells: name, month and number."""
    return "Name\tMonth\tLocked at (CNY)\n" + "".join(row.replace(",", "\t") + "\n" for row in rows)


def steps(*rows: str) -> str:
    """Return a pasted funnel: step, rate, converted, came in, cycle and what is open now."""
    head = "Step\tConversion\tConverted\tCame in\tCycle days\tOpen now\n"
    return head + "".join(row.replace(",", "\t") + "\n" for row in rows)


CALENDAR = Said(
    "reading",
    "calendar_months",
    {
        "cut": "goal_breakdown.field.year_cut.options.months.label",
        "starts": "goal_breakdown.month.m1",
        "week": "goal_breakdown.field.week.options.weekdays.label",
    },
    zh="日历：自然月，财年从 1 月开始；周一到周五。",
    en="Calendar: calendar months, fiscal year from January; Monday to Friday.",
)

RULE_MONTHS = Said(
    "reading",
    "rule_months",
    {"by": "goal_breakdown.by.days"},
    zh="分月：按工作日。",
    en="Months: by working days.",
)

RULE_PEOPLE = Said("reading", "rule_people")

RULE_ROUNDING = Said(
    "reading",
    "rule_rounding",
    {"step": "goal_breakdown.field.step.options.yuan.label"},
    zh="取整到元，横加竖加都等于总数。余数大的先进位（相同时月份早的先，再按名称排序）；横竖对不上时，让给下一个。",
    en="Rounded to multiples of 1; rows and columns both add up. The largest remainder rounds up first (ties: the earlier month, then by name); where both ways could not add up, the next one does.",
)

NO_STEPS = Said("funnel", "funnel.no_steps")

CAPACITY_ASSUMED_MONEY = Said(
    "capacity",
    "capacity_assumed_money",
    {"full": 25000, "attrition": Fraction(0)},
    level="assumed",
    zh="一个成熟销售每月签 ¥250，年离职率 0%。两者都在表单里，请换成自己的数据。",
    en="A fully ramped rep closes ¥250 a month, and 0% leave a year. Both are in the form; put in your own.",
)

RULE_ROUNDING_2 = Said("reading", "rule_rounding", {"step": "goal_breakdown.whole_deals"})

CAPACITY_ASSUMED_COUNT = Said(
    "capacity",
    "capacity_assumed_count",
    {"full": Fraction(5, 2), "attrition": Fraction(0)},
    level="assumed",
    zh="一个成熟销售每月签 2.5 单，年离职率 0%。两者都在表单里，请换成自己的数据。",
    en="A fully ramped rep closes 2.5 deals a month, and 0% leave a year. Both are in the form; put in your own.",
)

TOO_LATE_TO_HIRE = Said(
    "capacity",
    "too_late_to_hire",
    {"days": 60},
    level="caution",
    zh="招人要 60 天，目标期内已经来不及靠招人补缺口。",
    en="Hiring takes 60 days, so nobody hired from now on can close the gap within the period.",
)

ROUNDED_UP = Said(
    "funnel",
    "funnel.rounded_up",
    {"deals": Fraction(10)},
    zh="目标合 10 单。成交数和每个环节的数量都向上取整：少一个就不够，多一个没必要。",
    en="The target comes to 10 deals. Deals and the count of every step are rounded up: one fewer would not be enough.",
)

INTERVAL = Said("funnel", "funnel.interval")

SPREAD = Said(
    "funnel_months",
    "funnel.spread",
    {"count": 2, "days": 40},
    level="assumed",
    zh="每个月的成交按天均匀分摊，再按周期往前推：最早的环节要比成交早 40 天，因此有 2 个月落在目标期之前。",
    en="Each month's deals are spread evenly over its days and moved back by the cycle: the first step comes 40 days before the deal. Months before the target's period: 2.",
)

EARLIEST_FIRST = Said("funnel_months", "funnel.earliest_first", level="assumed")

WEEK = "goal_breakdown.basis.week"


def over(*names: str, full: object = 25000, kind: str = "money") -> Said:
    """Return what is said of people whose quota is above what they can carry."""
    params = {"names": list(names), "count": len(names), "full": full}
    return Said("load", f"over_capacity_{kind}", params, level="caution")


CASES = (
    Case(
        "1,000 by two for two months, no funnel",
        says=(CALENDAR, RULE_MONTHS, RULE_PEOPLE, RULE_ROUNDING, NO_STEPS, CAPACITY_ASSUMED_MONEY),
        values=plan(),
        tables={"people": team("Ada", "Ben")},
        figures={
            "target": (100000, {"months": 2}),
            "working_days": (Fraction(44), {"assumed": 0}),
            "headcount": (2, {"teams": 1}),
            "per_person": 50000,
            "over_assigned": Fraction(0),
            "attrition_cover": (Fraction(0), {"attrition": Fraction(0)}),
            "weeks": 10,
            "weeks_cut": 1,
            "funnel_deals": (10, {"exact": Fraction(10), "won": 0}),
            "capacity": 100000,
            "capacity_share": Fraction(1),
            "gap": 0,
            "hires": None,
            "difference": 0,
            "locks_kept": (0, {"count": 0}),
            "weeks_of_months": (2, {"months": 2}),
        },
        lists={
            "months": [
                ("2026-03", Fraction(22), "goal_breakdown.basis.week", Fraction(1, 2), 50000),
                ("2026-04", Fraction(22), "goal_breakdown.basis.week", Fraction(1, 2), 50000),
            ],
            "people": [("Ada", "", 25000, 25000, 50000), ("Ben", "", 25000, 25000, 50000)],
            "reconciliation": [
                ("goal_breakdown.sum.months", 100000, 100000, 0),
                ("goal_breakdown.sum.weeks", 100000, 100000, 0),
                ("goal_breakdown.sum.teams", 100000, 100000, 0),
                ("goal_breakdown.sum.people_by_row", 100000, 100000, 0),
                ("goal_breakdown.sum.people_by_column", 100000, 100000, 0),
                ("goal_breakdown.sum.people_of_teams", 100000, 100000, 0),
            ],
        },
    ),
    Case(
        "ten deals, 5% over for managers and 10% for reps, a ramp, days that are given",
        says=(
            CALENDAR,
            RULE_MONTHS,
            RULE_PEOPLE,
            RULE_ROUNDING_2,
            Said(
                "reading",
                "rule_ramp",
                {"ramp": ["50%"]},
                zh="新人爬坡：从入职那天起，逐月依次为 50%，之后 100%；月中入职，当月只用掉爬坡月的一部分。这是我们的假设，请按自己的数据改。",
                en="Ramp: 50%, month by month from the day of the start, 100% after that; a start in mid-month uses a part of a ramp month only. This is our assumption; put in your own.",
            ),
            Said(
                "reading",
                "days_given",
                {"names": ["2026-03"], "count": 1},
                zh="2026-03 的工作日按你给的表；目标期只占半个月的，按比例折算。",
                en="Working days of 2026-03 are those that you gave; where the period has a part of a month, that part of them.",
            ),
            Said(
                "load",
                "over_capacity_count",
                {"names": ["Ada", "Ben"], "count": 2, "full": Fraction(5, 2)},
                level="caution",
                zh="Ada、Ben 的个人目标超过本人产能（按权重、在岗、爬坡和每月 2.5 单算）。超出的部分，靠拆分拆不出来。",
                en="The quota of Ada, Ben is above what they can carry (by weight, presence, ramp and 2.5 deals a month). What is above does not come in by being assigned.",
            ),
            NO_STEPS,
            CAPACITY_ASSUMED_COUNT,
            TOO_LATE_TO_HIRE,
        ),
        values=plan(measure="deals", over_manager="5", over_rep="10", ramp="50"),
        tables={"people": team("Ada", "Ben,0.5,2026-03-01"), "days": "Month\tDays\n2026-03\t11\n"},
        figures={
            "target": (10, {"months": 2}),
            "working_days": (Fraction(33), {"assumed": 0}),
            "headcount": (2, {"teams": 1}),
            "per_person": 6,
            "over_assigned": Fraction(3, 10),
            "attrition_cover": (Fraction(0), {"attrition": Fraction(0)}),
            "weeks": 10,
            "weeks_cut": 1,
            "funnel_deals": (10, {"exact": Fraction(10), "won": 0}),
            "capacity": 6,
            "capacity_share": Fraction(11, 16),
            "gap": 4,
            "hires": None,
            "difference": 0,
            "locks_kept": (0, {"count": 0}),
            "weeks_of_months": (2, {"months": 2}),
        },
        lists={
            "months": [
                ("2026-03", Fraction(11), "goal_breakdown.basis.given", Fraction(3, 10), 3, 4, 4),
                ("2026-04", Fraction(22), "goal_breakdown.basis.week", Fraction(7, 10), 7, 7, 9),
            ]
        },
    ),
    Case(
        "cells locked and asked about: why each number is what it is",
        says=(
            CALENDAR,
            RULE_MONTHS,
            RULE_PEOPLE,
            RULE_ROUNDING,
            Said(
                "reading",
                "locked_outside",
                {"names": ["Ada 2027-01"], "count": 1},
                level="caution",
                zh="锁定的数里，Ada 2027-01 不在目标期内，没有采用。",
                en="Of the locked numbers (and those only asked about), Ada 2027-01 is outside the period and not used.",
            ),
            Said(
                "locked",
                "why_money.locked",
                {"person": "Ada", "month": "2026-03", "number": 10000},
                zh="Ada 2026-03：¥100，是你锁定的。",
                en="Ada, 2026-03: ¥100, as you locked it.",
            ),
            Said(
                "locked",
                "why_money.shared",
                {
                    "person": "Ben",
                    "month": "2026-04",
                    "number": 13800,
                    "month_number": 50000,
                    "month_share": Fraction(1, 2),
                    "locked": 8600,
                    "rest": Fraction(2900, 7),
                    "weight": Fraction(1),
                    "there": Fraction(22),
                    "days": Fraction(22),
                    "ramp": Fraction(1),
                    "share": Fraction(1, 3),
                    "exact": Fraction(2900, 21),
                    "rounding": "goal_breakdown.rounding.down",
                },
                zh="Ben 2026-04：本月个人合计 ¥500（本月占全期 50%），其中已锁定 ¥86，余下的（取整前 414.2857）按“权重 × 在岗工作日 × 爬坡”分。权重 1，在岗 22/22 天，爬坡 100%，占余下的 33.3%，精确份额 138.0952，向下取整为 ¥138。",
                en="Ben, 2026-04: reps' numbers of the month come to ¥500 (the month is 50% of the period), of which ¥86 is locked. The rest, 414.2857 before rounding, goes by weight × working days there × ramp: weight 1, 22 of 22 days, ramp 100%, which is 33.3% of the rest. The exact share is 138.0952, rounded down to ¥138.",
            ),
            Said(
                "locked",
                "why_money.absent",
                {"person": "Cy", "month": "2026-03", "number": 0},
                zh="Cy 2026-03：不在岗，或者爬坡为 0，所以是 0。",
                en="Cy, 2026-03: not there, or a ramp of zero, hence 0.",
            ),
            Said(
                "locked",
                "why_money.of_person",
                {"person": "Di", "month": "2026-03", "number": 11400, "total": 20000},
                zh="Di 2026-03：¥114。全期锁定为 ¥200，各月按月份权重和在岗情况分，再取整。",
                en="Di, 2026-03: ¥114. The total is locked at ¥200; months divide it by their weights and presence, and it is rounded.",
            ),
            NO_STEPS,
            CAPACITY_ASSUMED_MONEY,
        ),
        values=plan(),
        tables={
            "people": team("Ada", "Ben", "Cy,1,2026-04-01", "Di"),
            "locked": locked(
                "Ada,2026-03,100", "Ben,2026-04,", "Cy,2026-03,", "Di,,200", "Di,2026-03,", "Ada,2027-01,5"
            ),
        },
        figures={"difference": 0, "locks_kept": (2, {"count": 2}), "weeks_of_months": (2, {"months": 2})},
    ),
    Case(
        "deals locked and asked about: why each number is what it is",
        says=(
            CALENDAR,
            RULE_MONTHS,
            RULE_PEOPLE,
            RULE_ROUNDING_2,
            Said(
                "locked",
                "why_count.locked",
                {"person": "Ada", "month": "2026-03", "number": 1},
                zh="Ada 2026-03：1 单，是你锁定的。",
                en="Ada, 2026-03: 1, as you locked it.",
            ),
            Said(
                "locked",
                "why_count.shared",
                {
                    "person": "Ben",
                    "month": "2026-04",
                    "number": 1,
                    "month_number": 5,
                    "month_share": Fraction(1, 2),
                    "locked": 1,
                    "rest": Fraction(29, 7),
                    "weight": Fraction(1),
                    "there": Fraction(22),
                    "days": Fraction(22),
                    "ramp": Fraction(1),
                    "share": Fraction(1, 3),
                    "exact": Fraction(29, 21),
                    "rounding": "goal_breakdown.rounding.down",
                },
                zh="Ben 2026-04：本月个人合计 5 单（本月占全期 50%），其中已锁定 1 单，余下的（取整前 4.1429）按“权重 × 在岗工作日 × 爬坡”分。权重 1，在岗 22/22 天，爬坡 100%，占余下的 33.3%，精确份额 1.381，向下取整为 1 单。",
                en="Ben, 2026-04: reps' numbers of the month come to 5 deals (the month is 50% of the period), of which 1 locked. The rest, 4.1429 before rounding, goes by weight × working days there × ramp: weight 1, 22 of 22 days, ramp 100%, which is 33.3% of the rest. The exact share is 1.381, rounded down to 1.",
            ),
            Said(
                "locked",
                "why_count.absent",
                {"person": "Cy", "month": "2026-03", "number": 0},
                zh="Cy 2026-03：不在岗，或者爬坡为 0，所以是 0。",
                en="Cy, 2026-03: not there, or a ramp of zero, hence 0.",
            ),
            Said(
                "locked",
                "why_count.of_person",
                {"person": "Di", "month": "2026-03", "number": 1, "total": 2},
                zh="Di 2026-03：1 单。全期锁定为 2 单，各月按月份权重和在岗情况分，再取整。",
                en="Di, 2026-03: 1. The total is locked at 2; months divide it by their weights and presence, and it is rounded.",
            ),
            NO_STEPS,
            CAPACITY_ASSUMED_COUNT,
        ),
        values=plan(measure="deals"),
        tables={
            "people": team("Ada", "Ben", "Cy,1,2026-04-01", "Di"),
            "locked": locked("Ada,2026-03,1", "Ben,2026-04,", "Cy,2026-03,", "Di,,2", "Di,2026-03,"),
        },
        figures={"difference": 0, "locks_kept": (2, {"count": 2})},
    ),
    Case(
        "more is locked in March than its share",
        says=(
            CALENDAR,
            RULE_MONTHS,
            RULE_PEOPLE,
            RULE_ROUNDING,
            Said(
                "reading",
                "raised",
                {"names": ["2026-03"], "count": 1},
                level="caution",
                zh="2026-03 锁定的数已经超过该月应有的份额，这些月份按锁定的数算，其余月份相应减少。",
                en="More is locked in 2026-03 than the month's share. It takes what is locked, and other months take less.",
            ),
            Said("locked", "why_money.locked", {"person": "Ada", "month": "2026-03", "number": 90000}),
            over("Ada"),
            NO_STEPS,
            CAPACITY_ASSUMED_MONEY,
        ),
        values=plan(),
        tables={"people": team("Ada", "Ben"), "locked": locked("Ada,2026-03,900")},
    ),
    Case(
        "a total is locked that March has no room for",
        says=(
            CALENDAR,
            RULE_MONTHS,
            RULE_PEOPLE,
            RULE_ROUNDING,
            Said(
                "reading",
                "moved",
                {"names": ["Ada"], "count": 1},
                level="caution",
                zh="Ada 的全期总数锁定了，但锁定的月份里容不下按权重应放的数，已挪到其他月份。",
                en="The total of Ada is locked, and locked months have no room for what falls there by weight. It went to other months.",
            ),
            over("Ada"),
            NO_STEPS,
            CAPACITY_ASSUMED_MONEY,
        ),
        values=plan(),
        tables={"people": team("Ada", "Ben"), "locked": locked("Ada,,800", "company,2026-03,100")},
    ),
    Case(
        "March has no season; one starts too late and one has no weight",
        says=(
            CALENDAR,
            Said("reading", "rule_months", {"by": "goal_breakdown.by.days_own"}),
            RULE_PEOPLE,
            RULE_ROUNDING,
            Said(
                "reading",
                "idle",
                {"names": ["Ben", "Cy"], "count": 2},
                level="caution",
                zh="Ben、Cy 在目标期内没有分到数：不在岗，或者权重、爬坡为 0。",
                en="No number for Ben, Cy: not there during the period, or a weight or ramp of zero.",
            ),
            Said(
                "reading",
                "month_without_weight",
                {"names": ["2026-03"], "count": 1},
                zh="2026-03 没有工作日或者季节权重为 0，不分目标。",
                en="2026-03 has no working day or a seasonal weight of zero, and no target.",
            ),
            Said(
                "reading",
                "starts_later",
                {"names": ["Ben"], "count": 1},
                zh="Ben 在目标期之后才入职，没有分到数。",
                en="No number for Ben, who starts after the period.",
            ),
            over("Ada"),
            NO_STEPS,
            CAPACITY_ASSUMED_MONEY,
            TOO_LATE_TO_HIRE,
        ),
        values=plan(season="1 1 0 1 1 1 1 1 1 1 1 1"),
        tables={"people": team("Ada", "Ben,1,2026-06-01", "Cy,0")},
    ),
    Case(
        "nobody is there in April",
        says=(
            CALENDAR,
            RULE_MONTHS,
            RULE_PEOPLE,
            RULE_ROUNDING,
            Said(
                "reading",
                "unmanned",
                {"names": ["2026-04"], "count": 1, "row": "(–)"},
                level="caution",
                zh="2026-04 没有人在岗，这些月份的数单列在“(–)”一行，还没有人承担。",
                en="Nobody is there in 2026-04. Its number is in a row of its own, “(–)”, and nobody carries it yet.",
            ),
            over("Ada"),
            NO_STEPS,
            CAPACITY_ASSUMED_MONEY,
            TOO_LATE_TO_HIRE,
        ),
        values=plan(vacancies="spread"),
        tables={"people": team("Ada,1,,2026-03-31")},
    ),
    Case(
        "nobody is there in April, and months go by the team",
        says=(
            CALENDAR,
            RULE_MONTHS,
            Said("reading", "rule_months_team"),
            RULE_PEOPLE,
            RULE_ROUNDING,
            Said(
                "reading",
                "unmanned_skipped",
                {"names": ["2026-04"], "count": 1, "row": "(–)"},
                level="caution",
                zh="2026-04 没有人在岗；因为按团队分月，这些月份不分目标。",
                en="Nobody is there in 2026-04; since months go by the team too, no target falls on it.",
            ),
            over("Ada"),
            NO_STEPS,
            CAPACITY_ASSUMED_MONEY,
            TOO_LATE_TO_HIRE,
        ),
        values=plan(months_by="team", vacancies="spread"),
        tables={"people": team("Ada,1,,2026-03-31")},
    ),
    Case(
        "holidays that are not announced yet",
        says=(
            Said(
                "months",
                "assumed_days",
                {"years": [2027], "known": 2026},
                level="assumed",
                zh="2027 年的放假安排还没有收录（已收录到 2026 年）：带 * 的月份按 13 个法定节假日推算，不含调休，公布后可能差一两天。",
                en="The holidays of 2027 are not in this playbook yet (it knows those up to 2026): months marked * assume the 13 statutory holidays, without swapped weekends, and may differ by a day or two.",
            ),
            Said(
                "reading",
                "calendar_months",
                {
                    "cut": "goal_breakdown.field.year_cut.options.months.label",
                    "starts": "goal_breakdown.month.m1",
                    "week": "goal_breakdown.field.week.options.china.label",
                },
            ),
            RULE_MONTHS,
            RULE_PEOPLE,
            RULE_ROUNDING,
            Said(
                "levels",
                "assumed_days_too",
                {"years": [2027], "known": 2026},
                level="assumed",
                zh="2027 年的工作日是推算的（见“目标与月份”）。",
                en="Working days of 2027 are assumed (see “The target by month”).",
            ),
            Said("teams", "assumed_days_too", {"years": [2027], "known": 2026}, level="assumed"),
            Said("locked", "assumed_days_too", {"years": [2027], "known": 2026}, level="assumed"),
            Said("people", "assumed_days_too", {"years": [2027], "known": 2026}, level="assumed"),
            Said("load", "assumed_days_too", {"years": [2027], "known": 2026}, level="assumed"),
            over("Ada", "Ben"),
            Said("weeks", "assumed_days_too", {"years": [2027], "known": 2026}, level="assumed"),
            Said("funnel", "assumed_days_too", {"years": [2027], "known": 2026}, level="assumed"),
            NO_STEPS,
            Said("capacity", "assumed_days_too", {"years": [2027], "known": 2026}, level="assumed"),
            CAPACITY_ASSUMED_MONEY,
        ),
        values=plan(first="2027-01-01", last="2027-01-31", week="china"),
        tables={"people": team("Ada", "Ben")},
    ),
    Case(
        "nobody hired from now on comes in time; money without a deal size",
        says=(
            CALENDAR,
            RULE_MONTHS,
            RULE_PEOPLE,
            RULE_ROUNDING,
            over("Ada", "Ben", full=1000),
            Said("funnel", "no_deal_size"),
            Said("capacity", "capacity_assumed_money", {"full": 1000, "attrition": Fraction(0)}, level="assumed"),
            Said("capacity", "too_late_to_hire", {"days": 730}, level="caution"),
        ),
        values=plan(recruiting="730", deal_size="", full="10"),
        tables={"people": team("Ada", "Ben")},
        figures={"capacity": 4000, "capacity_share": Fraction(1, 25), "gap": 96000, "hires": None},
    ),
    Case(
        "a leaver, own weights alone, months by the team, attainment, replacements, and what is known of people",
        says=(
            CALENDAR,
            Said("reading", "rule_months", {"by": "goal_breakdown.by.own"}),
            Said("reading", "rule_months_team"),
            RULE_PEOPLE,
            RULE_ROUNDING,
            Said(
                "reading",
                "vacant_money",
                {"names": ["Ben"], "count": 1, "amount": 15700},
                level="caution",
                zh="Ben 离职之后的数共 ¥157，各列在带括号的空缺行里，还没有人承担。可以让接替的人补上，或者在“离职的人留下的数”里选择分给其他人。",
                en="What Ben would have gone on to carry after leaving, ¥157, stands in vacancy rows (names in brackets), and nobody carries it yet. Have a replacement take it, or choose to spread it under “A leaver's number”.",
            ),
            Said(
                "load",
                "over_capacity_money",
                {"names": ["Ada", "Ben", "Cy"], "count": 3, "full": 15000},
                level="caution",
                zh="Ada、Ben、Cy 的个人目标超过本人产能（按权重、在岗、爬坡和每月 ¥150 算）。超出的部分，靠拆分拆不出来。",
                en="The quota of Ada, Ben, Cy is above what they can carry (by weight, presence, ramp and ¥150 a month). What is above does not come in by being assigned.",
            ),
            NO_STEPS,
            Said("capacity", "capacity_assumed_money", {"full": 15000, "attrition": Fraction(0)}, level="assumed"),
            Said(
                "capacity",
                "leavers_replaced",
                {"days": 20},
                level="assumed",
                zh="离职的人会补上：某月离开的，招 20 天，之后第一个月初到岗，照样爬坡、照样可能离职；名单里已知的离职可以提前招。",
                en="Leavers are replaced: those of a month by people who start on the first of the first month 20 days later, ramp and may leave like others. For leavers who are known, hiring begins ahead.",
            ),
            Said(
                "capacity",
                "attainment_assumed",
                {"attainment": Fraction(4, 5)},
                level="assumed",
                zh="产能按 80% 的达成率计：不是每个人都能完成。",
                en="Capacity counts at 80% attainment: plans are rarely met by everybody.",
            ),
            Said(
                "capacity",
                "capacity_seasonal",
                {"by": "goal_breakdown.field.capacity_by.options.days.label"},
                zh="一个成熟销售各月的产能随工作日多少，全年合计不变。",
                en="What a fully ramped rep closes a month goes by working days; the year's total is the same.",
            ),
            Said("rows_read", "tables.unit_assumed", {"header": "Last year"}),
            Said("rows_read", "tables.unit_assumed", {"header": "Potential"}),
        ),
        values=plan(
            spread="own",
            season="1 1 3 4 1 1 1 1 1 1 1 1",
            months_by="team",
            attainment="80",
            replace_leavers="yes",
            capacity_by="days",
            days_off="2026-01-01",
            recruiting="20",
            full="150",
        ),
        tables={
            "people": "Name\tTeam\tLast day\tLast year\tPotential\n"
            "Ada\tA\t\t400\t1000\nBen\tB\t2026-03-31\t\t\nCy\tB\t\t500\t2000\n"
        },
        figures={
            "over_assigned": Fraction(0),
            "expected": (80000, {"attainment": Fraction(4, 5), "share": Fraction(4, 5)}),
            "attainment_cover": (Fraction(1, 4), {"attainment": Fraction(4, 5)}),
            "overloaded": (3, {"count": 3}),
            "heaviest": (Fraction(177 * 260, 22 * 12 * 150), {"person": "Ben"}),
            "vacant": (15700, {"share": Fraction(157, 1000)}),
            "fairness": (
                Fraction(2),
                {
                    "most": "Ada",
                    "least": "Cy",
                    "most_share": Fraction(333, 1000),
                    "least_share": Fraction(333, 2000),
                },
            ),
            "joiners": (Fraction(1), {"leavers": Fraction(1)}),
        },
    ),
    Case(
        "deals of a leaver, in a retail year of 4-5-4 weeks from February",
        says=(
            Said(
                "reading",
                "calendar_weeks",
                {
                    "cut": "goal_breakdown.field.year_cut.options.454.label",
                    "starts": "goal_breakdown.month.m2",
                    "week": "goal_breakdown.field.week.options.weekdays.label",
                    "first": date(2026, 2, 1),
                },
                zh="日历：每季按 4-5-4 周分月，财年从最接近 2 月 1 日的那个周首日开始（本期所在财年从 2026年2月1日 开始），多出来的第 53 周归最后一个月；周一到周五。",
                en="Calendar: quarters of 4-5-4 weeks, the fiscal year beginning on the first day of a week nearest to 1 February (the one that this period begins in on 1 February 2026), a 53rd week going to the last month; Monday to Friday.",
            ),
            Said("reading", "rule_months", {"by": "goal_breakdown.by.454"}),
            RULE_PEOPLE,
            RULE_ROUNDING_2,
            Said(
                "reading",
                "vacant_count",
                {"names": ["Ben"], "count": 1, "amount": 4},
                level="caution",
                zh="Ben 离职之后的数共 4 单，各列在带括号的空缺行里，还没有人承担。可以让接替的人补上，或者在“离职的人留下的数”里选择分给其他人。",
                en="What Ben would have gone on to carry after leaving, 4 deals, stands in vacancy rows (names in brackets), and nobody carries it yet. Have a replacement take it, or choose to spread it under “A leaver's number”.",
            ),
            NO_STEPS,
            CAPACITY_ASSUMED_COUNT,
        ),
        values=plan(
            measure="deals",
            deals="13",
            first="2026-02-01",
            last="2026-05-02",
            year_cut="454",
            year_starts="2",
            week_starts="sunday",
            spread="454",
            season="1 1 3 4 1 1 1 1 1 1 1 1",
        ),
        tables={"people": team("Ada", "Ben,1,,2026-02-28")},
        lists={
            "months": [
                (
                    "2026/27-P01",
                    date(2026, 2, 1),
                    date(2026, 2, 28),
                    Fraction(20),
                    WEEK,
                    Fraction(4),
                    Fraction(4, 13),
                    4,
                ),
                (
                    "2026/27-P02",
                    date(2026, 3, 1),
                    date(2026, 4, 4),
                    Fraction(25),
                    WEEK,
                    Fraction(5),
                    Fraction(5, 13),
                    5,
                ),
                (
                    "2026/27-P03",
                    date(2026, 4, 5),
                    date(2026, 5, 2),
                    Fraction(20),
                    WEEK,
                    Fraction(4),
                    Fraction(4, 13),
                    4,
                ),
            ]
        },
    ),
    Case(
        "own weights alone, and none",
        says=(
            Said(
                "season",
                "no_season",
                level=MISTAKE,
                zh="“只按自己的权重”分月，要先填季节权重：12 个数，1 月到 12 月。",
                en="“Own weights only” needs seasonal weights: 12 numbers, January to December.",
            ),
        ),
        values=plan(spread="own"),
        tables={"people": team("Ada")},
    ),
    Case(
        "half a deal of the year before",
        says=(
            Said(
                "people",
                "not_a_result",
                {"row": 2, "person": "Ada", "column": "goal_breakdown.column.past"},
                level=MISTAKE,
                zh="第 2 行“Ada”的“上年业绩”要不小于 0；按单量分解时要是整数。",
                en="Row 2: “Last year” of “Ada” must be zero or more, and whole where the target is in deals.",
            ),
        ),
        values=plan(measure="deals"),
        tables={"people": "Name\tLast year\nAda\t2.5\n"},
    ),
    Case(
        "a funnel by counts and by rates: one overdue, one too late, both rates, blanks, and a step twice",
        says=(
            CALENDAR,
            RULE_MONTHS,
            RULE_PEOPLE,
            RULE_ROUNDING,
            ROUNDED_UP,
            INTERVAL,
            Said(
                "funnel",
                "funnel.unmeasured",
                {"names": ["Offer", "Offer"], "count": 2},
                level="assumed",
                zh="Offer、Offer 的转化率是直接填的百分比，没有样本数，不知道有多准，三种情形都按同一个数算。",
                en="The rates of Offer, Offer were entered as percentages: without counts nobody knows how sure they are, so they are the same in all three cases.",
            ),
            Said(
                "funnel",
                "funnel.too_late",
                {"step": "Lead", "count": 130, "date": date(2026, 4, 25), "last": date(2026, 3, 21), "days": 40},
                level="caution",
                zh="“Lead”最晚要在 2026年3月21日 进来，才赶得上目标期（还要 40 天才成交），而 2026年4月25日 已过这一天，仍缺 130 个。",
                en="“Lead” had to come in by 21 March 2026 to close within the period (40 days to the deal); 25 April 2026 is later, and 130 are missing.",
            ),
            Said(
                "funnel",
                "funnel.too_late",
                {"step": "Offer", "count": 34, "date": date(2026, 4, 25), "last": date(2026, 4, 20), "days": 10},
                level="caution",
            ),
            Said(
                "funnel",
                "funnel.too_late",
                {"step": "Offer", "count": 17, "date": date(2026, 4, 25), "last": date(2026, 4, 20), "days": 10},
                level="caution",
            ),
            Said(
                "funnel",
                "funnel.two_rates",
                {"row": 2, "step": "Lead", "rate": Fraction(1, 5), "counted": Fraction(1, 4)},
                level="caution",
                zh="第 2 行“Lead”既填了转化率 20% 又填了数量（25%），两者不一致，按数量计算。",
                en="Row 2, “Lead”, has both a rate of 20% and counts (25%). They disagree; the counts are used.",
            ),
            Said(
                "funnel",
                "funnel.repeated",
                {"names": ["Offer"], "count": 1},
                level="caution",
                zh="有 1 个环节出现不止一行，转化率也算了不止一次：Offer。",
                en="A step is on more than one row, and its rate counts as often: Offer.",
            ),
            Said(
                "funnel",
                "funnel.taken_as_zero",
                {"column": "goal_breakdown.column.cycle", "names": ["Offer"], "count": 1},
                level="assumed",
                zh="Offer 没有填“周期（天）”，按 0 计算。",
                en="“Cycle (days)” is empty for Offer and counts as 0.",
            ),
            Said(
                "funnel",
                "funnel.taken_as_zero",
                {"column": "goal_breakdown.column.present", "names": ["Offer"], "count": 1},
                level="assumed",
            ),
            SPREAD,
            EARLIEST_FIRST,
            Said(
                "coverage",
                "funnel.thin",
                {
                    "step": "Offer",
                    "open": 1,
                    "due": Fraction(9),
                    "days": 10,
                    "date": date(2026, 5, 5),
                    "expected": Fraction(1, 2),
                },
                level="caution",
                zh="在途商机按转化率预计成交 0.5 单，不够到 2026年5月5日 为止（含当天）到期的 9 单。缺口要靠更快进来的新商机，或者提高转化率。",
                en="At your rates the pipeline makes 0.5 deals, short of the 9 due by 5 May 2026. Close the gap by opportunities that move faster, or by better rates.",
            ),
            CAPACITY_ASSUMED_MONEY,
        ),
        values=plan(won="1", as_of="2026-04-25"),
        tables={
            "people": team("Ada", "Ben"),
            "steps": steps("Lead,20%,10,40,30,6", "Offer,50%,,,,", "Offer,50%,,,10,1"),
        },
        figures={
            "target": (100000, {"months": 2}),
            "working_days": (Fraction(44), {"assumed": 0}),
            "headcount": (2, {"teams": 1}),
            "per_person": 50000,
            "over_assigned": Fraction(0),
            "attrition_cover": (Fraction(0), {"attrition": Fraction(0)}),
            "weeks": 10,
            "weeks_cut": 1,
            "funnel_deals": (9, {"exact": Fraction(10), "won": 1}),
            "funnel_first_step": (130, {"step": "Lead", "headcount": 2}),
            "coverage_cycle": (
                Fraction(1, 9),
                {"step": "Offer", "open": 1, "due": Fraction(9), "days": 10, "date": date(2026, 5, 5)},
            ),
            "coverage_needed": (Fraction(4), {"step": "Offer", "rate": Fraction(1, 4)}),
            "coverage": (Fraction(1, 9), {"step": "Offer", "open": 1, "to_win": Fraction(9)}),
            "expected_deals": (Fraction(1, 2), {"share": Fraction(1, 18)}),
            "pipeline_value": (10000, {"worth": 10000}),
            "expected_value": 5000,
            "capacity": 100000,
            "capacity_share": Fraction(1),
            "gap": 0,
            "hires": None,
            "difference": 0,
            "locks_kept": (0, {"count": 0}),
            "weeks_of_months": (2, {"months": 2}),
        },
    ),
    Case(
        "a funnel that is late, and a team of whom 12% leave within a year",
        says=(
            CALENDAR,
            RULE_MONTHS,
            RULE_PEOPLE,
            RULE_ROUNDING,
            over("Ada", "Ben", full=20000),
            ROUNDED_UP,
            INTERVAL,
            Said("funnel", "funnel.unmeasured", {"names": ["Offer"], "count": 1}, level="assumed"),
            Said(
                "funnel",
                "funnel.overdue",
                {"step": "Lead", "count": 54, "date": date(2026, 3, 10), "last": date(2026, 3, 21), "days": 40},
                level="caution",
                zh="按周期倒推，到 2026年3月10日 之前“Lead”还应再有 54 个，现在没有：对应的成交会推迟，除非缩短周期（现为 40 天）、提高转化率或补足现有数量。",
                en="By its cycle, “Lead” should have 54 more before 10 March 2026 and has not. The deals that depend on them will slip, unless the cycle (40 days) gets shorter, the rate better, or some were not counted.",
            ),
            Said(
                "funnel",
                "funnel.overdue",
                {"step": "Offer", "count": 7, "date": date(2026, 3, 10), "last": date(2026, 4, 20), "days": 10},
                level="caution",
            ),
            SPREAD,
            EARLIEST_FIRST,
            Said(
                "coverage",
                "funnel.thin",
                {
                    "step": "Offer",
                    "open": 1,
                    "due": Fraction(323, 100),
                    "days": 10,
                    "date": date(2026, 3, 20),
                    "expected": Fraction(1, 2),
                },
                level="caution",
            ),
            Said("capacity", "capacity_assumed_money", {"full": 20000, "attrition": Fraction(3, 25)}, level="assumed"),
            Said("capacity", "hires_leave", level="assumed"),
        ),
        values=plan(as_of="2026-03-10", attrition="12", recruiting="20", full="200"),
        tables={"people": team("Ada", "Ben"), "steps": steps("Lead,,10,40,30,6", "Offer,50%,,,10,1")},
        figures={
            "target": (100000, {"months": 2}),
            "working_days": (Fraction(44), {"assumed": 0}),
            "headcount": (2, {"teams": 1}),
            "per_person": 50000,
            "over_assigned": Fraction(0),
            "attrition_cover": (Fraction(1, 99), {"attrition": Fraction(3, 25)}),
            "weeks": 10,
            "weeks_cut": 1,
            "funnel_deals": (10, {"exact": Fraction(10), "won": 0}),
            "funnel_first_step": (70, {"step": "Lead", "headcount": 2}),
            "coverage_cycle": (
                Fraction(31, 100),
                {"step": "Offer", "open": 1, "due": Fraction(323, 100), "days": 10, "date": date(2026, 3, 20)},
            ),
            "coverage_needed": (Fraction(2), {"step": "Offer", "rate": Fraction(1, 2)}),
            "coverage": (Fraction(1, 10), {"step": "Offer", "open": 1, "to_win": Fraction(10)}),
            "expected_deals": (Fraction(1, 2), {"share": Fraction(1, 20)}),
            "pipeline_value": (10000, {"worth": 10000}),
            "expected_value": 5000,
            "capacity": 79200,
            "capacity_share": Fraction(99, 125),
            "gap": 20800,
            "hires": (2, {"month": "2026-04"}),
            "difference": 0,
            "locks_kept": (0, {"count": 0}),
            "weeks_of_months": (2, {"months": 2}),
        },
    ),
    Case(
        "a funnel that is in time",
        says=(
            CALENDAR,
            RULE_MONTHS,
            RULE_PEOPLE,
            RULE_ROUNDING,
            ROUNDED_UP,
            Said("funnel", "funnel.unmeasured", {"names": ["Lead", "Offer"], "count": 2}, level="assumed"),
            Said(
                "funnel",
                "funnel.taken_as_zero",
                {"column": "goal_breakdown.column.present", "names": ["Lead", "Offer"], "count": 2},
                level="assumed",
            ),
            Said("funnel_months", "funnel.spread", {"count": 1, "days": 10}, level="assumed"),
            CAPACITY_ASSUMED_MONEY,
        ),
        values=plan(as_of="2026-02-01"),
        tables={"people": team("Ada", "Ben"), "steps": steps("Lead,50%,,,5,", "Offer,50%,,,5,")},
        figures={
            "target": (100000, {"months": 2}),
            "working_days": (Fraction(44), {"assumed": 0}),
            "headcount": (2, {"teams": 1}),
            "per_person": 50000,
            "over_assigned": Fraction(0),
            "attrition_cover": (Fraction(0), {"attrition": Fraction(0)}),
            "weeks": 10,
            "weeks_cut": 1,
            "funnel_deals": (10, {"exact": Fraction(10), "won": 0}),
            "funnel_first_step": (40, {"step": "Lead", "headcount": 2}),
            "coverage_cycle": (
                None,
                {"step": "Offer", "open": 0, "due": Fraction(0), "days": 5, "date": date(2026, 2, 6)},
            ),
            "coverage_needed": (Fraction(2), {"step": "Offer", "rate": Fraction(1, 2)}),
            "coverage": (Fraction(0), {"step": "Offer", "open": 0, "to_win": Fraction(10)}),
            "expected_deals": (Fraction(0), {"share": Fraction(0)}),
            "pipeline_value": (0, {"worth": 10000}),
            "expected_value": 0,
            "capacity": 100000,
            "capacity_share": Fraction(1),
            "gap": 0,
            "hires": None,
            "difference": 0,
            "locks_kept": (0, {"count": 0}),
            "weeks_of_months": (2, {"months": 2}),
        },
        lists={
            "funnel_steps": [
                ("Lead", Fraction(1, 2), 40, 0, 40, 0, Fraction(140, 61), date(2026, 4, 20)),
                ("Offer", Fraction(1, 2), 20, 0, 20, 0, Fraction(70, 61), date(2026, 4, 25)),
            ],
            "funnel_months": [
                ("2026-02", "goal_breakdown.funnel.when.now", 8, 2, 0),
                ("2026-03", "goal_breakdown.funnel.when.ahead", 20, 10, 5),
                ("2026-04", "goal_breakdown.funnel.when.ahead", 12, 8, 5),
            ],
        },
    ),
    Case(
        "money in a month above what it is locked at",
        says=(
            Said(
                "locked",
                "impossible_money.month",
                {"people": [], "months": ["2026-03"], "needed": 20000, "room": 10000},
                level=MISTAKE,
                zh="2026-03 锁定为 ¥100，但其中锁定到人的已有 ¥200，放不下。请提高该月，或者减少锁定的格子。",
                en="2026-03 is locked at ¥100, but cells locked in it come to ¥200. Raise the month or lock less in it.",
            ),
        ),
        values=plan(),
        tables={"people": team("Ada", "Ben"), "locked": locked("company,2026-03,100", "Ada,2026-03,200")},
    ),
    Case(
        "money in a person's months above the person's total",
        says=(
            Said(
                "locked",
                "impossible_money.person",
                {"people": ["Ada"], "months": [], "needed": 20000, "room": 10000},
                level=MISTAKE,
                zh="Ada 全期锁定为 ¥100，但已锁定的月份合计 ¥200，放不下。请提高全期的数，或者减少锁定的月份。",
                en="Ada is locked at ¥100 in total, but locked months come to ¥200. Raise the total or lock less.",
            ),
        ),
        values=plan(),
        tables={"people": team("Ada", "Ben"), "locked": locked("Ada,,100", "Ada,2026-03,200")},
    ),
    Case(
        "money of a person above the target",
        says=(
            Said(
                "locked",
                "impossible_money.people",
                {"people": ["Ada"], "months": [], "needed": 200000, "room": 100000},
                level=MISTAKE,
                zh="锁定的数合计 ¥2,000，超过要分的总数 ¥1,000。涉及：Ada。请减少锁定的数。",
                en="What is locked comes to ¥2,000, more than the ¥1,000 there is. It concerns Ada. Lock less.",
            ),
        ),
        values=plan(),
        tables={"people": team("Ada", "Ben"), "locked": locked("Ada,,2000")},
    ),
    Case(
        "money of a month above the target",
        says=(
            Said(
                "locked",
                "impossible_money.months",
                {"people": [], "months": ["2026-03"], "needed": 200000, "room": 100000},
                level=MISTAKE,
                zh="锁定的月份合计 ¥2,000，超过要分的总数 ¥1,000。涉及：2026-03。请减少锁定的数。",
                en="The locked months come to ¥2,000, more than the ¥1,000 there is. It concerns 2026-03. Lock less.",
            ),
        ),
        values=plan(),
        tables={"people": team("Ada", "Ben"), "locked": locked("company,2026-03,2000")},
    ),
    Case(
        "money for somebody who is not there",
        says=(
            Said(
                "locked",
                "impossible_money.absent",
                {"people": ["Cy"], "months": ["2026-03"], "needed": 10000, "room": 0},
                level=MISTAKE,
                zh="Cy 在 2026-03 不在岗（或者爬坡为 0），不能锁定 ¥100。请检查入职、离职和缺勤日期。",
                en="Cy is not there in 2026-03 (or has a ramp of zero), so ¥100 cannot be locked. Check start, leave and absence dates.",
            ),
        ),
        values=plan(),
        tables={"people": team("Ada", "Cy,1,2026-04-01"), "locked": locked("Cy,2026-03,100")},
    ),
    Case(
        "money of a person who is there in a locked month only",
        says=(
            Said(
                "locked",
                "impossible_money.no_room",
                {"people": ["Ada"], "months": ["2026-03"], "needed": 60000, "room": 50000},
                level=MISTAKE,
                zh="Ada 还要放下 ¥600，但他们没有锁定、又在岗的月份（2026-03）只容得下 ¥500。请减少他们的数，或者放开一些月份、格子。",
                en="Ada must still place ¥600, but the months in which they are there and not locked (2026-03) take ¥500 at most. Lower their numbers, or release some months or cells.",
            ),
        ),
        values=plan(),
        tables={"people": team("Ada,1,,2026-03-31", "Ben"), "locked": locked("Ada,,600", "company,2026-03,500")},
    ),
    Case(
        "money of others, with a person, who are there in a locked month only",
        says=(
            Said(
                "locked",
                "impossible_money.no_room_others",
                {"people": ["Ada"], "months": ["2026-03"], "needed": 20000, "room": 10000},
                level=MISTAKE,
                zh="没有锁定的人（连同 Ada）还要放下 ¥200，但他们没有锁定、又在岗的月份（2026-03）只容得下 ¥100。请放开一些锁定的数。",
                en="Those who are not locked, with Ada, must still place ¥200, but the months in which they are there and not locked (2026-03) take ¥100 at most. Release some of what is locked.",
            ),
        ),
        values=plan(vacancies="spread"),
        tables={
            "people": team("Ada,1,,2026-03-31", "Ben,1,,2026-03-31", "Cy"),
            "locked": locked("Ada,,100", "Cy,,800", "company,2026-03,100"),
        },
    ),
    Case(
        "money of others who are there in a locked month only",
        says=(
            Said(
                "locked",
                "impossible_money.no_room_rest",
                {"people": [], "months": ["2026-03"], "needed": 70000, "room": 10000},
                level=MISTAKE,
                zh="没有锁定的人还要放下 ¥700，但他们没有锁定、又在岗的月份（2026-03）只容得下 ¥100。请放开一些锁定的数。",
                en="Those who are not locked must still place ¥700, but the months in which they are there and not locked (2026-03) take ¥100 at most. Release some of what is locked.",
            ),
        ),
        values=plan(vacancies="spread"),
        tables={"people": team("Ada", "Ben,1,,2026-03-31"), "locked": locked("Ada,,300", "company,2026-03,100")},
    ),
    Case(
        "deals in a month above what it is locked at",
        says=(
            Said(
                "locked",
                "impossible_count.month",
                {"people": [], "months": ["2026-03"], "needed": 2, "room": 1},
                level=MISTAKE,
                zh="2026-03 锁定为 1 单，但其中锁定到人的已有 2 单，放不下。请提高该月，或者减少锁定的格子。",
                en="2026-03 is locked at 1 deal, but cells locked in it come to 2. Raise the month or lock less in it.",
            ),
        ),
        values=plan(measure="deals"),
        tables={"people": team("Ada", "Ben"), "locked": locked("company,2026-03,1", "Ada,2026-03,2")},
    ),
    Case(
        "deals in a person's months above the person's total",
        says=(
            Said(
                "locked",
                "impossible_count.person",
                {"people": ["Ada"], "months": [], "needed": 2, "room": 1},
                level=MISTAKE,
                zh="Ada 全期锁定为 1 单，但已锁定的月份合计 2 单，放不下。请提高全期的数，或者减少锁定的月份。",
                en="Ada is locked at 1 deal in total, but locked months come to 2. Raise the total or lock less.",
            ),
        ),
        values=plan(measure="deals"),
        tables={"people": team("Ada", "Ben"), "locked": locked("Ada,,1", "Ada,2026-03,2")},
    ),
    Case(
        "deals of a person above the target",
        says=(
            Said(
                "locked",
                "impossible_count.people",
                {"people": ["Ada"], "months": [], "needed": 20, "room": 10},
                level=MISTAKE,
                zh="锁定的数合计 20 单，超过要分的总数 10 单。涉及：Ada。请减少锁定的数。",
                en="What is locked comes to 20 deals, more than the 10 there are. It concerns Ada. Lock less.",
            ),
        ),
        values=plan(measure="deals"),
        tables={"people": team("Ada", "Ben"), "locked": locked("Ada,,20")},
    ),
    Case(
        "deals of a month above the target",
        says=(
            Said(
                "locked",
                "impossible_count.months",
                {"people": [], "months": ["2026-03"], "needed": 20, "room": 10},
                level=MISTAKE,
                zh="锁定的月份合计 20 单，超过要分的总数 10 单。涉及：2026-03。请减少锁定的数。",
                en="The locked months come to 20 deals, more than the 10 there are. It concerns 2026-03. Lock less.",
            ),
        ),
        values=plan(measure="deals"),
        tables={"people": team("Ada", "Ben"), "locked": locked("company,2026-03,20")},
    ),
    Case(
        "deals for somebody who is not there",
        says=(
            Said(
                "locked",
                "impossible_count.absent",
                {"people": ["Cy"], "months": ["2026-03"], "needed": 1, "room": 0},
                level=MISTAKE,
                zh="Cy 在 2026-03 不在岗（或者爬坡为 0），不能锁定 1 单。请检查入职、离职和缺勤日期。",
                en="Cy is not there in 2026-03 (or has a ramp of zero), so 1 cannot be locked. Check start, leave and absence dates.",
            ),
        ),
        values=plan(measure="deals"),
        tables={"people": team("Ada", "Cy,1,2026-04-01"), "locked": locked("Cy,2026-03,1")},
    ),
    Case(
        "deals of a person who is there in a locked month only",
        says=(
            Said(
                "locked",
                "impossible_count.no_room",
                {"people": ["Ada"], "months": ["2026-03"], "needed": 6, "room": 5},
                level=MISTAKE,
                zh="Ada 还要放下 6 单，但他们没有锁定、又在岗的月份（2026-03）只容得下 5 单。请减少他们的数，或者放开一些月份、格子。",
                en="Ada must still place 6 deals, but the months in which they are there and not locked (2026-03) take 5 at most. Lower their numbers, or release some months or cells.",
            ),
        ),
        values=plan(measure="deals"),
        tables={"people": team("Ada,1,,2026-03-31", "Ben"), "locked": locked("Ada,,6", "company,2026-03,5")},
    ),
    Case(
        "deals of others, with a person, who are there in a locked month only",
        says=(
            Said(
                "locked",
                "impossible_count.no_room_others",
                {"people": ["Ada"], "months": ["2026-03"], "needed": 2, "room": 1},
                level=MISTAKE,
                zh="没有锁定的人（连同 Ada）还要放下 2 单，但他们没有锁定、又在岗的月份（2026-03）只容得下 1 单。请放开一些锁定的数。",
                en="Those who are not locked, with Ada, must still place 2 deals, but the months in which they are there and not locked (2026-03) take 1 at most. Release some of what is locked.",
            ),
        ),
        values=plan(measure="deals", vacancies="spread"),
        tables={
            "people": team("Ada,1,,2026-03-31", "Ben,1,,2026-03-31", "Cy"),
            "locked": locked("Ada,,1", "Cy,,8", "company,2026-03,1"),
        },
    ),
    Case(
        "deals of others who are there in a locked month only",
        says=(
            Said(
                "locked",
                "impossible_count.no_room_rest",
                {"people": [], "months": ["2026-03"], "needed": 7, "room": 1},
                level=MISTAKE,
                zh="没有锁定的人还要放下 7 单，但他们没有锁定、又在岗的月份（2026-03）只容得下 1 单。请放开一些锁定的数。",
                en="Those who are not locked must still place 7 deals, but the months in which they are there and not locked (2026-03) take 1 at most. Release some of what is locked.",
            ),
        ),
        values=plan(measure="deals", vacancies="spread"),
        tables={"people": team("Ada", "Ben,1,,2026-03-31"), "locked": locked("Ada,,3", "company,2026-03,1")},
    ),
    Case(
        "a span the wrong way round",
        says=(
            Said(
                "last",
                "span_reversed",
                {"first": date(2026, 3, 1), "last": date(2026, 2, 1)},
                level=MISTAKE,
                zh="目标期的最后一天（2026年2月1日）在第一天（2026年3月1日）之前。请改其中一个。",
                en="The last day (1 February 2026) is before the first (1 March 2026). Change one of them.",
            ),
        ),
        values=plan(last="2026-02-01"),
        tables={"people": team("Ada", "Ben")},
    ),
    Case(
        "a span of more than three years",
        says=(
            Said(
                "last",
                "span_too_long",
                {"most": 36},
                level=MISTAKE,
                zh="目标期最多 36 个月。请缩短，或者分几年做。",
                en="A period can be 36 months at most. Shorten it, or plan year by year.",
            ),
        ),
        values=plan(last="2029-03-01"),
        tables={"people": team("Ada", "Ben")},
    ),
    Case(
        "a target finer than it is rounded to",
        says=(
            Said(
                "target",
                "not_a_multiple",
                {"target": 15000, "step": "goal_breakdown.field.step.options.hundred.label"},
                level=MISTAKE,
                zh="目标不是“百元”的整数倍，拆开后加不回来。请改目标，或者换更细的取整单位。",
                en="The target is not a multiple of 100, so its parts could not add up again. Change the target or round more finely.",
            ),
        ),
        values=plan(target="150", step="hundred"),
        tables={"people": team("Ada", "Ben")},
    ),
    Case(
        "numbers that are none",
        says=(
            Said(
                "season",
                "not_numbers",
                {"cell": "two"},
                level=MISTAKE,
                zh="“two”不是数。请写用逗号或空格隔开的数，例如 100, 60, 110。",
                en="“two” is no number. Write numbers with commas or spaces between them, such as 100, 60, 110.",
            ),
            Said("ramp", "not_a_ramp", level=MISTAKE),
        ),
        values=plan(season="1, two", ramp="25, 150"),
        tables={"people": team("Ada", "Ben")},
    ),
    Case(
        "a year of weeks where seasonal weights are asked for",
        says=(
            Said(
                "season",
                "weeks_no_season",
                {"cell": "4-4-5"},
                level=MISTAKE,
                zh="“4-4-5”是按周分月的办法，不是淡旺季权重：请在“一年怎么分月”里选它，这里留空。",
                en="“4-4-5” is how a year of weeks is cut into months, and no seasonal weights: choose it under “Months of the year” and leave this empty.",
            ),
        ),
        values=plan(season="4-4-5"),
        tables={"people": team("Ada", "Ben")},
    ),
    Case(
        "a season of two months, a ramp of fractions",
        says=(
            Said(
                "season",
                "not_a_season",
                {"count": 2},
                level=MISTAKE,
                zh="季节权重要 12 个数（1 月到 12 月），现在是 2 个，而且不能全为 0。留空表示不分淡旺季。",
                en="Seasonal weights are 12 numbers, January to December, not all zero; there are 2. Leave it empty for no seasons.",
            ),
            Said("ramp", "ramp_of_fractions", level=MISTAKE),
        ),
        values=plan(season="1 1", ramp="0.25 0.5"),
        tables={"people": team("Ada", "Ben")},
    ),
    Case(
        "days that are none, and too many",
        says=(
            Said(
                "days_off",
                "not_days",
                {"line": "soon"},
                level=MISTAKE,
                zh="“soon”看不出是哪一天。每行写一天（2027-02-04），或者起止两天（2027-02-04 至 2027-02-06）。",
                en="“soon” is no day. Write one a line (2027-02-04), or a first and a last one (2027-02-04 to 2027-02-06).",
            ),
            Said(
                "days_off",
                "too_many_days",
                {"line": "2026-01-01 to 2027-06-01"},
                level=MISTAKE,
                zh="“2026-01-01 to 2027-06-01”超过一年。请检查年份。",
                en="“2026-01-01 to 2027-06-01” is longer than a year. Check the years.",
            ),
        ),
        values=plan(days_off="soon\n2026-01-01 to 2027-06-01"),
        tables={"people": team("Ada", "Ben")},
    ),
    Case(
        "working days given for months that are not there, that are none, and twice",
        says=(
            Said(
                "days",
                "no_such_month",
                {"row": 2, "cell": "2026-07"},
                level=MISTAKE,
                zh="第 2 行的月份“2026-07”不在目标期内，或者看不出是哪个月。请写成 2027-03 这样。",
                en="Row 2: the month “2026-07” is outside the period, or cannot be read. Write it as 2027-03.",
            ),
            Said(
                "days",
                "not_working_days",
                {"row": 3, "month": "2026-03"},
                level=MISTAKE,
                zh="第 3 行：2026-03 的工作日要在 0 到 31 之间。",
                en="Row 3: working days of 2026-03 must be from 0 to 31.",
            ),
            Said(
                "days",
                "month_twice",
                {"row": 5, "month": "2026-04"},
                level=MISTAKE,
                zh="第 5 行：2026-04 填了两次。请只留一行。",
                en="Row 5: 2026-04 is given twice. Keep one row.",
            ),
        ),
        values=plan(),
        tables={
            "people": team("Ada", "Ben"),
            "days": "Month\tDays\n2026-07\t20\n2026-03\t40\n2026-04\t20\n2026-04\t21\n",
        },
    ),
    Case(
        "absences of a stranger and without an end, a weight beyond all, a leaver before the start",
        says=(
            Said(
                "absences",
                "no_such_person",
                {"row": 2, "person": "Zed"},
                level=MISTAKE,
                zh="第 2 行的“Zed”不在团队名单里。请检查姓名，或者先把人加进名单；锁定全公司某个月请写“公司”。",
                en="Row 2: “Zed” is not in the team. Check the name, or add the person first; to lock a month of the whole company, write “company”.",
            ),
            Said(
                "absences",
                "not_a_span",
                {"row": 3, "person": "Ada"},
                level=MISTAKE,
                zh="第 3 行“Ada”的缺勤要有开始和结束两个日期，且开始不晚于结束。",
                en="Row 3: the absence of “Ada” needs a first and a last day, in this order.",
            ),
            Said(
                "people",
                "not_a_weight",
                {"row": 2, "person": "Ada"},
                level=MISTAKE,
                zh="第 2 行“Ada”的权重要在 0 到 100000 之间。",
                en="Row 2: the weight of “Ada” must be from 0 to 100,000.",
            ),
            Said(
                "people",
                "left_before_start",
                {"row": 3, "person": "Ben"},
                level=MISTAKE,
                zh="第 3 行“Ben”的离职日期早于入职日期。请检查。",
                en="Row 3: “Ben” leaves before starting. Check the dates.",
            ),
        ),
        values=plan(),
        tables={
            "people": team("Ada,200000", "Ben,1,2026-04-01,2026-03-01"),
            "absences": "Name\tFrom\tTo\nZed\t2026-03-01\t2026-03-02\nAda\t2026-03-02\t2026-03-01\n",
        },
    ),
    Case(
        "two of one name",
        says=(
            Said(
                "people",
                "same_name",
                {"names": ["Ada"], "count": 1},
                level=MISTAKE,
                zh="有 1 个姓名重复：Ada。请加工号区分，否则分不清谁是谁。",
                en="1 name appears on several rows: Ada. Add an employee number, so that they can be told apart.",
            ),
        ),
        values=plan(),
        tables={"people": team("Ada", "Ada")},
    ),
    Case(
        "more people than can be computed",
        says=(
            Said(
                "people",
                "too_many_people",
                {"count": 2001, "most": 2000},
                level=MISTAKE,
                zh="名单有 2,001 人，最多 2,000 人。请按团队分开算。",
                en="The team has 2,001 people, and there can be 2,000. Compute team by team.",
            ),
        ),
        values=plan(),
        tables={"people": team(*(f"p{at}" for at in range(2_001)))},
    ),
    Case(
        "locked cells that cannot be",
        says=(
            Said("locked", "no_such_person", {"row": 2, "person": "Zed", "month": "2026-03"}, level=MISTAKE),
            Said("locked", "no_such_month", {"row": 3, "cell": "soon"}, level=MISTAKE),
            Said(
                "locked",
                "locks_the_target",
                {"row": 4, "person": "company", "month": ""},
                level=MISTAKE,
                zh="第 4 行锁定的是全公司全期，那就是目标本身。请直接改目标。",
                en="Row 4 locks the whole company over the whole period, which is the target. Change the target instead.",
            ),
            Said(
                "locked",
                "not_a_number_to_lock",
                {"row": 5, "person": "Ada", "month": "2026-03"},
                level=MISTAKE,
                zh="第 5 行锁定的数要不小于 0；按单量分解时要是整数。",
                en="Row 5: what is locked must be zero or more, and whole where the target is in deals.",
            ),
            Said(
                "locked",
                "locked_twice",
                {"row": 7, "person": "Ben", "month": "March 2026"},
                level=MISTAKE,
                zh="第 7 行：“Ben”March 2026 已经在前面锁定过。请只留一行。",
                en="Row 7: “Ben” March 2026 is locked above already. Keep one row.",
            ),
        ),
        values=plan(),
        tables={
            "people": team("Ada", "Ben"),
            "locked": locked(
                "Zed,2026-03,1", "Ada,soon,1", "company,,1", "Ada,2026-03,-1", "Ben,2026-03,1", "Ben,March 2026,1"
            ),
        },
    ),
    Case(
        "a locked number finer than it is rounded to",
        says=(
            Said(
                "locked",
                "locked_not_a_multiple",
                {"row": 2, "amount": 50, "step": "goal_breakdown.field.step.options.yuan.label"},
                level=MISTAKE,
                zh="第 2 行锁定的 ¥0.50 不是“元”的整数倍。请改这个数，或者换更细的取整单位。",
                en="Row 2: ¥0.50 is not a multiple of 1. Change it or round more finely.",
            ),
        ),
        values=plan(),
        tables={"people": team("Ada", "Ben"), "locked": locked("Ada,2026-03,0.5")},
    ),
    Case(
        "a team of nobody",
        says=(Said("people", "nobody_there", level=MISTAKE),),
        values=plan(),
        tables={"people": team("Ada,0")},
    ),
    Case(
        "a Sunday",
        says=(Said("last", "no_working_days", level=MISTAKE),),
        values=plan(last="2026-03-01"),
        tables={"people": team("Ada", "Ben")},
    ),
    Case(
        "weeks of a stranger",
        says=(
            Said(
                "weeks_of",
                "no_such_name",
                {"name": "Zed"},
                level=MISTAKE,
                zh="名单里没有叫“Zed”的人、团队或区域。空着就是全公司。",
                en="Nobody, no team and no region in the list is called “Zed”. Leave it empty for the company.",
            ),
        ),
        values=plan(weeks_of="Zed"),
        tables={"people": team("Ada", "Ben")},
    ),
    Case(
        "steps that tell no rate",
        says=(
            Said(
                "steps",
                "funnel.not_whole",
                {"row": 2, "step": "A", "columns": ["goal_breakdown.column.cycle"]},
                level=MISTAKE,
                zh="第 2 行“A”：周期（天）要填不小于 0 的整数。",
                en="Row 2, “A”: enter whole numbers from 0 in Cycle (days).",
            ),
            Said(
                "steps",
                "funnel.no_rate",
                {"row": 3, "step": "B"},
                level=MISTAKE,
                zh="第 3 行“B”没有转化率。请填百分比，或者填进入数和转化数。",
                en="Row 3, “B”, has no conversion rate. Enter a percentage, or how many came in and how many went on.",
            ),
            Said(
                "steps",
                "funnel.impossible_rate",
                {"row": 4, "step": "C"},
                level=MISTAKE,
                zh="第 4 行“C”的转化率要大于 0%，不超过 100%。",
                en="Row 4, “C”: a conversion rate is above 0% and at most 100%.",
            ),
            Said(
                "steps",
                "funnel.half_counts",
                {"row": 5, "step": "D"},
                level=MISTAKE,
                zh="第 5 行“D”只填了进入数和转化数中的一个，请两个都填，或者改填百分比。",
                en="Row 5, “D”, has only one of “came in” and “went on”. Enter both, or a percentage instead.",
            ),
            Said(
                "steps",
                "funnel.more_than_all",
                {"row": 6, "step": "E"},
                level=MISTAKE,
                zh="第 6 行“E”的转化数比进入数还多，请检查两列是否填反。",
                en="Row 6, “E”: more went on than came in. Are the two columns swapped?",
            ),
            Said(
                "steps",
                "funnel.none_went_on",
                {"row": 7, "step": "F"},
                level=MISTAKE,
                zh="第 7 行“F”没有一个转化成功，推不出转化率。请改填一个假设的百分比，或换一段更长的统计期。",
                en="Row 7, “F”: none went on, which tells no rate to plan by. Enter a percentage as an assumption, or count over a longer time.",
            ),
        ),
        values=plan(),
        tables={
            "people": team("Ada", "Ben"),
            "steps": steps("A,,,,1.5,", "B,,,,,", "C,0%,,,,", "D,,5,,,", "E,,5,4,,", "F,,0,4,,"),
        },
    ),
    Case(
        "more steps than there can be",
        says=(
            Said(
                "steps",
                "funnel.too_many_steps",
                {"count": 21, "most": 20},
                level=MISTAKE,
                zh="漏斗有 21 个环节，最多 20 个。请合并相近的环节。",
                en="The funnel has 21 steps; 20 at most. Merge those that are close.",
            ),
        ),
        values=plan(),
        tables={
            "people": team("Ada", "Ben"),
            "steps": steps(
                "s0,50%,,,,",
                "s1,50%,,,,",
                "s2,50%,,,,",
                "s3,50%,,,,",
                "s4,50%,,,,",
                "s5,50%,,,,",
                "s6,50%,,,,",
                "s7,50%,,,,",
                "s8,50%,,,,",
                "s9,50%,,,,",
                "s10,50%,,,,",
                "s11,50%,,,,",
                "s12,50%,,,,",
                "s13,50%,,,,",
                "s14,50%,,,,",
                "s15,50%,,,,",
                "s16,50%,,,,",
                "s17,50%,,,,",
                "s18,50%,,,,",
                "s19,50%,,,,",
                "s20,50%,,,,",
            ),
        },
    ),
    Case(
        "cycles longer than can be",
        says=(
            Said(
                "steps",
                "funnel.too_long",
                {"count": 4000, "most": 3660},
                level=MISTAKE,
                zh="各环节周期合计 4,000 天，最多 3,660 天。请检查单位是不是天。",
                en="The cycles add up to 4,000 days; 3,660 at most. Is the unit days?",
            ),
        ),
        values=plan(),
        tables={"people": team("Ada", "Ben"), "steps": steps("A,50%,,,4000,")},
    ),
    Case(
        "rates too low for any count",
        says=(
            Said(
                "steps",
                "funnel.too_large",
                {"most": 1000000000000000},
                level=MISTAKE,
                zh="转化率太低，倒推出的数量超过 1,000,000,000,000,000，没有意义。请检查转化率和客单价。",
                en="The rates are so low that the counts pass 1,000,000,000,000,000 and mean nothing. Check the rates and the average deal size.",
            ),
        ),
        values=plan(target="100000000000"),
        tables={
            "people": team("Ada", "Ben"),
            "steps": steps(
                "s0,0.01%,,,1,",
                "s1,0.01%,,,1,",
                "s2,0.01%,,,1,",
                "s3,0.01%,,,1,",
                "s4,0.01%,,,1,",
                "s5,0.01%,,,1,",
                "s6,0.01%,,,1,",
                "s7,0.01%,,,1,",
            ),
        },
    ),
)

TABLE = Table(
    "goal_breakdown",
    CASES,
    groups=("impossible_money", "impossible_count", "why_money", "why_count", "funnel"),
    unsaid={"whole_deals": "a word in the rule of rounding"},
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exactly_this_is_said_of_these_inputs(case: Case) -> None:
    """Notices by section and in order, with their values and sentences; figures exactly."""
    TABLE.check(case)


def test_every_notice_and_figure_there_are_words_for_is_in_the_table() -> None:
    """What the words can say, some inputs here make the calculator say."""
    TABLE.complete()
