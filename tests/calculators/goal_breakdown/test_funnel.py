"""The reverse funnel: published cases, months, coverage, and what must hold for every funnel."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.engine.answers.result import Figure, Section
from calculators.engine.asks.errors import InvalidInputs
from calculators.goal_breakdown.funnel import (
    CASES,
    LARGEST,
    Case,
    Demand,
    Period,
    Step,
    by_month,
    days_to_deal,
    needs,
    read_steps,
    sections,
)


def at(percent: int, days: int = 0, present: int = 0) -> Step:
    """Return a step with a rate in percent."""
    return Step.at(f"{percent}%", Fraction(percent, 100), days, present)


def quarter(amount: int, size: int = 1, won: int = 0) -> Demand:
    """Return the same amount for each month of the first quarter of 2027."""
    months = [(date(2027, 1, 1), date(2027, 1, 31)), (date(2027, 2, 1), date(2027, 2, 28))]
    months.append((date(2027, 3, 1), date(2027, 3, 31)))
    return Demand(tuple(Period(first, last, amount) for first, last in months), size, won)


def figures(section: Section) -> dict[str, Any]:
    """Return a section's figures."""
    return {figure.name: figure.value for figure in section.figures}


# --- published and worked-out cases --------------------------------------------------------------------


def test_fourteen_deals_take_two_thousand_calls() -> None:
    """At 40%, 50%, 35% and 10% from the deal up: 14 / 0.4 is 35, 35 / 0.5 70, 70 / 0.35 200, 200 / 0.1 2,000."""
    steps = [at(10), at(35), at(50), at(40)]
    assert [need.total for need in needs(14, steps)] == [2_000, 200, 70, 35]


def test_two_million_at_sixty_thousand_a_deal_take_155_opportunities() -> None:
    """33.3 deals are 34, and 34 / 0.22 is 154.5: at a win rate of 22% it takes 155 opportunities."""
    demand = Demand((Period(date(2027, 1, 1), date(2027, 12, 31), 200_000_000),), size=6_000_000)
    assert demand.deals(demand.end) == 34
    assert needs(34, [at(22)])[0].total == 155


def test_coverage_of_three_is_too_little_at_a_win_rate_of_22_percent() -> None:
    """4.8m open over 1.6m is 3.0, 1 / 0.22 is 4.5, and 22% of 4.8m is 1.06m."""
    demand = Demand((Period(date(2027, 7, 1), date(2027, 9, 30), 16),))
    *_, coverage = sections(demand, [at(22, 0, 48)], as_of=date(2027, 7, 1), headcount=1, worth=10_000_000)
    values = figures(coverage)
    assert values["coverage"] == 3
    assert round(float(values["coverage_needed"]), 1) == 4.5
    assert (values["pipeline_value"], values["expected_value"]) == (480_000_000, 105_600_000)
    share = next(figure for figure in coverage.figures if figure.name == "expected_deals").params["share"]
    assert share == Fraction(66, 100)


def test_coverage_within_a_cycle_is_of_the_deals_due_in_it() -> None:
    """Forty open, 58 days to the deal: by the end of February twenty are due, which is twice, and at 40% too few."""
    *_, coverage = sections(quarter(10), [at(40, 58, 40)], as_of=date(2027, 1, 1), headcount=1)
    assert (figures(coverage)["coverage_cycle"], figures(coverage)["coverage"]) == (2, Fraction(4, 3))
    assert figures(coverage)["coverage_needed"] == Fraction(5, 2)
    assert [notice.code for notice in coverage.notices] == ["goal_breakdown.funnel.thin"]


def test_what_is_due_by_a_day_includes_that_day() -> None:
    """31 deals in January, 31 open, 30 days to the deal: due by 31 January are all 31, and coverage is 1."""
    january = Demand((Period(date(2027, 1, 1), date(2027, 1, 31), 31),))
    *_, coverage = sections(january, [at(40, 30, 31)], as_of=date(2027, 1, 1), headcount=1)
    (found,) = [figure for figure in coverage.figures if figure.name == "coverage_cycle"]
    assert (found.value, found.params["due"], found.params["date"]) == (1, 31, date(2027, 1, 31))


def test_a_rate_given_as_counts_has_wilsons_interval() -> None:
    """10 of 14 is 71.4%, and with 95% confidence 45.35% to 88.28%: 14 deals take 20, 16 to 31."""
    step = Step.counted("offer", 10, 14)
    assert [round(float(rate), 4) for rate in step.rates] == [0.4535, 0.7143, 0.8828]
    assert [needs(14, [step], case)[0].total for case in CASES] == [31, 20, 16]


def test_what_is_present_counts_at_its_own_step_and_below() -> None:
    """Of 35 offers needed 15 are there: 20 more take 40 meetings, of which 10 are there."""
    steps = [at(50, present=10), at(40, present=15)]
    assert [(need.total, need.new) for need in needs(14, steps)] == [(40, 30), (35, 20)]


def test_a_cycle_of_ninety_days_asks_for_opportunities_before_the_span() -> None:
    """Deals of January to March need their opportunities in October to December."""
    months = by_month(quarter(10), [at(50, days=90)])
    assert [(f"{month.first:%Y-%m}", month.new[0], month.deals) for month in months] == [
        ("2026-10", 20, 0),
        ("2026-11", 20, 0),
        ("2026-12", 20, 0),
        ("2027-01", 0, 10),
        ("2027-02", 0, 10),
        ("2027-03", 0, 10),
    ]


def test_cycles_add_up_from_the_deal_backwards() -> None:
    """A lead comes both cycles before the deal."""
    assert days_to_deal([at(10, 30), at(50, 45)]) == [75, 45]


def test_months_do_not_round_up_one_by_one() -> None:
    """A target of a deal and a fifth each month is four deals a quarter and not six."""
    demand = quarter(120, size=100)
    assert [month.deals for month in by_month(demand, [at(50)])] == [2, 1, 1]
    assert [month.new for month in by_month(demand, [at(50)])] == [(4,), (2,), (2,)]


def test_deals_already_won_count_for_the_earliest_months() -> None:
    """Twelve won of thirty leave nothing to win in January and eight in February."""
    assert [month.deals for month in by_month(quarter(10, won=12), [at(50)])] == [0, 8, 10]


def test_what_should_have_been_there_already_is_said() -> None:
    """On New Year's Day nothing is open: all that ninety days of cycle asked for is too late."""
    funnel, *_ = sections(quarter(10), [at(50, days=90)], as_of=date(2027, 1, 1), headcount=2)
    assert [notice.code for notice in funnel.notices if notice.level == "caution"] == ["goal_breakdown.funnel.too_late"]
    funnel, *_ = sections(quarter(10), [at(50, days=60)], as_of=date(2027, 1, 1), headcount=2)
    late = next(notice for notice in funnel.notices if notice.level == "caution")
    assert (late.code, late.params["count"]) == ("goal_breakdown.funnel.overdue", 42)


def test_the_pace_is_per_person_and_week_until_the_last_day_that_is_early_enough() -> None:
    """Sixty opportunities by two people within ninety days are 7/3 a week each."""
    funnel, *_ = sections(quarter(10), [at(50)], as_of=date(2027, 1, 1), headcount=2)
    new, pace, last = (funnel.tables[0].column(name)[0] for name in ("new", "per_person_week", "last_day"))
    assert (new, pace, last) == (60, Fraction(60 * 7, 2 * 90), date(2027, 3, 31))


def test_a_funnel_without_steps_tells_the_deals_alone() -> None:
    """The target in deals is known before any step is."""
    (only,) = sections(quarter(100, size=90), [], as_of=date(2027, 1, 1), headcount=1)
    assert figures(only) == {"funnel_deals": 4}
    assert [notice.code for notice in only.notices] == ["goal_breakdown.funnel.no_steps"]


def test_a_target_that_is_reached_needs_nothing_and_has_no_coverage() -> None:
    """More won than asked for: every count is zero, and a ratio to zero does not exist."""
    funnel, _, coverage = sections(quarter(1, won=5), [at(50)], as_of=date(2027, 1, 1), headcount=1)
    assert figures(funnel) == {"funnel_deals": 0, "funnel_first_step": 0}
    assert figures(coverage)["coverage"] is None


def test_a_hundred_billion_yuan_at_a_fen_a_deal_are_refused_and_not_rounded() -> None:
    """At rates of 0.01% in a row the counts pass what a spreadsheet holds; that is an error, not a wrong number."""
    demand = Demand((Period(date(2027, 1, 1), date(2027, 12, 31), 10**13),))
    with pytest.raises(InvalidInputs, match="too_large"):
        sections(demand, [Step.at("lead", Fraction(1, 10_000))], as_of=date(2027, 1, 1), headcount=1)
    assert needs(10**13, [at(3)])[0].total == -(-(10**15) // 3)


# --- reading -------------------------------------------------------------------------------------------


def rows(*given: dict[str, Fraction | int | str]) -> pd.DataFrame:
    """Return a steps table as it is read: each number as it is written."""
    columns = ("conversion", "went_on", "out_of", "cycle", "present")
    read = [
        {"row": at + 2, "step": one["step"]}
        | {name: Fraction(one.get(name, 0)) for name in columns}
        | {f"{name}_known": name in one for name in columns}
        for at, one in enumerate(given)
    ]
    return pd.DataFrame(read)


def test_steps_are_read_from_percentages_or_counts() -> None:
    """Counts stand over a percentage that disagrees, and what is empty counts as zero and is said."""
    frame = rows(
        {"step": "lead", "conversion": Fraction(1, 5), "cycle": 30, "present": 40},
        {"step": "offer", "went_on": 10, "out_of": 14, "conversion": Fraction(1, 2), "cycle": 45},
    )
    steps, notices = read_steps(frame)
    assert steps == (Step.at("lead", Fraction(1, 5), 30, 40), Step.counted("offer", 10, 14, 45))
    assert [notice.code.rsplit(".", 1)[1] for notice in notices] == ["two_rates", "taken_as_zero"]


def test_a_step_on_two_rows_counts_twice_and_is_said() -> None:
    """Pasted twice, its rate is applied twice."""
    lead: dict[str, Fraction | int | str] = {"step": "lead", "conversion": Fraction(1, 5), "cycle": 0, "present": 0}
    steps, (notice,) = read_steps(rows(lead, lead))
    assert len(steps) == 2
    assert (notice.code, notice.params["names"]) == ("goal_breakdown.funnel.repeated", ["lead"])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({}, "no_rate"),
        ({"conversion": 0}, "impossible_rate"),
        ({"conversion": Fraction(10001, 10000)}, "impossible_rate"),
        ({"went_on": 5}, "half_counts"),
        ({"out_of": 5}, "half_counts"),
        ({"went_on": 6, "out_of": 5}, "more_than_all"),
        ({"went_on": 0, "out_of": 5}, "none_went_on"),
        ({"conversion": Fraction(1, 2), "cycle": Fraction(1, 2)}, "not_whole"),
        ({"conversion": Fraction(1, 2), "present": -1}, "not_whole"),
        ({"conversion": Fraction(1, 2), "cycle": 4000}, "too_long"),
    ],
)
def test_a_step_that_makes_no_sense_is_refused_with_its_row(row: dict[str, Fraction | int], code: str) -> None:
    """Every such row is named, with what is wrong with it."""
    with pytest.raises(InvalidInputs) as caught:
        read_steps(rows({"step": "lead", "conversion": Fraction(1, 2)}, {"step": "offer", **row}))
    (error,) = caught.value.errors
    assert (error.field, error.code) == ("steps", f"goal_breakdown.funnel.{code}")
    assert error.params.get("row", 3) == 3


# --- what always holds -----------------------------------------------------------------------------------

step_lists = st.lists(
    st.one_of(
        st.builds(at, st.integers(1, 100), st.integers(0, 120), st.integers(0, 50)),
        st.integers(1, 400).flatmap(
            lambda total: st.builds(
                lambda won, days, present: Step.counted("counted", won, total, days, present),
                st.integers(1, total),
                st.integers(0, 120),
                st.integers(0, 50),
            )
        ),
    ),
    min_size=1,
    max_size=5,
)
amounts = st.lists(st.integers(0, 10**13), min_size=1, max_size=14)


@st.composite
def demands(draw: st.DrawFn) -> Demand:
    """Return targets over spans that follow one another, of any length."""
    first = draw(st.dates(date(2025, 1, 1), date(2027, 12, 31)))
    periods = []
    for amount in draw(amounts):
        last = first + timedelta(draw(st.integers(0, 45)))
        periods.append(Period(first, last, amount))
        first = last + timedelta(1)
    largest = sum(period.amount for period in periods)
    return Demand(tuple(periods), draw(st.integers(max(1, largest // 1_000), 10**13)), draw(st.integers(0, 30)))


@given(st.integers(0, 10**9), step_lists, st.sampled_from(CASES))
def test_every_count_is_enough_and_one_less_is_not(deals: int, steps: list[Step], case: Case) -> None:
    """What a step holds makes at least the new ones of the next, and with one fewer it would not."""
    found = needs(deals, steps, case)
    wanted = [*(need.new for need in found[1:]), deals]
    for step, need, below in zip(steps, found, wanted, strict=True):
        rate = step.rates[CASES.index(case)]
        assert need.total * rate >= below
        assert (need.total - 1) * rate < below
        assert need.new == max(0, need.total - step.present)


@given(st.integers(0, 10**9), step_lists)
def test_a_better_rate_never_needs_more(deals: int, steps: list[Step]) -> None:
    """The cautious case needs at least as many as the middle one, that at least as many as the hopeful one."""
    low, mid, high = ([need.new for need in needs(deals, steps, case)] for case in CASES)
    assert all(one >= two >= three for one, two, three in zip(low, mid, high, strict=True))


@given(demands(), step_lists)
def test_months_add_up_to_the_needs_and_are_never_negative(demand: Demand, steps: list[Step]) -> None:
    """Each step's months sum to what must still come to it, and the deals to those still to win."""
    months = by_month(demand, steps)
    deals = demand.deals(demand.end)
    assert [sum(month.new[at] for month in months) for at in range(len(steps))] == [
        need.new for need in needs(deals, steps)
    ]
    assert sum(month.deals for month in months) == deals
    assert all(count >= 0 for month in months for count in (*month.new, month.deals))


@given(demands(), step_lists)
def test_at_each_months_end_there_is_enough_for_the_deals_due_a_cycle_later(demand: Demand, steps: list[Step]) -> None:
    """What has come to a step by then carries the deals due so many days later, with the other steps as planned."""
    reached = [0] * len(steps)
    lead_times = days_to_deal(steps)
    months = by_month(demand, steps)
    for month, following in zip(months, [*months[1:], None], strict=True):
        reached = [before + new for before, new in zip(reached, month.new, strict=True)]
        end = following.first.toordinal() if following else demand.end
        for at_step, days in enumerate(lead_times):
            assert reached[at_step] == needs(demand.deals(end + days), steps)[at_step].new


@given(demands())
def test_deals_are_the_smallest_whole_number_that_brings_the_target(demand: Demand) -> None:
    """One deal fewer would be less than the target."""
    deals = demand.deals(demand.end) + demand.won
    target = sum(period.amount for period in demand.periods)
    assert deals * demand.size >= target
    assert (deals - 1) * demand.size < target or deals == demand.won


@given(demands(), step_lists, st.dates(date(2024, 1, 1), date(2029, 1, 1)), st.integers(1, 500))
def test_every_funnel_has_an_answer(demand: Demand, steps: list[Step], as_of: date, people: int) -> None:
    """Whatever the date and the team, there is a result or a reason, and what is overdue is part of what is new."""
    if max(need.total for need in needs(demand.deals(demand.end), steps, "low")) > LARGEST:
        with pytest.raises(InvalidInputs, match="too_large"):
            sections(demand, steps, as_of=as_of, headcount=people)
        return
    funnel, months, coverage = sections(demand, steps, as_of=as_of, headcount=people, worth=demand.size)
    overdue, new = (funnel.tables[0].column(name) for name in ("overdue", "new"))
    assert all(late <= all_new for late, all_new in zip(overdue, new, strict=True))
    assert len(months.tables[0]) >= 1
    assert all(isinstance(figure, Figure) for figure in coverage.figures)
