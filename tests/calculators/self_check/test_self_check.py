"""The self-check as the page asks for it: answers from lists, both readings, quarters, pages to read."""

import io
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from html import unescape
from itertools import product
from random import Random
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.bridge import Bridge
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Language, Text
from calculators.self_check import STAGES
from calculators.self_check.answers import ANSWERS, QUESTIONS
from calculators.self_check.quarters import Quarter
from calculators.self_check.reading import PAGES, pages
from macros.templates.model import read
from macros.templates.workbook import make
from tests.calculators.self_check.test_answers import TRUTH
from tests.conftest import ROOT

Rows = list[list[str]]
ABSENT: Rows = []
"""An optional list without a row is one that the reader does not have."""


def ask(
    values: Mapping[str, str] | None = None, *, language: Language = "en", bridge: Bridge | None = None, **tables: Rows
) -> dict[str, Any]:
    """Return the reply to a reader who has exactly these lists."""
    request = {
        "id": 1,
        "calculator": "self_check",
        "language": language,
        "values": {"as_of": "2026-09-30", **(values or {})},
        "tables": {
            **{name: {"rows": ABSENT} for name in ("results", "hires", "accounts", "quarters")},
            **{name: {"rows": rows} for name, rows in tables.items()},
        },
    }
    reply: dict[str, Any] = json.loads((bridge or Bridge()).reply(json.dumps(request)))
    assert reply["ok"], reply["errors"]
    return reply


def figures(reply: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures of a reply."""
    found: dict[str, Any] = reply["result"]["figures"]
    return found


def codes(reply: Mapping[str, Any]) -> list[str]:
    """Return the codes of a reply's notices."""
    return [notice["code"].removeprefix("self_check.") for notice in reply["result"]["notices"]]


def table(reply: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the rows of one table of a reply."""
    rows: list[dict[str, Any]] = reply["result"]["tables"][name]
    return rows


def results(amounts: Iterable[int | str], names: Iterable[str] | None = None) -> Rows:
    """Return a list of people's results."""
    amounts = list(amounts)
    people = list(names or (f"p{at:03}" for at in range(len(amounts))))
    return [["name", "results"], *([name, str(amount)] for name, amount in zip(people, amounts, strict=True))]


def hires(*passed_after: int | None, start: str = "2026-06-01") -> Rows:
    """Return new hires of one day who passed after so many days, None not yet."""
    began = date.fromisoformat(start)
    rows = [
        [f"h{at:03}", start, "" if days is None else str(began + timedelta(days))]
        for at, days in enumerate(passed_after)
    ]
    return [["new hire", "start date", "date passed"], *rows]


def accounts(*rows: tuple[str, str]) -> Rows:
    """Return accounts by (alert, churned)."""
    return [["customer", "alert date", "churn date"], *([f"a{at:03}", *row] for at, row in enumerate(rows))]


# --- answers, typed and from lists ---------------------------------------------------------------------


@pytest.mark.parametrize("stage", STAGES)
def test_every_combination_of_typed_answers_by_both_readings(stage: str) -> None:
    """The page says what the written-out truth table says, in each stage; in stage one the first does not count."""
    bridge = Bridge()
    for answers, (ours, founding, literal) in TRUTH.items():
        typed = {f"answer_{question}": answer for question, answer in zip(QUESTIONS, answers, strict=True)}
        reply = ask({**typed, "stage": stage}, bridge=bridge)
        expected = founding if stage == "1" else ours
        assert figures(reply)["verdict"] == f"self_check.verdict.{expected}"
        assert figures(reply)["literal"] == f"self_check.verdict.{literal}"
        assert ("readings_differ" in codes(reply)) == (expected != literal)


def test_without_lists_and_answers_nothing_can_be_told() -> None:
    """No list and no choice is not known, and never a no."""
    found = figures(ask({"stage": "2"}))
    assert [found[question] for question in QUESTIONS] == ["self_check.answer.unknown"] * 3
    assert found["verdict"] == found["literal"] == "self_check.verdict.undecided"


def test_the_first_answer_comes_from_a_list_of_results() -> None:
    """Three of eight bring half: yes; the equal share and 1/HHI stand beside it."""
    found = figures(ask(results=results([200, 150, 150, 100, 100, 100, 100, 100])))
    assert found["reliance"] == "self_check.answer.yes"
    assert (found["top_share"], found["equal_share"], found["headcount"]) == (0.5, 0.375, 8)
    assert found["effective_people"] == pytest.approx(1000**2 / (200**2 + 2 * 150**2 + 5 * 100**2))


def test_a_cent_less_than_half_is_a_no() -> None:
    """Compared in whole fen."""
    reply = ask(results=results(["200", "150", "149.99", "100.01", "100", "100", "100", "100"]))
    assert figures(reply)["reliance"] == "self_check.answer.no"


def test_a_small_team_is_told_why_it_gets_no_answer() -> None:
    """Six people say nothing, and the page says from how many on they would."""
    reply = ask(results=results([900, 10, 10, 10, 10, 10]))
    assert figures(reply)["reliance"] == "self_check.answer.unknown"
    notice = next(n for n in reply["result"]["notices"] if n["code"] == "self_check.reliance.small_team")
    assert notice["params"]["least"] == 7
    assert figures(ask({"top_share": "60"}, results=results([10] * 6)))["reliance"] == "self_check.answer.no"


def test_a_founder_in_stage_one_who_carries_most_is_told_that_it_is_normal() -> None:
    """80% by one person is a yes that does not count in stage one, and does in stage two."""
    team = results([800, 40, 40, 40, 40, 20, 20])
    founding, grown = ask({"stage": "1"}, results=team), ask({"stage": "2"}, results=team)
    assert figures(founding)["largest_share"] == 0.8
    assert {"founding", "founding_share"} <= set(codes(founding))
    assert figures(founding)["verdict"] == "self_check.verdict.undecided"
    assert not {"founding", "founding_share"} & set(codes(grown))
    assert figures(grown)["verdict"] == "self_check.verdict.upgrade"


def test_rows_of_one_person_are_added_up_and_negative_and_missing_results_are_said() -> None:
    """Two months of one person are one person; refunds count as nothing; who has no result is not counted."""
    names = ["a", "b", "a", "c", "d", "e", "f", "g", "h"]
    reply = ask(results=results([100, 100, 100, -50, "", 100, 100, 100, 0], names))
    assert figures(reply)["headcount"] == 7
    assert figures(reply)["top_share"] == pytest.approx(400 / 600)
    assert {"summed", "negative", "result_unknown"} <= set(codes(reply))
    assert [row["person"] for row in table(reply, "people")][:2] == ["a", "b"]


def test_the_second_answer_follows_the_exact_test() -> None:
    """14 of 14 is a yes, 13 of 13 cannot be told, 1 of 5 is a no."""
    for days, answer in (([20] * 14, "yes"), ([20] * 13, "unknown"), ([20, 31, 31, None, None], "no")):
        assert figures(ask(hires=hires(*days)))["onboarding"] == f"self_check.answer.{answer}"


def test_one_hire_who_has_not_passed_calls_for_nothing() -> None:
    """At a true 80% that is one in five by chance: no verdict, and how many it takes."""
    reply = ask({"answer_reliance": "no", "answer_warning": "yes"}, hires=hires(None))
    assert figures(reply)["verdict"] == "self_check.verdict.undecided"
    (said,) = [notice for notice in reply["result"]["notices"] if notice["code"] == "self_check.onboarding.not_enough"]
    assert (said["params"]["count"], said["params"]["needed"], said["params"]["chance"]) == (1, 2, 0.2)
    assert "Not enough people yet (1 of at least 2)" in reply["html"]


def test_new_hires_who_are_not_due_stand_apart() -> None:
    """On 30 June those who began on 1 June are not due for another day, even if they have passed."""
    rows = hires(5, 29, None)
    before, after = ask({"as_of": "2026-06-30"}, hires=rows), ask({"as_of": "2026-07-01"}, hires=rows)
    assert (figures(before)["hires_due"], figures(before)["hires_not_due"]) == (0, 3)
    assert figures(before)["onboarding"] == "self_check.answer.unknown"
    assert "onboarding.nobody_due" in codes(before)
    assert (figures(after)["hires_due"], figures(after)["hires_not_due"]) == (3, 0)
    assert figures(after)["passed_share"] == pytest.approx(2 / 3)


def test_dates_that_cannot_be_are_left_out_and_named() -> None:
    """Somebody who passed before starting is a mistake in the list, and said so."""
    reply = ask(hires=[["name", "start date", "passed"], ["a", "2026-06-01", "2026-05-01"], ["b", "2026-06-01", ""]])
    assert figures(reply)["hires_due"] == 1
    assert "passed_before_start" in codes(reply)


def test_the_third_answer_needs_early_and_frequent_warnings() -> None:
    """Five of five warned of 30 days ahead: yes; a day later: no; four: not enough to say."""
    early, late = ("2026-05-01", "2026-05-31"), ("2026-05-01", "2026-05-30")
    assert figures(ask(accounts=accounts(*[early] * 5)))["warning"] == "self_check.answer.yes"
    assert figures(ask(accounts=accounts(*[late] * 5)))["warning"] == "self_check.answer.no"
    assert figures(ask(accounts=accounts(*[late] * 5)))["median_days"] == 29
    few = ask(accounts=accounts(*[early] * 4))
    assert figures(few)["warning"] == "self_check.answer.unknown"
    assert "Not enough customers lost yet (4 of at least 5)" in few["html"]
    assert "one_month_or_three" in codes(few)


def test_a_window_shorter_than_the_warning_asked_for_is_said() -> None:
    """Nobody can be warned 30 days ahead by alerts that are valid for 20."""
    lost = accounts(("2026-05-01", "2026-05-31"))
    assert "valid_too_short" in codes(ask({"open_days": "20"}, accounts=lost))
    assert "valid_too_short" not in codes(ask({"open_days": "30"}, accounts=lost))
    assert figures(ask({"open_days": "20"}, accounts=lost))["expired_alerts"] == 1
    assert figures(ask({"open_days": "30"}, accounts=lost))["expired_alerts"] == 0


def test_false_alarms_and_open_ones_are_told_apart() -> None:
    """An alert of 2 July is 90 days old on 30 September, one of 3 July is not."""
    reply = ask(accounts=accounts(("2026-07-02", ""), ("2026-07-03", ""), ("", ""), ("2026-04-01", "2026-06-01")))
    found = figures(reply)
    assert (found["false_alarms"], found["open_alarms"], found["quiet"], found["churned"]) == (1, 1, 1, 1)
    assert found["hit_share"] == 0.5


def test_churn_after_the_day_looked_at_is_said_not_to_count() -> None:
    """A customer whose contract ends in October has not churned by the end of September."""
    reply = ask(accounts=accounts(("2026-08-01", "2026-10-31"), ("2026-05-01", "2026-07-01")))
    assert figures(reply)["churned"] == 1
    (later,) = (notice for notice in reply["result"]["notices"] if notice["code"] == "self_check.account_after_as_of")
    assert later["params"]["count"] == 1
    assert "account_after_as_of" not in codes(ask(accounts=accounts(("2026-05-01", "2026-07-01"))))


def test_a_typed_answer_outranks_the_list_and_the_difference_is_said() -> None:
    """The reader's choice counts; the page says that the list disagrees."""
    team = results([10] * 8)
    reply = ask({"answer_reliance": "yes"}, results=team)
    assert figures(reply)["reliance"] == "self_check.answer.yes"
    assert "typed_against_list" in codes(reply)
    assert "typed_against_list" not in codes(ask({"answer_reliance": "no"}, results=team))
    assert [row["from"] for row in table(reply, "answers")] == [
        "self_check.from.typed",
        "self_check.from.nothing",
        "self_check.from.nothing",
    ]


def test_a_typed_answer_is_not_mixed_with_the_examples_lists() -> None:
    """Whoever chooses one answer has left the example: the other two are not known, and not the example's."""
    request = {"id": 1, "calculator": "self_check", "language": "en", "values": {"answer_reliance": "no"}}
    reply = json.loads(Bridge().reply(json.dumps(request)))
    assert not reply["example"]
    assert [row["answer"].rpartition(".")[2] for row in table(reply, "answers")] == ["no", "unknown", "unknown"]
    assert "top_share" not in figures(reply)
    assert json.loads(Bridge().reply(json.dumps({**request, "values": {}})))["example"]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20), st.randoms())
def test_the_order_of_rows_changes_nothing(amounts: list[int], shuffle: Random) -> None:
    """Permuted lists give the same figures, tables and notices."""
    lists = {
        "results": results(amounts, [f"n{at % 15}" for at in range(len(amounts))]),
        "hires": hires(*[at % 45 if at % 7 else None for at in amounts]),
        "accounts": accounts(*[("2026-03-01", f"2026-0{at % 6 + 4}-10" if at % 3 else "") for at in amounts]),
    }
    permuted = {}
    for name, (head, *rows) in lists.items():
        shuffle.shuffle(rows)
        permuted[name] = [head, *rows]
    one, other = (
        ask(results=each["results"], hires=each["hires"], accounts=each["accounts"])["result"]
        for each in (lists, permuted)
    )
    for part in ("figures", "notices"):
        assert one[part] == other[part]
    for name in ("answers", "people", "hires", "accounts", "quarters", "next"):
        assert one["tables"][name] == other["tables"][name]


# --- quarter by quarter --------------------------------------------------------------------------------


def kept(reply: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row that the result's button puts into the list of quarters."""
    puts = [json.loads(unescape(put)) for put in re.findall(r'data-put="([^"]*)"', reply["html"])]
    found: dict[str, Any] = next(put for put in puts if QUESTIONS[0] in put["row"])
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quarter_is_kept_and_read_back_in_either_language(language: Language) -> None:
    """What the button keeps comes back as the same answers and measures, whichever language reads it."""
    team = results([200, 150, 150, 100, 100, 100, 100, 100])
    first = ask({"as_of": "2026-06-30", "answer_warning": "yes"}, language=language, results=team)
    request = {
        "id": 1,
        "calculator": "self_check",
        "language": language,
        "tables": {"results": {"rows": team}, "quarters": {"rows": ABSENT}},
        "put_row": kept(first),
    }
    rows = json.loads(Bridge().reply(json.dumps(request)))["rows"]
    for reader in LANGUAGES:
        reply = ask({"answer_warning": "no"}, language=reader, results=results([10] * 10), quarters=rows)
        before, now = table(reply, "quarters")
        assert (before["quarter"], now["quarter"]) == ("2026Q2", "2026Q3")
        assert [before[question].rpartition(".")[2] for question in QUESTIONS] == ["yes", "unknown", "yes"]
        assert (before["top_share"], now["top_share"]) == (0.5, 0.3)
        turns = {row["question"].rpartition(".")[2]: row["turn"].rpartition(".")[2] for row in table(reply, "changes")}
        assert turns == {"reliance": "better", "onboarding": "same", "warning": "worse"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_quarters_downloaded_as_a_table_can_be_put_in_again(language: Language) -> None:
    """The CSV of the quarters is itself a list of earlier self-checks, in either language."""
    head = ["quarter", "stage", "depend on few", "learn in time", "churn foreseen", "top share", "days ahead"]
    rows = [["2026Q1", "1", "yes", "no", "not sure", "60%", "12.5"], ["2026Q2", "2", "no", "", "yes", "45.5%", ""]]
    own = {"answer_reliance": "no", "stage": "2"}
    request = {
        "id": 1,
        "calculator": "self_check",
        "language": language,
        "values": {**own, "as_of": "2026-09-30"},
        "tables": {"quarters": {"rows": [head, *rows]}},
    }
    content = Bridge().download(json.dumps({**request, "download": "csv", "table": "quarters"}))[2]
    again = {**request, "tables": {"quarters": {"file": "f", "name": "quarters.csv"}}}
    first = json.loads(Bridge().reply(json.dumps(request)))
    second = json.loads(Bridge().reply(json.dumps(again), {"f": content}))
    assert table(second, "quarters") == table(first, "quarters")
    assert [row["quarter"] for row in table(second, "quarters")] == ["2026Q1", "2026Q2", "2026Q3"]
    assert "kept_same" in codes(second)


def test_keeping_a_quarter_again_replaces_it() -> None:
    """The button's row has the quarter as its key; a kept quarter that differs is said."""
    head = ["Quarter", "Results depend on a few", "New hires learn in time", "Churn is foreseen"]
    same = ask({"answer_reliance": "no"}, quarters=[head, ["2026Q3", "no", "not sure", "not sure"]])
    other = ask({"answer_reliance": "no"}, quarters=[head, ["2026Q3", "yes", "", ""]])
    assert "kept_same" in codes(same)
    assert "kept_other" in codes(other)
    assert kept(other)["key"] == ["quarter"]
    assert len(table(other, "quarters")) == 1


def test_quarters_are_shown_in_order_and_compared_with_the_one_before() -> None:
    """Rows in any order; the change is since the last quarter before this one, not since a later one."""
    head = ["Quarter", "Results depend on a few", "New hires learn in time", "Churn is foreseen", "Share of the top"]
    rows = [
        ["2026年第四季度", "是", "", "", "70%"],
        ["Q1 2026", "yes", "no", "", "60%"],
        ["2025Q4", "no", "", "", "40%"],
    ]
    reply = ask({"answer_reliance": "no"}, quarters=[head, *rows])
    assert [row["quarter"] for row in table(reply, "quarters")] == ["2025Q4", "2026Q1", "2026Q3", "2026Q4"]
    assert table(reply, "changes")[0]["before"] == "self_check.answer.yes"
    assert {"answers", "measures"} <= set(reply["charts"])


def test_rows_that_cannot_be_used_are_said() -> None:
    """A row without a quarter, a quarter twice, an answer that is none."""
    head = ["Quarter", "Results depend on a few"]
    reply = ask(quarters=[head, ["last year", "yes"], ["2026Q1", "perhaps"], ["2026Q1", "no"]])
    assert {"no_quarter", "repeated_quarter", "no_answer"} <= set(codes(reply))
    assert table(reply, "quarters")[0]["reliance"] == "self_check.answer.no"


def test_one_quarter_is_no_trend() -> None:
    """Nothing is drawn from a single point, and the page says what would make a trend."""
    reply = ask({"answer_reliance": "no"})
    assert reply["charts"] == {}
    assert "nothing_before" in codes(reply)


def test_the_example_cannot_be_kept() -> None:
    """The button waits until the answers are the reader's own, and no quarter of the example can be deleted."""
    example = json.loads(Bridge().reply(json.dumps({"id": 1, "calculator": "self_check", "language": "en"})))
    disabled = r'data-put="[^"]*" disabled'
    assert re.search(disabled, example["html"])
    assert not re.search(disabled, ask({"answer_reliance": "no"})["html"])
    assert removals(example) == []


def removals(reply: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what the buttons that delete a quarter ask for, from the top."""
    asked = [json.loads(unescape(found)) for found in re.findall(r'data-put="([^"]*)"', reply["html"])]
    return [put for put in asked if put.get("remove")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_a_quarter_that_is_kept_can_be_deleted(language: Language) -> None:
    """The quarter of today has no button until it is kept, and every button takes out what it stands beside."""
    own = {"answer_reliance": "no"}
    assert removals(ask(own, language=language)) == []
    head = ["Quarter", "Results depend on a few"]
    rows = [head, ["2026年第一季度", "yes"], ["2026Q2", "no"]]
    reply = ask(own, language=language, quarters=rows)
    assert [row["quarter"] for row in table(reply, "quarters")] == ["2026Q1", "2026Q2", "2026Q3"]
    assert len(removals(reply)) == 2
    for removal, left in zip(removals(reply), (["2026Q2", "2026Q3"], ["2026Q1", "2026Q3"]), strict=True):
        request = {"id": 1, "calculator": "self_check", "language": language, "tables": {"quarters": {"rows": rows}}}
        kept_rows = json.loads(Bridge().reply(json.dumps({**request, "put_row": removal})))["rows"]
        assert [row["quarter"] for row in table(ask(own, quarters=kept_rows), "quarters")] == left
    assert len(removals(ask(own, language=language, quarters=[*rows, ["2026Q3", "no"]]))) == 3


def test_what_a_device_keeps_has_quarters_and_nobodys_name() -> None:
    """Of all that is in the page, the kept file has the quarters' rows; no value, no list, no name."""
    head = ["Quarter", "Results depend on a few"]
    request = {
        "id": 1,
        "calculator": "self_check",
        "language": "en",
        "values": {"answer_warning": "yes"},
        "tables": {
            "results": {"rows": results([10, 20], ["Somebody", "Else"])},
            "quarters": {"rows": [head, ["2020Q1", "yes"]]},
        },
        "download": "kept",
    }
    content = Bridge().download(json.dumps(request))[2]
    plan = json.loads(content)
    assert plan["values"] == {}
    assert list(plan["tables"]) == ["quarters"]
    assert plan["tables"]["quarters"]["rows"] == [head, ["2020Q1", "yes"]]
    assert b"Somebody" not in content
    reply = json.loads(Bridge().reply(json.dumps({**request, "values": {}, "tables": {}, "plan": "p"}), {"p": content}))
    assert not reply["example"]
    assert [row["quarter"] for row in table(reply, "quarters")] == ["2020Q1", "2020Q3"]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_quarter_written_is_the_quarter_read(day: date) -> None:
    """Every day's quarter reads back from how it is kept."""
    assert Quarter.read(str(Quarter.of(day))) == Quarter.of(day)


# --- the handbook's workbook ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_handbooks_workbook_is_read_and_answers_the_same(language: Language) -> None:
    """Dropped on every list, the filled template gives the figures and answers that its own formulas give."""
    content = make(read("self_check", language, Settings(), filled=True), company="")
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[1]
    rows: list[list[Any]] = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    by_label: dict[str, list[Any]] = {str(row[0]): row[1:] for row in rows if len(row) > 1}
    said = {"zh": ("是", "否", "不清楚"), "en": ("yes", "no", "not sure")}[language]
    words = dict(zip(said, ("yes", "no", "unknown"), strict=True))
    questions = [row for row in rows if len(row) == 6 and row[3] in words]
    labels = {
        "zh": ("有业绩的人数", "人人一样多时的占比", "满期的新人", "流失的客户", "实际采用的日期"),
        "en": ("People with a result", "The same if all were equal", "New hires due", "Customers lost", "Date used"),
    }[language]
    people, equal, due, lost, day = (by_label[label][0] for label in labels)
    file = {"file": "f", "name": "self-check.xlsx"}
    request = {
        "id": 1,
        "calculator": "self_check",
        "language": language,
        "values": {"as_of": str(day)[:10]},
        "tables": dict.fromkeys(("results", "hires", "accounts", "quarters"), file),
    }
    reply = json.loads(Bridge().reply(json.dumps(request), {"f": content}))
    assert reply["ok"], reply["errors"]
    found = figures(reply)
    assert [found[question].rpartition(".")[2] for question in QUESTIONS] == [words[row[3]] for row in questions]
    computed = [found[name] for name in ("top_share", "passed_share", "median_days")]
    assert computed == pytest.approx([row[1] for row in questions])
    assert [found[name] for name in ("headcount", "equal_share", "hires_due", "churned")] == [people, equal, due, lost]
    assert found["rows_unused"] == 0
    answers = [[row[question].rpartition(".")[2] for question in QUESTIONS] for row in table(reply, "quarters")[:2]]
    assert answers == [["yes", "unknown", "unknown"], ["yes", "no", "unknown"]]


# --- what to read next ---------------------------------------------------------------------------------


def test_three_different_pages_for_every_answer_and_stage() -> None:
    """For all 27 combinations in all five stages."""
    for answers, stage in product(product(ANSWERS, repeat=3), STAGES):
        found = pages(dict(zip(QUESTIONS, answers, strict=True)), stage)
        assert len({page for page, _ in found}) == PAGES


def test_what_is_unhealthy_comes_first_then_what_is_unknown_then_the_stage() -> None:
    """A page for each question in turn; nothing wrong leads on from the stage."""
    found = pages({"reliance": "yes", "onboarding": "unknown", "warning": "no"}, "3")
    assert [reason for _, reason in found] == ["reliance", "warning", "reliance"]
    found = pages({"reliance": "no", "onboarding": "unknown", "warning": "yes"}, "2")
    assert {reason for _, reason in found} == {"onboarding"}
    assert [reason for _, reason in pages({"reliance": "no", "onboarding": "yes", "warning": "yes"}, "4")] == [
        "done"
    ] * 3
    founding = pages({"reliance": "yes", "onboarding": "yes", "warning": "yes"}, "1")
    assert {reason for _, reason in founding} == {"done"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_that_may_be_named_exists(language: Language) -> None:
    """A result never links to a page that is not there."""
    for answers, stage in product(product(ANSWERS, repeat=3), STAGES):
        for page, _ in pages(dict(zip(QUESTIONS, answers, strict=True)), stage):
            assert (ROOT / "docs" / language / f"{page}.md").is_file(), page


def test_links_lead_to_pages_of_the_same_language() -> None:
    """They are relative, so that the site works in any folder."""
    html = ask({"answer_reliance": "yes"})["html"]
    links = re.findall(r'<a href="([^"]+)">', html)
    assert len(links) == PAGES
    assert all(link.startswith("../") and link.endswith(".html") for link in links)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_rejected_rows_say_why_in_the_words_all_calculators_have(language: Language) -> None:
    """No word of this calculator's own tables stands over the column of reasons of rows that were not used."""
    text = Text(language, Settings())
    assert not text.has("self_check.column.reason")
    assert text.has("common.column.reason")
