"""The words of one calculator in one language: names, headings and values as a reader sees them, plain text.

Names become words by a fixed path: ``abc_tiers.figure.gini.label``, else ``common.figure.gini.label``. The texts
themselves are looked up in ``text.py``; HTML is made of them in ``form.py`` and ``render.py``, files in
``downloads.py``.
"""

import datetime

from calculators.engine.answers.result import Column, Value, ValueKind
from calculators.engine.asks.errors import InputError
from calculators.engine.asks.fields import FILLED, NUMBERS, ON, Field
from calculators.engine.asks.tables import TableSpec
from calculators.engine.shows.text import DASH, Text, number, percent, places_of


class Wording:
    """What one calculator's parts are called in one language."""

    def __init__(self, calculator: str, text: Text) -> None:
        self.calculator = calculator
        self.text = text
        self._keys: dict[str, str] = {}

    def key(self, path: str) -> str:
        """Return the key of a text: the calculator's own, or the common one; its own where there is neither."""
        key = self._keys.get(path)
        if key is None:  # a reply asks for the same again and again
            key, common = f"{self.calculator}.{path}", f"common.{path}"
            if self.text.has(common) and not self.text.has(key):
                key = common
            self._keys[path] = key
        return key

    def words(self, path: str, **params: object) -> str:
        """Return a text of the calculator, or the common one; KeyError names its own where there is neither."""
        return self.text(self.key(path), **params)

    def has(self, path: str) -> bool:
        """Say whether there is such a text, of the calculator or common."""
        return self.text.has(self.key(path))

    def heading(self, column: Column) -> str:
        """Return what stands over a column."""
        return column.label if column.label is not None else self.words(f"column.{column.name}")

    def value(self, kind: ValueKind, value: Value, places: int | None = None) -> str:
        """Return a value in words or digits."""
        if value is None:
            return DASH
        if kind == "key":
            return self.text(str(value))
        if kind == "page":
            return self.words(f"page.{value}")
        if isinstance(value, str):
            return value
        if isinstance(value, datetime.date):
            return self.text.date(value)
        if kind == "money":
            return self.text.money(value, places)
        if kind == "share":
            return percent(value)
        decimals = {"index": 4, "number": 2}.get(kind, 0) if places is None else places
        return number(value, places_of(value, decimals))

    def message(self, error: InputError) -> str:
        """Return the sentence of one mistake."""
        return self.text(error.code, **error.params)

    def field_name(self, name: str) -> str:
        """Return what the reader calls a field or table; an unknown one by its own name."""
        for path in (f"field.{name}.label", f"table_input.{name}.label"):
            if self.has(path):
                return self.words(path)
        return name

    def typed(self, field: Field, text: str) -> str:
        """Return what stands in a field as a reader says it: a choice in words, a number with separators and its unit.

        Nothing is rounded to the company's unit.
        """
        if field.kind == "choice":
            return self.option(field.name, text)
        if field.kind == "switch":
            return self.words(f"option.{text}")
        if field.kind not in NUMBERS or not text:
            return text
        return text + {"percent": "%", "money": f" {self.text.settings.currency}"}.get(field.kind, "")

    def matters(self, field: Field) -> str:
        """Return the sentence that says beside which values of others a field is used; nothing where it always is."""
        told = []
        for name, wanted in field.matters.items():
            params = {"field": self.words(f"field.{name}.label")}
            if FILLED in wanted or wanted == (ON,):
                told.append(self.words(f"matters.{'filled' if FILLED in wanted else 'on'}", **params))
            else:
                options = self.words("matters.or").join(self.option(name, option) for option in wanted)
                told.append(self.words("matters.chosen", **params, options=options))
        return self.words("matters.only", when=self.words("matters.and").join(told)) if told else ""

    def option(self, field: str, option: str) -> str:
        """Return what a choice is called; yes, no and their like are called the same everywhere."""
        own = f"field.{field}.options.{option}.label"
        return self.words(own if self.has(own) else f"option.{option}")

    def template_name(self, table: TableSpec, kind: str) -> str:
        """Return the name of the workbook that a table is filled in with, ``empty`` or ``filled``."""
        return f"{self.calculator}-{table.name}-{kind}.{self.text.language}.xlsx"
