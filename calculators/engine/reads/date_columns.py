"""Columns of days: years that only the table or the as-of date gives, and what is asked of order and of swapped days.

One cell is read in ``dates``.
"""

from collections.abc import Collection, Sequence
from typing import Any

from calculators.engine.asks.tables import ColumnSpec
from calculators.engine.reads.dates import Order, date_evidence, in_year, parse_date, parse_dates
from calculators.engine.reads.rows import TableRows
from calculators.engine.reads.sources import Remark, clean
from calculators.engine.reads.years import YearEvidence


def read_dates(table: TableRows, column: ColumnSpec, cells: list[str]) -> tuple[list[Any], list[bool]]:
    """Return a column's days, and which are known; says in which order day and month are read."""
    used = _with_years(table, column, table.in_use(cells))
    dates = parse_dates(used, *_ask_about_dates(table, column, used), from_1904=table.layout.grid.marks.from_1904)
    for position, code in dates.faults.items():
        table.problem(position, code, column.name, cells[position], header=table.header(column))
    if dates.numbers:
        at = dates.numbers[0]
        shown = {"count": len(dates.numbers), "cell": clean(cells[at]), "date": dates.dates[at]}
        table.remarks.append(Remark("tables.day_numbers", {"header": table.header(column), **shown}))
    for found, code in ((dates.short_years, "tables.short_years"), (dates.periods, "tables.first_days")):
        if found:
            shown = {"count": len(found), "cell": clean(cells[found[0]]), "date": dates.dates[found[0]]}
            table.remarks.append(Remark(code, {"header": table.header(column), **shown}))
    if dates.order:
        codes = {"day": "tables.day_first", "month": "tables.month_first", "year": "tables.year_first"}
        table.remarks.append(Remark(codes[dates.order], {"header": table.header(column)}))
    return dates.dates, [date is not None for date in dates.dates]


def _with_years(table: TableRows, column: ColumnSpec, cells: list[str]) -> list[str]:
    """Give weeks, quarters and days without a year that which the table gives them, else ask, by the as-of date."""
    bare = [at for at, cell in enumerate(cells) if cell and in_year(cell, 2000)]
    if not bare:
        return cells
    dated = [date for cell in cells if (date := parse_date(cell))]
    evidence = YearEvidence(table.layout, table.layout.mapping[column.name] or 0, dated)
    years = evidence.years(bare)
    first, header = bare[0], table.header(column)
    if years is None and table.as_of:
        said = {
            f"year.{year}": {"cell": clean(cells[first]), "date": parse_date(in_year(cells[first], year) or "")}
            for year in (table.as_of.year, table.as_of.year - 1)
        }
        read = [parse_date(in_year(cells[at], table.as_of.year) or "") for at in bare]
        assumed = next(iter(said)) if all(date and date <= table.as_of for date in read) else None
        params = {"header": header, "count": len(bare), "cell": clean(cells[first])}
        answer = table.asking.ask(f"year.{column.name}", params, said, assumed=assumed)
        years = [int(answer.removeprefix("year."))] * len(bare)
    elif years:
        shown = {"cell": clean(cells[first]), "year": years[0]}
        table.remarks.append(Remark("tables.year_taken", {"header": header, "count": len(bare), **shown}))
    with_years = list(cells)
    for at, year in zip(bare, years or (), strict=False):
        with_years[at] = (in_year(cells[at], year) if year else None) or cells[at]
    return with_years


def _ask_about_dates(
    table: TableRows, column: ColumnSpec, cells: Sequence[str]
) -> tuple[Order | None, Collection[int]]:
    """Ask which part of a date comes first, and whether Excel has swapped some, where that is open."""
    seen = date_evidence(cells)
    order, header = (seen.orders[0] if len(seen.orders) == 1 else None), table.header(column)
    if seen.unclear is not None:
        cell = clean(cells[seen.unclear])
        said: dict[str, dict[str, object]] = {
            name: {"cell": cell, "date": parse_date(cell, name)} for name in seen.orders
        }
        likely = seen.orders[0] if seen.likely else None
        answer = table.asking.ask(f"order.{column.name}", {"header": header, "cell": cell}, said, assumed=likely)
        order = next(name for name in seen.orders if name == answer)
    if not seen.swapped:
        return order, ()
    first = seen.swapped[0]
    stands, swapped = (parse_dates([cells[first]], order, at).dates[0] for at in ((), (0,)))
    text = next(clean(cell) for at, cell in enumerate(cells) if cell.strip() and at not in seen.swapped)
    options = {"swapped": {"date": swapped}, "stand": {"date": stands}}
    params = {"header": header, "count": len(seen.swapped), "cell": text, "date": stands}
    answer = table.asking.ask(f"swapped.{column.name}", params, options)
    return order, seen.swapped if answer == "swapped" else ()
