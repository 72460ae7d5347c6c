"""One cell of a spreadsheet as an amount of money: from the text that people write to whole smallest units.

Here live the ways of writing an amount (``￥1,234``, ``12.5万``, ``(300)``) and the units. Which currencies there are
and what is written for them is in ``asks/currencies``, what points and commas in a number mean in ``number_style``,
which cells are amounts at all is for ``money`` to say; printing amounts is for ``text``.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Final

from calculators.engine.asks.currencies import (
    BESIDE_NUMBERS,
    NAMING,
    READ_AS_WORDS,
    at_home,
    counts_in_yuan,
    currencies_among,
    currency_among,
    currency_meant,
    decimals,
    pattern,
)
from calculators.engine.asks.limits import MAX_HEADING
from calculators.engine.reads.chinese_numbers import in_digits
from calculators.engine.reads.number_style import (
    HALF_WIDTH,
    Evidence,
    Mark,
    Number,
    digits_of,
    evidence,
    half_width,
    in_doubt,
)

LARGEST: Final = 10**15
"""The largest amount accepted as held, of either sign: ten trillion yuan, a thousand trillion yen. One fits an int64
with room for nine thousand; whoever sums more checks, or sums in Python's integers.
"""
PLACES_OF_NUMBERS: Final = 2
"""The decimals by which a number that is no amount of money is judged; it is held as exactly as it is written."""

UNITS: Final[Mapping[str, int]] = {
    "元": 1, "圆": 1, "块": 1, "元整": 1,
    "千": 10**3, "仟": 10**3, "万": 10**4, "萬": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "億": 10**8, "十亿": 10**9, "百亿": 10**10,
    "k": 10**3, "thousand": 10**3, "thousands": 10**3, "w": 10**4, "m": 10**6, "mn": 10**6, "mm": 10**6,
    "million": 10**6, "millions": 10**6, "b": 10**9, "bn": 10**9, "billion": 10**9, "billions": 10**9,
    "lakh": 10**5, "lakhs": 10**5, "lac": 10**5, "lacs": 10**5, "crore": 10**7, "crores": 10**7,
}  # fmt: skip
"""What an amount may be counted in, and how many currency units that is. ``w`` is how Chinese sales
people type 万."""

UNKNOWN: Final = frozenset({
    "", "-", "--", "---", "—", "——", "–", "/", "\\", "?", "n/a", "na", "n.a.", "nan", "null", "none", "nil",
    "tbd", "tba", "unknown", "pending", "not available", "(blank)", "(空白)", "空", "无", "暂无",
    "待定", "未定", "未知", "不详", "待确认", "待补", "待补充",
})  # fmt: skip
"""What stands in a cell whose amount nobody knows (yet): no amount, and no mistake either."""

_ERROR = re.compile(
    r"#(?:[^\W\d_]{2,12}(?:/0)?[!?]|N/?[ADV]|Н/Д|DIV/0|REF|NUL{1,2}|VALUE|GETTING_DATA|#{2,})|Err:[0-9]{3}",
    re.IGNORECASE,
).fullmatch


def is_error(cell: str) -> bool:
    """Whether a cell holds the error of a formula, in any language of a spreadsheet, or a column too narrow.

    >>> [is_error(cell) for cell in ("#REF!", "#BEZUG!", "#NV", "#####", "Err:502", "#1 Sports", "#Tag")]
    [True, True, True, True, True, False, False]
    """
    return cell[:1] in "#Ee" and _ERROR(cell) is not None


@lru_cache
def _plain(currency: str, places: int) -> Callable[[str], re.Match[str] | None]:
    """Return what recognises plain digits, a sign of the company's own before them."""
    signs = "".join(sign for sign in "¥￥$€£₩₹₽₫₺₪₱฿" if currency_meant(sign, currency) == currency)
    sign = rf"(?:[{signs}]\ ?)?" if signs else ""
    fraction = rf"(?:\.([0-9]{{1,{places}}}))?" if places else "()"
    digits = rf"(-?){sign}([0-9]{{1,12}}|[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,3}}){fraction}"
    return re.compile(digits, re.ASCII).fullmatch


_CURRENCY = pattern(BESIDE_NUMBERS)
_INTRODUCED = re.compile(r"\b(?:in|currency|of)\b\s*$", re.IGNORECASE).search
_AT_END = re.compile(r"\s*+(?:[)\]]|$)").match
_SIGN_AND_DASH = re.compile(rf"(?:{_CURRENCY})\s*+-|-\s*+(?:{_CURRENCY})").fullmatch  # what formats leave of 0
_CURRENCY_AFTER = pattern(one for one in BESIDE_NUMBERS if len(one) > 1 or not one.isascii() or not one.isalpha())
_CURRENCY_IN_CELL = re.compile(_CURRENCY)
_UNIT = pattern(UNITS)
_AMOUNT = re.compile(
    rf"""(?P<open>\()? \s*+ (?P<sign>[+-])? \s*+ (?P<before>{_CURRENCY}(?:\s*+{_CURRENCY})?)? \s*+ (?P<open_inside>\()?
    (?P<sign_inside>[+-])? \s*+
    (?P<number>[0-9](?:[,'\ ٫]*+[0-9.])*+|[.٫][0-9]++) (?:e(?P<exponent>[+-]?[0-9]{{1,3}}))? \s*+
    (?:(?P<after>{_CURRENCY_AFTER})
      | (?P<unit>{_UNIT})? \s*+ (?P<after_unit>{_CURRENCY_AFTER})? (?P<whole>元整?|整)?) \s*+
    (?P<sign_after>-)? (?P<close>\))? \s*+ (?P<percent>[%‰])?""",
    re.VERBOSE | re.ASCII,
).fullmatch
_DATE = re.compile(
    r"[12][0-9]{3}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?: .*)?|[12][0-9]{3}年[0-9]{1,2}月.*", re.ASCII
).fullmatch
_LONGEST: Final = 80


class NotAnAmount(ValueError):  # noqa: N818 - the name states the finding; callers read "except NotAnAmount"
    """A cell that holds no amount that can be used; ``code`` and ``params`` name the sentence in the words' files."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Amount:
    """An amount as held, in whole smallest units of its currency, and how it was written."""

    held: int
    finer: Fraction | None = None
    """What is written, in units, where that has more decimals than are held."""
    own_unit: bool = False
    scientific: bool = False

    @property
    def rounded(self) -> bool:
        """Whether less is held than is written."""
        return self.finer is not None


def parse_amount(
    cell: str, *, currency: str = "CNY", unit: int = 1, mark: Mark = "point", places: int | None = None
) -> Amount | None:
    """The amount in one cell; None where nobody knows it (blank, ``-``, ``N/A``, ``待定`` …).

    ``unit`` is how many currency units a bare number counts (10,000 in a column of 万元); a unit in
    the cell itself (``12.5万``) stands instead of it. It is held with ``places`` decimals, those of the currency where
    not given. What is finer is rounded half up, away from zero, so that a refund rounds like the sale. ``mark`` parts
    decimals, the other one thousands. Raises NotAnAmount.

    >>> parse_amount("12.5万").held
    12500000
    >>> parse_amount("（￥1,234.50）").held
    -123450
    >>> parse_amount("0.035", unit=10_000).held
    35000
    >>> parse_amount("¥1,234", currency="JPY").held, parse_amount("1.5 KD", currency="KWD").held
    (1234, 1500)
    >>> parse_amount("待定") is None
    True
    """
    text = _plain_text(cell)
    if text in UNKNOWN or not text.strip("-¥$ ") or _SIGN_AND_DASH(text):
        return None
    shown = cell.strip()[:_LONGEST]
    if is_error(text):
        raise NotAnAmount("tables.excel_error", cell=shown)
    if text.startswith("="):
        raise NotAnAmount("tables.formula", cell=shown)
    if len(text) > _LONGEST or not (found := _AMOUNT(text) or _in_numerals(text)):
        raise NotAnAmount("tables.date" if _DATE(text) else "tables.not_an_amount", cell=shown)
    if found["percent"]:
        raise NotAnAmount("tables.percentage", cell=shown)
    meant = _currency_beside(found, cell, currency)
    if meant is None:
        raise NotAnAmount("tables.not_an_amount", cell=shown)
    if meant != currency:
        raise NotAnAmount("tables.foreign_currency", cell=shown, currency=meant, own=currency)
    opened = bool(found["open"]) + bool(found["open_inside"])
    signs = [sign for sign in (found["sign"], found["sign_inside"], found["sign_after"]) if sign]
    if opened != bool(found["close"]) or len(signs) + opened > 1:
        raise NotAnAmount("tables.not_an_amount", cell=shown)

    number = _digits(found["number"].strip(), mark, shown)
    own = found["unit"] or found["whole"]
    factor = UNITS.get(found["unit"] or "", 1) if own else unit
    whole, _, fraction = number.partition(".")
    digits = (whole + fraction).lstrip("0") or "0"
    if places is None:
        places = decimals(currency)
    finer = len(fraction) - int(found["exponent"] or 0) - places  # decimals below what is held
    counted = int(digits) * factor
    if finer <= 0:
        held, rest, divisor = (counted * 10**-finer if counted else 0), 0, 1
    else:
        divisor = 10**finer
        held, rest = divmod(counted, divisor)
    held += 2 * rest >= divisor
    if held > LARGEST:
        raise NotAnAmount("tables.amount_too_large", cell=shown, limit=LARGEST)
    sign = -1 if opened or "-" in signs else 1
    return Amount(
        sign * held,
        finer=Fraction(sign * counted, divisor * 10**places) if rest else None,
        own_unit=own is not None and factor != unit,
        scientific=found["exponent"] is not None,
    )


def _in_numerals(text: str) -> re.Match[str] | None:
    """Return an amount that has Chinese numerals for digits."""
    return None if text.isascii() or len(text) > _LONGEST else _AMOUNT(in_digits(text))


def _plain_text(cell: str) -> str:
    if len(cell) > MAX_HEADING and len(cell := cell.strip()) > MAX_HEADING:
        return cell  # a text, whatever is in it
    text = half_width(cell).lower()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1].strip()
    return text.removeprefix("'").strip()


def _currency_beside(found: re.Match[str], cell: str, own: str) -> str | None:
    """The currency that stands beside a number, the company's own where none does; None where it is nothing known.

    Codes that are words too count in capitals only, and 元 is the yuan to whom no currency of the own is a 元.
    """
    beside = [written for name in ("before", "after", "after_unit") if (written := found[name])]
    said = []
    for written in beside:
        whole = [written] if currency_meant(written, own) else _CURRENCY_IN_CELL.findall(written)
        said += [one.upper() if one.upper() in READ_AS_WORDS and one.upper() in cell else one for one in whole]
    if not said:
        yuan = any((found[name] or "").startswith(("元", "圆", "块")) for name in ("unit", "whole"))
        return "CNY" if yuan and not counts_in_yuan(own) else own
    named = currencies_among(said, own)
    return next(iter(named)) if len(named) == 1 else None


def _digits(number: str, mark: Mark, shown: str) -> str:
    if (digits := digits_of(number, mark)) is None:
        raise NotAnAmount("tables.separators", cell=shown)
    return digits


def is_amount(cell: str) -> bool:
    """Whether a cell holds a figure, usable or not: an amount, also a foreign or too large one, a percentage, a date.

    >>> [is_amount(cell) for cell in ("12.5万", "$5", "2024-03-01", "", "待定", "3M公司")]
    [True, True, True, False, False, False]
    """
    if not any(character.isdigit() for character in cell):
        return False
    try:
        return parse_amount(cell) is not None
    except NotAnAmount as fault:
        return fault.code not in {"tables.not_an_amount", "tables.excel_error", "tables.formula"}


def currency_named(text: str, own: str) -> str | None:
    """The currency that a text names: a heading, a title, a cell of a column of currencies; None where it names none.

    A code or a name says more than a sign that several currencies share; several that differ name the company's own
    where it is among them. In a longer text only what has no other meaning counts, codes that are words in capitals.

    >>> [currency_named(text, "CNY") for text in ("USD", "美元 USD", "人民币（CNY）", "All revenue", "Won deals")]
    ['USD', 'USD', 'CNY', None, None]
    >>> currency_named("Pesos", "MXN"), currency_named("Amount (kr)", "NOK"), currency_named("HKD ($)", "USD")
    ('MXN', 'NOK', 'HKD')
    """
    return currency_meant(text, own) or currency_among(_named_in(text, own), own)


def currency_beside(cell: str, own: str) -> str | None:
    """The currency that an amount in a cell is written with; None where a bare number stands there, or no amount.

    >>> [currency_beside(cell, "CNY") for cell in ("¥5", "5 USD", "5", "待定")]
    ['CNY', 'USD', None, None]
    """
    text = _plain_text(cell)
    found = _AMOUNT(text) or _in_numerals(text)
    beside = found and (found["before"] or found["after"] or found["after_unit"])
    return _currency_beside(found, cell, own) if found and beside else None


def is_money(cell: str, own: str) -> bool:
    """Whether a number is written as an amount of money, with a currency or 元 beside it.

    >>> [is_money(cell, "CNY") for cell in ("¥5", "5 元", "5万元", "5万", "5")]
    [True, True, True, False, False]
    """
    found = _AMOUNT(_plain_text(cell))
    return found is not None and (
        currency_beside(cell, own) is not None
        or bool(found["whole"])
        or (found["unit"] or "").startswith(("元", "圆", "块"))
    )


def currency_of_title(title: str, own: str) -> str | None:
    """The currency that a line above a table puts its amounts in; None where it speaks of none.

    There a name counts after "in", or at the end of the line or of a bracket: a customer may be called Euro Pool.

    >>> titles = "Sales in US dollars", "2026 年销售（美元）", "Euro Pool, customers", "Top accounts, USD"
    >>> [currency_of_title(title, "CNY") for title in titles]
    ['USD', 'USD', None, 'USD']
    """
    text = title.translate(HALF_WIDTH) if len(title) <= MAX_HEADING else ""
    said = []
    for found in _currency_in(own).finditer(text):
        word = found[0].isascii() and found[0].isalpha() and not found[0].isupper()
        if not word or _INTRODUCED(text[: found.start()]) or _AT_END(text, found.end()):
            said.append(found[0])
    return currency_among([one for one in said if one not in ("ALL", "TOP")], own)


def _named_in(text: str, own: str) -> list[str]:
    """What names a currency inside a longer text, as written; ALL and TOP never do."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z]{3}(?![A-Za-z]))", " ", text.translate(HALF_WIDTH))
    return [written for written in _currency_in(own).findall(apart) if written not in ("ALL", "TOP")]


@lru_cache
def _currency_in(own: str) -> re.Pattern[str]:
    """Return what finds a currency inside a longer text: whole words, and what a company writes for its own at home,
    but for what might be a unit.
    """
    words = pattern(NAMING | (at_home(own) - UNITS.keys()))
    letters = "A-Za-zÀ-ɏͰ-ӿ"  # a р in a Russian word is no rouble
    return re.compile(rf"(?<![{letters}])(?:{words})(?:(?![{letters}])|(?<=[^{letters}]))", re.IGNORECASE)


@dataclass
class AmountColumn:
    """A column of amounts: a position is in ``faults``, or has its amount as ``held`` and whether it is ``known``.

    What is written there with more decimals than are held is in ``finer``, in units.
    """

    held: list[int]
    known: list[bool]
    faults: dict[int, NotAnAmount] = field(default_factory=dict)
    finer: dict[int, Fraction] = field(default_factory=dict)
    own_units: int = 0
    scientific: int = 0


def _plain_column(cells: Sequence[str], places: int, unit: int) -> list[int] | None:
    """Return a column as held where all of it is digits, the most of what exports are; else None."""
    digits = rf"-?[0-9]{{1,12}}(?:\.[0-9]{{1,{places}}})?" if places else "-?[0-9]{1,12}"
    text = "\n".join([*cells, ""])
    if not cells or text.count("\n") > len(cells) or not re.fullmatch(rf"(?:{digits}\n)*+", text, re.ASCII):
        return None
    held = []
    for cell in cells:
        whole, _, fraction = cell.partition(".")
        held.append(int(whole + fraction.ljust(places, "0")) * unit)
    return held if max(held) <= LARGEST and min(held) >= -LARGEST else None


def parse_column(
    cells: Sequence[str], *, currency: str = "CNY", unit: int = 1, mark: Mark | None = None, places: int | None = None
) -> AmountColumn:
    """Every cell of a column as an amount, held with ``places`` decimals, the currency's if not given; never raises.

    Which ``mark`` parts decimals is decided for the column as a whole; where none is given, by its own cells, and it is
    the point where they leave that open.

    >>> parse_column(["1.234,50", "99,90"]).held
    [123450, 9990]
    """
    places = decimals(currency) if places is None else places
    seen = evidence(cells) if in_doubt(cells) else Evidence()
    mark = mark or seen.mark or "point"
    # Almost every cell is plain digits, and a hundred thousand of them have to be read while a reader
    # waits: those take one regular expression and no object.
    held: list[int] = []
    known: list[bool] = []
    column = AmountColumn(held, known)
    plain_form, scale = _plain(currency, places), 10**places
    open_cells = set(seen.unclear_points + seen.unclear_commas) if seen.mixed else set()
    if mark == "comma" and seen.two_decimals:  # beside 12,50 a 1,234 is no number of thousandths
        open_cells |= set(seen.unclear_commas)
    is_plain = mark == "point" and not open_cells
    if is_plain and (whole_column := _plain_column(cells, places, unit)) is not None:
        return AmountColumn(whole_column, [True] * len(cells))
    for index, cell in enumerate(cells):
        plain = plain_form(cell) if is_plain else None
        if plain:
            minus, whole, fraction = plain.groups()
            if "," in whole:
                whole = whole.replace(",", "")
            value = int(whole + fraction.ljust(places, "0")) * unit if fraction else int(whole) * scale * unit
            if value <= LARGEST:
                held.append(-value if minus else value)
                known.append(True)
                continue
        amount = None
        try:
            if index in open_cells:
                raise NotAnAmount("tables.separators", cell=cell.strip()[:_LONGEST])
            if cell:
                by = "point" if isinstance(cell, Number) else mark
                amount = parse_amount(cell, currency=currency, unit=unit, mark=by, places=places)
        except NotAnAmount as fault:
            column.faults[index] = fault
        held.append(amount.held if amount else 0)
        known.append(amount is not None)
        if amount:
            if amount.finer is not None:
                column.finer[index] = amount.finer
            column.own_units += amount.own_unit
            column.scientific += amount.scientific
    return column


@dataclass(frozen=True)
class Heading:
    """What a heading says of the amounts under it; ``unit`` is None where it says nothing."""

    unit: int | None = None
    written: str = ""
    currency: str | None = None


_THOUSANDS_WRITTEN: Final[Mapping[str, int]] = {
    "'000": 10**3, "’000": 10**3, "000": 10**3, "'000s": 10**3, "000s": 10**3, "10k": 10**4, "10000": 10**4,
    "100m": 10**8, "mio": 10**6, "mil": 10**6, "mln": 10**6, "tis": 10**3, "tys": 10**3, "tsd": 10**3,
    "tausend": 10**3, "millionen": 10**6, "mrd": 10**9, "mia": 10**9, "mld": 10**9, "milliarden": 10**9,
    "millier": 10**3, "milliers": 10**3, "milliards": 10**9, "mds": 10**9, "miles": 10**3, "millones": 10**6,
    "migliaia": 10**3, "milioni": 10**6, "milhares": 10**3, "milhões": 10**6, "duizend": 10**3, "miljoen": 10**6,
    "tusen": 10**3, "тыс": 10**3, "млн": 10**6, "млрд": 10**9,
    "천원": 10**3, "만원": 10**4, "백만원": 10**6, "억원": 10**8, "천": 10**3, "만": 10**4, "백만": 10**6, "억": 10**8,
}  # fmt: skip
_BRACKETED_ONLY: Final[Mapping[str, int]] = {
    "1000": 10**3, "1000000": 10**6, "100000000": 10**8, "100k": 10**5, "10m": 10**7,
}  # fmt: skip
_CODES: Final = "eur|usd|gbp|chf|cny|rmb|jpy|hkd|sgd|aud|cad|nzd|sek|nok|dkk|pln|czk|huf|inr|brl|mxn|zar"
_WITH_A_LETTER = re.compile(rf"(?<![a-z])([ktm])(?=(?:{_CODES}|kr)(?![a-z])|[€$£¥])", re.IGNORECASE)
_LETTERS: Final[Mapping[str, str]] = {"k": "thousand ", "t": "thousand ", "m": "million "}  # t: in German
_AFTER: Final[Mapping[str, str]] = {"k": "thousand", "m": "million", "mm": "million", "mn": "million", "bn": "billion"}
_COUNTS_IN_CRORES: Final = frozenset({"INR", "PKR", "BDT", "NPR", "LKR"})
_MIL_IS_A_THOUSAND: Final = frozenset({"BRL", "MXN", "CLP", "COP", "ARS", "PEN", "UYU", "AOA", "MZN"})
_TENS: Final[Mapping[str, str]] = {"ten": "10", "hundred": "100"}
_MULTIPLE = re.compile(r"(?<![a-z0-9])(ten|hundred|10|100)[\s-]*(thousand|million)s?(?![a-z])")
_BRACKETED = re.compile(r"[(\[【<〔「]([^)\]】>〕」]*+)([)\]】>〕」]?)")  # an open one goes to the end
_LINKED = re.compile(r"^(?:en|em|di)\s++|(?<!\s)\s++(?:de|di|d')$")  # en milliers d'
_CHINESE_UNIT = re.compile(r"(?:[百千十]?[万萬]|[千仟]|[亿億])元?$|元$")


def parse_heading(heading: str, own: str = "CNY") -> Heading:
    """The unit and the currency that a heading, or a line above the table, names to a company that counts in ``own``.

    Single letters count only in brackets. Raises NotAnAmount where the unit is smaller than the currency's own
    (角, 分): nobody means a hundredth silently.

    >>> parse_heading("收入(万元)").unit, parse_heading("Revenue (k)").unit, parse_heading("收入").unit
    (10000, 1000, None)
    >>> parse_heading("金额（千美元）")
    Heading(unit=1000, written='千美元', currency='USD')
    >>> parse_heading("Umsatz (TEUR)").unit, parse_heading("Revenue in m€").unit
    (1000, 1000000)
    """
    text = _spelt(heading, own)
    inside = [part.strip() for part, closed in _BRACKETED.findall(text) if closed]
    outside = _BRACKETED.sub(lambda found: " " if found[2] else found[0], text).strip()
    currency = currency_among(_named_in(_apart(heading[:_LONGEST], own), own), own)

    def found(unit: int | None, piece: str) -> Heading:
        """Return the heading; a bare 元 is the yuan to whom no currency of the own is a 元."""
        yuan = piece.endswith(("元", "圆")) and not counts_in_yuan(own)
        return Heading(unit, piece, currency or ("CNY" if yuan else None))

    for part in inside:
        for piece in (part, *re.split(r"[,;/:(\s]+|单位|單位", part)):
            if (unit := _unit(piece, own, bracketed=True)) is not None:
                return found(unit, piece)
    for piece in re.split(r"[,;/:_|\s-]+|单位|單位", outside)[::-1]:
        if (unit := _unit(piece, own, bracketed=False)) is not None:
            return found(unit, piece)
    if ending := _CHINESE_UNIT.search(_currency_in(own).sub("", outside)):
        return found(_unit(ending[0], own, bracketed=False), ending[0])
    return Heading(currency=currency)


def parse_unit(cell: str, own: str = "CNY") -> Heading | None:
    """What a cell that holds a unit and nothing else says; None where it holds anything else.

    >>> [parse_unit(cell) for cell in ("万元", "USD thousand")]
    [Heading(unit=10000, written='万元', currency=None), Heading(unit=1000, written='USD thousand', currency='USD')]
    >>> parse_unit("件"), parse_unit("百万公司"), parse_unit("EUR")
    (None, None, Heading(unit=None, written='EUR', currency='EUR'))
    """
    text = re.sub(r"\b(?:in|of)\b", " ", _spelt(cell, own).strip("()[] "))
    apart = _apart(cell, own)
    currency = currency_meant(apart, own) or currency_among(_named_in(apart, own), own)
    try:
        unit = _unit(text, own, bracketed=True)
    except NotAnAmount:
        return None
    if unit is None and currency_meant(apart, own) is None:
        return None
    yuan = text.endswith(("元", "圆")) and not counts_in_yuan(own)
    return Heading(unit, cell.strip(), currency or ("CNY" if yuan else None))


@lru_cache
def _before_a_unit(own: str) -> re.Pattern[str]:
    """Return what finds a currency right before the letter of a unit: codes, and what the company's own is written."""
    signs = [sign for sign in ("r", "kr", "rm", "rs") if currency_meant(sign, own) == own]
    return re.compile(rf"(?<![a-z])({'|'.join([_CODES, own.lower(), *signs])})(k|mm|mn|m|bn)(?![a-z])", re.IGNORECASE)


def _apart(text: str, own: str) -> str:
    """Return a text with spaces between currencies and letters of units that stand right beside them."""
    return _before_a_unit(own).sub(r"\1 \2", _WITH_A_LETTER.sub(r"\1 ", text))


def _spelt(heading: str, own: str) -> str:
    """Return a heading in small half-width letters, its multiples of thousands and millions as units are written."""
    text = heading[:_LONGEST].translate(HALF_WIDTH).lower().strip()
    text = _before_a_unit(own).sub(lambda found: f"{found[1]} {_AFTER[found[2]]} ", text)
    # How English writes 万 and 亿: neither is the thousand or million that ends it.
    text = _MULTIPLE.sub(lambda found: f"{_TENS.get(found[1], found[1])}{found[2][0].replace('t', 'k')}", text)
    text = _WITH_A_LETTER.sub(lambda found: _LETTERS[found[1]], text)
    return re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", text)


def _unit(piece: str, own: str, *, bracketed: bool) -> int | None:
    name = _currency_in(own).sub("", piece.strip().removeprefix("in ")).replace(",", "").strip().rstrip(".")
    name = _LINKED.sub("", name)
    if name in {"分", "角"} and bracketed:
        raise NotAnAmount("tables.unit_too_small", unit=name)
    if not bracketed and len(name) == 1 and name.isascii():
        return None
    if bracketed and name in _BRACKETED_ONLY:
        return _BRACKETED_ONLY[name]
    if name in {"cr", "crs"} and own in _COUNTS_IN_CRORES:  # elsewhere a credit
        return UNITS["crore"]
    if name == "mil" and own in _MIL_IS_A_THOUSAND:
        return UNITS["k"]
    return UNITS.get(name) or UNITS.get(name.removesuffix("元")) or _THOUSANDS_WRITTEN.get(name)
