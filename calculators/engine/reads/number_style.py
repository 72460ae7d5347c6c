"""Which mark parts thousands and which decimals: of one number, and of a column by the evidence of all its cells.

``1.234`` and ``1,234`` have two readings. What the other cells of the column, the file's other columns of figures and
the delimiter say of them is weighed here; asking is for ``numbers``, units and currencies are in ``amounts``.
"""

import itertools
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Mark = Literal["point", "comma"]
"""What parts decimals."""

HALF_WIDTH: Final[dict[int, str | None]] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{zero + digit: str(digit) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50) for digit in range(10)},
    **dict.fromkeys((0x3000, 0xA0, 0x202F, 0x205F, 0x09, 0x0A, 0x0D, *range(0x2000, 0x200B)), " "),
    **dict.fromkeys((0x2212, 0x2012, 0x2013, 0xFE63), "-"),
    **dict.fromkeys((0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x61C), None),
    **dict.fromkeys((0x2018, 0x2019, 0x2BC, 0x2032, 0x66C), "'"),
    0xFFE5: "¥", 0xFFE1: "£", 0xFE50: ",", 0x60C: ",", 0xFE52: ".", 0x66A: "%",
}  # fmt: skip
"""Full-width to half-width, for ``str.translate``, and the digits of Arabic, Persian, Hindi, Bengali and Thai to those
of all others. Not NFKC, which makes 1002 of ``100²``.
"""

_SAMPLE: Final = 2_000
"""Rows of other columns that are looked at."""
_FEW: Final = 20
"""One cell in so many is a slip, and says nothing of the others."""

_DIGITS = re.compile(r"[0-9]++(?:\.[0-9]*+)?|\.[0-9]++", re.ASCII).fullmatch
# By thousands; by lakhs and crores; by 万, where two groups leave no doubt.
_GROUPED = re.compile(
    r"""(?: [1-9][0-9]{0,2}(?P<mark>[,'\ ])[0-9]{3}(?:(?P=mark)[0-9]{3})*
      | [1-9][0-9]?(?P<lakh>[,'\ ])[0-9]{2}(?:(?P=lakh)[0-9]{2})*(?P=lakh)[0-9]{3}
      | [1-9][0-9]{0,3}(?:,[0-9]{4}){2,} )(?:\.[0-9]*)?""",
    re.VERBOSE | re.ASCII,
).fullmatch
_MARKS = re.compile("[,' ]")
_SWAPPED: Final = {0x2C: ".", 0x2E: ","}
_ARABIC_POINT: Final = "٫"
_NO_FRACTION = re.compile(r"(?<=[0-9][.,])\s?[-—]{1,2}(?=[^0-9.,]*$)")
_NO_PAISE = re.compile(r"(?<=[0-9])/-$")  # how India writes that nothing follows
_POINT_OF_A_WORD = re.compile(r"(?<![0-9])[.,](?![0-9])")  # kr. and руб.
_EXPONENT = re.compile(r"(?<=[0-9.,])[Ee][+-]?[0-9]+")
_UNLIKE_NUMBERS = re.compile(rf"[^0-9,.' {_ARABIC_POINT}]")
_FIGURE = re.compile(r"[^0-9]{0,6}(?:[0-9][0-9,.' ]*)[^0-9]{0,6}", re.ASCII).fullmatch
# A comma that may part decimals, or a point that may part thousands; a column without either is plain.
_DOUBT = re.compile(
    r",[0-9]{1,2}(?![0-9])|,[0-9]{4}|(?<![0-9])0+,|[0-9]{4},|[ '][0-9]{3},[0-9]|\.[0-9]{3}(?![0-9])", re.ASCII
).search
_UNCLEAR = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", re.ASCII).fullmatch
_ALWAYS_TWO = re.compile(r".*,[0-9]{2}", re.ASCII).fullmatch


class Number(str):
    """The text of a cell that its file holds as a number: its point parts decimals, whatever other cells say."""

    __slots__ = ()


def is_unclear_number(cell: str) -> bool:
    """Whether a cell is a number in its file, and as text might be read as thousands."""
    return isinstance(cell, Number) and _UNCLEAR(cell) is not None


def clearly(number: str) -> str:
    """Return a number with a decimal point so that as text it has one reading: 1.234 gets a zero at its end.

    >>> clearly("1.234"), clearly("1.23")
    ('1.2340', '1.23')
    """
    return f"{number}0" if _UNCLEAR(number) else number


def digits_of(number: str, mark: Mark = "point") -> str | None:
    """Return the digits of a number with a point before its decimals and nothing else; None where that cannot be told.

    >>> [digits_of(number) for number in ("1,234.5", "1'234", "1,00,000", "1,2345,6789", "0,125", "1.234.567")]
    ['1234.5', '1234', '100000', '123456789', None, None]
    >>> [digits_of(number, "comma") for number in ("1.234,5", "0,125", "1.234.567")]
    ['1234.5', '0.125', '1234567']
    """
    if _ARABIC_POINT in number:
        number = re.sub("[.,]", "'", number).replace(_ARABIC_POINT, ".")
    elif mark == "comma":
        number = number.translate(_SWAPPED)
    if _DIGITS(number):
        return number
    return _MARKS.sub("", number) if _GROUPED(number) else None


@dataclass(frozen=True)
class Evidence:
    """What the cells of a column say: how many have one reading, with either mark, and those that have two."""

    point: int = 0
    comma: int = 0
    unclear_points: tuple[int, ...] = ()
    """Positions of cells such as ``1.234``."""
    unclear_commas: tuple[int, ...] = ()
    """Positions of cells such as ``1,234``."""
    two_decimals: bool = False
    """Whether every cell that can only be read with a decimal comma has two decimals."""

    @property
    def unclear(self) -> tuple[int, ...]:
        """Return the cells with two readings that decide: those with a point, since a comma mostly parts thousands."""
        return self.unclear_points or self.unclear_commas

    @property
    def mark(self) -> Mark | None:
        """Return what the cells with one reading say, None where there is none.

        Where one says this and another that, by the bulk of them.
        """
        if not (self.point or self.comma):
            return None
        return "comma" if self.comma > self.point else "point"

    @property
    def mixed(self) -> bool:
        """Whether some cells say this and some that, and not by a slip: those with two readings stay open then."""
        return _FEW * min(self.point, self.comma) > max(self.point, self.comma)

    @property
    def thin(self) -> bool:
        """Whether a few cells with one decimal mark stand among many that would all be thousands without them."""
        if self.mark == "comma" and self.comma:
            return _FEW * self.comma < len(self.unclear_commas)
        return bool(self.point) and _FEW * self.point < len(self.unclear_points)


def half_width(cell: str) -> str:
    """Return what stands in a cell in half-width characters, the dash that stands for no decimals written out.

    >>> half_width("１，２００．－"), half_width("300-")
    ('1,200.00', '300-')
    """
    return _NO_PAISE.sub("", _NO_FRACTION.sub("00", cell.translate(HALF_WIDTH).strip()))


def in_doubt(cells: Sequence[str]) -> bool:
    """Whether a column has any cell that might not be read as ``1,234.50`` is: a quick look at all of it."""
    text = "\n".join(cells)
    return _DOUBT(text if text.isascii() else text.translate(HALF_WIDTH | {0x0A: "\n"})) is not None


def bare(cell: str) -> str:
    """Return the number in a cell without what stands beside it."""
    return _POINT_OF_A_WORD.sub("", _UNLIKE_NUMBERS.sub("", _EXPONENT.sub("", half_width(cell)))).strip()


def evidence(cells: Iterable[str]) -> Evidence:
    """Return what the cells say of the marks.

    >>> found = evidence(["1.234", "12.500", "850"])
    >>> found.mark, found.unclear_points
    (None, (0, 1))
    >>> evidence(["1.234", "12.50"]).mark, evidence(["1.234,5", "7"]).mark
    ('point', 'comma')
    """
    point = comma = 0
    points: list[int] = []
    commas: list[int] = []
    two_decimals = True
    for at, cell in enumerate(cells):
        if isinstance(cell, Number) or not ("." in cell or "," in cell or not cell.isascii()):
            continue
        number = bare(cell)
        by_point, by_comma = digits_of(number), digits_of(number, "comma")
        if by_point == by_comma:
            continue
        if by_comma is None:
            point += 1
        elif by_point is None:
            # One group of four digits may be one of 万.
            if not re.fullmatch("[1-9][0-9]*,[0-9]{4}", number):
                comma += 1
                two_decimals = two_decimals and _ALWAYS_TWO(number) is not None
        else:
            (points if "." in number else commas).append(at)
    return Evidence(point, comma, tuple(points), tuple(commas), two_decimals and comma > 0)


def other_columns(rows: Sequence[Sequence[str]], but: Collection[int]) -> Mark | None:
    """Return which decimal mark the other columns of a table have, None where they have none or both."""
    found: set[Mark] = set()
    sample = list(itertools.islice(rows, _SAMPLE))
    for column in set(range(max(map(len, sample), default=0))) - set(but):
        cells = [row[column] for row in sample if column < len(row) and not isinstance(row[column], Number)]
        seen = evidence(cell for cell in cells if ("." in cell or "," in cell) and _FIGURE(half_width(cell)))
        if seen.mark and not (seen.point and seen.comma):
            found.add(seen.mark)
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True)
class Style:
    """How a column is to be read: its decimal mark, None where nobody can tell; whether that is to be asked."""

    mark: Mark | None
    ask: bool = False


def style_of(seen: Evidence, delimiter: str, others: Mark | None, *, thousandths: bool) -> Style:
    """Return how a column is read by its own cells, by the file's other columns and by what stands between cells.

    A semicolon stands between cells where the comma parts decimals: so a point that always has three digits after it
    parts thousands there, while of such a comma nobody can tell. Elsewhere a comma parts thousands, and of a point
    nobody can tell, unless all amounts of a currency that has ``thousandths`` have such: these it then parts.
    """
    if seen.mark:
        return Style(None if seen.thin else seen.mark, seen.thin)
    if not seen.unclear:
        return Style("point")
    if seen.unclear_points and seen.unclear_commas:
        return Style(None, ask=True)
    if others:
        thousands: Mark = "comma" if seen.unclear_points else "point"
        # Always three digits after what parts decimals elsewhere: one of the two is not what it seems.
        return Style(others if others == thousands else None, not (others == thousands == "point"))
    if delimiter == ";":
        return Style("comma" if seen.unclear_points and not thousandths else None, ask=True)
    if seen.unclear_points:
        return Style("point" if thousandths else None, ask=True)
    return Style("point")
