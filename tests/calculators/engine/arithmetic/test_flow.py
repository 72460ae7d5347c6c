"""A flow along arcs: shortest augmenting paths, minimum cuts, and fractions that are shifted until all is whole."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.engine.arithmetic.flow import Flow

MOST = 10**6
Arc = tuple[int, int, int]


def arcs_between(vertices: int) -> st.SearchStrategy[list[Arc]]:
    """Return small networks: tail, head and room of each arc."""
    ends = st.sampled_from(list(itertools.permutations(range(vertices), 2)))
    return st.lists(st.tuples(ends, st.integers(0, 9)).map(lambda arc: (*arc[0], arc[1])), max_size=10)


def balance(flow: Flow) -> list[int]:
    """Return what comes to each vertex beyond what leaves it."""
    result = [0] * len(flow.out)
    for arc in range(0, len(flow.head), 2):
        result[flow.head[arc]] += flow.carried(arc)
        result[flow.head[arc + 1]] -= flow.carried(arc)
    return result


def smallest_cut(vertices: int, arcs: list[Arc]) -> int:
    """Try every set of vertices with the first and without the last: the least room of the arcs that leave one."""
    middle = range(1, vertices - 1)
    sets = [{0, *some} for count in range(len(middle) + 1) for some in itertools.combinations(middle, count)]
    return min(sum(room for tail, head, room in arcs if tail in inside and head not in inside) for inside in sets)


@given(st.integers(2, 5).flatmap(lambda vertices: st.tuples(st.just(vertices), arcs_between(vertices))))
def test_what_augmenting_paths_send_is_as_much_as_the_smallest_cut_lets_through(case: tuple[int, list[Arc]]) -> None:
    """No arc carries more than it can, nothing is lost on the way, and what is reached in the end is such a cut."""
    vertices, arcs = case
    flow = Flow(vertices)
    numbers = [flow.arc(*arc) for arc in arcs]
    goal = vertices - 1
    total = 0
    while sent := flow.augment(0, goal, MOST):
        total += sent
    assert total == smallest_cut(vertices, arcs)
    assert balance(flow) == [-total, *[0] * (vertices - 2), total]
    assert all(0 <= flow.carried(number) <= room for number, (_, _, room) in zip(numbers, arcs, strict=True))
    inside = flow.reached(0)
    assert goal not in inside
    assert sum(room for tail, head, room in arcs if tail in inside and head not in inside) == total


def test_no_more_is_sent_than_was_asked_for() -> None:
    """The next time the rest goes, and then nothing."""
    flow = Flow(2)
    arc = flow.arc(0, 1, 5)
    assert [flow.augment(0, 1, 3), flow.carried(arc), flow.augment(0, 1, 3), flow.augment(0, 1, 3)] == [3, 3, 2, 0]


def test_of_paths_the_shortest_is_taken_and_of_those_the_one_of_the_earlier_arcs() -> None:
    """From 0 to 4 by way of 1 and 2, by 3, or by 2: the second and third are as short, and 3 comes first."""
    flow = Flow(5)
    numbers = [flow.arc(*ends, 1) for ends in ((0, 1), (1, 2), (0, 3), (0, 2), (2, 4), (3, 4))]
    flow.augment(0, 4, 1)
    assert [flow.carried(number) for number in numbers] == [0, 0, 1, 0, 0, 1]


def test_what_an_arc_carries_is_taken_back_where_that_makes_room() -> None:
    """Two supplies; the first has taken the only place that the second can go to, and another is open to it."""
    flow = Flow(5)  # supplies 0 and 1, places 2 and 3, and the end
    first, other, second = flow.arc(0, 2, 1, 1), flow.arc(0, 3, 2), flow.arc(1, 2, 2)
    flow.arc(2, 4, 0, 1)
    flow.arc(3, 4, 2)
    assert flow.augment(1, 4, 2) == 1
    assert [flow.carried(arc) for arc in (first, other, second)] == [0, 1, 1]


def test_nothing_goes_through_a_closed_arc_in_either_direction() -> None:
    """Neither more of what it could carry, nor back what it carries."""
    flow = Flow(2)
    arc = flow.arc(0, 1, 2, 2)
    assert [set(flow.reached(start)) for start in (0, 1)] == [{0, 1}, {0, 1}]
    flow.close(arc)
    assert [set(flow.reached(start)) for start in (0, 1)] == [{0}, {1}]


@given(
    st.integers(1, 12), st.lists(st.tuples(st.permutations(range(6)), st.integers(2, 6), st.integers(1, 30))), st.data()
)
def test_settled_every_arc_is_empty_or_full_and_every_vertex_has_what_it_had(
    whole: int, cycles: list[tuple[list[int], int, int]], data: st.DataObject
) -> None:
    """Flows around cycles, of which only fractions are kept: those that were none stay as they were."""
    carried: dict[tuple[int, int], int] = {}
    for order, length, amount in cycles:
        for ends in itertools.pairwise([*order[:length], order[0]]):
            carried[ends] = (carried.get(ends, 0) + amount) % whole
    flow = Flow(6)
    order_added = data.draw(st.permutations(list(carried)))
    arcs = [flow.arc(*ends, whole - carried[ends], carried[ends]) for ends in order_added]
    before = balance(flow)
    flow.settle()
    assert all(flow.carried(arc) in (0, whole) for arc in arcs)
    assert not any(flow.carried(arc) for arc, ends in zip(arcs, order_added, strict=True) if not carried[ends])
    assert balance(flow) == before


@pytest.mark.parametrize(("carried", "settled"), [(2, 0), (8, 10), (5, 10)])
def test_a_cycle_is_shifted_the_way_that_takes_less_and_forwards_if_both_take_as_much(
    carried: int, settled: int
) -> None:
    """Two arcs of ten side by side carry ten together: one fills up with what the other gives away."""
    flow = Flow(2)
    arcs = [flow.arc(0, 1, 10 - carried, carried), flow.arc(0, 1, carried, 10 - carried)]
    flow.settle()
    assert [flow.carried(arc) for arc in arcs] == [settled, 10 - settled]
