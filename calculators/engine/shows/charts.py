"""Charts of a result as ECharts options: plain data, the same for the SVG at build and in the browser.

Colours are CSS variables of ``playbook.css``, so that dark mode and print need no second drawing.
Nothing is computed here but scales of axes.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from calculators.engine.answers.result import Chart
from calculators.engine.shows.text import Text
from calculators.engine.shows.wording import Wording

WIDTH, HEIGHT = 760, 380
UPRIGHT_NAMES = 4
"""As many names stand beside each other under the bars of a chart on a phone."""
Options = dict[str, Any]

# A list and not "inherit": ECharts measures texts with it, and canvas cannot inherit. Single quotes: it puts the list
# into an attribute as it is.
FONT = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
TEXT = "var(--pb-text)"
LINE = "var(--pb-line)"
ACCENT = "var(--pb-accent)"
TIER_COLOURS = {"A": "var(--pb-tier-a)", "B": "var(--pb-tier-b)", "C": "var(--pb-tier-c)"}
STATE_COLOURS = {"good": "var(--pb-tier-b)", "unknown": "var(--pb-muted)", "bad": "var(--pb-tier-c)"}
SCALES = {"zh": ((10**8, "yi"), (10**4, "wan")), "en": ((10**9, "bn"), (10**6, "m"), (10**3, "k"))}


def options(chart: Chart, wording: Wording) -> Options:
    """Return the ECharts options of a chart."""
    drawn = _KINDS[chart.kind](chart.data, wording.text)
    for series in drawn["series"]:
        series["emphasis"] = {"disabled": True}  # it would lighten colours, which it cannot with a CSS variable
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT, "color": TEXT},
        "aria": {
            "enabled": True,
            "label": {"description": wording.words(f"chart.{chart.name}.description", **chart.data)},
        },
        **drawn,
    }


def _axis(**more: Any) -> Options:
    return {
        "axisLine": {"lineStyle": {"color": LINE}},
        "axisLabel": {"color": TEXT},
        "nameTextStyle": {"color": TEXT},
        "splitLine": {"lineStyle": {"color": LINE, "type": "dashed"}},
        **more,
    }


def _money_scale(largest: int, text: Text) -> tuple[int, str]:
    """Return what to divide fen by, so that an axis has short numbers, and the unit's name."""
    for size, name in SCALES[text.language]:
        if largest >= size * 100:
            return size * 100, text(f"common.scale.{name}", currency=text.settings.currency)
    return 100, text("common.scale.one", currency=text.settings.currency)


def _pareto(data: Mapping[str, Any], text: Text) -> Options:
    """Customers from the largest down, their cumulative share of revenue, and the tiers as bands."""
    bars, n = data["bars"], data["customers"]
    scale, unit = _money_scale(max(data["revenue"]), text)
    cumulative = [round(float(share) * 100, 2) for share in data["cumulative"]]
    share_name = f"{text('abc_tiers.column.cumulative')} (%)"
    revenue_name = text("abc_tiers.column.revenue")
    bands = []
    start = 0
    for (tier, count, _), end in zip(data["tiers"], data["tier_ends"], strict=True):
        if count:
            label = {"show": True, "position": "insideTop", "color": TEXT, "fontWeight": "bold", "textBorderWidth": 0}
            style = {"color": TIER_COLOURS[tier], "opacity": 0.12}
            bands.append([{"name": tier, "xAxis": start, "itemStyle": style, "label": label}, {"xAxis": end}])
        start = end
    percent_axis = _axis(
        type="value",
        min=0,
        max=100,
        name=share_name,
        nameTextStyle={"color": TEXT, "align": "right", "padding": [0, -50, 0, 0]},  # centred, it would run out
        axisLabel={"color": TEXT, "formatter": "{value}%"},
    )
    places = _axis(type="value", min=0, max=n, minInterval=1, axisPointer={"label": {"precision": 0}})
    line: Options = {
        "type": "line",
        "name": share_name,
        "lineStyle": {"color": ACCENT, "width": 2},
        "itemStyle": {"color": ACCENT},
    }
    common: Options = {
        "grid": {"left": 60, "right": 60, "top": 56, "bottom": 76 if bars else 48},
        "tooltip": {
            "trigger": "axis",
            "renderMode": "richText",  # names of customers stay text
            "confine": True,
            "backgroundColor": "var(--pb-background)",
            "borderColor": LINE,
            "textStyle": {"color": TEXT},
            "axisPointer": {"lineStyle": {"color": LINE}},
        },
        "legend": {"top": 0, "textStyle": {"color": TEXT}},
    }
    if not bars:
        line |= {
            "symbol": "none",
            "data": [[0, 0], *zip(data["positions"], cumulative, strict=True)],
            "markArea": {"silent": True, "data": bands},
        }
        places |= {"name": text("abc_tiers.chart.pareto.positions"), "nameLocation": "middle", "nameGap": 28}
        return {**common, "xAxis": places, "yAxis": percent_axis, "series": [line]}
    tier_of = [tier for tier, count, _ in data["tiers"] for _ in range(count)]
    bar = {
        "type": "bar",
        "name": f"{revenue_name} ({unit})",
        "data": [
            {"value": round(fen / scale, 4), "itemStyle": {"color": TIER_COLOURS[tier]}}
            for fen, tier in zip(data["revenue"], tier_of, strict=True)
        ],
        "itemStyle": {"color": TIER_COLOURS["A"]},
    }
    line |= {"symbol": "circle", "symbolSize": 5, "yAxisIndex": 1, "data": cumulative}
    # A category axis has no place between two customers, where bands end; a hidden axis of places has.
    band = {"type": "line", "xAxisIndex": 1, "yAxisIndex": 1, "data": [], "markArea": {"silent": True, "data": bands}}
    names = _axis(
        type="category",
        data=data["names"],
        axisLabel={"color": TEXT, "rotate": 45, "width": 90, "overflow": "truncate"},
    )
    money_axis = _axis(type="value", name=f"{revenue_name} ({unit})")
    return {
        **common,
        "xAxis": [names, {**places, "show": False, "axisPointer": {"show": False}}],
        "yAxis": [money_axis, {**percent_axis, "splitLine": {"show": False}}],
        "series": [bar, line, band],
    }


def _names(data: Mapping[str, Any], text: Text) -> list[str]:
    """Return the categories of an axis: ``keys`` name texts, ``names`` are the reader's own."""
    return [text(key) for key in data["keys"]] if "keys" in data else list(data["names"])


def _legend(series: Sequence[object]) -> Options:
    """Return a legend where there is something to tell apart; its gaps allow for what the server measures too short."""
    return {"legend": {"top": 0, "itemGap": 36, "textStyle": {"color": TEXT}}} if len(series) > 1 else {}


def _lines(data: Mapping[str, Any], text: Text) -> Options:
    """Counts over time, a line for each of ``series`` (key of its name, values or None): the plan first, dashed."""
    styles: tuple[Options, ...] = ({"color": TEXT, "type": "dashed", "width": 1}, {"color": ACCENT, "width": 3})
    series = [
        {
            "type": "line",
            "name": text(key),
            "data": list(values),
            "symbol": "circle" if at else "none",
            "symbolSize": 6,
            "lineStyle": styles[at % 2],
            "itemStyle": {"color": styles[at % 2]["color"]},
        }
        for at, (key, values) in enumerate(data["series"])
    ]
    return {
        **_legend(series),
        "grid": {"left": 56, "right": 24, "top": 40, "bottom": 36},
        "xAxis": _axis(type="category", data=_names(data, text)),
        "yAxis": _axis(type="value", minInterval=1),
        "series": series,
    }


def _bars(data: Mapping[str, Any], text: Text) -> Options:
    """Shares as bars, a group for each name and a bar for each of ``series``; ``mark`` is a line across."""
    colours = (ACCENT, TIER_COLOURS["B"])
    names = _names(data, text)
    series: list[Options] = [
        {
            "type": "bar",
            "name": text(key),
            "data": [None if value is None else round(float(value) * 100, 1) for value in values],
            "itemStyle": {"color": colours[at % 2]},
            "barMaxWidth": 48,
            "label": {
                "show": True,
                "position": "top",
                "color": TEXT,
                "formatter": "{c}%",
                "backgroundColor": "var(--pb-background)",  # the mark runs behind it
            },
        }
        for at, (key, values) in enumerate(data["series"])
    ]
    if "mark" in data:
        series[0]["markLine"] = {
            "silent": True,
            "symbol": "none",
            "label": {"color": TEXT, "formatter": "{c}%"},
            "lineStyle": {"color": TEXT, "type": "dashed"},
            "data": [{"yAxis": data["mark"] * 100}],
        }
    return {
        **_legend(series),
        "grid": {"left": 56, "right": 48, "top": 40, "bottom": 64},
        # every name, on a phone too: in two lines, or aslant where there are many
        "xAxis": _axis(
            type="category",
            data=names,
            axisLabel={
                "color": TEXT,
                "interval": 0,
                "width": 84,
                "overflow": "break",
                "rotate": 30 if len(names) > UPRIGHT_NAMES else 0,
            },
        ),
        "yAxis": _axis(type="value", min=0, axisLabel={"color": TEXT, "formatter": "{value}%"}),
        "series": series,
    }


def _counts(data: Mapping[str, Any], text: Text) -> Options:
    """One whole number for each name, its ``values``, as bars."""
    bar = {
        "type": "bar",
        "data": data["values"],
        "barMaxWidth": 72,
        "itemStyle": {"color": ACCENT},
        "label": {"show": True, "position": "top", "color": TEXT},
    }
    return {
        "grid": {"left": 48, "right": 24, "top": 28, "bottom": 36},
        "xAxis": _axis(type="category", data=_names(data, text)),
        "yAxis": _axis(type="value", minInterval=1),
        "series": [bar],
    }


def _stacked(data: Mapping[str, Any], text: Text) -> Options:
    """Whole numbers for each name, stacked; ``series`` are (key of its name, good, bad or unknown, values)."""
    return {
        **_legend(data["series"]),
        "grid": {"left": 48, "right": 24, "top": 40, "bottom": 36},
        "xAxis": _axis(type="category", data=_names(data, text)),
        "yAxis": _axis(type="value", minInterval=1),
        "series": [
            {
                "type": "bar",
                "stack": "all",
                "name": text(key),
                "data": values,
                "barMaxWidth": 56,
                "itemStyle": {"color": STATE_COLOURS[colour]},
            }
            for key, colour, values in data["series"]
        ],
    }


def _share_lines(data: Mapping[str, Any], text: Text) -> Options:
    """Shares over time, a line for each of ``series`` (key of its name, values), broken where a value is missing."""
    colours = (ACCENT, TIER_COLOURS["C"], TIER_COLOURS["B"])
    symbols = ("circle", "rect", "triangle")
    return {
        **_legend(data["series"]),
        "grid": {"left": 56, "right": 24, "top": 40, "bottom": 36},
        "xAxis": _axis(type="category", data=_names(data, text)),
        "yAxis": _axis(type="value", min=0, max=100, axisLabel={"color": TEXT, "formatter": "{value}%"}),
        "series": [
            {
                "type": "line",
                "name": text(key),
                "data": [None if value is None else round(float(value) * 100, 2) for value in values],
                "symbol": symbols[at % len(symbols)],
                "symbolSize": 8,
                "lineStyle": {"color": colours[at % len(colours)], "width": 2},
                "itemStyle": {"color": colours[at % len(colours)]},
            }
            for at, (key, values) in enumerate(data["series"])
        ],
    }


def _goal_months(data: Mapping[str, Any], text: Text) -> Options:
    """A bar for each month's target, and a line of what the team can carry."""
    scale, unit = 1, ""
    if data["money"]:
        scale, unit = _money_scale(max(*data["company"], *data["capacity"]), text)

    def scaled(values: list[int]) -> list[float]:
        return [round(value / scale, 4) for value in values]

    series: list[Options] = [
        {
            "type": "bar",
            "name": text("goal_breakdown.column.company"),
            "data": scaled(data["company"]),
            "itemStyle": {"color": TIER_COLOURS["A"]},
        },
        {
            "type": "line",
            "name": text("goal_breakdown.column.capacity"),
            "data": scaled(data["capacity"]),
            "symbol": "circle",
            "symbolSize": 5,
            "lineStyle": {"color": TIER_COLOURS["C"], "width": 2},
            "itemStyle": {"color": TIER_COLOURS["C"]},
        },
    ]
    return {
        **_legend(series),
        "grid": {"left": 70, "right": 24, "top": 56, "bottom": 56},
        "xAxis": _axis(type="category", data=data["months"], axisLabel={"color": TEXT, "rotate": 45}),
        "yAxis": _axis(type="value", name=unit, min=0),
        "series": series,
    }


_KINDS: Mapping[str, Callable[[Mapping[str, Any], Text], Options]] = {
    "pareto": _pareto,
    "lines": _lines,
    "bars": _bars,
    "counts": _counts,
    "stacked": _stacked,
    "share_lines": _share_lines,
    "goal_months": _goal_months,
}
