"""The worked examples of the handbook's pages: what is invented, and what is computed from it, once for both languages.

They are of one company: ``company.toml`` says who and what it is, and how it grew. ``facts.toml`` has what is invented
beside that, a table for each page; what a calculator's example has, that calculator is asked for. The module of a
folder (``stage_2``; ``top`` for pages in none) has a function for each of its pages that computes more: figures, and
rows of the page's tables. What a calculator computes, it is asked for; the rest is plain arithmetic. Words are in the
pages or beside the facts.
"""

import datetime
import json
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from calculators.engine.answers.result import Result
from calculators.engine.asks.currencies import minor_units
from calculators.engine.asks.settings import BASIS_POINTS, Settings
from calculators.engine.shows.markup import in_markdown
from calculators.engine.shows.text import Language, Text, side
from calculators.method import METHOD
from calculators.work import Work
from macros import templates
from macros.company import company
from macros.formats import Formats
from macros.templates import model
from macros.templates.workbook import Layout, Values, evaluate

FACTS = Path(__file__).with_name("facts.toml")
Facts = Mapping[str, Any]
Row = Sequence[str]
"""The cells of a row of a page's table, as they stand there."""


def exact(value: Any) -> Any:
    """Return numbers as fractions, so that what is computed from them is exact; mappings and lists throughout.

    >>> exact({"won": 3, "of": [8, 0.1]})
    {'won': Fraction(3, 1), 'of': [Fraction(8, 1), Fraction(1, 10)]}
    """
    if isinstance(value, Mapping):
        return {key: exact(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [exact(inner) for inner in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Fraction(str(value))
    return value


def in_language(value: Any, language: Language) -> Any:
    """Return data with every text that has a Chinese and an English side in one language.

    >>> in_language([{"name": {"zh": "线索", "en": "Lead"}, "count": 3}], "en")
    [{'name': 'Lead', 'count': 3}]
    """
    if isinstance(value, Mapping):
        if set(value) == {"zh", "en"}:
            return side(value, language)
        return {key: in_language(inner, language) for key, inner in value.items()}
    return [in_language(inner, language) for inner in value] if isinstance(value, list) else value


@lru_cache
def invented() -> dict[str, Any]:
    """Return what is invented for all pages, as ``facts.toml`` has it."""
    return tomllib.loads(FACTS.read_text(encoding="utf-8"), parse_float=Fraction)


def chapter(year: int) -> dict[str, Any]:
    """Return how large the invented company was in a year, exact."""
    found = next(one for one in company()["chapters"] if one["year"] == year)
    return dict(exact(found))


def facts_of(page: str, language: Language) -> dict[str, Any]:
    """Return what is invented for a page, exact, in one language; nothing where ``facts.toml`` has no table for it."""
    table: Any = invented()
    for part in page.split("/"):
        table = table.get(part, {})
    return dict(in_language(exact(table), language))


def method(name: str) -> Fraction:
    """Return a figure of the method for computing: a percentage as a fraction of one, the rest as they are."""
    figure = METHOD[name]
    return Fraction(figure.value, 100 if figure.unit == "percent" else 1)


@dataclass(frozen=True)
class Answer:
    """What a calculator answers, amounts in currency units."""

    work: Work

    @property
    def result(self) -> Result:
        """Return the calculator's own result."""
        return self.work.result

    def value(self, name: str) -> Any:
        """Return the value of a field that was computed with: an amount in currency units, a share of one."""
        kind = next(field.kind for field in self.work.declaration.fields if field.name == name)
        value = self.work.values[name]
        return Fraction(value, BASIS_POINTS) if kind == "percent" else self._in_currency_units(kind, value)

    def figure(self, name: str) -> Any:
        """Return a figure by its name."""
        found = next(figure for figure in self.result.figures if figure.name == name)
        return self._in_currency_units(found.kind, found.value)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of a table, each by the names of its columns."""
        found = next(one for one in self.result.tables if one.name == table)
        named = (zip(found.columns, row, strict=True) for row in found.rows())
        return [{column.name: self._in_currency_units(column.kind, cell) for column, cell in row} for row in named]

    def _in_currency_units(self, kind: str, value: Any) -> Any:
        one = minor_units(self.work.currency)
        return Fraction(value, one) if kind == "money" and value is not None else value


_SERIAL_0 = datetime.date(1899, 12, 30)
"""The day from which a workbook counts dates."""


@dataclass(frozen=True)
class FilledWorkbook:
    """A filled workbook as its own formulas compute it: what stands in its cells, exact, percentages of one."""

    template: model.Template
    values: Values

    def value(self, *place: str) -> Any:
        """Return what stands in a row (block, row), or in its cell in a column (block, row, column)."""
        layout = Layout(self.template)
        title, down, across = layout.place(*place)
        position = next(one for one in layout.positions.values() if one.block.id == place[0])
        cells = position.block.rows[down - position.first].cells
        return self._in_cell(cells[position.block.columns[across].id], (title, down, across))

    def rows(self, block: str) -> list[dict[str, Any]]:
        """Return the rows of a block that are filled in, each by the ids of its columns; ``id`` is the row's own."""
        position = Layout(self.template).positions[block]
        found = []
        for down, row in enumerate(position.block.rows, position.first):
            places = {
                column.id: (position.sheet.title, down, across) for across, column in enumerate(position.block.columns)
            }
            cells = {name: self._in_cell(row.cells[name], place) for name, place in places.items()}
            inputs = [cell.value for cell in row.cells.values() if cell.role == "input"]
            if row.id or not inputs or any(value is not None for value in inputs):
                found.append({"id": row.id, **cells})
        return found

    def _in_cell(self, cell: model.Cell, place: tuple[str, int, int]) -> Any:
        value = cell.value if cell.formula is None else self.values[place]
        if cell.formula is not None and cell.kind == "date" and isinstance(value, float | int):
            return _SERIAL_0 + datetime.timedelta(int(value))
        if isinstance(value, float | int) and not isinstance(value, bool):
            return Fraction(value).limit_denominator(10**6)  # what a float of a workbook stands for
        return None if value == "" else value


@lru_cache
def _book(name: str, language: Language, settings_written: str) -> FilledWorkbook:
    template = model.read(name, language, Settings.from_mapping(json.loads(settings_written)), filled=True)
    return FilledWorkbook(template, evaluate(template))


class Given:
    """What the function of a page has to compute with: the page's facts, and whom to ask for the rest."""

    def __init__(self, page: str, language: Language, settings: Settings) -> None:
        self.language = language
        self.settings = settings
        self.facts = facts_of(page, language)
        self.write = Formats(Text(language, settings))

    def of(self, page: str) -> "Given":
        """Return the same of another page, whose facts this one speaks of too."""
        return Given(page, self.language, self.settings)

    def ask(
        self, calculator: str, values: Facts | None = None, tables: Mapping[str, Sequence[Facts]] | None = None
    ) -> Answer:
        """Return what a calculator answers to values and tables as a reader would type them, in currency units.

        Without tables it is asked for its own example.

        Percentages are typed as such: ``Fraction(8)`` for 8%. The rows of a table have their cells by column name.
        """
        request = {
            "calculator": calculator,
            "language": self.language,
            "values": {name: typed(value) for name, value in (values or {}).items()},
            "tables": {name: _as_table(rows) for name, rows in (tables or {}).items()},
        }
        return Answer(Work(self.settings, request))

    def template(self, name: str, block: str) -> list[dict[str, Any]]:
        """Return what a template fixes in a block (weights, points, levels), a dict a row with its ``id``, exact."""
        return [exact(row) for row in templates.rows(name, block, self.language, self.settings)]

    def workbook(self, name: str) -> FilledWorkbook:
        """Return the filled workbook of a template, so that a page tells the example that readers download."""
        return _book(name, self.language, json.dumps(self.settings.as_mapping(), sort_keys=True))


def typed(value: Any) -> str:
    """Return a value as somebody types it.

    >>> typed(Fraction(25, 2)), typed(Fraction(3)), typed("value")
    ('12.5', '3', 'value')
    """
    if not isinstance(value, Fraction):
        return str(value)
    decimal = Decimal(value.numerator) / value.denominator
    if Fraction(decimal) != value:
        raise ValueError(f"{value} cannot be typed as a decimal number")
    return f"{decimal:f}"


def _as_table(rows: Sequence[Facts]) -> dict[str, Any]:
    columns = list(rows[0])
    return {
        "rows": [columns, *([typed(row[column]) for column in columns] for row in rows)],
        "columns": {column: place for place, column in enumerate(columns)},
        "unit": 1,
    }


Compute = Callable[[Given], dict[str, Any]]


def computed_by(page: str) -> Compute | None:
    """Return the function that computes a page's figures and tables; None for a page that prints facts alone."""
    folder, _, name = page.rpartition("/")
    module = f"{__name__}.{_identifier(folder or 'top')}"
    if find_spec(module) is None:
        return None
    found: Compute | None = getattr(import_module(module), _identifier(name), None)
    return found


def _identifier(name: str) -> str:
    return name.replace("-", "_")


def example(page: str, language: Language, settings: Settings) -> SimpleNamespace:
    """Return the worked example of a page, figures and rows of tables by name; empty for a page that has none.

    Raises ValueError where a figure is both invented and computed. Computed once for all saves of ``mkdocs serve``.
    """
    return _example(page, language, json.dumps(settings.as_mapping(), sort_keys=True))


@cache
def _example(page: str, language: Language, settings_written: str) -> SimpleNamespace:
    given = Given(page, language, Settings.from_mapping(json.loads(settings_written)))
    compute = computed_by(page)
    computed = compute(given) if compute else {}
    if twice := sorted(given.facts.keys() & computed.keys()):
        raise ValueError(f"the example of {page} has {', '.join(twice)} both invented and computed")
    named: SimpleNamespace = _named({**given.facts, **computed})
    return named


def _named(value: Any) -> Any:
    """Return mappings as names, so that ``example.count`` is a figure, and not what a dict has under that name."""
    return SimpleNamespace(**{key: _named(inner) for key, inner in value.items()}) if isinstance(value, dict) else value


def _written(cell: str) -> str:
    """Return a cell as Markdown; one between pairs of asterisks is bold, and a text all the same."""
    bold = re.fullmatch(r"\*\*(.+)\*\*", cell)
    return f"**{in_markdown(bold[1])}**" if bold else in_markdown(cell)


def rows(of: Sequence[Row]) -> str:
    """Return rows as the Markdown below a table's headings.

    >>> rows([["1", "A"], ["2", "B | C"]])
    '| 1 | A |\\n| 2 | B &#124; C |'
    """
    lines = (" | ".join(map(_written, row)) for row in of)
    return "\n".join(f"| {line} |" for line in lines)
