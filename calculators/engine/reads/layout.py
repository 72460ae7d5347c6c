"""How a table lies in its rows: where its header is, and which column is which.

By which headings columns are known is in ``headings``; what a row or a cell says is for ``tables``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from calculators.engine.asks.tables import TableSpec
from calculators.engine.reads.headings import find_header, guess, match
from calculators.engine.reads.questions import Asking
from calculators.engine.reads.sources import MAX_COLUMNS, Grid, Refused

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff]+")


def clean(cell: str) -> str:
    """Return a cell without what cannot be printed and the blanks around it."""
    return _UNPRINTABLE.sub(" ", cell).strip() if _UNPRINTABLE.search(cell) else cell.strip()


def clean_all(cells: list[str]) -> list[str]:
    """Return a column's cells, each as `clean` gives it."""
    if _UNPRINTABLE.search("\x7e".join(cells)):
        return [clean(cell) for cell in cells]
    return [cell.strip() for cell in cells]


@dataclass
class Layout:
    """A grid with its header found and its columns matched; rows count from 0."""

    grid: Grid
    headers: tuple[str, ...]
    header: int | None
    start: int
    """Index of the first row below the header."""
    expected: int
    """How many cells the header row has, blank ones included."""
    fitting: dict[str, list[int]]
    mapping: dict[str, int | None]
    asking: Asking


def lay_out(
    grid: Grid, spec: TableSpec, currency: str, chosen: Mapping[str, int | None] | None, asking: Asking
) -> Layout:
    """Find the header and the columns of a declared table, ``chosen`` as the reader has chosen. Raises Refused."""
    rows = grid.rows
    if not any(any(map(str.strip, row)) for row in rows):
        raise Refused("tables.empty_table")
    header = find_header(rows, spec.columns)
    if header is None:
        start = next((index for index, row in enumerate(rows) if any(map(str.strip, row))), len(rows))
        expected = max((len(row) for row in rows[start : start + 50]), default=0)
        headers = tuple(get_column_letter(number) for number in range(1, expected + 1))
        fitting = guess(rows[start : start + 50], expected, spec.columns)
    else:
        start, expected = header + 1, len(rows[header])
        cells = [clean(cell) for cell in rows[header]]
        while cells and not cells[-1]:
            cells.pop()
        headers = tuple(cell or get_column_letter(number) for number, cell in enumerate(cells, 1))
        fitting = match(headers, spec.columns, currency)
    if len(headers) > MAX_COLUMNS:
        raise Refused("tables.too_many_columns", count=len(headers), limit=MAX_COLUMNS)
    mapping: dict[str, int | None] = {}
    picked = dict(chosen or {})
    for column in spec.columns:
        if column.name in picked:
            index = picked[column.name]
            if index is not None and not 0 <= index < len(headers):
                raise Refused("tables.no_such_column", number=index + 1, count=len(headers))
            mapping[column.name] = index
        else:
            free = [index for index in fitting.get(column.name, []) if index not in picked.values()]
            mapping[column.name] = free[0] if free else None
    return Layout(grid, headers, header, start, expected, fitting, mapping, asking)


def fill_merged(layout: Layout, index: int) -> int:
    """Write what merged areas of one column say into each of their rows that has anything in it; return how many."""
    filled = 0
    for top, left, bottom, right in layout.grid.merged:
        if left == index == right and layout.start <= top < len(layout.grid.rows):
            text = layout.grid.rows[top][index] if index < len(layout.grid.rows[top]) else ""
            for row in layout.grid.rows[top + 1 : bottom + 1]:
                if any(row) and not any(cell.strip() for cell in row[index : index + 1]):
                    row.extend([""] * (index + 1 - len(row)))
                    row[index] = text
                    filled += 1
    return filled
