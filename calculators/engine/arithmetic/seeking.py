"""Which value of an input brings a figure to a goal: found by halving, in whole steps, exactly.

The input is a whole number as held; a figure is an exact number, None where it cannot be computed. That the figure
only rises, or only falls, is checked at every value that is computed, and never assumed. Which inputs and figures go
together is declared by calculators (`Seek` in ``engine/asks/fields.py``).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal

Number = int | Fraction
Fate = Literal["found", "there", "out_of_bounds", "not_computable", "no_effect", "wavers", "no_start"]

FIRST: Final = 16
"""The first step away is this part of the value that there is."""
ALL_UP_TO: Final = 32
"""Values between here and the answer that are all computed; of more, so many are, evenly spread."""
SPREAD: Final = 12


@dataclass(frozen=True)
class Sought:
    """What came of it.

    ``found`` is the value nearest to the present one that reaches the goal, ``before`` the one a step less far, which
    does not; where none does, ``before`` is the farthest that could be computed. Where the figure ``wavers`` it went
    the other way between ``before`` and ``found``. ``computed`` are the values that were tried, with their figures.
    """

    fate: Fate
    found: int | None = None
    before: int | None = None
    computed: dict[int, Number | None] = field(default_factory=dict)


def seek(of: Callable[[int], Number | None], start: int, bounds: tuple[int, int], step: int, goal: Number) -> Sought:
    """Look for the value nearest to ``start`` at which a figure reaches a goal.

    ``of`` gives the figure at a value. A figure below its goal reaches it at the goal or above, one above it at the
    goal or below. Which way to go is seen from the figure itself, a first step to either side.

    >>> sought = seek(lambda people: 12 * people, 6, (0, 100), 1, 100)
    >>> sought.found, sought.before, sought.computed[9]
    (9, 8, 108)
    """
    search = _Search(of, start, bounds, step, goal)
    return search.sought()


class _Search:
    """Values are known by how many steps they are from the present one, ``way`` of which is which way."""

    def __init__(
        self, of: Callable[[int], Number | None], start: int, bounds: tuple[int, int], step: int, goal: Number
    ) -> None:
        self.of = of
        self.start = start
        self.step = step
        self.goal = goal
        self.rooms = {1: (bounds[1] - start) // step, -1: (start - bounds[0]) // step}
        self.computed: dict[int, Number | None] = {}

    def at(self, steps: int) -> Number | None:
        """Return the figure so many steps away."""
        value = self.start + steps * self.step
        if value not in self.computed:
            self.computed[value] = self.of(value)
        return self.computed[value]

    def sought(self) -> Sought:
        now = self.at(0)
        if now is None:
            return self._end("no_start")
        if now == self.goal:
            return self._end("there", found=0)
        self.upwards = self.goal > now
        way = self._way(now)
        return self._end("no_effect") if way is None else self._along(way)

    def _way(self, now: Number) -> int | None:
        """Return the way in which the figure comes nearer, the one where it can: None where nothing moves it."""
        away: list[int] = []
        for way, room in self.rooms.items():
            for steps in self._far(room):
                there = self.at(way * steps)
                if there is not None and there != now:
                    if (there > now) == self.upwards:
                        return way
                    away.append(way)
                    break
        return -away[0] if away else None

    def _far(self, room: int) -> list[int]:
        """Return steps farther and farther away, up to the bound."""
        if room <= 0:
            return []
        steps = [max(1, min(room, abs(self.start) // self.step // FIRST))]
        while steps[-1] < room:
            steps.append(min(room, 2 * steps[-1]))
        return steps

    def _is_beyond(self, steps: int) -> bool:
        """Say whether the goal is reached so many steps away, or nothing can be computed there any more."""
        there = self.at(steps)
        return there is None or (there >= self.goal if self.upwards else there <= self.goal)

    def _along(self, way: int) -> Sought:
        before, beyond = 0, None
        for steps in self._far(self.rooms[way]):
            if self._is_beyond(way * steps):
                beyond = steps
                break
            before = steps
        while beyond is not None and beyond - before > 1:
            middle = (before + beyond) // 2
            before, beyond = (before, middle) if self._is_beyond(way * middle) else (middle, beyond)
        end = before if beyond is None else beyond
        between = range(1, end) if end <= ALL_UP_TO else (end * part // SPREAD for part in range(1, SPREAD))
        for steps in between:
            self.at(way * steps)
        if wavering := self._wavering(way, end):
            return self._end("wavers", *wavering)
        if beyond is None:
            return self._end("out_of_bounds", before=way * before)
        if self.at(way * beyond) is None:
            return self._end("not_computable", before=way * before)
        return self._end("found", way * beyond, way * before)

    def _wavering(self, way: int, end: int) -> tuple[int, int] | None:
        """Return between which steps the figure went the other way, or could not be computed; None where it did not."""
        known = sorted(
            (steps, figure)
            for value, figure in self.computed.items()
            if 0 <= (steps := way * (value - self.start) // self.step) <= end and figure is not None
        )
        for (nearer, one), (farther, other) in pairwise(known):
            if (other < one) if self.upwards else (other > one):
                return way * farther, way * nearer
        return None

    def _end(self, fate: Fate, found: int | None = None, before: int | None = None) -> Sought:
        return Sought(fate, self._value(found), self._value(before), self.computed)

    def _value(self, steps: int | None) -> int | None:
        return None if steps is None else self.start + steps * self.step
