"""Inputs and result stand beside each other in every calculator: what a change does is seen where it is made.

By everybody: axe finds nothing in any state, enlarged it is all there, and a finger hits what it aims at.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.axe import violations
from tests.browser import URL, becomes
from tests.docs.test_look import SHIFTS
from tests.journey import STARTED, in_one, settled

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
ENLARGED = ((720, 450), (320, 256))
"""What of 1440 by 900 is left at 200%, and of 1280 by 1024 at 400%."""

SEEN = """(element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    const seen = element.checkVisibility({ checkVisibilityCSS: true }) && top >= 0 && bottom <= innerHeight;
    const x = Math.min(Math.max((left + right) / 2, 1), innerWidth - 1);
    const over = document.elementFromPoint(x, (top + bottom) / 2);
    const uncovered = over === element || element.contains(over) || over?.contains(element);
    return seen && left >= -1 && right <= innerWidth + 1 && uncovered;
}"""


SMALL = """(all) => all.flatMap((one) => {
    const { width, height } = (one.closest("label") ?? one).getBoundingClientRect();
    const small = one.checkVisibility({ checkVisibilityCSS: true }) && (width < 23.9 || height < 23.9);
    return small ? [`${one.outerHTML.slice(0, 90)} ${width} ${height}`] : [];
})"""
COLOURS = ("color-contrast", "link-in-text-block")
"""What the other colour scheme may break."""
AIMED_AT = "[data-calculator] :is(button, input:not([type=file]), select, summary, td > a, .pb-links a)"


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
    """At four sizes of screen: the first has the first choice and the first figures, and no change moves the page.

    Enlarged as well; and axe finds nothing in it, in either scheme.
    """
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
    calculator.locator("[data-section]").first.evaluate("section => { section.dataset.former = ''; }")
    control = change(calculator)
    expect(calculator.locator("[data-former]")).to_have_count(0, timeout=STARTED)
    settled(calculator)
    expect(calculator.locator("[data-status]")).not_to_be_empty()
    assert figure_is_seen(page)
    assert control.evaluate(SEEN)
    calculator.locator("[data-section]").last.scroll_into_view_if_needed()
    assert figure_is_seen(page), "far down the result"
    moved = page.evaluate("window.shifted.reduce((sum, one) => sum + parseFloat(one), 0)")
    assert moved < 0.05, page.evaluate("window.shifted")
    page.evaluate("void (window.folds = document.querySelectorAll('[data-calculator] details:not([open])'))")
    page.evaluate("folds.forEach((fold) => { fold.open = true; })")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, "[data-calculator]", *COLOURS) == []
    page.evaluate("folds.forEach((fold) => { fold.open = false; })")

    listed = calculator.locator(".pb-contents a")
    for link in (listed.last, listed.first, listed.nth(1)):
        link.click()
        heading = page.locator(f"{link.get_attribute('href')} h4")
        expect(heading).to_be_focused()
        assert heading.evaluate(SEEN), link.inner_text()
        expect(link).to_have_attribute("aria-current", "true")

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("h2 > a.headerlink").last.evaluate("link => link.click()")
    assert becomes(page, "location.hash !== '' && scrollY > 0", within=5)
    assert page.url.partition("#")[0] not in asked, "a place in the page is no other page"

    for width, height in (*NARROW, *ENLARGED):
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
        if width == 390:
            assert page.locator(AIMED_AT).evaluate_all(SMALL) == []
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()
        expect(control).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@in_one("en")
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


@in_one("zh")
def test_paper_has_the_result_what_was_chosen_and_the_day(language: str, page: Page) -> None:
    """No form and no buttons are printed, the choices are one paragraph; all that and the chart stand on one sheet."""
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
    page.set_viewport_size({"width": 703, "height": 1032})  # A4 without its margins
    assert calculator.locator("[data-chart]").first.evaluate("chart => chart.getBoundingClientRect().bottom") <= 1032


def test_every_state_is_told_as_it_is_seen(new_page: Callable[..., Page]) -> None:
    """Axe finds nothing in a window that asks or shows, in compared scenarios, beside a mistake, or in the sheet.

    Half of it in each language.
    """
    page = new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")  # looked at once it is still
    page.goto(f"{URL}calculators/nine_box.html")
    calculator = page.locator("[data-calculator]")
    settled(calculator)
    dialog = page.locator("dialog[open]")

    def look(name: str, place: str = "dialog[open]") -> list[str]:
        found = violations(page, place)
        page.emulate_media(color_scheme="dark")
        found += violations(page, place, *COLOURS)
        page.emulate_media(color_scheme="light")
        return [f"{name}: {one}" for one in found]

    found = []
    for name in ("paste", "edit", "keep-scenario", "seek", "present"):
        calculator.locator(f"[data-action={name}]").first.click()
        expect(dialog).to_be_visible(timeout=STARTED)
        found += look(name)
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    calculator.locator("button[data-entry]").first.click()
    expect(dialog).to_be_visible()
    found += look("move")
    page.keyboard.press("Escape")
    page.goto(f"{URL}en/calculators/nine_box.html")
    settled(calculator)
    for key in ("Control+k", "?"):
        expect(dialog).to_have_count(0)
        page.locator("h1").click()
        page.keyboard.press(key)
        expect(dialog).to_be_visible()
        found += look(key)
        page.keyboard.press("Escape")
    calculator.locator("[data-action=keep-scenario]").click()
    dialog.locator(".pb-primary").click()
    change(calculator)
    calculator.locator("[data-action=compare]").click()
    expect(calculator.locator("[data-comparison]")).to_be_visible(timeout=STARTED)
    found += look("compared", "[data-comparison]")
    number = calculator.locator("[data-form] input[name=months]")
    number.evaluate("box => { box.closest('details').open = true; }")
    number.fill("-7")
    expect(calculator).to_have_attribute("data-stale", "", timeout=STARTED)
    mistake = calculator.locator(".pb-error:visible").first.inner_text()
    expect(calculator.locator("[data-errors]")).to_contain_text(mistake)  # aloud, and once more where it is
    found += look("mistake", "[data-calculator]")
    page.set_viewport_size({"width": 390, "height": 844})
    more = calculator.locator("[data-action=more]")
    height = "element => element.offsetHeight"
    assert calculator.locator("[data-toolbar]").evaluate(height) == more.evaluate(height), "one row"
    more.click()
    found += look("menu", ".pb-result-head")
    calculator.locator("[data-action=keep-scenario]").click()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(calculator.locator("[data-action=keep-scenario]")).to_be_hidden()
    calculator.locator(".pb-strip [data-action=inputs]").click()
    found += look("sheet", "[data-form]")
    assert found == []
