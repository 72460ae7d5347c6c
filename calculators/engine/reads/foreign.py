"""Amounts in another currency than the company's: by a column of currencies, a heading, a line, a cell or its format.

Their rows are left out and listed; where the file is at odds with itself the reader is asked. What each place says is
read in ``denomination``.
"""

from collections.abc import Collection, Iterable, Sequence

from calculators.engine.asks.errors import Sentence
from calculators.engine.asks.tables import ColumnSpec
from calculators.engine.reads.amounts import currency_beside, parse_column
from calculators.engine.reads.denomination import ByRow, Said, by_row, says_nothing
from calculators.engine.reads.number_formats import Shown
from calculators.engine.reads.rows import LISTED, TableRows
from calculators.engine.reads.sources import Refused, Remark, clean


def leave_out_foreign(table: TableRows) -> None:
    """Rows that a column of their own (``币种``, ``单位``) puts in another currency, or says nothing known of."""
    mapping, columns = table.layout.mapping, table.layout.columns
    mapped = {part for index in mapping.values() if index is not None for part in columns.parts(index)}
    texts = {mapping[column.name] for column in table.spec.columns if column.kind == "text" and not column.required}
    for column in table.spec.columns:
        if column.kind == "money" and mapping[column.name] is not None:
            free = {at for at in texts if at is not None}
            for said in by_row(columns, mapped, free, table.header(column), table.currency):
                _by_row(table, column, said)


def _by_row(table: TableRows, column: ColumnSpec, said: ByRow) -> None:
    """Leave out the rows that a column puts in another currency, and keep what each row's amount counts."""
    header = table.layout.headers[said.at]
    units = {says.unit for says in said.says.values() if says and says.unit is not None}
    each: dict[int, int] = {}
    unsaid = 0
    for index, row in enumerate(table.body):
        if index in table.blank or index in table.problems:
            continue
        cell = row[said.at] if said.at < len(row) else ""
        says = said.says.get(cell)
        if says_nothing(cell):
            unsaid += 1
            if len(units) > 1:
                table.problem(index, "tables.unknown_unit", column.name, cell, header=header)
        elif says is None:
            code = "tables.unknown_unit" if units else "tables.unknown_currency"
            table.problem(index, code, column.name, cell, header=header)
        elif says.currency not in (None, table.currency):
            table.problem(index, "tables.foreign_row", column.name, cell, currency=says.currency, own=table.currency)
        else:
            table.in_own_currency |= {index} if says.currency else set()
            each[index] = says.unit or 1
    if units:
        only = units.pop() if len(units) == 1 else 1
        table.row_units[column.name] = [each.get(index, only) for index in range(len(table.body))]
        written = [clean(cell) for cell, says in said.says.items() if says][:LISTED]
        table.remarks.append(Remark("tables.unit_by_row", {"header": header, "count": len(each), "units": written}))
    elif unsaid and said.says:
        remark = Remark("tables.currency_assumed", {"header": header, "count": unsaid, "own": table.currency})
        table.remarks += [remark] if remark not in table.remarks else []


def leave_out_bare(table: TableRows, column: ColumnSpec, said: Sequence[Said], cells: list[str]) -> None:
    """Amounts without a currency of their own where the table names another than the company's.

    What is at odds in it is asked about. Raises Refused where nothing is left.
    """
    passed, rows = table.blank | table.problems.keys() | table.aside.keys(), len(table.body)
    used = ["" if at % rows in passed else cell for at, cell in enumerate(cells)] if passed else cells
    stated = _stated(table, column, said, used)
    if stated is None:
        if not any(one.says.currency for one in said):
            _ask_about_formats(table, column, used)
        return
    in_use = [(at, at % rows) for at, cell in enumerate(used) if cell.strip()]
    currency = str(stated.says.currency)
    written = {at for at, _ in in_use if currency_beside(cells[at], currency) not in (None, currency)}
    formats = _formats(table, column, in_use).items()
    own = written | {at for at, one in formats if not one.foreign(table.currency) and one.foreign(currency)}
    if stated.place in ("title", "note"):
        if own and len(own) == len(in_use):
            why = Sentence("tables.ask.currency.cells", {"where": stated.text, "header": table.header(column)})
            assumed = "own" if own == written else None
            own = own if _ask_currency(table, column, why, currency, used, assumed=assumed) == "own" else set()
        own |= {at for at, row in in_use if row in table.in_own_currency}
    if not own:
        where = table.header(column) if stated.place in ("heading", "row") else stated.text
        raise Refused("tables.foreign_column", header=where, currency=currency, own=table.currency)
    for at, row in in_use:
        if at not in own:
            params = {"currency": currency, "own": table.currency}
            table.problem(row, "tables.foreign_row", column.name, cells[at], **params)


def _stated(table: TableRows, column: ColumnSpec, said: Sequence[Said], used: list[str]) -> Said | None:
    """What puts a column in another currency than the company's, having asked where that is at odds; else None."""
    naming = [one for one in said if one.says.currency]
    by_heading = [one for one in naming if one.place in ("heading", "row")]
    foreign = next((one for one in naming if one.says.currency != table.currency), None)
    own = [one for one in by_heading or naming if one.says.currency == table.currency]
    if foreign is None or not own:
        return (by_heading or naming)[0] if foreign else None
    if any(one.says.currency == table.currency and one not in by_heading for one in naming):
        return None  # a line that names both speaks of rates, or of columns
    why = Sentence("tables.ask.currency.said", {"where": foreign.text, "header": own[0].text})
    assumed = None if foreign in by_heading else "own"
    answer = _ask_currency(table, column, why, str(foreign.says.currency), used, assumed=assumed)
    return foreign if answer == "other" else None


def _ask_currency(
    table: TableRows,
    column: ColumnSpec,
    why: Sentence,
    currency: str,
    cells: list[str],
    *,
    assumed: str | None,
    foreign: Collection[int] | None = None,
) -> str:
    """Ask what amounts are in, all or those ``foreign``, with what is read of them either way."""
    read = parse_column(cells, currency=table.currency, unit=table.units[column.name])
    kept = [at for at, known in enumerate(read.known) if known]
    left = [] if foreign is None else [at for at in kept if at not in foreign]
    said = {
        name: {"currency": code, "count": len(some), "total": sum(read.held[at] for at in some)}
        for name, code, some in (("own", table.currency, kept), ("other", currency, left))
    }
    return table.asking.ask(f"currency.{column.name}", {"why": why}, said, assumed=assumed)


def _formats(table: TableRows, column: ColumnSpec, places: Iterable[tuple[int, int]]) -> dict[int, Shown]:
    """The formats that show a currency, by where their amounts are among a column's cells."""
    marks, parts = table.layout.grid.marks, table.layout.columns.parts(table.layout.mapping[column.name] or 0)
    by_place = {place: shows for shows, where in marks.currencies for place in where if place[1] in parts}
    if not by_place:
        return {}
    found = ((at, by_place.get((table.layout.start + row, parts[at // len(table.body)]))) for at, row in places)
    return {at: shows for at, shows in found if shows is not None}


def _ask_about_formats(table: TableRows, column: ColumnSpec, used: list[str]) -> None:
    """Ask of amounts in formats that each computer shows in its own currency, where another stands in the file."""
    if not any(shows.foreign(table.currency) for shows, _ in table.layout.grid.marks.currencies):
        return
    rows = len(table.body)
    in_use = [(at, at % rows) for at, cell in enumerate(used) if cell.strip()]
    formats = _formats(table, column, in_use).items()
    foreign = {at: code for at, shows in formats if (code := shows.foreign(table.currency))}
    if not foreign:
        return
    first = next(iter(foreign.values()))
    params = {"header": table.header(column), "count": len(foreign), "currency": first}
    why = Sentence("tables.ask.currency.format", params)
    if _ask_currency(table, column, why, first, used, assumed=None, foreign=foreign) == "other":
        for at, code in foreign.items():
            params = {"currency": code, "own": table.currency}
            table.problem(at % rows, "tables.foreign_row", column.name, used[at], **params)
