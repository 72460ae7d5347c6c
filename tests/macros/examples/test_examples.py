"""The worked examples: each figure in one place, printed where it belongs, computed by whichever calculator does."""

import inspect
import re
from fractions import Fraction
from importlib import import_module
from pkgutil import iter_modules
from types import SimpleNamespace
from typing import Any

import pytest

import macros.examples
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES
from macros.company import company
from macros.examples import Given, computed_by, example, facts_of, invented, rows, stage_2, stage_3
from tests.macros.test_handbook import PAGES, source

SETTINGS = Settings()
OTHERS = Settings.from_mapping(
    {
        "abc": {
            "customers": {"A": 15, "B": 35, "C": 50},
            "revenue": {"A": 50, "B": 30, "C": 20},
            "service": {"A": {"times": 2, "days": 0.5}, "B": {"times": 1, "days": 0.1}},
        }
    }
)
MODULES = [import_module(f"macros.examples.{found.name}") for found in iter_modules(macros.examples.__path__)]
COMPUTING = [page for page in PAGES if computed_by(page)]


def facts(page: str) -> dict[str, Any]:
    """Return what is invented for a page."""
    return facts_of(page, "en")


# --- one place ---------------------------------------------------------------------------------------


def test_facts_are_printed_or_computed_with() -> None:
    """facts.toml has no page that is none, and nothing that no page prints and no module reads."""
    code = "".join(inspect.getsource(module) for module in MODULES)
    read = set(re.findall(r'\["(\w+)"\]', code))
    folders = invented()
    assert {f"{folder}/{page}" for folder, of in folders.items() for page in of} <= set(PAGES)
    unused = [
        f"{page}: {key}"
        for page in PAGES
        for key in facts(page)
        if key not in read and not re.search(rf'\bexample\.{key}\b|measures\([^)]*"{key}"', source(page, "zh"))
    ]
    assert unused == []


@pytest.mark.parametrize("page", COMPUTING)
def test_what_is_computed_is_printed(page: str) -> None:
    """A page prints every figure and every table that is computed for it."""
    names = vars(example(page, "zh", SETTINGS)).keys() - facts(page).keys()
    said = source(page, "zh")
    assert [
        name for name in names if not re.search(rf'\bexample\.{name}\b|rows\("{name}"\)|measures\([^)]*"{name}"', said)
    ] == []


def test_every_function_is_some_page_s() -> None:
    """A function that takes nothing but what is given is found by the name of a page."""
    for module in MODULES:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and list(inspect.signature(function).parameters) == ["given"]:
                assert [page for page in PAGES if computed_by(page) is function], f"{module.__name__}.{name}"


def test_a_figure_is_either_invented_or_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is both would have two values, and stops the build."""
    monkeypatch.setattr(stage_3, "daily_report", lambda given: {"opened": 1})  # noqa: ARG005 - as a page's function
    with pytest.raises(ValueError, match="the example of stage-3/daily-report has opened both invented and computed"):
        example("stage-3/daily-report", "en", SETTINGS)


def test_a_page_without_an_example_has_an_empty_one() -> None:
    """So a name in it is unknown, and nothing else."""
    assert example("make-it-yours/privacy", "en", SETTINGS) == SimpleNamespace()


# --- tables ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", COMPUTING)
def test_rows_stand_under_as_many_headings(page: str, language: Any) -> None:
    """Each row has a cell for each heading that the page has above it."""
    shown = example(page, language, SETTINGS)
    tables = re.findall(r'\n(\|.*\|)\n\|[-:|]+\|\n\{\{ rows\("(\w+)"\) \}\}', source(page, language))
    assert len(tables) == source(page, language).count("rows(")
    for headings, name in tables:
        cells = headings.strip("|").count("|") + 1
        assert [len(row) for row in getattr(shown, name)] == [cells] * len(getattr(shown, name)), name


@pytest.mark.parametrize("page", COMPUTING)
def test_both_languages_have_the_same_figures(page: str) -> None:
    """What is computed is no matter of language; rows of tables are as many."""
    chinese, english = (vars(example(page, language, SETTINGS)) for language in LANGUAGES)
    assert chinese.keys() == english.keys()
    for name in chinese.keys() - facts(page).keys():
        if isinstance(chinese[name], list):
            assert len(chinese[name]) == len(english[name]) > 0, name
        elif isinstance(chinese[name], str):
            assert company()["people"].get(chinese[name], chinese[name]) == english[name], name
        elif not isinstance(chinese[name], SimpleNamespace):
            assert chinese[name] == english[name], name


def test_a_bar_in_a_cell_ends_no_cell() -> None:
    """Nor does any other sign of Markdown's or HTML's mean more than itself."""
    assert rows([["a | b", "c"]]) == "| a &#124; b | c |"
    assert "<" not in rows([["<b>a</b>", "**c**"]])


# --- by the calculators ------------------------------------------------------------------------------


def with_facts(page: str, settings: Settings = SETTINGS, **changed: Any) -> Given:
    """Return what is given for a page, with other facts."""
    made = Given(page, "en", settings)
    made.facts |= changed
    return made


def test_customers_who_pay_the_same_are_in_one_tier() -> None:
    """The policy's list is the calculator's, which does not split ties: they share rank and tier."""
    ranking = example("stage-2/abc-policy", "en", SETTINGS).ranking
    assert [row[0] for row in ranking] == [str(rank) for rank in (*range(6, 17), 16, *range(18, 21))]
    tied = [row for row in ranking if row[0] == "16"]
    assert [row[2] for row in tied] == ["¥76,500"] * 2
    assert [row[4:] for row in tied] == [["C", "**B**"]] * 2


def test_a_list_on_which_both_rules_agree_says_so() -> None:
    """The count is none and the list is empty, which the page prints as a dash."""
    agreed = {"customers": {"A": 20, "B": 30, "C": 50}, "revenue": {"A": 50, "B": 30, "C": 20}}
    shown = example("stage-2/abc-policy", "en", Settings.from_mapping({"abc": agreed}))
    assert (shown.differ, shown.differing) == (0, [])
    assert [row[0] for row in shown.ranking[:3]] == [*"123"]
    assert len(shown.ranking) == shown.listed


def test_the_policy_follows_the_company_s_settings() -> None:
    """Other shares and another service give other tiers and days; the CEO sees no more customers than tier A has."""
    shown = example("stage-2/abc-policy", "en", OTHERS)
    assert [row[4] for row in shown.ranking] == [*"ABB"]
    assert shown.differing == [6]
    assert [row[5] for row in shown.ranking] == ["A", "**A**", "B"]
    assert (shown.a.customers, shown.a.contacts, shown.a.days) == (45, 90, 45)
    assert (shown.b.customers, shown.b.days) == (105, Fraction(21, 2))
    assert shown.surveys_a_month == Fraction(1, 3)
    assert (shown.seen, shown.seen_days) == (24, 24)
    few = Settings.from_mapping({"abc": {"customers": {"A": 5, "B": 45, "C": 50}}})
    assert example("stage-2/abc-policy", "en", few).seen == 15
    assert example("stages/stage-2", "en", OTHERS).a.contacts == 90


def test_grades_are_the_calculator_s() -> None:
    """On the cut-off a customer is in the better grade; the page keeps the order of the facts."""
    customers = [{"name": name, "who": "-"} for name in ("Old Zhou Deli", "Far Peak Materials", "South Slope Tea")]
    shown = stage_2.grading_standard(with_facts("stage-2/grading-standard", customers=customers))
    assert [[row[0], *row[4:6]] for row in shown["grades"]] == [
        ["Old Zhou Deli", "2", "C"],
        ["Far Peak Materials", "4", "A"],
        ["South Slope Tea", "3.3", "B"],
    ]


def test_rewards_are_the_calculator_s() -> None:
    """The mentor gets a fifth of the deal's value or of its commission, whichever is the base."""
    shown = stage_2.mentoring(with_facts("stage-2/mentoring", hire="Tang Ke"))
    assert (shown["order"], shown["mentor"]) == (128_000, "Xu Zhixia")
    assert shown["reward"] == {"value": 25_600, "commission": 2_560}
    assert shown["times_earned"] == {"value": 2, "commission": Fraction(1, 5)}
    assert shown["factor"] == 10


def test_leavers_count_among_those_who_did_not_close() -> None:
    """The solo rate is the calculator's, with leavers in the cohort and, to show the difference, without."""
    shown = stage_2.quarter_goal(with_facts("stage-2/quarter-goal", left=Fraction(4)))
    assert (shown["solo_close_rate"], shown["rate_without_leavers"]) == (Fraction(5, 10), Fraction(5, 6))


def test_attainment_is_what_the_calculator_counts_up_to_its_cap() -> None:
    """The page scores by the calculator's own cap, which is the method's; attainment is shown in full."""
    given = with_facts("stage-3/five-lines")
    shown = stage_3.five_lines(given)
    assert shown["scores"][6] == ["Regions", "Lower-tier markets opened", "12", "14", "116.7%", "6%", "7"]
    assert shown["score"] == given.ask("five_lines", {"cap": Fraction(120)}).figure("score") * 100
    assert shown["scores"][8] == ["Talent", "Coached by top reps", "30", "33", "110%", "6%", "6.6"]


def test_the_alert_s_chance_is_the_calculator_s() -> None:
    """At ten deals a week it fires by chance in 42% of weeks."""
    assert ["10", "42%"] in example("stage-3/cockpit", "en", SETTINGS).by_chance
