"""Columns of amounts, in whole smallest units: what a bare number counts, and what all of a column come to.

One cell is read in ``amounts``; other currencies are left out in ``foreign``.
"""

from collections.abc import Sequence
from typing import Any

from calculators.engine.asks.tables import ColumnSpec
from calculators.engine.reads.amounts import AmountColumn, NotAnAmount
from calculators.engine.reads.denomination import Said, at_odds, said_of
from calculators.engine.reads.foreign import leave_out_bare
from calculators.engine.reads.number_style import evidence, other_columns
from calculators.engine.reads.numbers import mark_of, parsed, style_in
from calculators.engine.reads.rows import TableRows
from calculators.engine.reads.sources import Refused, Remark, clean


def read_amounts(table: TableRows, column: ColumnSpec, cells: list[str]) -> tuple[list[Any], list[bool]]:
    """Return what a column's amounts are held as, row by row, and which are known; says by what unit they are read."""
    index = table.layout.mapping[column.name]
    if index is None:
        table.units[column.name] = table.unit or 1
        return [0] * len(table.body), [False] * len(table.body)
    header = table.layout.headers[index]
    said = _said_of(table, index)
    unit = _unit(table, column, header, said, cells)
    table.units[column.name] = unit if isinstance(unit, int) else min(unit)
    leave_out_bare(table, column, said, cells)
    cells = table.in_use(cells, column)
    mark = mark_of(table, column, cells, unit)
    table.how[column.name] = unit, mark
    amounts = parsed(table, cells, unit, mark)
    for position, fault in amounts.faults.items():
        params = {name: value for name, value in fault.params.items() if name != "cell"}
        table.problem(position % len(table.body), fault.code, column.name, cells[position], **params)
    for count, code in (
        (len(amounts.finer), "tables.rounded"),
        (amounts.own_units, "tables.own_units"),
        (amounts.scientific, "tables.scientific"),
    ):
        if count:
            table.remarks.append(Remark(code, {"header": header, "count": count}))
    return _added_up(amounts, len(table.body))


def total_of(table: TableRows, index: int) -> int:
    """Return what a column comes to over the rows in use, as held."""
    cells = table.in_use(table.layout.cells(index))
    stated = (one.says.unit for one in _said_of(table, index) if one.says.unit)
    unit = table.unit or next(iter(table.row_units.values()), None) or next(stated, 1)
    style = style_in(
        table, cells, evidence(cells), other_columns(table.body, table.layout.columns.parts(index)), money=True
    )
    return sum(parsed(table, cells, unit, style.mark or "point").held)


def _said_of(table: TableRows, index: int) -> list[Said]:
    """What the table says of the amounts of a column. Raises Refused where that is less than one of a currency."""
    layout, header = table.layout, table.layout.headers[index]
    notes = [
        next(filter(None, map(clean, table.body[at])), "")
        for at, one in table.problems.items()
        if one.code == "tables.footnote"
    ]
    titles = layout.grid.rows[: layout.header or 0]
    heading = header if layout.header is not None else ""
    try:
        return said_of(heading, layout.units.get(index, ""), titles, notes, table.currency)
    except NotAnAmount as fault:
        raise Refused(fault.code, header=header, **fault.params) from None


def _unit(
    table: TableRows, column: ColumnSpec, header: str, said: Sequence[Said], cells: list[str]
) -> int | Sequence[int]:
    """How many of the currency a bare number counts, by row where a column says so; asked where places disagree."""
    by_row = table.row_units.get(column.name)
    stated = next((one for one in said if one.says.unit is not None), None)
    if table.unit is None:
        options: dict[str, int | Sequence[int]] = {one.place: one.says.unit or 1 for one in at_odds(said)}
        if by_row and stated and set(by_row) != {stated.says.unit}:
            options = {**(options or {stated.place: stated.says.unit or 1}), "column": by_row}
        shown_less = bool(table.layout.grid.marks.scaled_numbers) and stated is not None and stated.says.unit != 1
        if stated and (shown_less or table.asking.answered(f"unit.{column.name}") == "stored"):
            options = {**(options or {stated.place: stated.says.unit or 1}), "stored": 1}
        if options:
            used = table.in_use(cells)
            places: dict[str, str] = {one.place: one.text for one in reversed(said) if one.says.unit is not None}
            offered = {
                place: {"where": places.get(place, ""), "total": sum(parsed(table, used, unit, "point").held)}
                for place, unit in options.items()
            }
            return options[table.asking.ask(f"unit.{column.name}", {"header": header}, offered)]
        if by_row:
            return by_row
    by_heading = stated is None or stated.place in ("heading", "row")
    where, written = (header if by_heading else stated.text, stated.says.written) if stated else (header, "")
    unit = table.unit or (stated.says.unit if stated else None) or 1
    params = {"header": where, "unit": unit, "written": written}
    if table.unit is None and stated:
        if unit > 1:
            table.remarks.append(Remark("tables.unit_stated", params))
    elif table.unit is None and not any(one.says.currency for one in said):
        table.remarks.append(Remark("tables.unit_assumed", {"header": header}))
    elif stated and stated.says.unit != table.unit:
        table.remarks.append(Remark("tables.unit_overruled", {**params, "stated": stated.says.unit}))
    return unit


def by_period(table: TableRows, name: str, parts: Sequence[int]) -> list[tuple[int, ...]]:
    """Return a column's amounts by period, row by row, as its sum was read; 0 where there is none."""
    each = [parsed(table, table.layout.cells(part), *table.how[name]).held for part in parts]
    return list(zip(*each, strict=True))


def _added_up(amounts: AmountColumn, rows: int) -> tuple[list[Any], list[bool]]:
    """Return the amounts of each row, where those of several columns follow one another; unknown where all are."""
    if len(amounts.held) == rows:
        return amounts.held, amounts.known
    each = range(rows)
    return [sum(amounts.held[row::rows]) for row in each], [any(amounts.known[row::rows]) for row in each]
