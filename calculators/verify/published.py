"""Published cases of what several calculators compute with: apportionment, concentration, intervals, days."""

from collections.abc import Sequence
from datetime import date

from calculators.apportion import largest_remainder
from calculators.concentration import gini, hhi, wilson_interval
from calculators.engine.answers.published import Case, listed
from calculators.engine.arithmetic.working_days import Calendar, days
from calculators.engine.shows.text import number


def _interval(successes: int, trials: int, places: int, z: float | None = None) -> str:
    ends = wilson_interval(successes, trials) if z is None else wilson_interval(successes, trials, z)
    return " – ".join(f"{end:.{places}f}" for end in ends)


def _seats(total: int, weights: Sequence[int]) -> str:
    return listed(largest_remainder(total, weights))


CENSUS_OF_1790 = {
    "Connecticut": 236_841,
    "Delaware": 55_540,
    "Georgia": 70_835,
    "Kentucky": 68_705,
    "Maryland": 278_514,
    "Massachusetts": 475_327,
    "New Hampshire": 141_822,
    "New Jersey": 179_570,
    "New York": 331_589,
    "North Carolina": 353_523,
    "Pennsylvania": 432_879,
    "Rhode Island": 68_446,
    "South Carolina": 206_236,
    "Vermont": 85_533,
    "Virginia": 630_560,
}
PARADOR = (1_646, 6_936, 154, 2_091, 685, 988)
"""Thousands of people in the six states of an invented republic."""
DELAWARE = {"Kent": 162_310, "New Castle": 538_479, "Sussex": 197_145}
INEQ = (541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261)
SPRING_FESTIVAL = (date(2026, 2, 14), date(2026, 2, 28))

CASES: tuple[Case, ...] = (
    Case(
        "hamilton_1792",
        "apportionment",
        "M. Balinski, H. P. Young, Fair Representation (1982), appendix B",
        f"120; {'; '.join(f'{state} {people:,}' for state, people in CENSUS_OF_1790.items())}",
        "8, 2, 2, 2, 9, 16, 5, 6, 11, 12, 14, 2, 7, 3, 21",
        lambda: _seats(120, list(CENSUS_OF_1790.values())),
    ),
    Case(
        "parador",
        "apportionment",
        "P. Tannenbaum, Excursions in Modern Mathematics: Mathematics of Apportionment, Hamilton's method (Parador)",
        f"250; {listed(PARADOR)}",
        "33, 139, 3, 42, 13, 20",
        lambda: _seats(250, PARADOR),
    ),
    Case(
        "delaware",
        "apportionment",
        "D. Lippman, Math in Society: Apportionment, Hamilton's method, example 1",
        f"41; {'; '.join(f'{county} {people:,}' for county, people in DELAWARE.items())}",
        "7, 25, 9",
        lambda: _seats(41, list(DELAWARE.values())),
    ),
    Case(
        "alabama",
        "apportionment",
        "P. Tannenbaum, Excursions in Modern Mathematics: Mathematics of Apportionment, the Alabama paradox",
        "200 → 201; 940, 9,030, 10,030",
        "10, 90, 100 → 9, 91, 101",
        lambda: " → ".join(_seats(seats, (940, 9_030, 10_030)) for seats in (200, 201)),
    ),
    Case(
        "gini_ineq",
        "concentration",
        "R, package ineq: Gini(x)",
        listed(INEQ),
        "0.4620911",
        lambda: number(gini(INEQ), 7),
    ),
    Case(
        "hhi_justice",
        "concentration",
        "U.S. Department of Justice, Herfindahl-Hirschman Index",
        "30, 30, 20, 20",
        "2,600",
        lambda: number(hhi((30, 30, 20, 20)) * 10_000),
    ),
    *(
        Case(
            f"newcombe_{successes}_{trials}",
            "intervals",
            "R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3",
            f"{successes} / {trials}; 95%",
            published,
            lambda successes=successes, trials=trials: _interval(successes, trials, 4),  # type: ignore[misc]  # mypy cannot infer defaults of a lambda
        )
        for successes, trials, published in (
            (81, 263, "0.2553 – 0.3662"),
            (15, 148, "0.0624 – 0.1605"),
            (0, 20, "0.0000 – 0.1611"),
            (1, 29, "0.0061 – 0.1718"),
        )
    ),
    Case(
        "astropy",
        "intervals",
        "Astropy: binom_conf_interval(4, 5, interval='wilson')",
        "4 / 5; 68.269% (z = 1.00000105)",
        "0.57921724 – 0.92078259",
        lambda: _interval(4, 5, 8, 1.00000105),
    ),
    Case(
        "tern",
        "intervals",
        "R, package tern: prop_wilson, conf_level = 0.9",
        "5 / 10; 90% (z = 1.6448536)",
        "0.2692718 – 0.7307282",
        lambda: _interval(5, 10, 7, 1.6448536269514722),
    ),
    Case(
        "spring_festival_2026",
        "days",
        "国务院办公厅，关于 2026 年部分节假日安排的通知（2025-11）",
        "2026-02-14 – 2026-02-28",
        "15, 16, 17, 18, 19, 20, 21, 22, 23",
        lambda: listed([day.day for day in days(*SPRING_FESTIVAL) if not Calendar("china").works(day)]),
    ),
)
