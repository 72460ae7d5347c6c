"""A board on which somebody has moved, drawn: how many are in each place, and arrows for who went where.

An inline SVG without a script, coloured by the stylesheet. What a board is and who moved is in ``answers/result.py``.
"""

from dataclasses import dataclass
from math import hypot

from calculators.engine.answers.result import Arrow, Board, Place
from calculators.engine.shows.markup import Markup, tag
from calculators.engine.shows.text import Text

WIDE, HIGH, GAP = 152, 104, 10
"""A place and the space between two."""
SHORT = 22
"""An arrow ends so far from the middle of its places."""
BEND = 16
"""How far an arrow's handle is from the line between its ends: one back has another side."""
HEAD = 9

Point = tuple[float, float]


def drawn(board: Board, label: str, text: Text) -> Markup:
    """Return the picture of a board with its arrows, ``label`` being what it is called."""
    places = {place.id: _Seat(at, line, place) for line, row in enumerate(board.places) for at, place in enumerate(row)}
    width = len(board.columns) * (WIDE + GAP) - GAP
    height = len(board.rows) * (HIGH + GAP) - GAP

    cells = []
    for seat in places.values():
        count = text("common.board.count", count=len(seat.place)) if len(seat.place) else text("common.board.nobody")
        cells += [
            tag("rect", x=seat.left, y=seat.top, width=WIDE, height=HIGH, rx=6),
            tag("text", text(seat.place.name), x=seat.left + 8, y=seat.top + 20),
            tag("text", count, x=seat.left + WIDE - 8, y=seat.top + HIGH - 9, class_="pb-many"),
        ]
    arrows = [_arrow(one, places[one.start], places[one.end], text) for one in board.arrows]
    return tag(
        "svg",
        cells,
        arrows,
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_label=label,
        class_="pb-arrows",
    )


@dataclass(frozen=True)
class _Seat:
    """Where a place is drawn."""

    column: int
    line: int
    place: Place

    @property
    def left(self) -> int:
        return self.column * (WIDE + GAP)

    @property
    def top(self) -> int:
        return self.line * (HIGH + GAP)

    @property
    def middle(self) -> Point:
        return self.left + WIDE / 2, self.top + HIGH / 2


def _arrow(arrow: Arrow, here: _Seat, there: _Seat, text: Text) -> Markup:
    """Return an arrow with how many went that way, and who in a title.

    Its way is up or right, down or left, or up on one axis and down on the other.
    """
    right, up = there.column - here.column, here.line - there.line
    way = "mixed" if right * up < 0 else "up" if right + up > 0 else "down"
    start, end = here.middle, there.middle
    far = hypot(end[0] - start[0], end[1] - start[1])
    along = (end[0] - start[0]) / far, (end[1] - start[1]) / far
    aside = -along[1], along[0]
    handle = (start[0] + end[0]) / 2 + 2 * BEND * aside[0], (start[1] + end[1]) / 2 + 2 * BEND * aside[1]
    first, last = _towards(start, handle, SHORT), _towards(end, handle, SHORT)
    tip, back = last, _towards(last, handle, HEAD)
    into = (tip[0] - back[0]) / HEAD, (tip[1] - back[1]) / HEAD
    wings = [(back[0] + side * into[1] * HEAD / 2, back[1] - side * into[0] * HEAD / 2) for side in (1, -1)]
    half = (first[0] + 2 * handle[0] + back[0]) / 4, (first[1] + 2 * handle[1] + back[1]) / 4
    went = text("common.board.went", start=text(here.place.name), end=text(there.place.name), names=arrow.names)
    return tag(
        "g",
        tag("title", went),
        tag("path", d=f"M{_point(first)} Q{_point(handle)} {_point(back)}"),
        tag("polygon", points=" ".join(map(_point, (tip, *wings)))),
        tag("circle", cx=_number(half[0]), cy=_number(half[1]), r=9),
        tag("text", str(len(arrow.names)), x=_number(half[0]), y=_number(half[1] + 4)),
        data_way=way,
    )


def _towards(start: Point, end: Point, steps: float) -> Point:
    far = hypot(end[0] - start[0], end[1] - start[1])
    return start[0] + (end[0] - start[0]) * steps / far, start[1] + (end[1] - start[1]) * steps / far


def _number(value: float) -> str:
    return f"{value:.1f}"


def _point(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"
