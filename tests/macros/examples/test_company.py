"""The worked examples are of one company: everybody in them has one name in each language, and its figures add up."""

import csv
import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from statistics import median
from typing import Any

import pytest

from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Language
from calculators.method import METHOD
from calculators.work import Work
from macros.company import company
from macros.examples import Answer, chapter, example
from macros.templates import TEMPLATES
from macros.templates.model import data_of
from tests.conftest import ROOT

DOCS = ROOT / "docs"

SETTINGS = Settings()
PEOPLE: Mapping[str, str] = company()["people"]
CUSTOMERS: Mapping[str, str] = company()["customers"]
NAMES = {**PEOPLE, **CUSTOMERS, company()["company"]["name"]["zh"]: company()["company"]["name"]["en"]}
LISTS = sorted(path.with_suffix("").with_suffix("") for path in ROOT.glob("calculators/*/examples/*.zh.csv"))
PEOPLE_IN = {"姓名", "新人", "师傅", "负责人", "主管", "决定人"}
CUSTOMERS_IN = {"客户名称", "客户", "潜在客户"}
ROLES = {
    "创始人": "the founder",
    "人力资源": "People team",
    "客户成功": "Customer success",
    "产品负责人": "Head of product",
    "方案经理": "Solution manager",
    "每位委员": "each member",
    "销售运营": "Sales operations",
    "销售负责人": "Head of sales",
    "一线主管": "First-line manager",
}
"""Whoever answers for something in a workbook and is no person by name."""
PEOPLE_OF_TEMPLATES = {"owner", "action_owner", "person", "mentor", "mentee", "newcomer", "seller", "reviewer"} | {
    "observer", "host", "leads",
}  # fmt: skip


@cache
def rows(name: str, table: str, language: Language = "zh") -> list[dict[str, str]]:
    """Return an example list, a dict a row by the Chinese headings, without the line of its total."""
    path = ROOT / "calculators" / name / "examples"
    chinese, own = (
        list(csv.reader((path / f"{table}.{one}.csv").read_text(encoding="utf-8-sig").splitlines()))
        for one in ("zh", language)
    )
    assert len(own) == len(chinese)
    return [dict(zip(chinese[0], row, strict=True)) for row in own[1:] if row[0] not in ("合计", "Total")]


@cache
def answer(name: str, language: Language = "zh") -> Answer:
    """Return what a calculator answers to its own example."""
    return Answer(Work(SETTINGS, {"calculator": name, "language": language}))


def filled(name: str) -> Any:
    """Return what a template is filled in with."""
    return data_of(name)["example"]


def day(written: str) -> datetime.date:
    """Return a date of an example list."""
    return datetime.date.fromisoformat(written)


def said(node: Any, under: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each text with a Chinese and an English side in an example, with the key that it stands under."""
    if isinstance(node, dict):
        if set(node) == {"zh", "en"}:
            yield under, node
        else:
            for key, inner in node.items():
                yield from said(inner, key)
    elif isinstance(node, list):
        for inner in node:
            yield from said(inner, under)


# --- names -------------------------------------------------------------------------------------------


def test_nobody_has_two_names() -> None:
    """Each name of a person, a customer or the company stands for one in Chinese, and for one in English."""
    assert len(NAMES) == len(PEOPLE) + len(CUSTOMERS) + 1
    twice = [name for name, times in Counter(name.casefold() for name in NAMES.values()).items() if times > 1]
    assert not twice


@pytest.mark.parametrize("path", LISTS, ids=lambda path: f"{path.parent.parent.name}.{path.name}")
def test_an_example_list_names_the_company_s_own(path: Any) -> None:
    """People and customers of a list are the company's, by the same name in both languages; samples are numbered."""
    name, table = path.parent.parent.name, path.name
    for chinese, english in zip(rows(name, table), rows(name, table, "en"), strict=True):
        for heading in chinese.keys() & (PEOPLE_IN | CUSTOMERS_IN):
            known = PEOPLE if heading in PEOPLE_IN else CUSTOMERS
            for one, other in zip(chinese[heading].split("、"), english[heading].split(", "), strict=True):
                if re.fullmatch(r"示例[一-龥]{2}\d\d", one):
                    assert re.fullmatch(rf"Sample [A-Z][a-z]+ {one[-2:]}", other)
                else:
                    assert known[one] == other


def test_every_list_that_names_somebody_is_looked_at() -> None:
    """A heading that the test above does not know hides nobody: no cell of another column is a name of the company."""
    others = {
        (path, heading): value
        for path in LISTS
        for row in rows(path.parent.parent.name, path.name)
        for heading, value in row.items()
        if value in {**PEOPLE, **CUSTOMERS} and heading not in PEOPLE_IN | CUSTOMERS_IN
    }
    assert not others


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_filled_template_names_the_company_s_own(name: str) -> None:
    """Whoever is named, answers for something or buys in it is the company's, by one name in each language."""
    for under, text in said(filled(name)):
        chinese, english = text["zh"].removesuffix("（虚构）"), text["en"].removesuffix(" (invented)")
        if under == "customer":
            assert CUSTOMERS.get(chinese) == english or name == "drill_plan", text  # there it is a part to play
        elif under in PEOPLE_OF_TEMPLATES or (name, under) == ("daily_report", "name"):
            assert {**PEOPLE, **ROLES}.get(chinese) == english, text
        for known, translated in sorted(NAMES.items(), key=lambda name: -len(name[0])):
            assert (known in chinese) == bool(re.search(rf"\b{re.escape(translated)}\b", english)), text
            chinese = chinese.replace(known, "")  # a shorter name is part of some: 叶青, 叶青禾


def pages() -> list[str]:
    """Return the names of all pages."""
    return sorted(path.relative_to(DOCS / "zh").as_posix() for path in (DOCS / "zh").rglob("*.md"))


@pytest.mark.parametrize("page", pages())
def test_a_page_names_the_same_in_both_languages(page: str) -> None:
    """Whom the Chinese page names, the English one names too."""
    chinese, english = ((DOCS / language / page).read_text(encoding="utf-8") for language in LANGUAGES)
    short = {"长河": "Long River", "北岸": "North Shore", "金桥": "Golden Bridge", "东屿": "East Isle"}
    for known, translated in {**NAMES, **short}.items():
        assert (known in chinese) == (translated in english), f"{known}, {translated}"


CAPITALS = re.compile(r"(?<![.!?:|“\"*#>\-] )(?<!\A)(?<!\n)\b[A-Z][a-z]+(?:['’]s)?(?: [A-Z][a-z]+)+")
NOT_INVENTED = {
    "Eighth", "National", "Conference",
    "China", "Council", "Festival", "Court", "People", "Law", "Guiding", "Monday", "Wednesday", "Thursday", "Friday",
    "Check", "Board", "Federation", "Google", "Microsoft", "Slack", "May",
    "Act", "Code", "Regulations", "Debts", "York",
}  # fmt: skip
"""Words by which a name is one of the real world, of a tool, a day or a workbook: courts, acts, Slack, Monday."""


QUESTIONS = [f"quiz/{path.name}" for path in sorted((DOCS / "quiz").glob("*.toml"))]


@pytest.mark.parametrize("page", [*pages(), *QUESTIONS, "ninety-days.toml"])
def test_nobody_is_invented_beside_the_company(page: str) -> None:
    """Two capitals in a row within an English sentence are a name of the company's, or one of the real world's."""
    path = DOCS / page if page.endswith(".toml") else DOCS / "en" / page
    text = re.sub(
        r"```.*?```|`[^`]*`|\{\{.*?\}\}|\]\([^)]*\)|\A---.*?\n---", "", path.read_text("utf-8"), flags=re.DOTALL
    )
    ours = set(" ".join(NAMES.values()).split())
    for found in CAPITALS.findall(text):
        words = found.replace("’s", "").replace("'s", "").split()
        assert set(words) <= ours or set(words) & NOT_INVENTED, found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [page for page in pages() if page.startswith("stage-")])
def test_a_stage_s_examples_are_of_the_company(page: str, language: Language) -> None:
    """The example of every practice is the company's, says that it is invented, and leads to who it is."""
    text = (DOCS / language / page).read_text(encoding="utf-8")
    shown = text[text.index("{#example}") : text.index("{#tools}")]
    assert f"[{company()['company']['name'][language]}](../about.md#company)" in shown
    assert {"zh": "虚构", "en": "invented"}[language] in shown


@pytest.mark.parametrize("path", LISTS, ids=lambda path: f"{path.parent.parent.name}.{path.name}")
def test_an_example_list_is_one_list_in_two_languages(path: Any) -> None:
    """Row by row, both languages have the same days and, whatever their unit, the same numbers."""
    scales = {row: set[Fraction]() for row in rows(path.parent.parent.name, path.name)[0]}
    for chinese, english in zip(*(rows(path.parent.parent.name, path.name, one) for one in LANGUAGES), strict=True):
        for heading, cell in chinese.items():
            one, other = _number(cell), _number(english[heading])
            assert (one is None) == (other is None), (cell, english[heading])
            if one is None or other is None:
                assert not re.match(r"\d{4}-\d\d-\d\d", cell) or cell == english[heading]
                assert bool(cell) == bool(english[heading])
            elif one:
                scales[heading].add(other / one)
    assert all(len(scale) <= 1 for scale in scales.values())


def _number(cell: str) -> Fraction | None:
    """Return a number as either language writes it, None for a word or a day."""
    found = re.fullmatch(r"(-?[\d,]+(?:\.\d+)?)(%|万|)", cell)
    if found is None:
        return None
    scale = {"%": Fraction(1, 100), "万": Fraction(10_000), "": Fraction(1)}[found[2]]
    return Fraction(found[1].replace(",", "")) * scale


@pytest.mark.parametrize("name", sorted({path.parent.parent.name for path in LISTS}))
def test_an_example_comes_to_the_same_in_two_languages(name: str) -> None:
    """The figures of the Chinese example are those of the English one."""
    chinese, english = (
        {one.name: one.value for one in answer(name, language).result.figures} for language in LANGUAGES
    )
    assert chinese == english


# --- stage one: the first quarter --------------------------------------------------------------------


def test_the_first_quarter_ends_where_week_twelve_leads() -> None:
    """The page closes the quarter that the calculator's example shows in its twelfth week: nothing gets less."""
    page = example("stage-1/quarter-goal", "zh", SETTINGS)
    weeks = [{key: int(value) for key, value in row.items()} for row in rows("first_customers", "weeks")]
    assert page.weeks == 13
    assert len(weeks) == 12
    signed, references, prospects, quotes = (
        sum(week[heading] for week in weeks) for heading in ("新签客户", "新增标杆", "新增潜在客户", "客户原话")
    )
    assert (signed, references, prospects) == (3, page.reference, 80)
    assert signed <= page.paid <= page.signed
    assert quotes <= page.quotes
    assert prospects <= page.prospects
    goal = METHOD["customer_quotes_a_week"].value
    missed = sum(week["客户原话"] < goal for week in weeks[:11])
    assert page.weeks_with_quotes == page.weeks - missed == 10
    urgent = Counter(row["紧急度"] for row in rows("first_customers", "archive"))
    assert len(rows("first_customers", "archive")) == prospects
    for heading, shown in (("一个月内", page.month), ("本季度", page.quarter), ("今年内", page.year)):
        assert urgent[heading] <= shown
    assert page.month + page.quarter + page.year + page.undated == page.prospects


def test_who_paid_in_the_first_quarter_became_the_seeds() -> None:
    """Paying customers, finished trials that paid, seed customers and the chapter's customers are the same five."""
    paid = example("stage-1/quarter-goal", "zh", SETTINGS).paid
    assert paid == chapter(2018)["customers"]
    assert paid == example("stage-1/observation-checklist", "zh", SETTINGS).converted
    assert paid == example("stage-1/seed-customers", "zh", SETTINGS).seeds


def test_the_prospects_of_the_workbook_are_on_the_calculator_s_list() -> None:
    """The filled prospect list has rows of the calculator's list, equally urgent, and its dates lie in the quarter."""
    urgency = {"now": "一个月内", "quarter": "本季度", "year": "今年内", "unclear": "还不清楚"}
    listed = {row["潜在客户"]: row["紧急度"] for row in rows("first_customers", "archive")}
    first = answer("first_customers").value("start")
    for one in filled("prospect_archive")["prospects"]:
        assert listed[one["customer"]["zh"]] == urgency[one["urgency"]]
        assert first <= one["last_contact"] < first + datetime.timedelta(13 * 7)


def test_the_stage_finder_looks_at_the_company_between_two_stages() -> None:
    """Its example counts the customers of the end of the first stage."""
    counted = next(field for field in answer("stage_finder").work.declaration.fields if field.name == "count")
    assert counted.example == chapter(2019)["customers"]


# --- stage two: two cohorts, a book of customers -----------------------------------------------------


def test_the_first_cohort_is_in_the_self_check_s_list() -> None:
    """The ten of spring 2020: on the goal's page, the drills' and the mentors', and by name in a list."""
    goal, drills, mentoring = (
        example(f"stage-2/{page}", "zh", SETTINGS) for page in ("quarter-goal", "objection-drills", "mentoring")
    )
    hired = [row for row in rows("self_check", "hires") if "2020-04-01" <= row["入职日期"] <= "2020-06-30"]
    passed = [row for row in hired if row["考核通过日期"]]
    in_time = [row for row in passed if (day(row["考核通过日期"]) - day(row["入职日期"])).days <= 30]
    assert (len(hired), len(in_time)) == (goal.hired, goal.drilled) == (10, 8)
    assert goal.signed + goal.left < goal.hired
    assert drills.objections_passed == Fraction(len(in_time), len(hired))
    assert mentoring.mentees_solo == goal.solo_close_rate == Fraction(goal.signed, goal.hired)
    assert mentoring.mentees_stay == Fraction(goal.stayed, goal.hired)


def test_new_hires_of_the_first_cohort_lead_regions_later() -> None:
    """The three managers of the talent review joined with the first cohort, and passed their test within the month."""
    managers = {row["主管"] for row in rows("nine_box", "people")}
    assert managers <= {row["姓名"] for row in rows("self_check", "hires") if row["考核通过日期"]}
    assert len(managers) == 3


def test_who_has_a_quota_is_as_many_as_the_chapter_says() -> None:
    """Results of the third quarter of 2020 are those of the reps with a quota then; new hires have none yet."""
    with_result = {row["姓名"] for row in rows("self_check", "results")}
    assert len(with_result) == chapter(2020)["reps"]
    assert not with_result & {row["姓名"] for row in rows("self_check", "hires")}


def test_the_self_check_s_workbook_is_a_quarter_of_the_calculator_s_record() -> None:
    """What the filled workbook comes to is the row of its quarter in the calculator's list of quarters."""
    given = filled("self_check")
    recorded = next(row for row in rows("self_check", "quarters") if row["季度"] == "2020Q1")
    amounts = sorted((row["amount"] for row in given["results"]), reverse=True)
    top = METHOD["check_top_people"].value
    assert f"{100 * sum(amounts[:top]) / sum(amounts):.2f}%" == recorded["头部占比"]
    due = [row for row in given["newcomers"] if (given["working"]["as_of"] - row["start"]).days >= 30]
    passed = [row for row in due if "passed" in row and (row["passed"] - row["start"]).days <= 30]
    assert f"{100 * len(passed) / len(due):.2f}%" == recorded["按时通过率"]
    warned = [(row["lost"] - row["warned"]).days for row in given["churned"] if "warned" in row]
    assert f"{100 * len(warned) / len(given['churned']):.2f}%" == recorded["事先预警率"]
    assert f"{median(warned):.2f}" == recorded["提前天数"]
    before = next(row for row in given["record"] if row["quarter"] == "2019 Q4")
    known = {"是": "yes", "否": "no", "不清楚": "unknown"}
    kept = next(row for row in rows("self_check", "quarters") if row["季度"] == "2019Q4")
    assert [known[kept[name]] for name in ("依赖少数人", "新人按时上手", "流失有预警")] == [
        before[name] for name in ("reliance", "onboarding", "warning")
    ]
    with_result = {row["姓名"] for row in rows("self_check", "results")}
    assert {row["person"]["zh"] for row in given["results"]} <= with_result
    assert len(given["results"]) == chapter(2019)["reps"]


def second_cohort() -> dict[str, dict[str, str]]:
    """Return the cohort of 2021 by name."""
    return {row["新人"]: row for row in rows("solo_signing", "newcomers")}


def test_the_second_cohort_is_the_same_in_list_workbooks_and_pages() -> None:
    """Mentor points, order decisions, drills and the mentoring page have the start, deal and mentor of the list."""
    cohort = second_cohort()
    for one in filled("mentor_points")["mentees"]:
        row = cohort[one["mentee"]["zh"]]
        assert (one["mentor"]["zh"], f"{one['start']}") == (row["师傅"], row["入职日期"])
        assert (f"{one.get('signed', '')}", f"{one.get('amount', '')}") == (row["首次独立签单日期"], row["首单金额"])
        if row["首单提成"]:
            assert one["amount"] * one["rate"] == int(row["首单提成"]) * 100
    firsts = [one for one in filled("order_decisions")["orders"] if one["owner"]["zh"] in cohort]
    assert len(firsts) == 2
    for one in firsts:
        row = cohort[one["owner"]["zh"]]
        assert (f"{one['signed']}", f"{one['amount']}") == (row["首次独立签单日期"], row["首单金额"])
        assert day(row["入职日期"]) < one["first"]
    plan = filled("drill_plan")["head"]
    assert cohort[plan["newcomer"]["zh"]]["师傅"] == plan["mentor"]["zh"]
    call = filled("call_review")["head"]
    assert cohort[call["seller"]["zh"]]["师傅"] == call["reviewer"]["zh"]
    deal = example("stage-2/mentoring", "zh", SETTINGS)
    row = cohort[deal.hire]
    assert (deal.mentor, deal.order, deal.earned) == (row["师傅"], int(row["首单金额"]), int(row["首单提成"]))
    assert row["首次独立签单日期"] == min(filter(None, (one["首次独立签单日期"] for one in cohort.values())))
    assert deal.factor == deal.order / deal.earned


def test_a_mentor_never_has_more_than_two() -> None:
    """As the mentoring page asks, nobody coaches three at once: for three months, or until the new hire leaves."""
    coached: dict[str, list[tuple[datetime.date, datetime.date]]] = {}
    for row in second_cohort().values():
        first = day(row["入职日期"])
        ends = [first + datetime.timedelta(92)]
        ends += [day(row[name]) for name in ("离职日期",) if row[name]]
        coached.setdefault(row["师傅"], []).append((first, min(ends)))
    for spans in coached.values():
        for first, _ in spans:
            assert sum(start <= first < end for start, end in spans) <= 2
    assert len(coached) == example("stage-2/records-and-reviews", "zh", SETTINGS).mentors


def test_the_page_of_the_first_cohort_tells_what_the_second_came_to() -> None:
    """Of the calculator's list as many closed alone in time as the page says of the next cohort."""
    page = example("stage-2/quarter-goal", "en", SETTINGS)
    assert (page.next_due, page.next_signed, page.next_rate) == (10, 7, Fraction(7, 10))


def test_somebody_of_the_second_cohort_is_in_the_talent_review() -> None:
    """Lu Xingye is one person: the day of the start is the same in 2021 and in 2026."""
    reviewed = {row["姓名"]: row["入职日期"] for row in rows("nine_box", "people")}
    both = reviewed.keys() & second_cohort().keys()
    assert both == {"陆星野"}
    assert all(reviewed[name] == second_cohort()[name]["入职日期"] for name in both)


def test_a_prospect_has_one_score() -> None:
    """Page and workbook grade prospects of the calculator's list, with its scores."""
    points = {"none": "1", "asked": "3", "granted": "5", "user": "1", "head": "3", "decider": "5"}
    points |= {"outside": "1", "near": "3", "core": "5"}
    listed = {
        row["客户"]: [row[name] for name in ("预算", "决策链", "行业")] for row in rows("solo_signing", "customers")
    }
    graded = filled("customer_grading")["customers"]
    for one in graded:
        assert [points[one[name]] for name in ("budget", "chain", "industry")] == listed[one["customer"]["zh"]]
    page = example("stage-2/grading-standard", "zh", SETTINGS)
    assert [row[1:4] for row in page.grades] == [listed[row[0]] for row in page.grades]
    assert len(listed) == len(graded) + len(page.grades)


def test_a_customer_of_the_book_has_one_owner_and_one_revenue() -> None:
    """The page's ranking, health cards and orders have the owner of the ABC list; cards have its revenue too."""
    owner, revenue = {}, Counter[str]()
    for row in rows("abc_tiers", "customers"):
        owner[row["客户名称"]] = row["负责人"]
        revenue[row["客户名称"]] += int(row["2021年收入({currency})"] or 0)
    for card in filled("health_card")["cards"]:
        name = card["customer"]["zh"]
        assert (card["owner"]["zh"], card["amount"]) == (owner[name], revenue[name])
    of_the_book = [one for one in filled("order_decisions")["orders"] if one["customer"]["zh"] in owner]
    assert len(of_the_book) == 3
    for one in of_the_book:
        assert one["owner"]["zh"] == owner[one["customer"]["zh"]]
        assert one["amount"] <= revenue[one["customer"]["zh"]]
    page = example("stage-2/abc-policy", "zh", SETTINGS)
    assert page.listed == answer("abc_tiers").figure("customers") < page.customers
    assert page.total == sum(amount for amount in revenue.values() if amount > 0)
    largest = max(revenue, key=lambda name: revenue[name])
    assert largest == "长河乳业"  # as the page about customer value says


def test_who_has_left_is_not_a_customer_afterwards() -> None:
    """Customers lost by 2020 are in no list, card or order of later years."""
    lost = {row["客户名称"] for row in rows("self_check", "accounts") if row["流失日期"]}
    lost |= {one["customer"]["zh"] for one in filled("self_check")["churned"]}
    later = {row["客户名称"] for row in rows("abc_tiers", "customers")}
    for name in ("health_card", "order_decisions", "daily_report", "customer_grading"):
        later |= {text["zh"].removesuffix("（虚构）") for under, text in said(filled(name)) if under == "customer"}
    assert lost
    assert not lost & later


# --- stage three: one quarter ------------------------------------------------------------------------


def test_the_five_lines_are_one_quarter_in_list_workbook_and_page() -> None:
    """Numerators and denominators of the workbook come to the list's actuals, to a tenth of a percent."""
    given = filled("five_lines")["measures"]
    listed = rows("five_lines", "measures", "en")
    for one, row in zip(given.values(), listed, strict=True):
        target, actual = (row[name].replace(",", "").rstrip("%") for name in ("目标", "实际"))
        assert Fraction(one["target"]) == Fraction(target)
        if "top" in one:
            scale = 100 if row["实际"].endswith("%") else 1
            assert round(float(Fraction(one["top"], one.get("base", 1)) * scale), 1) == float(actual)
    page = example("stage-3/five-lines", "zh", SETTINGS)
    assert page.sellers == given["person"]["base"] == chapter(2024)["reps"]
    assert page.score == answer("five_lines").figure("score") * 100


def test_the_quarter_s_customers_orders_and_money_add_up() -> None:
    """Every order is a new customer's or an upsell; customers go on from its start; core is part of all."""
    given = filled("five_lines")["measures"]
    assert given["deal"]["base"] == given["new_customers"]["top"] + given["expansion"]["top"]
    lost = given["renewal"]["base"] - given["renewal"]["top"]
    at_the_end = given["expansion"]["base"] + given["new_customers"]["top"] - lost
    assert at_the_end == given["adoption"]["base"] == chapter(2024)["customers"]
    assert given["core"]["base"] == given["person"]["top"] > given["deal"]["top"]


def test_the_dashboard_s_funnel_is_a_week_of_that_quarter() -> None:
    """Its first step converts as the five lines say; its orders lie around the quarter's weekly mean."""
    given = filled("five_lines")["measures"]
    page = example("stage-3/cockpit", "zh", SETTINGS)
    counts = [int(count) for count in vars(page.funnel).values()]
    assert counts[0] * 13 == given["leads"]["base"]
    assert counts[1] * 13 == given["leads"]["top"]
    mean = Fraction(given["deal"]["base"], 13)
    as_usual = counts[-1] * (1 - page.usual) / (1 - page.unusual)
    assert counts[-1] < mean < as_usual


def test_the_daily_report_is_one_on_page_and_form() -> None:
    """The filled form is the page's report: the same day's figures, and whom it speaks of."""
    given, page = filled("daily_report"), example("stage-3/daily-report", "zh", SETTINGS)
    assert given["results"]["reached"] == page.touched
    assert given["results"]["opportunities"] == page.opened
    text = (DOCS / "zh" / "stage-3" / "daily-report.md").read_text(encoding="utf-8")
    for one in (given["obstacles"][0], given["tomorrow"][0]):
        assert one["customer"]["zh"].removesuffix("（虚构）") in text
    assert given["head"]["name"]["zh"] in text


# --- stage four: a year and the next -----------------------------------------------------------------


def test_the_talent_review_is_one_in_list_workbook_and_page() -> None:
    """Everybody in the filled workbook is on the list with the same start, target, actual and output."""
    listed = {row["姓名"]: row for row in rows("nine_box", "people")}
    for one in filled("nine_box")["people"]:
        row = listed[one["person"]["zh"]]
        assert (one["team"]["zh"], f"{one['start']}", f"{one['output']}") == (
            row["团队"], row["入职日期"], row["方法论输出得分"],
        )  # fmt: skip
        assert one["target"] == 10_000 * int(row["目标(万{currency})"])
        assert one.get("actual", 0) == 10_000 * int(row["实际(万{currency})"] or 0)
    page = example("stage-4/nine-box", "zh", SETTINGS)
    assert page.people == len(listed) < chapter(2026)["reps"]
    assert page.placed + page.new + page.missing == page.people
    assert page.stars + page.low + page.others == page.placed


def test_the_tracks_go_on_from_the_year_before() -> None:
    """The workbook's year reconciles and is the base of the plan in calculator and page; a customer has one worth."""
    old, growth = filled("tracks")["existing"], filled("tracks")["growth"]
    kept = old["opening"] - old["contraction"] - old["churn"]
    assert kept + old["upsell"] + old["cross"] == old["closing"]
    page = example("stage-4/tracks", "zh", SETTINGS)
    assert old["closing"] == page.opening
    assert old["closing"] + growth["new"] == growth["total"] < page.target
    assert old["customers"] == chapter(2026)["customers"]
    assert page.churn == Fraction(old["lost"], old["customers"]) == 1 - Fraction(kept, old["opening"])
    assert page.margin == Fraction(old["opening"] * old["margin"], 100 * old["customers"])
    upsell = next(one for one in filled("tracks")["initiatives"] if one["name"]["en"] == "Key account upsell")
    assert upsell["actual"] == old["upsell"]


def test_the_goal_breakdown_is_an_initiative_of_the_tracks() -> None:
    """Smaller cities: the target and the people of the growth track's initiative are those broken down."""
    page = example("stage-4/tracks", "zh", SETTINGS)
    assert page.smaller_cities_target == answer("goal_breakdown").value("target")
    assert page.smaller_cities_people == len(rows("goal_breakdown", "people"))


def test_the_chapters_are_in_order() -> None:
    """The company gets older and larger, and each chapter's year is the year that its examples are dated in."""
    chapters = company()["chapters"]
    for what in ("year", "stage", "reps", "customers"):
        assert [one[what] for one in chapters] == sorted(one[what] for one in chapters)
    for name, year in (("first_customers", 2018), ("self_check", 2020), ("solo_signing", 2021), ("nine_box", 2026)):
        assert answer(name).value("as_of").year == year
