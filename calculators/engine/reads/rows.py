"""The rows of a table on their way to records: which are blank, which cannot be used and why, what else is known.

This is what the modules of this folder that read rows and columns share: each finds its own kind of row and says so
here. The door to reading tables, and the order of the steps, is ``tables``.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from calculators.engine.asks.currencies import minor_units
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.amounts import PLACES_OF_NUMBERS, parse_column
from calculators.engine.reads.formulas import armed
from calculators.engine.reads.layout import Layout, fill_merged
from calculators.engine.reads.number_style import Mark
from calculators.engine.reads.sources import Grid, Remark, clean, clean_all
from calculators.engine.reads.total_labels import Label

LISTED: Final = 20
"""How many row numbers a remark names; the count beside them is of all."""
LONGEST_SHOWN: Final = 60
"""How much of a cell is quoted."""


@dataclass(frozen=True)
class Problem:
    """A row that is not used, and why: the sentence ``code`` with ``params``.

    ``row`` counts from 1 as a spreadsheet shows it; ``column`` is the declared column at fault, if
    one is, and ``cell`` what stood there.
    """

    row: int
    column: str | None
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    cell: str = ""


_NO_NAME = frozenset(
    {
        *("", "-", "--", "---", "—", "——", "–", "/", "n/a", "#n/a", "na", "nil", "null", "none", "nan"),
        *("(空白)", "（空白）", "(空)", "(blank)"),
    }
)


def name_of(spec: TableSpec) -> ColumnSpec | None:
    """The column that says whose a row is."""
    return next((column for column in spec.columns if column.kind == "text" and column.required), None)


def is_filled_down(column: ColumnSpec) -> bool:
    """Whether what a merged cell says holds for each of its rows: names, days, ratings; amounts may be of all."""
    return column.kind in ("text", "date", "choice") or (column.kind == "percent" and not column.of_a_whole)


def levels_in(grid: Grid) -> Mapping[int, int]:
    """How deep rows of a workbook stand below others: by its groups, else by its indentation."""
    return grid.marks.outline or grid.marks.indent


def cell_at(row: Sequence[str], at: int) -> str:
    """What a row says in a column; nothing where it ends before.

    >>> cell_at([" a "], 0), cell_at(["a"], 1)
    ('a', '')
    """
    return clean(row[at]) if at < len(row) else ""


class TableRows:
    """The rows below a header while they are read: ``blank`` ones, the ``problems`` and what else is known by row.

    Rows count by their index into ``body``; what stands in a column is read by the modules of its kind.
    """

    def __init__(
        self,
        layout: Layout,
        spec: TableSpec,
        currency: str,
        unit: int | None,
        *,
        as_of: datetime.date | None = None,
    ) -> None:
        self.layout = layout
        self.spec = spec
        self.currency = currency
        self.unit = unit
        self.as_of = as_of
        self.asking = layout.asking
        self.body = layout.columns.rows
        self.blank = self._find_blank()
        self.remarks = [*layout.grid.remarks, *layout.remarks]
        self.problems: dict[int, Problem] = {}
        self.in_own_currency: set[int] = set()  # rows of which a column says so
        self.labels: Mapping[int, Label] = {}  # rows that call themselves something about others
        self.aside: dict[int, Label | None] = {}
        """Rows that are no records, whose figures are read all the same: what they call themselves."""
        self.known_labels: Mapping[str, Label] = {}
        self.main = self._find_main()
        self.units: dict[str, int] = {}
        self.how: dict[str, tuple[int | Sequence[int], Mark]] = {}  # by column of money, in what and how it was read
        self.row_units: dict[str, Sequence[int]] = {}  # by column, where another says what each row's amount counts

    def problem(self, index: int, code: str, column: str | None, cell: str = "", **params: object) -> None:
        """Say why a row is not used: by the sentence ``code``, the declared ``column`` at fault and its cell."""
        if index in self.problems and index in self.aside and code != "tables.total_row":
            return  # what is wrong with the figures of a row that is left out anyway
        shown = clean(cell)[:LONGEST_SHOWN]
        row = self.layout.start + index + 1
        self.problems[index] = Problem(row, column, code, {**params, "cell": shown}, shown)

    def header(self, column: ColumnSpec) -> str:
        """Return what heads a declared column; nothing where it is not there."""
        index = self.layout.mapping[column.name]
        return "" if index is None else self.layout.headers[index]

    def line(self, index: int) -> list[str]:
        """Return a row's cells as they are shown; nothing below the last."""
        return [clean(cell) for cell in self.body[index]] if index < len(self.body) else []

    def in_use(self, cells: list[str], column: ColumnSpec | None = None) -> list[str]:
        """Return the cells, those of rows that are left out already as blank; of the main column totals stay."""
        left_out, rows = self.blank | self.problems.keys(), len(self.body)
        if column is not None and column is self.main:
            left_out -= self.aside.keys()
        return ["" if place % rows in left_out else cell for place, cell in enumerate(cells)] if left_out else cells

    def one(self, column: ColumnSpec) -> int:
        """Return what one of what a column counts is held as."""
        return minor_units(self.currency) if column.kind == "money" else 10**PLACES_OF_NUMBERS

    def rough_total(self, instead: Mapping[int, list[str]]) -> Fraction:
        """The sum of the first column of figures, of which some rows stand otherwise."""
        figures = [column for column in self.spec.columns if column.kind in ("money", "number", "percent")]
        at = next(at for column in figures if (at := self.layout.mapping[column.name]) is not None)
        rows = [
            instead.get(index, row)
            for index, row in enumerate(self.body)
            if index not in self.problems and index not in self.labels
        ]
        parts = self.layout.columns.parts(at)
        cells = [row[part] if part < len(row) else "" for part in parts for row in rows]
        return Fraction(sum(parse_column(cells, places=PLACES_OF_NUMBERS).held), 10**PLACES_OF_NUMBERS)

    def cells(self, column: ColumnSpec) -> list[str]:
        """Return a column's cells, merged areas filled; where a text is no name it is blank."""
        index = self.layout.mapping[column.name]
        if index is None:
            return [""] * len(self.body)
        if is_filled_down(column) and (filled := fill_merged(self.layout, index)):
            self.remarks.append(Remark("tables.merged_filled", {"header": self.layout.headers[index], "count": filled}))
        cells = self.layout.cells(index)
        if column.kind != "text":
            return cells
        cells = clean_all(cells)
        for position, cell in enumerate(cells):
            if cell[:1] in "='(-—–/nN#（" and cell:
                if cell.lower() in _NO_NAME:
                    cells[position] = ""
                elif cell.startswith('="') and cell.endswith('"'):  # how exports keep the zeros of an id
                    cells[position] = cell[2:-1].strip()
        return list(map(armed, cells)) if "'" in "".join(cells) else cells

    def _find_blank(self) -> set[int]:
        """Rows in which nothing stands, or nothing but formulas without results beside a name that is not there.

        Rows of a template that nobody has filled in are such.
        """
        blank = {index for index, row in enumerate(self.body) if not any(map(str.strip, row))}
        unvalued: dict[int, set[int]] = {}
        for row, at in self.layout.grid.marks.unvalued:
            unvalued.setdefault(row - self.layout.start, set()).add(at)
        names = [self.layout.mapping[one.name] for one in self.spec.columns if one.kind == "text" and one.required]
        for index, places in unvalued.items():
            if 0 <= index < len(self.body) and names and places.isdisjoint(at for at in names if at is not None):
                stands = {at for at, cell in enumerate(self.body[index]) if cell.strip()}
                blank |= {index} if stands <= places else set()
        return blank

    def _find_main(self) -> ColumnSpec | None:
        """The column by whose figures rows about other rows are found: money before numbers."""
        if self.spec.from_result:
            return None
        additive = [column for kind in ("money", "number") for column in self.spec.columns if column.kind == kind]
        return next((column for column in additive if self.layout.mapping[column.name] is not None), None)
