"""Inputs and result stand beside each other in every calculator: what a change does is seen where it is made."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import URL, becomes
from tests.docs.test_look import SHIFTS
from tests.journey import STARTED, settled

PAGES = {
    **{
        name: f"calculators/{name}"
        for name in (
            "abc_tiers",
            "efficiency_alert",
            "first_customers",
            "five_lines",
            "goal_breakdown",
            "nine_box",
            "solo_signing",
            "tracks",
        )
    },
    "self_check": "self-check/quarterly",
    "stage_finder": "self-check/which-stage",
}
WIDE = ((1440, 900), (1280, 720))
NARROW = ((768, 1024), (390, 844))

SEEN = """(element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    const seen = element.checkVisibility({ checkVisibilityCSS: true }) && top >= 0 && bottom <= innerHeight;
    const x = Math.min(Math.max((left + right) / 2, 1), innerWidth - 1);
    const over = document.elementFromPoint(x, (top + bottom) / 2);
    const uncovered = over === element || element.contains(over) || over?.contains(element);
    return seen && left >= -1 && right <= innerWidth + 1 && uncovered;
}"""


def figure_is_seen(page: Page) -> bool:
    """Say whether the first figure can be read where the page is: in the result, or where it stays in sight."""
    figures = "document.querySelectorAll('[data-headline] .pb-value, [data-strip] > :first-child .pb-value')"
    return becomes(page, f"[...{figures}].some({SEEN})", within=5)


def change(calculator: Locator) -> Locator:
    """Change the first thing that is chosen or typed in the form, and return it."""
    control = calculator.locator(
        "[data-form] fieldset > .pb-fields :is(input[type=radio]:not(:checked), [data-stepped])"
    ).first
    if control.get_attribute("type") == "radio":
        control.check()
    else:
        control.fill(str(int(float(control.input_value().replace(",", ""))) + 1))
    return control


@pytest.mark.parametrize("name", PAGES)
def test_a_change_and_what_it_does_are_seen_together(name: str, new_page: Callable[..., Page]) -> None:
    """At four sizes of screen: the first has the first choice and the first figures, and no change moves the page."""
    page = new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(SHIFTS.replace("entry.value > 0.01", "entry.value > 0.001"))
    page.goto(f"{URL}en/{PAGES[name]}.html" if len(name) % 2 else f"{URL}{PAGES[name]}.html")
    calculator = page.locator("[data-calculator]")
    settled(calculator)
    for width, height in WIDE:
        page.set_viewport_size({"width": width, "height": height})
        first = calculator.locator("[data-form] :is(button, input):not([type=file], [hidden])").nth(1)
        assert first.evaluate(SEEN), f"the first thing to do at {width}"
        assert calculator.locator("[data-headline] .pb-value").first.evaluate(SEEN), f"the first figure at {width}"

    page.set_viewport_size({"width": WIDE[0][0], "height": WIDE[0][1]})
    page.wait_for_timeout(600)  # a change of the window's size moves everything
    page.evaluate("window.shifted.length = 0")
    control = change(calculator)
    settled(calculator)
    expect(calculator.locator("[data-status]")).not_to_be_empty()
    assert figure_is_seen(page)
    assert control.evaluate(SEEN)
    calculator.locator("[data-section]").last.scroll_into_view_if_needed()
    assert figure_is_seen(page), "far down the result"
    moved = page.evaluate("window.shifted.reduce((sum, one) => sum + parseFloat(one), 0)")
    assert moved < 0.05, page.evaluate("window.shifted")

    for width, height in NARROW:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("scrollTo(0, 0)")
        assert figure_is_seen(page)
        opener = calculator.locator(".pb-strip [data-action=inputs]")
        opener.click()
        expect(opener).to_have_attribute("aria-expanded", "true")
        control.scroll_into_view_if_needed()
        assert becomes(page, f"[document.querySelector('[data-form]')].every({SEEN})", within=5) or control.evaluate(
            SEEN
        )
        assert figure_is_seen(page), f"beside the inputs at {width}"
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()
        expect(control).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_figure_shows_its_difference_and_one_sentence_says_it(language: str, page: Page) -> None:
    """Beside the figure, in the cells that have moved, and for those who hear it; undoing is a change as well."""
    page.goto(f"{URL}{'' if language == 'zh' else 'en/'}calculators/abc_tiers.html")
    calculator = page.locator("[data-calculator]")
    settled(calculator)
    calculator.locator('input[name="driver"][value="revenue"]').check()
    tile = calculator.locator("[data-headline]", has=page.locator('[data-figure="a_customers"]'))
    expect(tile.locator(".pb-delta")).to_have_text("+2", timeout=STARTED)
    share = calculator.locator("[data-headline]", has=page.locator('[data-figure="a_revenue_share"]'))
    expect(share.locator(".pb-delta")).to_have_text({"zh": "+9.2 个百分点", "en": "+9.2 pts"}[language])
    status = calculator.locator("[data-status]")
    expect(status).to_contain_text({"zh": "A 级客户数：6 → 8", "en": "A customers: 6 → 8"}[language])
    expect(calculator.locator('[data-table="ranking"] tr[data-changed]')).not_to_have_count(0)
    calculator.locator('[data-action="undo"]').click()
    expect(tile.locator(".pb-delta")).to_have_text("−2")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_paper_has_the_result_what_was_chosen_and_the_day(language: str, page: Page) -> None:
    """No form and no buttons are printed, and the choices are one paragraph in the reader's words."""
    page.goto(f"{URL}{'' if language == 'zh' else 'en/'}calculators/goal_breakdown.html")
    calculator = page.locator("[data-calculator]")
    settled(calculator)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    choices = calculator.locator(".pb-choices")
    expect(choices).to_be_visible()
    expect(choices).to_contain_text({"zh": "目标金额：12,000,000 CNY", "en": "Target amount: 12,000,000 CNY"}[language])
    expect(choices).to_contain_text(str(page.evaluate("new Date().getFullYear()")))
    expect(calculator.locator("[data-form]")).to_be_hidden()
    assert calculator.locator(".pb-button:visible").count() == 0  # what sorts a list is its heading, and printed
    expect(calculator.locator("[data-figure=target]")).to_be_visible()
