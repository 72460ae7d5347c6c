"""Memory that a tab gives back when a long list is put away: before it, with it, and after Reset, Stop and Forget.

    python -m benchmarks.given_back [--rows N] [--browsers chromium firefox webkit] [--json FILE] [--site FOLDER]

A list is dropped on the ABC page and put away three times: by Reset, by Stop while it is computed, and by "Forget
everything about people". What is told is the size of the page's own process (memory.py) ten seconds after each, which
browsers take to give memory back; Linux alone tells it (/proc).
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.boot import BROWSERS, built, forget_work, machine
from benchmarks.measure import customers
from benchmarks.memory import CONTENT, MB, Watch
from benchmarks.served import Server, serving
from tests.browser import HOST
from tests.driver import Driver, Name

MOMENTS = ("before", "with the list", "Reset", "at Stop", "Stop", "with it again", "Forget")
VISIT = """
const section = document.querySelector("[data-calculator]");
const sleep = (ms) => new Promise((over) => setTimeout(over, ms));
const until = async (holds) => { while (!holds()) await sleep(20); };
const figure = (name) => section.querySelector(`[data-figure="${name}"]`)?.textContent.replaceAll(",", "");
const ready = () => section.dataset.state === "ready";
const press = (action) => section.querySelector(`[data-action="${action}"]`).click();
const drop = () => {
  const data = new DataTransfer();
  data.items.add(new File([argument.text], "customers.csv"));
  const options = { dataTransfer: data, bubbles: true, cancelable: true };
  section.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", options));
};
const moments = [];
const rest = async () => { await sleep(argument.rest); moments.push(Date.now()); };
const long = () => ready() && Number(figure("rows_read")) === argument.rows;
const example = () => ready() && Number(figure("rows_read")) < 100;
await until(ready);
await rest();
drop();
await until(long);
await rest();
press("reset");
await until(example);
await rest();
drop();
await until(() => section.querySelector('[data-action="stop"]'));
moments.push(Date.now());
press("stop");
await until(ready);
await rest();
press("reset");
await until(example);
drop();
await until(long);
await rest();
press("forget");
await until(example);
await rest();
return moments;
"""


def measure(browser: Name, server: Server, rows: int, rest: float) -> dict[str, Any]:
    """Return the size at each moment, in bytes."""
    url = f"http://{HOST}:{server.server_port}/en/calculators/abc_tiers.html"
    argument = {"text": customers(rows).decode(), "rows": rows, "rest": rest * 1000}
    with Driver(browser, HOST) as driver, Watch(os.getpid(), CONTENT[browser]) as watch:
        forget_work(driver, server)
        moments = driver.visit(url, VISIT, argument).value
        sizes = {name: watch.at(at / 1000) for name, at in zip(MOMENTS, moments, strict=True)}
        return {"browser": browser, "version": driver.version, "sizes": sizes}


def report(measured: list[dict[str, Any]]) -> str:
    """Return the table."""
    lines = [f"| MB | {' | '.join(MOMENTS)} |", "|---|" + "---:|" * len(MOMENTS)]
    for one in measured:
        sizes = " | ".join(f"{one['sizes'][name] / MB:,.0f}" for name in MOMENTS)
        lines.append(f"| {one['browser']} {one['version']} | {sizes} |")
    return "\n".join(lines)


def main() -> None:
    """Measure, print the table and write every size as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--rest", type=float, default=10, help="seconds from each step to what is told of it")
    parser.add_argument("--browsers", nargs="+", choices=BROWSERS, default=["chromium", "firefox"])
    parser.add_argument("--json", type=Path, help="where to write every size")
    parser.add_argument("--site", type=Path, help="a built site; without it, one is built")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        site = options.site or built(Path(scratch) / "site")
        with serving(site) as server:
            measured = []
            for browser in options.browsers:
                measured.append(measure(browser, server, options.rows, options.rest))
                print(report(measured[-1:]), file=sys.stderr, flush=True)
    print(report(measured))
    print(f"\n{options.rows:,} customers; each {options.rest:g} s after the step.")
    if options.json:
        options.json.write_text(json.dumps({"machine": machine(), "measured": measured}, indent=1), "utf-8")


if __name__ == "__main__":
    main()
