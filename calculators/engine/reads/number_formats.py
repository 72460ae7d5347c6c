"""What a number format makes of a number: a percentage, money in some currency, or a thousandth of it.

Which cell has which format is for the readers of workbooks to say; what a currency is called is in ``amounts``.
"""

import contextlib
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from calculators.engine.reads.amounts import CURRENCIES, UNITS, NotAnAmount, is_currency, parse_heading
from calculators.engine.reads.number_style import HALF_WIDTH

_TOKEN = re.compile(
    r"""\[\$(?P<sign>[^\]]*?)(?:-(?P<place>[0-9A-Za-z-]*))?\] | "(?P<quoted>[^"]*)" | \\(?P<escaped>.)
    | (?P<passed>_.|\*.|\[[^\]]*\]) | (?P<bare>.)""",
    re.VERBOSE | re.DOTALL,
)
_SCALES = re.compile(r"[0#?],+(?![0#?,])").search
_SIGNS: Final = frozenset("$€£¥￥₩₹₽฿₫")

# Windows' numbers of languages, whose countries share a sign, and the currencies of these countries.
_COUNTRIES: Final[Mapping[int, str]] = {
    0x409: "US", 0x1009: "CA", 0xC0C: "CA", 0xC09: "AU", 0x1409: "NZ", 0xC04: "HK", 0x3C09: "HK", 0x404: "TW",
    0x1004: "SG", 0x4809: "SG", 0x1404: "MO", 0x80A: "MX", 0x340A: "CL", 0x240A: "CO", 0x2C0A: "AR", 0x804: "CN",
    0x411: "JP",
}  # fmt: skip
_MONEY: Final[Mapping[str, Mapping[str, str]]] = {
    "$": {
        "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "HK": "HKD", "TW": "TWD", "SG": "SGD", "MO": "MOP",
        "MX": "MXN", "CL": "CLP", "CO": "COP", "AR": "ARS",
    },
    "¥": {"CN": "CNY", "JP": "JPY"},
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """How a number is shown: as a percentage, divided, and beside which signs, each with its language if that is said.

    ``signs`` are as written; ``named`` says of a sign that the format itself calls it a currency's.
    """

    percent: bool = False
    scaled: bool = False
    signs: tuple[tuple[str, str, bool], ...] = ()

    def foreign(self, own: str) -> str:
        """Return the code of another currency than ``own``, or its sign where we know no code; else nothing."""
        for sign, place, named in self.signs:
            written = sign.translate(HALF_WIDTH).strip().lower()
            if currency := _MONEY.get(written, {}).get(_country(place)):
                return "" if currency == own else currency
            if written.upper() == own:
                return ""
            if written in CURRENCIES:
                return "" if is_currency(written, own) else CURRENCIES[written]
            if named and written and written not in UNITS:
                return sign.strip()
            if any(one in written and is_currency(one, own) for one in "$¥"):
                continue
            with contextlib.suppress(NotAnAmount):  # a text such as 万美元 beside the digits
                if (currency := parse_heading(sign).currency) and currency != own:
                    return currency
        return ""


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
            signs.append((sign, token["place"] or "", True))
        bare += letter or ""
    signs.append((run, "", False))
    return Shown("%" in bare, _SCALES(bare) is not None, tuple(one for one in signs if one[0].strip()))


def _section(code: str) -> Iterator[re.Match[str]]:
    for token in _TOKEN.finditer(code):
        if token["bare"] == ";":
            return
        yield token


def _country(place: str) -> str:
    """The country of a language's number (``409``, ``1000804``) or name (``en-US``).

    >>> _country("1000804"), _country("en-US"), _country("")
    ('CN', 'US', '')
    """
    try:
        return _COUNTRIES.get(int(place, 16) & 0xFFFF, "") if place else ""
    except ValueError:
        return place.rpartition("-")[2].upper()
