"""The nine-box: every boundary by name, what must hold for every team, pseudonyms that leave no name behind, the
same replies in the browser's Python, and a meeting's way through the page.
"""

import datetime
import io
import json
import random
import re
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Locator, Page, expect

from calculators import nine_box
from calculators.bridge import Bridge
from calculators.engine.answers.pseudonyms import HIDDEN, Disguise, pseudonym
from calculators.engine.answers.result import Board, Result, Table
from calculators.engine.arithmetic.chances import least_apart
from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.settings import Settings
from calculators.engine.reads.sources import Pasted
from calculators.engine.reads.tables import Reading, read_table
from calculators.engine.reads.typed import parse
from calculators.engine.shows.text import LANGUAGES, Language, Text
from calculators.nine_box.placing import full_months, percentile_ranks
from calculators.nine_box.settings import BOXES
from macros.pages import bundle
from macros.runtime.worker import Request, run
from tests.browser import URL, becomes
from tests.calculators.replies import GENERATED
from tests.journey import STARTED, drop, figure, in_one

PEOPLE, EARLIER, MOVES = nine_box.declare(Settings()).tables
TRAYS = ("new", "missing")


def read(rows: list[dict[str, Any]], spec: Any = PEOPLE) -> Reading:
    """Return rows as a pasted table with the columns that any of them has."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = ["\t".join(names), *("\t".join(str(row.get(name, "")) for name in names) for row in rows)]
    return read_table(Pasted("\n".join(lines)), spec)


def result(
    rows: list[dict[str, Any]],
    moves: list[dict[str, Any]] | None = None,
    earlier: list[dict[str, Any]] | None = None,
    **values: Any,
) -> Result:
    """Return the result of a list of people with our defaults, but for ``values``."""
    given_values = parse(nine_box.declare(Settings()), values)
    tables = {"people": read(rows), "moves": read(moves, MOVES) if moves else None}
    tables["earlier"] = read(earlier, EARLIER) if earlier else None
    return nine_box.calculate(nine_box.Inputs.read(given_values, tables))


def table(answer: Result, name: str) -> Table:
    """Return one table of a result."""
    return next(one for one in answer.tables if one.name == name)


def rows_of(answer: Result, name: str) -> list[dict[str, Any]]:
    """Return the rows of a table by column."""
    found = table(answer, name)
    names = [column.name for column in found.columns]
    return [dict(zip(names, row, strict=True)) for row in found.rows()]


def boxes(answer: Result, column: str = "box") -> dict[str, str]:
    """Return where everybody is, by name: a box or a tray."""
    return {row["person"]: row[column].split(".")[2] for row in rows_of(answer, "everybody")}


def box(performance: str, output: str, **values: Any) -> str:
    """Return the box of one person with this attainment and score."""
    return boxes(result([{"person": "甲", "attainment": performance, "output": output}], **values))["甲"]


def figures(answer: Result) -> dict[str, Any]:
    """Return the figures of a result."""
    return {figure.name: figure.value for figure in answer.figures}


def codes(answer: Result) -> list[str]:
    """Return the codes of a result's notices."""
    return [notice.code.removeprefix("nine_box.") for notice in answer.notices]


# --- every boundary ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("performance", "output", "expected"),
    [
        ("79.99%", "39.99", "improvement"),
        ("80%", "39.99", "steady_seller"),
        ("99.99%", "39.99", "steady_seller"),
        ("100%", "39.99", "lone_ace"),
        ("79.99%", "40", "climber"),
        ("80%", "40", "core"),
        ("99.99%", "69.99", "core"),
        ("100%", "40", "mainstay"),
        ("79.99%", "70", "method_first"),
        ("80%", "70", "high_potential"),
        ("99.99%", "100", "high_potential"),
        ("100%", "70", "star"),
        ("0%", "0", "improvement"),
        ("250%", "100", "star"),
        ("-20%", "0", "improvement"),
    ],
)
def test_whoever_is_exactly_on_a_line_is_above_it(performance: str, output: str, expected: str) -> None:
    """The intervals are half-open on both axes; performance is the vertical one, as in the source."""
    assert box(performance, output) == expected


def test_attainment_is_compared_exactly_and_never_rounded_first() -> None:
    """199,999.99 of 250,000 is 79.999996%, shown as 80.0%, and still below the cut-off of 80%."""
    answer = result([{"person": "甲", "actual": "199999.99", "target": "250000", "output": "50"}])
    assert boxes(answer)["甲"] == "climber"
    assert boxes(result([{"person": "甲", "actual": "200000", "target": "250000", "output": "50"}]))["甲"] == "core"


def test_the_companys_lines_are_used_and_must_rise() -> None:
    """Cut-offs come from the form; a lower one that is not below the upper is refused at both fields."""
    assert box("85%", "50", performance_low="90", performance_high="120") == "climber"
    with pytest.raises(InvalidInputs) as caught:
        result([{"person": "甲"}], output_low="70", output_high="70")
    assert {error.field for error in caught.value.errors} == {"output_low", "output_high"}


@pytest.mark.parametrize(
    ("performance", "across"),
    [
        ("77.99%", None),
        ("78%", "core"),
        ("79.99%", "core"),
        ("80%", "climber"),
        ("82%", "climber"),
        ("82.0001%", None),
        ("97.9999%", None),
        ("98%", "mainstay"),
        ("100%", "core"),
        ("102%", "core"),
        ("102.01%", None),
    ],
)
def test_within_two_points_of_a_performance_line_the_neighbour_is_named(performance: str, across: str | None) -> None:
    """2% of the span from nothing to the target, the edge included; the box across the cut-off is the neighbour."""
    answer = result([{"person": "甲", "attainment": performance, "output": "55"}])
    found = [row["box_across_performance"] for row in rows_of(answer, "borderline")]
    assert found == ([] if across is None else [f"nine_box.box.{across}.name"])


@pytest.mark.parametrize(
    ("output", "across"),
    [
        ("37.99", None),
        ("38", "core"),
        ("42", "steady_seller"),
        ("42.01", None),
        ("68", "high_potential"),
        ("72", "core"),
    ],
)
def test_within_two_points_of_an_output_line_the_neighbour_is_named(output: str, across: str | None) -> None:
    """Output spans 0 to 100 points, so that 2% of it is two points."""
    answer = result([{"person": "甲", "attainment": "90%", "output": output}])
    found = [row["box_across_output"] for row in rows_of(answer, "borderline")]
    assert found == ([] if across is None else [f"nine_box.box.{across}.name"])


def test_of_two_cutoffs_equally_close_the_lower_ones_other_side_is_named() -> None:
    """With a reach of 10% the middle of 80 and 100 is close to both: the box below is named, as the page states."""
    answer = result([{"person": "甲", "attainment": "90%", "output": "55"}], borderline="10")
    assert rows_of(answer, "borderline")[0]["box_across_performance"] == "nine_box.box.climber.name"


# --- not guessed ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "months"),
    [
        ("2026-03-30", 6),
        ("2026-03-31", 6),
        ("2026-04-01", 5),
        ("2026-09-30", 0),
        ("2025-09-30", 12),
    ],
)
def test_months_of_service_are_full_calendar_months(start: str, months: int) -> None:
    """As of 30 September, whoever began on 31 March has six: a month too short ends with its last day."""
    assert full_months(datetime.date.fromisoformat(start), datetime.date(2026, 9, 30)) == months


def test_a_leap_days_month_ends_with_february() -> None:
    """From 29 February, a year later there are twelve months on the 28th."""
    assert full_months(datetime.date(2024, 2, 29), datetime.date(2025, 2, 28)) == 12
    assert full_months(datetime.date(2024, 8, 31), datetime.date(2025, 2, 27)) == 5


def test_under_six_months_is_too_new_and_six_are_enough() -> None:
    """By months or by start date, with the as-of date of the form."""
    rows = [
        {"person": "五月", "attainment": "120%", "output": "90", "service_months": "5.9"},
        {"person": "六月", "attainment": "120%", "output": "90", "service_months": "6"},
        {"person": "差一天", "attainment": "120%", "output": "90", "start": "2026-04-01"},
        {"person": "刚满", "attainment": "120%", "output": "90", "start": "2026-03-30"},
    ]
    assert boxes(result(rows, as_of="2026-09-30")) == {
        "五月": "new",
        "六月": "star",
        "差一天": "new",
        "刚满": "star",
    }


def test_without_any_service_nobody_is_set_aside_and_that_is_said() -> None:
    """A list without service has everybody placed under an assumption; one that lacks it for some names them."""
    rows = [
        {"person": "甲", "attainment": "90%", "output": "50"},
        {"person": "乙", "attainment": "90%", "output": "50"},
    ]
    assert "noted.no_service" in codes(result(rows))
    rows[0]["service_months"] = "20"
    answer = result(rows)
    assert next(n.params["names"] for n in answer.notices if n.code == "nine_box.noted.service_unknown") == ["乙"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"output": "50"}, "no_performance"),
        ({"actual": "10", "output": "50"}, "no_performance"),
        ({"actual": "10", "target": "0", "output": "50"}, "no_target"),
        ({"actual": "10", "target": "-5", "output": "50"}, "no_target"),
        ({"attainment": "90%"}, "no_output"),
        ({"attainment": "90%", "output": "100.01"}, "output_out_of_range"),
        ({"attainment": "90%", "output": "-1"}, "output_out_of_range"),
        ({"attainment": "90%", "output_count": "5"}, "count_alone"),
        ({"attainment": "90%", "output_count": "-1", "quality": "50%"}, "count_negative"),
        ({"attainment": "90%", "output_count": "5", "quality": "101%"}, "quality_out_of_range"),
        ({"attainment": "90%", "output": "50", "start": "2026-10-01"}, "not_started"),
        ({"team": "东"}, "nothing"),
    ],
)
def test_what_is_missing_is_named_and_never_guessed(row: dict[str, str], why: str) -> None:
    """Each reason has a sentence of its own, and the person stands in the tray of missing data."""
    answer = result([{"person": "甲", **row}])
    everybody = rows_of(answer, "everybody")
    assert boxes(answer)["甲"] == "missing"
    assert everybody[0]["why"] == f"nine_box.why.{why}"


def test_one_name_on_two_rows_is_two_people_or_one_and_neither_is_guessed() -> None:
    """Both rows stand in the tray of missing data, and cannot be moved by name."""
    rows = [
        {"person": "王伟", "attainment": "120%", "output": "90"},
        {"person": "王伟", "attainment": "60%", "output": "9"},
    ]
    answer = result(rows, [{"person": "王伟", "moved_to": "star", "decided_by": "林", "why": "因为"}])
    assert figures(answer)["missing"] == 2
    assert [row["fate"] for row in rows_of(answer, "decisions")] == ["nine_box.fate.repeated"]


def test_a_count_is_weighted_by_quality_and_capped_at_full_points() -> None:
    """Eight pieces at half quality are four of ten, 40 points; thirty are the full hundred, and that is said."""
    rows = [
        {"person": "甲", "attainment": "100%", "output_count": "8", "quality": "50%"},
        {"person": "乙", "attainment": "100%", "output_count": "30", "quality": "100%"},
    ]
    answer = result(rows)
    assert {row["person"]: row["output"] for row in rows_of(answer, "everybody")} == {"甲": 40, "乙": 100}
    assert next(n.params["names"] for n in answer.notices if n.code == "nine_box.noted.capped") == ["乙"]


def test_actual_over_target_comes_before_a_stated_attainment_that_differs() -> None:
    """A point apart is left alone, more is pointed out; what is computed is what is used."""
    rows = [
        {"person": "甲", "attainment": "101%", "actual": "100", "target": "100", "output": "80"},
        {"person": "乙", "attainment": "101.01%", "actual": "79", "target": "100", "output": "80"},
    ]
    answer = result(rows)
    assert next(n.params["names"] for n in answer.notices if n.code == "nine_box.noted.contradiction") == ["乙"]
    assert boxes(answer)["乙"] == "method_first"


# --- by percentile rank ---------------------------------------------------------------------------------------------


def test_percentile_ranks_are_those_of_the_textbook() -> None:
    """Scores 2, 3, 3, 3, 5, 6, 6, 8, 9, 10: the three 3s have (4 - 1.5) of 10, the usual 25%."""
    found = percentile_ranks([Fraction(score) for score in (2, 3, 3, 3, 5, 6, 6, 8, 9, 10)])
    assert found[1:4] == [Fraction(1, 4)] * 3
    assert (found[0], found[-1]) == (Fraction(1, 20), Fraction(19, 20))


def test_by_percentile_rank_a_team_of_equals_is_all_in_the_middle() -> None:
    """Nobody is last where all are equal; ties are never split."""
    rows = [{"person": f"p{at}", "attainment": "120%", "output": "90"} for at in range(7)]
    assert set(boxes(result(rows, cutoffs="percentile")).values()) == {"core"}


def test_by_percentile_rank_the_page_says_that_it_is_relative() -> None:
    """The caution stands in the result, with the cut-offs that were used."""
    rows = [{"person": f"p{at}", "attainment": f"{at}%", "output": f"{at}"} for at in range(10, 30)]
    answer = result(rows, cutoffs="percentile")
    assert {"cutoffs_percentile", "percentile_is_relative"} <= set(codes(answer))
    assert Counter(boxes(answer).values())["star"] == 6


# --- distribution and groups -----------------------------------------------------------------------------------


def crowd(counts: dict[tuple[str, str], int], **more: Any) -> list[dict[str, Any]]:
    """Return so many people for each pair of attainment and score."""
    pairs = [pair for pair, count in counts.items() for _ in range(count)]
    return [{"person": f"p{at:03}", "attainment": a, "output": o, **more} for at, (a, o) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("placed", "stars", "low"),
    [(8, (1, 2), 0), (19, (3, 4), 0), (20, (4, 4), 1), (39, (7, 8), 1), (40, (8, 8), 2), (60, (12, 12), 3)],
)
def test_the_guidance_says_what_is_possible_at_this_head_count(placed: int, stars: tuple[int, int], low: int) -> None:
    """5% of fewer than 20 people is nobody; 20% of 8 is one or two."""
    answer = result(crowd({("90%", "50"): placed}))
    star, improvement, rest = rows_of(answer, "guidance")
    assert ((star["at_least"], star["at_most"]), improvement["at_most"]) == (stars, low)
    assert rest["now"] == placed
    assert rest["guide"] == Fraction(3, 4)
    assert ("nobody_by_guidance" in codes(answer)) == (placed < 20)


def test_nobody_is_moved_to_fit_the_guidance() -> None:
    """A team where all are low stays so, however far from the shares, and a person is asked to review each."""
    answer = result(crowd({("50%", "10"): 12}))
    assert set(boxes(answer).values()) == {"improvement"}
    assert rows_of(answer, "guidance")[1]["verdict"] == "nine_box.verdict.above"
    assert {"last_is_not_unfit", "review_open"} <= set(codes(answer))
    assert figures(answer)["unreviewed"] == 12


def test_groups_of_five_are_compared_with_what_the_whole_would_give_them_and_smaller_ones_are_not() -> None:
    """With 10 stars among 20, a team of 8 with 6 stars has 2 more than expected; a team of 4 is only named."""
    rows = [
        *crowd({("120%", "90"): 6, ("90%", "50"): 2}, team="东"),
        *crowd({("120%", "90"): 2, ("90%", "50"): 6}, team="西"),
        *crowd({("120%", "90"): 2, ("90%", "50"): 2}, team="南"),
    ]
    for at, row in enumerate(rows):
        row["person"] = f"q{at}"
    answer = result(rows)
    found = {
        (row["group"], row["box"]): (row["now"], row["expected"], row["difference"])
        for row in rows_of(answer, "groups")
    }
    assert found["东", "nine_box.box.star.name"] == (6, 4, 2)
    assert found["西", "nine_box.box.star.name"] == (2, 4, -2)
    assert "南" not in {group for group, _ in found}
    assert next(n.params["names"] for n in answer.notices if n.code == "nine_box.small_teams") == ["南"]


# --- calibration -------------------------------------------------------------------------------------------------

TWO = [{"person": "甲", "attainment": "90%", "output": "50"}, {"person": "乙", "attainment": "50%", "output": "10"}]


def move(**changes: str) -> dict[str, str]:
    """Return a row of the table of moves."""
    return {"person": "甲", "moved_from": "core", "moved_to": "star", "decided_by": "林", "why": "因为", **changes}


def test_a_move_says_who_why_from_and_to_and_the_computed_box_stays_beside_it() -> None:
    """The figures' own answer is never overwritten; the log has the whole decision."""
    answer = result(TWO, [move(decided_on="2026-10-12")])
    assert boxes(answer) == {"甲": "star", "乙": "improvement"}
    assert boxes(answer, "computed_box") == {"甲": "core", "乙": "improvement"}
    assert rows_of(answer, "decisions") == [
        {
            "number": 1,
            "person": "甲",
            "moved_from": "nine_box.box.core.name",
            "moved_to": "nine_box.box.star.name",
            "decided_by": "林",
            "why": "因为",
            "decided_on": datetime.date(2026, 10, 12),
            "fate": "nine_box.fate.in_force",
        }
    ]
    before, after = (
        next(b for s in answer.sections for b in s.boards if b.name == name) for name in ("before", "after")
    )
    assert (on(before, "甲"), on(after, "甲")) == ("core", "star")


def on(board: Board, person: str) -> str:
    """Return the place where a board has somebody."""
    places = [*(place for row in board.places for place in row), *board.beside]
    return next(place.id for place in places if person in [entry.label for entry in place.entries])


@pytest.mark.parametrize(
    ("changes", "fate"),
    [
        ({"person": "丙"}, "unknown_person"),
        ({"decided_by": ""}, "no_decider"),
        ({"why": ""}, "no_reason"),
        ({"moved_to": ""}, "no_box"),
        ({"moved_from": "climber"}, "in_force_since_changed"),
        ({"moved_from": ""}, "in_force"),
        ({"moved_to": "core"}, "in_force"),
        ({"moved_to": "明星员工"}, "in_force"),
        ({"moved_to": "High potential"}, "in_force"),
    ],
)
def test_what_became_of_every_decision_is_said(changes: dict[str, str], fate: str) -> None:
    """A decision without a name, a reason or a box does not count, and one whose figures have changed is marked."""
    answer = result(TWO, [move(**changes), move(person="乙", moved_from="", moved_to="improvement")])
    assert rows_of(answer, "decisions")[0]["fate"] == f"nine_box.fate.{fate}"


def test_a_later_decision_replaces_an_earlier_one_and_both_stay_in_the_log() -> None:
    """The second starts from where the first put the person."""
    answer = result(TWO, [move(), move(moved_from="star", moved_to="mainstay")])
    log = rows_of(answer, "decisions")
    assert [row["fate"] for row in log] == ["nine_box.fate.replaced", "nine_box.fate.in_force"]
    assert [row["moved_from"] for row in log] == ["nine_box.box.core.name", "nine_box.box.star.name"]
    assert boxes(answer)["甲"] == "mainstay"


def test_leaving_somebody_in_the_improvement_zone_counts_as_a_review() -> None:
    """After a person has decided, nobody is left to be reviewed."""
    answer = result(TWO, [move(person="乙", moved_from="improvement", moved_to="improvement")])
    assert figures(answer)["unreviewed"] == 0
    assert rows_of(answer, "review")[0]["decided_by"] == "林"
    assert figures(result(TWO))["unreviewed"] == 1


def test_a_box_the_company_has_renamed_is_known_by_that_name_and_by_ours() -> None:
    """Names in ``extra.playbook`` replace ours in results and are understood in a table of moves."""
    settings = Settings.from_mapping({"nine_box": {"boxes": {"star": {"name": {"zh": "标杆", "en": "Beacon"}}}}})
    assert Text("zh", settings)("nine_box.box.star.name") == "标杆"
    spellings = nine_box.spellings(settings)["star"]
    assert {"标杆", "Beacon", "star", "明星员工", "Star"} <= set(spellings)
    assert Settings.from_mapping(settings.as_mapping()) == settings


def test_mistakes_in_the_settings_are_named_with_their_place() -> None:
    """Lines that fall, an unknown box, a name in one language only."""
    raw = {
        "performance": {"low": 100, "high": 80},
        "boxes": {"stars": {}, "star": {"name": {"zh": "标杆"}}},
        "borderline": 21,
    }
    with pytest.raises(InvalidInputs) as caught:
        Settings.from_mapping({"nine_box": raw})
    assert {error.field.removeprefix("extra.playbook.nine_box.") for error in caught.value.errors} == {
        "performance",
        "boxes.stars",
        "boxes.star.name.en",
        "borderline",
    }


# --- what always holds ---------------------------------------------------------------------------------------------

amounts = st.one_of(st.none(), st.integers(0, 20_000))
people = st.fixed_dictionaries(
    {
        "attainment": st.one_of(st.none(), st.integers(-50, 250)),
        "actual": amounts,
        "target": amounts,
        "output": st.one_of(st.none(), st.integers(-5, 105)),
        "output_count": st.one_of(st.none(), st.integers(0, 20)),
        "quality": st.one_of(st.none(), st.integers(0, 110)),
        "service_months": st.one_of(st.none(), st.integers(0, 30)),
        "team": st.sampled_from(["", "东", "西"]),
    }
)
teams = st.lists(people, min_size=1, max_size=25)
cutoff_kinds = st.sampled_from(["fixed", "percentile"])


def written(team: list[dict[str, Any]], names: list[str] | None = None) -> list[dict[str, Any]]:
    """Return generated people as rows of a table."""
    rows = []
    for at, person in enumerate(team):
        row = {"person": names[at] if names else f"p{at:02}"}
        for name, value in person.items():
            row[name] = "" if value is None else f"{value}%" if name in ("attainment", "quality") else str(value)
        rows.append(row)
    return rows


@given(teams, cutoff_kinds)
def test_everybody_is_in_exactly_one_box_or_tray_and_the_counts_sum_to_the_input(
    team: list[dict[str, Any]], cutoffs: str
) -> None:
    """The nine boxes and two trays hold each person once; so does the board, and the figures agree."""
    answer = result(written(team), cutoffs=cutoffs)
    counted = {row["box"].split(".")[2]: row["now"] for row in rows_of(answer, "boxes")}
    assert set(counted) == {*BOXES, *TRAYS}
    assert sum(counted.values()) == len(team) == figures(answer)["headcount"]
    assert Counter(boxes(answer).values()) == Counter({name: count for name, count in counted.items() if count})
    board = next(board for section in answer.sections for board in section.boards if board.name == "grid")
    places = [*(place for row in board.places for place in row), *board.beside]
    assert {place.id: len(place) for place in places} == counted
    assert sorted(entry.label for place in places for entry in place.entries) == [
        f"p{at:02}" for at in range(len(team))
    ]


@given(teams, cutoff_kinds, st.data())
def test_the_order_of_rows_changes_nothing(team: list[dict[str, Any]], cutoffs: str, data: st.DataObject) -> None:
    """A permuted list gives the same result to the last notice, repeated names included."""
    names = [f"p{at % 17}" for at in range(len(team))]
    rows = written(team, names)
    shuffled = data.draw(st.permutations(rows))
    first, again = result(rows, cutoffs=cutoffs), result(shuffled, cutoffs=cutoffs)
    assert first.as_json() == again.as_json()
    assert [s.boards for s in first.sections] == [s.boards for s in again.sections]


@given(teams, cutoff_kinds, st.integers(1, 300), st.data())
def test_better_performance_never_moves_anybody_down(
    team: list[dict[str, Any]], cutoffs: str, more: int, data: st.DataObject
) -> None:
    """Whoever improves keeps or raises their level, or their tray; by fixed cut-offs nobody else is touched."""
    team = [{**person, "actual": None, "target": None, "attainment": person["attainment"] or 0} for person in team]
    at = data.draw(st.integers(0, len(team) - 1))
    better = [{**person, "attainment": person["attainment"] + more * (n == at)} for n, person in enumerate(team)]
    before, after = boxes(result(written(team), cutoffs=cutoffs)), boxes(result(written(better), cutoffs=cutoffs))
    name = f"p{at:02}"
    if before[name] in BOXES:
        assert BOXES.index(after[name]) // 3 >= BOXES.index(before[name]) // 3
        assert BOXES.index(after[name]) % 3 == BOXES.index(before[name]) % 3
    else:
        assert after[name] == before[name]
    if cutoffs == "fixed":
        assert {n: b for n, b in before.items() if n != name} == {n: b for n, b in after.items() if n != name}


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(1, 10**9)), min_size=1, max_size=20), st.integers(2, 900))
def test_scaling_actual_and_target_together_changes_nothing(pairs: list[tuple[int, int]], factor: int) -> None:
    """Yuan or 万元: boxes and neighbours are the same."""

    def rows(scale: int) -> list[dict[str, Any]]:
        return [
            {"person": f"p{at:02}", "actual": actual * scale, "target": target * scale, "output": 50}
            for at, (actual, target) in enumerate(pairs)
        ]

    first, scaled = result(rows(1)), result(rows(factor))
    assert boxes(first) == boxes(scaled)
    assert rows_of(first, "borderline") == rows_of(scaled, "borderline")


@given(teams, st.lists(st.tuples(st.integers(0, 24), st.sampled_from(BOXES)), max_size=6))
def test_decisions_move_those_they_name_and_nobody_else(
    team: list[dict[str, Any]], decided: list[tuple[int, str]]
) -> None:
    """After any moves everybody is still in one place, the moved where the last decision put them."""
    moves = [move(person=f"p{at:02}", moved_from="", moved_to=to) for at, to in decided]
    answer = result(written(team), moves or None)
    computed, now = boxes(answer, "computed_box"), boxes(answer)
    last = {f"p{at:02}": to for at, to in decided}
    assert now == {name: last.get(name, where) for name, where in computed.items()}
    assert sum(row["now"] for row in rows_of(answer, "boxes")) == len(team)


@pytest.mark.parametrize(
    ("performance", "output", "expected"),
    [
        ("0.79996", "50", "climber"),
        ("79.995%", "50", "climber"),
        ("79.9999999999%", "50", "climber"),
        ("80.0000000001%", "50", "core"),
        ("99.995%", "50", "core"),
        ("0.99996", "50", "core"),
        ("100.00000001%", "50", "mainstay"),
        ("90%", "39.996", "steady_seller"),
        ("90%", "40.0000001", "core"),
        ("90%", "69.996", "core"),
        ("90%", "69.9999999999", "core"),
        ("90%", "70.00000001", "high_potential"),
        ("69.996%", "50", "climber"),
    ],
)
def test_what_is_stated_is_compared_as_it_is_written(performance: str, output: str, expected: str) -> None:
    """Neither a stated attainment nor a score is rounded before it is held against a cut-off."""
    others = {"person": "乙", "attainment": "90%" if "%" in performance else "0.9", "output": "55.5"}
    answer = result([{"person": "甲", "attainment": performance, "output": output}, others])
    assert boxes(answer)["甲"] == expected


@given(
    st.sampled_from([80, 100]), st.sampled_from([40, 70]), st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9)
)
def test_a_hair_above_a_cut_off_is_above_and_a_hair_below_is_below(
    attained: int, points: int, more: int, higher: int
) -> None:
    """Twelve decimals decide as two do, on either axis; a quality weight is as exact."""
    performance, score = (f"{one * 10**12 + off:d}" for one, off in ((attained, more), (points, higher)))
    cells = f"{performance[:-12]}.{performance[-12:]}%", f"{score[:-12]}.{score[-12:]}"
    place = box(*cells)
    assert BOXES.index(place) // 3 == (attained == 100) + (more >= 0)
    assert BOXES.index(place) % 3 == (points == 70) + (higher >= 0)
    weighted = [{"person": "甲", "attainment": cells[0], "output_count": "10", "quality": f"{cells[1]}%"}]
    assert boxes(result(weighted))["甲"] == place


# --- since last time -------------------------------------------------------------------------------------------------


def then(team: list[dict[str, Any]], stood: dict[str, str]) -> list[dict[str, Any]]:
    """Return an earlier list of the same people that says where each stood."""
    return [{"person": row["person"], "box": stood[row["person"]]} for row in written(team)]


@settings(max_examples=25)
@given(teams, st.data())
def test_who_moved_who_is_new_and_who_has_left_are_everybody(team: list[dict[str, Any]], data: st.DataObject) -> None:
    """Each person of either list is counted once; arrows hold exactly those who changed boxes; where nothing changed
    there is none.
    """
    now = boxes(result(written(team)))
    some = data.draw(st.sets(st.sampled_from(sorted(now)), min_size=1))
    stood = {name: data.draw(st.sampled_from([*BOXES, *TRAYS])) for name in some}
    earlier = [{"person": name, "box": place} for name, place in stood.items()]
    earlier.append({"person": "gone", "box": "star"})
    answer = result(written(team), earlier=earlier)
    found = figures(answer)
    assert sum(value for name, value in found.items() if name.startswith("moves_")) == len(team) + 1
    assert found["moves_left"] == 1
    assert found["moves_joined"] == len(team) - len(some)
    boards = [board for section in answer.sections for board in section.boards if board.name == "movement"]
    arrows = {name: (arrow.start, arrow.end) for board in boards for arrow in board.arrows for name in arrow.names}
    changed = {name: (place, now[name]) for name, place in stood.items() if place != now[name]}
    assert arrows == {name: ends for name, ends in changed.items() if set(ends) <= set(BOXES)}
    listed = {row["person"] for row in rows_of(answer, "movement")}
    in_trays = {name for name, ends in changed.items() if set(ends) <= set(TRAYS)}  # not placed then, nor now
    assert listed == (changed.keys() - in_trays) | (now.keys() - some) | {"gone"}


@settings(max_examples=25)
@given(teams)
def test_where_everybody_stays_there_is_no_arrow(team: list[dict[str, Any]]) -> None:
    """The download of the last review, brought again, moves nobody."""
    now = boxes(result(written(team)))
    answer = result(written(team), earlier=then(team, now))
    assert figures(answer)["moves_stayed"] == len(team)
    assert not [board for section in answer.sections for board in section.boards if board.name == "movement"]


def test_an_earlier_list_without_boxes_is_placed_as_of_its_own_day() -> None:
    """Somebody who is long enough there today was too new six months ago, and is placed for the first time."""
    person = {"person": "甲", "attainment": "90%", "output": "50", "start": "2025-12-01"}
    answer = result([person], earlier=[person], as_of="2026-09-30", cycle="6")
    assert [row["movement"] for row in rows_of(answer, "movement")] == ["nine_box.movement.placed"]
    again = result([person], earlier=[person], as_of="2026-09-30", cycle="3")
    assert rows_of(again, "movement") == []


def test_the_download_of_everybody_is_an_earlier_list() -> None:
    """Its columns are known by what the page calls them; the box after calibration counts, not that by the figures."""
    written: dict[Language, tuple[str, str]] = {"zh": ("所在格", "明星员工"), "en": ("Box", "Star")}
    for language, (heading, star) in written.items():
        text = Text(language, Settings())
        assert text("nine_box.column.box") == heading
        frame = read_table(Pasted(f"{text('nine_box.column.person')}\t{heading}\n甲\t{star}"), EARLIER).frame
        assert frame["box_then"].tolist() == ["star"]


# --- whether groups differ -------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_groups_that_chance_can_make_are_not_called_different(people: list[tuple[str, bool, bool]]) -> None:
    """A group is called different only where Fisher's exact test says so after the correction for every comparison."""
    rows = [
        {"person": f"p{at}", "rater": group, "attainment": 130 if good else 90, "output": 90 if high else 50}
        for at, (group, good, high) in enumerate(people)
    ]
    answer = result(rows)
    found = rows_of(answer, "differences") if "differences_rule" in codes(answer) else []
    groups = {group for group, _, _ in people}
    assert len(found) == (2 * len(groups) if len(groups) > 1 else 0)
    comparisons = 2 * (1 if len(groups) == 2 else len(groups))
    for row in found:
        axis = row["axis"].split(".")[2]
        marks = [(group, good if axis == "performance" else high) for group, good, high in people]
        inside = [mark for group, mark in marks if group == row["group"]]
        outside = [mark for group, mark in marks if group != row["group"]]
        total, size = len(marks), len(inside)
        both = sum(inside) + sum(outside)
        ways = {
            k: comb(both, k) * comb(total - both, size - k)
            for k in range(max(0, size - total + both), min(both, size) + 1)
        }
        tails = (
            sum(way for k, way in ways.items() if k >= sum(inside)),
            sum(way for k, way in ways.items() if k <= sum(inside)),
        )
        chance = min(Fraction(1), comparisons * min(Fraction(1), Fraction(2 * min(tails), comb(total, size))))
        assert row["chance"] == chance
        told = row["apart"].split(".")[2]
        assert (told in ("more", "fewer")) == (chance <= Fraction(1, 20))


@given(st.integers(1, 60), st.integers(0, 60), st.sampled_from([Fraction(1, 20), Fraction(1, 120)]))
def test_the_smallest_group_that_can_be_told_apart_is_the_smallest(size: int, high: int, error: Fraction) -> None:
    """Its clearest result decides, and that of every smaller group does not."""
    high = min(high, size)
    least = least_apart(high, size, error)

    def clearest(group: int) -> Fraction:
        most, fewest = min(group, high), max(0, group - (size - high))
        chances = [
            2 * Fraction(comb(high, found) * comb(size - high, group - found), comb(size, group))
            for found in {most, fewest}
            if found in (0, group)
        ]
        return min([Fraction(1), *chances])

    sizes = range(1, size)
    assert least == next((group for group in sizes if clearest(group) <= error), None)


@settings(max_examples=25)
@given(teams)
def test_the_margin_that_is_said_marks_as_many_as_are_said(team: list[dict[str, Any]]) -> None:
    """Put into the form, it leaves exactly the few it promises, and these are few enough."""
    answer = result(written(team), borderline="20")
    said = [one.params for one in answer.notices if one.code == "nine_box.borderline_many"]
    for params in said:
        margin = params["margin"]
        assert isinstance(margin, Fraction)
        again = result(written(team), borderline=f"{float(100 * margin):.2f}")
        assert figures(again)["borderline"] == params["few"]
        assert "borderline_many" not in codes(again)


# --- pseudonyms ------------------------------------------------------------------------------------------------------

NAMES = ["林若溪", "贺知舟", "Ann Lee", "ann  lee", "王伟", "王伟（华东）", "欧阳", "Bo"]
MANAGERS = ["周启航", "沈若宁"]
SECRET = "only me"


def named_team() -> list[list[str]]:
    """Return a team as a file has it: a title, a column nobody asked for, a total, a row that cannot be used."""
    header = ["姓名", "主管", "团队", "达成率", "方法论输出得分", "打分人", "手机"]
    rows = [
        [
            name,
            MANAGERS[at % 2],
            "林若溪组" if at < 4 else "乙组",
            f"{60 + 10 * at}%",
            str(10 * at),
            MANAGERS[at % 3 % 2],
            f"1380000{at:04}",
        ]
        for at, name in enumerate(NAMES)
    ]
    return [
        ["制表：周启航"],
        header,
        *rows,
        ["赵不行", "周启航", "乙组", "很高", "50", "", "1"],
        ["合计", "", "", "", "", "", ""],
    ]


def named_moves() -> list[list[str]]:
    """Return decisions that name people in every column."""
    return [
        ["姓名", "调整后", "决定人", "理由"],
        ["贺知舟", "明星员工", "沈若宁", "林若溪和 Ann Lee 都证明王伟（华东）是他带的"],
        ["查无此人", "明星员工", "周启航", "记错了"],
    ]


def ask(**more: Any) -> dict[str, Any]:
    """Return a request about the named team with pseudonyms on."""
    return {
        "id": 1,
        "calculator": "nine_box",
        "language": "zh",
        "values": {"pseudonyms": "yes", "secret_word": SECRET},
        "tables": {
            "people": {"rows": named_team(), "name": "林若溪的名单.xlsx"},
            "earlier": {"rows": [["姓名", "所在格"], *([name, "潜力股"] for name in NAMES)], "name": "林若溪上次"},
            "moves": {"rows": named_moves(), "name": "x"},
        },
        **more,
    }


def no_name_in(text: str) -> None:
    """Fail if any name, phone number or file name of the team is in a text."""
    told = [*NAMES, *MANAGERS, "赵不行", "查无此人", "1380000", "名单.xlsx"]
    found = [text[max(0, at.start() - 60) : at.end() + 60] for name in told for at in re.finditer(word(name), text)]
    assert not found


def word(name: str) -> str:
    """Return a pattern for a name; one in Latin letters as a word of its own."""
    return rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cutoffs", ["fixed", "percentile"])
def test_with_pseudonyms_on_no_name_is_anywhere_in_the_reply(language: str, cutoffs: str) -> None:
    """Figures, tables, notices, HTML, charts and the views of the tables: nothing that names anybody."""
    request = ask(language=language)
    request["values"]["cutoffs"] = cutoffs
    reply = json.loads(Bridge().reply(json.dumps(request)))
    assert reply["ok"]
    no_name_in(json.dumps({**reply, "values": None}, ensure_ascii=False))
    assert reply["result"]["figures"]["headcount"] == len(NAMES)
    told = {notice["code"]: notice["params"] for notice in reply["result"]["notices"]}
    assert told["common.people.possibly_same"]["count"] == 1


def test_with_pseudonyms_on_no_download_has_a_name_either() -> None:
    """Workbook, every table as CSV, and the plan, whose rows are in an order that tells nothing."""
    bridge = Bridge()
    reply = json.loads(bridge.reply(json.dumps(ask())))
    for name in reply["result"]["tables"]:
        no_name_in(bridge.download(json.dumps(ask(download="csv", table=name)))[2].decode("utf-8-sig"))
    book = openpyxl.load_workbook(io.BytesIO(bridge.download(json.dumps(ask(download="xlsx")))[2]))
    no_name_in("\n".join(str(cell.value) for sheet in book for row in sheet for cell in row))
    plan = bridge.download(json.dumps(ask(download="plan")))[2].decode()
    no_name_in(plan)
    assert SECRET not in plan
    rows = json.loads(plan)["tables"]["people"]["rows"]
    assert rows[1:] == sorted(rows[1:])


def test_the_log_of_decisions_is_in_the_workbook() -> None:
    """Who decided, why, from and to: on a sheet of its own, with the date as a date."""
    moves = [["姓名", "调整前", "调整后", "决定人", "理由", "决定日期"]]
    moves.append(["甲", "中坚力量", "明星员工", "林默", "带出了两个人", "2026-10-12"])
    people = [["姓名", "达成率", "方法论输出得分"], ["甲", "90%", "50"]]
    request = {"id": 1, "calculator": "nine_box", "language": "zh", "tables": {"people": people, "moves": moves}}
    content = Bridge().download(json.dumps({**request, "download": "xlsx"}))[2]
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content))["校准记录"]]
    day = datetime.datetime(2026, 10, 12)
    assert rows[1] == [1, "甲", "中坚力量", "明星员工", "林默", "带出了两个人", day, "有效"]


def test_a_plan_with_pseudonyms_opens_to_the_same_result() -> None:
    """Its names are the pseudonyms now, and the switch is off: there is nothing left to hide."""
    bridge = Bridge()
    plan = bridge.download(json.dumps(ask(download="plan")))[2]
    first = json.loads(bridge.reply(json.dumps(ask())))["result"]["tables"]
    request = {"id": 1, "calculator": "nine_box", "language": "zh", "values": None, "plan": "plan"}
    reply = json.loads(bridge.reply(json.dumps(request), {"plan": plan}))
    assert (reply["values"]["pseudonyms"], reply["values"]["secret_word"]) == ("no", "")
    again = reply["result"]["tables"]
    for name in ("boxes", "everybody", "borderline", "guidance", "groups"):
        assert again[name] == first[name], name


def test_the_work_that_stays_with_the_reader_keeps_its_names() -> None:
    """What is kept on the device by the reader's wish can be shown again."""
    work = Bridge().download(json.dumps(ask(download="kept")))[2].decode()
    assert all(name in work for name in NAMES)


def test_mistakes_in_a_table_do_not_quote_names_while_they_are_hidden() -> None:
    """Even a table that cannot be read says nothing of what is in it."""
    request = ask()
    request["tables"]["people"] = {"rows": [["林若溪", "很高"], ["贺知舟", "更高"]], "name": "x"}
    request["tables"]["people"]["columns"] = {"person": 1, "attainment": 0}  # so that a name is what is no number
    reply = json.loads(Bridge().reply(json.dumps(request)))
    assert [error["params"]["cell"] for error in reply["errors"]] == [HIDDEN]
    no_name_in(json.dumps({**reply, "values": None}, ensure_ascii=False))


def test_a_move_made_on_a_pseudonym_is_kept_under_the_name() -> None:
    """Switched off again, the row names the person, and another secret word cannot turn it into somebody else."""
    code = pseudonym("欧阳", SECRET)
    row = {"person": code, "moved_to": "star", "decided_by": "周启航", "why": "看过了"}
    put = {"table": "moves", "key": [], "row": row}
    reply = json.loads(Bridge().reply(json.dumps(ask(put_row=put))))
    assert reply["rows"][-1][0] == "欧阳"
    assert len(reply["rows"]) == len(named_moves()) + 1


@given(
    st.lists(st.text(min_size=1, max_size=6), min_size=2, max_size=40, unique=True),
    st.sampled_from(["x", "口令", "a longer word"]),  # each takes its time, once
    st.randoms(),
)
def test_pseudonyms_are_one_to_one_and_depend_on_name_and_word_alone(names: list[str], word: str, shuffle: Any) -> None:
    """Any order of rows and any company of others gives a person the same one, but for the rare collision."""
    first = Disguise(names, word)
    assert len(set(first.of.values())) == len(names)
    shuffled = list(names)
    shuffle.shuffle(shuffled)
    assert Disguise(shuffled, word).of == first.of
    alone = {name: made for name, made in first.of.items() if len(made) == 5}
    assert all(made == pseudonym(name, word) for name, made in alone.items())


def test_two_names_that_would_share_a_pseudonym_get_longer_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """With pseudonyms of one letter almost everybody collides, and still nobody shares one."""
    monkeypatch.setattr("calculators.engine.answers.pseudonyms.LENGTH", 1)
    names = [f"name {at}" for at in range(200)]
    made = Disguise(names, "").of
    assert len(set(made.values())) == 200
    assert max(map(len, made.values())) > 1


# --- in the browser's Python -----------------------------------------------------------------------------------------

SEED = 20261125


def generated(chance: random.Random, number: int) -> dict[str, Any]:
    """Return a request about a generated team: by rate or amount, awkward cells, moves, pseudonyms, both languages."""
    by_amount, counted = chance.random() < 0.5, chance.random() < 0.3
    performance = ["实际(万元)", "目标(万元)"] if by_amount else ["达成率"]
    output = ["输出数量", "质量权重"] if counted else ["方法论输出得分"]
    header = ["姓名", "主管", "团队", *performance, *output, "入职日期"]
    names = [
        chance.choice(["王伟", "ann  lee", "Ann Lee", f"员工{at}", f"员工{at}"])
        for at in range(chance.choice([1, 6, 20]))
    ]
    rows = []
    for name in names:
        target = chance.randrange(1, 10**8)
        shown = [f"{target * chance.randrange(40, 140) / 100:.4f}", str(target)]
        rate = [
            chance.choice([f"{chance.randrange(30, 150)}.{chance.randrange(10**9):09}%", "80%", "待定", "", "很高"])
        ]
        score = (
            [
                chance.choice(
                    [str(chance.randrange(-2, 103)), f"{chance.choice([39, 69])}.99999{chance.randrange(10**6)}"]
                )
            ]
            if not counted
            else [str(chance.randrange(15)), f"{chance.randrange(110)}%"]
        )
        start = f"{chance.randrange(2019, 2027)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        boss, group = chance.choice(["", "周", "沈"]), chance.choice(["", "东", "西"])
        rows.append([name, boss, group, *(shown if by_amount else rate), *score, chance.choice([start, ""])])
    values = {
        "cutoffs": chance.choice(["fixed", "percentile"]),
        "pseudonyms": chance.choice(["yes", "no"]),
        "secret_word": chance.choice(["", "口令", "口令"]),
        "free_texts": chance.choice(["yes", "no"]),
        "borderline": chance.choice(["0", "5", "12.5", "x"]),
        "as_of": "2026-09-30",
    }
    moves = [
        [chance.choice(names), chance.choice([*BOXES, "明星员工", "没有的格"]), chance.choice(["林", ""]), "因为"]
        for _ in range(3)
    ]
    tables: dict[str, Any] = {"people": {"rows": [header, *rows], "name": "名单"}}
    if chance.random() < 0.6:
        tables["moves"] = {"rows": [["姓名", "调整后", "决定人", "理由"], *moves], "name": "记录"}
    if chance.random() < 0.4:
        stood = [[name, chance.choice([*BOXES, "入职太短", "没有的格"])] for name in {*names, "走了的人"}]
        tables["earlier"] = {"rows": [["姓名", "所在格"], *sorted(stood)], "name": "上次"}
    language = chance.choice(LANGUAGES)
    return {"id": number, "calculator": "nine_box", "language": language, "values": values, "tables": tables}


def test_generated_teams_get_the_same_reply_in_the_browsers_python() -> None:
    """Boxes, neighbours, pseudonyms, notices and HTML agree to the letter, in CPython and in 32-bit Pyodide."""
    chance = random.Random(SEED)
    texts = [json.dumps(generated(chance, number), ensure_ascii=False) for number in range(2 * GENERATED)]
    native = Bridge(Settings())
    replies = [json.loads(native.reply(text)) for text in texts]
    _, answers = run(bundle(Settings()), [Request(kind="reply", request=text) for text in texts])
    for text, answer, expected in zip(texts, answers, replies, strict=True):
        assert answer["type"] == "reply", (answer, text)
        assert json.loads(answer["reply"]) == expected, text
    good = [reply["result"]["figures"] for reply in replies if reply["ok"]]
    assert GENERATED / 2 < len(good) < 2 * GENERATED  # some mistakes are among them
    assert sum(figures["moved"] > 0 for figures in good) > GENERATED / 5


# --- in the page -----------------------------------------------------------------------------------------------------

PAGES = {"zh": "calculators/nine_box.html", "en": "en/calculators/nine_box.html"}
STAR = {"zh": "明星员工", "en": "Star"}


def sixty() -> str:
    """Return a list of 60 people as a personnel system exports it."""
    rows = [
        ",".join(
            (
                f"员工{at:02}",
                ["周启航", "沈若宁", "高远川"][at % 3],
                ["东", "西"][at % 2],
                f"{60 + at}%",
                str((at * 7 + 50) % 101),
                f"2024-0{at % 9 + 1}-15",
            )
        )
        for at in range(60)
    ]
    return "\n".join(["员工姓名,直属主管,部门,业绩达成率,方法论得分,入职日期", *rows, "合计,,,,,"])


def open_page(page: Page, language: str) -> Locator:
    """Open the page and return its calculator."""
    page.goto(URL + PAGES[language])
    return page.locator('[data-calculator="nine_box"]')


def place_of(calculator: Locator, person: str) -> str:
    """Return the place of the grid in which somebody is."""
    entry = calculator.locator(f'[data-board="grid"] [data-entry="{person}"]')
    return str(entry.evaluate("entry => entry.closest('[data-place]').dataset.place"))


def everything_kept(page: Page) -> str:
    """Return all that the page holds or the browser keeps of it: elements, what is typed, storages, address."""
    return str(
        page.evaluate(
            """() => JSON.stringify([document.documentElement.outerHTML, location.href, document.cookie, history.state,
                Object.entries(localStorage), Object.entries(sessionStorage),
                [...document.querySelectorAll("input, textarea, select")].map((box) => box.value)])"""
        )
    )


KEPT = """() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]
    .filter((name) => !/__palette$|:forgotten$|:recent$/.test(name)).length"""
"""How many things the browser keeps, apart from light or dark, that something was forgotten, and pages used last."""


def kept(page: Page) -> int:
    """Return how many things the browser keeps of the site."""
    return int(page.evaluate(KEPT))


@in_one("zh")
def test_a_calibration_meeting_from_the_list_to_forgetting_it(language: str, page: Page) -> None:
    """Drop a GB18030 list of 60, move one by keyboard, undo and redo, pseudonyms, export, keep, forget everything."""
    calculator = open_page(page, language)
    expect(figure(calculator, "headcount")).to_have_text("30")
    drop(calculator.locator('[data-table-input="people"]'), "本部六十人.csv", sixty().encode("gb18030"))
    expect(figure(calculator, "headcount")).to_have_text("60", timeout=STARTED)
    grid = calculator.locator('[data-board="grid"]')
    assert page.get_by_role("table", name=re.compile("九宫格|Nine-box")).first.get_by_role("row").count() == 4
    expect(grid.locator("[data-entry]")).to_have_count(60)

    person = "员工30"
    before = place_of(calculator, person)
    assert before != "star"
    entry = grid.locator(f'[data-entry="{person}"]')
    folded = entry.locator("xpath=ancestor::details")
    if folded.count():
        folded.locator("summary").press("Enter")
    entry.press("Enter")
    dialog = page.locator("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("radio", name=STAR[language], exact=True).press("Space")
    accept = dialog.locator(".pb-primary")
    accept.press("Enter")
    expect(dialog).to_be_visible()  # who and why are asked for
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    entry.press("Enter")
    expect(
        dialog.get_by_role("radio", name=STAR[language], exact=True)
    ).to_be_checked()  # Escape has thrown nothing away
    dialog.locator("input:not([type=radio], [type=date])").fill("周启航")
    dialog.locator("textarea").fill("员工30 带出了 员工31")
    accept.press("Enter")
    expect(figure(calculator, "moved")).to_have_text("1")
    assert place_of(calculator, person) == "star"
    assert page.url == URL + PAGES[language]
    assert page.evaluate("document.activeElement.dataset.entry") == person
    expect(calculator.locator('[data-table="decisions"] tbody tr')).to_contain_text("周启航")

    calculator.locator('[data-action="undo"]').click()
    expect(figure(calculator, "moved")).to_have_text("0")
    assert place_of(calculator, person) == before
    drag(page, entry, grid.locator('td[data-place="star"]'))
    dialog.locator("input:not([type=radio], [type=date])").fill("周启航")
    dialog.locator("textarea").fill("员工30 带出了 员工31")
    accept.click()
    expect(figure(calculator, "moved")).to_have_text("1")

    calculator.locator('input[name="secret_word"]').fill("只有我知道")
    calculator.locator('input[name="pseudonyms"]').check()
    expect(grid.locator(f'[data-entry="{pseudonym(person, "只有我知道")}"]')).to_be_visible()
    shown = calculator.inner_text()
    assert "员工" not in re.sub("明星员工|员工姓名", "", shown)
    assert "周启航" not in shown
    with page.expect_download() as downloading:
        calculator.locator('[data-toolbar] [data-format="xlsx"]').click()
    book = openpyxl.load_workbook(io.BytesIO(downloading.value.path().read_bytes()))
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row]
    assert pseudonym(person, "只有我知道") in cells
    assert not [cell for cell in cells if re.search(r"员工\d|周启航", cell)]
    with page.expect_download() as downloading:
        calculator.locator('[data-action="save-plan"]').click()
    assert not re.search(r"员工\d|周启航|只有我知道", downloading.value.path().read_text(encoding="utf-8"))

    assert kept(page) == 0
    calculator.locator("[data-keep]").check()
    assert becomes(page, f"({KEPT})() === 1")
    page.reload()
    calculator = page.locator('[data-calculator="nine_box"]')
    expect(calculator.locator("[data-keep]")).to_be_checked()
    expect(figure(calculator, "headcount")).to_have_text("60", timeout=STARTED)
    expect(figure(calculator, "moved")).to_have_text("1")
    calculator.locator('input[name="pseudonyms"]').uncheck()
    expect(grid.locator(f'[data-entry="{person}"]')).to_have_count(1)

    calculator.locator('[data-action="forget"]').click()
    expect(figure(calculator, "headcount")).to_have_text("30")
    left = everything_kept(page)
    assert not re.search(r"员工\d\d|周启航\W+员工|本部六十人|只有我知道", left)
    assert kept(page) == 0
    expect(calculator.locator('[data-action="undo"]')).to_be_disabled()
    expect(calculator).to_have_attribute("data-state", "ready", timeout=STARTED)  # Python has been started anew
    expect(calculator.locator("[data-status]")).to_contain_text({"zh": "已清除", "en": "Cleared"}[language])
    page.reload()
    expect(figure(calculator, "headcount")).to_have_text("30")
    assert not re.search(r"员工\d\d|本部六十人|只有我知道", everything_kept(page))


def drag(page: Page, entry: Locator, to: Locator) -> None:
    """Drag somebody into a place with the mouse."""
    entry.scroll_into_view_if_needed()
    entry.hover()
    page.mouse.down()
    to.hover()
    page.mouse.up()
    expect(page.locator("dialog")).to_be_visible()


def test_people_go_along_to_the_other_language_only_if_the_reader_says_so(page: Page) -> None:
    """A change of language asks first; taken along, the list is there and nothing of it stays behind."""
    calculator = open_page(page, "zh")
    drop(calculator.locator('[data-table-input="people"]'), "本部六十人.csv", sixty().encode("gb18030"))
    expect(figure(calculator, "headcount")).to_have_text("60", timeout=STARTED)
    page.locator("a[data-language-switch]").first.click()
    dialog = page.locator("dialog")
    expect(dialog).to_be_visible()
    dialog.locator("button").last.click()
    expect(dialog).to_have_count(0)
    expect(figure(calculator, "headcount")).to_have_text("60")
    page.locator("a[data-language-switch]").first.click()
    dialog.locator(".pb-primary").click()
    page.wait_for_url(re.compile("/en/"))
    expect(figure(page.locator('[data-calculator="nine_box"]'), "headcount")).to_have_text("60", timeout=STARTED)
    assert kept(page) == 0


def test_a_finger_moves_somebody_on_a_phone(new_page: Callable[..., Page]) -> None:
    """At 390 pixels a tap opens the window; nothing runs out of the screen, and the grid is still a table."""
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    calculator = open_page(page, "en")
    grid = page.get_by_role("table", name=re.compile("Nine-box talent grid"))
    heads = [grid.get_by_role(role).count() for role in ("row", "columnheader", "rowheader")]
    assert heads == [4, 3, 3]
    stars = grid.get_by_role("row").nth(1).get_by_role("cell").nth(2)
    expect(stars).to_contain_text(re.compile("Star.*4 people"))
    expect(calculator).to_have_attribute("data-state", "ready", timeout=STARTED)
    calculator.locator('[data-board="grid"] [data-entry="Shi Lei"]').tap()
    dialog = page.locator("dialog")
    dialog.get_by_text("High potential", exact=True).tap()
    dialog.locator("input:not([type=radio], [type=date])").fill("Zhao Mingchuan")
    dialog.locator("textarea").fill("Wrote the renewal script that two teams use")
    dialog.locator(".pb-primary").tap()
    expect(figure(calculator, "moved")).to_have_text("2", timeout=STARTED)
    assert place_of(calculator, "Shi Lei") == "high_potential"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
