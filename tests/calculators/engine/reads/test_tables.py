"""Reading tables as people have them, and writing them as files: every form by name, and what always holds."""

import contextlib
import csv
import datetime
import io
import re
import string
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import calculators
from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.limits import MAX_BYTES, MAX_COLUMNS
from calculators.engine.asks.settings import Settings
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.exports.cells import Typed, write_csv
from calculators.engine.exports.sheets import write_xlsx
from calculators.engine.reads.amounts import LARGEST, UNITS, NotAnAmount, parse_amount, parse_column, parse_heading
from calculators.engine.reads.headings import known_headings, rank
from calculators.engine.reads.names import possibly_same
from calculators.engine.reads.number_style import evidence
from calculators.engine.reads.sources import File, Pasted, Rows, Source, clean
from calculators.engine.reads.tables import Asked, Reading, outline, raw_rows, read_table
from calculators.engine.shows.text import LANGUAGES, Text
from tests.calculators.replies import ask
from tests.table_files import (
    CUSTOMERS,
    ENCODINGS,
    csv_text,
    ole_file,
    openpyxl_file,
    table,
    workbook_of_parts,
    xlsxwriter_file,
    zip_file,
)

PLAIN = [["客户", "收入", "负责人", "区域"], ["甲公司", "1,234.50", "张三", "华东"], ["乙，公司", "99", "李四", ""]]


def read(source: str | bytes | Source, **options: object) -> Reading:
    """Read a customer list; text as a paste, bytes as a file."""
    if isinstance(source, str):
        source = Pasted(source)
    elif isinstance(source, bytes):
        source = File("客户.csv", source)
    return read_table(source, CUSTOMERS, **options)  # type: ignore[arg-type]  # read_table checks them


def refusal(source: str | bytes | Source, **options: object) -> tuple[str, Mapping[str, object]]:
    """The one mistake for which a source is refused."""
    with pytest.raises(InvalidInputs) as caught:
        read(source, **options)
    (error,) = caught.value.errors
    assert error.field == "customers"
    return error.code.removeprefix("tables."), error.params


def fen(reading: Reading) -> list[tuple[str, int]]:
    """Names and amounts of the rows that were accepted."""
    return list(zip(reading.frame["customer"].tolist(), reading.frame["revenue"].tolist(), strict=True))


def problems(reading: Reading) -> list[tuple[int, str]]:
    """Row numbers and reasons of the rows that were not."""
    return [(problem.row, problem.code.removeprefix("tables.")) for problem in reading.problems]


def remarks(reading: Reading) -> set[str]:
    """What was remarked."""
    return {remark.code.removeprefix("tables.") for remark in reading.remarks}


# --- Amounts ---------------------------------------------------------------------------------------

AMOUNTS = {
    "1234": 123400,
    "1,234.50": 123450,
    "1,234,567.89": 123456789,
    "￥1,234": 123400,
    "¥ 1234.5": 123450,
    "1234元": 123400,
    "人民币1,234元整": 123400,
    "RMB 1,234": 123400,
    "1234.5 CNY": 123450,
    "12.5万": 12500000,
    "12.5万元": 12500000,
    "12.5w": 12500000,
    "1.2亿": 12000000000,
    "3千": 300000,
    "3百万": 300000000,
    "12.5k": 1250000,
    "1.5M": 150000000,
    "0.000001亿": 10000,
    "(300)": -30000,
    "（300）": -30000,
    "-300": -30000,
    "−300": -30000,
    "－300": -30000,
    "–300": -30000,
    "300-": -30000,
    "-￥300": -30000,
    "￥-300": -30000,
    "(￥300)": -30000,
    "￥(300)": -30000,
    "+300": 30000,
    "１，２３４．５０": 123450,
    "１２．５万": 12500000,
    "1 234.50": 123450,
    "١٬٢٣٤٫٥٠": 123450,
    "۱۲۳": 12300,
    "१२,३४,५६७": 123456700,
    "1,00,000": 10000000,
    "1,2345,6789": 12345678900,
    "12‘345": 1234500,
    "1'200.-": 120000,
    "1\u00a0234\u00a0567": 123456700,
    "1'234.50": 123450,
    "'1234": 123400,
    '="1234"': 123400,
    "\t1234\t": 123400,
    "\u200b1234": 123400,
    "1.2E+07": 1200000000,
    "1e3": 100000,
    "0": 0,
    "-0": 0,
    ".5": 50,
    "5.": 500,
    "0.005": 1,
    "0.0049": 0,
    "-0.005": -1,
    "1.005": 101,
    "9999999999999.99": LARGEST - 1,
    "10000000000000": LARGEST,
}


@pytest.mark.parametrize(("written", "expected"), AMOUNTS.items())
def test_amount_is_read_as_people_write_it(written: str, expected: int) -> None:
    """Every usual way of writing an amount gives its exact fen."""
    amount = parse_amount(written)
    assert amount is not None
    assert amount.held == expected


@pytest.mark.parametrize(
    "written",
    ["", " ", "-", "--", "—", "－", "N/A", "n/a", "NULL", "待定", "暂无", "未知", "￥ -", "￥-", "/", "\u3000"],
)
def test_unknown_amount_is_none_and_no_mistake(written: str) -> None:
    """Blank cells, dashes and the words for "not yet" are amounts that nobody knows."""
    assert parse_amount(written) is None


REFUSED_AMOUNTS = {
    "abc": "not_an_amount",
    "待签约": "not_an_amount",
    "约100": "not_an_amount",
    "100+": "not_an_amount",
    "100²": "not_an_amount",
    "--5": "not_an_amount",
    "(-5)": "not_an_amount",
    "(5": "not_an_amount",
    "5)": "not_an_amount",
    "TRUE": "not_an_amount",
    "12%": "percentage",
    "１２％": "percentage",
    "2024-03-01": "date",
    "2024年3月1日": "date",
    "2024/3/1 00:00": "date",
    "$5": "foreign_currency",
    "US$1,000": "foreign_currency",
    "5 USD": "foreign_currency",
    "5美元": "foreign_currency",
    "1.5万美元": "foreign_currency",
    "€5": "foreign_currency",
    "HK$5": "foreign_currency",
    "£5": "foreign_currency",
    "5日元": "foreign_currency",
    "#N/A": "excel_error",
    "#REF!": "excel_error",
    "=A1*2": "formula",
    "12,34": "separators",
    "1,2345": "separators",
    "1.234,50": "separators",
    "1.2.3": "separators",
    "10000000000000.01": "amount_too_large",
    "1e99": "amount_too_large",
    "9" * 79: "amount_too_large",
    "9" * 5000: "not_an_amount",
}


@pytest.mark.parametrize(("written", "code"), REFUSED_AMOUNTS.items())
def test_what_is_no_amount_is_refused_with_its_reason(written: str, code: str) -> None:
    """Text, percentages, dates, other currencies, errors and unclear separators each have their own sentence."""
    with pytest.raises(NotAnAmount) as caught:
        parse_amount(written)
    assert caught.value.code == f"tables.{code}"


def test_company_currency_is_accepted_and_yuan_then_refused() -> None:
    """For a company that counts in dollars ``$5`` is an amount and ``￥5`` is not."""
    amount = parse_amount("$5", currency="USD")
    assert amount is not None
    assert amount.held == 500
    assert parse_amount("$5", currency="HKD") == amount
    for written, currency in (("￥5", "USD"), ("US$5", "HKD"), ("HK$5", "USD")):
        with pytest.raises(NotAnAmount):
            parse_amount(written, currency=currency)


def test_unit_in_the_cell_stands_instead_of_the_column_s() -> None:
    """In a column of 万元 a bare 5 is 50,000 yuan, and 5亿 and 5元 are what they say."""
    assert parse_column(["5", "5亿", "5元", "5.00001", "1,000"], unit=10_000).held == [
        5_000_000,
        50_000_000_000,
        500,
        5_000_010,
        1_000_000_000,
    ]


@pytest.mark.parametrize(
    ("cells", "expected", "comma"),
    [
        (["1.234,50", "12,5", "1.000", "7"], [123450, 1250, 100000, 700], True),
        (["1,234", "5.678"], [123400, 568], False),
        (["1.234,50", "1,234"], [123450, None], True),
        (["1.234,50", "12.50"], [None, 1250], False),
    ],
)
def test_decimal_comma_is_decided_for_the_whole_column(
    cells: list[str], expected: list[int | None], comma: bool
) -> None:
    """A comma is the decimal mark where some cell cannot be otherwise and none says the opposite."""
    column = parse_column(cells)
    assert (evidence(cells).mark == "comma") is comma
    assert [None if at in column.faults else value for at, value in enumerate(column.held)] == expected


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("收入(万元)", 10**4), ("金额（千元）", 10**3), ("收入/万元", 10**4), ("收入 万元", 10**4), ("收入万元", 10**4),
        ("收入（亿）", 10**8), ("金额(百万)", 10**6), ("金额(元)", 1), ("单位：人民币万元", 10**4),
        ("Revenue (k)", 10**3), ("Revenue, RMB'000", 10**3), ("Revenue (in thousands)", 10**3),
        ("Revenue in millions", 10**6),
        ("Revenue (¥m)", 10**6), ("Sales (CNY, thousands)", 10**3), ("收入（含税）(万元)", 10**4),
        ("Amount (10,000 yuan)", 10**4), ("Unit: 10,000 yuan", 10**4), ("Revenue (ten thousand yuan)", 10**4),
        ("Revenue (RMB 100 million)", 10**8), ("Sales in hundred millions", 10**8), ("Sales (1,000 yuan)", 10**3),
        ("Revenue (mil.)", 10**6), ("Revenue of the top 1,000", None), ("Revenue (2026)", None),
        ("收入", None), ("Plan B", None), ("万元以上客户收入", None), ("Revenue", None), ("Revenue (CNY)", None),
    ],
)  # fmt: skip
def test_unit_of_a_heading(heading: str, unit: int | None) -> None:
    """The unit is found in brackets, after a separator or at the end of a heading, and nowhere else."""
    assert parse_heading(heading).unit == unit


# --- Encodings, delimiters, files ------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_csv_in_every_encoding_delimiter_and_line_end(encoding: str, delimiter: str, end: str) -> None:
    """The same list gives the same rows however it was saved."""
    reading = read(ENCODINGS[encoding](csv_text(PLAIN, delimiter, end)))
    assert fen(reading) == [("甲公司", 123450), ("乙，公司", 9900)]
    assert reading.frame["row"].tolist() == [2, 3]
    assert reading.frame["owner"].tolist() == ["张三", "李四"]
    assert reading.problems == ()


def test_encoding_that_a_file_does_not_state_is_said() -> None:
    """GB18030 is assumed aloud, UTF-8 without a word."""
    assert "encoding" in remarks(read(csv_text(PLAIN).encode("gb18030")))
    assert not {"encoding", "encoding_marked"} & remarks(read(csv_text(PLAIN).encode()))


def test_rare_characters_of_gb18030_are_read() -> None:
    """A name with a character outside GBK survives in four bytes."""
    assert fen(read("客户,收入\n㐂𠮷公司,5\n".encode("gb18030"))) == [("㐂𠮷公司", 500)]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_mark_may_be_full_of_zero_bytes(encoding: str) -> None:
    """一 is 4E00: zero bytes at both places do not hide which way round the file is."""
    assert fen(read("客户,收入\n一一一一一一一一公司,5\n".encode(encoding))) == [("一一一一一一一一公司", 500)]


def test_western_names_in_windows_1252_are_read() -> None:
    """Accents that stand alone among ASCII are Windows-1252, not halves of Chinese characters."""
    reading = read("Customer,Revenue\nSociété Générale,5\nBjörk,6\n".encode("cp1252"))
    assert fen(reading) == [("Société Générale", 500), ("Björk", 600)]


def test_file_cut_inside_a_character_is_still_utf_8() -> None:
    """One damaged character at the end of an export is remarked, and nothing else changes."""
    whole = ("客户,收入\n" + "".join(f"公司{number},5\n" for number in range(50))).encode()
    reading = read(whole + "公司".encode()[:-1])
    assert "damaged_characters" in remarks(reading)
    assert fen(reading)[:2] == [("公司0", 500), ("公司1", 500)]


@pytest.mark.parametrize("mark", [";", ",", "\t", "|", "^"])
def test_line_that_declares_the_delimiter_is_no_row(mark: str) -> None:
    """Excel's ``sep=;`` is obeyed, and rows are numbered as Excel then shows them."""
    reading = read(f"sep={mark}\n客户{mark}收入\n甲{mark}5\n")
    assert fen(reading) == [("甲", 500)]
    assert reading.frame["row"].tolist() == [2]


def test_comma_inside_semicolon_file_and_the_other_way_round() -> None:
    """The delimiter is the one that makes a table, not the one that occurs most."""
    assert fen(read("客户;收入\n甲,乙;1,234.50\n丙,丁,戊;2,000.00\n")) == [("甲,乙", 123450), ("丙,丁,戊", 200000)]
    assert fen(read("客户,区域,收入\n甲,华东;华北,100\n乙,华东;华南,200\n")) == [("甲", 10000), ("乙", 20000)]


def test_quoted_cells_keep_commas_quotes_and_line_breaks() -> None:
    """Quoting is CSV's own; a line break inside a name becomes a space."""
    reading = read('客户,收入\r\n"甲,""乙""\r\n公司","1,234.50"\r\n丙,5\r\n')
    assert fen(reading) == [('甲,"乙" 公司', 123450), ("丙", 500)]
    assert reading.frame["row"].tolist() == [2, 3]


def test_decimal_comma_file_is_read_and_said() -> None:
    """A European export has semicolons between cells and commas in numbers."""
    reading = read("Customer;Revenue\nA;1.234,50\nB;99,90\n")
    assert fen(reading) == [("A", 123450), ("B", 9990)]
    assert "decimal_comma" in remarks(reading)


BAD_FILES = {
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(50), "image"),
    "JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(50), "image"),
    "BMP": (b"BM" + bytes(60), "image"),
    "WebP": (b"RIFF\x10\0\0\0WEBPVP8 " + bytes(50), "image"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "not_a_table"),
    "RAR": (b"Rar!\x1a\x07", "not_a_table"),
    "a ZIP": (zip_file("照片.txt"), "not_a_table"),
    "Word": (zip_file("[Content_Types].xml", "word/document.xml"), "not_a_table"),
    "half an ODS": (zip_file("mimetype", "content.xml"), "broken_workbook"),
    "half an XLSB": (zip_file("[Content_Types].xml", "xl/workbook.bin"), "broken_workbook"),
    "Numbers": (zip_file("Index/Document.iwa"), "other_workbook"),
    "half an XLS": (ole_file("Workbook"), "broken_workbook"),
    "an old Word document": (ole_file("WordDocument"), "not_a_table"),
    "an old PowerPoint presentation": (ole_file("PowerPoint Document"), "not_a_table"),
    "XLSX with a password": (ole_file("EncryptedPackage"), "encrypted"),
    "HTML": (b"<html><table><tr><td>1", "html"),
    "damaged UTF-8": (b"\xef\xbb\xbf" + "客户,收入\n甲,".encode() + b"\xff\xfe\xff", "binary"),
    "HTML in GBK": ("  <META charset=gbk><table>客户".encode("gbk"), "html"),
    "HTML with an XML head": (b"<?xml version='1.0'?><html><table>", "html"),
    "XML spreadsheet": (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook>", "xml"),
    "JSON": (b'{"format": "x"}', "json"),
    "JSON list": (b'[{"a": 1}]', "json"),
    "nothing": (b"", "empty_file"),
    "only a BOM": (b"\xef\xbb\xbf", "empty_file"),
    "only blanks": (b" \r\n\r\n", "empty_file"),
    "only commas": (b",,\r\n,,\r\n", "empty_table"),
    "random bytes": (bytes(range(256)) * 4, "binary"),
    "half a workbook": (openpyxl_file({"客户": PLAIN})[:2000], "broken_workbook"),
    "a header only": ("客户,收入\n".encode(), "no_rows"),
    "a header and blanks": ("客户,收入\n,\n\n , \n".encode(), "no_rows"),
    "prose": ("亲爱的同事，\n请查收附件。".encode(), "no_text_column"),
    "no revenue": ("客户,部门\n甲,销售部\n".encode(), "no_money_column"),
    "text as revenue": ("客户,收入\n甲,待签\n乙,商谈中\n".encode(), "no_amounts"),
    "only totals": ("客户,收入\n合计,5\n".encode(), "no_usable_rows"),
    "revenue in dollars": ("客户,收入(USD)\n甲,5\n".encode(), "foreign_column"),
    "revenue in fen": ("客户,收入(分)\n甲,5\n".encode(), "unit_too_small"),
    "an open quote": (('客户,备注,收入\n甲,"来电\n' + "乙,,6\n" * 50).encode(), "unclosed_quote"),
    "300 columns": (",".join(["客户", "收入", *map(str, range(298))]).encode() + b"\n1,2\n", "too_many_columns"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_what_is_no_table_gets_one_sentence(name: str) -> None:
    """Every kind of wrong file is refused with the one mistake that says what it is."""
    content, code = BAD_FILES[name]
    assert refusal(File("文件", content))[0] == code


def test_file_of_200_mb_is_refused_before_it_is_read() -> None:
    """A file that is too large is not even looked into."""
    code, params = refusal(File("a.csv", bytes(MAX_BYTES + 1)))
    assert (code, params["size"], params["limit"]) == ("too_large", 51, 50)


def test_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that claims to be huge inside is refused by its own directory."""
    monkeypatch.setattr("calculators.engine.reads.cells.MAX_UNPACKED", 1000)
    assert refusal(openpyxl_file({"客户": PLAIN}))[0] == "unpacks_too_large"


def test_more_rows_than_can_be_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit counts rows below the header."""
    monkeypatch.setattr("calculators.engine.reads.tables.MAX_ROWS", 2)
    assert read("客户\t收入\n甲\t1\n乙\t2").rows_read == 2
    assert refusal("客户\t收入\n甲\t1\n乙\t2\n丙\t3")[0] == "too_many_rows"


def test_more_rows_than_can_be_computed_in_ten_seconds_are_refused() -> None:
    """A calculator may take fewer rows than can be read: twenty thousand people in a nine-box, now and earlier."""
    rows: list[list[str]] = [["person", "attainment", "output"], *([f"p{at}", "90%", "50"] for at in range(20_001))]
    people: Any = {"rows": rows, "name": "people"}
    few: Any = {"rows": rows[:3], "name": "few"}
    said = "There are 20,001 rows, and this calculator works out at most 20,000"
    for tables, field in (({"people": people}, "people"), ({"people": few, "earlier": people}, "earlier")):
        (error,) = ask("nine_box", tables)["errors"]
        assert (error["field"], error["code"]) == (field, "tables.too_many_to_compute")
        assert error["message"].startswith(said)


def test_pasting_nothing_says_so() -> None:
    """An empty paste is refused as such."""
    assert refusal("  \n")[0] == "empty_paste"


# --- Header and columns ----------------------------------------------------------------------------


def test_titles_and_the_unit_above_the_header_are_understood() -> None:
    """The header is found below merged titles, and ``单位：万元`` above it counts."""
    reading = read("2024年客户收入汇总表,,\n单位：万元,,2024-12-31\n\n序号,客户名称,收入\n1,甲,1.5\n2,乙,2\n")
    assert fen(reading) == [("甲", 1500000), ("乙", 2000000)]
    assert reading.frame["row"].tolist() == [5, 6]
    assert reading.units == {"revenue": 10_000}
    assert {"header_row", "unit_stated"} <= remarks(reading)


def test_unit_chosen_by_the_reader_wins_and_is_said() -> None:
    """An explicit unit overrules the heading's."""
    reading = read("客户\t收入(万元)\n甲\t5", unit=1000)
    assert fen(reading) == [("甲", 500000)]
    assert "unit_overruled" in remarks(reading)
    assert "unit_assumed" in remarks(read("客户\t收入\n甲\t5"))
    assert not {"unit_assumed", "unit_stated"} & remarks(read("客户\t收入(元)\n甲\t5"))


def test_currency_above_the_header_counts_too() -> None:
    """``单位：万美元`` makes the column a foreign one."""
    assert refusal("客户表,\n单位：万美元,\n客户,收入\n甲,5")[0] == "foreign_column"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["客户名称", "销售额", "业务员", "大区"], (0, 1, 2, 3)),
        (["*客户名称（必填）", "客户经理", "所属区域", "2024年累计回款金额(元)"], (0, 3, 1, 2)),
        (["序号", "客户类型", "客户", "区域经理", "合同金额", "合同编号"], (2, 4, None, None)),
        (["AccountName", "Account Owner", "Amount", "Territory"], (0, 2, 1, 3)),
        (["account_id", "total_revenue", "sales_rep"], (0, 1, 2, None)),
        (["Customer Name", "Customer Type", "Net Revenue (CNY)", "Region"], (0, 2, None, 3)),
        (["客户编号", "客户名称", "收入占比", "收入"], (1, 3, None, None)),
        (["客　户", "收 入（万元）"], (0, 1, None, None)),
        (["销售", "客户", "销售额"], (1, 2, 0, None)),
        (["客户", "目标金额", "金额"], (0, 2, None, None)),
        (["客户", "收入(USD)", "收入(CNY)"], (0, 2, None, None)),
        (["Paid date", "Name", "Sales"], (1, 2, None, None)),
    ],
)
def test_columns_are_matched_by_their_usual_names(header: list[str], expected: tuple[int | None, ...]) -> None:
    """Chinese and English headings of CRM exports find their columns, and lookalikes do not."""
    wide = [*header, *[""] * (4 - len(header))]
    found = outline(Rows([header, ["x"] * len(wide)]), CUSTOMERS).mapping
    assert tuple(found.get(column.name) for column in CUSTOMERS.columns) == expected


def test_two_columns_of_revenue_are_asked_about() -> None:
    """Nothing is chosen between two amounts in silence; where they are equal in every row there is no choice."""
    text = "客户,合同金额,回款金额\n甲,5,4\n乙,2,1\n合计,7,5\n"
    with pytest.raises(Asked, match=r"open_question") as asked:
        read(text)
    (question,) = asked.value.known.questions
    assert (question.name, question.chosen) == ("column.revenue", None)
    assert [(one.params["header"], one.params["total"]) for one in question.options.values()] == [
        ("合同金额", 700),
        ("回款金额", 500),
    ]
    assert fen(read(text, answers={"column.revenue": "column.3"})) == [("甲", 400), ("乙", 100)]
    reading = read("客户,合同金额,回款金额\n甲,5,5\n")
    (remark,) = [remark for remark in reading.remarks if remark.code == "tables.other_columns"]
    assert remark.params == {"header": "合同金额", "others": ["回款金额"]}


def test_choice_of_columns_wins_over_their_names() -> None:
    """An explicit mapping is obeyed, also where it leaves a column out or points at an odd one."""
    text = "客户,合同金额,回款金额,负责人\n甲,5,4,张三\n"
    reading = read(text, mapping={"revenue": 2, "owner": None})
    assert fen(reading) == [("甲", 400)]
    assert reading.frame["owner"].tolist() == [""]
    assert reading.mapping == {"customer": 0, "revenue": 2, "owner": None, "region": None}
    assert refusal(text, mapping={"revenue": 9})[0] == "no_such_column"
    assert refusal(text, mapping={"revenue": 0, "customer": 0})[0] == "same_column"
    assert refusal(text, mapping={"revenue": None})[0] == "no_money_column"


def test_missing_column_names_the_headers_there_are() -> None:
    """The reader sees what the file has, and the outline still offers it for choosing."""
    code, params = refusal("客户,部门,城市\n甲,销售部,上海\n")
    assert (code, params["headers"]) == ("no_money_column", ["客户", "部门", "城市"])
    found = outline(Pasted("客户,2023,2024\n甲,5,4\n"), CUSTOMERS)
    assert (found.headers, found.mapping["revenue"]) == (("客户", "2023", "2024"), None)
    assert found.preview == (("甲", "5", "4"),)
    assert fen(read("客户,2023,2024\n甲,5,4\n", mapping={"revenue": 2})) == [("甲", 400)]


@pytest.mark.parametrize("text", ["甲公司\t100\n乙公司\t2,000.50", '1001,甲公司,100\n1002,乙公司,"2,000.50"'])
def test_table_without_header_is_recognised_and_said(text: str) -> None:
    """When the first row is data already, it is kept and columns are called A, B, C."""
    reading = read(text)
    assert fen(reading) == [("甲公司", 10000), ("乙公司", 200050)]
    assert reading.frame["row"].tolist() == [1, 2]
    assert reading.headers[0] == "A"
    assert "no_header" in remarks(reading)


def test_customer_whose_name_sounds_like_a_heading_is_no_header() -> None:
    """``客户之声科技`` with an amount beside it is a row of data."""
    assert fen(read("客户之声科技\t100\n收入宝公司\t200")) == [("客户之声科技", 10000), ("收入宝公司", 20000)]


# --- Rows ------------------------------------------------------------------------------------------


def test_totals_are_left_out_and_companies_called_so_are_not() -> None:
    """A total is a whole cell that says so; Total Energies and 合计科技 are customers."""
    totals = ["合计", "合 计：", "总计(元)", "小计", "本页小计", "Total", "GRAND TOTAL", "Subtotal:", "累计", "汇总"]
    totals += ["合计：12,345.00元", "总 合 计", "【合计】", "平均", "全员平均值", "Average:", "最大值"]
    companies = ["Total Energies", "合计科技", "总计划公司", "Totally", "汇总通", "Sumitomo", "平均科技", "Average Joe"]
    reading = read(csv_text([["客户", "收入"], *([name, "5"] for name in companies + totals)]))
    assert [name for name, _ in fen(reading)] == companies
    assert problems(reading) == [(row, "total_row") for row in range(len(companies) + 2, reading.rows_read + 2)]


def test_totals_of_groups_beside_names_are_known_by_the_group() -> None:
    """Excel's subtotals of customers or regions among the customers; without an Acme, Acme Total is a customer."""
    reading = read("区域,客户,收入\n华东,甲,5\n华东,甲,6\n,甲 汇总,11\n,华东小计,11\n华北,Acme Total,7\n,总计,18\n")
    assert reading.frame["customer"].tolist() == ["甲", "甲", "Acme Total"]
    assert problems(reading) == [(4, "total_row"), (5, "total_row"), (7, "total_row")]


def test_totals_of_groups_are_known_by_the_column_they_stand_in() -> None:
    """Excel's own subtotals stand in the column of the group, with no customer beside them."""
    reading = read("大区,客户,收入\n华东,甲,5\n华东 汇总,,5\n华北,乙,6\nEast Total,,6\n总计,,11\n")
    assert fen(reading) == [("甲", 500), ("乙", 600)]
    assert problems(reading) == [(3, "total_row"), (5, "total_row"), (6, "total_row")]


def test_row_that_cannot_be_used_is_reported_with_its_number_and_reason() -> None:
    """Every row ends up in the frame or among the problems, with the number that Excel shows."""
    reading = read(
        "客户,收入\n甲,5\n,6\n乙,$5\n丙,12%\n丁,待签约\n\n戊,待定\n客户,收入\n#REF!,7\n己,1,234.50\n合计,99\n"
        "数据来源：CRM,\n"
    )
    assert fen(reading) == [("甲", 500), ("戊", 0)]
    assert reading.frame["revenue_known"].tolist() == [True, False]
    assert problems(reading) == [
        (3, "blank_text"),
        (4, "foreign_currency"),
        (5, "percentage"),
        (6, "not_an_amount"),
        (9, "repeated_header"),
        (10, "excel_error"),
        (11, "too_many_cells"),
        (12, "total_row"),
        (13, "footnote"),
    ]
    assert reading.rows_read == 11
    assert [(p.column, p.cell) for p in reading.problems][1] == ("revenue", "$5")
    assert "blank_rows" in remarks(reading)


@pytest.mark.parametrize(
    "note",
    [
        *("数据来源：CRM", "导出时间: 2024-12-31 10:00", "共 120 条记录", "Total: 120 records", "注：含税"),
        *("Confidential Information - Do Not Distribute", "内部资料请勿外传", "第1页共3页", "Page 1 of 3"),
        "Copyright (c) 2000-2026 salesforce.com. All rights reserved.",
    ],
)
def test_footnotes_below_the_table_are_no_customers(note: str) -> None:
    """A line that stands alone and says who exported what is left out, wherever it stands."""
    assert problems(read(f"序号,客户,收入\n1,甲,5\n{note},,\n,{note},\n")) == [(3, "footnote"), (4, "footnote")]
    assert problems(read(f"客户,收入\n甲,5\n{note},7\n")) == []


def test_a_crms_currency_column_is_known_by_its_ending_and_codes_by_their_three_letters() -> None:
    """Salesforce calls it Amount Currency; a currency that we have no name for is another one, too."""
    reading = read(
        "Account Name,Cost Currency,Amount Currency,Amount\n"
        "a,CNY,USD,5\nb,USD,CNY,6\nc,CNY,XOF,7\nd,CNY,人民币（CNY）,8\ne,CNY,,9\n"
    )
    assert reading.frame["customer"].tolist() == ["b", "d", "e"]
    assert problems(reading) == [(2, "foreign_row"), (4, "foreign_row")]
    assert refusal("客户,收入（SEK）\n甲,5\n")[0] == "foreign_column"


def test_currency_column_refuses_rows_in_other_currencies() -> None:
    """A 币种 column decides row by row."""
    reading = read("客户,币种,金额\n甲,USD,5\n乙,人民币,6\n丙,,7\n丁,港币,8\n")
    assert fen(reading) == [("乙", 600), ("丙", 700)]
    assert problems(reading) == [(2, "foreign_row"), (5, "foreign_row")]


def test_cells_beside_an_aligned_table_are_notes() -> None:
    """In pasted cells something right of the last header is remarked, and the row stays."""
    reading = read("客户\t收入\n甲\t5\t别忘了\n乙\t6")
    assert fen(reading) == [("甲", 500), ("乙", 600)]
    assert "extra_cells" in remarks(reading)


def test_ids_that_excel_ruined_are_marked() -> None:
    """1.23E+11 twice are perhaps two customers: kept, marked, said."""
    reading = read("客户编号,收入\n1.23E+11,5\n1.23E+11,6\n123456789012345000,7\nKH001,4\n20240001,3\n")
    assert reading.frame["ruined"].tolist() == [True, True, True, False, False]
    (remark,) = [remark for remark in reading.remarks if remark.code == "tables.ruined"]
    assert (remark.params["count"], remark.params["rows"]) == (3, [2, 3, 4])


def test_long_ids_that_kept_their_digits_are_not_ruined() -> None:
    """One id with digits beyond the fifteenth shows that the column never was numbers in Excel."""
    reading = read("客户编号\t收入\n123456789012345670\t5\n123456789012345678\t6\n123456789012345000\t7")
    assert not reading.frame["ruined"].any()


def test_names_are_trimmed_and_disarmed_names_get_their_first_letter_back() -> None:
    """Spaces of every width go; ``="007"`` and the quote before a formula are exports' tricks."""
    reading = read('客户,收入\n\u3000甲 \u200b,1\n"=""007""",2\n\'=乙,3\n\'丙,4\n')
    assert [name for name, _ in fen(reading)] == ["甲", "007", "=乙", "'丙"]


def test_amounts_rounded_or_in_powers_or_units_are_counted() -> None:
    """What was done to numbers is said with how often."""
    reading = read("客户\t收入\n甲\t1.005\n乙\t2.5E+06\n丙\t3万\n丁\t4.999")
    assert fen(reading) == [("甲", 101), ("乙", 250000000), ("丙", 3000000), ("丁", 500)]
    counts = {remark.code: remark.params.get("count") for remark in reading.remarks}
    assert (counts["tables.rounded"], counts["tables.scientific"], counts["tables.own_units"]) == (2, 1, 1)


def test_frame_has_the_same_explicit_types_everywhere() -> None:
    """int64, bool and object: what the browser's 32-bit Python would choose by itself differs."""
    for text in ("客户\t收入\n甲\t5", "客户\t收入\n甲\t5\n合计\t5"):
        assert {name: str(kind) for name, kind in read(text).frame.dtypes.items()} == {
            "row": "int64",
            "customer": "object",
            "revenue": "int64",
            "revenue_known": "bool",
            "owner": "object",
            "region": "object",
            "ruined": "bool",
        }


def test_optional_money_that_is_missing_is_unknown() -> None:
    """A declared column that the table has not is there all the same, empty."""
    spec = TableSpec("goals", (ColumnSpec("customer", "text"), ColumnSpec("target", "money", required=False)))
    frame = read_table(Pasted("客户\t备注\n甲\tx"), spec).frame
    assert (frame["target"].tolist(), frame["target_known"].tolist()) == ([0], [False])


def test_typed_rows_are_read_like_a_sheet() -> None:
    """Rows from the page's editor, and records from JSON, number from their header."""
    reading = read(Rows(table(["客户", "收入"], ["甲", 5], ["乙", 6.5], ["丙", None])))
    assert fen(reading) == [("甲", 500), ("乙", 650), ("丙", 0)]
    records = read(Rows.of([{"customer": "甲", "revenue": 5}, {"customer": "乙", "revenue": "1万", "region": "华东"}]))
    assert fen(records) == [("甲", 500), ("乙", 1000000)]
    assert records.frame["row"].tolist() == [2, 3]
    assert records.frame["region"].tolist() == ["", "华东"]
    assert refusal(Rows([]))[0] == "empty_table"


def test_raw_rows_give_the_table_as_it_stands() -> None:
    """The editor and the plan file get every row as text, titles included."""
    assert raw_rows(Pasted("表\t\n客户\t收入\n甲\t５")).rows == [["表", ""], ["客户", "收入"], ["甲", "５"]]
    assert raw_rows(File("a.xlsx", openpyxl_file({"客户": [["客户", "收入"], ["甲", 5.5]]}))).rows == [
        ["客户", "收入"],
        ["甲", "5.5"],
    ]


def test_names_that_are_possibly_one_are_grouped() -> None:
    """Width, case, spaces and brackets make no difference; anything else does."""
    names = ["甲（上海）公司", "ＡＢＣ", "甲(上海) 公司", "abc", "甲公司", "A.B.C", "甲（上海）公司", "？", "!"]
    assert possibly_same(names) == [["甲（上海）公司", "甲(上海) 公司"], ["ＡＢＣ", "abc", "A.B.C"]]


# --- Workbooks -------------------------------------------------------------------------------------

SHEET = table(["客户", "收入", "负责人"], ["甲公司", 1234.5, "张三"], ["乙公司", 99, "李四"], ["丙", 0.1 + 0.2, "王五"])


@pytest.mark.parametrize(
    "content",
    [openpyxl_file({"客户": SHEET}), xlsxwriter_file(SHEET), xlsxwriter_file(SHEET, constant_memory=True)],
    ids=["openpyxl", "XlsxWriter", "XlsxWriter, strings in cells"],
)
def test_workbooks_of_every_writer_are_read(content: bytes) -> None:
    """Numbers come out exact, also where binary fractions are not."""
    reading = read(content)
    assert fen(reading) == [("甲公司", 123450), ("乙公司", 9900), ("丙", 30)]
    assert (reading.sheets, reading.sheet) == (("客户",), "客户")
    assert "rounded" not in remarks(reading)


def test_sheet_can_be_chosen_and_the_choice_made_is_said() -> None:
    """Of several sheets the first visible one with something in it is read, and named."""

    def hide(book: openpyxl.Workbook) -> None:
        book["旧"].sheet_state = "hidden"

    header = ["客户", "收入"]
    content = openpyxl_file(
        {"旧": table(header, ["旧", 9]), "空": [], "客户": SHEET, "别的": table(header, ["别", 1])}, hide
    )
    reading = read(content)
    assert (reading.sheet, len(reading.frame)) == ("客户", 3)
    assert "sheet_chosen" in remarks(reading)
    chosen = read(content, sheet="别的")
    assert fen(chosen) == [("别", 100)]
    assert "sheet_chosen" not in remarks(chosen)
    assert refusal(content, sheet="没有")[0] == "no_such_sheet"
    assert refusal(content, sheet="空")[0] == "empty_sheet"


def test_workbook_with_nothing_in_it_is_refused() -> None:
    """A 0-row sheet says which sheet is empty."""
    assert refusal(openpyxl_file({"客户": []})) == ("empty_sheet", {"sheet": "客户"})


def test_merged_titles_and_merged_groups_are_understood() -> None:
    """A merged title stands above the header; merged names count for each of their rows, amounts as the reader says."""

    def merge(book: openpyxl.Workbook) -> None:
        sheet = book["客户"]
        for area in ("A1:C1", "A3:A4", "B3:B4", "C5:C6"):
            sheet.merge_cells(area)

    rows = table(["2024年客户收入"], ["区域", "客户", "收入(万元)"], ["华东", "甲", 1], [None, None, 2])
    rows += table(["华北", "乙", 3], ["华南", "丙", None])
    reading = read(openpyxl_file({"客户": rows}, merge), answers={"merged.revenue": "once"})
    assert fen(reading) == [("甲", 1000000), ("甲", 2000000), ("乙", 3000000)]
    assert reading.frame["region"].tolist() == ["华东", "华东", "华北"]
    assert [(problem.row, problem.code) for problem in reading.problems] == [(6, "tables.merged_amount")]
    assert "merged_filled" in remarks(reading)


def test_what_a_number_is_shown_as_decides_what_it_is() -> None:
    """Dates, percentages, booleans and numbers shown in dollars are no amounts of yuan."""

    def style(book: openpyxl.Workbook) -> None:
        sheet = book["客户"]
        for cell, code in {
            "B2": '#,##0.00"元"',
            "B4": "0.0%",
            "B6": "[$$-409]#,##0.00",
            "B7": "[$¥-804]#,##0.00",
        }.items():
            sheet[cell].number_format = code
        sheet["B8"].number_format = "_-* #,##0.00\\ [$€-407]_-"
        sheet["B9"].number_format = '#,##0.0,"千"'

    rows: list[list[object]] = [["客户", "收入"], ["甲", 5], ["乙", datetime.datetime(2024, 3, 1)], ["丙", 0.125]]
    rows += [["丁", True], ["戊", 7], ["己", 8], ["庚", 9], ["辛", 12345]]
    reading = read(openpyxl_file({"客户": rows}, style))
    assert fen(reading) == [("甲", 500), ("己", 800), ("辛", 1234500)]
    assert problems(reading) == [
        (3, "date"),
        (4, "percentage"),
        (5, "not_an_amount"),
        (6, "foreign_currency"),
        (8, "foreign_currency"),
    ]
    assert [problem.cell for problem in reading.problems] == ["2024-03-01", "12.5%", "TRUE", "USD 7", "EUR 9"]


def test_long_numbers_in_a_workbook_are_ids_and_may_be_ruined() -> None:
    """Excel keeps fifteen digits of a number; whole numbers never show an exponent."""
    reading = read(openpyxl_file({"客户": [["客户编号", "收入"], [1.23456789012345e17, 5], [20240001, 6]]}))
    assert reading.frame["customer"].tolist() == ["123456789012345000", "20240001"]
    assert reading.frame["ruined"].tolist() == [True, False]


def test_formulas_give_their_saved_values_and_are_named_where_there_is_none() -> None:
    """openpyxl saves formulas without values, Excel with them."""
    rows = table(["客户", "收入"], ["甲", "=1+1"], ["乙", 5])
    reading = read(openpyxl_file({"客户": rows}))
    assert (fen(reading), problems(reading)) == ([("乙", 500)], [(2, "formula")])
    assert "formulas_without_value" in remarks(reading)
    assert refusal(openpyxl_file({"客户": rows[:2]}))[0] == "only_formulas"
    cached = workbook_of_parts(
        '<row r="1"><c r="A1" t="str"><f>A9</f><v>客户</v></c><c r="B1" t="inlineStr"><is><t>收入</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>A9</f><v>甲</v></c><c r="B2"><f>SUM(B3:B4)</f><v>2.5</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>乙</t></is></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    assert (fen(read(cached)), problems(read(cached))) == ([("甲", 250)], [(3, "excel_error")])


@pytest.mark.parametrize(
    ("code", "scales"),
    [('0!.0,"万"', True), ("#,##0,", True), ('0.0,,"m"', True), ("#,##0.00", False), ("#,##0_);(#,##0)", False)],
)
def test_numbers_shown_smaller_than_they_are_stored_are_said(code: str, scales: bool) -> None:
    """Under a heading in 万 a cell may show 12.5 and hold 125,000, which would be ten thousand times too much."""

    def touch(book: openpyxl.Workbook) -> None:
        book["客户"]["B2"].number_format = code

    reading = read(openpyxl_file({"客户": [["客户", "收入"], ["甲", 125000], ["乙", 5]]}, touch))
    assert fen(reading) == [("甲", 12_500_000), ("乙", 500)]
    assert [one.params["count"] for one in reading.remarks if one.code == "tables.scaled_numbers"] == [1] * scales


def test_hidden_rows_are_read_and_said() -> None:
    """A filter hides rows from the eye, not from the sum."""

    def hide(book: openpyxl.Workbook) -> None:
        book["客户"].row_dimensions[3].hidden = True

    reading = read(openpyxl_file({"客户": SHEET}, hide))
    assert len(reading.frame) == 3
    assert "hidden_rows" in remarks(reading)


def test_workbooks_as_the_standard_allows_them() -> None:
    """Prefixed names, gaps, rich text with reading aids, escapes: all allowed."""
    strings = (
        "<si><r><t>甲</t></r><r><t>公司</t></r><rPh sb='0' eb='1'><t>jia</t></rPh></si>"
        "<si><t>乙_x005F_x000D_</t></si><si><t/></si><si><t xml:space='preserve'> 丙 </t></si>"
    )
    rows = (
        '<x:row r="3"><x:c r="B3" t="inlineStr"><x:is><x:t>客户</x:t></x:is></x:c>'
        '<x:c r="D3" t="inlineStr"><x:is><x:r><x:t>收</x:t></x:r><x:r><x:t>入</x:t></x:r></x:is></x:c></x:row>'
        '<x:row r="5"><x:c r="B5" t="s"><x:v>0</x:v></x:c><x:c r="D5"><x:v>1.5E2</x:v></x:c></x:row>'
        '<x:row r="6"><x:c r="B6" t="s"><x:v>1</x:v></x:c><x:c r="C6" t="s"><x:v>2</x:v></x:c><x:c r="D6"/></x:row>'
        '<x:row r="7"><x:c r="B7" t="s"><x:v>3</x:v></x:c>'
        '<x:c r="D7" t="d"><x:v>2024-03-01T00:00:00</x:v></x:c></x:row>'
    )
    reading = read(workbook_of_parts(rows, strings=strings, prefix="x"))
    assert fen(reading) == [("甲公司", 15000), ("乙_x000D_", 0)]
    assert reading.frame["row"].tolist() == [5, 6]
    assert problems(reading) == [(7, "date")]


def test_strict_workbooks_are_read() -> None:
    """ISO's strict variant has other namespaces and nothing else that matters."""
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="B2" s="1"><v>7.5</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>乙</t></is></c><c r="B3"><v>5</v></c></row>'
    )
    strings = "<si><t>客户</t></si><si><t>收入</t></si>"
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="[$€-407]#,##0"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
    )
    reading = read(workbook_of_parts(rows, strings=strings, styles=styles, strict=True))
    assert (fen(reading), problems(reading)) == ([("乙", 500)], [(2, "foreign_currency")])


def test_cells_without_references_stand_side_by_side() -> None:
    """The r attributes of rows and cells may be left out."""
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    rows = f"<row>{cell.format('客户')}{cell.format('收入')}</row><row>{cell.format('甲')}<c><v>5</v></c></row>"
    assert fen(read(workbook_of_parts(rows))) == [("甲", 500)]


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    """The Macintosh's calendar starts four years and a day later."""
    rows = '<row r="1"><c r="A1" s="0"><v>1.5</v></c></row>'
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    for properties, shown in (("", "1900-01-01 12:00:00"), ('<workbookPr date1904="1"/>', "1904-01-02 12:00:00")):
        content = workbook_of_parts(rows, styles=styles, properties=properties)
        assert raw_rows(File("a.xlsx", content)).rows == [[shown]]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="9999999"><c r="A9999999"><v>1</v></c></row>',
        '<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        "<row>",
    ],
)
def test_workbook_that_contradicts_itself_is_broken(rows: str) -> None:
    """Strings that are not there, rows without a number, cells beyond Excel's: one sentence, no crash."""
    assert refusal(workbook_of_parts(rows))[0] == "broken_workbook"


def test_doubts_about_a_workbook_go_to_no_console(
    capsys: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    """openpyxl warns of a missing stylesheet and prints of a wrong style; neither comes out."""
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    wrong = '<cellXfs><xf/></cellXfs><cellStyles><cellStyle name="a" xfId="9"/></cellStyles>'
    for styles in ("", wrong):
        with contextlib.suppress(InvalidInputs):
            raw_rows(File("a.xlsx", workbook_of_parts(row, styles=styles)))
    assert (capsys.readouterr(), recwarn.list) == (("", ""), [])


def test_cells_out_of_order_stand_where_they_say() -> None:
    """A cell's own reference decides, also where rows or cells are not in their order."""
    rows = '<row r="2"><c r="B2"><v>4</v></c><c r="A2"><v>3</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>'
    assert raw_rows(File("a.xlsx", workbook_of_parts(rows))).rows == [["", "2"], ["3", "4"]]


def test_one_cell_at_the_far_end_of_a_sheet_costs_nothing() -> None:
    """A note in Excel's last cell does not fill the billions of cells before it."""
    content = workbook_of_parts('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    rows = raw_rows(File("a.xlsx", content)).rows
    assert (len(rows), len(rows[-1]), any(rows[:-1])) == (1_048_576, 16_384, False)


def test_dates_in_the_formats_that_only_chinese_excel_has_are_dates() -> None:
    """Number format 31 is 2024年3月1日, though no workbook says so."""
    rows = '<row r="1"><c r="A1" s="0"><v>45352</v></c></row>'
    content = workbook_of_parts(rows, styles='<cellXfs><xf numFmtId="31"/></cellXfs>')
    assert raw_rows(File("a.xlsx", content)).rows == [["2024-03-01"]]


def test_formulas_that_give_an_empty_text_are_blank() -> None:
    """Where Excel has saved values, a formula without one is ``=IF(…,"")`` and no mistake."""
    rows = (
        '<row r="1"><c r="A1" t="str"><v>客户</v></c><c r="B1" t="str"><v>收入</v></c></row>'
        '<row r="2"><c r="A2" t="str"><f>X2</f><v>甲</v></c><c r="B2"><f>Y2</f><v>5</v></c></row>'
        '<row r="3"><c r="A3" t="str"><f>X3</f><v></v></c><c r="B3" t="str"><f>Y3</f><v></v></c></row>'
    )
    reading = read(workbook_of_parts(rows))
    assert (fen(reading), problems(reading)) == ([("甲", 500)], [])
    assert "formulas_without_value" not in remarks(reading)


def test_every_kind_of_cell_becomes_text_in_its_place() -> None:
    """What openpyxl reads out of a workbook with all kinds of cells is in the rows, as Excel shows it."""
    rows: list[list[object]] = [["名称", -1.5, 3, True, None, "  x "], ["", 1e-7, 10**14, False, "#N/A", "=="]]
    content = openpyxl_file({"甲": rows, "乙": [[None, None, "c3"], [], ["a"]]})
    for title in ("甲", "乙"):
        judged = [
            ["" if cell is None else str(cell).upper() if isinstance(cell, bool) else str(cell) for cell in row]
            for row in openpyxl.load_workbook(io.BytesIO(content))[title].iter_rows(values_only=True)
        ]
        ours = raw_rows(File("a.xlsx", content), title).rows
        width = max(map(len, judged))
        padded = [row + [""] * (width - len(row)) for row in ours]
        assert padded == [[cell.replace("1e-07", "0.0000001") for cell in row] for row in judged]


# --- Writing ---------------------------------------------------------------------------------------

KINDS = ["text", "money", "count", "share", "number"]
HEADERS = ["客户", "收入", "数量", "占比", "分"]
TYPED = [["甲", 123450, 3, Fraction(1, 8), Decimal("1.25")], ["=乙", -5, -1, Fraction(-2, 3), None]]


def test_csv_has_bom_crlf_and_numbers_as_numbers() -> None:
    """Excel shows the Chinese, and negative numbers are not taken for formulas."""
    content = write_csv(["客户", "收入"], [["甲,乙", "-5.50"], ['丙"', "-3"], ["=1+1", "0.3"], ["x", ""]])
    assert content == (b"\xef\xbb\xbf" + '客户,收入\r\n"甲,乙",-5.50\r\n"丙""",-3\r\n\'=1+1,0.3\r\nx,\r\n'.encode())


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠", "\u3000@"])
def test_no_text_in_a_csv_can_become_a_formula(start: str) -> None:
    """What spreadsheets take for a formula gets a quote in front, in headers too; behind blanks: ``test_formulas``."""
    text = f"{start}cmd|' /C calc'!A0"
    for content in (write_csv([text], []), write_csv(["a"], [[text]])):
        assert "'" + start in content.decode("utf-8-sig")


def test_workbook_has_typed_cells_and_a_header_that_stays() -> None:
    """openpyxl reads numbers as numbers, text as text, widths, formats and the frozen header."""
    content = write_xlsx([("名单", HEADERS, TYPED, KINDS), ("空", ["a"], [], ["text"])])
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["名单"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        HEADERS,
        ["甲", 1234.5, 3, 0.125, 1.25],
        ["=乙", -0.05, -1, -0.666666666667, None],
    ]
    assert [sheet.cell(2, column).number_format for column in range(1, 6)] == [
        "General",
        "#,##0.00",
        "#,##0",
        "0.00%",
        "#,##0.####",
    ]
    assert (sheet["A3"].data_type, sheet["A3"].quotePrefix, sheet.freeze_panes) == ("s", True, "A2")
    assert sheet.column_dimensions["A"].width >= 8
    assert book.sheetnames == ["名单", "空"]


def test_cell_with_a_kind_of_its_own_is_a_number_of_that_kind() -> None:
    """A sheet of figures holds counts, money, shares and indices in one column, each as a number."""
    values = [Typed("count", 3), Typed("money", 123450), Typed("share", Fraction(1, 8)), Typed("index", Fraction(1, 3))]
    rows = [[cell] for cell in [*values, Typed("number", Decimal("1.5")), Typed("text", "=甲"), Typed("money", None)]]
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx([("数", ["值"], rows, ["text"])]))).worksheets[0]
    assert [(cell.value, cell.number_format) for (cell,) in sheet.iter_rows(min_row=2)] == [
        (3, "#,##0"),
        (1234.5, "#,##0.00"),
        (0.125, "0.00%"),
        (0.333333333333, "0.0000"),
        (1.5, "#,##0.####"),
        ("=甲", "@"),
    ]


def test_text_that_reads_like_an_excel_error_stays_text() -> None:
    """A customer called #N/A is no error cell."""
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx([("名", ["名"], [["#N/A"]], ["text"])]))).worksheets[0]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("#N/A", "s")


def test_workbook_takes_any_text_and_any_title() -> None:
    """Characters that XML or Excel cannot hold go; what looks like an escape is kept; titles differ."""
    odd = ["a\x00b\x0bc\ud800", "_x000D_", "<&>\"'", " 前后 ", "行\n行", "😀", "x" * 40_000]
    content = write_xlsx(
        [("a/b:c*?[]\\" + "长" * 40, ["x"], [[text] for text in odd], ["text"])] * 2 + [("", ["x"], [], ["text"])]
    )
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len({title.lower() for title in book.sheetnames}) == 3
    assert all(0 < len(title) <= 31 and not re.search(r"[\[\]:*?/\\]", title) for title in book.sheetnames)
    assert (
        [row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
        == [
            "abc",
            "_x005F_x000D_",  # as the standard has it; openpyxl leaves escapes where strings stand in their cells
            *odd[2:6],
            "x" * 32_767,
        ]
    )
    assert [row[0] for row in raw_rows(File("a.xlsx", content)).rows[1:3]] == ["abc", "_x000D_"]


def test_numbers_written_as_text_become_numbers_in_a_template() -> None:
    """The filled template is made of rows of text, and its amounts have to be numbers."""
    content = write_xlsx([("客户", ["客户", "收入"], [["001", "1234.5"], ["乙", "待定"]], ["text", "money"])])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert [cell.value for row in sheet["A2:B3"] for cell in row] == ["001", 1234.5, "乙", "待定"]


def test_files_are_the_same_bytes_every_time() -> None:
    """No clock and no random number goes into a file."""
    content = write_xlsx([("名单", HEADERS, TYPED * 3_000, KINDS)])
    assert content == write_xlsx([("名单", HEADERS, TYPED * 3_000, KINDS)])
    parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    assert {part.date_time for part in parts} == {(1980, 1, 1, 0, 0, 0)}
    assert {part.compress_type for part in parts} == {zipfile.ZIP_DEFLATED}
    small = zipfile.ZipFile(io.BytesIO(write_xlsx([("名单", HEADERS, TYPED, KINDS)]))).infolist()
    assert {part.compress_type for part in small} == {zipfile.ZIP_STORED}


# --- Sentences -------------------------------------------------------------------------------------

ENGINE = Path(calculators.__file__).parent / "engine"
TEXTS = {
    language: tomllib.loads((ENGINE / "shows/words" / f"tables.{language}.toml").read_text(encoding="utf-8"))
    for language in ("zh", "en")
}


KINDS_OF_COLUMNS = ("text", "money", "number", "percent", "date", "choice")


def places(sentence: object) -> set[str]:
    """The params that a sentence, or any of its plural forms, has places for."""
    forms = sentence.values() if isinstance(sentence, dict) else [sentence]
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(str(form)) if name}


def test_every_code_has_a_sentence_in_both_languages() -> None:
    """Codes in the source and keys of the texts are the same, in Chinese and in English."""
    source = "".join(path.read_text(encoding="utf-8") for path in (ENGINE / "reads").glob("*.py"))
    codes = set(re.findall(r'"tables\.([a-z_]+)"', source)) | {f"no_{kind}_column" for kind in KINDS_OF_COLUMNS}
    assert codes == TEXTS["zh"].keys() - {"reason", "ask"} == TEXTS["en"].keys() - {"reason", "ask"}
    assert TEXTS["zh"]["reason"].keys() == TEXTS["en"]["reason"].keys()
    assert TEXTS["zh"]["reason"].keys() <= codes


def said(reading: Reading) -> list[tuple[str, Mapping[str, object]]]:
    """Every sentence that a reading asks for."""
    problems = [(problem.code, problem.params) for problem in reading.problems]
    return problems + [(remark.code, remark.params) for remark in reading.remarks]


def test_sentences_have_places_only_for_what_they_are_given() -> None:
    """What the reader of an awkward list is told can be filled in, in both languages."""
    sentences = [(f"tables.{code}", params) for content, _ in BAD_FILES.values() for code, params in [refusal(content)]]
    sentences += said(read("客户,币种,金额\n甲,USD,5\n#N/A,,5\n乙,,1,2\n合计,,1\n丙,,5.5555\n丁,,1e3\n,,4\n\n戊,,3万"))
    sentences += said(
        read("标题,\n客户编号,收入(万元)\n1.2E+11,5\n甲,5%\n乙,2024-1-1\n丙,1e99\n丁,x\n戊,1,\n", unit=1000)
    )
    for code, params in sentences:
        for language in ("zh", "en"):
            node: object = TEXTS[language]
            for part in code.removeprefix("tables.").split("."):
                assert isinstance(node, dict)
                node = node[part]
            of_company = {"money_unit", "smallest_unit"}  # every sentence may name them
            assert places(node) <= params.keys() | of_company, (code, language)


def test_the_sheet_that_has_the_columns_is_read_and_said() -> None:
    """Behind a sheet of instructions that speak of customers and revenue, and one with a header and nothing below; the
    editor shows the same one.
    """
    spec = TableSpec("customers", (ColumnSpec("customer", "text"), ColumnSpec("revenue", "money")))
    sheets: dict[str, list[list[object]]] = {
        "怎么用": [["怎么用"], ["1", "一行一家客户，写明收入"]],
        "空表": [["客户", "收入"]],
        "名单": [["客户", "收入"], ["甲", 5]],
        "汇总": [["客户", "收入"], ["合计", 5]],
    }
    file = File("a.xlsx", openpyxl_file(sheets))
    reading = read_table(file, spec)
    assert (reading.sheet, reading.frame["customer"].tolist()) == ("名单", ["甲"])
    assert [remark.params["sheet"] for remark in reading.remarks if remark.code == "tables.sheet_chosen"] == ["名单"]
    assert raw_rows(file, spec=spec).rows == [["客户", "收入"], ["甲", "5"]]
    assert outline(file, spec).sheet == "名单"
    assert outline(file, spec, sheet="汇总").sheet == "汇总"


@pytest.mark.parametrize("name", known_headings())
def test_known_headings_are_folded_and_find_their_own_column(name: str) -> None:
    """Each heading in the list is known as it stands there, and alone in a header is taken for its column."""
    spec = TableSpec("t", (ColumnSpec(name, "text"),))
    known = known_headings()[name].zh + known_headings()[name].en
    for heading in known:
        assert rank(heading, name) == known.index(heading), heading
        assert outline(Rows([[heading, "甲乙丙"], ["x", "y"]]), spec).mapping == {name: 0}, heading


# --- What always holds -----------------------------------------------------------------------------

NAMES = (
    st.text(st.characters(codec="gb18030", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
    .map(lambda name: f"户{name}")
    .filter(lambda name: clean(name) == name)  # what shows nothing is taken out (test_limits.py)
)
FEN = st.integers(-LARGEST, LARGEST)


def written(value: int) -> str:
    """Fen as a decimal number of yuan."""
    return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"


@settings(deadline=None, max_examples=100)
@given(FEN, st.sampled_from(sorted(UNITS)))
def test_amount_with_a_unit_is_exact(value: int, unit: str) -> None:
    """Any number of any unit is that many fen, by integers alone."""
    column = parse_column([written(value) + unit])
    if abs(value) * UNITS[unit] > LARGEST:
        assert [fault.code for fault in column.faults.values()] == ["tables.amount_too_large"]
    else:
        assert column.held == [value * UNITS[unit]]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(NAMES, FEN), min_size=1, max_size=20))
def test_money_comes_back_to_the_fen_from_both_kinds_of_file(rows: list[tuple[str, int]]) -> None:
    """What is written as CSV or XLSX is read as the same fen and the same names."""
    headers = ["客户", "收入"]
    as_csv = read(write_csv(headers, [[name, f"{Decimal(value) / 100:f}"] for name, value in rows]))
    as_xlsx = read(write_xlsx([("客户", headers, rows, ["text", "money"])]))
    assert fen(as_csv) == fen(as_xlsx) == rows


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(NAMES, FEN), min_size=1, max_size=8),
    st.sampled_from(sorted(ENCODINGS)),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_encoding_gives_the_same_frame(
    rows: list[tuple[str, int]], encoding: str, delimiter: str, end: str
) -> None:
    """Encoding, delimiter and line ends change nothing."""
    text = csv_text([["客户", "收入"], *([name, written(value)] for name, value in rows)], delimiter, end)
    pd.testing.assert_frame_equal(
        read(ENCODINGS[encoding](text)).frame, read(Rows([["客户", "收入"], *rows_of(rows)])).frame
    )


def rows_of(rows: Sequence[tuple[str, int]]) -> list[list[str]]:
    """Rows of text, as the page's editor would have them."""
    return [[name, written(value)] for name, value in rows]


@settings(deadline=None, max_examples=150)
@given(st.lists(st.builds(str.__add__, st.sampled_from("=+-@\t x1"), st.text(max_size=20)), min_size=1, max_size=5))
@example(cells=["+0|", "+0|cmd", "a;-1|cmd", "-1\n=2"])
def test_cells_of_a_csv_never_begin_like_a_formula(cells: list[str]) -> None:
    """Whatever the text, only plain numbers begin with a sign."""
    content = write_csv(["a"] * len(cells), [cells]).decode("utf-8-sig")
    written_cells = list(csv.reader(io.StringIO(content, newline="")))[1]
    for cell in written_cells:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) or re.fullmatch(
            r"[+-]?[0-9]+(\.[0-9]+)?%?", cell
        )


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(
        st.binary(max_size=300).map(lambda content: File("x", content)),
        st.binary(max_size=60).map(lambda content: File("x", "客户,收入\n甲,".encode("gb18030") + content)),
        st.text(max_size=200).map(Pasted),
        st.text("客户收入,\t;\n\"'=%¥$元万合计1234567890.-() ", max_size=120).map(Pasted),
        st.lists(st.lists(st.text(max_size=5), max_size=4), max_size=6).map(Rows.of),
        st.binary(max_size=40).map(lambda junk: File("x", openpyxl_start() + junk)),
    )
)
def test_reader_never_fails_but_with_a_sentence(source: Source) -> None:
    """Whatever comes in, a reading comes out or a mistake with its sentence, and no row is lost."""
    reading = read_or_told(source)
    if reading is None:
        return
    assert len(reading.frame) + len(reading.problems) == reading.rows_read
    assert len({*reading.frame["row"].tolist(), *(problem.row for problem in reading.problems)}) == reading.rows_read
    assert reading.frame["revenue"].abs().max() <= np.int64(LARGEST)


def read_or_told(source: Source) -> Reading | None:
    """The reading of a source; None where it is refused, for which there is one sentence in each language."""
    try:
        return read_table(source, CUSTOMERS)
    except InvalidInputs as refused:
        (error,) = refused.errors
        assert all(Text(language, Settings())(error.code, **error.params) for language in LANGUAGES)
        return None


def openpyxl_start() -> bytes:
    """The first bytes of a real workbook, cut off where a download might have stopped."""
    return openpyxl_file({"客户": PLAIN})[:700]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_damaged_workbooks_never_crash_the_reader(data: st.DataObject) -> None:
    """A workbook with bytes changed, missing or doubled in one of its parts is read or refused, nothing else."""
    content = write_xlsx([("客户", ["客户", "收入"], [["甲", 5], ["乙", 6]], ["text", "money"])])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    for _ in range(data.draw(st.integers(1, 3))):
        part = parts[name]
        start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(part))] * 2)))
        middle = data.draw(st.sampled_from([b"", part[start:end] * 2, b"9", b"-1", b"x", b"<", b'"']))
        parts[name] = part[:start] + middle + part[end if data.draw(st.booleans()) else start :]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    whole = out.getvalue()
    for content in (whole[: data.draw(st.integers(1, len(whole)))], whole):
        reading = read_or_told(File("x", content))
        assert reading is None or len(reading.frame) + len(reading.problems) == reading.rows_read


@settings(deadline=None, max_examples=60)
@given(st.permutations(range(6)), st.lists(FEN, min_size=6, max_size=6))
def test_order_of_rows_changes_only_the_order(order: list[int], values: list[int]) -> None:
    """Each row is read by itself."""
    rows = [[f"户{number}", written(value)] for number, value in enumerate(values)]
    counted = {"answers": {"totals": "count"}}  # where one happens to be the sum of others
    straight = dict(fen(read(Rows([["客户", "收入"], *rows]), **counted)))
    shuffled = dict(fen(read(Rows([["客户", "收入"], *(rows[place] for place in order)]), **counted)))
    assert straight == shuffled
    assert MAX_COLUMNS == 200
