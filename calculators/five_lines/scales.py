"""What of an attainment counts: nothing below a threshold, more above the target by an accelerator, up to a cap.

For all lines by the form, for single ones by the list ``scales``. What is attained is none of this file's business.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pandas as pd

from calculators.engine.answers.result import Notice, about, cutoff
from calculators.engine.asks.errors import InputError, InvalidInputs

STEEPEST = 10
"""The largest accelerator, as many times."""


@dataclass(frozen=True)
class Scale:
    """Below ``threshold`` an attainment counts nothing, from there on in full; what is above 100% counts
    ``accelerator`` times, up to ``cap`` in all, if there is one. The more is attained, the more counts.
    """

    threshold: Fraction = Fraction(0)
    accelerator: Fraction = Fraction(1)
    cap: Fraction | None = None

    def counted(self, attainment: Fraction | None) -> Fraction | None:
        """Return what counts of an attainment; of one beyond any number, None, it is the cap.

        >>> scale = Scale(Fraction(4, 5), Fraction(2), Fraction(3, 2))
        >>> [str(scale.counted(Fraction(percent, 100))) for percent in (79, 80, 100, 110, 200)]
        ['0', '4/5', '1', '6/5', '3/2']
        """
        if attainment is None:
            return self.cap
        if attainment < self.threshold:
            return Fraction(0)
        counts = attainment + (self.accelerator - 1) * max(Fraction(0), attainment - 1)
        return counts if self.cap is None else min(counts, self.cap)


def scales_of(
    frame: pd.DataFrame | None, lines: Iterable[str], by_form: Scale, same: Callable[[str], str]
) -> tuple[dict[str, Scale], list[Notice]]:
    """Return the scale of each line, and what is to say of it; a cell that is empty is as the form has it.

    Two names mean one line where they are the ``same``. Raises InvalidInputs for a line that has no measure or stands
    there twice, and for numbers that are no scale.
    """
    found = dict.fromkeys(lines, by_form)
    names: dict[str, list[str]] = {}
    for line in found:
        names.setdefault(same(line), []).append(line)
    own: dict[str, Scale] = {}
    errors = []
    for row in [] if frame is None else frame.to_dict("records"):
        line, place = row["line"], {"row": int(row["row"]), "line": row["line"]}
        if same(line) not in names:
            errors.append(InputError("scales", "five_lines.no_such_line", {**place, "lines": list(found)}))
            continue
        if same(line) in own:
            errors.append(InputError("scales", "five_lines.line_twice", place))
        columns = {"threshold": "threshold", "accelerator": "accelerator", "cap": "limit"}
        given = {name: row[column] for name, column in columns.items() if row[f"{column}_known"]}
        own[same(line)] = replace(by_form, **given)
        for name, low, high in (("threshold", 0, 1), ("accelerator", 0, STEEPEST), ("cap", 1, STEEPEST)):
            if name in given and not low <= given[name] <= high:
                code = f"five_lines.not_a_scale_{name}"
                errors.append(InputError("scales", code, {**place, "low": Fraction(low), "high": Fraction(high)}))
    if errors:
        raise InvalidInputs(errors)
    found |= {line: scale for key, scale in own.items() for line in names[key]}
    return found, about(("five_lines.own_scale", [line for line, one in found.items() if one != by_form], "assumed"))


def said_of_scale(scale: Scale, below: Sequence[str]) -> list[Notice]:
    """Say what the form's scale does beside capping, and which measures are below a threshold."""
    notices = []
    if scale.threshold:
        notices.append(Notice("five_lines.threshold", {"threshold": cutoff(scale.threshold)}, "assumed"))
    if scale.accelerator != 1:
        notices.append(Notice("five_lines.accelerator", {"times": scale.accelerator}, "assumed"))
    return [*notices, *about(("five_lines.below_threshold", below, "caution"))]
