"""Looking for the value of an input that brings a figure to a goal."""

from fractions import Fraction
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from calculators.engine.arithmetic.seeking import Number, seek

STEPS = st.lists(st.integers(0, 3), min_size=1, max_size=400)
"""How much a figure rises from each value to the next: often not at all, as whole people do."""


@given(STEPS, st.data(), st.booleans(), st.integers(1, 3))
def test_the_answer_reaches_the_goal_and_a_step_less_does_not(
    rises: list[int], data: st.DataObject, falls: bool, step: int
) -> None:
    """Over every figure that goes one way, from anywhere, towards any goal; where none is found there is none."""
    figures = [(-one if falls else one) for one in accumulate([0, *rises])]
    start = data.draw(st.integers(0, len(figures) - 1))
    goal = data.draw(st.integers(min(figures) - 2, max(figures) + 2))
    sought = seek(figures.__getitem__, start, (0, len(figures) - 1), step, goal)
    now = figures[start]
    within = range(start % step, len(figures), step)

    def reached(value: int) -> bool:
        return figures[value] >= goal if goal > now else figures[value] <= goal

    if now == goal:
        assert sought.fate == "there"
    elif sought.fate == "found":
        assert sought.found is not None
        assert sought.before is not None
        assert reached(sought.found)
        assert not reached(sought.before)
        assert abs(sought.found - sought.before) == step
        nearer = [value for value in within if abs(value - start) < abs(sought.found - start)]
        assert not any(map(reached, nearer))
    else:
        assert sought.fate == ("no_effect" if {figures[value] for value in within} == {now} else "out_of_bounds")
        assert not any(map(reached, within))
    assert all(figures[value] == figure for value, figure in sought.computed.items())


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=30), st.data())
def test_a_figure_that_goes_both_ways_is_said_to(figures: list[int], data: st.DataObject) -> None:
    """Among few values every one up to the answer is computed: what is found is then the nearest, or it wavers."""
    start = data.draw(st.integers(0, len(figures) - 1))
    goal = data.draw(st.integers(-7, 7))
    sought = seek(figures.__getitem__, start, (0, len(figures) - 1), 1, goal)
    if sought.fate == "found":
        assert sought.found is not None
        way = 1 if sought.found > start else -1
        path = [figures[value] for value in range(start, sought.found + way, way)]
        assert path == sorted(path, reverse=goal < figures[start])
        assert (path[-1] >= goal) if goal > path[0] else (path[-1] <= goal)
        assert (path[-2] < goal) if goal > path[0] else (path[-2] > goal)
    if sought.fate == "wavers":
        assert sought.found is not None
        assert sought.before is not None
        near, far = figures[sought.before], figures[sought.found]
        assert (far < near) if goal > figures[start] else (far > near)


def test_what_cannot_be_computed_ends_the_search() -> None:
    """Beyond the last value that can be computed nothing is claimed."""

    def figure(value: int) -> Number | None:
        return Fraction(value, 3) if value <= 60 else None

    sought = seek(figure, 10, (0, 1_000), 1, 100)
    assert (sought.fate, sought.before) == ("not_computable", 60)
    assert seek(figure, 70, (0, 1_000), 1, 5).fate == "no_start"


def test_large_bounds_take_few_computations() -> None:
    """A hundred billion in fen is searched in less than sixty computations."""
    sought = seek(lambda value: Fraction(10**9, value), 1_200_000_000, (1, 10**13), 1, Fraction(1))
    assert (sought.found, sought.before) == (10**9, 10**9 + 1)
    assert len(sought.computed) < 60
