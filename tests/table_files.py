"""Makers of the files that people really drop: exports in every encoding, workbooks of several writers.

The workbooks of openpyxl and XlsxWriter are written by those, so that what is read is not what we
ourselves think a workbook is; what neither writes is put together by hand in ``workbook_of_parts``.
"""

import csv
import io
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
