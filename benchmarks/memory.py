"""Memory of a visit with a long list, in real browsers: what the page's own process takes at most, visit after visit.

    python -m benchmarks.memory [--rows N] [--visits N] [--browsers chromium firefox webkit] [--json FILE]

Each visit opens the ABC page, drops a list of customers, and has another rule computed; the page is closed and opened
anew in the same browser. Memory is the proportional set size of the content process, of which a phone's limit for a
tab is one, looked at every twentieth of a second; Linux alone tells it (/proc).
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from benchmarks.boot import BROWSERS, built, forget_work, machine
from benchmarks.measure import customers
from benchmarks.recalculation import LIST
from benchmarks.served import Server, serving
from tests.browser import HOST
from tests.driver import Driver, Name

CONTENT = {"chromium": "--type=renderer", "firefox": "-isForBrowser", "webkit": "WebKitWebProcess"}
"""What the command line of a browser's content process has in it."""
BETWEEN = 0.05
"""Seconds from one look to the next."""
MB = 1_000_000


class Watch:
    """What the largest content process below a process takes, from entering the context to leaving it."""

    def __init__(self, root: int, content: str) -> None:
        self._root, self._content = root, content
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._seen: list[tuple[float, int]] = []

    def __enter__(self) -> Self:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(BETWEEN):
            self._seen.append((time.time(), _largest(self._root, self._content)))

    @property
    def peak(self) -> int:
        """What it took at most, in bytes."""
        return max((size for _, size in self._seen), default=0)

    def at(self, moment: float) -> int:
        """Return what was seen last before a moment, in seconds since 1970."""
        return max(seen for seen in self._seen if seen[0] <= moment)[1]


def _largest(root: int, content: str) -> int:
    """Return what the largest content process below a process takes, in bytes."""
    return max((_size(one) for one in _below(root) if content in _command(one)), default=0)


def _below(root: int) -> Iterator[int]:
    """Yield the processes that a process has started, and those that they have."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents.setdefault(int(path.read_text().rpartition(")")[2].split()[1]), []).append(int(path.parent.name))
        except OSError:
            continue  # it has ended
    found = [root]
    for one in found:
        found += parents.get(one, [])
    yield from found


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""


def _size(process: int) -> int:
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))


def measure(browser: Name, server: Server, rows: int, visits: int) -> dict[str, Any]:
    """Return the peak of each visit, in bytes."""
    url = f"http://{HOST}:{server.server_port}/en/calculators/abc_tiers.html"
    argument = {"calculator": "abc_tiers", "text": customers(rows).decode(), "repeats": 1}
    peaks = []
    with Driver(browser, HOST) as driver:
        for at in range(visits):
            forget_work(driver, server)
            with Watch(os.getpid(), CONTENT[browser]) as watch:
                driver.visit(url, LIST, argument)
            peaks.append(watch.peak)
            print(f"  {browser} visit {at + 1}: {watch.peak / MB:,.0f} MB", file=sys.stderr)
        return {"browser": browser, "version": driver.version, "peaks": peaks}


def report(measured: list[dict[str, Any]]) -> str:
    """Return the table."""
    lines = ["| browser | first visit, MB | median, MB | last visit, MB |", "|---|---:|---:|---:|"]
    for one in measured:
        first, *_, last = (peak / MB for peak in one["peaks"])
        median = statistics.median(one["peaks"]) / MB
        lines.append(f"| {one['browser']} {one['version']} | {first:,.0f} | {median:,.0f} | {last:,.0f} |")
    return "\n".join(lines)


def main() -> None:
    """Measure, print the table and write every peak as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--visits", type=int, default=10)
    parser.add_argument("--browsers", nargs="+", choices=BROWSERS, default=BROWSERS)
    parser.add_argument("--json", type=Path, help="where to write every single peak")
    parser.add_argument("--site", type=Path, help="a built site; without it, one is built")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        site = options.site or built(Path(scratch) / "site")
        with serving(site) as server:
            measured = [measure(browser, server, options.rows, options.visits) for browser in options.browsers]
    print(report(measured))
    print(f"\n{options.rows:,} customers, {options.visits} visits one after another.")
    if options.json:
        options.json.write_text(json.dumps({"machine": machine(), "measured": measured}, indent=1), "utf-8")


if __name__ == "__main__":
    main()
