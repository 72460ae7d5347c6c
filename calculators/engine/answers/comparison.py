"""Scenarios side by side: figures with their differences, what was put in differently, tables and charts that can be
compared.

Made of results as they are; nothing is computed here but differences to the first scenario.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from calculators.engine.answers.result import Chart, Column, Notice, Result, Table, Value, ValueKind

_NAMING: tuple[ValueKind, ...] = ("text", "key", "page", "date")
"""Kinds of columns that may say what a line is about."""


@dataclass(frozen=True)
class Scenario:
    """A named set of inputs and its result; ``inputs`` are its fields as a reader sees them, ``lists`` its tables."""

    name: str
    result: Result
    inputs: Mapping[str, str]
    lists: Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """A figure of every scenario, None where it has none, and how each differs from the first's.

    What is no number has no difference, nor has what one of the two does not have.
    """

    section: str
    figure: str
    kind: ValueKind
    values: tuple[Value, ...]

    @property
    def differences(self) -> tuple[int | Fraction | None, ...]:
        """Return each value less the first; None for the first itself."""
        first, *others = self.values
        return (None, *(_less(other, first) for other in others))


def _less(value: Value, first: Value) -> int | Fraction | None:
    if not isinstance(value, int | Fraction) or not isinstance(first, int | Fraction):
        return None
    # Beside a cut-off a difference has nothing to stand beside.
    return value - first if isinstance(value, int) and isinstance(first, int) else Fraction(value) - Fraction(first)


@dataclass(frozen=True)
class Tabled:
    """A table by its scenarios, None for one that has none; a single one where it is alike in all that have it."""

    name: str
    tables: tuple[Table | None, ...]
    alike: bool

    @property
    def columns(self) -> list[Column]:
        """Every column that one of them has, once."""
        found: dict[str, Column] = {}
        for table in self.tables:
            for column in table.columns if table else ():
                found.setdefault(column.name, column)
        return list(found.values())

    def pairs(self, at: int) -> list[tuple[int | None, int | None]]:
        """Return the lines that differ between the first scenario's table and another's, by their places in both.

        A line that only one of the two has stands alone. A line is about what its first words and days say, as many
        as it takes to tell the lines apart; beyond that, lines are told apart by their order.
        """
        first, other = self.tables[0], self.tables[at]
        if first is None or other is None:
            return []
        names = [one.name for one in first.columns if one.kind in _NAMING and any(one == two for two in other.columns)]
        wide = next(
            (width for width in range(1, len(names)) if _tells_apart((first, other), names[:width])), len(names)
        )
        one, two = _by_key(first, names[:wide]), _by_key(other, names[:wide])
        shared = [
            (at, place)
            for at, column in enumerate(first.columns)
            for place, same in enumerate(other.columns)
            if column == same
        ]
        lines, others = list(first.rows()), list(other.rows())

        def differ(key: tuple[object, ...]) -> bool:
            if key not in one or key not in two:
                return True
            before, after = lines[one[key]], others[two[key]]
            return any(before[at] != after[place] for at, place in shared)

        return [(one.get(key), two.get(key)) for key in dict.fromkeys([*two, *one]) if differ(key)]


def _tells_apart(tables: Sequence[Table], names: Sequence[str]) -> bool:
    return all(len(set(zip(*(table.column(name) for name in names), strict=True))) == len(table) for table in tables)


def _by_key(table: Table, names: Sequence[str]) -> dict[tuple[object, ...], int]:
    """Return the place of each line by what it is about; lines about the same are counted."""
    seen: dict[tuple[object, ...], int] = {}
    found: dict[tuple[object, ...], int] = {}
    for at, key in enumerate(zip(*(table.column(name) for name in names), strict=True) if names else [()] * len(table)):
        seen[key] = seen.get(key, 0) + 1
        found[*key, seen[key]] = at
    return found


@dataclass(frozen=True)
class Comparison:
    """Scenarios in the order in which they stand side by side; the first is what the others are held against."""

    scenarios: tuple[Scenario, ...]

    @property
    def names(self) -> list[str]:
        """The scenarios' names."""
        return [one.name for one in self.scenarios]

    @property
    def verdicts(self) -> list[Notice | None]:
        """What matters in each."""
        return [one.result.verdict for one in self.scenarios]

    @property
    def lines(self) -> list[Line]:
        """Every figure that a scenario has, in the order of the page, by the section that it stands in."""
        found: dict[str, tuple[str, ValueKind]] = {}
        for one in self.scenarios:
            for section in one.result.sections:
                for figure in section.figures:
                    found.setdefault(figure.name, (section.name, figure.kind))
        sections = list(dict.fromkeys(section for section, _ in found.values()))
        lines = [
            Line(section, name, kind, tuple(one.result.value(name) for one in self.scenarios))
            for name, (section, kind) in found.items()
        ]
        return sorted(lines, key=lambda line: sections.index(line.section))

    @property
    def inputs(self) -> list[tuple[str, list[str]]]:
        """The fields that differ, each with what stands in it in every scenario."""
        return _differing([one.inputs for one in self.scenarios])

    @property
    def lists(self) -> list[tuple[str, list[str]]]:
        """The lists that differ, each with what it is in every scenario."""
        return _differing([one.lists for one in self.scenarios])

    @property
    def tables(self) -> list[Tabled]:
        """Every table that a scenario has and that has a line, in the order of the page."""
        by_name = [{table.name: table for table in one.result.tables if len(table)} for one in self.scenarios]
        found = []
        for name in dict.fromkeys(name for tables in by_name for name in tables):
            each = tuple(tables.get(name) for tables in by_name)
            there = [table for table in each if table is not None]
            alike = len(there) == len(each) and all(_same(there[0], other) for other in there[1:])
            found.append(Tabled(name, each[:1] if alike else each, alike))
        return found

    @property
    def charts(self) -> list[tuple[Chart, ...]]:
        """The charts that every scenario has, drawn in one way."""
        by_name = [{chart.name: chart for chart in one.result.charts} for one in self.scenarios]
        everywhere = [name for name in by_name[0] if all(name in charts for charts in by_name)]
        alike = [tuple(charts[name] for charts in by_name) for name in everywhere]
        return [charts for charts in alike if len({(one.kind, len(one.series)) for one in charts}) == 1]


def _same(one: Table, other: Table) -> bool:
    return one.columns == other.columns and list(one.rows()) == list(other.rows())


def _differing(each: Sequence[Mapping[str, str]]) -> list[tuple[str, list[str]]]:
    names = list(dict.fromkeys(name for one in each for name in one))
    rows = [(name, [one.get(name, "") for one in each]) for name in names]
    return [(name, values) for name, values in rows if len(set(values)) > 1]
