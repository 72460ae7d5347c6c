"""The talent grid (人才九宫格): who stands in which of nine boxes, and what people then decided about it.

From a list of people and the moves of a calibration meeting to boxes, trays, distribution, groups and the log
of decisions. Where one person stands is found in ``placing.py``, words are in ``words.*.toml``.

Source of the model: stage four, "人才九宫格评估工具": performance upwards, output of methods to the right; stars
about 20%, the low-low box at most 5%, the rest left open. The cut-offs, six of the nine boxes and the name of the
low-low box are ours. Nobody is ever moved to fit a share.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Any

import pandas as pd

from calculators.engine.answers.result import (
    Beside,
    Board,
    Column,
    Entry,
    Figure,
    Notice,
    Place,
    Put,
    Result,
    Section,
    Table,
    ValueKind,
    about,
    beside,
    columns,
    cutoff,
)
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.fields import PRIVACY, Declaration, Field, Group, Seek
from calculators.engine.asks.former import Former
from calculators.engine.asks.settings import BASIS_POINTS, Settings
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.dates import months_after
from calculators.engine.reads.tables import Reading
from calculators.engine.shows.text import LANGUAGES, Text, words_of
from calculators.method import METHOD
from calculators.nine_box.differences import compared
from calculators.nine_box.movement import ABSENT, compare, earlier_places
from calculators.nine_box.placing import AXES, GROUPS, TRAYS, Axis, Person, Rules, count_by_box, levels_of, place
from calculators.nine_box.settings import BOXES, NineBoxModel

EXAMPLE_DAY = datetime.date(2026, 9, 30)
LEVELS = ("low", "mid", "high")
STAR = cutoff(Fraction(METHOD["star_share"].value, 100))
IMPROVEMENT = cutoff(Fraction(METHOD["improvement_share"].value, 100))
SOURCES = ("star", "high_potential", "improvement")
"""The boxes that the source names; it calls the last one 淘汰区."""
SMALLEST_GROUP = METHOD["smallest_group"].value
"""A group of fewer says more about single people than about whoever leads it."""
MOST_PEOPLE = 20_000
"""Each person is held against exact cut-offs: in a browser about half a millisecond each."""
MEASURED = (
    ColumnSpec("attainment", "percent", required=False),
    ColumnSpec("actual", "money", required=False),
    ColumnSpec("target", "money", required=False),
    ColumnSpec("output", "number", required=False),
    ColumnSpec("output_count", "number", required=False),
    ColumnSpec("quality", "percent", required=False),
    ColumnSpec("start", "date", required=False),
    ColumnSpec("service_months", "number", required=False),
)
"""What says where somebody stands, today and in an earlier list."""
TO_TALK_ABOUT = Fraction(METHOD["borderline_share"].value, 100)
"""Ours: of more than so many a meeting cannot talk one by one."""
MOVE = Put(
    "moves",
    taken={"person": "entry", "moved_from": "place"},
    asks=("moved_to", "decided_by", "why", "decided_on"),
)
"""Moving somebody on the grid is a decision more; the log has every one."""
UNUSUAL = 3
"""Attainment beyond three times the target more often is a wrong target or unit than a feat."""


SETTINGS = NineBoxModel


@dataclass(frozen=True)
class Inputs:
    """A list of people, the rules to place them by, and what was decided about single ones.

    ``people``, ``moves`` and ``earlier`` have a row for each row of the file, with the columns of `declare`, the
    earlier decision first; ``moves`` is None where nothing was decided, ``earlier`` without a list of the last time,
    which was ``cycle`` months before.
    """

    people: pd.DataFrame
    moves: pd.DataFrame | None
    rules: Rules
    earlier: pd.DataFrame | None = None
    cycle: int = METHOD["nine_box_cycle"].value

    @classmethod
    def read(cls, values: Mapping[str, Any], tables: Mapping[str, Reading | None]) -> "Inputs":
        """Build the inputs from parsed fields and tables; raises InvalidInputs when cut-offs do not rise."""
        cutoffs: dict[Axis, tuple[Fraction, Fraction]] = {}
        errors = []
        kind = values["cutoffs"]
        for axis in AXES:
            names = [f"percentile_{end}" if kind == "percentile" else f"{axis}_{end}" for end in ("low", "high")]
            scale = 100 if kind == "fixed" and axis == "output" else BASIS_POINTS
            low, high = (Fraction(values[name], scale) for name in names)
            cutoffs[axis] = cutoff(low), cutoff(high)
            if low >= high:
                errors += [InputError(name, "nine_box.cutoffs_do_not_rise") for name in names]
        if errors:
            raise InvalidInputs(list({error.field: error for error in errors}.values()))
        people, moves, earlier = (tables[name] for name in ("people", "moves", "earlier"))
        assert people is not None  # it is a required table
        rules = Rules(
            kind,
            cutoffs,
            cutoff(Fraction(values["borderline"], BASIS_POINTS)),
            values["months"],
            values["as_of"],
            Fraction(values["full_output"], 100),
        )
        moved, before = (None if table is None else table.frame for table in (moves, earlier))
        return cls(people.frame, moved, rules, before, values["cycle"])


def declare(settings: Settings) -> Declaration:
    """Return what the calculator asks for; the company's settings are the defaults."""
    model, places = settings.section(NineBoxModel), spellings(settings)
    boxes = {box: places[box] for box in BOXES}
    ends = ("low", "high")
    fixed, by_rank = ({"cutoffs": (one,)} for one in ("fixed", "percentile"))
    return Declaration(
        fields=(
            Field(
                "cutoffs",
                "choice",
                "cutoffs",
                "fixed",
                options=("fixed", "percentile"),
                formerly=Former("cutting"),
            ),
            *(
                Field(f"performance_{end}", "percent", "fixed_cutoffs", line, 0, 10 * BASIS_POINTS, matters=fixed)
                for end, line in zip(ends, model.performance, strict=True)
            ),
            *(
                Field(f"output_{end}", "hundredths", "fixed_cutoffs", line, 0, BASIS_POINTS, matters=fixed)
                for end, line in zip(ends, model.output, strict=True)
            ),
            *(
                Field(f"percentile_{end}", "percent", "percentile_cutoffs", line, 0, BASIS_POINTS, matters=by_rank)
                for end, line in zip(ends, model.percentiles, strict=True)
            ),
            Field("borderline", "percent", "care", model.borderline, 0, 2_000, formerly=Former("near")),
            Field("months", "whole", "care", model.months, 0, 60),
            Field("as_of", "date", "care", EXAMPLE_DAY, 2000, 2100, today="day"),
            Field("full_output", "hundredths", "care", model.full_output, 100, 1_000_000),
            Field("cycle", "whole", "care", METHOD["nine_box_cycle"].value, 1, 60),
            *PRIVACY,
        ),
        groups=(
            Group("cutoffs"),
            Group("fixed_cutoffs", folded=True, columns=4),
            Group("percentile_cutoffs", folded=True, columns=2),
            Group("care", folded=True, columns=2),
            Group("privacy", columns=2),
        ),
        tables=(
            TableSpec(
                "people",
                (
                    ColumnSpec("person", "text", people=True),
                    *MEASURED,
                    ColumnSpec("manager", "text", required=False, people=True),
                    ColumnSpec("team", "text", required=False),
                    ColumnSpec("region", "text", required=False),
                    ColumnSpec("rater", "text", required=False, people=True),
                ),
                most=MOST_PEOPLE,
                a_row_each=True,
            ),
            TableSpec(
                "earlier",
                (
                    ColumnSpec("person", "text", people=True),
                    ColumnSpec("box_then", "choice", required=False, options=places),
                    *MEASURED,
                ),
                required=False,
                most=MOST_PEOPLE,
                a_row_each=True,
            ),
            TableSpec(
                "moves",
                (
                    ColumnSpec("person", "text", people=True),
                    ColumnSpec("moved_from", "choice", required=False, options=boxes),
                    ColumnSpec("moved_to", "choice", options=boxes),
                    ColumnSpec("decided_by", "text", required=False, people=True),
                    ColumnSpec("why", "text", required=False, free=True),
                    ColumnSpec("decided_on", "date", required=False),
                ),
                required=False,
                from_result=True,
            ),
        ),
        people=True,
        seeks=(
            Seek("performance_high", "star"),
            Seek("output_high", "star"),
            Seek("performance_low", "improvement"),
            Seek("output_low", "improvement"),
            Seek("borderline", "borderline"),
        ),
    )


def spellings(settings: Settings) -> dict[str, tuple[str, ...]]:
    """Return what each box and tray may be called in a table: its own id, the company's names for it, and ours.

    Where the company gives one box another's name of ours, its own use is meant.
    """
    company = {box: [Text(language, settings)(_name(box)) for language in LANGUAGES] for box in BOXES}
    ours = {box: [words_of("nine_box", language)["box"][box]["name"] for language in LANGUAGES] for box in BOXES}
    taken = {name for names in company.values() for name in names}
    boxes = {box: (*company[box], box, *(name for name in ours[box] if name not in taken)) for box in BOXES}
    trays = {tray: [words_of("nine_box", language)["tray"][tray]["name"] for language in LANGUAGES] for tray in TRAYS}
    return boxes | {tray: (*names, tray) for tray, names in trays.items()}


def _name(place: str) -> str:
    return f"nine_box.{'tray' if place in TRAYS else 'box'}.{place}.name"


def calculate(inputs: Inputs) -> Result:
    """Place the people and apply what was decided."""
    people, noted = place(inputs.people, inputs.rules)
    decisions = _decided(people, inputs.moves)
    decided = {decision.person: decision for decision in decisions if decision.stands}
    team = _Team(people, {name: decision.to for name, decision in decided.items()})
    return Result(
        (
            _grid(team, inputs.rules),
            Section("reading", notices=(*_basis(inputs.rules), *_noted(noted, inputs.rules), *_cautions(team))),
            _distribution(team),
            _calibration(team, decisions, inputs.rules),
            _review(team, decided, inputs.rules),
            *_movement(team, inputs),
            _borderline(team, inputs.rules),
            _everybody(team, inputs.rules),
            _groups(team),
        )
    )


# --- what was decided ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Decision:
    """A row of the table of moves: ``origin`` is where the person stood by then, ``fate`` what became of the row."""

    person: str
    origin: str
    to: str
    by: str
    why: str
    on: datetime.date | None
    fate: str

    @property
    def stands(self) -> bool:
        """Whether this is the decision in force on the person."""
        return self.fate in ("in_force", "in_force_since_changed")


def _decided(people: Sequence[Person], moves: pd.DataFrame | None) -> list[_Decision]:
    """Return every row of the table of moves with what became of it: the last valid one on a person is in force."""
    if moves is None:
        return []
    now = {person.name: person.computed for person in people}
    repeated = {person.name for person in people if person.why == "repeated"}
    decisions: list[_Decision] = []
    last: dict[str, int] = {}
    for row in moves.to_dict("records"):
        person, origin, by, why = row["person"], row["moved_from"], row["decided_by"], row["why"]
        stood = now.get(person, "")
        if not stood:
            fate = "unknown_person"
        elif person in repeated:
            fate = "repeated"
        elif not row["moved_to"]:
            fate = "no_box"
        elif not by:
            fate = "no_decider"
        elif not why:
            fate = "no_reason"
        else:
            fate = "in_force_since_changed" if origin and origin != stood else "in_force"
            now[person] = row["moved_to"]
            if person in last:
                decisions[last[person]] = replace(decisions[last[person]], fate="replaced")
            last[person] = len(decisions)
        on = row["decided_on"] if row["decided_on_known"] else None
        decisions.append(_Decision(person, stood or origin, row["moved_to"], by, why, on, fate))
    return decisions


@dataclass(frozen=True)
class _Team:
    """Everybody, by name, with the boxes that people put them into by ``decided``."""

    people: Sequence[Person]
    decided: Mapping[str, str]

    def now(self, person: Person) -> str:
        """Return the box or tray a person is in after all decisions."""
        return self.decided.get(person.name, person.computed)

    @property
    def placed(self) -> list[Person]:
        """Everybody who is in a box after all decisions."""
        return [person for person in self.people if self.now(person) in BOXES]

    def count(self, place: str) -> int:
        """Return how many are in a box or tray after all decisions."""
        return sum(self.now(person) == place for person in self.people)

    def count_computed(self, place: str) -> int:
        """Return how many the figures alone put there."""
        return sum(person.computed == place for person in self.people)

    @property
    def moved(self) -> list[Person]:
        """Everybody whom a decision put elsewhere than the figures."""
        return [person for person in self.people if self.now(person) != person.computed]


# --- sections --------------------------------------------------------------------------------------------


def _grid(team: _Team, rules: Rules) -> Section:
    moved = {person.name for person in team.moved}

    def entries(place: str) -> tuple[Entry, ...]:
        return tuple(
            Entry(
                person.name,
                tuple(
                    f"nine_box.mark.{mark}"
                    for mark, is_so in (
                        ("moved", person.name in moved),
                        ("borderline", bool(person.across) and person.name not in team.decided),
                    )
                    if is_so
                ),
                movable=person.why != "repeated",
                because=_because(person, rules),
            )
            for person in team.people
            if team.now(person) == place
        )

    placed = len(team.placed)
    figures = (
        Figure("headcount", "count", len(team.people)),
        Figure("placed", "count", placed),
        *(Figure(tray, "count", team.count(tray)) for tray in TRAYS),
        Figure("star", "count", team.count("star")),
        Figure(
            "star_share",
            "share",
            Beside(Fraction(team.count("star"), placed), STAR) if placed else None,
            {"guide": STAR},
        ),
        Figure("improvement", "count", team.count("improvement")),
        Figure(
            "improvement_share",
            "share",
            Beside(Fraction(team.count("improvement"), placed), IMPROVEMENT) if placed else None,
            {"guide": IMPROVEMENT},
        ),
    )
    places = {name: Place(name, _name(name), entries(name), f"nine_box.box.{name}.advice") for name in BOXES}
    trays = tuple(Place(name, _name(name), entries(name), f"nine_box.tray.{name}.help") for name in TRAYS)
    return Section("grid", figures, boards=(_board("grid", places, rules, trays, MOVE),))


def _because(person: Person, rules: Rules) -> Notice | None:
    """Say by which attainment and score somebody stands where they do; nothing where neither is known."""
    if person.performance is None and person.output is None:
        return None
    low, high = rules.cutoffs["performance"]
    points = rules.cutoffs["output"]
    fixed = rules.kind == "fixed"
    performance = beside(person.performance, *((low, high) if fixed else ()))
    output = beside(person.output, *(points if fixed else ()))
    return Notice("nine_box.board.grid.because", {"performance": performance, "output": output})


def _board(
    name: str, places: Mapping[str, Place], rules: Rules, beside: tuple[Place, ...] = (), move: Put | None = None
) -> Board:
    """Return the nine boxes as a grid: performance upwards, output to the right."""
    rows = tuple(range(len(LEVELS)))[::-1]

    def head(axis: Axis, at: int) -> Notice:
        low, high = rules.cutoffs[axis]
        return Notice(f"nine_box.cutoffs.{rules.kind}.{axis}.{LEVELS[at]}", {"low": low, "high": high})

    return Board(
        name,
        rows=tuple(head("performance", row) for row in rows),
        columns=tuple(head("output", column) for column in range(len(LEVELS))),
        places=tuple(tuple(places[BOXES[3 * row + column]] for column in range(len(LEVELS))) for row in rows),
        beside=beside,
        move=move,
    )


def _basis(rules: Rules) -> list[Notice]:
    """Say by which cut-offs this is: a print or a workbook has no form beside it."""
    low, high = (rules.cutoffs["performance"][end] for end in (0, 1))
    notices = [Notice("nine_box.axes")]
    if rules.kind == "percentile":
        notices += [
            Notice("nine_box.cutoffs_percentile", {"low": low, "high": high}),
            Notice("nine_box.percentile_is_relative", level="caution"),
        ]
    else:
        points = rules.cutoffs["output"]
        params = {"low": low, "high": high, "low_points": points[0], "high_points": points[1]}
        notices.append(Notice("nine_box.cutoffs_fixed", params))
    return [*notices, Notice("nine_box.borderline_rule", {"borderline": rules.borderline})]


def _noted(noted: Mapping[str, Sequence[str]], rules: Rules) -> list[Notice]:
    """Say of whom something had to be assumed or looks doubtful."""
    params = {"months": rules.months, "full": rules.full_output, "as_of": rules.as_of}
    assumed = {"no_service", "capped"}
    return [
        Notice(
            f"nine_box.noted.{code}",
            {"count": len(names), "names": names, **params},
            "assumed" if code in assumed else "caution",
        )
        for code, names in sorted(noted.items())
    ]


def _cautions(team: _Team) -> list[Notice]:
    notices = []
    unusual = [person.name for person in team.people if person.performance is not None and person.performance > UNUSUAL]
    if unusual:
        params = {"count": len(unusual), "names": unusual, "limit": Fraction(UNUSUAL)}
        notices.append(Notice("nine_box.unusual", params, "caution"))
    if team.count("improvement"):
        notices.append(Notice("nine_box.last_is_not_unfit", {"count": team.count("improvement")}, "caution"))
    return notices


def _distribution(team: _Team) -> Section:
    """Set the boxes against the source's guidance, and against what is possible with so many people."""
    placed = len(team.placed)
    stars, low = team.count("star"), team.count("improvement")
    about, most = STAR * placed, floor(IMPROVEMENT * placed)
    guidance = [
        {
            "box": _name(box),
            "now": now,
            "guide": guide,
            "at_least": least,
            "at_most": most,
            "verdict": _verdict(now, least, most),
        }
        for box, now, guide, least, most in (
            ("star", stars, STAR, floor(about), ceil(about)),
            ("improvement", low, IMPROVEMENT, 0, most),
        )
    ]
    rest = {"box": "nine_box.rest", "now": placed - stars - low, "guide": 1 - STAR - IMPROVEMENT}
    guidance.append({**rest, "at_least": None, "at_most": None, "verdict": "nine_box.verdict.open"})
    advice = [
        {
            "box": _name(box),
            "advice": f"nine_box.box.{box}.advice",
            "origin": f"nine_box.origin.{'source' if box in SOURCES else 'ours'}",
        }
        for box in BOXES[::-1]
    ]
    shown = columns("box:key now:count guide:share at_least:count at_most:count verdict:key")
    notices = [Notice("nine_box.guidance", {"star": STAR, "improvement": IMPROVEMENT, "rest": 1 - STAR - IMPROVEMENT})]
    if placed and not most:
        notices.append(Notice("nine_box.nobody_by_guidance", {"count": placed, "improvement": IMPROVEMENT}))
    return Section(
        "distribution",
        tables=(
            Table("guidance", shown, guidance, totals=("now",), answer="verdict"),
            _boxes(team, placed),
            Table("advice", columns("box:key advice:key origin:key"), advice),
        ),
        notices=tuple(notices),
    )


def _boxes(team: _Team, placed: int) -> Table:
    """Return how many are in each box and tray, by the figures and after all decisions."""
    rows: list[dict[str, object]] = []
    for where in (*BOXES[::-1], *TRAYS):
        performance = output = share = None
        now = team.count(where)
        if where in BOXES:
            performance, output = (LEVELS[level] for level in levels_of(where))
            guide = {"star": (STAR,), "improvement": (IMPROVEMENT,)}.get(where, ())
            share = Beside(Fraction(now, placed), *guide) if placed else None
        rows.append(
            {
                "box": _name(where),
                "performance_level": performance and f"nine_box.performance.{performance}",
                "output_level": output and f"nine_box.output.{output}",
                "computed": team.count_computed(where),
                "now": now,
                "share": share,
            }
        )
    shown = columns("box:key performance_level:key output_level:key computed:count now:count share:share")
    return Table("boxes", shown, rows, totals=("computed", "now"), answer="now")


def _verdict(count: int, at_least: int, at_most: int) -> str:
    side = "below" if count < at_least else "above" if count > at_most else "within"
    return f"nine_box.verdict.{side}"


def _calibration(team: _Team, decisions: Sequence[_Decision], rules: Rules) -> Section:
    """Show the grid before and after what was decided, side by side, and the log of decisions."""
    moved = team.moved

    def board(name: str, where: Mapping[str, str], count: Callable[[str], int]) -> Board:
        places = {
            box: Place(
                box,
                _name(box),
                tuple(Entry(person.name) for person in moved if where[person.name] == box),
                count=count(box),
            )
            for box in BOXES
        }
        return _board(name, places, rules)

    before = {person.name: person.computed for person in moved}
    after = {person.name: team.now(person) for person in moved}
    log = [
        {
            "number": number,
            "person": decision.person,
            "moved_from": _key(decision.origin),
            "moved_to": _key(decision.to),
            "decided_by": decision.by or None,
            "why": decision.why or None,
            "decided_on": decision.on,
            "fate": f"nine_box.fate.{decision.fate}",
        }
        for number, decision in enumerate(decisions, 1)
    ]
    shown = columns(
        "number:count person:text moved_from:key moved_to:key decided_by:text why:text decided_on:date fate:key"
    )
    left_out = [decision.person for decision in decisions if not decision.stands and decision.fate != "replaced"]
    changed = [decision.person for decision in decisions if decision.fate == "in_force_since_changed"]
    notices = about(
        ("nine_box.decisions_left_out", left_out, "caution"),
        ("nine_box.decisions_since_changed", changed, "caution"),
    )
    return Section(
        "calibration",
        (
            Figure("moved", "count", len(moved)),
            Figure("decisions", "count", sum(decision.stands for decision in decisions)),
        ),
        tables=(Table("decisions", shown, log, detail=True),),
        notices=tuple(notices),
        boards=(
            board("before", before, team.count_computed),
            board("after", after, team.count),
        )
        if moved
        else (),
    )


def _measured(rules: Rules) -> dict[str, ValueKind | Column]:
    """Return attainment and score as columns, held against the cut-offs where these are of them."""
    fixed = rules.kind == "fixed"
    performance, output = (rules.cutoffs[axis] if fixed else () for axis in AXES)
    return {"performance": Column("share", beside=performance), "output": Column("number", beside=output)}


def _review(team: _Team, decided: Mapping[str, _Decision], rules: Rules) -> Section:
    """List who is in the improvement zone and who has looked at them: a decision to leave them there counts."""
    listed = [person for person in team.people if team.now(person) == "improvement"]
    reviews = [decided.get(person.name) for person in listed]
    rows = [
        {
            "person": person.name,
            "manager": person.manager or None,
            "performance": person.performance,
            "output": person.output,
            "decided_by": review.by if review else None,
            "why": review.why if review else None,
            "review": f"nine_box.review.{'done' if review else 'open'}",
        }
        for person, review in zip(listed, reviews, strict=True)
    ]
    shown = columns("person:text manager:text performance:share output:number decided_by:text why:text review:key")
    shown |= _measured(rules)
    unreviewed = sum(review is None for review in reviews)
    notices = [Notice("nine_box.review_open", {"count": unreviewed}, "caution")] if unreviewed else []
    return Section(
        "review",
        (Figure("unreviewed", "count", unreviewed),),
        tables=(Table("review", shown, rows, detail=True, answer="review"),),
        notices=tuple(notices),
    )


def _borderline(team: _Team, rules: Rules) -> Section:
    """List whom a small error of measurement would put into another box, the closest first.

    Where these are more than can be talked about, the margin is said that marks few enough.
    """
    listed = [person for person in team.people if person.across and person.name not in team.decided]
    listed.sort(key=lambda person: (person.distance, person.name))
    most = max(SMALLEST_GROUP, ceil(TO_TALK_ABOUT * len(team.placed)))
    notices = []
    if len(listed) > most:
        distances = [person.distance or Fraction(0) for person in listed]
        margin = Fraction(ceil(distances[most] * BASIS_POINTS) - 1, BASIS_POINTS)  # the widest that leaves out the next
        few = sum(distance <= margin for distance in distances)
        params = {"count": len(listed), "placed": len(team.placed), "most": TO_TALK_ABOUT, "few": few}
        params |= {"margin": cutoff(max(Fraction(0), margin))}
        notices.append(Notice(f"nine_box.borderline_{'many' if few else 'crowd'}", params, "caution"))
    rows = [
        {
            "person": person.name,
            "box": _name(person.box),
            "performance": person.performance,
            "box_across_performance": _key(person.across.get("performance")),
            "output": person.output,
            "box_across_output": _key(person.across.get("output")),
            "distance": person.distance,
        }
        for person in listed
    ]
    shown = columns(
        "person:text box:key distance:share performance:share box_across_performance:key output:number"
        " box_across_output:key"
    )
    shown |= _measured(rules) | {"distance": Column("share", beside=(rules.borderline,))}
    return Section(
        "borderline",
        (Figure("borderline", "count", len(listed), {"borderline": rules.borderline}),),
        tables=(Table("borderline", shown, rows, detail=True, answer="box"),),
        notices=tuple(notices),
    )


def _key(place: str | None) -> str | None:
    return _name(place) if place else None


def _everybody(team: _Team, rules: Rules) -> Section:
    ranked = sorted(team.people, key=lambda person: (-_order(team.now(person)), person.name))
    rows = [
        {
            "person": person.name,
            "team": person.team or None,
            "manager": person.manager or None,
            "performance": person.performance,
            "output": person.output,
            **{f"{axis}_rank": person.at.get(axis) for axis in AXES},
            "months": person.months,
            "computed_box": _key(person.computed),
            "box": _key(team.now(person)),
            "why": f"nine_box.why.{person.why}" if person.why else None,
        }
        for person in ranked
    ]
    ranks = " performance_rank:share output_rank:share" if rules.kind == "percentile" else ""
    shown = columns(
        f"person:text team:text manager:text performance:share output:number{ranks} months:count computed_box:key"
        " box:key why:key"
    )
    shown |= _measured(rules)
    if rules.kind == "percentile":
        shown |= {f"{axis}_rank": Column("share", beside=rules.cutoffs[axis]) for axis in AXES}
    return Section("everybody", tables=(Table("everybody", shown, rows, detail=True, answer="box"),))


def _order(place: str) -> int:
    """Return where a box or tray comes in a list: trays first, then the boxes from low to high."""
    return (*TRAYS, *BOXES).index(place)


def _groups(team: _Team) -> Section:
    """Set each manager's and each team's boxes against what the whole company's shares would give them."""
    placed = team.placed
    overall = count_by_box(team.now(person) for person in placed)
    rows: list[dict[str, object]] = []
    notices = []
    for kind in GROUPS:
        members: dict[str, list[Person]] = {}
        for person in placed:
            members.setdefault(getattr(person, kind), []).append(person)
        without = len(members.pop("", []))
        small = sorted(name for name, group in members.items() if len(group) < SMALLEST_GROUP)
        if small:
            params = {"count": len(small), "names": small, "least": SMALLEST_GROUP}
            notices.append(Notice(f"nine_box.small_{kind}s", params))
        if without and members:
            notices.append(Notice(f"nine_box.without_{kind}", {"count": without}))
        for name in sorted(members.keys() - set(small)):
            counts = count_by_box(team.now(person) for person in members[name])
            share = Fraction(len(members[name]), len(placed))
            rows += [
                {
                    "kind": f"nine_box.kind.{kind}",
                    "group": name,
                    "headcount": len(members[name]),
                    "box": _name(box),
                    "now": counts[box],
                    "expected": share * overall[box],
                    "difference": counts[box] - share * overall[box],
                }
                for box in BOXES[::-1]
                if overall[box]
            ]
    shown = columns("kind:key group:text headcount:count box:key now:count expected:number difference:number")
    if rows:
        notices.insert(0, Notice("nine_box.expected"))
    table, said = compared(team.people)
    tables = (*([] if table is None else [table]), Table("groups", shown, rows, detail=True, answer="difference"))
    return Section("groups", tables=tables, notices=(*said, *notices))


def _movement(team: _Team, inputs: Inputs) -> tuple[Section, ...]:
    """Show on the grid who has moved since an earlier list; nothing where there is none."""
    if inputs.earlier is None:
        return ()
    rules = replace(inputs.rules, as_of=months_after(inputs.rules.as_of, -inputs.cycle))
    then = earlier_places(inputs.earlier, rules)
    now = {person.name: team.now(person) for person in team.people}
    names = {**{where: _name(where) for where in (*BOXES, *TRAYS)}, ABSENT: "nine_box.absent"}
    figures, table, arrows, notices = compare(then, now, team.people, names)
    places = {box: Place(box, _name(box), count=team.count(box)) for box in BOXES}
    board = replace(_board("movement", places, inputs.rules), arrows=arrows)
    return (Section("movement", figures, tables=(table,), notices=tuple(notices), boards=(board,) if arrows else ()),)
