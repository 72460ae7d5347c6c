"""Proxies, headers and frames that change what a page gets, or what it may do: it works, or says what to do.

Not here: files that are cut off, replaced or never come (``test_verified``), pages without a server
(``test_from_folder``), and what is tried in each browser, all at once (``test_browsers``).
"""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, Playwright, expect

from tests.browser import STATUS, URL, Guard, Instead, Mischief
from tests.conftest import seeing
from tests.journey import STARTED, figure, open_calculator, paste, settled

REFUSED = (
    r"MIME|Failed to|Refused to connect|violates|another origin|ERR_|integrity|sandboxed|origin 'null'|CORS|Storage|"
    r"insecure|cross-origin|localStorage"
)
Files = dict[str, str]


def recompressed(_name: str, content: bytes, headers: Files) -> tuple[bytes, Files]:
    """Compress every file, whatever is in it."""
    packed = gzip.compress(content, 1)
    return packed, {**headers, "Content-Encoding": "gzip", "Content-Length": str(len(packed))}


def without_length(_name: str, content: bytes, headers: Files) -> tuple[bytes, Files]:
    """Send no length, so that a file ends where the connection does."""
    return content, {name: value for name, value in headers.items() if name != "Content-Length"}


def as_pages(name: str, content: bytes, headers: Files) -> tuple[bytes, Files]:
    """Call everything a page that is no script or style."""
    kept = Path(name).suffix in {".js", ".css", ".svg", ".png"}
    return content, headers if kept else {**headers, "Content-Type": "text/html; charset=gb2312"}


def scripts_as_text(name: str, content: bytes, headers: Files) -> tuple[bytes, Files]:
    """Call scripts plain text."""
    return content, {**headers, "Content-Type": "text/plain"} if name.endswith(".js") else headers


def in_chunks(_name: str, content: bytes, headers: Files) -> tuple[bytes, Files]:
    """Send in pieces, packed twice, which the headers say, and call all of it text of another code."""
    packed = gzip.compress(gzip.compress(content, 1), 1)
    sizes = range(0, len(packed), 1 << 16)
    pieces = [packed[at : at + (1 << 16)] for at in sizes]
    body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in [*pieces, b""])
    kind = headers["Content-Type"] + "; charset=gb2312"
    return body, {"Content-Type": kind, "Content-Encoding": "gzip, gzip", "Transfer-Encoding": "chunked"}


def cut_off(content: bytes, headers: Files) -> tuple[bytes, Files]:
    """Break the connection in the midst."""
    return content[: len(content) // 2], headers


def part(content: bytes, headers: Files) -> tuple[bytes, Files]:
    """Give a part that nobody has asked for."""
    half = len(content) // 2
    said = {STATUS: "206", "Content-Range": f"bytes 0-{half - 1}/{len(content)}", "Content-Length": str(half)}
    return content[:half], {**headers, **said}


def misnamed(content: bytes, headers: Files) -> tuple[bytes, Files]:
    """Say that it is packed, which it is not."""
    return content, {**headers, "Content-Encoding": "gzip"}


def packed_twice(content: bytes, headers: Files) -> tuple[bytes, Files]:
    """Pack twice and say so once."""
    packed = gzip.compress(gzip.compress(content, 1), 1)
    return packed, {**headers, "Content-Encoding": "gzip", "Content-Length": str(len(packed))}


def answering(status: str, **headers: str) -> Callable[[bytes, Files], tuple[bytes, Files]]:
    """Give nothing but a status."""
    return lambda _, __: (b"", {STATUS: status, "Content-Length": "0", **headers})


SIGN_IN = answering("302", Location=f"{URL}sign-in.html")
NOT_THE_FILE = "is not on the server as this site has it"
BROKE_OFF = "broke off"
ALWAYS: dict[str, tuple[Callable[[bytes, Files], tuple[bytes, Files]], str]] = {
    "a part": (part, NOT_THE_FILE),
    "packed as is not said": (misnamed, NOT_THE_FILE),
    "packed twice": (packed_twice, NOT_THE_FILE),
    "not modified": (answering("304"), NOT_THE_FILE),
    "nothing": (answering("204"), NOT_THE_FILE),
    "forbidden": (answering("403"), NOT_THE_FILE),
    "a page to sign in on": (SIGN_IN, NOT_THE_FILE),
    "a host to sign in at": (answering("302", Location="http://sign-in.intranet/"), NOT_THE_FILE),
    "too often": (answering("429", **{"Retry-After": "1"}), BROKE_OFF),
    "too busy": (answering("503", **{"Retry-After": "1"}), BROKE_OFF),
}
"""What becomes of each file of Python's, however often it is asked for, and what then is said."""


def of_python(change: Callable[[bytes, Files], tuple[bytes, Files]]) -> Mischief:
    """Do something to every file of Python's."""
    return lambda name, content, headers: change(content, headers) if name.endswith(".bin") else (content, headers)


def once_each() -> Mischief:
    """Do to each file of Python's, the first time that it is asked for, one thing after the other."""
    seen: list[str] = []
    changes = [cut_off, *(change for change, _ in ALWAYS.values() if change is not SIGN_IN)]

    def once(name: str, content: bytes, headers: Files) -> tuple[bytes, Files]:
        if not name.endswith(".bin") or name in seen:
            return content, headers
        seen.append(name)
        return changes[(len(seen) - 1) % len(changes)](content, headers)

    return once


@pytest.fixture(scope="module")
def mischief() -> list[Mischief]:
    """Return what the proxy before this file's server does: nothing, or one thing."""
    return []


@pytest.fixture(scope="module")
def headers() -> dict[str, str]:
    """Return the headers of this file's server."""
    return {}


@pytest.fixture(scope="module")
def instead() -> Instead:
    """Return what this file's server gives besides the site."""
    return {}


@pytest.fixture(scope="module")
def browser(
    site: Path, playwright: Playwright, headers: dict[str, str], instead: Instead, mischief: list[Mischief]
) -> Iterator[Browser]:
    """Yield a Chromium behind that proxy."""
    with seeing(site, playwright, headers, instead, mischief) as chromium:
        yield chromium


@pytest.fixture(autouse=True)
def _as_before(headers: dict[str, str], mischief: list[Mischief]) -> Iterator[None]:
    yield
    headers.clear()
    mischief.clear()


def answers(page: Page) -> None:
    """Hold that the ABC calculator computes another rule than the example's, restored from the snapshot."""
    calculator = open_calculator(page, "en", "abc_tiers")
    settled(calculator)
    expect(calculator).to_have_attribute("data-boot", "snapshot")
    calculator.locator('input[name="driver"][value="revenue"]').check()
    expect(figure(calculator, "a_customers")).to_have_text("8", timeout=STARTED)


def test_what_goes_wrong_once_changes_nothing(page: Page, mischief: list[Mischief], guard: Guard) -> None:
    """What is cut off, a part, packed in another way, put off or sent elsewhere is fetched again.

    What proxies do without spoiling a file is tried in each browser.
    """
    guard.expect(REFUSED)
    mischief.append(once_each())
    answers(page)


def test_pieces_and_codes_that_are_said_rightly_change_nothing(page: Page, mischief: list[Mischief]) -> None:
    """In chunks, packed twice and announced so, and called text of another code."""
    mischief.append(in_chunks)
    answers(page)
    expect(page.locator("[data-language-switch] .pb-language-name")).to_have_text("中文")


def test_what_stays_wrong_is_said_and_waits_for_the_reader(
    page: Page, mischief: list[Mischief], instead: Instead, guard: Guard
) -> None:
    """Each time one sentence, by which the reader can tell whether to sign in or to wait; then it works."""
    guard.expect(REFUSED)
    instead["sign-in.html"] = [(b"<!doctype html><title>Sign in</title>", "text/html")] * 200
    mischief.append(of_python(ALWAYS["a part"][0]))
    calculator = open_calculator(page, "en", "abc_tiers")
    said = calculator.locator("[data-status]")
    for change, sentence in ALWAYS.values():
        mischief[:] = [of_python(change)]
        calculator.locator('[data-action="retry"]').click(timeout=STARTED)
        expect(calculator).to_have_attribute("data-state", "failed", timeout=STARTED)
        expect(said).to_contain_text(sentence)
    instead.clear()
    mischief.clear()
    calculator.locator('[data-action="retry"]').click()
    settled(calculator)


def test_scripts_of_another_type_are_said(page: Page, mischief: list[Mischief], guard: Guard) -> None:
    """Browsers run no module that is called text: the page says which files did not arrive as they should."""
    guard.expect(REFUSED)
    mischief.append(scripts_as_text)
    page.goto(f"{URL}en/calculators/abc_tiers.html")
    expect(page.locator("article > p[role=alert]")).to_contain_text("did not arrive", timeout=STARTED)
    expect(page.locator('[data-figure="customers"]')).to_have_text("28")


def framed(page: Page, sandbox: str, headers: dict[str, str], instead: Instead) -> None:
    """Open the calculator in a frame of a portal, with those permissions only."""
    headers["Content-Security-Policy"] = ""  # its frame-ancestors would forbid every frame
    calculator = f"{URL}en/calculators/abc_tiers.html"
    frame = f'<iframe sandbox="{sandbox}" src="{calculator}" style="width:100%;height:800px"></iframe>'
    instead["portal.html"] = [(f'<!doctype html><link rel="icon" href="data:,">{frame}'.encode(), "text/html")]
    page.goto(f"{URL}portal.html")


def test_a_portals_frame_with_its_origin_works(page: Page, headers: dict[str, str], instead: Instead) -> None:
    """Scripts and the site's own origin are all that the calculator needs of a frame."""
    framed(page, "allow-scripts allow-same-origin", headers, instead)
    calculator = page.frame_locator("iframe").locator('[data-calculator="abc_tiers"]')
    expect(calculator).to_have_attribute("data-state", "ready", timeout=STARTED)
    calculator.locator('input[name="driver"][value="revenue"]').check()
    expect(calculator.locator('[data-figure="a_customers"]')).to_have_text("8", timeout=STARTED)


def test_a_portals_frame_without_an_origin_says_so(
    page: Page, headers: dict[str, str], instead: Instead, guard: Guard
) -> None:
    """There no module may run: the page says to open it in a tab of its own, and where."""
    guard.expect(REFUSED)
    framed(page, "allow-scripts", headers, instead)
    inside = page.frame_locator("iframe")
    said = inside.locator("p[role=alert]").first
    expect(said).to_contain_text("tab of its own", timeout=STARTED)
    expect(said).to_contain_text(f"{URL}en/calculators/abc_tiers.html")
    expect(inside.locator('[data-figure="customers"]')).to_have_text("28")


def test_a_full_or_forbidden_storage_changes_no_figure(new_page: Callable[..., Page]) -> None:
    """Where the browser keeps nothing, calculators answer, and the list to tick says that ticks are lost."""
    page = new_page()
    page.add_init_script(
        "for (const name of ['setItem', 'getItem', 'removeItem'])"
        " Storage.prototype[name] = () => { throw new DOMException('full', 'QuotaExceededError'); };"
    )
    answers(page)
    page.goto(f"{URL}en/paths/new-hire.html")
    note = page.locator("[data-kept]").first
    expect(note).to_have_text(note.get_attribute("data-lost") or "?")


FILL = """() => {
    for (const storage of [localStorage, sessionStorage]) {
        for (let text = "x".repeat(1 << 20); text; ) {
            try { storage.setItem(`others' ${storage.length}`, text); }
            catch { text = text.slice(text.length / 2 + 1); }
        }
    }
}"""


def test_a_storage_that_others_on_the_host_have_filled_is_said(page: Page, guard: Guard) -> None:
    """To its very end: what cannot be kept or carried is said before it is lost, and forgetting still forgets."""
    guard.expect("beforeunload")
    page.goto(f"{URL}en/about.html")
    page.evaluate(FILL)
    calculator = open_calculator(page, "en", "nine_box")
    paste(calculator, "people", "name\ttarget\tactual\toutput\nAnna Lee\t100\t90\t50\nBob Stone\t100\t120\t80\n")
    expect(figure(calculator, "headcount")).to_have_text("2", timeout=STARTED)
    settled(calculator)
    calculator.locator("[data-keep]").click()
    expect(calculator.locator("[data-status]")).to_contain_text("has no room")
    expect(calculator.locator("[data-keep]")).not_to_be_checked()
    page.locator("[data-language-switch]").click()
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.locator("dialog .pb-primary").click()
    expect(page.locator("dialog")).to_have_count(0)
    page.wait_for_timeout(0)
    assert asked == ["beforeunload"]
    expect(figure(calculator, "headcount")).to_have_text("2")
    calculator.locator("[data-action=forget]").click()
    expect(figure(calculator, "headcount")).to_have_text("30")
    assert "Anna" not in page.evaluate("JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])")
    page.goto(f"{URL}en/paths/new-hire.html")
    note = page.locator("[data-kept]").first
    expect(note).to_have_text(note.get_attribute("data-lost") or "?")


REPORTED = """addEventListener("securitypolicyviolation", ({ sourceFile, sample }) => {
    (window.reported ??= []).push(`${sourceFile.split("/").pop()}: ${sample}`);
});"""


def test_markup_and_workers_of_ours_are_trusted_types(page: Page, headers: dict[str, str]) -> None:
    """Where they are asked for, nothing of ours would be refused: what is reported is Material's and ECharts'."""
    headers["Content-Security-Policy-Report-Only"] = (
        "require-trusted-types-for 'script'; trusted-types playbook playbook-worker playbook-early"
    )
    page.add_init_script(REPORTED)
    answers(page)
    page.locator("[data-action=reset]").first.click()
    expect(page.locator('[data-figure="a_customers"]')).not_to_have_text("8")
    reported = page.evaluate("window.reported")
    assert any(one.startswith("bundle.") for one in reported)
    assert [one for one in reported if not one.startswith(("bundle.", "echarts-"))] == []
