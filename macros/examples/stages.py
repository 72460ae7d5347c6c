"""Worked examples of the stages' own pages."""

from typing import Any

from macros.examples import Page, chapter
from macros.examples.stage_2 import YEAR, service_of


def stage_2(page: Page) -> dict[str, Any]:
    """Return what visits to the first tier of the ABC policy's book take."""
    customers = chapter(YEAR)["customers"]
    return {"customers": customers, "a": service_of(customers, page)["A"]}
