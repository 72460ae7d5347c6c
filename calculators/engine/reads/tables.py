"""A customer list, or any other table, from whatever people have: CSV, XLSX, a paste, typed rows.

This is the door to reading tables: the order of the steps, and what is handed on. Nothing is dropped in silence: a row
not used is a Problem, everything assumed is a Remark. Bytes become rows in ``sources`` (XLSX in ``workbook``), headers
and columns are found in ``layout``; what is known of rows meanwhile is in ``rows``. Rows that are no records are left
out in ``sections``, ``no_records``, ``foreign`` and ``split_amounts``; columns are read in ``money``, ``numbers``,
``percentages`` and ``date_columns``. Files are written in ``exports``. Nothing here knows what is calculated.
"""

import datetime
import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

import numpy as np
import pandas as pd

from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.limits import MAX_ROWS
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.by_period import ask_about_periods
from calculators.engine.reads.cells import Area
from calculators.engine.reads.date_columns import read_dates
from calculators.engine.reads.dates import day_of_number
from calculators.engine.reads.foreign import leave_out_foreign
from calculators.engine.reads.header import header_at
from calculators.engine.reads.headings import find_header, fit, headings_of
from calculators.engine.reads.joined import Head
from calculators.engine.reads.kinds import ask_about_kinds, ask_about_measures, ask_about_twins
from calculators.engine.reads.layout import Layout, fill_merged, lay_out
from calculators.engine.reads.money import by_period, read_amounts, total_of
from calculators.engine.reads.names import bare_name
from calculators.engine.reads.no_records import (
    ask_about_names_above,
    ask_about_sections,
    label_rows,
    leave_out_nameless,
    leave_out_totals,
    leave_out_unvalued,
)
from calculators.engine.reads.number_style import clearly, is_unclear_number
from calculators.engine.reads.numbers import read_numbers
from calculators.engine.reads.percentages import read_percentages
from calculators.engine.reads.questions import Asking, Question, Unanswered
from calculators.engine.reads.rows import (
    LISTED,
    LONGEST_SHOWN,
    Problem,
    TableRows,
    is_filled_down,
    levels_in,
    name_of,
)
from calculators.engine.reads.sections import ask_about_parts, leave_out_heads
from calculators.engine.reads.shared_amounts import ask_about_shared, write_below
from calculators.engine.reads.sources import Grid, Refused, Remark, Source, Wanted, clean, load
from calculators.engine.reads.split_amounts import ask_about_cut, cut_amounts, leave_out_crowded, put_together

PREVIEW_ROWS: Final = 5


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
    among all texts. Nothing declared is read from the columns with the headers ``unread``.
    """

    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    remarks: tuple[Remark, ...]
    units: Mapping[str, int]
    currency: str
    rows_read: int
    order: Mapping[str, int] = field(default_factory=dict)
    periods: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    def place(self, text: str) -> tuple[int, str]:
        """Return what to sort a text by where an order decides on numbers: the same with pseudonyms as with names."""
        return self.order.get(text, 0), text


class Asked(InvalidInputs):
    """A table waits for answers; ``known`` is what is known of it, with the questions."""

    def __init__(self, table: str, known: Outline) -> None:
        super().__init__([question.as_error(table) for question in known.questions if question.chosen is None])
        self.known = known


_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,3}", re.ASCII).fullmatch
_LONG_NUMBER = re.compile(r"[0-9]{16,}", re.ASCII).fullmatch
_EXACT_DIGITS = 15  # what Excel keeps of a number


def _write_out_numbers(layout: Layout, index: int) -> None:
    """Give numbers of a workbook that as text might be thousands (1.234) a zero at their end."""
    for row in layout.columns.rows:
        if index < len(row) and is_unclear_number(row[index]):
            row[index] = clearly(row[index])


def _write_out(layout: Layout, column: ColumnSpec, index: int, answers: Mapping[str, str]) -> None:
    """Write into the rows what a workbook says of a column beside its text, as it is read."""
    if is_filled_down(column):
        fill_merged(layout, index)
    else:
        write_below(layout, index, each=answers.get(f"merged.{column.name}") == "each")
    if column.kind == "date" and layout.grid.marks.from_1904:
        _write_days(layout, index)
    elif column.kind != "text":
        _write_out_numbers(layout, index)


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

    def head(rows: Sequence[Sequence[str]], merged: Sequence[Area]) -> Head | None:
        at = find_header(rows, spec.columns)
        return None if at is None else Head(at, header_at(rows, at, merged).bottom)

    wanted = Wanted(lambda rows: fit(rows, spec.columns), (required, True, min(2, len(spec.columns))), head)
    try:
        return load(source, sheet, currency, wanted, asking)
    except Unanswered:
        known = Outline((), {column.name: None for column in spec.columns}, (), None, (), asking.questions)
        raise Asked(spec.name, known) from None


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
        if grid.marks.merged or grid.marks.from_1904 or grid.marks.currencies or levels_in(grid) or unclear:
            layout = lay_out(grid, spec, currency, mapping, asking)
            for column in spec.columns:
                if (index := layout.mapping[column.name]) is not None:
                    _write_out(layout, column, index, answers or {})
                if index is not None and column.kind == "money":
                    _write_currencies(layout, index, currency, (answers or {}).get(f"currency.{column.name}"))
                if index is not None and column is name_of(spec):
                    for row, level in levels_in(grid).items():
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
        return _read(TableRows(layout, spec, currency, unit, as_of=as_of), mapping or {})
    except Refused as refused:
        _refuse(spec, refused)


def _read(table: TableRows, chosen: Mapping[str, int | None]) -> Reading:
    """Sort rows into records and those that are not used, step by step, and read each column."""
    layout, spec = table.layout, table.spec
    _check_columns(table)
    _remark_layout(table, chosen)
    cut = cut_amounts(table)
    apart = put_together(table, cut) if cut else {}
    rows_read = len(table.body) - len(table.blank)
    if rows_read > MAX_ROWS:
        raise Refused("tables.too_many_rows", limit=MAX_ROWS)
    if spec.most is not None and rows_read > spec.most:
        raise Refused("tables.too_many_to_compute", rows=rows_read, limit=spec.most)
    cells = {column.name: table.cells(column) for column in spec.columns}
    if not rows_read and spec.required:
        raise Refused("tables.no_rows", row=layout.start)
    leave_out_crowded(table)
    leave_out_unvalued(table)
    parts = leave_out_heads(table)
    ask_about_names_above(table, cells)
    leave_out_nameless(table, cells)
    ask_about_sections(table, cells)
    leave_out_foreign(table)
    table.labels = label_rows(table, cells)
    if len(parts) > 1:
        ask_about_parts(table, parts)
    _ask_about_merged(table, cells)
    if table.main and table.main.kind == "money":
        ask_about_measures(table, table.main)
        ask_about_kinds(table, table.main)
        ask_about_twins(table)
        cells[table.main.name] = table.cells(table.main)
    is_added_up = table.main and table.main.kind == "money" and table.main.required
    if (name := name_of(spec)) and (spec.a_row_each or is_added_up):
        ask_about_periods(table, cells[name.name])
    if cut:
        ask_about_cut(table, cut, apart)
        cells = {column.name: table.cells(column) for column in spec.columns}
    read = {
        "money": read_amounts,
        "number": read_numbers,
        "percent": read_percentages,
        "date": read_dates,
        "choice": _choices,
    }
    values = {
        column.name: read[column.kind](table, column, cells[column.name]) if rows_read else ([], [])
        for column in spec.columns
        if column.kind != "text"
    }
    leave_out_totals(table, cells, values)
    for choice in layout.choices:
        choice.put(table.asking, layout.columns, lambda index: total_of(table, index))
    if table.asking.open:
        raise Asked(spec.name, Outline(**_outlined(layout)))
    _check_usable(table, rows_read)
    frame = _frame(table, cells, values)
    last = range(len(table.body) - 1, -1, -1)
    inner = len(table.blank) - sum(1 for _ in itertools.takewhile(table.blank.__contains__, last))
    if inner:
        table.remarks.append(Remark("tables.blank_rows", {"count": inner}))
    return Reading(
        **_outlined(layout),
        frame=frame,
        problems=tuple(table.problems[index] for index in sorted(table.problems)),
        remarks=tuple(table.remarks),
        units=table.units,
        currency=table.currency,
        rows_read=rows_read,
        periods={name: tuple(layout.headers[at] for at in parts) for name, parts in _over_periods(table).items()},
        unread=tuple(layout.headers[at] for at in layout.unread()),
    )


def _ask_about_merged(table: TableRows, cells: dict[str, list[str]]) -> None:
    """Ask what amounts are that several rows share, and read their columns as they are then."""
    name = name_of(table.spec)
    if name is None or not table.layout.grid.marks.merged:
        return
    for column in table.spec.columns:
        ask_about_shared(table, column, cells[name.name])
        if not is_filled_down(column):
            cells[column.name] = table.cells(column)


def _over_periods(table: TableRows) -> dict[str, tuple[int, ...]]:
    """Return the columns of periods of which amounts are kept, by the declared column that they add up to."""
    layout = table.layout
    found = {}
    for column in table.spec.columns:
        index = layout.mapping[column.name]
        over = layout.over.get(column.name, ())
        if column.by_period and index is not None and over:
            parts = layout.columns.parts(index)
            found[column.name] = parts if len(parts) > 1 else over
    return found


def _frame(
    table: TableRows, cells: Mapping[str, list[str]], values: Mapping[str, tuple[list[Any], list[bool]]]
) -> pd.DataFrame:
    left_out = table.blank | table.problems.keys()
    kept = [index for index in range(len(table.body)) if index not in left_out]

    def accepted(column: list[Any]) -> list[Any]:
        return [column[index] for index in kept] if left_out else column

    # Every type is explicit: the browser's Python is 32-bit, and pandas may find strings of its own there.
    columns: dict[str, object] = {"row": np.array(kept, dtype="int64") + np.int64(table.layout.start + 1)}
    for column in table.spec.columns:
        if column.kind == "text":
            columns[column.name] = pd.Series(accepted(cells[column.name]), dtype=object)
        else:
            read, known = values[column.name]
            dtype = "int64" if column.kind == "money" else object
            columns[column.name] = pd.Series(accepted(read), dtype=dtype)
            columns[f"{column.name}_known"] = np.array(accepted(known), dtype=bool)
    for name, parts in _over_periods(table).items():
        columns[f"{name}_periods"] = pd.Series(accepted(by_period(table, name, parts)), dtype=object)
    columns["ruined"] = _ruined(table, cells, kept)
    return pd.DataFrame(columns)


def _check_columns(table: TableRows) -> None:
    layout = table.layout
    used: dict[int, str] = {}
    for column in table.spec.columns:
        index = layout.mapping[column.name]
        if index is None:
            if column.required:
                known = headings_of(column.name)
                raise Refused(
                    f"tables.no_{column.kind}_column",
                    headers=[header[:LONGEST_SHOWN] for header in layout.headers[:LISTED]],
                    zh=known.zh[:4],
                    en=known.en[:4],
                )
            continue
        if index in used:
            raise Refused("tables.same_column", header=layout.headers[index])
        used[index] = column.name


def _remark_layout(table: TableRows, chosen: Mapping[str, int | None]) -> None:
    layout = table.layout
    if layout.header is None:
        table.remarks.append(Remark("tables.no_header"))
    elif layout.start > layout.header + 1:
        table.remarks.append(Remark("tables.header_rows", {"row": layout.header + 1, "last": layout.start}))
    elif layout.header > 0:
        table.remarks.append(Remark("tables.header_row", {"row": layout.header + 1}))
    for column in table.spec.columns:
        index = layout.mapping[column.name]
        if index is not None and len(layout.columns.parts(index)) > 1:
            headers = [layout.headers[part] for part in layout.columns.parts(index)]
            params = {"headers": headers, "count": len(headers)}
            table.remarks.append(Remark("tables.summed_columns", params))
        others = [] if column.name in layout.settled else layout.fitting.get(column.name, [])
        if column.required and column.name not in chosen and index is not None and len(others) > 1:
            table.remarks.append(
                Remark(
                    "tables.other_columns",
                    {
                        "header": layout.headers[index],
                        "others": [layout.headers[other] for other in others if other != index][:LISTED],
                    },
                )
            )


def _choices(table: TableRows, column: ColumnSpec, cells: list[str]) -> tuple[list[Any], list[bool]]:
    known = {bare_name(name): option for option, names in column.options.items() for name in names}
    chosen = []
    for position, cell in enumerate(table.in_use(cells)):
        chosen.append(known.get(bare_name(cell), "") if cell.strip() else "")
        if cell.strip() and not chosen[-1]:
            zh, en = (", ".join(names[at] for names in column.options.values()) for at in (0, 1))
            table.problem(position, "tables.not_an_option", column.name, cell, zh=zh.replace(", ", "、"), en=en)
    return chosen, [bool(option) for option in chosen]


def _check_usable(table: TableRows, rows_read: int) -> None:
    if not rows_read or len(table.problems) < rows_read:
        return
    counted = Counter(problem.code for problem in table.problems.values())
    code = counted.most_common(1)[0][0]
    worst = next(problem for problem in table.problems.values() if problem.code == code)
    params: dict[str, object] = {"count": rows_read, "row": worst.row, "cell": worst.cell}
    index = table.layout.mapping.get(worst.column or "")
    params["header"] = table.layout.headers[index] if index is not None else ""
    money = {column.name for column in table.spec.columns if column.kind == "money"}
    if code == "tables.formula":
        raise Refused("tables.only_formulas", **params)
    if worst.column in money and code in {"tables.not_an_amount", "tables.date", "tables.percentage"}:
        raise Refused("tables.no_amounts", **params)
    if code == "tables.not_an_option":
        raise Refused("tables.no_options", **{**worst.params, **params})
    raise Refused("tables.no_usable_rows", reason=f"tables.reason.{code.removeprefix('tables.')}", **params)


def _ruined(
    table: TableRows, cells: Mapping[str, list[str]], kept: Sequence[int]
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    ruined = np.zeros(len(kept), dtype=bool)
    key = name_of(table.spec)
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
        rows = [table.layout.start + kept[position] + 1 for position in found[:LISTED]]
        table.remarks.append(Remark("tables.ruined", {"count": len(found), "rows": rows, "cell": joined[found[0]]}))
    return ruined
