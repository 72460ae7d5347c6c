"""The first customers' quarter: cases, and what always holds."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import exp
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from calculators.first_customers import MEASURES, Week, plan, weeks_of
from tests.calculators.replies import Rows, codes, errors, result

QUARTER = {"start": "2026-09-07", "months": "3", "as_of": "2026-10-20"}
WEEKS = [["Week", "New customers", "New references", "New prospects", "Customer quotes"]]


def quarter(*rows: list[str], archive: Rows | None = None, **values: str) -> dict[str, Any]:
    """Return the quarter that begins on Monday, 7 September 2026, on 20 October, in its seventh week."""
    tables = {"weeks": [*WEEKS, *rows]} | ({"archive": archive} if archive else {})
    return result("first_customers", tables, **{**QUARTER, **values})


def goals(found: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the rows of the goals by measure."""
    return {row["measure"].rsplit(".", 1)[1]: row for row in found["tables"]["goals"]}


def test_a_measure_behind_says_how_often_chance_alone_makes_it_so() -> None:
    """Poisson: none of one customer due in 36.8% of such spans; 30 of 46 prospects in 0.8%, and that is no chance."""
    found = quarter(["1", "0", "0", "30", "18"])
    rows = goals(found)
    assert rows["customers"]["by_chance"] == round(exp(-1), 8)
    assert round(rows["prospects"]["by_chance"], 3) == 0.008
    assert rows["quotes"]["by_chance"] is None
    (said,) = [notice for notice in found["notices"] if notice["code"] == "first_customers.maybe_chance"]
    assert said["params"]["measures"] == ["first_customers.measure.customers"]


def test_a_quarter_of_thirteen_weeks_owes_what_its_weeks_over_have_brought_due() -> None:
    """Six weeks over: 100 × 6/13 prospects are 46 due, 5 × 2/9 customers one, 18 quotes; 30 prospects are 16 behind."""
    found = quarter(["1", "0", "0", "30", "18"], ["week 6", "1", "0", "0", "0"])
    row = goals(found)
    assert {name: (row[name]["due"], row[name]["actual"], row[name]["behind"]) for name in MEASURES} == {
        "customers": (1, 1, 0),
        "references": (0, 0, 0),
        "prospects": (46, 30, 16),
        "quotes": (18, 18, 0),
    }
    assert found["figures"]["weeks_left"] == 7
    assert row["prospects"]["per_week"] == 10
    assert row["prospects"]["state"].endswith("behind")


def test_what_is_needed_adds_up_to_what_is_to_go() -> None:
    """71 prospects over seven weeks are 11, then 10 each: whole and exact."""
    found = quarter(["1", "0", "0", "29", "0"])
    needed = [row["needed_prospects"] for row in found["tables"]["by_week"]]
    assert needed == [None] * 6 + [11, 10, 10, 10, 10, 10, 10]


def test_a_week_is_known_by_its_number_or_any_of_its_days() -> None:
    """Of one week written in four ways the figures add up, and that is said."""
    found = quarter(
        ["3", "0", "0", "1", "0"],
        ["第3周", "0", "0", "1", "0"],
        ["2026-09-24", "0", "0", "1", ""],
        ["W3", "0", "0", "1", "0"],
    )
    assert found["tables"]["by_week"][2]["actual_prospects"] == 4
    assert {"weeks_added_up", "blank_cells", "weeks_missing"} <= set(codes(found))


def test_rows_outside_the_span_or_after_the_as_of_date_are_named_and_not_counted() -> None:
    """A week of last year, one that is no week, one to come: none is counted in silence."""
    found = quarter(["2025-09-10", "9", "9", "9", "9"], ["soon", "9", "9", "9", "9"], ["9", "9", "9", "9", "9"])
    assert goals(found)["customers"]["actual"] == 0
    outside, later = (
        next(notice for notice in found["notices"] if notice["code"] == f"first_customers.{code}")
        for code in ("outside_span", "after_as_of")
    )
    assert (outside["params"]["count"], later["params"]["count"]) == (2, 1)


def test_the_archive_counts_where_there_is_one() -> None:
    """Three names, one twice, one ungraded: three by urgency, most urgent first; the difference is said."""
    archive = [["Prospect", "Urgency"], ["A", "low"], ["B", "高"], ["C", ""], ["A", "high"]]
    found = quarter(["1", "0", "0", "30", "3"], archive=archive)
    assert goals(found)["prospects"]["actual"] == 3
    assert [(row["urgency"], row["prospects"]) for row in found["tables"]["urgencies"]] == [
        ("高", 1),
        ("high", 1),
        (None, 1),
    ]
    assert {"archive_differs", "repeated", "ungraded"} <= set(codes(found))


def test_grades_of_urgency_are_alike_whatever_their_case() -> None:
    """HIGH and high are one grade."""
    archive = [["Prospect", "Urgency"], ["a", "HIGH"], ["b", "high"], ["c", "ｌｏｗ"]]
    found = quarter(archive=archive)
    assert [(row["urgency"], row["prospects"]) for row in found["tables"]["urgencies"]] == [("HIGH", 2), ("low", 1)]


def test_where_no_first_day_is_given_the_list_tells_of_one() -> None:
    """The Monday of its earliest day; of numbers alone, the last is the week of 20 October; else it is asked for."""
    for weeks, first in (
        (["2026-09-23", "week of nothing", "2026-09-16", "1"], "2026-09-14"),
        (["1", "第7周", "99"], "2026-09-07"),
    ):
        found = quarter(*([week, "0", "0", "1", "1"] for week in weeks), start="")
        assert found["tables"]["by_week"][0]["first_day"] == first
        assert "first_customers.start_assumed" in [notice["code"] for notice in found["notices"]]
    assert errors("first_customers", {"weeks": [*WEEKS, ["soon", "1", "0", "3", "1"]]}) == [("start", "fields.no_date")]


def test_after_the_span_nothing_is_left_to_make_it_up() -> None:
    """In January the quarter is over: what is short is missed, and no pace is shown."""
    row = goals(quarter(["1", "5", "1", "99", "39"], as_of="2027-01-15"))
    assert (row["prospects"]["state"], row["prospects"]["per_week"]) == ("first_customers.state.missed", None)
    assert row["customers"]["state"] == "first_customers.state.reached"


def test_a_list_of_ones_own_is_not_laid_over_the_examples_quarter() -> None:
    """The worked example has a first day of its own, and is over with the reader's."""
    assert result("first_customers", {})["tables"]["by_week"][0]["first_day"] == "2018-09-03"
    own = result("first_customers", {}, start="2026-09-07", as_of="2026-09-01")
    assert own["tables"]["by_week"][0]["first_day"] == "2026-09-07"
    assert "first_customers.no_entries" in [notice["code"] for notice in own["notices"]]


def test_part_of_a_customer_is_refused_with_its_row() -> None:
    """Half a customer and minus one prospect are mistakes of their rows; too many quiet weeks one of its field."""
    rows = [*WEEKS, ["1", "0.5", "0", "3", "1"], ["2", "0", "0", "-1", "1"]]
    assert errors("first_customers", {"weeks": rows}, **QUARTER) == [("weeks", "first_customers.not_whole")] * 2
    assert errors("first_customers", {"weeks": [*WEEKS, ["1", "1", "0", "3", "1"]]}, **QUARTER, quiet_weeks="13") == [
        ("quiet_weeks", "first_customers.no_week_left")
    ]


spans = st.builds(weeks_of, st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 24))


@given(spans, st.sampled_from(MEASURES), st.integers(0, 10_000), st.data())
def test_a_plan_never_falls_and_ends_at_its_goal(
    weeks: list[Week], measure: Any, goal: int, data: st.DataObject
) -> None:
    """Whatever the span: cumulative, never falling, none due too early, all due at the end."""
    quiet = data.draw(st.integers(0, len(weeks) - 1))
    due = plan(measure, goal, weeks, quiet)
    assert due == sorted(due)
    if measure == "quotes":
        assert due[-1] >= goal * (len(weeks) - 1)
    else:
        assert due[-1] == goal
        before = quiet if measure != "prospects" else 0
        for week, count in zip(weeks, due, strict=True):
            assert count <= Fraction(goal * max(0, week.number - before), len(weeks) - before) < count + 1


@given(spans)
def test_weeks_cover_the_span_without_a_gap(weeks: list[Week]) -> None:
    """Each begins the day after the one before, and only the last is shorter than seven days."""
    assert all(two.first == one.last + timedelta(1) for one, two in pairwise(weeks))
    assert all(week.days == 7 for week in weeks[:-1])
    assert 1 <= weeks[-1].days <= 7
