"""Workbooks as programs write them: every kind and make is read alike, and what is not told is said.

What the text of a cell is, and which sentences are said of lists, is in ``test_tables`` and ``test_notices``.
"""

import contextlib
import datetime
import io
import random
import re
import struct
import subprocess
import time
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
import pytest
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads import sources, xlsx
from calculators.engine.reads.cells import opened
from calculators.engine.reads.sources import File, Pasted, Rows
from calculators.engine.reads.tables import Reading, raw_rows, read_table
from calculators.engine.reads.workbook import Sheet, Workbook
from tests import office
from tests.table_files import (
    CUSTOMERS,
    ods_file,
    openpyxl_file,
    workbook_of_parts,
    xlsb_file,
    xlsxwriter_file,
    zip_file,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LIST: list[list[object]] = [["客户", "收入"], ["甲", 1200.5], ["乙", 600], ["Acme", 240]]
READ = [("甲", 120050), ("乙", 60000), ("Acme", 24000)]


def sheet_of(content: bytes, currency: str = "CNY", name: str | None = None) -> Sheet:
    """One sheet of a workbook, the first without a name."""
    book = Workbook(content)
    return book.sheet(name or book.names[0], currency)


def told(sheet: Sheet, *names: str) -> tuple[object, ...]:
    """What a sheet says beside its text, by name."""
    return tuple(getattr(sheet, name) for name in names)


def read(content: bytes, currency: str = "CNY", spec: TableSpec = CUSTOMERS) -> Reading:
    """Read a list in a workbook."""
    return read_table(File("名单", content), spec, currency=currency)


def fen(reading: Reading) -> list[tuple[str, int]]:
    """Names and amounts of the rows that are used."""
    return list(zip(reading.frame["customer"].tolist(), reading.frame["revenue"].tolist(), strict=True))


def refusal(content: bytes) -> str:
    """Why a file is refused."""
    with pytest.raises(InvalidInputs) as caught:
        read(content)
    return caught.value.errors[0].code.removeprefix("tables.")


def changed(
    content: bytes,
    parts: Mapping[str, Callable[[str], str]] | None = None,
    names: Callable[[str], str] = str,
    without: str = "nothing",
    more: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook with parts changed, renamed, left out, or more of them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as other:
        for name in archive.namelist():
            text = archive.read(name).decode()
            if without not in name:
                info = zipfile.ZipInfo("x")
                info.filename = names(name)  # as it is, whatever slashes it has
                other.writestr(info, (parts or {}).get(name, str)(text))
        for name, text in (more or {}).items():
            other.writestr(name, text)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
PLAIN = openpyxl_file({"客户": LIST})


def put_before(mark: str, text: str) -> Callable[[str], str]:
    """A change that puts something before a tag that has to be there."""

    def change(part: str) -> str:
        assert mark in part
        return part.replace(mark, text + mark, 1)

    return change


def replaced(pattern: str, by: str) -> Callable[[str], str]:
    """A change of something that has to be there."""

    def change(part: str) -> str:
        text, count = re.subn(pattern, by, part)
        assert count
        return text

    return change


def elsewhere(content: bytes) -> bytes:
    """A workbook whose parts are in a folder of another name."""
    names = replaced("xl/", "book/")
    return changed(
        content, {"_rels/.rels": names, "xl/_rels/workbook.xml.rels": names}, lambda name: name.replace("xl/", "book/")
    )


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAKES = {
    "a style with a pattern that no version knows": changed(
        PLAIN, {"xl/styles.xml": replaced('patternType="gray125"', 'patternType="dotty"')}
    ),
    "a cell with a style that is not there": changed(PLAIN, {SHEET: replaced('r="B2"', 'r="B2" s="99"')}),
    "a conditional format of an odd kind": changed(
        PLAIN,
        {
            SHEET: put_before(
                "<pageMargins",
                '<conditionalFormatting sqref="B2"><cfRule type="odd" priority="0"/></conditionalFormatting>'
                '<dataValidations count="1"><dataValidation type="odd" sqref="A:XFE"/></dataValidations>',
            )
        },
    ),
    "part names in capitals": changed(PLAIN, names=lambda name: name.replace("worksheets/sheet", "WorkSheets/Sheet")),
    "a styles part in capitals": changed(PLAIN, names=lambda name: name.replace("styles", "STYLES")),
    "backslashes": changed(PLAIN, names=lambda name: name.replace("/", "\\")),
    "no shared strings though declared": changed(
        PLAIN,
        {
            "[Content_Types].xml": put_before(
                "</Types>",
                '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
                'officedocument.spreadsheetml.sharedStrings+xml"/>',
            ),
            SHEET: lambda text: re.sub(
                r't="s"><v>(\d+)</v>',
                lambda m: f't="inlineStr"><is><t>{["客户", "收入", "甲", "乙", "Acme"][int(m[1])]}</t></is>',
                text,
            ),
        },
        without="sharedStrings.xml",
    ),
    "a drawing that is missing": changed(
        PLAIN,
        {SHEET: put_before("</worksheet>", f'<drawing xmlns:r="{OFFICE}" r:id="rId9"/>')},
        more={
            "xl/worksheets/_rels/sheet1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="rId9" Type="{OFFICE}/drawing" Target="../drawings/drawing1.xml"/>'
            "</Relationships>"
        },
    ),
    "a grouped pivot": changed(
        PLAIN,
        more={
            "xl/worksheets/_rels/sheet1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="rId9" Type="{OFFICE}/pivotTable" Target="../pivotTables/p1.xml"/>'
            "</Relationships>",
            "xl/pivotTables/p1.xml": f'<pivotTableDefinition xmlns="{MAIN}" name="p"><pivotFields><pivotField>'
            '<items><item x="-3" t="odd"/></items></pivotField></pivotFields></pivotTableDefinition>',
        },
    ),
    "no styles": changed(PLAIN, without="styles.xml"),
    "no theme and no properties": changed(changed(PLAIN, without="theme"), without="docProps"),
    "no list of kinds of parts": changed(PLAIN, without="Content_Types"),
    "no relations of the package": changed(PLAIN, without="_rels/.rels"),
    "the workbook in another folder": elsewhere(PLAIN),
    "a dimension without a reference": changed(PLAIN, {SHEET: replaced(r"<dimension [^>]*>", "<dimension/>")}),
    "a dimension that is too small": changed(
        PLAIN, {SHEET: replaced(r'<dimension ref="[^"]*"', '<dimension ref="A1"')}
    ),
    "a prefix before every name": changed(
        PLAIN,
        {SHEET: lambda text: re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", text).replace("xmlns=", "xmlns:x=")},
    ),
    "single quotes and cells without places": changed(
        PLAIN, {SHEET: lambda text: re.sub(r'(<(?:c|row)) r="[^"]*"', r"\1", text).replace('"', "'")}
    ),
    "attributes in another order": changed(PLAIN, {SHEET: replaced(r"<c (r=\S+) (t=[^ />]+)", r"<c \2 \1")}),
    "comments": changed(PLAIN, {SHEET: put_before("<sheetData", "<!-- <c r='A1'> -->")}),
}


@pytest.mark.parametrize("name", MAKES)
def test_workbooks_of_odd_makes_are_read(name: str) -> None:
    """What other programs open is no damaged file, whatever stands in parts that have nothing to do with values."""
    assert fen(read(MAKES[name])) == READ


def test_dates_are_dates_where_the_styles_lie_elsewhere() -> None:
    """In a workbook whose parts calamine would not find, formats and the epoch count all the same."""
    rows: list[list[object]] = [["姓名", "日期", "占比"], ["安", datetime.date(2026, 3, 1), 0.125]]

    def touch(book: openpyxl.Workbook) -> None:
        book["客户"]["C2"].number_format = "0.0%"
        book.epoch = CALENDAR_MAC_1904

    there = openpyxl_file({"客户": rows}, touch)
    for content in (there, elsewhere(there)):
        sheet = sheet_of(content)
        assert (sheet.rows[1], sheet.from_1904) == (["安", "2026-03-01", "12.5%"], True)


# --- Errors, formulas, long numbers ----------------------------------------------------------------


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", "#SPILL!", "#CALC!", "#FIELD!"])
def test_errors_of_every_version_are_said(error: str) -> None:
    """An error is no blank, and one that a reader does not know spoils no sheet."""
    rows = (
        '<row r="1"><c r="A1" t="str"><v>客户</v></c><c r="B1" t="str"><v>收入</v></c></row>'
        f'<row r="2"><c r="A2" t="str"><v>甲</v></c><c r="B2" t="e"><f>X1</f><v>{error}</v></c></row>'
        '<row r="3"><c r="A3" t="str"><v>乙</v></c><c r="B3"><v>5</v></c></row>'
    )
    sheet = sheet_of(workbook_of_parts(rows))
    assert sheet.rows == [["客户", "收入"], ["甲", error], ["乙", "5"]]
    assert not sheet.unvalued


def partly(formula: str, dimension: str = '<dimension ref="A1"/>') -> bytes:
    """A list in which one amount is computed, one not, and one name neither."""
    rows = (
        '<row r="1"><c r="A1" t="str"><v>客户</v></c><c r="B1" t="str"><v>收入</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="B2"><f>100*12</f><v>1200</v></c></row>'
        f'<row r="3"><c r="A3" t="inlineStr"><is><t>乙</t></is></c><c r="B3">{formula}</c></row>'
        f'<row r="4"><c r="A4">{formula}</c><c r="B4"><v>7</v></c></row>'
    )
    return changed(workbook_of_parts(rows), {SHEET: put_before("<sheetData", dimension)})


@pytest.mark.parametrize("formula", ["<f>50*12</f><v/>", "<f>50*12</f>", "<f>50*12</f><v></v>"])
def test_formulas_without_results_are_said_row_by_row(formula: str) -> None:
    """Also where others have theirs, whatever the sheet says of its size, and in a column of names."""
    reading = read(partly(formula))
    assert fen(reading) == [("甲", 120000)]
    assert [(one.row, one.column, one.code, one.cell) for one in reading.problems] == [
        (3, "revenue", "tables.formula", "=50*12"),
        (4, "customer", "tables.formula", "=50*12"),
    ]


def test_the_first_record_may_lack_its_result_too() -> None:
    """Its name as well as its amount: it stands right below the headings."""
    for name, amount in (("甲", "=1+1"), ("=1+1", 7)):
        reading = read(openpyxl_file({"客户": [["客户", "收入"], [name, amount], ["乙", 5]]}))
        assert [(one.row, one.code, one.cell) for one in reading.problems] == [(2, "tables.formula", "=1+1")]
        assert fen(reading) == [("乙", 500)]


def test_zeros_that_stand_for_results_are_none() -> None:
    """XlsxWriter writes 0 for every formula, and that a program has to compute; one result shows that it has."""
    rows: list[list[object]] = [["客户", "收入"], ["甲", "=1+1"], ["乙", "=2+2"], ["丙", 5]]
    uncomputed = xlsxwriter_file(rows)
    assert sheet_of(uncomputed).unvalued == {(1, 1): "=1+1", (2, 1): "=2+2"}
    computed = changed(uncomputed, {SHEET: replaced(r"(1\+1</f>)<v>0<", r"\1<v>2<")})
    assert (sheet_of(computed).unvalued, sheet_of(computed).rows[1:3]) == ({}, [["甲", "2"], ["乙", "0"]])
    trusted = changed(uncomputed, {"xl/workbook.xml": replaced(' fullCalcOnLoad="1"', "")})
    assert sheet_of(trusted).unvalued == {}


def test_a_formula_without_result_in_a_column_that_is_not_used_leaves_its_row() -> None:
    """Only what is read can be missing."""
    rows: list[list[object]] = [["客户", "收入", "备注"], ["甲", 5, "=1+1"], ["乙", 6, "x"]]
    reading = read(openpyxl_file({"客户": rows}))
    assert (fen(reading), reading.problems) == ([("甲", 500), ("乙", 600)], ())
    assert "tables.formulas_without_value" in [remark.code for remark in reading.remarks]


def test_shared_formulas_and_quoted_signs_are_shown_as_formulas() -> None:
    """A formula that is told only by the first of its kind has an ellipsis; signs of XML are plain again."""
    rows = (
        '<row r="1"><c r="A1"><f>IF(B1&lt;2,&quot;x&quot;,1)</f></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v/></c></row>'
    )
    assert sheet_of(workbook_of_parts(rows)).unvalued == {(0, 0): '=IF(B1<2,"x",1)', (1, 0): "=…"}


def test_numbers_with_more_digits_than_excel_keeps_stay_as_they_are_written() -> None:
    """Programs that write ids as numbers write all their digits; two ids are not made one."""
    ids = ["123456789012345678", "123456789012345679"]
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>{one}</v></c></row>' for at, one in enumerate(ids, 1))
    assert sheet_of(workbook_of_parts(rows)).rows == [[one] for one in ids]


def test_a_bold_or_indented_cell_below_all_others_is_nothing() -> None:
    """As a cell whose value is damaged leaves it behind."""
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row><row r="9"><c r="A9" s="1"/></row>'
    styles = (
        '<fonts><font/><font><b/></font></fonts><cellXfs><xf/><xf fontId="1"><alignment indent="2"/></xf></cellXfs>'
    )
    book = changed(workbook_of_parts(rows), more={"xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'})
    assert told(sheet_of(book), "rows", "bold", "indent") == ([["甲"]], frozenset(), {})


def test_escapes_in_names_are_decoded() -> None:
    """``_x000D_`` is the end of a line that a program kept, and no part of a name; ``_x005F_`` keeps one from that."""
    rows: list[list[object]] = [["客户", "收入"], ["甲_x000D_\n公司", 5], ["乙_x005F_x000D_", 6]]
    assert [name for name, _ in fen(read(openpyxl_file({"客户": rows})))] == ["甲 公司", "乙_x000D_"]


BROKEN_STYLES = {
    "cut off": lambda text: text[: text.index("<cellXfs") + 40],
    "no XML": lambda _: "\x00 nothing",
    "empty": lambda _: "",
    "an unescaped sign": lambda text: text.replace("<cellXfs", "<x>R&D</x><cellXfs", 1),
}


@pytest.mark.parametrize("make", BROKEN_STYLES)
def test_a_workbook_with_damaged_styles_gives_its_values_and_says_what_may_be_lost(make: str) -> None:
    """Only what cells look like is in them."""
    content = changed(openpyxl_file({"客户": LIST}), {"xl/styles.xml": BROKEN_STYLES[make]})
    reading = read(content)
    assert fen(reading) == READ
    assert "tables.formats_lost" in {remark.code for remark in reading.remarks}


def test_styles_are_read_as_far_as_they_go() -> None:
    """What stands before the damage still says what a number is shown as."""

    def cut(text: str) -> str:
        return text[: text.index("</cellXfs>") + 3]

    def touch(book: openpyxl.Workbook) -> None:
        book["客户"]["B2"].number_format = '"€"#,##0'

    content = changed(openpyxl_file({"客户": LIST}, touch), {"xl/styles.xml": cut})
    assert [(one.row, one.code) for one in read(content).problems] == [(2, "tables.foreign_currency")]


# --- What a number is shown as ---------------------------------------------------------------------


def formatted(code: str, value: float = 7) -> bytes:
    """A list with one amount in a number format."""

    def touch(book: openpyxl.Workbook) -> None:
        book["客户"]["B2"].number_format = code

    return openpyxl_file({"客户": [["客户", "收入"], ["甲", value]]}, touch)


@pytest.mark.parametrize(
    ("code", "own", "shown"),
    [
        ('"$"#,##0', "CAD", "7"),
        ('"$"#,##0', "HKD", "7"),
        ('"$"#,##0', "USD", "7"),
        ('"$"#,##0', "CNY", "USD 7"),
        ("[$$-409]#,##0", "USD", "7"),
        ("[$$-409]#,##0", "CAD", "7"),
        ("[$$-1009]#,##0", "HKD", "CAD 7"),
        ("[$$-en-US]#,##0", "CNY", "USD 7"),
        ("[$$-1009]#,##0", "CAD", "7"),
        ("[$$-C04]#,##0", "CNY", "HKD 7"),
        ('"¥"#,##0', "JPY", "7"),
        ('"￥"#,##0', "CNY", "7"),
        ('"¥"#,##0', "USD", "CNY 7"),
        ("[$¥-411]#,##0", "CNY", "JPY 7"),
        ("[$¥-ja-JP]#,##0", "JPY", "7"),
        ("[$¥-804]#,##0", "JPY", "CNY 7"),
        ("#,##0.00\\ [$€-407]", "CNY", "EUR 7"),
        ("[$XOF]\\ #,##0", "CNY", "XOF 7"),
        ("[$XOF]\\ #,##0", "XOF", "7"),
        ("\\U\\S\\D\\ #,##0", "CNY", "USD 7"),
        ('"US"$#,##0', "CAD", "USD 7"),
        ('#,##0" 万元"', "CNY", "7"),
        ('#,##0" 万美元"', "CNY", "USD 7"),
        ('#,##0" per m² (EUR)"', "CNY", "EUR 7"),
        ('#,##0" pcs"', "CNY", "7"),
        ('#,##0;[Red]"$"#,##0', "CNY", "7"),
        ('#,##0"a;b"', "CNY", "7"),
        ('#,##0" per $"', "CAD", "7"),
        ('#,##0" 万美元"', "CAD", "USD 7"),
        ("[$-804]#,##0", "CNY", "7"),
        ('0.0%;"$"0', "CNY", "700%"),
        ("0.00\\%", "CNY", "7"),
    ],
)
def test_a_currency_in_the_number_format_is_the_companys_own_or_named(code: str, own: str, shown: str) -> None:
    """A sign that several countries write is the company's where it writes it, unless the format says the country."""
    assert sheet_of(formatted(code), own).rows[1] == ["甲", shown]


@pytest.mark.parametrize(
    ("value", "shown"), [(0.125, "12.5%"), (0.333, "33.3%"), (1 / 12, "8.33333333333333%"), (0.1 + 0.2, "30%")]
)
def test_percentages_keep_their_precision(value: float, shown: str) -> None:
    """What is shown as 13% is given as it is stored."""
    assert sheet_of(formatted("0%", value)).rows[1] == ["甲", shown]


# --- What stands beside the text -------------------------------------------------------------------


def looks(book: openpyxl.Workbook) -> None:
    """Group, hide, indent and embolden."""
    sheet = book["客户"]
    sheet["A1"].font = sheet["B6"].font = Font(bold=True)
    sheet["A3"].alignment = Alignment(indent=1)
    sheet["A4"].alignment = Alignment(indent=3)
    sheet.row_dimensions[3].outlineLevel = 1
    sheet.row_dimensions[4].outlineLevel = 2
    sheet.row_dimensions[4].hidden = sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.merge_cells("A7:B7")


TREE: list[list[object]] = [
    ["客户", "收入", "x"], ["安", 300], ["甲", 100], ["乙", 200], [None, 5], [None, 300], ["注"],
]  # fmt: skip


def other_make(content: bytes) -> bytes:
    """The same workbook as a program writes it that calamine's usual way does not suit."""
    return changed(content, {SHEET: lambda text: re.sub(r'(<(?:c|row)) (r="[^"]*")([^>]*?)(/?>)', r"\1\3 \2\4", text)})


@pytest.mark.parametrize("make", [bytes, other_make], ids=["as usual", "of another make"])
def test_what_excel_knows_of_rows_and_columns_is_handed_on(make: Callable[[bytes], bytes]) -> None:
    """Levels, indentation, bold rows, hidden rows that have something in them, hidden columns, merged areas."""
    sheet = sheet_of(make(openpyxl_file({"客户": TREE}, looks)))
    assert sheet.outline == {2: 1, 3: 2}
    assert sheet.indent == {2: 1, 3: 3}
    assert sheet.bold == {0, 5}
    assert told(sheet, "hidden_rows", "hidden_columns") == ({3}, {2})
    assert sheet.merged == ((6, 0, 6, 1),)


def test_a_quarter_of_a_million_words_about_styles_are_only_text() -> None:
    """What looks like an attribute inside a text is none."""
    rows: list[list[object]] = [["客户", "收入"], ['a s="1" t="e" hidden="1" v>12345678901234567< b', 5]]
    sheet = sheet_of(openpyxl_file({"客户": rows}, lambda book: setattr(book["客户"]["A1"], "font", Font(bold=True))))
    assert sheet.rows[1] == ['a s="1" t="e" hidden="1" v>12345678901234567< b', "5"]
    assert sheet.bold == {0}


# --- Size and time ---------------------------------------------------------------------------------


def test_four_thousand_merged_areas_take_a_moment() -> None:
    """Merged areas cost in proportion to their number."""
    rows: list[list[object]] = [["客户", None, "收入"]]
    rows.extend([f"客户{at}", None, at] for at in range(2, 4002))

    def merge(book: openpyxl.Workbook) -> None:
        for at in range(2, 4002):
            book["客户"].merge_cells(f"A{at}:B{at}")

    content = openpyxl_file({"客户": rows}, merge)
    begun = time.process_time()
    reading = read(content)
    assert time.process_time() - begun < 1
    assert (len(reading.frame), int(reading.frame["revenue"].sum())) == (4000, 100 * sum(range(2, 4002)))


def test_a_workbook_is_opened_once_for_all_its_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty sheets before the list are no forty openings."""
    times = []

    def counted(content: bytes) -> object:
        times.append(len(content))
        return opened(content)

    monkeypatch.setattr(xlsx, "opened", counted)
    sheets: dict[str, list[list[object]]] = {f"{at}月": [["说明"], ["无"]] for at in range(40)}
    sheets["名单"] = LIST
    reading = read(openpyxl_file(sheets))
    assert (reading.sheet, fen(reading), len(times)) == ("名单", READ, 1)


def test_a_million_rows_of_which_two_hold_data_are_two_rows() -> None:
    """Neither the last row of a sheet nor blank lines of a CSV are rows that are too many."""
    rows = (
        '<row r="1"><c r="A1" t="str"><v>客户</v></c><c r="B1" t="str"><v>收入</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>甲</v></c><c r="B2"><v>5</v></c></row>'
        '<row r="1048576"><c r="A1048576" t="str"><v>乙</v></c><c r="B1048576"><v>6</v></c></row>'
    )
    reading = read(workbook_of_parts(rows))
    assert (fen(reading), reading.frame["row"].tolist()) == ([("甲", 500), ("乙", 600)], [2, 1_048_576])
    assert reading.rows_read == 2


def test_blank_lines_do_not_count_as_rows_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a CSV whose lines are mostly blank, the last row is read; of too many rows none is lost in silence."""
    monkeypatch.setattr(sources, "MAX_ROWS", 100)
    monkeypatch.setattr("calculators.engine.reads.tables.MAX_ROWS", 100)
    text = "客户,收入\n甲,5\n" + ",\n" * 1000 + "乙,6\n"
    assert fen(read_table(Pasted(text), CUSTOMERS)) == [("甲", 500), ("乙", 600)]
    with pytest.raises(InvalidInputs, match="too_many_rows"):
        read_table(Pasted("客户,收入\n" + "甲,5\n" * 500), CUSTOMERS)


def test_a_note_in_the_last_column_costs_nothing() -> None:
    """Cells far apart are read in their places, with what is said of them."""
    rows = (
        '<row r="1"><c r="A1" t="str" s="1"><v>客户</v></c><c r="B1" t="str"><v>收入</v></c></row>'
        '<row r="900000" hidden="1" outlineLevel="2"><c r="A900000" t="str"><v>乙</v></c>'
        '<c r="B900000"><f>X1</f></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="e"><v>#N/A</v></c></row>'
    )
    styles = "<fonts><font/><font><b/></font></fonts><cellXfs><xf/><xf fontId='1'/></cellXfs>"
    sheet = sheet_of(workbook_of_parts(rows, styles=styles))
    assert (sheet.rows[0], sheet.rows[899_999]) == (["客户", "收入"], ["乙", "=X1"])
    assert sheet.rows[-1][-1] == "#N/A"
    assert (len(sheet.rows), len(sheet.rows[-1])) == (1_048_576, 16_384)
    assert told(sheet, "bold", "hidden_rows", "outline") == ({0}, {899_999}, {899_999: 2})
    assert sheet.unvalued == {(899_999, 1): "=X1"}


def test_cells_all_over_a_sheet_are_too_much() -> None:
    """Nine thousand cells in as many rows and columns would be eighty million places."""
    cells = [(at, at) for at in range(1, 9001)]
    rows = "".join(f'<row r="{at}"><c r="{get_column_letter(across)}{at}"><v>1</v></c></row>' for at, across in cells)
    assert refusal(workbook_of_parts(rows)) == "unpacks_too_large"


def test_a_part_that_lies_about_its_size_is_no_way_around_the_limit() -> None:
    """A directory that says a part is small does not have it unpacked further."""
    content = bytearray(openpyxl_file({"客户": [["客户", "收入"], *([f"户{at}", at] for at in range(5000))]}))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        offset = archive.start_dir
    while content[offset : offset + 4] == b"PK\x01\x02":
        struct.pack_into("<I", content, offset + 24, 100)
        offset += 46 + sum(struct.unpack_from("<3H", content, offset + 28))
    assert refusal(bytes(content)) == "broken_workbook"


# --- Days from 1904 --------------------------------------------------------------------------------

PEOPLE = TableSpec("people", (ColumnSpec("person", "text"), ColumnSpec("start", "date", required=False)))


def test_numbers_of_days_count_from_the_workbooks_own_epoch() -> None:
    """A date that lost its format in a workbook of 1904 is not four years early, also when a plan keeps its rows."""

    def touch(book: openpyxl.Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    rows: list[list[object]] = [["姓名", "入职日期"], ["安", 44573], ["白", None]]
    file = File("a.xlsx", openpyxl_file({"人": rows}, touch))
    reading = read_table(file, PEOPLE)
    assert reading.frame["start"].tolist() == [datetime.date(2026, 1, 13), None]
    kept = raw_rows(file, spec=PEOPLE)
    assert kept.rows[1] == ["安", "2026-01-13"]
    assert read_table(Rows(kept.rows), PEOPLE).frame["start"].tolist() == reading.frame["start"].tolist()


# --- Other kinds of workbooks ----------------------------------------------------------------------


def test_an_xlsb_is_read_with_all_that_it_says() -> None:
    """Records hold values, formats, errors, levels and what is hidden."""
    sheet = sheet_of(xlsb_file())
    assert sheet.rows == [
        ["客户", "收入", "占比"], ["甲", "1200.5", "12.5%"], ["乙", "EUR 600"], ["丙", "#DIV/0!"], ["丁", "240"],
    ]  # fmt: skip
    assert told(sheet, "bold", "indent", "outline") == ({0}, {1: 2}, {1: 1})
    assert told(sheet, "hidden_rows", "hidden_columns", "merged") == ({2}, {2}, ((6, 0, 6, 1),))
    assert sheet.from_1904
    reading = read(xlsb_file())
    assert fen(reading) == [("甲", 120050), ("丁", 24000)]
    assert [(one.row, one.code) for one in reading.problems] == [
        (3, "tables.foreign_currency"),
        (4, "tables.excel_error"),
    ]


def given(book: openpyxl.Workbook) -> None:
    """What the workbooks that LibreOffice saves anew look like."""
    looks(book)
    sheet = book["客户"]
    sheet["B3"].number_format = "[$€-407]#,##0.00"
    sheet["B4"].number_format = '"$"#,##0'
    sheet["C2"].number_format = "0.0%"
    sheet["D2"].number_format = "yyyy-mm-dd"
    sheet["D3"].number_format = "yyyy-mm-dd hh:mm"
    book["旧"].sheet_state = "hidden"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """One workbook as LibreOffice saves it in other formats."""
    if office.program() is None:
        pytest.skip(office.MISSING)
    folder = tmp_path_factory.mktemp("saved")
    rows: list[list[object]] = [
        ["客户", "收入", "占比", "日期"],
        ["安", 1234.5, 0.125, datetime.date(2026, 3, 1)],
        ["甲", 100, None, datetime.datetime(2026, 3, 1, 8, 30)],
        ["乙", 200],
        ["丙", "=1/0"],
        [None, "=SUM(B2:B4)"],
        ["注"],
    ]
    (folder / "list.xlsx").write_bytes(openpyxl_file({"客户": rows, "旧": [["x"]]}, given))
    command = [str(office.program()), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    for kind in ("ods", "xls"):
        subprocess.run(
            [*command, "--convert-to", kind, "--outdir", str(folder), str(folder / "list.xlsx")],
            capture_output=True,
            check=True,
        )
    return {kind: (folder / f"list.{kind}").read_bytes() for kind in ("ods", "xls")}


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_other_kinds_say_the_same_as_xlsx(kind: str, saved: Mapping[str, bytes]) -> None:
    """What LibreOffice has saved as .ods or .xls is read with formats, errors, levels and hidden parts."""
    book = Workbook(saved[kind])
    assert (book.names, book.hidden) == (("客户", "旧"), ("旧",))
    sheet = book.sheet("客户", "CNY")
    assert sheet.rows == [
        ["客户", "收入", "占比", "日期"],
        ["安", "1234.5", "12.5%", "2026-03-01"],
        ["甲", "EUR 100", "", "2026-03-01 08:30:00"],
        ["乙", "USD 200"],
        ["丙", "#DIV/0!"],
        ["", "1534.5"],
        ["注"],
    ]
    assert told(sheet, "outline", "indent", "bold") == ({2: 1, 3: 2}, {2: 1, 3: 3}, {0, 5})
    assert told(sheet, "hidden_rows", "hidden_columns", "merged") == ({3}, {2}, ((6, 0, 6, 1),))
    assert sheet.unvalued == {}


def test_an_ods_that_repeats_cells_and_computes_nothing() -> None:
    """Runs of equal cells and rows, blank and filled, are in their places; a formula without a value is said."""
    reading = read(ods_file())
    assert (fen(reading), reading.frame["row"].tolist()) == ([("甲", 500), ("甲", 500)], [5, 6])
    assert [(one.row, one.code, one.cell) for one in reading.problems] == [(7, "tables.formula", "=[.B5]*2")]


def test_an_ods_with_a_password_says_so() -> None:
    """Its list of parts says that they are encrypted."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", b"\x00\x01")
    assert refusal(out.getvalue()) == "encrypted"


@pytest.mark.parametrize("kind", ["ods", "xls", "xlsb"])
def test_damaged_files_of_other_kinds_are_read_or_refused(kind: str, saved: Mapping[str, bytes]) -> None:
    """Whatever bytes are changed, nothing but a reading or a sentence comes of it."""
    content = xlsb_file() if kind == "xlsb" else saved[kind]
    chance = random.Random(20261128)
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(chance.randrange(1, 6)):
            damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
        cut = bytes(damaged[: chance.randrange(600, len(damaged))] if chance.random() < 0.3 else damaged)
        with contextlib.suppress(InvalidInputs):  # a sentence, as for any file that cannot be read
            reading = read(cut)
            assert len(reading.frame) + len(reading.problems) == reading.rows_read


def test_numbers_documents_are_refused_by_name() -> None:
    """Apple's own format is told from a ZIP."""
    assert refusal(zip_file("Index/Document.iwa")) == "other_workbook"
