"""A target spread over months and people (目标分解): exact shares, with numbers that are held, then whole numbers.

Knows weights and whole units only: what makes a weight (working days, seasons, ramp) is in ``goal_breakdown.py``,
rounding itself in ``controlled_rounding.py``.

The method's source lists initiatives; the arithmetic is our extension. The rules, in this order:

1. A held month keeps its number. The others share the rest by the months' weights; one in which more is held already
   than its share takes what is held.
2. A held person keeps their total. Months divide it as they would anyway, as far as held months have room.
3. What is left of each month goes to the others who are there, by their weights.
4. All is rounded at once, so that the whole adds up along both axes.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from calculators.engine.arithmetic.controlled_rounding import controlled_rounding


@dataclass(frozen=True)
class Holds:
    """Numbers that are not to change: of a person in a month (row, column), of a whole month, of a person in all."""

    cells: Mapping[tuple[int, int], int] = field(default_factory=dict)
    months: Mapping[int, int] = field(default_factory=dict)
    people: Mapping[int, int] = field(default_factory=dict)


class ImpossibleError(Exception):
    """The held numbers cannot all be kept.

    ``reason`` names the sentence; ``rows`` and ``columns`` are the people and months that it is about; ``needed`` is
    what must go there and ``room`` what can.
    """

    def __init__(self, reason: str, needed: int, room: int, rows: Sequence[int] = (), columns: Sequence[int] = ()):
        super().__init__(f"{reason}: {needed} against {room}")
        self.reason = reason
        self.needed = needed
        self.room = room
        self.rows = tuple(rows)
        self.columns = tuple(columns)


@dataclass(frozen=True)
class Shares:
    """Exact shares as numerators over ``whole``, a row a person and a column a month.

    ``moved`` are the held people whose months do not follow the weights, since held months have no room for that;
    ``raised`` the months in which more is held than their share.
    """

    numerators: list[list[int]]
    whole: int
    moved: tuple[int, ...] = ()
    raised: tuple[int, ...] = ()

    def exact(self, row: int, column: int) -> Fraction:
        """Return one exact share."""
        return Fraction(self.numerators[row][column], self.whole)

    def rounded(self, teams: Sequence[object], quarters: Sequence[object]) -> list[list[int]]:
        """Return whole numbers: see `controlled_rounding`."""
        return controlled_rounding(self.numerators, self.whole, teams, quarters)

    def of_teams(self, teams: Sequence[object]) -> list[list[int]]:
        """Return the numerators of each team, in the order in which teams first occur."""
        sums: dict[object, list[int]] = {}
        for team, row in zip(teams, self.numerators, strict=True):
            sums[team] = [have + more for have, more in zip(sums.get(team, [0] * len(row)), row, strict=True)]
        return list(sums.values())


def exact_shares(
    total: int, months: Sequence[Fraction], weights: Sequence[Sequence[int]], holds: Holds | None = None
) -> Shares:
    """Return the exact share of ``total`` of each person in each month.

    ``months`` are the months' weights and ``weights`` those of the people within a month, a row a person; zero is
    somebody who is not there. A month without weight gets nothing but what is held in it. In any other month somebody
    must be there. Raises ImpossibleError.

    >>> exact_shares(100, [Fraction(10), Fraction(20), Fraction(30)], [[1, 1, 1]], Holds(months={1: 20})).numerators
    [[20, 20, 60]]
    """
    holds = holds or Holds()
    for (row, column), held in holds.cells.items():
        if held and not weights[row][column]:
            raise ImpossibleError("absent", held, 0, [row], [column])
    takes = [bool(month) or column in holds.months for column, month in enumerate(months)]
    weights = [[weight if taken else 0 for weight, taken in zip(line, takes, strict=True)] for line in weights]
    network = _check(total, weights, holds)
    of_people, moved = _held_people(months, weights, holds, network)
    fixed = [Fraction(0)] * len(months)
    settled = of_people | {at: Fraction(held) for at, held in holds.cells.items()}
    for (_, column), value in settled.items():
        fixed[column] += value
    free = [_free_weight(weights, holds, column) for column in range(len(months))]
    targets, raised = _month_targets(total, months, fixed, free, holds)
    rest = [target - held for target, held in zip(targets, fixed, strict=True)]
    rates = [left / weight if weight else Fraction(0) for left, weight in zip(rest, free, strict=True)]
    whole = lcm(*(rate.denominator for rate in rates), *(value.denominator for value in of_people.values()))
    per_weight = [rate.numerator * (whole // rate.denominator) for rate in rates]
    numerators = []
    for row, line in enumerate(weights):
        if row in holds.people:
            numerators.append([0] * len(line))
        else:
            numerators.append([weight * rate for weight, rate in zip(line, per_weight, strict=True)])
    for (row, column), value in settled.items():
        numerators[row][column] = int(value * whole)
    return Shares(numerators, whole, moved, raised)


def _is_free(weights: Sequence[Sequence[int]], holds: Holds, row: int, column: int) -> bool:
    return weights[row][column] > 0 and (row, column) not in holds.cells


def _free_weight(weights: Sequence[Sequence[int]], holds: Holds, column: int) -> int:
    held = {row for row, at in holds.cells if at == column} | holds.people.keys()
    return sum(line[column] for row, line in enumerate(weights) if row not in held)


@dataclass(frozen=True)
class _Network:
    """Who must place how much, and which months must take how much, beside the cells that are held.

    Supplies are the held ``people``, one each, and all the others together; demands the held ``months``, one each, and
    all the other months together. Both sum to the same.
    """

    people: list[int]
    months: list[int]
    supplies: list[int]
    demands: list[int]
    reach: list[list[bool]]

    @classmethod
    def of(cls, total: int, weights: Sequence[Sequence[int]], holds: Holds) -> "_Network":
        people, months = list(holds.people), list(holds.months)
        of_people = dict(holds.people)
        of_months = dict(holds.months)
        for (row, column), value in holds.cells.items():
            if row in of_people:
                of_people[row] -= value
            if column in of_months:
                of_months[column] -= value
        left = total - sum(holds.cells.values())
        others = [row for row in range(len(weights)) if row not in holds.people]
        columns = range(len(weights[0]))
        elsewhere = [column for column in columns if column not in holds.months]
        reach = [
            [
                any(_is_free(weights, holds, row, column) for row in rows for column in at)
                for at in [*([column] for column in months), elsewhere]
            ]
            for rows in [*([row] for row in people), others]
        ]
        return cls(
            people,
            months,
            [*of_people.values(), left - sum(of_people.values())],
            [*of_months.values(), left - sum(of_months.values())],
            reach,
        )


def _check(total: int, weights: Sequence[Sequence[int]], holds: Holds) -> _Network:
    """Raise ImpossibleError unless some table of numbers keeps all that is held: feasibility as a flow.

    Where not all supplies can flow, those that are reached from one that is left over need more than their months
    take: the minimum cut, and the reason.
    """
    network = _Network.of(total, weights, holds)
    for column, left in zip(network.months, network.demands, strict=False):
        if left < 0:
            raise ImpossibleError("month", holds.months[column] - left, holds.months[column], columns=[column])
    for row, left in zip(network.people, network.supplies, strict=False):
        if left < 0:
            raise ImpossibleError("person", holds.people[row] - left, holds.people[row], [row])
    if network.supplies[-1] < 0:
        rows = sorted({*holds.people, *(row for row, _ in holds.cells)})
        raise ImpossibleError("people", total - network.supplies[-1], total, rows)
    if network.demands[-1] < 0:
        raise ImpossibleError("months", total - network.demands[-1], total, columns=sorted(holds.months))
    stuck = _Flow(network.supplies, network.demands, network.reach).run()
    if stuck is not None:
        supplies, demands = stuck
        rows = [network.people[at] for at in supplies if at < len(network.people)]
        elsewhere = [column for column in range(len(weights[0])) if column not in holds.months]
        groups = [*([column] for column in network.months), elsewhere]
        raise ImpossibleError(
            "no_room" if len(network.people) not in supplies else "no_room_others",
            sum(network.supplies[at] for at in supplies),
            sum(network.demands[at] for at in demands),
            rows,
            sorted(column for at in demands for column in groups[at]),
        )
    return network


class _Flow:
    """What supplies send to demands of the same sum, each only to those it reaches."""

    def __init__(self, supplies: Sequence[int], demands: Sequence[int], reach: Sequence[Sequence[bool]]) -> None:
        self.left = list(supplies)
        self.room = list(demands)
        self.reach = reach
        self.sent = [[0] * len(demands) for _ in supplies]

    def send(self, supply: int, demand: int, amount: int) -> None:
        """Send an amount straight."""
        self.sent[supply][demand] += amount
        self.left[supply] -= amount
        self.room[demand] -= amount

    def run(self) -> tuple[list[int], list[int]] | None:
        """Send all that is left, by what makes room where needed; where that cannot be, return the cut.

        The cut: supplies that need more than the demands they reach, and those demands.
        """
        for supply in range(len(self.left)):
            for demand, reached in enumerate(self.reach[supply]):
                if reached and self.left[supply] and self.room[demand]:
                    self.send(supply, demand, min(self.left[supply], self.room[demand]))
        for supply in range(len(self.left)):
            while self.left[supply]:
                cut = self._augment(supply)
                if cut is not None:
                    return cut
        return None

    def _augment(self, start: int) -> tuple[list[int], list[int]] | None:
        came_to: dict[int, int] = {}  # demand -> the supply that sends more to it
        came_back: dict[int, int] = {start: -1}  # supply -> the demand from which it takes back
        queue = deque([start])
        while queue:
            supply = queue.popleft()
            for demand, reached in enumerate(self.reach[supply]):
                if not reached or demand in came_to:
                    continue
                came_to[demand] = supply
                if self.room[demand]:
                    self._shift(start, demand, came_to, came_back)
                    return None
                for other, sent in enumerate(self.sent):
                    if sent[demand] and other not in came_back:
                        came_back[other] = demand
                        queue.append(other)
        return sorted(came_back), sorted(came_to)

    def _shift(self, start: int, end: int, came_to: Mapping[int, int], came_back: Mapping[int, int]) -> None:
        path = []
        demand, amount = end, min(self.left[start], self.room[end])
        while True:
            supply = came_to[demand]
            path.append((supply, demand, came_back[supply]))
            if supply == start:
                break
            demand = came_back[supply]
            amount = min(amount, self.sent[supply][demand])
        for supply, more, less in path:
            self.sent[supply][more] += amount
            if supply != start:
                self.sent[supply][less] -= amount
        self.left[start] -= amount
        self.room[end] -= amount


def _held_people(
    months: Sequence[Fraction], weights: Sequence[Sequence[int]], holds: Holds, network: _Network
) -> tuple[dict[tuple[int, int], Fraction], tuple[int, ...]]:
    """Return what held people get in each month beside cells that are held, and for whom that is not by weight."""
    everyone = [sum(line[column] for line in weights) for column in range(len(months))]
    wanted: dict[tuple[int, int], Fraction] = {}
    for row, left in zip(network.people, network.supplies, strict=False):
        profile = {
            column: months[column] * weights[row][column] / everyone[column]
            for column in range(len(months))
            if _is_free(weights, holds, row, column)
        }
        if not any(profile.values()):  # nothing but months without any weight
            profile = dict.fromkeys(profile, Fraction(1))
        whole = sum(profile.values(), Fraction(0))
        wanted |= {(row, column): left * share / whole for column, share in profile.items()}
    to_others = [
        room - sum((share for (_, at), share in wanted.items() if at == column), Fraction(0))
        for column, room in zip(network.months, network.demands, strict=False)
    ]
    others = network.supplies[-1]
    *can_take, elsewhere = network.reach[-1]
    if (
        all(left == 0 or (left > 0 and takes) for left, takes in zip(to_others, can_take, strict=True))
        and sum(to_others, Fraction(0)) <= others
        and (elsewhere or sum(to_others, Fraction(0)) == others)
    ):
        return wanted, ()
    return _through_held_months(wanted, network)


def _through_held_months(
    wanted: Mapping[tuple[int, int], Fraction], network: _Network
) -> tuple[dict[tuple[int, int], Fraction], tuple[int, ...]]:
    """Return what held people get where held months have no room for all of it, or others cannot fill them.

    Whole units flow (`_check` has seen that they can), starting with as much of what is wanted as there is room for.
    """
    flow = _Flow(network.supplies, network.demands, network.reach)
    for at, row in enumerate(network.people):
        for place, column in enumerate(network.months):
            flow.send(at, place, min(int(wanted.get((row, column), 0)), flow.room[place], flow.left[at]))
    flow.run()
    result: dict[tuple[int, int], Fraction] = {}
    moved = []
    for at, row in enumerate(network.people):
        mine = {column: share for (owner, column), share in wanted.items() if owner == row}
        sent = dict(zip(network.months, flow.sent[at], strict=False))
        elsewhere = {column: share for column, share in mine.items() if column not in sent}
        if not any(elsewhere.values()):
            elsewhere = dict.fromkeys(elsewhere, Fraction(1))
        whole = sum(elsewhere.values(), Fraction(0))
        placed = {column: flow.sent[at][-1] * share / whole for column, share in elsewhere.items()}
        placed |= {column: Fraction(sent[column]) for column in mine if column in sent}
        if any(abs(placed[column] - share) >= 1 for column, share in mine.items()):
            moved.append(row)
        result |= {(row, column): share for column, share in placed.items()}
    return result, tuple(moved)


def _month_targets(
    total: int, months: Sequence[Fraction], fixed: Sequence[Fraction], free: Sequence[int], holds: Holds
) -> tuple[list[Fraction], tuple[int, ...]]:
    """Return the exact number of each month, and which ones take more than their share since more is held there."""
    targets = [Fraction(holds.months.get(column, held)) for column, held in enumerate(fixed)]
    sharing = [column for column in range(len(months)) if column not in holds.months and free[column]]
    rest = total - sum((target for column, target in enumerate(targets) if column not in sharing), Fraction(0))
    raised: list[int] = []
    while sharing:
        weight = sum((months[column] for column in sharing), Fraction(0))
        shares = {column: rest * months[column] / weight for column in sharing}
        above = [column for column in sharing if fixed[column] > shares[column]]
        if not above:
            for column in sharing:
                targets[column] = shares[column]
            break
        raised += above
        rest -= sum((fixed[column] for column in above), Fraction(0))
        sharing = [column for column in sharing if column not in above]
    return targets, tuple(sorted(raised))
