"""A target over months and people: what is locked is kept, the rest respread, and what cannot be is refused and why."""

import itertools
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from calculators.engine.arithmetic.allocation import ImpossibleError, Locks, Shares, exact_shares


def rounded(total: int, months: list[int], weights: list[list[int]], locks: Locks | None = None) -> list[list[int]]:
    """Return the whole numbers of a target without teams."""
    shares = exact_shares(total, [Fraction(month) for month in months], weights, locks)
    return shares.rounded([0] * len(weights), [0] * len(months))


def exactly(shares: Shares) -> list[list[Fraction]]:
    """Return exact shares as fractions."""
    return [[Fraction(number, shares.whole) for number in row] for row in shares.numerators]


def test_a_locked_month_is_kept_and_the_rest_respread() -> None:
    """100 over January 10, February locked at 20, March 30."""
    assert rounded(100, [10, 25, 30], [[1, 1, 1]], Locks(months={1: 20})) == [[20, 20, 60]]


def test_a_locked_cell_is_kept_and_the_others_of_its_month_carry_the_rest() -> None:
    """The month keeps its number; other months do not change."""
    assert rounded(90, [1, 1, 1], [[1, 1, 1], [1, 1, 1]], Locks(cells={(0, 1): 25})) == [[15, 25, 15], [15, 5, 15]]


def test_more_locked_in_a_month_than_its_share_raises_the_month() -> None:
    """And is said."""
    shares = exact_shares(90, [Fraction(1)] * 3, [[1, 1, 1], [1, 1, 1]], Locks(cells={(0, 1): 50}))
    assert shares.numerators == [[10, 50, 10], [10, 0, 10]]
    assert shares.raised == (1,)


def test_a_month_without_weight_takes_only_what_is_locked_in_it() -> None:
    """And where nothing else is left to take the rest, that is refused."""
    assert rounded(12, [0, 1, 2], [[1, 1, 1]], Locks(months={0: 3})) == [[3, 3, 6]]
    assert rounded(12, [0, 1, 2], [[1, 1, 1]]) == [[0, 4, 8]]
    with pytest.raises(ImpossibleError, match="no_room"):
        rounded(12, [0, 1], [[1, 1]], Locks(months={1: 5}))


def test_a_locked_person_keeps_their_total_by_the_months_own_profile() -> None:
    """The others carry what is left of each month."""
    assert rounded(60, [1, 2], [[1, 1], [1, 1]], Locks(people={0: 12})) == [[4, 8], [16, 32]]


def test_a_persons_quarters_are_rounded_like_their_months() -> None:
    """3 over two people and four months: each has 3/4 in each quarter, so nobody gets 2 in one."""
    shares = exact_shares(3, [Fraction(1)] * 4, [[1] * 4] * 2)
    grid = shares.rounded([0, 0], [1, 1, 2, 2])
    assert {sum(row[begin : begin + 2]) for row in grid for begin in (0, 2)} <= {0, 1}
    assert shares.rounded([0, 0], [0] * 4) == [[1, 1, 0, 0], [0, 0, 1, 0]]  # what it comes to without quarters


def test_all_people_may_be_locked_at_the_whole_target() -> None:
    """Nothing is left for others, and nothing is wrong with that."""
    assert rounded(12, [1, 1], [[1, 1], [1, 1]], Locks(people={0: 6, 1: 6})) == [[3, 3], [3, 3]]


def test_a_locked_person_has_nothing_in_a_locked_month_without_weight() -> None:
    """By weight in the other months, halves and all; and where these have no room, in what is not locked."""
    people = [[0, 1, 1], [1, 1, 1]]
    kept = exact_shares(12, [Fraction(1)] * 3, people, Locks(people={0: 5}, months={0: 2, 1: 5, 2: 5}))
    assert exactly(kept)[0] == [0, Fraction(5, 2), Fraction(5, 2)]
    assert kept.moved == ()
    moved = exact_shares(30, [Fraction(1)] * 3, people, Locks(people={0: 12}, months={0: 5, 1: 2}))
    assert exactly(moved)[0] == [0, 2, 10]
    assert moved.moved == (0,)


def test_a_locked_person_is_placed_where_locked_months_leave_room() -> None:
    """By weight 6 would fall into the first month, which has room for 2; possible, so not refused, but said."""
    shares = exact_shares(40, [Fraction(1)] * 2, [[1, 1], [1, 1]], Locks(people={0: 12}, months={0: 2}))
    assert shares.moved == (0,)
    assert [sum(row) for row in shares.numerators] == [12 * shares.whole, 28 * shares.whole]
    assert sum(row[0] for row in shares.numerators) == 2 * shares.whole


@pytest.mark.parametrize(
    ("weights", "locked", "shares", "moved"),
    [
        pytest.param([[1, 1], [1, 1]], 5, ["5/2 5/2", "35/2 35/2"], False, id="by weight, in parts of a unit"),
        pytest.param([[1, 1], [1, 1]], 39, ["39/2 39/2", "1/2 1/2"], False, id="by weight, and little is left"),
        pytest.param([[1, 1], [1, 0]], 30, ["10 20", "10 0"], False, id="by weight, and the other just fills January"),
        pytest.param([[1, 1], [1, 0]], 31, ["11 20", "9 0"], False, id="by less than one unit"),
        pytest.param([[1, 1], [1, 0]], 32, ["12 20", "8 0"], True, id="the other has too little for January"),
        pytest.param([[1, 1], [1, 0]], 24, ["4 20", "16 0"], True, id="the other has nowhere else to go"),
        pytest.param([[1, 1], [0, 1]], 24, ["20 4", "0 16"], True, id="the other is not there in January"),
    ],
)
def test_a_locked_person_is_moved_only_where_weights_leave_the_others_no_way(
    weights: list[list[int]], locked: int, shares: list[str], moved: bool
) -> None:
    """40 to place in January, locked at 20, and February; the first of two people is locked."""
    result = exact_shares(40, [Fraction(1)] * 2, weights, Locks(people={0: locked}, months={0: 20}))
    assert exactly(result) == [[Fraction(number) for number in line.split()] for line in shares]
    assert result.moved == ((0,) if moved else ())


def test_locked_people_who_fill_a_locked_month_to_the_unit_are_not_moved() -> None:
    """Two of them, half a unit each beside whole ones, and nothing is left there for the third person."""
    result = exact_shares(40, [Fraction(1)] * 2, [[1, 1]] * 3, Locks(people={0: 5, 1: 5}, months={0: 5}))
    half = Fraction(5, 2)
    assert (exactly(result), result.moved) == ([[half, half], [half, half], [0, 30]], ())


def test_others_who_just_fill_all_locked_months_leave_a_locked_person_by_weight() -> None:
    """The second person is there in the two locked months only, and has exactly what is left of them."""
    locks = Locks(people={0: 22}, months={0: 10, 1: 10})
    result = exact_shares(31, [Fraction(1)] * 3, [[1, 1, 1], [1, 1, 0]], locks)
    one, other = Fraction(11, 2), Fraction(9, 2)
    assert (exactly(result), result.moved) == ([[one, one, 11], [other, other, 0]], ())


def test_those_who_can_carry_the_rest_must_have_room_for_it() -> None:
    """The second person is there in the first month only, which is locked at 2, and would have to carry 3."""
    with pytest.raises(ImpossibleError, match="no_room_others: 3 against 2"):
        rounded(5, [1, 1], [[1, 2], [1, 0]], Locks(months={0: 2}, people={0: 2}))


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
    locks, people, months, needed, room = IMPOSSIBLE[reason]
    with pytest.raises(ImpossibleError) as refused:
        exact_shares(100, [Fraction(1)] * 3, [[1, 1, 1], [1, 1, 1], [0, 1, 1]], Locks(**locks))  # type: ignore[arg-type]  # the cases are one dict
    error = refused.value
    assert error.reason == reason
    if reason != "no_room_others":
        assert (error.people, error.months, error.needed, error.room) == (people, months, needed, room)
    else:  # the third person, not yet there, must place all but 20, and the first month can only be filled by the two
        assert error.needed > error.room


@st.composite
def situations(draw: st.DrawFn) -> tuple[int, list[int], list[list[int]], Locks]:
    """Return small targets with absences and locked numbers of every kind, possible and impossible ones."""
    width, height = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    weights = draw(
        st.lists(st.lists(st.integers(0, 3), min_size=width, max_size=width), min_size=height, max_size=height)
    )
    for column in range(width):
        if not any(row[column] for row in weights):
            weights[draw(st.integers(0, height - 1))][column] = 1
    months = draw(st.lists(st.integers(0, 4), min_size=width, max_size=width))
    value = st.integers(0, 12)
    locks = Locks(
        draw(st.dictionaries(st.tuples(st.integers(0, height - 1), st.integers(0, width - 1)), value, max_size=3)),
        draw(st.dictionaries(st.integers(0, width - 1), value, max_size=2)),
        draw(st.dictionaries(st.integers(0, height - 1), value, max_size=2)),
    )
    return draw(st.integers(1, 40)), months, weights, locks


def check(total: int, months: list[int], weights: list[list[int]], locks: Locks) -> None:
    """Check a table: locked cells, months and people have their numbers, absences zero, and all sums to the target."""
    shares = exact_shares(total, [Fraction(month) for month in months], weights, locks)
    grid = shares.rounded([at % 2 for at in range(len(weights))], [at // 3 for at in range(len(months))])
    assert sum(map(sum, grid)) == total
    people, columns = range(len(grid)), range(len(months))
    sums = [[(person, month)] for person in people for month in columns]
    sums += [[(person, month) for month in columns] for person in people]
    sums += [[(person, month) for person in people] for month in columns]
    sums += [[(person, month) for month in columns[at : at + 3]] for person in people for at in columns[::3]]
    sums += [[(person, month) for person in people[team::2]] for month in columns for team in (0, 1)]
    for cells in sums:
        exact = sum((shares.exact(*cell) for cell in cells), Fraction(0))
        assert floor(exact) <= sum(grid[person][month] for person, month in cells) <= ceil(exact)
    assert not any(grid[person][month] for person in people for month in columns if not weights[person][month])
    for (person, month), number in locks.cells.items():
        assert grid[person][month] == number
    for month, number in locks.months.items():
        assert sum(line[month] for line in grid) == number
    for person, number in locks.people.items():
        assert sum(grid[person]) == number


@given(situations())
def test_whatever_is_locked_all_sums_reconcile_and_the_rest_is_floor_or_ceiling(
    situation: tuple[int, list[int], list[list[int]], Locks],
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
    situation: tuple[int, list[int], list[list[int]], Locks], data: st.DataObject
) -> None:
    """Take any table and lock parts of it at its own numbers: that is possible, so it is kept."""
    _, months, weights, _ = situation
    months = [month + 1 for month in months]  # one without any weight takes nothing that is not locked
    grid = [[data.draw(st.integers(0, 9)) if weight else 0 for weight in row] for row in weights]
    total = sum(map(sum, grid))
    assume(total)
    rows, columns = range(len(grid)), range(len(months))
    locks = Locks(
        {(row, at): grid[row][at] for row in rows for at in columns if data.draw(st.integers(0, 2)) == 0},
        {at: sum(row[at] for row in grid) for at in columns if data.draw(st.booleans())},
        {row: sum(grid[row]) for row in rows if data.draw(st.booleans())},
    )
    check(total, months, weights, locks)


def some_table_keeps(total: int, months: list[int], weights: list[list[int]], locks: Locks) -> bool:
    """Try every table: zero where nobody is, and in a month without weight nothing but what is locked there."""
    people, columns = range(len(weights)), range(len(months))
    cells = [(person, month) for person in people for month in columns]
    choices = []
    for person, month in cells:
        some = range(total + 1) if months[month] or month in locks.months else range(1)
        if (person, month) in locks.cells:
            some = range(locks.cells[person, month], locks.cells[person, month] + 1)
        choices.append([number for number in some if number == 0 or weights[person][month]])
    for numbers in itertools.product(*choices):
        grid = dict(zip(cells, numbers, strict=True))
        if (
            sum(numbers) == total
            and all(sum(grid[at, month] for at in people) == number for month, number in locks.months.items())
            and all(sum(grid[person, at] for at in columns) == number for person, number in locks.people.items())
        ):
            return True
    return False


@st.composite
def few(draw: st.DrawFn) -> tuple[int, list[int], list[list[int]], Locks]:
    """Return targets so small that every table can be tried, many of them just possible or just not."""
    height, width = draw(st.sampled_from([(1, 3), (2, 2), (3, 1), (2, 3), (3, 2)]))
    line = st.lists(st.integers(0, 2), min_size=width, max_size=width)
    weights = draw(st.lists(line, min_size=height, max_size=height))
    months = draw(st.lists(st.integers(0, 2), min_size=width, max_size=width))
    people, columns, number = st.integers(0, height - 1), st.integers(0, width - 1), st.integers(0, 3)
    locks = Locks(
        draw(st.dictionaries(st.tuples(people, columns), number, max_size=2)),
        draw(st.dictionaries(columns, number, max_size=2)),
        draw(st.dictionaries(people, number, max_size=2)),
    )
    return draw(st.integers(1, 4)), months, weights, locks


@given(few())
def test_a_target_is_refused_exactly_when_no_table_keeps_what_is_locked(
    situation: tuple[int, list[int], list[list[int]], Locks],
) -> None:
    """Compared with every table there is; and what is not refused is kept."""
    possible = some_table_keeps(*situation)
    event("possible" if possible else "impossible")
    try:
        check(*situation)
    except ImpossibleError:
        assert not possible
    else:
        assert possible
