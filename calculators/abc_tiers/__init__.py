"""ABC customer tiers (ABC客户管理模型): who gets which service, by count of customers or by revenue.

From a list of customers with revenue to tiers, to what depends on the rule chosen, and to what the
service of each tier costs in working days. A list becomes a book in ``customers.py``, cut-offs fall in ``book.py``;
what has moved since an earlier list is in ``movement.py``, margin and risk beside revenue in ``beside.py``, its
evenness in ``variability.py``.

Source of the model: stage two, "ABC客户管理模型": A 20% of customers and 60% of revenue, B 30% and 30%,
C 50% and 10%, each with a service of its own. Those figures are the source's claim and come from the
company's settings. The rules for whoever sits at a cut-off are ours; the method does not state any.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from math import ceil, floor
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from calculators.abc_tiers.beside import at_risk, margins
from calculators.abc_tiers.book import AT_CUTOFF, DRIVERS, MEASURED, AtCutoff, Book, Driver, Measured, Places, Rule
from calculators.abc_tiers.customers import RISK_WORDS, by_customer
from calculators.abc_tiers.movement import movement
from calculators.abc_tiers.settings import TIERS, AbcModel, Service
from calculators.abc_tiers.variability import STEPS, Periods, Step, by_columns, by_orders, variability
from calculators.concentration import gini, hhi, top_share
from calculators.engine.answers.result import (
    Beside,
    Chart,
    Column,
    Figure,
    Notice,
    Result,
    Section,
    Series,
    Table,
    ValueKind,
    about,
    columns,
    cutoff,
)
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.fields import PRIVACY, AddsUp, Declaration, Field, Group, Seek
from calculators.engine.asks.former import Former
from calculators.engine.asks.settings import BASIS_POINTS, Settings
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.amounts import LARGEST
from calculators.engine.reads.tables import Reading

RULES = tuple((driver, at_cutoff) for driver in MEASURED for at_cutoff in AT_CUTOFF)

FEW_CUSTOMERS = 20
"""Below this, 20% is fewer than four customers and a tier says more about single names than about a class."""
LARGEST_SUM = 2**63 - 1
"""Revenue is added up in int64; the sum of all amounts without their signs must fit."""
BARS_AT_MOST = 40
CURVE_POINTS = 200


SETTINGS = AbcModel


@dataclass(frozen=True)
class Inputs:
    """A customer list and the rules to tier it by.

    ``customers`` has a row for each row of the file: customer, revenue and margin (as held), owner, region, risk, row,
    ruined, and what of these is known; ``earlier`` has those of an earlier list, customer and revenue. ``shares`` are
    basis points of each tier for what they may be shares of; ``least`` is the revenue from which a customer is in A
    and in B when the cut-offs are amounts.
    """

    customers: pd.DataFrame
    driver: Driver
    at_cutoff: AtCutoff
    shares: Mapping[Measured, Mapping[str, int]]
    least: tuple[int, int]
    service: Mapping[str, Service]
    working_days: int
    period: str
    basis: str
    tax: str
    earlier: pd.DataFrame | None = None
    periods: tuple[str, ...] = ()
    xyz_by: Step = "month"
    xyz_cuts: tuple[Fraction, Fraction] = (Fraction(1, 2), Fraction(1))

    @classmethod
    def read(cls, values: Mapping[str, Any], tables: Mapping[str, Reading]) -> "Inputs":
        """Build the inputs from parsed fields and the tables; raises InvalidInputs for amounts that are no cut-offs."""
        earlier = tables.get("earlier")
        return cls(
            customers=tables["customers"].frame,
            earlier=None if earlier is None else earlier.frame,
            periods=tables["customers"].periods.get("revenue", ()),
            xyz_by=values["xyz_by"],
            xyz_cuts=_xyz_cuts(values),
            least=_least(values),
            driver=values["driver"],
            at_cutoff=values["at_cutoff"],
            shares={driver: {tier: values[f"{driver}_share_{tier.lower()}"] for tier in TIERS} for driver in MEASURED},
            service={
                tier: Service(*(values[f"{part}_{tier.lower()}"] for part in ("times", "days", "people")))
                for tier in TIERS
            },
            working_days=values["working_days"],
            period=values["period"],
            basis=values["basis"],
            tax=values["tax"],
        )

    @property
    def rule(self) -> Rule:
        """What customers are tiered by."""
        shares = {} if self.driver == "money" else self.shares[self.driver]
        return Rule(self.driver, self.at_cutoff, shares, self.least)


def _least(values: Mapping[str, Any]) -> tuple[int, int]:
    a, b = values["least_a"], values["least_b"]
    if values["driver"] != "money":
        return 0, 0
    missing = [name for name in ("least_a", "least_b") if values[name] is None]
    if missing:
        raise InvalidInputs([InputError(name, "abc_tiers.no_least") for name in missing])
    if a <= b:
        raise InvalidInputs([InputError("least_a", "abc_tiers.least_not_above", {"b": b})])
    return a, b


def _xyz_cuts(values: Mapping[str, Any]) -> tuple[Fraction, Fraction]:
    x, y = (Fraction(values[name], BASIS_POINTS) for name in ("xyz_x", "xyz_y"))
    if y <= x:
        raise InvalidInputs([InputError("xyz_y", "abc_tiers.xyz_not_above", {"x": x})])
    return x, y


def declare(settings: Settings) -> Declaration:
    """Return what the calculator asks for; the company's settings are the defaults."""
    abc = settings.section(AbcModel)
    model: Mapping[Measured, Mapping[str, int]] = {"count": abc.customers, "revenue": abc.revenue}
    shares = {driver: tuple(f"{driver}_share_{tier.lower()}" for tier in TIERS) for driver in MEASURED}
    by_amount = {"driver": ("money",)}
    return Declaration(
        fields=(
            Field("driver", "choice", "rule", "count", options=DRIVERS),
            Field(
                "at_cutoff",
                "choice",
                "rule",
                "include",
                options=AT_CUTOFF,
                formerly=Former("crossing", {"up": "include", "down": "exclude"}),
            ),
            *(
                Field(name, "percent", f"{driver}_shares", model[driver][tier], 0, BASIS_POINTS)
                for driver in MEASURED
                for tier, name in zip(TIERS, shares[driver], strict=True)
            ),
            *(
                Field(f"least_{t.lower()}", "money", "least", None, 1, LARGEST, optional=True, matters=by_amount)
                for t in TIERS[:2]
            ),
            Field("period", "line", "about", "", maximum=60),
            Field("basis", "choice", "about", "unstated", options=("unstated", "contract", "cash", "recognised")),
            Field("tax", "choice", "about", "unstated", options=("unstated", "with", "without")),
            Field("xyz_x", "percent", "xyz", BASIS_POINTS // 2, 100, 10 * BASIS_POINTS),
            Field("xyz_y", "percent", "xyz", BASIS_POINTS, 100, 10 * BASIS_POINTS),
            Field("xyz_by", "choice", "xyz", "month", options=tuple(STEPS)),
            *(Field(f"times_{t.lower()}", "whole", "service", abc.service[t].times, 0, 92) for t in TIERS),
            *(Field(f"days_{t.lower()}", "hundredths", "service", abc.service[t].days, 0, 9_200) for t in TIERS),
            *(Field(f"people_{t.lower()}", "whole", "service", abc.service[t].people, 1, 100_000) for t in TIERS),
            Field("working_days", "whole", "service", abc.working_days, 1, 92),
            *PRIVACY,
        ),
        groups=(
            Group("rule"),
            Group("about"),
            Group("count_shares", folded=True, columns=3),
            Group("revenue_shares", folded=True, columns=3),
            Group("least", folded=True, columns=2),
            Group("xyz", folded=True, columns=2),
            Group("service", folded=True, columns=3),
            Group("privacy", columns=2),
        ),
        tables=(
            TableSpec(
                "customers",
                (
                    ColumnSpec("customer", "text", customers=True),
                    ColumnSpec("revenue", "money", by_period=True),
                    ColumnSpec("ordered", "text", required=False),
                    ColumnSpec("owner", "text", required=False, people=True),
                    ColumnSpec("region", "text", required=False),
                    ColumnSpec("margin", "money", required=False),
                    ColumnSpec("risk", "choice", required=False, options=RISK_WORDS),
                ),
            ),
            TableSpec(
                "earlier",
                (ColumnSpec("customer", "text", customers=True), ColumnSpec("revenue", "money")),
                required=False,
            ),
        ),
        sums=tuple(AddsUp(names, BASIS_POINTS) for names in shares.values()),
        people=True,
        seeks=(
            Seek("count_share_a", "contacts_a"),
            Seek("count_share_a", "a_customers"),
            Seek("count_share_a", "a_revenue_share"),
            Seek("revenue_share_a", "a_customers"),
            Seek("revenue_share_a", "contacts_a"),
            Seek("least_a", "a_customers"),
            Seek("times_a", "contacts_a"),
            Seek("times_b", "contacts_b"),
        ),
    )


def calculate(inputs: Inputs) -> Result:
    """Tier the customers; raises InvalidInputs when no customer has revenue above zero."""
    lists = {"customers": inputs.customers} | ({} if inputs.earlier is None else {"earlier": inputs.earlier})
    too_large = [
        InputError(name, "abc_tiers.sum_too_large", {"largest": LARGEST_SUM})
        for name, frame in lists.items()
        if any(sum(map(abs, frame[of].tolist())) > LARGEST_SUM for of in ("revenue", "margin") if of in frame)
    ]
    if too_large:
        raise InvalidInputs(too_large)
    customers, merged = by_customer(inputs.customers)
    inside = customers["revenue_known"] & (customers["revenue"] > 0)
    tiered = customers[inside].sort_values(["revenue", "customer", "row"], ascending=[False, True, True])
    outside = customers[~inside]
    if tiered.empty:
        raise InvalidInputs([InputError("customers", "abc_tiers.nothing_to_tier", {"count": len(customers)})])

    book = Book.of(tiered["revenue"].to_numpy(np.int64))
    by_rule = {rule: book.tiers(*rule, inputs.shares[rule[0]]) for rule in RULES}
    tiers = (
        inputs.rule.tiers(tiered["revenue"].to_numpy(np.int64))
        if inputs.driver == "money"
        else by_rule[inputs.driver, inputs.at_cutoff]
    )
    tiered = tiered.assign(
        rank=book.before["count"] + 1,
        cumulative=book.alone_after["revenue"],
        share=tiered["revenue"],
        tier=np.array(TIERS, dtype=object)[tiers],
    )
    summary = _summary(book, tiers)
    return Result(
        (
            _headline(inputs, tiered, summary, book),
            Section(
                "reading",
                notices=(*_basis(inputs), *merged, *_at_cutoffs(inputs, tiered, book, tiers), *_cautions(tiered)),
            ),
            _ranking(inputs, tiered, summary, book),
            *movement(inputs.rule, tiered, outside, inputs.earlier),
            *margins(inputs.rule, inputs.shares["count"], tiered),
            *variability(_series(inputs, customers), inputs.xyz_cuts, tiered),
            *at_risk(tiered),
            _rule_dependent(inputs, tiered, tiers, by_rule),
            _concentration(tiered, _ends(inputs)),
            _service(inputs, summary),
            _outside(outside, book.total["revenue"]),
        )
    )


def _series(inputs: Inputs, customers: pd.DataFrame) -> Periods | None:
    """Return the revenue of customers by period; None where the list does not have it."""
    if inputs.periods:
        return by_columns(customers, inputs.periods)
    return by_orders(inputs.customers, inputs.xyz_by)


@dataclass(frozen=True)
class _Tier:
    """How many customers are in a tier, their revenue, and the largest and smallest of it; None in an empty one."""

    name: str
    customers: int
    revenue: int
    largest: int | None
    smallest: int | None


def _summary(book: Book, tiers: Places) -> list[_Tier]:
    ends = [int(np.count_nonzero(tiers <= place)) for place in range(len(TIERS))]
    revenue = np.diff(book.alone_after["revenue"], prepend=np.int64(0)).tolist()
    cuts = zip(TIERS, [0, *ends[:-1]], ends, strict=True)
    parts = [(name, revenue[begin:end]) for name, begin, end in cuts]
    return [
        _Tier(name, len(part), sum(part), part[0] if part else None, part[-1] if part else None) for name, part in parts
    ]


def _headline(inputs: Inputs, tiered: pd.DataFrame, summary: Sequence[_Tier], book: Book) -> Section:
    n, total = book.total["count"], book.total["revenue"]
    figures = [Figure("customers", "count", n), Figure("revenue", "money", total)]
    rows, ends = [], _ends(inputs)
    for tier in summary:
        of_customers, of_revenue = (inputs.shares[driver][tier.name] for driver in MEASURED)
        model = {
            "model": cutoff(Fraction(of_revenue, BASIS_POINTS)),
            "customers": cutoff(Fraction(of_customers, BASIS_POINTS)),
        }
        figures += [
            Figure(f"{tier.name.lower()}_customers", "count", tier.customers),
            Figure(
                f"{tier.name.lower()}_revenue_share",
                "share",
                Beside(Fraction(tier.revenue, total), model["model"], *ends),
                model,
            ),
        ]
        rows.append(
            {
                "tier": tier.name,
                "customers": tier.customers,
                "customer_share": Beside(Fraction(tier.customers, n), model["customers"]),
                "model_customers": model["customers"],
                "revenue": tier.revenue,
                "revenue_share": Beside(Fraction(tier.revenue, total), model["model"], *ends),
                "model_revenue": model["model"],
            }
        )
    shown = columns(
        "tier:text customers:count customer_share:share model_customers:share revenue:money revenue_share:share"
        " model_revenue:share"
    )
    table = Table("tiers", shown, rows, tier="tier")
    return Section("tiers", tuple(figures), (_pareto(tiered, summary, book, ends),), (table,))


def _pareto(tiered: pd.DataFrame, summary: Sequence[_Tier], book: Book, cuts: Sequence[Fraction]) -> Chart:
    """Return bars and a curve for few customers, a curve of at most a few hundred points for many."""
    n, total = book.total["count"], book.total["revenue"]
    ends = list(accumulate(tier.customers for tier in summary))
    bands = [(tier.name, end - tier.customers, end) for tier, end in zip(summary, ends, strict=True) if tier.customers]

    def cumulative(part: pd.DataFrame) -> Series:
        shares = [Beside(Fraction(held, total), *cuts) for held in part["cumulative"].tolist()]
        return Series("abc_tiers.column.cumulative", "share", shares)

    if n <= BARS_AT_MOST:
        revenue = Series("abc_tiers.column.revenue", "money", tiered["revenue"].tolist(), tiered["tier"].tolist())
        series = revenue, cumulative(tiered)
        return Chart("pareto", "ranked", tiered["customer"].tolist(), series, {"customers": n}, bands=bands)
    points = {n * point // CURVE_POINTS for point in range(CURVE_POINTS)}
    shown = sorted({*points, *(end - 1 for end in ends if end), n - 1})
    return Chart(
        "pareto",
        "curve",
        (),
        (cumulative(tiered.iloc[shown]),),
        {"customers": n},
        positions=[at + 1 for at in shown],
        bands=bands,
    )


def _basis(inputs: Inputs) -> list[Notice]:
    """Say by which rule this is, and which revenue: a print or a workbook has no form beside it."""
    unstated = [name for name in ("period", "basis", "tax") if getattr(inputs, name) in ("", "unstated")]
    stated = {
        "period": inputs.period or None,
        "basis": f"abc_tiers.field.basis.options.{inputs.basis}.label",
        "tax": f"abc_tiers.field.tax.options.{inputs.tax}.label",
    }
    notices = [_rule(inputs)]
    if len(unstated) < len(stated):
        notices.append(Notice("abc_tiers.basis", stated))
    if unstated:
        names = [f"abc_tiers.field.{name}.label" for name in unstated]
        notices.append(Notice("abc_tiers.basis_unstated", {"fields": names}, "assumed"))
    return notices


def _rule(inputs: Inputs) -> Notice:
    if inputs.driver == "money":
        a, b = inputs.least
        return Notice("abc_tiers.rule_money", {"a": cutoff(a), "b": cutoff(b)})
    shares = inputs.shares[inputs.driver]
    rule = {
        "driver": f"abc_tiers.field.driver.options.{inputs.driver}.label",
        "at_cutoff": f"abc_tiers.field.at_cutoff.options.{inputs.at_cutoff}.label",
        **{tier.lower(): cutoff(Fraction(shares[tier], BASIS_POINTS)) for tier in TIERS},
    }
    return Notice("abc_tiers.rule", rule)


def _at_cutoffs(inputs: Inputs, tiered: pd.DataFrame, book: Book, tiers: Places) -> list[Notice]:
    """Say who sits at each cut-off, which tier is empty, and whom equal revenues moved."""
    driver, rule = inputs.driver, inputs.at_cutoff
    if driver == "money":
        empty = [tier for place, tier in enumerate(TIERS) if not (tiers == place).any()]
        return [Notice("abc_tiers.empty_money", {"tiers": empty}, "caution")] if empty else []
    shares, ends = inputs.shares[driver], _ends(inputs)
    before, after, total = book.before[driver], book.after[driver], book.total[driver]
    counted_from = {"A": 0, "B": shares["A"] * total}
    if rule == "carry":
        in_a = after[tiers == 0]
        counted_from["B"] = int(in_a[-1]) * BASIS_POINTS if len(in_a) else 0
    notices = []
    for tier, start in counted_from.items():
        exact = Fraction(start + shares[tier] * total, BASIS_POINTS)
        sitting = np.flatnonzero((before < ceil(exact)) & (after > floor(exact)))
        if len(sitting):
            at = int(sitting[0])
            notices.append(
                Notice(
                    f"abc_tiers.at_cutoff_{driver}",
                    {
                        "tier": tier,
                        "count": len(sitting),
                        "names": tiered["customer"].iloc[sitting].tolist(),
                        "cutoff": cutoff(exact / total),
                        "position": cutoff(exact),
                        "from": Beside(Fraction(int(before[at]), total), exact / total, *ends),
                        "to": Beside(Fraction(int(after[at]), total), exact / total, *ends),
                        "into": TIERS[tiers[at]],
                        "rule": f"abc_tiers.field.at_cutoff.options.{rule}.label",
                    },
                )
            )
    empty = [tier for place, tier in enumerate(TIERS) if shares[tier] and not (tiers == place).any()]
    if empty:
        notices.append(Notice("abc_tiers.empty_tier", {"tiers": empty, "count": len(empty)}, "caution"))
    moved = tiers != book.tiers(driver, rule, shares, split_ties=True)
    return [*notices, *about(("abc_tiers.ties_moved", tiered["customer"][moved].tolist(), "note"))]


def _cautions(tiered: pd.DataFrame) -> list[Notice]:
    if len(tiered) < FEW_CUSTOMERS:
        return [Notice("abc_tiers.few_customers", {"count": len(tiered), "few": FEW_CUSTOMERS}, "caution")]
    return []


def _ranking(inputs: Inputs, tiered: pd.DataFrame, summary: Sequence[_Tier], book: Book) -> Section:
    total = book.total["revenue"]
    by_money, ends = inputs.driver == "money", _ends(inputs)
    shown: dict[str, ValueKind | Column] = {
        **columns("rank:count customer:text"),
        **columns(" ".join(f"{name}:text" for name in ("owner", "region") if (tiered[name] != "").any())),
        "revenue": Column("money", beside=inputs.least if by_money else ()),
        "share": Column("share", of=total, beside=ends),
        "cumulative": Column("share", of=total, beside=ends),
        **columns("tier:text rows:count" if (tiered["rows"] > 1).any() else "tier:text"),
    }
    gaps = []
    for upper, lower in pairwise(summary):
        last, first = upper.smallest, lower.largest
        name = f"gap_{upper.name}_{lower.name}".lower()
        if last is None or first is None:
            gaps.append(Figure(name, "money", None))
        else:
            least = inputs.least if by_money else ()
            ends_of = {"last": Beside(last, *least), "first": Beside(first, *least)}
            gaps.append(Figure(name, "money", last - first, ends_of))
    return Section("ranking", tuple(gaps), tables=(Table("ranking", shown, tiered, detail=True, tier="tier"),))


def _ends(inputs: Inputs) -> tuple[Fraction, ...]:
    """Return the shares of revenue at which tiers A and B end; none where something else ends them."""
    if inputs.driver != "revenue":
        return ()
    return tuple(
        Fraction(end, BASIS_POINTS) for end in accumulate(inputs.shares["revenue"][tier] for tier in TIERS[:2])
    )


def _rule_dependent(
    inputs: Inputs, tiered: pd.DataFrame, chosen: Places, by_rule: Mapping[tuple[Measured, AtCutoff], Places]
) -> Section:
    """List the customers whom another rule would place elsewhere, with their tier under every rule."""
    others = [rule for rule in RULES if rule != (inputs.driver, inputs.at_cutoff)]
    flips = {rule: by_rule[rule] != chosen for rule in others}
    nobody = np.zeros(len(tiered), dtype=bool)
    by_cutoff = np.logical_or.reduce([nobody, *(flips[rule] for rule in others if rule[0] == inputs.driver)])
    by_driver = np.logical_or.reduce([nobody, *(flips[rule] for rule in others if rule[0] != inputs.driver)])
    names = np.array(TIERS, dtype=object)
    moved = by_cutoff | by_driver
    frame = tiered[moved].assign(**{"_".join(rule): names[by_rule[rule][moved]] for rule in others})
    table = Table(
        "rule_dependent",
        columns(
            f"customer:text revenue:money tier:text {' '.join(f'{name}_{crossing}:text' for name, crossing in others)}"
        ),
        frame,
        detail=True,
        tier="tier",
    )
    figures = (
        Figure("depends_on_cutoff", "count", int(by_cutoff.sum())),
        Figure("depends_on_driver", "count", int(by_driver.sum())),
    )
    return Section("rule_dependent", figures, tables=(table,))


def _concentration(tiered: pd.DataFrame, ends: Sequence[Fraction]) -> Section:
    revenue = tiered["revenue"].tolist()
    index = hhi(revenue)
    return Section(
        "concentration",
        (
            *(Figure(f"top{count}_share", "share", Beside(top_share(revenue, count), *ends)) for count in (1, 3, 10)),
            Figure("hhi", "index", index),
            Figure("effective_customers", "number", 1 / index),
            Figure("gini", "index", gini(revenue), {"maximum": Fraction(len(revenue) - 1, len(revenue))}),
            Figure("gini_max", "index", Fraction(len(revenue) - 1, len(revenue))),
        ),
    )


def _service(inputs: Inputs, summary: Sequence[_Tier]) -> Section:
    """Set the contacts that the policy promises against the working days of those who make them."""
    rows: list[dict[str, Any]] = []
    notices = []
    for one in summary:
        tier, count = one.name, one.customers
        service = inputs.service[tier]
        contacts = count * service.times
        available = inputs.working_days * service.people
        days = Beside(Fraction(contacts * service.days, 100), available)
        load = Beside(days / available, 1)
        rows.append(
            {
                "tier": tier,
                "service": f"abc_tiers.service.{tier.lower()}",
                "customers": count,
                "times": service.times,
                "contacts": contacts,
                "days": days,
                "available": available,
                "load": load,
            }
        )
        if load > 1:
            needed = ceil(days / inputs.working_days)
            notices.append(
                Notice(
                    "abc_tiers.overloaded",
                    {"tier": tier, "contacts": contacts, "days": days, "available": available, "count": needed},
                    "caution",
                )
            )
    shown = columns(
        "tier:text service:key customers:count times:count contacts:count days:number available:count load:share"
    )
    return Section(
        "service",
        tuple(Figure(f"contacts_{row['tier'].lower()}", "count", row["contacts"]) for row in rows),
        tables=(Table("service", shown, rows, tier="tier"),),
        notices=(Notice("abc_tiers.service_assumed", {"days": inputs.working_days}, "assumed"), *notices),
    )


def _outside(outside: pd.DataFrame, gross: int) -> Section:
    """List customers without positive revenue, and reconcile gross with net."""
    rows: list[dict[str, Any]] = []
    listed = (outside[name].tolist() for name in ("customer", "revenue", "revenue_known", "row"))
    for customer, revenue, known, row in zip(*listed, strict=True):
        why = "unknown" if not known else "negative" if revenue else "zero"
        amount = revenue if known else None
        rows.append({"customer": customer, "revenue": amount, "why": f"abc_tiers.outside.{why}", "row": row})
    rows.sort(key=itemgetter("why", "customer", "row"))
    negative = sum(row["revenue"] or 0 for row in rows)
    figures = (
        Figure("outside_customers", "count", len(outside)),
        Figure("gross_revenue", "money", gross),
        Figure("negative_revenue", "money", negative),
        Figure("net_revenue", "money", gross + negative),
    )
    table = Table("outside", columns("customer:text revenue:money why:key"), rows, detail=True)
    return Section("outside", figures, tables=(table,))
