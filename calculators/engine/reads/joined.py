"""Sheets of a workbook that are one list, a month or a region each: found by their headings, asked about, joined.

Which sheet has a table at all is found in ``sources``; what a column says of periods is asked in ``by_period``, which
knows a sheet by the last column of what is joined here. Parts of one sheet are for ``sections``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from calculators.engine.reads.periods import PeriodKind, period_of
from calculators.engine.reads.total_labels import label_of
from calculators.engine.reads.workbook import Sheet, Workbook

_FINENESS: Final[Sequence[PeriodKind]] = ("week", "month", "quarter", "half", "year")
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Head:
    """Where a sheet has its headings, and the last row of its header; both count from 0."""

    at: int
    bottom: int


_OF_ALL = re.compile(
    r"汇总|彙總|总表|合并|全部|summary|overview|consolidated|(?<![a-z])(?:all|ytd)(?![a-z])", re.IGNORECASE
).search


def alike(book: Workbook, chosen: str, at: int) -> tuple[str, ...]:
    """Return the sheets in sight that say in a row what the chosen one does, in their order, itself among them."""
    said = book.row(chosen, at)
    others = {name for name in book.names if said and name not in book.hidden and book.row(name, at) == said}
    return tuple(name for name in book.names if name in {chosen, *others})


def of_others(names: Sequence[str]) -> set[str]:
    """Return the sheets that by their names have what stands in others once more: totals, a year among months.

    >>> sorted(of_others(["1月", "2月", "2026年", "Summary", "合计"]))
    ['2026年', 'Summary', '合计']
    """
    kinds = {name: _FINENESS.index(period.kind) for name in names if (period := period_of(name))}
    finest = min(kinds.values(), default=0)
    return {name for name in names if label_of(name) or _OF_ALL(name) or kinds.get(name, finest) > finest}


def same_titles(one: Rows, other: Rows, names: tuple[str, str]) -> bool:
    """Whether lines above two tables say the same but for a period, a number and what the sheets are called.

    They may say what amounts count, or in which currency.
    """
    said = [
        [_without_period(cell.replace(name, "")) for row in rows for cell in row if cell.strip()]
        for rows, name in zip((one, other), names, strict=True)
    ]
    return said[0] == said[1]


def _without_period(title: str) -> str:
    period = period_of(title)
    return re.sub("[0-9]++|[一二三四五六七八九十]{1,2}(?=[月季])", "", period.rest if period else title).strip()


def joined(sheets: Mapping[str, Sheet], head: Head, heading: str) -> tuple[Sheet, dict[str, int]]:
    """Return sheets with the same header as one, with a last column of the ``heading`` that says which each row is of.

    And the row, from 0, in which each begins.
    """
    width = max(len(row) for sheet in sheets.values() for row in sheet.rows)
    first = next(iter(sheets.values()))
    rows = [list(row) for row in first.rows[: head.bottom + 1]]
    rows[head.at] += [*[""] * (width - len(rows[head.at])), heading]
    begins: dict[str, int] = {}
    parts: list[Sheet] = []
    for name, sheet in sheets.items():
        begins[name] = len(rows)
        # What stands above the list is the first one's.
        parts.append(_moved(sheet, head.bottom + 1 if parts else 0, len(rows) - head.bottom - 1))
        for row in sheet.rows[head.bottom + 1 :]:
            rows.append([*row, *[""] * (width - len(row)), name] if any(row) else [])
    return Sheet(
        rows,
        merged=tuple(area for part in parts for area in part.merged),
        hidden_rows=frozenset().union(*(part.hidden_rows for part in parts)),
        hidden_columns=frozenset.intersection(*(part.hidden_columns for part in parts)),
        outline={row: level for part in parts for row, level in part.outline.items()},
        indent={row: level for part in parts for row, level in part.indent.items()},
        bold=frozenset().union(*(part.bold for part in parts)),
        unvalued={place: text for part in parts for place, text in part.unvalued.items()},
        scaled_numbers=sum(part.scaled_numbers for part in parts),
        currencies=tuple(one for part in parts for one in part.currencies),
        formats_lost=any(part.formats_lost for part in parts),
        from_1904=first.from_1904,
    ), begins


def _moved(sheet: Sheet, start: int, by: int) -> Sheet:
    """Return what is known of rows from a ``start`` on, so many rows further down."""

    def levels(known: Mapping[int, int]) -> dict[int, int]:
        return {row + by: level for row, level in known.items() if row >= start}

    def placed(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        return ((row + by, column) for row, column in places if row >= start)

    return replace(
        sheet,
        merged=tuple((top + by, left, bottom + by, right) for top, left, bottom, right in sheet.merged if top >= start),
        hidden_rows=frozenset(row + by for row in sheet.hidden_rows if row >= start),
        outline=levels(sheet.outline),
        indent=levels(sheet.indent),
        bold=frozenset(row + by for row in sheet.bold if row >= start),
        unvalued={(row + by, column): text for (row, column), text in sheet.unvalued.items() if row >= start},
        currencies=tuple((shown, tuple(placed(places))) for shown, places in sheet.currencies),
    )
