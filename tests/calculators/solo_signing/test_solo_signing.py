"""New hires who sign alone, rewards, grades and drills: cases, and what always holds."""

import json
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators import solo_signing
from calculators.bridge import Bridge
from calculators.engine.asks.settings import BASIS_POINTS, Settings
from calculators.engine.reads.amounts import LARGEST
from calculators.engine.reads.dates import months_after
from calculators.solo_signing.newcomers import Newcomer, status
from calculators.solo_signing.rewards import Reward, most_at_once, reward_of, whole_half_up
from tests.calculators.replies import codes, errors, result

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


def test_ten_of_fourteen_have_the_exact_interval() -> None:
    """Ten of fourteen due signed in time: 71.4%, by beta quantiles 45.999% to 89.595%, which has the goal in it."""
    signed = [[f"a{at}", "2026-06-01", "2026-08-01"] for at in range(10)]
    found = newcomers(*signed, *([f"b{at}", "2026-06-01"] for at in range(4)))
    figures = found["figures"]
    assert (figures["due"], round(figures["rate_low"], 4), round(figures["rate_high"], 4)) == (14, 0.4599, 0.8960)
    assert "open" in codes(found)


def test_those_not_yet_due_are_apart_even_if_they_have_signed() -> None:
    """One due, one not yet: an early order changes no rate, and the number still needed is told."""
    found = newcomers(["due", "2026-06-01"], ["early", "2026-11-01", "2026-11-20"], ["new", "2026-11-02"])
    figures = found["figures"]
    assert (figures["rate"], figures["due"], figures["pending"], figures["wanted"]) == (0, 1, 2, 2)


def test_a_goal_out_of_reach_is_said() -> None:
    """Two of three due have failed: nobody left to make 60%."""
    found = newcomers(["a", "2026-06-01"], ["b", "2026-06-01"], ["c", "2026-06-01", "2026-07-01"])
    assert found["figures"]["wanted"] is None
    assert "missed" in codes(found)
    assert "out_of_reach" not in codes(found)  # nobody is left of whom to say "even if all"
    coming = newcomers(["a", "2026-06-01"], ["b", "2026-06-01"], ["c", "2026-11-01"])
    assert "out_of_reach" in codes(coming)


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
    tables = {"newcomers": [NEWCOMERS[:3], ["a", "2026-06-01", ""]]}
    graded = result(
        "solo_signing",
        {**tables, "customers": [head, ["z", "3", "3", "3"], ["x", "4", "4", "5"], ["y", "3", "3", "3"]]},
        **{**ON, "scale": "free"},
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
        "newcomers": [["name", "started", "signed"], ["Ada", "2026-10-01", ""]],
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
    """A customer to grade: both rows count, and the name is said."""
    tables = {
        "newcomers": [["name", "started", "signed"], ["Ada", "2026-10-01", ""]],
        "customers": [["Customer", "Budget", "Decision chain", "Industry"], *[["Acorn", "3", "3", "3"]] * 2],
    }
    found = result("solo_signing", tables, **ON)
    assert found["figures"]["grade_b"] == 2
    assert "graded_repeatedly" in codes(found)


def test_drills_say_what_each_newcomer_has_not_drilled() -> None:
    """Two of six scenarios drilled leave four; that the list names only two is said."""
    drills = [
        ["New hire", "Scenario", "Drilled on"],
        ["a", "price", "2026-11-01"],
        ["a", "rival", "2026-11-03"],
        ["a", "price", ""],
    ]
    found = result(
        "solo_signing",
        {"newcomers": [NEWCOMERS[:3], ["a", "2026-06-01", ""], ["b", "2026-10-01", ""]], "drills": drills},
        **ON,
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
    st.integers(0, LARGEST),
    st.none() | st.integers(0, LARGEST),
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


def test_a_mentor_has_no_more_mentees_at_once_than_are_there_on_one_day() -> None:
    """Three whose months overlap by a day are three; one who left the day before the next began does not overlap."""

    def mentee(name: str, started: date, left: date | None = None) -> Newcomer:
        return Newcomer(name, "m", started, months_after(started, 3), None, left, "pending", None, None)

    first, second = mentee("a", date(2026, 1, 1)), mentee("b", date(2026, 2, 1))
    assert most_at_once([first, second, mentee("c", date(2026, 4, 1))]) == {"m": 3}
    assert most_at_once([first, second, mentee("c", date(2026, 4, 2))]) == {"m": 2}
    assert most_at_once([mentee("a", date(2026, 1, 1), date(2026, 1, 31)), second]) == {"m": 1}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_mentor_of_the_example_has_more_mentees_than_the_rule_allows(language: str) -> None:
    """Of the calculator's list."""
    request = {"id": 1, "calculator": "solo_signing", "language": language}
    reply = json.loads(Bridge().reply(json.dumps(request)))
    assert reply["example"]
    assert "crowded" not in codes(reply["result"])


def test_the_stated_defaults_are_the_methods() -> None:
    """Three months, 60%, 20%, six scenarios: from method.toml and not typed again."""
    fields = {field.name: field.default for field in solo_signing.declare(Settings()).fields}
    assert (fields["months"], fields["goal"], fields["reward_share"], fields["scenarios"]) == (3, 6_000, 2_000, 6)
