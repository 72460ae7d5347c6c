"""Which figures sum which others, by arithmetic alone: each case with every sum and its scope."""

import numpy as np
import pytest

from calculators.engine.reads.sums import Sums, by_chance, closing, framed, structure, subtotals, windows

NESTED = [1, 2, 3, 4, 5, 9, 12, 6, 7, 13, 8, 9, 17, 30, 42]
"""Two levels: 3 and 9 make 12, 13 and 17 make 30, 12 and 30 make 42. A sum inside a scope is none of it."""
OF_NESTED = {2: (0, 2), 5: (3, 5), 6: (0, 6), 9: (7, 9), 12: (10, 12), 13: (6, 13), 14: (0, 14)}


def turned(sums: Sums, count: int) -> Sums:
    """Return the sums of the same figures from the last to the first."""
    return {count - 1 - at: (count - high, count - low) for at, (low, high) in sums.items()}


@pytest.mark.parametrize(
    ("values", "sums"),
    [
        (NESTED, OF_NESTED),
        ([100, 250, 350, 70, 70, 420], {2: (0, 2), 4: (3, 4), 5: (0, 5)}),
        ([5, 6, 11, 7, 8, 15], {2: (0, 2), 5: (3, 5)}),
        ([0, 5, 6, 11, 7, 0, 8, 15], {3: (0, 3), 7: (4, 7)}),
        ([100, 200, 300], {}),  # a single group
        ([7, 7, 8, 8], {}),  # groups of one figure each
        ([5, 6, 11, 7, 8, 15, 9], {}),  # one is left
        ([1, 2, 3, 3, 4, 5, 9], {}),  # a group of a single group
        ([], {}),
    ],
)
def test_figures_are_groups_and_their_sums_or_nothing(values: list[int], sums: Sums) -> None:
    """Below each group, or above it where the list is turned; groups of groups, too, and never with a figure left."""
    assert structure(values, mirrored=False) == sums
    assert structure(values[::-1], mirrored=True) == turned(sums, len(values))


@pytest.mark.parametrize(
    ("values", "mirrored", "sums"),
    [
        ([7, 3, 4, 7], True, {0: (1, 3), 3: (0, 3)}),
        ([7, 3, 4, 7], False, {3: (1, 3), 0: (1, 4)}),
        ([10, 1, 2, 3, 3, 4, 7], False, {3: (1, 3), 6: (4, 6), 0: (1, 7)}),
        ([3, 1, 2, 7, 3, 4, 10], True, {0: (1, 3), 3: (4, 6), 6: (0, 6)}),
        ([11, 1, 2, 3, 3, 4, 7], False, {}),
        ([0, 0, 0, 0], False, {}),
        ([7, 7, 7], False, {}),
        ([7, 7, 7], True, {}),
    ],
)
def test_the_sum_of_all_may_stand_at_the_other_end(values: list[int], mirrored: bool, sums: Sums) -> None:
    """Above groups that are closed by their sums, or below groups that begin with theirs; a single group will do."""
    assert framed(values, mirrored=mirrored) == sums


@pytest.mark.parametrize(
    ("values", "least", "breaks", "sums"),
    [
        ([100, 250, 350, 30, 40, 70, 420], 2, (), {2: (0, 2), 5: (3, 5), 6: (0, 6)}),
        ([100, 100, 30, 40], 2, (), {}),
        ([100, 100, 30, 40], 1, (), {1: (0, 1)}),
        ([9, 5, 6, 11, 2], 2, (1,), {3: (1, 3)}),
        ([9, 5, 6, 11, 2], 2, (), {}),
        ([0, 0, 5, 0, 5], 2, (), {}),  # zeros make no group
    ],
)
def test_a_figure_closes_what_stands_since_a_break_or_the_last(
    values: list[int], least: int, breaks: tuple[int, ...], sums: Sums
) -> None:
    """All since the beginning, a break or an earlier such figure; zeros are counted as nothing."""
    assert closing(values, least, breaks) == sums


@pytest.mark.parametrize(
    ("values", "breaks", "ways"),
    [
        # Closing groups, in twos and in ones, below and above; heading groups, above and below; nothing but groups.
        ([9, 5, 6, 11, 2], {1}, [{3: (1, 3)}, {}, {3: (1, 3)}, {}, {}, {3: (1, 3)}, {}, {}]),
        ([2, 11, 6, 5, 9], {4}, [{}, {1: (2, 4)}, {}, {1: (2, 4)}, {1: (2, 4)}, {}, {}, {}]),
        ([3, 1, 2, 9], (), [{}, {}, {}, {}, {0: (1, 3)}, {}, {}, {}]),
        ([9, 2, 1, 3], (), [{}, {}, {}, {}, {}, {3: (1, 3)}, {}, {}]),
        ([9, 50, 50, 20], (), [{}] * 8),  # a figure that equals the one below it heads nothing
        ([60, 40, 0, 20, 5], (), [{}] * 8),  # nor does one whose group has a gap
        ([60, 40, 21], (), [{}] * 8),  # nor one that is near
        ([5, 5, 6, 6], (), [{}] * 6),  # where most equal a single other they are just alike
        (
            [5, 5, 6, 7, 13],  # where half do, they may be sums
            (),
            [{}, {}, {1: (0, 1), 4: (2, 4)}, {}, {}, {4: (2, 4)}, {1: (0, 1), 4: (2, 4)}, {}],
        ),
        (
            [5, 0, 6, 11, 7, 8, 0, 15],  # where nothing stands is passed over
            (),
            [{3: (0, 3), 7: (4, 7)}, {}] * 2 + [{}, {}, {3: (0, 3), 7: (4, 6)}, {}],
        ),
        (
            [15, 0, 8, 7, 11, 6, 0, 5],
            (),
            [{}, {0: (1, 4), 4: (5, 8)}] * 2 + [{}, {}, {}, {0: (2, 4), 4: (5, 8)}],
        ),
    ],
)
def test_subtotals_are_found_in_each_way(values: list[int], breaks: set[int], ways: list[Sums]) -> None:
    """Below or above what they sum, with or without records between the groups, and with figures of nothing."""
    assert list(subtotals(values, breaks)) == ways


def test_a_head_is_found_far_down() -> None:
    """However many figures stand above it; what it heads ends after some hundreds."""
    *_, heads, _, _, _ = subtotals([1] * 300 + [7, 3, 4], ())
    assert heads == {300: (301, 303)}
    *_, heads, _, _, _ = subtotals([600] + [1] * 600, ())
    assert heads == {}


HUGE = 2**53 + 1


@pytest.mark.parametrize(
    ("values", "sums"),
    [
        ([90_211, 50_017, 70_113, 120_130, 30_041], {3: (1, 3)}),
        ([90_211, 120_130, 50_017, 70_113, 30_041], {1: (2, 4)}),
        ([90_211, 50_017, 50_017, 30_041], {}),  # of one figure
        ([90_211, 50_017, 70_113, 120_130, 0], {}),  # running sums would stand still
        ([9_000, 5_000, 7_000, 12_000, 3_000], {}),  # round figures do so by chance
        ([HUGE, 70_111, HUGE + 70_110, 30_041], {}),  # one apart, which no float tells
        ([4, 5, 9], {2: (0, 2)}),  # as many steps as running sums and twice their number allow
        ([HUGE, 70_113, HUGE + 70_113, 30_041], {2: (0, 2)}),
    ],
)
def test_a_figure_among_many_sums_those_right_beside_it(values: list[int], sums: Sums) -> None:
    """Two or more before or after it, exactly, and only where few would do so by chance."""
    assert windows(np.array(values)) == sums


@pytest.mark.parametrize(
    ("summed", "value", "chance"), [([400, 250], 650, 1 / 13), ([3], 2, 1.0), ([-400, 250], -150, 1 / 3), ([0], 0, 1.0)]
)
def test_chance_is_one_in_as_many_steps_as_the_sum_has(summed: list[int], value: int, chance: float) -> None:
    """The steps are what all figures have in common; nothing equals nothing for certain."""
    assert by_chance(summed, value) == chance
