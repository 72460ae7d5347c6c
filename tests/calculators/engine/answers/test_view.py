"""How a reader looks at a long table: order, search and page are of all its rows, and of the page alone."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from calculators.engine.answers.result import Result, Section, Table, columns
from calculators.engine.answers.view import View, arranged

ROWS: list[dict[str, Any]] = [
    {"name": "青松科技", "amount": 30},
    {"name": "ＡＢＣ Ltd", "amount": None},
    {"name": "大樟门诊", "amount": 200},
    {"name": "abc Trading", "amount": 7},
]


def seen(data: Any, *, detail: bool = True, **view: Any) -> Table:
    """Return the table as a reader looks at it."""
    table = Table("list", columns("name:text amount:count"), data, detail=detail, totals=("amount",))
    result = Result((Section("all", tables=(table,)),))
    return arranged(result, {"list": View.of(view)}, lambda _, value: str(value)).tables[0]


@pytest.mark.parametrize("made", [list, pd.DataFrame])
def test_rows_are_sorted_by_a_column_with_what_is_unknown_last(made: Callable[[Any], Any]) -> None:
    """Up or down, a missing amount comes after all others; numbers go by size and names by their letters."""
    assert seen(made(ROWS), sort="amount").column("name") == ["abc Trading", "青松科技", "大樟门诊", "ＡＢＣ Ltd"]
    assert seen(made(ROWS), sort="amount", down=True).column("name")[0] == "大樟门诊"
    assert seen(made(ROWS), sort="amount", down=True).column("name")[-1] == "ＡＢＣ Ltd"
    assert seen(made(ROWS), sort="name").column("name")[:2] == ["ＡＢＣ Ltd", "abc Trading"]


def test_rows_are_found_by_a_part_of_a_word_whatever_its_width_and_capitals() -> None:
    """How many there are in all is still known, and no line of totals stands under a part of them."""
    found = seen(ROWS, find=" abc ")
    assert found.column("name") == ["ＡＢＣ Ltd", "abc Trading"]
    assert found.whole == len(ROWS)
    assert found.totals == ()
    assert len(seen(ROWS, find="nobody")) == 0


def test_a_short_table_keeps_its_order() -> None:
    """Its lines are read from the top: only long lists are sorted."""
    assert seen(ROWS, detail=False, sort="amount").column("name") == [row["name"] for row in ROWS]


def test_a_page_alone_may_be_asked_for_by_its_number() -> None:
    """As it was before there were orders."""
    assert View.of(3) == View(page=3)
