"""The builder of charts: axes, series and bands from a description."""

import json
from typing import Any

from calculators import CALCULATORS
from calculators.engine.answers.result import Chart, Series
from calculators.engine.asks.settings import Settings
from calculators.engine.shows import charts
from calculators.engine.shows.text import Text
from calculators.engine.shows.wording import Wording
from calculators.work import Work

MANY = {"customers": {"rows": [["Customer", "Revenue"], *([f"c{at}", str(at)] for at in range(1, 200))]}}


def built(chart: Chart) -> dict[str, Any]:
    """Return a chart's options as a browser gets them."""
    options: dict[str, Any] = json.loads(
        json.dumps(charts.options(chart, Wording("abc_tiers", Text("en", Settings()))))
    )
    return options


def test_numbers_of_another_kind_have_an_axis_on_the_right() -> None:
    """Money and its cumulative share stand over the same names, each with its unit."""
    series = (
        Series("abc_tiers.column.revenue", "money", [300_000, 100_000], "AC"),
        Series("abc_tiers.column.cumulative", "share", [0.75, None]),
    )
    options = built(Chart("pareto", "ranked", ["x", "y"], series, {"customers": 2}, bands=[("A", 0, 1)]))
    money, share, band = options["series"]
    assert [one["name"] for one in options["yAxis"]] == [money["name"], share["name"]]
    assert share["yAxisIndex"] == 1
    assert share["data"] == [75, None]
    assert [bar["value"] for bar in money["data"]] == [3, 1]
    assert [bar["itemStyle"]["color"] for bar in money["data"]] == [charts.TIER_COLOURS[tier] for tier in "AC"]
    assert band["markArea"]["data"][0][1] == {"xAxis": 1}
    assert options["xAxis"][1]["max"] == 2


def test_one_series_needs_no_legend_and_a_mark_stands_at_its_number() -> None:
    """Only what there is to tell apart is told apart."""
    one = Series("abc_tiers.column.share", "share", [0.5])
    drawn = built(Chart("pareto", "bars", ["x"], (one,), {"customers": 1}, mark=1))
    assert "legend" not in drawn
    assert drawn["series"][0]["markLine"]["data"] == [{"yAxis": 100}]
    assert "legend" in built(Chart("pareto", "bars", ["x"], (one, one), {"customers": 1}))


def test_every_layout_is_some_calculators() -> None:
    """A layout that no calculator draws by is dead."""
    used = set()
    for calculator in CALCULATORS:
        request = {"calculator": calculator, "language": "en"}
        used |= {chart.kind for chart in Work(Settings(), request).result.charts}
    many = {"calculator": "abc_tiers", "language": "en", "tables": MANY}
    used |= {chart.kind for chart in Work(Settings(), many).result.charts}
    assert used == set(charts.LAYOUTS)
