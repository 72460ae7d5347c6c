"""Margin as a second axis, risk beside revenue, and cut-offs in money."""

from typing import Any

import pytest

from tests.calculators.replies import Rows, codes, errors, result

HEAD = ["Customer", "Revenue (CNY)", "Margin (CNY)", "Risk"]
BOOK = [
    ["Ash", "100", "20", "high"],
    ["Birch", "90", "45", "low"],
    ["Cedar", "50", "30", "medium"],
    ["Doum", "40", "-4", "高"],
    ["Elm", "30", "18", "no"],
    ["Fir", "10", "2", ""],
]


def book(rows: Rows = BOOK, **values: str) -> dict[str, Any]:
    """Return the result for customers with margin and risk."""
    return result("abc_tiers", {"customers": [HEAD, *rows]}, **values)


def test_margin_is_tiered_by_the_same_rule_beside_revenue() -> None:
    """Six by count: A is two (1.2 falls inside the second), B one (at 3), C three. By margin, Doum is in none.

    Of the five with a margin A is one (1.0), B two (2.5 falls inside the third), C two: Birch; Cedar and Ash; Elm, Fir.
    """
    found = book()
    across = {
        row["tier"]: [row[f"margin_{tier}"] for tier in ("a", "b", "c", "loss")] for row in found["tables"]["two_axes"]
    }
    assert across == {"A": [1, 1, 0, 0], "B": [0, 1, 0, 0], "C": [0, 0, 2, 1]}
    thin = {row["customer"]: row["margin_tier"].rpartition(".")[2] for row in found["tables"]["thin"]}
    assert thin == {"Ash": "b", "Doum": "loss"}
    assert (found["figures"]["margin"], found["figures"]["thin_a"]) == (11_100, 1)
    assert found["figures"]["margin_rate"] == pytest.approx(111 / 320)


def test_without_margin_or_risk_there_is_no_second_axis() -> None:
    """Nor an empty section for it."""
    found = result("abc_tiers", {"customers": [HEAD[:2], *(row[:2] for row in BOOK)]})
    assert {"two_axes", "risk_by_tier", "movement"}.isdisjoint(found["tables"])


def test_a_customer_without_a_margin_is_named_and_left_out() -> None:
    """On one of two rows it is unknown for the customer; more margin than revenue is said."""
    found = book([*BOOK, ["Ash", "5", "", ""], ["Gum", "3", "4", ""]])
    said = {notice["code"]: notice["params"].get("names") for notice in found["notices"]}
    assert said["abc_tiers.margin_unknown"] == ["Ash"]
    assert said["abc_tiers.margin_above"] == ["Gum"]
    assert found["figures"]["margin"] == 9_500


def test_revenue_of_a_at_risk_is_what_hangs_by_customers_at_high_risk() -> None:
    """100 of A's 190, and 140 of all; who is unsure is listed, who is not said is counted apart."""
    found = book()
    assert (found["figures"]["a_at_risk"], found["figures"]["at_risk"]) == (10_000, 14_000)
    listed = [(row["customer"], row["risk"].rpartition(".")[2]) for row in found["tables"]["at_risk"]]
    assert listed == [("Ash", "high"), ("Cedar", "medium"), ("Doum", "high")]
    line = found["tables"]["risk_by_tier"][2]
    assert [line[f"risk_{risk}"] for risk in ("high", "medium", "low", "unknown")] == [4_000, 0, 3_000, 1_000]


def test_cutoffs_in_money_are_from_an_amount_on() -> None:
    """A from 90, B from 40: two, two and two, whatever the others bring; nobody is at a cut-off."""
    found = book(driver="money", least_a="90", least_b="40")
    assert [found["figures"][f"{tier}_customers"] for tier in "abc"] == [2, 2, 2]
    assert "rule_money" in codes(found)
    assert "at_cutoff_count" not in codes(found)
    assert found["figures"]["depends_on_cutoff"] == 0


@pytest.mark.parametrize(
    ("values", "mistakes"),
    [
        ({}, [("least_a", "abc_tiers.no_least"), ("least_b", "abc_tiers.no_least")]),
        ({"least_a": "90"}, [("least_b", "abc_tiers.no_least")]),
        ({"least_a": "40", "least_b": "40"}, [("least_a", "abc_tiers.least_not_above")]),
    ],
)
def test_cutoffs_in_money_must_be_there_and_in_order(values: dict[str, str], mistakes: list[tuple[str, str]]) -> None:
    """Each is told at its field."""
    assert errors("abc_tiers", {"customers": [HEAD, *BOOK]}, driver="money", **values) == mistakes


def test_amounts_for_money_are_no_mistake_while_another_rule_is_chosen() -> None:
    """What stands in a folded group does not matter until it is used."""
    assert book(least_a="1", least_b="2")["figures"]["a_customers"] == 2
