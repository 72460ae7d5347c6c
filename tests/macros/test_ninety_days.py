"""The calendar of ninety days adds up: hours, weeks, activities, links; and it says what no company has written yet."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import ceil
from pathlib import Path

import pytest

from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Language
from macros import layers, ninety_days
from macros.examples import Given, example
from macros.handbook import words
from macros.ninety_days import ACTIVITIES, FIRST_WEEK, LINES, calendar
from playbook.beginnings import FORMS
from tests.conftest import ROOT
from tests.docs.test_paths import parts

IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)
LUNCH = ("12:00", "13:00")


def hours(day: int) -> list[tuple[str, str]]:
    """Return from when to when the entries of a day are, in the file's order."""
    return [(hour["from"], hour["to"]) for hour in calendar()["hour"] if hour["day"] == day]


def minutes(time: str) -> int:
    """Return the minutes since midnight."""
    hour, minute = time.split(":")
    return 60 * int(hour) + int(minute)


def test_the_company_is_asked_for_no_page_that_it_was_given_no_form_for() -> None:
    """What the calendar says is not written yet is what ``playbook init`` begins, so that filling that in is enough."""
    assert {one["page"] for one in calendar()["company"]} <= {f"ours/{name}" for name in FORMS}


@pytest.mark.parametrize("day", range(1, FIRST_WEEK + 1))
def test_a_day_of_the_first_week_has_eight_hours_without_a_gap(day: int) -> None:
    """Each entry begins when the one before ends, but for an hour of lunch."""
    found = hours(day)
    assert found[0][0] == "09:00"
    assert found[-1][1] == "18:00"
    gaps = [(before[1], after[0]) for before, after in pairwise(found) if before[1] != after[0]]
    assert gaps == [LUNCH]
    assert sum(minutes(to) - minutes(start) for start, to in found) == 8 * 60


def test_the_first_week_has_everything_a_new_hire_needs() -> None:
    """Forty hours: reading, practice, customers, product, prices, competitors, systems, records, one-to-ones, gates."""
    assert sum(minutes(to) - minutes(start) for day in range(1, FIRST_WEEK + 1) for start, to in hours(day)) == 40 * 60
    kinds = {"reading", "practice", "customers", "product", "prices", "competitors", "systems", "records"}
    assert {hour["kind"] for hour in calendar()["hour"]} == kinds | {"one_to_one", "gate"}
    assert {hour["day"] for hour in calendar()["hour"]} == set(range(1, FIRST_WEEK + 1))


def test_the_weeks_have_no_gap_and_each_line() -> None:
    """Weeks 2 to 13 in order, day 90 in the last; each has something of every kind to do."""
    weeks = calendar()["week"]
    assert [week["week"] for week in weeks] == list(range(2, 14))
    for week in weeks:
        for language in LANGUAGES:
            assert all(week[language][line] for line in (*LINES, "focus"))


def test_a_gate_lies_in_the_week_of_its_day() -> None:
    """The gates are those of the new hire's path, that of day 30 in week 5 and so on; two are in the first week."""
    gates = {week["gate"]: week["week"] for week in calendar()["week"] if "gate" in week}
    assert all(7 * week - 6 <= day <= 7 * week for day, week in gates.items())
    text = " ".join(hour["en"] for hour in calendar()["hour"] if hour["kind"] == "gate")
    days = [*map(int, re.findall(r"#day-(\d+)", text)), *gates]
    assert [f"new-hire-day-{day}" for day in days] == list(parts("new-hire", "en"))


@IN_BOTH
def test_the_activities_are_what_the_ramped_quota_takes(language: Language) -> None:
    """Quota by deal size, back through the goal breakdown's own conversion rates; the weeks sum to that."""
    shown = example("paths/ninety-days", language, Settings())
    answer = Given("paths/ninety-days", language, Settings()).ask("goal_breakdown")
    person = next(row for row in answer.rows("people") if row["person"] == shown.hire)
    assert shown.quota == person["2027-03"] + person["2027-04"] + person["2027-05"]
    assert [row[1] for row in shown.ramp_rows] == ["25%", "50%", "75%"]
    deals = ceil(shown.quota / 50_000)
    lead, opportunity, proposal = Fraction(96, 480), Fraction(58, 140), Fraction(42, 68)
    needed = [
        ceil(deals / proposal / opportunity / lead),
        ceil(deals / proposal / opportunity),
        ceil(deals / proposal),
    ]
    assert shown.deals == deals
    assert [getattr(shown, activity) for activity in ACTIVITIES] == needed
    for column, total in enumerate(needed, start=1):
        assert sum(int(row[column]) for row in shown.activity_rows) == total


def texts(language: Language) -> Iterator[str]:
    """Yield every text of the calendar."""
    for hour in calendar()["hour"]:
        yield hour[language]
    for week in calendar()["week"]:
        yield from week[language].values()


@IN_BOTH
def test_each_link_leads_to_a_page_and_heading_that_exist(language: Language) -> None:
    """Links are as seen from paths/."""
    links = [link for text in texts(language) for link in re.findall(r"\]\(([^)]+)\)", text)]
    assert len(links) > 30
    for link in links:
        page, _, anchor = link.partition("#")
        text = (ROOT / "docs" / language / "paths" / page).resolve().read_text(encoding="utf-8")
        assert not anchor or f"{{#{anchor}}}" in text, link


def test_both_languages_link_to_the_same() -> None:
    """Entry by entry."""
    chinese, english = ([re.findall(r"\]\(([^)]+)\)", text) for text in texts(language)] for language in LANGUAGES)
    assert chinese == english


@IN_BOTH
def test_what_no_company_has_written_says_so(language: Language) -> None:
    """Here all of it: each page has who writes it, and every entry that needs one says that it is missing."""
    word, roles = words(language)["calendar"], words(language)["roles"]
    table = ninety_days.company_pages(language, word, roles)
    pages = calendar()["company"]
    assert table.count(word["missing"]) == len(pages) == 5
    assert all(roles[one["owner"]] in table for one in pages)
    needing = [hour for hour in calendar()["hour"] if "company" in hour]
    assert {hour["company"] for hour in needing} == {one["id"] for one in pages}
    assert ninety_days.first_week(language, word).count(word["missing"]) == len(needing)


def test_what_a_company_has_written_is_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of its own is linked with its owner; one marked as unwritten says that it is not written yet."""
    monkeypatch.setattr(layers, "OWN", tmp_path)
    ours = tmp_path / "en/ours"
    ours.mkdir(parents=True)
    (ours / "prices.md").write_text("---\ntitle: P\nowner: Finance\n---\n\nText.\n", encoding="utf-8")
    (ours / "crm.md").write_text("---\ntitle: C\nunwritten: true\nowner: manager\n---\n\nText.\n", encoding="utf-8")
    word, roles = words("en")["calendar"], words("en")["roles"]
    rows = ninety_days.company_pages("en", word, roles).splitlines()
    prices = next(row for row in rows if "Prices" in row)
    assert "](../ours/prices.md)" in prices
    assert prices.endswith("| Finance | written |")
    assert next(row for row in rows if "enter" in row).endswith("| First-line manager | not written yet |")
    week = ninety_days.first_week("en", word)
    assert "(needs: [Prices and who may discount](../ours/prices.md))" in week
    assert "**not written yet**" in week
