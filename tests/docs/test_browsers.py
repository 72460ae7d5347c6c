"""Python in a real Chromium, Firefox and WebKit: restored or started the ordinary way, it answers as CPython does.

And a manager's way through a form in each. Not here: every form and every detail (the journeys, in Chromium), and
Python under Node (`test_parity`).
"""

import base64
import hashlib
import json
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from calculators.bridge import Bridge
from calculators.engine.asks.settings import Settings
from calculators.engine.exports.sheets import write_xlsx
from macros.runtime.cache import hashed_name
from tests.browser import HOST, PREFIX, serve
from tests.calculators.test_parity import SEED, examples, request
from tests.docs.test_hostile import as_pages, recompressed, without_length
from tests.docs.test_journeys import CRM_EXPORT, PAGES
from tests.driver import Driver, Name, find

GENERATED = 20
PACKAGES: dict[Name, str] = {"chromium": "chromium", "firefox": "firefox-esr", "webkit": "webkit2gtk-driver xvfb"}
ASK = """
const src = [...document.scripts].find(({ src }) => src.endsWith("playbook.js")).src;
const { Python } = await import(src.replace(/playbook.js$/, "python.js"));
const python = new Python(new URL("assets/runtime/" + argument.manifest, argument.site).href);
const files = Object.fromEntries(Object.entries(argument.files).map(([name, content]) =>
  [name, new Blob([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))])]));
const answers = [];
for (const [key, { kind, ...asked }] of argument.requests.entries()) {
  const answer = await python.ask(String(key), kind, asked, files);
  const bytes = answer.content && [...new Uint8Array(answer.content)];
  answers.push(bytes ? { ...answer, content: btoa(bytes.map((byte) => String.fromCharCode(byte)).join("")) } : answer);
}
const { boot } = python.status;
python.stop();
return { boot, answers, secure: isSecureContext };
"""


# A list is dropped, another rule chosen, a table saved: what the page then shows, and the saved bytes.
TIER = """
const until = async (holds) => {
  while (!holds()) {
    if (section.dataset.state === "failed") throw new Error(section.querySelector("[data-status]").textContent);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
const section = document.querySelector('[data-calculator="abc_tiers"]');
const figure = (name) => section.querySelector(`[data-figure="${name}"]`)?.textContent;
const asExample = figure("customers");
await until(() => section.dataset.state !== "static");
const data = new DataTransfer();
data.items.add(new File([Uint8Array.from(atob(argument), (c) => c.charCodeAt(0))], "导出.csv"));
const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
section.querySelector("[data-drop]").dispatchEvent(drop);
await until(() => figure("customers") === "4");
const byCount = figure("a_customers");
section.querySelector('input[name="driver"][value="revenue"]').click();
section.querySelector('input[name="at_cutoff"][value="exclude"]').click();
await until(() => figure("a_customers") !== byCount);
const saved = new Promise((resolve) => {
  const { createObjectURL } = URL;
  URL.createObjectURL = (blob) => (resolve(blob.text()), createObjectURL(blob));
});
section.querySelector('[data-table="ranking"] [data-format="csv"]').click();
const seen = { asExample, byCount, byRevenue: figure("a_customers"), revenue: figure("revenue"),
  read: figure("rows_read"), unused: figure("rows_unused"), boot: section.dataset.boot, saved: await saved };
"""
AND_THAT_IS_ALL = "return seen;"


# The same manager, who goes on from page to page by links, so that Python and the work come along: two scenarios beside
# each other and in a workbook, a figure sought, the result shown without names, the roster handed on, a link to a form.
GOES_ON = r"""
const there = async (selector) => {
  await until(() => document.querySelector(selector));
  return document.querySelector(selector);
};
const press = async (selector) => (await there(selector)).click();
const type = (box, value) => {
  box.value = value;
  for (const event of ["input", "change"]) box.dispatchEvent(new Event(event, { bubbles: true }));
};
const asked = async (fill) => {
  const use = await there(".pb-dialog[open] .pb-primary");
  fill?.(use.closest("dialog"));
  use.click();
};
const go = async (name) => {
  const links = [...document.querySelectorAll(".md-nav a")];
  links.find(({ href }) => href.endsWith(`/calculators/${name}.html`)).click(); // a page of a stage has the same name
  await there(`[data-calculator="${name}"][data-state="ready"]`);
};
const shown = (name) => document.querySelector(`[data-figure="${name}"]`).textContent;
const scenarios = () => document.querySelectorAll("[data-scenario] [data-action=drop-scenario]").length;

await go("goal_breakdown");
const people = new DataTransfer();
people.items.add(new File(["Name\tTeam\nAnna Lee\tNorth\nBo Chan\tNorth\n"], "people.tsv"));
const given = new DragEvent("drop", { dataTransfer: people, bubbles: true, cancelable: true });
(await there('[data-table-input="people"] [data-drop]')).dispatchEvent(given);
await until(() => shown("headcount") === "2");
await press("[data-action=keep-scenario]");
await asked();
await until(() => scenarios() === 1);
const half = shown("target");
type(await there("[name=target]"), "6000000");
await until(() => shown("target") !== half);
await press("[data-action=keep-scenario]");
await asked();
await until(() => scenarios() === 2);
await press("[data-action=compare]");
await there("[data-compared-figure=target] td");
const cells = [...document.querySelectorAll("[data-compared-figure=target] td")];
seen.compared = cells.map((cell) => cell.firstChild.textContent);
const book = new Promise((resolve) => {
  const { createObjectURL } = URL;
  URL.createObjectURL = (blob) => (resolve(blob.type), createObjectURL(blob));
});
await press("[data-action=download-comparison]");
seen.book = await book;

await press("[data-action=seek]");
await asked((dialog) => {
  const [figure, field] = dialog.querySelectorAll("select");
  type(figure, "capacity_share");
  type(field, "target");
  type(dialog.querySelector("input"), "100%");
});
await there(".pb-sought");
await asked();
await until(() => shown("gap") === "¥0");

await press("[data-action=present]");
const show = await there(".pb-present");
const key = (key) => show.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
const told = () => show.querySelector("[role=status]").textContent;
const first = told();
key("ArrowRight");
await until(() => told() !== first);
key("n");
await until(() => show.querySelector("[aria-pressed=true]") && show.querySelector(".pb-stage h2"));
for (let steps = 0; steps < 30; steps += 1) {
  if (show.textContent.includes("Anna Lee")) throw new Error(`a name is shown: ${show.textContent}`);
  key("ArrowRight");
}
show.close();

await go("nine_box");
await press("[data-action=take-roster]");
await until(() => shown("headcount") === "2");
seen.handedOn = document.querySelector("[data-table-view=people] .pb-source b").textContent;

await go("tracks");
document.execCommand = () => false; // the link is given to be copied by hand then
type(await there("[name=target]"), "7777777");
await press("[data-action=copy-link]");
seen.link = (await there(".pb-dialog[open] textarea")).value;
await asked();
const before = shown("existing_target");
type(await there("[name=target]"), "8888888");
await until(() => shown("existing_target") !== before);
return seen;
"""
# Another visit: what was filled in is there.
COMES_BACK = """
const section = document.querySelector("[data-calculator]");
const origin = () => section.querySelector("[data-origin]").textContent;
while (section.dataset.state !== "ready" || !origin()) await new Promise((resolve) => setTimeout(resolve, 20));
return section.querySelector("[name=target]").value;
"""
# A link takes its place, and a phone's reader changes what it says by touch.
BY_TOUCH = """
const until = async (holds) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
};
const section = document.querySelector("[data-calculator]");
const target = section.querySelector("[name=target]");
const strip = () => section.querySelector("[data-strip] .pb-value")?.textContent;
const headline = () => section.querySelector("[data-result] [data-headline] .pb-value").textContent;
const example = headline();
await until(() => target.value === "7777777" && headline() !== example && strip() === headline());
const linked = strip();
const opener = section.querySelector(".pb-strip [data-action=inputs]");
opener.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, pointerType: "touch" }));
opener.click();
await until(() => getComputedStyle(section.querySelector("[data-form]")).visibility === "visible");
target.value = "9999999";
for (const event of ["input", "change"]) target.dispatchEvent(new Event(event, { bubbles: true }));
await until(() => strip() !== linked && strip() === headline());
const { bottom } = section.querySelector(".pb-strip").getBoundingClientRect();
return { linked, changed: strip(), width: innerWidth, stripAtBottom: bottom === innerHeight };
"""
PHONE = {"width": 390, "height": 844}


# Another rule is chosen, however long Python takes to start; what the page says beside the figure.
OTHER_RULE = """
const section = document.querySelector('[data-calculator="abc_tiers"]');
const figure = () => section.querySelector('[data-figure="a_customers"]').textContent;
const until = async (holds) => {
  while (!holds()) {
    if (section.dataset.state === "failed") throw new Error(section.querySelector("[data-status]").textContent);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
await until(() => section.dataset.state === "ready");
const origin = section.querySelector("[data-origin]").textContent;
section.querySelector('input[name="driver"][value="revenue"]').click();
await until(() => figure() === "8");
return { boot: section.dataset.boot, origin };
"""
# How a page that may run no module says so.
ALERT = """
const seen = () => document.querySelector("article > p[role=alert]");
const gone = Date.now() + 60_000;
while (!seen() && Date.now() < gone) await new Promise((resolve) => setTimeout(resolve, 20));
return { said: seen().textContent, shown: document.querySelector('[data-figure="customers"]').textContent };
"""
NO_STORAGE = b"""<script>for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {
  get() { throw new DOMException("denied", "SecurityError"); } });</script>"""


def denied(name: str, content: bytes, headers: dict[str, str]) -> tuple[bytes, dict[str, str]]:
    """Forbid a page every storage, as private windows, company policies and frames of other sites may."""
    made = content.replace(b"<head>", b"<head>" + NO_STORAGE, 1) if name.endswith(".html") else content
    return made, {**headers, "Content-Length": str(len(made))}


def everything(name: str, content: bytes, headers: dict[str, str]) -> tuple[bytes, dict[str, str]]:
    """Do all at once that proxies may do to a file without spoiling it."""
    for mischief in (denied, as_pages, recompressed, without_length):
        content, headers = mischief(name, content, headers)
    return content, headers


CAREFUL = {
    "Content-Security-Policy": "",  # that of the pages stays; this one would not let storage be forbidden
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Accept-Ranges": "none",
}


def starting(name: Name, preferences: dict[str, object] | None = None) -> Driver:
    """Return a browser, or skip without it; fail under CI."""
    if find(name) is None:
        missing = f"no {name} was found: install one (Debian: apt-get install {PACKAGES[name]}), or set {name.upper()}"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return Driver(name, HOST, preferences)


@pytest.fixture(scope="module", params=list(PACKAGES))
def driver(request: pytest.FixtureRequest) -> Iterator[Driver]:
    """Yield each browser once."""
    with starting(request.param) as started:
        yield started


@pytest.fixture(scope="module")
def spoilt(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the site with two more manifests: one without a snapshot, one whose snapshot is cut off."""
    copy = shutil.copytree(site, tmp_path_factory.mktemp("copy") / "site")
    runtime = copy / "assets/runtime"
    (index,) = runtime.glob("manifest-*.json")
    manifest = json.loads(index.read_text("utf-8"))
    content = (runtime / manifest["snapshot"]["name"]).read_bytes()
    half = put(runtime, "half.bin", content[: len(content) // 2])
    for name, snapshot in {
        "whole": manifest["snapshot"],
        "ordinary": None,
        "half": {**manifest["snapshot"], "name": half, "size": len(content) // 2},
    }.items():
        put(runtime, f"{name}.json", json.dumps(manifest | {"snapshot": snapshot}).encode())
    return copy


def put(folder: Path, name: str, content: bytes) -> str:
    """Write a file, named by its content as the runtime's are, and return its name."""
    named = hashed_name(name, hashlib.sha256(content).hexdigest())
    (folder / named).write_bytes(content)
    return named


def ask(driver: Driver, site: Path, manifest: str, requests: list[dict[str, Any]], files: dict[str, bytes]) -> Any:
    """Return how Python started from the manifest of that name in a page of the site, and its answers."""
    (index,) = site.glob(f"assets/runtime/{manifest}-*.json")
    with serve(site) as port:
        address = f"http://{HOST}:{port}{PREFIX}"
        argument = {
            "site": address,
            "manifest": index.name,
            "requests": requests,
            "files": {name: base64.b64encode(content).decode() for name, content in files.items()},
        }
        seen = driver.visit(f"{address}about.html", ASK, argument)
    assert seen.value["secure"] is False
    return seen.value["boot"], seen.value["answers"], seen.said


@pytest.mark.parametrize("boot", ["snapshot", "ordinary"])
def test_browsers_answer_as_cpython_does(boot: str, driver: Driver, spoilt: Path) -> None:
    """Worked examples, wrong values, generated lists, a GB18030 export and a workbook: replies agree to the letter.

    After the ordinary start a sample of them: it is the same Python, and under Node it is asked all (`test_parity`).
    """
    files = {
        "导出.csv": CRM_EXPORT.encode("gb18030"),
        "list.xlsx": write_xlsx([("名单", ["客户", "收入"], [["甲", 123456789012345], ["=乙", 7]], ["text", "money"])]),
    }
    lists = [{"customers": {"file": name, "name": name}} for name in files]
    whole = {"calculator": "abc_tiers", "language": "zh"}
    chance = random.Random(SEED)
    several = [*examples(), *(request(chance, number) for number in range(GENERATED))]
    requests = [
        *(several if boot == "snapshot" else several[::5]),
        *({**whole, "tables": tables, "values": {"driver": "revenue"}} for tables in lists),
    ]
    downloads = [{**whole, "tables": tables, "download": "xlsx"} for tables in lists]
    asked = [{**one, "kind": "reply"} for one in requests] + [{**one, "kind": "download"} for one in downloads]
    manifest = {"snapshot": "whole", "ordinary": "ordinary"}[boot]
    started, answers, said = ask(driver, spoilt, manifest, asked, files)
    assert started == boot
    again = [line for line in said if "is asked once more" in line]
    print(*again, sep="\n")
    assert driver.browser == "webkit" or not again  # there a worker may break for want of stack, see python.js
    native = Bridge(Settings())
    for one, answer in zip(requests, answers, strict=False):
        expected = json.loads(native.reply(json.dumps(one), files))
        assert {**answer, "id": None} == {**expected, "id": None}, one
    for one, answer in zip(downloads, answers[len(requests) :], strict=True):
        name, media, content = native.download(json.dumps(one), files)
        assert (answer["name"], answer["media"]) == (name, media)
        assert base64.b64decode(answer["content"]) == content, one


def test_a_snapshot_that_is_cut_off_is_done_without(driver: Driver, spoilt: Path) -> None:
    """Each browser says so in the console, starts the ordinary way, and answers."""
    example = {"kind": "reply", "calculator": "abc_tiers", "language": "en"}
    boot, (answer,), said = ask(driver, spoilt, "half", [example], {})
    assert boot == "ordinary"
    assert answer["ok"]
    if driver.browser != "webkit":  # whose driver hears nothing from workers
        assert any("snapshot was not restored" in line for line in said)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_manager_works_for_a_while_in_each_browser(language: str, driver: Driver, site: Path) -> None:
    """Drop a GB18030 export, choose another rule, save the ranking; then all that is done with a result.

    Two scenarios are compared and downloaded, a figure is sought, the result shown without names, the roster handed on,
    a link made; on another visit the form is as it was left, or as the link has it, also on a phone.
    """
    export = base64.b64encode(CRM_EXPORT.encode("gb18030")).decode()
    with serve(site) as port:
        address = f"http://{HOST}:{port}{PREFIX}{PAGES[language]}"
        goes_on = AND_THAT_IS_ALL if driver.browser == "webkit" else GOES_ON
        visit = driver.visit(address, TIER + goes_on, export)
        seen = visit.value
        if driver.browser != "webkit":
            kept = driver.visit(address.replace("abc_tiers", "tracks"), COMES_BACK).value
            touched = driver.visit(seen.pop("link"), BY_TOUCH, None, PHONE).value
    # Chromium so remarks on every file that is saved on plain HTTP.
    assert not [line for line in visit.said if line.startswith("error") and "insecure connection" not in line]
    assert "远航物流" in seen.pop("saved")
    if driver.browser != "webkit":
        assert seen.pop("compared") == ["¥12,000,000", "¥6,000,000"]
        assert "spreadsheetml" in seen.pop("book")
        assert seen.pop("handedOn") == {"zh": "团队名单", "en": "The team"}[language]
        assert kept == "8888888"
        assert touched == {"linked": "¥5,444,443.90", "changed": "¥6,999,999.30", "width": 390, "stripAtBottom": True}
    assert seen == {
        "asExample": "28",
        "byCount": "1",
        "byRevenue": "0",
        "revenue": "¥15,005,000",
        "read": "9",
        "unused": "2",
        "boot": "snapshot",
    }


def test_what_proxies_headers_and_a_forbidden_storage_do_changes_no_figure(driver: Driver, site: Path) -> None:
    """Recompressed, without lengths, data called pages, isolated, nothing kept: each browser answers, and says it."""
    with serve(site, CAREFUL, mischief=[everything]) as port:
        seen = driver.visit(f"http://{HOST}:{port}{PREFIX}en/calculators/abc_tiers.html", OTHER_RULE)
    assert seen.value["boot"] == "snapshot"
    assert "This browser keeps nothing for the site" in seen.value["origin"]


PRIVATE = {"a private window": "browser.privatebrowsing.autostart", "no storage": "network.cookie.cookieBehavior"}


@pytest.mark.parametrize("window", PRIVATE)
def test_a_private_window_and_a_forbidden_storage_of_firefox(window: str, site: Path) -> None:
    """As its own settings make them: it answers; in the one it keeps until it is closed, in the other it says not."""
    preferences: dict[str, object] = {PRIVATE[window]: True if window == "a private window" else 2}
    with serve(site) as port, starting("firefox", preferences) as firefox:
        seen = firefox.visit(f"http://{HOST}:{port}{PREFIX}en/calculators/abc_tiers.html", OTHER_RULE)
    assert seen.value["boot"] == "snapshot"
    assert ("This browser keeps nothing for the site" in seen.value["origin"]) is (window == "no storage")


def test_a_sandbox_without_an_origin_is_said(driver: Driver, site: Path) -> None:
    """No module may run there: each browser shows the example, and says to open the page in a tab of its own."""
    with serve(site, {"Content-Security-Policy": "sandbox allow-scripts"}) as port:
        seen = driver.visit(f"http://{HOST}:{port}{PREFIX}en/calculators/abc_tiers.html", ALERT)
    assert "tab of its own" in seen.value["said"]
    assert seen.value["shown"] == "28"
