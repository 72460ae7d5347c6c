"""What every calculator answers with: figures, tables, charts and notices, in sections, as data.

Values are numbers, names and keys; words come from the words' files, HTML from ``render.py``, chart options
from ``charts.py``, downloads from ``downloads.py``.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, get_args

import pandas as pd

from calculators.engine.asks.errors import Sentence

ValueKind = Literal["text", "key", "count", "money", "share", "number", "index", "date", "page"]
"""``key`` names a text, ``page`` a page of the handbook (``stages/stage-1``), ``money`` is as held; ``share``,
``number`` and ``index`` (of 0 to 1) are fractions."""
Value = str | int | Fraction | datetime.date | None


class Beside(Fraction):
    """A number that is held against cut-offs, and is itself to compute with.

    Wherever it is printed, it has the digits that show on which side of each it is; a cut-off itself, held against
    itself, has all of its own.
    """

    __slots__ = ("cuts",)
    cuts: tuple[Fraction, ...]

    def __new__(cls, value: int | Fraction, *cuts: int | Fraction) -> "Beside":
        """Hold a value against cut-offs in its own unit."""
        held = super().__new__(cls, value)
        held.cuts = tuple(map(Fraction, cuts))
        return held

    def __reduce__(self) -> tuple[type["Beside"], tuple[Fraction, ...]]:
        """Be copied with its cut-offs."""
        return Beside, (Fraction(self), *self.cuts)


def beside(value: int | Fraction | None, *cuts: int | Fraction) -> Beside | None:
    """Return a number as held against cut-offs; None where there is none."""
    return None if value is None else Beside(value, *cuts)


def cutoff(value: int | Fraction) -> Beside:
    """Return a cut-off, to be printed in full."""
    return Beside(value, value)


Level = Literal["note", "assumed", "caution"]

PAGE_ROWS = 100
"""Rows of a table that go into a page or a reply; the whole list goes into downloads."""


@dataclass(frozen=True)
class Figure:
    """One named value; ``None`` means that it does not exist for this input."""

    name: str
    kind: ValueKind
    value: Value
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Put:
    """Acting on a part of a result puts a row into the input table ``table``.

    The row has the texts of ``row`` by column, notices in words; those ``taken`` from what is acted on (a line of a
    table by its names, or the ``entry`` and ``place`` of a board, no place beside it); and in ``asks`` what the reader
    types or is asked for. It takes the place of the rows with the same texts in ``key``; without a key it comes after
    all others. With ``remove`` those rows are only taken out. With ``own_only`` the example cannot be acted on.
    """

    table: str
    key: tuple[str, ...] = ()
    row: Mapping[str, "str | Notice"] = field(default_factory=dict)
    taken: Mapping[str, str] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    remove: bool = False
    own_only: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table, which has its ``name``.

    A ``share`` or ``number`` column holds whole numerators in the frame over the denominator ``of``.
    ``label`` is its heading where that is data and no word of ours: a month, a step that the reader has named.
    ``adds`` are neighbouring columns of which it is the sum, line by line: a workbook has it as a formula.
    ``put`` is what typing into its cells does where it asks for something, and choosing them where not.
    All its numbers are held against the cut-offs that they stand ``beside`` (`Beside`).
    """

    kind: ValueKind
    of: int | None = None
    label: str | None = None
    adds: tuple[str, ...] = ()
    put: Put | None = None
    beside: tuple[int | Fraction, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Aside:
    """What is said of one cell below its line, and can be done there.

    The ``box`` is typed into, each of ``actions`` has a button; they act on ``line``, as those of a table on theirs.
    """

    said: "Notice"
    line: Mapping[str, Any] = field(default_factory=dict)
    box: Column | None = None
    actions: Mapping[str, Put] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """Lines in the order to be read, each a value for every name of ``shape``, or a pandas frame that has them.

    ``shape`` is the columns from the left, most of which are of a kind and nothing else. A missing value is None.
    ``detail`` tables are long lists, which the page pages through and offers as downloads; the others are a few lines
    that belong in full to the result. ``totals`` are the columns that a line below adds up: a workbook has them as
    formulas. Each line has a button for each of ``actions`` (texts ``action.NAME``). ``marks`` are cells, by the text
    that their line begins with and their column, that stand out for what a text by key says; of some more is said in
    ``asides``. What stands in the column ``tier`` colours a line. The column ``answer`` is what a line is read for, the
    tier where no other is named: it stays in sight where a table is wider than its place. A line of ``prose`` is read
    by itself: a narrow screen has its cells one below the other. ``whole`` is how many rows there are where these are
    the ones that a reader looks at (``view.py``).
    """

    name: str
    shape: Mapping[str, ValueKind | Column]
    data: Sequence[Mapping[str, Any]] | pd.DataFrame
    detail: bool = False
    totals: tuple[str, ...] = ()
    actions: Mapping[str, Put] = field(default_factory=dict)
    marks: Mapping[tuple[str, str], str] = field(default_factory=dict)
    asides: Mapping[tuple[str, str], Aside] = field(default_factory=dict)
    tier: str | None = None
    answer: str | None = None
    prose: bool = False
    whole: int | None = None

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns from the left."""
        return tuple(
            replace(one, name=name) if isinstance(one, Column) else Column(one, name=name)
            for name, one in self.shape.items()
        )

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.data)

    def column(self, name: str, start: int = 0, stop: int | None = None) -> list[Any]:
        """Return what stands in a column, from row ``start`` up to ``stop``."""
        if not isinstance(self.data, pd.DataFrame):
            return [row[name] for row in self.data[start:stop]]
        asked = name, start, stop
        if asked not in self._taken:  # a page of it is shown, and told as data, too; pandas is slow for few rows
            self._taken[asked] = self.data[name].to_numpy()[start:stop].tolist()
        return self._taken[asked]

    @cached_property
    def _taken(self) -> dict[tuple[str, int, int | None], list[Any]]:
        return {}

    def values(self, column: Column, start: int = 0, stop: int | None = None) -> list[Value]:
        """Return a column's values from row ``start`` up to ``stop``, shares as exact fractions."""
        return [_value(column, item) for item in self.column(column.name, start, stop)]

    def lines(self, start: int, stop: int) -> Sequence[Mapping[str, Any]]:
        """Return rows as they are given, with what no column shows; those of a frame have nothing to act on."""
        return [{}] * (stop - start) if isinstance(self.data, pd.DataFrame) else self.data[start:stop]

    def total(self, column: Column) -> int | None:
        """Return what the line below has under a column."""
        return int(sum(self.column(column.name))) if column.name in self.totals else None

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[Value, ...]]:
        """Yield rows from ``start`` up to ``stop``."""
        yield from zip(*(self.values(column, start, stop) for column in self.columns), strict=True)


_KINDS: Mapping[str, ValueKind] = {kind: kind for kind in get_args(ValueKind)}


def columns(described: str) -> dict[str, ValueKind | Column]:
    """Return columns that are described by their names and kinds, from the left.

    >>> columns("track:key target:money")
    {'track': 'key', 'target': 'money'}
    """
    pairs = (one.split(":") for one in described.split())
    return {name: _KINDS[kind] for name, kind in pairs}


_AS_THEY_ARE = (str, Fraction, datetime.date)


def _value(column: Column, item: Any) -> Value:
    if item is None or item != item:  # noqa: PLR0124 - NaN, which pandas makes of None beside numbers
        return None
    if column.of is not None:
        item = Fraction(int(item), column.of)
    value: Value = item if isinstance(item, _AS_THEY_ARE) else int(item)
    return Beside(value, *column.beside) if column.beside and isinstance(value, int | Fraction) else value


@dataclass(frozen=True)
class Series:
    """Numbers of a chart, one for each of its names, None where there is none; ``name`` is a text by key.

    ``label`` is what it is called where that is data and no word of ours. ``tiers`` are those of each number, where
    they are told apart by colour.
    """

    name: str
    kind: ValueKind
    values: Sequence[Any]
    tiers: Sequence[str] = ()
    label: str | None = None


@dataclass(frozen=True)
class Chart:
    """A chart as data: ``kind`` is a layout of ``charts.py``, ``params`` are those of the sentence that describes it.

    What stands below are ``names``, which ``keyed`` are texts by key, or ``positions`` along a line. ``mark`` is a
    number that a line across shows, ``bands`` are tiers, each with the positions between which it is.
    """

    name: str
    kind: str
    names: Sequence[str]
    series: Sequence[Series]
    params: Mapping[str, Any] = field(default_factory=dict)
    keyed: bool = False
    positions: Sequence[int] = ()
    mark: int | None = None
    bands: Sequence[tuple[str, int, int]] = ()


@dataclass(frozen=True)
class Notice:
    """Something that the reader must know: assumed, dropped, tied, doubtful."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    level: Level = "note"


def about(*found: tuple[str, Sequence[object], Level]) -> list[Notice]:
    """Return a notice of each code for which there are ``names``, which it gives with their ``count``."""
    return [Notice(code, {"names": names, "count": len(names)}, level) for code, names, level in found if names]


@dataclass(frozen=True)
class Entry:
    """Somebody or something in a place of a board; ``marks`` are texts by key that set it apart.

    ``because`` says in a sentence by which figures it stands there.
    """

    label: str
    marks: tuple[str, ...] = ()
    movable: bool = True
    because: Notice | None = None


@dataclass(frozen=True)
class Place:
    """A place of a board: ``name`` and ``help`` are texts by key.

    ``count`` says how many are in it where the entries are not all of them.
    """

    id: str
    name: str
    entries: tuple[Entry, ...] = ()
    help: str = ""
    count: int | None = None

    def __len__(self) -> int:
        """Return how many are in the place."""
        return len(self.entries) if self.count is None else self.count


@dataclass(frozen=True)
class Arrow:
    """Who went from one place of a board to another; the places are meant by their ids."""

    start: str
    end: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """A grid of places and of who is in them, with some more places beside it.

    ``rows`` from the top and ``columns`` from the left are sentences. ``move`` is what moving an entry does. A board
    with ``arrows`` is drawn, with how many are in each place and how many went from one to another.
    """

    name: str
    rows: tuple[Notice, ...]
    columns: tuple[Notice, ...]
    places: tuple[tuple[Place, ...], ...]
    beside: tuple[Place, ...] = ()
    move: Put | None = None
    arrows: tuple[Arrow, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of the result under one heading, with a button for each of ``actions`` below (texts ``action.NAME``)."""

    name: str
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = ()
    actions: Mapping[str, Put] = field(default_factory=dict)
    boards: tuple[Board, ...] = ()


@dataclass(frozen=True)
class Result:
    """The answer of a calculator; ``basis`` stands in the names of its files, and tells them from those by another.

    ``verdict`` is the one sentence that says what matters, made of what the result has (``in_short.py``).
    """

    sections: tuple[Section, ...]
    basis: str = ""
    verdict: Notice | None = None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, in the order of the page."""
        return tuple(figure for section in self.sections for figure in section.figures)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, in the order of the page."""
        return tuple(table for section in self.sections for table in section.tables)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart, in the order of the page."""
        return tuple(chart for section in self.sections for chart in section.charts)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Every notice, in the order of the page."""
        return tuple(notice for section in self.sections for notice in section.notices)

    @cached_property
    def by_name(self) -> Mapping[str, Figure]:
        """Every figure by its name."""
        return {figure.name: figure for figure in self.figures}

    def value(self, name: str) -> Any:
        """Return the value of a figure; None where it does not exist, as for this input."""
        return self.by_name[name].value if name in self.by_name else None

    def param(self, figure: str, name: str) -> Any:
        """Return what is said beside a figure under a name; None where it is not."""
        return self.by_name[figure].params.get(name) if figure in self.by_name else None

    def lines(self, table: str) -> list[dict[str, Any]]:
        """Return a table's rows by column; none where there is no such table."""
        return [
            dict(zip((column.name for column in one.columns), row, strict=True))
            for one in self.tables
            if one.name == table
            for row in one.rows()
        ]

    def as_json(self, pages: Mapping[str, int] | None = None) -> dict[str, Any]:
        """Return figures, a page of each table, and notices as plain data.

        Money is as held, in whole smallest units of the currency; shares are fractions of 1. ``pages`` names the page
        of a table, from 1.
        A notice names a page of what it is about at most; its ``count`` is of all.
        """
        return {
            "figures": {figure.name: plain(figure.value) for figure in self.figures},
            "tables": {
                table.name: [
                    dict(zip((column.name for column in table.columns), map(plain, row), strict=True))
                    for row in table.rows(*page_bounds(len(table), (pages or {}).get(table.name, 1)))
                ]
                for table in self.tables
            },
            "notices": [
                {"code": notice.code, "level": notice.level, "params": plain(notice.params)} for notice in self.notices
            ],
            "verdict": self.verdict and {"code": self.verdict.code, "params": plain(self.verdict.params)},
        }


def page_bounds(length: int, page: int) -> tuple[int, int]:
    """Return where a page starts and ends; a page beyond the last is the last.

    >>> page_bounds(250, 3), page_bounds(250, 9)
    ((200, 250), (200, 250))
    """
    last = max(0, (length - 1) // PAGE_ROWS)
    start = min(max(page - 1, 0), last) * PAGE_ROWS
    return start, min(length, start + PAGE_ROWS)


def plain(value: object) -> Any:
    """Return a value as JSON can hold it: fractions as floats, sequences as lists of a page at most."""
    match value:
        case Fraction():
            return value.numerator / value.denominator
        case Sentence():
            return {"code": value.code, "params": plain(value.params)}
        case Mapping():
            return {key: plain(item) for key, item in value.items()}
        case str() | int() | float() | None:
            return value
        case datetime.date():
            return value.isoformat()
        case Sequence():
            return [plain(item) for item in value[:PAGE_ROWS]]
    return str(value)
