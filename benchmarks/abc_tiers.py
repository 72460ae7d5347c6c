"""Time of the ABC calculator by part and size, natively and in the browser's Python, side by side in one run.

    python -m benchmarks.abc_tiers [ROWS ...]

Medians of five, with the shortest pandas as a floor. The browser's Python is Pyodide under Node on this
machine, from the bundle that the site ships; sizes above 100,000 are timed natively only.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import PARTS, measure
from macros.runtime import build_bundle
from macros.runtime.worker import run_bridge

ROOT = Path(__file__).resolve().parent.parent
ROWS = (1_000, 10_000, 100_000, 1_000_000)
BROWSER_AT_MOST = 100_000
REPEATS = 5

MEASURING_BRIDGE = """
import json
from calculators.measure import measure

class Bridge:
    def __init__(self, settings):
        pass

    def reply(self, request, attachments):
        return json.dumps(measure(**json.loads(request)))
"""


def measure_in_browser(sizes: list[int]) -> dict[int, dict[str, float]]:
    """Return the medians by size, from the site's worker with a bridge that measures in place of ours."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "calculators"
        shutil.copytree(ROOT / "calculators", package, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(Path(__file__).with_name("measure.py"), package / "measure.py")
        (package / "bridge.py").write_text(MEASURING_BRIDGE, encoding="utf-8")
        bundle = build_bundle(package, {})
        requests = [json.dumps({"rows": rows, "repeats": REPEATS}) for rows in sizes]
        replies = [json.loads(reply) for reply in run_bridge(bundle, requests)]
    return dict(zip(sizes, replies, strict=True))


def main(sizes: list[int]) -> None:
    """Measure every size and print a table of milliseconds."""
    browser = measure_in_browser([rows for rows in sizes if rows <= BROWSER_AT_MOST])
    print(f"{'rows':>10} {'where':<10}" + "".join(f"{part + ' ms':>20}" for part in PARTS))
    for rows in sizes:
        for where, times in (("native", measure(rows, REPEATS)), ("browser", browser.get(rows))):
            if times:
                print(f"{rows:>10,} {where:<10}" + "".join(f"{times[part]:>20,.1f}" for part in PARTS))


if __name__ == "__main__":
    main([int(rows) for rows in sys.argv[1:]] or list(ROWS))
