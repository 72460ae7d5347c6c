"""What the talent grid shows of a team: a section for each question that a manager has about it.

Who stands where is found in ``placing.py`` and ``decisions.py``, who has moved since the last time in ``movement.py``,
whether groups differ in ``differences.py``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

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
    Section,
    Table,
    ValueKind,
    about,
    beside,
    columns,
    cutoff,
)
from calculators.engine.asks.settings import BASIS_POINTS
from calculators.engine.reads.dates import months_after
from calculators.method import METHOD
from calculators.nine_box.decisions import Team
from calculators.nine_box.differences import compared
from calculators.nine_box.movement import ABSENT, compare, earlier_places
from calculators.nine_box.placing import AXES, GROUPS, TRAYS, Axis, Person, Rules, count_by_box, levels_of
from calculators.nine_box.settings import BOXES

LEVELS = ("low", "mid", "high")
STAR = cutoff(Fraction(METHOD["star_share"].value, 100))
IMPROVEMENT = cutoff(Fraction(METHOD["improvement_share"].value, 100))
GUIDED = {"star": STAR, "improvement": IMPROVEMENT}
SOURCES = ("star", "high_potential", "improvement")
"""The boxes that the source names; it calls the last one 淘汰区."""
SMALLEST_GROUP = METHOD["smallest_group"].value
"""A group of fewer says more about single people than about whoever leads it."""
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


def called(place: str) -> str:
    """Return what a box or tray is called, as a text key."""
    return f"nine_box.{'tray' if place in TRAYS else 'box'}.{place}.name"


def grid(team: Team) -> Section:
    """Show everybody in boxes and trays, and the shares that the source guides."""
    moved = {person.name for person in team.moved}

    def entries(place: str) -> tuple[Entry, ...]:
        return tuple(
            Entry(
                person.name,
                tuple(
                    f"nine_box.mark.{mark}"
                    for mark, is_so in (
                        ("moved", person.name in moved),
                        ("borderline", team.is_borderline(person)),
                    )
                    if is_so
                ),
                movable=person.why != "repeated",
                because=_because(person, team.rules),
            )
            for person in team.people
            if team.now(person) == place
        )

    figures = (
        Figure("headcount", "count", len(team.people)),
        Figure("placed", "count", len(team.placed)),
        *(Figure(tray, "count", team.count[tray]) for tray in TRAYS),
        *(
            figure
            for box, guide in GUIDED.items()
            for figure in (
                Figure(box, "count", team.count[box]),
                Figure(f"{box}_share", "share", _share(team, box), {"guide": guide}),
            )
        ),
    )
    places = {name: Place(name, called(name), entries(name), f"nine_box.box.{name}.advice") for name in BOXES}
    trays = tuple(Place(name, called(name), entries(name), f"nine_box.tray.{name}.help") for name in TRAYS)
    return Section("grid", figures, boards=(_board("grid", places, team.rules, trays, MOVE),))


def _share(team: Team, box: str) -> Beside | None:
    """Return the share of those placed that a box has, held against what the source guides, if it guides any."""
    placed = len(team.placed)
    return Beside(Fraction(team.count[box], placed), *([GUIDED[box]] if box in GUIDED else [])) if placed else None


def _because(person: Person, rules: Rules) -> Notice | None:
    """Say by which attainment and score somebody stands where they do; nothing where neither is known."""
    if person.performance is None and person.output is None:
        return None
    cuts = rules.cutoffs if rules.kind == "fixed" else dict.fromkeys(AXES, ())
    known: dict[str, object] = {axis: beside(getattr(person, axis), *cuts[axis]) for axis in AXES}
    return Notice("nine_box.board.grid.because", known)


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


def reading(team: Team, noted: Mapping[str, Sequence[str]]) -> Section:
    """Say by which rules this is, what had to be assumed of whom, and what is easily misread."""
    rules = team.rules
    return Section("reading", notices=(*_basis(rules), *_noted(noted, rules), *_cautions(team)))


def _basis(rules: Rules) -> list[Notice]:
    """Say by which cut-offs this is: a print or a workbook has no form beside it."""
    low, high = rules.cutoffs["performance"]
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


def _cautions(team: Team) -> list[Notice]:
    notices = []
    unusual = [person.name for person in team.people if person.performance is not None and person.performance > UNUSUAL]
    if unusual:
        params = {"count": len(unusual), "names": unusual, "limit": Fraction(UNUSUAL)}
        notices.append(Notice("nine_box.unusual", params, "caution"))
    if team.count["improvement"]:
        notices.append(Notice("nine_box.last_is_not_unfit", {"count": team.count["improvement"]}, "caution"))
    return notices


def distribution(team: Team) -> Section:
    """Set the boxes against the source's guidance, and against what is possible with so many people."""
    placed = len(team.placed)
    stars, low = team.count["star"], team.count["improvement"]
    about, most = STAR * placed, floor(IMPROVEMENT * placed)
    guidance = [
        {
            "box": called(box),
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
            "box": called(box),
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
            _boxes(team),
            Table("advice", columns("box:key advice:key origin:key"), advice),
        ),
        notices=tuple(notices),
    )


def _boxes(team: Team) -> Table:
    """Return how many are in each box and tray, by the figures and after all decisions."""
    rows: list[dict[str, object]] = []
    for where in (*BOXES[::-1], *TRAYS):
        performance = output = None
        if where in BOXES:
            performance, output = (LEVELS[level] for level in levels_of(where))
        rows.append(
            {
                "box": called(where),
                "performance_level": performance and f"nine_box.performance.{performance}",
                "output_level": output and f"nine_box.output.{output}",
                "computed": team.computed[where],
                "now": team.count[where],
                "share": _share(team, where) if where in BOXES else None,
            }
        )
    shown = columns("box:key performance_level:key output_level:key computed:count now:count share:share")
    return Table("boxes", shown, rows, totals=("computed", "now"), answer="now")


def _verdict(count: int, at_least: int, at_most: int) -> str:
    side = "below" if count < at_least else "above" if count > at_most else "within"
    return f"nine_box.verdict.{side}"


def calibration(team: Team) -> Section:
    """Show the grid before and after what was decided, side by side, and the log of decisions."""

    def board(name: str, stands: Callable[[Person], str], count: Mapping[str, int]) -> Board:
        there = {box: tuple(Entry(person.name) for person in team.moved if stands(person) == box) for box in BOXES}
        places = {box: Place(box, called(box), there[box], count=count[box]) for box in BOXES}
        return _board(name, places, team.rules)

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
        for number, decision in enumerate(team.log, 1)
    ]
    shown = columns(
        "number:count person:text moved_from:key moved_to:key decided_by:text why:text decided_on:date fate:key"
    )
    left_out = [decision.person for decision in team.log if not decision.stands and decision.fate != "replaced"]
    changed = [decision.person for decision in team.log if decision.fate == "in_force_since_changed"]
    notices = about(
        ("nine_box.decisions_left_out", left_out, "caution"),
        ("nine_box.decisions_since_changed", changed, "caution"),
    )
    return Section(
        "calibration",
        (
            Figure("moved", "count", len(team.moved)),
            Figure("decisions", "count", len(team.decided)),
        ),
        tables=(Table("decisions", shown, log, detail=True),),
        notices=tuple(notices),
        boards=(
            board("before", lambda person: person.computed, team.computed),
            board("after", team.now, team.count),
        )
        if team.moved
        else (),
    )


def _measured(rules: Rules) -> dict[str, ValueKind | Column]:
    """Return attainment and score as columns, held against the cut-offs where these are of them."""
    fixed = rules.kind == "fixed"
    performance, output = (rules.cutoffs[axis] if fixed else () for axis in AXES)
    return {"performance": Column("share", beside=performance), "output": Column("number", beside=output)}


def review(team: Team) -> Section:
    """List who is in the improvement zone and who has looked at them: a decision to leave them there counts."""
    listed = [person for person in team.people if team.now(person) == "improvement"]
    reviews = [team.decided.get(person.name) for person in listed]
    rows = [
        {
            "person": person.name,
            "manager": person.manager or None,
            "performance": person.performance,
            "output": person.output,
            "decided_by": decision.by if decision else None,
            "why": decision.why if decision else None,
            "review": f"nine_box.review.{'done' if decision else 'open'}",
        }
        for person, decision in zip(listed, reviews, strict=True)
    ]
    shown = columns("person:text manager:text performance:share output:number decided_by:text why:text review:key")
    shown |= _measured(team.rules)
    unreviewed = reviews.count(None)
    notices = [Notice("nine_box.review_open", {"count": unreviewed}, "caution")] if unreviewed else []
    return Section(
        "review",
        (Figure("unreviewed", "count", unreviewed),),
        tables=(Table("review", shown, rows, detail=True, answer="review"),),
        notices=tuple(notices),
    )


def borderline(team: Team) -> Section:
    """List whom a small error of measurement would put into another box, the closest first.

    Where these are more than can be talked about, the margin is said that marks few enough.
    """
    listed = sorted(filter(team.is_borderline, team.people), key=lambda person: (person.distance, person.name))
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
            "box": called(person.box),
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
    shown |= _measured(team.rules) | {"distance": Column("share", beside=(team.rules.borderline,))}
    return Section(
        "borderline",
        (Figure("borderline", "count", len(listed), {"borderline": team.rules.borderline}),),
        tables=(Table("borderline", shown, rows, detail=True, answer="box"),),
        notices=tuple(notices),
    )


def _key(place: str | None) -> str | None:
    return called(place) if place else None


def everybody(team: Team) -> Section:
    """List everybody with what places them, from the best box down; trays last."""
    rules = team.rules
    order = {place: at for at, place in enumerate((*BOXES[::-1], *TRAYS[::-1]))}
    ranked = sorted(team.people, key=lambda person: (order[team.now(person)], person.name))
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


def groups(team: Team) -> Section:
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
                    "box": called(box),
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


def movement(team: Team, earlier: pd.DataFrame | None, cycle: int) -> tuple[Section, ...]:
    """Show on the grid who has moved since a list of ``cycle`` months before; nothing where there is none."""
    if earlier is None:
        return ()
    rules = team.rules
    then = earlier_places(earlier, replace(rules, as_of=months_after(rules.as_of, -cycle)))
    now = {person.name: team.now(person) for person in team.people}
    names = {**{where: called(where) for where in (*BOXES, *TRAYS)}, ABSENT: "nine_box.absent"}
    figures, table, arrows, notices = compare(then, now, team.people, names)
    places = {box: Place(box, called(box), count=team.count[box]) for box in BOXES}
    board = replace(_board("movement", places, rules), arrows=arrows)
    return (Section("movement", figures, tables=(table,), notices=tuple(notices), boards=(board,) if arrows else ()),)
