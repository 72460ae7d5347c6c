"""Rounding a table of exact shares to whole numbers so that it adds up along both axes.

Knows no targets, people or months: rows, columns, and groups of each. Splitting one line is in ``apportion.py``; how
fractions are shifted is in ``flow.py``.

Sources: L. H. Cox, "A Constructive Procedure for Unbiased Controlled Rounding", J. Amer. Statist. Assoc. 82
(1987) 520-524 (shifting fractions around cycles); B. D. Causey, L. H. Cox, L. R. Ernst, "Applications of
Transportation Theory to Statistical Problems", J. Amer. Statist. Assoc. 80 (1985) 903-909 (the table as a flow, so
that a rounding always exists). The order of preference among roundings is ours.
"""

from collections.abc import Hashable, Iterable, Sequence

from calculators.engine.arithmetic.flow import Flow


def controlled_rounding(
    shares: Sequence[Sequence[int]],
    whole: int,
    row_groups: Sequence[Hashable] | None = None,
    column_groups: Sequence[Hashable] | None = None,
    row_blocks: Sequence[Hashable] | None = None,
) -> list[list[int]]:
    """Round ``shares / whole`` to whole numbers.

    Each cell becomes the floor or the ceiling of its exact share, and so does every sum: of a row, of a
    column, of a group of rows (in each column and in all), of a block of such groups likewise, of a row in a group of
    columns. A group is within its block: rows of two blocks are in two groups, whatever these are called. The shares
    must add up to a whole number, and the result adds up to it. ``ValueError`` when they do not, or one is negative.

    Of all such roundings, the column totals are those of the largest remainders as far as the cells permit
    (two columns that nobody can fill at once cannot both be rounded up); given these, so are the totals of
    the blocks; given these, of the groups of rows; given these, of the rows. Ties go to the earlier position: callers
    sort by a stable key first, so that the order of what was entered never matters. All in integers, exact at any
    size.

    >>> controlled_rounding([[2, 2, 2]] * 3, 9)
    [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    """
    if any(share < 0 for row in shares for share in row):
        raise ValueError("a share is negative")
    if sum(map(sum, shares)) % whole:
        raise ValueError("the shares do not add up to a whole number")
    width = len(shares[0]) if shares else 0
    levels = [groups for groups in (row_blocks, row_groups) if groups is not None]
    table = _Table(shares, whole, levels, column_groups or [0] * width)
    table.flow.settle()
    for totals in table.totals:
        table.prefer(totals)
    return table.rounded()


class _Table:
    """The table as a flow: source, column, column of a block, of a group, cell, row in a column group, row, group,
    block, sink. ``levels`` are the blocks and the groups of rows, the widest first.

    What flows through an arc is a sum of cells. Only its fraction over ``whole`` is kept, and no arc where there is
    none: what enters a vertex leaves it, so the fractions around one always add up to a whole number.
    """

    def __init__(
        self,
        shares: Sequence[Sequence[int]],
        whole: int,
        levels: Sequence[Sequence[Hashable]],
        column_groups: Sequence[Hashable],
    ) -> None:
        self.whole = whole
        self.flow = Flow()
        self.shares = shares
        self.floors = [[share // whole for share in row] for row in shares]
        self.cells = [[-1] * len(row) for row in shares]
        vertex = self.flow.vertex
        source, sink = vertex(), vertex()
        columns = [vertex() for _ in column_groups]
        of_columns = self._arcs((sum(row[at] for row in shares), source, column) for at, column in enumerate(columns))
        self.parts = _members(column_groups, range(len(columns)))
        of_levels: list[list[list[int]]] = [[] for _ in (*levels, "rows")]
        self._grouped(levels, of_levels, list(range(len(shares))), columns, sink)
        self.totals = [of_columns, *(arcs for of_level in of_levels for arcs in of_level)]
        """The arcs of totals in the order in which they are settled, each list by largest remainder."""

    def _grouped(
        self,
        levels: Sequence[Sequence[Hashable]],
        of_levels: Sequence[list[list[int]]],
        rows: Sequence[int],
        entry: Sequence[int],
        out: int,
    ) -> None:
        """Add rows, into which flows come by column (``entry``), in the groups of the first level, and of the next."""
        if not levels:
            of_levels[0].append(self._rows(rows, entry, out))
            return
        vertex = self.flow.vertex
        members = _members(levels[0], rows)
        grouped = len(members) > 1
        entries = [[vertex() for _ in entry] if grouped else entry for _ in members]
        for of_group, enters in zip(members, entries, strict=True) if grouped else ():
            for at, column in enumerate(entry):
                self._arc(sum(self.shares[row][at] for row in of_group), column, enters[at])
        totals = []
        for of_group, enters in zip(members, entries, strict=True):
            group = vertex() if grouped else out
            self._grouped(levels[1:], of_levels[1:], of_group, enters, group)
            totals.append((sum(sum(self.shares[row]) for row in of_group), group, out))
        if grouped:
            of_levels[0].append(self._arcs(totals))

    def _rows(self, rows: Sequence[int], entry: Sequence[int], out: int) -> list[int]:
        """Add the cells of rows, and return the arcs of the rows' totals."""
        vertex, parted = self.flow.vertex, len(self.parts) > 1
        ends = []
        for row in rows:
            end, line = vertex(), self.shares[row]
            for part in self.parts:
                begin = vertex() if parted else end
                if parted:
                    self._arc(sum(line[at] for at in part), begin, end)
                for at in part:
                    self.cells[row][at] = self._arc(line[at], entry[at], begin)
            ends.append((sum(line), end, out))
        return self._arcs(ends)

    def _arc(self, share: int, tail: int, head: int) -> int:
        """Add an arc if it has a fraction, and return its number, else -1."""
        fraction = share % self.whole
        return self.flow.arc(tail, head, self.whole - fraction, fraction) if fraction else -1

    def _arcs(self, wanted: Iterable[tuple[int, int, int]]) -> list[int]:
        """Add the arcs and return those with a fraction, largest remainder first."""
        arcs = [arc for share, tail, head in wanted if (arc := self._arc(share, tail, head)) >= 0]
        return sorted(arcs, key=lambda arc: -self.flow.carried(arc))

    def prefer(self, arcs: Sequence[int]) -> None:
        """Round up as many of ``arcs`` as possible, the first ones first, and close them.

        Their sum is settled already, so one rises only when a later one falls: when none of the later ones is
        rounded up, all is done.
        """
        flow = self.flow
        up = sum(flow.carried(arc) > 0 for arc in arcs)
        for arc in arcs:
            is_up = flow.carried(arc) > 0
            flow.close(arc)
            if up and (is_up or flow.augment(flow.head[arc], flow.head[arc ^ 1], self.whole)):
                up -= 1

    def rounded(self) -> list[list[int]]:
        """Return the table with the cells rounded up of which something flows."""
        room = self.flow.room
        return [
            [floor + (arc >= 0 and room[arc ^ 1] > 0) for floor, arc in zip(floors, arcs, strict=True)]
            for floors, arcs in zip(self.floors, self.cells, strict=True)
        ]


def _members(groups: Sequence[Hashable], positions: Iterable[int]) -> list[list[int]]:
    """Return which of the positions are in each group, in the order in which groups first occur."""
    members: dict[Hashable, list[int]] = {}
    for at in positions:
        members.setdefault(groups[at], []).append(at)
    return list(members.values())
