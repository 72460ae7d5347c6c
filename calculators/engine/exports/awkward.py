"""A clean list made into one as companies have them, for a reader who wants to see what becomes of such a list.

Above it stands a title, in the midst of it an empty line and the header once more, below it a total and a note; names
have spaces behind them and amounts their separators. Nothing that the list says is another. Reading it is
``engine/reads``.
"""

import re
from collections.abc import Mapping, Sequence

from calculators.engine.asks.tables import TableSpec

_PLAIN = re.compile(r"[0-9]{4,}", re.ASCII).fullmatch


def awkward(
    rows: Sequence[Sequence[str]],
    spec: TableSpec,
    mapping: Mapping[str, int | None],
    *,
    title: str,
    total: str,
    note: str,
) -> list[list[str]]:
    """Return a list's ``rows``, the header first, with what stands around and between them in a company's file.

    ``mapping`` has the place of each declared column. There is a total only of amounts.
    """
    header, *body = ([*row] for row in rows)
    places = {column.name: (column.kind, at) for column in spec.columns if (at := mapping.get(column.name)) is not None}
    amounts = [at for kind, at in places.values() if kind == "money"]
    names = [at for kind, at in places.values() if kind == "text"]
    sums = {at: sum(int(row[at]) for row in body) for at in amounts if all(row[at].isdecimal() for row in body)}
    for line, row in enumerate(body):
        for at in amounts:
            row[at] = f"{int(row[at]):,} " if _PLAIN(row[at]) else row[at]
        if names and line % 3 == 0:
            row[names[0]] += " \u3000"  # before a name they would be an indent, which says what belongs to what
    half = len(body) // 2
    made = [[title], [], header, *body[:half], [], header, *body[half:]]
    if sums and names and names[0] not in sums:
        last = [""] * len(header)
        last[names[0]] = total
        for at, amount in sums.items():
            last[at] = f"{amount:,}"
        made.append(last)
    return [*made, [], [note]]
