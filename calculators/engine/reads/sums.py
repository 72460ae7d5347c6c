"""Which of some figures are sums of others, by arithmetic alone: groups closed by their sums, or headed by them.

Positions count the figures. Which rows these are, and whether words or their looks say so too, is in ``totals``.
"""

from collections.abc import Collection, Iterator, Sequence
from math import gcd
from typing import Any, Final

import numpy as np

Numbers = np.ndarray[tuple[int], np.dtype[Any]]
SAMPLE: Final = 500

Sums = dict[int, tuple[int, int]]
"""Figures that sum others, and which: from the first to before the second."""


def by_chance(summed: Sequence[int], value: int) -> float:
    """Return how likely a figure equals a sum by chance: one in as many as it has steps of what is summed.

    >>> by_chance([400, 250], 650) == 1 / 13, by_chance([0, 0], 0)
    (True, 1.0)
    """
    return min(1.0, gcd(*summed) / abs(value)) if value else 1.0


def _mirrored(sums: Sums, count: int) -> Sums:
    return {count - 1 - at: (count - high, count - low) for at, (low, high) in sums.items()}


def structure(values: Sequence[int], *, mirrored: bool) -> Sums:
    """Return the sums where all figures are groups and their sums, these below each group or, mirrored, above it."""
    return _mirrored(_groups(values[::-1]), len(values)) if mirrored else _groups(values)


def framed(values: Sequence[int], *, mirrored: bool) -> Sums:
    """Return the sums where all figures but one, at the end away from the groups' sums, are groups, and that is of all.

    >>> framed([7, 3, 4, 7], mirrored=True), framed([10, 1, 2, 3, 3, 4, 7], mirrored=False)
    ({0: (1, 3), 3: (0, 3)}, {3: (1, 3), 6: (4, 6), 0: (1, 7)})
    """
    low, high = (0, len(values) - 1) if mirrored else (1, len(values))
    inner = values[low:high]
    whole, head = (len(values) - 1, 0) if mirrored else (0, len(inner) - 1)
    sums = structure(inner, mirrored=mirrored)
    members = (1, len(inner)) if mirrored else (0, len(inner) - 1)
    if not sums and members[1] - members[0] > 1 and inner[head] and 2 * inner[head] == sum(inner):
        sums = {head: members}
    if not sums or sum(inner) - sum(inner[at] for at in sums) != values[whole]:
        return {}
    return {at + low: (start + low, end + low) for at, (start, end) in sums.items()} | {whole: (low, high)}


def subtotals(values: Sequence[int], breaks: Collection[int]) -> Iterator[Sums]:
    """Yield ways in which some of the figures are sums of others, below or above them."""
    turned, ends = values[::-1], {len(values) - at for at in breaks}
    for least in (2, 1):
        for sums in (closing(values, least, breaks), _mirrored(closing(turned, least, ends), len(values))):
            alone = sum(
                sum(map(bool, values[low:high])) - sum(low <= at < high for at in sums) == 1
                for low, high in sums.values()
            )
            if 2 * alone <= len(sums):  # where most equal a single other, the figures are just alike
                yield sums
    yield _heads(values)
    yield _mirrored(_heads(turned), len(values))
    filled = [at for at, value in enumerate(values) if value]
    for mirrored in (False, True):
        sums = structure([values[at] for at in filled], mirrored=mirrored)
        yield {filled[at]: (filled[low], filled[high - 1] + 1) for at, (low, high) in sums.items()}


def _heads(values: Sequence[int]) -> Sums:
    """Return figures that equal two or more right after them, though other records stand between the groups.

    >>> _heads([150, 100, 50, 30])
    {0: (1, 3)}
    """
    sums: Sums = {}
    free = 0
    for at, value in enumerate(values):
        if at < free or value <= 0:
            continue
        total, end = 0, at + 1
        while end < len(values) and end - at <= SAMPLE and total < value and values[end] > 0:
            total, end = total + values[end], end + 1
        if total == value and end - at > 2:  # noqa: PLR2004 - a sum has two
            sums[at] = (at + 1, end)
            free = end
    return sums


def closing(values: Sequence[int], least: int, breaks: Collection[int] = ()) -> Sums:
    """Return figures that equal all others since the beginning, a break or an earlier such figure, ``least`` or more.

    >>> closing([100, 250, 350, 30, 40, 70, 420], 2)
    {2: (0, 2), 5: (3, 5), 6: (0, 6)}
    """
    total = count = 0
    bounds = {0: (0, 0)}
    sums: Sums = {}
    for at, value in enumerate(values):
        if at in breaks:
            bounds[total] = (at, count)
        start, before = bounds.get(total - value, (0, count))
        if value and count - before >= least:
            sums[at] = (start, at)
            bounds[total] = (at + 1, count)
        else:
            total, count = total + value, count + bool(value)
    return sums


def windows(values: Numbers) -> Sums:
    """Return figures that equal two or more right before or after them, wherever those begin, if by chance few would.

    Among figures that are positive, running sums come as close together as these are large: so a figure is one of them
    by chance as often as one in so many steps of what all have in common.

    >>> windows(np.array([90_211, 50_017, 70_113, 120_130, 30_041]))
    {3: (1, 3)}
    """
    count = len(values)
    if not (values > 0).all() or 2 * count * count * int(np.gcd.reduce(values)) > int(values.sum()):
        return {}
    ends = np.concatenate([np.zeros(1, dtype=values.dtype), np.cumsum(values)])
    sums: Sums = {}
    for wanted, is_before in ((ends[1:] + values, False), (ends[:-1] - values, True)):
        places = np.minimum(np.searchsorted(ends, wanted), count)
        for at in np.flatnonzero(ends[places] == wanted).tolist():
            low, high = (int(places[at]), at) if is_before else (at + 1, int(places[at]))
            if high - low > 1:
                sums[at] = (low, high)
    return sums


def _groups(values: Sequence[int]) -> Sums:
    """Return the sums where the figures are, without any left, groups each closed by its sum, and groups of groups.

    None where they are not, or where they are a single group, or where each group is one figure.

    >>> _groups([100, 250, 350, 70, 70, 420]), _groups([100, 200, 300])
    ({2: (0, 2), 4: (3, 4), 5: (0, 5)}, {})
    """
    # By place: the records' sum so far, and the group that ends there. A place is reached in one way: the last found.
    reached: dict[int, int] = {0: 0}
    ended: dict[int, tuple[int, bool]] = {}
    by_all, by_records = {0: 0}, {0: 0}
    everything = 0
    for at, value in enumerate(values):
        start = by_all.get(everything - value)
        nested = by_records.get(reached[at] - value) if at in reached else None
        everything += value
        if not value:
            continue
        if nested is not None and ended[at][0] > nested:
            reached[at + 1] = reached[at]
            ended[at + 1] = (nested, True)
        elif start is not None:
            reached[at + 1] = reached[start] + value
            ended[at + 1] = (start, False)
            by_records.setdefault(reached[at + 1], at + 1)
        else:
            continue
        by_all[everything] = at + 1
    sums: Sums = {}
    place, level_one, longest = len(values), 0, 0
    while place in ended:
        start, is_nested = ended[place]
        sums[place - 1] = (start, place - 1)
        if is_nested:
            place -= 1
        else:
            level_one, longest = level_one + 1, max(longest, place - 1 - start)
            place = start
    return dict(sorted(sums.items())) if place == 0 and level_one > 1 and longest > 1 else {}
