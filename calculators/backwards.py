"""A calculator asked backwards: which value of a field brings a figure to a value, said in a sentence.

Which pairs make sense a calculator declares (`Seek`); the search is in ``engine/arithmetic/seeking.py``. Every value
that is tried is computed by the calculator itself, so that the answer, put into the form, gives what is said here.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from calculators.engine.answers.result import Beside, Figure
from calculators.engine.arithmetic.seeking import Number, seek
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.fields import Field, Seek, shown
from calculators.engine.reads.typed import figure_typed
from calculators.engine.shows.markup import Markup, join, tag
from calculators.work import Work


def pairs(work: Work) -> list[dict[str, str]]:
    """Return what may be asked of a result backwards, in words: those whose figure has a value there."""
    words, fields = work.wording.words, {field.name: field for field in work.declaration.fields}
    idle = work.declaration.idle(work.entered)
    found = []
    for one in work.declaration.seeks:
        figure = work.result.by_name.get(one.figure)
        there = figure is not None and figure.value is not None and work.values[one.field] is not None
        if figure is not None and there and one.field not in idle:
            field = fields[one.field]
            found.append(
                {
                    "field": one.field,
                    "field_label": words(f"field.{one.field}.label"),
                    "figure": one.figure,
                    "figure_label": words(f"figure.{one.figure}.label"),
                    "now": work.wording.value(figure.kind, figure.value),
                    "value": _field_said(work, field, work.values[one.field]),
                }
            )
    return found


def backwards(work: Work, field: str, figure: str, goal: str) -> dict[str, Any]:
    """Return which value of a field brings a figure to a goal, or why none does, with the sentences that say so.

    ``value`` is to be put into the form, with the ``values`` of fields that make up a whole with it; None where there
    is none. Raises InvalidInputs for a goal that is none, for a pair that is not declared, and where there is no
    result to begin with.
    """
    pair = next((one for one in work.declaration.seeks if (one.field, one.figure) == (field, figure)), None)
    if pair is None:
        known = [f"{one.figure} ({one.field})" for one in work.declaration.seeks]
        raise InvalidInputs([InputError("goal", "common.seek.no_such_pair", {"pairs": known})])
    there = work.result.by_name.get(figure)
    if there is None or there.value is None:
        raise InvalidInputs([InputError("goal", "common.seek.no_figure", {"figure": _label(work, "figure", figure)})])
    if field in work.declaration.idle(work.entered):
        raise InvalidInputs([InputError(field, "common.seek.idle", {"field": _label(work, "field", field)})])
    if work.values[field] is None:
        raise InvalidInputs([InputError(field, "common.seek.no_value", {"field": _label(work, "field", field)})])
    return _Question(work, pair, there, figure_typed(there.kind, goal, work.currency)).answer()


class _Question:
    """One question, worked out and said in the words of the work."""

    def __init__(self, work: Work, pair: Seek, figure: Figure, goal: Number) -> None:
        self.work = work
        self.figure = figure
        self.goal = goal
        self.field = next(one for one in work.declaration.fields if one.name == pair.field)
        self.step = pair.step(work.values)
        self.now: int = work.values[pair.field]
        rule = next((rule for rule in work.declaration.sums if pair.field in rule.fields), None)
        others = [] if rule is None else [name for name in rule.fields if name != pair.field]
        self.rest = max(others, key=lambda name: int(work.values[name]), default=None)
        """The field that makes up a whole with this one, the largest there is: what one gains the other gives."""

    def _with(self, value: int) -> dict[str, int]:
        """Return what is held by field with another value of this one."""
        values = {self.field.name: value}
        if self.rest is not None:
            values[self.rest] = self.work.values[self.rest] + self.now - value
        return values

    def _figure_at(self, value: int) -> Number | None:
        try:
            found = self.work.computed_with(self._with(value)).value(self.figure.name)
        except InvalidInputs:
            return None
        return found if isinstance(found, int | Fraction) else None

    def answer(self) -> dict[str, Any]:
        bounds = self.field.minimum, self.field.maximum
        if self.rest is not None:
            bounds = bounds[0], min(bounds[1], self.now + self.work.values[self.rest])
        sought = seek(self._figure_at, self.now, bounds, self.step, self.goal)
        said: dict[str, object] = {
            "field": _label(self.work, "field", self.field.name),
            "figure": _label(self.work, "figure", self.figure.name),
            "goal": self._figure_said(self.goal),
            "now": self._said(self.now),
            "least": self._said(bounds[0]),
            "most": self._said(bounds[1]),
            "step": self._said(self.step),
            "count": len(sought.computed),
        }
        for name, value in (("found", sought.found), ("before", sought.before)):
            if value is not None:
                said |= {name: self._said(value), f"{name}_comes_to": self._figure_said(sought.computed[value])}
        text = self.work.text
        sentences = [text(f"common.seek.{sought.fate}", **said)]
        if sought.fate == "found" and self.rest is not None:
            rest = _field_said(self.work, self._rest_field, self._with(sought.found or 0)[self.rest])
            other = {"rest": _label(self.work, "field", self.rest), "value": rest}
            sentences.append(text("common.seek.rest", **other))
        if sought.fate in ("found", "out_of_bounds", "not_computable"):
            sentences.append(text("common.seek.precision", **said))
        found = sought.found if sought.fate == "found" else None
        values = {} if found is None else self._with(found)
        known = {one.name: one for one in self.work.declaration.fields}
        return {
            "fate": sought.fate,
            "field": self.field.name,
            "figure": self.figure.name,
            "value": None if found is None else shown(self.field, found, self.work.currency),
            "values": {name: shown(known[name], value, self.work.currency) for name, value in values.items()},
            "computed": len(sought.computed),
            "sentences": sentences,
            "html": self._html(sentences),
        }

    @property
    def _rest_field(self) -> Field:
        return next(one for one in self.work.declaration.fields if one.name == self.rest)

    @staticmethod
    def _html(sentences: list[str]) -> Markup:
        first, *others = sentences
        return join([tag("p", tag("b", first)), [tag("p", one, class_="pb-help") for one in others]])

    def _said(self, value: int) -> str:
        return _field_said(self.work, self.field, value)

    def _figure_said(self, value: Number | None) -> str:
        """Return what the figure comes to, with the digits that show on which side of the goal it is."""
        return self.work.wording.value(self.figure.kind, None if value is None else Beside(value, self.goal))


def _label(work: Work, kind: str, name: str) -> str:
    return work.wording.words(f"{kind}.{name}.label")


def _field_said(work: Work, field: Field, value: Any) -> str:
    return work.wording.typed(field, shown(field, value, work.currency))


def asked(work: Work, question: Mapping[str, str]) -> dict[str, Any]:
    """Answer a request's ``seek``: ``{"field", "figure", "goal"}``; of none, say what may be asked."""
    if not question:
        return {"pairs": pairs(work)}
    return {"seek": backwards(work, question["field"], question["figure"], str(question["goal"]))}
