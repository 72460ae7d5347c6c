"""What was called something else before: saved plans, commands, requests and settings with former names."""

import json
from pathlib import Path
from typing import Any

import pytest

from calculators import CALCULATORS
from calculators.__main__ import main
from calculators.bridge import Bridge
from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.settings import Settings

TEAM = [["Name", "Start date"], ["Ada", ""], ["Ben", ""]]
LOCKED = [["Name", "Month", "Held at"], ["Ada", "2027-03", "5"], ["Ben", "2027-04", ""]]

FORMER_FIELDS = [
    ("abc_tiers", {"crossing": "up"}, {"at_cutoff": "include"}),
    ("abc_tiers", {"crossing": "down"}, {"at_cutoff": "exclude"}),
    ("abc_tiers", {"crossing": "carry"}, {"at_cutoff": "carry"}),
    ("nine_box", {"cutting": "percentile"}, {"cutoffs": "percentile"}),
    ("nine_box", {"near": "12.5"}, {"borderline": "12.5"}),
    ("tracks", {"base": "100", "renewal": "88.5"}, {"opening": "100", "churn": "11.5", "contraction": "0"}),
]


def ask(attachments: dict[str, bytes] | None = None, **request: Any) -> dict[str, Any]:
    """Return the reply to a request, in English."""
    reply: dict[str, Any] = json.loads(Bridge().reply(json.dumps({"language": "en", **request}), attachments))
    return reply


def plan_of(calculator: str, values: dict[str, Any], tables: dict[str, Any]) -> bytes:
    """Return a plan as it was saved when names were what they were then."""
    saved = {"format": "sales-playbook-plan", "version": 1, "calculator": calculator}
    return json.dumps({**saved, "values": values, "tables": tables}).encode()


def test_every_field_and_table_with_a_former_name_is_among_these_cases() -> None:
    """Whoever renames something adds what it was called to the cases here."""
    declared = {
        (calculator, former.name)
        for calculator, module in CALCULATORS.items()
        for asked in [module.declare(Settings())]
        for former in (*(field.formerly for field in asked.fields), *(table.formerly for table in asked.tables))
        if former
    }
    fields = {(calculator, name) for calculator, former, _ in FORMER_FIELDS for name in former}
    assert declared == fields | {("goal_breakdown", "pins")}


@pytest.mark.parametrize(("calculator", "former", "today"), FORMER_FIELDS)
def test_a_plan_with_a_fields_former_name_opens_and_gives_the_same(
    calculator: str, former: dict[str, str], today: dict[str, str]
) -> None:
    """The whole reply is that of today's name, and the form is filled in under it; beside the plan a value counts."""
    expected = ask(calculator=calculator, values=today)
    opened = ask({"p": plan_of(calculator, former, {})}, calculator=calculator, plan="p")
    assert expected["ok"]
    assert opened == expected
    assert opened["values"].items() >= today.items()
    other = ask({"p": plan_of(calculator, {}, {})}, calculator=calculator, plan="p", values=former)
    assert other == expected


def test_a_value_beside_a_plan_stands_whichever_of_the_two_has_the_former_name() -> None:
    """A page of today that opens an old plan, and an old command on a plan of today."""
    for planned, beside in (
        ({"crossing": "down"}, {"at_cutoff": "carry"}),
        ({"at_cutoff": "exclude"}, {"crossing": "carry"}),
    ):
        answer = ask({"p": plan_of("abc_tiers", planned, {})}, calculator="abc_tiers", plan="p", values=beside)
        assert answer["values"]["at_cutoff"] == "carry"


@pytest.mark.parametrize(("calculator", "former", "today"), FORMER_FIELDS)
def test_a_command_with_a_fields_former_name_works(
    calculator: str, former: dict[str, str], today: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """``--set crossing=up`` prints what ``--set at_cutoff=include`` does."""
    printed = []
    for values in (former, today):
        pairs = [part for name, value in values.items() for part in ("--set", f"{name}={value}")]
        assert main([calculator, *pairs, "--lang", "en", "--json"]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]


def test_a_plan_of_locked_cells_under_their_former_name_gives_the_same_numbers() -> None:
    """The table ``pins``, with the heading that it had, locks what it locked; rows are put into it as before."""
    expected = ask(calculator="goal_breakdown", tables={"people": TEAM, "locked": LOCKED})
    saved = {"people": {"rows": TEAM, "name": "team"}, "pins": {"rows": LOCKED, "name": "cells"}}
    opened = ask({"p": plan_of("goal_breakdown", {}, saved)}, calculator="goal_breakdown", plan="p")
    assert opened["result"] == expected["result"]
    assert opened["result"]["figures"]["locks_kept"] == 1
    given: dict[str, Any] = {"calculator": "goal_breakdown", "tables": {"people": TEAM, "pins": LOCKED}}
    assert ask(**given)["result"] == expected["result"]
    assert ask(**given, rows_of="pins")["rows"] == LOCKED
    put = {"table": "pins", "row": {"person": "Ben", "month": "2027-05", "number": "1"}, "key": ["person", "month"]}
    assert ask(**given, put_row=put)["rows"] == [*LOCKED, ["Ben", "2027-05", "1"]]


def test_a_commands_table_may_have_its_former_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--table pins=FILE`` locks what ``--table locked=FILE`` does."""
    team, cells = tmp_path / "team.csv", tmp_path / "cells.csv"
    team.write_text("\n".join(map(",".join, TEAM)))
    cells.write_text("\n".join(map(",".join, LOCKED)))
    printed = []
    for name in ("pins", "locked"):
        assert main(["goal_breakdown", str(team), "--table", f"{name}={cells}"]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert "locks_kept\t1\n" in printed[0]


def test_settings_with_a_former_key_are_read_and_stand_over_what_is_laid_below() -> None:
    """A company's mkdocs.yml that says ``near`` over ours that says ``borderline`` is meant; mistakes are told."""
    read = Settings.from_mapping({"nine_box": {"near": 7.5}})
    assert read == Settings.from_mapping({"nine_box": {"borderline": 7.5}})
    assert read.as_mapping()["nine_box"]["borderline"] == 7.5
    assert "near" not in read.as_mapping()["nine_box"]
    assert Settings.from_mapping({"nine_box": {"borderline": 5, "near": 7.5}}) == read
    with pytest.raises(InvalidInputs) as refused:
        Settings.from_mapping({"nine_box": {"near": 99}})
    assert [error.code for error in refused.value.errors] == ["settings.not_taken"]


@pytest.mark.parametrize(
    ("calculator", "values"),
    [("abc_tiers", {"crossings": "up"}), ("abc_tiers", {"at_cutoff": "up"}), ("nine_box", {"crossing": "up"})],
)
def test_a_name_that_never_was_one_stays_a_mistake(calculator: str, values: dict[str, str]) -> None:
    """Nor is a former option one of the field of today, or another calculator's former name."""
    answer = ask(calculator=calculator, values=values)
    assert not answer["ok"]
    with pytest.raises(InvalidInputs):
        Settings.from_mapping({"nine_box": {"nearly": 5}})
