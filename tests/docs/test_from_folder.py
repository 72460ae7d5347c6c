"""The whole playbook without a server: unpacked from one file, opened from a folder, in three engines.

The folder is named as folders are: with spaces, Chinese and a "#"; and nothing in it may be written.
"""

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.recalculation import FIELD
from calculators import CALCULATORS
from calculators.bridge import Bridge
from calculators.engine.asks.settings import Settings
from calculators.engine.exports.sheets import write_xlsx
from calculators.engine.shows.text import LANGUAGES, words_of
from tests.calculators.test_parity import examples
from tests.docs.test_browsers import AND_THAT_IS_ALL, TIER, starting
from tests.docs.test_journeys import CRM_EXPORT, PAGES
from tests.driver import Driver

UNTIL = """
const until = async (holds) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
};
"""
SEARCH = (
    UNTIL
    + """
document.querySelector('label[for="__search"]').click();
const box = document.querySelector('[data-md-component="search-query"]');
box.focus();
box.value = argument;
box.dispatchEvent(new Event("input", { bubbles: true }));
await until(() => document.querySelector(".md-search-result__link"));
return [...document.querySelectorAll(".md-search-result__link")].map(({ href }) => href);
"""
)
TICK = "document.querySelectorAll('article .task-list-item > input')[1].click(); return null;"
TICKED = """
return [...document.querySelectorAll("article .task-list-item > input")].slice(0, 3).map(({ checked }) => checked);
"""
WORKBOOK = (
    UNTIL
    + """
const section = document.querySelector('[data-calculator="abc_tiers"]');
const data = new DataTransfer();
data.items.add(new File([Uint8Array.from(atob(argument), (c) => c.charCodeAt(0))], "名单.xlsx"));
await until(() => section.dataset.state === "ready");
section.querySelector("[data-drop]").dispatchEvent(
  new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }),
);
await until(() => section.querySelector('[data-figure="customers"]').textContent === "3");
await until(() => section.querySelector("[data-canvas] svg"));
section.querySelector('[data-action="edit"]').click();
await until(() => document.querySelector("dialog .tabulator-cell"));
return section.querySelector('[data-figure="revenue"]').textContent;
"""
)
RUN = (
    UNTIL
    + """
const section = document.querySelector("[data-calculator]");
await until(() => section.dataset.state === "ready");
const before = section.querySelector("[data-result]").firstElementChild;
section.querySelector('[data-action="run"]').click();
await until(() => section.querySelector("[data-result]").firstElementChild !== before);
return section.dataset.boot;
"""
)
# The worker that the page has started is asked beside the page, which lets pass what it has not asked itself.
EVERY = (
    UNTIL
    + """
const section = document.querySelector("[data-calculator]");
await until(() => section.dataset.state === "ready");
const { prototype } = new Worker().constructor; // the page's own Worker stands for Material's alone (folder/page.js)
const { postMessage } = prototype;
const worker = await new Promise((resolve) => {
  prototype.postMessage = function (...given) {
    resolve(this);
    postMessage.apply(this, given);
  };
  section.querySelector('input[name="driver"][value="revenue"]').click();
});
const answers = [];
for (const [at, request] of argument.entries()) {
  const id = 1_000_000 + at;
  answers.push(await new Promise((resolve) => {
    worker.addEventListener("message", ({ data }) => data.id === id && resolve(data.reply ?? data.detail));
    postMessage.call(worker, { id, kind: "reply", request: JSON.stringify({ ...request, id }) });
  }));
}
return answers;
"""
)
FAILED = (
    UNTIL
    + """
const section = document.querySelector("[data-calculator]");
await until(() => section.dataset.state === "failed");
return [section.querySelector("[data-status]").textContent, section.querySelector("[data-figure]").textContent];
"""
)
ALERT = (
    UNTIL
    + 'await until(() => document.querySelector("[role=alert]:not([data-errors])")); return document.body.innerText;'
)


@pytest.fixture(params=["chromium", "firefox", "webkit"])
def driver(request: pytest.FixtureRequest) -> Iterator[Driver]:
    """Yield each browser, afresh for each test: WebKit gives up when many pages have each had a Python."""
    with starting(request.param) as started:
        yield started


@pytest.fixture(scope="module")
def folder(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where a reader has unpacked the one file that ``make zip`` makes."""
    place = tmp_path_factory.mktemp("folder") / "销售 手册 #1 (new)"
    packed = place.with_name("sales-playbook.zip")
    subprocess.run([sys.executable, "-m", "zipfile", "-c", packed, "site"], cwd=_called_site(site), check=True)
    shutil.unpack_archive(packed, place)
    for path in (place / "site").rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return place / "site"


def _called_site(site: Path) -> Path:
    """Return the folder in which the site is called as ``make`` calls it."""
    assert site.name == "site"
    return site.parent


def test_every_calculator_answers_as_cpython_does(driver: Driver, folder: Path) -> None:
    """One Python, restored from the folder's snapshot, gives every worked example's reply to the letter."""
    asked = examples()
    page = (folder / PAGES["zh"]).as_uri()
    answers = driver.visit(page, EVERY, asked).value
    broke = [answer for answer in answers if not answer.startswith("{")]
    # WebKit's worker may break for want of stack, and is asked once more by the page, too (python.js).
    if broke and driver.browser == "webkit":
        print(*broke, sep="\n")
        answers = driver.visit(page, EVERY, asked).value
    assert {request["calculator"] for request in asked} == set(CALCULATORS)
    native = Bridge(Settings())
    for request, answer in zip(asked, answers, strict=True):
        expected = json.loads(native.reply(json.dumps(request), {}))
        assert {**json.loads(answer), "id": None} == {**expected, "id": None}, request


@pytest.mark.parametrize(
    ("driver", "name", "page"),
    [
        ("chromium", "nine_box", "en/calculators/nine_box.html"),
        ("chromium", "verify", "calculators/verify.html"),
        ("firefox", "goal_breakdown", "calculators/goal_breakdown.html"),
        ("webkit", "goal_breakdown", "en/calculators/goal_breakdown.html"),
    ],
    indirect=["driver"],
)
def test_what_a_reader_changes_is_computed(name: str, page: str, driver: Driver, folder: Path) -> None:
    """Restored from the snapshot, by its form; the Python behind the other forms is asked of each above."""
    if name == "verify":  # which asks nothing, and computes when it is told to
        seen = driver.visit((folder / page).as_uri(), RUN)
        assert seen.value == "snapshot"
        return
    script = FIELD.replace("return null;", "return { boot: section.dataset.boot };").replace(
        "return { field", "return { boot: section.dataset.boot, field"
    )
    seen = driver.visit((folder / page).as_uri(), script, {"calculator": name, "repeats": 1})
    assert seen.value["boot"] == "snapshot"
    assert seen.value["times"][0] is not None


def test_a_manager_tiers_a_list_and_saves_it(driver: Driver, folder: Path) -> None:
    """Drop a GB18030 export, choose another rule, save the ranking, as from a server."""
    argument = base64.b64encode(CRM_EXPORT.encode("gb18030")).decode()
    seen = driver.visit((folder / PAGES["zh"]).as_uri(), TIER + AND_THAT_IS_ALL, argument)
    assert "远航物流" in seen.value["saved"]
    assert (seen.value["boot"], seen.value["revenue"], seen.value["read"]) == ("snapshot", "¥15,005,000", "9")


def test_what_comes_later_is_there_too(driver: Driver, folder: Path) -> None:
    """What reads workbooks, the interactive chart, and the grid in which rows are edited."""
    rows = [["甲", 100_00], ["乙", 200_00], ["丙", 500_00]]
    workbook = write_xlsx([("名单", ["客户", "收入"], rows, ["text", "money"])])
    seen = driver.visit((folder / PAGES["zh"]).as_uri(), WORKBOOK, base64.b64encode(workbook).decode())
    assert seen.value == "¥800"


def test_search_finds(driver: Driver, folder: Path) -> None:
    """In the reader's language only, and with addresses in the folder."""
    for language, word in (("", "续约率"), ("en/", "quota")):
        found = driver.visit((folder / f"{language}about.html").as_uri(), SEARCH, word).value
        inside = f"{folder.as_uri()}/{language}"
        assert all(address.startswith(inside) for address in found)
        assert any(address.startswith(f"{inside}glossary.html") for address in found)
        assert language or not any(address.startswith(f"{inside}en/") for address in found)


def test_ticks_are_kept(driver: Driver, folder: Path) -> None:
    """A tick is there when the page is opened again."""
    page = (folder / "paths/new-hire.html").as_uri()
    driver.visit(page, TICK)
    assert driver.visit(page, TICKED).value == [False, True, False]


@pytest.fixture(scope="module")
def half(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the folder that was broken off."""
    copied = shutil.copytree(folder, tmp_path_factory.mktemp("half") / "site")
    (wasm,) = copied.glob("assets/runtime/from-folder/wasm-*.js")
    wasm.unlink()
    return copied


def test_a_missing_file_is_said_in_one_sentence(driver: Driver, half: Path) -> None:
    """A folder that is half copied: the calculator says what to do, and keeps its example."""
    for language in LANGUAGES:
        said, example = driver.visit((half / PAGES[language]).as_uri(), FAILED).value
        assert words_of("page", language)["failed_folder"] in said
        assert example


def test_a_page_alone_says_what_it_lacks(driver: Driver, folder: Path, tmp_path: Path) -> None:
    """A page looked at inside a zip file is all that there is: it says to unpack the file, and can be read."""
    alone = tmp_path / "page.html"
    for language in LANGUAGES:
        alone.write_bytes((folder / PAGES[language]).read_bytes())
        text = driver.visit(alone.as_uri(), ALERT).value
        assert words_of("page", language)["incomplete"] in text
        assert "¥" in text
