"""Verify the calculators (核对计算器): published worked cases, computed again by the very code that the pages run.

Each case has its source, what was put in, what was printed and what we compute. In some the printed figure does
not follow from the figures printed with it; those say what does. Adding a case is adding a `Case`; its words are
in ``text/verify.*``. The tests hold that every case comes out, natively and in the browser's Python.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from calculators import abc_tiers
from calculators.apportion import largest_remainder
from calculators.concentration import gini, hhi, wilson_interval
from calculators.fields import Declaration, parse
from calculators.funnel import Demand, Period, Step, needs
from calculators.result import Column, Figure, Notice, Result, Section, Table
from calculators.settings import TIERS, Settings
from calculators.tables import Pasted, Reading, read_table
from calculators.text import number
from calculators.working_days import Calendar, days

TOPICS = ("abc", "apportionment", "concentration", "intervals", "funnel", "days")
Outcome = Literal["same", "misprint", "different"]


@dataclass(frozen=True)
class Case:
    """A published case.

    ``source`` and ``given`` are printed as they are, in both languages; the text ``verify.case.NAME`` says what
    is asked, ``verify.why.NAME`` why a printed figure is wrong. ``right`` is then what follows from the figures.
    """

    name: str
    topic: str
    source: str
    given: str
    published: str
    compute: Callable[[], str]
    right: str | None = None

    def outcome(self) -> tuple[str, Outcome]:
        """Return what we compute, and how it compares."""
        computed = self.compute()
        if computed != (self.right or self.published):
            return computed, "different"
        return computed, "misprint" if self.right else "same"


def _abc(amounts: Sequence[int], **values: str) -> Mapping[str, Any]:
    """Return the tiers of customers with these amounts, read as a pasted list is read."""
    declaration = abc_tiers.declare(Settings())
    rows = "\n".join(f"{place:02}\t{amount}" for place, amount in enumerate(amounts, 1))
    reading = read_table(Pasted(f"customer\trevenue\n{rows}"), declaration.tables[0])
    result = abc_tiers.calculate(abc_tiers.Inputs.read(parse(declaration, values), {"customers": reading}))
    return {figure.name: figure.value for figure in result.figures}


def _counts(figures: Mapping[str, Any]) -> str:
    return " / ".join(str(figures[f"{tier.lower()}_customers"]) for tier in TIERS)


def _shares(figures: Mapping[str, Any], places: int) -> str:
    return " / ".join(f"{number(figures[f'{tier.lower()}_revenue_share'] * 100, places)}%" for tier in TIERS)


def _interval(successes: int, trials: int, places: int, z: float | None = None) -> str:
    ends = wilson_interval(successes, trials) if z is None else wilson_interval(successes, trials, z)
    return " – ".join(f"{end:.{places}f}" for end in ends)


def _listed(values: Sequence[int]) -> str:
    return ", ".join(f"{value:,}" for value in values)


def _seats(total: int, weights: Sequence[int]) -> str:
    return _listed(largest_remainder(total, weights))


SILICON_CHIPS = (90_000, 77_000, 26_350, 15_001, 12_500, 8_502, 1_200, 850, 504, 150)
MISPRINTED = (450_000, 250_000, 150_000, 67_500, 60_000, 48_000, 20_000, 17_500, 12_500, 12_000)
USAGE = (36_385, 22_436, 12_516, 9_028, 3_374, 3_231, 2_024, 1_919, 1_881, 1_786, 1_408, 1_092, 484, 315, 252, 120)
CUT_AT_80_AND_95 = {"revenue_share_a": "80", "revenue_share_b": "15", "revenue_share_c": "5"}
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
VOTES = (47_000, 16_000, 15_900, 12_000, 6_000, 3_100)
OFFICES = (757, 295, 636, 976)
INEQ = (541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261)
INCOMES = (8_000, 11_000, 22_000, 28_000, 35_000, 37_000, 40_000, 45_000, 85_000, 115_000)
FUNNEL_RATES = (10, 35, 50, 40)
YEAR_OF_TWO_MILLION = Demand((Period(date(2027, 1, 1), date(2027, 12, 31), 200_000_000),), size=6_000_000)
WON_AT_22_PERCENT = Step.at("opportunity", Fraction(22, 100))
SPRING_FESTIVAL = (date(2026, 2, 14), date(2026, 2, 28))

CASES: tuple[Case, ...] = (
    Case(
        "silicon_chips",
        "abc",
        "J. Heizer, B. Render, Operations Management: ABC analysis, example 1 (Silicon Chips, Inc.)",
        _listed(SILICON_CHIPS),
        "2 / 3 / 5; 72% / 23% / 5%",
        lambda: f"{_counts(_abc(SILICON_CHIPS))}; {_shares(_abc(SILICON_CHIPS), 0)}",
    ),
    Case(
        "cut_points",
        "abc",
        "homeworksource.com/p/1006462",
        _listed(USAGE),
        "3 / 6 / 7",
        lambda: _counts(_abc(USAGE, driver="revenue", crossing="down", **CUT_AT_80_AND_95)),
    ),
    Case(
        "misprinted_shares",
        "abc",
        "–",
        _listed(MISPRINTED),
        "58% / 23% / 19%",
        lambda: _shares(_abc(MISPRINTED), 1),
        right="64.4% / 25.5% / 10.1%",
    ),
    Case(
        "hamilton_1792",
        "apportionment",
        "M. Balinski, H. P. Young, Fair Representation (1982), appendix B",
        f"120; {'; '.join(f'{state} {people:,}' for state, people in CENSUS_OF_1790.items())}",
        "8, 2, 2, 2, 9, 16, 5, 6, 11, 12, 14, 2, 7, 3, 21",
        lambda: _seats(120, list(CENSUS_OF_1790.values())),
    ),
    Case(
        "hare_quota",
        "apportionment",
        "Wikipedia, Largest remainders method: Hare quota",
        f"10; {_listed(VOTES)}",
        "5, 2, 1, 1, 1, 0",
        lambda: _seats(10, VOTES),
    ),
    Case(
        "chairs_148",
        "apportionment",
        "homeworksource.com/p/1011606 (a)",
        f"148; {_listed(OFFICES)}",
        "42, 17, 35, 54",
        lambda: _seats(148, OFFICES),
    ),
    Case(
        "chairs_149",
        "apportionment",
        "homeworksource.com/p/1011606 (b)",
        f"148 → 149; {_listed(OFFICES)}",
        "17 → 17",
        lambda: " → ".join(str(largest_remainder(chairs, OFFICES)[1]) for chairs in (148, 149)),
        right="17 → 16",
    ),
    Case(
        "gini_ineq",
        "concentration",
        "R, package ineq: Gini(x)",
        _listed(INEQ),
        "0.4620911",
        lambda: number(gini(INEQ), 7),
    ),
    Case(
        "gini_incomes",
        "concentration",
        "justaaa.com/economics/35719",
        _listed(INCOMES),
        "0.384",
        lambda: number(gini(INCOMES), 3),
    ),
    Case(
        "hhi_justice",
        "concentration",
        "U.S. Department of Justice, Herfindahl-Hirschman Index",
        "30, 30, 20, 20",
        "2,600",
        lambda: number(hhi((30, 30, 20, 20)) * 10_000),
    ),
    Case(
        "hhi_six_firms",
        "concentration",
        "qammunity.org/2184713",
        "32, 25, 19, 9, 8, 7",
        "2,204",
        lambda: number(hhi((32, 25, 19, 9, 8, 7)) * 10_000),
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
        "sales_math",
        "funnel",
        "mysalesprocess.com/sales-math",
        "14; 40%, 50%, 35%, 10%",
        "35, 70, 200, 2,000",
        lambda: _listed(
            [need.total for need in needs(14, [Step.at(str(rate), Fraction(rate, 100)) for rate in FUNNEL_RATES])][::-1]
        ),
    ),
    Case(
        "two_million",
        "funnel",
        "pulserevops.com, The Top-of-Funnel Math Reboot",
        "$2,000,000; $60,000; 22%",
        "34, 155",
        lambda: _listed([YEAR_OF_TWO_MILLION.deals(YEAR_OF_TWO_MILLION.end), needs(34, [WON_AT_22_PERCENT])[0].total]),
    ),
    Case(
        "spring_festival_2026",
        "days",
        "国务院办公厅，关于 2026 年部分节假日安排的通知（2025-11）",
        "2026-02-14 – 2026-02-28",
        "15, 16, 17, 18, 19, 20, 21, 22, 23",
        lambda: _listed([day.day for day in days(*SPRING_FESTIVAL) if not Calendar("china").works(day)]),
    ),
)


@dataclass(frozen=True)
class Inputs:
    """Nothing: the cases are ours to state."""

    @classmethod
    def read(cls, values: Mapping[str, Any], tables: Mapping[str, Reading]) -> "Inputs":  # noqa: ARG003 - asks nothing
        """Return the inputs."""
        return cls()


def declare(settings: Settings) -> Declaration:  # noqa: ARG001 - the cases are the same for every company
    """Return that nothing is asked for."""
    return Declaration(fields=())


def calculate(inputs: Inputs) -> Result:  # noqa: ARG001 - asks nothing
    """Compute every case and compare."""
    outcomes = {case.name: case.outcome() for case in CASES}
    found = [outcome for _, outcome in outcomes.values()]
    figures = (
        Figure("cases", "count", len(CASES)),
        Figure("same", "count", found.count("same")),
        Figure("misprints", "count", found.count("misprint")),
        Figure("different", "count", found.count("different")),
    )
    different = [f"verify.case.{name}" for name, (_, outcome) in outcomes.items() if outcome == "different"]
    notices = (
        [Notice("verify.different", {"count": len(different), "cases": different}, "caution")] if different else []
    )
    summary = Section("summary", figures, notices=tuple(notices))
    return Result((summary, *(_topic(topic, outcomes) for topic in TOPICS)))


def _topic(topic: str, outcomes: Mapping[str, tuple[str, Outcome]]) -> Section:
    cases = [case for case in CASES if case.topic == topic]
    rows = [
        (
            f"verify.case.{case.name}",
            case.source,
            case.given,
            case.published,
            outcomes[case.name][0],
            f"verify.outcome.{outcomes[case.name][1]}",
        )
        for case in cases
    ]
    columns = (
        Column("case", "key"),
        Column("source", "text"),
        Column("given", "text"),
        Column("published", "text"),
        Column("computed", "text"),
        Column("outcome", "key"),
    )
    why = tuple(Notice(f"verify.why.{case.name}", level="caution") for case in cases if case.right)
    return Section(topic, tables=(Table(topic, columns, rows, prose=True),), notices=why)
