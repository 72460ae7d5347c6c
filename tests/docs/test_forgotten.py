"""People's data is forgotten for certain: everywhere this site has written it, in every tab, and by itself."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import URL, Guard, becomes
from tests.conftest import ROOT
from tests.journey import STARTED, figure, open_calculator, paste, settled

SCRIPTS = sorted((ROOT / "docs/assets/javascripts").glob("*.js"))
PEOPLE = "姓名\t目标\t实际\t方法论输出\n林默\t100\t90\t50\n苏远\t100\t120\t80\n"
NAMES = "林默|苏远"
STORED = "() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])"
WRITING = (
    r"localStorage|sessionStorage|indexedDB|document\.cookie|\bcaches\b|history\.\w+State|window\.name|BroadcastChannel"
)


@pytest.mark.parametrize("script", [path for path in SCRIPTS if path.name != "device.js"], ids=lambda path: path.name)
def test_only_one_file_writes_into_a_storage(script: Path) -> None:
    """What is kept, carried or told to other tabs goes through device.js; site.js notes the place on a page."""
    found = set(re.findall(WRITING, script.read_text("utf-8")))
    assert found <= ({"history.replaceState", "history.pushState"} if script.name == "site.js" else set())


def test_no_page_writes_into_a_storage_by_itself() -> None:
    """Nor do the templates of the pages and what the build prints into them."""
    files = [
        *(ROOT / "overrides").rglob("*.html"),
        *(ROOT / "calculators").rglob("*.py"),
        *(ROOT / "macros").rglob("*.py"),
    ]
    assert not [
        path for path in files if re.search(r"(local|session)Storage\.|setItem|indexedDB", path.read_text("utf-8"))
    ]


KEPT_NAMES = {
    "people:": ("“在这台设备上保留”的内容", "“Keep on this device” for"),
    "carried:": ("换语言或换到新版本", "change language or reload"),
    "forgotten": ("什么时候清除过人员数据", "when people's data were last forgotten"),
    "inputs:": ("你填写的内容", "what you fill in ("),
    ".inputs": ("你填写的内容", "what you fill in ("),
    "autosave": ("你关掉了“自动保留填写的内容”", "that you turned “Keep what I fill in” off"),
    "recent": ("最近打开过哪几个计算器", "which calculators you opened last"),
    "ticks:": ("路径页的勾选", "ticks on paths"),
    ":done": ("路径页的勾选", "ticks on paths"),
    "quiz": ("测验的成绩、答错的题", "scores of the test, what you missed"),
    "test": ("没交的测验卷", "a test that is not handed in"),
    "started": ("入职日期", "the day you started"),
    "progress": ("主管收到的进度", "What a manager receives"),
    "playbook:mended": ("重新取过一次", "had to be fetched once more"),
}
"""What the scripts keep, by its name, and how the page on privacy calls it."""


def test_the_page_on_privacy_names_all_that_is_kept() -> None:
    """Every name under which a script writes into a browser has its words on the page, in both languages."""
    keeping = [path for path in SCRIPTS if re.search(r"\b(keep\w*|carry)\(|Storage\.setItem", path.read_text("utf-8"))]
    beside = (ROOT / "docs/assets/javascripts/history.js", ROOT / "overrides/arrival.js")  # which others keep under
    named = set()
    for path in (*keeping, *beside):
        constants = re.findall(r"^ *(?:export )?const [A-Z_]+ = [\"`](.*)[\"`];", path.read_text("utf-8"), re.MULTILINE)
        named |= {text.removeprefix("${PREFIX}") for text in constants if not text.startswith("playbook:$")}
    assert named - {"BCDFGHJKMNPQRTVWXY23456789"} == set(KEPT_NAMES)  # the letters of secret words
    for language, place in (("zh", 0), ("en", 1)):
        page = (ROOT / f"docs/{language}/make-it-yours/privacy.md").read_text("utf-8")
        assert [words for words in (said[place] for said in KEPT_NAMES.values()) if words not in page] == []


def test_each_way_to_clear_that_the_page_on_privacy_names_clears(page: Page) -> None:
    """By the buttons as it calls them: ticks, a test not handed in, scores and the start date, calculators used."""

    def kept(name: str) -> str | None:
        found: str | None = page.evaluate("name => localStorage.getItem(`playbook:/sub/path/:${name}`)", name)
        return found

    def press(called: str) -> None:
        page.get_by_role("button", name=called).first.click()

    page.goto(f"{URL}en/paths/new-hire.html")
    box = page.locator("article .task-list-item input").first
    box.check()
    assert kept("ticks:new-hire-day-1") == '["0"]'
    press("Clear all")
    expect(box).not_to_be_checked()
    assert kept("ticks:new-hire-day-1") == "[]"

    page.goto(f"{URL}en/paths/quiz.html")
    page.locator("[data-setup] button").first.click()
    page.locator(".pb-test-questions input").first.check()
    page.reload()
    press("Discard it")
    assert "test" not in str(page.evaluate("Object.keys(localStorage)"))

    page.evaluate(
        """() => {
            const kept = { quiz: "{}", started: "2026-01-05", recent: '["calculators/tracks.md"]' };
            for (const name in kept) localStorage.setItem(`playbook:/sub/path/:${name}`, kept[name]);
        }"""
    )
    page.goto(f"{URL}en/paths/progress.html")
    press("Clear test scores and start date")
    assert (kept("quiz"), kept("started")) == ("", "")
    page.goto(f"{URL}en/index.html")
    page.locator(".pb-recent").get_by_role("button", name="Clear").click()
    assert kept("recent") is None


def with_people(page: Page) -> Locator:
    """Open the nine-box with two people in it."""
    calculator = open_calculator(page, "zh", "nine_box")
    paste(calculator, "people", PEOPLE)
    expect(figure(calculator, "headcount")).to_have_text("2", timeout=STARTED)
    settled(calculator)
    return calculator


def test_forgetting_in_one_tab_forgets_in_all(page: Page) -> None:
    """The other tab shows the example again and has written nothing back after its next change.

    It is in the receipt, however late it answers: here two seconds, in which it does something else.
    """
    here = with_people(page)
    other = page.context.new_page()
    there = with_people(other)
    there.locator("[data-keep]").check()
    assert becomes(other, f"({STORED})().includes('林默')")
    there.locator("[data-action=paste]").first.click()
    other.locator("dialog textarea").fill(PEOPLE)

    other.evaluate("setTimeout(() => { for (const end = Date.now() + 2000; Date.now() < end; ); })")
    here.locator("[data-action=forget]").click()
    receipt = here.locator("[data-status]")
    expect(receipt).to_contain_text("已清除")
    # While Python starts anew its progress may stand there, and the receipt again once it is ready.
    expect(receipt).to_have_text(re.compile(r"^\D*1\D+1\D+1\D+0\D+1\D*$"), timeout=STARTED)
    for tab, calculator in ((page, here), (other, there)):
        expect(figure(calculator, "headcount")).to_have_text("30")
        expect(calculator.locator("[data-action=undo]")).to_be_disabled()
        expect(calculator.locator("[data-keep]")).not_to_be_checked()
        assert not re.search(NAMES, calculator.inner_text() + str(tab.evaluate(STORED)))
    expect(other.locator("dialog")).to_have_count(0)
    expect(there.locator("[data-status]")).to_contain_text("另一个标签页")
    there.locator("[data-form] [data-stepped]").first.evaluate(
        "box => { box.value = 7; box.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    settled(there)
    assert not re.search(NAMES, str(other.evaluate(STORED)))
    there.locator("[data-action=paste]").first.click()
    expect(other.locator("dialog textarea")).to_have_value("")
    page.reload()
    expect(figure(here, "headcount")).to_have_text("30")
    names = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    ours = re.compile(
        r"playbook:/sub/path/:|playbook:mended$|/sub/path/\.__"
    )  # the last are Material's, of the colours
    assert [name for name in names if not ours.match(name)] == []


def test_a_tab_that_has_not_heard_writes_nothing_back(page: Page) -> None:
    """A tab that was asleep keeps nothing from before, and forgets as soon as it is looked at."""
    calculator = with_people(page)
    calculator.locator("[data-keep]").check()
    assert becomes(page, f"({STORED})().includes('林默')")
    page.evaluate(
        """() => {
            const name = Object.keys(localStorage).find((one) => one.includes(":people:"));
            localStorage.setItem(name.replace(/people:.*/, "forgotten"), "1764362400000.0.25");
            localStorage.removeItem(name);
        }"""
    )
    paste(calculator, "people", PEOPLE + "白露\t100\t95\t60\n")
    expect(figure(calculator, "headcount")).to_have_text("3")
    settled(calculator)
    assert not re.search(NAMES, str(page.evaluate(STORED)))
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(figure(calculator, "headcount")).to_have_text("30")


@pytest.mark.parametrize("woken_by", ["pageshow", "visibilitychange"])
def test_a_tab_without_a_channel_forgets_when_it_is_looked_at(woken_by: str, new_page: Callable[..., Page]) -> None:
    """In browsers that have no channel between tabs, and where the tab was put to sleep and got no event either."""
    page = new_page()
    page.add_init_script("delete window.BroadcastChannel")
    calculator = with_people(page)
    page.evaluate("localStorage.setItem('playbook:/sub/path/:forgotten', '1764362400000.0.25')")
    expect(figure(calculator, "headcount")).to_have_text("2")
    page.evaluate("kind => (kind === 'pageshow' ? window : document).dispatchEvent(new Event(kind))", woken_by)
    expect(figure(calculator, "headcount")).to_have_text("30", timeout=STARTED)
    assert not re.search(NAMES, calculator.inner_text() + str(page.evaluate(STORED)))


def test_what_is_on_its_way_when_another_tab_forgets_does_not_arrive(page: Page, guard: Guard) -> None:
    """No page of this tab is there to hear of it; the next one reads nothing of what the one before has left."""
    guard.expect("504")
    with_people(page)
    other = page.context.new_page()
    elsewhere = open_calculator(other, "zh", "nine_box")
    settled(elsewhere)
    gone = "**/en/calculators/nine_box.html"
    page.route(gone, lambda route: route.fulfill(status=504, body="Gateway Timeout", content_type="text/html"))
    page.locator("[data-language-switch]").click()
    page.locator("dialog .pb-primary").click()
    expect(page.get_by_text("Gateway Timeout")).to_be_visible()
    assert re.search(NAMES, str(page.evaluate(STORED)))
    elsewhere.locator("[data-action=forget]").click()
    expect(elsewhere.locator("[data-status]")).to_contain_text("已清除")
    page.unroute_all()
    calculator = open_calculator(page, "en", "nine_box")
    settled(calculator)
    expect(figure(calculator, "headcount")).to_have_text("30")
    assert not re.search(NAMES, calculator.inner_text() + str(page.evaluate(STORED)))


def test_what_is_carried_to_a_page_that_does_not_come_ends_by_itself(page: Page, guard: Guard) -> None:
    """It is forgotten at a press; and after a minute nobody gets it, and the next page takes it away."""
    guard.expect("ERR_FAILED")
    with_people(page)
    page.route("**/en/calculators/nine_box.html", lambda route: route.abort())

    def go() -> None:
        page.locator("[data-language-switch]").click()
        with page.expect_event("requestfailed"):
            page.locator("dialog .pb-primary").click()
        page.wait_for_timeout(300)

    go()
    calculator = open_calculator(page, "zh", "goal_breakdown")
    assert re.search(NAMES, str(page.evaluate(STORED)))
    calculator.locator("[data-action=forget]").click()
    expect(calculator.locator("[data-status]")).to_contain_text("途中的 1 份")
    assert not re.search(NAMES, str(page.evaluate(STORED)))

    with_people(page)
    go()
    page.goto(page.url if "about" in page.url else "http://playbook.intranet/sub/path/about.html")
    assert re.search(NAMES, str(page.evaluate(STORED)))
    page.evaluate(
        """() => {
            for (const [name, text] of Object.entries(sessionStorage)) {
                sessionStorage.setItem(name, JSON.stringify({ ...JSON.parse(text), until: Date.now() - 1 }));
            }
        }"""
    )
    page.reload()
    assert becomes(page, f"!/{NAMES}/.test(({STORED})())")
