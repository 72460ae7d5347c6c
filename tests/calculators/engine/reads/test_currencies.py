"""Which currency a list is in, for companies of any: by a column, a cell, a heading, a title or a number format.

Single writings are in ``asks/test_currencies``; here lists are read that nobody has seen before.
"""

from collections.abc import Mapping

import openpyxl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calculators.engine.asks.currencies import CURRENCIES, READ_AS_WORDS, currency_meant, minor_units
from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.reads.amounts import LARGEST, NotAnAmount, parse_amount, parse_column
from calculators.engine.reads.number_formats import shown
from calculators.engine.reads.sources import File, Pasted, Source
from calculators.engine.reads.tables import Reading, read_table
from tests.table_files import CUSTOMERS, openpyxl_file


def read(source: str | Source, own: str = "CNY") -> Reading:
    """Return a list of customers as a company with this currency reads it."""
    return read_table(Pasted(source) if isinstance(source, str) else source, CUSTOMERS, currency=own)


def amounts(reading: Reading) -> list[int]:
    """Return what was read, in whole units of the currency."""
    return [held // minor_units(reading.currency) for held in reading.frame["revenue"].tolist()]


def left_out(reading: Reading) -> list[tuple[int, str, object]]:
    """Return every row that was left out, why, and the currency that it is in."""
    return [
        (problem.row, problem.code.removeprefix("tables."), problem.params.get("currency"))
        for problem in reading.problems
    ]


def refused(source: str, own: str = "CNY") -> tuple[str, object]:
    """Return why a whole list is refused, and for which currency."""
    with pytest.raises(InvalidInputs) as caught:
        read(source, own)
    (error,) = caught.value.errors
    return error.code.removeprefix("tables."), error.params.get("currency")


NAMED = {
    "English names": (
        "Customer,Amount,Currency\nNorthlight,310,Chinese Yuan\nOrmond,70,Swiss Franc\nPiers,25,Japanese yen\n"
        "Quill,11,United Arab Emirates Dirham\nRowan,8,Renminbi\n",
        [310, 8],
        [(3, "foreign_row", "CHF"), (4, "foreign_row", "JPY"), (5, "foreign_row", "AED")],
    ),
    "Chinese names": (
        "客户,金额,结算币种\n北光,310,人民币\n奥蒙,70,瑞郎\n皮尔,25,日圆\n奎尔,11,泰铢\n罗文,8,人民币元\n",
        [310, 8],
        [(3, "foreign_row", "CHF"), (4, "foreign_row", "JPY"), (5, "foreign_row", "THB")],
    ),
    "codes and names as CRMs write them": (
        "Account,Value,Deal Currency\na,1,CNY - Chinese Yuan\nb,2,USD - U.S. Dollar\n"
        "c,3,EUR (€)\nd,4,¥ (CNY)\ne,5,TRY\n",
        [1, 4],
        [(3, "foreign_row", "USD"), (4, "foreign_row", "EUR"), (6, "foreign_row", "TRY")],
    ),
    "signs alone": (
        "客户,货币符号,金额\n甲,￥,5\n乙,$,6\n丙,₩,7\n",
        [5],
        [(3, "foreign_row", "USD"), (4, "foreign_row", "KRW")],
    ),
    "no heading that says so": (
        "Customer,Amount,Cur. of contract (ISO 4217)?\na,5,CNY\nb,6,SEK\n",
        [5],
        [(3, "foreign_row", "SEK")],
    ),
    "what is not understood": (
        "客户,币种,金额\n甲,CNY,5\n乙,贝壳,6\n丙,XQZ,7\n丁,待定,8\n",
        [5],
        [(3, "unknown_currency", None), (4, "unknown_currency", None), (5, "unknown_currency", None)],
    ),
}


@pytest.mark.parametrize("name", NAMED)
def test_a_column_of_currencies_leaves_out_rows_in_others(name: str) -> None:
    """By code, sign or name in either language, and what is not understood; each row is listed with its currency."""
    source, used, others = NAMED[name]
    reading = read(source)
    assert (amounts(reading), left_out(reading)) == (used, others)


def test_what_is_headed_like_currencies_and_holds_amounts_is_no_column_of_currencies() -> None:
    """“Amount in local currency” is an amount."""
    reading = read("Customer,Revenue,Amount in local currency\na,5,35\nb,6,42\n")
    assert (amounts(reading), left_out(reading)) == ([5, 6], [])
    reading = read("Customer,Scope,Revenue\na,All,5\nb,Top,6\n")
    assert (amounts(reading), left_out(reading)) == ([5, 6], [])


CELLS = {
    "CHF": (["1'200.-", "CHF 240.–", "Fr. 35.50", "60.--", "$5"], [120_000, 24_000, 3_550, 6_000], "USD"),
    "EUR": (["1.200,-", "50,–", "99,95 €", "kr 5,00"], [120_000, 5_000, 9_995], "kr"),
    "JPY": (["¥1,234", "￥50", "12万円", "300日元", "5美元"], [1_234, 50, 120_000, 300], "USD"),
    "KWD": (["1.250 KD", "KWD 3", "2.5 Kuwaiti dinars", "5 BHD"], [1_250, 3_000, 2_500], "BHD"),
    "CAD": (["$1,200", "C$5", "CA$6.50", "7 CAD", "US$5"], [120_000, 500, 650, 700], "USD"),
    "CLP": (["$1,200", "500 pesos", "CLP 7", "$5 USD"], [1_200, 500, 7], "USD"),
    "DKK": (["1200 kr.", "kr 35.50", "7 DKK", "5 SEK"], [120_000, 3_550, 700], "SEK"),
    "ZAR": (["R 1 200.50", "R35", "7 rand", "£5"], [120_050, 3_500, 700], "GBP"),
    "INR": (["₹500", "Rs. 35.50", "7 rupees", "PKR 5"], [50_000, 3_550, 700], "PKR"),
    "CNY": (["¥5", "RMB 6", "7元", "5万元人民币", "5港币"], [500, 600, 700, 5_000_000], "HKD"),
}


@pytest.mark.parametrize("own", CELLS)
def test_the_companys_own_is_read_in_every_way_it_is_written(own: str) -> None:
    """Held in its own smallest unit; the last cell is in another currency. A dash for no hundredths is no minus."""
    cells, expected, other = CELLS[own]
    column = parse_column(cells, currency=own)
    assert [column.held[at] for at in range(len(expected))] == expected
    assert {at: fault.params["currency"] for at, fault in column.faults.items()} == {len(expected): other}


def test_a_minus_behind_a_number_is_one() -> None:
    """``1200-`` is a refund, as ERP systems write it."""
    assert parse_column(["1200-", "1'200.--", "-35"], currency="CHF").held == [-120_000, 120_000, -3_500]


@given(st.sampled_from(sorted(CURRENCIES)), st.sampled_from(sorted(CURRENCIES)), st.data())
def test_amounts_are_read_in_the_companys_currency_and_in_no_other(own: str, written: str, data: st.DataObject) -> None:
    """Any amount with any exact writing of any currency before or behind it."""
    currency = CURRENCIES[written]
    names = [written, currency.zh, currency.en, *currency.also]
    name = data.draw(st.sampled_from([one for one in names if currency_meant(one, own) == written]))
    assume(not name[-1].isdigit())
    amount = data.draw(st.integers(0, LARGEST // minor_units(own)))
    cell = data.draw(st.sampled_from([f"{name} {amount}", f"{amount} {name}"]))
    if own == written:
        read_back = parse_amount(cell, currency=own)
        assert read_back is not None
        assert (read_back.held, read_back.rounded) == (amount * minor_units(own), False)
    else:
        with pytest.raises(NotAnAmount) as caught:
            parse_amount(cell, currency=own)
        assert (caught.value.code, caught.value.params["currency"]) == ("tables.foreign_currency", written)


FOREIGN_HEADINGS = [
    ("Revenue (US Dollars)", "CNY", "USD"),
    ("Sales in British pounds", "EUR", "GBP"),
    ("销售额（日元）", "CNY", "JPY"),
    ("合同额(万港币)", "CNY", "HKD"),
    ("销售额(万元)", "GBP", "CNY"),
    ("Revenue (SEK)", "DKK", "SEK"),
    ("AmountUSD", "CNY", "USD"),
    ("Revenue (TRY)", "CNY", "TRY"),
    ("Revenue USD/EUR", "CNY", "EUR"),
]


@pytest.mark.parametrize(("heading", "own", "other"), FOREIGN_HEADINGS)
def test_a_heading_in_another_currency_refuses_its_column(heading: str, own: str, other: str) -> None:
    """The sentence names the currency."""
    assert refused(f"Customer\t{heading}\nAcme\t5\n", own) == ("foreign_column", other)


@pytest.mark.parametrize(
    ("heading", "own"),
    [
        ("Revenue ($)", "CAD"),
        ("Revenue ($)", "TWD"),
        ("Revenue (pesos)", "MXN"),
        ("Revenue (kr)", "DKK"),
        ("销售额(万元)", "HKD"),
        ("销售额（¥）", "JPY"),
        ("Revenue (Rs)", "PKR"),
        ("Revenue, all", "CNY"),
        ("Top revenue", "CNY"),
        ("Closed won revenue", "CNY"),
        ("Real revenue", "CNY"),
    ],
)
def test_a_heading_in_the_companys_own_or_in_none_is_read(heading: str, own: str) -> None:
    """Signs that many share, and words that are currencies elsewhere."""
    assert len(read(f"Customer\t{heading}\nAcme\t5\n", own).frame) == 1


TITLES = {
    "is the only word": ("Sales 2026 in US dollars\nCustomer\tRevenue\na\t5\n", None, []),
    "is the only word, in Chinese": ("2026 年销售（美元）\n客户\t收入\n甲\t5\n", None, []),
    "with a unit": ("单位：万美元\n客户\t收入(万)\n甲\t5\n", None, []),
    "the heading says otherwise": ("Sales 2026 in US dollars\nCustomer\tRevenue (CNY)\na\t5\n", [5], []),
    "元 says otherwise": ("全球销售，USD\n客户\t收入(元)\n甲\t5\n", [5], []),
    "every cell says otherwise": ("全球销售，USD\n客户\t收入\n甲\t¥5\n乙\t6 CNY\n", [5, 6], []),
    "some cells do": ("全球销售，USD\n客户\t收入\n甲\t¥5\n乙\t6\n", [5], [(4, "foreign_row", "USD")]),
    "a column says otherwise": (
        "Global sales, USD\nCustomer\tCurrency\tRevenue\na\tCNY\t5\nb\t\t6\nc\tEUR\t7\n",
        [5],
        [(4, "foreign_row", "USD"), (5, "foreign_row", "EUR")],
    ),
    "speaks of customers": ("Euro Pool and Rand Group, 2026\nCustomer\tRevenue\na\t5\n", [5], []),
    "names the own too": ("USD 1 = CNY 7.1\nCustomer\tRevenue\na\t5\n", [5], []),
}


@pytest.mark.parametrize("name", TITLES)
def test_a_title_in_another_currency_holds_where_nothing_else_says_what_amounts_are_in(name: str) -> None:
    """Then it refuses as a foreign heading does; else only what has no currency of its own is left out."""
    source, used, others = TITLES[name]
    if used is None:
        assert refused(source) == ("foreign_column", "USD")
    else:
        reading = read(source)
        assert (amounts(reading), left_out(reading)) == (used, others)


FORMATS: Mapping[str, Mapping[str, str]] = {
    '"$"#,##0': {"CAD": "CAD", "CLP": "CLP", "CNY": "USD", "EUR": "USD"},
    "[$$-409]#,##0.00": {"USD": "USD", "CAD": "CAD", "HKD": "HKD", "CNY": "USD"},
    "[$$-en-US]#,##0": {"AUD": "AUD", "EUR": "USD"},
    "[$US$-409]#,##0": {"CAD": "USD"},
    "[$$-C09]#,##0": {"CAD": "AUD"},
    "[$$-1009]#,##0.00": {"CAD": "CAD", "USD": "CAD"},
    "[$¥-411]#,##0": {"JPY": "JPY", "CNY": "JPY"},
    "[$￥-804]#,##0.00": {"JPY": "CNY", "CNY": "CNY"},
    '#,##0.00\\ "kr"': {"NOK": "NOK", "SEK": "SEK", "CNY": "kr"},
    "#,##0.00\\ [$kr.-406]": {"DKK": "DKK", "SEK": "DKK"},
    "#,##0\\ \\k\\r": {"DKK": "DKK"},
    '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_)': {"MXN": "MXN", "EUR": "USD"},
    '#,##0"元"': {"CNY": "CNY", "TWD": "TWD", "GBP": "CNY"},
    '"R" #,##0': {"ZAR": "ZAR", "CNY": "CNY"},
    '0.0,"K"': {"CNY": "CNY"},
    '#,##0"件"': {"CNY": "CNY"},
    "[$-409]mmm d": {"CNY": "CNY"},
    "[Red]#,##0": {"CNY": "CNY"},
    '"$"#,##0" CLP"': {"USD": "CLP", "CLP": "CLP"},
}


@pytest.mark.parametrize("number_format", FORMATS)
def test_a_number_format_shows_the_currency_that_its_sign_means(number_format: str) -> None:
    """A quoted, escaped or bare sign is the company's own where it may be; a language beside it tells whose it is."""
    expected = FORMATS[number_format]
    assert {own: shown(number_format).foreign(own) or own for own in expected} == expected


def workbook(*formats: str) -> File:
    """Return a workbook with a customer for each number format, who brings 5."""

    def show(book: openpyxl.Workbook) -> None:
        for at, number_format in enumerate(formats, 2):
            book.worksheets[0].cell(at, 2).number_format = number_format

    rows: list[list[object]] = [["Customer", "Revenue"], *([f"c{at}", 5] for at in range(len(formats)))]
    return File("list.xlsx", openpyxl_file({"List": rows}, show))


@pytest.mark.parametrize(
    ("own", "formats", "foreign"),
    [
        ("CAD", ['"$"#,##0', "[$$-1009]#,##0.00", '#,##0 "CAD"', '"US$"#,##0'], {5: "USD"}),
        ("JPY", ["[$¥-411]#,##0", '"¥"#,##0', '#,##0"円"', "[$¥-804]#,##0.00"], {5: "CNY"}),
        ("NOK", ['#,##0.00\\ "kr"', "[$kr-414] #,##0", "#,##0.00\\ [$kr-41D]"], {4: "SEK"}),
        ("CNY", ['"￥"#,##0.00', '#,##0"元"', '"S$"#,##0', '"Fr." #,##0'], {4: "SGD", 5: "CHF"}),
        ("KWD", ['#,##0.000 "KD"', '#,##0"元"'], {3: "CNY"}),
    ],
)
def test_a_number_format_means_what_the_same_sign_means_in_a_cell(
    own: str, formats: list[str], foreign: dict[int, str]
) -> None:
    """Rows whose format shows another currency are left out and listed."""
    reading = read(workbook(*formats), own)
    assert {row: currency for row, _, currency in left_out(reading)} == foreign
    assert amounts(reading) == [5] * (len(formats) - len(foreign))


def test_codes_that_are_words_are_codes_in_capitals_only() -> None:
    """Try, all and top are no currencies; TRY is."""
    for code in READ_AS_WORDS:
        assert currency_meant(code, "CNY") == code
        assert currency_meant(code.title(), "CNY") is None
