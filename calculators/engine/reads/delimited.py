"""Delimited text as rows of cells, also where a quote was opened and never closed.

Such a quote swallows the rows that follow into one cell. It is found by what is inside: lines that are rows of the
table themselves. Which delimiter a text has is for ``sources``.
"""

import contextlib
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from calculators.engine.asks.limits import MAX_COLUMNS
from calculators.engine.reads.amounts import is_amount

_SEEN: Final = 200  # lines by which a table's width and its columns of figures are known
_LARGEST_CELL: Final = 1 << 20
_LINES_IN_A_CELL: Final = 30  # more can only come from a quote that nobody closed
_MOST_MENDED: Final = 10_000  # quotes that nobody closed; a text with more of them is no table
_LOOKED_BEYOND: Final = 10_000  # blank lines after which it is looked for once whether there is anything else
_LONGEST_GAP: Final = 4_000_000  # blank lines that are kept, so that rows have the numbers that they have in the file


@dataclass
class Lines:
    """The rows of a text, blank ones without cells; ``mended`` are those, from 1, whose quote was never closed."""

    rows: list[list[str]]
    mended: list[int] = field(default_factory=list)
    too_many: bool = False


class OpenQuote(ValueError):  # noqa: N818 - the name states the finding
    """A quote in this row, from 1, swallowed others, and nothing tells where it should have ended."""

    def __init__(self, row: int) -> None:
        super().__init__(f"row {row}")
        self.row = row


def lines_of(text: str, delimiter: str, most: int, are_rows: Callable[[int, str], bool]) -> Lines:
    """Return the rows of a text, ``most`` at the most that are not blank. Raises OpenQuote.

    ``are_rows`` says of a cell of several lines, given its row and its text, whether they are rows: it is asked where
    they look like rows of this table, and the quotes around them are right.
    """
    csv.field_size_limit(_LARGEST_CELL)
    physical = list(io.StringIO(text, newline=""))
    if '"' not in text:
        with contextlib.suppress(csv.Error):  # a cell beyond all bounds
            return _plain(physical, delimiter, most)
    table = _Table(physical, delimiter)
    found, held, blank, at = Lines([]), 0, 0, 0
    while at < len(physical):
        restart = None
        reader = csv.reader((physical[line] for line in range(at, len(physical))), delimiter=delimiter)
        begins = at
        while restart is None:
            try:
                row = next(reader, None)
            except csv.Error:
                row = []
                if table.alone(begins) is None or not table.is_row(begins + 1):
                    raise OpenQuote(len(found.rows) + blank + 1) from None
                restart = begins + 1
            if row is None or (blank == _LOOKED_BEYOND and _nothing_in(physical[begins:], delimiter)):
                return found
            ends = at + reader.line_num
            number = len(found.rows) + blank + 1
            may_swallow = restart is None and ends > begins + 1 and any(map(str.strip, row))
            if may_swallow and table.swallows(begins, ends, row, number, are_rows):
                restart = begins + 1
            if restart is not None:
                row = table.alone(begins) or []
                found.mended.append(number)
            tall = ends > begins + _LINES_IN_A_CELL and any(cell.count("\n") > _LINES_IN_A_CELL for cell in row)
            if tall or len(found.mended) > _MOST_MENDED:
                raise OpenQuote(number)
            begins = ends
            if not any(map(str.strip, row)):
                blank += 1
                continue
            if held >= most or blank > _LONGEST_GAP:
                found.too_many = True
                return found
            if blank:
                found.rows.extend([] for _ in range(blank))
            found.rows.append(row)
            held, blank = held + 1, 0
        at = restart
    return found


def _nothing_in(physical: Iterable[str], delimiter: str) -> bool:
    return not any(line.strip(f'" \t\r\n{delimiter}') for line in physical)


def _plain(physical: Sequence[str], delimiter: str, most: int) -> Lines:
    """Return the rows of a text without quotes, in which no line can swallow another; none where they are too many."""
    if len(physical) > most and sum(bool(line.replace(delimiter, "").strip()) for line in physical) > most:
        return Lines([], too_many=True)  # at once: nobody waits for what is refused
    found, blank = Lines([]), 0
    for row in csv.reader(physical, delimiter=delimiter):
        if not row or not (row[0].strip() or any(map(str.strip, row))):
            blank += 1
            continue
        if blank > _LONGEST_GAP:
            found.too_many = True
            return found
        if blank:
            found.rows.extend([] for _ in range(blank))
        found.rows.append(row)
        blank = 0
    return found


class _Table:
    """What is known of a text's rows before it is read: how many cells they have, and where figures stand."""

    def __init__(self, physical: Sequence[str], delimiter: str) -> None:
        self._physical = physical
        self._delimiter = delimiter
        widths = Counter(_widths(physical[:_SEEN], delimiter))
        self._width = max(widths, key=lambda width: (widths[width], width), default=0)
        rows = [cells_of(line, delimiter)[0] for line in physical[1:_SEEN] if len(line) <= _LARGEST_CELL]
        seen = [row for row in rows if len(row) == self._width]
        self._figures = [
            at for at in range(min(self._width, MAX_COLUMNS)) if 2 * sum(is_amount(row[at]) for row in seen) > len(seen)
        ]

    def alone(self, line: int) -> list[str] | None:
        """Return one line as a row by itself, a quote that it does not close left out; None if it is not as wide as the
        table, or longer than any cell.
        """
        if line >= len(self._physical) or len(self._physical[line]) > _LARGEST_CELL:
            return None
        cells = cells_of(self._physical[line], self._delimiter)[0]
        return cells if len(cells) == self._width > 1 else None

    def is_row(self, line: int) -> bool:
        """Say whether a line by itself looks like a row of the table: as wide, and with figures where it has them.

        A quote at the end of a cell closes one that began further up.
        """
        cells = self.alone(line)
        if cells is None or any(cell.endswith('"') and cell.count('"') == 1 for cell in cells):
            return False
        return all(is_amount(cells[at]) or not cells[at].strip() for at in self._figures)

    def swallows(
        self, begins: int, ends: int, row: Sequence[str], number: int, are_rows: Callable[[int, str], bool]
    ) -> bool:
        """Say whether the first of the lines that became one row is a row by itself and so are those that follow."""
        inside = [line for line in range(begins + 1, ends) if self._physical[line].strip()]
        like_rows = [self.is_row(line) for line in inside]
        if not any(like_rows):
            return False
        right = self._is_right(begins, ends) and len(row) == self._width
        if self.alone(begins) is None:
            if right:
                return False
            raise OpenQuote(number)
        if right:
            swallowed = next(cell for cell in row if "\n" in cell or "\r" in cell)
            between = like_rows[:-1]
            return bool(self._figures and between) and all(between) and are_rows(number, swallowed)
        if not like_rows[0]:
            raise OpenQuote(number)
        return True

    def _is_right(self, begins: int, ends: int) -> bool:
        """Say whether every quote in some lines is closed, and stands at an end of its cell."""
        try:
            list(csv.reader(self._physical[begins:ends], delimiter=self._delimiter, strict=True))
        except csv.Error:
            return False
        return True


def _widths(physical: Sequence[str], delimiter: str) -> list[int]:
    """Return how many cells the rows have that are one line; where none is, those of several."""
    reader, short, long, begins = csv.reader(physical, delimiter=delimiter), list[int](), list[int](), 0
    try:
        for row in reader:
            if any(row):
                (short if reader.line_num == begins + 1 else long).append(len(row))
            begins = reader.line_num
    except csv.Error:
        pass
    return short or long


def cells_of(line: str, delimiter: str) -> tuple[list[str], bool]:
    """Return the cells of one line, and whether a quote in it is never closed; such a quote is left out.

    >>> cells_of('"Acme, Ltd",400,"called 2 Jan', ",")
    (['Acme, Ltd', '400', 'called 2 Jan'], True)
    """
    rest, cells, is_open = line.rstrip("\r\n"), list[str](), False
    while True:
        if rest.startswith('"') and (end := _closing(rest, delimiter)):
            cell, rest = rest[1:end].replace('""', '"'), rest[end + 1 :]
        else:
            is_open = is_open or rest.startswith('"')
            end = rest.find(delimiter)
            cell, rest = (rest, "") if end < 0 else (rest[:end], rest[end:])
            cell = cell.removeprefix('"')
        cells.append(cell)
        if not rest:
            return cells, is_open
        rest = rest[1:]
        if not rest:
            return [*cells, ""], is_open


def _closing(text: str, delimiter: str) -> int:
    """Return where the quote that a text begins with is closed, before a delimiter or the end; 0 where nowhere."""
    at = 1
    while (at := text.find('"', at)) > 0:
        if text[at + 1 : at + 2] == '"':
            at += 2
        elif text[at + 1 : at + 2] in ("", delimiter):
            return at
        else:
            at += 1
    return 0
