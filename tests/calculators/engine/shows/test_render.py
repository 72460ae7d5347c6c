"""HTML of a result: what acting on its parts puts into an input table."""

import json
import re
from html import unescape
from typing import Any

import pytest

from calculators import CALCULATORS
from calculators.engine.answers.result import (
    Board,
    Column,
    Entry,
    Notice,
    Place,
    Put,
    Result,
    Section,
    Table,
    columns,
)
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.render import Page
from calculators.engine.shows.text import LANGUAGES, Language, Text
from calculators.engine.shows.wording import Wording
from calculators.work import Work

KEY = ("person", "month")
TAKEN = {"person": "person", "month": "month"}
LINES: list[dict[str, Any]] = [
    {"person": "林默", "month": "2027-01", "number": 500},
    {"person": "苏远", "month": None, "number": 7},
]


def puts(calculator: str, section: Section, *, example: bool = False) -> list[dict[str, Any]]:
    """Return what acting on each part of a result asks for, from the top."""
    html = Page(Wording(calculator, Text("en", Settings()))).result(Result((section,)), example=example)
    return [json.loads(unescape(put)) for put in re.findall(r'data-put="([^"]*)"', html)]


def locked(**more: Any) -> Section:
    """Return a section with a table of the goal breakdown's."""
    return Section("locked", tables=(Table("locked", data=LINES, **more),))


def test_what_is_typed_into_a_cell_goes_under_the_name_that_it_asks_for() -> None:
    """The rest of the row is of the line; a line that lacks it has nothing to put."""
    typed = Column("money", put=Put("locked", KEY, taken=TAKEN, asks=("number",)))
    shape = {**columns("person:text month:text"), "number": typed}
    row = {"person": "林默", "month": "2027-01", "number": None}
    assert puts("goal_breakdown", locked(shape=shape)) == [{"table": "locked", "row": row, "key": list(KEY)}]


def test_a_cell_is_chosen_with_what_its_column_and_its_line_say() -> None:
    """A text of the column beside one of the line."""
    chosen = Column("money", put=Put("locked", KEY, {"month": "2027-05"}, {"person": "person"}))
    asked = puts("goal_breakdown", locked(shape={**columns("person:text"), "number": chosen}))
    assert [put["row"] for put in asked] == [{"person": name, "month": "2027-05"} for name in ("林默", "苏远")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("calculator", CALCULATORS)
def test_a_result_begins_with_the_way_to_each_of_its_sections(calculator: str, language: Language) -> None:
    """By names that are short enough to stand in a row, and each another; two sections need no list."""
    work = Work(Settings(), {"calculator": calculator, "language": language})
    html = work.page.result(work.result)
    (listed,) = re.findall(r"<nav .*?</nav>", html)
    led = re.findall(r'<a href="#([^"]+)"[^>]*>([^<]+)</a>', listed)
    assert [place for place, _ in led] == re.findall(r'<section data-section="[^"]+" id="([^"]+)"', html)
    names = [unescape(name) for _, name in led]
    assert len(set(names)) == len(names) == len(work.result.sections)
    assert max(map(len, names)) <= {"zh": 7, "en": 16}[language]
    assert "<nav" not in work.page.result(Result(work.result.sections[:2]))


@pytest.mark.parametrize("example", [True, False])
def test_a_line_is_taken_out_unless_it_is_the_examples(example: bool) -> None:
    """There is a button beside the lines that the input table has, and in the example none."""
    take_out = Put("locked", KEY, taken=TAKEN, remove=True, own_only=True)
    section = locked(shape=columns("person:text number:money"), actions={"take_out": take_out})
    found = puts("goal_breakdown", section, example=example)
    assert [put["remove"] for put in found] == ([] if example else [True])


def test_a_notice_in_a_row_is_put_in_words() -> None:
    """What a calculator knows by its key is in the reader's own list in the reader's language."""
    keep = Put("quarters", ("quarter",), {"quarter": "2026Q3", "reliance": Notice("self_check.answer.yes")})
    (put,) = puts("self_check", Section("quarters", actions={"keep_quarter": keep}))
    assert put["row"] == {"quarter": "2026Q3", "reliance": "yes"}


def test_somebody_beside_a_board_stands_in_no_place_of_it() -> None:
    """Who is moved from a tray is moved from nowhere, since the table of moves knows the board's places only."""
    star, tray = (Place(name, f"nine_box.{name}.name", (Entry(name),)) for name in ("box.star", "tray.missing"))
    move = Put("moves", taken={"person": "entry", "moved_from": "place"}, asks=("moved_to",))
    board = Board("grid", (Notice("nine_box.axes"),), (Notice("nine_box.axes"),), ((star,),), (tray,), move)
    found = [put["row"] for put in puts("nine_box", Section("grid", boards=(board,)))]
    assert found == [
        {"person": "box.star", "moved_from": "Star", "moved_to": None},
        {"person": "tray.missing", "moved_from": "", "moved_to": None},
    ]


def test_what_a_line_is_read_for_stays_in_sight_from_its_heading_to_its_total() -> None:
    """Where no answer is named it is the tier; what a line is about stays on the other side."""

    def kept(section: Section) -> list[tuple[str, str]]:
        html = Page(Wording("goal_breakdown", Text("en", Settings()))).result(Result((section,)))
        return re.findall(r'<(t[hd])[^>]* class="(?:pb-\w+ )?pb-(head|answer)"', html)

    shape = columns("person:text number:money month:text")
    line, total = [("th", "head"), ("td", "answer")], [("th", "head"), ("td", "answer")]
    assert kept(locked(shape=shape, answer="number", totals=("number",))) == [
        ("th", "head"),
        ("th", "answer"),
        *line,
        *line,
        *total,
    ]
    assert kept(locked(shape=shape, tier="month"))[:2] == [("th", "head"), ("th", "answer")]
    assert [name for _, name in kept(locked(shape=shape, tier="person"))] == ["head"] * 3


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_what_a_table_is_read_for_is_a_column_of_it(calculator: str) -> None:
    """An answer that no column has would stay nowhere."""
    tables = Work(Settings(), {"calculator": calculator, "language": "en"}).result.tables
    assert tables
    assert [table.name for table in tables if table.answer and table.answer not in table.shape] == []
