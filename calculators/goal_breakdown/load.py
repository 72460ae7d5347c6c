"""How heavy a number is: quota beside what a person can carry, brought the year before, and could find in a territory.

By region, team and person. Our extension: the method's source sets no quota.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor
from typing import Any

from calculators.engine.answers.result import Beside, Column, Figure, Notice, Section, Table, columns
from calculators.goal_breakdown.plan import NOBODY, Plan


def section(plan: Plan) -> Section:
    """Set everybody's number beside capacity, last year's result and potential; above capacity is said."""
    people = [row for row in plan.shown if not plan.people[row].vacant]
    places = [row for row in plan.shown if plan.people[row].vacant]
    loads = {row: load for row in people if (load := _load(plan, [row])) is not None}
    over = [plan.people[row].name for row in people if _quota(plan, [row]) > plan.capacity_of(row)]
    heaviest = max(loads, key=lambda row: loads[row], default=None)
    vacant = _quota(plan, places)
    figures = [
        Figure("overloaded", "count", len(over), {"count": len(people)}),
        Figure(
            "heaviest",
            "share",
            None if heaviest is None else Beside(loads[heaviest], 1),
            {} if heaviest is None else {"person": plan.people[heaviest].name},
        ),
        Figure("vacant", plan.inputs.kind, vacant, {"share": Fraction(vacant, plan.amount(plan.totals[2]))}),
    ]
    if fair := _spread(plan, people):
        figures.append(fair)
    notices = []
    if over:
        full = int(plan.inputs.full) if plan.inputs.kind == "money" else plan.inputs.full
        params = {"names": over, "count": len(over), "full": full}
        notices.append(Notice(f"goal_breakdown.over_capacity_{plan.inputs.kind}", params, "caution"))
    regional = any(one.region for one in plan.people)
    tables = [
        _table(plan, "load", "person:text region:text team:text" if regional else "person:text team:text", _lines(plan))
    ]
    if len(set(plan.teams)) > 1:
        lines = _grouped(plan, [(region or NOBODY, team or NOBODY) for region, team in plan.teams], ("region", "team"))
        tables.insert(0, _table(plan, "load_teams", "team:text region:text" if regional else "team:text", lines))
    if regional:
        lines = _grouped(plan, [(region or NOBODY,) for region, _ in plan.teams], ("region",))
        tables.insert(0, _table(plan, "load_regions", "region:text", lines))
    return Section("load", tuple(figures), tables=tuple(tables), notices=tuple(notices))


def _quota(plan: Plan, rows: Iterable[int]) -> int:
    """Return the numbers of people, and of vacancies, over the span."""
    return plan.amount(sum(sum(plan.grid[row]) for row in rows))


def _load(plan: Plan, rows: Sequence[int]) -> Fraction | None:
    """Return a number over capacity; None where there is no capacity."""
    capacity = sum((plan.capacity_of(row) for row in rows), Fraction(0))
    return _quota(plan, rows) / capacity if capacity else None


def _lines(plan: Plan) -> list[tuple[dict[str, str], list[int]]]:
    return [
        ({"person": one.name, "region": one.region, "team": one.team}, [row])
        for row, one in ((row, plan.people[row]) for row in plan.shown)
    ]


def _grouped(
    plan: Plan, groups: Sequence[tuple[str, ...]], heads: tuple[str, ...]
) -> list[tuple[dict[str, str], list[int]]]:
    rows: dict[tuple[str, ...], list[int]] = {}
    for row in plan.shown:
        rows.setdefault(groups[row], []).append(row)
    return [(dict(zip(heads, group, strict=True)), of_group) for group, of_group in rows.items()]


def _table(plan: Plan, name: str, heads: str, lines: Sequence[tuple[dict[str, str], list[int]]]) -> Table:
    """Return a table of loads; what a column needs that nobody has given is left out."""
    kind = plan.inputs.kind
    past, potential = (any(getattr(one, known) is not None for one in plan.people) for known in ("past", "potential"))
    shown: dict[str, Any] = columns(f"{heads} quota:{kind} capacity:{kind}")
    shown["load"] = Column("share", beside=(1,))
    shown |= columns(f"past:{kind} growth:share") if past else {}
    shown |= columns(f"potential:{kind} of_potential:share") if potential else {}
    rows = []
    for of, group in lines:
        quota = _quota(plan, group)
        capacity = sum((plan.capacity_of(row) for row in group), Fraction(0))
        before, could = _known(plan, group, "past"), _known(plan, group, "potential")
        rows.append(
            {
                **of,
                "quota": quota,
                "capacity": plan.amount(floor(capacity / plan.inputs.step)),
                "load": _load(plan, group),
                "past": before,
                "growth": Fraction(quota, before) - 1 if before else None,
                "potential": could,
                "of_potential": Fraction(quota, could) if could else None,
            }
        )
    return Table(name, shown, rows, detail=name == "load", totals=("quota",), answer="load")


def _known(plan: Plan, rows: Sequence[int], name: str) -> int | None:
    """Return what people have together; None where it is not known of one of them."""
    known = [getattr(plan.people[row], name) for row in rows if not plan.people[row].vacant]
    return None if not known or None in known else sum(known)


def _spread(plan: Plan, people: Sequence[int]) -> Figure | None:
    """Return how much more of a territory's potential is asked of one person than of another, both there all along."""
    span = plan.inputs.span
    shares: dict[int, Fraction] = {}
    for row in people:
        one = plan.people[row]
        whole = (one.start is None or one.start <= span.first) and (one.last is None or one.last >= span.last)
        if whole and one.potential:
            shares[row] = Fraction(_quota(plan, [row]), one.potential)
    least = min(shares, key=lambda row: shares[row], default=None)
    most = max(shares, key=lambda row: shares[row], default=None)
    if least is None or most is None or least == most or not shares[least]:
        return None
    params = {
        "most": plan.people[most].name,
        "least": plan.people[least].name,
        "most_share": shares[most],
        "least_share": shares[least],
    }
    return Figure("fairness", "number", shares[most] / shares[least], params)
