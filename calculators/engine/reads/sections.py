"""Parts of a sheet that are not one list: the header once more, another table below, a list per year.

What stands in single rows about others (totals, notes) is for ``no_records``, what a column says of each for ``kinds``.
"""

from collections.abc import Collection, Sequence

from calculators.engine.reads.amounts import UNKNOWN, is_amount
from calculators.engine.reads.headings import headings_known, rank
from calculators.engine.reads.periods import period_of
from calculators.engine.reads.rows import LISTED, TableRows
from calculators.engine.reads.sources import clean


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
    again = [index for index, row in enumerate(table.body) if row and place < len(row) and row[place] in names]
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
