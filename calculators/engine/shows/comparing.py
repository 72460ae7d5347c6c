"""HTML of scenarios side by side, the same for two as for four; which charts stand there, and on which scale.

A single result is in ``render.py``, how a chart is drawn in ``charts.py``; what is compared is ``Comparison``.
"""

from fractions import Fraction

from calculators.engine.answers.comparison import Comparison, Line
from calculators.engine.answers.result import ValueKind
from calculators.engine.shows import charts
from calculators.engine.shows.markup import Markup, actions, button, join, scrolled, tag
from calculators.engine.shows.text import number
from calculators.engine.shows.wording import Wording

MINUS = "−"


def difference(wording: Wording, kind: ValueKind, value: int | Fraction | None) -> str | None:
    """Return how much a figure differs, with its sign; a share by points. None where nothing can be said."""
    if value is None:
        return None
    if not value:
        return wording.words("scenario.unchanged")
    sign = "+" if value > 0 else MINUS
    size = abs(Fraction(value))
    if kind == "share":
        places = next((places for places in range(1, 5) if round(size * 100, places)), 4)
        return wording.words("scenario.points", change=f"{sign}{number(size * 100, places)}")
    whole = kind == "number" and size.denominator == 1
    return sign + wording.value(kind, size, 0 if whole else None)


class Side:
    """Renders comparisons in the words of one calculator and language."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.words = wording.words

    def comparison(self, compared: Comparison) -> Markup:
        """Return the scenarios side by side."""
        return join(
            [
                actions(
                    button(self.words("scenario.download"), data_action="download-comparison"), data_needs_script=True
                ),
                self._table("verdict", compared, self._verdicts(compared)),
                self._inputs(compared),
                tag("h4", self.words("scenario.figures")),
                tag("p", self.words("scenario.figures_help", first=compared.names[0]), class_="pb-help"),
                self._table("figures", compared, self._figures(compared)),
                self._charts(compared),
            ]
        )

    def _table(self, name: str, compared: Comparison, body: list[Markup]) -> Markup:
        label = self.words(f"scenario.{name}")
        heads = [tag("th", one, scope="col") for one in compared.names]
        head = tag("thead", tag("tr", tag("td"), heads))
        whole = tag("table", tag("caption", label), head, tag("tbody", body), class_="pb-data pb-compared")
        return tag("div", scrolled(label, whole), class_="pb-table", data_compared=name)

    def _verdicts(self, compared: Comparison) -> list[Markup]:
        text = self.wording.text
        said = [None if one is None else text(one.code, **one.params) for one in compared.verdicts]
        cells = [tag("td", one) for one in said]
        return [tag("tr", tag("th", self.words("scenario.verdict"), scope="row", class_="pb-head"), cells)]

    def _inputs(self, compared: Comparison) -> Markup:
        rows = [
            tag("tr", tag("th", label, scope="row", class_="pb-head"), [tag("td", value) for value in values])
            for label, values in (*compared.lists, *compared.inputs)
        ]
        if not rows:
            return tag("p", self.words("scenario.same_inputs"), class_="pb-empty", data_compared="inputs")
        return self._table("inputs", compared, rows)

    def _figures(self, compared: Comparison) -> list[Markup]:
        rows: list[Markup] = []
        section = ""
        for line in compared.lines:
            if line.section != section:
                section = line.section
                width = len(compared.names) + 1
                head = tag("th", self.words(f"section.{section}.label"), colspan=width, scope="colgroup")
                rows.append(tag("tr", head, class_="pb-group-row"))
            label = tag("th", self.words(f"figure.{line.figure}.label"), scope="row", class_="pb-head")
            rows.append(tag("tr", label, self._values(line), data_compared_figure=line.figure))
        return rows

    def _values(self, line: Line) -> list[Markup]:
        cells = []
        for value, less in zip(line.values, line.differences, strict=True):
            whole = isinstance(value, int | Fraction) and Fraction(value).denominator == 1
            shown = self.wording.value(line.kind, value, 0 if line.kind == "number" and whole else None)
            changed = difference(self.wording, line.kind, less)
            way = None if not less else "up" if less > 0 else "down"
            mark = tag("small", changed, class_="pb-delta", data_change=way) if changed else None
            cells.append(tag("td", tag("span", shown), " " if mark else None, mark))
        return cells

    def _charts(self, compared: Comparison) -> Markup:
        parts = []
        for side in compared.charts:
            title = self.words(f"chart.{side[0].name}.label")
            figures = [
                tag(
                    "figure",
                    tag("figcaption", tag("b", name)),
                    tag(
                        "div", class_="pb-canvas", data_canvas=True, role="img", aria_label=self._said(name, chart.name)
                    ),
                    data_chart=key(chart.name, at),
                    class_="pb-chart",
                )
                for at, (name, chart) in enumerate(zip(compared.names, side, strict=True))
            ]
            parts.append(
                tag("div", tag("h4", title), tag("div", figures, class_="pb-side"), data_compared_chart=side[0].name)
            )
        if not parts:
            return tag("p", self.words("scenario.no_charts"), class_="pb-empty")
        return join([tag("h4", self.words("scenario.charts")), parts])

    def _said(self, name: str, chart: str) -> str:
        return f"{self.words(f'chart.{chart}.label')}. {name}"

    def options(self, compared: Comparison) -> dict[str, charts.Options]:
        """Return the options of every chart, by the name that it has in the page, all of a kind on one scale."""
        return {
            key(side[at].name, at): options
            for side in compared.charts
            for at, options in enumerate(charts.side_by_side(side, self.wording))
        }


def key(chart: str, at: int) -> str:
    """Return what the chart of a scenario is called in the page."""
    return f"{chart}-{at}"
