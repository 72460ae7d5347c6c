"""Worked examples of the stages' own pages."""

from typing import Any

from macros.examples import Given, chapter
from macros.examples.stage_2 import YEAR, service_of


def stage_2(given: Given) -> dict[str, Any]:
    """Return what visits to the first tier of the ABC policy's book take."""
    customers = chapter(YEAR)["customers"]
    return {"customers": customers, "a": service_of(customers, given)["A"]}
