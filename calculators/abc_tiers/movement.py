"""What has changed since an earlier list: who moved up and down, who is new, who is gone, and the revenue of each.

Both lists are tiered by the rule that is chosen today, each as a whole of its own.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from calculators.abc_tiers.book import Rule
from calculators.abc_tiers.customers import alike, by_customer
from calculators.abc_tiers.settings import TIERS
from calculators.engine.answers.result import Figure, Notice, Section, Table, about, columns

OUTSIDE: Final = "outside"
ABSENT: Final = "absent"
PLACES = (*TIERS, OUTSIDE)
"""Where somebody in a list is, from the best; zero, negative and unknown revenue is outside the tiers."""


@dataclass(frozen=True)
class _Customer:
    """Where a customer was and is, and the revenue of both lists, 0 where it is not known or in none."""

    name: str
    then: str
    now: str
    revenue_then: int
    revenue_now: int

    @property
    def movement(self) -> str:
        if self.then == self.now:
            return "stayed"
        if ABSENT in (self.then, self.now):
            return "new" if self.then == ABSENT else "gone"
        return "up" if PLACES.index(self.now) < PLACES.index(self.then) else "down"


_IN_ORDER = ("gone", "down", "up", "new")


def movement(rule: Rule, tiered: pd.DataFrame, outside: pd.DataFrame, earlier: pd.DataFrame | None) -> list[Section]:
    """Return how an earlier list's customers moved; nothing where there is none.

    ``tiered`` are today's customers with their ``tier``, ``outside`` those without revenue above zero.
    """
    if earlier is None:
        return []
    before, merged = by_customer(earlier)
    then, now = _placed(rule, before), _by_name(tiered, outside)
    nowhere = (ABSENT, 0)
    found = []
    for name in {**then, **now}:
        (was, revenue_then), (is_, revenue_now) = then.get(name, nowhere), now.get(name, nowhere)
        found.append(_Customer(name, was, is_, revenue_then, revenue_now))
    counted = Counter(one.movement for one in found)
    moved = [one for one in found if one.movement != "stayed"]
    moved.sort(key=lambda one: (_IN_ORDER.index(one.movement), -max(one.revenue_then, one.revenue_now), one.name))
    fallen = [one for one in found if one.then == "A" and one.now != "A"]
    figures = (
        *(Figure(f"moved_{movement}", "count", counted[movement]) for movement in _IN_ORDER),
        Figure("stayed", "count", counted["stayed"]),
        Figure(
            "left_a",
            "money",
            sum(one.revenue_then for one in fallen),
            {"count": len(fallen), "now": sum(one.revenue_now for one in fallen)},
        ),
    )
    notices = [Notice("abc_tiers.two_lists", {"then": len(then), "now": len(now)}, "assumed"), *merged]
    if then == now:
        notices.append(Notice("abc_tiers.same_list", level="caution"))
    both = pd.concat([before, tiered[["customer", "ruined"]], outside[["customer", "ruined"]]], ignore_index=True)
    one_each = both.drop_duplicates("customer")
    known = {*alike(before), *alike(both[both["customer"].isin(now)].drop_duplicates("customer"))}
    notices += about(("abc_tiers.same_in_both", [pair for pair in alike(one_each) if pair not in known], "caution"))
    return [
        Section(
            "movement",
            figures,
            tables=(_steps(found), _matrix(found), _tiers(found), _moved(moved)),
            notices=tuple(notices),
        )
    ]


def _placed(rule: Rule, customers: pd.DataFrame) -> dict[str, tuple[str, int]]:
    """Return tier and revenue of each customer of an earlier list."""
    inside = customers["revenue_known"] & (customers["revenue"] > 0)
    tiered = customers[inside].sort_values(["revenue", "customer", "row"], ascending=[False, True, True])
    tiers = [] if tiered.empty else rule.tiers(tiered["revenue"].to_numpy(np.int64)).tolist()
    return _by_name(tiered.assign(tier=[TIERS[place] for place in tiers]), customers[~inside])


def _by_name(tiered: pd.DataFrame, outside: pd.DataFrame) -> dict[str, tuple[str, int]]:
    """Return tier and revenue by name; a name that Excel has ruined stands for nobody."""
    found = {}
    for part, tiers in ((tiered, tiered["tier"].tolist()), (outside, [OUTSIDE] * len(outside))):
        rows = zip(part["customer"].tolist(), tiers, part["revenue"].tolist(), part["ruined"].tolist(), strict=True)
        found.update({name: (tier, revenue) for name, tier, revenue, ruined in rows if not ruined})
    return found


def _steps(found: Sequence[_Customer]) -> Table:
    """Return how the revenue of then became that of now."""
    gone = -sum(one.revenue_then for one in found if one.now == ABSENT)
    new = sum(one.revenue_now for one in found if one.then == ABSENT)
    changes = [one.revenue_now - one.revenue_then for one in found if ABSENT not in (one.then, one.now)]
    then, now = sum(one.revenue_then for one in found), sum(one.revenue_now for one in found)
    steps = {
        "then": then,
        "gone": gone,
        "shrunk": sum(change for change in changes if change < 0),
        "grown": sum(change for change in changes if change > 0),
        "new": new,
        "now": now,
    }
    rows = [{"step": f"abc_tiers.step.{step}", "amount": amount} for step, amount in steps.items()]
    return Table("revenue_steps", columns("step:key amount:money"), rows)


def _matrix(found: Sequence[_Customer]) -> Table:
    """Return how many went from where to where."""
    went = Counter((one.then, one.now) for one in found)
    ends = {**dict.fromkeys(PLACES, "at"), ABSENT: "absent"}
    rows: list[dict[str, Any]] = [
        {"then": f"abc_tiers.was.{then}"} | {f"to_{now}".lower(): went[then, now] for now in ends} for then in ends
    ]
    shown = columns("then:key " + " ".join(f"to_{now}:count".lower() for now in ends))
    return Table(
        "movement", shown, [row for row in rows if any(value for value in row.values() if value != row["then"])]
    )


def _tiers(found: Sequence[_Customer]) -> Table:
    """Return customers and revenue of each tier, then and now."""

    def of(place: str, side: Mapping[str, str]) -> tuple[int, int]:
        inside = [one for one in found if getattr(one, side["place"]) == place]
        return len(inside), sum(getattr(one, side["revenue"]) for one in inside)

    rows = []
    for place in PLACES:
        was = of(place, {"place": "then", "revenue": "revenue_then"})
        is_ = of(place, {"place": "now", "revenue": "revenue_now"})
        rows.append(
            {
                "tier": f"abc_tiers.was.{place}",
                "customers_then": was[0],
                "customers_now": is_[0],
                "revenue_then": was[1],
                "revenue_now": is_[1],
                "change": is_[1] - was[1],
            }
        )
    shown = columns(
        "tier:key customers_then:count customers_now:count revenue_then:money revenue_now:money change:money"
    )
    sums = ("customers_then", "customers_now", "revenue_then", "revenue_now", "change")
    return Table(
        "tiers_then", shown, [row for row in rows if row["customers_then"] or row["customers_now"]], totals=sums
    )


def _moved(moved: Sequence[_Customer]) -> Table:
    rows = [
        {
            "customer": one.name,
            "movement": f"abc_tiers.movement.{one.movement}",
            "then": f"abc_tiers.was.{one.then}",
            "now": f"abc_tiers.was.{one.now}",
            "revenue_then": None if one.then == ABSENT else one.revenue_then,
            "revenue_now": None if one.now == ABSENT else one.revenue_now,
            "change": one.revenue_now - one.revenue_then,
        }
        for one in moved
    ]
    shown = columns("customer:text movement:key then:key now:key revenue_then:money revenue_now:money change:money")
    return Table("moved", shown, rows, detail=True, answer="now")
