"""What numbers without a percent sign are: fractions of 1, percents, or no percentages at all, by the bulk of a column.

Asking is for ``tables``; what points and commas in them mean is in ``number_style``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low
from typing import Final, Literal

Reading = Literal["fractions", "percents", "each", "unused"]
"""How a column is read: all as fractions, all as percents, each as it looks, or not at all since it holds ratings."""

ONE: Final = 10_000
"""One, in the basis points that a column is judged in."""
LARGEST_FRACTION: Final = 3 * ONE
"""Few reach 300% of a target, while 3% is as rare in a column."""
_OUTLIER: Final = 10 * ONE
"""What may stand among fractions: nobody reaches more than ten times a target."""
_SCALE: Final = (ONE, 10 * ONE)
"""Ratings are given from 1 to 5, or to 10."""
_LOW: Final = 2 * ONE
"""Of a column around it neither 200% nor 2% is likely."""
_GRADE = re.compile(
    r"[a-es][+-]?级?|[甲乙丙丁戊]等?级?|优秀?|良好?|中等?|差|合格|不合格|待改进|excellent|good|fair|poor", re.IGNORECASE
).fullmatch


@dataclass(frozen=True)
class Judgement:
    """How a column is likely read, None where nobody can tell, and between what there is to choose, if there is."""

    reading: Reading | None
    choices: tuple[Reading, ...] = ()


def largest_fraction(*, of_a_whole: bool) -> int:
    """Return the largest number that is likely a fraction of 1: of parts of a whole none is beyond it."""
    return ONE if of_a_whole else LARGEST_FRACTION


def judge(values: Sequence[int | Fraction], *, of_a_whole: bool) -> Judgement:
    """Judge numbers without a sign, each in basis points of what is written (0.95 is 9,500), none of them zero.

    >>> judge([10_500, 9_800, 7_500, 35_000], of_a_whole=False).reading
    'fractions'
    >>> judge([30_000, 40_000, 50_000], of_a_whole=False)
    Judgement(reading=None, choices=('unused', 'percents', 'fractions'))
    """
    sizes = [abs(Fraction(value)) for value in values]
    if not sizes:
        return Judgement("percents")
    if not of_a_whole and _are_ratings(sizes):
        return Judgement(None, ("unused", "percents", "fractions"))
    small = sum(size <= largest_fraction(of_a_whole=of_a_whole) for size in sizes)
    if small in (0, len(sizes)):
        return Judgement("fractions" if small else "percents")
    choices: tuple[Reading, ...] = ("percents", "fractions", "each")
    if 2 * small > len(sizes):
        likely = not of_a_whole and max(sizes) <= _OUTLIER
        return Judgement("fractions" if likely else None, choices)
    if 2 * small == len(sizes) and max(sizes) <= _OUTLIER:
        return Judgement(None, choices)
    return Judgement("percents", choices)


def _are_ratings(sizes: Sequence[Fraction]) -> bool:
    low, high = _SCALE
    if not low <= min(sizes) <= max(sizes) <= high:
        return False
    in_halves = all(size % (ONE // 2) == 0 for size in sizes)
    return in_halves or median_low(sizes) >= _LOW


def are_grades(cells: Sequence[str]) -> bool:
    """Whether most cells that are not blank hold grades, in letters or words.

    >>> are_grades(["A", "b+", "C", ""]), are_grades(["甲", "乙等"]), are_grades(["95", "A"])
    (True, True, False)
    """
    filled = [cell for cell in cells if cell]
    return 3 * sum(_GRADE(cell) is not None for cell in filled) > 2 * len(filled) > 0
