"""Makers of the files that people really drop: exports in every encoding, workbooks of several writers.

The workbooks of openpyxl and XlsxWriter are written by those, so that what is read is not what we
ourselves think a workbook is; what neither writes is put together by hand in ``workbook_of_parts``.
"""

import csv
import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence

import openpyxl
import xlsxwriter

from calculators.engine.asks.tables import ColumnSpec, TableSpec

CUSTOMERS = TableSpec(
    "customers",
    (
        ColumnSpec("customer", "text"),
        ColumnSpec("revenue", "money"),
        ColumnSpec("owner", "text", required=False),
        ColumnSpec("region", "text", required=False),
    ),
)

ENCODINGS: Mapping[str, Callable[[str], bytes]] = {
    "UTF-8": lambda text: text.encode("utf-8"),
    "UTF-8 with BOM": lambda text: text.encode("utf-8-sig"),
    "GB18030": lambda text: text.encode("gb18030"),
    "UTF-16 LE with BOM": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16 BE with BOM": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "UTF-16 LE without BOM": lambda text: text.encode("utf-16-le"),
    "UTF-16 BE without BOM": lambda text: text.encode("utf-16-be"),
}


def csv_text(rows: Sequence[Sequence[object]], delimiter: str = ",", end: str = "\r\n") -> str:
    """Rows as Python's csv module writes them."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def table(*rows: Sequence[object]) -> list[Sequence[object]]:
    """Rows with cells of any kinds."""
    return list(rows)


def openpyxl_file(
    sheets: Mapping[str, Sequence[Sequence[object]]],
    touch: Callable[[openpyxl.Workbook], None] = lambda _: None,
) -> bytes:
    """A workbook written by openpyxl; ``touch`` merges cells, sets formats, hides rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    touch(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsxwriter_file(rows: Sequence[Sequence[object]], *, constant_memory: bool = False) -> bytes:
    """A workbook written by XlsxWriter; in constant memory it writes its strings into the cells."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": constant_memory})
    sheet = book.add_worksheet("客户")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell)
    book.close()
    return out.getvalue()


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def workbook_of_parts(
    sheet_data: str,
    *,
    strings: str = "",
    styles: str = "",
    after: str = "",
    properties: str = "",
    prefix: str = "",
    strict: bool = False,
) -> bytes:
    """A workbook from XML by hand: the rows of its one sheet, and what stands around them.

    ``prefix`` is put before the names of the sheet's own elements by the caller; ``strict`` uses
    the namespaces of ISO's strict variant and targets from the root.
    """
    main, office = (_STRICT, _STRICT_OFFICE) if strict else (_MAIN, _OFFICE)
    namespace = f'xmlns:{prefix}="{main}"' if prefix else f'xmlns="{main}"'
    at = f"{prefix}:" if prefix else ""
    start = "/xl/" if strict else ""
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{content}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{content}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{content}.sharedStrings+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{content}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{properties}<sheets>'
        '<sheet name="客户" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="{start}worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{office}/sharedStrings" Target="{start}sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{office}/styles" Target="{start}styles.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": f"<{at}worksheet {namespace}><{at}sheetData>{sheet_data}</{at}sheetData>"
        f"{after}</{at}worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def ole_file(stream: str) -> bytes:
    """The beginning of an OLE file (an old .xls, an encrypted .xlsx) with the name of a stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)


def zip_file(*names: str) -> bytes:
    """A ZIP with parts of these names: how Word, ODS and Numbers files look from outside."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


def ods_file() -> bytes:
    """A list as .ods, with runs of equal rows and cells, blank and filled, and a formula that has no value."""
    text = 'office:value-type="string"'
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="名单"><table:table-column table:number-columns-repeated="16384"/>'
        f"<table:table-row><table:table-cell {text}><text:p>客户</text:p></table:table-cell>"
        f"<table:table-cell {text}><text:p>收入</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/>'
        f'</table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell {text}>'
        '<text:p>甲</text:p></table:table-cell><table:table-cell office:value-type="currency" office:currency="CNY" '
        'office:value="5"><text:p>5</text:p></table:table-cell></table:table-row>'
        f"<table:table-row><table:table-cell {text}><text:p>乙</text:p></table:table-cell>"
        '<table:table-cell table:formula="of:=[.B5]*2"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048569"><table:table-cell/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return out.getvalue()


def _record(kind: int, data: bytes) -> bytes:
    """A record of an .xlsb part."""
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(data)
    while size > 0x7F:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return number + length + bytes([size]) + data


def _wide(text: str) -> bytes:
    """A text as .xlsb has it."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb_file() -> bytes:
    """A list as .xlsb: a bold header, an indented and grouped name, euros, a percentage, an error, hidden parts."""

    def cell(kind: int, column: int, style: int, data: bytes) -> bytes:
        return _record(kind, struct.pack("<2I", column, style) + data)

    def row(number: int, level: int = 0, *, hidden: bool = False) -> bytes:
        return _record(0, struct.pack("<2IH2B", number, 0, 300, 0, level | hidden << 4) + bytes(1 + 4))

    def text(column: int, style: int, value: str) -> bytes:
        return cell(6, column, style, _wide(value))

    def number(column: int, style: int, value: float) -> bytes:
        return cell(5, column, style, struct.pack("<d", value))

    def font(weight: int) -> bytes:
        return _record(43, struct.pack("<3H", 220, 0, weight) + bytes(15) + _wide("Arial"))

    def look(code: int, font: int, indent: int) -> bytes:
        return _record(47, struct.pack("<5H2B", 0, code, font, 0, 0, 0, indent) + bytes(4))

    sheet = b"".join(
        [
            _record(129, b""), _record(148, struct.pack("<4I", 0, 4, 0, 2)),
            _record(390, b""), _record(60, struct.pack("<4IH", 2, 2, 2304, 0, 1)), _record(391, b""),
            _record(145, b""),
            row(0), text(0, 1, "客户"), text(1, 0, "收入"), text(2, 0, "占比"),
            row(1, 1), text(0, 2, "甲"), number(1, 0, 1200.5), number(2, 4, 0.125),
            row(2, hidden=True), text(0, 0, "乙"), number(1, 3, 600),
            row(3), text(0, 0, "丙"), cell(3, 1, 0, b"\x07"),
            row(4), text(0, 0, "丁"), number(1, 0, 240),
            _record(146, b""), _record(177, struct.pack("<I", 1)), _record(176, struct.pack("<4I", 6, 6, 0, 1)),
            _record(178, b""), _record(130, b""),
        ]
    )  # fmt: skip
    styles = b"".join(
        [
            _record(278, b""), _record(615, struct.pack("<I", 1)),
            _record(44, struct.pack("<H", 164) + _wide("[$€-407]#,##0")), _record(616, b""),
            _record(611, struct.pack("<I", 2)), font(400), font(700), _record(612, b""),
            _record(617, struct.pack("<I", 5)), look(0, 0, 0), look(0, 1, 0), look(0, 0, 2),
            look(164, 0, 0), look(10, 0, 0), _record(618, b""), _record(279, b""),
        ]
    )  # fmt: skip
    book = b"".join(
        [
            _record(131, b""), _record(153, struct.pack("<2I", 1, 0) + _wide("")),
            _record(143, b""), _record(156, struct.pack("<2I", 0, 1) + _wide("r1") + _wide("名单")), _record(144, b""),
            _record(132, b""),
        ]
    )  # fmt: skip
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
            'Target="xl/workbook.bin"/></Relationships>',
        )
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{relations}">'
            f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.bin"/>'
            f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.bin"/></Relationships>',
        )
        for name, content in {"workbook": book, "styles": styles, "worksheets/sheet1": sheet}.items():
            archive.writestr(f"xl/{name}.bin", content)
    return out.getvalue()
