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
return { asExample, byCount, byRevenue: figure("a_customers"), revenue: figure("revenue"), read: figure("rows_read"),
  unused: figure("rows_unused"), boot: section.dataset.boot, saved: await saved };
"""


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
    """Worked examples, wrong values, generated lists, a GB18030 export and a workbook: replies agree to the letter."""
    files = {
        "导出.csv": CRM_EXPORT.encode("gb18030"),
        "list.xlsx": write_xlsx([("名单", ["客户", "收入"], [["甲", 123456789012345], ["=乙", 7]], ["text", "money"])]),
    }
    lists = [{"customers": {"file": name, "name": name}} for name in files]
    whole = {"calculator": "abc_tiers", "language": "zh"}
    chance = random.Random(SEED)
    requests = [
        *examples(),
        *(request(chance, number) for number in range(GENERATED)),
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
def test_a_manager_tiers_a_crm_export_in_each_browser(language: str, driver: Driver, site: Path) -> None:
    """Drop a GB18030 export, choose another rule, save the ranking."""
    with serve(site) as port:
        address = f"http://{HOST}:{port}{PREFIX}{PAGES[language]}"
        seen = driver.visit(address, TIER, base64.b64encode(CRM_EXPORT.encode("gb18030")).decode())
    # Chromium so remarks on every file that is saved on plain HTTP.
    assert not [line for line in seen.said if line.startswith("error") and "insecure connection" not in line]
    saved = seen.value.pop("saved")
    assert seen.value == {
        "asExample": "28",
        "byCount": "1",
        "byRevenue": "0",
        "revenue": "¥15,005,000",
        "read": "9",
        "unused": "2",
        "boot": "snapshot",
    }
    assert "远航物流" in saved


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
    preferences = {PRIVATE[window]: True if window == "a private window" else 2}
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
