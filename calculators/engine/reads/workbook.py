"""An XLSX workbook as rows of text: what openpyxl reads, with what a number is shown as beside it.

Nothing here knows customers or amounts; writing workbooks is in ``sheets``.
"""

import datetime
import functools
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_builtin

from calculators.engine.asks.currencies import currency_shown

MAX_UNPACKED: Final = 700 * 1024 * 1024
"""Bytes that a workbook's parts may unpack to: more than a million rows need, less than a tab can hold."""

MAX_WIDTH: Final = 16_384
MAX_HEIGHT: Final = 1_048_576

# Built-in formats that only East Asian Excels have and openpyxl does not know: dates, all of them.
BUILTIN_FORMATS.update(dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd"))

_HAS_FORMULAS = re.compile(rb"<(?:\w+:)?f[ />]").search


class BrokenWorkbook(ValueError):  # noqa: N818 - the name states the finding
    """The file claims to be a workbook and cannot be read as one."""


class UnpacksTooLarge(ValueError):  # noqa: N818 - the name states the finding
    """The workbook's parts would unpack to more than MAX_UNPACKED, or than there is memory for."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows of text up to the last used cell of each, and what Excel knows beside the text."""

    rows: list[list[str]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged areas: first row, first column, last row, last column, from 0 and inclusive."""
    hidden_rows: int = 0
    formulas_without_value: int = 0
    scaled_numbers: int = 0
    """Numbers whose format shows a thousandth of them or less, such as ``0!.0,`` for 万."""


class Workbook:
    """A workbook opened from bytes. Raises BrokenWorkbook or UnpacksTooLarge, here and in ``sheet``."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        with _reading():
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                    raise UnpacksTooLarge
                sheets = [name for name in archive.namelist() if "worksheets/" in name]
                self._has_formulas = any(_HAS_FORMULAS(archive.read(name)) for name in sheets)
            self._book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
            self.names = tuple(sheet.title for sheet in self._book.worksheets)
            """The sheets that can hold a table, in the workbook's order."""
            self.hidden = tuple(sheet.title for sheet in self._book.worksheets if sheet.sheet_state != "visible")

    def sheet(self, name: str, own_currency: str) -> Sheet:
        """The rows of one sheet. A number whose format shows another currency than ``own_currency``
        is given with its code (``USD 12.5``), a percentage with its sign, a date as ``2024-03-01``.
        """
        with _reading():
            sheet = self._book[name]
            # Not iter_rows: it makes a cell for every hole, and one note in the last row makes a million.
            cells = {place: text for place, cell in sheet._cells.items() if (text := _text(cell, own_currency))}
            formulas = self._formulas(name) if self._has_formulas else {}
            # Excel saves the value of every formula, and nothing for an empty text; other writers save none at all.
            unvalued = {} if formulas.keys() & cells.keys() else formulas
            rows: list[list[str]] = []
            for (row, column), text in (cells | unvalued).items():
                if row > MAX_HEIGHT or column > MAX_WIDTH:
                    raise BrokenWorkbook(f"row {row}, column {column}")
                rows.extend([] for _ in range(row - len(rows)))
                line = rows[row - 1]
                line.extend([""] * (column - len(line)))
                line[column - 1] = text
            areas = sheet.merged_cells.ranges
            scaled = 0
            if any(map(_is_scaled, self._book._number_formats)):  # type: ignore[attr-defined]  # not in the stubs
                filled = (sheet._cells[place] for place in cells)
                scaled = sum(isinstance(cell.value, int | float) and _is_scaled(cell.number_format) for cell in filled)
            hidden = {row for row, dimension in sheet.row_dimensions.items() if dimension.hidden}
            return Sheet(
                rows,
                tuple((area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1) for area in areas),
                len(hidden & {row for row, _ in cells}),
                len(unvalued),
                scaled,
            )

    def _formulas(self, name: str) -> dict[tuple[int, int], str]:
        book = openpyxl.load_workbook(io.BytesIO(self._content), read_only=True, keep_links=False)
        return {
            (row, column): str(getattr(cell.value, "text", cell.value))
            for row, cells in enumerate(book[name].iter_rows(), 1)
            for column, cell in enumerate(cells, 1)
            if cell.data_type == "f"
        }


@contextmanager
def _reading() -> Iterator[None]:
    # openpyxl warns of what would be lost by saving, and prints of damaged styles; nothing is saved here.
    with warnings.catch_warnings(), redirect_stdout(None):
        warnings.simplefilter("ignore")
        try:
            yield
        except (UnpacksTooLarge, MemoryError):
            raise UnpacksTooLarge from None
        except Exception as error:  # openpyxl and what it stands on raise every kind over a damaged file
            raise BrokenWorkbook(str(error)) from error


def _text(cell: Cell | MergedCell, own_currency: str) -> str:
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        shown = _shown_as(cell.number_format, own_currency)
        if shown == "%":
            return f"{format((Decimal(_number_text(value)) * 100).normalize(), 'f')}%"
        return f"{shown} {_number_text(value)}" if shown else _number_text(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)


def _number_text(value: float) -> str:
    """A number as Excel shows it in full: 15 significant digits, so that the noise of binary fractions
    (0.30000000000000004) is gone, never an exponent. Whole numbers stay as they are written.
    """
    if isinstance(value, int):
        return str(value)
    text = format(Decimal(f"{value:.15g}"), "f")
    return text if text != "-0" else "0"


_SCALES = re.compile(r"[0#?],+(?![0#?,])").search


@functools.cache
def _is_scaled(code: str) -> bool:
    """Whether a number format divides: a comma behind the digits does so by a thousand."""
    return _SCALES(re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.', "", code.partition(";")[0])) is not None


@functools.cache
def _shown_as(code: str, own_currency: str) -> str:
    """What a number format makes of a number: ``%``, another currency than the company's, or nothing to speak of."""
    if "%" in re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.', "", code.partition(";")[0]):
        return "%"
    if is_builtin(code):  # the built-in currency formats show whatever the reader's own Windows is set to
        return ""
    shown = currency_shown(code, own_currency)
    return "" if shown in (None, own_currency) else str(shown)
