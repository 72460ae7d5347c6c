"""Beside revenue: how evenly it comes in (XYZ), from columns by period or from dated orders.

X is steady, Y swings, Z comes now and then: by the coefficient of variation of a customer's revenue over months or
quarters, the standard deviation of a sample over the mean (ISO 3534-1). Compared in whole numbers. A customer's periods
begin with the first that has revenue. The cut-offs are ours, those of the usual ABC-XYZ analysis; the method has none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from itertools import dropwhile
from operator import itemgetter
from typing import Any, Final, Literal

import pandas as pd

from calculators.abc_tiers.settings import TIERS
from calculators.engine.answers.result import Beside, Figure, Notice, Section, Table, about, columns, cutoff
from calculators.engine.reads.dates import parse_dates
from calculators.engine.reads.periods import period_of

Step = Literal["month", "quarter"]
STEPS: Mapping[Step, int] = {"month": 1, "quarter": 3}
"""Over what dated orders are added up, in months."""
FEWEST: Final = 4
"""Ours: of fewer periods a deviation says next to nothing."""
LONGEST: Final = 120
"""Periods that are looked at, the latest: older orders say little of a customer today."""
SEASONS: Final = {"month": 24, "quarter": 8, "half": 4}
"""Periods of two years: with fewer nobody can tell a season from a swing."""
CLASSES: Final = ("x", "y", "z")
NONE: Final = "none"
_EXACT = Context(prec=40)


@dataclass(frozen=True)
class Evenness:
    """A customer's revenue by period, from the first that has any: how many there are, and what they swing.

    ``variation`` is the deviation of a sample over the mean; None with fewer than `FEWEST` periods, or with a mean that
    is not above zero. ``place`` is its class then.
    """

    periods: int
    variation: Fraction | None
    place: str


def evenness(amounts: Sequence[int], cuts: tuple[Fraction, Fraction]) -> Evenness:
    """Return how evenly amounts come in, by the two ``cuts``: up to the first is X, up to the second Y.

    >>> cuts = Fraction(1, 2), Fraction(1)
    >>> evenness([90, 110, 100, 100], cuts).place, evenness([0, 0, 5], cuts)
    ('x', Evenness(periods=1, variation=None, place='none'))
    """
    own = list(dropwhile(lambda amount: not amount, amounts))
    count, total = len(own), sum(own)
    if count < FEWEST or total <= 0:
        return Evenness(count, None, NONE)
    # the square of the variation is over / under, without any root
    over = count * (count * sum(amount * amount for amount in own) - total * total)
    under = (count - 1) * total * total
    place = next((name for name, cut in zip(CLASSES, cuts, strict=False) if over <= cut * cut * under), CLASSES[-1])
    on_a_cut = next((cut for cut in cuts if over == cut * cut * under), None)
    root = _EXACT.divide(Decimal(over), Decimal(under)).sqrt(_EXACT)
    return Evenness(count, Fraction(root) if on_a_cut is None else on_a_cut, place)


@dataclass(frozen=True)
class Periods:
    """The revenue of customers by period, by their names: ``periods`` are named as the list has them, or by month."""

    periods: tuple[str, ...]
    kind: str
    by_customer: Mapping[str, Sequence[int]]
    undated: int = 0
    unclear: bool = False


def by_columns(customers: pd.DataFrame, headings: Sequence[str]) -> Periods:
    """Return the revenue of customers whose list has a column for each period, in the order of time."""
    told = [period_of(heading) for heading in headings]
    order = sorted(
        range(len(headings)), key=lambda at: (0, 0) if (one := told[at]) is None else (one.year or 0, one.number)
    )
    kind = next((one.kind for one in told if one is not None), "month")
    named = customers[~customers["ruined"]]
    amounts = zip(named["customer"].tolist(), named["revenue_periods"].tolist(), strict=True)
    return Periods(
        tuple(headings[at] for at in order), kind, {name: [row[at] for at in order] for name, row in amounts}
    )


def by_orders(orders: pd.DataFrame, step: Step) -> Periods | None:
    """Return the revenue of customers whose list has their orders with dates; None where nobody has two of them."""
    used = orders[orders["revenue_known"] & ~orders["ruined"]]
    if not used["customer"].duplicated().any() or not (used["ordered"] != "").any():
        return None
    days = parse_dates(used["ordered"].tolist()).dates
    dated = [
        (name, _number(day, step), amount)
        for name, day, amount in zip(used["customer"].tolist(), days, used["revenue"].tolist(), strict=True)
        if day is not None
    ]
    if len({name for name, *_ in dated}) == len(dated):
        return Periods((), step, {}, len(used) - len(dated), unclear=True)
    last = max(number for _, number, _ in dated)
    first = max(min(number for _, number, _ in dated), last - LONGEST + 1)
    amounts = {name: [0] * (last - first + 1) for name, *_ in dated}
    for name, number, amount in dated:
        if number >= first:
            amounts[name][number - first] += amount
    names = tuple(_name(number, step) for number in range(first, last + 1))
    return Periods(names, step, amounts, len(used) - len(dated))


def _number(day: date, step: Step) -> int:
    return (day.year * 12 + day.month - 1) // STEPS[step]


def _name(number: int, step: Step) -> str:
    year, part = divmod(number, 12 // STEPS[step])
    return f"{year}-{part + 1:02}" if step == "month" else f"{year} Q{part + 1}"


def variability(found: Periods | None, cuts: tuple[Fraction, Fraction], tiered: pd.DataFrame) -> list[Section]:
    """Return the customers by tier and by how evenly they buy; nothing where the list does not say when they did."""
    if found is None:
        return []
    notices: list[Notice] = []
    if found.undated:
        notices.append(Notice("abc_tiers.xyz_undated", {"count": found.undated}, "caution"))
    if len(found.periods) < FEWEST:
        code = "xyz_unclear" if found.unclear else "xyz_few"
        notices.append(Notice(f"abc_tiers.{code}", {"count": len(found.periods), "least": FEWEST}, "caution"))
        return [Section("variability", notices=tuple(notices))]
    rows: list[dict[str, Any]] = []
    listed = (tiered[name].tolist() for name in ("customer", "tier", "revenue"))
    for customer, tier, revenue in zip(*listed, strict=True):
        even = evenness(found.by_customer.get(customer, ()), cuts)
        variation = None if even.variation is None else Beside(even.variation, *cuts)
        row = {"customer": customer, "tier": tier, "revenue": revenue, "periods": even.periods}
        rows.append({**row, "variation": variation, "place": even.place})
    at = {name: [row for row in rows if row["place"] == name] for name in (*CLASSES, NONE)}
    swinging_a = [row for row in at["z"] if row["tier"] == "A"]
    a = sum(row["revenue"] for row in rows if row["tier"] == "A")
    hanging = sum(row["revenue"] for row in swinging_a)
    figures = (
        *(Figure(f"xyz_{name}", "count", len(at[name])) for name in CLASSES),
        Figure(
            "xyz_az",
            "money",
            hanging,
            {"count": len(swinging_a), "share": Fraction(hanging, a) if a else None},
        ),
    )
    said = {"x": cutoff(cuts[0]), "y": cutoff(cuts[1]), "count": len(found.periods)}
    spoken: dict[str, object] = {**said, "first": found.periods[0], "last": found.periods[-1]}
    notices.insert(0, Notice("abc_tiers.xyz_cutoffs", spoken, "assumed"))
    if len(found.periods) < SEASONS.get(found.kind, 0):
        notices.append(Notice("abc_tiers.xyz_season", {"count": len(found.periods)}, "caution"))
    new = [row["customer"] for row in at[NONE] if row["periods"] < FEWEST]
    no_mean = [row["customer"] for row in at[NONE] if row["periods"] >= FEWEST]
    if new:
        notices.append(Notice("abc_tiers.xyz_new", {"names": new, "count": len(new), "least": FEWEST}))
    notices += about(("abc_tiers.xyz_no_mean", no_mean, "caution"))
    return [Section("variability", figures, tables=(_matrix(rows), _listed(rows)), notices=tuple(notices))]


def _matrix(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return customers and revenue of each tier by class."""
    matrix = []
    for tier in TIERS:
        line: dict[str, Any] = {"tier": tier}
        for name in (*CLASSES, NONE):
            inside = [row["revenue"] for row in rows if (row["tier"], row["place"]) == (tier, name)]
            line |= {f"{name}_customers": len(inside), f"{name}_revenue": sum(inside)}
        matrix.append(line)
    shown = " ".join(f"{name}_customers:count {name}_revenue:money" for name in (*CLASSES, NONE))
    sums = tuple(name for name in matrix[0] if name != "tier")
    return Table("abc_xyz", columns(f"tier:text {shown}"), matrix, totals=sums, tier="tier")


def _listed(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return every customer with its class, those that swing most first in each tier."""
    order = sorted(rows, key=lambda row: (row["tier"], -(row["variation"] or -1), row["customer"]))
    shown = [{**row, "place": f"abc_tiers.xyz.{row['place']}"} for row in sorted(order, key=itemgetter("tier"))]
    described = "customer:text tier:text place:key variation:share periods:count revenue:money"
    return Table("variability", columns(described), shown, detail=True, tier="tier")
