"""What a page takes from its server is what the site has, or it says which file is not.

Browsers keep the runtime for a year here, as the handbook's lines for servers have them do. Not here: how hashes and
policies get into the pages (tests/macros/test_policy.py).
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, Route, expect

from tests.browser import URL, Guard, Instead
from tests.conftest import seeing
from tests.journey import STARTED, figure, open_calculator, settled
from tests.modules import returned

LOGIN = (b"<!doctype html><title>Sign in</title><form>", "text/html")
YEAR = {"Cache-Control": "max-age=31536000"}
REFUSED = r"integrity|Integrity|SyntaxError|does not provide an export|Unexpected|import|MIME|Failed to|404"


def runtime_file(site: Path, name: str) -> Path:
    """Return a file of the runtime by what it is called without its hash."""
    stem, ending = name.split(".")
    (path,) = site.glob(
        f"assets/runtime/{stem}-????????????????????????????????????????????????????????????????.{ending}"
    )
    return path


def half(path: Path) -> tuple[bytes, str]:
    """Return a file cut off in its midst, as the server would send it."""
    kind = "text/javascript" if path.suffix == ".js" else "application/octet-stream"
    return path.read_bytes()[: path.stat().st_size // 2], kind


@pytest.fixture(scope="module")
def served() -> tuple[dict[str, str], Instead]:
    """Return the headers of this file's server, and what it gives instead of files."""
    return dict(YEAR), {}


@pytest.fixture(scope="module")
def browser(site: Path, playwright: Playwright, served: tuple[dict[str, str], Instead]) -> Iterator[Browser]:
    """Yield a Chromium that keeps what it is told to keep."""
    headers, instead = served
    with seeing(site, playwright, headers, instead) as chromium:
        yield chromium


@pytest.fixture
def instead(served: tuple[dict[str, str], Instead]) -> Iterator[Instead]:
    """Yield what the server gives instead of files; nothing of it is left for the next test."""
    yield served[1]
    served[1].clear()


CAME_HALF = ("manifest.json", "wasm.bin", "libraries.bin", "calculators.bin", "zstddec.js", "sha256.js", "pyodide.js")


def test_files_that_came_half_once_are_fetched_again(site: Path, page: Page, instead: Instead, guard: Guard) -> None:
    """Kept for a year by the browser, each would break the reader for a year; they are asked for past its cache."""
    guard.expect(REFUSED)
    for path in (runtime_file(site, name) for name in CAME_HALF):
        instead[path.name] = [half(path)]
    calculator = open_calculator(page, "en", "abc_tiers")
    settled(calculator)
    expect(calculator).to_have_attribute("data-boot", "snapshot")
    assert not any(instead.values())


@pytest.mark.parametrize(
    "scripts", [("worker.js", "snapshot.js"), ("playbook.js",), ("calculators.js", "calculator.js")]
)
def test_scripts_that_came_half_once_are_fetched_again(
    scripts: tuple[str, ...], site: Path, page: Page, instead: Instead, guard: Guard
) -> None:
    """Those of the worker, the page's own, and those that they import."""
    guard.expect(REFUSED)
    for script in scripts:
        (path,) = site.glob(f"assets/playbook-*/javascripts/{script}")
        instead[script] = [half(path)] * (2 if "worker.js" in scripts else 1)  # a worker's script is asked for twice
    calculator = open_calculator(page, "en", "abc_tiers")
    settled(calculator)
    calculator.locator('input[name="driver"][value="revenue"]').check()
    expect(figure(calculator, "a_customers")).to_have_text("8", timeout=STARTED)


@pytest.mark.parametrize(("language", "name"), [("zh", "wasm.bin"), ("en", "manifest.json"), ("en", "zstddec.js")])
def test_a_file_that_stays_wrong_is_named(  # noqa: PLR0917 - fixtures
    language: str, name: str, site: Path, page: Page, instead: Instead, guard: Guard
) -> None:
    """A login page in its place, again and again: the reader is told which file, in their language, and tries again."""
    guard.expect(REFUSED)
    path = runtime_file(site, name)
    instead[path.name] = [LOGIN] * 12
    calculator = open_calculator(page, language, "abc_tiers")
    expect(calculator).to_have_attribute("data-state", "failed", timeout=STARTED)
    said = calculator.locator("[data-status]")
    expect(said).to_contain_text(path.name)
    expect(said).to_contain_text({"zh": "登录", "en": "sign in"}[language])
    instead.clear()
    calculator.locator('[data-action="retry"]').click()
    settled(calculator)


ANOTHER: dict[str, tuple[str, Callable[[Path, bytes], bytes]]] = {
    "another archive": ("calculators.bin", lambda site, _: runtime_file(site, "workbooks.bin").read_bytes()),
    "as long, and a bit of it another": ("wasm.bin", lambda _, content: content[:9000] + b"~" + content[9001:]),
    "as long, and of zeros": ("snapshot.bin", lambda _, content: bytes(len(content))),
    "the manifest of another build": ("manifest.json", lambda _, content: content.replace(b'"CNY"', b'"EUR"', 1)),
}


@pytest.mark.parametrize("which", ANOTHER)
def test_other_content_under_the_right_name_is_not_run(
    which: str, site: Path, page: Page, instead: Instead, guard: Guard
) -> None:
    """A file that is whole in itself, but another: nothing of it is run; the reader is told, or Python does without."""
    guard.expect(REFUSED)
    name, make = ANOTHER[which]
    path = runtime_file(site, name)
    content = path.read_bytes()
    other = make(site, content)
    assert other != content
    instead[path.name] = [(other, "application/octet-stream")] * 12
    calculator = open_calculator(page, "en", "abc_tiers")
    said = calculator.locator("[data-status]")
    expect(said).to_contain_text(path.name, timeout=STARTED)
    if name == "snapshot.bin":
        expect(calculator).to_have_attribute("data-boot", "ordinary")
    else:
        expect(calculator).to_have_attribute("data-state", "failed")


def test_a_workers_script_that_was_changed_is_not_answered_by(
    site: Path, page: Page, instead: Instead, guard: Guard
) -> None:
    """A script that runs, but is another than the page knows: nothing is taken from it, and the reader is told."""
    guard.expect(REFUSED)
    (path,) = site.glob("assets/playbook-*/javascripts/worker.js")
    instead["worker.js"] = [(path.read_bytes() + b"\n// changed\n", "text/javascript")] * 12
    calculator = open_calculator(page, "en", "abc_tiers")
    expect(calculator).to_have_attribute("data-state", "failed", timeout=STARTED)
    expect(calculator.locator("[data-status]")).to_contain_text("worker.js")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_without_its_scripts_says_so(language: str, page: Page, instead: Instead, guard: Guard) -> None:
    """A login page for each script: the page names one, though none of its scripts is there to say so."""
    guard.expect(REFUSED)
    instead["playbook.js"] = instead["site.js"] = [LOGIN] * 12
    page.goto(f"{URL}{'en/' if language == 'en' else ''}calculators/abc_tiers.html")
    said = page.locator("article > p[role=alert]")
    expect(said).to_contain_text("playbook.js")
    expect(said.locator("button")).to_have_text({"zh": "重新载入", "en": "Reload"}[language])


def test_a_page_whose_scripts_never_end_says_so(page: Page) -> None:
    """When the line hangs, the page says that its scripts have not arrived; it does not look alive."""
    page.clock.install()
    page.route("**/playbook.js", lambda _: None)
    page.goto(f"{URL}en/calculators/abc_tiers.html", wait_until="commit")
    expect(page.locator("[data-calculator] [data-form]")).to_be_attached()
    page.clock.fast_forward(30_000)
    expect(page.locator("article > p[role=alert]")).to_contain_text("have not arrived")


HELD_BACK = """
Object.defineProperty(globalThis, "crypto", { value: undefined }); // as on plain HTTP: the hasher below is asked
const asked = [];
const looks = new Map();
globalThis.setInterval = (look) => (looks.set(looks.size, look), looks.size - 1);
globalThis.clearInterval = (id) => looks.delete(id);
globalThis.fetch = async (url, { cache, signal }) => {
  asked.push(`${url.split("/").pop()} ${cache}`);
  const held = url.endsWith("held.bin") || (url.endsWith("once.bin") && cache === "default");
  return new Response(new ReadableStream({
    start(body) {
      body.enqueue(new Uint8Array(5));
      signal.addEventListener("abort", () => body.error(signal.reason));
      if (held) return;
      body.enqueue(new Uint8Array(5));
      body.close();
    },
  }));
};
const { large } = await import(`${process.argv[2]}/verified.js`);
const hashing = async () => ({ init() {}, update() {}, digest: () => "" });
const file = (name) =>
  large(`http://x/${name}`, 10, hashing, () => {}).then(({ length }) => length, ({ reason }) => reason);
"""
"""A server that holds files back; seconds pass when every look that is taken each second has been taken."""


def test_a_connection_on_which_nothing_more_comes_is_given_up(tmp_path: Path) -> None:
    """After half a minute of silence the file is asked for anew, and then it is a lost connection; no wait is for ever.

    As long as any other file arrives nothing is given up: on a slow line one waits for the others.
    """
    seconds = """
        const pass = async (count) => {
          for (let at = 0; at < count; at++) {
            for (const look of [...looks.values()]) look();
            await new Promise(setImmediate);
          }
        };
    """
    held = returned(
        HELD_BACK,
        seconds + 'const over = [file("held.bin"), file("once.bin")]; await pass(29); const early = [...asked];'
        " await pass(80); return { early, asked, over: await Promise.all(over), looks: looks.size };",
        tmp_path,
    )
    assert held == {
        "early": ["held.bin default", "once.bin default"],
        "asked": ["held.bin default", "once.bin default", "held.bin reload", "once.bin reload", "held.bin no-store"],
        "over": ["network", 10],
        "looks": 0,
    }
    slow = returned(
        HELD_BACK,
        seconds + 'let over = false; file("held.bin").then(() => (over = true));'
        ' for (let at = 0; at < 9; at++) { await pass(25); await file("other.bin"); } return over;',
        tmp_path,
    )
    assert slow is False


def upgraded(page: Page, site: Path, gone: str) -> None:
    """Have the server give pages of a newer version to whoever asks for one, and a file of this one no more."""

    def newer(route: Route) -> None:
        if route.request.resource_type == "document":
            return route.continue_()
        text = (site / "en/calculators/abc_tiers.html").read_text("utf-8")
        return route.fulfill(body=re.sub('(name="pb-build" content=").', r"\g<1>x", text), content_type="text/html")

    page.route("**/abc_tiers.html", newer)
    page.route(f"**/{gone}", lambda route: route.fulfill(status=404))


@pytest.mark.parametrize("gone", ["wasm-*.bin", "present.js"])
def test_an_upgrade_while_a_page_is_open_keeps_the_work(gone: str, site: Path, page: Page, guard: Guard) -> None:
    """A file of the old version is gone, Python's or a script: the page says so, and a reload brings the work along."""
    guard.expect(REFUSED)
    upgraded(page, site, gone)
    calculator = open_calculator(page, "en", "abc_tiers")
    calculator.locator('input[name="driver"][value="revenue"]').check()
    if gone == "present.js":
        expect(figure(calculator, "a_customers")).to_have_text("8", timeout=STARTED)
        calculator.locator('[data-action="present"]').click()
    else:
        expect(calculator).to_have_attribute("data-state", "failed", timeout=STARTED)
    said = calculator.locator("[data-status]")
    expect(said).to_contain_text("new version")
    page.unroute_all()
    said.get_by_role("button", name="Reload").click()
    expect(figure(calculator, "a_customers")).to_have_text("8", timeout=STARTED)
    expect(calculator.locator('input[name="driver"][value="revenue"]')).to_be_checked()


def test_a_script_that_comes_later_is_asked_for_until_it_comes(page: Page, guard: Guard) -> None:
    """On a lost connection a key says what did not come; once it is back, the same key does what it should."""
    guard.expect(REFUSED)
    page.route("**/palette.js", lambda route: route.abort())
    page.goto(f"{URL}en/about.html")
    expect(page.locator("article h1")).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.locator("article [role=alert]")).to_contain_text("palette.js")
    page.unroute_all()
    page.keyboard.press("Control+k")
    expect(page.locator("dialog.pb-palette")).to_be_visible()
