"""What the published cases say where all come out; a case that does not is in `test_verify`."""

import pytest

from tests.calculators.notices import Case, Said, Table

CASES = (
    Case(
        "every case comes out",
        says=(Said("abc", "abc_tiers.published.boreki.why", level="caution"),),
        figures={"cases": 19, "same": 18, "misprints": 1, "different": 0},
    ),
)

TABLE = Table(
    "verify",
    CASES,
    unsaid={
        "form": "a heading of the page",
        "different": "no case is different: test_verify changes one to see it said",
    },
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exactly_this_is_said_of_these_inputs(case: Case) -> None:
    """Notices by section and in order, with their values and sentences; figures exactly."""
    TABLE.check(case)


def test_every_notice_and_figure_there_are_words_for_is_in_the_table() -> None:
    """What the words can say, some inputs here make the calculator say."""
    TABLE.complete()
