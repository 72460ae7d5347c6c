"""Nothing that a reader has typed, chosen or opened is lost without a word, and no lost connection is for ever."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from calculators.engine.exports.sheets import write_xlsx
from tests.browser import URL, Guard
from tests.journey import STARTED, drop, figure, in_one, open_calculator, paste, save_plan, settled
from tests.modules import called
from tests.table_files import ods_file

GOOD = "客户,收入\n甲,500\n乙,300\n丙,200\n"
WORKBOOK = write_xlsx([("名单", ["客户", "收入"], [["甲", 3000], ["乙", 1200]], ["text", "money"])])
LOST = "ERR_FAILED|ERR_INTERNET_DISCONNECTED|Failed to (fetch|load)|NetworkError|TypeError"


def ready_for_anything(page: Page, language: str, name: str) -> Locator:
    """Open a calculator, and wait until nothing is on its way any more: what reads workbooks, and the grid's style."""
    with (
        page.context.expect_event("response", lambda response: "/workbooks-" in response.url, timeout=STARTED),
        page.context.expect_event("response", lambda response: "/tabulator-" in response.url, timeout=STARTED),
    ):
        calculator = open_calculator(page, language, name)
    settled(calculator)
    page.wait_for_load_state("networkidle")
    return calculator


def test_once_python_runs_nothing_needs_the_server(page: Page) -> None:
    """Offline before a file is picked: other encodings, workbooks of every kind and every export work all the same."""
    calculator = ready_for_anything(page, "zh", "abc_tiers")
    page.context.set_offline(True)
    for name, content, revenue in [
        ("导出.csv", GOOD.encode("gb18030"), "¥1,000"),
        ("名单.xlsx", WORKBOOK, "¥42"),
        ("名单.ods", ods_file(), "¥10"),
        ("utf16.csv", GOOD.encode("utf-16"), "¥1,000"),
    ]:
        drop(calculator, name, content)
        expect(figure(calculator, "revenue")).to_have_text(revenue)
    for what in ("[data-format=xlsx]", "[data-table=ranking] [data-format=csv]", "[data-action=save-plan]"):
        with page.expect_download():
            calculator.locator(what).first.click()


@pytest.mark.parametrize("missing", ["stdlib", "packages", "workbooks"])
def test_a_file_chosen_while_the_connection_is_lost_is_read_when_it_is_back(
    missing: str, page: Page, guard: Guard
) -> None:
    """What Python had still to fetch did not come; Python is started anew by itself, and answers what was asked."""
    guard.expect(LOST)
    page.route(f"**/{missing}-*.bin", lambda route: route.abort())
    calculator = open_calculator(page, "zh", "abc_tiers")
    settled(calculator)
    if missing == "workbooks":
        drop(calculator, "名单.xlsx", WORKBOOK)
    else:
        drop(calculator, "导出.csv", GOOD.encode("gb18030"))
    expect(calculator).to_have_attribute("data-state", "failed", timeout=STARTED)
    expect(calculator.locator("[data-status]")).to_contain_text("连上以后会自动继续")
    page.unroute(f"**/{missing}-*.bin")
    expect(figure(calculator, "revenue")).to_have_text("¥42" if missing == "workbooks" else "¥1,000", timeout=STARTED)
    settled(calculator)
    drop(calculator, "好.csv", (GOOD + "丁,5\n").encode("gb18030"))
    expect(figure(calculator, "revenue")).to_have_text("¥1,005")


@in_one("zh")
def test_charts_and_the_grid_come_with_the_connection(language: str, page: Page, guard: Guard) -> None:
    """Without it the page says what did not load; once it is back, asking again is enough."""
    guard.expect(LOST)
    for name in ("echarts", "tabulator"):
        page.route(f"**/{name}-*.js*", lambda route: route.abort())
    calculator = open_calculator(page, language, "abc_tiers")
    settled(calculator)
    calculator.locator("[name=driver][value=revenue]").check()
    expect(figure(calculator, "a_customers")).to_have_text("8")
    expect(calculator.locator("[data-canvas]").first).not_to_be_empty()
    calculator.locator("[data-action=edit]").first.click()
    status = calculator.locator("[data-status]")
    expect(status).to_contain_text({"zh": "编辑器没能载入", "en": "editor did not load"}[language])
    for name in ("echarts", "tabulator"):
        page.unroute(f"**/{name}-*.js*")
    calculator.locator("[data-action=edit]").first.click()
    expect(page.locator("dialog .tabulator-row").first).to_be_visible()
    page.locator("dialog .pb-primary + button").click()
    calculator.locator("[name=driver][value=count]").check()
    expect(calculator.locator("[data-chart] svg").first).to_be_visible()


LEAVING = "() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))"
CHANGES = {
    "abc_tiers": ("[name=at_cutoff][value=exclude]", None),
    "goal_breakdown": ("[name=target]", "31000000"),
    "first_customers": ("[data-stepped]", "7"),
    "stage_finder": ("input[type=radio]", None),
    "self_check": ("[name=answer_reliance][value=yes]", None),
    "tracks": ("[data-stepped]", "7"),
    "five_lines": ("[data-stepped]", "7"),
    "efficiency_alert": ("[data-stepped]", "7"),
    "solo_signing": ("[data-stepped]", "7"),
    "nine_box": ("[data-stepped]", "7"),
}


def test_leaving_with_a_change_is_asked_about_in_every_calculator(page: Page, tmp_path: Path) -> None:
    """From the moment it is typed until a plan has it, and again after the next; an untouched page lets go.

    Where inputs are kept by themselves nothing is lost but what is being typed (test_habits.py), so that is off here.
    """
    pages = {"stage_finder": "self-check/which-stage", "self_check": "self-check/quarterly"}
    page.goto(f"{URL}about.html")
    for name in CHANGES:
        address = f"{pages.get(name, f'calculators/{name}')}.html"
        page.locator(f".md-nav a[href$='{address}']").first.evaluate("link => link.click()")  # Python goes along
        leaving_is_asked_about(page, name, tmp_path)


def leaving_is_asked_about(page: Page, name: str, tmp_path: Path) -> None:
    """See it of the calculator that the page has."""
    calculator = page.locator(f'[data-calculator="{name}"]')
    expect(calculator).not_to_have_attribute("data-state", "static", timeout=STARTED)
    assert page.evaluate(LEAVING) is False
    calculator.locator("[data-autosave]").uncheck()
    selector, text = CHANGES[name]
    box = calculator.locator(f"[data-form] {selector}").first
    box.evaluate(
        """(box, text) => {
            for (let at = box; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
            if (text === null) box.checked = true; else box.value = text;
            window.asked = !dispatchEvent(new Event("beforeunload", { cancelable: true }));
            box.dispatchEvent(new Event("input", { bubbles: true }));
            box.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        text,
    )
    assert page.evaluate("window.asked") is True
    settled(calculator)
    assert page.evaluate(LEAVING) is True
    save_plan(page, calculator, tmp_path)
    assert page.evaluate(LEAVING) is False
    calculator.locator("[data-action=undo]").click()
    settled(calculator)
    assert page.evaluate(LEAVING) is False


def test_escape_keeps_what_was_pasted_until_it_is_used_or_cancelled(page: Page) -> None:
    """The window says so, and has the text when it is opened again; a reload asks; cancelling ends it."""
    calculator = open_calculator(page, "en", "abc_tiers")
    box = page.locator("dialog textarea")
    calculator.locator("[data-action=paste]").first.click()
    box.fill("customer\trevenue\nA\t5\n")
    assert page.evaluate(LEAVING) is True
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(calculator.locator("[data-status]")).to_contain_text("open this window again")
    assert page.evaluate(LEAVING) is True
    calculator.locator("[data-action=paste]").first.click()
    expect(box).to_have_value("customer\trevenue\nA\t5\n")
    page.locator("dialog .pb-primary + button").click()
    assert page.evaluate(LEAVING) is False
    calculator.locator("[data-action=paste]").first.click()
    expect(box).to_have_value("")


def test_a_change_of_language_brings_everything_and_the_place(page: Page) -> None:
    """Values, a pasted list under a name in the new language, another page's work, and where the reader was."""
    other = open_calculator(page, "zh", "tracks")
    other.locator("[name=target]").fill("7777777")
    settled(other)
    page.locator(".md-nav a[href$='goal_breakdown.html']").first.evaluate("link => link.click()")
    calculator = page.locator("[data-calculator=goal_breakdown]")
    calculator.locator("[name=target]").fill("31000000")
    paste(calculator, "people", "姓名\t团队\n林默\t甲\n苏远\t甲\n")
    view = calculator.locator("[data-table-view=people]")
    expect(view).to_contain_text("粘贴的表格", timeout=STARTED)
    settled(calculator)
    calculator.locator("[data-table]").last.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, -50)")
    assert page.evaluate("scrollY") > 900
    page.locator("[data-language-switch]").click()
    page.locator("dialog .pb-primary").click()
    page.wait_for_url("**/en/calculators/goal_breakdown.html")
    expect(calculator.locator("[name=target]")).to_have_value("31000000", timeout=STARTED)
    expect(view).to_contain_text("Pasted table")
    settled(calculator)
    assert page.evaluate("scrollY") > 600
    assert page.evaluate(LEAVING) is True
    page.locator(".md-nav a[href$='calculators/tracks.html']").first.evaluate("link => link.click()")
    expect(other.locator("[name=target]")).to_have_value("7777777")


CARRIED = {
    "values": {"driver": "count"},
    "tables": {"customers": {"rows": [["A", 5, None]], "unit": None}},
    "plan": None,
}


def left_behind(inputs: object) -> str:
    """Return the text by which another load of the page has left these inputs (packed.js)."""
    nodes: list[dict[str, Any]] = []

    def pack(value: Any) -> Any:
        if not isinstance(value, dict | list):
            return value
        at = len(nodes)
        nodes.append({})
        if isinstance(value, list):
            nodes[at] = {"list": [pack(one) for one in value]}
        elif isinstance(value.get("data:"), str):
            nodes[at] = {"file": value["data:"]}
        elif "map" in value:
            nodes[at] = {"map": []}
        else:
            nodes[at] = {"keys": [[key, pack(one)] for key, one in value.items()]}
        return {"at": at}

    lists: dict[str, object] = {"history": [], "undone": [], "scenarios": []}
    pack(
        {**lists, "inputs": inputs, "answered": CARRIED, "saved": None, "left": {"map": []}, "pages": {}, "decider": ""}
    )
    return json.dumps({"version": 2, "nodes": nodes})


def test_only_inputs_are_taken_for_what_a_reload_has_left() -> None:
    """Others on the same host can write into the same storage: what is of another shape is refused, and then said."""
    no_tables: list[object] = [None, [], {"customers": None}, {"customers": [[]]}]
    no_rows: list[object] = [5, [5], [[{}]]]
    others: list[object] = [
        *(None, 5, "x", [], {}, {**CARRIED, "values": 5}, {**CARRIED, "values": {"driver": 5}}),
        *({**CARRIED, "tables": tables} for tables in no_tables),
        *({**CARRIED, "tables": {"customers": {"rows": rows}}} for rows in no_rows),
        *(
            {**CARRIED, "tables": {"customers": {key: value}}}
            for key, value in (("file", "x"), ("name", []), ("columns", 5))
        ),
        *({**CARRIED, "plan": plan} for plan in ("x", {}, {"data:": 5})),
    ]
    texts = ["", "{", *map(json.dumps, others), *map(left_behind, [*others, {**CARRIED, "plan": {"data:": "data:,%"}}])]
    (whole,) = called("packed.js", ["unpacked", left_behind(CARRIED)])
    assert whole["inputs"] == CARRIED
    assert all("thrown" in answer for answer in called("packed.js", *(["unpacked", text] for text in texts)))
