"""A table of a request, taken apart once: given or not, blank, from where, and how it is to be read."""

from dataclasses import replace
from typing import Any

import pytest

from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.sources import File, Pasted, Rows
from calculators.engine.reads.table_input import LastReadings, TableInput

COLUMNS = (ColumnSpec("customer", "text"), ColumnSpec("revenue", "money"))
WANTED = TableSpec("customers", COLUMNS)
OPTIONAL = TableSpec("customers", COLUMNS, required=False)
TEXT = "客户\t收入\n甲\t5"
ROWS = [["客户", "收入"], ["甲", "5"]]


def table(raw: Any, spec: TableSpec = WANTED, planned: Any = None, **attachments: bytes) -> TableInput:
    """Return what a request says of a table."""
    return TableInput.of(spec, raw, planned, attachments)


@pytest.mark.parametrize(
    ("raw", "origin", "source", "name"),
    [
        (TEXT, "pasted", Pasted(TEXT), ""),
        ({"text": TEXT}, "pasted", Pasted(TEXT), ""),
        (ROWS, "rows_given", Rows(ROWS), ""),
        ({"rows": ROWS, "aligned": False, "name": "kept"}, "rows_given", Rows(ROWS, aligned=False), "kept"),
        ({"file": "f", "name": "a.csv"}, "file", File("a.csv", b"x"), "a.csv"),
        ({"file": "f"}, "file", File("f", b"x"), "f"),
    ],
)
def test_rows_of_ones_own_come_in_every_way(raw: Any, origin: str, source: object, name: str) -> None:
    """Each is given and the reader's own, and knows what the reader calls it."""
    found = table(raw, f=b"x")
    assert (found.origin, found.source, found.name) == (origin, source, name)
    assert (found.given, found.is_own) == (True, True)


@pytest.mark.parametrize("raw", [None, {}, {"unit": 1000}, {"sheet": "Q3", "columns": {"customer": "1"}}])
def test_options_alone_are_no_table(raw: Any) -> None:
    """The worked example stands there, and is read as the reader wants."""
    found = table(raw)
    assert (found.given, found.source, found.origin) == (False, None, "absent")
    example = found.with_example(File("customers.zh.csv", TEXT.encode()))
    assert (example.given, example.is_own, example.origin) == (False, False, "example")
    assert (example.unit, example.sheet, example.columns) == (found.unit, found.sheet, found.columns)


@pytest.mark.parametrize("blank", [" ", {"text": "\n"}, {"rows": []}, {"rows": [["", " "]]}, [[""]]])
def test_an_optional_table_is_emptied_where_nothing_is_written(blank: Any) -> None:
    """It is given, so that the example is over, and absent; one that is wanted is read, and refused for being empty."""
    emptied = table(blank, OPTIONAL)
    assert (emptied.given, emptied.source, emptied.is_own) == (True, None, False)
    assert (emptied.read("CNY"), emptied.outline("CNY"), emptied.raw_rows("CNY")) == (None, None, None)
    with pytest.raises(InvalidInputs) as refused:
        table(blank).read("CNY")
    (error,) = refused.value.errors
    said = "tables.empty_paste" if table(blank).origin == "pasted" else "tables.empty_table"
    assert (error.field, error.code) == ("customers", said)


def test_a_blank_file_is_read_before_anything_is_said_of_it() -> None:
    """What is in a file is not known before it is opened, so it is refused and not taken for no list."""
    with pytest.raises(InvalidInputs) as refused:
        table({"file": "f"}, OPTIONAL, f=b"\n").read("CNY")
    assert [error.code for error in refused.value.errors] == ["tables.empty_file"]


def test_options_are_taken_as_a_page_sends_them() -> None:
    """Numbers as text, an empty choice for none; they are handed on with raw rows, which are of no sheet any more."""
    answers = {"totals": "count"}
    columns = {"customer": "0", "revenue": ""}
    found = table({"rows": ROWS, "unit": "10000", "sheet": "", "columns": columns, "answers": answers})
    assert (found.unit, found.sheet, found.columns) == (10_000, None, {"customer": 0, "revenue": None})
    assert found.options(aligned=True) == {
        "aligned": True,
        "delimiter": "",
        "sheet": None,
        "unit": 10_000,
        "columns": {"customer": 0, "revenue": None},
        "answers": answers,
    }


def test_a_plans_rows_stand_where_the_request_has_none() -> None:
    """Options of the request are laid over the plan's; rows of the request replace the plan's altogether."""
    planned = {"rows": ROWS, "unit": 1000}
    assert table(None, planned=planned).source == Rows(ROWS)
    laid_over = table({"unit": 10_000}, planned=planned)
    assert (laid_over.source, laid_over.unit, laid_over.given) == (Rows(ROWS), 10_000, True)
    replaced = table({"text": TEXT}, planned=planned)
    assert (replaced.source, replaced.unit) == (Pasted(TEXT), None)


def test_a_long_list_is_read_once_until_something_about_it_changes() -> None:
    """The same rows read the same way come from memory; another unit, or other rows, are read."""
    readings = LastReadings("CNY")
    first = readings.read(table({"rows": ROWS}))
    assert first is not None
    assert readings.read(table({"rows": ROWS})) is first
    thousands = readings.read(table({"rows": ROWS, "unit": 1000}))
    assert thousands is not None
    assert [reading.frame["revenue"].tolist() for reading in (first, thousands)] == [[500], [500_000]]


def test_a_worked_example_is_read_once_for_everybody_and_anew_for_another_currency_or_other_answers() -> None:
    """Nobody waits for what a snapshot has read; a list of the reader's own is kept in the reader's readings alone."""
    example = File("客户.csv", "客户,收入\n甲,12\n乙,30\n".encode())
    asked = table(None).with_example(example)

    first = LastReadings("CNY").read(asked)
    assert LastReadings("CNY").read(asked) is first
    assert LastReadings("USD").read(asked) is not first
    answered = replace(asked, columns={"revenue": None})
    with pytest.raises(InvalidInputs):
        LastReadings("CNY").read(answered)
    own = replace(asked, origin="file")
    assert LastReadings("CNY").read(own) is not first
    assert LastReadings("CNY").read(own) is not LastReadings("CNY").read(own)


def test_what_cannot_be_used_is_still_known_in_outline() -> None:
    """A list without the wanted column shows its headers, so that the reader can choose."""
    known = LastReadings("CNY").known(table([["客户", "电话"], ["甲", "1234"], ["乙", "n/a"]]))
    assert known is not None
    assert known.headers == ("客户", "电话")
