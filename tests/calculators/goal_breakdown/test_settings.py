"""A company's own planning: what forms, the funnel and the pages' examples start from, and what cannot be set."""

from datetime import date
from typing import Any

import pytest

from calculators import CALCULATORS
from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Text
from calculators.work import Work
from macros.examples import example

PLANS: dict[str, dict[str, Any]] = {
    "a year from July, its season, its funnel": {
        "currency": "USD",
        "calendar": {"year_starts": 7, "week": "weekdays", "days_off": ["2027-07-05"]},
        "goals": {
            "season": [8, 8, 9, 10, 10, 9, 7, 6, 9, 10, 11, 13],
            "ramp": [0, 20, 40, 80],
            "attrition": 25,
            "full": 20_000,
            "deal_size": 9_000,
            "funnel": {
                "lead": {"conversion": 12.5, "days": 14},
                "opportunity": {"conversion": 30, "days": 40},
                "demo": {"conversion": 50, "days": 10},
                "offer": {"conversion": 60, "days": 21},
            },
        },
    },
    "weeks, no ramp, one step": {
        "currency": "JPY",
        "unit": 10_000,
        "calendar": {"year_cut": "445", "year_starts": 2, "week_starts": "sunday", "week": "six_days"},
        "goals": {"ramp": [], "funnel": {"lead": {"conversion": 3, "days": 3}}},
    },
}


@pytest.mark.parametrize("starts", range(1, 13))
def test_a_new_hires_path_has_three_months_whenever_the_year_begins(starts: int) -> None:
    """Of the company's fiscal year where that has them, in calendar months and in weeks."""
    for cut in ("months", "454") if starts % 3 == 2 else ("months",):
        settings = Settings.from_mapping({"calendar": {"year_starts": starts, "year_cut": cut}})
        assert len(example("paths/ninety-days", "en", settings).ramp_rows) == 3


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_and_calculator_start_from_the_companys_planning(plan: str, language: str) -> None:
    """The form, its answer, and the pages that are views of it, whatever is planned."""
    settings = Settings.from_mapping(PLANS[plan])
    assert Settings.from_mapping(settings.as_mapping()) == settings
    work = Work(settings, {"calculator": "goal_breakdown", "language": language})
    goals = PLANS[plan]["goals"]
    assert work.entered["ramp"] == ", ".join(map(str, goals["ramp"]))
    steps = work.readings["steps"]
    assert steps is not None
    assert len(steps.frame) == len(goals["funnel"])
    assert work.result.figures
    for page in ("paths/ninety-days", "story/month-2"):
        assert vars(example(page, language, settings))  # type: ignore[arg-type]  # one of ours


def test_a_year_from_july_is_planned_from_july() -> None:
    """The span that the form starts from is the company's year, and its season is gone by."""
    settings = Settings.from_mapping(PLANS["a year from July, its season, its funnel"])
    fields = {one.name: one.default for one in CALCULATORS["goal_breakdown"].declare(settings).fields}
    assert (fields["first"], fields["last"]) == (date(2026, 7, 1), date(2027, 6, 30))
    assert fields["spread"] == "own"
    assert (fields["full"], fields["deal_size"]) == (2_000_000, 900_000)


def test_stages_of_the_funnel_are_called_as_everywhere() -> None:
    """By the names of the stages of a deal, in their order and not in that of the file."""
    funnel = {"offer": {"conversion": 60, "days": 21}, "lead": {"conversion": 12.5, "days": 14}}
    for language, names in {"zh": ["线索", "报价"], "en": ["Lead", "Proposal"]}.items():
        work = Work(
            Settings.from_mapping({"goals": {"funnel": funnel}}), {"calculator": "goal_breakdown", "language": language}
        )
        steps = work.readings["steps"]
        assert steps is not None
        assert steps.frame["step"].tolist() == names


@pytest.mark.parametrize(
    ("given", "place", "sentence"),
    [
        ({"season": [1, 2]}, "season", "a list of 12 numbers from 0 to 1000"),
        ({"season": "1,2"}, "season", "a list of 12 numbers"),
        ({"ramp": [25, 150]}, "ramp", "a list of 36 numbers at most from 0 to 100"),
        ({"spread": "own"}, "spread", "there are no weights"),
        ({"spread": "weekly"}, "spread", "write one of days, even, own"),
        ({"attrition": "10%"}, "attrition", "no percent sign"),
        ({"full": 0.5}, "full", "a whole number"),
        ({"funnel": {"leads": {"conversion": 1, "days": 1}}}, "funnel.leads", "What can stand here: lead, opportunity"),
        ({"funnel": {"lead": {"conversion": 20}}}, "funnel.lead.days", "a whole number from 0"),
        ({"funnel": {"won": {"conversion": 20, "days": 1}}}, "funnel.won", "is not a setting"),
        ({"seasons": []}, "seasons", "is not a setting"),
    ],
)
def test_planning_that_cannot_be_is_told_with_its_place(given: object, place: str, sentence: str) -> None:
    """And with what to write instead."""
    with pytest.raises(InvalidInputs) as caught:
        Settings.from_mapping({"goals": given})
    (error,) = caught.value.errors
    assert error.field == f"extra.playbook.goals.{place}"
    assert sentence in Text("en", Settings())(error.code, **error.params)
