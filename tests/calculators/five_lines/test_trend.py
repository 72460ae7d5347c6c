"""The lines over quarters: what is drawn, and when a direction is named."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.engine.arithmetic.chances import least_values, trend
from tests.calculators.five_lines.test_five_lines import MEASURED
from tests.calculators.replies import codes, errors, result

ROWS = [MEASURED, ["Customers", "won", "100", "110", "100%", "higher"]]
HEAD = ["Quarter", "Line", "Score"]


def quarters(*scores: str, line: str = "Customers") -> list[list[str]]:
    """Return a list of earlier quarters, from the first of 2023 on."""
    return [HEAD, *([f"{2023 + at // 4} Q{at % 4 + 1}", line, score] for at, score in enumerate(scores))]


@pytest.mark.parametrize(
    ("count", "rising", "chance"), [(4, 6, 0.042), (5, 8, 0.042), (5, 10, 0.0083), (8, 16, 0.031), (10, 21, 0.036)]
)
def test_chances_of_a_trend_are_the_published_ones(count: int, rising: int, chance: float) -> None:
    """R. O. Gilbert, Statistical Methods for Environmental Pollution Monitoring (1987), table A18, after Kendall."""
    found = _order(count, rising)
    assert trend(found)[0] == rising
    assert float(trend(found)[1]) == pytest.approx(chance, rel=0.03)


def _order(count: int, rising: int) -> list[Fraction]:
    """Return an order of so many values of which so many more pairs rise than fall."""
    falls = (count * (count - 1) // 2 - rising) // 2
    rest, found = list(range(count)), []
    while rest:
        at = min(falls, len(rest) - 1)
        falls -= at
        found.append(Fraction(rest.pop(at)))
    return found


@given(st.lists(st.integers(0, 3).map(Fraction), min_size=2, max_size=6))
def test_a_trends_chance_is_the_share_of_all_orders_that_go_as_far(values: list[Fraction]) -> None:
    """Counted one by one, with values that are equal."""
    rising, chance = trend(values)
    orders = [trend(order)[0] for order in permutations(values)]
    as_far = [found for found in orders if (found >= rising if rising > 0 else found <= rising if rising else True)]
    assert chance == Fraction(len(as_far), len(orders))


def test_how_many_periods_can_decide_follows_from_how_many_lines_are_looked_at() -> None:
    """One line alone takes four, since one of 24 orders rises throughout; five lines take five."""
    assert [least_values(Fraction(1, 20) / lines) for lines in (1, 2, 5, 6)] == [4, 5, 5, 5]


def test_a_direction_is_named_only_where_there_are_periods_enough() -> None:
    """Four that rise throughout are named for one line; three are not enough, and it says of how many."""
    four = result("five_lines", {"measures": ROWS, "quarters": quarters("90%", "95%", "100%")}, cap="")
    (row,) = four["tables"]["trend"]
    assert (row["direction"], row["chance"], row["change"]) == ("five_lines.trend.rising", pytest.approx(1 / 24), 10)
    three = result("five_lines", {"measures": ROWS, "quarters": quarters("90%", "95%")}, cap="")
    assert three["tables"]["trend"][0]["direction"] == "five_lines.trend.too_few"
    (said,) = (notice["params"] for notice in three["notices"] if notice["code"] == "five_lines.trend_too_few")
    assert (said["periods"], said["least"]) == (3, 4)
    assert "trend_rising" not in codes(three)


def test_without_earlier_quarters_there_is_no_trend() -> None:
    """Neither table nor chart nor word."""
    found = result("five_lines", {"measures": ROWS})
    assert "trend" not in found["tables"]
    assert not [code for code in codes(found) if code.startswith("trend")]


def test_quarters_are_in_their_order_and_the_present_one_is_not_counted_twice() -> None:
    """A list from the newest down gives the same; a row of the present quarter is named and not used."""
    rows = quarters("90%", "95%", "100%", "97%")
    mixed = [HEAD, *reversed(rows[1:]), ["2024年第四季度", "客户线", "50%"]]
    values = {"as_of": "2024-12-31", "cap": ""}
    one = result("five_lines", {"measures": ROWS, "quarters": rows}, **values)
    two = result("five_lines", {"measures": ROWS, "quarters": mixed}, **values)
    assert one["tables"]["trend"] == two["tables"]["trend"]
    assert "quarter_now" in codes(two)


def test_a_line_stands_once_in_a_quarter() -> None:
    """Also where it is called by another of its names."""
    rows = [*quarters("90%"), ["2023 Q1", "客户线", "80%"]]
    assert errors("five_lines", {"measures": ROWS, "quarters": rows}) == [("quarters", "five_lines.quarter_twice")]


def test_a_quarter_that_a_line_misses_is_a_gap() -> None:
    """A line of which two of four quarters are known has three periods."""
    rows = [*quarters("90%", "95%", "92%"), ["2023 Q1", "Talent", "80%"], ["2023 Q3", "Talent", "85%"]]
    found = result("five_lines", {"measures": ROWS, "quarters": rows})
    talent = found["tables"]["trend"][1]
    assert [talent[f"period_{at}"] for at in range(4)] == [0.8, None, 0.85, None]
    assert (talent["direction"], talent["change"]) == ("five_lines.trend.too_few", None)


def test_more_periods_than_anybody_reads_are_refused() -> None:
    """Forty are taken; thirty thousand would keep the exact test busy for hours."""
    assert "trend_test" in codes(result("five_lines", {"measures": ROWS, "quarters": quarters(*["90%"] * 40)}))
    for count in (42, 30_000):  # one of them is the present one
        given = {"measures": ROWS, "quarters": quarters(*["90%"] * count)}
        assert errors("five_lines", given) == [("quarters", "five_lines.too_many_periods")]
