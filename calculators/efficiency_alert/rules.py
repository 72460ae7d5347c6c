"""What a rule about weekly counts does: how often it alerts by chance, and how soon after a real fall.

A rule looks at week after week and alerts at some point; what it does is a matter of how long that takes, at an
unchanged pace and at a lower one. Weeks are independent draws, Poisson distributed or wider
(``engine/arithmetic/chances.py``). Sums are plain additions and multiplications of floats, the same on every machine.
Not here: words, and the team's own weeks.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil, floor, fsum, inf, isqrt, lcm

from calculators.engine.arithmetic.chances import count_at_most, count_chances
from calculators.engine.asks.settings import BASIS_POINTS

WEEKS_AT_LIMIT, WEEKS_BELOW_MEAN = 2, 6
"""Two rules of thumb: so many weeks in a row at or below the limit, or so many below the mean."""
QUARTER, MONTH = 13, 4
"""Weeks that are counted together; and a quarter is how long a fall may go unseen."""
FINENESS = 40
"""The CUSUM counts in parts of a deal so fine that an average week has about so many, or in whole deals beyond."""
PARTS = (1, 2, 4, 5, 10, 20, 25, 50, 100)
"""Parts of a deal that two decimals show in full, so that whoever adds up by hand alerts in the same week."""
MOST_PARTS = 120
"""The highest limit of a CUSUM that is looked for; a fall that takes more is too small to be watched by the week."""
WEEKS_A_YEAR = 52
PLACES = 6
STEPS = 25
"""How fine an EWMA is counted: so many parts to its standard deviation, where a tenth of a percent is no coarser."""
UNITS = (10, 20, 50, 100, 200, 500, 1_000)
"""Parts of what is normal that one decimal of a percentage shows in full."""
NEGLIGIBLE = 1e-15
"""A chance that is left out."""


def after(deals: Decimal, fall: int) -> Decimal:
    """Return the mean that a fall of so many basis points leaves."""
    return deals * (BASIS_POINTS - fall) / BASIS_POINTS


def last_count(mean: Decimal, dispersion: Decimal) -> int:
    """Return a count beyond which a draw practically never goes (twelve standard deviations)."""
    return int(mean) + 12 * isqrt(ceil(mean * dispersion) + 1) + 20


@lru_cache(maxsize=256)
def lower_limit(deals: Decimal, tolerated: Decimal, dispersion: Decimal = Decimal(1)) -> int | None:
    """Return the most deals that a week may have to be called low, a false alarm being no likelier than tolerated.

    None where even no deals at all are likelier than that.

    >>> lower_limit(Decimal(10), Decimal("0.05")), lower_limit(Decimal(2), Decimal("0.05"))
    (4, None)
    """
    limit = None
    chances = count_chances(deals, last_count(deals, dispersion), dispersion)
    for count, at_most in enumerate(accumulate(chances)):
        if at_most > tolerated:
            break
        limit = count
    return limit


# --- one week, several in a row, several together --------------------------------------------------------


@dataclass(frozen=True)
class Behaviour:
    """What a rule does: false alarms a year, and the chance of an alarm within a quarter (by chance, after falls).

    ``weeks`` is how long a fall goes unseen in the mean; None where the rule never sees it.
    """

    alarms_a_year: Fraction
    by_chance: Fraction
    sees: Fraction
    sees_large: Fraction
    weeks: Fraction | None


Steps = Sequence[tuple[int, float]]
"""By how much a sum changes in a week, in its parts, and how likely that is."""
Rows = Sequence[Sequence[tuple[int, float]]]
"""From each value of a sum or mean that does not alert, the places of those that a week leads to, and how likely."""
Reach = Callable[[int], tuple[float, float]]
"""Of a fall in basis points: the mean number of weeks to the first alarm, and its chance within a quarter."""


def behaviour(reach: Reach, fall: int, large: int) -> Behaviour:
    """Return what a rule does with an unchanged pace, after a fall and after a large one."""
    (between, by_chance), (weeks, sees) = reach(0), reach(fall)
    return Behaviour(
        rounded(WEEKS_A_YEAR / between),
        rounded(by_chance),
        rounded(sees),
        rounded(reach(large)[1]),
        None if weeks == inf else rounded(weeks),
    )


def rounded(value: float) -> Fraction:
    """Return a computed number to six decimals, exactly."""
    return Fraction(round(value * 10**PLACES), 10**PLACES)


def in_a_row(chance: float, weeks: int) -> tuple[float, float]:
    """Return the mean weeks until so many in a row are low, each with this chance, and the chance within a quarter.

    >>> [round(one, 3) for one in in_a_row(0.5, 2)]
    [6.0, 0.926]
    """
    if not chance:
        return inf, 0.0
    power = 1.0
    for _ in range(weeks):
        power *= chance
    mean = weeks if chance == 1 else (1 - power) / ((1 - chance) * power) if power else inf
    run = [1.0, *[0.0] * (weeks - 1)]
    for _ in range(QUARTER):
        run = [fsum(run) * (1 - chance), *(before * chance for before in run[:-1])]
    return float(mean), 1 - fsum(run)


def together(deals: Decimal, tolerated: Decimal, weeks: int, dispersion: Decimal) -> Reach:
    """Return the reach of a limit for so many weeks counted together, looked at when they are over."""
    limit = lower_limit(deals * weeks, tolerated, dispersion)

    def reach(fall: int) -> tuple[float, float]:
        if limit is None:
            return inf, 0.0
        chance = float(count_at_most(limit, after(deals, fall) * weeks, dispersion))
        unseen = 1.0
        for _ in range(QUARTER // weeks):
            unseen *= 1 - chance
        return (weeks / chance if chance else inf), 1 - unseen

    return reach


def weeks_at_limit(deals: Decimal, tolerated: Decimal, weeks: int, dispersion: Decimal) -> Reach:
    """Return the reach of so many weeks in a row at the limit or below."""
    limit = lower_limit(deals, tolerated, dispersion)
    return lambda fall: in_a_row(
        0.0 if limit is None else float(count_at_most(limit, after(deals, fall), dispersion)), weeks
    )


def weeks_below_mean(deals: Decimal, weeks: int, dispersion: Decimal) -> Reach:
    """Return the reach of so many weeks in a row below the mean."""
    return lambda fall: in_a_row(float(count_at_most(ceil(deals) - 1, after(deals, fall), dispersion)), weeks)


# --- CUSUM -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cusum:
    """A lower CUSUM: each week what it falls short of ``reference`` is added up, from 0, and at ``limit`` it alerts.

    ``parts`` is how many parts of a deal it counts in. Source: J. M. Lucas, "Counted data CUSUM's", Technometrics 27
    (1985); D. M. Hawkins, D. H. Olwell, Cumulative Sum Charts (1998).
    """

    parts: int
    reference_parts: int
    limit_parts: int

    @property
    def reference(self) -> Fraction:
        """What a week is held against."""
        return Fraction(self.reference_parts, self.parts)

    @property
    def limit(self) -> Fraction:
        """The sum at which it alerts."""
        return Fraction(self.limit_parts, self.parts)


@lru_cache(maxsize=256)
def cusum(deals: Decimal, fall: int, tolerated: Decimal, dispersion: Decimal = Decimal(1)) -> Cusum | None:
    """Return the CUSUM that is meant for this fall; None where that is too small to be watched by the week.

    It alerts by chance as often as tolerated at most.

    Its reference is where both paces explain a count equally well, (m0 - m1) / ln(m0 / m1); its limit the smallest with
    1 / ``tolerated`` weeks to a false alarm in the mean, as a week at the control limit has at least.
    """
    less = after(deals, fall)
    reference = (deals - less) / (deals / less).ln()
    chances = _floats(deals, dispersion)
    fine = next((parts for parts in PARTS if parts * deals >= FINENESS), PARTS[-1])
    for parts in reversed(PARTS[: PARTS.index(fine) + 1]):
        reference_parts = max(1, int((reference * parts).to_integral_value()))
        limit = _quietest(steps(chances, reference_parts, -parts), float(1 / tolerated))
        if limit is not None:
            return Cusum(parts, reference_parts, limit)
    return None


def _quietest(moves: Steps, enough: float) -> int | None:
    """Return the smallest limit that takes so many weeks to a false alarm in the mean; None beyond `MOST_PARTS`."""
    low, high = 0, 1
    while run_length(moves, high)[0] < enough:
        if high == MOST_PARTS:
            return None
        low, high = high, min(2 * high, MOST_PARTS)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if run_length(moves, middle)[0] >= enough else (middle, high)
    return high


def cusum_reach(found: Cusum, deals: Decimal, dispersion: Decimal) -> Reach:
    """Return the reach of a CUSUM."""
    return lambda fall: run_length(
        steps(_floats(after(deals, fall), dispersion), found.reference_parts, -found.parts), found.limit_parts
    )


def _floats(mean: Decimal, dispersion: Decimal) -> list[float]:
    return [float(chance) for chance in count_chances(mean, last_count(mean, dispersion), dispersion)]


def steps(chances: Sequence[float], reference: int, each: int) -> Steps:
    """Return the steps of a sum that changes by ``reference`` and ``each`` event."""
    return [(reference + each * count, chance) for count, chance in enumerate(chances) if chance > NEGLIGIBLE]


def run_length(moves: Steps, limit: int) -> tuple[float, float]:
    """Return how many weeks it takes in the mean until the sum is ``limit`` or more, and the chance within a quarter.

    The sum begins at 0 and never falls below it.
    """
    rows = []
    for start in range(limit):
        to_nothing = 0.0
        ends = []
        for move, chance in moves:
            end = start + move
            if end <= 0:
                to_nothing += chance
            elif end < limit:
                ends.append((end, chance))
        rows.append([(0, to_nothing), *ends])
    return followed(rows, 0)


# --- EWMA ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ewma:
    """A lower EWMA of weeks as shares of what is normal: at ``limit`` parts or fewer it alerts.

    It begins at normal, which is counted in ``units`` parts, and never stands above it, so that good weeks cannot hide
    a fall; the newest week has ``weight`` basis points. Rounded to a part every week, it takes so many values only that
    what it does is computed exactly. Sources: S. W. Roberts, Technometrics 1 (1959); with a barrier, F. F. Gan, Journal
    of Statistical Computation and Simulation 37 (1990), and for counts C. M. Borror, C. W. Champ, S. E. Rigdon, Journal
    of Quality Technology 30 (1998).
    """

    weight: int
    units: int
    limit: int

    @property
    def share(self) -> Fraction:
        """The share of normal at which it alerts."""
        return Fraction(self.limit, self.units)

    def following(self, before: int, week: Fraction) -> int:
        """Return the parts after a week, a share of what is normal.

        >>> Ewma(2_000, 100, 80).following(100, Fraction(1, 2)), Ewma(2_000, 100, 80).following(95, Fraction(2))
        (90, 100)
        """
        exact = (self.weight * week * self.units + (BASIS_POINTS - self.weight) * before) / BASIS_POINTS
        return min(self.units, floor(exact + Fraction(1, 2)))


@lru_cache(maxsize=256)
def ewma(
    deals: Decimal, tolerated: Decimal, weight: int, dispersion: Decimal = Decimal(1), units: int | None = None
) -> Ewma | None:
    """Return the EWMA that alerts by chance as often as tolerated at most; None where even no deals alert more often.

    Its limit is the largest with 1 / ``tolerated`` weeks to a false alarm in the mean; ``units`` is what it is counted
    in, where that is given.
    """
    newest = Decimal(weight) / BASIS_POINTS
    fine = STEPS * (deals * (2 - newest) / (newest * dispersion)).sqrt()
    units = units or next((number for number in UNITS if number >= fine), UNITS[-1])
    enough = float(1 / tolerated)

    def weeks(limit: int) -> float:
        return ewma_reach(Ewma(weight, units, limit), deals, dispersion)(0)[0]

    low, high = units - 1, units
    while weeks(low) < enough:
        if not low:
            return None
        low, high = max(0, units - 2 * (units - low)), low
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if weeks(middle) >= enough else (low, middle)
    return Ewma(weight, units, low)


def ewma_reach(found: Ewma, deals: Decimal, dispersion: Decimal) -> Reach:
    """Return the reach of an EWMA."""
    if found.limit >= found.units:
        return lambda _: (1.0, 1.0)
    return lambda fall: followed(
        ewma_rows(found, deals, _floats(after(deals, fall), dispersion), found.units), found.units - found.limit - 1
    )


def ewma_rows(found: Ewma, deals: Decimal, chances: Sequence[float], top: int) -> Rows:
    """Return what leads from each value above the limit to others up to ``top``, where it stays."""
    at_most = [0.0, *accumulate(chances)]
    normal = Fraction(deals)
    each = 2 * found.weight * found.units * normal.denominator  # what a deal adds, in the parts below
    whole = 2 * BASIS_POINTS * normal.numerator
    values = range(found.limit + 1, top + 1)
    rows = []
    for before in values:
        kept = 2 * (BASIS_POINTS - found.weight) * before * normal.numerator
        # the fewest deals after which it is `value` or more, rounded
        fewest = [-((kept + whole // 2 - value * whole) // each) for value in values]
        below = [at_most[min(max(count, 0), len(at_most) - 1)] for count in fewest]
        ends = [(place, upper - lower) for place, (lower, upper) in enumerate(pairwise([*below, at_most[-1]]))]
        rows.append([(place, chance) for place, chance in ends if chance > NEGLIGIBLE])
    return rows


# --- any of them -----------------------------------------------------------------------------------------


def followed(rows: Rows, start: int) -> tuple[float, float]:
    """Return how many weeks it takes in the mean until a chain is left, and the chance that it is within a quarter.

    ``rows`` are the values that do not alert, each with those to which a week leads, and how likely (a Markov chain:
    D. Brook, D. A. Evans, Biometrika 59, 1972).
    """
    at = [0.0] * len(rows)
    at[start] = 1.0
    for _ in range(QUARTER):
        following = [0.0] * len(rows)
        for place, weight in enumerate(at):
            if weight:
                for end, chance in rows[place]:
                    following[end] += weight * chance
        at = following
    return _mean_weeks(rows, start), 1 - fsum(at)


def _mean_weeks(rows: Rows, start: int) -> float:
    """Return the mean weeks until a chain is left from ``start``: exactly, but for the rounding of floats.

    One value after the other is taken out, those that lead to it then leading to where it leads, in the time that it
    takes; nothing is subtracted (W. K. Grassmann, M. I. Taksar, D. P. Heyman, Operations Research 33, 1985).
    """
    order = [start, *(place for place in range(len(rows)) if place != start)]
    place_of = {place: at for at, place in enumerate(order)}
    leads, leaves, weeks = [], [], [1.0] * len(rows)
    for place in order:
        row = [0.0] * len(rows)
        for end, chance in rows[place]:
            row[place_of[end]] += chance
        out = 1 - fsum(row)
        leads.append(row)
        leaves.append(out if out > NEGLIGIBLE else 0.0)
    for out in range(len(rows) - 1, 0, -1):
        on = leads[out][:out]
        rest = fsum(on) + leaves[out]
        for place in range(out):
            if through := leads[place][out]:
                if not rest:
                    return inf
                part = through / rest
                leads[place] = [own + part * more for own, more in zip(leads[place], on, strict=False)]
                leaves[place] += part * leaves[out]
                weeks[place] += part * weeks[out]
    return weeks[0] / leaves[0] if leaves[0] else inf


Week = Callable[[int], Iterable[tuple[int, float]]]
"""From a value of a sum or mean those that a week leads to without an alert, and how likely."""


def alarm_within(start: int, weeks: Iterable[Week]) -> Fraction:
    """Return how likely a rule alerts within weeks that differ from each other."""
    at = {start: 1.0}
    for week in weeks:
        following: dict[int, float] = {}
        for value, weight in at.items():
            for end, chance in week(value):
                following[end] = following.get(end, 0.0) + weight * chance
        at = following
    return rounded(1 - fsum(at.values()))


def cusum_alarm_within(weeks: Sequence[tuple[Cusum, Decimal]], dispersion: Decimal) -> Fraction:
    """Return how likely the CUSUMs of weeks, each for its own mean, alert in a row of them by chance."""
    parts = lcm(*(found.parts for found, _ in weeks))

    def week(found: Cusum, deals: Decimal) -> Week:
        moves = steps(_floats(deals, dispersion), int(found.reference * parts), -parts)
        limit = int(found.limit * parts)
        return lambda total: ((max(0, total + move), chance) for move, chance in moves if total + move < limit)

    return alarm_within(0, (week(*one) for one in weeks))


def ewma_alarm_within(weeks: Sequence[tuple[Ewma, Decimal]], dispersion: Decimal) -> Fraction:
    """Return how likely the EWMAs of weeks, each for its own mean, alert in a row of them by chance."""
    units, lowest = weeks[0][0].units, min(found.limit for found, _ in weeks)

    def week(found: Ewma, deals: Decimal) -> Week:
        rows = ewma_rows(replace(found, limit=lowest), deals, _floats(deals, dispersion), units)
        places = range(lowest + 1, units + 1)
        return lambda value: (
            (places[end], chance) for end, chance in rows[value - lowest - 1] if places[end] > found.limit
        )

    return alarm_within(units, (week(*one) for one in weeks))


def least_fall(found: Cusum, deals: Decimal, power: Decimal, dispersion: Decimal = Decimal(1)) -> int | None:
    """Return the smallest fall, in whole percent as basis points, that is seen within a quarter with this chance."""
    reach = cusum_reach(found, deals, dispersion)
    percent = BASIS_POINTS // 100
    return next((fall for fall in range(percent, BASIS_POINTS, percent) if reach(fall)[1] >= float(power)), None)
