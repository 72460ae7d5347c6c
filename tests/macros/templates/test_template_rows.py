"""What pages print of a template is what the template has."""

import pytest

from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Language
from macros.examples import exact
from macros.templates import rows

RUBRICS = (("call_review", "rubric"), ("drill_plan", "rubric"), ("demo_rubric", "rubric"))


@pytest.mark.parametrize(("name", "block"), RUBRICS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rubric_weighs_one_in_all(name: str, block: str, language: Language) -> None:
    """Weights come as fractions of one and sum to it exactly; every criterion says what the best looks like."""
    rubric = exact(rows(name, block, language, Settings()))
    assert sum(criterion["weight"] for criterion in rubric) == 1
    assert all(criterion["five"] for criterion in rubric)


def test_the_grading_standard_has_one_scale() -> None:
    """Each criterion has the same three levels of points, and the page prints those of the budget."""
    points = [
        [row["points"] for row in rows("customer_grading", f"{criterion}_levels", "en", Settings())]
        for criterion in ("budget", "chain", "industry")
    ]
    assert points == [[1, 3, 5]] * 3


def test_a_block_that_a_template_does_not_have_is_said() -> None:
    """The page's writer learns which template and which block."""
    with pytest.raises(ValueError, match="template drill_plan has no block “weights”"):
        rows("drill_plan", "weights", "zh", Settings())
