"""A workbook as rows of text, and what it says beside the text: what is grouped, hidden, bold, not computed.

Values come from ``cells``, with what XLSX says of them from ``xlsx``; what a number is shown as is in
``number_formats``. Nothing here knows customers or amounts; writing workbooks is in ``sheets``.
"""

import datetime
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from calculators.engine.asks.limits import LARGE_BINARY, LARGE_OPEN_DOCUMENT, LARGE_WORKBOOK
from calculators.engine.reads.cells import (
    Area,
    BeforeLong,
    BrokenWorkbook,
    Cells,
    Encrypted,
    Place,
    TooMuch,
    reading,
    unpacked,
)
from calculators.engine.reads.number_formats import Shown
from calculators.engine.reads.number_style import Number

if TYPE_CHECKING:
    from calculators.engine.reads.binary import BinaryWorkbook
    from calculators.engine.reads.opendocument import OpenDocument
    from calculators.engine.reads.xlsx import Xlsx

__all__ = ["BrokenWorkbook", "Encrypted", "Sheet", "TooMuch", "Workbook", "unpacked_size"]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows of text up to the last used cell of each, and what Excel knows beside the text.

    Rows and columns count from 0. What a kind of workbook does not tell is empty.
    """

    rows: list[list[str]]
    merged: tuple[Area, ...] = ()
    """Merged areas: first row, first column, last row, last column, inclusive."""
    hidden_rows: frozenset[int] = frozenset()
    """Those of the hidden or filtered rows that have something in them."""
    hidden_columns: frozenset[int] = frozenset()
    outline: Mapping[int, int] = field(default_factory=dict)
    """Levels of the rows that are grouped below others, 1 and more."""
    indent: Mapping[int, int] = field(default_factory=dict)
    """By how much the first text of a row is indented, where it is."""
    bold: frozenset[int] = frozenset()
    """Rows whose first filled cell is bold."""
    unvalued: Mapping[Place, str] = field(default_factory=dict)
    """Formulas whose results the file does not hold, by row and column; they stand in the rows, too."""
    scaled_numbers: int = 0
    """Numbers whose format shows a thousandth of them or less, such as ``0!.0,`` for 万."""
    currencies: tuple[tuple[Shown, Sequence[Place]], ...] = ()
    """Where numbers stand whose format shows the company's own currency, or each computer's own, and which."""
    formats_lost: bool = False
    """Whether the file's styles are damaged: its dates, percentages and currencies may be bare numbers here."""
    from_1904: bool = False
    """Whether bare numbers of days count from 1904, as the Macintosh did."""


class Workbook:
    """A workbook opened from bytes. Raises BrokenWorkbook, Encrypted or TooMuch, here and in ``sheet``, and whatever
    ``before_long`` does.
    """

    def __init__(self, content: bytes, before_long: BeforeLong = lambda: None) -> None:
        self._book = _opened(content, before_long)
        self.names = self._book.names
        """The sheets that can hold a table, in the workbook's order."""
        self.hidden = self._book.hidden

    def row(self, name: str, at: int) -> object:
        """Return what a row says, to be compared with the same row of another sheet; nothing where nothing is below it.

        Of an .xlsx no more is read than its beginning.
        """
        return self._book.row(name, at)

    def sheet(self, name: str, own_currency: str) -> Sheet:
        """The rows of one sheet. A number whose format shows another currency than ``own_currency``
        is given with its code (``USD 12.5``), a percentage with its sign, a date as ``2024-03-01``.
        """
        cells = self._book.cells(name)
        indent, bold = _indents(cells), _bold_rows(cells)
        scaled = _show(cells, own_currency)
        # Most values are texts, and rows of a sparse sheet blank.
        rows = [
            [value if type(value) is str else _KINDS[type(value)](value) for value in row] if row else []
            for row in cells.rows
        ]
        for row in rows:
            while row and not row[-1]:
                row.pop()
        while rows and not rows[-1]:
            rows.pop()
        filled = {row for row, line in enumerate(rows) if line}
        return Sheet(
            rows,
            tuple(cells.merged),
            frozenset(cells.hidden_rows & filled),
            frozenset(cells.hidden_columns),
            {row: level for row, level in cells.outline.items() if row in filled},
            indent,
            bold,
            cells.unvalued,
            scaled,
            tuple(
                (shown, places)
                for shown, places in cells.shown.items()
                if shown.signs and (shown.everywhere or not shown.foreign(own_currency))
            ),
            cells.formats_lost,
            self._book.from_1904,
        )


def unpacked_size(content: bytes) -> int:
    """Return how many bytes a workbook has to be read, unpacked. Raises BrokenWorkbook or TooMuch."""
    if not content.startswith(b"PK"):
        return len(content)
    with reading(), zipfile.ZipFile(io.BytesIO(content)) as archive:
        return unpacked(archive, len(content))


def _opened(content: bytes, before_long: BeforeLong) -> "Xlsx | OpenDocument | BinaryWorkbook":
    """Open a workbook by its kind, which its name need not tell."""
    # Not with the module: most readers open none, and all would fetch them in the snapshot.
    from calculators.engine.reads.binary import BinaryWorkbook  # noqa: PLC0415
    from calculators.engine.reads.opendocument import OpenDocument  # noqa: PLC0415
    from calculators.engine.reads.xlsx import Xlsx  # noqa: PLC0415

    names: set[str] = set()
    if content.startswith(b"PK"):
        with reading(), zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    is_open_document = "content.xml" in names
    is_binary = not names or (not is_open_document and "xl/workbook.bin" in names)
    large = LARGE_BINARY if is_binary else LARGE_OPEN_DOCUMENT if is_open_document else LARGE_WORKBOOK
    if unpacked_size(content) > large:
        before_long()
    if is_open_document:
        return OpenDocument(content, before_long)
    return BinaryWorkbook(content, before_long) if is_binary else Xlsx(content, before_long)


def _indents(cells: Cells) -> dict[int, int]:
    """Return by how much the first text of each row is indented."""
    levels = {}
    for row in {row for row, _ in cells.indent if row < len(cells.rows)}:
        texts = (at for at, value in enumerate(cells.rows[row]) if isinstance(value, str) and value.strip())
        level = cells.indent.get((row, next(texts, -1)), 0)
        if level:
            levels[row] = level
    return levels


def _bold_rows(cells: Cells) -> frozenset[int]:
    """Return the rows whose first filled cell is bold."""
    rows = {row for row, _ in cells.bold if row < len(cells.rows)}
    return frozenset(row for row in rows if (row, _first_filled(cells.rows[row])) in cells.bold)


def _first_filled(row: Sequence[object]) -> int:
    return next((at for at, value in enumerate(row) if value not in ("", None)), -1)


def _show(cells: Cells, own_currency: str) -> int:
    """Turn numbers that are shown as a percentage or in another currency into what is shown.

    Return how many are shown divided.
    """
    scaled = 0
    for shown, places in cells.shown.items():
        other = "" if shown.percent or shown.everywhere else shown.foreign(own_currency)
        for row, column in places:
            value = cells.rows[row][column] if row < len(cells.rows) and column < len(cells.rows[row]) else ""
            if isinstance(value, bool) or not isinstance(value, int | float):
                continue
            scaled += shown.scaled
            if shown.percent:
                cells.rows[row][column] = f"{format((Decimal(_number(value)) * 100).normalize(), 'f')}%"
            elif other:
                cells.rows[row][column] = f"{other} {_number(value)}"
    return scaled


_EXACT: Final = 16  # characters of a number that need no rounding to 15 digits: these and a point


def _number(value: float) -> str:
    """A number as Excel shows it in full: 15 significant digits, so that the noise of binary fractions
    (0.30000000000000004) is gone, never an exponent.
    """
    text = repr(value)
    if len(text) > _EXACT or "e" in text:
        text = f"{value:.15g}"
        if "e" in text:
            text = format(Decimal(text), "f")
        if "." in text:
            return Number(text)
    elif not text.endswith(".0"):
        return Number(text)
    return text.removesuffix(".0") if value else "0"


def _moment(value: datetime.datetime) -> str:
    return value.date().isoformat() if value.time() == datetime.time() else str(value)


_KINDS: Final[Mapping[type, Callable[[Any], str]]] = {
    str: str,
    float: _number,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime.date: datetime.date.isoformat,
    datetime.datetime: _moment,
    datetime.time: str,
    datetime.timedelta: str,
}
"""All that calamine gives, as text."""
