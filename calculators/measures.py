"""The dictionary of measures: what each number means, once, in both languages.

The measures themselves are in ``measures.toml``; a company puts its own beside ours, or in the place of some, in a file
of that name in its folder, where one of ours says only what is different. Nothing is computed here: figures are the
calculators' business, and the figures that the source states are in ``method.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from calculators import COMPANY
from calculators.overlay import Wrong, over_ours

Unit = Literal["share", "count", "money", "days", "ratio", "points"]
Better = Literal["higher", "lower", "neither"]


@dataclass(frozen=True)
class MeasureWords:
    """A measure in one language.

    ``name`` stands in a sentence, ``also`` are other ways of writing it. ``formula`` is in words: a quotient of
    ``numerator`` and ``denominator``, the numerator alone where there is nothing to divide by, or neither of them.
    ``period`` is over which time, ``left_out`` what counts neither above nor below, ``note`` why it means this and
    nothing else, or how to read it.
    """

    name: str
    formula: str
    period: str
    left_out: str
    numerator: str = ""
    denominator: str = ""
    also: tuple[str, ...] = ()
    note: str = ""

    @property
    def title(self) -> str:
        """The name as it stands at the beginning of a line."""
        return self.name[0].upper() + self.name[1:]


@dataclass(frozen=True)
class Measure:
    """A measure: how it is read, where the source names it (empty: ours), where pages explain and use it."""

    topic: str
    unit: Unit
    better: Better
    place: str
    pages: tuple[str, ...]
    zh: MeasureWords
    en: MeasureWords


def _words(read: Mapping[str, Any], brackets: str) -> MeasureWords:
    for part in ("name", "period", "left_out"):
        read[part]
    parts = [read[part] for part in ("numerator", "denominator") if part in read]
    if "denominator" in read:
        parts = [f"{brackets[0]}{part}{brackets[1]}" if {"+", "−"} & set(part.split()) else part for part in parts]
    return MeasureWords(**{"formula": " ÷ ".join(parts), **read, "also": tuple(read.get("also", ()))})


def _measure(read: Mapping[str, Any]) -> Measure:
    pages = tuple(read.get("pages", ()))
    zh, en = _words(read["zh"], "（）"), _words(read["en"], "()")
    return Measure(read["topic"], read["unit"], read["better"], read.get("place", ""), pages, zh, en)


def _read() -> tuple[dict[str, Measure], dict[str, Wrong]]:
    return over_ours("measures.toml", _measure, Measure.__dataclass_fields__, COMPANY)


MEASURES: Mapping[str, Measure]
MEASURES, WRONG = _read()
"""Every measure by its id in ``measures.toml``, in the order of the dictionary.

>>> MEASURES["attainment"].en.formula, MEASURES["attainment"].zh.formula
('actual ÷ target', '实际 ÷ 目标')
"""


def measure(name: str) -> Measure:
    """Return a measure; ValueError names one that the dictionary does not have."""
    if name not in MEASURES:
        raise ValueError(f"there is no measure {name!r}; see calculators/measures.toml")
    return MEASURES[name]
