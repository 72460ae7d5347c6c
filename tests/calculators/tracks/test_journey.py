"""A head of sales with the tracks in a real browser, in both languages."""

from playwright.sync_api import Page, expect

from tests.journey import STARTED, error, figure, fill, in_one, open_calculator, settled


@in_one("en")
def test_a_mature_business_splits_its_target(language: str, page: Page) -> None:
    """1.2亿 over two tracks and a third; shares of 90% are refused at each of the three, and undone."""
    calculator = open_calculator(page, language, "tracks")
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
    fill(calculator, "opening", "")
    expect(calculator.locator('[data-code="tracks.no_opening"]')).to_be_visible()
