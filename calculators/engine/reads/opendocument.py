"""An ODS workbook: what it says beside the values of its cells, which calamine reads (``cells``).

LibreOffice, WPS and Google write it. What a value is as text is for ``workbook``.
"""

import io
import pyexpat
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from calculators.engine.asks.limits import (
    LARGE_AREA,
    LARGE_REPEATED,
    LARGE_ROWS,
    MAX_AREA,
    MAX_HEIGHT,
    MAX_MERGES,
    MAX_WIDTH,
)
from calculators.engine.reads.cells import (
    BeforeLong,
    BrokenWorkbook,
    Cells,
    Encrypted,
    TooMuch,
    UnpacksTooLarge,
    check_text,
    opened,
    reading,
    row_of,
    tables_of,
    unpacked,
    values,
)
from calculators.engine.reads.number_formats import PLAIN, Shown

_LENGTH = re.compile(r"([0-9.]+)(in|cm|mm|pt)").fullmatch
_POINTS: Final[Mapping[str, float]] = {"in": 72, "cm": 28.35, "mm": 2.835, "pt": 1}
_INDENT: Final = 10.5  # points of a level, as LibreOffice has it


class OpenDocument:
    """An ODS workbook, opened. Raises BrokenWorkbook, Encrypted or UnpacksTooLarge, here and in ``cells``, and here
    what ``before_long`` does.
    """

    from_1904 = False  # its dates are written as dates

    def __init__(self, content: bytes, before_long: BeforeLong) -> None:
        with reading():
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                unpacked(archive, len(content))
                if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                    raise Encrypted
                tables = _Tables(before_long)
                for name in ("styles.xml", "content.xml"):
                    if name in archive.namelist():
                        tables.read(archive.read(name))
                self._tables = tables.found
            # calamine reads all tables at once, so that they may not be too wide for it.
            area = sum(table.height * table.width for table in self._tables.values())
            if area > MAX_AREA:
                raise UnpacksTooLarge
            if area > LARGE_AREA:
                before_long()
            check_text(tables.length, before_long)
            self._book = opened(content)
            self.names, self.hidden = tables_of(self._book)

    def row(self, name: str, at: int) -> tuple[object, ...]:
        """Return what a row says."""
        with reading():
            return row_of(values(self._book, name), at)

    def cells(self, name: str) -> Cells:
        """Return the cells of a sheet."""
        with reading():
            table = self._tables[name]
            cells = replace(table.marks, rows=values(self._book, name))
            cells.write(table.errors.items())
            cells.write(cells.unvalued.items())
            return cells


@dataclass
class _Table:
    """What is known of a sheet, and how far it reaches."""

    marks: Cells = field(default_factory=lambda: Cells([]))
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    height: int = 0
    width: int = 0


@dataclass
class _Style:
    """What a style of cells says; ``format`` is the name of its number format."""

    format: str = ""
    bold: bool = False
    indent: int = 0


@dataclass
class _Cell:
    """A cell with something in it, or a run of equal ones."""

    column: int
    count: int
    attributes: Mapping[str, str]
    style: str
    text: str = ""


class _Tables:
    """Reads content.xml, which has all sheets one after another, and before it styles.xml, which it refers to."""

    def __init__(self, before_long: BeforeLong) -> None:
        self.found: dict[str, _Table] = {}
        self._before_long, self._are_long = before_long, False
        self._rows = self._places = self.length = 0
        self._styles: dict[str, _Style] = {}
        self._formats: dict[str, Shown] = {}
        self._style = _Style()
        self._format = ""
        self._sign: tuple[str, bool] | None = None
        self._name, self._table = "", _Table()
        self._defaults: list[str] = []
        self._row = self._column = self._level = 0
        self._cells: list[_Cell] = []
        self._cell: _Cell | None = None

    def read(self, content: bytes) -> None:
        """Read a part."""
        parser = pyexpat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(content, True)

    def _start(self, name: str, at: dict[str, str]) -> None:  # noqa: PLR0912 - one for each kind of element
        match name.rpartition(":")[2]:
            case "table-cell" | "covered-table-cell":
                self._start_cell(at)
            case "table-row":
                self._column, self._cells = 0, []
                self._repeated = _count(at, "rows", MAX_HEIGHT)
                self._hidden = at.get("table:visibility", "visible") != "visible"
            case "table" if "table:name" in at:
                self._name = at["table:name"]
                self._table = self.found.setdefault(self._name, _Table())
                self._row, self._level, self._defaults = 0, 0, []
            case "table-column":
                begin, count = len(self._defaults), _count(at, "columns", MAX_WIDTH)
                self._defaults += [at.get("table:default-cell-style-name", "")] * count
                if at.get("table:visibility", "visible") != "visible":
                    self._table.marks.hidden_columns.update(range(begin, begin + count))
            case "table-row-group":
                self._level += 1
            case "style" if at.get("style:family") == "table-cell":
                parent = self._styles.get(at.get("style:parent-style-name", ""), _Style())
                self._style = replace(parent, format=at.get("style:data-style-name", parent.format))
                self._styles[at.get("style:name", "")] = self._style
            case "text-properties":
                if "fo:font-weight" in at:
                    self._style.bold = at["fo:font-weight"] in ("bold", "700", "800", "900")
            case "paragraph-properties":
                if (length := _LENGTH(at.get("fo:margin-left", ""))) and float(length[1]):
                    self._style.indent = max(1, round(float(length[1]) * _POINTS[length[2]] / _INDENT))
            case "number-style" | "currency-style" | "percentage-style":
                self._format = at.get("style:name", "")
                self._formats[self._format] = Shown(percent=name.endswith("percentage-style"))
            case "number" if self._format and at.get("number:display-factor", "1") != "1":
                self._formats[self._format] = replace(self._formats[self._format], scaled=True)
            case "currency-symbol" | "text" as kind if self._format:
                country = at.get("number:country", "")
                self._sign = (f"-{country}" if country else "", kind == "currency-symbol")

    def _start_cell(self, at: Mapping[str, str]) -> None:
        count = _count(at, "columns", MAX_WIDTH)
        default = self._defaults[self._column] if self._column < len(self._defaults) else ""
        if "office:value-type" in at or "table:formula" in at:
            style = at.get("table:style-name", default)
            self._cell = _Cell(self._column, count, at, style)
            self._cells.append(self._cell)
            down, across = _span(at, "rows"), _span(at, "columns")
            if down > 1 or across > 1:
                area = (self._row, self._column, self._row + down - 1, self._column + across - 1)
                self._table.marks.merged.append(area)
                if (merges := len(self._table.marks.merged)) > MAX_MERGES:
                    raise TooMuch("tables.too_many_merges", sheet=self._name, count=merges, limit=MAX_MERGES)
        self._column += count

    def _end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "table-cell" | "covered-table-cell":
                self._cell = None
            case "table-row":
                if self._cells:
                    rows = range(self._row, min(self._row + self._repeated, MAX_HEIGHT))
                    self._reach(rows)
                    for row in rows:
                        self._mark(row)
                self._row += self._repeated
            case "table-row-group":
                self._level -= 1
            case "style":
                self._style = _Style()
            case "number-style" | "currency-style" | "percentage-style":
                self._format = ""
            case "currency-symbol" | "text":
                self._sign = None

    def _text(self, text: str) -> None:
        if self._cell:
            self._cell.text += text
        elif self._sign and self._format:
            shown, (place, named) = self._formats[self._format], self._sign
            self._formats[self._format] = replace(shown, signs=(*shown.signs, (text, place, named)))

    def _reach(self, rows: range) -> None:
        """Note how far a row reaches that stands for several, before that is gone through."""
        table = self._table
        table.height = max(table.height, rows.stop)
        table.width = max(table.width, *(cell.column + cell.count for cell in self._cells))
        if table.height * table.width > MAX_AREA:
            raise UnpacksTooLarge
        self._rows += len(rows)
        self._places += sum(len(rows) * cell.count - 1 for cell in self._cells)
        self.length += sum(len(rows) * cell.count * len(cell.text) for cell in self._cells)
        check_text(self.length, lambda: None)
        if not self._are_long and (self._rows > LARGE_ROWS or self._places > LARGE_REPEATED):
            self._are_long = True
            self._before_long()

    def _mark(self, row: int) -> None:
        """Note what the cells of a row say."""
        table, marks = self._table, self._table.marks
        if self._hidden:
            marks.hidden_rows.add(row)
        if self._level:
            marks.outline[row] = self._level
        for cell in self._cells:
            at, style = cell.attributes, self._styles.get(cell.style, _Style())
            shown, kind = self._formats.get(style.format, PLAIN), at.get("office:value-type", "")
            if kind == "percentage":
                shown = replace(shown, percent=True)
            elif kind == "currency" and "office:currency" in at:
                shown = replace(shown, signs=((at["office:currency"], "", True),))
            for column in range(cell.column, min(cell.column + cell.count, MAX_WIDTH)):
                place = row, column
                if shown != PLAIN and kind in ("float", "percentage", "currency"):
                    marks.shown.setdefault(shown, []).append(place)
                if style.bold:
                    marks.bold.add(place)
                if style.indent:
                    marks.indent[place] = style.indent
                if at.get("calcext:value-type") == "error":
                    table.errors[place] = cell.text
                elif not kind:
                    marks.unvalued[place] = "=" + at["table:formula"].partition("=")[2]


def _count(at: Mapping[str, str], what: str, most: int) -> int:
    """How many rows or columns an element stands for."""
    return min(_whole(at.get(f"table:number-{what}-repeated", "1")), most)


def _span(at: Mapping[str, str], what: str) -> int:
    return _whole(at.get(f"table:number-{what}-spanned", "1"))


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise BrokenWorkbook(text)
    return int(text)
