"""Columns of numbers, held as exactly as they are written; which mark parts decimals is decided, or asked, for each.

Amounts of money are in ``money``, percentages in ``percentages``; the evidence for a mark is in ``number_style``.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from calculators.engine.asks.currencies import decimals
from calculators.engine.asks.tables import ColumnSpec
from calculators.engine.reads.amounts import PLACES_OF_NUMBERS, AmountColumn, parse_column
from calculators.engine.reads.number_style import (
    Evidence,
    Mark,
    Style,
    bare,
    digits_of,
    evidence,
    half_width,
    in_doubt,
    other_columns,
    style_of,
)
from calculators.engine.reads.rows import TableRows
from calculators.engine.reads.sources import Remark, clean

PERCENT: Final = 100
"""Percents in one."""


def read_numbers(table: TableRows, column: ColumnSpec, cells: list[str]) -> tuple[list[Any], list[bool]]:
    """Return a column's numbers as they are written, and which are known; shares that all have a sign as fractions."""
    used = table.in_use(cells, column)
    mark, unit = mark_of(table, column, used, 1), 1
    if column.relative:
        plain = [half_width(cell) for cell in used]
        if {cell.endswith("%") for cell in plain if cell} == {True}:
            used, unit = [cell.removesuffix("%") for cell in plain], PERCENT
    return exactly(table, column, used, mark, [unit] * len(used), written=cells)


def exactly(
    table: TableRows, column: ColumnSpec, cells: list[str], mark: Mark, units: Sequence[int], *, written: list[str]
) -> tuple[list[Any], list[bool]]:
    """Read numbers as exactly as they are written, each over its unit; ``written`` is what stands in the file."""
    numbers = parse_column(cells, currency=table.currency, mark=mark, places=PLACES_OF_NUMBERS)
    for position, fault in numbers.faults.items():
        not_numbers = ("tables.not_an_amount", "tables.percentage", "tables.date")
        code = "tables.not_a_number" if fault.code in not_numbers else fault.code
        params = {name: value for name, value in fault.params.items() if name != "cell"}
        table.problem(position, code, column.name, written[position], **params)
    scale = 10**PLACES_OF_NUMBERS
    exact = [numbers.finer.get(at) or Fraction(held, scale) for at, held in enumerate(numbers.held)]
    return [value / unit for value, unit in zip(exact, units, strict=True)], numbers.known


def mark_of(table: TableRows, column: ColumnSpec, cells: list[str], unit: int | Sequence[int] | None) -> Mark:
    """Return which mark parts decimals in a column, having asked where that is open.

    A percentage, without a ``unit``, has no thousands: only a comma may be asked about.
    """
    doubt, rows, at = in_doubt(cells), table.body, table.layout.mapping[column.name]
    delimiter, money = table.layout.grid.delimiter, column.kind == "money"
    if at is None or not (doubt or any("," in cell for cell in cells)):
        return "point"
    others = other_columns(rows, table.layout.columns.parts(at))
    if unit is not None and not doubt and delimiter != ";" and others != "comma":
        return "point"
    seen = evidence(cells)
    style = style_in(table, cells, seen, others, money=money)
    if unit is None:
        only_commas = bool(seen.unclear_commas) and not (seen.mark or seen.unclear_points or others)
        style, unit = Style(None if only_commas else style.mark, only_commas), 1
    if not style.ask:
        if style.mark == "comma":
            table.remarks.append(Remark("tables.decimal_comma", {"header": table.header(column)}))
        return style.mark or "point"
    shown = clean(cells[seen.unclear[0]])
    thousands: Mark = "comma" if seen.unclear_points else "point"
    options: dict[str, Mark] = {"thousands": thousands, "decimals": "point" if thousands == "comma" else "comma"}
    places = None if money else PLACES_OF_NUMBERS
    one = table.one(column)
    said = {}
    for name, mark in options.items():
        read = parsed(table, cells, unit, mark, places)
        value = Fraction(digits_of(bare(shown), mark) or 0)
        finer = {} if money else read.finer  # amounts are held in whole smallest units, numbers as they are written
        counted = [at for at in range(len(cells)) if at % len(rows) not in table.labels]
        total = sum((finer.get(at) or Fraction(read.held[at], one) for at in counted), Fraction(0))
        said[name] = {"cell": shown, "value": value, "total": total}
    assumed = next((name for name, mark in options.items() if mark == style.mark), None)
    params = {"header": table.header(column), "cell": shown, "count": len(seen.unclear)}
    return options[table.asking.ask(f"point.{column.name}", params, said, assumed=assumed)]


def style_in(table: TableRows, cells: Sequence[str], seen: Evidence, others: Mark | None, *, money: bool) -> Style:
    """How a column is read; where a currency has thousandths, amounts that all have three decimals have these."""
    every = bool(seen.unclear_points) and len(seen.unclear_points) == sum(1 for cell in cells if cell.strip())
    thousandths = every and money and decimals(table.currency) == len("234")
    return style_of(seen, table.layout.grid.delimiter, others, thousandths=thousandths)


def parsed(
    table: TableRows, cells: list[str], unit: int | Sequence[int], mark: Mark, places: int | None = None
) -> AmountColumn:
    """Return cells as amounts; where each row has a ``unit`` of its own, by these."""
    if isinstance(unit, int):
        return parse_column(cells, currency=table.currency, unit=unit, mark=mark, places=places)
    whole = AmountColumn([0] * len(cells), [False] * len(cells))
    for one in set(unit):
        own = [cell if unit[at % len(unit)] == one else "" for at, cell in enumerate(cells)]
        part = parsed(table, own, one, mark)  # units by row are amounts'
        whole.held = [sum(pair) for pair in zip(whole.held, part.held, strict=True)]
        whole.known = [any(pair) for pair in zip(whole.known, part.known, strict=True)]
        whole.faults |= part.faults
        whole.finer |= part.finer
        whole.own_units += part.own_units
        whole.scientific += part.scientific
    return whole
