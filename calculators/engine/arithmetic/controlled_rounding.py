"""Rounding a table of exact shares to whole numbers so that it adds up along both axes.

Knows no targets, people or months: rows, columns, and groups of each. Splitting one line is in
``apportion.py``.

Sources: L. H. Cox, "A Constructive Procedure for Unbiased Controlled Rounding", J. Amer. Statist. Assoc. 82
(1987) 520-524 (shifting fractions around cycles); B. D. Causey, L. H. Cox, L. R. Ernst, "Applications of
Transportation Theory to Statistical Problems", J. Amer. Statist. Assoc. 80 (1985) 903-909 (the table as a flow, so
that a rounding always exists). The order of preference among roundings is ours.
"""

from collections import deque
from collections.abc import Hashable, Iterable, Sequence


def controlled_rounding(
    shares: Sequence[Sequence[int]],
    whole: int,
    row_groups: Sequence[Hashable] | None = None,
    column_groups: Sequence[Hashable] | None = None,
) -> list[list[int]]:
    """Round ``shares / whole`` to whole numbers.

    Each cell becomes the floor or the ceiling of its exact share, and so does every sum: of a row, of a
    column, of a group of rows (in each column and in all), of a row in a group of columns. The shares must
    add up to a whole number, and the result adds up to it. ``ValueError`` when they do not, or one is negative.

    Of all such roundings, the column totals are those of the largest remainders as far as the cells permit
    (two columns that nobody can fill at once cannot both be rounded up); given these, so are the totals of
    the groups of rows; given these, so are those of the rows. Ties go to the earlier position: callers sort by a
    stable key first, so that the order of what was entered never matters. All in integers, exact at any size.

    >>> controlled_rounding([[2, 2, 2]] * 3, 9)
    [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    """
    network = _Network(shares, whole, row_groups or [0] * len(shares), column_groups)
    network.shift_fractions()
    network.prefer(network.column_arcs)
    network.prefer(network.group_arcs)
    for arcs in network.row_arcs:
        network.prefer(arcs)
    return network.rounded()


class _Network:
    """The table as a flow: source, column, column of a row group, cell, row in a column group, row, row group, sink.

    What flows through an arc is a sum of cells. Only the fractions of arcs are kept, over ``whole``: what
    enters a vertex leaves it, so the fractions around one always add up to a whole number.
    """

    def __init__(
        self,
        shares: Sequence[Sequence[int]],
        whole: int,
        row_groups: Sequence[Hashable],
        column_groups: Sequence[Hashable] | None,
    ) -> None:
        if any(share < 0 for row in shares for share in row):
            raise ValueError("a share is negative")
        if sum(map(sum, shares)) % whole:
            raise ValueError("the shares do not add up to a whole number")
        self.whole = whole
        self.floors = [[share // whole for share in row] for row in shares]
        self.fraction: list[int] = []
        """Of each arc: strictly between 0 and ``whole`` while it is open, then one of the two."""
        self.tail: list[int] = []
        self.head: list[int] = []
        self.around: list[list[int]] = [[], []]
        """The arcs at each vertex; vertex 0 is the source, 1 the sink."""
        self._vertices: dict[Hashable, int] = {}
        self._locked: set[int] = set()
        self._build(shares, row_groups, column_groups)

    def _build(
        self,
        shares: Sequence[Sequence[int]],
        row_groups: Sequence[Hashable],
        column_groups: Sequence[Hashable] | None,
    ) -> None:
        members: dict[Hashable, list[int]] = {}
        for row, group in enumerate(row_groups):
            members.setdefault(group, []).append(row)
        width = len(shares[0]) if shares else 0
        columns = list(range(width))
        split = len(members) > 1
        quarters: dict[Hashable, list[int]] = {}
        for column, group in enumerate(column_groups or [0] * width):
            quarters.setdefault(group, []).append(column)

        totals = [sum(row[column] for row in shares) for column in columns]
        self.column_arcs = self._arcs((totals[column], 0, self._at("column", column)) for column in columns)
        entry = [[self._at("column", column) for column in columns]] * len(shares)
        for group, rows in members.items():
            if split:
                inside = [self._at("part", group, column) for column in columns]
                for column in columns:
                    self._arc(sum(shares[row][column] for row in rows), entry[rows[0]][column], inside[column])
                for row in rows:
                    entry[row] = inside
        self.cells = [[-1] * width for _ in shares]
        self.row_arcs: list[list[int]] = []
        groups = []
        for group, rows in members.items():
            collected = self._at("group", group) if split else 1
            of_rows = []
            for row in rows:
                line, end = shares[row], self._at("row", row)
                for quarter, inside in quarters.items():
                    place = end
                    if len(quarters) > 1:
                        place = self._at("row part", row, quarter)
                        self._arc(sum(line[column] for column in inside), place, end)
                    for column in inside:
                        self.cells[row][column] = self._arc(line[column], entry[row][column], place)
                of_rows.append((sum(line), end, collected))
            self.row_arcs.append(self._arcs(of_rows))
            groups.append((sum(share for share, _, _ in of_rows), collected, 1))
        self.group_arcs = self._arcs(groups) if split else []

    def _at(self, *key: Hashable) -> int:
        vertex = self._vertices.setdefault(key, len(self.around))
        if vertex == len(self.around):
            self.around.append([])
        return vertex

    def _arc(self, share: int, tail: int, head: int) -> int:
        """Add an arc if it has a fraction, and return its number, else -1."""
        fraction = share % self.whole
        if not fraction:
            return -1
        self.fraction.append(fraction)
        self.tail.append(tail)
        self.head.append(head)
        arc = len(self.tail) - 1
        self.around[tail].append(arc)
        self.around[head].append(arc)
        return arc

    def _arcs(self, wanted: Iterable[tuple[int, int, int]]) -> list[int]:
        """Add the arcs and return those with a fraction, largest remainder first."""
        arcs = [arc for share, tail, head in wanted if (arc := self._arc(share, tail, head)) >= 0]
        return sorted(arcs, key=lambda arc: -self.fraction[arc])

    def shift_fractions(self) -> None:
        """Shift around cycles of open arcs, each time as little as closes one of them, until none is open.

        A vertex with one open arc has another, since its fractions add up to a whole number: a walk along open
        arcs can always go on, until it comes back to where it was.
        """
        fraction, tail, head = self.fraction, self.tail, self.head
        open_at = [dict.fromkeys(arcs) for arcs in self.around]
        for start in range(len(open_at)):
            path: list[int] = []
            along: list[bool] = []  # whether each arc of the path is walked from tail to head
            visited = [start]
            on_path = {start: 0}
            while True:
                here = visited[-1]
                arcs = iter(open_at[here])
                arc = next(arcs, -1)
                if path and arc == path[-1]:
                    arc = next(arcs, -1)
                if arc < 0:
                    break  # nothing is open at the start any more
                path.append(arc)
                along.append(tail[arc] == here)
                there = head[arc] if along[-1] else tail[arc]
                begin = on_path.get(there)
                if begin is None:
                    on_path[there] = len(visited)
                    visited.append(there)
                    continue
                cycle = path[begin:]
                self._shift_around(cycle, along[begin:])
                for closed in cycle:
                    if fraction[closed] in (0, self.whole):
                        del open_at[tail[closed]][closed], open_at[head[closed]][closed]
                for vertex in visited[begin + 1 :]:
                    del on_path[vertex]
                del visited[begin + 1 :], path[begin:], along[begin:]

    def _shift_around(self, cycle: Sequence[int], along: Sequence[bool]) -> None:
        """Shift as little as closes one arc, forwards or backwards, whichever is less."""
        whole, fraction = self.whole, self.fraction
        forwards = backwards = whole
        for arc, same in zip(cycle, along, strict=True):
            down = fraction[arc]
            up = whole - down
            if not same:
                up, down = down, up
            forwards = min(forwards, up)
            backwards = min(backwards, down)
        shift = forwards if forwards <= backwards else -backwards
        for arc, same in zip(cycle, along, strict=True):
            fraction[arc] += shift if same else -shift

    def prefer(self, arcs: Sequence[int]) -> None:
        """Round up as many of ``arcs`` as possible, the first ones first, and settle them.

        Their sum is settled already, so one rises only when a later one falls: when none of the later ones is
        rounded up, all is done.
        """
        up = sum(self.fraction[arc] > 0 for arc in arcs)
        for arc in arcs:
            if not up:
                break
            if self.fraction[arc] or self._raise(arc):
                up -= 1
            self._locked.add(arc)
        self._locked.update(arcs)

    def _raise(self, arc: int) -> bool:
        """Round an arc up instead of down by shifting one unit around a cycle of arcs that are not settled."""
        start, goal = self.head[arc], self.tail[arc]
        came_by = {start: arc}
        queue = deque([start])
        while queue:
            here = queue.popleft()
            for step in self.around[here]:
                along = self.tail[step] == here
                if bool(self.fraction[step]) == along or step in self._locked or step == arc:
                    continue
                there = self.head[step] if along else self.tail[step]
                if there in came_by:
                    continue
                came_by[there] = step
                if there == goal:
                    self._shift(came_by, start, goal)
                    self.fraction[arc] = self.whole
                    return True
                queue.append(there)
        return False

    def _shift(self, came_by: dict[int, int], start: int, goal: int) -> None:
        here = goal
        while here != start:
            step = came_by[here]
            self.fraction[step] = self.whole - self.fraction[step]
            here = self.tail[step] if self.head[step] == here else self.head[step]

    def rounded(self) -> list[list[int]]:
        return [
            [floor + (arc >= 0 and self.fraction[arc] > 0) for floor, arc in zip(floors, arcs, strict=True)]
            for floors, arcs in zip(self.floors, self.cells, strict=True)
        ]
