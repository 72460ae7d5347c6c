"""Tables as files: CSV that Excel shows rightly, XLSX whose numbers are numbers, neither a way in for formulas.

Every byte is made here, none taken from a clock or a random number, so that the same table is the
same file at build and in the browser. Reading is in ``tables``; which tables are written, and
the words in them, is for ``downloads``.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal
from xml.sax.saxutils import escape

Kind = Literal["text", "count", "money", "share", "number"]
"""What a column holds: ``count`` whole numbers, ``money`` whole fen, ``share`` a fraction shown as a
percentage, ``number`` a number with decimals. None is an empty cell, and a str in a column of numbers is a
number if it is written as one, else text."""

_FORMULA_STARTS: Final = "=+-@＝＋－＠"
_NUMERIC = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?%?", re.ASCII).fullmatch
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]+)?", re.ASCII).fullmatch
_DECIMALS: Final = 12

_LONGEST_TEXT: Final = 32_767  # of a cell, in Excel
_LONGEST_TITLE: Final = 31  # of a sheet, in Excel
_STORED_BELOW: Final = 1 << 20
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)


def write_csv(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """A table as CSV: UTF-8 with a BOM, CRLF, quotes where they are needed.

    A text that a spreadsheet would take for a formula (beginning with ``= + - @``, also full-width, with a
    control character, or with those behind spaces) gets a single quote in front; texts that are plain
    numbers stay as they are. int, Decimal and Fraction cells are numbers.

    >>> write_csv(["客户", "收入"], [["=1+1", "-5.00"]]).decode("utf-8-sig")
    "客户,收入\\r\\n'=1+1,-5.00\\r\\n"
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_csv_text(header) for header in headers])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _csv_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Fraction | Decimal):
        return _decimal(Fraction(value))
    return _csv_text(str(value))


def _csv_text(text: str) -> str:
    start = text.lstrip(" \u3000\xa0")[:1]
    if (start in _FORMULA_STARTS and start and not _NUMERIC(text)) or (start and unicodedata.category(start) == "Cc"):
        return f"'{text}"
    return text


def _decimal(value: Fraction) -> str:
    """A fraction with up to twelve decimals, halves rounded away from zero, without floats."""
    units, divisor = abs(value.numerator) * 10**_DECIMALS, value.denominator
    whole, decimals = divmod((2 * units + divisor) // (2 * divisor), 10**_DECIMALS)
    text = f"{whole}.{decimals:0{_DECIMALS}d}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and text != "0" else text


# --- XLSX ------------------------------------------------------------------------------------------

_STYLE: Final = {"text": 0, "count": 1, "money": 2, "share": 3, "number": 4, "quoted": 5, "header": 6}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_STYLES = f"""{_HEAD}<styleSheet xmlns="{_MAIN}">\
<numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.####"/></numFmts>\
<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="7">\
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/>\
<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>\
</cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


def write_xlsx(
    sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[object]], Sequence[str]]],
) -> bytes:
    """Sheets, each a title, headers, rows and the kinds of its columns, as a workbook.

    Money is written in the currency unit with two decimals, exactly. Text is text whatever it
    begins with; characters that XML cannot hold are left out. The header stays in sight. Titles are
    made to what Excel allows, and different.
    """
    strings: dict[str, int] = {}
    titles: list[str] = []
    for title, *_ in sheets:
        titles.append(_title(title, titles))
    parts = {
        f"xl/worksheets/sheet{number}.xml": _sheet(headers, rows, kinds, strings)
        for number, (_, headers, rows, kinds) in enumerate(sheets, 1)
    }
    numbers = range(1, len(sheets) + 1)
    named = "".join(
        f'<sheet name="{escape(title, {chr(34): "&quot;"})}" sheetId="{number}" r:id="rId{number}"/>'
        for number, title in zip(numbers, titles, strict=True)
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    for number, (kind, target) in enumerate((("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml"))):
        identity = len(sheets) + 1 + number
        relations += f'<Relationship Id="rId{identity}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_CONTENT}.worksheet+xml"/>'
        for number in numbers
    )
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    parts = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_CONTENT}.sheet.main+xml"/>{overrides}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_CONTENT}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_CONTENT}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{relations}</Relationships>",
        "xl/styles.xml": _STYLES,
        **parts,
        "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{_MAIN}" uniqueCount="{len(strings)}">{items}</sst>',
    }
    return _zipped({name: text.encode() for name, text in parts.items()})


def _zipped(parts: dict[str, bytes]) -> bytes:
    # Implementations of deflate differ (zlib, zlib-ng), so small workbooks, among them everything that a
    # build writes, are stored: the same bytes everywhere.
    small = sum(map(len, parts.values())) < _STORED_BELOW
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            part = zipfile.ZipInfo(name, _EARLIEST)
            part.create_system = 3
            part.compress_type = zipfile.ZIP_STORED if small else zipfile.ZIP_DEFLATED
            archive.writestr(part, content, compresslevel=6)
    return out.getvalue()


_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_WIDTHS_FROM: Final = 200


def _sheet(
    headers: Sequence[str], rows: Sequence[Sequence[object]], kinds: Sequence[str], strings: dict[str, int]
) -> str:
    letters = [_letters(index) for index in range(len(headers))]
    widths = [
        min(60, max(8, *(_width(str(cell)) + 3 for cell in column)))
        for column in zip(headers, *rows[:_WIDTHS_FROM], strict=True)
    ]
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(widths, 1)
    )
    lines = [
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'{f"<cols>{columns}</cols>" if columns else ""}<sheetData><row r="1">',
        *(
            _text(header, f"{letter}1", strings, _STYLE["header"])
            for letter, header in zip(letters, headers, strict=True)
        ),
        "</row>",
    ]
    placed = list(zip(letters, kinds, strict=True))
    for number, row in enumerate(rows, 2):
        lines.append(f'<row r="{number}">')
        lines += [
            _cell(value, kind, f"{letter}{number}", strings)
            for value, (letter, kind) in zip(row, placed, strict=True)
            if value is not None
        ]
        lines.append("</row>")
    lines.append("</sheetData></worksheet>")
    return "".join(lines)


def _cell(value: object, kind: str, reference: str, strings: dict[str, int]) -> str:
    number = None if kind in ("text", "key") else _number(value, kind)
    if number is not None:
        return f'<c r="{reference}" s="{_STYLE[kind]}"><v>{number}</v></c>'
    text = str(value)
    style = _STYLE["quoted" if text[:1] in _FORMULA_STARTS else "text"]
    return _text(text, reference, strings, style) if text else ""


def _number(value: object, kind: str) -> str | None:
    """A number as XML has it; None for what is none."""
    if isinstance(value, str):
        return value if _NUMBER(value) else None
    if isinstance(value, int) and kind == "money":  # by far the most, and fractions are slow
        return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"
    if isinstance(value, int | Fraction | Decimal):
        return _decimal(Fraction(value) / (100 if kind == "money" else 1))
    return None


def _text(text: str, reference: str, strings: dict[str, int], style: int) -> str:
    clean = _LOOKS_ESCAPED.sub("_x005F_", _ILLEGAL.sub("", text))[:_LONGEST_TEXT]
    return f'<c r="{reference}" s="{style}" t="s"><v>{strings.setdefault(clean, len(strings))}</v></c>'


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text[:60])


def _letters(index: int) -> str:
    before, last = divmod(index, 26)
    return (_letters(before - 1) if before else "") + chr(65 + last)


def _title(wanted: str, others: Sequence[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]", " ", wanted).strip(" '") or "Sheet"
    taken = {other.lower() for other in others}
    title, number = base[:_LONGEST_TITLE], 1
    while title.lower() in taken:
        number += 1
        title = f"{base[: _LONGEST_TITLE - len(str(number)) - 1]} {number}"
    return title
