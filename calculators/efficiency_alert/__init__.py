"""The weekly alert on output per head (人效下降预警): how often it fires by chance, and what to watch instead.

From a team's deals a week, typed or taken from a list of its own weeks, to the share of weeks in which an unchanged
team sets the alert off, to a control limit, and to rules that see a fall: what each makes of chance and of a real one.
The rules are in ``rules.py``, the team's own weeks in ``weeks.py``, words in ``words.*.toml``.

Source of the alert: stage three, "数据驾驶舱搭建": help starts at a fall of 10%. It names no comparison; read here as
week on week. Deals are taken to come in independently of each other, at an unchanged rate: then their number is
Poisson distributed. A team's own weeks may vary more than that; where a test finds so, every limit is wider. The
tolerated share of false alarms and `POWER` are ours.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import accumulate
from math import ceil

from calculators.efficiency_alert.rules import (
    MONTH,
    QUARTER,
    WEEKS_A_YEAR,
    WEEKS_AT_LIMIT,
    WEEKS_BELOW_MEAN,
    Behaviour,
    Cusum,
    Ewma,
    after,
    behaviour,
    cusum,
    cusum_reach,
    ewma,
    ewma_reach,
    last_count,
    least_fall,
    lower_limit,
    together,
    weeks_at_limit,
    weeks_below_mean,
)
from calculators.efficiency_alert.weeks import FEWEST, MOST_ROWS, History, Judged, Rules, by_chance, judged, read
from calculators.engine.answers.result import (
    Beside,
    Chart,
    Figure,
    Notice,
    Result,
    Section,
    Series,
    Table,
    ValueKind,
    beside,
    columns,
    cutoff,
)
from calculators.engine.arithmetic.chances import ERROR, count_at_most, count_chances
from calculators.engine.asks.fields import Declaration, Field, Group, Inputs, Seek
from calculators.engine.asks.settings import BASIS_POINTS
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.method import METHOD

VOLUMES = (5, 10, 20, 50, 100, 200, 500)
"""The deals a week that the table compares."""
POWER = Decimal("0.8")
POWER_SHARE = cutoff(Fraction(POWER))
"""A real fall should be seen in four cases of five: the usual power of a test."""
LARGE_FALL = METHOD["alert_large_fall"].value * BASIS_POINTS // 100
"""A fall, in basis points, that nobody would miss by eye: what a rule makes of it is shown beside the alert's."""
LARGEST_VOLUME = 4_000
"""Deals beyond which nothing is looked for."""
PLACES = Decimal("0.000001")
EXAMPLE = 1_000
"""Deals a week of the worked example, in hundredths; its own weeks come to the same."""


def declare() -> Declaration:
    """Return what the calculator asks for; the fall is the method's."""
    percent = BASIS_POINTS // 100
    return Declaration(
        fields=(
            Field("deals", "hundredths", "alert", EXAMPLE, 10, 100_000, example=EXAMPLE),
            Field("drop", "percent", "alert", METHOD["efficiency_alert"].value * percent, percent, 90 * percent),
            Field("tolerated", "percent", "alert", 5 * percent, percent // 10, 50 * percent),
            Field("baseline", "whole", "weeks", QUARTER, FEWEST, 104),
            Field("smoothing", "percent", "weeks", 20 * percent, 5 * percent, BASIS_POINTS),
        ),
        groups=(Group("alert", columns=3), Group("weeks", folded=True)),
        tables=(
            TableSpec(
                "weeks",
                (
                    ColumnSpec("week_of", "text"),
                    ColumnSpec("closed", "number"),
                    ColumnSpec("reps", "number", required=False),
                ),
                required=False,
                most=MOST_ROWS,
            ),
        ),
        seeks=(
            Seek("deals", "by_chance"),
            Seek("deals", "cusum_sees"),
        ),
    )


def calculate(inputs: Inputs) -> Result:
    """Say what chance does to the alert, and which rule sees a fall; raises InvalidInputs for weeks that are none."""
    drop, tolerated = inputs.drop, Decimal(inputs.tolerated) / BASIS_POINTS
    history, remarks = (None, []) if inputs.weeks is None else read(inputs.weeks.frame, inputs.baseline)
    deals = history.mean if history else Decimal(inputs.deals) / 100
    wide = history.allowance if history else Decimal(1)
    said: dict[str, Fraction] = {
        "deals": Fraction(deals),
        "drop": cutoff(Fraction(drop, BASIS_POINTS)),
        "tolerated": cutoff(Fraction(tolerated)),
    }
    rule, mean = cusum(deals, drop, tolerated, wide), ewma(deals, tolerated, inputs.smoothing, wide)
    sections = [_alert(deals, drop, tolerated, wide, said)]
    if history:
        units = None if mean is None else mean.units
        rules = Rules(
            lambda normal: lower_limit(normal, tolerated, wide),
            lambda normal: None if rule is None else cusum(normal, drop, tolerated, wide),
            lambda normal: None if units is None else ewma(normal, tolerated, inputs.smoothing, wide, units),
        )
        sections.append(_weeks(history, rules, remarks))
    sections += [
        _limit(deals, drop, tolerated, wide, said),
        _recommended(deals, drop, tolerated, wide, rule=rule, mean=mean),
    ]
    return Result(tuple(sections))


def _alert(deals: Decimal, drop: int, tolerated: Decimal, wide: Decimal, said: dict[str, Fraction]) -> Section:
    """Return how often the source's alert fires although nothing has changed."""
    by_chance = week_on_week(deals, drop, wide)
    return Section(
        "alert",
        figures=(
            Figure("by_chance", "share", Beside(by_chance, said["tolerated"]), said),
            Figure("alarms_a_year", "number", _rounded(by_chance * WEEKS_A_YEAR, 1)),
            Figure("quiet_volume", "count", deals_to_be_quiet(drop, tolerated, wide), said),
        ),
        notices=(
            Notice("efficiency_alert.poisson", level="assumed"),
            Notice("efficiency_alert.comparison", said, "assumed"),
        ),
    )


def _limit(deals: Decimal, drop: int, tolerated: Decimal, wide: Decimal, said: dict[str, Fraction]) -> Section:
    """Return the control limit of a week, and what it takes to see the fall at all."""
    limit = lower_limit(deals, tolerated, wide)
    enough = deals_to_see(drop, tolerated, wide)
    return Section(
        "instead",
        figures=(
            Figure("limit", "count", limit, said),
            Figure(
                "limit_by_chance",
                "share",
                None if limit is None else Beside(_share(count_at_most(limit, deals, wide)), said["tolerated"]),
                said,
            ),
            Figure(
                "limit_sees",
                "share",
                None if limit is None else Beside(_share(count_at_most(limit, after(deals, drop), wide)), POWER_SHARE),
                said,
            ),
            Figure("enough_deals", "count", enough, {**said, "power": POWER_SHARE}),
            Figure("weeks_to_see", "count", None if enough is None else ceil(Decimal(enough) / deals), said),
        ),
        tables=(_by_volume(deals, drop, tolerated, wide),),
        notices=(
            *([Notice("efficiency_alert.no_limit", said, "caution")] if limit is None else []),
            *([Notice("efficiency_alert.beyond", {"largest": LARGEST_VOLUME}, "caution")] if enough is None else []),
            Notice("efficiency_alert.baseline"),
            Notice("efficiency_alert.ours", {"power": POWER_SHARE, **said}, "assumed"),
        ),
    )


def _recommended(
    deals: Decimal, drop: int, tolerated: Decimal, wide: Decimal, *, rule: Cusum | None, mean: Ewma | None
) -> Section:
    """Return the rule to act by, and every rule with its false alarms and what it sees."""
    found = {
        "cusum": None if rule is None else behaviour(cusum_reach(rule, deals, wide), drop, LARGE_FALL),
        "ewma": None if mean is None else behaviour(ewma_reach(mean, deals, wide), drop, LARGE_FALL),
        "one": behaviour(weeks_at_limit(deals, tolerated, 1, wide), drop, LARGE_FALL),
        "two": behaviour(weeks_at_limit(deals, tolerated, WEEKS_AT_LIMIT, wide), drop, LARGE_FALL),
        "six": behaviour(weeks_below_mean(deals, WEEKS_BELOW_MEAN, wide), drop, LARGE_FALL),
        "month": behaviour(together(deals, tolerated, MONTH, wide), drop, LARGE_FALL),
        "quarter": behaviour(together(deals, tolerated, QUARTER, wide), drop, LARGE_FALL),
    }
    best, two = found["cusum"], found["two"]
    assert two is not None  # only the CUSUM and the EWMA may be missing
    falls = {"drop": cutoff(Fraction(drop, BASIS_POINTS)), "large": cutoff(Fraction(LARGE_FALL, BASIS_POINTS))}
    spoken: dict[str, object] = {**falls, "quarter": QUARTER, "two": WEEKS_AT_LIMIT}
    spoken |= {"two_sees": Beside(two.sees, POWER_SHARE), "two_sees_large": Beside(two.sees_large, POWER_SHARE)}
    spoken |= {"two_by_chance": two.by_chance}
    notices = []
    figures: list[Figure] = []
    if rule is None or best is None:
        notices.append(Notice("efficiency_alert.no_cusum", spoken, "caution"))
    else:
        least = least_fall(rule, deals, POWER, wide)
        spoken |= {"reference": rule.reference, "limit": rule.limit, "alarms": _rounded(best.alarms_a_year, 2)}
        sees, sees_large = Beside(best.sees, POWER_SHARE), Beside(best.sees_large, POWER_SHARE)
        spoken |= {"by_chance": best.by_chance, "sees": sees, "sees_large": sees_large}
        spoken |= {"weeks": best.weeks and _rounded(best.weeks, 1)}
        notices.append(Notice("efficiency_alert.rule", spoken, "note"))
        if two.sees < POWER_SHARE:
            notices.append(Notice("efficiency_alert.two_weeks", spoken, "caution"))
        if best.sees < POWER_SHARE:
            least_said: dict[str, object] = {
                **falls,
                "sees": Beside(best.sees, POWER_SHARE),
                "power": POWER_SHARE,
                "quarter": QUARTER,
            }
            least_said["least"] = None if least is None else Fraction(least, BASIS_POINTS)
            notices.append(Notice("efficiency_alert.sees_too_little", least_said, "caution"))
        figures = [
            Figure("cusum_reference", "number", rule.reference, falls),
            Figure("cusum_limit", "number", rule.limit),
            Figure("cusum_alarms", "number", _rounded(best.alarms_a_year, 2), {"by_chance": best.by_chance}),
            Figure("cusum_sees", "share", sees, falls),
            Figure("cusum_sees_large", "share", sees_large, falls),
            Figure("least_fall", "share", least and Fraction(least, BASIS_POINTS), {"power": POWER_SHARE}),
        ]
    if mean is None or found["ewma"] is None:
        notices.append(Notice("efficiency_alert.no_ewma", {"deals": Fraction(deals)}, "caution"))
    else:
        ewma_said, ewma_figures = _ewma(mean, found["ewma"], falls)
        notices.append(ewma_said)
        figures += ewma_figures
    tables = (_rules(found), _cusum_by_volume(deals, drop, tolerated, wide))
    return Section("rule", tuple(figures), tables=tables, notices=tuple(notices))


def _ewma(mean: Ewma, does: Behaviour, falls: Mapping[str, Fraction]) -> tuple[Notice, list[Figure]]:
    """Return what the EWMA is and does, in words and as figures."""
    alarms = _rounded(does.alarms_a_year, 2)
    newest = Fraction(mean.weight, BASIS_POINTS)
    spoken: dict[str, object] = {**falls, "quarter": QUARTER, "newest": newest, "rest": 1 - newest}
    spoken |= {"limit": mean.share, "part": Fraction(1, mean.units), "alarms": alarms, "by_chance": does.by_chance}
    sees, sees_large = Beside(does.sees, POWER_SHARE), Beside(does.sees_large, POWER_SHARE)
    spoken |= {"sees": sees, "sees_large": sees_large, "weeks": does.weeks and _rounded(does.weeks, 1)}
    return Notice("efficiency_alert.ewma", spoken), [
        Figure("ewma_limit", "share", mean.share, {"newest": newest}),
        Figure("ewma_alarms", "number", alarms, {"by_chance": does.by_chance}),
        Figure("ewma_sees", "share", sees, falls),
    ]


def _rules(found: dict[str, Behaviour | None]) -> Table:
    rows = [
        {
            "rule": f"efficiency_alert.rules.{name}",
            "alarms": _rounded(does.alarms_a_year, 2),
            "by_chance": does.by_chance,
            "sees": Beside(does.sees, POWER_SHARE),
            "sees_large": Beside(does.sees_large, POWER_SHARE),
            "weeks": does.weeks and _rounded(does.weeks, 1),
        }
        for name, does in found.items()
        if does is not None
    ]
    return Table(
        "rules", columns("rule:key alarms:number by_chance:share sees:share sees_large:share weeks:number"), rows
    )


def _volumes(deals: Decimal) -> list[Decimal]:
    return sorted({Decimal(volume) for volume in VOLUMES} | {deals})


def _by_volume(deals: Decimal, drop: int, tolerated: Decimal, wide: Decimal) -> Table:
    rows, said = [], Fraction(tolerated)
    for volume in _volumes(deals):
        limit = lower_limit(volume, tolerated, wide)
        sees = None if limit is None else count_at_most(limit, after(volume, drop), wide)
        rows.append(
            {
                "volume": Fraction(volume),
                "week_on_week": Beside(week_on_week(volume, drop, wide), said),
                "against_baseline": Beside(against_baseline(volume, drop, wide), said),
                "limit": limit,
                "limit_sees": None if sees is None else Beside(_share(sees), POWER_SHARE),
            }
        )
    return Table(
        "by_volume",
        columns("volume:number week_on_week:share against_baseline:share limit:count limit_sees:share"),
        rows,
    )


def _cusum_by_volume(deals: Decimal, drop: int, tolerated: Decimal, wide: Decimal) -> Table:
    rows = []
    for volume in _volumes(deals):
        rule = cusum(volume, drop, tolerated, wide)
        does = None if rule is None else behaviour(cusum_reach(rule, volume, wide), drop, LARGE_FALL)
        rows.append(
            {
                "volume": Fraction(volume),
                "reference": rule and rule.reference,
                "sum_limit": rule and rule.limit,
                "alarms": does and _rounded(does.alarms_a_year, 2),
                "by_chance": does and does.by_chance,
                "sees": does and Beside(does.sees, POWER_SHARE),
                "sees_large": does and Beside(does.sees_large, POWER_SHARE),
            }
        )
    shown = columns(
        "volume:number reference:number sum_limit:number alarms:number by_chance:share sees:share sees_large:share"
    )
    return Table("cusum", shown, rows)


# --- the team's own weeks ------------------------------------------------------------------------------


def _weeks(history: History, rules: Rules, remarks: list[Notice]) -> Section:
    """Return the team's weeks beside what is normal, as charts and as a table."""
    notices = list(remarks)
    if not history.enough:
        notices.append(Notice("efficiency_alert.few_weeks", {"count": history.baseline, "least": FEWEST}, "caution"))
    spread, chance = history.spread if history.baseline > 1 else (None, None)
    weeks = judged(history, rules) if history.enough else ()
    if history.enough and chance is not None:
        code = "varies_more" if chance <= ERROR else "varies_as_chance"
        params = {"count": history.baseline, "spread": spread and _rounded(spread, 2), "chance": chance}
        notices.append(Notice(f"efficiency_alert.{code}", params, "caution" if chance <= ERROR else "note"))
    after_baseline = len(history.weeks) - history.baseline
    if history.enough and not after_baseline:
        notices.append(Notice("efficiency_alert.all_baseline", {"count": history.baseline}))
    alerts, means, low = ([one.week.name for one in weeks if rule in one.signals] for rule in ("cusum", "ewma", "low"))
    if after_baseline and history.enough:
        told = {"names": alerts, "count": len(alerts), "weeks": after_baseline}
        notices.append(
            Notice(f"efficiency_alert.{'alerted' if alerts else 'quiet'}", told, "caution" if alerts else "note")
        )
    if means:
        told = {"names": means, "count": len(means), "weeks": after_baseline}
        notices.append(Notice("efficiency_alert.ewma_alerted", told, "caution"))
    if history.enough and history.by_rep and (chance_of := by_chance(history, rules)):
        heads = {"weeks": chance_of.weeks, "cusum": chance_of.cusum, "ewma": chance_of.ewma}
        notices.append(Notice("efficiency_alert.heads_vary", heads))
    figures = (
        Figure("mean", "number", Fraction(history.mean), {"reps": history.weeks[-1].reps if history.by_rep else None}),
        Figure("rate", "number", history.rate if history.by_rep else None, {"count": history.baseline}),
        Figure("dispersion", "number", spread, {"chance": chance, "count": history.baseline}),
        Figure("alerts", "count", len(alerts) if weeks else None, {"count": after_baseline}),
        Figure("ewma_alerts", "count", len(means) if weeks else None, {"count": after_baseline}),
        Figure("low_weeks", "count", len(low) if weeks else None, {"count": after_baseline}),
    )
    rows = [
        {
            "week_of": one.week.name,
            "closed": one.week.deals,
            "reps": one.week.reps if history.by_rep else None,
            "per_rep": one.week.deals / one.week.reps if history.by_rep else None,
            "expected": one.expected,
            "limit": one.limit,
            "sum": _held(one.sum, one.sum_limit),
            "sum_limit": one.sum_limit,
            "ewma": _held(one.mean, one.mean_limit),
            "ewma_limit": one.mean_limit,
            "signal": _signal(one, place < history.baseline),
        }
        for place, one in enumerate(weeks)
    ]
    shown = columns(
        "week_of:text closed:count reps:number per_rep:number expected:number limit:count sum:number"
        " sum_limit:number ewma:share ewma_limit:share signal:key"
    )
    table = Table("weeks", shown, rows, detail=True, answer="signal")
    charts = _charts(history, weeks) if weeks else ()
    return Section("weeks", figures, charts, (table,) if rows else (), tuple(notices))


def _held(value: Fraction | None, limit: Fraction | None) -> Fraction | None:
    """Return a sum or mean beside its limit, where the week has them."""
    return value if limit is None else beside(value, limit)


def _signal(one: Judged, baseline: bool) -> str:
    """Return the text of what a week sets off."""
    return f"efficiency_alert.signal.{'baseline' if baseline else '_'.join(one.signals) or 'none'}"


def _charts(history: History, weeks: Sequence[Judged]) -> tuple[Chart, ...]:
    """Return the control chart, per rep where head counts are given, and CUSUM and EWMA with their limits."""
    names = [one.week.name for one in weeks]
    params = {"count": len(weeks), "baseline": history.baseline}

    def lines(chart: str, kind: ValueKind, values: Mapping[str, list[Fraction | None]]) -> tuple[Series, ...]:
        return tuple(Series(f"efficiency_alert.chart.{chart}.{name}", kind, some) for name, some in values.items())

    control: dict[str, list[Fraction | None]] = {
        "actual": [one.week.deals / one.week.reps for one in weeks],
        "expected": [one.expected / one.week.reps for one in weeks],
        "limit": [None if one.limit is None else one.limit / one.week.reps for one in weeks],
    }
    sums = {"sum": [_held(one.sum, one.sum_limit) for one in weeks], "limit": [one.sum_limit for one in weeks]}
    means = {"mean": [_held(one.mean, one.mean_limit) for one in weeks], "limit": [one.mean_limit for one in weeks]}
    shown = [
        Chart(
            "control" if history.by_rep else "control_team",
            "control",
            names,
            lines("control", "number", control),
            params,
        )
    ]
    if any(one.sum is not None for one in weeks):
        shown.append(Chart("cusum", "sums", names, lines("cusum", "number", sums), params))
    if any(one.mean is not None for one in weeks):
        shown.append(Chart("ewma", "sums", names, lines("ewma", "share", means), params, mark=1))
    return tuple(shown)


# --- chance ------------------------------------------------------------------------------------------


def week_on_week(deals: Decimal | int, drop: int, wide: Decimal = Decimal(1)) -> Fraction:
    """Return the chance that a week has fewer deals than the week before by ``drop`` basis points of them or more.

    Both weeks are independent draws with the mean ``deals``, Poisson distributed or ``wide``; after a week without any
    there is no fall.

    >>> [round(float(week_on_week(mean, 1_000)), 2) for mean in (10, 100)]
    [0.42, 0.23]
    """
    mean = Decimal(deals)
    chances = count_chances(mean, last_count(mean, wide), wide)
    at_most = list(accumulate(chances))
    falls = (
        chances[before] * at_most[before * (BASIS_POINTS - drop) // BASIS_POINTS] for before in range(1, len(chances))
    )
    return _share(sum(falls, Decimal(0)))


def against_baseline(deals: Decimal | int, drop: int, wide: Decimal = Decimal(1)) -> Fraction:
    """Return the chance that a week is below a mean that is known, by ``drop`` basis points of it or more."""
    return _share(count_at_most(int(after(Decimal(deals), drop)), Decimal(deals), wide))


def deals_to_see(drop: int, tolerated: Decimal, wide: Decimal = Decimal(1)) -> int | None:
    """Return about how many deals are needed until a fall of the rate shows in four cases of five (`POWER`).

    The limit is that of `lower_limit`. None beyond `LARGEST_VOLUME`.
    """

    def sees(volume: int) -> bool:
        limit = lower_limit(Decimal(volume), tolerated, wide)
        return limit is not None and count_at_most(limit, after(Decimal(volume), drop), wide) >= POWER

    return _first(sees)


def deals_to_be_quiet(drop: int, tolerated: Decimal, wide: Decimal = Decimal(1)) -> int | None:
    """Return about how many deals a week are needed until week on week fires by chance no more than is tolerated."""
    return _first(lambda volume: week_on_week(volume, drop, wide) <= Fraction(tolerated))


def _first(holds: Callable[[int], bool]) -> int | None:
    """Return by halving where a property begins; whole deals make it waver by a few around there."""
    low, high = 0, LARGEST_VOLUME
    if not holds(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _share(chance: Decimal) -> Fraction:
    return Fraction(chance.quantize(PLACES, ROUND_HALF_UP))


def _rounded(value: Fraction, places: int) -> Fraction:
    return Fraction(round(value * 10**places), 10**places)
