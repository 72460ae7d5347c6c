"""A workbook with a sheet per month, region or person: whether one is meant or all is asked, and all are one list.

And a name that is to stand once, and stands in a roster for several periods.
"""

from collections.abc import Mapping, Sequence

import pytest

from calculators import CALCULATORS
from calculators.engine.asks.settings import Settings
from calculators.engine.asks.tables import TableSpec
from calculators.engine.reads.joined import of_others
from calculators.engine.reads.sources import File
from calculators.engine.reads.tables import Asked, Reading, raw_rows, read_table
from calculators.engine.shows.text import LANGUAGES, Text
from tests.table_files import CUSTOMERS, csv_text, openpyxl_file

Rows = Sequence[Sequence[object]]
HEADER: Sequence[object] = ["客户", "收入"]


def book(sheets: Mapping[str, Rows]) -> File:
    """Return a workbook of these sheets."""
    return File("名单.xlsx", openpyxl_file(sheets))


def asked(file: File, spec: TableSpec = CUSTOMERS) -> list[list[str]]:
    """Return what is asked of a file before it is read, with the options, in Chinese and English."""
    with pytest.raises(Asked) as found:
        read_table(file, spec)
    texts = [Text(language, Settings()) for language in LANGUAGES]
    return [
        [text.said(question.sentence) + "".join(f" / {text.said(one)}" for one in question.options.values())]
        for question in found.value.known.questions
        if question.chosen is None
        for text in texts
    ]


def read(file: File, spec: TableSpec = CUSTOMERS, sheet: str | None = None, **answers: str) -> Reading:
    """Read a file with these answers."""
    return read_table(file, spec, sheet=sheet, answers=answers)


def records(reading: Reading) -> list[tuple[str, int]]:
    """Return names and amounts, in units of the currency."""
    frame = reading.frame
    return list(zip(frame["customer"].tolist(), (frame["revenue"] // 100).tolist(), strict=True))


MONTHS = {f"{month}月": [[f"2026年{month}月客户收入（元）"], HEADER, ["甲", month], ["乙", 10]] for month in (1, 2, 3)}
REGIONS = {"North": [HEADER, ["甲", 1]], "South": [HEADER, ["乙", 2]], "Notes": [["To do"], ["call"]]}


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        (
            MONTHS,
            [
                "文件里有 3 张工作表表头相同（1月、2月、3月）。要算哪些？ / 3 张都算，上下接成一份名单"
                " / 只算“1月”（要换一张，在“工作表”里选）",
                "3 sheets of the file have the same headings (1月, 2月, 3月). Which are meant? / all 3, one below"
                " another as one list / only “1月”; another can be chosen under “Sheet”",
            ],
        ),
        (
            REGIONS,
            [
                "文件里有 2 张工作表表头相同（North、South）。要算哪些？ / 2 张都算，上下接成一份名单"
                " / 只算“North”（要换一张，在“工作表”里选）",
                "2 sheets of the file have the same headings (North, South). Which are meant? / all 2, one below"
                " another as one list / only “North”; another can be chosen under “Sheet”",
            ],
        ),
    ],
    ids=["a month each", "a region each"],
)
def test_of_sheets_with_the_same_headings_it_is_asked_which_are_meant(sheets: Mapping[str, Rows], said: object) -> None:
    """Nothing tells whether the first is meant alone; no figure is shown before that is known."""
    assert [one for (one,) in asked(book(sheets))] == said


def test_one_sheet_is_read_alone_and_all_are_read_below_one_another() -> None:
    """Of all each row keeps its sheet, by which months of the same names are told apart; a chosen sheet stands."""
    file = book(MONTHS)
    assert records(read(file, sheets="one")) == [("甲", 1), ("乙", 10)]
    assert records(read(file, sheet="2月")) == [("甲", 2), ("乙", 10)]
    whole = read(file, sheets="all")
    assert records(whole) == [("甲", 1), ("乙", 10), ("甲", 2), ("乙", 10), ("甲", 3), ("乙", 10)]
    assert whole.frame["row"].tolist() == [3, 4, 5, 6, 7, 8]
    (question,) = [one for one in whole.questions if one.name == "rows"]
    assert question.chosen == "all"
    assert records(read(file, sheets="all", rows="latest")) == [("甲", 3), ("乙", 10)]
    assert records(read(file, sheet="2月", sheets="all")) == records(whole)
    rows = raw_rows(file, spec=CUSTOMERS, answers={"sheets": "all"}).rows
    assert rows[1:4] == [["客户", "收入", "工作表"], ["甲", "1", "1月"], ["乙", "10", "1月"]]


def test_years_in_sheets_are_asked_about_as_years_in_rows_are() -> None:
    """Nobody but the reader knows whether two years of a customer are added up."""
    years: Mapping[str, Rows] = {"2025": [HEADER, ["甲", 1]], "2026": [HEADER, ["甲", 2]]}
    file = book(years)
    with pytest.raises(Asked) as found:
        read(file, sheets="all")
    assert [question.name for question in found.value.known.questions if question.chosen is None] == ["rows"]
    assert records(read(file, sheets="all", rows="latest")) == [("甲", 2)]


def test_what_stands_in_others_once_more_is_not_joined_and_said() -> None:
    """A sheet of totals, a year among months, one whose amounts count something else."""
    sheets: Mapping[str, Rows] = {
        "Q1": [["单位：元"], HEADER, ["甲", 1]],
        "Q2": [["单位：元"], HEADER, ["乙", 2], ["合计", 2]],
        "Q3": [["单位：万元"], HEADER, ["丙", 3]],
        "汇总": [["单位：元"], HEADER, ["甲", 1], ["乙", 2]],
    }
    reading = read(book(sheets), sheets="all")
    assert records(reading) == [("甲", 1), ("乙", 2)]
    said = {remark.code: remark.params for remark in reading.remarks}
    assert said["tables.sheets_joined"]["sheets"] == ["Q1", "Q2"]
    assert said["tables.sheets_apart"]["sheets"] == ["Q3", "汇总"]
    assert of_others(["Jan 2026", "Feb 2026", "FY2026", "All", "Alliance"]) == {"FY2026", "All"}


def test_sheets_with_other_headings_or_nothing_below_them_are_left_in_peace() -> None:
    """Only the choice of the sheet is said, as ever."""
    sheets: Mapping[str, Rows] = {"名单": [HEADER, ["甲", 1]], "空": [HEADER], "别的": [["客户", "区域"], ["甲", "北"]]}
    reading = read(book(sheets))
    assert records(reading) == [("甲", 1)]
    assert reading.questions == ()
    assert "tables.sheet_chosen" in [remark.code for remark in reading.remarks]


ROSTERS = {
    "nine_box.people": ("姓名,年份,目标,实际,方法论输出", "林默,{},100,90,50", "苏远,{},100,120,80"),
    "nine_box.earlier": ("姓名,年份,目标,实际,方法论输出", "林默,{},100,90,50", "苏远,{},100,120,80"),
    "goal_breakdown.people": ("Name,Year,Team,Past", "Ann Lee,{},North,100", "Bo Chan,{},South,200"),
    "self_check.hires": ("Newcomer,Year,Started,Passed", "Ann Lee,{},2025-03-01,", "Bo Chan,{},2025-04-01,"),
    "solo_signing.customers": ("客户,季度,预算,决策链,行业", "松科,{},3,3,3", "柏科,{},2,2,2"),
}


def spec_of(name: str) -> TableSpec:
    """Return a calculator's table by ``calculator.table``."""
    calculator, _, table = name.partition(".")
    declaration = CALCULATORS[calculator].declare(Settings())
    return next(one for one in declaration.tables if one.name == table)


@pytest.mark.parametrize("name", ROSTERS)
def test_a_name_that_stands_once_and_is_there_for_two_years_is_asked_about(name: str) -> None:
    """In every table in which a name has one row; the rows of the other year are listed as not used."""
    header, *people = ROSTERS[name]
    lines = [header, *(one.format(year) for year in (2025, 2026) for one in people)]
    file = File("名单.csv", "\n".join(lines).encode())
    with pytest.raises(Asked) as found:
        read_table(file, spec_of(name))
    (question,) = [one for one in found.value.known.questions if one.chosen is None]
    assert (question.name, list(question.options)) == ("whose", ["period.2026-0", "period.2025-0", "all"])
    latest = read(file, spec_of(name), whose="period.2026-0")
    assert (len(latest.frame), [problem.row for problem in latest.problems]) == (2, [2, 3])
    assert len(read(file, spec_of(name), whose="all").frame) == 4


def test_months_of_a_roster_are_asked_about_and_days_that_people_came_are_not() -> None:
    """A column that is read for something says nothing of when its rows are."""
    spec = spec_of("goal_breakdown.people")
    monthly = csv_text(
        [["姓名", "月份", "去年业绩"], ["林默", "1月", 10], ["林默", "2月", 20], ["苏远", "1月", 5], ["苏远", "2月", 5]]
    )
    said = asked(File("a.csv", monthly.encode()), spec)
    assert said == [
        [
            "“月份”写明了每一行是哪个时段，同一个名称有 2 个时段的行（1月、2月）。这里每个名称只要一行，要用哪些行？"
            " / 只用“2月”的：2 行 / 只用“1月”的：2 行 / 全部都用，一行算一个：4 行"
        ],
        [
            "“月份” says of which period each row is, and the same names stand there for 2 periods (1月, 2月). Each"
            " name is wanted once: which rows are meant? / Only “2月”: 2 rows / Only “1月”: 2 rows / All of them, each"
            " row for itself: 4 rows"
        ],
    ]
    came = csv_text([["姓名", "入职日期"], ["林默", "2025-03"], ["苏远", "2026-04"], ["林默", "2026-05"]])
    assert read(File("a.csv", came.encode()), spec).questions == ()
