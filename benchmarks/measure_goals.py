"""What `goal_breakdown` measures, the same file in CPython and in the browser's Python."""

import json
import statistics
import time
from collections.abc import Callable
from fractions import Fraction

from calculators.bridge import Bridge
from calculators.engine.arithmetic.allocation import exact_shares

PARTS = ("whole reply", "people x 12 months", "12 months x 53 weeks")
TARGET = 10**13
"""Fen: 100 billion yuan, the largest target."""


def team(people: int) -> list[list[str]]:
    """Return an invented team with starts, leavers and weights of all kinds."""
    rows = [["姓名", "团队", "权重", "入职日期", "离职日期"]]
    for at in range(people):
        start = f"2027-{at % 12 + 1:02}-{at % 27 + 1:02}" if at % 4 == 0 else ""
        last = f"2027-{(at + 6) % 12 + 1:02}-15" if at % 9 == 1 else ""
        rows.append([f"员工{at:04}", f"团队{at % 20:02}", str((50 + at * 7 % 110) / 100), start, last])
    return rows


def measure(people: int, repeats: int) -> dict[str, float]:
    """Return the median milliseconds of each part for a team of ``people``."""
    bridge = Bridge()
    targets = iter(range(TARGET // 100 - repeats - 1, TARGET // 100))  # another one each time, as a reader types
    table = team(people)

    def reply() -> None:
        values = {"target": str(next(targets)), "step": "fen"}
        request = {"id": 1, "calculator": "goal_breakdown", "language": "zh", "values": values}
        answer = json.loads(bridge.reply(json.dumps({**request, "tables": {"people": table}})))
        if not answer["ok"]:  # no assert: the browser's Python leaves those out
            raise ValueError(answer["errors"])

    weights = [[(row * 7 + column * 13) % 101 * 25 for column in range(12)] for row in range(people)]
    weeks = [[(row == column // 5) * (3 + column % 3) for column in range(53)] for row in range(11)]
    weeks.append([(column > 52 - 5) * 5 for column in range(53)])

    def months() -> None:
        shares = exact_shares(TARGET, [Fraction(15 + at) for at in range(12)], weights)
        shares.rounded([row % 20 for row in range(people)], [at // 3 for at in range(12)])

    def by_week() -> None:
        shares = exact_shares(TARGET, [Fraction(1)] * 53, weeks)
        shares.rounded([0] * 12, [0] * 53)

    reply()  # reads the list and fills caches, as the first answer in a page does
    return {part: _median(work, repeats) for part, work in zip(PARTS, (reply, months, by_week), strict=True)}


def _median(work: Callable[[], None], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)
