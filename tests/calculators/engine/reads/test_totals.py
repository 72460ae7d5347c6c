"""Rows about other rows are left out, counted or asked about by what they come to, wherever and whatever they are."""

import csv
import io
import itertools
import json
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from openpyxl.styles import Alignment

from calculators.__main__ import main
from calculators.engine.asks.errors import Sentence
from calculators.engine.asks.settings import Settings
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.questions import Question
from calculators.engine.reads.sources import File, Pasted, Rows, Source
from calculators.engine.reads.tables import Asked, Reading, raw_rows, read_table
from calculators.engine.reads.total_labels import Label, label_of
from calculators.engine.shows.text import LANGUAGES, Text
from tests.table_files import CUSTOMERS, csv_text, openpyxl_file

HEADER = ("客户", "收入(元)")
Row = Sequence[object]


def listed(*rows: Row, header: Row = HEADER) -> Source:
    """Return rows as a pasted table."""
    return Pasted(csv_text([header, *rows], delimiter="\t"))


def rows_of(written: str) -> list[Row]:
    """Return rows written as ``Elm=70; Fir=90``."""
    return [row.split("=") for row in written.split("; ")]


def total(reading: Reading) -> float:
    """Return the revenue of all records, in yuan."""
    return int(reading.frame["revenue"].sum()) / 100


def left_out(reading: Reading) -> list[tuple[int, str]]:
    """Return the rows about other rows, and what they are."""
    return [(problem.row, problem.code.removeprefix("tables.")) for problem in reading.problems]


def asked(source: Source, **options: object) -> tuple[Question, ...]:
    """Return what a table waits for."""
    with pytest.raises(Asked) as waits:
        read_table(source, CUSTOMERS, **options)  # type: ignore[arg-type]  # read_table checks them
    return waits.value.known.questions


def amounts(question: Question) -> dict[str, tuple[object, object]]:
    """Return what each answer comes to: rows, and fen."""
    found = {}
    for option, sentence in question.options.items():
        said = sentence.params["total"]
        assert isinstance(said, Sentence)
        found[option] = sentence.params["count"], said.params["amount"]
    return found


@dataclass(frozen=True)
class Case:
    """A list, what its records sum to, and which rows are left out: totals by default."""

    name: str
    rows: str
    sum: float
    out: Sequence[int]
    heads: Sequence[int] = ()
    header: Row = HEADER
    agree: bool = True
    options: Mapping[str, object] = field(default_factory=dict)


CASES = (
    Case("a region's total by a word in front", "Elm=70; Fir=90.5; Total North=160.5", 160.5, [4]),
    Case("几个大区各有汇总", "甲=12; 乙=30; 华南大区汇总=42; 丙=5; 丁=6; 西北大区汇总=11", 53, [4, 7]),
    Case("a period's total", "甲=1200; 乙=800; 2025年合计=2000", 2000, [4]),
    Case("an amount's total", "甲=1200; 乙=800; 合计金额=2000", 2000, [4]),
    *(
        Case(f"called {word}", f"Elm=70; Fir=90; {word}=160", 160, [4])
        for word in ("Gesamtergebnis", "Summe", "Total général", "Totale complessivo", "Suma", "Итого", "合計", "總計")
    ),
    Case("averages of groups and of all", "Elm=10; Elm=30; Elm Average=20; Fir=50; Grand Average=30", 90, [4, 6]),
    Case("甲乙各有平均值", "甲=10; 甲=30; 甲 平均值=20; 乙=5; 乙=6; 乙 平均值=5.5; 总计平均值=12.75", 51, [4, 7, 8]),
    Case("counts and extremes", "Elm=10; Fir=30; Gum=45; Count=3; Max=45; Min=10; Median=30", 85, [5, 6, 7, 8]),
    Case("groups that say how many", "North (2)=90; Elm=40; Fir=50; South (3)=66; Gum=11; Hop=22; Ivy=33", 156, [2, 5]),
    Case("各组写明几条", "华东（2）=90; 甲=40; 乙=50; 华北（2）=44; 丙=11; 丁=33", 134, [2, 5]),
    Case(
        "nested groups that say how many",
        "All (3)=60; North (2)=30; Elm=10; Fir=20; South (1)=30; South=30",
        60,
        [2, 3, 6],
    ),
    Case(
        "owners above their customers, with the total of all",
        "Ann=300; Elm=100; Fir=200; Bob=150; Gum=150; Grand Total=450",
        450,
        [2, 5, 7],
    ),
    Case("负责人在上、客户在下", "林某=310; 甲=110; 乙=200; 周某=150; 丙=150; 总计=460", 460, [2, 5, 7]),
    Case(
        "two levels above, with the total of all",
        "North=300; Ann=300; Elm=100; Fir=200; South=70; Bob=70; Gum=30; Hop=40; Total=370",
        370,
        [2, 3, 6, 7, 10],
    ),
    Case("subtotals without a word that the total proves", "Elm=12; Fir=31; A=43; Gum=5; Total=48", 48, [4, 6]),
    Case("a chance sum that the total refutes", "Elm=100; Fir=200; Gum=300; Total=600", 600, [5]),
    Case(
        "jobs under a customer that its total names",
        "Elm=; Elm:Roof=10; Elm:Door=30; Total for Elm=40; Fir=25; TOTAL=65",
        65,
        [5, 7],
        [2],
    ),
    Case("项目在客户名下", "甲=; 甲：一期=10; 甲：二期=30; 甲 小计=40; 乙=25; 总计=65", 65, [5, 7], [2]),
    Case(
        "a single customer's group beside those that have totals",
        "Gum=250; Elm:1=50; Elm:2=60; Total - Elm=110; Total=360",
        360,
        [5, 6],
    ),
    Case("the total first", "合计=160; 甲=70; 乙=90", 160, [2]),
    Case("a total of a page and of all", "甲=70; 乙=90; 本页合计=160; 丙=5; 本页合计=5; 总计=165", 165, [4, 6, 7]),
    Case("a total without a name", "甲=70; 乙=90; =160; 丙=5", 165, [4]),
    Case(
        "a part by its words, and one that only the total proves",
        "Elm=100; of which export=40; Fir=90; incl. Gum=30; Total=190",
        190,
        [3, 5, 6],
    ),
    Case("spaces before names", "North=160;   Elm=70;   Fir=90; South=5;   Gum=5", 165, [2, 5]),
    Case("缩进的名称，分组没有金额", "华东=; 　甲=70; 　乙=90; 华北=; 　丙=5", 165, [], [2, 5]),
    Case("a rounded total", "Elm=70.25; Fir=90.5; Total=161", 160.75, [4]),
    Case(
        "a total beside a name",
        "Elm=Roof=10; Elm=Door=30; Elm=Subtotal=40; Fir=Roof=25",
        65,
        [4],
        header=("Customer", "Product", "Revenue (CNY)"),
    ),
    Case("companies with such names", "Elm=70; Totally Fir=90; 合计客户管理公司=5; Sumitomo=7", 172, [], agree=False),
    Case("a chance sum in the middle", "Elm=100; Fir=200; Gum=300; Hop=50; Ivy=75", 725, [], agree=False),
    Case(
        "a chance sum at the end beside a filled owner",
        "Elm=Ann=100; Fir=Bob=200; Gum=Ann=300",
        600,
        [],
        header=("Customer", "Owner", "Revenue (CNY)"),
        agree=False,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rows_about_other_rows_are_left_out_and_agree(case: Case) -> None:
    """Whatever they are called and wherever they stand; a quiet remark says that what they state is right."""
    reading = read_table(listed(*rows_of(case.rows), header=case.header), CUSTOMERS)

    assert total(reading) == case.sum
    assert left_out(reading) == sorted(
        [*((row, "total_row") for row in case.out), *((row, "group_heading") for row in case.heads)]
    )
    codes = [remark.code for remark in reading.remarks]
    assert ("tables.totals_agree" in codes) == (case.agree and bool(case.out))
    assert "tables.totals_differ" not in codes
    assert not reading.questions


def test_a_total_that_differs_from_the_rows_read_says_by_how_much() -> None:
    """Rows may have been filtered out of the list, or left out here."""
    reading = read_table(listed(("甲", 70), ("乙", "$9"), ("丙", 20), ("合计", 99)), CUSTOMERS)

    (said,) = [remark.params for remark in reading.remarks if remark.code == "tables.totals_differ"]
    stated, read, difference = (said[name] for name in ("stated", "read", "difference"))
    assert [sentence.params["amount"] for sentence in (stated, read, difference)] == [9900, 9000, 900]  # type: ignore[attr-defined]  # sentences
    assert (said["cell"], said["row"], said["count"]) == ("合计", 5, 1)


OPEN = {
    "at the end": ("Elm=400; Fir=250; Whole=650", 650, 1300, 3, 2),
    "几行相加，名称不认识": ("甲=400; 乙=250; 丙=350; 大家=1000", 1000, 2000, 4, 3),
    "before a blank line": ("Elm=400; Fir=250; X=650; =; Gum=7; Hop=9", 666, 1316, 5, 4),
    "groups below, without a word": ("Elm=12; Fir=31; A=43; Gum=5; Hop=6; B=11", 54, 108, 6, 4),
    "groups above, without a word": ("A=43; Elm=12; Fir=31; B=11; Gum=5; Hop=6", 54, 108, 6, 4),
}


@pytest.mark.parametrize("name", OPEN)
def test_where_two_readings_are_possible_the_reader_is_asked(name: str) -> None:
    """Each answer comes to what the question says; both are before the reader."""
    written, without, counted, all_rows, records = OPEN[name]
    rows = rows_of(written)

    (question,) = asked(listed(*rows))

    assert (question.name, question.chosen) == ("totals", None)
    assert amounts(question) == {"leave_out": (records, without * 100), "count": (all_rows, counted * 100)}
    for option, (count, fen) in amounts(question).items():
        reading = read_table(listed(*rows), CUSTOMERS, answers={"totals": option})
        assert (len(reading.frame), int(reading.frame["revenue"].sum())) == (count, fen)


@pytest.mark.parametrize(
    ("written", "counted", "left"),
    [
        ("Alles=83; Elm=41; Fir=25; Ash=17", 166, 83),
        ("大家=1300; 甲=400; 乙=250; 丙=300; 丁=350", 2600, 1300),
        ("甲=417; 乙=236; 丙=653; 丁=98; 戊=305; 己=771", 2480, 1827),
        ("甲=90211; 华东甲=50017; 华东乙=70113; 华东=120130; 丁=30041", 360512, 240382),
        ("Elm=90211; North=120130; Fir=50017; Oak=70113; Ash=30041; Yew=8007", 368519, 248389),
    ],
)
def test_a_row_that_equals_others_by_less_than_chance_is_asked_about(written: str, counted: int, left: int) -> None:
    """The first row of all others, one in the middle of those before or after it, with few digits too."""
    (question,) = asked(listed(*rows_of(written)))
    assert {name: fen for name, (_, fen) in amounts(question).items()} == {
        "leave_out": 100 * left,
        "count": 100 * counted,
    }


@pytest.mark.parametrize(
    "written", ["Elm=3; Fir=2; Ash=1", "甲=6; 乙=2; 丙=3; 丁=5; 戊=1; 己=9", "甲=3000; 乙=2000; 丙=1000; 丁=500"]
)
def test_small_and_round_figures_equal_others_by_chance(written: str) -> None:
    """They are counted, and nobody is asked."""
    reading = read_table(listed(*rows_of(written)), CUSTOMERS)
    assert (left_out(reading), reading.questions) == ([], ())


def test_of_ordinary_lists_hardly_any_is_asked_about() -> None:
    """Of four hundred without any total, of all lengths, steps and orders, fewer than one in fifty."""
    chance, found = random.Random(20261128), 0
    for _ in range(400):
        step, spread = chance.choice([1, 100, 1_000, 10_000, 50_000, 100_000]), chance.choice([0.3, 0.8, 1.3])
        held = [
            max(1, round(chance.lognormvariate(0, spread) * 1e6 / step)) * step
            for _ in range(chance.choice([3, 4, 6, 9, 15, 30, 60]))
        ]
        held = chance.choice([held, sorted(held), sorted(held, reverse=True)])
        try:
            reading = read_table(listed(*((f"客{at}", f"{one / 100:.2f}") for at, one in enumerate(held))), CUSTOMERS)
        except Asked:
            found += 1
        else:
            assert (int(reading.frame["revenue"].sum()), reading.questions) == (sum(held), ())
    assert 0 < found < 8  # none at all would be no threshold


def test_what_hardly_comes_about_by_chance_is_read_as_a_total_and_asked_about() -> None:
    """Sums in two columns to the last digit, and nobody's name beside them: the reader may say otherwise."""
    rows = [("Elm", "Ann", 40, 1234.5), ("Fir", "Bob", 2, 777.25), ("Gum", "Ann", 7, 31.5), ("Whole", "", 49, 2043.25)]
    source = listed(*rows, header=("Customer", "Owner", "Orders", "Revenue (CNY)"))

    reading = read_table(source, CUSTOMERS)

    (question,) = reading.questions
    assert (question.chosen, question.assumed, total(reading)) == ("leave_out", True, 2043.25)
    assert total(read_table(source, CUSTOMERS, answers={"totals": "count"})) == 4086.5


def test_a_row_is_asked_about_once() -> None:
    """By its words an average may be somebody's name, and by its figure it is one of all others all the same."""
    rows = [("甲", "0.01"), ("乙", "0.01"), ("丙", "0.01"), ("丁", "2199.95"), ("华东 平均值", "550.00")]
    (question,) = asked(listed(*rows))
    assert (question.name, amounts(question)["leave_out"]) == ("totals", (4, 219_998))


@pytest.mark.parametrize("name", ["Total Fuel", "Sum Freight"])
def test_a_company_called_like_a_total_counts_and_the_reader_may_say_otherwise(name: str) -> None:
    """Its figure is no sum of others; the choice stands beside the table with both totals."""
    reading = read_table(listed(("Elm", 43), (name, 500), ("Fir", 12)), CUSTOMERS)

    (question,) = reading.questions
    assert (question.name, question.chosen, question.assumed) == ("totals.called", "count", True)
    assert amounts(question) == {"leave_out": (2, 5500), "count": (3, 55500)}
    assert total(reading) == 555


@pytest.mark.parametrize("name", ["Target", "预算", "Gap", "去年", "Elm Road"])
def test_what_stands_below_the_total_of_all_is_asked_about(name: str) -> None:
    """A target or another year as well as a record that came late; what the words settle is left out."""
    source = listed(("Elm", 411), ("Fir", 1209), ("Gum", 777), ("Total", 2397), (name, 2500))
    if name == "去年":
        reading = read_table(source, CUSTOMERS)
        assert (total(reading), left_out(reading)) == (2397, [(5, "total_row"), (6, "total_row")])
        return

    (question,) = asked(source)

    assert (question.name, question.chosen) == ("totals.below", None)
    assert amounts(question) == {"leave_out": (3, 239_700), "count": (4, 489_700)}
    assert total(read_table(source, CUSTOMERS, answers={"totals.below": "leave_out"})) == 2397


def test_below_the_total_of_a_part_nothing_is_asked() -> None:
    """Of a page, of a group, or under a word for parts: there the list goes on."""
    for label in ("本页合计", "小计", "Page total", "Subtotal", "Total East"):
        reading = read_table(listed(("Elm", 411), ("Fir", 1209), (label, 1620), ("Gum", 77)), CUSTOMERS)
        assert (total(reading), reading.questions, left_out(reading)) == (1697, (), [(4, "total_row")])


@pytest.mark.parametrize(
    ("label", "amount"),
    [
        *(
            (name, 799)
            for name in ("平均每户", "户均收入", "平均客单价", "Avg. revenue", "Average sales", "Mean value", "Ø")
        ),
        *((name, 777) for name in ("中央値", "Медиана")),
        *((name, 3) for name in ("客户数", "订单总数", "家数", "Number of customers", "Record count", "No. of deals")),
        *((name, 1209) for name in ("最大値", "Highest", "Höchstwert")),
        *((name, 2100) for name in ("同比", "Previous year", "Difference", "Vorjahr", "Std dev")),
    ],
)
def test_whatever_is_computed_of_a_list_is_no_record_of_it(label: str, amount: float) -> None:
    """By its words in several languages, with a total above it and without one."""
    records = [("Elm", 411), ("Fir", 1209), ("Gum", 777)]
    assert total(read_table(listed(*records, (label, amount)), CUSTOMERS)) == 2397
    assert total(read_table(listed(*records, ("Total", 2397), (label, amount)), CUSTOMERS)) == 2397


@pytest.mark.parametrize(
    "name",
    [
        "Highest Peak Ltd",
        "No. of Nine GmbH",
        "差异化咨询",
        "大客户数据公司",
        "Average Joe's",
        "Dont Panic Inc",
        "Vat Ltd",
    ],
)
def test_a_company_with_such_words_in_its_name_is_a_record(name: str) -> None:
    """And nobody is asked."""
    reading = read_table(listed(("Elm", 411), (name, 1209), ("Gum", 777)), CUSTOMERS)
    assert (total(reading), left_out(reading)) == (2397, [])


WEIGHTS = TableSpec("people", (ColumnSpec("person", "text"), ColumnSpec("weight", "number")))
ASKED: Mapping[str, tuple[TableSpec, str, Sequence[str], Sequence[str]]] = {
    "a row that may be a total": (
        CUSTOMERS,
        "Customer,Revenue (CNY)\nElm,400\nFir,250\nWhole,650\n",
        (
            "“Whole”（第 4 行）正好等于其他行相加。它是合计，还是单独的一笔？",
            "不是明细，不计入：2 行，共 ¥650。",
            "单独的一笔，要计入：3 行，共 ¥1,300。",
        ),
        (
            "“Whole” (row 4) equals other rows together. Is it their total, or a record of its own?",
            "No record, not counted: 2 rows, ¥650 in all.",
            "A record, counted: 3 rows, ¥1,300 in all.",
        ),
    ),
    "figures that are no money": (
        WEIGHTS,
        "person,weight\nAnn,411\nBob,1209\nCy,777\nTotal,2397\nGap,2500.5\n",
        (
            "“Gap”（第 6 行）写在名单的合计下面。它是拿来对比的（如目标、上年），还是单独的一笔？",
            "不是明细，不计入：3 行，共 2,397。",
            "单独的一笔，要计入：4 行，共 4,897.5。",
        ),
        (
            "“Gap” (row 6) stands below the total of the list. "
            "Is it compared with it, as a target or another year is, or a record of its own?",
            "No record, not counted: 3 rows, 2,397 in all.",
            "A record, counted: 4 rows, 4,897.5 in all.",
        ),
    ),
    "rows without a name": (
        CUSTOMERS,
        "客户,区,收入(元)\n松科,东,450\n,东,90\n,西,60\n柏科,西,7\n",
        (
            "有 2 行（最前面的是第 3 行）没有写“客户”，其余各格和上面的行一样填了。它们是谁的？",
            "上一行那个名称的（如“松科”）：607",
            "不知道是谁的，不用：457",
        ),
        (
            "2 rows, the first in row 3, have no “客户” and are otherwise filled like those above. Whose are they?",
            "Of the name above, as “松科” is: 607",
            "Nobody knows; they are not used: 457",
        ),
    ),
    "names that stand alone": (
        CUSTOMERS,
        "客户,负责人,收入(元)\n华东区,,\n松科,林,450\n华北区,,\n柏科,周,90\n",
        (
            "有 2 行（最前面的是第 2 行“华东区”）只写了名称，别的都空着。它们是下面各行的分组名吗？",
            "是分组名，不计入：共 2 条",
            "不是，是其他信息未知的记录：共 4 条",
        ),
        (
            "2 rows, the first of them “华东区” (row 2), say a name and nothing else. "
            "Do they name the rows below them?",
            "Yes, they are headings: 2 records",
            "No, they are records of which nothing else is known: 4 records",
        ),
    ),
}
"""Lists that leave open what a row is, and the question with its answers in either language."""


@pytest.mark.parametrize("case", ASKED)
def test_a_question_about_rows_names_the_first_and_what_each_answer_comes_to(case: str) -> None:
    """In both languages, as one would ask."""
    spec, text, *expected = ASKED[case]
    try:
        (question,) = read_table(File("a.csv", text.encode()), spec).questions
    except Asked as waits:
        (question,) = waits.known.questions

    said = [question.sentence, *question.options.values()]

    assert [tuple(map(Text(language, Settings()).said, said)) for language in LANGUAGES] == expected


def test_a_single_name_that_stands_alone_is_no_heading() -> None:
    """One customer of whom nothing is known yet may come first, and nothing is asked."""
    text = "客户,负责人,收入(元)\n华东区,,\n松科,林,450\n柏科,周,90\n"
    reading = read_table(File("a.csv", text.encode()), CUSTOMERS)
    assert (reading.frame["customer"].tolist(), reading.questions) == (["华东区", "松科", "柏科"], ())


def test_a_total_that_stands_beside_the_names_is_called_as_it_calls_itself() -> None:
    """Not as the region in front of it, and as its customer where it has one."""
    header = ("Region", "Customer", "Kind", "Revenue (CNY)")
    records = [("North", "Elm", "Sale", 40), ("North", "Fir", "Sale", 50), ("South", "Gum", "Sale", 7)]
    for name, called in (("", "Subtotal"), ("Fir", "Fir")):
        reading = read_table(
            listed(*records[:2], ("North", name, "Subtotal", 90), records[2], header=header), CUSTOMERS
        )
        assert [(one.row, one.code, one.cell) for one in reading.problems] == [(4, "tables.total_row", called)]


def test_what_a_column_beside_the_names_says_of_most_rows_or_of_parts_makes_no_totals() -> None:
    """A kind of sale may be called a total, and a part of something may be a record."""
    for kinds in (("Total", "Total", "Part"), ("Sale", "其中", "Sale")):
        rows = zip(("Elm", "Fir", "Gum"), kinds, (90, 50, 7), strict=True)
        reading = read_table(listed(*rows, header=("Customer", "Kind", "Revenue (CNY)")), CUSTOMERS)
        assert (total(reading), reading.problems, reading.questions) == (147, (), ())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_command_line_answers_by_set(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without an answer the reply has the question with both totals, to read too; with one, the figures."""
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text("Customer,Revenue\nElm,400\nFir,250\nWhole,650\n", encoding="utf-8")
    command = ["abc_tiers", "list.csv", "--json", "--lang", language]

    assert main(command) == 1
    reply = json.loads(capsys.readouterr().out)
    (question,) = reply["questions"]["customers"]
    assert question["chosen"] is None
    assert ["¥650" in question["options"]["leave_out"], "¥1,300" in question["options"]["count"]] == [True, True]
    assert main([argument for argument in command if argument != "--json"]) == 1
    said = capsys.readouterr().err
    for option, revenue in (("leave_out", 65_000), ("count", 130_000)):
        assert f"--set customers.totals={option}  {question['options'][option]}" in said
        assert main([*command, "--set", f"customers.totals={option}"]) == 0
        assert json.loads(capsys.readouterr().out)["result"]["figures"]["revenue"] == revenue


@pytest.mark.parametrize("end", ["Prepared by the revenue office", "本表由运营部整理"])
def test_lines_of_one_cell_at_the_end_after_a_blank_line_are_notes(end: str) -> None:
    """Whatever they say, blank lines among them too; a customer of one cell above the blank line is a customer."""
    reading = read_table(File("a.csv", f"客户,收入(元)\n甲,5\n乙,\n\n\n{end}\n\nElm Holdings\n".encode()), CUSTOMERS)

    assert left_out(reading) == [(6, "footnote"), (8, "footnote")]
    assert {(one.column, one.params["header"]) for one in reading.problems} == {("customer", "客户")}
    assert reading.frame["customer"].tolist() == ["甲", "乙"]


def test_where_records_are_one_cell_a_line_after_a_blank_is_a_record() -> None:
    """A list of names alone."""
    spec = TableSpec("prospects", (ColumnSpec("prospect", "text"), ColumnSpec("urgency", "text", required=False)))
    reading = read_table(Pasted("prospect\turgency\nElm\nFir\n\nGum"), spec)

    assert reading.frame["prospect"].tolist() == ["Elm", "Fir", "Gum"]


def grouped(book: openpyxl.Workbook) -> None:
    """Indent the names of customers, as a pivot does."""
    for row in (3, 4, 6):
        book["名单"][f"A{row}"].alignment = Alignment(indent=1)


def test_a_workbooks_indentation_tells_groups() -> None:
    """Without any word, and without the total of all; in a plan, which keeps text, as spaces before the names."""
    rows = [HEADER, ("Ann", 300), ("Elm", 100), ("Fir", 200), ("Bob", 150), ("Gum", 150)]
    file = File("a.xlsx", openpyxl_file({"名单": rows}, grouped))

    assert left_out(read_table(file, CUSTOMERS)) == [(2, "total_row"), (5, "total_row")]
    kept = raw_rows(file, spec=CUSTOMERS)
    assert left_out(read_table(Rows(kept.rows, kept.aligned), CUSTOMERS)) == [(2, "total_row"), (5, "total_row")]


PEOPLE = TableSpec("people", (ColumnSpec("person", "text"), ColumnSpec("attainment", "percent", required=False)))
MOVED = TableSpec(
    "locked", (ColumnSpec("person", "text"), ColumnSpec("number", "money", required=False)), from_result=True
)


@pytest.mark.parametrize(
    ("spec", "header", "cells"),
    [
        (PEOPLE, ("person", "attainment"), ("50%", "45%", "95%")),
        (WEIGHTS, ("person", "weight"), ("1", "2", "3")),
        (MOVED, ("person", "amount"), ("100", "200", "300")),
    ],
    ids=["percentages", "weights", "rows that come from a result"],
)
def test_lists_in_which_sums_are_normal_are_read_as_they_are(
    spec: TableSpec, header: Row, cells: Sequence[str]
) -> None:
    """Percentages do not add up, small weights do by chance, and locked cells are no list of the reader's."""
    reading = read_table(
        listed(*zip(("Ann", "Ben", "Cy"), cells, strict=True), header=header),
        spec,
        mapping={name: at for at, name in enumerate(c.name for c in spec.columns)},
    )

    assert (len(reading.frame), reading.problems, reading.questions) == (3, (), ())


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("合 计：", Label("sum", certain=True)),
        ("Q3 Total", Label("sum", certain=True)),
        ("Ｔｏｔａｌ", Label("sum", certain=True)),
        ("上半年小计", Label("sum", certain=True)),
        ("East Subtotal", Label("sum", group="East")),
        ("Total of East", Label("sum", group="East")),
        ("东区-合计", Label("sum", group="东区")),
        ("East [12]", Label("sum", group="East", count=12)),
        ("汇总通科技", None),
        ("Averageville", None),
        ("上海设计院", None),
    ],
)  # fmt: skip
def test_words_say_what_a_row_may_be(name: str, label: Label | None) -> None:
    """A whole name that is such a word is certain; with something beside it, it may be a company."""
    assert label_of(name) == label


SURE_LABELS = (
    "合计",
    "Total",
    "小计",
    "2025年合计",
    "Gesamtergebnis",
    "Total général",
    "本页合计",
    "Grand Total",
    "総計",
)
GROUP_LABELS = ("Total {}", "{} Total", "Total for {}", "{}汇总", "{} 小计", "Total - {}")
AVERAGES = ("{} Average", "平均", "Average", "{} 平均值")
MADE_UP = ("Whole", "Everything", "大家", "Ost", "Sonstige zusammen")
NOTES = ("Prepared by the revenue office", "本表由运营部整理", "Applied filters: Region is North", "Elm Holdings")


def sums_by_chance(values: Sequence[int]) -> bool:
    """Say whether a record equals some right before or after it together, or the last is the mean of all others."""
    for at, value in enumerate(values):
        for beside in (values[:at][::-1], values[at + 1 :]):
            if value in itertools.islice(itertools.accumulate(beside), 1, None):
                return True
    return len(values) > 1 and abs(values[-1] * (len(values) - 1) - sum(values[:-1])) <= len(values)


def digits(value: int) -> int:
    """Return how many digits of a figure are not just zeros at its end."""
    return len(str(value).rstrip("0"))


@st.composite
def dressed(draw: st.DrawFn) -> tuple[str, int, bool]:
    """Return a list in the dress of some export, what it comes to in hundredths, and whether every total is named."""
    amount = st.integers(1, 99_999_999)
    named = draw(st.booleans())
    above = draw(st.booleans())
    names = (f"Customer {number}" for number in itertools.count(1))
    lines: list[list[str]] = []
    records: list[int] = []
    regions = draw(st.integers(0, 4))

    def written(hundredths: int) -> str:
        return f"{hundredths // 100}.{hundredths % 100:02d}"

    for number in range(max(regions, 1)):
        group = [[next(names), written(draw(amount))] for _ in range(draw(st.integers(2, 5)))]
        held = [int(value.replace(".", "")) for _, value in group]
        comes_to, mean = sum(held), (2 * sum(held) + len(held)) // (2 * len(held))
        records += held
        if named:  # under a word that a name may have, too, what comes to few digits is asked about
            assume(min(digits(comes_to), digits(mean)) > 3)
        else:  # a sum of fewer steps of what its parts have in common is a chance
            assume(comes_to // math.gcd(*held) > 9_999)
        region = f"Region{number}"
        templates = GROUP_LABELS if named else (*MADE_UP, "")
        label = draw(st.sampled_from(templates)).format(region)
        subtotal = [[label, written(comes_to)]] if regions else []
        average = draw(st.sampled_from(AVERAGES)).format(region) if draw(st.booleans()) else None
        means = [[average, written(mean)]] if average and named else []
        lines += [*subtotal, *group, *means] if above else [*group, *subtotal, *means]
        if regions and draw(st.booleans()):
            lines.append([])
    assume(not named or not sums_by_chance(records))
    everything = sum(records)
    grand = draw(st.sampled_from(SURE_LABELS if named else (*SURE_LABELS, *MADE_UP, "")))
    if draw(st.booleans()):
        at_top = draw(st.booleans()) and grand in SURE_LABELS
        lines[:0] = [[grand, written(everything)]] if at_top else []
        lines += [] if at_top else [[grand, written(everything)]]
    if draw(st.booleans()):
        lines += [[], *([note] for note in draw(st.lists(st.sampled_from(NOTES), min_size=1, max_size=3)))]
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *lines])
    return out.getvalue(), everything, named


@given(dressed())
def test_a_list_in_any_dress_comes_to_its_sum_or_is_asked_about(list_in_dress: tuple[str, int, bool]) -> None:
    """Where every total has a name and no record is a sum by chance it is not refused; else an answer is the sum."""
    text, everything, named = list_in_dress
    try:
        reading = read_table(Pasted(text), CUSTOMERS)
    except Asked as waits:
        (question,) = waits.known.questions
        assert not named
        assert everything in [fen for _, fen in amounts(question).values()]
        return
    assert int(reading.frame["revenue"].sum()) == everything or everything in [
        fen for question in reading.questions for _, fen in amounts(question).values()
    ]


@given(st.lists(st.integers(-10_000, 99_999_999), min_size=1, max_size=30))
def test_a_list_without_totals_is_counted_or_asked_about(values: list[int]) -> None:
    """No customer is lost to a chance."""
    rows = [(f"Customer {number}", f"{value / 100:.2f}") for number, value in enumerate(values)]
    try:
        reading = read_table(listed(*rows), CUSTOMERS)
    except Asked as waits:
        (question,) = waits.known.questions
        assert amounts(question)["count"] == (len(values), sum(values))
        return
    assert int(reading.frame["revenue"].sum()) == sum(values) or reading.questions
