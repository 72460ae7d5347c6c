"""What is told of the settings is what is read: README's table, the handbook's, and the file of a new company."""

import re

import pytest
import yaml

from calculators import CALCULATORS
from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.settings import Changes, Settings, WorkingYear, declared
from calculators.engine.shows.text import LANGUAGES, Language, Text
from macros.settings import as_file, settings_in, table
from tests.conftest import ROOT

US = {"calendar": {"week": "weekdays", "year_starts": 2, "days_off": ["2027-07-05", "2027-12-24 to 2027-12-26"]}}


def test_readme_has_the_table_that_the_settings_declare() -> None:
    """Whoever adds a setting, or changes what it takes, finds README's table behind: python -c prints the new one."""
    shown = re.search(
        r"<!-- settings: .*? -->\n(.*?)\n<!-- /settings -->", (ROOT / "README.md").read_text("utf-8"), re.S
    )
    assert shown
    assert shown[1] == table("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_says_what_it_means_and_takes(language: Language) -> None:
    """A place that the playbook's file may have is in the table, with words in the language and without a gap."""
    told = {one.place for one in settings_in(language, Settings())}
    top = {place.removeprefix("extra.playbook.").split(".")[0] for place in declared()} - {"extra"}
    assert {place.split(".")[0] for place in told} == top
    assert all(one.meaning and one.takes for one in settings_in(language, Settings()))


def test_the_file_that_a_company_begins_with_is_read_back_as_it_was_meant() -> None:
    """What is decided or not our default stands in it; all else is a comment, so that a better default arrives."""
    settings = Settings.from_mapping(
        {"currency": "USD", "unit": 1000, "roles": {"mentor": {"zh": "导师", "en": "Coach"}}, **US}
    )
    text = as_file(settings, decided=("abc.revenue",))
    given = yaml.safe_load(text)
    assert Settings.from_mapping(given) == settings
    assert given.keys() == {"currency", "unit", "calendar", "roles", "abc"}
    assert given["abc"] == {"revenue": {"A": 60, "B": 30, "C": 10}}
    everything = re.sub(r"^( *)# (\w+:)", r"\1\2", text, flags=re.MULTILINE)
    assert Settings.from_mapping(yaml.safe_load(everything)) == settings


@pytest.mark.parametrize(
    ("given", "place", "sentence"),
    [
        ({"calendar": {"week": "china!"}}, "calendar.week", "write one of china, weekdays, six_days"),
        ({"calendar": {"year_starts": 13}}, "calendar.year_starts", "write a whole number from 1 to 12"),
        ({"calendar": {"days_off": ["2027-02-30"]}}, "calendar.days_off", "write a list of days, such as"),
        ({"calendar": {"days_on": "2027-02-06"}}, "calendar.days_on", "write a list of days, such as"),
        (
            {"calendar": {"days_off": ["2027-02-11 to 2027-02-05"]}},
            "calendar.days_off",
            "write a list of days, such as",
        ),
        ({"roles": {"boss": {"zh": "甲", "en": "A"}}}, "roles.boss", "is not a setting we know"),
        ({"roles": {"mentor": {"zh": "导师"}}}, "roles.mentor.en", "write a name that is not empty"),
        ({"changes": {"repository": "git@example.com:a"}}, "changes.repository", "begins with https:// or http://"),
        ({"changes": {"repository": "https://code.example.com/a"}}, "changes.host", "Write one of github, gitlab"),
        ({"changes": {"mail": "sales ops"}}, "changes.mail", "an e-mail address"),
    ],
)
def test_a_wrong_setting_of_the_company_is_told_with_what_it_takes(given: object, place: str, sentence: str) -> None:
    """Its sentence is made of the very words that the table has."""
    with pytest.raises(InvalidInputs) as caught:
        Settings.from_mapping(given)
    (error,) = caught.value.errors
    assert error.field == f"extra.playbook.{place}"
    assert sentence in Text("en", Settings())(error.code, **error.params)


@pytest.mark.parametrize(
    ("repository", "more", "address"),
    [
        ("https://github.com/a/b", {}, "https://github.com/a/b/edit/main/company/x.md"),
        (
            "https://gitlab.example.com/a/b/",
            {"branch": "trunk"},
            "https://gitlab.example.com/a/b/-/edit/trunk/company/x.md",
        ),
        ("http://code.example.com/a", {"host": "gitea"}, "http://code.example.com/a/_edit/main/company/x.md"),
        ("", {}, ""),
        (
            "https://gitee.com/a/b",
            {"branch": "版本 #2"},
            "https://gitee.com/a/b/edit/%E7%89%88%E6%9C%AC%20%232/company/x.md",
        ),
    ],
)
def test_a_page_is_edited_where_its_repository_has_it(repository: str, more: dict[str, str], address: str) -> None:
    """By the software that the address or the company names; nowhere without a repository."""
    settings = Settings.from_mapping({"changes": {"repository": repository, **more}})
    assert settings.section(Changes).edits("company/x.md") == address


@pytest.mark.parametrize("calculator", ["goal_breakdown", "five_lines"])
def test_forms_start_from_the_companys_year(calculator: str) -> None:
    """Week, beginning of the year and holidays are asked once, and stand in every form that asks for them."""
    asked = CALCULATORS[calculator].declare(Settings.from_mapping(US))
    starts = {field.name: field.default for field in asked.fields}
    year = Settings.from_mapping(US).section(WorkingYear)
    assert (starts["week"], starts["year_starts"]) == ("weekdays", 2)
    assert starts["days_off"].splitlines() == list(year.days_off)
    usual = {field.name: field.default for field in CALCULATORS[calculator].declare(Settings()).fields}
    assert (usual["week"], usual["year_starts"], usual["days_off"]) == ("china", 1, "")


@pytest.mark.parametrize(
    ("unit", "chinese", "english"),
    [(10_000, "$212.00万", "$2,120.00k"), (100_000_000, "$0.02亿", "$2.12m"), (1_000, "$2,120.00千", "$2,120.00k")],
)
def test_english_shows_ten_thousands_in_thousands(unit: int, chinese: str, english: str) -> None:
    """It has no word for 万 and 亿, and “×10k” is none."""
    settings = Settings(currency="USD", unit=unit)
    assert [Text(language, settings).money(212_000_050) for language in LANGUAGES] == [chinese, english]
