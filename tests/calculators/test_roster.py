"""A list of people that is read in one calculator is offered in another, and handed over when asked for."""

import json
from typing import Any

import pytest

from calculators import CALCULATORS
from calculators.bridge import Bridge
from calculators.engine.asks.settings import Settings
from calculators.roster import offers

PEOPLE = [
    ["姓名", "区域", "入职日期", "去年业绩"],
    ["陈一诺", "华东", "2026-01-05", "120万"],
    ["方子墨", "华南", "", ""],
    ["陈一诺", "华东", "2026-01-05", "120万"],
]


def handed(to: str, table: str, rows: list[list[str]], **values: str) -> dict[str, Any]:
    """Return what the goal breakdown's people are as a list of another calculator."""
    theirs = {"calculator": "goal_breakdown", "from": "people", "to": table, "tables": {"people": {"rows": rows}}}
    request = {"calculator": to, "language": "zh", "roster": {**theirs, "values": values}}
    answer: dict[str, Any] = json.loads(Bridge().reply(json.dumps(request)))
    return answer


def test_what_can_fill_what_follows_from_the_declarations() -> None:
    """People, and columns of one name or known by each other's first heading; an absence's first day is no start."""
    found = {
        (name, table, offer.calculator, offer.table): dict(offer.columns)
        for name in CALCULATORS
        for table, several in offers(name, Settings()).items()
        for offer in several
    }
    assert found["nine_box", "people", "goal_breakdown", "people"] == {
        "person": "person",
        "start": "start",
        "team": "team",
        "region": "region",
    }
    assert found["goal_breakdown", "people", "solo_signing", "newcomers"] == {
        "person": "newcomer",
        "start": "started",
        "left": "left",
    }
    assert found["self_check", "results", "nine_box", "people"] == {"person": "person", "result": "actual"}
    assert not any("absences" in key or "earlier" in key or "drills" in key for key in found)
    assert ("self_check", "results", "goal_breakdown", "people") not in found  # it has no results
    assert offers("abc_tiers", Settings()) == {}


def test_rows_are_handed_over_as_they_were_read_and_read_again() -> None:
    """Each person once, in the words of the list that they fill; what was empty stays empty."""
    answer = handed("nine_box", "people", PEOPLE)
    assert (answer["ok"], answer["count"]) == (True, 2)
    assert answer["rows"] == [
        ["姓名", "入职日期", "区域"],
        ["陈一诺", "2026-01-05", "华东"],
        ["方子墨", "", "华南"],
    ]
    request = {"calculator": "nine_box", "language": "zh", "tables": {"people": {"rows": answer["rows"]}}}
    again = json.loads(Bridge().reply(json.dumps(request)))
    assert again["ok"]
    assert again["result"]["figures"]["headcount"] == 2


def test_a_list_that_lacks_a_column_that_is_needed_is_not_offered() -> None:
    """A roster without results is none for those who reckon with results."""
    theirs = {"calculator": "nine_box", "from": "people", "to": "results"}
    lists = {"people": {"rows": [["姓名", "团队", "达成率", "产出"], ["陈一诺", "甲", "100%", "70"]]}}
    request = {"calculator": "self_check", "language": "zh", "roster": {**theirs, "tables": lists, "values": {}}}
    answer = json.loads(Bridge().reply(json.dumps(request)))
    assert (answer["ok"], answer["count"]) == (True, 0)


@pytest.mark.parametrize(("language", "called"), [("zh", "团队名单"), ("en", "The team")])
def test_a_list_taken_over_is_called_as_its_calculator_calls_it(language: str, called: str) -> None:
    """In the language of now, whichever it was taken over in; a plan keeps where it is from."""
    rows = {"rows": PEOPLE, "origin": "roster", "name": "goal_breakdown.people"}
    request = {"calculator": "goal_breakdown", "language": language, "tables": {"people": rows}}
    assert f"<b>{called}</b>" in json.loads(Bridge().reply(json.dumps(request)))["inputs"]["people"]
    plan = Bridge().download(json.dumps({**request, "download": "plan"}))[2]
    other = {"zh": "en", "en": "zh"}[language]
    opened = {"calculator": "goal_breakdown", "language": other, "values": None, "plan": "plan"}
    reply = json.loads(Bridge().reply(json.dumps(opened), {"plan": plan}))
    assert f"<b>{called}</b>" not in reply["inputs"]["people"]


def test_amounts_and_dates_arrive_to_the_fen_and_the_day() -> None:
    """What is money there is money here."""
    rows = [["姓名", "目标", "实际"], ["陈一诺", "100万", "1,234,567.89"]]
    theirs = {"calculator": "nine_box", "from": "people", "to": "results", "tables": {"people": {"rows": rows}}}
    request = {"calculator": "self_check", "language": "zh", "roster": theirs}
    answer = json.loads(Bridge().reply(json.dumps(request)))
    assert answer["rows"][1] == ["陈一诺", "1234567.89"]


def test_names_that_are_hidden_stay_so() -> None:
    """Where pseudonyms are shown, pseudonyms are handed over."""
    answer = handed("nine_box", "people", PEOPLE, pseudonyms="yes", secret_word="BCDF-GHJK-MNPQ")
    assert answer["count"] == 2
    assert "陈一诺" not in json.dumps(answer, ensure_ascii=False)


def test_the_example_is_nobodys_roster_and_what_is_not_offered_is_not_handed_over() -> None:
    """Only a list of the reader's own is handed over, and only where it can be used."""
    theirs = {"calculator": "goal_breakdown", "from": "people", "to": "people"}
    request = {"calculator": "nine_box", "language": "zh", "roster": theirs}
    assert json.loads(Bridge().reply(json.dumps(request)))["count"] == 0
    with pytest.raises(ValueError, match="not offered"):
        handed("self_check", "results", PEOPLE)
