"""What a manager does with a calculator beside computing: passes it on, comes back to it, shows it, gets around."""

import base64
import datetime
import json
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import URL, becomes
from tests.docs.test_nothing_lost import LEAVING
from tests.journey import STARTED, drop, figure, fill, open_calculator, settled

KEPT = "() => Object.entries(localStorage).filter(([name]) => /inputs|recent/.test(name)).map(String)"
NOTE_COPIED = """() => document.addEventListener("copy", () => { window.copied = document.activeElement.value; })"""
MONDAYS = [datetime.date(2024, 1, 1) + datetime.timedelta(weeks=at) for at in range(12)]
WEEKS = "周一\t成交单量\t在岗人数\n" + "".join(f"{day}\t{day.month + 9}\t8\n" for day in MONDAYS)
PLACES = ["index.html", "en/index.html"]
PEOPLE = "Name\tTeam\nAnna Lee\tNorth\nBo Chan\tNorth\n"


def origin(calculator: Locator) -> Locator:
    """Return where it is said where inputs come from."""
    return calculator.locator("[data-origin]")


def link(values: dict[str, Any], calculator: str = "goal_breakdown", version: int = 1) -> str:
    """Return a fragment that says something of a form."""
    text = json.dumps({"version": version, "calculator": calculator, "values": values})
    return "#with=" + base64.urlsafe_b64encode(zlib.compress(text.encode())).decode().rstrip("=")


def onto_page(page: Page, kind: str, data: dict[str, str]) -> None:
    """Drop a file, or paste a text, on the page itself and not on any list's place."""
    page.evaluate(
        """([kind, { name, text }]) => {
            const data = new DataTransfer();
            if (name) data.items.add(new File([text], name));
            else data.setData("text/plain", text);
            const place = document.querySelector("article h1");
            const event = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
            if (kind === "paste") place.dispatchEvent(new ClipboardEvent("paste", event));
            else for (const type of ["dragover", "drop"]) place.dispatchEvent(new DragEvent(type, event));
        }""",
        [kind, data],
    )


def test_a_link_opens_elsewhere_with_what_was_filled_in(page: Page, new_page: Callable[..., Page]) -> None:
    """Names stay behind and it is said; a list goes into none; what the address says goes with the first change."""
    calculator = open_calculator(page, "en", "goal_breakdown")
    page.evaluate(NOTE_COPIED)
    fill(calculator, "target", "31000000")
    calculator.locator("[name=weeks_of]").evaluate("box => { box.closest('details')?.setAttribute('open', ''); }")
    fill(calculator, "weeks_of", "Anna Lee")
    settled(calculator)
    calculator.locator("[data-action=copy-link]").click()
    status = calculator.locator("[data-status]")
    expect(status).to_contain_text("The link is copied", timeout=STARTED)
    expect(status).to_contain_text("Left out")
    address = page.evaluate("window.copied")
    assert address.startswith(page.url.split("#")[0] + "#with=")

    other = new_page()
    other.goto(address)
    opened = other.locator("[data-calculator]")
    expect(opened.locator("[name=target]")).to_have_value("31000000")
    expect(opened.locator("[name=weeks_of]")).to_have_value("")
    expect(origin(opened)).to_contain_text("came with a link", timeout=STARTED)
    settled(opened)
    assert other.evaluate(LEAVING) is False
    assert other.evaluate(KEPT) == [] or "31000000" not in str(other.evaluate(KEPT))
    fill(opened, "target", "32000000")
    expect(origin(opened)).to_be_empty()
    assert becomes(other, "location.hash === ''")
    opened.locator("[data-action=undo]").click()
    expect(opened.locator("[name=target]")).to_have_value("31000000")

    drop(calculator, "people.tsv", PEOPLE.encode())
    expect(figure(calculator, "headcount")).to_have_text("2", timeout=STARTED)
    calculator.locator("[data-action=copy-link]").click()
    expect(status).to_contain_text("a list goes into no link")
    expect(status.locator("[data-action=save-plan]")).to_be_visible()


def test_a_link_that_does_not_fit_is_told_of(page: Page) -> None:
    """Of another version's link the rest is used, and fields are named; a broken one, or another's, changes nothing."""
    page.goto(f"{URL}en/calculators/goal_breakdown.html" + link({"target": "31000000", "gone": "1", "start": "soon"}))
    calculator = page.locator("[data-calculator]")
    expect(origin(calculator)).to_contain_text("gone", timeout=STARTED)
    expect(calculator.locator("[name=target]")).to_have_value("31000000")
    for fragment, said in [
        ("#with=AAAA", "cut off or damaged"),
        (link({"target": "1"}, version=2), "another version"),
        (link({"customers": "1"}, calculator="abc_tiers"), "another calculator"),
    ]:
        page.evaluate("fragment => { location.hash = fragment; }", fragment)
        expect(origin(calculator)).to_contain_text(said)
        expect(calculator.locator("[name=target]")).to_have_value("31000000")
    page.evaluate("fragment => { location.hash = fragment; }", link({"target": "-5", "capacity_percent": "x"}))
    expect(origin(calculator)).to_contain_text("Not used", timeout=STARTED)
    settled(calculator)
    expect(calculator).not_to_have_attribute("data-stale", "")


def test_what_is_filled_in_is_there_again_and_can_be_sent_away(page: Page) -> None:
    """After a reload one line says so and leads back; nothing is asked on leaving; turned off, nothing of it stays."""
    calculator = open_calculator(page, "zh", "tracks")
    target = calculator.locator("[name=target]")
    before = target.input_value()
    fill(calculator, "target", "7777777")
    settled(calculator)
    assert becomes(page, f"({KEPT})().join().includes('7777777')")
    assert page.evaluate(LEAVING) is False
    page.evaluate(  # as when another tab keeps its own in their place
        """() => {
            const key = Object.keys(localStorage).find((name) => name.endsWith("inputs:tracks"));
            dispatchEvent(new StorageEvent("storage", { key }));
        }"""
    )
    assert page.evaluate(LEAVING) is True
    page.evaluate("() => document.activeElement.blur()")  # else the browser's own undo has the key
    page.keyboard.press("Control+z")
    settled(calculator)
    page.keyboard.press("Control+Shift+Z")
    settled(calculator)
    assert becomes(page, f"({KEPT})().join().includes('7777777')")
    assert page.evaluate(LEAVING) is False
    page.reload()
    expect(target).to_have_value("7777777")
    expect(origin(calculator)).to_contain_text("在这台设备上填写")
    settled(calculator)
    origin(calculator).locator("[data-action=reset]").click()
    expect(target).to_have_value(before)
    expect(origin(calculator)).to_be_empty()
    assert becomes(page, f"!({KEPT})().join().includes('7777777')")

    page.keyboard.press("Control+z")
    expect(target).to_have_value("7777777")
    page.keyboard.press("Control+Shift+Z")
    expect(target).to_have_value(before)
    page.keyboard.press("Control+z")
    settled(calculator)
    page.goto(f"{URL}index.html")
    expect(page.locator(".pb-recent a")).to_have_attribute("href", re.compile(r"calculators/tracks\.html$"))
    page.locator(".pb-recent a").click()
    expect(target).to_have_value("7777777")
    calculator.locator("[data-autosave]").uncheck()
    assert page.evaluate(KEPT) == []
    assert page.evaluate(LEAVING) is True
    page.reload()
    expect(calculator.locator("[data-autosave]")).not_to_be_checked()
    expect(target).to_have_value(before)


def test_a_result_is_shown_step_by_step_and_without_names(page: Page) -> None:
    """By keyboard; at N nobody is named, in what is seen or told; focus stays inside, and goes back at Escape."""
    calculator = open_calculator(page, "en", "nine_box")
    settled(calculator)
    calculator.locator("[data-action=present]").click()
    show = page.get_by_role("dialog", name="Present")
    expect(show).to_be_visible()
    told = show.get_by_role("status")
    expect(told).to_contain_text("Step 1 of")
    page.keyboard.press("ArrowRight")
    expect(told).to_contain_text("Step 2 of")
    page.keyboard.press("End")
    expect(show.get_by_role("button", name="Next step")).to_be_disabled()
    page.keyboard.press("Home")
    expect(told).to_contain_text("Step 1 of")
    names = {name.strip() for name in calculator.locator("[data-entry] > span").all_inner_texts()}
    assert len(names) > 10

    def named() -> list[str]:
        """Return who is named in any step, as markup has it and as a screen reader is told."""
        steps = int((told.text_content() or "").split(" of ")[1].split()[0])
        texts = []
        for _ in range(steps):
            texts.append(show.inner_html() + show.aria_snapshot())
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Home")
        return [name for name in names if any(name in text for text in texts)]

    assert named()
    page.keyboard.press("n")
    expect(told).to_contain_text("codes", timeout=STARTED)
    assert named() == []
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    show.get_by_role("button", name="Close").click()
    expect(show).to_have_count(0)
    expect(calculator.locator("[data-action=present]").first).to_be_focused()


def test_the_palette_leads_anywhere_in_both_languages(page: Page) -> None:
    """By a title of either language or a word that search knows; to what can be done here; keys are listed."""
    calculator = open_calculator(page, "zh", "efficiency_alert")
    expect(calculator).not_to_have_attribute("data-state", "static")
    palette = page.locator(".pb-palette")
    page.keyboard.press("Control+k")
    for typed, found in [("quota", "目标"), ("nine-box", "九宫格"), ("打印", "打印")]:
        palette.locator("input").fill(typed)
        expect(palette.get_by_role("option").first).to_contain_text(found)
    palette.locator("input").fill("quota")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"calculators/goal_breakdown\.html$"))
    expect(palette).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_contain_text("Ctrl+K")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def test_a_list_is_taken_anywhere_on_the_page(page: Page) -> None:
    """Pasted where the calculator takes one list; dropped where it takes several, after asking; a messy one to try.

    Beside an open window it goes into its box, and where no list is asked for, that is said.
    """
    calculator = open_calculator(page, "zh", "efficiency_alert")
    expect(calculator).not_to_have_attribute("data-state", "static")
    onto_page(page, "paste", {"name": "", "text": WEEKS})
    expect(figure(calculator, "rows_read")).to_have_text("12", timeout=STARTED)
    page.locator(".md-nav a[href$='abc_tiers.html']").first.evaluate("link => link.click()")
    tiers = page.locator("[data-calculator=abc_tiers]")
    expect(tiers).not_to_have_attribute("data-state", "static")
    tiers.locator("[data-action=try-list]").click()
    expect(tiers.locator("[data-table-view=customers]")).to_contain_text("乱名单", timeout=STARTED)
    expect(figure(tiers, "customers")).to_have_text("28")
    onto_page(page, "drop", {"name": "名单.csv", "text": "客户,收入\n甲,500\n乙,300\n"})
    page.locator("dialog .pb-primary").click()
    expect(figure(tiers, "customers")).to_have_text("2", timeout=STARTED)
    tiers.locator("[data-action=paste]").first.click()
    onto_page(page, "paste", {"name": "", "text": "客户\t收入\n甲\t500\n乙\t不知道\n"})
    expect(page.locator("dialog textarea")).to_have_value(re.compile("不知道"))
    page.locator("dialog .pb-primary").click()
    expect(figure(tiers, "customers")).to_have_text("1", timeout=STARTED)
    tiers.locator(".pb-unused summary").first.click()
    expect(tiers.locator(".pb-unused li").first).to_contain_text("不知道")
    page.locator(".md-nav a[href$='which-stage.html']").first.evaluate("link => link.click()")
    finder = page.locator("[data-calculator=stage_finder]")
    expect(finder).not_to_have_attribute("data-state", "static")
    settled(finder)
    onto_page(page, "paste", {"name": "", "text": WEEKS})
    expect(finder.locator("[data-status]")).to_contain_text("不需要名单")


def test_a_page_that_is_not_there_leads_home(page: Page) -> None:
    """It finds where the site begins, which servers do not tell it, and leads there in both languages."""
    page.goto(f"{URL}404.html")
    links = page.locator("main a")
    expect(links.first).to_be_visible()
    assert [link.get_attribute("href") for link in links.all()] == [f"{URL}{name}" for name in PLACES]


def test_the_palette_knows_every_page_by_both_languages(site: Path) -> None:
    """A title for each built page, with the other language's beside it."""
    for folder in (site, site / "en"):
        pages = json.loads((folder / "search/pages.json").read_text("utf-8"))
        assert all((folder / address).is_file() and title and other for address, title, other in pages)
        assert len(pages) == len({address for address, _, _ in pages}) > 50
    assert any("Goal breakdown" in other for _, _, other in json.loads((site / "search/pages.json").read_text("utf-8")))


@pytest.mark.parametrize("name", ["calculators/abc_tiers", "calculators/tracks", "self-check/quarterly"])
def test_search_reads_no_labels_of_drawings(name: str, site: Path) -> None:
    """One after the other they are no sentence: no excerpt has five of them in a row."""
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    read = "".join("".join(entry["text"] for entry in index["docs"]).split())
    drawings = re.findall(r"<svg.*?</svg>", (site / f"{name}.html").read_text("utf-8"), re.DOTALL)
    labels = [re.findall(r"<text[^>]*>([^<]{2,})</text>", drawing) for drawing in drawings]
    runs = ["".join("".join(some[at : at + 5]).split()) for some in labels for at in range(len(some) - 4)]
    assert len(runs) > 3
    assert not [run for run in runs if run in read]
