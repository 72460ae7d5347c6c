"""A published reverse funnel, worked out by this calculator's own."""

from fractions import Fraction

from calculators.engine.answers.published import Case
from calculators.engine.shows.text import number
from calculators.goal_breakdown.funnel import Step, needs

CASES = (
    Case(
        "pipeline",
        "funnel",
        "G. Walker, The CustomerCentric Selling Field Guide to Prospecting and Business Development (2013), chapter 5",
        "$1,000,000; 50%",
        "$2,000,000",
        lambda: f"${number(needs(1_000_000, [Step.at('opportunity', Fraction(1, 2))])[0].total)}",
    ),
)
