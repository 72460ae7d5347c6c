"""The playbook's calculators: pure Python, the same natively, at build time and in the browser.

File name = calculator id = text file = macro argument. This module only lists them.
"""

from types import ModuleType

from calculators import abc_tiers, efficiency_alert

CALCULATORS: dict[str, ModuleType] = {"abc_tiers": abc_tiers, "efficiency_alert": efficiency_alert}
"""Each has ``declare(settings)``, ``Inputs.read(values, tables)`` and ``calculate(inputs)``."""
