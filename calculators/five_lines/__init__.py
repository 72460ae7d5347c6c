"""Stage three's five lines (五线谱): twelve measures with target, actual and weight, and the score of each line.

From a table of measures to attainment, to points, to the score by line and in all. What is due by a day is in
``to_date.py``, what of an attainment counts in ``scales.py``, earlier quarters in ``trend.py``; words are in
``words.*.toml``.

Source: stage three, "销售目标“五线谱”模型": customers, products, regions, talent and data, twelve measures in all. It
states neither targets nor weights, nor what happens beyond 100%: those are the reader's, and the cap is a choice, as
are a threshold and an accelerator.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from calculators.engine.answers.result import (
    Beside,
    Chart,
    Column,
    Figure,
    Notice,
    Result,
    Section,
    Series,
    Table,
    ValueKind,
    about,
    beside,
    columns,
    cutoff,
)
from calculators.engine.asks.currencies import decimals
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.fields import Declaration, Field, Group, Inputs, Seek
from calculators.engine.asks.settings import BASIS_POINTS, Settings, WorkingYear
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.amounts import PLACES_OF_NUMBERS, NotAnAmount, parse_amount
from calculators.engine.reads.names import more_than_once
from calculators.engine.reads.number_style import HALF_WIDTH
from calculators.five_lines import to_date
from calculators.five_lines.scales import STEEPEST, Scale, said_of_scale, scales_of
from calculators.five_lines.trend import over_time
from calculators.method import METHOD

Direction = Literal["higher", "lower"]
LowerRule = Literal["ratio", "distance"]
"""Where lower is better: target over actual, or as far below 100% as the actual is above the target."""
LINES: Mapping[str, tuple[str, ...]] = {
    "customers": ("客户", "customer", "client"),
    "products": ("产品", "product"),
    "regions": ("区域", "地区", "region", "territor"),
    "talent": ("人才", "人员", "talent", "people"),
    "data": ("数据", "data"),
}
"""The five lines, in the source's order, and the words by which a line of the table is known to be one of them."""
DIRECTIONS: Mapping[Direction, tuple[str, ...]] = {
    "lower": ("低", "少", "降", "小", "反向", "负向", "逆向", "lower", "less", "fewer", "down", "↓", "≤"),
    "higher": ("高", "多", "升", "大", "超", "正向", "higher", "more", "up", "↑", "≥"),
}
_OTHER_WAY: Mapping[str, Direction] = {"lower": "higher", "higher": "lower"}
_DIRECTED = re.compile(
    r"(?P<not>不[得能可应要]?|(?:\bnot?|\bnever|n't)\s+(?:be\s+)?)?(?<![a-z])(?:"
    + "|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in DIRECTIONS.items())
    + ")"
)

COUNTINGS: Mapping[bool, tuple[str, ...]] = {
    True: ("累计", "累加", "合计", "总量", "发生", "流量", "adds up", "add up", "cumulative", "total", "sum", "flow"),
    False: (
        "时点",
        "比率",
        "比例",
        "平均",
        "均值",
        "存量",
        "水平",
        "level",
        "rate",
        "ratio",
        "share",
        "average",
        "mean",
    ),
}
"""How it is said that a measure adds up over the period (new customers), or that it does not (a rate, a deal size)."""


@dataclass(frozen=True)
class Goal:
    """One measure: ``target`` and ``actual`` as exact numbers of one unit, ``weight`` as a fraction of 1.

    ``actual`` is None where it is not known yet; ``written`` is how both stand in the table. A measure that ``adds_up``
    has a part of its target due before the period is over; where the list does not say, that is ``assumed``.
    """

    line: str
    name: str
    direction: Direction
    target: Fraction
    actual: Fraction | None
    weight: Fraction
    written: tuple[str, str]
    adds_up: bool
    assumed: bool

    def due(self, gone: Fraction) -> Fraction:
        """Return what of the target is due when so much of the period has gone."""
        return self.target * gone if self.adds_up else self.target


def declare(settings: Settings) -> Declaration:
    """Return what the calculator asks for."""
    return Declaration(
        fields=(
            Field(
                "cap",
                "percent",
                "rule",
                METHOD["attainment_cap"].value * BASIS_POINTS // 100,
                BASIS_POINTS,
                10 * BASIS_POINTS,
                optional=True,
            ),
            Field("lower", "choice", "rule", "ratio", options=("ratio", "distance")),
            Field("threshold", "percent", "scale", 0, 0, BASIS_POINTS),
            Field("accelerator", "hundredths", "scale", 100, 0, 100 * STEEPEST),
            *to_date.fields(settings.section(WorkingYear)),
        ),
        groups=(Group("rule"), Group("time", folded=True), Group("scale", folded=True)),
        tables=(
            TableSpec(
                "measures",
                (
                    ColumnSpec("line", "text", required=False),
                    ColumnSpec("measure", "text"),
                    ColumnSpec("measure_target", "text"),
                    ColumnSpec("measure_actual", "text", required=False),
                    ColumnSpec("measure_weight", "percent", required=False, of_a_whole=True),
                    ColumnSpec("direction", "text", required=False),
                    ColumnSpec("counting", "text", required=False),
                ),
            ),
            TableSpec(
                "quarters",
                (ColumnSpec("earlier_period", "text"), ColumnSpec("line", "text"), ColumnSpec("line_score", "percent")),
                required=False,
            ),
            TableSpec(
                "scales",
                (
                    ColumnSpec("line", "text"),
                    ColumnSpec("threshold", "percent", required=False, of_a_whole=True),
                    ColumnSpec("accelerator", "number", required=False),
                    ColumnSpec("limit", "percent", required=False),
                ),
                required=False,
            ),
        ),
        seeks=(Seek("cap", "score"),),
    )


def attainment(target: Fraction, actual: Fraction, direction: Direction, rule: LowerRule = "ratio") -> Fraction | None:
    """Return how far a target above zero is reached, from 0; 1 is exactly.

    Where lower is better there are two rules in use. By ``ratio``, 20% too many is 1/1.2, and an actual of zero is
    beyond any number: None. By ``distance``, 20% too many is 80%, and twice the target or more is 0.

    >>> [attainment(Fraction(10), Fraction(12), "lower", rule) for rule in ("ratio", "distance")]
    [Fraction(5, 6), Fraction(4, 5)]
    """
    if direction == "higher":
        return max(Fraction(0), actual / target)
    if rule == "distance":
        return max(Fraction(0), 2 - actual / target)
    return target / actual if actual > 0 else None


def calculate(inputs: Inputs) -> Result:
    """Score the measures; raises InvalidInputs for rows that tell no target and for weights that are not 100%."""
    cap = None if inputs.cap is None else Fraction(inputs.cap, BASIS_POINTS)
    by_form = Scale(Fraction(inputs.threshold, BASIS_POINTS), Fraction(inputs.accelerator, 100), cap)
    measures, notices = _measures(inputs.measures.frame, inputs.measures.currency)
    period = to_date.period(vars(inputs))
    own = None if inputs.scales is None else inputs.scales.frame
    by_line, own_said = scales_of(own, [one.line for one in measures], by_form, _same)
    due = None if period.pace == "whole" else period.gone
    gone = Fraction(1) if due is None else due
    reached = [
        None if one.actual is None else attainment(one.due(gone), one.actual, one.direction, inputs.lower)
        for one in measures
    ]
    pairs = list(zip(measures, reached, strict=True))
    boundless = [
        one.name for one, value in pairs if value is None and one.actual is not None and by_line[one.line].cap is None
    ]
    if boundless:
        raise InvalidInputs([InputError("cap", "five_lines.boundless", {"names": boundless, "count": len(boundless)})])
    counted = [None if one.actual is None else by_line[one.line].counted(value) for one, value in pairs]
    below = [one.name for one, value in pairs if value is not None and value < by_line[one.line].threshold]
    adding_up = [one.name for one in measures if one.adds_up]
    assumed = [one.name for one in measures if one.adds_up and one.assumed]
    said = [
        *to_date.said_of(period, adding_up, assumed),
        *said_of_scale(by_form, below),
        *own_said,
    ]
    points = _points(measures, counted)
    score = _score(cap, inputs.lower, measures, counted, points=points, notices=[*said, *notices])
    now = {row["line"]: row["score"] for row in score.tables[0].lines(0, len(score.tables[0]))}
    earlier = None if inputs.quarters is None else inputs.quarters.frame
    trend, unused = over_time(earlier, now, period.name, _same)
    return Result(
        (
            replace(score, notices=(*score.notices, *unused)),
            *([] if trend is None else [trend]),
            _all(
                measures, reached, counted, points=points, scales=by_line, due=None if period.pace == "whole" else gone
            ),
        )
    )


def _same(line: str) -> str:
    """Return what a line is known by, however it is called."""
    return line_of(line) or line.casefold()


# --- reading -------------------------------------------------------------------------------------------


def _number(written: str, currency: str) -> tuple[Fraction, bool] | None:
    """Return a number, exactly, and whether it is a percentage; None where nothing is written. Raises NotAnAmount."""
    bare = written.translate(HALF_WIDTH).strip()
    percent = bare.endswith("%")
    bare = bare.removesuffix("%").strip()
    places = max(PLACES_OF_NUMBERS, decimals(currency))  # what is measured need not be money
    amount = parse_amount(bare, currency=currency, places=places)
    if amount is None:
        return None
    return amount.finer or Fraction(amount.held, 10**places), percent


def _measures(frame: pd.DataFrame, currency: str) -> tuple[list[Goal], list[Notice]]:
    """Return the measures of the table, and what was assumed about them."""
    errors: list[InputError] = []
    measures: list[Goal] = []
    filled, undirected = 0, 0
    weights = _weights(frame, errors)
    line = ""
    for row, weight in zip(frame.to_dict("records"), weights, strict=True):
        filled += not row["line"] and bool(line)
        line = row["line"] or line
        place = {"row": int(row["row"]), "measure": row["measure"]}
        values: dict[str, tuple[Fraction, bool] | None] = {}
        for name in ("target", "actual"):
            try:
                values[name] = _number(row[f"measure_{name}"], currency)
            except NotAnAmount as fault:
                code = "foreign" if fault.code == "tables.foreign_currency" else "not_a_number"
                column = f"five_lines.column.measure_{name}"
                params = {**fault.params, **place, "column": column, "cell": row[f"measure_{name}"]}
                errors.append(InputError("measures", f"five_lines.{code}", params))
        if len(values) < 2:  # noqa: PLR2004 - target and actual
            continue
        target, actual = values["target"], values["actual"]
        if target is None or target[0] <= 0:
            errors.append(InputError("measures", "five_lines.no_target", {**place, "cell": row["measure_target"]}))
        elif actual is not None and actual[1] != target[1]:
            params = {**place, "target": row["measure_target"], "actual": row["measure_actual"]}
            errors.append(InputError("measures", "five_lines.two_units", params))
        else:
            directions = directions_of(row["direction"])
            if len(directions) > 1:
                errors.append(InputError("measures", "five_lines.two_directions", {**place, "cell": row["direction"]}))
            undirected += not directions
            countings = countings_of(row["counting"])
            if row["counting"] and len(countings) != 1:
                errors.append(InputError("measures", "five_lines.no_counting", {**place, "cell": row["counting"]}))
            measures.append(
                Goal(
                    line=line,
                    name=row["measure"],
                    direction="lower" if directions == {"lower"} else "higher",
                    target=target[0],
                    actual=None if actual is None else actual[0],
                    weight=weight,
                    written=(row["measure_target"], row["measure_actual"]),
                    adds_up=True in countings or not (countings or target[1]),
                    assumed=not countings,
                )
            )
    if errors:
        raise InvalidInputs(errors)
    return measures, _said(frame, measures, filled, undirected)


def directions_of(written: str) -> set[Direction]:
    """Return which way is better: one direction, none where that is not written, two where it contradicts itself.

    >>> directions_of("越低越好"), directions_of("不低于目标"), directions_of("not higher than"), directions_of("")
    ({'lower'}, {'higher'}, {'lower'}, set())
    """
    named: set[Direction] = set()
    for found in _DIRECTED.finditer(written.casefold()):
        name: Direction = "lower" if found["lower"] else "higher"
        named.add(_OTHER_WAY[name] if found["not"] else name)
    return named


def countings_of(written: str) -> set[bool]:
    """Return whether a measure adds up over the period: one answer, none where that is not written, two where unclear.

    >>> countings_of("累计"), countings_of("Average"), countings_of("")
    ({True}, {False}, set())
    """
    text = written.casefold()
    return {adds for adds, words in COUNTINGS.items() if any(word in text for word in words)}


def _weights(frame: pd.DataFrame, errors: list[InputError]) -> list[Fraction]:
    """Return each row's weight as a fraction: as given where they make 100%, equal where none is given.

    Where they miss it by no more than their last decimal was rounded by, they are divided by what they make.
    """
    known = frame["measure_weight_known"]
    if not known.any():
        return [Fraction(1, len(frame))] * len(frame)
    weights: list[Fraction] = frame["measure_weight"].tolist()
    total = sum(weights, Fraction(0))
    if not known.all():
        names = frame.loc[~known, "measure"].tolist()
        errors.append(InputError("measures", "five_lines.no_weight", {"names": names, "count": len(names)}))
    elif min(weights) < 0:
        errors.append(InputError("measures", "five_lines.negative_weight"))
    elif _is_one_but_for_rounding(weights):
        return [weight / total for weight in weights]
    else:
        errors.append(InputError("measures", "five_lines.not_hundred", {"total": 100 * total}))
    return weights


def _is_one_but_for_rounding(weights: Sequence[Fraction]) -> bool:
    """Whether weights make 1, or would if what is finer than their last decimal had not been cut; 33% is no third.

    >>> _is_one_but_for_rounding([Fraction("0.333")] * 3), _is_one_but_for_rounding([Fraction("0.33")] * 3)
    (True, False)
    """
    missing, places = abs(sum(weights, Fraction(0)) - 1), 2
    while any(10**places % weight.denominator for weight in weights):
        places += 1
    return not missing or (places > 2 and missing <= Fraction(len(weights), 10**places))  # noqa: PLR2004 - whole percents


def _said(frame: pd.DataFrame, measures: Sequence[Goal], filled: int, undirected: int) -> list[Notice]:
    notices = []
    if not frame["measure_weight_known"].any():
        notices.append(Notice("five_lines.equal_weights", {"count": len(frame)}, "assumed"))
    elif (total := sum(frame["measure_weight"], Fraction(0))) != 1:
        notices.append(Notice("five_lines.weights_scaled", {"total": 100 * total}, "assumed"))
    if undirected:
        notices.append(Notice("five_lines.undirected", {"count": undirected}, "assumed"))
    if filled:
        notices.append(Notice("five_lines.filled_down", {"count": filled}))
    lines = {name for one in measures if (name := line_of(one.line))}
    absent = [f"five_lines.line.{name}" for name in LINES if name not in lines]
    if absent:
        notices.append(Notice("five_lines.absent", {"lines": absent, "count": len(absent)}, "caution"))
    twelve = METHOD["line_measures"].value
    if len(measures) != twelve:
        notices.append(Notice("five_lines.other_count", {"count": len(measures), "twelve": twelve}))
    return [*notices, *about(("five_lines.repeated", more_than_once(one.name for one in measures), "caution"))]


def line_of(written: str) -> str | None:
    """Return which of the five lines is meant, None where it is one of the reader's own.

    >>> line_of("客户线"), line_of("Regions"), line_of("渠道线")
    ('customers', 'regions', None)
    """
    text = written.casefold()
    return next((name for name, words in LINES.items() if any(word in text for word in words)), None)


# --- the answer ----------------------------------------------------------------------------------------


def _weighted(measures: Sequence[Goal], values: Sequence[Fraction | None]) -> Fraction | None:
    """Return the mean of the known values by weight; None where no weight is on any."""
    known = [(one.weight, value) for one, value in zip(measures, values, strict=True) if value is not None]
    weight = sum((weight for weight, _ in known), Fraction(0))
    return sum((weight * value for weight, value in known), Fraction(0)) / weight if weight else None


def _points(measures: Sequence[Goal], counted: Sequence[Fraction | None]) -> list[Fraction | None]:
    """Return what each measure adds to the score: its weight among the known ones times what counts of it.

    A measure without an actual takes no part, so that the points of the others add up to the score.
    """
    known = sum((one.weight for one, value in zip(measures, counted, strict=True) if value is not None), Fraction(0))
    return [
        None if value is None or not known else one.weight / known * value
        for one, value in zip(measures, counted, strict=True)
    ]


def _score(
    cap: Fraction | None,
    lower: LowerRule,
    measures: Sequence[Goal],
    counted: Sequence[Fraction | None],
    *,
    points: Sequence[Fraction | None],
    notices: list[Notice],
) -> Section:
    capped = [None if one is None else min(one, Fraction(1)) for one in counted]
    score, at_most_whole = _weighted(measures, counted), _weighted(measures, capped)
    lines = list(dict.fromkeys(one.line for one in measures))
    order = {name: at for at, name in enumerate(LINES)}
    lines.sort(key=lambda line: (order.get(line_of(line) or "", len(order)), line))
    rows: list[dict[str, Any]] = []
    for line in lines:
        at = [place for place, one in enumerate(measures) if one.line == line]
        inside = [measures[place] for place in at]
        weight = sum((one.weight for one in inside), Fraction(0))
        own = _weighted(inside, [counted[place] for place in at])
        added = sum((value for place in at if (value := points[place]) is not None), Fraction(0))
        score_of = beside(own, 1)
        rows.append(
            {"line": line, "measures": len(inside), "weight": weight, "score": score_of, "points": Beside(added, 1)}
        )
    scores = {row["line"]: row["score"] for row in rows}
    unknown = [one.name for one in measures if one.actual is None]
    said = []
    if unknown:
        weight = sum((one.weight for one in measures if one.actual is None), Fraction(0))
        said.append(
            Notice("five_lines.unknown", {"names": unknown, "count": len(unknown), "weight": weight}, "caution")
        )
    if cap is None and score is not None and at_most_whole is not None and score > at_most_whole:
        said.append(
            Notice(
                "five_lines.not_capped",
                {"score": Beside(score, at_most_whole), "capped": cutoff(at_most_whole)},
                "assumed",
            )
        )
    if cap is not None:
        said.append(Notice("five_lines.capped_at", {"cap": cutoff(cap)}, "assumed"))
    if any(one.direction == "lower" for one in measures):
        said.append(Notice(f"five_lines.by_{lower}", level="assumed"))
    rated = {line: score for line, score in scores.items() if score is not None}
    if len(rated) > 1 and (least := min(rated.values())) < 1:
        weakest = [line for line, score in rated.items() if score == least]
        said.append(Notice("five_lines.weakest", {"lines": weakest, "count": len(weakest), "score": Beside(least, 1)}))
    figures = (
        Figure("score", "share", beside(score, 1)),
        Figure("score_capped", "share", beside(at_most_whole, 1)),
        Figure("reached", "count", sum(one is not None and one >= 1 for one in counted), {"count": len(measures)}),
        Figure("measures", "count", len(measures)),
    )
    table = Table(
        "lines", columns("line:text measures:count weight:share score:share points:share"), rows, answer="score"
    )
    chart = Chart(
        "lines",
        "bars",
        lines,
        (Series("five_lines.column.score", "share", list(scores.values())),),
        {"count": len(lines)},
        mark=1,
    )
    return Section("score", figures, (chart,), (table,), (*said, *notices))


def _all(
    measures: Sequence[Goal],
    reached: Sequence[Fraction | None],
    counted: Sequence[Fraction | None],
    *,
    points: Sequence[Fraction | None],
    scales: Mapping[str, Scale],
    due: Fraction | None,
) -> Section:
    """List every measure; ``due`` is how much of what adds up is due, None where targets are whole."""
    shown: dict[str, ValueKind | Column] = {
        **columns("line:text measure:text direction:key measure_target:text"),
        **columns("" if due is None else "counting:key due:number"),
        **columns("measure_actual:text attainment:share counted:share weight:share points:share"),
    }
    rows = [
        {
            "line": one.line,
            "measure": one.name,
            "direction": f"five_lines.direction.{one.direction}",
            "measure_target": one.written[0],
            "counting": f"five_lines.counting.{'adds_up' if one.adds_up else 'level'}",
            "due": one.due(due) if due is not None and one.adds_up else None,
            "measure_actual": one.written[1] if one.actual is not None else None,
            "attainment": beside(full, *_cuts(scales[one.line])),
            "counted": beside(part, *_cuts(scales[one.line])),
            "weight": one.weight,
            "points": beside(own, *_cuts(scales[one.line])),
        }
        for one, full, part, own in zip(measures, reached, counted, points, strict=True)
    ]
    return Section("measures", tables=(Table("measures", shown, rows, detail=True, answer="attainment"),))


def _cuts(scale: Scale) -> tuple[Fraction, ...]:
    """Return what an attainment is held against: the target, the threshold and the cap."""
    return tuple(one for one in (Fraction(1), scale.threshold, scale.cap) if one)
