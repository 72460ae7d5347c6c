"""A founder with the first customers' quarter in a real browser, in both languages."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journey import STARTED, drop, error, figure, fill, in_one, open_calculator, save_plan, settled


@in_one("zh")
def test_a_founder_follows_the_quarter_week_by_week(language: str, page: Page, tmp_path: Path) -> None:
    """The example stands there; own weeks are put in, a goal raised, a slip shown, the plan kept and reopened."""
    calculator = open_calculator(page, language, "first_customers")
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
