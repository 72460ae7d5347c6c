"""Rows about other rows, by figures, place and words: what is found of a list, with every scope.

Lists as people have them, and what is asked about them, are in ``test_totals``.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pytest

from calculators.engine.reads.total_labels import Label
from calculators.engine.reads.totals import Body, Finder, Found, footnotes

TOTAL = Label("sum", certain=True)
Row = tuple[str, int | None]
GAP: Row = ("", None)
"""A blank line."""


def finder(rows: Sequence[Row], labels: Mapping[int, Label], more: Sequence[str] = ()) -> Finder:
    """Return what looks at rows of a name, a figure and, where there is one, another column."""
    blank = [at for at, row in enumerate(rows) if row == GAP]
    others = more or [""] * len(rows)
    cells = [
        [name, "" if amount is None else str(amount), other] for (name, amount), other in zip(rows, others, strict=True)
    ]
    amounts = [amount or 0 for _, amount in rows]
    known = [amount is not None for _, amount in rows]
    names = [name for name, _ in rows]
    return Finder(Body(cells, names, 0, labels, amounts, known, 1, 1, is_money=True, out=blank, blank=blank))


def named(amounts: Sequence[int]) -> list[Row]:
    """Return figures, each under a name of its own."""
    return [(f"Customer {at}", amount) for at, amount in enumerate(amounts)]


def scopes(found: Found) -> dict[str, dict[int, tuple[int, int] | None]]:
    """Return which rows were found, by what they are taken for, each with the positions that it is about."""
    kinds: dict[str, Any] = {"totals": found.totals, "open": found.open, "called": found.called, "below": found.below}
    return {name: {at: one.scope for at, one in rows.items()} for name, rows in kinds.items() if rows}


class Case(NamedTuple):
    """Rows, their labels, and what is found."""

    name: str
    rows: Sequence[Row]
    found: dict[str, dict[int, tuple[int, int] | None]]
    labels: Mapping[int, Label] = {}
    more: Sequence[str] = ()


CASES = (
    Case("nothing", named([500, 600, 700]), {}),
    Case("a blank line below the first row", [("Elm", 500), GAP, ("Fir", 600), ("Oak", 700), ("Ash", 800)], {}),
    Case(
        "a sum before a blank line, since the one above",
        [("Elm", 9), GAP, ("Fir", 5), ("Oak", 6), ("Ash", 11), GAP, ("Yew", 2)],
        {"open": {4: (1, 3)}},
    ),
    Case("the sum of all, without a word", named([123_457, 234_571, 345_673, 703_701]), {"open": {3: (0, 3)}}),
    Case(
        "the sum of all, beside a column that it leaves empty",
        named([123_457, 234_571, 345_673, 703_701]),
        {"open": {3: (0, 3)}},
        more=["12", "13", "14", ""],
    ),
    Case(
        "the sum of all in both columns",
        named([123_457, 234_571, 345_673, 703_701]),
        {"open": {3: (0, 3)}},
        more=["12", "13", "14", "39"],
    ),
    Case(
        "a record that fills a column of texts as others do",
        named([123_457, 234_571, 345_673, 703_701]),
        {},
        more=["North", "South", "East", "West"],
    ),
    Case("the mean of all", named([100_003, 200_017, 300_022, 200_014]), {"open": {3: (0, 3)}}),
    Case("two rows and their mean", named([100_003, 200_013, 150_008]), {}),
    Case(
        "sums above their groups and that of all below",
        named([7, 3, 4, 11, 5, 6, 18]),
        {"open": {0: (1, 3), 3: (4, 6), 6: (0, 6)}},
    ),
    Case(
        "sums below their groups and that of all above",
        named([18, 3, 4, 7, 5, 6, 11]),
        {"open": {3: (1, 3), 6: (4, 6), 0: (1, 7)}},
    ),
    Case(
        "two of three rows before one without a name",
        [("Elm", 9), ("Fir", 5), ("Oak", 6), ("", 11), ("Ash", 2)],
        {"totals": {3: (1, 3)}},
    ),
    Case("a sum of the first rows, of small figures", named([5, 6, 11, 3]), {}),
    Case(
        "a total of the blocks right above it",
        [("Elm", 9), GAP, ("Fir", 5), GAP, ("Oak", 6), ("Ash", 7), ("Total", 18)],
        {"totals": {6: (1, 4)}},
        {6: TOTAL},
    ),
    Case(
        "a total of the blocks right below it",
        [("Total", 18), ("Elm", 5), ("Fir", 6), GAP, ("Oak", 7), GAP, ("Ash", 9)],
        {"totals": {0: (1, 4)}},
        {0: TOTAL},
    ),
    Case(
        "a total of nothing, which agrees with the nearest block best",
        [("Elm", 5), GAP, ("Fir", 3), GAP, ("Oak", -3), ("Total", 0)],
        {"totals": {5: (2, 3)}},
        {5: TOTAL},
    ),
    Case("two rows and one without a name", [("Elm", 5), ("Fir", 6), ("", 11), ("Oak", 3)], {"totals": {2: (0, 2)}}),
    Case("a total that says so", [*named([5, 6]), ("Total", 11)], {"totals": {2: (0, 2)}}, {2: TOTAL}),
    Case(
        "a total that says so, and a row below it",
        [*named([5, 6]), ("Total", 11), ("Target", 20)],
        {"totals": {2: (0, 2)}, "below": {3: None}},
        {2: TOTAL},
    ),
    Case(
        "a total that may be a company, and a row below it",
        [*named([5, 6]), ("Total Care", 11), ("Target", 20)],
        {"totals": {2: (0, 2)}},
        {2: Label("sum", certain=False)},
    ),
    Case(
        "so many of the next rows as the word says",
        [("East (2)", 11), *named([5, 6]), ("Elm", 3)],
        {"open": {0: (1, 3)}},
        {0: Label("sum", certain=False, count=2)},
    ),
    Case(
        "none of the next rows",
        [("East (0)", 5), *named([5, 6])],
        {},
        {0: Label("sum", certain=False, count=0)},
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_found_of_rows(case: Case) -> None:
    """Totals that are sure, those that are asked about, those only called so, and what stands below the last."""
    assert scopes(finder(case.rows, case.labels, case.more).find()) == case.found


@pytest.mark.parametrize(
    ("amounts", "sure"),
    [([123_457, 234_571, 345_673, 703_701], True), ([100, 250, 350], None), ([1, 2, 3, 4, 5, 9], None)],
)
def test_a_sum_without_a_word_is_a_total_until_the_reader_says_where_chance_makes_none(
    amounts: list[int], sure: bool | None
) -> None:
    """Of large figures that have no common step; round ones, and a list in order of size, are open."""
    assert finder(named(amounts), {}).find().open_is_total is sure


def test_only_what_a_total_names_is_a_groups_head() -> None:
    """A row of one cell that no total names may be a customer of whom nobody knows anything."""
    rows: list[Row] = [("East", None), ("Elm", 5), ("Fir", 6), ("Oak", None), ("East total", 11)]
    found = finder(rows, {4: Label("sum", certain=True, group="East")}).find()
    assert (found.heads, scopes(found)) == ({0}, {"totals": {4: (0, 4)}})


@pytest.mark.parametrize(("stated", "read"), [(318, 318), (300, 300), (330, 300)])
def test_a_total_agrees_with_the_tax_above_it_or_without(stated: int, read: int) -> None:
    """Subtotal, tax, total: what is stated is compared with both."""
    rows: list[Row] = [("Elm", 100), ("Fir", 200), ("Subtotal", 300), ("Tax", 18), ("Total", stated)]
    labels = {2: TOTAL, 3: Label("other", certain=True), 4: TOTAL}
    looks = finder(rows, labels)
    found = looks.find()
    compared = looks.compared(found, {2, 3, 4})
    assert [(one.at, one.stated, one.read) for one in compared] == [(2, 300, 300), (4, stated, read)]


def test_a_line_of_one_cell_below_a_blank_line_is_a_note() -> None:
    """Cells of spaces are none; a record is more than one cell."""
    rows = [["Elm", "5"], ["Fir", "6"], ["", " "], ["as of March", "  "]]
    assert footnotes(rows, {2}) == {3}
    assert footnotes([["Elm", " "], ["Fir", " "], ["", ""], ["as of March", ""]], {2}) == set()


def test_a_total_may_be_off_by_what_rounding_of_each_row_explains() -> None:
    """Rows in tens add up to a total in ones, if by less than half a ten each; more is no total."""
    cells = [["Elm", "123"], ["Fir", "234"], ["Oak", "345"], ["Sum & Co", "7025"]]
    labels = {3: Label("sum", certain=False)}

    def found(total: int) -> dict[str, dict[int, tuple[int, int] | None]]:
        cells[3][1] = str(total)
        names, amounts = [row[0] for row in cells], [1230, 2340, 3450, total]
        body = Body(cells, names, 0, labels, amounts, [True] * 4, 1, 1, is_money=True, out=(), blank=())
        return scopes(Finder(body).find())

    assert found(7025) == {"totals": {3: (0, 3)}}
    assert found(7040) == {}
