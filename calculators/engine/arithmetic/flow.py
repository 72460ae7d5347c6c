"""A flow along arcs of limited room: sent on by shortest augmenting paths, and made whole by shifting around cycles.

Knows vertices and integers only: what flows is said by ``allocation.py`` (a target to people and months) and by
``controlled_rounding.py`` (the fractions of a table).

Sources: J. Edmonds, R. M. Karp, "Theoretical Improvements in Algorithmic Efficiency for Network Flow Problems", J. ACM
19 (1972) 248-264 (shortest augmenting paths); L. R. Ford, D. R. Fulkerson, "Flows in Networks", 1962 (what is reached
where no path is left is a minimum cut).
"""

from collections import deque
from collections.abc import Sequence


class Flow:
    """Arcs between vertices, as steps: an arc is a step forwards, of an even number, and one back, the number after it.

    ``room[step]`` is how much more can go that way: forwards what the arc can carry beyond what it carries, back what
    it carries, since that much can be taken back. So ``step ^ 1`` is the same arc the other way, and what one of the
    two loses the other gains.
    """

    def __init__(self, vertices: int = 0) -> None:
        self.head: list[int] = []
        """Of each step: the vertex that it leads to."""
        self.room: list[int] = []
        self.out: list[list[int]] = [[] for _ in range(vertices)]
        """Of each vertex: the steps that leave it. They are tried in the order in which the arcs were added."""

    def vertex(self) -> int:
        """Add a vertex and return its number."""
        self.out.append([])
        return len(self.out) - 1

    def arc(self, tail: int, head: int, room: int, carried: int = 0) -> int:
        """Add an arc and return its step forwards; ``room`` is what it can carry beyond what it carries already."""
        step = len(self.head)
        self.head += head, tail
        self.room += room, carried
        self.out[tail].append(step)
        self.out[head].append(step + 1)
        return step

    def carried(self, arc: int) -> int:
        """Return what flows through an arc."""
        return self.room[arc ^ 1]

    def close(self, arc: int) -> None:
        """Take an arc out of the network: nothing more goes through it, and what it carries is not taken back."""
        self.room[arc] = self.room[arc ^ 1] = 0

    def send(self, path: Sequence[int], most: int) -> int:
        """Send as much along these steps as all have room for, at most ``most``, and return how much that was."""
        room = self.room
        amount = min(most, *[room[step] for step in path])
        for step in path:
            room[step] -= amount
            room[step ^ 1] += amount
        return amount

    def reached(self, start: int, goal: int = -1) -> dict[int, int]:
        """Return the vertices to which more can go from ``start``, nearest first, with the step that leads to each.

        Looks no further once it is at ``goal``. Where the goal is not reached, what is reached is a minimum cut: all
        arcs that leave it are full, and none that enters it carries anything.
        """
        came_by = {start: -1}
        queue = deque([start])
        while queue:
            for step in self.out[queue.popleft()]:
                there = self.head[step]
                if self.room[step] and there not in came_by:
                    came_by[there] = step
                    if there == goal:
                        return came_by
                    queue.append(there)
        return came_by

    def augment(self, start: int, goal: int, most: int) -> int:
        """Send at most ``most`` along a shortest path and return how much that was, 0 where there is no path."""
        came_by = self.reached(start, goal)
        if goal not in came_by:
            return 0
        path = []
        here = goal
        while here != start:
            path.append(came_by[here])
            here = self.head[came_by[here] ^ 1]
        return self.send(path, most)

    def settle(self) -> None:
        """Shift around cycles of loose arcs, those with room both ways, until none is loose.

        Each time as little is shifted as makes one arc empty or full. Where what flows through a vertex, in and out,
        is whole in units of what the loose arcs can carry, a vertex with one loose arc has another: a walk along loose
        arcs can always go on, until it comes back to where it was.
        """
        room, head = self.room, self.head
        loose = [dict.fromkeys(step for step in steps if room[step] and room[step ^ 1]) for steps in self.out]
        for start in range(len(loose)):
            here = start
            path: list[int] = []
            position = {start: 0}  # of each vertex on the path: how many steps lead to it
            while loose[start]:
                steps = iter(loose[here])
                step = next(steps)
                if path and step == path[-1] ^ 1:
                    step = next(steps)
                path.append(step)
                here = head[step]
                begin = position.setdefault(here, len(path))
                if begin == len(path):
                    continue
                cycle = path[begin:]
                del path[begin:]
                for step in cycle[:-1]:
                    del position[head[step]]
                most = min([room[step ^ 1] for step in cycle])
                if min([room[step] for step in cycle]) > most:
                    cycle = [step ^ 1 for step in cycle]
                self.send(cycle, most)
                for step in cycle:
                    if not (room[step] and room[step ^ 1]):
                        del loose[head[step ^ 1]][step], loose[head[step]][step ^ 1]
