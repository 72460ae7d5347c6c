"""Fields that matter only beside certain values of others: declared once, and the same in form, reply and command."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from calculators import CALCULATORS
from calculators.__main__ import main
from calculators.bridge import Bridge
from calculators.engine.asks.fields import FILLED, Field
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES
from calculators.work import Work


def ask(calculator: str, values: dict[str, str], language: str = "zh") -> dict[str, Any]:
    """Return the reply to values over the worked example."""
    asked = {"calculator": calculator, "language": language, "values": values}
    reply: dict[str, Any] = json.loads(Bridge().reply(json.dumps(asked)))
    return reply


def hanging() -> Iterator[tuple[str, str, list[Field]]]:
    """Yield every field on whose value others hang, with those that matter beside the same values of it."""
    for calculator in CALCULATORS:
        fields = CALCULATORS[calculator].declare(Settings()).fields
        for other, wanted in dict.fromkeys(pair for field in fields for pair in field.matters.items()):
            yield calculator, other, [field for field in fields if field.matters.get(other) == wanted]


EVERY = [pytest.param(*one, id=f"{one[0]}-{one[2][0].name}") for one in hanging()]


def beside(calculator: str, other: str, field: Field) -> dict[str, str]:
    """Return a value of the other field beside which this one does not matter."""
    on = next(one for one in CALCULATORS[calculator].declare(Settings()).fields if one.name == other)
    if FILLED in field.matters[other]:
        return {other: ""}
    options = ("yes", "no") if on.kind == "switch" else on.options
    return {other: next(option for option in options if option not in field.matters[other])}


@pytest.mark.parametrize(("calculator", "other", "fields"), EVERY)
def test_what_does_not_matter_changes_nothing_and_is_said(calculator: str, other: str, fields: list[Field]) -> None:
    """Beside another choice whatever stands in it is no mistake, changes no result, and is named with its reason."""
    values = beside(calculator, other, fields[0])
    odd = {field.name: "yes" if field.kind == "switch" else "…" for field in fields}
    usual, oddly = ask(calculator, values), ask(calculator, {**values, **odd})
    assert usual["ok"]
    assert oddly["ok"]
    assert oddly["result"] == usual["result"]
    assert usual["not_used"] == {}
    assert oddly["not_used"].keys() == odd.keys()
    assert {name: oddly["values"][name] for name in odd} == odd  # nothing typed is lost


@pytest.mark.parametrize(("calculator", "other", "fields"), EVERY)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reason_names_the_choice(calculator: str, other: str, fields: list[Field], language: str) -> None:
    """The sentence has the name of the field that it hangs on, and of each value with which it matters."""
    work = Work(Settings(), {"calculator": calculator, "language": language})
    said = work.wording.matters(fields[0])
    assert work.wording.words(f"field.{other}.label") in said
    on = next(one for one in work.declaration.fields if one.name == other)
    if on.kind == "choice":
        assert all(work.wording.option(other, option) in said for option in fields[0].matters[other])


def test_the_form_hides_what_does_not_matter() -> None:
    """A target in deals is not asked for beside one in money; a group without a field that matters is not there."""
    work = Work(Settings(), {"calculator": "nine_box", "language": "en"})
    form = work.form.form(work.declaration, work.entered, views=work.views(), templates="")
    assert '<details data-group="percentile_cutoffs" class="pb-group" hidden>' in form
    assert '<details data-group="fixed_cutoffs" class="pb-group">' in form
    assert form.count(" data-idle ") == sum(bool(field.matters) for field in work.declaration.fields)
    assert work.choices() is not None
    assert "percentile" not in str(work.choices()).lower().replace("attainment", "")


def test_a_scenario_says_that_an_input_is_not_used() -> None:
    """Beside a target in deals the one in money counts for nothing, and differs from none."""
    one, other = {"measure": "money", "deals": "7"}, {"measure": "money", "deals": "9"}
    asked = {"calculator": "goal_breakdown", "language": "en", "values": {}}
    compare = [
        {"name": "a", "values": one},
        {"name": "b", "values": other},
        {"name": "c", "values": {"measure": "deals"}},
    ]
    reply = json.loads(Bridge().reply(json.dumps({**asked, "compare": compare})))
    assert reply["comparison"]["inputs"]["Target in deals"] == ["(not used)", "(not used)", "240"]


def test_nothing_is_sought_by_an_input_that_is_not_used() -> None:
    """What does not matter cannot bring a figure anywhere, and is not offered."""
    asked = {"calculator": "goal_breakdown", "language": "en", "values": {"measure": "deals"}}
    pairs = json.loads(Bridge().reply(json.dumps({**asked, "seek": {}})))["pairs"]
    assert pairs
    assert "target" not in {pair["field"] for pair in pairs}
    refused = json.loads(
        Bridge().reply(json.dumps({**asked, "seek": {"field": "target", "figure": "capacity_share", "goal": "100%"}}))
    )
    assert [error["code"] for error in refused["errors"]] == ["common.seek.idle"]


def test_the_command_line_names_a_value_that_is_not_used(capsys: pytest.CaptureFixture[str]) -> None:
    """It is computed all the same, and beside the figures stands which value was not used and why."""
    assert main(["goal_breakdown", "--set", "deals=1.2m", "--lang", "en"]) == 0
    assert capsys.readouterr().err == "deals: Not used: it matters only where “The target is in” is “deals”.\n"
