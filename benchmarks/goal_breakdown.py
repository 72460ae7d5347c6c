"""Time of the goal breakdown by size of the team, natively and in the browser's Python, side by side in one run.

    python -m benchmarks.goal_breakdown [PEOPLE ...]

Medians of five, of a whole reply after a changed target (computing, HTML and charts), and of the two
tables that are rounded along both axes. The browser's Python is Pyodide under Node on this machine, from the bundle
that the site ships.
"""

import sys
from pathlib import Path

from benchmarks.browser import measured_in_browser
from benchmarks.measure_goals import PARTS, measure

PEOPLE = (10, 100, 500, 2_000)
REPEATS = 5


def main(sizes: list[int]) -> None:
    """Measure every size and print a table of milliseconds."""
    requests = [{"people": people, "repeats": REPEATS} for people in sizes]
    browser = measured_in_browser(Path(__file__).with_name("measure_goals.py"), requests)
    print(f"{'people':>10} {'where':<10}" + "".join(f"{part + ' ms':>26}" for part in PARTS))
    for people, in_browser in zip(sizes, browser, strict=True):
        for where, times in (("native", measure(people, REPEATS)), ("browser", in_browser)):
            print(f"{people:>10,} {where:<10}" + "".join(f"{times[part]:>26,.1f}" for part in PARTS))


if __name__ == "__main__":
    main([int(people) for people in sys.argv[1:]] or list(PEOPLE))
