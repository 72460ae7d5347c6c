"""A manager with the stages' own goals in a real browser, in both languages: short ways through four calculators."""

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import URL
from tests.journey import STARTED, drop, figure, save_plan, settled

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


def open_page(page: Page, language: str, name: str) -> Locator:
    """Open a calculator's page and return the calculator."""
    page.goto(f"{URL}{'en/' if language == 'en' else ''}calculators/{name}.html")
    return page.locator(f'[data-calculator="{name}"]')


def fill(calculator: Locator, name: str, text: str) -> None:
    """Type into a field."""
    calculator.locator(f'[name="{name}"]').fill(text)


def error(calculator: Locator, name: str) -> Locator:
    """Return where the mistake of a field or table stands."""
    return calculator.locator(f'[data-error-for="{name}"]')


@LANGUAGES
def test_a_founder_follows_the_quarter_week_by_week(language: str, page: Page, tmp_path: Path) -> None:
    """The example stands there; own weeks are put in, a goal raised, a slip shown, the plan kept and reopened."""
    calculator = open_page(page, language, "first_customers")
    expect(figure(calculator, "customers")).to_have_text("3")
    fill(calculator, "start", "2026-09-07")
    heads = {
        "zh": "周次,新签客户,新增标杆,新增潜在客户,客户原话",
        "en": "Week,New customers,New references,New prospects,Customer quotes",
    }
    weeks = f"{heads[language]}\n1,0,0,20,3\n第2周,1,0,12,2\n2026-09-22,1,1,15,4\n99,9,9,9,9\n"
    drop(calculator.locator('[data-table-input="weeks"]'), "weeks.csv", weeks.encode("utf-8-sig"))
    expect(figure(calculator, "customers")).to_have_text("2", timeout=STARTED)
    settled(calculator)
    expect(calculator.locator('[data-code="first_customers.outside_span"]')).to_contain_text("99 (5)")
    expect(figure(calculator, "archived")).to_have_count(0)  # the example's archive is not the reader's
    fill(calculator, "as_of", "2026-09-28")
    expect(figure(calculator, "weeks_over")).to_have_text("3")
    expect(figure(calculator, "behind")).to_have_text("0")
    fill(calculator, "goal_prospects", "400")
    expect(figure(calculator, "behind")).to_have_text("1")
    fill(calculator, "goal_prospects", "-5")
    expect(error(calculator, "goal_prospects")).to_be_visible()
    fill(calculator, "goal_prospects", "300")
    expect(error(calculator, "goal_prospects")).to_be_hidden()
    plan = save_plan(page, calculator, tmp_path)
    calculator.locator('[data-action="reset"]').click()
    expect(figure(calculator, "customers")).to_have_text("3")
    calculator.locator("[data-plan-file]").set_input_files(plan)
    expect(figure(calculator, "customers")).to_have_text("2")
    expect(calculator.locator('[name="goal_prospects"]')).to_have_value("300")


@LANGUAGES
def test_a_sales_lead_measures_newcomers_and_rewards_mentors(language: str, page: Page) -> None:
    """A GB18030 list of the HR system; points instead of money, a cap; a bad date is named with its row."""
    calculator = open_page(page, language, "solo_signing")
    expect(figure(calculator, "total_money")).to_have_text("¥11,740")
    people = (
        "姓名,入职日期,首单日期,师傅,首单金额(万元),离职日期\n"
        "林一,2026/6/1,2026/7/15,何建,10,\n周二,2026年8月1日,,何建,,\n许三,2026-13-40,,,,\n"
    )
    drop(calculator.locator('[data-table-input="newcomers"]'), "新人.csv", people.encode("gb18030"))
    expect(figure(calculator, "total_money")).to_have_text("¥2,000", timeout=STARTED)
    settled(calculator)
    expect(calculator.locator('[data-table="rows_unused"]')).to_contain_text("2026-13-40")
    fill(calculator, "as_of", "2026-11-25")
    expect(figure(calculator, "rate")).to_have_text("50.0%")
    calculator.locator('[name="reward_form"][value="points"]').check()
    expect(figure(calculator, "total_points")).to_have_text("20")
    calculator.locator('[name="reward_basis"][value="value"]').check()
    expect(figure(calculator, "total_points")).to_have_text("200")
    fill(calculator, "cap", "五千块")
    expect(error(calculator, "cap")).to_contain_text("五千块")
    fill(calculator, "cap", "0.5万")
    expect(figure(calculator, "total_points")).to_have_text("50")
    expect(calculator.locator('[data-code="solo_signing.capped"]')).to_contain_text("林一")


@LANGUAGES
def test_a_director_scores_the_five_lines(language: str, page: Page) -> None:
    """Weights that miss 100% are refused with their sum; mended, the score follows, and the workbook has it."""
    calculator = open_page(page, language, "five_lines")
    expect(figure(calculator, "score")).to_have_text("94.2%")
    rows = "线,指标,目标,实际,权重,方向\n客户线,新客,100,110,{}%,越高越好\n,流失率,10%,12%,40%,越低越好\n"
    table = calculator.locator('[data-table-input="measures"]')
    drop(table, "五线.csv", rows.format(50).encode())
    expect(error(calculator, "measures")).to_contain_text("90%", timeout=STARTED)
    drop(table, "五线.csv", rows.format(60).encode())
    expect(calculator.locator('[data-code="five_lines.by_ratio"]')).to_be_visible()
    calculator.locator('[name="lower"][value="distance"]').check()
    expect(figure(calculator, "score")).to_have_text("98.0%")
    expect(figure(calculator, "score_capped")).to_have_text("92.0%")
    fill(calculator, "cap", "105")
    expect(figure(calculator, "score")).to_have_text("95.0%")
    with page.expect_download() as downloading:
        calculator.locator('.pb-result [data-format="xlsx"]').first.click()
    workbook = openpyxl.load_workbook(io.BytesIO(downloading.value.path().read_bytes()))
    assert 0.95 in [cell.value for row in workbook.worksheets[0].iter_rows() for cell in row]


@LANGUAGES
def test_a_mature_business_splits_its_target(language: str, page: Page) -> None:
    """1.2亿 over two tracks and a third; shares of 90% are refused at each of the three, and undone."""
    calculator = open_page(page, language, "tracks")
    expect(figure(calculator, "existing_target")).to_have_text("¥70,000,000")
    fill(calculator, "target", "1.2亿")
    expect(figure(calculator, "existing_target")).to_have_text("¥84,000,000", timeout=STARTED)
    settled(calculator)
    fill(calculator, "target_existing", "60")
    expect(error(calculator, "target_growth")).to_contain_text("90%")
    calculator.locator('[data-action="undo"]').click()
    expect(error(calculator, "target_growth")).to_be_hidden()
    fill(calculator, "people", "101")
    expect(calculator.locator('[data-table="tracks"]')).to_contain_text("71")
    fill(calculator, "base", "")
    expect(calculator.locator('[data-code="tracks.no_base"]')).to_be_visible()
