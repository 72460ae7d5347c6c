"""What a page without a calculator fetches while it is read, and when it does not."""

import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import URL
from tests.docs.test_journeys import open_calculator
from tests.journey import STARTED, settled

SAVE_DATA = "Object.defineProperty(Navigator.prototype, 'connection', { value: { saveData: true } });"


def runtime_requests(page: Page) -> list[str]:
    """Return a list to which every request for a file of the runtime is added, as page and worker make them."""
    names: list[str] = []
    page.on(
        "request",
        lambda request: names.append(request.url.rsplit("/", 1)[1]) if "/assets/runtime/" in request.url else None,
    )
    return names


def test_a_page_that_is_read_fetches_what_calculators_need(page: Page, site: Path) -> None:
    """One file after another, just those that the snapshot is restored from; then a calculator starts from it."""
    names = runtime_requests(page)
    with page.expect_event("requestfinished", lambda request: "echarts" in request.url, timeout=STARTED):
        page.goto(f"{URL}about.html")
    fetched = page.evaluate(
        """performance.getEntriesByType("resource").filter(({ name }) => name.includes("/assets/runtime/"))
            .map(({ startTime, responseEnd }) => [startTime, responseEnd])"""
    )
    loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart")
    assert fetched[0][0] >= loaded
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(fetched))
    (index,) = site.glob("assets/runtime/manifest-*.json")
    manifest = json.loads(index.read_text("utf-8"))
    needed = {entry["name"] for role, entry in manifest["start"].items() if role not in {"stdlib", "packages"}}
    assert set(names) == needed | {index.name, manifest["snapshot"]["name"], manifest["libraries"]["echarts.js"]}

    names.clear()
    page.locator('.md-nav a[href$="abc_tiers.html"]').first.evaluate("link => link.click()")
    calculator = page.locator('[data-calculator="abc_tiers"]')
    settled(calculator)
    expect(calculator).to_have_attribute("data-boot", "snapshot")


def test_a_reader_who_saves_data_fetches_nothing_unasked(new_page: Callable[..., Page]) -> None:
    """With Save-Data on, nothing of the runtime is fetched before a calculator is opened, nor what may be needed."""
    page = new_page()
    page.add_init_script(SAVE_DATA)
    names = runtime_requests(page)
    page.goto(f"{URL}about.html")
    page.wait_for_load_state("load")
    page.wait_for_timeout(3_000)  # it would have begun at the first idle moment
    assert not names
    settled(open_calculator(page, "en"))
    page.wait_for_load_state("networkidle")
    assert names
    assert not [name for name in names if re.match("tabulator|echarts", name)]


def test_what_may_not_be_kept_is_not_fetched_beforehand(page: Page, server_headers: dict[str, str]) -> None:
    """Where the server forbids keeping anything, it would be fetched twice: only the manifest is asked for."""
    server_headers["Cache-Control"] = "no-store"
    names = runtime_requests(page)
    page.goto(f"{URL}about.html")
    page.wait_for_load_state("load")
    page.wait_for_timeout(3_000)
    assert [re.sub("-.*", "", name) for name in names] == ["manifest"]


@pytest.mark.parametrize("turned", ["pointerover", "touchstart", "focusin"])
def test_python_starts_when_the_reader_turns_to_a_calculator(
    turned: str, page: Page, server_headers: dict[str, str]
) -> None:
    """By mouse, finger or keyboard, though nothing was fetched before; a link elsewhere starts nothing."""
    server_headers["Cache-Control"] = "no-store"
    page.goto(f"{URL}about.html")
    page.wait_for_load_state("load")
    names = runtime_requests(page)
    links = page.locator(".md-nav a[href$='.html']")
    links.filter(has_text="术语").first.dispatch_event(turned)
    page.wait_for_timeout(300)
    assert not [name for name in names if "manifest" not in name]
    with page.expect_event("request", lambda request: "snapshot-" in request.url, timeout=STARTED):
        page.locator('.md-nav a[href$="calculators/abc_tiers.html"]').first.dispatch_event(turned)
