"""The one sentence that each calculator begins with, word for word, and that its numbers are the result's."""

import io
import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import openpyxl
import pytest

from calculators import CALCULATORS
from calculators.bridge import Bridge
from calculators.efficiency_alert.in_short import in_short as of_alert
from calculators.engine.answers.result import Figure, Result, Section
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Text, words_of
from calculators.stage_finder import SYMPTOMS
from calculators.verify.in_short import in_short as of_cases
from calculators.work import Work

NO = dict.fromkeys(SYMPTOMS, "no")


def weeks(*deals: int) -> dict[str, Any]:
    """Return a list of weeks with so many deals each."""
    return {"weeks": [["week", "deals"], *([str(at), str(some)] for at, some in enumerate(deals, 2))]}


def customers(count: int, *more: str) -> dict[str, Any]:
    """Return a list of customers; the margin of the first is thin, and of the others it is not, where it is wanted."""
    heads = [["customer", "revenue", *more]]
    rows = [[f"c{at}", str(1000 - at), *("90" if at else "1" for _ in more)] for at in range(count)]
    return {"customers": heads + rows}


def measures(*rows: tuple[str, str, str, str]) -> dict[str, Any]:
    """Return a list of KPIs with target and actual."""
    return {"measures": [["line", "KPI", "target", "actual"], *map(list, rows)]}


CASES: tuple[tuple[str, str, Mapping[str, Any], Mapping[str, str], str, str], ...] = (
    (
        "abc_tiers",
        "at_risk",
        {},
        {},
        "A 级 6 家，占收入 52.5%；其中 1 家流失风险高，牵涉收入 ¥298,500，先保住它们。",
        "A holds 52.5% of revenue with 6 customers, of which 1 is at high risk with ¥298,500: keep it first.",
    ),
    (
        "abc_tiers",
        "largest",
        customers(20),
        {},
        "A 级 4 家，占收入 20.2%；最大的一家就占 5%。",
        "A holds 20.2% of revenue with 4 customers; the largest alone has 5%.",
    ),
    (
        "abc_tiers",
        "thin",
        customers(20, "margin"),
        {},
        "A 级 4 家，占收入 20.2%；其中 1 家按毛利够不上 A 级，先看值不值得这样服务。",
        "A holds 20.2% of revenue with 4 customers, of which 1 is in a lower tier by margin: check that it is worth the service.",
    ),
    (
        "abc_tiers",
        "few",
        {"customers": [["customer", "revenue"], ["a", "5"], ["b", "3"]]},
        {},
        "只有 2 家客户：A 级 1 家占收入 62.5%。逐家定服务就行，不必靠分级。",
        "Only 2 customers: A holds 62.5% of revenue with 1. Decide on service name by name; tiers add little.",
    ),
    (
        "abc_tiers",
        "nobody_in_a",
        {},
        {"driver": "revenue", "revenue_share_a": "0", "revenue_share_b": "90"},
        "28 家客户里没有一家进 A 级：先看分界定得对不对。",
        "None of 28 customers is in A: check the cut-offs first.",
    ),
    (
        "efficiency_alert",
        "alerted",
        {},
        {},
        "基线之后的 13 周里有 1 周累计和报警：效能可能真的下降了，先查原因。",
        "The CUSUM raised 1 alert in 13 weeks after the baseline: efficiency may really have fallen, so look for the cause.",
    ),
    (
        "efficiency_alert",
        "alerted",
        weeks(*(10, 11, 9) * 9, 10, 7, 7, 7, 7, 7),
        {},
        "基线之后的 20 周里有 1 周累计和报警：效能可能真的下降了，先查原因。",
        "The CUSUM raised 1 alert in 20 weeks after the baseline: efficiency may really have fallen, so look for the cause.",
    ),
    (
        "efficiency_alert",
        "no_alert",
        weeks(*(11, 9, 10) * 10, 11, 9),
        {},
        "基线之后的 19 周没有报警；效能真降 10% 时，一个季度内看得出来的概率是 77.4%。",
        "No alert in 19 weeks after the baseline; a real fall of 10% would be seen within a quarter with a chance of 77.4%.",
    ),
    (
        "efficiency_alert",
        "no_alert",
        weeks(*(0, 1) * 12),
        {},
        "基线之后的 11 周没有报警；效能真降 10% 时，一个季度内看得出来的概率是 45.7%。",
        "No alert in 11 weeks after the baseline; a real fall of 10% would be seen within a quarter with a chance of 45.7%.",
    ),
    (
        "efficiency_alert",
        "too_few_weeks_noisy",
        weeks(*[10] * 4),
        {},
        "周数太少，还看不出效能有没有下降；逐周对比也靠不住，一切照旧时有 41.6% 的周会误报。",
        "Too few weeks to say whether efficiency has fallen; week on week cannot be relied on either, as 41.6% of weeks set it off with nothing changed.",
    ),
    (
        "efficiency_alert",
        "too_few_weeks_quiet",
        weeks(*[500] * 4),
        {},
        "周数太少，还看不出效能有没有下降；逐周对比可以先用，一切照旧时只有 4.8% 的周会误报。",
        "Too few weeks to say whether efficiency has fallen; week on week will do for now, as only 4.8% of weeks set it off with nothing changed.",
    ),
    (
        "efficiency_alert",
        "all_baseline_noisy",
        weeks(*[10] * 12),
        {"baseline": "13"},
        "现有的周都用作基线，还没有可以判断的周；逐周对比靠不住，一切照旧时有 41.6% 的周会误报。",
        "Every week so far is baseline, so there is none to judge; week on week cannot be relied on, as 41.6% of weeks set it off with nothing changed.",
    ),
    (
        "efficiency_alert",
        "all_baseline_quiet",
        weeks(*[500] * 12),
        {"baseline": "13"},
        "现有的周都用作基线，还没有可以判断的周；逐周对比可以先用，一切照旧时只有 4.8% 的周会误报。",
        "Every week so far is baseline, so there is none to judge; week on week will do for now, as only 4.8% of weeks set it off with nothing changed.",
    ),
    (
        "efficiency_alert",
        "noisy",
        {},
        {"deals": "9"},
        "这样的预警靠不住：就算一切照旧，也有 42.8% 的周会降 10% 以上，一年误报约 22.2 次。",
        "This alert cannot be relied on: with nothing changed, 42.8% of weeks still fall by 10% or more, about 22.2 false alarms a year.",
    ),
    (
        "efficiency_alert",
        "quiet",
        {},
        {"deals": "500"},
        "这样的预警可以用：一切照旧时，只有 4.8% 的周会误报，一年约 2.5 次。",
        "This alert can be used: with nothing changed, only 4.8% of weeks set it off, about 2.5 a year.",
    ),
    (
        "first_customers",
        "behind",
        {},
        {},
        "过了 11 周，签下 3 家（目标 5 家），4 项目标里有 1 项落后；剩下的 2 周还要再签 2 家。",
        "11 weeks over, 3 of 5 customers signed, 1 of 4 goals is behind; 2 more to sign in the 2 weeks left.",
    ),
    (
        "first_customers",
        "begins",
        {},
        {"start": "2027-01-01", "as_of": "2027-01-02"},
        "还没有过完第一周：目标签下 5 家，还有 13 周。",
        "The first week is not over yet: 5 customers to sign in 13 weeks.",
    ),
    (
        "first_customers",
        "missed",
        {},
        {"start": "2027-01-01", "as_of": "2028-01-02"},
        "目标期已过：签下 0 家（目标 5 家），4 项目标里有 4 项没有达成。",
        "The period is over: 0 of 5 customers signed, 4 of 4 goals were missed.",
    ),
    (
        "first_customers",
        "reached",
        {},
        {
            "start": "2027-01-01",
            "as_of": "2028-01-02",
            "goal_customers": "0",
            "goal_references": "0",
            "goal_prospects": "0",
            "goal_quotes": "0",
        },
        "目标期已过：签下 0 家（目标 0 家），4 项目标都达成了。",
        "The period is over: 0 of 0 customers signed, all 4 goals reached.",
    ),
    (
        "first_customers",
        "on_plan",
        {},
        {"start": "2027-01-01", "as_of": "2027-02-02", "goal_prospects": "0", "goal_quotes": "0"},
        "过了 4 周，签下 0 家（目标 5 家），4 项目标都没有落后；还剩 9 周。",
        "4 weeks over, 0 of 5 customers signed, none of 4 goals behind; 9 weeks left.",
    ),
    (
        "first_customers",
        "others_behind",
        {},
        {"goal_customers": "3"},
        "过了 11 周，3 家客户已经签够，签下 3 家；4 项目标里另有 1 项落后，还剩 2 周。",
        "11 weeks over, 3 customers signed of the 3 wanted; 1 of 4 goals is behind, with 2 weeks left.",
    ),
    (
        "five_lines",
        "weakest",
        {},
        {},
        "总分 94.2%，12 项指标达成 5 项；拖后腿的是产品线（89.2%）。",
        "Score 94.2%, 5 of 12 KPIs reached; Products holds it down, with 89.2%.",
    ),
    (
        "five_lines",
        "nothing_known",
        measures(("Sales", "a", "10", "")),
        {},
        "1 项指标都还没有实际值，总分算不出来。",
        "None of 1 KPI has an actual yet, so there is no score.",
    ),
    (
        "five_lines",
        "one_line",
        measures(("Sales", "a", "10", "9")),
        {},
        "总分 90%，1 项指标达成 0 项；能算的只有一条线，还不能互相比。",
        "Score 90%, 0 of 1 KPI reached; one line alone has actuals, so there is nothing to compare.",
    ),
    (
        "five_lines",
        "all_reached",
        measures(("Sales", "a", "10", "12"), ("Products", "b", "10", "11")),
        {},
        "总分 115%，2 项指标达成 2 项，每条线都达到目标。",
        "Score 115%, 2 of 2 KPIs reached; every line is at its target.",
    ),
    (
        "goal_breakdown",
        "money.hire",
        {},
        {},
        "团队能承担目标的 86%，缺口 ¥1,675,756：要补上，2026年12月3日之前定下 2 人，2027-02 入职。",
        "Capacity covers 86% of the target, a gap of ¥1,675,756: to close it, decide on 2 hires by 3 December 2026, to start in 2027-02.",
    ),
    (
        "goal_breakdown",
        "covered",
        {},
        {"target": "10000000"},
        "团队能承担目标的 103.2%，不用为这个目标加人。",
        "Capacity covers 103.2% of the target: no hires are needed for it.",
    ),
    (
        "goal_breakdown",
        "money.too_late",
        {},
        {"recruiting": "700"},
        "团队能承担目标的 86%，缺口 ¥1,675,756：现在再招已经赶不上，要调整目标、提高人效或减少流失。",
        "Capacity covers 86% of the target, a gap of ¥1,675,756: hiring now comes too late, so the target, productivity per rep or attrition has to change.",
    ),
    (
        "goal_breakdown",
        "money.no_hire_helps",
        {},
        {"ramp": ", ".join(["0"] * 30)},
        "团队能承担目标的 58.4%，缺口 ¥4,987,234：新人入职后在目标期内还出不了单，靠招人补不上。",
        "Capacity covers 58.4% of the target, a gap of ¥4,987,234: a new hire would bring nothing before the period ends, so hiring cannot close it.",
    ),
    (
        "goal_breakdown",
        "count.hire",
        {},
        {"measure": "deals"},
        "团队能承担目标的 82.7%，缺口 42 单：要补上，2026年12月3日之前定下 2 人，2027-02 入职。",
        "Capacity covers 82.7% of the target, a gap of 42 deals: to close it, decide on 2 hires by 3 December 2026, to start in 2027-02.",
    ),
    (
        "goal_breakdown",
        "count.hire",
        {},
        {"measure": "deals", "deals": "300"},
        "团队能承担目标的 66.2%，缺口 102 单：要补上，2026年12月3日之前定下 5 人，2027-02 入职。",
        "Capacity covers 66.2% of the target, a gap of 102 deals: to close it, decide on 5 hires by 3 December 2026, to start in 2027-02.",
    ),
    (
        "goal_breakdown",
        "count.too_late",
        {},
        {"measure": "deals", "deals": "300", "recruiting": "700"},
        "团队能承担目标的 66.2%，缺口 102 单：现在再招已经赶不上，要调整目标、提高人效或减少流失。",
        "Capacity covers 66.2% of the target, a gap of 102 deals: hiring now comes too late, so the target, productivity per rep or attrition has to change.",
    ),
    (
        "goal_breakdown",
        "count.no_hire_helps",
        {},
        {"measure": "deals", "deals": "300", "ramp": ", ".join(["0"] * 30)},
        "团队能承担目标的 45%，缺口 166 单：新人入职后在目标期内还出不了单，靠招人补不上。",
        "Capacity covers 45% of the target, a gap of 166 deals: a new hire would bring nothing before the period ends, so hiring cannot close it.",
    ),
    (
        "nine_box",
        "borderline",
        {},
        {},
        "30 人里定位了 26 人：明星员工 4 人（15.4%，参考 20%），改进区 2 人；4 人压在分界线上，校准会先谈他们。",
        "26 of 30 people placed. Star: 4 (15.4%, guide 20%). Improvement zone: 2. 4 people stand at a cut-off: talk about them first.",
    ),
    (
        "nine_box",
        "nobody_placed",
        {"people": [["name", "attainment"], ["A", ""]]},
        {},
        "名单上 1 人，一个也定不了位：入职太短 0 人，数据不全 1 人。",
        "None of 1 people can be placed: 0 too new, 1 with data missing.",
    ),
    (
        "nine_box",
        "review",
        {"people": [["name", "attainment", "output"], ["A", "150", "90"], ["B", "10", "5"]]},
        {},
        "2 人里定位了 2 人：明星员工 1 人（50%，参考 20%），改进区 1 人，其中 1 人还没有复核。",
        "2 of 2 people placed. Star: 1 (50%, guide 20%). Improvement zone: 1, of whom 1 not reviewed yet.",
    ),
    (
        "nine_box",
        "settled",
        {"people": [["name", "attainment", "output"], ["A", "150", "90"]]},
        {},
        "1 人里定位了 1 人：明星员工 1 人（100%，参考 20%），改进区 0 人，没有人压在分界线上。",
        "1 of 1 people placed. Star: 1 (100%, guide 20%). Improvement zone: 0. Nobody stands at a cut-off.",
    ),
    (
        "self_check",
        "undecided",
        {},
        {},
        "还不能下结论：新人按时掌握基础流程、流失提前预警，这些还不知道，先弄清楚。",
        "Cannot tell yet: nothing unhealthy was found, but this is not known: new hires mastering the basics in time, churn foreseen in time.",
    ),
    (
        "self_check",
        "upgrade",
        {},
        {"answer_reliance": "yes"},
        "该升级：业绩依赖少数几个人，答案不健康。",
        "Time to upgrade: unhealthy on results depending on a few people.",
    ),
    (
        "self_check",
        "healthy",
        {},
        {"answer_reliance": "no", "answer_onboarding": "yes", "answer_warning": "yes"},
        "暂不必升级：计入的问题都健康，下个季度再看。",
        "No upgrade for now: every question that counts is healthy; look again next quarter.",
    ),
    (
        "solo_signing",
        "within_reach",
        {},
        {},
        "满期的 10 人里 7 人按期签成，独立签单率 70%（目标 60%）；在期内的 3 人里至少再签成 2 人，最后才达标。",
        "7 of 10 new hires due closed in time, 70% (goal 60%); 2 of the 3 not yet due must close too for the goal to hold.",
    ),
    (
        "solo_signing",
        "out_of_reach",
        {},
        {"goal": "100"},
        "满期的 10 人里 7 人按期签成，独立签单率 70%（目标 100%）；在期内的 3 人全部签成也达不到。",
        "7 of 10 new hires due closed in time, 70% (goal 100%); even if all 3 not yet due close, it is out of reach.",
    ),
    (
        "solo_signing",
        "reached",
        {},
        {"goal": "10"},
        "满期的 10 人里 7 人按期签成，独立签单率 70%，达到目标 10%，在期内的人怎样都不会拉下来。",
        "7 of 10 new hires due closed in time, 70%: the goal of 10% is reached, whatever those not yet due do.",
    ),
    (
        "solo_signing",
        "nobody_due",
        {},
        {"months": "24"},
        "还没有新人满期，12 人都在期内，独立签单率要等他们满期才算得出。",
        "No new hire is due yet (12 still have time), so there is no rate.",
    ),
    (
        "solo_signing",
        "missed",
        {"newcomers": [["newcomer", "started", "signed"], ["A", "2021-01-01", ""]]},
        {},
        "满期的 1 人里 0 人按期签成，独立签单率 0%，没有达到目标 60%，也没有人还在期内。",
        "0 of 1 new hires due closed in time, 0%: the goal of 60% is missed, and nobody has time left.",
    ),
    (
        "solo_signing",
        "graded",
        {"customers": [["customer", "budget", "decision chain", "industry"], ["A", "5", "5", "5"]]},
        {},
        "客户评级：A 级 1 家，B 级 0 家，C 级 0 家。",
        "Qualification: 1 customer in grade A, 0 in B, 0 in C.",
    ),
    (
        "solo_signing",
        "drilled",
        {"drills": [["newcomer", "scenario"], ["A", "x"]]},
        {},
        "1 人里有 0 人把全部场景练过一遍。",
        "0 of 1 people have practised every scenario.",
    ),
    (
        "stage_finder",
        "stage",
        {},
        {},
        "第二阶段：成长期，大致如此：12 条症状答了 11 条，4 条说中，其中 75% 指向这个阶段。",
        "Stage two: growth, likely: 11 of 12 symptoms answered, 4 fit, and 75% of those point there.",
    ),
    (
        "stage_finder",
        "too_few",
        {},
        {"newcomers_fail": "yes"},
        "还看不出来：12 条症状只答了 1 条，至少要答 50%。",
        "Cannot tell yet: 1 of 12 symptoms answered, and it takes 50% of them.",
    ),
    (
        "stage_finder",
        "none",
        {},
        NO,
        "没有症状说中：12 条答了 12 条，没有一条是“是”。",
        "No symptom fits: 12 of 12 answered, none with yes.",
    ),
    (
        "stage_finder",
        "between",
        {},
        {**NO, "newcomers_fail": "yes", "regions_differ": "yes"},
        "介于第二和第三阶段之间：12 条症状答了 12 条，2 条说中，指向不一，先处理较早阶段的。",
        "Between stages two and three: 12 of 12 symptoms answered, 2 fit and disagree; deal with the earlier stage's first.",
    ),
    (
        "tracks",
        "to_add",
        {},
        {},
        "老客户流失和缩减之后留住 ¥57,200,000，还要增购 ¥12,800,000，存量市场的目标 ¥70,000,000 才够；净收入留存率要到 107.7%。",
        "¥57,200,000 stays after churn and contraction; existing customers must add ¥12,800,000 to reach ¥70,000,000, a net revenue retention of 107.7%.",
    ),
    (
        "tracks",
        "split",
        {},
        {"opening": ""},
        "存量市场的目标是 ¥70,000,000，增量占总目标 30%；没有填期初经常性收入，还说不出老客户要增购多少。",
        "The installed base carries ¥70,000,000, new business is 30% of the target; without recurring revenue at the opening, what existing customers must add is not known.",
    ),
    (
        "tracks",
        "renewals_suffice",
        {},
        {"target": "1000000"},
        "老客户流失和缩减之后留住 ¥57,200,000，存量市场的目标 ¥700,000 不靠增购就够了：目标可能定低了。",
        "¥57,200,000 stays after churn and contraction, which is enough for ¥700,000 without any upselling: the target may be too low.",
    ),
    (
        "verify",
        "all_explained",
        {},
        {},
        "19 个公布的案例里，18 个与公布的一致，1 个是原书印错、已经说明，没有不一致的。",
        "Of 19 published cases 18 come out as published and 1 as misprinted, which is explained; none differs.",
    ),
)


UNSAID = {
    "efficiency_alert.in_short.ewma_alerted": "said of a result made by hand below",
    "efficiency_alert.in_short.no_alert_unseen": "said of a result made by hand below",
    "verify.in_short.different": "no case differs",
}
"""Sentences that are in none of the cases, and why."""


def work(case: tuple[Any, ...], language: str) -> Work:
    """Return the work on a case."""
    calculator, _, tables, values, *_ = case
    return Work(Settings(), {"calculator": calculator, "language": language, "values": values, "tables": tables})


@pytest.mark.parametrize("case", CASES, ids=[f"{case[0]}-{at}" for at, case in enumerate(CASES)])
def test_the_sentence_says_what_matters_in_both_languages(case: tuple[Any, ...]) -> None:
    """Word for word; and nothing in it is a second count of its own: every value is one of the result's."""
    for language, sentence in zip(LANGUAGES, case[4:], strict=True):
        one = work(case, language)
        said = one.result.verdict
        assert said is not None
        assert said.code == f"{case[0]}.in_short.{case[1]}"
        assert one.text(said.code, **said.params) == sentence
        there = set(values_of(one.result))
        for value in said.params.values():
            for part in value if isinstance(value, list) else [value]:
                # Names of boxes are words that are always the same.
                assert part is None or part in there or str(part).startswith("nine_box.box."), part


def values_of(result: Result) -> Iterator[object]:
    """Yield every value that a result shows or says elsewhere."""
    for figure in result.figures:
        yield from (figure.value, *figure.params.values())
    for table in result.tables:
        for row in table.rows():
            yield from row
    for notice in result.notices:
        for value in notice.params.values():
            yield from value if isinstance(value, list) else [value]


def test_every_calculator_has_one_and_every_sentence_of_the_words_is_said() -> None:
    """A calculator without a verdict, or a sentence that nothing brings, is found."""
    assert {case[0] for case in CASES} == set(CALCULATORS)
    there = {f"{name}.in_short.{path}" for name in CALCULATORS for path in paths(words_of(name, "en")["in_short"])}
    assert {f"{case[0]}.in_short.{case[1]}" for case in CASES} == there - UNSAID.keys()
    for name in CALCULATORS:
        zh, en = (set(paths(words_of(name, language)["in_short"])) for language in LANGUAGES)
        assert zh == en


def paths(words: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """Yield the key of every sentence."""
    for key, value in words.items():
        if isinstance(value, str) or value.keys() <= {"one", "other"}:
            yield before + key
        else:
            yield from paths(value, f"{before}{key}.")


def test_an_alert_of_the_weighted_mean_alone_and_a_volume_that_sees_nothing_are_said() -> None:
    """Both are rare: no list here brings them, so the result is made by hand."""
    chance = {"drop": Fraction(1, 10), "tolerated": Fraction(1, 20)}
    figures = [
        Figure("by_chance", "share", Fraction(2, 5), chance),
        Figure("alerts", "count", 0, {"count": 6}),
        Figure("ewma_alerts", "count", 2, {"count": 6}),
    ]
    for alerts, zh, en in (
        (
            2,
            "基线之后的 6 周里，累计和没有报警，加权平均有 2 周报警：先查原因，再看后面几周。",
            "The CUSUM raised no alert in 6 weeks after the baseline, the EWMA 2: look for the cause, then watch the"
            " weeks that follow.",
        ),
        (
            0,
            "基线之后的 6 周没有报警；但单量太少，真降 10% 也看不出来。",
            "No alert in 6 weeks after the baseline; but with so few deals a real fall of 10% would not be seen.",
        ),
    ):
        made = Result((Section("weeks", (*figures[:2], Figure("ewma_alerts", "count", alerts))),))
        said = of_alert(made)
        assert [Text(language, Settings())(said.code, **said.params) for language in LANGUAGES] == [zh, en]


def test_a_case_that_does_not_come_out_is_said_first() -> None:
    """It comes before anything that is right."""
    counts = {"cases": 19, "same": 17, "misprints": 1, "different": 1}
    said = of_cases(Result((Section("summary", tuple(Figure(name, "count", one) for name, one in counts.items())),)))
    assert [Text(language, Settings())(said.code, **said.params) for language in LANGUAGES] == [
        "19 个公布的案例里有 1 个不一致：先看是哪几个，再用这些计算器。",
        "1 of 19 published cases do not come out: see which before you rely on the calculators.",
    ]


def test_it_is_in_the_reply_and_first_in_the_workbook() -> None:
    """The reply has code, values and sentence, the workbook begins with it; in the page it is over the result."""
    reply = json.loads(Bridge().reply(json.dumps({"calculator": "goal_breakdown", "language": "en"})))
    said = reply["result"]["verdict"]
    assert said["params"]["count"] == reply["result"]["figures"]["hires"]
    assert said["sentence"].startswith("Capacity covers 86% of the target")
    content = Bridge().download(json.dumps({"calculator": "goal_breakdown", "language": "en", "download": "xlsx"}))[2]
    _, first, *_ = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].values
    assert first == ("Verdict", None, said["sentence"])
