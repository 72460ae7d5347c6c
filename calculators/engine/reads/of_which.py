"""Rows that are parts of the one above: ``其中：出口``, of which export, or indented below it.

By arithmetic where that tells: no part is more than its whole, and parts without a word of their own are known by what
is wanting. Else by words and indentation; the rest is asked about. Words are known in ``total_labels``; positions
count the rows in question, as in ``totals``.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import gcd
from typing import Final

_FAR: Final = 50  # rows below a part among which others may stand that have no word of their own
_CHANCE: Final = 1 / 50  # that they make up the whole by chance
_DEEPER: Final = 2  # what an indentation counts that is no slip of the hand


@dataclass
class Parts:
    """Rows by what they are: parts of others, the word above parts, records after all, and those that may be either.

    ``likely`` says that the rows in doubt are parts, by all that is known.
    """

    out: set[int] = field(default_factory=set)
    heads: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)
    likely: bool = True


@dataclass(frozen=True)
class Figures:
    """What is known of rows: their ``words`` for parts, true where these can mean nothing else, and their figures.

    ``others`` are totals and the like. What a row comes to is in ``values``, and how deep it stands in ``level``.
    """

    words: Mapping[int, bool]
    others: Collection[int]
    values: Sequence[int]
    known: Sequence[bool]
    level: Sequence[int]

    def parts(self) -> Parts:
        """Return which rows are parts.

        >>> found = Figures({1: True, 3: False}, (), [450, 300, 90, 20], [True] * 4, [0] * 4).parts()
        >>> found.out, found.doubtful
        ({1}, {3})
        """
        parts = Parts()
        at, count = 0, len(self.values)
        while at < count:
            if at not in self.words:
                at += 1
                continue
            parent, end = at - 1, at
            depth = self.level[parent] if parent >= 0 else self.level[at]
            while end < count and (end in self.words or (end not in self.others and self.level[end] > depth)):
                end += 1
            parts.heads.update(row for row in range(at, end) if row in self.words and not self.known[row])
            members = [row for row in range(at, end) if self.known[row]]
            if parent in self.others:
                if not self._is_made_of(parent, end):
                    parts.out.update(members)
            elif parent >= 0 and self.known[parent] and self.values[parent]:
                self._weigh(parts, members, parent, end)
            at = end
        return parts

    def _is_made_of(self, total: int, end: int) -> bool:
        """Whether a total is that of the rows below it, parts and all, and not of those above."""
        wanted = self.values[total]
        before = (self.values[row] for row in range(total - 1, -1, -1) if row not in self.others)
        if wanted in accumulate(before):
            return False
        stop = next((row for row in range(end, len(self.values)) if row in self.others), len(self.values))
        return sum(self.values[total + 1 : stop]) == wanted

    def _weigh(self, parts: Parts, members: Sequence[int], parent: int, end: int) -> None:
        """Sort the rows below a record that may be its parts, and those further down that make it up with them."""
        values, whole = self.values, self.values[parent]
        total = sum(values[row] for row in members)
        fits = all(0 <= values[row] / whole <= 1 for row in members)
        rest: list[int] = []
        for row in range(end, min(end + _FAR, len(values))) if fits and total != whole else ():
            if row in self.others or row in self.words or values[row] * whole <= 0:
                break
            rest.append(row)
            total += values[row]
            if abs(total) >= abs(whole):
                break
        if total == whole and rest:
            parts.doubtful.update(rest)
            parts.likely = parts.likely and gcd(*(values[one] for one in (*members, *rest))) / abs(whole) <= _CHANCE
        for row in members:
            deeper = self.level[row] >= self.level[parent] + _DEEPER
            sure = self.words.get(row, True) or deeper or total == whole
            if fits and sure:
                parts.out.add(row)
            elif sure or (fits and sum(values[one] for one in members) <= abs(whole)):
                parts.doubtful.add(row)
                parts.likely = False


def indented(
    parents: Mapping[int, tuple[int, int]],
    apart: Collection[int],
    values: Sequence[int],
    known: Sequence[bool],
    level: Sequence[int],
) -> set[int]:
    """Return the rows that stand below others and come to less than these, where most that do are such.

    >>> indented({0: (1, 3)}, (), [450, 200, 100, 90], [True] * 4, [0, 2, 2, 0])
    {1, 2}
    """
    found: set[int] = set()
    seen = fitting = 0
    for parent, scope in parents.items():
        below = [row for row in range(*scope) if row not in apart and known[row]]
        if parent in apart or not known[parent] or not below:
            continue
        seen += 1
        total, whole = sum(values[row] for row in below), values[parent]
        deep = min(level[row] for row in below) >= level[parent] + _DEEPER
        if deep and whole and 0 < total / whole < 1:
            fitting += 1
            found.update(below)
    return found if 2 * fitting > seen else set()
