"""Parts of a sheet that are not one list: the header once more, another table below, a list per year or per measure.

What stands in single rows about others (totals, notes) is for ``no_records``.
"""

from collections.abc import Collection, Sequence
from typing import Final

from calculators.engine.asks.tables import ColumnSpec
from calculators.engine.reads.amounts import UNKNOWN, is_amount
from calculators.engine.reads.headings import headings_known, is_contrary, is_neutral, rank
from calculators.engine.reads.periods import period_of
from calculators.engine.reads.rows import LISTED, TableRows
from calculators.engine.reads.sources import clean

_SEEN: Final = 50  # rows by which most columns are known to be something else
_MEASURES: Final = 6  # different things that a column may say its rows measure


def leave_out_heads(table: TableRows) -> list[tuple[str, set[int]]]:
    """The header once more in other words, with the titles above it, and all of another table below this one.

    Returns the parts of a table that has its header again under the name of another period: each title, and rows.
    """
    wanted = [column for column in table.spec.columns if column.required and column.kind in ("text", "money", "number")]
    places = [at for column in wanted if (at := table.layout.mapping[column.name]) is not None]
    if table.layout.header is None or len(places) < max(2, len(wanted)) or wanted[-1].kind == "text":
        return []
    titles = [clean(cell) for row in table.layout.grid.rows[: table.layout.header] for cell in row if cell.strip()]
    headed = {0: titles[-1] if titles else ""}
    first = next((index for index in range(len(table.body)) if index not in table.blank), 0)
    after = {at + 1 for at in table.blank if at + 1 not in table.blank}
    for begins in sorted({first} | after | _titled_again(table, places[0], titles)):
        index = begins
        while sum(map(bool, table.line(index))) == 1 and index + 1 < len(table.body):
            index += 1
        row = table.line(index)
        if not _is_head(table, index, places):
            continue
        known = [rank(row[at], column.name) is not None for column, at in zip(wanted, places, strict=True)]
        if all(known):
            table.problem(index, "tables.repeated_header", wanted[0].name, row[places[0]])
            for title in range(begins, index):
                table.problem(title, "tables.group_heading", wanted[0].name, next(filter(None, table.line(title))))
            headed[begins] = next(filter(None, table.line(begins))) if begins < index else ""
        elif begins - 1 in table.blank and (index > begins or _is_heading(table, index, row)):
            where = {"first": table.layout.start + index + 1, "headers": [cell for cell in row if cell][:LISTED]}
            for other in range(begins, len(table.body)):
                if other not in table.blank:
                    cell = next(filter(None, table.line(other)))
                    table.problem(other, "tables.other_table", None, cell, **where)
            break
    periods = [(period.kind, period.year, period.number) for one in headed.values() if (period := period_of(one))]
    if not len(set(periods)) == len(periods) == len(headed):
        return []
    ends = [*list(headed)[1:], len(table.body)]
    return [(title, set(range(at, end))) for (at, title), end in zip(headed.items(), ends, strict=True)]


def _is_heading(table: TableRows, index: int, row: Sequence[str]) -> bool:
    """Whether texts are headings and no record whose amount is a word: known ones, bold, or of another width."""
    bold = table.layout.grid.marks.bold
    stands_out = table.layout.start + index in bold and 4 * len(bold) < len(table.body)
    before = next((line for at in range(index - 1, -1, -1) if any(line := table.line(at))), row)
    return stands_out or any(map(headings_known, row)) or sum(map(bool, row)) != sum(map(bool, before))


def _titled_again(table: TableRows, place: int, titles: Collection[str]) -> set[int]:
    """Return the lines right above the header once more that say what one above the table does, or a period."""
    names = {line[place] for line in table.layout.lines if place < len(line)}
    again = [index for index, row in enumerate(table.body) if place < len(row) and row[place] in names]
    found = set()
    for index in again:
        above = list(filter(None, table.line(index - 1))) if index else []
        if len(above) == 1 and (above[0] in titles or period_of(above[0])):
            found.add(index - 1)
    return found


def _is_head(table: TableRows, index: int, places: Sequence[int]) -> bool:
    """Whether a row has texts alone, where figures stand in the next."""
    row, below = table.line(index), table.line(index + 1)
    texts = all(at < len(row) and row[at] for at in places) and not any(map(is_amount, row))
    unknown = row[places[-1]].lower() in UNKNOWN if texts else True
    return not unknown and places[-1] < len(below) and is_amount(below[places[-1]])


def ask_about_parts(table: TableRows, parts: Sequence[tuple[str, set[int]]]) -> None:
    """Ask which of several periods that stand below one another are meant, all or one."""
    rows = {name: part for name, (_, part) in zip(("first", "last"), (parts[0], parts[-1]), strict=True)}
    every = set(range(len(table.body)))
    said = {
        name: {"total": table.rough_total({at: [] for at in every - kept})}
        for name, kept in {"all": every, **rows}.items()
    }
    params = {"count": len(parts), "headers": [title for title, _ in parts]}
    answer = table.asking.ask("parts", params, said)
    for index in every - rows.get(answer, every):
        if index not in table.problems and any(table.line(index)):
            table.problem(index, "tables.other_part", None, next(filter(None, table.line(index))))


def ask_about_measures(table: TableRows, main: ColumnSpec) -> None:
    """Ask which rows are meant where a column says what each is: 目标 and 实际, Revenue and Cost, Won and Lost."""
    for at in table.unread():
        seen = {clean(row[at]) for row in table.body[:_SEEN] if at < len(row)} - {""}
        if not 0 < len(seen) <= _MEASURES or not all(_is_measure(kind, main.name) for kind in seen):
            continue
        rows = {index: cell for index, row in enumerate(table.body) if at < len(row) and (cell := clean(row[at]))}
        kinds = sorted(set(rows.values()))
        every = len(rows) + len(table.blank) + len(table.labels) >= len(table.body)
        if not every or not 1 < len(kinds) <= _MEASURES or not all(_is_measure(kind, main.name) for kind in kinds):
            continue
        if not any(is_contrary(kind, main.name) for kind in kinds):
            continue
        said: dict[str, dict[str, object]] = {"all": {"total": table.rough_total({})}}
        for number, kind in enumerate(kinds, 1):
            others: dict[int, list[str]] = {index: [] for index, cell in rows.items() if cell != kind}
            said[f"kind.{number}"] = {"cell": kind, "total": table.rough_total(others)}
        params = {"header": table.layout.headers[at], "count": len(kinds)}
        answer = table.asking.ask("measure", params, said)
        chosen = kinds[int(answer.removeprefix("kind.")) - 1] if answer != "all" else None
        for index, cell in rows.items():
            if chosen is not None and cell != chosen and index not in table.problems:
                table.problem(index, "tables.other_measure", None, cell, header=table.layout.headers[at])


def _is_measure(cell: str, name: str) -> bool:
    """Whether a cell could head a column of amounts, sought or not."""
    return rank(cell, name) is not None or is_contrary(cell, name) or (is_neutral(cell) and not cell.isdigit())
