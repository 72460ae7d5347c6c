"""How pages and their example tables write numbers: percentages, amounts, counts, decimals, lists.

Values are exact: percentages are fractions of one, amounts are currency units. How calculators write theirs is in
``calculators/engine/shows/text.py``, from which this takes the company's currency and unit.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import floor

from calculators.engine.shows.text import Text, number, trimmed
from macros.said import say

FINEST = 100
"""Parts of a currency unit to which the examples' amounts are written."""
Number = int | float | Fraction


class Formats:
    """The formats of one language and company; each is a filter that a page may put after a ``|``."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def percent(self, share: Number, places: int = 1) -> str:
        """Return a fraction of one as a percentage with at most ``places`` decimals."""
        return trimmed(f"{number(Fraction(str(share)) * 100, places)}%")

    def money(self, amount: Number) -> str:
        """Return an amount in currency units, not as held, in the company's currency and unit.

        Examples are written to the hundredth; a currency that has none shows them rounded, halves upwards.
        """
        exact = Fraction(_whole(Fraction(str(amount)) * FINEST, "hundredth"), FINEST)
        return self.text.money(floor(exact * self.text.settings.minor_units + Fraction(1, 2)))

    def count(self, amount: Number) -> str:
        """Return a whole number with thousands separators; one that is not whole is a mistake."""
        return number(_whole(Fraction(str(amount)), "count"))

    def decimal(self, value: Number, places: int = 1) -> str:
        """Return a number with at most ``places`` decimals."""
        return trimmed(number(Fraction(str(value)), places))

    def listed(self, names: Iterable[object]) -> str:
        """Return names in a row, a dash where there are none."""
        return self.text.listed(names)

    def filters(self) -> dict[str, Callable[..., str]]:
        """Return every format by its name."""
        names = ("percent", "money", "count", "decimal", "listed")
        return {name: getattr(self, name) for name in names}


def _whole(value: Fraction, what: str) -> int:
    if value.denominator != 1:
        raise ValueError(say("names.not_whole", value=value, what=what))
    return int(value)
