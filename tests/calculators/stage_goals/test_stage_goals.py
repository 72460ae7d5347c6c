"""The stages' own goals: first customers, signing alone, five lines, tracks; cases and what always holds."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators import five_lines, solo_signing, tracks
from calculators.bridge import Bridge
from calculators.engine.asks.settings import BASIS_POINTS, Settings
from calculators.engine.reads.amounts import MAX_FEN
from calculators.engine.reads.dates import months_after
from calculators.engine.shows.text import LANGUAGES, Language
from calculators.first_customers import MEASURES, Week, plan, weeks_of
from calculators.five_lines import attainment
from calculators.method import METHOD
from calculators.solo_signing import Newcomer, Reward, reward_of, status, whole_half_up
from calculators.tracks import Split, split
from macros import templates

Rows = list[list[str]]


def ask(
    calculator: str, tables: Mapping[str, Rows | str], settings: Settings | None = None, /, **values: str
) -> dict[str, Any]:
    """Return the reply to a request in English, as the browser would get it."""
    request = {"id": 1, "calculator": calculator, "language": "en", "values": values, "tables": tables}
    answer: dict[str, Any] = json.loads(Bridge(settings).reply(json.dumps(request)))
    return answer


def result(calculator: str, tables: Mapping[str, Rows | str], **values: str) -> dict[str, Any]:
    """Return the result of a request that has no mistakes."""
    answer = ask(calculator, tables, **values)
    assert answer["ok"], answer["errors"]
    found: dict[str, Any] = answer["result"]
    return found


def errors(calculator: str, tables: Mapping[str, Rows | str], **values: str) -> list[tuple[str, str]]:
    """Return the mistakes of a request: field and code."""
    answer = ask(calculator, tables, **values)
    assert not answer["ok"]
    assert all(error["message"] for error in answer["errors"])
    return [(error["field"], error["code"]) for error in answer["errors"]]


def codes(found: Mapping[str, Any]) -> list[str]:
    """Return the codes of a result's notices."""
    return [notice["code"].split(".", 1)[1] for notice in found["notices"]]


# --- stage one: the first customers' quarter -----------------------------------------------------------

QUARTER = {"start": "2026-09-07", "months": "3", "as_of": "2026-10-20"}
WEEKS = [["Week", "New customers", "New references", "New prospects", "Customer quotes"]]


def quarter(*rows: list[str], archive: Rows | None = None, **values: str) -> dict[str, Any]:
    """Return the quarter that begins on Monday, 7 September 2026, on 20 October, in its seventh week."""
    tables = {"weeks": [*WEEKS, *rows]} | ({"archive": archive} if archive else {})
    return result("first_customers", tables, **{**QUARTER, **values})


def goals(found: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the rows of the goals by measure."""
    return {row["measure"].rsplit(".", 1)[1]: row for row in found["tables"]["goals"]}


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


def test_after_the_span_nothing_is_left_to_make_it_up() -> None:
    """In January the quarter is over: what is short is missed, and no pace is shown."""
    row = goals(quarter(["1", "5", "1", "99", "39"], as_of="2027-01-15"))
    assert (row["prospects"]["state"], row["prospects"]["per_week"]) == ("first_customers.state.missed", None)
    assert row["customers"]["state"] == "first_customers.state.reached"


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


# --- stage two: signing alone --------------------------------------------------------------------------

NEWCOMERS = [
    "New hire",
    "Start date",
    "First deal closed alone",
    "Mentor",
    "First deal value",
    "First deal commission",
    "Left",
]
ON = {"as_of": "2026-11-25"}


def newcomers(*rows: list[str], **values: str) -> dict[str, Any]:
    """Return the result for newcomers on 25 November 2026; rows may leave out their ends."""
    filled = [row + [""] * (len(NEWCOMERS) - len(row)) for row in rows]
    return result("solo_signing", {"newcomers": [NEWCOMERS, *filled]}, **{**ON, **values})


def test_ten_of_fourteen_have_wilsons_interval() -> None:
    """Ten of fourteen due signed in time: 71.4%, 45.35% to 88.28%; that the goal lies inside is said."""
    signed = [[f"a{at}", "2026-06-01", "2026-08-01"] for at in range(10)]
    found = newcomers(*signed, *([f"b{at}", "2026-06-01"] for at in range(4)))
    figures = found["figures"]
    assert (figures["due"], round(figures["rate_low"], 4), round(figures["rate_high"], 4)) == (14, 0.4535, 0.8828)
    assert "unsure" in codes(found)


def test_those_not_yet_due_are_apart_even_if_they_have_signed() -> None:
    """One due, one not yet: an early order changes no rate, and the number still needed is told."""
    found = newcomers(["due", "2026-06-01"], ["early", "2026-11-01", "2026-11-20"], ["new", "2026-11-02"])
    figures = found["figures"]
    assert (figures["rate"], figures["due"], figures["pending"], figures["wanted"]) == (0, 1, 2, 2)


def test_a_goal_out_of_reach_is_said() -> None:
    """Two of three due have failed: nobody left to make 60%."""
    found = newcomers(["a", "2026-06-01"], ["b", "2026-06-01"], ["c", "2026-06-01", "2026-07-01"])
    assert found["figures"]["wanted"] is None
    assert "out_of_reach" in codes(found)


def test_an_order_on_the_last_day_is_in_time_and_the_day_after_late() -> None:
    """Started on 25 August, due on 25 November, both days included; 30 November comes due on the last of February."""
    assert status(date(2026, 8, 25), date(2026, 11, 25), None, as_of=date(2026, 11, 25), months=3) == "signed"
    assert status(date(2026, 8, 25), date(2026, 11, 26), None, as_of=date(2026, 11, 26), months=3) == "late"
    assert status(date(2026, 8, 25), date(2026, 11, 26), None, as_of=date(2026, 11, 25), months=3) == "not_signed"
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_leavers_are_apart_or_count_as_not_signed_and_both_are_told() -> None:
    """One signed, one left after a month and would be due by now: 100%, or 50%; the other figure stands beside it."""
    rows = (["a", "2026-08-01", "2026-09-01"], ["b", "2026-08-01", "", "", "", "", "2026-08-20"])
    for leavers, rate, other in (("apart", 1, 0.5), ("counted", 0.5, 1)):
        found = newcomers(*rows, leavers=leavers)
        notice = next(one for one in found["notices"] if one["code"] == f"solo_signing.leavers_{leavers}")
        assert (found["figures"]["rate"], notice["params"]["rate"]) == (rate, other)


def test_whoever_left_counts_no_sooner_than_those_who_started_the_same_day() -> None:
    """Two started on 1 October, due on 1 January; one left: neither counts before that day, both do on it.

    Until then 70% of three is out of reach all the same: the one who left will be due and cannot sign.
    """
    rows = (
        ["a", "2026-08-01", "2026-09-01"],
        ["gone", "2026-10-01", "", "", "", "", "2026-10-20"],
        ["here", "2026-10-01"],
    )
    for as_of, due, rate in (("2026-12-31", 1, 1), ("2027-01-01", 3, Fraction(1, 3))):
        found = newcomers(*rows, leavers="counted", as_of=as_of)
        assert (found["figures"]["due"], found["figures"]["rate"]) == (due, pytest.approx(float(rate)))
    before = newcomers(*rows, leavers="counted", goal="70")
    assert (before["figures"]["pending"], before["figures"]["wanted"]) == (1, None)
    assert "out_of_reach" in codes(before)
    assert newcomers(*rows, leavers="apart", goal="70")["figures"]["wanted"] == 1


def test_dates_that_contradict_each_other_are_named_and_not_counted() -> None:
    """Signed before starting, signed after leaving, no start: unclear; an order to come is not signed yet."""
    found = newcomers(
        ["a", "2026-06-01", "2026-05-01"],
        ["b", "2026-06-01", "2026-09-01", "", "", "", "2026-08-01"],
        ["c", "待定"],
        ["d", "2026-06-01", "2026-12-01"],
    )
    assert found["figures"]["due"] == 1
    unclear = next(notice for notice in found["notices"] if notice["code"] == "solo_signing.unclear")
    assert unclear["params"]["names"] == ["a", "b", "c"]
    assert "after_as_of" in codes(found)


def test_only_the_first_order_is_rewarded() -> None:
    """Of three orders in any order the earliest counts: 20% of a commission of 10,000 is 2,000."""
    found = newcomers(
        ["a", "2026-06-01", "2026-09-01", "M", "900000", "90000"],
        ["a", "2026-06-01", "2026-07-01", "M", "100000", "10000"],
        ["a", "2026-06-01", "2026-08-01", "M", "500000", "50000"],
    )
    assert found["figures"]["total_money"] == 200_000
    assert "repeated" in codes(found)


@pytest.mark.parametrize(
    ("values", "figure", "expected"),
    [
        ({}, "total_money", 200_001),
        ({"reward_basis": "value"}, "total_money", 2_000_002),
        ({"reward_basis": "value", "cap": "5000"}, "total_money", 500_000),
        ({"reward_form": "points"}, "total_points", 20),
        ({"reward_form": "points", "point": "300", "reward_basis": "value"}, "total_points", 67),
        ({"reward_share": "33.33"}, "total_money", 333_302),
    ],
)
def test_the_reward_is_of_what_in_what_and_up_to_what_is_chosen(
    values: dict[str, str], figure: str, expected: int
) -> None:
    """An order of 100,000.11 with 10,000.06 of commission: every choice the source leaves open."""
    rows = ["a", "2026-06-01", "2026-07-01", "M", "100000.11", "10000.06"]
    assert newcomers(rows, **values)["figures"][figure] == expected


def test_a_missing_commission_is_reckoned_from_the_value_and_said() -> None:
    """10% of 50,000, of which the mentor has 20%; without either the reward is none, and named."""
    found = newcomers(["a", "2026-06-01", "2026-07-01", "M", "50000"], ["b", "2026-06-01", "2026-07-01", "M"])
    assert found["figures"]["total_money"] == 100_000
    assert {"commission_assumed", "baseless"} <= set(codes(found))


def test_an_order_has_its_own_rate_of_commission() -> None:
    """8% of 60,000 and not the rule's 10%: 960 for the mentor, and nothing is assumed."""
    head = [*NEWCOMERS[:5], "Commission rate"]
    found = result("solo_signing", {"newcomers": [head, ["a", "2026-06-01", "2026-07-01", "M", "60000", "8%"]]}, **ON)
    assert found["figures"]["total_money"] == 96_000
    assert "commission_assumed" not in codes(found)


@pytest.mark.parametrize(("rates", "paid"), [(("3", "2"), 1_000), (("0.03", "0.02"), 1_000), (("2", "3%"), 1_000)])
def test_a_rate_of_three_is_three_percent_since_no_commission_exceeds_its_order(
    rates: tuple[str, str], paid: int
) -> None:
    """Two orders of 1,000 at 2% and 3% bring mentors a fifth of 50, however the rates are written."""
    head = [*NEWCOMERS[:5], "Commission rate"]
    rows = [[f"n{at}", "2026-06-01", "2026-07-01", "M", "1000", rate] for at, rate in enumerate(rates)]
    assert result("solo_signing", {"newcomers": [head, *rows]}, **ON)["figures"]["total_money"] == paid


def test_a_rate_beyond_its_order_brings_no_reward_and_is_said() -> None:
    """250 for 2.5 would pay the mentor half of the order."""
    head = [*NEWCOMERS[:5], "Commission rate"]
    row = ["a", "2026-06-01", "2026-07-01", "M", "1000", "250"]
    found = result("solo_signing", {"newcomers": [head, row]}, **ON)
    assert found["figures"]["total_money"] == 0
    assert "baseless" in codes(found)


def test_customers_are_graded_by_weight_and_ties_go_by_name() -> None:
    """4, 4 and 5 at 40/35/25 are 4.25 and an A; exactly 3 is a B; a score of 6 is refused with its row."""
    head = ["Customer", "Budget", "Decision chain", "Industry"]
    tables = {"newcomers": [NEWCOMERS[:2], ["a", "2026-06-01"]]}
    graded = result(
        "solo_signing",
        {**tables, "customers": [head, ["z", "3", "3", "3"], ["x", "4", "4", "5"], ["y", "3", "3", "3"]]},
        **ON,
    )
    assert [(row["customer"], row["score"], row["tier"]) for row in graded["tables"]["grading"]] == [
        ("x", 4.25, "A"),
        ("y", 3.0, "B"),
        ("z", 3.0, "B"),
    ]
    assert errors("solo_signing", {**tables, "customers": [head, ["x", "6", "1", "1"]]}, **ON) == [
        ("customers", "solo_signing.not_a_score")
    ]


def test_a_drill_counts_from_its_day_on_and_a_stranger_to_the_list_is_named() -> None:
    """What is planned for December has not been drilled in November; Zed is no new hire."""
    tables = {
        "newcomers": [["name", "started"], ["Ada", "2026-10-01"]],
        "drills": [
            ["name", "scenario", "date"],
            ["Ada", "price", "2026-11-02"],
            ["Ada", "time", "2026-12-02"],
            ["Zed", "price", ""],
        ],
    }
    found = result("solo_signing", tables, as_of="2026-11-25")
    assert [(row["newcomer"], row["covered"]) for row in found["tables"]["drills"]] == [("Ada", 1), ("Zed", 1)]
    assert found["figures"]["drills"] == 2
    said = {notice["code"]: notice["params"] for notice in found["notices"]}
    assert said["solo_signing.drills_later"]["count"] == 1
    assert said["solo_signing.drills_strangers"]["names"] == ["Zed"]
    assert result("solo_signing", tables, as_of="2026-10-25")["figures"]["drills"] == 1


def test_a_name_on_two_rows_counts_twice_and_is_said() -> None:
    """A customer to grade, and an initiative: both rows count, and both are named."""
    tables = {
        "newcomers": [["name", "started"], ["Ada", "2026-10-01"]],
        "customers": [["Customer", "Budget", "Decision chain", "Industry"], *[["Acorn", "3", "3", "3"]] * 2],
    }
    found = result("solo_signing", tables, **ON)
    assert found["figures"]["grade_b"] == 2
    assert "graded_repeatedly" in codes(found)
    rows = [["Track", "Initiative"], ["growth", "a"], ["growth", "a"], ["existing", "a"]]
    (repeated,) = (
        one for one in result("tracks", {"initiatives": rows})["notices"] if one["code"] == "tracks.repeated"
    )
    assert repeated["params"] == {"track": "tracks.track.growth", "names": ["a"], "count": 1}


def test_drills_say_what_each_newcomer_has_not_drilled() -> None:
    """Two of six scenarios drilled leave four; that the list names only two is said."""
    drills = [
        ["New hire", "Scenario", "Drilled on"],
        ["a", "price", "2026-11-01"],
        ["a", "rival", "2026-11-03"],
        ["a", "price", ""],
    ]
    found = result(
        "solo_signing", {"newcomers": [NEWCOMERS[:2], ["a", "2026-06-01"], ["b", "2026-10-01"]], "drills": drills}, **ON
    )
    assert [(row["newcomer"], row["covered"], row["missing"], row["drills"]) for row in found["tables"]["drills"]] == [
        ("a", 2, 4, 3),
        ("b", 0, 6, 0),
    ]
    assert "other_scenarios" in codes(found)


days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(
    started=days,
    signed=st.none() | days,
    left=st.none() | days,
    as_of=days,
    months=st.integers(1, 12),
    leavers=st.sampled_from(["apart", "counted"]),
)
def test_everybody_has_one_status_and_time_never_takes_an_order_back(
    *, started: date, signed: date | None, left: date | None, as_of: date, months: int, leavers: Any
) -> None:
    """Signed in time stays so; whoever has had the months is never pending; nobody counts before being due."""
    found = status(started, signed, left, as_of=as_of, months=months, leavers=leavers)
    later = status(started, signed, left, as_of=as_of + timedelta(400), months=months, leavers=leavers)
    if found == "signed":
        assert later == "signed"
    if found in ("signed", "late", "not_signed"):
        assert as_of >= months_after(started, months)
    if found in ("signed", "late"):
        assert signed is not None
        assert started <= signed <= as_of
    if as_of >= months_after(started, months):
        assert found not in ("pending", "early", "not_started")


@given(
    st.integers(0, MAX_FEN),
    st.none() | st.integers(0, MAX_FEN),
    st.integers(0, BASIS_POINTS),
    st.sampled_from(["value", "commission"]),
)
def test_a_reward_is_its_exact_share_to_the_nearest_fen(
    value: int, commission: int | None, share: int, basis: Any
) -> None:
    """Never further than half a fen from the exact share of what was chosen."""
    rule = Reward(Fraction(share, BASIS_POINTS), basis, Fraction(1, 10), "money", 100, None)
    person = Newcomer("a", "m", None, None, None, None, "signed", value, commission)
    exact = reward_of(person, rule)
    assert exact is not None
    base = Fraction(value) if basis == "value" else Fraction(value, 10) if commission is None else Fraction(commission)
    assert abs(whole_half_up(exact) - base * share / BASIS_POINTS) <= Fraction(1, 2)


@given(st.lists(st.tuples(st.sampled_from("abcd"), days, st.none() | days), min_size=1, max_size=12), st.randoms())
def test_the_order_of_newcomers_never_matters(rows: list[tuple[str, date, date | None]], shuffle: Any) -> None:
    """Repeated names included: a permuted list gives the same figures and the same statuses."""
    given_rows = [[name, str(start), str(signed or ""), "M", "1000", "", ""] for name, start, signed in rows]
    shuffled = list(given_rows)
    shuffle.shuffle(shuffled)
    one, two = newcomers(*given_rows), newcomers(*shuffled)
    assert one["figures"] == two["figures"]
    assert one["tables"]["who"] == two["tables"]["who"]


# --- stage three: five lines ---------------------------------------------------------------------------

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


def test_weights_short_of_a_hundredth_are_not_said_to_make_a_hundred() -> None:
    """Three times 33.33% are 99.99%."""
    rows = [["L", name, "10", "9", "33.33%", ""] for name in "abc"]
    (error,) = ask("five_lines", {"measures": [MEASURED, *rows]})["errors"]
    assert "99.99%" in error["message"]


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
        ([["L", "a", "0.1234567万", "0.9", "100%"]], "too_fine"),
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
    st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 10**9), st.booleans()), min_size=1, max_size=15),
    st.randoms(),
)
def test_points_add_up_to_the_score_and_order_never_matters(rows: list[tuple[int, int, bool]], shuffle: Any) -> None:
    """The lines' points sum to the score, whatever the order of the rows."""
    given_rows = [
        [f"L{at % 4}", f"m{at}", str(target), str(actual), "", "lower" if lower else "higher"]
        for at, (target, actual, lower) in enumerate(rows)
    ]
    shuffled = list(given_rows)
    shuffle.shuffle(shuffled)
    one, two = (lines(*some, lower="distance") for some in (given_rows, shuffled))
    assert one["figures"] == two["figures"]
    assert one["tables"]["lines"] == two["tables"]["lines"]
    assert sum(row["points"] for row in one["tables"]["lines"]) == pytest.approx(one["figures"]["score"])


# --- stage four: tracks --------------------------------------------------------------------------------


def test_a_hundred_and_one_people_are_split_exactly() -> None:
    """70/20/10 of 101 are 70.7, 20.2 and 10.1: 71, 20 and 10."""
    assert [part.people for part in split(Split(0, 0, 101), [7, 3, 0], [7, 2, 1])] == [71, 20, 10]


def test_renewals_are_no_growth() -> None:
    """65 million at 88% keep 57.2; a target of 70 asks for 12.8 more and a net retention of 107.7%."""
    found = result("tracks", {"initiatives": "Track\tInitiative\nexisting\ta\ngrowth\tb\n"})
    figures = found["figures"]
    assert (figures["kept"], figures["to_add"]) == (5_720_000_000, 1_280_000_000)
    assert figures["net_retention"] == pytest.approx(70 / 65)
    assert {"reading", "equal_weights", "no_initiative"} <= set(codes(found))
    assert "renewals_suffice" in codes(result("tracks", {}, base="1亿", renewal="90"))


@pytest.mark.parametrize("weights", [("12.5%", "87.5%"), ("0.125", "0.875"), ("1", "7"), ("１２．５％", "87.5 %")])
def test_initiatives_are_weighed_by_any_numbers_that_compare(weights: tuple[str, str]) -> None:
    """An eighth and seven eighths, as percentages, fractions or plain sizes."""
    rows = [["Track", "Initiative", "Weight"], *[["growth", f"i{at}", weight] for at, weight in enumerate(weights)]]
    found = result("tracks", {"initiatives": rows})
    assert [row["share"] for row in found["tables"]["initiatives"]] == [0.875, 0.125]
    units = [rows[0], ["growth", "a", "0.7万"], ["growth", "b", "1000"]]
    found = result("tracks", {"initiatives": units})
    assert [row["share"] for row in found["tables"]["initiatives"]] == [0.875, 0.125]


@pytest.mark.parametrize(
    ("written", "track"),
    [("Renewals", "existing"), ("续约", "existing"), ("New business", "growth"), ("创新业务", "experiments")],
)
def test_a_track_is_known_by_its_words_and_not_by_parts_of_others(written: str, track: str) -> None:
    """A renewal is nothing new, and 创新业务 are experiments although 新业务 is in it."""
    assert tracks.track_of(written) == track


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["elsewhere", "a", "1"], "unknown_track"),
        (["growth of existing customers", "a", "1"], "unknown_track"),
        (["growth", "a", "-1"], "no_weight"),
        (["growth", "a", "0"], "all_zero"),
    ],
)
def test_initiatives_that_make_no_sense_are_refused(row: list[str], code: str) -> None:
    """An unknown track or two at once, a negative weight, weights of nothing."""
    rows = [["Track", "Initiative", "Weight"], ["existing", "b", "1"], row]
    assert errors("tracks", {"initiatives": rows}) == [("initiatives", f"tracks.{code}")]


def test_shares_that_are_not_a_hundred_are_refused() -> None:
    """At each of the three fields."""
    assert errors("tracks", {}, target_existing="60") == [
        (f"target_{track}", "fields.wrong_sum") for track in tracks.TRACKS
    ]


totals = st.builds(Split, st.integers(0, MAX_FEN), st.integers(0, MAX_FEN), st.integers(0, 10**6))
weights = st.lists(st.integers(0, BASIS_POINTS), min_size=1, max_size=9).filter(any)


@given(totals, weights, st.data())
def test_every_split_adds_up_and_is_within_one_of_its_exact_share(
    whole: Split, target: list[int], data: st.DataObject
) -> None:
    """¥10 trillion included: parts sum to the whole and are the floor or ceiling of the exact share."""
    resource = data.draw(st.lists(st.integers(0, BASIS_POINTS), min_size=len(target), max_size=len(target)).filter(any))
    parts = split(whole, target, resource)
    for name, by in (("target", target), ("budget", resource), ("people", resource)):
        found = [getattr(part, name) for part in parts]
        assert sum(found) == getattr(whole, name)
        assert all(
            abs(part - Fraction(getattr(whole, name) * weight, sum(by))) < 1
            for part, weight in zip(found, by, strict=True)
        )


@given(
    st.lists(st.tuples(st.sampled_from(list(tracks.TRACKS)), st.integers(1, 99)), min_size=1, max_size=9), st.randoms()
)
def test_the_order_of_initiatives_never_matters(rows: list[tuple[str, int]], shuffle: Any) -> None:
    """And each track's initiatives add up to the track."""
    given_rows = [[track, f"i{at}", str(weight)] for at, (track, weight) in enumerate(rows)]
    shuffled = list(given_rows)
    shuffle.shuffle(shuffled)
    head = ["Track", "Initiative", "Weight"]
    one, two = (
        result("tracks", {"initiatives": [head, *some]}, target="1234567.89") for some in (given_rows, shuffled)
    )
    assert one["tables"] == two["tables"] | {"rows_unused": one["tables"]["rows_unused"]}
    for row in one["tables"]["tracks"]:
        inside = [part for part in one["tables"]["initiatives"] if part["track"] == row["track"]]
        assert not inside or sum(part["target"] for part in inside) == row["target"]


# --- the handbook's templates --------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_handbooks_filled_templates_are_read_by_the_calculators(language: Language) -> None:
    """From the sheet that has the table and not the first, with the sums that the workbook's own formulas make."""
    workbooks = templates.files(Settings())
    attachments = {
        name: workbooks[templates.address(name, "filled", language)]
        for name in ("mentor_points", "prospect_archive", "five_lines", "tracks")
    }

    def figures(calculator: str, table: str, name: str, **values: str) -> dict[str, Any]:
        tables = {table: {"file": name, "name": f"{name}.xlsx"}}
        request = {"id": 1, "calculator": calculator, "language": language, "values": values, "tables": tables}
        answer = json.loads(Bridge().reply(json.dumps(request), attachments))
        assert answer["ok"], answer["errors"]
        assert answer["result"]["figures"]["rows_unused"] == 0
        found: dict[str, Any] = answer["result"]["figures"]
        return found

    assert figures("solo_signing", "newcomers", "mentor_points")["total_money"] == 462_000
    archive = figures("first_customers", "archive", "prospect_archive")
    assert (archive["archived"], archive["graded"]) == (6, 1)
    assert figures("five_lines", "measures", "five_lines")["measures"] == METHOD["line_measures"].value
    assert figures("tracks", "initiatives", "tracks")["rows_used"] == 5


def test_the_stated_defaults_are_the_methods() -> None:
    """Three months, 60%, 20%, six scenarios, twelve measures: from method.toml and not typed again."""
    fields = {field.name: field.default for field in solo_signing.declare().fields}
    assert (fields["months"], fields["goal"], fields["reward_share"], fields["scenarios"]) == (3, 6_000, 2_000, 6)
    assert len(five_lines.LINES) == 5
