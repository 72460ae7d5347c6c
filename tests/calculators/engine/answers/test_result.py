"""The parts of a result: tables by the names of their columns."""

from fractions import Fraction

import pandas as pd
import pytest

from calculators.engine.answers.result import Column, Table, columns

ROWS = [{"name": "a", "part": 1, "beside": "x"}, {"name": "b", "part": 3, "beside": "y"}]
SHAPE = {**columns("name:text"), "part": Column("share", of=4)}


def test_a_kind_that_there_is_not_is_refused() -> None:
    """A slip in a description of columns shows when the table is made, and not as an odd cell."""
    with pytest.raises(KeyError):
        columns("name:txet")


def test_a_line_without_a_value_for_a_column_is_refused() -> None:
    """A missing value is written None; a name that is misspelt is no missing value."""
    table = Table("parts", columns("name:text prat:count"), ROWS)
    with pytest.raises(KeyError):
        list(table.rows())


def test_lines_and_frames_say_the_same() -> None:
    """Shares come out exact over their denominator, in the order of the columns, and no column shows what is beside."""
    expected = [("a", Fraction(1, 4)), ("b", Fraction(3, 4))]
    for data in (ROWS, pd.DataFrame(ROWS)):
        table = Table("parts", SHAPE, data)
        assert list(table.rows()) == expected
        assert list(table.rows(1, 2)) == expected[1:]
        assert [column.name for column in table.columns] == ["name", "part"]


def test_a_total_adds_up_every_line() -> None:
    """Only the columns named have one."""
    table = Table("parts", columns("name:text part:count"), ROWS, totals=("part",))
    assert [table.total(column) for column in table.columns] == [None, 4]
