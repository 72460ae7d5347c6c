"""Results as files: a table as CSV, everything as XLSX, the work as a plan file to open again.

How bytes are written is in ``cells.py`` and ``sheets.py``.
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from calculators.engine.answers.comparison import Comparison, Tabled
from calculators.engine.answers.result import Beside, Column, Result, Table, Value, ValueKind
from calculators.engine.asks.currencies import decimals
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.shapes import OPTIONAL, PLAN, Misshapen, parsed
from calculators.engine.asks.tables import TableSpec
from calculators.engine.exports.cells import Formula, Typed, write_cells, write_csv
from calculators.engine.reads.layout import column_letter
from calculators.engine.shows.text import places_of
from calculators.engine.shows.wording import Wording

XLSX_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLACES: Mapping[str, int] = {"share": 2, "number": 4, "index": 4}
"""Decimals of a percentage and of other numbers in a workbook."""
LONG_TABLE = 5_000
"""Lines of a table of which a workbook of several scenarios has all: a sheet ends at a million."""
PLAN_FORMAT = "sales-playbook-plan"
PLAN_VERSION = 1


@dataclass(frozen=True)
class Download:
    """A file to hand to the reader."""

    name: str
    media: str
    content: bytes


def csv(table: Table, wording: Wording, basis: str = "") -> Download:
    """Return a whole table as CSV, with a BOM so that Excel shows Chinese; for ``basis`` see `Result`."""
    name = _named(f"{wording.calculator}-{table.name}", basis)
    return Download(f"{name}.csv", "text/csv", write_csv(*_texts(table, wording)))


def cells(table: Table, wording: Wording) -> Download:
    """Return a whole table to be pasted into a spreadsheet: the cells of `csv`."""
    name = f"{wording.calculator}-{table.name}.tsv"
    return Download(name, "text/tab-separated-values", write_cells(*_texts(table, wording)))


def _texts(table: Table, wording: Wording) -> tuple[list[str], list[list[str]]]:
    headers = [wording.heading(column) for column in table.columns]
    rows = [
        [_csv_cell(column, value, wording) for column, value in zip(table.columns, row, strict=True)]
        for row in table.rows()
    ]
    return headers, rows


def _named(name: str, basis: str) -> str:
    return f"{name}-{basis}" if basis else name


def _csv_cell(column: Column, value: Value, wording: Wording) -> str:
    """Return a cell: money as currency units with all decimals of the currency, shares as percentages."""
    kind = column.kind
    if value is None:
        return ""
    if kind == "money" and isinstance(value, int | Fraction):
        currency = wording.text.settings.currency
        return f"{Decimal(int(value)).scaleb(-decimals(currency)):f}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if kind == "count":
        return str(value)
    if kind == "number":
        return wording.value(kind, value, 4).replace(",", "")
    return wording.value(kind, value)


def xlsx(result: Result, wording: Wording) -> Download:
    """Return every figure and table as a workbook: numbers stay numbers."""
    words = wording.words

    def cell(kind: ValueKind, value: Value) -> object:
        return _cell(kind, value, wording)

    figures: list[list[object]] = [
        [
            words(f"section.{section.name}.label"),
            words(f"figure.{figure.name}.label"),
            found if isinstance(found, Typed) else Typed(figure.kind, found),
        ]
        for section in result.sections
        for figure in section.figures
        for found in [cell(figure.kind, figure.value)]
    ]
    if result.verdict is not None:  # first here too
        said = wording.text(result.verdict.code, **result.verdict.params)
        figures.insert(0, [words("sheet_title.verdict"), None, Typed("text", said)])
    notices: list[list[object]] = [
        [words(f"level.{notice.level}"), wording.text(notice.code, **notice.params)] for notice in result.notices
    ]
    sheets: list[tuple[str, list[str], list[list[object]], list[ValueKind]]] = [
        (
            words("sheet_title.figures"),
            [words("column.section"), words("column.figure"), words("column.value")],
            figures,
            ["text", "text", "text"],
        ),
        (
            words("sheet_title.notices"),
            [words("column.level"), words("column.notice")],
            notices,
            ["text", "text"],
        ),
    ]
    for table in result.tables:
        kinds = [column.kind for column in table.columns]
        rows: list[list[object]] = [list(map(cell, kinds, row)) for row in table.rows()]
        _put_formulas(table, rows, words("total"))
        headers = [wording.heading(column) for column in table.columns]
        sheets.append((words(f"table.{table.name}.label"), headers, rows, kinds))
    content = _workbook(sheets, wording.text.settings.currency)
    return Download(f"{_named(wording.calculator, result.basis)}.xlsx", XLSX_MEDIA, content)


def _workbook(
    sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[object]], Sequence[str]]], currency: str
) -> bytes:
    """Return the bytes of a workbook. What writes it is a fifth of all modules, and most readers never ask for one."""
    from calculators.engine.exports.sheets import write_xlsx  # noqa: PLC0415

    return write_xlsx(sheets, currency)


def _cell(kind: ValueKind, value: Value, wording: Wording) -> object:
    """Return the text of a key and the title of a page; whatever else stays as it is, beside a cut-off with the digits
    that show on which side of it it is.
    """
    usual = PLACES.get(kind)
    if usual is not None and isinstance(value, Beside):
        finer = places_of(value, usual, 100 if kind == "share" else 1) > usual
        return Typed(f"{kind}_beside", value) if finer else value
    return wording.value(kind, value) if value and kind in ("key", "page") else value


def comparison(compared: Comparison, wording: Wording) -> Download:
    """Return scenarios side by side as one workbook: figures with differences as formulas, inputs that differ, and
    every table of every scenario with what differs from the first.
    """
    words, text = wording.words, wording.text
    names, first = compared.names, compared.names[0]
    heads = [first, *(head for name in names[1:] for head in (name, words("scenario.difference", first=first)))]
    said = [None if one is None else text(one.code, **one.params) for one in compared.verdicts]
    cells = [
        cell for at, one in enumerate(said) for cell in ((Typed("text", one), None) if at else (Typed("text", one),))
    ]
    figures: list[list[object]] = [[words("sheet_title.verdict"), None, *cells]]
    for number, line in enumerate(compared.lines, 3):
        row: list[object] = [words(f"section.{line.section}.label"), words(f"figure.{line.figure}.label")]
        for at, (value, less) in enumerate(zip(line.values, line.differences, strict=True)):
            shown = wording.value(line.kind, value) if value and line.kind in ("key", "page") else value
            row.append(Typed(line.kind, shown))
            if at:
                letter = column_letter(len(row))
                row.append(None if less is None else Formula(line.kind, f"{letter}{number}-C{number}", less))
        figures.append(row)
    inputs: list[list[object]] = [[label, *values] for label, values in (*compared.lists, *compared.inputs)]
    sheets: list[tuple[str, list[str], list[list[object]], list[ValueKind]]] = [
        (
            words("sheet_title.figures"),
            [words("column.section"), words("column.figure"), *heads],
            figures,
            ["text"] * (len(heads) + 2),
        ),
        (words("scenario.inputs"), [words("scenario.input"), *names], inputs, ["text"] * (len(names) + 1)),
    ]
    sheets += [_side_by_side(tabled, names, wording) for tabled in compared.tables]
    name = f"{wording.calculator}-{len(names)}-scenarios.xlsx"
    return Download(name, XLSX_MEDIA, _workbook(sheets, text.settings.currency))


def _side_by_side(
    tabled: Tabled, names: Sequence[str], wording: Wording
) -> tuple[str, list[str], list[list[object]], list[ValueKind]]:
    """Return a sheet with a table's lines scenario by scenario, and below them each line that differs from the first's.

    A difference of numbers is a formula; of words both stand there. A table that is alike in all is there once. Of one
    that is longer than `LONG_TABLE` only lines that differ are there, which is said above them.
    """
    words, shown = wording.words, tabled.columns
    pairs = [[] if tabled.alike else tabled.pairs(at) for at in range(len(tabled.tables))]
    long = max(len(table) for table in tabled.tables if table) > LONG_TABLE
    rows: list[list[object]] = []
    if long:
        pairs = [found[:LONG_TABLE] for found in pairs]
        said = words("scenario.only_differing", longest=LONG_TABLE)
        rows.append([said, *(None for _ in shown)])
    line_of: list[dict[int, int]] = []
    for at, table in enumerate(tabled.tables):
        whose = words("scenario.all") if tabled.alike else names[at]
        ends = pairs[at] if at else [pair for found in pairs for pair in found]
        differing = {pair[1 if at else 0] for pair in ends}
        line_of.append({})
        for place, line in enumerate(table.rows() if table else ()):
            if table is None or (long and place not in differing):
                continue
            cells = zip(table.columns, line, strict=True)
            there = {one.name: Typed(one.kind, _cell(one.kind, value, wording)) for one, value in cells}
            rows.append([whose, *(there.get(one.name) for one in shown)])
            line_of[at][place] = len(rows) + 1
    for at, found in enumerate(pairs):
        for before, after in found:
            of = words("scenario.difference_of", name=names[at], first=names[0])
            if before is None or after is None:
                of = words("scenario.only_in", name=names[0] if after is None else names[at])
            lines = [None if place is None else line_of[where][place] for where, place in ((0, before), (at, after))]
            rows.append([of, *(_less(rows, lines, column) for column in range(1, len(shown) + 1))])
    headers = [words("scenario.scenario"), *(wording.heading(one) for one in shown)]
    return words(f"table.{tabled.name}.label"), headers, rows, ["text", *(one.kind for one in shown)]


def _less(rows: Sequence[Sequence[object]], lines: Sequence[int | None], column: int) -> object:
    """Return a cell of the second of two lines of a sheet less that of the first; of one that is alone, the cell."""
    one, other = (None if line is None else rows[line - 2][column] for line in lines)
    if one is None or other is None:
        return other if lines[0] is None else one
    assert isinstance(one, Typed)
    assert isinstance(other, Typed)
    before, after = (cell.value.value if isinstance(cell.value, Typed) else cell.value for cell in (one, other))
    if one.kind == other.kind and isinstance(before, int | Fraction) and isinstance(after, int | Fraction):
        letter = column_letter(column + 1)
        return Formula(one.kind, f"{letter}{lines[1]}-{letter}{lines[0]}", Fraction(after) - Fraction(before))
    return other if before == after else Typed("text", f"{_plain(before)} → {_plain(after)}")


def _plain(value: object) -> str:
    return "—" if value is None else str(value)


def _put_formulas(table: Table, rows: list[list[object]], total: str) -> None:
    """Put formulas where columns add others up, and below the rows where a table has totals."""
    letters = {column.name: column_letter(place) for place, column in enumerate(table.columns, 1)}
    for place, column in enumerate(table.columns):
        if column.adds:
            first, last = letters[column.adds[0]], letters[column.adds[-1]]
            for number, row in enumerate(rows, 2):
                row[place] = Formula(column.kind, f"SUM({first}{number}:{last}{number})", row[place])
    if table.totals and rows:
        last_row = len(rows) + 1
        line: list[object] = []
        for column in table.columns:
            letter = letters[column.name]
            value = table.total(column)
            line.append(None if value is None else Formula(column.kind, f"SUM({letter}2:{letter}{last_row})", value))
        line[0] = Typed("text", total)
        rows.append(line)


_TEMPLATE_KINDS: Mapping[str, ValueKind] = {"percent": "share", "money": "money", "number": "number", "date": "date"}


def template(
    wording: Wording, table: TableSpec, kind: Literal["empty", "filled"], rows: Sequence[Sequence[str]]
) -> Download:
    """Return a workbook to fill in: ``empty`` has the headers only, ``filled`` the ``rows`` of the worked example."""
    kinds: list[ValueKind] = [_TEMPLATE_KINDS.get(column.kind, "text") for column in table.columns]
    headers = [wording.words(f"column.{column.name}") for column in table.columns]
    body: list[list[str]] = []
    if kind == "filled":
        headers, *body = (list(row) for row in rows)
        kinds = ["text"] * len(headers)
    sheet = (wording.words(f"table_input.{table.name}.label"), headers, body, kinds)
    return Download(wording.template_name(table, kind), XLSX_MEDIA, _workbook([sheet], wording.text.settings.currency))


@dataclass(frozen=True)
class Kept:
    """What a plan keeps of the work, or of a scenario of it: values as they stand in the form, tables as rows."""

    values: Mapping[str, Any]
    tables: Mapping[str, Any]
    scenarios: "Mapping[str, Kept]" = field(default_factory=dict)


def save_plan(calculator: str, kept: Kept) -> Download:
    """Return the work as a plan file; a scenario's table that is the work's own too is in it once."""
    plan: dict[str, Any] = {
        "format": PLAN_FORMAT,
        "version": PLAN_VERSION,
        "calculator": calculator,
        "values": kept.values,
        "tables": kept.tables,
    }
    if kept.scenarios:
        plan["scenarios"] = [
            {
                "name": name,
                "values": one.values,
                "tables": {table: rows for table, rows in one.tables.items() if kept.tables.get(table) != rows},
                "shares": [table for table, rows in one.tables.items() if kept.tables.get(table) == rows],
            }
            for name, one in kept.scenarios.items()
        ]
    content = json.dumps(plan, ensure_ascii=False, indent=1).encode()
    return Download(f"{calculator}.plan.json", "application/json", content)


def open_plan(content: bytes, calculator: str) -> Kept:
    """Return what a plan file keeps; raises InvalidInputs for any other file."""
    try:
        plan = parsed(content)
        if not isinstance(plan, dict) or plan.get("format") != PLAN_FORMAT:
            raise Misshapen("common.plan.not_a_plan")
        version, owner = plan.get("version"), plan.get("calculator")
        if isinstance(version, int) and version != PLAN_VERSION:
            raise Misshapen("common.plan.other_version", version=version, known=PLAN_VERSION)
        PLAN.check(plan, "")
        if owner != calculator:
            raise Misshapen("common.plan.other_calculator", calculator=owner)
        if missing := [key for key in PLAN.keys if key not in (*plan, *OPTIONAL)]:
            raise Misshapen("common.plan.missing_key", place=missing[0])
    except Misshapen as wrong:
        raise InvalidInputs([InputError("plan", wrong.code, wrong.params)]) from None
    own = plan["tables"]
    scenarios = {
        one["name"]: Kept(
            one.get("values", {}),
            {name: own[name] for name in one.get("shares", ()) if name in own} | one.get("tables", {}),
        )
        for one in plan.get("scenarios", ())
    }
    return Kept(plan["values"], own, scenarios)
