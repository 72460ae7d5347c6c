"""The founder's dilemma worked through: its sentences hold for its figures, whatever the figures become."""

from types import SimpleNamespace

import pytest

from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES
from calculators.method import METHOD
from macros.examples import example, method

SETTINGS = Settings()


def month(number: int) -> SimpleNamespace:
    """Return the figures of a month."""
    return example(f"story/month-{number}", "en", SETTINGS)


def test_it_begins_where_the_source_s_founder_stands() -> None:
    """Half of the new hires are gone and renewals fall quarter after quarter, as the source has it."""
    start = month(1)
    assert start.attrition == method("crisis_newcomer_turnover")
    shares = [renewed / due for renewed, due in zip(start.renewed, start.due, strict=True)]
    assert shares == sorted(shares, reverse=True)
    assert len(set(shares)) == len(shares)


def test_what_is_called_open_could_have_come_by_chance() -> None:
    """Renewals and objections are said to be unproven: the chance of each is above what verdicts are judged by."""
    error = METHOD["verdict_error"].value / 100
    assert month(3).renewal_by_chance > error
    assert month(2).objections_by_chance > error
    assert month(3).ramp_pending == month(3).new_hires
    assert month(3).alarms == 0


def test_the_founder_carries_what_the_team_cannot() -> None:
    """Target is what the team can carry and the gap; the founder's share falls, and sales do not fall with it."""
    plan, start, end = month(2), month(1), month(3)
    assert plan.capacity + plan.gap == plan.target_money
    assert end.founder_after < end.founder_before
    assert end.founder + sum(end.reps) > start.founder + sum(start.reps)


def test_customers_who_went_are_those_who_did_not_renew() -> None:
    """Of a quarter's contracts that came up, what was not renewed is what the list of churned customers has."""
    start, end = month(1), month(3)
    assert start.churned == start.due[-1] - start.renewed[-1] == len(start.gone)
    assert end.churned == end.due - end.renewed == len(end.gone)
    assert {one["churned"][:7] for one in start.gone} == {"2025-04", "2025-05", "2025-06"}
    assert {one["churned"][:7] for one in end.gone} == {"2025-07", "2025-08", "2025-09"}


def test_the_third_page_s_week_of_four_deals_is_there() -> None:
    """It says that one week had four; and that whoever came in August passed the basics in time."""
    end = month(3)
    assert min(end.weeks) == 4
    assert end.passed == end.new_hires == 3


@pytest.mark.parametrize("number", [1, 2, 3])
def test_both_languages_tell_the_same_figures(number: int) -> None:
    """Numbers are the same in both; only words differ."""
    chinese, english = (vars(example(f"story/month-{number}", language, SETTINGS)) for language in LANGUAGES)
    for name, value in chinese.items():
        if not isinstance(value, str | list):
            assert english[name] == value, name
