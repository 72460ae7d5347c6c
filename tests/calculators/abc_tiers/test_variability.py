"""How evenly revenue comes in (XYZ): the coefficient of variation, its cut-offs, and what lists it is read from."""

from fractions import Fraction
from statistics import mean, stdev
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.abc_tiers.variability import FEWEST, evenness
from tests.calculators.replies import codes, errors, result

CUTS = Fraction(1, 2), Fraction(1)
MONTHS = ["Customer", *(f"{month} revenue" for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun"))]
ROWS = [
    MONTHS,
    ["Steady", "100", "110", "90", "100", "105", "95"],
    ["Once", "0", "500", "", "0", "700", "0"],
    ["Up and down", "50", "80", "20", "60", "90", "10"],
    ["New", "", "", "", "", "100", "120"],
]
ORDERS = [
    ["Customer", "Revenue", "Order date"],
    *(["Steady", "100", f"2025-{month:02}-15"] for month in range(1, 7)),
    ["Once", "500", "2025-01-09"],
    ["Once", "700", "2025-06-30"],
]


def abc(rows: list[list[str]], **values: str) -> dict[str, Any]:
    """Return the result for a list."""
    return result("abc_tiers", {"customers": rows}, **values)


def places(found: dict[str, Any]) -> dict[str, str]:
    """Return the class of each customer."""
    return {row["customer"]: row["place"].rpartition(".")[2] for row in found["tables"]["variability"]}


def test_the_coefficient_is_that_of_the_statistical_reference_data() -> None:
    """NIST StRD, NumAcc1: 10000001, 10000003, 10000002 have mean 10000002 and standard deviation 1; here four times."""
    even = evenness([10_000_001, 10_000_003, 10_000_002] * 4, CUTS)
    assert even.variation is not None
    assert float(even.variation) == pytest.approx((8 / 11) ** 0.5 / 10_000_002, rel=1e-12)


@given(st.lists(st.integers(1, 10**12), min_size=FEWEST, max_size=40))
def test_a_coefficient_is_the_deviation_of_a_sample_over_the_mean(amounts: list[int]) -> None:
    """As Python's statistics have it, and no class without it."""
    even = evenness(amounts, CUTS)
    assert even.variation is not None
    assert float(even.variation) == pytest.approx(stdev(amounts) / mean(amounts), rel=1e-9, abs=1e-12)
    assert even.place == ("x" if even.variation <= CUTS[0] else "y" if even.variation <= CUTS[1] else "z")


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30), st.integers(1, 10**6), st.integers(0, 3), st.randoms())
def test_neither_unit_nor_order_nor_empty_months_before_the_first_matter(
    amounts: list[int], times: int, before: int, shuffle: Any
) -> None:
    """Yuan or fen, and however long the list was kept before the customer came."""
    one = evenness(amounts, CUTS)
    two = evenness([0] * before + [times * amount for amount in amounts], CUTS)
    assert (one.place, one.periods) == (two.place, two.periods)
    mixed = [amount for amount in amounts if amount]
    other = list(mixed)
    shuffle.shuffle(other)
    assert evenness(mixed, CUTS).variation == evenness(other, CUTS).variation


def test_a_coefficient_on_a_cut_off_is_within_it() -> None:
    """3, 1, 1, 3 against 2: the deviation is the root of 4/3, the coefficient that of 1/3, held exactly."""
    amounts = [3, 1, 1, 3]
    assert evenness(amounts, (Fraction(57_735, 100_000), Fraction(1))).place == "y"
    assert evenness(amounts, (Fraction(57_736, 100_000), Fraction(1))).place == "x"
    assert evenness([0, 0, 4, 0, 0, 0], (Fraction(1), Fraction(2))).variation == 2  # 4 in the first of four
    assert evenness([4, 0, 0, 0], (Fraction(1), Fraction(2))).place == "y"


@pytest.mark.parametrize("amounts", [[], [0, 0, 0, 0, 0], [5, 5, 5], [5, -5, 5, -5], [1, -2, 0, 0, 0]])
def test_customers_without_a_mean_or_with_too_few_periods_are_in_no_class(amounts: list[int]) -> None:
    """Nothing is divided by nothing."""
    even = evenness(amounts, CUTS)
    assert (even.variation, even.place) == (None, "none")


def test_columns_of_months_say_who_is_steady() -> None:
    """Tier and class of four customers; the nine cells have all customers and all revenue."""
    found = abc(ROWS)
    assert places(found) == {"Once": "z", "Steady": "x", "Up and down": "y", "New": "none"}
    cells = found["tables"]["abc_xyz"]
    assert sum(line[f"{name}_customers"] for line in cells for name in ("x", "y", "z", "none")) == 4
    assert (
        sum(line[f"{name}_revenue"] for line in cells for name in ("x", "y", "z", "none"))
        == found["figures"]["revenue"]
    )
    assert {"xyz_cutoffs", "xyz_season", "xyz_new"} <= set(codes(found))
    assert (found["figures"]["xyz_x"], found["figures"]["xyz_az"]) == (1, 120_000)


def test_a_total_beside_the_months_changes_nothing() -> None:
    """The months are read although revenue is their total; a list from the latest month back gives the same."""
    totals = [
        [*row, "Total" if at == 0 else str(sum(int(cell or 0) for cell in row[1:]))] for at, row in enumerate(ROWS)
    ]
    backwards = [[row[0], *reversed(row[1:])] for row in ROWS]
    assert abc(totals)["tables"]["variability"] == abc(ROWS)["tables"]["variability"]
    assert abc(backwards)["tables"]["variability"] == abc(ROWS)["tables"]["variability"]


def test_rows_of_one_customer_are_added_up_month_by_month() -> None:
    """Two rows of one customer that are even together."""
    rows = [MONTHS, ["A", "100", "0", "100", "0", "100", "0"], ["A", "0", "100", "0", "100", "0", "100"]]
    assert places(abc(rows)) == {"A": "x"}


def test_dated_orders_are_added_up_by_month_or_quarter() -> None:
    """Six months with an order each are steady; two orders in six months are not; two quarters are too few."""
    found = abc(ORDERS)
    assert places(found) == {"Once": "z", "Steady": "x"}
    few = abc(ORDERS, xyz_by="quarter")
    assert "xyz_few" in codes(few)
    assert "variability" not in few["tables"]


def test_orders_without_a_readable_date_are_counted_and_left_out() -> None:
    """A date that is none does not cost a row its revenue."""
    found = abc([*ORDERS, ["Steady", "5000", "soon"]])
    assert found["figures"]["revenue"] == 680_000
    (said,) = (one["params"] for one in found["notices"] if one["code"] == "abc_tiers.xyz_undated")
    assert said["count"] == 1
    assert places(found) == {"Once": "z", "Steady": "x"}


def test_dates_that_are_no_orders_change_nothing() -> None:
    """A list with one dated row a customer says nothing of evenness, nor does one without any date."""
    rows = [["Customer", "Revenue", "Date"], ["A", "10", "2025-01-01"], ["B", "20", "03/04/2025"]]
    for some in (rows, [row[:2] for row in rows]):
        found = abc(some)
        assert "variability" not in found["tables"]
        assert not [code for code in codes(found) if code.startswith("xyz")]


def test_cut_offs_are_the_readers() -> None:
    """A coefficient of 61.7% is X up to 70%; Y has to end above X."""
    assert places(abc(ROWS, xyz_x="70"))["Up and down"] == "x"
    assert errors("abc_tiers", {"customers": ROWS}, xyz_x="100", xyz_y="100") == [("xyz_y", "abc_tiers.xyz_not_above")]
