"""Scenarios side by side: figures with their differences, what was put in differently, charts that can be compared.

Made of results as they are; nothing is computed here but differences to the first scenario.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from calculators.engine.answers.result import Chart, Notice, Result, Value, ValueKind


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
    def charts(self) -> list[tuple[Chart, ...]]:
        """The charts that every scenario has, drawn in one way."""
        by_name = [{chart.name: chart for chart in one.result.charts} for one in self.scenarios]
        everywhere = [name for name in by_name[0] if all(name in charts for charts in by_name)]
        alike = [tuple(charts[name] for charts in by_name) for name in everywhere]
        return [charts for charts in alike if len({(one.kind, len(one.series)) for one in charts}) == 1]


def _differing(each: Sequence[Mapping[str, str]]) -> list[tuple[str, list[str]]]:
    names = list(dict.fromkeys(name for one in each for name in one))
    rows = [(name, [one.get(name, "") for one in each]) for name in names]
    return [(name, values) for name, values in rows if len(set(values)) > 1]
