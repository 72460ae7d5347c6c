"""A calculator asked backwards: what is answered, put into the form, reaches the goal, and a step less does not."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators import CALCULATORS
from calculators.__main__ import main
from calculators.bridge import Bridge
from calculators.engine.asks.fields import Field, shown
from calculators.engine.asks.settings import Settings
from calculators.engine.reads.typed import parse
from calculators.work import Work

DECLARED = [
    (name, one.field, one.figure)
    for name, calculator in CALCULATORS.items()
    for one in calculator.declare(Settings()).seeks
]
FAST = [pair for pair in DECLARED if pair[0] in ("tracks", "solo_signing")]
ONE_EACH = list({pair[0]: pair for pair in DECLARED if pair not in FAST}.values())
"""Of calculators that take longer one pair each, the last."""


def asked(calculator: str, field: str, figure: str, goal: str, language: str = "en", **values: str) -> dict[str, Any]:
    """Return the reply to a question."""
    question = {"field": field, "figure": figure, "goal": goal}
    request = {"calculator": calculator, "language": language, "values": values, "seek": question}
    answer: dict[str, Any] = json.loads(Bridge().reply(json.dumps(request)))
    return answer


def work(calculator: str, values: dict[str, str]) -> Work:
    """Return the work with these values in the form."""
    return Work(Settings(), {"calculator": calculator, "language": "en", "values": values})


def goal_of(kind: str, value: Any) -> str:
    """Return a figure's value as a reader types it; rounded to what can be typed."""
    if kind == "share":
        return f"{float(value * 100):.2f}%"
    return f"{Decimal(int(value)) / 100:f}" if kind == "money" else str(int(value))


def typed_as(kind: str, typed: str) -> Fraction:
    """Return the value that is meant, as held."""
    number = Fraction(Decimal(typed.rstrip("%")))
    return number * {"share": Fraction(1, 100), "money": Fraction(100)}.get(kind, Fraction(1))


def hold(calculator: str, field: str, figure: str, factor: Fraction) -> None:
    """Ask for a figure times a factor, and hold the answer against the calculator itself."""
    before = work(calculator, {}).result.by_name.get(figure)
    if before is None or before.value is None or work(calculator, {}).values[field] is None:
        answer = asked(calculator, field, figure, "1")
        assert not answer["ok"] or answer["seek"]["fate"] != "found"
        return
    assert isinstance(before.value, (int, Fraction))
    typed = goal_of(before.kind, before.value * factor)
    answer = asked(calculator, field, figure, typed)
    assert answer["ok"], answer
    sought = answer["seek"]
    assert sought["sentences"]
    if sought["fate"] != "found":
        assert sought["value"] is None
        return
    goal = typed_as(before.kind, typed)
    upwards = goal > before.value
    reached = work(calculator, sought["values"]).result.value(figure)
    assert reached >= goal if upwards else reached <= goal
    declaration = CALCULATORS[calculator].declare(Settings())
    one = next(one for one in declaration.seeks if (one.field, one.figure) == (field, figure))
    step = one.step(work(calculator, {}).values)
    held = parse(declaration, {**sought["values"]})[field]
    way = 1 if held > work(calculator, {}).values[field] else -1
    less = {known.name: known for known in declaration.fields}
    nearer = {field: shown(less[field], held - way * step, "CNY")}
    for rest in sought["values"].keys() - {field}:
        nearer[rest] = shown(less[rest], parse(declaration, {**sought["values"]})[rest] + way * step, "CNY")
    missed = work(calculator, nearer).result.value(figure)
    assert not (missed >= goal if upwards else missed <= goal)


def test_every_declared_pair_is_a_number_and_a_figure() -> None:
    """A pair whose field is no number, or whose figure is nowhere named, is found."""
    for calculator, field, figure in DECLARED:
        declared: dict[str, Field] = {one.name: one for one in CALCULATORS[calculator].declare(Settings()).fields}
        assert declared[field].kind in ("whole", "percent", "hundredths", "money")
        assert work(calculator, {}).wording.has(f"figure.{figure}.label")


@pytest.mark.parametrize(("calculator", "field", "figure"), [*FAST, *ONE_EACH])
def test_the_answer_put_in_reaches_the_goal_and_a_step_less_does_not(calculator: str, field: str, figure: str) -> None:
    """A tenth more than the example's figure is sought."""
    hold(calculator, field, figure, Fraction(11, 10))


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(FAST), st.fractions(Fraction(1, 5), Fraction(3), max_denominator=50))
def test_it_holds_for_any_goal(pair: tuple[str, str, str], factor: Fraction) -> None:
    """From a fifth of the figure to three times it."""
    hold(*pair, factor)


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        (
            ("goal_breakdown", "target", "capacity_share", "100%"),
            [
                "For “Capacity ÷ target” to come to 100.0%, change “Target amount” from 12,000,000 CNY to 10,324,244"
                " CNY: it is then 100.00001%; one step less (10,324,245 CNY) leaves it at 99.999996%.",
                "“Target amount” is exact to 1 CNY; 36 values were computed, and none of them went the other way.",
            ],
        ),
        (
            ("goal_breakdown", "attrition", "gap", "0"),
            [
                "No value of “{field}” from 0% to 90% brings “Gap” to ¥0: at 0% it is ¥1,153,144.",
                "“{field}” is exact to 0.01%; 19 values were computed, and none of them went the other way.",
            ],
        ),
        (
            ("goal_breakdown", "recruiting", "gap", "0"),
            [
                "With the other inputs as they are, no value of “{field}” from 0 to 730 changes “Gap”.",
            ],
        ),
        (
            ("abc_tiers", "count_share_a", "contacts_a", "12"),
            [
                "For “Visits to A a quarter” to come to 12, change “A” from 20% to 39.29%: it is then 12; one step"
                " less (39.28%) leaves it at 11.",
                "The rest goes to “C”: 30.71%.",
                "“A” is exact to 0.01%; 27 values were computed, and none of them went the other way.",
            ],
        ),
        (
            ("self_check", "pass_days", "passed_share", "100%"),
            [
                "From 56 to 62 of “Days from start to pass”, “{measure}” goes from 90.9% to 90.0%, away from 100.0%:"
                " it goes up and down, so that there is no single answer. Try some values yourself.",
            ],
        ),
        (
            ("goal_breakdown", "target", "hires", "2"),
            ["“Hires that close the gap” is 2 already; “Target amount” can stay."],
        ),
    ],
)
def test_what_comes_of_it_is_said_word_for_word(question: tuple[str, str, str, str], sentences: list[str]) -> None:
    """Found and how precisely, not within bounds, not by this input, up and down, there already."""
    answer = asked(*question)
    assert answer["ok"], answer
    words = work(question[0], {}).wording.words
    field, figure = words(f"field.{question[1]}.label"), words(f"figure.{question[2]}.label")
    said = [one.replace("{measure}", figure).replace("{field}", field) for one in sentences]
    assert answer["seek"]["sentences"] == said


@pytest.mark.parametrize(
    ("question", "values", "field", "code"),
    [
        (("tracks", "target", "to_add", "abc"), {}, "goal", "fields.not_an_amount"),
        (("tracks", "target", "net_retention", "much"), {}, "goal", "fields.not_a_number"),
        (("tracks", "target", "kept", "5"), {}, "goal", "common.seek.no_such_pair"),
        (("abc_tiers", "least_a", "a_customers", "5"), {}, "least_a", "common.seek.idle"),
        (("tracks", "opening", "to_add", "5"), {"opening": ""}, "goal", "common.seek.no_figure"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(
    question: tuple[str, str, str, str], values: dict[str, str], field: str, code: str
) -> None:
    """A goal that is none, a pair that is not declared, a field that is not used, a figure that is not there."""
    answer = asked(*question, **values)
    assert not answer["ok"]
    assert [(error["field"], error["code"]) for error in answer["errors"]] == [(field, code)]
    assert answer["errors"][0]["message"]


def test_the_command_line_asks_backwards_too(capsys: pytest.CaptureFixture[str]) -> None:
    """It prints the sentences, and wants both halves of the question."""
    assert main(["tracks", "--seek", "new_business=40%", "--by", "target_existing", "--lang", "en"]) == 0
    first, rest, _ = capsys.readouterr().out.splitlines()
    assert first.startswith("For “")
    assert "from 70% to 60%" in first
    assert rest == "The rest goes to “Growth market”: 40%."
    with pytest.raises(SystemExit):
        main(["tracks", "--seek", "new_business=40%"])


def test_what_may_be_asked_is_told_with_its_values_of_now() -> None:
    """Of an optional field that is empty, and of a figure that is not there, nothing."""
    request = {"calculator": "tracks", "language": "en", "seek": {}, "values": {"opening": ""}}
    answer = json.loads(Bridge().reply(json.dumps(request)))
    assert {(one["field"], one["figure"]) for one in answer["pairs"]} == {("target_existing", "new_business")}
    assert answer["pairs"][0]["value"] == "70%"
    assert answer["pairs"][0]["now"] == "30.0%"
