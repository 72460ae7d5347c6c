"""Targets to date: how much of a period has gone, and which targets it makes smaller."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.engine.arithmetic.working_days import Calendar
from calculators.five_lines import countings_of, to_date
from tests.calculators.five_lines.test_five_lines import MEASURED
from tests.calculators.replies import codes, errors, result

VALUES: dict[str, Any] = {
    "pace": "days",
    "as_of": date(2024, 11, 15),
    "period": "quarter",
    "season": "",
    "week": "china",
    "year_cut": "months",
    "year_starts": 1,
    "week_starts": "monday",
    "days_off": "",
    "days_on": "",
}
ROWS = [
    [*MEASURED, "Counting"],
    ["Customers", "won", "120", "60", "50%", "higher", "adds up"],
    ["Data", "deal size", "45000", "45000", "50%", "higher", "average"],
]


def gone(**values: Any) -> Fraction:
    """Return how much of a period has gone."""
    return to_date.period({**VALUES, **values}).gone


def test_working_days_are_those_of_the_calendar() -> None:
    """The fourth quarter of 2024 had 19, 21 and 22 working days in China; by 15 November 19 and 11 of them had gone."""
    assert gone() == Fraction(19 + 11, 19 + 21 + 22)
    assert gone(week="weekdays") == Fraction(23 + 11, 23 + 21 + 22)
    assert gone(days_off="2024-11-14 to 2024-11-15", days_on="2024-11-16") == Fraction(19 + 9, 62 - 1)
    assert gone(as_of=date(2024, 12, 31)) == 1


def test_by_the_calendar_every_day_counts_the_same() -> None:
    """31 and 15 of 92 days; of the month 15 of 30, of the half 138 of 184, of the year 320 of 366."""
    lengths = {"quarter": Fraction(46, 92), "month": Fraction(15, 30), "half": Fraction(138, 184)}
    assert {name: gone(pace="even", period=name) for name in lengths} == lengths
    assert gone(pace="even", period="year") == Fraction(320, 366)


def test_seasons_weigh_working_days_or_stand_alone() -> None:
    """October 1, November 2, December 3: times working days, or a sixth and a third of 11 in 21."""
    season = "1 1 1 1 1 1 1 1 1 1 2 3"
    assert gone(season=season) == Fraction(19 + 2 * 11, 19 + 2 * 21 + 3 * 22)
    assert gone(pace="own", season=season) == Fraction(1, 6) + Fraction(2, 6) * Fraction(11, 21)


def test_a_fiscal_year_and_a_retail_calendar_have_quarters_of_their_own() -> None:
    """From February the quarter begins in November; 4-5-4 weeks of the retail year 2024 begin it on 3 November."""
    assert gone(pace="even", year_starts=2) == Fraction(15, 30 + 31 + 31)
    found = to_date.period({**VALUES, "year_cut": "454", "year_starts": 2, "week_starts": "sunday"})
    assert (found.first, found.last, found.name) == (date(2024, 11, 3), date(2025, 2, 1), "2024/25 Q4")


@given(st.dates(date(2024, 10, 1), date(2024, 12, 30)), st.sampled_from(to_date.PACES[1:]))
def test_a_day_more_never_takes_anything_back(day: date, pace: to_date.Pace) -> None:
    """The part that has gone only grows, from above 0 to 1."""
    months, season = to_date.period(VALUES).months, tuple(map(Fraction, range(1, 13)))
    days = (day, day + timedelta(days=1))
    sooner, later = (to_date.Period(months, one, pace, season, Calendar()).gone for one in days)
    assert 0 <= sooner <= later <= 1


def test_targets_that_add_up_are_due_in_part_and_averages_whole() -> None:
    """60 of 120 customers when half of the days have gone is 100%; a deal size of 45,000 is not due by halves."""
    found = result("five_lines", {"measures": ROWS}, pace="even", as_of="2024-11-15", cap="")
    first, second = found["tables"]["measures"]
    assert (first["due"], first["attainment"], second["due"], second["attainment"]) == (60, 1, None, 1)
    whole = result("five_lines", {"measures": ROWS}, as_of="2024-11-15", cap="")
    assert [row["attainment"] for row in whole["tables"]["measures"]] == [0.5, 1]
    assert "due" not in whole["tables"]["measures"][0]
    assert "five_lines.to_date" not in {notice["code"] for notice in whole["notices"]}


def test_what_is_taken_to_add_up_is_said() -> None:
    """Without the column a number adds up and a percentage does not, and the numbers are named."""
    rows = [row[:6] for row in ROWS] + [["Data", "rate", "12%", "10%", "", "higher"]]
    for row in rows[1:]:
        row[4] = ""
    found = result("five_lines", {"measures": rows}, pace="even", as_of="2024-11-15")
    said = {notice["code"]: notice["params"] for notice in found["notices"]}
    assert said["five_lines.adds_up_assumed"]["names"] == ["won", "deal size"]
    assert said["five_lines.to_date"]["share"] == 0.5


@pytest.mark.parametrize(
    ("values", "mistake"),
    [
        ({"as_of": "2024-10-01"}, ("as_of", "five_lines.nothing_due")),  # a holiday, the first day of its quarter
        ({"pace": "own"}, ("season", "five_lines.no_season")),
        ({"season": "1 2 3"}, ("season", "five_lines.not_a_season")),
        ({"season": "1 x"}, ("season", "five_lines.not_numbers")),
        ({"days_off": "some day"}, ("days_off", "five_lines.not_days")),
        ({"days_on": "2024-01-01 to 2026-01-01"}, ("days_on", "five_lines.too_many_days")),
    ],
)
def test_days_and_weights_that_are_none_are_refused(values: dict[str, str], mistake: tuple[str, str]) -> None:
    """Each beside its field, and no target is divided by nothing."""
    assert errors("five_lines", {"measures": ROWS}, **{"pace": "days", **values}) == [mistake]


def test_a_way_of_counting_that_is_none_is_refused() -> None:
    """“Sometimes” says neither; an average adds up as little as a rate."""
    rows = [ROWS[0], [*ROWS[1][:6], "sometimes"], ROWS[2]]
    assert errors("five_lines", {"measures": rows}) == [("measures", "five_lines.no_counting")]
    words = ("累计", "Adds up", "时点", "比率", "average", "")
    assert [countings_of(word) for word in words] == [{True}, {True}, {False}, {False}, {False}, set()]


def test_by_default_nothing_about_time_changes_a_score() -> None:
    """Whatever the day, targets are whole."""
    scores = {
        result("five_lines", {"measures": ROWS}, as_of=day)["figures"]["score"] for day in ("2024-10-01", "2026-05-05")
    }
    assert scores == {0.75}
    assert "to_date" not in codes(result("five_lines", {"measures": ROWS}))
