"""The lines period by period: their attainment in earlier quarters and now, and whether it goes anywhere.

A direction is said only where chance alone would hardly bring it about (``engine/arithmetic/chances.py``), with as many
lines as are looked at.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from calculators.engine.answers.result import Chart, Column, Notice, Section, Series, Table, ValueKind, about
from calculators.engine.arithmetic.chances import ERROR, least_values, trend
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.reads.periods import period_of

MOST_PERIODS = 40
"""Ten years of quarters: more columns nobody reads, and the exact test takes ever longer."""
Direction = Literal["rising", "falling", "none", "too_few"]
Scores = Mapping[str, Fraction | None]


def over_time(
    frame: pd.DataFrame | None, now: Scores, period: str, same: Callable[[str], str]
) -> tuple[Section | None, list[Notice]]:
    """Return the lines over periods, None without an earlier one, and what of the list was not used.

    ``now`` are the scores of the lines by name in the present ``period``; two names mean one line where they are the
    ``same``. Raises InvalidInputs for a line that stands twice in a period, and for more periods than `MOST_PERIODS`.
    """
    earlier, notices = _earlier(frame, period, same)
    if not earlier:
        return None, notices
    names = dict(_names(frame, same)) | {same(line): line for line in now}
    order = [*map(same, now), *(line for line in names if line not in set(map(same, now)))]
    present = {same(line): score for line, score in now.items()}
    heads = [*earlier, period]
    least = least_values(ERROR / len(order))
    rows: list[dict[str, Any]] = []
    for line in order:
        scores = [*(scores.get(line) for scores in earlier.values()), present.get(line)]
        known = [score for score in scores if score is not None]
        direction, chance = _direction(known, least, ERROR / len(order))
        pair = scores[-2:]
        change = None if pair[0] is None or pair[1] is None else 100 * (pair[1] - pair[0])
        row = {"line": names[line], "change": change, "direction": direction, "chance": chance}
        rows.append(row | {f"period_{at}": score for at, score in enumerate(scores)})
    short = [row for row in rows if row["direction"] == "too_few"]
    most = max((sum(row[f"period_{at}"] is not None for at in range(len(heads))) for row in short), default=0)
    said = [
        Notice("five_lines.trend_test", {"lines": len(order), "least": least, "error": ERROR}),
        Notice("five_lines.trend_now", {"period": period}, "assumed"),
    ]
    if short:
        names_of = [row["line"] for row in short]
        params = {"names": names_of, "count": len(short), "periods": most, "least": least}
        said.append(Notice("five_lines.trend_too_few", params, "caution"))
    for direction in ("falling", "rising"):
        lines = [row["line"] for row in rows if row["direction"] == direction]
        said += about((f"five_lines.trend_{direction}", lines, "caution" if direction == "falling" else "note"))
    shown: dict[str, ValueKind | Column] = {
        "line": "text",
        **{f"period_{at}": Column("share", label=head) for at, head in enumerate(heads)},
        "change": "number",
        "direction": "key",
        "chance": Column("share", beside=(ERROR / len(order),)),
    }
    series = [Series("", "share", [row[f"period_{at}"] for at in range(len(heads))], label=row["line"]) for row in rows]
    chart = Chart("trend", "trend", heads, series, {"count": len(order), "periods": len(heads)}, mark=1)
    told = [{**row, "direction": f"five_lines.trend.{row['direction']}"} for row in rows]
    return Section("trend", charts=(chart,), tables=(Table("trend", shown, told),), notices=tuple(said)), notices


def _direction(scores: Sequence[Fraction], least: int, error: Fraction) -> tuple[Direction, Fraction | None]:
    """Return where scores go, and how likely chance alone takes them so far."""
    if len(scores) < least:
        return "too_few", None
    rising, chance = trend(scores)
    if chance > error:
        return "none", chance
    return ("rising" if rising > 0 else "falling"), chance


def _names(frame: pd.DataFrame | None, same: Callable[[str], str]) -> list[tuple[str, str]]:
    return [] if frame is None else [(same(line), line) for line in frame["line"].tolist()]


def _earlier(
    frame: pd.DataFrame | None, period: str, same: Callable[[str], str]
) -> tuple[dict[str, dict[str, Fraction]], list[Notice]]:
    """Return the scores of lines by period, oldest first where every period can be told, else as they stand."""
    found: dict[str, dict[str, Fraction]] = {}
    present, twice = [], []
    for row in [] if frame is None else frame.to_dict("records"):
        name = row["earlier_period"]
        if _place(name) == _place(period):
            present.append(name)
            continue
        scores = found.setdefault(name, {})
        if same(row["line"]) in scores:
            twice.append(
                InputError("quarters", "five_lines.quarter_twice", {"row": int(row["row"]), "line": row["line"]})
            )
        elif row["line_score_known"]:
            scores[same(row["line"])] = row["line_score"]
    if twice:
        raise InvalidInputs(twice)
    if len(found) > MOST_PERIODS:
        params = {"count": len(found), "most": MOST_PERIODS}
        raise InvalidInputs([InputError("quarters", "five_lines.too_many_periods", params)])
    places = {name: _place(name) for name in found}
    if all(len(place) > 1 for place in places.values()):
        found = {name: found[name] for name in sorted(found, key=places.__getitem__)}
    return found, about(("five_lines.quarter_now", list(dict.fromkeys(present)), "caution"))


def _place(name: str) -> tuple[Any, ...]:
    """Return the year and number of a period; its name alone where they cannot be told."""
    told = period_of(name)
    return (name.casefold(),) if told is None or told.year is None else (told.year, told.number)
