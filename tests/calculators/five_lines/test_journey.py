"""A director with the five lines in a real browser, in both languages."""

import io

import openpyxl
from playwright.sync_api import Page, expect

from tests.journey import STARTED, drop, error, figure, fill, in_one, open_calculator


@in_one("zh")
def test_a_director_scores_the_five_lines(language: str, page: Page) -> None:
    """Weights that miss 100% are refused with their sum; mended, the score follows, and the workbook has it."""
    calculator = open_calculator(page, language, "five_lines")
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
        calculator.locator('[data-toolbar] [data-format="xlsx"]').click()
    workbook = openpyxl.load_workbook(io.BytesIO(downloading.value.path().read_bytes()))
    assert 0.95 in [cell.value for row in workbook.worksheets[0].iter_rows() for cell in row]
