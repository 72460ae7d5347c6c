"""Columns of percentages. What numbers without a sign are, fractions of 1, percents, or none at all, by their bulk.

What points and commas in them mean is in ``number_style``; they are held as other numbers are (``numbers``).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low
from typing import Any, Final, Literal

from calculators.engine.asks.settings import BASIS_POINTS
from calculators.engine.asks.tables import ColumnSpec
from calculators.engine.reads.amounts import PLACES_OF_NUMBERS, parse_column
from calculators.engine.reads.number_style import HALF_WIDTH, Number
from calculators.engine.reads.numbers import PERCENT, exactly, mark_of
from calculators.engine.reads.rows import TableRows
from calculators.engine.reads.sources import Remark, clean

Reading = Literal["fractions", "percents", "each", "unused"]
"""How a column is read: all as fractions, all as percents, each as it looks, or not at all since it holds ratings."""

LARGEST_FRACTION: Final = 3 * BASIS_POINTS
"""Few reach 300% of a target, while 3% is as rare in a column."""
_OUTLIER: Final = 10 * BASIS_POINTS
"""What may stand among fractions: nobody reaches more than ten times a target."""
_SCALE: Final = (BASIS_POINTS, 10 * BASIS_POINTS)
"""Ratings are given from 1 to 5, or to 10."""
_LOW: Final = 2 * BASIS_POINTS
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
    return BASIS_POINTS if of_a_whole else LARGEST_FRACTION


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
    in_halves = all(size % (BASIS_POINTS // 2) == 0 for size in sizes)
    return in_halves or median_low(sizes) >= _LOW


def are_grades(cells: Sequence[str]) -> bool:
    """Whether most cells that are not blank hold grades, in letters or words.

    >>> are_grades(["A", "b+", "C", ""]), are_grades(["甲", "乙等"]), are_grades(["95", "A"])
    (True, True, False)
    """
    filled = [cell for cell in cells if cell]
    return 3 * sum(_GRADE(cell) is not None for cell in filled) > 2 * len(filled) > 0


def read_percentages(table: TableRows, column: ColumnSpec, cells: list[str]) -> tuple[list[Any], list[bool]]:
    """Read percentages: with their sign, or without it as fractions of 1 or as percents.

    Which of the two bare numbers are is decided for the column by their bulk, and asked about where that leaves it
    open. Beside numbers with a sign, one without that might be either is not used, unless most are such.
    """
    in_use = table.in_use(cells)
    used = [cell if isinstance(cell, Number) else cell.translate(HALF_WIDTH).strip() for cell in in_use]
    bare = [cell.removesuffix("%").strip() if cell.endswith("%") else cell for cell in used]
    unsigned = ["" if cell.endswith("%") else cell for cell in used]
    nobody = [Fraction(0)] * len(cells), [False] * len(cells)
    if not column.of_a_whole and are_grades(used) and _ask_about_grades(table, column, cells, used) == "unused":
        return nobody
    mark = mark_of(table, column, bare, None)
    seen = parse_column(unsigned, currency=table.currency, unit=PERCENT, mark=mark, places=PLACES_OF_NUMBERS)
    exact = {at: PERCENT * value for at, value in seen.finer.items()}
    found = {at: Fraction(held) for at, held in enumerate(seen.held) if seen.known[at] and held} | exact
    largest = largest_fraction(of_a_whole=column.of_a_whole)
    small = [at for at, value in found.items() if abs(value) <= largest]
    signed = sum(cell.endswith("%") for cell in used)
    params = {"header": table.header(column), "count": len(found)}
    if signed and not (len(small) == len(found) > 2 * signed):
        for at in small:
            table.problem(at, "tables.percent_or_fraction", column.name, cells[at])
        return exactly(table, column, bare, mark, [PERCENT] * len(bare), written=cells)
    judgement = judge(list(found.values()), of_a_whole=column.of_a_whole)
    reading: str | None = judgement.reading
    choices = judgement.choices or (("percents", "fractions") if signed else ())
    if choices:
        reading = _ask_about_percentages(table, column, cells, found, choices, assumed=judgement.reading)
    if reading == "unused":
        return nobody
    if reading == "fractions":
        table.remarks.append(Remark("tables.fractions", params))
    elif found:
        table.remarks.append(Remark("tables.percents", params))
        if small and reading == "percents":
            cells_shown = {"count": len(small), "cell": clean(cells[small[0]])}
            table.remarks.append(Remark("tables.small_percents", {**params, **cells_shown}))
    fractions = set() if reading == "percents" else set(small) if reading == "each" else set(found)
    units = [1 if at in fractions else PERCENT for at in range(len(bare))]
    return exactly(table, column, bare, mark, units, written=cells)


def _ask_about_percentages(
    table: TableRows,
    column: ColumnSpec,
    cells: Sequence[str],
    found: Mapping[int, Fraction],
    choices: Sequence[Reading],
    *,
    assumed: str | None,
) -> str:
    """Ask what numbers without a sign are; ``found`` has them in basis points, by where they stand."""
    largest = largest_fraction(of_a_whole=column.of_a_whole)
    smallest = min(found, key=lambda at: abs(found[at]))
    biggest = max(found, key=lambda at: abs(found[at]))
    said: dict[str, dict[str, object]] = {}
    for choice in choices:
        read = {
            at: value
            / BASIS_POINTS
            / (100 if choice == "percents" or (choice == "each" and abs(value) > largest) else 1)
            for at, value in found.items()
        }
        said[choice] = {
            "cells": [clean(cells[smallest]), clean(cells[biggest])],
            "low": 100 * read[smallest],
            "high": 100 * read[biggest],
            "average": 100 * sum(read.values(), Fraction(0)) / len(read),
        }
    params = {"header": table.header(column), "count": len(found)}
    return table.asking.ask(f"percent.{column.name}", params, said, assumed=assumed)


def _ask_about_grades(table: TableRows, column: ColumnSpec, cells: Sequence[str], used: Sequence[str]) -> str:
    grades = sum(map(bool, used))
    params = {
        "header": table.header(column),
        "cell": next(clean(cells[at]) for at in range(len(used)) if used[at]),
    }
    return table.asking.ask(f"grades.{column.name}", params, {"unused": {}, "numbers": {"count": grades}})
