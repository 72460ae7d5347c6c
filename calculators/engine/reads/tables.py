"""A customer list, or any other table, from whatever people have: CSV, XLSX, a paste, typed rows.

This is the door to reading tables, and here rows become records. Nothing is dropped in silence: a row not used is a
Problem, everything assumed is a Remark. Bytes become rows in ``sources`` (XLSX in ``workbook``), headers and columns
are found in ``headings``, an amount is read in ``amounts``; files are written in ``sheets``. Nothing here knows what
is calculated.
"""

import datetime
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Any, Final, NoReturn, TypeVar

import numpy as np
import pandas as pd

from calculators.engine.asks.currencies import decimals, minor_units
from calculators.engine.asks.errors import InputError, InvalidInputs, Sentence
from calculators.engine.asks.limits import MAX_HEADING, MAX_ROWS
from calculators.engine.asks.settings import BASIS_POINTS
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.amounts import (
    EXCEL_ERRORS,
    LARGEST,
    PLACES_OF_NUMBERS,
    AmountColumn,
    NotAnAmount,
    currency_beside,
    parse_column,
)
from calculators.engine.reads.dates import Order, date_evidence, day_of_number, in_year, parse_date, parse_dates
from calculators.engine.reads.denomination import ByRow, Said, at_odds, by_row, said_of, says_nothing
from calculators.engine.reads.formulas import armed
from calculators.engine.reads.headings import fit, headings_of
from calculators.engine.reads.layout import Layout, fill_merged, lay_out
from calculators.engine.reads.number_formats import Shown
from calculators.engine.reads.number_style import (
    HALF_WIDTH,
    Evidence,
    Mark,
    Number,
    Style,
    bare,
    clearly,
    digits_of,
    evidence,
    half_width,
    in_doubt,
    is_unclear_number,
    other_columns,
    style_of,
)
from calculators.engine.reads.percentages import Reading as PercentReading
from calculators.engine.reads.percentages import are_grades, judge, largest_fraction
from calculators.engine.reads.questions import Asking, Question, Unanswered
from calculators.engine.reads.sources import (
    Grid,
    Refused,
    Remark,
    Source,
    Wanted,
    clean,
    clean_all,
    load,
)
from calculators.engine.reads.split_amounts import SplitAmounts, split_amounts
from calculators.engine.reads.total_labels import Label, footnotes_of, labels_of
from calculators.engine.reads.totals import Body, Compared, Finder, Found, footnotes, levels, lone_footnote
from calculators.engine.reads.years import YearEvidence

PERCENT: Final = 100
"""Percents in one."""
PREVIEW_ROWS: Final = 5
LISTED: Final = 20
"""How many row numbers a remark names; the count beside them is of all."""

_LONGEST_SHOWN = 60


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


@dataclass(frozen=True)
class Outline:
    """What is known of a table before its rows are read: enough to let a reader choose columns."""

    headers: tuple[str, ...]
    """A, B, C where the table has none."""
    mapping: Mapping[str, int | None]
    sheets: tuple[str, ...]
    sheet: str | None
    preview: tuple[tuple[str, ...], ...]
    questions: tuple[Question, ...]
    """What in it may be read in two ways, by what it was read (`Asking`)."""


@dataclass(frozen=True)
class Reading(Outline):
    """A table, read.

    ``frame`` has the accepted rows in their order: ``row`` (int64, as in the file) and ``ruined``
    (bool: Excel has destroyed this row's id, never merge it with another), and for each declared
    column: text as str objects, ``""`` where there is none; money as int64 smallest units, numbers and percentages
    as Fractions, exactly as they are written (95% is 19/20), dates as ``datetime.date`` objects, and choices as str
    objects. Each but text has a bool ``<name>_known`` beside it, and 0, None or ``""`` with False where nobody
    knows the value. Money wanted ``by_period``, and written so, has its amounts in ``<name>_periods`` too, as tuples
    with 0 where nothing stands; their headings are in ``periods``.
    ``len(frame)`` and ``len(problems)`` sum to ``rows_read``: every row that is not blank is in one of them. Only of
    an optional table that is a header alone there are none.
    ``units`` says how many currency units a bare number was taken for, by money column, and ``currency`` of
    what, in other columns too. Where pseudonyms stand in it, ``order`` has the place of what stood there before
    among all texts.
    """

    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    remarks: tuple[Remark, ...]
    units: Mapping[str, int]
    currency: str
    rows_read: int
    order: Mapping[str, int] = field(default_factory=dict)
    periods: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def place(self, text: str) -> tuple[int, str]:
        """Return what to sort a text by where an order decides on numbers: the same with pseudonyms as with names."""
        return self.order.get(text, 0), text


class Asked(InvalidInputs):
    """A table waits for answers; ``known`` is what is known of it, with the questions."""

    def __init__(self, table: str, known: Outline) -> None:
        super().__init__([question.as_error(table) for question in known.questions if question.chosen is None])
        self.known = known


_NO_NAME = frozenset(
    {
        *("", "-", "--", "---", "—", "——", "–", "/", "n/a", "#n/a", "na", "nil", "null", "none", "nan"),
        *("(空白)", "（空白）", "(空)", "(blank)"),
    }
)
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,3}", re.ASCII).fullmatch
_LONG_NUMBER = re.compile(r"[0-9]{16,}", re.ASCII).fullmatch
_EXACT_DIGITS = 15  # what Excel keeps of a number


def _write_out_numbers(layout: Layout, index: int) -> None:
    """Give numbers of a workbook that as text might be thousands (1.234) a zero at their end."""
    for row in layout.columns.rows:
        if index < len(row) and is_unclear_number(row[index]):
            row[index] = clearly(row[index])


def _write_currencies(layout: Layout, index: int, own: str, answer: str | None) -> None:
    """Write beside amounts what their formats show, where it was asked about, since rows of text have no formats."""
    for shows, places in layout.grid.marks.currencies:
        code = shows.foreign(own)
        if answer is None if not code else answer == "own":
            continue
        for row, at in places:
            line = layout.grid.rows[row] if layout.start <= row < len(layout.grid.rows) else []
            if at in layout.columns.parts(index) and at < len(line) and line[at]:
                line[at] = f"{code or own} {line[at]}"


def _write_days(layout: Layout, index: int) -> None:
    """Write numbers of days from 1904 as days, since where the rows go nothing tells from when they count."""
    for row in layout.grid.rows[layout.start :]:
        if index < len(row) and (day := day_of_number(row[index].strip(), from_1904=True)):
            row[index] = day.isoformat()


def _refuse(spec: TableSpec, refused: Refused) -> NoReturn:
    raise InvalidInputs([InputError(spec.name, refused.code, refused.params)]) from None


def _load(source: Source, spec: TableSpec, sheet: str | None, currency: str, asking: Asking) -> Grid:
    """The rows of a source; of a workbook those of the sheet that is chosen, else of the one that fits the columns."""
    required = sum(column.required for column in spec.columns)
    wanted = Wanted(lambda rows: fit(rows, spec.columns), (required, True, min(2, len(spec.columns))))
    try:
        return load(source, sheet, currency, wanted, asking)
    except Unanswered:
        known = Outline((), {column.name: None for column in spec.columns}, (), None, (), asking.questions)
        raise Asked(spec.name, known) from None


def _levels(grid: Grid) -> Mapping[int, int]:
    """How deep rows of a workbook stand below others: by its groups, else by its indentation."""
    return grid.marks.outline or grid.marks.indent


def _name_of(spec: TableSpec) -> ColumnSpec | None:
    """The column that says whose a row is."""
    return next((column for column in spec.columns if column.kind == "text" and column.required), None)


@dataclass(frozen=True)
class RawRows:
    """A table as text; ``aligned`` and ``delimiter`` are to be handed on with it (see `Rows`)."""

    rows: list[list[str]]
    aligned: bool
    delimiter: str


def raw_rows(
    source: Source,
    sheet: str | None = None,
    *,
    spec: TableSpec | None = None,
    currency: str = "CNY",
    mapping: Mapping[str, int | None] | None = None,
    answers: Mapping[str, str] | None = None,
) -> RawRows:
    """The whole table as text, header and titles included: what an editor shows and a plan file keeps.

    Of a workbook the same sheet that `read_table` reads for ``spec``, merged cells filled as it fills them, numbers of
    days from 1904 as the days they are, and names that stand below others with spaces before them.
    Raises InvalidInputs where the source cannot be read as a table at all.
    """
    spec, asking = spec or TableSpec("table", ()), Asking(answers)
    try:
        grid = _load(source, spec, sheet, currency, asking)
        unclear = any(map(is_unclear_number, itertools.chain.from_iterable(grid.rows)))
        if grid.marks.merged or grid.marks.from_1904 or grid.marks.currencies or _levels(grid) or unclear:
            layout = lay_out(grid, spec, currency, mapping, asking)
            for column in spec.columns:
                if (index := layout.mapping[column.name]) is None:
                    continue
                if column.kind == "text":
                    fill_merged(layout, index)
                elif column.kind == "date" and grid.marks.from_1904:
                    _write_days(layout, index)
                else:
                    _write_out_numbers(layout, index)
                if column.kind == "money":
                    _write_currencies(layout, index, currency, (answers or {}).get(f"currency.{column.name}"))
                if column is _name_of(spec):
                    for row, level in _levels(grid).items():
                        if index < len(grid.rows[row]) and grid.rows[row][index]:
                            grid.rows[row][index] = "  " * level + grid.rows[row][index]
        return RawRows(grid.rows, grid.aligned, grid.delimiter)
    except Refused as refused:
        _refuse(spec, refused)


def outline(
    source: Source,
    spec: TableSpec,
    *,
    currency: str = "CNY",
    sheet: str | None = None,
    mapping: Mapping[str, int | None] | None = None,
    answers: Mapping[str, str] | None = None,
) -> Outline:
    """Headers, sheets and which column is taken for which, also where ``read_table`` would refuse the
    table because a column is missing. Raises InvalidInputs where the source is no table at all.
    """
    asking = Asking(answers)
    try:
        layout = lay_out(_load(source, spec, sheet, currency, asking), spec, currency, mapping, asking)
    except Refused as refused:
        _refuse(spec, refused)
    return Outline(**_outlined(layout))


def _outlined(layout: Layout) -> dict[str, Any]:
    """What an `Outline` says of a table laid out."""
    width = len(layout.headers)
    open_questions = {question.name for question in layout.asking.questions if question.chosen is None}
    waiting = {choice.column for choice in layout.choices if choice.name in open_questions}
    filled = (row for row in layout.grid.rows[layout.start :] if any(map(str.strip, row)))
    return {
        "headers": layout.headers,
        "mapping": {name: None if name in waiting else index for name, index in layout.mapping.items()},
        "sheets": layout.grid.sheets,
        "sheet": layout.grid.sheet,
        "preview": tuple(
            tuple(clean(cell) for cell in (row + [""] * width)[:width])
            for row in itertools.islice(filled, PREVIEW_ROWS)
        ),
        "questions": layout.asking.questions,
    }


# --- Rows ------------------------------------------------------------------------------------------


def read_table(
    source: Source,
    spec: TableSpec,
    *,
    currency: str = "CNY",
    unit: int | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, int | None] | None = None,
    answers: Mapping[str, str] | None = None,
    as_of: datetime.date | None = None,
) -> Reading:
    """Read a table. What cannot be read as one raises InvalidInputs about ``spec.name``.

    ``unit`` is how many units of the currency a bare number counts (1, 1000, 10,000 …); None takes
    what the heading or a line above the table says, else 1. A unit in a cell (``12.5万``) stands
    instead of either. ``mapping`` gives the index of a header for a declared column, None for "not
    there"; columns it does not name are matched by their headings. ``answers`` are a reader's to questions, by their
    names; where one is open, `Asked` is raised. ``as_of`` is the day that the result is of: days without a year may be
    of its year.

    >>> from calculators.engine.reads.sources import Pasted
    >>> spec = TableSpec("customers", (ColumnSpec("customer", "text"), ColumnSpec("revenue", "money")))
    >>> reading = read_table(Pasted("客户\\t收入(万元)\\n甲\\t1.5\\n合计\\t1.5"), spec)
    >>> reading.frame["revenue"].tolist(), [problem.code for problem in reading.problems]
    ([1500000], ['tables.total_row'])
    """
    asking = Asking(answers)
    try:
        layout = lay_out(_load(source, spec, sheet, currency, asking), spec, currency, mapping, asking)
        return _RowReader(layout, spec, currency, unit, mapping or {}, as_of=as_of).read()
    except Refused as refused:
        _refuse(spec, refused)


class _RowReader:
    def __init__(
        self,
        layout: Layout,
        spec: TableSpec,
        currency: str,
        unit: int | None,
        chosen: Mapping[str, int | None],
        *,
        as_of: datetime.date | None = None,
    ) -> None:
        self.layout = layout
        self.spec = spec
        self.currency = currency
        self.unit = unit
        self.chosen = chosen
        self.as_of = as_of
        self.asking = layout.asking
        self.body = layout.columns.rows
        self.remarks = [*layout.grid.remarks, *layout.remarks]
        self.problems: dict[int, Problem] = {}  # by index into body
        self.in_own_currency: set[int] = set()  # rows of which a column says so
        self.labels: Mapping[int, Label] = {}  # rows that call themselves something about others
        self.aside: dict[int, Label | None] = {}
        """Rows that are no records, whose figures are read all the same: what they call themselves."""
        self.known_labels: Mapping[str, Label] = {}
        self.main = self._main()
        self.units: dict[str, int] = {}
        self.how: dict[str, tuple[int | Sequence[int], Mark]] = {}  # by column of money, in what and how it was read
        self.row_units: dict[str, Sequence[int]] = {}  # by column, where another says what each row's amount counts

    def read(self) -> Reading:
        layout = self.layout
        self._check_columns()
        self._remark_layout()
        split = self._split_amounts()
        apart = self._put_together(split) if split else {}
        blank = self._blank_rows()
        rows_read = len(self.body) - len(blank)
        if rows_read > MAX_ROWS:
            raise Refused("tables.too_many_rows", limit=MAX_ROWS)
        if self.spec.most is not None and rows_read > self.spec.most:
            raise Refused("tables.too_many_to_compute", rows=rows_read, limit=self.spec.most)
        cells = {column.name: self._cells(column) for column in self.spec.columns}
        if not rows_read and self.spec.required:
            raise Refused("tables.no_rows", row=layout.start)
        self._leave_out_crowded(blank)
        self._leave_out_unvalued(blank)
        names = [column for column in self.spec.columns if column.kind == "text" and column.required]
        for index in footnotes(self.body, blank) if names else ():
            note = next(filter(None, map(clean, self.body[index])), "")
            self._problem(index, "tables.footnote", names[0].name, note, header=self._header(names[0]))
        for column in names:
            self._leave_out_nameless(column, cells[column.name], blank)
        self._leave_out_foreign(blank)
        labels = self.labels = self._label_rows(cells, blank)
        if split:
            self._ask_about_split(split, apart)
            cells = {column.name: self._cells(column) for column in self.spec.columns}
        read = {
            "money": self._amounts,
            "number": self._numbers,
            "percent": self._percentages,
            "date": self._dates,
            "choice": self._choices,
        }
        values = {
            column.name: read[column.kind](column, cells[column.name], blank) if rows_read else ([], [])
            for column in self.spec.columns
            if column.kind != "text"
        }
        self._leave_out_totals(cells, values, blank, labels)
        for choice in layout.choices:
            choice.put(self.asking, layout.columns, lambda index: self._total(index, blank))
        if self.asking.open:
            raise Asked(self.spec.name, Outline(**_outlined(layout)))
        self._check_usable(rows_read)
        frame = self._frame(cells, values, blank)
        inner = len(blank) - sum(1 for _ in itertools.takewhile(blank.__contains__, range(len(self.body) - 1, -1, -1)))
        if inner:
            self.remarks.append(Remark("tables.blank_rows", {"count": inner}))
        return Reading(
            **_outlined(layout),
            frame=frame,
            problems=tuple(self.problems[index] for index in sorted(self.problems)),
            remarks=tuple(self.remarks),
            units=self.units,
            currency=self.currency,
            rows_read=rows_read,
            periods={
                name: tuple(layout.headers[part] for part in parts) for name, parts in self._over_periods().items()
            },
        )

    def _over_periods(self) -> dict[str, tuple[int, ...]]:
        """Return the columns of periods of which amounts are kept, by the declared column that they add up to."""
        layout = self.layout
        found = {}
        for column in self.spec.columns:
            index = layout.mapping[column.name]
            over = layout.over.get(column.name, ())
            if column.by_period and index is not None and over:
                parts = layout.columns.parts(index)
                found[column.name] = parts if len(parts) > 1 else over
        return found

    def _by_period(self, name: str, parts: Sequence[int]) -> list[tuple[int, ...]]:
        """Return a column's amounts by period, row by row, as its sum was read; 0 where there is none."""
        each = [self._parsed(self.layout.cells(part), *self.how[name]).held for part in parts]
        return list(zip(*each, strict=True))

    def _frame(
        self, cells: Mapping[str, list[str]], values: Mapping[str, tuple[list[Any], list[bool]]], blank: set[int]
    ) -> pd.DataFrame:
        left_out = blank | self.problems.keys()
        kept = [index for index in range(len(self.body)) if index not in left_out]

        def accepted(column: list[Any]) -> list[Any]:
            return [column[index] for index in kept] if left_out else column

        # Every type is explicit: the browser's Python is 32-bit, and pandas may find strings of its own there.
        columns: dict[str, object] = {"row": np.array(kept, dtype="int64") + np.int64(self.layout.start + 1)}
        for column in self.spec.columns:
            if column.kind == "text":
                columns[column.name] = pd.Series(accepted(cells[column.name]), dtype=object)
            else:
                read, known = values[column.name]
                dtype = "int64" if column.kind == "money" else object
                columns[column.name] = pd.Series(accepted(read), dtype=dtype)
                columns[f"{column.name}_known"] = np.array(accepted(known), dtype=bool)
        for name, parts in self._over_periods().items():
            columns[f"{name}_periods"] = pd.Series(accepted(self._by_period(name, parts)), dtype=object)
        columns["ruined"] = self._ruined(cells, kept)
        return pd.DataFrame(columns)

    def _check_columns(self) -> None:
        layout = self.layout
        used: dict[int, str] = {}
        for column in self.spec.columns:
            index = layout.mapping[column.name]
            if index is None:
                if column.required:
                    known = headings_of(column.name)
                    raise Refused(
                        f"tables.no_{column.kind}_column",
                        headers=[header[:_LONGEST_SHOWN] for header in layout.headers[:LISTED]],
                        zh=known.zh[:4],
                        en=known.en[:4],
                    )
                continue
            if index in used:
                raise Refused("tables.same_column", header=layout.headers[index])
            used[index] = column.name

    def _remark_layout(self) -> None:
        layout = self.layout
        if layout.header is None:
            self.remarks.append(Remark("tables.no_header"))
        elif layout.start > layout.header + 1:
            self.remarks.append(Remark("tables.header_rows", {"row": layout.header + 1, "last": layout.start}))
        elif layout.header > 0:
            self.remarks.append(Remark("tables.header_row", {"row": layout.header + 1}))
        for column in self.spec.columns:
            index = layout.mapping[column.name]
            if index is not None and len(layout.columns.parts(index)) > 1:
                headers = [layout.headers[part] for part in layout.columns.parts(index)]
                params = {"headers": headers, "count": len(headers)}
                self.remarks.append(Remark("tables.summed_columns", params))
            others = [] if column.name in layout.settled else layout.fitting.get(column.name, [])
            if column.required and column.name not in self.chosen and index is not None and len(others) > 1:
                self.remarks.append(
                    Remark(
                        "tables.other_columns",
                        {
                            "header": layout.headers[index],
                            "others": [layout.headers[other] for other in others if other != index][:LISTED],
                        },
                    )
                )

    def _cells(self, column: ColumnSpec) -> list[str]:
        index = self.layout.mapping[column.name]
        if index is None:
            return [""] * len(self.body)
        if column.kind == "text" and (filled := fill_merged(self.layout, index)):
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

    def _blank_rows(self) -> set[int]:
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

    def _problem(self, index: int, code: str, column: str | None, cell: str = "", **params: object) -> None:
        if index in self.problems and index in self.aside and code != "tables.total_row":
            return  # what is wrong with the figures of a row that is left out anyway
        shown = clean(cell)[:_LONGEST_SHOWN]
        row = self.layout.start + index + 1
        self.problems[index] = Problem(row, column, code, {**params, "cell": shown}, shown)

    def _leave_out_crowded(self, blank: set[int]) -> None:
        """Rows with more cells than the header: where cells are known to stand under their headings, a
        note at the side; in comma-separated text most likely ``1,234`` without quotes, read as 1.
        """
        expected, beside = self.layout.expected, 0
        for index, row in enumerate(self.body):
            if len(row) > expected and index not in blank and any(map(str.strip, row[expected:])):
                if self.layout.grid.aligned:
                    beside += 1
                else:
                    self._problem(index, "tables.too_many_cells", None, count=len(row), expected=expected)
        if beside:
            self.remarks.append(Remark("tables.extra_cells", {"count": beside}))

    def _split_amounts(self) -> SplitAmounts | None:
        """Rows in which a comma without quotes may have cut an amount in two; only comma-separated text has them."""
        layout, grid = self.layout, self.layout.grid
        if grid.aligned or grid.delimiter not in ("", ","):
            return None
        places: dict[bool, set[int]] = {True: set(layout.figures), False: set()}
        for column in self.spec.columns:
            if (at := layout.mapping[column.name]) is not None and column.kind != "date":
                places[column.kind in ("money", "number", "percent")].update(layout.columns.parts(at))
        names = layout.headers[: layout.columns.width] if layout.header is not None else ()
        header = [*names, *[""] * (layout.expected - len(names))]
        return split_amounts(self.body, header, places[True], places[False])

    def _put_together(self, split: SplitAmounts) -> dict[int, list[str]]:
        """Put amounts together where they may have been cut; return the rows as they stood."""
        apart = {index: self.body[index] for index in split.rows}
        for index, row in split.rows.items():
            if row is not None:
                self.body[index] = row
        return apart

    def _ask_about_split(self, split: SplitAmounts, apart: Mapping[int, list[str]]) -> None:
        """Ask what rows with an amount that may have been cut are read as; leave them out where none can tell."""
        together = {index: row for index, row in split.rows.items() if row is not None and index not in self.problems}
        answer = "leave_out"
        if together and (split.consistent or not split.sure):
            index, row = next(iter(together.items()))
            cell = next(clean(after) for before, after in zip(apart[index], row, strict=False) if before != after)
            said: dict[str, dict[str, object]] = {"together": {"cell": cell, "total": self._rough_total({})}}
            if not split.sure:
                said["apart"] = {"total": self._rough_total(apart)}
            said["leave_out"] = {"total": self._rough_total({index: [] for index in apart})}
            params = {"cell": cell, "row": self.layout.start + index + 1, "count": len(together)}
            answer = self.asking.ask("commas", params, said, assumed="together" if split.sure else None)
        for index, before in apart.items():
            left_out = answer == "leave_out" or split.rows[index] is None
            if answer == "apart" or left_out:
                self.body[index] = before
            if left_out and index not in self.problems:
                if len(before) > self.layout.expected:
                    expected = self.layout.expected
                    self._problem(index, "tables.too_many_cells", None, count=len(before), expected=expected)
                else:
                    self._problem(index, "tables.split_amount", None, ",".join(before))

    def _one(self, column: ColumnSpec) -> int:
        """Return what one of what a column counts is held as."""
        return minor_units(self.currency) if column.kind == "money" else 10**PLACES_OF_NUMBERS

    def _rough_total(self, instead: Mapping[int, list[str]]) -> Fraction:
        """The sum of the first column of figures, of which some rows stand otherwise."""
        figures = [column for column in self.spec.columns if column.kind in ("money", "number", "percent")]
        at = next(at for column in figures if (at := self.layout.mapping[column.name]) is not None)
        rows = [
            instead.get(index, row)
            for index, row in enumerate(self.body)
            if index not in self.problems and index not in self.labels
        ]
        cells = [row[at] if at < len(row) else "" for row in rows]
        return Fraction(sum(parse_column(cells, places=PLACES_OF_NUMBERS).held), 10**PLACES_OF_NUMBERS)

    def _leave_out_unvalued(self, blank: set[int]) -> None:
        """Rows with a formula in one of our columns whose result the workbook does not hold."""
        names = {
            part: name
            for name, index in self.layout.mapping.items()
            if index is not None
            for part in self.layout.columns.parts(index)
        }
        for (row, at), formula in self.layout.grid.marks.unvalued.items():
            index = row - self.layout.start
            if at in names and 0 <= index < len(self.body) and index not in self.problems and index not in blank:
                self._problem(index, "tables.formula", names[at], formula)

    def _leave_out_nameless(self, column: ColumnSpec, cells: list[str], blank: set[int]) -> None:
        """Rows that are no record: totals, headers once more, footnotes, those without a name."""
        header = self._header(column)
        index = self.layout.mapping[column.name]
        headings = {line[index] for line in self.layout.lines if index is not None and index < len(line)}
        names = set(cells)
        labels = labels_of(names)
        self.known_labels = self.known_labels or labels
        errors = {name for name in names if name[:1] == "#" and name.upper() in EXCEL_ERRORS}
        suspects = {"", *headings, *labels, *errors, *footnotes_of(names)} & names
        # Most tables have no suspects at all, and theirs is the time that counts.
        for index, name in enumerate(cells) if suspects else ():
            if name not in suspects or index in blank or index in self.problems:
                continue
            code, cell = self._why_nameless(self.body[index], name)
            if code == "tables.total_row" or (code == "tables.blank_text" and not name):
                self.aside[index] = labels_of([cell]).get(cell)
            if code:
                self._problem(index, code, column.name, cell, header=header)

    def _why_nameless(self, row: Sequence[str], name: str) -> tuple[str | None, str]:
        layout = self.layout
        filled = [(at, cell) for at, cell in enumerate(map(clean, row)) if cell]
        mapped = [index for index in layout.mapping.values() if index is not None]
        if layout.is_header([clean(cell) for cell in row], mapped):
            return "tables.repeated_header", name
        if note := lone_footnote(row):
            return "tables.footnote", note
        if name.upper() in EXCEL_ERRORS:
            return "tables.excel_error", name
        if name:
            label = labels_of([name]).get(name)
            return ("tables.total_row", name) if label and label.certain else (None, "")
        money = {layout.mapping[column.name] for column in self.spec.columns if column.kind == "money"}
        for at, cell in filled:
            if at not in money and labels_of([cell]):
                return "tables.total_row", cell
        return "tables.blank_text", ""

    def _leave_out_foreign(self, blank: set[int]) -> None:
        """Rows that a column of their own (``币种``, ``单位``) puts in another currency, or says nothing known of."""
        mapping, columns = self.layout.mapping, self.layout.columns
        mapped = {part for index in mapping.values() if index is not None for part in columns.parts(index)}
        texts = {mapping[column.name] for column in self.spec.columns if column.kind == "text" and not column.required}
        for column in self.spec.columns:
            if column.kind == "money" and mapping[column.name] is not None:
                free = {at for at in texts if at is not None}
                for said in by_row(columns, mapped, free, self._header(column), self.currency):
                    self._by_row(column, said, blank)

    def _by_row(self, column: ColumnSpec, said: ByRow, blank: set[int]) -> None:
        """Leave out the rows that a column puts in another currency, and keep what each row's amount counts."""
        header = self.layout.headers[said.at]
        units = {says.unit for says in said.says.values() if says and says.unit is not None}
        each: dict[int, int] = {}
        unsaid = 0
        for index, row in enumerate(self.body):
            if index in blank or index in self.problems:
                continue
            cell = row[said.at] if said.at < len(row) else ""
            says = said.says.get(cell)
            if says_nothing(cell):
                unsaid += 1
                if len(units) > 1:
                    self._problem(index, "tables.unknown_unit", column.name, cell, header=header)
            elif says is None:
                code = "tables.unknown_unit" if units else "tables.unknown_currency"
                self._problem(index, code, column.name, cell, header=header)
            elif says.currency not in (None, self.currency):
                self._problem(index, "tables.foreign_row", column.name, cell, currency=says.currency, own=self.currency)
            else:
                self.in_own_currency |= {index} if says.currency else set()
                each[index] = says.unit or 1
        if units:
            only = units.pop() if len(units) == 1 else 1
            self.row_units[column.name] = [each.get(index, only) for index in range(len(self.body))]
            written = [clean(cell) for cell, says in said.says.items() if says][:LISTED]
            self.remarks.append(Remark("tables.unit_by_row", {"header": header, "count": len(each), "units": written}))
        elif unsaid and said.says:
            remark = Remark("tables.currency_assumed", {"header": header, "count": unsaid, "own": self.currency})
            self.remarks += [remark] if remark not in self.remarks else []

    def _main(self) -> ColumnSpec | None:
        """The column by whose figures rows about other rows are found: money before numbers."""
        if self.spec.from_result:
            return None
        additive = [column for kind in ("money", "number") for column in self.spec.columns if column.kind == kind]
        return next((column for column in additive if self.layout.mapping[column.name] is not None), None)

    def _label_rows(self, cells: Mapping[str, list[str]], blank: set[int]) -> dict[int, Label]:
        """What rows call themselves that may be about others, by their names or by another text beside those."""
        name = _name_of(self.spec)
        if name is None or self.spec.from_result:
            return {}
        labels = {index: label for index, label in self.aside.items() if label}
        names = cells[name.name]
        known = self.known_labels
        left_out = blank | self.problems.keys()
        for index, cell in enumerate(names) if known else ():
            if cell in known and index not in left_out:
                labels[index] = known[cell]
        for at in range(len(self.layout.headers)) if self.main else ():
            if at in (self.layout.mapping[name.name], self.layout.mapping[self.main.name]):  # type: ignore[union-attr]  # asked above
                continue
            column = [row[at] if at < len(row) else "" for row in self.body]
            said = {cell: label for cell, label in labels_of(column).items() if label.certain}
            rows = [index for index, cell in enumerate(column) if cell in said] if said else []
            if 2 * len(rows) < len(self.body):
                for index in rows:
                    if index not in left_out:
                        labels.setdefault(index, Label(said[column[index]].function, group=names[index]))
        return labels

    def _leave_out_totals(
        self,
        cells: Mapping[str, list[str]],
        values: Mapping[str, tuple[list[Any], list[bool]]],
        blank: set[int],
        labels: Mapping[int, Label],
    ) -> None:
        """Rows about other rows, by what they come to; what is open is asked, what they state is compared."""
        name = _name_of(self.spec)
        place = None if name is None else self.layout.mapping[name.name]
        if name is None or place is None or self.spec.from_result or not (self.main or labels):
            return
        none: tuple[list[Any], list[bool]] = [0] * len(self.body), [False] * len(self.body)
        amounts, known = values[self.main.name] if self.main else none
        column = self.layout.mapping[self.main.name] if self.main else None
        one = self._one(self.main) * self.units.get(self.main.name, 1) if self.main else 1
        if self.main and self.main.kind == "number":
            exact = lcm(*(amount.denominator for amount in amounts))
            one = exact if exact * max(map(abs, amounts), default=0) <= LARGEST else one
            amounts = [round(amount * one) for amount in amounts]
        start, marks = self.layout.start, self.layout.grid.marks
        outline = {row - start: level for row, level in _levels(self.layout.grid).items() if row >= start}
        body = Body(
            rows=self.body,
            names=cells[name.name],
            name_column=place,
            labels=labels,
            amounts=amounts,
            known=known,
            column=-1 if column is None else column,
            one=one,
            is_money=self.main is not None and self.main.kind == "money",
            out=blank | (self.problems.keys() - self.aside.keys()),
            blank=blank,
            level=outline or levels([row[place] if place < len(row) else "" for row in self.body]),
            bold={row - start for row in marks.bold},
            currency=self.currency,
            strict=name.people or self.main is None or self.main.kind != "money",
        )
        finder = Finder(body)
        found = finder.find()
        for index in [*found.totals, *found.heads]:
            code = "tables.total_row" if index in found.totals else "tables.group_heading"
            self._problem(index, code, name.name, self._called(index, cells[name.name]), header=self._header(name))
        self._ask_totals(body, found, name)
        self._compare_totals(body, finder.compared(found, blank | self.problems.keys()))

    def _called(self, index: int, names: Sequence[str]) -> str:
        """What a row about others is called: its name, else the first words in it."""
        problem = self.problems.get(index)
        return names[index] or (problem.cell if problem else "") or next(filter(None, map(clean, self.body[index])), "")

    def _ask_totals(self, body: Body, found: Found, name: ColumnSpec) -> None:
        """Ask about rows that may be totals or records, each time with what the list comes to."""
        for question, rows, assumed in (
            ("totals", found.open, found.open_is_total),
            ("totals.called", found.called, found.called_is_total),
        ):
            if not rows:
                continue
            first = next(iter(rows))
            kept = [index for index in range(len(self.body)) if index not in body.blank and index not in self.problems]
            amounts = [body.amounts[index] for index in kept if index not in rows]
            both = sum(amounts) + sum(body.amounts[index] for index in rows)
            row = {"cell": body.names[first][:_LONGEST_SHOWN], "row": self.layout.start + first + 1}
            why = Sentence(
                f"tables.ask.totals.{'called' if question != 'totals' else 'equal'}", {**row, "count": len(rows)}
            )
            answer = self.asking.ask(
                question,
                {"why": why},
                {
                    "leave_out": {"total": self._amount(body, sum(amounts)), "count": len(amounts)},
                    "count": {"total": self._amount(body, both), "count": len(kept)},
                },
                assumed=None if assumed is None else "leave_out" if assumed else "count",
            )
            if answer == "leave_out":
                for index, total in rows.items():
                    found.totals[index] = total
                    self._problem(index, "tables.total_row", name.name, body.names[index], header=self._header(name))

    def _amount(self, body: Body, amount: int) -> Sentence:
        """A sum of the main column, in money or as a number."""
        if body.is_money:
            return Sentence("tables.ask.totals.money", {"amount": amount})
        return Sentence("tables.ask.totals.number", {"amount": Fraction(amount, body.one)})

    def _compare_totals(self, body: Body, compared: Sequence[Compared]) -> None:
        """Say whether the totals left out agree with the rows read."""
        differing = [one for one in compared if one.stated != one.read]
        if compared and not differing:
            self.remarks.append(Remark("tables.totals_agree", {"count": len(compared)}))
        if differing:
            worst = max(differing, key=lambda one: abs(one.stated - one.read))
            params = {
                "cell": self.problems[worst.at].cell,
                "row": self.layout.start + worst.at + 1,
                "stated": self._amount(body, worst.stated),
                "read": self._amount(body, worst.read),
                "difference": self._amount(body, abs(worst.stated - worst.read)),
                "count": len(differing),
                "others": len(differing) - 1,
            }
            self.remarks.append(Remark("tables.totals_differ", params))

    def _header(self, column: ColumnSpec) -> str:
        index = self.layout.mapping[column.name]
        return "" if index is None else self.layout.headers[index]

    def _in_use(self, cells: list[str], blank: set[int], column: ColumnSpec | None = None) -> list[str]:
        """Return the cells, those of rows that are left out already as blank; of the main column totals stay."""
        left_out, rows = blank | self.problems.keys(), len(self.body)
        if column is not None and column is self.main:
            left_out -= self.aside.keys()
        return ["" if place % rows in left_out else cell for place, cell in enumerate(cells)] if left_out else cells

    def _dates(self, column: ColumnSpec, cells: list[str], blank: set[int]) -> tuple[list[Any], list[bool]]:
        used = self._with_years(column, self._in_use(cells, blank))
        dates = parse_dates(used, *self._ask_about_dates(column, used), from_1904=self.layout.grid.marks.from_1904)
        for position, code in dates.faults.items():
            self._problem(position, code, column.name, cells[position], header=self._header(column))
        if dates.numbers:
            at = dates.numbers[0]
            shown = {"count": len(dates.numbers), "cell": clean(cells[at]), "date": dates.dates[at]}
            self.remarks.append(Remark("tables.day_numbers", {"header": self._header(column), **shown}))
        for found, code in ((dates.short_years, "tables.short_years"), (dates.periods, "tables.first_days")):
            if found:
                shown = {"count": len(found), "cell": clean(cells[found[0]]), "date": dates.dates[found[0]]}
                self.remarks.append(Remark(code, {"header": self._header(column), **shown}))
        if dates.order:
            codes = {"day": "tables.day_first", "month": "tables.month_first", "year": "tables.year_first"}
            self.remarks.append(Remark(codes[dates.order], {"header": self._header(column)}))
        return dates.dates, [date is not None for date in dates.dates]

    def _with_years(self, column: ColumnSpec, cells: list[str]) -> list[str]:
        """Give weeks, quarters and days without a year that which the table gives them, else ask, by the as-of date."""
        bare = [at for at, cell in enumerate(cells) if cell and in_year(cell, 2000)]
        if not bare:
            return cells
        dated = [date for cell in cells if (date := parse_date(cell))]
        evidence = YearEvidence(self.layout, self.layout.mapping[column.name] or 0, dated)
        years = evidence.years(bare)
        first, header = bare[0], self._header(column)
        if years is None and self.as_of:
            said = {
                f"year.{year}": {"cell": clean(cells[first]), "date": parse_date(in_year(cells[first], year) or "")}
                for year in (self.as_of.year, self.as_of.year - 1)
            }
            read = [parse_date(in_year(cells[at], self.as_of.year) or "") for at in bare]
            assumed = next(iter(said)) if all(date and date <= self.as_of for date in read) else None
            params = {"header": header, "count": len(bare), "cell": clean(cells[first])}
            answer = self.asking.ask(f"year.{column.name}", params, said, assumed=assumed)
            years = [int(answer.removeprefix("year."))] * len(bare)
        elif years:
            shown = {"cell": clean(cells[first]), "year": years[0]}
            self.remarks.append(Remark("tables.year_taken", {"header": header, "count": len(bare), **shown}))
        with_years = list(cells)
        for at, year in zip(bare, years or (), strict=False):
            with_years[at] = (in_year(cells[at], year) if year else None) or cells[at]
        return with_years

    def _ask_about_dates(self, column: ColumnSpec, cells: Sequence[str]) -> tuple[Order | None, Collection[int]]:
        """Ask which part of a date comes first, and whether Excel has swapped some, where that is open."""
        seen = date_evidence(cells)
        order, header = (seen.orders[0] if len(seen.orders) == 1 else None), self._header(column)
        if seen.unclear is not None:
            cell = clean(cells[seen.unclear])
            said: dict[str, dict[str, object]] = {
                name: {"cell": cell, "date": parse_date(cell, name)} for name in seen.orders
            }
            likely = seen.orders[0] if seen.likely else None
            answer = self.asking.ask(f"order.{column.name}", {"header": header, "cell": cell}, said, assumed=likely)
            order = next(name for name in seen.orders if name == answer)
        if not seen.swapped:
            return order, ()
        first = seen.swapped[0]
        stands, swapped = (parse_dates([cells[first]], order, at).dates[0] for at in ((), (0,)))
        text = next(clean(cell) for at, cell in enumerate(cells) if cell.strip() and at not in seen.swapped)
        options = {"swapped": {"date": swapped}, "stand": {"date": stands}}
        params = {"header": header, "count": len(seen.swapped), "cell": text, "date": stands}
        answer = self.asking.ask(f"swapped.{column.name}", params, options)
        return order, seen.swapped if answer == "swapped" else ()

    def _choices(self, column: ColumnSpec, cells: list[str], blank: set[int]) -> tuple[list[Any], list[bool]]:
        known = {_bare(name): option for option, names in column.options.items() for name in names}
        chosen = []
        for position, cell in enumerate(self._in_use(cells, blank)):
            chosen.append(known.get(_bare(cell), "") if cell.strip() else "")
            if cell.strip() and not chosen[-1]:
                zh, en = (", ".join(names[at] for names in column.options.values()) for at in (0, 1))
                self._problem(position, "tables.not_an_option", column.name, cell, zh=zh.replace(", ", "、"), en=en)
        return chosen, [bool(option) for option in chosen]

    def _numbers(self, column: ColumnSpec, cells: list[str], blank: set[int]) -> tuple[list[Any], list[bool]]:
        used = self._in_use(cells, blank, column)
        mark, unit = self._mark(column, used, 1), 1
        if column.relative:
            plain = [half_width(cell) for cell in used]
            if {cell.endswith("%") for cell in plain if cell} == {True}:
                used, unit = [cell.removesuffix("%") for cell in plain], PERCENT
        return self._exact(column, used, mark, [unit] * len(used), written=cells)

    def _exact(
        self, column: ColumnSpec, cells: list[str], mark: Mark, units: Sequence[int], *, written: list[str]
    ) -> tuple[list[Any], list[bool]]:
        """Read numbers as exactly as they are written, each over its unit; ``written`` is what stands in the file."""
        numbers = parse_column(cells, currency=self.currency, mark=mark, places=PLACES_OF_NUMBERS)
        for position, fault in numbers.faults.items():
            not_numbers = ("tables.not_an_amount", "tables.percentage", "tables.date")
            code = "tables.not_a_number" if fault.code in not_numbers else fault.code
            params = {name: value for name, value in fault.params.items() if name != "cell"}
            self._problem(position, code, column.name, written[position], **params)
        scale = 10**PLACES_OF_NUMBERS
        exact = [numbers.finer.get(at) or Fraction(held, scale) for at, held in enumerate(numbers.held)]
        return [value / unit for value, unit in zip(exact, units, strict=True)], numbers.known

    def _percentages(self, column: ColumnSpec, cells: list[str], blank: set[int]) -> tuple[list[Any], list[bool]]:
        """Read percentages: with their sign, or without it as fractions of 1 or as percents.

        Which of the two bare numbers are is decided for the column by their bulk, and asked about where that leaves it
        open. Beside numbers with a sign, one without that might be either is not used, unless most are such.
        """
        in_use = self._in_use(cells, blank)
        used = [cell if isinstance(cell, Number) else cell.translate(HALF_WIDTH).strip() for cell in in_use]
        bare = [cell.removesuffix("%").strip() if cell.endswith("%") else cell for cell in used]
        unsigned = ["" if cell.endswith("%") else cell for cell in used]
        nobody = [Fraction(0)] * len(cells), [False] * len(cells)
        if not column.of_a_whole and are_grades(used) and self._ask_about_grades(column, cells, used) == "unused":
            return nobody
        mark = self._mark(column, bare, None)
        seen = parse_column(unsigned, currency=self.currency, unit=PERCENT, mark=mark, places=PLACES_OF_NUMBERS)
        exact = {at: PERCENT * value for at, value in seen.finer.items()}
        found = {at: Fraction(held) for at, held in enumerate(seen.held) if seen.known[at] and held} | exact
        largest = largest_fraction(of_a_whole=column.of_a_whole)
        small = [at for at, value in found.items() if abs(value) <= largest]
        signed = sum(cell.endswith("%") for cell in used)
        params = {"header": self._header(column), "count": len(found)}
        if signed and not (len(small) == len(found) > 2 * signed):
            for at in small:
                self._problem(at, "tables.percent_or_fraction", column.name, cells[at])
            return self._exact(column, bare, mark, [PERCENT] * len(bare), written=cells)
        judgement = judge(list(found.values()), of_a_whole=column.of_a_whole)
        reading: str | None = judgement.reading
        choices = judgement.choices or (("percents", "fractions") if signed else ())
        if choices:
            reading = self._ask_about_percentages(column, cells, found, choices, judgement.reading)
        if reading == "unused":
            return nobody
        if reading == "fractions":
            self.remarks.append(Remark("tables.fractions", params))
        elif found:
            self.remarks.append(Remark("tables.percents", params))
            if small and reading == "percents":
                cells_shown = {"count": len(small), "cell": clean(cells[small[0]])}
                self.remarks.append(Remark("tables.small_percents", {**params, **cells_shown}))
        fractions = set() if reading == "percents" else set(small) if reading == "each" else set(found)
        units = [1 if at in fractions else PERCENT for at in range(len(bare))]
        return self._exact(column, bare, mark, units, written=cells)

    def _ask_about_percentages(
        self,
        column: ColumnSpec,
        cells: Sequence[str],
        found: Mapping[int, Fraction],
        choices: Sequence[PercentReading],
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
        params = {"header": self._header(column), "count": len(found)}
        return self.asking.ask(f"percent.{column.name}", params, said, assumed=assumed)

    def _ask_about_grades(self, column: ColumnSpec, cells: Sequence[str], used: Sequence[str]) -> str:
        grades = sum(map(bool, used))
        params = {
            "header": self._header(column),
            "cell": next(clean(cells[at]) for at in range(len(used)) if used[at]),
        }
        return self.asking.ask(f"grades.{column.name}", params, {"unused": {}, "numbers": {"count": grades}})

    def _amounts(self, column: ColumnSpec, cells: list[str], blank: set[int]) -> tuple[list[Any], list[bool]]:
        index = self.layout.mapping[column.name]
        if index is None:
            self.units[column.name] = self.unit or 1
            return [0] * len(self.body), [False] * len(self.body)
        header = self.layout.headers[index]
        said = self._said_of(index)
        unit = self._unit(column, header, said, cells, blank)
        self.units[column.name] = unit if isinstance(unit, int) else min(unit)
        self._leave_out_bare(column, said, cells, blank)
        cells = self._in_use(cells, blank, column)
        mark = self._mark(column, cells, unit)
        self.how[column.name] = unit, mark
        amounts = self._parsed(cells, unit, mark)
        for position, fault in amounts.faults.items():
            params = {name: value for name, value in fault.params.items() if name != "cell"}
            self._problem(position % len(self.body), fault.code, column.name, cells[position], **params)
        for count, code in (
            (len(amounts.finer), "tables.rounded"),
            (amounts.own_units, "tables.own_units"),
            (amounts.scientific, "tables.scientific"),
        ):
            if count:
                self.remarks.append(Remark(code, {"header": header, "count": count}))
        return _added_up(amounts, len(self.body))

    def _total(self, index: int, blank: set[int]) -> int:
        """Return what a column comes to over the rows in use, as held."""
        cells = self._in_use(self.layout.cells(index), blank)
        stated = (one.says.unit for one in self._said_of(index) if one.says.unit)
        unit = self.unit or next(iter(self.row_units.values()), None) or next(stated, 1)
        style = self._style(
            cells, evidence(cells), other_columns(self.body, self.layout.columns.parts(index)), money=True
        )
        return sum(self._parsed(cells, unit, style.mark or "point").held)

    def _mark(self, column: ColumnSpec, cells: list[str], unit: int | Sequence[int] | None) -> Mark:
        """Return which mark parts decimals in a column, having asked where that is open.

        A percentage, without a ``unit``, has no thousands: only a comma may be asked about.
        """
        doubt, rows, at = in_doubt(cells), self.body, self.layout.mapping[column.name]
        delimiter = self.layout.grid.delimiter
        if at is None or not (doubt or any("," in cell for cell in cells)):
            return "point"
        others = other_columns(rows, self.layout.columns.parts(at))
        if unit is not None and not doubt and delimiter != ";" and others != "comma":
            return "point"
        seen = evidence(cells)
        style = self._style(cells, seen, others, money=column.kind == "money")
        if unit is None:
            only_commas = bool(seen.unclear_commas) and not (seen.mark or seen.unclear_points or others)
            style, unit = Style(None if only_commas else style.mark, only_commas), 1
        if not style.ask:
            if style.mark == "comma":
                self.remarks.append(Remark("tables.decimal_comma", {"header": self._header(column)}))
            return style.mark or "point"
        shown = clean(cells[seen.unclear[0]])
        thousands: Mark = "comma" if seen.unclear_points else "point"
        options: dict[str, Mark] = {"thousands": thousands, "decimals": "point" if thousands == "comma" else "comma"}
        places = None if column.kind == "money" else PLACES_OF_NUMBERS
        one = self._one(column)
        said = {}
        for name, mark in options.items():
            read = self._parsed(cells, unit, mark, places)
            value = Fraction(digits_of(bare(shown), mark) or 0)
            total = sum(held for at, held in enumerate(read.held) if at % len(self.body) not in self.labels)
            said[name] = {"cell": shown, "value": value, "total": Fraction(total, one)}
        assumed = next((name for name, mark in options.items() if mark == style.mark), None)
        params = {"header": self._header(column), "cell": shown, "count": len(seen.unclear)}
        return options[self.asking.ask(f"point.{column.name}", params, said, assumed=assumed)]

    def _style(self, cells: Sequence[str], seen: Evidence, others: Mark | None, *, money: bool) -> Style:
        """How a column is read; where a currency has thousandths, amounts that all have three decimals have these."""
        every = bool(seen.unclear_points) and len(seen.unclear_points) == sum(1 for cell in cells if cell.strip())
        thousandths = every and money and decimals(self.currency) == len("234")
        return style_of(seen, self.layout.grid.delimiter, others, thousandths=thousandths)

    def _parsed(
        self, cells: list[str], unit: int | Sequence[int], mark: Mark, places: int | None = None
    ) -> AmountColumn:
        """Return cells as amounts; where each row has a ``unit`` of its own, by these."""
        if isinstance(unit, int):
            return parse_column(cells, currency=self.currency, unit=unit, mark=mark, places=places)
        whole = AmountColumn([0] * len(cells), [False] * len(cells))
        for one in set(unit):
            own = [cell if unit[at % len(unit)] == one else "" for at, cell in enumerate(cells)]
            part = self._parsed(own, one, mark, places)
            whole.held = [sum(pair) for pair in zip(whole.held, part.held, strict=True)]
            whole.known = [any(pair) for pair in zip(whole.known, part.known, strict=True)]
            whole.faults |= part.faults
            whole.finer |= part.finer
            whole.own_units += part.own_units
            whole.scientific += part.scientific
        return whole

    def _said_of(self, index: int) -> list[Said]:
        """What the table says of the amounts of a column. Raises Refused where that is less than one of a currency."""
        layout, header = self.layout, self.layout.headers[index]
        notes = [
            next(filter(None, map(clean, self.body[at])), "")
            for at, one in self.problems.items()
            if one.code == "tables.footnote"
        ]
        titles = layout.grid.rows[: layout.header or 0]
        heading = header if layout.header is not None else ""
        try:
            return said_of(heading, layout.units.get(index, ""), titles, notes, self.currency)
        except NotAnAmount as fault:
            raise Refused(fault.code, header=header, **fault.params) from None

    def _leave_out_bare(self, column: ColumnSpec, said: Sequence[Said], cells: list[str], blank: set[int]) -> None:
        """Amounts without a currency of their own where the table names another than the company's.

        What is at odds in it is asked about. Raises Refused where nothing is left.
        """
        passed, rows = blank | self.problems.keys() | self.aside.keys(), len(self.body)
        used = ["" if at % rows in passed else cell for at, cell in enumerate(cells)] if passed else cells
        stated = self._stated(column, said, used)
        if stated is None:
            if not any(one.says.currency for one in said):
                self._ask_about_formats(column, used)
            return
        in_use = [(at, at % rows) for at, cell in enumerate(used) if cell.strip()]
        currency = str(stated.says.currency)
        written = {at for at, _ in in_use if currency_beside(cells[at], currency) not in (None, currency)}
        formats = self._formats(column, in_use).items()
        own = written | {at for at, one in formats if not one.foreign(self.currency) and one.foreign(currency)}
        if stated.place in ("title", "note"):
            if own and len(own) == len(in_use):
                why = Sentence("tables.ask.currency.cells", {"where": stated.text, "header": self._header(column)})
                assumed = "own" if own == written else None
                own = own if self._ask_currency(column, why, currency, used, assumed=assumed) == "own" else set()
            own |= {at for at, row in in_use if row in self.in_own_currency}
        if not own:
            where = self._header(column) if stated.place in ("heading", "row") else stated.text
            raise Refused("tables.foreign_column", header=where, currency=currency, own=self.currency)
        for at, row in in_use:
            if at not in own:
                params = {"currency": currency, "own": self.currency}
                self._problem(row, "tables.foreign_row", column.name, cells[at], **params)

    def _stated(self, column: ColumnSpec, said: Sequence[Said], used: list[str]) -> Said | None:
        """What puts a column in another currency than the company's, having asked where that is at odds; else None."""
        naming = [one for one in said if one.says.currency]
        by_heading = [one for one in naming if one.place in ("heading", "row")]
        foreign = next((one for one in naming if one.says.currency != self.currency), None)
        own = [one for one in by_heading or naming if one.says.currency == self.currency]
        if foreign is None or not own:
            return (by_heading or naming)[0] if foreign else None
        if any(one.says.currency == self.currency and one not in by_heading for one in naming):
            return None  # a line that names both speaks of rates, or of columns
        why = Sentence("tables.ask.currency.said", {"where": foreign.text, "header": own[0].text})
        assumed = None if foreign in by_heading else "own"
        answer = self._ask_currency(column, why, str(foreign.says.currency), used, assumed=assumed)
        return foreign if answer == "other" else None

    def _ask_currency(
        self,
        column: ColumnSpec,
        why: Sentence,
        currency: str,
        cells: list[str],
        *,
        assumed: str | None,
        foreign: Collection[int] | None = None,
    ) -> str:
        """Ask what amounts are in, all or those ``foreign``, with what is read of them either way."""
        read = parse_column(cells, currency=self.currency, unit=self.units[column.name])
        kept = [at for at, known in enumerate(read.known) if known]
        left = [] if foreign is None else [at for at in kept if at not in foreign]
        said = {
            name: {"currency": code, "count": len(some), "total": sum(read.held[at] for at in some)}
            for name, code, some in (("own", self.currency, kept), ("other", currency, left))
        }
        return self.asking.ask(f"currency.{column.name}", {"why": why}, said, assumed=assumed)

    def _formats(self, column: ColumnSpec, places: Iterable[tuple[int, int]]) -> dict[int, Shown]:
        """The formats that show a currency, by where their amounts are among a column's cells."""
        marks, parts = self.layout.grid.marks, self.layout.columns.parts(self.layout.mapping[column.name] or 0)
        by_place = {place: shows for shows, where in marks.currencies for place in where if place[1] in parts}
        if not by_place:
            return {}
        found = ((at, by_place.get((self.layout.start + row, parts[at // len(self.body)]))) for at, row in places)
        return {at: shows for at, shows in found if shows is not None}

    def _ask_about_formats(self, column: ColumnSpec, used: list[str]) -> None:
        """Ask of amounts in formats that each computer shows in its own currency, where another stands in the file."""
        if not any(shows.foreign(self.currency) for shows, _ in self.layout.grid.marks.currencies):
            return
        rows = len(self.body)
        in_use = [(at, at % rows) for at, cell in enumerate(used) if cell.strip()]
        formats = self._formats(column, in_use).items()
        foreign = {at: code for at, shows in formats if (code := shows.foreign(self.currency))}
        if not foreign:
            return
        first = next(iter(foreign.values()))
        params = {"header": self._header(column), "count": len(foreign), "currency": first}
        why = Sentence("tables.ask.currency.format", params)
        if self._ask_currency(column, why, first, used, assumed=None, foreign=foreign) == "other":
            for at, code in foreign.items():
                params = {"currency": code, "own": self.currency}
                self._problem(at % rows, "tables.foreign_row", column.name, used[at], **params)

    def _unit(
        self, column: ColumnSpec, header: str, said: Sequence[Said], cells: list[str], blank: set[int]
    ) -> int | Sequence[int]:
        """How many of the currency a bare number counts, by row where a column says so; asked where places disagree."""
        by_row = self.row_units.get(column.name)
        stated = next((one for one in said if one.says.unit is not None), None)
        if self.unit is None:
            options: dict[str, int | Sequence[int]] = {one.place: one.says.unit or 1 for one in at_odds(said)}
            if by_row and stated and set(by_row) != {stated.says.unit}:
                options = {**(options or {stated.place: stated.says.unit or 1}), "column": by_row}
            if options:
                used = self._in_use(cells, blank)
                places: dict[str, str] = {one.place: one.text for one in reversed(said) if one.says.unit is not None}
                offered = {
                    place: {"where": places.get(place, ""), "total": sum(self._parsed(used, unit, "point").held)}
                    for place, unit in options.items()
                }
                return options[self.asking.ask(f"unit.{column.name}", {"header": header}, offered)]
            if by_row:
                return by_row
        by_heading = stated is None or stated.place in ("heading", "row")
        where, written = (header if by_heading else stated.text, stated.says.written) if stated else (header, "")
        unit = self.unit or (stated.says.unit if stated else None) or 1
        params = {"header": where, "unit": unit, "written": written}
        if self.unit is None and stated:
            if unit > 1:
                self.remarks.append(Remark("tables.unit_stated", params))
        elif self.unit is None and not any(one.says.currency for one in said):
            self.remarks.append(Remark("tables.unit_assumed", {"header": header}))
        elif stated and stated.says.unit != self.unit:
            self.remarks.append(Remark("tables.unit_overruled", {**params, "stated": stated.says.unit}))
        return unit

    def _check_usable(self, rows_read: int) -> None:
        if not rows_read or len(self.problems) < rows_read:
            return
        counted = Counter(problem.code for problem in self.problems.values())
        code = counted.most_common(1)[0][0]
        worst = next(problem for problem in self.problems.values() if problem.code == code)
        params: dict[str, object] = {"count": rows_read, "row": worst.row, "cell": worst.cell}
        index = self.layout.mapping.get(worst.column or "")
        params["header"] = self.layout.headers[index] if index is not None else ""
        money = {column.name for column in self.spec.columns if column.kind == "money"}
        if code == "tables.formula":
            raise Refused("tables.only_formulas", **params)
        if worst.column in money and code in {"tables.not_an_amount", "tables.date", "tables.percentage"}:
            raise Refused("tables.no_amounts", **params)
        raise Refused("tables.no_usable_rows", reason=f"tables.reason.{code.removeprefix('tables.')}", **params)

    def _ruined(
        self, cells: Mapping[str, list[str]], kept: Sequence[int]
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        ruined = np.zeros(len(kept), dtype=bool)
        key = _name_of(self.spec)
        if key is None:
            return ruined
        names = cells[key.name]
        joined = [names[index] for index in kept]
        digits = [position for position, name in enumerate(joined) if name[:1].isdigit()]
        rounded = [position for position in digits if _LONG_NUMBER(joined[position])]
        # One id with digits beyond the fifteenth shows that these never went through Excel as numbers.
        if any(joined[position][_EXACT_DIGITS:].strip("0") for position in rounded):
            rounded = []
        found = sorted({position for position in digits if _SCIENTIFIC(joined[position])} | set(rounded))
        if found:
            ruined[found] = True
            rows = [self.layout.start + kept[position] + 1 for position in found[:LISTED]]
            self.remarks.append(Remark("tables.ruined", {"count": len(found), "rows": rows, "cell": joined[found[0]]}))
        return ruined


def _added_up(amounts: AmountColumn, rows: int) -> tuple[list[Any], list[bool]]:
    """Return the amounts of each row, where those of several columns follow one another; unknown where all are."""
    if len(amounts.held) == rows:
        return amounts.held, amounts.known
    each = range(rows)
    return [sum(amounts.held[row::rows]) for row in each], [any(amounts.known[row::rows]) for row in each]


_NOT_WORD = re.compile(r"[\W_]+")
# Cyrillic and Greek letters that cannot be told from Latin ones, in capitals or in small letters.
LOOKS: Final = str.maketrans("авекмнорстухіјѕԁһӏαβεζηικμνορτυχ", "abekmhopctyxijsdhlabezhikmnoptyx")


def _bare(name: str) -> str:
    """A name without width, case, spaces and punctuation, letters of other scripts as the Latin ones they look like."""
    folded = name.casefold() if name.isascii() else unicodedata.normalize("NFKC", name).casefold().translate(LOOKS)
    return _NOT_WORD.sub("", folded)


_Name = TypeVar("_Name", str, int)


def more_than_once(names: Iterable[_Name]) -> list[_Name]:
    """Names that are there several times, each once and in order.

    >>> more_than_once(["b", "a", "b", "c", "a"])
    ['a', 'b']
    """
    return sorted(name for name, count in Counter(names).items() if count > 1)


def possibly_same(names: Iterable[str]) -> list[list[str]]:
    """Names that differ only by width, case, spaces and punctuation: likely one customer, written twice.

    Each group in the order of the names; names that are exactly equal are one name. What is as long as no name is not
    looked at: some letters are eighteen once they are made plain.

    >>> possibly_same(["甲（上海）公司", "乙", "甲(上海) 公司"])
    [['甲（上海）公司', '甲(上海) 公司']]
    """
    groups: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        if len(name) <= MAX_HEADING and (bare := _bare(name)):
            groups.setdefault(bare, []).append(name)
    return [group for group in groups.values() if len(group) > 1]
