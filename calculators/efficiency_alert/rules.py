"""What a rule about weekly counts does: how often it alerts by chance, and how soon after a real fall.

A rule looks at week after week and alerts at some point; what it does is a matter of how long that takes, at an
unchanged pace and at a lower one. Weeks are independent draws, Poisson distributed or wider
(``engine/arithmetic/chances.py``). Sums are plain additions and multiplications of floats, the same on every machine.
Not here: words, and the team's own weeks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from math import ceil, fsum, inf, isqrt

from calculators.engine.arithmetic.chances import count_at_most, count_chances
from calculators.engine.asks.settings import BASIS_POINTS

WEEKS_AT_LIMIT, WEEKS_BELOW_MEAN = 2, 6
"""Two rules of thumb: so many weeks in a row at or below the limit, or so many below the mean."""
QUARTER, MONTH = 13, 4
"""Weeks that are counted together; and a quarter is how long a fall may go unseen."""
FINENESS = 40
"""The CUSUM counts in parts of a deal so fine that an average week has about so many, or in whole deals beyond."""
MOST_PARTS = 120
"""The highest limit of a CUSUM that is looked for; a fall that takes more is too small to be watched by the week."""
WEEKS_A_YEAR = 52
LONGEST = 500
"""Weeks that are followed one by one; what comes after them falls off evenly."""
PLACES = 6
NEGLIGIBLE, EVEN = 1e-16, 1e-10
"""A chance that is left out, and how little a ratio may change to be called even."""


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
    parts = max(1, ceil(FINENESS / deals))
    while parts:
        reference_parts = max(1, int((reference * parts).to_integral_value()))
        limit = _quietest(steps(chances, reference_parts, -parts), float(1 / tolerated))
        if limit is not None:
            return Cusum(parts, reference_parts, limit)
        parts //= 2
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

    The sum begins at 0 and never falls below it. A chain of the sums below the limit, followed week by week
    (D. Brook, D. A. Evans, Biometrika 59, 1972).
    """
    # what leads from a sum to another: to nothing at all, or by so much up or down
    rows = []
    for start in range(limit):
        to_nothing = 0.0
        inside = []
        for move, chance in moves:
            end = start + move
            if end <= 0:
                to_nothing += chance
            elif end < limit:
                inside.append((end, chance))
        rows.append((to_nothing, inside))
    at = [1.0, *[0.0] * (limit - 1)]
    mean, within, remain, ratio = 0.0, 0.0, 1.0, 0.0
    for week in range(1, LONGEST + 1):
        mean += remain
        following = [0.0] * limit
        for start, weight in enumerate(at):
            if weight:
                to_nothing, inside = rows[start]
                following[0] += weight * to_nothing
                for end, chance in inside:
                    following[end] += weight * chance
        at = following
        before, remain = remain, fsum(at)
        if week == QUARTER:
            within = 1 - remain
        earlier, ratio = ratio, remain / before if before else 0.0
        if week > QUARTER and (remain < NEGLIGIBLE or abs(ratio - earlier) < EVEN):
            break
    return mean + (remain / (1 - ratio) if ratio < 1 else inf), within


def least_fall(found: Cusum, deals: Decimal, power: Decimal, dispersion: Decimal = Decimal(1)) -> int | None:
    """Return the smallest fall, in whole percent as basis points, that is seen within a quarter with this chance."""
    reach = cusum_reach(found, deals, dispersion)
    percent = BASIS_POINTS // 100
    return next((fall for fall in range(percent, BASIS_POINTS, percent) if reach(fall)[1] >= float(power)), None)
