"""The invented company that all examples are about: what everybody is called, how it grew, who is in its lists.

Its names and years are in ``examples/company.toml``, its lists are the calculators' examples. Pages (``examples``) and
filled workbooks (``templates``) are views of both; what is invented for one page alone is not here.
"""

import re
import tomllib
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES
from calculators.work import Work

_ONE = {"money": Fraction(1, 100), "number": Fraction(1), "percent": Fraction(100)}
"""How many of its unit one of a list's number, as held, is."""
COMPANY = Path(__file__).parent / "examples" / "company.toml"


@lru_cache
def company() -> dict[str, Any]:
    """Return who and what the examples are about, as ``company.toml`` has it."""
    return tomllib.loads(COMPANY.read_text(encoding="utf-8"))


def with_names(node: Any) -> Any:
    """Return data with everybody who is named in Chinese alone named in both languages.

    >>> with_names([{"mentor": "苏远", "action": "drill"}])
    [{'mentor': {'zh': '苏远', 'en': 'Su Yuan'}, 'action': 'drill'}]
    """
    if isinstance(node, Mapping):
        return dict(node) if set(node) == {"zh", "en"} else {key: with_names(inner) for key, inner in node.items()}
    if isinstance(node, list):
        return [with_names(inner) for inner in node]
    if not isinstance(node, str) or not re.search("[\u4e00-\u9fff]", node):
        return node
    named = {**company()["people"], **company()["customers"]}
    if node not in named:
        raise ValueError(f"{node} is nobody of macros/examples/company.toml")
    return {"zh": node, "en": named[node]}


@lru_cache
def _list(name: str) -> tuple[pd.DataFrame, pd.DataFrame, Mapping[str, str]]:
    """Return a calculator's example list (``solo_signing.newcomers``) as read in either language, and its kinds."""
    calculator, table = name.split(".")
    asked = [Work(Settings(), {"calculator": calculator, "language": language}) for language in LANGUAGES]
    chinese, english = (work.readings[table] for work in asked)
    assert chinese is not None
    assert english is not None
    spec = next(one for one in asked[0].declaration.tables if one.name == table)
    return chinese.frame, english.frame, {column.name: column.kind for column in spec.columns}


def listed(name: str, key: str, who: str) -> dict[str, Any]:
    """Return what a calculator's example list says of somebody, whom the column ``key`` names in Chinese.

    Texts are in both languages, money is in currency units and a percentage in percents, added up where there are
    several rows; what is not known is left out. Raises ValueError for somebody who is not in the list.
    """
    chinese, english, kinds = _list(name)
    places = [place for place, own in enumerate(chinese[key]) if own == who]
    if not places:
        raise ValueError(f"{who} is not in the example list {name}")
    rows = chinese.iloc[places]
    said: dict[str, Any] = {}
    for column, kind in kinds.items():
        first = rows[column].iloc[0]
        if kind == "text":
            if first:
                said[column] = {"zh": first, "en": english[column].iloc[places[0]]}
        elif kind == "date" and first is not None:
            said[column] = first
        elif kind in _ONE and rows[f"{column}_known"].any():
            value = sum(map(Fraction, rows[column].tolist()), Fraction(0)) * _ONE[kind]
            said[column] = int(value) if value.denominator == 1 else float(value)
    return said
