"""Splitting a whole into whole parts that add up again."""

from collections.abc import Sequence


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Split ``total`` by ``weights`` so that the parts sum to it (Hamilton's method).

    Each part is the floor of its exact share; what is left goes one by one to the largest remainders,
    ties to the earlier position: callers sort by a stable key first, so that the order of rows never
    matters. All in integers, so exact at any size. ValueError for a negative total or weight, and where all weights
    are zero.

    Source: M. Balinski, H. P. Young, "Fair Representation", 1982, ch. 3 (the method of Hamilton).

    >>> largest_remainder(100, [1, 1, 1])
    [34, 33, 33]
    >>> largest_remainder(2, [1, 1, 1])
    [1, 1, 0]
    """
    if total < 0:
        raise ValueError(f"the total is {total}; it cannot be negative")
    if any(weight < 0 for weight in weights):
        raise ValueError("a weight is negative")
    whole = sum(weights)
    if whole == 0:
        raise ValueError("all weights are zero, so there is nothing to split by")
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    for position in sorted(range(len(weights)), key=lambda at: -remainders[at])[: total - sum(parts)]:
        parts[position] += 1
    return parts
