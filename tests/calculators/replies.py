"""Asking a calculator as the browser does, for the tests of single calculators."""

import json
import os
from collections.abc import Mapping
from typing import Any

from calculators.bridge import Bridge
from calculators.engine.asks.settings import Settings

Rows = list[list[str]]
GENERATED = int(os.environ.get("PLAYBOOK_PARITY", "60"))
"""How many requests each test generates that compares CPython with the browser's Python; `make fuzz` takes more."""


def ask(
    calculator: str, tables: Mapping[str, Rows | str], settings: Settings | None = None, /, **values: str
) -> dict[str, Any]:
    """Return the reply to a request in English, as the browser would get it."""
    request = {"id": 1, "calculator": calculator, "language": "en", "values": values, "tables": tables}
    answer: dict[str, Any] = json.loads(Bridge(settings).reply(json.dumps(request)))
    return answer


def result(calculator: str, tables: Mapping[str, Rows | str], **values: str) -> dict[str, Any]:
    """Return the result of a request that has no mistakes."""
    answer = ask(calculator, tables, **values)
    assert answer["ok"], answer["errors"]
    found: dict[str, Any] = answer["result"]
    return found


def errors(calculator: str, tables: Mapping[str, Rows | str], **values: str) -> list[tuple[str, str]]:
    """Return the mistakes of a request: field and code."""
    answer = ask(calculator, tables, **values)
    assert not answer["ok"]
    assert all(error["message"] for error in answer["errors"])
    return [(error["field"], error["code"]) for error in answer["errors"]]


def codes(found: Mapping[str, Any]) -> list[str]:
    """Return the codes of a result's notices."""
    return [notice["code"].split(".", 1)[1] for notice in found["notices"]]
