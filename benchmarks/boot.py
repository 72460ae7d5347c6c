"""Time from opening a calculator's page to its first computed result, in real browsers, three ways to start Python.

    python -m benchmarks.boot [--repeats N] [--browsers chromium firefox webkit] [--json FILE] [--site FOLDER]

The same page each time, of the site as built: Python restored from the snapshot, started the ordinary way, and
started as Pyodide's documentation shows it (`stock_worker.js`). A visit chooses another rule as soon as the page
takes it ("form ready"), and ends when the result of that is on screen. Cold is a browser with an empty cache; warm the
next visit in it; slow a cold one over 20 Mbit/s. The ways alternate, and medians are only comparable within one run.
"""

import argparse
import hashlib
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from base64 import b64encode
from pathlib import Path
from typing import Any

from benchmarks.served import Server, serving
from macros.runtime.vendor import Vendor
from tests.browser import HOST
from tests.driver import Driver, Name

ROOT = Path(__file__).resolve().parent.parent
BROWSERS: list[Name] = ["chromium", "firefox", "webkit"]
WAYS = ("snapshot", "ordinary", "stock")
SLOW = 20e6
"""Bits a second."""

VISIT = """
const section = () => document.querySelector("[data-calculator]");
const frame = () => new Promise(requestAnimationFrame);
while (section()?.dataset.state === "static") await frame();
const figure = () => section().querySelector('[data-figure="a_customers"]').textContent;
const example = figure();
const form = performance.now();
section().querySelector('input[name="driver"][value="revenue"]').click();
while (figure() === example && section().dataset.state !== "failed") await frame();
await frame();
return { ms: performance.now(), form, boot: section().dataset.boot, figure: figure() };
"""


def built(site: Path) -> Path:
    """Build the site into a folder and return it."""
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)]
    subprocess.run(build, cwd=ROOT, check=True)
    return site


def lay_out(site: Path, folder: Path) -> None:
    """Put a copy of the site for each way into the folder, alike in all but the start of Python."""
    for way in WAYS:
        shutil.copytree(site, folder / way)
    (index,) = (folder / "ordinary/assets/runtime").glob("manifest-*.json")
    replace(folder / "ordinary", index, json.dumps(json.loads(index.read_text("utf-8")) | {"snapshot": None}).encode())
    (worker,) = (folder / "stock").glob("assets/playbook-*/javascripts/worker.js")
    replace(folder / "stock", worker, Path(__file__).with_name("stock_worker.js").read_bytes())
    stock = worker.with_name("stock")
    stock.mkdir()
    vendor = Vendor()
    for name, path in {**vendor.part("core"), **vendor.part("package")}.items():
        shutil.copy(path, stock / name)
    lock = json.loads((stock / "pyodide-lock.json").read_text("utf-8"))
    known = {package["file_name"] for package in lock["packages"].values()}
    (stock / "wheels.json").write_text(json.dumps([name for name in vendor.part("package") if name not in known]))
    with zipfile.ZipFile(stock / "calculators.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((ROOT / "calculators").rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                archive.write(path, path.relative_to(ROOT))


def replace(site: Path, path: Path, content: bytes) -> None:
    """Put other content in a file's place, under the name and the hash by which the site's pages know it."""
    known, new = (hashlib.sha256(one) for one in (path.read_bytes(), content))
    told = {known.hexdigest(): new.hexdigest(), b64encode(known.digest()).decode(): b64encode(new.digest()).decode()}
    path.with_name(path.name.replace(known.hexdigest(), new.hexdigest())).write_bytes(content)
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        for old, other in told.items():
            text = text.replace(old, other)
        page.write_text(text, "utf-8")


def forget_work(driver: Driver, server: Server) -> None:
    """Have the next visit begin with the example: a page keeps what the last one chose, and would choose it again."""
    driver.visit(f"http://{HOST}:{server.server_port}/", "localStorage.clear(); sessionStorage.clear(); return null;")


def visit(driver: Driver, server: Server, way: str, line: float | None = None) -> dict[str, Any]:
    """Return one visit's milliseconds, and what the server sent for it."""
    forget_work(driver, server)
    server.reset(line)
    url = f"http://{HOST}:{server.server_port}/{way}/calculators/abc_tiers.html"
    seen = driver.visit(url, VISIT)
    if seen.value["boot"] != way:
        raise SystemExit(f"{driver.browser} started the {seen.value['boot']} way, not the {way}: {seen.said}")
    return {**seen.value, "bytes": server.bytes, "requests": server.requests}


def measure(browsers: list[Name], repeats: int, server: Server) -> list[dict[str, Any]]:
    """Return every visit, the ways taking turns."""
    visits: list[dict[str, Any]] = []
    for repeat in range(repeats):
        for browser in browsers:
            for turn in range(len(WAYS)):
                way = WAYS[(turn + repeat) % len(WAYS)]
                with Driver(browser, HOST) as driver:
                    version = driver.version
                    seen = {"cold": visit(driver, server, way)}
                    time.sleep(1)  # the browser writes its cache
                    seen["warm"] = visit(driver, server, way)
                with Driver(browser, HOST) as driver:
                    seen["slow"] = visit(driver, server, way, SLOW)
                for case, values in seen.items():
                    visits.append({"browser": browser, "version": version, "case": case, "way": way, **values})
                    print(f"  {browser} {case} {way}: {values['ms']:,.0f} ms", file=sys.stderr)
    return visits


def machine() -> dict[str, Any]:
    """Return what the figures depend on, as far as the machine says it."""
    processor, memory = _said("/proc/cpuinfo", "model name"), _said("/proc/meminfo", "MemTotal")
    return {
        "system": platform.platform(),
        "processor": processor or platform.processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(int(memory.split()[0]) / 2**20) if memory else None,
        "load_at_start": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    }


def _said(path: str, name: str) -> str:
    lines = Path(path).read_text("utf-8").splitlines() if Path(path).exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def report(visits: list[dict[str, Any]]) -> str:
    """Return the table: medians, spreads, and how many times faster than stock."""
    lines = [
        "| browser | visit | way | median, s | least to most, s | stock takes | form ready, s | MB | requests |",
        "|---|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for browser, case in dict.fromkeys((one["browser"], one["case"]) for one in visits):
        here = [one for one in visits if (one["browser"], one["case"]) == (browser, case)]
        of = {way: [one for one in here if one["way"] == way] for way in WAYS}
        stock = statistics.median(one["ms"] for one in of["stock"])
        for way, seen in of.items():
            times = [one["ms"] / 1000 for one in seen]
            median = statistics.median(times)
            form = statistics.median(one["form"] for one in seen) / 1000
            size = statistics.median(one["bytes"] for one in seen) / 1e6
            requests = statistics.median(one["requests"] for one in seen)
            lines.append(
                f"| {browser} | {case} | {way} | {median:.2f} | {min(times):.2f} to {max(times):.2f} "
                f"| {stock / 1000 / median:.2f} × | {form:.2f} | {size:.1f} | {requests:.0f} |"
            )
    return "\n".join(lines)


def main() -> None:
    """Measure, print the table and write every visit as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--browsers", nargs="+", choices=BROWSERS, default=BROWSERS)
    parser.add_argument("--json", type=Path, help="where to write every single visit")
    parser.add_argument("--site", type=Path, help="a built site; without it, one is built")
    options = parser.parse_args()
    on = machine()
    with tempfile.TemporaryDirectory() as scratch:
        site = options.site or built(Path(scratch) / "site")
        lay_out(site, Path(scratch) / "ways")
        with serving(Path(scratch) / "ways") as server:
            visits = measure(options.browsers, options.repeats, server)
    versions = sorted({f"{one['browser']}: {one['version']}" for one in visits})
    print(report(visits))
    print(f"\n{options.repeats} visits each; {'; '.join(versions)}; {on['processor']}, {on['cores']} cores,")
    print(f"{on['memory_gib']} GiB, {on['system']}; load {on['load_at_start']:.1f} at the start.")
    if options.json:
        options.json.write_text(json.dumps({"machine": on, "visits": visits}, indent=1), "utf-8")


if __name__ == "__main__":
    main()
