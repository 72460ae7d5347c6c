"""Amounts in a cell of a workbook that is merged over several rows: one for all of them, or for each its own.

The file holds it once, in the first row; the others have nothing. Rows of one name come to the same either way; of
others only the reader knows. Merged names and days are filled down in ``layout``.
"""

from collections.abc import Iterator, Sequence

from calculators.engine.asks.tables import ColumnSpec
from calculators.engine.reads.layout import Layout
from calculators.engine.reads.rows import LISTED, TableRows, cell_at, is_filled_down

DITTO = "〃"
"""Stands below an amount in a merged cell where rows go on as text: no amount, so that the row is never read as 0."""


def merged_below(layout: Layout, index: int) -> Iterator[tuple[int, list[int]]]:
    """Yield for each cell of a column that is merged over several rows its row, and those below that have something."""
    rows = layout.columns.rows
    for top, left, bottom, right in layout.grid.marks.merged:
        first = top - layout.start
        if bottom > top and 0 <= first < len(rows) and any(left <= at <= right for at in layout.columns.parts(index)):
            at = next(at for at in layout.columns.parts(index) if left <= at <= right)
            if at != left or not any(cell.strip() for cell in rows[first][at : at + 1]):
                continue
            below = range(first + 1, min(bottom - layout.start, len(rows) - 1) + 1)
            yield first, [row for row in below if any(map(str.strip, rows[row]))]


def write_below(layout: Layout, index: int, *, each: bool) -> None:
    """Write into the rows below a merged amount what they are read as: the amount for each of them, or a ditto mark."""
    for first, below in list(merged_below(layout, index)):
        for row in below:
            for at in layout.columns.parts(index):
                _write(layout.columns.rows[row], at, cell_at(layout.columns.rows[first], at) if each else DITTO)


def ask_about_shared(table: TableRows, column: ColumnSpec, names: Sequence[str]) -> None:
    """Ask what amounts are that stand in cells merged over rows of several ``names``."""
    index = table.layout.mapping[column.name]
    if index is None or is_filled_down(column):
        return
    shared = [
        (first, rows)
        for first, below in merged_below(table.layout, index)
        if (rows := [row for row in below if _is_another(table, names, first, row)])
    ]
    if not shared:
        return
    body, parts = table.body, table.layout.columns.parts(index)
    instead: dict[int, list[str]] = {}
    for first, rows in shared:
        for row in rows:
            instead[row] = list(body[row])
            for at in parts:
                _write(instead[row], at, cell_at(body[first], at))
    first, rows = shared[0]
    once, each = table.rough_total({}), table.rough_total(instead)
    params = {
        "header": table.header(column),
        "cell": next(filter(None, (cell_at(body[first], at) for at in parts)), ""),
        "count": 1 + len(rows),
        "names": [names[row] for row in (first, *rows)][:LISTED],
        "others": len(shared) - 1,
    }
    answer = table.asking.ask(f"merged.{column.name}", params, {"once": {"total": once}, "each": {"total": each}})
    for first, rows in shared:
        for row in rows:
            if answer == "each":
                body[row][:] = instead[row]
            else:
                shown = next(filter(None, (cell_at(body[first], at) for at in parts)), "")
                table.problem(row, "tables.merged_amount", column.name, shown, name=names[first])


def _is_another(table: TableRows, names: Sequence[str], first: int, row: int) -> bool:
    return row not in table.problems and bool(names[row]) and names[row] != names[first]


def _write(row: list[str], at: int, text: str) -> None:
    row.extend([""] * (at + 1 - len(row)))
    row[at] = text
