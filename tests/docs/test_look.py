"""What a page looks like: nothing moves while it loads, nothing is cut or broken in two, everything can be read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import URL, becomes
from tests.journey import drop, settled
from tests.macros.test_site import pages, results_of

SHIFTS = """
window.shifted = [];
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
        const moved = entry.sources.map(({ node }) => node?.className || node?.nodeName);
        if (!entry.hadRecentInput && entry.value > 0.01) window.shifted.push(`${entry.value} ${moved}`);
    }
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "path", ["calculators/abc_tiers.html", "en/self-check/quarterly.html", "en/paths/new-hire.html", "paths/quiz.html"]
)
def test_nothing_moves_while_a_page_loads(path: str, width: int, new_page: Callable[..., Page]) -> None:
    """Form, ticks and the sentence about Python have their room from the first painting on."""
    page = new_page(viewport={"width": width, "height": 900})
    page.add_init_script(SHIFTS)
    page.goto(f"{URL}{path}")
    calculator = page.locator("[data-calculator]")
    if calculator.count():
        settled(calculator)
    assert page.evaluate("window.shifted") == []


def test_the_room_for_scripts_is_there_before_the_page_is(page: Page) -> None:
    """Where scripts run, the page says so in its head, before anything of it is painted."""
    page.add_init_script(
        """new MutationObserver((_, observer) => {
            if (!document.body) return;
            window.atBody = document.documentElement.className;
            observer.disconnect();
        }).observe(document, { childList: true, subtree: true });"""
    )
    page.goto(f"{URL}calculators/abc_tiers.html")
    assert page.evaluate("window.atBody") == "js pb-at-bench"


BROKEN = r"""() => {
    const broken = [];
    const range = document.createRange();
    for (const box of document.querySelectorAll("article :is(.pb-value, :is(td, tbody th):not(.pb-prose *))")) {
        if (!box.checkVisibility() || box.closest("code")) continue;
        const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            for (const found of texts.currentNode.data.matchAll(/[¥$]?\d[\d,.-]*\d%?/g)) {
                range.setStart(texts.currentNode, found.index);
                range.setEnd(texts.currentNode, found.index + found[0].length);
                const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
                if (lines.size > 1) broken.push(`${found[0]} in ${box.textContent}`);
            }
        }
    }
    return broken;
}"""


# Python would begin on each of the pages and be ended with it, and all that it needs be fetched beside.
WITHOUT_PYTHON = """
Object.defineProperty(Navigator.prototype, "connection", { value: { saveData: true } });
window.Worker = class extends EventTarget { postMessage() {} terminate() {} };
"""


def test_every_page_fits_its_window_and_breaks_no_number(
    new_page: Callable[..., Page], site: Path, server_headers: dict[str, str]
) -> None:
    """No page is wider than a telephone or a desk; at 390 pixels every amount, count and date stands on one line."""
    server_headers["Cache-Control"] = "max-age=3600"  # scripts are read once, as from a server set up as README says
    widths = (1280, 390)
    page = new_page(viewport={"width": widths[0], "height": 844})
    page.add_init_script(WITHOUT_PYTHON)
    wide, broken = [], {}
    for path in pages(site):
        page.goto(f"{URL}{path}", wait_until="domcontentloaded")
        for width in widths:
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("innerWidth") == width
            # A chart may take a moment to follow the window.
            if not becomes(page, "document.documentElement.scrollWidth <= innerWidth", within=3):
                wide.append((path, width))
            shows_figures = {"calculators", "self-check", "templates"} & set(path.split("/"))
            if width == min(widths) and shows_figures and (found := page.evaluate(BROKEN)):
                broken[path] = found
        widths = widths[::-1]  # the next page is laid out at once for what the window is now
    assert (wide, broken) == ([], {})


LONG = "北京中关村科技园区海淀园数字化转型与智能制造联合创新示范中心有限责任公司"
UNBROKEN = "Donaudampfschifffahrtselektrizitaetenhaus"
AWKWARD = "客户名称,收入(元),负责人,区域\n" + "".join(
    f"{name}{at},{amount},{UNBROKEN},{LONG}\n"
    for at in range(8)
    for name, amount in ((LONG, 99_999_999_999.99 - at), (UNBROKEN, 1_234_567.89 + at))
)


@pytest.mark.parametrize("width", [390, 1280])
def test_long_names_and_huge_amounts_are_shown_in_full(width: int, new_page: Callable[..., Page]) -> None:
    """Names of forty characters and amounts of billions neither widen the page nor are cut nor break a number."""
    page = new_page(viewport={"width": width, "height": 844})
    page.goto(f"{URL}calculators/abc_tiers.html")
    calculator = page.locator("[data-calculator]")
    settled(calculator)
    drop(calculator, "长名.csv", AWKWARD.encode())
    expect(calculator.locator('[data-figure="customers"]')).to_have_text("16")
    settled(calculator)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cells = calculator.locator(".pb-data :is(td, tbody th), .pb-figures dd")
    assert cells.evaluate_all("cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).length") == 0
    assert page.evaluate(BROKEN) == []


# Colours as they come out: text over what is under it, half-transparent ones mixed.
FAINT = """() => {
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const read = (colour) => {
        context.clearRect(0, 0, 1, 1);
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
        return { rgb: [red, green, blue], alpha: alpha / 255 };
    };
    const mix = (top, under) => top.rgb.map((value, at) => value * top.alpha + under[at] * (1 - top.alpha));
    const light = (rgb) => {
        const linear = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
        const [red, green, blue] = rgb.map((value) => linear(value / 255));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const faint = new Set();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement;
        const shown = element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
        if (!shown || !texts.currentNode.data.trim()) continue;
        if (element.closest("svg, .pb-hero, :disabled, .md-skip")) continue;
        const layers = [];
        let opacity = 1;
        for (let at = element; at; at = at.parentElement) {
            const style = getComputedStyle(at);
            layers.unshift(read(style.backgroundColor));
            opacity *= Number(style.opacity);
        }
        const ground = layers.reduce((under, layer) => mix(layer, under), [255, 255, 255]);
        const style = getComputedStyle(element);
        const text = read(style.color);
        const ink = mix({ rgb: text.rgb, alpha: text.alpha * opacity }, ground);
        const [bright, dark] = [light(ink), light(ground)].sort((a, b) => b - a);
        const ratio = (bright + 0.05) / (dark + 0.05);
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        if (opacity * text.alpha > 0 && ratio < (large ? 3 : 4.5))
            faint.add(`${ratio.toFixed(2)} ${element.tagName}.${element.className}`);
    }
    return [...faint];
}"""


def test_text_is_dark_or_light_enough(new_page: Callable[..., Page]) -> None:
    """Text has the contrast that WCAG AA asks for, wide and narrow, in both colour schemes."""
    page = new_page(reduced_motion="reduce")
    faint = {}

    def look(name: str) -> None:
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                background = "getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)'"
                assert becomes(page, background if scheme == "light" else f"!({background})")
                if found := page.evaluate(FAINT):
                    faint[name, width, scheme] = found

    for path in ("make-it-yours/publish.html", "en/paths/quiz.html", "en/templates/cockpit.html", "source.html"):
        page.goto(f"{URL}{path}")
        look(path)
    page.locator("#__search").evaluate("toggle => toggle.click()")
    results_of(page, "ABC")
    look("search")
    assert faint == {}


UNSEEN = """() => {
    const at = document.activeElement;
    const { left, right, width, height } = at.getBoundingClientRect();
    const seen = width > 1 && height > 1 && right > 0 && left < innerWidth;
    const style = getComputedStyle(at);
    const marked = style.outlineStyle !== "none" || style.boxShadow !== "none";
    // The palette's is hidden behind its label, which Material outlines.
    return at === document.body || at.matches(".md-option") || (seen && marked) ? null : at.outerHTML.slice(0, 120);
}"""


@pytest.mark.parametrize(
    ("path", "width"), [("paths/new-hire.html", 390), ("en/calculators/goal_breakdown.html", 1280)]
)
def test_a_keyboard_is_always_somewhere_that_is_seen(path: str, width: int, new_page: Callable[..., Page]) -> None:
    """Each stop of the tabulator key is on the screen and has an outline; a closed drawer or search has none."""
    page = new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page.goto(f"{URL}{path}")
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        unseen.append(page.evaluate(UNSEEN))
    assert set(unseen) == {None}


# --- on paper ------------------------------------------------------------------------------------------


def test_a_computed_chart_is_on_paper_whole(page: Page) -> None:
    """A sheet is narrower than the screen that the chart was drawn for, and the drawing gets as narrow."""
    page.goto(f"{URL}calculators/goal_breakdown.html")
    calculator = page.locator("[data-calculator]")
    calculator.locator('input[name="measure"][value="deals"]').check()
    settled(calculator)
    drawing = calculator.locator("[data-chart] div > svg")
    expect(drawing).to_be_visible()
    page.emulate_media(media="print")
    box = drawing.evaluate(
        """(drawing) => {
            drawing.closest("[data-chart]").style.width = "500px"; // measured at once: paper waits for no observer
            const { width, height } = drawing.getBoundingClientRect();
            return [width, height, drawing.viewBox.baseVal.width / drawing.viewBox.baseVal.height];
        }"""
    )
    assert box[0] <= 500
    assert abs(box[0] / box[1] - box[2]) < 0.01
    total = calculator.locator("tfoot").first
    assert total.evaluate("total => getComputedStyle(total).display") == "table-row-group"  # once, not on every sheet


# --- what is heard, and what is told without colour ---------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_heard_has_a_name_that_has_what_is_seen(language: str, new_page: Callable[..., Page]) -> None:
    """The window of search has a name, the other language's link is called what is seen, a silent bar is silent."""
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{URL}{'' if language == 'zh' else 'en/'}about.html")
    expect(page.locator('.md-search[role="dialog"]')).to_have_accessible_name({"zh": "搜索", "en": "Search"}[language])
    switch = page.locator("[data-language-switch]")
    expect(switch).to_have_accessible_name({"zh": "EN", "en": "中"}[language])
    expect(switch).to_have_accessible_description({"zh": "English", "en": "中文"}[language])
    assert page.locator("[role=progressbar]").count() == 0


def test_a_table_that_is_wider_than_a_phone_is_pushed_along_by_keyboard(page: Page) -> None:
    """Its box can have the focus there; on a wide screen it is no stop on the way through the page."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{URL}self-check/quarterly.html")
    box = page.locator(".md-typeset__scrollwrap[tabindex='0']").first
    box.focus()
    page.keyboard.press("ArrowRight")
    assert becomes(page, "() => document.activeElement.scrollLeft > 0")
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator(".md-typeset__scrollwrap[tabindex]")).to_have_count(0)


@pytest.mark.parametrize("path", ["about.html", "paths/new-hire.html", "calculators/abc_tiers.html", "glossary.html"])
def test_a_link_in_a_text_is_told_by_more_than_its_colour(path: str, page: Page) -> None:
    """The colour of links is too near that of the words around them for everybody to see; a row of links has none."""
    page.goto(URL + path)
    links = page.locator("article :is(p, li, dd):not(nav *) > a:not([class])")
    lines = links.evaluate_all("all => all.map(link => getComputedStyle(link).textDecorationLine)")
    assert set(lines) == {"underline"}


def test_in_a_readers_own_colours_nothing_is_told_by_a_colour_that_is_gone(new_page: Callable[..., Page]) -> None:
    """With forced colours what folds out has its mark, and what links say twice is not printed over the drawing."""
    page = new_page(forced_colors="active")
    page.goto(f"{URL}calculators/abc_tiers.html")
    colours = page.locator("details.pb-group > summary").first.evaluate(
        """(summary) => [
            getComputedStyle(summary, "::before").backgroundColor,
            getComputedStyle(summary, "::after").backgroundColor,
            getComputedStyle(document.body).backgroundColor,
        ]"""
    )
    assert any(colour != colours[-1] and colour != "rgba(0, 0, 0, 0)" for colour in colours[:2])
    page.goto(f"{URL}index.html")
    link = page.locator(".pb-stage-map a").first
    assert link.evaluate("link => getComputedStyle(link).color") == "rgba(0, 0, 0, 0)"
