"""Published run lengths of CUSUMs and EWMAs, computed by what watches deals."""

from decimal import Decimal
from itertools import pairwise
from math import erf, sqrt

from calculators.efficiency_alert.rules import followed, run_length, steps
from calculators.engine.answers.published import Case
from calculators.engine.arithmetic.chances import count_chances


def _cusum(reference: int, each: int, limit: int, mean: str) -> float:
    """Return the mean run of a CUSUM of Poisson counts, in its parts."""
    chances = [float(chance) for chance in count_chances(Decimal(mean), 80)]
    return run_length(steps(chances, reference, each), limit)[0]


def _ewma(weight: float, width: float, shift: float, states: int = 101) -> float:
    """Return the mean run of a two-sided EWMA of normal observations with limits so many of its deviations away."""
    half = width * sqrt(weight / (2 - weight))
    step = 2 * half / states
    rows = []
    for place in range(states):
        kept = (1 - weight) * (-half + (place + 0.5) * step)
        edges = [(-half + end * step - kept) / weight - shift for end in range(states + 1)]
        chances = [upper - lower for lower, upper in pairwise((1 + erf(edge / sqrt(2))) / 2 for edge in edges)]
        rows.append(list(enumerate(chances)))
    return followed(rows, states // 2)[0]


CASES = (
    Case(
        "lucas",
        "rules",
        'J. M. Lucas, "Counted data CUSUM\'s", Technometrics 27 (1985), tables 2 and 4',
        "k = 0.25, h = 10; 0.25",
        "438, 437",
        lambda: f"{_cusum(-1, 4, 40, '0.25'):.0f}, {_cusum(1, -4, 40, '0.25'):.0f}",
    ),
    Case(
        "lucas_saccucci",
        "rules",
        "J. M. Lucas, M. S. Saccucci, Technometrics 32 (1990), table 3",
        "λ = 0.5, L = 3.071; 0, 0.5, 1, 2",
        "500, 88.8, 17.5, 3.63",
        lambda: ", ".join(f"{_ewma(0.5, 3.071, shift):.3g}" for shift in (0, 0.5, 1, 2)),
    ),
)
