"""A customer list as a book of customers: one row each, whatever rows the list has for them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from calculators.engine.answers.result import Notice, about
from calculators.engine.reads.names import possibly_same

RISK_WORDS = {
    "high": ("高", "high", "red", "红", "是", "yes"),
    "medium": ("中", "medium", "amber", "yellow", "黄"),
    "low": ("低", "low", "green", "绿", "否", "no", "无", "none"),
}
"""How a list says whether a customer may not stay."""
RISKS = tuple(RISK_WORDS)
"""The worst first."""


def by_customer(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Notice]]:
    """Return one row a customer, and what to say of it.

    Rows of the same name are added up; rows whose id Excel has ruined never are, since two ids may
    have become one. The margin of several rows is known only where each row's is, and their risk is the worst.
    """
    notices: list[Notice] = []
    repeated = frame["customer"].duplicated(keep=False) & ~frame["ruined"]
    result = frame.assign(rows=np.int64(1))
    if repeated.any():
        several = {name: values.tolist() for name, values in result[repeated].items()}
        places: dict[str, list[int]] = {}
        for place, customer in enumerate(several["customer"]):
            places.setdefault(customer, []).append(place)

        def each(column: str) -> list[list[Any]]:
            values = several[column]
            return [[values[place] for place in mine] for mine in places.values()]

        one_each = pd.DataFrame(
            {
                name: pd.Series(list(map(_OF_SEVERAL[name], each(name))), dtype=result[name].dtype)
                for name in result.columns
            }
        )
        result = pd.concat([result[~repeated], one_each], ignore_index=True)
        names = sorted(places)
        notices.append(Notice("abc_tiers.merged", {"count": len(names), "rows": int(repeated.sum()), "names": names}))
        known = zip(places, each("revenue_known"), strict=True)
        unsure = sorted(customer for customer, some in known if any(some) and not all(some))
        notices += about(("abc_tiers.partly_unknown", unsure, "caution"))
    return result, [*notices, *about(("abc_tiers.possibly_same", alike(result), "caution"))]


def alike(customers: pd.DataFrame) -> list[str]:
    """Return names that may be one customer's, each group as ``甲 = 甲 ``."""
    groups = possibly_same(customers.loc[~customers["ruined"], "customer"].tolist())
    return [" = ".join(group) for group in groups]


def _joined(values: Sequence[str]) -> str:
    return " / ".join(dict.fromkeys(value for value in values if value))


def _each_added(rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


def _worst(risks: Sequence[str]) -> str:
    return next((risk for risk in RISKS if risk in risks), "")


_OF_SEVERAL: Mapping[str, Callable[[Sequence[Any]], Any]] = {
    "customer": lambda names: names[0],
    "revenue": sum,
    "revenue_known": any,
    "margin": sum,
    "margin_known": all,
    "revenue_periods": _each_added,
    "ordered": _joined,
    "owner": _joined,
    "region": _joined,
    "risk": _worst,
    "risk_known": any,
    "row": min,
    "ruined": any,
    "rows": len,
}
