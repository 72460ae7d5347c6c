"""A head of sales does the self-check over two quarters and finds the stage, in a real browser, in both languages."""

import json
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.axe import violations
from tests.browser import URL, becomes
from tests.journey import STARTED, drop, figure, in_one, save_plan, settled

FOLDER = {"zh": "", "en": "en/"}
TEAM = "姓名,上半年业绩(万元)\n" + "".join(
    f"销售{at:02},{amount}\n" for at, amount in enumerate([90, 80, 70, *[20] * 9])
)
SPREAD = "姓名,第三季度业绩(万元)\n" + "".join(
    f"销售{at:02},{amount}\n" for at, amount in enumerate([60, 55, 50, *[35] * 9])
)


def open_page(page: Page, language: str, name: str, calculator: str) -> Locator:
    """Open a page of the site and return its calculator."""
    page.goto(f"{URL}{FOLDER[language]}{name}.html")
    return page.locator(f'[data-calculator="{calculator}"]')


def answer(calculator: Locator, question: str, value: str) -> None:
    """Choose an answer."""
    calculator.locator(f'input[name="answer_{question}"][value="{value}"]').check()


def look_at(calculator: Locator, day: str) -> None:
    """Choose the day to look at."""
    box = calculator.locator('input[name="as_of"]')
    box.fill(day)
    box.blur()


def quarters(calculator: Locator) -> Locator:
    """Return the first cell of each row of the quarters shown."""
    return calculator.locator('[data-table="quarters"] tbody tr th')


WORDS = {
    "zh": {
        "example": "示例结果（虚构数据）",
        "own": "结果",
        "yes": "是",
        "no": "否",
        "keep": "记下 {}",
        "kept": "已记下 {}",
        "better": "变好",
    },
    "en": {
        "example": "Example result (invented data)",
        "own": "Result",
        "yes": "yes",
        "no": "no",
        "keep": "Keep {}",
        "kept": "{} is kept",
        "better": "better",
    },
}


@in_one("zh")
def test_two_quarters_of_self_checks(language: str, page: Page, tmp_path: Path) -> None:
    """Answer, let a dropped file answer the first, keep two quarters, see the trend, export, forget, import."""
    words = WORDS[language]
    page.clock.set_fixed_time("2026-11-28T09:00:00")
    calculator = open_page(page, language, "self-check/quarterly", "self_check")
    heading = calculator.locator("[data-result-heading]")
    expect(heading).to_have_text(words["example"])
    keep = calculator.locator('[data-section="verdict"] > .pb-actions button')
    expect(keep).to_be_disabled()

    answer(calculator, "onboarding", "no")
    expect(heading).to_have_text(words["own"], timeout=STARTED)
    expect(calculator.locator('input[name="as_of"]')).to_have_value("2026-09-30")  # in November, the third quarter
    expect(keep).to_have_text(words["keep"].format("2026Q3"))
    expect(figure(calculator, "onboarding")).to_have_text(words["no"])
    expect(figure(calculator, "top_share")).to_have_count(0)
    results = calculator.locator('[data-table-input="results"]')
    drop(results, "业绩.csv", TEAM.encode())
    expect(figure(calculator, "reliance")).to_have_text(words["yes"])
    expect(figure(calculator, "top_share")).to_have_text("57.1%")
    look_at(calculator, "2026-06-30")
    expect(keep).to_have_text(words["keep"].format("2026Q2"))
    keep.click()
    expect(calculator.locator('[data-code="self_check.kept_same"]')).to_contain_text("2026Q2")
    expect(keep).to_have_text(words["kept"].format("2026Q2"))

    drop(results, "业绩三季度.csv", SPREAD.encode())
    answer(calculator, "warning", "yes")
    look_at(calculator, "2026-09-30")
    expect(keep).to_have_text(words["keep"].format("2026Q3"))
    keep.click()
    expect(calculator.locator('[data-code="self_check.kept_same"]')).to_contain_text("2026Q3")
    expect(quarters(calculator)).to_have_text(["2026Q2", "2026Q3"])
    expect(calculator.locator('[data-chart="answers"] svg')).to_be_visible()
    expect(calculator.locator('[data-chart="measures"] svg')).to_be_visible()
    changed = calculator.locator('[data-table="changes"] tbody tr').first
    expect(changed).to_contain_text(words["better"])
    expect(changed).to_contain_text("57.1%")
    settled(calculator)

    calculator.locator("[data-keep]").check()
    assert becomes(page, "Object.keys(localStorage).some((name) => name.endsWith('people:self_check'))")
    kept = page.evaluate("Object.entries(localStorage).find(([name]) => name.endsWith('people:self_check'))[1]")
    assert list(json.loads(kept)["tables"]) == ["quarters"]
    assert "销售" not in kept
    plan = save_plan(page, calculator, tmp_path)

    page.reload()
    calculator = page.locator('[data-calculator="self_check"]')
    expect(quarters(calculator)).to_have_text(["2026Q2", "2026Q3"], timeout=STARTED)
    expect(figure(calculator, "top_share")).to_have_count(0)

    calculator.locator('[data-action="forget"]').click()
    expect(calculator.locator("[data-result-heading]")).to_have_text(words["example"])
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.includes('self_check'))") == []
    expect(calculator.locator("[data-keep]")).not_to_be_checked()

    calculator.locator("[data-plan-file]").set_input_files(plan)
    expect(quarters(calculator)).to_have_text(["2026Q2", "2026Q3"], timeout=STARTED)
    expect(figure(calculator, "warning")).to_have_text(words["yes"])
    expect(calculator.locator('input[name="as_of"]')).to_have_value("2026-09-30")

    calculator.locator('[data-table="quarters"] tbody tr').first.locator("button").click()
    expect(quarters(calculator)).to_have_text(["2026Q3"])
    calculator.locator('[data-action="undo"]').click()
    expect(quarters(calculator)).to_have_text(["2026Q2", "2026Q3"])
    link = calculator.locator('[data-table="next"] a').first
    href = link.get_attribute("href")
    assert href is not None
    link.click()
    page.wait_for_url(re.compile(re.escape(href.removeprefix("../"))))
    expect(page.locator("article h1")).to_be_visible()


@in_one("en")
def test_symptoms_that_contradict_each_other(language: str, page: Page) -> None:
    """Symptoms of stage two and three in equal number: between the two, and which points where."""
    calculator = open_page(page, language, "self-check/which-stage", "stage_finder")
    expect(figure(calculator, "stage")).to_contain_text({"zh": "第二阶段", "en": "Stage two"}[language])
    for symptom in ("founder_closes", "few_customers", "needs_unclear", "core_slows"):
        calculator.locator(f'input[name="{symptom}"][value="no"]').check()
    expect(figure(calculator, "stage")).to_have_text(
        {"zh": "还看不出来", "en": "Cannot tell yet"}[language], timeout=STARTED
    )
    for symptom in ("in_heads", "regions_differ"):
        calculator.locator(f'input[name="{symptom}"][value="yes"]').check()
    between = {"zh": "介于第二和第三阶段之间", "en": "Between stages two and three"}
    expect(figure(calculator, "stage")).to_have_text(between[language])
    pointed = calculator.locator('[data-code="stage_finder.points_to"]')
    expect(pointed).to_have_count(2)
    expect(calculator.locator('[data-table="symptoms"] tbody tr').first).to_contain_text(
        {"zh": "少数人", "en": "few heads"}[language]
    )


@in_one("en")
def test_published_cases_run_in_the_readers_browser(language: str, page: Page) -> None:
    """One press computes all of them here; none is different, the heading says where, and axe finds nothing in it."""
    calculator = open_page(page, language, "calculators/verify", "verify")
    heading = calculator.locator("[data-result-heading]")
    expect(heading).to_have_text({"zh": "建站时的核对结果", "en": "As verified when the site was built"}[language])
    cases = figure(calculator, "cases").inner_text()
    calculator.locator('[data-action="run"]').click()
    expect(heading).to_have_text(
        {"zh": "在你的浏览器里的核对结果", "en": "As verified in your browser"}[language], timeout=STARTED
    )
    settled(calculator)
    expect(figure(calculator, "cases")).to_have_text(cases)
    expect(figure(calculator, "different")).to_have_text("0")
    expect(figure(calculator, "misprints")).to_have_text("1")
    assert violations(page) == []
