"""Where a person stands on the talent grid: from a row of the list to a box, or to a tray that says why not.

Performance, output and service of each person, the cut-offs between levels, and who is borderline. What is
made of it (distribution, calibration, sections of the result) is in ``sections.py``.

All values are exact fractions; a person exactly at a cut-off is above it (intervals are half-open: [low, high)).
"""

import calendar
import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from calculators.nine_box.settings import BOXES

Axis = Literal["performance", "output"]
CutoffKind = Literal["fixed", "percentile"]
AXES: tuple[Axis, ...] = ("performance", "output")
TRAYS = ("new", "missing")
GROUPS = ("manager", "team", "region", "rater")
"""What people are compared by: who leads them, where they belong, who has given their scores."""
SPAN: Mapping[Axis, int] = {"performance": 1, "output": 100}
"""From nothing to the whole of an axis: to the target, and to a hundred points. A percentile rank spans 1."""
STRAY = Fraction(1, 100)
"""A stated attainment that is further than this from actual over target is pointed out."""


@dataclass(frozen=True)
class Rules:
    """How people are placed.

    ``cutoffs`` has low and high of each axis: attainment as a fraction, points of 100; percentile ranks when
    that is their ``kind``. ``borderline`` is the share of an axis' span within which a cut-off is close.
    """

    kind: CutoffKind
    cutoffs: Mapping[Axis, tuple[Fraction, Fraction]]
    borderline: Fraction
    months: int
    as_of: datetime.date
    full_output: Fraction

    def span(self, axis: Axis) -> int:
        """Return what an axis spans, in the unit of its cut-offs."""
        return 1 if self.kind == "percentile" else SPAN[axis]


@dataclass(frozen=True)
class Person:
    """One person as far as is known; what is not known is None.

    ``tray`` is why they are not placed ("" when they are) and ``why`` the reason, a text key's end. ``at`` is
    what the cut-offs are compared with on each axis, ``box`` where that puts them.
    """

    name: str
    team: str = ""
    region: str = ""
    manager: str = ""
    rater: str = ""
    performance: Fraction | None = None
    output: Fraction | None = None
    months: int | None = None
    tray: str = ""
    why: str = ""
    at: Mapping[Axis, Fraction] = field(default_factory=dict)
    box: str = ""
    across: Mapping[Axis, str] = field(default_factory=dict)
    """The box across a cut-off that is close, by axis."""
    distance: Fraction | None = None
    """How far the nearest cut-off is, as a share of its axis' span."""

    @property
    def computed(self) -> str:
        """Return the box or tray in which the figures alone put the person."""
        return self.box or self.tray


def full_months(start: datetime.date, as_of: datetime.date) -> int:
    """Return the whole months from one day to another; a month that is too short ends with its last day.

    >>> full_months(datetime.date(2026, 3, 31), datetime.date(2026, 9, 30))
    6
    >>> full_months(datetime.date(2026, 4, 1), datetime.date(2026, 9, 30))
    5
    """
    last = calendar.monthrange(as_of.year, as_of.month)[1]
    return (as_of.year - start.year) * 12 + as_of.month - start.month - (as_of.day < min(start.day, last))


def level(value: Fraction, cutoffs: tuple[Fraction, Fraction]) -> int:
    """Return 0, 1 or 2: below the lower cut-off, from it on, from the upper one on."""
    return sum(value >= cutoff for cutoff in cutoffs)


def box(performance: int, output: int) -> str:
    """Return the box of two levels.

    >>> box(0, 0), box(2, 2), box(1, 2)
    ('improvement', 'star', 'high_potential')
    """
    return BOXES[3 * performance + output]


def levels_of(box: str) -> tuple[int, int]:
    """Return the levels of a box, performance and output."""
    return divmod(BOXES.index(box), 3)


def percentile_ranks(values: Sequence[Fraction]) -> list[Fraction]:
    """Return each value's percentile rank: the share below it and half of those equal to it, itself included.

    Equal values rank alike, and raising one value never lowers its own rank.

    Source: the usual definition of percentile rank for tied scores, (CF - F/2) / N.

    >>> percentile_ranks([Fraction(1), Fraction(2), Fraction(2), Fraction(9)])
    [Fraction(1, 8), Fraction(1, 2), Fraction(1, 2), Fraction(7, 8)]
    """
    counted = Counter(values)
    below, passed = {}, 0
    for value in sorted(counted):
        below[value] = passed
        passed += counted[value]
    return [Fraction(2 * below[value] + counted[value], 2 * len(values)) for value in values]


def place(frame: pd.DataFrame, rules: Rules) -> tuple[list[Person], dict[str, list[str]]]:
    """Return everybody in the list, by name, and of whom something must be said: names by what it is."""
    notes: dict[str, list[str]] = {}
    rows = (dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False))
    people = [_person(row, rules, notes) for row in rows]
    times = Counter(person.name for person in people)
    people = [
        replace(person, tray="missing", why="repeated") if times[person.name] > 1 else person for person in people
    ]
    people.sort(
        key=lambda person: (person.name, *map(str, (*(getattr(person, kind) for kind in GROUPS), *_measures(person))))
    )
    placed = [person for person in people if not person.tray]
    at = {axis: _positions(placed, axis, rules) for axis in AXES}
    seated = iter([_seated(person, {axis: at[axis][n] for axis in AXES}, rules) for n, person in enumerate(placed)])
    people = [person if person.tray else next(seated) for person in people]
    if any(person.months is not None for person in people):
        notes["service_unknown"] = [person.name for person in people if not person.tray and person.months is None]
    elif rules.months and placed:
        notes["no_service"] = [person.name for person in placed]
    return people, {code: sorted(names) for code, names in notes.items() if names}


def _person(row: Mapping[str, object], rules: Rules, notes: dict[str, list[str]]) -> Person:
    """Return a person as measured: placed or not is decided by what is missing, not yet by the cut-offs."""
    name = str(row["person"])
    performance, no_performance = _performance(row, name, notes)
    output, no_output = _output(row, rules, name, notes)
    months, too_early = _service(row, rules, name, notes)
    manager, team, region, rater = (str(row.get(kind, "")) for kind in GROUPS)
    person = Person(name, team, region, manager, rater, performance, output, months)
    if too_early:
        return replace(person, tray="missing", why="not_started")
    if months is not None and months < rules.months:
        return replace(person, tray="new", why="too_new")
    if no_performance or no_output:
        why = "nothing" if no_performance and no_output else no_performance or no_output
        return replace(person, tray="missing", why=why)
    return person


def _known(row: Mapping[str, object], name: str) -> Fraction | None:
    """Return a number of the list, exactly as written; None where nobody knows it."""
    value: Any = row[name]
    return Fraction(value) if row[f"{name}_known"] else None


def _performance(row: Mapping[str, object], name: str, notes: dict[str, list[str]]) -> tuple[Fraction | None, str]:
    """Return attainment: actual over target where both are known, else as it is stated; and why there is none."""
    actual, target = _known(row, "actual"), _known(row, "target")  # of one currency: only their ratio counts
    stated = _known(row, "attainment")
    if actual is not None and target is not None and target > 0:
        computed = actual / target
        if stated is not None and abs(stated - computed) > STRAY:
            notes.setdefault("contradiction", []).append(name)
        return computed, ""
    if stated is not None:
        return stated, ""
    if target is not None and target <= 0 and actual is not None:
        return None, "no_target"
    return None, "no_performance"


def _output(
    row: Mapping[str, object], rules: Rules, name: str, notes: dict[str, list[str]]
) -> tuple[Fraction | None, str]:
    """Return points of 100: the score, else the count weighted by quality; and why there are none."""
    score, count = _known(row, "output"), _known(row, "output_count")
    quality = _known(row, "quality")
    if score is not None:
        return (score, "") if 0 <= score <= SPAN["output"] else (None, "output_out_of_range")
    if count is None:
        return None, "no_output"
    if count < 0:
        return None, "count_negative"
    if quality is None:
        return None, "count_alone"
    if not 0 <= quality <= 1:
        return None, "quality_out_of_range"
    points = SPAN["output"] * count * quality / rules.full_output
    if points > SPAN["output"]:
        notes.setdefault("capped", []).append(name)
    return min(points, Fraction(SPAN["output"])), ""


def _service(
    row: Mapping[str, object], rules: Rules, name: str, notes: dict[str, list[str]]
) -> tuple[int | None, bool]:
    """Return full months of service by the as-of date, from the start date where there is one; and whether
    they start only after it.
    """
    stated, start = _known(row, "service_months"), row["start"]
    if not isinstance(start, datetime.date):
        return (None if stated is None else stated.numerator // stated.denominator), False
    if start > rules.as_of:
        return None, True
    months = full_months(start, rules.as_of)
    if stated is not None and abs(stated - months) > 1:
        notes.setdefault("service_contradiction", []).append(name)
    return months, False


def _measures(person: Person) -> tuple[object, ...]:
    return person.performance, person.output, person.months


def _positions(placed: Sequence[Person], axis: Axis, rules: Rules) -> list[Fraction]:
    values = [value for person in placed if (value := getattr(person, axis)) is not None]
    return percentile_ranks(values) if rules.kind == "percentile" else values


def _seated(person: Person, at: Mapping[Axis, Fraction], rules: Rules) -> Person:
    levels = {axis: level(at[axis], rules.cutoffs[axis]) for axis in AXES}
    across: dict[Axis, str] = {}
    distance = min(abs(at[axis] - cutoff) / rules.span(axis) for axis in AXES for cutoff in rules.cutoffs[axis])
    for axis in AXES:
        other = _across(at[axis], rules, axis)
        if other is not None:
            moved = {**levels, axis: other}
            across[axis] = box(moved["performance"], moved["output"])
    return replace(person, at=at, box=box(levels["performance"], levels["output"]), across=across, distance=distance)


def _across(value: Fraction, rules: Rules, axis: Axis) -> int | None:
    """Return the level across the nearest cut-off within reach; of two equally near, across the lower."""
    reach = rules.borderline * rules.span(axis)
    apart = [(abs(value - cutoff), number) for number, cutoff in enumerate(rules.cutoffs[axis])]
    distance, number = min(apart)
    if distance > reach:
        return None
    return number if value >= rules.cutoffs[axis][number] else number + 1


def count_by_box(boxes: Iterable[str]) -> dict[str, int]:
    """Return how many stand in each of the nine boxes."""
    counted = Counter(boxes)
    return {name: counted[name] for name in BOXES}
