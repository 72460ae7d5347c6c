"""Numbers written in Chinese numerals, alone or mixed with digits: 一万二千, 壹万贰仟元整, 1亿2000万, 两万五.

Only the numeral is turned into digits; what stands beside it (元, 美元, a sign) is for ``amounts``. A unit with digits
before it (``1.2亿``) is read there, too.
"""

import re
from typing import Final

_DIGITS: Final = {
    **{sign: number for number, sign in enumerate("零一二三四五六七八九")},
    **{sign: number for number, sign in enumerate("零壹贰叁肆伍陆柒捌玖")},
    **{"〇": 0, "两": 2, "兩": 2, "貳": 2, "參": 3, "陸": 6},
}
_SMALL: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
_LARGE: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_NUMERAL = re.compile(
    rf"(?<![0-9.,])(?:[0-9{''.join(_DIGITS)}{''.join(_SMALL)}{''.join(_LARGE)}]{{2,30}}|零)(?![0-9.,])"
)
_PART = re.compile(rf"([0-9]+|[{''.join(_DIGITS)}])?([{''.join(_SMALL)}])?")
_LONGEST_IN_DIGITS: Final = 4  # below 万


def counted(number: str) -> int:
    """Return a short whole number in digits or in Chinese numerals; 0 where it is none.

    >>> [counted(number) for number in ("12", "三", "十一", "二十", "一一")]
    [12, 3, 11, 20, 0]
    """
    return int(number) if number.isdecimal() else _DIGITS.get(number) or _value(number) or 0


def in_digits(text: str) -> str:
    """Return a text with its first numeral in digits, large ones as people write them (``1.2万``); else as it is.

    >>> [in_digits(text) for text in ("一万二千", "壹万贰仟元整", "1亿2000万", "两万五", "一百零五元")]
    ['1.2万', '1.2万元整', '12000万', '2.5万', '105元']
    >>> [in_digits(text) for text in ("百万", "一二三四", "三一重工", "一千千", "零")]
    ['百万', '一二三四', '三一重工', '一千千', '0']
    """
    found = _NUMERAL.search(text)
    value = _value(found[0]) if found else None
    if found is None or value is None:
        return text
    whole, rest = divmod(value, 10**4)
    written = f"{whole}.{rest:04d}".rstrip("0").rstrip(".") + "万" if set(found[0]) & set(_LARGE) else str(value)
    return text[: found.start()] + written + text[found.end() :]


def _value(numeral: str) -> int | None:
    """Return the value of a numeral; None where it is none: a unit without a number, digits one after the other."""
    if numeral == "零":
        return 0
    total, limit, start = 0, 10**12, 0
    for at, sign in enumerate(numeral):
        unit = _LARGE.get(sign)
        if unit is None:
            continue
        part = _section(numeral[start:at], 0)
        if unit >= limit or not part:
            return None
        total, limit, start = total + part * unit, unit, at + 1
    rest = numeral[start:]
    part = _section(rest, limit if start else 0) if rest else 0
    if part is None or (not start and not set(rest) & set(_SMALL)):
        return None
    return total + part


def _section(text: str, above: int) -> int | None:
    """Return the value of a numeral below 万; ``above`` is the unit right before it.

    In 两万五 and 一千二 a single last digit counts tenths of that unit.
    """
    total, last, place = 0, above, 0
    while place < len(text):
        found = _PART.match(text, place)
        if found is None or not found[0]:
            return None
        number, small = found.groups()
        place = found.end()
        if number in ("零", "〇") and small is None:
            last = 1  # what follows counts ones, or has a unit of its own
            if place == len(text):
                return None
            continue
        value = 1 if number is None else _DIGITS.get(number, -1) if not number.isdecimal() else int(number)
        unit = _SMALL[small] if small else 1
        if number is None and (small not in ("十", "拾") or total):
            return None
        if small is None:
            is_last = place == len(text)
            if not is_last or (len(number or "") > _LONGEST_IN_DIGITS):
                return None
            return total + (value * last // 10 if last >= 100 and len(number or "") == 1 else value)  # noqa: PLR2004 - 十五 is 15
        if 1 < last <= unit and last != above:
            return None
        total, last = total + value * unit, unit
    return total
