"""Published run lengths of a CUSUM, computed by the one that watches deals."""

from decimal import Decimal

from calculators.efficiency_alert.rules import run_length, steps
from calculators.engine.answers.published import Case
from calculators.engine.arithmetic.chances import count_chances


def _weeks(mean: str) -> float:
    chances = [float(chance) for chance in count_chances(Decimal(mean), 80)]
    return run_length(steps(chances, -2, 1), 6)[0]


CASES = (
    Case(
        "efficiency_alert",
        "lucas",
        "rules",
        "R, package IAcsSPCR: arl(h=6, k=2), after J. M. Lucas, Technometrics 27 (1985)",
        "k = 2, h = 6; 1.88, 3.2",
        "37.2, 5.49",
        lambda: f"{_weeks('1.88'):.1f}, {_weeks('3.2'):.2f}",
    ),
)
