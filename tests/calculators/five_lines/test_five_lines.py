"""The five lines: cases, and what always holds."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators import five_lines
from calculators.engine.asks.settings import Settings
from calculators.five_lines import attainment
from tests.calculators.replies import Rows, ask, codes, errors, result

MEASURED = ["Line", "Measure", "Target", "Actual", "Weight", "Direction"]


def lines(*rows: list[str], **values: str) -> dict[str, Any]:
    """Return the result for measures; rows may leave out their ends."""
    filled = [row + [""] * (len(MEASURED) - len(row)) for row in rows]
    return result("five_lines", {"measures": [MEASURED, *filled]}, **values)


def test_scores_are_attainment_by_weight() -> None:
    """60% at 110% and 40% at 80% make 98%; with 100% at most for each, 92%."""
    rows = ["Customers", "won", "100", "110", "60%"], ["Data", "rate", "50%", "40%", "40%"]
    found = lines(*rows, cap="")
    assert (found["figures"]["score"], found["figures"]["score_capped"]) == (0.98, 0.92)
    assert "not_capped" in codes(found)


def test_attainment_is_shown_whole_and_counts_up_to_the_cap() -> None:
    """150% of a target is 150% in the table and 120% in the score, which is where page and workbook start too."""
    found = lines(["Customers", "won", "100", "150", "60%"], ["Data", "rate", "50%", "40%", "40%"])
    assert found["figures"]["score"] == pytest.approx(1.04)
    assert found["tables"]["measures"][0]["attainment"] == 1.5
    assert "capped_at" in codes(found)


def test_where_lower_is_better_more_is_less_by_either_rule() -> None:
    """Churn of 12% against 10% is 5/6 or 80%; of 30% a third or nothing; the rule is said."""
    ten, actuals = Fraction(10), (Fraction(12), Fraction(30))
    assert [attainment(ten, actual, "lower", "ratio") for actual in actuals] == [Fraction(5, 6), Fraction(1, 3)]
    assert [attainment(ten, actual, "lower", "distance") for actual in actuals] == [Fraction(4, 5), 0]
    found = lines(["Customers", "churn", "10%", "12%", "100%", "越低越好"], lower="distance")
    assert found["tables"]["measures"][0]["attainment"] == 0.8
    assert "by_distance" in codes(found)


def test_nothing_where_lower_is_better_is_beyond_any_number() -> None:
    """No churn at all over a target: a cap decides what that counts; without one it is asked for."""
    row = ["Customers", "churn", "10%", "0%", "100%", "lower"]
    assert errors("five_lines", {"measures": [MEASURED, row]}, cap="") == [("cap", "five_lines.boundless")]
    found = lines(row, cap="120")
    assert (found["figures"]["score"], found["tables"]["measures"][0]["attainment"]) == (1.2, None)
    assert lines(row, lower="distance", cap="")["figures"]["score"] == 2


@pytest.mark.parametrize(
    ("written", "direction"),
    [
        ("不低于目标", "higher"),
        ("不得少于 5 家", "higher"),
        ("not less than", "higher"),
        ("不高于 5%", "lower"),
        ("不能超过", "lower"),
        ("no more than", "lower"),
        ("≤", "lower"),
    ],
)
def test_what_must_not_be_lower_is_better_when_higher(written: str, direction: str) -> None:
    """A bound names the word of the other direction."""
    found = lines(["Customers", "a", "10", "9", "100%", written])
    assert found["tables"]["measures"][0]["direction"] == f"five_lines.direction.{direction}"


def test_weights_that_miss_a_hundred_by_rounding_are_scaled_and_others_refused() -> None:
    """Three times 33.33% are thirds, twelve times 8.333% or 0.08333333333333333 twelfths; 33% is none."""
    for weight, count in (("33.33%", 3), ("8.333%", 12), ("0.08333333333333333", 12)):
        rows = [["L", f"m{at}", "10", "9" if at else "6", weight, ""] for at in range(count)]
        found = lines(*(row[:5] for row in rows))
        assert "five_lines.weights_scaled" in {notice["code"] for notice in found["notices"]}
        assert found["figures"]["score"] == pytest.approx(0.9 - 0.3 / count, abs=1e-12)
    rows = [["L", name, "10", "9", "33%", ""] for name in "abc"]
    (error,) = ask("five_lines", {"measures": [MEASURED, *rows]})["errors"]
    assert "99%" in error["message"]


def test_lines_that_are_equally_weak_are_all_named() -> None:
    """Neither of two lines at 90% is the weakest."""
    found = lines(["K", "a", "10", "9"], ["L", "b", "10", "9"], ["M", "c", "10", "10"])
    (weakest,) = (notice for notice in found["notices"] if notice["code"] == "five_lines.weakest")
    assert weakest["params"]["lines"] == ["K", "L"]


def test_without_weights_all_count_equally() -> None:
    """Three measures at 100%, 100% and 70% make 90%, exactly."""
    found = lines(["L", "a", "1", "1"], ["", "b", "1", "1"], ["", "c", "10", "7"])
    assert found["figures"]["score"] == 0.9
    assert {"equal_weights", "filled_down", "undirected", "absent", "other_count"} <= set(codes(found))
    assert [(line["line"], line["measures"]) for line in found["tables"]["lines"]] == [("L", 3)]


def test_a_measure_without_an_actual_is_left_out_and_said() -> None:
    """Half of the weight is unknown: the score is that of the other half."""
    found = lines(["L", "a", "10", "9", "50%"], ["L", "b", "10", "", "50%"])
    assert found["figures"]["score"] == 0.9
    assert [row["points"] for row in found["tables"]["lines"]] == [0.9]
    assert [row["points"] for row in found["tables"]["measures"]] == [0.9, None]
    unknown = next(notice for notice in found["notices"] if notice["code"] == "five_lines.unknown")
    assert unknown["params"]["weight"] == 0.5


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["L", "a", "10", "9", "60%"], ["L", "b", "10", "9", "50%"]], "not_hundred"),
        ([["L", "a", "10", "9", "100%"], ["L", "b", "10", "9", ""]], "no_weight"),
        ([["L", "a", "10", "9", "150%"], ["L", "b", "10", "9", "-50%"]], "negative_weight"),
        ([["L", "a", "0", "9", "100%"]], "no_target"),
        ([["L", "a", "many", "9", "100%"]], "not_a_number"),
        ([["L", "a", "85%", "0.9", "100%"]], "two_units"),
        ([["L", "a", "$1,000", "900", "100%"]], "foreign"),
        ([["L", "a", "10", "9", "100%", "the more it falls, the less we pay"]], "two_directions"),
    ],
)
def test_measures_that_make_no_sense_are_refused(rows: Rows, code: str) -> None:
    """Each with its own sentence."""
    filled = [[*row, ""][: len(MEASURED)] for row in rows]
    assert errors("five_lines", {"measures": [MEASURED, *filled]}) == [("measures", f"five_lines.{code}")]


def test_a_measure_in_money_is_in_the_companys_currency() -> None:
    """A company that counts in dollars writes $; yuan it has to convert first."""
    dollars = Settings.from_mapping({"currency": "USD"})

    def answer(target: str, actual: str) -> dict[str, Any]:
        return ask("five_lines", {"measures": [MEASURED, ["L", "a", target, actual, "100%"]]}, dollars)

    assert answer("$1,000", "US$900")["result"]["figures"]["score"] == 0.9
    (error,) = answer("¥1,000", "900")["errors"]
    assert error["code"] == "five_lines.foreign"
    assert all(word in error["message"] for word in ("¥1,000", "CNY", "USD"))


@given(
    st.lists(
        st.tuples(st.integers(1, 10**9), st.none() | st.integers(0, 10**9), st.booleans()), min_size=1, max_size=15
    ),
    st.randoms(),
)
def test_points_add_up_to_the_score_and_order_never_matters(
    rows: list[tuple[int, int | None, bool]], shuffle: Any
) -> None:
    """The lines' points sum to the score, whatever the order of the rows, and whichever actuals are missing."""
    given_rows = [
        [f"L{at % 4}", f"m{at}", str(target), "" if actual is None else str(actual), "", "lower" if lower else "higher"]
        for at, (target, actual, lower) in enumerate(rows)
    ]
    shuffled = list(given_rows)
    shuffle.shuffle(shuffled)
    one, two = (lines(*some, lower="distance") for some in (given_rows, shuffled))
    assert one["figures"] == two["figures"]
    assert one["tables"]["lines"] == two["tables"]["lines"]
    assert sum(row["points"] for row in one["tables"]["lines"]) == pytest.approx(one["figures"]["score"] or 0)
    assert sum(row["points"] or 0 for row in one["tables"]["measures"]) == pytest.approx(one["figures"]["score"] or 0)


def test_there_are_five_lines() -> None:
    """As many as the name says."""
    assert len(five_lines.LINES) == 5
