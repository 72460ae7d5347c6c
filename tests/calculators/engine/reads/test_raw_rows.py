"""A table as text, as an editor shows it and a plan keeps it; and what of its rows is counted, chosen or refused."""

import openpyxl
import pytest
from openpyxl.styles import Alignment

from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.sources import File, Pasted, Rows
from calculators.engine.reads.tables import raw_rows, read_table
from tests.table_files import CUSTOMERS, openpyxl_file

WEIGHTS = TableSpec("people", (ColumnSpec("person", "text"), ColumnSpec("weight", "number", required=False)))


def test_a_table_that_is_none_is_refused_by_its_name() -> None:
    """The mistake says which of a calculator's tables it is about, and why."""
    with pytest.raises(InvalidInputs) as refused:
        raw_rows(Pasted(" "), spec=CUSTOMERS)
    assert [(one.field, one.code) for one in refused.value.errors] == [(CUSTOMERS.name, "tables.empty_paste")]
    with pytest.raises(InvalidInputs, match=r"^table: tables\.empty_paste$"):
        raw_rows(Pasted(" "))


@pytest.mark.parametrize(
    ("source", "delimiter", "aligned"),
    [
        (Pasted("客户;收入\n甲;5"), ";", False),
        (Pasted("客户\t收入\n甲\t5"), "\t", True),
        (File("a.csv", b"customer,revenue\nElm,5\n"), ",", False),
        (Rows([["客户", "收入"], ["甲", "5"]]), "", True),
    ],
)
def test_how_its_cells_stood_goes_with_the_rows(source: Pasted | File | Rows, delimiter: str, aligned: bool) -> None:
    """A comma or a semicolon may be in an amount, too, and have moved the rest of its row."""
    raw = raw_rows(source, spec=CUSTOMERS)
    assert (raw.delimiter, raw.aligned) == (delimiter, aligned)


def test_names_and_numbers_of_a_workbook_are_written_as_they_are_read() -> None:
    """Names below others with spaces, numbers that might be thousands with a zero; both are read alike again."""

    def touch(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["A3"].alignment = Alignment(indent=1)
        sheet["A4"].alignment = Alignment(indent=1)

    rows: list[list[object]] = [
        ["Person", "Weight", "Note"],
        ["East", None, "x"],
        ["Ann", 1.234, ""],
        ["Bob", 2.5, 3.125],
        ["Cole"],
    ]
    file = File("a.xlsx", openpyxl_file({"People": rows}, touch))
    raw = raw_rows(file, spec=WEIGHTS)
    assert raw.rows == [
        ["Person", "Weight", "Note"],
        ["East", "", "x"],
        ["  Ann", "1.2340"],
        ["  Bob", "2.5", "3.125"],
        ["Cole"],
    ]
    again = read_table(Rows(raw.rows, aligned=raw.aligned, delimiter=raw.delimiter), WEIGHTS)
    assert again.frame["weight"].tolist() == read_table(file, WEIGHTS).frame["weight"].tolist()


def test_blank_rows_between_records_are_counted_and_those_at_the_end_are_not() -> None:
    """Two between, three below."""
    reading = read_table(Pasted("客户\t收入\n甲\t5\n\n\n乙\t6\n\n\n\n"), CUSTOMERS)
    assert [dict(one.params) for one in reading.remarks if one.code == "tables.blank_rows"] == [{"count": 2}]


def test_a_choice_is_known_by_either_languages_word_or_not_used() -> None:
    """Nothing is no choice; what is none of the options is said with all of them."""
    options = {"yes": ("是", "yes"), "no": ("否", "no")}
    spec = TableSpec("people", (ColumnSpec("person", "text"), ColumnSpec("direction", "choice", options=options)))
    reading = read_table(
        Pasted("person\tdirection\nAnn\tYES\nBob\t否\nCole\t\nDot\tperhaps\n"), spec, mapping={"direction": 1}
    )
    assert reading.frame["direction"].tolist() == ["yes", "no", ""]
    assert reading.frame["direction_known"].tolist() == [True, True, False]
    (problem,) = reading.problems
    assert (problem.row, problem.code, problem.cell) == (5, "tables.not_an_option", "perhaps")
    assert dict(problem.params) | {"zh": "是、否", "en": "yes, no"} == dict(problem.params)
