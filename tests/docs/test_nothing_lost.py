"""Nothing that a reader has typed, chosen or opened is lost without a word, and no lost connection is for ever."""

import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from calculators.engine.exports.sheets import write_xlsx
from tests.browser import URL, Guard
from tests.journey import STARTED, drop, figure, open_calculator, paste, settled
from tests.table_files import ods_file

GOOD = "客户,收入\n甲,500\n乙,300\n丙,200\n"
WORKBOOK = write_xlsx([("名单", ["客户", "收入"], [["甲", 3000], ["乙", 1200]], ["text", "money"])])
LOST = "ERR_FAILED|ERR_INTERNET_DISCONNECTED|Failed to (fetch|load)|NetworkError|TypeError"


def ready_for_anything(page: Page, language: str, name: str) -> Locator:
    """Open a calculator, and wait until nothing is on its way any more."""
    with page.context.expect_event("response", lambda response: "/workbooks-" in response.url, timeout=STARTED):
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
        ("繁体.csv", "客户,收入\n東方,70\n".encode("big5"), "¥70"),
        ("名单.ods", ods_file(), "¥10"),
        ("utf16.csv", GOOD.encode("utf-16"), "¥1,000"),
    ]:
        drop(calculator, name, content)
        expect(figure(calculator, "revenue")).to_have_text(revenue)
    for what in ('.pb-result [data-format="xlsx"]', '[data-table="ranking"] [data-format="csv"]', '[data-action="save-plan"]'):
        with page.expect_download():
            calculator.locator(what).first.click()


@pytest.mark.parametrize(
    ("missing", "name", "content", "revenue"),
    [
        ("stdlib", "导出.csv", GOOD.encode("gb18030"), "¥1,000"),
        ("workbooks", "名单.xlsx", WORKBOOK, "¥42"),
        ("packages", "导出.csv", GOOD.encode("gb18030"), "¥1,000"),
    ],
)
def test_a_file_chosen_while_the_connection_is_lost_is_read_when_it_is_back(
    missing: str, name: str, content: bytes, revenue: str, page: Page, guard: Guard
) -> None:
    """What Python had still to fetch did not come; Python is started anew by itself, and answers what was asked."""
    guard.expect(LOST)
    page.route(f"**/{missing}-*.bin", lambda route: route.abort())
    calculator = open_calculator(page, "zh", "abc_tiers")
    settled(calculator)
    drop(calculator, name, content)
    expect(calculator).to_have_attribute("data-state", "failed", timeout=STARTED)
    expect(calculator.locator("[data-status]")).to_contain_text("连上以后会自动继续")
    page.unroute(f"**/{missing}-*.bin")
    expect(figure(calculator, "revenue")).to_have_text(revenue, timeout=STARTED)
    settled(calculator)
    drop(calculator, "好.csv", (GOOD + "丁,5\n").encode("gb18030"))
    expect(figure(calculator, "revenue")).to_have_text("¥1,005")
