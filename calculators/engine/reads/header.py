"""The rows of a header: groups over their columns, a row of units below, and what each column is called by them all.

Which row has the headings of a table is found in ``headings``; here its neighbours are looked at.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

from calculators.engine.reads.amounts import NotAnAmount, is_amount, parse_heading
from calculators.engine.reads.headings import JOINT, headings_known, says_total
from calculators.engine.reads.number_style import HALF_WIDTH
from calculators.engine.reads.periods import period_of
from calculators.engine.reads.sources import clean

Area = tuple[int, int, int, int]
"""A merged area: first row, first column, last row, last column."""

_NEIGHBOURS: Final = 2
"""How many rows of a header may stand above, or below, the one that has its headings."""
_LONGEST_UNIT: Final = 20
_STEMS: Final = ("甲", "乙", "丙", "丁")
"""How Chinese forms count columns of texts."""
_SURELY_COUNTED: Final = 3  # a customer called 1 may have brought in 2
_SAYS_UNIT: Final = frozenset({"", "单位", "單位", "计量单位", "unit", "units", "uom", "in"})
# What may stand in a row of units beside currencies and their multiples.
_OTHER_UNITS: Final = frozenset(
    {
        *(
            "%",
            "％",
            "个",
            "家",
            "户",
            "人",
            "天",
            "日",
            "月",
            "年",
            "次",
            "件",
            "单",
            "台",
            "套",
            "吨",
            "小时",
            "-",
            "—",
        ),
        *("#", "no", "no.", "pcs", "unit", "units", "day", "days", "month", "months", "year", "years", "hours", "text"),
    }
)
_SAYS_SOMETHING = re.compile(r"[:：]|(?:单位|單位|\bunit\b)", re.IGNORECASE).search


@dataclass(frozen=True)
class Header:
    """The rows of a header from ``top`` to ``bottom``, counted from 0, and the names of the columns by them all."""

    top: int
    bottom: int
    names: tuple[str, ...]
    """Of each column, ``""`` where it has none: ``Revenue · Q1 (kEUR)``."""
    lines: tuple[tuple[str, ...], ...]
    """Its rows as they are written."""
    units: Mapping[int, str]
    """What a row of units under the headings gives to columns; it ends their names, too."""


def header_at(rows: Sequence[Sequence[str]], at: int, merged: Sequence[Area]) -> Header:
    """Return the whole header around the row that has the headings."""
    top = bottom = at
    while bottom - at < _NEIGHBOURS and _goes_on_below(rows, bottom, merged):
        bottom += 1
    while at - top < _NEIGHBOURS and _has_groups_above(rows, top, bottom, merged):
        top -= 1
    lines = [_line(rows, row) for row in range(top, bottom + 1)]
    width = max(map(len, lines))
    filled = [_filled(lines, row, top, merged, width) for row in range(len(lines))]
    names = [JOINT.join(dict.fromkeys(filter(None, parts))) for parts in zip(*filled, strict=True)]
    units = _units(rows, bottom + 1, names)
    if units:
        bottom += 1
        lines.append(_line(rows, bottom))
        for index, unit in units.items():
            units[index] = unit if unit[0] in "(（[【" else f"({unit})"
            names[index] = f"{names[index]} {units[index]}"
    if _numbers_columns(_line(rows, bottom + 1), names):
        bottom += 1
        lines.append(_line(rows, bottom))
    return Header(top, bottom, tuple(names), tuple(map(tuple, lines)), units)


def _line(rows: Sequence[Sequence[str]], row: int) -> list[str]:
    return [clean(cell) for cell in rows[row]] if 0 <= row < len(rows) else []


def _at(line: Sequence[str], index: int) -> str:
    return line[index] if 0 <= index < len(line) else ""


def _spans(row: int, merged: Sequence[Area]) -> dict[int, int]:
    """Return the last columns of the merged areas that begin in a row and go over several, by their first."""
    return {left: right for top, left, _, right in merged if top == row and right > left}


def _is_data(cell: str) -> bool:
    return is_amount(cell) and period_of(cell) is None


def _goes_on_below(rows: Sequence[Sequence[str]], row: int, merged: Sequence[Area]) -> bool:
    """Whether the next row has the heads of single columns under groups: it has cells only under those."""
    head, below, spans = _line(rows, row), _line(rows, row + 1), _spans(row, merged)
    subs = [index for index, cell in enumerate(below) if cell and cell != _at(head, index)]
    if len(subs) < 2 or any(map(_is_data, filter(None, below))):  # noqa: PLR2004 - a group of one is none
        return False
    for index in subs:
        here, after = _at(head, index), _at(head, index + 1)
        merged_over = any(left <= index <= right for left, right in spans.items())
        inside = not here and any(head[:index])
        begins = bool(here) and after in ("", here) and (index + 1 < len(head) or any(below[index + 1 :]))
        repeated = bool(here) and here == _at(head, index - 1)
        if not (merged_over or inside or begins or repeated):
            return False
    known = any(period_of(below[index]) or headings_known(below[index]) or says_total(below[index]) for index in subs)
    first = next(index for index, cell in enumerate(head) if cell)
    after_that = _line(rows, row + 2)
    figures = not _at(below, first) and _at(after_that, first) and any(is_amount(_at(after_that, at)) for at in subs)
    return bool(spans or known or figures)


def _has_groups_above(rows: Sequence[Sequence[str]], top: int, bottom: int, merged: Sequence[Area]) -> bool:
    """Whether the row above a header has groups, each over several columns, and is no title."""
    above, spans = _line(rows, top - 1), _spans(top - 1, merged)
    lines = [_line(rows, row) for row in range(top, bottom + 1)]
    width = max(map(len, lines))
    named = [index for index in range(width) if any(_at(line, index) for line in lines)]
    groups = [index for index, cell in enumerate(above) if cell]
    if not groups or not named or any(_is_data(above[index]) or _SAYS_SOMETHING(above[index]) for index in groups):
        return False
    wide = []
    for index, following in zip(groups, [*groups[1:], max(width, len(above))], strict=True):
        last = spans.get(index, index) if spans else following - 1
        if sum(index <= column <= last for column in named) > 1:
            wide.append(index)
    alone = [
        index for index in groups if index not in wide and above[index] not in {_at(line, index) for line in lines}
    ]
    if len(groups) == 1:
        return bool(wide) and groups[0] > named[0]
    return bool(wide) and (named[0] not in groups or not alone)


def _filled(lines: Sequence[Sequence[str]], at: int, top: int, merged: Sequence[Area], width: int) -> list[str]:
    """Return a row of a header with its groups written over each of their columns."""
    line = [_at(lines[at], index) for index in range(width)]
    for first, left, last, right in merged:
        if first <= top + at <= last and 0 <= first - top < len(lines):
            text = _at(lines[first - top], left)
            line[left : right + 1] = [text] * (min(right + 1, width) - left)
    if at == len(lines) - 1 or _spans(top + at, merged):
        return line
    below = [any(_at(under, index) for under in lines[at + 1 :]) for index in range(width)]
    for index in range(1, width):
        begins_above = any(_at(over, index) for over in lines[:at])
        if not line[index] and line[index - 1] and below[index] and below[index - 1] and not begins_above:
            line[index] = line[index - 1]
    return line


def _units(rows: Sequence[Sequence[str]], row: int, names: Sequence[str]) -> dict[int, str]:
    """Return the units that a row below the headings gives to columns; nothing where it is no such row."""
    cells = {index: cell for index, cell in enumerate(_line(rows, row)) if cell}
    first = next((index for index, name in enumerate(names) if name), 0)
    said = cells.pop(first, "").translate(HALF_WIDTH).lower().strip(" :()[]")
    if said not in _SAYS_UNIT or not cells or any(index >= len(names) or not names[index] for index in cells):
        return {}
    kinds = [_kind_of_unit(cell) for cell in cells.values()]
    return cells if all(kinds) and "money" in kinds else {}


def _numbers_columns(line: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a row counts the columns, as forms do: (1) (2) (3), A B C, or 甲 1 2 under texts and figures.

    >>> _numbers_columns(["①", "②"], ["客户", "收入"]), _numbers_columns(["甲", "1", "2"], ["客户", "收入", "成本"])
    (True, True)
    >>> _numbers_columns(["1", "2"], ["客户", "收入"]), _numbers_columns(["A", "B"], ["客户", "收入"])
    (False, False)
    """
    cells = [unicodedata.normalize("NFKC", _at(line, index)).strip() for index, name in enumerate(names) if name]
    if len(line) > len(names) or not all(cells):
        return False
    bare = [cell.strip("()[]<> ").upper() for cell in cells]
    marked = all(cell != one for cell, one in zip(cells, bare, strict=True)) or not "".join(line).isascii()
    stems = [at for at, cell in enumerate(bare) if cell not in _STEMS]
    heads, figures = bare[: stems[0] if stems else 0], bare[stems[0] if stems else 0 :]
    if heads != list(_STEMS[: len(heads)]) or not figures:
        return False
    marked = marked and not heads
    counted = [[str(number) for number in range(1, len(figures) + 1)], list(ascii_uppercase[: len(figures)])]
    return figures in counted and (marked or len(bare) >= _SURELY_COUNTED)


def _kind_of_unit(cell: str) -> str:
    text = cell.translate(HALF_WIDTH).lower().strip(" ()[]")
    if len(text) > _LONGEST_UNIT:
        return ""
    if text in _OTHER_UNITS:
        return "money" if text in ("%", "％") else "other"
    try:
        heading = parse_heading(f"({text})")
    except NotAnAmount:
        return "money"  # 分: refused with its column
    return "money" if heading.unit is not None or heading.currency is not None else ""


def cells_of(rows: Sequence[Sequence[str]], index: int) -> Iterator[str]:
    """Yield the cells of a column."""
    return (row[index] if index < len(row) else "" for row in rows)
