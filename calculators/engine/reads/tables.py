"""A customer list, or any other table, from whatever people have: CSV, XLSX, a paste, typed rows.

This is the door to reading tables, and here rows become records. Nothing is dropped in silence: a row not used is a
Problem, everything assumed is a Remark. Bytes become rows in ``sources`` (XLSX in ``workbook``), headers and columns
are found in ``headings``, an amount is read in ``amounts``; files are written in ``sheets``. Nothing here knows what
is calculated.
"""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn, TypeVar

import numpy as np
import pandas as pd
from openpyxl.utils import get_column_letter

from calculators.engine.asks.currencies import NAMING, currency_meant, folded
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.amounts import (
    EXCEL_ERRORS,
    HALF_WIDTH,
    PLACES_OF_NUMBERS,
    Heading,
    NotAnAmount,
    currency_beside,
    currency_named,
    currency_of_title,
    is_amount,
    parse_column,
    parse_heading,
)
from calculators.engine.reads.dates import parse_dates
from calculators.engine.reads.headings import (
    currency_columns,
    find_header,
    fit,
    guess,
    headings_of,
    match,
)
from calculators.engine.reads.questions import Asking, Question
from calculators.engine.reads.sources import (
    MAX_COLUMNS,
    MAX_ROWS,
    Grid,
    Refused,
    Remark,
    Source,
    Wanted,
    load,
)

PREVIEW_ROWS: Final = 5
LISTED: Final = 20
"""How many row numbers a remark names; the count beside them is of all."""

_LONGEST_SHOWN = 60
_LONGEST_TITLE = 100


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
    column: text as str objects, ``""`` where there is none; money as int64 smallest units, numbers as int64 hundredths,
    percentages as int64 basis points, dates as ``datetime.date`` objects, and choices as str objects. Each but
    text has a bool ``<name>_known`` beside it, and 0, None or ``""`` with False where nobody knows the value.
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

    def place(self, text: str) -> tuple[int, str]:
        """Return what to sort a text by where an order decides on numbers: the same with pseudonyms as with names."""
        return self.order.get(text, 0), text


class Asked(InvalidInputs):
    """A table waits for answers; ``known`` is what is known of it, with the questions."""

    def __init__(self, table: str, known: Outline) -> None:
        super().__init__([question.as_error(table) for question in known.questions if question.chosen is None])
        self.known = known


_TOTAL = re.compile(
    r"""[\s*(（\[【<:-]*(?:
      (?:本[页頁月季年期]|全[部年国]|累积|期末|以上|各项|分类)?\s*
      (?: (?:总\s*合|合|总|總|小|共|累|统)\s*[计計] | [总總]\s*和 | 总\s*额 | 总\s*数 | [汇彙]\s*[总總] )
      | (?:grand|sub|net|sum|report|overall|page)?[\s-]*totals? | sum
      | (?:全[部体員员]|总体|整体)?\s*(?:平\s*均[值数]?|均值|中位数|最[大小高低]值) | averages? | avg
    )(?:\s*[(（\[].{0,12}[)）\]])?[\s)）\]】>*:：-]*
    (?:(?<=[:：\s])[￥¥]?[0-9][0-9,.]*\s*[万亿]?元?)?""",
    re.VERBOSE | re.IGNORECASE,
).fullmatch
_GROUP_TOTAL = re.compile(
    r"(.{1,40}?)\s*(?:合\s*计|小\s*计|汇\s*总|总\s*计|\bsub-?total|\btotal)\s*[:：]?", re.IGNORECASE
).fullmatch
_GROUP_TOTAL_ENDS = frozenset("计总lL:：")
_FOOTNOTE = re.compile(
    r"""\W*(?:
      (?:备?注|備註|说明|(?:数据|资料)?来源|制表|填表|导出|打印|审核|复核|填报|统计|单位|报表|生成|截止|截至|note|source
        |export|generated|printed|prepared|remark|as\ of|report|filters?)[^:：]{0,12}[:：].*
      | (?:confidential\b|copyright\b|内部资料|机密|保密|第\s*[0-9]+\s*页|page\s[0-9]+\sof\b).*
      | 共\s*[0-9,]+\s*[条行项个户家笔].* | (?:total:?\s*)?[0-9,]+\s+(?:records?|rows?|items?)\W*
    )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
).fullmatch
_NO_NAME = frozenset(
    {
        *("", "-", "--", "---", "—", "——", "–", "/", "n/a", "#n/a", "na", "nil", "null", "none", "nan"),
        *("(空白)", "（空白）", "(空)", "(blank)"),
    }
)
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,3}", re.ASCII).fullmatch
_LONG_NUMBER = re.compile(r"[0-9]{16,}", re.ASCII).fullmatch
_EXACT_DIGITS = 15  # what Excel keeps of a number
_PLAIN_SIZE = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?)?\s*", re.ASCII).fullmatch  # none with a unit of its own (12.5万)
_HUNDREDTHS = 100  # one, in hundredths
_LARGEST_FRACTION = 300  # hundredths: nobody reaches 300% of a target by the dozen, while 3% is as rare in a column
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff]+")
_UNIT_LINE = re.compile(
    r"(?:单位|單位|unit|currency)\s*[:：]?|\(\s*in |（\s*in |人民币|\bRMB|in thousands|in millions",
    re.IGNORECASE,
).search


def _clean(cell: str) -> str:
    return _UNPRINTABLE.sub(" ", cell).strip() if _UNPRINTABLE.search(cell) else cell.strip()


def _clean_all(cells: list[str]) -> list[str]:
    if _UNPRINTABLE.search("\x7e".join(cells)):
        return [_clean(cell) for cell in cells]
    return [cell.strip() for cell in cells]


@dataclass
class _Layout:
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


def _lay_out(
    grid: Grid, spec: TableSpec, currency: str, chosen: Mapping[str, int | None] | None, asking: Asking
) -> _Layout:
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
        cells = [_clean(cell) for cell in rows[header]]
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
    return _Layout(grid, headers, header, start, expected, fitting, mapping, asking)


def _fill_merged(layout: _Layout, index: int) -> int:
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


def _refuse(spec: TableSpec, refused: Refused) -> NoReturn:
    raise InvalidInputs([InputError(spec.name, refused.code, refused.params)]) from None


def _load(source: Source, spec: TableSpec, sheet: str | None, currency: str, asking: Asking) -> Grid:
    """The rows of a source; of a workbook those of the sheet that is chosen, else of the one that fits the columns."""
    required = sum(column.required for column in spec.columns)
    wanted = Wanted(lambda rows: fit(rows, spec.columns), (required, True, min(2, len(spec.columns))))
    return load(source, sheet, currency, wanted, asking)


@dataclass(frozen=True)
class RawRows:
    """A table as text; ``aligned`` is to be handed on with it (see `Rows`)."""

    rows: list[list[str]]
    aligned: bool


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

    Of a workbook the same sheet that `read_table` reads for ``spec``, merged cells filled as it fills them. Raises
    InvalidInputs where the source cannot be read as a table at all.
    """
    spec, asking = spec or TableSpec("table", ()), Asking(answers)
    try:
        grid = _load(source, spec, sheet, currency, asking)
        if grid.merged:
            layout = _lay_out(grid, spec, currency, mapping, asking)
            for column in spec.columns:
                if column.kind == "text" and (index := layout.mapping[column.name]) is not None:
                    _fill_merged(layout, index)
        return RawRows(grid.rows, grid.aligned)
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
        layout = _lay_out(_load(source, spec, sheet, currency, asking), spec, currency, mapping, asking)
    except Refused as refused:
        _refuse(spec, refused)
    return Outline(**_outlined(layout))


def _outlined(layout: _Layout) -> dict[str, Any]:
    """What an `Outline` says of a table laid out."""
    width = len(layout.headers)
    filled = (row for row in layout.grid.rows[layout.start :] if any(map(str.strip, row)))
    return {
        "headers": layout.headers,
        "mapping": dict(layout.mapping),
        "sheets": layout.grid.sheets,
        "sheet": layout.grid.sheet,
        "preview": tuple(
            tuple(_clean(cell) for cell in (row + [""] * width)[:width])
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
) -> Reading:
    """Read a table. What cannot be read as one raises InvalidInputs about ``spec.name``.

    ``unit`` is how many units of the currency a bare number counts (1, 1000, 10,000 …); None takes
    what the heading or a line above the table says, else 1. A unit in a cell (``12.5万``) stands
    instead of either. ``mapping`` gives the index of a header for a declared column, None for "not
    there"; columns it does not name are matched by their headings. ``answers`` are a reader's to questions, by their
    names; where one is open, `Asked` is raised.

    >>> from calculators.engine.reads.sources import Pasted
    >>> spec = TableSpec("customers", (ColumnSpec("customer", "text"), ColumnSpec("revenue", "money")))
    >>> reading = read_table(Pasted("客户\\t收入(万元)\\n甲\\t1.5\\n合计\\t1.5"), spec)
    >>> reading.frame["revenue"].tolist(), [problem.code for problem in reading.problems]
    ([1500000], ['tables.total_row'])
    """
    asking = Asking(answers)
    try:
        layout = _lay_out(_load(source, spec, sheet, currency, asking), spec, currency, mapping, asking)
        return _RowReader(layout, spec, currency, unit, mapping or {}).read()
    except Refused as refused:
        _refuse(spec, refused)


class _RowReader:
    def __init__(
        self,
        layout: _Layout,
        spec: TableSpec,
        currency: str,
        unit: int | None,
        chosen: Mapping[str, int | None],
    ) -> None:
        self.layout = layout
        self.spec = spec
        self.currency = currency
        self.unit = unit
        self.chosen = chosen
        self.asking = layout.asking
        self.body = layout.grid.rows[layout.start :]
        self.remarks = list(layout.grid.remarks)
        self.problems: dict[int, Problem] = {}  # by index into body
        self.in_own_currency: set[int] = set()  # rows of which a column says so
        self.units: dict[str, int] = {}

    def read(self) -> Reading:
        layout = self.layout
        self._check_columns()
        self._remark_layout()
        if len(self.body) > MAX_ROWS:
            raise Refused("tables.too_many_rows", limit=MAX_ROWS)
        cells = {column.name: self._cells(column) for column in self.spec.columns}
        blank = self._blank_rows()
        rows_read = len(self.body) - len(blank)
        if not rows_read and self.spec.required:
            raise Refused("tables.no_rows", row=layout.start)
        self._leave_out_crowded(blank)
        for column in self.spec.columns:
            if column.kind == "text" and column.required:
                self._leave_out_nameless(column, cells[column.name], blank)
        self._leave_out_foreign(blank)
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
        )

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
                dtype = object if column.kind in ("date", "choice") else "int64"
                columns[column.name] = pd.Series(accepted(read), dtype=dtype)
                columns[f"{column.name}_known"] = np.array(accepted(known), dtype=bool)
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
        elif layout.header > 0:
            self.remarks.append(Remark("tables.header_row", {"row": layout.header + 1}))
        for column in self.spec.columns:
            others = layout.fitting.get(column.name, [])
            index = layout.mapping[column.name]
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
        if column.kind == "text" and (filled := _fill_merged(self.layout, index)):
            self.remarks.append(Remark("tables.merged_filled", {"header": self.layout.headers[index], "count": filled}))
        cells = [row[index] if index < len(row) else "" for row in self.body]
        if column.kind != "text":
            return cells
        cells = _clean_all(cells)
        for position, cell in enumerate(cells):
            if cell[:1] in "='(-—–/nN#（" and cell:
                if cell.lower() in _NO_NAME:
                    cells[position] = ""
                elif cell.startswith('="') and cell.endswith('"'):  # how exports keep the zeros of an id
                    cells[position] = cell[2:-1].strip()
                elif cell[0] == "'" and cell[1:2] in {"=", "+", "-", "@", "＝", "＋", "－", "＠"}:
                    cells[position] = cell[1:]  # how exports, this one too, disarm formulas
        return cells

    def _blank_rows(self) -> set[int]:
        return {index for index, row in enumerate(self.body) if not any(map(str.strip, row))}

    def _problem(self, index: int, code: str, column: str | None, cell: str = "", **params: object) -> None:
        shown = _clean(cell)[:_LONGEST_SHOWN]
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

    def _leave_out_nameless(self, column: ColumnSpec, cells: list[str], blank: set[int]) -> None:
        """Rows that are no record: totals, headers once more, footnotes, those without a name."""
        header = self._header(column)
        names = set(cells)
        suspects = {
            name
            for name in names
            if not name
            or name == header
            or name.upper() in EXCEL_ERRORS
            or (len(name) < _LONGEST_TITLE and (_TOTAL(name) or _FOOTNOTE(name)))
        }
        suspects |= self._group_totals(names)
        if not suspects:
            return
        for index, name in enumerate(cells):
            if name not in suspects or index in blank or index in self.problems:
                continue
            code, cell = self._why_nameless(self.body[index], name)
            if code:
                self._problem(index, code, column.name, cell, header=header)

    def _group_totals(self, names: set[str]) -> set[str]:
        """Names such as ``甲 汇总`` or ``East Total``, where what comes before stands in a cell by itself: Excel's own
        subtotals, whereas ``Acme Total`` without an Acme is a company.
        """
        groups = {name: found[1] for name in names if name[-1:] in _GROUP_TOTAL_ENDS and (found := _GROUP_TOTAL(name))}
        there = {cell.strip() for row in self.body for cell in row} if groups else set()
        return {name for name, group in groups.items() if group in there}

    def _why_nameless(self, row: Sequence[str], name: str) -> tuple[str | None, str]:
        layout = self.layout
        filled = [(at, cell) for at, cell in enumerate(map(_clean, row)) if cell]
        mapped = [index for index in layout.mapping.values() if index is not None]
        if layout.header is not None and all(at < len(row) and _clean(row[at]) == layout.headers[at] for at in mapped):
            return "tables.repeated_header", name
        if len(filled) == 1 and _FOOTNOTE(filled[0][1]):
            return "tables.footnote", filled[0][1]
        if name.upper() in EXCEL_ERRORS:
            return "tables.excel_error", name
        if name:
            return ("tables.total_row", name) if _TOTAL(name) or _GROUP_TOTAL(name) else (None, "")
        money = {layout.mapping[column.name] for column in self.spec.columns if column.kind == "money"}
        for at, cell in filled:
            if at not in money and (_TOTAL(cell) or _GROUP_TOTAL(cell)):
                return "tables.total_row", cell
        return "tables.blank_text", ""

    def _leave_out_foreign(self, blank: set[int]) -> None:
        """Rows that a column of their own (``币种``) puts in another currency, or in one that nobody knows."""
        mapping = self.layout.mapping
        mapped = {index for index in mapping.values() if index is not None}
        for column in self.spec.columns:
            if column.kind != "money" or mapping[column.name] is None:
                continue
            at = self._currency_column(self._header(column), mapped, blank)
            if at is None:
                continue
            cells = {row[at] if at < len(row) else "" for row in self.body}
            named = {
                cell: currency_named(cell, self.currency) for cell in cells if cell.strip().lower() not in _NO_NAME
            }
            unsaid = 0
            for index, row in enumerate(self.body):
                if index in blank or index in self.problems:
                    continue
                cell = row[at] if at < len(row) else ""
                if cell not in named:
                    unsaid += 1
                elif (currency := named[cell]) is None:
                    self._problem(index, "tables.unknown_currency", column.name, cell, header=self.layout.headers[at])
                elif currency == self.currency:
                    self.in_own_currency.add(index)
                else:
                    params = {"currency": currency, "own": self.currency}
                    self._problem(index, "tables.foreign_row", column.name, cell, **params)
            if unsaid and named:
                params = {"header": self.layout.headers[at], "count": unsaid, "own": self.currency}
                remark = Remark("tables.currency_assumed", params)
                self.remarks += [remark] if remark not in self.remarks else []

    def _currency_column(self, amount: str, mapped: set[int], blank: set[int]) -> int | None:
        """The column that names each row's currency: by its heading, unless figures stand in it, else one that has
        nothing but currencies.
        """
        headers = self.layout.headers
        for at in currency_columns(headers, mapped, amount):
            cells = [row[at] for row in self.body if at < len(row) and row[at].strip()]
            if 2 * sum(map(is_amount, cells)) <= len(cells):
                return at
        for at in set(range(len(headers))) - mapped:
            filled = {row[at].strip() for index, row in enumerate(self.body) if at < len(row) and index not in blank}
            if filled - {""} and all(map(self._is_currency, filled - {""})):
                return at
        return None

    def _is_currency(self, cell: str) -> bool:
        return folded(cell) in NAMING and cell not in ("ALL", "TOP") and currency_meant(cell, self.currency) is not None

    def _header(self, column: ColumnSpec) -> str:
        index = self.layout.mapping[column.name]
        return "" if index is None else self.layout.headers[index]

    def _in_use(self, cells: list[str], blank: set[int]) -> list[str]:
        """Return the cells, those of rows that are left out already as blank."""
        left_out = blank | self.problems.keys()
        return ["" if position in left_out else cell for position, cell in enumerate(cells)] if left_out else cells

    def _dates(self, column: ColumnSpec, cells: list[str], blank: set[int]) -> tuple[list[Any], list[bool]]:
        dates = parse_dates(self._in_use(cells, blank))
        for position, code in dates.faults.items():
            self._problem(position, code, column.name, cells[position], header=self._header(column))
        if dates.numbers:
            at = dates.numbers[0]
            shown = {"count": len(dates.numbers), "cell": _clean(cells[at]), "date": dates.dates[at]}
            self.remarks.append(Remark("tables.day_numbers", {"header": self._header(column), **shown}))
        if dates.order:
            code = "tables.day_first" if dates.order == "day" else "tables.month_first"
            self.remarks.append(Remark(code, {"header": self._header(column)}))
        return dates.dates, [date is not None for date in dates.dates]

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
        used = self._in_use(cells, blank)
        if column.relative:
            bare = [cell.translate(HALF_WIDTH).strip().removesuffix("%") for cell in used]
            signs = {cell.translate(HALF_WIDTH).strip().endswith("%") for cell in used if cell.strip()}
            if len(signs) < 2 and all(map(_PLAIN_SIZE, bare)):  # noqa: PLR2004 - all have a sign or none
                return self._hundredths(column, bare, written=cells, unit=100)
        return self._hundredths(column, used, written=cells)

    def _hundredths(
        self, column: ColumnSpec, cells: list[str], *, written: list[str], unit: int = 1
    ) -> tuple[list[Any], list[bool]]:
        """Read numbers to the hundredth of a ``unit``-th; ``written`` is what stands in the file."""
        numbers = parse_column(cells, currency=self.currency, unit=unit, places=PLACES_OF_NUMBERS)
        for position, fault in numbers.faults.items():
            not_numbers = ("tables.not_an_amount", "tables.percentage", "tables.date")
            code = "tables.not_a_number" if fault.code in not_numbers else fault.code
            params = {name: value for name, value in fault.params.items() if name != "cell"}
            self._problem(position, code, column.name, written[position], **params)
        header = self._header(column)
        if numbers.rounded:
            self.remarks.append(Remark("tables.rounded_number", {"header": header, "count": numbers.rounded}))
        if numbers.decimal_comma:
            self.remarks.append(Remark("tables.decimal_comma", {"header": header}))
        return numbers.held, numbers.known

    def _percentages(self, column: ColumnSpec, cells: list[str], blank: set[int]) -> tuple[list[Any], list[bool]]:
        """Read percentages: with their sign, or without it as fractions of 1 or as percents.

        Which of the two bare numbers are is decided for the column: fractions where none is beyond
        ``_LARGEST_FRACTION``, or beyond 1 in parts of a whole. Beside numbers with a sign, one that might be either
        is not used.
        """
        largest = _HUNDREDTHS if column.of_a_whole else _LARGEST_FRACTION
        used = [cell.translate(HALF_WIDTH).strip() for cell in self._in_use(cells, blank)]
        bare = [cell.removesuffix("%").strip() for cell in used]
        unsigned = ["" if cell.endswith("%") else cell for cell in used]
        seen = parse_column(unsigned, currency=self.currency, places=PLACES_OF_NUMBERS)
        found = [at for at, known in enumerate(seen.known) if known and seen.held[at]]
        small = [at for at in found if abs(seen.held[at]) <= largest]
        unit = 1
        params = {"header": self._header(column), "count": len(found)}
        if bare != unsigned:
            for at in small:
                self._problem(at, "tables.percent_or_fraction", column.name, cells[at])
        elif small and len(small) == len(found):
            unit = 100
            self.remarks.append(Remark("tables.fractions", params))
        elif found:
            self.remarks.append(Remark("tables.percents", params))
            if small:
                cells_shown = {"count": len(small), "cell": _clean(cells[small[0]])}
                self.remarks.append(Remark("tables.small_percents", {**params, **cells_shown}))
        return self._hundredths(column, bare, written=cells, unit=unit)

    def _amounts(self, column: ColumnSpec, cells: list[str], blank: set[int]) -> tuple[list[Any], list[bool]]:
        index = self.layout.mapping[column.name]
        if index is None:
            self.units[column.name] = self.unit or 1
            return [0] * len(cells), [False] * len(cells)
        header = self.layout.headers[index]
        unit = self.units[column.name] = self._unit(header)
        self._leave_out_bare(column, header, cells, blank)
        cells = self._in_use(cells, blank)
        amounts = parse_column(cells, currency=self.currency, unit=unit)
        for position, fault in amounts.faults.items():
            params = {name: value for name, value in fault.params.items() if name != "cell"}
            self._problem(position, fault.code, column.name, cells[position], **params)
        for count, code in (
            (amounts.rounded, "tables.rounded"),
            (amounts.own_units, "tables.own_units"),
            (amounts.scientific, "tables.scientific"),
        ):
            if count:
                self.remarks.append(Remark(code, {"header": header, "count": count}))
        if amounts.decimal_comma:
            self.remarks.append(Remark("tables.decimal_comma", {"header": header}))
        return amounts.held, amounts.known

    def _leave_out_bare(self, column: ColumnSpec, header: str, cells: list[str], blank: set[int]) -> None:
        """Amounts without a currency of their own under a heading or title that names another than the company's.

        Raises Refused where nothing is left then.
        """
        stated, where = (
            parse_heading(header, self.currency).currency if self.layout.header is not None else None,
            header,
        )
        by_title = stated is None and not self._counts_in_yuan(header)
        if by_title:
            stated, where = self._title_currency()
        if stated in (None, self.currency):
            return
        rows = [at for at, cell in enumerate(cells) if cell.strip() and at not in blank and at not in self.problems]
        own = {at for at in rows if currency_beside(cells[at], self.currency)}
        if by_title:
            own |= self.in_own_currency.intersection(rows)
        if not own:
            raise Refused("tables.foreign_column", header=where, currency=stated, own=self.currency)
        for at in rows:
            if at not in own:
                params = {"currency": stated, "own": self.currency}
                self._problem(at, "tables.foreign_row", column.name, cells[at], **params)

    def _counts_in_yuan(self, header: str) -> bool:
        return self.currency == "CNY" and parse_heading(header).written.endswith("元")

    def _title_currency(self) -> tuple[str | None, str]:
        """The currency that the lines above the header speak of, the company's own where they do, and the line."""
        named = {
            currency: cell
            for row in reversed(self.layout.grid.rows[: self.layout.header or 0])
            for cell in row
            if cell and len(cell) < _LONGEST_TITLE and (currency := currency_of_title(cell, self.currency))
        }
        currency = self.currency if self.currency in named else next(iter(named), None)
        return currency, _clean(named.get(currency or "", ""))

    def _unit(self, header: str) -> int:
        try:
            heading = parse_heading(header, self.currency) if self.layout.header is not None else Heading()
            above = self._line_above()
        except NotAnAmount as fault:
            raise Refused(fault.code, header=header, **fault.params) from None
        if heading.unit is None and above is not None:
            heading = above[1]
        stated, where = heading.unit, header if above is None or heading is not above[1] else above[0]
        unit = self.unit or stated or 1
        params = {"header": where, "unit": unit, "written": heading.written}
        if self.unit is None and stated is not None:
            if stated > 1:
                self.remarks.append(Remark("tables.unit_stated", params))
        elif self.unit is None and heading.currency is None:
            self.remarks.append(Remark("tables.unit_assumed", {"header": header}))
        elif stated is not None and stated != self.unit:
            self.remarks.append(Remark("tables.unit_overruled", {**params, "stated": stated}))
        return unit

    def _line_above(self) -> tuple[str, Heading] | None:
        """What a line such as ``单位：万元`` above the header says."""
        for row in self.layout.grid.rows[: self.layout.header or 0]:
            for cell in row:
                if cell and len(cell) < _LONGEST_TITLE and _UNIT_LINE(cell):
                    part = (
                        cell[found.start() :] if (found := re.search(r"单位|單位|unit", cell, re.IGNORECASE)) else cell
                    )
                    heading = parse_heading(part, self.currency)
                    if heading.unit is not None or heading.currency is not None:
                        return _clean(cell), heading
        return None

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
        key = next((column for column in self.spec.columns if column.kind == "text" and column.required), None)
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


_NOT_WORD = re.compile(r"[\W_]+")


def _bare(name: str) -> str:
    """A name without width, case, spaces and punctuation."""
    folded = name if name.isascii() else unicodedata.normalize("NFKC", name)
    return _NOT_WORD.sub("", folded.casefold())


_Name = TypeVar("_Name", str, int)


def more_than_once(names: Iterable[_Name]) -> list[_Name]:
    """Names that are there several times, each once and in order.

    >>> more_than_once(["b", "a", "b", "c", "a"])
    ['a', 'b']
    """
    return sorted(name for name, count in Counter(names).items() if count > 1)


def possibly_same(names: Iterable[str]) -> list[list[str]]:
    """Names that differ only by width, case, spaces and punctuation: likely one customer, written twice.

    Each group in the order of the names; names that are exactly equal are one name.

    >>> possibly_same(["甲（上海）公司", "乙", "甲(上海) 公司"])
    [['甲（上海）公司', '甲(上海) 公司']]
    """
    groups: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        if bare := _bare(name):
            groups.setdefault(bare, []).append(name)
    return [group for group in groups.values() if len(group) > 1]
