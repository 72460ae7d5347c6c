"""What `workbooks` measures, the same file in CPython and in the browser's Python."""

import datetime
import io
import random
import statistics
import time
import zipfile

import openpyxl

from calculators.engine.reads.workbook import Workbook

PARTS = ("before", "now")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def customers(rows: int) -> bytes:
    """Return an XLSX as Excel writes one: six columns, strings apart, amounts and dates with formats."""
    chance = random.Random(rows)
    strings = ["客户", "收入", "负责人", "区域", "日期", "备注", *(f"业务员{at}" for at in range(40)), "华东", "续约"]
    lines = ["".join(f'<c r="{letter}1" s="1" t="s"><v>{at}</v></c>' for at, letter in enumerate("ABCDEF"))]
    for at in range(2, rows + 2):
        lines.append(
            f'<c r="A{at}" t="s"><v>{len(strings)}</v></c><c r="B{at}" s="2"><v>{chance.randrange(10**9) / 100}</v></c>'
            f'<c r="C{at}" t="s"><v>{6 + at % 40}</v></c><c r="D{at}" t="s"><v>46</v></c>'
            f'<c r="E{at}" s="3"><v>{46023 + at % 90}</v></c><c r="F{at}" t="s"><v>47</v></c>'
        )
        strings.append(f"客户{at}")
    data = "".join(f'<row r="{at}" spans="1:6">{line}</row>' for at, line in enumerate(lines, 1))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="客户" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{one}</t></si>" for one in strings)}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts><font/><font><b/></font></fonts>'
        "<fills><fill><patternFill/></fill></fills>"
        "<borders><border/></borders>"
        '<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/><xf fontId="1"/>'
        '<xf numFmtId="4"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def before(content: bytes) -> list[list[str]]:
    """Read the first sheet as we did until 2026-11, with openpyxl, leaving out what was looked up beside its text."""
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False).worksheets[0]

    def text(value: object) -> str:
        if isinstance(value, float):
            return f"{value:.15g}"
        if isinstance(value, datetime.datetime):
            return value.date().isoformat()
        return "" if value is None else str(value)

    return [[text(cell.value) for cell in row] for row in sheet.iter_rows()]


def now(content: bytes) -> list[list[str]]:
    """Read the first sheet as we do."""
    book = Workbook(content)
    return book.sheet(book.names[0], "CNY").rows


def measure(rows: int, repeats: int) -> dict[str, float]:
    """Return the median milliseconds of both ways over the same workbook, in turn, and which read the same."""
    content = customers(rows)
    if before(content) != now(content):
        raise ValueError("they read differently")
    times: dict[str, list[float]] = {part: [] for part in PARTS}
    for _ in range(repeats):
        for part, read in (("before", before), ("now", now)):
            begun = time.perf_counter()
            read(content)
            times[part].append((time.perf_counter() - begun) * 1000)
    return {part: statistics.median(values) for part, values in times.items()}
