"""Why a number is what it is: cells that are locked or asked about, each with what made its number.

Every number in such a sentence stands in a table beside it: in that of the months, of the people, or in this one.
"""

from fractions import Fraction

from calculators.engine.answers.result import Aside, Column, Notice, Put, Section, Table, columns
from calculators.engine.asks.settings import BASIS_POINTS
from calculators.goal_breakdown.capacity import FULL_WEIGHT
from calculators.goal_breakdown.inputs import Lock
from calculators.goal_breakdown.levels import CELL
from calculators.goal_breakdown.plan import Plan

DERIVED_AT_MOST = 12
"""Locked cells of which the derivation is written out."""
_LOCK = Put("locked", CELL, taken={name: name for name in CELL}, asks=("number",))
_RELEASE = Put("locked", CELL, taken={name: name for name in CELL}, remove=True)


def asides(plan: Plan) -> dict[tuple[str, str], Aside]:
    """Return by person and month what made a number that is locked or asked about, with a box to lock another."""
    rows_of = {person.name: at for at, person in enumerate(plan.people) if not person.vacant}
    columns_of = {month.name: at for at, month in enumerate(plan.months)}
    found: dict[tuple[str, str], Aside] = {}
    for lock in sorted(plan.inputs.locks, key=lambda lock: (lock.person, lock.month)):
        if lock.person and lock.month and len(found) < DERIVED_AT_MOST:
            of, month = lock.written
            said = _derivation(plan, rows_of[lock.person], columns_of[lock.month], lock)
            line = {"person": of, "month": month, "number": lock.amount}
            box = Column(plan.inputs.kind, put=_LOCK, name="number")
            found[lock.person, lock.month] = Aside(said, line, box, {"take_out": _RELEASE})
    return found


def section(plan: Plan) -> Section:
    """Show each locked cell, or one only asked about, with what made its number, and a box to lock another."""
    inputs, kind = plan.inputs, plan.inputs.kind
    rows_of = {person.name: at for at, person in enumerate(plan.people) if not person.vacant}
    columns_of = {month.name: at for at, month in enumerate(plan.months)}
    rows: list[dict[str, object]] = []
    for lock in sorted(inputs.locks, key=lambda lock: (lock.person, lock.month)):
        months = [columns_of[lock.month]] if lock.month else list(range(len(plan.months)))
        rest = None
        if lock.person:
            row = rows_of[lock.person]
            exact = sum((plan.shares.exact(row, column) for column in months), Fraction(0))
            units = sum(plan.grid[row][column] for column in months)
            if lock.month:
                rest = plan.exactly(_rest(plan, months[0]))
        else:
            exact = plan.company_shares.exact(0, months[0])
            units = plan.company_months[months[0]]
        of, month = lock.written
        now = {"person": of, "month": month, "now": plan.amount(units), "rest": rest}
        rows.append({**now, "number": lock.amount, "exact": plan.exactly(exact)})
    shown = {
        **columns(f"person:text month:text now:{kind}"),
        "number": Column(kind, put=_LOCK),
        **columns("rest:number exact:number"),
    }
    table = Table("locked", shown, rows, actions={"take_out": _RELEASE})
    return Section("locked", tables=(table,), notices=tuple(one.said for one in asides(plan).values()))


def _settled(plan: Plan, column: int) -> set[int]:
    """Return the rows whose number of a month is locked, or follows from a locked total."""
    return {at for at in range(len(plan.people)) if at in plan.locks.people or (at, column) in plan.locks.cells}


def _rest(plan: Plan, column: int) -> Fraction:
    """Return what those share of a month, not rounded, of whom nothing is locked."""
    settled = _settled(plan, column)
    others = (plan.shares.exact(at, column) for at in range(len(plan.people)) if at not in settled)
    return sum(others, Fraction(0))


def _derivation(plan: Plan, row: int, column: int, lock: Lock) -> Notice:
    """Say in one sentence what made a person's number of a month."""
    inputs, month, person = plan.inputs, plan.months[column], plan.people[row]
    number = plan.grid[row][column]

    def because(reason: str, **params: object) -> Notice:
        place = {"person": person.name, "month": month.name, "number": plan.amount(number)}
        return Notice(f"goal_breakdown.why_{inputs.kind}.{reason}", {**place, **params})

    if lock.amount is not None:
        return because("locked")
    if row in plan.locks.people:
        return because("of_person", total=plan.amount(plan.locks.people[row]))
    if not plan.weights[row][column]:
        return because("absent")
    settled = _settled(plan, column)
    free = sum(line[column] for at, line in enumerate(plan.weights) if at not in settled)
    exact = plan.shares.exact(row, column)
    there, days = person.days_in(month, plan.days), plan.team.full_days(month)
    return because(
        "shared",
        month_number=plan.amount(plan.rep_months[column]),
        month_share=Fraction(plan.company_months[column], plan.totals[0]),
        locked=plan.amount(sum(plan.grid[at][column] for at in settled)),
        rest=plan.exactly(_rest(plan, column)),
        weight=Fraction(person.weight, FULL_WEIGHT),
        there=month.days * there / days,
        days=month.days,
        ramp=Fraction(person.carries(month, plan.days, inputs.ramp), BASIS_POINTS * there),
        share=Fraction(plan.weights[row][column], free),
        exact=plan.exactly(exact),
        rounding=f"goal_breakdown.rounding.{'exact' if exact == number else 'up' if number > exact else 'down'}",
    )
