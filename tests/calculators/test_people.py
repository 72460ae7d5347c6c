"""Calculators that take names of one's own people: with pseudonyms on nobody is named, and no number changes."""

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from calculators import CALCULATORS
from calculators.bridge import Bridge
from calculators.engine.answers.pseudonyms import Disguise, pseudonym
from calculators.engine.asks.fields import PRIVACY, Declaration
from calculators.engine.asks.settings import Settings
from calculators.engine.reads.headings import rank
from calculators.engine.reads.sources import Rows
from calculators.engine.reads.tables import read_table
from calculators.engine.shows.text import LANGUAGES, Language
from calculators.work import example_file, example_list
from tests.browser import URL, becomes
from tests.journey import STARTED, open_calculator, paste

WORD = "only me"
NAMES_PEOPLE = ("abc_tiers", "goal_breakdown", "nine_box", "self_check", "solo_signing")
EVERYWHERE = [(calculator, language) for calculator in NAMES_PEOPLE for language in LANGUAGES]


def declaration(calculator: str) -> Declaration:
    """Return what a calculator asks for with our defaults."""
    declared: Declaration = CALCULATORS[calculator].declare(Settings())
    return declared


def example(calculator: str, language: Language) -> dict[str, list[list[str]]]:
    """Return the worked example as lists of the reader's own."""
    found = {}
    for table in declaration(calculator).tables:
        path = example_file(calculator, table.name, language)
        if path.exists():
            written = example_list(path, language, "CNY").content.decode()
            found[table.name] = list(csv.reader(io.StringIO(written)))
    return found


def names_in(calculator: str, tables: Mapping[str, list[list[str]]]) -> set[str]:
    """Return everybody named in the columns of people."""
    found: set[str] = set()
    for table in declaration(calculator).tables:
        if table.name in tables:
            frame = read_table(Rows.of(tables[table.name]), table).frame
            found |= {name for column in table.columns if column.people for name in frame[column.name] if name}
    return found


def request(calculator: str, language: Language, tables: Mapping[str, Any], **values: str) -> dict[str, Any]:
    """Return a request about lists of the reader's own."""
    lists = {name: {"rows": rows, "name": "list.xlsx"} for name, rows in tables.items()}
    return {"id": 1, "calculator": calculator, "language": language, "values": values, "tables": lists}


def reply(asked: Mapping[str, Any], attachments: Mapping[str, bytes] | None = None) -> dict[str, Any]:
    """Return the reply to a request that can be answered."""
    answer: dict[str, Any] = json.loads(Bridge().reply(json.dumps(asked), attachments))
    assert answer["ok"], answer["errors"]
    return answer


def nobody_in(text: str, names: set[str]) -> None:
    """Fail if any of the names is in a text; one in Latin letters as a word of its own."""
    patterns = [rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) for name in names]
    assert not [text[max(0, at.start() - 60) : at.end() + 60] for each in patterns for at in re.finditer(each, text)]


def test_which_calculators_are_about_people() -> None:
    """Those that take names of one's own people have the switch, and no others; customers' names are none."""
    about = {name for name in CALCULATORS if declaration(name).people}
    assert about == set(NAMES_PEOPLE)
    for name in CALCULATORS:
        columns = [column for table in declaration(name).tables for column in table.columns]
        assert any(column.people for column in columns) == (name in about)
        assert (set(PRIVACY) <= set(declaration(name).fields)) == (name in about)


@pytest.mark.parametrize(("calculator", "language"), EVERYWHERE)
def test_with_pseudonyms_on_nobody_is_named_anywhere(calculator: str, language: Language) -> None:
    """Reply, workbook, every CSV and the plan of the worked example as a list of one's own."""
    tables = example(calculator, language)
    names = names_in(calculator, tables)
    assert len(names) > 3
    asked = request(calculator, language, tables, pseudonyms="yes", secret_word=WORD)
    answer = reply(asked)
    nobody_in(json.dumps(answer, ensure_ascii=False), names)
    for table in answer["result"]["tables"]:
        content = Bridge().download(json.dumps({**asked, "download": "csv", "table": table}))[2]
        nobody_in(content.decode("utf-8-sig"), names)
    workbook = openpyxl.load_workbook(io.BytesIO(Bridge().download(json.dumps({**asked, "download": "xlsx"}))[2]))
    nobody_in("\n".join(str(cell.value) for sheet in workbook for row in sheet for cell in row), names)
    plan = Bridge().download(json.dumps({**asked, "download": "plan"}))[2].decode()
    nobody_in(plan, names)
    assert WORD not in plan


def told(answer: Mapping[str, Any], disguise: Disguise) -> dict[str, Any]:
    """Return figures, tables without the order of their rows, and notices, every name as its pseudonym.

    Rows that were not used are left out: what stood in them is hidden altogether, since it may name anybody.
    """
    result = json.loads(
        json.dumps(answer["result"]), object_hook=lambda found: {key: masked(found[key], disguise) for key in found}
    )
    tables = {name: sorted(map(json.dumps, rows)) for name, rows in result["tables"].items() if name != "rows_unused"}
    notices = sorted(
        (notice["code"], notice["params"].get("count", 0))
        for notice in result["notices"]
        if not notice["code"].startswith("common.reveals.")  # which there is to say of pseudonyms only
    )
    return {"figures": result["figures"], "tables": tables, "notices": notices}


def masked(value: Any, disguise: Disguise) -> Any:
    """Return a value of a result with pseudonyms for names."""
    return disguise.text(value) if isinstance(value, str) else value


@pytest.mark.parametrize(("calculator", "language"), EVERYWHERE)
def test_pseudonyms_change_no_number(calculator: str, language: Language) -> None:
    """Switched on, everybody has the same numbers as before."""
    tables = example(calculator, language)
    disguise = Disguise(names_in(calculator, tables), WORD)
    named = reply(request(calculator, language, tables))
    hidden = request(calculator, language, tables, pseudonyms="yes", secret_word=WORD, free_texts="yes")
    masked_reply = reply(hidden)
    assert told(masked_reply, disguise) == told(named, disguise)


@pytest.mark.parametrize(("calculator", "language"), EVERYWHERE)
def test_a_plan_of_pseudonyms_opens_to_the_same_figures(calculator: str, language: Language) -> None:
    """Lists of people are in an order that tells nothing; where the order of rows counts, as of a funnel, it stays."""
    tables = example(calculator, language)
    asked = request(calculator, language, tables, pseudonyms="yes", secret_word=WORD)
    plan = Bridge().download(json.dumps({**asked, "download": "plan"}))[2]
    again = reply({**asked, "values": None, "tables": {}, "plan": "p"}, {"p": plan})
    before, after = (
        {name: value for name, value in answer["result"]["figures"].items() if not name.startswith("rows_")}
        for answer in (reply(asked), again)
    )
    assert after == before


# --- the goal breakdown --------------------------------------------------------------------------------

TEAM = ["林默", "苏远", "白露", "何青山", "顾一帆", "方致远", "叶知秋"]
GOAL: dict[str, list[list[str]]] = {
    "people": [["姓名", "团队"], *([name, "林默组" if at < 4 else "乙组"] for at, name in enumerate(TEAM))],
    "locked": [
        ["姓名", "月份", "锁定为"],
        ["公司", "2027-02", "90000"],
        ["叶知秋", "2027-03", "11000"],
        ["白露", "2027-05", ""],
        ["何青山", "全年", "150000"],
    ],
    "absences": [["姓名", "开始", "结束"], ["方致远", "2027-05-10", "2027-07-09"]],
}


def goal(**values: str) -> dict[str, Any]:
    """Return a request about a team of equals, so that almost every rounding is a tie."""
    return request("goal_breakdown", "zh", GOAL, **{"target": "1000000", "over_rep": "7", **values})


HIDDEN = {"pseudonyms": "yes", "secret_word": WORD}


@pytest.mark.parametrize("weeks_of", ["苏远", "林默组", "公司", "", pseudonym("苏远", WORD)])
def test_ties_between_equals_fall_alike_under_pseudonyms(weeks_of: str) -> None:
    """Who gets the odd yuan, whose month is locked, whose weeks are shown: the same, whatever people are called."""
    disguise = Disguise(TEAM, WORD)
    shown = "苏远" if weeks_of in disguise.names else weeks_of
    named, hidden = reply(goal(weeks_of=shown)), reply(goal(weeks_of=weeks_of, **HIDDEN))
    assert told(hidden, disguise) == told(named, disguise)
    assert hidden["result"]["tables"]["weeks"] == named["result"]["tables"]["weeks"]
    nobody_in(json.dumps({**hidden, "values": None}, ensure_ascii=False), set(TEAM))
    order = [(row["team"], row["person"]) for row in hidden["result"]["tables"]["people"]]
    assert order == sorted(order)


def test_a_plan_of_pseudonyms_names_nobody_whose_weeks_are_shown() -> None:
    """The form's own name is a pseudonym there too, a team stays, and a name that is in no list is left out."""
    expected = {"苏远": pseudonym("苏远", WORD), "乙组": "乙组", "林默组": f"{pseudonym('林默', WORD)}组", "离职者": ""}
    for typed, saved in expected.items():
        plan = Bridge().download(json.dumps({**goal(weeks_of=typed, **HIDDEN), "download": "plan"}))[2]
        assert json.loads(plan)["values"]["weeks_of"] == saved
        nobody_in(plan.decode(), {*TEAM, "离职者"})
        again = {**goal(), "values": None, "tables": {}, "plan": "p"}
        assert reply(again, {"p": plan})["result"]["figures"]["headcount"] == len(TEAM)


def test_mistakes_about_people_quote_nobody_while_names_are_hidden() -> None:
    """A name that is in no list, and a name where a month should stand."""
    asked = goal(weeks_of="离职者", **HIDDEN)
    asked["tables"]["locked"] = {"rows": [["姓名", "月份", "锁定为"], ["林默", "离职者", "5"]]}
    answer = json.loads(Bridge().reply(json.dumps(asked)))
    assert {error["field"] for error in answer["errors"]} == {"weeks_of", "locked"}
    nobody_in(json.dumps({**answer, "values": None}, ensure_ascii=False), {*TEAM, "离职者"})


def test_a_cell_locked_on_a_pseudonym_is_locked_under_the_name() -> None:
    """Choosing, holding and releasing change the reader's own list, which has names."""
    code = pseudonym("顾一帆", WORD)
    put = {"table": "locked", "row": {"person": code, "month": "2027-08", "number": "5000"}, "key": ["person", "month"]}
    rows = json.loads(Bridge().reply(json.dumps({**goal(**HIDDEN), "put_row": put})))["rows"]
    assert rows == [*GOAL["locked"], ["顾一帆", "2027-08", "5000"]]
    put["row"] = {"person": pseudonym("叶知秋", WORD), "month": "2027-03"}
    rows = json.loads(Bridge().reply(json.dumps({**goal(**HIDDEN), "put_row": {**put, "remove": True}})))["rows"]
    assert ["叶知秋", "2027-03", "11000"] not in rows
    assert len(rows) == len(GOAL["locked"]) - 1


# --- in the page ---------------------------------------------------------------------------------------

EXAMPLE_HEADING = {"zh": "示例结果（虚构数据）", "en": "Example result (invented data)"}
LISTS = {"goal_breakdown": ("people", "locked", "absences"), "solo_signing": ("newcomers", "drills")}


def saved(page: Page, button: Locator) -> bytes:
    """Return the file that a button saves."""
    with page.expect_download() as downloading:
        button.click()
    return downloading.value.path().read_bytes()


@pytest.mark.parametrize(("calculator", "language"), [("goal_breakdown", "zh"), ("solo_signing", "en")])
def test_a_manager_shows_and_hands_on_numbers_without_names(calculator: str, language: Language, page: Page) -> None:
    """Own lists, pseudonyms on, nobody in page or downloads; off again, the same numbers; then all is forgotten."""
    tables = {name: rows for name, rows in example(calculator, language).items() if name in LISTS[calculator]}
    names = names_in(calculator, tables)
    somebody = min(names)
    page.goto(f"{URL}{'' if language == 'zh' else 'en/'}calculators/{calculator}.html")
    section = page.locator(f'[data-calculator="{calculator}"]')
    for name, rows in tables.items():
        text = "\n".join("\t".join(row) for row in rows)
        paste(section, name, text)
    expect(section.locator("[data-result]")).to_contain_text(somebody, timeout=STARTED)
    expect(section).to_have_attribute("data-state", "ready", timeout=STARTED)
    if calculator == "goal_breakdown":
        weeks_of = section.locator('input[name="weeks_of"]')
        weeks_of.evaluate("box => { box.closest('details').open = true; }")
        weeks_of.fill(somebody)
        weeks_of.press("Tab")
        expect(section.locator('[data-table="weeks"] thead')).to_contain_text(somebody)
    numbers = section.locator("[data-result] dd.pb-value").all_inner_texts()

    section.locator('input[name="secret_word"]').fill(WORD)
    section.locator('input[name="pseudonyms"]').check()
    expect(section.locator("[data-result]")).to_contain_text(pseudonym(somebody, WORD))
    expect(section).to_have_attribute("data-state", "ready")
    nobody_in(section.evaluate("section => section.innerHTML"), names)
    if calculator == "goal_breakdown":
        expect(section.locator('[data-table="weeks"] thead')).to_contain_text(pseudonym(somebody, WORD))
        assert weeks_of.evaluate("box => getComputedStyle(box).webkitTextSecurity") == "disc"
    assert section.locator("[data-result] dd.pb-value").all_inner_texts() == numbers
    workbook = openpyxl.load_workbook(io.BytesIO(saved(page, section.locator('[data-toolbar] [data-format="xlsx"]'))))
    nobody_in("\n".join(str(cell.value) for sheet in workbook for row in sheet for cell in row), names)
    for button in section.locator('.pb-result [data-format="csv"]').all():
        nobody_in(saved(page, button).decode("utf-8-sig"), names)
    plan = saved(page, section.locator('[data-action="save-plan"]'))
    nobody_in(plan.decode(), names)
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.includes('people:'))") == []

    section.locator('input[name="pseudonyms"]').uncheck()
    expect(section.locator("[data-result]")).to_contain_text(somebody)
    assert section.locator("[data-result] dd.pb-value").all_inner_texts() == numbers
    section.locator('[data-action="forget"]').click()
    expect(section.locator("[data-result-heading]")).to_have_text(EXAMPLE_HEADING[language])
    file: FilePayload = {"name": "x.plan.json", "mimeType": "application/json", "buffer": plan}
    section.locator("[data-plan-file]").set_input_files(file)
    expect(section.locator("[data-result]")).to_contain_text(pseudonym(somebody, WORD), timeout=STARTED)
    assert section.locator("[data-result] dd.pb-value").all_inner_texts() == numbers


def test_a_word_is_drawn_shown_once_covered_and_kept_nowhere(page: Page) -> None:
    """Names give way to pseudonyms of a word that the page draws; it is covered when the reader turns elsewhere."""
    calculator = open_calculator(page, "en", "nine_box")
    paste(calculator, "people", "name\ttarget\tactual\toutput\nAnna Lee\t100\t90\t50\nBob Stone\t100\t120\t80\n")
    expect(calculator.locator("[data-result]")).to_contain_text("Anna Lee", timeout=STARTED)
    calculator.locator('input[name="pseudonyms"]').check()
    box = calculator.locator('input[name="secret_word"]')
    expect(box).to_have_value(re.compile("^([B-Y2-9]{4}-){2}[B-Y2-9]{4}$"), timeout=STARTED)
    expect(calculator.locator("[data-status]")).to_contain_text("Note it down now")
    word = box.input_value()
    expect(calculator.locator("[data-result]")).to_contain_text(pseudonym("Anna Lee", word))
    covered = "box => getComputedStyle(box).webkitTextSecurity"
    expect(box).to_be_focused()
    assert box.evaluate(covered) == "none"
    calculator.locator('input[name="pseudonyms"]').focus()
    assert box.evaluate(covered) == "disc"
    calculator.locator('[data-action="show-word"]').click()
    assert box.evaluate(covered) == "none"
    calculator.locator('[data-action="show-word"]').click()
    assert box.evaluate(covered) == "disc"
    expect(calculator.locator('[data-section="reveals"]')).to_contain_text("2 of 2 people")

    calculator.locator("[data-keep]").check()
    assert becomes(page, "Object.keys(localStorage).some((name) => name.includes('people:'))")
    assert word not in page.evaluate("JSON.stringify(Object.entries(localStorage))")
    page.reload()  # drawn anew, and said
    expect(box).not_to_have_value(word, timeout=STARTED)
    expect(box).to_have_value(re.compile("-"))
    expect(calculator.locator("[data-result]")).not_to_contain_text("Anna")


def test_a_whole_unit_that_tells_equals_apart_is_said_before_it_is_handed_on() -> None:
    """Of twenty equals some get a unit more: computed again with names, that tells who they are."""
    people = [["name"], *([f"Person {chr(65 + at)}"] for at in range(20))]
    answer = reply(request("goal_breakdown", "en", {"people": people}, target="1000003", **HIDDEN))
    alone = [one["params"] for one in answer["result"]["notices"] if one["code"] == "common.reveals.alone"]
    assert any(found["people"] == 20 for found in alone)
    named = reply(request("goal_breakdown", "en", {"people": people}, target="1000003"))
    assert not [one for one in named["result"]["notices"] if one["code"].startswith("common.reveals.")]


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_whatever_takes_a_column_of_people_says_so(calculator: str) -> None:
    """A text column that is found under the usual headings for somebody's name is one of people."""
    usual = ("姓名", "员工", "销售", "负责人", "经理", "导师", "新人", "name", "rep", "manager", "mentor", "owner")
    for table in declaration(calculator).tables:
        for column in table.columns:
            if column.kind == "text" and not column.people:
                found = [heading for heading in usual if rank(heading, column.name) is not None]
                allowed = {"name"} if column.name in THINGS else set()
                assert set(found) <= allowed, (table.name, column.name)


THINGS = {"customer", "prospect", "initiative", "measure", "step"}
"""Columns whose things have names too."""
