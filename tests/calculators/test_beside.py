"""A number that stands beside a cut-off shows on which side of it it is, wherever a calculator prints it."""

import csv as csv_files
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.engine.answers.result import Beside, Result, ValueKind, beside, cutoff
from calculators.engine.asks.settings import Settings
from calculators.engine.exports.downloads import csv, xlsx
from calculators.engine.shows.charts import options
from calculators.engine.shows.text import LANGUAGES, Text, percent, trimmed
from calculators.engine.shows.wording import Wording
from calculators.work import Work

NEAR = Fraction(1, 1_000)
"""What is so close to a cut-off, and is not it, must not be printed as it."""


@dataclass(frozen=True)
class Case:
    """Inputs of which some number is a hair beside one of the ``cuts``, which are given by their kind."""

    calculator: str
    cuts: Mapping[ValueKind, tuple[Fraction | int, ...]]
    tables: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)

    def work(self, language: str) -> Work:
        """Return the request, taken up."""
        request = {
            "calculator": self.calculator,
            "language": language,
            "values": self.values,
            "tables": self.tables,
        }
        return Work(self.settings, request)


def people(*pairs: tuple[str, str]) -> str:
    """Return a pasted list of people with attainment and score."""
    rows = (f"p{at}\t{attainment}\t{output}\t24" for at, (attainment, output) in enumerate(pairs))
    return "\n".join(["Name\tAttainment\tOutput score\tMonths of service", *rows])


def results(*amounts: str) -> str:
    """Return a pasted list of each person's results."""
    return "\n".join(["Name\tResults", *(f"p{at}\t{amount}" for at, amount in enumerate(amounts))])


def hires(passed: int, count: int) -> str:
    """Return a pasted list of new hires, of whom the first so many passed in time."""
    rows = (f"h{at}\t2026-06-01\t{'2026-06-20' if at < passed else ''}\tMo" for at in range(count))
    return "\n".join(["Name\tStart date\tExit test passed\tMentor", *rows])


def customers(*amounts: str) -> str:
    """Return a pasted list of customers."""
    return "\n".join(["Customer\tRevenue", *(f"c{at}\t{amount}" for at, amount in enumerate(amounts))])


def measures(target: str, actual: str) -> str:
    """Return a pasted list of one measure."""
    return f"Line\tMeasure\tTarget\tActual\tWeight\tDirection\nCustomers\ta\t{target}\t{actual}\t100%\thigher"


HALF, WHOLE = Fraction(1, 2), Fraction(1)
PLACED: dict[ValueKind, tuple[Fraction | int, ...]] = {"share": (Fraction(4, 5), WHOLE), "number": (40, 70)}
CASES = {
    "attainment and scores a hair below": Case(
        "nine_box", PLACED, {"people": people(("79.99999%", "39.99999"), ("99.999996%", "69.9999999"))}
    ),
    "attainment and scores a hair above": Case(
        "nine_box", PLACED, {"people": people(("80.00001%", "40.00001"), ("100.000004%", "70.0000001"))}
    ),
    "attainment beside a cut-off of two decimals": Case(
        "nine_box",
        {"share": (Fraction(3333, 10_000),)},
        {"people": people(("33.3299%", "50"), ("33.3301%", "50"), ("90%", "50"))},
        {"performance_low": "33.33"},
    ),
    "percentile ranks": Case(
        "nine_box",
        {"share": (Fraction(3333, 10_000), Fraction(8333, 10_000))},
        {"people": people(("50%", "10"), ("60%", "20"), ("70%", "30"))},
        {"cutoffs": "percentile", "percentile_low": "33.33", "percentile_high": "83.33"},
    ),
    "shares of stars": Case(
        "nine_box", {"share": (Fraction(1, 5),)}, {"people": people(*[("130%", "90")] * 201, *[("90%", "50")] * 803)}
    ),
    "the strongest hold a hair less than half": Case(
        "self_check",
        {"share": (HALF,)},
        {"results": results("2700000", "1300000", "999999.9", *["1000000.1"] * 5)},
    ),
    "the strongest hold a hair more than half": Case(
        "self_check",
        {"share": (HALF,)},
        {"results": results("2700000", "1300000", "1000000.1", *["1000000"] * 5)},
    ),
    "two of three, beside two thirds": Case(
        "self_check",
        {"share": (Fraction(6667, 10_000),)},
        {"hires": hires(2, 3)},
        {"pass_share": "66.67", "as_of": "2026-09-30"},
    ),
    "two of three lost who were warned of": Case(
        "self_check",
        {"share": (Fraction(6666, 10_000),)},
        {
            "accounts": "Customer\tFirst alert\tChurn date\na\t2026-05-01\t2026-06-10\nb\t2026-05-01\t2026-06-10"
            "\nc\t\t2026-06-10"
        },
        {"warned_share": "66.66", "as_of": "2026-09-30"},
    ),
    "A has a hair less than its share": Case(
        "abc_tiers",
        {"share": (Fraction(3, 5), Fraction(9, 10))},
        {"customers": customers("5999999.9", "3000000", "1000000.1")},
        {"driver": "revenue", "at_cutoff": "include"},
    ),
    "A has a hair more than its share": Case(
        "abc_tiers",
        {"share": (Fraction(3, 5), Fraction(9, 10))},
        {"customers": customers("6000000.1", "3000000", "999999.9")},
        {"driver": "revenue", "at_cutoff": "include"},
    ),
    "revenue beside an amount, in tens of thousands": Case(
        "abc_tiers",
        {"money": (10_000_000, 1_000_000)},
        {"customers": customers("100000.01", "99999.99", "10000.01", "9999.99")},
        {"driver": "money", "least_a": "100000", "least_b": "10000"},
        Settings(unit=10_000),
    ),
    "by chance beside what is tolerated": Case(
        "efficiency_alert",
        {"share": (Fraction(4164, 10_000),)},
        values={"deals": "10", "drop": "10", "tolerated": "41.64"},
    ),
    "a target missed by a hair": Case(
        "five_lines", {"share": (WHOLE,)}, {"measures": measures("1000000", "999999.9")}, {"cap": "120"}
    ),
    "a target passed by a hair": Case(
        "five_lines", {"share": (WHOLE,)}, {"measures": measures("1000000", "1000000.1")}, {"cap": "120"}
    ),
    "a cap passed by a hair": Case(
        "five_lines", {"share": (Fraction(6, 5),)}, {"measures": measures("1000000", "1200000.1")}, {"cap": "120"}
    ),
    "two of three closed, beside two thirds": Case(
        "solo_signing",
        {"share": (Fraction(6667, 10_000),)},
        {
            "newcomers": "Name\tStart date\tFirst deal closed alone\tMentor\na\t2026-01-05\t2026-02-05\tMo"
            "\nb\t2026-01-05\t2026-02-05\tMo\nc\t2026-01-05\t\tMo"
        },
        {"goal": "66.67", "as_of": "2026-09-30"},
    ),
    "a score a hair below a grade": Case(
        "solo_signing",
        {"number": (4,)},
        {
            "newcomers": "Name\tStart date\tFirst solo deal\na\t2026-01-05\t",
            "customers": "Customer\tBudget\tDecision chain\tIndustry\nx\t3.99999\t4\t4\ny\t4.00001\t4\t4",
        },
        {"scale": "free", "as_of": "2026-09-30"},
    ),
    "net retention a hair below the whole": Case(
        "tracks",
        {"share": (WHOLE,)},
        values={
            "target": "1000000",
            "target_existing": "100",
            "target_growth": "0",
            "target_experiments": "0",
            "opening": "1000000.1",
            "churn": "5",
            "contraction": "1",
            "one_off": "0",
        },
    ),
}


def near(cuts: Mapping[ValueKind, tuple[Fraction | int, ...]], kind: ValueKind, value: object) -> Iterator[Fraction]:
    """Yield the cut-offs beside which a number stands closely."""
    for cut in cuts.get(kind, ()):
        close = NEAR if kind in ("share", "index") else NEAR * max(1, cut)
        if isinstance(value, int | Fraction) and 0 < abs(Fraction(value) - cut) < close:
            yield Fraction(cut)


def printed(result: Result, wording: Wording, cuts: Mapping[ValueKind, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield where a number stands closely beside a cut-off, as it is printed there, and the cut-off."""
    yield from printed_in_sections(result, wording, cuts)
    for table in result.tables:
        read = list(csv_files.reader(io.StringIO(csv(table, wording).content.decode("utf-8-sig"))))[1:]
        for line, row in enumerate(table.rows()):
            for at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                for cut in near(cuts, column.kind, value):
                    where = f"{table.name}.{column.name}"
                    yield where, wording.value(column.kind, value), wording.value(column.kind, cutoff(cut))
                    yield f"{where} as CSV", read[line][at], wording.value(column.kind, cutoff(cut))
    for notice in result.notices:
        shares = {name: said for name, said in notice.params.items() if isinstance(said, Fraction)}
        for name, said in shares.items():
            for cut in near(cuts, "share", said):
                text = trimmed(percent(said))
                yield f"{notice.code} {name}", text, trimmed(percent(cutoff(cut)))


def printed_in_sections(
    result: Result, wording: Wording, cuts: Mapping[ValueKind, Any]
) -> Iterator[tuple[str, str, str]]:
    """Yield the same of figures and of the labels in charts."""
    for figure in result.figures:
        for cut in near(cuts, figure.kind, figure.value):
            yield figure.name, wording.value(figure.kind, figure.value), wording.value(figure.kind, cutoff(cut))
    for chart in result.charts:
        drawn = options(chart, wording)
        for one, series in zip(chart.series, drawn["series"], strict=False):
            for value, point in zip(one.values, series["data"], strict=False):
                for cut in near(cuts, one.kind, value) if one.kind == "share" and not chart.positions else ():
                    number = point["value"] if isinstance(point, dict) else point
                    yield f"chart {chart.name}", str(number), str(float(cut * 100))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_a_number_a_hair_beside_a_cut_off_is_not_printed_as_it(name: str, language: str) -> None:
    """In figures, tables, files of them, sentences and charts, whichever calculator says it."""
    case = CASES[name]
    work = case.work(language)
    found = list(printed(work.result, work.wording, case.cuts))
    assert found, "nothing stands beside the cut-off"
    assert [one for one in found if one[1] == one[2]] == []


def test_a_workbook_shows_the_side_too() -> None:
    """A number format has as many decimals as it takes, for shares and for scores."""
    case = CASES["attainment and scores a hair below"]
    work = case.work("en")
    book = openpyxl.load_workbook(io.BytesIO(xlsx(work.result, work.wording).content))
    shown = [
        (cell.value, cell.number_format)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value in (0.7999999, 39.99999)
    ]
    assert {value for value, _ in shown} == {0.7999999, 39.99999}
    assert {format_ for _, format_ in shown} == {"0.00##########%", "#,##0.############"}


CUTS = st.integers(1, 20_000).map(lambda points: Fraction(points, 10_000))


@given(CUTS, st.fractions(-1, 1, max_denominator=10**9), st.sampled_from(["share", "number", "index"]))
def test_any_number_beside_any_cut_off_is_printed_on_its_side(cut: Fraction, off: Fraction, kind: ValueKind) -> None:
    """However close it is: above reads as above, below as below, and the cut-off itself has all its digits."""
    wording = Wording("nine_box", Text("en", Settings()))

    def read(value: Fraction) -> Fraction:
        text = wording.value(kind, value).replace(",", "")
        return Fraction(text.removesuffix("%")) / (100 if kind == "share" else 1)

    assert read(cutoff(cut)) == cut
    value = cut + off / 10**4
    assert (read(Beside(value, cut)) > cut) == (value > cut)
    assert (read(Beside(value, cut)) < cut) == (value < cut)


def test_what_is_held_against_cut_offs_is_a_number_to_compute_with() -> None:
    """It equals its value, adds up like it, and what is unknown stays unknown."""
    held = Beside(Fraction(1, 3), HALF)
    assert held == Fraction(1, 3)
    assert type(held + 1) is Fraction
    assert beside(None, 1) is None
