"""How a reader looks at a long table: which page of it, in which order, and which of its rows.

A request says so for the page alone: downloads have every row, in the calculator's own order.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

import pandas as pd

from calculators.engine.answers.result import Column, Result, Table, Value
from calculators.engine.asks.limits import MAX_HEADING

Said = Callable[[Column, Value], str]
"""Gives what a cell says in the reader's language."""
_WORDS = frozenset({"text", "key", "page", "date"})
"""Kinds of columns that are searched; of the first three, those sorted by what they say."""


@dataclass(frozen=True)
class View:
    """A ``page`` from 1; the column to ``sort`` by, ``down`` from the largest; and a text to ``find``."""

    page: int = 1
    sort: str = ""
    down: bool = False
    find: str = ""

    @classmethod
    def of(cls, given: Any) -> Self:
        """Return what a request has for a table: the number of a page, or a mapping with any of the names above."""
        if not isinstance(given, Mapping):
            return cls(page=int(given or 1))
        return cls(
            int(given.get("page") or 1),
            str(given.get("sort") or ""),
            bool(given.get("down")),
            str(given.get("find") or "")[:MAX_HEADING],
        )


def arranged(result: Result, views: Mapping[str, View], said: Said) -> Result:
    """Return a result whose long tables have the rows that are looked for, in the order that is asked for."""
    if not any(view.sort or view.find for view in views.values()):
        return result
    sections = tuple(
        replace(
            section,
            tables=tuple(_arranged(table, views.get(table.name, View()), said) for table in section.tables),
        )
        for section in result.sections
    )
    return replace(result, sections=sections)


def _arranged(table: Table, view: View, said: Said) -> Table:
    if not table.detail:
        return table
    rows = list(range(len(table)))
    if wanted := _folded(view.find):
        searched = [
            [_folded(said(column, value)) for value in table.values(column)]
            for column in table.columns
            if column.kind in _WORDS
        ]
        rows = [at for at in rows if any(wanted in cells[at] for cells in searched)]
    if column := next((column for column in table.columns if column.name == view.sort), None):
        values = table.values(column)
        known = [at for at in rows if values[at] is not None]

        def key(at: int) -> Any:
            return _folded(said(column, values[at])) if column.kind in _WORDS - {"date"} else values[at]

        known.sort(key=key, reverse=view.down)
        rows = known + [at for at in rows if values[at] is None]  # what is not known is last either way
    data = table.data.iloc[rows] if isinstance(table.data, pd.DataFrame) else [table.data[at] for at in rows]
    # A line of totals is of all rows, and says nothing of a part.
    return replace(table, data=data, whole=len(table), totals=() if wanted else table.totals)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
