"""What a calibration meeting decided about single people, and where everybody stands after it.

Where the figures alone put somebody is found in ``placing.py``; every row of the log stays, with what became of it.
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from calculators.nine_box.placing import Person, Rules
from calculators.nine_box.settings import BOXES


@dataclass(frozen=True)
class Decision:
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


def decide(people: Sequence[Person], moves: pd.DataFrame | None) -> list[Decision]:
    """Return every row of the table of moves with what became of it: the last valid one on a person is in force."""
    if moves is None:
        return []
    now = {person.name: person.computed for person in people}
    repeated = {person.name for person in people if person.why == "repeated"}
    decisions: list[Decision] = []
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
        decisions.append(Decision(person, stood or origin, row["moved_to"], by, why, on, fate))
    return decisions


@dataclass(frozen=True)
class Team:
    """Everybody, the rules that the figures place them by, and every row of what was decided about them."""

    people: Sequence[Person]
    rules: Rules
    log: Sequence[Decision]

    @cached_property
    def decided(self) -> Mapping[str, Decision]:
        """The decision in force on a person, by name."""
        return {decision.person: decision for decision in self.log if decision.stands}

    def now(self, person: Person) -> str:
        """Return the box or tray a person is in after all decisions."""
        decision = self.decided.get(person.name)
        return decision.to if decision else person.computed

    @cached_property
    def count(self) -> Counter[str]:
        """How many are in each box and tray after all decisions."""
        return Counter(map(self.now, self.people))

    @cached_property
    def computed(self) -> Counter[str]:
        """How many the figures alone put there."""
        return Counter(person.computed for person in self.people)

    @cached_property
    def placed(self) -> Sequence[Person]:
        """Everybody who is in a box after all decisions."""
        return [person for person in self.people if self.now(person) in BOXES]

    @cached_property
    def moved(self) -> Sequence[Person]:
        """Everybody whom a decision put elsewhere than the figures."""
        return [person for person in self.people if self.now(person) != person.computed]

    def is_borderline(self, person: Person) -> bool:
        """Say whether a small error would put a person into another box, and nobody has decided about that yet."""
        return bool(person.across) and person.name not in self.decided
