"""What new hires learn by and managers look at: drawing, scoring, asking again, progress codes, the calendar file.

The page's own functions, run by Node; at the end one journey in the browser. The questions themselves are tested in
``tests/macros/test_questions``, the calendar's data in ``test_ninety_days``.
"""

import base64
import csv
import io
import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from macros.handbook import words
from macros.progress import lists
from macros.questions import PASS_MARK, questions
from tests.browser import URL
from tests.calculators.engine.reads.test_formulas import STARTS, is_formula, pieces
from tests.modules import called

BANK: list[dict[str, Any]] = [
    {
        "id": one.id,
        "roles": one.roles,
        "stage": one.stage,
        "choices": one.choices,
        "right": one.right,
        "points": one.points,
    }
    for one in questions("en", "whole")
]
EMPTY: dict[str, Any] = {"sittings": [], "questions": {}}
WANTED = {"role": "new_hire", "stage": 2, "count": 10}
TODAY = "2026-11-28"
LISTS = lists("en", "day {day}")


def one(module: str, name: str, *given: Any) -> Any:
    """Return what one function gives."""
    return called(module, [name, *given])[0]


# --- the test ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "stage"), [("new_hire", 2), ("mentor", 2), ("manager", 3), ("founder", 4)])
def test_questions_are_drawn_by_role_and_stage(role: str, stage: int) -> None:
    """Ten different ones, all of that role and up to that stage, the one to be answered in free words last."""
    asked = one("quiz.js", "drawn", BANK, {"role": role, "stage": stage, "count": 10}, EMPTY, {"$random": 3})
    assert len({question["id"] for question in asked}) == 10
    assert all(role in question["roles"] and question["stage"] <= stage for question in asked)
    assert [bool(question["choices"]) for question in asked] == [True] * 9 + [False]


def test_chance_decides_which() -> None:
    """Another draw has others; the same chance has the same."""
    draws = called("quiz.js", *(["drawn", BANK, WANTED, EMPTY, {"$random": seed}] for seed in (3, 3, 4)))
    ids = [[question["id"] for question in drawn] for drawn in draws]
    assert ids[0] == ids[1] != ids[2]


def test_taken_again_it_asks_others() -> None:
    """Three tests in a row have no question in common, as long as there are others."""
    history, seen = EMPTY, []
    for seed in (5, 6, 7):
        drawn = one("quiz.js", "drawn", BANK, WANTED, history, {"$random": seed})
        seen += [question["id"] for question in drawn]
        answers = [{"id": question["id"], "right": True} for question in drawn]
        history = one("quiz.js", "answered", history, answers, TODAY)
    assert len(seen) == len(set(seen)) == 30


def test_when_there_are_no_others_those_asked_least_come_again() -> None:
    """A bank smaller than the test gives what it has; with all asked once, all can be drawn."""
    few = [
        question
        for question in BANK
        if "founder" in question["roles"] and question["stage"] == 1 and question["choices"]
    ]
    history = one("quiz.js", "answered", EMPTY, [{"id": question["id"], "right": True} for question in few], TODAY)
    wanted = {"role": "founder", "stage": 1, "count": 100}
    drawn = one("quiz.js", "drawn", few, wanted, history, {"$random": 1})
    assert {question["id"] for question in drawn} == {question["id"] for question in few}


@pytest.mark.parametrize(
    ("question", "chosen", "right"),
    [
        ({"choices": ["a", "b"], "right": [1], "points": []}, [1], True),
        ({"choices": ["a", "b"], "right": [1], "points": []}, [0], False),
        ({"choices": ["a", "b"], "right": [1], "points": []}, [], False),
        ({"choices": ["a", "b", "c"], "right": [0, 2], "points": []}, [2, 0], True),
        ({"choices": ["a", "b", "c"], "right": [0, 2], "points": []}, [0], False),
        ({"choices": ["a", "b", "c"], "right": [0, 2], "points": []}, [0, 1, 2], False),
        ({"choices": [], "right": [], "points": ["x", "y"]}, [0, 1], True),
        ({"choices": [], "right": [], "points": ["x", "y"]}, [0], False),
    ],
)
def test_an_answer_is_right_when_it_has_all_that_is_right_and_no_more(
    question: dict[str, Any], chosen: list[int], right: bool
) -> None:
    """Half of several right choices is not right; free words are when every point is ticked."""
    assert one("quiz.js", "isRight", question, chosen) is right


def test_the_pass_mark_is_rounded_up() -> None:
    """Eight of ten, and of nine eight too."""
    needed = called("quiz.js", *(["needed", asked, PASS_MARK] for asked in (10, 9, 5)))
    assert needed == [8, 8, 4]


def test_what_was_wrong_comes_again_after_growing_distances() -> None:
    """Tomorrow, then after 3, 7, 14 and 30 days, if it is right each time. Wrong again, it begins anew."""
    history, day, due = EMPTY, "2026-11-28", []
    for right in (False, True, True, True, True, True):
        history = one("quiz.js", "answered", history, [{"id": "x", "right": right}], day)
        day = history["questions"]["x"]["due"]
        due.append(day)
    assert due == ["2026-11-29", "2026-12-02", "2026-12-09", "2026-12-23", "2027-01-22", ""]
    assert history["questions"]["x"] == {"asked": 6, "missed": 1, "step": 5, "due": ""}
    again = one("quiz.js", "answered", history, [{"id": "x", "right": False}], "2027-02-01")
    assert (again["questions"]["x"]["step"], again["questions"]["x"]["due"]) == (0, "2027-02-02")


def test_what_is_right_before_it_is_due_keeps_its_day() -> None:
    """A right answer on the same day, by chance or memory, does not push it away."""
    missed = one("quiz.js", "answered", EMPTY, [{"id": "x", "right": False}], TODAY)
    assert (
        one("quiz.js", "answered", missed, [{"id": "x", "right": True}], TODAY)["questions"]["x"]["due"] == "2026-11-29"
    )


def test_only_what_is_due_is_asked_again() -> None:
    """What has waited longest comes first; nothing comes before its day, nor what the bank no longer has."""
    memory = {"asked": 1, "missed": 1, "step": 0}
    days = {BANK[0]["id"]: "2026-11-28", BANK[1]["id"]: "2026-11-20", BANK[2]["id"]: "2026-11-29", "gone": "2026-11-01"}
    history = {"sittings": [], "questions": {id_: {**memory, "due": day} for id_, day in days.items()}}
    due, after = called("quiz.js", ["due", BANK, history, TODAY], ["nextDue", BANK, history])
    assert [question["id"] for question in due] == [BANK[1]["id"], BANK[0]["id"]]
    assert after == "2026-11-20"


SITTING = {"on": TODAY, "role": "new_hire", "stage": 2, "asked": 10, "right": 9, "own": 1}


@pytest.mark.parametrize(
    "kept",
    [
        None,
        "",
        "{",
        "[]",
        '{"sittings": 3, "questions": {}}',
        json.dumps({"sittings": [{**SITTING, "right": 11}], "questions": {}}),
        json.dumps({"sittings": [{**SITTING, "on": "2026-02-30"}], "questions": {}}),
        json.dumps({"sittings": [], "questions": {"x": {"asked": 1, "missed": 2, "step": 0, "due": ""}}}),
    ],
)
def test_what_the_device_has_of_another_kind_is_no_history(kept: str | None) -> None:
    """A page never fails over what stands in the browser's storage."""
    read, damaged = called("quiz.js", ["readHistory", kept], ["isDamaged", kept])
    assert read == EMPTY
    assert damaged is bool(kept)  # and is said


def test_a_history_is_read_as_it_was_kept() -> None:
    """Sittings and what is to come again."""
    history = {"sittings": [SITTING], "questions": {"x": {"asked": 2, "missed": 1, "step": 1, "due": "2026-12-01"}}}
    kept = json.dumps(history)
    assert called("quiz.js", ["readHistory", kept], ["isDamaged", kept]) == [history, False]


PAPER: dict[str, Any] = {
    "on": TODAY,
    "wanted": {"role": "new_hire", "stage": 2},
    "answers": [
        {"id": one["id"], "order": list(range(len(one["choices"])))[::-1], "chosen": list(one["right"]), "text": ""}
        for one in [one for one in BANK if one["choices"]][:3]
    ],
}


def test_a_paper_that_is_not_handed_in_is_read_as_it_was_kept() -> None:
    """With its questions, in the order that they stood in; how many of them are answered is counted."""
    written = {"id": next(one["id"] for one in BANK if not one["choices"]), "order": [], "chosen": [], "text": " "}
    paper = {**PAPER, "wanted": None, "answers": [*PAPER["answers"], written]}
    read = one("quiz.js", "readUnfinished", json.dumps(paper), BANK)
    assert read["paper"] == paper
    assert [question["id"] for question in read["questions"]] == [answer["id"] for answer in paper["answers"]]
    assert one("quiz.js", "answeredOf", paper) == 3


@pytest.mark.parametrize(
    "kept",
    [
        None,
        "",
        "[]",
        "7",
        json.dumps({**PAPER, "on": "2026-02-30"}),
        json.dumps({**PAPER, "wanted": {"role": 3, "stage": 2}}),
        json.dumps({**PAPER, "answers": []}),
        json.dumps({**PAPER, "answers": [{**PAPER["answers"][0], "id": "gone"}]}),
        json.dumps({**PAPER, "answers": [{**PAPER["answers"][0], "order": [0]}]}),
        json.dumps({**PAPER, "answers": [{**PAPER["answers"][0], "chosen": [99]}]}),
    ],
)
def test_a_paper_of_another_bank_is_not_offered(kept: str | None) -> None:
    """Nor what is none: a question that has gone or has other choices cannot be answered further."""
    assert one("quiz.js", "readUnfinished", kept, BANK) is None


# --- progress ----------------------------------------------------------------------------------------


def progress(**changed: Any) -> dict[str, Any]:
    """Return somebody's progress, through day 7 on day 27."""
    ticks = {part["name"]: {"ticked": list(range(part["count"])), "done": "2026-11-09"} for part in LISTS[:2]}
    return {
        "name": "Bai Lu 白露",
        "started": "2026-11-02",
        "made": TODAY,
        "lists": ticks,
        "sittings": [{**SITTING, "right": 7}, SITTING],
        "questions": {"a-1": [3, 2], "b-2": [1, 0]},
        **changed,
    }


@pytest.mark.parametrize("name", ["Bai Lu 白露", "", 'O\'Neil "x" <b>', "😀" * 20])
def test_a_code_is_read_as_it_was_made(name: str) -> None:
    """Whatever the name; whole, broken over lines, and beside other codes in one text."""
    given = progress(name=name)
    code = one("progress.js", "toCode", given)
    assert re.fullmatch(r"PBP1\.[\w-]+\.[0-9a-f]{8}", code)
    broken = "\n".join(re.findall(".{1,60}", code))
    (codes,) = called("progress.js", ["codesIn", f"Hello\n{broken}\n{code}"])
    assert codes[1:] == [code, code]
    assert one("progress.js", "fromCode", code) == given


def coded(content: Any) -> str:
    """Return a code with any content and the right sum, as an attacker would make it."""
    body = base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
    hash_ = 0x811C9DC5
    for letter in body:
        hash_ = (hash_ ^ ord(letter)) * 0x01000193 % 2**32
    return f"PBP1.{body}.{hash_:08x}"


HOSTILE = {
    "no code": ("hello", "no_code"),
    "empty": ("", "no_code"),
    "newer": ("PBP2.abc.00000000", "newer"),
    "cut": (coded(progress())[:-20], "damaged"),
    "too long": ("PBP1." + "a" * 300_000, "too_long"),
    "a list": (coded([1, 2]), "not_ours"),
    "nothing": (coded(None), "not_ours"),
    "a name that is a number": (coded(progress(name=7)), "not_ours"),
    "a name without end": (coded(progress(name="x" * 5000)), "not_ours"),
    "a day that is none": (coded(progress(started="2026-13-01")), "not_ours"),
    "ticks that are none": (coded(progress(lists={"new-hire-day-1": {"ticked": ["<b>"], "done": ""}})), "not_ours"),
    "a list's name": (coded(progress(lists={"<img>": {"ticked": [], "done": ""}})), "not_ours"),
    "more right than asked": (coded(progress(sittings=[{**SITTING, "asked": 1}])), "not_ours"),
    "a role": (coded(progress(sittings=[{**SITTING, "role": "<script>"}])), "not_ours"),
    "a million sittings": (coded(progress(sittings=[SITTING] * 61)), "not_ours"),
    "counts": (coded(progress(questions={"x": [1, 2]})), "not_ours"),
    "huge counts": (coded(progress(questions={"x": [1e300, 1]})), "not_ours"),
}


@pytest.mark.parametrize("which", HOSTILE)
def test_a_hostile_code_is_a_sentence(which: str) -> None:
    """Nothing of it is used; both languages have words for the reason."""
    code, reason = HOSTILE[which]
    assert one("progress.js", "fromCode", code) == {"thrown": reason}
    for language in ("zh", "en"):
        assert words(language)["progress"][reason]


def test_only_known_fields_are_taken() -> None:
    """What else a code has is dropped, and a name is one short line without signs that turn text around."""
    code = coded({**progress(name="A\n\u202eB\t\x00  C" + "x" * 100), "notes": "secret", "__proto__": {"x": 1}})
    read = one("progress.js", "fromCode", code)
    assert set(read) == {"name", "started", "made", "lists", "sittings", "questions"}
    assert read["name"].startswith("A B C")
    assert len(read["name"]) == 60


def test_who_is_where_and_what_is_late() -> None:
    """On day 27 those who have passed day 7 are on time; from day 31 on, day 30 is late. Those behind come first."""
    slow = progress(name="Slow", lists={}, sittings=[])
    soon, later = called(
        "progress.js",
        ["overview", [progress(), slow], LISTS, TODAY, PASS_MARK],
        ["overview", [progress()], LISTS, "2026-12-02", PASS_MARK],
    )
    assert [row["name"] for row in soon] == ["Slow", "Bai Lu 白露"]
    assert soon[0]["late"] == ["day 1", "day 7"]
    mine = soon[1]
    assert (mine["day"], mine["done"], mine["now"], mine["late"]) == (27, 2, "day 30", [])
    assert (mine["tests"], mine["best"], mine["passed"], mine["own"]) == (2, 90, TODAY, 2)
    assert later[0]["late"] == ["day 30"]
    assert mine["steps"][:2] == ["2026-11-09"] * 2
    assert mine["steps"][2] == f"0/{LISTS[2]['count']}"


def test_on_the_day_itself_nothing_is_late_yet() -> None:
    """Day 30 of a start on 2 November is 1 December."""
    rows = called("progress.js", *(["overview", [progress()], LISTS, day, 80] for day in ("2026-12-01", "2026-12-02")))
    assert [found[0]["late"] for found in rows] == [[], ["day 30"]]


def test_what_is_sent_later_replaces_what_was_sent_before() -> None:
    """Of the same name and start; two without a name are two people."""
    old, new = progress(made="2026-11-20"), progress(questions={})
    assert one("progress.js", "newest", [new, old]) == [new]
    assert len(one("progress.js", "newest", [progress(name=""), progress(name="")])) == 2


def test_the_questions_missed_most_come_first() -> None:
    """By the share of all answers that were wrong; what nobody missed is not among them."""
    people = [progress(questions={"a": [4, 1], "b": [1, 1], "c": [9, 0]}), progress(questions={"a": [4, 3]})]
    assert one("progress.js", "failing", people, 10) == [
        {"id": "b", "asked": 1, "missed": 1, "people": 1},
        {"id": "a", "asked": 8, "missed": 4, "people": 2},
    ]


def test_the_overview_as_a_file_has_no_formulas() -> None:
    """A name that a spreadsheet would compute is text; quotes and line ends come back as they were."""
    text = one("progress.js", "csv", [["Name", "Day"], ["=1+2", 3], ["+x", -4], ['a "b", c', 0]])
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows == [["Name", "Day"], ["'=1+2", "3"], ["'+x", "-4"], ['a "b", c', "0"]]


def test_no_piece_of_the_overview_is_a_formula_behind_any_separator() -> None:
    """A name may have been made to be one, for a program that splits at semicolons, tabs or bars, or full-width."""
    marks = ("", " ", '"', "\u3000", " '")
    names = [
        f"{before}{mark}{start}1+1" for start in STARTS for mark in marks for before in ("", "a;", "a,", "a|", "a\t")
    ]
    text = one("progress.js", "csv", [["Name", "Day"], *([name, 3] for name in names)])
    assert [piece for piece in pieces(text.encode()) if is_formula(piece)] == []


def test_the_lists_are_those_of_the_path() -> None:
    """Five, by their last day, each with as many ticks as the page has; alike in both languages."""
    assert [part["day"] for part in LISTS] == [1, 7, 30, 60, 90]
    assert [(part["name"], part["count"]) for part in lists("zh", "")] == [
        (part["name"], part["count"]) for part in LISTS
    ]


# --- the calendar file -------------------------------------------------------------------------------


def test_the_first_week_falls_on_working_days() -> None:
    """Who starts on a Thursday has the third day on the Monday after; weeks and gates count from the start."""
    entries = [
        {"day": 1, "from": "09:00", "to": "10:00", "title": "a"},
        {"day": 3, "from": "09:00", "to": "10:00", "title": "b"},
        {"week": 2, "title": "c"},
        {"day": 30, "title": "d"},
    ]
    events = one("calendar.js", "events", entries, "2026-11-26")
    assert [event["date"] for event in events] == ["2026-11-26", "2026-11-30", "2026-12-03", "2026-12-25"]


def test_the_file_is_one_that_calendars_read() -> None:
    """Hours without a time zone, whole days, escaped signs, lines of at most 75 bytes."""
    title = "Read a, b; c\\d 第一阶段和第二阶段，写下三个想问的问题，交给师傅看过以后再往下走"
    events = [
        {"date": "2026-11-30", "from": "09:00", "to": "10:30", "title": title},
        {"date": "2026-12-31", "from": "", "to": "", "title": "x"},
    ]
    text = one("calendar.js", "ics", events, "20261128T090000Z")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert "DTSTART:20261130T090000" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert (
        f"SUMMARY:{title.replace(chr(92), chr(92) * 2).replace(',', chr(92) + ',').replace(';', chr(92) + ';')}"
        in lines
    )


# --- in the browser ----------------------------------------------------------------------------------


def test_a_new_hire_takes_the_test_and_the_manager_sees_it(page: Page) -> None:
    """By keyboard: draw, answer, leave and go on, check; what was wrong is explained. The code made of it is read, kept
    only when asked, and forgotten."""
    page.goto(f"{URL}en/paths/quiz.html")
    setup = page.locator("[data-setup]")
    expect(page.locator("[data-fixed]")).to_be_visible()
    setup.locator("select").first.focus()
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    questions_ = page.locator(".pb-test-questions > li")
    expect(questions_).to_have_count(10)
    expect(page.locator("[data-fixed]")).to_be_hidden()
    submit = page.locator("[data-paper] [type=submit], [data-paper] > button")
    submit.press("Enter")
    expect(page.locator(".pb-test-result")).to_contain_text("10 not answered yet")
    for number in range(9):
        questions_.nth(number).locator("input").first.press("Space")
    questions_.nth(9).locator("textarea").fill("What I would say.")
    asked = questions_.locator("legend").all_inner_texts()
    page.reload()
    expect(page.locator("[data-unfinished]")).to_contain_text("10 of 10 answered")
    page.locator("[data-action=go-on]").press("Enter")
    expect(questions_.nth(9).locator("textarea")).to_have_value("What I would say.")
    assert questions_.locator("legend").all_inner_texts() == asked
    submit.press("Enter")
    expect(page.locator(".pb-test-result")).to_contain_text("of 10 right")
    expect(page.locator(".pb-test-why")).to_have_count(10)
    expect(questions_.first.locator(".pb-quiz-page a")).to_have_attribute("href", re.compile(r"\.html"))
    for box in questions_.nth(9).locator("input").all():
        box.press("Space")
    expect(page.locator(".pb-test-result")).to_contain_text("1 of them by your own ticks")

    page.goto(f"{URL}en/paths/progress.html")
    mine, team = page.locator("[data-progress=mine]"), page.locator("[data-progress=team]")
    mine.locator("[name=name]").fill("Bai Lu")
    mine.locator("[name=started]").fill("2026-01-05")
    mine.locator("[type=submit]").press("Enter")
    code = mine.locator("[data-code] textarea").input_value()
    team.locator("[name=codes]").fill(f"{code} {code[:-9]}00000000")
    team.locator("[type=submit]").press("Enter")
    expect(team.locator("[data-said]")).to_contain_text("1 read.")
    expect(team.locator("[data-said]")).to_contain_text("Number 2 was not read: it is not whole")
    expect(team.locator("tbody tr").first).to_contain_text("Bai Lu")
    expect(team.locator("tbody tr").first).to_contain_text("Day 1, Day 7, Day 30, Day 60, Day 90")
    kept = "() => JSON.stringify(Object.entries(localStorage))"
    assert "Bai Lu" not in base64_decoded(page.evaluate(kept))
    team.locator("[name=keep]").press("Space")
    page.reload()
    expect(team.locator("tbody tr").first).to_contain_text("Bai Lu")
    team.locator("[data-action=forget-progress]").press("Enter")
    expect(team.locator("[data-said]")).to_contain_text("Forgotten")
    expect(team.locator("tbody tr")).to_have_count(0)
    assert "PBP1" not in page.evaluate(kept)


def base64_decoded(kept: str) -> str:
    """Return what is kept, with the content of codes in it to be read."""
    codes = re.findall(r"PBP1\.([\w-]+)\.", kept)
    return kept + "".join(base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)).decode() for code in codes)
