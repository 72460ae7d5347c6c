"""Rows about other rows: which are totals, averages or group heads, found by what they come to.

Arithmetic first: a row that equals the rows before it, after it or all others. Then how the sheet is laid out:
indentation, groups, bold, blank lines, empty cells. Words last (``total_labels``). What stays open is left to the
caller to ask. Nothing here reads a file, and nothing is said here.
"""

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from typing import Final, Literal

import numpy as np

from calculators.engine.reads.amounts import is_amount, parse_column
from calculators.engine.reads.chinese_numbers import counted
from calculators.engine.reads.of_which import Figures, indented
from calculators.engine.reads.sums import (
    SAMPLE,
    Numbers,
    Sums,
    by_chance,
    closing,
    framed,
    structure,
    subtotals,
    windows,
)
from calculators.engine.reads.total_labels import Label, is_footnote

# When a row that equals others is their total, though no word says so. A figure is as likely to equal a given sum by
# chance as one in so many: the sum, in steps of what the rows summed have in common (650 in steps of 50 is 13). That is
# taken as often as there are rows that might have been one, and for each further column of figures that agrees, and for
# several sums together, these chances are multiplied. Such a row is asked about where it is likelier than chance:
_CHANCE: Final = {
    "end": 1 / 10,  # the first row equal to all others: people do put totals there
    "mean": 1 / 1_000,  # the last row equal to the mean of all others: figures lie about their mean
    "inside": 1 / 50,  # rows in the middle: among so many ordinary lists one is asked about without need
    "strict": 1 / 10_000,  # among numbers of things and people's quotas round sums are common
    "sure": 1 / 100_000,  # with something else that speaks for it: read so until the reader says
}
# One at the end of the list or of a block, or in bold, or with its texts left empty, is asked about in any case.
_STRONG: Final = 4  # significant digits of a sum under a word that a name may have, too: one in a thousand
_SEEN: Final = 20  # rows by which a column of numbers of chapters is known
_SPACES: Final = (" ", "\u3000", "\xa0", "\t")
_SAFE: Final = 4 * 10**18  # sums beyond are taken in Python's integers
_ROUNDS: Final = 4  # a record found makes other sums
_FEW_BELOW: Final = 5  # rows under a total of all that may be compared with it; more are another part of the list
_OF_A_PART: Final = re.compile(
    "小计|小計|[本每这此]页|頁|以上|分组|sub|page|zwischen|teil|sous|parcial|ara |промежуточн|delsum|mezisoučet",
    re.IGNORECASE,
).search
_WIDE_SCOPES: Final = 50  # how many averages and extremes are looked for over the whole list
_NO_GROUP: Final = re.compile(
    "客户|金额|收入|销售额?|业绩|人员|员工|数量|all.*|customers?|clients?|accounts?|sales|revenue|amounts?|people|staff"
    "|regions?|teams?|net|gross|orders?|deals?",
    re.IGNORECASE,
).fullmatch
_COMPANY: Final = re.compile(
    r"公司|集团|有限|股份|[厂店]$|(?<![a-z])(?:ltd|inc|llc|gmbh|ag|s\.?a|srl|bv|co|corp|plc|kg|oy|ab|limited|company"
    r"|group|holdings?)\.?$",
    re.IGNORECASE,
).search


@dataclass(frozen=True)
class Body:
    """The rows below a header, and what was read of them.

    ``amounts`` is the main column of figures, in its smallest unit, with ``known``; ``one`` is how many of it the
    figure 1 is, ``column`` the index of its cells. ``out`` are rows that are not in question (blank ones and those with
    another fault), of which ``blank`` separate blocks. ``level`` is how deep a row stands, in spaces, ``bold`` the rows
    in bold.
    """

    rows: Sequence[Sequence[str]]
    names: Sequence[str]
    name_column: int
    labels: Mapping[int, Label]
    amounts: Sequence[int]
    known: Sequence[bool]
    column: int
    one: int
    is_money: bool
    out: Collection[int]
    blank: Collection[int]
    level: Mapping[int, int] = field(default_factory=dict)
    bold: Collection[int] = frozenset()
    currency: str = "CNY"
    strict: bool = False
    """Whether round sums are common by chance, as they are among numbers of things and people's quotas."""


@dataclass(frozen=True)
class Total:
    """A row about the rows of ``scope``: from the first position to before the second, of those in question."""

    label: Label
    scope: tuple[int, int] | None


@dataclass
class Found:
    """What was found, by index into the body.

    ``open`` are rows that equal others while nothing else tells them from records, ``called`` those whose words say
    total and whose figures do not, ``below`` those that stand under the total of all: a target or another year as well
    as a late record; ``parts`` those that may be parts of the row above. ``open_is_total``, ``called_is_total`` and
    ``parts_are_likely`` say how they are read until the reader says; None is nobody knows, as of those below.
    """

    totals: dict[int, Total] = field(default_factory=dict)
    heads: set[int] = field(default_factory=set)
    open: dict[int, Total] = field(default_factory=dict)
    open_is_total: bool | None = None
    called: dict[int, Total] = field(default_factory=dict)
    called_is_total: bool = False
    below: dict[int, Total] = field(default_factory=dict)
    parts: dict[int, Total] = field(default_factory=dict)
    parts_are_likely: bool = False


@dataclass(frozen=True)
class Compared:
    """A total that was left out beside what the rows read come to."""

    at: int
    stated: int
    read: int


def footnotes(rows: Sequence[Sequence[str]], blank: Collection[int]) -> set[int]:
    """Return the lines of one cell at the end of a table, after a blank line: notes, whatever they say.

    Where a record is one cell, too, there is no telling.
    """
    if not blank:
        return set()
    at = len(rows)
    while at and (at - 1 in blank or _filled(rows[at - 1]) == 1):
        at -= 1
    first = next((index for index in range(at, len(rows)) if index in blank), len(rows))
    records = [_filled(row) for index, row in enumerate(rows[: min(at, SAMPLE)]) if index not in blank]
    if not records or 2 * records.count(1) > len(records):
        return set()
    return {index for index in range(first, len(rows)) if index not in blank}


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell and cell.strip())


def lone_footnote(row: Sequence[str]) -> str | None:
    """Return the only cell of a row where its words say that it is a note."""
    cells = [cell.strip() for cell in row if cell and cell.strip()]
    return cells[0] if len(cells) == 1 and is_footnote(cells[0]) else None


_CHAPTER = re.compile(r"\s*+[(（]?([一二三四五六七八九]|十[一二三四五六七八九]?)(?:[、.．]|[)）])").match
_NUMBERED: Final = re.compile(r"[1-9][0-9]{0,2}(?:\.[1-9][0-9]{0,2}){0,4}", re.ASCII).fullmatch


def numbered(rows: Sequence[Sequence[str]], column: int, free: Collection[int]) -> dict[int, int]:
    """Return how deep rows stand by their numbers: 一、 over those without, and 1.1 below 1 in a column of ``free``.

    >>> numbered([["一、东"], ["甲"], ["二、西"], ["乙"]], 0, ())
    {0: 0, 1: 1, 2: 0, 3: 1}
    >>> numbered([["1", "East"], ["1.1", "Elm"], ["1.2", "Fir"], ["2", "West"]], 1, {0})
    {0: 0, 1: 1, 2: 1, 3: 0}
    """
    names = (_at(row, column) for row in rows)
    if rows and _CHAPTER(_at(rows[0], column)):
        heads = {at: counted(found[1]) for at, name in enumerate(names) if (found := _CHAPTER(name))}
        if 1 < len(heads) < len(rows) and list(heads.values()) == list(range(1, len(heads) + 1)):
            return {at: int(at not in heads) for at in range(len(rows))}
    for at in free:
        seen = [cell for row in rows[:_SEEN] if (cell := _at(row, at).strip())]
        if not seen or not all(map(_NUMBERED, seen)):
            continue
        cells = [_at(row, at).strip() for row in rows]
        numbers = list(filter(None, cells))
        if any("." in number for number in numbers) and all(map(_NUMBERED, numbers)):
            above = {number.rpartition(".")[0] for number in numbers} - {""}
            if len(set(numbers)) == len(numbers) and above <= set(numbers):
                return {index: cell.count(".") for index, cell in enumerate(cells)}
    return {}


def levels(names: Sequence[str]) -> dict[int, int]:
    """Return by how many spaces names are indented, where they are."""
    text = "\n".join(names)
    if not any(f"\n{space}" in text for space in _SPACES):
        return {}
    return {
        index: len(name) - len(bare) + name[: len(name) - len(bare)].count("\t")
        for index, name in enumerate(names)
        if name[:1] in _SPACES and (bare := name.lstrip("".join(_SPACES)))
    }


class Finder:
    """Looks for the rows about other rows of a body. Positions count the rows in question, indexes the body's."""

    def __init__(self, body: Body) -> None:
        self.body = body
        rows = len(body.rows)
        self.at = np.arange(rows, dtype="int64")
        if body.out:
            self.at = np.delete(self.at, np.array(sorted(body.out), dtype="int64"))
        values = np.array(body.amounts, dtype="int64")[self.at]
        self.known = np.array(body.known, dtype=bool)[self.at]
        values[~self.known] = 0
        self.values: Numbers = values if np.abs(values.astype(float)).sum() < _SAFE else values.astype(object)
        self.count = len(self.at)
        self.labels = {self._place(index): label for index, label in body.labels.items() if index not in body.out}
        nameless = [index for index, name in enumerate(body.names) if not name] if "" in body.names else ()
        self.nameless = {self._place(index) for index in nameless if index not in body.out and index not in body.labels}
        blank = np.searchsorted(self.at, np.fromiter(body.blank, "int64", len(body.blank)))
        self.gaps = sorted(set(blank.tolist()) - {0, self.count})
        self.leaf = np.ones(self.count, dtype=bool)
        self.scopes: dict[int, tuple[int, int] | None] = {}  # of the totals found, by position
        self.functions: dict[int, Label] = {}
        self.heads: set[int] = set()
        self.wide = 0
        self.deep = [body.level.get(int(index), 0) for index in self.at] if body.level else [0] * self.count
        self.parts, self.doubtful_parts = set[int](), set[int]()
        self._of_which()
        self._only_leaves()

    def _place(self, index: int) -> int:
        return int(np.searchsorted(self.at, index))

    def _only_leaves(self) -> None:
        """Take all rows for records that are not known to be something else."""
        self.leaf[:] = True
        self.leaf[list(self.labels.keys() | self.nameless | self.parts | self.doubtful_parts | self.heads)] = False

    def _of_which(self) -> None:
        """Settle which rows are parts of the one above by what they call themselves, which are no totals then."""
        words = {at: label.certain for at, label in self.labels.items() if label.function == "part"}
        self.parts_are_likely = True
        if not words:
            return
        self.labels = {at: label for at, label in self.labels.items() if at not in words}
        others = self.labels.keys() | self.nameless
        found = Figures(words, others, self.values.tolist(), self.known.tolist(), self.deep).parts()
        self.parts, self.heads, self.doubtful_parts = found.out, found.heads, found.doubtful
        self.parts_are_likely = found.likely

    def _by_the_total(self) -> None:
        """Let a total that says so decide whether rows in doubt are parts or records."""
        stated = {int(self.values[at]) for at, label in self.labels.items() if label.certain and self._is_known_sum(at)}
        without = int(self.sums[-1])
        parts = sum(int(self.values[at]) for at in self.doubtful_parts)
        if without in stated:
            self.parts |= self.doubtful_parts
        elif without + parts in stated:
            self.leaf[list(self.doubtful_parts)] = True
        else:
            return
        self.doubtful_parts = set()
        self._settle()

    # --- Finding ---------------------------------------------------------------------------------

    def find(self) -> Found:
        """Return the rows about other rows.

        >>> names, amounts = ["Ann", "Azure", "Cole", "Bob", "Brook", "Total"], [300, 100, 200, 150, 150, 450]
        >>> rows = [[name, str(amount)] for name, amount in zip(names, amounts)]
        >>> labels = {5: Label("sum", certain=True)}
        >>> sorted(Finder(Body(rows, names, 0, labels, amounts, [True] * 6, 1, 1, True, (), ())).find().totals)
        [0, 3, 5]
        """
        found = Found()
        if self.body.level:
            self._by_level()
        if self.doubtful_parts:
            self._settle()
            self._by_the_total()
        called = self._by_words()
        self._explain()
        unmatched = [at for at, label in self.labels.items() if label.certain and self.scopes.get(at) is None]
        for at in unmatched:
            # The last total is of everything, an earlier one may be of the few rows before it.
            some = self._unbound(at) if self._is_known_sum(at) and at < max(self.labels) else None
            self.scopes[at] = some or self._nearest(at)
        covered = self._covered()
        confirmed = {at for at in self.doubtful_words if covered[at]}
        self.scopes |= {at: self.doubtful_words.pop(at) for at in confirmed}
        called = [at for at in called if not covered[at]]
        doubtful = self._by_figures(covered) | self.doubtful_words
        called = [at for at in called if at not in doubtful]  # which are asked about by what they come to
        self._name_heads()
        for position, scope in self.scopes.items():
            found.totals[int(self.at[position])] = Total(self._label(position), scope)
        found.heads = {int(self.at[position]) for position in self.heads}
        part = Total(Label("part"), None)
        found.totals |= {int(self.at[position]): part for position in self.parts}
        found.parts = {int(self.at[position]): part for position in sorted(self.doubtful_parts)}
        found.parts_are_likely = self.parts_are_likely
        found.open = {int(self.at[at]): Total(self._label(at), scope) for at, scope in sorted(doubtful.items())}
        found.open_is_total = True if self.sure and not self.doubtful_words else None
        found.called = {int(self.at[at]): Total(self._label(at), self._nearest(at)) for at in sorted(called)}
        found.called_is_total = all(_NO_GROUP(self.labels[at].group) is not None for at in called)
        taken = found.open.keys() | found.called.keys()
        below = (int(self.at[at]) for at in self._below_all())
        found.below = {index: Total(Label("other"), None) for index in below if index not in taken}
        return found

    def _below_all(self) -> list[int]:
        """Return the few rows that stand below the total of all records before them: what they are, nobody knows."""
        sums = (at for at in self.scopes if at not in self.nameless and self._label(at).function == "sum")
        last = max(sums, default=None)
        label = self.labels.get(last) if last is not None else None
        if last is None or label is None or not label.certain or not self._is_known_sum(last):
            return []
        is_part = label.group or _OF_A_PART(self._called(last))
        whole = self.scopes[last] == (0, last) and self._agrees(last, self._sum((0, last)))
        below = [at for at in self._leaves.tolist() if at > last and self.known[at]]
        before = self._number((0, last))
        return below if whole and not is_part and before > 1 and len(below) <= min(_FEW_BELOW, before) else []

    def _called(self, at: int) -> str:
        """Return all that a row says in words, its name first."""
        index = int(self.at[at])
        return " ".join([self.body.names[index], *filter(None, self.body.rows[index])])

    def _label(self, position: int) -> Label:
        return self.functions.get(position) or self.labels.get(position) or Label()

    def _settle(self) -> None:
        """Sum the rows that are records, as they are known now."""
        kept = np.where(self.leaf, self.values, 0)
        self.sums: Numbers = np.concatenate([np.zeros(1, dtype=kept.dtype), np.cumsum(kept)])
        self.counts: Numbers = np.concatenate([np.zeros(1, dtype="int64"), np.cumsum(self.leaf & self.known)])
        inside = set((np.flatnonzero(~self.leaf) + 1).tolist()) | set(np.flatnonzero(~self.leaf).tolist())
        self.bounds = sorted({0, self.count, *self.gaps, *inside})
        self._bound_at: dict[int, list[int]] | None = None
        self._any_at: dict[int, int] | None = None

    def _sum(self, scope: tuple[int, int]) -> int:
        return int(self.sums[scope[1]] - self.sums[scope[0]])

    def _number(self, scope: tuple[int, int]) -> int:
        return int(self.counts[scope[1]] - self.counts[scope[0]])

    def _by_level(self) -> None:
        """Rows with deeper ones below them (or above, as Excel's own subtotals stand) that they sum."""
        below, above = self._deeper(self.deep), self._deeper(self.deep[::-1])
        above = {self.count - 1 - at: (self.count - end, self.count - 1 - at) for at, (_, end) in above.items()}
        apart = self.parts | self.doubtful_parts | self.heads
        below, above = (
            {at: scope for at, scope in some.items() if at not in apart and not apart.issuperset(range(*scope))}
            for some in (below, above)
        )
        best: tuple[int, dict[int, tuple[int, int]]] = (0, {})
        for parents in (below, above):
            self._only_leaves()
            self.leaf[list(parents)] = False
            self._settle()
            match = {at for at, scope in parents.items() if self.known[at] and self._agrees(at, self._sum(scope))}
            if len(match) > best[0]:
                best = len(match), parents
        self._only_leaves()
        matched, parents = best
        with_figures = sum(bool(self.known[at]) for at in parents)
        if not matched or 2 * matched < with_figures:
            parents = below if not any(self.known[at] for at in below) else {}
            if not parents:
                others = apart | self.labels.keys() | self.nameless
                found = indented(below, others, self.values.tolist(), self.known.tolist(), self.deep)
                self.doubtful_parts |= found
                self.parts_are_likely = self.parts_are_likely and not found
                self.leaf[list(found)] = False
        for at, scope in parents.items():
            self.leaf[at] = False
            if self.known[at]:
                self.scopes[at] = scope
                self.functions[at] = Label()
            elif at not in self.labels:
                self.heads.add(at)

    def _deeper(self, level: Sequence[int]) -> dict[int, tuple[int, int]]:
        """Return the rows that deeper ones follow, with where those are."""
        parents: dict[int, tuple[int, int]] = {}
        open_rows: list[int] = []
        for at, depth in enumerate([*level, -1]):
            while open_rows and level[open_rows[-1]] >= depth:
                parent = open_rows.pop()
                if at > parent + 1:
                    parents[parent] = (parent + 1, at)
            open_rows.append(at)
        return parents

    def _by_words(self) -> list[int]:
        """Settle which rows that are called totals are; return those whose figures say that they are none."""
        unsure = [at for at, label in self.labels.items() if not label.certain and at not in self.scopes]
        found: dict[int, tuple[int, int] | None] = {}
        doubtful: dict[int, tuple[int, int]] = {}
        for _ in range(_ROUNDS):
            self._settle()
            weighed = {at: self._weigh(at) for at in unsure if not self.leaf[at]}
            found = {at: scope for at, (verdict, scope) in weighed.items() if verdict == "total"}
            doubtful = {at: scope for at, (verdict, scope) in weighed.items() if verdict == "doubtful" and scope}
            freed = [at for at, (verdict, _) in weighed.items() if verdict == "record"]
            self.leaf[freed] = True
            if not freed:
                break
        if len(found) >= len(doubtful):  # what the others are, these few are, too
            found, doubtful = {**found, **doubtful}, {}
        self.scopes |= found
        self.doubtful_words = doubtful
        for at, label in self.labels.items():
            if label.certain:
                self.scopes[at] = self._match(at)
        for at in self.nameless:
            scope = self._match(at) if self.known[at] else None
            if scope and self._number(scope) > 1:
                self.scopes[at] = scope
        return [at for at in unsure if self.leaf[at] and self._is_called(at)]

    def _weigh(self, at: int) -> tuple[Literal["total", "doubtful", "record"], tuple[int, int] | None]:
        """Say what a row is whose words may be a company's, and about which rows."""
        label = self.labels[at]
        scope = self._counted(at) if label.count is not None else self._match(at)
        known = self._is_group(at, scope)
        if scope and (known or self._is_sure(at, scope)):
            return "total", scope
        if scope and label.function == "sum":
            return "doubtful", scope
        return ("total", self._nearest(at)) if known and label.count is None else ("record", None)

    def _is_called(self, at: int) -> bool:
        """Whether a record is called like a total, so that a reader had better look."""
        label = self.labels[at]
        if not self.known[at] or _COMPANY(self.body.names[int(self.at[at])]):
            return False
        if label.function != "sum":
            return bool(label.group) and self._match(at) is not None
        return label.count is None or self._is_group(at, None)

    def _is_sure(self, at: int, scope: tuple[int, int]) -> bool:
        """Whether a sum under a word that a company's name may have, too, hardly comes about by chance."""
        if self.labels[at].function != "sum":
            part = self.values[slice(*scope)]
            alone = not self.labels[at].group
            return bool((part != part[0]).any()) and (alone or _digits(self.values[at]) >= _STRONG - 1)
        anchored = scope[0] in self.bounds and scope[1] in self.bounds
        return self._number(scope) > 1 and (anchored or _digits(self.values[at]) >= _STRONG)

    def _is_group(self, at: int, scope: tuple[int, int] | None) -> bool:
        """Whether what the label names stands in a cell by itself, or begins the names beside it."""
        group = self.labels[at].group
        if not group:
            return False
        low, high = scope or (max(0, at - 2), min(self.count, at + 3))
        near = (self.body.names[int(self.at[i])] for i in range(low, min(high, low + SAMPLE)) if i != at)
        if any(name == group or re.match(rf"{re.escape(group)}\s*[:：/|>]", name) for name in near):
            return True
        return self.labels[at].count is None and (self._groups_named[group] > 1 or group in self._cells)

    @cached_property
    def _groups_named(self) -> Counter[str]:
        """How many rows are called after each group: its total and its average."""
        return Counter(label.group for label in self.labels.values() if label.count is None)

    @cached_property
    def _cells(self) -> set[str]:
        return {cell.strip() for row in self.body.rows for cell in row}

    def _counted(self, at: int) -> tuple[int, int] | None:
        """Return the next rows, as many as the label says, where they sum to it."""
        count = self.labels[at].count or 0
        leaves = self._leaves
        first = int(np.searchsorted(leaves, at))
        if not count or first + count > len(leaves) or not self.known[at]:
            return None
        scope = int(at) + 1, int(leaves[first + count - 1]) + 1
        return scope if self._sum(scope) == self.values[at] else None

    @property
    def _leaves(self) -> Numbers:
        return np.flatnonzero(self.leaf)

    def _scopes_of(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield what a row may be about, the likeliest first: back to a bound, on to a bound, everything."""
        place = int(np.searchsorted(self.bounds, at, side="right")) - 1
        back = (bound for bound in reversed(self.bounds[: place + 1]) if self.counts[bound] < self.counts[at])
        ahead = (bound for bound in self.bounds[place + 1 :] if self.counts[bound] > self.counts[at + 1])
        seen = set()
        for scope in (
            *((bound, at) for bound in itertools.islice(back, 1)),
            (0, at),
            *((at + 1, bound) for bound in itertools.islice(ahead, 1)),
            (at + 1, self.count),
            (0, self.count),
        ):
            if scope not in seen and self._number(scope):
                seen.add(scope)
                yield scope

    def _match(self, at: int) -> tuple[int, int] | None:
        """Return which rows a row is about, by its figure and the function that its words name."""
        label, value = self._label(at), int(self.values[at])
        if not self.known[at] or label.function in ("other", "part"):
            return None
        scopes = list(self._scopes_of(at))
        if label.function != "sum":
            return next((scope for scope in scopes if self._narrow(scope) and self._is_so(at, label, scope)), None)
        back = ((bound, at) for bound in reversed(self._bounds_at(int(self.sums[at]) - value)) if bound < at)
        ahead = ((at + 1, bound) for bound in self._bounds_at(int(self.sums[at + 1]) + value) if bound > at + 1)
        exact = (scope for scope in scopes if self._sum(scope) == value)
        rounded = (scope for scope in scopes if self._agrees(at, self._sum(scope)) or self._rounds(at, scope))
        found = next(itertools.chain(exact, back if value else (), ahead if value else (), rounded), None)
        return found or (None if label.certain else self._unbound(at))

    def _is_so(self, at: int, label: Label, scope: tuple[int, int]) -> bool:
        return self._agrees(at, self._computed(label, scope))

    def _narrow(self, scope: tuple[int, int]) -> bool:
        """Whether to look over all the records of a scope: of wide ones only so many are, for the time it takes."""
        wide = scope[1] - scope[0] > SAMPLE
        self.wide += wide
        return not wide or self.wide <= _WIDE_SCOPES

    def _unbound(self, at: int) -> tuple[int, int] | None:
        """Return the rows right before one that it sums, two or more, though nothing marks where they begin."""
        start = self._positions.get(int(self.sums[at]) - int(self.values[at]), at)
        return (start, at) if self._number((start, max(start, at))) > 1 else None

    def _bounds_at(self, total: int) -> list[int]:
        if self._bound_at is None:
            self._bound_at = {}
            for bound in self.bounds:
                self._bound_at.setdefault(int(self.sums[bound]), []).append(bound)
        return self._bound_at.get(total, [])

    @property
    def _positions(self) -> dict[int, int]:
        """Where each running sum is reached, the last place of several."""
        if self._any_at is None:
            self._any_at = {total: at for at, total in enumerate(self.sums.tolist())}
        return self._any_at

    def _computed(self, label: Label, scope: tuple[int, int]) -> int:
        """Return what the records of a scope come to; a mean to the nearest smallest unit."""
        count = self._number(scope)
        if label.function == "sum" or not count:
            return self._sum(scope)
        if label.function == "mean":
            return (2 * self._sum(scope) + count) // (2 * count)
        if label.function == "count":
            return count * self.body.one
        part = slice(*scope)
        values = np.sort(self.values[part][self.leaf[part] & self.known[part]])
        if label.function == "median":
            return int(values[(count - 1) // 2] + values[count // 2]) // 2
        return int(values[-1] if label.function == "maximum" else values[0])

    def _cell(self, at: int) -> str:
        row = self.body.rows[int(self.at[at])]
        return row[self.body.column] if self.body.column < len(row) else ""

    def _step(self, at: int) -> int:
        """Return what the last digit written of a figure counts."""
        digits = re.sub(r"[^0-9]", "", self._cell(at))
        return abs(int(self.values[at])) // int(digits) if digits.strip("0") else 1

    def _agrees(self, at: int, computed: int) -> bool:
        """Whether a figure is what was computed, to the precision in which it is written."""
        off = 2 * abs(int(self.values[at]) - computed)
        halved = self._label(at).function in ("mean", "median")
        return not off or off <= max(self._step(at), 2 * halved)

    def _rounds(self, at: int, scope: tuple[int, int]) -> bool:
        """Whether a figure differs from a sum by no more than rounding of each row explains."""
        off = abs(int(self.values[at]) - self._sum(scope))
        if 100 * off > abs(int(self.values[at])):
            return False
        some = [i for i in range(scope[0], min(scope[1], scope[0] + SAMPLE)) if self.leaf[i] and self.values[i]]
        step = min((self._step(i) for i in some), default=0)
        return 2 * off <= self._step(at) + self._number(scope) * step

    def _nearest(self, at: int) -> tuple[int, int] | None:
        """Return the rows that a total which agrees with none is compared with: those it comes nearest to."""
        label = self._label(at)
        if not self.known[at] or label.function == "other":
            return None
        scopes = [scope for scope in self._scopes_of(at) if self.wide < _WIDE_SCOPES or label.function == "sum"]
        value = int(self.values[at])
        return min(scopes, key=lambda scope: abs(self._computed(label, scope) - value), default=None)

    def _explain(self) -> None:
        """Where a total that says so differs from the rows, see whether it does without rows that sum others."""
        self._settle()
        for at, label in self.labels.items():
            if not label.certain or self.scopes.get(at) or not self._is_known_sum(at):
                continue
            for scope in list(self._scopes_of(at)):
                extra = self._sum(scope) - int(self.values[at])
                if not extra:
                    continue
                low, high = scope
                values = np.where(self.leaf[low:high], self.values[low:high], 0).tolist()
                breaks = {bound - low for bound in self.bounds if low < bound < high}
                ways = subtotals(values, breaks)
                explained = next((sums for sums in ways if sum(values[i] for i in sums) == extra), None)
                if explained:
                    for i, (start, end) in explained.items():
                        self.scopes[low + i] = (low + start, low + end)
                        self.leaf[low + i] = False
                    self.scopes[at] = scope
                    self._settle()
                    break

    def _is_known_sum(self, at: int) -> bool:
        return bool(self.known[at]) and self._label(at).function == "sum"

    def _covered(self) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Return which rows stand under a total that agrees with them as they are taken now."""
        self._settle()
        covered = np.zeros(self.count + 1, dtype="int64")
        for at, scope in self.scopes.items():
            is_sum = at not in self.nameless and self._label(at).function == "sum"
            if scope and is_sum and self._agrees(at, self._sum(scope)):
                covered[scope[0]] += 1
                covered[scope[1]] -= 1
        return np.cumsum(covered)[:-1] > 0

    def _by_figures(self, covered: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> dict[int, tuple[int, int]]:
        """Return rows that sum others though no word says so, where something else may speak for it."""
        self.sure = False
        free = self.leaf.copy()
        free[list(self.nameless)] = True  # left out whatever they are, they show where groups end
        leaves = np.flatnonzero(free & self.known & ~covered)
        if len(leaves) < 3:  # noqa: PLR2004 - two rows and their sum
            return {}
        doubtful: dict[int, tuple[int, int]] = {}
        chance, support = 1.0, 0
        inside: dict[int, tuple[int, int]] = {}
        chance_inside = 1.0
        for at, scope, placed in self._candidates(leaves):
            if at in self.nameless:
                self.scopes.setdefault(at, scope)
                continue
            by_chance, speaks = self._evidence(at, scope)
            if speaks < 0:
                continue
            if placed or speaks:
                doubtful[at] = scope
                chance *= by_chance
                support += speaks + placed
            elif self._number(scope) + 1 < len(leaves):
                inside[at] = scope
                chance_inside *= by_chance * len(leaves) / len(inside)
            elif by_chance <= _CHANCE["end" if self._label(at).function == "sum" else "mean"]:
                doubtful[at] = scope
                chance *= by_chance
        if inside and chance_inside <= _CHANCE["inside"]:
            doubtful |= inside
            chance *= chance_inside
        if self.body.strict and chance > _CHANCE["strict"]:
            return {}
        self.sure = chance <= _CHANCE["sure"] and support > 0
        return doubtful

    def _candidates(self, leaves: Numbers) -> list[tuple[int, tuple[int, int], bool]]:
        """Return rows that sum others, with which, and whether place or structure speaks for it."""
        values: Numbers = self.values[leaves]
        before = np.cumsum(values) - values
        after = before[-1] + values[-1] - before - values
        forward, backward = (values[1:] == before[1:]).any(), (values[:-1] == after[:-1]).any()
        whole = int(before[-1])
        count = len(values)

        def scoped(sums: Mapping[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
            return {int(leaves[i]): (int(leaves[low]), int(leaves[high - 1]) + 1) for i, (low, high) in sums.items()}

        if values[-1] and values[-1] == whole and np.count_nonzero(values) > 2:  # noqa: PLR2004 - two rows and their sum
            return [(int(leaves[-1]), (int(leaves[0]), int(leaves[-2]) + 1), True)]
        listed = values.tolist()
        for found, mirrored in ((forward, False), (backward, True)):
            if found and (sums := structure(listed, mirrored=mirrored)) and not self._sorted(values, sums):
                return [(at, scope, True) for at, scope in scoped(sums).items()]
        # The total of all may stand at the other end than the groups' own do.
        for found, mirrored in (
            ((values[2:] == before[2:] - values[0]).any(), False),
            ((values[:-1] == after[:-1] - values[-1]).any(), True),
        ):
            if found and (sums := framed(listed, mirrored=mirrored)):
                return [(at, scope, True) for at, scope in scoped(sums).items()]
        candidates: dict[int, tuple[tuple[int, int], bool]] = {}
        if forward:
            for at, scope in scoped(closing(listed, 2)).items():
                candidates[at] = scope, at + 1 in self.gaps or at + 1 == self.count
        for gap in [*self.gaps, self.count] if self.gaps else ():
            candidates |= self._before_gap(gap)
        if values[0] and values[0] == after[0] and np.count_nonzero(values) > 2:  # noqa: PLR2004 - as above
            candidates[int(leaves[0])] = (int(leaves[1]), int(leaves[-1]) + 1), False
        mean = values[-1] * (count - 1) - whole
        last = int(leaves[-1])
        if count > 3 and 2 * abs(mean) <= self._step(last) * (count - 1) and len(set(listed)) > 1:  # noqa: PLR2004 - as for sums
            self.functions[last] = Label("mean")
            candidates[last] = (int(leaves[0]), last), False
        for at, scope in scoped(windows(values)).items():
            candidates.setdefault(at, (scope, False))
        return [(at, scope, placed) for at, (scope, placed) in candidates.items()]

    def _sorted(self, values: Numbers, sums: Sums) -> bool:
        """Whether a list is just in order of size, where round figures make groups by chance."""
        in_order = (values[:-1] <= values[1:]).all() or (values[:-1] >= values[1:]).all()
        chances = (by_chance(values[low:high].tolist(), int(values[at])) for at, (low, high) in sums.items())
        return bool(in_order) and prod(chances) > _CHANCE["sure"]

    def _before_gap(self, gap: int) -> dict[int, tuple[tuple[int, int], bool]]:
        """Return the last row before a blank line where it sums those since the blank line or total above it."""
        last = gap - 1
        start = max(
            (bound for bound in self.bounds[: int(np.searchsorted(self.bounds, last)) + 1] if bound < last), default=0
        )
        scope = start, last
        if last < 0 or not self.leaf[last] or not self.values[last] or self._number(scope) < 2:  # noqa: PLR2004 - a sum has two
            return {}
        return {last: (scope, True)} if self._sum(scope) == self.values[last] else {}

    def _evidence(self, at: int, scope: tuple[int, int]) -> tuple[float, int]:
        """Return how likely all columns of figures agree by chance, and whether other cells speak for a total.

        A total leaves the columns of texts empty and sums those of figures; a record does neither.
        """
        summed = self.values[slice(*scope)][self.leaf[slice(*scope)]]
        chance = by_chance(summed.tolist(), int(self.values[at]))
        bold = int(self.at[at]) in self.body.bold and len(self.body.bold) * 4 < self.count
        speaks, against = int(bold), 0
        rows, index = self.body.rows, int(self.at[at])
        members = [int(self.at[i]) for i in range(*scope) if self.leaf[i]]
        sample = members[:SAMPLE]
        for column in range(max((len(rows[i]) for i in (*sample, index)), default=0)):
            if column in (self.body.name_column, self.body.column):
                continue
            cells = [rows[i][column].strip() for i in sample if column < len(rows[i]) and rows[i][column].strip()]
            if 5 * len(cells) < 4 * len(sample):
                continue
            own = rows[index][column].strip() if column < len(rows[index]) else ""
            if 2 * sum(map(is_amount, cells)) <= len(cells):
                speaks += not own
                against += bool(own)
                continue
            read = parse_column([*(_at(rows[i], column) for i in members), own], currency=self.body.currency)
            if read.known[-1]:
                agrees = sum(read.held[:-1]) == read.held[-1]
                chance *= by_chance(read.held[:-1], read.held[-1]) if agrees else 1
                speaks += agrees
                against += not agrees
        return chance, -1 if against > speaks else speaks

    def _name_heads(self) -> None:
        """Rows that say which group comes, and nothing else: those that a total names."""
        groups = {self.labels[at].group for at in self.scopes if at in self.labels} - {""}
        if groups:
            for at in np.flatnonzero(self.leaf & ~self.known).tolist():
                index = int(self.at[at])
                if self.body.names[index] in groups and _filled(self.body.rows[index]) == 1:
                    self.heads.add(at)

    # --- Comparing -------------------------------------------------------------------------------

    def compared(self, found: Found, left_out: Collection[int]) -> list[Compared]:
        """Return what totals state and what the rows read come to, rows ``left_out`` being none of them."""
        gone = set(left_out)
        self.leaf = np.array([int(index) not in gone for index in self.at], dtype=bool)
        self.functions = {self._place(i): total.label for i, total in found.totals.items()}
        self._settle()
        between = [at for at, label in self.labels.items() if label.function == "other" and self.known[at]]
        compared = []
        for index, total in sorted(found.totals.items()):
            at = self._place(index)
            if total.scope is None or not self.known[at] or total.label.function in ("count", "other"):
                continue
            read = self._computed(total.label, total.scope)
            stated = int(self.values[at])
            with_tax = read + sum(int(self.values[i]) for i in between if total.scope[0] <= i < at)
            agrees = self._agrees(at, read) or (total.label.function == "sum" and self._agrees(at, with_tax))
            compared.append(Compared(index, stated, stated if agrees else read))
        return compared


def _at(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def _digits(value: int) -> int:
    """Return how many digits of a figure are not just zeros at its end."""
    return len(str(abs(int(value))).rstrip("0"))
