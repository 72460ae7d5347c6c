"""Time of reading an XLSX of six columns, before and now, natively and in the browser's Python, in one run.

    python -m benchmarks.workbooks [ROWS ...]

Medians of three. "Before" is openpyxl, which read workbooks until 2026-11 and still writes them. The browser's Python
is Pyodide under Node on this machine, from the bundle that the site ships; what it fetches for the first workbook
has come by then.
"""

import sys
from pathlib import Path

from benchmarks.browser import measured_in_browser
from benchmarks.measure_workbooks import measure

ROWS = (10_000, 100_000)
REPEATS = 3


def main(sizes: list[int]) -> None:
    """Measure every size and print a table of milliseconds."""
    requests = [{"rows": rows, "repeats": REPEATS} for rows in sizes]
    browser = measured_in_browser(Path(__file__).with_name("measure_workbooks.py"), requests)
    print(f"{'rows':>10} {'where':<10}{'before ms':>12}{'now ms':>12}{'times faster':>14}")
    for rows, there in zip(sizes, browser, strict=True):
        for where, times in (("native", measure(rows, REPEATS)), ("browser", there)):
            ratio = times["before"] / times["now"]
            print(f"{rows:>10,} {where:<10}{times['before']:>12,.0f}{times['now']:>12,.0f}{ratio:>14.1f}")


if __name__ == "__main__":
    main([int(rows) for rows in sys.argv[1:]] or list(ROWS))
