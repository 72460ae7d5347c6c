"""What takes long can be stopped and what breaks is replaced, in a real browser; what was there before stays."""

import os
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Worker, expect

from calculators.engine.shows.text import LANGUAGES, Language, words_of
from tests.browser import Guard
from tests.journey import STARTED, drop, figure, open_calculator, settled

GOOD = "客户,收入\n甲,500\n乙,300\n丙,200\n"
AS_MANY_AS_ARE_READ = 290_000
"""Rows that are read without asking first, and take many seconds."""
STOP = {"zh": "停止", "en": "Stop"}
STOPPED = {
    "zh": "已停止。先前的内容、名单和结果都还在。",
    "en": "Stopped. What you had entered before, your lists and the result are still here.",
}


def renderers() -> int:
    """Return how many MB the pages of this test's browser have, by the system's own count."""
    parents, sizes, names = {}, {}, {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                status = (folder / "status").read_text()
                names[int(folder.name)] = (folder / "cmdline").read_bytes()
            except OSError:
                continue  # it has ended meanwhile
            parents[int(folder.name)] = int(re.findall(r"^PPid:\s*(\d+)", status, re.MULTILINE)[0])
            size = re.findall(r"^VmRSS:\s*(\d+)", status, re.MULTILINE)
            sizes[int(folder.name)] = int(size[0]) if size else 0

    def is_ours(process: int) -> bool:
        while process > 1:
            if process == os.getpid():
                return True
            process = parents.get(process, 0)
        return False

    return sum(size for one, size in sizes.items() if b"--type=renderer" in names[one] and is_ours(one)) >> 10


def falls_to(megabytes: float) -> int:
    """Wait until the browser's pages have no more than so much, and return what they have."""
    ends = time.monotonic() + 30
    while (now := renderers()) > megabytes and time.monotonic() < ends:
        time.sleep(0.5)
    return now


def drop_long(calculator: Locator, rows: int) -> None:
    """Drop a list of so many rows with seven notes each; it is written in the page, where it need not be sent to."""
    calculator.locator("[data-drop]").first.evaluate(
        """(place, rows) => {
            const notes = (of) => Array.from({ length: 7 }, (_, at) => of(at)).join("");
            const lines = Array.from({ length: rows }, (_, at) =>
                `客户${String(at).padStart(7, "0")},${at % 977}${notes(() => `,没有别的要说${at % 7}号`)}`);
            const data = new DataTransfer();
            data.items.add(new File([`客户,收入${notes((at) => `,备注${at}`)}\\n`, lines.join("\\n")], "长.csv"));
            place.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        rows,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_work_is_stopped_is_said_in_both_languages(language: Language) -> None:
    """The button, and what is left when it was pressed."""
    words = words_of("page", language)
    assert (words["stop"], words["stopped"]) == (STOP[language], STOPPED[language])


def test_what_takes_two_seconds_can_be_stopped_and_what_was_there_stays(page: Page) -> None:
    """The result, the form and the list; the memory that the work had is given back, and the next list is computed."""
    calculator = open_calculator(page, "zh", "abc_tiers")
    drop(calculator, "好.csv", GOOD.encode())
    expect(figure(calculator, "revenue")).to_have_text("¥1,000", timeout=STARTED)
    settled(calculator)
    calculator.locator('input[name="at_cutoff"][value="exclude"]').check()
    settled(calculator)
    before = renderers()

    drop_long(calculator, AS_MANY_AS_ARE_READ)
    stop = calculator.get_by_role("button", name=STOP["zh"], exact=True)
    expect(stop).to_be_visible(timeout=STARTED)
    page.wait_for_timeout(1_000)
    most = renderers()
    stop.click()
    expect(calculator.locator("[data-status]")).to_have_text(STOPPED["zh"], timeout=STARTED)
    expect(figure(calculator, "revenue")).to_have_text("¥1,000")
    expect(calculator.locator('input[name="at_cutoff"][value="exclude"]')).to_be_checked()
    expect(calculator.locator("[data-table-view]").first).to_contain_text("好.csv")
    expect(calculator).to_have_attribute("data-state", "ready", timeout=STARTED)
    after = falls_to(before + (most - before) / 2)
    print(f"\nmemory of the page: {before} MB, {most} MB while it computed, {after} MB after Stop")
    assert after < before + (most - before) / 2

    calculator.locator('input[name="at_cutoff"][value="include"]').check()
    settled(calculator)
    expect(figure(calculator, "revenue")).to_have_text("¥1,000")
    drop(calculator, "再好.csv", (GOOD + "丁,100\n").encode())
    expect(figure(calculator, "revenue")).to_have_text("¥1,100", timeout=STARTED)


def test_memory_returns_when_a_long_list_is_put_away(page: Page) -> None:
    """By starting over, too: what a worker has been given it never gives back, so there is another."""
    calculator = open_calculator(page, "en", "abc_tiers")
    expect(calculator).to_have_attribute("data-state", "ready", timeout=STARTED)
    before = renderers()
    drop_long(calculator, 100_000)
    expect(figure(calculator, "rows_read")).to_have_text("100,000", timeout=STARTED)
    settled(calculator)
    most = renderers()
    calculator.locator('[data-action="reset"]').click()
    expect(figure(calculator, "customers")).to_have_text("28", timeout=STARTED)
    settled(calculator)
    after = falls_to(before + (most - before) / 2)
    print(f"\nmemory of the page: {before} MB, {most} MB with the list, {after} MB after starting over")
    assert after < before + (most - before) / 2


def test_a_worker_that_broke_is_replaced_by_itself(page: Page, guard: Guard) -> None:
    """Another is asked the same once more, and no third; what broke both is said, and the next list is computed."""
    guard.expect("there is no download 'nope'|fatal error|Error thrown in write|out of stack")
    workers: list[Worker] = []
    page.on("worker", lambda worker: workers.append(worker) if "manifest-" in worker.url else None)
    again: list[str] = []
    page.on("console", lambda line: again.append(line.text) if "is asked once more" in line.text else None)
    calculator = open_calculator(page, "en", "abc_tiers")
    settled(calculator)
    workers[0].evaluate("() => { TextDecoder.prototype.decode = () => { throw new RangeError('out of stack'); }; }")
    drop(calculator, "good.csv", GOOD.encode())
    expect(figure(calculator, "revenue")).to_have_text("¥1,000", timeout=STARTED)
    settled(calculator)
    expect(calculator.locator("[data-errors]")).to_be_empty()
    assert len(workers) == 2
    assert again == ["Python broke and is asked once more. out of stack"]

    calculator.locator("[data-result] [data-action=download]").first.evaluate(
        "(button) => { button.dataset.format = 'nope'; button.click(); }"
    )
    expect(calculator.locator("[data-errors]")).to_contain_text("The program itself failed", timeout=STARTED)
    expect(calculator.locator("[data-errors]")).to_contain_text("there is no download 'nope'")
    expect(figure(calculator, "revenue")).to_have_text("¥1,000")
    drop(calculator, "more.csv", (GOOD + "丁,100\n").encode())
    expect(figure(calculator, "revenue")).to_have_text("¥1,100", timeout=STARTED)
    expect(calculator.locator("[data-errors]")).to_be_empty()
    assert len(workers) == 4
    assert len(again) == 2


def test_a_plan_that_is_damaged_stands_in_nobodys_way(page: Page) -> None:
    """Nested without end, or of another shape: what is wrong is said, and the work before it goes on."""
    calculator = open_calculator(page, "en", "abc_tiers")
    drop(calculator, "good.csv", GOOD.encode())
    expect(figure(calculator, "revenue")).to_have_text("¥1,000", timeout=STARTED)
    head = '{"format": "sales-playbook-plan", "version": 1, "calculator": "abc_tiers", "values": {}, "tables": '
    for tables, says in (
        ("[" * 20_000 + "]" * 20_000, "brackets more than 16 deep"),
        ('{"customers": {"rows": 5}}', "tables.customers.rows should be rows, each a list of cells, and is 5"),
        ('{"customers": {"rows": [], "unit": "zz"}}', "tables.customers.unit should be a unit"),
        ('{"customers": {"file": "nope"}}', "tables.customers.file, which no plan has"),
    ):
        drop(calculator, "damaged.json", (head + tables + "}").encode())
        expect(calculator.locator("[data-errors]")).to_contain_text(says, timeout=STARTED)
        expect(figure(calculator, "revenue")).to_have_text("¥1,000")
    drop(calculator, "more.csv", (GOOD + "丁,100\n").encode())
    expect(figure(calculator, "revenue")).to_have_text("¥1,100", timeout=STARTED)
