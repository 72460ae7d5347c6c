"""The mentor's reward: a share of the mentee's first deal, due once the money is in and the refund period over.

From newcomers and the rule to what each mentor may be paid now and what waits. Source: stage two, "师徒带教"; it leaves
open of what the share is, in what and when it is paid, and whether there is a cap. Who counts as having signed alone
is in ``newcomers.py``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate
from typing import Any, Literal

from calculators.engine.answers.result import Figure, Notice, Section, Table, columns
from calculators.method import METHOD
from calculators.solo_signing.newcomers import Newcomer

Basis = Literal["value", "commission"]
RewardForm = Literal["money", "points"]
Payment = Literal["payable", "refund", "unpaid", "gone"]


@dataclass(frozen=True)
class Reward:
    """The rule of the mentor's reward: ``share`` of what, paid how and when, at most ``cap``, as held, for a mentee.

    It is due ``refund_days`` after the deal's money has come in, when nobody can take it back any more.
    """

    share: Fraction
    basis: Basis
    commission: Fraction
    form: RewardForm
    money_a_point: int
    cap: int | None
    refund_days: int = METHOD["reward_refund_days"].value


def reward_of(person: Newcomer, rule: Reward) -> Fraction | None:
    """Return the mentor's reward for a first order as held, exact and before the cap; None where its base is unknown.

    The commission is that of the list where it is known, else the order's value at its own rate, else at the rule's.
    A rate beyond the order itself is none.
    """
    base: Fraction | None = None if person.first_order is None else Fraction(person.first_order)
    if rule.basis == "commission":
        if person.commission is not None:
            base = Fraction(person.commission)
        elif base is not None:
            rate = rule.commission if person.rate is None else person.rate
            base = base * rate if 0 <= rate <= 1 else None
    return None if base is None else base * rule.share


def whole_half_up(value: Fraction) -> int:
    """Return the nearest whole number, halves up.

    >>> whole_half_up(Fraction(5, 2)), whole_half_up(Fraction(7, 3))
    (3, 2)
    """
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def payment(person: Newcomer, rule: Reward, as_of: date) -> tuple[Payment, date | None]:
    """Return where the reward for a mentee's deal stands at the end of a day, and from when it may be paid.

    The money must be in, while the mentee was there, and the refund period over; leaving later changes nothing.

    >>> from dataclasses import replace
    >>> rule = Reward(Fraction(1, 5), "commission", Fraction(1, 10), "money", 100, None, refund_days=30)
    >>> signed = Newcomer("a", "m", None, None, date(2026, 6, 1), None, "signed", 100, 10, paid=date(2026, 6, 10))
    >>> payment(signed, rule, date(2026, 7, 9)), payment(signed, rule, date(2026, 7, 10))[0]
    (('refund', datetime.date(2026, 7, 10)), 'payable')
    >>> payment(replace(signed, left=date(2026, 6, 9)), rule, date(2026, 7, 10))
    ('gone', None)
    """
    gone = person.left is not None and person.left <= as_of
    if person.paid is None or person.paid > as_of:
        return ("gone" if gone else "unpaid"), None
    if person.left is not None and person.left < person.paid:
        return "gone", None
    day = person.paid + timedelta(rule.refund_days)
    return ("payable" if day <= as_of else "refund"), day


def section(people: Sequence[Newcomer], rule: Reward, as_of: date, mentees: int) -> Section:
    """Return each mentor's reward by the end of a day; ``mentees`` is how many a mentor may have at once."""
    reward, waiting = f"reward_{rule.form}", f"waiting_{rule.form}"
    signed = [person for person in people if person.status in ("signed", "late", "early")]
    paid_known = any(person.paid for person in people)
    found = [person if paid_known else replace(person, paid=person.signed) for person in signed if person.mentor]
    exact = {person.name: reward_of(person, rule) for person in found}
    rewarded = [person for person in found if (amount := exact[person.name]) is not None and amount >= 0]
    rows: list[dict[str, Any]] = []
    by_mentor: dict[str, list[int]] = {}
    for person in rewarded:
        stands, day = payment(person, rule, as_of)
        whole = _paid(exact[person.name] or Fraction(0), rule)
        now = whole if stands == "payable" else 0
        later = whole if stands in ("refund", "unpaid") else 0
        rows.append(
            {
                "mentor": person.mentor,
                "newcomer": person.name,
                "signed": person.signed,
                "paid": person.paid,
                "payable_on": day,
                "payment": f"solo_signing.payment.{stands}",
                "first_order": person.first_order,
                "commission": person.commission,
                reward: now,
                waiting: later,
            }
        )
        sums = by_mentor.setdefault(person.mentor, [0, 0, 0])
        by_mentor[person.mentor] = [sums[0] + 1, sums[1] + now, sums[2] + later]
    rows.sort(key=lambda row: (row["mentor"], str(row["signed"]), row["newcomer"]))
    ordered = sorted(by_mentor.items(), key=lambda one: (-one[1][1], -one[1][2], one[0]))
    totals = [{"mentor": mentor, "mentees": one[0], reward: one[1], waiting: one[2]} for mentor, one in ordered]
    kind: Literal["money", "count"] = "money" if rule.form == "money" else "count"
    amounts = f"{reward}:{kind} {waiting}:{kind}"
    detail = columns(
        f"mentor:text newcomer:text payment:key payable_on:date {amounts} signed:date paid:date first_order:money"
        " commission:money"
    )
    summary = columns(f"mentor:text mentees:count {amounts}")
    named: Mapping[str, list[str]] = {
        "capped": [one.name for one in rewarded if rule.cap is not None and (exact[one.name] or 0) > rule.cap],
        "baseless": [one.name for one in found if (amount := exact[one.name]) is None or amount < 0],
        "mentorless": [one.name for one in signed if not one.mentor],
    }
    crowded = sorted(mentor for mentor, most in most_at_once(people).items() if most > mentees)
    notices = [
        *_rule(rule),
        *([Notice("solo_signing.paid_assumed", level="assumed")] if rewarded and not paid_known else []),
        *_estimated(rewarded, rule),
        *(
            Notice(
                f"solo_signing.{code}",
                {"names": sorted(names), "count": len(names), "cap": rule.cap},
                "note" if code == "capped" else "caution",
            )
            for code, names in named.items()
            if names
        ),
    ]
    if crowded:
        params = {"names": crowded, "count": len(crowded), "most": mentees}
        notices.append(Notice("solo_signing.crowded", params, "caution"))
    figures = (
        Figure(f"total_{rule.form}", kind, sum(row[reward] for row in rows), {"date": as_of}),
        Figure(waiting, kind, sum(row[waiting] for row in rows)),
        Figure("mentors", "count", len(by_mentor)),
    )
    tables = (
        Table("mentors", summary, totals, totals=("mentees", reward, waiting)),
        Table("rewards", detail, rows, detail=True, totals=(reward, waiting)),
    )
    return Section("rewards", figures, tables=tables, notices=tuple(notices))


def _paid(exact: Fraction, rule: Reward) -> int:
    """Return a reward as it is paid: capped, then in whole smallest units or points."""
    capped = exact if rule.cap is None else min(exact, Fraction(rule.cap))
    return whole_half_up(capped if rule.form == "money" else capped / rule.money_a_point)


def _rule(rule: Reward) -> list[Notice]:
    params = {
        "share": rule.share,
        "basis": f"solo_signing.field.reward_basis.options.{rule.basis}.label",
        "form": f"solo_signing.field.reward_form.options.{rule.form}.label",
        "point": rule.money_a_point,
    }
    cap = "solo_signing.no_cap" if rule.cap is None else "solo_signing.cap"
    return [
        Notice(f"solo_signing.reward_{rule.form}", params, "assumed"),
        Notice("solo_signing.reward_when", {"days": rule.refund_days}, "assumed"),
        Notice(cap, {"cap": rule.cap}, "assumed"),
    ]


def _estimated(rewarded: Sequence[Newcomer], rule: Reward) -> list[Notice]:
    count = sum(person.commission is None and person.rate is None for person in rewarded)
    if rule.basis != "commission" or not count:
        return []
    return [Notice("solo_signing.commission_assumed", {"count": count, "rate": rule.commission}, "assumed")]


def most_at_once(people: Sequence[Newcomer]) -> dict[str, int]:
    """Return the most mentees each mentor had on one day, from each one's start to the end of the months or leaving."""
    spans: dict[str, list[tuple[date, int]]] = {}
    for person in people:
        if person.mentor and person.started and person.due:
            end = min(person.due, person.left or person.due)
            spans.setdefault(person.mentor, []).extend([(person.started, 1), (end + timedelta(1), -1)])
    return {mentor: max(accumulate(step for _, step in sorted(steps))) for mentor, steps in spans.items()}
