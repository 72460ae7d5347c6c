"""How a table lies in its rows: where its header is, and which column is which.

By which headings columns are known is in ``headings``, the rows of a header in ``header``, months and quarters in
``periods``; which of several columns of money is meant in ``meant``. What a row says is for ``no_records``.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from calculators.engine.asks.limits import MAX_COLUMNS, MAX_HEADING
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.header import header_at
from calculators.engine.reads.headings import find_header, guess, headings_of, match, missing
from calculators.engine.reads.meant import Choice, Columns, Meant
from calculators.engine.reads.questions import Asking
from calculators.engine.reads.sources import Grid, Refused, Remark

_GUESSED: Final[Mapping[str, str]] = {
    "text": "tables.guessed_text",
    "money": "tables.guessed_money",
    "date": "tables.guessed_date",
}
_SEEN: Final = 200  # rows by which columns are known that no heading names
_LONGEST_SHOWN: Final = 20
_GUESSED_BY: Final = 50  # rows by which columns without a header are


@dataclass
class Layout:
    """A grid with its header found and its columns matched; rows count from 0."""

    grid: Grid
    columns: Columns
    header: int | None
    """The first row of the header."""
    lines: tuple[tuple[str, ...], ...]
    """The rows of the header, as they are written."""
    start: int
    """Index of the first row below the header."""
    expected: int
    """How many cells the header has, blank ones included."""
    fitting: dict[str, list[int]]
    mapping: dict[str, int | None]
    asking: Asking
    choices: list[Choice] = field(default_factory=list)
    """Which columns may be meant where several are alike; asked already, by all rows."""
    units: Mapping[int, str] = field(default_factory=dict)
    """What a row of units under the headings gives to columns."""
    settled: set[str] = field(default_factory=set)
    """Columns of which it is said, or asked, why they were chosen of several."""
    figures: set[int] = field(default_factory=set)
    """Columns that hold figures though nothing declared is read from them."""
    over: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Columns of money over periods, by the declared column that they add up to."""
    remarks: list[Remark] = field(default_factory=list)

    @property
    def headers(self) -> tuple[str, ...]:
        """Return what can be chosen: every column, A, B, C where it has no heading, then sums of several."""
        return self.columns.headers

    def unread(self) -> list[int]:
        """Return the columns of the file that nothing declared is read from."""
        taken = {part for at in self.mapping.values() if at is not None for part in self.columns.parts(at)}
        return [at for at in range(self.columns.width) if at not in taken]

    def possible(self, column: ColumnSpec) -> list[int]:
        """Return those that may be a declared one for what stands in them."""
        width = self.columns.width
        taken = set(range(width)).difference(self.unread())
        return missing(column, self.headers[:width], self.columns.rows[:_SEEN], taken)

    def cells(self, index: int) -> list[str]:
        """Return a column's cells below the header; of a sum of several those of each, one column after the other."""
        return self.columns.cells(index)

    def is_header(self, row: Sequence[str], indexes: Sequence[int]) -> bool:
        """Say whether a row says in some columns what a row of the header does."""
        own = [part for index in indexes for part in self.columns.parts(index)]
        said = [row[index] if index < len(row) else "" for index in own]
        return any(
            any(said) and all(cell == (line[at] if at < len(line) else "") for cell, at in zip(said, own, strict=True))
            for line in self.lines
        )


def lay_out(
    grid: Grid, spec: TableSpec, currency: str, chosen: Mapping[str, int | None] | None, asking: Asking
) -> Layout:
    """Find the header and the columns of a declared table, ``chosen`` as the reader has chosen. Raises Refused."""
    if not any(any(map(str.strip, row)) for row in grid.rows):
        raise Refused("tables.empty_table")
    layout = _with_header(grid, spec, asking)
    columns, picked = layout.columns, dict(chosen or {})
    meant = None
    if layout.header is None:
        layout.fitting = guess(columns.rows[:_GUESSED_BY], layout.expected, spec.columns)
    else:
        hidden = grid.marks.hidden_columns
        layout.fitting = match(columns.headers, spec.columns, currency, hidden)
        meant = Meant(columns, spec, currency, asking, hidden)
    for index in picked.values():
        if index is not None and not 0 <= index < len(columns.headers):
            raise Refused("tables.no_such_column", number=index + 1, count=len(columns.headers))
    for column in spec.columns:
        if column.name in picked:
            layout.mapping[column.name] = picked[column.name]
            continue
        free = [index for index in layout.fitting.get(column.name, []) if index not in picked.values()]
        by_heading = free[0] if free else None
        layout.mapping[column.name] = meant.of(column, free) if meant and column.kind == "money" else by_heading
    if meant is not None:
        _by_content(layout, spec, meant, picked)
        layout.choices, layout.settled, layout.figures = meant.choices, meant.settled, meant.figures
        layout.remarks += meant.remarks
        layout.over = meant.over
    _ask_about_events(layout, spec, picked)
    return layout


def _with_header(grid: Grid, spec: TableSpec, asking: Asking) -> Layout:
    """Return a grid with its header found, or columns called A, B, C where it has none. Raises Refused."""
    rows = grid.rows
    if max(map(len, rows)) > MAX_COLUMNS:
        _drop_blank_columns(grid)
    at = find_header(rows, spec.columns)
    names: list[str]
    lines: tuple[tuple[str, ...], ...] = ()
    units: Mapping[int, str] = {}
    if at is None:
        top, start = None, next((index for index, row in enumerate(rows) if any(map(str.strip, row))), len(rows))
        expected = max((len(row) for row in rows[start : start + _GUESSED_BY]), default=0)
        names = [""] * expected
    else:
        header = header_at(rows, at, grid.marks.merged)
        top, start, lines, units = header.top, header.bottom + 1, header.lines, header.units
        expected, names = max(map(len, lines)), list(header.names)
        while names and not names[-1]:
            names.pop()
    if len(names) > MAX_COLUMNS:
        raise Refused("tables.too_many_columns", count=len(names), limit=MAX_COLUMNS)
    for number, name in enumerate(names, 1):
        if len(name) > MAX_HEADING:
            params = {"row": start, "column": number, "length": len(name), "limit": MAX_HEADING}
            raise Refused("tables.heading_too_long", header=name[:_LONGEST_SHOWN], **params)
    headers = [name or column_letter(number) for number, name in enumerate(names, 1)]
    return Layout(grid, Columns(headers, rows[start:]), top, lines, start, expected, {}, {}, asking, units=units)


def column_letter(number: int) -> str:
    """Return what a spreadsheet calls its columns, from 1.

    >>> [column_letter(number) for number in (1, 26, 27, 702, 703)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    before, last = divmod(number - 1, 26)
    return (column_letter(before) if before else "") + chr(ord("A") + last)


def _drop_blank_columns(grid: Grid) -> None:
    """Take out of every row the columns in which nothing stands."""
    filled = list(filter(None, grid.rows))
    used = sorted({index for row in filled for index, cell in enumerate(row) if cell.strip()})
    place = {index: at for at, index in enumerate(used)}
    for row in filled:
        row[:] = [row[index] for index in used if index < len(row)]
    areas = (
        (top, bisect_left(used, left), bottom, bisect_right(used, right) - 1)
        for top, left, bottom, right in grid.marks.merged
    )
    grid.marks = replace(
        grid.marks,
        merged=tuple(area for area in areas if area[1] <= area[3]),
        hidden_columns=frozenset(place[at] for at in grid.marks.hidden_columns if at in place),
        unvalued={(row, place[at]): formula for (row, at), formula in grid.marks.unvalued.items() if at in place},
    )


def _by_content(layout: Layout, spec: TableSpec, meant: Meant, picked: Mapping[str, int | None]) -> None:
    """Find required columns that no heading names by what stands in them: the only one of its kind that is left."""
    lost = [column for column in spec.columns if column.required and layout.mapping[column.name] is None]
    lost = [column for column in lost if column.name not in picked]
    if not lost:
        return
    found = {column.name: layout.possible(column) for column in lost}
    if len({column.kind for column in lost}) < len(lost) or not all(found.values()):
        return
    if any(len(found[column.name]) > 1 and column.kind != "money" for column in lost):
        return
    for column in lost:
        indexes = found[column.name]
        if len(indexes) > 1:
            layout.mapping[column.name] = meant.among(column, indexes)
        else:
            layout.mapping[column.name] = indexes[0]
            code = _GUESSED[column.kind]
            layout.remarks.append(Remark(code, {"header": layout.headers[indexes[0]]}))


def _ask_about_events(layout: Layout, spec: TableSpec, picked: Mapping[str, int | None]) -> None:
    """Ask which column has the day of an event where no heading names it.

    A blank cell says that it has not happened. A column that is not there, or has another name, says nothing, and would
    come to the same figures.
    """
    for column in spec.columns:
        if not column.event or layout.mapping[column.name] is not None:
            continue
        known = headings_of(column.name)
        if column.name not in picked:
            options: dict[str, dict[str, object]] = {
                f"column.{index}": {"header": layout.headers[index]} for index in layout.possible(column)
            }
            name = f"event.{column.name}"
            layout.asking.ask(name, {"zh": known.zh[0], "en": known.en[0]}, {**options, "nowhere": {}})
            answer = layout.asking.answered(name)
            if answer in options:
                layout.mapping[column.name] = int(answer.removeprefix("column."))
                continue
        layout.remarks.append(Remark("tables.no_event", {"zh": known.zh[0], "en": known.en[0]}))


def fill_merged(layout: Layout, index: int) -> int:
    """Write what merged areas say that begin in a column into each of their rows that has anything; return how many."""
    filled = 0
    for top, left, bottom, _ in layout.grid.marks.merged:
        if left == index and layout.start <= top < len(layout.grid.rows):
            text = layout.grid.rows[top][index] if index < len(layout.grid.rows[top]) else ""
            for row in layout.grid.rows[top + 1 : bottom + 1]:
                if any(row) and not any(cell.strip() for cell in row[index : index + 1]):
                    row.extend([""] * (index + 1 - len(row)))
                    row[index] = text
                    filled += 1
    return filled
