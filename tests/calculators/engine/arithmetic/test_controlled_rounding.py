"""Controlled rounding: a table of exact shares as whole numbers that add up along both axes."""

import itertools
import math
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calculators.apportion import largest_remainder
from calculators.engine.arithmetic.controlled_rounding import controlled_rounding


def floor_or_ceiling(rounded: int, share: int, whole: int) -> bool:
    """Say whether a number is its exact share, rounded down or up."""
    return share // whole <= rounded <= -(-share // whole)


def spread(total: int, weights: Sequence[Sequence[int]]) -> tuple[list[list[int]], int]:
    """Return a total spread over a table of weights: exact shares as numerators, and what they are over."""
    return [[total * weight for weight in row] for row in weights], sum(map(sum, weights))


tables = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=7)
)


@given(tables, st.integers(0, 10**13), st.data())
def test_every_cell_and_every_sum_is_floor_or_ceiling_of_its_exact_share(
    weights: list[list[int]], total: int, data: st.DataObject
) -> None:
    """Cells, rows, columns, groups of rows and blocks of groups in each column, rows in groups of columns; and all
    adds up to the total.
    """
    assume(any(map(any, weights)))
    total %= data.draw(st.sampled_from([10, 100, 10**13 + 1]))
    shares, whole = spread(total, weights)
    rows, columns = range(len(weights)), range(len(weights[0]))
    teams = data.draw(st.lists(st.integers(0, 2), min_size=len(weights), max_size=len(weights)))
    quarters = [column // 3 for column in columns]
    regions = data.draw(st.none() | st.lists(st.integers(0, 2), min_size=len(weights), max_size=len(weights)))
    rounded = controlled_rounding(shares, whole, teams, quarters, regions)
    parts = [[(row, column)] for row in rows for column in columns]
    parts += [[(row, column) for column in columns] for row in rows]
    parts += [[(row, column) for row in rows] for column in columns]
    blocks = regions or [0] * len(weights)
    members = [[row for row in rows if blocks[row] == region] for region in set(blocks)]
    members += [[row for row in mine if teams[row] == team] for mine in members for team in set(teams)]
    for mine in members:
        parts += [[(row, column) for row in mine] for column in columns]
        parts.append([(row, column) for row in mine for column in columns])
    for quarter in set(quarters):
        parts += [[(row, column) for column in columns if quarters[column] == quarter] for row in rows]
    for part in parts:
        assert floor_or_ceiling(
            sum(rounded[row][column] for row, column in part), sum(shares[row][column] for row, column in part), whole
        )
    assert sum(map(sum, rounded)) == total


small = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 3), min_size=width, max_size=width), min_size=1, max_size=3)
)


def best_margins(shares: list[list[int]], whole: int) -> tuple[list[int], list[int]]:
    """Try every rounding; of the possible ones, return the margins that the stated preference puts first."""
    rows, columns = range(len(shares)), range(len(shares[0]))
    choices = [range(share // whole, -(-share // whole) + 1) for row in shares for share in row]
    lines = [sum(row) for row in shares], [sum(row[column] for row in shares) for column in columns]
    found = set()
    for cells in itertools.product(*choices):
        grid = [cells[row * len(columns) : (row + 1) * len(columns)] for row in rows]
        sums = [sum(row) for row in grid], [sum(row[column] for row in grid) for column in columns]
        if sum(cells) * whole == sum(lines[0]) and all(
            floor_or_ceiling(number, share, whole)
            for side, exact in zip(sums, lines, strict=True)
            for number, share in zip(side, exact, strict=True)
        ):
            found.add((tuple(sums[1]), tuple(sums[0])))

    def key(margins: tuple[tuple[int, ...], tuple[int, ...]]) -> list[int]:
        ups = []
        for side, exact in zip(margins, (lines[1], lines[0]), strict=True):
            order = sorted(range(len(side)), key=lambda at: -(exact[at] % whole))
            ups += [side[at] - exact[at] // whole for at in order]
        return ups

    best = max(found, key=key)
    return list(best[0]), list(best[1])


@given(small, st.integers(1, 12))
def test_margins_are_the_first_by_the_stated_preference_of_all_that_are_possible(
    weights: list[list[int]], total: int
) -> None:
    """Columns by largest remainder as far as cells permit, then rows, compared with every rounding there is."""
    assume(any(map(any, weights)))
    shares, whole = spread(total, weights)
    rounded = controlled_rounding(shares, whole)
    columns, rows = best_margins(shares, whole)
    assert [sum(row[column] for row in rounded) for column in range(len(weights[0]))] == columns
    assert [sum(row) for row in rounded] == rows


def test_two_deals_over_an_equal_three_by_three_go_to_two_columns_and_two_rows() -> None:
    """Largest remainder level by level would give columns of 2, 0, 0."""
    rounded = controlled_rounding([[2, 2, 2]] * 3, 9)
    assert [sum(row) for row in rounded] == [1, 1, 0]
    assert [sum(column) for column in zip(*rounded, strict=True)] == [1, 1, 0]


def test_columns_that_cannot_both_round_up_do_not() -> None:
    """Two people of half a deal each in two months each: largest remainder alone would want both of one person's."""
    rounded = controlled_rounding([[1, 1, 0, 0], [0, 0, 1, 1]], 2)
    assert rounded == [[1, 0, 0, 0], [0, 0, 1, 0]]


def test_one_row_is_the_largest_remainder_method() -> None:
    """Balinski and Young 1975, "The quota method of apportionment": Hamilton's apportionment of their example."""
    votes = [5117, 4400, 162, 161, 160]
    shares, whole = spread(100, [votes])
    assert controlled_rounding(shares, whole) == [[51, 44, 2, 2, 1]] == [largest_remainder(100, votes)]


def test_a_hundred_billion_yuan_over_500_people_is_exact() -> None:
    """10**13 fen over weights whose common denominator has hundreds of bits."""
    weights = [[(row * 7 + column * 13) % 101 + 1 for column in range(12)] for row in range(500)]
    sums = [sum(row[column] for row in weights) for column in range(12)]
    whole = math.lcm(*sums) * 12
    shares = [[10**13 * weight * (whole // 12 // sums[column]) for column, weight in enumerate(row)] for row in weights]
    rounded = controlled_rounding(shares, whole)
    assert sum(map(sum, rounded)) == 10**13
    assert [sum(column) for column in zip(*rounded, strict=True)] == largest_remainder(10**13, [1] * 12)


def test_shares_that_are_no_whole_number_together_are_refused() -> None:
    """There is no total to round to; and a share below zero is none."""
    with pytest.raises(ValueError, match="whole"):
        controlled_rounding([[1, 1]], 3)
    with pytest.raises(ValueError, match="negative"):
        controlled_rounding([[4, -1]], 3)
