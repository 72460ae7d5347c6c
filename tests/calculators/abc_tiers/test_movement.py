"""What has changed since an earlier list of customers."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calculators.replies import codes, result

HEAD = ["Customer", "Revenue (CNY)"]
BY_COUNT = {"count_share_a": "20", "count_share_b": "30", "count_share_c": "50"}


def compared(now: dict[str, int], then: dict[str, int], **values: str) -> dict[str, Any]:
    """Return the result for two lists, by name and revenue in yuan."""
    tables = {
        name: [HEAD, *([customer, str(revenue)] for customer, revenue in book.items())]
        for name, book in (("customers", now), ("earlier", then))
    }
    return result("abc_tiers", tables, **values)


def steps(found: dict[str, Any]) -> dict[str, int]:
    """Return how revenue went from then to now, in yuan."""
    return {row["step"].rpartition(".")[2]: row["amount"] // 100 for row in found["tables"]["revenue_steps"]}


THEN = {
    "Ash": 100,
    "Birch": 90,
    "Cedar": 50,
    "Doum": 40,
    "Elm": 30,
    "Fir": 10,
    "Gum": 9,
    "Holly": 8,
    "Ivy": 7,
    "Oak": 6,
}
NOW = {"Ash": 120, "Cedar": 95, "Birch": 60, "Elm": 35, "Palm": 33, "Fir": 12, "Gum": 9, "Holly": 0, "Ivy": 8, "Yew": 5}


def test_who_moved_came_and_went_is_told_with_its_revenue() -> None:
    """Of ten then and ten now (two in A, three in B), one rose to A and one fell from it, two came, two went.

    Then A is Ash and Birch, B Cedar, Doum and Elm. Now nine have revenue, so that A is two (the cut-off at 1.8 falls
    inside the second) and B three (at 4.5): A Ash and Cedar, B Birch, Elm and Palm. Holly pays nothing.
    """
    found = compared(NOW, THEN, **BY_COUNT)
    moved = {
        row["customer"]: [row[name].rpartition(".")[2] for name in ("movement", "then", "now")]
        for row in found["tables"]["moved"]
    }
    assert moved == {
        "Doum": ["gone", "B", "absent"],
        "Oak": ["gone", "C", "absent"],
        "Birch": ["down", "A", "B"],
        "Holly": ["down", "C", "outside"],
        "Cedar": ["up", "B", "A"],
        "Palm": ["new", "absent", "B"],
        "Yew": ["new", "absent", "C"],
    }
    assert list(moved) == ["Doum", "Oak", "Birch", "Holly", "Cedar", "Palm", "Yew"]
    figures = found["figures"]
    names = ("moved_gone", "moved_down", "moved_up", "moved_new", "stayed")
    assert [figures[name] for name in names] == [2, 2, 1, 2, 5]
    assert figures["left_a"] == 9_000


def test_revenue_then_becomes_revenue_now_step_by_step() -> None:
    """350, less 46 of those gone, less 38 lost, plus 73 gained by those who stayed, plus 38 new: 377."""
    assert steps(compared(NOW, THEN, **BY_COUNT)) == {
        "then": 350,
        "gone": -46,
        "shrunk": -38,
        "grown": 73,
        "new": 38,
        "now": 377,
    }


def test_each_tier_is_compared_with_itself_then() -> None:
    """A had 190 and has 215; what is outside the tiers has a line where there is any."""
    lines = {row["tier"].rpartition(".")[2]: row for row in compared(NOW, THEN, **BY_COUNT)["tables"]["tiers_then"]}
    assert [lines["A"][name] for name in ("customers_then", "customers_now", "revenue_then", "revenue_now")] == [
        2,
        2,
        19_000,
        21_500,
    ]
    assert lines["outside"]["customers_now"] == 1


def test_the_same_file_twice_is_noticed() -> None:
    """Nothing moved, and that is said to be suspicious."""
    found = compared(NOW, NOW)
    assert "same_list" in codes(found)
    assert found["tables"]["moved"] == []


def test_a_name_spelt_in_two_ways_is_asked_about_and_not_merged() -> None:
    """``ＡＳＨ`` then and Ash now may be one customer: here gone and new. A pair within one list is not said twice."""
    found = compared({"Ash": 10, "Elm Co": 5, "ELM CO": 4}, {"ＡＳＨ": 9, "Oak": 1})
    (said,) = (notice for notice in found["notices"] if notice["code"] == "abc_tiers.same_in_both")
    assert said["params"]["names"] == ["ＡＳＨ = Ash"]


def test_an_earlier_list_without_revenue_has_everybody_outside() -> None:
    """All who are there now have risen into a tier."""
    found = compared({"Ash": 10, "Elm": 5}, {"Ash": 0, "Elm": 0})
    assert {row["movement"].rpartition(".")[2] for row in found["tables"]["moved"]} == {"up"}


BOOKS = st.dictionaries(st.sampled_from([f"c{at:02}" for at in range(12)]), st.integers(-50, 500), min_size=1)


@pytest.mark.parametrize("driver", ["count", "revenue", "money"])
@settings(max_examples=25)
@given(now=BOOKS.filter(lambda book: any(revenue > 0 for revenue in book.values())), then=BOOKS)
def test_everybody_is_in_one_movement_and_the_steps_add_up(
    driver: str, now: dict[str, int], then: dict[str, int]
) -> None:
    """Whatever the lists: five counts make all customers of both, and steps lead from one revenue to the other."""
    found = compared(now, then, driver=driver, least_a="200", least_b="50")
    figures, way = found["figures"], steps(found)
    names = ("moved_gone", "moved_down", "moved_up", "moved_new", "stayed")
    assert sum(figures[name] for name in names) == len({**now, **then})
    assert (way["then"], way["now"]) == (sum(then.values()), sum(now.values()))
    assert way["now"] == sum(way[step] for step in ("then", "gone", "shrunk", "grown", "new"))
    matrix = found["tables"]["movement"]
    assert sum(value for row in matrix for name, value in row.items() if name != "then") == len({**now, **then})
    lines = found["tables"]["tiers_then"]
    assert sum(row["revenue_now"] - row["revenue_then"] for row in lines) == 100 * (way["now"] - way["then"])
