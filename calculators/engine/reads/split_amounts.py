"""Amounts that a comma without quotes has cut in two: ``Acme,1,234,`` in comma-separated text is ``1,234``.

Such a row has a cell too many, or a figure where all others have a name; put together again, it fits. Whether it is
put together, left out or read as it stands is asked here where nothing tells.
"""

import itertools
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from calculators.engine.reads.amounts import is_amount
from calculators.engine.reads.headings import is_contrary, rank
from calculators.engine.reads.rows import TableRows
from calculators.engine.reads.sources import Remark, clean

_LEFT = re.compile(r"[^0-9A-Za-z.,]{0,3}(?:[A-Z]{2,3}.?)?[^0-9A-Za-z.,]{0,2}[1-9][0-9]{0,2}", re.ASCII).fullmatch
_RIGHT = re.compile(r"[0-9]{3}(?:\.[0-9]+)?[^0-9.,]{0,4}", re.ASCII).fullmatch
# A whole column at once: whether any of its cells may be such a half.
_ANY_LEFT, _ANY_RIGHT = (
    re.compile(rf"^(?:{half.__self__.pattern})$", re.ASCII | re.MULTILINE).search  # type: ignore[attr-defined]  # bound
    for half in (_LEFT, _RIGHT)
)
_WHOLE = re.compile(r"[^0-9.,]{0,9}[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?[^0-9.,]{0,4}", re.ASCII).fullmatch
_MIDDLE = re.compile(r"[0-9]{3}", re.ASCII).fullmatch
_THOUSANDS = re.compile(r"[0-9]{4,}", re.ASCII).search
_SAMPLE: Final = 500
_MOST_PLACES: Final = 12

ContentKind = Literal["text", "figures", "unknown"]
"""What stands in a column."""


@dataclass(frozen=True)
class SplitAmounts:
    """Rows in which an amount may have been cut: by index, put together, or None where there are several ways.

    ``sure`` says that they do not fit as they stand. ``consistent`` that there are several, each of which can be put
    together in one way, and that no amount of the file has four digits in one piece.
    """

    rows: Mapping[int, list[str] | None]
    sure: bool
    consistent: bool


def split_amounts(
    rows: Sequence[Sequence[str]], headers: Sequence[str], figures: Collection[int], texts: Collection[int]
) -> SplitAmounts | None:
    """Find rows in which amounts were cut; ``figures`` and ``texts`` are the indexes of columns known to be such.

    ``headers`` are all cells of the header row, blank ones too. None where there are none.

    >>> rows = [["Acme", "1", "234", ""], ["Birch", "950", "Ann"], ["Cole", "12", "500", ""]]
    >>> found = split_amounts(rows, ["Name", "Revenue", "Owner"], {1}, {0})
    >>> found.rows, found.sure, found.consistent
    ({0: ['Acme', '1,234', ''], 2: ['Cole', '12,500', '']}, True, True)
    """
    starts = sorted({at for figure in figures for at in (figure - 1, figure) if at >= 0})
    width = len(headers)
    starts = [at for at in starts if _ANY_LEFT(_column(rows, at)) and _ANY_RIGHT(_column(rows, at + 1))]
    suspects = {
        index
        for index, row in enumerate(rows)
        if len(row) > width or (starts and any(_is_pair(row, at) for at in starts))
    }
    paired = {index for index in suspects if any(_is_pair(rows[index], at) for at in range(len(rows[index]) - 1))}
    if not suspects:
        return None
    whole = [row for index, row in enumerate(rows) if index not in paired and any(row)]
    longer = [row for row in whole if len(row) > width and not any(row[width:])]
    if 2 * len(longer) > len(whole):  # a comma at the end of every row is the file's habit
        width = max(map(len, longer))
    kinds = _kinds(whole, headers, width, figures, texts)
    sure: dict[int, list[str] | None] = {}
    doubtful: dict[int, list[str] | None] = {}
    for index in sorted(suspects):
        row = list(rows[index])
        fits, too_long = _fits(row, kinds), len(row) > width
        if fits and not too_long:
            continue
        joins = (len(row) - width,) if too_long else (1, 2)
        ways = [way for count in joins for way in _ways(row, count)] if index in paired else []
        fitting = [way for way in ways if _fits(way, kinds) is not False]
        if fitting:
            into = doubtful if fits is None and not too_long else sure
            into[index] = fitting[0] if len(fitting) == 1 else None
        elif too_long and fits is False and not any(row[width:]):
            sure[index] = None
    in_one_piece = any(_THOUSANDS(row[at]) for row in whole for at in figures if at < len(row))
    found = sure if in_one_piece else sure | doubtful
    if not found:
        return None
    return SplitAmounts(found, found == sure, not in_one_piece and len(found) > 1 and all(found.values()))


def _column(rows: Sequence[Sequence[str]], at: int) -> str:
    return "\n".join([row[at] for row in rows if at < len(row)])


def _is_pair(row: Sequence[str], at: int) -> bool:
    if len(row) < at + 2 or not row[at + 1][:3].isdigit() or row[at + 1][3:4].isdigit():
        return False
    return _RIGHT(row[at + 1]) is not None and _LEFT(row[at]) is not None


def _ways(row: list[str], joins: int) -> list[list[str]]:
    """All ways to put so many pieces of a row to those before them; none where there would be too many."""
    places = [at for at in range(len(row) - 1) if _is_pair(row, at) or (_MIDDLE(row[at]) and _RIGHT(row[at + 1]))]
    if len(places) > _MOST_PLACES:
        return []
    found = []
    for chosen in itertools.combinations(places, joins):
        made: list[str] = []
        for at, cell in enumerate(row):
            if at - 1 in chosen:
                made[-1] += f",{cell}"
            else:
                made.append(cell)
        if all(_WHOLE(cell) for cell in made if "," in cell):
            found.append(made)
    return found


def _kinds(
    whole: Sequence[Sequence[str]],
    headers: Sequence[str],
    width: int,
    figures: Collection[int],
    texts: Collection[int],
) -> list[ContentKind]:
    kinds: list[ContentKind] = []
    for at in range(width):
        cells = [row[at] for row in itertools.islice(whole, _SAMPLE) if at < len(row) and row[at].strip()]
        amounts = sum(map(is_amount, cells))
        if at in figures:
            kinds.append("figures")
        elif at in texts or at >= len(headers) or not headers[at].strip():
            kinds.append("text")
        elif not cells:
            kinds.append("figures" if _names_an_amount(headers[at]) else "unknown")
        else:
            kinds.append("figures" if 2 * amounts > len(cells) else "text")
    return kinds


def _names_an_amount(heading: str) -> bool:
    """Whether a heading is that of some amount, sought or not: beside 丢单金额 a 赢单金额 is no half of it."""
    return is_contrary(heading, "revenue") or rank(heading, "revenue") is not None


def _fits(row: Sequence[str], kinds: Sequence[ContentKind]) -> bool | None:
    """Whether each cell is what its column holds; None where one is a figure and its column is unknown."""
    unknown = False
    for cell, kind in zip(row, kinds, strict=False):
        if cell.strip():
            is_figure = is_amount(cell)
            if (kind == "figures" and not is_figure) or (kind == "text" and is_figure):
                return False
            unknown = unknown or (kind == "unknown" and is_figure)
    return None if unknown else True


def leave_out_crowded(table: TableRows) -> None:
    """Rows with more cells than the header: where cells are known to stand under their headings, a
    note at the side; in comma-separated text most likely ``1,234`` without quotes, read as 1.
    """
    expected, beside = table.layout.expected, 0
    for index, row in enumerate(table.body):
        if len(row) > expected and index not in table.blank and any(map(str.strip, row[expected:])):
            if table.layout.grid.aligned:
                beside += 1
            else:
                table.problem(index, "tables.too_many_cells", None, count=len(row), expected=expected)
    if beside:
        table.remarks.append(Remark("tables.extra_cells", {"count": beside}))


def cut_amounts(table: TableRows) -> SplitAmounts | None:
    """Rows in which a comma without quotes may have cut an amount in two; only comma-separated text has them."""
    layout, grid = table.layout, table.layout.grid
    if grid.aligned or grid.delimiter not in ("", ","):
        return None
    places: dict[bool, set[int]] = {True: set(layout.figures), False: set()}
    for column in table.spec.columns:
        if (at := layout.mapping[column.name]) is not None and column.kind != "date":
            places[column.kind in ("money", "number", "percent")].update(layout.columns.parts(at))
    names = layout.headers[: layout.columns.width] if layout.header is not None else ()
    header = [*names, *[""] * (layout.expected - len(names))]
    return split_amounts(table.body, header, places[True], places[False])


def put_together(table: TableRows, split: SplitAmounts) -> dict[int, list[str]]:
    """Put amounts together where they may have been cut; return the rows as they stood."""
    apart = {index: table.body[index] for index in split.rows}
    for index, row in split.rows.items():
        if row is not None:
            table.body[index] = row
    return apart


def ask_about_cut(table: TableRows, split: SplitAmounts, apart: Mapping[int, list[str]]) -> None:
    """Ask what rows with an amount that may have been cut are read as; leave them out where none can tell."""
    together = {index: row for index, row in split.rows.items() if row is not None and index not in table.problems}
    answer = "leave_out"
    if together and (split.consistent or not split.sure):
        index, row = next(iter(together.items()))
        cell = next(clean(after) for before, after in zip(apart[index], row, strict=False) if before != after)
        said: dict[str, dict[str, object]] = {"together": {"cell": cell, "total": table.rough_total({})}}
        if not split.sure:
            said["apart"] = {"total": table.rough_total(apart)}
        said["leave_out"] = {"total": table.rough_total({index: [] for index in apart})}
        params = {"cell": cell, "row": table.layout.start + index + 1, "count": len(together)}
        answer = table.asking.ask("commas", params, said, assumed="together" if split.sure else None)
    for index, before in apart.items():
        left_out = answer == "leave_out" or split.rows[index] is None
        if answer == "apart" or left_out:
            table.body[index] = before
        if left_out and index not in table.problems:
            if len(before) > table.layout.expected:
                expected = table.layout.expected
                table.problem(index, "tables.too_many_cells", None, count=len(before), expected=expected)
            else:
                table.problem(index, "tables.split_amount", None, ",".join(before))
