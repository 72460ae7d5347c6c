"""A manager at work in a real browser, on plain HTTP under a sub-path, in both languages.

The guard fails each of these on any request to another origin, console error or uncaught error.
"""

import io
import re
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from calculators.engine.exports.sheets import write_xlsx
from tests.browser import URL, Guard, policies
from tests.journey import STARTED, drop, figure, in_one, paste, save_plan, settled
from tests.table_files import ods_file

PAGES = {"zh": "calculators/abc_tiers.html", "en": "en/calculators/abc_tiers.html"}

CRM_EXPORT = """客户名称,签约金额(万元),负责人
青松科技,１２.５,林默
远航物流,"1,034.50",苏远
白石餐饮,(3),林默
远航物流,65.5,苏远
海棠服饰,300,陈嘉禾
外贸伙伴,US$1000,陈嘉禾
云上教育,待定,苏远
金穗食品,88,林默
合计,1497.5,
"""


def open_calculator(page: Page, language: str) -> Locator:
    """Open the ABC page and return its calculator."""
    page.goto(URL + PAGES[language])
    return page.locator('[data-calculator="abc_tiers"]')


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_manager_tiers_a_crm_export(language: str, page: Page, tmp_path: Path) -> None:
    """Open, drop a GB18030 export, change a rule, read the result, download it, go to another page and come back."""
    calculator = open_calculator(page, language)
    assert page.evaluate("isSecureContext") is False
    expect(figure(calculator, "customers")).to_have_text("28")
    headings = {"zh": ["示例结果（虚构数据）", "分级结果"], "en": ["Example result (invented data)", "The tiers"]}
    for heading in headings[language]:
        expect(calculator.get_by_role("heading", name=heading, exact=True)).to_be_visible()

    drop(calculator, "导出.csv", CRM_EXPORT.encode("gb18030"))
    expect(figure(calculator, "customers")).to_have_text("4", timeout=STARTED)
    settled(calculator)
    expect(calculator.get_by_role("heading", name=headings[language][1], exact=True)).to_be_visible()
    expect(calculator).to_have_attribute("data-boot", "snapshot")
    expect(figure(calculator, "revenue")).to_have_text("¥15,005,000")
    expect(figure(calculator, "rows_read")).to_have_text("9")
    expect(figure(calculator, "rows_unused")).to_have_text("2")
    unused = calculator.locator('[data-table="rows_unused"]')
    expect(unused).to_contain_text("US$1000")
    expect(unused).to_contain_text("合计")
    expect(figure(calculator, "outside_customers")).to_have_text("2")
    expect(calculator.locator('[data-code="abc_tiers.merged"]')).to_contain_text("远航物流")
    expect(figure(calculator, "a_customers")).to_have_text("1")

    calculator.locator('input[name="driver"][value="revenue"]').check()
    calculator.locator('input[name="at_cutoff"][value="exclude"]').check()
    expect(calculator.locator('[data-code="abc_tiers.empty_tier"]')).to_be_visible()
    expect(figure(calculator, "a_customers")).to_have_text("0")
    expect(calculator.locator("[data-chart] svg")).to_be_visible()

    with page.expect_download() as downloading:
        calculator.locator('[data-table="ranking"] [data-format="csv"]').click()
    ranking = downloading.value.path().read_bytes()
    assert ranking.startswith(b"\xef\xbb\xbf")
    assert "远航物流" in ranking.decode("utf-8-sig")
    with page.expect_download() as downloading:
        calculator.locator('[data-toolbar] [data-format="xlsx"]').click()
    workbook = openpyxl.load_workbook(io.BytesIO(downloading.value.path().read_bytes()))
    assert len(workbook.sheetnames) >= 6
    with page.expect_download() as downloading:
        calculator.locator('[data-action="png"]').click()
    picture = downloading.value.path().read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", picture[16:20])[0] > 600

    plan = save_plan(page, calculator, tmp_path)

    page.locator('.md-tabs a[href*="stage-2"]').first.click()
    page.wait_for_url(re.compile("stage-2"))
    page.go_back()
    calculator = page.locator('[data-calculator="abc_tiers"]')
    expect(figure(calculator, "revenue")).to_have_text("¥15,005,000", timeout=STARTED)
    expect(calculator.locator('input[name="at_cutoff"][value="exclude"]')).to_be_checked()
    assert page.evaluate("performance.getEntriesByType('navigation').length") == 1

    calculator.locator('[data-action="reset"]').click()
    expect(figure(calculator, "customers")).to_have_text("28")
    calculator.locator("[data-plan-file]").set_input_files(plan)
    expect(figure(calculator, "revenue")).to_have_text("¥15,005,000")
    expect(calculator.locator('input[name="at_cutoff"][value="exclude"]')).to_be_checked()
    calculator.locator('[data-action="undo"]').click()
    expect(figure(calculator, "customers")).to_have_text("28")


GOOD = "客户,收入\n甲,500\n乙,300\n丙,200\n"
BAD_FILES = {
    "image": ("照片.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), {"zh": "图片", "en": "picture"}),
    "empty": ("空.csv", b"", {"zh": "空", "en": "empty"}),
    "header only": ("表头.csv", "客户,收入\n".encode(), {"zh": "没有", "en": "no"}),
    "300 columns": ("宽.csv", (",".join(f"c{at}" for at in range(300)) + "\n" + "1," * 299 + "1\n").encode(), {}),
    "no numbers": ("文字.csv", "客户,收入\n甲,很多\n乙,不少\n".encode(), {"zh": "收入", "en": "amount"}),
    "old Excel": ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), {"zh": ".xlsx", "en": ".xlsx"}),
    "HTML called .xls": (
        "网页.xls",
        b"<html><table><tr><td>1</td></tr></table></html>",
        {"zh": ".xlsx", "en": ".xlsx"},
    ),
}


OPEN_LIST = {
    "zh": "客户,收入(元)\n青松科技,300\n远航物流,200\n大樟门诊,500\n",
    "en": "Customer,Revenue (CNY)\nPine Systems,300\nFar Freight,200\nCamphor Clinics,500\n",
}


@in_one("zh")
def test_a_manager_says_by_keyboard_whether_a_row_is_a_total(language: str, page: Page, tmp_path: Path) -> None:
    """A row equals the others together: nothing is computed before the answer, and a plan keeps it."""
    calculator = open_calculator(page, language)
    drop(calculator, "open.csv", OPEN_LIST[language].encode("utf-8-sig"))
    question = calculator.locator('[data-question="totals"]')
    expect(question).to_have_attribute("data-state", "open", timeout=STARTED)
    expect(question.locator("label")).to_have_text([re.compile("¥500"), re.compile("¥1,000")])
    expect(calculator.locator("[data-errors] p")).to_contain_text(question.locator("legend").inner_text())  # aloud
    expect(calculator.locator('[data-error-for="customers"]')).to_be_hidden()
    expect(figure(calculator, "customers")).to_have_text("28")  # the last good result stays

    question.locator('[value="leave_out"]').focus()
    page.keyboard.press("Space")
    expect(figure(calculator, "customers")).to_have_text("2", timeout=STARTED)
    expect(figure(calculator, "revenue")).to_have_text("¥500")
    page.keyboard.press("ArrowDown")
    expect(figure(calculator, "customers")).to_have_text("3")
    settled(calculator)
    expect(question).to_have_attribute("data-state", "answered")
    expect(question.locator('[value="count"]')).to_be_checked()

    plan = save_plan(page, calculator, tmp_path)
    calculator.locator('[data-action="reset"]').click()
    expect(figure(calculator, "customers")).to_have_text("28")
    calculator.locator("[data-plan-file]").set_input_files(plan)
    expect(figure(calculator, "customers")).to_have_text("3")
    expect(question.locator('[value="count"]')).to_be_checked()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_bad_files_get_one_clear_sentence_and_the_last_good_result_stays(language: str, page: Page) -> None:
    """An image, an empty file, 300 columns and their like are refused in the reader's language; nothing is lost."""
    calculator = open_calculator(page, language)
    drop(calculator, "好.csv", GOOD.encode())
    expect(figure(calculator, "revenue")).to_have_text("¥1,000", timeout=STARTED)
    errors = calculator.locator("[data-errors] p")
    for name, content, words in BAD_FILES.values():
        drop(calculator, name, content)
        expect(errors).to_have_count(1)
        if words:
            expect(errors).to_contain_text(re.compile(words[language], re.IGNORECASE))
        assert has_chinese(errors.inner_text(), besides=name) == (language == "zh"), errors.inner_text()
        expect(calculator.locator('[data-error-for="customers"]')).to_be_visible()
        expect(figure(calculator, "revenue")).to_have_text("¥1,000")
        calculator.locator('[data-action="undo"]').click()
        expect(errors).to_have_count(0)
    calculator.locator("[data-drop]").first.evaluate(
        """(place) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(200 * 2 ** 20)], "巨大.csv"));
            place.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(errors).to_contain_text("200 MB")
    expect(figure(calculator, "revenue")).to_have_text("¥1,000")


@in_one("en")
def test_a_file_that_has_gone_is_named_and_nothing_is_lost(language: str, page: Page) -> None:
    """A cloud drive has taken it back, somebody has moved it: the list before stays, and so does what it comes to."""
    calculator = open_calculator(page, language)
    drop(calculator, "好.csv", GOOD.encode())
    expect(figure(calculator, "revenue")).to_have_text("¥1,000", timeout=STARTED)
    page.evaluate(
        """() => {
            const read = File.prototype.arrayBuffer;
            File.prototype.arrayBuffer = function () {
                if (this.name !== "云.csv") return read.call(this);
                return Promise.reject(new DOMException("gone", "NotReadableError"));
            };
        }"""
    )
    drop(calculator, "云.csv", GOOD.encode())
    errors = calculator.locator("[data-errors] p")
    expect(errors).to_contain_text("云.csv")
    expect(errors).to_contain_text({"zh": "另存一份", "en": "Save a copy"}[language])
    calculator.locator('input[name="driver"][value="revenue"]').check()
    expect(errors).to_have_count(0)
    expect(figure(calculator, "revenue")).to_have_text("¥1,000")
    drop(calculator, "EXPORT.CSV.TXT", (GOOD + "丁,100\n").encode())  # what it is called decides nothing
    expect(figure(calculator, "revenue")).to_have_text("¥1,100")


def test_cells_dragged_from_a_spreadsheet_are_a_table_and_a_link_is_none(page: Page) -> None:
    """As HTML alone too; a link is named, for nothing is fetched from elsewhere."""
    calculator = open_calculator(page, "en")
    give = """(place, given) => {
        const data = new DataTransfer();
        for (const [type, text] of Object.entries(given)) data.setData(type, text);
        place.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""
    place = calculator.locator("[data-drop]").first
    place.evaluate(give, {"text/plain": GOOD.replace(",", "\t")})
    expect(figure(calculator, "revenue")).to_have_text("¥1,000", timeout=STARTED)
    cells = "".join(f"<tr><td>{row.replace(',', '<td>')}" for row in (GOOD + "丁,50").split("\n") if row)
    place.evaluate(give, {"text/html": f"<table>{cells}</table>"})
    expect(figure(calculator, "revenue")).to_have_text("¥1,050")
    place.evaluate(
        give, {"text/uri-list": "https://example.com/list.csv", "text/plain": "https://example.com/list.csv"}
    )
    expect(calculator.locator("[data-errors] p")).to_contain_text("https://example.com/list.csv")
    expect(figure(calculator, "revenue")).to_have_text("¥1,050")


def test_a_column_for_each_month_is_summed_and_the_keyboard_takes_the_latest_only(page: Page) -> None:
    """The choice stands beside the list with what each comes to; an arrow key answers it, and the plan keeps it."""
    calculator = open_calculator(page, "zh")
    drop(calculator, "月.csv", "客户,1月,2月,3月\n甲,100,200,300\n乙,50,,40\n".encode())
    expect(figure(calculator, "revenue")).to_have_text("¥690", timeout=STARTED)
    question = calculator.locator('[data-question="periods.revenue"]')
    expect(question).to_have_attribute("data-state", "assumed")
    expect(question).to_contain_text("¥690")
    expect(question).to_contain_text("¥340")
    question.locator('input[value="sum"]').focus()
    page.keyboard.press("ArrowDown")
    expect(figure(calculator, "revenue")).to_have_text("¥340")
    expect(question).to_have_attribute("data-state", "answered")
    expect(question.locator('input[value="latest"]')).to_be_focused()


@in_one("zh")
def test_a_file_that_is_no_plan_stands_in_nobodys_way(language: str, page: Page) -> None:
    """It is refused by name, the work goes on from where it was, and the next good list is computed."""
    calculator = open_calculator(page, language)
    drop(calculator, "好.csv", GOOD.encode())
    expect(figure(calculator, "revenue")).to_have_text("¥1,000", timeout=STARTED)
    refused = calculator.locator("[data-errors]").get_by_text(".plan.json")
    for name, content in (("broken.json", b"{"), ("other.json", b'{"format": "other"}')):
        drop(calculator, name, content)
        expect(refused).to_be_visible()
    calculator.locator('input[name="at_cutoff"][value="exclude"]').check()
    expect(refused).to_have_count(0)
    expect(figure(calculator, "revenue")).to_have_text("¥1,000")
    drop(calculator, "broken.json", b"{")
    expect(refused).to_be_visible()
    drop(calculator, "再好.csv", (GOOD + "丁,100\n").encode())
    expect(refused).to_have_count(0)
    expect(figure(calculator, "revenue")).to_have_text("¥1,100")


def test_a_file_let_go_beside_its_place_does_not_take_the_page_away(page: Page) -> None:
    """There a browser would open the file instead of the page; it is told that nothing can be dropped."""
    calculator = open_calculator(page, "en")
    drag = """(place) => {
        const data = new DataTransfer();
        data.items.add(new File(["a"], "list.csv"));
        const over = new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true });
        place.dispatchEvent(over);
        return [over.defaultPrevented, data.dropEffect];
    }"""
    expect(calculator).not_to_have_attribute("data-state", "static")
    assert page.locator("h1").evaluate(drag) == [True, "none"]
    page.locator(".md-nav a[href$='about.html']").first.evaluate("link => link.click()")
    expect(page.locator("#about")).to_be_visible()
    assert page.locator("h1").evaluate(drag)[0] is False  # there is no work to lose


@in_one("en")
def test_of_two_files_the_one_taken_is_named_for_as_long_as_it_stands(language: str, page: Page) -> None:
    """The sentence is still there when the result is, and not only while it is computed."""
    calculator = open_calculator(page, language)
    calculator.locator("[data-drop]").first.evaluate(
        """(place, text) => {
            const data = new DataTransfer();
            for (const name of ["first.csv", "second.csv"]) data.items.add(new File([text], name));
            place.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        GOOD,
    )
    expect(figure(calculator, "revenue")).to_have_text("¥1,000", timeout=STARTED)
    settled(calculator)
    expect(calculator.locator("[data-status]")).to_contain_text("first.csv")


def has_chinese(text: str, besides: str) -> bool:
    """Say whether a sentence has Chinese characters, those of a quoted file name or cell apart."""
    quoted = re.sub("“[^”]*”", "", text.replace(besides, ""))
    return re.search("[\u4e00-\u9fff]", quoted) is not None


def test_a_form_that_does_not_add_up_says_where_and_keeps_what_was_typed(page: Page) -> None:
    """Shares of 20, 30 and 60 percent are refused at the fields, in a group that opens by itself."""
    calculator = open_calculator(page, "zh")
    box = calculator.locator('input[name="count_share_c"]')
    # Typed and closed before the answer can open it, however slow the machine is.
    box.evaluate(
        """box => {
            box.value = "60";
            box.dispatchEvent(new Event("input", { bubbles: true }));
            box.closest("details").open = false;
        }"""
    )
    expect(calculator.locator("[data-errors]")).to_contain_text("110%", timeout=STARTED)
    expect(box).to_be_visible()
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_value("60")
    expect(figure(calculator, "customers")).to_have_text("28")
    calculator.locator('[data-toolbar] [data-format="xlsx"]').click()
    expect(calculator.locator("[data-status]")).to_contain_text("请先改好")
    with page.expect_download() as downloading:
        calculator.locator('[data-action="save-plan"]').click()
    assert '"60"' in downloading.value.path().read_text(encoding="utf-8")
    box.fill("40")
    calculator.locator('input[name="count_share_a"]').fill("30")
    expect(calculator.locator("[data-errors] p")).to_have_count(0)
    expect(figure(calculator, "a_customers")).to_have_text("9")


def hold(page: Page, pattern: str) -> list[Route]:
    """Hold a file back; return where it is found when the page has asked for it."""
    held: list[Route] = []

    def take(route: Route) -> None:
        held.append(route)

    page.route(pattern, take)
    return held


def test_python_starts_before_the_page_is_styled(page: Page) -> None:
    """The head of a calculator's page starts Python's worker; the page takes it over, and starts no other."""
    workers: list[str] = []
    page.on("worker", lambda worker: workers.append(worker.url) if "worker.js" in worker.url else None)
    held = hold(page, "**/stylesheets/main.*.css")
    with page.expect_event("worker"):
        page.goto(URL + PAGES["en"], wait_until="commit")
    calculator = page.locator('[data-calculator="abc_tiers"]')
    assert calculator.count() == 0
    held[0].continue_()
    settled(calculator)
    assert len(workers) == 1


def test_a_page_asks_for_its_scripts_at_once(page: Page) -> None:
    """What scripts import is under way before they have arrived."""
    held = hold(page, "**/playbook.js")
    with page.expect_response("**/calculator.js"), page.expect_response("**/verified.js"):
        page.goto(URL + PAGES["en"], wait_until="commit")
    while not held:  # it is asked for where it stands in the page, after what it imports
        page.wait_for_timeout(50)
    held[0].continue_()
    settled(page.locator('[data-calculator="abc_tiers"]'))


@contextmanager
def python_held_up(page: Page) -> Iterator[None]:
    """Python starts and cannot be there before this ends: one of its files waits, however fast the others come."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/libraries-*.bin", hold)
    yield
    for route in held:
        route.continue_()
    page.unroute("**/libraries-*.bin", hold)


def test_what_is_entered_while_python_starts_is_answered(page: Page) -> None:
    """Progress is shown with its bytes, and a rule changed meanwhile is in the first answer."""
    with python_held_up(page):
        calculator = open_calculator(page, "en")
        calculator.locator('input[name="driver"][value="revenue"]').check()
        expect(calculator).to_have_attribute("data-state", "loading")
        status = calculator.locator("[data-status]")
        expect(status).to_have_attribute("aria-live", "polite")
        expect(status.locator("progress")).to_be_visible()
        expect(status).to_contain_text("MB", timeout=STARTED)
    settled(calculator)
    expect(figure(calculator, "a_customers")).to_have_text("8")


def test_a_table_opened_while_python_starts_takes_nothings_place(page: Page) -> None:
    """The grid opens once however often it is asked for, and a rule changed before is computed all the same."""
    with python_held_up(page):
        calculator = open_calculator(page, "en")
        calculator.locator('input[name="driver"][value="revenue"]').check()
        for _ in range(3):
            calculator.locator('[data-action="edit"]').first.click()
        expect(calculator).to_have_attribute("data-state", "loading")
    expect(page.locator("dialog .tabulator-row").first).to_be_visible(timeout=STARTED)
    expect(page.locator("dialog")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(figure(calculator, "a_customers")).to_have_text("8")
    settled(calculator)
    calculator.locator('[data-action="edit"]').first.dblclick()
    expect(page.locator("dialog .tabulator-row").first).to_be_visible()
    expect(page.locator("dialog")).to_have_count(1)


def choose_where_python_cannot_start(page: Page, guard: Guard, language: str) -> Locator:
    """Open a calculator that lacks a file of Python, and choose the other rule."""
    guard.expect("ERR_FAILED|Failed to fetch")
    page.route("**/libraries-*.bin", lambda route: route.abort())
    calculator = open_calculator(page, language)
    calculator.locator('input[name="driver"][value="revenue"]').check()
    expect(calculator).to_have_attribute("data-state", "failed", timeout=STARTED)
    return calculator


def test_the_language_changes_where_python_cannot_start(page: Page, guard: Guard) -> None:
    """What was chosen comes along all the same: that needs no Python."""
    choose_where_python_cannot_start(page, guard, "zh")
    page.locator("[data-language-switch]").click()
    page.locator("dialog .pb-primary").click()
    page.wait_for_url(URL + PAGES["en"])
    expect(page.locator('input[name="driver"][value="revenue"]')).to_be_checked()


def test_a_failed_start_says_why_and_starts_again_on_request(page: Page, guard: Guard) -> None:
    """With the network gone the page says so, keeps what was typed, and a retry answers it."""
    calculator = choose_where_python_cannot_start(page, guard, "en")
    expect(calculator.locator("[data-status]")).to_contain_text("connection")
    page.unroute("**/libraries-*.bin")
    calculator.locator('[data-action="retry"]').click()
    expect(figure(calculator, "a_customers")).to_have_text("8", timeout=STARTED)


def test_a_snapshot_that_arrives_damaged_is_done_without(site: Path, page: Page) -> None:
    """The page names the file, and Python has started the ordinary way; the reader gets the result."""
    warnings: list[str] = []
    page.on("console", lambda message: warnings.append(message.text) if message.type == "warning" else None)
    (snapshot,) = site.glob("assets/runtime/snapshot-*.bin")
    page.route("**/snapshot-*.bin", lambda route: route.fulfill(body=snapshot.read_bytes()[:1_000_000]))
    calculator = open_calculator(page, "en")
    settled(calculator)
    expect(calculator.locator("[data-status]")).to_contain_text(snapshot.name)
    calculator.locator('input[name="driver"][value="revenue"]').check()
    expect(figure(calculator, "a_customers")).to_have_text("8", timeout=STARTED)
    expect(calculator).to_have_attribute("data-boot", "ordinary")
    assert any("snapshot was not restored" in warning for warning in warnings)


def test_one_python_serves_ten_pages(page: Page) -> None:
    """Instant navigation keeps the tab's one worker, and a calculator opened again is ready without a new start."""
    workers: list[object] = []
    page.on("worker", lambda worker: workers.append(worker) if "worker.js" in worker.url else None)
    settled(open_calculator(page, "zh"))
    for _ in range(5):
        page.locator('.md-nav a[href$="about.html"]').first.evaluate("link => link.click()")
        expect(page.locator("#about")).to_be_visible()
        page.locator('.md-nav a[href$="abc_tiers.html"]').first.evaluate("link => link.click()")
        settled(page.locator('[data-calculator="abc_tiers"]'))
    assert len(workers) == 1


def test_moving_between_pages_adds_no_listener_anew(page: Page) -> None:
    """What our scripts listen to on document and window they begin once, and what is pressed is answered once."""
    page.add_init_script("""
        window.added = [];
        window.asked = 0;
        const add = EventTarget.prototype.addEventListener;
        EventTarget.prototype.addEventListener = function (type, ...rest) {
          if ([window, document].includes(this) && new Error().stack.includes("/assets/playbook-")) added.push(type);
          return add.call(this, type, ...rest);
        };
        const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (message, ...rest) {
          if (message.kind === "reply") asked += 1;
          return post.call(this, message, ...rest);
        };
    """)
    # The last that comes by itself is the grid's style; scripts that listen have come before it.
    with page.context.expect_event("response", lambda response: "/tabulator-" in response.url, timeout=STARTED):
        settled(open_calculator(page, "zh"))

    def away_and_back() -> None:
        page.locator('.md-nav a[href$="about.html"]').first.evaluate("link => link.click()")
        expect(page.locator("#about")).to_be_visible()
        page.locator('.md-nav a[href$="abc_tiers.html"]').first.evaluate("link => link.click()")
        settled(page.locator('[data-calculator="abc_tiers"]'))

    away_and_back()
    begun = page.evaluate("added")
    assert {"click", "beforeunload", "beforeprint", "playbook-forget"} <= set(begun)
    away_and_back()
    away_and_back()
    page.locator('input[name="driver"][value="revenue"]').check()
    expect(page.locator("[data-status]")).to_contain_text("6 → 8")
    assert (page.evaluate("added"), page.evaluate("asked")) == (begun, 1)


def test_a_window_closes_with_its_page(page: Page) -> None:
    """Going back while a window asks something leaves it behind, and what was typed into it is not used."""
    page.goto(f"{URL}about.html")
    page.locator('.md-nav a[href$="abc_tiers.html"]').first.evaluate("link => link.click()")
    calculator = page.locator('[data-calculator="abc_tiers"]')
    settled(calculator)
    calculator.locator('[data-action="paste"]').first.click()
    expect(page.locator("dialog")).to_be_visible()
    page.go_back()
    expect(page.locator("#about")).to_be_visible()
    expect(page.locator("dialog")).to_have_count(0)


def test_two_tabs_work_beside_each_other(new_page: Callable[..., Page]) -> None:
    """Each tab has its own Python and its own work."""
    first = new_page()
    second = first.context.new_page()
    tabs = [open_calculator(tab, "en") for tab in (first, second)]
    tabs[1].locator('input[name="driver"][value="revenue"]').check()
    for calculator in tabs:
        settled(calculator)
    expect(figure(tabs[1], "a_customers")).to_have_text("8", timeout=STARTED)
    expect(figure(tabs[0], "a_customers")).to_have_text("6")


def test_a_policy_against_webassembly_is_named(page: Page, guard: Guard, server_headers: dict[str, str]) -> None:
    """Where a security policy forbids wasm, the page says that it is this, and stays readable."""
    guard.expect("Content Security Policy")
    server_headers["Content-Security-Policy"] = "script-src 'self' 'unsafe-inline'"
    calculator = open_calculator(page, "zh")
    calculator.locator('input[name="driver"][value="revenue"]').check()
    expect(calculator).to_have_attribute("data-state", "failed", timeout=STARTED)
    expect(calculator.locator("[data-status]")).to_contain_text("WebAssembly")
    expect(figure(calculator, "customers")).to_have_text("28")


def test_one_policy_for_everything_lets_calculators_run(
    page: Page, guard: Guard, server_headers: dict[str, str], site: Path
) -> None:
    """Where a server sends the pages' policy with scripts, too, Python starts from the snapshot, of another file."""
    guard.expect("Content Security Policy")
    server_headers["Content-Security-Policy"] = policies(str(site))["pages"]
    names: list[str] = []
    page.on("request", lambda request: names.append(request.url.rsplit("/", 1)[1]))
    calculator = open_calculator(page, "en")
    calculator.locator('input[name="driver"][value="revenue"]').check()
    expect(figure(calculator, "a_customers")).to_have_text("8", timeout=STARTED)
    expect(calculator).to_have_attribute("data-boot", "snapshot")
    assert any(name.startswith("pyodide.asm-") for name in names)


def test_a_worker_that_does_not_arrive_is_a_matter_of_the_connection(page: Page, guard: Guard) -> None:
    """When even the first script is missing, the page blames the connection and not the browser."""
    guard.expect("ERR_FAILED")
    page.route("**/boot.js", lambda route: route.abort())
    calculator = open_calculator(page, "en")
    expect(calculator).to_have_attribute("data-state", "failed", timeout=STARTED)
    expect(calculator.locator("[data-status]")).to_contain_text("connection")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_complete_without_scripts(language: str, new_page: Callable[..., Page]) -> None:
    """With JavaScript off the worked example is there whole, chart included, and the form that cannot work is not."""
    page = new_page(java_script_enabled=False)
    calculator = open_calculator(page, language)
    expect(calculator).to_have_attribute("data-state", "static")
    expect(figure(calculator, "a_customers")).to_have_text("6")
    expect(calculator.locator("[data-chart] svg")).to_be_visible()
    expect(calculator.locator('[data-table="ranking"] tbody tr')).to_have_count(28)
    expect(calculator.locator("[data-form]")).to_be_hidden()
    expect(calculator.locator("noscript")).to_be_visible()


def test_a_pasted_table_is_read(page: Page) -> None:
    """Cells copied from a spreadsheet are pasted in a window and computed."""
    calculator = open_calculator(page, "zh")
    calculator.locator('[data-action="paste"]').first.click()
    page.locator("dialog textarea").fill("客户\t收入（万元）\n甲\t50\n乙\t30\n")
    page.locator("dialog .pb-primary").click()
    expect(figure(calculator, "revenue")).to_have_text("¥800,000", timeout=STARTED)
    expect(calculator.locator("[data-table-view]").first).to_contain_text("粘贴的表格")


def edit_cell(page: Page, calculator: Locator, column: str, text: str) -> None:
    """Write a text into a cell below the header, in the grid and by keyboard."""
    calculator.locator('[data-action="edit"]').first.click()
    cell = page.locator(f'dialog .tabulator-cell[tabulator-field="{column}"]').nth(1)
    cell.click(timeout=STARTED)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(page.locator("dialog button").last).to_be_focused()
    cell.focus()
    page.keyboard.press("Tab")  # out of the grid, not to its next cell
    expect(page.locator("dialog .pb-primary")).to_be_focused()
    page.keyboard.press("Enter")


def test_the_table_is_edited_in_the_page_by_keyboard(page: Page) -> None:
    """A cell of the example is changed in the grid; the result follows, and undo brings the former back."""
    calculator = open_calculator(page, "zh")
    edit_cell(page, calculator, "c1", "10000000")
    expect(figure(calculator, "top1_share")).to_have_text("74.9%")
    calculator.locator('[data-action="undo"]').click()
    expect(figure(calculator, "top1_share")).to_have_text("13.9%")


def test_the_reader_chooses_another_column_and_unit(page: Page) -> None:
    """Columns that were matched are shown and can be changed, as can the unit; both hold when a cell is edited."""
    calculator = open_calculator(page, "en")
    drop(calculator, "two.csv", b"Customer,Revenue,Booked\nAcorn,10,1\nBirch,20,2\n")
    expect(figure(calculator, "revenue")).to_have_text("¥30", timeout=STARTED)
    calculator.locator(".pb-read > summary").first.click()
    calculator.locator('select[data-reading="column:revenue"]').first.select_option(label="Booked")
    expect(figure(calculator, "revenue")).to_have_text("¥3")
    calculator.locator('select[data-reading="unit"]').first.select_option("10000")
    expect(figure(calculator, "revenue")).to_have_text("¥30,000")
    edit_cell(page, calculator, "c2", "5")
    expect(figure(calculator, "revenue")).to_have_text("¥70,000")


def test_the_reader_chooses_another_sheet(page: Page) -> None:
    """A workbook with two lists is read from its first; the other is a choice away, with columns of its own."""
    book = openpyxl.Workbook()
    first, second = book.worksheets[0], book.create_sheet("去年")
    first.title = "今年"
    for row in (["客户", "收入"], ["甲", 30], ["乙", 20]):
        first.append(row)
    for row in (["区域", "金额（万元）", "客户名称"], ["华东", 7, "甲"], ["华南", 8, "乙"]):
        second.append(row)
    saved = io.BytesIO()
    book.save(saved)
    calculator = open_calculator(page, "zh")
    drop(calculator, "两年.xlsx", saved.getvalue())
    expect(figure(calculator, "revenue")).to_have_text("¥50", timeout=STARTED)
    calculator.locator(".pb-read > summary").first.click()
    calculator.locator('select[data-reading="sheet"]').select_option("去年")
    expect(figure(calculator, "revenue")).to_have_text("¥150,000")
    expect(calculator.locator('[data-table="ranking"]')).to_contain_text("华南")
    calculator.locator('[data-action="undo"]').click()
    expect(figure(calculator, "revenue")).to_have_text("¥50")


def test_a_dropped_xlsx_and_ods_are_read_by_what_is_fetched_for_the_first(page: Page) -> None:
    """It is fetched when Python runs already, so that no start waits for it, and once for every kind of workbook."""
    fetched: list[str] = []
    page.context.on("request", lambda request: fetched.append(request.url) if "workbooks-" in request.url else None)
    calculator = open_calculator(page, "zh")
    drop(calculator, "好.csv", GOOD.encode())
    expect(figure(calculator, "revenue")).to_have_text("¥1,000", timeout=STARTED)
    drop(
        calculator,
        "名单.xlsx",
        write_xlsx([("名单", ["客户", "收入"], [["甲", 3000], ["乙", 1200]], ["text", "money"])]),
    )
    expect(figure(calculator, "revenue")).to_have_text("¥42", timeout=STARTED)
    drop(calculator, "名单.ods", ods_file())
    expect(figure(calculator, "revenue")).to_have_text("¥10")
    expect(calculator.locator("[data-table-view]").first).to_contain_text("名单.ods")
    assert len(fetched) == 1
    # What a file is its content says: telephones hide from the window whatever has no type that is named here.
    assert calculator.locator("[data-table-file]").first.get_attribute("accept") is None


def test_work_goes_along_when_the_language_changes(page: Page) -> None:
    """The list and the rules are still there in the other language, and in no storage afterwards."""
    calculator = open_calculator(page, "zh")
    drop(calculator, "好.csv", GOOD.encode())
    calculator.locator('input[name="driver"][value="revenue"]').check()
    expect(figure(calculator, "revenue")).to_have_text("¥1,000", timeout=STARTED)
    change_language(page)
    calculator = page.locator('[data-calculator="abc_tiers"]')
    expect(figure(calculator, "revenue")).to_have_text("¥1,000", timeout=STARTED)
    expect(calculator.locator('input[name="driver"][value="revenue"]')).to_be_checked()
    assert (
        page.evaluate("sessionStorage.length + Object.keys(localStorage).filter(k => k.includes('carried')).length")
        == 0
    )


def change_language(page: Page) -> None:
    """Go to the English page with what is here, which may name people and is asked about."""
    page.locator("[data-language-switch]").click()
    page.locator("dialog .pb-primary").click()
    page.wait_for_url(URL + PAGES["en"])


def test_a_list_is_still_in_no_plan_after_the_language_has_changed(page: Page, tmp_path: Path) -> None:
    """Who would leave the page is asked there too, until the plan is saved."""
    leaving = "() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    for pasted in (False, True):
        calculator = open_calculator(page, "zh")
        if pasted:
            paste(calculator, "customers", GOOD.replace(",", "\t"))
        else:
            drop(calculator, "好.csv", GOOD.encode())
        expect(figure(calculator, "revenue")).to_have_text("¥1,000", timeout=STARTED)
        assert page.evaluate(leaving) is True
        change_language(page)
        calculator = page.locator('[data-calculator="abc_tiers"]')
        expect(figure(calculator, "revenue")).to_have_text("¥1,000", timeout=STARTED)
        assert page.evaluate(leaving) is True
        save_plan(page, calculator, tmp_path)
        assert page.evaluate(leaving) is False


def test_the_example_of_the_build_is_saved_as_a_picture(page: Page) -> None:
    """The drawing is a picture before anything has been computed, too."""
    calculator = open_calculator(page, "en")
    with page.expect_download() as downloading:
        calculator.locator('[data-action="png"]').click()
    assert downloading.value.path().read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_hundred_thousand_customers_do_not_freeze_the_page(page: Page) -> None:
    """While Python works on 100,000 rows the page goes on answering; the result is a page of 100 and can be turned."""
    calculator = open_calculator(page, "zh")
    rows = "\n".join(f"客户{at},{at % 9973 + 1}.25" for at in range(100_000))
    page.evaluate("window.ticks = 0; setInterval(() => window.ticks++, 20)")
    drop(calculator, "大.csv", f"客户,收入\n{rows}\n".encode())
    settled(calculator)
    expect(figure(calculator, "customers")).to_have_text("100,000", timeout=STARTED)
    assert page.evaluate("window.ticks") > 20
    ranking = calculator.locator('[data-table="ranking"]')
    expect(ranking.locator("tbody tr")).to_have_count(100)
    ranking.locator('[data-action="page"]').last.click()
    expect(ranking.locator("tbody tr").first).to_contain_text("客户")
    expect(ranking).to_contain_text("101")
    expect(calculator.locator("[data-chart] svg")).to_be_visible()


def test_an_answer_to_what_was_changed_since_is_never_shown(page: Page) -> None:
    """A long list that is reset while Python still works on it leaves no trace, not for a moment."""
    calculator = open_calculator(page, "en")
    calculator.locator('input[name="driver"][value="revenue"]').check()
    expect(figure(calculator, "a_customers")).to_have_text("8", timeout=STARTED)
    calculator.locator("[data-result]").evaluate(
        """(result) => {
            window.shown = [];
            const note = () => window.shown.push(result.querySelector('[data-figure="customers"]').textContent);
            new MutationObserver(note).observe(result, { childList: true });
        }"""
    )
    rows = "\n".join(f"customer {at},{at + 1}" for at in range(60_000))
    drop(calculator, "long.csv", f"customer,revenue\n{rows}\n".encode())
    expect(calculator).to_have_attribute("data-state", "busy")
    calculator.locator('[data-action="reset"]').click()
    expect(figure(calculator, "a_customers")).to_have_text("6", timeout=STARTED)
    settled(calculator)
    assert page.evaluate("window.shown") == ["28"]


def test_work_that_nobody_waits_for_any_more_is_ended(page: Page) -> None:
    """A list that takes many seconds does not hold up what is asked after it: Python is started anew for that."""
    workers: list[object] = []
    page.on("worker", lambda worker: workers.append(worker) if "worker.js" in worker.url else None)
    calculator = open_calculator(page, "zh")
    settled(calculator)
    rows = "\n".join(f"客户{at},{at + 1}" for at in range(290_000))
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.items.add(new File([text], "很长.csv"));
            const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
            document.querySelector("[data-drop]").dispatchEvent(drop);
        }""",
        f"客户,收入\n{rows}\n",
    )
    expect(calculator).to_have_attribute("data-state", "busy")
    calculator.locator('[data-action="undo"]').click()
    calculator.locator('input[name="driver"][value="revenue"]').check()
    expect(figure(calculator, "a_customers")).to_have_text("8", timeout=STARTED)
    assert len(workers) == 2


def test_the_filled_template_is_the_example(page: Page) -> None:
    """What the page offers for download comes back as the same result when it is dropped."""
    calculator = open_calculator(page, "zh")
    with page.expect_download() as downloading:
        calculator.locator('a[href*="abc_tiers-customers-filled"]').click()
    drop(calculator, "模板.xlsx", downloading.value.path().read_bytes())
    expect(calculator.locator("[data-table-view]").first).to_contain_text("模板.xlsx", timeout=STARTED)
    expect(figure(calculator, "customers")).to_have_text("28")
    expect(figure(calculator, "net_revenue")).to_have_text("¥3,488,000")
