"""A sales lead with new hires in a real browser, in both languages."""

from playwright.sync_api import Page, expect

from tests.journey import STARTED, drop, error, figure, fill, in_one, open_calculator, settled


@in_one("en")
def test_a_sales_lead_measures_newcomers_and_rewards_mentors(language: str, page: Page) -> None:
    """A GB18030 list of the HR system; points instead of money, a cap; a bad date is named with its row."""
    calculator = open_calculator(page, language, "solo_signing")
    expect(figure(calculator, "total_money")).to_have_text("¥7,180")
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
    fill(calculator, "cap", "不少")
    expect(error(calculator, "cap")).to_contain_text("不少")
    fill(calculator, "cap", "五千块")
    expect(figure(calculator, "total_points")).to_have_text("50")
    expect(calculator.locator('[data-code="solo_signing.capped"]')).to_contain_text("林一")
