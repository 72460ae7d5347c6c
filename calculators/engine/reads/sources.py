"""A source of rows, whatever it is (a file, a paste, typed rows), as rows of text.

Here live the kinds of files that are told apart, and delimiters. In which encoding a text is that does not say so is
found in ``encodings``, what a cell of an XLSX says in ``workbook``; which row is the header and what the rows mean is
for others.
"""

import contextlib
import csv
import io
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from calculators.engine.asks.errors import Unusable
from calculators.engine.asks.limits import (
    LARGE_ROWS,
    LARGE_TEXT,
    MAX_BYTES,
    MAX_CELL,
    MAX_MARKS,
    MAX_ROWS,
    MAX_SHEETS,
)
from calculators.engine.reads.amounts import is_amount
from calculators.engine.reads.cells import Area
from calculators.engine.reads.delimited import OpenQuote, lines_of
from calculators.engine.reads.headings import HEADER_WITHIN, headings_known
from calculators.engine.reads.joined import Head, alike, joined, of_others, same_titles
from calculators.engine.reads.number_style import Number
from calculators.engine.reads.questions import Asking
from calculators.engine.reads.workbook import BrokenWorkbook, Encrypted, Sheet, TooMuch, Workbook, unpacked_size

_LISTED: Final = 20  # rows that a remark names
_LONGEST_SHOWN: Final = 60
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


# Accents and the like, more on one letter than may be: to put them into their order takes the square of their number.
_PAST_MARKS: Final = 0x20000
_IS_MARK: Final = np.array([unicodedata.combining(chr(code)) > 0 for code in range(_PAST_MARKS + 1)], dtype=np.bool_)
_FEW: Final = 100  # characters of a row whose marks are never too many
_TOGETHER: Final = 1 << 20  # characters of rows that are looked at together


def _is_piled(text: str) -> bool:
    """Return whether more marks than may be stand behind one another; a regular expression takes ten times as long."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    others = np.flatnonzero(~_IS_MARK[np.minimum(codes, _PAST_MARKS)])
    return bool(np.diff(others, prepend=-1, append=len(codes)).max() > MAX_MARKS + 1)


def _check_marks(rows: Sequence[tuple[int, list[str]]]) -> None:
    """Raise Refused where a cell of numbered rows has too many marks on a letter."""
    if rows and _is_piled("\n".join("\n".join(cells) for _, cells in rows)):
        for number, cells in rows:
            for column, cell in enumerate(cells, 1):
                if cell and _is_piled(cell):
                    raise Refused("tables.too_many_marks", row=number, column=column, limit=MAX_MARKS)


# What shows nothing at all: soft hyphens, spaces of no width, marks of direction, joiners, tags, selectors of a
# letter's variant, and the places that Unicode keeps for more of them. Hangul's fillers look like blanks.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_FILLERS: Final = dict.fromkeys((0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0), " ")
_ANY_ODD = re.compile(f"{_UNPRINTABLE.pattern}|{_INVISIBLE.pattern}|[{''.join(map(chr, _FILLERS))}]").search


def _seen(text: str) -> str:
    return text if text.isascii() else _INVISIBLE.sub("", text).translate(_FILLERS)


def clean(cell: str) -> str:
    """Return a cell without what cannot be printed and the blanks around it."""
    cell = _seen(cell)
    return _UNPRINTABLE.sub(" ", cell).strip() if _UNPRINTABLE.search(cell) else cell.strip()


def clean_all(cells: list[str]) -> list[str]:
    """Return a column's cells, each as `clean` gives it."""
    if _ANY_ODD("\x7e".join(cells)):
        return [clean(cell) for cell in cells]
    return [cell.strip() for cell in cells]


@dataclass(frozen=True)
class File:
    """A file as it was dropped or opened."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Pasted:
    """Text pasted from a spreadsheet: tabs between cells, as a rule."""

    text: str


@dataclass(frozen=True)
class Rows:
    """Rows that are apart already: lists of cells with the header first, or mappings from header to cell.

    Mappings get a header row of their own, row 1, so that the first of them is row 2, as in a sheet. ``aligned``
    and ``delimiter`` are as in `Grid`: rows kept of comma-separated text are not aligned.
    """

    rows: Sequence[Sequence[object]] | Sequence[Mapping[str, object]]
    aligned: bool = True
    delimiter: str = ""

    @classmethod
    def of(cls, rows: Iterable[object], *, aligned: bool = True, delimiter: str = "") -> "Rows":
        """Rows from JSON, where nothing is sure: what is neither list nor object is a row of one cell."""
        listed = [row if isinstance(row, list | tuple | Mapping) else [row] for row in rows]
        if listed and all(isinstance(row, Mapping) for row in listed):
            return cls([row for row in listed if isinstance(row, Mapping)], aligned, delimiter)
        return cls([list(row.values()) if isinstance(row, Mapping) else row for row in listed], aligned, delimiter)


Source = File | Pasted | Rows


@dataclass(frozen=True)
class Remark:
    """Something assumed or noticed that the reader should know; no row is lost by it."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Grid:
    """A table before anyone has looked for its header."""

    rows: list[list[str]]
    aligned: bool
    """Whether cells are known to stand under their headings; in comma-separated text an unquoted
    comma moves the rest of a row."""
    delimiter: str = ""
    """What stands between the cells of a text, or did before they were kept as rows; blank in workbooks."""
    remarks: list[Remark] = field(default_factory=list)
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    marks: Sheet = field(default_factory=lambda: Sheet([]))
    """What a workbook says beside the text of its rows: merged areas, rows that are hidden, grouped, bold and so on."""


class Refused(Unusable):
    """The source cannot be read as a table; ``tables`` turns it into InvalidInputs."""


@dataclass(frozen=True)
class Wanted:
    """What tells the right sheet of a workbook: how well rows fit, the more the better, and what is enough."""

    fit: Callable[[Sequence[Sequence[str]]], tuple[int, bool, int]]
    enough: tuple[int, bool, int]
    head: Callable[[Sequence[Sequence[str]], Sequence[Area]], Head | None]
    """Where rows have their headings, if they have; merged areas tell which rows are a header."""


def load(source: Source, sheet: str | None, currency: str, wanted: Wanted, asking: Asking) -> Grid:
    """Read the rows of a source: of a workbook those of ``sheet``, or of the first in sight that is ``wanted`` enough.

    Where none is, those of the sheet that fits best, the earlier of two alike; where none is in sight, of the first
    that has any. ``currency`` is the company's: numbers that a workbook shows in another are given with its code.
    Raises Refused, and Unanswered where a reader of much is to be asked first.
    """
    grid = _load(source, sheet, currency, wanted, asking)
    doubtful: list[tuple[int, list[str]]] = []
    length_of_doubtful = 0
    for number, row in enumerate(grid.rows, 1):
        if not row:
            continue
        joined = "".join(row)
        if len(joined) > MAX_CELL and (length := max(map(len, row))) > MAX_CELL:
            column = next(at for at, cell in enumerate(row, 1) if len(cell) == length)
            raise Refused("tables.cell_too_long", row=number, column=column, length=length, limit=MAX_CELL)
        if len(joined) > _FEW and not joined.isascii():
            doubtful.append((number, row))
            length_of_doubtful += len(joined)
            if length_of_doubtful > _TOGETHER:
                _check_marks(doubtful)
                doubtful, length_of_doubtful = [], 0
    _check_marks(doubtful)
    return grid


def _load(source: Source, sheet: str | None, currency: str, wanted: Wanted, asking: Asking) -> Grid:
    if isinstance(source, Pasted):
        if not source.text.strip():
            raise Refused("tables.empty_paste")
        if len(source.text) > MAX_BYTES:
            raise Refused("tables.too_large", name="", size=len(source.text) >> 20, limit=MAX_BYTES >> 20)
        return _split(source.text, asking)
    if isinstance(source, Rows):
        if len(source.rows) > LARGE_ROWS:  # of a plan; what was read from a file comes with the answer that it had
            _ask_whether(asking, "", sum(map(_length, source.rows)), is_large=True)
        return Grid(_typed_rows(source.rows), source.aligned, delimiter=source.delimiter)
    return _load_file(source, sheet, currency, wanted, asking)


def _typed_rows(rows: Sequence[Sequence[object]] | Sequence[Mapping[str, object]]) -> list[list[str]]:
    if rows and isinstance(rows[0], Mapping):
        records = [row for row in rows if isinstance(row, Mapping)]
        headers = list(dict.fromkeys(str(key) for record in records for key in record))
        return [headers, *([_typed_cell(record.get(header)) for header in headers] for record in records)]
    return [[cell if isinstance(cell, str) else _typed_cell(cell) for cell in row] for row in rows]


def _length(row: Sequence[object] | Mapping[str, object]) -> int:
    return sum(len(str(cell)) for cell in (row.values() if isinstance(row, Mapping) else row))


def _typed_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return Number(f"{value:.15g}")
    return str(value)


_MAGIC: Final = (
    (b"\x89PNG", "tables.image", "PNG"),
    (b"\xff\xd8\xff", "tables.image", "JPEG"),
    (b"GIF8", "tables.image", "GIF"),
    (b"BM", "tables.image", "BMP"),
    (b"RIFF", "tables.image", "WebP"),
    (b"II*\0", "tables.image", "TIFF"),
    (b"MM\0*", "tables.image", "TIFF"),
    (b"%PDF", "tables.not_a_table", "PDF"),
    (b"Rar!", "tables.not_a_table", "RAR"),
    (b"7z\xbc\xaf", "tables.not_a_table", "7-Zip"),
    (b"\x1f\x8b", "tables.not_a_table", "GZIP"),
    (b"{\\rtf", "tables.not_a_table", "RTF"),
    (b"SQLite format 3", "tables.not_a_table", "SQLite"),
)
_MAYBE_TEXT: Final = frozenset({b"BM", b"RIFF"})  # could begin a text, but a picture's header has zero bytes
_ZIPPED: Final = (
    ("word/", "tables.not_a_table", "Word"),
    ("ppt/", "tables.not_a_table", "PowerPoint"),
    ("index/document.iwa", "tables.other_workbook", "Numbers"),
    ("index.zip", "tables.other_workbook", "Numbers"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _load_file(file: File, sheet: str | None, currency: str, wanted: Wanted, asking: Asking) -> Grid:
    content = file.content
    if len(content) > MAX_BYTES:
        size = -(-len(content) >> 20)
        raise Refused("tables.too_large", name=file.name, size=size, limit=MAX_BYTES >> 20)
    if not content.strip(b"\0\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise Refused("tables.empty_file", name=file.name)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Refused("tables.encrypted", name=file.name)
        for stream, kind in (("WordDocument", "Word"), ("PowerPoint Document", "PowerPoint")):
            if stream.encode("utf-16-le") in content:
                raise Refused("tables.not_a_table", name=file.name, format=kind)
    if content.startswith((_OLE, b"PK\x03\x04")):
        return _load_workbook(file, sheet, currency, wanted, asking)
    for magic, code, kind in _MAGIC:
        if content.startswith(magic) and (magic not in _MAYBE_TEXT or b"\0" in content[:64]):
            raise Refused(code, name=file.name, format=kind)
    text, remarks = _decode(file, asking)
    start = text[:2000].lstrip().lower()
    if start.startswith("<"):
        xml = start.startswith("<?xml") and "<html" not in start
        raise Refused("tables.xml" if xml else "tables.html", name=file.name)
    if start.startswith(("{", "[{", "[[")):
        raise Refused("tables.json", name=file.name)
    grid = _split(text, asking, file.name)
    grid.remarks[:0] = remarks
    return grid


def _decode(file: File, asking: Asking) -> tuple[str, list[Remark]]:
    content = file.content
    for mark, encoding, name in (
        (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
        (b"\xff\xfe\0\0", "utf-32-le", "UTF-32"),
        (b"\xff\xfe", "utf-16-le", "UTF-16"),
        (b"\xfe\xff", "utf-16-be", "UTF-16"),
    ):
        if content.startswith(mark):
            return _with_doubt(content[len(mark) :], encoding, name, file, marked=True)
    beginning = content[: 1 << 16]
    if b"\0" in beginning:
        # Chinese may have zero bytes at either place (一 is 4E00), but no letter is a line's end turned round.
        little, big = (len(re.findall("[\r\n]", beginning.decode(f"utf-16-{end}", "ignore"))) for end in ("le", "be"))
        if little == big:
            raise Refused("tables.binary", name=file.name)
        return _with_doubt(content, "utf-16-le" if little > big else "utf-16-be", "UTF-16", file)
    if b"\x1b$" in beginning:
        from calculators.engine.reads import encodings  # noqa: PLC0415 - as below

        if one := encodings.escaped(content):
            return _with_doubt(content, one.code, one.name, file)
    with contextlib.suppress(UnicodeDecodeError):
        return content.decode("utf-8"), []
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    # A file cut in the middle of a character is still UTF-8; one in another encoding is damaged throughout.
    if damaged * 20 <= len(text) - len(text.encode("ascii", "ignore")):
        return _with_doubt(content, "utf-8", "UTF-8", file)
    # Not with the module: most texts are in UTF-8, and all would wait for the letters of every language.
    from calculators.engine.reads import encodings  # noqa: PLC0415

    found, likely = encodings.possible(content)
    if not found:
        raise Refused("tables.binary", name=file.name)
    chosen = found[0]
    if len(found) > 1:
        telling = encodings.telling(content)
        shown = {f"as.{one.code}": {"encoding": one.name, "cells": _letters(telling, one.code)} for one in found}
        answer = asking.ask("encoding", {"name": file.name}, shown, assumed=next(iter(shown)) if likely else None)
        chosen = next(one for one in found if answer == f"as.{one.code}")
    return _with_doubt(content, chosen.code, chosen.name, file)


def _letters(content: bytes, code: str) -> list[str]:
    """Return the first cells with other letters than ASCII, as they are in an encoding."""
    text = content.decode(code, "replace")
    cells = (clean(cell).strip('"') for line in text.splitlines() for cell in re.split(r"[,;\t|]", line))
    return [cell[:_LONGEST_SHOWN] for cell in itertools.islice(filter(lambda cell: not cell.isascii(), cells), 3)]


def _with_doubt(
    content: bytes, encoding: str, name: str, file: File, *, marked: bool = False
) -> tuple[str, list[Remark]]:
    """The text in an encoding that the bytes state or suggest, with a few damaged characters at the most."""
    code = "tables.encoding_marked" if marked else "tables.encoding"
    said = [] if name == "UTF-8" else [Remark(code, {"encoding": name})]
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode(encoding, "replace")
        damaged = text.count("\ufffd")
        if damaged * 200 > len(text):
            raise Refused("tables.binary", name=file.name) from None
        said.append(Remark("tables.damaged_characters", {"count": damaged}))
    control = len(re.findall("[\0-\x08\x0e-\x1f]", text[:4000]))
    if control * 50 > min(len(text), 4000):
        raise Refused("tables.binary", name=file.name)
    return text, said


def _ask_whether(asking: Asking, name: str, size: int, *, is_large: bool) -> None:
    """Ask whether much is to be read. Raises Refused where it is not."""
    if is_large:
        options: dict[str, dict[str, object]] = {"read": {}, "leave": {}}
        if asking.ask_first("large", {"name": name, "size": max(1, size >> 20)}, options) == "leave":
            raise Refused("tables.left_unread", name=name)


def _load_workbook(file: File, sheet: str | None, currency: str, wanted: Wanted, asking: Asking) -> Grid:
    try:
        size = unpacked_size(file.content)

        def before_long() -> None:
            _ask_whether(asking, file.name, size, is_large=True)

        book = Workbook(file.content, before_long)
        if not book.names:
            raise BrokenWorkbook("no sheets")
        if len(book.names) > MAX_SHEETS:
            raise TooMuch("tables.too_many_sheets", count=len(book.names), limit=MAX_SHEETS)
        if sheet is not None and sheet not in book.names:
            raise Refused("tables.no_such_sheet", sheet=sheet, sheets=list(book.names))
        visible = [name for name in book.names if name not in book.hidden]
        picked = _picked(book, visible, currency, wanted) if sheet is None else (sheet, book.sheet(sheet, currency))
        content, remarks = _ask_about_alike(book, picked, wanted, asking, currency, is_chosen=sheet is not None)
        if sum(map(bool, content.rows)) > LARGE_ROWS:  # of several sheets
            before_long()
    except TooMuch as beyond:
        raise Refused(beyond.code, name=file.name, **beyond.params) from None
    except Encrypted:
        raise Refused("tables.encrypted", name=file.name) from None
    except BrokenWorkbook:
        raise _what_instead(file) from None
    if not content.rows:
        raise Refused("tables.empty_sheet", sheet=picked[0])
    grid = Grid(content.rows, aligned=True, remarks=remarks, sheets=book.names, sheet=picked[0], marks=content)
    if sheet is None and len(visible) > 1 and not remarks:
        choice = {"sheet": picked[0], "sheets": visible, "count": len(visible)}
        grid.remarks.append(Remark("tables.sheet_chosen", choice))
    for count, code in (
        (len(content.hidden_rows), "tables.hidden_rows"),
        (len(content.unvalued), "tables.formulas_without_value"),
        (content.scaled_numbers, "tables.scaled_numbers"),
        (int(content.formats_lost), "tables.formats_lost"),
    ):
        if count:
            grid.remarks.append(Remark(code, {"count": count}))
    return grid


def _picked(book: Workbook, visible: Sequence[str], currency: str, wanted: Wanted) -> tuple[str, Sheet]:
    """Return the sheet to read where the reader has chosen none: the one in sight that is wanted, else a hidden one."""
    candidates = [*visible, *book.hidden]
    for chosen in candidates:
        content = book.sheet(chosen, currency)
        if content.rows and chosen in visible:
            return _fitting(book, visible[visible.index(chosen) :], content, currency, wanted)
        if content.rows:
            return chosen, content
    return candidates[0], content


def _fitting(book: Workbook, names: Sequence[str], first: Sheet, currency: str, wanted: Wanted) -> tuple[str, Sheet]:
    """Return the sheet that is wanted; ``first`` is the first of ``names``, and no more are opened than needed."""
    chosen, content, best = names[0], first, wanted.fit(first.rows)
    for name in names[1:]:
        if best >= wanted.enough:
            break
        other = book.sheet(name, currency)
        if (fits := wanted.fit(other.rows)) > best:
            chosen, content, best = name, other, fits
    return chosen, content


def _ask_about_alike(
    book: Workbook, picked: tuple[str, Sheet], wanted: Wanted, asking: Asking, currency: str, *, is_chosen: bool
) -> tuple[Sheet, list[Remark]]:
    """Ask whether a sheet alone is meant where others have its headings, and join them all where they are."""
    chosen, content = picked
    head = wanted.head(content.rows, content.merged)
    found = () if head is None or chosen in book.hidden else alike(book, chosen, head.at)
    again = of_others(found) - {chosen}
    names = [name for name in found if name not in again]
    if head is None or len(names) < 2:  # noqa: PLR2004 - itself and another
        return content, []
    options: dict[str, dict[str, object]] = {"all": {"count": len(names)}, "one": {"sheet": chosen}}
    shown = {"count": len(names), "sheets": names[:_LISTED]}
    if asking.ask("sheets", shown, options, assumed="one" if is_chosen else None) == "one":
        return content, []
    if asking.open:
        return content, []  # nothing is read beside it before it is wanted
    sheets = {name: content if name == chosen else book.sheet(name, currency) for name in names}
    titles = {name: sheet.rows[: head.at] for name, sheet in sheets.items()}
    apart = [name for name in names if not same_titles(titles[chosen], titles[name], (chosen, name))]
    kept = {name: sheet for name, sheet in sheets.items() if name not in apart}
    remarks = []
    if unused := [name for name in found if name in again or name in apart]:
        remarks.append(Remark("tables.sheets_apart", {"count": len(unused), "sheets": unused[:_LISTED]}))
    if len(kept) == 1:
        return content, remarks
    heading = "Sheet" if "".join(content.rows[head.at]).isascii() else "工作表"
    whole, begins = joined(kept, head, heading)
    rows = [row + 1 for row in begins.values()][:_LISTED]
    said = {"count": len(kept), "sheets": list(kept)[:_LISTED], "rows": rows, "header": heading}
    return whole, [Remark("tables.sheets_joined", said), *remarks]


def _what_instead(file: File) -> Refused:
    """What a file that is no workbook is: of a ZIP from the names of its parts, which a damaged one still shows."""
    if file.content.startswith(_OLE):
        return Refused("tables.broken_workbook", name=file.name)
    found = re.findall(rb"PK\x03\x04.{26}(?=([\x20-\x7e]{1,60}))", file.content, re.DOTALL)
    names = [name.decode("ascii").lower() for name in found]
    for beginning, code, kind in _ZIPPED:
        if any(name.startswith(beginning) for name in names):
            return Refused(code, name=file.name, format=kind)
    if any(name.startswith(("xl/", "content.xml")) for name in names):
        return Refused("tables.broken_workbook", name=file.name)
    return Refused("tables.not_a_table", name=file.name, format="ZIP")


def _split(text: str, asking: Asking, name: str = "") -> Grid:
    """Delimited text as rows; the delimiter is the one under which the beginning looks most like a table."""
    _ask_whether(asking, name, len(text), is_large=len(text) > LARGE_TEXT)
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    declared = re.fullmatch(r"\"?sep=([^\w\s\"]|\t)\"?\s*", first, re.IGNORECASE)
    if declared:
        text = rest  # as Excel shows it: the line is not a row
    delimiter = declared[1] if declared else _delimiter(text)

    def are_rows(row: int, cell: str) -> bool:
        shown = {"row": row, "cell": clean(cell)[:_LONGEST_SHOWN]}
        return asking.ask("quotes", shown, {"rows": {}, "cell": {}}) == "rows"

    try:
        read = lines_of(text, delimiter, MAX_ROWS + HEADER_WITHIN, are_rows)
    except OpenQuote as quote:
        raise Refused("tables.unclosed_quote", row=quote.row) from None
    if read.too_many:
        raise Refused("tables.too_many_rows", limit=MAX_ROWS)
    if len(text) <= LARGE_TEXT:  # of short rows there may be many
        _ask_whether(asking, name, len(text), is_large=sum(map(bool, read.rows)) > LARGE_ROWS)
    mended = {"count": len(read.mended), "rows": read.mended[:_LISTED]}
    remarks = [Remark("tables.quote_mended", mended)] if read.mended else []
    return Grid(read.rows, aligned=delimiter == "\t", delimiter=delimiter, remarks=remarks)


def _delimiter(text: str) -> str:
    sample = "".join(itertools.islice(io.StringIO(text[: 1 << 16], newline=""), 50))

    def score(delimiter: str) -> tuple[int, int, int, int]:
        try:
            rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if any(row)]
        except csv.Error:
            return (0, 0, 0, 0)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            return (0, 0, 0, 0)
        width, regular = max(widths.items(), key=lambda item: (item[1], item[0]))
        known = max(sum(headings_known(cell) for cell in row) for row in rows[:HEADER_WITHIN])
        amounts = sum(any(is_amount(cell) for cell in row) for row in rows)
        return (known if known > 1 else 0, regular, amounts, width)

    scores = {delimiter: score(delimiter) for delimiter in "\t;,|"}
    if scores["\t"][1] and scores["\t"][:2] >= max(scores[mark][:2] for mark in ";,|"):
        return "\t"  # nobody types a tab inside a cell
    return max(";,|", key=lambda mark: (scores[mark], mark == ","))
