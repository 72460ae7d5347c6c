"""What the pages in no folder work out from the method's figures."""

from typing import Any

from macros.company import company
from macros.examples import Given, exact, in_language, method
from macros.examples.stage_4 import without_share


def about(given: Given) -> dict[str, Any]:
    """Return how the examples' company grew: when, in which stage, its reps and customers, and what happened."""
    chapters = in_language(exact(company()["chapters"]), given.language)
    write = given.write
    return {
        "chapters": [
            [
                one["when"],
                write.count(one["stage"]),
                write.count(one["reps"]),
                write.count(one["customers"]),
                one["story"],
            ]
            for one in chapters
        ]
    }


def source(_: Given) -> dict[str, Any]:
    """Return what the source's own figures come to where they contradict each other."""
    return {
        "contacts_a": 4 * method("executive_visits_a_quarter"),
        "contacts_b": 12 * method("need_surveys_a_month"),
        "without_share": without_share(),
    }
