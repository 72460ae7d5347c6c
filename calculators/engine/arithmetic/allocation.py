"""A target allocated to people and months (目标分解): exact shares, with what is locked kept, then whole numbers.

Knows weights and whole units only: what makes a weight (working days, seasons, ramp) is in ``goal_breakdown``,
rounding itself in ``controlled_rounding.py``.

The method's source lists initiatives; the arithmetic is our extension. The rules, in this order:

1. A locked month keeps its number. The others share the rest by the months' weights; one in which more is locked
   already than its share takes what is locked.
2. A locked person keeps their total. Months divide it as they would anyway, as far as locked months have room.
3. What is left of each month goes to the others who are there, by their weights.
4. All is rounded at once, so that the whole adds up along both axes.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm

from calculators.engine.arithmetic.controlled_rounding import controlled_rounding
from calculators.engine.arithmetic.flow import Flow


@dataclass(frozen=True)
class Locks:
    """Numbers that are not to change: of a person in a month (the cells), of a whole month, of a person in all."""

    cells: Mapping[tuple[int, int], int] = field(default_factory=dict)
    months: Mapping[int, int] = field(default_factory=dict)
    people: Mapping[int, int] = field(default_factory=dict)


class ImpossibleError(Exception):
    """The locked numbers cannot all be kept.

    ``reason`` names the sentence; ``people`` and ``months`` are those that it is about; ``needed`` is what must go
    there and ``room`` what can.
    """

    def __init__(self, reason: str, needed: int, room: int, people: Iterable[int] = (), months: Iterable[int] = ()):
        super().__init__(f"{reason}: {needed} against {room}")
        self.reason = reason
        self.needed = needed
        self.room = room
        self.people = tuple(people)
        self.months = tuple(months)


@dataclass(frozen=True)
class Shares:
    """Exact shares as numerators over ``whole``, a row a person and a column a month.

    ``moved`` are the locked people whose months do not follow the weights, since locked months have no room for that;
    ``raised`` the months in which more is locked than their share.
    """

    numerators: list[list[int]]
    whole: int
    moved: tuple[int, ...] = ()
    raised: tuple[int, ...] = ()

    def exact(self, person: int, month: int) -> Fraction:
        """Return one exact share."""
        return Fraction(self.numerators[person][month], self.whole)

    def rounded(
        self, teams: Sequence[Hashable], quarters: Sequence[Hashable], regions: Sequence[Hashable] | None = None
    ) -> list[list[int]]:
        """Return whole numbers: see `controlled_rounding`."""
        return controlled_rounding(self.numerators, self.whole, teams, quarters, regions)


def exact_shares(
    total: int, months: Sequence[Fraction], weights: Sequence[Sequence[int]], locks: Locks | None = None
) -> Shares:
    """Return the exact share of ``total`` of each person in each month.

    ``months`` are the months' weights and ``weights`` those of the people within a month, a row a person; zero is
    somebody who is not there. A month without weight gets nothing but what is locked in it. In any other month somebody
    must be there. Raises ImpossibleError.

    >>> exact_shares(100, [Fraction(10), Fraction(20), Fraction(30)], [[1, 1, 1]], Locks(months={1: 20})).numerators
    [[20, 20, 60]]
    """
    locks = locks or Locks()
    common = gcd(*(weight for row in weights for weight in row)) or 1
    weights = [[weight // common for weight in row] for row in weights]
    for (person, month), number in locks.cells.items():
        if number and not weights[person][month]:
            raise ImpossibleError("absent", number, 0, [person], [month])
    takes = [bool(weight) or month in locks.months for month, weight in enumerate(months)]
    weights = [[weight if taken else 0 for weight, taken in zip(row, takes, strict=True)] for row in weights]
    free = [list(row) for row in weights]
    for person, month in locks.cells:
        free[person][month] = 0
    transport = _Transport(total, free, locks)
    transport.check(total, locks)
    of_people, moved = _locked_people(months, weights, free, locks, transport)
    settled = of_people | {cell: Fraction(number) for cell, number in locks.cells.items()}
    fixed = [Fraction(0)] * len(months)
    for (_, month), share in settled.items():
        fixed[month] += share
    others = [[0] * len(months) if person in locks.people else row for person, row in enumerate(free)]
    sharing = [sum(column) for column in zip(*others, strict=True)]
    rests, raised = _month_rests(total, months, fixed, sharing, locks)
    rates = [rest / weight if weight else Fraction(0) for rest, weight in zip(rests, sharing, strict=True)]
    whole = lcm(*(share.denominator for share in (*rates, *of_people.values())))
    per_weight = [int(rate * whole) for rate in rates]
    numerators = [[weight * rate for weight, rate in zip(row, per_weight, strict=True)] for row in others]
    for (person, month), share in settled.items():
        numerators[person][month] = int(share * whole)
    return Shares(numerators, whole, moved, raised)


def by_team(teams: Sequence[Hashable], table: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return a table with a row a person by team, in the order in which teams first occur.

    >>> by_team(["A", "B", "A"], [[1, 2], [3, 4], [5, 6]])
    [[6, 8], [3, 4]]
    """
    rows: dict[Hashable, list[Sequence[int]]] = {}
    for team, row in zip(teams, table, strict=True):
        rows.setdefault(team, []).append(row)
    return [[sum(column) for column in zip(*of_team, strict=True)] for of_team in rows.values()]


class _Transport:
    """Who must place how much, and which months must take how much, beside the cells that are locked.

    Supplies are the locked people, one each, and all the others together; demands the locked months, one each, and all
    the other months together. Both sum to the same. ``reach`` says which supply can go to which demand.
    """

    def __init__(self, total: int, free: Sequence[Sequence[int]], locks: Locks) -> None:
        cells = locks.cells.items()
        left = total - sum(locks.cells.values())
        self.people, self.supplies = _side(locks.people, ((at, number) for (at, _), number in cells), len(free), left)
        self.months, self.demands = _side(locks.months, ((at, number) for (_, at), number in cells), len(free[0]), left)
        self.reach = [
            [any(free[person][month] for person in people for month in months) for months in self.months]
            for people in self.people
        ]

    def check(self, total: int, locks: Locks) -> None:
        """Raise ImpossibleError unless some table of numbers keeps all that is locked: feasibility as a flow."""
        for (month, number), left in zip(locks.months.items(), self.demands, strict=False):
            if left < 0:
                raise ImpossibleError("month", number - left, number, months=[month])
        for (person, number), left in zip(locks.people.items(), self.supplies, strict=False):
            if left < 0:
                raise ImpossibleError("person", number - left, number, [person])
        if self.supplies[-1] < 0:
            people = {*locks.people, *(person for person, _ in locks.cells)}
            raise ImpossibleError("people", total - self.supplies[-1], total, sorted(people))
        if self.demands[-1] < 0:
            raise ImpossibleError("months", total - self.demands[-1], total, months=sorted(locks.months))
        self.placed()

    def placed(self, first: Sequence[Sequence[int]] = ()) -> list[list[int]]:
        """Return what each supply sends to each demand: of ``first`` as much as there is room for, then what is left.

        That goes straight where it can, and else by what makes room where it is needed. Raises ImpossibleError where
        it cannot go at all: the supplies that are reached from there need more than all demands that they can go to.
        """
        to = len(self.supplies)
        sink = to + len(self.demands)
        flow = Flow(sink + 1)
        doors = [flow.arc(to + at, sink, demand) for at, demand in enumerate(self.demands)]
        lanes = [
            [flow.arc(at, to + place, supply if reached else 0) for place, reached in enumerate(reach)]
            for at, (supply, reach) in enumerate(zip(self.supplies, self.reach, strict=True))
        ]
        left = list(self.supplies)
        for wanted in (first, [[supply] * len(doors) for supply in self.supplies]):
            for at, row in enumerate(wanted):
                for lane, door, units in zip(lanes[at], doors, row, strict=False):
                    left[at] -= flow.send([lane, door], min(units, left[at]))
        for at in range(to):
            while left[at]:
                sent = flow.augment(at, sink, left[at])
                if not sent:
                    raise self._no_room(flow.reached(at))
                left[at] -= sent
        return [[flow.carried(lane) for lane in row] for row in lanes]

    def _no_room(self, cut: Iterable[int]) -> ImpossibleError:
        to = len(self.supplies)
        supplies = [at for at in cut if at < to]
        demands = [at - to for at in cut if at >= to]
        return ImpossibleError(
            "no_room_others" if to - 1 in supplies else "no_room",
            sum(self.supplies[at] for at in supplies),
            sum(self.demands[at] for at in demands),
            [person for at in sorted(supplies) if at < to - 1 for person in self.people[at]],
            sorted(month for at in demands for month in self.months[at]),
        )


def _side(
    locked: Mapping[int, int], cells: Iterable[tuple[int, int]], count: int, left: int
) -> tuple[list[list[int]], list[int]]:
    """Return what is locked one by one and all others together, each with its number beside the locked cells."""
    numbers = dict(locked)
    for at, number in cells:
        if at in numbers:
            numbers[at] -= number
    groups = [*([at] for at in locked), [at for at in range(count) if at not in locked]]
    return groups, [*numbers.values(), left - sum(numbers.values())]


def _locked_people(
    months: Sequence[Fraction],
    weights: Sequence[Sequence[int]],
    free: Sequence[Sequence[int]],
    locks: Locks,
    transport: _Transport,
) -> tuple[dict[tuple[int, int], Fraction], tuple[int, ...]]:
    """Return what locked people get in each month beside cells that are locked, and for whom that is not by weight.

    Where locked months have no room for all of it, or others cannot fill them, whole units are placed anew (`check`
    has seen that they can be), beginning with as much of what is wanted as there is room for.
    """
    everyone = [sum(column) for column in zip(*weights, strict=True)]
    wanted = [
        _divided(left, {at: months[at] * weight / everyone[at] for at, weight in enumerate(free[person]) if weight})
        for person, left in zip(locks.people, transport.supplies, strict=False)
    ]
    to_others = [
        demand - sum((shares.get(month, Fraction(0)) for shares in wanted), Fraction(0))
        for month, demand in zip(locks.months, transport.demands, strict=False)
    ]
    others = transport.supplies[-1]
    *can_take, elsewhere = transport.reach[-1]
    by_weight = (
        all(left == 0 or (left > 0 and takes) for left, takes in zip(to_others, can_take, strict=True))
        and sum(to_others) <= others
        and (elsewhere or sum(to_others) == others)
    )
    placed = wanted
    if not by_weight:
        first = [[int(shares.get(month, 0)) for month in locks.months] for shares in wanted]
        placed = []
        for shares, sent in zip(wanted, transport.placed(first), strict=False):
            in_locked = {month: Fraction(units) for month, units in zip(locks.months, sent, strict=False)}
            in_others = {month: share for month, share in shares.items() if month not in in_locked}
            placed.append(in_locked | _divided(sent[-1], in_others))
    moved = [
        person
        for person, shares, got in zip(locks.people, wanted, placed, strict=True)
        if any(abs(got[month] - share) >= 1 for month, share in shares.items())
    ]
    cells = {
        (person, month): got[month]
        for person, shares, got in zip(locks.people, wanted, placed, strict=True)
        for month in shares
    }
    return cells, tuple(moved)


def _divided(amount: Fraction | int, weights: Mapping[int, Fraction]) -> dict[int, Fraction]:
    """Return an amount divided by weights, evenly where none of them weighs anything."""
    if not any(weights.values()):
        weights = dict.fromkeys(weights, Fraction(1))
    whole = sum(weights.values(), Fraction(0))
    return {at: amount * weight / whole for at, weight in weights.items()}


def _month_rests(
    total: int, months: Sequence[Fraction], fixed: Sequence[Fraction], sharing: Sequence[int], locks: Locks
) -> tuple[list[Fraction], tuple[int, ...]]:
    """Return what is left of each month beside what is fixed, and which months take no more since more is locked there.

    ``sharing`` is the weight of the people who can take it.
    """
    targets = [Fraction(locks.months.get(month, number)) for month, number in enumerate(fixed)]
    weights = {month: months[month] for month, weight in enumerate(sharing) if weight and month not in locks.months}
    rest = total - sum(target for month, target in enumerate(targets) if month not in weights)
    raised: list[int] = []
    shares = _divided(rest, weights)
    while above := [month for month, share in shares.items() if fixed[month] > share]:
        raised += above
        rest -= sum(fixed[month] for month in above)
        weights = {month: weight for month, weight in weights.items() if month not in above}
        shares = _divided(rest, weights)
    for month, share in shares.items():
        targets[month] = share
    return [target - number for target, number in zip(targets, fixed, strict=True)], tuple(sorted(raised))
