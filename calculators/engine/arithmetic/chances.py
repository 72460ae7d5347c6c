"""How far a count can be chance: the exact test of a share against a line, and what independent counts do.

Everything is computed in Decimal, whose results are the same on every machine, and compared before it is rounded.
Here: tails of the binomial, Poisson, negative binomial and chi-square distributions, of the test for a trend, and the
verdict that follows.
Not here: words for it, and Wilson's interval, which outsiders know by `calculators.concentration`.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from itertools import combinations
from itertools import count as count_from
from math import comb, factorial
from typing import Literal, get_args

from calculators.method import METHOD

ERROR = Fraction(METHOD["verdict_error"].value, 100)
"""Ours: how likely chance alone may be to bring about what a verdict is based on; the usual level of a test.

For each side: whatever the true share is, only one of the two verdicts would be wrong.
"""
GRID = 10_000
"""Shares are looked for in basis points, in which lines are given."""
PLACES = Decimal(1).scaleb(-8)
_EXACT = Context(prec=50)
PI = Decimal("3.1415926535897932384626433832795028841971693993751")

Side = Literal["above", "below"]
SIDES: tuple[Side, ...] = get_args(Side)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def rounded(chance: Decimal) -> Fraction:
    """Return a probability to eight decimals, as a fraction."""
    return Fraction(chance.quantize(PLACES, ROUND_HALF_UP))


# --- shares ----------------------------------------------------------------------------------------------


def at_most(successes: int, trials: int, share: Fraction) -> Decimal:
    """Return the probability of ``successes`` or fewer in so many trials at a true ``share`` (binomial).

    >>> at_most(0, 3, Fraction(3, 5))
    Decimal('0.064')
    """
    if successes < 0:
        return Decimal(0)
    if successes >= trials:
        return Decimal(1)
    if share == 1:
        return Decimal(0)
    with localcontext(_EXACT):
        p = _decimal(share)
        odds = p / (1 - p)
        chance = total = (1 - p) ** trials
        for count in range(successes):
            chance = chance * (trials - count) / (count + 1) * odds
            total += chance
        return total


def at_least(successes: int, trials: int, share: Fraction) -> Decimal:
    """Return the probability of ``successes`` or more in so many trials at a true ``share`` (binomial)."""
    return at_most(trials - successes, trials, 1 - share)


@dataclass(frozen=True)
class ShareTest:
    """A share held against a line by the exact binomial test, on the side on which it lies.

    ``chance`` is how likely a result is that lies as far on that side, if the true share is the line itself, to eight
    decimals. ``needed`` is the smallest number of trials that can decide on this side, None where none can: no number
    shows that everybody passes. ``decided`` says whether the chance is `ERROR` at most.
    """

    successes: int
    trials: int
    line: Fraction
    side: Side
    chance: Fraction
    decided: bool
    needed: int | None

    @property
    def share(self) -> Fraction | None:
        """The share found; None without trials."""
        return Fraction(self.successes, self.trials) if self.trials else None

    @property
    def enough(self) -> bool:
        """Whether more trials than there are would not by themselves make a result on this side decide."""
        return self.needed is None or self.trials >= self.needed


def share_test(successes: int, trials: int, line: Fraction) -> ShareTest:
    """Test a share against a line: above (at the line or above it) or below, decided or not.

    Source: the exact binomial test, C. J. Clopper, E. S. Pearson, Biometrika 26 (1934).

    >>> (found := share_test(0, 1, Fraction(4, 5))).side, found.chance, found.decided, found.needed
    ('below', Fraction(1, 5), False, 2)
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is not a share")
    side: Side = "above" if successes >= line * trials else "below"
    tail = at_least if side == "above" else at_most
    chance = tail(successes, trials, line)
    decided = trials > 0 and chance <= _decimal(ERROR)
    return ShareTest(successes, trials, line, side, rounded(chance), decided, least_trials(line, side))


def least_trials(line: Fraction, side: Side) -> int | None:
    """Return the smallest number of trials of which the clearest result decides on a side; None where none does.

    >>> least_trials(Fraction(4, 5), "below"), least_trials(Fraction(4, 5), "above"), least_trials(Fraction(1), "above")
    (2, 14, None)
    """
    each = line if side == "above" else 1 - line
    if each == 1:
        return None
    with localcontext(_EXACT):
        one, chance, trials = _decimal(each), Decimal(1), 0
        while chance > _decimal(ERROR):
            chance *= one
            trials += 1
    return trials


def deciding(trials: int, line: Fraction) -> tuple[int | None, int | None]:
    """Return the most successes that decide below a line, and the fewest that decide above it; None where none do.

    >>> deciding(10, Fraction(4, 5)), deciding(20, Fraction(4, 5))
    ((5, None), (12, 20))
    """
    error = _decimal(ERROR)
    below = _last(-1, trials, lambda count: at_most(count, trials, line) <= error)
    above = _last(-1, trials, lambda failures: at_most(failures, trials, 1 - line) <= error)
    return (None if below < 0 else below), (None if above < 0 else trials - above)


def exact_interval(successes: int, trials: int) -> tuple[Fraction, Fraction]:
    """Return the shares that the exact test does not contradict, in basis points, rounded outwards.

    Clopper and Pearson's interval with `ERROR` on each side: a line at its lower end or below is decided above, one at
    its upper end or above is decided below. No trials tell nothing: (0, 1).

    >>> [float(end) for end in exact_interval(12, 12)]
    [0.779, 1.0]
    """
    if not trials:
        return Fraction(0), Fraction(1)
    error = _decimal(ERROR)
    low = _last(0, GRID, lambda place: at_least(successes, trials, Fraction(place, GRID)) <= error)
    high = _last(0, GRID, lambda place: at_most(successes, trials, 1 - Fraction(place, GRID)) <= error)
    return Fraction(low, GRID), 1 - Fraction(high, GRID)


def _last(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return by halving the last whole number up to which something holds, between ``low`` (taken to) and ``high``."""
    if holds(high):
        return high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def difference_by_chance(successes: int, trials: int, others: int, other_trials: int) -> Fraction:
    """Return how likely chance makes a share so much larger than another, were both the same (Fisher's exact test).

    Source: R. A. Fisher, The Design of Experiments (1935), the lady tasting tea: four of four against none of four.

    >>> difference_by_chance(4, 4, 0, 4), difference_by_chance(3, 4, 1, 4)
    (Fraction(1, 70), Fraction(17, 70))
    """
    both = successes + others
    most = min(trials, both)
    way = ways = comb(trials, successes) * comb(other_trials, others)
    for one in range(successes, most):
        way = way * (trials - one) * (both - one) // ((one + 1) * (other_trials - both + one + 1))
        ways += way
    return Fraction(ways, comb(trials + other_trials, both))


def apart_by_chance(successes: int, trials: int, others: int, other_trials: int) -> Fraction:
    """Return how likely chance sets two shares so far apart, either being the larger (Fisher's exact test, doubled).

    >>> apart_by_chance(4, 4, 0, 4), apart_by_chance(0, 4, 4, 4), apart_by_chance(2, 4, 2, 4)
    (Fraction(1, 35), Fraction(1, 35), Fraction(1, 1))
    """
    larger = difference_by_chance(successes, trials, others, other_trials)
    smaller = difference_by_chance(others, other_trials, successes, trials)
    return min(Fraction(1), 2 * min(larger, smaller))


def least_apart(successes: int, trials: int, error: Fraction) -> int | None:
    """Return the smallest group of so many trials that `apart_by_chance` can tell from the others; None where none is.

    Its clearest result decides: all of its trials are successes, or none is.

    >>> least_apart(4, 8, Fraction(1, 20)), least_apart(0, 8, Fraction(1, 20))
    (4, None)
    """
    with localcontext(_EXACT):
        limit = _decimal(error / 2)
        left = [Decimal(1), Decimal(1)]  # the chance that all of a group are successes, or failures
        for size in range(1, trials):
            of = (successes, trials - successes)
            left = [
                chance * max(0, number - size + 1) / (trials - size + 1)
                for chance, number in zip(left, of, strict=True)
            ]
            found = [chance for chance, number in zip(left, of, strict=True) if number >= size]
            if found and min(found) <= limit:
                return size
        return None


# --- trends ----------------------------------------------------------------------------------------------


def trend(values: Sequence[Fraction]) -> tuple[int, Fraction]:
    """Return by how many pairs more rise than fall (less than 0: fall), and how likely chance makes so many, exactly.

    Every order of the values is as likely where nothing but chance moves them; equal ones are neither. Source: the
    Mann-Kendall test, H. B. Mann, "Nonparametric tests against trend", Econometrica 13 (1945); M. G. Kendall, Rank
    Correlation Methods (1948), whose appendix has these chances.

    >>> trend([Fraction(1), Fraction(2), Fraction(3), Fraction(4)]), trend([Fraction(3), Fraction(2), Fraction(1)])
    ((6, Fraction(1, 24)), (-3, Fraction(1, 6)))
    """
    pairs = [(later > earlier) - (later < earlier) for earlier, later in combinations(values, 2)]
    rising = sum(pairs)
    if not rising:
        return 0, Fraction(1)
    # orders of the values by how many pairs of them fall: put in one after another, equal ones in no order
    ways, placed = [1], 0
    for equal in Counter(values).values():
        for each in range(1, equal + 1):
            ways = _divided(_times(ways, placed + each), each)
        placed += equal
    unequal = sum(map(abs, pairs))
    fall_at_most = (unequal - abs(rising)) // 2
    return rising, Fraction(sum(ways[: fall_at_most + 1]), sum(ways))


def _times(ways: Sequence[int], count: int) -> list[int]:
    """Multiply by 1 + q + ... + q^(count - 1): one more value may fall behind none of the others, or more of them."""
    product = [0] * (len(ways) + count - 1)
    for at, way in enumerate(ways):
        for more in range(count):
            product[at + more] += way
    return product


def _divided(ways: Sequence[int], count: int) -> list[int]:
    """Divide by 1 + q + ... + q^(count - 1), which leaves nothing over."""
    rest, quotient = list(ways), []
    for at in range(len(ways) - count + 1):
        quotient.append(rest[at])
        for more in range(count):
            rest[at + more] -= quotient[-1]
    return quotient


def least_values(error: Fraction) -> int:
    """Return the smallest number of values of which a steady rise or fall is no likelier by chance than ``error``.

    >>> least_values(Fraction(1, 20)), least_values(Fraction(1, 100))
    (4, 5)
    """
    return next(count for count in count_from(2) if factorial(count) * error >= 1)


# --- counts ----------------------------------------------------------------------------------------------


def count_chances(mean: Decimal, last: int, dispersion: Decimal = Decimal(1)) -> list[Decimal]:
    """Return the probabilities of 0 to ``last`` of a count whose variance is ``dispersion`` times its mean.

    At 1 events are independent and the count is Poisson distributed; above it, negative binomial.
    """
    if mean == 0:
        return [Decimal(1), *[Decimal(0)] * last]
    more = dispersion - 1
    chances = [(-mean).exp() if not more else (-mean / more * dispersion.ln()).exp()]
    for count in range(last):
        chances.append(chances[-1] * (mean + more * count) / (dispersion * (count + 1)))
    return chances


def count_at_most(count: int, mean: Decimal, dispersion: Decimal = Decimal(1)) -> Decimal:
    """Return the probability of ``count`` or fewer.

    >>> round(count_at_most(4, Decimal(10)), 4), round(count_at_most(4, Decimal(10), Decimal(2)), 4)
    (Decimal('0.0293'), Decimal('0.0898'))
    """
    return sum(count_chances(mean, count, dispersion), Decimal(0)) if count >= 0 else Decimal(0)


def chi_square_tail(value: Decimal, freedom: int) -> Decimal:
    """Return the probability that a chi-square of so many degrees of freedom is ``value`` or more.

    By the series of the incomplete gamma function, whose terms are all positive; NIST, Handbook of Mathematical
    Functions, 8.7.1.

    >>> round(chi_square_tail(Decimal("18.307"), 10), 4)
    Decimal('0.0500')
    """
    if value <= 0:
        return Decimal(1)
    with localcontext(_EXACT):
        half, shape = value / 2, Decimal(freedom) / 2
        gamma = PI.sqrt() if freedom % 2 else Decimal(1)  # of 1/2, or of 1
        at = Decimal("0.5") if freedom % 2 else Decimal(1)
        while at < shape + 1:
            gamma *= at
            at += 1
        power = half ** int(shape) * (half.sqrt() if freedom % 2 else 1)
        term = total = power * (-half).exp() / gamma
        place = shape
        while term > total.scaleb(-30):
            place += 1
            term *= half / place
            total += term
        return max(Decimal(0), 1 - total)


def dispersion(counts: Sequence[int], expected: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Return how much more counts vary than chance alone (1: as much), and how likely chance makes them vary so.

    Fisher's index of dispersion: the sum of (count - expected)^2 / expected is chi-square distributed with one degree
    of freedom fewer than there are counts, where these are Poisson distributed and ``expected`` is shared out of their
    sum. Source: W. G. Cochran, "Some methods for strengthening the common chi-square tests", Biometrics 10 (1954).
    """
    freedom = len(counts) - 1
    value = sum(((count - mean) ** 2 / mean for count, mean in zip(counts, expected, strict=True)), Fraction(0))
    return value / freedom, rounded(chi_square_tail(_decimal(value), freedom))
