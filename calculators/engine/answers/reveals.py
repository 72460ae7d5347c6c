"""What a result still tells of people whose names it does not have, said to whoever is about to hand it on.

Here: what can be counted in the result and its lists. How names are replaced is in ``pseudonyms.py``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from calculators.engine.answers.pseudonyms import Disguise
from calculators.engine.answers.result import Notice, Result, Section
from calculators.engine.asks.errors import Sentence
from calculators.engine.asks.tables import TableSpec
from calculators.engine.reads.tables import Reading

SMALL = 5
"""A group of fewer people is named: a figure of it is nearly a person's. A custom of statistics offices, not a law."""


def reveals(
    result: Result,
    tables: Iterable[tuple[TableSpec, Reading]],
    disguise: Disguise,
    *,
    texts: bool,
    key: Callable[[str], str],
) -> tuple[Section, ...]:
    """Return the section that says it. Tables are disguised already; ``texts`` says whether free texts are shown, and
    ``key`` gives the key of what the calculator calls something.
    """
    tables = list(tables)
    free = any(column.free for spec, _ in tables for column in spec.columns)
    notices = [
        Notice("common.reveals.exact"),
        *_alone(result, disguise, key),
        *_small_groups(tables, key),
        Notice("common.reveals.order"),
        *([Notice(f"common.reveals.texts_{'shown' if texts else 'left_out'}")] if free else []),
    ]
    return (Section("reveals", notices=tuple(notices)),)


def _alone(result: Result, disguise: Disguise, key: Callable[[str], str]) -> Iterator[Notice]:
    """Yield, for each table of people, how many stand in it with numbers that nobody else has.

    Who has the list can compute the table again, with names: then a whole unit that rounding gave to one of several
    equals tells who it is as well as a result does.
    """
    for table in result.tables:
        numbers = [column for column in table.columns if column.kind not in ("text", "key", "page")]
        labels = [column for column in table.columns if column.kind in ("text", "key")]
        rows: dict[str, list[object]] = {}
        for line in table.rows():
            values = dict(zip((column.name for column in table.columns), line, strict=True))
            person = next((str(values[one.name]) for one in labels if values[one.name] in disguise.names), None)
            if person:
                rows.setdefault(person, []).extend(values[one.name] for one in numbers)
        times = Counter(map(tuple, rows.values()))
        alone = sum(times[tuple(row)] == 1 for row in rows.values())
        if numbers and alone:
            named = Sentence(key(f"table.{table.name}.label"))
            yield Notice("common.reveals.alone", {"table": named, "count": alone, "people": len(rows)}, "caution")


def _small_groups(tables: Iterable[tuple[TableSpec, Reading]], key: Callable[[str], str]) -> Iterator[Notice]:
    """Yield which groups of people are small, by the column that has them."""
    for spec, reading in tables:
        if not any(column.people for column in spec.columns) or spec.from_result:
            continue
        first = next(column for column in spec.columns if column.people)
        for column in spec.columns:
            if column.kind not in ("text", "choice") or column.free or column is first:
                continue
            members = {
                (group, person)
                for group, person in zip(reading.frame[column.name], reading.frame[first.name], strict=True)
                if group
            }
            sizes = Counter(group for group, _ in members)
            small = sorted(group for group, size in sizes.items() if size < SMALL)
            if small:
                named = Sentence(key(f"column.{column.name}"))
                params = {"column": named, "count": len(small), "names": small, "least": SMALL}
                yield Notice("common.reveals.small", params, "caution")
