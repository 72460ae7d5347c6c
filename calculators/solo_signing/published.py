"""A published Kaplan-Meier curve, computed by the one that times first deals."""

from calculators.engine.answers.published import Case
from calculators.engine.arithmetic.survival import curve, median_days
from calculators.engine.shows.text import number

WEEKS = (6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35)
CENSORED = {3, 5, 7, 8, 11, 12, 13, 16, 17, 18, 19, 20}
"""The places of those still in remission."""
STEPS = curve((week, place not in CENSORED) for place, week in enumerate(WEEKS))

CASES = (
    Case(
        "mercaptopurine",
        "waiting",
        "E. J. Freireich et al., Blood 21 (1963); D. G. Kleinbaum, M. Klein, Survival Analysis, chapter 2",
        ", ".join(f"{week}{'+' if place in CENSORED else ''}" for place, week in enumerate(WEEKS)),
        "0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482; 23",
        lambda: f"{', '.join(number(1 - step.done, 4) for step in STEPS)}; {median_days(STEPS)[0]}",
    ),
)
