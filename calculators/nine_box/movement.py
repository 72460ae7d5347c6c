"""What has changed since an earlier list: who moved from which box to which, who is new and who has left.

An earlier list says where people stood, or has the figures that today's cut-offs place them by; where somebody stands
now is the box after all decisions. Where one person stands is found in ``placing.py``.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from calculators.engine.answers.result import Arrow, Figure, Notice, Table, about, columns
from calculators.nine_box.placing import TRAYS, Person, Rules, levels_of, place
from calculators.nine_box.settings import BOXES

ABSENT: Final = "absent"
MOVEMENTS: Final = ("left", "down", "mixed", "up", "unplaced", "placed", "joined")
"""What can become of somebody, in the order in which it is listed; ``mixed`` is up on one axis and down on the other.
"""


def earlier_places(frame: pd.DataFrame, rules: Rules) -> dict[str, str]:
    """Return where everybody in an earlier list stood, by name: a box or a tray.

    What the list says stands; of whom it says nothing today's ``rules``, as of the day of that list, decide.
    """
    people, _ = place(frame, rules)
    places = {person.name: person.computed for person in people}
    stated = dict(zip(frame["person"], frame["box_then"], strict=True))
    repeated = {person.name for person in people if person.why == "repeated"}
    return {name: where if name in repeated else stated[name] or where for name, where in places.items()}


def movement(then: str, now: str) -> str:
    """Return what became of somebody.

    >>> movement("core", "star"), movement("lone_ace", "high_potential"), movement("new", "core")
    ('up', 'mixed', 'placed')
    """
    if then == now:
        return "stayed"
    if ABSENT in (then, now):
        return "joined" if then == ABSENT else "left"
    if then in TRAYS or now in TRAYS:
        return "stayed" if then in TRAYS and now in TRAYS else "placed" if then in TRAYS else "unplaced"
    steps = [after - before for before, after in zip(levels_of(then), levels_of(now), strict=True)]
    if min(steps) < 0 < max(steps):
        return "mixed"
    return "up" if max(steps) > 0 else "down"


def compare(
    then: Mapping[str, str], now: Mapping[str, str], people: Sequence[Person], name_of: Mapping[str, str]
) -> tuple[tuple[Figure, ...], Table, tuple[Arrow, ...], list[Notice]]:
    """Return figures, table, arrows and cautions of what became of everybody in two lists.

    ``name_of`` has the text by key of each place. Arrows are between boxes.
    """
    close = {person.name for person in people if person.across}
    rows: list[dict[str, Any]] = []
    for name in {**then, **now}:
        was, is_ = then.get(name, ABSENT), now.get(name, ABSENT)
        rows.append({"person": name, "then": was, "now": is_, "movement": movement(was, is_)})
    counted = Counter(row["movement"] for row in rows)
    moved = [row for row in rows if row["movement"] != "stayed"]
    moved.sort(key=lambda row: (MOVEMENTS.index(row["movement"]), row["person"]))
    between = [row for row in moved if row["then"] in BOXES and row["now"] in BOXES]
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in between:
        arrows.setdefault((row["then"], row["now"]), []).append(row["person"])
    shown = [
        {
            "person": row["person"],
            "movement": f"nine_box.movement.{row['movement']}",
            "then": name_of[row["then"]],
            "now_in": name_of[row["now"]],
        }
        for row in moved
    ]
    figures = tuple(Figure(f"moves_{one}", "count", counted[one]) for one in (*MOVEMENTS, "stayed"))
    notices = [Notice("nine_box.two_lists", {"then": len(then), "now": len(now)}, "assumed")]
    if then == now:
        notices.append(Notice("nine_box.same_places", level="caution"))
    notices += about(("nine_box.moves_close", [row["person"] for row in between if row["person"] in close], "caution"))
    table = Table("movement", columns("person:text movement:key then:key now_in:key"), shown, detail=True)
    order = {box: at for at, box in enumerate(BOXES)}
    drawn = sorted(arrows.items(), key=lambda pair: (order[pair[0][0]], order[pair[0][1]]))
    return figures, table, tuple(Arrow(*ends, tuple(names)) for ends, names in drawn), notices
