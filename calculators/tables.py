"""A customer list, or any other table, from whatever people have: CSV, XLSX, a paste, typed rows.

Here live the declarations of tables and the reading of them: encodings, delimiters, where the
header is, which column is which, which rows are not rows. Nothing is dropped in silence: a row not
used is a Problem, everything assumed is a Remark. One amount is read in ``amounts``, the inside of
an XLSX in ``workbook``; writing is in ``sheets`` and handed on from here. Nothing here knows what is calculated.
"""

import csv
import io
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NoReturn

import numpy as np
import pandas as pd

from calculators.amounts import (
    EXCEL_ERRORS,
    HALF_WIDTH,
    Heading,
    NotAnAmount,
    is_currency,
    CURRENCIES,
    parse_amount,
    parse_column,
    parse_heading,
)
from calculators.errors import InputError, InvalidInputs
from calculators.sheets import write_csv as write_csv
from calculators.sheets import write_xlsx as write_xlsx
from calculators.workbook import BrokenWorkbook, UnpacksTooLarge, Workbook

MAX_BYTES: Final = 50 * 1024 * 1024
"""The largest file read; the page checks before it sends one."""
MAX_ROWS: Final = 1_000_000
MAX_COLUMNS: Final = 200
PREVIEW_ROWS: Final = 5
LISTED: Final = 20
"""How many row numbers a remark names; the count beside them is of all."""

_HEADER_WITHIN = 20
_LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Column:
    """A declared column: its name is also the key of the headings it is known by (KNOWN_HEADINGS)."""

    name: str
    kind: Literal["text", "money"]
    required: bool = True


@dataclass(frozen=True)
class TableSpec:
    """A declared table; ``name`` is the field that its mistakes are reported under."""

    name: str
    columns: tuple[Column, ...]


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

    Mappings get a header row of their own, row 1, so that the first of them is row 2, as in a sheet.
    """

    rows: Sequence[Sequence[object]] | Sequence[Mapping[str, object]]

    @classmethod
    def of(cls, rows: Iterable[object]) -> "Rows":
        """Rows from JSON, where nothing is sure: whatever is neither a list nor an object is a row of one cell."""
        listed = [row if isinstance(row, list | tuple | Mapping) else [row] for row in rows]
        if listed and all(isinstance(row, Mapping) for row in listed):
            return cls([row for row in listed if isinstance(row, Mapping)])
        return cls([list(row.values()) if isinstance(row, Mapping) else row for row in listed])


Source = File | Pasted | Rows


@dataclass(frozen=True)
class Problem:
    """A row that is not used, and why: the sentence ``code`` with ``params``.

    ``row`` counts from 1 as a spreadsheet shows it; ``column`` is the declared column at fault, if
    one is, and ``cell`` what stood there.
    """

    row: int
    column: str | None
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    cell: str = ""


@dataclass(frozen=True)
class Remark:
    """Something assumed or noticed that the reader should know; no row is lost by it."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Outline:
    """What is known of a table before its rows are read: enough to let a reader choose columns."""

    headers: tuple[str, ...]
    header_row: int | None
    """1-based; None where the table has no header and its columns are called A, B, C."""
    mapping: Mapping[str, int | None]
    sheets: tuple[str, ...]
    sheet: str | None
    preview: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Reading:
    """A table, read.

    ``frame`` has the accepted rows in their order: ``row`` (int64, as in the file) and ``ruined``
    (bool: Excel has destroyed this row's id, never merge it with another), and for each declared
    column: text as str objects, ``""`` where there is none; money as int64 fen with a bool
    ``<name>_known`` beside it, 0 and False where nobody knows the amount. ``len(frame)`` and
    ``len(problems)`` sum to ``rows_read``: every row that is not blank is in one of them.
    ``unit`` is how many currency units a bare number was taken for, by money column.
    """

    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    remarks: tuple[Remark, ...]
    headers: tuple[str, ...]
    header_row: int | None
    mapping: Mapping[str, int | None]
    units: Mapping[str, int]
    sheets: tuple[str, ...]
    sheet: str | None
    preview: tuple[tuple[str, ...], ...]
    rows_read: int


@dataclass(frozen=True)
class _Headings:
    """How one column is headed: ``whole`` headings in order of preference, ``parts`` that may stand
    inside a longer one, and ``never``, words that make it another column. English parts are whole words.
    """

    zh: tuple[str, ...]
    en: tuple[str, ...]
    parts: tuple[str, ...]
    never: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


KNOWN_HEADINGS: Final[Mapping[str, _Headings]] = {
    "customer": _Headings(
        zh=_words(
            "客户名称,客户,客户名,客户全称,客户简称,客户姓名,客户公司,公司名称,公司,企业名称,企业,单位名称,单位,"
            "往来单位,购货单位,购买方,购买方名称,买方,甲方,会员名称,经销商,经销商名称,代理商,门店名称,账户名称,"
            "客戶名稱,客戶,公司名稱,企業名稱,單位名稱,名称,名稱,客户编号,客户编码,客户代码,客户号,客户id,客戶編號,"
            "账户,帐户,账号,会员编号,公司编号"
        ),
        en=_words(
            "customer name,customer,client name,client,account name,account,company name,company,organization,"
            "organisation,organization name,organisation name,buyer,buyer name,name,customer id,customer no,"
            "customer number,customer code,client id,client no,account id,account no,account number,"
            "account code,id"
        ),
        parts=_words("客户,客戶,公司名,customer,client,account name,company name"),
        never=_words(
            "经理,負責人,负责人,类型,類型,等级,级别,分级,来源,行业,状态,电话,手机,地址,数,日期,时间,经办,联系人,区域,"
            "收入,金额,贡献,回款,分类,标签,备注,阶段,type,tier,level,class,grade,since,count,manager,owner,status,"
            "phone,email,address,industry,source,date,contact,region,revenue,amount,segment,category,value,rep"
        ),
    ),
    "revenue": _Headings(
        zh=_words(
            "收入,营收,营业收入,销售收入,销售额,销售金额,金额,合同金额,合同额,合同总额,合同总金额,成交金额,成交额,"
            "订单金额,订单总额,签约金额,签约额,回款,回款金额,回款额,回款总额,到账金额,实收金额,实收,已收金额,收款金额,"
            "开票金额,业绩,贡献,收入贡献,年收入,年度收入,年营收,总收入,总金额,总额,收入金额,价税合计,含税金额,"
            "不含税金额,确认收入,客户收入,交易额,交易金额,消费金额,采购额,采购金额,流水,营收金额,營收,收入金額,"
            "金額,銷售額,銷售金額,合同金額,營業額,营业额,gmv"
        ),
        en=_words(
            "revenue,amount,sales,sales amount,sales revenue,net sales,gross sales,net revenue,gross revenue,"
            "total revenue,total sales,annual revenue,turnover,contract value,contract amount,deal value,"
            "deal amount,deal size,order value,order amount,order total,invoiced,invoiced amount,billings,bookings,"
            "value,total amount,total value,total,amount paid,paid,payments,receipts,collections,cash received,"
            "arr,acv,tcv,spend,income"
        ),
        parts=_words(
            "收入,营收,销售额,金额,回款,成交额,合同额,业绩,签约额,金額,營收,銷售額,交易额,营业额,revenue,amount,"
            "sales,turnover,billings,bookings,contract value,deal value,order value,spend"
        ),
        never=_words(
            "目标,占比,比例,比率,比重,率,增长,同比,环比,排名,日期,时间,编号,成本,利润,负责人,人员,代表,经理,类型,"
            "状态,次数,数量,方式,备注,名称,币种,级别,单号,公司,部,%,target,quota,goal,share,growth,rate,rank,date,owner,"
            "rep,manager,type,status,count,cost,margin,profit,percent,percentage,currency,id,name,region,team"
        ),
    ),
    "owner": _Headings(
        zh=_words(
            "负责人,客户负责人,销售负责人,销售,销售员,销售人员,销售代表,销售经理,业务员,业务经理,业务代表,客户经理,大客户经理,"
            "所属销售,归属人,归属销售,所有人,客户所有人,跟进人,经办人,责任人,专员,負責人,業務員,銷售人員,负责销售,姓名"
        ),
        en=_words(
            "owner,account owner,customer owner,account manager,sales rep,sales representative,rep,salesperson,"
            "sales person,salesman,sales owner,sales manager,responsible,manager,ae,account executive,seller"
        ),
        parts=_words("负责人,业务员,客户经理,销售代表,销售经理,销售员,销售人员,负责销售,owner,sales rep,account manager"),
        never=_words("电话,手机,邮箱,日期,时间,编号,工号,部门,phone,email,date,id,收入,金额,占比,数"),
    ),
    "region": _Headings(
        zh=_words(
            "区域,大区,地区,省区,省份,省,城市,省市,所属区域,所在区域,所在地区,所在地,片区,战区,区,市,分公司,销售区域,"
            "區域,地區,省份城市,国家"
        ),
        en=_words("region,sales region,area,territory,province,city,district,zone,state,country,market"),
        parts=_words("区域,大区,地区,片区,战区,省份,城市,region,territory,province,city"),
        never=_words("经理,负责人,编号,电话,manager,owner,id,code,收入,金额,数"),
    ),
}
"""The one list of headings by which declared columns are recognised."""

_CURRENCY_HEADINGS = frozenset(
    _words("币种,币别,货币,货币类型,币种名称,结算币种,合同币种,幣別,幣種,currency,currency code,ccy,currencyisocode")
)

_TOTAL = re.compile(
    r"""[\s*(\[【<:-]*(?:
      (?:本[页頁月季年期]|全[部年国]|累积|累計|期末|以上|各项|分类)?\s*
      (?:合|总|總|小|共|累|统)\s*(?:合\s*)?[计計]|总\s*和|總\s*和|总\s*额|汇\s*总|彙\s*總|合\s*计\s*数|总\s*合\s*计|总\s*数
      |(?:grand|sub|net|sum|report|overall|page)?[\s-]*totals?|sum
    )(?:\s*[(\[].{0,12}[)\]])?[\s)\]】>*:：-]*""",
    re.VERBOSE | re.IGNORECASE,
).fullmatch
_GROUP_TOTAL = re.compile(r".{1,40}?\s*(?:合\s*计|小\s*计|汇\s*总|总\s*计|\bsub-?total|\btotal)\s*[:：]?", re.IGNORECASE).fullmatch
_FOOTNOTE = re.compile(
    r"\W*(?:备?注|備註|说明|数据来源|资料来源|来源|制表|填表|导出|打印|审核|复核|填报|统计|单位|报表|生成|截止|截至|note|source|"
    r"export|generated|printed|prepared|remark|as of|report|filters?)[^:：]{0,12}[:：].*",
    re.IGNORECASE | re.DOTALL,
).fullmatch
_NO_NAME = frozenset(_words("-,--,---,—,——,–,/,n/a,na,null,none,nan,(空白),(blank),（空白）,(空),#n/a,nil") + ("",))
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,3}", re.ASCII).fullmatch
_LONG_NUMBER = re.compile(r"[0-9]{16,}", re.ASCII).fullmatch
_EXACT_DIGITS = 15  # what Excel keeps of a number
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff]+")
_UNIT_LINE = re.compile(r"(?:单位|單位|unit|currency)\s*[:：]?|\(\s*in |（\s*in |人民币|\bRMB|in thousands|in millions", re.IGNORECASE).search


@dataclass
class _Grid:
    """A table before anyone has looked for its header."""

    rows: list[list[str]]
    aligned: bool
    """Whether cells are known to stand under their headings; in comma-separated text an unquoted
    comma moves the rest of a row."""
    remarks: list[Remark] = field(default_factory=list)
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    merged: tuple[tuple[int, int, int, int], ...] = ()


class _Refused(Exception):  # noqa: N818 - raised and caught in this module only
    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


# --- From bytes to rows of text --------------------------------------------------------------------


def _load(source: Source, sheet: str | None, currency: str) -> _Grid:
    if isinstance(source, Pasted):
        if not source.text.strip():
            raise _Refused("tables.empty_paste")
        if len(source.text) > MAX_BYTES:
            raise _Refused("tables.too_large", name="", size=len(source.text) >> 20, limit=MAX_BYTES >> 20)
        return _split(source.text)
    if isinstance(source, Rows):
        return _Grid(_typed_rows(source.rows), aligned=True)
    return _load_file(source, sheet, currency)


def _typed_rows(rows: Sequence[Sequence[object]] | Sequence[Mapping[str, object]]) -> list[list[str]]:
    if rows and isinstance(rows[0], Mapping):
        records = [row for row in rows if isinstance(row, Mapping)]
        headers = list(dict.fromkeys(str(key) for record in records for key in record))
        return [headers, *([_typed_cell(record.get(header)) for header in headers] for record in records)]
    return [[cell if isinstance(cell, str) else _typed_cell(cell) for cell in row] for row in rows]


def _typed_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


_MAGIC: Final = (
    (b"\x89PNG", "tables.image", "PNG"), (b"\xff\xd8\xff", "tables.image", "JPEG"), (b"GIF8", "tables.image", "GIF"),
    (b"BM", "tables.image", "BMP"), (b"RIFF", "tables.image", "WebP"), (b"II*\0", "tables.image", "TIFF"),
    (b"MM\0*", "tables.image", "TIFF"), (b"%PDF", "tables.not_a_table", "PDF"), (b"Rar!", "tables.not_a_table", "RAR"),
    (b"7z\xbc\xaf", "tables.not_a_table", "7-Zip"), (b"\x1f\x8b", "tables.not_a_table", "GZIP"),
    (b"{\\rtf", "tables.not_a_table", "RTF"), (b"SQLite format 3", "tables.not_a_table", "SQLite"),
)  # fmt: skip
_ZIPPED: Final = (
    ("word/", "tables.not_a_table", "Word"), ("ppt/", "tables.not_a_table", "PowerPoint"),
    ("xl/workbook.bin", "tables.other_workbook", "XLSB"), ("content.xml", "tables.other_workbook", "ODS"),
    ("index/document.iwa", "tables.other_workbook", "Numbers"), ("index.zip", "tables.other_workbook", "Numbers"),
)  # fmt: skip
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _load_file(file: File, sheet: str | None, currency: str) -> _Grid:
    content = file.content
    if len(content) > MAX_BYTES:
        size = -(-len(content) >> 20)
        raise _Refused("tables.too_large", name=file.name, size=size, limit=MAX_BYTES >> 20)
    if not content.strip(b"\0\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise _Refused("tables.empty_file", name=file.name)
    if content.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise _Refused("tables.encrypted" if encrypted else "tables.old_excel", name=file.name)
    if content.startswith(b"PK\x03\x04"):
        return _load_workbook(file, sheet, currency)
    for magic, code, kind in _MAGIC:
        # "BM" and "RIFF" could begin a text; a picture's header has zero bytes.
        if content.startswith(magic) and (len(magic) > 2 or b"\0" in content[:64]):
            raise _Refused(code, name=file.name, format=kind)
    text, remarks = _decode(file)
    start = text[:2000].lstrip().lower()
    if start.startswith("<"):
        xml = start.startswith("<?xml") and "<html" not in start
        raise _Refused("tables.xml" if xml else "tables.html", name=file.name)
    if start.startswith(("{", "[{", "[[")):
        raise _Refused("tables.json", name=file.name)
    grid = _split(text)
    grid.remarks[:0] = remarks
    return grid


def _decode(file: File) -> tuple[str, list[Remark]]:
    content = file.content
    for mark, encoding, name in (
        (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
        (b"\xff\xfe\0\0", "utf-32-le", "UTF-32"),
        (b"\xff\xfe", "utf-16-le", "UTF-16"),
        (b"\xfe\xff", "utf-16-be", "UTF-16"),
    ):
        if content.startswith(mark):
            return _with_doubt(content[len(mark) :], encoding, name, file)
    beginning = content[: 1 << 16]
    if b"\0" in beginning:
        even, odd = beginning[::2].count(0), beginning[1::2].count(0)
        if min(even, odd) * 20 > max(even, odd) or max(even, odd) * 50 < len(beginning):
            raise _Refused("tables.binary", name=file.name)
        return _with_doubt(content, "utf-16-le" if odd > even else "utf-16-be", "UTF-16", file)
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    # A letter with an accent stands alone among ASCII; half of a Chinese character does not.
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", beginning)]
    if runs.count(1) * 5 > len(runs) * 4:
        return _with_doubt(content, "cp1252", "Windows-1252", file)
    return _with_doubt(content, "gb18030", "GB18030", file)


def _with_doubt(content: bytes, encoding: str, name: str, file: File) -> tuple[str, list[Remark]]:
    """The text in an encoding that the bytes suggest, with a few damaged characters at the most."""
    said = [] if name == "UTF-8" else [Remark("tables.encoding", {"encoding": name})]
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode(encoding, "replace")
        damaged = text.count("\ufffd")
        if damaged * 200 > len(text):
            raise _Refused("tables.binary", name=file.name) from None
        said.append(Remark("tables.damaged_characters", {"count": damaged}))
    control = len(re.findall("[\0-\x08\x0e-\x1f]", text[:4000]))
    if control * 50 > min(len(text), 4000):
        raise _Refused("tables.binary", name=file.name)
    return text, said


def _load_workbook(file: File, sheet: str | None, currency: str) -> _Grid:
    try:
        try:
            book = Workbook(file.content)
        except BrokenWorkbook:
            names = re.findall(rb"PK\x03\x04.{26}([\x20-\x7e]{1,60})", file.content, re.DOTALL)
            listed = [name.decode("ascii").lower() for name in names]
            for beginning, code, kind in _ZIPPED:
                if any(name.startswith(beginning) for name in listed):
                    raise _Refused(code, name=file.name, format=kind) from None
            if not any(name.startswith("xl/") for name in listed):
                raise _Refused("tables.not_a_table", name=file.name, format="ZIP") from None
            raise
        if sheet is not None and sheet not in book.names:
            raise _Refused("tables.no_such_sheet", sheet=sheet, sheets=list(book.names))
        visible = [name for name in book.names if name not in book.hidden]
        candidates = [sheet] if sheet is not None else visible + [name for name in book.names if name in book.hidden]
        if not candidates:
            raise BrokenWorkbook("no sheets")
        for chosen in candidates:
            content = book.sheet(chosen, currency)
            if content.rows:
                break
        else:
            chosen = candidates[0]
    except UnpacksTooLarge:
        raise _Refused("tables.unpacks_too_large", name=file.name) from None
    except BrokenWorkbook:
        raise _Refused("tables.broken_workbook", name=file.name) from None
    if not content.rows:
        raise _Refused("tables.empty_sheet", sheet=chosen)
    grid = _Grid(content.rows, aligned=True, sheets=book.names, sheet=chosen, merged=content.merged)
    if sheet is None and len(visible) > 1:
        grid.remarks.append(Remark("tables.sheet_chosen", {"sheet": chosen, "sheets": visible, "count": len(visible)}))
    if content.hidden_rows:
        grid.remarks.append(Remark("tables.hidden_rows", {"count": content.hidden_rows}))
    if content.formulas_without_value:
        grid.remarks.append(Remark("tables.formulas_without_value", {"count": content.formulas_without_value}))
    return grid


def _split(text: str) -> _Grid:
    """Delimited text as rows; the delimiter is the one under which the beginning looks most like a table."""
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    declared = re.fullmatch(r"\"?sep=(.)\"?\s*", first, re.IGNORECASE)
    if declared:
        text = rest  # as Excel shows it: the line is not a row
    delimiter = declared[1] if declared else _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    csv.field_size_limit(1 << 20)
    rows: list[list[str]] = []
    try:
        rows.extend(itertools.islice(reader, MAX_ROWS + _HEADER_WITHIN + 1))
    except csv.Error:
        raise _Refused("tables.unclosed_quote", row=len(rows) + 1) from None
    if reader.line_num > len(rows):
        for number, row in enumerate(rows, 1):
            if any(cell.count("\n") > 30 for cell in row):
                raise _Refused("tables.unclosed_quote", row=number)
    return _Grid(rows, aligned=delimiter == "\t")


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
        known = max(sum(bool(_columns_headed(cell)) for cell in row) for row in rows[:_HEADER_WITHIN])
        amounts = sum(any(_is_amount(cell) for cell in row) for row in rows)
        return (known if known > 1 else 0, regular, amounts, width)

    scores = {delimiter: score(delimiter) for delimiter in "\t;,|"}
    if scores["\t"][1] and scores["\t"][:2] >= max(scores[mark][:2] for mark in ";,|"):
        return "\t"  # nobody types a tab inside a cell
    return max(";,|", key=lambda mark: (scores[mark], mark == ","))


def _is_amount(cell: str) -> bool:
    if not any(character.isdigit() for character in cell):
        return False
    try:
        return parse_amount(cell) is not None
    except NotAnAmount as fault:
        return fault.code in {"tables.foreign_currency", "tables.percentage", "tables.amount_too_large", "tables.date"}


# --- Header and columns ----------------------------------------------------------------------------


def _clean(cell: str) -> str:
    return _UNPRINTABLE.sub(" ", cell).strip() if _UNPRINTABLE.search(cell) else cell.strip()


def _clean_all(cells: list[str]) -> list[str]:
    if _UNPRINTABLE.search("\x7e".join(cells)):
        return [_clean(cell) for cell in cells]
    return [cell.strip() for cell in cells]


def _folded(heading: str) -> str:
    """A heading for comparison: half width, lower case, single spaces between words, no marks."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading.translate(HALF_WIDTH)).lower()
    return re.sub(r"[\s_*:#.'\"/\\-]+", " ", text).strip()


def _without_brackets(folded: str) -> str:
    return re.sub(r"[(\[【<].*?[)\]】>]", " ", folded).strip()


def _is_chinese(text: str) -> bool:
    return not text.isascii()


def _contains(folded: str, part: str) -> bool:
    if _is_chinese(part) or part == "%":
        return part in folded.replace(" ", "")
    return re.search(rf"(?<![a-z]){re.escape(part)}(?![a-z])", folded) is not None


def _rank(heading: str, name: str) -> int | None:
    """How well a heading fits a declared column: below 1000 a known heading (its place in the list),
    1000 one that contains a known word, None neither.
    """
    known = KNOWN_HEADINGS.get(name)
    folded = _folded(heading)
    if not folded or len(folded) > 40:
        return None
    wholes = (known.zh + known.en) if known else (_folded(name),)
    for candidate in (folded, _without_brackets(folded)):
        for form in (candidate, candidate.replace(" ", "") if _is_chinese(candidate) else candidate):
            if form in wholes:
                return wholes.index(form)
    if known is None or any(_contains(folded, word) for word in known.never):
        return None
    return 1000 if any(_contains(folded, part) for part in known.parts) else None


def _columns_headed(heading: str) -> set[str]:
    return {name for name in KNOWN_HEADINGS if (rank := _rank(heading, name)) is not None and rank < 1000}


def _match(headers: Sequence[str], columns: Sequence[Column], currency: str) -> dict[str, list[int]]:
    """For each declared column the headers that fit it, best first; an index is the first choice of one column."""
    fitting: dict[str, list[int]] = {}
    exact: dict[str, int] = {}
    for column in columns:
        ranked = []
        for index, header in enumerate(headers):
            rank = _rank(header, column.name)
            if rank is None:
                continue
            place = rank
            if column.kind == "money":  # every exact name is as good as the next: the order of the file decides
                place = (0 if rank < 1000 else 1000) + (500 if _foreign(header, currency) else 0)
            ranked.append((place, index))
        ranked.sort()
        fitting[column.name] = [index for _, index in ranked]
        if ranked and ranked[0][0] < 1000:
            exact[column.name] = ranked[0][1]
    taken: dict[int, str] = {}
    for wanted in (True, False):
        for column in columns:
            if (column.name in exact) is wanted and column.name not in taken.values():
                free = [index for index in fitting[column.name] if index not in taken]
                fitting[column.name] = free
                if free:
                    taken[free[0]] = column.name
    for name, indexes in fitting.items():
        fitting[name] = [index for index in indexes if taken.get(index, name) == name]
    return fitting


def _foreign(header: str, currency: str) -> str | None:
    try:
        named = parse_heading(header).currency
    except NotAnAmount:
        return None
    if named is None or named == currency or ("¥" in header.translate(HALF_WIDTH) and is_currency("¥", currency)):
        return None
    return None if "$" in header and is_currency("$", currency) and named == "USD" else named


def _find_header(rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> int | None:
    """The index of the header row; None where the first row is data already."""
    required = [column.name for column in columns if column.required]
    best: tuple[int, int] | None = None
    texts: int | None = None
    for index, row in enumerate(itertools.islice(rows, 4 * _HEADER_WITHIN)):
        cells = [cell for cell in map(str.strip, row) if cell]
        if not cells:
            continue
        if index >= _HEADER_WITHIN and best is None and texts is not None:
            break
        amounts = sum(_is_amount(cell) for cell in cells)
        loosely = 0 if amounts else 1000
        fits: dict[str, set[str]] = {}
        for cell in cells[:MAX_COLUMNS]:
            for column in columns:
                rank = _rank(cell, column.name)
                if rank is not None and rank <= loosely:
                    fits.setdefault(column.name, set()).add(cell)
                elif rank is not None and rank < 1000:
                    fits.setdefault(column.name, set()).add(cell)
        distinct = set().union(*fits.values()) if fits else set()
        if all(name in fits for name in required) and len(distinct) >= len(required):
            return index
        matched = min(len(fits), len(distinct))
        if matched and len(cells) > 1 and (best is None or matched > best[0]):
            best = (matched, index)
        if texts is None and len(cells) > 1:
            texts = index if not amounts else -1
    if best is not None:
        return best[1]
    if texts is None:
        return next((index for index, row in enumerate(rows) if any(map(str.strip, row))), None)
    return texts if texts >= 0 else None


def _letters(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass
class _Layout:
    grid: _Grid
    headers: tuple[str, ...]
    header: int | None
    start: int
    """Index of the first row below the header."""
    expected: int
    """How many cells the header row has, blank ones included."""
    fitting: dict[str, list[int]]
    mapping: dict[str, int | None]


def _lay_out(
    grid: _Grid, spec: TableSpec, currency: str, chosen: Mapping[str, int | None] | None
) -> _Layout:
    rows = grid.rows
    header = _find_header(rows, spec.columns)
    if header is None:
        start = next((index for index, row in enumerate(rows) if any(map(str.strip, row))), len(rows))
        expected = max((len(row) for row in rows[start : start + 50]), default=0)
        headers = tuple(_letters(index) for index in range(expected))
        fitting = _guess(rows[start : start + 50], expected, spec.columns)
    else:
        start, expected = header + 1, len(rows[header])
        cells = [_clean(cell) for cell in rows[header]]
        while cells and not cells[-1]:
            cells.pop()
        headers = tuple(cell or _letters(index) for index, cell in enumerate(cells))
        fitting = _match(headers, spec.columns, currency)
    if len(headers) > MAX_COLUMNS:
        raise _Refused("tables.too_many_columns", count=len(headers), limit=MAX_COLUMNS)
    mapping: dict[str, int | None] = {}
    picked = {name: index for name, index in (chosen or {}).items()}
    for column in spec.columns:
        if column.name in picked:
            index = picked[column.name]
            if index is not None and not 0 <= index < len(headers):
                raise _Refused("tables.no_such_column", number=index + 1, count=len(headers))
            mapping[column.name] = index
        else:
            free = [index for index in fitting.get(column.name, []) if index not in picked.values()]
            mapping[column.name] = free[0] if free else None
    return _Layout(grid, headers, header, start, expected, fitting, mapping)


def _guess(rows: Sequence[Sequence[str]], width: int, columns: Sequence[Column]) -> dict[str, list[int]]:
    """Columns of a table without a header: the first of text is the first text column, and the
    numbers to its right are the money. Optional columns are left for the reader to choose.
    """
    filled = [[row[index].strip() for row in rows if index < len(row) and row[index].strip()] for index in range(width)]
    numeric = [bool(cells) and 2 * sum(_is_amount(cell) for cell in cells) > len(cells) for cells in filled]
    texts = [index for index in range(width) if filled[index] and not numeric[index]]
    numbers = [index for index in range(width) if numeric[index]]
    if not texts and len(numbers) > 1:
        texts = [numbers.pop(0)]
    right = [index for index in numbers if texts and index > texts[0]]
    guessed: dict[str, list[int]] = {}
    for column in columns:
        if column.required:
            guessed[column.name] = texts[:1] if column.kind == "text" else right or numbers
    return guessed


def _refuse(spec: TableSpec, refused: _Refused) -> NoReturn:
    raise InvalidInputs([InputError(spec.name, refused.code, refused.params)]) from None


def raw_rows(source: Source, sheet: str | None = None, *, field: str = "table", currency: str = "CNY") -> list[list[str]]:
    """The whole table as text, header and titles included: what an editor shows and a plan file keeps.

    Raises InvalidInputs (about ``field``) where the source cannot be read as a table at all.
    """
    try:
        return _load(source, sheet, currency).rows
    except _Refused as refused:
        _refuse(TableSpec(field, ()), refused)


def outline(
    source: Source,
    spec: TableSpec,
    *,
    currency: str = "CNY",
    sheet: str | None = None,
    mapping: Mapping[str, int | None] | None = None,
) -> Outline:
    """Headers, sheets and which column is taken for which, also where ``read_table`` would refuse the
    table because a column is missing. Raises InvalidInputs where the source is no table at all.
    """
    try:
        layout = _lay_out(_load(source, sheet, currency), spec, currency, mapping)
    except _Refused as refused:
        _refuse(spec, refused)
    return Outline(
        layout.headers,
        None if layout.header is None else layout.header + 1,
        layout.mapping,
        layout.grid.sheets,
        layout.grid.sheet,
        _preview(layout),
    )


def _preview(layout: _Layout) -> tuple[tuple[str, ...], ...]:
    width = len(layout.headers)
    filled = (row for row in layout.grid.rows[layout.start :] if any(map(str.strip, row)))
    return tuple(
        tuple(_clean(cell) for cell in (row + [""] * width)[:width]) for row in itertools.islice(filled, PREVIEW_ROWS)
    )


# --- Rows ------------------------------------------------------------------------------------------


def read_table(
    source: Source,
    spec: TableSpec,
    *,
    currency: str = "CNY",
    unit: int | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, int | None] | None = None,
) -> Reading:
    """Read a table. What cannot be read as one raises InvalidInputs about ``spec.name``.

    ``unit`` is how many units of the currency a bare number counts (1, 1000, 10,000 …); None takes
    what the heading or a line above the table says, else 1. A unit in a cell (``12.5万``) stands
    instead of either. ``mapping`` gives the index of a header for a declared column, None for "not
    there"; columns it does not name are matched by their headings.

    >>> spec = TableSpec("customers", (Column("customer", "text"), Column("revenue", "money")))
    >>> reading = read_table(Pasted("客户\\t收入(万元)\\n甲\\t1.5\\n合计\\t1.5"), spec)
    >>> reading.frame["revenue"].tolist(), [problem.code for problem in reading.problems]
    ([1500000], ['tables.total_row'])
    """
    try:
        layout = _lay_out(_load(source, sheet, currency), spec, currency, mapping)
        return _RowReader(layout, spec, currency, unit, mapping or {}).read()
    except _Refused as refused:
        _refuse(spec, refused)


class _RowReader:
    def __init__(
        self, layout: _Layout, spec: TableSpec, currency: str, unit: int | None, chosen: Mapping[str, int | None]
    ) -> None:
        self.layout = layout
        self.spec = spec
        self.currency = currency
        self.unit = unit
        self.chosen = chosen
        self.body = layout.grid.rows[layout.start :]
        self.remarks = list(layout.grid.remarks)
        self.problems: dict[int, Problem] = {}  # by index into body
        self.units: dict[str, int] = {}

    def read(self) -> Reading:
        layout = self.layout
        self._check_columns()
        self._remark_layout()
        if len(self.body) > MAX_ROWS:
            raise _Refused("tables.too_many_rows", limit=MAX_ROWS)
        cells = {column.name: self._cells(column) for column in self.spec.columns}
        blank = self._blank_rows(cells)
        rows_read = len(self.body) - len(blank)
        if not rows_read:
            raise _Refused("tables.no_rows", row=layout.start)
        self._leave_out_rows(cells, blank)
        money = {}
        for column in self.spec.columns:
            if column.kind == "money":
                money[column.name] = self._amounts(column, cells[column.name], blank)
        self._check_usable(rows_read)
        kept = [index for index in range(len(self.body)) if index not in blank and index not in self.problems]
        whole = len(kept) == len(self.body)
        columns: dict[str, object] = {
            "row": np.array(kept, dtype="int64") + np.int64(layout.start + 1),
        }
        for column in self.spec.columns:
            if column.kind == "text":
                texts = cells[column.name]
                columns[column.name] = pd.Series(texts if whole else [texts[index] for index in kept], dtype=object)
            else:
                fen, known = money[column.name]
                columns[column.name] = np.array(fen if whole else [fen[index] for index in kept], dtype="int64")
                columns[f"{column.name}_known"] = np.array(
                    known if whole else [known[index] for index in kept], dtype=bool
                )
        columns["ruined"] = self._ruined(cells, kept)
        if len(blank) - self._trailing_blanks(blank):
            self.remarks.append(Remark("tables.blank_rows", {"count": len(blank) - self._trailing_blanks(blank)}))
        return Reading(
            frame=pd.DataFrame(columns),
            problems=tuple(self.problems[index] for index in sorted(self.problems)),
            remarks=tuple(self.remarks),
            headers=layout.headers,
            header_row=None if layout.header is None else layout.header + 1,
            mapping=dict(layout.mapping),
            units=self.units,
            sheets=layout.grid.sheets,
            sheet=layout.grid.sheet,
            preview=_preview(layout),
            rows_read=rows_read,
        )

    def _check_columns(self) -> None:
        layout = self.layout
        used: dict[int, str] = {}
        for column in self.spec.columns:
            index = layout.mapping[column.name]
            if index is None:
                if column.required:
                    known = KNOWN_HEADINGS.get(column.name)
                    raise _Refused(
                        f"tables.no_{column.kind}_column",
                        headers=list(layout.headers[:LISTED]),
                        zh=list(known.zh[:4]) if known else [column.name],
                        en=list(known.en[:4]) if known else [column.name],
                    )
                continue
            if index in used:
                raise _Refused("tables.same_column", header=layout.headers[index])
            used[index] = column.name

    def _remark_layout(self) -> None:
        layout = self.layout
        if layout.header is None:
            self.remarks.append(Remark("tables.no_header"))
        elif layout.header > 0:
            self.remarks.append(Remark("tables.header_row", {"row": layout.header + 1}))
        for column in self.spec.columns:
            others = layout.fitting.get(column.name, [])
            index = layout.mapping[column.name]
            if column.required and column.name not in self.chosen and index is not None and len(others) > 1:
                self.remarks.append(
                    Remark(
                        "tables.other_columns",
                        {
                            "header": layout.headers[index],
                            "others": [layout.headers[other] for other in others if other != index][:LISTED],
                        },
                    )
                )

    def _cells(self, column: Column) -> list[str]:
        index = self.layout.mapping[column.name]
        if index is None:
            return [""] * len(self.body)
        cells = [row[index] if index < len(row) else "" for row in self.body]
        if column.kind == "money":
            return cells
        cells = _clean_all(cells)
        for position, cell in enumerate(cells):
            if cell[:1] in "='(-—–/nN#（" and cell:
                if cell.lower() in _NO_NAME:
                    cells[position] = ""
                elif cell.startswith('="') and cell.endswith('"'):  # how exports keep the zeros of an id
                    cells[position] = cell[2:-1].strip()
                elif cell[0] == "'" and cell[1:2] in {"=", "+", "-", "@", "＝", "＋", "－", "＠"}:
                    cells[position] = cell[1:]  # how exports, this one too, disarm formulas
        self._fill_merged(index, cells)
        return cells

    def _fill_merged(self, index: int, cells: list[str]) -> None:
        filled = 0
        for top, left, bottom, right in self.layout.grid.merged:
            if left == index == right and top >= self.layout.start:
                first = top - self.layout.start
                for position in range(first + 1, min(bottom - self.layout.start + 1, len(cells))):
                    if not cells[position] and any(self.body[position]):
                        cells[position] = cells[first]
                        filled += 1
        if filled:
            self.remarks.append(
                Remark("tables.merged_filled", {"header": self.layout.headers[index], "count": filled})
            )

    def _blank_rows(self, cells: Mapping[str, list[str]]) -> set[int]:
        columns = list(cells.values())
        return {
            index
            for index, row in enumerate(zip(*columns, strict=True))
            if not any(row) and not any(map(str.strip, self.body[index]))
        }

    def _trailing_blanks(self, blank: set[int]) -> int:
        count = 0
        while len(self.body) - 1 - count in blank:
            count += 1
        return count

    def _problem(self, index: int, code: str, column: str | None = None, cell: str = "", **params: object) -> None:
        shown = cell.strip()[:_LONGEST_SHOWN]
        row = self.layout.start + index + 1
        self.problems[index] = Problem(row, column, code, {**params, "cell": shown}, shown)

    def _leave_out_rows(self, cells: Mapping[str, list[str]], blank: set[int]) -> None:
        layout = self.layout
        keys = [column for column in self.spec.columns if column.kind == "text" and column.required]
        texts = {column.name: cells[column.name] for column in self.spec.columns if column.kind == "text"}
        mapped = {index: name for name, index in layout.mapping.items() if index is not None}
        header_cells = {name: layout.headers[index] for index, name in mapped.items()}
        money = [column.name for column in self.spec.columns if column.kind == "money"]
        foreign_at = self._currency_column(mapped)
        key = keys[0].name if keys else None
        names = cells[key] if key else []
        suspects = {
            name
            for name in set(names)
            if len(name) < _LONGEST_SHOWN and (_TOTAL(name) or name in header_cells.values() or _FOOTNOTE(name))
        }
        crowded = 0
        for index, row in enumerate(self.body):
            if index in blank:
                continue
            if len(row) > layout.expected and any(map(str.strip, row[layout.expected :])):
                if layout.grid.aligned:
                    crowded += 1
                else:
                    self._problem(
                        index, "tables.too_many_cells", None, "", count=len(row), expected=layout.expected
                    )
                    continue
            name = names[index] if key else ""
            if key and name in suspects:
                if layout.header is not None and all(
                    _clean(row[at]) == layout.headers[at] for at in mapped if at < len(row)
                ):
                    self._problem(index, "tables.repeated_header", key, name)
                    continue
                if _TOTAL(name):
                    self._problem(index, "tables.total_row", key, name)
                    continue
                if _FOOTNOTE(name) and sum(bool(cell.strip()) for cell in row) == 1:
                    self._problem(index, "tables.footnote", key, name)
                    continue
            for column in keys:
                text = texts[column.name][index]
                if not text:
                    label = next(
                        (
                            cell.strip()
                            for at, cell in enumerate(row)
                            if mapped.get(at) not in money and (_TOTAL(cell.strip()) or _GROUP_TOTAL(cell.strip()))
                        ),
                        None,
                    )
                    if label is not None:
                        self._problem(index, "tables.total_row", column.name, label)
                    else:
                        self._problem(index, "tables.blank_text", column.name, "", header=header_cells[column.name])
                    break
                if text[0] == "#" and text.upper() in EXCEL_ERRORS:
                    self._problem(index, "tables.excel_error", column.name, text)
                    break
            if index not in self.problems and foreign_at is not None and foreign_at < len(row):
                written = row[foreign_at].translate(HALF_WIDTH).strip().lower()
                if written and written in CURRENCIES and not is_currency(written, self.currency):
                    self._problem(
                        index,
                        "tables.foreign_currency",
                        money[0] if money else None,
                        row[foreign_at],
                        currency=CURRENCIES[written],
                        own=self.currency,
                    )
        if crowded:
            self.remarks.append(Remark("tables.extra_cells", {"count": crowded}))

    def _currency_column(self, mapped: Mapping[int, str]) -> int | None:
        for index, header in enumerate(self.layout.headers):
            if index not in mapped and _without_brackets(_folded(header)) in _CURRENCY_HEADINGS:
                return index
        return None

    def _amounts(self, column: Column, cells: list[str], blank: set[int]) -> tuple[list[int], list[bool]]:
        index = self.layout.mapping[column.name]
        if index is None:
            self.units[column.name] = self.unit or 1
            return [0] * len(cells), [False] * len(cells)
        header = self.layout.headers[index]
        unit = self._unit(column, header)
        left_out = blank | self.problems.keys()
        if left_out:
            cells = ["" if position in left_out else cell for position, cell in enumerate(cells)]
        amounts = parse_column(cells, currency=self.currency, unit=unit)
        for position, fault in amounts.faults.items():
            self._problem(position, fault.code, column.name, cells[position], **fault.params)
        for count, code in (
            (amounts.rounded, "tables.rounded"),
            (amounts.own_units, "tables.own_units"),
            (amounts.scientific, "tables.scientific"),
        ):
            if count:
                self.remarks.append(Remark(code, {"header": header, "count": count}))
        if amounts.decimal_comma:
            self.remarks.append(Remark("tables.decimal_comma", {"header": header}))
        return amounts.fen, amounts.known

    def _unit(self, column: Column, header: str) -> int:
        try:
            heading = parse_heading(header) if self.layout.header is not None else Heading()
            above = self._line_above()
        except NotAnAmount as fault:
            raise _Refused(fault.code, header=header, **fault.params) from None
        if foreign := _foreign(header, self.currency):
            raise _Refused("tables.foreign_column", header=header, currency=foreign, own=self.currency)
        if heading.unit is None and above is not None:
            if heading.currency is None and (foreign := _foreign(above[0], self.currency)):
                raise _Refused("tables.foreign_column", header=above[0], currency=foreign, own=self.currency)
            heading = above[1]
        stated, where = heading.unit, header if above is None or heading is not above[1] else above[0]
        unit = self.unit or stated or 1
        self.units[column.name] = unit
        params = {"header": where, "unit": unit, "written": heading.written}
        if self.unit is None and stated is not None:
            if stated > 1:
                self.remarks.append(Remark("tables.unit_stated", params))
        elif self.unit is None:
            self.remarks.append(Remark("tables.unit_assumed", {"header": header}))
        elif stated is not None and stated != self.unit:
            self.remarks.append(Remark("tables.unit_overruled", {**params, "stated": stated}))
        return unit

    def _line_above(self) -> tuple[str, Heading] | None:
        """What a line such as ``单位：万元`` above the header says."""
        for row in self.layout.grid.rows[: self.layout.header or 0]:
            for cell in row:
                if cell and len(cell) < 100 and _UNIT_LINE(cell):
                    part = cell[found.start() :] if (found := re.search(r"单位|單位|unit", cell, re.IGNORECASE)) else cell
                    heading = parse_heading(part)
                    if heading.unit is not None or heading.currency is not None:
                        return _clean(cell), heading
        return None

    def _check_usable(self, rows_read: int) -> None:
        if len(self.problems) < rows_read:
            return
        counted = Counter(problem.code for problem in self.problems.values())
        code = counted.most_common(1)[0][0]
        worst = next(problem for problem in self.problems.values() if problem.code == code)
        params: dict[str, object] = {"count": rows_read, "row": worst.row, "cell": worst.cell}
        index = self.layout.mapping.get(worst.column or "")
        params["header"] = self.layout.headers[index] if index is not None else ""
        money = {column.name for column in self.spec.columns if column.kind == "money"}
        if code == "tables.formula":
            raise _Refused("tables.only_formulas", **params)
        if worst.column in money and code in {"tables.not_an_amount", "tables.date", "tables.percentage"}:
            raise _Refused("tables.no_amounts", **params)
        raise _Refused("tables.no_usable_rows", reason=f"tables.reason.{code.removeprefix('tables.')}", **params)

    def _ruined(self, cells: Mapping[str, list[str]], kept: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        ruined = np.zeros(len(kept), dtype=bool)
        key = next((column for column in self.spec.columns if column.kind == "text" and column.required), None)
        if key is None:
            return ruined
        names = cells[key.name]
        joined = [names[index] for index in kept]
        digits = [position for position, name in enumerate(joined) if name[:1].isdigit()]
        rounded = [position for position in digits if _LONG_NUMBER(joined[position])]
        # One id with digits beyond the fifteenth shows that these never went through Excel as numbers.
        if any(joined[position][_EXACT_DIGITS:].strip("0") for position in rounded):
            rounded = []
        found = sorted({position for position in digits if _SCIENTIFIC(joined[position])} | set(rounded))
        if found:
            ruined[found] = True
            rows = [self.layout.start + kept[position] + 1 for position in found[:LISTED]]
            self.remarks.append(
                Remark("tables.ruined", {"count": len(found), "rows": rows, "cell": joined[found[0]]})
            )
        return ruined


def possibly_same(names: Iterable[str]) -> list[list[str]]:
    """Names that differ only by width, case, spaces and punctuation: likely one customer, written twice.

    Each group in the order of the names; names that are exactly equal are one name.

    >>> possibly_same(["甲（上海）公司", "乙", "甲(上海) 公司"])
    [['甲（上海）公司', '甲(上海) 公司']]
    """
    groups: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        folded = name if name.isascii() else unicodedata.normalize("NFKC", name)
        bare = re.sub(r"[\W_]+", "", folded.casefold())
        if bare:
            groups.setdefault(bare, []).append(name)
    return [group for group in groups.values() if len(group) > 1]
