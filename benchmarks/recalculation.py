"""Time from entering a new value to its result on screen: each calculator, and the ABC calculator on long lists.

    python -m benchmarks.recalculation [--browser NAME] [--repeats N] [--rows N ...] [--json FILE] [--site FOLDER]

Each calculator's first field that takes another value gets one and its old one in turn. What is typed is computed
when typing pauses; that pause is part of the time. Lists are dropped as files; beside them stands what the same
requests take in CPython.
"""

import argparse
import json
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.boot import built, forget_work, machine
from benchmarks.measure import customers
from benchmarks.served import Server, serving
from calculators import CALCULATORS
from calculators.bridge import Bridge
from tests.browser import HOST
from tests.driver import Driver

ROWS = (1_000, 10_000, 100_000, 300_000)

PAGE = """
const section = document.querySelector(`[data-calculator="${argument.calculator}"]`);
const frame = () => new Promise(requestAnimationFrame);
const rest = async () => { while (section.dataset.state !== "ready") await frame(); };
/** Milliseconds from an action to its result on screen; null when there is no result but a mistake. */
const timed = async (act) => {
  const result = section.querySelector("[data-result]");
  const errors = section.querySelector("[data-errors]");
  const began = performance.now();
  const answered = new Promise((resolve) => {
    const observer = new MutationObserver((changes) => {
      const fresh = changes.some(({ target }) => target === result);
      if (!fresh && !errors?.querySelector("p")) return;
      observer.disconnect();
      resolve(fresh);
    });
    observer.observe(section, { childList: true, subtree: true });
  });
  act();
  const fresh = await answered;
  await frame();
  const ms = performance.now() - began;
  await rest();
  return fresh ? ms : null;
};
"""
FIELD = (
    PAGE
    + """
const enter = (box, value) => {
  if (box.type === "radio" || box.type === "checkbox") box.click();
  else box.value = value;
  for (const type of box.localName === "select" ? ["change"] : ["input"]) {
    if (box.type !== "radio" && box.type !== "checkbox") box.dispatchEvent(new Event(type, { bubbles: true }));
  }
};
/** What undoes and what does a change of a box. */
const change = (box) => {
  if (box.type === "radio") {
    const before = section.querySelector(`input[type="radio"][name="${CSS.escape(box.name)}"]:checked`);
    return before === box ? null : [() => enter(box), () => enter(before)];
  }
  if (box.type === "checkbox") return [() => enter(box), () => enter(box)];
  const before = box.value;
  const options = box.options && [...box.options].find((option) => option.value !== before)?.value;
  const after = options ?? (/^[0-9.]+$/.test(before) ? String(Number(before) + 1) : null);
  return after === null ? null : [() => enter(box, after), () => enter(box, before)];
};
await rest();
const form = section.querySelector("[data-form]");
const boxes = [...(form?.querySelectorAll("input[name], select[name]") ?? [])].filter((box) => !box.disabled);
for (const box of boxes) {
  const acts = change(box);
  if (!acts) continue;
  const first = await timed(acts[0]);
  if ((await timed(acts[1])) === null || first === null) continue;
  const times = [];
  for (let at = 0; at < argument.repeats; at++) times.push(await timed(acts[at % 2]));
  return { field: box.name, kind: box.type, first, times };
}
return null;
"""
)
LIST = (
    PAGE
    + """
await rest();
const drop = (text) => {
  const data = new DataTransfer();
  data.items.add(new File([text], "customers.csv"));
  const place = section.querySelector("[data-drop]");
  for (const type of ["dragover", "drop"]) {
    place.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
};
const choose = (value) => section.querySelector(`input[name="driver"][value="${value}"]`).click();
const read = await timed(() => drop(argument.text));
const times = [];
for (let at = 0; at < argument.repeats; at++) times.push(await timed(() => choose(at % 2 ? "count" : "revenue")));
return { read, times };
"""
)


def pages(site: Path) -> dict[str, str]:
    """Return the page that each calculator is on, by calculator."""
    found: dict[str, str] = {}
    for path in sorted((site / "en").rglob("*.html")):
        for name in re.findall(r'data-calculator="(\w+)"', path.read_text("utf-8")):
            found.setdefault(name, path.relative_to(site).as_posix())
    return {name: found[name] for name in CALCULATORS if name in found}


def each_calculator(driver: Driver, server: Server, site: Path, repeats: int) -> list[dict[str, Any]]:
    """Return what a new value takes, for every calculator that asks for one."""
    measured = []
    for name, page in pages(site).items():
        url = f"http://{HOST}:{server.server_port}/{page}"
        seen = driver.visit(url, FIELD, {"calculator": name, "repeats": repeats}).value
        print(f"  {name}", file=sys.stderr)
        measured.append({"calculator": name, **(seen or {"field": None})})
    return measured


def long_lists(driver: Driver, server: Server, rows: list[int], repeats: int) -> list[dict[str, Any]]:
    """Return what reading a list takes and what another rule takes then, in the browser and in CPython."""
    measured = []
    for count in rows:
        text = customers(count).decode()
        url = f"http://{HOST}:{server.server_port}/en/calculators/abc_tiers.html"
        argument = {"calculator": "abc_tiers", "text": text, "repeats": repeats}
        forget_work(driver, server)
        seen = driver.visit(url, LIST, argument).value
        print(f"  {count:,} rows", file=sys.stderr)
        measured.append({"rows": count, "browser": seen, "native": natively(text, repeats)})
    return measured


def natively(text: str, repeats: int) -> dict[str, Any]:
    """Return the milliseconds of the same requests, answered by CPython."""
    bridge, files = Bridge(), {"customers.csv": text.encode()}
    tables = {"customers": {"file": "customers.csv", "name": "customers.csv"}}

    def timed(driver: str) -> float:
        asked = {"id": 1, "calculator": "abc_tiers", "language": "en", "tables": tables, "values": {"driver": driver}}
        began = time.perf_counter()
        bridge.reply(json.dumps(asked), files)
        return (time.perf_counter() - began) * 1000

    return {"read": timed("count"), "times": [timed("count" if at % 2 else "revenue") for at in range(repeats)]}


def report(fields: list[dict[str, Any]], lists: list[dict[str, Any]]) -> str:
    """Return both tables."""
    lines = ["| calculator | field | median, ms | least to most, ms |", "|---|---|---:|---:|"]
    for one in fields:
        if one["field"] is None:
            lines.append(f"| {one['calculator']} | takes no value | | |")
            continue
        times = one["times"]
        spread = f"{min(times):.0f} to {max(times):.0f}"
        kind = "typed" if one["kind"] in {"text", "number", "date"} else "chosen"
        lines.append(f"| {one['calculator']} | {one['field']}, {kind} | {statistics.median(times):.0f} | {spread} |")
    lines += [
        "",
        "| rows | drop to result, ms | CPython, ms | another rule, ms | least to most, ms | CPython, ms |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for one in lists:
        browser, native = one["browser"], one["native"]
        times = browser["times"]
        lines.append(
            f"| {one['rows']:,} | {browser['read']:,.0f} | {native['read']:,.0f} | {statistics.median(times):,.0f} "
            f"| {min(times):,.0f} to {max(times):,.0f} | {statistics.median(native['times']):,.0f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure, print the tables and write everything as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--browser", choices=["chromium", "firefox"], default="chromium")
    parser.add_argument("--repeats", type=int, default=6)
    parser.add_argument("--rows", type=int, nargs="*", default=list(ROWS))
    parser.add_argument("--json", type=Path, help="where to write every single time")
    parser.add_argument("--site", type=Path, help="a built site; without it, one is built")
    options = parser.parse_args()
    on = machine()
    with tempfile.TemporaryDirectory() as scratch:
        site = options.site or built(Path(scratch) / "site")
        with serving(site) as server, Driver(options.browser, HOST) as driver:
            fields = each_calculator(driver, server, site, options.repeats)
            lists = long_lists(driver, server, options.rows, options.repeats)
            version = driver.version
    print(report(fields, lists))
    print(f"\n{options.browser}: {version}; {on['processor']}, {on['cores']} cores, {on['memory_gib']} GiB;")
    print(f"load {on['load_at_start']:.1f} at the start.")
    if options.json:
        text = json.dumps({"machine": on, "browser": version, "fields": fields, "lists": lists}, indent=1)
        options.json.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
