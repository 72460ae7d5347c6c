"""What a number format makes of a number: a percentage, money in some currency, or a thousandth of it.

Which cell has which format is for the readers of workbooks to say; what is written for a currency is in
``asks/currencies``.
"""

import contextlib
import functools
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from calculators.engine.asks.currencies import counts_in_yuan, currency_among, currency_meant
from calculators.engine.reads.amounts import UNITS, NotAnAmount, parse_heading

_TOKEN = re.compile(
    r"""\[\$(?P<sign>[^\]]*+)\] | "(?P<quoted>[^"]*+)" | \\(?P<escaped>.)
    | (?P<passed>_.|\*.|\[[^\]]*+(?:\]|$)) | (?P<bare>.)""",
    re.VERBOSE | re.DOTALL,
)
_OF_A_PLACE: Final = string.ascii_letters + string.digits + "-"
_SCALES = re.compile(r"[0#?],+(?![0#?,])").search
_SIGNS: Final = frozenset("$€£¥￥₩₹₽฿₫₺₪₱₦₴₸")
_YUAN: Final = ("元", "万元", "千元", "亿元")


@dataclass(frozen=True)
class Shown:
    """How a number is shown: as a percentage, divided, and beside which signs, each with its language if that is said.

    ``signs`` are as written; ``named`` says of a sign that the format itself calls it a currency's.
    """

    percent: bool = False
    scaled: bool = False
    signs: tuple[tuple[str, str, bool], ...] = ()
    everywhere: bool = False
    """Whether each computer shows the sign of the currency that it is set to instead."""

    def foreign(self, own: str) -> str:
        """Return the code of another currency than ``own``, or its sign where we know no code; else nothing."""
        bare = [sign for sign, place, _ in self.signs if not place]
        if not counts_in_yuan(own) and any(sign.strip() in _YUAN for sign in bare):
            bare.append("CNY")
        of_places = [currency_meant(sign, own, place) for sign, place, _ in self.signs if place]
        meant = next(filter(None, of_places), None) or currency_among(bare, own)
        if meant:
            return "" if meant == own else meant
        for sign, _, _ in self.signs:
            with contextlib.suppress(NotAnAmount):  # a text such as 万美元 beside the digits
                if (currency := parse_heading(sign, own).currency) and currency != own:
                    return currency
        unknown = (sign.strip() for sign, _, named in self.signs if named)
        return next((sign for sign in unknown if sign and sign.lower() not in UNITS and sign not in _YUAN), "")


PLAIN: Final = Shown()


@functools.cache
def shown(code: str) -> Shown:
    """Read a format's code; of its sections the first counts, which is for positive numbers.

    >>> shown('0.0%;"-"').percent, shown("#,##0,").scaled, shown("[$$-409]#,##0").foreign("CNY")
    (True, True, 'USD')
    >>> [shown('"$"#,##0').foreign(own) for own in ("CAD", "CNY")]
    ['', 'USD']
    """
    bare, signs, run = "", [], ""
    for token in _section(code):
        sign, quoted, escaped, letter = token["sign"], token["quoted"], token["escaped"], token["bare"]
        part = quoted if quoted is not None else escaped or (letter if letter in _SIGNS else None)
        if part is not None:
            run += part
            continue
        signs.append((run, "", False))
        run = ""
        if sign is not None:
            dash = sign.find("-", len(sign.rstrip(_OF_A_PLACE)))
            signs.append((sign[:dash], sign[dash + 1 :], True) if dash >= 0 else (sign, "", True))
        bare += letter or ""
    signs.append((run, "", False))
    return Shown("%" in bare, _SCALES(bare) is not None, tuple(one for one in signs if one[0].strip()))


def _section(code: str) -> Iterator[re.Match[str]]:
    for token in _TOKEN.finditer(code):
        if token["bare"] == ";":
            return
        yield token
