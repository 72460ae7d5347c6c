"""Thresholds and accelerators: what of an attainment counts."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from calculators.five_lines.scales import Scale
from tests.calculators.five_lines.test_five_lines import MEASURED
from tests.calculators.replies import codes, errors, result

ROWS = [
    MEASURED,
    ["Customers", "won", "100", "110", "50%", "higher"],
    ["Data", "rate", "100", "79", "50%", "higher"],
]
HEAD = ["Line", "Threshold", "Accelerator", "Cap"]
SHARES = st.fractions(0, 5, max_denominator=1_000)


def test_below_the_threshold_nothing_counts_and_above_the_target_more() -> None:
    """110% at twice is 120%; 79% below a threshold of 80% is nothing: 60% in all; at 79% it counts."""
    found = result("five_lines", {"measures": ROWS}, threshold="80", accelerator="2", cap="")
    assert found["figures"]["score"] == 0.6
    assert [row["attainment"] for row in found["tables"]["measures"]] == [1.1, 0.79]
    assert {"threshold", "accelerator", "below_threshold"} <= set(codes(found))
    assert result("five_lines", {"measures": ROWS}, threshold="79", cap="")["figures"]["score"] == 0.945


def test_an_attainment_is_held_against_the_threshold_before_it_is_rounded() -> None:
    """79.9999% is below 80%, and the list of the result shows it so."""
    rows = [MEASURED, ["Data", "a", "1000000", "799999", "100%", "higher"]]
    found = result("five_lines", {"measures": rows}, threshold="80")
    assert found["figures"]["score"] == 0
    assert "below_threshold" in codes(found)


def test_lines_may_have_a_scale_of_their_own() -> None:
    """Customers with a cap of 105%, data with a threshold; an empty cell is as the form has it."""
    own = [HEAD, ["客户线", "", "", "105%"], ["Data", "80%", "", ""]]
    found = result("five_lines", {"measures": ROWS, "scales": own}, cap="")
    assert [row["counted"] for row in found["tables"]["measures"]] == [1.05, 0]
    (said,) = (notice for notice in found["notices"] if notice["code"] == "five_lines.own_scale")
    assert said["params"]["names"] == ["Customers", "Data"]


def test_scales_that_are_none_are_refused() -> None:
    """A line without measures, one twice, and numbers beyond what they may be, each by its row."""
    own = [HEAD, ["Talent", "50%", "", ""], ["Data", "50%", "", ""], ["Data", "60%", "11", "90%"]]
    assert [code for _, code in errors("five_lines", {"measures": ROWS, "scales": own})] == [
        "five_lines.no_such_line",
        "five_lines.line_twice",
        "five_lines.not_a_scale_accelerator",
        "five_lines.not_a_scale_cap",
    ]


@given(
    st.fractions(0, 1, max_denominator=100),
    st.fractions(0, 10, max_denominator=100),
    st.none() | st.fractions(1, 10, max_denominator=100),
    SHARES,
    SHARES,
)
def test_more_attained_never_counts_less(
    threshold: Fraction, accelerator: Fraction, cap: Fraction | None, one: Fraction, two: Fraction
) -> None:
    """Whatever the scale, what counts only grows with what is attained, and never beyond the cap."""
    scale = Scale(threshold, accelerator, cap)
    less, more = (scale.counted(value) for value in sorted((one, two)))
    assert less is not None
    assert more is not None
    assert less <= more
    assert cap is None or more <= cap


@given(SHARES, st.none() | st.fractions(1, 10, max_denominator=100))
def test_the_defaults_change_nothing(attained: Fraction, cap: Fraction | None) -> None:
    """Without threshold and accelerator an attainment counts as it is, up to the cap."""
    assert Scale(cap=cap).counted(attained) == (attained if cap is None else min(attained, cap))
