"""Single amounts, columns of them and headings, where one sign decides. The many ways of writing are in test_tables."""

import pytest

from calculators.engine.reads.amounts import (
    LARGEST,
    Heading,
    NotAnAmount,
    currency_named,
    currency_of_title,
    is_amount,
    is_money,
    parse_amount,
    parse_column,
    parse_heading,
)


@pytest.mark.parametrize(
    ("cell", "code", "params"),
    [
        ("#N/A", "excel_error", {"cell": "#N/A"}),
        ("=A1", "formula", {"cell": "=A1"}),
        ("many", "not_an_amount", {"cell": "many"}),
        ("(5", "not_an_amount", {"cell": "(5"}),
        ('12"', "not_an_amount", {"cell": '12"'}),
        ("2026-03-01", "date", {"cell": "2026-03-01"}),
        ("5%", "percentage", {"cell": "5%"}),
        ("$5", "foreign_currency", {"cell": "$5", "currency": "USD", "own": "CNY"}),
        ("1,23.4", "separators", {"cell": "1,23.4"}),
        ("1e99", "amount_too_large", {"cell": "1e99", "limit": LARGEST}),
    ],
)
def test_a_cell_that_is_no_amount_is_quoted_with_its_reason(cell: str, code: str, params: dict[str, object]) -> None:
    """The code and every value of the sentence."""
    with pytest.raises(NotAnAmount) as caught:
        parse_amount(cell)
    assert (caught.value.code, caught.value.params) == (f"tables.{code}", params)


@pytest.mark.parametrize(
    ("cells", "options", "fen"),
    [
        (["￥1.234,50"], {}, [123_450]),
        (["¥5"], {}, [500]),
        (["$5", "US$5"], {"currency": "USD"}, [500, 500]),
        (["12整", "12元整", "12"], {"unit": 10_000}, [1_200, 1_200, 12_000_000]),
        (['="12"'], {}, [1_200]),
    ],
)
def test_a_column_is_read_in_its_currency_and_unit(cells: list[str], options: dict[str, int], fen: list[int]) -> None:
    """A sign of the company's currency, a comma for decimals beside a sign, 整 for single units."""
    column = parse_column(cells, **options)  # type: ignore[arg-type]  # currency and unit
    assert (column.held, column.faults) == (fen, {})


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Revenue (in thousands)", Heading(1_000, "in thousands", None)),
        ("收入万美元", Heading(10_000, "万", "USD")),
        ("收入_千_万", Heading(10_000, "万", None)),
        ("收入_万_USD", Heading(10_000, "万", "USD")),
        ("金额（千美元）", Heading(1_000, "千美元", "USD")),
    ],
)
def test_a_heading_says_what_it_says_and_how_it_is_written(heading: str, found: Heading) -> None:
    """The last unit counts, and a currency after it is one."""
    assert parse_heading(heading) == found


def test_a_currency_is_named_in_capitals_and_a_company_is_no_amount() -> None:
    """Three letters are a code however they are written; 3M is a name."""
    assert currency_named("xof", "CNY") == "XOF"
    assert [is_amount(cell) for cell in ("3M公司", "#REF!1", "=A1", "12")] == [False, False, False, True]


@pytest.mark.parametrize("cell", ["5元", "5圆", "5块", "5元整"])
def test_a_yuan_is_another_currency_to_whom_none_of_the_own_is_called_so(cell: str) -> None:
    """Not to a company that counts in euros (欧元), but to one that counts in pounds."""
    held = parse_amount(cell, currency="EUR")
    assert held is not None
    assert held.held == 500
    with pytest.raises(NotAnAmount) as foreign:
        parse_amount(cell, currency="GBP")
    assert (foreign.value.code, foreign.value.params["currency"]) == ("tables.foreign_currency", "CNY")


def test_what_else_is_a_word_is_no_currency() -> None:
    """All and top, in capitals too; a sign counts wherever it stands in a title, a name at its end alone."""
    assert [currency_named(text, "EUR") for text in ("ALL regions", "TOP accounts")] == [None, None]
    assert [currency_of_title(text, "EUR") for text in ("Revenue in ALL", "Sales in TOP")] == [None, None]
    titles = "US$ sales by region, all", "€ sales by region"
    assert [currency_of_title(title, "CNY") for title in titles] == ["USD", "EUR"]


@pytest.mark.parametrize(
    ("heading", "own", "unit"),
    [
        ("Revenue (crs)", "INR", 10_000_000),
        ("Revenue (cr)", "INR", 10_000_000),
        ("Revenue (cr)", "EUR", None),
        ("Umsatz (Mio.)", "EUR", 1_000_000),
        ("Receita (mil)", "BRL", 1_000),
        ("Receita (mil)", "EUR", 1_000_000),
    ],
)
def test_a_unit_means_what_it_does_where_the_company_counts(heading: str, own: str, unit: int | None) -> None:
    """A crore in India, a credit elsewhere; mil is a thousand in Portuguese."""
    assert parse_heading(heading, own).unit == unit


def test_money_is_told_from_a_bare_number_by_what_stands_beside_it() -> None:
    """整 and 元 do as well as a sign."""
    assert [is_money(cell, "CNY") for cell in ("5元整", "5整", "¥5", "5", "x")] == [True, True, True, False, False]
