"""Published reverse funnels, worked out by this calculator's own."""

from datetime import date
from fractions import Fraction

from calculators.engine.answers.published import Case, listed
from calculators.goal_breakdown.funnel import Demand, Period, Step, needs

FUNNEL_RATES = (10, 35, 50, 40)
YEAR_OF_TWO_MILLION = Demand((Period(date(2027, 1, 1), date(2027, 12, 31), 200_000_000),), size=6_000_000)
WON_AT_22_PERCENT = Step.at("opportunity", Fraction(22, 100))

CASES = (
    Case(
        "goal_breakdown",
        "sales_math",
        "funnel",
        "mysalesprocess.com/sales-math",
        "14; 40%, 50%, 35%, 10%",
        "35, 70, 200, 2,000",
        lambda: listed(
            [need.total for need in needs(14, [Step.at(str(rate), Fraction(rate, 100)) for rate in FUNNEL_RATES])][::-1]
        ),
    ),
    Case(
        "goal_breakdown",
        "two_million",
        "funnel",
        "pulserevops.com, The Top-of-Funnel Math Reboot",
        "$2,000,000; $60,000; 22%",
        "34, 155",
        lambda: listed([YEAR_OF_TWO_MILLION.deals(YEAR_OF_TWO_MILLION.end), needs(34, [WON_AT_22_PERCENT])[0].total]),
    ),
)
