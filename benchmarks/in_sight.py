"""What a reader of a calculator's page scrolls, clicks and sees move, at four sizes of window, as a table.

    python -m benchmarks.in_sight [--site FOLDER] [--language zh|en]

A visit opens the page, puts in a list of its own where lists are asked for (the filled template), changes a rule,
takes it back, and goes to every section. Clicks are those to a result of one's own: the inputs opened where they are
folded away, "Choose a file", or a choice. Scrolled is the way from what was changed to the first figure in sight.
Screens are windows that the result is long; overview, its first section. Moved is the sum of what Chromium counts as
layout shifts; missed names sections that were not in sight after one click on their name.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, Locator, sync_playwright

from benchmarks.boot import built
from tests.browser import URL, becomes, resolver_rules, serve, start
from tests.docs.test_bench import NARROW, PAGES, SEEN, WIDE, change
from tests.docs.test_look import SHIFTS
from tests.journey import STARTED, settled

MEASURED = {**PAGES, "verify": "calculators/verify"}
AWAY = """(() => {
    const isSeen = SEEN;
    const shown = [...document.querySelectorAll("[data-calculator] .pb-value")].filter((one) => one.checkVisibility());
    if (shown.some(isSeen)) return 0;
    const ends = shown.map((one) => one.getBoundingClientRect());
    return Math.round(Math.min(...ends.map(({ top, bottom }) => Math.max(-top, bottom - innerHeight))));
})()""".replace("SEEN", SEEN)
SCREENS = """["[data-result]", "[data-section]"].map((place) =>
    (document.querySelector(place).offsetHeight / innerHeight).toFixed(1))"""
MISSED = """(async () => {
    const isSeen = SEEN;
    const missed = [];
    for (const link of document.querySelectorAll(".pb-contents a")) {
        link.click();
        for (let frames = 0; frames < 12; frames += 1) await new Promise(requestAnimationFrame);
        const seen = isSeen(document.querySelector(`${link.hash} h4`));
        if (!seen || link.getAttribute("aria-current") !== "true") missed.push(link.textContent);
    }
    return missed;
})()""".replace("SEEN", SEEN)
BYTES = "async (url) => [...new Uint8Array(await (await fetch(url)).arrayBuffer())]"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def own(calculator: Locator, *, narrow: bool) -> int:
    """Put in what is the reader's own, and return the clicks that it took."""
    clicks = 0
    if narrow and (opener := calculator.locator(".pb-strip [data-action=inputs]")).count():
        opener.click()
        clicks += 1
    former = calculator.locator("[data-section]").first
    former.evaluate("section => { section.dataset.former = ''; }")
    templates = calculator.locator('.pb-links a[href$="-filled.zh.xlsx"], .pb-links a[href$="-filled.en.xlsx"]')
    chooser = calculator.locator("[data-action=choose-file]:visible")
    page = calculator.page
    if calculator.locator("[data-action=run]").count():
        calculator.locator("[data-action=run]").click()
    elif chooser.count():
        address = urljoin(page.url, templates.first.get_attribute("href") or "")
        content = bytes(page.evaluate(BYTES, address))
        with page.expect_file_chooser() as choosing:
            chooser.first.click()
        choosing.value.set_files({"name": "own.xlsx", "mimeType": XLSX, "buffer": content})
    else:
        change(calculator)
    calculator.locator("[data-former]").wait_for(state="detached", timeout=STARTED)
    settled(calculator)
    return clicks + 1


def measured(browser: Browser, path: str, width: int, height: int) -> dict[str, Any]:
    """Return one visit's row."""
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.add_init_script(SHIFTS.replace("entry.value > 0.01", "entry.value > 0"))
    page.goto(f"{URL}{path}.html")
    calculator = page.locator("[data-calculator]").first
    if not calculator.locator("[data-action=run]").count():
        settled(calculator)
    clicks = own(calculator, narrow=(width, height) in NARROW)
    away = 0
    if calculator.locator("[data-form] [name]").count():
        former = calculator.locator("[data-section]").first
        former.evaluate("section => { section.dataset.former = ''; }")
        change(calculator)
        calculator.locator("[data-former]").wait_for(state="detached", timeout=STARTED)
        settled(calculator)
        becomes(page, f"{AWAY} === 0", within=2)
        away = page.evaluate(AWAY)
        undo = calculator.locator("[data-action=undo]").first
        if undo.is_visible():
            undo.click()
            settled(calculator)
        page.keyboard.press("Escape")
    page.wait_for_timeout(800)
    screens, overview = page.evaluate(SCREENS)
    missed = page.evaluate(MISSED)
    moved = sum(float(one.split()[0]) for one in page.evaluate("window.shifted"))
    context.close()
    row = {"clicks": clicks, "scrolled": away, "moved": f"{moved:.3f}", "screens": screens, "overview": overview}
    return {**row, "missed": ", ".join(missed) or "none"}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, help="a built site; else one is built")
    parser.add_argument("--language", choices=["zh", "en"], default="en")
    parser.add_argument("--only", choices=list(MEASURED), nargs="*", default=list(MEASURED))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = options.site or built(Path(folder) / "site")
        with serve(site) as port:
            browser = start(playwright, resolver_rules(port))
            if browser is None:
                raise SystemExit("no Chromium starts")
            heads = ("calculator", "window", "clicks", "scrolled", "moved", "screens", "overview", "missed")
            print("|", " | ".join(heads), "|\n|" + "---|" * len(heads))
            for name in options.only:
                path = ("" if options.language == "zh" else "en/") + MEASURED[name]
                for width, height in (*WIDE, *NARROW):
                    row = measured(browser, path, width, height)
                    print("|", " | ".join([name, f"{width}×{height}", *map(str, row.values())]), "|", flush=True)
            browser.close()


if __name__ == "__main__":
    main()
