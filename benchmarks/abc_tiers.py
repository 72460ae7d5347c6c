"""Time of the ABC calculator by part and size, natively and in the browser's Python, side by side in one run.

    python -m benchmarks.abc_tiers [ROWS ...]

Medians of five, with the shortest pandas as a floor. The browser's Python is Pyodide under Node on this
machine, from the bundle that the site ships; sizes above 100,000 are timed natively only.
"""

import sys
from pathlib import Path

from benchmarks.browser import measured_in_browser
from benchmarks.measure import PARTS, measure

ROWS = (1_000, 10_000, 100_000, 1_000_000)
BROWSER_AT_MOST = 100_000
REPEATS = 5


def main(sizes: list[int]) -> None:
    """Measure every size and print a table of milliseconds."""
    in_browser = [rows for rows in sizes if rows <= BROWSER_AT_MOST]
    requests = [{"rows": rows, "repeats": REPEATS} for rows in in_browser]
    measured = measured_in_browser(Path(__file__).with_name("measure.py"), requests)
    browser = dict(zip(in_browser, measured, strict=True))
    print(f"{'rows':>10} {'where':<10}" + "".join(f"{part + ' ms':>20}" for part in PARTS))
    for rows in sizes:
        for where, times in (("native", measure(rows, REPEATS)), ("browser", browser.get(rows))):
            if times:
                print(f"{rows:>10,} {where:<10}" + "".join(f"{times[part]:>20,.1f}" for part in PARTS))


if __name__ == "__main__":
    main([int(rows) for rows in sys.argv[1:]] or list(ROWS))
