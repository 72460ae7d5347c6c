"""Published ABC analyses, tiered by this calculator as it tiers a pasted list."""

from collections.abc import Mapping, Sequence
from typing import Any

from calculators.abc_tiers import Inputs, calculate, declare
from calculators.abc_tiers.settings import TIERS
from calculators.engine.answers.published import Case, listed
from calculators.engine.asks.settings import Settings
from calculators.engine.reads.sources import Pasted
from calculators.engine.reads.tables import read_table
from calculators.engine.reads.typed import parse
from calculators.engine.shows.text import number

SILICON_CHIPS = (90_000, 77_000, 26_350, 15_001, 12_500, 8_502, 1_200, 850, 504, 150)
BOREKI = (450_000, 250_000, 150_000, 67_500, 60_000, 48_000, 20_000, 17_500, 12_500, 12_000)


def _abc(amounts: Sequence[int]) -> Mapping[str, Any]:
    """Return the tiers of customers with these amounts, read as a pasted list is read."""
    declaration = declare(Settings())
    rows = "\n".join(f"{place:02}\t{amount}" for place, amount in enumerate(amounts, 1))
    reading = read_table(Pasted(f"customer\trevenue\n{rows}"), declaration.tables[0])
    result = calculate(Inputs.read(parse(declaration, {}), {"customers": reading}))
    return {figure.name: figure.value for figure in result.figures}


def _counts(figures: Mapping[str, Any]) -> str:
    return " / ".join(str(figures[f"{tier.lower()}_customers"]) for tier in TIERS)


def _shares(figures: Mapping[str, Any], places: int) -> str:
    return " / ".join(f"{number(figures[f'{tier.lower()}_revenue_share'] * 100, places)}%" for tier in TIERS)


CASES = (
    Case(
        "silicon_chips",
        "abc",
        "J. Heizer, B. Render, Operations Management: chapter 12, example 1 (Silicon Chips, Inc.)",
        listed(SILICON_CHIPS),
        "2 / 3 / 5; 72% / 23% / 5%",
        lambda: f"{_counts(_abc(SILICON_CHIPS))}; {_shares(_abc(SILICON_CHIPS), 0)}",
    ),
    Case(
        "boreki",
        "abc",
        "J. Heizer, B. Render, Operations Management: problem 12.2 (Boreki Enterprises), solutions manual",
        listed(BOREKI),
        "58% / 23% / 19%",
        lambda: _shares(_abc(BOREKI), 1),
        right="64.4% / 25.5% / 10.1%",
    ),
)
