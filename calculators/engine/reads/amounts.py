"""One cell of a spreadsheet as an amount of money: from the text that people write to whole fen.

Here live the ways of writing an amount (``￥1,234``, ``12.5万``, ``(300)``), the units and the currencies. What points
and commas in a number mean is in ``number_style``. Which cells are amounts at all is for ``tables`` to say;
printing amounts is for ``text``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

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

MAX_FEN: Final = 10**15
"""The largest amount accepted, of either sign: ten trillion yuan. One fits an int64 with room for nine
thousand; whoever sums more checks, or sums in Python's integers.
"""

UNITS: Final[Mapping[str, int]] = {
    "元": 1, "圆": 1, "块": 1, "元整": 1,
    "千": 10**3, "仟": 10**3, "万": 10**4, "萬": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "億": 10**8, "十亿": 10**9, "百亿": 10**10,
    "k": 10**3, "thousand": 10**3, "thousands": 10**3, "w": 10**4, "m": 10**6, "mn": 10**6, "mm": 10**6,
    "million": 10**6, "millions": 10**6, "b": 10**9, "bn": 10**9, "billion": 10**9, "billions": 10**9,
}  # fmt: skip
"""What an amount may be counted in, and how many currency units that is. ``w`` is how Chinese sales
people type 万."""

CURRENCIES: Final[Mapping[str, str]] = {
    "¥": "CNY", "cny": "CNY", "rmb": "CNY", "yuan": "CNY", "人民币": "CNY", "人民幣": "CNY", "cn¥": "CNY", "cnh": "CNY",
    "$": "USD", "us$": "USD", "usd": "USD", "美元": "USD", "美金": "USD", "美刀": "USD",
    "€": "EUR", "eur": "EUR", "欧元": "EUR", "歐元": "EUR", "euro": "EUR", "euros": "EUR",
    "hk$": "HKD", "hkd": "HKD", "港币": "HKD", "港元": "HKD", "港幣": "HKD",
    "£": "GBP", "gbp": "GBP", "英镑": "GBP", "jpy": "JPY", "日元": "JPY", "日圆": "JPY", "円": "JPY",
    "jp¥": "JPY", "krw": "KRW", "₩": "KRW", "韩元": "KRW", "韩币": "KRW",
    "twd": "TWD", "nt$": "TWD", "ntd": "TWD", "新台币": "TWD", "台币": "TWD", "新台幣": "TWD",
    "sgd": "SGD", "s$": "SGD", "新加坡元": "SGD", "新币": "SGD", "aud": "AUD", "a$": "AUD", "澳元": "AUD",
    "cad": "CAD", "c$": "CAD", "加元": "CAD", "nzd": "NZD", "nz$": "NZD", "mop": "MOP", "mop$": "MOP",
    "澳门元": "MOP", "chf": "CHF", "瑞士法郎": "CHF", "inr": "INR", "₹": "INR", "卢比": "INR",
    "rub": "RUB", "₽": "RUB", "卢布": "RUB", "thb": "THB", "฿": "THB", "泰铢": "THB",
    "vnd": "VND", "₫": "VND", "越南盾": "VND", "myr": "MYR", "马币": "MYR", "林吉特": "MYR",
    "idr": "IDR", "印尼盾": "IDR", "php": "PHP", "brl": "BRL", "r$": "BRL", "aed": "AED", "sar": "SAR",
    **{code.lower(): code for code in (
        "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "TRY", "ILS", "EGP", "ZAR", "MXN", "CLP", "QAR", "KWD", "PKR", "BDT",
        "KZT",
    )},
}  # fmt: skip
"""How currencies are written (lower case, half width), and their ISO codes."""

_DOLLARS: Final = frozenset({"USD", "HKD", "TWD", "SGD", "AUD", "CAD", "NZD", "MOP"})
_YENS: Final = frozenset({"CNY", "JPY"})

UNKNOWN: Final = frozenset({
    "", "-", "--", "---", "—", "——", "–", "/", "\\", "?", "n/a", "na", "n.a.", "nan", "null", "none", "nil",
    "tbd", "tba", "unknown", "pending", "not available", "(blank)", "(空白)", "空", "无", "暂无",
    "待定", "未定", "未知", "不详", "待确认", "待补", "待补充",
})  # fmt: skip
"""What stands in a cell whose amount nobody knows (yet): no amount, and no mistake either."""

EXCEL_ERRORS: Final = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)


def _alternatives(words: Mapping[str, object]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_DIGIT_FORM = r"([0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.([0-9]{1,2}))?"
_PLAIN = re.compile(rf"(-?){_DIGIT_FORM}", re.ASCII).fullmatch
_PLAIN_YEN = re.compile(rf"(-?)(?:[¥￥]\ ?)?{_DIGIT_FORM}", re.ASCII).fullmatch
_CURRENCY = _alternatives(CURRENCIES)
_UNIT = _alternatives(UNITS)
_AMOUNT = re.compile(
    rf"""(?P<open>\()? \s* (?P<sign>[+-])? \s* (?P<before>{_CURRENCY})? \s* (?P<open_inside>\()?
    (?P<sign_inside>[+-])? \s*
    (?P<number>[0-9](?:[0-9,.'\ ٫]*[0-9.])?|[.٫][0-9]+) (?:e(?P<exponent>[+-]?[0-9]{{1,3}}))? \s*
    (?P<unit>{_UNIT})? \s* (?P<after>{_CURRENCY})? (?P<whole>元整?|整)? \s*
    (?P<sign_after>-)? (?P<close>\))? \s* (?P<percent>[%‰])?""",
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
    """An amount in whole fen, and how it was written."""

    fen: int
    rounded: bool = False
    own_unit: bool = False
    scientific: bool = False


def parse_amount(cell: str, *, currency: str = "CNY", unit: int = 1, mark: Mark = "point") -> Amount | None:
    """The amount in one cell; None where nobody knows it (blank, ``-``, ``N/A``, ``待定`` …).

    ``unit`` is how many currency units a bare number counts (10,000 in a column of 万元); a unit in
    the cell itself (``12.5万``) stands instead of it. Fractions of a fen are rounded half up,
    away from zero, so that a refund rounds like the sale. ``mark`` parts decimals, the other one thousands.
    Raises NotAnAmount.

    >>> parse_amount("12.5万").fen
    12500000
    >>> parse_amount("（￥1,234.50）").fen
    -123450
    >>> parse_amount("0.035", unit=10_000).fen
    35000
    >>> parse_amount("待定") is None
    True
    """
    text = half_width(cell).lower()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1].strip()
    text = text.removeprefix("'").strip()
    if text in UNKNOWN or not text.strip("-¥$ "):  # Excel's accounting formats leave a sign and a dash
        return None
    shown = cell.strip()[:_LONGEST]
    if text.upper() in EXCEL_ERRORS:
        raise NotAnAmount("tables.excel_error", cell=shown)
    if text.startswith("="):
        raise NotAnAmount("tables.formula", cell=shown)
    if len(text) > _LONGEST or not (found := _AMOUNT(text)):
        raise NotAnAmount("tables.date" if _DATE(text) else "tables.not_an_amount", cell=shown)
    if found["percent"]:
        raise NotAnAmount("tables.percentage", cell=shown)
    for written in (found["before"], found["after"]):
        if written and not is_currency(written, currency):
            raise NotAnAmount("tables.foreign_currency", cell=shown, currency=CURRENCIES[written], own=currency)
    opened = bool(found["open"]) + bool(found["open_inside"])
    signs = [sign for sign in (found["sign"], found["sign_inside"], found["sign_after"]) if sign]
    if opened != bool(found["close"]) or len(signs) + opened > 1:
        raise NotAnAmount("tables.not_an_amount", cell=shown)

    number = _digits(found["number"].strip(), mark, shown)
    own = found["unit"] or found["whole"]
    factor = UNITS.get(found["unit"] or "", 1) if own else unit
    whole, _, fraction = number.partition(".")
    digits = (whole + fraction).lstrip("0") or "0"
    places = len(fraction) - int(found["exponent"] or 0) - 2  # decimal places below the fen
    counted = int(digits) * factor
    if places <= 0:
        fen, rest, divisor = (counted * 10**-places if counted else 0), 0, 1
    else:
        divisor = 10**places
        fen, rest = divmod(counted, divisor)
    fen += 2 * rest >= divisor
    if fen > MAX_FEN:
        raise NotAnAmount("tables.amount_too_large", cell=shown, limit=MAX_FEN)
    return Amount(
        -fen if opened or "-" in signs else fen,
        rounded=rest != 0,
        own_unit=own is not None and factor != unit,
        scientific=found["exponent"] is not None,
    )


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


def foreign_currency(cell: str, currency: str) -> str | None:
    """The code of another currency than this one that a cell of a column of currencies names; None where it names none.

    Three letters are a code, known or not.

    >>> [foreign_currency(cell, "CNY") for cell in ("USD", "美元 USD", "XOF", "人民币（CNY）", "")]
    ['USD', 'USD', 'XOF', None, None]
    """
    text = cell.translate(HALF_WIDTH).strip().lower()
    named = _CURRENCY_IN.findall(text)
    if not named and re.fullmatch("[a-z]{3}", text) and text not in UNKNOWN:
        return text.upper() if text.upper() != currency else None
    return None if not named or any(is_currency(one, currency) for one in named) else CURRENCIES[named[0]]


def is_currency(written: str, currency: str) -> bool:
    """Whether a sign or name (lower case, half width) can mean this currency: ``$`` is every dollar's.

    >>> is_currency("$", "HKD"), is_currency("us$", "HKD")
    (True, False)
    """
    if written == "$" and currency in _DOLLARS:
        return True
    if written == "¥" and currency in _YENS:
        return True
    return CURRENCIES.get(written) == currency


@dataclass
class AmountColumn:
    """A column of amounts, read: a position is in ``faults``, or has its ``fen`` and whether it is ``known``."""

    fen: list[int]
    known: list[bool]
    faults: dict[int, NotAnAmount] = field(default_factory=dict)
    rounded: int = 0
    own_units: int = 0
    scientific: int = 0


def parse_column(
    cells: Sequence[str], *, currency: str = "CNY", unit: int = 1, mark: Mark | None = None
) -> AmountColumn:
    """Every cell of a column as an amount; never raises.

    Which ``mark`` parts decimals is decided for the column as a whole; where none is given, by its own cells, and it is
    the point where they leave that open.

    >>> parse_column(["1.234,50", "99,90"]).fen
    [123450, 9990]
    """
    seen = evidence(cells) if in_doubt(cells) else Evidence()
    mark = mark or seen.mark or "point"
    # Almost every cell is plain digits, and a hundred thousand of them have to be read while a reader
    # waits: those take one regular expression and no object.
    fen: list[int] = []
    known: list[bool] = []
    column = AmountColumn(fen, known)
    plain_form = _PLAIN_YEN if currency in _YENS else _PLAIN
    open_cells = set(seen.unclear_points + seen.unclear_commas) if seen.mixed else set()
    if mark == "comma" and seen.two_decimals:  # beside 12,50 a 1,234 is no number of thousandths
        open_cells |= set(seen.unclear_commas)
    is_plain = mark == "point" and not open_cells
    for index, cell in enumerate(cells):
        plain = plain_form(cell) if is_plain else None
        if plain:
            minus, whole, fraction = plain.groups()
            if "," in whole:
                whole = whole.replace(",", "")
            value = int(whole + fraction.ljust(2, "0")) * unit if fraction else int(whole) * 100 * unit
            if value <= MAX_FEN:
                fen.append(-value if minus else value)
                known.append(True)
                continue
        amount = None
        try:
            if index in open_cells:
                raise NotAnAmount("tables.separators", cell=cell.strip()[:_LONGEST])
            if cell:
                by = "point" if isinstance(cell, Number) else mark
                amount = parse_amount(cell, currency=currency, unit=unit, mark=by)
        except NotAnAmount as fault:
            column.faults[index] = fault
        fen.append(amount.fen if amount else 0)
        known.append(amount is not None)
        if amount:
            column.rounded += amount.rounded
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
    "100m": 10**8, "mio": 10**6, "mil": 10**6, "mln": 10**6,
}  # fmt: skip
_BRACKETED_ONLY: Final[Mapping[str, int]] = {
    "1000": 10**3, "1000000": 10**6, "100000000": 10**8, "100k": 10**5, "10m": 10**7,
}  # fmt: skip
_WITH_A_LETTER = re.compile(
    r"(?<![a-z])([ktm])(?=(?:eur|usd|gbp|chf|cny|rmb|jpy|hkd|sgd|aud|cad|nzd|sek|nok|dkk|pln|czk|huf|inr|brl|mxn|zar)"
    r"(?![a-z])|[€$£¥])"
)
_LETTERS: Final[Mapping[str, str]] = {"k": "thousand ", "t": "thousand ", "m": "million "}  # t: in German
_TENS: Final[Mapping[str, str]] = {"ten": "10", "hundred": "100"}
_MULTIPLE = re.compile(r"(?<![a-z0-9])(ten|hundred|10|100)[\s-]*(thousand|million)s?(?![a-z])")
_BRACKETED = re.compile(r"[(\[【<〔「](.*?)[)\]】>〕」]")
_CHINESE_UNIT = re.compile(r"(?:[百千十]?[万萬]|[千仟]|[亿億])元?$|元$")
_CURRENCY_IN = re.compile(rf"(?<![a-z])(?:{_CURRENCY})(?:(?![a-z])|(?<=[^a-z]))")


def parse_heading(heading: str) -> Heading:
    """The unit and the currency that a heading, or a line above the table, names.

    Single letters count only in brackets. Raises NotAnAmount where the unit is smaller than the currency's own
    (角, 分): nobody means a hundredth silently.

    >>> parse_heading("收入(万元)").unit, parse_heading("Revenue (k)").unit, parse_heading("收入").unit
    (10000, 1000, None)
    >>> parse_heading("金额（千美元）")
    Heading(unit=1000, written='千美元', currency='USD')
    >>> parse_heading("Umsatz (TEUR)").unit, parse_heading("Revenue in m€").unit
    (1000, 1000000)
    """
    text = heading[:_LONGEST].translate(HALF_WIDTH).lower().strip()
    # How English writes 万 and 亿: neither is the thousand or million that ends it.
    text = _MULTIPLE.sub(lambda found: f"{_TENS.get(found[1], found[1])}{found[2][0].replace('t', 'k')}", text)
    text = _WITH_A_LETTER.sub(lambda found: _LETTERS[found[1]], text)
    text = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", text)
    inside = [part.strip() for part in _BRACKETED.findall(text)]
    outside = _BRACKETED.sub(" ", text).strip()
    currencies = {CURRENCIES[found] for found in _CURRENCY_IN.findall(text)}
    currency = currencies.pop() if len(currencies) == 1 else None
    for part in inside:
        for piece in (part, *re.split(r"[,;/:\s]+|单位|單位", part)):
            if (unit := _unit(piece, bracketed=True)) is not None:
                return Heading(unit, piece, currency)
    for piece in re.split(r"[,;/:_|\s-]+|单位|單位", outside)[::-1]:
        if (unit := _unit(piece, bracketed=False)) is not None:
            return Heading(unit, piece, currency)
    if ending := _CHINESE_UNIT.search(_CURRENCY_IN.sub("", outside)):
        return Heading(_unit(ending[0], bracketed=False), ending[0], currency)
    return Heading(currency=currency)


def _unit(piece: str, *, bracketed: bool) -> int | None:
    name = _CURRENCY_IN.sub("", piece.strip().removeprefix("in ")).replace(",", "").strip().rstrip(".")
    if name in {"分", "角"} and bracketed:
        raise NotAnAmount("tables.unit_too_small", unit=name)
    if not bracketed and len(name) == 1 and name.isascii():
        return None
    if bracketed and name in _BRACKETED_ONLY:
        return _BRACKETED_ONLY[name]
    return UNITS.get(name) or UNITS.get(name.removesuffix("元")) or _THOUSANDS_WRITTEN.get(name)
