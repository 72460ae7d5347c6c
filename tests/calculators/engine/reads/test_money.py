"""What a number counts for: the unit and the mark of amounts, numbers and percentages, and what is asked about them.

Each case has all that is read and said of a list; what a question offers is there with what each answer comes to.
"""

from fractions import Fraction
from typing import Any, NamedTuple

import pytest

from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.percentages import Judgement, judge
from calculators.engine.reads.percentages import Reading as Way
from calculators.engine.reads.questions import Question
from calculators.engine.reads.sources import Pasted
from calculators.engine.reads.tables import Asked, read_table

MONEY = TableSpec("customers", (ColumnSpec("customer", "text"), ColumnSpec("revenue", "money")))
NUMBER = TableSpec("people", (ColumnSpec("customer", "text"), ColumnSpec("weight", "number")))
RELATIVE = TableSpec("people", (ColumnSpec("customer", "text"), ColumnSpec("weight", "number", relative=True)))
PERCENT = TableSpec("steps", (ColumnSpec("customer", "text"), ColumnSpec("conversion", "percent")))


class Case(NamedTuple):
    """A list for a table, and all that comes of it: values or questions, remarks, and rows that are not used."""

    name: str
    source: str
    values: list[Any] | None
    says: dict[str, dict[str, Any]] = {}  # noqa: RUF012 - never changed
    unused: tuple[tuple[int, str], ...] = ()
    asks: dict[str, dict[str, Any]] = {}  # noqa: RUF012 - never changed
    spec: TableSpec = MONEY
    own: str = "CNY"
    unit: int | None = None
    answers: dict[str, str] = {}  # noqa: RUF012 - never changed
    counts: int | None = None
    """What a bare number of the column counts, by the smallest where rows differ."""


def point(
    cell: str, count: int, heading: str, *, whole: int, decimals: Fraction, totals: tuple[Any, Any]
) -> dict[str, Any]:
    """Return the question which mark parts decimals, and what either answer comes to."""
    return {
        "header": heading,
        "cell": cell,
        "count": count,
        "thousands": {"cell": cell, "value": whole, "total": totals[0]},
        "decimals": {"cell": cell, "value": decimals, "total": totals[1]},
    }


CASES = (
    Case(
        "a unit above and another in the heading",
        "单位：万元\n客户\t收入（元）\n甲\t1,234.5\n",
        None,
        asks={
            "unit.revenue": {
                "header": "收入（元）",
                "heading": {"where": "收入（元）", "total": 123_450},
                "title": {"where": "单位：万元", "total": 1_234_500_000},
            }
        },
    ),
    Case(
        "a unit above and others by row",
        "金额单位：千元\n客户\t收入\t单位\n甲\t5\t万\n乙\t6\t元\n",
        None,
        asks={
            "unit.revenue": {
                "header": "收入",
                "title": {"where": "金额单位：千元", "total": 1_100_000},
                "column": {"where": "", "total": 5_000_600},
            }
        },
    ),
    Case(
        "three units",
        "金额单位：千元\n客户\t收入（百万元）\t单位\n甲\t5\t万\n乙\t6\t元\n",
        None,
        asks={
            "unit.revenue": {
                "header": "收入（百万元）",
                "heading": {"where": "收入（百万元）", "total": 1_100_000_000},
                "title": {"where": "金额单位：千元", "total": 1_100_000},
                "column": {"where": "", "total": 5_000_600},
            }
        },
    ),
    Case(
        "a unit in a note below",
        "客户\t收入（千元）\n甲\t5\n\n单位：万元\n",
        None,
        asks={
            "unit.revenue": {
                "header": "收入（千元）",
                "heading": {"where": "收入（千元）", "total": 500_000},
                "note": {"where": "单位：万元", "total": 5_000_000},
            }
        },
    ),
    Case(
        "a unit above",
        "单位：万元\n客户\t收入\n甲\t5\n",
        [5_000_000],
        {"header_row": {"row": 2}, "unit_stated": {"header": "单位：万元", "unit": 10_000, "written": "万元"}},
        counts=10_000,
    ),
    Case(
        "a unit above that the reader overrules",
        "单位：万元\n客户\t收入\n甲\t5\n",
        [500_000],
        {
            "header_row": {"row": 2},
            "unit_overruled": {"header": "单位：万元", "unit": 1_000, "written": "万元", "stated": 10_000},
        },
        unit=1_000,
        counts=1_000,
    ),
    Case(
        "a heading that the reader overrules",
        "客户\t收入（万元）\n甲\t5\n",
        [500_000],
        {"unit_overruled": {"header": "收入（万元）", "unit": 1_000, "written": "万元", "stated": 10_000}},
        unit=1_000,
        counts=1_000,
    ),
    Case(
        "a row of units below the headings",
        "客户\t收入\n\t万元\n甲\t5\n",
        [5_000_000],
        {
            "header_rows": {"row": 1, "last": 2},
            "unit_stated": {"header": "收入 (万元)", "unit": 10_000, "written": "万元"},
        },
        counts=10_000,
    ),
    Case(
        "no headings",
        "甲\t5\n乙\t6\n",
        [500, 600],
        {"no_header": {}, "unit_assumed": {"header": "B"}},
        counts=1,
    ),
    Case(
        "two columns with decimal commas",
        "客户;收入;收入\n甲;1,5;2,5\n乙;2,25;3\n",
        None,
        asks={
            "column.revenue": {
                "headers": ["收入", "收入"],
                "count": 2,
                "column.2": {"header": "收入", "total": 375, "count": 1},
                "column.3": {"header": "收入", "total": 550, "count": 1},
            },
        },
    ),
    Case(
        "two columns, and a unit that the reader says",
        "客户;收入;收入\n甲;1,5;2,5\n乙;2,25;3\n",
        None,
        asks={
            "column.revenue": {
                "headers": ["收入", "收入"],
                "count": 2,
                "column.2": {"header": "收入", "total": 375_000, "count": 1},
                "column.3": {"header": "收入", "total": 550_000, "count": 1},
            },
        },
        unit=1_000,
    ),
    Case(
        "two columns of units of their own",
        "客户\t收入（千元）\t收入（万元）\n甲\t5\t6\n",
        None,
        asks={
            "column.revenue": {
                "headers": ["收入（千元）", "收入（万元）"],
                "count": 2,
                "column.2": {"header": "收入（千元）", "total": 500_000, "count": 1},
                "column.3": {"header": "收入（万元）", "total": 6_000_000, "count": 1},
            },
        },
    ),
    Case(
        "two columns of thousandths",
        "Customer\tRevenue\tRevenue\na\t1.234\t2.345\nb\t2.500\t3.000\n",
        None,
        asks={
            "column.revenue": {
                "headers": ["Revenue", "Revenue"],
                "count": 2,
                "column.2": {"header": "Revenue", "total": 3_734, "count": 1},
                "column.3": {"header": "Revenue", "total": 5_345, "count": 1},
            },
            "point.revenue": point(
                "1.234", 2, "Revenue", whole=1234, decimals=Fraction(617, 500), totals=(3_734, Fraction(1_867, 500))
            ),
        },
        own="KWD",
    ),
    Case(
        "two columns, the one with decimal commas",
        "Customer;Revenue;Revenue\na;1,234;2,5\nb;2,500;3,25\n",
        None,
        asks={
            "column.revenue": {
                "headers": ["Revenue", "Revenue"],
                "count": 2,
                "column.2": {"header": "Revenue", "total": 373_400, "count": 1},
                "column.3": {"header": "Revenue", "total": 575, "count": 1},
            },
            "point.revenue": point(
                "1,234", 2, "Revenue", whole=1234, decimals=Fraction(617, 500), totals=(3_734, Fraction(373, 100))
            ),
        },
        own="EUR",
    ),
    Case("a currency alone", "客户\t收入（CNY）\n甲\t5\n", [500], counts=1),
    Case("nothing said", "客户\t收入\n甲\t5\n", [500], {"unit_assumed": {"header": "收入"}}, counts=1),
    Case(
        "units by row, of which cells have their own",
        "Customer\tRevenue\tunit\na\t1.5万\t元\nb\t2.5万\t万\nc\tx\t元\nd\t1.005\t元\ne\t1e3\t万\nf\t2.5千\t元\ng\t3千\t万\n",
        [1_500_000, 2_500_000, 101, 1_000_000_000, 250_000, 300_000],
        {
            "unit_by_row": {"header": "unit", "count": 7, "units": ["元", "万"]},
            "rounded": {"header": "Revenue", "count": 1},
            "own_units": {"header": "Revenue", "count": 3},
            "scientific": {"header": "Revenue", "count": 1},
        },
        ((4, "not_an_amount"),),
        counts=1,
    ),
    Case(
        "decimals or thousands, by units of each row",
        "Customer\tRevenue\tunit\na\t1.234\t万\nb\t2.500\t元\n",
        None,
        asks={
            "point.revenue": point(
                "1.234",
                2,
                "Revenue",
                whole=1234,
                decimals=Fraction(617, 500),
                totals=(12_342_500, Fraction(24_685, 2)),
            )
        },
    ),
    Case(
        "decimals of euros or thousands",
        "Customer\tRevenue\na\t1.234\nb\t2.500\nTotal\t3.734\n",
        None,
        asks={
            "point.revenue": point(
                "1.234", 3, "Revenue", whole=1234, decimals=Fraction(617, 500), totals=(3_734, Fraction(373, 100))
            )
        },
        own="EUR",
    ),
    Case(
        "a figure of nothing with three decimals",
        "Customer;Revenue\na;1.234\nb;2.500\nc;0.000\n",
        [123, 250, 0],
        {"unit_assumed": {"header": "Revenue"}, "rounded": {"header": "Revenue", "count": 1}},
        own="EUR",
        counts=1,
    ),
    Case(
        "thousandths of a dinar",
        "Customer\tRevenue\na\t1.234\nb\t2.500\n",
        [1_234, 2_500],
        {"unit_assumed": {"header": "Revenue"}},
        asks={
            "point.revenue": point(
                "1.234", 2, "Revenue", whole=1234, decimals=Fraction(617, 500), totals=(3_734, Fraction(1_867, 500))
            )
        },
        own="KWD",
        counts=1,
    ),
    Case(
        "numbers of thousands or thousandths",
        "Customer;Weight\na;1,234\nb;2,500\n",
        None,
        asks={
            "point.weight": point(
                "1,234", 2, "Weight", whole=1234, decimals=Fraction(617, 500), totals=(3_734, Fraction(1_867, 500))
            )
        },
        spec=NUMBER,
    ),
    Case(
        "numbers, in a currency without decimals",
        "Customer;Weight\na;1,234\nb;2,500\n",
        None,
        asks={
            "point.weight": point(
                "1,234", 2, "Weight", whole=1234, decimals=Fraction(617, 500), totals=(3_734, Fraction(1_867, 500))
            )
        },
        spec=NUMBER,
        own="JPY",
    ),
    Case(
        "numbers that are thousands, as the reader says",
        "Customer;Weight\na;1,234\nb;2,500\n",
        [1234, 2500],
        asks={
            "point.weight": point(
                "1,234", 2, "Weight", whole=1234, decimals=Fraction(617, 500), totals=(3_734, Fraction(1_867, 500))
            )
        },
        spec=NUMBER,
        answers={"point.weight": "thousands"},
    ),
    Case(
        "numbers that are decimals, as the reader says",
        "Customer;Weight\na;1,234\nb;2,500\n",
        [Fraction(617, 500), Fraction(5, 2)],
        asks={
            "point.weight": point(
                "1,234", 2, "Weight", whole=1234, decimals=Fraction(617, 500), totals=(3_734, Fraction(1_867, 500))
            )
        },
        spec=NUMBER,
        answers={"point.weight": "decimals"},
    ),
    Case(
        "a total without a name",
        "Customer\tWeight\na\t1\nb\t2.5\n\t3.5\n",
        [1, Fraction(5, 2)],
        {"totals_agree": {"count": 1}},
        ((4, "total_row"),),
        spec=NUMBER,
    ),
    Case("thousands", "Customer\tWeight\na\t1,234\nb\t2,500\n", [1234, 2500], spec=NUMBER),
    Case(
        "thousandths that no thousands could be",
        "Customer\tWeight\na\t1.234\nb\t0.125\n",
        [Fraction(617, 500), Fraction(1, 8)],
        spec=NUMBER,
    ),
    Case(
        "a decimal comma",
        "Customer\tWeight\na\t1.234,5\nb\t7\n",
        [Fraction(2469, 2), 7],
        {"decimal_comma": {"header": "Weight"}},
        spec=NUMBER,
    ),
    Case(
        "no numbers",
        "Customer\tWeight\na\t12\nb\t¥5\nc\t5 USD\nd\tx\ne\t2026-01-02\nf\t3%\n",
        [12, 5],
        unused=((4, "foreign_currency"), (5, "not_a_number"), (6, "not_a_number"), (7, "not_a_number")),
        spec=NUMBER,
    ),
    Case("shares for weights", "Customer\tWeight\na\t10%\nb\t20%\n", [Fraction(1, 10), Fraction(1, 5)], spec=RELATIVE),
    Case(
        "a share among weights", "Customer\tWeight\na\t10%\nb\t20\n", [20], unused=((2, "not_a_number"),), spec=RELATIVE
    ),
    Case(
        "percentages that only a comma makes large",
        "Customer\tConversion\na\t12,345%\nb\t20,500%\n",
        None,
        asks={
            "point.conversion": point(
                "12,345",
                2,
                "Conversion",
                whole=12_345,
                decimals=Fraction(2_469, 200),
                totals=(32_845, Fraction(6_569, 200)),
            )
        },
        spec=PERCENT,
    ),
    Case(
        "percentages with points, which are no thousands",
        "Customer\tConversion\na\t12.345%\nb\t20.500%\n",
        [Fraction(2469, 20_000), Fraction(41, 200)],
        spec=PERCENT,
    ),
    Case(
        "percentages with both marks",
        "Customer\tConversion\na\t12,345%\nb\t20.5%\n",
        [Fraction(2469, 20), Fraction(41, 200)],
        spec=PERCENT,
    ),
    Case(
        "percentages with a decimal comma",
        "Customer\tConversion\na\t1,5%\nb\t2,25%\n",
        [Fraction(3, 200), Fraction(9, 400)],
        {"decimal_comma": {"header": "Conversion"}},
        spec=PERCENT,
    ),
)


def offered(questions: tuple[Question, ...]) -> dict[str, dict[str, Any]]:
    """Return what is asked and offered, by question: its parameters, and each option with its own."""
    return {
        one.name: {**one.sentence.params, **{name: dict(said.params) for name, said in one.options.items()}}
        for one in questions
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exactly_this_is_read_and_said(case: Case) -> None:
    """Values as held or as fractions, every remark with its values, rows that are not used, questions with totals."""
    column = case.spec.columns[1].name
    if case.values is None:
        with pytest.raises(Asked) as asked:
            read_table(Pasted(case.source), case.spec, currency=case.own, unit=case.unit, answers=case.answers)
        assert offered(asked.value.known.questions) == case.asks
        return
    reading = read_table(Pasted(case.source), case.spec, currency=case.own, unit=case.unit, answers=case.answers)
    assert reading.frame[column].tolist() == case.values
    assert reading.frame[f"{column}_known"].all()
    assert {one.code.removeprefix("tables."): dict(one.params) for one in reading.remarks} == case.says
    assert tuple((one.row, one.code.removeprefix("tables.")) for one in reading.problems) == case.unused
    assert offered(reading.questions) == case.asks
    assert reading.units == ({} if case.counts is None else {column: case.counts})


def test_amounts_by_period_are_read_as_their_sum_is() -> None:
    """By the unit and the mark of the whole column, and nothing where nothing stands."""
    spec = TableSpec("customers", (ColumnSpec("customer", "text"), ColumnSpec("revenue", "money", by_period=True)))
    reading = read_table(Pasted("客户;1月（千元）;2月（千元）\n甲;1,5;\n乙;2,25;3,5\n丙;;x\n"), spec)
    assert reading.frame["revenue"].tolist() == [150_000, 575_000]
    assert reading.frame["revenue_periods"].tolist() == [(150_000, 0), (225_000, 350_000)]
    assert reading.periods == {"revenue": ("1月（千元）", "2月（千元）")}
    assert [(one.row, one.cell) for one in reading.problems] == [(4, "x")]


@pytest.mark.parametrize(("unit", "counts"), [(None, 1), (1_000, 1_000)])
def test_a_column_that_is_not_there_counts_what_the_reader_says(unit: int | None, counts: int) -> None:
    """Else single units, and nobody knows its amounts."""
    spec = TableSpec("people", (ColumnSpec("customer", "text"), ColumnSpec("past", "money", required=False)))
    reading = read_table(Pasted("客户\n甲\n"), spec, unit=unit)
    assert (reading.units, reading.frame["past"].tolist(), reading.frame["past_known"].tolist()) == (
        {"past": counts},
        [0],
        [False],
    )


AS_IT_LOOKS: tuple[Way, ...] = ("percents", "fractions", "each")
RATINGS = Judgement(None, ("unused", "percents", "fractions"))


@pytest.mark.parametrize(
    ("values", "judged"),
    [
        ([10_000, 15_000, 10_000], RATINGS),  # 1, 1.5 and 1
        ([30_000, 41_000, 50_000], RATINGS),  # 3, 4.1 and 5
        ([10_000, 11_000, 10_000], Judgement("fractions")),
        ([9_000, 100_000], Judgement(None, AS_IT_LOOKS)),
        ([9_000, 100_001], Judgement("percents", AS_IT_LOOKS)),
        ([9_000, 8_000, 60_000, 70_000], Judgement(None, AS_IT_LOOKS)),
        ([9_000, 8_000, 60_000], Judgement("fractions", AS_IT_LOOKS)),
        ([9_000, 8_000, 160_000], Judgement(None, AS_IT_LOOKS)),
        ([9_000, 60_000, 70_000], Judgement("percents", AS_IT_LOOKS)),
    ],
)
def test_numbers_without_a_sign_are_judged_by_their_bulk(values: list[int], judged: Judgement) -> None:
    """In basis points of what is written; where both are about as many, or one is far off, nobody can tell."""
    assert judge(values, of_a_whole=False) == judged


def test_percents_are_percents_where_a_currency_has_no_decimals() -> None:
    """And what is asked about them names the smallest and the largest, wherever they stand."""
    spec = TableSpec("people", (ColumnSpec("customer", "text"), ColumnSpec("conversion", "percent")))
    reading = read_table(Pasted("Customer\tConversion\na\t95\nb\t105\nc\t50\n"), spec, currency="JPY")
    assert reading.frame["conversion"].tolist() == [Fraction(19, 20), Fraction(21, 20), Fraction(1, 2)]
    with pytest.raises(Asked) as asked:
        read_table(Pasted("Customer\tConversion\na\t6\nb\t0.8\nc\t0.9\nd\t7\n"), spec, currency="JPY")
    (question,) = asked.value.known.questions
    assert question.options["fractions"].params["cells"] == ["0.8", "7"]
    assert question.options["fractions"].params["average"] == Fraction(1470, 4)
