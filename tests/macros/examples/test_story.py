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


def test_two_of_three_lost_customers_were_warned_of() -> None:
    """The third page says of the three who went that there had been a warning on two; and one week had four deals."""
    end = month(3)
    assert [bool(one["alert"]) for one in end.gone] == [True, True, False]
    assert min(end.weeks) == 4
    assert end.passed == end.new_hires == 3


@pytest.mark.parametrize("number", [1, 2, 3])
def test_both_languages_tell_the_same_figures(number: int) -> None:
    """Numbers are the same in both; only words differ."""
    chinese, english = (vars(example(f"story/month-{number}", language, SETTINGS)) for language in LANGUAGES)
    for name, value in chinese.items():
        if not isinstance(value, str | list):
            assert english[name] == value, name
