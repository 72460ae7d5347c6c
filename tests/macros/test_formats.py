"""How pages write numbers."""

from fractions import Fraction

import pytest

from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import Text
from macros.formats import Formats

WRITE = Formats(Text("en", Settings()))


def test_a_figure_is_written_exactly() -> None:
    """Halves round up as on paper, zeros at the end are left out, and amounts have the company's sign."""
    assert [WRITE.percent(share) for share in (Fraction(1, 3), 0.07, Fraction(9995, 10_000))] == ["33.3%", "7%", "100%"]
    assert WRITE.percent(Fraction(1, 8), 0) == "13%"
    assert [WRITE.decimal(Fraction(9, 4)), WRITE.decimal(Fraction(9, 4), 2)] == ["2.3", "2.25"]
    assert [WRITE.money(12_000), WRITE.money(Fraction(1, 2))] == ["¥12,000", "¥0.50"]
    assert WRITE.count(Fraction(1_250)) == "1,250"


def test_a_list_that_is_empty_is_a_dash() -> None:
    """A sentence with a list holds when there is nothing to list."""
    assert [WRITE.listed([3, 6, 7]), WRITE.listed([])] == ["3, 6, 7", "–"]


def test_a_count_that_is_not_whole_is_a_mistake() -> None:
    """It stops the build and is not rounded."""
    with pytest.raises(ValueError, match="7/2 is no whole count"):
        WRITE.count(Fraction(7, 2))


def test_amounts_are_written_in_the_company_s_unit() -> None:
    """A company that shows ten thousands sees them in pages too."""
    assert Formats(Text("zh", Settings(unit=10_000))).money(123_000) == "¥12.30万"
