"""The stage finder: a named case per stage, contradictions, how sure it is, and what must always hold."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calculators.engine.answers.result import Result
from calculators.engine.asks.fields import Inputs
from calculators.engine.asks.settings import Settings
from calculators.engine.reads.typed import parse
from calculators.engine.shows.text import LANGUAGES, Text
from calculators.stage_finder import STAGES, SYMPTOMS, by_number, calculate, declare, find


def answers(*yes: str, unknown: tuple[str, ...] = ()) -> dict[str, str]:
    """Return yes to these symptoms, not sure of those, and no to all others."""
    return {name: "yes" if name in yes else "unknown" if name in unknown else "no" for name in SYMPTOMS}


def result(given: Mapping[str, str], **values: str) -> Result:
    """Return the calculator's answer as the form would ask for it."""
    return calculate(Inputs(**parse(declare(), {**given, **values})))


def figures(found: Result) -> dict[str, Any]:
    """Return the figures of a result."""
    return {figure.name: figure.value for figure in found.figures}


NAMED = {
    "three founders with four customers": (1, ("founder_closes", "few_customers", "needs_unclear")),
    "ten sellers, two of whom know how": (2, ("newcomers_fail", "in_heads", "all_alike")),
    "eight branches and their managers": (3, ("managers_chase", "regions_differ", "churn_surprises")),
    "the market leader": (4, ("core_slows", "leaders_scarce", "partners_ask")),
}


@pytest.mark.parametrize(("stage", "yes"), NAMED.values(), ids=NAMED)
def test_a_company_with_one_stages_troubles_is_in_that_stage(stage: int, yes: tuple[str, ...]) -> None:
    """All symptoms of one stage and none of another: that stage, fairly certain."""
    finding = find(answers(*yes))
    assert (finding.kind, finding.low, finding.high, finding.sureness) == ("stage", stage, stage, "sure")
    assert figures(result(answers(*yes)))["stage"] == f"stage_finder.finding.stage_{stage}"


def test_the_sources_own_opening_case_is_between_stages() -> None:
    """A founder who closes most orders, newcomers who fail, customers who leave: one, two and three."""
    given = answers("founder_closes", "newcomers_fail", "churn_surprises")
    finding = find(given)
    assert (finding.kind, finding.low, finding.high) == ("between", 1, 3)
    notices = [notice for notice in result(given).notices if notice.code == "stage_finder.points_to"]
    pointed = {notice.params["stage"]: notice.params["names"] for notice in notices}
    assert pointed == {
        "stage_finder.stage.1": ["stage_finder.field.founder_closes.label"],
        "stage_finder.stage.2": ["stage_finder.field.newcomers_fail.label"],
        "stage_finder.stage.3": ["stage_finder.field.churn_surprises.label"],
    }


@pytest.mark.parametrize(
    ("yes", "kind", "sureness"),
    [
        (("newcomers_fail", "in_heads", "all_alike", "churn_surprises"), "stage", "likely"),  # 3 of 4
        (("newcomers_fail", "in_heads", "churn_surprises"), "between", None),  # 2 of 3
        (("newcomers_fail", "in_heads", "all_alike"), "stage", "sure"),  # by luck in 1.8%
        (("newcomers_fail", "in_heads"), "stage", "hint"),  # by luck in 18.2%
        (("newcomers_fail",), "stage", "hint"),
        (("newcomers_fail", "churn_surprises"), "between", None),
        ((), "none", None),
    ],
)
def test_three_quarters_must_agree(yes: tuple[str, ...], kind: str, sureness: str | None) -> None:
    """A stage needs three of four pointing symptoms; one or two are a hint at most."""
    finding = find(answers(*yes))
    assert (finding.kind, finding.sureness) == (kind, sureness)


def test_the_one_that_points_elsewhere_is_named_even_when_a_stage_is_found() -> None:
    """Nothing contradictory is passed over in silence."""
    notices = result(answers("newcomers_fail", "in_heads", "all_alike", "churn_surprises")).notices
    stray = [notice.params["names"] for notice in notices if notice.code == "stage_finder.points_to"]
    assert stray == [["stage_finder.field.churn_surprises.label"]]


def test_half_must_be_answered_and_three_quarters_to_be_sure() -> None:
    """Five of twelve say nothing, six are enough to find, nine to be sure."""
    names = list(SYMPTOMS)

    def with_answered(count: int) -> Mapping[str, str]:
        yes = ("newcomers_fail", "in_heads", "all_alike")
        order = [*yes, *(name for name in names if name not in yes)]
        return answers(*yes, unknown=tuple(order[count:]))

    assert find(with_answered(5)).kind == "too_few"
    assert (find(with_answered(6)).kind, find(with_answered(6)).sureness) == ("stage", "likely")
    assert find(with_answered(8)).sureness == "likely"
    assert find(with_answered(9)).sureness == "sure"


@pytest.mark.parametrize(
    ("count", "stages"),
    [(0, (1,)), (1, (1, 2)), (2, (2,)), (9, (2,)), (10, (2, 3)), (11, (3,)), (100, (3, 4)), (1000, (4,)), (1001, ())],
)
def test_the_sources_numbers_overlap_at_their_ends(count: int, stages: tuple[int, ...]) -> None:
    """1, 10 and 100 belong to two stages, above 1000 there is none."""
    assert by_number(count) == stages


def test_the_number_is_shown_and_decides_nothing() -> None:
    """46 of something is stage three by the source's numbers; the symptoms say two, and the difference is said."""
    found = result(answers(*NAMED["ten sellers, two of whom know how"][1]), counted="customers", count="46")
    assert figures(found)["stage"] == "stage_finder.finding.stage_2"
    assert figures(found)["by_number"] == "stage_finder.by_number.3"
    assert "stage_finder.disagree" in [notice.code for notice in found.notices]


def test_a_number_of_nothing_stated_is_cautioned_about() -> None:
    """The source's numbers have no unit; without saying what is counted they mean less still."""
    codes = [notice.code for notice in result(answers(), count="46").notices]
    assert "stage_finder.counted_unstated" in codes
    assert "stage_finder.no_number" in [notice.code for notice in result(answers()).notices]


given_answers = st.fixed_dictionaries({name: st.sampled_from(["yes", "no", "unknown"]) for name in SYMPTOMS})


@given(given_answers)
def test_a_finding_names_only_stages_that_something_points_to(given: Mapping[str, str]) -> None:
    """Other findings name none, and every yes is in one stage's votes."""
    finding = find(given)
    assert sum(finding.votes.values()) == list(given.values()).count("yes")
    if finding.kind in ("stage", "between"):
        assert finding.low is not None
        assert finding.high is not None
        assert finding.votes[finding.low] > 0
        assert finding.votes[finding.high] > 0
        assert (finding.low < finding.high) == (finding.kind == "between")
    else:
        assert (finding.low, finding.high) == (None, None)


@given(given_answers, st.sampled_from(STAGES), st.sampled_from(sorted(SYMPTOMS)))
def test_another_symptom_of_the_stage_found_keeps_it(given: Mapping[str, str], stage: int, stray: str) -> None:
    """Saying yes to one more that points there cannot move the finding away, whatever one other symptom says."""
    own = [name for name, symptom in SYMPTOMS.items() if symptom.stage == stage]
    answers = {name: answer if name in (*own, stray) else answer.replace("yes", "no") for name, answer in given.items()}
    finding = find(answers)
    assume((finding.kind, finding.low) == ("stage", stage))
    for name in own:
        again = find({**answers, name: "yes"})
        assert (again.kind, again.low) == ("stage", stage)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_symptom_has_its_words_and_its_place_in_the_source(language: Any) -> None:
    """And each stage has as many symptoms as the others, so that none is easier to reach."""
    text = Text(language, Settings())
    for name, symptom in SYMPTOMS.items():
        assert text(f"stage_finder.field.{name}.label")
        assert text(f"stage_finder.place.{name}")
        assert symptom.place == "0" or int(symptom.place[0]) == symptom.stage
    assert len({sum(symptom.stage == stage for symptom in SYMPTOMS.values()) for stage in STAGES}) == 1
