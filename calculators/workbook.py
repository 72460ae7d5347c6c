"""An XLSX workbook as rows of text, quickly and with what a cell means beside what it holds.

Written here rather than left to openpyxl because the meaning is in what that drops when it reads
fast: a number shown as a percentage or in dollars, a formula saved without its value, merged cells,
hidden rows; and because it takes three to four times as long for a hundred thousand rows. openpyxl is the judge
in the tests. Nothing here knows customers or amounts; writing workbooks is in ``sheets``.
"""

import datetime
import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Final, Literal
from xml.etree import ElementTree
from xml.parsers import expat

MAX_UNPACKED: Final = 700 * 1024 * 1024
"""Bytes that a workbook's parts may unpack to: more than a million rows need, less than a tab can hold."""

MAX_WIDTH: Final = 16_384
MAX_HEIGHT: Final = 1_048_576

_BROKEN: Final = (
    zipfile.BadZipFile, ElementTree.ParseError, expat.ExpatError, zlib.error, struct.error, KeyError, IndexError,
    ValueError, EOFError, NotImplementedError, RuntimeError, OverflowError, OSError, AttributeError,
)  # fmt: skip


class BrokenWorkbook(ValueError):  # noqa: N818 - the name states the finding
    """The file claims to be a workbook and cannot be read as one."""


class UnpacksTooLarge(ValueError):  # noqa: N818 - the name states the finding
    """The workbook's parts would unpack to more than MAX_UNPACKED."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows of text up to the last used cell of each, and what Excel knows beside the text."""

    rows: list[list[str]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged areas: first row, first column, last row, last column, from 0 and inclusive."""
    hidden_rows: int = 0
    formulas_without_value: int = 0


_Started = Callable[[str, dict[str, str]], None]
_Ended = Callable[[str], None]
_Meaning = Literal["number", "date", "percent"]


@dataclass(frozen=True)
class _Style:
    meaning: _Meaning = "number"
    currency: str = ""


class Workbook:
    """A workbook opened from bytes. Raises BrokenWorkbook or UnpacksTooLarge, here and in ``sheet``."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            if sum(part.file_size for part in self._zip.infolist()) > MAX_UNPACKED:
                raise UnpacksTooLarge
            self._names = {name.lower().lstrip("/"): name for name in self._zip.namelist()}
            self._open()
        except UnpacksTooLarge:
            raise
        except _BROKEN as error:
            raise BrokenWorkbook(str(error)) from error

    def _open(self) -> None:
        main = (
            next(
                target
                for kind, target in self._relations("_rels/.rels", "").values()
                if kind.endswith("/officeDocument")
            )
            if "_rels/.rels" in self._names
            else "xl/workbook.xml"
        )
        folder, name = posixpath.split(main)
        relations = self._relations(f"{folder}/_rels/{name}.rels", folder)
        tree = ElementTree.fromstring(self._part(main))
        properties = _child(tree, "workbookPr")
        self._since_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        self._paths: dict[str, str] = {}
        hidden = []
        for sheet in _every(tree, "sheet"):
            identity = next(value for key, value in sheet.attrib.items() if key.endswith("}id"))
            kind, path = relations[identity]
            if kind.endswith("/worksheet"):
                self._paths[sheet.get("name", "")] = path
                if sheet.get("state") in {"hidden", "veryHidden"}:
                    hidden.append(sheet.get("name", ""))
        self.hidden = tuple(hidden)
        paths = {kind.rpartition("/")[2]: path for kind, path in relations.values()}
        self._strings_path, self._styles_path = paths.get("sharedStrings"), paths.get("styles")
        self._strings: list[str] | None = None
        self._styles: list[_Style] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sheets that can hold a table, in the workbook's order."""
        return tuple(self._paths)

    def sheet(self, name: str, own_currency: str = "") -> Sheet:
        """The rows of one sheet. A number whose format shows another currency than ``own_currency``
        is given with its code (``USD 12.5``), a percentage with its sign, a date as ``2024-03-01``.
        """
        try:
            if self._strings is None:
                self._strings = self._read_strings()
            if self._styles is None:
                self._styles = self._read_styles()
            with self._zip.open(self._member(self._paths[name])) as stream:
                return _SheetReader(self._strings, self._styles, self._since_1904, own_currency).read(stream)
        except _BROKEN as error:
            raise BrokenWorkbook(str(error)) from error

    def _member(self, path: str) -> str:
        return self._names[path.lower().lstrip("/")]

    def _part(self, path: str) -> bytes:
        return self._zip.read(self._member(path))

    def _relations(self, path: str, folder: str) -> Mapping[str, tuple[str, str]]:
        if path.lower() not in self._names:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", ""),
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in ElementTree.fromstring(self._part(path))
        }

    def _read_strings(self) -> list[str]:
        if self._strings_path is None:
            return []
        strings: list[str] = []
        parts: list[str] = []
        phonetic = False

        def started(name: str, _: dict[str, str]) -> None:
            nonlocal phonetic
            if name.endswith("}si"):
                parts.clear()
            elif name.endswith("}t"):
                parser.CharacterDataHandler = None if phonetic else parts.append
            elif name.endswith("}rPh"):
                phonetic = True

        def ended(name: str) -> None:
            nonlocal phonetic
            if name.endswith("}t"):
                parser.CharacterDataHandler = None
            elif name.endswith("}si"):
                strings.append(_unescaped("".join(parts)))
            elif name.endswith("}rPh"):
                phonetic = False

        parser = _parser(started, ended)
        with self._zip.open(self._member(self._strings_path)) as stream:
            parser.ParseFile(stream)
        return strings

    def _read_styles(self) -> list[_Style]:
        if self._styles_path is None:
            return []
        tree = ElementTree.fromstring(self._part(self._styles_path))
        formats = {
            int(element.get("numFmtId", "0")): element.get("formatCode", "") for element in _every(tree, "numFmt")
        }
        cells = _child(tree, "cellXfs")
        return [_style(int(xf.get("numFmtId", "0")), formats) for xf in (cells if cells is not None else ())]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _child(element: ElementTree.Element, name: str) -> ElementTree.Element | None:
    return next((child for child in element if _local(child.tag) == name), None)


def _every(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (child for child in element.iter() if _local(child.tag) == name)


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def _parser(started: _Started, ended: _Ended) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = started, ended
    return parser


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


_BUILT_IN_DATES: Final = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
_BUILT_IN_PERCENTS: Final = frozenset({9, 10})
_FIRST_CUSTOM: Final = 164
_FORMAT_CURRENCIES: Final[Mapping[str, str]] = {
    "US$": "USD", "USD": "USD", "$": "USD", "€": "EUR", "EUR": "EUR", "HK$": "HKD", "HKD": "HKD", "£": "GBP",
    "GBP": "GBP", "JPY": "JPY",
    "NT$": "TWD", "TWD": "TWD", "₩": "KRW", "KRW": "KRW", "SGD": "SGD", "AUD": "AUD", "CAD": "CAD",
    "CHF": "CHF", "₹": "INR", "INR": "INR", "CNY": "CNY", "RMB": "CNY", "￥": "CNY", "¥": "CNY",
}  # fmt: skip
_YEN_LOCALE: Final = "411"


def _style(number: int, formats: Mapping[int, str]) -> _Style:
    if number in _BUILT_IN_DATES:
        return _Style("date")
    if number in _BUILT_IN_PERCENTS:
        return _Style("percent")
    # The built-in currency formats (5 to 8, 37 to 44) show whatever the reader's own Windows is set to.
    code = formats.get(number, "") if number >= _FIRST_CUSTOM else ""
    code = code.partition(";")[0]
    symbols = re.findall(r"\[\$([^\]-]*)-?([0-9A-Fa-f]*)\]", code)
    literals = re.findall(r'"([^"]*)"', code) + re.findall(r"\\(.)", code)
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.', "", code)
    if "%" in bare:
        return _Style("percent")
    if re.search(r"[ymdhs]", bare, re.IGNORECASE) and "general" not in bare.lower():
        return _Style("date")
    symbols += [(literal, "") for literal in literals] + [(sign, "") for sign in re.findall("[$€£¥￥₩₹]", bare)]
    for symbol, locale in symbols:
        currency = _FORMAT_CURRENCIES.get(symbol.strip().upper(), "")
        if currency:
            return _Style(currency="JPY" if locale.endswith(_YEN_LOCALE) and currency == "CNY" else currency)
    return _Style()


_SHORT_NUMBER = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]{1,3})?|-?[0-9]+", re.ASCII).fullmatch


def _number_text(written: str) -> str:
    """A number as Excel shows it in full: 15 significant digits, so that the noise of binary fractions
    (0.30000000000000004) is gone, never an exponent. Whole numbers stay as they are written.
    """
    if _SHORT_NUMBER(written):
        return written
    value = float(written)
    if value - value != 0:  # infinite, or not a number: for whoever reads amounts to refuse
        return written
    text = format(Decimal(f"{value:.15g}"), "f")
    return text if text != "-0" else "0"


def _date_text(written: str, since_1904: bool) -> str:
    try:
        days = float(written)
        start = datetime.datetime(1904, 1, 1) if since_1904 else datetime.datetime(1899, 12, 30)
        moment = start + datetime.timedelta(seconds=round(days * 86_400))
    except (ValueError, OverflowError):
        return written
    return moment.date().isoformat() if moment.time() == datetime.time() else moment.isoformat(" ")


class _SheetReader:
    """One pass over a sheet's XML, by expat's own events: a tree of a hundred thousand rows takes twice the time."""

    def __init__(self, strings: list[str], styles: list[_Style], since_1904: bool, own_currency: str) -> None:
        self._strings = strings
        self._styles = styles
        self._since_1904 = since_1904
        self._marked = frozenset(
            str(index)
            for index, style in enumerate(styles)
            if style.meaning != "number" or style.currency not in ("", own_currency)
        )
        self._rows: list[list[str]] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self._hidden = 0
        self._unvalued = 0

    def read(self, stream: IO[bytes]) -> Sheet:
        started, ended, text = self._handlers()
        parser = _parser(started, ended)
        parser.CharacterDataHandler = text
        parser.ParseFile(stream)
        return Sheet(self._rows, tuple(self._merged), self._hidden, self._unvalued)

    def _handlers(self) -> tuple[_Started, _Ended, _Ended]:  # noqa: PLR0915 - one state machine: see below
        # Closures over local names, in one piece: they run for each of a million cells, where attributes of
        # self or a function for each kind of element would double the time.
        rows, strings, marked, columns = self._rows, self._strings, self._marked, dict[str, int]()
        kinds: dict[str, str] = {}
        row: dict[str, str] = {}
        cell: dict[str, str] = {}
        cells: list[str] = []
        text: list[str] = []
        value = formula = inline = None
        phonetic = False

        def started(name: str, attributes: dict[str, str]) -> None:
            nonlocal row, cell, cells, value, formula, inline, phonetic
            kind = kinds.get(name) or kinds.setdefault(name, name.rpartition("}")[2])
            if kind == "c":
                cell = attributes
                value = formula = inline = None
            elif kind in {"v", "f", "t"}:
                text.clear()
            elif kind == "row":
                row, cells = attributes, []
            elif kind == "is":
                inline = ""
            elif kind == "rPh":
                phonetic = True
            elif kind == "mergeCell":
                self._merged.append(_area(attributes.get("ref", "")))

        def ended(name: str) -> None:  # noqa: PLR0912 - as above
            nonlocal value, formula, inline, phonetic
            kind = kinds[name]
            if kind == "v":
                value = "".join(text)
            elif kind == "c":
                # Most cells are a shared string or a plain number.
                sort = cell.get("t")
                if value and sort == "s":
                    found = strings[int(value)]
                elif value and sort is None and cell.get("s") not in marked:
                    found = value if _SHORT_NUMBER(value) else _number_text(value)
                elif inline is not None:
                    found = _unescaped(inline)
                else:
                    found = self._meaning(cell, value, formula)
                letters = cell.get("r", "").rstrip("0123456789")
                if letters not in columns:
                    columns[letters] = _column(letters) if letters else -1
                column = columns[letters]
                if column == -1:  # without references the cells stand side by side
                    cells.append(found)
                elif found:
                    if column < len(cells):
                        raise BrokenWorkbook("cells out of order")
                    if column > len(cells):
                        cells.extend([""] * (column - len(cells)))
                    cells.append(found)
            elif kind == "f":
                formula = "".join(text)
            elif kind == "t":
                if inline is not None and not phonetic:
                    inline += "".join(text)
            elif kind == "rPh":
                phonetic = False
            elif kind == "row":
                number = int(row.get("r") or len(rows) + 1)
                if not len(rows) < number <= MAX_HEIGHT:
                    raise BrokenWorkbook("rows out of order")
                if cells:
                    rows.extend([] for _ in range(number - len(rows) - 1))
                    rows.append(cells)
                    self._hidden += row.get("hidden") in {"1", "true"}

        return started, ended, text.append

    def _meaning(self, cell: Mapping[str, str], value: str | None, formula: str | None) -> str:
        kind = cell.get("t", "n")
        if not value:
            if formula is None or kind == "str":
                return ""
            self._unvalued += 1
            return f"={formula}"
        if kind == "n":
            marked = cell.get("s") in self._marked
            return self._marked_number(value, int(cell["s"])) if marked else _number_text(value)
        if kind == "s":
            return self._strings[int(value)]
        if kind == "b":
            return "TRUE" if value in {"1", "true"} else "FALSE"
        return value.replace("T00:00:00", "").replace("T", " ") if kind == "d" else _unescaped(value)

    def _marked_number(self, value: str, index: int) -> str:
        style = self._styles[index]
        if style.meaning == "date":
            return _date_text(value, self._since_1904)
        text = _number_text(value)
        if style.meaning == "percent":
            return f"{format((Decimal(text) * 100).normalize(), 'f')}%"
        return f"{style.currency} {text}"


def _column(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter.upper()) - 64
    if not 0 < index <= MAX_WIDTH:
        raise BrokenWorkbook(f"column {letters}")
    return index - 1


def _area(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    (left, top), (right, bottom) = (
        (_column(corner.rstrip("0123456789")), int(corner.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1)
        for corner in (first, last or first)
    )
    return top, left, bottom, right
