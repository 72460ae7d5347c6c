"""What amounts count, and in which currency: by row, where places disagree, in formats that each computer shows its own
way.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
import pytest

from calculators.engine.asks.currencies import minor_units
from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.reads.denomination import said_of
from calculators.engine.reads.questions import Question
from calculators.engine.reads.sources import File, Pasted, Rows, Source
from calculators.engine.reads.tables import Asked, Reading, raw_rows, read_table
from tests.table_files import CUSTOMERS, openpyxl_file


def read(source: str | Source, own: str = "CNY", **options: Any) -> tuple[Reading | None, tuple[Question, ...]]:
    """Read a list; None and the questions where it waits for answers."""
    try:
        reading = read_table(Pasted(source) if isinstance(source, str) else source, CUSTOMERS, currency=own, **options)
    except Asked as asked:
        return None, asked.known.questions
    return reading, reading.questions


def amounts(source: str | Source, own: str = "CNY", **options: Any) -> list[int]:
    """What is read, in whole units of the currency."""
    reading, questions = read(source, own, **options)
    assert reading, questions
    return [held // minor_units(own) for held in reading.frame["revenue"].tolist()]


def left_out(source: str | Source, own: str = "CNY", **options: Any) -> list[tuple[int, str]]:
    """Rows that are not used, and why."""
    reading, _ = read(source, own, **options)
    assert reading
    return [(one.row, one.code.removeprefix("tables.")) for one in reading.problems]


def totals(question: Question) -> dict[str, object]:
    """What each answer comes to, in smallest units."""
    return {name: said.params["total"] for name, said in question.options.items()}


# --- A column that says it row by row --------------------------------------------------------------

BY_ROW: Mapping[str, tuple[str, str, list[int], list[tuple[int, str]]]] = {
    "万 and 元": (
        "CNY",
        "客户\t金额\t单位\n甲\t12\t万\n乙\t3500\t元\n丙\t1.5\t亿\n",
        [120_000, 3_500, 150_000_000],
        [],
    ),
    "a unit of things": (
        "CNY",
        "客户\t金额\t单位\n甲\t12\t万元\n乙\t3500\t件\n丙\t7\t\n丁\t8\t元\n",
        [120_000, 8],
        [(3, "unknown_unit"), (4, "unknown_unit")],
    ),
    "letters": ("USD", "Customer\tRevenue\tUnit\na\t12\tk\nb\t3\tM\nc\t700\tUSD\n", [12_000, 3_000_000, 700], []),
    "another currency in some": (
        "EUR",
        "Customer\tRevenue\tUnits\na\t12\tEUR thousand\nb\t3\tUSD thousand\nc\t4\tEUR m\n",
        [12_000, 4_000_000],
        [(3, "foreign_row")],
    ),
    "scale": ("GBP", "Customer\tScale\tRevenue\na\tthousands\t12\nb\tmillions\t3\n", [12_000, 3_000_000], []),
    "a heading that says nothing": ("CNY", "客户\t金额\t备注\n甲\t12\t万元\n乙\t3\t百万\n", [120_000, 3_000_000], []),
    "the same for all, blank in one": ("CNY", "客户\t金额\t计量单位\n甲\t12\t万\n乙\t3\t\n", [120_000, 30_000], []),
    "currency and unit apart": (
        "CNY",
        "客户\t币种\t金额\t金额单位\n甲\tCNY\t12\t万\n乙\tUSD\t3\t万\n丙\t人民币\t5\t千\n",
        [120_000, 5_000],
        [(3, "foreign_row")],
    ),
    "a column of currencies with units": ("CNY", "客户\t币种\t金额\n甲\t万元\t12\n乙\t元\t3\n", [120_000, 3], []),
    "pieces": ("CNY", "客户\t金额\t单位\n甲\t12\t件\n乙\t3\t台\n", [12, 3], []),
    "whoever buys": ("CNY", "客户\t金额\t使用单位\n甲\t12\t百万庄医院\n乙\t3\t千山厂\n", [12, 3], []),
    "grades": ("CNY", "客户\t金额\t等级\n甲\t12\tK\n乙\t3\tM\n", [12, 3], []),
    "a cell's own": ("CNY", "客户\t金额\t单位\n甲\t12万\t元\n乙\t3\t千元\n", [120_000, 3_000], []),
}


@pytest.mark.parametrize("name", BY_ROW)
def test_a_column_of_units_counts_for_each_row(name: str) -> None:
    """By its heading or its cells; a row whose unit nobody knows is not used, and things and companies are no units."""
    own, source, expected, problems = BY_ROW[name]
    assert (amounts(source, own), left_out(source, own)) == (expected, problems)


def test_units_by_row_count_for_totals_and_marks_too() -> None:
    """A total row agrees by what each row counts, and the decimal comma is the column's."""
    reading, _ = read("客户;金额;单位\n甲;1,5;万\n乙;2500,25;元\n合计;17500,25;元\n")
    assert reading
    assert reading.frame["revenue"].tolist() == [1_500_000, 250_025]
    assert [one.code for one in reading.remarks if "totals" in one.code] == ["tables.totals_agree"]


def test_a_unit_that_the_reader_chooses_holds_for_all_rows() -> None:
    """As it does against a heading."""
    assert amounts("客户\t金额\t单位\n甲\t12\t万\n乙\t3\t元\n", unit=1) == [12, 3]


# --- Places that disagree --------------------------------------------------------------------------

AT_ODDS: Mapping[str, tuple[str, str, dict[str, object]]] = {
    "heading and row": ("CNY", "客户\t收入(千元)\n\t万元\n甲\t5\n", {"heading": 500_000, "row": 5_000_000}),
    "heading and title": ("CNY", "单位：万元\n客户\t收入（元）\n甲\t5\n", {"heading": 500, "title": 5_000_000}),
    "heading and note": (
        "USD",
        "Customer\tRevenue (USD k)\na\t5\nb\t6\n\nAll amounts in millions\n",
        {"heading": 1_100_000, "note": 1_100_000_000},
    ),
    "title and column": ("CNY", "金额单位：元\n客户\t收入\t单位\n甲\t5\t万\n", {"title": 500, "column": 5_000_000}),
    "title and note": (
        "CNY",
        "收入表（千元）\n客户\t收入\n甲\t5\n乙\t6\n\n单位：万元\n",
        {"title": 1_100_000, "note": 11_000_000},
    ),
}


@pytest.mark.parametrize("name", AT_ODDS)
def test_places_that_give_different_units_are_asked_about_with_what_each_comes_to(name: str) -> None:
    """None of them is silently right; the answer holds, and a unit that was chosen needs no question."""
    own, source, expected = AT_ODDS[name]
    reading, (question,) = read(source, own)
    assert (reading, question.chosen, totals(question)) == (None, None, expected)
    for place, total in expected.items():
        answered, _ = read(source, own, answers={question.name: place})
        assert answered
        assert sum(answered.frame["revenue"]) == total
    assert read(source, own, unit=1)[1] == ()


@pytest.mark.parametrize(
    ("own", "source", "expected"),
    [
        ("CNY", "单位：万元\n客户\t收入(万)\n甲\t5\n", 50_000),
        ("CNY", "2026年一季度回款（万元）\n客户\t收入\n甲\t5\n", 50_000),
        ("CNY", "客户\t收入\n甲\t5\n乙\t1\n\n注：以上金额单位为万元\n", 60_000),
        ("CNY", "客户\t收入\n甲\t5\n乙\t1\n\n本表以千元计\n", 6_000),
        ("USD", "Sales 2026, amounts in thousands of USD\nCustomer\tRevenue\na\t5\n", 5_000),
        ("USD", "Customer\tRevenue\na\t5\nb\t1\n\nFigures in thousands\n", 6_000),
        ("CNY", "客户名单（B）\n客户\t收入\n甲\t5\n", 5),
        ("ZAR", "Customer\tRevenue (Rm)\na\t5\n", 5_000_000),
        ("ZAR", "Customer\tRevenue (R'000)\na\t5\n", 5_000),
        ("SEK", "Customer\tRevenue (mkr)\na\t5\n", 5_000_000),
        ("INR", "Customer\tRevenue (₹ lakh)\na\t5\n", 500_000),
    ],
)
def test_a_unit_counts_wherever_the_table_says_it(own: str, source: str, expected: int) -> None:
    """In a title's bracket, in a note below, behind the sign of the company's own currency."""
    assert sum(amounts(source, own)) == expected


# --- Currencies ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "note",
    ["All amounts in USD", "Note: figures are in US dollars", "币种：美元", "以上金额均以美元计", "Currency: USD"],
)
def test_a_note_in_another_currency_holds_where_nothing_else_says_what_amounts_are_in(note: str) -> None:
    """As a title does."""
    with pytest.raises(InvalidInputs) as caught:
        read(f"客户\t收入\n甲\t5\n乙\t6\n\n{note}\n")
    assert [(one.code, one.params["currency"]) for one in caught.value.errors] == [("tables.foreign_column", "USD")]


@pytest.mark.parametrize(
    "note", ["Converted from USD at 7.1", "注：美元客户按月末汇率折算", "Source: USD desk", "1 USD = 7.1 CNY"]
)
def test_a_note_of_rates_or_customers_is_none_of_a_currency(note: str) -> None:
    """It tells where amounts came from."""
    assert amounts(f"客户\t收入\n甲\t5\n乙\t6\n\n{note}\n") == [5, 6]


def workbook(*formats: str, title: str = "", own: Callable[[openpyxl.Workbook], None] = lambda _: None) -> File:
    """A list with an amount of 5 for each number format, below a title if one is given."""
    rows: list[list[object]] = [[title], ["客户", "收入"]] if title else [["客户", "收入"]]
    rows += [[f"客{at}", 5] for at in range(len(formats))]

    def touch(book: openpyxl.Workbook) -> None:
        for at, one in enumerate(formats, len(rows) - len(formats) + 1):
            book.worksheets[0].cell(at, 2).number_format = one
        own(book)

    return File("名单.xlsx", openpyxl_file({"客户": rows}, touch))


def by_number(book: File, number: int, *, code: bool) -> File:
    """The same list with the format of Excel's own number, with its code as Excel has it, or as others do without."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book.content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/styles.xml":
                text = text.replace(b'numFmtId="164"', b'numFmtId="%d"' % number)
                text = text if code else re.sub(rb"<numFmts.*</numFmts>", b"", text)
            new.writestr(name, text)
    return File(book.name, out.getvalue())


US_ACCOUNTING = '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)'


@pytest.mark.parametrize(("number", "code"), [(5, True), (6, False), (8, True), (44, False), (42, True)])
def test_a_format_that_each_computer_shows_in_its_own_currency_is_asked_about(number: int, code: bool) -> None:
    """Where the file has another sign for it; a heading that names the own says what amounts are in."""
    book = by_number(workbook(US_ACCOUNTING, US_ACCOUNTING, "General"), number, code=code)
    reading, (question,) = read(book)
    assert (reading, question.chosen, totals(question)) == (None, None, {"own": 1500, "other": 500})
    assert amounts(book, answers={question.name: "own"}) == [5, 5, 5]
    assert left_out(book, answers={question.name: "other"}) == [(2, "foreign_row"), (3, "foreign_row")]
    assert read(book, "CAD")[1] == ()
    assert read(by_number(workbook(US_ACCOUNTING, title="单位：人民币元"), number, code=code))[1] == ()
    assert read(by_number(workbook('"¥"#,##0'), number, code=True))[1] == ()
    assert read(by_number(workbook("#,##0"), 43, code=code))[1] == ()
    for answer, expected in (("own", [5, 5, 5]), ("other", [5])):
        kept = raw_rows(book, spec=CUSTOMERS, answers={question.name: answer})
        assert amounts(Rows(kept.rows), answers={question.name: answer}) == expected


@pytest.mark.parametrize(
    ("source", "chosen"),
    [
        (workbook('"¥"#,##0', '"￥"#,##0', title="Sales 2026 in USD"), None),
        ("Sales 2026 in USD\n客户\t收入\n客0\t¥5\n客1\t5 CNY\n", "own"),
    ],
)
def test_a_title_in_another_currency_than_all_amounts_is_asked_about(source: str | Source, chosen: str | None) -> None:
    """One of the two is wrong, be it a format or a sign; and a plan keeps the question."""
    reading, (question,) = read(source)
    assert (question.chosen, totals(question)) == (chosen, {"own": 1000, "other": 0})
    assert (reading is None) == (chosen is None)
    assert amounts(source, answers={question.name: "own"}) == [5, 5]
    with pytest.raises(InvalidInputs) as caught:
        read(source, answers={question.name: "other"})
    assert caught.value.errors[0].code == "tables.foreign_column"
    plain = Pasted(source) if isinstance(source, str) else source
    kept = raw_rows(plain, spec=CUSTOMERS, answers={question.name: "own"})
    assert amounts(Rows(kept.rows), answers={question.name: "own"}) == [5, 5]


def test_a_sign_that_the_other_currency_shares_is_no_word_against_a_title() -> None:
    """Dollars under a title in USD are these to a company in CAD, as a bare number is."""
    with pytest.raises(InvalidInputs) as caught:
        read("Sales in USD\nCustomer\tRevenue\na\t$5\nb\t6\n", "CAD")
    assert caught.value.errors[0].code == "tables.foreign_column"


@pytest.mark.parametrize(
    ("source", "chosen"),
    [("Sales in USD\nCustomer\tRevenue (CNY)\na\t5\n", "own"), ("Customer\tRevenue (CNY)\n\tUSD\na\t5\nb\t6\n", None)],
)
def test_a_heading_at_odds_with_a_line_or_the_row_below_is_asked_about(source: str, chosen: str | None) -> None:
    """A heading is nearer to its amounts than a title, and no nearer than the row of units."""
    (question,) = read(source)[1]
    assert (question.name, question.chosen) == ("currency.revenue", chosen)


def test_what_one_place_says_is_known_by_its_place() -> None:
    """Heading, row of units, line above, note below."""
    said = said_of("收入(元) (万元)", "(万元)", [["", "单位：千元"]], ["金额单位：亿元", "备注：无"], "CNY")
    assert [(one.place, one.says.unit) for one in said] == [
        ("heading", 1),
        ("row", 10_000),
        ("title", 1_000),
        ("note", 10**8),
    ]
