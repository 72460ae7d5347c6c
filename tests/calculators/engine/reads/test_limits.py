"""No list takes long or much memory, whatever is in it; what goes beyond a limit is refused in one sentence."""

import io
import struct
import sys
import time
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.settings import Settings
from calculators.engine.reads.binary import _lengths
from calculators.engine.reads.delimited import lines_of
from calculators.engine.reads.names import possibly_same
from calculators.engine.reads.sources import File, Pasted, Rows, Source, clean
from calculators.engine.reads.tables import Asked, read_table
from calculators.engine.shows.text import LANGUAGES, Text
from tests.bounded import MOST_SECONDS, within
from tests.table_files import CUSTOMERS, ods_file, workbook_of_parts

HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>客户</t></is></c><c r="B1" t="inlineStr"><is><t>收入</t></is></c></row>'
)
ROW = '<row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="B2"><v>5</v></c></row>'
THIRD = '<row r="3"><c r="A3" t="inlineStr"><is><t>{}</t></is></c></row>'
UNVALUED = '<row r="3"><c r="A3" t="inlineStr"><is><t>乙</t></is></c><c r="B3"><f>B2*2</f></c></row>'


def book(rows: str = HEADER + ROW, **around: str) -> File:
    """Return a workbook of these rows."""
    return File("名单.xlsx", workbook_of_parts(rows, **around))  # type: ignore[arg-type]  # texts only


def changed(file: File, part: str, change: Callable[[bytes], bytes]) -> File:
    """Return a workbook with one part changed, packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file.content)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            content = read.read(name)
            written.writestr(name, change(content) if part in name else content)
    return File(file.name, out.getvalue())


def merged(*areas: str) -> str:
    """Return merged areas as a sheet has them after its rows."""
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return f"<mergeCells>{cells}</mergeCells>"


def stating(dimension: str) -> File:
    """Return a workbook whose sheet says that it has such a size, with a formula that has no value."""
    said = f'<dimension ref="{dimension}"/><sheetData>'.encode()
    return changed(book(HEADER + ROW + UNVALUED), "sheet1", lambda sheet: sheet.replace(b"<sheetData>", said))


def formatted(code: str) -> File:
    """Return a workbook with an amount in a number format."""
    styles = (
        f'<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>'
    )
    return book(HEADER + ROW.replace('"B2"', '"B2" s="1"'), styles=styles)


def bomb(megabytes: int) -> File:
    """Return a small workbook that unpacks to a large one."""
    blank = b'<row r="3">' + b"<c/>" * (megabytes * 262_144) + b"</row></sheetData>"
    return changed(book(), "sheet1", lambda sheet: sheet.replace(b"</sheetData>", blank))


def claiming(megabytes: int) -> File:
    """Return a workbook whose directory says that a part unpacks to so much."""
    content = bytearray(book().content)
    at = content.rfind(b"xl/worksheets/sheet1.xml") - 46 + 24
    content[at : at + 4] = (megabytes << 20).to_bytes(4, "little")
    return File("名单.xlsx", bytes(content))


def opendocument(rows: str) -> File:
    """Return an .ods with these rows after its own."""
    last = b'<table:table-row table:number-rows-repeated="1048569">'
    return changed(
        File("名单.ods", ods_file()),
        "content.xml",
        lambda content: content.replace(last, rows.encode() + last[:-9] + b'9">'),
    )


def repeated(rows: int, columns: int, text: str = "5") -> str:
    """Return a row of an .ods that stands for many, of one cell that stands for many."""
    return (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string" '
        f'table:number-columns-repeated="{columns}"><text:p>{text}</text:p></table:table-cell></table:table-row>'
    )


def sharing(cells: int, length: int) -> File:
    """Return a workbook of many cells that share one text."""
    rows = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(3, cells + 3))
    return book(HEADER + ROW + rows, strings=f"<si><t>{'x' * length}</t></si>")


def of_sheets(count: int, part: str = "x{}") -> File:
    """Return a workbook that names so many sheets, each by another part or all by one."""
    sheets = "".join(f'<sheet name="s{at}" sheetId="{at}" r:id="{part.format(at)}"/>' for at in range(2, count + 1))
    return changed(
        book(), "xl/workbook.xml", lambda content: content.replace(b"</sheets>", sheets.encode() + b"</sheets>")
    )


@dataclass(frozen=True)
class Beyond:
    """An input that goes beyond a limit, and what is said of it."""

    name: str
    source: Callable[[], Source]
    code: str
    zh: str
    en: str
    params: Mapping[str, object] = field(default_factory=dict)


BEYOND = (
    Beyond(
        "a heading of 100,000 brackets",
        lambda: Pasted("客户,收入" + "(" * 100_000 + "\n甲,5\n"),
        "cell_too_long",
        "第 1 行第 2 列的一格有 100,002 个字符，最多能读 32,767 个，Excel 也是。请把这一格改短或拆开。",
        "The cell in row 1, column 2 has 100,002 characters; 32,767 is the most that can be read, in Excel too. "
        "Shorten it or split it.",
    ),
    Beyond(
        "100,000 commas in a row without a name",
        lambda: Pasted("客户\t收入\n甲\t5\n\t" + "," * 100_000 + "\n"),
        "cell_too_long",
        "第 3 行第 2 列的一格有 100,000 个字符，最多能读 32,767 个，Excel 也是。请把这一格改短或拆开。",
        "The cell in row 3, column 2 has 100,000 characters; 32,767 is the most that can be read, in Excel too. "
        "Shorten it or split it.",
    ),
    Beyond(
        "1,000 names with 7,000 accents each",
        lambda: Pasted("客户,收入\n甲,5\n" + ("乙" + "\u0301\u0323" * 3_500 + ",5\n") * 1_000),
        "too_many_marks",
        "第 3 行第 1 列的一格里，一个字上叠了 30 个以上的附加符号，没有哪种文字会这样写。请重新输入这一格。",
        "In the cell in row 3, column 1 more than 30 accents or other marks stand on one letter, which no language has. "
        "Type the cell anew.",
    ),
    Beyond(
        "a quote in each of 200,000 rows, and none is closed",
        lambda: Pasted("客户,收入\n" + '"甲,5\n' * 200_000),
        "unclosed_quote",
        "从第 10002 行开始有一个英文双引号没有配对，后面的内容都连成了一格。请补上或删掉这个引号。",
        "A double quote opened in row 10002 is never closed, so everything after it became one cell. Close the quote or delete it.",
    ),
    Beyond(
        "12,000,000 quotes in a line",
        lambda: Pasted('客户,收入\n甲,5\n"乙,6\n丙,7\n' + '""' * 6_000_000 + "\n"),
        "unclosed_quote",
        "从第 5 行开始有一个英文双引号没有配对，后面的内容都连成了一格。请补上或删掉这个引号。",
        "A double quote opened in row 5 is never closed, so everything after it became one cell. Close the quote or delete it.",
    ),
    Beyond(
        "1,000 cells of 2,000 lines",
        lambda: Pasted("客户,收入\n" + ('"甲\n' + "x\n" * 2_000 + '",5\n') * 1_000),
        "unclosed_quote",
        "从第 2 行开始有一个英文双引号没有配对，后面的内容都连成了一格。请补上或删掉这个引号。",
        "A double quote opened in row 2 is never closed, so everything after it became one cell. Close the quote or delete it.",
    ),
    Beyond(
        "a heading of 30,000 characters",
        lambda: Pasted("客户\t收入\t" + "[" * 30_000 + "\n甲\t5\t6\n"),
        "heading_too_long",
        "第 1 行第 3 列的表头（“[[[[[[[[[[[[[[[[[[[[…”）有 30,000 个字符，最多能读 1,000 个。请把表头改短。",
        "The heading in row 1, column 3 (“[[[[[[[[[[[[[[[[[[[[…”) has 30,000 characters; 1,000 is the most that can be "
        "read. Shorten it.",
    ),
    Beyond(
        "a number format of 60,000 letters",
        lambda: formatted("[$" + "A" * 60_000),
        "format_too_long",
        "“名单.xlsx”里有一个数字格式（“[$AAAAAAAAAAAAAAAAAA…”）长 60,002 个字符，最多能读 255 个，Excel 也是。"
        "请用 Excel 或 WPS 打开，另存为新的 .xlsx。",
        "“名单.xlsx” has a number format (“[$AAAAAAAAAAAAAAAAAA…”) of 60,002 characters; 255 is the most that can be read, "
        "in Excel too. Open it in Excel and save it as a new .xlsx.",
    ),
    Beyond(
        "200,000 merged areas",
        lambda: book(after=merged(*["A2:XFD1048576"] * 200_000)),
        "too_many_merges",
        "“名单.xlsx”的工作表“客户”有 200,000 处合并单元格，最多能读 100,000 处。请取消合并，或另存为 CSV。",
        "The sheet “客户” of “名单.xlsx” has 200,000 merged areas; 100,000 is the most that can be read. Unmerge them, or "
        "save it as CSV.",
    ),
    Beyond(
        "XML 200,000 deep",
        lambda: book(styles="<a>" * 200_000 + "</a>" * 200_000),
        "too_deep",
        "“名单.xlsx”的 xl/styles.xml 里标签套了 64 层以上，表格软件写不出这样的文件。请用 Excel 或 WPS 打开，另存为新的 .xlsx。",
        "In “名单.xlsx”, xl/styles.xml has tags more than 64 deep within one another, which no spreadsheet program writes. "
        "Open it in Excel and save it as a new .xlsx.",
    ),
    Beyond(
        "thirty megabytes in thirty kilobytes",
        lambda: bomb(30),
        "packed_too_tight",
        "“名单.xlsx”解压后有 30 MB，是文件本身的 200 多倍，不像一份名单。请用 Excel 或 WPS 打开，另存为 CSV。",
        "“名单.xlsx” unpacks to 30 MB, more than 200 times its own size, which no list does. Open it in Excel and save it "
        "as CSV.",
    ),
    Beyond(
        "720 MB in a zip",
        lambda: claiming(720),
        "unpacks_too_large",
        "“名单.xlsx”解压后超过 400 MB，浏览器放不下。请删去用不到的工作表和列，或另存为 CSV。",
        "“名单.xlsx” unpacks to more than 400 MB, more than a browser can hold. Delete sheets and columns you do not need, "
        "or save it as CSV.",
    ),
    Beyond(
        "30,000 cells that share a text of 30,000 characters",
        lambda: sharing(30_000, 30_000),
        "unpacks_too_large",
        "“名单.xlsx”解压后超过 400 MB，浏览器放不下。请删去用不到的工作表和列，或另存为 CSV。",
        "“名单.xlsx” unpacks to more than 400 MB, more than a browser can hold. Delete sheets and columns you do not need, "
        "or save it as CSV.",
    ),
    Beyond(
        "a text of 30,000 characters that an .ods repeats 30,000 times",
        lambda: opendocument(repeated(300, 100, "x" * 30_000)),
        "unpacks_too_large",
        "“名单.ods”解压后超过 400 MB，浏览器放不下。请删去用不到的工作表和列，或另存为 CSV。",
        "“名单.ods” unpacks to more than 400 MB, more than a browser can hold. Delete sheets and columns you do not need, "
        "or save it as CSV.",
    ),
    Beyond(
        "a cell that an .ods repeats in every place of a sheet",
        lambda: opendocument(repeated(1_000_000, 16_384)),
        "unpacks_too_large",
        "“名单.ods”解压后超过 400 MB，浏览器放不下。请删去用不到的工作表和列，或另存为 CSV。",
        "“名单.ods” unpacks to more than 400 MB, more than a browser can hold. Delete sheets and columns you do not need, "
        "or save it as CSV.",
    ),
    Beyond(
        "1,001 sheets",
        lambda: of_sheets(1_001),
        "too_many_sheets",
        "“名单.xlsx”有 1,001 张工作表，最多能读 1,000 张。请把要用的另存成一个文件。",
        "“名单.xlsx” has 1,001 sheets; 1,000 is the most that can be read. Save those you need as a file of their own.",
    ),
    Beyond(
        "20,000 columns",
        lambda: Pasted("客户,收入," + ",".join(f"c{at}" for at in range(20_000)) + "\n甲,5," + "6," * 20_000),
        "too_many_columns",
        "表格有 20,002 列，最多能读 200 列。请只保留客户、收入等用得到的列。",
        "The table has 20,002 columns, and 200 is the most that can be read. Keep only those you need, such as customer "
        "and revenue.",
    ),
    Beyond(
        "20,000 columns without a header",
        lambda: Pasted("\n".join(",".join(["5"] * 20_000) for _ in range(20))),
        "too_many_columns",
        "表格有 20,000 列，最多能读 200 列。请只保留客户、收入等用得到的列。",
        "The table has 20,000 columns, and 200 is the most that can be read. Keep only those you need, such as customer "
        "and revenue.",
    ),
)


@pytest.mark.parametrize("case", BEYOND, ids=lambda case: case.name)
def test_what_goes_beyond_a_limit_is_refused_at_once_and_in_one_sentence(case: Beyond) -> None:
    """It names the file, the sheet or the cell, and what the limit is, in both languages."""
    source = case.source()
    with within(), pytest.raises(InvalidInputs) as refused:
        read_table(source, CUSTOMERS)
    (error,) = refused.value.errors
    assert error.code == f"tables.{case.code}"
    said = [Text(language, Settings())(error.code, **error.params) for language in LANGUAGES]
    assert said == [case.zh, case.en]


INNOCENT: Mapping[str, tuple[Callable[[], Source], int]] = {
    "77 spaces within an amount": (lambda: Pasted("客户,收入\n甲,5\n" + f"乙,1{' ' * 77}x\n" * 1_000), 1),
    "60 spaces before a word": (lambda: Pasted("客户,收入\n甲,5\n" + f'乙,"12,000.00{" " * 60}Dr"\n' * 1_000), 1),
    "one area merged over everything": (lambda: book(after=merged("A1:XFD1048576")), 1),
    "a column merged to its end": (lambda: book(after=merged("D1:D1048576")), 1),
    "the names merged to the end": (lambda: book(after=merged("A2:A1048576")), 1),
    "20,000 areas over all columns": (lambda: book(after=merged(*["A2:XFD1048576"] * 20_000)), 1),
    "a link over everything": (
        lambda: book(after='<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'),
        1,
    ),
    "a stated dimension over everything": (lambda: stating("A1:XFD1048576"), 1),
    "a cell in the last corner": (
        lambda: book(HEADER + ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        1,
    ),
    "a text full of what looks like attributes": (
        lambda: book(HEADER + ROW + THIRD.format(' t="e"' * 5_000)),
        2,
    ),
    "a cell of 100,000 formulas": (
        lambda: book(HEADER + ROW + f'<row r="3"><c r="D3">{"<f/>" * 100_000}</c></row>'),
        1,
    ),
    "a format in brackets within brackets": (lambda: formatted("[$-" * 85), 1),
    "a name of zeros that ends like a total": (lambda: Pasted(f"客户\t收入\n甲\t5\n{'0' * 80}合计x\t5\n"), 2),
    "20 MB of quotes around line ends": (lambda: Pasted("客户,收入\n甲,5\n" + '"\n' * 10_000_000), 1),
    "a part that 100,000 sheets are": (lambda: of_sheets(100_000, "r1"), 1),
    "styles of 20 MB": (lambda: book(styles=f"<cellXfs>{'<xf/>' * 4_000_000}</cellXfs>"), 1),
    "a note of 30,000 commas": (lambda: Pasted("客户\t收入\n甲\t5\n\t" + "," * 30_000 + "\n"), 1),
}


@pytest.mark.parametrize("name", INNOCENT)
def test_what_once_hung_the_calculator_is_read_in_no_time(name: str) -> None:
    """A handful of rows takes no longer for what stands in them or around them."""
    make, records = INNOCENT[name]
    source = make()
    with within():
        assert len(read_table(source, CUSTOMERS).frame) == records


def test_too_many_rows_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for what is refused; blank rows, and those of delimiters only, are none."""
    text = "客户,收入\n" + "甲,5\n" * 29 + "\n , \n,\n" * 30
    assert not lines_of(text, ",", 30, lambda *_: False).too_many
    monkeypatch.setattr("calculators.engine.reads.delimited.csv.reader", None)
    assert lines_of(text, ",", 29, lambda *_: False).too_many


def test_a_row_of_open_documents_merges_has_the_same_limit() -> None:
    """In .ods as in .xlsx."""
    spans = b'table:number-rows-spanned="2" office:value-type="string"'
    cells = b"<table:table-cell %s/>" % spans * 2
    row = b'<table:table-row table:number-rows-repeated="1">' + cells * 60_000 + b"</table:table-row>"
    file = changed(
        File("名单.ods", ods_file()),
        "content.xml",
        lambda content: content.replace(b"</table:table>", row + b"</table:table>"),
    )
    with within(), pytest.raises(InvalidInputs, match="too_many_merges"):
        read_table(file, CUSTOMERS)


ASKED: Mapping[str, Callable[[], Source]] = {
    "300,001 rows of one cell": lambda: book(
        HEADER + ROW + "".join(f'<row r="{at}"><c r="A{at}"><v>5</v></c></row>' for at in range(3, 300_003))
    ),
    "300,001 rows that do not say where they are": lambda: book("<row><c><v>5</v></c></row>" * 300_001),
    "300,001 rows of elements with a prefix": lambda: book(
        "<x:row><x:c><x:v>5</x:v></x:c></x:row>" * 300_001, prefix="x"
    ),
    "21 MB of XML that is not Excel's": lambda: book(HEADER + ROW + f"<row>{'<c><v>5</v></c>' * 100}</row>" * 14_000),
    "1,000 cells that share a text of 30,000 characters": lambda: sharing(1_000, 30_000),
    "1,000 such cells that say so in another way": lambda: changed(
        sharing(1_000, 30_000), "sheet1", lambda sheet: sheet.replace(b't="s"><v>0<', b't = "&#115;"><v >&#48;<')
    ),
    "1,000 such cells in UTF-16": lambda: changed(
        sharing(1_000, 30_000), "sheet1", lambda sheet: sheet.decode().encode("utf-16")
    ),
    "a row that an .ods repeats 300,000 times": lambda: opendocument(repeated(300_000, 1)),
    "1,000,001 places of a cell that an .ods repeats": lambda: opendocument(repeated(10_001, 100)),
    "a cell of an .ods in a far corner": lambda: opendocument(
        '<table:table-row table:number-rows-repeated="180000"><table:table-cell/></table:table-row><table:table-row>'
        '<table:table-cell table:number-columns-repeated="255"/><table:table-cell office:value-type="float" '
        'office:value="5"/></table:table-row>'
    ),
    "300,001 rows of a plan": lambda: Rows([["客户", "收入"], *(["甲", "5"] for _ in range(300_000))]),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_takes_a_browser_long_is_asked_about_before_it_is_read(name: str) -> None:
    """However small the file is, and whatever it says of its size; the answer comes first, and soon."""
    source = ASKED[name]()
    began = time.process_time()
    with within(), pytest.raises(Asked) as asked:
        read_table(source, CUSTOMERS)
    assert time.process_time() - began < MOST_SECONDS / 5
    assert [(question.name, question.chosen) for question in asked.value.known.questions] == [("large", None)]


def test_blank_rows_of_a_workbook_are_no_reason_to_ask() -> None:
    """Styled, with cells that are empty, or with texts that are: only what is filled takes its time."""
    blank = '<row r="{0}"><c r="A{0}" s="0"/><c r="B{0}"><v></v></c><c r="C{0}" t="inlineStr"><is><t/></is></c></row>'
    source = book(HEADER + ROW + "".join(blank.format(at) for at in range(3, 300_010)))
    assert len(read_table(source, CUSTOMERS).frame) == 1


def test_the_length_of_shared_texts_of_an_old_workbook_is_known() -> None:
    """They go on from one record to the next, may change their width there, and carry formats and phonetics behind."""
    long = b"\x0a\x00\x00" + b"abcdefg"
    rich = struct.pack("<HBHI", 2, 1 | 4 | 8, 1, 6) + "甲乙".encode("utf-16-le") + bytes(4 + 6)
    parts = [b"\x03\x00\x00abc" + long, b"\x01" + "hij".encode("utf-16-le") + rich[:-3], rich[-3:] + b"\x01\x00\x00z"]
    assert _lengths(parts) == [3, 10, 2, 1]


def test_much_is_read_only_when_the_reader_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is read at all; the question says how much it is, and leaving it out says so too."""
    monkeypatch.setattr("calculators.engine.reads.sources.LARGE_TEXT", 1 << 20)
    text = Pasted("客户\t收入\n" + "".join(f"客户{at:09d}\t{at}\n" for at in range(100_000)))
    began = time.process_time()
    with pytest.raises(Asked) as asked:
        read_table(text, CUSTOMERS)
    assert time.process_time() - began < MOST_SECONDS / 5
    (question,) = asked.value.known.questions
    assert (question.name, question.chosen, tuple(question.options)) == ("large", None, ("read", "leave"))
    english, chinese = Text("en", Settings()), Text("zh", Settings())
    assert english.said(question.sentence).startswith("This list has 1 MB to read")
    assert chinese.said(question.sentence).startswith("这份名单有 1 MB 内容要读")
    assert [english.said(one) for one in question.options.values()] == ["read it", "do not read it"]
    assert len(read_table(text, CUSTOMERS, answers={"large": "read"}).frame) == 100_000
    with pytest.raises(InvalidInputs, match="left_unread"):
        read_table(text, CUSTOMERS, answers={"large": "leave"})


def test_many_short_rows_are_asked_about_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes its time is rows, however little stands in them; blank lines are none."""
    monkeypatch.setattr("calculators.engine.reads.sources.LARGE_ROWS", 1_000)
    text = "客户,收入\n" + "甲,1\n" * 2_000
    with pytest.raises(Asked) as asked:
        read_table(Pasted(text), CUSTOMERS)
    assert [question.name for question in asked.value.known.questions] == ["large"]
    assert len(read_table(Pasted(text), CUSTOMERS, answers={"large": "read"}).frame) == 2_000
    assert len(read_table(Pasted("客户,收入\n甲,1\n" + "\n" * 2_000), CUSTOMERS).frame) == 1


def test_a_workbook_of_much_is_asked_about_by_what_it_unpacks_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own size says little; nothing but its directory is looked at."""
    monkeypatch.setattr("calculators.engine.reads.workbook.LARGE_WORKBOOK", 1_000)
    with pytest.raises(Asked) as asked:
        read_table(book(), CUSTOMERS)
    assert [question.name for question in asked.value.known.questions] == ["large"]
    assert len(read_table(book(), CUSTOMERS, answers={"large": "read"}).frame) == 1


def test_a_workbook_of_many_short_rows_is_asked_about_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a text of many rows is, once they are counted; rows without anything in them are none."""
    monkeypatch.setattr("calculators.engine.reads.xlsx.LARGE_ROWS", 1)
    with pytest.raises(Asked) as asked:
        read_table(book(), CUSTOMERS)
    assert [question.name for question in asked.value.known.questions] == ["large"]
    assert len(read_table(book(), CUSTOMERS, answers={"large": "read"}).frame) == 1


INVISIBLE = ("\u00ad", "\u2066", "\u180e", "\U000e007f", "\ufff9", "\ufe0f", "\U000e0100", "\u200b", "\u202e", "\ufeff")
DRAWN = {0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x600, 0x606), *range(0x13430, 0x13456)}
"""Format characters that show something: signs around numbers and verses, joined hieroglyphs."""
VARIANTS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
FILLERS = ("\u3164", "\u115f", "\u1160", "\uffa0")


@pytest.mark.parametrize("mark", INVISIBLE, ids=ascii)
def test_what_shows_nothing_in_a_name_is_taken_out(mark: str) -> None:
    """Marks of direction, soft hyphens, tags: the name is the one that can be read."""
    reading = read_table(Pasted(f"客户\t收入\nAc{mark}me{mark}\t5\n{mark}甲\t6\n"), CUSTOMERS)
    assert reading.frame["customer"].tolist() == ["Acme", "甲"]


def test_no_character_that_shows_nothing_stays_in_a_cell() -> None:
    """Every format and control character of Unicode, and every selector of a letter's variant."""
    hidden = {code for code in range(sys.maxunicode) if unicodedata.category(chr(code)) in ("Cf", "Cc")} | VARIANTS
    blank = {code: "甲 乙" for code in hidden if unicodedata.category(chr(code)) == "Cc"}
    stays = [hex(code) for code in sorted(hidden - DRAWN) if clean(f"甲{chr(code)}乙") != blank.get(code, "甲乙")]
    assert stays == []


@pytest.mark.parametrize("filler", FILLERS, ids=ascii)
def test_a_name_of_fillers_is_none(filler: str) -> None:
    """What looks like a blank is one."""
    reading = read_table(Pasted(f"客户\t收入\n{filler}\t5\n{filler}甲{filler}乙\t6\n丙\t7\n"), CUSTOMERS)
    assert reading.frame["customer"].tolist() == ["甲 乙", "丙"]
    assert [(problem.row, problem.code) for problem in reading.problems] == [(2, "tables.blank_text")]


@pytest.mark.parametrize("names", [("Acme", "Аcme"), ("HOTEL", "НОТЕL"), ("Pax", "Рах"), ("Kilo", "Κilο")], ids=ascii)
def test_names_that_look_alike_may_be_the_same(names: tuple[str, str]) -> None:
    """With Cyrillic or Greek letters among the Latin ones; they are flagged, not joined."""
    assert names[0] != names[1]
    assert possibly_same(names) == [list(names)]
    assert possibly_same(["Acme", "Акме"]) == []
