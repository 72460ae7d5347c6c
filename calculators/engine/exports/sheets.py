"""Tables as XLSX whose numbers are numbers, and no way in for formulas.

No byte is taken from a clock or a random number, as in ``cells``. In the browser this module comes with the first
workbook that is written, and openpyxl with it (``downloads``).
"""

import datetime
import io
import itertools
import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

import openpyxl
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from calculators.engine.asks.currencies import decimals, minor_units
from calculators.engine.exports.cells import Formula, Typed

_FORMULA_STARTS: Final = "=+-@＝＋－＠﹦﹢﹣﹫"
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]+)?", re.ASCII).fullmatch
_DECIMALS: Final = 12

_LONGEST_TITLE: Final = 31  # of a sheet, in Excel
_STORED_BELOW: Final = 1 << 20
_EARLIEST: Final = datetime.datetime(1980, 1, 1)  # that a ZIP can say


def _decimal(value: Fraction) -> str:
    """A fraction with up to twelve decimals, halves rounded away from zero, without floats."""
    units, divisor = abs(value.numerator) * 10**_DECIMALS, value.denominator
    whole, decimals = divmod((2 * units + divisor) // (2 * divisor), 10**_DECIMALS)
    text = f"{whole}.{decimals:0{_DECIMALS}d}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and text != "0" else text


_FORMATS: Final[Mapping[str, str]] = {
    "count": "#,##0",
    "share": "0.00%",
    "share_beside": "0.00##########%",
    "number": "#,##0.####",
    "number_beside": "#,##0.############",
    "index": "0.0000",
    "index_beside": "0.0000########",
    "date": "yyyy-mm-dd",
}
"""What a column holds: ``count`` whole numbers, ``money`` amounts as held, in whole smallest units,
``share`` a fraction shown as a percentage, ``number`` a number with decimals, ``index`` one with four, each
``_beside`` a cut-off with as many as show on which side of it it is, ``date`` a calendar day; of any other kind is
text.
None is an empty cell, and a str in a column of numbers is a number if it is written as one, else text."""


def formats_of(currency: str) -> Mapping[str, str]:
    """Return the number format of each kind; money has the decimals of its currency.

    >>> [formats_of(currency)["money"] for currency in ("CNY", "JPY", "KWD")]
    ['#,##0.00', '#,##0', '#,##0.000']
    """
    places = decimals(currency)
    return {**_FORMATS, "money": f"#,##0.{'0' * places}" if places else "#,##0"}


def write_xlsx(
    sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[object]], Sequence[str]]], currency: str = "CNY"
) -> bytes:
    """Sheets, each a title, headers, rows and the kinds of its columns, as a workbook.

    Money is written in units of the ``currency`` with all its decimals, exactly. Text is text whatever it
    begins with; characters that XML cannot hold are left out. The header stays in sight. Titles are
    made to what Excel allows, and different. A Typed cell has its own kind, whatever its column's. A Formula is
    stored with its value, so that a reader that does not compute sees it too.
    """
    book = openpyxl.Workbook(write_only=True)
    book.properties.created = book.properties.modified = _EARLIEST
    titles: list[str] = []
    values: dict[str, list[str]] = {}
    for title, headers, rows, kinds in sheets:
        titles.append(_title(title, titles))
        computed = _fill(book.create_sheet(titles[-1]), headers, rows, kinds, currency)
        values[f"xl/worksheets/sheet{len(titles)}.xml"] = computed
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        ExcelWriter(book, archive).save()  # not book.save, which writes the clock's time
    return _repacked(saved, values)


_NO_VALUE = re.compile(rb"(?<=</f>)<v\s*(?:/>|></v>)")


def _with_values(content: bytes, values: Sequence[str]) -> bytes:
    following = iter(values)
    return _NO_VALUE.sub(lambda _: f"<v>{next(following)}</v>".encode(), content)


def _repacked(saved: io.BytesIO, values: Mapping[str, Sequence[str]]) -> bytes:
    """The same parts without the time, and without what the machine adds to a ZIP.

    ``values`` are those of each sheet's formulas in order: openpyxl writes formulas without one.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as archive, zipfile.ZipFile(out, "w") as repacked:
        # Implementations of deflate differ (zlib, zlib-ng), so small workbooks, among them everything that a
        # build writes, are stored: the same bytes everywhere.
        small = sum(part.file_size for part in archive.infolist()) < _STORED_BELOW
        for name in archive.namelist():
            part = zipfile.ZipInfo(name, _EARLIEST.timetuple()[:6])
            part.create_system = 3
            part.compress_type = zipfile.ZIP_STORED if small else zipfile.ZIP_DEFLATED
            content = archive.read(name)
            if values.get(name):
                content = _with_values(content, values[name])
            repacked.writestr(part, content, compresslevel=6)
    return out.getvalue()


_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # what XLSX takes for the code of a character
_WIDTHS_FROM: Final = 200


def _fill(
    sheet: Worksheet, headers: Sequence[str], rows: Sequence[Sequence[object]], kinds: Sequence[str], currency: str
) -> list[str]:
    """Write a sheet's cells and return the values of its formulas in order."""
    computed: list[str] = []
    sheet.freeze_panes = "A2"
    for number, column in enumerate(zip(headers, *rows[:_WIDTHS_FROM], strict=True), 1):
        width = min(60, max(8, *(_width(cell) + 3 for cell in column)))
        sheet.column_dimensions[get_column_letter(number)].width = width
    # One cell of each kind, filled anew for every value: a style for each would take most of the time.
    formats, one = formats_of(currency), minor_units(currency)
    cells = {kind: WriteOnlyCell(sheet) for kind in (*formats, "quoted", "header")}
    for kind, cell in cells.items():
        cell.number_format = formats.get(kind, "@")
    cells["quoted"].quotePrefix = True
    cells["header"].font = Font(bold=True)

    def filled(value: object, kind: str) -> Cell | str | None:
        if isinstance(value, Formula):
            computed.append(repr(_number(value.value, value.kind, one)))
            cells[value.kind].value = f"={value.text}"
            return cells[value.kind]
        if isinstance(value, Typed):
            kind, value = value.kind, value.value
        number = _number(value, kind, one)
        if number is not None:
            cells[kind].value = number
            return cells[kind]
        if kind == "date" and isinstance(value, datetime.date):
            cells[kind].value = value
            return cells[kind]
        text = "" if value is None else _ESCAPE.sub("_x005F_", _ILLEGAL.sub("", str(value)))
        if not text:
            return None
        if kind != "header" and text[0] not in _FORMULA_STARTS + "#":  # openpyxl takes "#N/A" for an error
            return text
        made = cells["header" if kind == "header" else "quoted"]
        made.value, made.data_type = text, "s"
        return made

    body = (zip(row, kinds, strict=True) for row in rows)
    for line in itertools.chain([zip(headers, itertools.repeat("header"))], body):
        sheet.append(filled(value, kind) for value, kind in line)  # type: ignore[arg-type]  # the stub's generators
    return computed


def _number(value: object, kind: str, one: int) -> float | None:
    """The number to store, an amount in units of which ``one`` is held; None for what is none, or stands among text."""
    numeric = kind in _FORMATS or kind == "money"
    if numeric and kind != "date" and isinstance(value, str):
        return float(value) if _NUMBER(value) else None
    if numeric and isinstance(value, int | Fraction | Decimal):
        return float(_decimal(Fraction(value) / (one if kind == "money" else 1)))
    return None


def _width(cell: object) -> int:
    text = str(cell.value if isinstance(cell, Typed | Formula) else cell)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text[:60])


def _title(wanted: str, others: Sequence[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]", " ", wanted).strip(" '") or "Sheet"
    taken = {other.lower() for other in others}
    title, number = base[:_LONGEST_TITLE], 1
    while title.lower() in taken:
        number += 1
        title = f"{base[: _LONGEST_TITLE - len(str(number)) - 1]} {number}"
    return title
