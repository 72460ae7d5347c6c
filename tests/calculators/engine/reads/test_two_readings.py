"""Figures and dates with two readings: the whole column decides, else the reader does; none is silently the other."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.engine.answers.pseudonyms import hidden_question
from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.settings import Settings
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.questions import Question
from calculators.engine.reads.sources import File, Pasted, Rows, Source
from calculators.engine.reads.table_input import TableInput
from calculators.engine.reads.tables import Asked, Reading, raw_rows, read_table
from calculators.engine.shows.text import LANGUAGES, Text
from tests.table_files import CUSTOMERS, openpyxl_file

EXAMPLES = int(os.environ.get("EXAMPLES", "150"))
"""How many lists in random dress; a long run has 2,000."""

TEAM = TableSpec(
    "team",
    (
        ColumnSpec("person", "text"),
        ColumnSpec("start", "date", required=False),
        ColumnSpec("attainment", "percent", required=False),
        ColumnSpec("conversion", "percent", required=False, of_a_whole=True),
        ColumnSpec("weight", "number", required=False, relative=True),
    ),
)


def csv(text: str) -> File:
    """A comma- or semicolon-separated file."""
    return File("list.csv", text.encode())


def amounts(*cells: str, between: str = "\t") -> File:
    """A file with one amount a row."""
    quoted = [f'"{cell}"' if between in cell else cell for cell in cells]
    rows = [between.join((f"客户{at}", cell)) for at, cell in enumerate(quoted)]
    return csv("\n".join([between.join(("客户", "收入(元)")), *rows]))


def team(column: str, *cells: str) -> Pasted:
    """A pasted team with one column beside the names."""
    return Pasted("\n".join([f"person\t{column}", *(f"P{at}\t{cell}" for at, cell in enumerate(cells))]))


def read(source: Source, spec: TableSpec = CUSTOMERS, **options: Any) -> tuple[Reading | None, tuple[Question, ...]]:
    """Read a source; None and the questions where it waits for answers."""
    try:
        reading = read_table(source, spec, **options)
    except Asked as asked:
        return None, asked.known.questions
    return reading, reading.questions


def values(source: Source, column: str, spec: TableSpec = TEAM, **options: Any) -> list[object]:
    """What a column is read as, None for a row that is not used and for a value that nobody knows."""
    reading, _ = read(source, spec, **options)
    assert reading is not None
    frame = reading.frame
    known = zip(frame["row"], frame[column], frame[f"{column}_known"], strict=True)
    found = {int(row): value if is_known else None for row, value, is_known in known}
    return [found.get(row) for row in range(2, 2 + reading.rows_read)]


def revenue(source: Source, **options: Any) -> list[object]:
    """The amounts of a customer list in fen."""
    return values(source, "revenue", CUSTOMERS, **options)


# --- the marks of numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "between", "fen"),
    [
        (["12,5", "3,75", "1,234"], ";", [1250, 375, 123]),
        (["1.234,50", "99,90"], "\t", [123450, 9990]),
        (["1.5", "2.25", "3.125"], ",", [150, 225, 313]),
        (["1,234", "850"], ",", [123400, 85000]),
        (["1,00,000", "12,34,567.5"], "\t", [10000000, 123456750]),
        (["1.00.000", "950"], "\t", [10000000, 95000]),
        (["1,2345,6789"], "\t", [12345678900]),
        (["1,2345", "9,0000", "80"], "\t", [None, None, 8000]),
        (["1 234,5", "1\u202f234"], "\t", [123450, 123400]),
        (["1'234.5", "12’500"], "\t", [123450, 1250000]),
        (["１，２３４．５", "１２万"], "\t", [123450, 12000000]),
        (["١٬٢٣٤٫٥", "۹۵۰"], "\t", [123450, 95000]),
        (["1.200,-", "240,-"], "\t", [120000, 24000]),
        (["1'200.-", "600.–"], "\t", [120000, 60000]),
        (["0,125", "12,5"], "\t", [13, 1250]),
        (["1,234.5", "1.234,5"], "\t", [123450, None]),
    ],
)
def test_a_column_with_one_reading_has_it_and_nothing_is_asked(
    cells: list[str], between: str, fen: list[int | None]
) -> None:
    """Decimal points and commas, groups of three, two and four, spaces, apostrophes and digits of other scripts."""
    source = amounts(*cells, between=between)
    assert revenue(source) == fen
    assert read(source)[1] == ()


@pytest.mark.parametrize(
    ("source", "assumed", "thousands", "decimals"),
    [
        (amounts("1.234", "12.500", "850", between=";"), "thousands", [123400, 1250000, 85000], [123, 1250, 85000]),
        (amounts("1,234", "850", between=";"), None, [123400, 85000], [123, 85000]),
        (amounts("1.234", "850", between=","), None, [123400, 85000], [123, 85000]),
        (amounts("1.234", "850"), None, [123400, 85000], [123, 85000]),
        (csv("客户;收入(元);折扣\n甲;1.234;2,5\n乙;850;1,25\n"), "thousands", [123400, 85000], [123, 85000]),
        (csv("客户\t收入(元)\t折扣\n甲\t1,234\t2,5\n乙\t850\t1,25\n"), None, [123400, 85000], [123, 85000]),
        (Rows([["客户", "收入(元)"], ["甲", "1.234"], ["乙", "850"]]), None, [123400, 85000], [123, 85000]),
    ],
)
def test_a_mark_that_may_part_either_is_asked_about_with_what_each_comes_to(
    source: Source, assumed: str | None, thousands: list[int], decimals: list[int]
) -> None:
    """The delimiter and other columns may suggest thousands; the answer holds whatever they do."""
    reading, (question,) = read(source)
    assert (question.name, question.chosen, reading is None) == ("point.revenue", assumed, assumed is None)
    totals = {name: said.params["total"] for name, said in question.options.items()}
    # What is finer than a fen is rounded row by row.
    assert totals == {"thousands": Fraction(sum(thousands), 100), "decimals": Fraction(sum(decimals), 100)}
    for answer, fen in (("thousands", thousands), ("decimals", decimals)):
        assert revenue(source, answers={"point.revenue": answer}) == fen


@pytest.mark.parametrize(
    ("cells", "between", "held", "chosen"),
    [
        (("1.234", "12.500", "850.750"), ",", [1_234, 12_500, 850_750], "decimals"),
        (("1.234", "12.500", "850"), ",", None, None),
        (("1.234", "12.500"), ";", None, None),
        (("1.234", "0.500"), ",", [1_234, 500], None),
        (("1.234.000", "12.500"), ",", [1_234_000_000, 12_500_000], None),
        (("1,234", "12,500"), ",", [1_234_000, 12_500_000], None),
    ],
)
def test_three_digits_after_a_point_are_decimals_where_a_currency_has_three_and_all_amounts_do(
    cells: tuple[str, ...], between: str, held: list[int] | None, chosen: str | None
) -> None:
    """Dinars of a thousand fils are written so; where only some are, or a semicolon speaks against it, who knows."""
    source = amounts(*cells, between=between)
    source = File(source.name, source.content.replace("收入(元)".encode(), b"revenue (KWD)"))
    reading, questions = read(source, currency="KWD")
    assert (reading and reading.frame["revenue"].tolist()) == held
    assert [one.chosen for one in questions] == ([] if held and not chosen else [chosen])


def test_numbers_of_a_workbook_have_decimal_points_also_when_kept_as_text() -> None:
    """1.234 in a number cell is no text; a plan keeps it so that it stays one."""
    book = File("a.xlsx", openpyxl_file({"s": [["客户", "收入(元)"], ["甲", 1.234], ["乙", 850], ["丙", 12.5]]}))
    assert revenue(book) == [123, 85000, 1250]
    kept = raw_rows(book, spec=CUSTOMERS)
    assert revenue(Rows(kept.rows)) == [123, 85000, 1250]


def test_a_plan_keeps_what_stood_between_the_cells() -> None:
    """So that the suggestion that came of it is there again."""
    source = amounts("1.234", "850", between=";")
    kept = raw_rows(source, spec=CUSTOMERS)
    options = TableInput(CUSTOMERS).options(aligned=kept.aligned, delimiter=kept.delimiter)
    again = TableInput.of(CUSTOMERS, {"rows": kept.rows, **options}, None, {})
    assert again.source is not None
    assert revenue(again.source) == [123400, 85000]


# --- amounts cut in two ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("Customer,Revenue,Note\nAcme,1,234,\nBirch,950,x\nCole,2,500,\n", [123400, 95000, 250000]),
        ("客户,收入,备注\n甲,1,234,567,\n乙,12,345.50,好\n丙,80,\n", [123456700, 1234550, 8000]),
        ("客户,收入,备注\n甲,1,234\n乙,2,500\n丙,80,好\n", [123400, 250000, 8000]),
    ],
)
def test_amounts_that_a_comma_cut_are_put_together_where_the_file_says_so(text: str, fen: list[int]) -> None:
    """It is said, with what the others come to, and can be had otherwise."""
    _, (question,) = read(csv(text))
    assert (question.name, question.chosen, question.assumed) == ("commas", "together", True)
    assert question.options["together"].params["total"] == Fraction(sum(fen), 100)
    assert revenue(csv(text)) == fen
    left_out = [value if value < 100_000 else None for value in fen]
    assert revenue(csv(text), answers={"commas": "leave_out"}) == left_out


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("客户,收入,备注\n甲,12,50,\n乙,80,好\n", [2]),
        ("客户,收入,备注\n甲,1,234\n乙,12500,好\n丙,3,400\n", [2, 4]),
        ("客户,收入,成本\n甲,1,234,567\n乙,12,5\n", [2]),
    ],
)
def test_what_cannot_be_put_together_in_one_way_is_a_problem_row(text: str, rows: list[int]) -> None:
    """A decimal comma, a file that writes 12500 in one piece, two ways to put the pieces together."""
    reading, questions = read(csv(text))
    assert reading is not None
    assert ([problem.row for problem in reading.problems], questions) == (rows, ())


def test_where_nothing_tells_whether_an_amount_was_cut_it_is_asked() -> None:
    """Every row has three digits beside its amount, in a column of which nothing else is known."""
    text = "客户,收入,备注\n甲,1,234\n乙,2,500\n"
    reading, (question,) = read(csv(text))
    assert (reading, list(question.options)) == (None, ["together", "apart", "leave_out"])
    assert revenue(csv(text), answers={"commas": "apart"}) == [100, 200]
    assert revenue(csv(text), answers={"commas": "together"}) == [123400, 250000]


def test_columns_of_figures_side_by_side_are_not_put_together() -> None:
    """Rows that fit as they stand, or end in a comma as all rows do."""
    for text in ("客户,收入,订单\n甲,1,234\n乙,12,12\n", "客户,收入,负责人\n甲,1234,张三,\n乙,1,李四,\n"):
        reading, questions = read(csv(text))
        assert reading is not None
        assert (reading.problems, questions) == ((), ())


# --- percentages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "assumed", "percents"),
    [
        (["1.05", "0.98", "0.75", "3.5"], "fractions", {"fractions": [105, 98, 75, 350]}),
        (["95", "88", "102", "0.92"], "percents", {"percents": [95, 88, 102, "0.92"], "each": [95, 88, 102, 92]}),
        (["0.95", "1.02", "0.88", "95"], None, {"each": [95, 102, 88, 95], "fractions": [95, 102, 88, 9500]}),
        (["1", "4", "5"], None, {"unused": [None] * 3, "percents": [1, 4, 5], "fractions": [100, 400, 500]}),
        (["7.5", "9", "10"], None, {"unused": [None] * 3}),
        (["3.9", "4.2", "4.8"], None, {"unused": [None] * 3}),
        (["0.95", "1.02", "0.9", "97%"], "fractions", {"fractions": [95, 102, 90, 97]}),
    ],
)
def test_percentages_without_a_sign_are_read_by_their_bulk_or_asked_about(
    cells: list[str], assumed: str | None, percents: Mapping[str, Sequence[Any]]
) -> None:
    """An outlier does not decide; ratings from 1 to 5 or 10 are no percentages."""
    source = team("attainment", *cells)
    reading, (question,) = read(source, TEAM)
    assert (question.name, question.chosen, reading is None) == ("percent.attainment", assumed, assumed is None)
    for answer, expected in percents.items():
        points = [None if one is None else Fraction(one) / 100 for one in expected]
        assert values(source, "attainment", answers={"percent.attainment": answer}) == points


def test_parts_of_a_whole_may_be_a_few_percent() -> None:
    """A conversion of 2% is none of a rating; nothing is asked."""
    source = team("conversion", "2", "5", "3")
    assert (values(source, "conversion"), read(source, TEAM)[1]) == ([Fraction(one, 100) for one in (2, 5, 3)], ())


@pytest.mark.parametrize("cells", [["A", "B+", "C"], ["甲", "乙", "丙"], ["优秀", "良", "合格"]])
def test_grades_are_no_percentages(cells: list[str]) -> None:
    """The column may be left out, and the rows stay."""
    source = team("attainment", *cells)
    reading, (question,) = read(source, TEAM)
    assert (reading, question.name) == (None, "grades.attainment")
    assert values(source, "attainment", answers={"grades.attainment": "unused"}) == [None] * 3


# --- weights --------------------------------------------------------------------------------------------


def test_weights_are_held_as_exactly_as_they_are_written() -> None:
    """Thousandths, seventeen decimals, percents of a workbook."""
    assert values(team("weight", "0.125", "0.375", "0.004", "0.496"), "weight") == [
        Fraction(one, 1000) for one in (125, 375, 4, 496)
    ]
    twelfth = "0.08333333333333333"
    assert values(team("weight", *[twelfth] * 12), "weight") == [Fraction(twelfth)] * 12
    assert values(team("weight", "12.5%", "33.3%"), "weight") == [Fraction(1, 8), Fraction(333, 1000)]
    assert values(team("weight", "-0.5", "1.5k", "8.25E-02"), "weight") == [
        Fraction(-1, 2), Fraction(1500), Fraction("0.0825"),
    ]  # fmt: skip


# --- dates ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("15-Jan-26", date(2026, 1, 15)),
        ("1-Mar-26", date(2026, 3, 1)),
        ("Jan 15, 2026", date(2026, 1, 15)),
        ("15.1.26", date(2026, 1, 15)),
        ("1-Mar-99", date(1999, 3, 1)),
        ("15. März 2026", date(2026, 3, 15)),
        ("15 janv. 2026", date(2026, 1, 15)),
        ("15 de dic de 2026", date(2026, 12, 15)),
        ("15-mai-26", date(2026, 5, 15)),
        ("26年3月1日", date(2026, 3, 1)),
        ("2026年第三周", date(2026, 1, 12)),
        ("2026-W53", date(2026, 12, 28)),
        ("2026年第3季度", date(2026, 7, 1)),
        ("第三周", date(2026, 1, 12)),
        ("二〇二六年十一月五日", date(2026, 11, 5)),
        ("2026年三月五日", date(2026, 3, 5)),
        ("三月五日", date(2026, 3, 5)),
        ("三月", date(2026, 3, 1)),
        ("2026年3月份", date(2026, 3, 1)),
        ("March 2026", date(2026, 3, 1)),
        ("2026-03", date(2026, 3, 1)),
        ("25. 3. 2026", date(2026, 3, 25)),
        ("5Mar2026", date(2026, 3, 5)),
        ("三周前", None),
        ("15 Foo 2026", None),
        ("31-Feb-26", None),
    ],
)
def test_a_day_is_read_however_a_spreadsheet_shows_it(written: str, day: date | None) -> None:
    """Names of months in the languages of Excel, years of two digits, numerals, weeks, months and quarters."""
    reading, _ = read(team("start", written, "2026-07-31"), TEAM)
    assert reading is not None
    assert reading.frame["start"].tolist()[: 1 + (day is not None)] == [*([day] if day else []), date(2026, 7, 31)]
    assert [problem.code for problem in reading.problems] == ([] if day else ["tables.not_a_date"])


YEARLESS: Mapping[str, tuple[str, list[str | None]]] = {
    "a title": (
        "2025年新人入职表\t\n姓名\t入职日期\n甲\tW12\n乙\tQ3\n丙\t第三周",
        ["2025-03-17", "2025-07-01", "2025-01-13"],
    ),
    "the heading": ("person\tstart (2025)\nA\tWeek 12\nB\t5-Mar\nC\tMarch", ["2025-03-17", "2025-03-05", "2025-03-01"]),
    "a column": ("person\tyear\tstart\nA\t2024\tQ3\nB\t2025\tKW 3\nC\t\tQ1", ["2024-07-01", "2025-01-13", None]),
    "a Chinese column": ("姓名\t年度\t入职日期\n甲\t2024年\t三季度\n乙\t2025年\t3月5日", ["2024-07-01", "2025-03-05"]),
    "other days": ("person\tstart\nA\t2025-04-01\nB\tW3\nC\t2025-06-01", ["2025-04-01", "2025-01-13", "2025-06-01"]),
    "the day of a print": ("Printed 2027-01-04\t\nperson\tstart\nA\tW3\nB\t", [None, None]),
    "two years": ("2024 and 2025\t\nperson\tstart\nA\tW3\nB\t", [None, None]),
}


@pytest.mark.parametrize("name", YEARLESS)
def test_a_day_without_a_year_is_of_the_year_that_the_table_gives(name: str) -> None:
    """A column of years, the other days, the heading, a line above; a day without any stays unread, and says so."""
    text, expected = YEARLESS[name]
    reading, questions = read(Pasted(text), TEAM)
    assert reading is not None
    assert not questions
    assert [str(day) for day in reading.frame["start"] if day] == [day for day in expected if day]
    unread = [one.cell for one in reading.problems if one.code == "tables.not_a_date"]
    assert unread == [
        line.split("\t")[-1]
        for line, day in zip(text.split("\n")[-len(expected) :], expected, strict=True)
        if not day and not line.endswith("\t")
    ]


@pytest.mark.parametrize(
    ("cell", "chosen", "this", "last"),
    [
        ("W3", "year.2026", "2026-01-12", "2025-01-13"),
        ("Q1", "year.2026", "2026-01-01", "2025-01-01"),
        ("第十二周", None, "2026-03-16", "2025-03-17"),
        ("Q4", None, "2026-10-01", "2025-10-01"),
    ],
)
def test_where_only_the_as_of_date_gives_a_year_it_is_asked(cell: str, chosen: str, this: str, last: str) -> None:
    """Assumed where all such days lie before it, open where some lie after it."""
    source = Pasted(f"person\tstart\nA\t{cell}")
    day = date(2026, 2, 1)
    _, (question,) = read(source, TEAM, as_of=day)
    assert (question.name, question.chosen) == ("year.start", chosen)
    assert {name: str(said.params["date"]) for name, said in question.options.items()} == {
        "year.2026": this,
        "year.2025": last,
    }
    assert values(source, "start", as_of=day, answers={question.name: "year.2025"}) == [date.fromisoformat(last)]


def test_what_comes_first_in_a_date_is_asked_where_nothing_tells() -> None:
    """With what the first such date is by each answer; short years that lie together suggest where they stand."""
    source = team("start", "03/04/2026", "05/06/2026")
    reading, (question,) = read(source, TEAM)
    assert reading is None
    said = {name: option.params["date"] for name, option in question.options.items()}
    assert said == {"day": date(2026, 4, 3), "month": date(2026, 3, 4)}
    assert values(source, "start", answers={"order.start": "month"}) == [date(2026, 3, 4), date(2026, 5, 6)]
    short = team("start", "26/01/15", "26/02/20", "25/12/03")
    assert values(short, "start") == [date(2026, 1, 15), date(2026, 2, 20), date(2025, 12, 3)]
    assert read(short, TEAM)[1][0].chosen == "year"


def test_two_columns_of_amounts_are_no_halves_of_one() -> None:
    """500 and 100 under two headings of amounts are two, although ``500,100`` could be one."""
    lists = (
        "客户名称,取消金额,签约金额\n甲,500,100\n乙,20,900\n",
        "Account,Revenue,Cost\nAcme,120,300\nBirch,80,450\n",
    )
    for text, revenue in zip(lists, ([10_000, 90_000], [12_000, 8_000]), strict=True):
        reading, questions = read(File("a.csv", text.encode()))
        assert [question.name for question in questions] == []
        assert reading is not None
        assert reading.frame["revenue"].tolist() == revenue


def test_dates_that_excel_has_swapped_are_asked_about() -> None:
    """Real dates all have a day up to 12, and beside them stand texts with later days."""
    rows: list[list[object]] = [
        ["person", "start"],
        ["a", "13/01/2026"],
        ["b", datetime(2026, 5, 1)],
        ["c", datetime(2026, 7, 3)],
    ]
    book = File("a.xlsx", openpyxl_file({"s": rows}))
    reading, (question,) = read(book, TEAM)
    assert (reading, question.name, question.sentence.params["count"]) == (None, "swapped.start", 2)
    swapped = values(book, "start", answers={"swapped.start": "swapped"})
    assert swapped == [date(2026, 1, 13), date(2026, 1, 5), date(2026, 3, 7)]
    assert values(book, "start", answers={"swapped.start": "stand"})[1] == date(2026, 5, 1)
    later = team("start", "13/01/2026", "2026-05-31")
    assert read(later, TEAM)[1] == ()


# --- what is asked --------------------------------------------------------------------------------------

ASKED = (
    amounts("1.234", "850"),
    csv("客户,收入,备注\n甲,1,234\n乙,2,500\n"),
    csv("2025年\n客户,收入\n甲,1\n\n2026年\n客户,收入\n乙,2\n"),
    csv("客户,收入\n甲,11\n乙,23\n合计,34\n目标,40\n"),
    csv("客户,收入\n甲,11\n乙,23\n合计,34\n目标,40\n预算,50\n"),
    csv("客户,金额,类型\n甲,5,目标\n甲,6,实际\n"),
    team("attainment", "1", "4", "5"),
    team("attainment", "0.95", "1.02", "0.88", "95"),
    team("attainment", "A", "B"),
    team("start", "03/04/2026"),
    team("start", "03/04/05"),
    team("start", "13/01/2026", "2026-05-01"),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", ASKED)
def test_every_question_has_its_sentences_and_quotes_nothing_under_pseudonyms(language: str, source: Source) -> None:
    """Question and options can be said in both languages, with every value in its place."""
    spec = CUSTOMERS if isinstance(source, File) else TEAM
    _, questions = read(source, spec)
    text = Text("zh" if language == "zh" else "en", Settings())
    for question in questions:
        for sentence in (question.sentence, *question.options.values()):
            assert "{" not in text.said(sentence)
        hidden = hidden_question(question)
        quoted = [str(value) for name, value in question.sentence.params.items() if name == "cell"]
        assert not any(one in text.said(hidden.sentence) for one in quoted)


# --- a known list in random dress -----------------------------------------------------------------------


@dataclass(frozen=True)
class Dress:
    """How amounts are written."""

    mark: str
    point: str
    groups: str
    places: int
    trim: bool

    def write(self, fen: int) -> str:
        """Write an amount."""
        fraction = f"{fen % 100:02d}"[: self.places]
        fraction = fraction.rstrip("0") if self.trim else fraction
        return grouped(fen // 100, self.mark, self.groups) + (self.point + fraction if fraction else "")


STYLES = (
    ("", "."), (",", "."), ("'", "."), ("’", "."), (" ", "."), ("\u202f", ","), (".", ","), ("", ","), ("'", ","),
)  # fmt: skip
DRESSES = st.builds(
    lambda style, *rest: Dress(*style, *rest),
    st.sampled_from(STYLES),
    st.sampled_from(("three", "lakh")),
    st.integers(0, 2),
    st.booleans(),
)


def silently_wrong(source: Source, spec: TableSpec, column: str, right: Sequence[object]) -> bool:
    """Whether a list is read as something else, with no row named, nothing asked and no refusal."""
    try:
        reading, questions = read(source, spec)
    except InvalidInputs:
        return False
    if reading is None or questions:
        return False
    read_as = dict(zip(reading.frame["row"].tolist(), reading.frame[column].tolist(), strict=True))
    named = {problem.row for problem in reading.problems}
    return any(row not in named and read_as[row] != value for row, value in enumerate(right, 2))


def grouped(whole: int, mark: str, style: str) -> str:
    """Write a whole number in groups of three, or by lakhs."""
    digits = str(whole)
    if style == "lakh" and len(digits) > 3:
        head, tail = digits[:-3], digits[-3:]
        parts = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
        return mark.join([*parts, tail])
    return f"{whole:,}".replace(",", mark)


@settings(max_examples=EXAMPLES)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12), DRESSES, st.sampled_from(",;\t"), st.booleans())
def test_amounts_in_any_dress_come_back_or_are_asked_about_or_named(
    fen: list[int], dress: Dress, between: str, quoting: bool
) -> None:
    """Whatever parts thousands, decimals and cells: a row is right, or not used and named, or the list waits."""
    held = [value - value % 10 ** (2 - dress.places) for value in fen]
    written = [dress.write(value) for value in held]
    cells = [f'"{cell}"' if between in cell and quoting else cell for cell in written]
    rows = [between.join((f"客户{at}号", cell, f"负责{at}")) for at, cell in enumerate(cells)]
    source = csv("\n".join([between.join(("客户", "收入(元)", "负责人")), *rows]))
    assert not silently_wrong(source, CUSTOMERS, "revenue", held)


@settings(max_examples=EXAMPLES)
@given(
    st.lists(st.integers(400, 2500), min_size=1, max_size=12),
    st.sampled_from(("sign", "percents", "fractions")),
    st.sampled_from(".,"),
)
def test_percentages_in_any_dress_come_back_or_are_asked_about_or_named(
    tenths: list[int], style: str, point: str
) -> None:
    """Attainments as people have them, 40% to 250%: with their sign, as percents or as fractions."""
    scale = 3 if style == "fractions" else 1
    cells = [f"{Decimal(one).scaleb(-scale):f}".replace(".", point) + "%" * (style == "sign") for one in tenths]
    assert not silently_wrong(team("attainment", *cells), TEAM, "attainment", [Fraction(one, 1000) for one in tenths])


FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%d-%b-%y", "%b %d, %Y", "%m/%d/%y", "%y-%m-%d", "%d %B %Y")


@settings(max_examples=EXAMPLES)
@given(st.lists(st.dates(date(2000, 1, 1), date(2049, 12, 31)), min_size=1, max_size=8), st.sampled_from(FORMS))
def test_dates_in_any_dress_come_back_or_are_asked_about_or_named(days: list[date], form: str) -> None:
    """Whichever part comes first, and with however many digits of the year."""
    assert not silently_wrong(team("start", *(day.strftime(form) for day in days)), TEAM, "start", days)


@settings(max_examples=EXAMPLES)
@given(st.lists(st.decimals(0, 1, places=5), min_size=1, max_size=8), st.sampled_from(".,"))
def test_weights_come_back_exactly_or_are_asked_about_or_named(weights: list[Decimal], point: str) -> None:
    """Whatever parts their decimals."""
    cells = [f"{weight.normalize():f}".replace(".", point) for weight in weights]
    assert not silently_wrong(team("weight", *cells), TEAM, "weight", [Fraction(weight) for weight in weights])
