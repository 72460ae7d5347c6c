"""The binary workbooks, .xls and .xlsb: what they say beside their cells' values, which calamine reads (``cells``).

Records and their fields are those of Microsoft's [MS-XLS] and [MS-XLSB]. What a value is as text is for ``workbook``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from struct import iter_unpack, unpack_from
from typing import Final

from calculators.engine.asks.limits import LARGE_AREA, MAX_AREA, MAX_MERGES, MAX_WIDTH
from calculators.engine.reads.cells import (
    PLAIN_LOOK,
    BeforeLong,
    BrokenWorkbook,
    Cells,
    Encrypted,
    Look,
    Place,
    TooMuch,
    UnpacksTooLarge,
    check_text,
    look_of,
    opened,
    reading,
    row_of,
    tables_of,
    values,
)
from calculators.engine.reads.xlsx import Parts

_ERRORS: Final[Mapping[int, str]] = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip


@dataclass
class _Table:
    """What is known of a sheet, and how far it reaches."""

    marks: Cells = field(default_factory=lambda: Cells([]))
    errors: dict[Place, str] = field(default_factory=dict)
    height: int = 0
    width: int = 0

    def row(self, row: int, *, level: int, hidden: bool) -> None:
        """Note what is said of a row as a whole."""
        if level:
            self.marks.outline[row] = level
        if hidden:
            self.marks.hidden_rows.add(row)

    def cell(self, place: Place, look: Look, error: int | None = None) -> None:
        """Note a filled cell; ``error`` is the code of Excel's error in it."""
        self.height, self.width = max(self.height, place[0] + 1), max(self.width, place[1] + 1)
        self.marks.mark(place, look)
        if error is not None:
            self.errors[place] = _ERRORS.get(error, "#VALUE!")


@dataclass
class _Styles:
    """The looks of cells, gathered from the records of a workbook's styles."""

    codes: dict[int, str] = field(default_factory=dict)
    bold: list[bool] = field(default_factory=list)
    cells: list[tuple[int, int, int]] = field(default_factory=list)
    """Number format, font and indentation of each."""

    def looks(self) -> list[Look]:
        """Return the looks by the numbers that cells have."""
        return [
            look_of(number, self.codes.get(number), bold=font < len(self.bold) and self.bold[font], indent=indent)
            for number, font, indent in self.cells
        ]


class BinaryWorkbook:
    """An .xls or .xlsb workbook, opened. Raises BrokenWorkbook, Encrypted or UnpacksTooLarge, here and in ``cells``,
    and here what ``before_long`` does.
    """

    def __init__(self, content: bytes, before_long: BeforeLong) -> None:
        with reading():
            read = _Xlsb(content) if content.startswith(b"PK") else _Xls(content)
            self._tables, self.from_1904 = read.tables, read.from_1904
            area = sum(table.height * table.width for table in self._tables.values())
            if area > MAX_AREA:
                raise UnpacksTooLarge
            if area > LARGE_AREA:
                before_long()
            check_text(sum(read.lengths[at] for at in read.shared if at < len(read.lengths)), before_long)
            self._book = opened(content)
            names, self.hidden = tables_of(self._book)
            self.names = tuple(name for name in names if name not in read.again)

    def row(self, name: str, at: int) -> tuple[object, ...]:
        """Return what a row says."""
        with reading():
            return row_of(values(self._book, name), at)

    def cells(self, name: str) -> Cells:
        """Return the cells of a sheet."""
        with reading():
            table = self._tables.get(name, _Table())
            if (merges := len(table.marks.merged)) > MAX_MERGES:
                raise TooMuch("tables.too_many_merges", sheet=name, count=merges, limit=MAX_MERGES)
            cells = replace(table.marks, rows=values(self._book, name))
            cells.write(table.errors.items())
            return cells


class _Xls:
    """The records of an .xls file, one stream of them for all sheets."""

    again: frozenset[str] = frozenset()
    """Sheets that are another's once more."""

    def __init__(self, content: bytes) -> None:
        self.tables: dict[str, _Table] = {}
        self.from_1904 = False
        self.lengths: list[int] = []
        """How long the texts are that cells share."""
        self.shared: list[int] = []
        """Which of them each cell has, of those that have one."""
        self._stream = _stream_of(content, ("Workbook", "Book"))
        self._left = 3 * len(self._stream)
        styles = _Styles()
        sheets: list[tuple[int, str]] = []
        for kind, data in self._records(0):
            match kind:
                case 0x809 if unpack_from("<H", data)[0] != _EXCEL_97:
                    return  # calamine knows the values of older ones, we nothing beside them
                case 0x2F:
                    raise Encrypted
                case 0x22:
                    self.from_1904 = data[0] == 1
                case 0x31:
                    if len(styles.bold) == _NO_FONT:
                        styles.bold.append(False)
                    styles.bold.append(unpack_from("<H", data, 6)[0] >= _BOLD)
                case 0x41E:
                    styles.codes[unpack_from("<H", data)[0]] = _short_text(data[4:], unpack_from("<H", data, 2)[0])
                case 0xE0:
                    font, number = unpack_from("<2H", data)
                    styles.cells.append((number, font, data[8] & 15))
                case 0x85:
                    sheets.append((unpack_from("<I", data)[0], _short_text(data[7:], data[6])))
        self.lengths = _lengths(self._texts())
        looks = styles.looks()
        for begin, name in sheets:
            self.tables[name] = self._table(begin, looks)

    def _records(self, at: int) -> Iterator[tuple[int, bytes]]:
        """Yield the records from a place in the stream to the next end."""
        stream = self._stream
        while at + 4 <= len(stream):
            kind, length = unpack_from("<2H", stream, at)
            self._left -= 4 + length
            if self._left < 0:
                raise BrokenWorkbook("sheets within one another")
            if kind == _END:
                return
            yield kind, stream[at + 4 : at + 4 + length]
            at += 4 + length

    def _texts(self) -> list[bytes]:
        """Return the records of the texts that cells share."""
        parts: list[bytes] = []
        for kind, data in self._records(0):
            if kind == 0xFC:  # noqa: PLR2004 - the standard's number, as all here
                parts.append(data[8:])
            elif kind == 0x3C and parts:  # noqa: PLR2004
                parts.append(data)
            elif parts:
                break
        return parts

    def _table(self, begin: int, looks: Sequence[Look]) -> _Table:
        table = _Table()
        for kind, data in self._records(begin):
            match kind:
                case 0x27E | 0x203 | 0xFD | 0x204 | 0xD6 | 0x205 | 0x06:
                    row, column, style = unpack_from("<3H", data)
                    error = None
                    if kind == 0xFD:  # noqa: PLR2004 - the standard's number, as all here
                        self.shared.append(unpack_from("<I", data, 6)[0])
                    if kind == 0x205 and data[7]:  # noqa: PLR2004 - the standard's number, as all here
                        error = data[6]
                    elif kind == 0x06 and data[12:14] == b"\xff\xff" and data[6] == 2:  # noqa: PLR2004
                        error = data[8]
                    table.cell((row, column), _look(looks, style), error)
                case 0xBD:
                    row, column = unpack_from("<2H", data)
                    for at, (style, _) in enumerate(iter_unpack("<HI", data[4 : 4 + (len(data) - 6) // 6 * 6])):
                        table.cell((row, column + at), _look(looks, style))
                case 0x208:
                    table.row(unpack_from("<H", data)[0], level=data[12] & 7, hidden=bool(data[12] & 0x20))
                case 0x7D:
                    first, last = unpack_from("<2H", data)
                    if data[8] & 1:
                        table.marks.hidden_columns.update(range(first, last + 1))
                case 0xE5:
                    areas = iter_unpack("<4H", data[2 : 2 + unpack_from("<H", data)[0] * 8])
                    table.marks.merged += [(top, left, bottom, right) for top, bottom, left, right in areas]
        return table


def _look(looks: Sequence[Look], style: int) -> Look:
    return looks[style] if style < len(looks) else PLAIN_LOOK


def _lengths(parts: Sequence[bytes]) -> list[int]:
    """Return how many characters each of the shared texts has, which go on from record to record."""
    found: list[int] = []
    at, rest = 0, iter(parts)
    part = next(rest, b"")
    while part:
        if at + 3 > len(part):
            part, at = next(rest, b""), 0
            continue
        length, flags = unpack_from("<HB", part, at)
        found.append(length)
        at += 3
        after = 0
        if flags & 8:
            after, at = 4 * unpack_from("<H", part, at)[0], at + 2
        if flags & 4:
            after, at = after + unpack_from("<I", part, at)[0], at + 4
        while part and length > (fits := (len(part) - at) >> (flags & 1)):
            length -= fits
            part = next(rest, b"")
            flags, at = part[0] if part else 0, 1
        at += (length << (flags & 1)) + after
        while part and at > len(part):
            at -= len(part)
            part = next(rest, b"")
    return found


def _short_text(data: bytes, length: int) -> str:
    """Return a text after its length: a byte that says how wide its characters are, and these."""
    return data[1 : 1 + 2 * length].decode("utf-16-le") if data[0] & 1 else data[1 : 1 + length].decode("latin-1")


def _stream_of(content: bytes, names: Sequence[str]) -> bytes:
    """Return a stream of an OLE file, which has sectors in chains, by the first of its names that is there."""
    size, small = 1 << unpack_from("<H", content, 30)[0], 1 << unpack_from("<H", content, 32)[0]
    directory, cutoff, small_table = (unpack_from("<I", content, at)[0] for at in (48, 56, 60))

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    def chain(first: int, following: Sequence[int]) -> list[int]:
        found = []
        while first < _LAST_SECTOR:
            found.append(first)
            if len(found) > len(following):
                raise BrokenWorkbook("sectors in a circle")
            first = following[first]
        return found

    tables = list(unpack_from("<109I", content, 76))
    more, left = unpack_from("<2I", content, 68)
    for _ in range(min(left, len(content) // size)):
        *numbers, more = (number for (number,) in iter_unpack("<I", sector(more)))
        tables += numbers
    del tables[len(content) // size // (size // 4) + 2 :]  # the rest would be of no sector
    following = [number for table in tables if table < _LAST_SECTOR for (number,) in iter_unpack("<I", sector(table))]

    def whole(first: int) -> bytes:
        return b"".join(map(sector, chain(first, following)))

    entries: dict[str, tuple[int, int]] = {}
    listed = whole(directory)
    for at in range(0, len(listed) - 127, 128):
        length = unpack_from("<H", listed, at + 64)[0]
        name = listed[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        entries.setdefault(name, unpack_from("<2I", listed, at + 116))
    found = next((entries[name] for name in names if name in entries), None)
    if found is None:
        raise BrokenWorkbook("no workbook in it")
    first, length = found
    if length >= cutoff:
        return whole(first)[:length]
    pieces = whole(entries["Root Entry"][0])
    after = [number for (number,) in iter_unpack("<I", whole(small_table))]
    return b"".join(pieces[number * small : (number + 1) * small] for number in chain(first, after))[:length]


class _Xlsb:
    """The records of an .xlsb file, whose parts are those of an XLSX but for what is in them."""

    def __init__(self, content: bytes) -> None:
        self.tables: dict[str, _Table] = {}
        self.from_1904 = False
        self._parts = Parts(content)
        related = self._parts.related("xl/workbook.bin")
        texts = next((name for kind, name in related.values() if kind == "sharedStrings"), "xl/sharedStrings.bin")
        self.lengths = [len(data) for kind, data in self._records(texts) if kind == 19]  # noqa: PLR2004 - the standard's
        self.shared: list[int] = []
        self.again: set[str] = set()
        done: set[str] = set()
        looks = self._looks(next((name for kind, name in related.values() if kind == "styles"), "xl/styles.bin"))
        for kind, data in self._records("xl/workbook.bin"):
            if kind == 153:  # noqa: PLR2004 - the standard's number, as all here
                self.from_1904 = bool(data[0] & 1)
            elif kind == 156:  # noqa: PLR2004
                relation, rest = _long_text(data[8:])
                name, _ = _long_text(rest)
                relation_kind, part = related.get(relation, ("", ""))
                if relation_kind == "worksheet" and part not in done:
                    done.add(part)
                    self.tables[name] = self._table(part, looks)
                elif relation_kind == "worksheet":
                    self.again.add(name)

    def _records(self, name: str) -> Iterator[tuple[int, bytes]]:
        """Yield the records of a part; their kinds and lengths take as many bytes as they need."""
        content = self._parts.read(name) or b""
        at = 0
        while at < len(content):
            kind = content[at]
            at += 1
            if kind & 0x80:
                kind = kind & 0x7F | (content[at] & 0x7F) << 7
                at += 1
            length = shift = 0
            while True:
                length |= (content[at] & 0x7F) << shift
                shift += 7
                at += 1
                if not content[at - 1] & 0x80 or shift > 21:  # noqa: PLR2004 - four bytes at the most
                    break
            yield kind, content[at : at + length]
            at += length

    def _looks(self, name: str) -> list[Look]:
        styles, is_cells = _Styles(), False
        for kind, data in self._records(name):
            match kind:
                case 44:
                    styles.codes[unpack_from("<H", data)[0]] = _long_text(data[2:])[0]
                case 43:
                    styles.bold.append(unpack_from("<H", data, 4)[0] >= _BOLD)
                case 617 | 618:
                    is_cells = kind == 617  # noqa: PLR2004 - where they begin; 618 is where they end
                case 47 if is_cells:
                    number, font = unpack_from("<2H", data, 2)
                    styles.cells.append((number, font, data[11]))
        return styles.looks()

    def _table(self, part: str, looks: Sequence[Look]) -> _Table:
        table, row = _Table(), 0
        for kind, data in self._records(part):
            match kind:
                case 0:
                    row = unpack_from("<I", data)[0]
                    table.row(row, level=data[11] & 7, hidden=bool(data[11] & 0x10))
                case 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11:
                    column, style = unpack_from("<2I", data)
                    if kind == 7:  # noqa: PLR2004 - the standard's number, as all here
                        self.shared.append(unpack_from("<I", data, 8)[0])
                    look = _look(looks, style & 0xFFFFFF)
                    table.cell((row, column), look, data[8] if kind in (3, 11) else None)
                case 60:
                    first, last = unpack_from("<2I", data)
                    if data[16] & 1:
                        table.marks.hidden_columns.update(range(first, min(last + 1, MAX_WIDTH)))
                case 176:
                    top, bottom, left, right = unpack_from("<4I", data)
                    table.marks.merged.append((top, left, bottom, right))
        return table


def _long_text(data: bytes) -> tuple[str, bytes]:
    """Return a text that begins with its length, none where that is the largest number, and what follows it."""
    length = unpack_from("<I", data)[0]
    end = 4 if length == _NONE else 4 + 2 * length
    return data[4:end].decode("utf-16-le"), data[end:]


_EXCEL_97: Final = 0x600
_END: Final = 0x0A
_BOLD: Final = 600
_NO_FONT: Final = 4  # by the standard the fonts are 0 to 3, and go on with 5
_LAST_SECTOR: Final = 0xFFFFFFFA
_NONE: Final = 0xFFFFFFFF
