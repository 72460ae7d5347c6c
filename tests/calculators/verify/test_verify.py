"""Published cases come out, and a case that did not would be seen."""

from dataclasses import replace
from typing import Any

import pytest

from calculators.engine.answers.published import Case
from calculators.verify import TOPICS, calculate, cases, published

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_published_case_comes_out(case: Case) -> None:
    """What is computed is what was published, or what follows from the figures where the print is wrong."""
    computed, outcome = case.outcome()
    assert computed == (case.right or case.published)
    assert outcome == ("misprint" if case.right else "same")


def test_a_misprint_is_no_agreement() -> None:
    """The class shares that circulate with the ten amounts do not follow from them."""
    case = next(case for case in CASES if case.name == "boreki")
    assert case.published == "58% / 23% / 19%"
    assert case.outcome() == ("64.4% / 25.5% / 10.1%", "misprint")
    assert replace(case, right=None).outcome()[1] == "different"


def test_a_case_that_does_not_come_out_is_counted_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one figure changed, the page says which case is different."""
    wrong = replace(published.CASES[0], published="8, 2, 2")
    monkeypatch.setattr(published, "CASES", (wrong, *published.CASES[1:]))
    result = calculate()
    figures: dict[str, Any] = {figure.name: figure.value for figure in result.figures}
    assert figures["different"] == 1
    assert figures["cases"] == figures["same"] + figures["misprints"] + figures["different"] == len(CASES)
    notice = next(notice for notice in result.notices if notice.code == "verify.different")
    assert notice.params["cases"] == [f"verify.published.{wrong.name}.asked"]


def test_every_case_stands_once_in_a_topic_of_its_own() -> None:
    """Names are unique, topics are those of the page, and no topic is empty."""
    assert len({case.name for case in CASES}) == len(CASES)
    assert {case.topic for case in CASES} == set(TOPICS)
    listed = [row[0] for table in calculate().tables for row in table.rows()]
    assert sorted(map(str, listed)) == sorted(f"{case.key}.asked" for case in CASES)


def test_a_calculators_own_cases_are_found_in_its_folder() -> None:
    """ABC analyses and reverse funnels are with the calculators that compute them."""
    assert {case.calculator for case in CASES} == {
        "verify",
        "abc_tiers",
        "efficiency_alert",
        "goal_breakdown",
        "solo_signing",
    }
    assert {case.topic for case in CASES if case.calculator == "abc_tiers"} == {"abc"}
