"""The shape that a file of ours has: which keys, and what each may hold. What is wrong is told by its place.

Read here is the text of a plan, which anybody may have changed or damaged. What its values mean is for those who ask
for them.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from calculators.engine.asks.errors import Unusable
from calculators.engine.asks.limits import (
    MAX_BYTES,
    MAX_CELL,
    MAX_NESTED_JSON,
    MAX_PLAN_BYTES,
    MAX_ROWS,
    MAX_SCENARIO_NAME,
    MAX_SCENARIOS,
)
from calculators.engine.asks.settings import UNITS


class Misshapen(Unusable):
    """A file has another shape."""


@dataclass(frozen=True)
class Shape:
    """What may stand in a place: ``wanted`` is the key of how it is called, ``fits`` says what alone is right.

    Of a mapping, ``keys`` are those that it may have, and ``each`` is what any other holds; without it there are none.
    Of a list, ``items`` is what each holds, where that is looked into.
    """

    wanted: str
    fits: Callable[[Any], bool]
    keys: "Mapping[str, Shape]" = field(default_factory=dict)
    each: "Shape | None" = None
    items: "Shape | None" = None

    def check(self, given: Any, place: str) -> None:
        """Raise Misshapen with the first place at which something else stands."""
        if not self.fits(given):
            wanted = f"common.plan.shape.{self.wanted}"
            raise Misshapen("common.plan.wrong_shape", place=place, wanted=wanted, found=_shown(given))
        if self.items is not None:
            for at, one in enumerate(given):
                self.items.check(one, _within(place, str(at)))
        if isinstance(given, Mapping):
            for key, value in given.items():
                shape = self.keys.get(key, self.each)
                if shape is None:
                    raise Misshapen("common.plan.unknown_key", place=_within(place, key), keys=list(self.keys))
                shape.check(value, _within(place, key))


_SHOWN: Final = 40
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\Z)|[\[\]{}]', re.DOTALL).finditer


def _within(place: str, key: str) -> str:
    return f"{place}.{key}"[:_SHOWN] if place else key[:_SHOWN]


def _shown(given: Any) -> str:
    """Return what stands there, as the file has it, as far as a sentence has room."""
    if isinstance(given, list | Mapping):
        return f"[… {len(given)} …]" if isinstance(given, list) else "{…}"
    text = json.dumps(given, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _is_whole(given: Any) -> bool:
    return isinstance(given, int) and not isinstance(given, bool)


def _is_cell(given: Any) -> bool:
    return given is None or isinstance(given, bool | int | float) or (isinstance(given, str) and len(given) <= MAX_CELL)


def _are_rows(given: Any) -> bool:
    """Say whether these are lists of cells, or mappings from headings to cells."""
    return isinstance(given, list) and len(given) <= MAX_ROWS and all(map(_is_row, given))


def _is_row(row: Any) -> bool:
    if isinstance(row, list):
        return all(map(_is_cell, row))
    return isinstance(row, Mapping) and all(map(_is_cell, row.values()))


_TEXT: Final = Shape("text", lambda given: isinstance(given, str) and len(given) <= MAX_CELL)
_OPTION: Final = Shape("text", lambda given: given is None or (isinstance(given, str) and len(given) <= MAX_CELL))
_VALUE: Final = Shape("value", _is_cell)
_PLACE: Final = Shape("column", lambda given: given in (None, "") or _is_whole(given) or _are_digits(given))
_TABLE: Final = Shape(
    "table",
    lambda given: isinstance(given, Mapping) or given is None or isinstance(given, str) or _are_rows(given),
    {
        "rows": Shape("rows", _are_rows),
        "text": Shape("text", lambda given: isinstance(given, str) and len(given) <= MAX_BYTES),
        "name": _OPTION,
        "origin": _OPTION,
        "sheet": _OPTION,
        "unit": Shape(
            "unit", lambda given: given in (None, "", *UNITS, *map(str, UNITS)) and not isinstance(given, bool)
        ),
        "columns": Shape("mapping", lambda given: given is None or isinstance(given, Mapping), each=_PLACE),
        "answers": Shape("mapping", lambda given: given is None or isinstance(given, Mapping), each=_TEXT),
        "aligned": Shape("switch", lambda given: isinstance(given, bool)),
        "delimiter": Shape("mark", lambda given: given is None or (isinstance(given, str) and len(given) <= 1)),
    },
)


def _is_unit(given: Any) -> bool:
    return (_is_whole(given) or _are_digits(given)) and int(given) in UNITS


def _are_digits(given: Any) -> bool:
    return isinstance(given, str) and given.isdecimal() and len(given) <= len(str(max(UNITS)))


def _is_name(given: Any) -> bool:
    return isinstance(given, str) and bool(given.strip()) and len(given) <= MAX_SCENARIO_NAME


def _are_scenarios(given: Any) -> bool:
    """Say whether these are scenarios, each with a name of its own."""
    if not isinstance(given, list) or len(given) > MAX_SCENARIOS:
        return False
    return all(isinstance(one, Mapping) for one in given) and len({str(one.get("name")) for one in given}) == len(given)


SCENARIO: Final = Shape(
    "mapping",
    lambda given: isinstance(given, Mapping) and "name" in given,
    {
        "name": Shape("name", _is_name),
        "values": Shape("mapping", lambda given: isinstance(given, Mapping), each=_VALUE),
        "tables": Shape("mapping", lambda given: isinstance(given, Mapping), each=_TABLE),
        "shares": Shape("names", lambda given: isinstance(given, list) and all(isinstance(one, str) for one in given)),
    },
)
"""What a scenario in a plan has: ``shares`` are the tables that it has from the plan itself."""
PLAN: Final = Shape(
    "mapping",
    lambda given: isinstance(given, Mapping),
    {
        "format": _TEXT,
        "version": Shape("whole", _is_whole),
        "calculator": _TEXT,
        "values": Shape("mapping", lambda given: isinstance(given, Mapping), each=_VALUE),
        "tables": Shape("mapping", lambda given: isinstance(given, Mapping), each=_TABLE),
        "scenarios": Shape("scenarios", _are_scenarios, items=SCENARIO),
    },
)
"""What a plan has; which version it is and whose is for who opens it."""
OPTIONAL: Final = ("scenarios",)
"""What a plan may be without: those saved before there were any are."""


def parsed(content: bytes) -> Any:
    """Return what a JSON text says. Raises Misshapen where it is too large, too deep or no JSON."""
    if len(content) > MAX_PLAN_BYTES:
        raise Misshapen("common.plan.too_large", size=-(-len(content) >> 20), limit=MAX_PLAN_BYTES >> 20)
    depth = 0
    for token in _TOKEN(content):
        if token[0] in b"[{":
            depth += 1
            if depth > MAX_NESTED_JSON:
                raise Misshapen("common.plan.too_deep", limit=MAX_NESTED_JSON)
        elif token[0] in b"]}":
            depth -= 1
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise Misshapen("common.plan.not_a_plan") from None
