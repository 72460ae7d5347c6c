"""The reference for those who write a calculator: what may be declared, read off the declarations themselves.

Fields are parsed and a list is read here and now, so that what the page says is what a calculator gets. English prose
is the declarations' docstrings; the Chinese beside them, and what no declaration says, is in ``reference.toml``.
"""

import dataclasses
import inspect
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from calculators.engine.answers.result import Chart, Column, Figure, Notice, Section, Series, Table
from calculators.engine.asks.fields import AddsUp, Declaration, Field, FieldKind, Group
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.headings import known_headings
from calculators.engine.reads.sources import Pasted
from calculators.engine.reads.tables import read_table
from calculators.engine.reads.typed import parse
from calculators.engine.shows.charts import LAYOUTS
from calculators.engine.shows.text import Language, base

ASKED = (Declaration, Field, Group, AddsUp, TableSpec, ColumnSpec)
ANSWERED = (Section, Figure, Table, Column, Chart, Series, Notice)
TYPED: Mapping[FieldKind, str] = {
    **{"choice": "one", "percent": "12.5", "whole": "3", "hundredths": "2.5", "money": "1,000.50"},
    **{"date": "2027-03-01", "switch": "yes", "line": "a", "text": "a\nb"},
}
"""An answer to a field of each kind, in a company whose currency has cents."""
LIST = "client\tamount\tsince\n甲 A\t1,000.50\t2027-03-01\n乙 B\t\t\n丙 C\t0\t2027-03-02"
"""A list of which one row knows nothing but the name."""


@lru_cache
def words() -> Mapping[str, Mapping[str, Any]]:
    """Return what the page says beside the declarations."""
    return tomllib.loads(Path(__file__).with_name("reference.toml").read_text(encoding="utf-8"))


def reference(part: str, language: Language) -> str:
    """Return a part of the page in Markdown. Raises ValueError for one that there is not."""
    language = base(language)
    head = {name: both[language] for name, both in words()["head"].items()}
    match part:
        case "kinds":
            return _table((head["kind"], head["typed"], head["held"]), _held())
        case "asked":
            return "\n\n".join(_declared(one, language, head) for one in ASKED)
        case "reading":
            return f"{words()['reading'][language]}\n\n{_table((head['column'], head['values']), _read())}"
        case "headings":
            return f"{words()['headings'][language]} {', '.join(f'`{name}`' for name in sorted(known_headings()))}"
        case "answered":
            return "\n\n".join(
                (words()["value_kinds"][language], *(_declared(one, language, head) for one in ANSWERED))
            )
        case "charts":
            rows = ((f"`{kind}`", _draws(kind, language), str(len(one.looks))) for kind, one in LAYOUTS.items())
            return _table((head["kind"], head["draws"], head["series"]), rows)
        case "words":
            said = ((f"`{key}`", both[language]) for key, both in words()["words"].items())
            return _table((head["key"], head["where"]), said)
        case "index":
            return str(words()["index"][language])
    raise ValueError(f"the reference has no part {part!r}")


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (heads, ("---",) * len(heads), *rows)
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


def _code(value: object) -> str:
    return f"`{value!r}`" if value != "" else "`''`"


def _held() -> Iterable[Sequence[str]]:
    """Yield what a field of each kind is held as."""
    for kind in get_args(FieldKind):
        field = Field("x", kind, "", None, 0, 10**6, options=("one", "other"))
        if kind == "date":
            field = dataclasses.replace(field, minimum=2000, maximum=2099)
        held = parse(Declaration((field,)), {"x": TYPED[kind]})["x"]
        yield f"`{kind}`", _code(TYPED[kind]), _code(held)


def _read() -> Iterable[Sequence[str]]:
    """Yield the columns of a frame as read, with their values."""
    spec = TableSpec("x", (ColumnSpec("customer", "text"), ColumnSpec("number", "money"), ColumnSpec("start", "date")))
    reading = read_table(Pasted(LIST), spec, mapping={"customer": 0, "number": 1, "start": 2})
    for name in reading.frame.columns:
        yield f"`{name}`", ", ".join(_code(value) for value in reading.frame[name].tolist())


def _declared(kind: type, language: Language, head: Mapping[str, str]) -> str:
    """Return a declaration's name, what it means, and its parts with their defaults."""
    own = words()["declared"]
    if set(own) != {one.__name__ for one in (*ASKED, *ANSWERED)}:
        raise ValueError("macros/reference.toml: [declared] has one entry for each declaration, and no other")
    said = inspect.getdoc(kind) if language == "en" else own[kind.__name__]
    rows = ((f"`{part.name}`", f"`{_type(part.type)}`", _default(part, head)) for part in dataclasses.fields(kind))
    return f"### {kind.__name__} {{#{kind.__name__.lower()}}}\n\n{said}\n\n" + _table(
        (head["name"], head["type"], head["default"]), rows
    )


def _type(annotation: object) -> str:
    """Return a type as it is written in the code."""
    return re.sub(r"\b(?:\w+\.)+(?=\w)", "", str(inspect.formatannotation(annotation)))


def _default(part: "dataclasses.Field[Any]", head: Mapping[str, str]) -> str:
    if part.default is not dataclasses.MISSING:
        return _code(part.default)
    return head["required"] if part.default_factory is dataclasses.MISSING else _code(part.default_factory())


def _draws(kind: str, language: Language) -> str:
    return LAYOUTS[kind].draws if language == "en" else str(words()["charts"][kind])
