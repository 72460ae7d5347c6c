"""Which column of money is meant where several fit: by arithmetic first, else the reader is asked, with what each
comes to.

Columns of one measure by month or quarter are added up; a column beside them that is their sum is it. Of columns that
fit alike and differ none is taken in silence. How well a heading fits is in ``headings``.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.amounts import NotAnAmount, is_amount, parse_column, parse_heading
from calculators.engine.reads.headings import JOINT, is_contrary, is_neutral, money_place, rank, says_total
from calculators.engine.reads.periods import Run, runs
from calculators.engine.reads.questions import Asking
from calculators.engine.reads.sources import Remark

_ASKED: Final = 8  # columns between which a reader is asked; more are no choice but a table
_SEEN: Final = 200  # rows by which a column is known for figures

Place = tuple[int, int, int]


class Columns:
    """The columns below a header, by their index: those of the file, and behind them sums of several."""

    def __init__(self, headers: Sequence[str], rows: list[list[str]]) -> None:
        self.headers = tuple(headers)
        self.rows = rows
        self.width = len(headers)
        """How many are in the file."""
        self._sums: dict[int, tuple[int, ...]] = {}

    def add(self, parts: Sequence[int]) -> int:
        """Return the index of the sum of some columns, which is a column of its own from now on."""
        index = len(self.headers)
        self._sums[index] = tuple(parts)
        self.headers = (*self.headers, f"{self.headers[parts[0]]} … {self.headers[parts[-1]]}")
        return index

    def parts(self, index: int) -> tuple[int, ...]:
        """Return the columns of the file that a column stands for."""
        return self._sums.get(index, (index,))

    def cells(self, index: int) -> list[str]:
        """Return a column's cells; of a sum those of each of its columns, one column after the other."""
        return [row[part] if part < len(row) else "" for part in self.parts(index) for row in self.rows]


def unit_of(heading: str, otherwise: int | None = None) -> int:
    """Return how many currency units a heading counts in; ``otherwise`` is what stands above the table."""
    try:
        return parse_heading(heading).unit or otherwise or 1
    except NotAnAmount:
        return 1


@dataclass(frozen=True)
class Choice:
    """Columns that may be meant for a declared one: the index of each by the name of its option."""

    column: str
    name: str
    params: Mapping[str, object]
    options: Mapping[str, int]
    assumed: str | None

    def put(self, asking: Asking, columns: Columns, total: Callable[[int], int]) -> int:
        """Ask, with the ``total`` that each comes to as held, and return the column to read."""
        said: dict[str, dict[str, object]] = {}
        for option, index in self.options.items():
            params: dict[str, object] = {"header": columns.headers[index], "total": total(index)}
            said[option] = {**params, "count": len(columns.parts(index))}
        return self.options[asking.ask(self.name, self.params, said, assumed=self.assumed)]


class Meant:
    """Finds the columns of money of one table, and keeps what was asked and is to be said."""

    def __init__(
        self, columns: Columns, spec: TableSpec, currency: str, asking: Asking, hidden: Collection[int]
    ) -> None:
        self.columns = columns
        self.hidden = hidden
        self.currency = currency
        self.asking = asking
        self.choices: list[Choice] = []
        self.remarks: list[Remark] = []
        self.settled: set[str] = set()
        """The columns about which that says all."""
        self.figures: set[int] = set()
        """Columns that hold figures, by what they are beside: periods, totals of them, amounts that fit alike."""
        self.over: dict[str, tuple[int, ...]] = {}
        """By column the columns of the periods that it is read from, or is the total of."""
        self._held: dict[int, list[int | None]] = {}
        self._runs: dict[str, list[tuple[Place, Run, int]]] = {}
        """By column the rows of periods that fit it, best first, each with the index of its sum."""
        found = runs(columns.headers)
        for run in found:
            self.figures.update(run.columns, self._totals_beside(run, ()))
        sums: dict[tuple[int, ...], int] = {}
        for column in spec.columns:
            mine = self._runs.setdefault(column.name, [])
            if column.kind != "money":
                continue
            for run in found:
                place = self._place(column, run)
                if place is not None and self._has_figures(run.columns):
                    if run.columns not in sums:
                        sums[run.columns] = columns.add(run.columns)
                    mine.append((place, run, sums[run.columns]))
            mine.sort(key=lambda one: one[0])

    def of(self, column: ColumnSpec, free: Sequence[int]) -> int | None:
        """Return the column that is meant, of those that are ``free`` and fit, best first; asks where that is open."""
        in_runs = {part for _, run, _ in self._runs[column.name] for part in run.columns}
        singles = [index for index in free if index not in in_runs]
        places = {index: self._placed(column, index) for index in singles}
        best = min(places.values(), default=None)
        run = next(iter(self._runs[column.name]), None)
        if run is not None and (best is None or best[:2] >= run[0][:2]):
            return self._over_periods(column, run[1], run[2], [one for one in singles if places[one][:2] == run[0][:2]])
        if best is None:
            return None
        alike = [index for index in singles if places[index] == best]
        with_figures = [index for index in alike if self._has_figures([index])] or alike
        if len(with_figures) == 1:
            return self._only(column, with_figures[0])
        return self.among(column, with_figures)

    def among(self, column: ColumnSpec, alike: Sequence[int]) -> int:
        """Return the one that is meant of columns that fit alike: the sum of the others, else what the reader says."""
        self.figures.update(alike)
        different: list[int] = []
        for index in alike:
            if not any(self._amounts(index) == self._amounts(other) for other in different):
                different.append(index)
        if len(different) == 1:
            return self._only(column, different[0])
        total = self._sum_of_the_others(different)
        if total is not None:
            others = [index for index in different if index != total]
            self._say(column, total, others)
            return total
        if len(different) > _ASKED or not column.required:
            return self._only(column, different[0])
        options = {f"column.{index + 1}": index for index in different}
        groups = {self.columns.headers[index].rpartition(JOINT)[0] for index in different}
        if len(groups) == 1 and groups != {""}:
            options["sum"] = self.columns.add(different)
        return self._ask(column, "column", different, options, None)

    def _only(self, column: ColumnSpec, index: int) -> int:
        if is_contrary(self.columns.headers[index], column.name):
            self.remarks.append(Remark("tables.contrary_column", {"header": self.columns.headers[index]}))
        return index

    def _over_periods(self, column: ColumnSpec, run: Run, summed: int, singles: Sequence[int]) -> int:
        """Return the sum over periods, or the column beside them that is it, or what the reader says."""
        self.over[column.name] = run.columns
        sums = self._amounts(summed)
        totals = [*singles, *self._totals_beside(run, singles)]
        for index in totals:
            if self._amounts(index) == sums:
                self._say(column, index, run.columns)
                return index
        options = {"sum": summed}
        if totals:
            options = {"column": totals[0], **options}
        years = run.years
        if years:
            options |= {f"year.{year}": self.columns.add(parts) for year, parts in years.items()}
        else:
            filled = [index for index in run.columns if any(value is not None for value in self._amounts(index))]
            options["latest"] = (filled or run.columns)[-1]
        coarser = [
            (other, index)
            for _, other, index in self._runs[column.name]
            if other.kind != run.kind and other.rest == run.rest and self._amounts(index) != sums
        ]
        options |= {f"sum.{other.kind}": index for other, index in coarser}
        first_is_exact = bool(totals) and (totals[0] not in singles or self._placed(column, totals[0])[2] < 2)  # noqa: PLR2004 - not loose
        assumed = None if years or coarser else "column" if first_is_exact else "sum"
        return self._ask(column, "periods", run.columns, options, assumed)

    def _totals_beside(self, run: Run, singles: Sequence[int]) -> list[int]:
        """Return the columns that say that they add up those of a run: in its group, or where it is in none."""
        groups = {self.columns.headers[index].rpartition(JOINT)[0] for index in run.columns}
        return [
            index
            for index, header in enumerate(self.columns.headers[: self.columns.width])
            if index not in singles
            and says_total(header.rpartition(JOINT)[2])
            and header.rpartition(JOINT)[0] in groups
        ]

    def _ask(
        self, column: ColumnSpec, kind: str, over: Sequence[int], options: Mapping[str, int], assumed: str | None
    ) -> int:
        headers = [self.columns.headers[index] for index in over]
        params = {"headers": headers, "count": len(headers)}
        choice = Choice(column.name, f"{kind}.{column.name}", params, options, assumed)
        self.choices.append(choice)
        self.settled.add(column.name)
        return choice.put(self.asking, self.columns, self._total)

    def _say(self, column: ColumnSpec, index: int, others: Sequence[int]) -> None:
        params = {"headers": [self.columns.headers[other] for other in others], "count": len(others)}
        self.remarks.append(Remark("tables.sum_of_columns", {"header": self.columns.headers[index], **params}))
        self.settled.add(column.name)

    def _place(self, column: ColumnSpec, run: Run) -> Place | None:
        """How well what a row of periods measures fits a column; bare periods fit a required one."""
        contrary, hidden = int(is_contrary(run.rest, column.name)), int(all(at in self.hidden for at in run.columns))
        if is_neutral(run.rest):
            return (0, hidden, 2) if column.required else None
        place = rank(run.rest, column.name) if run.rest else None
        if place is None:
            return None
        return contrary, hidden, (money_place(run.rest, column.name, self.currency) or (0, 0, 0))[2]

    def _placed(self, column: ColumnSpec, index: int) -> Place:
        heading, hidden = self.columns.headers[index], index in self.hidden
        return money_place(heading, column.name, self.currency, hidden=hidden) or (0, 0, 0)

    def _has_figures(self, indexes: Sequence[int]) -> bool:
        """Whether some columns hold figures for the most part of what they hold."""
        cells = [
            cell
            for row in self.columns.rows[:_SEEN]
            for index in indexes
            if index < len(row) and (cell := row[index].strip())
        ]
        return 2 * sum(map(is_amount, cells)) > len(cells)

    def _amounts(self, index: int) -> list[int | None]:
        """Return a column's amounts by row, None where none is known; a sum knows what one of its columns does."""
        if index not in self._held:
            parts = self.columns.parts(index)
            if len(parts) > 1:
                each = [self._amounts(part) for part in parts]
                rows = zip(*each, strict=True)
                self._held[index] = [
                    sum(value for value in row if value is not None)
                    if any(value is not None for value in row)
                    else None
                    for row in rows
                ]
            else:
                unit = unit_of(self.columns.headers[index])
                read = parse_column(self.columns.cells(index), currency=self.currency, unit=unit)
                self._held[index] = [held if known else None for held, known in zip(read.held, read.known, strict=True)]
        return self._held[index]

    def _total(self, index: int) -> int:
        return sum(held for held in self._amounts(index) if held is not None)

    def _sum_of_the_others(self, indexes: Sequence[int]) -> int | None:
        """Return the column that is the sum of the others, of three at the least."""
        if len(indexes) < 3:  # noqa: PLR2004 - of two one would be the other
            return None
        each = {index: [held or 0 for held in self._amounts(index)] for index in indexes}
        every = [sum(row) for row in zip(*each.values(), strict=True)]
        found = [index for index, own in each.items() if any(own) and all(map(_is_half, own, every))]
        return found[0] if len(found) == 1 else None


def _is_half(own: int, every: int) -> bool:
    return 2 * own == every
