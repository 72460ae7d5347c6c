"""The weekly alert on output per head (人效下降预警): how often it fires by chance, and what to watch instead.

From a team's deals a week to the share of weeks in which an unchanged team sets the alert off, to a control limit,
and to how many deals it takes to see such a fall at all. Words are in ``words.*.toml``.

Source of the alert: stage three, "数据驾驶舱搭建": help starts at a fall of 10%. It names no comparison; read here as
week on week. Deals are taken to come in independently of each other, at an unchanged rate: then their number is
Poisson distributed. Months that close, holidays and large orders make real weeks vary more, never less. The tolerated
share of false alarms and `POWER` are ours. The team is constant, so that deals stand for deals per head.
"""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import accumulate
from math import ceil, isqrt

from calculators.engine.answers.result import Figure, Notice, Result, Section, Table, columns
from calculators.engine.asks.fields import Declaration, Field, Group, Inputs
from calculators.engine.asks.settings import BASIS_POINTS
from calculators.method import METHOD

VOLUMES = (5, 10, 20, 50, 100, 200, 500)
"""The deals a week that the table compares."""
POWER = Decimal("0.8")
"""A real fall should be seen in four cases of five: the usual power of a test."""
LARGE_FALL = METHOD["alert_large_fall"].value * BASIS_POINTS // 100
"""A fall, in basis points, that nobody would miss by eye: what a rule makes of it is shown beside the alert's."""
WEEKS_AT_LIMIT, WEEKS_BELOW_MEAN = 2, 6
"""The rule that the handbook recommends: so many weeks in a row at or below the limit, or so many below the mean."""
LARGEST_VOLUME = 4_000
"""Deals beyond which nothing is looked for."""
WEEKS_A_YEAR = 52
PLACES = Decimal("0.000001")


def declare() -> Declaration:
    """Return what the calculator asks for; the fall is the method's."""
    percent = BASIS_POINTS // 100
    return Declaration(
        fields=(
            Field("deals", "hundredths", "alert", 1_000, 10, 100_000),
            Field("drop", "percent", "alert", METHOD["efficiency_alert"].value * percent, percent, 90 * percent),
            Field("tolerated", "percent", "alert", 5 * percent, percent // 10, 50 * percent),
        ),
        groups=(Group("alert", columns=3),),
    )


def calculate(inputs: Inputs) -> Result:
    """Say what chance does to the alert, where a control limit lies and what it can see."""
    drop, deals, tolerated = inputs.drop, Decimal(inputs.deals) / 100, Decimal(inputs.tolerated) / BASIS_POINTS
    by_chance = week_on_week(deals, drop)
    limit = lower_limit(deals, tolerated)
    less = deals * (BASIS_POINTS - drop) / BASIS_POINTS
    enough = deals_to_see(drop, tolerated)
    quiet = deals_to_be_quiet(drop, tolerated)
    weeks = None if enough is None else ceil(Decimal(enough) / deals)
    said = {"deals": Fraction(deals), "drop": Fraction(drop, BASIS_POINTS), "tolerated": Fraction(tolerated)}
    alert = Section(
        "alert",
        figures=(
            Figure("by_chance", "share", by_chance, said),
            Figure("alarms_a_year", "number", _rounded(by_chance * WEEKS_A_YEAR, 1)),
            Figure("quiet_volume", "count", quiet, said),
        ),
        notices=(
            Notice("efficiency_alert.poisson", level="assumed"),
            Notice("efficiency_alert.comparison", said, "assumed"),
        ),
    )
    at_limit = None if limit is None else _share(_at_most(limit, deals))
    instead = Section(
        "instead",
        figures=(
            Figure("limit", "count", limit, said),
            Figure("limit_by_chance", "share", at_limit, said),
            Figure("limit_sees", "share", None if limit is None else _share(_at_most(limit, less)), said),
            Figure("enough_deals", "count", enough, {**said, "power": Fraction(POWER)}),
            Figure("weeks_to_see", "count", weeks, said),
        ),
        tables=(_by_volume(deals, drop, tolerated), _rules(deals, drop, tolerated)),
        notices=(
            *([Notice("efficiency_alert.no_limit", said, "caution")] if limit is None else []),
            *([Notice("efficiency_alert.beyond", {"largest": LARGEST_VOLUME}, "caution")] if enough is None else []),
            Notice("efficiency_alert.baseline"),
            Notice("efficiency_alert.rule", {**said, **_spoken(deals, drop, tolerated)}, "caution"),
            Notice("efficiency_alert.ours", {"power": Fraction(POWER), **said}, "assumed"),
        ),
    )
    return Result((alert, instead))


def _by_volume(deals: Decimal, drop: int, tolerated: Decimal) -> Table:
    volumes = sorted({Decimal(volume) for volume in VOLUMES} | {deals})
    rows = []
    for volume in volumes:
        limit = lower_limit(volume, tolerated)
        less = volume * (BASIS_POINTS - drop) / BASIS_POINTS
        rows.append(
            {
                "volume": Fraction(volume),
                "week_on_week": week_on_week(volume, drop),
                "against_baseline": against_baseline(volume, drop),
                "limit": limit,
                "limit_sees": None if limit is None else _share(_at_most(limit, less)),
            }
        )
    return Table(
        "by_volume",
        columns("volume:number week_on_week:share against_baseline:share limit:count limit_sees:share"),
        rows,
    )


def _rules(deals: Decimal, drop: int, tolerated: Decimal) -> Table:
    volumes = sorted({Decimal(volume) for volume in VOLUMES} | {deals})
    names = ("limit_by_chance", "limit_see", "limit_see_large", "mean_by_chance", "mean_see", "mean_see_large")
    caught = {volume: _caught(volume, drop, tolerated) for volume in volumes}
    rows = [
        {"volume": Fraction(volume), **{f"rule_{name}": found[name] for name in names}}
        for volume, found in caught.items()
    ]
    return Table("rules", columns("volume:number " + " ".join(f"rule_{name}:share" for name in names)), rows)


def _caught(volume: Decimal, drop: int, tolerated: Decimal) -> dict[str, Fraction | None]:
    """Return how often each half of the rule speaks: by chance, after the alert's fall, and after a large one."""
    falls = {"by_chance": 0, "see": drop, "see_large": LARGE_FALL}
    limit = [(f"limit_{name}", at_limit_in_a_row(volume, fall, tolerated)) for name, fall in falls.items()]
    mean = [(f"mean_{name}", below_mean_in_a_row(volume, fall)) for name, fall in falls.items()]
    return dict([*limit, *mean])


def _spoken(deals: Decimal, drop: int, tolerated: Decimal) -> dict[str, object]:
    """Return what the notice on the rule says."""
    return {
        **_caught(deals, drop, tolerated),
        "weeks_at_limit": WEEKS_AT_LIMIT,
        "weeks_below_mean": WEEKS_BELOW_MEAN,
        "large": Fraction(LARGE_FALL, BASIS_POINTS),
    }


# --- chance ------------------------------------------------------------------------------------------


def week_on_week(deals: Decimal | int, drop: int) -> Fraction:
    """Return the chance that a week has fewer deals than the week before by ``drop`` basis points of them or more.

    Both weeks are independent Poisson draws with the mean ``deals``; after a week without any there is no fall.

    >>> [round(float(week_on_week(mean, 1_000)), 2) for mean in (10, 100)]
    [0.42, 0.23]
    """
    mean = Decimal(deals)
    chances = _chances(mean, _last(mean))
    at_most = list(accumulate(chances))
    falls = (
        chances[before] * at_most[before * (BASIS_POINTS - drop) // BASIS_POINTS] for before in range(1, len(chances))
    )
    return _share(sum(falls, Decimal(0)))


def against_baseline(deals: Decimal | int, drop: int) -> Fraction:
    """Return the chance that a week is below a mean that is known, by ``drop`` basis points of it or more."""
    return _share(_at_most(int(Decimal(deals) * (BASIS_POINTS - drop) / BASIS_POINTS), Decimal(deals)))


def lower_limit(deals: Decimal | int, tolerated: Decimal) -> int | None:
    """Return the most deals that a week may have to be called low, a false alarm being no likelier than tolerated.

    None where even no deals at all are likelier than that.

    >>> lower_limit(10, Decimal("0.05")), lower_limit(2, Decimal("0.05"))
    (4, None)
    """
    limit = None
    for count, at_most in enumerate(accumulate(_chances(Decimal(deals), _last(Decimal(deals))))):
        if at_most > tolerated:
            break
        limit = count
    return limit


def at_limit_in_a_row(deals: Decimal | int, fall: int, tolerated: Decimal) -> Fraction | None:
    """Return the chance that the next weeks (`WEEKS_AT_LIMIT`) are all at or below the limit after a real ``fall``.

    Weeks are independent; without a fall it is the share of such runs that are false alarms. None without a limit.

    >>> tolerated = Decimal("0.05")
    >>> [round(float(at_limit_in_a_row(10, fall, tolerated)), 4) for fall in (0, 1_000, 3_000)]
    [0.0009, 0.003, 0.0299]
    """
    limit = lower_limit(deals, tolerated)
    return None if limit is None else _share(_at_most(limit, _after(deals, fall)) ** WEEKS_AT_LIMIT)


def below_mean_in_a_row(deals: Decimal | int, fall: int) -> Fraction:
    """Return the chance that the next weeks (`WEEKS_BELOW_MEAN`) are all below the old mean after a real ``fall``."""
    return _share(_at_most(ceil(Decimal(deals)) - 1, _after(deals, fall)) ** WEEKS_BELOW_MEAN)


def _after(deals: Decimal | int, fall: int) -> Decimal:
    return Decimal(deals) * (BASIS_POINTS - fall) / BASIS_POINTS


def deals_to_see(drop: int, tolerated: Decimal) -> int | None:
    """Return about how many deals are needed until a fall of the rate shows in four cases of five (`POWER`).

    The limit is that of `lower_limit`. None beyond `LARGEST_VOLUME`.
    """

    def sees(volume: int) -> bool:
        limit = lower_limit(volume, tolerated)
        return limit is not None and _at_most(limit, Decimal(volume) * (BASIS_POINTS - drop) / BASIS_POINTS) >= POWER

    return _first(sees)


def deals_to_be_quiet(drop: int, tolerated: Decimal) -> int | None:
    """Return about how many deals a week are needed until week on week fires by chance no more than is tolerated."""
    return _first(lambda volume: week_on_week(volume, drop) <= Fraction(tolerated))


def _first(holds: Callable[[int], bool]) -> int | None:
    """Return by halving where a property begins; whole deals make it waver by a few around there."""
    low, high = 0, LARGEST_VOLUME
    if not holds(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _last(mean: Decimal) -> int:
    """Return a count beyond which a Poisson draw of this mean practically never goes (twelve standard deviations)."""
    return int(mean) + 12 * isqrt(int(mean) + 1) + 20


def _chances(mean: Decimal, last: int) -> list[Decimal]:
    """Return the Poisson chances of 0 to ``last``; Decimal, whose exp is the same on every machine."""
    chances = [(-mean).exp()]
    for count in range(1, last + 1):
        chances.append(chances[-1] * mean / count)
    return chances


def _at_most(count: int, mean: Decimal) -> Decimal:
    return sum(_chances(mean, count), Decimal(0))


def _share(chance: Decimal) -> Fraction:
    return Fraction(chance.quantize(PLACES, ROUND_HALF_UP))


def _rounded(value: Fraction, places: int) -> Fraction:
    return Fraction(round(value * 10**places), 10**places)
