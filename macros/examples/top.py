"""What the pages in no folder work out from the method's figures."""

from typing import Any

from macros.examples import Given, method
from macros.examples.stage_4 import without_share


def source(_: Given) -> dict[str, Any]:
    """Return what the source's own figures come to where they contradict each other."""
    return {
        "contacts_a": 4 * method("executive_visits_a_quarter"),
        "contacts_b": 12 * method("need_surveys_a_month"),
        "without_share": without_share(),
    }
