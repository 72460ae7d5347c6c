"""A newcomer, and how one stands on a day with the first order signed alone: the rule, without tables or words."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, get_args

from calculators.engine.reads.dates import months_after

Leavers = Literal["apart", "counted"]
Status = Literal["signed", "late", "not_signed", "left", "early", "pending", "not_started", "unclear"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True)
class Newcomer:
    """A newcomer and how it stands with the first order signed alone, which ``due`` is the last day for.

    ``commission`` is the order's as held, ``rate`` what it is of the order's value where only that is known.
    """

    name: str
    mentor: str
    started: date | None
    due: date | None
    signed: date | None
    left: date | None
    status: Status
    first_order: int | None
    commission: int | None
    rate: Fraction | None = None
    paid: date | None = None


def status(
    started: date | None,
    signed: date | None,
    left: date | None,
    *,
    as_of: date,
    months: int,
    leavers: Leavers = "apart",
) -> Status:
    """Return the status of a newcomer at the end of a day; what happens after it is not known yet.

    In time is up to the same day of the month, ``months`` later, that day included. Whoever has had those months is
    due: ``signed`` in time, ``late``, or ``not_signed``. Before that, ``early`` has signed already and ``pending`` not.
    Leaving before the months are over, without an order, is ``left``; counted, it is ``not_signed`` from the due day
    on and no sooner: those who started the same day and are still trying do not count before it either.

    >>> status(date(2026, 8, 25), date(2026, 11, 25), None, as_of=date(2026, 11, 25), months=3)
    'signed'
    >>> status(date(2026, 8, 26), None, None, as_of=date(2026, 11, 25), months=3)
    'pending'
    """
    if (
        started is None
        or (signed and signed < started)
        or (left and left < started)
        or (left and signed and left < signed)
    ):
        return "unclear"
    if started > as_of:
        return "not_started"
    due = months_after(started, months)
    has_signed = signed is not None and signed <= as_of
    in_time = has_signed and signed is not None and signed <= due
    gone = left is not None and left <= as_of and left < due and not has_signed
    if gone and (leavers == "apart" or as_of < due):
        return "left"
    if as_of < due:
        return "early" if has_signed else "pending"
    return "signed" if in_time else "late" if has_signed else "not_signed"
