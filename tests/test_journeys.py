"""A manager at work in a real browser, on plain HTTP under a sub-path, in both languages.

The guard fails each of these on any request to another origin, console error or uncaught error.
"""

import io
import re
import struct
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import URL

PAGES = {"zh": "calculators/abc_tiers.html", "en": "en/calculators/abc_tiers.html"}
STARTED = 120_000
"""Milliseconds that a busy machine may take to start Python; waiting ends as soon as it has."""

CRM_EXPORT = """客户名称,签约金额(万元),负责人
青松科技,１２.５,林默
远航物流,"1,034.50",苏远
白石餐饮,(3),林默
远航物流,65.5,苏远
海棠服饰,300,陈嘉禾
外贸伙伴,US$1000,陈嘉禾
云上教育,待定,苏远
金穗食品,88,林默
合计,1497.5,
"""


def open_calculator(page: Page, language: str) -> Locator:
    """Open the ABC page and return its calculator."""
    page.goto(URL + PAGES[language])
    return page.locator('[data-calculator="abc_tiers"]')


def drop(calculator: Locator, name: str, content: bytes) -> None:
    """Drop a file on the calculator's table, as a hand would."""
    calculator.locator("[data-drop]").evaluate(
        """(place, [name, bytes]) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], name));
            for (const type of ["dragover", "drop"]) {
                place.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
            }
        }""",
        [name, list(content)],
    )


def figure(calculator: Locator, name: str) -> Locator:
    """Return where a figure stands."""
    return calculator.locator(f'[data-figure="{name}"]')


def settled(calculator: Locator) -> None:
    """Wait until Python has answered."""
    expect(calculator).to_have_attribute("data-state", "ready", timeout=STARTED)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_manager_tiers_a_crm_export(language: str, page: Page, tmp_path: Path) -> None:
    """Open, drop a GB18030 export, change a rule, read the result, download it, go to another page and come back."""
    calculator = open_calculator(page, language)
    assert page.evaluate("isSecureContext") is False
    expect(figure(calculator, "customers")).to_have_text("28")

    drop(calculator, "导出.csv", CRM_EXPORT.encode("gb18030"))
    expect(figure(calculator, "customers")).to_have_text("4", timeout=STARTED)
    settled(calculator)
    expect(calculator).to_have_attribute("data-boot", "ordinary")
    expect(figure(calculator, "revenue")).to_have_text("¥15,005,000")
    expect(figure(calculator, "rows_read")).to_have_text("9")
    expect(figure(calculator, "rows_unused")).to_have_text("2")
    unused = calculator.locator('[data-table="rows_unused"]')
    expect(unused).to_contain_text("US$1000")
    expect(unused).to_contain_text("合计")
    expect(figure(calculator, "outside_customers")).to_have_text("2")
    expect(calculator.locator('[data-code="abc_tiers.merged"]')).to_contain_text("远航物流")
    expect(figure(calculator, "a_customers")).to_have_text("1")

    calculator.locator('input[name="driver"][value="revenue"]').check()
    calculator.locator('input[name="crossing"][value="down"]').check()
    expect(calculator.locator('[data-code="abc_tiers.empty_tier"]')).to_be_visible()
    expect(figure(calculator, "a_customers")).to_have_text("0")
    expect(calculator.locator("[data-chart] svg")).to_be_visible()

    with page.expect_download() as downloading:
        calculator.locator('[data-table="ranking"] [data-format="csv"]').click()
    ranking = downloading.value.path().read_bytes()
    assert ranking.startswith(b"\xef\xbb\xbf")
    assert "远航物流" in ranking.decode("utf-8-sig")
    with page.expect_download() as downloading:
        calculator.locator('.pb-result [data-format="xlsx"]').first.click()
    workbook = openpyxl.load_workbook(io.BytesIO(downloading.value.path().read_bytes()))
    assert len(workbook.sheetnames) >= 6
    with page.expect_download() as downloading:
        calculator.locator('[data-action="png"]').click()
    picture = downloading.value.path().read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", picture[16:20])[0] > 600

    with page.expect_download() as downloading:
        calculator.locator('[data-action="save-plan"]').click()
    plan = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(plan)

    page.locator('.md-nav a[href*="stage-2"]').first.click()
    page.wait_for_url(re.compile("stage-2"))
    page.go_back()
    calculator = page.locator('[data-calculator="abc_tiers"]')
    expect(figure(calculator, "revenue")).to_have_text("¥15,005,000", timeout=STARTED)
    expect(calculator.locator('input[name="crossing"][value="down"]')).to_be_checked()
    assert page.evaluate("performance.getEntriesByType('navigation').length") == 1

    calculator.locator('[data-action="reset"]').click()
    expect(figure(calculator, "customers")).to_have_text("28")
    calculator.locator("[data-plan-file]").set_input_files(plan)
    expect(figure(calculator, "revenue")).to_have_text("¥15,005,000")
    expect(calculator.locator('input[name="crossing"][value="down"]')).to_be_checked()
    calculator.locator('[data-action="undo"]').click()
    expect(figure(calculator, "customers")).to_have_text("28")
