"""The months of a plan: by which calendar, by what a target goes over them, and given days of a part of one."""

import json

import pytest

from calculators.bridge import Bridge
from tests.calculators.goal_breakdown.test_goal_breakdown import answer, ask, column, request

YEAR = {"first": "2026-01-01", "last": "2026-12-31", "week": "weekdays", "measure": "deals", "deals": "1200"}
SEASON = "1 2 3 4 5 6 7 8 9 10 11 12"


@pytest.mark.parametrize(
    ("spread", "weights"),
    [
        ("even", [1] * 12),
        ("own", range(1, 13)),
        ("445", [4, 4, 5] * 4),
        ("454", [4, 5, 4] * 4),
        ("544", [5, 4, 4] * 4),
    ],
)
def test_months_get_their_share_by_what_is_chosen_and_not_by_working_days(spread: str, weights: list[int]) -> None:
    """Each within one deal of its exact share; own weights are not times working days unless that is chosen."""
    got = column(answer({**YEAR, "spread": spread, "season": SEASON}), "months", "company")
    for number, weight in zip(got, weights, strict=True):
        assert abs(number - 1200 * weight / sum(weights)) < 1


def test_own_weights_times_working_days_are_what_they_were() -> None:
    """The default: a plan saved before there was a choice has the same months."""
    days = column(answer(YEAR), "months", "days")
    weights = [weight * length for weight, length in zip(range(1, 13), days, strict=True)]
    got = column(answer({**YEAR, "season": SEASON}), "months", "company")
    for number, weight in zip(got, weights, strict=True):
        assert abs(number - 1200 * weight / sum(weights)) < 1


def test_a_fiscal_year_names_its_quarters_and_takes_its_pattern_from_its_first_month() -> None:
    """From April on, 4-4-5 gives June five parts, and April to June are the first quarter."""
    values = {**YEAR, "first": "2026-04-01", "last": "2027-03-31", "year_starts": "4", "spread": "445", "deals": "52"}
    result = answer(values)
    assert column(result, "months", "company") == [4, 4, 5] * 4
    assert list(result["tables"]["people_quarters"][0])[2:] == [
        *("2026/27-Q1", "2026/27-Q2", "2026/27-Q3", "2026/27-Q4"),
        "total",
    ]


def test_a_retail_year_has_months_of_whole_weeks_and_no_week_is_cut() -> None:
    """The retail year 2026 by its published calendar, locked by the number of a month, weeks from Sunday."""
    values = {
        **YEAR,
        **{"first": "2026-02-01", "last": "2027-01-30", "year_cut": "454", "year_starts": "2", "week_starts": "sunday"},
    }
    locked = [["姓名", "月份", "锁定为"], ["公司", "P3", "30"], ["公司", "2026/27-P04", "40"], ["公司", "2026-05", "1"]]
    result = answer(values, locked=locked)
    assert column(result, "months", "month") == [f"2026/27-P{at:02}" for at in range(1, 13)]
    assert (column(result, "months", "from")[1], column(result, "months", "to")[1]) == ("2026-03-01", "2026-04-04")
    assert column(result, "months", "company")[2:4] == [30, 40]
    assert (result["figures"]["weeks"], result["figures"]["weeks_cut"]) == (52, 0)
    assert result["figures"]["difference"] == 0
    assert {notice["code"] for notice in result["notices"]} >= {"goal_breakdown.locked_outside"}


def test_given_days_are_those_of_a_part_where_the_span_has_a_part() -> None:
    """20 days of January from the 16th on, on which 11 of its 22 weekdays fall: 10; of a month that ends early too."""
    values = {**YEAR, "first": "2026-01-16", "last": "2026-03-15"}
    days = [["月份", "工作日"], ["2026-01", "20"], ["2026-02", "18"], ["2026-03", "11"]]
    result = answer(values, days=days)
    assert column(result, "months", "days") == [10, 18, 5]
    shares = [10 / 33, 18 / 33, 5 / 33]
    assert column(result, "months", "share") == pytest.approx(shares, abs=1 / 1200)
    said = answer(values, days=days, locked=[["姓名", "月份", "锁定为"], ["甲", "2026-01", ""]])["notices"]
    (why,) = [notice["params"] for notice in said if notice["code"].endswith(".shared")]
    assert (why["there"], why["days"]) == (10, 10)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("year_cut", ["months", "445"])
def test_every_download_names_its_calendar(language: str, year_cut: str) -> None:
    """In a workbook as a sentence, in the name of every list: nobody takes April's fiscal year for January's."""
    values = {**YEAR, "year_cut": year_cut, "year_starts": "4", "first": "2026-04-01", "last": "2027-03-31"}
    asked = request(values, language)
    bridge = Bridge()
    for wanted in ({"download": "xlsx"}, {"download": "csv", "table": "people"}, {"download": "csv", "table": "weeks"}):
        name = bridge.download(json.dumps({**asked, **wanted}))[0]
        assert ("months-from-04" if year_cut == "months" else "445-from-04") in name
    codes = [notice["code"] for notice in ask(values, language)["result"]["notices"]]
    assert f"goal_breakdown.calendar_{'months' if year_cut == 'months' else 'weeks'}" in codes
