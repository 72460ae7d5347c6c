"""The playbook's calculators: pure Python, the same natively, at build time and in the browser.

File name = calculator id = text file = macro argument. This module only lists them.
"""

from types import ModuleType

from calculators import (
    abc_tiers,
    efficiency_alert,
    first_customers,
    five_lines,
    goal_breakdown,
    nine_box,
    self_check,
    solo_signing,
    stage_finder,
    tracks,
    verify,
)

CALCULATORS: dict[str, ModuleType] = {
    "goal_breakdown": goal_breakdown,
    "first_customers": first_customers,
    "solo_signing": solo_signing,
    "abc_tiers": abc_tiers,
    "five_lines": five_lines,
    "efficiency_alert": efficiency_alert,
    "tracks": tracks,
    "nine_box": nine_box,
    "self_check": self_check,
    "stage_finder": stage_finder,
    "verify": verify,
}
"""Each has ``declare(settings)``, ``Inputs.read(values, tables)`` and ``calculate(inputs)``."""
