"""Charts of a result as ECharts options: plain data, the same for the SVG at build and in the browser.

One builder makes them of a chart's series and of how charts of its kind are laid out. Colours are CSS variables of
``theme.css``, so that dark mode and print need no second drawing. Nothing is computed here but scales of axes.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Any, Literal

from calculators.engine.answers.result import Chart, Series, ValueKind
from calculators.engine.shows.text import Text, base, places_of
from calculators.engine.shows.wording import Wording

WIDTH, HEIGHT = 760, 380
NAME_GAP = 26
"""Between the top of an axis and its name, where the letters of bands stand."""
UPRIGHT_NAMES = 4
"""As many names stand beside each other under the bars of a chart on a phone."""
Options = dict[str, Any]

# A list and not "inherit": ECharts measures texts with it, and canvas cannot inherit. Single quotes: it puts the list
# into an attribute as it is.
FONT = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
TEXT = "var(--pb-text)"
LINE = "var(--pb-line)"
BACKGROUND = "var(--pb-background)"
ACCENT = "var(--pb-accent)"
MUTED = "var(--pb-muted)"
TIER_COLOURS = {"A": "var(--pb-tier-a)", "B": "var(--pb-tier-b)", "C": "var(--pb-tier-c)"}
SCALES = {"zh": ((10**8, "yi"), (10**4, "wan")), "en": ((10**9, "bn"), (10**6, "m"), (10**3, "k"))}


def _bar(colour: str, **more: Any) -> Options:
    return {"type": "bar", "itemStyle": {"color": colour}, **more}


def _line(colour: str, width: int, symbol: str = "circle", type_: str = "solid", **more: Any) -> Options:
    style = {"color": colour, "width": width, **({} if type_ == "solid" else {"type": type_})}
    return {"type": "line", "symbol": symbol, "lineStyle": style, "itemStyle": {"color": colour}, **more}


# Behind a number above its bar, since a line across runs there.
_SHARE_LABEL = {"show": True, "position": "top", "color": TEXT, "formatter": "{c}%", "backgroundColor": BACKGROUND}
_COUNT_LABEL = {"show": True, "position": "top", "color": TEXT}
_TOOLTIP = {
    "trigger": "axis",
    "renderMode": "richText",  # names of customers stay text
    "confine": True,
    "backgroundColor": BACKGROUND,
    "borderColor": LINE,
    "textStyle": {"color": TEXT},
    "axisPointer": {"lineStyle": {"color": LINE}},
}


@dataclass(frozen=True)
class _Layout:
    """How charts of a kind are laid out.

    ``draws`` says what they show and of how many series. ``room`` is what is left around them: left, right, top,
    bottom. ``looks`` are those of their series, in order, and again from the first. ``y`` are options of an axis by
    the kind of its numbers, ``names`` those of the names below, which stand aslant by ``slant`` degrees where there
    are more than ``upright``. An ``axis`` is headed by the unit of its numbers, or by its series with their unit;
    shares have ``places`` of decimals.
    """

    draws: str
    room: tuple[int, int, int, int]
    looks: tuple[Options, ...]
    y: Mapping[str, Options]
    names: Options = field(default_factory=dict)
    slant: int | None = None
    upright: int = 0
    axis: Literal["", "unit", "series"] = ""
    places: int = 2
    more: Options = field(default_factory=dict)


_FROM_ZERO = {"min": 0}
_COUNTED = {"count": {"minInterval": 1}}
_PARTS = {"share": {"min": 0, "max": 100}}
# Centred over its axis, the name would run out of the picture.
_CUMULATIVE = {
    "share": {"min": 0, "max": 100, "nameTextStyle": {"color": TEXT, "align": "right", "padding": [0, -50, 0, 0]}}
}
# Its gaps allow for what the server measures too short.
_LEGEND = {"legend": {"top": 0, "itemGap": 36, "textStyle": {"color": TEXT}}}
_HOVERED = {"tooltip": _TOOLTIP, **_LEGEND}

LAYOUTS: Mapping[str, _Layout] = {
    "lines": _Layout(
        "Counts over time: the plan dashed, then what was reached.",
        (56, 24, 40, 36),
        (_line(TEXT, 1, "none", "dashed", symbolSize=6), _line(ACCENT, 3, symbolSize=6)),
        _COUNTED,
    ),
    "bars": _Layout(
        "Shares as bars, a group for each name, which is read in full on a phone too: in two lines, or aslant.",
        (56, 48, 40, 64),
        tuple(_bar(colour, barMaxWidth=48, label=_SHARE_LABEL) for colour in (ACCENT, TIER_COLOURS["B"])),
        {"share": _FROM_ZERO},
        names={"interval": 0, "width": 84, "overflow": "break"},
        slant=30,
        upright=UPRIGHT_NAMES,
        places=1,
    ),
    "counts": _Layout(
        "One whole number for each name.",
        (48, 24, 28, 36),
        (_bar(ACCENT, barMaxWidth=72, label=_COUNT_LABEL),),
        _COUNTED,
    ),
    "stacked": _Layout(
        "Whole numbers that are good, unknown and bad.",
        (48, 24, 40, 36),
        tuple(_bar(colour, barMaxWidth=56, stack="all") for colour in (TIER_COLOURS["B"], MUTED, TIER_COLOURS["C"])),
        _COUNTED,
    ),
    "share_lines": _Layout(
        "Shares over time, broken where one is missing.",
        (56, 24, 40, 36),
        (
            _line(ACCENT, 2, symbolSize=8),
            _line(TIER_COLOURS["C"], 2, "rect", symbolSize=8),
            _line(TIER_COLOURS["B"], 2, "triangle", symbolSize=8),
        ),
        _PARTS,
    ),
    "trend": _Layout(
        "Shares over time that may go beyond the whole, of up to five or more things, told apart without colour too.",
        (56, 48, 64, 36),
        (
            _line(ACCENT, 2, symbolSize=8),
            _line(TIER_COLOURS["C"], 2, "rect", symbolSize=8),
            _line(TIER_COLOURS["B"], 2, "triangle", symbolSize=9),
            _line(TEXT, 2, "diamond", "dashed", symbolSize=9),
            _line(MUTED, 2, "emptyCircle", "dotted", symbolSize=8),
        ),
        {"share": {"scale": True}},
        places=1,
    ),
    "steps": _Layout(
        "A share that rises in steps along a line, and the ends of its interval.",
        (56, 24, 40, 48),
        (
            _line(ACCENT, 3, "none", step="end"),
            _line(TEXT, 1, "none", "dashed", step="end"),
            _line(TEXT, 1, "none", "dotted", step="end"),
        ),
        _PARTS,
        places=1,
    ),
    "control": _Layout(
        "A measure over time, what is normal, and the limit below.",
        (56, 24, 40, 64),
        (
            _line(ACCENT, 2, symbolSize=7),
            _line(TEXT, 1, "none", "dashed"),
            _line(TIER_COLOURS["C"], 2, "none", step="middle"),
        ),
        {"number": _FROM_ZERO},
        slant=45,
        upright=UPRIGHT_NAMES,
    ),
    "sums": _Layout(
        "A sum over time, and the limit above; or a share over time, and the limit below.",
        (56, 48, 40, 64),
        (_line(ACCENT, 2, symbolSize=7), _line(TIER_COLOURS["C"], 2, "none", step="middle")),
        {"number": _FROM_ZERO, "share": {"scale": True}},
        slant=45,
        upright=UPRIGHT_NAMES,
    ),
    "amounts": _Layout(
        "Amounts over time as bars, and a line of what they are held against.",
        (70, 24, 56, 56),
        (_bar(TIER_COLOURS["A"]), _line(TIER_COLOURS["C"], 2, symbolSize=5)),
        {"money": _FROM_ZERO, "count": _FROM_ZERO},
        slant=45,
        axis="unit",
    ),
    "ranked": _Layout(
        "Amounts from the largest down and their cumulative share, by name.",
        (60, 60, 68, 76),
        (_bar(TIER_COLOURS["A"]), _line(ACCENT, 2, symbolSize=5)),
        _CUMULATIVE,
        names={"width": 90, "overflow": "truncate"},
        slant=45,
        axis="series",
        more=_HOVERED,
    ),
    "curve": _Layout(
        "The same where there are too many for names.",
        (60, 60, 68, 48),
        (_line(ACCENT, 2, "none"),),
        _CUMULATIVE,
        axis="series",
        more=_HOVERED,
    ),
}


def options(chart: Chart, wording: Wording, beside: Sequence[Chart] = ()) -> Options:
    """Return the ECharts options of a chart; money is in the unit that suits those it stands ``beside``, too."""
    layout, text = LAYOUTS[chart.kind], wording.text
    units = {one.kind: _unit(one.kind, (chart, *beside), layout.places, text) for one in chart.series}
    series: list[Options] = []
    axes: list[Options] = []
    for one, look in zip(chart.series, itertools.cycle(layout.looks), strict=False):
        unit, at = units[one.kind], list(units).index(one.kind)
        name = one.label or (text(one.name) if one.name else "")
        if layout.axis == "series":
            name = f"{name} ({unit.name})"
        drawn = {**look, "data": _data(one, unit, chart.positions)}
        if name:
            drawn["name"] = name
        if at:
            drawn["yAxisIndex"] = at
        series.append(drawn)
        if at == len(axes):
            titles: dict[str, Options] = {
                "series": {"name": name, "nameGap": NAME_GAP},
                "unit": {"name": unit.name},
            }
            title = titles.get(layout.axis, {})
            second = {"splitLine": {"show": False}} if at else {}
            axes.append(_value_axis(one.kind, **title, **layout.y.get(one.kind, {}), **second))
    across = [_names_axis(chart, layout, wording)]
    if chart.mark is not None:
        series[0]["markLine"] = _across(units[chart.series[0].kind].number(chart.mark))
    if chart.bands:
        area = {"silent": True, "data": [_band(*band) for band in chart.bands]}
        if chart.positions:
            series[-1]["markArea"] = area
        else:  # an axis of names has no place between two of them, where bands end; a hidden axis has
            series.append({"type": "line", "xAxisIndex": 1, "yAxisIndex": len(axes) - 1, "data": [], "markArea": area})
            across.append({**_positions_axis(len(chart.names)), "show": False, "axisPointer": {"show": False}})
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT, "color": TEXT},
        "aria": {
            "enabled": True,
            "label": {"description": wording.words(f"chart.{chart.name}.description", **chart.params)},
        },
        **(_LEGEND if len(chart.series) > 1 else {}),
        **layout.more,
        "grid": dict(zip(("left", "right", "top", "bottom"), layout.room, strict=True)),
        "xAxis": across if len(across) > 1 else across[0],
        "yAxis": axes if len(axes) > 1 else axes[0],
        # emphasis would lighten colours, which it cannot with a CSS variable
        "series": [{**one, "emphasis": {"disabled": True}} for one in series],
    }


def side_by_side(charts: Sequence[Chart], wording: Wording) -> list[Options]:
    """Return the options of charts of a kind to stand side by side: every axis is the same in all of them."""
    drawn = [options(chart, wording, charts) for chart in charts]
    axes = [_as_list(one["yAxis"]) for one in drawn]
    for at, same in enumerate(zip(*axes, strict=True)):
        numbers = [number for one in drawn for number in _heights(one, at)]
        if numbers and not {"min", "max"} <= same[0].keys():
            low, high = _round_ends(min(numbers), max(numbers), from_zero=not same[0].get("scale"))
            for axis in same:
                axis |= {"min": low, "max": high}
    across = [_as_list(one["xAxis"])[0] for one in drawn]
    if all(axis["type"] == "value" for axis in across):
        longest = max(axis["max"] for axis in across)
        for axis in across:
            axis["max"] = longest
    return drawn


def _as_list(axis: Any) -> list[Options]:
    return axis if isinstance(axis, list) else [axis]


def _heights(drawn: Options, axis: int) -> list[float]:
    """Return the numbers up to which something is drawn on an axis; what is stacked counts together."""
    stacked: dict[int, float] = {}
    found: list[float] = []
    for series in drawn["series"]:
        if series.get("yAxisIndex", 0) != axis:
            continue
        for at, item in enumerate(series["data"]):
            value = item["value"] if isinstance(item, dict) else item[1] if isinstance(item, list) else item
            if value is None:
                continue
            stacked[at] = stacked.get(at, 0) + value if "stack" in series else value
            found.append(stacked[at])
        found += [line["yAxis"] for line in series.get("markLine", {}).get("data", ())]
    return found


def _round_ends(low: float, high: float, *, from_zero: bool) -> tuple[float, float]:
    """Return round numbers around the lowest and the highest, about five steps apart.

    >>> _round_ends(3, 87, from_zero=True), _round_ends(83.2, 104.5, from_zero=False)
    ((0, 100), (80, 105))
    """
    bottom, top = Fraction(str(low)), Fraction(str(high))
    if from_zero:
        bottom = min(bottom, Fraction(0))
    span = max(top - bottom, Fraction(1, 1000))
    step = Fraction(1)
    while step * 5 < span:
        step *= 10
    while step * 5 >= span * 10:
        step /= 10
    step = next(step * part for part in (Fraction(1, 5), Fraction(1, 2), Fraction(1)) if step * part * 5 >= span)
    return _drawn_at(floor(bottom / step) * step), _drawn_at(ceil(top / step) * step)


def _drawn_at(end: Fraction) -> float:
    return int(end) if end.denominator == 1 else float(end)


@dataclass(frozen=True)
class _Unit:
    """What numbers of a kind are drawn in."""

    name: str
    number: Callable[[Any], float]


def _unit(kind: ValueKind, charts: Sequence[Chart], places: int, text: Text) -> _Unit:
    if kind == "share":
        return _Unit("%", lambda share: round(float(share) * 100, places_of(share, places, 100)))
    if kind == "money":
        amounts = [one.values for chart in charts for one in chart.series if one.kind == kind]
        largest = max(held for values in amounts for held in values)
        size, name = _money_scale(largest, text)
        return _Unit(name, lambda held: round(held / size, 4))
    if kind == "number":
        return _Unit("", lambda number: round(float(number), places_of(number, 2)))
    return _Unit("", lambda count: count)


def _money_scale(largest: int, text: Text) -> tuple[int, str]:
    """Return what to divide amounts as held by, so that an axis has short numbers, and the unit's name."""
    one = text.settings.minor_units
    for size, name in SCALES[base(text.language)]:
        if largest >= size * one:
            return size * one, text(f"common.scale.{name}")
    return one, text("common.scale.one")


def _data(series: Series, unit: _Unit, positions: Sequence[int]) -> list[Any]:
    """Return a series' numbers, missing ones None: each with its tier's colour, or from nothing on at its position."""
    numbers = [None if value is None else unit.number(value) for value in series.values]
    if series.tiers:
        pairs = zip(numbers, series.tiers, strict=True)
        return [{"value": number, "itemStyle": {"color": TIER_COLOURS[tier]}} for number, tier in pairs]
    return [[0, 0], *map(list, zip(positions, numbers, strict=True))] if positions else numbers


def _axis(**more: Any) -> Options:
    return {
        "axisLine": {"lineStyle": {"color": LINE}},
        "axisLabel": {"color": TEXT},
        "nameTextStyle": {"color": TEXT},
        "splitLine": {"lineStyle": {"color": LINE, "type": "dashed"}},
        **more,
    }


def _value_axis(kind: ValueKind, **more: Any) -> Options:
    label = {"axisLabel": {"color": TEXT, "formatter": "{value}%"}} if kind == "share" else {}
    return _axis(type="value", **label, **more)


def _names_axis(chart: Chart, layout: _Layout, wording: Wording) -> Options:
    """Return the axis below: names, or positions along a line."""
    if chart.positions:
        name = wording.words(f"chart.{chart.name}.positions")
        return {**_positions_axis(chart.positions[-1]), "name": name, "nameLocation": "middle", "nameGap": 28}
    label = {"color": TEXT, **layout.names}
    if layout.slant:
        label["rotate"] = layout.slant if len(chart.names) > layout.upright else 0
    names = [wording.text(name) for name in chart.names] if chart.keyed else list(chart.names)
    return _axis(type="category", data=names, axisLabel=label)


def _positions_axis(last: int) -> Options:
    return _axis(type="value", min=0, max=last, minInterval=1, axisPointer={"label": {"precision": 0}})


def _across(number: float) -> Options:
    """Return a dashed line across, with its number."""
    return {
        "silent": True,
        "symbol": "none",
        "label": {"color": TEXT, "formatter": "{c}%"},
        "lineStyle": {"color": TEXT, "type": "dashed"},
        "data": [{"yAxis": number}],
    }


def _band(tier: str, start: int, end: int) -> list[Options]:
    """Return a tier's band between two positions, its letter above it, where no curve runs."""
    label = {"show": True, "position": "top", "color": TEXT, "fontWeight": "bold", "textBorderWidth": 0}
    style = {"color": TIER_COLOURS[tier], "opacity": 0.12}
    return [{"name": tier, "xAxis": start, "itemStyle": style, "label": label}, {"xAxis": end}]
