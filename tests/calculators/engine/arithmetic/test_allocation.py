"""A target over months and people: what is held is kept, the rest respread, and what cannot be is refused and why."""

from fractions import Fraction

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from calculators.engine.arithmetic.allocation import Holds, ImpossibleError, exact_shares


def rounded(total: int, months: list[int], weights: list[list[int]], holds: Holds | None = None) -> list[list[int]]:
    """Return the whole numbers of a target without teams."""
    shares = exact_shares(total, [Fraction(month) for month in months], weights, holds)
    return shares.rounded([0] * len(weights), [0] * len(months))


def test_a_held_month_is_kept_and_the_rest_respread() -> None:
    """100 over January 10, February held at 20, March 30."""
    assert rounded(100, [10, 25, 30], [[1, 1, 1]], Holds(months={1: 20})) == [[20, 20, 60]]


def test_a_held_cell_is_kept_and_the_others_of_its_month_carry_the_rest() -> None:
    """The month keeps its number; other months do not change."""
    assert rounded(90, [1, 1, 1], [[1, 1, 1], [1, 1, 1]], Holds(cells={(0, 1): 25})) == [[15, 25, 15], [15, 5, 15]]


def test_more_held_in_a_month_than_its_share_raises_the_month() -> None:
    """And is said."""
    shares = exact_shares(90, [Fraction(1)] * 3, [[1, 1, 1], [1, 1, 1]], Holds(cells={(0, 1): 50}))
    assert shares.numerators == [[10, 50, 10], [10, 0, 10]]
    assert shares.raised == (1,)


def test_a_month_without_weight_takes_only_what_is_held_in_it() -> None:
    """And where nothing else is left to take the rest, that is refused."""
    assert rounded(12, [0, 1, 2], [[1, 1, 1]], Holds(months={0: 3})) == [[3, 3, 6]]
    assert rounded(12, [0, 1, 2], [[1, 1, 1]]) == [[0, 4, 8]]
    with pytest.raises(ImpossibleError, match="no_room"):
        rounded(12, [0, 1], [[1, 1]], Holds(months={1: 5}))


def test_a_held_person_keeps_their_total_by_the_months_own_profile() -> None:
    """The others carry what is left of each month."""
    assert rounded(60, [1, 2], [[1, 1], [1, 1]], Holds(people={0: 12})) == [[4, 8], [16, 32]]


def test_a_held_person_is_placed_where_held_months_leave_room() -> None:
    """By weight 6 would fall into the first month, which has room for 2; possible, so not refused, but said."""
    shares = exact_shares(40, [Fraction(1)] * 2, [[1, 1], [1, 1]], Holds(people={0: 12}, months={0: 2}))
    assert shares.moved == (0,)
    assert [sum(row) for row in shares.numerators] == [12 * shares.whole, 28 * shares.whole]
    assert sum(row[0] for row in shares.numerators) == 2 * shares.whole


def test_those_who_can_carry_the_rest_must_have_room_for_it() -> None:
    """The second person is there in the first month only, which is held at 2, and would have to carry 3."""
    with pytest.raises(ImpossibleError, match="no_room_others: 3 against 2"):
        rounded(5, [1, 1], [[1, 2], [1, 0]], Holds(months={0: 2}, people={0: 2}))


IMPOSSIBLE = {
    "month": ({"cells": {(0, 0): 30}, "months": {0: 20}}, (), (0,), 30, 20),
    "person": ({"cells": {(0, 0): 30, (0, 1): 5}, "people": {0: 20}}, (0,), (), 35, 20),
    "people": ({"people": {0: 80}, "cells": {(1, 1): 40}}, (0, 1), (), 120, 100),
    "months": ({"months": {0: 80, 1: 40}}, (), (0, 1), 120, 100),
    "absent": ({"cells": {(2, 0): 5}}, (2,), (0,), 5, 0),
    "no_room": ({"people": {2: 70}, "months": {1: 30, 2: 30}}, (2,), (1, 2), 70, 60),
    "no_room_others": ({"people": {0: 10, 1: 10}, "months": {0: 30}}, (0, 1), (0,), 0, 0),
}


@pytest.mark.parametrize("reason", IMPOSSIBLE)
def test_what_cannot_be_kept_is_refused_with_who_and_when(reason: str) -> None:
    """Two people all year, a third from the second month; 100 to place. The reason is a minimum cut."""
    holds, rows, columns, needed, room = IMPOSSIBLE[reason]
    with pytest.raises(ImpossibleError) as refused:
        exact_shares(100, [Fraction(1)] * 3, [[1, 1, 1], [1, 1, 1], [0, 1, 1]], Holds(**holds))  # type: ignore[arg-type]  # the cases are one dict
    error = refused.value
    assert error.reason == reason
    if reason != "no_room_others":
        assert (error.rows, error.columns, error.needed, error.room) == (rows, columns, needed, room)
    else:  # the third person, not yet there, must place all but 20, and the first month can only be filled by the two
        assert error.needed > error.room


@st.composite
def situations(draw: st.DrawFn) -> tuple[int, list[int], list[list[int]], Holds]:
    """Return small targets with absences and held numbers of every kind, possible and impossible ones."""
    width, height = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    weights = draw(
        st.lists(st.lists(st.integers(0, 3), min_size=width, max_size=width), min_size=height, max_size=height)
    )
    for column in range(width):
        if not any(row[column] for row in weights):
            weights[draw(st.integers(0, height - 1))][column] = 1
    months = draw(st.lists(st.integers(0, 4), min_size=width, max_size=width))
    value = st.integers(0, 12)
    holds = Holds(
        draw(st.dictionaries(st.tuples(st.integers(0, height - 1), st.integers(0, width - 1)), value, max_size=3)),
        draw(st.dictionaries(st.integers(0, width - 1), value, max_size=2)),
        draw(st.dictionaries(st.integers(0, height - 1), value, max_size=2)),
    )
    return draw(st.integers(1, 40)), months, weights, holds


def check(total: int, months: list[int], weights: list[list[int]], holds: Holds) -> None:
    """Check a table: held cells, months and people have their numbers, absences zero, and all sums to the target."""
    shares = exact_shares(total, [Fraction(month) for month in months], weights, holds)
    grid = shares.rounded([at % 2 for at in range(len(weights))], [at // 3 for at in range(len(months))])
    assert sum(map(sum, grid)) == total
    for row, line in enumerate(grid):
        for column, number in enumerate(line):
            exact = shares.exact(row, column)
            assert exact.numerator // exact.denominator <= number <= -(-exact.numerator // exact.denominator)
            assert number == 0 or weights[row][column]
    for (row, column), held in holds.cells.items():
        assert grid[row][column] == held
    for column, held in holds.months.items():
        assert sum(line[column] for line in grid) == held
    for row, held in holds.people.items():
        assert sum(grid[row]) == held


@given(situations())
def test_whatever_is_held_all_sums_reconcile_and_the_rest_is_floor_or_ceiling(
    situation: tuple[int, list[int], list[list[int]], Holds],
) -> None:
    """Any numbers at all are kept, or refused with more needed than there is room for."""
    try:
        check(*situation)
    except ImpossibleError as impossible:
        event(impossible.reason)
        if impossible.needed <= impossible.room:
            raise


@given(situations(), st.data())
def test_what_some_table_of_numbers_keeps_is_never_refused(
    situation: tuple[int, list[int], list[list[int]], Holds], data: st.DataObject
) -> None:
    """Take any table and hold parts of it at its own numbers: that is possible, so it is kept."""
    _, months, weights, _ = situation
    months = [month + 1 for month in months]  # one without any weight takes nothing that is not held
    grid = [[data.draw(st.integers(0, 9)) if weight else 0 for weight in row] for row in weights]
    total = sum(map(sum, grid))
    assume(total)
    rows, columns = range(len(grid)), range(len(months))
    holds = Holds(
        {(row, at): grid[row][at] for row in rows for at in columns if data.draw(st.integers(0, 2)) == 0},
        {at: sum(row[at] for row in grid) for at in columns if data.draw(st.booleans())},
        {row: sum(grid[row]) for row in rows if data.draw(st.booleans())},
    )
    check(total, months, weights, holds)
