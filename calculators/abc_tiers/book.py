"""Where the cut-offs fall: customers measured by count, by revenue or by an amount, and the tier of each.

All compared in whole numbers. What becomes of the tiers is in ``__init__.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

import numpy as np
import numpy.typing as npt

from calculators.engine.asks.settings import BASIS_POINTS

Measured = Literal["count", "revenue"]
Driver = Literal["count", "revenue", "money"]
AtCutoff = Literal["include", "exclude", "carry"]
MEASURED: tuple[Measured, ...] = ("count", "revenue")
"""What tiers can have shares of."""
DRIVERS: tuple[Driver, ...] = (*MEASURED, "money")
AT_CUTOFF: tuple[AtCutoff, ...] = ("include", "exclude", "carry")

Integers = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]
"""A tier for each customer, as a position in TIERS."""


@dataclass(frozen=True)
class Rule:
    """By what customers are tiered.

    By ``count`` and ``revenue`` tiers have ``shares`` of the whole, in basis points; by ``money`` a customer is in A
    or B from ``least`` on, as held, and there is no one at a cut-off.
    """

    driver: Driver
    at_cutoff: AtCutoff
    shares: Mapping[str, int]
    least: tuple[int, int] = (0, 0)

    def tiers(self, revenue: Integers) -> Places:
        """Return the tiers of customers, largest revenue first."""
        if self.driver == "money":
            return (revenue < self.least[0]).astype(np.intp) + (revenue < self.least[1]).astype(np.intp)
        return Book.of(revenue).tiers(self.driver, self.at_cutoff, self.shares)


@dataclass(frozen=True)
class Book:
    """Revenues, largest first, measured by count and by revenue: where each row begins and ends.

    ``before`` and ``after`` treat customers of equal revenue as one block, which no cut-off may split;
    ``alone_after`` treats each by itself. All int64, exact.
    """

    total: Mapping[Measured, int]
    before: Mapping[Measured, Integers]
    after: Mapping[Measured, Integers]
    alone_after: Mapping[Measured, Integers]

    @classmethod
    def of(cls, revenue: Integers) -> "Book":
        """Measure revenues, largest first."""
        position = np.arange(1, len(revenue) + 1, dtype=np.int64)
        alone: dict[Measured, Integers] = {"count": position, "revenue": np.cumsum(revenue, dtype=np.int64)}
        last = np.flatnonzero(np.append(revenue[1:] != revenue[:-1], True))
        size = np.diff(last, prepend=-1)
        after: dict[Measured, Integers] = {}
        before: dict[Measured, Integers] = {}
        for driver in MEASURED:
            ends = alone[driver][last]
            after[driver] = np.repeat(ends, size)
            before[driver] = np.repeat(np.concatenate((np.zeros(1, np.int64), ends[:-1])), size)
        return cls({driver: int(alone[driver][-1]) for driver in MEASURED}, before, after, alone)

    def tiers(
        self, driver: Measured, at_cutoff: AtCutoff, shares: Mapping[str, int], *, split_ties: bool = False
    ) -> Places:
        """Return the tier of each row as a position in TIERS."""
        after = self.alone_after[driver] if split_ties else self.after[driver]
        before = after - np.diff(after, prepend=np.int64(0)) if split_ties else self.before[driver]
        cutoffs = _cutoffs(self.total[driver], at_cutoff, shares, before, after)
        beyond = [after > cutoff if at_cutoff == "exclude" else before >= cutoff for cutoff in cutoffs]
        return beyond[0].astype(np.intp) + beyond[1].astype(np.intp)


def _cutoffs(
    total: int, at_cutoff: AtCutoff, shares: Mapping[str, int], before: Integers, after: Integers
) -> tuple[int, int]:
    """Return where tiers A and B end, in whole customers or smallest units.

    Compared in integers: ``before < share of total`` holds exactly when it is below the share rounded
    up, ``after <= share of total`` when it is not above the share rounded down.
    """
    if at_cutoff == "exclude":
        return shares["A"] * total // BASIS_POINTS, (shares["A"] + shares["B"]) * total // BASIS_POINTS
    first = ceil(Fraction(shares["A"] * total, BASIS_POINTS))
    if at_cutoff == "include":
        return first, ceil(Fraction((shares["A"] + shares["B"]) * total, BASIS_POINTS))
    in_first = after[before < first]
    end = int(in_first[-1]) if len(in_first) else 0
    return first, ceil(end + Fraction(shares["B"] * total, BASIS_POINTS))
